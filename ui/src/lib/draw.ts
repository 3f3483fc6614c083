// A row of a list drawn to another place by the pointer. A key while it is drawn leaves everything as it was.

/** Where a row would go: before or behind another one, and how far down in the list that is. */
export interface Drop {
  beside: string;
  before: boolean;
  top: number;
}

/** What less is a click. */
const SLACK = 6;

/**
 * Follows the pointer from a press on a row. `key` names the rows' data attribute; `show` says where the row would go
 * (null = nowhere), `put` is called when it is let go there.
 */
export function draw(press: PointerEvent, box: HTMLElement, key: "point" | "turn", show: (drop: Drop | null) => void, put: (drop: Drop) => void): void {
  let drop: Drop | null = null;
  const move = (now: PointerEvent): void => {
    if (drop === null && Math.abs(now.clientY - press.clientY) < SLACK) return;
    // Beyond the list, its first or last row is meant.
    const list = box.getBoundingClientRect();
    const within = (at: number, from: number, to: number): number => Math.max(from + 1, Math.min(to - 1, at));
    const under = document.elementFromPoint(within(now.clientX, list.left, list.right), within(now.clientY, list.top, list.bottom))?.closest<HTMLElement>(`[data-${key}]`);
    const beside = under?.dataset[key];
    if (under == null || beside === undefined || !box.contains(under)) return;
    const edge = under.getBoundingClientRect();
    const before = now.clientY < edge.top + edge.height / 2;
    drop = { beside, before, top: (before ? edge.top : edge.bottom) - list.top + box.scrollTop };
    show(drop);
  };
  const end = (now: Event): void => {
    window.removeEventListener("pointermove", move);
    window.removeEventListener("pointerup", end);
    window.removeEventListener("pointercancel", end);
    window.removeEventListener("keydown", end, true);
    show(null);
    if (now.type === "pointerup" && drop !== null) put(drop);
  };
  window.addEventListener("pointermove", move);
  window.addEventListener("pointerup", end);
  window.addEventListener("pointercancel", end);
  window.addEventListener("keydown", end, true);
}
