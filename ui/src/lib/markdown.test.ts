import { expect, test } from "vitest";

import { blocks, titleBlock } from "./markdown";

test("a document's blocks", () => {
  expect(
    blocks("# Title\n\nOne line\\\nand another\n\n## Agenda\n\n1. First\n2. Second\n\nLead-in:\n\n- a\n  goes on\n- b\n\nEnd"),
  ).toEqual([
    { type: "heading", level: 1, text: "Title" },
    { type: "paragraph", text: "One line\\\nand another" },
    { type: "heading", level: 2, text: "Agenda" },
    {
      type: "numbers",
      entries: [
        { number: "1.", text: "First" },
        { number: "2.", text: "Second" },
      ],
    },
    { type: "paragraph", text: "Lead-in:" },
    { type: "bullets", entries: ["a goes on", "b"] },
    { type: "paragraph", text: "End" },
  ]);
});

test("an empty document has no blocks", () => {
  expect(blocks("\n\n")).toEqual([]);
});

test("the title block ends before the first sentence", () => {
  expect(titleBlock(blocks("# Group\n\nOnline Meeting\n\n12 March 2026\n\nSummary Report\n\nThe meeting was held.\n\n## Agenda"))).toBe(4);
  expect(titleBlock(blocks("# Group\n\n## Agenda"))).toBe(1);
  expect(titleBlock(blocks("Text\n\n## Agenda"))).toBe(0);
});
