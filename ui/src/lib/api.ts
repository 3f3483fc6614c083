// The only door to the core and to the window around the page.

import { invoke } from "@tauri-apps/api/core";
import { listen } from "@tauri-apps/api/event";

import type { Code, Commands, DroppedFile, Followed, Format, MeetingId, Refusal, Whereabouts } from "./bindings";

/** What a refused command throws. */
export class Refused extends Error {
  constructor(
    readonly code: Code,
    message: string,
  ) {
    super(message);
  }
}

/** Answers that were asked for before anybody wanted them. */
const early = new Map<string, Promise<unknown>>();

const question = (name: keyof Commands, request: unknown): string => JSON.stringify([name, request]);

/** Asks already: the next call of the same takes this answer. For what the window shows first, and only until it does. */
export function ahead<Name extends keyof Commands>(name: Name, request: Commands[Name][0]): Promise<Commands[Name][1]> {
  const answer = call(name, request);
  // Who takes it hears why it was refused.
  answer.catch(() => {});
  early.set(question(name, request), answer);
  return answer;
}

/** What was asked for early counts no longer: from now on the record may change. */
export function forgetEarly(): void {
  early.clear();
}

/** Calls a command of the core. Throws `Refused` and nothing else. */
export async function call<Name extends keyof Commands>(
  name: Name,
  request: Commands[Name][0],
): Promise<Commands[Name][1]> {
  if (early.size > 0) {
    const asked = question(name, request);
    const answer = early.get(asked) as Promise<Commands[Name][1]> | undefined;
    early.delete(asked);
    if (answer !== undefined) return await answer;
  }
  try {
    return await invoke<Commands[Name][1]>("call", { name, request });
  } catch (refusal) {
    throw asRefused(refusal);
  }
}

function asRefused(refusal: unknown): Refused {
  if (typeof refusal === "object" && refusal !== null && "code" in refusal && "message" in refusal) {
    const { code, message } = refusal as Refusal;
    return new Refused(code, message);
  }
  return new Refused("internal", String(refusal));
}

/** Runs `then` whenever another program has written to the archive. */
export async function onChanged(then: () => void): Promise<() => void> {
  return await listen("changed", then);
}

/** Runs `then` with each file that is let go over the window, where the engine does not give it to the page itself. */
export async function onDropped(then: (file: DroppedFile) => void, failed: (error: unknown) => void): Promise<() => void> {
  return await listen("dropped", async () => {
    try {
      const file = await invoke<DroppedFile | null>("dropped");
      if (file !== null) then(file);
    } catch (refusal) {
      failed(asRefused(refusal));
    }
  });
}

/** Runs `then` whenever the shared meeting on the page stands otherwise. */
export async function onSharing(then: (stands: Followed) => void): Promise<() => void> {
  return await listen<Followed>("sharing", ({ payload }) => then(payload));
}

/** Says where the page stands, for those with whom its meeting is shared. Answers how it stands with them. */
export async function stand(meeting: MeetingId | null, whereabouts: Whereabouts): Promise<Followed | null> {
  try {
    return await invoke<Followed | null>("stand", { meeting, whereabouts });
  } catch (refusal) {
    throw asRefused(refusal);
  }
}

const SHARED = [{ name: "Shared meeting", extensions: ["minuta"] }];

/** Asks where to save a shared meeting; none = never mind. */
export async function askWhereShared(name: string): Promise<string | null> {
  return await invoke<string | null>("plugin:dialog|save", { options: { title: "Share by file", defaultPath: name, filters: SHARED } });
}

/** Asks which file of a shared meeting; none = never mind. */
export async function askShared(): Promise<string | null> {
  return await invoke<string | null>("plugin:dialog|open", { options: { title: "Take in a shared meeting", multiple: false, directory: false, filters: SHARED } });
}

/** Asks where to save an export; none = never mind. */
export async function askWhere(name: string, format: Format): Promise<string | null> {
  const filters = [
    format === "pdf"
      ? { name: "PDF", extensions: ["pdf"] }
      : { name: "Markdown", extensions: ["md"] },
  ];
  return await invoke<string | null>("plugin:dialog|save", {
    options: { title: "Export", defaultPath: name, filters },
  });
}

/** Opens a link outside: only https and mailto are let through. */
export async function openOutside(url: string): Promise<void> {
  await invoke("plugin:opener|open_url", { url });
}

/** Draws the whole window larger or smaller: the page then has fewer or more pixels to stand on. */
export async function setZoom(zoom: number): Promise<void> {
  await invoke("plugin:webview|set_webview_zoom", { value: zoom });
}

/** Whether the engine itself tells a screen reader when a live region changes. What WebKitGTK tells, Orca 43 does not hear. */
export function tellsLive(): boolean {
  return !navigator.userAgent.includes("Linux");
}

/** Has the window tell a screen reader, where the page's live region is not heard. */
export async function announce(text: string): Promise<void> {
  await invoke("announce", { text });
}

/** Shows the window, which is hidden until there is something in it. */
export async function showWindow(): Promise<void> {
  await invoke("plugin:window|show", { label: "main" });
}
