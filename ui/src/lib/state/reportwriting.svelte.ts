// Passages on their way to the disk. Nothing written is ever given up: a draft leaves this list only when the core has
// said that it is saved. Meanwhile it is also kept beside the archive, so that a killed window loses nothing.

import { EditorState, TextSelection, type Plugin } from "prosemirror-state";

import { call, Refused } from "../api";
import type { Code, ItemId, PassageId, PassageStyle, PlaceInSection, SectionPassage } from "../bindings";
import { freshId } from "../id";
import { merged } from "../merge";
import type { Draft } from "../page";
import { cut, opened, schema } from "../prose";
import { reasons } from "../words";
import { app } from "./app.svelte";
import type { Meeting } from "./meeting.svelte";
import type { Report } from "./report.svelte";

/** Where the caret stands when an editor opens: a place in the document, an edge, or where one pointed. */
export type Caret = number | "start" | "end" | { left: number; top: number };

const AGAIN = [500, 1000, 2000, 5000];
const IDLE = 1200;
const REFUSALS: readonly Code[] = ["invalid", "not_found", "newer", "not_an_archive"];

/** A draft, with what is known of the record's own text. */
export class Kept implements Draft {
  text = $state("");
  style = $state<PassageStyle>("paragraph");
  item = $state<ItemId | null>(null);
  place = $state.raw<PlaceInSection | null>(null);
  /** Why the last try failed. */
  trouble = $state<string | null>(null);
  /** What the record held at `rev`. */
  base = "";
  rev: string | null = null;
  /** What was sent, whose new state could not be read yet. */
  sent: string | null = null;
  /** What is on its way, so that a window killed meanwhile knows its own words again. */
  sending: string | null = null;
  /** Which saving it was saved with last. */
  at = 0;

  constructor(readonly passage: PassageId) {}

  get dirty(): boolean {
    return this.sent !== null || (this.place !== null ? this.text.trim() !== "" : this.text.trim() !== this.base.trim());
  }
}

/** What is being written of a report. */
export class Writing {
  drafts = $state.raw<readonly Kept[]>([]);
  /** The one that the editor is open on. */
  open = $state.raw<Kept | null>(null);
  caret: Caret = "end";
  savedAt = $state<number | null>(null);
  /** As the page shows them: what the editor shows itself is left to it. */
  readonly shown: readonly Draft[] = $derived(
    this.drafts.map((one) => (one === this.open ? { passage: one.passage, item: one.item, style: one.style, place: one.place, text: "" } : one)),
  );
  readonly trouble = $derived(this.drafts.find((one) => one.trouble !== null) ?? null);

  /** Set by the editor: takes a text that came from elsewhere. */
  replace: ((text: string) => void) | null = null;
  /** Set by the editor: puts a phrase in at the caret. */
  insert: ((phrase: string) => void) | null = null;

  /** How often something was saved. */
  saves = 0;
  #read = 0;
  #queue: Promise<void> = Promise.resolve();
  #tries = 0;
  #again: ReturnType<typeof setTimeout> | null = null;
  #idle: ReturnType<typeof setTimeout> | null = null;
  #stash: ReturnType<typeof setTimeout> | null = null;
  #closed = false;

  constructor(
    readonly meeting: Meeting,
    readonly report: Report,
  ) {
    this.#restore();
  }

  /** An editor's state for a draft. */
  state(draft: Kept, plugins: Plugin[]): EditorState {
    const doc = opened(draft.text);
    const end = doc.content.size - 1;
    const at = typeof this.caret === "number" ? Math.max(1, Math.min(end, this.caret)) : this.caret === "start" ? 1 : end;
    return EditorState.create({ schema, doc, plugins, selection: TextSelection.create(doc, at) });
  }

  styleOf(passage: PassageId): PassageStyle | null {
    return this.drafts.find((one) => one.passage === passage)?.style ?? null;
  }

  // Opening

  /** Opens the editor on a passage, at once: what is typed next is never typed into nothing. */
  begin(passage: PassageId, caret: Caret): void {
    const before = this.open;
    if (before?.passage === passage) return;
    let draft = this.drafts.find((one) => one.passage === passage);
    if (draft === undefined) {
      const known = this.report.passages.get(passage);
      if (known === undefined) return;
      draft = new Kept(passage);
      [draft.style, draft.item] = [known.style, known.item];
      [draft.text, draft.base] = [known.text, known.text];
      const fresh = draft;
      void this.#run(() => this.#know(fresh));
    }
    this.#take(draft, caret);
    if (before !== null) void this.#leave(before);
  }

  /** Learns at which state of the document a draft begins; what the page did not show yet comes in. */
  async #know(draft: Kept): Promise<void> {
    if (draft.rev !== null || draft.place !== null) return;
    try {
      const { text, rev } = await call("passage_editor", { meeting: this.meeting.id, passage: draft.passage });
      const next = merged(draft.base, draft.text, text);
      [draft.base, draft.rev] = [text, rev];
      if (next === draft.text) return;
      draft.text = next;
      if (this.open === draft) this.replace?.(next);
    } catch (error) {
      this.#failed(draft, error);
    }
  }

  /** Opens the editor on a passage that the record gets with its first words. */
  fresh(item: ItemId | null, place: PlaceInSection, style: PassageStyle, text = "", caret: Caret = "end"): void {
    const before = this.open;
    const draft = new Kept(freshId());
    [draft.item, draft.place, draft.style, draft.text] = [item, place, style, text];
    this.#take(draft, caret);
    if (before !== null) void this.#leave(before);
  }

  #take(draft: Kept, caret: Caret): void {
    this.caret = caret;
    if (!this.drafts.includes(draft)) this.drafts = [...this.drafts, draft];
    this.open = draft;
    this.report.stand(draft.passage, draft.item);
    this.stashSoon();
  }

  /** The text has changed. */
  wrote(text: string): void {
    if (this.open === null || this.open.text === text) return;
    this.open.text = text;
    this.stashSoon();
    if (this.#idle !== null) clearTimeout(this.#idle);
    this.#idle = setTimeout(() => {
      this.#idle = null;
      void this.save();
    }, IDLE);
  }

  /** Closes the editor; what was written is saved. A passage without words goes. */
  async close(): Promise<void> {
    const draft = this.open;
    if (draft === null) return;
    this.open = null;
    this.replace = null;
    await this.#leave(draft);
  }

  async #leave(draft: Kept): Promise<void> {
    if (draft.text.trim() === "" && draft.place !== null) {
      this.#drop(draft);
      if (this.report.stop === draft.passage) this.report.stand(draft.place.behind ?? draft.place.before ?? draft.item);
    } else if (draft.text.trim() === "") {
      await this.#run(async () => {
        await call("passage_delete", { meeting: this.meeting.id, passages: [draft.passage] });
        this.#drop(draft);
        app.say("The passage without words is deleted; Undo brings it back");
      });
      await this.meeting.read();
    } else if (draft.dirty) {
      await this.save();
    } else if (draft.at <= this.#read) {
      this.#drop(draft);
    }
  }

  #drop(draft: Kept): void {
    this.drafts = this.drafts.filter((one) => one !== draft);
    this.stashSoon();
  }

  /** What was read after a draft was saved shows it by itself: `began` is how often something had been saved then. */
  settled(passages: readonly SectionPassage[], began: number): void {
    this.#read = began;
    const { open } = this;
    const passage = passages.find((one) => one.id === open?.passage);
    if (open !== null && passage !== undefined && open.place === null) [open.style, open.item] = [passage.style, passage.item];
    for (const draft of this.drafts) if (draft !== open && !draft.dirty && draft.trouble === null && draft.at <= began) this.#drop(draft);
  }

  // Saving

  /** Everything that is unsaved goes to the disk; answers when it is there, or in trouble. */
  async settle(): Promise<void> {
    if (this.drafts.some((one) => one.dirty)) await this.save();
  }

  save(): Promise<void> {
    return this.#run(async () => {
      let saved = false;
      for (const draft of this.drafts) {
        try {
          saved = (await this.#saveOne(draft)) || saved;
          draft.trouble = null;
        } catch (error) {
          this.#failed(draft, error);
        }
      }
      if (!this.drafts.some((one) => one.trouble !== null)) this.#tries = 0;
      if (!saved) return;
      this.savedAt = Date.now();
      void this.meeting.read();
    });
  }

  async #saveOne(draft: Kept): Promise<boolean> {
    if (!draft.dirty || draft.text.trim() === "") return false;
    const { id: meeting } = this.meeting;
    const { passage } = draft;
    if (draft.sent === null && draft.rev === null && draft.place === null) {
      const { text, rev } = await call("passage_editor", { meeting, passage });
      [draft.text, draft.base, draft.rev] = [merged(draft.base, draft.text, text), text, rev];
    }
    const sent = draft.sent ?? draft.text;
    if (draft.sent === null) {
      draft.sending = sent;
      this.#keep();
      if (draft.place !== null) await call("passage_write", { meeting, id: passage, style: draft.style, text: sent, item: draft.item, place: this.#standing(draft.place) });
      else await call("passage_edit", { meeting, passage, rev: draft.rev, text: sent });
      draft.sent = sent;
    }
    await this.#fresh(draft, sent);
    return true;
  }

  /** Reads what the record holds now; a colleague's words come in beside what was written meanwhile. */
  async #fresh(draft: Kept, sent: string): Promise<void> {
    const { text, rev } = await call("passage_editor", { meeting: this.meeting.id, passage: draft.passage });
    const mine = draft.text;
    const next = text === sent.trim() ? mine : merged(sent, mine, text);
    [draft.base, draft.rev, draft.sent, draft.place, draft.sending] = [text, rev, null, null, null];
    this.saves += 1;
    draft.at = this.saves;
    this.stashSoon();
    if (next === mine) return;
    draft.text = next;
    if (this.open === draft) this.replace?.(next);
  }

  /** A place beside a passage that the record has; one that is not there yet counts for nothing. */
  #standing(place: PlaceInSection): PlaceInSection {
    const there = (id: PassageId | undefined): boolean => id !== undefined && !this.drafts.some((one) => one.passage === id && one.place !== null);
    if (there(place.behind)) return { behind: place.behind as string };
    return there(place.before) ? { before: place.before as string } : {};
  }

  #failed(draft: Kept, error: unknown): void {
    const code = error instanceof Refused ? error.code : "internal";
    draft.trouble = `Not saved: ${reasons[code]}`;
    if (REFUSALS.includes(code)) {
      draft.trouble = `Not saved: ${error instanceof Error ? error.message : reasons[code]}`;
      // What was deleted elsewhere is written anew, at the end of its section: the words are not lost.
      if (code === "not_found" && draft.place === null) [draft.place, draft.rev, draft.sent] = [{}, null, null];
      else if (code === "not_found") draft.place = {};
      else return;
    }
    if (this.#closed || this.#again !== null) return;
    const wait = AGAIN[Math.min(this.#tries, AGAIN.length - 1)] ?? 5000;
    this.#tries += 1;
    this.#again = setTimeout(() => {
      this.#again = null;
      void this.save();
    }, wait);
  }

  /** One after the other: what is saved next rests on what was saved before. */
  #run(doing: () => Promise<void>): Promise<void> {
    this.#queue = this.#queue.then(doing).catch((error: unknown) => app.fail(error));
    return this.#queue;
  }

  // What the keys of the editor do

  /** Sets what is not in the record yet; false = the record has it. */
  restyle(passages: readonly PassageId[], style: PassageStyle): boolean {
    const { open } = this;
    if (open === null || open.place === null || passages.length !== 1 || passages[0] !== open.passage) {
      for (const draft of this.drafts) if (passages.includes(draft.passage)) draft.style = style;
      return false;
    }
    open.style = style;
    this.drafts = [...this.drafts];
    return true;
  }

  /** Enter: what stands behind the caret becomes a passage of its own, written on at once. */
  split(state: EditorState): void {
    const draft = this.open;
    if (draft === null) return;
    const [first, second] = cut(state.tr.deleteSelection().doc, state.selection.from).map((part) => part.trim()) as [string, string];
    const goesOn: PassageStyle = draft.style === "heading" ? "paragraph" : draft.style;
    if (first === "" && second === "") {
      // Enter on an empty entry ends the list.
      if (draft.style !== "paragraph") void this.report.style("paragraph");
      return;
    }
    if (first === "") return this.fresh(draft.item, { before: draft.passage }, draft.style);
    if (second === "") {
      if (draft.text.trim() !== first) this.wrote(first);
      return this.fresh(draft.item, { behind: draft.passage }, goesOn);
    }
    const behind = new Kept(freshId());
    [behind.item, behind.place, behind.style, behind.text] = [draft.item, { behind: draft.passage }, goesOn, second];
    draft.text = first;
    this.#take(behind, "start");
    void this.#run(async () => {
      const known = draft.place === null && draft.sent === null && draft.rev !== null && goesOn === draft.style;
      if (known) {
        try {
          await call("passage_split", { meeting: this.meeting.id, passage: draft.passage, rev: draft.rev ?? "", first, second, id: behind.passage });
          draft.sent = first;
          behind.sent = second;
          behind.place = null;
          await this.#fresh(draft, first);
          await this.#fresh(behind, second);
        } catch (error) {
          // Each is then saved by itself, like anything that is written.
          if (!(error instanceof Refused)) throw error;
        }
      }
    }).then(() => this.save().then(() => this.meeting.read()));
  }

  /** Backspace at the beginning: an entry becomes a paragraph, a paragraph goes on from the one before it. */
  async back(): Promise<void> {
    const draft = this.open;
    if (draft === null) return;
    if (draft.style !== "paragraph") return this.report.style("paragraph");
    const before = this.report.before(draft.passage);
    if (before === null) return;
    if (draft.place !== null && draft.text.trim() === "") {
      this.open = null;
      this.#drop(draft);
      this.begin(before, "end");
      return;
    }
    await this.settle();
    if (this.open !== draft || draft.dirty) return;
    const joined = draft.text;
    let after: { text: string; rev: string } | null = null;
    await this.#run(async () => {
      await call("passage_join", { meeting: this.meeting.id, passages: [before, draft.passage] });
      after = await call("passage_editor", { meeting: this.meeting.id, passage: before });
    });
    if (after === null) return;
    const { text, rev } = after as { text: string; rev: string };
    const whole = this.drafts.find((one) => one.passage === before) ?? new Kept(before);
    const known = this.report.passages.get(before);
    whole.style = known?.style ?? "paragraph";
    whole.item = known?.item ?? draft.item;
    // What was typed while the core joined them comes along.
    const typed = draft.text;
    const rest = text.endsWith(joined.trim()) ? text.slice(0, text.length - joined.trim().length) + typed.trimStart() : merged(joined, typed, text);
    [whole.text, whole.base, whole.rev, whole.sent] = [typed === joined ? text : rest, text, rev, null];
    const size = opened(typed.trim()).content.size - 2;
    const caret = opened(whole.text).content.size - 1 - size;
    this.open = null;
    this.#drop(draft);
    this.#take(whole, caret);
    await this.meeting.read();
  }

  // Keeping it beside the archive

  get #place(): string {
    return `writing ${this.meeting.id}`;
  }

  stashSoon(): void {
    this.#stash ??= setTimeout(() => {
      this.#stash = null;
      this.#keep();
    }, 60);
  }

  #keep(): void {
    const dirty = this.drafts.filter((one) => one.dirty);
    try {
      if (dirty.length === 0) localStorage.removeItem(this.#place);
      else localStorage.setItem(this.#place, JSON.stringify(dirty.map(({ passage, item, style, text, place, base, rev, sending }) => ({ passage, item, style, text, place, base, rev, sending }))));
    } catch {
      // It is a second net under what is saved; the first one tells of its own trouble.
    }
  }

  #restore(): void {
    let stored: unknown;
    try {
      stored = JSON.parse(localStorage.getItem(this.#place) ?? "[]");
    } catch {
      return;
    }
    if (!Array.isArray(stored)) return;
    for (const one of stored as Partial<Kept>[]) {
      if (typeof one.passage !== "string" || typeof one.text !== "string") continue;
      const draft = new Kept(one.passage);
      draft.text = one.text;
      draft.style = one.style ?? "paragraph";
      draft.item = one.item ?? null;
      draft.place = one.place ?? null;
      draft.base = one.base ?? "";
      draft.rev = one.rev ?? null;
      draft.sending = one.sending ?? null;
      this.drafts = [...this.drafts, draft];
    }
    if (this.drafts.length === 0) return;
    const { drafts } = this;
    void this.#run(async () => {
      for (const draft of drafts) await this.#recognise(draft);
    });
    void this.save();
  }

  /** What another run of the window has left: the record may hold it already, in part, or no longer. */
  async #recognise(draft: Kept): Promise<void> {
    try {
      const { text, rev } = await call("passage_editor", { meeting: this.meeting.id, passage: draft.passage });
      const own = text === draft.sending?.trim() || text === draft.text.trim() || draft.place !== null;
      if (!own) draft.text = merged(draft.base, draft.text, text);
      [draft.base, draft.rev, draft.place] = [text, rev, null];
    } catch (error) {
      if (error instanceof Refused && error.code === "not_found" && draft.place === null) [draft.place, draft.rev] = [{}, null];
    }
    draft.sending = null;
  }

  /** Saves what can be saved, and stops trying. */
  async end(): Promise<void> {
    await this.close();
    await this.settle();
    this.#closed = true;
    if (this.#again !== null) clearTimeout(this.#again);
    if (this.#idle !== null) clearTimeout(this.#idle);
    this.#keep();
  }
}
