//! `cargo xtask fuzz`: bytes that nobody would think of, for every importer and for the line grammar.
//!
//! libFuzzer looks for inputs that reach new code. It needs a nightly compiler, so the targets are a workspace of their
//! own (`src-tauri/core/fuzz`), and what it finds is kept there as a regression: the tests try it again with any
//! compiler.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::programs::{output, program, root, succeed, target};

/// The targets, with where samples of their kind lie beside the checkout and how their names end.
const TARGETS: [(&str, &[Seeds]); 11] = [
    ("any", &[("zoom", ""), ("teams", ""), ("scribe2", ""), ("text", ".txt")]),
    ("report", &[("w3ctag", ".md"), ("reference-report", ".md")]),
    ("agenda", &[("w3ctag", ".md")]),
    ("calendar", &[("ics", ".ics")]),
    ("people", &[("csv", ".csv"), ("zoom", "")]),
    ("attendance", &[("zoom", ""), ("teams", ""), ("csv", ".csv")]),
    ("log", &[("scribe2", ""), ("w3c-ccg", ".log")]),
    ("transcript", &[("vtt", ".vtt")]),
    ("aliases", &[("", "people.json")]),
    ("grammar", &[("w3c-ccg", ".log"), ("text", ".txt")]),
    (
        "replay",
        &[
            ("scribe2", ""),
            ("zoom", ""),
            ("teams", ""),
            ("ics", ".ics"),
            ("vtt", ".vtt"),
        ],
    ),
];

/// A folder of the samples, and how the names of the files end.
type Seeds = (&'static str, &'static str);

/// What makes the compiler tell libFuzzer which code an input reached. No sanitizer: all of the code is safe Rust, and
/// twice as many inputs are tried without one.
const FLAGS: &str = "--cfg fuzzing -Cpasses=sancov-module -Cllvm-args=-sanitizer-coverage-level=4 \
                     -Cllvm-args=-sanitizer-coverage-inline-8bit-counters -Cllvm-args=-sanitizer-coverage-pc-table \
                     -Cllvm-args=-sanitizer-coverage-trace-compares -Cforce-frame-pointers";

/// The largest input, in bytes. Larger ones cost more than they find; the tests try large files.
const LARGEST: u64 = 4 * 1024;

/// Fuzzes one target, or all of them one after the other, each for some minutes.
pub(crate) fn fuzz(words: &[&str]) -> Result<()> {
    let (wanted, minutes) = match words {
        [] => (None, 10.0),
        ["--minutes", minutes] => (None, minutes.parse()?),
        [wanted] => (Some(*wanted), 10.0),
        [wanted, "--minutes", minutes] => (Some(*wanted), minutes.parse()?),
        _ => bail!("as: cargo xtask fuzz [TARGET] [--minutes N]"),
    };
    let targets: Vec<_> = TARGETS
        .iter()
        .filter(|(name, _)| wanted.is_none_or(|wanted| wanted == *name))
        .collect();
    if targets.is_empty() {
        let names: Vec<_> = TARGETS.iter().map(|(name, _)| *name).collect();
        bail!("there is no such target; these are: {}", names.join(", "));
    }
    let host = build()?;
    let mut failed = Vec::new();
    for (name, seeds) in targets {
        println!("\n=== {name}: {minutes} minutes");
        if let Err(error) = run(name, seeds, minutes, &host) {
            println!("{error:#}");
            failed.push(*name);
        }
    }
    if !failed.is_empty() {
        bail!(
            "{} failed; what ended them lies in {}",
            failed.join(", "),
            folder("found", "").display()
        );
    }
    Ok(())
}

/// Builds all targets; answers for what machine.
fn build() -> Result<String> {
    let said = output(nightly("rustc").args(["--version", "--verbose"]))
        .context("the fuzzer needs a nightly compiler: `rustup toolchain install nightly --profile minimal`")?;
    let host = said.lines().find_map(|line| line.strip_prefix("host: "));
    let host = host
        .context("the compiler does not say for what it compiles")?
        .to_owned();
    // A named target keeps the flags from build scripts and macros, which run without libFuzzer.
    succeed(
        nightly("cargo")
            .args(["build", "--release", "--bins", "--target", &host, "--manifest-path"])
            .arg(workspace().join("Cargo.toml"))
            .arg("--target-dir")
            .arg(target().join("fuzz"))
            .env("RUSTFLAGS", FLAGS),
    )?;
    Ok(host)
}

fn nightly(name: &str) -> Command {
    let mut command = program("rustup");
    // This very program was started by another cargo, which says so in the environment.
    command.args(["run", "nightly", name]).env_remove("RUSTUP_TOOLCHAIN");
    command
}

fn run(name: &str, seeds: &[Seeds], minutes: f64, host: &str) -> Result<()> {
    let (grown, given) = (folder("grown", name), folder("seeds", name));
    let kept = workspace().join("corpus").join(name);
    let found = folder("found", name);
    for folder in [&grown, &given, &found] {
        fs::create_dir_all(folder)?;
    }
    for (place, ending) in seeds {
        copy_seeds(place, ending, &given)?;
    }
    let mut command = program(target().join("fuzz").join(host).join("release").join(name));
    command.args([
        format!("-max_total_time={:.0}", minutes * 60.0),
        format!("-max_len={LARGEST}"),
        "-timeout=10".to_owned(),
        "-rss_limit_mb=1024".to_owned(),
        "-print_final_stats=1".to_owned(),
        "-verbosity=0".to_owned(),
        format!("-artifact_prefix={}/", found.display()),
    ]);
    // The first folder is where new inputs go.
    command.arg(&grown).arg(&given);
    if kept.is_dir() {
        command.arg(&kept);
    }
    succeed(&mut command)
}

/// Copies samples that lie beside the checkout, where they do; the project itself has none of them.
fn copy_seeds(place: &str, ending: &str, into: &Path) -> Result<()> {
    let above = root();
    let mut beside = above
        .ancestors()
        .skip(1)
        .map(|above| above.join("shared/data").join(place));
    let Some(from) = beside.find(|folder| folder.is_dir()) else {
        println!("There are no samples in ../shared/data/{place}: it starts from what is kept.");
        return Ok(());
    };
    let mut folders = vec![(from, place.is_empty())];
    while let Some((folder, flat)) = folders.pop() {
        for entry in fs::read_dir(folder)? {
            let path = entry?.path();
            if path.is_dir() && !flat {
                folders.push((path, flat));
            } else if path.is_file() && path.to_string_lossy().ends_with(ending) {
                // Its whole path names it: many are called irc.log.
                let named: Vec<_> = path.iter().skip(1).map(|part| part.to_string_lossy()).collect();
                let bytes = fs::read(&path)?;
                let most = usize::try_from(LARGEST)?.min(bytes.len());
                fs::write(into.join(named.join("-")), bytes.get(..most).unwrap_or_default())?;
            }
        }
    }
    Ok(())
}

fn workspace() -> PathBuf {
    root().join("src-tauri/core/fuzz")
}

/// Where what is not kept lies: `grown` (inputs that reach more), `seeds`, `found` (what ended a target).
fn folder(what: &str, name: &str) -> PathBuf {
    target().join("fuzz").join(what).join(name)
}
