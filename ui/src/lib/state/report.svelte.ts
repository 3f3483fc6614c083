// The report under the hand: what prints, the section and its points, what lint has found, and what is chosen.

import { call } from "../api";
import type { Becomes, Captured, Choices, Finding, ItemId, Naming, PassageId, PassageStyle, PlaceInSection, PointId, ReportView, Section, SectionPassage } from "../bindings";
import { nextOpen } from "../coverage";
import { following, kept, parted } from "../findings";
import { freshId } from "../id";
import { moved, onward, rows, stops } from "../page";
import { span, toggled } from "../selection";
import { app } from "./app.svelte";
import type { Meeting } from "./meeting.svelte";
import { Writing } from "./reportwriting.svelte";

const NAMINGS: readonly Naming[] = ["name", "role", "group", "unnamed"];

/** How a list begins that is made of points, until it is written otherwise. */
export const LEAD_IN = "Key points raised included:";

/** How long the findings wait for more to change. */
const CALM = 300;

/** The panes of the view. */
export type Pane = "sources" | "page" | "pages" | "findings";

/** The report of an open meeting. */
export class Report {
  view = $state.raw<ReportView | null>(null);
  section = $state.raw<Section | null>(null);
  findings = $state.raw<readonly Finding[]>([]);
  trouble = $state("");
  /** What is chosen otherwise than the body has settled. */
  choices = $state.raw<Choices>({});
  /** White paper, whatever the theme. */
  white = $state(false);
  /** Whether the pages show as they print, beside the text that one writes in. */
  preview = $state(false);

  /** The section in hand. */
  item = $state<ItemId | null>(null);
  /** The row of the page under the cursor. */
  stop = $state<string | null>(null);
  /** Passages chosen together. */
  chosen = $state.raw<ReadonlySet<PassageId>>(new Set());
  /** The point under the cursor, and those chosen together. */
  cursor = $state<PointId | null>(null);
  selected = $state.raw<ReadonlySet<PointId>>(new Set());
  finding = $state<string | null>(null);
  /** What is asked: the section, the title of a new one, or the heading of the one under the cursor. */
  asking = $state<"section" | "title" | "heading" | null>(null);
  /** Whether the findings show where there is no room for them. */
  aside = $state(false);
  /** Counts up when the row under the cursor is to be brought into sight. */
  sought = $state(0);

  readonly writing: Writing;
  readonly passages: ReadonlyMap<string, SectionPassage> = $derived(new Map((this.view?.passages ?? []).map((one) => [one.id, one] as const)));
  readonly rows = $derived.by(() => rows(this.view?.blocks ?? [], this.passages, this.meeting.items, this.writing.shown));
  readonly stops = $derived(stops(this.rows));
  /** The passage that one works on. */
  readonly active = $derived.by(() => this.writing.open?.passage ?? this.stops.find((row) => row.key === this.stop)?.passage ?? null);
  /** The item whose heading is under the page's cursor, or over the passage that is. */
  readonly headed = $derived.by(() => {
    const at = this.stops.findIndex((row) => row.key === this.stop);
    return this.stops.slice(0, at + 1).findLast((row) => row.heads !== null)?.heads ?? null;
  });
  readonly behind = $derived(new Set(this.active === null ? [] : (this.passages.get(this.active)?.sources ?? [])));
  readonly parted = $derived(parted(this.findings, this.item));
  readonly order = $derived([...this.parted.here, ...this.parted.elsewhere]);

  #reading: Promise<void> | null = null;
  #again = false;
  #linting = false;
  #lintAgain = false;
  #linted = false;
  #queue: Promise<void> = Promise.resolve();
  /** How many deeds are under way. */
  #deeds = 0;
  #from: PointId | null = null;
  #fromStop: string | null = null;
  focus: Partial<Record<Pane, () => void>> = {};

  constructor(readonly meeting: Meeting) {
    this.writing = new Writing(meeting, this);
  }

  /** Reads anew; asked meanwhile, once more. */
  read(): Promise<void> {
    if (this.#reading !== null) {
      this.#again = true;
      return this.#reading;
    }
    this.#reading = this.#readOnce().finally(() => {
      this.#reading = null;
    });
    return this.#reading;
  }

  async #readOnce(): Promise<void> {
    const { id } = this.meeting;
    do {
      this.#again = false;
      try {
        const { choices } = this;
        const began = this.writing.saves;
        const view = await call("report", { meeting: id, choices });
        this.view = view;
        this.#begin();
        const { item } = this;
        const section = await call("section", { meeting: id, item });
        if (item === this.item) this.#show(section);
        else this.#again = true;
        this.trouble = "";
        this.writing.settled(view.passages, began);
        void this.#lint();
      } catch (error) {
        this.trouble = error instanceof Error ? error.message : String(error);
      }
    } while (this.#again);
  }

  /** Looks for findings: the first time at once, later when it has been calm for a moment, however much changes meanwhile. */
  async #lint(): Promise<void> {
    this.#lintAgain = true;
    if (this.#linting) return;
    this.#linting = true;
    while (this.#lintAgain) {
      if (this.#linted) await new Promise((done) => setTimeout(done, CALM));
      this.#lintAgain = false;
      try {
        const findings = await call("lint", { meeting: this.meeting.id, choices: this.choices });
        this.finding = kept(this.order, findings, this.finding);
        this.findings = findings;
        this.#linted = true;
      } catch (error) {
        this.trouble = error instanceof Error ? error.message : String(error);
      }
    }
    this.#linting = false;
  }

  /** Begins at the item that is held, else at the first in which something is open. */
  #begin(): void {
    const { items = [], meeting } = this.meeting.desk ?? {};
    if (items.some((one) => one.id === this.item)) return;
    const held = meeting?.state === "live" ? (meeting.item ?? null) : null;
    const open = this.view?.sections.find((one) => one.item !== null && one.counts.open > 0)?.item ?? null;
    this.item = [held, open].find((id) => items.some((one) => one.id === id)) ?? items.find((one) => one.points > 0)?.id ?? items[0]?.id ?? null;
  }

  #show(section: Section): void {
    this.section = section;
    const there = new Set(section.points.map((one) => one.id));
    this.selected = new Set([...this.selected].filter((one) => there.has(one)));
    if (this.cursor === null || !there.has(this.cursor)) this.cursor = nextOpen(section.points, null, new Set()) ?? section.points[0]?.id ?? null;
  }

  /** One deed after the other: what the second is for may rest on what the first has made. */
  #inTurn(doing: () => Promise<unknown>): Promise<void> {
    this.#deeds += 1;
    this.#queue = this.#queue
      .then(doing)
      .then(
        () => {},
        (error: unknown) => app.fail(error),
      )
      .finally(() => (this.#deeds -= 1));
    return this.#queue;
  }

  /** A step of the page's cursor: at once, or from where the deeds under way have led it. */
  #step(doing: () => unknown): void {
    if (this.#deeds === 0 && this.#isThere) doing();
    else
      void this.#inTurn(async () => {
        await this.#there();
        doing();
      });
  }

  /** The same of the points' cursor. */
  #stepPoint(doing: () => unknown): void {
    if (this.#deeds === 0 && this.section !== null) doing();
    else
      void this.#inTurn(async () => {
        await this.#pointsThere();
        doing();
      });
  }

  /** A deed on the passages in hand: those of now, or those that the deeds under way leave in hand. */
  #onTargets(doing: (passages: PassageId[]) => Promise<unknown>): Promise<void> {
    const now = this.#deeds === 0 ? this.targets() : null;
    return this.#inTurn(() => doing(now ?? this.targets()));
  }

  /** Waits until the points of the section in hand are there. */
  async #pointsThere(): Promise<void> {
    if (this.section === null) await this.read();
  }

  /** Whether the page has the row under the cursor. */
  get #isThere(): boolean {
    return this.stop === null || this.stops.some((row) => row.key === this.stop);
  }

  /** Whether a passage is in hand, or may be once what is under way is done. */
  get inHand(): boolean {
    return this.active !== null || this.chosen.size > 0 || this.#deeds > 0 || !this.#isThere;
  }

  /** Waits until it has. */
  async #there(): Promise<void> {
    if (!this.#isThere) await this.read();
  }

  /** Does something to the record; answers at once when it is done, and the view follows. */
  act(doing: () => Promise<Captured>): Promise<Captured | null> {
    return new Promise((answer) => {
      const made = async (): Promise<Captured> => {
        const captured = await doing();
        answer(captured);
        void this.read();
        return captured;
      };
      // Why it was not done, the meeting has said.
      void this.meeting.act(made).then((done) => {
        if (!done) answer(null);
      });
    });
  }

  // The section in hand

  take(item: ItemId | null): void {
    this.asking = null;
    if (item === this.item) return;
    this.item = item;
    this.section = null;
    this.cursor = null;
    this.unselect();
    void this.read();
  }

  step(by: 1 | -1): void {
    this.#step(() => this.#toSection(by));
  }

  #toSection(by: 1 | -1): void {
    const items = this.meeting.desk?.items ?? [];
    const at = items.findIndex((one) => one.id === this.item);
    const next = items[Math.max(0, Math.min(items.length - 1, at + by))];
    if (next === undefined) return;
    this.take(next.id);
    this.stand(next.id);
  }

  // The page

  /** Puts the cursor of the page on a row. */
  stand(key: string | null, item?: ItemId | null): void {
    this.stop = key;
    this.chosen = new Set();
    this.#fromStop = null;
    const row = this.stops.find((one) => one.key === key);
    const to = item ?? row?.item ?? null;
    if (to !== null && to !== this.item) this.take(to);
    this.sought += 1;
  }

  move(by: number): void {
    this.#step(() => this.#move(by));
  }

  #move(by: number): void {
    const next = onward(this.stops, this.stop, by);
    if (next !== undefined) this.stand(next.key);
  }

  extend(by: 1 | -1): void {
    this.#step(() => this.#extend(by));
  }

  #extend(by: 1 | -1): void {
    const from = this.#fromStop ?? this.stop;
    this.#move(by);
    this.#fromStop = from;
    const keys = this.stops.map((row) => row.key);
    const all = span(keys, from ?? keys[0] ?? "", this.stop ?? "");
    this.chosen = new Set(this.stops.filter((row) => row.passage !== null && all.has(row.key)).map((row) => row.key));
  }

  /** The passages that an action is for, in the order of the page. */
  targets(): PassageId[] {
    if (this.chosen.size === 0) return this.active === null ? [] : [this.active];
    return this.stops.filter((row) => row.passage !== null && this.chosen.has(row.passage)).map((row) => row.key);
  }

  /** Opens what stands under the cursor; a heading opens a new passage under it. */
  async edit(caret: "start" | "end" | { left: number; top: number } = "end"): Promise<void> {
    await this.#queue;
    await this.#there();
    const row = this.stops.find((one) => one.key === this.stop);
    if (row === undefined) return;
    this.chosen = new Set();
    if (row.passage === null) this.fresh();
    else this.writing.begin(row.passage, caret);
  }

  /** A new paragraph behind the passage under the cursor, or first in the section. */
  fresh(style: PassageStyle = "paragraph", text = ""): void {
    const { active } = this;
    const row = this.stops.find((one) => one.key === this.stop);
    const item = active !== null ? (this.passages.get(active)?.item ?? this.item) : (row?.heads ?? this.item);
    const first = this.view?.passages.find((one) => one.item === item)?.id;
    const place: PlaceInSection = active !== null ? { behind: active } : row?.heads != null && first !== undefined ? { before: first } : {};
    this.writing.fresh(item, place, style, text);
  }

  style(style: PassageStyle): Promise<void> {
    return this.#restyle(() => style);
  }

  /** Paragraph, bullet, number, heading, and round again. */
  turnStyle(): Promise<void> {
    const order: readonly PassageStyle[] = ["paragraph", "bullet", "number", "heading"];
    return this.#restyle((passage) => {
      const now = this.writing.styleOf(passage) ?? this.passages.get(passage)?.style ?? "heading";
      return order[(order.indexOf(now) + 1) % order.length] ?? "paragraph";
    });
  }

  /** Sets the passages in hand in the style that the first of them asks for. */
  #restyle(styleOf: (first: PassageId) => PassageStyle): Promise<void> {
    const set = async (passages: PassageId[], style: PassageStyle): Promise<void> => {
      await this.writing.settle();
      await this.act(() => call("passage_style", { meeting: this.meeting.id, passages, style }));
    };
    if (this.writing.open !== null) {
      // What is being written changes under the hand, before the next letter.
      const { open } = this.writing;
      const style = styleOf(open.passage);
      return this.writing.restyle([open.passage], style) ? Promise.resolve() : this.#inTurn(() => set([open.passage], style));
    }
    return this.#onTargets(async (passages) => {
      await this.#there();
      const [first] = passages;
      if (first === undefined) return;
      const style = styleOf(first);
      this.writing.restyle(passages, style);
      await set(passages, style);
    });
  }

  nudge(by: 1 | -1): Promise<void> {
    return this.#onTargets((passages) => this.#nudge(by, passages));
  }

  async #nudge(by: 1 | -1, passages: PassageId[]): Promise<void> {
    await this.#there();
    await this.writing.settle();
    // What was just written may not be on the page yet.
    await this.read();
    const to = moved(this.rows, passages, by);
    if (to === null) return;
    const { item, ...place } = to;
    if ((await this.act(() => call("passage_move", { meeting: this.meeting.id, passages, item, place }))) === null) return;
    // The next step is from where this one has led.
    await this.read();
    if (item !== this.item) this.take(item);
    this.sought += 1;
  }

  /** Joins the chosen passages, or the one under the cursor with the one before. */
  join(): Promise<void> {
    return this.#onTargets((passages) => this.#join(passages));
  }

  async #join(chosen: PassageId[]): Promise<void> {
    await this.#there();
    let passages = chosen;
    const first = passages[0];
    if (first !== undefined && passages.length === 1) {
      const before = this.before(first);
      if (before === null) return app.say("Nothing stands before it in this section to join it with", "warning");
      passages = [before, first];
    }
    if (passages.length < 2) return;
    const done = await this.act(() => call("passage_join", { meeting: this.meeting.id, passages }));
    if (done?.id == null) return;
    this.stand(done.id);
    await this.read();
  }

  /** The passage before one in its section. */
  before(passage: PassageId): PassageId | null {
    const at = this.stops.findIndex((row) => row.passage === passage);
    const row = this.stops[at - 1];
    return row !== undefined && row.passage !== null && row.item === this.stops[at]?.item ? row.passage : null;
  }

  delete(): Promise<void> {
    return this.#onTargets((passages) => this.#delete(passages));
  }

  async #delete(passages: PassageId[]): Promise<void> {
    await this.#there();
    if (passages.length === 0) return;
    const gone = new Set(passages);
    const at = this.stops.findLastIndex((row) => row.passage !== null && gone.has(row.passage));
    const next = this.stops.slice(at + 1).find((row) => !gone.has(row.key)) ?? this.stops.slice(0, Math.max(0, at)).findLast((row) => !gone.has(row.key));
    if ((await this.act(() => call("passage_delete", { meeting: this.meeting.id, passages }))) === null) return;
    this.stand(next?.key ?? null);
    await this.read();
  }

  /** Asks for the title of a section that the passages in hand become, or for the heading of the one in hand. */
  ask(what: "title" | "heading"): void {
    this.#step(() => {
      if (what === "title" ? this.targets().length > 0 : this.headed !== null) this.asking = what;
    });
  }

  toSection(title: string): Promise<void> {
    this.asking = null;
    this.focus.page?.();
    return this.#onTargets((passages) => this.#makeSection(passages, title));
  }

  async #makeSection(passages: PassageId[], title: string): Promise<void> {
    if (passages.length === 0 || title.trim() === "") return;
    const first = passages[0] ?? null;
    const done = await this.act(() => call("passages_to_section", { meeting: this.meeting.id, passages, title: title.trim() }));
    if (done?.id == null) return;
    await this.meeting.read();
    this.take(done.id);
    this.stand(first, done.id);
  }

  /** The heading that an item has in the report: where it is as on the agenda, there is none of its own. */
  async head(item: ItemId, heading: string): Promise<boolean> {
    const title = this.meeting.items.get(item)?.title ?? "";
    return this.meeting.itemEdit(item, { heading: heading.trim() === title ? "" : heading.trim() });
  }

  // Points

  /** The points that an action is for, in the order of the record. */
  points(): PointId[] {
    const all = this.section?.points ?? [];
    if (this.selected.size > 0) return all.filter((one) => this.selected.has(one.id)).map((one) => one.id);
    return this.cursor === null ? [] : [this.cursor];
  }

  movePoint(by: number): void {
    this.#stepPoint(() => this.#movePoint(by));
  }

  #movePoint(by: number): void {
    const all = this.section?.points ?? [];
    const at = all.findIndex((one) => one.id === this.cursor);
    this.unselect();
    this.cursor = all[at < 0 ? 0 : Math.max(0, Math.min(all.length - 1, at + by))]?.id ?? null;
  }

  extendPoint(by: 1 | -1): void {
    this.#stepPoint(() => this.#extendPoint(by));
  }

  #extendPoint(by: 1 | -1): void {
    const from = this.selected.size === 0 ? this.cursor : this.#from;
    this.#movePoint(by);
    this.#from = from;
    if (this.cursor !== null) this.extendTo(this.cursor);
  }

  extendTo(point: PointId): void {
    this.#from ??= this.cursor ?? point;
    this.selected = span((this.section?.points ?? []).map((one) => one.id), this.#from, point);
    this.cursor = point;
  }

  /** Selects the point under the cursor, or no longer. */
  toggleHere(): void {
    this.#stepPoint(() => this.cursor !== null && this.toggle(this.cursor));
  }

  toggle(point: PointId): void {
    this.selected = toggled(this.selected, point);
    this.#from = point;
    this.cursor = point;
  }

  unselect(): void {
    this.selected = new Set();
    this.#from = null;
  }

  selectAll(): void {
    this.#stepPoint(() => (this.selected = new Set((this.section?.points ?? []).map((one) => one.id))));
  }

  /** Whether there is a point to do something with, or may be once the section is read. */
  get pointed(): boolean {
    return this.section === null || this.points().length > 0;
  }

  /** Makes passages of the points: behind the passage in hand where it is of this section, else at its end. */
  promote(becomes: Becomes): Promise<void> {
    return this.#inTurn(() => this.#promote(becomes));
  }

  async #promote(becomes: Becomes): Promise<void> {
    await this.#there();
    await this.#pointsThere();
    const points = this.points();
    if (points.length === 0) return;
    await this.writing.settle();
    const { item, active } = this;
    const here = active !== null && this.passages.get(active)?.item === item;
    const behind = here ? this.last(active) : undefined;
    const done = await this.act(() => call("passage_add", { meeting: this.meeting.id, points, becomes, item, place: behind === undefined ? {} : { behind }, id: freshId() }));
    if (done?.id == null) return;
    const used = new Set(points);
    this.stand(done.id, item);
    this.unselect();
    this.cursor = nextOpen(this.section?.points ?? [], points.at(-1) ?? null, used) ?? points.at(-1) ?? null;
  }

  /** Where a list goes on, its last entry: what is promoted goes behind the whole of it. */
  last(passage: PassageId): PassageId {
    const at = this.rows.findIndex((row) => row.passage === passage);
    const { list = 0, leads = false } = this.rows[at] ?? {};
    const wanted = list !== 0 ? list : leads ? (this.rows[at + 1]?.list ?? 0) : 0;
    const end = wanted === 0 ? undefined : this.rows.findLast((row) => row.list === wanted && row.passage !== null);
    return end?.passage ?? passage;
  }

  into(): Promise<void> {
    return this.#inTurn(async () => {
      await this.#there();
      if (this.active === null) return app.say("Choose the passage first: the cursor of the document stands on it", "warning");
      await this.#promote({ as: "into", passage: this.active });
    });
  }

  /** The passage in hand rests on the points, or no longer does; its words stay. */
  rest(): Promise<void> {
    return this.#inTurn(() => this.#rest());
  }

  async #rest(): Promise<void> {
    await this.#there();
    await this.#pointsThere();
    const passage = this.active;
    const points = this.points();
    if (passage === null || points.length === 0) return app.say("Choose the passage first: the cursor of the document stands on it", "warning");
    await this.writing.settle();
    const resting = points.every((one) => this.behind.has(one));
    await this.act(() => call("passage_sources", { meeting: this.meeting.id, passage, add: resting ? [] : points, remove: resting ? points : [] }));
  }

  /** Sets the points aside, or takes them up again when all of them are. */
  setAside(): Promise<void> {
    return this.#inTurn(() => this.#setAside());
  }

  async #setAside(): Promise<void> {
    await this.#there();
    await this.#pointsThere();
    const points = this.points();
    const all = (this.section?.points ?? []).filter((one) => points.includes(one.id));
    if (all.length === 0) return;
    const set_aside = !all.every((one) => one.set_aside);
    if ((await this.act(() => call("point_set_aside", { meeting: this.meeting.id, points, set_aside }))) === null) return;
    this.unselect();
    if (set_aside) this.cursor = nextOpen(this.section?.points ?? [], points.at(-1) ?? null, new Set(points)) ?? this.cursor;
  }

  /** To the passage that a point went to; of several, one after the other. */
  toPassage(point: PointId | null): void {
    const all = this.section?.points.find((one) => one.id === point)?.passages ?? [];
    if (all.length === 0) return app.say("No passage rests on this point yet", "warning");
    this.stand(all[(all.indexOf(this.active ?? "") + 1) % all.length] ?? null);
    this.focus.page?.();
  }

  // Findings

  turnFinding(by: 1 | -1): void {
    const next = following(this.order, this.finding, by);
    if (next === undefined) return app.say("Nothing is found: the report can go out");
    this.go(next);
  }

  /** Goes to the place of a finding. */
  go(finding: Finding): void {
    this.finding = finding.id;
    app.announce([finding.message, finding.excerpt, finding.mend?.words].filter(Boolean).join(". "));
    const { of, id, item } = finding.place;
    if (of === "participant") return app.show("participants");
    if (of === "passage") {
      this.stand(id, item);
      this.focus.page?.();
    } else if (of === "point") {
      this.take(item);
      this.cursor = id;
      this.unselect();
      this.focus.sources?.();
    } else if (of === "item") {
      this.take(id);
      this.stand(id, id);
      this.focus.page?.();
    }
  }

  mend(): Promise<void> {
    return this.#inTurn(() => this.#mend());
  }

  async #mend(): Promise<void> {
    await this.#there();
    const finding = this.findings.find((one) => one.id === this.finding);
    if (finding === undefined) return this.turnFinding(1);
    if (finding.mend === null) return this.go(finding);
    await this.writing.settle();
    await this.act(() => call("finding_mend", { meeting: this.meeting.id, finding: finding.id, choices: this.choices }));
  }

  // What is chosen

  choose(choices: Partial<Choices>): void {
    this.choices = { ...this.choices, ...choices };
    void this.read();
  }

  turnNaming(): void {
    // Two presses are two steps, whether the page has followed the first already or not.
    const now = this.choices.naming ?? this.view?.settings.naming ?? "unnamed";
    this.choose({ naming: NAMINGS[(NAMINGS.indexOf(now) + 1) % NAMINGS.length] ?? "name" });
  }

  /** What is chosen holds for the body's reports from now on. */
  async keep(): Promise<void> {
    const { internal: _, ...choices } = this.choices;
    if ((await this.act(() => call("report_settings_edit", { meeting: this.meeting.id, ...choices }))) !== null) this.choices = this.choices.internal === undefined ? {} : { internal: this.choices.internal };
  }

  async phrases(phrases: string[]): Promise<void> {
    await this.act(() => call("report_settings_edit", { meeting: this.meeting.id, phrases }));
  }
}
