//! One field between JSON and the document, by its shape.

use std::borrow::Cow;
use std::collections::HashMap;

use automerge::iter::MapRange;
use automerge::transaction::Transactable;
use automerge::{AutoCommit, ChangeHash, ObjId, ObjType, ReadDoc, ScalarValue, TextEncoding, Value, hydrate};
use serde::de::DeserializeOwned;
use serde_json::{Map, Value as Json};

use super::text;
use crate::error::{Error, Result};
use crate::model::{Field, Noun, Shape};

/// Stands between a field's key and the instant at which a stretch of time began.
pub(super) const SINCE: char = '@';

/// What a key of an entity holds, and the object that it is, if it is one.
pub(super) type Held<'a> = (Value<'a>, ObjId);

/// Everything that an entity holds, read in one pass: asking for each key by itself would search the document as often.
pub(super) fn held<'a>(doc: &'a AutoCommit, object: &ObjId) -> HashMap<Cow<'a, str>, Held<'a>> {
    held_at(doc, object, None)
}

/// The same as it stood at `heads`; none = now.
pub(super) fn held_at<'a>(
    doc: &'a AutoCommit,
    object: &ObjId,
    heads: Option<&[ChangeHash]>,
) -> HashMap<Cow<'a, str>, Held<'a>> {
    range(doc, object, heads)
        .map(|item| {
            let id = item.id();
            (item.key, (item.value.into_value(), id))
        })
        .collect()
}

fn range<'a>(doc: &'a AutoCommit, object: &ObjId, heads: Option<&[ChangeHash]>) -> MapRange<'a> {
    match heads {
        Some(heads) => doc.map_range_at(object, .., heads),
        None => doc.map_range(object, ..),
    }
}

/// Reads a field; `None` where it is missing or empty, which stands for the noun's own default.
pub(super) fn read(doc: &AutoCommit, held: &HashMap<Cow<'_, str>, Held<'_>>, field: &Field) -> Result<Option<Json>> {
    read_at(doc, held, field, None)
}

/// The same as it stood at `heads`, at which `held` was read too.
pub(super) fn read_at(
    doc: &AutoCommit,
    held: &HashMap<Cow<'_, str>, Held<'_>>,
    field: &Field,
    heads: Option<&[ChangeHash]>,
) -> Result<Option<Json>> {
    if field.shape == Shape::Stretches {
        return Ok(stretches(
            field,
            held.iter().map(|(key, (value, _))| (key.as_ref(), value)),
        ));
    }
    let Some((value, child)) = held.get(field.key) else {
        return Ok(None);
    };
    let inside = match (field.shape, value) {
        (Shape::Text, Value::Object(ObjType::Text)) => Inside::Text(match heads {
            Some(heads) => doc.text_at(child, heads)?,
            None => doc.text(child)?,
        }),
        (Shape::Set | Shape::Spans, Value::Object(_)) => Inside::Map(
            range(doc, child, heads)
                .map(|item| (item.key.to_string(), item.value.into_value()))
                .collect(),
        ),
        _ => Inside::Nothing,
    };
    Ok(json_of(field.shape, value, inside))
}

/// What lies in the object that a field is.
#[derive(Clone, Debug)]
pub(super) enum Inside<'a> {
    /// It is none, or of no kind that is looked into.
    Nothing,
    /// Words.
    Text(String),
    /// Keys and what they hold.
    Map(Vec<(String, Value<'a>)>),
}

/// A field as JSON, but for stretches; `None` where it is empty.
pub(super) fn json_of(shape: Shape, value: &Value<'_>, inside: Inside<'_>) -> Option<Json> {
    let members = || match &inside {
        Inside::Map(members) => members.as_slice(),
        _ => &[],
    };
    match shape {
        Shape::Str => value
            .as_str()
            .filter(|text| !text.is_empty())
            .map(|text| Json::String(text.to_owned())),
        // A number that does not fit was written by a newer version: shown as none rather than refused.
        Shape::Int => value
            .as_i64()
            .filter(|number| (1..=i64::from(u32::MAX)).contains(number))
            .map(Json::from),
        Shape::Bool => value.as_bool().map(Json::Bool),
        Shape::Text => match inside {
            Inside::Text(words) => Some(Json::String(text::shown(words))),
            _ => value.as_str().map(|text| Json::String(text.to_owned())),
        },
        Shape::List => value.as_str().and_then(|text| serde_json::from_str(text).ok()),
        Shape::Set => {
            let mut members: Vec<(i64, &String)> =
                members().iter().map(|(key, value)| (scalar_i64(value), key)).collect();
            members.sort();
            Some(Json::Array(
                members.into_iter().map(|(_, id)| Json::String(id.clone())).collect(),
            ))
        }
        Shape::Spans => {
            let mut spans: Vec<(String, String)> = members()
                .iter()
                .map(|(from, to)| (from.clone(), to.as_str().unwrap_or_default().to_owned()))
                .collect();
            spans.sort();
            Some(Json::Array(
                spans.into_iter().map(|(from, to)| span(from, to)).collect(),
            ))
        }
        Shape::Stretches => None,
    }
}

/// A field of stretches as JSON, from all that the entity holds; `None` where there is none.
pub(super) fn stretches<'a, 'b: 'a>(
    field: &Field,
    held: impl Iterator<Item = (&'a str, &'a Value<'b>)>,
) -> Option<Json> {
    let mut spans: Vec<(String, String)> = held
        .filter_map(|(key, value)| {
            let (own, from) = key.split_once(SINCE)?;
            let to = value.as_str().unwrap_or_default().to_owned();
            (own == field.key).then(|| (from.to_owned(), to))
        })
        .collect();
    spans.sort();
    (!spans.is_empty()).then(|| spans.into_iter().map(|(from, to)| span(from, to)).collect())
}

/// An entity of its fields: all of them, or what can be read of them.
pub(super) fn value<T: Noun>(json: Map<String, Json>) -> serde_json::Result<T> {
    match serde_json::from_value(Json::Object(json.clone())) {
        Ok(value) => Ok(value),
        Err(_) => readable(T::FIELDS, &json),
    }
}

/// What can be read of an entity of which something cannot: a laptop that means harm, or a newer Minuta, wrote it. Each
/// field by itself, so that one hides no other; and the same on every laptop, whatever came first.
fn readable<T: DeserializeOwned>(fields: &[Field], json: &Map<String, Json>) -> serde_json::Result<T> {
    let id = json.get_key_value("id").map(|(key, id)| (key.clone(), id.clone()));
    let bare: Map<String, Json> = id.into_iter().collect();
    let mut good = bare.clone();
    for field in fields {
        if let Some(value) = json.get(field.key) {
            let mut alone = bare.clone();
            alone.insert(field.key.to_owned(), value.clone());
            if serde_json::from_value::<T>(Json::Object(alone)).is_ok() {
                good.insert(field.key.to_owned(), value.clone());
            }
        }
    }
    serde_json::from_value(Json::Object(good))
}

fn scalar_i64(value: &Value<'_>) -> i64 {
    value.as_i64().unwrap_or(0)
}

/// A span as JSON.
pub(crate) fn span(from: String, to: String) -> Json {
    let mut map = Map::new();
    map.insert("from".to_owned(), Json::String(from));
    map.insert(
        "to".to_owned(),
        if to.is_empty() { Json::Null } else { Json::String(to) },
    );
    Json::Object(map)
}

/// A new entity as one value, to be put in at one go. What equals the stored default is left out; child objects are
/// always made.
pub(super) fn new_entity(fields: &[Field], json: &Map<String, Json>, encoding: TextEncoding) -> hydrate::Value {
    let mut entity: HashMap<String, hydrate::Value> = HashMap::with_capacity(fields.len());
    for field in fields {
        let new = json.get(field.key).unwrap_or(&Json::Null);
        let value = match field.shape {
            Shape::Stretches => {
                for (from, to) in members(field, new) {
                    entity.insert(since(field, &from), hydrate::Value::scalar(to));
                }
                continue;
            }
            Shape::Str | Shape::Int | Shape::Bool | Shape::List => {
                let scalar = scalar(field, new);
                let is_default = match &scalar {
                    ScalarValue::Str(text) => text.is_empty() || text == "[]",
                    ScalarValue::Int(number) => *number == 0,
                    ScalarValue::Boolean(yes) => !yes,
                    _ => false,
                };
                if is_default {
                    continue;
                }
                hydrate::Value::scalar(scalar)
            }
            Shape::Text => hydrate::Value::text(encoding, &text::stored(new.as_str().unwrap_or_default())),
            Shape::Set | Shape::Spans => {
                let members: HashMap<String, hydrate::Value> = members(field, new)
                    .into_iter()
                    .map(|(key, value)| (key, hydrate::Value::scalar(value)))
                    .collect();
                hydrate::Value::Map(members.into())
            }
        };
        entity.insert(field.key.to_owned(), value);
    }
    hydrate::Value::Map(entity.into())
}

/// Writes a field that differs.
pub(super) fn write(doc: &mut AutoCommit, object: &ObjId, field: &Field, old: &Json, new: &Json) -> Result<()> {
    match field.shape {
        Shape::Str | Shape::Int | Shape::Bool | Shape::List => doc.put(object, field.key, scalar(field, new))?,
        Shape::Text => match doc.get(object, field.key)? {
            Some((Value::Object(ObjType::Text), object)) => {
                text::rewrite(doc, &object, new.as_str().unwrap_or_default())?;
            }
            _ => return Err(Error::Internal(format!("{} is no text", field.key))),
        },
        Shape::Set | Shape::Spans => match doc.get(object, field.key)? {
            Some((Value::Object(ObjType::Map), child)) => {
                fill(doc, &child, members(field, old), members(field, new))?;
            }
            _ => return Err(Error::Internal(format!("{} is no map", field.key))),
        },
        Shape::Stretches => {
            let keyed = |json: &Json| {
                members(field, json)
                    .into_iter()
                    .map(|(from, to)| (since(field, &from), to))
                    .collect()
            };
            fill(doc, object, keyed(old), keyed(new))?;
        }
    }
    Ok(())
}

/// The key under which a stretch of time lies that began at `from`.
fn since(field: &Field, from: &str) -> String {
    format!("{}{SINCE}{from}", field.key)
}

type Members = Vec<(String, ScalarValue)>;

/// Brings a map from `old` to `new`, touching only the keys that differ.
fn fill(doc: &mut AutoCommit, child: &ObjId, old: Members, new: Members) -> Result<()> {
    for (key, _) in &old {
        if !new.iter().any(|(kept, _)| kept == key) {
            doc.delete(child, key.as_str())?;
        }
    }
    for (key, value) in &new {
        if !old.iter().any(|(known, same)| known == key && same == value) {
            doc.put(child, key.as_str(), value.clone())?;
        }
    }
    Ok(())
}

fn members(field: &Field, json: &Json) -> Members {
    let Json::Array(list) = json else {
        return Vec::new();
    };
    list.iter()
        .enumerate()
        .filter_map(|(place, value)| match field.shape {
            Shape::Spans | Shape::Stretches => {
                let from = value.get("from")?.as_str()?.to_owned();
                let to = value.get("to").and_then(Json::as_str).unwrap_or_default();
                Some((from, ScalarValue::Str(to.into())))
            }
            _ => Some((
                value.as_str()?.to_owned(),
                ScalarValue::Int(i64::try_from(place).unwrap_or(i64::MAX)),
            )),
        })
        .collect()
}

fn scalar(field: &Field, json: &Json) -> ScalarValue {
    match field.shape {
        Shape::Int => ScalarValue::Int(json.as_i64().unwrap_or(0)),
        Shape::Bool => ScalarValue::Boolean(json.as_bool().unwrap_or(false)),
        Shape::List => match json {
            Json::Array(list) if !list.is_empty() => ScalarValue::Str(json.to_string().into()),
            _ => ScalarValue::Str("".into()),
        },
        _ => ScalarValue::Str(json.as_str().unwrap_or_default().into()),
    }
}
