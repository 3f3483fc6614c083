//! Points off the record beneath an item that was taken off the agenda. They lie in another document than the item: who
//! took it off may not even hold that, and no change of the one tells what was known of the other. So what counts is how
//! both stand; who takes an item off and holds the companion has its points there stand under no item, and is not asked.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};

use automerge::ChangeHash;
use chrono::{DateTime, Utc};
use rusqlite::{Connection, OptionalExtension as _, params};
use serde_json::{Map, Value as Json};

use super::Archive;
use super::receive::last_logged;
use super::write::Edit;
use crate::document::{Document, Part};
use crate::env::Env;
use crate::error::Result;
use crate::model::contest::{BENEATH, BENEATH_IN_ALL, DELETED, Leaf};
use crate::model::{AuthorId, Contest, Item, MeetingId, Noun as _, Point, Stand};
use crate::store::contest;
use crate::store::log::{self, Key, Loaded};

/// A change: its hash, who made it, and when.
type Made = (String, AuthorId, DateTime<Utc>);

impl Archive {
    /// What is asked about items beneath which there are points off the record.
    pub(crate) fn beneath_deleted(&self, meeting: MeetingId) -> Result<Vec<Contest>> {
        beneath_deleted(self.conn(), &self.documents, self.env(), meeting)
    }
}

impl Edit<'_> {
    /// As [`Archive::beneath_deleted`].
    pub(crate) fn beneath_deleted(&mut self) -> Result<Vec<Contest>> {
        let (conn, meeting) = (self.query()?, self.meeting());
        beneath_deleted(conn, self.documents(), self.env(), meeting)
    }
}

fn beneath_deleted(
    conn: &Connection,
    documents: &HashMap<Key, Loaded>,
    env: &dyn Env,
    meeting: MeetingId,
) -> Result<Vec<Contest>> {
    let found = contest::off_the_record_beneath_deleted(conn, meeting)?;
    // Nearly always there is nothing, and no document is looked at.
    if found.is_empty() {
        return Ok(Vec::new());
    }
    let document = |part: Part| held(conn, documents, env, (meeting, part));
    let (Some(record), Some(companion)) = (document(Part::Meeting)?, document(Part::Internal)?) else {
        return Ok(Vec::new());
    };
    let mut contests = Vec::new();
    for (item, points) in found {
        let deleted = record.written_by(Item::ROOT, item, DELETED);
        let mut gone = Map::new();
        gone.insert(DELETED.to_owned(), Json::Bool(true));
        let mut versions = vec![stand(made(conn, deleted)?, gone)];
        let mut written: BTreeMap<AuthorId, (Made, Vec<Leaf>)> = BTreeMap::new();
        for id in points {
            let its = made(conn, companion.written_by(Point::ROOT, id, "item"))?;
            let (last, leaves) = written.entry(its.1).or_insert_with(|| (its.clone(), Vec::new()));
            if its.2 > last.2 {
                *last = its;
            }
            leaves.push(Leaf {
                id,
                root: Point::ROOT.to_owned(),
            });
        }
        for (last, leaves) in written.into_values() {
            let mut value = Map::new();
            value.insert(BENEATH_IN_ALL.to_owned(), Json::from(leaves.len()));
            value.insert(BENEATH.to_owned(), serde_json::to_value(leaves)?);
            versions.push(stand(last, value));
        }
        contests.push(Contest {
            root: Item::ROOT.to_owned(),
            id: item,
            aspect: DELETED.to_owned(),
            versions,
        });
    }
    Ok(contests)
}

fn stand((change, author, at): Made, value: Map<String, Json>) -> Stand {
    Stand {
        change,
        author,
        at,
        value,
    }
}

/// A document as the log has it: the one in memory, where that goes as far.
fn held<'a>(
    conn: &Connection,
    documents: &'a HashMap<Key, Loaded>,
    env: &dyn Env,
    key: Key,
) -> Result<Option<Cow<'a, Document>>> {
    let last = last_logged(conn, key)?;
    if let Some(loaded) = documents.get(&key).filter(|loaded| loaded.seq == last) {
        return Ok(Some(Cow::Borrowed(&loaded.document)));
    }
    let Some(row) = log::document_row(conn, key)? else {
        return Ok(None);
    };
    Ok(Some(Cow::Owned(log::load(conn, row, env.fresh_id())?.document)))
}

/// Who made a change, and when; nobody where that cannot be told.
fn made(conn: &Connection, hash: Option<ChangeHash>) -> Result<Made> {
    let Some(hash) = hash else {
        return Ok(Made::default());
    };
    let told: Option<(String, String)> = conn
        .prepare_cached("SELECT a.author, a.at FROM change AS c JOIN action AS a ON a.seq = c.seq WHERE c.hash = ?1")?
        .query_row(params![hash.0.as_slice()], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    let (author, at) = told.unwrap_or_default();
    let at = DateTime::parse_from_rfc3339(&at).map(|at| at.to_utc());
    Ok((
        hash.to_string(),
        author.parse().unwrap_or_default(),
        at.unwrap_or_default(),
    ))
}
