//! Taking a change back: the inverse of what it did, as new edits on today's document.
//!
//! A field is put back only where it still holds what that change set; otherwise it is left and told. Text is taken
//! back operation by operation, so that what was written since stays. An entity
//! that the change made gets a tombstone.

use automerge::transaction::Transactable;
use automerge::{AutoCommit, Change, ChangeHash, ObjId, Patch, PatchAction, Prop, ROOT, ReadDoc, ScalarValue, Value};

use super::touched::by_patch;
use super::{DELETED, Document, Message, fields, root_named};
use crate::error::Result;

/// What taking a change back came to.
#[derive(Debug, Default)]
pub struct Inverse {
    /// The changes that were made.
    pub changes: Vec<Change>,
    /// Fields that were left, because they were changed since: root map and key.
    pub left: Vec<(&'static str, String)>,
}

impl Document {
    /// Takes the change of this hash back.
    ///
    /// # Errors
    /// When the document does not have the change, or Automerge refuses.
    pub fn invert(&mut self, hash: ChangeHash, message: &Message, at: i64) -> Result<Inverse> {
        let mut inverse = Inverse::default();
        let Some(change) = self.doc.get_change_by_hash(&hash) else {
            return Ok(inverse);
        };
        let before = change.deps().to_vec();
        let after = [hash];
        let patches = self.doc.diff(&after, &before);

        let texts: Vec<&Patch> = patches.iter().filter(|patch| is_text(&patch.action)).collect();
        // A text that the change itself made needs no emptying: its entity goes as a whole.
        let texts: Vec<&Patch> = texts
            .into_iter()
            .filter(|patch| exists_at(&self.doc, &patch.obj, &before))
            .collect();
        // A text that reads today as it did right after the change is taken back where it stands: what was undone and
        // done again since is made of new letters, among which the places of the old ones would be out of order.
        let is_same = |patch: &Patch| {
            let (now, then) = (self.doc.text(&patch.obj), self.doc.text_at(&patch.obj, &after));
            matches!((now, then), (Ok(now), Ok(then)) if now == then)
        };
        let (today, texts): (Vec<&Patch>, Vec<&Patch>) = texts.into_iter().partition(|patch| is_same(patch));
        for patch in today {
            splice(&mut self.doc, patch)?;
            self.touch(by_patch(patch));
        }
        inverse.changes.extend(self.commit(message, at)?);
        // Any other as it stood right after the change, so that what was written since stays.
        if !texts.is_empty() {
            self.doc.isolate(&after);
            let edited = texts
                .iter()
                .try_for_each(|patch| splice(&mut self.doc, patch))
                .and_then(|()| self.commit(message, at));
            self.doc.integrate();
            inverse.changes.extend(edited?);
            for patch in &texts {
                self.touch(by_patch(patch));
            }
        }

        for patch in &patches {
            if self.put_back(patch, &after, &mut inverse.left)? {
                self.touch(by_patch(patch));
            }
        }
        inverse.changes.extend(self.commit(message, at)?);
        Ok(inverse)
    }

    /// Puts one key back; answers whether anything was written.
    fn put_back(
        &mut self,
        patch: &Patch,
        after: &[ChangeHash],
        left: &mut Vec<(&'static str, String)>,
    ) -> Result<bool> {
        let (key, old) = match &patch.action {
            PatchAction::PutMap {
                key,
                value: (Value::Scalar(old), _),
                ..
            } => (key, Some(old.as_ref().clone())),
            PatchAction::DeleteMap { key } => (key, None),
            _ => return Ok(false),
        };
        if root_of(patch) == Some("extra") {
            // Which document this is stays so.
            return Ok(false);
        }
        let set = self.doc.get_at(&patch.obj, key.as_str(), after)?;
        if let Some((Value::Object(_), object)) = &set {
            // The change made this object. An entity right under a root map is deleted; anything deeper went with it.
            if patch.path.len() == 1 && !self.is_deleted(object) {
                self.doc.put(object, DELETED, true)?;
                return Ok(true);
            }
            return Ok(false);
        }
        let now = self
            .doc
            .get(&patch.obj, key.as_str())?
            .map(|(value, _)| value.into_owned());
        let set = set.map(|(value, _)| value.into_owned());
        if now != set {
            if now != old.clone().map(|old| Value::Scalar(std::borrow::Cow::Owned(old))) {
                left.push((root_of(patch).unwrap_or("record"), key.clone()));
            }
            return Ok(false);
        }
        match old {
            Some(old) => self.doc.put(&patch.obj, key.as_str(), old)?,
            // A key of a set goes, and so does a stretch of time; a field goes back to its default.
            None if patch.path.len() > 2 || in_meeting_child(patch) || key.contains(fields::SINCE) => {
                self.doc.delete(&patch.obj, key.as_str())?;
            }
            None => {
                let empty = match now.as_ref().and_then(Value::as_scalar) {
                    Some(ScalarValue::Int(_)) => ScalarValue::Int(0),
                    Some(ScalarValue::Boolean(_)) => ScalarValue::Boolean(false),
                    _ => ScalarValue::Str("".into()),
                };
                self.doc.put(&patch.obj, key.as_str(), empty)?;
            }
        }
        Ok(true)
    }
}

/// Whether the patch lies in a child map of the meeting's own facts, whose path is one shorter than elsewhere.
fn in_meeting_child(patch: &Patch) -> bool {
    root_of(patch) == Some("meeting") && patch.path.len() == 2
}

fn root_of(patch: &Patch) -> Option<&'static str> {
    match patch.path.first() {
        Some((_, Prop::Map(key))) => root_named(key),
        _ => None,
    }
}

fn is_text(action: &PatchAction) -> bool {
    matches!(action, PatchAction::SpliceText { .. } | PatchAction::DeleteSeq { .. })
}

fn exists_at(doc: &AutoCommit, object: &ObjId, heads: &[ChangeHash]) -> bool {
    *object == ROOT
        || doc
            .parents_at(object, heads)
            .is_ok_and(|mut parents| parents.all(|parent| parent.visible))
}

fn splice(doc: &mut AutoCommit, patch: &Patch) -> Result<()> {
    match &patch.action {
        PatchAction::SpliceText { index, value, .. } => doc.splice_text(&patch.obj, *index, 0, &value.make_string())?,
        PatchAction::DeleteSeq { index, length } => {
            let length = isize::try_from(*length).unwrap_or(isize::MAX);
            doc.splice_text(&patch.obj, *index, length, "")?;
        }
        _ => {}
    }
    Ok(())
}
