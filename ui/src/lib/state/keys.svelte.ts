// The keys as this user has them: read at the start, stored with every change.

import { call } from "../api";
import { asTable, clash, follow, readRebound, rebound, type ActionId, type Rebound } from "../keys";
import { app } from "./app.svelte";

const STORED = "keys";

class Keys {
  own = $state.raw<Rebound>(asTable);

  /** Until they are read, and where they cannot be, the keys are those of the table. */
  async start(): Promise<void> {
    follow(() => this.own);
    try {
      const stored = (await call("preferences", {})).find(({ key }) => key === STORED);
      if (stored !== undefined && stored.value !== "") this.own = readRebound(stored.value);
    } catch (error) {
      app.say(`The keys are as they come: ${error instanceof Error ? error.message : String(error)}`, "warning");
    }
  }

  /** Gives an action another key; answers why not, where it cannot have it. */
  async bind(id: ActionId, key: string): Promise<string | null> {
    const why = clash(id, key, this.own);
    if (why === null) await this.#store(rebound(this.own, id, key));
    return why;
  }

  /** Letters and signs alone are keys, or are not. */
  async turnSingles(): Promise<void> {
    await this.#store({ ...this.own, singles: !this.own.singles });
  }

  /** All as the table has it. */
  async reset(): Promise<void> {
    await this.#store(asTable);
  }

  async #store(own: Rebound): Promise<void> {
    this.own = own;
    try {
      await call("preference_set", { key: STORED, value: own === asTable ? "" : JSON.stringify(own) });
    } catch (error) {
      app.say(`The change holds until the window closes; it could not be stored: ${error instanceof Error ? error.message : String(error)}`, "warning");
    }
  }
}

/** The keys of this user. */
export const keys = new Keys();
