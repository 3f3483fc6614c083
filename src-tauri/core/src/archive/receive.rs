//! The door for what comes from other laptops: as [`Archive::write`], one immediate transaction, only that the changes are
//! made already.

use std::collections::{HashMap, HashSet};

use automerge::{Change, ChangeHash};
use chrono::{DateTime, Utc};
use rusqlite::{Connection, TransactionBehavior, params};
use uuid::Uuid;

use super::Archive;
use crate::document::{Document, Gathered, Origin, Part};
use crate::env::Env;
use crate::error::{Error, Result};
use crate::model::{AuthorId, Meeting, MeetingId, Noun as _};
use crate::store::log::{self, Key, Loaded};
use crate::store::{contest, project};

/// Up to so many changes are taken in on one thread.
const FEW: usize = 32;

/// A change of the log as it is stored: its number, its hash, its bytes.
pub(crate) type Logged = (i64, ChangeHash, Vec<u8>);

/// Something received, under way into the archive.
#[derive(Debug)]
pub(crate) struct Receiving<'a> {
    conn: &'a Connection,
    documents: &'a mut HashMap<Key, Loaded>,
    fresh: Vec<Key>,
    env: &'a dyn Env,
    meeting: MeetingId,
    now: DateTime<Utc>,
    /// Whether the changes themselves were refused, if something went wrong.
    refused: bool,
}

/// How receiving ended.
#[derive(Debug)]
pub(crate) enum Received<R> {
    /// All of it is in the archive.
    Done(R),
    /// Nothing of it is: the document refuses a change.
    Refused,
}

impl Archive {
    /// Takes something in. Where a document refuses a change, nothing of it stays, and that is no error.
    ///
    /// # Errors
    /// Why it could not be saved; nothing of it is in the archive then.
    pub(crate) fn receive<R>(
        &mut self,
        meeting: MeetingId,
        act: impl FnOnce(&mut Receiving<'_>) -> Result<R>,
    ) -> Result<Received<R>> {
        self.require_writable()?;
        self.make_room(meeting);
        let transaction = self.conn.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let mut receiving = Receiving {
            conn: &transaction,
            documents: &mut self.documents,
            fresh: Vec::new(),
            env: self.env.as_ref(),
            meeting,
            now: self.env.now(),
            refused: false,
        };
        let outcome = act(&mut receiving);
        let fresh = std::mem::take(&mut receiving.fresh);
        let refused = receiving.refused;
        let outcome = match (outcome, refused) {
            (Ok(answer), false) => transaction
                .commit()
                .map(|()| Received::Done(answer))
                .map_err(Error::from),
            (_, true) => {
                drop(transaction);
                Ok(Received::Refused)
            }
            (Err(error), false) => {
                drop(transaction);
                Err(error)
            }
        };
        if !matches!(outcome, Ok(Received::Done(_))) {
            for key in fresh {
                self.documents.remove(&key);
            }
        }
        outcome
    }
}

impl<'a> Receiving<'a> {
    /// The connection, inside the transaction.
    pub(crate) fn conn(&self) -> &'a Connection {
        self.conn
    }

    /// The source of ids and chance.
    pub(crate) fn env(&self) -> &'a dyn Env {
        self.env
    }

    /// When this happens.
    pub(crate) fn now(&self) -> DateTime<Utc> {
        self.now
    }

    /// The document, up to date; none where there is none.
    fn loaded(&mut self, part: Part) -> Result<Option<&mut Loaded>> {
        let key = (self.meeting, part);
        if !self.fresh.contains(&key) {
            let Some(row) = log::document_row(self.conn, key)? else {
                return Ok(None);
            };
            self.fresh.push(key);
            match self.documents.get_mut(&key) {
                Some(loaded) => log::catch_up(self.conn, loaded)?,
                None => {
                    let loaded = log::load(self.conn, row, self.env.fresh_id())?;
                    self.documents.insert(key, loaded);
                }
            }
        }
        Ok(self.documents.get_mut(&key))
    }

    /// Which of these changes the document does not have. The genesis, which every laptop has, is never missing.
    pub(crate) fn missing(&mut self, part: Part, hashes: &[ChangeHash]) -> Result<Vec<ChangeHash>> {
        let mut missing = match self.loaded(part)? {
            Some(loaded) => loaded.document.missing(hashes),
            None => hashes.to_vec(),
        };
        let genesis = genesis(self.env)?;
        missing.retain(|hash| Some(*hash) != genesis);
        Ok(missing)
    }

    /// The last change of the log.
    pub(crate) fn last_logged(&self, part: Part) -> Result<i64> {
        last_logged(self.conn, (self.meeting, part))
    }

    /// The numbers in the log of changes that are there already. Reads the whole list: asked only where two parcels hold
    /// the same change, which is rare.
    pub(crate) fn numbers_of(&self, part: Part, hashes: &[ChangeHash]) -> Result<HashMap<ChangeHash, i64>> {
        let wanted: HashSet<&ChangeHash> = hashes.iter().collect();
        let mut found = HashMap::new();
        if let Some(row) = log::document_row(self.conn, (self.meeting, part))? {
            let mut statement = self
                .conn
                .prepare_cached("SELECT seq, hash FROM change WHERE document = ?1")?;
            let mut rows = statement.query([row])?;
            while let Some(row) = rows.next()? {
                if let Ok(hash) = ChangeHash::try_from(row.get_ref(1)?.as_blob().unwrap_or_default())
                    && wanted.contains(&hash)
                {
                    found.insert(hash, row.get(0)?);
                }
            }
        }
        Ok(found)
    }

    /// The changes of the log after one.
    pub(crate) fn logged_after(&mut self, part: Part, seq: i64) -> Result<Vec<Logged>> {
        let Some(row) = log::document_row(self.conn, (self.meeting, part))? else {
            return Ok(Vec::new());
        };
        let mut statement = self
            .conn
            .prepare_cached("SELECT seq, hash, bytes FROM change WHERE document = ?1 AND seq > ?2 ORDER BY seq")?;
        let mut rows = statement.query(params![row, seq])?;
        let mut found = Vec::new();
        while let Some(row) = rows.next()? {
            let seq = row.get(0)?;
            let hash = ChangeHash::try_from(row.get_ref(1)?.as_blob().unwrap_or_default())
                .map_err(|_| Error::Damaged(format!("change {seq} has no hash")))?;
            found.push((seq, hash, row.get(2)?));
        }
        Ok(found)
    }

    /// Who made a change, if the document is in memory and has it: to read its bytes for this would take far longer.
    pub(crate) fn origin(&mut self, part: Part, hash: &ChangeHash) -> Option<Origin> {
        let loaded = self.documents.get_mut(&(self.meeting, part))?;
        loaded.document.origin(hash)
    }

    /// Puts changes into the document and the log, and projects what they touched. All that they rest on must be there or
    /// among them, and none may be there already. Answers with their numbers in the log.
    pub(crate) fn apply(&mut self, part: Part, changes: Vec<Change>) -> Result<Vec<i64>> {
        let key = (self.meeting, part);
        if self.loaded(part)?.is_none() {
            // Nothing but the genesis, which all laptops have: who it is comes with what arrives.
            let loaded = log::create_blank(self.conn, key, self.env.fresh_id())?;
            self.documents.insert(key, loaded);
            self.fresh.push(key);
        }
        let conn = self.conn;
        let Some(loaded) = self.documents.get_mut(&key) else {
            return Err(Error::Internal("a document vanished".to_owned()));
        };
        let applied = guarded(|| apply(conn, key, loaded, changes))
            .unwrap_or_else(|| Err(Error::Damaged("a change makes no sense".to_owned())));
        match applied {
            // What the changes say cannot be read or contradicts the document: no defect of this archive, which was
            // read and verified a moment ago.
            Err(error @ (Error::Damaged(_) | Error::Internal(_) | Error::Invalid(_))) => {
                self.refused = true;
                Err(error)
            }
            other => other,
        }
    }
}

/// Does something with changes that somebody else made; none where the library gives up on them. It trusts that they make
/// sense, which a member who means harm need not care for. What it was at must not be used any more.
pub(crate) fn guarded<R>(act: impl FnOnce() -> R) -> Option<R> {
    std::panic::catch_unwind(std::panic::AssertUnwindSafe(act)).ok()
}

fn apply(conn: &Connection, key: Key, loaded: &mut Loaded, changes: Vec<Change>) -> Result<Vec<i64>> {
    let (row, document) = (loaded.row, &mut loaded.document);
    let there = if changes.len() > FEW { document.things() } else { None };
    let written = if changes.len() > FEW {
        // Putting many into the document takes as long as writing their rows: each on a thread of its own.
        let copies = changes.clone();
        std::thread::scope(|scope| {
            let putting = scope.spawn(|| put_in(document, key, copies));
            let written = write(conn, key, row, &changes, there.as_ref());
            match putting.join() {
                Ok(put) => put.and(written),
                Err(panic) => std::panic::resume_unwind(panic),
            }
        })
    } else {
        put_in(document, key, changes.clone()).and_then(|()| write(conn, key, row, &changes, None))
    };
    let Written {
        seqs,
        authors,
        gathered,
    } = written?;
    if let Some(last) = seqs.last() {
        loaded.seq = *last;
    }
    let touched = loaded.document.touched_by(gathered);
    loaded.seen.forget(&touched);
    // What one author made, and nobody here has ever seen, nobody can have set to something else: the many lines of a
    // laptop that was away need no review, unless what they stand beneath was deleted here.
    let is_any_there = match &there {
        Some(there) => touched
            .keys()
            .any(|thing| thing.0 == Meeting::ROOT || there.contains(thing)),
        None => project::is_any_there(conn, row, &touched)?,
    };
    project::unmade(conn, &loaded.document, row, key, &touched)?;
    if authors.len() == 1 && !is_any_there && !contest::is_any_beneath_deleted(conn, row, &touched)? {
        loaded.reviewed = loaded.document.heads();
    } else {
        contest::review(conn, loaded, key)?;
    }
    Ok(seqs)
}

/// Puts changes into the document, which must have all that they rest on, and must still be the same one afterwards.
fn put_in(document: &mut Document, key: Key, changes: Vec<Change>) -> Result<()> {
    let hashes: Vec<_> = changes.iter().map(Change::hash).collect();
    document.apply(changes)?;
    if let Some(missing) = document.missing(&hashes).first() {
        return Err(Error::Internal(format!("change {missing} is missing")));
    }
    if document.identity() != Some(key) {
        return Err(Error::Damaged("the document says that it is another one".to_owned()));
    }
    Ok(())
}

/// What was written of changes without asking the document.
struct Written {
    seqs: Vec<i64>,
    authors: HashSet<Option<AuthorId>>,
    gathered: Gathered,
}

/// Writes changes into the log, and the rows of what they made, where `there` tells that nothing of it was there.
fn write(
    conn: &Connection,
    key: Key,
    row: i64,
    changes: &[Change],
    there: Option<&HashSet<(&'static str, Uuid)>>,
) -> Result<Written> {
    let mut written = Written {
        seqs: Vec::with_capacity(changes.len()),
        authors: HashSet::new(),
        // What may have been there before is asked of the document anyway.
        gathered: Gathered::new(there.is_some()),
    };
    for change in changes {
        written.gathered.take(change);
        let message = log::message_of(change);
        written.authors.insert(message.as_ref().map(|message| message.author));
        written
            .seqs
            .push(log::append(conn, key, row, change, message.as_ref())?);
    }
    written.gathered.weigh(there);
    project::made(conn, row, key, written.gathered.made())?;
    Ok(written)
}

/// The last change of a document in the log; 0 where there is none.
pub(crate) fn last_logged(conn: &Connection, key: Key) -> Result<i64> {
    let Some(row) = log::document_row(conn, key)? else {
        return Ok(0);
    };
    Ok(conn
        .prepare_cached("SELECT coalesce(max(seq), 0) FROM change WHERE document = ?1")?
        .query_row([row], |row| row.get(0))?)
}

/// The bytes of a change of the log.
pub(crate) fn change_bytes(conn: &Connection, seq: i64) -> Result<Vec<u8>> {
    use rusqlite::OptionalExtension as _;
    conn.prepare_cached("SELECT bytes FROM change WHERE seq = ?1")?
        .query_row([seq], |row| row.get(0))
        .optional()?
        .ok_or_else(|| Error::Damaged(format!("change {seq} of a parcel is not in the log")))
}

/// The change with which every document begins.
pub(crate) fn genesis(env: &dyn Env) -> Result<Option<ChangeHash>> {
    Ok(Document::genesis(env.fresh_id())?.heads().first().copied())
}
