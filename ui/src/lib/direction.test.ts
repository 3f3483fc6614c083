import { describe, expect, it } from "vitest";

import { direction } from "./direction";

describe("which way a sentence is set", () => {
  it.each([
    ["", "ltr"],
    ["12. 30%", "ltr"],
    ["The lamp is out.", "ltr"],
    ["המנורה כבויה.", "rtl"],
    ["المصباح مطفأ", "rtl"],
    // A name at the beginning or at the end does not turn the sentence around.
    ["محمد orders a new lamp by Friday.", "ltr"],
    ["The lamp is ordered by דוד כהן.", "ltr"],
    ["Ann Lee תזמין מנורה חדשה עד יום שישי.", "rtl"],
    // Neither do marks, numbers, or an address, however long.
    ["**דוד** orders 12 lamps.", "ltr"],
    ["[דוד](minuta:participant/0197a5f2) orders the lamp.", "ltr"],
    ["הכל כתוב כאן: https://harbour.example/minutes/2026/january/lamps", "rtl"],
    // As many either way: as it begins.
    ["דוד: yes", "rtl"],
    ["Yes, דוד", "ltr"],
  ])("%s", (text, way) => expect(direction(text)).toBe(way));
});
