import { expect, test } from "vitest";

import type { DeskParticipant } from "./bindings";
import { apart, candidates, wanted, written } from "./roster";

function participant(id: string, name: string, short: string, more: Partial<DeskParticipant> = {}): DeskParticipant {
  return {
    id,
    name,
    short,
    person: null,
    order: id,
    roles: [],
    group: "",
    initials: "",
    aliases: [],
    email: "",
    platform_id: "",
    duty: "none",
    state: "present",
    listed: true,
    nature: "person",
    presence: [],
    ...more,
  };
}

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

test("what looks like a name being typed", () => {
  expect(wanted("@a")).toEqual({ from: 0, typed: "a", place: "speaker" });
  expect(wanted("action: text out, @be")).toEqual({ from: 18, typed: "be", place: "name" });
  expect(wanted("present+ Ann Berg, Be")).toEqual({ from: 19, typed: "Be", place: "name" });
  expect(wanted("Ann B")).toEqual({ from: 0, typed: "Ann B", place: "speaker" });
  for (const line of ["", "mail a@b", "we said", "Ann: hello", "q+ Ann to ask", "ack next", "A"]) expect(wanted(line)).toBeNull();
});

test("candidates by name, word, initials, without accents", () => {
  const ids = (typed: string): string[] => candidates(roster, { from: 0, typed, place: "name" }).map((one) => one.id);
  expect(ids("an")).toEqual(["1", "2"]);
  expect(ids("astr")).toEqual(["3"]);
  expect(ids("AB")).toEqual(["1"]);
  expect(ids("zz")).toEqual([]);
});

test("a namesake is written by initials", () => {
  const want = { from: 0, typed: "an", place: "speaker" } as const;
  const [first, , third] = roster;
  expect(written(want, first!, true)).toBe("AB: ");
  expect(written({ ...want, place: "name" }, third!, false)).toBe("Ben Åström");
});
