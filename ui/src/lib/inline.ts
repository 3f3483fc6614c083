// Inline text as the record stores it, cut into pieces that a part can set as nodes: never as HTML.
//
// Marks: **strong**, *emphasis*, `code`, [label](url), [Name](minuta:participant/ID), a hard break (a backslash or two
// blanks before the line's end), a backslash before punctuation. What is not well formed is text.

/** A piece of inline text. `at` is where the text of a `text` or `code` piece begins in the source, in UTF-16 units. */
export type Piece =
  | { type: "text"; text: string; at: number }
  | { type: "code"; text: string; at: number }
  | { type: "strong"; inner: Piece[] }
  | { type: "emphasis"; inner: Piece[] }
  | { type: "link"; inner: Piece[]; url: string }
  | { type: "mention"; inner: Piece[]; participant: string }
  | { type: "break" };

const PUNCTUATION = /[!-/:-@[-`{-~]/;
const MENTION = "minuta:participant/";

/** Cuts inline text into pieces. Total: every text gives pieces, and no character of it is lost but the marks. */
export function pieces(source: string): Piece[] {
  return cut(source, 0, source.length, 0);
}

/** Whether a text has none of the signs that marks are made of: it stands for itself, as most lines do. */
export function isPlain(source: string): boolean {
  return !/[\\\n`*[]/.test(source);
}

/** The text without its marks. */
export function plain(source: string): string {
  return words(pieces(source));
}

function words(list: Piece[]): string {
  return list
    .map((piece) => {
      if (piece.type === "break") return "\n";
      return "inner" in piece ? words(piece.inner) : piece.text;
    })
    .join("");
}

/** Deeper marks than anyone writes are text: a hostile line must not exhaust the stack. */
const DEEPEST = 12;

function cut(source: string, from: number, to: number, depth: number): Piece[] {
  const found: Piece[] = [];
  let at = from;
  let start = from;
  const hopeless = new Set<number>();
  const text = (end: number): void => {
    if (end > start) found.push({ type: "text", text: source.slice(start, end), at: start });
  };
  const take = (piece: Piece, next: number): void => {
    text(at);
    found.push(piece);
    at = next;
    start = next;
  };
  while (at < to) {
    const sign = source[at] ?? "";
    if (sign === "\\") {
      const next = source[at + 1] ?? "";
      if (at + 1 < to && next === "\n") {
        take({ type: "break" }, at + 2);
      } else if (at + 1 < to && PUNCTUATION.test(next)) {
        text(at);
        start = at + 1;
        at += 2;
      } else {
        at += 1;
      }
    } else if (sign === "\n") {
      take({ type: "break" }, at + 1);
    } else if (sign === "`") {
      const fence = run(source, at, to, "`");
      const end = closing(source, at + fence, to, fence);
      if (end < 0) at += fence;
      else take(code(source, at + fence, end), end + fence);
    } else if (depth < DEEPEST && sign === "*") {
      const mark = source.startsWith("**", at) ? 2 : 1;
      const opens = !/\s/.test(source[at + mark] ?? " ") && run(source, at, to, "*") <= 3;
      const end = opens && !hopeless.has(mark) ? stars(source, at, to, mark) : -1;
      if (end < 0) {
        // Where nothing closes this one, nothing closes a later one either: the search stays linear.
        if (opens) hopeless.add(mark);
        at += run(source, at, to, "*");
      } else {
        const inner = cut(source, at + mark, end, depth + 1);
        take({ type: mark === 2 ? "strong" : "emphasis", inner }, end + mark);
      }
    } else if (depth < DEEPEST && sign === "[") {
      const link = linkAt(source, at, to, depth);
      if (link === null) at += 1;
      else take(link.piece, link.next);
    } else {
      at += 1;
    }
  }
  text(to);
  return found;
}

function code(source: string, from: number, to: number): Piece {
  const inner = source.slice(from, to);
  const padded = inner.startsWith(" ") && inner.endsWith(" ") && inner.trim() !== "";
  return { type: "code", text: padded ? inner.slice(1, -1) : inner, at: padded ? from + 1 : from };
}

function run(source: string, at: number, to: number, sign: string): number {
  let end = at;
  while (end < to && source[end] === sign) end += 1;
  return end - at;
}

function closing(source: string, from: number, to: number, fence: number): number {
  for (let at = source.indexOf("`", from); at >= 0 && at < to; ) {
    const length = run(source, at, to, "`");
    if (length === fence) return at;
    at = source.indexOf("`", at + length);
  }
  return -1;
}

/** Where the emphasis that opens at `open` closes: behind a word, not after a blank. */
function stars(source: string, open: number, to: number, mark: number): number {
  const from = open + mark;
  for (let at = from; at < to; at += 1) {
    const sign = source[at];
    if (sign === "\\") {
      at += 1;
    } else if (sign === "`") {
      const fence = run(source, at, to, "`");
      const end = closing(source, at + fence, to, fence);
      at = (end < 0 ? at : end) + fence - 1;
    } else if (sign === "*") {
      const length = run(source, at, to, "*");
      const hugs = !/\s/.test(source[at - 1] ?? " ");
      if (hugs && length >= mark && (length === mark || length === 3)) return at + length - mark;
      at += length - 1;
    }
  }
  return -1;
}

function linkAt(source: string, open: number, to: number, depth: number): { piece: Piece; next: number } | null {
  let level = 0;
  let close = -1;
  for (let at = open; at < to; at += 1) {
    const sign = source[at];
    if (sign === "\\") at += 1;
    else if (sign === "[") level += 1;
    else if (sign === "]") {
      level -= 1;
      if (level === 0) {
        close = at;
        break;
      }
    }
  }
  if (close < 0 || source[close + 1] !== "(") return null;
  let inside = 0;
  let end = -1;
  for (let at = close + 1; at < to; at += 1) {
    const sign = source[at];
    if (sign === "\\") at += 1;
    else if (sign === " " || sign === "\n") return null;
    else if (sign === "(") inside += 1;
    else if (sign === ")") {
      inside -= 1;
      if (inside === 0) {
        end = at;
        break;
      }
    }
  }
  if (end < 0) return null;
  const url = source.slice(close + 2, end).replace(/\\([!-/:-@[-`{-~])/g, "$1");
  const inner = cut(source, open + 1, close, depth + 1);
  if (url.startsWith(MENTION)) {
    return { piece: { type: "mention", inner, participant: url.slice(MENTION.length) }, next: end + 1 };
  }
  return { piece: { type: "link", inner, url }, next: end + 1 };
}

/** A stretch of a piece's text, marked or not. */
export interface Stretch {
  text: string;
  marked: boolean;
}

/** Cuts the text of a piece at the marked stretches of its source. */
export function stretches(text: string, at: number, marks: readonly (readonly [number, number])[]): Stretch[] {
  const found: Stretch[] = [];
  let done = 0;
  for (const [from, to] of marks) {
    const start = Math.max(from - at, done);
    const end = Math.min(to - at, text.length);
    if (end <= start) continue;
    if (start > done) found.push({ text: text.slice(done, start), marked: false });
    found.push({ text: text.slice(start, end), marked: true });
    done = end;
  }
  if (done < text.length) found.push({ text: text.slice(done), marked: false });
  return found;
}

/** Whether a link may be opened outside. */
export function opensOutside(url: string): boolean {
  return /^(https:\/\/|mailto:)/i.test(url);
}
