//! What was received and not applied.

use chrono::{DateTime, Utc};
use rusqlite::types::ToSql;
use rusqlite::{Connection, OptionalExtension, params};

use super::{damaged, id_of};
use crate::error::Result;
use crate::model::share::{Lane, MessageId, Reason, SetAside};
use crate::model::{AuthorId, MeetingId};

/// So many messages are kept aside of a meeting; the oldest go.
const MOST_ASIDE: i64 = 1000;
/// So many bytes are kept of what may yet be applied.
const MOST_WAITING: i64 = 64 * 1024 * 1024;
/// A message to be kept aside.
#[derive(Clone, Debug)]
pub(crate) struct Aside<'a> {
    /// Which.
    pub(crate) id: MessageId,
    /// On which lane.
    pub(crate) lane: Lane,
    /// Where it lies on the hub.
    pub(crate) place: u64,
    /// Why.
    pub(crate) reason: Reason,
    /// From whom, if that is known.
    pub(crate) sender: Option<AuthorId>,
    /// What it waits for.
    pub(crate) needs: &'a [u8],
    /// The sealed message, kept where it may yet be applied.
    pub(crate) bytes: &'a [u8],
}

/// A message that was kept aside.
#[derive(Clone, Debug)]
pub(crate) struct Kept {
    /// Which.
    pub(crate) id: MessageId,
    /// On which lane.
    pub(crate) lane: Lane,
    /// Where it lay on the hub.
    pub(crate) place: u64,
    /// The sealed message.
    pub(crate) bytes: Vec<u8>,
}

/// Keeps a message aside; the oldest go where there are too many.
pub(crate) fn set_aside(conn: &Connection, meeting: MeetingId, aside: &Aside<'_>, at: DateTime<Utc>) -> Result<()> {
    let id = meeting.to_string();
    conn.prepare_cached(
        "INSERT INTO share_aside (meeting, id, lane, place, reason, sender, at, needs, bytes)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
         ON CONFLICT (meeting, id) DO UPDATE SET place = ?4, reason = ?5, sender = ?6, needs = ?8, bytes = ?9",
    )?
    .execute(params![
        id,
        aside.id.0.as_slice(),
        aside.lane.word(),
        i64::try_from(aside.place).unwrap_or(i64::MAX),
        aside.reason.word(),
        aside.sender.map(|sender| sender.to_string()).unwrap_or_default(),
        at.to_rfc3339(),
        aside.needs,
        aside.bytes,
    ])?;
    Ok(())
}

/// Lets the oldest of what is aside go, where it is too much.
pub(crate) fn bound_aside(conn: &Connection, meeting: MeetingId) -> Result<()> {
    let id = meeting.to_string();
    conn.prepare_cached(
        "DELETE FROM share_aside WHERE meeting = ?1 AND row <= (
           SELECT row FROM share_aside WHERE meeting = ?1 ORDER BY row DESC LIMIT 1 OFFSET ?2)",
    )?
    .execute(params![id, MOST_ASIDE])?;
    conn.prepare_cached(
        "DELETE FROM share_aside WHERE row IN (
           SELECT row FROM (SELECT row, sum(length(bytes)) OVER (ORDER BY row DESC) AS held FROM share_aside WHERE meeting = ?1)
           WHERE held > ?2)",
    )?
    .execute(params![id, MOST_WAITING])?;
    Ok(())
}

/// Whether a message is aside for good as it lies there: asked for again, it would be refused again.
pub(crate) fn is_refused(conn: &Connection, meeting: MeetingId, id: &MessageId, place: u64) -> Result<bool> {
    let place = i64::try_from(place).unwrap_or(i64::MAX);
    Ok(conn
        .prepare_cached("SELECT 1 FROM share_aside WHERE meeting = ?1 AND id = ?2 AND place = ?3")?
        .query_row(params![meeting.to_string(), id.0.as_slice(), place], |_| Ok(()))
        .optional()?
        .is_some())
}

/// The messages that are aside for good as they came, the newest first: another of the same id may yet be the right one.
pub(crate) fn spoiled(conn: &Connection, meeting: MeetingId) -> Result<Vec<(Lane, MessageId)>> {
    let mut statement =
        conn.prepare_cached("SELECT id, reason, lane FROM share_aside WHERE meeting = ?1 ORDER BY row DESC")?;
    let mut rows = statement.query([meeting.to_string()])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        let (reason, lane): (String, String) = (row.get(1)?, row.get(2)?);
        if Reason::of(&reason).is_none_or(|reason| !reason.may_pass()) {
            let lane = Lane::of(&lane).ok_or_else(|| damaged("a message"))?;
            found.push((lane, id_of(row.get_ref(0)?.as_blob().unwrap_or_default())?));
        }
    }
    Ok(found)
}

/// A message is applied: it is not aside any more.
pub(crate) fn take_from_aside(conn: &Connection, meeting: MeetingId, id: &MessageId) -> Result<()> {
    conn.prepare_cached("DELETE FROM share_aside WHERE meeting = ?1 AND id = ?2")?
        .execute(params![meeting.to_string(), id.0.as_slice()])?;
    Ok(())
}

/// The pieces of a parcel that is applied are not aside any more.
pub(crate) fn take_pieces_from_aside(conn: &Connection, meeting: MeetingId, parcel: &MessageId) -> Result<()> {
    conn.prepare_cached("DELETE FROM share_aside WHERE meeting = ?1 AND needs = ?2")?
        .execute(params![meeting.to_string(), parcel.0.as_slice()])?;
    Ok(())
}

fn kept(conn: &Connection, condition: &str, meeting: MeetingId, value: &dyn ToSql) -> Result<Vec<Kept>> {
    let mut statement = conn.prepare_cached(&format!(
        "SELECT id, lane, place, bytes FROM share_aside WHERE meeting = ?1 AND {condition} AND length(bytes) > 0 ORDER BY row"
    ))?;
    let mut rows = statement.query(params![meeting.to_string(), value])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        let (lane, place): (String, i64) = (row.get(1)?, row.get(2)?);
        found.push(Kept {
            id: id_of(row.get_ref(0)?.as_blob().unwrap_or_default())?,
            lane: Lane::of(&lane).ok_or_else(|| damaged("a message"))?,
            place: u64::try_from(place).unwrap_or(0),
            bytes: row.get(3)?,
        });
    }
    Ok(found)
}

/// What is aside and waits for this.
pub(crate) fn waiting_for(conn: &Connection, meeting: MeetingId, needs: &[u8]) -> Result<Vec<Kept>> {
    kept(conn, "needs = ?2", meeting, &needs)
}

/// What is aside for this reason and may yet be applied.
pub(crate) fn aside_for(conn: &Connection, meeting: MeetingId, reason: Reason) -> Result<Vec<Kept>> {
    kept(conn, "reason = ?2", meeting, &reason.word())
}

/// Whether anything aside waits for an earlier change.
pub(crate) fn is_any_waiting(conn: &Connection, meeting: MeetingId) -> Result<bool> {
    Ok(conn
        .prepare_cached("SELECT 1 FROM share_aside WHERE meeting = ?1 AND needs <> x'' LIMIT 1")?
        .query_row([meeting.to_string()], |_| Ok(()))
        .optional()?
        .is_some())
}

/// How many messages are aside.
pub(crate) fn count_aside(conn: &Connection, meeting: MeetingId) -> Result<u32> {
    Ok(conn
        .prepare_cached("SELECT count(*) FROM share_aside WHERE meeting = ?1")?
        .query_row([meeting.to_string()], |row| row.get(0))?)
}

/// What is aside, the newest first; names are filled in by who knows the members.
pub(crate) fn aside(conn: &Connection, meeting: MeetingId) -> Result<Vec<SetAside>> {
    let mut statement = conn
        .prepare_cached("SELECT id, lane, reason, sender, at FROM share_aside WHERE meeting = ?1 ORDER BY row DESC")?;
    let mut rows = statement.query([meeting.to_string()])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        let texts: [String; 4] = [row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?];
        let [lane, reason, sender, at] = texts;
        found.push(SetAside {
            message: id_of(row.get_ref(0)?.as_blob().unwrap_or_default())?.to_string(),
            lane: Lane::of(&lane).ok_or_else(|| damaged("a message"))?,
            reason: Reason::of(&reason).unwrap_or(Reason::Malformed),
            sender: sender.parse().ok(),
            name: String::new(),
            at: at.parse().unwrap_or(DateTime::UNIX_EPOCH),
        });
    }
    Ok(found)
}
