// A page of points, read anew while somebody writes in one of them.

/** The points as they are now, with the one in hand in its old place even where somebody else has taken it out. */
export function holding<P extends { id: string }>(before: readonly P[], now: readonly P[], held: string | null): readonly P[] {
  if (held === null || now.some((one) => one.id === held)) return now;
  const at = before.findIndex((one) => one.id === held);
  const kept = before[at];
  if (kept === undefined) return now;
  const places = new Map(now.map((one, place) => [one.id, place] as const));
  const next = before.slice(at + 1).find((one) => places.has(one.id));
  const place = next === undefined ? now.length : (places.get(next.id) ?? now.length);
  return [...now.slice(0, place), kept, ...now.slice(place)];
}
