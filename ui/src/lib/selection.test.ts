import { expect, test } from "vitest";

import type { PointView } from "./bindings";
import { heads, span, step, targets, toggled } from "./selection";

const order = ["a", "b", "c", "d"];
const points = order.map((id) => ({ id, continues: id === "b" ? "a" : null }) as PointView);

test("a span is the same in both directions", () => {
  expect([...span(order, "b", "d")]).toEqual(["b", "c", "d"]);
  expect([...span(order, "d", "b")]).toEqual(["b", "c", "d"]);
  expect([...span(order, "gone", "b")]).toEqual(["b"]);
});

test("a point goes in and out, and the set that was stays as it was", () => {
  const one = new Set(["a"]);
  expect([...toggled(one, "b")]).toEqual(["a", "b"]);
  expect([...toggled(one, "a")]).toEqual([]);
  expect([...one]).toEqual(["a"]);
});

test("an action is for the selection in the record's order, else for the cursor", () => {
  expect(targets(points, new Set(["d", "a"]), "b")).toEqual(["a", "d"]);
  expect(targets(points, new Set(), "b")).toEqual(["b"]);
  expect(targets(points, new Set(), null)).toEqual([]);
});

test("a continuation follows its beginning, and is tagged itself when chosen alone", () => {
  expect(heads(points, ["a", "b", "c"])).toEqual(["a", "c"]);
  expect(heads(points, ["b"])).toEqual(["b"]);
});

test("points go up and down by one, not over the edge", () => {
  expect(step(order, ["b", "c"], -1)).toEqual({ beside: "a", before: true });
  expect(step(order, ["b", "c"], 1)).toEqual({ beside: "d", before: false });
  expect(step(order, ["a"], -1)).toBeNull();
  expect(step(order, ["d"], 1)).toBeNull();
});
