import { describe, expect, it } from "vitest";

import { merged } from "./merge";

describe("two who write at once", () => {
  it("keeps the words of both", () => {
    expect(merged("one two three", "one and two three", "one two three four")).toBe("one and two three four");
    expect(merged("one two three", "one two three four", "zero one two three")).toBe("zero one two three four");
    expect(merged("abc", "abXc", "abYc")).toMatch(/^ab(XY|YX)c$/);
  });

  it("is what one wrote where the other wrote nothing", () => {
    expect(merged("a", "b", "a")).toBe("b");
    expect(merged("a", "a", "b")).toBe("b");
    expect(merged("a", "b", "b")).toBe("b");
  });

  it("takes out what either took out", () => {
    expect(merged("one two three", "two three", "one two")).toBe("two");
  });
});
