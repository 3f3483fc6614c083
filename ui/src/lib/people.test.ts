import { expect, test } from "vitest";

import type { DeskParticipant, Pasted, Turn } from "./bindings";
import { groups, hasLeft, heldText, isList, presenceOf, presenceText, quorumWords, rolesOf, rolesText, sameAs, speeches, takenIn } from "./people";

const zone = "Europe/Berlin";
const at = (clock: string): string => `2026-03-12T${clock}Z`;

function person(id: string, group: string, state: DeskParticipant["state"] = "present"): DeskParticipant {
  return { id, name: `Name ${id}`, group, state, roles: [`role of ${id}`], presence: [] } as unknown as DeskParticipant;
}

test("the quorum in words", () => {
  expect(quorumWords({ rule: "9", needed: 9, present: 13 })).toEqual({ met: true, words: "Quorum of 9 met" });
  expect(quorumWords({ rule: ">1/2", needed: 9, present: 7 })).toEqual({ met: false, words: "Quorum: 7 of 9" });
});

test("speaking time counts the turn that goes on", () => {
  const turns = [{ id: "t", participant: "b", began: at("13:00:00"), ended: null }] as unknown as Turn[];
  const found = speeches([{ participant: "a", seconds: 30, turns: 2 }, { participant: "b", seconds: 10, turns: 3 }], turns, Date.parse(at("13:01:00")));
  expect(found.get("a")).toEqual({ time: 30_000, turns: 2 });
  expect(found.get("b")).toEqual({ time: 70_000, turns: 3 });
  expect(speeches([], turns, Date.parse(at("13:01:00"))).get("b")).toEqual({ time: 60_000, turns: 1 });
});

test("groups are summed, the longest first, those without a group last", () => {
  const people = [person("a", ""), person("b", "Ports"), person("c", "Pilots"), person("d", "Ports", "apologies")];
  const speech = new Map([["a", { time: 90, turns: 1 }], ["b", { time: 20, turns: 1 }], ["c", { time: 70, turns: 1 }], ["d", { time: 20, turns: 1 }]]);
  expect(groups(people, speech).map(({ name, count, here, time, share }) => [name, count, here, time, share])).toEqual([
    ["Pilots", 1, 1, 70, 0.35],
    ["Ports", 2, 1, 40, 0.2],
    ["", 1, 1, 90, 0.45],
  ]);
});

test("times of presence are read as they are written, in the meeting's zone", () => {
  const spans = [{ from: at("13:02:41"), to: at("14:10:05") }, { from: at("14:20:09"), to: null }];
  expect(presenceText(spans, zone)).toBe("14:02–15:10, 15:20–");
  expect(presenceOf("14:02–15:10, 15:20–", spans, at("13:00:00"), zone)).toEqual(spans);
  expect(presenceOf("14.05 - 15:10", spans, at("13:00:00"), zone)).toEqual([{ from: "2026-03-12T13:05:00.000Z", to: at("14:10:05") }]);
  expect(presenceOf("", spans, at("13:00:00"), zone)).toEqual([]);
});

test("says when a duty was held that passed on", () => {
  const span = (from: string, to: string | null) => ({ from: `2026-03-12T${from}:00Z`, to: to === null ? null : `2026-03-12T${to}:00Z` });
  const held = { moderating: [span("13:00", "13:32")], reporting: [span("13:00", "13:10"), span("13:32", null)] };
  expect(heldText(held, "Europe/Rome")).toBe("moderator 14:00–14:32, rapporteur 14:00–14:10, 14:32–");
  expect(heldText({ moderating: [], reporting: [] }, "Europe/Rome")).toBe("");
});

test("a time that goes back is of the day after; what cannot be is refused", () => {
  expect(presenceOf("23:30–0:15", [], at("21:00:00"), zone)).toEqual([{ from: "2026-03-12T22:30:00.000Z", to: "2026-03-12T23:15:00.000Z" }]);
  for (const typed of ["soon", "14:02", "25:00–", "14:02–, 15:00–", "14:61–"]) expect(presenceOf(typed, [], at("13:00:00"), zone), typed).toBeNull();
});

test("who is present and has left", () => {
  expect(hasLeft({ state: "present", presence: [{ from: at("13:00:00"), to: at("13:30:00") }] })).toBe(at("13:30:00"));
  expect(hasLeft({ state: "present", presence: [{ from: at("13:00:00"), to: null }] })).toBeNull();
  expect(hasLeft({ state: "present", presence: [] })).toBeNull();
});

test("a comma inside a role survives", () => {
  const roles = ["Chair, acting", "Port of Aomi"];
  expect(rolesOf(rolesText(roles))).toEqual(roles);
});

test("pasted lists: several lines, namesakes pointed out, what is left out stays out", () => {
  expect(isList("Ann Berg, editor\n\n")).toBe(false);
  expect(isList("Ann Berg\nBen Roy")).toBe(true);
  const entry = (name: string, same: string[], again: number[]): Pasted => ({ name, roles: [], line: 1, same, again });
  const people = new Map([["j", person("j", "Ports")]]);
  expect(sameAs(entry("Jun Sato", ["j"], []), people)).toBe("same as Name j, role of j?");
  expect(sameAs(entry("Ben", [], [0]), people)).toBe("stands twice in this list");
  expect(sameAs(entry("Ben", [], []), people)).toBe("");
  expect(takenIn([entry("A", [], []), entry("B", [], []), entry("C", [], [])], new Set([1])).map((one) => one.name)).toEqual(["A", "C"]);
});
