import "./styles/tokens.css";
import "./styles/base.css";
import "./styles/library.css";
import "./styles/desk.css";
import "./styles/side.css";
import "./styles/tagging.css";
import "./styles/report.css";
import "./styles/float.css";
import "./styles/import.css";
import "./styles/register.css";
import "./styles/bar.css";

import { mount } from "svelte";

import App from "./App.svelte";
import { app } from "./lib/state/app.svelte";

app.start();
const target = document.getElementById("app");
if (target !== null) mount(App, { target });
