import { expect, test } from "vitest";

import { beginsAt } from "./first";

test("the window begins at the meeting of its address, else in the library", () => {
  const id = "0198c0de-0000-7000-8000-000000000042";
  expect(beginsAt(`#${id}`)).toBe(id);
  for (const other of ["", "#", "#latest", `#${id}0`, `#${id.toUpperCase()}`]) expect(beginsAt(other)).toBeNull();
});
