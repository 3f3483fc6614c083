//! The change log: the truth. Documents are loaded from it, changes are appended to it.

use std::collections::HashSet;
use std::sync::Arc;

use automerge::{Change, ChangeHash};
use rusqlite::{Connection, OptionalExtension, params};
use uuid::Uuid;

use crate::document::{Document, Message, Part, Touched, message_in};
use crate::error::{Error, Result};
use crate::model::{Meeting, MeetingId, Noun, Participant, Turn};

/// From how many changes since the last snapshot loading writes a new one.
const SNAPSHOT_AFTER: i64 = 500;

/// Which document of which meeting.
pub(crate) type Key = (MeetingId, Part);

/// A document in memory and how far of the log it holds.
#[derive(Debug)]
pub(crate) struct Loaded {
    /// The document.
    pub(crate) document: Document,
    /// Its row in `document`.
    pub(crate) row: i64,
    /// The last change taken in.
    pub(crate) seq: i64,
    /// What was read of it and still holds.
    pub(crate) seen: Seen,
    /// The state up to which it was looked through for what is contested.
    pub(crate) reviewed: Vec<ChangeHash>,
}

/// What every line asks of a meeting, kept until something touches it: reading it anew would be most of a line's work.
#[derive(Debug, Default)]
pub(crate) struct Seen {
    /// The facts.
    pub(crate) facts: Option<Arc<Meeting>>,
    /// The participants in list order.
    pub(crate) roster: Option<Arc<Vec<Participant>>>,
    /// The turns in order.
    pub(crate) turns: Option<Arc<Vec<Turn>>>,
}

impl Seen {
    /// Forgets what was touched.
    pub(crate) fn forget(&mut self, touched: &Touched) {
        for (root, _) in touched.keys() {
            match *root {
                Meeting::ROOT => self.facts = None,
                Participant::ROOT => self.roster = None,
                Turn::ROOT => self.turns = None,
                _ => {}
            }
        }
    }
}

/// The row of a document, if it exists.
pub(crate) fn document_row(conn: &Connection, key: Key) -> Result<Option<i64>> {
    Ok(conn
        .prepare_cached("SELECT row FROM document WHERE meeting = ?1 AND kind = ?2")?
        .query_row(params![key.0.to_string(), key.1.word()], |row| row.get(0))
        .optional()?)
}

/// Every document: row, meeting and part.
pub(crate) fn documents(conn: &Connection) -> Result<Vec<(i64, Key)>> {
    let mut statement = conn.prepare("SELECT row, meeting, kind FROM document ORDER BY row")?;
    let mut rows = statement.query([])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        let (number, meeting, kind): (i64, String, String) = (row.get(0)?, row.get(1)?, row.get(2)?);
        let meeting = meeting
            .parse()
            .map_err(|_| Error::Damaged(format!("document {number} has no meeting")))?;
        let part = Part::of(&kind).ok_or_else(|| Error::Damaged(format!("document {number} is of no known kind")))?;
        found.push((number, (meeting, part)));
    }
    Ok(found)
}

/// Makes a document with nothing but the genesis change, and the words which one it is.
pub(crate) fn create(conn: &Connection, key: Key, actor: Uuid) -> Result<Loaded> {
    let mut loaded = create_blank(conn, key, actor)?;
    loaded.document.identify(key.0, key.1)?;
    Ok(loaded)
}

/// Makes a document with nothing but the genesis change, for what arrives from elsewhere.
pub(crate) fn create_blank(conn: &Connection, key: Key, actor: Uuid) -> Result<Loaded> {
    conn.prepare_cached("INSERT INTO document (meeting, kind) VALUES (?1, ?2)")?
        .execute(params![key.0.to_string(), key.1.word()])?;
    let row = conn.last_insert_rowid();
    let mut loaded = Loaded {
        document: Document::genesis(actor)?,
        row,
        seq: 0,
        seen: Seen::default(),
        reviewed: Vec::new(),
    };
    for change in loaded.document.changes_since(&[]) {
        loaded.seq = append_bytes(conn, row, &change)?;
    }
    loaded.reviewed = loaded.document.heads();
    Ok(loaded)
}

/// Loads a document from its snapshot and the changes after it, verifying every hash.
pub(crate) fn load(conn: &Connection, row: i64, actor: Uuid) -> Result<Loaded> {
    let snapshot: Option<(i64, Vec<u8>)> = conn
        .prepare_cached("SELECT seq, bytes FROM snapshot WHERE document = ?1")?
        .query_row([row], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    let (document, seq) = match snapshot {
        Some((seq, bytes)) => match Document::load(&bytes, actor) {
            Ok(document) => (document, seq),
            // The changes are all still there: a damaged snapshot costs time, nothing else. `check` tells of it.
            Err(_) => (Document::genesis(actor)?, 0),
        },
        None => (Document::genesis(actor)?, 0),
    };
    let mut loaded = Loaded {
        document,
        row,
        seq,
        seen: Seen::default(),
        reviewed: Vec::new(),
    };
    catch_up(conn, &mut loaded)?;
    loaded.reviewed = loaded.document.heads();
    Ok(loaded)
}

/// Takes in the changes that other processes appended since.
pub(crate) fn catch_up(conn: &Connection, loaded: &mut Loaded) -> Result<()> {
    let mut changes = Vec::new();
    let mut statement =
        conn.prepare_cached("SELECT seq, hash, bytes FROM change WHERE document = ?1 AND seq > ?2 ORDER BY seq")?;
    let mut rows = statement.query(params![loaded.row, loaded.seq])?;
    let mut seq = loaded.seq;
    while let Some(row) = rows.next()? {
        seq = row.get(0)?;
        changes.push(verified(
            seq,
            row.get_ref(1)?.as_blob().unwrap_or_default(),
            row.get(2)?,
        )?);
    }
    drop(rows);
    if changes.is_empty() {
        return Ok(());
    }
    let hashes: Vec<_> = changes.iter().map(Change::hash).collect();
    loaded.seen = Seen::default();
    loaded.document.apply(changes)?;
    // A change that waits for one which is not there would silently not be shown.
    if let Some(missing) = loaded.document.missing(&hashes).first() {
        return Err(Error::Damaged(format!("change {missing} is missing from the log")));
    }
    loaded.seq = seq;
    // Who appended them looked through them.
    loaded.reviewed = loaded.document.heads();
    Ok(())
}

/// A change of the log, if its bytes are those that were written.
pub(crate) fn verified(seq: i64, hash: &[u8], bytes: Vec<u8>) -> Result<Change> {
    let change = Change::from_bytes(bytes).map_err(|error| Error::Damaged(format!("change {seq}: {error}")))?;
    if change.hash().0.as_slice() == hash {
        Ok(change)
    } else {
        Err(Error::Damaged(format!("change {seq} is not what its hash says")))
    }
}

/// Appends a change and what its message says; answers with its number.
pub(crate) fn append(
    conn: &Connection,
    key: Key,
    document: i64,
    change: &Change,
    message: Option<&Message>,
) -> Result<i64> {
    let seq = append_bytes(conn, document, change)?;
    if let Some(message) = message {
        write_action(conn, seq, document, key, message, change.timestamp())?;
    }
    Ok(seq)
}

fn append_bytes(conn: &Connection, document: i64, change: &Change) -> Result<i64> {
    let hash = change.hash();
    // As they are: packing each line by itself saves a third of little, and takes a tenth of the line's time.
    conn.prepare_cached("INSERT INTO change (document, hash, bytes) VALUES (?1, ?2, ?3)")?
        .execute(params![document, hash.0.as_slice(), change.raw_bytes()])?;
    Ok(conn.last_insert_rowid())
}

/// What a change's message says; none for the genesis and for messages of a form that this version does not know.
pub(crate) fn message_of(change: &Change) -> Option<Message> {
    message_in(change.message())
}

/// Projects a message.
pub(crate) fn write_action(
    conn: &Connection,
    seq: i64,
    document: i64,
    key: Key,
    message: &Message,
    at: i64,
) -> Result<()> {
    conn.prepare_cached(
        "INSERT OR REPLACE INTO action (seq, document, meeting, author, action, mode, target, intent, at)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
    )?
    .execute(params![
        seq,
        document,
        key.0.to_string(),
        message.author.to_string(),
        message.action.to_string(),
        message.mode.word(),
        message.target.map(|target| target.to_string()).unwrap_or_default(),
        message.intent,
        chrono::DateTime::from_timestamp(at, 0)
            .map(|at| at.to_rfc3339())
            .unwrap_or_default(),
    ])?;
    Ok(())
}

/// Saves the whole document beside its changes when enough of them have gathered; answers whether it did.
pub(crate) fn snapshot(conn: &Connection, loaded: &mut Loaded) -> Result<bool> {
    let pending: i64 = conn
        .prepare_cached(
            "SELECT count(*) FROM change WHERE document = ?1 AND seq > coalesce((SELECT seq FROM snapshot WHERE document = ?1), 0)",
        )?
        .query_row([loaded.row], |row| row.get(0))?;
    if pending < SNAPSHOT_AFTER {
        return Ok(false);
    }
    let bytes = loaded.document.save();
    conn.prepare_cached("INSERT INTO snapshot (document, seq, bytes) VALUES (?1, ?2, ?3) ON CONFLICT (document) DO UPDATE SET seq = ?2, bytes = ?3")?
        .execute(params![loaded.row, loaded.seq, bytes])?;
    Ok(true)
}

/// What taking a file in as a new meeting is called in the history. It is the one making of a meeting that undo takes
/// back: who made a meeting by hand has it for its own sake, who brought a file in may only have had a look.
pub(crate) const IMPORTED: &str = "meeting imported";

/// One step of the author's history in a meeting.
#[derive(Debug, Clone)]
pub(crate) struct Step {
    /// The action.
    pub(crate) action: String,
    /// In words.
    pub(crate) intent: String,
    /// Whether it made the meeting.
    pub(crate) makes: bool,
}

/// What the author would undo and redo now. Reads the history from its end and only as far as it must, so that a long
/// meeting costs no more than a short one.
///
/// An undo names the action that it took back; a redo names the undo. What can be undone is the last action, or redo,
/// that no later undo names. What can be redone is the last undo that no later redo names, unless something new was
/// done since.
///
/// `only` leaves out what was not called so, as if it were another history: the archive's own document holds
/// preferences and settings too.
pub(crate) fn history(
    conn: &Connection,
    meeting: MeetingId,
    author: &str,
    only: Option<&str>,
) -> Result<(Option<Step>, Option<Step>)> {
    let mut statement = conn.prepare_cached(
        "SELECT action, mode, target, intent FROM action
         WHERE meeting = ?1 AND author = ?2 AND (?3 IS NULL OR intent = ?3) ORDER BY seq DESC",
    )?;
    let mut rows = statement.query(params![meeting.to_string(), author, only])?;
    let (mut undone, mut redone): (HashSet<String>, HashSet<String>) = (HashSet::new(), HashSet::new());
    let (mut undo, mut redo) = (None, None);
    let mut something_new = false;
    while let Some(row) = rows.next()? {
        let (action, mode): (String, String) = (row.get(0)?, row.get(1)?);
        let target: String = row.get(2)?;
        let makes = mode == "make";
        match mode.as_str() {
            "make" if row.get::<_, String>(3)? != IMPORTED => continue,
            "undo" => {
                if redo.is_none() && !something_new && !redone.contains(&action) {
                    redo = Some(Step {
                        action,
                        intent: row.get(3)?,
                        makes: false,
                    });
                }
                undone.insert(target);
                continue;
            }
            "redo" => {
                redone.insert(target);
            }
            _ => something_new = true,
        }
        if undo.is_none() && !undone.contains(&action) {
            undo = Some(Step {
                action,
                intent: row.get(3)?,
                makes,
            });
        }
        if undo.is_some() && (redo.is_some() || something_new) {
            break;
        }
    }
    Ok((undo, redo))
}

/// The changes of an action, the last first: document, part and hash.
pub(crate) fn changes_of(
    conn: &Connection,
    meeting: MeetingId,
    author: &str,
    action: &str,
) -> Result<Vec<(Part, automerge::ChangeHash)>> {
    let mut statement = conn.prepare_cached(
        "SELECT d.kind, c.hash FROM action AS a JOIN change AS c ON c.seq = a.seq JOIN document AS d ON d.row = a.document
         WHERE a.meeting = ?1 AND a.author = ?2 AND a.action = ?3 ORDER BY a.seq DESC",
    )?;
    let mut rows = statement.query(params![meeting.to_string(), author, action])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        let (kind, hash): (String, Vec<u8>) = (row.get(0)?, row.get(1)?);
        if let (Some(part), Ok(hash)) = (Part::of(&kind), automerge::ChangeHash::try_from(hash.as_slice())) {
            found.push((part, hash));
        }
    }
    Ok(found)
}
