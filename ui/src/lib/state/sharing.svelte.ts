// The shared meeting on the page: how it stands, and where this page stands in it.

import { call, onSharing, stand } from "../api";
import type { Followed, MeetingId, ShareState, Whereabouts } from "../bindings";
import { writers } from "../sharing";

/** What this state asks of the window. */
export interface Window {
  stand(meeting: MeetingId | null, whereabouts: Whereabouts): Promise<Followed | null>;
  state(meeting: MeetingId): Promise<ShareState | null>;
}

const NOWHERE: Whereabouts = { item: null, point: null };
const NAME = "name";

/** How the meeting on the page is shared. */
export class Sharing {
  /** How it is followed; none where it is not, or nothing is known yet. */
  stands = $state.raw<Followed | null>(null);
  /** Who belongs to it; none where it is not shared. */
  state = $state.raw<ShareState | null>(null);
  /** Who else has which point open. */
  readonly writers = $derived(writers(this.stands));

  #meeting: MeetingId | null = null;
  #at: Whereabouts = NOWHERE;
  /** What is said to the window goes in its order. */
  #saying: Promise<void> = Promise.resolve();

  constructor(readonly window: Window = { stand, state: (meeting) => call("share_state", { meeting }) }) {}

  /** Hears from now on. */
  start(): Promise<() => void> {
    return onSharing((stands) => this.hear(stands));
  }

  hear(stands: Followed): void {
    if (stands.meeting !== this.#meeting) return;
    this.stands = stands;
    const { state } = this;
    if (state === null || state.aside !== stands.aside || state.standing !== stands.standing || state.role !== stands.role) void this.read();
  }

  /** The page shows this meeting. */
  async go(meeting: MeetingId): Promise<void> {
    if (this.#meeting !== meeting) {
      this.stands = null;
      this.state = null;
      this.#at = NOWHERE;
    }
    this.#meeting = meeting;
    await Promise.all([this.#say(), this.read()]);
  }

  /** The page shows this meeting no longer; if it shows another one by now, that one stays. */
  leave(meeting: MeetingId): void {
    if (this.#meeting !== meeting) return;
    this.#meeting = null;
    this.#at = NOWHERE;
    this.stands = null;
    this.state = null;
    void this.#say();
  }

  /** Where one is in it. */
  at(whereabouts: Whereabouts): void {
    if (whereabouts.item === this.#at.item && whereabouts.point === this.#at.point) return;
    this.#at = whereabouts;
    if (this.#meeting !== null) void this.#say();
  }

  /** Reads who belongs to it. */
  async read(): Promise<void> {
    const meeting = this.#meeting;
    if (meeting === null) return;
    try {
      const state = await this.window.state(meeting);
      if (this.#meeting === meeting) this.state = state;
    } catch {
      // What troubles the archive is said by what reads the meeting.
    }
  }

  #say(): Promise<void> {
    this.#saying = this.#saying.then(async () => {
      const meeting = this.#meeting;
      try {
        const stands = await this.window.stand(meeting, this.#at);
        if (stands !== null && meeting === this.#meeting && this.stands === null) this.stands = stands;
      } catch {
        // As above; the others go without knowing where one is.
      }
    });
    return this.#saying;
  }
}

/** The one of this window. */
export const sharing = new Sharing();

/** The name under which others see who works here, as it was given last. */
export function ownName(): string {
  return localStorage.getItem(NAME) ?? "";
}

export function keepName(name: string): void {
  localStorage.setItem(NAME, name.trim());
}
