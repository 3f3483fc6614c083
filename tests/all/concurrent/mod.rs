//! Every pair of intents on the same noun, one on each of two laptops, joined: the same record whoever hears of whom
//! first, nothing typed is lost, and it is contested when somebody has to decide and not when nobody has to.

mod intents;

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

use self::intents::Says::{Cut, Deleted, Value as Same, Words};
use self::intents::{Intent, World, beneath, facts, items, participants, passages, points, turns};
use crate::forks::for_another;
use crate::opened::{is_whole, meeting, open, type_lines};

/// All changes of a part of a meeting, in the order of the log.
fn changes(path: &Path, meeting: MeetingId, part: &str) -> Vec<Change> {
    let conn = Connection::open(path).unwrap();
    let mut statement = conn
        .prepare(
            "SELECT c.bytes FROM change AS c JOIN document AS d ON d.row = c.document
             WHERE d.meeting = ?1 AND d.kind = ?2 ORDER BY c.seq",
        )
        .unwrap();
    let rows = statement
        .query_map([meeting.to_string(), part.to_owned()], |row| row.get::<_, Vec<u8>>(0))
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
                (Cut(..), Cut(..)) => false,
                (Words(from, to) | Cut(from, to), Words(begin, end) | Cut(begin, end)) => {
                    from.max(begin) <= to.min(end)
                }
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

/// One intent done on one side.
struct Side {
    /// All changes of the meeting, and of what is off the record.
    parts: [Vec<Change>; 2],
    /// The word that only this side typed.
    typed: Option<String>,
}

/// A document of what both sides did, the same whoever hears of whom; what in it is not deleted, and what is contested.
fn joined_both_ways(one: &[Change], other: &[Change], meeting: MeetingId, name: &str) -> (Value, Vec<Contest>) {
    let join = |first: &[Change], second: &[Change], actor: u128| {
        let mut document = Document::genesis(Uuid::from_u128(actor)).unwrap();
        document.apply(first.to_vec()).unwrap();
        document.apply(second.to_vec()).unwrap();
        document
    };
    let (mut here, mut there) = (join(one, other, 901), join(other, one, 902));
    let contests = here.contested().unwrap();
    assert_eq!(contests, there.contested().unwrap(), "{name}");
    let (alive, whole) = said(&here, meeting);
    assert_eq!(whole, said(&there, meeting).1, "{name}");
    let mut loaded = Document::load(&here.save(), Uuid::from_u128(903)).unwrap();
    assert_eq!(loaded.contested().unwrap(), contests, "{name}");
    (alive, contests)
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
            "q+ Ben Okoro",
        ],
    );
    let shared = Mutex::new(archive);
    let call = |archive: &Mutex<Archive>, command: &str, request: Value| {
        api::call(archive, command, request).unwrap_or_else(|refusal| panic!("{command}: {}", refusal.message))
    };
    let record = |archive: &Mutex<Archive>| json!(archive.lock().unwrap().record(id).unwrap());
    let first = World {
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
    let world = World { record };
    drop(shared);

    // Each intent once on each side; then the sides are joined in every combination.
    let mut sides: [Vec<Side>; 2] = [Vec::new(), Vec::new()];
    for (side, done) in sides.iter_mut().enumerate() {
        for (number, intent) in intents.iter().enumerate() {
            let path = folder.path().join(format!("{side}-{number}.minuta"));
            for_another(&base, &path);
            let archive = Mutex::new(open(&path, u16::try_from(100 + side * 200 + number).unwrap()));
            let mut request = (intent.request)(&world, &own(side, number));
            request["meeting"] = json!(id);
            let word = own(side, number);
            let typed = request.to_string().contains(&word).then_some(word);
            call(&archive, intent.command, request);
            drop(archive);
            is_whole(&path);
            done.push(Side {
                parts: ["meeting", "internal"].map(|part| changes(&path, id, part)),
                typed,
            });
        }
    }
    let mut wrong = Vec::new();
    for (left, one) in intents.iter().enumerate() {
        for (right, other) in intents.iter().enumerate() {
            let name = format!("“{}” and “{}”", one.name, other.name);
            let (mut shown, mut found) = (String::new(), BTreeSet::new());
            for (first, second) in sides[0][left].parts.iter().zip(&sides[1][right].parts) {
                let (alive, contests) = joined_both_ways(first, second, id, &name);
                found.extend(contests.iter().map(|contest| (contest.id, contest.aspect.clone())));
                shown.push_str(&format!("{alive} {}", json!(contests)));
            }
            let wanted = expected(&world, one, other);
            if found != wanted {
                wrong.push(format!("{name}: contested {found:?}, expected {wanted:?}"));
            }
            for (side, number) in [(0, left), (1, right)] {
                if let Some(word) = sides[side][number].typed.as_ref().filter(|word| !shown.contains(*word)) {
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
fn every_pair_of_intents_on_a_thing_and_beneath_it() {
    every_pair_of(&beneath());
}

#[test]
fn every_pair_of_intents_on_the_meeting() {
    every_pair_of(&facts());
}
