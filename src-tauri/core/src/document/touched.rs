//! What patches touch: the entity that their path runs through; and whether a change says that its document is another one.

use automerge::legacy::{Key, ObjectId, OpId};
use automerge::{Change, Patch, Prop, ScalarValue};
use uuid::Uuid;

use super::{Document, root_named};
use crate::error::Result;
use crate::model::{Meeting, Noun};

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
