import "./styles/tokens.css";
import "./styles/base.css";
import "./styles/library.css";

// The program begins with a few lines: they ask for what is shown first, and the rest is read meanwhile.
import { beginsAt, askFirst } from "./lib/first";

const meeting = beginsAt(location.hash);
askFirst(meeting);
if (meeting !== null) import("./views/Meeting.svelte").catch(() => {});
void import("./window");
// Text that is laid out before its font is there is laid out twice, the first time with all fonts that could stand in for it.
for (const font of ["Inter", "Source Serif 4"]) document.fonts.load(`1em "${font}"`).catch(() => {});
