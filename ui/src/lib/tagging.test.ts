import { expect, test } from "vitest";

import type { DeskParticipant, PointView } from "./bindings";
import { above, aloud, certain, isOpen, meant, narrow, nextOpen, numbered, unknowns, wantedBeyond } from "./tagging";

function who(id: string, name: string, short: string, more: Partial<DeskParticipant> = {}): DeskParticipant {
  return {
    id, name, short, person: null, order: id, roles: [], group: "", initials: "", aliases: [], email: "", platform_id: "",
    duty: "none", state: "present", listed: true, nature: "person", presence: [], moderating: [], reporting: [], ...more,
  };
}

function point(id: string, more: Partial<PointView> = {}): PointView {
  return {
    id, item: null, order: id, at: "2026-03-12T13:00:00Z", kind: "remark", text: id, attribution: "untagged", basis: "none",
    unknown: 0, speakers: [], speaker_text: "", continues: null, internal: false, set_aside: false, owners: [], owner_text: "",
    due: null, done: false, raw: id, source: "typed", source_line: 0, ...more,
  };
}

const people = [
  who("tm", "Tiago Meneses", "TM"),
  who("to", "Tina Okafor", "TO"),
  who("ta", "Tilda Åström", "TÅ", { state: "expected" }),
  who("js", "Jun Sato", "JS"),
  who("ju", "Jun Sato", "JU"),
  who("ms", "Marit Solheim", "MS"),
];
const ids = (found: readonly DeskParticipant[]): string[] => found.map((one) => one.id);

test("a point is said with whose it is", () => {
  const name = (id: string): string => people.find((one) => one.id === id)?.name ?? "";
  const said = (more: Partial<PointView>): string => aloud(point("a", { text: "the **gap** is known", ...more }), name);
  expect(said({ attribution: "named", speakers: ["tm", "js"] })).toBe("Tiago Meneses, Jun Sato: the gap is known");
  expect(said({ attribution: "nobody" })).toBe("Meeting: the gap is known");
  expect(said({ attribution: "unresolved", speaker_text: "Ti" })).toBe("Ti, unresolved: the gap is known");
  expect(said({ attribution: "unknown", unknown: 2 })).toBe("Unknown 2: the gap is known");
  expect(said({ attribution: "unknown" })).toBe("Unknown: the gap is known");
  expect(said({ attribution: "nobody", kind: "action", owners: ["ms"], due: "2026-03-27" })).toBe("Meeting: Action: the gap is known, owner Marit Solheim, due Fri 27 March");
  expect(said({ kind: "decision", internal: true })).toBe("Untagged: Internal, Decision: the gap is known");
  expect(said({ text: " " })).toBe("Untagged: to be written");
});

test("letters narrow by initials and by the beginnings of names, without accents", () => {
  expect(ids(narrow(people, "t"))).toEqual(["tm", "to", "ta"]);
  expect(ids(narrow(people, "s"))).toEqual(["js", "ju", "ms"]);
  expect(ids(narrow(people, "as"))).toEqual(["ta"]);
  expect(narrow(people, "")).toEqual([]);
  expect(narrow(people, "x")).toEqual([]);
});

test("an entry is certain when one alone fits and the initials are typed in full", () => {
  expect(certain(people, "ta")?.id).toBe("ta");
  expect(certain(people, "TM")?.id).toBe("tm");
  expect(certain(people, "t")).toBeNull();
  expect(certain(people, "ma")).toBeNull();
  expect(certain(people, "ju")).toBeNull();
});

test("initials that also begin another name wait for Enter", () => {
  const more = [...people, who("tom", "Tom Berg", "TB")];
  expect(certain(more, "to")).toBeNull();
  expect(meant(more, "to")?.id).toBe("to");
  expect(meant(more, "tom")?.id).toBe("tom");
});

test("Enter takes the only one who fits and never one of two namesakes", () => {
  expect(meant(people, "mar")?.id).toBe("ms");
  expect(meant(people, "jun sato")).toBeNull();
  expect(meant(people, "jun")).toBeNull();
  expect(meant(people, "ju")?.id).toBe("ju");
  expect(meant(people, "")).toBeNull();
});

test("two with the same initials are never told apart by them", () => {
  const twins = [who("a", "Ann Berg", "AB"), who("b", "Abel Boe", "AB")];
  expect(certain(twins, "ab")).toBeNull();
  expect(meant(twins, "ab")).toBeNull();
});

test("the digits hold who spoke last, then who is here", () => {
  const recent = [{ participant: "ms", at: "2026-03-12T13:00:00Z" }, { participant: "gone", at: "2026-03-12T12:00:00Z" }];
  const found = numbered(people, recent);
  expect(found.map(({ one }) => one.id)).toEqual(["ms", "tm", "to", "js", "ju"]);
  expect(found.map(({ at }) => at !== null)).toEqual([true, false, false, false, false]);
});

test("the same as above takes a speaker, nobody or the same unknown, and nothing else", () => {
  const points = [
    point("a", { attribution: "named", speakers: ["ms", "tm"] }),
    point("b", { attribution: "nobody" }),
    point("c", { attribution: "unknown", unknown: 2 }),
    point("d", { attribution: "unresolved", speaker_text: "Sato" }),
    point("e"),
  ];
  expect(above(points, "a")).toBeNull();
  expect(above(points, "b")).toEqual({ is: "named", speakers: ["ms", "tm"] });
  expect(above(points, "c")).toEqual({ is: "nobody" });
  expect(above(points, "d")).toEqual({ is: "unknown", number: 2 });
  expect(above(points, "e")).toBeNull();
  expect(above(points, "nowhere")).toBeNull();
});

test("the next open point goes round and leaves continuations out", () => {
  const points = [point("a"), point("b", { continues: "a" }), point("c", { attribution: "named", speakers: ["ms"] }), point("d", { attribution: "unknown", unknown: 1 })];
  expect(points.map(isOpen)).toEqual([true, false, false, true]);
  expect(nextOpen(points, "a")).toBe("d");
  expect(nextOpen(points, "d")).toBe("a");
  expect(nextOpen(points, "a", -1)).toBe("d");
  expect(nextOpen(points, null)).toBe("a");
  expect(nextOpen([points[2] as PointView], "c")).toBeNull();
});

test("the next wanted point beyond a place does not go round", () => {
  const points = [point("a"), point("b", { attribution: "named" }), point("c"), point("d", { attribution: "nobody" })];
  expect(wantedBeyond(points, "a", 1, isOpen)).toBe("c");
  expect(wantedBeyond(points, "c", 1, isOpen)).toBeNull();
  expect(wantedBeyond(points, "c", -1, isOpen)).toBe("a");
  expect(wantedBeyond(points, "a", -1, isOpen)).toBeNull();
  expect([wantedBeyond(points, null, 1, isOpen), wantedBeyond(points, null, -1, isOpen)]).toEqual(["a", "c"]);
});

test("an unknown is counted with all of its points", () => {
  const points = [1, 1, 2, 1].map((unknown, at) => point(String(at), { attribution: "unknown", unknown }));
  expect(unknowns(points, new Set(["0"]))).toEqual([{ number: 1, points: 3 }]);
  expect(unknowns(points, new Set(["2", "3"]))).toEqual([{ number: 2, points: 1 }, { number: 1, points: 3 }]);
});
