import { expect, test } from "vitest";

import type { DeskItem } from "./bindings";
import { itemsFor } from "./move";

const items = [["1", "Opening"], ["3", "Draft"], ["3.1", "Datum"], ["13", "Any other"]].map(([label, title]) => ({ label, title, heading: "" }) as DeskItem);
const labels = (typed: string): string[] => itemsFor(items, typed).map((one) => one.label);

test("an item is found by its number or by a word of its title", () => {
  expect(labels("")).toEqual(["1", "3", "3.1", "13"]);
  expect(labels("3")).toEqual(["3", "3.1"]);
  expect(labels("1")).toEqual(["1", "13"]);
  expect(labels("oth")).toEqual(["13"]);
  expect(labels("dá")).toEqual(["3.1"]);
  expect(labels("x")).toEqual([]);
});
