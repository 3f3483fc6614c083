use std::sync::Arc;

use chrono::{DateTime, TimeDelta};

use super::{Archive, check};
use crate::edit::capture::enter;
use crate::edit::meeting::{New, create};
use crate::env::{Env, FixedEnv};
use crate::model::{Attribution, MeetingId};

fn archive(folder: &tempfile::TempDir) -> Archive {
    Archive::open(&folder.path().join("a.minuta"), env(1)).unwrap()
}

fn env(seed: u16) -> Arc<dyn Env> {
    let start = DateTime::parse_from_rfc3339("2026-03-12T13:00:00Z").unwrap().to_utc();
    Arc::new(FixedEnv::new(start, TimeDelta::seconds(1), seed))
}

fn meeting(archive: &mut Archive) -> MeetingId {
    let new = New {
        series: "Working Group".to_owned(),
        short: "WG".to_owned(),
        number: Some(1),
        ..New::default()
    };
    create(archive, &new).unwrap()
}

fn type_lines(archive: &mut Archive, meeting: MeetingId, lines: &[&str]) {
    for line in lines {
        enter(archive, meeting, line, None).unwrap();
    }
}

fn texts(archive: &Archive, meeting: MeetingId) -> Vec<String> {
    archive
        .record(meeting)
        .unwrap()
        .points
        .into_iter()
        .map(|view| view.point.text)
        .collect()
}

#[test]
fn a_meeting_is_typed_read_undone_and_checked() {
    let folder = tempfile::tempdir().unwrap();
    let mut archive = archive(&folder);
    let id = meeting(&mut archive);
    type_lines(
        &mut archive,
        id,
        &[
            "participant: Bruna Santos, Co-Chair, Member",
            "participant: Jorge Perez, Member",
            "participant: Jorge Perez, Coordinator",
            "topic: Opening",
            "BS: hello **all**",
            "... and more",
            "Jorge Perez: which one?",
            "B: second option",
            "[off] not for the report",
            "action: Bruna to write by 15 April",
            "q+ BS",
            "ack next",
            "by the floor",
        ],
    );
    let record = archive.record(id).unwrap();
    let states: Vec<_> = record
        .points
        .iter()
        .map(|view| view.point.attribution.word().to_owned())
        .collect();
    assert_eq!(
        states,
        [
            "named",
            "named",
            "unresolved",
            "unresolved",
            "untagged",
            "nobody",
            "named"
        ]
    );
    assert_eq!(record.points[3].point.text, "B: second option");
    assert!(record.points[4].point.internal);
    assert_eq!(record.points[5].point.due.unwrap().to_string(), "2026-04-15");
    assert_eq!(record.points[5].point.owners, [record.participants[0].id]);
    assert_eq!(record.points[1].point.speakers, [record.participants[0].id]);

    let before = serde_json::to_value(&record).unwrap();
    let count = archive.undoable(id).unwrap();
    assert_eq!(count.0.as_deref(), Some("point added"));
    for _ in 0..6 {
        archive.undo(id).unwrap();
    }
    assert_eq!(texts(&archive, id).len(), 3);
    for _ in 0..6 {
        assert!(archive.redo(id).unwrap().label.is_some());
    }
    assert_eq!(serde_json::to_value(archive.record(id).unwrap()).unwrap(), before);

    let report = check(archive.path(), &*env(9)).unwrap();
    assert_eq!(report.findings, []);
    assert_eq!(report.good, [id]);
}

#[test]
fn editing_and_deleting_are_undone_after_a_restart() {
    let folder = tempfile::tempdir().unwrap();
    let mut first = archive(&folder);
    let id = meeting(&mut first);
    type_lines(&mut first, id, &["one two three", "s/two/2/"]);
    drop(first);
    let mut second = Archive::open(&folder.path().join("a.minuta"), env(2)).unwrap();
    assert_eq!(texts(&second, id), ["one 2 three"]);
    assert_eq!(second.undo(id).unwrap().label.as_deref(), Some("point mended"));
    assert_eq!(texts(&second, id), ["one two three"]);
    assert_eq!(second.redo(id).unwrap().label.as_deref(), Some("point mended"));
    assert_eq!(texts(&second, id), ["one 2 three"]);
    let everything = |archive: &mut Archive| while archive.undo(id).unwrap().label.is_some() {};
    everything(&mut second);
    assert!(texts(&second, id).is_empty());
    assert_eq!(second.meeting(id).unwrap().body, "Working Group");
    assert_eq!(check(second.path(), &*env(9)).unwrap().findings, []);
}

#[test]
fn undo_and_redo_walk_one_line_back_and_forth() {
    let folder = tempfile::tempdir().unwrap();
    let mut archive = archive(&folder);
    let id = meeting(&mut archive);
    type_lines(&mut archive, id, &["one", "two", "three"]);
    let mut steps = Vec::new();
    for step in "uuruuurrrrurur".chars() {
        let _ = if step == 'u' {
            archive.undo(id)
        } else {
            archive.redo(id)
        }
        .unwrap();
        steps.push(texts(&archive, id).len());
    }
    assert_eq!(steps, [2, 1, 2, 1, 0, 0, 1, 2, 3, 3, 2, 3, 2, 3]);
    archive.undo(id).unwrap();
    type_lines(&mut archive, id, &["four"]);
    assert_eq!(archive.redo(id).unwrap().label, None);
    archive.undo(id).unwrap();
    assert_eq!(texts(&archive, id), ["one", "two"]);
}

#[test]
fn two_processes_write_side_by_side() {
    let folder = tempfile::tempdir().unwrap();
    let mut one = archive(&folder);
    let id = meeting(&mut one);
    let mut two = Archive::open(&folder.path().join("a.minuta"), env(2)).unwrap();
    let version = one.data_version().unwrap();
    for turn in 0..20 {
        enter(&mut one, id, &format!("one {turn}"), None).unwrap();
        enter(&mut two, id, &format!("two {turn}"), None).unwrap();
    }
    assert_ne!(one.data_version().unwrap(), version);
    assert_eq!(texts(&one, id).len(), 40);
    assert_eq!(archive(&folder).record(id).unwrap(), one.record(id).unwrap());
    assert_eq!(check(one.path(), &*env(9)).unwrap().findings, []);
}

#[test]
fn a_line_sent_twice_under_one_id_is_there_once() {
    let folder = tempfile::tempdir().unwrap();
    let mut archive = archive(&folder);
    let id = meeting(&mut archive);
    let point = Some(archive.fresh_id());
    enter(&mut archive, id, "once", point).unwrap();
    enter(&mut archive, id, "once", point).unwrap();
    assert_eq!(texts(&archive, id), ["once"]);
    let record = archive.record(id).unwrap();
    assert_eq!(record.points[0].point.attribution, Attribution::Untagged);
}

#[test]
fn search_finds_words_beginnings_and_two_letters_of_chinese() {
    let folder = tempfile::tempdir().unwrap();
    let mut archive = archive(&folder);
    let id = meeting(&mut archive);
    type_lines(
        &mut archive,
        id,
        &["the vertical Dátum", "没有基准面的文件应当拒收", "nothing here"],
    );
    let found = |query: &str| {
        archive
            .search(query, 10)
            .unwrap()
            .into_iter()
            .map(|hit| hit.text)
            .collect::<Vec<_>>()
    };
    assert_eq!(found("datum"), ["the vertical Dátum"]);
    assert_eq!(found("vert"), ["the vertical Dátum"]);
    assert_eq!(found("基准"), ["没有基准面的文件应当拒收"]);
    assert_eq!(found("收"), ["没有基准面的文件应当拒收"]);
    assert_eq!(found("\"vertical datum\""), ["the vertical Dátum"]);
    assert!(found("ertical").is_empty());
    archive.undo(id).unwrap();
    assert!(archive.search("nothing", 10).unwrap().is_empty());
}

#[test]
fn what_waits_for_the_index_is_found_checked_and_kept() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.minuta");
    let mut archive = archive(&folder);
    let id = meeting(&mut archive);
    let found = |archive: &Archive, query: &str| archive.search(query, 1000).unwrap().len();
    let whole = |seed: u16| check(&path, env(seed).as_ref()).unwrap().findings.is_empty();
    type_lines(&mut archive, id, &["first: an apple", "second: a pear"]);
    assert!(whole(2), "two lines wait");
    assert_eq!(found(&archive, "apple"), 1);
    assert!(whole(3), "none waits");
    // One that is in the index already changes, one goes away, one is new; the file is closed in between.
    type_lines(&mut archive, id, &["s/apple/quince/", "third: another pear"]);
    archive.undo(id).unwrap();
    drop(archive);
    assert!(whole(4));
    let mut archive = Archive::open(&path, env(5)).unwrap();
    assert_eq!((found(&archive, "apple"), found(&archive, "quince")), (0, 1));
    assert_eq!(found(&archive, "pear"), 1);
    // More than may wait.
    for number in 0..200 {
        type_lines(&mut archive, id, &[&format!("number {number} of the plums")]);
    }
    assert!(whole(6));
    assert_eq!(found(&archive, "plums"), 200);
    assert!(whole(7));
}
