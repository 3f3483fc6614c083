// Minutes of an agenda. An item's sections count within it: their time is its time.

import type { DeskItem, ItemId } from "./bindings";
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
  const parents = new Set(items.map((item) => item.parent));
  const planning = (item: DeskItem): boolean => item.planned > 0 && (item.state === "pending" || item.state === "open");
  return items
    .filter((item) => planning(item) && (!parents.has(item.id) || planned(items, item.id) === 0))
    .reduce((sum, item) => sum + Math.max(0, item.planned * 60_000 - (used.get(item.id) ?? 0)), 0);
}
