//! What is kept of shared meetings, found damaged or saved into another file.

use std::collections::{BTreeMap, HashMap, HashSet};

use automerge::{Change, ChangeHash};
use rusqlite::{Connection, params};

use super::{MessageRow, ParcelRow};
use crate::error::Result;
use crate::model::share::{Lane, Standing};
use crate::model::{AuthorId, MeetingId};
use crate::store::log::message_of;

/// Rows whose checksum does not fit, in words.
pub(crate) fn damaged(conn: &Connection) -> Vec<String> {
    let mut found = Vec::new();
    found.extend(super::identity(conn).err());
    let meetings = match super::shares(conn) {
        Ok(meetings) => meetings,
        Err(error) => {
            found.push(error);
            Vec::new()
        }
    };
    for meeting in meetings {
        found.extend(super::share(conn, meeting).err());
        found.extend(super::keys(conn, meeting).err());
        found.extend(super::invitations(conn, meeting).err());
        found.extend(super::statements(conn, meeting).err());
        found.extend(super::parcels_of(conn, meeting, None).err());
    }
    found.into_iter().map(|error| error.to_string()).collect()
}

/// Who an archive is to others: the two secret halves of it, and under which author it is known by them.
pub(crate) struct Someone {
    /// Signs.
    pub(crate) signing: Vec<u8>,
    /// Is handed keys.
    pub(crate) boxed: Vec<u8>,
    /// Who that is.
    pub(crate) author: AuthorId,
}

/// What was taken over of shared meetings.
#[derive(Debug, Default)]
pub(crate) struct KeptShares {
    /// What could not be, in words.
    pub(crate) lost: Vec<String>,
    /// Who this archive was, by meeting, where it cannot prove that any more.
    pub(crate) former: BTreeMap<MeetingId, AuthorId>,
}

/// Takes over who this archive is and what proves it in shared meetings, as far as it can be read. Where who it is cannot,
/// it is somebody else from now on, who has yet to be let in: only what it shares as the owner is shared no more.
pub(crate) fn keep_shares(
    from: &Connection,
    to: &Connection,
    anew: impl FnOnce() -> Result<Someone>,
) -> Result<KeptShares> {
    let mut kept = KeptShares::default();
    let mut another = None;
    match super::identity(from) {
        Ok(Some((signing, boxed))) => super::set_identity(to, &signing, &boxed)?,
        Ok(None) if super::shares(from).unwrap_or_default().is_empty() => return Ok(kept),
        _ => {
            let anew = anew()?;
            super::set_identity(to, &anew.signing, &anew.boxed)?;
            another = Some(anew.author);
        }
    }
    for meeting in super::shares(from).unwrap_or_default() {
        let read = (|| Ok((super::share(from, meeting)?, super::keys(from, meeting)?)))();
        let (mut row, keys) = match read {
            Ok((Some(row), keys)) => (row, keys),
            Ok((None, _)) => continue,
            Err(error) => {
                let error: crate::error::Error = error;
                kept.lost.push(error.to_string());
                continue;
            }
        };
        if let Some(another) = another {
            if row.me == row.owner {
                kept.lost.push(format!(
                    "what proved that the shared meeting {meeting} is of this archive: it is kept here by itself, and those who joined it keep it too"
                ));
                continue;
            }
            kept.lost.push(format!(
                "what proved who this archive is in the shared meeting {meeting}: all of it is kept, also what was not sent yet. Ask its owner for a new invitation and join again; what waits is sent then, in the new member's name"
            ));
            kept.former.insert(meeting, row.me);
            (row.me, row.standing) = (another, Standing::Unproved);
        }
        super::set_share(to, &row)?;
        for (internal, epoch, key) in keys {
            super::add_key(to, meeting, internal, epoch, &key)?;
        }
        match super::invitations(from, meeting) {
            Ok(secrets) => secrets
                .iter()
                .try_for_each(|secret| super::add_invitation(to, meeting, secret))?,
            Err(error) => kept.lost.push(error.to_string()),
        }
    }
    Ok(kept)
}

/// The changes, by their hashes, of which it is proved who made them.
pub(crate) fn proved(conn: &Connection, meeting: MeetingId) -> HashSet<ChangeHash> {
    let hash = |seq: &i64| -> Option<ChangeHash> {
        let hash: Vec<u8> = conn
            .prepare_cached("SELECT hash FROM change WHERE seq = ?1")
            .and_then(|mut statement| statement.query_row([seq], |row| row.get(0)))
            .ok()?;
        ChangeHash::try_from(hash.as_slice()).ok()
    };
    let parcels = super::parcels_of(conn, meeting, None).unwrap_or_default();
    let seqs = parcels.iter().flat_map(|(_, parcel)| &parcel.seqs);
    seqs.filter_map(hash).collect()
}

/// Takes over the statements and parcels of the shared meetings, once their documents are there. What is not taken over,
/// because it could not be read or a change of it is lost, comes again from who else holds it.
pub(crate) fn keep_messages(from: &Connection, to: &Connection) -> Result<()> {
    for meeting in super::shares(to)? {
        let numbers = numbers(from, to, meeting);
        let mut sources: HashMap<(bool, i64), i64> = HashMap::new();
        let held = super::messages(from, meeting, false).unwrap_or_default();
        for message in held {
            let is_statement = message.lane == Lane::Members;
            let source = match sources.get(&(is_statement, message.source)) {
                Some(source) => Some(*source),
                None if is_statement => match super::statement(from, meeting, message.source) {
                    Ok(Some((epoch, bytes))) => Some(super::add_statement(to, meeting, epoch, &bytes)?),
                    _ => None,
                },
                None => match super::parcel(from, meeting, message.source) {
                    Ok(Some(parcel)) => add_parcel(to, meeting, parcel, &numbers)?,
                    _ => None,
                },
            };
            if let Some(source) = source {
                sources.insert((is_statement, message.source), source);
                super::add_message(to, meeting, &MessageRow { source, ..message })?;
            }
        }
        note_actors(to, meeting)?;
        for lane in [Lane::Meeting, Lane::Internal] {
            super::set_packed(to, meeting, lane, -1)?;
        }
    }
    Ok(())
}

fn add_parcel(
    to: &Connection,
    meeting: MeetingId,
    parcel: ParcelRow,
    numbers: &HashMap<i64, i64>,
) -> Result<Option<i64>> {
    let seqs: Option<Vec<i64>> = parcel.seqs.iter().map(|seq| numbers.get(seq).copied()).collect();
    let Some(seqs) = seqs else { return Ok(None) };
    super::add_parcel(to, meeting, &ParcelRow { seqs, ..parcel }).map(Some)
}

/// Which number a change has in the other file, by its number in this one: the hash is the same.
fn numbers(from: &Connection, to: &Connection, meeting: MeetingId) -> HashMap<i64, i64> {
    let read = |conn: &Connection| -> rusqlite::Result<Vec<(Vec<u8>, i64)>> {
        let mut statement = conn.prepare(
            "SELECT c.hash, c.seq FROM change AS c JOIN document AS d ON d.row = c.document WHERE d.meeting = ?1",
        )?;
        let mut rows = statement.query(params![meeting.to_string()])?;
        let mut found = Vec::new();
        // What comes before a damaged one is good.
        while let Ok(Some(row)) = rows.next() {
            found.push((row.get(0)?, row.get(1)?));
        }
        Ok(found)
    };
    let mut by_hash: HashMap<Vec<u8>, i64> = HashMap::new();
    by_hash.extend(read(to).unwrap_or_default());
    let old = read(from).unwrap_or_default();
    old.into_iter()
        .filter_map(|(hash, seq)| by_hash.get(&hash).map(|new| (seq, *new)))
        .collect()
}

/// Notes whose the actors are, and how far they got, from the changes that are there.
fn note_actors(conn: &Connection, meeting: MeetingId) -> Result<()> {
    let mut signers: HashMap<i64, AuthorId> = HashMap::new();
    for (_, parcel) in super::parcels_of(conn, meeting, None)? {
        signers.extend(parcel.seqs.iter().map(|seq| (*seq, parcel.author)));
    }
    for lane in [Lane::Meeting, Lane::Internal] {
        let mut statement = conn.prepare(
            "SELECT c.seq, c.bytes FROM change AS c JOIN document AS d ON d.row = c.document WHERE d.meeting = ?1 AND d.kind = ?2",
        )?;
        let mut rows = statement.query(params![meeting.to_string(), lane.word()])?;
        while let Some(row) = rows.next()? {
            let (seq, bytes): (i64, Vec<u8>) = (row.get(0)?, row.get(1)?);
            let Ok(change) = Change::from_bytes(bytes) else {
                continue;
            };
            let author = signers.get(&seq).copied();
            if let Some(author) = author.or_else(|| message_of(&change).map(|message| message.author)) {
                let actor = change.actor_id().to_hex_string();
                super::set_actor(conn, meeting, lane, &actor, author, change.seq())?;
            }
        }
    }
    Ok(())
}
