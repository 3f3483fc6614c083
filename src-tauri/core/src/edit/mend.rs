//! Mending what was written: `s/old/new/` and `i/where/topic: x/`.

use uuid::Uuid;

use super::{agenda, meeting, point};
use crate::archive::Edit;
use crate::capture::{Said, Scope};
use crate::error::Result;
use crate::model::{Attribution, Basis, Item, ItemId, ItemState, Lens, OrderKey, Point, PointId};
use crate::store::queries;

/// Puts other words in the place of some, literally. None = no earlier point holds them.
pub(crate) fn substitute(edit: &mut Edit<'_>, old: &str, new: &str, scope: Scope) -> Result<Option<(Uuid, usize)>> {
    let key = edit.meeting();
    let points: Vec<Point> = match scope {
        Scope::Latest => queries::last_holding(edit.query()?, key, old)?.into_iter().collect(),
        Scope::Before | Scope::All => queries::all_holding(edit.query()?, key, old)?,
    };
    let mut last = None;
    let mut count = 0;
    for found in points {
        let text = match scope {
            Scope::Latest => found.text.replacen(old, new, 1),
            Scope::Before | Scope::All => found.text.replace(old, new),
        };
        if text.trim().is_empty() {
            continue;
        }
        edit.update::<Point>(point::part_of(&found), found.id.0, |point| point.text = text)?;
        last = Some(found.id.0);
        count += 1;
    }
    Ok(last.map(|id| (id, count)))
}

/// Puts a heading before the latest point that holds some words: that point and those after it under the same item
/// move under the heading's item, which is the one of that title if it is still ahead, else a new one. None = no point
/// holds the words.
pub(crate) fn insert_heading(edit: &mut Edit<'_>, before: &str, title: &str, section: bool) -> Result<Option<Uuid>> {
    let key = edit.meeting();
    match queries::last_holding(edit.query()?, key, before)? {
        Some(first) => heading_before(edit, &first, title, section).map(Some),
        None => Ok(None),
    }
}

/// The same before this point.
///
/// # Errors
/// [`crate::Error::Invalid`] for an empty title.
pub fn heading_before(edit: &mut Edit<'_>, first: &Point, title: &str, section: bool) -> Result<Uuid> {
    let key = edit.meeting();
    let items = agenda::outline(edit)?;
    let old = first
        .item
        .and_then(|id| items.iter().find(|view| view.item.id == id))
        .map(|view| view.item.clone());
    // The item of the top level that holds the point.
    let mut top = old.clone();
    while let Some(parent) = top
        .as_ref()
        .and_then(|item| item.parent)
        .and_then(|id| items.iter().find(|view| view.item.id == id))
    {
        top = Some(parent.item.clone());
    }
    let parent: Option<ItemId> = if section {
        top.as_ref().map(|item| item.id)
    } else {
        None
    };
    let known = agenda::titled(&items, parent, title).map(|item| item.id);
    let sibling = if section {
        old.as_ref().filter(|item| item.parent.is_some())
    } else {
        top.as_ref()
    };
    let id = match (known, sibling) {
        (Some(id), _) => id,
        (None, Some(sibling)) => agenda::add_after(edit, sibling, title)?,
        (None, None) => agenda::add(edit, parent, title)?,
    };
    for moved in queries::from_point(edit.query()?, key, first)? {
        edit.update::<Point>(point::part_of(&moved), moved.id.0, |point| point.item = Some(id))?;
    }
    let current = meeting::facts(edit)?.item;
    if current == first.item {
        agenda::take(edit, id)?;
    } else {
        edit.update::<Item>(crate::document::Part::Meeting, id.0, |item| {
            if item.state == ItemState::Pending {
                item.state = ItemState::Done;
            }
        })?;
    }
    Ok(id.0)
}

/// Puts a point before the latest point that holds some words. None = no point holds them.
pub(crate) fn insert_point(
    edit: &mut Edit<'_>,
    before: &str,
    said: &Said,
    raw: &str,
    id: PointId,
) -> Result<Option<(Uuid, Vec<String>)>> {
    let key = edit.meeting();
    let Some(next) = queries::last_holding(edit.query()?, key, before)? else {
        return Ok(None);
    };
    let previous = queries::page(edit.query()?, key, Some(next.id), None, Lens::All, 1)?
        .0
        .into_iter()
        .next_back();
    let order = OrderKey::between(previous.as_ref().map(|view| &view.point.order), Some(&next.order));
    let (row, notices) = super::said::add(edit, id, said, raw, &mut super::said::Origin::default())?;
    let part = if said.internal {
        crate::document::Part::Internal
    } else {
        crate::document::Part::Meeting
    };
    edit.update::<Point>(part, row, |point| {
        point.order = order;
        point.item = next.item;
        point.at = next.at;
        // Whoever holds the floor now did not need to hold it then.
        if point.basis == Basis::Floor {
            point.basis = Basis::None;
            point.attribution = Attribution::Untagged;
            point.speakers = Vec::new();
        }
    })?;
    Ok(Some((row, notices)))
}
