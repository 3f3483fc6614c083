import { expect, test } from "vitest";

import { apart, candidates, fits, leadOf } from "./roster";
import { participant } from "./sample";

const roster = [
  participant("1", "Ann Berg", "AB", { roles: ["editor"] }),
  participant("2", "Ann Berg", "AN", { roles: ["observer"] }),
  participant("3", "Ben Åström", "BÅ", { state: "expected" }),
];

test("namesakes are told apart, others need nothing", () => {
  expect([...apart(roster)]).toEqual([
    ["1", "editor"],
    ["2", "observer"],
  ]);
});

test("candidates by name, word, initials, without accents", () => {
  const ids = (typed: string): string[] => candidates(roster, { from: 0, typed, place: "name" }).map((one) => one.id);
  expect(ids("an")).toEqual(["1", "2"]);
  expect(ids("astr")).toEqual(["3"]);
  expect(ids("AB")).toEqual(["1"]);
  expect(ids("zz")).toEqual([]);
});

test("an unresolved name says how many it may mean", () => {
  const people = [...roster, participant("9", "Jörg Sato", "JS", { aliases: ["harbour"] }), participant("10", "Jun Sato", "JU")];
  const names = (typed: string): string[] => fits(people, typed).map(({ id }) => id);
  expect(names("Sato")).toEqual(["9", "10"]);
  expect(names("jorg")).toEqual(["9"]);
  expect(names("Harbour")).toEqual(["9"]);
  expect(names("J")).toEqual([]);
  expect(names("js")).toEqual(["9"]);
  expect(names(" ")).toEqual([]);
});

test("the words that only say who spoke are told from the text", () => {
  const without = (text: string, speaker: string): string => text.slice(leadOf(text, speaker));
  expect(without("Sato: Bridged values", "Sato")).toBe("Bridged values");
  expect(without("@zzz hello", "zzz")).toBe("hello");
  expect(without("@zzz: hello", "zzz")).toBe("hello");
  expect(without("林：没有", "林")).toBe("没有");
  expect(without("Person 4: hello", "Person 4")).toBe("hello");
  expect(without("@de Souza: hello", "de Souza")).toBe("hello");
  expect(without("Maria (Treasurer): hello", "Maria (Treasurer)")).toBe("hello");
  expect(without("Satos: a", "Sato")).toBe("Satos: a");
  expect(without("Sato is here", "Sato")).toBe("Sato is here");
  expect(without("Sato:", "Sato")).toBe("Sato:");
  expect(without("a: b", "")).toBe("a: b");
});
