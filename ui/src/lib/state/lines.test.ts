import { afterEach, beforeEach, expect, test, vi } from "vitest";

import { Refused } from "../api";
import type { Captured } from "../bindings";
import { Lines } from "./lines.svelte";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** A core that fails the tries it is told to, and remembers what it took. */
function core(fails: (try_: number) => Error | null = () => null) {
  const tries: { line: string; id: string }[] = [];
  const drafts: string[] = [];
  const saved: string[] = [];
  const lines = new Lines({
    async capture(line, id): Promise<Captured> {
      tries.push({ line, id });
      await Promise.resolve();
      const failure = fails(tries.length);
      if (failure !== null) throw failure;
      return { id, done: "Point added", notices: [] };
    },
    async storeDraft(text) {
      drafts.push(text);
    },
    saved: (line) => void saved.push(line.text),
  });
  return { lines, tries, drafts, saved };
}

test("lines are saved in the order they were entered", async () => {
  const { lines, saved } = core();
  lines.enter(["one"]);
  lines.enter(["two", "", "three"]);
  expect(lines.waiting.map((line) => line.text)).toEqual(["one", "two", "three"]);
  await vi.runAllTimersAsync();
  expect(saved).toEqual(["one", "two", "three"]);
  expect(lines.waiting).toEqual([]);
  expect(lines.savedAt).not.toBeNull();
});

test("a failed save is seen, keeps its text, and is tried again with its id before those behind it", async () => {
  const { lines, tries, saved } = core((try_) => (try_ <= 2 ? new Refused("disk_full", "the disk is full") : null));
  lines.enter(["one"]);
  lines.enter(["two"]);
  await vi.advanceTimersByTimeAsync(10);
  expect(lines.trouble?.text).toBe("one");
  expect(lines.trouble?.trouble).toBe("the disk is full");
  expect(lines.waiting.map((line) => line.text)).toEqual(["one", "two"]);
  await vi.runAllTimersAsync();
  expect(tries.map((one) => one.line)).toEqual(["one", "one", "one", "two"]);
  expect(new Set(tries.slice(0, 3).map((one) => one.id)).size).toBe(1);
  expect(saved).toEqual(["one", "two"]);
  expect(lines.trouble).toBeNull();
});

test("a line entered while another is in trouble waits behind it", async () => {
  const { lines, tries } = core((try_) => (try_ === 1 ? new Refused("busy", "busy") : null));
  lines.enter(["one"]);
  await vi.advanceTimersByTimeAsync(10);
  lines.enter(["two"]);
  await vi.advanceTimersByTimeAsync(10);
  expect(tries.map((one) => one.line)).toEqual(["one"]);
  await vi.runAllTimersAsync();
  expect(tries.map((one) => one.line)).toEqual(["one", "one", "two"]);
});

test("a refused line stays until the writer takes it back", async () => {
  const { lines, tries } = core((try_) => (try_ === 1 ? new Refused("invalid", "no such item") : null));
  lines.enter(["/take 9", "two"]);
  await vi.runAllTimersAsync();
  expect(tries).toHaveLength(1);
  expect(lines.trouble?.refused).toBe(true);
  lines.takeBack(lines.waiting[0]?.id ?? "");
  await vi.runAllTimersAsync();
  expect(lines.draft).toBe("/take 9");
  expect(tries.map((one) => one.line)).toEqual(["/take 9", "two"]);
});

test("the draft is at most 250 ms behind while one types on", async () => {
  const { lines, drafts } = core();
  let text = "";
  for (let key = 0; key < 40; key += 1) {
    text += "x";
    lines.type(text);
    await vi.advanceTimersByTimeAsync(50);
    expect(text.length - (drafts.at(-1)?.length ?? 0)).toBeLessThanOrEqual(5);
  }
  await vi.advanceTimersByTimeAsync(250);
  expect(drafts.at(-1)).toBe(text);
});

test("the stored draft holds what is not saved yet, and is empty once it is", async () => {
  let fail = true;
  const { lines, drafts } = core(() => (fail ? new Refused("io", "gone") : null));
  lines.type("one");
  await vi.advanceTimersByTimeAsync(250);
  lines.enter(["one"]);
  lines.type("tw");
  await vi.advanceTimersByTimeAsync(250);
  expect(drafts.at(-1)).toBe("one\ntw");
  fail = false;
  lines.type("");
  await vi.runAllTimersAsync();
  expect(drafts.at(-1)).toBe("");
});

test("closing stores the draft at once", async () => {
  const { lines, drafts } = core();
  lines.type("half a li");
  await lines.close();
  expect(drafts).toEqual(["half a li"]);
});

test("a draft that could not be stored is no trouble any more when its line is saved", async () => {
  let full = true;
  const fail = (): Error | null => (full ? new Refused("disk_full", "the disk is full") : null);
  const lines = new Lines({
    async capture(_, id): Promise<Captured> {
      const failure = fail();
      if (failure !== null) throw failure;
      return { id, done: "Point added", notices: [] };
    },
    async storeDraft() {
      const failure = fail();
      if (failure !== null) throw failure;
    },
    saved: () => {},
  });
  lines.enter(["one"]);
  await vi.advanceTimersByTimeAsync(300);
  expect(lines.draftTrouble).toBe("the disk is full");
  full = false;
  await vi.runAllTimersAsync();
  expect(lines.waiting).toEqual([]);
  expect(lines.draftTrouble).toBeNull();
});

test("a line waits for what was done before it, and what is done waits for the lines before it", async () => {
  const order: string[] = [];
  let before: Promise<unknown> | null = null;
  const lines = new Lines({
    async capture(line, id): Promise<Captured> {
      await new Promise((done) => setTimeout(done, 20));
      order.push(line);
      return { id, done: "", notices: [] };
    },
    storeDraft: () => Promise.resolve(),
    before: () => before,
    saved: () => {},
  });
  lines.enter(["one", "two"]);
  before = lines.sent().then(() => order.push("the floor is given"));
  lines.enter(["three"]);
  await vi.runAllTimersAsync();
  expect(order).toEqual(["one", "two", "the floor is given", "three"]);
  await lines.sent();
});

test("nobody waits for a line in trouble", async () => {
  const { lines } = core(() => new Refused("disk_full", "the disk is full"));
  lines.enter(["one"]);
  await vi.advanceTimersByTimeAsync(1);
  await lines.sent();
  lines.enter(["two"]);
  await lines.sent();
  expect(lines.waiting).toHaveLength(2);
});

test("what follows from a letter waits until it is drawn, and nobody reads the draft without it", async () => {
  const { lines, drafts, saved } = core();
  const did: string[] = [];
  const letter = (text: string): void => lines.late(() => (did.push(text), lines.type(text)));
  letter("o");
  letter("on");
  expect(lines.hasLate).toBe(true);
  expect(lines.draft).toBe("");
  await vi.advanceTimersByTimeAsync(60);
  expect(did).toEqual(["on"]);
  expect(lines.hasLate).toBe(false);
  letter("one");
  lines.enter(["one"]);
  await vi.runAllTimersAsync();
  letter("t");
  lines.restore("of another run");
  expect(lines.draft).toBe("t");
  letter("tw");
  await lines.close();
  expect(drafts.at(-1)).toBe("tw");
  expect(saved).toEqual(["one"]);
});
