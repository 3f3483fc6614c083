//! What holds of an archive whatever is typed into it, taken back, and typed by two at once.

use std::path::Path;

use minuta_core::edit::capture::enter;
use minuta_core::edit::point;
use minuta_core::model::{Kind, MeetingId};
use minuta_core::{Archive, Code};
use proptest::prelude::*;
use serde_json::Value;

use crate::opened::{is_whole, meeting, open, record, type_lines};

/// Lines that reach every corner of the grammar, some of them only after others.
const LINES: [&str; 40] = [
    "hello **all**",
    "... and more",
    "Ann Olsen: which one?",
    "BO: the second",
    "Z: second option",
    "?: who was that",
    "*: for the record",
    "[off] between us",
    "decision: agreed as it stands",
    "action: Ann Olsen to write by 15 April",
    "question: how many?",
    "participant: Cleo Diaz, Member",
    "present+ Ann Olsen, Ben Okoro",
    "present- Ann Olsen",
    "regrets+ Ben Okoro",
    "chair: Ann Olsen",
    "scribe: Ben Okoro",
    "scribe: Ann Olsen",
    "q+ Ann Olsen to reason",
    "q+ Ben Okoro",
    "q- Ben Okoro",
    "ack next",
    "ack Ben Okoro",
    "topic: Opening",
    "topic: Budget",
    "subtopic: Next year",
    "agenda+ Any other business",
    "/next",
    "/skip",
    "/defer",
    "/noupdate",
    "/take 2",
    "s/the/a/",
    "s/o/0/G",
    "i/second/topic: Forgotten/",
    "i/all/a point put in/",
    "next meeting: 9 April 2026, 14.00 UTC",
    "recording: https://example.org/r",
    "meeting: Another Name",
    "date: some day",
];

fn start(folder: &Path) -> (Archive, MeetingId) {
    let mut archive = open(&folder.join("a.minuta"), 1);
    let id = meeting(&mut archive, 1);
    type_lines(
        &mut archive,
        id,
        &[
            "participant: Ann Olsen, Chair",
            "participant: Ben Okoro, Member, Coordinator",
        ],
    );
    (archive, id)
}

/// Something a user does.
#[derive(Clone, Debug)]
enum Step {
    Line(usize),
    Edit(usize, usize),
    Delete(usize),
    Tag(usize),
    Undo,
    Redo,
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        6 => (0..LINES.len()).prop_map(Step::Line),
        1 => (any::<usize>(), any::<usize>()).prop_map(|(point, place)| Step::Edit(point, place)),
        1 => any::<usize>().prop_map(Step::Delete),
        1 => any::<usize>().prop_map(Step::Tag),
        1 => Just(Step::Undo),
        1 => Just(Step::Redo),
    ]
}

/// Carries a step out; answers whether it was an action of its own.
fn carry_out(archive: &mut Archive, id: MeetingId, step: &Step) -> bool {
    let points = archive.record(id).unwrap().points;
    let pick = |place: usize| (!points.is_empty()).then(|| points[place % points.len()].point.clone());
    match *step {
        Step::Line(line) => {
            enter(archive, id, LINES[line], None).unwrap();
            true
        }
        Step::Edit(place, word) => {
            let Some(found) = pick(place) else { return false };
            let mut words: Vec<&str> = found.text.split(' ').collect();
            words.insert(word % (words.len() + 1), "mended");
            let text = words.join(" ");
            archive
                .write(id, "point changed", |edit| {
                    point::change(edit, found.id, None, Some(&text), Some(Kind::Information))
                })
                .unwrap();
            true
        }
        Step::Delete(place) => {
            let Some(found) = pick(place) else { return false };
            archive
                .write(id, "point deleted", |edit| point::delete(edit, found.id))
                .unwrap();
            true
        }
        Step::Tag(place) => {
            let Some(found) = pick(place) else { return false };
            let people = archive.record(id).unwrap().participants;
            let Some(who) = people.get(place % people.len().max(1)).map(|person| person.id) else {
                return false;
            };
            archive
                .write(id, "speaker tagged", |edit| {
                    point::tag(edit, &[found.id], &point::Who::Named { speakers: vec![who] }, false)
                })
                .unwrap();
            true
        }
        Step::Undo => {
            archive.undo(id).unwrap();
            false
        }
        Step::Redo => {
            archive.redo(id).unwrap();
            false
        }
    }
}

fn cases(small: u32, full: u32) -> ProptestConfig {
    ProptestConfig {
        cases: if minuta_tests::seed::torture() { full } else { small },
        failure_persistence: None,
        ..ProptestConfig::default()
    }
}

proptest! {
    #![proptest_config(cases(12, 400))]

    #[test]
    fn every_step_is_taken_back_and_done_again(steps in proptest::collection::vec(step(), 1..20)) {
        let folder = tempfile::tempdir().unwrap();
        let (mut archive, id) = start(folder.path());
        // What the record was before each step that can be taken back.
        let mut before: Vec<Value> = Vec::new();
        for step in &steps {
            let was = record(&archive, id);
            let label = archive.undoable(id).unwrap().0;
            if !matches!(step, Step::Undo | Step::Redo) && carry_out(&mut archive, id, step) {
                // A line such as `q?` writes nothing, so there is nothing to take back.
                if record(&archive, id) != was || archive.undoable(id).unwrap().0 != label {
                    before.push(was);
                }
            }
        }
        is_whole(archive.path());
        let last = record(&archive, id);
        let mut forward = vec![last.clone()];
        // Steps that change nothing that is shown are steps too: each undo leads to the record before it, or stays.
        let mut expected = before.clone();
        let mut undone = 0;
        while !expected.is_empty() {
            let back = archive.undo(id).unwrap();
            prop_assert!(back.label.is_some(), "nothing to undo, but {} records to go", expected.len());
            prop_assert_eq!(&back.left, &Vec::<String>::new());
            undone += 1;
            let now = record(&archive, id);
            if Some(&now) == expected.last() {
                expected.pop();
                forward.push(now);
            } else {
                prop_assert_eq!(Some(&now), forward.last(), "undo {} of {:?}", undone, &back.label);
            }
        }
        is_whole(archive.path());
        for _ in 0..undone {
            prop_assert!(archive.redo(id).unwrap().label.is_some());
        }
        prop_assert_eq!(record(&archive, id), last);
        is_whole(archive.path());
        // Another process, later, finds the same.
        let path = archive.path().to_owned();
        let label = archive.undoable(id).unwrap();
        drop(archive);
        let again = open(&path, 5);
        prop_assert_eq!(record(&again, id), forward[0].clone());
        prop_assert_eq!(again.undoable(id).unwrap(), label);
    }

    #[test]
    fn two_processes_and_any_mix_of_steps_keep_the_archive_whole(
        steps in proptest::collection::vec((any::<bool>(), step()), 1..24),
    ) {
        let folder = tempfile::tempdir().unwrap();
        let (mut one, id) = start(folder.path());
        let mut two = open(one.path(), 2);
        for (first, step) in &steps {
            carry_out(if *first { &mut one } else { &mut two }, id, step);
        }
        prop_assert_eq!(record(&one, id), record(&two, id));
        is_whole(one.path());
        let shown = record(&one, id);
        one.rebuild().unwrap();
        prop_assert_eq!(record(&one, id), shown);
        while one.undo(id).unwrap().label.is_some() {}
        is_whole(one.path());
    }
}

#[test]
fn undo_takes_back_only_what_still_holds() {
    let folder = tempfile::tempdir().unwrap();
    let (mut one, id) = start(folder.path());
    type_lines(
        &mut one,
        id,
        &[
            "recording: by the first",
            "the budget is agreed",
            "s/agreed/not agreed/",
        ],
    );
    // Another author, as on another laptop: in one archive all processes are one author, so the first step back is
    // whichever was last.
    let mut two = open(one.path(), 2);
    type_lines(&mut two, id, &["recording: by the second", "s/budget/draft budget/"]);
    let text = |archive: &Archive| archive.record(id).unwrap().points[0].point.text.clone();
    assert_eq!(text(&one), "the draft budget is not agreed");
    for expected in [
        "the budget is not agreed",
        "the budget is not agreed",
        "the budget is agreed",
    ] {
        one.undo(id).unwrap();
        assert_eq!(text(&two), expected);
    }
    assert_eq!(one.meeting(id).unwrap().recording, "by the first");
    is_whole(one.path());
}

#[test]
fn words_put_beside_each_other_come_back_in_their_order() {
    let folder = tempfile::tempdir().unwrap();
    let (mut archive, id) = start(folder.path());
    type_lines(&mut archive, id, &["/next"]);
    let point = archive.record(id).unwrap().points[0].point.id;
    for text in ["mended /next", "mended mended /next", "mended mended again /next"] {
        archive
            .write(id, "point changed", |edit| {
                point::change(edit, point, None, Some(text), None)
            })
            .unwrap();
    }
    let last = record(&archive, id);
    for _ in 0..3 {
        for _ in 0..3 {
            archive.undo(id).unwrap();
        }
        for _ in 0..3 {
            archive.redo(id).unwrap();
        }
        assert_eq!(record(&archive, id), last);
    }
}

#[test]
fn two_that_undo_at_once_take_each_step_back_once() {
    let folder = tempfile::tempdir().unwrap();
    let (mut archive, id) = start(folder.path());
    let was = record(&archive, id);
    for number in 0..10 {
        type_lines(&mut archive, id, &[&format!("the {number} plan"), "s/plan/budget/"]);
    }
    let path = archive.path().to_owned();
    let undo_all = |seed: u16| {
        let mut archive = open(&path, seed);
        let mut count = 0;
        // The two participants and the twenty steps since; those before are not undone here.
        while archive
            .undoable(id)
            .unwrap()
            .0
            .is_some_and(|label| !label.ends_with(" added") || label == "point added")
        {
            match archive.undo(id) {
                Ok(back) => {
                    assert_eq!(back.left, Vec::<String>::new());
                    count += usize::from(back.label.is_some());
                }
                Err(error) => assert_eq!(error.code(), Code::Busy, "{error}"),
            }
        }
        count
    };
    let counts = std::thread::scope(|scope| {
        let threads = [3, 4].map(|seed| scope.spawn(move || undo_all(seed)));
        threads.map(|thread| thread.join().unwrap())
    });
    assert_eq!(counts.iter().sum::<usize>(), 20, "{counts:?}");
    assert_eq!(record(&archive, id), was);
    is_whole(&path);
}

#[test]
fn the_unfinished_line_outlives_its_process() {
    let folder = tempfile::tempdir().unwrap();
    let (archive, id) = start(folder.path());
    archive.set_draft(id, "half a po").unwrap();
    let path = archive.path().to_owned();
    // As if killed: the file as it is on the disk, taken away from under the process.
    let copy = folder.path().join("b.minuta");
    for end in ["", "-wal"] {
        let with = |path: &Path| format!("{}{end}", path.display());
        std::fs::copy(with(&path), with(&copy)).unwrap();
    }
    assert_eq!(open(&copy, 2).draft(id).unwrap(), "half a po");
    drop(archive);
    let archive = open(&path, 3);
    assert_eq!(archive.draft(id).unwrap(), "half a po");
    archive.set_draft(id, "").unwrap();
    assert_eq!(archive.draft(id).unwrap(), "");
    is_whole(&path);
}

#[test]
fn a_refused_write_leaves_nothing_behind() {
    let folder = tempfile::tempdir().unwrap();
    let (mut archive, id) = start(folder.path());
    type_lines(&mut archive, id, &["before"]);
    let was = record(&archive, id);
    let undoable = archive.undoable(id).unwrap();
    let first = archive.record(id).unwrap().points[0].point.id;
    let refused = archive.write(id, "refused halfway", |edit| {
        point::change(edit, first, None, Some("half done"), None)?;
        point::delete(edit, first)?;
        point::change(edit, first, None, Some("   "), None)
    });
    assert_eq!(refused.unwrap_err().code(), Code::NotFound);
    assert_eq!(record(&archive, id), was);
    assert_eq!(archive.undoable(id).unwrap(), undoable);
    is_whole(archive.path());
    // The next write does not bring the refused one in after all.
    type_lines(&mut archive, id, &["after"]);
    let texts: Vec<_> = archive
        .record(id)
        .unwrap()
        .points
        .into_iter()
        .map(|view| view.point.text)
        .collect();
    assert_eq!(texts, ["before", "after"]);
    is_whole(archive.path());
}

#[test]
fn a_meeting_is_the_same_through_its_snapshot() {
    let folder = tempfile::tempdir().unwrap();
    let (mut archive, id) = start(folder.path());
    let path = archive.path().to_owned();
    for number in 0..520 {
        enter(&mut archive, id, &format!("point {number}"), None).unwrap();
    }
    let shown = record(&archive, id);
    let snapshots = || -> i64 {
        let conn = rusqlite::Connection::open(&path).unwrap();
        conn.query_row("SELECT count(*) FROM snapshot", [], |row| row.get(0))
            .unwrap()
    };
    assert_eq!(snapshots(), 0);
    archive.warm(id).unwrap();
    assert_eq!(snapshots(), 1);
    drop(archive);
    is_whole(&path);
    let mut archive = open(&path, 2);
    archive.warm(id).unwrap();
    assert_eq!(record(&archive, id), shown);
    archive.rebuild().unwrap();
    assert_eq!(record(&archive, id), shown);
    // It goes on from the snapshot, and back behind it.
    type_lines(&mut archive, id, &["s/point 5$/x/", "one more"]);
    for _ in 0..12 {
        archive.undo(id).unwrap();
    }
    assert_eq!(archive.record(id).unwrap().points.len(), 510);
    is_whole(&path);
}

#[test]
fn the_version_of_the_data_tells_of_another_process() {
    let folder = tempfile::tempdir().unwrap();
    let (one, id) = start(folder.path());
    let mut two = open(one.path(), 2);
    let version = one.data_version().unwrap();
    assert_eq!(one.data_version().unwrap(), version);
    type_lines(&mut two, id, &["heard"]);
    let heard = one.data_version().unwrap();
    assert_ne!(heard, version);
    let _seen = one.record(id).unwrap();
    assert_eq!(one.data_version().unwrap(), heard);
}
