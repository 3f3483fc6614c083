import { expect, test } from "vitest";

import type { ImportAs, ImportPerson, ImportPreview } from "./bindings";
import { accepted, becomesWords, besideWords, bringsWords, choicesOf, inBase64, isFile, speaks, tally, together, whyWords } from "./importing";

const one = { participant: "p1", name: "Jun Sato", beside: "Port of Aomi" };
const two = { participant: "p2", name: "Jun Sato", beside: "independent" };

function person(of: number, more: Partial<ImportPerson> = {}): ImportPerson {
  return { of, name: `Name ${of}`, roles: [], group: "", email: "", nature: "person", stretches: 1, fits: [], by: null, proposed: "new", again: [], ...more };
}

const like = person(0, { fits: [one, two], by: "likeness" });
const same = person(1, { fits: [one], by: "name", proposed: { participant: "p1" } });

test("bytes in base64, long ones too", () => {
  expect(inBase64(new Uint8Array([0, 255, 65]))).toBe("AP9B");
  const many = new Uint8Array(100_001).fill(7);
  expect(atob(inBase64(many)).length).toBe(100_001);
});

test("a text of several lines may be a file", () => {
  expect(isFile("a\nb\nc")).toBe(true);
  expect(isFile("\n\na line\nanother\n")).toBe(false);
});

test("accepting takes whom it fits, turning the next of them", () => {
  expect(accepted(like, "new", false)).toEqual({ participant: "p1" });
  expect(accepted(like, { participant: "p1" }, false)).toEqual({ participant: "p1" });
  expect(accepted(like, { participant: "p1" }, true)).toEqual({ participant: "p2" });
  expect(accepted(like, { participant: "p2" }, true)).toEqual({ participant: "p1" });
  expect(accepted(like, { participant: "p2" }, false)).toEqual({ participant: "p2" });
  expect(accepted(like, "left_out", true)).toEqual({ participant: "p1" });
  expect(accepted(person(3), "left_out", false)).toBe("new");
});

test("what becomes of somebody, and why", () => {
  expect(becomesWords(same, { participant: "p1" })).toEqual({ lead: "is", name: "Jun Sato", beside: "Port of Aomi" });
  expect(becomesWords(same, "new").lead).toBe("new participant");
  expect(becomesWords(same, "left_out").lead).toBe("left out");
  expect(whyWords(same, { participant: "p1" }, false, [])).toEqual({ words: "by the name alone", warns: false });
  expect(whyWords(like, "new", false, [])).toEqual({ words: "Jun Sato, Port of Aomi or 1 other: same person?", warns: true });
  expect(whyWords(like, "new", true, []).warns).toBe(false);
  expect(whyWords(like, { participant: "p2" }, true, [])).toEqual({ words: "as you said", warns: false });
  expect(whyWords(person(2, { again: [4] }), "new", false, []).warns).toBe(true);
  expect(whyWords(person(2, { again: [4] }), "left_out", false, [])).toEqual({ words: "", warns: false });
  expect(whyWords(same, "left_out", true, [], true).words).toBe("what they said stays, unresolved");
});

test("two of the file who become one are told", () => {
  const people = [like, same];
  const both: ImportAs[] = [{ participant: "p1" }, { participant: "p1" }];
  expect(together(people, both, 0)).toEqual(["Name 1"]);
  expect(together(people, ["new", { participant: "p1" }], 1)).toEqual([]);
  expect(together(people, ["new", "new"], 0)).toEqual([]);
  expect(whyWords(like, { participant: "p1" }, true, ["Name 1"]).words).toBe("with Name 1 of this file");
});

test("how many become what, and how many are to be looked at", () => {
  expect(tally([like, same, person(2)], ["new", { participant: "p1" }, "left_out"], new Set())).toEqual({ words: "1 known · 1 new · 1 left out", open: 1 });
  expect(tally([like, same], ["new", { participant: "p1" }], new Set([0])).open).toBe(0);
});

test("what comes in, in words", () => {
  const nothing: ImportPreview = { kind: { word: "zoom", label: "" }, people: [], items: 0, points: 0, passages: 0, cues: 0, problems: [], more_problems: 0 };
  expect(bringsWords(nothing)).toBe("nothing new");
  expect(bringsWords({ ...nothing, people: [like], points: 2, cues: 1 })).toBe("1 person, 2 points, 1 line of a transcript");
  expect(speaks({ ...nothing, points: 1 })).toBe(false);
  expect(speaks({ ...nothing, kind: { word: "chat", label: "" }, points: 1 })).toBe(true);
});

test("what stands beside a name", () => {
  expect(besideWords(person(0))).toBe("");
  expect(besideWords(person(0, { nature: "telephone", roles: ["chair"], email: "a@b.example", stretches: 2 }))).toBe("telephone · chair · a@b.example · there 2 times");
});

test("the choices go with place and name", () => {
  expect(choicesOf([like, same], ["left_out"])).toEqual([
    { of: 0, name: "Name 0", as: "left_out" },
    { of: 1, name: "Name 1", as: { participant: "p1" } },
  ]);
});
