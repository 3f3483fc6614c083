//! `cargo xtask bench`: the measurements, beside the size of the machine that they were taken on.

use std::fs;
use std::thread;

use anyhow::Result;

use crate::packages::{Purpose, ensure};
use crate::programs::{cargo, output, program, root, succeed, target};
use crate::test::{of_what_is_built, on_a_display};
use crate::ui;

/// Says what the machine is, then measures the core, sharing over a hub, and the window. `words` go to the measurements (a
/// filter, say); where the first is `sharing` or `window`, only that is measured; where it is `beside`, the imports and the
/// search beside other programs, which nothing else needs.
pub(crate) fn bench(words: &[&str]) -> Result<()> {
    println!("{}", machine());
    println!("{}", output(program("rustc").arg("--version"))?.trim());
    match words {
        ["sharing", words @ ..] => return sharing(words),
        ["window", words @ ..] => return window(words),
        ["beside", words @ ..] => return beside(words),
        _ => {}
    }
    succeed(cargo(&["bench", "--package", "minuta-core", "--benches", "--"]).args(words))?;
    sharing(words)?;
    window(words)
}

/// Two laptops and a real hub, all on this machine.
fn sharing(words: &[&str]) -> Result<()> {
    if std::env::consts::OS == "linux" {
        ensure(Purpose::Tests)?;
    }
    let of_its_own = ["bench", "--package", "minuta-tests", "--bench", "sharing", "--"];
    succeed(cargo(&of_its_own).args(words))
}

/// Imports, and the search beside tantivy and ripgrep: a workspace of its own, on which nothing else depends. It shares the
/// folder of what is built, so that only what it needs besides is compiled.
fn beside(words: &[&str]) -> Result<()> {
    let manifest = root().join("src-tauri/core/beside/Cargo.toml");
    let mut measure = cargo(&["run", "--release", "--quiet", "--locked", "--manifest-path"]);
    measure.arg(manifest).arg("--target-dir").arg(target());
    succeed(measure.arg("--").args(words))
}

/// The real window as it is shipped, on a display in memory.
fn window(words: &[&str]) -> Result<()> {
    if std::env::consts::OS != "linux" {
        println!("The real window is measured on Linux only.");
        return Ok(());
    }
    ensure(Purpose::Tests)?;
    ui::install()?;
    ui::build()?;
    // First the programs by themselves: what the measurements need besides is then in none of them.
    succeed(&mut cargo(&[
        "build",
        "--release",
        "--workspace",
        "--bins",
        "--example",
        "bare",
    ]))?;
    let mut measure = cargo(&["bench", "--workspace", "--bench", "window", "--"]);
    measure.args(words);
    succeed(&mut of_what_is_built(on_a_display(&measure)))
}

/// `2 × Some Processor, 23 GB, linux x86_64`, as far as the system tells.
fn machine() -> String {
    let threads = thread::available_parallelism().map_or(1, usize::from);
    let processor = first("/proc/cpuinfo", "model name").unwrap_or_else(|| "processor".to_owned());
    let memory = first("/proc/meminfo", "MemTotal")
        .and_then(|total| total.trim_end_matches("kB").trim().parse::<u64>().ok())
        .map_or(String::new(), |kilobytes| format!(", {} GB", kilobytes / 1_000_000));
    format!(
        "{threads} × {processor}{memory}, {} {}",
        std::env::consts::OS,
        std::env::consts::ARCH
    )
}

/// The value of the first line `key: value` of a file.
fn first(path: &str, key: &str) -> Option<String> {
    let text = fs::read_to_string(path).ok()?;
    let line = text.lines().find(|line| line.starts_with(key))?;
    line.split_once(':').map(|(_, value)| value.trim().to_owned())
}
