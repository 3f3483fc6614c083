//! What goes out: own changes are put into parcels, and what is held is made into messages, for whoever it was written.

use std::collections::{BTreeMap, HashSet};

use automerge::{Change, ChangeHash};
use rusqlite::Connection;

use crate::archive::{Receiving, change_bytes, genesis, last_logged};
use crate::document::Origin;
use crate::env::Env;
use crate::error::{Error, Result};
use crate::model::share::{Lane, MessageId};
use crate::model::{AuthorId, MeetingId};
use crate::store::share::{self as rows, MessageRow, ParcelRow};

use super::keys::{Key, Signed};
use super::local::{Local, part_of};
use super::parcel::{self, HEAD, MOST_BYTES, MOST_CHANGES, Parcel, RawChange};
use super::wire::Outgoing;

/// What a message begins with: a parcel.
pub(super) const PARCEL: u8 = 1;
/// A statement.
pub(super) const STATEMENT: u8 = 2;
/// A piece of a parcel that is too long for one message.
pub(super) const PIECE: u8 = 3;
/// A call for a message that lies spoiled on the hub.
pub(super) const CALL: u8 = 4;
/// What is longer than this goes in pieces: hubs refuse long messages.
pub(super) const LONGEST_PIECE: usize = 512 * 1024;

/// The lanes on which changes go.
const LANES: [Lane; 2] = [Lane::Meeting, Lane::Internal];

/// The id of a piece.
pub(super) fn piece_id(ids: &Key, parcel: &MessageId, piece: u32, pieces: u32) -> MessageId {
    let parts = [parcel.0.as_slice(), &piece.to_be_bytes(), &pieces.to_be_bytes()];
    MessageId(ids.hash("minuta piece id", parts))
}

/// Keeps what the messages of a parcel are.
pub(super) fn add_messages(
    conn: &Connection,
    local: &Local,
    id: MessageId,
    (lane, source, length): (Lane, i64, usize),
    sent: bool,
) -> Result<()> {
    let pieces = u32::try_from(length.div_ceil(LONGEST_PIECE)).unwrap_or(u32::MAX);
    for piece in 0..pieces.max(1) {
        let id = if pieces > 1 {
            piece_id(&local.ids, &id, piece, pieces)
        } else {
            id
        };
        let message = MessageRow {
            id,
            lane,
            source,
            piece,
            pieces: pieces.max(1),
            sent,
        };
        rows::add_message(conn, local.meeting(), &message)?;
        // Something else may have come under its id before it was one.
        rows::take_from_aside(conn, local.meeting(), &id)?;
    }
    Ok(())
}

/// Whether there are changes that are in no parcel yet and may go out. Asks for numbers only.
pub(super) fn is_anything_new(conn: &Connection, meeting: MeetingId) -> Result<bool> {
    let Some((_, role)) = rows::myself(conn, meeting)? else {
        return Ok(false);
    };
    for lane in LANES.into_iter().filter(|lane| role.writes(*lane)) {
        if let Some(part) = part_of(lane)
            && last_logged(conn, (meeting, part))? > rows::packed(conn, meeting, lane)?
        {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Puts own changes into parcels, as far as they may be written in this role; answers how many.
pub(super) fn pack(receiving: &mut Receiving<'_>, local: &Local) -> Result<usize> {
    let mut count = 0;
    let Some(role) = local.role() else { return Ok(0) };
    for lane in LANES.into_iter().filter(|lane| role.writes(*lane)) {
        if let (Some(part), Some(epoch)) = (part_of(lane), local.epoch(lane)) {
            let packed = rows::packed(receiving.conn(), local.meeting(), lane)?;
            if receiving.last_logged(part)? > packed {
                count += pack_lane(receiving, local, lane, epoch, packed)?;
            }
        }
    }
    Ok(count)
}

/// An own change, not yet in a parcel.
struct Own {
    seq: i64,
    hash: ChangeHash,
    length: usize,
}

fn pack_lane(receiving: &mut Receiving<'_>, local: &Local, lane: Lane, epoch: u32, packed: i64) -> Result<usize> {
    let (conn, meeting) = (receiving.conn(), local.meeting());
    let Some(part) = part_of(lane) else { return Ok(0) };
    let genesis = genesis(receiving.env())?;
    // After a rescue it is not known how far they were packed.
    let done: HashSet<i64> = if packed < 0 {
        let parcels = rows::parcels_of(conn, meeting, None)?;
        parcels.into_iter().flat_map(|(_, parcel)| parcel.seqs).collect()
    } else {
        HashSet::new()
    };
    let mut last = packed;
    let mut actors: BTreeMap<String, u64> = BTreeMap::new();
    let (mut group, mut bytes, mut count) = (Vec::new(), 0, 0);
    for (seq, hash, raw) in receiving.logged_after(part, packed)? {
        last = seq;
        if Some(hash) == genesis || done.contains(&seq) {
            continue;
        }
        let length = raw.len();
        let origin = match receiving.origin(part, &hash) {
            Some(origin) => origin,
            None => {
                let change = Change::from_bytes(raw);
                Origin::of(&change.map_err(|error| Error::Damaged(format!("change {seq}: {error}")))?)
            }
        };
        if !origin
            .author
            .is_some_and(|author| may_sign(local, local.row.me, author))
        {
            continue;
        }
        let last_of_actor = actors.entry(origin.actor).or_default();
        *last_of_actor = origin.seq.max(*last_of_actor);
        if group.len() >= MOST_CHANGES || (!group.is_empty() && bytes + length > MOST_BYTES) {
            add_own(conn, local, lane, epoch, &group)?;
            group.clear();
            bytes = 0;
        }
        bytes += length;
        count += 1;
        group.push(Own { seq, hash, length });
    }
    if !group.is_empty() {
        add_own(conn, local, lane, epoch, &group)?;
    }
    for (actor, seq) in actors {
        rows::set_actor(conn, meeting, lane, &actor, local.row.me, seq)?;
    }
    rows::set_packed(conn, meeting, lane, last)?;
    Ok(count)
}

/// Whether one author signs for changes of another: for one's own, and the owner for those from before the sharing.
pub(super) fn may_sign(local: &Local, signer: AuthorId, author: AuthorId) -> bool {
    signer == author || (signer == local.root.owner && local.members.also.contains(&author))
}

fn add_own(conn: &Connection, local: &Local, lane: Lane, epoch: u32, group: &[Own]) -> Result<()> {
    let (meeting, me) = (local.meeting(), local.row.me);
    let hashes: Vec<ChangeHash> = group.iter().map(|own| own.hash).collect();
    let id = parcel::id_of(&local.ids, meeting, lane, me, &hashes);
    if rows::is_held(conn, meeting, &id)?.is_some() {
        return Ok(());
    }
    let signature = parcel::sign(&local.identity.signing, meeting, lane, me, &hashes);
    let row = ParcelRow {
        author: me,
        lane,
        epoch,
        signature: signature.0.to_vec(),
        seqs: group.iter().map(|own| own.seq).collect(),
    };
    let source = rows::add_parcel(conn, meeting, &row)?;
    let length = HEAD + group.iter().map(|own| own.length + 4).sum::<usize>();
    add_messages(conn, local, id, (lane, source, length), false)
}

/// A stored parcel with its changes.
pub(super) fn parcel(conn: &Connection, row: &ParcelRow) -> Result<Parcel> {
    let bad = || Error::Damaged("a parcel of a shared meeting".to_owned());
    let signature = Signed(row.signature.as_slice().try_into().map_err(|_| bad())?);
    let mut changes = Vec::with_capacity(row.seqs.len());
    for seq in &row.seqs {
        changes.push(RawChange::of(&change_bytes(conn, *seq)?).ok_or_else(bad)?);
    }
    Ok(Parcel {
        author: row.author,
        signature,
        changes,
    })
}

/// A held message as it goes out; none where its key is lost.
pub(super) fn message(conn: &Connection, env: &dyn Env, local: &Local, held: &MessageRow) -> Result<Option<Outgoing>> {
    let meeting = local.meeting();
    let lost = || Error::Damaged("a message of a shared meeting is lost".to_owned());
    let (epoch, plain) = if held.lane == Lane::Members {
        let (epoch, bytes) = rows::statement(conn, meeting, held.source)?.ok_or_else(lost)?;
        (epoch, [&[STATEMENT], bytes.as_slice()].concat())
    } else {
        let row = rows::parcel(conn, meeting, held.source)?.ok_or_else(lost)?;
        let parcel = parcel(conn, &row)?;
        let bytes = parcel.bytes();
        if held.pieces > 1 {
            let index = usize::try_from(held.piece).unwrap_or(usize::MAX);
            let slice = bytes.chunks(LONGEST_PIECE).nth(index).ok_or_else(lost)?;
            let id = parcel.id(&local.ids, meeting, row.lane);
            let head = [id.0.as_slice(), &held.piece.to_be_bytes(), &held.pieces.to_be_bytes()].concat();
            (row.epoch, [&[PIECE], head.as_slice(), slice].concat())
        } else {
            (row.epoch, [&[PARCEL], bytes.as_slice()].concat())
        }
    };
    let sealed = local.seal(env, held.lane, epoch, &held.id, &plain)?;
    Ok(sealed.map(|bytes| Outgoing {
        lane: held.lane,
        id: held.id,
        copy: 0,
        bytes,
    }))
}
