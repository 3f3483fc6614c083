// One open meeting: what the desk shows, the points that are loaded, and the lines on their way.

import { call, onChanged, Refused } from "../api";
import type {
  Captured,
  Desk,
  DeskItem,
  DeskParticipant,
  ItemEditRequest,
  ItemId,
  MeetingId,
  MeetingState,
  ParticipantEditRequest,
  ParticipantId,
  ParticipantState,
  PointId,
  PointView,
  PointsPage,
  Span,
  TurnId,
  TurnKind,
  Understood,
  Who,
} from "../bindings";
import { moved } from "../agenda";
import { lastPoints, pointsInSight } from "../first";
import { holding } from "../holding";
import { kept } from "../kept";
import { apart } from "../roster";
import { hint } from "../keys";
import { given } from "../tagging";
import { learn } from "../time";
import { app } from "./app.svelte";
import { library } from "./library.svelte";
import { Lines, type Line } from "./lines.svelte";

const PAGE = 120;
/** How many points may come meanwhile without pushing the earliest out. */
const SPARE = 20;
/** The most points that the core gives at once. */
const ALL = 1000;
const NOBODY: readonly DeskParticipant[] = [];
const NOTHING: readonly DeskItem[] = [];

/** An open meeting. */
export class Meeting {
  desk = $state.raw<Desk | null>(null);
  trouble = $state<string | null>(null);
  /** How often the record was read. Whoever shows what is not in `desk` reads it anew with each. */
  readings = $state(0);

  /** The end of the record, without a gap, as far up as somebody has scrolled. */
  loaded = $state.raw<readonly PointView[]>([]);
  /** Speakers just given, shown until the next reading brings them. */
  giving = $state.raw<ReadonlyMap<PointId, Who>>(new Map());
  readonly points = $derived(given(this.loaded, this.giving));
  more = $state(false);
  /** Whether the list stands at its end: then only the end is kept fresh. */
  atEnd = true;
  /** Whether what is loaded is kept as it is, wherever the list stands. */
  keeps = false;
  /** The point that somebody writes in: it stays, whatever others do meanwhile. */
  held: () => PointId | null = () => null;
  /** Lines just saved, shown until the next reading brings them as points. */
  landed = $state.raw<readonly Line[]>([]);

  readonly lines: Lines;
  // By themselves, for a desk that is read anew keeps what has not changed of it.
  readonly #participants = $derived(this.desk?.participants ?? NOBODY);
  readonly #items = $derived(this.desk?.items ?? NOTHING);
  readonly people = $derived(new Map(this.#participants.map((one) => [one.id, one] as const)));
  readonly items = $derived(new Map(this.#items.map((one) => [one.id, one] as const)));
  readonly beside = $derived(apart(this.#participants));
  readonly item = $derived(this.#item());
  readonly zone = $derived(this.desk?.meeting.zone || "UTC");

  #reading: Promise<void> | null = null;
  #again = false;
  #earlier: Promise<void> | null = null;
  #closed = false;
  #deaf: (() => void) | null = null;
  #restored = false;
  #warmed = false;
  /** Whether a point is shown that is not in the record any more. */
  #kept = false;
  /** What was done by keys and has not been answered yet: what comes after waits for it. */
  #doing: Promise<void> | null = null;

  constructor(readonly id: MeetingId) {
    this.lines = new Lines({
      capture: (line, id) => call("capture", { meeting: this.id, line, id }),
      before: () => this.#doing,
      storeDraft: async (text) => void (await call("draft_set", { meeting: this.id, text })),
      saved: (line, captured) => {
        if (captured.id === line.id) {
          this.landed = [...this.landed, line];
          app.announce(`Saved: ${line.text.slice(0, 80)}`);
        }
        this.#tell(captured, captured.id !== line.id);
        void this.read();
      },
    });
  }

  async open(): Promise<void> {
    await this.read();
    const deaf = await onChanged(() => void this.read());
    if (this.#closed) deaf();
    else this.#deaf = deaf;
    // After the first paint: the first line typed should not wait for the document. A meeting that has ended is mostly
    // read, which needs no document and not its memory: it is loaded when somebody begins to write.
    setTimeout(() => {
      if (this.desk?.meeting.state !== "ended") this.#warm();
    }, 50);
  }

  /** Has the document loaded, once. What is damaged shows when one writes. */
  #warm(): void {
    if (this.#warmed || this.#closed) return;
    this.#warmed = true;
    call("warm", { meeting: this.id }).catch(() => {});
  }

  close(): void {
    this.#closed = true;
    this.#deaf?.();
    void this.lines.close();
  }

  /** Reads anew. Asked while reading, it reads once more, so that nothing written meanwhile is missed. */
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
    do {
      this.#again = false;
      const landed = this.landed;
      try {
        const end = this.desk === null ? pointsInSight() : PAGE;
        const limit = this.atEnd && !this.keeps && this.held() === null ? end : Math.max(end, this.loaded.length + landed.length + SPARE);
        const [desk, page] = await Promise.all([call("desk", { meeting: this.id }), this.#last(limit)]);
        learn(desk.meeting.zone || "UTC", desk.clocks);
        this.#hold(kept(this.loaded, page.points));
        this.more = page.more;
        this.desk = kept(this.desk, desk);
        this.readings += 1;
        this.landed = this.landed.filter((line) => !landed.includes(line));
        this.trouble = null;
        if (!this.#restored) {
          this.#restored = true;
          this.lines.restore(desk.draft);
        }
      } catch (error) {
        // Deleted meanwhile, here by a line or elsewhere: there is nothing left to show.
        if (this.desk !== null && error instanceof Refused && error.code === "not_found") {
          this.#gone("The meeting was deleted");
          return;
        }
        this.trouble = error instanceof Error ? error.message : String(error);
        if (this.desk !== null) app.fail(error);
      }
    } while (this.#again && !this.#closed);
  }

  /** The point that somebody writes in stays, even where somebody else has deleted it; it is said, once. */
  #hold(now: readonly PointView[]): void {
    this.loaded = holding(this.loaded, now, this.held());
    const keeps = this.loaded !== now;
    if (keeps && !this.#kept) app.say("Somebody else has deleted this point; what you type is still here", "warning");
    this.#kept = keeps;
  }

  /** Nobody writes in a point any longer. */
  release(): void {
    if (this.#kept) void this.read();
  }

  /** The last points, as many as `limit` at least where there are so many. */
  async #last(limit: number): Promise<PointsPage> {
    let page = await call("points", lastPoints(this.id, Math.min(limit, ALL)));
    while (page.more && page.points.length < limit) {
      const before = page.points[0]?.id ?? null;
      const { points, more } = await call("points", { meeting: this.id, before, item: null, lens: "all", limit: ALL });
      page = { points: [...points, ...page.points], more: more && points.length > 0 };
    }
    return page;
  }

  /** Loads a page of earlier points. */
  earlier(limit = PAGE): Promise<void> {
    if (!this.more) return Promise.resolve();
    this.#earlier ??= this.#readEarlier(limit).finally(() => {
      this.#earlier = null;
    });
    return this.#earlier;
  }

  async #readEarlier(limit: number): Promise<void> {
    const before = this.points[0]?.id;
    if (before === undefined) return;
    try {
      const page = await call("points", { meeting: this.id, before, item: null, lens: "all", limit });
      if (this.points[0]?.id !== before) return;
      this.loaded = [...page.points, ...this.loaded];
      this.more = page.more;
    } catch (error) {
      app.fail(error);
    }
  }

  /** Loads the whole record. */
  async whole(): Promise<void> {
    for (let first: PointId | undefined; this.more && this.points[0]?.id !== first; ) {
      first = this.points[0]?.id;
      await this.earlier(ALL);
    }
  }

  /** Loads up to a point; false = it is not there. */
  async reach(point: PointId): Promise<boolean> {
    this.atEnd = false;
    while (!this.points.some((one) => one.id === point)) {
      if (!this.more) return false;
      const first = this.points[0]?.id;
      await this.earlier();
      if (this.points[0]?.id === first) return false;
    }
    return true;
  }

  /**
   * Does something behind all that was typed and done before it, as the keys came: a line must not meet the floor that is
   * given after it, nor undo the action before the last.
   */
  #inTurn<T>(doing: () => Promise<T>): Promise<T> {
    const made = Promise.all([this.#doing, this.lines.sent()]).then(doing);
    const over = made.then(
      () => {},
      () => {},
    );
    this.#doing = over;
    void over.then(() => {
      if (this.#doing === over) this.#doing = null;
    });
    return made;
  }

  /** Does something to the record, says what came of it, and reads anew. */
  async act(doing: () => Promise<Captured>, words?: string): Promise<boolean> {
    try {
      const captured = await this.#inTurn(doing);
      this.#tell(words === undefined ? captured : { ...captured, done: words }, true);
      await this.read();
      return true;
    } catch (error) {
      app.fail(error);
      return false;
    }
  }

  #tell({ done, notices }: Captured, say: boolean): void {
    if (notices.length > 0) app.say(notices.join(" · "), "warning");
    else if (say) app.say(done);
  }

  /** A line of the grammar, given by a key. It goes behind the lines that were typed before. */
  command(line: string): void {
    this.lines.now();
    const { draft } = this.lines;
    this.lines.enter([line]);
    this.lines.type(draft);
  }

  understand(line: string): Promise<Understood> {
    return call("understand", { meeting: this.id, line, id: null }).finally(() => this.#warm());
  }

  take(item: ItemId): Promise<boolean> {
    return this.act(() => call("item_take", { meeting: this.id, item }));
  }

  async back(): Promise<void> {
    const items = this.desk?.items ?? [];
    const before = items[items.findIndex((one) => one.id === this.desk?.meeting.item) - 1];
    if (before !== undefined) await this.take(before.id);
  }

  state(participant: ParticipantId, state: ParticipantState): Promise<boolean> {
    return this.act(() => call("participant_state", { meeting: this.id, participant, state }));
  }

  floor(participant: ParticipantId | null): Promise<boolean> {
    return this.act(() => call("floor_give", { meeting: this.id, participant }));
  }

  /** Somebody asks for the floor; a point of order goes before all who wait. */
  ask(participant: ParticipantId, kind: TurnKind, reason: string): Promise<boolean> {
    return this.act(() => call("turn_add", { meeting: this.id, participant, kind, reason, front: kind === "point_of_order" }));
  }

  /** Changes the kind of a wish to speak; what becomes a point of order comes to the front. */
  turnKind(turn: TurnId, kind: TurnKind): Promise<boolean> {
    return this.act(() => call("turn_edit", { meeting: this.id, turn, kind, reason: null }));
  }

  turnReason(turn: TurnId, reason: string): Promise<boolean> {
    return this.act(() => call("turn_edit", { meeting: this.id, turn, kind: null, reason }));
  }

  turnMove(turn: TurnId, before: TurnId | null): Promise<boolean> {
    return this.act(() => call("turn_move", { meeting: this.id, turn, before }));
  }

  turnBegin(turn: TurnId): Promise<boolean> {
    return this.act(() => call("turn_begin", { meeting: this.id, turn }));
  }

  turnWithdraw(turn: TurnId): Promise<boolean> {
    return this.act(() => call("turn_withdraw", { meeting: this.id, turn }));
  }

  itemAdd(title: string, parent: ItemId | null): Promise<boolean> {
    return this.act(() => call("item_add", { meeting: this.id, parent, title }));
  }

  itemEdit(item: ItemId, changes: Partial<Omit<ItemEditRequest, "meeting" | "item">>): Promise<boolean> {
    const same = { title: null, heading: null, state: null, planned: null, presenter: null, presenter_none: false };
    return this.act(() => call("item_edit", { ...same, ...changes, meeting: this.id, item }));
  }

  /** Moves an item one place among those of its parent. */
  async itemMove(item: ItemId, by: -1 | 1): Promise<void> {
    const to = moved(this.desk?.items ?? [], item, by);
    if (to !== null) await this.act(() => call("item_move", { meeting: this.id, item, ...to }));
  }

  itemRemove(item: ItemId): Promise<boolean> {
    return this.act(() => call("item_remove", { meeting: this.id, item }));
  }

  participantAdd(text: string): Promise<boolean> {
    return this.act(() => call("participant_add", { meeting: this.id, text }));
  }

  participantEdit(participant: ParticipantId, changes: Partial<Omit<ParticipantEditRequest, "meeting" | "participant">>): Promise<boolean> {
    const same = { name: null, roles: null, group: null, initials: null, aliases: null, duty: null, listed: null };
    return this.act(() => call("participant_edit", { ...same, ...changes, meeting: this.id, participant }));
  }

  presence(participant: ParticipantId, presence: Span[]): Promise<boolean> {
    return this.act(() => call("participant_presence", { meeting: this.id, participant, presence }));
  }

  /** Somebody leaves now: present in the record, with the time of leaving. */
  async leaves({ id, presence }: DeskParticipant): Promise<void> {
    const last = presence.at(-1);
    if (last === undefined || last.to !== null) return app.say(`${this.name(id)} is not here`, "warning");
    await this.presence(id, [...presence.slice(0, -1), { from: last.from, to: new Date().toISOString() }]);
  }

  participantRemove(participant: ParticipantId): Promise<boolean> {
    return this.act(() => call("participant_remove", { meeting: this.id, participant }));
  }

  /** Shows speakers as given, before the record has them. */
  give(points: readonly PointId[], who: Who): void {
    this.giving = new Map([...this.giving, ...points.map((point) => [point, who] as const)]);
  }

  /**
   * Says whose words these points are; `words` says it to the one who works, where the core's own would be less clear.
   * `strangers` are the other points of the same unknown: they are settled with them.
   */
  async tag(points: PointId[], who: Who, strangers: readonly PointId[] | null = null, words?: string): Promise<boolean> {
    this.give([...points, ...(strangers ?? [])], who);
    try {
      return await this.act(() => call("point_tag", { meeting: this.id, points, who, whole_unknown: strangers !== null }), words);
    } finally {
      // A later word on the same point stays.
      this.giving = new Map([...this.giving].filter(([, last]) => last !== who));
    }
  }

  delete(points: PointId[]): Promise<boolean> {
    return this.act(() => call("point_delete", { meeting: this.id, points }));
  }

  go(state: MeetingState): Promise<boolean> {
    return this.act(() => call("meeting_state", { meeting: this.id, state }));
  }

  async undo(): Promise<void> {
    await this.#turn("undo", "Undone", "Nothing to undo");
  }

  async redo(): Promise<void> {
    await this.#turn("redo", "Done again", "Nothing to redo");
  }

  async #turn(command: "undo" | "redo", word: string, nothing: string): Promise<void> {
    try {
      const { label, left, gone } = await this.#inTurn(() => call(command, { meeting: this.id }));
      if (gone) return this.#gone(`${word}: ${label}`);
      if (label === null) app.say(nothing);
      else if (left.length === 0) app.say(`${word}: ${label}`);
      else app.say(`${word}: ${label}. Left as it is: ${left.join("; ")}`, "warning");
      await this.read();
    } catch (error) {
      app.fail(error);
    }
  }

  /** The meeting is no more: back to the library, which can bring it back. */
  #gone(words: string): void {
    if (this.#closed) return;
    library.gone = { meeting: this.id, by: "undo" };
    app.leave();
    app.say(`${words}. ${hint("libraryRedo")} brings it back`);
  }

  /** A participant's name. */
  name(id: ParticipantId): string {
    return this.people.get(id)?.name ?? "somebody";
  }

  participant(id: ParticipantId | null): DeskParticipant | undefined {
    return id === null ? undefined : this.people.get(id);
  }

  #item(): DeskItem | undefined {
    const id = this.desk?.meeting.item ?? null;
    return id === null ? undefined : this.desk?.items.find((one) => one.id === id);
  }
}
