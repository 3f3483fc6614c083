//! What goes over the wire between the window and the core.

mod importing;
mod report;
mod review;
mod sharing;

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

pub use crate::edit::point::Who;
pub use crate::model::Lens;
pub use crate::publish::{DocumentKind, Format};
pub use importing::*;
pub use report::*;
pub use review::*;
pub use sharing::*;

use crate::model::{
    ActionRow, ClockSpan, CueId, Duty, ItemId, ItemState, ItemView, Kind, MeetingId, MeetingRow, MeetingState,
    MeetingView, Participant, ParticipantId, ParticipantState, PersonId, PointId, PointView, Turn, TurnId, TurnKind,
};

/// No arguments.
#[derive(Clone, Copy, Debug, Default, Serialize, Deserialize, ts_rs::TS)]
pub struct Nothing {}

/// One meeting.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, ts_rs::TS)]
pub struct MeetingRequest {
    /// Which.
    pub meeting: MeetingId,
}

/// The meetings, newest first within each body.
#[derive(Clone, Debug, Serialize, Deserialize, ts_rs::TS)]
pub struct Library {
    /// The archive's file.
    pub path: String,
    /// Why the archive can only be read; none = it can be written.
    pub read_only: Option<String>,
    /// The meetings.
    pub meetings: Vec<MeetingRow>,
    /// How clocks stand in the meetings' zones, from the first to half a year from now.
    pub clocks: BTreeMap<String, Vec<ClockSpan>>,
}

/// Facts of a new meeting. A body with this name becomes or already is a series.
#[derive(Clone, Debug, Serialize, Deserialize, ts_rs::TS)]
pub struct NewMeeting {
    /// The body's full name.
    pub series: String,
    /// Its abbreviation.
    pub short: String,
    /// Number in the series.
    pub number: Option<u32>,
    /// When, UTC.
    #[ts(type = "string | null")]
    pub starts: Option<DateTime<Utc>>,
    /// IANA zone.
    pub zone: String,
    /// The form ("Online Meeting"); empty = that.
    #[serde(default)]
    pub form: String,
}

/// Everything that the desk shows but the points themselves.
#[derive(Clone, Debug, Serialize, Deserialize, ts_rs::TS)]
pub struct Desk {
    /// The facts.
    pub meeting: MeetingView,
    /// The agenda, depth first.
    pub items: Vec<DeskItem>,
    /// The participants in list order.
    pub participants: Vec<DeskParticipant>,
    /// Turns that wait or hold the floor.
    pub turns: Vec<Turn>,
    /// Who holds the floor.
    pub floor: Option<ParticipantId>,
    /// How many points the meeting has.
    pub points: u32,
    /// Points whose speaker is unresolved, unknown or untagged.
    pub unsettled: u32,
    /// The unfinished line, as last stored.
    pub draft: String,
    /// What undo would take back, in words; none = nothing.
    pub undo: Option<String>,
    /// What redo would bring again.
    pub redo: Option<String>,
    /// Points whose speaker rests on the floor alone.
    pub on_floor: u32,
    /// How much two laptops set at once and nobody has settled.
    pub to_settle: u32,
    /// Moments that were kept for a point to be written later.
    pub moments: u32,
    /// Seconds that a speaker may have; 0 = no limit.
    pub speaking_limit: u32,
    /// Whether enough are here; none = the body has no such rule.
    pub quorum: Option<Quorum>,
    /// How long each participant has held the floor, in turns that have ended; the longest first.
    pub spoken: Vec<Spoken>,
    /// Who spoke in the last points, the latest first, each once; at most nine.
    pub recent: Vec<Recent>,
    /// What was promised at the meeting before this one of its series and is open still, what is due first; nothing once
    /// the meeting has ended.
    pub promised: Vec<ActionRow>,
    /// How many cues its transcript has; 0 = it has none.
    pub cues: u32,
    /// How clocks stand in its zone, from its beginning to half a year from now.
    pub clocks: Vec<ClockSpan>,
}

/// Whether enough participants are here to decide.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
pub struct Quorum {
    /// The rule as the series has it: `9`, `1/2`, `>1/2`, `50%`.
    pub rule: String,
    /// How many have to be here.
    pub needed: u32,
    /// How many are.
    pub present: u32,
}

/// How long somebody held the floor.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
pub struct Spoken {
    /// Who.
    pub participant: ParticipantId,
    /// For how many seconds, in turns that have ended.
    pub seconds: u32,
    /// In how many turns, the one that goes on included.
    pub turns: u32,
}

/// Somebody who spoke lately.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
pub struct Recent {
    /// Who.
    pub participant: ParticipantId,
    /// When last, UTC.
    #[ts(type = "string")]
    pub at: DateTime<Utc>,
}

/// An item on the desk.
#[derive(Clone, Debug, Serialize, Deserialize, ts_rs::TS)]
pub struct DeskItem {
    /// The item with its number.
    #[serde(flatten)]
    pub item: ItemView,
    /// Points directly under it.
    pub points: u32,
    /// Of these, points with an unsettled speaker.
    pub unsettled: u32,
}

/// A participant on the desk.
#[derive(Clone, Debug, Serialize, Deserialize, ts_rs::TS)]
pub struct DeskParticipant {
    /// The participant.
    #[serde(flatten)]
    pub participant: Participant,
    /// The initials that resolve to them, given or taken from the name.
    pub short: String,
}

/// A window of points. The whole record is one list: earlier items stand above.
#[derive(Clone, Debug, Serialize, Deserialize, ts_rs::TS)]
pub struct PointsRequest {
    /// Which meeting.
    pub meeting: MeetingId,
    /// Only points before this one; none = from the end.
    pub before: Option<PointId>,
    /// Only points of this item (not its sections); none = of all.
    pub item: Option<ItemId>,
    /// Which of them.
    #[serde(default)]
    pub lens: Lens,
    /// How many at most.
    pub limit: u32,
}

/// Points in their order, the newest last.
#[derive(Clone, Debug, Serialize, Deserialize, ts_rs::TS)]
pub struct PointsPage {
    /// The points.
    pub points: Vec<PointView>,
    /// Whether there are earlier ones.
    pub more: bool,
}

/// A line of the grammar.
#[derive(Clone, Debug, Serialize, Deserialize, ts_rs::TS)]
pub struct CaptureRequest {
    /// Which meeting.
    pub meeting: MeetingId,
    /// The line as typed.
    pub line: String,
    /// Id for the row that this line makes, chosen by the window, so that a retry doubles nothing.
    #[ts(type = "string | null")]
    pub id: Option<Uuid>,
}

/// What became of a line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
pub struct Captured {
    /// The row made or changed; none where nothing was.
    #[ts(type = "string | null")]
    pub id: Option<Uuid>,
    /// What was done, in words ("Point added", "Marit Solheim is present").
    pub done: String,
    /// What the writer should know: an unresolved speaker, a command that could not be carried out.
    pub notices: Vec<String>,
}

/// How a line would be understood, before Enter.
#[derive(Clone, Debug, Serialize, Deserialize, ts_rs::TS)]
pub struct Understood {
    /// `point`, or the command in a word (`topic`, `present`, `queue`, …), or `blank`.
    pub what: String,
    /// In words, for a command ("Open item 3, Licence notice").
    pub words: String,
    /// Of a point: its kind.
    pub kind: Kind,
    /// Of a point: whether off the record.
    pub internal: bool,
    /// Of a point: who speaks.
    pub speaker: UnderstoodSpeaker,
    /// Of an action: the owners that resolve.
    pub owners: Vec<ParticipantId>,
    /// Of an action: the owner as typed, where it fits nobody.
    pub owner_text: String,
    /// Of an action: the due date (ISO).
    pub due: Option<String>,
    /// How many bytes at the line's start are its prefix (speaker, kind).
    pub prefix: u32,
}

/// Who would be the speaker.
#[derive(Clone, Debug, Serialize, Deserialize, ts_rs::TS)]
pub struct UnderstoodSpeaker {
    /// The attribution that the point would get.
    pub attribution: crate::model::Attribution,
    /// What it rests on.
    pub basis: crate::model::Basis,
    /// The participant.
    pub participants: Vec<ParticipantId>,
    /// As typed.
    pub text: String,
    /// How many participants the text fits, where it is unresolved.
    pub matches: u32,
}

/// The unfinished line.
#[derive(Clone, Debug, Serialize, Deserialize, ts_rs::TS)]
pub struct DraftRequest {
    /// Which meeting.
    pub meeting: MeetingId,
    /// The text so far; empty = none.
    pub text: String,
}

/// Whether somebody is here. An arrival or departure is written with the time now.
#[derive(Clone, Debug, Serialize, Deserialize, ts_rs::TS)]
pub struct ParticipantStateRequest {
    /// Which meeting.
    pub meeting: MeetingId,
    /// Who.
    pub participant: ParticipantId,
    /// The new state.
    pub state: ParticipantState,
}

/// A new participant, typed as `Name, role, role`.
#[derive(Clone, Debug, Serialize, Deserialize, ts_rs::TS)]
pub struct ParticipantAddRequest {
    /// Which meeting.
    pub meeting: MeetingId,
    /// `Name, role, role`.
    pub text: String,
}

/// Participants as they were pasted: one a line, `Name, role, role`, numbered or not, or as a platform's panel copies
/// them.
#[derive(Clone, Debug, Serialize, Deserialize, ts_rs::TS)]
pub struct RosterRequest {
    /// Which meeting.
    pub meeting: MeetingId,
    /// The text.
    pub text: String,
}

/// Somebody in a pasted list, before they are taken in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
pub struct Pasted {
    /// Name.
    pub name: String,
    /// Roles.
    pub roles: Vec<String>,
    /// The line of the text, from 1.
    pub line: u32,
    /// Participants who bear this name, initials or alias already: perhaps the same people, never merged unasked.
    pub same: Vec<ParticipantId>,
    /// Earlier entries of the same text (by their place, from 0) with the same name.
    pub again: Vec<u32>,
}

/// Several new participants.
#[derive(Clone, Debug, Serialize, Deserialize, ts_rs::TS)]
pub struct ParticipantsAddRequest {
    /// Which meeting.
    pub meeting: MeetingId,
    /// Them, in order.
    pub people: Vec<NewParticipant>,
}

/// A new participant.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
pub struct NewParticipant {
    /// Name.
    pub name: String,
    /// Roles.
    pub roles: Vec<String>,
}

/// A participant of a meeting.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, ts_rs::TS)]
pub struct ParticipantRequest {
    /// Which meeting.
    pub meeting: MeetingId,
    /// Who.
    pub participant: ParticipantId,
}

/// Arrivals and departures, corrected by hand.
#[derive(Clone, Debug, Serialize, Deserialize, ts_rs::TS)]
pub struct PresenceRequest {
    /// Which meeting.
    pub meeting: MeetingId,
    /// Who.
    pub participant: ParticipantId,
    /// From when to when, in order; an open end = still here.
    pub presence: Vec<crate::model::Span>,
}

/// A change of a participant; `None` leaves a field as it is.
#[derive(Clone, Debug, Serialize, Deserialize, ts_rs::TS)]
pub struct ParticipantEditRequest {
    /// Which meeting.
    pub meeting: MeetingId,
    /// Who.
    pub participant: ParticipantId,
    /// New name.
    pub name: Option<String>,
    /// New roles.
    pub roles: Option<Vec<String>>,
    /// New stakeholder group.
    pub group: Option<String>,
    /// New initials.
    pub initials: Option<String>,
    /// New aliases.
    pub aliases: Option<Vec<String>>,
    /// New duty.
    pub duty: Option<Duty>,
    /// Whether the printed list has them.
    pub listed: Option<bool>,
}

/// Where the meeting goes.
#[derive(Clone, Debug, Serialize, Deserialize, ts_rs::TS)]
pub struct MeetingStateRequest {
    /// Which meeting.
    pub meeting: MeetingId,
    /// The new state; going live writes the time.
    pub state: MeetingState,
}

/// An item of a meeting.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, ts_rs::TS)]
pub struct ItemRequest {
    /// Which meeting.
    pub meeting: MeetingId,
    /// Which item.
    pub item: ItemId,
}

/// A new item, or a section under one.
#[derive(Clone, Debug, Serialize, Deserialize, ts_rs::TS)]
pub struct ItemAddRequest {
    /// Which meeting.
    pub meeting: MeetingId,
    /// Under which item; none = at the agenda's end.
    pub parent: Option<ItemId>,
    /// Its title.
    pub title: String,
}

/// A change of an item; `None` leaves a field as it is.
#[derive(Clone, Debug, Serialize, Deserialize, ts_rs::TS)]
pub struct ItemEditRequest {
    /// Which meeting.
    pub meeting: MeetingId,
    /// Which item.
    pub item: ItemId,
    /// New title.
    pub title: Option<String>,
    /// New heading; empty = the title.
    pub heading: Option<String>,
    /// New state.
    pub state: Option<ItemState>,
    /// New planned minutes; 0 = none.
    pub planned: Option<u32>,
    /// New presenter; see `presenter_none` for taking one away.
    pub presenter: Option<ParticipantId>,
    /// Nobody presents it any more.
    #[serde(default)]
    pub presenter_none: bool,
}

/// Another place for an item.
#[derive(Clone, Debug, Serialize, Deserialize, ts_rs::TS)]
pub struct ItemMoveRequest {
    /// Which meeting.
    pub meeting: MeetingId,
    /// Which item.
    pub item: ItemId,
    /// Under which item; none = at the top.
    pub parent: Option<ItemId>,
    /// Before which of its new siblings; none = behind them all.
    pub before: Option<ItemId>,
}

/// A heading that was forgotten: from a point on, up to the next change of item, points belong to it.
#[derive(Clone, Debug, Serialize, Deserialize, ts_rs::TS)]
pub struct HeadingRequest {
    /// Which meeting.
    pub meeting: MeetingId,
    /// The first point under it.
    pub point: PointId,
    /// Its title; an item of this title is taken, else one is made.
    pub title: String,
    /// Whether it is a section of the point's item.
    pub section: bool,
}

/// A point of a meeting.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, ts_rs::TS)]
pub struct PointRequest {
    /// Which meeting.
    pub meeting: MeetingId,
    /// Which point.
    pub point: PointId,
}

/// Some points of a meeting.
#[derive(Clone, Debug, Serialize, Deserialize, ts_rs::TS)]
pub struct PointsOf {
    /// Which meeting.
    pub meeting: MeetingId,
    /// Which points.
    pub points: Vec<PointId>,
}

/// Whether an action is done.
#[derive(Clone, Debug, Serialize, Deserialize, ts_rs::TS)]
pub struct ActionDoneRequest {
    /// Which meeting it was given in.
    pub meeting: MeetingId,
    /// Which action.
    pub point: PointId,
    /// Done, or open again.
    pub done: bool,
}

/// Two persons of the directory who are one.
#[derive(Clone, Debug, Serialize, Deserialize, ts_rs::TS)]
pub struct PersonMergeRequest {
    /// Whom both are from now on.
    pub one: PersonId,
    /// Who goes into that one.
    pub other: PersonId,
}

/// What was said around a point.
#[derive(Clone, Debug, Serialize, Deserialize, ts_rs::TS)]
pub struct CuesRequest {
    /// Which meeting.
    pub meeting: MeetingId,
    /// Around which point.
    pub point: PointId,
    /// Seconds before and after it.
    pub seconds: u32,
}

/// Cues that become points.
#[derive(Clone, Debug, Serialize, Deserialize, ts_rs::TS)]
pub struct CuesOf {
    /// Which meeting.
    pub meeting: MeetingId,
    /// Which cues.
    pub cues: Vec<CueId>,
}

/// The meeting's recording.
#[derive(Clone, Debug, Serialize, Deserialize, ts_rs::TS)]
pub struct RecordingRequest {
    /// Which meeting.
    pub meeting: MeetingId,
    /// A link to it, or words about it; empty = none.
    pub recording: String,
    /// When it began, UTC.
    #[ts(type = "string | null")]
    pub starts: Option<DateTime<Utc>>,
}

/// Another kind for points.
#[derive(Clone, Debug, Serialize, Deserialize, ts_rs::TS)]
pub struct PointKindRequest {
    /// Which meeting.
    pub meeting: MeetingId,
    /// Which points.
    pub points: Vec<PointId>,
    /// The kind.
    pub kind: Kind,
}

/// Another item for points; they come behind what is under it already.
#[derive(Clone, Debug, Serialize, Deserialize, ts_rs::TS)]
pub struct PointItemRequest {
    /// Which meeting.
    pub meeting: MeetingId,
    /// Which points.
    pub points: Vec<PointId>,
    /// The item; none = before the agenda.
    pub item: Option<ItemId>,
}

/// Another place for points, in their own order, right behind or before another one and under its item.
#[derive(Clone, Debug, Serialize, Deserialize, ts_rs::TS)]
pub struct PointPlaceRequest {
    /// Which meeting.
    pub meeting: MeetingId,
    /// Which points.
    pub points: Vec<PointId>,
    /// The point that they go beside.
    pub beside: PointId,
    /// Whether they come before it.
    pub before: bool,
}

/// One point becomes two, of one speaker and kind.
#[derive(Clone, Debug, Serialize, Deserialize, ts_rs::TS)]
pub struct PointSplitRequest {
    /// Which meeting.
    pub meeting: MeetingId,
    /// Which point.
    pub point: PointId,
    /// As in [`PointEditRequest`].
    pub rev: String,
    /// The text of the first.
    pub first: String,
    /// The text of the second.
    pub second: String,
}

/// Points go off the record, or come back on it.
#[derive(Clone, Debug, Serialize, Deserialize, ts_rs::TS)]
pub struct PointInternalRequest {
    /// Which meeting.
    pub meeting: MeetingId,
    /// Which points.
    pub points: Vec<PointId>,
    /// Whether they are off the record.
    pub internal: bool,
}

/// A moment to be written about later: an empty point at that time.
#[derive(Clone, Debug, Serialize, Deserialize, ts_rs::TS)]
pub struct MomentRequest {
    /// Which meeting.
    pub meeting: MeetingId,
    /// How many seconds ago it was.
    pub seconds: u32,
    /// The id of the point, chosen by the window, so that a retry doubles nothing.
    pub id: PointId,
}

/// A change of a point; `None` leaves a field as it is.
#[derive(Clone, Debug, Serialize, Deserialize, ts_rs::TS)]
pub struct PointEditRequest {
    /// Which meeting.
    pub meeting: MeetingId,
    /// Which point.
    pub point: PointId,
    /// The state of the document that the editor was opened at (`point_editor`), so that a colleague's words written
    /// meanwhile stay.
    pub rev: Option<String>,
    /// New text.
    pub text: Option<String>,
    /// New kind.
    pub kind: Option<Kind>,
}

/// What an editor of a point or passage starts from.
#[derive(Clone, Debug, Serialize, Deserialize, ts_rs::TS)]
pub struct Editor {
    /// The text now.
    pub text: String,
    /// The state of the document it is of.
    pub rev: String,
}

/// Who said a point, settled afterwards.
#[derive(Clone, Debug, Serialize, Deserialize, ts_rs::TS)]
pub struct PointTagRequest {
    /// Which meeting.
    pub meeting: MeetingId,
    /// Which points.
    pub points: Vec<PointId>,
    /// Who.
    pub who: Who,
    /// Where a point is of an unknown speaker: settles every point of that unknown.
    #[serde(default)]
    pub whole_unknown: bool,
}

/// The floor.
#[derive(Clone, Debug, Serialize, Deserialize, ts_rs::TS)]
pub struct FloorRequest {
    /// Which meeting.
    pub meeting: MeetingId,
    /// Who gets it; none = nobody holds it.
    pub participant: Option<ParticipantId>,
}

/// A turn in the queue.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, ts_rs::TS)]
pub struct TurnRequest {
    /// Which meeting.
    pub meeting: MeetingId,
    /// Which turn.
    pub turn: TurnId,
}

/// Somebody asks for the floor.
#[derive(Clone, Debug, Serialize, Deserialize, ts_rs::TS)]
pub struct TurnAddRequest {
    /// Which meeting.
    pub meeting: MeetingId,
    /// Who.
    pub participant: ParticipantId,
    /// Why.
    pub kind: TurnKind,
    /// What about.
    pub reason: String,
    /// Before all who wait.
    #[serde(default)]
    pub front: bool,
}

/// A change of a turn that waits; `None` leaves a field as it is.
#[derive(Clone, Debug, Serialize, Deserialize, ts_rs::TS)]
pub struct TurnEditRequest {
    /// Which meeting.
    pub meeting: MeetingId,
    /// Which turn.
    pub turn: TurnId,
    /// New kind.
    pub kind: Option<TurnKind>,
    /// New reason.
    pub reason: Option<String>,
}

/// Another place in the queue.
#[derive(Clone, Debug, Serialize, Deserialize, ts_rs::TS)]
pub struct TurnMoveRequest {
    /// Which meeting.
    pub meeting: MeetingId,
    /// Which turn.
    pub turn: TurnId,
    /// Before which turn; none = at the end.
    pub before: Option<TurnId>,
}

/// How the body of a meeting works: settings of its series.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
pub struct Body {
    /// Its full name.
    pub name: String,
    /// Its abbreviation.
    pub short: String,
    /// How many have to be here: a number (`9`), or a share of the list (`1/2`, `>1/2`, `50%`); empty = no rule.
    pub quorum: String,
    /// Seconds that a speaker may have; 0 = no limit.
    pub speaking_limit: u32,
    /// Titles of items that every agenda has.
    pub standing_items: Vec<String>,
    /// Text that every report begins with; paragraphs are parted by an empty line.
    pub boilerplate: String,
}

/// A change of the body's settings; `None` leaves one as it is.
#[derive(Clone, Debug, Serialize, Deserialize, ts_rs::TS)]
pub struct BodyEditRequest {
    /// A meeting of the body.
    pub meeting: MeetingId,
    /// New rule.
    pub quorum: Option<String>,
    /// New limit, in seconds.
    pub speaking_limit: Option<u32>,
    /// New standing items.
    pub standing_items: Option<Vec<String>>,
    /// New text of every report.
    pub boilerplate: Option<String>,
}

/// A preference of the user.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
pub struct PreferenceValue {
    /// What it is about (`keys`, `zoom`).
    pub key: String,
    /// Its value, JSON; empty = as it comes.
    pub value: String,
}

/// What was undone or done again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
pub struct Undone {
    /// In words; none = there was nothing to take back.
    pub label: Option<String>,
    /// What was left as it is, because it was changed since, in words.
    pub left: Vec<String>,
    /// Whether the meeting itself is gone by it; redo brings it back.
    pub gone: bool,
}

impl From<crate::archive::TakenBack> for Undone {
    fn from(back: crate::archive::TakenBack) -> Self {
        Self {
            label: back.label,
            left: back.left,
            gone: back.gone,
        }
    }
}

/// A search.
#[derive(Clone, Debug, Serialize, Deserialize, ts_rs::TS)]
pub struct SearchRequest {
    /// Words; the last one counts as a prefix; `"a phrase"`; in any script. Filters: `speaker:`, `series:`, `kind:`,
    /// `after:`, `before:`, `in:`.
    pub query: String,
    /// How many hits at most.
    pub limit: u32,
}

/// An export into a file.
#[derive(Clone, Debug, Serialize, Deserialize, ts_rs::TS)]
pub struct ExportRequest {
    /// Which meeting.
    pub meeting: MeetingId,
    /// Which document.
    pub document: DocumentKind,
    /// Which format.
    pub format: Format,
    /// The file; replaced whole or not at all.
    pub path: String,
    /// What is chosen otherwise than the body has settled.
    #[serde(default)]
    #[ts(optional)]
    pub choices: Option<Choices>,
}

/// What was exported.
#[derive(Clone, Debug, Serialize, Deserialize, ts_rs::TS)]
pub struct Exported {
    /// The file.
    pub path: String,
    /// What the reader of the file should know: characters that no font has, and where.
    pub notices: Vec<String>,
}

/// A row of the grammar, for the help page.
#[derive(Clone, Debug, Serialize, Deserialize, ts_rs::TS)]
pub struct GrammarLine {
    /// What is typed.
    pub typed: String,
    /// What it does.
    pub effect: String,
    /// The group it stands in.
    pub group: String,
}
