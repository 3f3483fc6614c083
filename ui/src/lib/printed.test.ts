import { expect, test } from "vitest";

import { drafted, reused } from "./printed";

const of = (marks: string): { mark: string }[] => [...marks].map((mark) => ({ mark }));

test("lines that are there stay, wherever they stand now", () => {
  expect(reused([..."abc"], of("abc"))).toEqual([0, 1, 2]);
  expect(reused([..."abc"], of("axbc"))).toEqual([0, null, 1, 2]);
  expect(reused([..."abc"], of("cb"))).toEqual([2, 1]);
  expect(reused([], of("ab"))).toEqual([null, null]);
});

test("lines that look the same stand for one new line each", () => {
  expect(reused([..."aab"], of("aaab"))).toEqual([0, 1, null, 2]);
  expect(reused([..."aab"], of("a"))).toEqual([0]);
});

test("a draft says where it is to stand only while the record does not have it", () => {
  const draft = { passage: "p", item: "i", style: "bullet" as const, text: "x" };
  expect(drafted({ ...draft, place: null })).toEqual(draft);
  expect(drafted({ ...draft, place: { behind: "q" } })).toEqual({ ...draft, behind: "q" });
});
