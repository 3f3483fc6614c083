//! Files → a plan for the record. Parsing is pure, never panics, and never drops a line silently.

mod dates;
mod facts;
pub mod log;
mod people;
mod pieces;
mod report;
mod shape;
#[cfg(test)]
pub(crate) mod tests;

pub use people::{Entry, people};
pub use report::report;

use crate::error::{Error, Result};
use crate::model::outline::outline;
use crate::model::{Duty, Item, Meeting, MeetingView, Participant, ParticipantId, Passage, Point, PointView, Record};

/// What an imported file would put into the record. Ids are already given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plan {
    /// The facts.
    pub meeting: Meeting,
    /// The agenda.
    pub items: Vec<Item>,
    /// The points.
    pub points: Vec<Point>,
    /// The participants.
    pub participants: Vec<Participant>,
    /// The passages.
    pub passages: Vec<Passage>,
}

/// Something in a file that was not understood; it is kept in the record all the same.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Line in the file, from 1.
    pub line: u32,
    /// What happened, what was kept, and what to do.
    pub message: String,
}

/// The text of a file: by its byte order mark, as UTF-8 where it is that, else as Latin-1, in which every byte is a
/// letter and nothing gets lost.
#[must_use]
pub fn text_of(bytes: &[u8]) -> String {
    let wide = |bytes: &[u8], unit: fn([u8; 2]) -> u16| {
        let units: Vec<u16> = bytes
            .chunks(2)
            .map(|pair| unit([pair.first().copied().unwrap_or(0), pair.get(1).copied().unwrap_or(0)]))
            .collect();
        String::from_utf16_lossy(&units)
    };
    match bytes {
        [0xEF, 0xBB, 0xBF, rest @ ..] => String::from_utf8_lossy(rest).into_owned(),
        [0xFF, 0xFE, rest @ ..] => wide(rest, u16::from_le_bytes),
        [0xFE, 0xFF, rest @ ..] => wide(rest, u16::from_be_bytes),
        _ => match std::str::from_utf8(bytes) {
            Ok(text) => text.to_owned(),
            Err(_) => bytes.iter().map(|byte| char::from(*byte)).collect(),
        },
    }
}

/// The text of a file that is to be imported.
///
/// # Errors
/// [`Error::Invalid`] where there is none, or where it is no text: then more than one character in twenty is a control
/// (in what packs, draws or sounds it is one in five; in text, however odd, hardly any).
pub fn read(bytes: &[u8]) -> Result<String> {
    let text = text_of(bytes);
    let (mut all, mut controls, mut blank) = (0_usize, 0_usize, true);
    for letter in text.chars() {
        all += 1;
        controls += usize::from(letter.is_control() && !letter.is_whitespace());
        blank &= letter.is_whitespace() || letter == '\u{FEFF}';
    }
    if blank {
        return Err(Error::Invalid(
            "there is no text in it; nothing was imported".to_owned(),
        ));
    }
    if controls > 1 && controls * 20 > all {
        return Err(Error::Invalid(
            "it is no text file; nothing was imported. Save it as text or Markdown first".to_owned(),
        ));
    }
    Ok(text)
}

impl Plan {
    /// The record as it will be once this plan is in it: what a preview shows, and what generated sentences are
    /// compared with.
    #[must_use]
    pub fn record(&self) -> Record {
        let with = |duty: &Duty| -> Vec<ParticipantId> {
            let has = |person: &&Participant| person.duty == *duty || person.duty == Duty::Both;
            self.participants.iter().filter(has).map(|person| person.id).collect()
        };
        Record {
            meeting: MeetingView {
                moderators: with(&Duty::Moderator),
                rapporteurs: with(&Duty::Rapporteur),
                meeting: self.meeting.clone(),
            },
            items: outline(self.items.clone()),
            points: self
                .points
                .iter()
                .map(|point| PointView { point: point.clone() })
                .collect(),
            participants: self.participants.clone(),
            turns: Vec::new(),
            passages: self.passages.clone(),
            cues: Vec::new(),
            votes: Vec::new(),
        }
    }
}
