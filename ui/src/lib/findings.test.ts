import { expect, it } from "vitest";

import type { Finding } from "./bindings";
import { beneath, following, kept, parted } from "./findings";

const finding = (id: string, item: string | null): Finding => ({ id, code: "uncovered", message: id, excerpt: "words", place: { of: "passage", id, item, label: "2.1", from: null, to: null }, mend: null });
const all = [finding("a", "i"), finding("b", "j"), finding("c", "i")];

it("parts what is of the section in hand from the rest", () => {
  const { here, elsewhere } = parted(all, "i");
  expect([here.map((one) => one.id), elsewhere.map((one) => one.id)]).toEqual([["a", "c"], ["b"]]);
  expect(parted(all, null).elsewhere).toHaveLength(3);
});

it("goes round and round", () => {
  expect(following(all, null, 1)?.id).toBe("a");
  expect(following(all, "c", 1)?.id).toBe("a");
  expect(following(all, "a", -1)?.id).toBe("c");
  expect(following([], "a", 1)).toBeUndefined();
});

it("keeps the place when one was mended", () => {
  expect(kept(all, all, "b")).toBe("b");
  expect(kept(all, [all[0] as Finding, all[2] as Finding], "b")).toBe("c");
  expect(kept(all, [all[0] as Finding], "c")).toBe("a");
  expect(kept(all, [], "c")).toBeNull();
});

it("says where only what is elsewhere", () => {
  expect(beneath(all[0] as Finding, true)).toBe("words");
  expect(beneath(all[0] as Finding, false)).toBe("2.1 · words");
});
