//! Two laptops and a real hub on one machine: from a line typed on one to the line durable on the other, what was written
//! apart coming together, and joining. `cargo xtask bench sharing`.
//!
//! Nothing here passes or fails by time.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "measurements tell by printing, and end by panicking where they cannot go on"
)]

#[allow(dead_code, reason = "shared with the measurements of the window")]
#[path = "figures.rs"]
mod figures;
#[allow(
    dead_code,
    reason = "shared with the core's measurements, which put whole meetings in"
)]
#[path = "../../src-tauri/core/benches/made/mod.rs"]
mod made;
#[path = "../all/laptops/tides.rs"]
mod tides;

use std::fs::{self, File};
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::sync::mpsc;
use std::thread;
use std::time::{Duration, Instant};

use figures::{Samples, against, heading, rounds};
use made::{sentence, system};
use minuta_core::model::MeetingId;
use minuta_core::model::share::Role;
use minuta_core::share::{self, Follower};
use minuta_core::{Archive, edit};
use minuta_tests::hub::Hub;
use minuta_tests::line::Line;
use minuta_wire::NatsWire;
use tides::new_meeting;

const LIVE: usize = 500;
const APART: usize = 10_000;
const JOINED: usize = 2_000;

fn main() {
    let words: Vec<String> = std::env::args().skip(1).filter(|word| !word.starts_with('-')).collect();
    let wanted = |name: &str| words.is_empty() || words.iter().any(|word| name.contains(word.as_str()));
    // Not in the folder for temporary things, which may be memory: what is durable has to reach a disk.
    let folder = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).unwrap();
    let measures: [Measure; 3] = [live, apart, joining];
    for (name, measure) in ["live", "apart", "joining"].into_iter().zip(measures) {
        if wanted(name) {
            let Some(hub) = Hub::start() else { return };
            let own = folder.path().join(name);
            fs::create_dir(&own).unwrap();
            measure(&own, &hub);
        }
    }
}

/// One of the measurements, in a folder and with a hub of its own.
type Measure = fn(&Path, &Hub);

/// An archive that shares a meeting, and its line to the hub.
struct Laptop {
    path: PathBuf,
    archive: Archive,
    line: Line,
    wire: NatsWire,
    follower: Follower,
}

impl Laptop {
    fn open(path: PathBuf, meeting: MeetingId, hub: &Hub) -> Self {
        let line = Line::to(hub.port());
        let mut archive = Archive::open(&path, system()).unwrap();
        share::set_address(&mut archive, meeting, &[line.url()], "", "").unwrap();
        let address = share::address(&archive, meeting).unwrap().unwrap();
        Self {
            path,
            archive,
            line,
            wire: NatsWire::new(address).unwrap(),
            follower: Follower::new(meeting),
        }
    }

    /// Steps; answers how many changes came.
    fn step(&mut self, wait: Duration) -> usize {
        self.follower
            .step(&mut self.archive, &mut self.wire, wait)
            .unwrap()
            .taken
            .changes
    }

    fn points(&self) -> u32 {
        let meetings = self.archive.meetings().unwrap();
        meetings.iter().map(|meeting| meeting.points).max().unwrap_or(0)
    }

    /// Steps until all points are here; answers how long that took.
    fn until(&mut self, points: u32) -> Duration {
        let began = Instant::now();
        while self.points() < points {
            self.step(Duration::from_millis(20));
            assert!(
                began.elapsed() < Duration::from_secs(300),
                "{} of {points} points",
                self.points()
            );
        }
        began.elapsed()
    }

    fn size(&self) -> u64 {
        fs::metadata(&self.path).unwrap().len()
    }
}

fn enter(archive: &mut Archive, meeting: MeetingId, number: usize) {
    edit::capture::enter(archive, meeting, &sentence(number), None).unwrap();
}

/// Two archives that share a meeting, made in memory where there is some: what goes into them before is not measured.
/// Each gets as many points of its own, after both have the meeting.
fn two(folder: &Path, points: [usize; 2]) -> (PathBuf, PathBuf, MeetingId) {
    let memory = Path::new("/dev/shm");
    let scratch = tempfile::tempdir_in(if memory.is_dir() { memory } else { folder }).unwrap();
    let paths = ["one", "two"].map(|name| scratch.path().join(name));
    let [mut one, mut two] = paths.each_ref().map(|path| Archive::open(path, system()).unwrap());
    let meeting = new_meeting(&mut one);
    share::share(&mut one, meeting, &[], "one").unwrap();
    let invitation = share::invite(&mut one, meeting, Role::Scribe).unwrap();
    share::join(&mut two, &invitation, "two").unwrap();
    let stick = scratch.path().join("stick");
    share::export_file(
        &mut one,
        meeting,
        &stick,
        share::Contents {
            invite: None,
            internal: true,
        },
    )
    .unwrap();
    share::merge_file(&mut two, &stick, "two").unwrap();
    for (archive, (count, from)) in [&mut one, &mut two]
        .into_iter()
        .zip(points.into_iter().zip([0, 1_000_000]))
    {
        for number in 0..count {
            enter(archive, meeting, from + number);
        }
    }
    drop((one, two));
    let [one, two] = ["one", "two"].map(|name| folder.join(name));
    fs::copy(&paths[0], &one).unwrap();
    fs::copy(&paths[1], &two).unwrap();
    (one, two, meeting)
}

/// From a line typed on one to the line durable in the other's archive.
fn live(folder: &Path, hub: &Hub) {
    heading("A line typed on one laptop, until it is durable and in the record of the other");
    let (one, two, meeting) = two(folder, [1000, 0]);
    let (mut one, mut two) = (Laptop::open(one, meeting, hub), Laptop::open(two, meeting, hub));
    one.step(Duration::ZERO);
    two.until(1000);
    one.until(1000);
    let mut floor = File::create(folder.join("floor")).unwrap();
    let page = vec![0x5a_u8; 12 * 1024];
    let (before, memory_before) = (one.line.bytes(), memory(hub));
    let (told, hear) = mpsc::channel();
    let count = rounds(LIVE);
    let receiving = thread::spawn(move || {
        let mut received = 0;
        while received < count {
            let came = two.step(Duration::from_secs(1));
            if came > 0 {
                told.send(Instant::now()).unwrap();
                received += came;
            }
        }
        two
    });
    let (mut fsync, mut write, mut both) = <(Samples, Samples, Samples)>::default();
    for number in 0..count {
        let begun = Instant::now();
        floor.write_all(&page).unwrap();
        floor.sync_data().unwrap();
        fsync.add(begun.elapsed());
        let begun = Instant::now();
        enter(&mut one.archive, meeting, 5_000_000 + number);
        write.add(begun.elapsed());
        one.step(Duration::ZERO);
        both.add(
            hear.recv_timeout(Duration::from_secs(20))
                .unwrap()
                .duration_since(begun),
        );
        thread::sleep(Duration::from_millis(5 + (number * 7 % 10) as u64));
    }
    let two = receiving.join().unwrap();
    fsync.tell("append 12 KB and fdatasync: the floor");
    write.tell("durable on the one");
    both.tell("durable and in the record on the other");
    against(
        "median over that of the floor",
        both.median() - fsync.median(),
        " ms",
        30.0,
    );
    against(
        "99 % over that of the floor",
        both.at(0.99) - fsync.at(0.99),
        " ms",
        100.0,
    );
    let after = one.line.bytes();
    let per_point = |from: u64, to: u64| (to - from) / count as u64;
    println!(
        "  on the wire per point: {} bytes from who types (own echo back: {}), {} to who receives",
        per_point(before.0, after.0),
        per_point(before.1, after.1),
        two.line.bytes().1 / (1000 + count as u64),
    );
    println!(
        "  the hub: {:.0} MB of memory before, {:.0} MB after {count} points",
        memory_before,
        memory(hub)
    );
}

/// What two wrote apart comes together.
fn apart(folder: &Path, hub: &Hub) {
    let count = rounds(APART);
    println!("\n{count} lines of each of two, written apart, come together");
    let (one, two, meeting) = two(folder, [count, count]);
    let all = u32::try_from(2 * count).unwrap();
    let (mut one, mut two) = (Laptop::open(one, meeting, hub), Laptop::open(two, meeting, hub));
    // The documents are in memory on a laptop that was being written on.
    for laptop in [&mut one, &mut two] {
        laptop.archive.warm(meeting).unwrap();
    }
    let before = one.size();
    let begun = Instant::now();
    one.step(Duration::ZERO);
    println!(
        "  the first publishes its {count}: {:.2} s",
        begun.elapsed().as_secs_f64()
    );
    let second = two.until(all);
    against(
        "the second compares, publishes its own, takes in the other's",
        second.as_secs_f64(),
        " s",
        2.0,
    );
    let first = one.until(all);
    against(
        "the first takes in what the second has published",
        first.as_secs_f64(),
        " s",
        2.0,
    );
    let [there, back] = [two.line.bytes().0, two.line.bytes().1].map(|bytes| bytes as f64 / count as f64);
    println!("  on the wire per point: {there:.0} bytes out, {back:.0} bytes in");
    println!(
        "  the archive: {:.1} MB, before {:.1} MB",
        one.size() as f64 / 1e6,
        before as f64 / 1e6
    );
    println!(
        "  the hub: {:.0} MB of memory, {:.1} MB on its disk",
        memory(hub),
        stored(&hub.store()) as f64 / 1e6
    );
}

/// Joining a meeting whose points went out one by one, and one whose points went out in parcels.
fn joining(folder: &Path, hub: &Hub) {
    let count = rounds(JOINED);
    println!("\nJoining a meeting of {count} points");
    for (what, one_by_one) in [
        ("published one by one, as typed live", true),
        ("published in parcels", false),
    ] {
        let own = folder.join(if one_by_one { "live" } else { "parcels" });
        fs::create_dir(&own).unwrap();
        let (one, _, meeting) = two(&own, [if one_by_one { 0 } else { count }, 0]);
        let mut one = Laptop::open(one, meeting, hub);
        one.step(Duration::ZERO);
        if one_by_one {
            for number in 0..count {
                enter(&mut one.archive, meeting, number);
                one.step(Duration::ZERO);
            }
        }
        let mut took = Samples::default();
        for round in 0..5 {
            let invitation = share::invite(&mut one.archive, meeting, Role::Scribe).unwrap();
            one.step(Duration::ZERO);
            let begun = Instant::now();
            let path = own.join(format!("joined {round}"));
            let mut archive = Archive::open(&path, system()).unwrap();
            share::join(&mut archive, &invitation, "late").unwrap();
            let mut late = Laptop::open(path, meeting, hub);
            late.until(u32::try_from(count).unwrap());
            took.add(begun.elapsed());
        }
        against(what, took.median() / 1000.0, " s", 1.0);
    }
}

/// The hub's memory, in megabytes.
fn memory(hub: &Hub) -> f64 {
    let status = fs::read_to_string(format!("/proc/{}/status", hub.process())).unwrap_or_default();
    let line = status
        .lines()
        .find(|line| line.starts_with("VmRSS:"))
        .unwrap_or_default();
    let kilobytes = line.split_whitespace().nth(1).and_then(|word| word.parse::<f64>().ok());
    kilobytes.map_or(f64::NAN, |kilobytes| kilobytes / 1000.0)
}

/// How many bytes lie in a folder.
fn stored(folder: &Path) -> u64 {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    entries
        .map(|entry| match entry.file_type() {
            Ok(kind) if kind.is_dir() => stored(&entry.path()),
            _ => entry.metadata().map_or(0, |data| data.len()),
        })
        .sum()
}
