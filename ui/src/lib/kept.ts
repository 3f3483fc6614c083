// Answers of the core come whole each time. Most of one is as before, and what is as before should not be drawn again.

/**
 * `now`, in which every part that says the same as in `before` is that very object. Things with an `id` are found by it,
 * wherever they stand; others by their place. Both are plain values as JSON has them.
 */
export function kept<T>(before: unknown, now: T): T;
export function kept(before: unknown, now: unknown): unknown {
  if (before === now) return before;
  if (Array.isArray(before) && Array.isArray(now)) return keptList(before, now);
  if (!isRecord(before) || !isRecord(now)) return now;
  const names = Object.keys(now);
  let same = names.length === Object.keys(before).length;
  const found: Record<string, unknown> = {};
  for (const name of names) {
    found[name] = kept(before[name], now[name]);
    same &&= found[name] === before[name];
  }
  return same ? before : found;
}

function keptList(before: readonly unknown[], now: readonly unknown[]): readonly unknown[] {
  const named = new Map<unknown, unknown>();
  for (const one of before) if (isRecord(one) && one["id"] !== undefined) named.set(one["id"], one);
  const found = now.map((one, place) => kept(isRecord(one) && one["id"] !== undefined ? named.get(one["id"]) : before[place], one));
  return found.length === before.length && found.every((one, place) => one === before[place]) ? before : found;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
