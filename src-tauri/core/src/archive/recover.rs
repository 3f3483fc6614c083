//! Saving what can be read of a damaged file into a new archive.
//!
//! Changes are taken wherever they lie, by the tables or straight from the pages, for each proves itself: it is known by
//! its hash, and names those that it rests on. By these links they fall into documents, of which each says which one it
//! is. Only where changes are lost are the tables asked for what they still have.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::path::Path;
use std::sync::Arc;

use automerge::{Change, ChangeHash};
use rusqlite::{Connection, params};

use super::check::{check, listed_changes, readable_changes};
use super::{Archive, discard};
use crate::document::{Document, Message, Mode, Part};
use crate::env::Env;
use crate::error::{Error, Result};
use crate::model::{
    ActionId, AuthorId, Correction, Cue, Item, Meeting, MeetingId, Noun, Participant, Passage, Person, Point,
    Preference, Series, Turn, Version, Vote, for_each_noun,
};
use crate::store::log::{self, Key, Loaded, Seen};
use crate::store::share::Someone;
use crate::store::{self, Copied, meta, project, rows, scan, share};

/// What a recovery came to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Recovered {
    /// Meetings of which nothing is lost.
    pub whole: Vec<MeetingId>,
    /// Meetings of which changes are lost; what the tables still had was taken from there, unverified.
    pub mended: Vec<MeetingId>,
    /// What could not be read, in words.
    pub lost: Vec<String>,
}

/// Saves what can be read of a damaged file into a new archive, which is checked before it gets its name. Where it cannot
/// prove any more who it is in shared meetings, it is whom `anew` makes.
///
/// # Errors
/// [`Error::Invalid`] when `target` exists, [`Error::Damaged`] when nothing at all can be read, [`Error::Newer`] and
/// [`Error::NotAnArchive`] for another kind of file, and whatever writing meets. Then there is no new file.
pub(crate) fn recover(
    path: &Path,
    target: &Path,
    env: &Arc<dyn Env>,
    anew: impl FnOnce() -> Result<Someone>,
) -> Result<Recovered> {
    let unfinished = store::with_suffix(target, ".unfinished");
    for file in [target, &unfinished] {
        if file.exists() {
            return Err(Error::Invalid(format!(
                "{} exists already; nothing was written",
                file.display()
            )));
        }
    }
    let damaged = store::open_for_check(path)?;
    let recovered = rescue(&damaged, &unfinished, env, anew).and_then(|recovered| {
        let report = check(&unfinished, env.as_ref())?;
        match report.findings.first() {
            None => Ok(recovered),
            Some(first) => Err(Error::Internal(format!(
                "what was recovered does not verify: {}",
                first.what
            ))),
        }
    });
    if recovered.is_err() {
        discard(&unfinished);
        return recovered;
    }
    crate::files::put_in_place(&unfinished, target)
        .map_err(Error::io(format!("{} could not be named", target.display())))?;
    recovered
}

fn rescue(
    damaged: &Copied,
    target: &Path,
    env: &Arc<dyn Env>,
    anew: impl FnOnce() -> Result<Someone>,
) -> Result<Recovered> {
    let mut recovered = Recovered::default();
    let (documents, problems) = documents(damaged, env.as_ref(), &mut recovered.lost)?;
    if documents.is_empty() {
        return Err(Error::Damaged("no meeting in it can be read".to_owned()));
    }
    let mut archive = Archive::open(target, Arc::clone(env))?;
    keep_local(&damaged.conn, &mut archive)?;
    let shares = share::keep_shares(&damaged.conn, archive.conn(), anew)?;
    recovered.lost.extend(shares.lost);
    let mut meetings: BTreeMap<MeetingId, bool> = BTreeMap::new();
    let mut all = true;
    for (key, found) in documents {
        let (mut document, whole) = salvage(&damaged.conn, key, found, env.as_ref(), &mut recovered.lost)?;
        if let Some(former) = shares.former.get(&key.0) {
            let proved = share::proved(&damaged.conn, key.0);
            let author = archive.author_in(key.0)?;
            document = of_another(document, (*former, author), &proved, env.as_ref())?;
        }
        store_document(&archive, key, document)?;
        all &= whole;
        if key.1 != Part::Archive {
            meetings
                .entry(key.0)
                .and_modify(|known| *known &= whole)
                .or_insert(whole);
        }
    }
    share::keep_messages(&damaged.conn, archive.conn())?;
    for (meeting, whole) in meetings {
        if whole {
            recovered.whole.push(meeting);
        } else {
            recovered.mended.push(meeting);
        }
    }
    // What the tables could not give and the pages did is not lost.
    if !all {
        recovered.lost.extend(problems);
    }
    Ok(recovered)
}

/// What was found of a document.
#[derive(Debug, Default)]
struct Found {
    /// Its number in the damaged file, where that is known.
    row: Option<i64>,
    /// Its changes.
    changes: Vec<Change>,
    /// Some of its changes are known to be there and could not be read.
    gaps: bool,
}

/// Every change that is anywhere in the file, by document; and what the tables could not give.
fn documents(damaged: &Copied, env: &dyn Env, lost: &mut Vec<String>) -> Result<(BTreeMap<Key, Found>, Vec<String>)> {
    let conn = &damaged.conn;
    let mut pool: HashMap<ChangeHash, (Change, Option<i64>)> = HashMap::new();
    let mut add = |change: Change, row: Option<i64>| {
        let kept = pool.entry(change.hash()).or_insert((change, None));
        kept.1 = kept.1.or(row);
    };
    let (listed, mut problems) = listed_changes(conn);
    let mut gaps: HashSet<i64> = HashSet::new();
    for (row, numbers) in listed {
        let (changes, unread) = readable_changes(conn, &numbers);
        changes.into_iter().for_each(|(_, change)| add(change, Some(row)));
        if !unread.is_empty() {
            gaps.insert(row);
        }
        problems.extend(unread);
    }
    for (row, bytes) in snapshots(conn) {
        if let Ok(mut snapshot) = Document::load(&bytes, env.fresh_id()) {
            let changes = snapshot.changes_since(&[]);
            changes.into_iter().for_each(|change| add(change, Some(row)));
        }
    }
    for found in scan::changes(&damaged.copy.file())? {
        add(found.change, found.document);
    }

    let mut named: BTreeMap<Key, Found> = BTreeMap::new();
    let rows = readable_documents(conn, &mut problems);
    for (row, key) in &rows {
        named.entry(*key).or_default().row = Some(*row);
    }
    for (changes, row) in families(pool, env)? {
        let mut document = Document::genesis(env.fresh_id())?;
        document.apply(changes.clone())?;
        // What the changes say themselves counts for more than the number in their rows.
        let by_row = || rows.iter().find(|(known, _)| Some(*known) == row).map(|(_, key)| *key);
        let Some(key) = document.identity().or_else(by_row) else {
            lost.push(format!("{} changes of a meeting that cannot be told", changes.len()));
            continue;
        };
        let found = named.entry(key).or_default();
        found.row = found.row.or(row);
        found.changes.extend(changes);
    }
    for found in named.values_mut() {
        found.gaps = found.row.is_some_and(|row| gaps.contains(&row));
    }
    Ok((named, problems))
}

/// Changes that rest on one another, and the number of a document that most of their rows have.
type Family = (Vec<Change>, Option<i64>);

/// Puts changes together by those that they rest on; the genesis, which all documents share, joins nothing.
fn families(pool: HashMap<ChangeHash, (Change, Option<i64>)>, env: &dyn Env) -> Result<Vec<Family>> {
    let genesis: HashSet<ChangeHash> = Document::genesis(env.fresh_id())?.heads().into_iter().collect();
    // Each change points towards the one that stands for its family.
    let mut towards: HashMap<ChangeHash, ChangeHash> = HashMap::new();
    for (hash, (change, _)) in &pool {
        for dep in change.deps().iter().filter(|dep| !genesis.contains(dep)) {
            let (own, other) = (chief(&mut towards, *hash), chief(&mut towards, *dep));
            towards.insert(own, other);
        }
    }
    let mut families: BTreeMap<[u8; 32], Vec<(Change, Option<i64>)>> = BTreeMap::new();
    for (hash, found) in pool {
        if !genesis.contains(&hash) {
            families.entry(chief(&mut towards, hash).0).or_default().push(found);
        }
    }
    Ok(families
        .into_values()
        .map(|family| {
            let mut rows: BTreeMap<i64, usize> = BTreeMap::new();
            for row in family.iter().filter_map(|(_, row)| *row) {
                *rows.entry(row).or_default() += 1;
            }
            let most = rows.into_iter().max_by_key(|(_, count)| *count);
            let changes = family.into_iter().map(|(change, _)| change).collect();
            (changes, most.map(|(row, _)| row))
        })
        .collect())
}

/// The change that stands for a family; the way to it is shortened for the next who asks.
fn chief(towards: &mut HashMap<ChangeHash, ChangeHash>, hash: ChangeHash) -> ChangeHash {
    let mut chief = hash;
    while let Some(next) = towards.get(&chief).filter(|next| **next != chief) {
        chief = *next;
    }
    let mut at = hash;
    while at != chief {
        at = towards.insert(at, chief).unwrap_or(chief);
    }
    chief
}

fn snapshots(conn: &Connection) -> Vec<(i64, Vec<u8>)> {
    let read = || -> rusqlite::Result<Vec<(i64, Vec<u8>)>> {
        let mut statement = conn.prepare("SELECT document, bytes FROM snapshot")?;
        let mut rows = statement.query([])?;
        let mut found = Vec::new();
        // What comes before a damaged one is good.
        while let Ok(Some(row)) = rows.next() {
            found.push((row.get(0)?, row.get(1)?));
        }
        Ok(found)
    };
    read().unwrap_or_default()
}

fn readable_documents(conn: &Connection, problems: &mut Vec<String>) -> Vec<(i64, Key)> {
    let mut found = Vec::new();
    let last: rusqlite::Result<i64> =
        conn.query_row("SELECT coalesce(max(row), 0) FROM document", [], |row| row.get(0));
    let last = match last {
        Ok(last) => last,
        Err(error) => {
            problems.push(format!("the list of documents: {error}"));
            10_000
        }
    };
    for number in 1..=last.clamp(0, 1_000_000) {
        let row: rusqlite::Result<(String, String)> =
            conn.query_row("SELECT meeting, kind FROM document WHERE row = ?1", [number], |row| {
                Ok((row.get(0)?, row.get(1)?))
            });
        match row {
            Ok((meeting, kind)) => match (meeting.parse(), Part::of(&kind)) {
                (Ok(meeting), Some(part)) => found.push((number, (meeting, part))),
                _ => problems.push(format!("document {number} does not say which it is")),
            },
            Err(rusqlite::Error::QueryReturnedNoRows) => {}
            // The list as a whole cannot be read: that is told already.
            Err(_) if last == 10_000 => break,
            Err(error) => problems.push(format!("document {number} cannot be read: {error}")),
        }
    }
    found
}

/// Takes over what is in no document: who wrote in the archive, so that undo goes on, and the unfinished lines.
fn keep_local(damaged: &Connection, archive: &mut Archive) -> Result<()> {
    if let Ok(Some(author)) = meta::get(damaged, "author")
        && let Ok(author) = author.parse()
    {
        archive.set_author(author)?;
    }
    for (meeting, text) in meta::drafts(damaged) {
        meta::set_draft(archive.conn(), meeting, &text)?;
    }
    Ok(())
}

/// A document in which what one author wrote and cannot prove, since it was sent to nobody, is another's.
fn of_another(
    mut document: Document,
    (former, author): (AuthorId, AuthorId),
    proved: &HashSet<ChangeHash>,
    env: &dyn Env,
) -> Result<Document> {
    let is_unproved = |change: &Change| {
        let own = log::message_of(change).is_some_and(|message| message.author == former);
        own && !proved.contains(&change.hash())
    };
    let all = document.changes_since(&[]);
    let unproved: HashSet<ChangeHash> = all
        .iter()
        .filter(|change| is_unproved(change))
        .map(Change::hash)
        .collect();
    if unproved.is_empty() {
        return Ok(document);
    }
    let changes = document.changes_anew(&unproved, author, || env.fresh_id())?;
    let mut anew = Document::genesis(env.fresh_id())?;
    anew.apply(changes)?;
    Ok(anew)
}

/// A document from its changes and, where these leave gaps, its rows; and whether nothing of it is lost.
fn salvage(
    conn: &Connection,
    key: Key,
    found: Found,
    env: &dyn Env,
    lost: &mut Vec<String>,
) -> Result<(Document, bool)> {
    let mut document = Document::genesis(env.fresh_id())?;
    let hashes: Vec<_> = found.changes.iter().map(Change::hash).collect();
    document.apply(found.changes)?;
    let complete = document.missing(&hashes).is_empty() && document.identity().is_some();
    if complete && !found.gaps {
        return Ok((document, true));
    }
    let told = lost.len();
    let Some(row) = found.row else {
        return Ok((document, complete));
    };
    macro_rules! each {
        ($($noun:ident),*) => { $(from_rows::<$noun>(conn, &mut document, row, key, lost)?;)* };
    }
    // Only a meeting's own document has a row of its facts.
    for_each_noun!(each);
    if document.identity().is_none() {
        document.identify(key.0, key.1)?;
    }
    // Rows that could be read and say nothing but what the changes say prove that none is lost.
    let whole = complete && !document.is_edited() && lost.len() == told;
    Ok((document, whole))
}

/// Takes in what the rows have and the changes have not, or have otherwise. Left uncommitted, for the caller to commit.
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
    let message = Message {
        author: archive.author_in(key.0)?,
        action: ActionId(archive.env.fresh_id()),
        // Nobody did this, and nobody can undo it.
        mode: Mode::Make,
        target: None,
        intent: "recovered from the tables".to_owned(),
    };
    document.commit(&message, archive.env.now().timestamp())?;
    let changes = document.changes_since(&[]);
    let mut loaded = Loaded {
        document,
        row,
        seq: 0,
        seen: Seen::default(),
        reviewed: Vec::new(),
    };
    for change in changes {
        let message = log::message_of(&change);
        loaded.seq = log::append(&transaction, key, loaded.row, &change, message.as_ref())?;
    }
    project::whole(&transaction, &mut loaded, key)?;
    transaction.commit()?;
    Ok(())
}
