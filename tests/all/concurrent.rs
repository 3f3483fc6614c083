//! Every pair of intents on the same noun, one on each of two laptops, joined: the same record whoever hears of whom
//! first, nothing typed is lost, and it is contested when somebody has to decide and not when nobody has to.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Mutex;

use automerge::Change;
use minuta_core::document::Document;
use minuta_core::model::{Contest, Cue, Item, Meeting, MeetingId, Noun, Participant, Passage, Point, Turn, Vote};
use minuta_core::{Archive, api};
use rusqlite::Connection;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::forks::for_another;
use crate::opened::{is_whole, meeting, open, type_lines};

/// The meeting that both have, and the ids of what is in it.
struct World {
    meeting: MeetingId,
    record: Value,
}

impl World {
    fn id(&self, list: &str, key: &str, begins: &str) -> Value {
        let rows = self.record[list].as_array().unwrap();
        let found = rows.iter().find(|row| row[key].as_str().unwrap().starts_with(begins));
        found.unwrap_or_else(|| panic!("no {begins} in {list}"))["id"].clone()
    }

    /// What a claim calls a thing.
    fn thing(&self, name: &str) -> Uuid {
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

    fn at(&self, name: &str) -> Value {
        json!(self.thing(name))
    }
}

/// What an intent says about an aspect of a thing.
#[derive(Clone, Debug)]
enum Says {
    /// The same whoever says it.
    Value(&'static str),
    /// Something of one's own.
    Own,
    /// Words of one's own, from this gap between the words there were to that one.
    Words(usize, usize),
    /// It is deleted.
    Deleted,
}

type Request = fn(&World, &str) -> Value;

struct Intent {
    name: &'static str,
    command: &'static str,
    /// What is asked; the second is a word that only this side types.
    request: Request,
    claims: Vec<(&'static str, &'static str, Says)>,
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

use Says::{Deleted, Own, Value as Same, Words};

fn points() -> Vec<Intent> {
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
            &[("budget", "text", Words(5, 9))],
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

fn items() -> Vec<Intent> {
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
            &[("Opening", "place", Same("Money"))],
        ),
    ]
}

fn participants() -> Vec<Intent> {
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

fn turns() -> Vec<Intent> {
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

fn passages() -> Vec<Intent> {
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

fn facts() -> Vec<Intent> {
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
            &[("meeting", "state", Same("live"))],
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

/// All changes of a meeting's document, in the order of the log.
fn changes(path: &Path, meeting: MeetingId) -> Vec<Change> {
    let conn = Connection::open(path).unwrap();
    let mut statement = conn
        .prepare(
            "SELECT c.bytes FROM change AS c JOIN document AS d ON d.row = c.document
             WHERE d.meeting = ?1 AND d.kind = 'meeting' ORDER BY c.seq",
        )
        .unwrap();
    let rows = statement
        .query_map([meeting.to_string()], |row| row.get::<_, Vec<u8>>(0))
        .unwrap();
    rows.map(|bytes| Change::from_bytes(bytes.unwrap()).unwrap()).collect()
}

/// What a document says, and which of it is gone.
fn said(document: &Document, meeting: MeetingId) -> (Value, Value) {
    fn all<T: Noun>(document: &Document, meeting: MeetingId, alive: &mut Vec<Value>, whole: &mut Vec<Value>) {
        let mut ids = document.ids::<T>();
        ids.sort();
        for id in ids {
            let id = if T::ROOT == Meeting::ROOT { meeting.0 } else { id };
            let (value, deleted) = document.read::<T>(id).unwrap().unwrap();
            whole.push(json!([value, deleted]));
            alive.extend((!deleted).then(|| json!(value)));
        }
    }
    let (mut alive, mut whole) = (Vec::new(), Vec::new());
    all::<Meeting>(document, meeting, &mut alive, &mut whole);
    all::<Item>(document, meeting, &mut alive, &mut whole);
    all::<Point>(document, meeting, &mut alive, &mut whole);
    all::<Participant>(document, meeting, &mut alive, &mut whole);
    all::<Turn>(document, meeting, &mut alive, &mut whole);
    all::<Passage>(document, meeting, &mut alive, &mut whole);
    all::<Cue>(document, meeting, &mut alive, &mut whole);
    all::<Vote>(document, meeting, &mut alive, &mut whole);
    (Value::Array(alive), Value::Array(whole))
}

/// Which aspects of which things have to be contested when these two are done at once.
fn expected(world: &World, one: &Intent, other: &Intent) -> BTreeSet<(Uuid, String)> {
    let mut found = BTreeSet::new();
    for (thing, aspect, says) in &one.claims {
        for (its, of, and) in &other.claims {
            if thing != its {
                continue;
            }
            let gone = matches!((says, and), (Deleted, _) | (_, Deleted));
            let both = matches!((says, and), (Deleted, Deleted));
            if gone && !both {
                found.insert((world.thing(thing), "deleted".to_owned()));
            }
            let differ = match (says, and) {
                (Same(one), Same(other)) => one != other,
                (Words(from, to), Words(begin, end)) => from.max(begin) <= to.min(end),
                (Deleted, _) | (_, Deleted) => false,
                _ => true,
            };
            if aspect == of && differ {
                found.insert((world.thing(thing), (*aspect).to_owned()));
            }
        }
    }
    // Of what is gone, only whether it is has to be decided; the rest is kept, and counts once it is back.
    found
}

/// Does one intent on each of two laptops, for every pair of these.
fn every_pair_of(intents: &[Intent]) {
    let folder = tempfile::tempdir().unwrap();
    let base = folder.path().join("base.minuta");
    let mut archive = open(&base, 1);
    let id = meeting(&mut archive, 1);
    type_lines(
        &mut archive,
        id,
        &[
            "participant: Ann Olsen, Chair",
            "participant: Ben Okoro, Member",
            "participant: Cleo Marsh, Guest",
            "topic: Opening",
            "topic: Money",
            "Ann Olsen: the budget of the year is agreed by all",
            "Ann Olsen: another matter",
            "action: Ben Okoro to write by 15 April",
            "q+ Ben",
        ],
    );
    let shared = Mutex::new(archive);
    let call = |archive: &Mutex<Archive>, command: &str, request: Value| {
        api::call(archive, command, request).unwrap_or_else(|refusal| panic!("{command}: {}", refusal.message))
    };
    let record = |archive: &Mutex<Archive>| json!(archive.lock().unwrap().record(id).unwrap());
    let first = World {
        meeting: id,
        record: json!({"points": record(&shared)["points"], "items": record(&shared)["items"]}),
    };
    for (text, rests) in [("the group took note of it", "budget"), ("it also went on", "other")] {
        let words = json!({"meeting": id, "style": "paragraph", "text": text, "item": first.at("Money")});
        let passage = call(&shared, "passage_write", words)["id"].clone();
        let sources = json!({"meeting": id, "passage": passage, "add": [first.at(rests)], "remove": []});
        call(&shared, "passage_sources", sources);
    }
    let mut record = record(&shared);
    record["rev"] = call(
        &shared,
        "point_editor",
        json!({"meeting": id, "point": first.at("budget")}),
    )["rev"]
        .clone();
    let world = World { meeting: id, record };
    drop(shared);

    // Each intent once on each side; then the sides are joined in every combination.
    let mut sides: [Vec<Vec<Change>>; 2] = [Vec::new(), Vec::new()];
    for (side, done) in sides.iter_mut().enumerate() {
        for (number, intent) in intents.iter().enumerate() {
            let path = folder.path().join(format!("{side}-{number}.minuta"));
            for_another(&base, &path);
            let archive = Mutex::new(open(&path, u16::try_from(100 + side * 200 + number).unwrap()));
            let mut request = (intent.request)(&world, &own(side, number));
            request["meeting"] = json!(id);
            call(&archive, intent.command, request);
            drop(archive);
            is_whole(&path);
            done.push(changes(&path, world.meeting));
        }
    }
    let mut wrong = Vec::new();
    for (left, one) in intents.iter().enumerate() {
        for (right, other) in intents.iter().enumerate() {
            let name = format!("“{}” and “{}”", one.name, other.name);
            let join = |first: &[Change], second: &[Change], actor: u128| {
                let mut document = Document::genesis(Uuid::from_u128(actor)).unwrap();
                document.apply(first.to_vec()).unwrap();
                document.apply(second.to_vec()).unwrap();
                document
            };
            let mut here = join(&sides[0][left], &sides[1][right], 901);
            let mut there = join(&sides[1][right], &sides[0][left], 902);
            let contests: Vec<Contest> = here.contested().unwrap();
            assert_eq!(contests, there.contested().unwrap(), "{name}");
            let (alive, whole) = said(&here, world.meeting);
            assert_eq!(whole, said(&there, world.meeting).1, "{name}");
            let mut loaded = Document::load(&here.save(), Uuid::from_u128(903)).unwrap();
            assert_eq!(loaded.contested().unwrap(), contests, "{name}");

            let found: BTreeSet<(Uuid, String)> = contests
                .iter()
                .map(|contest| (contest.id, contest.aspect.clone()))
                .collect();
            let wanted = expected(&world, one, other);
            if found != wanted {
                wrong.push(format!("{name}: contested {found:?}, expected {wanted:?}"));
            }
            let shown = format!("{alive} {}", json!(contests));
            for (side, number) in [(0, left), (1, right)] {
                let word = own(side, number);
                let typed = sides[side][number]
                    .iter()
                    .any(|change| format!("{:?}", change.decode()).contains(&word));
                if typed && !shown.contains(&word) {
                    wrong.push(format!("{name}: {word} is lost"));
                }
            }
        }
    }
    assert!(
        wrong.is_empty(),
        "{} of {}:\n{}",
        wrong.len(),
        intents.len() * intents.len(),
        wrong.join("\n")
    );
}

/// A word that only one intent on one side types.
fn own(side: usize, number: usize) -> String {
    let letter = |number: usize| char::from(b'a' + u8::try_from(number % 26).unwrap());
    format!("{}{}zqx{}", ["l", "r"][side], letter(number), letter(number + 3))
}

#[test]
fn every_pair_of_intents_on_points() {
    every_pair_of(&points());
}

#[test]
fn every_pair_of_intents_on_items() {
    every_pair_of(&items());
}

#[test]
fn every_pair_of_intents_on_participants() {
    every_pair_of(&participants());
}

#[test]
fn every_pair_of_intents_on_turns() {
    every_pair_of(&turns());
}

#[test]
fn every_pair_of_intents_on_passages() {
    every_pair_of(&passages());
}

#[test]
fn every_pair_of_intents_on_the_meeting() {
    every_pair_of(&facts());
}
