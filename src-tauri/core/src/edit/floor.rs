//! The floor and the queue.

use std::sync::Arc;

use uuid::Uuid;

use crate::archive::Edit;
use crate::document::Part;
use crate::error::{Error, Result};
use crate::model::text::clean_line;
use crate::model::{OrderKey, ParticipantId, Turn, TurnId, TurnKind};
use crate::store::queries;

/// The turns in order.
pub(crate) fn turns(edit: &mut Edit<'_>) -> Result<Arc<Vec<Turn>>> {
    let meeting = edit.meeting();
    edit.remembered(|seen| &mut seen.turns, |edit| queries::turns(edit.query()?, meeting))
}

/// Who holds the floor: the turn that began last and has not ended.
#[must_use]
pub fn holder(turns: &[Turn]) -> Option<&Turn> {
    turns
        .iter()
        .filter(|turn| turn.holds_floor())
        .max_by_key(|turn| (turn.began, turn.id))
}

/// Somebody asks for the floor.
pub(crate) fn ask(
    edit: &mut Edit<'_>,
    participant: ParticipantId,
    typed: &str,
    kind: &TurnKind,
    reason: &str,
    front: bool,
) -> Result<Uuid> {
    let turns = turns(edit)?;
    let waiting = turns.iter().filter(|turn| turn.waits());
    let order = if front {
        OrderKey::between(None, waiting.map(|turn| &turn.order).min())
    } else {
        OrderKey::after(turns.iter().map(|turn| &turn.order).max(), edit.now())
    };
    let turn = Turn {
        id: TurnId(edit.fresh_id()),
        participant: Some(participant),
        speaker_text: clean_line(typed),
        kind: kind.clone(),
        reason: clean_line(reason),
        order,
        asked: edit.now(),
        began: None,
        ended: None,
    };
    edit.insert(Part::Meeting, &turn)?;
    Ok(turn.id.0)
}

/// Asks for the floor for somebody, or, where they wait already, says anew why. Answers whether they waited.
///
/// # Errors
/// [`Error::NotFound`] for somebody who is no participant.
pub fn raise(
    edit: &mut Edit<'_>,
    participant: ParticipantId,
    kind: &TurnKind,
    reason: &str,
    front: bool,
) -> Result<(Uuid, bool)> {
    if !super::participant::roster(edit)?
        .iter()
        .any(|known| known.id == participant)
    {
        return Err(Error::NotFound(format!("there is no participant {participant}")));
    }
    let waiting = turns(edit)?
        .iter()
        .find(|turn| turn.waits() && turn.participant == Some(participant))
        .map(|turn| turn.id);
    match waiting {
        Some(id) => Ok((change(edit, id, Some(kind), Some(reason))?, true)),
        None => Ok((ask(edit, participant, "", kind, reason, front)?, false)),
    }
}

/// A turn that waits.
fn waiting(edit: &mut Edit<'_>, id: TurnId) -> Result<Turn> {
    edit.read::<Turn>(Part::Meeting, id.0)?
        .filter(Turn::waits)
        .ok_or_else(|| Error::NotFound("this wish to speak is not in the queue any more".to_owned()))
}

/// Changes why somebody waits. What becomes a point of order goes before all that is none.
///
/// # Errors
/// [`Error::NotFound`] for a turn that does not wait; so for all below.
pub fn change(edit: &mut Edit<'_>, id: TurnId, kind: Option<&TurnKind>, reason: Option<&str>) -> Result<Uuid> {
    waiting(edit, id)?;
    edit.update::<Turn>(Part::Meeting, id.0, |turn| {
        if let Some(kind) = kind {
            turn.kind = kind.clone();
        }
        if let Some(reason) = reason {
            turn.reason = clean_line(reason);
        }
    })?;
    if kind == Some(&TurnKind::PointOfOrder) {
        let first = turns(edit)?
            .iter()
            .filter(|turn| turn.waits())
            .find(|turn| turn.id == id || turn.kind != TurnKind::PointOfOrder)
            .map(|turn| turn.id);
        if let Some(before) = first.filter(|first| *first != id) {
            place(edit, id, Some(before))?;
        }
    }
    Ok(id.0)
}

/// Puts a turn that waits before another one, or at the end.
///
/// # Errors
/// [`Error::Invalid`] before itself.
pub fn place(edit: &mut Edit<'_>, id: TurnId, before: Option<TurnId>) -> Result<Uuid> {
    waiting(edit, id)?;
    let Some(before) = before else {
        return later(edit, id);
    };
    if before == id {
        return Err(Error::Invalid("a turn cannot be put before itself".to_owned()));
    }
    let next = waiting(edit, before)?;
    let turns = turns(edit)?;
    let low = turns
        .iter()
        .filter(|turn| turn.waits() && turn.id != id && (&turn.order, turn.id) < (&next.order, next.id))
        .map(|turn| &turn.order)
        .max();
    let order = OrderKey::between(low, Some(&next.order));
    edit.update::<Turn>(Part::Meeting, id.0, |turn| turn.order = order)?;
    Ok(id.0)
}

/// Gives the floor to a turn that waits, wherever it stands.
///
/// # Errors
/// As above.
pub fn call(edit: &mut Edit<'_>, id: TurnId) -> Result<Uuid> {
    waiting(edit, id)?;
    begin(edit, id)
}

/// How long each participant has held the floor in turns that have ended, and in how many turns; the longest first.
#[must_use]
pub fn spoken(turns: &[Turn]) -> Vec<(ParticipantId, chrono::TimeDelta, u32)> {
    let mut found: Vec<(ParticipantId, chrono::TimeDelta, u32)> = Vec::new();
    for turn in turns {
        let (Some(who), Some(began)) = (turn.participant, turn.began) else {
            continue;
        };
        // A clock that was set back takes no time away.
        let time = turn.ended.map_or(chrono::TimeDelta::zero(), |ended| {
            (ended - began).max(chrono::TimeDelta::zero())
        });
        match found.iter_mut().find(|(known, ..)| *known == who) {
            Some((_, whole, count)) => {
                *whole += time;
                *count += 1;
            }
            None => found.push((who, time, 1)),
        }
    }
    found.sort_by_key(|(_, time, _)| std::cmp::Reverse(*time));
    found
}

/// Takes a turn out of the queue.
///
/// # Errors
/// [`Error::NotFound`] for a turn that does not wait.
pub fn withdraw(edit: &mut Edit<'_>, id: TurnId) -> Result<Uuid> {
    let now = edit.now();
    waiting(edit, id)?;
    edit.update::<Turn>(Part::Meeting, id.0, |turn| turn.ended = Some(now))?;
    Ok(id.0)
}

/// Moves a waiting turn to the end of the queue.
pub(crate) fn later(edit: &mut Edit<'_>, id: TurnId) -> Result<Uuid> {
    let turns = turns(edit)?;
    let order = OrderKey::after(turns.iter().map(|turn| &turn.order).max(), edit.now());
    edit.update::<Turn>(Part::Meeting, id.0, |turn| turn.order = order)?;
    Ok(id.0)
}

/// Nobody holds the floor any more.
///
/// # Errors
/// As [`crate::Archive::write`].
pub fn release(edit: &mut Edit<'_>) -> Result<Option<Uuid>> {
    let now = edit.now();
    let mut last = None;
    for turn in turns(edit)?.iter().filter(|turn| turn.holds_floor()) {
        edit.update::<Turn>(Part::Meeting, turn.id.0, |turn| turn.ended = Some(now))?;
        last = Some(turn.id.0);
    }
    Ok(last)
}

/// Gives the floor to a turn that waits.
pub(crate) fn begin(edit: &mut Edit<'_>, id: TurnId) -> Result<Uuid> {
    release(edit)?;
    let now = edit.now();
    edit.update::<Turn>(Part::Meeting, id.0, |turn| turn.began = Some(now))?;
    Ok(id.0)
}

/// Gives the floor to somebody: by their turn where they wait, else without one having been asked for.
///
/// # Errors
/// As [`crate::Archive::write`].
pub fn give(edit: &mut Edit<'_>, participant: ParticipantId) -> Result<Uuid> {
    let turns = turns(edit)?;
    if let Some(turn) = turns
        .iter()
        .find(|turn| turn.holds_floor() && turn.participant == Some(participant))
    {
        return Ok(turn.id.0);
    }
    let waiting = turns
        .iter()
        .find(|turn| turn.waits() && turn.participant == Some(participant));
    let id = match waiting {
        Some(turn) => turn.id.0,
        None => ask(edit, participant, "", &TurnKind::default(), "", false)?,
    };
    begin(edit, TurnId(id))
}
