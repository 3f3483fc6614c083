//! What the core needs from outside: the time, fresh ids, and chance.
//!
//! The core has no clock and no randomness of its own, so that tests can fix both and a whole scenario comes out the
//! same, byte for byte, on every run.

use std::fmt::Debug;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};

use chrono::{DateTime, TimeDelta, Utc};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::error::{Error, Result};

/// A clock, and a source of ids and of chance.
pub trait Env: Debug + Send + Sync {
    /// The instant now, in UTC, cut to milliseconds (what the record stores).
    fn now(&self) -> DateTime<Utc>;
    /// A fresh `UUIDv7`: ids sort by the time at which they were made.
    fn fresh_id(&self) -> Uuid;
    /// Fills these bytes so that nobody can guess them: keys are made of them.
    ///
    /// # Errors
    /// When the system gives no chance; then no key may be made.
    fn fill_random(&self, bytes: &mut [u8]) -> Result<()>;
}

/// The machine's own clock and random ids.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemEnv;

impl Env for SystemEnv {
    fn now(&self) -> DateTime<Utc> {
        cut_to_millis(Utc::now())
    }

    fn fresh_id(&self) -> Uuid {
        Uuid::now_v7()
    }

    fn fill_random(&self, bytes: &mut [u8]) -> Result<()> {
        getrandom::fill(bytes).map_err(|error| Error::Io {
            what: "the system gave no random bytes, so no key was made".to_owned(),
            why: std::io::Error::other(error.to_string()),
        })
    }
}

/// A clock that advances by a fixed step at each reading, ids and chance counted from a seed: guessed by anybody. For
/// tests and golden files.
#[derive(Debug)]
pub struct FixedEnv {
    millis: AtomicI64,
    step: i64,
    seed: u16,
    count: AtomicU64,
}

impl FixedEnv {
    /// Starts at `start`; each call of `now` is `step` later than the one before. Two envs with different seeds never
    /// give the same id.
    #[must_use]
    pub fn new(start: DateTime<Utc>, step: TimeDelta, seed: u16) -> Self {
        Self {
            millis: AtomicI64::new(start.timestamp_millis()),
            step: step.num_milliseconds(),
            seed,
            count: AtomicU64::new(0),
        }
    }
}

impl Env for FixedEnv {
    fn now(&self) -> DateTime<Utc> {
        let millis = self.millis.fetch_add(self.step, Ordering::SeqCst);
        DateTime::from_timestamp_millis(millis).unwrap_or(DateTime::UNIX_EPOCH)
    }

    fn fresh_id(&self) -> Uuid {
        let count = self.count.fetch_add(1, Ordering::SeqCst);
        let millis = u64::try_from(self.millis.load(Ordering::SeqCst)).unwrap_or(0);
        let counter = u128::from(self.seed) << 48 | u128::from(count);
        let bytes = counter.to_be_bytes();
        let mut random = [0_u8; 10];
        random.copy_from_slice(bytes.get(6..).unwrap_or(&[0; 10]));
        uuid::Builder::from_unix_timestamp_millis(millis, &random).into_uuid()
    }

    fn fill_random(&self, bytes: &mut [u8]) -> Result<()> {
        for block in bytes.chunks_mut(32) {
            let count = self.count.fetch_add(1, Ordering::SeqCst);
            let mixed = Sha256::new()
                .chain_update(self.seed.to_be_bytes())
                .chain_update(count.to_be_bytes())
                .finalize();
            block.iter_mut().zip(mixed).for_each(|(byte, chance)| *byte = chance);
        }
        Ok(())
    }
}

/// Cuts an instant to whole milliseconds: what is stored and what is shown are then the same value.
#[must_use]
pub fn cut_to_millis(at: DateTime<Utc>) -> DateTime<Utc> {
    DateTime::from_timestamp_millis(at.timestamp_millis()).unwrap_or(at)
}
