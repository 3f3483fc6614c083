// How a participant is written so that the core finds them again. What would not be found is never written.

import type { DeskParticipant } from "./bindings";

/** A name made comparable, as the core does it. */
export function folded(text: string): string {
  return text
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[_.]/gu, " ")
    .replace(/[’ʼʻ‘`]/gu, "'")
    .replace(/[‐‑–]/gu, "-")
    .normalize("NFD")
    .replace(/[\u0300-\u036f]/gu, "")
    .replace(/ß/gu, "ss")
    .replace(/æ/gu, "ae")
    .replace(/œ/gu, "oe")
    .replace(/ø/gu, "o")
    .replace(/ł/gu, "l")
    .replace(/[đð]/gu, "d")
    .replace(/þ/gu, "th")
    .replace(/ħ/gu, "h")
    .replace(/ı/gu, "i")
    .replace(/ς/gu, "σ")
    .normalize("NFC")
    .trim()
    .replace(/\s+/gu, " ");
}

function closed(text: string): string {
  return folded(text).replaceAll(" ", "");
}

/** Whether a form is one's name, initials or alias. */
function means(form: string, { name, short, initials, aliases }: DeskParticipant): boolean {
  if ([name, ...aliases].some((one) => folded(one) === folded(form))) return true;
  // One letter that was only taken from the name tells nobody.
  return (initials.trim() !== "" || [...short].length > 1) && short !== "" && closed(short) === closed(form);
}

/** Whether a form means this participant and nobody else. */
function settles(form: string, one: DeskParticipant, all: readonly DeskParticipant[]): boolean {
  return form.trim() !== "" && means(form, one) && !all.some((other) => other.id !== one.id && means(form, other));
}

/** Whether a name of the list can stand before a colon: the core knows it there whatever it looks like, unless the line is cut elsewhere or begins with a sign or word that means something else. */
function leads(form: string): boolean {
  return /^[\p{L}\p{N}_]/u.test(form) && !/[:：]/u.test(form) && !/^(?:[si][/|]|action\s)/iu.test(form);
}

/** Whether initials can stand where names do. "Yes." ends a sentence. */
function isNick(short: string): boolean {
  return /^(?=.*\p{L})[\p{L}\p{M}\p{N}_.'’-]+$/u.test(short) && !/\p{L}{3,}\.$/u.test(short);
}

/** Whether a name can stand at the head of an action: nothing in it parts names, or ends them. */
function owns(form: string): boolean {
  return leads(form) && !/[,，、/&]|\s(?:and|\+|to|will|shall|should|must)(?:\s|$)/iu.test(form);
}

/** Whether a form can stand in a list of names. */
function lists(form: string): boolean {
  const words = form.split(" ");
  const high = (word: string | undefined): boolean => word !== undefined && /^\p{L}/u.test(word) && !/^\p{Ll}/u.test(word);
  const spelled = /^[\p{L}\p{N}_]/u.test(form) && !/[:：!?"<>,，、;&]/u.test(form) && !words.some((word) => /^(?:and|to)$/iu.test(word));
  return spelled && form.length <= 80 && (words.length < 4 || (words.length <= 8 && high(words[0]) && high(words.at(-1))));
}

/** `Jun Sato (Port of Aomi)`, with as much of a role as it takes and a list can have. */
function byRole(one: DeskParticipant, all: readonly DeskParticipant[]): string | null {
  const others = all.filter((other) => other.id !== one.id && means(one.name, other));
  for (const role of one.roles) {
    if (role.includes(")") || role.includes("(")) continue;
    const words = role.split(" ");
    for (let count = words.length; count > 0; count -= 1) {
      const part = words.slice(0, count).join(" ");
      const alone = !others.some((other) => other.roles.some((own) => own.toLowerCase().startsWith(part.toLowerCase())));
      const form = `${one.name} (${part})`;
      if (alone && lists(form)) return form;
    }
  }
  return null;
}

/** Where a name is written: before a colon, in a list that takes roles, or where a bare name has to do. */
export type Spot = "speaker" | "list" | "bare";

/** What a participant is written as; none = nothing that stands here would mean them alone. */
export function formOf(one: DeskParticipant, all: readonly DeskParticipant[], spot: Spot): string | null {
  const fit = { speaker: leads, list: lists, bare: owns }[spot];
  const role = spot === "list" ? byRole(one, all) : null;
  // Initials are on no list of names: they have to look like a name.
  const short = spot === "list" || isNick(one.short) ? one.short : null;
  for (const form of [one.name, role, short, ...one.aliases]) {
    if (form !== null && fit(form) && (form === role || settles(form, one, all))) return form;
  }
  return null;
}
