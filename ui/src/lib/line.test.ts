import { expect, test } from "vitest";

import { linesOf, nobodys, noSpeaker, somebodys } from "./line";

test("no speaker: the line as it stands, and back", () => {
  expect(noSpeaker("Draft: is late").text).toBe("\\Draft: is late");
  expect(noSpeaker("\\Draft: is late")).toEqual({ text: "Draft: is late", caret: 14 });
});

test("nobody's line takes the place of somebody's", () => {
  expect(nobodys("", false)).toEqual({ text: "*: ", caret: 3 });
  expect(nobodys("Ann: we close", true).text).toBe("*: we close");
  expect(nobodys("@ann we close", true).text).toBe("*: we close");
  expect(nobodys("two: three", false).text).toBe("*: two: three");
  expect(nobodys("*: we close", true).text).toBe("we close");
});

test("somebody else's line keeps what is said", () => {
  expect(somebodys("", false)).toEqual({ text: "@", caret: 1 });
  expect(somebodys("Ann: נקבל", true)).toEqual({ text: "@ נקבל", caret: 1 });
  expect(somebodys("*: all agree", true)).toEqual({ text: "@ all agree", caret: 1 });
});

test("blank lines are no points", () => {
  expect(linesOf("one\n \n\ntwo\n")).toEqual(["one", "two"]);
});
