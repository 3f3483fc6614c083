//! What is kept of shared meetings beside the change log. No rule of sharing lives here.

mod aside;
mod events;
mod rescue;

use chrono::{DateTime, Utc};
use rusqlite::types::ToSql;
use rusqlite::{Connection, OptionalExtension, params};

use crate::error::{Error, Result};
use crate::model::share::{Lane, MessageId, Role, Standing};
use crate::model::{AuthorId, MeetingId};

pub(crate) use aside::{
    Aside, Kept, aside, aside_for, bound_aside, count_aside, is_any_waiting, is_refused, set_aside, spoiled,
    take_from_aside, take_pieces_from_aside, waiting_for,
};
pub(crate) use events::{log, log_lines};
pub(crate) use rescue::{Someone, damaged as damaged_rows, keep_messages, keep_shares, proved};

/// FNV-1a, 64 bits, over these parts with their lengths. Finds damage; guards against no malice.
fn sum(parts: &[&[u8]]) -> i64 {
    let mut hash: u64 = 0xcbf2_9ce4_8422_2325;
    for part in parts {
        for byte in part.iter().chain(&part.len().to_be_bytes()) {
            hash = (hash ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01b3);
        }
    }
    i64::from_ne_bytes(hash.to_ne_bytes())
}

fn damaged(what: &str) -> Error {
    Error::Damaged(format!("{what} of a shared meeting"))
}

/// The two secret halves of who this archive is.
pub(crate) fn identity(conn: &Connection) -> Result<Option<(Vec<u8>, Vec<u8>)>> {
    let row: Option<(Vec<u8>, Vec<u8>, i64)> = conn
        .prepare_cached("SELECT signing, box, sum FROM identity")?
        .query_row([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
        .optional()?;
    match row {
        Some((signing, boxed, found)) if sum(&[&signing, &boxed]) != found => {
            Err(damaged("who this archive is, as a member"))
        }
        other => Ok(other.map(|(signing, boxed, _)| (signing, boxed))),
    }
}

/// Keeps who this archive is.
pub(crate) fn set_identity(conn: &Connection, signing: &[u8], boxed: &[u8]) -> Result<()> {
    conn.execute(
        "INSERT INTO identity (row, signing, box, sum) VALUES (1, ?1, ?2, ?3)",
        params![signing, boxed, sum(&[signing, boxed])],
    )?;
    Ok(())
}

/// A shared meeting as its row has it.
#[derive(Clone, Debug)]
pub(crate) struct ShareRow {
    /// Which meeting.
    pub(crate) meeting: MeetingId,
    /// Who this archive is in it.
    pub(crate) me: AuthorId,
    /// What it may do.
    pub(crate) role: Role,
    /// Whether that stands.
    pub(crate) standing: Standing,
    /// The owner.
    pub(crate) owner: AuthorId,
    /// The owner's signing key.
    pub(crate) owner_key: Vec<u8>,
    /// The meeting's first key.
    pub(crate) first_key: Vec<u8>,
    /// Where the laptops meet.
    pub(crate) servers: Vec<String>,
    /// A file of credentials; empty = none.
    pub(crate) credentials: String,
    /// A file with an authority's certificate; empty = none.
    pub(crate) authority: String,
}

impl ShareRow {
    fn sum(&self, servers: &str) -> i64 {
        let standing = standing_word(self.standing);
        sum(&[
            self.meeting.0.as_bytes(),
            self.me.0.as_bytes(),
            self.role.word().as_bytes(),
            standing.as_bytes(),
            self.owner.0.as_bytes(),
            &self.owner_key,
            &self.first_key,
            servers.as_bytes(),
            self.credentials.as_bytes(),
            self.authority.as_bytes(),
        ])
    }
}

fn standing_word(standing: Standing) -> &'static str {
    match standing {
        Standing::Good => "good",
        Standing::Withdrawn => "withdrawn",
        Standing::Unproved => "unproved",
    }
}

/// A shared meeting; none where it is not shared.
pub(crate) fn share(conn: &Connection, meeting: MeetingId) -> Result<Option<ShareRow>> {
    let found = conn
        .prepare_cached(
            "SELECT me, role, standing, owner, owner_key, first_key, servers, credentials, authority, sum
             FROM share WHERE meeting = ?1",
        )?
        .query_row([meeting.to_string()], |row| {
            let texts: [String; 4] = [row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?];
            let servers: String = row.get(6)?;
            Ok((
                texts,
                row.get::<_, Vec<u8>>(4)?,
                row.get::<_, Vec<u8>>(5)?,
                servers,
                (row.get::<_, String>(7)?, row.get::<_, String>(8)?),
                row.get::<_, i64>(9)?,
            ))
        })
        .optional()?;
    let Some(([me, role, standing, owner], owner_key, first_key, servers, (credentials, authority), stored)) = found
    else {
        return Ok(None);
    };
    let bad = |_| damaged("the row");
    let share = ShareRow {
        meeting,
        me: me.parse().map_err(bad)?,
        role: Role::of(&role).ok_or_else(|| damaged("the role"))?,
        standing: match standing.as_str() {
            "good" => Standing::Good,
            "unproved" => Standing::Unproved,
            _ => Standing::Withdrawn,
        },
        owner: owner.parse().map_err(bad)?,
        owner_key,
        first_key,
        servers: serde_json::from_str(&servers).map_err(|_| damaged("the servers"))?,
        credentials,
        authority,
    };
    if share.sum(&servers) == stored {
        Ok(Some(share))
    } else {
        Err(damaged("the row"))
    }
}

/// Who this archive is in a meeting and what it may do, if the meeting is shared.
pub(crate) fn myself(conn: &Connection, meeting: MeetingId) -> Result<Option<(AuthorId, Role)>> {
    let found: Option<(String, String)> = conn
        .prepare_cached("SELECT me, role FROM share WHERE meeting = ?1")?
        .query_row([meeting.to_string()], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    Ok(found.and_then(|(me, role)| Some((me.parse().ok()?, Role::of(&role)?))))
}

/// Every shared meeting.
pub(crate) fn shares(conn: &Connection) -> Result<Vec<MeetingId>> {
    let mut statement = conn.prepare_cached("SELECT meeting FROM share ORDER BY meeting")?;
    let rows = statement.query_map([], |row| row.get::<_, String>(0))?;
    let mut found = Vec::new();
    for row in rows {
        found.push(row?.parse().map_err(|_| damaged("the id"))?);
    }
    Ok(found)
}

/// Keeps the row of a shared meeting; what was there before is replaced.
pub(crate) fn set_share(conn: &Connection, share: &ShareRow) -> Result<()> {
    let servers = serde_json::to_string(&share.servers)?;
    conn.prepare_cached(
        "INSERT INTO share (meeting, me, role, standing, owner, owner_key, first_key, servers, credentials, authority, sum)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)
         ON CONFLICT (meeting) DO UPDATE SET me = ?2, role = ?3, standing = ?4, owner = ?5, owner_key = ?6,
           first_key = ?7, servers = ?8, credentials = ?9, authority = ?10, sum = ?11",
    )?
    .execute(params![
        share.meeting.to_string(),
        share.me.to_string(),
        share.role.word(),
        standing_word(share.standing),
        share.owner.to_string(),
        share.owner_key,
        share.first_key,
        servers,
        share.credentials,
        share.authority,
        share.sum(&servers),
    ])?;
    Ok(())
}

/// When the hub was last reached.
pub(crate) fn contact(conn: &Connection, meeting: MeetingId) -> Result<Option<DateTime<Utc>>> {
    let at: Option<String> = conn
        .prepare_cached("SELECT contact FROM share WHERE meeting = ?1")?
        .query_row([meeting.to_string()], |row| row.get(0))
        .optional()?;
    Ok(at.and_then(|at| at.parse().ok()))
}

/// Notes that the hub was reached.
pub(crate) fn set_contact(conn: &Connection, meeting: MeetingId, at: DateTime<Utc>) -> Result<()> {
    conn.prepare_cached("UPDATE share SET contact = ?2 WHERE meeting = ?1")?
        .execute(params![meeting.to_string(), at.to_rfc3339()])?;
    Ok(())
}

/// How far the changes of a lane were put into parcels.
pub(crate) fn packed(conn: &Connection, meeting: MeetingId, lane: Lane) -> Result<i64> {
    Ok(conn
        .prepare_cached("SELECT seq FROM share_packed WHERE meeting = ?1 AND lane = ?2")?
        .query_row(params![meeting.to_string(), lane.word()], |row| row.get(0))
        .optional()?
        .unwrap_or(0))
}

/// Notes how far they were.
pub(crate) fn set_packed(conn: &Connection, meeting: MeetingId, lane: Lane, seq: i64) -> Result<()> {
    conn.prepare_cached(
        "INSERT INTO share_packed (meeting, lane, seq) VALUES (?1, ?2, ?3) ON CONFLICT (meeting, lane) DO UPDATE SET seq = ?3",
    )?
    .execute(params![meeting.to_string(), lane.word(), seq])?;
    Ok(())
}

/// How many changes of a lane were put into no parcel yet.
pub(crate) fn unpacked(conn: &Connection, meeting: MeetingId, lane: Lane) -> Result<u32> {
    let seq = packed(conn, meeting, lane)?;
    if seq < 0 {
        return Ok(0);
    }
    Ok(conn
        .prepare_cached(
            "SELECT count(*) FROM change AS c JOIN action AS a ON a.seq = c.seq
             WHERE c.document = (SELECT row FROM document WHERE meeting = ?1 AND kind = ?2) AND c.seq > ?3",
        )?
        .query_row(params![meeting.to_string(), lane.word(), seq], |row| row.get(0))?)
}

/// Notes that all up to a change is in parcels, unless that must be found out yet.
pub(crate) fn note_packed(conn: &Connection, meeting: MeetingId, lane: Lane, seq: i64) -> Result<()> {
    conn.prepare_cached(
        "INSERT INTO share_packed (meeting, lane, seq) VALUES (?1, ?2, ?3)
         ON CONFLICT (meeting, lane) DO UPDATE SET seq = ?3 WHERE seq >= 0",
    )?
    .execute(params![meeting.to_string(), lane.word(), seq])?;
    Ok(())
}

/// The keys of a meeting: whether of the internal companion, epoch, key.
pub(crate) fn keys(conn: &Connection, meeting: MeetingId) -> Result<Vec<(bool, u32, Vec<u8>)>> {
    let mut statement =
        conn.prepare_cached("SELECT internal, epoch, key, sum FROM share_key WHERE meeting = ?1 ORDER BY epoch, key")?;
    let mut rows = statement.query([meeting.to_string()])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        let (internal, epoch, key): (bool, u32, Vec<u8>) = (row.get(0)?, row.get(1)?, row.get(2)?);
        if row.get::<_, i64>(3)? != key_sum(meeting, internal, epoch, &key) {
            return Err(damaged("a key"));
        }
        found.push((internal, epoch, key));
    }
    Ok(found)
}

fn key_sum(meeting: MeetingId, internal: bool, epoch: u32, key: &[u8]) -> i64 {
    sum(&[meeting.0.as_bytes(), &[u8::from(internal)], &epoch.to_be_bytes(), key])
}

/// Keeps a key; answers whether it is new.
pub(crate) fn add_key(conn: &Connection, meeting: MeetingId, internal: bool, epoch: u32, key: &[u8]) -> Result<bool> {
    let added = conn
        .prepare_cached(
            "INSERT OR IGNORE INTO share_key (meeting, internal, epoch, key, sum) VALUES (?1, ?2, ?3, ?4, ?5)",
        )?
        .execute(params![
            meeting.to_string(),
            internal,
            epoch,
            key,
            key_sum(meeting, internal, epoch, key)
        ])?;
    Ok(added > 0)
}

/// The secrets of invitations that were made here.
pub(crate) fn invitations(conn: &Connection, meeting: MeetingId) -> Result<Vec<Vec<u8>>> {
    let mut statement = conn.prepare_cached("SELECT secret, sum FROM share_invitation WHERE meeting = ?1")?;
    let mut rows = statement.query([meeting.to_string()])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        let secret: Vec<u8> = row.get(0)?;
        if row.get::<_, i64>(1)? != sum(&[meeting.0.as_bytes(), &secret]) {
            return Err(damaged("an invitation"));
        }
        found.push(secret);
    }
    Ok(found)
}

/// Keeps the secret of an invitation.
pub(crate) fn add_invitation(conn: &Connection, meeting: MeetingId, secret: &[u8]) -> Result<()> {
    conn.execute(
        "INSERT INTO share_invitation (meeting, secret, sum) VALUES (?1, ?2, ?3)",
        params![meeting.to_string(), secret, sum(&[meeting.0.as_bytes(), secret])],
    )?;
    Ok(())
}

fn statement_sum(meeting: MeetingId, epoch: u32, bytes: &[u8]) -> i64 {
    sum(&[meeting.0.as_bytes(), &epoch.to_be_bytes(), bytes])
}

/// The statements of a meeting.
pub(crate) fn statements(conn: &Connection, meeting: MeetingId) -> Result<Vec<Vec<u8>>> {
    let mut statement =
        conn.prepare_cached("SELECT row, epoch, bytes, sum FROM share_statement WHERE meeting = ?1 ORDER BY row")?;
    let mut rows = statement.query([meeting.to_string()])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        let (epoch, bytes): (u32, Vec<u8>) = (row.get(1)?, row.get(2)?);
        if row.get::<_, i64>(3)? != statement_sum(meeting, epoch, &bytes) {
            return Err(damaged("a statement"));
        }
        found.push(bytes);
    }
    Ok(found)
}

/// One statement by its row: its epoch, and itself.
pub(crate) fn statement(conn: &Connection, meeting: MeetingId, row: i64) -> Result<Option<(u32, Vec<u8>)>> {
    let found: Option<(u32, Vec<u8>, i64)> = conn
        .prepare_cached("SELECT epoch, bytes, sum FROM share_statement WHERE meeting = ?1 AND row = ?2")?
        .query_row(params![meeting.to_string(), row], |row| {
            Ok((row.get(0)?, row.get(1)?, row.get(2)?))
        })
        .optional()?;
    match found {
        Some((epoch, bytes, stored)) if stored != statement_sum(meeting, epoch, &bytes) => Err(damaged("a statement")),
        other => Ok(other.map(|(epoch, bytes, _)| (epoch, bytes))),
    }
}

/// Keeps a statement; answers with its row.
pub(crate) fn add_statement(conn: &Connection, meeting: MeetingId, epoch: u32, bytes: &[u8]) -> Result<i64> {
    conn.prepare_cached("INSERT INTO share_statement (meeting, epoch, bytes, sum) VALUES (?1, ?2, ?3, ?4)")?
        .execute(params![
            meeting.to_string(),
            epoch,
            bytes,
            statement_sum(meeting, epoch, bytes)
        ])?;
    Ok(conn.last_insert_rowid())
}

/// A stored parcel.
#[derive(Clone, Debug)]
pub(crate) struct ParcelRow {
    /// Whose.
    pub(crate) author: AuthorId,
    /// On which lane.
    pub(crate) lane: Lane,
    /// Under which epoch's key it is sealed.
    pub(crate) epoch: u32,
    /// The author's signature.
    pub(crate) signature: Vec<u8>,
    /// Its changes, by their numbers in the log.
    pub(crate) seqs: Vec<i64>,
}

impl ParcelRow {
    fn packed_seqs(&self) -> Vec<u8> {
        self.seqs.iter().flat_map(|seq| seq.to_be_bytes()).collect()
    }

    fn sum(&self, meeting: MeetingId, seqs: &[u8]) -> i64 {
        sum(&[
            meeting.0.as_bytes(),
            self.author.0.as_bytes(),
            self.lane.word().as_bytes(),
            &self.epoch.to_be_bytes(),
            &self.signature,
            seqs,
        ])
    }
}

/// Keeps a parcel; answers with its row.
pub(crate) fn add_parcel(conn: &Connection, meeting: MeetingId, parcel: &ParcelRow) -> Result<i64> {
    let seqs = parcel.packed_seqs();
    conn.prepare_cached(
        "INSERT INTO share_parcel (meeting, lane, author, epoch, signature, seqs, sum) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
    )?
    .execute(params![
        meeting.to_string(),
        parcel.lane.word(),
        parcel.author.to_string(),
        parcel.epoch,
        parcel.signature,
        seqs,
        parcel.sum(meeting, &seqs)
    ])?;
    Ok(conn.last_insert_rowid())
}

fn parcels(conn: &Connection, meeting: MeetingId, condition: &str, value: &dyn ToSql) -> Result<Vec<(i64, ParcelRow)>> {
    let mut statement = conn.prepare_cached(&format!(
        "SELECT row, lane, author, epoch, signature, seqs, sum FROM share_parcel WHERE meeting = ?1 AND {condition} ORDER BY row"
    ))?;
    let mut rows = statement.query(params![meeting.to_string(), value])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        let (lane, author): (String, String) = (row.get(1)?, row.get(2)?);
        let seqs: Vec<u8> = row.get(5)?;
        let parcel = ParcelRow {
            lane: Lane::of(&lane).ok_or_else(|| damaged("a parcel"))?,
            author: author.parse().map_err(|_| damaged("a parcel"))?,
            epoch: row.get(3)?,
            signature: row.get(4)?,
            seqs: seqs
                .as_chunks::<8>()
                .0
                .iter()
                .map(|seq| i64::from_be_bytes(*seq))
                .collect(),
        };
        if row.get::<_, i64>(6)? != parcel.sum(meeting, &seqs) {
            return Err(damaged("a parcel"));
        }
        found.push((row.get(0)?, parcel));
    }
    Ok(found)
}

/// A parcel by its row.
pub(crate) fn parcel(conn: &Connection, meeting: MeetingId, row: i64) -> Result<Option<ParcelRow>> {
    Ok(parcels(conn, meeting, "row = ?2", &row)?
        .pop()
        .map(|(_, parcel)| parcel))
}

/// The parcels of an author, or of all for none.
pub(crate) fn parcels_of(
    conn: &Connection,
    meeting: MeetingId,
    author: Option<AuthorId>,
) -> Result<Vec<(i64, ParcelRow)>> {
    let author = author.map(|author| author.to_string());
    let condition = if author.is_some() { "author = ?2" } else { "?2 IS NULL" };
    parcels(conn, meeting, condition, &author)
}

/// A message that this archive holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct MessageRow {
    /// Which.
    pub(crate) id: MessageId,
    /// On which lane.
    pub(crate) lane: Lane,
    /// The row of the statement (on the lane of members) or of the parcel.
    pub(crate) source: i64,
    /// Which piece of it.
    pub(crate) piece: u32,
    /// Of how many.
    pub(crate) pieces: u32,
    /// Whether the hub is known to hold it.
    pub(crate) sent: bool,
}

/// Keeps what a message is.
pub(crate) fn add_message(conn: &Connection, meeting: MeetingId, message: &MessageRow) -> Result<()> {
    conn.prepare_cached(
        "INSERT OR IGNORE INTO share_message (meeting, id, lane, source, piece, pieces, sent) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
    )?
    .execute(params![
        meeting.to_string(),
        message.id.0.as_slice(),
        message.lane.word(),
        message.source,
        message.piece,
        message.pieces,
        message.sent
    ])?;
    Ok(())
}

/// Whether a message is held; and if so, whether the hub is known to hold it.
pub(crate) fn is_held(conn: &Connection, meeting: MeetingId, id: &MessageId) -> Result<Option<bool>> {
    Ok(conn
        .prepare_cached("SELECT sent FROM share_message WHERE meeting = ?1 AND id = ?2")?
        .query_row(params![meeting.to_string(), id.0.as_slice()], |row| row.get(0))
        .optional()?)
}

/// Notes whether the hub holds a message.
pub(crate) fn set_sent(conn: &Connection, meeting: MeetingId, id: &MessageId, sent: bool) -> Result<()> {
    conn.prepare_cached("UPDATE share_message SET sent = ?3 WHERE meeting = ?1 AND id = ?2 AND sent <> ?3")?
        .execute(params![meeting.to_string(), id.0.as_slice(), sent])?;
    Ok(())
}

fn id_of(bytes: &[u8]) -> Result<MessageId> {
    bytes.try_into().map(MessageId).map_err(|_| damaged("a message"))
}

/// The messages that are held, in the order in which they came to be; `unsent`: only those that the hub is not known to hold.
pub(crate) fn messages(conn: &Connection, meeting: MeetingId, unsent: bool) -> Result<Vec<MessageRow>> {
    let condition = if unsent { "AND sent = 0" } else { "" };
    let mut statement = conn.prepare_cached(&format!(
        "SELECT id, lane, source, piece, pieces, sent FROM share_message WHERE meeting = ?1 {condition}
         ORDER BY lane <> 'members', source, piece"
    ))?;
    let mut rows = statement.query([meeting.to_string()])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        let lane: String = row.get(1)?;
        found.push(MessageRow {
            id: id_of(row.get_ref(0)?.as_blob().unwrap_or_default())?,
            lane: Lane::of(&lane).ok_or_else(|| damaged("a message"))?,
            source: row.get(2)?,
            piece: row.get(3)?,
            pieces: row.get(4)?,
            sent: row.get(5)?,
        });
    }
    Ok(found)
}

/// The changes of an author that the hub is not known to hold, as far as they are in parcels.
pub(crate) fn unsent_changes(conn: &Connection, meeting: MeetingId, author: AuthorId) -> Result<u32> {
    Ok(conn
        .prepare_cached(
            "SELECT coalesce(sum(length(p.seqs) / 8), 0) FROM share_parcel AS p
             WHERE p.author = ?2 AND p.row IN (SELECT source FROM share_message WHERE meeting = ?1 AND sent = 0 AND lane <> 'members')",
        )?
        .query_row(params![meeting.to_string(), author.to_string()], |row| row.get(0))?)
}

/// How many changes of a meeting somebody made, in a parcel or not.
pub(crate) fn changes_by(conn: &Connection, meeting: MeetingId, author: AuthorId) -> Result<u32> {
    Ok(conn
        .prepare_cached(
            "SELECT count(*) FROM change AS c JOIN action AS a ON a.seq = c.seq
             WHERE c.document IN (SELECT row FROM document WHERE meeting = ?1) AND a.author = ?2",
        )?
        .query_row(params![meeting.to_string(), author.to_string()], |row| row.get(0))?)
}

/// Whether anything is held that the hub is not known to hold.
pub(crate) fn is_anything_unsent(conn: &Connection, meeting: MeetingId) -> Result<bool> {
    Ok(conn
        .prepare_cached("SELECT 1 FROM share_message WHERE meeting = ?1 AND sent = 0 LIMIT 1")?
        .query_row([meeting.to_string()], |_| Ok(()))
        .optional()?
        .is_some())
}

/// Whose an actor's changes are, and the number of the last.
pub(crate) fn actor(conn: &Connection, meeting: MeetingId, lane: Lane, actor: &str) -> Result<Option<(AuthorId, u64)>> {
    let found: Option<(String, i64)> = conn
        .prepare_cached("SELECT author, seq FROM share_actor WHERE meeting = ?1 AND lane = ?2 AND actor = ?3")?
        .query_row(params![meeting.to_string(), lane.word(), actor], |row| {
            Ok((row.get(0)?, row.get(1)?))
        })
        .optional()?;
    Ok(found.and_then(|(author, seq)| Some((author.parse().ok()?, u64::try_from(seq).ok()?))))
}

/// Notes the last of an actor's changes.
pub(crate) fn set_actor(
    conn: &Connection,
    meeting: MeetingId,
    lane: Lane,
    actor: &str,
    author: AuthorId,
    seq: u64,
) -> Result<()> {
    let seq = i64::try_from(seq).unwrap_or(i64::MAX);
    conn.prepare_cached(
        "INSERT INTO share_actor (meeting, lane, actor, author, seq) VALUES (?1, ?2, ?3, ?4, ?5)
         ON CONFLICT (meeting, lane, actor) DO UPDATE SET seq = max(seq, ?5)",
    )?
    .execute(params![
        meeting.to_string(),
        lane.word(),
        actor,
        author.to_string(),
        seq
    ])?;
    Ok(())
}

/// The actors of an author: lane, actor, last.
pub(crate) fn actors_of(conn: &Connection, meeting: MeetingId, author: AuthorId) -> Result<Vec<(Lane, String, u64)>> {
    let mut statement = conn.prepare_cached(
        "SELECT lane, actor, seq FROM share_actor WHERE meeting = ?1 AND author = ?2 ORDER BY lane, actor",
    )?;
    let mut rows = statement.query(params![meeting.to_string(), author.to_string()])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        let (lane, actor, seq): (String, String, i64) = (row.get(0)?, row.get(1)?, row.get(2)?);
        let lane = Lane::of(&lane).ok_or_else(|| damaged("an actor"))?;
        found.push((lane, actor, u64::try_from(seq).unwrap_or(0)));
    }
    Ok(found)
}

/// Whose changes a meeting holds, by their messages.
pub(crate) fn authors(conn: &Connection, meeting: MeetingId) -> Result<Vec<AuthorId>> {
    let mut statement = conn.prepare_cached("SELECT DISTINCT author FROM action WHERE meeting = ?1 ORDER BY author")?;
    let rows = statement.query_map([meeting.to_string()], |row| row.get::<_, String>(0))?;
    let mut found = Vec::new();
    for row in rows {
        found.extend(row?.parse::<AuthorId>().ok());
    }
    Ok(found)
}
