//! Everything that needs no display, in one program.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stderr,
    reason = "tests fail by panicking"
)]

mod cli;
mod collected;
mod concurrent;
#[path = "../crash/mod.rs"]
mod crash;
mod damage;
mod desk;
mod directory;
mod documents;
mod forks;
mod fuzzed;
mod grammar_table;
mod house;
mod hub;
mod import;
mod importing;
mod laptops;
mod logs;
mod merging;
mod names;
mod naughty;
mod opened;
mod openings;
mod pdf;
mod properties;
mod reference;
mod report;
mod review;
mod sample;
mod schema;
mod search;
mod series;
mod sharing;
mod transcript;
