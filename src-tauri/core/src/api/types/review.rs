//! What goes over the wire about what two laptops set at once.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::model::MeetingId;

/// Something contested: set at once by two or more, to different values.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
pub struct Contested {
    /// What it is about: the key that [`SettleRequest`] names it by, with `id` and `aspect`.
    pub noun: String,
    /// Which one.
    #[ts(type = "string")]
    pub id: Uuid,
    /// Which of it.
    pub aspect: String,
    /// The noun in words ("point").
    pub thing: String,
    /// The aspect in words ("Kind").
    pub label: String,
    /// Its words or its name (inline text), as the record shows it.
    pub excerpt: String,
    /// Whether it is off the record.
    pub internal: bool,
    /// The versions, the earliest first.
    pub versions: Vec<ContestedVersion>,
    /// What the record shows where that is none of the versions, in words; empty = one of them.
    pub shown: String,
    /// Whether other words may settle it.
    pub takes_words: bool,
}

/// One of the versions.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
pub struct ContestedVersion {
    /// The change that set it.
    pub change: String,
    /// Whether it was set in this archive.
    pub mine: bool,
    /// Who set it, in words.
    pub author: String,
    /// When, UTC.
    #[ts(type = "string")]
    pub at: DateTime<Utc>,
    /// What it says, in words (inline text, where the aspect is).
    pub words: String,
    /// Whether the record shows this one.
    pub shown: bool,
}

/// How something contested is settled.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[serde(tag = "as", rename_all = "snake_case")]
pub enum SettleAs {
    /// As this version has it.
    Version {
        /// Its change.
        change: String,
    },
    /// As the record shows it.
    Shown,
    /// With other words.
    Words {
        /// These.
        text: String,
    },
}

/// Settles something contested.
#[derive(Clone, Debug, Serialize, Deserialize, ts_rs::TS)]
pub struct SettleRequest {
    /// The meeting.
    pub meeting: MeetingId,
    /// What it is about, as [`Contested`] names it.
    pub noun: String,
    /// Which one.
    #[ts(type = "string")]
    pub id: Uuid,
    /// Which of it.
    pub aspect: String,
    /// How.
    pub choice: SettleAs,
}
