// Rows for tests.

import type { DeskItem, DeskParticipant } from "./bindings";

/** A participant. */
export function participant(id: string, name: string, short: string, more: Partial<DeskParticipant> = {}): DeskParticipant {
  return {
    id,
    name,
    short,
    person: null,
    order: id,
    roles: [],
    group: "",
    initials: "",
    aliases: [],
    email: "",
    platform_id: "",
    duty: "none",
    state: "present",
    listed: true,
    nature: "person",
    presence: [], moderating: [], reporting: [],
    ...more,
  };
}

/** An agenda item. */
export function item(label: string, title: string, more: Partial<DeskItem> = {}): DeskItem {
  return {
    id: label,
    label,
    title,
    level: label.split(".").length,
    points: 0,
    unsettled: 0,
    parent: null,
    order: label,
    heading: "",
    number: "",
    presenter: null,
    planned: 0,
    open: [],
    state: "pending",
    ...more,
  };
}
