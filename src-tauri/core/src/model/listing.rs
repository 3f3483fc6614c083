//! Rows that are read, never stored: a meeting in the library, something found.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{Kind, MeetingId, MeetingState};

/// Which points a list shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[serde(rename_all = "snake_case")]
pub enum Lens {
    /// All.
    #[default]
    All,
    /// Those whose speaker is untagged, unknown or unresolved.
    Open,
    /// Those whose speaker rests on the floor alone.
    Floor,
    /// Moments without words yet.
    Moments,
}

/// A meeting as the library lists it.
#[derive(Clone, Debug, Serialize, Deserialize, ts_rs::TS)]
pub struct MeetingRow {
    /// Identity.
    pub id: MeetingId,
    /// The body's name.
    pub body: String,
    /// The body's abbreviation.
    pub short: String,
    /// Number in the series.
    pub number: Option<u32>,
    /// When, UTC.
    #[ts(type = "string | null")]
    pub starts: Option<DateTime<Utc>>,
    /// IANA zone.
    pub zone: String,
    /// Where it stands.
    pub state: MeetingState,
    /// How many points it has.
    pub points: u32,
    /// How many blocks its report has.
    pub passages: u32,
}

/// Something found, the newest first.
#[derive(Clone, Debug, Serialize, Deserialize, ts_rs::TS)]
pub struct Hit {
    /// Which meeting.
    pub meeting: MeetingId,
    /// `point`, `passage` or `cue`.
    pub noun: String,
    /// The row.
    #[ts(type = "string")]
    pub id: Uuid,
    /// Label of its item; empty = none.
    pub item: String,
    /// When, UTC.
    #[ts(type = "string")]
    pub at: DateTime<Utc>,
    /// Of a point: its kind.
    pub kind: Option<Kind>,
    /// Of a point: its speakers' names, joined.
    pub speaker: String,
    /// The text (inline text).
    pub text: String,
    /// Stretches of `text` that match, as [start, end) in UTF-16 units.
    pub marks: Vec<(u32, u32)>,
}
