import { expect, test } from "vitest";

import { beginning } from "./app.svelte";

test("the window begins at the meeting of its address, else in the library", () => {
  const id = "0198c0de-0000-7000-8000-000000000042";
  expect(beginning(`#${id}`)).toEqual({ at: "meeting", meeting: id, view: "desk", point: null });
  for (const other of ["", "#", "#latest", `#${id}0`, `#${id.toUpperCase()}`]) expect(beginning(other)).toEqual({ at: "library" });
});
