//! The record as it would be with passages that are still being written: for a look at the report before they are saved.

use serde::{Deserialize, Serialize};

use crate::model::text::clean;
use crate::model::{ItemId, OrderKey, Passage, PassageId, PassageStyle, Record};

/// A passage as it is being written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
pub struct Draft {
    /// Which passage; it may not be in the record yet.
    pub passage: PassageId,
    /// The item that it stands under; none = front matter.
    pub item: Option<ItemId>,
    /// How it is set.
    pub style: PassageStyle,
    /// Its words (inline text).
    pub text: String,
    /// Of one that is not in the record yet: right behind this one.
    #[serde(default)]
    #[ts(optional)]
    pub behind: Option<PassageId>,
    /// The same: right before this one.
    #[serde(default)]
    #[ts(optional)]
    pub before: Option<PassageId>,
}

/// The record with the drafts in the place of its own passages. What it does not have yet stands where it will, else at
/// the end of its section.
#[must_use]
pub fn with_drafts(record: &Record, drafts: Vec<Draft>) -> Record {
    let mut record = record.clone();
    for draft in drafts {
        let (text, _) = clean(&draft.text);
        let text = text.trim().to_owned();
        let passages = &mut record.passages;
        if let Some(known) = passages.iter_mut().find(|one| one.id == draft.passage) {
            (known.style, known.text) = (draft.style, text);
            continue;
        }
        let place = |of: Option<PassageId>| passages.iter().position(|one| Some(one.id) == of);
        let last = || passages.iter().rposition(|one| one.item == draft.item);
        let at = place(draft.before)
            .or_else(|| place(draft.behind).or_else(last).map(|at| at + 1))
            .unwrap_or(passages.len());
        let passage = Passage::new(draft.passage, draft.item, OrderKey::default(), draft.style, text);
        passages.insert(at, passage);
    }
    record
}
