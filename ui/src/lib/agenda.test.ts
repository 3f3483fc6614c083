import { expect, test } from "vitest";

import { planned, remaining, spent } from "./agenda";
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
