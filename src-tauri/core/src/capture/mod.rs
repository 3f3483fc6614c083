//! The line grammar: one typed line → a [`Line`].
//!
//! The same parser reads the capture bar, the standard input of `minuta-cli capture` and the lines of imported logs.
//! It is pure, and it never rejects: what is no command is a point with its text unchanged. It does not know what day it
//! is; [`due()`] and [`dates`] turn its phrases into days. Nor does it say who is meant: [`roster`] matches its names
//! against the participants. Of these [`parse_among`] only asks whether one of them is called so, where words do not look
//! like a name: "Room 4: hello".
//!
//! | file | what it reads |
//! | --- | --- |
//! | `parse` | the order in which a line is tried |
//! | `agenda` | `topic:`, `agenda+`, `/next`, Zakim's agenda phrases |
//! | `facts` | `meeting:`, `date:`, `participant:` … |
//! | `people` | attendance, duties, the queue |
//! | `mend` | `s/old/new/`, `i/where/line/` |
//! | `meetbot` | `#words` |
//! | `said` | everything else: points, their speaker and kind |
//! | `owner`, [`due()`] | what an action says of who and when |
//! | `words` | the tables of words |
//! | [`grammar_table`] | the same for people to read |

mod agenda;
pub mod dates;
mod due;
mod facts;
mod meetbot;
mod mend;
mod owner;
mod parse;
mod people;
pub mod roster;
mod said;
mod table;
mod words;

#[cfg(test)]
mod tests;

use serde::Serialize;
use ts_rs::TS;

use crate::model::{Kind, TurnKind};

pub use dates::When;
pub use due::{Due, due, due_phrase};
pub use parse::{parse, parse_among};
pub(crate) use roster::folded;
pub use roster::{Match, initials, resolve, resolve_typed};
pub use table::{GrammarRow, grammar_table};

/// One line as typed, and what it says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct Line {
    /// The line as typed, untouched.
    pub raw: String,
    /// What it says.
    pub command: Command,
}

/// What a line says. Names are as typed, a leading `@` included ([`resolve_typed`] reads them).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Command {
    /// Nothing but white space.
    Blank,
    /// A point for the record.
    Point(Said),
    /// Opens an agenda item: the one of this title, or a new one.
    Topic {
        /// The title.
        title: String,
    },
    /// Opens a section of the current item.
    Subtopic {
        /// The title.
        title: String,
    },
    /// Adds an item to the end of the agenda, without opening it.
    AgendaAdd {
        /// The title.
        title: String,
    },
    /// Takes an item off the agenda.
    AgendaRemove {
        /// Its number as typed.
        item: String,
    },
    /// Gives an item another title.
    AgendaRename {
        /// Its number as typed.
        item: String,
        /// The new title.
        title: String,
    },
    /// Closes the current item and opens the next one.
    Next,
    /// Passes the current item over.
    Skip,
    /// Leaves the current item for another meeting.
    Defer,
    /// Nothing was reported under the current item.
    NoUpdate,
    /// Opens an item.
    Take {
        /// Its number as typed: "3", "3.1".
        item: String,
    },
    /// Closes an item and opens none.
    Close {
        /// Its number as typed; none = the current one.
        item: Option<String>,
    },
    /// The name of the meeting, for the title block.
    MeetingName {
        /// The name.
        name: String,
    },
    /// When the meeting is or was.
    Date {
        /// As typed.
        text: String,
        /// As understood; none where it was not.
        when: Option<When>,
    },
    /// The recording: a link, or words about it.
    Recording {
        /// As typed.
        text: String,
    },
    /// The next meeting.
    NextMeeting {
        /// As typed.
        text: String,
        /// As understood; none where it was not.
        when: Option<When>,
    },
    /// A new participant, also beside a namesake.
    Participant {
        /// The name.
        name: String,
        /// The roles in order.
        roles: Vec<String>,
    },
    /// Who is here. No names with `add` and `remove`: the one who types.
    Present {
        /// What happens to the list.
        change: Change,
        /// Who.
        names: Vec<String>,
    },
    /// Who sent apologies. No names with `add` and `remove`: the one who types.
    Regrets {
        /// What happens to the list.
        change: Change,
        /// Who.
        names: Vec<String>,
    },
    /// Who moderates. No names with `add` and `remove`: the one who types.
    Chair {
        /// What happens to the list.
        change: Change,
        /// Who.
        names: Vec<String>,
    },
    /// Who is the rapporteur. No names with `add` and `remove`: the one who types.
    Scribe {
        /// What happens to the list.
        change: Change,
        /// Who.
        names: Vec<String>,
    },
    /// Asks for the floor.
    Ask {
        /// Who; empty = the one who types.
        names: Vec<String>,
        /// Why, as far as the reason's first words tell.
        kind: TurnKind,
        /// What about; may be empty.
        reason: String,
        /// Whether before those who wait already (`qq+`).
        front: bool,
    },
    /// Lets others go first: to the end of the queue.
    Later {
        /// Who; empty = the one who types.
        names: Vec<String>,
    },
    /// Leaves the queue.
    Withdraw {
        /// Who; empty = the one who types.
        names: Vec<String>,
    },
    /// The queue is these, in this order.
    SetQueue {
        /// Who; empty = nobody.
        names: Vec<String>,
    },
    /// Asks who is in the queue; changes nothing.
    ShowQueue,
    /// Gives the floor.
    Acknowledge {
        /// To whom; none = the first of the queue.
        name: Option<String>,
    },
    /// Mends earlier points. Where `old` is found nowhere, the line stays visible as a point.
    Substitute {
        /// The words to find, literally; never empty.
        old: String,
        /// The words in their place; may be empty.
        new: String,
        /// Which points.
        scope: Scope,
    },
    /// Puts a line before the latest point that holds some words. Where none does, the line stays visible as a point.
    InsertBefore {
        /// The words to find, literally; never empty.
        before: String,
        /// The line to put there; never itself a mending.
        line: Box<Line>,
    },
    /// Takes back the last action.
    Undo,
    /// The meeting begins.
    Start {
        /// Its name, where given.
        name: Option<String>,
    },
    /// The meeting is over.
    End,
}

/// What happens to a list of people.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Change {
    /// They are added.
    Add,
    /// They are taken off.
    Remove,
    /// They replace those on it.
    Set,
}

/// Which points a substitution mends.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Scope {
    /// The latest one that holds the words.
    Latest,
    /// All before (`/g`).
    Before,
    /// All, before and after (`/G`).
    All,
}

/// A point, as one line says it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct Said {
    /// What sort of contribution; of no meaning where `continues`: it is then the kind of the point before.
    pub kind: Kind,
    /// The words without their prefixes, as typed, trimmed; never empty.
    pub text: String,
    /// Whose words.
    pub speaker: Speaker,
    /// Off the record.
    pub internal: bool,
    /// Goes on as the last point.
    pub continues: bool,
    /// Who is to do it, as typed (actions only). The names stand in `text` too.
    pub owners: Vec<String>,
    /// Whether the owners may be plain words instead ("talk to Bruna"): they count only where they fit a participant.
    pub owners_must_fit: bool,
    /// By when (actions only). The phrase stands in `text` too.
    pub due: Option<Due>,
}

impl Said {
    /// A remark by whoever holds the floor, nothing in it read.
    pub(crate) fn literal(text: &str) -> Self {
        Self {
            kind: Kind::Remark,
            text: text.to_owned(),
            speaker: Speaker::Floor,
            internal: false,
            continues: false,
            owners: Vec::new(),
            owners_must_fit: false,
            due: None,
        }
    }
}

/// Whose words a line says it holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Speaker {
    /// None given: whoever holds the floor.
    Floor,
    /// Nobody in particular, on purpose.
    Nobody,
    /// Somebody named; may fit one participant, several or none.
    Candidate {
        /// The name as typed, without `@` and colon.
        text: String,
        /// Typed with `@`: a unique prefix counts.
        at: bool,
    },
    /// Somebody, not known who.
    Unknown,
    /// The speaker of the point that this one continues.
    Continues,
}
