// The parts of the window, in three pieces: the engine reads a program whole before it draws anything, so the first
// picture comes with what it needs, and the other pieces are fetched behind it.

import { app } from "./lib/state/app.svelte";

type Meeting = typeof import("./views/Meeting.svelte").default;
/** What is neither the library nor the desk. */
export type Rest = typeof import("./rest");

class Behind {
  meeting = $state.raw<Meeting | null>(null);
  rest = $state.raw<Rest | null>(null);

  /** Fetches the view of a meeting. */
  fetchMeeting(): Promise<void> {
    return this.#fetch(async () => {
      this.meeting ??= (await import("./views/Meeting.svelte")).default;
    });
  }

  /** Fetches all that is not there yet. */
  async fetch(): Promise<void> {
    await this.fetchMeeting();
    await this.#fetch(async () => {
      this.rest ??= await import("./rest");
    });
  }

  /** They are part of the program: where one cannot be had, it is damaged. */
  async #fetch(fetching: () => Promise<void>): Promise<void> {
    try {
      await fetching();
    } catch (error) {
      app.fail(error);
    }
  }
}

/** The parts that are there by now. */
export const behind = new Behind();
