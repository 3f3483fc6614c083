//! The agenda: adding to it and moving through it.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::{close_span, meeting, open_span};
use crate::archive::Edit;
use crate::document::Part;
use crate::error::{Error, Result};
use crate::model::text::clean_line;
use crate::model::{Item, ItemId, ItemState, ItemView, OrderKey, ParticipantId, Point};
use crate::store::queries;

/// The agenda with its numbers.
pub(crate) fn outline(edit: &mut Edit<'_>) -> Result<Vec<ItemView>> {
    let meeting = edit.meeting();
    queries::items(edit.query()?, meeting)
}

/// Adds an item at the end of the agenda, or a section at the end of an item.
///
/// # Errors
/// [`Error::Invalid`] for an empty title, [`Error::NotFound`] for an unknown parent.
pub fn add(edit: &mut Edit<'_>, parent: Option<ItemId>, title: &str) -> Result<ItemId> {
    let items = outline(edit)?;
    if let Some(parent) = parent
        && !items.iter().any(|view| view.item.id == parent)
    {
        return Err(Error::NotFound(format!("there is no item {parent}")));
    }
    let last = items
        .iter()
        .filter(|view| view.item.parent == parent)
        .map(|view| &view.item.order)
        .max();
    let order = OrderKey::after(last, edit.now());
    insert(edit, parent, order, title)
}

/// The item that was open at an instant; of an item and its section, the one opened last.
pub(crate) fn open_at(edit: &mut Edit<'_>, at: DateTime<Utc>) -> Result<Option<ItemId>> {
    let items = outline(edit)?;
    Ok(items
        .iter()
        .flat_map(|view| view.item.open.iter().map(move |span| (span, view.item.id)))
        .filter(|(span, _)| span.from <= at && span.to.is_none_or(|to| at < to))
        .max_by_key(|(span, _)| span.from)
        .map(|(_, id)| id))
}

/// Adds an item behind another one of the same parent.
pub(crate) fn add_after(edit: &mut Edit<'_>, after: &Item, title: &str) -> Result<ItemId> {
    let items = outline(edit)?;
    let next = items
        .iter()
        .filter(|view| view.item.parent == after.parent && view.item.order > after.order)
        .map(|view| &view.item.order)
        .min();
    let order = OrderKey::between(Some(&after.order), next);
    insert(edit, after.parent, order, title)
}

fn insert(edit: &mut Edit<'_>, parent: Option<ItemId>, order: OrderKey, title: &str) -> Result<ItemId> {
    let title = clean_line(title);
    if title.is_empty() {
        return Err(Error::Invalid("an item needs a title".to_owned()));
    }
    let mut item = Item::new(ItemId(edit.fresh_id()), order, title);
    item.parent = parent;
    edit.insert(Part::Meeting, &item)?;
    Ok(item.id)
}

/// The item of this title under a parent (or anywhere on the top), if there is one.
pub(crate) fn titled<'a>(items: &'a [ItemView], parent: Option<ItemId>, title: &str) -> Option<&'a Item> {
    let wanted = folded(title);
    let matching = |view: &&ItemView| {
        view.item.parent == parent && (folded(&view.item.title) == wanted || folded(&view.item.heading) == wanted)
    };
    // Of several with one title (a standing item met twice), the one still ahead.
    items
        .iter()
        .filter(matching)
        .find(|view| matches!(view.item.state, ItemState::Pending | ItemState::Deferred))
        .or_else(|| items.iter().find(matching))
        .map(|view| &view.item)
}

fn folded(title: &str) -> String {
    title.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

/// The item of this number, as typed ("3", "3.1", "3.").
pub(crate) fn numbered<'a>(items: &'a [ItemView], typed: &str) -> Option<&'a Item> {
    let typed = typed.trim().trim_end_matches('.');
    items
        .iter()
        .find(|view| view.label.eq_ignore_ascii_case(typed))
        .map(|view| &view.item)
}

/// Opens an item: what was open and does not hold it is done.
///
/// # Errors
/// [`Error::NotFound`] for an unknown item.
pub fn take(edit: &mut Edit<'_>, id: ItemId) -> Result<Uuid> {
    let items = outline(edit)?;
    if !items.iter().any(|view| view.item.id == id) {
        return Err(Error::NotFound(format!("there is no item {id}")));
    }
    let current = meeting::facts(edit)?.item;
    if current == Some(id)
        && items
            .iter()
            .any(|view| view.item.id == id && view.item.state == ItemState::Open)
    {
        return Ok(id.0);
    }
    leave(edit, &items, current, &ancestors(&items, Some(id)))?;
    let now = edit.now();
    edit.update::<Item>(Part::Meeting, id.0, |item| {
        open_span(&mut item.open, now);
        item.state = ItemState::Open;
    })?;
    meeting::change(edit, |meeting| meeting.item = Some(id))?;
    Ok(id.0)
}

/// An item and all that it lies in.
fn ancestors(items: &[ItemView], from: Option<ItemId>) -> Vec<ItemId> {
    let mut chain = Vec::new();
    let mut at = from;
    while let Some(id) = at.filter(|id| !chain.contains(id)) {
        chain.push(id);
        at = items
            .iter()
            .find(|view| view.item.id == id)
            .and_then(|view| view.item.parent);
    }
    chain
}

/// Ends the time of the item under discussion; it and what it lies in are done, but for `kept`.
fn leave(edit: &mut Edit<'_>, items: &[ItemView], current: Option<ItemId>, kept: &[ItemId]) -> Result<()> {
    let now = edit.now();
    for id in ancestors(items, current) {
        if edit.read::<Item>(Part::Meeting, id.0)?.is_none() {
            continue;
        }
        edit.update::<Item>(Part::Meeting, id.0, |item| {
            close_span(&mut item.open, now);
            if item.state == ItemState::Open && !kept.contains(&item.id) {
                item.state = ItemState::Done;
            }
        })?;
    }
    Ok(())
}

/// Closes the item under discussion and opens none.
pub(crate) fn close_current(edit: &mut Edit<'_>) -> Result<Option<Uuid>> {
    let items = outline(edit)?;
    let Some(current) = meeting::current(edit)? else {
        return Ok(None);
    };
    leave(edit, &items, Some(current), &[])?;
    meeting::change(edit, |meeting| meeting.item = None)?;
    Ok(Some(current.0))
}

/// The item that comes next: the first one behind the current that is still ahead.
pub(crate) fn ahead(items: &[ItemView], current: Option<ItemId>) -> Option<&ItemView> {
    let from = current
        .and_then(|id| items.iter().position(|view| view.item.id == id))
        .map_or(0, |place| place + 1);
    items
        .iter()
        .skip(from)
        .find(|view| view.item.state == ItemState::Pending)
}

/// Opens the next item of the agenda that is still ahead; none = there is none.
pub(crate) fn next(edit: &mut Edit<'_>) -> Result<Option<Uuid>> {
    let items = outline(edit)?;
    let current = meeting::facts(edit)?.item;
    match ahead(&items, current).map(|view| view.item.id) {
        Some(id) => take(edit, id).map(Some),
        None => Ok(None),
    }
}

/// Says of the item under discussion that it was skipped, deferred, or had no update. It stays under discussion, so
/// that what is said about that still falls under it.
pub(crate) fn mark_current(edit: &mut Edit<'_>, state: ItemState) -> Result<Option<Uuid>> {
    let Some(current) = meeting::current(edit)? else {
        return Ok(None);
    };
    let now = edit.now();
    edit.update::<Item>(Part::Meeting, current.0, |item| {
        close_span(&mut item.open, now);
        item.state = state;
    })?;
    Ok(Some(current.0))
}

/// Takes an item off the agenda; its sections move up, its points stay in the record. Those off the record stand under no
/// item from then on: that they do not stand there by oversight could be told by nothing else.
///
/// # Errors
/// [`Error::NotFound`] for an unknown item.
pub fn remove(edit: &mut Edit<'_>, id: ItemId) -> Result<Uuid> {
    leave_off_the_record(edit, id)?;
    edit.set_deleted::<Item>(Part::Meeting, id.0, true)?;
    if meeting::facts(edit)?.item == Some(id) {
        meeting::change(edit, |meeting| meeting.item = None)?;
    }
    Ok(id.0)
}

/// Has the points off the record that stand under an item stand under none.
pub(super) fn leave_off_the_record(edit: &mut Edit<'_>, id: ItemId) -> Result<()> {
    let meeting = edit.meeting();
    let points = queries::points_of(edit.query()?, meeting, Some(id))?;
    for point in points.into_iter().filter(|point| point.internal) {
        edit.update::<Point>(Part::Internal, point.id.0, |point| point.item = None)?;
    }
    Ok(())
}

/// What of an item is changed; `None` leaves a field as it is.
#[derive(Clone, Debug, Default)]
pub struct Changes {
    /// New title.
    pub title: Option<String>,
    /// New heading; empty = the title.
    pub heading: Option<String>,
    /// New state.
    pub state: Option<ItemState>,
    /// New planned minutes; 0 = none.
    pub planned: Option<u32>,
    /// New presenter; none inside = nobody.
    pub presenter: Option<Option<ParticipantId>>,
}

/// Changes an item. One that is passed over is not under discussion any more.
///
/// # Errors
/// [`Error::Invalid`] for an empty title, [`Error::NotFound`] for an unknown item or presenter.
pub fn change(edit: &mut Edit<'_>, id: ItemId, changes: Changes) -> Result<Uuid> {
    let title = changes.title.as_deref().map(clean_line);
    if title.as_ref().is_some_and(String::is_empty) {
        return Err(Error::Invalid("an item needs a title; the old one was kept".to_owned()));
    }
    if let Some(Some(presenter)) = changes.presenter
        && !super::participant::roster(edit)?
            .iter()
            .any(|known| known.id == presenter)
    {
        return Err(Error::NotFound(format!("there is no participant {presenter}")));
    }
    let now = edit.now();
    let closes = changes
        .state
        .as_ref()
        .is_some_and(|state| !matches!(state, ItemState::Open));
    edit.update::<Item>(Part::Meeting, id.0, |item| {
        if let Some(title) = title {
            item.title = title;
        }
        if let Some(heading) = &changes.heading {
            item.heading = clean_line(heading);
        }
        if let Some(state) = changes.state {
            item.state = state;
        }
        if closes {
            close_span(&mut item.open, now);
        }
        if let Some(planned) = changes.planned {
            item.planned = planned;
        }
        if let Some(presenter) = changes.presenter {
            item.presenter = presenter;
        }
    })?;
    Ok(id.0)
}

/// Puts an item under another parent (none = the top), before one of its new siblings or behind them all.
///
/// # Errors
/// [`Error::Invalid`] for a place inside itself, [`Error::NotFound`] for what is not there.
pub fn place(edit: &mut Edit<'_>, id: ItemId, parent: Option<ItemId>, before: Option<ItemId>) -> Result<Uuid> {
    let items = outline(edit)?;
    let there = |wanted: ItemId| items.iter().any(|view| view.item.id == wanted);
    for wanted in [Some(id), parent, before].into_iter().flatten() {
        if !there(wanted) {
            return Err(Error::NotFound(format!("there is no item {wanted}")));
        }
    }
    if before == Some(id) || ancestors(&items, parent).contains(&id) {
        return Err(Error::Invalid("an item cannot be put into or before itself".to_owned()));
    }
    let siblings: Vec<&Item> = items
        .iter()
        .map(|view| &view.item)
        .filter(|item| item.parent == parent && item.id != id)
        .collect();
    let place = match before {
        Some(before) => siblings
            .iter()
            .position(|item| item.id == before)
            .ok_or_else(|| Error::NotFound(format!("item {before} is not there")))?,
        None => siblings.len(),
    };
    let low = place
        .checked_sub(1)
        .and_then(|place| siblings.get(place))
        .map(|item| &item.order);
    let order = OrderKey::between(low, siblings.get(place).map(|item| &item.order));
    edit.update::<Item>(Part::Meeting, id.0, |item| {
        item.parent = parent;
        item.order = order;
    })?;
    Ok(id.0)
}
