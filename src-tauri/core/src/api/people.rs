//! What the commands do with the directory of people.

use super::commands::done;
use super::types::*;
use crate::archive::Archive;
use crate::edit::person;
use crate::error::Result;
use crate::model::{DirectoryPerson, PeopleAsked};

pub(in crate::api) fn people(archive: &mut Archive, asked: PeopleAsked) -> Result<Vec<DirectoryPerson>> {
    archive.people(&asked)
}

pub(in crate::api) fn person_merge(archive: &mut Archive, request: PersonMergeRequest) -> Result<Captured> {
    let id = person::merged(archive, request.one, request.other)?;
    Ok(done(Some(id.0), "Persons merged"))
}

pub(in crate::api) fn person_merge_undo(archive: &mut Archive, _: Nothing) -> Result<Undone> {
    person::unmerge(archive).map(Undone::from)
}

pub(in crate::api) fn person_merge_redo(archive: &mut Archive, _: Nothing) -> Result<Undone> {
    person::merge_again(archive).map(Undone::from)
}

pub(in crate::api) fn person_split(archive: &mut Archive, request: ParticipantRequest) -> Result<Captured> {
    let person = person::parted(archive, request.meeting, request.participant)?;
    Ok(done(
        Some(person.id.0),
        format!("{} is a person of their own", person.name),
    ))
}
