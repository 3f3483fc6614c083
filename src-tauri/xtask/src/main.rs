//! Set-up and chores, in one place: `cargo xtask run | test | torture | fuzz | bench | bindings | screenshots`.
//!
//! Everything here is a plain sequence of other programs. What they print goes straight through; nothing asks a question.

#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "the chores talk to the person who started them"
)]

mod bench;
mod bindings;
mod fuzz;
mod licences;
mod packages;
mod programs;
mod run;
mod screenshots;
mod spdx;
mod steps;
mod test;
mod toolchain;
mod torture;
mod ui;

use std::process::ExitCode;

use anyhow::{Result, bail};

const USAGE: &str = "\
cargo xtask run [--headless]   sets this machine up, builds, and opens the window with the sample meeting;
                               without a display (or with --headless) makes its report.md and report.pdf instead
cargo xtask test               everything that has to hold: format, lints, types, tests, and the real window
cargo xtask torture [SEED]     the crash, damage and load tests at their full size (long)
cargo xtask fuzz [TARGET] [--minutes N]  odd bytes for the importers and the grammar, ten minutes for each target
cargo xtask bench [FILTER]     the measurements, with the size of this machine
cargo xtask bench sharing [WHAT]  of two laptops and a hub alone: live, apart, joining
cargo xtask bench window [WHAT]  of the real window alone: typing, entering, previewing, opening, memory, replaying, starting
cargo xtask bench beside [imports | POINTS]  of imports, and of the search beside tantivy and ripgrep
cargo xtask bindings           writes ui/src/lib/bindings.ts anew from the table of commands
cargo xtask screenshots        takes the pictures of the real window into assets/screenshots";

fn main() -> ExitCode {
    match chore() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            // Without the backtrace that `Result` from main adds: where a chore stopped is in the words.
            eprintln!("\nxtask: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn chore() -> Result<()> {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    match words.as_slice() {
        ["run"] => run::run(run::display_is_there()),
        ["run", "--headless"] => run::run(false),
        ["test"] => test::test(),
        ["torture"] => torture::torture(None),
        ["torture", seed] => torture::torture(Some(seed.parse()?)),
        ["fuzz", rest @ ..] => fuzz::fuzz(rest),
        ["bench", rest @ ..] => bench::bench(rest),
        ["bindings"] => bindings::write(),
        ["screenshots"] => screenshots::take(),
        ["help" | "--help" | "-h"] => {
            println!("{USAGE}");
            Ok(())
        }
        [] => bail!("which chore?\n\n{USAGE}"),
        _ => bail!("there is no `{}`\n\n{USAGE}", words.join(" ")),
    }
}
