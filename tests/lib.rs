//! What several tests need: the programs as built, ways to end them, seeds, and the data beside the checkout.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stderr,
    reason = "this crate is only ever part of tests, which fail by panicking"
)]

pub mod cli;
pub mod hub;
pub mod line;
pub mod process;
pub mod reference;
pub mod seed;

use std::path::{Path, PathBuf};

/// The repository's root.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_path_buf()
}

/// `shared/data` beside the checkout, wherever its working tree stands: real meetings, reports and odd strings. Not
/// everybody has it, so a test that gets `None` returns; this says so.
pub fn shared_data() -> Option<PathBuf> {
    let root = root();
    let beside = root.ancestors().skip(1).map(|above| above.join("shared/data"));
    let data = beside.into_iter().find(|data| data.is_dir());
    if data.is_none() {
        left_out("there is no ../shared/data");
    }
    data
}

/// Says, so that nobody overlooks it, that the running test tries nothing.
pub fn left_out(why: &str) {
    let test = std::thread::current().name().unwrap_or("a test").to_owned();
    eprintln!("\n!!!! LEFT OUT: {test}: {why}\n");
}
