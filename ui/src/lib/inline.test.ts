import { expect, test } from "vitest";

import { isPlain, opensOutside, pieces, plain, stretches } from "./inline";

test("marks become pieces", () => {
  expect(pieces("a **b *c*** `d` [e](https://f.example/)")).toEqual([
    { type: "text", text: "a ", at: 0 },
    {
      type: "strong",
      inner: [
        { type: "text", text: "b ", at: 4 },
        { type: "emphasis", inner: [{ type: "text", text: "c", at: 7 }] },
      ],
    },
    { type: "text", text: " ", at: 11 },
    { type: "code", text: "d", at: 13 },
    { type: "text", text: " ", at: 15 },
    { type: "link", url: "https://f.example/", inner: [{ type: "text", text: "e", at: 17 }] },
  ]);
});

test("strong and emphasis at once", () => {
  expect(plain("***a*** *b **c*** ***d* e**")).toBe("a b c d e");
});

test("what is no mark comes out as typed", () => {
  for (const text of ["2 * 3 * 4", "snake_case", "1. x", "# x", "**", "* a *", "[a] (b)", "`", "a ** b", "[a](b c)", "x\\y"]) {
    expect(plain(text)).toBe(text);
    expect(pieces(text).every((piece) => piece.type === "text")).toBe(true);
  }
});

test("a text without any sign is the one piece that it would be cut into, and with one it is cut", () => {
  for (const text of ["snake_case", "1. x", "# x", "<b> & 'c'", "](d)", "名前: テスト"]) {
    expect(isPlain(text)).toBe(true);
    expect(pieces(text)).toEqual([{ type: "text", text, at: 0 }]);
  }
  for (const text of ["*a*", "**a**", "`a`", "[a](https://b.example/)", "\\#", "a\nb", "a  \nb"]) expect(isPlain(text)).toBe(false);
});

test("escapes show the character alone", () => {
  expect(plain("\\*a\\* \\[b\\](c) \\\\ \\`")).toBe("*a* [b](c) \\ `");
});

test("markup in a text stays text", () => {
  expect(pieces("<img src=x onerror=alert(1)>")).toEqual([{ type: "text", text: "<img src=x onerror=alert(1)>", at: 0 }]);
});

test("a mention carries its participant", () => {
  expect(pieces("[Bruna](minuta:participant/1-2)")).toEqual([
    { type: "mention", participant: "1-2", inner: [{ type: "text", text: "Bruna", at: 1 }] },
  ]);
});

test("no text exhausts the stack or loses letters", () => {
  const deep = "*a ".repeat(20_000);
  expect(plain(deep).replace(/[^a]/g, "")).toHaveLength(20_000);
  const brackets = "[".repeat(3_000);
  expect(plain(brackets)).toBe(brackets);
});

test("marked stretches are cut out of a piece", () => {
  expect(stretches("the datum field", 10, [[14, 19]])).toEqual([
    { text: "the ", marked: false },
    { text: "datum", marked: true },
    { text: " field", marked: false },
  ]);
  expect(stretches("abc", 0, [[5, 9]])).toEqual([{ text: "abc", marked: false }]);
});

test("only https and mailto open outside", () => {
  expect(opensOutside("https://a.example")).toBe(true);
  expect(opensOutside("mailto:a@b.example")).toBe(true);
  for (const url of ["#", "javascript:alert(1)", "file:///etc/passwd", "http://a.example", " https://a.example"]) {
    expect(opensOutside(url)).toBe(false);
  }
});
