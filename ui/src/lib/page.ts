// The document as rows that one can stand on: what prints, and the passages under the hand that are not saved yet.

import type { ItemId, PassageId, PassageStyle, PrintedBlock, PrintedRow, SectionPassage } from "./bindings";

/** A passage as it is being written: shown in place of what prints, or where it will stand. */
export interface Draft {
  passage: PassageId;
  item: ItemId | null;
  style: PassageStyle;
  text: string;
  /** Where one stands that the record does not have yet; none = the record has it. */
  place: { behind?: PassageId; before?: PassageId } | null;
}

/** How a row is set. */
export type Set = "title" | "subtitle" | "heading" | "paragraph" | "entry" | "table";

/** A row of the page. */
export interface Row {
  key: string;
  set: Set;
  /** Of a heading, as the core counts them. */
  level: number;
  /** "1.", "•"; empty = none. */
  label: string;
  text: string;
  /** Whether it leads into the list behind it. */
  leads: boolean;
  /** Entries with the same number stand in one list. */
  list: number;
  ordered: boolean;
  /** The passage that it is. */
  passage: PassageId | null;
  /** The item whose heading it is. */
  heads: ItemId | null;
  /** The section that it stands in; none = before the discussion, or behind it. */
  item: ItemId | null;
  header: readonly string[];
  widths: readonly number[];
  cells: readonly PrintedRow[];
}

const EMPTY = { level: 0, label: "", leads: false, list: 0, ordered: false, passage: null, heads: null, header: [], widths: [], cells: [] };

/** Rows out of what prints. */
export function rows(blocks: readonly PrintedBlock[], passages: ReadonlyMap<string, SectionPassage>, items: ReadonlyMap<string, unknown>, drafts: readonly Draft[]): Row[] {
  const found: Row[] = [];
  let item: ItemId | null = null;
  let depth = 1;
  blocks.forEach((block, index) => {
    const { origin } = block;
    const passage = origin !== null && passages.has(origin) ? origin : null;
    const key = `${origin ?? ""} ${block.is} ${index}`;
    const row = (set: Set, text: string): Row => ({ ...EMPTY, key: passage ?? key, set, text, passage, item });
    if (block.is === "heading") {
      const heads = passage === null && origin !== null && items.has(origin) ? origin : null;
      if (heads !== null) item = heads;
      else if (passage === null) item = null;
      if (passage === null) depth = block.level;
      found.push({ ...row("heading", block.text), key: passage ?? heads ?? key, level: passage === null ? block.level : depth + 1, label: block.number, heads, item });
    } else if (block.is === "paragraph") {
      found.push({ ...row("paragraph", block.text), leads: block.leads_in });
    } else if (block.is === "list") {
      block.entries.forEach((entry, at) => {
        const own = entry.origin !== null && passages.has(entry.origin) ? entry.origin : null;
        found.push({ ...row("entry", entry.text), key: own ?? `${key} ${at}`, label: entry.label || "•", passage: own, list: index + 1, ordered: block.ordered });
      });
    } else if (block.is === "table") {
      found.push({ ...row("table", ""), header: block.header, widths: block.widths, cells: block.rows });
    } else {
      found.push(row(block.is, block.text));
    }
  });
  return drafts.reduce(withDraft, found);
}

/** The rows with a passage as it is being written. */
function withDraft(list: Row[], draft: Draft): Row[] {
  const at = list.findIndex((row) => row.passage === draft.passage);
  if (at >= 0) return list.map((row, index) => (index === at ? { ...row, text: draft.text } : row));
  // What the record holds already is on the page, or was deleted meanwhile: then it shows at the end of its section.
  const place = draft.place ?? {};
  const before = list.findIndex((row) => row.passage !== null && row.passage === place.before);
  const behind = list.findIndex((row) => row.passage !== null && row.passage === place.behind);
  const last = list.findLastIndex((row) => row.item === draft.item && draft.item !== null);
  const to = before >= 0 ? before : behind >= 0 ? behind + 1 : last >= 0 ? last + 1 : firstHeading(list);
  const above = list[to - 1];
  const below = list[to];
  const entry = draft.style === "bullet" || draft.style === "number";
  const beside = [above, below].find((row) => row?.set === "entry" && row.passage !== null && row.ordered === (draft.style === "number"));
  const row: Row = {
    ...EMPTY,
    key: draft.passage,
    set: entry ? "entry" : draft.style === "heading" ? "heading" : "paragraph",
    level: draft.style === "heading" ? (list.slice(0, to).findLast((one) => one.set === "heading" && one.passage === null)?.level ?? 1) + 1 : 0,
    label: draft.style === "number" ? "–" : entry ? "•" : "",
    list: entry ? (beside?.list ?? -to - 1) : 0,
    ordered: draft.style === "number",
    text: draft.text,
    passage: draft.passage,
    item: draft.item,
  };
  return [...list.slice(0, to), row, ...list.slice(to)];
}

function firstHeading(list: readonly Row[]): number {
  const at = list.findIndex((row) => row.set === "heading");
  return at < 0 ? list.length : at;
}

/** Rows in groups: the entries of a list together, everything else alone. */
export function grouped(list: readonly Row[]): Row[][] {
  const found: Row[][] = [];
  for (const row of list) {
    const last = found.at(-1);
    if (row.list !== 0 && last?.[0]?.list === row.list) last.push(row);
    else found.push([row]);
  }
  return found;
}

/** Where one can stand: passages, and the headings of items. */
export function stops(list: readonly Row[]): Row[] {
  return list.filter((row) => row.passage !== null || row.heads !== null);
}

/** The rows that the front of the document has: titles, and what follows them centred. */
export function front(list: readonly Row[]): number {
  const at = list.findIndex((row) => row.set !== "title" && row.set !== "subtitle");
  return at < 0 ? list.length : at;
}

/** The stop that one comes to from another; from nowhere, the first or the last. */
export function onward(list: readonly Row[], from: string | null, by: number): Row | undefined {
  const at = list.findIndex((row) => row.key === from);
  if (at < 0) return by > 0 ? list[0] : list.at(-1);
  return list[Math.max(0, Math.min(list.length - 1, at + by))];
}

/** Where passages go by one step among those of their section, or over its edge into the next; null = no further. */
export function moved(list: readonly Row[], chosen: readonly PassageId[], by: 1 | -1): { item: ItemId | null; behind?: PassageId; before?: PassageId } | null {
  const all = stops(list);
  const places = chosen.map((one) => all.findIndex((row) => row.passage === one)).filter((at) => at >= 0);
  if (places.length === 0) return null;
  const at = by < 0 ? Math.min(...places) - 1 : Math.max(...places) + 1;
  const beside = all[at];
  if (beside === undefined) return null;
  if (beside.passage !== null) return { item: beside.item, ...(by < 0 ? { before: beside.passage } : { behind: beside.passage }) };
  if (by > 0) {
    // Below the next heading, before what stands there.
    const first = all[at + 1];
    return first?.passage != null ? { item: beside.heads, before: first.passage } : { item: beside.heads };
  }
  // Above one's own heading lies the section before.
  const above = all[at - 1];
  if (above === undefined) return null;
  return above.passage !== null ? { item: above.item, behind: above.passage } : { item: above.heads };
}

/** A stretch of a row's text that is told apart. */
export interface Marked {
  words: string;
  as: "holds" | "fails" | "found";
}

/** A text cut at the first places where words stand that are told apart. */
export function marked(text: string, at: number, whole: string, marks: readonly Marked[]): { text: string; as: Marked["as"] | null }[] {
  const places = marks
    .map(({ words, as }) => ({ from: words === "" ? -1 : whole.indexOf(words), length: words.length, as }))
    .filter(({ from }) => from >= 0)
    .sort((one, other) => one.from - other.from);
  const found: { text: string; as: Marked["as"] | null }[] = [];
  let done = 0;
  for (const { from, length, as } of places) {
    const start = Math.max(from - at, done);
    const end = Math.min(from + length - at, text.length);
    if (end <= start) continue;
    if (start > done) found.push({ text: text.slice(done, start), as: null });
    found.push({ text: text.slice(start, end), as });
    done = end;
  }
  if (done < text.length) found.push({ text: text.slice(done), as: null });
  return found;
}
