//! Who people are across meetings: two that are one, and one that is another.

use std::collections::BTreeSet;

use crate::archive::{Archive, Edit, TakenBack};
use crate::document::Part;
use crate::error::{Error, Result};
use crate::model::directory::root;
use crate::model::{DirectoryPerson, MeetingId, Participant, ParticipantId, Person, PersonId};
use crate::store::{directory, rows};

/// What merging is called in the history of the archive's own document, where undo looks for it.
pub(crate) const MERGED: &str = "persons merged";

/// Makes two persons of the directory one, as an action of its own.
///
/// # Errors
/// As [`merge`].
pub fn merged(archive: &mut Archive, one: PersonId, other: PersonId) -> Result<PersonId> {
    // Of no meeting: the archive's own document alone is written.
    archive.write(MeetingId::default(), MERGED, |edit| merge(edit, one, other))
}

/// Splits a participant off from the person that they were taken for, as an action of its own.
///
/// # Errors
/// As [`split`].
pub fn parted(archive: &mut Archive, meeting: MeetingId, participant: ParticipantId) -> Result<Participant> {
    archive.write(meeting, "person split off", |edit| split(edit, participant))
}

/// Makes two persons of the directory one: the other goes into the one. Written to the archive's own document, and
/// so in no meeting's history: [`unmerge`] takes it back.
///
/// # Errors
/// [`Error::Invalid`] where both were in one meeting, or are one already; [`Error::NotFound`].
pub fn merge(edit: &mut Edit<'_>, one: PersonId, other: PersonId) -> Result<PersonId> {
    let now = edit.now();
    let conn = edit.query()?;
    let people = directory::people(conn, now)?;
    let merged = directory::merged(conn)?;
    let (one, other) = (find(&people, root(one, &merged))?, find(&people, root(other, &merged))?);
    if one.id == other.id {
        return Err(Error::Invalid(format!("{} is one person already", name(one))));
    }
    let meetings: BTreeSet<MeetingId> = one.meetings.iter().map(|there| there.whence.meeting).collect();
    if let Some(both) = other
        .meetings
        .iter()
        .find(|there| meetings.contains(&there.whence.meeting))
    {
        let number = both
            .whence
            .number
            .map(|number| format!(" {number}"))
            .unwrap_or_default();
        return Err(Error::Invalid(format!(
            "{} and {} were both in {}{number}, so they are two; nothing was changed",
            name(one),
            name(other),
            both.whence.body
        )));
    }
    // All the ids that either has had so far, so that they stay one whatever their addresses say later.
    let mut ids: BTreeSet<PersonId> = BTreeSet::from([one.id, other.id]);
    for there in one.meetings.iter().chain(&other.meetings) {
        let key = there.whence.meeting.to_string();
        if let Some(participant) = rows::by_id::<Participant>(conn, &key, there.participant.0)? {
            ids.insert(root(participant.who(), &merged));
        }
    }
    ids.remove(&one.id);
    for id in ids {
        let person = Person { id, into: Some(one.id) };
        edit.insert(Part::Archive, &person)?;
    }
    Ok(one.id)
}

/// Takes the last merging back.
///
/// # Errors
/// As [`Archive::write`].
pub fn unmerge(archive: &mut Archive) -> Result<TakenBack> {
    archive.undo_own(MERGED)
}

/// Merges again what was taken back last.
///
/// # Errors
/// As [`Archive::write`].
pub fn merge_again(archive: &mut Archive) -> Result<TakenBack> {
    archive.redo_own(MERGED)
}

/// Says that a participant is none of the person that they were taken for: they get a person of their own.
///
/// # Errors
/// [`Error::Invalid`] for one who is by themselves already, [`Error::NotFound`] for an unknown participant.
pub fn split(edit: &mut Edit<'_>, participant: ParticipantId) -> Result<Participant> {
    let now = edit.now();
    let known = edit
        .read::<Participant>(Part::Meeting, participant.0)?
        .ok_or_else(|| Error::NotFound(format!("there is no participant {participant}")))?;
    let people = directory::people(edit.query()?, now)?;
    let is_theirs = |person: &&DirectoryPerson| person.meetings.iter().any(|there| there.participant == participant);
    if people
        .iter()
        .find(is_theirs)
        .is_none_or(|person| person.meetings.len() < 2)
    {
        return Err(Error::Invalid(format!(
            "{} is known from this meeting alone; there is nothing to split",
            known.name
        )));
    }
    let own = PersonId(edit.fresh_id());
    edit.update::<Participant>(Part::Meeting, participant.0, |participant| {
        participant.person = Some(own);
    })
}

/// The person of the directory who has this id, or whose meetings know them by it.
fn find(people: &[DirectoryPerson], id: PersonId) -> Result<&DirectoryPerson> {
    let is_it =
        |person: &&DirectoryPerson| person.id == id || person.meetings.iter().any(|there| there.participant.0 == id.0);
    people
        .iter()
        .find(|person| person.id == id)
        .or_else(|| people.iter().find(is_it))
        .ok_or_else(|| Error::NotFound(format!("the directory has no person {id}")))
}

fn name(person: &DirectoryPerson) -> &str {
    person.names.first().map_or("somebody", String::as_str)
}
