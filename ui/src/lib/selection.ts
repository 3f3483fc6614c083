// Points chosen together: always a set of what is shown, in the order of the record.

import type { PointId, PointView } from "./bindings";

/** All from one point to another, both included, whichever comes first. */
export function span(order: readonly PointId[], from: PointId, to: PointId): Set<PointId> {
  const one = order.indexOf(from);
  const other = order.indexOf(to);
  if (one < 0 || other < 0) return new Set(other < 0 ? [] : [to]);
  return new Set(order.slice(Math.min(one, other), Math.max(one, other) + 1));
}

/** The set with a point put in, or taken out. */
export function toggled(chosen: ReadonlySet<PointId>, point: PointId): Set<PointId> {
  const next = new Set(chosen);
  if (!next.delete(point)) next.add(point);
  return next;
}

/** What an action is for: the selection in the order of the record, else the point under the cursor. */
export function targets(points: readonly PointView[], chosen: ReadonlySet<PointId>, cursor: PointId | null): PointId[] {
  if (chosen.size === 0) return cursor === null ? [] : [cursor];
  return points.filter((one) => chosen.has(one.id)).map((one) => one.id);
}

/** Of these, what is tagged: a continuation whose beginning is among them follows it. */
export function heads(points: readonly PointView[], chosen: readonly PointId[]): PointId[] {
  const among = new Set(chosen);
  const found = points.filter((one) => among.has(one.id) && !(one.continues !== null && among.has(one.continues)));
  return found.length === 0 ? [...chosen] : found.map((one) => one.id);
}

/** Where points go by one step; null where there is no place further on. */
export function step(order: readonly PointId[], moved: readonly PointId[], by: 1 | -1): { beside: PointId; before: boolean } | null {
  const places = moved.map((one) => order.indexOf(one)).filter((at) => at >= 0);
  if (places.length === 0) return null;
  const beside = order[by < 0 ? Math.min(...places) - 1 : Math.max(...places) + 1];
  return beside === undefined ? null : { beside, before: by < 0 };
}
