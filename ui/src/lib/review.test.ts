import { describe, expect, it } from "vitest";

import type { Contested } from "./bindings";
import { choice, differing, first, toSettle } from "./review";

const version = (change: string, shown: boolean) => ({ change, mine: false, author: "another laptop", at: "2026-03-12T13:00:00Z", words: change, shown });
const one: Contested = {
  noun: "points",
  id: "x",
  aspect: "kind",
  thing: "point",
  label: "Kind",
  excerpt: "the budget",
  internal: false,
  versions: [version("a", true), version("b", false)],
  shown: "",
  takes_words: false,
};

describe("what two laptops set at once", () => {
  it("is settled by a digit a version", () => {
    expect(choice("1", one)).toEqual({ as: "version", change: "a" });
    expect(choice("2", one)).toEqual({ as: "version", change: "b" });
    expect(choice("0", one)).toEqual({ as: "shown" });
    for (const key of ["3", "9", "a", "Enter", "", "12"]) expect(choice(key, one)).toBeNull();
  });

  it("begins at the version that does not stand", () => {
    expect(first(one)).toBe(1);
    expect(first({ ...one, versions: [version("a", true)] })).toBe(0);
    expect(first({ ...one, versions: [version("a", false), version("b", false)] })).toBe(0);
  });

  it("is counted in the top bar", () => {
    expect(toSettle(2)).toBe("2 to settle");
  });

  const parts = (...texts: string[]) => differing(texts).map(([from, to], place) => texts[place]?.slice(from, to));

  it("shows where words differ", () => {
    expect(parts("the draft plan is agreed", "the list is agreed")).toEqual(["draft plan", "list"]);
    expect(parts("agreed by all", "agreed by all today")).toEqual(["", "today"]);
    expect(parts("same", "same")).toEqual(["", ""]);
    expect(parts("one", "other")).toEqual(["one", "other"]);
    expect(parts("", "words")).toEqual(["", "words"]);
    expect(parts("a b c", "a x c", "a y z c")).toEqual(["b", "x", "y z"]);
  });
});
