import { expect, test } from "vitest";

import { ago, covered, day, due, instant, learn, localDay, minute, second, stopwatch, zoneName } from "./time";

const AT = "2026-03-12T13:47:31.000Z";

test("an instant in the words of its zone", () => {
  expect(minute(AT, "Europe/Berlin")).toBe("14:47");
  expect(second(AT, "UTC")).toBe("13:47:31");
  expect(minute("2026-03-12T00:05:00Z", "UTC")).toBe("00:05");
  expect(day("2026-03-12T23:30:00Z", "Asia/Tokyo")).toBe("13 March 2026");
  expect(zoneName(AT, "Europe/Berlin")).toBe("CET");
  expect(zoneName(AT, "CET")).toBe("CET");
  expect(zoneName("2026-07-01T12:00:00Z", "CET")).toBe("CEST");
  expect(due("2026-03-27")).toBe("Fri 27 March");
  expect(due("soon")).toBe("soon");
});

test("what the core has told of a zone counts, and only within its time", () => {
  learn("Test/Odd", [
    { from: "2026-03-12T00:00:00Z", to: "2026-03-29T01:00:00Z", ahead: 20_700, name: "ODT" },
    { from: "2026-03-29T01:00:00Z", to: "2026-09-12T00:00:00Z", ahead: -3600, name: "ODST" },
  ]);
  expect(minute(AT, "Test/Odd")).toBe("19:32");
  expect(second("2026-03-29T00:59:59.999Z", "Test/Odd")).toBe("06:44:59");
  expect(second("2026-03-29T01:00:00Z", "Test/Odd")).toBe("00:00:00");
  expect(day("2026-03-12T23:30:00Z", "Test/Odd")).toBe("13 March 2026");
  expect(localDay("2026-04-01T00:30:00Z", "Test/Odd")).toBe("2026-03-31");
  expect([zoneName(AT, "Test/Odd"), zoneName("2026-04-01T00:30:00Z", "Test/Odd")]).toEqual(["ODT", "ODST"]);
  expect(instant("2026-03-12", "19:32", "Test/Odd")).toBe("2026-03-12T13:47:00.000Z");
  // Before and after, the zone is one that nobody knows.
  expect(minute("2026-03-11T13:47:31Z", "Test/Odd")).toBe("13:47");
  expect(zoneName("2026-09-12T00:00:00Z", "Test/Odd")).toBe("UTC");
});

test("the words are those of the engine", () => {
  for (let month = 0; month < 12; month += 1) {
    const at = Date.UTC(2026, month, 1 + 2 * month, 5, 7, 9);
    for (const zone of ["UTC", "Europe/Berlin", "Asia/Kolkata", "America/St_Johns"]) {
      const said = (options: Intl.DateTimeFormatOptions): string => new Intl.DateTimeFormat("en-GB", { ...options, timeZone: zone }).format(at);
      expect(day(at, zone)).toBe(said({ day: "numeric", month: "long", year: "numeric" }));
      expect(second(at, zone)).toBe(said({ hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23" }));
    }
  }
});

test("an unknown zone falls back to UTC", () => {
  expect(minute(AT, "Nowhere/Else")).toBe("13:47");
});

test("spans add up, the open one to now", () => {
  const now = Date.parse("2026-03-12T14:00:00Z");
  expect(
    covered(
      [
        { from: "2026-03-12T13:00:00Z", to: "2026-03-12T13:10:00Z" },
        { from: "2026-03-12T13:55:00Z", to: null },
      ],
      now,
    ),
  ).toBe(15 * 60_000);
});

test("stopwatches keep their shape", () => {
  expect(stopwatch(0)).toBe("0:00");
  expect(stopwatch(134_900)).toBe("2:14");
  expect(stopwatch(3_723_000)).toBe("1:02:03");
  expect(stopwatch(-5)).toBe("0:00");
});

test("waiting is told in minutes", () => {
  const now = Date.parse(AT);
  expect(ago("2026-03-12T13:47:00Z", now)).toBe("now");
  expect(ago("2026-03-12T13:45:00Z", now)).toBe("2 min");
});

test("a local time finds its instant on both sides of a change of clocks", () => {
  expect(instant("2026-03-12", "14:00", "Europe/Berlin")).toBe("2026-03-12T13:00:00.000Z");
  expect(instant("2026-07-12", "14:00", "Europe/Berlin")).toBe("2026-07-12T12:00:00.000Z");
  expect(instant("2026-03-29", "03:30", "Europe/Berlin")).toBe("2026-03-29T01:30:00.000Z");
  expect(instant("2026-03-12", "09:00", "Asia/Kolkata")).toBe("2026-03-12T03:30:00.000Z");
  expect(instant("2026-13-40", "09:00", "UTC")).toBeNull();
  expect(instant("2026-03-12", "09:00", "Nowhere/Else")).toBeNull();
});
