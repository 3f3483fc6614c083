import { expect, test } from "vitest";

import { find, type Entry } from "./find";

const entry = (id: string, group: string, label: string, more: Partial<Entry> = {}): Entry => ({ id, group, label, beside: "", can: true, ...more });
const all = [
  entry("next", "Agenda", "Next item"),
  entry("defer", "Agenda", "Defer this item"),
  entry("floor", "Floor", "Give the floor to the next in the queue"),
  entry("3", "Go to item", "3 Licence notice"),
  entry("a", "Give the floor to", "Tilda Åström", { beside: "Skerry" }),
  entry("new", "Library", "New meeting", { can: false }),
];
const ids = (query: string, recent: string[] = []): string[] => find(all, query, recent).map(({ id }) => id);

test("every word has to be there, in any order", () => {
  expect(ids("item next")).toEqual(["next"]);
  expect(ids("go 3")).toEqual(["3"]);
  expect(ids("floor astr")).toEqual(["a"]);
  expect(ids("zzz")).toEqual([]);
});

test("the best first, then the latest", () => {
  expect(ids("next")).toEqual(["next", "floor"]);
  expect(ids("", ["defer", "floor"]).slice(0, 2)).toEqual(["defer", "floor"]);
});

test("what cannot be done here stands last", () => {
  expect(ids("ne").at(-1)).toBe("new");
});
