//! Two documents edited apart and joined: nothing typed is lost, and it does not matter who joins whom.

use std::collections::BTreeSet;
use std::sync::Mutex;

use chrono::{DateTime, Utc};
use minuta_core::document::{Document, Message, Mode};
use minuta_core::model::outline::outline;
use minuta_core::model::{
    ActionId, AuthorId, Item, ItemId, Kind, Meeting, MeetingId, Noun, OrderKey, Participant, ParticipantId, Passage,
    Point, PointId, Turn,
};
use minuta_core::{Archive, api};
use proptest::prelude::*;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::opened::{is_whole, meeting, open, type_lines};

const MEETING: Uuid = Uuid::from_u128(7);

fn at(seconds: i64) -> DateTime<Utc> {
    DateTime::from_timestamp(1_700_000_000 + seconds, 0).unwrap()
}

fn message() -> Message {
    Message {
        author: AuthorId(Uuid::from_u128(1)),
        action: ActionId(Uuid::from_u128(2)),
        mode: Mode::Do,
        target: None,
        intent: "edited apart".to_owned(),
    }
}

fn commit(document: &mut Document) {
    document.commit(&message(), 0).unwrap();
}

/// A meeting with one point, on which two forks begin.
fn origin() -> Document {
    let mut document = Document::genesis(Uuid::from_u128(100)).unwrap();
    document.insert(&Meeting::new(MeetingId(MEETING))).unwrap();
    document.insert(&point(1, "the budget is agreed")).unwrap();
    commit(&mut document);
    document
}

fn point(id: u128, text: &str) -> Point {
    Point::new(PointId(Uuid::from_u128(id)), OrderKey::at(at(0)), at(0), text)
}

fn two(origin: &mut Document) -> (Document, Document) {
    (origin.fork(Uuid::from_u128(101)), origin.fork(Uuid::from_u128(102)))
}

fn get<T: Noun>(document: &Document, id: u128) -> T {
    document.read::<T>(Uuid::from_u128(id)).unwrap().unwrap().0
}

/// Changes an entity and commits.
fn change<T: Noun>(document: &mut Document, id: u128, edit: impl FnOnce(&mut T)) {
    let before: T = get(document, id);
    let mut after = before.clone();
    edit(&mut after);
    document.update(&before, &after, None).unwrap();
    commit(document);
}

fn delete<T: Noun>(document: &mut Document, id: u128, deleted: bool) {
    document.set_deleted::<T>(Uuid::from_u128(id), deleted).unwrap();
    commit(document);
}

/// All that a document says, tombstones included.
fn said(document: &Document) -> Value {
    fn all<T: Noun>(document: &Document) -> Vec<Value> {
        let mut ids = document.ids::<T>();
        ids.sort();
        let own = |id: Uuid| if T::ROOT == Meeting::ROOT { MEETING } else { id };
        ids.into_iter()
            .map(|id| {
                let (value, deleted) = document.read::<T>(own(id)).unwrap().unwrap();
                json!([value, deleted])
            })
            .collect()
    }
    json!({
        "meeting": all::<Meeting>(document),
        "items": all::<Item>(document),
        "points": all::<Point>(document),
        "participants": all::<Participant>(document),
        "turns": all::<Turn>(document),
        "passages": all::<Passage>(document),
    })
}

/// Joins both ways, and holds the two against each other and against their own saved bytes.
fn joined(left: &mut Document, right: &mut Document) -> Document {
    let mut one = left.fork(Uuid::from_u128(201));
    one.merge(right).unwrap();
    let mut other = right.fork(Uuid::from_u128(202));
    other.merge(left).unwrap();
    assert_eq!(one.heads(), other.heads());
    assert_eq!(said(&one), said(&other));
    let loaded = Document::load(&one.save(), Uuid::from_u128(203)).unwrap();
    assert_eq!(said(&loaded), said(&one));
    one
}

#[test]
fn the_genesis_is_the_same_on_every_laptop() {
    let genesis = |actor| {
        let mut document = Document::genesis(Uuid::from_u128(actor)).unwrap();
        let changes = document.changes_since(&[]);
        assert_eq!(changes.len(), 1);
        changes
            .into_iter()
            .map(|mut change| change.bytes().into_owned())
            .collect::<Vec<_>>()
    };
    assert_eq!(genesis(1), genesis(2));
    // An archive made by an earlier Minuta begins with this one: another would hide all that is in it.
    let mut document = Document::genesis(Uuid::from_u128(1)).unwrap();
    assert_eq!(
        document.rev(),
        "58e4137297f0593f9dfe9b883eb5a8b7b1b3995641c403f9e6bd6c1fd60c55c4"
    );
}

#[test]
fn words_written_into_one_point_by_two_are_both_kept() {
    let mut origin = origin();
    let (mut left, mut right) = two(&mut origin);
    change::<Point>(&mut left, 1, |point| {
        point.text = "the draft budget is agreed".to_owned();
    });
    change::<Point>(&mut right, 1, |point| {
        point.text = "the budget is agreed by all".to_owned();
    });
    let joined = joined(&mut left, &mut right);
    assert_eq!(get::<Point>(&joined, 1).text, "the draft budget is agreed by all");
}

#[test]
fn a_word_put_behind_the_first_stays_a_word_when_the_first_goes() {
    // Run together with its neighbour, it would go with it as soon as somebody struck that "word".
    let written = |left_text: &str, right_text: &str| {
        let mut origin = origin();
        let (mut left, mut right) = two(&mut origin);
        change::<Point>(&mut left, 1, |point| left_text.clone_into(&mut point.text));
        change::<Point>(&mut right, 1, |point| right_text.clone_into(&mut point.text));
        get::<Point>(&joined(&mut left, &mut right), 1).text
    };
    assert_eq!(
        written("budget is agreed", "the draft budget is agreed"),
        "draft budget is agreed"
    );
    // As it was found: the first two words go on one side, and each side puts a word where they stood.
    let text = written("firmly is agreed", "new the budget draft is agreed");
    let mut words: Vec<&str> = text.split(' ').collect();
    words.sort_unstable();
    assert_eq!(words, ["agreed", "draft", "firmly", "is", "new"], "{text}");
}

#[test]
fn words_written_into_an_empty_point_by_two_stay_two_words() {
    let mut origin = origin();
    change::<Point>(&mut origin, 1, |point| point.text = String::new());
    let (mut left, mut right) = two(&mut origin);
    change::<Point>(&mut left, 1, |point| point.text = "agreed".to_owned());
    change::<Point>(&mut right, 1, |point| point.text = "postponed".to_owned());
    let text = get::<Point>(&joined(&mut left, &mut right), 1).text;
    assert!(
        ["agreed postponed", "postponed agreed"].contains(&text.as_str()),
        "{text}"
    );
}

#[test]
fn one_deletes_what_the_other_edits() {
    let mut origin = origin();
    let (mut left, mut right) = two(&mut origin);
    delete::<Point>(&mut left, 1, true);
    change::<Point>(&mut right, 1, |point| {
        point.text = "the budget is agreed after all".to_owned();
        point.kind = Kind::Decision;
    });
    let mut joined = joined(&mut left, &mut right);
    assert!(!joined.alive::<Point>(Uuid::from_u128(1)).unwrap());
    delete::<Point>(&mut joined, 1, false);
    let point: Point = get(&joined, 1);
    assert_eq!(
        (point.text.as_str(), point.kind),
        ("the budget is agreed after all", Kind::Decision)
    );
}

#[test]
fn speakers_named_on_both_sides_are_all_named() {
    let person = |id| ParticipantId(Uuid::from_u128(id));
    let mut origin = origin();
    change::<Point>(&mut origin, 1, |point| point.speakers = vec![person(10), person(11)]);
    let (mut left, mut right) = two(&mut origin);
    change::<Point>(&mut left, 1, |point| {
        point.speakers = vec![person(10), person(11), person(12)];
    });
    change::<Point>(&mut right, 1, |point| point.speakers = vec![person(11), person(13)]);
    let joined = joined(&mut left, &mut right);
    let named: BTreeSet<_> = get::<Point>(&joined, 1).speakers.into_iter().collect();
    // Taken out on one side, added on both.
    assert_eq!(named, BTreeSet::from([person(11), person(12), person(13)]));
}

#[test]
fn what_was_typed_apart_falls_in_order_of_time() {
    let mut origin = origin();
    let (mut left, mut right) = two(&mut origin);
    for (id, seconds) in [(20, 10), (21, 30), (22, 50)] {
        left.insert(&Point::new(
            PointId(Uuid::from_u128(id)),
            OrderKey::at(at(seconds)),
            at(seconds),
            "left",
        ))
        .unwrap();
    }
    for (id, seconds) in [(30, 20), (31, 30), (32, 40)] {
        right
            .insert(&Point::new(
                PointId(Uuid::from_u128(id)),
                OrderKey::at(at(seconds)),
                at(seconds),
                "right",
            ))
            .unwrap();
    }
    commit(&mut left);
    commit(&mut right);
    let joined = joined(&mut left, &mut right);
    let mut points: Vec<Point> = joined
        .ids::<Point>()
        .into_iter()
        .map(|id| joined.read::<Point>(id).unwrap().unwrap().0)
        .collect();
    points.sort_by(|a, b| (&a.order, a.id).cmp(&(&b.order, b.id)));
    let order: Vec<u128> = points.iter().map(|point| point.id.0.as_u128()).collect();
    assert_eq!(order, [1, 20, 30, 21, 31, 32, 22]);
}

#[test]
fn one_field_set_on_both_sides_has_one_winner() {
    let mut origin = origin();
    let (mut left, mut right) = two(&mut origin);
    change::<Meeting>(&mut left, 7, |meeting| meeting.body = "Left Group".to_owned());
    change::<Meeting>(&mut right, 7, |meeting| {
        meeting.body = "Right Group".to_owned();
        meeting.form = "In person".to_owned();
    });
    let joined = joined(&mut left, &mut right);
    let meeting: Meeting = get(&joined, 7);
    assert!(["Left Group", "Right Group"].contains(&meeting.body.as_str()));
    assert_eq!(meeting.form, "In person");
}

#[test]
fn stretches_of_time_begun_on_both_sides_are_both_kept() {
    use minuta_core::model::Span;
    let span = |seconds| Span {
        from: at(seconds),
        to: None,
    };
    let mut origin = origin();
    let (mut left, mut right) = two(&mut origin);
    change::<Meeting>(&mut left, 7, |meeting| meeting.live = vec![span(1)]);
    change::<Meeting>(&mut right, 7, |meeting| meeting.live = vec![span(2)]);
    let joined = joined(&mut left, &mut right);
    assert_eq!(get::<Meeting>(&joined, 7).live, [span(1), span(2)]);
}

#[test]
fn stretches_that_came_after_the_first_schema_are_kept_on_both_sides_too() {
    // A participant of an earlier version has no place for them: both sides begin one.
    use minuta_core::model::Span;
    let span = |from, to: Option<i64>| Span {
        from: at(from),
        to: to.map(at),
    };
    let mut origin = origin();
    origin
        .insert(&Participant::new(
            ParticipantId(Uuid::from_u128(3)),
            OrderKey::at(at(0)),
            "Ann",
        ))
        .unwrap();
    commit(&mut origin);
    let (mut left, mut right) = two(&mut origin);
    change::<Participant>(&mut left, 3, |ann| ann.moderating = vec![span(1, None)]);
    change::<Participant>(&mut left, 3, |ann| ann.moderating = vec![span(1, Some(5))]);
    change::<Participant>(&mut right, 3, |ann| {
        ann.moderating = vec![span(2, None)];
        ann.reporting = vec![span(2, Some(3))];
    });
    let mut joined = joined(&mut left, &mut right);
    let ann: Participant = get(&joined, 3);
    assert_eq!(ann.moderating, [span(1, Some(5)), span(2, None)]);
    assert_eq!(ann.reporting, [span(2, Some(3))]);
    // Taken back, nothing is left of it.
    let last = right.heads();
    joined.invert(last[0], &message(), 0).unwrap();
    let ann: Participant = get(&joined, 3);
    assert_eq!((ann.moderating, ann.reporting), (vec![span(1, Some(5))], Vec::new()));
}

#[test]
fn a_first_child_made_on_both_sides_hides_neither() {
    // The maps of speakers, owners, sources and presence are there from the first, empty: made only when needed, on both
    // sides, one would hide the other.
    let person = |id| ParticipantId(Uuid::from_u128(id));
    let mut origin = origin();
    origin
        .insert(&Participant::new(person(3), OrderKey::at(at(0)), "Ann"))
        .unwrap();
    let passage = minuta_core::model::PassageId(Uuid::from_u128(4));
    origin
        .insert(&Passage {
            id: passage,
            ..Passage::default()
        })
        .unwrap();
    commit(&mut origin);
    let (mut left, mut right) = two(&mut origin);
    for (document, number) in [(&mut left, 20), (&mut right, 30)] {
        change::<Point>(document, 1, |point| {
            point.speakers = vec![person(number)];
            point.owners = vec![person(number)];
        });
        change::<Passage>(document, 4, |passage| {
            passage.sources = vec![PointId(Uuid::from_u128(number))];
            passage.text = format!("words {number}");
        });
        let from = at(i64::try_from(number).unwrap());
        change::<Participant>(document, 3, |ann| {
            ann.presence = vec![minuta_core::model::Span { from, to: None }];
        });
    }
    let joined = joined(&mut left, &mut right);
    let point: Point = get(&joined, 1);
    let passage: Passage = get(&joined, 4);
    let found = (point.speakers.len(), point.owners.len(), passage.sources.len());
    assert_eq!(found, (2, 2, 2));
    assert!(
        passage.text.contains("20") && passage.text.contains("30"),
        "{}",
        passage.text
    );
    assert_eq!(get::<Participant>(&joined, 3).presence.len(), 2);
}

#[test]
fn a_row_made_on_both_sides_under_one_id_is_one_row() {
    // As when the same import is sent again from elsewhere: both laptops show the same one.
    let mut origin = origin();
    let (mut left, mut right) = two(&mut origin);
    left.insert(&point(9, "made once")).unwrap();
    right.insert(&point(9, "made once")).unwrap();
    commit(&mut left);
    commit(&mut right);
    let mut joined = joined(&mut left, &mut right);
    assert_eq!(get::<Point>(&joined, 9).text, "made once");
    change::<Point>(&mut joined, 9, |point| point.kind = Kind::Question);
    assert_eq!(get::<Point>(&joined, 9).kind, Kind::Question);
}

#[test]
fn sections_moved_below_each_other_are_all_shown() {
    let mut origin = origin();
    for id in [1, 2, 3] {
        origin
            .insert(&Item::new(
                ItemId(Uuid::from_u128(id)),
                OrderKey::at(at(0)),
                format!("item {id}"),
            ))
            .unwrap();
    }
    commit(&mut origin);
    let (mut left, mut right) = two(&mut origin);
    let below = |document: &mut Document, id: u128, parent: u128| {
        change::<Item>(document, id, |item| item.parent = Some(ItemId(Uuid::from_u128(parent))));
    };
    below(&mut left, 1, 2);
    below(&mut right, 2, 3);
    below(&mut right, 3, 1);
    let joined = joined(&mut left, &mut right);
    let items = [1, 2, 3].map(|id| get::<Item>(&joined, id)).to_vec();
    let views = outline(items);
    assert_eq!(views.len(), 3);
    assert_eq!(views.iter().filter(|view| view.level == 1).count(), 1);
}

#[test]
fn an_editor_opened_before_a_merge_erases_nothing() {
    let mut origin = origin();
    let (mut left, mut right) = two(&mut origin);
    let rev = left.rev();
    change::<Point>(&mut right, 1, |point| {
        point.text = "the budget is agreed, said Ben".to_owned();
    });
    left.merge(&mut right).unwrap();
    // The editor still shows what it was opened with.
    left.write_text::<Point>(Uuid::from_u128(1), "the new budget is agreed", &rev, &message(), 0)
        .unwrap();
    assert_eq!(get::<Point>(&left, 1).text, "the new budget is agreed, said Ben");
    assert!(
        left.write_text::<Point>(Uuid::from_u128(1), "x", &"0".repeat(64), &message(), 0)
            .is_err()
    );
    assert!(
        left.write_text::<Point>(Uuid::from_u128(1), "x", "nonsense", &message(), 0)
            .is_err()
    );
}

#[test]
fn an_editor_in_one_window_erases_nothing_of_another_process() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.minuta");
    let mut archive = open(&path, 1);
    let id = meeting(&mut archive, 1);
    type_lines(&mut archive, id, &["the budget is agreed"]);
    let point = archive.record(id).unwrap().points[0].point.id;
    let window = Mutex::new(archive);
    let call = |command: &str, request: Value| api::call(&window, command, request).unwrap();
    let editor = call("point_editor", json!({"meeting": id, "point": point}));
    assert_eq!(editor["text"], "the budget is agreed");
    let mut other = open(&path, 2);
    type_lines(&mut other, id, &["s/agreed/agreed, said Ben/"]);
    call(
        "point_edit",
        json!({"meeting": id, "point": point, "rev": editor["rev"], "text": "the new budget is agreed", "kind": "decision"}),
    );
    let shown = |archive: &Archive| {
        let point = archive.record(id).unwrap().points[0].point.clone();
        (point.text, point.kind)
    };
    let both = ("the new budget is agreed, said Ben".to_owned(), Kind::Decision);
    assert_eq!(shown(&other), both);
    call("undo", json!({"meeting": id}));
    assert_eq!(
        shown(&other),
        ("the budget is agreed, said Ben".to_owned(), Kind::Remark)
    );
    is_whole(&path);
}

/// What somebody does on one of the laptops.
#[derive(Clone, Debug)]
enum Intent {
    Say,
    Write { point: usize, place: usize },
    Strike { point: usize, place: usize },
    Tag { point: usize, who: u128, named: bool },
    Delete { point: usize, deleted: bool },
    Kind { point: usize, decision: bool },
    Item { parent: Option<u128>, id: u128 },
    Join(usize),
}

fn intent() -> impl Strategy<Value = Intent> {
    let point = 0..6_usize;
    prop_oneof![
        2 => Just(Intent::Say),
        4 => (point.clone(), any::<usize>()).prop_map(|(point, place)| Intent::Write { point, place }),
        1 => (point.clone(), any::<usize>()).prop_map(|(point, place)| Intent::Strike { point, place }),
        1 => (point.clone(), 0..4_u128, any::<bool>()).prop_map(|(point, who, named)| Intent::Tag { point, who, named }),
        1 => (point.clone(), any::<bool>()).prop_map(|(point, deleted)| Intent::Delete { point, deleted }),
        1 => (point, any::<bool>()).prop_map(|(point, decision)| Intent::Kind { point, decision }),
        1 => (proptest::option::of(0..4_u128), 0..4_u128).prop_map(|(parent, id)| Intent::Item { parent, id }),
        1 => (0..3_usize).prop_map(Intent::Join),
    ]
}

/// A word like no other: no two share a beginning or an end, so that each can be told in the text.
fn word(number: usize) -> String {
    let mut state = number as u64 + 1;
    (0..9)
        .map(|_| {
            state = state
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            char::from(b'a' + u8::try_from((state >> 33) % 26).unwrap())
        })
        .collect()
}

#[derive(Default)]
struct Words {
    written: Vec<(u128, String)>,
    struck: BTreeSet<String>,
}

fn act(forks: &mut [Document], fork: usize, intent: &Intent, words: &mut Words) {
    let fork = fork % forks.len();
    let pick = |document: &Document, point: usize| {
        let mut ids = document.ids::<Point>();
        ids.sort();
        ids[point % ids.len()].as_u128()
    };
    let document = &mut forks[fork];
    match *intent {
        Intent::Say => {
            let new = word(words.written.len());
            let id = 1000 + words.written.len() as u128;
            document.insert(&point(id, &new)).unwrap();
            commit(document);
            words.written.push((id, new));
        }
        Intent::Write { point, place } => {
            let id = pick(document, point);
            let new = word(words.written.len());
            change::<Point>(document, id, |point| {
                let mut parts: Vec<&str> = point.text.split(' ').collect();
                parts.insert(place % (parts.len() + 1), &new);
                point.text = parts.join(" ");
            });
            words.written.push((id, new));
        }
        Intent::Strike { point, place } => {
            let id = pick(document, point);
            change::<Point>(document, id, |point| {
                let mut parts: Vec<&str> = point.text.split(' ').collect();
                if parts.len() > 1 {
                    words.struck.insert(parts.remove(place % parts.len()).to_owned());
                    point.text = parts.join(" ");
                }
            });
        }
        Intent::Tag { point, who, named } => {
            let id = pick(document, point);
            let who = ParticipantId(Uuid::from_u128(who));
            change::<Point>(document, id, |point| {
                point.speakers.retain(|speaker| *speaker != who);
                if named {
                    point.speakers.push(who);
                }
            });
        }
        Intent::Delete { point, deleted } => {
            let id = pick(document, point);
            delete::<Point>(document, id, deleted);
        }
        Intent::Kind { point, decision } => {
            let id = pick(document, point);
            change::<Point>(document, id, |point| {
                point.kind = if decision { Kind::Decision } else { Kind::Remark }
            });
        }
        Intent::Item { parent, id } => {
            change::<Item>(document, 500 + id, |item| {
                item.parent = parent.map(|id| ItemId(Uuid::from_u128(500 + id)));
            });
        }
        Intent::Join(other) => {
            let other = other % forks.len();
            if other != fork {
                let mut theirs = forks[other].fork(Uuid::from_u128(9000 + words.written.len() as u128));
                forks[fork].merge(&mut theirs).unwrap();
            }
        }
    }
}

/// Everybody does what they do and hears of everything: all have the same record, with each word typed in it once.
fn nothing_is_lost(count: usize, intents: &[(usize, Intent)], order: bool) -> Result<(), TestCaseError> {
    let mut origin = origin();
    for id in 0..4 {
        origin
            .insert(&Item::new(
                ItemId(Uuid::from_u128(500 + id)),
                OrderKey::at(at(0)),
                "item",
            ))
            .unwrap();
    }
    commit(&mut origin);
    let mut forks: Vec<Document> = (0..count)
        .map(|fork| origin.fork(Uuid::from_u128(300 + fork as u128)))
        .collect();
    let mut words = Words::default();
    for (fork, intent) in intents {
        act(&mut forks, *fork, intent, &mut words);
    }
    // Everybody hears of everything, in one order or the other.
    let mut all: Vec<Document> = forks
        .iter_mut()
        .enumerate()
        .map(|(at, fork)| fork.fork(Uuid::from_u128(400 + at as u128)))
        .collect();
    for (own, one) in all.iter_mut().enumerate() {
        for step in 1..count {
            let other = if order {
                (own + step) % count
            } else {
                (own + count - step) % count
            };
            one.merge(&mut forks[other]).unwrap();
        }
    }
    let heads = all[0].heads();
    let record = said(&all[0]);
    for one in &mut all[1..] {
        prop_assert_eq!(&one.heads(), &heads);
        prop_assert_eq!(&said(one), &record);
    }
    for (id, word) in words.written.iter().filter(|(_, word)| !words.struck.contains(word)) {
        // Once, and as a word of its own.
        let text = get::<Point>(&all[0], *id).text;
        let found = text.split(' ').filter(|found| found == word).count();
        prop_assert_eq!(
            found,
            1,
            "{} is lost from, doubled or run together with another in: {}",
            word,
            text
        );
    }
    let items = [500, 501, 502, 503].map(|id| get::<Item>(&all[0], id)).to_vec();
    prop_assert_eq!(outline(items).len(), 4);
    Ok(())
}

#[test]
fn a_word_struck_takes_none_with_it_that_a_merge_put_beside_it() {
    use Intent::{Join, Say, Strike, Write};
    let write = |point, place| Write { point, place };
    let strike = |point, place| Strike { point, place };
    let intents = [
        (1, write(0, 3_715_505_131_762_770_035)),
        (0, strike(0, 11_575_966_453_225_642_876)),
        (2, write(0, 8_064_024_147_831_220_609)),
        (0, write(5, 16_304_604_062_740_340_369)),
        (1, write(5, 963_284_050_284_376_967)),
        (0, strike(3, 67_338_732_120_346_680)),
        (2, Say),
        (1, write(5, 8_882_033_164_692_094_018)),
        (0, write(2, 4_028_210_599_546_404_956)),
        (2, Join(1)),
        (0, Say),
        (0, strike(3, 1_472_594_473_063_748_762)),
    ];
    nothing_is_lost(2, &intents, false).unwrap();
}

proptest! {
    #![proptest_config(ProptestConfig { cases: if minuta_tests::seed::torture() { 2000 } else { 48 }, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn nothing_typed_is_lost_whoever_joins_whom(
        count in 2..=3_usize,
        intents in proptest::collection::vec((0..3_usize, intent()), 1..40),
        order in any::<bool>(),
    ) {
        nothing_is_lost(count, &intents, order)?;
    }
}
