import { describe, expect, it } from "vitest";

import { pieces } from "./inline";
import { cut, literal, opened, schema, source } from "./prose";

const SAME = [
  "Several participants noted.",
  "**Nine** of *eleven* stations sent `valid` records.",
  "See [the log](https://example.org/a_(b)) and [nowhere](#).",
  "***both*** and **bold with *italic* in it**",
  "[Marit Solheim](minuta:participant/0198) took the chair; [*M. S.*](minuta:participant/0198) again",
  "one\ntwo",
  "2 * 3 * 4, snake_case, # x, 1. y",
  "\\*stars\\* and \\[brackets\\]",
  "[**a bold link**](https://example.org)",
  "a back\\\\\\*slash",
  "``a ` tick``",
  "",
];

describe("a passage in the editor", () => {
  it.each(SAME)("comes out as it went in: %s", (text) => {
    expect(source(opened(text))).toBe(text);
  });

  it("keeps what is typed literal", () => {
    for (const text of ["*", "a*b*c", "[x](y)", "`", "\\", "\\*", "**", "a\\b", "[", "](", "**bold**", "2 * 3", "* x"]) {
      const doc = schema.node("doc", null, [schema.node("line", null, [schema.text(text)])]);
      const back = pieces(source(doc));
      expect(back.map((piece) => ("text" in piece ? piece.text : piece.type)).join(""), text).toBe(text);
    }
  });

  it("sets blanks at the edge of bold outside of it", () => {
    const bold = schema.mark("strong");
    const doc = schema.node("doc", null, [schema.node("line", null, [schema.text("a"), schema.text(" b ", [bold]), schema.text("c")])]);
    expect(source(doc)).toBe("a **b** c");
    const blank = schema.node("doc", null, [schema.node("line", null, [schema.text("a"), schema.text("  ", [bold]), schema.text("c")])]);
    expect(source(blank)).toBe("a  c");
  });

  it("is cut in two with its marks on both sides", () => {
    const doc = opened("one **two three** four");
    // Position 1 is before the first letter.
    expect(cut(doc, 8)).toEqual(["one **two**", " **three** four"]);
    expect(cut(doc, 1)).toEqual(["", "one **two three** four"]);
    expect(cut(doc, doc.content.size - 1)).toEqual(["one **two three** four", ""]);
  });

  it("escapes only what would be a mark", () => {
    expect(literal("2 * 3 (x) _y_ # z")).toBe("2 * 3 (x) _y_ # z");
    expect(literal("*x*")).toBe("\\*x\\*");
  });
});
