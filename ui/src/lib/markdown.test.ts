import { expect, test } from "vitest";

import { blocks } from "./markdown";

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
