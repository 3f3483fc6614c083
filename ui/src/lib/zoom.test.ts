import { expect, test } from "vitest";

import { readZoom, stepped } from "./zoom";

test("sizes go from 80 to 200 percent", () => {
  const up = [0.8];
  while (up.length < 20 && stepped(up.at(-1)!, 1) !== up.at(-1)) up.push(stepped(up.at(-1)!, 1));
  expect(up).toEqual([0.8, 0.9, 1, 1.1, 1.25, 1.5, 1.75, 2]);
  expect(stepped(0.8, -1)).toBe(0.8);
  expect(stepped(1.2, -1)).toBe(1.1);
});

test("a stored size is kept within bounds", () => {
  expect([null, "1.5", "7", "0.1", "x", "-1", ""].map(readZoom)).toEqual([1, 1.5, 2, 0.8, 1, 1, 1]);
});
