//! Everything that needs no display, in one program.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stderr,
    reason = "tests fail by panicking"
)]

#[path = "../crash/mod.rs"]
mod crash;
mod damage;
mod house;
mod merging;
mod opened;
mod openings;
mod properties;
mod schema;
