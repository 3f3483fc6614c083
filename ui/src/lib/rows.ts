// How keys lead through the rows of a list.

const PAGE = 10;

/** By how many rows a key leads on (or back, below 0); null = it is no such key. Who moves stops at the ends. */
export function stepOf(key: string, rows: number): number | null {
  const steps: Record<string, number> = { ArrowDown: 1, ArrowUp: -1, PageDown: PAGE, PageUp: -PAGE, End: rows, Home: -rows };
  return Object.hasOwn(steps, key) ? (steps[key] ?? null) : null;
}

/** The row that a step leads to, from one's place; none where there are no rows. */
export function stepped<Row>(rows: readonly Row[], at: number, by: number): Row | undefined {
  return rows[Math.max(0, Math.min(rows.length - 1, at + by))];
}
