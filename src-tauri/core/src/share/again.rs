//! Messages that lie spoiled on the hub, under the right id: whoever cannot use one calls for it, and whoever holds it
//! publishes it once more, beside the spoiled one.
//!
//! The call lies on the hub like any message, so that they need not be there at the same time. Its id says which message
//! it calls for and how many of that id lie there in vain; nobody without the meeting's first key can tell or make one.

use std::collections::{HashMap, HashSet};

use crate::archive::Archive;
use crate::error::Result;
use crate::model::MeetingId;
use crate::model::share::{Lane, MessageId, Reason};
use crate::store::share::{self as rows, MessageRow};

use super::bytes::Reader;
use super::keys::Key;
use super::local::Local;
use super::outgoing::{self, CALL};
use super::seal;
use super::wire::{Listed, Outgoing, Wire};

/// When so many of one id lie on a hub in vain, no more is called for: that hub spoils whatever it is given.
const MOST_COPIES: u32 = 5;
/// So many are published at one go: each may be as long as a message gets.
const AT_ONE_GO: usize = 16;

/// The calls on the hub, by their ids: for which message, and how many of it lie there in vain.
pub(super) type Calls = HashMap<MessageId, (MessageId, u32)>;

fn call_id(ids: &Key, wanted: &MessageId, copies: u32) -> MessageId {
    let parts = [wanted.0.as_slice(), &copies.to_be_bytes()];
    MessageId(ids.hash("minuta call id", parts))
}

/// Whether a message is a call, and under its right id.
pub(super) fn is_call(ids: &Key, id: &MessageId, call: &[u8]) -> bool {
    let mut reader = Reader(call);
    let read = reader.array().zip(reader.number());
    read.is_some_and(|(wanted, copies)| reader.0.is_empty() && *id == call_id(ids, &MessageId(wanted), copies))
}

/// How many messages of each id lie on the hub, by lane.
fn copies(listed: &[Listed]) -> HashMap<(Lane, MessageId), u32> {
    let mut copies: HashMap<(Lane, MessageId), u32> = HashMap::new();
    for one in listed {
        *copies.entry((one.lane, one.id)).or_default() += 1;
    }
    copies
}

/// The calls among what the hub lists. Where all on the lane of members is known, there are none.
pub(super) fn calls(
    archive: &Archive,
    meeting: MeetingId,
    listed: &[Listed],
    known: &HashSet<MessageId>,
) -> Result<Calls> {
    let members = listed.iter().filter(|one| one.lane == Lane::Members);
    let unknown: HashSet<MessageId> = members.map(|one| one.id).filter(|id| !known.contains(id)).collect();
    let mut calls = Calls::new();
    if unknown.is_empty() {
        return Ok(calls);
    }
    let ids = Local::load(archive.conn(), meeting)?.ids;
    for ((_, wanted), count) in copies(listed) {
        for copies in 1..=count.min(MOST_COPIES) {
            let id = call_id(&ids, &wanted, copies);
            if unknown.contains(&id) {
                calls.insert(id, (wanted, copies));
            }
        }
    }
    Ok(calls)
}

/// Publishes once more what is called for and held here; answers how many.
pub(super) fn answer(
    archive: &Archive,
    meeting: MeetingId,
    wire: &mut dyn Wire,
    (listed, calls, held): (&[Listed], &Calls, &[MessageRow]),
) -> Result<usize> {
    if calls.is_empty() {
        return Ok(0);
    }
    let copies = copies(listed);
    let called: HashSet<(MessageId, u32)> = calls.values().copied().collect();
    let local = Local::load(archive.conn(), meeting)?;
    // Where more lie there than were called vain, somebody has answered already.
    let copy = |row: &MessageRow| copies.get(&(row.lane, row.id)).copied().unwrap_or(0);
    let wanted: Vec<&MessageRow> = held
        .iter()
        .filter(|row| called.contains(&(row.id, copy(row))))
        .collect();
    let mut sent = 0;
    for rows in wanted.chunks(AT_ONE_GO) {
        let mut batch = Vec::new();
        for row in rows {
            let message = outgoing::message(archive.conn(), archive.env(), &local, row)?;
            batch.extend(message.map(|message| Outgoing {
                copy: copy(row),
                ..message
            }));
        }
        sent += wire.publish(&batch)?;
    }
    Ok(sent)
}

/// Calls for what lies on the hub and cannot be used as it lies there; answers for how many.
pub(super) fn call(archive: &Archive, meeting: MeetingId, wire: &mut dyn Wire, listed: &[Listed]) -> Result<usize> {
    let spoiled = rows::spoiled(archive.conn(), meeting)?;
    let keyless = rows::aside_for(archive.conn(), meeting, Reason::UnknownKey)?;
    if spoiled.is_empty() && keyless.is_empty() {
        return Ok(0);
    }
    let local = Local::load(archive.conn(), meeting)?;
    let Some(epoch) = local.epoch(Lane::Members).filter(|_| local.role().is_some()) else {
        return Ok(0);
    };
    // A key that no statement tells of was never made: what says that it is sealed with it was spoiled.
    let made_up = keyless
        .iter()
        .filter(|kept| seal::shown(&kept.bytes).is_some_and(|(_, epoch)| epoch > local.told_epoch()))
        .map(|kept| (kept.lane, kept.id));
    let copies = copies(listed);
    let mut batch = Vec::new();
    for (lane, wanted) in spoiled.into_iter().chain(made_up) {
        let vain = copies.get(&(lane, wanted)).copied().unwrap_or(0);
        let id = call_id(&local.ids, &wanted, vain);
        if (1..=MOST_COPIES).contains(&vain) && !copies.contains_key(&(Lane::Members, id)) {
            let plain = [&[CALL], wanted.0.as_slice(), &vain.to_be_bytes()].concat();
            let sealed = local.seal(archive.env(), Lane::Members, epoch, &id, &plain)?;
            batch.extend(sealed.map(|bytes| Outgoing {
                lane: Lane::Members,
                id,
                copy: 0,
                bytes,
            }));
        }
    }
    if batch.is_empty() {
        return Ok(0);
    }
    Ok(wire.publish(&batch)?)
}
