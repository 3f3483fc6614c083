// Which rows of a long list are in the page. Heights are guessed until a row was seen, then known.

/** Where rows stand: `tops[i]` is the upper edge of row i, in pixels; the last one is the height of all. */
export function tops(heights: readonly number[]): number[] {
  const found = new Array<number>(heights.length + 1);
  let sum = 0;
  found[0] = 0;
  for (let row = 0; row < heights.length; row += 1) {
    sum += heights[row] ?? 0;
    found[row + 1] = sum;
  }
  return found;
}

/** The row that covers a height; before the first it is 0, after the last the last. */
export function rowAt(edges: readonly number[], height: number): number {
  let low = 0;
  let high = Math.max(0, edges.length - 2);
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((edges[middle] ?? 0) <= height) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** Rows [from, to) to set, with `spare` pixels above and below what is seen. */
export function windowOf(
  edges: readonly number[],
  top: number,
  height: number,
  spare: number,
): { from: number; to: number } {
  const rows = edges.length - 1;
  if (rows <= 0) return { from: 0, to: 0 };
  return {
    from: rowAt(edges, Math.max(0, top - spare)),
    to: Math.min(rows, rowAt(edges, top + height + spare) + 1),
  };
}
