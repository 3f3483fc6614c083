//! Points: adding, editing, tagging, deleting.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::participant;
use crate::archive::Edit;
use crate::document::Part;
use crate::error::{Error, Result};
use crate::model::text::clean;
use crate::model::{Attribution, Basis, ItemId, Kind, OrderKey, ParticipantId, Point, PointId};
use crate::store::queries;

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

/// Says who said points. A name that stood before the words as an unresolved speaker leaves the text once somebody is
/// named; otherwise the words stay as typed. With `whole_unknown`, every point of the same stranger is settled too.
/// Answers with the last point and how many were tagged.
///
/// # Errors
/// [`Error::Invalid`] where nobody is named, [`Error::NotFound`] for a point or participant that is gone.
pub fn tag(edit: &mut Edit<'_>, points: &[PointId], who: &Who, whole_unknown: bool) -> Result<(Option<Uuid>, usize)> {
    some(points)?;
    let words = match who {
        Who::Named { speakers } => {
            if speakers.is_empty() {
                return Err(Error::Invalid(
                    "name at least one speaker; the points stay as they were".to_owned(),
                ));
            }
            let roster = participant::roster(edit)?;
            let mut names = Vec::new();
            for id in speakers {
                let person = roster.iter().find(|person| person.id == *id);
                names.push(
                    person
                        .ok_or_else(|| Error::NotFound("this participant is not in the list any more".to_owned()))?
                        .name
                        .clone(),
                );
            }
            format!("tagged {}", names.join(", "))
        }
        Who::Nobody => "said by nobody in particular".to_owned(),
        Who::Unknown { .. } => "of an unknown speaker".to_owned(),
        Who::Untagged => "untagged".to_owned(),
    };
    let stranger = match who {
        Who::Unknown { number: 0 } => next_unknown(edit)?,
        Who::Unknown { number } => *number,
        _ => 0,
    };
    let mut ids: Vec<PointId> = Vec::new();
    let key = edit.meeting();
    for id in points {
        if !ids.contains(id) {
            ids.push(*id);
        }
        if whole_unknown {
            let view = queries::point(edit.query()?, key, *id)?;
            for same in queries::of_stranger(edit.query()?, key, view.point.unknown)? {
                if !ids.contains(&same) {
                    ids.push(same);
                }
            }
        }
    }
    let mut last = None;
    for id in &ids {
        let point = existing(edit, *id)?;
        edit.update::<Point>(part_of(&point), id.0, |point| {
            if matches!(who, Who::Named { .. }) {
                point.text = point.words().to_owned();
            }
            point.unknown = stranger;
            point.speakers = Vec::new();
            point.basis = Basis::Tagged;
            point.attribution = match who {
                Who::Named { speakers } => {
                    point.speakers.clone_from(speakers);
                    Attribution::Named
                }
                Who::Nobody => Attribution::Nobody,
                Who::Unknown { .. } => Attribution::Unknown,
                Who::Untagged => {
                    point.basis = Basis::None;
                    Attribution::Untagged
                }
            };
        })?;
        last = Some(id.0);
    }
    edit.set_intent(counted(ids.len(), &words));
    Ok((last, ids.len()))
}

/// "3 points deleted", "point deleted".
fn counted(count: usize, words: &str) -> String {
    if count == 1 {
        format!("point {words}")
    } else {
        format!("{count} points {words}")
    }
}

fn some(points: &[PointId]) -> Result<()> {
    if points.is_empty() {
        return Err(Error::Invalid("no point was chosen; nothing was changed".to_owned()));
    }
    Ok(())
}

/// Deletes points; undo brings them all back.
///
/// # Errors
/// [`Error::NotFound`] for a point that is gone already.
pub fn delete_all(edit: &mut Edit<'_>, points: &[PointId]) -> Result<Option<Uuid>> {
    some(points)?;
    let mut last = None;
    for id in points {
        last = Some(delete(edit, *id)?);
    }
    edit.set_intent(counted(points.len(), "deleted"));
    Ok(last)
}

/// Gives points another kind.
///
/// # Errors
/// [`Error::NotFound`] for a point that is gone.
pub fn set_kind(edit: &mut Edit<'_>, points: &[PointId], kind: &Kind) -> Result<Option<Uuid>> {
    some(points)?;
    let mut last = None;
    for id in points {
        let point = existing(edit, *id)?;
        edit.update::<Point>(part_of(&point), id.0, |point| point.kind = kind.clone())?;
        last = Some(id.0);
    }
    edit.set_intent(counted(points.len(), &format!("marked {kind}")));
    Ok(last)
}

/// Puts points under another item, or before the agenda; they come behind all that is there.
///
/// # Errors
/// [`Error::NotFound`] for a point or item that is gone.
pub fn set_item(edit: &mut Edit<'_>, points: &[PointId], item: Option<ItemId>) -> Result<Option<Uuid>> {
    let moved = in_order(edit, points)?;
    if let Some(item) = item
        && !super::agenda::outline(edit)?.iter().any(|view| view.item.id == item)
    {
        return Err(Error::NotFound("this item is not on the agenda any more".to_owned()));
    }
    let key = edit.meeting();
    let last = queries::last_of_item(edit.query()?, key, item)?;
    let next = match &last {
        Some((order, id)) => queries::order_behind(edit.query()?, key, order, *id)?,
        None => None,
    };
    let mut low = last.map(|(order, _)| order);
    let mut id = None;
    for point in &moved {
        // Those that stand behind the item's last point already keep their place in time.
        let order = match &low {
            Some(low) if point.order <= *low => Some(OrderKey::between(Some(low), next.as_ref())),
            _ => None,
        };
        let changed = edit.update::<Point>(part_of(point), point.id.0, |point| {
            point.item = item;
            if let Some(order) = order {
                point.order = order;
            }
        })?;
        low = Some(changed.order);
        id = Some(point.id.0);
    }
    edit.set_intent(counted(moved.len(), "put under another item"));
    Ok(id)
}

/// Puts points right before or behind another one and under its item, in their own order.
///
/// # Errors
/// [`Error::Invalid`] where the other one is among them, [`Error::NotFound`] for a point that is gone.
pub fn place(edit: &mut Edit<'_>, points: &[PointId], beside: PointId, before: bool) -> Result<Option<Uuid>> {
    let moved = in_order(edit, points)?;
    if points.contains(&beside) {
        return Err(Error::Invalid(
            "a point cannot go beside itself; nothing was moved".to_owned(),
        ));
    }
    let fixed = existing(edit, beside)?;
    let key = edit.meeting();
    let (mut low, high) = if before {
        (
            queries::order_before(edit.query()?, key, &fixed.order, fixed.id)?,
            Some(fixed.order.clone()),
        )
    } else {
        (
            Some(fixed.order.clone()),
            queries::order_behind(edit.query()?, key, &fixed.order, fixed.id)?,
        )
    };
    let mut id = None;
    for point in &moved {
        let order = OrderKey::between(low.as_ref(), high.as_ref());
        low = Some(order.clone());
        edit.update::<Point>(part_of(point), point.id.0, |point| {
            point.order = order;
            point.item = fixed.item;
        })?;
        id = Some(point.id.0);
    }
    edit.set_intent(counted(moved.len(), "moved"));
    Ok(id)
}

/// The points, each once, in the order of the record.
fn in_order(edit: &mut Edit<'_>, points: &[PointId]) -> Result<Vec<Point>> {
    some(points)?;
    let mut found: Vec<Point> = Vec::new();
    for id in points {
        let point = existing(edit, *id)?;
        if !found.iter().any(|known| known.id == point.id) {
            found.push(point);
        }
    }
    found.sort_by(|one, other| (&one.order, one.id).cmp(&(&other.order, other.id)));
    Ok(found)
}

/// The number of the next stranger.
pub(crate) fn next_unknown(edit: &mut Edit<'_>) -> Result<u32> {
    let meeting = edit.meeting();
    Ok(queries::last_unknown(edit.query()?, meeting)?.saturating_add(1))
}
