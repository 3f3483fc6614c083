//! Files → a plan for the record. Parsing is pure, never panics, and never drops a line silently.

mod agenda;
mod attendance;
mod calendar;
mod collected;
mod columns;
mod dates;
mod encoding;
mod facts;
mod kind;
pub mod log;
mod names;
mod people;
mod pieces;
mod report;
mod roster;
mod shape;
mod table;
#[cfg(test)]
pub(crate) mod tests;
mod transcript;
mod when;

pub use encoding::{LARGEST, read, text_of};
pub use kind::{Kind, recognise};
pub use people::{Entry, people};
pub use report::report;

use chrono::{DateTime, Utc};
use chrono_tz::Tz;

use crate::env::Env;
use crate::error::{Error, Result};
use crate::model::inline::literal;
use crate::model::outline::outline;
use crate::model::text::clean;
use crate::model::{
    self, Attribution, Basis, Cue, Duty, Item, Meeting, MeetingView, OrderKey, Participant, ParticipantId, Passage,
    Point, PointId, PointView, Record, Turn,
};

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
    /// Who asked for the floor or held it.
    pub turns: Vec<Turn>,
    /// The transcript.
    pub cues: Vec<Cue>,
    /// The lines of a log, to be carried out one after the other.
    pub log: Option<log::Log>,
}

/// Something in a file that was not understood; it is kept in the record all the same.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Line in the file, from 1.
    pub line: u32,
    /// What happened, what was kept, and what to do.
    pub message: String,
}

/// What is known beside the text of a file.
#[derive(Clone, Copy, Debug)]
pub struct Given<'a> {
    /// The file's name, for what is told of it.
    pub name: &'a str,
    /// The zone in which the file's times were written, where it names none itself.
    pub zone: Option<Tz>,
    /// When the meeting or its recording started, where the file counts from there.
    pub starts: Option<DateTime<Utc>>,
    /// Who is behind the nicks of a log.
    pub aliases: Option<&'a log::Aliases>,
    /// Where ids and the time come from.
    pub ids: &'a dyn Env,
}

impl<'a> Given<'a> {
    /// A file's name and nothing else.
    #[must_use]
    pub fn new(name: &'a str, ids: &'a dyn Env) -> Self {
        Self {
            name,
            zone: None,
            starts: None,
            aliases: None,
            ids,
        }
    }
}

/// A file as it was understood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Taken {
    /// What it was taken for.
    pub kind: Kind,
    /// What it would put into the record.
    pub plan: Plan,
    /// What was not understood, by line.
    pub problems: Vec<Problem>,
}

/// The most rows of any kind that one file may put into the record.
const MOST_ROWS: usize = 50_000;

/// Takes a file for what it is said to be, or else for what it looks like.
///
/// # Errors
/// [`Error::Invalid`] with the reason where it is nothing that can be imported, or not what it is said to be.
pub fn take(bytes: &[u8], kind: Option<Kind>, given: &Given<'_>) -> Result<Taken> {
    let text = read(bytes)?;
    let kind = match kind {
        Some(kind) => kind,
        None => recognise(&text, given.name)?,
    };
    let (plan, mut problems) = match kind {
        Kind::Report | Kind::Minutes => report(&text, given.name, given.ids),
        Kind::ScribeLog | Kind::MeetBot | Kind::Chat => log::plan(&text, given),
        Kind::Zoom | Kind::Teams | Kind::Webex | Kind::Meet | Kind::BigBlueButton => {
            attendance::attendance(&text, kind, given)?
        }
        Kind::People => roster::roster(&text, given)?,
        Kind::Transcript => transcript::transcript(&text, given)?,
        Kind::Calendar => calendar::calendar(&text, given)?,
        Kind::Agenda => agenda::agenda(&text, given)?,
    };
    let rows = [plan.items.len(), plan.points.len(), plan.participants.len()];
    let lines = plan.log.as_ref().map_or(0, |log| log.entries.len());
    let more = [plan.passages.len(), plan.turns.len(), plan.cues.len(), lines];
    if rows.iter().chain(&more).sum::<usize>() > MOST_ROWS {
        return Err(Error::Invalid(format!(
            "it would put more than {MOST_ROWS} rows into the record, more than a meeting has; nothing was imported. Cut it first"
        )));
    }
    if let Some(problem) = unreadable(&text) {
        problems.push(problem);
    }
    problems.sort_by_key(|problem| problem.line);
    Ok(Taken { kind, plan, problems })
}

/// Keeps a line that is neither fact nor row: as a point that is set aside, so that it is found and not in the report.
/// The answer tells `why`.
fn kept(plan: &mut Plan, text: &str, line: u32, at: DateTime<Utc>, given: &Given<'_>, why: &str) -> Problem {
    let order = OrderKey::after(plan.points.last().map(|point| &point.order), at);
    let (words, _) = clean(text);
    let mut point = Point::new(PointId(given.ids.fresh_id()), order, at, literal(words.trim()));
    point.kind = model::Kind::Information;
    point.attribution = Attribution::Nobody;
    point.basis = Basis::Imported;
    point.set_aside = true;
    point.raw = words;
    given.name.clone_into(&mut point.source);
    point.source_line = line;
    plan.points.push(point);
    let start: String = text.trim().chars().take(60).collect();
    Problem {
        line,
        message: format!("\"{start}\" {why}; kept beside the minutes"),
    }
}

/// Tells of letters that could not be read in the file's encoding.
fn unreadable(text: &str) -> Option<Problem> {
    let count = text.matches('\u{FFFD}').count();
    let line = text.lines().position(|line| line.contains('\u{FFFD}'))?;
    Some(Problem {
        line: u32::try_from(line + 1).unwrap_or(u32::MAX),
        message: match count {
            1 => "a letter could not be read and was marked U+FFFD".to_owned(),
            _ => format!("{count} letters could not be read, here first; each was marked U+FFFD"),
        },
    })
}

impl Plan {
    /// The facts alone.
    #[must_use]
    pub fn new(meeting: Meeting) -> Self {
        Self {
            meeting,
            items: Vec::new(),
            points: Vec::new(),
            participants: Vec::new(),
            passages: Vec::new(),
            turns: Vec::new(),
            cues: Vec::new(),
            log: None,
        }
    }

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
            handovers: Vec::new(),
            turns: self.turns.clone(),
            passages: self.passages.clone(),
            cues: self.cues.clone(),
            votes: Vec::new(),
        }
    }
}
