import { describe, expect, test } from "vitest";

import type { Followed, Present, ShareState } from "./bindings";
import { atLength, initials, nameOf, servers, told, where, writers } from "./sharing";

const ann: Present = { author: "a", name: "Ann Berg", role: "scribe", whereabouts: { item: "2", point: null } };
const stands = (more: Partial<Followed> = {}): Followed => ({ meeting: "m", hub: true, connected: true, reason: "", role: "owner", standing: "good", present: [], waiting: 0, contact: null, aside: 0, ...more });
const state = (more: Partial<ShareState> = {}): ShareState => ({ meeting: "m", role: "owner", standing: "good", servers: ["nats://hub.example.org"], credentials: "", authority: "", members: [], invitations: [], waiting: 0, contact: null, aside: 0, ...more });

test("initials are of the first and the last word, in any script", () => {
  expect(initials("Ann Berg")).toBe("AB");
  expect(initials("  åsa  maria öberg ")).toBe("ÅÖ");
  expect(initials("Ben")).toBe("B");
  expect(initials("Ann (chair) Berg")).toBe("AB");
  expect(initials("中村 悠真")).toBe("中悠");
  expect(initials("–")).toBe("?");
  expect(initials("")).toBe("?");
  expect(nameOf({ name: " ", role: "observer" })).toBe("an unnamed observer");
});

describe("where somebody is", () => {
  const places = { items: new Map([["2", { label: "2", title: "Lights" }]]), points: [{ id: "p", text: "The lamp at the end of the long pier is out of order." }] };
  const at = (item: string | null, point: string | null) => where({ ...ann, whereabouts: { item, point } }, places);

  test("the point, its item, or nothing that could be said", () => {
    expect(at("2", null)).toBe("at item 2, Lights");
    expect(at("2", "p")).toBe("writes in “The lamp at the end of the long pier is…”");
    expect(at("2", "elsewhere")).toBe("writes in a point of item 2");
    expect(at(null, "elsewhere")).toBe("writes in a point");
    expect(at("gone", null)).toBe("");
    expect(at(null, null)).toBe("");
  });

  test("who has which point open", () => {
    const ben: Present = { ...ann, author: "b", name: "Ben Roy", whereabouts: { item: null, point: "p" } };
    expect([...writers(stands({ present: [ann, ben] }))]).toEqual([["p", [ben]]]);
    expect(writers(null).size).toBe(0);
  });
});

describe("in the top bar", () => {
  test("nothing where the meeting is not shared", () => expect(told(null, null, "UTC")).toBeNull());

  test("who is here, and how many more", () => {
    const many = ["Ann Berg", "Ben Roy", "Titti Cassa", "Jun Sato"].map((name) => ({ ...ann, name, author: name }));
    expect(told(stands({ present: many }), state(), "UTC")).toMatchObject({ initials: ["AB", "BR", "TC"], more: 1, below: "are here", warns: false });
    expect(told(stands({ present: [ann] }), state(), "UTC")).toMatchObject({ initials: ["AB"], more: 0, below: "is here" });
    expect(told(stands(), state(), "UTC")).toMatchObject({ head: "Nobody else", below: "connected" });
    expect(told(stands(), state({ role: "observer" }), "UTC")?.below).toBe("you read along");
  });

  test("what waits comes before all else", () => {
    expect(told(stands({ present: [ann], waiting: 3 }), state(), "UTC")?.below).toBe("3 waiting");
    expect(told(stands({ connected: false, reason: "refused", waiting: 1200 }), state(), "UTC")).toMatchObject({ head: "No contact", warns: true, below: "1,200 waiting" });
  });

  test("without contact: since when", () => {
    expect(told(stands({ connected: false, reason: "refused", contact: "2026-03-12T14:02:10Z" }), state(), "UTC")?.below).toBe("since 14:02");
    expect(told(stands({ connected: false, reason: "refused" }), state(), "UTC")?.below).toBe("never yet");
    expect(told(null, state(), "UTC")?.head).toBe("Connecting");
    expect(told(stands({ hub: false }), state({ servers: [] }), "UTC")?.head).toBe("Shared by file");
    expect(told(null, state({ servers: [] }), "UTC")?.head).toBe("Shared by file");
    expect(told(stands(), state({ standing: "withdrawn" }), "UTC")).toMatchObject({ head: "Withdrawn", warns: true });
  });
});

test("at length the reason is said, and what waits", () => {
  expect(atLength(stands({ connected: false, reason: "nothing listens there.", waiting: 2, contact: "2026-03-12T14:02:10Z" }), state(), "UTC")).toBe(
    "No contact: nothing listens there. Last contact at 14:02; it is tried again and again. 2 changes of this laptop wait to be sent.",
  );
  expect(atLength(stands({ waiting: 1 }), state(), "UTC")).toBe("Connected with the hub. 1 change of this laptop waits to be sent.");
  expect(atLength(stands(), state(), "UTC")).toBe("Connected with the hub. All that was written here has been sent.");
});

test("several servers are parted by commas or spaces", () => {
  expect(servers(" nats://a:4222, nats://b:4222  nats://c ")).toEqual(["nats://a:4222", "nats://b:4222", "nats://c"]);
  expect(servers(" ")).toEqual([]);
});
