//! What the commands of the transcript and the recording do.

use chrono::TimeDelta;

use super::commands::{done, points_named, sentence};
use super::types::*;
use crate::archive::Archive;
use crate::edit::{cue, meeting};
use crate::error::Result;
use crate::model::Cue;
use crate::model::text::clean_line;
use crate::store::queries;

pub(in crate::api) fn cues_around(archive: &mut Archive, request: CuesRequest) -> Result<Vec<Cue>> {
    let at = queries::point(archive.conn(), request.meeting, request.point)?.point.at;
    let around = TimeDelta::seconds(request.seconds.into());
    queries::cues_between(archive.conn(), request.meeting, at - around, at + around)
}

pub(in crate::api) fn cues(archive: &mut Archive, request: MeetingRequest) -> Result<Vec<Cue>> {
    queries::cues(archive.conn(), request.meeting)
}

pub(in crate::api) fn cues_to_points(archive: &mut Archive, request: CuesOf) -> Result<Captured> {
    let made = archive.write(request.meeting, "points made of the transcript", |edit| {
        cue::to_points(edit, &request.cues)
    })?;
    let words = format!("{} made of the transcript", points_named(made.len()));
    Ok(done(made.first().map(|id| id.0), sentence(&words)))
}

pub(in crate::api) fn recording_set(archive: &mut Archive, request: RecordingRequest) -> Result<Captured> {
    let id = archive.write(request.meeting, "recording set", |edit| {
        meeting::change(edit, |meeting| {
            meeting.recording = clean_line(&request.recording);
            meeting.recording_starts = request.starts;
        })
    })?;
    Ok(done(Some(id), "Recording set"))
}
