import { expect, test } from "vitest";

import { unitsOf } from "./units";

test("bytes of the core become units of the page", () => {
  expect(unitsOf("action: x", 7)).toBe(7);
  expect(unitsOf("Олена: x", 11)).toBe(6);
  expect(unitsOf("林佳怡：x", 12)).toBe(4);
  expect(unitsOf("🙂: x", 5)).toBe(3);
  expect(unitsOf("🙂", 2)).toBe(0);
  expect(unitsOf("ab", 99)).toBe(2);
});
