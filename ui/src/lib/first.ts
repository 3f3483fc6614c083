// What the window shows first, asked for while its program is still read.

import { ahead } from "./api";
import type { Commands, MeetingId } from "./bindings";

/** The meeting with which the window begins, whose id is the address's fragment; none = the library. */
export function beginsAt(fragment: string): MeetingId | null {
  return /^#([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/.exec(fragment)?.[1] ?? null;
}

/** What a point takes of the window's height at the least, in pixels: as many are read first as may be seen. */
const ROW = 24;

/** How many points the window may show at once. */
export const pointsInSight = (): number => Math.ceil(window.innerHeight / ROW);

/** The last points of a meeting. */
export const lastPoints = (meeting: MeetingId, limit: number): Commands["points"][0] => ({ meeting, before: null, item: null, lens: "all", limit });

/** How long the window waits for its first answers before it shows that it has none, in milliseconds. */
const PATIENCE = 500;

let asked: Promise<unknown> = Promise.resolve();

/** Asks for what the desk of a meeting begins with, or the library. */
export function askFirst(meeting: MeetingId | null): void {
  const answers = meeting === null ? [ahead("library", {})] : [ahead("desk", { meeting }), ahead("points", lastPoints(meeting, pointsInSight()))];
  asked = Promise.allSettled(answers);
}

/** When what was asked first is answered, or not soon. */
export const answered = (): Promise<unknown> => Promise.race([asked, new Promise((done) => setTimeout(done, PATIENCE))]);
