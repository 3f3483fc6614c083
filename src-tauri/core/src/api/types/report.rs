//! What the report view and the window say to one another.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

pub use crate::edit::passage::Becomes;
pub use crate::export::{PageFound, PageLine, PagePicture, PageShown, Pages};
pub use crate::minutes::draft::Draft;
pub use crate::minutes::lint::Finding;
pub use crate::minutes::section::{Section, SectionCounts, SectionPassage, SectionPoint};
pub use crate::publish::Choices;

use crate::model::{
    Collected, ItemId, MeetingId, Naming, ParticipantId, PassageId, PassageStyle, PointId, ReportSettings, Thresholds,
};

/// The report, as it is or as it would be with other choices.
#[derive(Clone, Debug, Serialize, Deserialize, ts_rs::TS)]
pub struct ReportRequest {
    /// Which meeting.
    pub meeting: MeetingId,
    /// What is chosen otherwise than the body has settled.
    #[serde(default)]
    #[ts(optional)]
    pub choices: Option<Choices>,
}

/// Pages of the report as they print.
#[derive(Clone, Debug, Serialize, Deserialize, ts_rs::TS)]
pub struct PagesRequest {
    /// Which meeting.
    pub meeting: MeetingId,
    /// What is chosen otherwise than the body has settled.
    #[serde(default)]
    #[ts(optional)]
    pub choices: Option<Choices>,
    /// Passages as they are being written, in place of what the record holds.
    #[serde(default)]
    #[ts(as = "Option<Vec<Draft>>", optional)]
    pub drafts: Vec<Draft>,
    /// The pages that are looked at.
    pub wanted: Vec<PageShown>,
    /// A passage that is to be found on the pages.
    #[serde(default)]
    #[ts(optional)]
    pub find: Option<PassageId>,
}

/// The report, as it would print and as it is written.
#[derive(Clone, Debug, Serialize, Deserialize, ts_rs::TS)]
pub struct ReportView {
    /// The passages in order, by item.
    pub passages: Vec<SectionPassage>,
    /// How each section's points are covered, in the order of the report.
    pub sections: Vec<SectionCounts>,
    /// The document as it will print, block by block.
    pub blocks: Vec<PrintedBlock>,
    /// What is printed on every page; empty = nothing.
    pub notice: String,
    /// The document as Markdown.
    pub markdown: String,
    /// The settings with the choices in their place.
    pub settings: ReportSettings,
}

/// A block of the document.
#[derive(Clone, Debug, Serialize, Deserialize, ts_rs::TS)]
pub struct PrintedBlock {
    /// The item, passage or point behind it.
    #[ts(type = "string | null")]
    pub origin: Option<Uuid>,
    /// What it is.
    #[serde(flatten)]
    pub content: Printed,
}

/// What a block of the document is; texts are inline text, with everybody named as asked.
#[derive(Clone, Debug, Serialize, Deserialize, ts_rs::TS)]
#[serde(tag = "is", rename_all = "snake_case")]
pub enum Printed {
    /// The main title line.
    Title {
        /// The words.
        text: String,
    },
    /// A further line of the title block.
    Subtitle {
        /// The words.
        text: String,
    },
    /// A heading.
    Heading {
        /// 1: Agenda, Discussion and the like. 2: an item. 3: a section. 4: below. 5: a heading among the passages.
        level: u8,
        /// "1.", "2.1"; empty = none.
        number: String,
        /// The words.
        text: String,
    },
    /// A paragraph.
    Paragraph {
        /// The words.
        text: String,
        /// Whether it leads into the list behind it.
        leads_in: bool,
    },
    /// A list.
    List {
        /// Whether its entries have labels.
        ordered: bool,
        /// The entries.
        entries: Vec<PrintedEntry>,
    },
    /// A table.
    Table {
        /// The header cells.
        header: Vec<String>,
        /// Share of the width of each column, in percent.
        widths: Vec<u8>,
        /// The rows.
        rows: Vec<PrintedRow>,
    },
}

/// An entry of a list in the document.
#[derive(Clone, Debug, Serialize, Deserialize, ts_rs::TS)]
pub struct PrintedEntry {
    /// The item, passage, point or participant behind it.
    #[ts(type = "string | null")]
    pub origin: Option<Uuid>,
    /// "1."; empty in an unordered list.
    pub label: String,
    /// The words.
    pub text: String,
}

/// A row of a table in the document.
#[derive(Clone, Debug, Serialize, Deserialize, ts_rs::TS)]
pub struct PrintedRow {
    /// The point or vote behind it.
    #[ts(type = "string | null")]
    pub origin: Option<Uuid>,
    /// The cells.
    pub cells: Vec<String>,
}

/// A section of the report.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, ts_rs::TS)]
pub struct SectionRequest {
    /// Which meeting.
    pub meeting: MeetingId,
    /// Of which item; none = before the agenda.
    pub item: Option<ItemId>,
}

/// Where passages go in a section: behind one, before one, or behind them all.
#[derive(Clone, Copy, Debug, Default, Serialize, Deserialize, ts_rs::TS)]
#[serde(default)]
#[ts(optional_fields)]
pub struct PlaceInSection {
    /// Right behind this one.
    pub behind: Option<PassageId>,
    /// Right before this one.
    pub before: Option<PassageId>,
}

/// Points become a part of the report.
#[derive(Clone, Debug, Serialize, Deserialize, ts_rs::TS)]
pub struct PassageAddRequest {
    /// Which meeting.
    pub meeting: MeetingId,
    /// Which points.
    pub points: Vec<PointId>,
    /// What they become.
    pub becomes: Becomes,
    /// Under which item; none = before the agenda.
    pub item: Option<ItemId>,
    /// Where; without it, behind what stands there.
    #[serde(default)]
    #[ts(optional)]
    pub place: Option<PlaceInSection>,
    /// The id of the first passage, chosen by the window, so that a retry doubles nothing.
    #[serde(default)]
    #[ts(optional)]
    pub id: Option<PassageId>,
}

/// A passage that is written by hand.
#[derive(Clone, Debug, Serialize, Deserialize, ts_rs::TS)]
pub struct PassageWriteRequest {
    /// Which meeting.
    pub meeting: MeetingId,
    /// How it is set.
    pub style: PassageStyle,
    /// Its words.
    pub text: String,
    /// Under which item; none = before the agenda.
    pub item: Option<ItemId>,
    /// Where; without it, behind what stands there.
    #[serde(default)]
    #[ts(optional)]
    pub place: Option<PlaceInSection>,
    /// Its id, chosen by the window, so that a retry doubles nothing.
    #[serde(default)]
    #[ts(optional)]
    pub id: Option<PassageId>,
}

/// A passage of a meeting.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, ts_rs::TS)]
pub struct PassageRequest {
    /// Which meeting.
    pub meeting: MeetingId,
    /// Which passage.
    pub passage: PassageId,
}

/// Some passages of a meeting.
#[derive(Clone, Debug, Serialize, Deserialize, ts_rs::TS)]
pub struct PassagesOf {
    /// Which meeting.
    pub meeting: MeetingId,
    /// Which passages.
    pub passages: Vec<PassageId>,
}

/// Another style for passages.
#[derive(Clone, Debug, Serialize, Deserialize, ts_rs::TS)]
pub struct PassageStyleRequest {
    /// Which meeting.
    pub meeting: MeetingId,
    /// Which passages.
    pub passages: Vec<PassageId>,
    /// The style.
    pub style: PassageStyle,
}

/// Another place for passages, in their own order.
#[derive(Clone, Debug, Serialize, Deserialize, ts_rs::TS)]
pub struct PassageMoveRequest {
    /// Which meeting.
    pub meeting: MeetingId,
    /// Which passages.
    pub passages: Vec<PassageId>,
    /// Under which item; none = before the agenda.
    pub item: Option<ItemId>,
    /// Where; without it, behind what stands there.
    #[serde(default)]
    #[ts(optional)]
    pub place: Option<PlaceInSection>,
}

/// One passage becomes two that rest on the same points.
#[derive(Clone, Debug, Serialize, Deserialize, ts_rs::TS)]
pub struct PassageSplitRequest {
    /// Which meeting.
    pub meeting: MeetingId,
    /// Which passage.
    pub passage: PassageId,
    /// As in `point_edit`.
    pub rev: String,
    /// The text of the first.
    pub first: String,
    /// The text of the second.
    pub second: String,
    /// The id of the second, chosen by the window, so that it can be written on before the answer comes.
    #[serde(default)]
    #[ts(optional)]
    pub id: Option<PassageId>,
}

/// A section made out of passages of one item.
#[derive(Clone, Debug, Serialize, Deserialize, ts_rs::TS)]
pub struct PassagesToSectionRequest {
    /// Which meeting.
    pub meeting: MeetingId,
    /// Which passages.
    pub passages: Vec<PassageId>,
    /// The title of the section.
    pub title: String,
}

/// What a passage rests on.
#[derive(Clone, Debug, Serialize, Deserialize, ts_rs::TS)]
pub struct PassageSourcesRequest {
    /// Which meeting.
    pub meeting: MeetingId,
    /// Which passage.
    pub passage: PassageId,
    /// Points that it rests on from now on.
    pub add: Vec<PointId>,
    /// Points that it rests on no more.
    pub remove: Vec<PointId>,
}

/// Points that are on purpose not for the report, or are again.
#[derive(Clone, Debug, Serialize, Deserialize, ts_rs::TS)]
pub struct PointAsideRequest {
    /// Which meeting.
    pub meeting: MeetingId,
    /// Which points.
    pub points: Vec<PointId>,
    /// Whether they are set aside.
    pub set_aside: bool,
}

/// Names in a text that could be mentions.
#[derive(Clone, Debug, Serialize, Deserialize, ts_rs::TS)]
pub struct MentionsRequest {
    /// Which meeting.
    pub meeting: MeetingId,
    /// The text (source of inline text).
    pub text: String,
}

/// A name that stands in a text as plain words.
#[derive(Clone, Debug, Serialize, Deserialize, ts_rs::TS)]
pub struct MentionOffer {
    /// Where it begins, in UTF-16 units of the source.
    pub from: u32,
    /// Where it ends.
    pub to: u32,
    /// The words.
    pub words: String,
    /// Whose name it may be: several, where they bear one name.
    pub participants: Vec<ParticipantId>,
    /// The text with the name as a mention; none where several bear it.
    pub mended: Option<String>,
}

/// A finding that one key is to mend.
#[derive(Clone, Debug, Serialize, Deserialize, ts_rs::TS)]
pub struct FindingRequest {
    /// Which meeting.
    pub meeting: MeetingId,
    /// The id of the finding.
    pub finding: String,
    /// What it was found with.
    #[serde(default)]
    #[ts(optional)]
    pub choices: Option<Choices>,
}

/// A change of how a body's reports are made; `None` leaves one as it is.
#[derive(Clone, Debug, Default, Serialize, Deserialize, ts_rs::TS)]
#[ts(optional_fields)]
pub struct ReportSettingsEditRequest {
    /// A meeting of the body.
    pub meeting: MeetingId,
    /// How people are named.
    pub naming: Option<Naming>,
    /// Whether moderators, rapporteurs and presenters are named in any case.
    pub keep_officers: Option<bool>,
    /// Where decisions and actions stand.
    pub collected: Option<Collected>,
    /// Whether the table of actions is parted by owner.
    pub by_owner: Option<bool>,
    /// Whether the lines of a page fill the measure.
    pub justified: Option<bool>,
    /// When "several" is several.
    pub thresholds: Option<Thresholds>,
    /// The phrases; none at all = the usual ones.
    pub phrases: Option<Vec<String>>,
}

/// A passage to write.
#[derive(Clone, Debug, Serialize, Deserialize, ts_rs::TS)]
pub struct PassageEditRequest {
    /// Which meeting.
    pub meeting: MeetingId,
    /// Which passage.
    pub passage: PassageId,
    /// As in `point_edit`.
    pub rev: Option<String>,
    /// New text.
    pub text: String,
}
