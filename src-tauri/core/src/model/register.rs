//! What was promised and what was decided, across meetings: rows that are read, never stored.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use super::{MeetingId, PointId, SeriesId};

/// The meeting that a row of a register comes from, as far as a reader needs it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
pub struct Whence {
    /// Which meeting.
    pub meeting: MeetingId,
    /// The series that it is of.
    pub series: Option<SeriesId>,
    /// The body's abbreviation, or its name where it has none.
    pub body: String,
    /// Number in the series.
    pub number: Option<u32>,
    /// When it was, UTC.
    #[ts(type = "string | null")]
    pub starts: Option<DateTime<Utc>>,
}

/// An action of the register.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
pub struct ActionRow {
    /// Where it was given.
    #[serde(flatten)]
    pub whence: Whence,
    /// The point.
    pub id: PointId,
    /// When it was captured, UTC.
    #[ts(type = "string")]
    pub at: DateTime<Utc>,
    /// The words (inline text).
    pub text: String,
    /// Who is to do it: the owners' names in order, of namesakes with what tells them apart; else the owner as typed.
    pub owners: Vec<String>,
    /// By when.
    #[ts(type = "string | null")]
    pub due: Option<NaiveDate>,
    /// Whether it is done.
    pub done: bool,
    /// Whether its day is past and it is not done.
    pub overdue: bool,
    /// Days since it was given; 0 = today.
    pub age: u32,
    /// Whether it is off the record.
    pub internal: bool,
}

/// A decision of the register.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
pub struct DecisionRow {
    /// Where it was taken.
    #[serde(flatten)]
    pub whence: Whence,
    /// The point.
    pub id: PointId,
    /// When it was captured, UTC.
    #[ts(type = "string")]
    pub at: DateTime<Utc>,
    /// Label of its item; empty = none.
    pub item: String,
    /// Title of its item (inline text); empty = none.
    pub title: String,
    /// The words (inline text).
    pub text: String,
    /// Whether it is off the record.
    pub internal: bool,
}

/// Which rows of a register are asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[serde(default)]
pub struct RegisterAsked {
    /// Of this series alone.
    pub series: Option<SeriesId>,
    /// Actions that are not done.
    pub open: bool,
    /// Those that hold all these words, or beginnings of them; empty = all.
    pub words: String,
}
