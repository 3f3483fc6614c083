// The floor and the queue: who may still speak for how long, and what the kinds of a wish to speak are called by keys.

import type { Desk, DeskParticipant, Turn, TurnKind } from "./bindings";

/** The kinds in the order of their digits. */
export const turnOrder: readonly TurnKind[] = ["new_topic", "reply", "clarifying", "point_of_order"];

const LETTERS: Record<string, TurnKind> = { n: "new_topic", "+": "new_topic", r: "reply", c: "clarifying", "?": "clarifying", p: "point_of_order", "!": "point_of_order" };

/** The kind that a key means: its digit, its first letter, or its sign. */
export function kindOf(key: string): TurnKind | null {
  return turnOrder[Number(key) - 1] ?? LETTERS[key.toLowerCase()] ?? null;
}

/** Who waits, in order. */
export function waiting(turns: readonly Turn[]): Turn[] {
  return turns.filter((turn) => turn.began === null && turn.ended === null);
}

/** The turn that holds the floor: of several, the one that began last. */
export function holding(turns: readonly Turn[]): Turn | undefined {
  return turns
    .filter((turn) => turn.began !== null && turn.ended === null)
    .reduce<Turn | undefined>((last, turn) => (last === undefined || (turn.began ?? "") >= (last.began ?? "") ? turn : last), undefined);
}

/** How long a turn has lasted, and how much of what is allowed. */
export interface Used {
  time: number;
  share: number;
  over: boolean;
}

/** The time used of a turn. Without a limit (0 seconds) no share is used and nothing is over. */
export function used(turn: Turn | undefined, limit: number, now: number): Used {
  const time = turn?.began == null ? 0 : Math.max(0, now - Date.parse(turn.began));
  const allowed = limit * 1000;
  return { time, share: allowed === 0 ? 0 : Math.min(1, time / allowed), over: allowed > 0 && time > allowed };
}

/** Who presents the item just opened and could be given the floor: somebody who is here, while nobody holds it. */
export function presenting(desk: Pick<Desk, "floor" | "items" | "meeting" | "participants">): DeskParticipant | undefined {
  if (desk.floor !== null) return undefined;
  const item = desk.items.find((one) => one.id === desk.meeting.item);
  if (item === undefined || item.presenter === null || item.state !== "open") return undefined;
  const one = desk.participants.find(({ id }) => id === item.presenter);
  return one?.state === "apologies" || one?.state === "absent" ? undefined : one;
}

/** A speaking limit as typed (`3`, `3 min`, `2:30`, `90 s`, nothing), in seconds; none = no such. */
export function limitOf(typed: string): number | null {
  const text = typed.trim().toLowerCase();
  if (text === "") return 0;
  const parts = /^(\d{1,3}):([0-5]\d)$/.exec(text);
  if (parts !== null) return Number(parts[1]) * 60 + Number(parts[2]);
  const plain = /^(\d{1,4})\s*(s|sec|seconds|m|min|minutes)?$/.exec(text);
  if (plain === null) return null;
  return Number(plain[1]) * (plain[2]?.startsWith("s") === true ? 1 : 60);
}
