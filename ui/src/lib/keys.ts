// Every action of the window: what it is called, its key, and where it works. The palette, the help page and the key
// handler all read this one table.

/** Where an action's key works. `everywhere` is under all others. */
export type Scope = "everywhere" | "library" | "meeting" | "desk" | "points" | "people" | "agenda" | "queue" | "table" | "tagging" | "report" | "sources" | "passages" | "prose" | "findings" | "import" | "register" | "said";

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
  larger: { label: "Larger", group: "Window", scope: "everywhere", key: "Ctrl+Plus" },
  smaller: { label: "Smaller", group: "Window", scope: "everywhere", key: "Ctrl+Minus" },
  asIs: { label: "Size as it was", group: "Window", scope: "everywhere", key: "Ctrl+0" },
  keys: { label: "Change the keys", group: "Window", scope: "everywhere", key: "Shift+F1" },
  search: { label: "Search everything said and decided", group: "Library", scope: "everywhere", key: "Ctrl+F" },
  importFile: { label: "Import a file", group: "Import", scope: "everywhere", key: "Ctrl+O" },
  join: { label: "Join a shared meeting", group: "Sharing", scope: "everywhere", key: "Ctrl+Shift+J" },
  share: { label: "Share with others, and who is here", group: "Sharing", scope: "meeting", key: "Alt+Shift+S" },
  meetingNew: { label: "New meeting", group: "Library", scope: "library", key: "Ctrl+N" },
  meetingNext: { label: "The next meeting of the series", group: "Library", scope: "library", key: "Ctrl+Shift+N" },
  actionsBook: { label: "Actions of all meetings", group: "Library", scope: "everywhere", key: "Ctrl+5" },
  decisionsBook: { label: "Decisions of all meetings", group: "Library", scope: "everywhere", key: "Ctrl+6" },
  peopleBook: { label: "People of all meetings", group: "Library", scope: "everywhere", key: "Ctrl+7" },
  libraryUndo: { label: "Bring the deleted meeting back", group: "Library", scope: "library", key: "Ctrl+Z" },
  libraryRedo: { label: "Bring back the import that was undone", group: "Library", scope: "library", key: "Ctrl+Shift+Z" },
  meetingDelete: { label: "Delete the selected meeting", group: "Library", scope: "library", key: "Delete" },

  library: { label: "Back to the library", group: "Meeting", scope: "meeting", key: "Ctrl+L" },
  desk: { label: "Desk", group: "Meeting", scope: "meeting", key: "Ctrl+1" },
  report: { label: "Report", group: "Meeting", scope: "meeting", key: "Ctrl+2" },
  participants: { label: "Participants", group: "Meeting", scope: "meeting", key: "Ctrl+3" },
  transcript: { label: "Transcript", group: "Meeting", scope: "meeting", key: "Ctrl+4" },
  export: { label: "Export", group: "Meeting", scope: "meeting", key: "Ctrl+E" },
  undo: { label: "Undo", group: "Meeting", scope: "meeting", key: "Ctrl+Z" },
  redo: { label: "Redo", group: "Meeting", scope: "meeting", key: "Ctrl+Shift+Z" },
  review: { label: "Settle what was set on two laptops at once", group: "Meeting", scope: "meeting", key: "F7" },
  live: { label: "Go live, or pause", group: "Meeting", scope: "meeting", key: "Alt+L" },
  end: { label: "End the meeting", group: "Meeting", scope: "meeting", key: "Alt+Shift+L" },

  bar: { label: "To the capture bar", group: "Desk", scope: "desk", key: "Alt+B" },
  agenda: { label: "To the agenda", group: "Desk", scope: "desk", key: "Alt+A" },
  points: { label: "To the points", group: "Desk", scope: "desk", key: "Ctrl+ArrowUp" },
  people: { label: "To the participants' list", group: "Desk", scope: "desk", key: "Alt+P" },
  pane: { label: "To the next pane", group: "Desk", scope: "desk", key: "F6" },

  lineNoSpeaker: { label: "This is no speaker", group: "Capture bar", scope: "desk", key: "Alt+Backspace", typed: "\\" },
  lineNobody: { label: "The next line is nobody's", group: "Capture bar", scope: "desk", key: "Alt+Shift+0", typed: "*:" },
  lineSomebody: { label: "The next line is somebody else's", group: "Capture bar", scope: "desk", key: "Alt+O", typed: "@" },

  itemNext: { label: "Next item", group: "Agenda", scope: "desk", key: "Alt+ArrowDown", typed: "/next" },
  itemBack: { label: "Back to the item before", group: "Agenda", scope: "desk", key: "Alt+ArrowUp" },
  itemDefer: { label: "Defer this item", group: "Agenda", scope: "desk", key: "Alt+D", typed: "/defer" },
  itemSkip: { label: "Skip this item", group: "Agenda", scope: "desk", typed: "/skip" },
  itemNoUpdate: { label: "No update on this item", group: "Agenda", scope: "desk", typed: "/noupdate" },
  itemAdd: { label: "Add an item", group: "Agenda", scope: "desk", key: "Alt+I", typed: "agenda+" },
  itemTake: { label: "Take the item", group: "Agenda", scope: "agenda", key: "Enter", typed: "/take" },
  itemUp: { label: "Move the item up", group: "Agenda", scope: "agenda", key: "Alt+ArrowUp" },
  itemDown: { label: "Move the item down", group: "Agenda", scope: "agenda", key: "Alt+ArrowDown" },
  itemRename: { label: "Rename the item", group: "Agenda", scope: "agenda", key: "E" },
  itemPlan: { label: "Minutes planned for the item", group: "Agenda", scope: "agenda", key: "P" },
  itemPresenter: { label: "Presenter of the item", group: "Agenda", scope: "agenda", key: "R" },
  itemSet: { label: "Skip the item, or take that back", group: "Agenda", scope: "agenda", key: "S" },
  itemPut: { label: "Defer the item, or take that back", group: "Agenda", scope: "agenda", key: "D" },
  itemNone: { label: "No update on the item, or take that back", group: "Agenda", scope: "agenda", key: "N" },
  itemBelow: { label: "Add an item to the agenda", group: "Agenda", scope: "agenda", key: "A" },
  itemSection: { label: "Add a section to the item", group: "Agenda", scope: "agenda", key: "Shift+A" },
  itemRemove: { label: "Take the item off the agenda", group: "Agenda", scope: "agenda", key: "Delete" },

  floorNext: { label: "Give the floor to the next in the queue", group: "Floor", scope: "desk", key: "Alt+N", typed: "ack next" },
  floorClear: { label: "Take the floor back", group: "Floor", scope: "desk", key: "Alt+0" },
  floorName: { label: "Give the floor to somebody", group: "Floor", scope: "desk", key: "Alt+F", typed: "ack" },
  floorPresenter: { label: "Give the floor to who presents the item", group: "Floor", scope: "desk", key: "Alt+G" },
  queue: { label: "To the queue", group: "Floor", scope: "desk", key: "Alt+Q" },
  handRaise: { label: "Raise a hand for somebody", group: "Floor", scope: "desk", key: "Alt+R", typed: "q+" },
  turnBegin: { label: "Give this one the floor", group: "Floor", scope: "queue", key: "Enter" },
  turnUp: { label: "Earlier in the queue", group: "Floor", scope: "queue", key: "Alt+ArrowUp" },
  turnDown: { label: "Later in the queue", group: "Floor", scope: "queue", key: "Alt+ArrowDown" },
  turnKind: { label: "Kind of the wish to speak", group: "Floor", scope: "queue", key: "K" },
  turnReason: { label: "Reason of the wish to speak", group: "Floor", scope: "queue", key: "E" },
  turnWithdraw: { label: "Take out of the queue", group: "Floor", scope: "queue", key: "Delete", typed: "q-" },

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
  pointSaid: { label: "What was said around the point", group: "Points", scope: "points", key: "W" },
  saidTake: { label: "Make points of what was said", group: "Transcript", scope: "said", key: "Enter" },
  saidSelect: { label: "Select what was said, or no longer", group: "Transcript", scope: "said", key: "Space" },
  saidPoint: { label: "To the point beside it", group: "Transcript", scope: "said", key: "P" },
  pointSelect: { label: "Select, or no longer", group: "Points", scope: "points", key: "Space" },
  pointsAll: { label: "Select all points", group: "Points", scope: "points", key: "Ctrl+A" },
  moment: { label: "Keep the moment twenty seconds ago", group: "Points", scope: "desk", key: "Alt+M" },
  lastEdit: { label: "Edit the last point", group: "Points", scope: "desk", key: "ArrowUp" },
  lastTag: { label: "Say who spoke last", group: "Points", scope: "desk", key: "Alt+S" },

  tagging: { label: "Tag speakers, or back to the bar", group: "Tagging", scope: "desk", key: "F2" },
  floorReview: { label: "Review what rests on the floor", group: "Tagging", scope: "desk", key: "Shift+F2" },
  tagNext: { label: "Next without a speaker", group: "Tagging", scope: "tagging", key: "Tab" },
  tagBefore: { label: "The one before without a speaker", group: "Tagging", scope: "tagging", key: "Shift+Tab" },
  tagOnly: { label: "Only unknown, or all points", group: "Tagging", scope: "tagging", key: "Alt+U" },
  tagSame: { label: "Same as the point above", group: "Tagging", scope: "tagging", key: "." },
  tagUnknown: { label: "A speaker not known", group: "Tagging", scope: "tagging", key: "?" },
  tagNobody: { label: "Nobody in particular", group: "Tagging", scope: "tagging", key: "*" },
  tagAnother: { label: "Several speakers", group: "Tagging", scope: "tagging", key: "," },
  tagNew: { label: "New participant", group: "Tagging", scope: "tagging", key: "Plus" },
  tagSelect: { label: "Select, or no longer", group: "Tagging", scope: "tagging", key: "Space" },
  tagAll: { label: "Select all shown", group: "Tagging", scope: "tagging", key: "Ctrl+A" },

  namesTurn: { label: "How people are named", group: "Report", scope: "report", key: "Alt+4" },
  phrases: { label: "Phrases", group: "Report", scope: "report", key: "Ctrl+J" },
  paper: { label: "White paper, or as the window", group: "Report", scope: "report", key: "Alt+P" },
  preview: { label: "Pages as they print, beside the text", group: "Report", scope: "report", key: "Alt+V" },
  sectionChoose: { label: "Choose the section", group: "Report", scope: "report", key: "Alt+A" },
  sectionNext: { label: "Next section", group: "Report", scope: "report", key: "Alt+PageDown" },
  sectionBefore: { label: "The section before", group: "Report", scope: "report", key: "Alt+PageUp" },
  toSources: { label: "To the points of the section", group: "Report", scope: "report", key: "Alt+O" },
  toPage: { label: "To the document", group: "Report", scope: "report", key: "Alt+D" },
  toFindings: { label: "To the findings, or hide them", group: "Report", scope: "report", key: "Alt+F" },
  reportPane: { label: "To the next pane of the report", group: "Report", scope: "report", key: "F6" },

  sourceParagraph: { label: "Into a new paragraph", group: "Points of the report", scope: "sources", key: "P" },
  sourceBullets: { label: "Into bullets", group: "Points of the report", scope: "sources", key: "B" },
  sourceNumbers: { label: "Into a numbered list", group: "Points of the report", scope: "sources", key: "N" },
  sourceList: { label: "Into a list with a lead-in", group: "Points of the report", scope: "sources", key: "L" },
  sourceInto: { label: "Into the passage in hand", group: "Points of the report", scope: "sources", key: "I" },
  sourceRest: { label: "The passage rests on it, or no longer", group: "Points of the report", scope: "sources", key: "S" },
  sourceAside: { label: "Set aside, or take up again", group: "Points of the report", scope: "sources", key: "X" },
  sourceGo: { label: "To the passage that it went to", group: "Points of the report", scope: "sources", key: "Enter" },
  sourceSelect: { label: "Select the point, or no longer", group: "Points of the report", scope: "sources", key: "Space" },
  sourcesAll: { label: "Select all points of the section", group: "Points of the report", scope: "sources", key: "Ctrl+A" },

  passageEdit: { label: "Write in the passage", group: "Passages", scope: "passages", key: "Enter" },
  passageNew: { label: "New paragraph", group: "Passages", scope: "report", key: "Alt+N" },
  passageUp: { label: "Move the passage up", group: "Passages", scope: "report", key: "Alt+ArrowUp" },
  passageDown: { label: "Move the passage down", group: "Passages", scope: "report", key: "Alt+ArrowDown" },
  passageTurn: { label: "Paragraph, bullet, number or heading", group: "Passages", scope: "report", key: "Alt+S" },
  passageParagraph: { label: "Set as a paragraph", group: "Passages", scope: "passages", key: "1" },
  passageBullet: { label: "Set as a bullet", group: "Passages", scope: "passages", key: "2" },
  passageNumber: { label: "Set as a numbered entry", group: "Passages", scope: "passages", key: "3" },
  passageHeading: { label: "Set as a heading", group: "Passages", scope: "passages", key: "4" },
  passageJoin: { label: "Join with the one before, or those selected", group: "Passages", scope: "passages", key: "J" },
  passageSection: { label: "Make a section of the passages", group: "Passages", scope: "passages", key: "S" },
  headingEdit: { label: "Heading of the section in the report", group: "Passages", scope: "passages", key: "E" },
  passageDelete: { label: "Delete the passage", group: "Passages", scope: "passages", key: "Delete" },
  markStrong: { label: "Bold", group: "Passages", scope: "prose", key: "Ctrl+B" },
  markEmphasis: { label: "Italic", group: "Passages", scope: "prose", key: "Ctrl+I" },
  markLink: { label: "Link", group: "Passages", scope: "prose", key: "Ctrl+Shift+K" },
  nameMention: { label: "Make the name in the text a mention", group: "Passages", scope: "prose", key: "Alt+K", typed: "@" },

  findingNext: { label: "Next finding", group: "Findings", scope: "report", key: "F8" },
  findingBefore: { label: "The finding before", group: "Findings", scope: "report", key: "Shift+F8" },
  findingMend: { label: "Mend what was found", group: "Findings", scope: "report", key: "Alt+M" },
  findingGo: { label: "To the place of the finding", group: "Findings", scope: "findings", key: "Enter" },

  importTake: { label: "Bring it in", group: "Import", scope: "import", key: "Ctrl+Enter" },
  importYes: { label: "It is who it fits, and on to the next", group: "Import", scope: "import", key: "Enter" },
  importTurn: { label: "It is who it fits, or the next of them", group: "Import", scope: "import", key: "Space" },
  importNew: { label: "It is somebody new", group: "Import", scope: "import", key: "N" },
  importOut: { label: "Leave them out", group: "Import", scope: "import", key: "X" },
  importKind: { label: "What the file is taken for", group: "Import", scope: "import", key: "K" },
  importZone: { label: "Zone of the file's times", group: "Import", scope: "import", key: "Z" },
  importWhere: { label: "Into the meeting, or a new one", group: "Import", scope: "import", key: "M" },

  rowOpen: { label: "To the point in its meeting", group: "Registers", scope: "register", key: "Enter" },
  rowDone: { label: "The action is done, or open again", group: "Registers", scope: "register", key: "Space" },
  rowsTurn: { label: "Open, overdue, done, or all actions", group: "Registers", scope: "register", key: "S" },
  rowsFind: { label: "Search in the list", group: "Registers", scope: "register", key: "/" },
  personSame: { label: "It is the same person, as asked", group: "Registers", scope: "register", key: "Y" },
  personMerge: { label: "The same person as another", group: "Registers", scope: "register", key: "M" },
  personSplit: { label: "It was somebody else at this meeting", group: "Registers", scope: "register", key: "X" },
  registerUndo: { label: "Undo what was done in the list", group: "Registers", scope: "register", key: "Ctrl+Z" },
  registerRedo: { label: "Redo what was done in the list", group: "Registers", scope: "register", key: "Ctrl+Shift+Z" },

  participantAdd: { label: "Add a participant", group: "Participants", scope: "meeting", key: "Alt+Shift+P", typed: "participant:" },
  present: { label: "Present", group: "Participants", scope: "people", key: "P", typed: "present+" },
  apologies: { label: "Apologies", group: "Participants", scope: "people", key: "A", typed: "regrets+" },
  expected: { label: "Expected", group: "Participants", scope: "people", key: "E" },
  leaves: { label: "Leaves now", group: "Participants", scope: "people", key: "L", typed: "present-" },
  floorGive: { label: "Give the floor", group: "Participants", scope: "people", key: "F", typed: "ack" },
  rolesEdit: { label: "Edit the roles", group: "Participants", scope: "people", key: "Enter" },
  participantRemove: { label: "Take off the list", group: "Participants", scope: "table", key: "Delete" },
  cellEdit: { label: "Edit the cell", group: "Participants", scope: "table", key: "Enter" },
} as const satisfies Record<string, Action>;

/** The name of an action. */
export type ActionId = keyof typeof actions;

/** The actions whose keys work in a scope. */
export type ActionIn<In extends Scope> = { [Id in ActionId]: (typeof actions)[Id]["scope"] extends In ? Id : never }[ActionId];

/** All of them, in the table's order. */
export const table: readonly (Action & { id: ActionId })[] = Object.entries(actions).map(([id, action]) => ({
  ...action,
  id: id as ActionId,
}));

/** What the writer has changed of the table. */
export interface Rebound {
  /** Other keys; an empty one takes the key away. */
  keys: Readonly<Partial<Record<ActionId, string>>>;
  /** Whether letters and signs alone are keys. */
  singles: boolean;
}

/** Nothing changed. */
export const asTable: Rebound = { keys: {}, singles: true };

let current: () => Rebound = () => asTable;

/** Says where the changes stand. What reads a key reads them there, and so follows them. */
export function follow(own: () => Rebound): void {
  current = own;
}

/** Whether a key is a letter, figure or sign alone (WCAG 2.1.4). */
export function single(key: string): boolean {
  return /^(?:Shift\+)?(?:.|Plus|Minus)$/u.test(key);
}

/** An action's key as changed; none = it has none. */
export function keyOf(id: ActionId, own: Rebound = current()): string | undefined {
  const action: Action = actions[id];
  const key = own.keys[id] ?? action.key;
  return key === undefined || key === "" || (!own.singles && single(key)) ? undefined : key;
}

const IN_REPORT: readonly Scope[] = ["sources", "passages", "prose", "findings"];

/** The scopes whose keys work as well where this one's do. */
function around(scope: Scope): readonly Scope[] {
  if (scope === "everywhere") return [];
  if (scope === "library" || scope === "meeting" || scope === "import" || scope === "register") return ["everywhere"];
  if (scope === "desk" || scope === "report" || scope === "said") return ["meeting", "everywhere"];
  return IN_REPORT.includes(scope) ? ["report", "meeting", "everywhere"] : ["desk", "meeting", "everywhere"];
}

const TYPED: readonly Scope[] = ["everywhere", "library", "meeting", "desk", "report", "prose"];

/** Why an action cannot have a key; none = it can. */
export function clash(id: ActionId, key: string, own: Rebound = current()): string | null {
  if (key === "") return null;
  const { scope }: Action = actions[id];
  const last = key.split("+").at(-1) ?? "";
  if (["", "Control", "Alt", "Shift", "Meta", "AltGraph", "Dead", "Process", "Unidentified"].includes(last)) return "a key is wanted, not only what is held with it";
  if (["Escape", "Tab", "Shift+Tab"].includes(key)) return `${shown(key)} leads out of wherever one is`;
  if (TYPED.includes(scope) && (single(key) || ["Enter", "Shift+Enter", "Backspace", "Delete", "Space"].includes(key)) && actionKey(id) !== key) return `${shown(key)} is for typing here`;
  // A letter that is switched off keeps its place: it may be switched on again.
  const whole = { ...own, singles: true };
  const other = table.find((one) => one.id !== id && keyOf(one.id, whole) === key && (one.scope === scope || around(scope).includes(one.scope) || around(one.scope).includes(scope)));
  return other === undefined ? null : `${shown(key)} is “${other.label}” already`;
}

function actionKey(id: ActionId): string | undefined {
  const action: Action = actions[id];
  return action.key;
}

/** With another key for an action, which has to be free. */
export function rebound(own: Rebound, id: ActionId, key: string): Rebound {
  const { [id]: _, ...keys } = own.keys;
  return { ...own, keys: key === (actionKey(id) ?? "") ? keys : { ...keys, [id]: key } };
}

/** Reads what was stored. What is no longer an action, or clashes by now, is left as the table has it. */
export function readRebound(json: string): Rebound {
  let stored: unknown;
  try {
    stored = JSON.parse(json);
  } catch {
    return asTable;
  }
  if (typeof stored !== "object" || stored === null) return asTable;
  const { keys, singles } = stored as { keys?: unknown; singles?: unknown };
  const pairs = typeof keys === "object" && keys !== null ? Object.entries(keys) : [];
  const known = pairs.filter((pair): pair is [ActionId, string] => Object.hasOwn(actions, pair[0]) && typeof pair[1] === "string");
  // All together first, since two may have changed places.
  let own: Rebound = { keys: Object.fromEntries(known), singles: singles !== false };
  for (const [id, key] of known) if (clash(id, key, own) !== null) own = rebound(own, id, actionKey(id) ?? "");
  return own;
}

/** Signs that would not be seen, or part a chord. With Ctrl, plus is on the key of the equals sign. */
const SPELLED: Record<string, string> = { "+": "Plus", "-": "Minus", " ": "Space" };

/** What an event's key is called in the table. The command key of a Mac counts as Ctrl. */
export function chord(event: Pick<KeyboardEvent, "key" | "code" | "ctrlKey" | "metaKey" | "altKey" | "shiftKey">): string {
  const letter = /^Key([A-Z])$|^Digit(\d)$/.exec(event.code);
  const control = event.ctrlKey || event.metaKey;
  // With Alt or Ctrl held, some layouts give another sign; the key itself is meant.
  const named = letter !== null && (control || event.altKey) && !/^[a-z0-9]$/i.test(event.key) ? (letter[1] ?? letter[2]) : event.key;
  const key = named?.length === 1 ? (SPELLED[named] ?? (control && named === "=" ? "Plus" : named.toUpperCase())) : (named ?? "");
  const shift = event.shiftKey && (key.length > 1 ? named?.length !== 1 || named === " " : /[A-Z0-9]/.test(key));
  return `${control ? "Ctrl+" : ""}${event.altKey ? "Alt+" : ""}${shift ? "Shift+" : ""}${key}`;
}

/** By what was changed: which action a key means, by scope. Each key typed is looked up before it shows. */
const indexes = new WeakMap<Rebound, Map<Scope, Map<string, ActionId>>>();

function indexOf(own: Rebound): Map<Scope, Map<string, ActionId>> {
  const known = indexes.get(own);
  if (known !== undefined) return known;
  const index = new Map<Scope, Map<string, ActionId>>();
  for (const { id, scope } of table) {
    const key = keyOf(id, own);
    if (key === undefined) continue;
    const keys = index.get(scope) ?? new Map<string, ActionId>();
    // Where two have one key, the first in the table has it.
    if (!keys.has(key)) index.set(scope, keys.set(key, id));
  }
  indexes.set(own, index);
  return index;
}

/** The action that a key means in these scopes, the innermost first. */
export function actionFor<In extends Scope>(key: string, scopes: readonly In[]): ActionIn<In> | undefined {
  const index = indexOf(current());
  for (const scope of scopes) {
    const found = index.get(scope)?.get(key);
    if (found !== undefined) return found as ActionIn<In>;
  }
  return undefined;
}

const SIGNS: Record<string, string> = { ArrowUp: "↑", ArrowDown: "↓", ArrowLeft: "←", ArrowRight: "→", Delete: "Del", Plus: "+", Minus: "−" };

/** A key as it is shown: `Ctrl ↑`. */
export function shown(key: string): string {
  return key
    .split("+")
    .map((part) => SIGNS[part] ?? part)
    .join(" ");
}

/** What stands beside an action: its key, or what is typed for it. */
export function hint(id: ActionId): string {
  const { typed }: Action = actions[id];
  const key = keyOf(id);
  return key !== undefined ? shown(key) : (typed ?? "");
}
