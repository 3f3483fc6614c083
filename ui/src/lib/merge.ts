// Two changes of one text, brought together.

interface Change {
  from: number;
  to: number;
  put: string;
}

/** The one stretch in which two texts differ; none = they are the same. */
export function change(before: string, after: string): Change | null {
  if (before === after) return null;
  const least = Math.min(before.length, after.length);
  let head = 0;
  while (head < least && before[head] === after[head]) head += 1;
  let tail = 0;
  while (tail < least - head && before[before.length - 1 - tail] === after[after.length - 1 - tail]) tail += 1;
  return { from: head, to: before.length - tail, put: after.slice(head, after.length - tail) };
}

/** What came of `base` when one wrote `mine` and the other `theirs`. Where both wrote at one place, both texts stand there. */
export function merged(base: string, mine: string, theirs: string): string {
  const one = change(base, mine);
  const other = change(base, theirs);
  if (one === null) return theirs;
  if (other === null || mine === theirs) return mine;
  const [first, second] = one.from <= other.from ? [one, other] : [other, one];
  if (first.to <= second.from) return base.slice(0, first.from) + first.put + base.slice(first.to, second.from) + second.put + base.slice(second.to);
  const to = Math.max(first.to, second.to);
  return base.slice(0, first.from) + first.put + second.put + base.slice(to);
}
