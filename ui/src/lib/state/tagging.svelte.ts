// Tagging mode: what is typed so far, whom it may mean, and which points are shown. An ambiguous entry assigns nothing.

import { call } from "../api";
import type { ParticipantId, PointId, PointView, Who } from "../bindings";
import { heads } from "../selection";
import { above, certain, isOpen, joined, meant, narrow, nextOpen, numbered, ofSameUnknown, unknowns, wantedBeyond } from "../tagging";
import { counted } from "../words";
import { app } from "./app.svelte";
import type { Hand } from "./hand.svelte";
import type { Meeting } from "./meeting.svelte";

/** Which points tagging shows: all, those without a speaker, or those whose speaker rests on the floor alone. */
export type Shown = "all" | "open" | "floor";

/** The mode in which one says who spoke. */
export class Tagging {
  on = $state(false);
  typed = $state("");
  /** Whether speakers are collected until Enter. */
  several = $state(false);
  taken = $state.raw<readonly ParticipantId[]>([]);
  /** Whether a new participant's name is being typed. */
  adding = $state(false);
  lens = $state<Shown>("all");
  /** What was shown under this lens stays, settled or not: the list does not jump. */
  #kept = $state.raw<ReadonlySet<PointId>>(new Set());
  /** Who stands under the digits: they keep their places as long as the mode is on. */
  #digits = $state.raw<readonly { id: ParticipantId; at: string | null }[]>([]);

  readonly fit = $derived.by(() => narrow(this.meeting.desk?.participants ?? [], this.typed));
  readonly digits = $derived.by(() => this.#digits.flatMap(({ id, at }) => ({ one: this.meeting.people.get(id), at })));
  readonly shown = $derived.by((): readonly PointView[] => {
    const { points } = this.meeting;
    return !this.on || this.lens === "all" ? points : points.filter((one) => this.wanted(one) || this.#kept.has(one.id));
  });

  /** How many points want a speaker, those that are not fetched yet included. */
  readonly left = $derived.by(() => {
    const { meeting } = this;
    const here = meeting.points.filter((one) => this.wanted(one)).length;
    if (!meeting.more || this.lens === "floor") return here;
    return here + Math.max(0, (meeting.desk?.unsettled ?? 0) - meeting.loaded.filter(isOpen).length);
  });

  constructor(
    readonly meeting: Meeting,
    readonly hand: Hand,
  ) {}

  /** Whether a point is one that is to be worked on. */
  wanted(point: PointView): boolean {
    return this.lens === "floor" ? point.basis === "floor" && point.attribution === "named" && point.continues === null : isOpen(point);
  }

  async begin(lens: Shown = "all"): Promise<void> {
    const { meeting, hand } = this;
    meeting.keeps = true;
    // What only some points belong to is looked for in the whole record; else earlier points come when they are wanted.
    if (lens !== "all") await meeting.whole();
    hand.editing = null;
    hand.tagging = null;
    hand.asking = null;
    this.#digits = numbered(meeting.desk?.participants ?? [], meeting.desk?.recent ?? []).map(({ one, at }) => ({ id: one.id, at }));
    this.#empty();
    this.lens = lens;
    this.#kept = new Set();
    this.on = true;
    const { points } = meeting;
    const inItem = points.filter((one) => one.item === meeting.desk?.meeting.item);
    const wanted = (one: PointView): boolean => this.wanted(one);
    const there = hand.cursor !== null && this.shown.some((one) => one.id === hand.cursor);
    if (there) return;
    hand.cursor = nextOpen(inItem, null, 1, wanted) ?? nextOpen(points, null, 1, wanted) ?? this.shown.at(-1)?.id ?? null;
    if (this.left > 0 && !points.some(wanted)) await this.#seek(-1);
  }

  end(): void {
    this.#empty();
    this.on = false;
    this.lens = "all";
    this.meeting.keeps = false;
    this.meeting.atEnd = true;
    this.hand.clear();
    this.hand.cursor = null;
  }

  /** Shows only what is open, or all again. */
  async look(lens: Shown): Promise<void> {
    if (lens !== "all") await this.meeting.whole();
    this.#kept = new Set();
    this.lens = lens;
    if (!this.shown.some((one) => one.id === this.hand.cursor)) this.next(1);
    this.hand.clear();
  }

  /** What the list shows now stays in it. */
  keep(): void {
    if (this.lens !== "all" && this.shown.some((one) => !this.#kept.has(one.id))) this.#kept = new Set([...this.#kept, ...this.shown.map((one) => one.id)]);
  }

  /** To the next point (or the one before) that wants a speaker. */
  next(by: 1 | -1 = 1): void {
    if (this.left === 0) app.say(this.lens === "floor" ? "No speaker rests on the floor alone" : "Every point has a speaker");
    else void this.#seek(by);
  }

  /** The same, going round; earlier points are fetched until it is there. */
  async #seek(by: 1 | -1): Promise<void> {
    const { meeting, hand } = this;
    const from = hand.cursor;
    let found = wantedBeyond(meeting.points, from, by, (one) => this.wanted(one));
    while (found === null && by < 0 && meeting.more) {
      await meeting.earlier();
      found = wantedBeyond(meeting.points, from, by, (one) => this.wanted(one));
    }
    // Round the end: the first one of all.
    if (found === null && by > 0) await meeting.whole();
    found ??= nextOpen(meeting.points, from, by, (one) => this.wanted(one));
    // Whoever has moved on meanwhile stays there.
    if (found !== null && hand.cursor === from && this.on) hand.cursor = found;
  }

  #empty(): void {
    this.typed = "";
    this.taken = [];
    this.several = false;
    this.adding = false;
  }

  /** Text came in: it narrows, and assigns when it can mean one alone. */
  type(text: string): void {
    this.typed = text;
    if (this.adding) return;
    const one = certain(this.meeting.desk?.participants ?? [], text);
    if (one !== null) this.take(one.id);
  }

  /** Takes a participant: collected while several are, else assigned. */
  take(id: ParticipantId): void {
    this.typed = "";
    if (this.several) this.taken = joined(this.taken, id);
    else this.assign({ is: "named", speakers: [id] });
  }

  /** A digit takes one of those who spoke last; while something is typed, one of those who fit, unless it goes on. */
  digit(place: number): boolean {
    if (narrow(this.meeting.desk?.participants ?? [], `${this.typed}${place}`).length > 0) return false;
    const one = this.typed === "" ? this.digits[place - 1]?.one : this.fit[place - 1];
    if (one === undefined) return true;
    this.take(one.id);
    return true;
  }

  enter(): void {
    if (this.adding) {
      void this.#add();
    } else if (this.typed.trim() !== "") {
      const one = meant(this.meeting.desk?.participants ?? [], this.typed);
      if (one !== null) this.take(one.id);
      else app.say(this.fit.length === 0 ? `Nobody fits “${this.typed.trim()}”; + makes a new participant` : `${counted(this.fit.length, "participant")} fit: go on typing, or take one by its number`, "warning");
    } else if (this.taken.length > 0) {
      this.assign({ is: "named", speakers: [...this.taken] });
    } else this.#confirm();
  }

  /** A comma: the speakers are collected until Enter. */
  comma(): void {
    this.several = true;
    if (this.typed.trim() !== "") this.enter();
  }

  backspace(): boolean {
    if (this.typed !== "" || (this.taken.length === 0 && !this.several)) return false;
    if (this.taken.length === 0) this.several = false;
    this.taken = this.taken.slice(0, -1);
    return true;
  }

  /** Clears what is typed, then the selection; then the mode is over. */
  escape(): void {
    if (this.typed !== "" || this.several || this.adding) this.#empty();
    else if (this.hand.selected.size > 0) this.hand.clear();
    else this.end();
  }

  /** The same as in the point above. */
  same(): boolean {
    if (this.typed !== "") return false;
    const first = this.hand.targets()[0];
    const who = first === undefined ? null : above(this.meeting.points, first);
    if (who === null || (who.is === "unknown" && who.number === 0)) app.say("The point above has no speaker yet", "warning");
    else this.assign(who);
    return true;
  }

  unknown(): boolean {
    if (this.typed !== "") return false;
    this.assign({ is: "unknown", number: 0 });
    return true;
  }

  nobody(): boolean {
    if (this.typed !== "") return false;
    this.assign({ is: "nobody" });
    return true;
  }

  add(): boolean {
    if (this.typed !== "" && this.fit.length > 0) return false;
    this.adding = true;
    return true;
  }

  select(): boolean {
    if (this.typed !== "" || this.hand.cursor === null) return false;
    this.hand.toggle(this.hand.cursor);
    return true;
  }

  selectAll(): boolean {
    if (this.typed !== "") return false;
    this.hand.selectAll();
    return true;
  }

  async #add(): Promise<void> {
    const { meeting } = this;
    const text = this.typed.trim();
    if (text === "") return;
    try {
      const { id, notices } = await call("participant_add", { meeting: meeting.id, text });
      await meeting.read();
      if (id === null) {
        app.say(notices.join(" · ") || "No participant was made", "warning");
        return;
      }
      this.adding = false;
      this.take(id);
    } catch (error) {
      app.fail(error);
    }
  }

  /** Whoever had the floor did speak: what rested on the floor is tagged so. */
  #confirm(): void {
    const chosen = new Set(this.hand.targets());
    const points = this.meeting.points.filter((one) => chosen.has(one.id) && one.basis === "floor" && one.attribution === "named");
    const groups = new Map<string, PointView[]>();
    for (const point of points) groups.set(point.speakers.join(), [...(groups.get(point.speakers.join()) ?? []), point]);
    for (const group of groups.values()) {
      this.#send(group.map((one) => one.id), { is: "named", speakers: [...(group[0]?.speakers ?? [])] });
    }
    if (points.length > 0) this.#onward();
    else app.say("Type whose words these are", "warning");
  }

  /** Assigns to the selection or the point under the cursor, and goes to the next that is open. */
  assign(who: Who): void {
    const { points } = this.meeting;
    const chosen = heads(points, this.hand.targets());
    if (chosen.length === 0) {
      app.say("No point is under the cursor", "warning");
      return;
    }
    this.#send(chosen, who);
    this.#onward();
  }

  #onward(): void {
    this.#empty();
    this.hand.clear();
    if (this.left > 0) void this.#seek(1);
  }

  /** What fails takes the cursor back. */
  #send(points: PointId[], who: Who): void {
    const { meeting } = this;
    const strangers = who.is === "named" ? unknowns(meeting.points, new Set(points)) : [];
    const whole = strangers.length > 0;
    const names = who.is === "named" ? who.speakers.map((id) => this.#called(id)).join(", ") : "";
    const parts = strangers.map((one) => `Unknown ${one.number}: ${counted(one.points, "point")}`);
    // Of points that are not fetched the core knows more.
    const words = !meeting.more && strangers.some((one) => one.points > 1) ? `${names}. ${parts.join("; ")}` : undefined;
    this.keep();
    const also = whole ? ofSameUnknown(meeting.points, points) : null;
    meeting.give([...points, ...(also ?? [])], who);
    void meeting.tag(points, who, also, words).then((done) => {
      if (!done && this.on) this.hand.cursor = points[0] ?? null;
      if (done && who.is === "named") this.#numberAlso(who.speakers);
    });
  }

  /** Somebody new gets the next free digit. */
  #numberAlso(speakers: readonly ParticipantId[]): void {
    const free = speakers.filter((id) => !this.#digits.some((one) => one.id === id));
    this.#digits = [...this.#digits, ...free.map((id) => ({ id, at: null }))].slice(0, 9);
  }

  #called(id: ParticipantId): string {
    const beside = this.meeting.beside.get(id);
    return beside === undefined ? this.meeting.name(id) : `${this.meeting.name(id)}, ${beside}`;
  }
}
