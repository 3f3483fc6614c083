// Names: telling namesakes apart, and completing what is being typed.

import type { DeskParticipant, ParticipantId } from "./bindings";

/** What stands beside each name that alone would not say who is meant. */
export function apart(participants: readonly DeskParticipant[]): Map<ParticipantId, string> {
  const count = new Map<string, number>();
  for (const { name } of participants) count.set(name, (count.get(name) ?? 0) + 1);
  const found = new Map<ParticipantId, string>();
  for (const { id, name, roles, group, short } of participants) {
    if ((count.get(name) ?? 0) > 1) found.set(id, roles[0] ?? (group || short));
  }
  return found;
}

/** Whether a name is in a script whose fonts have no medium weight: it is set strong then. */
export function isOfOther(name: string): boolean {
  return /\p{L}/u.test(name) && !/[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}]/u.test(name);
}

/** A name being typed: at a line's start, where it needs more than initials to count, or within. */
export interface Wanted {
  from: number;
  typed: string;
  place: "speaker" | "name";
}

/** Letters without case and accents. */
export function bare(text: string): string {
  return text
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .toLowerCase();
}

/** Participants whose name, initials or other names begin so; those who are here come first. */
export function candidates(participants: readonly DeskParticipant[], want: Wanted): DeskParticipant[] {
  const typed = bare(want.typed);
  const at = want.place === "name" || want.typed === "";
  const fits = participants.filter(({ name, short, aliases }) => {
    const whole = bare(name);
    if (whole.startsWith(typed)) return true;
    if ([short, ...aliases].some((other) => bare(other).startsWith(typed))) return typed !== "" || at;
    return typed.length > 1 && whole.split(/[\s-]+/u).some((word) => word.startsWith(typed));
  });
  const rank = (one: DeskParticipant): number => (one.state === "present" ? 0 : 2) + (bare(one.name).startsWith(typed) ? 0 : 1);
  return fits.sort((one, other) => rank(one) - rank(other));
}

/** Whom an unresolved name may mean: those whose name, or a word of it, begins so, or whose initials or other names are so. */
export function fits(participants: readonly DeskParticipant[], typed: string): DeskParticipant[] {
  const text = bare(typed.trim());
  if (text === "") return [];
  return participants.filter(({ name, short, aliases }) => {
    const whole = bare(name);
    if ([whole, short, ...aliases].some((other) => bare(other) === text)) return true;
    return text.length > 1 && (whole.startsWith(text) || whole.split(/[\s-]+/u).some((word) => word.startsWith(text)));
  });
}

/** How many UTF-16 units of a point's text only say who spoke: `Sato: ` or `@sato `. Unresolved points keep them as typed. */
export function leadOf(text: string, speaker: string): number {
  if (speaker === "") return 0;
  const at = text.startsWith("@") ? 1 : 0;
  if (!text.startsWith(speaker, at)) return 0;
  const rest = text.slice(at + speaker.length);
  const sign = (at === 1 ? /^\s*[:：]?\s*/u : /^\s*[:：]\s*/u).exec(rest)?.[0].length ?? 0;
  // All of it would be gone, or the name goes on: then it is text.
  return sign === 0 || sign === rest.length ? 0 : at + speaker.length + sign;
}
