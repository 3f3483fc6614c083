import { expect, test } from "vitest";

import type { Desk, Turn, TurnKind } from "./bindings";
import { holding, kindOf, limitOf, presenting, used, waiting } from "./floor";

function turn(id: string, kind: TurnKind, began: string | null = null, ended: string | null = null): Turn {
  return { id, participant: "a", speaker_text: "", kind, reason: "", order: id, asked: "2026-03-12T13:00:00Z", began, ended };
}

test("a kind is called by its digit, its letter, or its sign", () => {
  expect(["1", "2", "3", "4"].map(kindOf)).toEqual(["new_topic", "reply", "clarifying", "point_of_order"]);
  expect(["N", "r", "c", "P", "+", "?", "!"].map(kindOf)).toEqual(["new_topic", "reply", "clarifying", "point_of_order", "new_topic", "clarifying", "point_of_order"]);
  expect(["0", "5", "x", "Enter"].map(kindOf)).toEqual([null, null, null, null]);
});

test("who waits and who holds the floor", () => {
  const turns = [turn("old", "reply", "2026-03-12T13:00:00Z"), turn("done", "reply", "2026-03-12T13:01:00Z", "2026-03-12T13:02:00Z"), turn("now", "reply", "2026-03-12T13:03:00Z"), turn("next", "reply")];
  expect(waiting(turns).map((one) => one.id)).toEqual(["next"]);
  expect(holding(turns)?.id).toBe("now");
  expect(holding([turn("next", "reply")])).toBeUndefined();
});

test("time used of what is allowed", () => {
  const now = Date.parse("2026-03-12T13:03:30Z");
  const one = turn("a", "reply", "2026-03-12T13:00:00Z");
  expect(used(one, 180, now)).toEqual({ time: 210_000, share: 1, over: true });
  expect(used(one, 420, now)).toEqual({ time: 210_000, share: 0.5, over: false });
  expect(used(one, 0, now)).toEqual({ time: 210_000, share: 0, over: false });
  expect(used(undefined, 180, now).time).toBe(0);
});

test("the presenter is offered while nobody holds the floor", () => {
  const desk = (floor: string | null, state: string): Desk =>
    ({ floor, meeting: { item: "i" }, items: [{ id: "i", presenter: "t", state: "open" }], participants: [{ id: "t", name: "Titus", state }] }) as unknown as Desk;
  expect(presenting(desk(null, "present"))?.name).toBe("Titus");
  expect(presenting(desk("x", "present"))).toBeUndefined();
  expect(presenting(desk(null, "apologies"))).toBeUndefined();
});

test("a limit is typed in minutes, in seconds, or as on a clock", () => {
  expect(["3", "3 min", "2:30", "90 s", "", "soon", "2:75"].map(limitOf)).toEqual([180, 180, 150, 90, 0, null, null]);
});
