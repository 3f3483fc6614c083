// The words of a passage as the editor holds them, and as the record stores them: one line of inline text.

import { Schema, type Mark, type Node } from "prosemirror-model";

import { pieces, type Piece } from "./inline";

const MENTION = "minuta:participant/";

/** One line with the marks of inline text. A mention is one thing: nobody writes into another's name by mistake. */
export const schema = new Schema({
  nodes: {
    doc: { content: "line" },
    line: { content: "inline*", toDOM: () => ["p", 0], parseDOM: [{ tag: "p" }] },
    text: { group: "inline" },
    hard_break: { inline: true, group: "inline", selectable: false, toDOM: () => ["br"], parseDOM: [{ tag: "br" }], leafText: () => "\n" },
    mention: {
      inline: true,
      group: "inline",
      atom: true,
      attrs: { participant: { validate: "string" }, label: { validate: "string" } },
      toDOM: (node) => ["bdi", { class: "mention", "data-participant": String(node.attrs["participant"]), "data-label": String(node.attrs["label"]) }, words(pieces(String(node.attrs["label"])))],
      parseDOM: [
        {
          tag: "bdi[data-participant]",
          getAttrs: (dom) => ({ participant: dom.getAttribute("data-participant") ?? "", label: dom.getAttribute("data-label") ?? "" }),
        },
      ],
      leafText: (node) => words(pieces(String(node.attrs["label"]))),
    },
  },
  marks: {
    link: {
      attrs: { url: { validate: "string" } },
      inclusive: false,
      toDOM: (mark) => ["a", { title: String(mark.attrs["url"]) }, 0],
      parseDOM: [{ tag: "a[href]", getAttrs: (dom) => ({ url: dom.getAttribute("href") ?? "" }) }],
    },
    strong: { toDOM: () => ["strong", 0], parseDOM: [{ tag: "strong" }, { tag: "b" }] },
    emphasis: { toDOM: () => ["em", 0], parseDOM: [{ tag: "em" }, { tag: "i" }] },
    code: { excludes: "_", toDOM: () => ["code", 0], parseDOM: [{ tag: "code" }] },
  },
});

function words(list: readonly Piece[]): string {
  return list.map((piece) => (piece.type === "break" ? " " : "inner" in piece ? words(piece.inner) : piece.text)).join("");
}

/** The document of a source. */
export function opened(source: string): Node {
  const found: Node[] = [];
  const take = (list: readonly Piece[], marks: readonly Mark[]): void => {
    for (const piece of list) {
      if (piece.type === "text") {
        if (piece.text !== "") found.push(schema.text(piece.text, marks));
      } else if (piece.type === "code") {
        // Code takes no other mark: what it stood in goes on around it.
        if (piece.text !== "") found.push(schema.text(piece.text, [schema.mark("code")]));
      } else if (piece.type === "break") {
        found.push(schema.node("hard_break", null, undefined, marks));
      } else if (piece.type === "mention") {
        found.push(schema.node("mention", { participant: piece.participant, label: written(piece.inner) }, undefined, marks));
      } else if (piece.type === "link") {
        take(piece.inner, schema.mark("link", { url: piece.url }).addToSet(marks));
      } else {
        take(piece.inner, schema.mark(piece.type).addToSet(marks));
      }
    }
  };
  take(pieces(source), []);
  return schema.node("doc", null, [schema.node("line", null, found)]);
}

/** The source of a document. */
export function source(doc: Node): string {
  return sourceOf(doc.firstChild?.children ?? []);
}

/** The sources of what stands before a place in the document, and behind it. */
export function cut(doc: Node, at: number): [string, string] {
  const inner = doc.firstChild;
  if (inner === null) return ["", ""];
  const offset = Math.max(0, Math.min(at - 1, inner.content.size));
  return [sourceOf(inner.content.cut(0, offset).content), sourceOf(inner.content.cut(offset).content)];
}

const NESTING = ["link", "strong", "emphasis", "code"] as const;

function sourceOf(nodes: readonly Node[]): string {
  return written(nested(nodes, 0));
}

/** Runs under the same mark become one piece; the order of nesting is always the same. */
function nested(nodes: readonly Node[], depth: number): Piece[] {
  const name = NESTING[depth];
  if (name === undefined) return nodes.map(leaf);
  const found: Piece[] = [];
  for (let at = 0; at < nodes.length; ) {
    const mark = nodes[at]?.marks.find((one) => one.type.name === name);
    let end = at + 1;
    const same = (node: Node | undefined): boolean => {
      const other = node?.marks.find((one) => one.type.name === name);
      return mark === undefined ? other === undefined : other !== undefined && mark.eq(other);
    };
    while (end < nodes.length && same(nodes[end])) end += 1;
    const run = nodes.slice(at, end);
    at = end;
    if (mark === undefined) found.push(...nested(run, depth + 1));
    else if (name === "code") found.push({ type: "code", text: run.map((node) => node.text ?? "").join(""), at: 0 });
    else if (name === "link") found.push({ type: "link", url: String(mark.attrs["url"]), inner: nested(run, depth + 1) });
    else found.push(...hugged(name, nested(run, depth + 1)));
  }
  return found;
}

function leaf(node: Node): Piece {
  if (node.type.name === "hard_break") return { type: "break" };
  if (node.type.name === "mention") return { type: "mention", participant: String(node.attrs["participant"]), inner: pieces(String(node.attrs["label"])) };
  return { type: "text", text: node.text ?? "", at: 0 };
}

/** Bold and italic begin and end with a word: blanks and breaks at their edges stand outside. */
function hugged(type: "strong" | "emphasis", inner: Piece[]): Piece[] {
  const before: Piece[] = [];
  const behind: Piece[] = [];
  const rest = [...inner];
  for (let first = rest[0]; first !== undefined; first = rest[0]) {
    if (first.type === "break") before.push(first);
    else if (first.type === "text" && /^\s/u.test(first.text)) {
      const bare = first.text.trimStart();
      before.push({ ...first, text: first.text.slice(0, first.text.length - bare.length) });
      if (bare !== "") {
        rest[0] = { ...first, text: bare };
        break;
      }
    } else break;
    rest.shift();
  }
  for (let last = rest.at(-1); last !== undefined; last = rest.at(-1)) {
    if (last.type === "break") behind.unshift(last);
    else if (last.type === "text" && /\s$/u.test(last.text)) {
      const bare = last.text.trimEnd();
      behind.unshift({ ...last, text: last.text.slice(bare.length) });
      if (bare !== "") {
        rest[rest.length - 1] = { ...last, text: bare };
        break;
      }
    } else break;
    rest.pop();
  }
  return [...before, ...(rest.length > 0 ? [{ type, inner: rest } as Piece] : []), ...behind];
}

/** Pieces as they are stored: the same way as the core writes them. */
export function written(list: readonly Piece[]): string {
  return list
    .map((piece) => {
      if (piece.type === "text") return literal(piece.text);
      if (piece.type === "code") return code(piece.text);
      if (piece.type === "break") return "\n";
      const inner = written(piece.inner);
      if (piece.type === "strong") return `**${inner}**`;
      if (piece.type === "emphasis") return `*${inner}*`;
      if (piece.type === "mention") return `[${inner}](${MENTION}${piece.participant})`;
      return `[${inner}](${address(piece.url)})`;
    })
    .join("");
}

/** The source that means exactly these characters. */
export function literal(text: string): string {
  let out = "";
  for (let at = 0; at < text.length; at += 1) {
    const sign = text[at] ?? "";
    const before = text[at - 1];
    const after = text[at + 1];
    const escaped =
      sign === "\\"
        ? after === undefined || /[\n!-/:-@[-`{-~]/.test(after)
        : sign === "*"
          ? // A lone star between spaces opens and closes nothing.
            !(before !== undefined && /\s/u.test(before) && after !== undefined && /\s/u.test(after))
          : sign === "`" || sign === "[" || sign === "]";
    out += escaped ? `\\${sign}` : sign;
  }
  return out;
}

function code(text: string): string {
  const runs = new Set((text.match(/`+/g) ?? []).map((run) => run.length));
  let length = 1;
  while (runs.has(length)) length += 1;
  const fence = "`".repeat(length);
  const pad = (text.startsWith(" ") && text.endsWith(" ") && text.trim() !== "") || text.startsWith("`") || text.endsWith("`") ? " " : "";
  return `${fence}${pad}${text}${pad}${fence}`;
}

function address(url: string): string {
  const plain = url.replace(/\s/gu, "%20");
  let depth = 0;
  let balanced = true;
  for (const sign of plain) {
    if (sign === "(") depth += 1;
    else if (sign === ")") depth -= 1;
    if (depth < 0) balanced = false;
  }
  const whole = plain.replace(/\\(?=[!-/:-@[-`{-~]|$)/g, "\\\\");
  return balanced && depth === 0 ? whole : whole.replace(/[()]/g, "\\$&");
}

/** A mention of somebody, as a source. */
export function mention(label: string, participant: string): string {
  return `[${label}](${MENTION}${participant})`;
}

/** What somebody has pasted, as one line: its blocks are parted by breaks. */
export function oneLine(text: string): Node[] {
  return text
    .trim()
    .split(/\s*\n\s*/u)
    .flatMap((line, index) => [...(index > 0 ? [schema.node("hard_break")] : []), ...(line === "" ? [] : [schema.text(line)])]);
}
