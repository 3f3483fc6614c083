import { expect, test } from "vitest";

import { stepOf, stepped } from "./rows";

test("arrows, pages and ends lead through rows; other keys do not", () => {
  expect(["ArrowDown", "ArrowUp", "PageDown", "PageUp", "End", "Home"].map((key) => stepOf(key, 4))).toEqual([1, -1, 10, -10, 4, -4]);
  expect(["a", "Enter", "toString", "constructor"].map((key) => stepOf(key, 4))).toEqual([null, null, null, null]);
});

test("a step stops at the ends", () => {
  const rows = ["a", "b", "c"];
  expect([stepped(rows, 1, 1), stepped(rows, 1, 10), stepped(rows, 1, -10), stepped(rows, 0, -1)]).toEqual(["c", "c", "a", "a"]);
  expect(stepped([], 0, 1)).toBeUndefined();
});
