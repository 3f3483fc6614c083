// Whether one points. A pointer that was only left somewhere marks nothing: rows that come to lie under it while one types
// would change their ground, and each change is drawn.

/** When a key has been pressed, its letter is drawn before anything else is. */
const DRAWN = 50;

/** Keeps on `root` whether one points (`data-hand="pointer"`) or works by keys; the answer ends it. */
export function pointing(root: HTMLElement, window: Window): () => void {
  let at = "";
  let over: ReturnType<typeof setTimeout> | undefined;
  const points = (): void => {
    clearTimeout(over);
    over = undefined;
    if (root.dataset["hand"] !== "pointer") root.dataset["hand"] = "pointer";
  };
  /** Engines tell of a move, too, when the page moves under a pointer that rests, or comes there first. */
  const moved = ({ screenX, screenY }: MouseEvent): void => {
    const now = `${screenX} ${screenY}`;
    if (at !== "" && now !== at) points();
    at = now;
  };
  const pressed = ({ key }: KeyboardEvent): void => {
    if (root.dataset["hand"] === undefined || ["Control", "Shift", "Alt", "Meta"].includes(key)) return;
    over ??= setTimeout(() => {
      over = undefined;
      delete root.dataset["hand"];
    }, DRAWN);
  };
  const heard = [
    ["pointermove", moved],
    ["pointerdown", points],
    ["keydown", pressed],
  ] as const;
  for (const [what, does] of heard) window.addEventListener(what, does as EventListener, { capture: true, passive: true });
  return () => {
    clearTimeout(over);
    for (const [what, does] of heard) window.removeEventListener(what, does as EventListener, { capture: true });
  };
}
