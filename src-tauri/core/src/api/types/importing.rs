//! A file before and after it is brought in.

use serde::{Deserialize, Serialize};

use crate::model::{MeetingId, Nature, ParticipantId};

/// A file, looked at before anything is changed.
#[derive(Clone, Debug, Serialize, Deserialize, ts_rs::TS)]
pub struct ImportFile {
    /// The meeting that it goes into; none = a new one.
    pub meeting: Option<MeetingId>,
    /// The file's name.
    pub name: String,
    /// Its bytes in base64; at most 16 MiB of them.
    pub bytes: String,
    /// The word for what it is; none = what it looks like.
    #[serde(default)]
    pub kind: Option<String>,
    /// The IANA zone in which its times were written, where it names none itself; none = the meeting's.
    #[serde(default)]
    pub zone: Option<String>,
}

/// A file that was let go over the window.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
pub struct DroppedFile {
    /// The file's name.
    pub name: String,
    /// Its bytes in base64; none of a shared meeting.
    pub bytes: String,
    /// Where it lies, if it is a shared meeting: that is taken in from there.
    pub shared: Option<String>,
    /// How many more files came with it, and were left.
    pub more: u32,
}

/// What a file can be taken for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
pub struct ImportKind {
    /// The word.
    pub word: String,
    /// In words: "an attendance report of Zoom".
    pub label: String,
}

/// Something in the file that one should look at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
pub struct ImportProblem {
    /// Line in the file, from 1.
    pub line: u32,
    /// What happened, and what was kept.
    pub message: String,
}

/// What becomes of somebody in the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[serde(rename_all = "snake_case")]
pub enum ImportAs {
    /// A new participant.
    New,
    /// Nobody; what they said stays, its speaker unresolved.
    LeftOut,
    /// This participant of the meeting.
    Participant(ParticipantId),
}

/// What speaks for somebody in the file being a participant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[serde(rename_all = "snake_case")]
pub enum ImportFit {
    /// An e-mail address or an id of the platform.
    Address,
    /// The whole name.
    Name,
    /// An alias, or initials.
    Alias,
    /// A name that is like it; to be asked about.
    Likeness,
}

/// Somebody whom one in the file may be.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
pub struct ImportCandidate {
    /// Who.
    pub participant: ParticipantId,
    /// Their name.
    pub name: String,
    /// What tells them from a namesake: a role, or the group.
    pub beside: String,
}

/// Somebody in the file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
pub struct ImportPerson {
    /// Place among the people of the file, from 0.
    pub of: u32,
    /// The name, without brackets and suffixes.
    pub name: String,
    /// Roles.
    pub roles: Vec<String>,
    /// Stakeholder group.
    pub group: String,
    /// E-mail address.
    pub email: String,
    /// Person, device, bot or telephone.
    pub nature: Nature,
    /// In how many stretches they were there.
    pub stretches: u32,
    /// Participants whom they may be, the likeliest first.
    pub fits: Vec<ImportCandidate>,
    /// What speaks for it; none where nobody fits.
    pub by: Option<ImportFit>,
    /// What is proposed. A likeness alone never makes two people one.
    pub proposed: ImportAs,
    /// Others of the file (by their place) with the same name: perhaps the same person.
    pub again: Vec<u32>,
}

/// What a file would bring.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
pub struct ImportPreview {
    /// What it is taken for.
    pub kind: ImportKind,
    /// Its people.
    pub people: Vec<ImportPerson>,
    /// Agenda items that it adds.
    pub items: u32,
    /// Points that it adds.
    pub points: u32,
    /// Passages of the report that it adds.
    pub passages: u32,
    /// Lines of a transcript that it adds.
    pub cues: u32,
    /// What was not understood, by line; at most 500.
    pub problems: Vec<ImportProblem>,
    /// How many more there are.
    pub more_problems: u32,
}

/// What was chosen for somebody in the file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
pub struct ImportChoice {
    /// Place among the people of the file, from 0.
    pub of: u32,
    /// The name, as it was looked at.
    pub name: String,
    /// What becomes of them.
    #[serde(rename = "as")]
    pub becomes: ImportAs,
}

/// A file to be brought in, as it was looked at.
#[derive(Clone, Debug, Serialize, Deserialize, ts_rs::TS)]
pub struct ImportApply {
    /// The file.
    pub file: ImportFile,
    /// What was chosen for its people; of the others, what was proposed becomes.
    pub people: Vec<ImportChoice>,
}

/// A file that was brought in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
pub struct Imported {
    /// The meeting that has it.
    pub meeting: MeetingId,
    /// What was done, in words.
    pub done: String,
    /// What was not understood, by line; at most 500.
    pub problems: Vec<ImportProblem>,
}
