//! What a careful editor would ask before the report goes out: one small file a question. Pure over the record and how
//! its report is to be made. What nobody would ask is not asked either: a false alarm is a fault.

mod acronyms;
mod actions;
mod agreed;
mod almost;
mod cited;
mod empty;
mod facts;
mod links;
mod lost;
mod named;
mod quantity;
mod speakers;
mod strangers;
#[cfg(test)]
mod tests;
mod twice;
mod uncovered;

use std::ops::Range;

use serde::Serialize;
use uuid::Uuid;

use super::mentions::begins_sentence;
use crate::model::inline::{parse, plain};
use crate::model::{ItemId, ItemState, Passage, PassageId, PointId, Record, ReportSettings};

/// What sort of finding.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, ts_rs::TS)]
#[serde(rename_all = "snake_case")]
#[ts(rename = "FindingCode")]
pub enum Code {
    /// A fact of the title block is missing.
    Fact,
    /// The same person is among the participants twice.
    Twice,
    /// An item has neither content nor state.
    EmptyItem,
    /// A passage of an item that is off the agenda.
    Lost,
    /// Points that no passage rests on.
    Uncovered,
    /// Points whose speaker is not settled.
    Speaker,
    /// A passage rests on a point off the record.
    InternalCited,
    /// A word for a number of people that those behind it do not bear.
    Quantifier,
    /// "Agreed" without a decision.
    Undecided,
    /// A name in a document that names nobody.
    Named,
    /// Almost the name of a participant.
    AlmostNamed,
    /// Somebody who is not among the participants.
    Stranger,
    /// A link that leads nowhere.
    Link,
    /// An action that is nobody's.
    ActionOwner,
    /// An action without a date.
    ActionDue,
    /// An abbreviation that is never written out.
    Acronym,
}

impl Code {
    /// The word, as JSON has it.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Fact => "fact",
            Self::Twice => "twice",
            Self::EmptyItem => "empty_item",
            Self::Lost => "lost",
            Self::Uncovered => "uncovered",
            Self::Speaker => "speaker",
            Self::InternalCited => "internal_cited",
            Self::Quantifier => "quantifier",
            Self::Undecided => "undecided",
            Self::Named => "named",
            Self::AlmostNamed => "almost_named",
            Self::Stranger => "stranger",
            Self::Link => "link",
            Self::ActionOwner => "action_owner",
            Self::ActionDue => "action_due",
            Self::Acronym => "acronym",
        }
    }
}

/// Of which row a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ts_rs::TS)]
#[serde(rename_all = "snake_case")]
#[ts(rename = "FindingOf")]
pub enum Of {
    /// The meeting's facts.
    Meeting,
    /// An item.
    Item,
    /// A point.
    Point,
    /// A passage.
    Passage,
    /// A participant.
    Participant,
}

/// Where a finding is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ts_rs::TS)]
#[ts(rename = "FindingPlace")]
pub struct Place {
    /// What sort of row.
    pub of: Of,
    /// The row.
    #[ts(type = "string")]
    pub id: Uuid,
    /// The item that it stands under.
    pub item: Option<ItemId>,
    /// The number of that item as printed; empty = none.
    pub label: String,
    /// Where in the row's text it begins, in UTF-16 units of the source; none = the whole row.
    pub from: Option<u32>,
    /// Where it ends.
    pub to: Option<u32>,
}

/// What one key would do about a finding.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ts_rs::TS)]
#[ts(rename = "FindingMend")]
pub struct Mend {
    /// In words: "Write “one speaker”".
    pub words: String,
    /// The deed.
    #[serde(skip)]
    pub act: Act,
}

/// What a mend does to the record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Act {
    /// Puts other words into a passage, where the old ones still stand.
    Rewrite {
        /// Which passage.
        passage: PassageId,
        /// Its text as it was looked at.
        old: String,
        /// Its text with the other words.
        new: String,
    },
    /// Sets points aside.
    Aside {
        /// Which.
        points: Vec<PointId>,
    },
    /// A passage rests on a point no more.
    Uncite {
        /// Which passage.
        passage: PassageId,
        /// On which point.
        point: PointId,
    },
    /// Says what became of an item.
    State {
        /// Which.
        item: ItemId,
        /// What it was said to be.
        old: ItemState,
        /// What it is.
        state: ItemState,
    },
}

/// Something to look at before the report goes out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ts_rs::TS)]
pub struct Finding {
    /// Says which one it is as long as it stands.
    pub id: String,
    /// What sort.
    pub code: Code,
    /// What was found, in words.
    pub message: String,
    /// The words it is about.
    pub excerpt: String,
    /// Where.
    pub place: Place,
    /// What one key would do about it.
    pub mend: Option<Mend>,
}

/// Everything that is found, in the order of the document: facts and people first, then section by section.
#[must_use]
pub fn lint(record: &Record, settings: &ReportSettings) -> Vec<Finding> {
    let desk = Desk {
        record,
        settings,
        texts: texts(record),
    };
    let asked: [fn(&Desk<'_>, &mut Vec<Finding>); 15] = [
        facts::find,
        twice::find,
        empty::find,
        uncovered::find,
        speakers::find,
        lost::find,
        cited::find,
        quantity::find,
        agreed::find,
        named::find,
        almost::find,
        strangers::find,
        links::find,
        actions::find,
        acronyms::find,
    ];
    let mut findings = Vec::new();
    for find in asked {
        find(&desk, &mut findings);
    }
    // Whoever is almost a participant is no stranger.
    let almost: Vec<Place> = findings
        .iter()
        .filter(|finding| finding.code == Code::AlmostNamed)
        .map(|finding| finding.place.clone())
        .collect();
    findings.retain(|finding| {
        let place = &finding.place;
        let holds = |other: &Place| other.id == place.id && place.from <= other.from && other.to <= place.to;
        finding.code != Code::Stranger || !almost.iter().any(holds)
    });
    let section = |finding: &Finding| {
        let item = finding.place.item?;
        record.items.iter().position(|view| view.item.id == item)
    };
    let passage = |finding: &Finding| {
        record
            .passages
            .iter()
            .position(|passage| passage.id.0 == finding.place.id)
    };
    findings.sort_by_cached_key(|finding| (section(finding), passage(finding), finding.place.from));
    // The same word twice in one passage is two findings.
    let mut seen: std::collections::HashMap<String, u32> = std::collections::HashMap::new();
    for finding in &mut findings {
        let count = seen.entry(finding.id.clone()).or_default();
        *count += 1;
        if *count > 1 {
            finding.id = format!("{}:{count}", finding.id);
        }
    }
    findings
}

/// What is looked at.
struct Desk<'a> {
    record: &'a Record,
    settings: &'a ReportSettings,
    /// The headings and passages, and what replaces a generated sentence, in no order.
    texts: Vec<Text<'a>>,
}

/// A text of the report.
struct Text<'a> {
    /// The source.
    source: &'a str,
    /// The words alone.
    plain: String,
    /// The passage, where it is one's.
    passage: Option<&'a Passage>,
    place: Place,
}

impl<'a> Desk<'a> {
    fn place(&self, of: Of, id: Uuid, item: Option<ItemId>) -> Place {
        place(self.record, of, id, item)
    }

    /// Whether the report has begun: passages, or a meeting that is over.
    fn has_begun(&self) -> bool {
        !self.record.passages.is_empty() || self.record.meeting.meeting.state == crate::model::MeetingState::Ended
    }

    /// All words that the record itself uses as names of things: of roles, groups, items and the body.
    fn vocabulary(&self) -> String {
        let meeting = &self.record.meeting.meeting;
        let mut all = vec![meeting.body.clone(), meeting.name.clone(), meeting.short.clone()];
        for person in &self.record.participants {
            all.extend(person.roles.iter().cloned());
            all.push(person.group.clone());
        }
        for view in &self.record.items {
            all.push(view.item.title.clone());
            all.push(view.item.heading.clone());
        }
        all.join("\n")
    }
}

/// Where a row is.
fn place(record: &Record, of: Of, id: Uuid, item: Option<ItemId>) -> Place {
    let view = record.items.iter().find(|view| Some(view.item.id) == item);
    Place {
        of,
        id,
        item,
        label: view.map(|view| view.label.clone()).unwrap_or_default(),
        from: None,
        to: None,
    }
}

fn texts(record: &Record) -> Vec<Text<'_>> {
    let meeting = &record.meeting.meeting;
    let facts = [&meeting.preamble, &meeting.recording, &meeting.next_text]
        .into_iter()
        .filter(|source| !source.is_empty())
        .map(|source| {
            let place = place(record, Of::Meeting, meeting.id.0, None);
            (source.as_str(), None, place)
        });
    let items = record.items.iter().flat_map(|view| {
        let place = place(record, Of::Item, view.item.id.0, Some(view.item.id));
        [&view.item.title, &view.item.heading]
            .into_iter()
            .filter(|source| !source.is_empty())
            .map(move |source| (source.as_str(), None, place.clone()))
    });
    let passages = record.passages.iter().map(|passage| {
        let place = place(record, Of::Passage, passage.id.0, passage.item);
        (passage.text.as_str(), Some(passage), place)
    });
    facts
        .chain(items)
        .chain(passages)
        .map(|(source, passage, place)| Text {
            source,
            plain: plain(&parse(source)),
            passage,
            place,
        })
        .collect()
}

impl Text<'_> {
    fn finding(&self, code: Code, at: Option<&Range<usize>>, detail: &str, message: String) -> Finding {
        let mut place = self.place.clone();
        if let Some(at) = at {
            place.from = Some(utf16(self.source, at.start));
            place.to = Some(utf16(self.source, at.end));
        }
        Finding {
            id: format!("{}:{}:{detail}", code.word(), place.id),
            code,
            message,
            excerpt: around(&self.plain, detail),
            place,
            mend: None,
        }
    }

    /// Another wording of the passage.
    fn rewrite(&self, words: String, at: &Range<usize>, with: &str) -> Option<Mend> {
        let passage = self.passage?;
        Some(Mend {
            words,
            act: Act::Rewrite {
                passage: passage.id,
                old: passage.text.clone(),
                new: super::mentions::replaced(self.source, at, with)?,
            },
        })
    }
}

/// A finding about a whole row.
fn finding(code: Code, place: Place, detail: &str, message: impl Into<String>, excerpt: &str) -> Finding {
    Finding {
        id: format!("{}:{}:{detail}", code.word(), place.id),
        code,
        message: message.into(),
        excerpt: shortened(excerpt),
        place,
        mend: None,
    }
}

fn utf16(text: &str, byte: usize) -> u32 {
    let units = text.get(..byte).unwrap_or_default().encode_utf16().count();
    u32::try_from(units).unwrap_or(u32::MAX)
}

/// The most letters of an excerpt.
const EXCERPT: usize = 60;

/// The beginning of a text, at a word's end.
fn shortened(text: &str) -> String {
    let text = plain(&parse(text)).replace('\n', " ");
    if text.chars().count() <= EXCERPT {
        return text;
    }
    let head: String = text.chars().take(EXCERPT).collect();
    let head = head.rsplit_once(' ').map_or(head.as_str(), |(head, _)| head);
    format!("{head}…")
}

/// Some words with what stands around them.
fn around(text: &str, words: &str) -> String {
    let text = text.replace('\n', " ");
    let Some(at) = text.find(words) else {
        return words.to_owned();
    };
    let before: Vec<&str> = text.get(..at).unwrap_or_default().split_whitespace().collect();
    let behind: Vec<&str> = text
        .get(at + words.len()..)
        .unwrap_or_default()
        .split_inclusive(' ')
        .take(4)
        .collect();
    let before = before
        .get(before.len().saturating_sub(2)..)
        .unwrap_or_default()
        .join(" ");
    let gap = if before.is_empty() { "" } else { " " };
    format!("{before}{gap}{words}{}", behind.concat().trim_end())
}

/// The words of a text with where they stand, edges without letters taken off.
fn words(text: &str) -> Vec<(Range<usize>, &str)> {
    let mut out = Vec::new();
    let mut at = 0;
    for piece in text.split_inclusive(char::is_whitespace) {
        let core = piece.trim_matches(|letter: char| !letter.is_alphanumeric());
        if !core.is_empty()
            && let Some(shift) = piece.find(core)
        {
            out.push((at + shift..at + shift + core.len(), core));
        }
        at += piece.len();
    }
    out
}

/// Points that are counted, in words.
fn points_counted(count: usize) -> String {
    match count {
        1 => "1 point".to_owned(),
        count => format!("{count} points"),
    }
}
