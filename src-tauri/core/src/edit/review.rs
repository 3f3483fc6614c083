//! Settling what two laptops set at once: an action like any other, which undo takes back.

use uuid::Uuid;

use super::{agenda, meeting};
use crate::archive::Edit;
use crate::document::{Choice, Part};
use crate::error::{Error, Result};
use crate::model::contest::{DELETED, TEXT};
use crate::model::text::clean;
use crate::model::{Contest, Item, ItemId, Noun as _, Stand};
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

/// Settles what is contested about an aspect of a thing. Answers with what was contested, in which part of the meeting, and
/// whether the thing is there.
///
/// # Errors
/// [`Error::NotFound`] where nothing is contested there any more, or no version is of that change; [`Error::Invalid`]
/// for words where none are wanted, or no words where some are.
pub fn settle(
    edit: &mut Edit<'_>,
    root: &str,
    id: Uuid,
    aspect: &str,
    settled: &Settled,
) -> Result<(Contest, Part, bool)> {
    let meeting = edit.meeting();
    let is_meant = |contest: &Contest| contest.root == root && contest.id == id && contest.aspect == aspect;
    let found = contest::of_meeting(edit.query()?, meeting)?
        .into_iter()
        .find(|(_, _, contest)| is_meant(contest));
    let Some((_, part, contest)) = found else {
        let asked = edit.beneath_deleted()?.into_iter().find(is_meant);
        let contest = asked.ok_or_else(|| Error::NotFound("this is settled already".to_owned()))?;
        return settle_beneath(edit, contest, settled);
    };
    let words;
    let choice = match settled {
        Settled::AsShown => Choice::AsShown,
        Settled::Version(change) => Choice::Version(version(&contest, change)?),
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
    Ok((contest, part, is_there))
}

fn version<'a>(contest: &'a Contest, change: &str) -> Result<&'a Stand> {
    let stand = contest.versions.iter().find(|stand| stand.change == change);
    stand.ok_or_else(|| Error::NotFound("there is no such version".to_owned()))
}

/// Settles what is asked about an item that is deleted beneath points off the record: it comes back, or they stand under
/// no item. Of the latter, and that there is anything off the record, the meeting's own document says nothing.
fn settle_beneath(edit: &mut Edit<'_>, contest: Contest, settled: &Settled) -> Result<(Contest, Part, bool)> {
    let stays = match settled {
        Settled::AsShown => true,
        Settled::Version(change) => version(&contest, change)?.value.contains_key(DELETED),
        Settled::Words(_) => {
            return Err(Error::Invalid("only words can be settled by other words".to_owned()));
        }
    };
    if stays {
        agenda::leave_off_the_record(edit, ItemId(contest.id))?;
    } else {
        edit.set_deleted::<Item>(Part::Meeting, contest.id, false)?;
    }
    Ok((contest, Part::Internal, !stays))
}
