//! Points: adding, editing, tagging, deleting.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::archive::Edit;
use crate::document::Part;
use crate::error::{Error, Result};
use crate::model::text::clean;
use crate::model::{Attribution, Basis, Item, ItemId, Kind, OrderKey, ParticipantId, Passage, Point, PointId};
use crate::store::queries;

/// Who said something.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[serde(tag = "is", rename_all = "snake_case")]
pub enum Who {
    /// These, in order.
    Named {
        /// At least one.
        speakers: Vec<ParticipantId>,
    },
    /// Nobody in particular, on purpose.
    Nobody,
    /// Somebody, not known who.
    Unknown {
        /// Which stranger; 0 = a new one, the same for all the points.
        number: u32,
    },
    /// Nobody has said yet.
    Untagged,
}

/// In which document a point lies.
pub(crate) fn part_of(point: &Point) -> Part {
    if point.internal { Part::Internal } else { Part::Meeting }
}

/// A point that is not deleted.
pub(crate) fn existing(edit: &mut Edit<'_>, id: PointId) -> Result<Point> {
    edit.find::<Point>(id.0)?
        .ok_or_else(|| Error::NotFound("this point is not there any more".to_owned()))
}

/// Changes a point's text, from the state at which its editor was opened, and its kind.
///
/// # Errors
/// [`Error::Invalid`] for an empty text, [`Error::NotFound`] for a point that is gone.
pub fn change(
    edit: &mut Edit<'_>,
    id: PointId,
    rev: Option<&str>,
    text: Option<&str>,
    kind: Option<Kind>,
) -> Result<Uuid> {
    let point = existing(edit, id)?;
    let part = part_of(&point);
    if let Some(kind) = kind {
        edit.update::<Point>(part, id.0, |point| point.kind = kind)?;
    }
    if let Some(text) = text {
        let (text, _) = clean(text);
        let text = text.trim();
        if text.is_empty() {
            return Err(Error::Invalid(
                "a point needs words; the old ones were kept. To remove it, delete it".to_owned(),
            ));
        }
        match rev {
            Some(rev) => edit.write_text::<Point>(part, id.0, text, rev)?,
            None => {
                edit.update::<Point>(part, id.0, |point| point.text = text.to_owned())?;
            }
        }
    }
    Ok(id.0)
}

/// Deletes a point; undo brings it back.
///
/// # Errors
/// [`Error::NotFound`] for a point that is gone already.
pub fn delete(edit: &mut Edit<'_>, id: PointId) -> Result<Uuid> {
    let point = existing(edit, id)?;
    edit.set_deleted::<Point>(part_of(&point), id.0, true)?;
    Ok(id.0)
}

/// Says who said points. A name that stood before the words as an unresolved speaker leaves the text once somebody is
/// named. With `whole_unknown`, a point of a stranger settles every point of that stranger.
///
/// Answers with the points that were tagged.
///
/// # Errors
/// [`Error::NotFound`] for a point that is gone, [`Error::Invalid`] for nobody named, or somebody unknown.
pub fn tag(edit: &mut Edit<'_>, points: &[PointId], who: &Who, whole_unknown: bool) -> Result<Vec<PointId>> {
    if points.is_empty() {
        return Err(Error::Invalid("no point was chosen; nothing was changed".to_owned()));
    }
    let meeting = edit.meeting();
    let mut all: Vec<PointId> = Vec::new();
    for id in points {
        let view = queries::point(edit.query()?, meeting, *id)?.point;
        let stranger = if whole_unknown && view.attribution == Attribution::Unknown {
            queries::of_stranger(edit.query()?, meeting, view.unknown)?
        } else {
            Vec::new()
        };
        // What goes on from a stranger's point follows it: it needs no tag of its own.
        let own = if stranger.is_empty() { vec![*id] } else { stranger };
        all.extend(own);
    }
    let mut seen = std::collections::HashSet::new();
    all.retain(|id| seen.insert(*id));
    let (attribution, speakers, unknown) = match who {
        Who::Named { speakers } if speakers.is_empty() => {
            return Err(Error::Invalid(
                "say who spoke, or that nobody in particular did".to_owned(),
            ));
        }
        Who::Named { speakers } => {
            let roster = super::participant::roster(edit)?;
            if let Some(stranger) = speakers.iter().find(|id| !roster.iter().any(|known| known.id == **id)) {
                return Err(Error::NotFound(format!("there is no participant {stranger}")));
            }
            (Attribution::Named, speakers.clone(), 0)
        }
        Who::Nobody => (Attribution::Nobody, Vec::new(), 0),
        Who::Unknown { number: 0 } => (Attribution::Unknown, Vec::new(), next_unknown(edit)?),
        Who::Unknown { number } => (Attribution::Unknown, Vec::new(), *number),
        Who::Untagged => (Attribution::Untagged, Vec::new(), 0),
    };
    for id in &all {
        let point = existing(edit, *id)?;
        edit.update::<Point>(part_of(&point), id.0, |point| {
            // Where nobody is named, what stood before the words may be no speaker at all: it stays as typed.
            if attribution == Attribution::Named {
                point.text = point.words().to_owned();
            }
            point.attribution = attribution.clone();
            point.basis = if attribution == Attribution::Untagged {
                Basis::None
            } else {
                Basis::Tagged
            };
            point.unknown = unknown;
            point.speakers.clone_from(&speakers);
        })?;
    }
    Ok(all)
}

/// Gives points another kind.
///
/// # Errors
/// [`Error::NotFound`] for a point that is gone; so for all below.
pub fn set_kind(edit: &mut Edit<'_>, points: &[PointId], kind: &Kind) -> Result<()> {
    for id in points {
        let point = existing(edit, *id)?;
        edit.update::<Point>(part_of(&point), id.0, |point| point.kind = kind.clone())?;
    }
    Ok(())
}

/// Sets points aside, on purpose not for the report, or takes that back.
///
/// # Errors
/// [`Error::NotFound`] for a point that is gone.
pub fn set_aside(edit: &mut Edit<'_>, points: &[PointId], set_aside: bool) -> Result<()> {
    for id in points {
        let point = existing(edit, *id)?;
        edit.update::<Point>(part_of(&point), id.0, |point| point.set_aside = set_aside)?;
    }
    Ok(())
}

/// Says whether an action is done.
///
/// # Errors
/// [`Error::Invalid`] for a point that is no action, [`Error::NotFound`] for one that is gone.
pub fn set_done(edit: &mut Edit<'_>, id: PointId, done: bool) -> Result<Uuid> {
    let point = existing(edit, id)?;
    if point.kind != Kind::Action {
        return Err(Error::Invalid(
            "only an action can be done; make it an action first".to_owned(),
        ));
    }
    edit.update::<Point>(part_of(&point), id.0, |point| point.done = done)?;
    Ok(id.0)
}

/// The points in the order of the record, each once.
pub(super) fn in_order(edit: &mut Edit<'_>, ids: &[PointId]) -> Result<Vec<Point>> {
    let mut points = ids.iter().map(|id| existing(edit, *id)).collect::<Result<Vec<_>>>()?;
    points.sort_by(|one, other| (&one.order, one.id).cmp(&(&other.order, other.id)));
    points.dedup_by_key(|point| point.id);
    Ok(points)
}

/// Puts points between two keys, in their own order, under an item.
fn lay(
    edit: &mut Edit<'_>,
    points: &[Point],
    mut low: Option<OrderKey>,
    high: Option<&OrderKey>,
    item: Option<ItemId>,
) -> Result<()> {
    for point in points {
        let order = OrderKey::between(low.as_ref(), high);
        edit.update::<Point>(part_of(point), point.id.0, |point| {
            point.order = order.clone();
            point.item = item;
        })?;
        low = Some(order);
    }
    Ok(())
}

/// The key of the nearest point on one side of another, those under the hand left out.
fn neighbour(edit: &mut Edit<'_>, point: &Point, before: bool, moved: &[Point]) -> Result<Option<OrderKey>> {
    let meeting = edit.meeting();
    let near = queries::beside(edit.query()?, meeting, point, before, moved.len() + 1)?;
    let is_moved = |id: PointId| moved.iter().any(|one| one.id == id);
    Ok(near.into_iter().find(|(id, _)| !is_moved(*id)).map(|(_, order)| order))
}

/// Moves points under another item, behind what is under it already; none = before the agenda.
///
/// # Errors
/// [`Error::NotFound`] for an item that is not there.
pub fn to_item(edit: &mut Edit<'_>, ids: &[PointId], item: Option<ItemId>) -> Result<()> {
    if let Some(id) = item {
        edit.read::<Item>(Part::Meeting, id.0)?
            .ok_or_else(|| Error::NotFound("this item is not on the agenda any more".to_owned()))?;
    }
    let points: Vec<Point> = in_order(edit, ids)?
        .into_iter()
        .filter(|point| point.item != item)
        .collect();
    let meeting = edit.meeting();
    match queries::last_of_item(edit.query()?, meeting, item)? {
        Some(last) => {
            let next = neighbour(edit, &last, false, &points)?;
            lay(edit, &points, Some(last.order), next.as_ref(), item)
        }
        // Its first points keep their place in time.
        None => {
            for point in &points {
                edit.update::<Point>(part_of(point), point.id.0, |point| point.item = item)?;
            }
            Ok(())
        }
    }
}

/// Puts points right before or behind another one, in their own order and under its item.
///
/// # Errors
/// [`Error::Invalid`] where it is one of them.
pub fn place(edit: &mut Edit<'_>, ids: &[PointId], beside: PointId, before: bool) -> Result<()> {
    if ids.contains(&beside) {
        return Err(Error::Invalid("a point cannot be put beside itself".to_owned()));
    }
    let target = existing(edit, beside)?;
    let points = in_order(edit, ids)?;
    let other = neighbour(edit, &target, before, &points)?;
    let (low, high) = if before {
        (other, Some(target.order))
    } else {
        (Some(target.order), other)
    };
    lay(edit, &points, low, high.as_ref(), target.item)
}

/// Makes two points of one: the first keeps its identity, the second comes right behind it, of the same speaker and
/// kind. Owner and date of an action stay with the first. What rests on the point rests on both.
///
/// # Errors
/// [`Error::Invalid`] where either text is empty.
pub fn split(edit: &mut Edit<'_>, id: PointId, rev: &str, first: &str, second: &str) -> Result<PointId> {
    let point = existing(edit, id)?;
    let (first, second) = (clean(first).0, clean(second).0);
    let (first, second) = (first.trim(), second.trim());
    if first.is_empty() || second.is_empty() {
        return Err(Error::Invalid(
            "both parts need words; the point was kept as it is".to_owned(),
        ));
    }
    let part = part_of(&point);
    let next = neighbour(edit, &point, false, &[])?;
    let mut new = point.clone();
    new.id = PointId(edit.fresh_id());
    new.order = OrderKey::between(Some(&point.order), next.as_ref());
    new.text = second.to_owned();
    new.raw = String::new();
    new.owners = Vec::new();
    new.owner_text = String::new();
    new.due = None;
    new.done = false;
    edit.write_text::<Point>(part, id.0, first, rev)?;
    edit.insert(part, &new)?;
    let meeting = edit.meeting();
    for passage in queries::resting_on(edit.query()?, meeting, id)? {
        edit.update::<Passage>(Part::Meeting, passage.id.0, |passage| passage.sources.push(new.id))?;
    }
    Ok(new.id)
}

/// Joins points into the first of them in the record's order: their words, their speakers where all are named, their
/// owners. What rests on the others, or goes on from them, then does so on the first.
///
/// # Errors
/// [`Error::Invalid`] for fewer than two, for points on and off the record, and where it would put words into somebody's
/// mouth: speakers that are not all named and not all the same.
pub fn merge(edit: &mut Edit<'_>, ids: &[PointId]) -> Result<PointId> {
    let meeting = edit.meeting();
    let points = in_order(edit, ids)?;
    let Some((first, rest)) = points.split_first().filter(|(_, rest)| !rest.is_empty()) else {
        return Err(Error::Invalid("to join points, choose two or more".to_owned()));
    };
    if points.iter().any(|point| point.internal != first.internal) {
        return Err(Error::Invalid(
            "some of these points are off the record and some are not; nothing was joined".to_owned(),
        ));
    }
    let mut views = Vec::new();
    for point in &points {
        views.push(queries::point(edit.query()?, meeting, point.id)?.point);
    }
    let whose = |view: &Point| (view.attribution.clone(), view.unknown, view.speaker_text.clone());
    let all_named = views.iter().all(|view| view.attribution == Attribution::Named);
    if !all_named
        && views
            .windows(2)
            .any(|pair| matches!(pair, [one, other] if whose(one) != whose(other)))
    {
        return Err(Error::Invalid(
            "these points have different speakers, and not all of them are known; say who spoke, then join them"
                .to_owned(),
        ));
    }
    let text: Vec<&str> = points
        .iter()
        .enumerate()
        .map(|(place, point)| if place == 0 { point.text.as_str() } else { point.words() })
        .filter(|words| !words.is_empty())
        .collect();
    let text = text.join(" ");
    let mut speakers: Vec<ParticipantId> = Vec::new();
    let mut owners: Vec<ParticipantId> = Vec::new();
    for view in &views {
        for id in &view.speakers {
            if !speakers.contains(id) {
                speakers.push(*id);
            }
        }
        for id in &view.owners {
            if !owners.contains(id) {
                owners.push(*id);
            }
        }
    }
    let part = part_of(first);
    let due = views.iter().find_map(|view| view.due);
    edit.update::<Point>(part, first.id.0, |point| {
        point.text = text;
        // A continuation that is joined with others keeps following what it goes on from, unless speakers came in.
        if all_named && (point.attribution == Attribution::Named || speakers.len() > 1) {
            point.attribution = Attribution::Named;
            point.speakers = speakers;
        }
        point.owners = owners;
        point.due = point.due.or(due);
    })?;
    for other in rest {
        for next in queries::continuations(edit.query()?, meeting, other.id)? {
            if next.id != first.id {
                edit.update::<Point>(part_of(&next), next.id.0, |point| point.continues = Some(first.id))?;
            }
        }
        for passage in queries::resting_on(edit.query()?, meeting, other.id)? {
            edit.update::<Passage>(Part::Meeting, passage.id.0, |passage| {
                passage.sources.retain(|source| *source != other.id);
                if !passage.sources.contains(&first.id) {
                    passage.sources.push(first.id);
                }
            })?;
        }
        edit.set_deleted::<Point>(part, other.id.0, true)?;
    }
    Ok(first.id)
}

/// Takes points off the record, into the internal companion, or brings them back. Answers with how many went.
///
/// # Errors
/// [`Error::NotFound`] for a point that is gone.
pub fn set_internal(edit: &mut Edit<'_>, ids: &[PointId], internal: bool) -> Result<usize> {
    let mut count = 0;
    for id in ids {
        let mut point = existing(edit, *id)?;
        if point.internal == internal {
            continue;
        }
        let from = part_of(&point);
        point.internal = internal;
        if internal && let Some(item) = point.item {
            // Where the item was taken off the agenda, nobody is asked about that once more.
            point.item = edit.read::<Item>(Part::Meeting, item.0)?.map(|item| item.id);
        }
        edit.insert(part_of(&point), &point)?;
        edit.set_deleted::<Point>(from, id.0, true)?;
        count += 1;
    }
    Ok(count)
}

/// Keeps a moment for a point to be written later: a point without words, at that time, under the item that was open
/// then and by whoever held the floor then.
///
/// # Errors
/// As [`crate::Archive::write`].
pub fn moment(edit: &mut Edit<'_>, id: PointId, at: DateTime<Utc>) -> Result<Uuid> {
    if edit.find::<Point>(id.0)?.is_some() {
        return Ok(id.0);
    }
    let then = super::agenda::open_at(edit, at)?;
    let covers = |from: DateTime<Utc>, to: Option<DateTime<Utc>>| from <= at && to.is_none_or(|to| at < to);
    let turns = super::floor::turns(edit)?;
    let speaker = turns
        .iter()
        .filter(|turn| turn.began.is_some_and(|began| covers(began, turn.ended)))
        .max_by_key(|turn| turn.began)
        .and_then(|turn| turn.participant);
    let mut point = Point::new(id, OrderKey::at(at), at, "");
    point.item = then;
    if let Some(speaker) = speaker {
        point.attribution = Attribution::Named;
        point.basis = Basis::Floor;
        point.speakers = vec![speaker];
    }
    edit.insert(Part::Meeting, &point)?;
    Ok(id.0)
}

/// The number of the next stranger.
pub(crate) fn next_unknown(edit: &mut Edit<'_>) -> Result<u32> {
    let meeting = edit.meeting();
    Ok(queries::last_unknown(edit.query()?, meeting)?.saturating_add(1))
}
