// The people of a meeting: quorum, speaking time, groups, times of presence, and lists that were pasted.

import type { DeskParticipant, NewParticipant, ParticipantId, Pasted, Quorum, Span, Spoken, Turn } from "./bindings";
import { holding } from "./floor";
import { instant, localDay, minute } from "./time";

/** What stands under the heading of the people's list. */
export function quorumWords({ needed, present }: Quorum): { met: boolean; words: string } {
  const met = present >= needed;
  return { met, words: met ? `Quorum of ${needed} met` : `Quorum: ${present} of ${needed}` };
}

/** How long, and in how many turns, somebody has had the floor. */
export interface Speech {
  time: number;
  turns: number;
}

/** Milliseconds and turns of each participant, the turn that goes on included. */
export function speeches(spoken: readonly Spoken[], turns: readonly Turn[], now: number): Map<ParticipantId, Speech> {
  const found = new Map<ParticipantId, Speech>(spoken.map((one) => [one.participant, { time: one.seconds * 1000, turns: one.turns }]));
  const turn = holding(turns);
  if (turn?.participant != null && turn.began !== null) {
    const before = found.get(turn.participant) ?? { time: 0, turns: 1 };
    found.set(turn.participant, { time: before.time + Math.max(0, now - Date.parse(turn.began)), turns: Math.max(1, before.turns) });
  }
  return found;
}

/** A stakeholder group: how many of it are here, and how long they have spoken together. */
export interface Group {
  name: string;
  count: number;
  here: number;
  time: number;
  /** Of all speaking time, 0 to 1. */
  share: number;
}

/** The groups, those that spoke longest first; people without a group stand last, under an empty name. */
export function groups(participants: readonly DeskParticipant[], speech: ReadonlyMap<ParticipantId, Speech>): Group[] {
  const found = new Map<string, Group>();
  for (const { id, group, state } of participants) {
    const one = found.get(group) ?? { name: group, count: 0, here: 0, time: 0, share: 0 };
    one.count += 1;
    if (state === "present") one.here += 1;
    one.time += speech.get(id)?.time ?? 0;
    found.set(group, one);
  }
  const all = [...found.values()];
  const whole = all.reduce((sum, one) => sum + one.time, 0);
  for (const one of all) one.share = whole === 0 ? 0 : one.time / whole;
  return all.sort((one, other) => Number(one.name === "") - Number(other.name === "") || other.time - one.time || other.count - one.count || one.name.localeCompare(other.name));
}

/** Times of presence as they are read and typed: `14:02–15:10, 15:20–`. */
export function presenceText(spans: readonly Span[], zone: string): string {
  return spans.map(({ from, to }) => `${minute(from, zone)}–${to === null ? "" : minute(to, zone)}`).join(", ");
}

/** When somebody held a duty that passed on during the meeting: `moderator 14:00–14:32`. */
export function heldText({ moderating, reporting }: Pick<DeskParticipant, "moderating" | "reporting">, zone: string): string {
  const held = [["moderator", moderating] as const, ["rapporteur", reporting] as const].filter(([, spans]) => spans.length > 0);
  return held.map(([duty, spans]) => `${duty} ${presenceText(spans, zone)}`).join(", ");
}

/** Whether somebody present has left: their last span has ended. */
export function hasLeft({ state, presence }: Pick<DeskParticipant, "state" | "presence">): string | null {
  return state === "present" ? (presence.at(-1)?.to ?? null) : null;
}

/**
 * Times of presence from what was typed; none = not to be understood. A time that was there before keeps its day and its
 * seconds; any other is of the day of `day`, or of the day after where it would go back behind the time before it.
 */
export function presenceOf(typed: string, before: readonly Span[], day: string | number, zone: string): Span[] | null {
  if (typed.trim() === "") return [];
  const known = new Map<string, string>();
  for (const at of before.flatMap(({ from, to }) => (to === null ? [from] : [from, to]))) if (!known.has(minute(at, zone))) known.set(minute(at, zone), at);
  const found: Span[] = [];
  let last = Number.NEGATIVE_INFINITY;
  const read = (text: string): string | null => {
    const parts = /^(\d{1,2})[:.](\d{2})$/.exec(text.trim());
    if (parts === null || Number(parts[1]) > 23 || Number(parts[2]) > 59) return null;
    const clock = `${(parts[1] ?? "").padStart(2, "0")}:${parts[2]}`;
    let at = known.get(clock) ?? instant(localDay(day, zone), clock, zone);
    if (at !== null && Date.parse(at) < last && !known.has(clock)) at = instant(localDay(Date.parse(at) + 86_400_000, zone), clock, zone);
    if (at === null || Date.parse(at) < last) return null;
    last = Date.parse(at);
    return at;
  };
  const pieces = typed.split(/[,;]/u).filter((piece) => piece.trim() !== "");
  for (const [index, piece] of pieces.entries()) {
    const parts = /^\s*([\d:.]+)\s*[–—-]\s*([\d:.]*)\s*$/u.exec(piece);
    const from = parts === null ? null : read(parts[1] ?? "");
    if (parts === null || from === null) return null;
    const to = parts[2] === "" ? null : read(parts[2] ?? "");
    // Only the last may go on.
    if (to === null && (parts[2] !== "" || index < pieces.length - 1)) return null;
    found.push({ from, to });
  }
  return found;
}

/** Several roles as one line; a comma inside a role is written `\,`. */
export function rolesText(roles: readonly string[]): string {
  return roles.map((role) => role.replaceAll(",", "\\,")).join(", ");
}

/** The roles of a line. */
export function rolesOf(typed: string): string[] {
  return typed
    .split(/(?<!\\),/u)
    .map((role) => role.replaceAll("\\,", ",").trim())
    .filter(Boolean);
}

/** Whether a text is a list of several people rather than one. */
export function isList(text: string): boolean {
  return text.split("\n").filter((line) => line.trim() !== "").length > 1;
}

/** What a pasted entry should make one look at: somebody of that name is here already, or stands twice in the list. */
export function sameAs(entry: Pasted, people: ReadonlyMap<ParticipantId, DeskParticipant>): string {
  const here = entry.same.map((id) => people.get(id)).find((one) => one !== undefined);
  if (here !== undefined) return `same as ${[here.name, here.roles[0] ?? here.group].filter(Boolean).join(", ")}?`;
  return entry.again.length > 0 ? "stands twice in this list" : "";
}

/** The entries that are taken in: all but those left out. */
export function takenIn(entries: readonly Pasted[], out: ReadonlySet<number>): NewParticipant[] {
  return entries.filter((_, index) => !out.has(index)).map(({ name, roles }) => ({ name, roles }));
}
