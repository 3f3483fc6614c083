// What two laptops set at once: which key settles it how, and where versions differ.

import type { Contested, SettleAs } from "./bindings";

/** What the top bar says. */
export function toSettle(count: number): string {
  return `${count} to settle`;
}

/** What a key does to what is contested: a version by its digit, 0 as the record shows it; none = nothing. */
export function choice(key: string, one: Contested): SettleAs | null {
  if (key === "0") return { as: "shown" };
  const version = /^[1-9]$/.test(key) ? one.versions[Number(key) - 1] : undefined;
  return version === undefined ? null : { as: "version", change: version.change };
}

/** The version to begin at: the first that the record does not show, since the other stands without a key. */
export function first(one: Contested): number {
  return Math.max(
    0,
    one.versions.findIndex((version) => !version.shown),
  );
}

/** Where each text differs from what begins and what ends all of them, whole words at a time; none where it does not. */
export function differing(texts: readonly string[]): (readonly [number, number])[] {
  const words = texts.map((text) => text.split(/(?<=\s)(?=\S)/u));
  const least = Math.min(...words.map((list) => list.length));
  const same = (place: (list: string[]) => string | undefined): boolean => words.every((list) => place(list)?.trim() === place(words[0] ?? [])?.trim());
  let head = 0;
  while (head < least && same((list) => list[head])) head += 1;
  let tail = 0;
  while (tail < least - head && same((list) => list.at(-1 - tail))) tail += 1;
  return words.map((list) => {
    const from = list.slice(0, head).join("").length;
    return [from, from + list.slice(head, list.length - tail).join("").trimEnd().length] as const;
  });
}
