import { expect, test } from "vitest";

import { participant } from "./sample";
import { formOf } from "./settle";

const jun = participant("1", "Jun Sato", "JS", { roles: ["Port of Aomi"] });
const other = participant("2", "Jun Sato", "JU", { initials: "JU", roles: ["independent"] });
const all = [jun, other, participant("3", "Ann Berg", "AB"), participant("4", "Ask Bo", "AB"), participant("5", "josé da silva", "JDS"), participant("6", "Bruna", "B")];

test("a name that is one's own is written", () => {
  expect(formOf(all[2]!, all, "speaker")).toBe("Ann Berg");
  expect(formOf(all[2]!, all, "list")).toBe("Ann Berg");
});

test("namesakes are written so that they are found again", () => {
  expect(formOf(jun, all, "list")).toBe("Jun Sato (Port of Aomi)");
  expect(formOf(other, all, "list")).toBe("Jun Sato (independent)");
  expect(formOf(jun, all, "speaker")).toBe("JS");
  expect(formOf(other, all, "bare")).toBe("JU");
});

test("of a long role that no list takes, as much as it takes", () => {
  const long = [participant("1", "Jun Sato", "JS", { roles: ["head of the section"] }), participant("2", "Jun Sato", "JS", { roles: ["head of all, and more"] })];
  expect(formOf(long[0]!, long, "list")).toBeNull();
  const apart = [long[0]!, participant("2", "Jun Sato", "JS", { roles: ["independent"] })];
  expect(formOf(apart[0]!, apart, "list")).toBe("Jun Sato (head)");
});

test("what would not be found is not written", () => {
  const twins = [participant("1", "Jun Sato", "JS"), participant("2", "Jun Sato", "JS")];
  for (const spot of ["speaker", "list", "bare"] as const) expect(formOf(twins[0]!, twins, spot)).toBeNull();
  const b = [participant("1", "Bruna", "B"), participant("2", "Bruna", "B")];
  expect(formOf(b[0]!, b, "speaker")).toBeNull();
});

test("a name of the list is written whatever it looks like", () => {
  const names = ["Person 4", "van der Berg", "Zoom Room 3", "Maria (Treasurer)", "42", "Office of the Secretary"];
  const many = names.map((name, at) => participant(String(at), name, ""));
  for (const one of many) expect(formOf(one, many, "speaker")).toBe(one.name);
  for (const one of many) expect(formOf(one, many, "bare")).toBe(one.name);
  expect(formOf(all[4]!, all, "speaker")).toBe("josé da silva");
  expect(formOf(all[4]!, all, "list")).toBe("josé da silva");
  expect(formOf(all[5]!, all, "speaker")).toBe("Bruna");
});

test("a name that the line would be cut in, or that means something else, is not written", () => {
  const names = ["Ann: Berg", "i/o desk", "Action Bureau", "(Ann)", "#info desk"];
  const many = names.map((name, at) => participant(String(at), name, `N${at}`));
  for (const one of many) expect(formOf(one, many, "speaker")).toBe(one.short);
  const parted = ["Berg and Sons", "Berg, Ann", "Office to the Board", "R&D"];
  const owners = parted.map((name, at) => participant(String(at), name, `N${at}`));
  for (const one of owners) expect(formOf(one, owners, "bare")).toBe(one.short);
});

test("initials before a colon are one word, and an alias is one's own", () => {
  const one = participant("1", "Ann: Berg", "A 4", { initials: "A 4", aliases: ["Ann (Port)"] });
  expect(formOf(one, [one], "speaker")).toBe("Ann (Port)");
  const two = [one, participant("2", "Ann (Port)", "AP")];
  for (const spot of ["speaker", "bare"] as const) expect(formOf(one, two, spot)).toBeNull();
});

test("names of every script", () => {
  const names = ["林佳怡", "سلمى الحدّاد", "अनन्या राव", "Pierre-Alexandre de Montgolfier-Dubois"];
  const many = names.map((name, at) => participant(String(at), name, ""));
  for (const one of many) expect(formOf(one, many, "speaker")).toBe(one.name);
});
