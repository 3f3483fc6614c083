//! A parcel: changes of one document by one author, signed as one. A line typed live is a parcel of one; what was typed
//! offline goes in parcels of many, so that a signature and a message serve for all of them.

use automerge::ChangeHash;
use sha2::{Digest as _, Sha256};

use crate::model::share::{Lane, MessageId, Reason};
use crate::model::{AuthorId, MeetingId};

use super::bytes::{Reader, put_stretch};
use super::keys::{Key, PublicKey, Signed, SigningSecret};

/// At most so many changes go into a parcel.
pub(super) const MOST_CHANGES: usize = 128;
/// At most so many bytes of changes go into a parcel, unless one change alone is longer.
pub(super) const MOST_BYTES: usize = 256 * 1024;
/// How many bytes stand before the changes.
pub(super) const HEAD: usize = 16 + 64;
/// What is signed.
const PURPOSE: &str = "minuta parcel 1";
/// How each change begins (automerge.org, binary format): four bytes that mark it, four of its hash, its kind.
const MARK: [u8; 4] = [0x85, 0x6f, 0x4a, 0x83];
/// A change that is not packed. A packed one could grow to any size when read.
const PLAIN: u8 = 1;

/// A change as its bytes; the hash is of these bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct RawChange {
    /// Its hash.
    pub(super) hash: ChangeHash,
    /// Its bytes.
    pub(super) bytes: Vec<u8>,
}

impl RawChange {
    /// Reads only the frame, and holds the hash that it names against the bytes.
    pub(super) fn of(bytes: &[u8]) -> Option<Self> {
        let mut reader = Reader(bytes);
        let (mark, sum) = (reader.array::<4>()?, reader.array::<4>()?);
        let hash: [u8; 32] = Sha256::digest(reader.0).into();
        (mark == MARK && reader.byte()? == PLAIN && hash.starts_with(&sum)).then(|| Self {
            hash: ChangeHash(hash),
            bytes: bytes.to_vec(),
        })
    }
}

/// A signed list of changes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Parcel {
    /// Who signed.
    pub(super) author: AuthorId,
    /// The signature, over meeting, lane, author and the hashes of the changes.
    pub(super) signature: Signed,
    /// The changes, in the order of the author's log.
    pub(super) changes: Vec<RawChange>,
}

/// What is signed, and what the id is made of.
fn identified(meeting: MeetingId, lane: Lane, author: AuthorId, hashes: &[ChangeHash]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(33 + hashes.len() * 32);
    bytes.extend_from_slice(meeting.0.as_bytes());
    bytes.push(lane.number());
    bytes.extend_from_slice(author.0.as_bytes());
    hashes.iter().for_each(|hash| bytes.extend_from_slice(&hash.0));
    bytes
}

/// The id of a parcel of these changes: the same on every laptop.
pub(super) fn id_of(ids: &Key, meeting: MeetingId, lane: Lane, author: AuthorId, hashes: &[ChangeHash]) -> MessageId {
    let bytes = identified(meeting, lane, author, hashes);
    MessageId(ids.hash("minuta parcel id", [bytes.as_slice()]))
}

/// Signs a parcel of these changes.
pub(super) fn sign(
    secret: &SigningSecret,
    meeting: MeetingId,
    lane: Lane,
    author: AuthorId,
    hashes: &[ChangeHash],
) -> Signed {
    secret.sign(PURPOSE, &identified(meeting, lane, author, hashes))
}

impl Parcel {
    /// The hashes of the changes.
    pub(super) fn hashes(&self) -> Vec<ChangeHash> {
        self.changes.iter().map(|change| change.hash).collect()
    }

    /// The id.
    pub(super) fn id(&self, ids: &Key, meeting: MeetingId, lane: Lane) -> MessageId {
        id_of(ids, meeting, lane, self.author, &self.hashes())
    }

    /// Whether the signature is of this key's owner.
    pub(super) fn is_signed_by(&self, key: &PublicKey, meeting: MeetingId, lane: Lane) -> bool {
        let bytes = identified(meeting, lane, self.author, &self.hashes());
        key.has_signed(PURPOSE, &bytes, &self.signature)
    }

    /// How many bytes it has.
    pub(super) fn length(&self) -> usize {
        HEAD + self.changes.iter().map(|change| change.bytes.len() + 4).sum::<usize>()
    }

    /// The parcel as bytes.
    pub(super) fn bytes(&self) -> Vec<u8> {
        let mut out = Vec::new();
        out.extend_from_slice(self.author.0.as_bytes());
        out.extend_from_slice(&self.signature.0);
        for change in &self.changes {
            put_stretch(&mut out, &change.bytes);
        }
        out
    }

    /// Reads a parcel.
    pub(super) fn read(bytes: &[u8]) -> Result<Self, Reason> {
        let mut reader = Reader(bytes);
        let author = reader.array().ok_or(Reason::Malformed)?;
        let signature = Signed(reader.array().ok_or(Reason::Malformed)?);
        let mut changes = Vec::new();
        while !reader.0.is_empty() {
            if changes.len() >= MOST_CHANGES {
                return Err(Reason::Malformed);
            }
            let raw = reader.stretch().ok_or(Reason::Malformed)?;
            changes.push(RawChange::of(raw).ok_or(Reason::Malformed)?);
        }
        if changes.is_empty() {
            return Err(Reason::Malformed);
        }
        Ok(Self {
            author: AuthorId(uuid::Uuid::from_bytes(author)),
            signature,
            changes,
        })
    }
}
