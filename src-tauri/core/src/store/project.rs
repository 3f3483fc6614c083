//! The projection: what a document holds, as rows. Each entity's rows are a function of that entity alone, so that
//! writing the touched ones comes to the same as writing all.

use rusqlite::{Connection, params};
use serde_json::{Map, Value as Json};
use uuid::Uuid;

use super::log::{self, Key, Loaded};
use super::{contest, rows, search};
use crate::document::{Document, Part, Touched, object_of};
use crate::error::Result;
use crate::model::{
    Correction, Cue, Item, Meeting, Noun, Participant, Passage, Person, Point, Preference, Series, Turn, Version, Vote,
    for_each_noun,
};

/// Goes up whenever the projection changes what it writes; a file with a lower one is rebuilt on opening.
pub(crate) const VERSION: u32 = 4;

/// Projects what was touched. The index comes after all rows: between two writes to it, another statement's savepoint
/// would have it written to the file.
pub(crate) fn touched(conn: &Connection, document: &Document, row: i64, key: Key, touched: &Touched) -> Result<()> {
    // What would not wait long is taken into the index at once: an import has thousands of texts.
    let waits = touched.len() < search::PENDING_MOST;
    let (mut new, mut are_many) = (Vec::new(), false);
    for ((root, id), made) in touched {
        macro_rules! one {
            ($($noun:ident),*) => {
                match *root {
                    $(root if root == $noun::ROOT => match made {
                        Some(made) => {
                            debug_assert!(
                                is_written::<$noun>(document, *id, made),
                                "what the document holds is what it was given: {made:?}"
                            );
                            rows::insert::<$noun>(conn, row, &key.0.to_string(), *id, made)?;
                            if waits {
                                are_many |= queue::<$noun>(conn, row, *id)?;
                            } else {
                                new.extend(text_of::<$noun>(*id, made)?);
                            }
                        }
                        None => are_many |= entity::<$noun>(conn, document, row, key, *id)?,
                    },)*
                    _ => {}
                }
            };
        }
        for_each_noun!(one);
    }
    index_new(conn, row, new)?;
    if are_many {
        index_pending(conn)?;
    }
    Ok(())
}

/// Projects what was touched and did not come with its fields.
pub(crate) fn unmade(conn: &Connection, document: &Document, row: i64, key: Key, all: &Touched) -> Result<()> {
    let unmade = all.iter().filter(|(_, made)| made.is_none());
    touched(
        conn,
        document,
        row,
        key,
        &unmade.map(|(thing, _)| (*thing, None)).collect(),
    )?;
    debug_assert!(
        all.iter()
            .all(|(thing, made)| made.as_ref().is_none_or(|made| is_held(document, *thing, made))),
        "what the document holds is what its changes say"
    );
    Ok(())
}

/// Whether a document holds a thing with just these fields.
fn is_held(document: &Document, (root, id): (&'static str, Uuid), made: &Map<String, Json>) -> bool {
    macro_rules! one {
        ($($noun:ident),*) => {
            match root {
                $(root if root == $noun::ROOT => matches!(
                    document.read::<$noun>(id),
                    Ok(Some((value, false))) if object_of(&value).is_ok_and(|held| held == *made)
                ),)*
                _ => false,
            }
        };
    }
    for_each_noun!(one)
}

/// Whether a document holds, of all that is written of a thing, what it was given. Not all that it was given is written: the
/// document that a point lies in says whether it is off the record.
fn is_written<T: Projected>(document: &Document, id: Uuid, made: &Map<String, Json>) -> bool {
    let is_same = |held: &Map<String, Json>| T::FIELDS.iter().all(|field| held.get(field.key) == made.get(field.key));
    matches!(document.read::<T>(id), Ok(Some((value, _))) if object_of(&value).is_ok_and(|held| is_same(&held)))
}

/// Writes the rows of things that changes made, from what they say of them; the index after all rows.
pub(crate) fn made<'a>(
    conn: &Connection,
    row: i64,
    key: Key,
    made: impl Iterator<Item = ((&'static str, Uuid), &'a Map<String, Json>)>,
) -> Result<()> {
    let mut new = Vec::new();
    for ((root, id), fields) in made {
        macro_rules! one {
            ($($noun:ident),*) => {
                match root {
                    Meeting::ROOT => {}
                    $(root if root == $noun::ROOT => {
                        rows::insert::<$noun>(conn, row, &key.0.to_string(), id, fields)?;
                        new.extend(text_of::<$noun>(id, fields)?);
                    })*
                    _ => {}
                }
            };
        }
        for_each_noun!(one);
    }
    index_new(conn, row, new)
}

/// A text that is not in the search index yet: its noun's table, its id, when it was said in milliseconds, and the words.
type NewText = (&'static str, Uuid, i64, String);

/// What of a thing that was just made is searched.
fn text_of<T: Projected>(id: Uuid, fields: &Map<String, Json>) -> Result<Option<NewText>> {
    if !T::IS_SEARCHED {
        return Ok(None);
    }
    let value: T = serde_json::from_value(Json::Object(fields.clone()))?;
    Ok(value.searched().map(|(at, text)| (T::TABLE, id, at, text)))
}

fn index_new(conn: &Connection, row: i64, new: Vec<NewText>) -> Result<()> {
    for (noun, id, at, text) in new {
        search::add(conn, row, noun, id, at, &text)?;
    }
    Ok(())
}

/// Whether any of what was touched has a row already. The facts of a meeting always have.
pub(crate) fn is_any_there(conn: &Connection, row: i64, touched: &Touched) -> Result<bool> {
    for (root, id) in touched.keys() {
        macro_rules! one {
            ($($noun:ident),*) => {
                match *root {
                    Meeting::ROOT => true,
                    $(root if root == $noun::ROOT => rows::is_there::<$noun>(conn, row, *id)?,)*
                    _ => false,
                }
            };
        }
        if for_each_noun!(one) {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Projects everything of a document.
pub(crate) fn whole(conn: &Connection, loaded: &mut Loaded, key: Key) -> Result<()> {
    let (document, row) = (&loaded.document, loaded.row);
    macro_rules! all {
        ($($noun:ident),*) => {
            $(for id in document.ids::<$noun>() {
                entity::<$noun>(conn, document, row, key, id)?;
            })*
        };
    }
    for_each_noun!(all);
    contest::review_whole(conn, loaded, key)?;
    index_pending(conn)
}

/// Writes an entity's rows; answers whether many texts wait for the index now.
fn entity<T: Projected>(conn: &Connection, document: &Document, row: i64, key: Key, id: Uuid) -> Result<bool> {
    let is_meeting = T::ROOT == Meeting::ROOT;
    if is_meeting && key.1 != Part::Meeting {
        return Ok(false);
    }
    let id = if is_meeting { key.0.0 } else { id };
    let Some((value, deleted)) = document.read::<T>(id)? else {
        return Ok(false);
    };
    rows::upsert::<T>(conn, row, &key.0.to_string(), id, &object_of(&value)?, deleted)?;
    queue::<T>(conn, row, id)
}

/// Has a thing wait for the search index where it is searched; answers whether many wait now.
fn queue<T: Projected>(conn: &Connection, row: i64, id: Uuid) -> Result<bool> {
    Ok(T::IS_SEARCHED && search::queue(conn, row, T::TABLE, id)?)
}

/// Takes into the search index what waits for it, as the tables have it.
pub(crate) fn index_pending(conn: &Connection) -> Result<()> {
    let pending = search::pending(conn)?;
    if pending.is_empty() {
        return Ok(());
    }
    for (document, noun, id) in &pending {
        // What is damaged here is missing in the index, and told by `check`.
        let Ok(id) = id.parse() else { continue };
        macro_rules! one {
            ($($noun:ident),*) => {
                match noun.as_str() {
                    $($noun::TABLE => index::<$noun>(conn, *document, id)?,)*
                    _ => {}
                }
            };
        }
        for_each_noun!(one);
    }
    search::none_pending(conn)
}

fn index<T: Projected>(conn: &Connection, document: i64, id: Uuid) -> Result<()> {
    let Some((value, deleted)) = rows::of_document::<T>(conn, document, id)? else {
        return Ok(());
    };
    if let Some((at, text)) = value.searched() {
        search::index(
            conn,
            document,
            T::TABLE,
            id,
            at,
            if deleted { None } else { Some(&text) },
        )?;
    }
    Ok(())
}

/// What of a noun goes into the search index.
trait Projected: Noun {
    /// Whether it goes in at all.
    const IS_SEARCHED: bool = false;

    /// Its time (milliseconds) and its text.
    fn searched(&self) -> Option<(i64, String)> {
        None
    }
}

impl Projected for Point {
    const IS_SEARCHED: bool = true;

    fn searched(&self) -> Option<(i64, String)> {
        Some((self.at.timestamp_millis(), self.text.clone()))
    }
}

impl Projected for Passage {
    const IS_SEARCHED: bool = true;

    fn searched(&self) -> Option<(i64, String)> {
        // A passage has no time of its own; its id was made when it was written.
        let (seconds, nanos) = self.id.0.get_timestamp().map_or((0, 0), |stamp| stamp.to_unix());
        let millis = i64::try_from(seconds)
            .unwrap_or(0)
            .saturating_mul(1000)
            .saturating_add(i64::from(nanos / 1_000_000));
        Some((millis, self.text.clone()))
    }
}

impl Projected for Cue {
    const IS_SEARCHED: bool = true;

    fn searched(&self) -> Option<(i64, String)> {
        Some((self.starts.timestamp_millis(), self.text.clone()))
    }
}

macro_rules! not_searched {
    ($($noun:ident),*) => { $(impl Projected for $noun {})* };
}
not_searched!(
    Meeting,
    Item,
    Participant,
    Turn,
    Vote,
    Correction,
    Version,
    Series,
    Person,
    Preference
);

/// Removes every projected row of a document.
pub(crate) fn clear(conn: &Connection, row: i64) -> Result<()> {
    search::clear(conn, row)?;
    contest::clear(conn, row)?;
    macro_rules! all {
        ($($noun:ident),*) => {
            $(conn.execute(&format!("DELETE FROM {} WHERE document = ?1", $noun::TABLE), [row])?;)*
        };
    }
    for_each_noun!(all);
    conn.execute("DELETE FROM action WHERE document = ?1", params![row])?;
    Ok(())
}

/// Makes every projected row of a document anew.
pub(crate) fn rebuild(conn: &Connection, loaded: &mut Loaded, key: Key) -> Result<()> {
    clear(conn, loaded.row)?;
    whole(conn, loaded, key)?;
    let mut statement = conn.prepare_cached("SELECT seq, hash, bytes FROM change WHERE document = ?1 ORDER BY seq")?;
    let mut rows = statement.query([loaded.row])?;
    while let Some(row) = rows.next()? {
        let seq = row.get(0)?;
        let change = log::verified(seq, row.get_ref(1)?.as_blob().unwrap_or_default(), row.get(2)?)?;
        if let Some(message) = log::message_of(&change) {
            log::write_action(conn, seq, loaded.row, key, &message, change.timestamp())?;
        }
    }
    Ok(())
}
