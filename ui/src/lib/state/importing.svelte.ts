// The file that is looked at before it is brought in.

import { call } from "../api";
import type { ImportAs, ImportFile, ImportKind, ImportPreview, MeetingId } from "../bindings";
import { accepted, becomesWords, choicesOf, inBase64, LARGEST, tally, together } from "../importing";
import { hint } from "../keys";
import { ownZone } from "../time";
import { app } from "./app.svelte";
import { library } from "./library.svelte";

/** A file, and what was chosen for its people so far. */
class Importing {
  name = $state("");
  /** The meeting that it goes into; none = a new one. */
  meeting = $state<MeetingId | null>(null);
  /** The meeting that it could go into. */
  other = $state<MeetingId | null>(null);
  kind = $state("");
  zone = $state("");
  kinds = $state.raw<readonly ImportKind[]>([]);
  preview = $state.raw<ImportPreview | null>(null);
  trouble = $state<string | null>(null);
  chosen = $state.raw<readonly ImportAs[]>([]);
  decided = $state.raw<ReadonlySet<number>>(new Set());
  at = $state(0);
  busy = $state(false);
  /** Whether what is shown is of the file as it is asked for now. */
  fresh = $state(false);

  readonly people = $derived(this.preview?.people ?? []);
  readonly sum = $derived(tally(this.people, this.chosen, this.decided));

  #bytes = "";
  #asked = 0;

  /** Looks at a file, in the meeting that is shown or for a new one. */
  async file(file: File): Promise<void> {
    if (file.size > LARGEST) {
      app.say(`${file.name} is larger than 16 MiB; use minuta-cli import for it`, "warning");
      return;
    }
    try {
      await this.#take(file.name, new Uint8Array(await file.arrayBuffer()));
    } catch (error) {
      app.fail(error);
    }
  }

  /** The same with a text that was pasted. */
  text(text: string): Promise<void> {
    return this.#take("pasted text", new TextEncoder().encode(text));
  }

  async #take(name: string, bytes: Uint8Array): Promise<void> {
    const from = app.place.at === "import" ? app.place.back : app.place;
    this.meeting = from.at === "meeting" ? from.meeting : null;
    this.other = from.at === "meeting" ? from.meeting : library.selected;
    this.name = name;
    this.kind = "";
    this.preview = null;
    this.trouble = null;
    this.#bytes = inBase64(bytes);
    app.look();
    // In which zone a meeting is, and what it is called, the library knows: its times must not be read in another.
    if (library.library === null) await library.load();
    this.#zoned();
    await this.look();
  }

  /** Times are of the meeting's zone, or of one's own for a new one. */
  #zoned(): void {
    this.zone = library.meetings.find((one) => one.id === this.meeting)?.zone || ownZone();
  }

  #asFile(): ImportFile {
    return { meeting: this.meeting, name: this.name, bytes: this.#bytes, kind: this.kind, zone: this.zone };
  }

  /** Looks anew, as something else, in another zone or for another meeting; of two looks the later counts. */
  async look(): Promise<void> {
    this.#asked += 1;
    const asked = this.#asked;
    this.fresh = false;
    try {
      if (this.kinds.length === 0) this.kinds = await call("import_kinds", {});
      const preview = await call("import_preview", this.#asFile());
      if (asked !== this.#asked) return;
      this.preview = preview;
      this.fresh = true;
      this.trouble = null;
      this.chosen = preview.people.map((one) => one.proposed);
      this.decided = new Set();
      this.at = 0;
    } catch (error) {
      if (asked !== this.#asked) return;
      this.preview = null;
      this.trouble = error instanceof Error ? error.message : String(error);
    }
  }

  /** Into the meeting, or a new one. */
  turnWhere(): void {
    if (this.other === null) return;
    this.meeting = this.meeting === null ? this.other : null;
    this.#zoned();
    void this.look();
  }

  go(to: number): void {
    this.at = Math.max(0, Math.min(to, this.people.length - 1));
  }

  /** What becomes of the one in hand. */
  set(becomes: ImportAs): void {
    const person = this.people[this.at];
    if (person === undefined) return;
    const { lead, name, beside } = becomesWords(person, becomes);
    app.announce([`${person.name}: ${lead}`, name, beside].filter(Boolean).join(" "));
    this.chosen = this.chosen.with(this.at, becomes);
    this.decided = new Set([...this.decided, this.at]);
  }

  /** The one in hand is who it fits, or the next of them. */
  accept(turn: boolean): void {
    const person = this.people[this.at];
    if (person !== undefined) this.set(accepted(person, this.chosen[this.at] ?? person.proposed, turn));
  }

  /** Who of the file becomes the same participant as this one. */
  with(index: number): string[] {
    return together(this.people, this.chosen, index);
  }

  /** Brings it in, as one step; the meeting that has it is shown. */
  async take(): Promise<void> {
    if (this.preview === null || !this.fresh || this.busy) return;
    const seen = new Set(this.preview.problems.map(({ message }) => message));
    this.busy = true;
    try {
      const done = await call("import_apply", { file: this.#asFile(), people: choicesOf(this.people, this.chosen) });
      app.open(done.meeting);
      // What one has seen before is not said again.
      const [first, ...more] = done.problems.filter(({ message }) => !seen.has(message));
      const words = this.meeting === null ? `${done.done}; ${hint("undo")} takes it away again` : done.done;
      if (first !== undefined) app.say(`${words}. ${first.message}${more.length > 0 ? `, and ${more.length} more to look at` : ""}`, "warning");
      else app.say(words);
      this.#bytes = "";
      this.preview = null;
    } catch (error) {
      app.fail(error);
    } finally {
      this.busy = false;
    }
  }

  /** Nothing was changed. */
  leave(): void {
    this.#asked += 1;
    this.#bytes = "";
    this.preview = null;
    app.back();
  }
}

/** The file that is looked at. */
export const importing = new Importing();
