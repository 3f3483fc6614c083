//! The whole record of a meeting, as every reader sees it: what `show --json` prints and what the minutes are composed
//! from. Deleted rows are left out, items stand in the order of the agenda with their numbers, and each point carries
//! the speakers it has in effect.

use serde::{Deserialize, Serialize};

use super::{Cue, Handover, Item, Meeting, Participant, ParticipantId, Passage, Point, Turn, Vote};

/// A meeting's facts, with the duties that its participants hold.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
pub struct MeetingView {
    /// The facts.
    #[serde(flatten)]
    pub meeting: Meeting,
    /// Participants who moderate, or did for a part of the meeting, in list order.
    pub moderators: Vec<ParticipantId>,
    /// Participants who keep the minutes, or did for a part of the meeting, in list order.
    pub rapporteurs: Vec<ParticipantId>,
}

/// An item, with its place in the agenda.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
pub struct ItemView {
    /// The item.
    #[serde(flatten)]
    pub item: Item,
    /// Its number as printed: `1`, `2.1`, or the override.
    pub label: String,
    /// 1 for an item, 2 for a section, and so on.
    pub level: u32,
}

/// A point, with its attribution in effect: a continuation has the speaker of the point that it goes on from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
pub struct PointView {
    /// The point; `attribution`, `basis`, `unknown`, `speakers` and `speaker_text` are those in effect.
    #[serde(flatten)]
    pub point: Point,
}

/// The whole record of one meeting.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
pub struct Record {
    /// The facts.
    pub meeting: MeetingView,
    /// The agenda, depth first: an item, then its sections.
    pub items: Vec<ItemView>,
    /// The points in their order.
    pub points: Vec<PointView>,
    /// The participants in list order.
    pub participants: Vec<Participant>,
    /// How the duties of moderator and rapporteur passed on, in order of time.
    #[serde(default)]
    pub handovers: Vec<Handover>,
    /// The turns in order.
    pub turns: Vec<Turn>,
    /// The passages in order, by item.
    pub passages: Vec<Passage>,
    /// The transcript.
    pub cues: Vec<Cue>,
    /// The votes.
    pub votes: Vec<Vote>,
}
