/** From one place that shows the time to the next, in milliseconds: some frames. */
const APART = 80;

/** The time now, once a second, on the second. */
class Clock {
  now = $state(Date.now());
  // The same for what stands elsewhere, each a little later. Where two corners of the window change in one frame, WebKit
  // makes ready all that lies between them, which holds up a key that is pressed just then.
  agenda = $state(Date.now());
  points = $state(Date.now());
  aside = $state(Date.now());

  /** Runs while something shows it. */
  run(): () => void {
    const timers = new Map<string, ReturnType<typeof setTimeout>>();
    const later = (what: "agenda" | "points" | "aside", after: number): void => {
      timers.set(what, setTimeout(() => (this[what] = Date.now()), after));
    };
    const tick = (): void => {
      this.now = Date.now();
      later("agenda", APART);
      later("points", 2 * APART);
      later("aside", 3 * APART);
      timers.set("now", setTimeout(tick, 1000 - (this.now % 1000)));
    };
    tick();
    return () => timers.forEach((timer) => clearTimeout(timer));
  }
}

export const clock = new Clock();
