/** The time now, once a second, on the second. */
class Clock {
  now = $state(Date.now());

  /** Runs while something shows it. */
  run(): () => void {
    let timer: ReturnType<typeof setTimeout>;
    const tick = (): void => {
      this.now = Date.now();
      timer = setTimeout(tick, 1000 - (this.now % 1000));
    };
    tick();
    return () => clearTimeout(timer);
  }
}

export const clock = new Clock();
