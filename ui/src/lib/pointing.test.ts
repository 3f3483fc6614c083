import { afterEach, beforeEach, expect, test, vi } from "vitest";

import { pointing } from "./pointing";

const root = { dataset: {} as DOMStringMap };
const page = new EventTarget();
let end = (): void => {};

/** A pointer that comes from somewhere. */
function comes(): void {
  tell("pointermove", { screenX: 1, screenY: 1 });
  tell("pointermove", { screenX: 3, screenY: 4 });
}

/** An event with what a listener reads of it. */
function tell(what: string, with_: object): void {
  page.dispatchEvent(Object.assign(new Event(what), with_));
}

beforeEach(() => {
  vi.useFakeTimers();
  end = pointing(root as HTMLElement, page as Window);
});

afterEach(() => {
  end();
  vi.useRealTimers();
  delete root.dataset["hand"];
});

test("a pointer that moves points, until a key is pressed and its letter is drawn", () => {
  expect(root.dataset["hand"]).toBeUndefined();
  comes();
  expect(root.dataset["hand"]).toBe("pointer");
  tell("keydown", { key: "a" });
  expect(root.dataset["hand"]).toBe("pointer");
  vi.runAllTimers();
  expect(root.dataset["hand"]).toBeUndefined();
});

test("a pointer that rests while the page moves beneath it does not point", () => {
  tell("pointermove", { screenX: 3, screenY: 4 });
  expect(root.dataset["hand"]).toBeUndefined();
  comes();
  tell("keydown", { key: "a" });
  vi.runAllTimers();
  tell("pointermove", { screenX: 3, screenY: 4 });
  expect(root.dataset["hand"]).toBeUndefined();
  tell("pointermove", { screenX: 3, screenY: 5 });
  expect(root.dataset["hand"]).toBe("pointer");
});

test("keys that go with a press of the button leave it pointing, and so does one that moves at once", () => {
  comes();
  tell("keydown", { key: "Shift" });
  vi.runAllTimers();
  expect(root.dataset["hand"]).toBe("pointer");
  tell("keydown", { key: "a" });
  tell("pointermove", { screenX: 9, screenY: 4 });
  vi.runAllTimers();
  expect(root.dataset["hand"]).toBe("pointer");
});

test("when it has ended, nothing is listened to", () => {
  comes();
  tell("keydown", { key: "a" });
  end();
  vi.runAllTimers();
  expect(root.dataset["hand"]).toBe("pointer");
  delete root.dataset["hand"];
  comes();
  expect(root.dataset["hand"]).toBeUndefined();
});
