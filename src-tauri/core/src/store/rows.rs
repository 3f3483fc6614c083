//! A noun between its struct and its table. Column names are the fields' keys; sets, lists and spans lie in link
//! tables that belong to the row.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, LazyLock, Mutex, PoisonError};

use rusqlite::types::{ToSqlOutput, ValueRef};
use rusqlite::{Connection, OptionalExtension, Params, Row, params, params_from_iter};
use serde_json::{Map, Value as Json};
use uuid::Uuid;

use crate::error::{Error, Result};
use crate::model::{Field, Noun, Shape};

/// The link table of a field that is more than one value.
pub(crate) fn link_table<T: Noun>(field: &Field) -> String {
    if field.key == "presence" {
        "presence".to_owned()
    } else {
        format!("{}_{}", T::TABLE, field.key)
    }
}

fn is_column(field: &Field) -> bool {
    matches!(field.shape, Shape::Str | Shape::Int | Shape::Bool | Shape::Text)
}

/// The statements that write a noun, put together once: a line typed writes a row or two, and would spend more on
/// their words than on writing them.
struct Writing {
    /// Whether there is a row.
    there: String,
    /// Writes a row that is there; binds as `insert` does, and answers with the row's number.
    update: String,
    /// Writes a row that is not there.
    insert: String,
    /// For each field that is more than one value: empties it, and writes one value of it.
    links: Vec<(String, String)>,
}

impl Writing {
    fn of<T: Noun>() -> Arc<Self> {
        static KNOWN: LazyLock<Mutex<HashMap<&'static str, Arc<Writing>>>> = LazyLock::new(Mutex::default);
        let mut known = KNOWN.lock().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(known.entry(T::TABLE).or_insert_with(|| Arc::new(Self::new::<T>())))
    }

    fn new<T: Noun>() -> Self {
        let mut names = String::from("document, id, meeting, deleted");
        let mut marks = String::from("?1, ?2, ?3, ?4");
        let mut sets = String::from("meeting = ?3, deleted = ?4");
        for (index, field) in T::FIELDS.iter().filter(|field| is_column(field)).enumerate() {
            let mark = index + 5;
            names.push_str(&format!(", \"{}\"", field.key));
            marks.push_str(&format!(", ?{mark}"));
            sets.push_str(&format!(", \"{}\" = ?{mark}", field.key));
        }
        let links = T::FIELDS.iter().filter(|field| !is_column(field)).map(|field| {
            let table = link_table::<T>(field);
            let columns = if matches!(field.shape, Shape::Spans | Shape::Stretches) {
                "owner, began, ended"
            } else {
                "owner, place, value"
            };
            (
                format!("DELETE FROM {table} WHERE owner = ?1"),
                format!("INSERT OR REPLACE INTO {table} ({columns}) VALUES (?1, ?2, ?3)"),
            )
        });
        Self {
            there: format!(
                "SELECT EXISTS (SELECT 1 FROM {} WHERE document = ?1 AND id = ?2)",
                T::TABLE
            ),
            update: format!(
                "UPDATE {} SET {sets} WHERE document = ?1 AND id = ?2 RETURNING row",
                T::TABLE
            ),
            insert: format!("INSERT INTO {} ({names}) VALUES ({marks})", T::TABLE),
            links: links.collect(),
        }
    }
}

/// Writes the row of an entity, given as all its fields, and its link rows.
pub(crate) fn upsert<T: Noun>(
    conn: &Connection,
    document: i64,
    meeting: &str,
    id: Uuid,
    json: &Map<String, Json>,
    deleted: bool,
) -> Result<()> {
    let writing = Writing::of::<T>();
    let id = id.to_string();
    let values = values::<T>(document, &id, meeting, json, deleted);
    let known: Option<i64> = conn
        .prepare_cached(&writing.update)?
        .query_row(params_from_iter(&values), |row| row.get(0))
        .optional()?;
    let row = match known {
        Some(row) => row,
        None => conn
            .prepare_cached(&writing.insert)?
            .insert(params_from_iter(&values))?,
    };
    // A new row has no links that would have to go.
    if known.is_some() {
        for (empty, _) in &writing.links {
            conn.prepare_cached(empty)?.execute([row])?;
        }
    }
    write_links::<T>(conn, row, json, &writing)
}

/// The same for one that has no row yet.
pub(crate) fn insert<T: Noun>(
    conn: &Connection,
    document: i64,
    meeting: &str,
    id: Uuid,
    json: &Map<String, Json>,
) -> Result<()> {
    let writing = Writing::of::<T>();
    let id = id.to_string();
    let row = conn
        .prepare_cached(&writing.insert)?
        .insert(params_from_iter(&values::<T>(document, &id, meeting, json, false)))?;
    write_links::<T>(conn, row, json, &writing)
}

/// What `Writing::insert` binds.
fn values<'a, T: Noun>(
    document: i64,
    id: &'a str,
    meeting: &'a str,
    json: &'a Map<String, Json>,
    deleted: bool,
) -> Vec<ToSqlOutput<'a>> {
    let mut values: Vec<ToSqlOutput<'_>> = vec![
        document.into(),
        ToSqlOutput::from(id),
        ToSqlOutput::from(meeting),
        deleted.into(),
    ];
    for field in T::FIELDS.iter().filter(|field| is_column(field)) {
        values.push(sql_of(json.get(field.key).unwrap_or(&Json::Null), field.shape));
    }
    values
}

/// Whether an entity has a row, deleted or not.
pub(crate) fn is_there<T: Noun>(conn: &Connection, document: i64, id: Uuid) -> Result<bool> {
    Ok(conn
        .prepare_cached(&Writing::of::<T>().there)?
        .query_row(params![document, id.to_string()], |row| row.get(0))?)
}

fn sql_of(json: &Json, shape: Shape) -> ToSqlOutput<'_> {
    match shape {
        Shape::Int => json.as_i64().unwrap_or(0).into(),
        Shape::Bool => json.as_bool().unwrap_or(false).into(),
        _ => json.as_str().unwrap_or_default().into(),
    }
}

fn write_links<T: Noun>(conn: &Connection, row: i64, json: &Map<String, Json>, writing: &Writing) -> Result<()> {
    for (field, (_, write)) in T::FIELDS.iter().filter(|field| !is_column(field)).zip(&writing.links) {
        let Some(Json::Array(list)) = json.get(field.key) else {
            continue;
        };
        for (place, value) in list.iter().enumerate() {
            let mut statement = conn.prepare_cached(write)?;
            match field.shape {
                Shape::Spans | Shape::Stretches => {
                    let text = |key: &str| value.get(key).and_then(Json::as_str).unwrap_or_default();
                    statement.execute(params![row, text("from"), text("to")])?;
                }
                _ => {
                    let place = i64::try_from(place).unwrap_or(i64::MAX);
                    statement.execute(params![row, place, value.as_str().unwrap_or_default()])?;
                }
            }
        }
    }
    Ok(())
}

/// The columns of a noun for a `SELECT … FROM {table} AS t JOIN document AS d …`, links folded in as JSON.
fn columns<T: Noun>() -> String {
    let mut list = String::from("t.id, d.kind = 'internal'");
    for field in T::FIELDS {
        list.push_str(", ");
        let table = link_table::<T>(field);
        match field.shape {
            Shape::Set | Shape::List => list.push_str(&format!(
                "(SELECT json_group_array(l.value ORDER BY l.place, l.value) FROM {table} AS l WHERE l.owner = t.row)"
            )),
            Shape::Spans | Shape::Stretches => list.push_str(&format!(
                "(SELECT json_group_array(json_array(l.began, l.ended) ORDER BY l.began) FROM {table} AS l WHERE l.owner = t.row)"
            )),
            _ => list.push_str(&format!("t.\"{}\"", field.key)),
        }
    }
    list
}

/// Reads entities; `tail` is everything after the join, e.g. `WHERE t.meeting = ?1 AND t.deleted = 0`.
pub(crate) fn select<T: Noun>(conn: &Connection, tail: &str, params: impl Params) -> Result<Vec<T>> {
    let query = format!(
        "SELECT {} FROM {} AS t JOIN document AS d ON d.row = t.document {tail}",
        columns::<T>(),
        T::TABLE
    );
    let mut statement = conn.prepare_cached(&query)?;
    let mut rows = statement.query(params)?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        found.push(from_row::<T>(row)?);
    }
    Ok(found)
}

/// The entities of a meeting that are not deleted.
pub(crate) fn of_meeting<T: Noun>(conn: &Connection, meeting: &str, order: &str) -> Result<Vec<T>> {
    select(
        conn,
        &format!("WHERE t.meeting = ?1 AND t.deleted = 0 ORDER BY {order}"),
        [meeting],
    )
}

/// One entity by its id, unless it is deleted.
pub(crate) fn by_id<T: Noun>(conn: &Connection, meeting: &str, id: Uuid) -> Result<Option<T>> {
    // The internal companion's row comes first: what is off the record stays off it.
    let found = select(
        conn,
        "WHERE d.meeting = ?2 AND t.id = ?1 AND t.deleted = 0 ORDER BY d.kind LIMIT 1",
        params![id.to_string(), meeting],
    )?;
    Ok(found.into_iter().next())
}

/// An entity of one document as it lies there, and whether it is deleted.
pub(crate) fn of_document<T: Noun>(conn: &Connection, document: i64, id: Uuid) -> Result<Option<(T, bool)>> {
    for deleted in [false, true] {
        let found = select(
            conn,
            "WHERE t.document = ?1 AND t.id = ?2 AND t.deleted = ?3",
            params![document, id.to_string(), deleted],
        )?;
        if let Some(value) = found.into_iter().next() {
            return Ok(Some((value, deleted)));
        }
    }
    Ok(None)
}

fn from_row<T: Noun>(row: &Row<'_>) -> Result<T> {
    let mut json = Map::new();
    json.insert("id".to_owned(), Json::String(row.get(0)?));
    json.insert("internal".to_owned(), Json::Bool(row.get(1)?));
    for (index, field) in T::FIELDS.iter().enumerate() {
        if let Some(value) = json_of(row.get_ref(index + 2)?, field.shape)? {
            json.insert(field.key.to_owned(), value);
        }
    }
    serde_json::from_value(Json::Object(json))
        .map_err(|error| Error::Damaged(format!("a row of {}: {error}", T::TABLE)))
}

/// A value as JSON; `None` for an empty one, which stands for the noun's own default.
fn json_of(value: ValueRef<'_>, shape: Shape) -> Result<Option<Json>> {
    let text = |value: ValueRef<'_>| -> Result<String> {
        value
            .as_str()
            .map(str::to_owned)
            .map_err(|error| Error::Damaged(error.to_string()))
    };
    Ok(match shape {
        Shape::Int => match value {
            ValueRef::Integer(number) if number != 0 => Some(Json::from(number)),
            _ => None,
        },
        Shape::Bool => Some(Json::Bool(matches!(value, ValueRef::Integer(number) if number != 0))),
        Shape::Str | Shape::Text => Some(text(value)?).filter(|text| !text.is_empty()).map(Json::String),
        Shape::Set | Shape::List => Some(parse(&text(value)?)?),
        Shape::Spans | Shape::Stretches => {
            let Json::Array(pairs) = parse(&text(value)?)? else {
                return Ok(None);
            };
            let part =
                |pair: &Json, index: usize| pair.get(index).and_then(Json::as_str).unwrap_or_default().to_owned();
            Some(Json::Array(
                pairs
                    .iter()
                    .map(|pair| crate::document::span(part(pair, 0), part(pair, 1)))
                    .collect(),
            ))
        }
    })
}

fn parse(text: &str) -> Result<Json> {
    serde_json::from_str(text).map_err(|error| Error::Damaged(format!("a list in a row: {error}")))
}

/// Every row of a document as text, by id, links folded in: for comparing one projection with another. Reads by the
/// document's own index, so that damage in another meeting's pages does not stop it.
pub(crate) fn dump<T: Noun>(conn: &Connection, document: i64) -> Result<BTreeMap<String, String>> {
    let query = format!(
        "SELECT {}, t.meeting, t.deleted FROM {} AS t JOIN document AS d ON d.row = t.document WHERE t.document = ?1",
        columns::<T>(),
        T::TABLE
    );
    let mut statement = conn.prepare_cached(&query)?;
    let width = statement.column_count();
    let mut rows = statement.query([document])?;
    let mut found = BTreeMap::new();
    while let Some(row) = rows.next()? {
        let mut text = String::new();
        for column in 0..width {
            // The raw value with its type: a flipped bit may have changed either.
            text.push_str(&format!("{:?}\n", row.get_ref(column)?));
        }
        let id = row.get_ref(0)?.as_str().unwrap_or("unreadable").to_owned();
        found.insert(id, text);
    }
    Ok(found)
}

/// How many rows a noun's table has in all.
pub(crate) fn count<T: Noun>(conn: &Connection) -> Result<i64> {
    Ok(conn.query_row(&format!("SELECT count(*) FROM {}", T::TABLE), [], |row| row.get(0))?)
}
