import { expect, test } from "vitest";

import type { ActionRow, DirectoryPerson, PersonInMeeting } from "./bindings";
import { aged, bodies, dueOn, ofOwner, overTime, owners, personSum, runs, sieved, standsFor, stay, whence } from "./register";

const action = (id: string, more: Partial<ActionRow> = {}): ActionRow => ({
  meeting: "m1",
  series: null,
  body: "HG",
  number: 1,
  starts: null,
  id,
  at: "2026-03-12T13:00:00Z",
  text: id,
  owners: [],
  due: null,
  done: false,
  overdue: false,
  age: 0,
  internal: false,
  ...more,
});

const there = (more: Partial<PersonInMeeting> = {}): PersonInMeeting => ({
  meeting: "m1",
  series: null,
  body: "HG",
  number: 1,
  starts: null,
  participant: "p1",
  name: "Ann",
  roles: [],
  group: "",
  duty: "none",
  state: "present",
  seconds: 0,
  points: 0,
  ...more,
});

const person = (meetings: PersonInMeeting[]): DirectoryPerson => ({ id: "x", names: ["Ann"], initials: [], aliases: [], addresses: [], meetings, same: [] });

const rows = [action("a", { owners: ["Ann", "Bo"] }), action("b", { owners: ["Bo"], overdue: true }), action("c", { done: true }), action("d")];

test("a sieve lets through what it says", () => {
  const ids = (sieve: Parameters<typeof sieved>[1]): string => sieved(rows, sieve).map((row) => row.id).join("");
  expect([ids("open"), ids("overdue"), ids("done"), ids("all")]).toEqual(["abd", "b", "c", "abcd"]);
});

test("an action of two is under both, and what is nobody's comes last", () => {
  expect(owners(rows)).toEqual([
    { name: "Bo", count: 2, late: 1 },
    { name: "Ann", count: 1, late: 0 },
    { name: "", count: 2, late: 0 },
  ]);
  expect(ofOwner(rows, "Bo").map((row) => row.id)).toEqual(["a", "b"]);
  expect(ofOwner(rows, "").map((row) => row.id)).toEqual(["c", "d"]);
  expect(ofOwner(rows, null)).toHaveLength(4);
});

test("ages grow coarser with time", () => {
  expect([0, 1, 20, 21, 69, 70, 400].map(aged)).toEqual(["today", "1 day", "20 days", "3 weeks", "10 weeks", "2 months", "13 months"]);
});

test("rows are told by body and by meeting", () => {
  expect(whence(action("a"))).toBe("HG 1");
  expect(whence(action("a", { body: "", number: null }))).toBe("Meeting");
  expect(bodies([action("a"), action("b", { body: "AB" }), action("c")])).toEqual([
    { name: "AB", count: 1 },
    { name: "HG", count: 2 },
  ]);
  const found = runs([action("a"), action("b"), action("c", { meeting: "m2" }), action("d")]);
  expect(found.map((run) => run.rows.length)).toEqual([2, 1, 1]);
});

test("what a person stood for is told once for as long as it held", () => {
  const ann = person([there({ number: 4, roles: ["chair"], points: 3 }), there({ number: 3, roles: ["chair"] }), there({ number: 2 }), there({ number: 1, group: "Port" })]);
  expect(overTime(ann)).toEqual([
    { words: "chair", from: "HG 3", to: "HG 4" },
    { words: "Port", from: "HG 1", to: "HG 1" },
  ]);
  expect(personSum(ann)).toBe("4 meetings · 3 points");
  expect(standsFor(there({ roles: ["Port", "chair"], group: "Port" }))).toBe("Port, chair");
});

test("a day is told with its year where that is another one", () => {
  const now = Date.parse("2026-03-12T13:00:00Z");
  expect(dueOn("2026-03-27", now)).toBe("Fri 27 March");
  expect(dueOn("2027-03-27", now)).toBe("Sat 27 March 2027");
});

test("a stay is told in minutes and hours", () => {
  expect([0, 20, 3120, 3900].map(stay)).toEqual(["", "1 min", "52 min", "1 h 05"]);
});
