//! The document model that every exporter reads, and its making from the record.
//!
//! A [`Minutes`] is a flat list of blocks in reading order. Exporters see nothing else: no archive, no SQL, no record.

mod collected;
mod compose;
pub mod count;
pub mod cover;
pub mod draft;
pub mod lint;
pub(crate) mod listed;
pub mod mentions;
pub(crate) mod name;
pub mod prose;
mod record;
pub mod section;
#[cfg(test)]
mod tests;
pub mod words;

pub use compose::compose;

use uuid::Uuid;

use crate::model::inline::Inlines;
use crate::model::{Collected, Naming, ReportSettings};

/// Which of the two documents.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Document {
    /// The prose summary.
    #[default]
    Report,
    /// Every point with its time and speakers.
    Record,
}

/// What the one who exports chooses.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Options {
    /// Which document.
    pub document: Document,
    /// How people are named.
    pub naming: Naming,
    /// Whether moderators, rapporteurs and presenters are named in any case.
    pub keep_officers: bool,
    /// Whether internal points are taken in; the document then says so on every page.
    pub internal: bool,
    /// Where decisions and actions stand.
    pub collected: Collected,
    /// Whether the table of actions is parted by owner.
    pub by_owner: bool,
    /// Whether the lines of a page fill the measure; else they end where their words do.
    pub justified: bool,
}

impl Options {
    /// As a body has settled it.
    #[must_use]
    pub fn of(document: Document, settings: &ReportSettings) -> Self {
        Self {
            document,
            naming: settings.naming.clone(),
            keep_officers: settings.keep_officers,
            internal: false,
            collected: settings.collected.clone(),
            by_owner: settings.by_owner,
            justified: settings.justified,
        }
    }
}

/// A finished document, ready to be set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Minutes {
    /// Plain title for metadata and running heads: "WG-Strategy 107, 18 December 2025".
    pub title: String,
    /// The body whose minutes they are, for metadata; plain.
    pub author: String,
    /// What the document is ("Summary Report"), for metadata; plain.
    pub subject: String,
    /// Language (BCP 47).
    pub language: String,
    /// Whether the lines of paragraphs and entries fill the measure, where there are pages; else they end where their
    /// words do.
    pub justified: bool,
    /// Printed on every page, e.g. that internal points are in it; empty = nothing.
    pub notice: String,
    /// The content in reading order.
    pub blocks: Vec<Block>,
}

/// A block, and the row of the record that it came from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Block {
    /// The item, passage or point behind it; none for generated text.
    pub origin: Option<Uuid>,
    /// What it is.
    pub content: Content,
}

/// What a block is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Content {
    /// The document's main title line (the body's name).
    Title(Inlines),
    /// A further line of the title block (form, date, document kind).
    Subtitle(Inlines),
    /// A heading.
    Heading {
        /// 1: Agenda, Discussion, List of participants. 2: an item. 3: a section. 4: below. 5: a
        /// heading among the passages.
        level: u8,
        /// "1.", "2.1"; empty = none.
        number: String,
        /// The words.
        text: Inlines,
    },
    /// A paragraph.
    Paragraph {
        /// The words.
        text: Inlines,
        /// Whether it leads into the list that follows, and must not be parted from it.
        leads_in: bool,
    },
    /// A list.
    List {
        /// Ordered lists print the entries' labels; unordered ones a bullet.
        ordered: bool,
        /// The entries.
        entries: Vec<Entry>,
    },
    /// A table.
    Table {
        /// The header cells.
        header: Vec<Inlines>,
        /// Share of the width of each column, in percent.
        widths: Vec<u8>,
        /// The rows, each with as many cells as the header.
        rows: Vec<Row>,
    },
}

/// An entry of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The row of the record that it came from.
    pub origin: Option<Uuid>,
    /// "1." in an ordered list; empty in an unordered one.
    pub label: String,
    /// The words.
    pub text: Inlines,
}

/// A row of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// The row of the record that it came from.
    pub origin: Option<Uuid>,
    /// The cells.
    pub cells: Vec<Inlines>,
}
