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

/// Takes in what another archive wrote, as it would come over a wire.
fn take_in(archive: &mut Archive, meeting: MeetingId, changes: &[automerge::Change]) {
    archive
        .write(meeting, "taken in", |edit| {
            edit.take_in(crate::document::Part::Meeting, changes)
        })
        .unwrap();
}

fn changes_of(archive: &mut Archive, meeting: MeetingId) -> Vec<automerge::Change> {
    let all = archive.write(meeting, "nothing", |edit| {
        Ok(edit.document(crate::document::Part::Meeting)?.changes_since(&[]))
    });
    all.unwrap()
}

#[test]
fn what_is_contested_is_kept_step_by_step_as_a_rebuild_finds_it() {
    let (left, right) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let mut one = archive(&left);
    let id = meeting(&mut one);
    type_lines(
        &mut one,
        id,
        &["topic: Opening", "the budget is agreed", "another matter"],
    );
    let mut other = Archive::open(&right.path().join("a.minuta"), env(2)).unwrap();
    let shared = changes_of(&mut one, id);
    take_in(&mut other, id, &shared);
    let points: Vec<_> = one
        .record(id)
        .unwrap()
        .points
        .iter()
        .map(|view| view.point.id)
        .collect();
    let kind = |archive: &mut Archive, word: &str| {
        let kind = crate::model::Kind::of(word);
        archive
            .write(id, "kind", |edit| {
                crate::edit::point::set_kind(edit, &points[..1], &kind)
            })
            .unwrap();
    };
    let contested = |archive: &Archive| crate::api::contested(archive, id).unwrap();
    kind(&mut one, "decision");
    kind(&mut other, "question");
    assert_eq!(contested(&one), []);
    let (mine, theirs) = (changes_of(&mut one, id), changes_of(&mut other, id));
    take_in(&mut one, id, &theirs);
    take_in(&mut other, id, &mine);
    for archive in [&one, &other] {
        let found = contested(archive);
        assert_eq!(found.len(), 1, "{found:?}");
        let words: std::collections::BTreeSet<_> = found[0].versions.iter().map(|one| one.words.as_str()).collect();
        assert_eq!(words, ["decision", "question"].into());
        assert_eq!(found[0].versions.iter().filter(|version| version.mine).count(), 1);
        assert_eq!(found[0].versions.iter().filter(|version| version.shown).count(), 1);
    }
    for folder in [&left, &right] {
        assert_eq!(check(&folder.path().join("a.minuta"), &*env(9)).unwrap().findings, []);
    }
    // A row that is not what the changes say is found, and made anew.
    one.conn().execute("DELETE FROM contest", []).unwrap();
    let report = check(&left.path().join("a.minuta"), &*env(9)).unwrap();
    assert!(
        report
            .findings
            .iter()
            .any(|finding| finding.what.contains("contest about kind")),
        "{report:?}"
    );
    one.rebuild().unwrap();
    assert_eq!(contested(&one).len(), 1);

    let contest = contested(&one).remove(0);
    let not_shown = contest.versions.iter().find(|version| !version.shown).unwrap();
    let request = crate::api::SettleRequest {
        meeting: id,
        noun: contest.noun.clone(),
        id: contest.id,
        aspect: contest.aspect.clone(),
        choice: crate::api::SettleAs::Version {
            change: not_shown.change.clone(),
        },
    };
    assert_eq!(
        crate::api::settled(&mut one, request.clone()).unwrap().done,
        "Kind settled"
    );
    assert_eq!(contested(&one), []);
    assert_eq!(
        one.record(id).unwrap().points[0].point.kind.to_string(),
        not_shown.words
    );
    // Somebody else may have settled it meanwhile: told, and nothing is done.
    let refused = crate::api::settled(&mut one, request).unwrap_err();
    assert!(refused.to_string().contains("settled already"), "{refused}");
    assert_eq!(one.undo(id).unwrap().label.as_deref(), Some("kind settled"));
    assert_eq!(contested(&one).len(), 1);
    assert_eq!(one.redo(id).unwrap().label.as_deref(), Some("kind settled"));
    assert_eq!(contested(&one), []);
    // The other laptop hears of all that, and a process that opens the file anew holds the same.
    let all = changes_of(&mut one, id);
    take_in(&mut other, id, &all);
    assert_eq!(contested(&other), []);
    drop((one, other));
    for folder in [&left, &right] {
        assert_eq!(check(&folder.path().join("a.minuta"), &*env(9)).unwrap().findings, []);
    }
}
