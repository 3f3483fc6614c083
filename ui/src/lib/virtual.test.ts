import { expect, test } from "vitest";

import { rowAt, tops, windowOf } from "./virtual";

test("edges add up", () => {
  expect(tops([10, 20, 30])).toEqual([0, 10, 30, 60]);
  expect(tops([])).toEqual([0]);
});

test("the row at a height", () => {
  const edges = tops([10, 20, 30]);
  expect([-5, 0, 9, 10, 29, 30, 59, 60, 999].map((height) => rowAt(edges, height))).toEqual([0, 0, 0, 1, 1, 2, 2, 2, 2]);
});

test("the window covers what is seen, and no more than the list has", () => {
  const heights = Array.from({ length: 10_000 }, (_, row) => 20 + (row % 7) * 11);
  const edges = tops(heights);
  for (const top of [0, 1, 333, 12_345, 400_000, (edges.at(-1) ?? 0) - 600]) {
    const { from, to } = windowOf(edges, top, 600, 200);
    expect(edges[from]).toBeLessThanOrEqual(top);
    expect(edges[to]).toBeGreaterThanOrEqual(Math.min(top + 600, edges.at(-1) ?? 0));
    expect(to - from).toBeLessThan(60);
  }
  expect(windowOf(tops([]), 0, 600, 200)).toEqual({ from: 0, to: 0 });
  expect(windowOf(tops([5]), 0, 600, 200)).toEqual({ from: 0, to: 1 });
});
