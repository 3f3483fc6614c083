//! The registers: actions and decisions of all meetings.

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Tz;
use rusqlite::types::Value as Sql;
use rusqlite::{Connection, params};

use super::{queries, rows, search};
use crate::error::Result;
use crate::minutes::name;
use crate::model::{
    ActionRow, DecisionRow, ItemView, Kind, Meeting, MeetingId, Participant, Point, RegisterAsked, Whence,
};

/// The actions: those that are due first, then those without a day, the oldest first; what is done comes last.
pub(crate) fn actions(conn: &Connection, asked: &RegisterAsked, now: DateTime<Utc>) -> Result<Vec<ActionRow>> {
    let mut found = points(conn, &Kind::Action, asked)?;
    found.retain(|(_, point)| !(asked.open && point.done));
    action_rows(conn, found, now)
}

/// What was promised at the meeting before this one of its series, and is open still.
pub(crate) fn promised(conn: &Connection, facts: &Meeting, now: DateTime<Utc>) -> Result<Vec<ActionRow>> {
    let Some(last) = before(conn, facts)? else {
        return Ok(Vec::new());
    };
    let mut found = of_kind(conn, last.id, &Kind::Action)?;
    found.retain(|point| !point.done);
    let found = found.into_iter().map(|point| (last.clone(), point)).collect();
    action_rows(conn, found, now)
}

/// The meeting before this one of its series: by number where it has one, else by date.
fn before(conn: &Connection, facts: &Meeting) -> Result<Option<Meeting>> {
    let Some(series) = facts.series else {
        return Ok(None);
    };
    let (which, bound) = match (facts.number, facts.starts) {
        (Some(number), _) => (
            "t.number > 0 AND t.number < ?2 ORDER BY t.number DESC",
            Sql::Integer(number.into()),
        ),
        // Instants are written alike, and so in the order of time.
        (None, Some(_)) => (
            "t.starts <> '' AND t.starts < (SELECT m.starts FROM meeting AS m WHERE m.id = ?2 AND m.deleted = 0) ORDER BY t.starts DESC",
            Sql::Text(facts.id.to_string()),
        ),
        (None, None) => return Ok(None),
    };
    let found = rows::select::<Meeting>(
        conn,
        &format!("WHERE t.series = ?1 AND t.deleted = 0 AND {which}, t.id DESC LIMIT 1"),
        params![series.to_string(), bound],
    )?;
    Ok(found.into_iter().next())
}

fn action_rows(conn: &Connection, points: Vec<(Meeting, Point)>, now: DateTime<Utc>) -> Result<Vec<ActionRow>> {
    let mut names: HashMap<MeetingId, Vec<Participant>> = HashMap::new();
    let mut found = Vec::new();
    for (meeting, point) in points {
        let people = match names.entry(meeting.id) {
            std::collections::hash_map::Entry::Occupied(known) => known.into_mut(),
            std::collections::hash_map::Entry::Vacant(new) => new.insert(queries::participants(conn, meeting.id)?),
        };
        // Two of one name are two.
        let owner = |id| {
            let person = people.iter().find(|person| person.id == id)?;
            let beside = name::beside(person, people);
            Some(match beside {
                Some(beside) => format!("{} ({})", person.name, name::words(&beside)),
                None => person.name.clone(),
            })
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
        let of_it = of_kind(conn, id, kind)?;
        let asked_for = |point: &Point| search::holds(&point.text, &asked.words);
        found.extend(
            of_it
                .into_iter()
                .filter(asked_for)
                .map(|point| (meeting.clone(), point)),
        );
    }
    Ok(found)
}

/// The actions or decisions of a meeting.
fn of_kind(conn: &Connection, meeting: MeetingId, kind: &Kind) -> Result<Vec<Point>> {
    let found = rows::select::<Point>(
        conn,
        "WHERE t.meeting = ?1 AND t.kind = ?2 AND t.kind IN ('action', 'decision') AND t.deleted = 0",
        params![meeting.to_string(), kind.to_string()],
    )?;
    Ok(queries::internal_first(found))
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
