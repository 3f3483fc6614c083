//! Statements: the signed lines that say who belongs to a meeting. They travel as changes do, and never change.

use automerge::ActorId;
use serde::{Deserialize, Serialize};

use crate::error::Result;
use crate::model::share::{Lane, MessageId, Reason, Role};
use crate::model::{AuthorId, MeetingId};

use super::keys::{Key, Opaque, PublicKey, Signed, SigningSecret};

/// What every statement's signature is for.
const PURPOSE: &str = "minuta statement 1";
/// What an invitation's signature is for.
const JOIN: &str = "minuta join 1";
/// A name is no longer than this.
const LONGEST_NAME: usize = 200;

/// A signed line of who belongs to a meeting.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Statement {
    /// Who says it.
    pub author: AuthorId,
    /// The key that signs for them.
    pub key: PublicKey,
    /// What.
    #[serde(flatten)]
    pub says: Says,
}

/// What a statement says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "says", rename_all = "snake_case")]
pub enum Says {
    /// The owner: this meeting is shared.
    Founded {
        /// By this key, keys are handed.
        box_key: PublicKey,
        /// The owner's name.
        name: String,
        /// Others whose changes were in the meeting before it was shared; the owner answers for them.
        #[serde(default)]
        also: Vec<AuthorId>,
    },
    /// The owner: whoever holds this invitation may join.
    Invited {
        /// Its public key.
        invitation: PublicKey,
        /// As what.
        role: Role,
    },
    /// The owner: these do not belong any more. What they wrote up to the limits stands.
    Withdrawn {
        /// The whole invitation, whoever comes by it.
        #[serde(default)]
        invitation: Option<PublicKey>,
        /// Single members, each as they came: by this invitation.
        #[serde(default)]
        members: Vec<(AuthorId, PublicKey)>,
        /// The last that the owner knew of each of their actors.
        #[serde(default)]
        limits: Vec<Limit>,
    },
    /// The owner: from now on this key is used.
    Rekeyed {
        /// Which key it is.
        epoch: u32,
        /// The keys, sealed to each who stays. Nobody but the reader can tell whose is whose.
        boxes: Vec<Opaque>,
        /// The meeting's keys of the epoch before, sealed with the new one: for who joins later.
        earlier: Opaque,
        /// The same of the internal companion.
        earlier_internal: Opaque,
    },
    /// Whoever holds an invitation: I belong to it now.
    Joined {
        /// By which invitation.
        invitation: PublicKey,
        /// The invitation's own signature over who joins.
        grant: Signed,
        /// By this key, keys are handed.
        box_key: PublicKey,
        /// The name.
        name: String,
    },
    /// A writer: I held these before I heard that their author was withdrawn.
    Vouched {
        /// The parcels.
        parcels: Vec<MessageId>,
    },
}

/// How far an actor's changes stand.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Limit {
    /// In which document.
    pub lane: Lane,
    /// The actor, in hexadecimal digits.
    pub actor: String,
    /// The number of the last change that stands.
    pub seq: u64,
}

impl Limit {
    /// The limit of an actor.
    #[must_use]
    pub fn of(lane: Lane, actor: &ActorId, seq: u64) -> Self {
        Self {
            lane,
            actor: actor.to_hex_string(),
            seq,
        }
    }
}

impl Serialize for MessageId {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for MessageId {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?
            .parse()
            .map_err(serde::de::Error::custom)
    }
}

/// What an invitation signs when somebody joins by it.
fn joining(meeting: MeetingId, author: AuthorId, key: &PublicKey, box_key: &PublicKey) -> Vec<u8> {
    [meeting.0.as_bytes().as_slice(), author.0.as_bytes(), &key.0, &box_key.0].concat()
}

/// The invitation's signature for one who joins.
#[must_use]
pub(super) fn grant(
    invitation: &SigningSecret,
    meeting: MeetingId,
    author: AuthorId,
    key: &PublicKey,
    box_key: &PublicKey,
) -> Signed {
    invitation.sign(JOIN, &joining(meeting, author, key, box_key))
}

impl Statement {
    /// The statement as it travels and is stored: the signature, and what it is over.
    ///
    /// # Errors
    /// Only for a defect.
    pub fn signed(&self, meeting: MeetingId, secret: &SigningSecret) -> Result<Vec<u8>> {
        let text = serde_json::to_vec(self)?;
        let signature = secret.sign(PURPOSE, &over(meeting, &text));
        Ok([signature.0.as_slice(), &text].concat())
    }

    /// Reads a statement whose signatures were verified before.
    pub(super) fn stored(bytes: &[u8]) -> Option<Self> {
        serde_json::from_slice(bytes.get(64..)?).ok()
    }

    /// Reads a statement and verifies every signature in it. Whether it counts is for [`super::members::Members`] to say.
    ///
    /// # Errors
    /// The reason why it is none.
    pub fn read(meeting: MeetingId, bytes: &[u8]) -> Result<Self, Reason> {
        let (signature, text) = bytes.split_first_chunk::<64>().ok_or(Reason::Malformed)?;
        let statement: Self = serde_json::from_slice(text).map_err(|_| Reason::Malformed)?;
        if signature.iter().all(|byte| *byte == 0) {
            return Err(Reason::Unsigned);
        }
        if !statement
            .key
            .has_signed(PURPOSE, &over(meeting, text), &Signed(*signature))
        {
            return Err(Reason::Forged);
        }
        if let Says::Joined {
            invitation,
            grant,
            box_key,
            name,
        } = &statement.says
        {
            // Under no other id than the key's own: nobody joins as somebody else.
            let joining = joining(meeting, statement.author, &statement.key, box_key);
            if statement.author != statement.key.author() || !invitation.has_signed(JOIN, &joining, grant) {
                return Err(Reason::Forged);
            }
            if name.len() > LONGEST_NAME {
                return Err(Reason::Malformed);
            }
        }
        Ok(statement)
    }
}

fn over(meeting: MeetingId, text: &[u8]) -> Vec<u8> {
    [meeting.0.as_bytes().as_slice(), text].concat()
}

/// The id of a statement: the same on every laptop.
pub(super) fn id_of(ids: &Key, signed: &[u8]) -> MessageId {
    MessageId(ids.hash("minuta statement id", [signed]))
}

/// A name as it may stand in a statement.
pub(super) fn fitting_name(name: &str) -> String {
    let name = crate::model::text::clean_line(name);
    let mut end = name.len().min(LONGEST_NAME);
    while !name.is_char_boundary(end) {
        end -= 1;
    }
    name.get(..end).unwrap_or_default().to_owned()
}
