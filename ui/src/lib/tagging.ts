// Saying who spoke, by few keys: whom an entry may mean, and when it means one alone. Nothing here ever guesses.

import type { DeskParticipant, ParticipantId, PointId, PointView, Recent, Who } from "./bindings";
import { plain } from "./inline";
import { bare, candidates } from "./roster";
import { due } from "./time";
import { kindWord } from "./words";

/** Whether somebody has still to say whose words these are. A continuation is settled with what it continues. */
export function isOpen(point: PointView): boolean {
  if (point.continues !== null && point.basis !== "tagged") return false;
  return point.attribution === "untagged" || point.attribution === "unknown" || point.attribution === "unresolved";
}

/** Whether a moment was kept here, and its words are still to be written. */
export function isMoment(point: PointView): boolean {
  return point.text.trim() === "";
}

/** Those whom an entry may mean: their initials, their name or a word of it, or another name begins so. */
export function narrow(participants: readonly DeskParticipant[], typed: string): DeskParticipant[] {
  const entry = typed.trim();
  if (entry === "") return [];
  const text = bare(entry);
  const begun = new Set(candidates(participants, { from: 0, typed: entry, place: "name" }).map((one) => one.id));
  const fit = participants.filter(({ id, name }) => begun.has(id) || bare(name).split(/[\s-]+/u).some((word) => word.startsWith(text)));
  // Whose initials begin so come first, then those who are here.
  const rank = (one: DeskParticipant): number => (bare(one.short).startsWith(text) ? 0 : 2) + (one.state === "present" ? 0 : 1);
  return fit.toSorted((one, other) => rank(one) - rank(other));
}

/** Whom an entry means without Enter: the only one who fits, whose initials are typed in full. */
export function certain(participants: readonly DeskParticipant[], typed: string): DeskParticipant | null {
  const [only, ...others] = narrow(participants, typed);
  return only !== undefined && others.length === 0 && bare(only.short) === bare(typed.trim()) ? only : null;
}

/** Whom an entry means with Enter: the only one who fits, or the only one whose initials, name or alias it is in full. */
export function meant(participants: readonly DeskParticipant[], typed: string): DeskParticipant | null {
  const fit = narrow(participants, typed);
  const text = bare(typed.trim());
  const full = fit.filter(({ name, short, aliases }) => [name, short, ...aliases].some((one) => bare(one) === text));
  const found = full.length > 0 ? full : fit;
  return found.length === 1 ? (found[0] ?? null) : null;
}

/** What stands under the digits 1 to 9: who spoke last, then who else is here. */
export function numbered(participants: readonly DeskParticipant[], recent: readonly Recent[]): { one: DeskParticipant; at: string | null }[] {
  const people = new Map(participants.map((one) => [one.id, one] as const));
  const spoke = recent.flatMap(({ participant, at }) => {
    const one = people.get(participant);
    return one === undefined ? [] : [{ one, at }];
  });
  const named = new Set(spoke.map(({ one }) => one.id));
  const others = participants.filter((one) => one.state === "present" && one.nature === "person" && !named.has(one.id));
  return [...spoke, ...others.map((one) => ({ one, at: null }))].slice(0, 9);
}

/** Whoever spoke in the point above; null where nobody has said. */
export function above(points: readonly PointView[], point: PointId): Who | null {
  const at = points.findIndex((one) => one.id === point);
  const before = at > 0 ? points[at - 1] : undefined;
  if (before === undefined) return null;
  if (before.attribution === "named") return { is: "named", speakers: [...before.speakers] };
  if (before.attribution === "nobody") return { is: "nobody" };
  if (before.attribution === "unknown") return { is: "unknown", number: before.unknown };
  return null;
}

/** A point in words for who does not see it: whose it is, what it is, its text, and whose task by when. */
export function aloud(point: PointView, name: (id: ParticipantId) => string): string {
  const who = {
    named: () => point.speakers.map(name).join(", "),
    nobody: () => "Meeting",
    unresolved: () => `${point.speaker_text}, unresolved`,
    unknown: () => (point.unknown > 0 ? `Unknown ${point.unknown}` : "Unknown"),
    untagged: () => "Untagged",
  }[point.attribution]();
  const owners = point.owners.length > 0 ? point.owners.map(name).join(", ") : point.owner_text;
  const facts = [isMoment(point) ? "to be written" : plain(point.text), owners && `owner ${owners}`, point.due !== null && `due ${due(point.due)}`];
  return [who, kindWord(point.kind, point.internal), facts.filter(Boolean).join(", ")].filter(Boolean).join(": ");
}

/** The next open point behind (or before) a place, going round; null where none is left. */
export function nextOpen(points: readonly PointView[], from: PointId | null, by: 1 | -1 = 1, wanted = isOpen): PointId | null {
  const at = points.findIndex((one) => one.id === from);
  const start = at < 0 ? (by > 0 ? -1 : points.length) : at;
  for (let step = 1; step <= points.length; step += 1) {
    const point = points[(((start + by * step) % points.length) + points.length) % points.length];
    if (point !== undefined && wanted(point)) return point.id;
  }
  return null;
}

/** The next wanted point behind (or before) a place, not going round; without a place, from the other end. */
export function wantedBeyond(points: readonly PointView[], from: PointId | null, by: 1 | -1, wanted: (point: PointView) => boolean): PointId | null {
  const at = points.findIndex((one) => one.id === from);
  const part = by > 0 ? points.slice(at + 1) : points.slice(0, at < 0 ? points.length : at);
  return (by > 0 ? part.find(wanted) : part.findLast(wanted))?.id ?? null;
}

/** The numbers of the unknown speakers of these points, with how many points each has. */
export function unknowns(points: readonly PointView[], chosen: ReadonlySet<PointId>): { number: number; points: number }[] {
  const numbers = new Set(points.filter((one) => chosen.has(one.id) && one.attribution === "unknown" && one.unknown > 0).map((one) => one.unknown));
  return [...numbers].map((number) => ({
    number,
    points: points.filter((one) => one.attribution === "unknown" && one.unknown === number && one.continues === null).length,
  }));
}

/** Speakers, each once, in the order named. */
export function joined(first: readonly ParticipantId[], last: ParticipantId): ParticipantId[] {
  return [...new Set([...first, last])];
}

/** The points with the speakers that are being given to them, before the record has answered. */
export function given(points: readonly PointView[], giving: ReadonlyMap<PointId, Who>): readonly PointView[] {
  if (giving.size === 0) return points;
  return points.map((point) => {
    const who = giving.get(point.id);
    if (who === undefined) return point;
    const speakers = who.is === "named" ? who.speakers : [];
    return { ...point, attribution: who.is, basis: "tagged", speakers, unknown: who.is === "unknown" ? who.number : 0 };
  });
}

/** The other points of the unknown speakers of these points. */
export function ofSameUnknown(points: readonly PointView[], chosen: readonly PointId[]): PointId[] {
  const among = new Set(chosen);
  const numbers = new Set(unknowns(points, among).map(({ number }) => number));
  return points.filter((one) => one.attribution === "unknown" && numbers.has(one.unknown) && !among.has(one.id)).map((one) => one.id);
}
