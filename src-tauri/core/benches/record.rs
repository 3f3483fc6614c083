//! How long the record takes: one point through the whole door, reading, searching, loading. Figures are medians of one
//! run; the door is measured against the floor of the same run, turn about, since disks are noisy.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::print_stdout, missing_docs)]

use std::fs::File;
use std::hint::black_box;
use std::io::Write as _;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use chrono::{TimeDelta, Utc};
use minuta_core::Archive;
use minuta_core::capture::parse;
use minuta_core::edit;
use minuta_core::env::{Env, SystemEnv};
use minuta_core::import::Plan;
use minuta_core::model::{Item, ItemId, Meeting, MeetingId, OrderKey, Participant, ParticipantId, Point, PointId};

fn main() {
    let folder = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).unwrap();
    println!("{:<58} {:>12} {:>12}", "what", "median", "95th");
    door(folder.path());
    parsing();
    let archive = reading(folder.path());
    searching(folder.path());
    loading(archive);
}

/// Medians and 95ths of samples taken one by one.
struct Samples(Vec<Duration>);

impl Samples {
    fn take(count: usize, mut run: impl FnMut()) -> Self {
        let mut samples = Vec::with_capacity(count);
        for _ in 0..count {
            let start = Instant::now();
            run();
            samples.push(start.elapsed());
        }
        Self(samples)
    }

    fn at(&self, share: f64) -> Duration {
        let mut sorted = self.0.clone();
        sorted.sort_unstable();
        let place = (sorted.len() as f64 * share) as usize;
        sorted[place.min(sorted.len() - 1)]
    }

    fn tell(&self, what: &str) -> Duration {
        println!("{what:<58} {:>12.3?} {:>12.3?}", self.at(0.5), self.at(0.95));
        self.at(0.5)
    }
}

fn system() -> Arc<dyn Env> {
    Arc::new(SystemEnv)
}

const WORDS: [&str; 24] = [
    "gauge",
    "datum",
    "harbour",
    "station",
    "relay",
    "flag",
    "record",
    "interval",
    "pilot",
    "licence",
    "archive",
    "review",
    "draft",
    "format",
    "trial",
    "storm",
    "tide",
    "level",
    "benchmark",
    "survey",
    "editor",
    "minute",
    "share",
    "signal",
];

/// Words of a sentence that differ from number to number.
fn sentence(number: usize) -> String {
    let mut seed = number as u64 ^ 0x9e37_79b9_7f4a_7c15;
    let mut words = Vec::new();
    for _ in 0..14 {
        seed = seed
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        words.push(WORDS[(seed >> 33) as usize % WORDS.len()]);
    }
    if number.is_multiple_of(50) {
        words.push("没有基准面的文件应当拒收");
    }
    words.join(" ")
}

/// A meeting with this many points, put in at one go.
fn fill(archive: &mut Archive, points: usize) -> MeetingId {
    let env = SystemEnv;
    let start = Utc::now() - TimeDelta::days(30);
    let mut meeting = Meeting::new(MeetingId(env.fresh_id()));
    meeting.body = "Working Group".to_owned();
    meeting.starts = Some(start);
    let at = |number: usize| start + TimeDelta::seconds(number as i64);
    let items: Vec<Item> = (0..10)
        .map(|number| {
            Item::new(
                ItemId(env.fresh_id()),
                OrderKey::at(at(number)),
                format!("Item {number}"),
            )
        })
        .collect();
    let people: Vec<Participant> = (0..20)
        .map(|number| {
            Participant::new(
                ParticipantId(env.fresh_id()),
                OrderKey::at(at(number)),
                format!("Person {number}"),
            )
        })
        .collect();
    let points = (0..points)
        .map(|number| {
            let mut point = Point::new(
                PointId(env.fresh_id()),
                OrderKey::at(at(number)),
                at(number),
                sentence(number),
            );
            point.item = Some(items[number * items.len() / points].id);
            point.attribution = minuta_core::model::Attribution::Named;
            point.speakers = vec![people[number % people.len()].id];
            point
        })
        .collect();
    let plan = Plan {
        meeting,
        items,
        points,
        participants: people,
        passages: Vec::new(),
    };
    edit::import::as_new(archive, &plan).unwrap()
}

/// (a) One point through the whole door, against appending 12 KB and `fdatasync`.
fn door(folder: &Path) {
    let mut archive = Archive::open(&folder.join("door.sqlite"), system()).unwrap();
    let meeting = fill(&mut archive, 1000);
    archive.warm(meeting).unwrap();
    let mut floor = File::create(folder.join("floor")).unwrap();
    let page = vec![0x5a_u8; 12 * 1024];
    let (mut ours, mut theirs) = (Samples(Vec::new()), Samples(Vec::new()));
    for number in 0..600 {
        let line = format!("Person {}: {}", number % 20, sentence(number));
        theirs.0.extend(
            Samples::take(1, || {
                floor.write_all(&page).unwrap();
                floor.sync_data().unwrap();
            })
            .0,
        );
        ours.0.extend(
            Samples::take(1, || {
                black_box(edit::capture::enter(&mut archive, meeting, &line, None).unwrap());
            })
            .0,
        );
    }
    let floor = theirs.tell("append 12 KB and fdatasync: the floor");
    let door = ours.tell("one point through the whole door, durable");
    println!(
        "{:<58} {:>12.2}",
        "  ratio of the medians",
        door.as_secs_f64() / floor.as_secs_f64()
    );
}

/// (b) Parsing a line.
fn parsing() {
    let lines = [
        "Titti Cassa: the draft is out for comments",
        "action: Titti to send the draft by 15 January",
        "q+ Bruna to reply on funding",
        "a remark as it comes, with **bold** and a [link](https://example.org)",
        "s/old words/new words/",
    ];
    Samples::take(2000, || {
        for line in lines {
            black_box(parse(black_box(line)));
        }
    })
    .tell("parse of five lines");
}

/// (c) Opening a meeting of 10,000 points to its first 60 rows.
fn reading(folder: &Path) -> (Archive, MeetingId) {
    let path = folder.join("reading.sqlite");
    let mut archive = Archive::open(&path, system()).unwrap();
    let meeting = fill(&mut archive, 10_000);
    drop(archive);
    Samples::take(40, || {
        let archive = Archive::open(&path, system()).unwrap();
        black_box(archive.page(meeting, None, None, 60).unwrap());
    })
    .tell("open the archive and the last 60 of 10,000 points");
    let archive = std::sync::Mutex::new(Archive::open(&path, system()).unwrap());
    Samples::take(40, || {
        let request = serde_json::json!({ "meeting": meeting });
        black_box(minuta_core::api::call(&archive, "desk", request).unwrap());
    })
    .tell("everything else on the desk, 10,000 points");
    (archive.into_inner().unwrap(), meeting)
}

/// (d) Search over 100,000 points: the newest 50.
fn searching(folder: &Path) {
    let mut archive = Archive::open(&folder.join("search.sqlite"), system()).unwrap();
    for _ in 0..10 {
        fill(&mut archive, 10_000);
    }
    for (what, query) in [
        ("a word", "datum "),
        ("a beginning", "bench"),
        ("two Chinese letters", "基准"),
        ("two words", "datum harbour "),
        ("a phrase", "\"draft format\""),
        ("a word that is nowhere", "zebra "),
    ] {
        let found = archive.search(query, 50).unwrap().len();
        Samples::take(60, || {
            black_box(archive.search(black_box(query), 50).unwrap());
        })
        .tell(&format!("search, newest {found} of 100,000 points: {what}"));
    }
}

/// (e) Loading the document of a 10,000-point meeting.
fn loading((mut archive, meeting): (Archive, MeetingId)) {
    let before = resident();
    let start = Instant::now();
    archive.warm(meeting).unwrap();
    println!(
        "{:<58} {:>12.3?} {:>9} KB more",
        "load the document of 10,000 points",
        start.elapsed(),
        resident() - before
    );
}

/// Resident memory, in KB.
fn resident() -> i64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status
        .lines()
        .find(|line| line.starts_with("VmRSS:"))
        .unwrap_or_default();
    line.split_whitespace()
        .nth(1)
        .and_then(|number| number.parse().ok())
        .unwrap_or(0)
}
