//! The archive: open, read, write. Every write goes through one door.

mod backup;
mod beneath;
mod check;
mod read;
mod receive;
mod recover;
#[cfg(test)]
mod tests;
mod undo;
mod write;

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rusqlite::{Connection, TransactionBehavior};

use crate::document::Part;
use crate::env::Env;
use crate::error::{Error, Result};
use crate::model::{AuthorId, MeetingId, Record};
use crate::store::log::{self, Key, Loaded};
use crate::store::{self, meta, project};

pub use backup::backup;
pub use check::{Finding, Report, check};
pub(crate) use read::Snapshot;
pub(crate) use receive::{Received, Receiving, change_bytes, genesis, guarded, last_logged};
pub use recover::Recovered;
pub(crate) use recover::recover;
pub use undo::TakenBack;
pub use write::Edit;

/// How many documents stay in memory beside the ones being written.
const KEPT_DOCUMENTS: usize = 8;

/// One file with all meetings of this user.
#[derive(Debug)]
pub struct Archive {
    conn: Connection,
    path: PathBuf,
    read_only: Option<String>,
    env: Arc<dyn Env>,
    author: AuthorId,
    documents: HashMap<Key, Loaded>,
    /// While an action is tried out only: the record as the action left it, once it has.
    rehearsal: Option<Option<Box<Record>>>,
    /// The record that a report was last made of.
    read: Option<read::Read>,
    // Last, so that the private copy goes only after the connection is closed.
    _copy: Option<store::PrivateCopy>,
}

impl Archive {
    /// Opens the archive at `path`, making it where there is none. A file that cannot be written is opened for
    /// reading, through a private copy ([`Archive::read_only`] says why).
    ///
    /// # Errors
    /// [`Error::Newer`], [`Error::NotAnArchive`], [`Error::Damaged`]: the file is left as it is. [`Error::DiskFull`],
    /// [`Error::Io`]: it could not be made.
    pub fn open(path: &Path, env: Arc<dyn Env>) -> Result<Self> {
        let opened = store::open(path)?;
        let mut archive = Self {
            conn: opened.conn,
            path: path.to_owned(),
            read_only: opened.read_only,
            author: AuthorId::default(),
            documents: HashMap::new(),
            rehearsal: None,
            read: None,
            env,
            _copy: opened.copy,
        };
        archive.prepare()?;
        store::keep_log(&archive.conn, false)?;
        Ok(archive)
    }

    /// Makes what every archive has: an author, and a projection of this version.
    fn prepare(&mut self) -> Result<()> {
        let author = meta::get(&self.conn, "author")?;
        let projection = meta::get(&self.conn, "projection")?;
        if let (Some(author), Some(projection)) = (&author, &projection)
            && *projection == project::VERSION.to_string()
        {
            self.author = parse_author(author)?;
            return Ok(());
        }
        let fresh = AuthorId(self.env.fresh_id());
        let transaction = self.conn.transaction_with_behavior(TransactionBehavior::Immediate)?;
        // Another process may have made it while this one waited.
        let author = match meta::get(&transaction, "author")? {
            Some(author) => parse_author(&author)?,
            // Both are there before the first document is.
            None if !log::documents(&transaction)?.is_empty() => {
                return Err(Error::Damaged("the author of this archive is lost".to_owned()));
            }
            None => {
                meta::set(&transaction, "author", &fresh.to_string())?;
                fresh
            }
        };
        let projection = meta::get(&transaction, "projection")?;
        if projection.as_deref() != Some(&project::VERSION.to_string()) {
            // Nothing to do in a new file, which has no documents.
            rebuild_all(&transaction, self.env.as_ref())?;
            meta::set(&transaction, "projection", &project::VERSION.to_string())?;
        }
        transaction.commit()?;
        self.author = author;
        Ok(())
    }

    /// The file.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Why the archive can only be read; none = it can be written.
    #[must_use]
    pub fn read_only(&self) -> Option<&str> {
        self.read_only.as_deref()
    }

    /// How long a write waits for another process's before it is refused: ten seconds unless it is set here.
    ///
    /// # Errors
    /// Only if `SQLite` refuses.
    pub fn set_patience(&self, patience: std::time::Duration) -> Result<()> {
        Ok(self.conn.busy_timeout(patience)?)
    }

    /// Who writes in this archive.
    #[must_use]
    pub fn author(&self) -> AuthorId {
        self.author
    }

    /// Who writes here in one meeting: in one that is shared, whoever joined it.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn author_in(&self, meeting: MeetingId) -> Result<AuthorId> {
        let myself = store::share::myself(&self.conn, meeting)?;
        Ok(myself.map_or(self.author, |(me, _)| me))
    }

    /// A fresh id.
    #[must_use]
    pub fn fresh_id(&self) -> uuid::Uuid {
        self.env.fresh_id()
    }

    /// The clock and the source of ids.
    #[must_use]
    pub fn env(&self) -> &dyn Env {
        self.env.as_ref()
    }

    /// The instant now, UTC.
    #[must_use]
    pub fn now(&self) -> chrono::DateTime<chrono::Utc> {
        self.env.now()
    }

    /// The state of a document, for an editor to hand back with its text.
    ///
    /// # Errors
    /// [`Error::NotFound`] for a document that is not there, [`Error::Damaged`] for one that cannot be verified.
    pub(crate) fn rev(&mut self, meeting: MeetingId, part: Part) -> Result<String> {
        let key = (meeting, part);
        let row = log::document_row(&self.conn, key)?
            .ok_or_else(|| Error::NotFound(format!("there is no meeting {meeting}")))?;
        if !self.documents.contains_key(&key) {
            let loaded = log::load(&self.conn, row, self.env.fresh_id())?;
            self.documents.insert(key, loaded);
        }
        let loaded = self
            .documents
            .get_mut(&key)
            .ok_or_else(|| Error::Internal("a document vanished".to_owned()))?;
        log::catch_up(&self.conn, loaded)?;
        Ok(loaded.document.rev())
    }

    /// A number that changes when another process has written.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn data_version(&self) -> Result<i64> {
        Ok(self.conn.pragma_query_value(None, "data_version", |row| row.get(0))?)
    }

    /// A number that changes when this archive has written, and no other one on the same file.
    #[must_use]
    pub fn written(&self) -> u64 {
        self.conn.total_changes()
    }

    fn require_writable(&self) -> Result<()> {
        match &self.read_only {
            Some(reason) => Err(Error::ReadOnly(format!(
                "{reason}. Nothing was written; exports still work"
            ))),
            None => Ok(()),
        }
    }

    /// Loads a meeting's document before it is needed, so that the first line typed does not wait for it, and saves a
    /// snapshot where many changes have gathered.
    ///
    /// # Errors
    /// [`Error::Damaged`] when the document cannot be verified.
    pub fn warm(&mut self, meeting: MeetingId) -> Result<()> {
        for part in [Part::Meeting, Part::Internal] {
            let key = (meeting, part);
            let Some(row) = log::document_row(&self.conn, key)? else {
                continue;
            };
            if !self.documents.contains_key(&key) {
                let loaded = log::load(&self.conn, row, self.env.fresh_id())?;
                self.documents.insert(key, loaded);
            }
            if self.read_only.is_none()
                && let Some(loaded) = self.documents.get_mut(&key)
            {
                let transaction = self.conn.transaction_with_behavior(TransactionBehavior::Immediate)?;
                log::catch_up(&transaction, loaded)?;
                log::snapshot(&transaction, loaded)?;
                transaction.commit()?;
            }
        }
        Ok(())
    }

    /// Makes every projected row anew from the change log.
    ///
    /// # Errors
    /// [`Error::Damaged`] when a document cannot be verified; then nothing is changed.
    pub fn rebuild(&mut self) -> Result<()> {
        self.require_writable()?;
        let transaction = self.conn.transaction_with_behavior(TransactionBehavior::Immediate)?;
        rebuild_all(&transaction, self.env.as_ref())?;
        transaction.commit()?;
        Ok(())
    }

    /// Goes on as the author of another archive, of which this one is the rescue.
    pub(super) fn set_author(&mut self, author: AuthorId) -> Result<()> {
        meta::set(&self.conn, "author", &author.to_string())?;
        self.author = author;
        Ok(())
    }

    /// The connection, for queries.
    pub(crate) fn conn(&self) -> &Connection {
        &self.conn
    }
}

fn parse_author(text: &str) -> Result<AuthorId> {
    text.parse()
        .map_err(|_| Error::Damaged("the author of this archive".to_owned()))
}

/// Removes a file that this process was making and that is worth nothing, with what lies beside it.
fn discard(unfinished: &Path) {
    for suffix in ["", "-wal", "-shm", "-journal"] {
        // It may not have come to be.
        let _ = std::fs::remove_file(store::with_suffix(unfinished, suffix));
    }
}

fn rebuild_all(conn: &Connection, env: &dyn Env) -> Result<()> {
    for (row, key) in log::documents(conn)? {
        let mut loaded = log::load(conn, row, env.fresh_id())?;
        project::rebuild(conn, &mut loaded, key)?;
    }
    store::queries::count_anew(conn)
}
