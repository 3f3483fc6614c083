//! What the directory of people is derived from.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use rusqlite::Connection;

use super::register::whence;
use super::{rows, search};
use crate::error::Result;
use crate::model::directory::{Sighting, directory};
use crate::model::{
    DirectoryPerson, Meeting, MeetingId, MeetingState, Nature, Participant, Person, PersonId, PersonInMeeting, Span,
};

/// The people of all meetings that are there. Devices, bots and telephones are none.
pub(crate) fn people(conn: &Connection, now: DateTime<Utc>) -> Result<Vec<DirectoryPerson>> {
    let meetings: HashMap<MeetingId, Meeting> = rows::select::<Meeting>(conn, "WHERE t.deleted = 0", [])?
        .into_iter()
        .map(|meeting| (meeting.id, meeting))
        .collect();
    let spoken = spoken(conn)?;
    let mut sightings = Vec::new();
    for meeting in meetings.values() {
        for participant in rows::of_meeting::<Participant>(conn, &meeting.id.to_string(), "t.id")? {
            if participant.nature != Nature::Person {
                continue;
            }
            let there = PersonInMeeting {
                whence: whence(meeting),
                participant: participant.id,
                name: participant.name.clone(),
                roles: participant.roles.clone(),
                group: participant.group.clone(),
                duty: participant.duty.clone(),
                state: participant.state.clone(),
                seconds: seconds(meeting, &participant, now),
                points: spoken.get(&participant.id.to_string()).copied().unwrap_or(0),
            };
            sightings.push(Sighting { participant, there });
        }
    }
    Ok(directory(sightings, &merged(conn)?))
}

/// Those of them whom these words mean.
pub(crate) fn people_with(conn: &Connection, words: &str, now: DateTime<Utc>) -> Result<Vec<DirectoryPerson>> {
    let mut people = people(conn, now)?;
    people.retain(|person| {
        let there = person.meetings.iter();
        let told: Vec<&str> = there
            .flat_map(|there| there.roles.iter().chain([&there.group]))
            .chain(&person.names)
            .chain(&person.initials)
            .chain(&person.aliases)
            .chain(&person.addresses)
            .map(String::as_str)
            .collect();
        search::holds(&told.join("\n"), words)
    });
    Ok(people)
}

/// Who was merged into whom.
pub(crate) fn merged(conn: &Connection) -> Result<HashMap<PersonId, PersonId>> {
    let persons = rows::of_meeting::<Person>(conn, &MeetingId::default().to_string(), "t.id")?;
    Ok(persons
        .into_iter()
        .filter_map(|person| Some((person.id, person.into?)))
        .collect())
}

/// How many points each participant has.
fn spoken(conn: &Connection) -> Result<HashMap<String, u32>> {
    // A point that stands in both documents of a meeting is one.
    let mut statement = conn.prepare_cached(
        "SELECT s.value, count(DISTINCT p.id) FROM point AS p JOIN point_speakers AS s ON s.owner = p.row
         WHERE p.deleted = 0 AND p.attribution = 'named' GROUP BY s.value",
    )?;
    let found = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(found.collect::<std::result::Result<_, _>>()?)
}

/// How long somebody was there: who has not left was there until the meeting's end, or now while it goes on.
fn seconds(meeting: &Meeting, participant: &Participant, now: DateTime<Utc>) -> u32 {
    let goes_on = meeting.state == MeetingState::Live || meeting.live.iter().any(|span| span.to.is_none());
    let end = if goes_on {
        Some(now)
    } else {
        meeting.live.iter().filter_map(|span| span.to).max()
    };
    let total: i64 = Span::joined(participant.presence.clone())
        .iter()
        .filter_map(|span| Some((span.to.or(end)? - span.from).num_seconds().max(0)))
        .sum();
    u32::try_from(total).unwrap_or(u32::MAX)
}
