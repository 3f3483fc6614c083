// The items that a point may be moved to, narrowed by what is typed.

import type { DeskItem } from "./bindings";
import { bare } from "./roster";

/** Items whose number begins so, or a word of whose title does; a number typed in full comes first. */
export function itemsFor(items: readonly DeskItem[], typed: string): DeskItem[] {
  const text = bare(typed.trim());
  if (text === "") return [...items];
  const fit = items.filter(({ label, title, heading }) => {
    const words = bare(`${heading} ${title}`);
    return bare(label).startsWith(text) || words.startsWith(text) || words.includes(` ${text}`);
  });
  return fit.toSorted((one, other) => Number(bare(other.label) === text) - Number(bare(one.label) === text));
}
