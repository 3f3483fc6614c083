// Instants (ISO, UTC) and spans, in the words of a meeting's own zone.

import type { ClockSpan, Span } from "./bindings";

const MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];
const DAYS = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];

/** How clocks stand in the zones that the core has told of. */
const told = new Map<string, readonly { from: number; to: number; ahead: number; name: string }[]>();

/** Learns how clocks stand in a zone. Beyond that the engine is asked, which takes it milliseconds the first time. */
export function learn(zone: string, spans: readonly ClockSpan[]): void {
  told.set(zone, spans.map(({ from, to, ahead, name }) => ({ from: Date.parse(from), to: Date.parse(to), ahead: ahead * 1000, name })));
}

const spanAt = (at: number, zone: string): { ahead: number; name: string } | undefined =>
  told.get(zone)?.find(({ from, to }) => from <= at && at < to);

/** What a clock in `zone` shows, as a date whose UTC is that; of a zone that nobody knows, UTC. */
function wall(at: string | number, zone: string): Date {
  const instant = new Date(at).getTime();
  return new Date(instant + (spanAt(instant, zone)?.ahead ?? offset(instant, zone) ?? 0));
}

const written = (date: Date): string => `${date.getUTCDate()} ${MONTHS[date.getUTCMonth()] ?? ""}`;

/** `14:47`. */
export const minute = (at: string | number, zone: string): string => wall(at, zone).toISOString().slice(11, 16);

/** `14:47:31`. */
export const second = (at: string | number, zone: string): string => wall(at, zone).toISOString().slice(11, 19);

/** `12 March 2026`. */
export function day(at: string | number, zone: string): string {
  const local = wall(at, zone);
  return `${written(local)} ${local.getUTCFullYear()}`;
}

/** `2026-03-12`: the calendar date that a clock in `zone` shows. */
export const localDay = (at: string | number, zone: string): string => wall(at, zone).toISOString().slice(0, 10);

/** `Fri 27 March`, of a calendar date (`2026-03-27`); anything else as it is. */
export function due(date: string): string {
  const at = new Date(`${date}T12:00:00Z`);
  return Number.isNaN(at.getTime()) ? date : `${DAYS[at.getUTCDay()] ?? ""} ${written(at)}`;
}

/** Zones that are called by their own short names, by the places whose time they are (tz database, since 2024b). */
const PLACES: Record<string, string> = { CET: "Europe/Brussels", MET: "Europe/Brussels", EET: "Europe/Athens", WET: "Europe/Lisbon" };

/** `CET`: as the documents call it. Where the core has not told, as the engine does, or the zone's name. */
export function zoneName(at: string | number, zone: string): string {
  const instant = new Date(at).getTime();
  const name = spanAt(instant, zone)?.name;
  if (name !== undefined) return name;
  try {
    const parts = new Intl.DateTimeFormat("en-GB", { timeZone: PLACES[zone] ?? zone, timeZoneName: "short" }).formatToParts(instant);
    return parts.find((part) => part.type === "timeZoneName")?.value ?? zone;
  } catch {
    return "UTC";
  }
}

/** Milliseconds covered by spans, up to `now` for the one that goes on. */
export function covered(spans: readonly Span[], now: number): number {
  return spans.reduce((sum, { from, to }) => sum + Math.max(0, (to === null ? now : Date.parse(to)) - Date.parse(from)), 0);
}

/** `2:14`, `47:32`, `1:02:03`. */
export function stopwatch(milliseconds: number): string {
  const total = Math.max(0, Math.floor(milliseconds / 1000));
  const hours = Math.floor(total / 3600);
  const minutes = Math.floor(total / 60) % 60;
  const seconds = String(total % 60).padStart(2, "0");
  return hours > 0 ? `${hours}:${String(minutes).padStart(2, "0")}:${seconds}` : `${minutes}:${seconds}`;
}

/** Whole minutes, for words: `now`, `2 min`. */
export function ago(from: string, now: number): string {
  const minutes = Math.floor((now - Date.parse(from)) / 60_000);
  return minutes < 1 ? "now" : `${minutes} min`;
}

/** The instant at which a clock in `zone` shows a local date and time (`2026-03-12`, `14:00`); none = no such. */
export function instant(date: string, time: string, zone: string): string | null {
  const wall = Date.parse(`${date}T${time}:00Z`);
  if (Number.isNaN(wall)) return null;
  // The zone's offset is known at an instant only: guess with the offset there, then look again at the guess.
  let at = wall;
  for (let turn = 0; turn < 3; turn += 1) {
    const off = spanAt(at, zone)?.ahead ?? offset(at, zone);
    if (off === null) return null;
    if (at + off === wall) break;
    at = wall - off;
  }
  return new Date(at).toISOString();
}

const clocks = new Map<string, Intl.DateTimeFormat>();

/** How many milliseconds the engine takes a zone to be ahead of UTC; none = it does not know it. */
function offset(at: number, zone: string): number | null {
  try {
    const clock =
      clocks.get(zone) ??
      new Intl.DateTimeFormat("en-US", {
        timeZone: zone,
        hourCycle: "h23",
        year: "numeric",
        month: "numeric",
        day: "numeric",
        hour: "numeric",
        minute: "numeric",
        second: "numeric",
      });
    clocks.set(zone, clock);
    const parts = clock.formatToParts(at);
    const part = (type: string): number => Number(parts.find((one) => one.type === type)?.value);
    const shown = Date.UTC(part("year"), part("month") - 1, part("day"), part("hour"), part("minute"), part("second"));
    return shown - Math.floor(at / 1000) * 1000;
  } catch {
    return null;
  }
}

/** The zone that this computer is in. */
export function ownZone(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone;
}
