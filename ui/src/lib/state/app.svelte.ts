// What the window shows, and what it says.

import { actionFor, chord, type ActionId, type ActionIn, type Scope } from "../keys";
import { forgetEarly, setZoom, showWindow } from "../api";
import { beginsAt } from "../first";
import { afterFrame } from "../frame";
import type { CueId, MeetingId, PointId } from "../bindings";
import type { Book } from "../register";
import { readZoom, stepped } from "../zoom";

/** The views of a meeting. */
export type View = "desk" | "report" | "participants" | "transcript";

/** Where the window is. */
export type Place = { at: "library" } | { at: "import"; back: Place } | { at: "register"; book: Book } | { at: "meeting"; meeting: MeetingId; view: View; point: PointId | CueId | null };

/** A line said below, and to screen readers. */
export interface Said {
  text: string;
  tone: "well" | "warning";
  count: number;
}

/** A shared meeting as a file: its name, and where it lies. */
export interface SharedFile {
  name: string;
  path: string;
}

/** The ways to choose a theme. */
export type Theme = "system" | "light" | "dark";

/** What an action does where it is offered. Answering false lets the key go on to the page. */
export type Offer = Partial<Record<ActionId, () => unknown>>;

/** The same of one scope: offered in another, an action would have no key. */
export type OfferIn<In extends Scope> = Partial<Record<ActionIn<In>, () => unknown>>;

/** Something that the palette can go to or act upon, beside the actions. */
export interface Thing {
  id: string;
  group: string;
  label: string;
  beside: string;
  act: () => unknown;
}

const THEME = "theme";
const ZOOM = "zoom";
const RECENT = "recent";
const REMEMBERED = 8;

class App {
  place = $state<Place>({ at: "library" });
  said = $state<Said>({ text: "", tone: "well", count: 0 });
  /** What floats above the page. */
  float = $state<"palette" | "help" | "keys" | "export" | "phrases" | "review" | "share" | "join" | null>(null);
  /** The file of a shared meeting that was dropped, to be taken in by what floats. */
  shared = $state.raw<SharedFile | null>(null);
  theme = $state<Theme>("system");
  dark = $state(false);
  /** How large the window is drawn; 1 = as it comes. */
  zoom = $state(1);
  /** Whether the window has shown its first picture. */
  shown = $state(false);
  /** What screen readers hear. Each time an element of its own: one whose text changes is not always heard. */
  announced = $state.raw({ text: "" });
  /** What was done from the palette, the latest first. */
  recent = $state.raw<readonly string[]>([]);
  /** What the palette offers beside the actions; set by the page that has it. */
  things: () => readonly Thing[] = () => [];

  // Not state: effects offer and withdraw, and must not run for one another.
  #offers: readonly { scope: Scope; offer: Offer; active: () => boolean }[] = [];
  #count = 0;
  #drawn = false;
  #system: MediaQueryList | null = null;
  #back: HTMLElement | null = null;

  /** Goes where the window begins; reads the theme and follows the system's. */
  start(): void {
    const meeting = beginsAt(location.hash);
    if (meeting !== null) this.open(meeting);
    this.#system = window.matchMedia("(prefers-color-scheme: dark)");
    const stored = localStorage.getItem(THEME);
    this.theme = stored === "light" || stored === "dark" ? stored : "system";
    this.#system.addEventListener("change", () => this.#dress());
    this.#dress();
    this.recent = (localStorage.getItem(RECENT) ?? "").split(" ").filter(Boolean);
    this.zoom = readZoom(localStorage.getItem(ZOOM));
    if (this.zoom !== 1) void this.#size();
  }

  /** There is something to be seen: the window need be hidden no longer. */
  drawn(): void {
    if (this.#drawn) return;
    this.#drawn = true;
    forgetEarly();
    const show = (): void => {
      // The program shows it by itself if this fails.
      showWindow()
        .catch(() => {})
        .finally(() => afterFrame(() => (this.shown = true)));
    };
    // Where the engine draws in a hidden window, the first that is seen of it is the page and not its blank ground.
    if (document.visibilityState === "visible") afterFrame(show);
    else show();
  }

  /** Draws the window larger or smaller; 0 = as it comes. */
  resize(by: 1 | -1 | 0): void {
    this.zoom = by === 0 ? 1 : stepped(this.zoom, by);
    localStorage.setItem(ZOOM, String(this.zoom));
    this.say(`The size is ${Math.round(this.zoom * 100)} %`);
    void this.#size();
  }

  async #size(): Promise<void> {
    try {
      await setZoom(this.zoom);
      document.documentElement.style.setProperty("--zoom", String(this.zoom));
    } catch (error) {
      this.fail(error);
    }
  }

  /** Remembers what was done from the palette. */
  remember(id: string): void {
    this.recent = [id, ...this.recent.filter((one) => one !== id)].slice(0, REMEMBERED);
    localStorage.setItem(RECENT, this.recent.join(" "));
  }

  /** The next theme: system, light, dark. */
  turnTheme(): void {
    this.theme = this.theme === "system" ? "light" : this.theme === "light" ? "dark" : "system";
    localStorage.setItem(THEME, this.theme);
    this.#dress();
    this.say(this.theme === "system" ? "The theme follows the system" : `The theme is ${this.theme}`);
  }

  #dress(): void {
    this.dark = this.theme === "dark" || (this.theme === "system" && (this.#system?.matches ?? false));
    document.documentElement.dataset["theme"] = this.dark ? "dark" : "light";
  }

  say(text: string, tone: Said["tone"] = "well"): void {
    this.#count += 1;
    this.said = { text, tone, count: this.#count };
    this.announce(text);
  }

  /** Tells screen readers alone. */
  announce(text: string): void {
    this.announced = { text };
  }

  /** Says why something was not done. */
  fail(error: unknown): void {
    this.say(error instanceof Error ? error.message : String(error), "warning");
  }

  open(meeting: MeetingId, view: View = "desk", point: PointId | CueId | null = null): void {
    this.place = { at: "meeting", meeting, view, point };
  }

  show(view: View, point: PointId | CueId | null = null): void {
    if (this.place.at === "meeting") this.place = { ...this.place, view, point };
  }

  /** Looks through what goes across meetings. */
  browse(book: Book): void {
    this.place = { at: "register", book };
  }

  /** A file is looked at; what was shown comes back afterwards. */
  look(): void {
    if (this.place.at !== "import") this.place = { at: "import", back: this.place };
  }

  /** Back to where one was before a file was looked at. */
  back(): void {
    if (this.place.at === "import") this.place = this.place.back;
  }

  leave(): void {
    this.place = { at: "library" };
  }

  /** Opens what floats; closing it gives the focus back to where it was. */
  raise(float: NonNullable<App["float"]>): void {
    if (this.float === null) this.#back = document.activeElement instanceof HTMLElement ? document.activeElement : null;
    this.float = float;
  }

  /** Asks about a shared meeting that was dropped. */
  joining(file: SharedFile): void {
    this.raise("join");
    this.shared = file;
  }

  lower(): void {
    this.float = null;
    this.shared = null;
    const back = this.#back;
    this.#back = null;
    queueMicrotask(() => {
      if (back?.isConnected) back.focus();
    });
  }

  /** Offers actions while `active` holds; the answer takes the offer back. */
  offer<In extends Scope>(scope: In, offer: OfferIn<In>, active: () => boolean = () => true): () => void {
    const one: { scope: Scope; offer: Offer; active: () => boolean } = { scope, offer, active };
    this.#offers = [...this.#offers, one];
    return () => {
      this.#offers = this.#offers.filter((other) => other !== one);
    };
  }

  /** Whether an action can be done now. */
  can(id: ActionId): boolean {
    return this.#offers.some((one) => one.offer[id] !== undefined);
  }

  /** Does an action. */
  do(id: ActionId): void {
    this.#offers.findLast((one) => one.offer[id] !== undefined)?.offer[id]?.();
  }

  /** Hands a key to the innermost offer that knows it. */
  key(event: KeyboardEvent): void {
    if (event.defaultPrevented || event.isComposing || event.keyCode === 229) return;
    if (this.float !== null) {
      // Wherever the focus is, nobody is locked in.
      if (event.key === "Escape") this.lower();
      return;
    }
    const key = chord(event);
    for (const one of this.#offers.toReversed()) {
      if (!one.active()) continue;
      const id = actionFor(key, [one.scope]);
      const act = id === undefined ? undefined : one.offer[id];
      if (act !== undefined && act() !== false) {
        event.preventDefault();
        return;
      }
    }
  }
}

/** The window's state. */
export const app = new App();
