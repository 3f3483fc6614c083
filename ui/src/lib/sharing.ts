// Who is here and how a shared meeting stands, in words.

import type { Followed, Present, Reason, Role, ShareState } from "./bindings";
import { minute } from "./time";
import { counted, grouped } from "./words";

export const roles: Record<Role, string> = { owner: "owner", scribe: "scribe", editor: "editor", observer: "observer" };

/** What a role may do, for who is about to give it. */
export const may: Record<Exclude<Role, "owner">, string> = {
  scribe: "reads and writes everything, off the record too",
  editor: "reads and writes all but what is off the record",
  observer: "reads all but what is off the record",
};

export const asides: Record<Reason, string> = {
  unsigned: "unsigned",
  forged: "forged",
  tampered: "changed on its way",
  no_right: "by somebody without the right",
  unknown_key: "sealed with a key that is not here",
  waiting: "waits for an earlier change",
  malformed: "not to be understood",
};

/** Who gave no name is called this. */
export function nameOf(one: { name: string; role: Role }): string {
  return one.name.trim() === "" ? `an unnamed ${roles[one.role]}` : one.name;
}

/** The first letters of the first and the last word: `AB`. */
export function initials(name: string): string {
  const words = name.trim().split(/\s+/u).filter((word) => /[\p{L}\p{N}]/u.test(word));
  const first = (word: string | undefined): string => /[\p{L}\p{N}]/u.exec(word ?? "")?.[0]?.toLocaleUpperCase() ?? "";
  const found = first(words[0]) + (words.length > 1 ? first(words.at(-1)) : "");
  return found === "" ? "?" : found;
}

/** What is needed to say where somebody is. */
export interface Places {
  items: ReadonlyMap<string, { label: string; title: string }>;
  points: readonly { id: string; text: string }[];
}

/** `writes in “The lamp is out.”`, `at item 2, Lights`; empty where that is not known. */
export function where({ whereabouts }: Present, { items, points }: Places): string {
  const item = whereabouts.item === null ? undefined : items.get(whereabouts.item);
  if (whereabouts.point !== null) {
    const point = points.find((one) => one.id === whereabouts.point);
    if (point !== undefined) return `writes in “${point.text.length > 40 ? `${point.text.slice(0, 40).trimEnd()}…` : point.text}”`;
    return item === undefined ? "writes in a point" : `writes in a point of item ${item.label}`;
  }
  return item === undefined ? "" : `at item ${item.label}, ${item.title}`;
}

/** Who else has which point open. */
export function writers(stands: Followed | null): ReadonlyMap<string, readonly Present[]> {
  const found = new Map<string, Present[]>();
  for (const one of stands?.present ?? []) {
    const { point } = one.whereabouts;
    if (point !== null) found.set(point, [...(found.get(point) ?? []), one]);
  }
  return found;
}

/** The two lines of the top bar. */
export interface Told {
  /** Above: initials of who is here, or what is amiss. */
  initials: readonly string[];
  more: number;
  head: string;
  warns: boolean;
  below: string;
}

const SHOWN = 3;

/** How a meeting stands, in the fewest words; none where it is not shared. */
export function told(stands: Followed | null, state: ShareState | null, zone: string): Told | null {
  if (state === null) return null;
  const waiting = stands?.waiting ?? state.waiting;
  const unsent = waiting > 0 ? `${grouped(waiting)} waiting` : "";
  const none = { initials: [], more: 0, warns: false };
  if (state.standing === "withdrawn") return { ...none, head: "Withdrawn", warns: true, below: "nothing goes out any more" };
  if (state.standing === "unproved") return { ...none, head: "Not known", warns: true, below: "join again" };
  if (stands === null ? state.servers.length === 0 : !stands.hub) return { ...none, head: "Shared by file", below: "no hub" };
  if (stands?.connected === true) {
    const names = stands.present.map((one) => initials(one.name));
    const below = unsent || (state.role === "observer" ? "you read along" : names.length === 0 ? "connected" : names.length === 1 ? "is here" : "are here");
    return { initials: names.slice(0, SHOWN), more: Math.max(0, names.length - SHOWN), head: names.length === 0 ? "Nobody else" : "", warns: false, below };
  }
  if (stands === null || stands.reason === "") return { ...none, head: "Connecting", below: unsent || "to the hub" };
  const contact = stands.contact ?? state.contact;
  return { ...none, head: "No contact", warns: true, below: unsent || (contact === null ? "never yet" : `since ${minute(contact, zone)}`) };
}

/** The same at length: for the panel, and for who points at it. */
export function atLength(stands: Followed | null, state: ShareState, zone: string): string {
  const waiting = stands?.waiting ?? state.waiting;
  const contact = stands?.contact ?? state.contact;
  const unsent = waiting === 0 ? "All that was written here has been sent." : `${counted(waiting, "change")} of this laptop ${waiting === 1 ? "waits" : "wait"} to be sent.`;
  if (state.standing === "withdrawn") return "Your right in this meeting was withdrawn. What you write stays on this laptop.";
  if (state.standing === "unproved") return "This laptop's file was damaged, and cannot prove any more who it is. All that was written is kept. Ask the meeting's owner for a new invitation and join again: what was not sent yet is sent then.";
  if (stands === null ? state.servers.length === 0 : !stands.hub) return "There is no hub: this meeting goes from laptop to laptop by file.";
  if (stands?.connected === true) return `Connected with the hub. ${unsent}`;
  if (stands === null || stands.reason === "") return `Connecting with the hub. ${unsent}`;
  const since = contact === null ? "The hub was never reached yet" : `Last contact at ${minute(contact, zone)}`;
  const reason = stands.reason.replace(/[.\s]+$/u, "");
  return `No contact: ${reason}. ${since}; it is tried again and again. ${unsent}`;
}

/** The servers that somebody has typed: parted by commas or spaces. */
export function servers(typed: string): string[] {
  return typed.split(/[\s,]+/u).filter(Boolean);
}
