//! Keeping the archive safe: `check`, `backup`, `recover`. None of them ever writes to the file it looks at.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;

use automerge::Change;
use rusqlite::{Connection, params};

use super::Archive;
use crate::document::{Document, Part};
use crate::env::Env;
use crate::error::{Error, Result};
use crate::model::{
    Cue, Item, Meeting, MeetingId, Noun, Participant, Passage, Person, Point, Preference, Series, Turn, Vote,
};
use crate::store::log::{self, Key, Loaded};
use crate::store::{self, compare, meta, project, rows};

/// Something that is not as it should be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The meeting that is hit; none where it cannot be told or none is.
    pub meeting: Option<MeetingId>,
    /// What was found, in words.
    pub what: String,
}

/// What a check came to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// What is damaged; empty = nothing.
    pub findings: Vec<Finding>,
    /// Meetings of which every change and every row was verified.
    pub good: Vec<MeetingId>,
}

impl Report {
    fn add(&mut self, meeting: Option<MeetingId>, what: impl Into<String>) {
        self.findings.push(Finding {
            meeting,
            what: what.into(),
        });
    }

    /// Meetings that are hit.
    #[must_use]
    pub fn hit(&self) -> BTreeSet<MeetingId> {
        self.findings.iter().filter_map(|finding| finding.meeting).collect()
    }
}

/// Checks a file: `SQLite`'s own structure, every hash of every change, and every projected row and search term against
/// a rebuild from the changes.
///
/// # Errors
/// Only when the file cannot be read at all, or is no archive of this version; damage is a finding.
pub fn check(path: &Path, env: &dyn Env) -> Result<Report> {
    let mut report = Report::default();
    let (conn, _copy) = store::open_for_check(path)?;
    if let Err(error) = inspect(&conn, env, &mut report) {
        match error {
            Error::NotAnArchive(_) | Error::Newer { .. } => return Err(error),
            other => report.add(None, other.to_string()),
        }
    }
    let hit = report.hit();
    report.good.retain(|meeting| !hit.contains(meeting));
    Ok(report)
}

fn inspect(conn: &Connection, env: &dyn Env, report: &mut Report) -> Result<()> {
    let mut statement = conn.prepare("PRAGMA integrity_check")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let line: String = row.get(0)?;
        if line != "ok" {
            report.add(None, line);
        }
    }
    drop(rows);
    let fresh = Connection::open_in_memory()?;
    store::prepare(&fresh)?;
    for (pragma, what) in [
        ("application_id", "the mark of an archive"),
        ("user_version", "the version of the schema"),
    ] {
        let value = |conn: &Connection| conn.pragma_query_value(None, pragma, |row| row.get::<_, i64>(0));
        if value(conn)? != value(&fresh)? {
            report.add(None, format!("{what} is not what it should be"));
        }
    }
    for difference in compare::schema(conn, &fresh) {
        report.add(None, difference);
    }
    match meta::damaged(conn) {
        Ok(found) => found.into_iter().for_each(|what| report.add(None, what)),
        Err(error) => report.add(None, error.to_string()),
    }
    let documents = log::documents(conn)?;
    let mut verified: BTreeMap<MeetingId, bool> = BTreeMap::new();
    for (row, key) in documents {
        let meeting = (key.1 != Part::Archive).then_some(key.0);
        let before = report.findings.len();
        fresh.execute(
            "INSERT INTO document (row, meeting, kind) VALUES (?1, ?2, ?3)",
            params![row, key.0.to_string(), key.1.word()],
        )?;
        if let Err(error) = verify_document(conn, &fresh, row, key, env, report) {
            report.add(meeting, format!("{}: {error}", compare::named(key)));
        }
        if let Some(meeting) = meeting {
            let good = report.findings.len() == before;
            verified
                .entry(meeting)
                .and_modify(|known| *known &= good)
                .or_insert(good);
        }
    }
    // Compared only now, since the index of search terms is read once for all.
    for (row, key) in log::documents(conn)? {
        let meeting = (key.1 != Part::Archive).then_some(key.0);
        for difference in compare::document(conn, &fresh, row) {
            report.add(meeting, difference);
        }
    }
    for difference in compare::counts(conn, &fresh)
        .into_iter()
        .chain(compare::prefixes(conn, &fresh))
    {
        report.add(None, difference);
    }
    report.good = verified
        .into_iter()
        .filter_map(|(meeting, good)| good.then_some(meeting))
        .collect();
    Ok(())
}

/// Verifies the changes and the snapshot of a document, and projects it into `fresh`.
fn verify_document(
    conn: &Connection,
    fresh: &Connection,
    row: i64,
    key: Key,
    env: &dyn Env,
    report: &mut Report,
) -> Result<()> {
    let meeting = (key.1 != Part::Archive).then_some(key.0);
    let mut document = Document::genesis(env.fresh_id())?;
    let (changes, problems) = readable_changes(conn, row);
    for problem in problems {
        report.add(meeting, problem);
    }
    fresh.execute_batch("BEGIN")?;
    for (seq, change) in &changes {
        let mut change = change.clone();
        let hash = change.hash();
        fresh
            .prepare_cached("INSERT INTO change (seq, document, hash, bytes) VALUES (?1, ?2, ?3, ?4)")?
            .execute(params![seq, row, hash.0.as_slice(), change.bytes().as_ref()])?;
        if let Some(message) = log::message_of(&change) {
            log::write_action(fresh, *seq, row, key, &message, change.timestamp())?;
        }
    }
    let hashes: Vec<_> = changes.iter().map(|(_, change)| change.hash()).collect();
    document.apply(changes.iter().map(|(_, change)| change.clone()).collect())?;
    for missing in document.missing(&hashes) {
        report.add(meeting, format!("change {missing}, on which others rest, is missing"));
    }
    if document.identity().is_some_and(|identity| identity != key) {
        report.add(meeting, format!("{} belongs to another meeting", compare::named(key)));
    }
    project::whole(fresh, &document, row, key)?;
    fresh.execute_batch("COMMIT")?;
    verify_snapshot(conn, row, &changes, env, &mut |what| report.add(meeting, what));
    Ok(())
}

fn verify_snapshot(
    conn: &Connection,
    row: i64,
    changes: &[(i64, Change)],
    env: &dyn Env,
    told: &mut dyn FnMut(String),
) {
    let found: rusqlite::Result<Vec<(i64, Vec<u8>)>> = conn
        .prepare("SELECT seq, bytes FROM snapshot WHERE document = ?1")
        .and_then(|mut statement| {
            statement
                .query_map([row], |row| Ok((row.get(0)?, row.get(1)?)))?
                .collect()
        });
    let snapshots = match found {
        Ok(snapshots) => snapshots,
        Err(error) => return told(format!("the snapshot cannot be read: {error}")),
    };
    for (seq, bytes) in snapshots {
        match Document::load(&bytes, env.fresh_id()) {
            Ok(mut snapshot) => {
                let held: BTreeSet<_> = snapshot
                    .changes_since(&[])
                    .iter()
                    .map(|change| change.hash().0)
                    .collect();
                let logged: BTreeSet<_> = changes
                    .iter()
                    .filter(|(at, _)| *at <= seq)
                    .map(|(_, change)| change.hash().0)
                    .collect();
                if held != logged {
                    told("the snapshot does not hold the changes that it stands for".to_owned());
                }
            }
            Err(error) => told(format!("the snapshot: {error}")),
        }
    }
}

/// The changes of a document that can be read and verified, one by one, so that a damaged one hides no other; and what
/// is wrong with the rest.
fn readable_changes(conn: &Connection, document: i64) -> (Vec<(i64, Change)>, Vec<String>) {
    let (mut changes, mut problems) = (Vec::new(), Vec::new());
    let listed: rusqlite::Result<Vec<i64>> = conn
        .prepare("SELECT seq FROM change INDEXED BY change_by_document WHERE document = ?1 ORDER BY seq")
        .and_then(|mut statement| statement.query_map([document], |row| row.get(0))?.collect());
    let numbers: Vec<i64> = match listed {
        Ok(numbers) => numbers,
        Err(error) => {
            problems.push(format!("the list of changes cannot be read: {error}"));
            let last: i64 = conn
                .query_row("SELECT max(seq) FROM change", [], |row| row.get(0))
                .unwrap_or(0);
            (1..=last.min(100_000_000)).collect()
        }
    };
    let Ok(mut statement) = conn.prepare("SELECT hash, bytes, document FROM change WHERE seq = ?1") else {
        problems.push("the log of changes cannot be read".to_owned());
        return (changes, problems);
    };
    for seq in numbers {
        let row: rusqlite::Result<(Vec<u8>, Vec<u8>, i64)> =
            statement.query_row([seq], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)));
        match row {
            Ok((_, _, other)) if other != document => {}
            Ok((hash, bytes, _)) => match log::verified(seq, &hash, bytes) {
                Ok(change) => changes.push((seq, change)),
                Err(error) => problems.push(error.to_string()),
            },
            Err(rusqlite::Error::QueryReturnedNoRows) => {}
            Err(error) => problems.push(format!("change {seq} cannot be read: {error}")),
        }
    }
    (changes, problems)
}

/// Copies an open archive into a new file, while others may write, and verifies the copy.
///
/// # Errors
/// [`Error::Invalid`] when the file exists already, [`Error::Damaged`] when the copy does not verify (it is kept, under
/// its name with `.unverified`), and whatever writing meets.
pub fn backup(archive: &Archive, target: &Path) -> Result<Report> {
    if target.exists() {
        return Err(Error::Invalid(format!(
            "{} exists already; nothing was written",
            target.display()
        )));
    }
    let unverified = store::with_suffix(target, ".unverified");
    if unverified.exists() {
        return Err(Error::Invalid(format!(
            "{} exists already; nothing was written",
            unverified.display()
        )));
    }
    let copied = archive
        .conn()
        .backup("main", &unverified, None::<fn(rusqlite::backup::Progress)>)
        .map_err(Error::from)
        .and_then(|()| {
            // The copy is one file, whole in itself, without a log beside it.
            let conn = Connection::open(&unverified)?;
            conn.pragma_update(None, "journal_mode", "DELETE")?;
            drop(conn);
            std::fs::File::open(&unverified)
                .and_then(|file| file.sync_all())
                .map_err(Error::io("the backup could not be made durable"))
        });
    if let Err(error) = copied {
        // What was written is no backup.
        let _ = std::fs::remove_file(&unverified);
        return Err(error);
    }
    let report = check(&unverified, archive.env.as_ref())?;
    if let Some(first) = report.findings.first() {
        return Err(Error::Damaged(format!(
            "the backup does not verify and stays as {}: {}",
            unverified.display(),
            first.what
        )));
    }
    std::fs::rename(&unverified, target).map_err(Error::io(format!("{} could not be named", target.display())))?;
    Ok(report)
}

/// What a recovery came to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Recovered {
    /// Meetings whose every change was read and verified.
    pub whole: Vec<MeetingId>,
    /// Meetings of which changes are lost; what the tables still had was taken from there, unverified.
    pub mended: Vec<MeetingId>,
    /// What could not be read, in words.
    pub lost: Vec<String>,
}

/// Saves what can be read of a damaged file into a new archive.
///
/// # Errors
/// [`Error::Invalid`] when `target` exists, or nothing at all can be read; and whatever writing meets.
pub fn recover(path: &Path, target: &Path, env: &Arc<dyn Env>) -> Result<Recovered> {
    if target.exists() {
        return Err(Error::Invalid(format!(
            "{} exists already; nothing was written",
            target.display()
        )));
    }
    let (damaged, _copy) = store::open_for_check(path)?;
    let mut recovered = Recovered::default();
    let documents = readable_documents(&damaged, &mut recovered.lost);
    if documents.is_empty() {
        return Err(Error::Damaged("no meeting in it can be read".to_owned()));
    }
    let archive = Archive::open(target, Arc::clone(env))?;
    let mut meetings: BTreeMap<MeetingId, bool> = BTreeMap::new();
    for (row, key) in documents {
        let (document, whole) = salvage(&damaged, row, key, env.as_ref(), &mut recovered.lost)?;
        store_document(&archive, key, document)?;
        if key.1 != Part::Archive {
            meetings
                .entry(key.0)
                .and_modify(|known| *known &= whole)
                .or_insert(whole);
        }
    }
    for (meeting, whole) in meetings {
        if whole {
            recovered.whole.push(meeting);
        } else {
            recovered.mended.push(meeting);
        }
    }
    Ok(recovered)
}

fn readable_documents(conn: &Connection, lost: &mut Vec<String>) -> Vec<(i64, Key)> {
    let mut found = Vec::new();
    let last: i64 = conn
        .query_row("SELECT max(row) FROM document", [], |row| row.get(0))
        .unwrap_or(10_000);
    for number in 1..=last.clamp(1, 1_000_000) {
        let row: rusqlite::Result<(String, String)> =
            conn.query_row("SELECT meeting, kind FROM document WHERE row = ?1", [number], |row| {
                Ok((row.get(0)?, row.get(1)?))
            });
        match row {
            Ok((meeting, kind)) => match (meeting.parse(), Part::of(&kind)) {
                (Ok(meeting), Some(part)) => found.push((number, (meeting, part))),
                _ => lost.push(format!("document {number} does not say which it is")),
            },
            Err(rusqlite::Error::QueryReturnedNoRows) => {}
            Err(error) => {
                lost.push(format!("document {number} cannot be read: {error}"));
                if lost.len() > 1000 {
                    break;
                }
            }
        }
    }
    found
}

/// A document from its verified changes, its snapshot, and, where these leave gaps, its rows.
fn salvage(conn: &Connection, row: i64, key: Key, env: &dyn Env, lost: &mut Vec<String>) -> Result<(Document, bool)> {
    let mut document = Document::genesis(env.fresh_id())?;
    let (changes, problems) = readable_changes(conn, row);
    let mut whole = problems.is_empty();
    lost.extend(problems);
    let snapshot: rusqlite::Result<Vec<u8>> =
        conn.query_row("SELECT bytes FROM snapshot WHERE document = ?1", [row], |row| {
            row.get(0)
        });
    if let Some(mut snapshot) = snapshot
        .ok()
        .and_then(|bytes| Document::load(&bytes, env.fresh_id()).ok())
    {
        document.apply(snapshot.changes_since(&[]))?;
    }
    let hashes: Vec<_> = changes.iter().map(|(_, change)| change.hash()).collect();
    for (seq, change) in changes {
        if let Err(error) = document.apply(vec![change]) {
            whole = false;
            lost.push(format!("change {seq}: {error}"));
        }
    }
    whole &= document.missing(&hashes).is_empty();
    if let Some(identity) = document.identity().filter(|identity| *identity != key) {
        lost.push(format!(
            "document {row} says it is {} of meeting {}",
            identity.1.word(),
            identity.0
        ));
        whole = false;
    }
    if !whole {
        macro_rules! each {
            ($($noun:ident),*) => { $(from_rows::<$noun>(conn, &mut document, row, key, lost)?;)* };
        }
        each!(
            Item,
            Participant,
            Turn,
            Point,
            Passage,
            Cue,
            Vote,
            Series,
            Person,
            Preference
        );
        if key.1 == Part::Meeting {
            from_rows::<Meeting>(conn, &mut document, row, key, lost)?;
        }
        if document.identity().is_none() {
            document.identify(key.0, key.1)?;
        }
        // Left uncommitted for the caller, who knows the author.
    }
    Ok((document, whole))
}

/// Takes in what the rows have and the changes have not, or have otherwise.
fn from_rows<T: Noun>(
    conn: &Connection,
    document: &mut Document,
    row: i64,
    key: Key,
    lost: &mut Vec<String>,
) -> Result<()> {
    let ids: rusqlite::Result<Vec<String>> = conn
        .prepare(&format!("SELECT id FROM {} WHERE document = ?1", T::TABLE))
        .and_then(|mut statement| statement.query_map([row], |row| row.get(0))?.collect());
    let ids = match ids {
        Ok(ids) => ids,
        Err(error) => {
            lost.push(format!("the table {}: {error}", T::TABLE));
            return Ok(());
        }
    };
    for id in ids {
        let found = rows::select::<T>(conn, "WHERE t.id = ?1 AND t.document = ?2", params![id, row]);
        let deleted: bool = conn
            .query_row(
                &format!("SELECT deleted FROM {} WHERE id = ?1 AND document = ?2", T::TABLE),
                params![id, row],
                |row| row.get(0),
            )
            .unwrap_or(false);
        match found {
            Ok(values) => {
                for value in values {
                    if T::ROOT == Meeting::ROOT && id != key.0.to_string() {
                        continue;
                    }
                    document.insert(&value)?;
                    document.set_deleted::<T>(value.id(), deleted)?;
                }
            }
            Err(error) => lost.push(format!("{} {id}: {error}", T::TABLE)),
        }
    }
    Ok(())
}

/// Puts a document into a new archive.
fn store_document(archive: &Archive, key: Key, mut document: Document) -> Result<()> {
    let conn = archive.conn();
    let transaction = conn.unchecked_transaction()?;
    transaction.execute(
        "INSERT INTO document (meeting, kind) VALUES (?1, ?2)",
        params![key.0.to_string(), key.1.word()],
    )?;
    let row = transaction.last_insert_rowid();
    let message = crate::document::Message {
        author: archive.author(),
        action: crate::model::ActionId(archive.env.fresh_id()),
        mode: crate::document::Mode::Do,
        target: None,
        intent: "recovered from the tables".to_owned(),
    };
    document.commit(&message, archive.env.now().timestamp())?;
    let changes = document.changes_since(&[]);
    let mut loaded = Loaded { document, row, seq: 0 };
    for change in changes {
        log::append(&transaction, key, &mut loaded, change)?;
    }
    project::whole(&transaction, &loaded.document, row, key)?;
    transaction.commit()?;
    Ok(())
}
