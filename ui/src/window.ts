// The window, with what its first picture needs. It begins when that can be drawn: what is drawn before takes as long.

import { mount } from "svelte";

import App from "./App.svelte";
import { behind } from "./behind.svelte";
import { answered } from "./lib/first";
import { app } from "./lib/state/app.svelte";

app.start();
await Promise.all([answered(), app.place.at === "meeting" && behind.fetchMeeting()]);
const target = document.getElementById("app");
if (target !== null) mount(App, { target });
