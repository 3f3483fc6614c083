import { expect, test } from "vitest";

import type { Cue, PointView } from "./bindings";
import { beside, goesOn, placeOf, pointBeside } from "./transcript";

const cue = (id: string, starts: string, speaker_text = "Ann"): Cue => ({ id, starts: `2026-03-12T13:${starts}Z`, ends: null, speaker_text, participant: null, text: id });
const point = (id: string, at: string, text = id): PointView => ({ id, at: `2026-03-12T13:${at}Z`, text }) as PointView;

const cues = [cue("a", "00:00"), cue("b", "01:00"), cue("c", "02:00", "Bo")];
const rows = beside(cues, [point("early", "00:00"), point("p", "01:30"), point("q", "01:59"), point("late", "59:00"), point("empty", "01:10", "")]);

test("points stand beside what was being said", () => {
  expect(rows.map((row) => [row.cue?.id, row.points.map((one) => one.id)])).toEqual([
    ["a", ["early"]],
    ["b", ["p", "q"]],
    ["c", ["late"]],
  ]);
});

test("what came before the first word has a row of its own", () => {
  const found = beside([cue("b", "01:00")], [point("p", "00:30")]);
  expect(found.map((row) => row.cue?.id ?? null)).toEqual([null, "b"]);
  expect(placeOf(found, "p")).toBe("b");
  expect(pointBeside(found, "b")).toBe("p");
});

test("a point leads to its cue, and a cue to its point", () => {
  expect(placeOf(rows, "q")).toBe("b");
  expect(placeOf(rows, "c")).toBe("c");
  expect(placeOf(rows, null)).toBe("a");
  expect(placeOf([], null)).toBeNull();
  expect(pointBeside(rows, "b")).toBe("p");
  expect(pointBeside(beside(cues, []), "c")).toBeNull();
});

test("a speaker is named once for what is said on end", () => {
  expect([goesOn(cues[1] as Cue, cues[0]), goesOn(cues[2] as Cue, cues[1]), goesOn(cues[0] as Cue, undefined)]).toEqual([true, false, false]);
});
