import { expect, test } from "vitest";

import { actionFor, chord, hint, shown, table, type Scope } from "./keys";

const over: Record<Scope, Scope[]> = {
  everywhere: [],
  library: ["everywhere"],
  meeting: ["everywhere"],
  desk: ["meeting", "everywhere"],
  points: ["desk", "meeting", "everywhere"],
  people: ["desk", "meeting", "everywhere"],
  tagging: ["desk", "meeting", "everywhere"],
};

test("no key means two things in one place", () => {
  const clashes = table.flatMap((one) =>
    table
      .filter((other) => other.id !== one.id && other.key !== undefined && other.key === one.key)
      .filter((other) => other.scope === one.scope || over[one.scope].includes(other.scope))
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
  expect(shown("+")).toBe("+");
  expect(hint("tagSelect")).toBe("Space");
  expect(hint("itemSkip")).toBe("/skip");
});
