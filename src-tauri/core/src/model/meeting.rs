//! A meeting and its agenda.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::{ItemId, ItemState, MeetingId, MeetingState, OrderKey, ParticipantId, SeriesId, Span, TimeStyle, noun};

/// One sitting: the facts of the title block and where it stands.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[serde(default)]
pub struct Meeting {
    /// Identity.
    pub id: MeetingId,
    /// The series it belongs to.
    pub series: Option<SeriesId>,
    /// Its number in the series (107).
    pub number: Option<u32>,
    /// The body's name as the title block has it; empty = `body`.
    pub name: String,
    /// The body's full name.
    pub body: String,
    /// The body's abbreviation.
    pub short: String,
    /// The form as the title block has it ("Online Meeting").
    pub form: String,
    /// What the document calls itself ("Summary Report").
    pub document_kind: String,
    /// When it starts or started, UTC.
    #[ts(type = "string | null")]
    pub starts: Option<DateTime<Utc>>,
    /// IANA zone in which times are shown.
    pub zone: String,
    /// Replaces the generated date line of the title block.
    pub date_text: String,
    /// How the title block writes hours.
    pub time_style: TimeStyle,
    /// Where it stands.
    pub state: MeetingState,
    /// When it was live.
    pub live: Vec<Span>,
    /// A link to the recording, or words about it ("available upon request").
    pub recording: String,
    /// When the recording began, UTC.
    #[ts(type = "string | null")]
    pub recording_starts: Option<DateTime<Utc>>,
    /// Replaces the generated preamble (inline text).
    pub preamble: String,
    /// The next meeting, UTC.
    #[ts(type = "string | null")]
    pub next_starts: Option<DateTime<Utc>>,
    /// IANA zone of the next meeting; empty = `zone`.
    pub next_zone: String,
    /// Replaces the generated sentence on the next meeting.
    pub next_text: String,
    /// The agenda item under discussion.
    pub item: Option<ItemId>,
    /// Where its approval stands; reserved.
    pub approval: String,
    /// Language of the documents (BCP 47).
    pub language: String,
}

noun!(Meeting, "meeting", "meeting", {
    series: Str, number: Int, name: Str, body: Str, short: Str, form: Str, document_kind: Str, starts: Str, zone: Str,
    date_text: Str, time_style: Str, state: Str, live: Spans, recording: Str, recording_starts: Str, preamble: Str,
    next_starts: Str, next_zone: Str, next_text: Str, item: Str, approval: Str, language: Str,
});

impl Meeting {
    /// A planned meeting with nothing said yet.
    #[must_use]
    pub fn new(id: MeetingId) -> Self {
        Self {
            id,
            series: None,
            number: None,
            name: String::new(),
            body: String::new(),
            short: String::new(),
            form: "Online Meeting".to_owned(),
            document_kind: "Summary Report".to_owned(),
            starts: None,
            zone: "UTC".to_owned(),
            date_text: String::new(),
            time_style: TimeStyle::default(),
            state: MeetingState::default(),
            live: Vec::new(),
            recording: String::new(),
            recording_starts: None,
            preamble: String::new(),
            next_starts: None,
            next_zone: String::new(),
            next_text: String::new(),
            item: None,
            approval: String::new(),
            language: "en".to_owned(),
        }
    }
}

/// A numbered entry of the agenda, or a section below one.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[serde(default)]
pub struct Item {
    /// Identity.
    pub id: ItemId,
    /// The item that this is a section of.
    pub parent: Option<ItemId>,
    /// Place among its siblings.
    pub order: OrderKey,
    /// As on the agenda (inline text).
    pub title: String,
    /// As in the report (inline text); empty = `title`.
    pub heading: String,
    /// Replaces the counted number ("3a").
    pub number: String,
    /// Who presents it.
    pub presenter: Option<ParticipantId>,
    /// Minutes planned; 0 = not said.
    pub planned: u32,
    /// When it was open.
    pub open: Vec<Span>,
    /// Where it stands.
    pub state: ItemState,
}

noun!(Item, "items", "agenda_item", {
    parent: Str, order: Str, title: Str, heading: Str, number: Str, presenter: Str, planned: Int, open: Spans, state: Str,
});

impl Item {
    /// A pending item with a title.
    #[must_use]
    pub fn new(id: ItemId, order: OrderKey, title: impl Into<String>) -> Self {
        Self {
            id,
            parent: None,
            order,
            title: title.into(),
            heading: String::new(),
            number: String::new(),
            presenter: None,
            planned: 0,
            open: Vec::new(),
            state: ItemState::default(),
        }
    }

    /// What the report prints over the item: the heading, or the title where there is none.
    #[must_use]
    pub fn printed_heading(&self) -> &str {
        if self.heading.is_empty() {
            &self.title
        } else {
            &self.heading
        }
    }
}
