//! The registers: actions and decisions of all meetings.

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Tz;
use rusqlite::{Connection, params};

use super::{queries, rows, search};
use crate::error::Result;
use crate::model::{
    ActionRow, DecisionRow, ItemView, Kind, Meeting, MeetingId, Participant, Point, RegisterAsked, Whence,
};

/// The actions: those that are due first, then those without a day, the oldest first; what is done comes last.
pub(crate) fn actions(conn: &Connection, asked: &RegisterAsked, now: DateTime<Utc>) -> Result<Vec<ActionRow>> {
    let mut names: HashMap<MeetingId, Vec<Participant>> = HashMap::new();
    let mut found = Vec::new();
    for (meeting, point) in points(conn, &Kind::Action, asked)? {
        if asked.open && point.done {
            continue;
        }
        let people = match names.entry(meeting.id) {
            std::collections::hash_map::Entry::Occupied(known) => known.into_mut(),
            std::collections::hash_map::Entry::Vacant(new) => new.insert(queries::participants(conn, meeting.id)?),
        };
        let owner = |id| {
            people
                .iter()
                .find(|person| person.id == id)
                .map(|person| person.name.clone())
        };
        let mut owners: Vec<String> = point.owners.iter().filter_map(|id| owner(*id)).collect();
        if owners.is_empty() && !point.owner_text.trim().is_empty() {
            owners.push(point.owner_text.trim().to_owned());
        }
        let today = day(&meeting, now);
        let given = day(&meeting, point.at);
        found.push(ActionRow {
            whence: whence(&meeting),
            id: point.id,
            at: point.at,
            text: point.words().to_owned(),
            owners,
            due: point.due,
            done: point.done,
            overdue: !point.done && point.due.is_some_and(|due| due < today),
            age: u32::try_from(today.signed_duration_since(given).num_days()).unwrap_or(0),
            internal: point.internal,
        });
    }
    found.sort_by_key(|row| (row.done, row.due.is_none(), row.due, row.at, row.id));
    Ok(found)
}

/// The decisions, the newest first.
pub(crate) fn decisions(conn: &Connection, asked: &RegisterAsked) -> Result<Vec<DecisionRow>> {
    let mut agendas: HashMap<MeetingId, Vec<ItemView>> = HashMap::new();
    let mut found = Vec::new();
    for (meeting, point) in points(conn, &Kind::Decision, asked)? {
        let agenda = match agendas.entry(meeting.id) {
            std::collections::hash_map::Entry::Occupied(known) => known.into_mut(),
            std::collections::hash_map::Entry::Vacant(new) => new.insert(queries::items(conn, meeting.id)?),
        };
        let item = agenda.iter().find(|view| Some(view.item.id) == point.item);
        found.push(DecisionRow {
            whence: whence(&meeting),
            id: point.id,
            at: point.at,
            item: item.map(|view| view.label.clone()).unwrap_or_default(),
            title: item.map(|view| view.item.title.clone()).unwrap_or_default(),
            text: point.words().to_owned(),
            internal: point.internal,
        });
    }
    found.sort_by_key(|row| std::cmp::Reverse((row.at, row.id)));
    Ok(found)
}

/// The points of a kind in all meetings that are there, with the facts of theirs.
fn points(conn: &Connection, kind: &Kind, asked: &RegisterAsked) -> Result<Vec<(Meeting, Point)>> {
    let mut statement = conn.prepare_cached(
        "SELECT DISTINCT meeting FROM point WHERE kind = ?1 AND kind IN ('action', 'decision') AND deleted = 0",
    )?;
    let ids = statement
        .query_map([kind.to_string()], |row| row.get::<_, String>(0))?
        .collect::<std::result::Result<Vec<_>, _>>()?;
    let mut found = Vec::new();
    for id in ids.iter().filter_map(|id| id.parse::<MeetingId>().ok()) {
        let key = id.to_string();
        // A deleted meeting promises nothing.
        let Some(meeting) = rows::by_id::<Meeting>(conn, &key, id.0)? else {
            continue;
        };
        if asked.series.is_some() && asked.series != meeting.series {
            continue;
        }
        let of_it = rows::select::<Point>(
            conn,
            "WHERE t.meeting = ?1 AND t.kind = ?2 AND t.kind IN ('action', 'decision') AND t.deleted = 0",
            params![key, kind.to_string()],
        )?;
        let asked_for = |point: &Point| search::holds(&point.text, &asked.words);
        let of_it = queries::internal_first(of_it.into_iter().filter(asked_for).collect());
        found.extend(of_it.into_iter().map(|point| (meeting.clone(), point)));
    }
    Ok(found)
}

/// A meeting as far as a reader of a row from it needs it.
pub(super) fn whence(meeting: &Meeting) -> Whence {
    let names = [&meeting.short, &meeting.body, &meeting.name];
    Whence {
        meeting: meeting.id,
        series: meeting.series,
        body: names
            .into_iter()
            .find(|name| !name.is_empty())
            .cloned()
            .unwrap_or_default(),
        number: meeting.number,
        starts: meeting.starts,
    }
}

/// The day of an instant where the meeting is.
fn day(meeting: &Meeting, at: DateTime<Utc>) -> NaiveDate {
    at.with_timezone(&meeting.zone.parse().unwrap_or(Tz::UTC)).date_naive()
}
