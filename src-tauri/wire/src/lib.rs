//! The way between laptops over a hub: NATS with `JetStream`.
//!
//! [`NatsWire`] is what the core sees; everything that knows NATS, TLS or an async runtime is in this crate. A contact
//! ([`link`]) lives from a connection made to its loss and is never mended: what comes after it is a new one, so that a
//! hub that came back is looked at afresh, with whatever it still holds.

#![warn(missing_docs)]
#![cfg_attr(
    test,
    allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)
)]

mod entry;
mod link;
mod parts;
mod read;
mod wire;
mod words;

pub use wire::{NatsWire, Waker};
