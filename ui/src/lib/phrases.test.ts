import { expect, it } from "vitest";

import { opening, phrasesFor, rewritten, shifted } from "./phrases";

const phrases = ["Participants noted that …", "Several speakers emphasized …", "The importance of … was underlined.", "No objection was raised."];

it("finds a phrase by the beginnings of its words", () => {
  expect(phrasesFor(phrases, "spea emp").map((one) => one.at)).toEqual([1]);
  expect(phrasesFor(phrases, "").map((one) => one.at)).toEqual([0, 1, 2, 3]);
  expect(phrasesFor(phrases, "xyz")).toEqual([]);
});

it("puts a phrase in so that one types on", () => {
  expect(opening(phrases[0] as string)).toEqual({ text: "Participants noted that ", gap: [24, 24] });
  expect(opening(phrases[2] as string)).toEqual({ text: "The importance of … was underlined.", gap: [18, 19] });
  expect(opening(phrases[3] as string)).toEqual({ text: "No objection was raised.", gap: [24, 24] });
});

it("changes, adds, takes out and moves", () => {
  expect(rewritten(["a", "b"], 1, " c ")).toEqual(["a", "c"]);
  expect(rewritten(["a", "b"], 2, "c")).toEqual(["a", "b", "c"]);
  expect(rewritten(["a", "b"], 0, " ")).toEqual(["b"]);
  expect(shifted(["a", "b", "c"], 0, 1)).toEqual(["b", "a", "c"]);
  expect(shifted(["a", "b"], 0, -1)).toEqual(["a", "b"]);
});
