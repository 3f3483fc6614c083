//! Whether the projected tables are what the log says: two connections compared, document by document.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::Connection;

use super::log::Key;
use super::{contest, queries, rows, search};
use crate::error::Result;
use crate::model::{
    Correction, Cue, Item, Meeting, Noun, Participant, Passage, Person, Point, Preference, Series, Turn, Version, Vote,
    for_each_noun,
};

/// How many differences of one table are told one by one.
const TOLD: usize = 10;

/// What differs in the rows of a document, in words.
pub(crate) fn document(found: &Connection, expected: &Connection, row: i64) -> Vec<String> {
    let mut differences = Vec::new();
    macro_rules! each {
        ($($noun:ident),*) => {
            $(differences.extend(tables(&$noun::TABLE.replace('_', " "), rows::dump::<$noun>(found, row), rows::dump::<$noun>(expected, row)));)*
        };
    }
    for_each_noun!(each);
    differences.extend(tables("history", actions(found, row), actions(expected, row)));
    differences.extend(tables(
        "contest about",
        contest::dump(found, row),
        contest::dump(expected, row),
    ));
    let waiting = waiting(found);
    differences.extend(tables(
        "search index",
        terms(found, row, &waiting),
        terms(expected, row, &waiting),
    ));
    differences
}

/// What the index has yet to take in, which is compared by its rows alone.
fn waiting(found: &Connection) -> BTreeSet<(i64, String, String)> {
    search::pending(found).unwrap_or_default()
}

/// Tables that hold more or fewer rows than the log accounts for.
pub(crate) fn counts(found: &Connection, expected: &Connection) -> Vec<String> {
    let mut differences = Vec::new();
    macro_rules! each {
        ($($noun:ident),*) => {
            $(match (rows::count::<$noun>(found), rows::count::<$noun>(expected)) {
                (Ok(found), Ok(expected)) if found == expected => {}
                (Ok(found), Ok(expected)) => differences.push(format!("the table {} has {found} rows, the log accounts for {expected}", $noun::TABLE)),
                _ => differences.push(format!("the table {} cannot be read to its end", $noun::TABLE)),
            })*
        };
    }
    for_each_noun!(each);
    match (contest::count(found), contest::count(expected)) {
        (Ok(found), Ok(expected)) if found == expected => {}
        (Ok(found), Ok(expected)) => differences.push(format!(
            "the table contest has {found} rows, the log accounts for {expected}"
        )),
        _ => differences.push("the table contest cannot be read to its end".to_owned()),
    }
    match queries::is_counted(found) {
        Ok(true) => {}
        Ok(false) => differences.push("the table point_count has other numbers than the points".to_owned()),
        Err(error) => differences.push(format!("the table point_count: {error}")),
    }
    differences
}

fn tables(
    name: &str,
    found: Result<BTreeMap<String, String>>,
    expected: Result<BTreeMap<String, String>>,
) -> Vec<String> {
    let (found, expected) = match (found, expected) {
        (Ok(found), Ok(expected)) => (found, expected),
        (Err(error), _) | (_, Err(error)) => return vec![format!("{name}: {error}")],
    };
    let ids: BTreeSet<&String> = found.keys().chain(expected.keys()).collect();
    let mut differences: Vec<String> = ids
        .into_iter()
        .filter_map(|id| match (found.get(id), expected.get(id)) {
            (Some(found), Some(expected)) if found == expected => None,
            (Some(_), Some(_)) => Some(format!("{name} {id} differs from the log")),
            (None, _) => Some(format!("{name} {id} is missing")),
            (_, None) => Some(format!("{name} {id} is not in the log")),
        })
        .collect();
    // A lost page of the log may make a thousand rows differ: some name the place well enough.
    let more = differences.len().saturating_sub(TOLD);
    if more > 0 {
        differences.truncate(TOLD);
        differences.push(format!("{name}: {more} more differ"));
    }
    differences
}

fn actions(conn: &Connection, row: i64) -> Result<BTreeMap<String, String>> {
    let mut statement = conn.prepare_cached(
        "SELECT seq, meeting, author, action, mode, target, intent, at FROM action WHERE document = ?1",
    )?;
    let mut rows = statement.query([row])?;
    let mut found = BTreeMap::new();
    while let Some(row) = rows.next()? {
        let text: Vec<String> = (0..8)
            .map(|column| row.get_ref(column).map(|value| format!("{value:?}")))
            .collect::<std::result::Result<_, _>>()?;
        found.insert(text.first().cloned().unwrap_or_default(), text.join("\n"));
    }
    Ok(found)
}

/// Makes the index's terms readable as a table, if they are not yet.
fn list_terms(conn: &Connection) -> Result<()> {
    conn.execute_batch("CREATE VIRTUAL TABLE IF NOT EXISTS temp.search_term USING fts5vocab(main, search, instance)")?;
    Ok(())
}

/// The terms of each entry, in their places.
fn terms(
    conn: &Connection,
    document: i64,
    waiting: &BTreeSet<(i64, String, String)>,
) -> Result<BTreeMap<String, String>> {
    list_terms(conn)?;
    conn.execute_batch("CREATE TEMP TABLE IF NOT EXISTS term_of AS SELECT doc, group_concat(term, ' ' ORDER BY offset) AS terms FROM temp.search_term GROUP BY doc")?;
    let mut statement = conn.prepare_cached(
        "SELECT e.noun, e.id, coalesce(t.terms, '') FROM search_entry AS e LEFT JOIN temp.term_of AS t ON t.doc = e.row WHERE e.document = ?1",
    )?;
    let mut rows = statement.query([document])?;
    let mut found = BTreeMap::new();
    while let Some(row) = rows.next()? {
        let (noun, id): (String, String) = (row.get(0)?, row.get(1)?);
        let name = format!("{noun} {id}");
        if !waiting.contains(&(document, noun, id)) {
            found.insert(name, row.get(2)?);
        }
    }
    Ok(found)
}

/// Beginnings of words whose hits differ: the index keeps those apart from the words themselves.
pub(crate) fn prefixes(found: &Connection, expected: &Connection) -> Vec<String> {
    let compared = (|| -> Result<Vec<String>> {
        // Where there is no document yet, nobody has asked for them before.
        list_terms(expected)?;
        let mut statement = expected.prepare_cached("SELECT DISTINCT term FROM temp.search_term")?;
        let mut rows = statement.query([])?;
        let mut heads: BTreeSet<String> = BTreeSet::new();
        while let Some(row) = rows.next()? {
            let term: String = row.get(0)?;
            heads.extend((1..=6).map(|length| term.chars().take(length).collect::<String>()));
        }
        let mut differing = Vec::new();
        let waiting = waiting(found);
        for head in heads {
            let mut missing = hits(found, &head)?;
            missing = missing.symmetric_difference(&hits(expected, &head)?).cloned().collect();
            if !missing.is_subset(&waiting) {
                differing.push(format!(
                    "the search index does not find all that begins with \"{head}\""
                ));
            }
        }
        Ok(differing)
    })();
    compared.unwrap_or_else(|error| vec![format!("the search index: {error}")])
}

fn hits(conn: &Connection, head: &str) -> Result<BTreeSet<(i64, String, String)>> {
    let mut statement = conn.prepare_cached(
        "SELECT e.document, e.noun, e.id FROM search AS s JOIN search_entry AS e ON e.row = s.rowid WHERE search MATCH ?1",
    )?;
    let rows = statement.query_map([format!("\"{head}\"*")], |row| {
        Ok((row.get(0)?, row.get(1)?, row.get(2)?))
    })?;
    Ok(rows.collect::<std::result::Result<_, _>>()?)
}

/// Tables, indexes and their definitions, in words.
pub(crate) fn schema(found: &Connection, expected: &Connection) -> Vec<String> {
    fn read(conn: &Connection) -> Result<BTreeMap<String, String>> {
        let mut statement = conn.prepare(
            "SELECT type || ' ' || name, coalesce(tbl_name, '') || coalesce(sql, '') FROM main.sqlite_schema",
        )?;
        let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
        Ok(rows.collect::<std::result::Result<_, _>>()?)
    }
    tables("definition of", read(found), read(expected))
}

/// The part of the archive that a document is, in words.
pub(crate) fn named(key: Key) -> &'static str {
    match key.1 {
        crate::document::Part::Meeting => "the meeting's document",
        crate::document::Part::Internal => "the document of what is off the record",
        crate::document::Part::Archive => "the archive's own document",
    }
}
