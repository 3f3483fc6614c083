//! `cargo xtask bench`: the measurements, beside the size of the machine that they were taken on.

use std::fs;
use std::thread;

use anyhow::Result;

use crate::packages::{Purpose, ensure};
use crate::programs::{cargo, output, program, succeed};
use crate::test::{of_what_is_built, on_a_display};
use crate::ui;

/// Says what the machine is, then measures the core and the window. `words` go to the measurements (a filter, say);
/// where the first is `window`, only the window is measured.
pub(crate) fn bench(words: &[&str]) -> Result<()> {
    println!("{}", machine());
    println!("{}", output(program("rustc").arg("--version"))?.trim());
    if let ["window", words @ ..] = words {
        return window(words);
    }
    succeed(cargo(&["bench", "--package", "minuta-core", "--benches", "--"]).args(words))?;
    window(words)
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
