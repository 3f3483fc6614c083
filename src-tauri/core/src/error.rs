//! One error type; callers act upon its small [`Code`].

use serde::{Deserialize, Serialize};

/// What a caller can act upon.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[serde(rename_all = "snake_case")]
pub enum Code {
    /// There is no such thing.
    NotFound,
    /// The input makes no sense as it is; nothing was written.
    Invalid,
    /// The archive can be read but not written.
    ReadOnly,
    /// No room on the disk; nothing of the last action was written.
    DiskFull,
    /// The file is damaged; `check` and `recover` help.
    Damaged,
    /// The file was made by a newer Minuta.
    Newer,
    /// The file is no Minuta archive.
    NotAnArchive,
    /// Another process holds the archive for too long.
    Busy,
    /// Who carries the messages between laptops cannot be reached.
    NoContact,
    /// Reading or writing failed otherwise.
    Io,
    /// A defect of Minuta itself.
    Internal,
}

/// Everything that can go wrong. The message says what happened, what was kept, and what to do.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// There is no such thing.
    #[error("{0}")]
    NotFound(String),
    /// The input makes no sense.
    #[error("{0}")]
    Invalid(String),
    /// The archive cannot be written.
    #[error("the archive is open for reading only: {0}")]
    ReadOnly(String),
    /// No room on the disk.
    #[error("the disk is full: the last action was not saved, everything before it was. Make room and try again")]
    DiskFull,
    /// The file is damaged.
    #[error(
        "the archive is damaged: {0}. Nothing was changed; `check` names what is hit and `recover` saves what is whole"
    )]
    Damaged(String),
    /// The file is of a newer version.
    #[error(
        "the archive was written by a newer Minuta (version {found}, this one knows {known}). Nothing was changed; open it with that version"
    )]
    Newer {
        /// The file's version.
        found: i64,
        /// The newest that this program knows.
        known: i64,
    },
    /// The file is something else.
    #[error("{0} is not a Minuta archive; it was left as it is")]
    NotAnArchive(String),
    /// Locked for too long.
    #[error("another program is writing to the archive and did not finish in time; nothing was written. Try again")]
    Busy,
    /// The hub cannot be reached.
    #[error("no contact: {0}. Everything stays on this laptop and is sent when there is contact again")]
    NoContact(String),
    /// `SQLite` said otherwise.
    #[error("the archive could not be read or written: {0}")]
    Sqlite(rusqlite::Error),
    /// A file could not be read or written.
    #[error("{what}: {why}")]
    Io {
        /// What was tried.
        what: String,
        /// Why it failed. Not a `source`: the message says it, and a chain of causes would say it twice.
        why: std::io::Error,
    },
    /// A defect.
    #[error("a defect in Minuta: {0}. Nothing was written")]
    Internal(String),
}

/// Shorthand.
pub type Result<T, E = Error> = std::result::Result<T, E>;

impl Error {
    /// What a caller can act upon.
    #[must_use]
    pub fn code(&self) -> Code {
        match self {
            Self::NotFound(_) => Code::NotFound,
            Self::Invalid(_) => Code::Invalid,
            Self::ReadOnly(_) => Code::ReadOnly,
            Self::DiskFull => Code::DiskFull,
            Self::Damaged(_) => Code::Damaged,
            Self::Newer { .. } => Code::Newer,
            Self::NotAnArchive(_) => Code::NotAnArchive,
            Self::Busy => Code::Busy,
            Self::NoContact(_) => Code::NoContact,
            Self::Sqlite(_) | Self::Io { .. } => Code::Io,
            Self::Internal(_) => Code::Internal,
        }
    }

    /// An [`Error::Io`] with what was tried.
    pub fn io(what: impl Into<String>) -> impl FnOnce(std::io::Error) -> Self {
        let what = what.into();
        move |why| {
            if why.kind() == std::io::ErrorKind::StorageFull {
                Self::DiskFull
            } else {
                Self::Io { what, why }
            }
        }
    }
}

impl From<rusqlite::Error> for Error {
    fn from(error: rusqlite::Error) -> Self {
        use rusqlite::ErrorCode as Sql;
        match error.sqlite_error_code() {
            Some(Sql::DiskFull) => Self::DiskFull,
            Some(Sql::DatabaseCorrupt) => Self::Damaged(error.to_string()),
            Some(Sql::NotADatabase) => Self::NotAnArchive("the file".to_owned()),
            Some(Sql::ReadOnly | Sql::PermissionDenied) => Self::ReadOnly(error.to_string()),
            Some(Sql::DatabaseBusy | Sql::DatabaseLocked) => Self::Busy,
            _ => Self::Sqlite(error),
        }
    }
}

impl From<automerge::AutomergeError> for Error {
    fn from(error: automerge::AutomergeError) -> Self {
        Self::Internal(format!("document: {error}"))
    }
}

impl From<serde_json::Error> for Error {
    fn from(error: serde_json::Error) -> Self {
        Self::Internal(format!("json: {error}"))
    }
}
