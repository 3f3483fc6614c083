//! What the report is made of beside the points, and the nouns that later features fill.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::{
    Collected, CorrectionId, CueId, ItemId, Naming, OrderKey, ParticipantId, PassageId, PassageStyle, PointId, Series,
    VersionId, VoteId, noun,
};

/// The wording of the field, for a body that has none of its own yet. `…` is where the writing goes on.
const PHRASES: [&str; 12] = [
    "Participants noted that …",
    "Several speakers emphasized …",
    "It was suggested that …",
    "Key points raised included:",
    "Appreciation was expressed for …",
    "Concern was expressed that …",
    "Differing views were expressed on …",
    "It was pointed out that …",
    "The importance of … was underlined.",
    "Participants were invited to …",
    "Further discussion was deferred to …",
    "No objection was raised.",
];

/// From how many different people on a word for a number of them counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[serde(default)]
pub struct Thresholds {
    /// "some", "a few".
    pub some: u32,
    /// "several".
    pub several: u32,
    /// "many".
    pub many: u32,
}

impl Default for Thresholds {
    fn default() -> Self {
        Self {
            some: 2,
            several: 3,
            many: 6,
        }
    }
}

/// How a body's reports are made. An export may choose otherwise.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
pub struct ReportSettings {
    /// How people are named.
    pub naming: Naming,
    /// Whether moderators, rapporteurs and presenters are named in any case.
    pub keep_officers: bool,
    /// Where decisions and actions stand.
    pub collected: Collected,
    /// Whether the table of actions is parted by owner.
    pub by_owner: bool,
    /// Whether the lines of a page fill the measure; else they end where their words do.
    pub justified: bool,
    /// When "several" is several.
    pub thresholds: Thresholds,
    /// The phrases that are offered for writing.
    pub phrases: Vec<String>,
}

/// Those settings that lie in the layout of a series, beside others of a later version.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Laid {
    keep_officers: bool,
    collected: Collected,
    by_owner: bool,
    justified: bool,
}

impl Default for ReportSettings {
    fn default() -> Self {
        Self {
            naming: Naming::default(),
            keep_officers: false,
            collected: Collected::default(),
            by_owner: false,
            justified: false,
            thresholds: Thresholds::default(),
            phrases: PHRASES.map(str::to_owned).into(),
        }
    }
}

impl ReportSettings {
    /// The settings of a series; what it does not say, or says in words of a later version, is as usual.
    #[must_use]
    pub fn of(series: &Series) -> Self {
        let laid: Laid = serde_json::from_str(&series.layout).unwrap_or_default();
        let usual = Self::default();
        Self {
            naming: series.naming.clone(),
            keep_officers: laid.keep_officers,
            collected: laid.collected,
            by_owner: laid.by_owner,
            justified: laid.justified,
            thresholds: serde_json::from_str(&series.thresholds).unwrap_or_default(),
            phrases: if series.phrases.is_empty() {
                usual.phrases
            } else {
                series.phrases.clone()
            },
        }
    }

    /// Writes the settings into their series. What is as usual is not written, so that a better usual reaches it; what
    /// a later version keeps beside them stays.
    pub fn write(&self, series: &mut Series) {
        let usual = Self::default();
        series.naming.clone_from(&self.naming);
        series.phrases = if self.phrases == usual.phrases {
            Vec::new()
        } else {
            self.phrases.clone()
        };
        series.thresholds = if self.thresholds == usual.thresholds {
            String::new()
        } else {
            serde_json::json!(self.thresholds).to_string()
        };
        let mut layout: serde_json::Map<String, serde_json::Value> =
            serde_json::from_str(&series.layout).unwrap_or_default();
        let mut keep = |key: &str, value: serde_json::Value, is_usual: bool| {
            if is_usual {
                layout.remove(key);
            } else {
                layout.insert(key.to_owned(), value);
            }
        };
        keep("keep_officers", self.keep_officers.into(), !self.keep_officers);
        keep(
            "collected",
            self.collected.word().into(),
            self.collected == usual.collected,
        );
        keep("by_owner", self.by_owner.into(), !self.by_owner);
        keep("justified", self.justified.into(), !self.justified);
        series.layout = if layout.is_empty() {
            String::new()
        } else {
            serde_json::Value::Object(layout).to_string()
        };
    }
}

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
