//! The connection log of a meeting: times and numbers, never words of a meeting.

use chrono::{DateTime, Utc};
use rusqlite::{Connection, params};

use crate::error::Result;
use crate::model::MeetingId;
use crate::model::share::LogLine;

/// So many lines the connection log of a meeting has.
const MOST_LINES: i64 = 1000;

/// Writes a line of the connection log; the oldest go.
pub(crate) fn log(conn: &Connection, meeting: MeetingId, at: DateTime<Utc>, event: &str) -> Result<()> {
    let id = meeting.to_string();
    conn.prepare_cached("INSERT INTO share_log (meeting, at, event) VALUES (?1, ?2, ?3)")?
        .execute(params![id, at.to_rfc3339(), event])?;
    conn.prepare_cached(
        "DELETE FROM share_log WHERE meeting = ?1 AND row <= (
           SELECT row FROM share_log WHERE meeting = ?1 ORDER BY row DESC LIMIT 1 OFFSET ?2)",
    )?
    .execute(params![id, MOST_LINES])?;
    Ok(())
}

/// The connection log, the newest line first.
pub(crate) fn log_lines(conn: &Connection, meeting: MeetingId) -> Result<Vec<LogLine>> {
    let mut statement = conn.prepare_cached("SELECT at, event FROM share_log WHERE meeting = ?1 ORDER BY row DESC")?;
    let rows = statement.query_map([meeting.to_string()], |row| {
        Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?))
    })?;
    let mut found = Vec::new();
    for row in rows {
        let (at, event) = row?;
        found.push(LogLine {
            at: at.parse().unwrap_or(DateTime::UNIX_EPOCH),
            event,
        });
    }
    Ok(found)
}
