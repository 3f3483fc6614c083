// What goes across meetings, as it is looked through and worked on.

import { call } from "../api";
import type { ActionRow, Captured, DecisionRow, DirectoryPerson, MeetingId, PersonId, PersonInMeeting, Undone } from "../bindings";
import { bodies, nameOf, ofOwner, owners, sieved, sieves, type Book, type Sieve } from "../register";
import { stepOf, stepped } from "../rows";
import { app } from "./app.svelte";

/** What was done here, so that it can be taken back here. Of a meeting: its own history has it under this label. */
type Done = { meeting: MeetingId; label: string } | { meeting: null };

class Register {
  words = $state("");
  sieve = $state<Sieve>("open");
  /** The owner whose actions are shown; null = everybody's. */
  owner = $state<string | null>(null);
  /** The body whose decisions are shown; null = all. */
  body = $state<string | null>(null);
  actions = $state.raw<readonly ActionRow[]>([]);
  decisions = $state.raw<readonly DecisionRow[]>([]);
  people = $state.raw<readonly DirectoryPerson[]>([]);
  /** The book that was read last: until it was, nothing is said to be empty. */
  read = $state<Book | null>(null);
  /** The row under the cursor. */
  row = $state<string | null>(null);
  /** Who is to be the same person as another. */
  merging = $state.raw<DirectoryPerson | null>(null);

  readonly sifted = $derived(sieved(this.actions, this.sieve));
  readonly owners = $derived(owners(this.sifted));
  readonly shownActions = $derived(ofOwner(this.sifted, this.owner));
  readonly bodies = $derived(bodies(this.decisions));
  readonly shownDecisions = $derived(this.decisions.filter((row) => this.body === null || row.body === this.body));
  readonly byId = $derived(new Map(this.people.map((one) => [one.id, one] as const)));

  #asked = 0;
  #done: Done[] = [];
  #undone: Done[] = [];

  /** A key that moves the cursor along the rows, from the one at `at`; any other is left alone. */
  along(event: KeyboardEvent, rows: readonly { id: string }[], at: number): void {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const step = stepOf(event.key, rows.length);
    if (step === null) return;
    this.row = stepped(rows, at, step)?.id ?? null;
    event.preventDefault();
  }

  /** Reads a book; of two readings under way the later one counts. */
  async load(book: Book): Promise<void> {
    this.#asked += 1;
    const asked = this.#asked;
    const asks = { series: null, open: false, words: this.words.trim() };
    try {
      if (book === "actions") {
        const rows = await call("actions", asks);
        if (asked === this.#asked) this.actions = rows;
      } else if (book === "decisions") {
        const rows = await call("decisions", asks);
        if (asked === this.#asked) this.decisions = rows;
      } else {
        const rows = await call("people", { words: asks.words });
        if (asked === this.#asked) this.people = rows;
      }
      if (asked === this.#asked) this.read = book;
    } catch (error) {
      app.fail(error);
    }
  }

  /** Another book, from its beginning. */
  open(book: Book): void {
    this.words = "";
    this.row = null;
    this.merging = null;
    this.owner = null;
    this.body = null;
    this.read = null;
    void this.load(book);
  }

  turn(): void {
    const at = sieves.findIndex(([sieve]) => sieve === this.sieve);
    this.show(sieves[(at + 1) % sieves.length]?.[0] ?? "open");
  }

  show(sieve: Sieve): void {
    this.sieve = sieve;
    // Whoever has nothing left of it would hide the rest.
    if (this.owner !== null && !this.owners.some((one) => one.name === this.owner)) this.owner = null;
  }

  /** Says that an action is done, or open again. */
  async turnDone(row: ActionRow): Promise<void> {
    const label = row.done ? "action open again" : "action done";
    await this.#act("actions", { meeting: row.meeting, label }, () => call("action_done", { meeting: row.meeting, point: row.id, done: !row.done }));
  }

  /** Makes two persons one: under the name of the first. */
  async merge(one: DirectoryPerson, other: DirectoryPerson): Promise<void> {
    this.merging = null;
    const words = `${nameOf(one)} and ${nameOf(other)} are one person`;
    const done = await this.#act("people", { meeting: null }, async () => ({ ...(await call("person_merge", { one: one.id, other: other.id })), done: words }));
    if (done) this.row = this.#holding(one.meetings[0]?.participant)?.id ?? one.id;
  }

  /** Says that somebody else was at one of a person's meetings. */
  async split(there: PersonInMeeting): Promise<void> {
    const row = this.row;
    await this.#act("people", { meeting: there.meeting, label: "person split off" }, () => call("person_split", { meeting: there.meeting, participant: there.participant }));
    this.row = row;
  }

  #holding(participant: string | undefined): DirectoryPerson | undefined {
    return this.people.find((one) => one.meetings.some((there) => there.participant === participant));
  }

  async #act(book: Book, done: Done, doing: () => Promise<Captured>): Promise<boolean> {
    try {
      const { done: words } = await doing();
      app.say(words);
      this.#done.push(done);
      this.#undone = [];
      await this.load(book);
      return true;
    } catch (error) {
      app.fail(error);
      return false;
    }
  }

  /** Takes back what was done here last. Merging is remembered by the archive, so that it can be taken back later too. */
  async undo(book: Book): Promise<void> {
    await this.#turnBack(book, "undo", this.#done.pop() ?? (book === "people" ? { meeting: null } : undefined));
  }

  async redo(book: Book): Promise<void> {
    await this.#turnBack(book, "redo", this.#undone.pop() ?? (book === "people" ? { meeting: null } : undefined));
  }

  async #turnBack(book: Book, way: "undo" | "redo", last: Done | undefined): Promise<void> {
    const [word, nothing] = way === "undo" ? ["Undone", "Nothing to undo here"] : ["Done again", "Nothing to do again here"];
    if (last === undefined) return app.say(nothing);
    try {
      const { label, left } = await this.#back(way, last);
      if (label === null) return app.say(nothing);
      (way === "undo" ? this.#undone : this.#done).push(last);
      if (left.length > 0) app.say(`${word}: ${label}. Left as it is: ${left.join("; ")}`, "warning");
      else app.say(`${word}: ${label}`);
      await this.load(book);
    } catch (error) {
      app.fail(error);
    }
  }

  async #back(way: "undo" | "redo", last: Done): Promise<Undone> {
    if (last.meeting === null) return call(way === "undo" ? "person_merge_undo" : "person_merge_redo", {});
    // Something else may have been done in that meeting since: that is its own desk's to take back.
    const { [way]: next } = await call("desk", { meeting: last.meeting });
    if (next !== last.label) throw new Error("Something else was done in that meeting since; it is undone there");
    return call(way, { meeting: last.meeting });
  }

  /** The person of an id, or who took them in. */
  person(id: PersonId | null): DirectoryPerson | undefined {
    return id === null ? undefined : this.byId.get(id);
  }
}

/** What goes across meetings. */
export const register = new Register();
