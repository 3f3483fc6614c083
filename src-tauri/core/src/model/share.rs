//! What sharing a meeting speaks of: who may do what, which way a message goes, and what was set aside.

use std::fmt;
use std::str::FromStr;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::{AuthorId, MeetingId};

/// What somebody may do in a shared meeting.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ts_rs::TS)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Reads the meeting.
    Observer,
    /// Reads and writes the meeting.
    Editor,
    /// Reads and writes the meeting and what is off the record.
    Scribe,
    /// As a scribe; invites and withdraws besides.
    Owner,
}

impl Role {
    /// Every role, the least first.
    pub const ALL: [Self; 4] = [Self::Observer, Self::Editor, Self::Scribe, Self::Owner];

    /// The word in tables and messages.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Observer => "observer",
            Self::Editor => "editor",
            Self::Scribe => "scribe",
            Self::Owner => "owner",
        }
    }

    /// Reads the word.
    #[must_use]
    pub fn of(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.word() == word)
    }

    /// The lanes that are read in this role.
    #[must_use]
    pub fn lanes(self) -> &'static [Lane] {
        if self.reads(Lane::Internal) {
            &[Lane::Members, Lane::Meeting, Lane::Internal]
        } else {
            &[Lane::Members, Lane::Meeting]
        }
    }

    /// Whether what goes on a lane may be read.
    #[must_use]
    pub fn reads(self, lane: Lane) -> bool {
        lane != Lane::Internal || self >= Self::Scribe
    }

    /// Whether changes may be written on a lane.
    #[must_use]
    pub fn writes(self, lane: Lane) -> bool {
        match lane {
            Lane::Members => false,
            Lane::Meeting => self >= Self::Editor,
            Lane::Internal => self >= Self::Scribe,
        }
    }
}

impl fmt::Display for Role {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

/// One of the ways on which a meeting's messages go.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ts_rs::TS)]
#[serde(rename_all = "snake_case")]
pub enum Lane {
    /// Who belongs to the meeting: statements.
    Members,
    /// Changes of the meeting.
    Meeting,
    /// Changes of what is off the record; only scribes and the owner are on it.
    Internal,
}

impl Lane {
    /// Every lane.
    pub const ALL: [Self; 3] = [Self::Members, Self::Meeting, Self::Internal];

    /// The word in tables and subjects.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Members => "members",
            Self::Meeting => "meeting",
            Self::Internal => "internal",
        }
    }

    /// Reads the word.
    #[must_use]
    pub fn of(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|lane| lane.word() == word)
    }

    /// The number in a message.
    #[must_use]
    pub fn number(self) -> u8 {
        match self {
            Self::Members => 0,
            Self::Meeting => 1,
            Self::Internal => 2,
        }
    }

    /// Reads the number.
    #[must_use]
    pub fn numbered(number: u8) -> Option<Self> {
        Self::ALL.into_iter().find(|lane| lane.number() == number)
    }
}

impl fmt::Display for Lane {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

/// Which message: the same on every laptop, and without a meaning to who does not have the meeting's keys.
#[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct MessageId(pub [u8; 32]);

impl fmt::Display for MessageId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for MessageId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl FromStr for MessageId {
    type Err = NoMessageId;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let mut id = [0_u8; 32];
        if text.len() != 64 || !text.is_ascii() {
            return Err(NoMessageId);
        }
        for (byte, digits) in id.iter_mut().zip(text.as_bytes().chunks_exact(2)) {
            let digits = std::str::from_utf8(digits).map_err(|_| NoMessageId)?;
            if digits.starts_with('+') {
                return Err(NoMessageId);
            }
            *byte = u8::from_str_radix(digits, 16).map_err(|_| NoMessageId)?;
        }
        Ok(Self(id))
    }
}

/// A text that is no [`MessageId`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not 64 hexadecimal digits")]
pub struct NoMessageId;

/// How a member stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// May do what the role allows.
    Good,
    /// Was withdrawn: what was written before stands.
    Withdrawn,
    /// Cannot prove any more who it is, of this archive itself: joins again by a new invitation.
    Unproved,
}

/// Somebody who belongs to a shared meeting.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
pub struct Member {
    /// Who.
    pub author: AuthorId,
    /// The name that they gave themselves.
    pub name: String,
    /// What they may do.
    pub role: Role,
    /// How they stand.
    pub standing: Standing,
    /// Whether it is this archive.
    pub me: bool,
}

/// An invitation, without its secrets.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
pub struct Invited {
    /// Its public key, in hexadecimal digits: by this it is withdrawn.
    pub key: String,
    /// What it lets do.
    pub role: Role,
    /// How it stands.
    pub standing: Standing,
    /// Who joined by it.
    pub members: Vec<AuthorId>,
    /// Its text, where this archive made it and still keeps it.
    pub text: Option<String>,
}

/// Why a message was not applied.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ts_rs::TS)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// It carries no signature.
    Unsigned,
    /// The signature is not that of who it says it is from, or it changes what another wrote.
    Forged,
    /// It was changed on its way.
    Tampered,
    /// Who signed it is not known here yet, or not any more.
    NoRight,
    /// It is sealed with a key that is not here.
    UnknownKey,
    /// It rests on a change that is not here yet.
    Waiting,
    /// It is no message of this form.
    Malformed,
}

impl Reason {
    /// Every reason.
    pub const ALL: [Self; 7] = [
        Self::Unsigned,
        Self::Forged,
        Self::Tampered,
        Self::NoRight,
        Self::UnknownKey,
        Self::Waiting,
        Self::Malformed,
    ];

    /// The word in the table.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Unsigned => "unsigned",
            Self::Forged => "forged",
            Self::Tampered => "tampered",
            Self::NoRight => "no_right",
            Self::UnknownKey => "unknown_key",
            Self::Waiting => "waiting",
            Self::Malformed => "malformed",
        }
    }

    /// Reads the word.
    #[must_use]
    pub fn of(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|reason| reason.word() == word)
    }

    /// Whether it may yet be applied: when a statement, a key or an earlier change arrives.
    #[must_use]
    pub fn may_pass(self) -> bool {
        matches!(self, Self::NoRight | Self::UnknownKey | Self::Waiting)
    }
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Unsigned => "unsigned",
            Self::Forged => "forged",
            Self::Tampered => "tampered with",
            Self::NoRight => "by somebody without the right",
            Self::UnknownKey => "sealed with an unknown key",
            Self::Waiting => "waiting for an earlier change",
            Self::Malformed => "malformed",
        })
    }
}

/// A message that was received and not applied.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
pub struct SetAside {
    /// Which, in hexadecimal digits.
    pub message: String,
    /// On which lane it came.
    pub lane: Lane,
    /// Why.
    pub reason: Reason,
    /// From whom, as far as that is known.
    pub sender: Option<AuthorId>,
    /// The sender's name, if it is a member's.
    pub name: String,
    /// When it came, UTC.
    #[ts(type = "string")]
    pub at: DateTime<Utc>,
}

/// A line of the connection log. It says when and how many, never what.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
pub struct LogLine {
    /// When, UTC.
    #[ts(type = "string")]
    pub at: DateTime<Utc>,
    /// What happened, in words.
    pub event: String,
}

/// How the sharing of a meeting stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
pub struct ShareState {
    /// Which meeting.
    pub meeting: MeetingId,
    /// What this archive may do in it.
    pub role: Role,
    /// Whether that still stands.
    pub standing: Standing,
    /// Where the laptops meet.
    pub servers: Vec<String>,
    /// This archive's file of credentials for them; empty = none.
    pub credentials: String,
    /// The file with the certificate of their authority; empty = the system's.
    pub authority: String,
    /// Who belongs to it.
    pub members: Vec<Member>,
    /// The invitations; empty for who is not the owner.
    pub invitations: Vec<Invited>,
    /// How many changes of this archive nobody has acknowledged yet.
    pub waiting: u32,
    /// When the hub was last reached, UTC.
    #[ts(type = "string | null")]
    pub contact: Option<DateTime<Utc>>,
    /// How many messages are set aside.
    pub aside: u32,
}
