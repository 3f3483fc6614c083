// Every action of the window: what it is called, its key, and where it works. The palette, the help page and the key
// handler all read this one table.

/** Where an action's key works. `everywhere` is under all others. */
export type Scope = "everywhere" | "library" | "meeting" | "desk" | "points" | "people" | "tagging";

/** An action. */
export interface Action {
  label: string;
  group: string;
  scope: Scope;
  /** The key, as `chord` writes it; none = from the palette, or by what is typed. */
  key?: string;
  /** What the capture bar takes for the same. */
  typed?: string;
}

export const actions = {
  palette: { label: "Every action", group: "Window", scope: "everywhere", key: "Ctrl+K" },
  help: { label: "Grammar and keys", group: "Window", scope: "everywhere", key: "F1" },
  theme: { label: "Light, dark, or as the system", group: "Window", scope: "everywhere", key: "Ctrl+Shift+D" },
  search: { label: "Search everything said and decided", group: "Library", scope: "everywhere", key: "Ctrl+F" },
  meetingNew: { label: "New meeting", group: "Library", scope: "library", key: "Ctrl+N" },
  meetingDelete: { label: "Delete the selected meeting", group: "Library", scope: "library", key: "Delete" },

  library: { label: "Back to the library", group: "Meeting", scope: "meeting", key: "Ctrl+L" },
  desk: { label: "Desk", group: "Meeting", scope: "meeting", key: "Ctrl+1" },
  report: { label: "Report", group: "Meeting", scope: "meeting", key: "Ctrl+2" },
  participants: { label: "Participants", group: "Meeting", scope: "meeting", key: "Ctrl+3" },
  export: { label: "Export", group: "Meeting", scope: "meeting", key: "Ctrl+E" },
  undo: { label: "Undo", group: "Meeting", scope: "meeting", key: "Ctrl+Z" },
  redo: { label: "Redo", group: "Meeting", scope: "meeting", key: "Ctrl+Shift+Z" },
  live: { label: "Go live, or pause", group: "Meeting", scope: "meeting", key: "Alt+L" },
  end: { label: "End the meeting", group: "Meeting", scope: "meeting", key: "Alt+Shift+L" },

  bar: { label: "To the capture bar", group: "Desk", scope: "desk", key: "Alt+B" },
  agenda: { label: "To the agenda", group: "Desk", scope: "desk", key: "Alt+A" },
  points: { label: "To the points", group: "Desk", scope: "desk", key: "Ctrl+ArrowUp" },
  people: { label: "To the participants' list", group: "Desk", scope: "desk", key: "Alt+P" },
  pane: { label: "To the next pane", group: "Desk", scope: "desk", key: "F6" },

  itemNext: { label: "Next item", group: "Agenda", scope: "desk", key: "Alt+ArrowDown", typed: "/next" },
  itemBack: { label: "Back to the item before", group: "Agenda", scope: "desk", key: "Alt+ArrowUp" },
  itemDefer: { label: "Defer this item", group: "Agenda", scope: "desk", key: "Alt+D", typed: "/defer" },
  itemSkip: { label: "Skip this item", group: "Agenda", scope: "desk", typed: "/skip" },
  itemNoUpdate: { label: "No update on this item", group: "Agenda", scope: "desk", typed: "/noupdate" },
  itemAdd: { label: "Add an item", group: "Agenda", scope: "desk", key: "Alt+I", typed: "agenda+" },

  floorNext: { label: "Give the floor to the next in the queue", group: "Floor", scope: "desk", key: "Alt+N", typed: "ack next" },
  floorClear: { label: "Take the floor back", group: "Floor", scope: "desk", key: "Alt+0" },

  pointEdit: { label: "Edit the point", group: "Points", scope: "points", key: "Enter" },
  pointTag: { label: "Say who spoke", group: "Points", scope: "points", key: "T" },
  pointDelete: { label: "Delete the point", group: "Points", scope: "points", key: "Delete" },
  pointDecision: { label: "It is a decision", group: "Points", scope: "points", key: "D" },
  pointAction: { label: "It is an action", group: "Points", scope: "points", key: "A" },
  pointQuestion: { label: "It is a question", group: "Points", scope: "points", key: "Q" },
  pointProposal: { label: "It is a proposal", group: "Points", scope: "points", key: "P" },
  pointInformation: { label: "It is information", group: "Points", scope: "points", key: "I" },
  pointRemark: { label: "It is a remark", group: "Points", scope: "points", key: "R" },
  pointInternal: { label: "Off the record, or back onto it", group: "Points", scope: "points", key: "O" },
  pointMove: { label: "Move to another item", group: "Points", scope: "points", key: "M" },
  pointUp: { label: "One place up", group: "Points", scope: "points", key: "Alt+Shift+ArrowUp" },
  pointDown: { label: "One place down", group: "Points", scope: "points", key: "Alt+Shift+ArrowDown" },
  pointJoin: { label: "Join the selected points", group: "Points", scope: "points", key: "J" },
  pointHeading: { label: "Heading before the point", group: "Points", scope: "points", key: "H" },
  pointSelect: { label: "Select, or no longer", group: "Points", scope: "points", key: " " },
  pointsAll: { label: "Select all points", group: "Points", scope: "points", key: "Ctrl+A" },
  moment: { label: "Keep the moment twenty seconds ago", group: "Points", scope: "desk", key: "Alt+M" },
  lastEdit: { label: "Edit the last point", group: "Points", scope: "desk", key: "ArrowUp" },
  lastTag: { label: "Say who spoke last", group: "Points", scope: "desk", key: "Alt+S" },

  tagging: { label: "Tag speakers, or back to the bar", group: "Tagging", scope: "desk", key: "F2" },
  floorReview: { label: "Review what rests on the floor", group: "Tagging", scope: "desk", key: "Shift+F2" },
  tagNext: { label: "Next without a speaker", group: "Tagging", scope: "tagging", key: "Tab" },
  tagBefore: { label: "The one before without a speaker", group: "Tagging", scope: "tagging", key: "Shift+Tab" },
  tagOnly: { label: "Only unknown, or all points", group: "Tagging", scope: "tagging", key: "Alt+O" },
  tagSame: { label: "Same as the point above", group: "Tagging", scope: "tagging", key: "." },
  tagUnknown: { label: "A speaker not known", group: "Tagging", scope: "tagging", key: "?" },
  tagNobody: { label: "Nobody in particular", group: "Tagging", scope: "tagging", key: "*" },
  tagAnother: { label: "Several speakers", group: "Tagging", scope: "tagging", key: "," },
  tagNew: { label: "New participant", group: "Tagging", scope: "tagging", key: "+" },
  tagSelect: { label: "Select, or no longer", group: "Tagging", scope: "tagging", key: " " },
  tagAll: { label: "Select all shown", group: "Tagging", scope: "tagging", key: "Ctrl+A" },

  participantAdd: { label: "Add a participant", group: "Participants", scope: "meeting", key: "Alt+Shift+P", typed: "participant:" },
  present: { label: "Present", group: "Participants", scope: "people", key: "P", typed: "present+" },
  apologies: { label: "Apologies", group: "Participants", scope: "people", key: "A", typed: "regrets+" },
  expected: { label: "Expected", group: "Participants", scope: "people", key: "E", typed: "present-" },
  floorGive: { label: "Give the floor", group: "Participants", scope: "people", key: "F", typed: "ack" },
  rolesEdit: { label: "Edit the roles", group: "Participants", scope: "people", key: "Enter" },
} as const satisfies Record<string, Action>;

/** The name of an action. */
export type ActionId = keyof typeof actions;

/** All of them, in the table's order. */
export const table: readonly (Action & { id: ActionId })[] = Object.entries(actions).map(([id, action]) => ({
  ...action,
  id: id as ActionId,
}));

/** What an event's key is called in the table. The command key of a Mac counts as Ctrl. */
export function chord(event: Pick<KeyboardEvent, "key" | "code" | "ctrlKey" | "metaKey" | "altKey" | "shiftKey">): string {
  const letter = /^Key([A-Z])$|^Digit(\d)$/.exec(event.code);
  const control = event.ctrlKey || event.metaKey;
  // With Alt or Ctrl held, some layouts give another sign; the key itself is meant.
  const named = letter !== null && (control || event.altKey) && !/^[a-z0-9]$/i.test(event.key) ? (letter[1] ?? letter[2]) : event.key;
  const key = named?.length === 1 ? named.toUpperCase() : (named ?? "");
  const shift = event.shiftKey && (key.length > 1 || /[A-Z0-9]/.test(key));
  return `${control ? "Ctrl+" : ""}${event.altKey ? "Alt+" : ""}${shift ? "Shift+" : ""}${key}`;
}

/** The action that a key means in these scopes, the innermost first. */
export function actionFor(key: string, scopes: readonly Scope[]): ActionId | undefined {
  for (const scope of scopes) {
    const found = table.find((action) => action.scope === scope && action.key === key);
    if (found !== undefined) return found.id;
  }
  return undefined;
}

const SIGNS: Record<string, string> = { ArrowUp: "↑", ArrowDown: "↓", ArrowLeft: "←", ArrowRight: "→", Delete: "Del", " ": "Space" };

/** A key as it is shown: `Ctrl ↑`. */
export function shown(key: string): string {
  if (key === "+") return key;
  return key
    .split("+")
    .map((part) => SIGNS[part] ?? part)
    .join(" ");
}

/** What stands beside an action: its key, or what is typed for it. */
export function hint(id: ActionId): string {
  const { key, typed }: Action = actions[id];
  return key !== undefined ? shown(key) : (typed ?? "");
}
