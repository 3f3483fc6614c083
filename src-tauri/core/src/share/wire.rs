//! The way between laptops, as the core sees it. Who carries the messages (a hub, a test's memory) stands behind it and
//! knows nothing of what they mean.

use std::fmt::{self, Debug, Display};
use std::path::PathBuf;
use std::time::Duration;

use crate::model::share::{Lane, MessageId};

/// Where the laptops of a meeting meet.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Address {
    /// The servers' URLs; one that answers is enough.
    pub servers: Vec<String>,
    /// A file of credentials, where the hub asks for one.
    pub credentials: Option<PathBuf>,
    /// A file with the certificate of the authority that vouches for the hub, where it is not one of the system's.
    pub authority: Option<PathBuf>,
    /// The meeting, without its name: hexadecimal digits of a keyed hash. Stream `MINUTA_<tag>`, subjects
    /// `minuta.<tag>.<lane>`.
    pub tag: String,
}

/// What the hub says of a message that it holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Listed {
    /// Where it lies.
    pub place: u64,
    /// On which lane.
    pub lane: Lane,
    /// Which it is.
    pub id: MessageId,
}

/// A message that came.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Arrived {
    /// Where it lies on the hub.
    pub place: u64,
    /// On which lane.
    pub lane: Lane,
    /// Which it says it is.
    pub id: MessageId,
    /// The sealed message.
    pub bytes: Vec<u8>,
}

/// A message that goes out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outgoing {
    /// On which lane.
    pub lane: Lane,
    /// Which it is: the hub takes no second one of the same id and copy.
    pub id: MessageId,
    /// Above 0 where others of this id lie there spoiled, and this is to lie beside them.
    pub copy: u32,
    /// The sealed message.
    pub bytes: Vec<u8>,
}

/// Contact is lost: the reason in words, for the log and the user.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cut(pub String);

impl Display for Cut {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Cut {}

/// A way between laptops. Blocking; made and used on one thread. Nothing here knows what the bytes mean.
pub trait Wire {
    /// Grows by one whenever contact was made anew; 0 = never yet.
    ///
    /// # Errors
    /// [`Cut`]: there is no contact now, with the reason in words; so for all here.
    fn contact(&mut self) -> Result<u64, Cut>;

    /// What the hub holds on these lanes, without bodies.
    ///
    /// # Errors
    /// [`Cut`].
    fn list(&mut self, lanes: &[Lane]) -> Result<Vec<Listed>, Cut>;

    /// The bodies of what lies at these places (sorted), in order; those that are gone are left out.
    ///
    /// # Errors
    /// [`Cut`].
    fn fetch(&mut self, lanes: &[Lane], places: &[u64]) -> Result<Vec<Arrived>, Cut>;

    /// Publishes; answers how many, from the start, the hub acknowledged (stored).
    ///
    /// # Errors
    /// [`Cut`].
    fn publish(&mut self, messages: &[Outgoing]) -> Result<usize, Cut>;

    /// What arrived live since (from everybody, oneself too); waits up to `wait` for the first, or until woken.
    ///
    /// # Errors
    /// [`Cut`].
    fn arrived(&mut self, lanes: &[Lane], wait: Duration) -> Result<Vec<Arrived>, Cut>;

    /// Says something that is not stored.
    ///
    /// # Errors
    /// [`Cut`].
    fn whisper(&mut self, bytes: &[u8]) -> Result<(), Cut>;

    /// What was heard so since.
    fn heard(&mut self) -> Vec<Vec<u8>>;
}
