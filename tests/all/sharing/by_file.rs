//! A meeting that goes from hand to hand as a file.

use std::fs;

use minuta_core::model::share::Role;
use minuta_core::share::{self, Contents};
use minuta_core::{Archive, Code, sample};
use proptest::prelude::*;

use crate::opened::{is_whole, meeting, open, record, type_lines};

const EDITORS: Contents = Contents {
    invite: Some(Role::Editor),
    internal: false,
};

fn texts(archive: &Archive, meeting: minuta_core::model::MeetingId) -> Vec<String> {
    let record = archive.record(meeting).unwrap();
    record.points.into_iter().map(|view| view.point.text).collect()
}

#[test]
fn a_file_lets_join_is_merged_back_and_does_no_harm_twice() {
    let folder = tempfile::tempdir().unwrap();
    let file = |name: &str| folder.path().join(name);
    let mut ann = open(&file("ann.minuta"), 1);
    let mut ben = open(&file("ben.minuta"), 2);
    let id = sample::make(&mut ann).unwrap();
    share::share(&mut ann, id, &[], "Ann").unwrap();
    type_lines(&mut ann, id, &["[off] between us"]);
    share::export_file(&mut ann, id, &file("to-ben"), EDITORS).unwrap();
    let (joined, taken) = share::merge_file(&mut ben, &file("to-ben"), "Ben").unwrap();
    assert_eq!(joined, id);
    assert!(taken.changes > 0 && taken.aside.is_empty(), "{taken:?}");
    // It stands in the library as it does at home, with its body.
    let shown = |archive: &Archive| {
        archive
            .meetings()
            .unwrap()
            .into_iter()
            .map(|row| (row.id, row.body))
            .collect::<Vec<_>>()
    };
    assert_eq!(shown(&ben), shown(&ann));
    let series = ben.series().unwrap();
    assert_eq!(series.len(), 1);
    assert_eq!(Some(series[0].id), ben.meeting(id).unwrap().series);
    assert!(!texts(&ben, id).contains(&"between us".to_owned()));

    type_lines(&mut ben, id, &["said by Ben"]);
    share::export_file(&mut ben, id, &file("older"), Contents::default()).unwrap();
    type_lines(&mut ben, id, &["said by Ben later"]);
    share::export_file(&mut ben, id, &file("newer"), Contents::default()).unwrap();
    type_lines(&mut ann, id, &["said by Ann"]);
    share::merge_file(&mut ann, &file("newer"), "Ann").unwrap();
    let merged = record(&ann, id);
    assert!(texts(&ann, id).contains(&"said by Ben later".to_owned()));
    for name in ["newer", "older", "to-ben", "newer"] {
        let (_, taken) = share::merge_file(&mut ann, &file(name), "Ann").unwrap();
        assert!(!taken.is_any() && taken.aside.is_empty(), "{name}: {taken:?}");
        assert_eq!(record(&ann, id), merged);
    }
    // Who does not belong to it cannot read what is for members only.
    let mut cleo = open(&file("cleo.minuta"), 3);
    let refused = share::merge_file(&mut cleo, &file("newer"), "Cleo").unwrap_err();
    assert_eq!(refused.code(), Code::Invalid);
    assert!(cleo.meetings().unwrap().is_empty());
    // What is off the record goes into no file for editors.
    let refused = share::export_file(
        &mut ann,
        id,
        &file("wrong"),
        Contents {
            internal: true,
            ..EDITORS
        },
    )
    .unwrap_err();
    assert_eq!(refused.code(), Code::Invalid);
    assert!(!file("wrong").exists());
    let all = Contents {
        invite: Some(Role::Scribe),
        internal: true,
    };
    share::export_file(&mut ann, id, &file("to-cleo"), all).unwrap();
    share::merge_file(&mut cleo, &file("to-cleo"), "Cleo").unwrap();
    assert_eq!(record(&cleo, id), record(&ann, id));
    assert!(texts(&cleo, id).contains(&"between us".to_owned()));
    for name in ["ann.minuta", "ben.minuta", "cleo.minuta"] {
        is_whole(&file(name));
    }
}

#[test]
fn no_file_is_written_over() {
    let folder = tempfile::tempdir().unwrap();
    let mut ann = open(&folder.path().join("ann.minuta"), 1);
    let id = meeting(&mut ann, 1);
    let path = folder.path().join("there");
    fs::write(&path, "something else").unwrap();
    let not_shared = share::export_file(&mut ann, id, &folder.path().join("new"), Contents::default()).unwrap_err();
    assert_eq!(not_shared.code(), Code::NotFound);
    share::share(&mut ann, id, &[], "Ann").unwrap();
    let refused = share::export_file(&mut ann, id, &path, EDITORS).unwrap_err();
    assert_eq!(refused.code(), Code::Invalid);
    assert_eq!(fs::read_to_string(&path).unwrap(), "something else");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_damaged_or_truncated_file_changes_nothing(place in any::<usize>(), bit in 0..8_u8, cut in any::<bool>()) {
        let folder = tempfile::tempdir().unwrap();
        let mut ann = open(&folder.path().join("ann.minuta"), 1);
        let mut ben = open(&folder.path().join("ben.minuta"), 2);
        let id = meeting(&mut ann, 1);
        type_lines(&mut ann, id, &["one", "two"]);
        share::share(&mut ann, id, &[], "Ann").unwrap();
        let path = folder.path().join("file");
        share::export_file(&mut ann, id, &path, EDITORS).unwrap();
        let mut bytes = fs::read(&path).unwrap();
        let at = place % bytes.len();
        if cut {
            bytes.truncate(at);
        } else {
            bytes[at] ^= 1 << bit;
        }
        fs::write(&path, &bytes).unwrap();
        let refused = share::merge_file(&mut ben, &path, "Ben").unwrap_err();
        prop_assert_eq!(refused.code(), Code::Invalid);
        prop_assert!(ben.meetings().unwrap().is_empty() && share::shares(&ben).unwrap().is_empty());
        drop(ben);
        is_whole(&folder.path().join("ben.minuta"));
    }
}
