import { expect, test } from "vitest";

import { counted, grouped, kindWord } from "./words";

test("a kind has a word before the text, a remark has none, and what is off the record says so first", () => {
  expect(["remark", "decision", "action"].map((kind) => kindWord(kind as "remark"))).toEqual(["", "Decision", "Action"]);
  expect([kindWord("remark", true), kindWord("decision", true), kindWord(null)]).toEqual(["Internal", "Internal, Decision", ""]);
});

test("large numbers are read in thousands", () => {
  for (const count of [0, 7, 999, 1000, 10_000, 123_456, 1_000_000, 1_234_567]) expect(grouped(count)).toBe(count.toLocaleString("en"));
  expect([counted(1, "point"), counted(10_000, "point"), counted(2, "person", "people")]).toEqual(["1 point", "10,000 points", "2 people"]);
});
