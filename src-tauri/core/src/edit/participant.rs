//! Participants: who they are, whether they are here, what duty they have.

use std::sync::Arc;

use uuid::Uuid;

use super::{close_span, meeting, open_span};
use crate::archive::Edit;
use crate::capture::{Match, resolve_typed};
use crate::document::Part;
use crate::error::{Error, Result};
use crate::model::text::clean_line;
use crate::model::{Duty, MeetingState, OrderKey, Participant, ParticipantId, ParticipantState, Span};
use crate::store::queries;

/// The participants in list order.
pub(crate) fn roster(edit: &mut Edit<'_>) -> Result<Arc<Vec<Participant>>> {
    let meeting = edit.meeting();
    edit.remembered(
        |seen| &mut seen.roster,
        |edit| queries::participants(edit.query()?, meeting),
    )
}

/// Who a typed name is. `Name (role)` tells namesakes apart: the role, or its beginning, must be theirs.
pub(crate) fn named(typed: &str, roster: &[Participant]) -> Match {
    if let Some((name, role)) = typed.trim().strip_suffix(')').and_then(|typed| typed.rsplit_once('(')) {
        let role = role.trim().to_lowercase();
        let fits = |participant: &&Participant| {
            !role.is_empty()
                && participant
                    .roles
                    .iter()
                    .any(|own| own.to_lowercase().starts_with(&role))
        };
        let narrowed: Vec<Participant> = roster.iter().filter(fits).cloned().collect();
        if let Match::One(id) = resolve_typed(name, &narrowed) {
            return Match::One(id);
        }
    }
    resolve_typed(typed, roster)
}

/// Adds a participant, also beside a namesake.
///
/// # Errors
/// [`Error::Invalid`] for an empty name.
pub fn add(edit: &mut Edit<'_>, name: &str, roles: &[String]) -> Result<ParticipantId> {
    let name = clean_line(name);
    if name.is_empty() {
        return Err(Error::Invalid("a participant needs a name".to_owned()));
    }
    let meeting = edit.meeting();
    let last = queries::last_order::<Participant>(edit.query()?, meeting)?;
    let order = OrderKey::after(last.as_ref(), edit.now());
    let mut participant = Participant::new(ParticipantId(edit.fresh_id()), order, name);
    participant.roles = roles
        .iter()
        .map(|role| clean_line(role))
        .filter(|role| !role.is_empty())
        .collect();
    edit.insert(Part::Meeting, &participant)?;
    Ok(participant.id)
}

/// Says whether somebody is here; arrivals and departures keep their times.
///
/// # Errors
/// [`Error::NotFound`] for an unknown participant.
pub fn set_state(edit: &mut Edit<'_>, id: ParticipantId, state: ParticipantState) -> Result<Participant> {
    let now = edit.now();
    edit.update::<Participant>(Part::Meeting, id.0, |participant| {
        if state == ParticipantState::Present {
            open_span(&mut participant.presence, now);
        } else {
            close_span(&mut participant.presence, now);
        }
        participant.state = state;
    })
}

/// Somebody leaves: who was here stays present in the record, with the time of leaving; who was not is expected again.
pub(crate) fn leave(edit: &mut Edit<'_>, id: ParticipantId) -> Result<Participant> {
    let now = edit.now();
    edit.update::<Participant>(Part::Meeting, id.0, |participant| {
        if participant.presence.iter().any(|span| span.to.is_none()) {
            close_span(&mut participant.presence, now);
        } else if participant.presence.is_empty() {
            participant.state = ParticipantState::Expected;
        }
    })
}

/// Gives or takes a duty; the other duty stays. While the meeting is live, when it passed on is kept; otherwise it is a
/// correction, after which nothing says that it was ever held.
pub(crate) fn set_duty(edit: &mut Edit<'_>, id: ParticipantId, duty: &Duty, has: bool) -> Result<Uuid> {
    let (facts, now) = (meeting::facts(edit)?, edit.now());
    let is_live = matches!(facts.state, MeetingState::Live | MeetingState::Paused);
    let began = facts.live.iter().map(|span| span.from).min().filter(|_| is_live);
    edit.update::<Participant>(Part::Meeting, id.0, |participant| {
        let had = participant.duty == *duty || participant.duty == Duty::Both;
        let spans = match duty {
            Duty::Rapporteur => &mut participant.reporting,
            _ => &mut participant.moderating,
        };
        match began {
            Some(_) if has && !had => open_span(spans, now),
            Some(began) if had && !has => {
                if spans.is_empty() {
                    open_span(spans, began.min(now));
                }
                close_span(spans, now);
            }
            None if !has => spans.clear(),
            _ => {}
        }
        let mut moderator = matches!(participant.duty, Duty::Moderator | Duty::Both);
        let mut rapporteur = matches!(participant.duty, Duty::Rapporteur | Duty::Both);
        match duty {
            Duty::Moderator => moderator = has,
            Duty::Rapporteur => rapporteur = has,
            _ => {}
        }
        participant.duty = match (moderator, rapporteur) {
            (true, true) => Duty::Both,
            (true, false) => Duty::Moderator,
            (false, true) => Duty::Rapporteur,
            (false, false) => Duty::None,
        };
    })?;
    Ok(id.0)
}

/// Says that somebody who has not the duty any more never had it.
pub(crate) fn forget_duty(edit: &mut Edit<'_>, id: ParticipantId, duty: &Duty) -> Result<()> {
    edit.update::<Participant>(Part::Meeting, id.0, |participant| match duty {
        Duty::Rapporteur => participant.reporting.clear(),
        _ => participant.moderating.clear(),
    })?;
    Ok(())
}

/// What of a participant is changed; `None` leaves a field as it is.
#[derive(Clone, Debug, Default)]
pub struct Changes {
    /// New name.
    pub name: Option<String>,
    /// New roles.
    pub roles: Option<Vec<String>>,
    /// New stakeholder group.
    pub group: Option<String>,
    /// New initials.
    pub initials: Option<String>,
    /// New aliases.
    pub aliases: Option<Vec<String>>,
    /// New duty.
    pub duty: Option<Duty>,
    /// Whether the printed list has them.
    pub listed: Option<bool>,
}

/// Changes a participant.
///
/// # Errors
/// [`Error::Invalid`] for an empty name, [`Error::NotFound`] for an unknown participant.
pub fn change(edit: &mut Edit<'_>, id: ParticipantId, changes: Changes) -> Result<Participant> {
    if changes.name.as_ref().is_some_and(|name| clean_line(name).is_empty()) {
        return Err(Error::Invalid(
            "a participant needs a name; the old one was kept".to_owned(),
        ));
    }
    let list = |values: Vec<String>| {
        values
            .iter()
            .map(|value| clean_line(value))
            .filter(|value| !value.is_empty())
            .collect()
    };
    if let Some(duty) = &changes.duty {
        for one in [Duty::Moderator, Duty::Rapporteur] {
            set_duty(edit, id, &one, *duty == one || *duty == Duty::Both)?;
        }
    }
    edit.update::<Participant>(Part::Meeting, id.0, |participant| {
        if let Some(name) = changes.name {
            participant.name = clean_line(&name);
        }
        if let Some(roles) = changes.roles {
            participant.roles = list(roles);
        }
        if let Some(group) = changes.group {
            participant.group = clean_line(&group);
        }
        if let Some(initials) = changes.initials {
            participant.initials = clean_line(&initials);
        }
        if let Some(aliases) = changes.aliases {
            participant.aliases = list(aliases);
        }
        if let Some(duty) = changes.duty {
            participant.duty = duty;
        }
        if let Some(listed) = changes.listed {
            participant.listed = listed;
        }
    })
}

/// Takes a participant off the list.
///
/// # Errors
/// [`Error::Invalid`] while something in the record names them.
pub fn remove(edit: &mut Edit<'_>, id: ParticipantId) -> Result<Participant> {
    let participant = edit
        .read::<Participant>(Part::Meeting, id.0)?
        .ok_or_else(|| Error::NotFound(format!("there is no participant {id}")))?;
    let meeting = edit.meeting();
    if let Some(why) = queries::named_by(edit.query()?, meeting, id)? {
        return Err(Error::Invalid(format!(
            "{} stays in the list: {why}. Settle that first, or leave them out of the printed list",
            participant.name
        )));
    }
    edit.set_deleted::<Participant>(Part::Meeting, id.0, true)?;
    Ok(participant)
}

/// Corrects arrivals and departures by hand.
///
/// # Errors
/// [`Error::Invalid`] for times that are out of order or overlap.
pub fn set_presence(edit: &mut Edit<'_>, id: ParticipantId, presence: Vec<Span>) -> Result<Participant> {
    let in_order = presence.iter().all(|span| span.to.is_none_or(|to| span.from <= to))
        && presence.windows(2).all(
            |pair| matches!(pair, [one, next] if one.to.is_some_and(|to| to <= next.from) && one.from < next.from),
        );
    if !in_order {
        return Err(Error::Invalid(
            "arrivals and departures follow one another; the old times were kept".to_owned(),
        ));
    }
    edit.update::<Participant>(Part::Meeting, id.0, |participant| {
        if !presence.is_empty() {
            // Who was here at some time was present, also when they have left since.
            participant.state = ParticipantState::Present;
        } else if participant.state == ParticipantState::Present {
            participant.state = ParticipantState::Expected;
        }
        participant.presence = presence;
    })
}
