//! Tests that need something of the machine say so and pass when it is not there.
#![allow(clippy::print_stderr, reason = "a skipped test must be seen")]

mod files;
mod pages;
mod sample;
mod strings;
