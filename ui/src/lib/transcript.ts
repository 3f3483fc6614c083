// A transcript beside the minutes: what was said, and what was taken down while it was.

import type { Cue, CueId, PointId, PointView } from "./bindings";

/** A cue, and the points that were captured from its beginning until the next one's; the first row may be points alone. */
export interface Beside {
  cue: Cue | null;
  points: PointView[];
}

/** Cues and points in order of time, side by side. */
export function beside(cues: readonly Cue[], points: readonly PointView[]): Beside[] {
  const rows: Beside[] = cues.map((cue) => ({ cue, points: [] }));
  const starts = cues.map((cue) => Date.parse(cue.starts));
  const before: PointView[] = [];
  for (const point of points) {
    if (point.text === "") continue;
    const at = Date.parse(point.at);
    const row = rows[starts.findLastIndex((start) => start <= at)];
    (row?.points ?? before).push(point);
  }
  return before.length > 0 ? [{ cue: null, points: before }, ...rows] : rows;
}

/** The cue to look at for a cue, or for the point beside it; the first where it is neither. */
export function placeOf(rows: readonly Beside[], id: CueId | PointId | null): CueId | null {
  const row = rows.find(({ cue, points }) => cue?.id === id || points.some((point) => point.id === id));
  const first = rows.find(({ cue }) => cue !== null)?.cue?.id ?? null;
  return row?.cue?.id ?? first;
}

/** The point beside a cue: the last one captured until its row's end; none where there is none so far. */
export function pointBeside(rows: readonly Beside[], id: CueId): PointId | null {
  const at = rows.findIndex(({ cue }) => cue?.id === id);
  return rows.slice(0, at + 1).findLast(({ points }) => points.length > 0)?.points[0]?.id ?? null;
}

/** Whether a cue goes on with the speaker of the one before it. */
export function goesOn(cue: Cue, before: Cue | null | undefined): boolean {
  return before != null && before.speaker_text === cue.speaker_text && before.participant === cue.participant;
}
