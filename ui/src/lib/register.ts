// What goes across meetings, in words: what was promised, what was decided, and who people are.

import type { ActionRow, DirectoryPerson, MeetingId, PersonInMeeting } from "./bindings";
import { due } from "./time";
import { counted } from "./words";

/** What is looked through. */
export type Book = "actions" | "decisions" | "people";

/** Which actions are shown. */
export type Sieve = "open" | "overdue" | "done" | "all";

/** The sieves in the order in which a key turns them. */
export const sieves: readonly [Sieve, string][] = [
  ["open", "Open"],
  ["overdue", "Overdue"],
  ["done", "Done"],
  ["all", "All"],
];

/** Whom actions without an owner are listed under. */
export const NOBODY = "";

/** The actions that a sieve lets through. */
export function sieved(rows: readonly ActionRow[], sieve: Sieve): ActionRow[] {
  return rows.filter((row) => sieve === "all" || (sieve === "done" ? row.done : !row.done && (sieve === "open" || row.overdue)));
}

/** An owner, with how many of the actions are theirs and how many of those are late. */
export interface Owner {
  name: string;
  count: number;
  late: number;
}

/** The owners of actions, those who have most first; who is nobody's yet comes last. */
export function owners(rows: readonly ActionRow[]): Owner[] {
  const found = new Map<string, Owner>();
  for (const row of rows) {
    for (const name of row.owners.length > 0 ? row.owners : [NOBODY]) {
      const owner = found.get(name) ?? { name, count: 0, late: 0 };
      found.set(name, { name, count: owner.count + 1, late: owner.late + (row.overdue ? 1 : 0) });
    }
  }
  const last = (one: Owner): number => (one.name === NOBODY ? 1 : 0);
  return [...found.values()].toSorted((one, other) => last(one) - last(other) || other.count - one.count || one.name.localeCompare(other.name));
}

/** The actions of an owner; null = of everybody. */
export function ofOwner(rows: readonly ActionRow[], owner: string | null): ActionRow[] {
  if (owner === null) return [...rows];
  return rows.filter((row) => (owner === NOBODY ? row.owners.length === 0 : row.owners.includes(owner)));
}

/** `HG 42`: the meeting that something comes from. */
export function whence({ body, number }: { body: string; number: number | null }): string {
  return [body || "Meeting", number].filter((part) => part !== null).join(" ");
}

/** How long ago something was promised: `today`, `12 days`, `5 weeks`, `4 months`. */
export function aged(days: number): string {
  if (days === 0) return "today";
  if (days < 21) return counted(days, "day");
  return days < 70 ? counted(Math.round(days / 7), "week") : counted(Math.round(days / 30.44), "month");
}

/** `Fri 27 March`, with the year where it is another one than now. */
export function dueOn(date: string, now: number): string {
  const year = date.slice(0, 4);
  return year === String(new Date(now).getUTCFullYear()) ? due(date) : `${due(date)} ${year}`;
}

/** A body with how many of the rows are its own. */
export interface BodyOf {
  name: string;
  count: number;
}

/** The bodies that rows come from, by name. */
export function bodies(rows: readonly { body: string }[]): BodyOf[] {
  const found = new Map<string, number>();
  for (const { body } of rows) found.set(body, (found.get(body) ?? 0) + 1);
  return [...found].map(([name, count]) => ({ name, count })).toSorted((one, other) => one.name.localeCompare(other.name));
}

/** Rows in runs of one meeting. */
export function runs<Row extends { meeting: MeetingId }>(rows: readonly Row[]): { meeting: MeetingId; rows: Row[] }[] {
  const found: { meeting: MeetingId; rows: Row[] }[] = [];
  for (const row of rows) {
    const last = found.at(-1);
    if (last?.meeting === row.meeting) last.rows.push(row);
    else found.push({ meeting: row.meeting, rows: [row] });
  }
  return found;
}

/** A person's name as spelt last. */
export function nameOf(person: DirectoryPerson | undefined): string {
  return person?.names[0] ?? "Somebody";
}

/** `3 meetings · 12 points`. */
export function personSum(person: DirectoryPerson): string {
  const points = person.meetings.reduce((sum, there) => sum + there.points, 0);
  return [counted(person.meetings.length, "meeting"), points > 0 ? counted(points, "point") : ""].filter(Boolean).join(" · ");
}

/** Roles and group in one meeting, in a line. */
export function standsFor(there: PersonInMeeting): string {
  return [...there.roles, ...(there.group === "" || there.roles.includes(there.group) ? [] : [there.group])].join(", ");
}

/** What a person stood for over time, the latest first; what did not change stands once, with the meetings it held in. */
export function overTime(person: DirectoryPerson): { words: string; from: string; to: string }[] {
  const found: { words: string; from: string; to: string }[] = [];
  for (const there of person.meetings) {
    const words = standsFor(there);
    if (words === "") continue;
    const last = found.at(-1);
    if (last?.words === words) last.from = whence(there);
    else found.push({ words, from: whence(there), to: whence(there) });
  }
  return found;
}

/** `52 min`, `1 h 05`: how long somebody was there. */
export function stay(seconds: number): string {
  const minutes = Math.round(seconds / 60);
  if (seconds === 0) return "";
  return minutes < 60 ? `${Math.max(1, minutes)} min` : `${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, "0")}`;
}
