//! Passages: the report's prose, made out of points or written by hand.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::point;
use crate::archive::Edit;
use crate::document::Part;
use crate::error::{Error, Result};
use crate::minutes::lint::Act;
use crate::minutes::prose;
use crate::model::text::clean;
use crate::model::{Item, ItemId, OrderKey, Passage, PassageId, PassageStyle, Point, PointId, PointView};
use crate::store::queries;

/// What points become.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[serde(tag = "as", rename_all = "snake_case")]
pub enum Becomes {
    /// One new paragraph.
    Paragraph,
    /// A bullet each.
    Bullets,
    /// A numbered entry each.
    Numbers,
    /// A paragraph that leads into a bullet each.
    List {
        /// The words of the lead-in ("Key points raised included:").
        lead_in: String,
    },
    /// More of a passage that stands already.
    Into {
        /// Which.
        passage: PassageId,
    },
}

/// A passage that is not deleted.
pub(crate) fn existing(edit: &mut Edit<'_>, id: PassageId) -> Result<Passage> {
    edit.read::<Passage>(Part::Meeting, id.0)?
        .ok_or_else(|| Error::NotFound("this passage is not there any more".to_owned()))
}

fn section(edit: &mut Edit<'_>, item: Option<ItemId>) -> Result<Vec<Passage>> {
    if let Some(id) = item {
        edit.read::<Item>(Part::Meeting, id.0)?
            .ok_or_else(|| Error::NotFound("this item is not on the agenda any more".to_owned()))?;
    }
    let meeting = edit.meeting();
    queries::passages_of(edit.query()?, meeting, item)
}

/// The words of a passage.
fn words(text: &str) -> Result<String> {
    let (text, _) = clean(text);
    let text = text.trim();
    if text.is_empty() {
        return Err(Error::Invalid(
            "a passage needs words; the old ones were kept. To remove it, delete it".to_owned(),
        ));
    }
    Ok(text.to_owned())
}

/// Where passages go in a section.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// Behind all that is there.
    End,
    /// Right behind this one.
    Behind(PassageId),
    /// Right before this one.
    Before(PassageId),
}

/// As many keys as asked, in order, for passages that go to a place among those of a section.
fn keys(edit: &Edit<'_>, standing: &[Passage], place: Place, count: usize) -> Result<Vec<OrderKey>> {
    let position = |id: PassageId| {
        standing.iter().position(|passage| passage.id == id).ok_or_else(|| {
            Error::NotFound("the passage beside which it should stand is not in this section".to_owned())
        })
    };
    let at = match place {
        Place::End => standing.len(),
        Place::Behind(id) => position(id)? + 1,
        Place::Before(id) => position(id)?,
    };
    let mut low = at
        .checked_sub(1)
        .and_then(|at| standing.get(at))
        .map(|passage| passage.order.clone());
    let high = standing.get(at).map(|passage| passage.order.clone());
    let mut keys = Vec::with_capacity(count);
    for _ in 0..count {
        // At the end, time decides: what two laptops write apart falls in order when it meets.
        let key = match &high {
            None => OrderKey::after(low.as_ref(), edit.now()),
            Some(high) => OrderKey::between(low.as_ref(), Some(high)),
        };
        low = Some(key.clone());
        keys.push(key);
    }
    Ok(keys)
}

/// The points in the order of the record, with the attribution in effect; refused where one is off the record.
fn on_record(edit: &mut Edit<'_>, ids: &[PointId]) -> Result<Vec<PointView>> {
    let meeting = edit.meeting();
    let mut views = Vec::new();
    for point in point::in_order(edit, ids)? {
        if point.internal {
            return Err(Error::Invalid(
                "one of these points is off the record, and a passage is on it; bring the point back first".to_owned(),
            ));
        }
        views.push(queries::point(edit.query()?, meeting, point.id)?);
    }
    Ok(views)
}

/// Makes passages of points, in their own order, and answers with them, the first first. Points that were set aside
/// are so no more. `id` is the first one's, so that a retry doubles nothing.
///
/// # Errors
/// [`Error::Invalid`] for points off the record or without words, [`Error::NotFound`] for what is gone.
pub fn promote(
    edit: &mut Edit<'_>,
    id: Option<PassageId>,
    points: &[PointId],
    becomes: &Becomes,
    item: Option<ItemId>,
    place: Place,
) -> Result<Vec<PassageId>> {
    if let Some(id) = id
        && edit.read::<Passage>(Part::Meeting, id.0)?.is_some()
    {
        return Ok(vec![id]);
    }
    let views = on_record(edit, points)?;
    let contributions = prose::contributions(&views);
    if contributions.is_empty() {
        return Err(Error::Invalid(
            "there are no words in these points yet; no passage was made".to_owned(),
        ));
    }
    for view in views.iter().filter(|view| view.point.set_aside) {
        edit.update::<Point>(Part::Meeting, view.point.id.0, |point| point.set_aside = false)?;
    }
    let sources: Vec<PointId> = contributions.iter().flat_map(|one| one.points.clone()).collect();
    let together = || {
        let sentences: Vec<String> = contributions.iter().map(|one| prose::sentence(&one.text)).collect();
        sentences
            .iter()
            .fold(String::new(), |text, next| prose::joined(&text, next))
    };
    let made: Vec<(PassageStyle, String, Vec<PointId>)> = match becomes {
        Becomes::Into { passage } => {
            let more = together();
            existing(edit, *passage)?;
            edit.update::<Passage>(Part::Meeting, passage.0, |passage| {
                passage.text = prose::joined(&passage.text, &more);
                take_up(&mut passage.sources, &sources);
            })?;
            return Ok(vec![*passage]);
        }
        Becomes::Paragraph => vec![(PassageStyle::Paragraph, together(), sources)],
        Becomes::Bullets | Becomes::Numbers | Becomes::List { .. } => {
            let style = if *becomes == Becomes::Numbers {
                PassageStyle::Number
            } else {
                PassageStyle::Bullet
            };
            let entries = contributions
                .into_iter()
                .map(|one| (style.clone(), one.text, one.points));
            let lead_in = match becomes {
                Becomes::List { lead_in } => Some((PassageStyle::Paragraph, words(lead_in)?, Vec::new())),
                _ => None,
            };
            lead_in.into_iter().chain(entries).collect()
        }
    };
    let standing = section(edit, item)?;
    let keys = keys(edit, &standing, place, made.len())?;
    let mut ids = Vec::new();
    for ((style, text, sources), order) in made.into_iter().zip(keys) {
        let fresh = PassageId(edit.fresh_id());
        let id = if ids.is_empty() { id.unwrap_or(fresh) } else { fresh };
        let mut passage = Passage::new(id, item, order, style, text);
        passage.sources = sources;
        edit.insert(Part::Meeting, &passage)?;
        ids.push(id);
    }
    Ok(ids)
}

/// Adds to sources those that are not among them.
fn take_up(sources: &mut Vec<PointId>, more: &[PointId]) {
    for id in more {
        if !sources.contains(id) {
            sources.push(*id);
        }
    }
}

/// Puts in a passage that rests on nothing yet. `id` may be chosen, so that a retry doubles nothing.
///
/// # Errors
/// [`Error::Invalid`] without words, [`Error::NotFound`] for an item that is gone.
pub fn write(
    edit: &mut Edit<'_>,
    id: Option<PassageId>,
    style: &PassageStyle,
    text: &str,
    item: Option<ItemId>,
    place: Place,
) -> Result<PassageId> {
    let id = id.unwrap_or(PassageId(edit.fresh_id()));
    if edit.read::<Passage>(Part::Meeting, id.0)?.is_some() {
        return Ok(id);
    }
    let text = words(text)?;
    let standing = section(edit, item)?;
    for order in keys(edit, &standing, place, 1)? {
        edit.insert(
            Part::Meeting,
            &Passage::new(id, item, order, style.clone(), text.clone()),
        )?;
    }
    Ok(id)
}

/// Rewrites a passage as it stood when its editor was opened, so that what a colleague wrote to it since stays.
///
/// # Errors
/// [`Error::Invalid`] without words, [`Error::NotFound`] for a passage that is gone.
pub fn change(edit: &mut Edit<'_>, id: PassageId, rev: Option<&str>, text: &str) -> Result<Uuid> {
    existing(edit, id)?;
    let text = words(text)?;
    match rev {
        Some(rev) => edit.write_text::<Passage>(Part::Meeting, id.0, &text, rev)?,
        None => {
            edit.update::<Passage>(Part::Meeting, id.0, |passage| passage.text = text)?;
        }
    }
    Ok(id.0)
}

/// Sets passages in another style.
///
/// # Errors
/// [`Error::NotFound`] for a passage that is gone; so for all below.
pub fn set_style(edit: &mut Edit<'_>, ids: &[PassageId], style: &PassageStyle) -> Result<()> {
    for id in ids {
        existing(edit, *id)?;
        edit.update::<Passage>(Part::Meeting, id.0, |passage| passage.style = style.clone())?;
    }
    Ok(())
}

/// The passages in the order of their sections, each once.
fn in_order(edit: &mut Edit<'_>, ids: &[PassageId]) -> Result<Vec<Passage>> {
    let mut passages = ids.iter().map(|id| existing(edit, *id)).collect::<Result<Vec<_>>>()?;
    let items = super::agenda::outline(edit)?;
    let section = |item: Option<ItemId>| item.map(|id| items.iter().position(|view| view.item.id == id));
    passages.sort_by(|one, other| {
        (section(one.item), &one.order, one.id).cmp(&(section(other.item), &other.order, other.id))
    });
    passages.dedup_by_key(|passage| passage.id);
    if passages.is_empty() {
        return Err(Error::Invalid("no passage was chosen; nothing was changed".to_owned()));
    }
    Ok(passages)
}

/// Puts passages at a place in a section, in their own order.
///
/// # Errors
/// [`Error::Invalid`] where the place is beside one of them.
pub fn place(edit: &mut Edit<'_>, ids: &[PassageId], item: Option<ItemId>, place: Place) -> Result<()> {
    if let Place::Behind(beside) | Place::Before(beside) = place
        && ids.contains(&beside)
    {
        return Err(Error::Invalid("a passage cannot be put beside itself".to_owned()));
    }
    let passages = in_order(edit, ids)?;
    let mut standing = section(edit, item)?;
    standing.retain(|passage| !ids.contains(&passage.id));
    let keys = keys(edit, &standing, place, passages.len())?;
    for (passage, order) in passages.iter().zip(keys) {
        edit.update::<Passage>(Part::Meeting, passage.id.0, |passage| {
            passage.order = order;
            passage.item = item;
        })?;
    }
    Ok(())
}

/// Joins passages into the first of them: their words, and what they rest on.
///
/// # Errors
/// [`Error::Invalid`] for fewer than two.
pub fn join(edit: &mut Edit<'_>, ids: &[PassageId]) -> Result<PassageId> {
    let passages = in_order(edit, ids)?;
    let Some((first, rest)) = passages.split_first().filter(|(_, rest)| !rest.is_empty()) else {
        return Err(Error::Invalid("to join passages, choose two or more".to_owned()));
    };
    edit.update::<Passage>(Part::Meeting, first.id.0, |passage| {
        for other in rest {
            passage.text = prose::joined(&passage.text, &other.text);
            take_up(&mut passage.sources, &other.sources);
        }
    })?;
    for other in rest {
        edit.set_deleted::<Passage>(Part::Meeting, other.id.0, true)?;
    }
    Ok(first.id)
}

/// Makes two passages of one: the first keeps its identity, the second comes right behind it in the same style. Which
/// of the points belongs to which only the writer knows: both rest on all of them. `new` is the second's id, so that a
/// retry doubles nothing.
///
/// # Errors
/// [`Error::Invalid`] where either text is empty.
pub fn split(
    edit: &mut Edit<'_>,
    new: Option<PassageId>,
    id: PassageId,
    rev: &str,
    first: &str,
    second: &str,
) -> Result<PassageId> {
    let fresh = new.unwrap_or(PassageId(edit.fresh_id()));
    if edit.read::<Passage>(Part::Meeting, fresh.0)?.is_some() {
        return Ok(fresh);
    }
    let passage = existing(edit, id)?;
    let (Ok(first), Ok(second)) = (words(first), words(second)) else {
        return Err(Error::Invalid(
            "both parts need words; the passage was kept as it is".to_owned(),
        ));
    };
    let standing = section(edit, passage.item)?;
    let mut new = passage;
    new.id = fresh;
    new.text = second;
    if let Some(order) = keys(edit, &standing, Place::Behind(id), 1)?.pop() {
        new.order = order;
    }
    edit.write_text::<Passage>(Part::Meeting, id.0, &first, rev)?;
    edit.insert(Part::Meeting, &new)?;
    Ok(new.id)
}

/// Makes a section with this title out of passages, before the other sections of their item, or right behind the one
/// that they are in. Points that nothing else rests on go with them.
///
/// # Errors
/// [`Error::Invalid`] for passages of several sections, of none, or without a title.
pub fn to_section(edit: &mut Edit<'_>, ids: &[PassageId], title: &str) -> Result<ItemId> {
    let passages = in_order(edit, ids)?;
    let from = passages.first().and_then(|passage| passage.item);
    if passages.iter().any(|passage| passage.item != from) {
        return Err(Error::Invalid(
            "these passages stand under several items; choose those of one".to_owned(),
        ));
    }
    let items = super::agenda::outline(edit)?;
    let Some(view) = items.iter().find(|view| Some(view.item.id) == from) else {
        return Err(Error::Invalid(
            "a section lies in an item of the agenda, and these passages stand before it; move them under one first"
                .to_owned(),
        ));
    };
    let new = if view.level > 1 {
        super::agenda::add_after(edit, &view.item, title)?
    } else {
        let new = super::agenda::add(edit, Some(view.item.id), title)?;
        let first = items.iter().find(|other| other.item.parent == Some(view.item.id));
        if let Some(first) = first {
            super::agenda::place(edit, new, Some(view.item.id), Some(first.item.id))?;
        }
        new
    };
    place(edit, ids, Some(new), Place::End)?;
    let meeting = edit.meeting();
    let mut moved: Vec<PointId> = Vec::new();
    for id in passages.iter().flat_map(|passage| passage.sources.iter()) {
        let Some(point) = edit.find::<Point>(id.0)? else {
            continue;
        };
        let elsewhere = queries::resting_on(edit.query()?, meeting, *id)?
            .iter()
            .any(|passage| !ids.contains(&passage.id));
        if point.item == from && !elsewhere && !moved.contains(id) {
            moved.push(*id);
        }
    }
    for id in moved {
        let found = point::existing(edit, id)?;
        edit.update::<Point>(point::part_of(&found), id.0, |point| point.item = Some(new))?;
    }
    Ok(new)
}

/// Says what a passage rests on, and what not any more.
///
/// # Errors
/// [`Error::Invalid`] for a point off the record.
pub fn set_sources(edit: &mut Edit<'_>, id: PassageId, add: &[PointId], remove: &[PointId]) -> Result<Uuid> {
    existing(edit, id)?;
    let add: Vec<PointId> = on_record(edit, add)?.iter().map(|view| view.point.id).collect();
    edit.update::<Passage>(Part::Meeting, id.0, |passage| {
        passage.sources.retain(|source| !remove.contains(source));
        take_up(&mut passage.sources, &add);
    })?;
    Ok(id.0)
}

/// Deletes passages; undo brings them back.
///
/// # Errors
/// [`Error::NotFound`] for one that is gone already.
pub fn delete(edit: &mut Edit<'_>, ids: &[PassageId]) -> Result<()> {
    for id in ids {
        existing(edit, *id)?;
        edit.set_deleted::<Passage>(Part::Meeting, id.0, true)?;
    }
    Ok(())
}

/// Does what one key does about a finding. It was looked for in the record as it was a moment ago.
///
/// # Errors
/// [`Error::Invalid`] where what it is about does not stand there any more; [`Error::NotFound`] where it is gone.
pub fn mend(edit: &mut Edit<'_>, act: &Act) -> Result<Uuid> {
    match act {
        Act::Rewrite { passage, old, new } => {
            if existing(edit, *passage)?.text != *old {
                return Err(changed("the passage was changed"));
            }
            change(edit, *passage, None, new)
        }
        Act::Aside { points } => {
            let meeting = edit.meeting();
            for point in points {
                if !queries::resting_on(edit.query()?, meeting, *point)?.is_empty() {
                    return Err(changed("a passage came to rest on one of these points"));
                }
            }
            point::set_aside(edit, points, true)?;
            Ok(points.first().map(|id| id.0).unwrap_or_default())
        }
        Act::Uncite { passage, point } => {
            let is_internal = point::existing(edit, *point)?.internal;
            if !is_internal || !existing(edit, *passage)?.sources.contains(point) {
                return Err(changed("it rests on no point off the record"));
            }
            set_sources(edit, *passage, &[], &[*point])
        }
        Act::State { item, old, state } => {
            let stands = edit.read::<Item>(Part::Meeting, item.0)?.map(|item| item.state);
            if stands.is_some_and(|now| now != *old) || !section(edit, Some(*item))?.is_empty() {
                return Err(changed("the item was changed"));
            }
            let meeting = edit.meeting();
            let captured = queries::points_of(edit.query()?, meeting, Some(*item))?;
            if captured
                .iter()
                .any(|point| point.is_for_report() && !point.text.is_empty())
            {
                return Err(changed("a point was captured under the item"));
            }
            let changes = super::agenda::Changes {
                state: Some(state.clone()),
                ..super::agenda::Changes::default()
            };
            super::agenda::change(edit, *item, changes)
        }
    }
}

/// A finding that does not stand any more.
fn changed(what: &str) -> Error {
    Error::Invalid(format!("{what} meanwhile; nothing was done. Look again"))
}
