// The archive as the library shows it, and what is searched in it.

import { call, Refused } from "../api";
import { hint } from "../keys";
import { learn } from "../time";
import type { Hit, Library, MeetingId, MeetingRow, NewMeeting } from "../bindings";

/** Meetings of one body. */
export interface Body {
  name: string;
  short: string;
  meetings: MeetingRow[];
}

/** What a search looks in. */
export type Sieve = "everything" | "decisions" | "actions" | "reports";

const HITS = 200;

class LibraryState {
  library = $state.raw<Library | null>(null);
  trouble = $state<Refused | null>(null);
  query = $state("");
  sieve = $state<Sieve>("everything");
  hits = $state.raw<Hit[]>([]);
  /** The query that `hits` answers. */
  answered = $state("");
  selected = $state<MeetingId | null>(null);
  /** The meeting that was deleted last, here or by undoing its import: it can be brought back. */
  gone = $state.raw<{ meeting: MeetingId; by: "delete" | "undo" } | null>(null);

  readonly meetings = $derived(this.library?.meetings ?? []);
  readonly bodies = $derived(byBody(this.meetings));
  readonly shown = $derived(this.hits.filter((hit) => passes(hit, this.sieve)));

  #asked = 0;

  async load(): Promise<void> {
    try {
      const found = await call("library", {});
      for (const [zone, spans] of Object.entries(found.clocks)) learn(zone, spans ?? []);
      this.library = found;
      this.trouble = null;
    } catch (error) {
      this.trouble = error as Refused;
    }
    if (this.query.trim() !== "") await this.search();
  }

  /** Searches; of two searches under way the later one counts. */
  async search(): Promise<void> {
    const query = this.query.trim();
    this.#asked += 1;
    const asked = this.#asked;
    const hits = query === "" ? [] : await call("search", { query, limit: HITS });
    if (asked !== this.#asked) return;
    this.hits = hits;
    this.answered = query;
  }

  async create(facts: NewMeeting): Promise<MeetingId> {
    const id = await call("meeting_new", facts);
    this.selected = id;
    await this.load();
    return id;
  }

  async delete(meeting: MeetingId): Promise<string> {
    const { done } = await call("meeting_delete", { meeting });
    this.gone = { meeting, by: "delete" };
    await this.load();
    return `${done}. ${hint("libraryUndo")} brings it back`;
  }

  /** Brings back what was deleted last: a deletion is taken back, an import that was undone is done again. */
  async bringBack(): Promise<string> {
    if (this.gone === null) return "Nothing was deleted here";
    const { meeting, by } = this.gone;
    const { label } = await call(by === "undo" ? "redo" : "undo", { meeting });
    this.gone = null;
    this.selected = meeting;
    await this.load();
    return label === null ? "It cannot be brought back from here" : "The meeting is back";
  }

  /** Makes the meeting that comes after this one in its series. */
  async next(meeting: MeetingId): Promise<MeetingId> {
    const id = await call("meeting_next", { meeting });
    this.selected = id;
    await this.load();
    return id;
  }
}

function byBody(meetings: readonly MeetingRow[]): Body[] {
  const found = new Map<string, Body>();
  for (const meeting of meetings) {
    const body = found.get(meeting.body) ?? { name: meeting.body, short: meeting.short, meetings: [] };
    body.meetings.push(meeting);
    found.set(meeting.body, body);
  }
  return [...found.values()];
}

function passes(hit: Hit, sieve: Sieve): boolean {
  if (sieve === "decisions") return hit.kind === "decision";
  if (sieve === "actions") return hit.kind === "action";
  return sieve === "everything" || hit.noun === "passage";
}

/** The library's state; it outlives its view, so that a search is still there when one comes back. */
export const library = new LibraryState();
