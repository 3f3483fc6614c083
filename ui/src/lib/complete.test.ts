import { expect, test } from "vitest";

import { complete, ghostOf, type Known } from "./complete";
import { item, participant } from "./sample";

const known: Known = {
  participants: [
    participant("ann", "Ann Berg", "AB"),
    participant("tia", "Tiago Meneses", "TM"),
    participant("til", "Tilda Åström", "TÅ", { state: "expected" }),
    participant("tit", "Titus van der Meulen", "TV"),
    participant("jun", "Jun Sato", "JS", { roles: ["Port of Aomi"] }),
    participant("sat", "Jun Sato", "JU", { initials: "JU", roles: ["independent"] }),
    participant("lin", "林佳怡", "林佳"),
  ],
  items: [
    item("1", "Opening", { state: "done" }),
    item("2", "Draft **0.9**", { state: "open", presenter: "tit" }),
    item("2.1", "Datum", { parent: "2" }),
    item("3", "Licence notice"),
    item("12", "Any other business"),
  ],
  floor: null,
  recent: [],
  turns: [],
  item: item("2", "Draft **0.9**", { presenter: "tit" }),
  beside: new Map([
    ["jun", "Port of Aomi"],
    ["sat", "independent"],
  ]),
};

const puts = (line: string, more: Partial<Known> = {}): (string | null)[] => complete(line, { ...known, ...more })?.choices.map((one) => one.insert) ?? [];

test("a speaker: who presents and who speaks come first, who is not here last", () => {
  expect(puts("Ti")).toEqual(["Titus van der Meulen: ", "Tiago Meneses: ", "Tilda Åström: "]);
  expect(puts("@ti", { floor: "tia" })).toEqual(["Tiago Meneses: ", "Titus van der Meulen: ", "Tilda Åström: "]);
  expect(puts("@ti", { recent: [{ participant: "til", at: "" }] })[1]).toBe("Tilda Åström: ");
  expect(puts("林")).toEqual(["林佳怡: "]);
});

test("a speaker whose name does not look like one", () => {
  const participants = [participant("p4", "Person 4", "P4"), participant("van", "van der Berg", "VB"), participant("vas", "Vanessa Roe", "VR"), participant("tre", "Maria (Treasurer)", "MT"), participant("3rd", "3rd Floor Room", "3R")];
  expect(puts("Pers", { participants })).toEqual(["Person 4: "]);
  expect(puts("Person 4", { participants })).toEqual(["Person 4: "]);
  expect(puts("Maria (T", { participants })).toEqual(["Maria (Treasurer): "]);
  expect(puts("van", { participants })).toEqual(["van der Berg: "]);
  expect(puts("3rd F", { participants })).toEqual(["3rd Floor Room: "]);
  expect(puts("action: Pers", { participants })).toEqual(["Person 4"]);
  for (const line of ["va", "vane", "van is", "person"]) expect(puts(line, { participants }), line).toEqual([]);
});

test("a namesake is written so that they are found again", () => {
  expect(puts("Jun")).toEqual(["JS: ", "JU: "]);
  expect(puts("present- Jun S")).toEqual(["Jun Sato (Port of Aomi)", "Jun Sato (independent)"]);
  expect(puts("ack Jun")).toEqual(["Jun Sato (Port of Aomi)", "Jun Sato (independent)"]);
  expect(complete("Jun", known)?.choices[0]?.beside).toBe("Port of Aomi");
});

test("lists: the name behind the last comma, and who it can be", () => {
  expect(puts("present+ ")).toEqual(["Tilda Åström"]);
  expect(puts("q+ Ann Berg, ti")[0]).toBe("Titus van der Meulen");
  expect(puts("q+ Ann Berg, An")).toEqual([]);
  expect(puts("chair: an")).toEqual(["Ann Berg"]);
  expect(puts("regrets+ @til")).toEqual(["Tilda Åström"]);
  expect(puts("q- ")).toEqual([]);
  const turn = { id: "t", participant: "ann", kind: "reply", reason: "", order: "", asked: "", began: null, ended: null, speaker_text: "" } as unknown as Known["turns"][number];
  expect(puts("q- ", { turns: [turn] })).toEqual(["Ann Berg"]);
  for (const line of ["q+ Ann to ask", "q+ to ask", "q+ Ann Berg: why", "ack next", "ack n"]) expect(puts(line)).toEqual([]);
});

test("owners of an action", () => {
  expect(puts("action: Ann")).toEqual(["Ann Berg"]);
  expect(puts("#action Ann Berg, Tia")).toEqual(["Tiago Meneses"]);
  expect(puts("Ann Berg: action: Tia")).toEqual(["Tiago Meneses"]);
  expect(puts("action: text out, @jun")).toEqual(["JS", "JU"]);
  for (const line of ["action: Ann to write to Ti", "action: write to", "action: "]) expect(puts(line)).toEqual([]);
});

test("items by number and by title: the number is put in", () => {
  expect(puts("/take ")).toEqual(["2.1", "3", "12", "1", "2"]);
  expect(puts("/take lic")).toEqual(["3"]);
  expect(puts("agenda- bus")).toEqual(["12"]);
  expect(puts("close item ")[0]).toBe("2");
  // A whole number is what it says, though another begins so.
  expect(puts("/take 1")).toEqual([]);
});

test("titles that are still ahead", () => {
  expect(puts("topic: ")).toEqual(["Licence notice", "Any other business"]);
  expect(puts("subtopic: d")).toEqual(["Datum"]);
  expect(puts("subtopic: d", { item: item("3", "Licence notice") })).toEqual([]);
  expect(puts("topic: Licence notice")).toEqual([]);
});

test("words of the grammar, and never plain speech", () => {
  expect(puts("prese")).toEqual(["present+ ", "present- "]);
  expect(puts("/ne")).toEqual(["/next"]);
  expect(puts("#act")).toEqual(["#action "]);
  for (const line of ["", "p", "present", "we said", "next", "Present", "A", "pre sent", "mail a@b", "Ann: hello", "\\Ann", "one\nTi"]) {
    expect(puts(line).filter((put) => put !== "present+ " && put !== "present- " && put !== "next meeting: "), line).toEqual([]);
  }
});

test("a name that is there already is not offered again", () => {
  expect(complete("present- Ann Berg", known)).toBeNull();
});

test("the ghost is what Tab would add", () => {
  const ghost = (line: string): string => {
    const found = complete(line, known);
    return found?.choices[0] === undefined ? "" : ghostOf(found, found.choices[0]);
  };
  expect(ghost("Tia")).toBe("go Meneses:");
  expect(ghost("prese")).toBe("nt+");
  expect(ghost("Jun")).toBe("");
  expect(ghost("/take lic")).toBe("");
});
