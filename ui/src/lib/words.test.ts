import { expect, test } from "vitest";

import { kindWord } from "./words";

test("a kind has a word before the text, a remark has none, and what is off the record says so first", () => {
  expect(["remark", "decision", "action"].map((kind) => kindWord(kind as "remark"))).toEqual(["", "Decision", "Action"]);
  expect([kindWord("remark", true), kindWord("decision", true), kindWord(null)]).toEqual(["Internal", "Internal, Decision", ""]);
});
