// Where the hand is on the desk: the row under the cursor, the point being edited or tagged, and the way back to the bar.

import { call } from "../api";
import type { ParticipantId, PointId } from "../bindings";
import { app } from "./app.svelte";
import type { Meeting } from "./meeting.svelte";

/** A point under edit, from the state of the document that it was opened at. */
export interface Editing {
  point: PointId;
  text: string;
  rev: string;
}

/** The hand of the one who works on a meeting. */
export class Hand {
  cursor = $state<PointId | null>(null);
  editing = $state<Editing | null>(null);
  tagging = $state<PointId | null>(null);

  /** Set by the bar and the list that hold the focus. */
  toBar: () => void = () => {};
  toPoints: () => void = () => {};

  constructor(readonly meeting: Meeting) {}

  async edit(point: PointId): Promise<void> {
    try {
      const { text, rev } = await call("point_editor", { meeting: this.meeting.id, point });
      this.tagging = null;
      this.cursor = point;
      this.editing = { point, text, rev };
    } catch (error) {
      app.fail(error);
    }
  }

  /** Saves the edit; on failure the editor stays open with what was typed. */
  async save(): Promise<void> {
    const editing = this.editing;
    if (editing === null) return;
    if (editing.text.trim() === "") {
      app.say("An empty point is not saved; Delete removes it", "warning");
      return;
    }
    const { point, text, rev } = editing;
    const saved = await this.meeting.act(call("point_edit", { meeting: this.meeting.id, point, rev, text, kind: null }));
    if (saved && this.editing?.point === point) this.leave();
  }

  tag(point: PointId): void {
    this.editing = null;
    this.cursor = point;
    this.tagging = point;
  }

  async settle(speakers: ParticipantId[]): Promise<void> {
    const point = this.tagging;
    if (point === null) return;
    if (await this.meeting.tag([point], speakers)) this.leave();
  }

  /** Back to the bar, whatever was open. */
  leave(): void {
    this.editing = null;
    this.tagging = null;
    this.cursor = null;
    this.toBar();
  }

  /** Moves the cursor over the points. */
  move(by: number): void {
    const { points } = this.meeting;
    const at = points.findIndex((one) => one.id === this.cursor);
    const next = at < 0 ? points.length - 1 : Math.max(0, Math.min(points.length - 1, at + by));
    this.cursor = points[next]?.id ?? null;
  }

  last(): PointId | null {
    return this.meeting.points.at(-1)?.id ?? null;
  }
}
