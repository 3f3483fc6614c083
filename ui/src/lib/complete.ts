// What may come next in the line being typed: a name, an item, a word of the grammar. It only proposes; nothing here
// is taken but by Tab.

import type { Desk, DeskItem, DeskParticipant, ParticipantId } from "./bindings";
import { commands, wordIn } from "./grammar";
import { plain } from "./inline";
import { bare, candidates } from "./roster";
import { formOf, type Spot } from "./settle";
import { participantStates } from "./words";

/** One way to go on. */
export interface Choice {
  id: string;
  label: string;
  beside: string;
  /** What is put in; none = nothing would mean this participant alone. */
  insert: string | null;
}

/** The ways to go on, and what of the line they replace. */
export interface Completion {
  from: number;
  typed: string;
  choices: readonly Choice[];
  /** Asked for with `@`: arrows choose at once. */
  asked: boolean;
}

/** What the desk knows. */
export type Known = Pick<Desk, "participants" | "items" | "floor" | "recent" | "turns"> & {
  item: DeskItem | undefined;
  beside: ReadonlyMap<ParticipantId, string>;
};

const ITEM = /^(?:\/take|close item|agenda-|take up item|drop item)\s+/iu;
const TITLE = /^(?:(sub)?topic\s*[:：]|#(sub)?topic\s)\s*/iu;
const LIST = /^(?:(present|regrets?|apologies|chairs?|scribes?)\s*([+:：=-])|(qq?\+|q[-=])\s|(ack)\s)\s*/iu;
const OWNER = /^(?:.*[:：]\s*)?(?:action\s*[:：]|#action\s)\s*/iu;
const ACTION = /(?:^|[:：]\s*)(?:action\s*[:：]|#action\s)/iu;

/** What may come next where the caret stands, at the end of `line`. */
export function complete(line: string, known: Known): Completion | null {
  const found = at(line, known) ?? (line.includes("\n") || line.startsWith("\\") ? null : (items(line, known) ?? titles(line, known) ?? list(line, known) ?? owner(line, known) ?? words(line) ?? speaker(line, known)));
  if (found === null || found.choices.length === 0) return null;
  // It stands there already.
  return found.choices.length === 1 && found.choices[0]?.insert?.trim() === found.typed.trim() ? null : found;
}

/** The rest of a name behind what is typed, shown in the line. */
export function ghostOf({ typed, asked }: Completion, { insert }: Choice): string {
  if (insert === null || (typed === "" && !asked) || !insert.toLowerCase().startsWith(typed.toLowerCase())) return "";
  return typed === "" ? "" : insert.slice(typed.length).trimEnd();
}

function at(line: string, known: Known): Completion | null {
  const typed = /(?:^|\s)@(\S{0,40})$/u.exec(line)?.[1];
  if (typed === undefined) return null;
  const from = line.length - typed.length - 1;
  const spot: Spot = from === 0 ? "speaker" : ACTION.test(line) ? "bare" : "list";
  return { from, typed, choices: people(typed, spot, known), asked: true };
}

function items(line: string, { items, item }: Known): Completion | null {
  const head = ITEM.exec(line)?.[0];
  if (head === undefined) return null;
  const typed = line.slice(head.length);
  const open = /^close/iu.test(line);
  const rank = (one: DeskItem): number => (open ? (one.id === item?.id ? 0 : 1) : one.state === "pending" ? 0 : one.state === "deferred" ? 1 : 2);
  // A number that is no number is not understood.
  const fits = items.filter((one) => /^\d\S*$/u.test(one.label) && (one.label.startsWith(typed) || begins(plain(one.title), typed)));
  const choices = fits.toSorted((one, other) => rank(one) - rank(other)).map((one) => ({ id: one.id, label: one.label, beside: plain(one.title), insert: one.label }));
  // A whole number is chosen, though others begin so.
  return items.some((one) => one.label === typed) ? null : { from: head.length, typed, choices, asked: false };
}

function titles(line: string, { items, item }: Known): Completion | null {
  const head = TITLE.exec(line);
  if (head === null) return null;
  const typed = line.slice(head[0].length);
  const under = (head[1] ?? head[2]) === undefined ? null : (item?.parent ?? item?.id ?? null);
  const ahead = items.filter((one) => one.parent === under && one.state === "pending" && begins(plain(one.title), typed));
  return { from: head[0].length, typed, choices: ahead.map((one) => ({ id: one.id, label: plain(one.title), beside: one.label, insert: one.title })), asked: false };
}

function list(line: string, known: Known): Completion | null {
  const head = LIST.exec(line);
  if (head === null) return null;
  const rest = line.slice(head[0].length);
  const names = /^(?:.*[,，、;&]\s*)?/u.exec(rest)?.[0] ?? "";
  const typed = rest.slice(names.length);
  const [, group, sign, queue, ack] = head;
  // The reason has begun, or it is said with a word of its own.
  if (/(?:^|\s)to(?:\s|$)|[:：]/iu.test(rest) || (ack !== undefined && (names !== "" || /^n(?:ext?)?$/u.test(typed)))) return null;
  const waits = new Set(known.turns.filter((turn) => turn.began === null && turn.ended === null).map((turn) => turn.participant));
  const named = new Set(names.split(/[,，、;&]/u).map((name) => bare(name.trim())));
  const wanted = (one: DeskParticipant): boolean => {
    if (named.has(bare(one.name))) return false;
    if (queue?.endsWith("-")) return waits.has(one.id);
    if (group !== undefined && /^present/iu.test(group) && sign === "+") return one.state !== "present";
    if (group !== undefined && /^present/iu.test(group) && sign === "-") return one.state === "present";
    return true;
  };
  const choices = people(typed, "list", known, wanted);
  return { from: line.length - typed.length, typed, choices, asked: false };
}

function owner(line: string, known: Known): Completion | null {
  const head = OWNER.exec(line)?.[0];
  if (head === undefined) return null;
  const rest = line.slice(head.length);
  const typed = /(?:^|[,，、&]\s*|\sand\s+)([\p{Lu}\p{Lt}\p{Lo}][^,，、&:：]{0,40})$/u.exec(rest)?.[1];
  if (typed === undefined || /\s(?:to|will|shall|should|must|by)(?:\s|$)/iu.test(rest) || typed.split(" ").length > 4) return null;
  return { from: line.length - typed.length, typed, choices: people(typed, "bare", known), asked: false };
}

function words(line: string): Completion | null {
  const found = commands(line);
  return found.length === 0 ? null : { from: 0, typed: line, choices: found.map((word) => ({ id: `word-${word}`, label: word, beside: "", insert: wordIn(word) })), asked: false };
}

function speaker(line: string, known: Known): Completion | null {
  // Small letters begin a sentence, and seldom a name: as it is written.
  const written = ({ name }: DeskParticipant): boolean => name.startsWith(line);
  if (line.length > 2 && !/^[\p{Lu}\p{Lt}\p{Lo}]/u.test(line) && known.participants.some(written)) return { from: 0, typed: line, choices: people(line, "speaker", known, written), asked: false };
  if (!/^(?:[\p{Lu}\p{Lt}][^:：*.,;!?\n]{1,40}|\p{Lo}[^:：*.,;!?\n]{0,40})$/u.test(line) || line.split(" ").length > 4) return null;
  return { from: 0, typed: line, choices: people(line, "speaker", known), asked: false };
}

/** Participants who fit: who speaks and who presents first, then who spoke lately, then who is here. */
function people(typed: string, spot: Spot, known: Known, wanted: (one: DeskParticipant) => boolean = () => true): Choice[] {
  const { participants, floor, item, recent, beside } = known;
  const lately = new Map(recent.map((one, index) => [one.participant, index + 2]));
  const place = (one: DeskParticipant): number => (one.id === floor ? 0 : one.id === item?.presenter ? 1 : (lately.get(one.id) ?? 99));
  // The order of `candidates` (who is here, whose name itself begins so) decides among equals.
  const fits = candidates(participants, { from: 0, typed, place: spot === "speaker" ? "speaker" : "name" });
  const sorted = fits.filter(wanted).toSorted((one, other) => place(one) - place(other));
  return sorted.map((one) => {
    const form = formOf(one, participants, spot);
    const state = one.state === "present" ? "" : participantStates[one.state];
    const words = form === null ? "has no initials of their own" : [beside.get(one.id) ?? "", state].filter(Boolean).join(", ");
    return { id: one.id, label: one.name, beside: words, insert: form === null ? null : spot === "speaker" ? `${form}: ` : form };
  });
}

/** Whether a text, or a word of it, begins so. */
function begins(text: string, typed: string): boolean {
  const [whole, start] = [bare(text), bare(typed)];
  return whole.startsWith(start) || whole.split(/[\s-]+/u).some((word) => word.startsWith(start));
}
