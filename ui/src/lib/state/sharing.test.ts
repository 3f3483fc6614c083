import { expect, test } from "vitest";

import type { Followed, MeetingId, ShareState, Whereabouts } from "../bindings";
import { Sharing } from "./sharing.svelte";

const stands = (meeting: MeetingId, more: Partial<Followed> = {}): Followed => ({ meeting, hub: true, connected: true, reason: "", role: "owner", standing: "good", present: [], waiting: 0, contact: null, aside: 0, ...more });
const shared = (meeting: MeetingId): ShareState => ({ meeting, role: "owner", standing: "good", servers: ["nats://hub"], credentials: "", authority: "", members: [], invitations: [], waiting: 0, contact: null, aside: 0 });

/** A window that notes what it is told, and shares the meetings that it is told to. */
function window(meetings: MeetingId[]) {
  const said: [MeetingId | null, Whereabouts][] = [];
  const sharing = new Sharing({
    async stand(meeting, whereabouts) {
      said.push([meeting, whereabouts]);
      await Promise.resolve();
      return meeting !== null && meetings.includes(meeting) ? stands(meeting) : null;
    },
    state: (meeting) => Promise.resolve(meetings.includes(meeting) ? shared(meeting) : null),
  });
  return { sharing, said };
}

const settled = () => new Promise((then) => setTimeout(then));

test("the window is told where the page stands, once for each place", async () => {
  const { sharing, said } = window(["m"]);
  await sharing.go("m");
  sharing.at({ item: "2", point: null });
  sharing.at({ item: "2", point: null });
  sharing.at({ item: "2", point: "p" });
  await settled();
  expect(said.at(-1)).toEqual(["m", { item: "2", point: "p" }]);
  expect(said.length).toBe(3);
  expect(sharing.stands).toEqual(stands("m"));
  expect(sharing.state).toEqual(shared("m"));
});

test("a meeting that is left after another was opened takes nothing from that one", async () => {
  const { sharing, said } = window(["m", "n"]);
  await sharing.go("m");
  const gone = sharing.go("n");
  sharing.leave("m");
  await gone;
  expect(said.at(-1)?.[0]).toBe("n");
  expect(sharing.stands?.meeting).toBe("n");
  sharing.leave("n");
  await settled();
  expect(said.at(-1)?.[0]).toBeNull();
  expect(sharing.stands).toBeNull();
  expect(sharing.state).toBeNull();
});

test("what is told of another meeting is not of this one", async () => {
  const { sharing } = window(["m"]);
  await sharing.go("m");
  sharing.hear(stands("n", { waiting: 9 }));
  expect(sharing.stands?.waiting).toBe(0);
  sharing.hear(stands("m", { waiting: 3 }));
  expect(sharing.stands?.waiting).toBe(3);
});

test("a meeting that is not shared says nothing", async () => {
  const { sharing } = window([]);
  await sharing.go("m");
  expect(sharing.stands).toBeNull();
  expect(sharing.state).toBeNull();
});

test("a meeting that is shared while it is open is seen to be", async () => {
  const meetings: MeetingId[] = [];
  const { sharing } = window(meetings);
  await sharing.go("m");
  meetings.push("m");
  sharing.hear(stands("m"));
  await settled();
  expect(sharing.state).toEqual(shared("m"));
});

test("who is withdrawn is told so", async () => {
  const state = shared("m");
  const sharing = new Sharing({ stand: () => Promise.resolve(stands("m")), state: () => Promise.resolve({ ...state }) });
  await sharing.go("m");
  state.standing = "withdrawn";
  sharing.hear(stands("m", { standing: "withdrawn" }));
  await settled();
  expect(sharing.state?.standing).toBe("withdrawn");
});
