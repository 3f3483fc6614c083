//! What is local to this file and not in the change log: its own settings and the unfinished lines. Each row carries a
//! checksum, since nothing else could tell that it was damaged.

use rusqlite::{Connection, OptionalExtension, params};

use crate::error::{Error, Result};
use crate::model::MeetingId;

/// FNV-1a, 64 bits, folded into what `SQLite` can hold. Finds damage; guards against no malice.
fn sum(parts: [&str; 2]) -> i64 {
    let mut hash: u64 = 0xcbf2_9ce4_8422_2325;
    for byte in parts[0].bytes().chain([0]).chain(parts[1].bytes()) {
        hash = (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
    }
    i64::from_ne_bytes(hash.to_ne_bytes())
}

/// Reads a setting of this file.
pub(crate) fn get(conn: &Connection, key: &str) -> Result<Option<String>> {
    let row: Option<(String, i64)> = conn
        .prepare_cached("SELECT value, sum FROM meta WHERE key = ?1")?
        .query_row([key], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    match row {
        Some((value, found)) if sum([key, &value]) != found => Err(Error::Damaged(format!("the setting {key}"))),
        other => Ok(other.map(|(value, _)| value)),
    }
}

/// Writes a setting of this file.
pub(crate) fn set(conn: &Connection, key: &str, value: &str) -> Result<()> {
    conn.prepare_cached(
        "INSERT INTO meta (key, value, sum) VALUES (?1, ?2, ?3) ON CONFLICT (key) DO UPDATE SET value = ?2, sum = ?3",
    )?
    .execute(params![key, value, sum([key, value])])?;
    Ok(())
}

/// The unfinished line of a meeting; empty where there is none.
pub(crate) fn draft(conn: &Connection, meeting: MeetingId) -> Result<String> {
    Ok(conn
        .prepare_cached("SELECT text FROM draft WHERE meeting = ?1")?
        .query_row([meeting.to_string()], |row| row.get(0))
        .optional()?
        .unwrap_or_default())
}

/// Stores the unfinished line; an empty one is removed.
pub(crate) fn set_draft(conn: &Connection, meeting: MeetingId, text: &str) -> Result<()> {
    let id = meeting.to_string();
    if text.is_empty() {
        conn.prepare_cached("DELETE FROM draft WHERE meeting = ?1")?
            .execute([id])?;
    } else {
        conn.prepare_cached("INSERT INTO draft (meeting, text, sum) VALUES (?1, ?2, ?3) ON CONFLICT (meeting) DO UPDATE SET text = ?2, sum = ?3")?
            .execute(params![id, text, sum([&id, text])])?;
    }
    Ok(())
}

/// Every unfinished line whose checksum fits.
pub(crate) fn drafts(conn: &Connection) -> Vec<(MeetingId, String)> {
    let read = || -> rusqlite::Result<Vec<(MeetingId, String)>> {
        let mut statement = conn.prepare("SELECT meeting, text, sum FROM draft")?;
        let mut rows = statement.query([])?;
        let mut found = Vec::new();
        while let Some(row) = rows.next()? {
            let (meeting, text, stored): (String, String, i64) = (row.get(0)?, row.get(1)?, row.get(2)?);
            if sum([&meeting, &text]) == stored
                && let Ok(meeting) = meeting.parse()
            {
                found.push((meeting, text));
            }
        }
        Ok(found)
    };
    read().unwrap_or_default()
}

/// Settings that are lost and rows whose checksum does not fit, in words.
pub(crate) fn damaged(conn: &Connection) -> Result<Vec<String>> {
    let mut found = Vec::new();
    for key in ["author", "projection"] {
        if !matches!(get(conn, key), Ok(Some(_))) {
            found.push(format!("the setting {key} is lost"));
        }
    }
    for (query, what) in [
        ("SELECT key, value, sum FROM meta", "the setting"),
        ("SELECT meeting, text, sum FROM draft", "the unfinished line of meeting"),
    ] {
        let mut statement = conn.prepare(query)?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let (key, value, stored): (String, String, i64) = (row.get(0)?, row.get(1)?, row.get(2)?);
            if sum([&key, &value]) != stored {
                found.push(format!("{what} {key}"));
            }
        }
    }
    Ok(found)
}
