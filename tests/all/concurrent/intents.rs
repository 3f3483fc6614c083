//! What somebody does on one of two laptops, and what it claims: which aspect of which thing it sets, and to what.

use serde_json::{Value, json};
use uuid::Uuid;

/// What is in the meeting that both have.
pub(super) struct World {
    pub(super) record: Value,
}

impl World {
    fn id(&self, list: &str, key: &str, begins: &str) -> Value {
        let rows = self.record[list].as_array().unwrap();
        let found = rows.iter().find(|row| row[key].as_str().unwrap().starts_with(begins));
        found.unwrap_or_else(|| panic!("no {begins} in {list}"))["id"].clone()
    }

    /// What a claim calls a thing.
    pub(super) fn thing(&self, name: &str) -> Uuid {
        let id = match name {
            "budget" => self.id("points", "text", "the budget"),
            "other" => self.id("points", "text", "another"),
            "task" => self.id("points", "kind", "action"),
            "Opening" | "Money" => self.id("items", "title", name),
            "Ann" | "Ben" | "Cleo" => self.id("participants", "name", name),
            "passage" => self.id("passages", "text", "the group"),
            "second" => self.id("passages", "text", "it also"),
            "turn" => self.record["turns"][0]["id"].clone(),
            "meeting" => return Uuid::nil(),
            _ => panic!("{name}"),
        };
        id.as_str().unwrap().parse().unwrap()
    }

    pub(super) fn at(&self, name: &str) -> Value {
        json!(self.thing(name))
    }
}

/// What an intent says about an aspect of a thing.
#[derive(Clone, Debug)]
pub(super) enum Says {
    /// The same whoever says it.
    Value(&'static str),
    /// Something of one's own.
    Own,
    /// Words of one's own, from this gap between the words there were to that one.
    Words(usize, usize),
    /// Words go from this gap to that one, whoever takes them out.
    Cut(usize, usize),
    /// It is deleted.
    Deleted,
}

pub(super) type Request = fn(&World, &str) -> Value;

pub(super) struct Intent {
    pub(super) name: &'static str,
    pub(super) command: &'static str,
    /// What is asked; the second is a word that only this side types.
    pub(super) request: Request,
    pub(super) claims: Vec<(&'static str, &'static str, Says)>,
}

fn intent(
    name: &'static str,
    command: &'static str,
    request: Request,
    claims: &[(&'static str, &'static str, Says)],
) -> Intent {
    Intent {
        name,
        command,
        request,
        claims: claims.to_vec(),
    }
}

use Says::{Cut, Deleted, Own, Value as Same, Words};

/// What stands beneath a thing, or names it: not a decision by itself, but one where the thing is deleted meanwhile.
const BENEATH: Says = Same("beneath");

/// On an item and on a participant, and on what stands under the one and names the other.
pub(super) fn beneath() -> Vec<Intent> {
    vec![
        intent(
            "the item removed",
            "item_remove",
            |w, _| json!({"item": w.at("Money")}),
            &[("Money", "deleted", Deleted)],
        ),
        intent(
            "Cleo taken off",
            "participant_remove",
            |w, _| json!({"participant": w.at("Cleo")}),
            &[("Cleo", "deleted", Deleted)],
        ),
        intent(
            "a new point",
            "capture",
            |_, own| json!({"line": format!("something {own}"), "id": null}),
            &[("Money", "beneath", BENEATH)],
        ),
        intent(
            "another passage",
            "passage_write",
            |w, own| json!({"style": "paragraph", "text": format!("new {own}"), "item": w.at("Money")}),
            &[("Money", "beneath", BENEATH)],
        ),
        intent(
            "a section",
            "item_add",
            |w, own| json!({"parent": w.at("Money"), "title": format!("Section {own}")}),
            &[("Money", "beneath", BENEATH)],
        ),
        intent(
            "a point's words",
            "point_edit",
            |w, own| json!({"point": w.at("other"), "text": format!("another matter {own}")}),
            &[("other", "text", Words(2, 2)), ("Money", "beneath", BENEATH)],
        ),
        intent(
            "a point deleted",
            "point_delete",
            |w, _| json!({"points": [w.at("other")]}),
            &[("other", "deleted", Deleted)],
        ),
        intent(
            "a point elsewhere",
            "point_item",
            |w, _| json!({"points": [w.at("budget")], "item": w.at("Opening")}),
            &[("budget", "place", Same("Opening"))],
        ),
        intent(
            "Cleo said it",
            "point_tag",
            |w, _| json!({"points": [w.at("budget")], "who": {"is": "named", "speakers": [w.at("Cleo")]}}),
            &[
                ("budget", "speakers", Same("Cleo")),
                ("Money", "beneath", BENEATH),
                ("Cleo", "beneath", BENEATH),
            ],
        ),
        intent(
            "Cleo presents another item",
            "item_edit",
            |w, _| json!({"item": w.at("Opening"), "presenter": w.at("Cleo")}),
            &[("Opening", "presenter", Same("Cleo")), ("Cleo", "beneath", BENEATH)],
        ),
        intent(
            "Cleo asks",
            "turn_add",
            |w, own| json!({"participant": w.at("Cleo"), "kind": "reply", "reason": own, "front": false}),
            &[("Cleo", "beneath", BENEATH)],
        ),
    ]
}

pub(super) fn points() -> Vec<Intent> {
    vec![
        intent(
            "words at the beginning",
            "point_edit",
            |w, own| json!({"point": w.at("budget"), "text": format!("{own} budget of the year is agreed by all")}),
            &[("budget", "text", Words(0, 1))],
        ),
        intent(
            "words in the middle",
            "point_edit",
            |w, own| json!({"point": w.at("budget"), "text": format!("the budget of the {own} is agreed by all")}),
            &[("budget", "text", Words(4, 5))],
        ),
        intent(
            "words at the end",
            "point_edit",
            |w, own| json!({"point": w.at("budget"), "text": format!("the budget of the year is agreed by all {own}")}),
            &[("budget", "text", Words(9, 9))],
        ),
        intent(
            "other words",
            "point_edit",
            |w, own| json!({"point": w.at("budget"), "text": format!("{own} things")}),
            &[("budget", "text", Words(0, 9))],
        ),
        intent(
            "a decision",
            "point_kind",
            |w, _| json!({"points": [w.at("budget")], "kind": "decision"}),
            &[("budget", "kind", Same("decision"))],
        ),
        intent(
            "a question",
            "point_kind",
            |w, _| json!({"points": [w.at("budget")], "kind": "question"}),
            &[("budget", "kind", Same("question"))],
        ),
        intent(
            "Ben said it",
            "point_tag",
            |w, _| json!({"points": [w.at("budget")], "who": {"is": "named", "speakers": [w.at("Ben")]}}),
            &[("budget", "speakers", Same("Ben"))],
        ),
        intent(
            "Cleo and Ben said it",
            "point_tag",
            |w, _| json!({"points": [w.at("budget")], "who": {"is": "named", "speakers": [w.at("Cleo"), w.at("Ben")]}}),
            &[("budget", "speakers", Same("Cleo, Ben"))],
        ),
        intent(
            "nobody said it",
            "point_tag",
            |w, _| json!({"points": [w.at("budget")], "who": {"is": "nobody"}}),
            &[("budget", "speakers", Same("nobody"))],
        ),
        intent(
            "untagged",
            "point_tag",
            |w, _| json!({"points": [w.at("budget")], "who": {"is": "untagged"}}),
            &[("budget", "speakers", Same("untagged"))],
        ),
        intent(
            "deleted",
            "point_delete",
            |w, _| json!({"points": [w.at("budget")]}),
            &[("budget", "deleted", Deleted)],
        ),
        intent(
            "set aside",
            "point_set_aside",
            |w, _| json!({"points": [w.at("budget")], "set_aside": true}),
            &[("budget", "set_aside", Same("yes"))],
        ),
        intent(
            "to another item",
            "point_item",
            |w, _| json!({"points": [w.at("budget")], "item": w.at("Opening")}),
            &[("budget", "place", Same("Opening"))],
        ),
        intent(
            "before the agenda",
            "point_item",
            |w, _| json!({"points": [w.at("budget")], "item": null}),
            &[("budget", "place", Same("none"))],
        ),
        intent(
            "one place down",
            "point_place",
            |w, _| json!({"points": [w.at("budget")], "beside": w.at("other"), "before": false}),
            &[],
        ),
        intent(
            "off the record",
            "point_internal",
            |w, _| json!({"points": [w.at("budget")], "internal": true}),
            &[("budget", "deleted", Deleted)],
        ),
        intent(
            "split",
            "point_split",
            |w, own| json!({"point": w.at("budget"), "rev": named_rev(w), "first": "the budget of the year", "second": format!("is agreed by all {own}")}),
            &[("budget", "text", Cut(5, 9))],
        ),
        intent(
            "joined",
            "point_merge",
            |w, _| json!({"points": [w.at("budget"), w.at("other")]}),
            &[("budget", "text", Words(9, 9)), ("other", "deleted", Deleted)],
        ),
        intent(
            "the other's words",
            "point_edit",
            |w, own| json!({"point": w.at("other"), "text": format!("another matter {own}")}),
            &[("other", "text", Words(2, 2))],
        ),
        intent(
            "the other deleted",
            "point_delete",
            |w, _| json!({"points": [w.at("other")]}),
            &[("other", "deleted", Deleted)],
        ),
        intent(
            "the task done",
            "action_done",
            |w, _| json!({"point": w.at("task"), "done": true}),
            &[("task", "done", Same("yes"))],
        ),
        intent(
            "a new point",
            "capture",
            |_, own| json!({"line": format!("something {own}"), "id": null}),
            &[],
        ),
        intent(
            "a heading before it",
            "heading_insert",
            |w, own| json!({"point": w.at("budget"), "title": format!("Heading {own}"), "section": false}),
            &[
                ("budget", "place", Own),
                ("other", "place", Own),
                ("task", "place", Own),
            ],
        ),
    ]
}

/// A point's editor was opened before either side wrote.
fn named_rev(world: &World) -> Value {
    world.record["rev"].clone()
}

pub(super) fn items() -> Vec<Intent> {
    vec![
        intent(
            "renamed",
            "item_edit",
            |w, own| json!({"item": w.at("Money"), "title": format!("Money {own}")}),
            &[("Money", "title", Own)],
        ),
        intent(
            "a heading",
            "item_edit",
            |w, own| json!({"item": w.at("Money"), "heading": format!("On {own}")}),
            &[("Money", "heading", Own)],
        ),
        intent(
            "ten minutes",
            "item_edit",
            |w, _| json!({"item": w.at("Money"), "planned": 10}),
            &[("Money", "planned", Same("10"))],
        ),
        intent(
            "twenty minutes",
            "item_edit",
            |w, _| json!({"item": w.at("Money"), "planned": 20}),
            &[("Money", "planned", Same("20"))],
        ),
        intent(
            "Ann presents",
            "item_edit",
            |w, _| json!({"item": w.at("Money"), "presenter": w.at("Ann")}),
            &[("Money", "presenter", Same("Ann"))],
        ),
        intent(
            "Ben presents",
            "item_edit",
            |w, _| json!({"item": w.at("Money"), "presenter": w.at("Ben")}),
            &[("Money", "presenter", Same("Ben"))],
        ),
        intent(
            "deferred",
            "item_edit",
            |w, _| json!({"item": w.at("Money"), "state": "deferred"}),
            &[("Money", "state", Same("deferred"))],
        ),
        intent(
            "skipped",
            "item_edit",
            |w, _| json!({"item": w.at("Money"), "state": "skipped"}),
            &[("Money", "state", Same("skipped"))],
        ),
        intent(
            "a section",
            "item_move",
            |w, _| json!({"item": w.at("Money"), "parent": w.at("Opening"), "before": null}),
            &[("Money", "place", Same("Opening"))],
        ),
        intent(
            "removed",
            "item_remove",
            |w, _| json!({"item": w.at("Money")}),
            &[("Money", "deleted", Deleted)],
        ),
        intent(
            "another item",
            "item_add",
            |_, own| json!({"parent": null, "title": format!("Item {own}")}),
            &[],
        ),
        intent(
            "opening below it",
            "item_move",
            |w, _| json!({"item": w.at("Opening"), "parent": w.at("Money"), "before": null}),
            &[("Opening", "place", Same("Money")), ("Money", "beneath", BENEATH)],
        ),
    ]
}

pub(super) fn participants() -> Vec<Intent> {
    vec![
        intent(
            "another name",
            "participant_edit",
            |w, own| json!({"participant": w.at("Cleo"), "name": format!("Cleo {own}")}),
            &[("Cleo", "name", Own)],
        ),
        intent(
            "other roles",
            "participant_edit",
            |w, own| json!({"participant": w.at("Cleo"), "roles": [own]}),
            &[("Cleo", "roles", Own)],
        ),
        intent(
            "a group",
            "participant_edit",
            |w, own| json!({"participant": w.at("Cleo"), "group": own}),
            &[("Cleo", "group", Own)],
        ),
        intent(
            "initials",
            "participant_edit",
            |w, own| json!({"participant": w.at("Cleo"), "initials": own}),
            &[("Cleo", "initials", Own)],
        ),
        intent(
            "aliases",
            "participant_edit",
            |w, own| json!({"participant": w.at("Cleo"), "aliases": [own]}),
            &[("Cleo", "aliases", Own)],
        ),
        intent(
            "moderator",
            "participant_edit",
            |w, _| json!({"participant": w.at("Cleo"), "duty": "moderator"}),
            &[("Cleo", "duty", Same("moderator"))],
        ),
        intent(
            "rapporteur",
            "participant_edit",
            |w, _| json!({"participant": w.at("Cleo"), "duty": "rapporteur"}),
            &[("Cleo", "duty", Same("rapporteur"))],
        ),
        intent(
            "not listed",
            "participant_edit",
            |w, _| json!({"participant": w.at("Cleo"), "listed": false}),
            &[("Cleo", "listed", Same("no"))],
        ),
        intent(
            "present",
            "participant_state",
            |w, _| json!({"participant": w.at("Cleo"), "state": "present"}),
            &[("Cleo", "state", Same("present"))],
        ),
        intent(
            "apologies",
            "participant_state",
            |w, _| json!({"participant": w.at("Cleo"), "state": "apologies"}),
            &[("Cleo", "state", Same("apologies"))],
        ),
        intent(
            "taken off",
            "participant_remove",
            |w, _| json!({"participant": w.at("Cleo")}),
            &[("Cleo", "deleted", Deleted)],
        ),
        intent(
            "another participant",
            "participant_add",
            |_, own| json!({"text": format!("Dana {own}")}),
            &[],
        ),
    ]
}

pub(super) fn turns() -> Vec<Intent> {
    vec![
        intent(
            "about something",
            "turn_edit",
            |w, own| json!({"turn": w.at("turn"), "reason": own}),
            &[("turn", "reason", Own)],
        ),
        intent(
            "to answer",
            "turn_edit",
            |w, _| json!({"turn": w.at("turn"), "kind": "reply"}),
            &[("turn", "kind", Same("reply"))],
        ),
        intent(
            "to ask",
            "turn_edit",
            |w, _| json!({"turn": w.at("turn"), "kind": "clarifying"}),
            &[("turn", "kind", Same("clarifying"))],
        ),
        intent("withdrawn", "turn_withdraw", |w, _| json!({"turn": w.at("turn")}), &[]),
        intent("the floor", "turn_begin", |w, _| json!({"turn": w.at("turn")}), &[]),
        intent(
            "another asks",
            "turn_add",
            |w, own| json!({"participant": w.at("Cleo"), "kind": "reply", "reason": own, "front": true}),
            &[],
        ),
    ]
}

pub(super) fn passages() -> Vec<Intent> {
    vec![
        intent(
            "words at the beginning",
            "passage_edit",
            |w, own| json!({"passage": w.at("passage"), "text": format!("{own} group took note of it")}),
            &[("passage", "text", Words(0, 1))],
        ),
        intent(
            "words at the end",
            "passage_edit",
            |w, own| json!({"passage": w.at("passage"), "text": format!("the group took note of it {own}")}),
            &[("passage", "text", Words(6, 6))],
        ),
        intent(
            "a bullet",
            "passage_style",
            |w, _| json!({"passages": [w.at("passage")], "style": "bullet"}),
            &[("passage", "style", Same("bullet"))],
        ),
        intent(
            "a number",
            "passage_style",
            |w, _| json!({"passages": [w.at("passage")], "style": "number"}),
            &[("passage", "style", Same("number"))],
        ),
        intent(
            "to another item",
            "passage_move",
            |w, _| json!({"passages": [w.at("passage")], "item": w.at("Opening")}),
            &[("passage", "place", Same("Opening"))],
        ),
        intent(
            "rests on a point",
            "passage_sources",
            |w, _| json!({"passage": w.at("passage"), "add": [w.at("other")], "remove": []}),
            &[],
        ),
        intent(
            "rests on it no more",
            "passage_sources",
            |w, _| json!({"passage": w.at("passage"), "add": [], "remove": [w.at("budget")]}),
            &[],
        ),
        intent(
            "joined",
            "passage_join",
            |w, _| json!({"passages": [w.at("passage"), w.at("second")]}),
            &[("passage", "text", Words(6, 6)), ("second", "deleted", Deleted)],
        ),
        intent(
            "deleted",
            "passage_delete",
            |w, _| json!({"passages": [w.at("passage")]}),
            &[("passage", "deleted", Deleted)],
        ),
        intent(
            "another passage",
            "passage_write",
            |w, own| json!({"style": "paragraph", "text": format!("new {own}"), "item": w.at("Money")}),
            &[],
        ),
        intent(
            "the second's words",
            "passage_edit",
            |w, own| json!({"passage": w.at("second"), "text": format!("it also {own}")}),
            &[("second", "text", Words(2, 3))],
        ),
    ]
}

pub(super) fn facts() -> Vec<Intent> {
    vec![
        intent(
            "a recording",
            "recording_set",
            |_, own| json!({"recording": own, "starts": null}),
            &[("meeting", "recording", Own)],
        ),
        intent(
            "live",
            "meeting_state",
            |_, _| json!({"state": "live"}),
            &[("meeting", "state", Same("live")), ("meeting", "starts", Same("now"))],
        ),
        intent(
            "ended",
            "meeting_state",
            |_, _| json!({"state": "ended"}),
            &[("meeting", "state", Same("ended"))],
        ),
        intent(
            "another body",
            "capture",
            |_, own| json!({"line": format!("meeting: {own}"), "id": null}),
            &[("meeting", "name", Own)],
        ),
        intent(
            "a date",
            "capture",
            |_, _| json!({"line": "date: 3 March 2026 at 10:00 UTC", "id": null}),
            &[("meeting", "starts", Same("3 March"))],
        ),
        intent(
            "another date",
            "capture",
            |_, _| json!({"line": "date: 4 March 2026 at 10:00 UTC", "id": null}),
            &[("meeting", "starts", Same("4 March"))],
        ),
        intent(
            "the next meeting",
            "capture",
            |_, own| json!({"line": format!("next meeting: {own}"), "id": null}),
            &[("meeting", "next meeting", Own)],
        ),
    ]
}
