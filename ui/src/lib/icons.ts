// The signs, drawn on 16 × 16 with a stroke of 1.5.

/** Path data of each sign; `filled` ones are painted. */
export const icons = {
  action: "M13 7.5V12a1 1 0 0 1-1 1H4a1 1 0 0 1-1-1V4a1 1 0 0 1 1-1h5.5M5.8 7.5l2 2L13.5 3.8",
  apologies: "M5 5l6 6M11 5l-6 6",
  absent: "M5 8h6",
  back: "M10 3.5L5.5 8l4.5 4.5",
  aside: "M4 8h8",
  check: "M3.5 8.5l3 3 6-7",
  clarifying: "M5.5 6a2.5 2.5 0 1 1 3.8 2.1C8.4 8.7 8 9.1 8 10M8 12.6v.1",
  clock: "M8 2.5a5.5 5.5 0 1 0 0 11a5.5 5.5 0 1 0 0-11M8 5v3.2l2 1.3",
  covered: "M8 3.5a4.5 4.5 0 1 0 0 9a4.5 4.5 0 1 0 0-9",
  decision: "M8 2.5L13.5 8 8 13.5 2.5 8zM5.9 8.1l1.5 1.5 2.7-3",
  deferred: "M2.5 8h8M7.5 5l3 3-3 3M13.5 3.5v9",
  expected: "M8 4.5a3.5 3.5 0 1 0 0 7a3.5 3.5 0 1 0 0-7",
  information: "M8 2.5a5.5 5.5 0 1 0 0 11a5.5 5.5 0 1 0 0-11M8 7.5v3.2M8 5.3v.1",
  internal: "M2.2 8s2.2-3.7 5.8-3.7c1 0 1.9.3 2.7.7M13.8 8s-2.2 3.7-5.8 3.7c-1 0-1.9-.3-2.7-.7M3 13L13 3",
  mic: "M6 4.5a2 2 0 0 1 4 0v3a2 2 0 0 1-4 0zM3.5 8a4.5 4.5 0 0 0 9 0M8 12.5v1.5",
  new_topic: "M8 3.5v9M3.5 8h9",
  no_update: "M3.5 8h9",
  note: "M3.5 3.5h9M3.5 7h9M3.5 10.5h5.5",
  point_of_order: "M8 3v6.5M8 12.6v.1",
  person: "M8 3a2.5 2.5 0 1 0 0 5a2.5 2.5 0 1 0 0-5M3.5 13c.4-2.5 2.2-3.8 4.5-3.8s4.1 1.3 4.5 3.8",
  present: "M8 4.5a3.5 3.5 0 1 0 0 7a3.5 3.5 0 1 0 0-7",
  proposal: "M3.5 13.5v-11M3.5 3.5h8.5l-2 2.75 2 2.75H3.5",
  question: "M5.5 6a2.5 2.5 0 1 1 3.8 2.1C8.4 8.7 8 9.1 8 10M8 12.6v.1",
  reply: "M6.5 4L3 7.5 6.5 11M3 7.5h6.5a3.5 3.5 0 0 1 3.5 3.5v1",
  search: "M7 3a4 4 0 1 0 0 8a4 4 0 1 0 0-8M10 10l3.5 3.5",
  skipped: "M3.5 4.5L8 8l-4.5 3.5zM9 4.5L13.5 8 9 11.5z",
  uncovered: "M8 3.5a4.5 4.5 0 1 0 0 9a4.5 4.5 0 1 0 0-9",
  warn: "M8 2.8l5.7 10H2.3zM8 6.8v2.7M8 11.3v.1",
} as const;

/** A sign's name. */
export type IconName = keyof typeof icons;

export const filled: ReadonlySet<IconName> = new Set<IconName>(["present", "covered"]);
