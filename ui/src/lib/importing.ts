// A file before it is brought in: what becomes of its people, and how that is said.

import type { ImportAs, ImportChoice, ImportPerson, ImportPreview } from "./bindings";
import { counted } from "./words";

/** The most bytes that the core takes through the window. */
export const LARGEST = 16 * 1024 * 1024;

/** Bytes as they go to the core. */
export function inBase64(bytes: Uint8Array): string {
  let letters = "";
  // In pieces: a call takes no million arguments.
  for (let at = 0; at < bytes.length; at += 0x8000) letters += String.fromCharCode(...bytes.subarray(at, at + 0x8000));
  return btoa(letters);
}

/** Whether a file is a shared meeting, by its name. */
export function isShared(name: string): boolean {
  return /\.minuta$/i.test(name);
}

/** Whether a pasted text is worth looking at as a file: several lines. */
export function isFile(text: string): boolean {
  return text.trim().split("\n").length > 2;
}

/** Which of those whom it fits is chosen; -1 = none. */
function chosenOf(person: ImportPerson, becomes: ImportAs): number {
  return typeof becomes === "object" ? person.fits.findIndex((one) => one.participant === becomes.participant) : -1;
}

/** The one whom it fits, and of several the next; new where nobody does. */
export function accepted(person: ImportPerson, becomes: ImportAs, turn: boolean): ImportAs {
  const { fits } = person;
  const at = chosenOf(person, becomes);
  const one = turn || at < 0 ? fits[(at + 1) % Math.max(1, fits.length)] : fits[at];
  return one === undefined ? "new" : { participant: one.participant };
}

/** What becomes of somebody, in words. */
export function becomesWords(person: ImportPerson, becomes: ImportAs): { lead: string; name: string; beside: string } {
  if (becomes === "left_out") return { lead: "left out", name: "", beside: "" };
  const one = person.fits[chosenOf(person, becomes)];
  return one === undefined ? { lead: "new participant", name: "", beside: "" } : { lead: "is", name: one.name, beside: one.beside };
}

/** Why, or what to look at. */
export function whyWords(person: ImportPerson, becomes: ImportAs, decided: boolean, others: readonly string[], said = false): { words: string; warns: boolean } {
  if (becomes === "left_out") return { words: said ? "what they said stays, unresolved" : "", warns: false };
  const twice = typeof becomes === "object" && others.length > 0;
  if (twice) return { words: `with ${others.join(", ")} of this file`, warns: !decided };
  if (typeof becomes === "object") {
    if (decided && person.by === "likeness") return { words: "as you said", warns: false };
    if (person.by === "address") return { words: "the same address", warns: false };
    if (person.by === "alias") return { words: "by an alias or initials", warns: false };
    return { words: "by the name alone", warns: false };
  }
  if (decided) return { words: "", warns: false };
  const [first, ...more] = person.fits;
  if (first !== undefined) return { words: `${[first.name, first.beside].filter(Boolean).join(", ")}${more.length > 0 ? ` or ${counted(more.length, "other")}` : ""}: same person?`, warns: true };
  if (person.again.length > 0) return { words: "stands twice in this file: same person?", warns: true };
  return { words: "", warns: false };
}

/** Everybody of a file who becomes the same participant as this one. */
export function together(people: readonly ImportPerson[], chosen: readonly ImportAs[], at: number): string[] {
  const one = chosen[at];
  if (typeof one !== "object") return [];
  return people.filter((_, index) => {
    const other = chosen[index];
    return index !== at && typeof other === "object" && other.participant === one.participant;
  }).map(({ name }) => name);
}

/** What stands beside somebody's name. */
export function besideWords({ roles, group, email, nature, stretches }: ImportPerson): string {
  const kind = nature === "person" ? "" : nature;
  return [kind, ...roles, group, email, stretches > 1 ? `there ${stretches} times` : ""].filter(Boolean).join(" · ");
}

/** How many become what. */
export function tally(people: readonly ImportPerson[], chosen: readonly ImportAs[], decided: ReadonlySet<number>): { words: string; open: number } {
  const known = chosen.filter((one) => typeof one === "object").length;
  const fresh = chosen.filter((one) => one === "new").length;
  const out = chosen.filter((one) => one === "left_out").length;
  const open = people.filter((person, index) => whyWords(person, chosen[index] ?? "new", decided.has(index), together(people, chosen, index)).warns).length;
  return { words: [known > 0 ? `${known} known` : "", fresh > 0 ? `${fresh} new` : "", out > 0 ? `${out} left out` : ""].filter(Boolean).join(" · "), open };
}

/** What comes in, beside the people. */
export function bringsWords({ people, items, points, passages, cues }: ImportPreview): string {
  const parts: [number, string, string][] = [
    [people.length, "person", "people"],
    [items, "agenda item", "agenda items"],
    [points, "point", "points"],
    [passages, "passage", "passages"],
    [cues, "line of a transcript", "lines of a transcript"],
  ];
  const words = parts.filter(([count]) => count > 0).map(([count, one, many]) => counted(count, one, many));
  return words.length === 0 ? "nothing new" : words.join(", ");
}

/** Kinds of files in which people are listed, and nobody says anything. */
const LISTS = new Set(["people", "zoom", "teams", "webex", "meet", "bigbluebutton", "calendar"]);

/** Whether the people of a file may have said something in it. */
export function speaks({ kind, points, cues }: ImportPreview): boolean {
  return points + cues > 0 && !LISTS.has(kind.word);
}

/** The choices as the core takes them. */
export function choicesOf(people: readonly ImportPerson[], chosen: readonly ImportAs[]): ImportChoice[] {
  return people.map(({ of, name, proposed }, index) => ({ of, name, as: chosen[index] ?? proposed }));
}
