// A meeting held in memory, to see the pages in a plain browser: `npm run fake`. The address' hash says what to show:
// `#library`, `#empty`, `#desk`, `#report`, `#participants`, `#fail` (nothing can be saved). Never part of a build.

import type { Commands, DeskItem, DeskParticipant, Hit, ItemState, Kind, ParticipantState, PointView } from "../src/lib/bindings";

type Answers = { [Name in keyof Commands]?: (request: Commands[Name][0]) => Commands[Name][1] };

const start = Date.now() - 47 * 60_000;
const iso = (minutes: number): string => new Date(start + minutes * 60_000).toISOString();
const scene = (): string => location.hash.slice(1);

const people: [string, string, string, ParticipantState, DeskParticipant["duty"]][] = [
  ["Ngozi Adeyemi", "NA", "Delta Coast Observatory", "present", "none"],
  ["سلمى الحدّاد", "SH", "Gulf Hydrographic Service", "present", "none"],
  ["Олена Ковальчук", "OK", "River Gauge Network", "present", "none"],
  ["林佳怡", "LJ", "Strait Observatory", "present", "none"],
  ["Ελένη Μαρκάκη", "EM", "Archipelago Harbour Authority", "present", "none"],
  ["Tiago Meneses", "TM", "Bay of Lourim Port", "present", "none"],
  ["Titus van der Meulen", "TV", "Delta Sensors", "present", "none"],
  ["Pierre-Alexandre de Montgolfier-Dubois", "PM", "Federation of Coastal Pilots", "present", "none"],
  ["Tina Okafor", "TO", "Harbour Data Collective", "present", "rapporteur"],
  ["अनन्या राव", "AR", "Monsoon Coast Observatory", "present", "none"],
  ["Jun Sato", "JS", "Port of Aomi", "present", "none"],
  ["Jun Sato", "JU", "independent", "present", "none"],
  ["Marit Solheim", "MS", "Norrvik Tide Office", "present", "moderator"],
  ["Tilda Åström", "TÅ", "Skerry Data Archive", "expected", "none"],
  ["Wanjiru Kamau", "WK", "Relay Security Panel", "expected", "none"],
  ["דנה לוי", "DL", "Secretariat", "apologies", "none"],
];

const participants: DeskParticipant[] = people.map(([name, short, role, state, duty], index) => ({
  id: `p${index}`,
  name,
  short,
  roles: [role],
  state,
  duty,
  person: null,
  order: String(index),
  group: "",
  initials: "",
  aliases: [],
  email: "",
  platform_id: "",
  listed: true,
  nature: "person",
  presence: state === "present" ? [{ from: iso(0), to: null }] : [],
}));

const agenda: [string, string, ItemState, number, number, number][] = [
  ["1", "Opening and adoption of the agenda", "done", 5, 0, 4],
  ["2", "Results of the second interoperability trial", "done", 15, 4, 21],
  ["3", "Draft 0.9 of the exchange format", "open", 32, 0, 0],
  ["3.1", "Vertical datum declaration", "done", 12, 21, 35],
  ["3.2", "Gaps and quality flags", "open", 12, 35.5, -1],
  ["3.3", "Licence notice", "pending", 8, 0, 0],
  ["4", "Liaison with the buoy operators’ forum", "deferred", 0, 0, 0],
  ["5", "Update from the secretariat", "no_update", 0, 0, 0],
  ["6", "Security review of the relay profile", "pending", 10, 0, 0],
  ["7", "Test calendar for the second half of 2026", "pending", 8, 0, 0],
  ["8", "Any other business", "pending", 5, 0, 0],
];

const items: DeskItem[] = agenda.map(([label, title, state, planned, from, to]) => ({
  id: `i${label}`,
  parent: label.includes(".") ? `i${label[0]}` : null,
  order: label,
  title,
  heading: "",
  number: "",
  presenter: label === "3.2" ? "p6" : null,
  planned,
  open: to === 0 ? [] : [{ from: iso(from), to: to < 0 ? null : iso(to) }],
  state,
  label,
  level: label.split(".").length,
  points: label === "3.2" ? 15 : 4,
  unsettled: label === "3.2" ? 1 : 0,
}));

let count = 0;
function point(item: string, minute: number, who: string, kind: Kind, text: string, more: Partial<PointView> = {}): PointView {
  count += 1;
  const index = participants.findIndex((one) => one.short === who);
  return {
    id: `point${String(count).padStart(6, "0")}`,
    item: `i${item}`,
    order: String(count),
    at: iso(minute),
    kind,
    text,
    attribution: index >= 0 ? "named" : who === "*" ? "nobody" : "untagged",
    basis: "typed",
    unknown: 0,
    speakers: index >= 0 ? [`p${index}`] : [],
    speaker_text: "",
    continues: null,
    internal: false,
    set_aside: false,
    owners: [],
    owner_text: "",
    due: null,
    done: false,
    raw: text,
    source: "typed",
    source_line: 0,
    ...more,
  };
}

const points: PointView[] = [
  ...Array.from({ length: location.search.includes("long") ? 10_000 : 6 }, (_, index) =>
    point(index % 2 === 0 ? "2" : "3.1", 6 + index / 400, ["NA", "OK", "JS", "LJ"][index % 4] ?? "", "remark", index % 7 === 3 ? "Refuse, yes, but with a message that a harbour office understands, and that names the field, the file and the station it came from, in the language of the office." : "The datum field was read as optional by our supplier."),
  ).sort((one, other) => (one.item ?? "").localeCompare(other.item ?? "")),
  point("3.2", 36, "MS", "information", "The editors ask for comments on the gap table only."),
  point("3.2", 37, "OK", "remark", "Our river gauges send a gap as zero; readers saw low water."),
  point("3.2", 37, "OK", "remark", "The same in the 2024 set, where `qc_flag` is missing altogether.", { continues: "x" }),
  point("3.2", 38, "AR", "question", "Must a gap shorter than one interval be declared?"),
  point("3.2", 39, "TV", "remark", "Not in the core profile. Relays already bridge up to six minutes."),
  point("3.2", 40, "", "remark", "Bridged values need a flag of their own, or a storm surge can vanish.", { attribution: "unresolved", speaker_text: "Sato" }),
  point("3.2", 41, "PM", "remark", "For the pilots I ask for more: a gap **filled by a model** and a gap **left open** are two different things at the berth, and a master with forty centimetres under the keel must see at once which of the two it is."),
  point("3.2", 42, "MS", "remark", "Ask the secretariat whether the pilots’ letter may be cited.", { internal: true }),
  point("3.2", 43, "LJ", "proposal", "Three flags: *observed*, *bridged*, *modelled*. No zeros."),
  point("3.2", 44, "SH", "remark", "نقبل ثلاثة أعلام إن كان الثاني اختياريًا للمحطات القديمة."),
  point("3.2", 45, "NA", "remark", "Agreed, provided that [annex C](https://example.org/c) says how a station declares its age"),
  point("3.2", 45, "EM", "question", "Who keeps the list of exempt stations?"),
  point("3.2", 46, "*", "decision", "Three flags go in; *bridged* is optional before 2010."),
  point("3.2", 46, "*", "action", "Titus van der Meulen to add the flags to the test suite by 20 March.", { owners: ["p6"], due: "2026-03-20" }),
  point("3.2", 47, "SH", "remark", "We ask that the list of stations be public."),
];

let draft = "";
const none = { id: null, notices: [] as string[] };

const meetings = [
  ["m42", "Tide Data Exchange", "WG-Tide", 43, 28, "planned", 0],
  ["m", "Tide Data Exchange", "WG-Tide", 42, 0, "live", 0],
  ["m41", "Tide Data Exchange", "WG-Tide", 41, -28, "ended", 12],
  ["m40", "Tide Data Exchange", "WG-Tide", 40, -56, "ended", 0],
  ["m18", "Relay Profile Editors", "Ed-Relay", 18, -7, "ended", 3],
  ["m17", "Relay Profile Editors", "Ed-Relay", 17, -21, "ended", 3],
  ["m7", "Conseil des gardiens de marégraphes", "CGM", 7, -14, "ended", 3],
] as const;

function hit(meeting: string, item: string, speaker: string, kind: Kind | null, text: string): Hit {
  const from = text.indexOf("datum");
  return { meeting, noun: kind === null ? "passage" : "point", id: `${meeting}${text}`, item, at: iso(0), kind, speaker, text, marks: [[from, from + 5]] };
}

const answers: Answers = {
  library: () => ({
    path: "/home/user/.local/share/minuta/minuta.sqlite",
    read_only: null,
    meetings: scene() === "empty" ? [] : meetings.map(([id, body, short, number, days, state, passages]) => ({ id, body, short, number, starts: iso(days * 1440), zone: "Europe/Berlin", state, points: 34, passages })),
  }),
  desk: () => ({
    meeting: {
      id: "m", series: "s", number: 42, name: "", body: "Tide Data Exchange", short: "WG-Tide", form: "Online Meeting", document_kind: "Summary Report",
      starts: iso(0), zone: "Europe/Berlin", date_text: "", time_style: "colon", state: "live", live: [{ from: iso(0), to: null }], recording: "", recording_starts: null,
      preamble: "", next_starts: null, next_zone: "", next_text: "", item: "i3.2", approval: "", language: "en", moderators: ["p12"], rapporteurs: ["p8"],
    },
    items, participants,
    turns: [
      { id: "t0", participant: "p1", speaker_text: "", kind: "new_topic", reason: "", order: "0", asked: iso(40), began: iso(45), ended: null },
      { id: "t1", participant: "p4", speaker_text: "", kind: "point_of_order", reason: "were we nine at 14:40?", order: "1", asked: iso(47), began: null, ended: null },
      { id: "t2", participant: "p10", speaker_text: "", kind: "reply", reason: "the port knows a station’s age", order: "2", asked: iso(45), began: null, ended: null },
      { id: "t3", participant: "p5", speaker_text: "", kind: "clarifying", reason: "since when?", order: "3", asked: iso(44), began: null, ended: null },
      { id: "t4", participant: "p9", speaker_text: "", kind: "new_topic", reason: "relays in the core profile", order: "4", asked: iso(42), began: null, ended: null },
    ],
    floor: "p1", points: points.length, unsettled: 1, draft, undo: null, redo: null, on_floor: 2, moments: 0, speaking_limit: 180,
    quorum: { rule: "9", needed: 9, present: participants.filter((one) => one.state === "present").length },
    spoken: [{ participant: "p2", seconds: 260, turns: 2 }, { participant: "p1", seconds: 95, turns: 2 }], recent: [],
  }),
  points: ({ before, limit }) => {
    const end = before === null ? points.length : points.findIndex((one) => one.id === before);
    const from = Math.max(0, end - limit);
    return { points: points.slice(from, end), more: from > 0 };
  },
  capture: ({ line, id }) => {
    points.push({ ...point("3.2", 0, "SH", "remark", line), id: id ?? "", at: new Date().toISOString() });
    return { ...none, id, done: "Point added" };
  },
  understand: ({ line }) => {
    const action = line.startsWith("action:");
    return {
      what: line.startsWith("/") ? "next" : "point", words: "Open item 3.3, Licence notice", kind: action ? "action" : "remark", internal: false,
      speaker: line.startsWith("Sato:")
        ? { attribution: "unresolved", basis: "typed", participants: [], text: "Sato", matches: 2 }
        : { attribution: "named", basis: "floor", participants: ["p1"], text: "", matches: 0 },
      owners: action ? ["p5"] : [], owner_text: "", due: action ? "2026-03-27" : null, prefix: action ? 7 : line.startsWith("Sato:") ? 5 : 0,
    };
  },
  draft_set: ({ text }) => ((draft = text), {}),
  warm: () => ({}),
  point_editor: ({ point: id }) => ({ text: points.find((one) => one.id === id)?.text ?? "", rev: "" }),
  participant_state: ({ participant, state }) => {
    const one = participants.find(({ id }) => id === participant);
    if (one) one.state = state;
    return { ...none, done: `${one?.name ?? ""} is ${state}` };
  },
  search: () => [
    hit("m", "2", "Олена Ковальчук", "remark", "The datum field was read as optional by our supplier."),
    hit("m", "2", "林佳怡", "remark", "A file without a datum should be refused, not guessed."),
    hit("m", "3.1", "Marit Solheim", "decision", "Every record names its vertical datum; none is assumed."),
    hit("m41", "4", "", null, "Participants were reminded that a change of datum after an earthquake begins a new station, and does not mend the old one."),
    hit("m18", "1", "سلمى الحدّاد", "remark", "الطبعة الجديدة تذكر datum مع كل سجل."),
  ],
  report: () => ({
    passages: [],
    sections: [],
    blocks: [],
    notice: "",
    settings: {
      naming: "name",
      keep_officers: false,
      collected: "in_place",
      by_owner: false,
      thresholds: { some: 2, several: 3, many: 6 },
      phrases: [],
    },
    markdown: "# Working Group on Tide Data Exchange\n\nOnline Meeting\n\n12 March 2026 at 14:00 CET\n\nSummary Report\n\nThe 42nd virtual meeting of the Working Group on Tide Data Exchange (WG-Tide) was held on 12 March 2026 at 14:00 CET. The meeting was moderated by Marit Solheim. A recording is available upon request.\n\n## Agenda\n\n1. Opening and adoption of the agenda\n2. Results of the second interoperability trial\n\n## Discussion\n\n### 1. Opening and adoption of the agenda\n\nThe agenda was adopted with one change.\n\n### 2. Results\n\nNgozi Adeyemi presented the [trial log](https://example.org/). Points raised:\n\n- refusing incomplete files with a message that a harbour office can act upon;\n- keeping **retransmission** after a cut line.\n",
  }),
  grammar: () => [{ typed: "Name: text", effect: "a point by that participant", group: "Points" }],
};

export async function invoke(_command: string, { name, request }: { name: keyof Commands; request: never }): Promise<unknown> {
  if (scene() === "fail" && name === "capture") throw { code: "disk_full", message: "the disk is full" };
  const answer = answers[name];
  if (answer === undefined) throw { code: "invalid", message: `not here: ${name}` };
  return structuredClone(answer(request));
}

export async function listen(): Promise<() => void> {
  return () => {};
}

const theme = new URLSearchParams(location.search).get("theme");
if (theme !== null) localStorage.setItem("theme", theme);
if (scene() !== "library" && scene() !== "empty" && scene() !== "") {
  void import("../src/lib/state/app.svelte").then(({ app }) => {
    const view = scene();
    app.open("m", view === "report" || view === "participants" ? view : "desk");
  });
}
