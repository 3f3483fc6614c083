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
mod axe;
mod books;
mod desk;
mod drag;
mod driver;
mod driver_itself;
#[path = "../all/forks.rs"]
mod forks;
mod heard;
mod importing;
mod keys;
mod meeting;
mod opens;
mod paced;
mod people;
mod pictures;
mod points;
mod records;
mod reference;
mod registers;
mod replay;
mod report;
mod review;
mod room;
mod sharing;
mod size;
mod story;
mod tagging;
mod taken_back;
mod transcript;
mod trouble;
mod typing;
mod whole;
mod window;
