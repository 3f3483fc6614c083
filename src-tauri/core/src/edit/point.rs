//! Points: adding, editing, tagging, deleting.

use uuid::Uuid;

use crate::archive::Edit;
use crate::document::Part;
use crate::error::{Error, Result};
use crate::model::text::clean;
use crate::model::{Attribution, Basis, Kind, ParticipantId, Point, PointId};
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

/// Says who said points; nobody = the meeting, on purpose. A name that stood before the words as an unresolved
/// speaker leaves the text.
///
/// # Errors
/// [`Error::NotFound`] for a point that is gone.
pub fn tag(edit: &mut Edit<'_>, points: &[PointId], speakers: &[ParticipantId]) -> Result<Option<Uuid>> {
    let mut last = None;
    for id in points {
        let point = existing(edit, *id)?;
        edit.update::<Point>(part_of(&point), id.0, |point| {
            point.text = point.words().to_owned();
            point.attribution = if speakers.is_empty() {
                Attribution::Nobody
            } else {
                Attribution::Named
            };
            point.basis = Basis::Tagged;
            point.unknown = 0;
            point.speakers = speakers.to_vec();
        })?;
        last = Some(id.0);
    }
    Ok(last)
}

/// The number of the next stranger.
pub(crate) fn next_unknown(edit: &mut Edit<'_>) -> Result<u32> {
    let meeting = edit.meeting();
    Ok(queries::last_unknown(edit.query()?, meeting)?.saturating_add(1))
}
