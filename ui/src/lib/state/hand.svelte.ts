// Where the hand is on the desk: the row under the cursor, what is selected, what is open on a point, and the way back
// to the bar.

import { call } from "../api";
import type { ItemId, Kind, ParticipantId, PointId } from "../bindings";
import { divided } from "../marks";
import { span, step, targets, toggled } from "../selection";
import { counted } from "../words";
import { app } from "./app.svelte";
import type { Meeting } from "./meeting.svelte";
import { Tagging } from "./tagging.svelte";

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
  /** The point whose editor is on its way, and what is typed meanwhile: it goes behind the text. */
  #opening: { point: PointId; typed: string; done: boolean } | null = null;
  /** The point that is asked who spoke in it, in its own place. */
  tagging = $state<PointId | null>(null);
  /** What is asked beneath the point under the cursor: the item to move it to, or a heading before it. */
  asking = $state<"item" | "heading" | null>(null);
  selected = $state.raw<ReadonlySet<PointId>>(new Set());
  /** Where an extended selection began. */
  #from: PointId | null = null;
  /** Whether points were picked one by one: then the cursor moves on without letting them go. */
  #picked = false;

  readonly tags: Tagging;
  /** The points that the list shows. */
  readonly shown = $derived.by(() => this.tags.shown);

  /** Set by the bar and the list that hold the focus. */
  toBar: () => void = () => {};
  toPoints: () => void = () => {};

  constructor(readonly meeting: Meeting) {
    this.tags = new Tagging(meeting, this);
    meeting.held = () => this.editing?.point ?? this.tagging;
  }

  /** What an action is for. */
  targets(): PointId[] {
    return targets(this.meeting.points, this.selected, this.cursor);
  }

  async edit(point: PointId): Promise<void> {
    const opening = { point, typed: "", done: false };
    this.#opening = opening;
    try {
      const { text, rev } = await call("point_editor", { meeting: this.meeting.id, point });
      if (this.#opening !== opening) return;
      this.tagging = null;
      this.asking = null;
      this.cursor = point;
      this.editing = { point, text: text + opening.typed, rev };
      if (opening.done) void this.save();
    } catch (error) {
      app.fail(error);
    } finally {
      if (this.#opening === opening) this.#opening = null;
    }
  }

  /** While an editor is on its way, letters are its own: none of them is a key of what still has the focus. */
  hold(event: KeyboardEvent): void {
    const opening = this.#opening;
    if (opening === null || event.ctrlKey || event.altKey || event.metaKey) return;
    if (event.key === "Escape") this.#opening = null;
    else if (event.key === "Enter") opening.done = true;
    else if (event.key === "Backspace") opening.typed = opening.typed.slice(0, -1);
    else if ([...event.key].length === 1) opening.typed += event.key;
    event.preventDefault();
    event.stopPropagation();
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
    const saved = await this.meeting.act(() => call("point_edit", { meeting: this.meeting.id, point, rev, text, kind: null }));
    if (saved && this.editing?.point === point) this.leave();
  }

  /** Makes two points of the one under edit, divided at the caret. */
  async split(caret: number): Promise<void> {
    const editing = this.editing;
    if (editing === null) return;
    const parts = divided(editing.text, caret);
    if (parts === null) {
      app.say("Put the caret where the second point begins", "warning");
      return;
    }
    const [first, second] = parts;
    const { point, rev } = editing;
    const done = await this.meeting.act(() => call("point_split", { meeting: this.meeting.id, point, rev, first, second }));
    if (done && this.editing?.point === point) this.leave();
  }

  tag(point: PointId): void {
    this.editing = null;
    this.asking = null;
    this.cursor = point;
    this.tagging = point;
  }

  async settle(speakers: ParticipantId[]): Promise<void> {
    const point = this.tagging;
    if (point === null) return;
    const points = this.selected.has(point) ? this.targets() : [point];
    const who = speakers.length === 0 ? ({ is: "nobody" } as const) : ({ is: "named", speakers } as const);
    if (await this.meeting.tag(points, who)) this.leave();
  }

  kind(kind: Kind): Promise<boolean> | false {
    const points = this.targets();
    return points.length > 0 && this.meeting.act(() => call("point_kind", { meeting: this.meeting.id, points, kind }));
  }

  /** Off the record, or back onto it when all of them are off it. */
  internal(): Promise<boolean> | false {
    const points = this.targets();
    const all = this.meeting.points.filter((one) => points.includes(one.id)).every((one) => one.internal);
    return points.length > 0 && this.meeting.act(() => call("point_internal", { meeting: this.meeting.id, points, internal: !all }));
  }

  ask(what: "item" | "heading"): boolean {
    if (this.cursor === null) return false;
    this.tagging = null;
    this.asking = what;
    return true;
  }

  async toItem(item: ItemId | null): Promise<void> {
    const points = this.targets();
    if (await this.meeting.act(() => call("point_item", { meeting: this.meeting.id, points, item }))) this.answered();
  }

  async heading(title: string): Promise<void> {
    const point = this.targets()[0];
    if (point === undefined || title.trim() === "") return;
    if (await this.meeting.act(() => call("heading_insert", { meeting: this.meeting.id, point, title: title.trim(), section: false }))) this.answered();
  }

  /** Closes what was asked beneath a point; the list has the keys again. */
  answered(): void {
    this.asking = null;
    this.toPoints();
  }

  /** One step up or down. */
  nudge(by: 1 | -1): Promise<boolean> | false {
    const points = this.targets();
    const to = step(this.shown.map((one) => one.id), points, by);
    return to !== null && this.place(points, to.beside, to.before);
  }

  place(points: PointId[], beside: PointId, before: boolean): Promise<boolean> {
    return this.meeting.act(() => call("point_place", { meeting: this.meeting.id, points, beside, before }));
  }

  async join(): Promise<void> {
    const points = this.targets();
    if (points.length < 2) {
      app.say("Select the points to join: Shift with an arrow", "warning");
      return;
    }
    if (!(await this.meeting.act(() => call("point_merge", { meeting: this.meeting.id, points })))) return;
    this.clear();
    this.cursor = this.meeting.points.find((one) => points.includes(one.id))?.id ?? null;
  }

  async delete(): Promise<void> {
    const points = this.targets();
    if (points.length === 0) return;
    const gone = new Set(points);
    const order = this.shown;
    const at = order.findLastIndex((one) => gone.has(one.id));
    const next = order.slice(at + 1).find((one) => !gone.has(one.id)) ?? order.slice(0, Math.max(0, at)).findLast((one) => !gone.has(one.id));
    if (!(await this.meeting.delete(points))) return;
    this.clear();
    this.cursor = next?.id ?? null;
  }

  /** Keeps a moment that was just now, for its words to be written later. */
  moment(id: PointId, seconds = 20): Promise<boolean> {
    return this.meeting.act(() => call("moment", { meeting: this.meeting.id, seconds, id }));
  }

  toggle(point: PointId): void {
    this.#from = point;
    this.#picked = true;
    this.selected = toggled(this.selected, point);
  }

  /** Selects from where the selection began to a point. */
  extendTo(point: PointId): void {
    this.#from ??= this.cursor ?? point;
    this.selected = span(this.shown.map((one) => one.id), this.#from, point);
    this.cursor = point;
  }

  extend(by: 1 | -1): void {
    if (this.selected.size === 0) this.#from = this.cursor;
    const from = this.#from;
    this.move(by, true);
    this.#from = from ?? this.cursor;
    if (this.cursor !== null) this.extendTo(this.cursor);
  }

  selectAll(): void {
    this.selected = new Set(this.shown.map((one) => one.id));
    app.say(`${counted(this.selected.size, "point")} selected`);
  }

  clear(): void {
    this.selected = new Set();
    this.#from = null;
    this.#picked = false;
  }

  /** A point was pointed at. */
  point(point: PointId, held: { ctrl: boolean; shift: boolean }): void {
    if (held.shift) {
      if (this.selected.size === 0) this.#from = this.cursor;
      this.extendTo(point);
    } else if (held.ctrl) {
      if (this.selected.size === 0 && this.cursor !== null && this.cursor !== point) this.toggle(this.cursor);
      this.toggle(point);
      this.cursor = point;
    } else {
      if (!this.selected.has(point)) this.clear();
      this.cursor = point;
    }
  }

  /** Back to the bar, whatever was open. */
  leave(): void {
    this.editing = null;
    this.tagging = null;
    this.asking = null;
    if (!this.tags.on) {
      this.cursor = null;
      this.clear();
    }
    this.meeting.release();
    this.toBar();
  }

  /** Moves the cursor over the points. */
  move(by: number, keep = false): void {
    const points = this.shown;
    const at = points.findIndex((one) => one.id === this.cursor);
    const next = at < 0 ? points.length - 1 : Math.max(0, Math.min(points.length - 1, at + by));
    this.asking = null;
    if (!keep && !this.tags.on && !this.#picked) this.clear();
    this.cursor = points[next]?.id ?? null;
  }

  last(): PointId | null {
    return this.shown.at(-1)?.id ?? null;
  }
}
