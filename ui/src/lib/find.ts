// Finding an entry of the palette by words.

import { bare } from "./roster";

/** What can be found. */
export interface Entry {
  id: string;
  group: string;
  label: string;
  beside: string;
  can: boolean;
}

const GREAT = 100;

/** How well an entry fits; none = a word of the query is not in it. */
function fit(entry: Entry, words: readonly string[]): number | null {
  const label = bare(entry.label);
  const all = `${label} ${bare(entry.beside)} ${bare(entry.group)}`;
  const starts = all.split(/[^\p{L}\p{N}.]+/u);
  let sum = 0;
  for (const word of words) {
    if (starts.some((start) => start.startsWith(word))) sum += label.startsWith(word) ? 3 : label.includes(word) ? 2 : 1;
    else if (word.length > 2 && all.includes(word)) sum += 0.5;
    else return null;
  }
  return sum;
}

/** The entries that hold all words of the query: what can be done first, then the best, then the latest used. */
export function find<One extends Entry>(entries: readonly One[], query: string, recent: readonly string[]): One[] {
  const words = bare(query).split(/\s+/u).filter(Boolean);
  const late = new Map(recent.map((id, index) => [id, index] as const));
  const found = entries.flatMap((entry) => {
    const fits = fit(entry, words);
    return fits === null ? [] : [{ entry, fits, late: late.get(entry.id) ?? GREAT }];
  });
  return found.sort((one, other) => Number(other.entry.can) - Number(one.entry.can) || other.fits - one.fits || one.late - other.late).map(({ entry }) => entry);
}
