// The words that the window has for what the record calls by short names.

import type { Code, Duty, ItemState, Kind, MeetingState, Naming, ParticipantState, TurnKind } from "./bindings";

export const kinds: Record<Kind, string> = {
  remark: "",
  decision: "Decision",
  action: "Action",
  question: "Question",
  proposal: "Proposal",
  information: "Information",
};

/** What says a point's kind before its text; empty for a remark. */
export function kindWord(kind: Kind | null, internal = false): string {
  return [internal ? "Internal" : "", kind === null ? "" : kinds[kind]].filter(Boolean).join(", ");
}

export const itemStates: Record<ItemState, string> = {
  pending: "",
  open: "",
  done: "",
  deferred: "deferred",
  skipped: "skipped",
  no_update: "no update",
};

export const meetingStates: Record<MeetingState, string> = {
  planned: "planned",
  live: "LIVE",
  paused: "paused",
  ended: "ended",
};

export const participantStates: Record<ParticipantState, string> = {
  expected: "expected",
  present: "present",
  apologies: "apologies",
  absent: "absent",
};

export const duties: Record<Duty, string> = {
  none: "",
  moderator: "moderator",
  rapporteur: "rapporteur",
  both: "moderator, rapporteur",
};

export const turnKinds: Record<TurnKind, string> = {
  new_topic: "New topic",
  reply: "Reply",
  clarifying: "Clarifying question",
  point_of_order: "Point of order",
};

/** How people are named. */
export const namings: Record<Naming, string> = {
  name: "by name",
  role: "by role",
  group: "by group",
  unnamed: "not at all",
};

/** Why something was not saved, in a word or two. */
export const reasons: Record<Code, string> = {
  not_found: "it refers to something that is not there",
  invalid: "it was refused",
  read_only: "the archive can only be read",
  disk_full: "the disk is full",
  damaged: "the archive is damaged",
  newer: "the archive is of a newer Minuta",
  not_an_archive: "the file is no archive",
  busy: "another program is writing",
  no_contact: "there is no contact with the others",
  io: "the disk does not answer",
  internal: "a defect in Minuta",
};

/** `1,000`. The engine's own way loads its tables of languages first, for which a start would wait 9 ms. */
export const grouped = (count: number): string => String(count).replace(/\B(?=(?:\d{3})+$)/g, ",");

/** `1 point`, `2 points`. */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${grouped(count)} ${count === 1 ? one : many}`;
}

/** Why something was not done, as a sentence. */
export function sentence(error: unknown): string {
  const words = error instanceof Error ? error.message : String(error);
  return `${words.charAt(0).toLocaleUpperCase()}${words.slice(1)}${/[.!?]$/u.test(words) ? "" : "."}`;
}
