import { expect, test } from "vitest";

import { ending, minutesOf, moved, planned, remaining, spent } from "./agenda";
import type { DeskItem, ItemState } from "./bindings";

function item(id: string, parent: string | null, minutes: number, state: ItemState, open: number[] = []): DeskItem {
  const at = (minute: number): string => new Date(minute * 60_000).toISOString();
  return {
    id,
    parent,
    order: id,
    title: id,
    heading: "",
    number: "",
    presenter: null,
    planned: minutes,
    open: open.length === 0 ? [] : [{ from: at(open[0] ?? 0), to: open[1] === undefined ? null : at(open[1]) }],
    state,
    label: id,
    level: parent === null ? 1 : 2,
    points: 0,
    unsettled: 0,
  };
}

const items = [
  item("1", null, 5, "done", [0, 4]),
  item("2", null, 20, "open"),
  item("2.1", "2", 8, "done", [4, 14]),
  item("2.2", "2", 12, "open", [14]),
  item("3", null, 0, "pending"),
  item("3.1", "3", 6, "pending"),
];

test("sections count within their item, once", () => {
  expect(planned(items)).toBe(31);
  const used = spent(items, 17 * 60_000);
  expect(used.get("2")).toBe(13 * 60_000);
  expect(used.get("2.2")).toBe(3 * 60_000);
});

test("what remains is what is open and pending, less what was used", () => {
  expect(remaining(items, 17 * 60_000)).toBe((9 + 6) * 60_000);
});

const minutes = 60_000;

test("an item over its time has nothing left, and takes nothing from the others", () => {
  const over = [item("1", null, 5, "open", [0]), item("2", null, 10, "pending")];
  expect(remaining(over, 9 * minutes)).toBe(10 * minutes);
  expect(ending(over, "live", new Date(0).toISOString(), 9 * minutes)).toEqual({ at: 19 * minutes, late: 4 });
});

test("skipped, deferred and without an update: no time is left for them, nor for their sections", () => {
  const items = [item("1", null, 9, "skipped"), item("2", null, 7, "deferred"), item("2.1", "2", 4, "pending"), item("3", null, 3, "no_update"), item("4", null, 6, "pending")];
  expect(remaining(items, 0)).toBe(6 * minutes);
});

test("an item's own figure counts where its sections plan less", () => {
  const items = [item("1", null, 30, "open", [0]), item("1.1", "1", 5, "pending")];
  expect(remaining(items, 10 * minutes)).toBe(20 * minutes);
  // The sections are what is left, once the item has used up its own.
  expect(remaining(items, 40 * minutes)).toBe(5 * minutes);
});

test("a section that took too long leaves the sections after it their time", () => {
  const items = [item("1", null, 20, "open"), item("1.1", "1", 8, "done", [0, 18]), item("1.2", "1", 12, "pending")];
  expect(remaining(items, 18 * minutes)).toBe(12 * minutes);
});

test("a meeting ends only where something is planned and it runs; paused, it ends later and later", () => {
  const items = [item("1", null, 10, "open", [0, 4])];
  const starts = new Date(0).toISOString();
  expect(ending([item("1", null, 0, "open", [0])], "live", starts, minutes)).toBeNull();
  expect(ending(items, "planned", starts, 0)).toBeNull();
  expect(ending(items, "ended", starts, 0)).toBeNull();
  expect(ending(items, "paused", starts, 6 * minutes)).toEqual({ at: 12 * minutes, late: 2 });
  expect(ending(items, "paused", starts, 9 * minutes)).toEqual({ at: 15 * minutes, late: 5 });
  expect(ending(items, "live", null, 9 * minutes)?.late).toBe(0);
});

test("an item moves among those of its parent", () => {
  expect(moved(items, "2", -1)).toEqual({ parent: null, before: "1" });
  expect(moved(items, "2", 1)).toEqual({ parent: null, before: null });
  expect(moved(items, "1", 1)).toEqual({ parent: null, before: "3" });
  expect(moved(items, "2.2", -1)).toEqual({ parent: "2", before: "2.1" });
  expect(moved(items, "2.2", 1)).toBeNull();
  expect(moved(items, "1", -1)).toBeNull();
  expect(moved(items, "gone", 1)).toBeNull();
});

test("planned minutes as typed", () => {
  expect(["12", "12 min", "1:30", "", " 5m ", "soon", "-3"].map(minutesOf)).toEqual([12, 12, 90, 0, 5, null, null]);
});
