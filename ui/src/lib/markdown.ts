// The blocks of an exported document, for the preview: headings, paragraphs, bullets, numbered lists.

/** A block of a document; texts are inline text. */
export type Block =
  | { type: "heading"; level: number; text: string }
  | { type: "paragraph"; text: string }
  | { type: "bullets"; entries: string[] }
  | { type: "numbers"; entries: { number: string; text: string }[] };

/** Cuts a document into blocks. Every line of it is in one of them. */
export function blocks(markdown: string): Block[] {
  const found: Block[] = [];
  let open: Block | null = null;
  for (const line of markdown.split("\n")) {
    const heading = /^(#{1,6})\s+(.*)$/.exec(line);
    const bullet = /^\s*[-*+]\s+(.*)$/.exec(line);
    const number = /^\s*(\d+[.)])\s+(.*)$/.exec(line);
    if (line.trim() === "") {
      if (open?.type === "paragraph") open = null;
    } else if (heading !== null) {
      found.push({ type: "heading", level: heading[1]?.length ?? 1, text: heading[2] ?? "" });
      open = null;
    } else if (bullet !== null) {
      if (open?.type !== "bullets") found.push((open = { type: "bullets", entries: [] }));
      open.entries.push(bullet[1] ?? "");
    } else if (number !== null) {
      if (open?.type !== "numbers") found.push((open = { type: "numbers", entries: [] }));
      open.entries.push({ number: number[1] ?? "", text: number[2] ?? "" });
    } else if (open?.type === "paragraph") {
      open.text += /(\\| {2})$/.test(open.text) ? `\n${line}` : ` ${line}`;
      open.text = open.text.replace(/ {2}\n/g, "\\\n");
    } else if (open?.type === "bullets" && /^\s/.test(line)) {
      open.entries.push(`${open.entries.pop() ?? ""} ${line.trim()}`);
    } else if (open?.type === "numbers" && /^\s/.test(line)) {
      const last = open.entries.at(-1);
      if (last !== undefined) last.text += ` ${line.trim()}`;
    } else {
      found.push((open = { type: "paragraph", text: line.trimStart() }));
    }
  }
  return found;
}

/** How many blocks are the title block: the title and the short lines under it, which end before the first sentence. */
export function titleBlock(list: readonly Block[]): number {
  if (list[0]?.type !== "heading" || list[0].level !== 1) return 0;
  const end = list.findIndex((block, index) => index > 0 && (block.type !== "paragraph" || /[.!?:]$/.test(block.text)));
  return end < 0 ? list.length : end;
}
