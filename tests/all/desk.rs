//! The desk's commands, as the window calls them, on a real file: each does what it says, undo takes it back, redo does
//! it again, and what is refused leaves everything as it was.

use std::sync::Mutex;

use serde_json::{Value, json};

use minuta_core::model::MeetingId;
use minuta_core::{Archive, api};

use crate::opened::{is_whole, meeting, open, record, type_lines};

const LINES: [&str; 10] = [
    "participant: Ann Olsen, Chair",
    "participant: Ben Okoro, Port of Aomi",
    "participant: Ben Okoro, independent",
    "topic: Opening",
    "Ann Olsen: good morning",
    "?: is it on?",
    "... can you hear me?",
    "Sato: we hear you",
    "topic: Lights",
    "*: the lamp is out",
];

/// A desk to try things at.
pub(crate) struct Desk {
    folder: tempfile::TempDir,
    pub(crate) archive: Mutex<Archive>,
    pub(crate) meeting: MeetingId,
}

impl Desk {
    fn new() -> Self {
        Self::with(&LINES)
    }

    /// A meeting with these lines in it.
    pub(crate) fn with(lines: &[&str]) -> Self {
        Self::of(|archive| {
            let id = meeting(archive, 7);
            type_lines(archive, id, lines);
            id
        })
    }

    /// A meeting that is made so.
    pub(crate) fn of(make: impl FnOnce(&mut Archive) -> MeetingId) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let mut archive = open(&folder.path().join("desk.minuta"), 1);
        let id = make(&mut archive);
        Self {
            folder,
            archive: Mutex::new(archive),
            meeting: id,
        }
    }

    pub(crate) fn record(&self) -> Value {
        record(&self.archive.lock().unwrap(), self.meeting)
    }

    /// Calls a command on the meeting.
    pub(crate) fn ask(&self, command: &str, mut request: Value) -> Result<Value, String> {
        request["meeting"] = json!(self.meeting);
        api::call(&self.archive, command, request).map_err(|refusal| refusal.message)
    }

    pub(crate) fn call(&self, command: &str, request: Value) -> Value {
        self.ask(command, request)
            .unwrap_or_else(|refusal| panic!("{command}: {refusal}"))
    }

    /// Calls a command that changes the record; undo has to give back what was, redo what came.
    pub(crate) fn does(&self, command: &str, request: Value) -> Value {
        let before = self.record();
        let answer = self.call(command, request);
        let after = self.record();
        assert_ne!(before, after, "{command} changes something");
        assert_eq!(answer["id"].as_str().map(str::len), Some(36), "{command}: {answer}");
        let undone = self.call("undo", json!({}));
        assert_eq!(undone["left"], json!([]), "{command}: {undone}");
        assert!(
            undone["label"].as_str().is_some_and(|label| !label.is_empty()),
            "{command}"
        );
        assert_eq!(self.record(), before, "undo of {command}");
        self.call("redo", json!({}));
        assert_eq!(self.record(), after, "redo of {command}");
        answer
    }

    /// Calls a command that is refused, with these words in the reason; nothing changes.
    pub(crate) fn refuses(&self, command: &str, request: Value, words: &str) {
        let before = self.record();
        let reason = self.ask(command, request).unwrap_err();
        assert!(reason.contains(words), "{command}: {reason}");
        assert_eq!(self.record(), before, "{command}");
    }

    pub(crate) fn row(&self, list: &str, key: &str, value: &str) -> Value {
        let record = self.record();
        let found = record[list].as_array().unwrap().iter().find(|row| row[key] == value);
        found.unwrap_or_else(|| panic!("no {value} in {list}")).clone()
    }

    pub(crate) fn id(&self, list: &str, key: &str, value: &str) -> Value {
        self.row(list, key, value)["id"].clone()
    }

    pub(crate) fn point(&self, text: &str) -> Value {
        self.id("points", "text", text)
    }

    fn texts(&self) -> Vec<String> {
        let record = self.record();
        let points = record["points"].as_array().unwrap().iter();
        points.map(|point| point["text"].as_str().unwrap().to_owned()).collect()
    }

    /// Closes the archive, verifies it, and opens it again: the record is the same.
    pub(crate) fn holds(self) {
        let before = self.record();
        let path = self.folder.path().join("desk.minuta");
        drop(self.archive);
        is_whole(&path);
        let again = open(&path, 2);
        assert_eq!(record(&again, self.meeting), before);
    }
}

#[test]
fn points_are_tagged_and_a_stranger_is_settled_at_once() {
    let desk = Desk::new();
    let ann = desk.id("participants", "name", "Ann Olsen");
    let (unknown, goes_on) = (desk.point("is it on?"), desk.point("can you hear me?"));
    let named = json!({"is": "named", "speakers": [ann]});
    desk.does(
        "point_tag",
        json!({"points": [unknown], "who": {"is": "unknown", "number": 0}}),
    );
    desk.does(
        "point_tag",
        json!({"points": [goes_on], "who": named, "whole_unknown": true}),
    );
    let settled = desk.row("points", "text", "can you hear me?");
    assert_eq!(
        (&settled["attribution"], &settled["speakers"]),
        (&json!("named"), &json!([ann]))
    );
    assert_eq!(desk.row("points", "text", "is it on?")["speakers"], json!([ann]));
    // A name that fits nobody leaves the words once somebody is named, and not before.
    let sato = desk.point("Sato: we hear you");
    desk.does("point_tag", json!({"points": [sato], "who": {"is": "nobody"}}));
    assert_eq!(desk.row("points", "text", "Sato: we hear you")["attribution"], "nobody");
    desk.refuses(
        "point_tag",
        json!({"points": [sato], "who": {"is": "named", "speakers": []}}),
        "who spoke",
    );
    desk.refuses("point_tag", json!({"points": [], "who": {"is": "nobody"}}), "no point");
    desk.does("point_tag", json!({"points": [sato], "who": {"is": "untagged"}}));
    let open = desk.call(
        "points",
        json!({"before": null, "item": null, "lens": "open", "limit": 50}),
    );
    assert_eq!(open["points"].as_array().unwrap().len(), 1, "{open}");
    desk.holds();
}

#[test]
fn points_move_split_and_join() {
    let desk = Desk::new();
    let (morning, lamp) = (desk.point("good morning"), desk.point("the lamp is out"));
    let lights = desk.id("items", "title", "Lights");
    desk.does("point_item", json!({"points": [morning], "item": lights}));
    assert_eq!(desk.texts().last().unwrap(), "good morning");
    desk.does(
        "point_place",
        json!({"points": [morning], "beside": lamp, "before": true}),
    );
    assert_eq!(desk.texts().last().unwrap(), "the lamp is out");
    desk.refuses(
        "point_place",
        json!({"points": [lamp], "beside": lamp, "before": true}),
        "beside itself",
    );
    let rev = desk.call("point_editor", json!({"point": lamp}))["rev"].clone();
    let halves = json!({"point": lamp, "rev": rev, "first": "the lamp", "second": "is out"});
    let second = desk.does("point_split", halves)["id"].clone();
    assert_eq!(
        desk.texts()[4..],
        ["good morning", "the lamp", "is out"].map(str::to_owned)[1..]
    );
    assert_eq!(
        desk.row("points", "id", second.as_str().unwrap())["attribution"],
        "nobody"
    );
    let none = json!({"point": lamp, "rev": rev, "first": "x", "second": "  "});
    desk.refuses("point_split", none, "need words");
    desk.does("point_merge", json!({"points": [second, lamp]}));
    assert_eq!(desk.texts().last().unwrap(), "the lamp is out");
    // Nobody's words go into Ann's mouth.
    desk.refuses("point_merge", json!({"points": [lamp, morning]}), "different speakers");
    desk.refuses("point_merge", json!({"points": [lamp]}), "two or more");
    desk.does("point_kind", json!({"points": [lamp, morning], "kind": "decision"}));
    desk.does("point_delete", json!({"points": [lamp, morning]}));
    desk.holds();
}

#[test]
fn points_go_off_the_record_and_come_back() {
    let desk = Desk::new();
    let lamp = desk.point("the lamp is out");
    let answer = desk.does("point_internal", json!({"points": [lamp], "internal": true}));
    assert!(answer["notices"][0].as_str().unwrap().contains("history"), "{answer}");
    assert_eq!(desk.row("points", "text", "the lamp is out")["internal"], true);
    desk.refuses(
        "point_merge",
        json!({"points": [lamp, desk.point("good morning")]}),
        "off the record",
    );
    desk.does("point_internal", json!({"points": [lamp], "internal": false}));
    assert_eq!(desk.row("points", "text", "the lamp is out")["internal"], false);
    desk.holds();
}

#[test]
fn a_moment_is_kept_and_written_later() {
    let desk = Desk::new();
    let ann = desk.id("participants", "name", "Ann Olsen");
    desk.call("floor_give", json!({"participant": ann}));
    let id = "0198c0de-0000-7000-8000-00000000000a";
    desk.does("moment", json!({"seconds": 0, "id": id}));
    let kept = desk.row("points", "id", id);
    assert_eq!((&kept["text"], &kept["basis"]), (&json!(""), &json!("floor")));
    assert_eq!(kept["speakers"], json!([ann]));
    // A retry doubles nothing.
    let count = desk.texts().len();
    desk.call("moment", json!({"seconds": 0, "id": id}));
    assert_eq!(desk.texts().len(), count);
    let seen = desk.call("desk", json!({}));
    assert_eq!((&seen["moments"], &seen["on_floor"]), (&json!(1), &json!(1)));
    let archive = desk.archive.lock().unwrap();
    let record = archive.record(desk.meeting).unwrap();
    let shown = minuta_core::publish::markdown(&record, api::DocumentKind::Record);
    assert!(shown.contains("(to be written)"), "{shown}");
    drop(archive);
    let edit = json!({"point": id, "rev": null, "text": "she agrees", "kind": null});
    desk.does("point_edit", edit);
    assert_eq!(desk.call("desk", json!({}))["moments"], 0);
    desk.holds();
}

#[test]
fn the_queue_is_raised_ordered_and_called() {
    let desk = Desk::new();
    let people = desk.record()["participants"].clone();
    let (ann, ben) = (&people[0]["id"], &people[1]["id"]);
    let raise = |who: &Value, kind: &str| json!({"participant": who, "kind": kind, "reason": "", "front": false});
    let first = desk.does("turn_add", raise(ann, "new_topic"))["id"].clone();
    let second = desk.does("turn_add", raise(ben, "reply"))["id"].clone();
    let again = desk.call("turn_add", raise(ben, "clarifying"));
    assert!(again["notices"][0].as_str().unwrap().contains("already"), "{again}");
    desk.does("turn_move", json!({"turn": second, "before": first}));
    desk.does(
        "turn_edit",
        json!({"turn": first, "kind": null, "reason": "since when?"}),
    );
    let waiting = desk.call("desk", json!({}))["turns"].clone();
    assert_eq!(
        (&waiting[0]["id"], &waiting[1]["reason"]),
        (&second, &json!("since when?"))
    );
    // What becomes a point of order goes before those who wait for something else.
    let order = json!({"turn": first, "kind": "point_of_order", "reason": null});
    desk.does("turn_edit", order);
    assert_eq!(desk.call("desk", json!({}))["turns"][0]["id"], first);
    desk.does("turn_begin", json!({"turn": first}));
    assert_eq!(desk.call("desk", json!({}))["floor"], *ann);
    desk.refuses(
        "turn_edit",
        json!({"turn": first, "kind": null, "reason": "x"}),
        "not in the queue",
    );
    desk.does("turn_withdraw", json!({"turn": second}));
    desk.call("floor_give", json!({"participant": null}));
    let spoken = desk.call("desk", json!({}))["spoken"].clone();
    assert_eq!((&spoken[0]["participant"], &spoken[0]["turns"]), (ann, &json!(1)));
    assert!(spoken[0]["seconds"].as_u64().unwrap() > 0);
    desk.holds();
}

#[test]
fn the_agenda_is_planned_moved_and_mended() {
    let desk = Desk::new();
    let ann = desk.id("participants", "name", "Ann Olsen");
    let (opening, lights) = (
        desk.id("items", "title", "Opening"),
        desk.id("items", "title", "Lights"),
    );
    let change = |item: &Value, key: &str, value: Value| {
        let mut request =
            json!({"item": item, "title": null, "heading": null, "state": null, "planned": null, "presenter": null});
        request[key] = value;
        request
    };
    desk.does("item_edit", change(&lights, "planned", json!(12)));
    desk.does("item_edit", change(&lights, "presenter", ann));
    desk.does("item_edit", change(&lights, "presenter_none", json!(true)));
    desk.does("item_edit", change(&opening, "state", json!("deferred")));
    desk.refuses("item_edit", change(&lights, "title", json!(" ")), "needs a title");
    desk.does("item_move", json!({"item": lights, "parent": null, "before": opening}));
    assert_eq!(desk.record()["items"][0]["id"], lights);
    desk.does("item_move", json!({"item": opening, "parent": lights, "before": null}));
    assert_eq!(desk.record()["items"][1]["label"], "1.1");
    desk.refuses(
        "item_move",
        json!({"item": lights, "parent": opening, "before": null}),
        "itself",
    );
    let sato = desk.point("Sato: we hear you");
    desk.does(
        "heading_insert",
        json!({"point": sato, "title": "Sound", "section": false}),
    );
    assert_eq!(
        desk.row("points", "text", "Sato: we hear you")["item"],
        desk.id("items", "title", "Sound")
    );
    desk.does("item_remove", json!({"item": lights}));
    assert!(desk.texts().contains(&"the lamp is out".to_owned()), "its points stay");
    desk.holds();
}

#[test]
fn the_roster_is_pasted_corrected_and_counted() {
    let desk = Desk::new();
    let pasted = desk.call("roster_read", json!({"text": "1. Cy Dee, editor\nBen Okoro\nCy Dee\n"}));
    assert_eq!(pasted[0]["roles"], json!(["editor"]));
    assert_eq!(
        pasted[1]["same"].as_array().unwrap().len(),
        2,
        "two bear this name: {pasted}"
    );
    assert_eq!(pasted[2]["again"], json!([0]));
    desk.does(
        "participants_add",
        json!({"people": [{"name": "Cy Dee", "roles": ["editor"]}, {"name": "Di Em", "roles": []}]}),
    );
    let (ann, cy) = (
        desk.id("participants", "name", "Ann Olsen"),
        desk.id("participants", "name", "Cy Dee"),
    );
    desk.refuses("participant_remove", json!({"participant": ann}), "a point is by them");
    let here = json!([{"from": "2026-03-12T13:00:00Z", "to": "2026-03-12T13:20:00Z"}, {"from": "2026-03-12T13:30:00Z", "to": null}]);
    desk.does("participant_presence", json!({"participant": ann, "presence": here}));
    let backwards = json!([{"from": "2026-03-12T13:30:00Z", "to": "2026-03-12T13:20:00Z"}]);
    desk.refuses(
        "participant_presence",
        json!({"participant": ann, "presence": backwards}),
        "follow one another",
    );
    desk.call("body_edit", json!({"quorum": "1/2", "speaking_limit": 180}));
    let seen = desk.call("desk", json!({}));
    assert_eq!(seen["quorum"], json!({"rule": "1/2", "needed": 3, "present": 1}));
    assert_eq!(seen["speaking_limit"], 180);
    desk.refuses(
        "body_edit",
        json!({"quorum": "most", "speaking_limit": null}),
        "no rule",
    );
    assert_eq!(desk.call("body", json!({}))["quorum"], "1/2");
    desk.does("participant_remove", json!({"participant": cy}));
    assert_eq!(desk.call("desk", json!({}))["quorum"]["needed"], 2);
    desk.holds();
}

#[test]
fn preferences_are_kept_under_their_key() {
    let desk = Desk::new();
    desk.call("preference_set", json!({"key": "keys", "value": "{\"a\":1}"}));
    desk.call("preference_set", json!({"key": "keys", "value": "{}"}));
    assert_eq!(
        desk.call("preferences", json!({})),
        json!([{"key": "keys", "value": "{}"}])
    );
    let told = desk.call("understand", json!({"line": "/take 2", "id": null}));
    assert_eq!(told["words"], "Opens item 2, Lights");
    desk.holds();
}
