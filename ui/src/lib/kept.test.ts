import { expect, test } from "vitest";

import { kept } from "./kept";

test("what says the same is the same object", () => {
  const before = { name: "Tides", people: [{ id: "a", roles: ["chair"] }, { id: "b", roles: [] }], none: null };
  const again = structuredClone(before);
  expect(kept(before, again)).toBe(before);
});

test("what has changed is new, and all around it; the rest is kept, wherever it stands now", () => {
  const before = { list: [{ id: "a", text: "one" }, { id: "b", text: "two" }, { id: "c", text: "three" }], other: { deep: [1, 2] } };
  const now = { list: [{ id: "b", text: "two" }, { id: "c", text: "3" }, { id: "d", text: "four" }], other: { deep: [1, 2] } };
  const found = kept(before, now);
  expect(found).toEqual(now);
  expect(found.list[0]).toBe(before.list[1]);
  expect(found.list[1]).not.toBe(before.list[2]);
  expect(found.other).toBe(before.other);
});

test("what is gone is gone, what came is there, and a null is no record", () => {
  expect(kept({ a: 1, b: 2 }, { a: 1 })).toEqual({ a: 1 });
  expect(kept({ a: 1 }, { a: 1, b: null })).toEqual({ a: 1, b: null });
  expect(kept([1, 2, 3], [1, 2])).toEqual([1, 2]);
  expect(kept({ a: null }, { a: { b: 1 } })).toEqual({ a: { b: 1 } });
  expect(kept({ a: [] }, { a: {} })).toEqual({ a: {} });
  expect(kept(null, { a: 1 })).toEqual({ a: 1 });
});
