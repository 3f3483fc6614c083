//! One point through the whole door against the floor of the same run, turn about, since disks are noisy; and loading a
//! document, with its memory. A harness of its own, for what divan does not do: two things measured in turn, and memory.

#![allow(clippy::unwrap_used, clippy::print_stdout, clippy::indexing_slicing, missing_docs)]

#[allow(dead_code, reason = "shared with the other measurements")]
mod made;

use std::fs::File;
use std::hint::black_box;
use std::io::Write as _;
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use made::{fill, sentence, system};
use minuta_core::{Archive, edit};

/// Names the archive to load, in the process that this one starts to measure memory in.
const LOAD: &str = "MINUTA_BENCH_LOAD";

fn main() {
    if let Some(path) = std::env::var_os(LOAD) {
        return load(Path::new(&path));
    }
    let folder = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).unwrap();
    door(folder.path());
    loading(folder.path());
}

/// The share of samples that a figure lies above.
fn at(samples: &[Duration], share: f64) -> Duration {
    let mut sorted = samples.to_vec();
    sorted.sort_unstable();
    sorted[((sorted.len() as f64 * share) as usize).min(sorted.len() - 1)]
}

fn timed(run: impl FnOnce()) -> Duration {
    let start = Instant::now();
    run();
    start.elapsed()
}

/// One point through the whole door, against appending 12 KB and `fdatasync`.
fn door(folder: &Path) {
    let mut archive = Archive::open(&folder.join("door.sqlite"), system()).unwrap();
    let meeting = fill(&mut archive, 1000);
    archive.warm(meeting).unwrap();
    let mut floor = File::create(folder.join("floor")).unwrap();
    let page = vec![0x5a_u8; 12 * 1024];
    let (mut ours, mut theirs) = (Vec::new(), Vec::new());
    for number in 0..800 {
        let line = format!("Person {}: {}", number % 20, sentence(number));
        theirs.push(timed(|| {
            floor.write_all(&page).unwrap();
            floor.sync_data().unwrap();
        }));
        ours.push(timed(|| {
            black_box(edit::capture::enter(&mut archive, meeting, &line, None).unwrap());
        }));
    }
    println!("{:<52} {:>12} {:>12}", "", "median", "95th");
    for (what, samples) in [
        ("append 12 KB and fdatasync: the floor", &theirs),
        ("one point through the whole door, durable", &ours),
    ] {
        println!("{what:<52} {:>12.3?} {:>12.3?}", at(samples, 0.5), at(samples, 0.95));
    }
    println!(
        "{:<52} {:>12.2}\n",
        "ratio of the medians",
        at(&ours, 0.5).as_secs_f64() / at(&theirs, 0.5).as_secs_f64()
    );
}

/// Loading the document of a 10,000-point meeting that was typed point by point: from its changes, and from the
/// snapshot that the first loading leaves behind.
fn loading(folder: &Path) {
    // Typing 10,000 lines durably is no part of the measurement: where there is memory to do it in, it is done there.
    let memory = Path::new("/dev/shm");
    let scratch = if memory.is_dir() {
        tempfile::tempdir_in(memory)
    } else {
        tempfile::tempdir_in(folder)
    }
    .unwrap();
    let path = scratch.path().join("typed.sqlite");
    let mut archive = Archive::open(&path, system()).unwrap();
    let meeting = fill(&mut archive, 1);
    let start = Instant::now();
    for number in 0..10_000 {
        let line = format!("Person {}: {}", number % 20, sentence(number));
        edit::capture::enter(&mut archive, meeting, &line, None).unwrap();
    }
    println!(
        "{:<52} {:>12.3?}",
        "typing 10,000 points, in memory, each",
        start.elapsed() / 10_000
    );
    drop(archive);
    for what in ["load their document from its changes", "load it from its snapshot"] {
        let output = Command::new(std::env::current_exe().unwrap())
            .env(LOAD, &path)
            .output()
            .unwrap();
        println!("{what:<52} {:>12}", String::from_utf8_lossy(&output.stdout).trim());
    }
}

/// In a process of its own: loads the document of the archive's meeting, tells the time and the memory.
fn load(path: &Path) {
    let mut archive = Archive::open(path, system()).unwrap();
    let meeting = archive.meeting_by_prefix("latest").unwrap();
    let before = resident("VmRSS:");
    let took = timed(|| archive.warm(meeting).unwrap());
    println!(
        "{took:.3?}, {} MB more, {} MB at the most",
        (resident("VmRSS:") - before) / 1000,
        resident("VmHWM:") / 1000
    );
}

/// A figure of this process's memory, in KB.
fn resident(name: &str) -> i64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with(name)).unwrap_or_default();
    line.split_whitespace()
        .nth(1)
        .and_then(|number| number.parse().ok())
        .unwrap_or(0)
}
