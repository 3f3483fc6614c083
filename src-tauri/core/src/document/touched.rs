//! What changes and patches touch: the entity that their path runs through.

use std::collections::HashMap;

use automerge::legacy::{Key, ObjectId, OpId};
use automerge::{AutoCommit, Change, Patch, Prop, ReadDoc, ScalarValue};
use uuid::Uuid;

use super::{Document, root_named};
use crate::error::Result;
use crate::model::{Meeting, Noun};

/// The keys that lead to an object, the outermost first.
pub(super) type Places = HashMap<OpId, Vec<String>>;

/// What a change touched, in a document that has it. `places` keeps what was asked already.
pub(super) fn by_change(doc: &AutoCommit, change: &Change, places: &mut Places) -> Vec<(&'static str, Uuid)> {
    let mut found = Vec::new();
    for operation in &change.decode().operations {
        let mut keys = match &operation.obj {
            ObjectId::Root => Vec::new(),
            ObjectId::Id(id) => places.entry(id.clone()).or_insert_with(|| path(doc, id)).clone(),
        };
        if let Key::Map(key) = &operation.key {
            keys.push(key.to_string());
        }
        let entity = entity(keys.first().map(String::as_str), keys.get(1).map(String::as_str));
        if let Some(entity) = entity
            && found.last() != Some(&entity)
        {
            found.push(entity);
        }
    }
    found
}

fn path(doc: &AutoCommit, id: &OpId) -> Vec<String> {
    let parents = doc
        .import_obj(&format!("{}@{}", id.0, id.1))
        .and_then(|object| doc.parents(object));
    let Ok(parents) = parents else { return Vec::new() };
    let mut keys: Vec<String> = parents
        .filter_map(|parent| match parent.prop {
            Prop::Map(key) => Some(key),
            Prop::Seq(_) => None,
        })
        .collect();
    keys.reverse();
    keys
}

fn entity(root: Option<&str>, id: Option<&str>) -> Option<(&'static str, Uuid)> {
    let root = root_named(root?)?;
    if root == Meeting::ROOT {
        return Some((root, Uuid::nil()));
    }
    Some((root, Uuid::parse_str(id?).ok()?))
}

/// Whether a change writes something else than these words into the map that says which document it is.
pub(super) fn is_misnamed_by(change: &Change, words: &[(&str, &str)]) -> Result<bool> {
    let bytes = change.raw_bytes();
    let holds = |key: &str| bytes.windows(key.len()).any(|window| window == key.as_bytes());
    // A change that writes a key holds its letters: hardly any other needs a closer look.
    if !words.iter().any(|(key, _)| holds(key)) {
        return Ok(false);
    }
    let genesis = Document::genesis(Uuid::nil())?.changes_since(&[]);
    let Some(genesis) = genesis.first().map(Change::decode) else {
        return Ok(false);
    };
    let place = genesis
        .operations
        .iter()
        .zip(genesis.start_op.get()..)
        .find(|(operation, _)| operation.key == Key::Map("extra".into()));
    let Some((_, counter)) = place else { return Ok(false) };
    let extra = ObjectId::Id(OpId(counter, genesis.actor_id.clone()));
    let operations = change.decode().operations;
    let mut named = operations.iter().filter(|operation| operation.obj == extra);
    Ok(named.any(|operation| {
        let Key::Map(key) = &operation.key else { return true };
        let right = words.iter().find(|(known, _)| *known == key.as_str());
        right.is_some_and(|(_, word)| operation.primitive_value() != Some(ScalarValue::Str((*word).into())))
    }))
}

/// What a patch touched: the entity that its path runs through.
pub(super) fn by_patch(patch: &Patch) -> Vec<(&'static str, Uuid)> {
    use automerge::PatchAction;
    let mut keys = patch.path.iter().map_while(|(_, prop)| match prop {
        Prop::Map(key) => Some(key.as_str()),
        Prop::Seq(_) => None,
    });
    let own = match &patch.action {
        PatchAction::PutMap { key, .. } | PatchAction::DeleteMap { key } => Some(key.as_str()),
        PatchAction::Increment {
            prop: Prop::Map(key), ..
        }
        | PatchAction::Conflict { prop: Prop::Map(key) } => Some(key.as_str()),
        _ => None,
    };
    let first = keys.next();
    let second = keys.next();
    let Some(root) = first.or(own).and_then(root_named) else {
        return Vec::new();
    };
    if root == Meeting::ROOT {
        return vec![(root, Uuid::nil())];
    }
    let id = if first.is_some() { second.or(own) } else { None };
    id.and_then(|id| Uuid::parse_str(id).ok())
        .map(|id| (root, id))
        .into_iter()
        .collect()
}
