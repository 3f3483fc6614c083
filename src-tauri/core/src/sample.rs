//! The sample meeting: an invented one, as rich as a real working group's. It is what a new user first sees, and what
//! the tests hold the exporters to.

use crate::archive::Archive;
use crate::edit::{self, capture, meeting};
use crate::error::Result;
use crate::import;
use crate::model::MeetingId;

/// Its facts, agenda, roster and points, as lines of the grammar.
pub const LINES: &str = include_str!("../../../assets/sample/meeting.txt");
/// Its finished report.
pub const REPORT: &str = include_str!("../../../assets/sample/report.md");

/// The series, abbreviation and number, which no line of the grammar says.
#[must_use]
pub fn new() -> meeting::New {
    meeting::New {
        series: "Working Group on Tide Data Exchange".to_owned(),
        short: "WG-Tide".to_owned(),
        number: Some(42),
        starts: None,
        zone: "CET".to_owned(),
        form: String::new(),
    }
}

/// Makes the sample meeting: types its lines and imports its passages.
///
/// # Errors
/// As [`Archive::write`].
pub fn make(archive: &mut Archive) -> Result<MeetingId> {
    let id = meeting::create(archive, &new())?;
    for line in LINES.lines() {
        capture::enter(archive, id, line, None)?;
    }
    let (plan, _) = import::report(REPORT, "report.md", archive.env());
    edit::import::into_existing(archive, id, &plan, "report.md")?;
    Ok(id)
}
