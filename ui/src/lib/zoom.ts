// How large the window is drawn.

const STEPS = [0.8, 0.9, 1, 1.1, 1.25, 1.5, 1.75, 2] as const;

/** The next size up or down; at the end it stays. */
export function stepped(zoom: number, by: 1 | -1): number {
  return by === 1 ? (STEPS.find((one) => one > zoom + 0.001) ?? 2) : (STEPS.findLast((one) => one < zoom - 0.001) ?? 0.8);
}

/** A size that was stored, kept within bounds. */
export function readZoom(stored: string | null): number {
  const zoom = Number(stored ?? 1);
  return Number.isFinite(zoom) && zoom > 0 ? Math.min(2, Math.max(0.8, zoom)) : 1;
}
