//! The nouns of the record, one file each: plain values, no rules of storage.
//!
//! A noun says once which fields it has and of which shape ([`Noun::FIELDS`]); the document, the projected tables and
//! `show --json` all follow from that list.

pub mod attribution;
pub mod clocks;
pub mod contest;
pub mod directory;
pub mod handover;
pub mod id;
pub mod inline;
pub mod listing;
pub mod meeting;
pub mod order;
pub mod outline;
pub mod participant;
pub mod point;
pub mod quorum;
pub mod record;
pub mod register;
pub mod report;
pub mod series;
pub mod share;
pub mod sought;
pub mod text;
pub mod words;

pub use clocks::{ClockSpan, clock_spans};
pub use contest::{Contest, Stand};
pub use directory::{DirectoryPerson, PeopleAsked, PersonInMeeting};
pub use handover::{Handover, handovers};
pub use id::*;
pub use listing::{Hit, Lens, MeetingRow};
pub use meeting::{Item, Meeting};
pub use order::OrderKey;
pub use participant::{Participant, Turn};
pub use point::Point;
pub use quorum::Quorum;
pub use record::{ItemView, MeetingView, PointView, Record};
pub use register::{ActionRow, DecisionRow, RegisterAsked, Whence};
pub use report::{Correction, Cue, Passage, ReportSettings, Thresholds, Version, Vote};
pub use series::{Person, Preference, Series};
pub use sought::Sought;
pub use words::*;

use chrono::{DateTime, Utc};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Calls a macro with every noun that is stored.
macro_rules! for_each_noun {
    ($call:ident) => {
        $call!(
            Meeting,
            Item,
            Participant,
            Turn,
            Point,
            Passage,
            Cue,
            Vote,
            Correction,
            Version,
            Series,
            Person,
            Preference
        )
    };
}
pub(crate) use for_each_noun;

/// The shape of a field, in the document and in its table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// A string register: words, ids, dates, instants (RFC 3339, UTC). Empty stands for none.
    Str,
    /// A whole number; `null` is stored as 0.
    Int,
    /// Yes or no.
    Bool,
    /// Collaborative text: edits made apart are joined letter by letter.
    Text,
    /// A set of ids with the place of each, kept as a map id → place: adding on two laptops keeps both.
    Set,
    /// A list of strings, replaced as a whole.
    List,
    /// Spans of time, kept as a map from → to (empty while open).
    Spans,
    /// Spans of time that came after the first schema, kept as keys of the entity itself (`key@from` → to): a map for
    /// them, made when it is first needed, would be made twice on two laptops and hide one side.
    Stretches,
}

/// One field of a noun.
#[derive(Clone, Copy, Debug)]
pub struct Field {
    /// The key in the document, the column or link table, and the key in JSON.
    pub key: &'static str,
    /// Its shape.
    pub shape: Shape,
}

/// A thing that a document holds many of, each under its id.
pub trait Noun: Serialize + DeserializeOwned + Clone {
    /// The root map in the document.
    const ROOT: &'static str;
    /// The projected table.
    const TABLE: &'static str;
    /// Every stored field but the id.
    const FIELDS: &'static [Field];
    /// The identity.
    fn id(&self) -> Uuid;
}

/// Declares a noun's stored fields beside its struct.
macro_rules! noun {
    ($name:ident, $root:literal, $table:literal, { $($key:ident: $shape:ident),* $(,)? }) => {
        impl $crate::model::Noun for $name {
            const ROOT: &'static str = $root;
            const TABLE: &'static str = $table;
            const FIELDS: &'static [$crate::model::Field] = &[
                $($crate::model::Field { key: stringify!($key), shape: $crate::model::Shape::$shape }),*
            ];
            fn id(&self) -> uuid::Uuid {
                self.id.0
            }
        }
    };
}
pub(crate) use noun;

/// A stretch of time, open while it goes on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ts_rs::TS)]
pub struct Span {
    /// When it began, UTC.
    #[ts(type = "string")]
    pub from: DateTime<Utc>,
    /// When it ended, UTC; none while it goes on.
    #[ts(type = "string | null")]
    pub to: Option<DateTime<Utc>>,
}

impl Span {
    /// Spans in order, those that touch or overlap as one.
    #[must_use]
    pub fn joined(mut spans: Vec<Self>) -> Vec<Self> {
        spans.sort_by_key(|span| (span.from, span.to.is_none(), span.to));
        let mut out: Vec<Self> = Vec::new();
        for span in spans {
            match out.last_mut() {
                Some(last) if last.to.is_none_or(|to| span.from <= to) => {
                    last.to = match (last.to, span.to) {
                        (Some(left), Some(right)) => Some(left.max(right)),
                        _ => None,
                    };
                }
                _ => out.push(span),
            }
        }
        out
    }
}
