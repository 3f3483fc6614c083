//! What the commands do that go beyond one meeting: the next one of a series, and the registers.

use super::commands::done;
use super::types::*;
use crate::archive::Archive;
use crate::edit::{next, point};
use crate::error::Result;
use crate::model::{ActionRow, DecisionRow, MeetingId, RegisterAsked};

pub(in crate::api) fn meeting_next(archive: &mut Archive, request: MeetingRequest) -> Result<MeetingId> {
    next::after(archive, request.meeting)
}

pub(in crate::api) fn actions(archive: &mut Archive, asked: RegisterAsked) -> Result<Vec<ActionRow>> {
    archive.actions(&asked)
}

pub(in crate::api) fn decisions(archive: &mut Archive, asked: RegisterAsked) -> Result<Vec<DecisionRow>> {
    archive.decisions(&asked)
}

pub(in crate::api) fn action_done(archive: &mut Archive, request: ActionDoneRequest) -> Result<Captured> {
    let words = if request.done {
        "Action done"
    } else {
        "Action open again"
    };
    let id = archive.write(request.meeting, &words.to_lowercase(), |edit| {
        point::set_done(edit, request.point, request.done)
    })?;
    Ok(done(Some(id), words))
}
