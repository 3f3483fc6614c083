//! A point: one line captured live.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use super::{Attribution, Basis, ItemId, Kind, OrderKey, ParticipantId, PointId, noun};

/// One line captured live.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[serde(default)]
pub struct Point {
    /// Identity.
    pub id: PointId,
    /// The agenda item; none before the first.
    pub item: Option<ItemId>,
    /// Place among the points of the meeting.
    pub order: OrderKey,
    /// When it was captured, UTC.
    #[ts(type = "string")]
    pub at: DateTime<Utc>,
    /// What sort of contribution.
    pub kind: Kind,
    /// The words (inline text), as typed.
    pub text: String,
    /// Whose words.
    pub attribution: Attribution,
    /// What the attribution rests on.
    pub basis: Basis,
    /// Which stranger, while `attribution` is unknown; 0 otherwise.
    pub unknown: u32,
    /// The speakers, in order, while `attribution` is named.
    pub speakers: Vec<ParticipantId>,
    /// The speaker as typed; kept after it was resolved.
    pub speaker_text: String,
    /// The point that this one goes on from; its speaker is that one's, unless tagged itself.
    pub continues: Option<PointId>,
    /// Off the record: kept in the internal companion, in no export unless asked for.
    #[serde(default)]
    pub internal: bool,
    /// On purpose not for the report.
    pub set_aside: bool,
    /// Who is to do it (actions).
    pub owners: Vec<ParticipantId>,
    /// The owner as typed, where it fits nobody.
    pub owner_text: String,
    /// By when (actions).
    #[ts(type = "string | null")]
    pub due: Option<NaiveDate>,
    /// Whether it is done (actions).
    pub done: bool,
    /// The line as typed, with its marks and prefixes.
    pub raw: String,
    /// `typed`, or the name of the imported file.
    pub source: String,
    /// Line in the imported file, from 1; 0 = not imported.
    pub source_line: u32,
}

noun!(Point, "points", "point", {
    item: Str, order: Str, at: Str, kind: Str, text: Text, attribution: Str, basis: Str, unknown: Int, speakers: Set,
    speaker_text: Str, continues: Str, set_aside: Bool, owners: Set, owner_text: Str, due: Str, done: Bool, raw: Str,
    source: Str, source_line: Int,
});

impl Point {
    /// Whether it is for the report: on the record, and not set aside.
    #[must_use]
    pub fn is_for_report(&self) -> bool {
        !self.internal && !self.set_aside
    }

    /// A remark that nobody is tagged with yet.
    #[must_use]
    pub fn new(id: PointId, order: OrderKey, at: DateTime<Utc>, text: impl Into<String>) -> Self {
        Self {
            id,
            item: None,
            order,
            at,
            kind: Kind::default(),
            text: text.into(),
            attribution: Attribution::default(),
            basis: Basis::default(),
            unknown: 0,
            speakers: Vec::new(),
            speaker_text: String::new(),
            continues: None,
            internal: false,
            set_aside: false,
            owners: Vec::new(),
            owner_text: String::new(),
            due: None,
            done: false,
            raw: String::new(),
            source: "typed".to_owned(),
            source_line: 0,
        }
    }

    /// The words alone: without the unresolved speaker that stands before them as typed ("Sato: …"), where anything
    /// else does.
    #[must_use]
    pub fn words(&self) -> &str {
        if self.attribution != Attribution::Unresolved {
            return &self.text;
        }
        without_speaker(&self.text, &self.speaker_text).unwrap_or(&self.text)
    }
}

fn without_speaker<'a>(text: &'a str, speaker: &str) -> Option<&'a str> {
    let rest = text.strip_prefix('@').unwrap_or(text).strip_prefix(speaker)?;
    let words = rest.trim_start();
    let words = words.strip_prefix([':', '：']).unwrap_or(words).trim_start();
    (!words.is_empty() && words.len() < rest.len()).then_some(words)
}
