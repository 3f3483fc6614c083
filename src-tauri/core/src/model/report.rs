//! What the report is made of beside the points, and the nouns that later features fill.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::{
    CorrectionId, CueId, ItemId, OrderKey, ParticipantId, PassageId, PassageStyle, PointId, VersionId, VoteId, noun,
};

/// One block of the report.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[serde(default)]
pub struct Passage {
    /// Identity.
    pub id: PassageId,
    /// The item it stands under; none = front matter.
    pub item: Option<ItemId>,
    /// Place under the item.
    pub order: OrderKey,
    /// How it is set.
    pub style: PassageStyle,
    /// The words (inline text).
    pub text: String,
    /// The points it rests on.
    pub sources: Vec<PointId>,
}

noun!(Passage, "passages", "passage", { item: Str, order: Str, style: Str, text: Text, sources: Set });

impl Passage {
    /// A passage with its words.
    #[must_use]
    pub fn new(
        id: PassageId,
        item: Option<ItemId>,
        order: OrderKey,
        style: PassageStyle,
        text: impl Into<String>,
    ) -> Self {
        Self {
            id,
            item,
            order,
            style,
            text: text.into(),
            sources: Vec::new(),
        }
    }
}

/// A cue of a transcript; never in the report.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[serde(default)]
pub struct Cue {
    /// Identity.
    pub id: CueId,
    /// When it begins, UTC.
    #[ts(type = "string")]
    pub starts: DateTime<Utc>,
    /// When it ends, UTC.
    #[ts(type = "string | null")]
    pub ends: Option<DateTime<Utc>>,
    /// The speaker as the file has it.
    pub speaker_text: String,
    /// The participant, once settled.
    pub participant: Option<ParticipantId>,
    /// The words.
    pub text: String,
}

noun!(Cue, "cues", "cue", { starts: Str, ends: Str, speaker_text: Str, participant: Str, text: Str });

/// A vote.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[serde(default)]
pub struct Vote {
    /// Identity.
    pub id: VoteId,
    /// The item it was held under.
    pub item: Option<ItemId>,
    /// The question.
    pub question: String,
    /// The choices.
    pub options: Vec<String>,
    /// Votes for each choice, in the same order, as decimal numbers.
    pub counts: Vec<String>,
    /// What came of it.
    pub outcome: String,
}

noun!(Vote, "votes", "vote", { item: Str, question: Str, options: List, counts: List, outcome: Str });

/// A correction asked for during approval; reserved.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[serde(default)]
pub struct Correction {
    /// Identity.
    pub id: CorrectionId,
    /// The words.
    pub text: String,
    /// When, UTC.
    #[ts(type = "string")]
    pub at: DateTime<Utc>,
}

noun!(Correction, "corrections", "correction", { text: Str, at: Str });

/// A published version; reserved.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[serde(default)]
pub struct Version {
    /// Identity.
    pub id: VersionId,
    /// Its label.
    pub text: String,
    /// When, UTC.
    #[ts(type = "string")]
    pub at: DateTime<Utc>,
}

noun!(Version, "versions", "version", { text: Str, at: Str });
