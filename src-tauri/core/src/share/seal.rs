//! Sealing: what leaves the laptop. A message shows its form, its lane and which key it is sealed with, and is padded, so
//! that its length tells little.

use crate::env::Env;
use crate::error::Result;
use crate::model::share::{Lane, MessageId};

use super::bytes::{Reader, put_stretch};
use super::keys::Key;

/// The form of messages.
const FORM: u8 = 1;
/// Lengths are filled up to a multiple of this.
const STEP: usize = 64;
/// Form, lane, epoch.
const HEADER: usize = 6;
/// Nothing that is taken in is longer: what is to be sent is cut into pieces well below.
pub(super) const LONGEST: usize = 1 << 20;

fn header(lane: Lane, epoch: u32) -> [u8; HEADER] {
    let [a, b, c, d] = epoch.to_be_bytes();
    [FORM, lane.number(), a, b, c, d]
}

fn about(header: &[u8], tag: &[u8; 32], id: &MessageId) -> Vec<u8> {
    [b"minuta message", header, tag, &id.0].concat()
}

/// Seals a message.
pub(super) fn seal(
    key: &Key,
    env: &dyn Env,
    tag: &[u8; 32],
    (lane, epoch, id): (Lane, u32, &MessageId),
    plain: &[u8],
) -> Result<Vec<u8>> {
    let header = header(lane, epoch);
    let mut padded = Vec::with_capacity(plain.len() + 4 + STEP);
    put_stretch(&mut padded, plain);
    padded.resize(padded.len().next_multiple_of(STEP), 0);
    let sealed = key.seal(env, &about(&header, tag, id), &padded)?;
    Ok([header.as_slice(), &sealed].concat())
}

/// The lane and the key's epoch as a message shows them; none for what is no message of a known form.
pub(super) fn shown(message: &[u8]) -> Option<(Lane, u32)> {
    if message.len() > LONGEST {
        return None;
    }
    let mut reader = Reader(message);
    if reader.byte()? != FORM {
        return None;
    }
    Some((Lane::numbered(reader.byte()?)?, reader.number()?))
}

/// Opens a message; none where it is not as it was sealed under this key, for this meeting, lane and id.
pub(super) fn open(key: &Key, tag: &[u8; 32], id: &MessageId, message: &[u8]) -> Option<Vec<u8>> {
    let (header, sealed) = message.split_at_checked(HEADER)?;
    let padded = key.open(&about(header, tag, id), sealed)?;
    Reader(&padded).stretch().map(<[u8]>::to_vec)
}
