import { expect, test } from "vitest";

import { holding } from "./holding";

const points = (ids: string) => [...ids].map((id) => ({ id }));
const ids = (found: readonly { id: string }[]) => found.map(({ id }) => id).join("");

test("the point in hand stays in its place when somebody else takes it out", () => {
  expect(ids(holding(points("abcd"), points("acd"), "b"))).toBe("abcd");
  expect(ids(holding(points("abcd"), points("adx"), "b"))).toBe("abdx");
  expect(ids(holding(points("abcd"), points("ab"), "d"))).toBe("abd");
  expect(ids(holding(points("abcd"), points("abcdx"), "b"))).toBe("abcdx");
  expect(ids(holding(points("abcd"), points("acd"), null))).toBe("acd");
  expect(ids(holding(points("abcd"), points("acd"), "x"))).toBe("acd");
});
