// Instants (ISO, UTC) and spans, in the words of a meeting's own zone.

import type { Span } from "./bindings";

const formats = new Map<string, Intl.DateTimeFormat>();

function format(zone: string, options: Intl.DateTimeFormatOptions, key: string): Intl.DateTimeFormat {
  const name = `${key} ${zone}`;
  let made = formats.get(name);
  if (made === undefined) {
    try {
      made = new Intl.DateTimeFormat("en-GB", { ...options, timeZone: zone });
    } catch {
      // A zone that this system does not know.
      made = new Intl.DateTimeFormat("en-GB", { ...options, timeZone: "UTC" });
    }
    formats.set(name, made);
  }
  return made;
}

/** `14:47`. */
export function minute(at: string | number, zone: string): string {
  return format(zone, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" }, "minute").format(new Date(at));
}

/** `14:47:31`. */
export function second(at: string | number, zone: string): string {
  const options = { hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23" } as const;
  return format(zone, options, "second").format(new Date(at));
}

/** `12 March 2026`. */
export function day(at: string | number, zone: string): string {
  return format(zone, { day: "numeric", month: "long", year: "numeric" }, "day").format(new Date(at));
}

/** `2026-03-12`: the calendar date that a clock in `zone` shows. */
export function localDay(at: string | number, zone: string): string {
  const parts = format(zone, { year: "numeric", month: "2-digit", day: "2-digit" }, "local day").formatToParts(new Date(at));
  const part = (type: string): string => parts.find((one) => one.type === type)?.value ?? "";
  return `${part("year")}-${part("month")}-${part("day")}`;
}

/** `Fri 27 March`, of a calendar date (`2026-03-27`); anything else as it is. */
export function due(date: string): string {
  const at = Date.parse(`${date}T12:00:00Z`);
  if (Number.isNaN(at)) return date;
  const parts = format("UTC", { weekday: "short", day: "numeric", month: "long" }, "due").formatToParts(at);
  const part = (type: string): string => parts.find((one) => one.type === type)?.value ?? "";
  return `${part("weekday")} ${part("day")} ${part("month")}`;
}

/** Zones that are called by their own short names, by the places whose time they are (tz database, since 2024b). */
const PLACES: Record<string, string> = { CET: "Europe/Brussels", MET: "Europe/Brussels", EET: "Europe/Athens", WET: "Europe/Lisbon" };

/** `CET`, or `GMT+9` where the zone has no short name. */
export function zoneName(at: string | number, zone: string): string {
  const parts = format(PLACES[zone] ?? zone, { timeZoneName: "short" }, "zone").formatToParts(new Date(at));
  return parts.find((part) => part.type === "timeZoneName")?.value ?? zone;
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
    const off = offset(at, zone);
    if (off === null) return null;
    if (at + off === wall) break;
    at = wall - off;
  }
  return new Date(at).toISOString();
}

function offset(at: number, zone: string): number | null {
  try {
    const parts = new Intl.DateTimeFormat("en-US", {
      timeZone: zone,
      hourCycle: "h23",
      year: "numeric",
      month: "numeric",
      day: "numeric",
      hour: "numeric",
      minute: "numeric",
      second: "numeric",
    }).formatToParts(at);
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
