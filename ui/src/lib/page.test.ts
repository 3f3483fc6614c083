import { describe, expect, it } from "vitest";

import type { PrintedBlock, SectionPassage } from "./bindings";
import { grouped, marked, moved, onward, rows, stops, type Draft } from "./page";

const blocks: PrintedBlock[] = [
  { origin: null, is: "title", text: "Group" },
  { origin: null, is: "heading", level: 1, number: "", text: "Discussion" },
  { origin: "i1", is: "heading", level: 2, number: "1.", text: "Opening" },
  { origin: "p1", is: "paragraph", text: "Points raised:", leads_in: true },
  {
    origin: null,
    is: "list",
    ordered: false,
    entries: [
      { origin: "p2", label: "", text: "one" },
      { origin: "p3", label: "", text: "two" },
    ],
  },
  { origin: "p4", is: "heading", level: 5, number: "", text: "Within" },
  { origin: "i2", is: "heading", level: 2, number: "2.", text: "Results" },
  { origin: "p5", is: "paragraph", text: "Later.", leads_in: false },
  { origin: null, is: "heading", level: 1, number: "", text: "List of participants" },
  { origin: null, is: "paragraph", text: "None.", leads_in: false },
];
const passages = new Map(["p1", "p2", "p3", "p4", "p5"].map((id) => [id, { id } as SectionPassage]));
const items = new Map([
  ["i1", 1],
  ["i2", 2],
]);
const page = (...drafts: Draft[]) => rows(blocks, passages, items, drafts);
const draft = (over: Partial<Draft>): Draft => ({ passage: "new", item: "i1", style: "paragraph", text: "x", place: {}, ...over });
const order = (drafts: Draft) => page(drafts).map((row) => row.passage ?? row.heads ?? row.text);

describe("the page", () => {
  it("knows passages, the headings of items, and the section of each row", () => {
    expect(stops(page()).map((row) => row.key)).toEqual(["i1", "p1", "p2", "p3", "p4", "i2", "p5"]);
    expect(page().map((row) => row.item)).toEqual([null, null, "i1", "i1", "i1", "i1", "i1", "i2", "i2", null, null]);
  });

  it("sets entries in one list, and a heading among passages below that of its item", () => {
    expect(grouped(page()).map((group) => group.length)).toEqual([1, 1, 1, 1, 2, 1, 1, 1, 1, 1]);
    expect(page().find((row) => row.passage === "p4")?.level).toBe(3);
  });

  it("shows a draft where it will stand", () => {
    expect(order(draft({ place: { behind: "p2" } })).slice(3, 7)).toEqual(["p1", "p2", "new", "p3"]);
    expect(order(draft({ place: { before: "p1" } })).slice(2, 5)).toEqual(["i1", "new", "p1"]);
    expect(order(draft({})).slice(6, 9)).toEqual(["p4", "new", "i2"]);
    expect(order(draft({ item: "i2" })).slice(8, 10)).toEqual(["p5", "new"]);
  });

  it("keeps a new entry in the list beside it", () => {
    const list = grouped(page(draft({ style: "bullet", place: { behind: "p3" } }))).find((group) => group[0]?.passage === "p2");
    expect(list?.map((row) => row.passage)).toEqual(["p2", "p3", "new"]);
  });

  it("shows the words of a draft in place of those that print", () => {
    expect(page(draft({ passage: "p5", place: null, text: "Now." })).find((row) => row.passage === "p5")?.text).toBe("Now.");
  });

  it("goes from stop to stop and ends at its edges", () => {
    const all = stops(page());
    expect(onward(all, "p1", 1)?.key).toBe("p2");
    expect(onward(all, "p5", 1)?.key).toBe("p5");
    expect(onward(all, null, 1)?.key).toBe("i1");
    expect(onward(all, "p3", -Infinity)?.key).toBe("i1");
  });

  it("moves passages by one place, and over the edge of a section", () => {
    expect(moved(page(), ["p2"], 1)).toEqual({ item: "i1", behind: "p3" });
    expect(moved(page(), ["p2", "p3"], -1)).toEqual({ item: "i1", before: "p1" });
    expect(moved(page(), ["p4"], 1)).toEqual({ item: "i2", before: "p5" });
    expect(moved(page(), ["p5"], -1)).toEqual({ item: "i1", behind: "p4" });
    expect(moved(page(), ["p5"], 1)).toBeNull();
    expect(moved(page(), ["p1"], -1)).toBeNull();
  });
});

it("tells words apart, the one in hand first", () => {
  const text = "Many participants agreed.";
  const cut = marked(text, 0, text, [
    { words: "Many", as: "found" },
    { words: "Many participants", as: "fails" },
  ]);
  expect(cut.map((one) => [one.text, one.as])).toEqual([
    ["Many", "found"],
    [" participants", "fails"],
    [" agreed.", null],
  ]);
  expect(marked(text, 0, text, [{ words: "", as: "found" }])).toEqual([{ text, as: null }]);
});
