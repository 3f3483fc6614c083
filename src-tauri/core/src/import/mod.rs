//! Files → a plan for the record. Parsing is pure, never panics, and never drops a line silently.

use crate::model::{Item, Meeting, Participant, Passage, Point};

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
