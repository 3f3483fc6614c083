import { expect, test } from "vitest";

import { actionFor, asTable, chord, clash, follow, hint, keyOf, readRebound, rebound, shown, table, type Rebound, type Scope } from "./keys";

const over: Record<Scope, Scope[]> = {
  everywhere: [],
  library: ["everywhere"],
  meeting: ["everywhere"],
  desk: ["meeting", "everywhere"],
  points: ["desk", "meeting", "everywhere"],
  people: ["desk", "meeting", "everywhere"],
  agenda: ["desk", "meeting", "everywhere"],
  queue: ["desk", "meeting", "everywhere"],
  table: ["meeting", "everywhere"],
  tagging: ["desk", "meeting", "everywhere"],
  report: ["meeting", "everywhere"],
  sources: ["report", "meeting", "everywhere"],
  passages: ["report", "meeting", "everywhere"],
  prose: ["report", "meeting", "everywhere"],
  findings: ["report", "meeting", "everywhere"],
  import: ["everywhere"],
  register: ["everywhere"],
  said: ["meeting", "everywhere"],
};

/** In a list, moving a row by Alt and an arrow hides moving the meeting: the list takes its keys before the desk does. */
const hides = new Set(["itemUp", "itemDown", "turnUp", "turnDown"]);

test("no key means two things in one place", () => {
  const clashes = table.flatMap((one) =>
    table
      .filter((other) => other.id !== one.id && other.key !== undefined && other.key === one.key)
      .filter((other) => other.scope === one.scope || (over[one.scope].includes(other.scope) && !hides.has(one.id)))
      .map((other) => `${one.key}: ${one.id}, ${other.id}`),
  );
  expect(clashes).toEqual([]);
});

test("every action can be reached and has its own words", () => {
  expect(table.filter((action) => action.key === undefined && action.typed === undefined)).toEqual([]);
  const labels = table.map((action) => `${action.group}: ${action.label}`);
  expect(new Set(labels).size).toBe(labels.length);
});

const none = { ctrlKey: false, metaKey: false, altKey: false, shiftKey: false };

test("an event is named as the table names keys", () => {
  expect(chord({ ...none, key: "k", code: "KeyK", ctrlKey: true })).toBe("Ctrl+K");
  expect(chord({ ...none, key: "k", code: "KeyK", metaKey: true })).toBe("Ctrl+K");
  expect(chord({ ...none, key: "Z", code: "KeyZ", ctrlKey: true, shiftKey: true })).toBe("Ctrl+Shift+Z");
  expect(chord({ ...none, key: "ArrowDown", code: "ArrowDown", altKey: true })).toBe("Alt+ArrowDown");
  expect(chord({ ...none, key: "∂", code: "KeyD", altKey: true })).toBe("Alt+D");
  expect(chord({ ...none, key: "я", code: "KeyZ", ctrlKey: true })).toBe("Ctrl+Z");
  expect(chord({ ...none, key: "?", code: "Slash", shiftKey: true })).toBe("?");
});

test("the innermost place wins", () => {
  expect(actionFor("Enter", ["points", "desk", "meeting", "everywhere"])).toBe("pointEdit");
  expect(actionFor("Enter", ["desk", "meeting", "everywhere"])).toBeUndefined();
  expect(actionFor("Ctrl+K", ["library", "everywhere"])).toBe("palette");
});

test("keys are shown without signs of addition", () => {
  expect(shown("Alt+ArrowDown")).toBe("Alt ↓");
  expect(shown("Plus")).toBe("+");
  expect(hint("tagSelect")).toBe("Space");
  expect(hint("itemSkip")).toBe("/skip");
});

test("signs that part a chord are spelled", () => {
  expect(chord({ ...none, key: "+", code: "Equal", ctrlKey: true, shiftKey: true })).toBe("Ctrl+Plus");
  expect(chord({ ...none, key: "=", code: "Equal", ctrlKey: true })).toBe("Ctrl+Plus");
  expect(chord({ ...none, key: "-", code: "Minus", ctrlKey: true })).toBe("Ctrl+Minus");
  expect(chord({ ...none, key: "F1", code: "F1", shiftKey: true })).toBe("Shift+F1");
  expect(shown("Ctrl+Plus")).toBe("Ctrl +");
});

test("a key is changed, taken away, and put back", () => {
  const own = rebound(asTable, "floorNext", "Alt+Y");
  expect(keyOf("floorNext", own)).toBe("Alt+Y");
  expect(keyOf("floorNext", rebound(own, "floorNext", ""))).toBeUndefined();
  expect(rebound(own, "floorNext", "Alt+N")).toEqual(asTable);
});

test("a key that means something else here is refused, with the reason", () => {
  expect(clash("floorNext", "Alt+B", asTable)).toBe("Alt B is “To the capture bar” already");
  expect(clash("present", "Ctrl+K", asTable)).toContain("Every action");
  // Panes beside one another do not see each other's keys.
  expect(clash("present", "T", asTable)).toBeNull();
  expect(clash("floorNext", "G", asTable)).toContain("for typing");
  expect(clash("floorNext", "Escape", asTable)).not.toBeNull();
  expect(clash("floorNext", "Ctrl+Control", asTable)).not.toBeNull();
  // The key that an action gave up is free.
  expect(clash("floorNext", "Alt+B", rebound(asTable, "bar", "Alt+Y"))).toBeNull();
});

test("single letters can be switched off", () => {
  const off = { ...asTable, singles: false };
  expect(keyOf("pointTag", off)).toBeUndefined();
  expect(keyOf("pointDelete", off)).toBe("Delete");
  expect(keyOf("palette", off)).toBe("Ctrl+K");
  expect(clash("pointDelete", "T", off)).not.toBeNull();
});

test("what was stored is read with care", () => {
  const own: Rebound = { keys: { floorNext: "Alt+B", bar: "Alt+N" }, singles: false };
  expect(readRebound(JSON.stringify(own))).toEqual(own);
  expect(readRebound('{"keys":{"floorNext":"Alt+B","nothing":"Alt+Y","help":3}}')).toEqual(asTable);
  for (const damaged of ["", "null", "7", "{", '{"keys":7}']) expect(readRebound(damaged)).toEqual(asTable);
});

test("what reads a key follows the changes", () => {
  follow(() => rebound(asTable, "floorNext", "Alt+Y"));
  expect(hint("floorNext")).toBe("Alt Y");
  expect(actionFor("Alt+Y", ["desk"])).toBe("floorNext");
  follow(() => asTable);
  expect(actionFor("Alt+Y", ["desk"])).toBeUndefined();
});
