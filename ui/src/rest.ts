// What the window's first picture does not need: fetched behind it, in one piece.

import "./styles/report.css";
import "./styles/float.css";
import "./styles/import.css";
import "./styles/register.css";

export { Report as ReportState } from "./lib/state/report.svelte";
export { default as ExportBox } from "./parts/ExportBox.svelte";
export { default as FileIn } from "./parts/FileIn.svelte";
export { default as Help } from "./parts/Help.svelte";
export { default as JoinBox } from "./parts/JoinBox.svelte";
export { default as KeysBox } from "./parts/KeysBox.svelte";
export { default as Palette } from "./parts/Palette.svelte";
export { default as ReviewBox } from "./parts/ReviewBox.svelte";
export { default as ShareBox } from "./parts/ShareBox.svelte";
export { default as Import } from "./views/Import.svelte";
export { default as Participants } from "./views/Participants.svelte";
export { default as Register } from "./views/Register.svelte";
export { default as Report } from "./views/Report.svelte";
export { default as Transcript } from "./views/Transcript.svelte";
