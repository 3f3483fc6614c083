//! `check`: every change, every row and every search term of a file. Never writes to the file that it looks at.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use automerge::Change;
use rusqlite::{Connection, params};

use crate::document::{Document, Part};
use crate::env::Env;
use crate::error::Result;
use crate::model::MeetingId;
use crate::store::log::{self, Key, Loaded, Seen};
use crate::store::{self, compare, meta, project, share};

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

/// Checks a file: its header, `SQLite`'s own structure, every hash of every change, and every projected row and search
/// term against a rebuild from the changes.
///
/// # Errors
/// Only when the file cannot be read at all, or is no archive of this version; damage is a finding.
pub fn check(path: &Path, env: &dyn Env) -> Result<Report> {
    let mut report = Report::default();
    let copied = store::open_for_check(path)?;
    for what in &copied.header {
        report.add(None, what);
    }
    // Each of these goes on where the one before it could not: what is hit in one place says nothing of the others.
    for look in [structure, definitions, local] as [fn(&Connection, &mut Report) -> Result<()>; 3] {
        if let Err(error) = look(&copied.conn, &mut report) {
            report.add(None, error.to_string());
        }
    }
    if let Err(error) = records(&copied.conn, env, &mut report) {
        report.add(None, error.to_string());
    }
    let hit = report.hit();
    report.good.retain(|meeting| !hit.contains(meeting));
    Ok(report)
}

/// `SQLite`'s own check.
fn structure(conn: &Connection, report: &mut Report) -> Result<()> {
    let mut statement = conn.prepare("PRAGMA integrity_check")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let line: String = row.get(0)?;
        if line != "ok" {
            report.add(None, line);
        }
    }
    Ok(())
}

/// The tables, as they are defined.
fn definitions(conn: &Connection, report: &mut Report) -> Result<()> {
    let fresh = Connection::open_in_memory()?;
    store::prepare(&fresh)?;
    for difference in compare::schema(conn, &fresh) {
        report.add(None, difference);
    }
    Ok(())
}

/// What is in no document.
fn local(conn: &Connection, report: &mut Report) -> Result<()> {
    for what in meta::damaged(conn)?.into_iter().chain(share::damaged_rows(conn)) {
        report.add(None, what);
    }
    Ok(())
}

/// Every document, and all that is projected of it.
fn records(conn: &Connection, env: &dyn Env, report: &mut Report) -> Result<()> {
    let documents = log::documents(conn)?;
    let (mut listed, problems) = listed_changes(conn);
    for problem in problems {
        report.add(None, problem);
    }
    let meeting_of = |row: i64| {
        let known = documents.iter().find(|(number, _)| *number == row);
        known.and_then(|(_, key)| (key.1 != Part::Archive).then_some(key.0))
    };
    let fresh = Connection::open_in_memory()?;
    store::prepare(&fresh)?;
    for (row, key) in &documents {
        fresh.execute(
            "INSERT INTO document (row, meeting, kind) VALUES (?1, ?2, ?3)",
            params![row, key.0.to_string(), key.1.word()],
        )?;
        let (changes, problems) = readable_changes(conn, &listed.remove(row).unwrap_or_default());
        for problem in problems {
            report.add(meeting_of(*row), problem);
        }
        if let Err(error) = verify_document(conn, &fresh, *row, *key, &changes, env, report) {
            report.add(meeting_of(*row), format!("{}: {error}", compare::named(*key)));
        }
    }
    for (row, orphans) in listed {
        report.add(
            None,
            format!("{} changes are of document {row}, which is not there", orphans.len()),
        );
    }
    // Compared only now, since the index of search terms is read once for all.
    for (row, _) in &documents {
        for difference in compare::document(conn, &fresh, *row) {
            report.add(meeting_of(*row), difference);
        }
    }
    for difference in compare::counts(conn, &fresh)
        .into_iter()
        .chain(compare::prefixes(conn, &fresh))
    {
        report.add(None, difference);
    }
    let meetings: BTreeSet<MeetingId> = documents.iter().filter_map(|(row, _)| meeting_of(*row)).collect();
    report.good = meetings.into_iter().collect();
    Ok(())
}

/// Verifies the changes and the snapshot of a document, and projects it into `fresh`.
fn verify_document(
    conn: &Connection,
    fresh: &Connection,
    row: i64,
    key: Key,
    changes: &[(i64, Change)],
    env: &dyn Env,
    report: &mut Report,
) -> Result<()> {
    let meeting = (key.1 != Part::Archive).then_some(key.0);
    let mut document = Document::genesis(env.fresh_id())?;
    let transaction = fresh.unchecked_transaction()?;
    for (seq, change) in changes {
        let mut change = change.clone();
        let hash = change.hash();
        transaction
            .prepare_cached("INSERT INTO change (seq, document, hash, bytes) VALUES (?1, ?2, ?3, ?4)")?
            .execute(params![seq, row, hash.0.as_slice(), change.bytes().as_ref()])?;
        if let Some(message) = log::message_of(&change) {
            log::write_action(&transaction, *seq, row, key, &message, change.timestamp())?;
        }
    }
    let hashes: Vec<_> = changes.iter().map(|(_, change)| change.hash()).collect();
    document.apply(changes.iter().map(|(_, change)| change.clone()).collect())?;
    for missing in document.missing(&hashes) {
        report.add(meeting, format!("change {missing}, on which others rest, is missing"));
    }
    match document.identity() {
        Some(identity) if identity == key => {}
        Some(_) => report.add(meeting, format!("{} belongs to another meeting", compare::named(key))),
        None => report.add(meeting, format!("{} does not say whose it is", compare::named(key))),
    }
    let mut loaded = Loaded {
        document,
        row,
        seq: 0,
        seen: Seen::default(),
        reviewed: Vec::new(),
    };
    project::whole(&transaction, &mut loaded, key)?;
    transaction.commit()?;
    verify_snapshot(conn, row, changes, env, &mut |what| report.add(meeting, what));
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

/// Which changes there are, by the number of their document; and what of the list cannot be read.
pub(super) fn listed_changes(conn: &Connection) -> (BTreeMap<i64, Vec<i64>>, Vec<String>) {
    // The table and its index are asked both: damage in one does not hide what the other knows.
    let mut listed: BTreeMap<i64, i64> = BTreeMap::new();
    let mut problems = Vec::new();
    for query in [
        "SELECT seq, document FROM change INDEXED BY change_by_document",
        "SELECT seq, document FROM change NOT INDEXED",
    ] {
        let read = (|| -> rusqlite::Result<()> {
            let mut statement = conn.prepare(query)?;
            let mut rows = statement.query([])?;
            while let Some(row) = rows.next()? {
                listed.insert(row.get(0)?, row.get(1)?);
            }
            Ok(())
        })();
        if let Err(error) = read {
            problems.push(format!("the list of changes cannot be read to its end: {error}"));
        }
    }
    let mut by_document: BTreeMap<i64, Vec<i64>> = BTreeMap::new();
    for (seq, document) in listed {
        by_document.entry(document).or_default().push(seq);
    }
    (by_document, problems)
}

/// Of these changes those that can be read and verified, one by one, so that a damaged one hides no other; and what is
/// wrong with the rest.
pub(super) fn readable_changes(conn: &Connection, numbers: &[i64]) -> (Vec<(i64, Change)>, Vec<String>) {
    let (mut changes, mut problems) = (Vec::new(), Vec::new());
    let Ok(mut statement) = conn.prepare_cached("SELECT hash, bytes FROM change WHERE seq = ?1") else {
        problems.push("the log of changes cannot be read".to_owned());
        return (changes, problems);
    };
    for seq in numbers {
        let row: rusqlite::Result<(Vec<u8>, Vec<u8>)> =
            statement.query_row([seq], |row| Ok((row.get(0)?, row.get(1)?)));
        match row {
            Ok((hash, bytes)) => match log::verified(*seq, &hash, bytes) {
                Ok(change) => changes.push((*seq, change)),
                Err(error) => problems.push(error.to_string()),
            },
            Err(error) => problems.push(format!("change {seq} cannot be read: {error}")),
        }
    }
    (changes, problems)
}
