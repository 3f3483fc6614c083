//! The real window, driven from outside as a person would.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stderr,
    reason = "tests fail by panicking"
)]

mod access;
mod desk;
mod driver;
mod driver_itself;
mod keys;
mod opens;
mod pictures;
mod records;
mod replay;
mod report;
mod story;
mod tagging;
mod trouble;
mod typing;
mod window;
