import { describe, expect, it } from "vitest";

import type { SectionPassage, SectionPoint } from "./bindings";
import { behind, nextOpen, summary, whereTo } from "./coverage";

const passages = new Map<string, SectionPassage>([
  ["a", { id: "a", item: "i", number: 2 } as SectionPassage],
  ["b", { id: "b", item: "i", number: 3 } as SectionPassage],
  ["c", { id: "c", item: "j", number: 1 } as SectionPassage],
]);
const label = (item: string | null) => (item === "j" ? "2.1" : "1");

describe("where a point went", () => {
  const at = (over: Partial<SectionPoint>) => whereTo({ coverage: "covered", passages: [], internal: false, ...over }, passages, "i", label);
  it("is said with the numbers of its passages", () => {
    expect(at({ passages: ["a", "b"] })).toBe("¶ 2, 3");
    expect(at({ passages: ["a", "c"] })).toBe("¶ 2 · 2.1 ¶ 1");
    expect(at({ coverage: "open" })).toBe("no passage");
    expect(at({ coverage: "table" })).toBe("table");
    expect(at({ coverage: "set_aside" })).toBe("set aside");
    expect(at({ coverage: "internal", internal: true })).toBe("internal");
  });
});

it("goes to the next open point, around the end", () => {
  const points = (["covered", "open", "open", "set_aside"] as const).map((coverage, at) => ({ id: String(at), coverage }) as SectionPoint);
  expect(nextOpen(points, "0", new Set())).toBe("1");
  expect(nextOpen(points, "1", new Set(["1"]))).toBe("2");
  expect(nextOpen(points, "2", new Set(["2"]))).toBe("1");
  expect(nextOpen(points, "2", new Set(["1", "2"]))).toBeNull();
});

it("counts in words", () => {
  expect(summary({ points: 10, covered: 7, open: 2, set_aside: 1 }).map((one) => one.text)).toEqual(["10 points", "7 in the report", "2 open", "1 set aside"]);
  expect(summary({ points: 1, covered: 1, open: 0, set_aside: 0 }).map((one) => one.text)).toEqual(["1 point", "1 in the report"]);
});

describe("who stands behind a passage", () => {
  const quantifier = { word: "several", words: "Several participants", needs: 3 };
  it("is told with what its words ask for", () => {
    expect(behind({ people: 5, points: 5, unsure: 0, quantifiers: [{ ...quantifier, holds: true }] })).toEqual({ who: "5 people", rest: "in 5 points: “several” holds", holds: true });
    expect(behind({ people: 1, points: 2, unsure: 0, quantifiers: [{ ...quantifier, holds: false }] })).toEqual({ who: "1 person", rest: "in 2 points: “several” needs 3", holds: false });
    expect(behind({ people: 1, points: 3, unsure: 2, quantifiers: [] }).rest).toContain("2 of them by nobody known");
    expect(behind({ people: 0, points: 0, unsure: 0, quantifiers: [] }).holds).toBe(true);
    expect(behind({ people: 0, points: 0, unsure: 0, quantifiers: [{ ...quantifier, holds: null }] }).holds).toBe(false);
  });
});
