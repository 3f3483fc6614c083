//! The meeting that laptops share, in tests and in measurements.

use minuta_core::model::MeetingId;
use minuta_core::{Archive, edit};

/// A new meeting, today.
pub(crate) fn new_meeting(archive: &mut Archive) -> MeetingId {
    let new = edit::meeting::New {
        series: "Working Group on Tides".to_owned(),
        short: "WG-Tide".to_owned(),
        number: Some(42),
        starts: Some(chrono::Utc::now()),
        zone: "Europe/Rome".to_owned(),
        form: String::new(),
    };
    edit::meeting::create(archive, &new).unwrap()
}
