//! Settling what two laptops set at once: an action like any other, which undo takes back.

use uuid::Uuid;

use super::meeting;
use crate::archive::Edit;
use crate::document::Choice;
use crate::error::{Error, Result};
use crate::model::contest::TEXT;
use crate::model::text::clean;
use crate::model::{Contest, Item, ItemId, Noun as _};
use crate::store::contest;

/// How something contested is settled.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Settled {
    /// As the version has it that this change set.
    Version(String),
    /// As the record shows it.
    AsShown,
    /// With these words.
    Words(String),
}

/// Settles what is contested about an aspect of a thing. Answers with what was contested, and whether the thing is there.
///
/// # Errors
/// [`Error::NotFound`] where nothing is contested there any more, or no version is of that change; [`Error::Invalid`]
/// for words where none are wanted, or no words where some are.
pub fn settle(edit: &mut Edit<'_>, root: &str, id: Uuid, aspect: &str, settled: &Settled) -> Result<(Contest, bool)> {
    let meeting = edit.meeting();
    let found = contest::of_meeting(edit.query()?, meeting)?
        .into_iter()
        .find(|(_, _, contest)| contest.root == root && contest.id == id && contest.aspect == aspect);
    let Some((_, part, contest)) = found else {
        return Err(Error::NotFound("this is settled already".to_owned()));
    };
    let words;
    let choice = match settled {
        Settled::AsShown => Choice::AsShown,
        Settled::Version(change) => {
            let stand = contest.versions.iter().find(|stand| stand.change == *change);
            Choice::Version(stand.ok_or_else(|| Error::NotFound("there is no such version".to_owned()))?)
        }
        Settled::Words(typed) => {
            words = clean(typed).0.trim().to_owned();
            if words.is_empty() && aspect == TEXT {
                return Err(Error::Invalid(
                    "what is settled needs words; both versions were kept".to_owned(),
                ));
            }
            Choice::Words(&words)
        }
    };
    // Unlike any other settlement, so that writing it always makes a change.
    let mark = edit.fresh_id().to_string();
    let document = edit.document(part)?;
    document.settle(&contest, choice, &mark)?;
    let is_there = document.is_there(&contest)?;
    if root == Item::ROOT && !is_there && meeting::facts(edit)?.item == Some(ItemId(id)) {
        // Who opened it did not know that it was taken off the agenda.
        meeting::change(edit, |meeting| meeting.item = None)?;
    }
    Ok((contest, is_there))
}
