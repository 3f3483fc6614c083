//! What is contested, as rows: kept beside the other tables, so that showing it needs no document.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::{Connection, params};
use serde_json::Value as Json;
use uuid::Uuid;

use super::log::{Key, Loaded};
use crate::document::{Part, Reviewed, Touched};
use crate::error::{Error, Result};
use crate::model::contest::LINKS;
use crate::model::{Contest, Item, MeetingId, Noun as _, Participant};

/// Looks through what came into a document since this was last done, and brings the rows up to date. Where somebody
/// writes alone, and nothing is contested, it looks at nothing.
pub(crate) fn review(conn: &Connection, loaded: &mut Loaded, key: Key) -> Result<()> {
    let heads = loaded.document.heads();
    if heads == loaded.reviewed {
        return Ok(());
    }
    // Settings of one archive are nobody else's.
    let is_shared = key.1 != Part::Archive;
    if is_shared && (!loaded.document.is_one_on_top(&loaded.reviewed) || any(conn, loaded.row)?) {
        let reviewed = loaded.document.reviewed_since(&loaded.reviewed)?;
        write(conn, loaded.row, key, &reviewed)?;
    }
    loaded.reviewed = heads;
    Ok(())
}

/// Looks through a whole document.
pub(crate) fn review_whole(conn: &Connection, loaded: &mut Loaded, key: Key) -> Result<()> {
    if key.1 != Part::Archive {
        let contests = loaded.document.contested()?;
        write(conn, loaded.row, key, &Reviewed::Whole(contests))?;
    }
    loaded.reviewed = loaded.document.heads();
    Ok(())
}

fn any(conn: &Connection, row: i64) -> Result<bool> {
    Ok(conn
        .prepare_cached("SELECT EXISTS (SELECT 1 FROM contest WHERE document = ?1)")?
        .query_row([row], |row| row.get(0))?)
}

fn write(conn: &Connection, row: i64, key: Key, reviewed: &Reviewed) -> Result<()> {
    let contests = match reviewed {
        Reviewed::Whole(contests) => {
            clear(conn, row)?;
            contests
        }
        Reviewed::Of(aspects, contests) => {
            let mut remove = conn
                .prepare_cached("DELETE FROM contest WHERE document = ?1 AND noun = ?2 AND id = ?3 AND aspect = ?4")?;
            for (root, id, aspect) in aspects {
                remove.execute(params![row, root, id.to_string(), aspect])?;
            }
            contests
        }
    };
    for contest in contests {
        conn.prepare_cached(
            "INSERT INTO contest (document, meeting, noun, id, aspect, versions) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        )?
        .execute(params![
            row,
            key.0.to_string(),
            contest.root,
            contest.id.to_string(),
            contest.aspect,
            serde_json::to_string(&contest.versions)?
        ])?;
    }
    Ok(())
}

/// Whether something new stands beneath a thing that is deleted here, or names one: all of it must be new. Of what did
/// not come with its fields, whether it may.
pub(crate) fn is_any_beneath_deleted(conn: &Connection, row: i64, touched: &Touched) -> Result<bool> {
    let mut asked: BTreeSet<(&str, Option<&str>)> = BTreeSet::new();
    for ((root, _), made) in touched {
        for link in LINKS.iter().filter(|link| link.root == *root) {
            let Some(made) = made else {
                asked.insert((link.to, None));
                continue;
            };
            let value = made.get(link.key).unwrap_or(&Json::Null);
            let ids = value.as_array().map_or(std::slice::from_ref(value), Vec::as_slice);
            let ids = ids.iter().filter_map(Json::as_str).filter(|id| !id.is_empty());
            asked.extend(ids.map(|id| (link.to, Some(id))));
        }
    }
    for (to, id) in asked {
        let table = if to == Item::ROOT {
            Item::TABLE
        } else {
            Participant::TABLE
        };
        let any = conn
            .prepare_cached(&format!(
                "SELECT EXISTS (SELECT 1 FROM {table} WHERE document = ?1 AND deleted = 1 AND (?2 IS NULL OR id = ?2))"
            ))?
            .query_row(params![row, id], |row| row.get(0))?;
        if any {
            return Ok(true);
        }
    }
    Ok(false)
}

/// The points off the record, by item, that stand beneath an item which is deleted in the meeting's own document.
pub(crate) fn off_the_record_beneath_deleted(
    conn: &Connection,
    meeting: MeetingId,
) -> Result<BTreeMap<Uuid, Vec<Uuid>>> {
    let mut statement = conn.prepare_cached(
        // From the companion's few points: CROSS JOIN has SQLite keep that order.
        "SELECT p.item, p.id FROM document AS companion
         CROSS JOIN point AS p ON p.document = companion.row AND p.deleted = 0
         JOIN document AS own ON own.meeting = companion.meeting AND own.kind = 'meeting'
         JOIN agenda_item AS i ON i.document = own.row AND i.id = p.item AND i.deleted = 1
         WHERE companion.meeting = ?1 AND companion.kind = 'internal' ORDER BY p.\"order\", p.id",
    )?;
    let mut rows = statement.query([meeting.to_string()])?;
    let mut found: BTreeMap<Uuid, Vec<Uuid>> = BTreeMap::new();
    while let Some(row) = rows.next()? {
        let (item, point): (String, String) = (row.get(0)?, row.get(1)?);
        let damaged = |_| Error::Damaged("an id of a point or an item".to_owned());
        let item = item.parse().map_err(damaged)?;
        found.entry(item).or_default().push(point.parse().map_err(damaged)?);
    }
    Ok(found)
}

/// Removes the rows of a document.
pub(crate) fn clear(conn: &Connection, row: i64) -> Result<()> {
    conn.execute("DELETE FROM contest WHERE document = ?1", [row])?;
    Ok(())
}

/// What is contested in a meeting, by document; of things that are gone too.
pub(crate) fn of_meeting(conn: &Connection, meeting: MeetingId) -> Result<Vec<(i64, Part, Contest)>> {
    let mut statement = conn.prepare_cached(
        "SELECT c.document, d.kind, c.noun, c.id, c.aspect, c.versions
         FROM contest AS c JOIN document AS d ON d.row = c.document
         WHERE c.meeting = ?1 ORDER BY d.kind DESC, c.noun, c.id, c.aspect",
    )?;
    let mut rows = statement.query([meeting.to_string()])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        let (kind, id, versions): (String, String, String) = (row.get(1)?, row.get(3)?, row.get(5)?);
        let damaged = |_| Error::Damaged("a row of what is contested".to_owned());
        found.push((
            row.get(0)?,
            Part::of(&kind).ok_or_else(|| Error::Damaged("a document of no known kind".to_owned()))?,
            Contest {
                root: row.get(2)?,
                id: id.parse().map_err(|_| damaged(()))?,
                aspect: row.get(4)?,
                versions: serde_json::from_str(&versions).map_err(|_| damaged(()))?,
            },
        ));
    }
    Ok(found)
}

/// Every row of a document as text, for comparing one projection with another.
pub(crate) fn dump(conn: &Connection, row: i64) -> Result<BTreeMap<String, String>> {
    let mut statement =
        conn.prepare_cached("SELECT noun, id, aspect, meeting, versions FROM contest WHERE document = ?1")?;
    let mut rows = statement.query([row])?;
    let mut found = BTreeMap::new();
    while let Some(row) = rows.next()? {
        let (noun, id, aspect): (String, String, String) = (row.get(0)?, row.get(1)?, row.get(2)?);
        let (meeting, versions): (String, String) = (row.get(3)?, row.get(4)?);
        found.insert(format!("{aspect} of {noun} {id}"), format!("{meeting}\n{versions}"));
    }
    Ok(found)
}

/// How many rows there are in all.
pub(crate) fn count(conn: &Connection) -> Result<i64> {
    Ok(conn.query_row("SELECT count(*) FROM contest", [], |row| row.get(0))?)
}
