import { expect, test } from "vitest";

import { around, divided, linked } from "./marks";

test("a mark goes around the selection and comes off again", () => {
  const bold = around({ text: "a gap here", from: 2, to: 5 }, "**");
  expect(bold).toEqual({ text: "a **gap** here", from: 4, to: 7 });
  expect(around(bold, "**")).toEqual({ text: "a gap here", from: 2, to: 5 });
});

test("emphasis within strong is added, not taken for half of it", () => {
  const both = around({ text: "**gap**", from: 2, to: 5 }, "*");
  expect(both).toEqual({ text: "***gap***", from: 3, to: 6 });
  expect(around(both, "*")).toEqual({ text: "**gap**", from: 2, to: 5 });
});

test("words become a link's label, an address its address", () => {
  expect(linked({ text: "see annex C", from: 4, to: 11 })).toEqual({ text: "see [annex C]()", from: 14, to: 14 });
  expect(linked({ text: "https://example.org/", from: 0, to: 20 })).toEqual({ text: "[](https://example.org/)", from: 1, to: 1 });
});

test("a text is divided at the caret, never into nothing", () => {
  expect(divided("One. Two.", 4)).toEqual(["One.", "Two."]);
  expect(divided("One.", 4)).toBeNull();
  expect(divided("One.", 0)).toBeNull();
});
