//! Archives in this process, through the core's own functions.

use std::path::Path;
use std::sync::Arc;

use chrono::{DateTime, TimeDelta};
use minuta_core::edit::capture::enter;
use minuta_core::edit::import::as_new;
use minuta_core::edit::meeting::{New, create};
use minuta_core::env::{Env, FixedEnv};
use minuta_core::model::MeetingId;
use minuta_core::{Archive, check, import, sample};
use minuta_tests::shared_data;

/// A clock that starts on the sample's day, and ids that no other seed gives.
pub(crate) fn env(seed: u16) -> Arc<dyn Env> {
    let start = DateTime::parse_from_rfc3339("2026-03-12T13:00:00Z").unwrap().to_utc();
    Arc::new(FixedEnv::new(start, TimeDelta::seconds(1), seed))
}

/// Opens an archive, and makes it where there is none.
pub(crate) fn open(path: &Path, seed: u16) -> Archive {
    Archive::open(path, env(seed)).unwrap()
}

/// A new meeting.
pub(crate) fn meeting(archive: &mut Archive, number: u32) -> MeetingId {
    let new = New {
        series: "Crash Group".to_owned(),
        short: "CG".to_owned(),
        number: Some(number),
        ..New::default()
    };
    create(archive, &new).unwrap()
}

/// Types lines of the grammar.
pub(crate) fn type_lines(archive: &mut Archive, meeting: MeetingId, lines: &[&str]) {
    for line in lines {
        enter(archive, meeting, line, None).unwrap();
    }
}

/// Makes the sample meeting, the reference report where it is at hand, and a short meeting with a point off the record,
/// an undone step and an unfinished line.
pub(crate) fn three_meetings(archive: &mut Archive) -> Vec<MeetingId> {
    let mut made = vec![sample::make(archive).unwrap()];
    if let Some(data) = shared_data() {
        let bytes = std::fs::read(data.join("reference-report/summary-report.md")).unwrap();
        let (plan, _) = import::report(&import::text_of(&bytes), "summary-report.md", archive.env());
        made.push(as_new(archive, &plan).unwrap());
    }
    let short = meeting(archive, 7);
    type_lines(
        archive,
        short,
        &[
            "participant: Ann Olsen, Chair",
            "participant: Ben Okoro, Member",
            "topic: Opening",
            "Ann Olsen: good morning, **everybody**",
            "[off] she was late",
            "Ben Okoro: 議事録の確認 and the vertical datum",
            "decision: adopted as it stands",
            "action: Ben Okoro to write by 15 April",
            "a line too many",
            "#undo",
        ],
    );
    archive.set_draft(short, "half a po").unwrap();
    made.push(short);
    made
}

/// Fails the test unless `check` finds nothing at all.
pub(crate) fn is_whole(path: &Path) {
    let report = check(path, &*env(999)).unwrap();
    assert_eq!(report.findings, [], "{}", path.display());
}

/// The record of a meeting as one object.
pub(crate) fn record(archive: &Archive, meeting: MeetingId) -> serde_json::Value {
    serde_json::to_value(archive.record(meeting).unwrap()).unwrap()
}
