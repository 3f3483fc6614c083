// The lines on their way to the disk, and the unfinished one. Nothing typed is ever given up: a line leaves this list
// only when the core has said that it is saved, or when the writer takes it back.

import type { Captured, Code, PointId } from "../bindings";
import { afterFrame } from "../frame";
import { freshId } from "../id";

/** A line that was entered and is not yet known to be saved. */
export interface Line {
  /** Goes with every try, so that a line whose answer was lost is not saved twice. */
  readonly id: PointId;
  readonly text: string;
  readonly at: number;
  /** When it is seen among the points: what came of it is shown after that, and does not hold it up. */
  readonly seen: Promise<void>;
  /** What was done before it was entered, where that has not been answered yet: the line is sent after it. */
  readonly behind: Promise<unknown> | null;
  /** Why the last try failed; none = none has. */
  trouble: string | null;
  /** Its code, for a short word. */
  code: Code | null;
  /** The core will not take it as it is: trying again alone will not help. */
  refused: boolean;
}

/** How lines reach the core, and how it is told about what came of them. */
export interface Outlet {
  capture(line: string, id: PointId): Promise<Captured>;
  storeDraft(text: string): Promise<void>;
  /** What else was done and has not been answered; null = nothing. It must not fail. */
  before?(): Promise<unknown> | null;
  saved(line: Line, captured: Captured): void;
}

const AGAIN = [500, 1000, 2000, 5000];
const DRAFT_AFTER = 120;
/** Within so many milliseconds a letter is mostly drawn. To ask for the frame itself would hold it up. */
const LETTER = 8;
const REFUSALS: readonly Code[] = ["invalid", "not_found", "newer", "not_an_archive"];

/** The bar's text, and the lines in order. */
export class Lines {
  draft = $state("");
  waiting = $state<Line[]>([]);
  savedAt = $state<number | null>(null);
  draftTrouble = $state<string | null>(null);

  /** The first line in trouble; those behind it wait. */
  readonly trouble = $derived(this.waiting.find((line) => line.trouble !== null) ?? null);

  #busy = false;
  #tries = 0;
  #again: ReturnType<typeof setTimeout> | null = null;
  #draftTimer: ReturnType<typeof setTimeout> | null = null;
  #stored = "";
  #storing: Promise<void> | null = null;
  #closed = false;
  /** What a letter just typed asks for, and has not been done yet. */
  #late: (() => void) | null = null;
  /** Those who wait until a line is on the disk, or in trouble. */
  #until: { id: PointId; done: () => void }[] = [];

  constructor(readonly outlet: Outlet) {}

  /** When all lines entered so far are on the disk; where one is in trouble, nobody waits for it. */
  async sent(): Promise<void> {
    const last = this.waiting.at(-1);
    if (last === undefined || this.trouble !== null) return;
    await new Promise<void>((done) => this.#until.push({ id: last.id, done }));
  }

  #tellSent(): void {
    const waits = new Set(this.trouble === null ? this.waiting.map((line) => line.id) : []);
    const over = this.#until.filter(({ id }) => !waits.has(id));
    this.#until = this.#until.filter(({ id }) => waits.has(id));
    for (const { done } of over) done();
  }

  /**
   * What follows from a letter is done when the letter is seen, so that it shows at once; of two letters in one frame, what
   * the second asks for. Whoever reads or changes the draft does it first.
   */
  late(what: () => void): void {
    if (this.#late === null) setTimeout(() => this.now(), LETTER);
    this.#late = what;
  }

  /** Does at once what was left for later. */
  now(): void {
    const what = this.#late;
    this.#late = null;
    what?.();
  }

  /** Whether something was left for later. */
  get hasLate(): boolean {
    return this.#late !== null;
  }

  /** Takes up the draft that an earlier run left, unless somebody types already. */
  restore(text: string): void {
    this.now();
    if (this.draft !== "") return;
    this.draft = text;
    this.#stored = text;
  }

  /** The bar's text has changed. */
  type(text: string): void {
    this.draft = text;
    this.#draftSoon();
  }

  /** Enters lines, each its own; the bar is empty afterwards. */
  enter(texts: readonly string[], now: number = Date.now()): void {
    this.now();
    const seen = new Promise<void>(afterFrame);
    for (const text of texts) {
      if (text.trim() === "") continue;
      const behind = this.outlet.before?.() ?? null;
      this.waiting.push({ id: freshId(now), text, at: now, seen, behind, trouble: null, code: null, refused: false });
    }
    this.draft = "";
    // What the disk holds as draft still has the line, until the line itself is there.
    void this.#send();
  }

  /** Tries at once. */
  retry(): void {
    if (this.#again !== null) clearTimeout(this.#again);
    this.#again = null;
    for (const line of this.waiting) line.refused = false;
    void this.#send();
  }

  /** Takes a line in trouble back into the bar; the lines behind it go on. */
  takeBack(id: PointId): void {
    this.now();
    const line = this.waiting.find((one) => one.id === id);
    if (line === undefined || line.trouble === null) return;
    this.waiting = this.waiting.filter((one) => one.id !== id);
    this.draft = this.draft === "" ? line.text : `${line.text}\n${this.draft}`;
    this.#draftSoon();
    this.retry();
  }

  /** Stores the draft now and stops trying. */
  async close(): Promise<void> {
    this.now();
    this.#closed = true;
    if (this.#again !== null) clearTimeout(this.#again);
    if (this.#draftTimer !== null) clearTimeout(this.#draftTimer);
    await this.#storing;
    await this.#storeDraft();
  }

  async #send(): Promise<void> {
    if (this.#busy || this.#again !== null) return;
    this.#busy = true;
    try {
      for (let line = this.waiting[0]; line !== undefined; line = this.waiting[0]) {
        if (line.refused) break;
        try {
          if (line.behind !== null) await line.behind;
          const captured = await this.outlet.capture(line.text, line.id);
          await line.seen;
          this.#tries = 0;
          const { id } = line;
          this.waiting = this.waiting.filter((one) => one.id !== id);
          this.savedAt = Date.now();
          this.outlet.saved(line, captured);
          this.#tellSent();
        } catch (error) {
          line.trouble = error instanceof Error ? error.message : String(error);
          line.code = (error as { code?: Code }).code ?? "io";
          line.refused = REFUSALS.includes(line.code);
          if (!line.refused) this.#tryLater();
          this.#tellSent();
          break;
        }
      }
    } finally {
      this.#busy = false;
    }
    this.#draftSoon();
  }

  #tryLater(): void {
    if (this.#closed) return;
    const wait = AGAIN[Math.min(this.#tries, AGAIN.length - 1)] ?? 5000;
    this.#tries += 1;
    this.#again = setTimeout(() => {
      this.#again = null;
      void this.#send();
    }, wait);
  }

  /** While one types on, the draft is stored every `DRAFT_AFTER` ms, not only when the typing stops. */
  #draftSoon(): void {
    this.#draftTimer ??= setTimeout(() => {
      this.#draftTimer = null;
      this.#storing = this.#storeDraft().finally(() => {
        this.#storing = null;
      });
    }, DRAFT_AFTER);
  }

  async #storeDraft(): Promise<void> {
    // Lines that are not saved yet are kept with it.
    const text = [...this.waiting.map((line) => line.text), ...(this.draft === "" ? [] : [this.draft])].join("\n");
    if (text === this.#stored) {
      // What could not be stored is no longer wanted: its lines are saved.
      this.draftTrouble = null;
      return;
    }
    try {
      await this.outlet.storeDraft(text);
      this.#stored = text;
      this.draftTrouble = null;
    } catch (error) {
      this.draftTrouble = error instanceof Error ? error.message : String(error);
      if (!this.#closed) setTimeout(() => this.#draftSoon(), 1000);
    }
  }
}
