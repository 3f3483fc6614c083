//! What changes and patches touch: the entity that their path runs through.

use std::collections::HashMap;

use automerge::legacy::{Key, ObjectId, OpId};
use automerge::{AutoCommit, Change, Patch, Prop, ReadDoc};
use uuid::Uuid;

use super::root_named;
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
    let parents = doc.import_obj(&format!("{}@{}", id.0, id.1)).and_then(|object| doc.parents(object));
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
