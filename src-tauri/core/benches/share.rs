//! Two laptops over a hub in memory: a point typed on one and applied on the other, what was written offline on both,
//! and joining a long meeting. What a real hub adds is measured with one.

#![allow(clippy::unwrap_used, clippy::print_stdout, clippy::indexing_slicing, missing_docs)]

#[allow(dead_code, reason = "shared with the other measurements")]
mod made;

use std::fs::File;
use std::io::Write as _;
use std::path::Path;
use std::time::{Duration, Instant};

use made::{fill, sentence, system};
use minuta_core::Archive;
use minuta_core::edit::capture::enter;
use minuta_core::model::MeetingId;
use minuta_core::model::share::Role;
use minuta_core::share::memory::{MemoryHub, MemoryWire};
use minuta_core::share::{self, Follower};

struct Laptop {
    archive: Archive,
    wire: MemoryWire,
    follower: Follower,
    meeting: MeetingId,
}

impl Laptop {
    fn step(&mut self) -> share::Step {
        self.follower
            .step(&mut self.archive, &mut self.wire, Duration::ZERO)
            .unwrap()
    }

    fn points(&self) -> usize {
        self.archive.record(self.meeting).unwrap().points.len()
    }
}

/// One of the measurements, in a folder of its own.
type Measure = fn(&Path, usize);

/// With words, those measurements only whose name holds one of them; a number among them stands for that of `offline`'s
/// lines.
fn main() {
    let words: Vec<String> = std::env::args().skip(1).filter(|word| !word.starts_with('-')).collect();
    let lines = words.iter().find_map(|word| word.parse().ok()).unwrap_or(10_000);
    let names: Vec<&String> = words.iter().filter(|word| word.parse::<usize>().is_err()).collect();
    let folder = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).unwrap();
    let measures: [(&str, Measure); 3] = [("live", live), ("offline", offline), ("joining", joining)];
    for (name, measure) in measures {
        if names.is_empty() || names.iter().any(|word| name.contains(word.as_str())) {
            let folder = folder.path().join(name);
            std::fs::create_dir(&folder).unwrap();
            measure(&folder, lines);
        }
    }
}

/// The owner's laptop with a meeting of so many points, and a scribe's that has joined it.
fn two(folder: &Path, points: usize) -> (Laptop, Laptop, MemoryHub) {
    let hub = MemoryHub::new(1);
    let mut archive = Archive::open(&folder.join("one.sqlite"), system()).unwrap();
    let meeting = fill(&mut archive, points);
    share::share(&mut archive, meeting, &[], "One").unwrap();
    let text = share::invite(&mut archive, meeting, Role::Scribe).unwrap();
    let mut one = Laptop {
        archive,
        wire: hub.wire(),
        follower: Follower::new(meeting),
        meeting,
    };
    one.step();
    let mut archive = Archive::open(&folder.join("two.sqlite"), system()).unwrap();
    share::join(&mut archive, &text, "Two").unwrap();
    let mut two = Laptop {
        archive,
        wire: hub.wire(),
        follower: Follower::new(meeting),
        meeting,
    };
    two.step();
    one.step();
    (one, two, hub)
}

fn at(samples: &[Duration], share: f64) -> Duration {
    let mut sorted = samples.to_vec();
    sorted.sort_unstable();
    sorted[((sorted.len() as f64 * share) as usize).min(sorted.len() - 1)]
}

/// From the key that commits a point to its being durable and readable on the other laptop, against writing and `fdatasync`.
fn live(folder: &Path, _lines: usize) {
    let (mut one, mut two, hub) = two(folder, 2000);
    let mut floor = File::create(folder.join("floor")).unwrap();
    let page = vec![0x5a_u8; 12 * 1024];
    let (mut ours, mut theirs) = (Vec::new(), Vec::new());
    let before = bytes_on(&hub);
    for number in 0..400 {
        let start = Instant::now();
        floor.write_all(&page).unwrap();
        floor.sync_data().unwrap();
        theirs.push(start.elapsed());
        let start = Instant::now();
        enter(&mut one.archive, one.meeting, &sentence(number), None).unwrap();
        one.step();
        while two.step().taken.changes == 0 {}
        ours.push(start.elapsed());
    }
    println!(
        "live: a point typed on one, on the other: median {:?}, p99 {:?}; fdatasync median {:?}, p99 {:?}; {} bytes a point on the hub",
        at(&ours, 0.5),
        at(&ours, 0.99),
        at(&theirs, 0.5),
        at(&theirs, 0.99),
        (bytes_on(&hub) - before) / 400
    );
}

fn bytes_on(hub: &MemoryHub) -> usize {
    hub.held().iter().map(|message| message.bytes.len()).sum()
}

/// 10,000 changes on each of two laptops that were apart. Two laptops work at the same time, each on its own: what counts
/// is how long the slower is busy.
fn offline(folder: &Path, lines: usize) {
    let (mut one, mut two, _hub) = two(folder, 100);
    for laptop in [&mut one, &mut two] {
        laptop.wire.cut(true);
        for number in 0..lines {
            enter(&mut laptop.archive, laptop.meeting, &sentence(number), None).unwrap();
        }
    }
    one.wire.cut(false);
    two.wire.cut(false);
    let timed = |laptop: &mut Laptop| {
        let start = Instant::now();
        laptop.step();
        start.elapsed()
    };
    let sent = timed(&mut one);
    let second = timed(&mut two);
    let met = timed(&mut one);
    let points = 2 * lines + 100;
    assert_eq!((one.points(), two.points()), (points, points));
    println!(
        "offline: {lines} and {lines} changes merged: the first in {:?} ({sent:?} to send, {met:?} to take in), the second \
         in {second:?}",
        sent + met
    );
}

/// A meeting of 2,000 points, joined by who has nothing of it.
fn joining(folder: &Path, _lines: usize) {
    let hub = MemoryHub::new(1);
    let mut archive = Archive::open(&folder.join("owner.sqlite"), system()).unwrap();
    let meeting = fill(&mut archive, 100);
    for number in 0..1900 {
        enter(&mut archive, meeting, &sentence(number), None).unwrap();
    }
    share::share(&mut archive, meeting, &[], "One").unwrap();
    let text = share::invite(&mut archive, meeting, Role::Scribe).unwrap();
    share::exchange(&mut archive, meeting, &mut hub.wire()).unwrap();
    let mut joining = Archive::open(&folder.join("joining.sqlite"), system()).unwrap();
    let start = Instant::now();
    share::join(&mut joining, &text, "Two").unwrap();
    share::exchange(&mut joining, meeting, &mut hub.wire()).unwrap();
    let took = start.elapsed();
    assert_eq!(joining.record(meeting).unwrap().points.len(), 2000);
    println!("joining: a meeting of 2,000 points in {took:?}");
}
