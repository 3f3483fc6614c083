// Minutes of an agenda. An item's sections count within it: their time is its time.

import type { DeskItem, ItemId, MeetingState } from "./bindings";
import { covered } from "./time";

/** Milliseconds that each item was open, its sections included. */
export function spent(items: readonly DeskItem[], now: number): Map<ItemId, number> {
  const found = new Map<ItemId, number>();
  // Depth first, so that from the end on every section comes before its item.
  for (const item of items.toReversed()) {
    const own = (found.get(item.id) ?? 0) + covered(item.open, now);
    found.set(item.id, own);
    if (item.parent !== null) found.set(item.parent, (found.get(item.parent) ?? 0) + own);
  }
  return found;
}

/** Minutes planned for the whole: an item's own figure, or what its sections add up to. */
export function planned(items: readonly DeskItem[], parent: ItemId | null = null): number {
  return items
    .filter((item) => item.parent === parent)
    .reduce((sum, item) => sum + (item.planned > 0 ? item.planned : planned(items, item.id)), 0);
}

/** Milliseconds still planned for what is not dealt with yet. */
export function remaining(items: readonly DeskItem[], now: number): number {
  const used = spent(items, now);
  const left = (parent: ItemId | null): number => items.filter((item) => item.parent === parent).reduce((sum, item) => sum + leftOf(item), 0);
  const leftOf = (item: DeskItem): number => {
    if (item.state === "deferred" || item.state === "skipped" || item.state === "no_update") return 0;
    const sections = left(item.id);
    // A section that took too long takes nothing from the sections still ahead of it.
    if (item.planned === 0 || item.state === "done") return sections;
    return Math.max(sections, item.planned * 60_000 - (used.get(item.id) ?? 0));
  };
  return left(null);
}

/** When a meeting ends at this pace, and how many minutes later than planned (less than 0: earlier). */
export interface Ending {
  at: number;
  late: number;
}

/** When the meeting ends at this pace; none where nothing is planned or it does not run. While it is paused, time goes on. */
export function ending(items: readonly DeskItem[], state: MeetingState, starts: string | null, now: number): Ending | null {
  const whole = planned(items);
  if (whole === 0 || (state !== "live" && state !== "paused")) return null;
  const at = now + remaining(items, now);
  return { at, late: starts === null ? 0 : Math.round((at - Date.parse(starts) - whole * 60_000) / 60_000) };
}

/** Where an item goes when it is moved one place up (-1) or down (1) among those of its parent; none = it stays. */
export function moved(items: readonly DeskItem[], id: ItemId, by: -1 | 1): { parent: ItemId | null; before: ItemId | null } | null {
  const item = items.find((one) => one.id === id);
  if (item === undefined) return null;
  const beside = items.filter((one) => one.parent === item.parent);
  const before = beforeWhich(beside, id, by);
  return before === undefined ? null : { parent: item.parent, before };
}

/** Before which row one goes that is moved by one place; null = behind them all, undefined = it stays. */
export function beforeWhich<Id>(rows: readonly { id: Id }[], id: Id, by: -1 | 1): Id | null | undefined {
  const at = rows.findIndex((one) => one.id === id);
  if (at < 0 || at + by < 0 || at + by >= rows.length) return undefined;
  return by < 0 ? rows[at - 1]?.id : (rows[at + 2]?.id ?? null);
}

/** Planned minutes as typed (`12`, `12 min`, `1:30`, nothing); none = no such. */
export function minutesOf(typed: string): number | null {
  const text = typed.trim().toLowerCase();
  if (text === "") return 0;
  const hours = /^(\d{1,2}):([0-5]\d)$/.exec(text);
  if (hours !== null) return Number(hours[1]) * 60 + Number(hours[2]);
  const plain = /^(\d{1,4})\s*(?:m|min|minutes)?$/.exec(text);
  return plain === null ? null : Number(plain[1]);
}
