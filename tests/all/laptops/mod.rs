//! Meetings shared over a real hub: written on several laptops, live and apart, with hubs that die, forget, and come back
//! older; and laptops that do.

mod apart;
mod ended;
mod files;
mod hubs;
mod killed;
mod live;
mod spoiled;
mod tides;
mod typed;

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant};

use minuta_core::env::SystemEnv;
use minuta_core::model::MeetingId;
use minuta_core::model::share::Role;
use minuta_core::share::{self, Follower, Step};
use minuta_core::{Archive, edit};
use minuta_tests::hub::Hub;
use minuta_tests::line::Line;
use minuta_wire::NatsWire;

/// A laptop: an archive on its disk, and its own line to the hub.
struct Laptop {
    folder: tempfile::TempDir,
    name: String,
    archive: Archive,
    meeting: MeetingId,
    line: Arc<Line>,
    wire: NatsWire,
    follower: Follower,
}

impl Laptop {
    /// The one that shares a meeting.
    fn first(hub: &Hub) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let mut archive = open(&folder);
        let meeting = tides::new_meeting(&mut archive);
        let line = Line::to(hub.port());
        share::share(&mut archive, meeting, &[line.url()], "laptop 1").unwrap();
        Self::following(folder, "laptop 1", archive, meeting, line)
    }

    /// Another one, which joins.
    fn joined(&mut self, hub: &Hub, name: &str, role: Role) -> Self {
        let invitation = share::invite(&mut self.archive, self.meeting, role).unwrap();
        let folder = tempfile::tempdir().unwrap();
        let mut archive = open(&folder);
        let meeting = share::join(&mut archive, &invitation, name).unwrap();
        let line = Line::to(hub.port());
        share::set_address(&mut archive, meeting, &[line.url()], "", "").unwrap();
        Self::following(folder, name, archive, meeting, line)
    }

    fn following(folder: tempfile::TempDir, name: &str, archive: Archive, meeting: MeetingId, line: Line) -> Self {
        let address = share::address(&archive, meeting).unwrap().unwrap();
        Self {
            folder,
            name: name.to_owned(),
            archive,
            meeting,
            line: Arc::new(line),
            wire: NatsWire::new(address).unwrap(),
            follower: Follower::new(meeting),
        }
    }

    fn path(&self) -> PathBuf {
        self.folder.path().join("tried.minuta")
    }

    fn step(&mut self, wait: Duration) -> Step {
        self.follower.step(&mut self.archive, &mut self.wire, wait).unwrap()
    }

    fn write(&mut self, line: &str) {
        edit::capture::enter(&mut self.archive, self.meeting, line, None).unwrap();
    }

    /// Writes so many lines, each of its own words, and follows the meeting all the while.
    fn write_many(&mut self, what: &str, count: usize) {
        for number in 0..count {
            self.write(&format!("{} {what} {number}", self.name));
            self.step(Duration::ZERO);
        }
    }

    /// The changes of the meeting and of its companion, as far as they are here: by document, their hashes.
    fn changes(&self) -> BTreeMap<String, BTreeSet<Vec<u8>>> {
        let conn = rusqlite::Connection::open(self.path()).unwrap();
        let mut query = conn
            .prepare(
                "SELECT document.kind, change.hash FROM change JOIN document ON document.row = change.document
                 WHERE document.meeting = ?1",
            )
            .unwrap();
        let mut changes: BTreeMap<String, BTreeSet<Vec<u8>>> = BTreeMap::new();
        let rows = query.query_map([self.meeting.to_string()], |row| Ok((row.get(0)?, row.get(1)?)));
        for row in rows.unwrap() {
            let (kind, hash) = row.unwrap();
            assert!(
                changes.entry(kind).or_default().insert(hash),
                "a change stands twice in the log"
            );
        }
        changes
    }

    /// How many changes are here.
    fn count(&self) -> usize {
        self.changes().values().map(BTreeSet::len).sum()
    }

    /// Every point's text; each stands once.
    fn texts(&self) -> BTreeSet<String> {
        let points = match self.archive.record(self.meeting) {
            Ok(record) => record.points,
            // Joined, and nothing has come yet.
            Err(minuta_core::Error::NotFound(_)) => Vec::new(),
            Err(error) => panic!("{}: {error}", self.name),
        };
        let texts: BTreeSet<String> = points.iter().map(|point| point.point.text.clone()).collect();
        assert_eq!(texts.len(), points.len(), "a point stands twice on {}", self.name);
        texts
    }
}

fn open(folder: &tempfile::TempDir) -> Archive {
    Archive::open(&folder.path().join("tried.minuta"), Arc::new(SystemEnv)).unwrap()
}

/// One laptop and as many who joined it as scribes, all with the meeting.
fn laptops(hub: &Hub, count: usize) -> Vec<Laptop> {
    let mut first = Laptop::first(hub);
    let mut all: Vec<Laptop> = (2..=count)
        .map(|number| first.joined(hub, &format!("laptop {number}"), Role::Scribe))
        .collect();
    all.insert(0, first);
    settle(&mut all);
    all
}

/// Lets all of them do something at once, each on its own thread.
fn at_once(all: &mut [Laptop], act: impl Fn(&mut Laptop) + Sync) {
    thread::scope(|scope| {
        for laptop in all {
            scope.spawn(|| act(laptop));
        }
    });
}

/// Follows on all until they hold the same changes, and nothing waits any more.
fn settle(all: &mut [Laptop]) {
    let began = Instant::now();
    loop {
        at_once(all, |laptop| {
            for _ in 0..5 {
                laptop.step(Duration::from_millis(20));
            }
        });
        let waits = |laptop: &Laptop| share::state(&laptop.archive, laptop.meeting).unwrap().unwrap().waiting > 0;
        if all.windows(2).all(|two| two[0].count() == two[1].count()) && !all.iter().any(waits) {
            return;
        }
        let counts: Vec<usize> = all.iter().map(Laptop::count).collect();
        assert!(
            began.elapsed() < Duration::from_secs(240),
            "they do not come together: {counts:?}"
        );
    }
}

/// All are the same: heads, record, and everything that was written, each once; and each archive is whole.
fn are_one(all: &[Laptop], written: &BTreeSet<String>) {
    let first = &all[0];
    let record = serde_json::to_value(first.archive.record(first.meeting).unwrap()).unwrap();
    for laptop in all {
        assert!(
            laptop.changes() == first.changes(),
            "{} holds other changes",
            laptop.name
        );
        let own = serde_json::to_value(laptop.archive.record(laptop.meeting).unwrap()).unwrap();
        assert!(own == record, "{} shows another record", laptop.name);
        let texts = laptop.texts();
        let lost: Vec<_> = written.difference(&texts).collect();
        let strange: Vec<_> = texts.difference(written).collect();
        assert!(
            lost.is_empty() && strange.is_empty(),
            "{}: lost {lost:?}, strange {strange:?}",
            laptop.name
        );
        let aside = share::aside(&laptop.archive, laptop.meeting).unwrap();
        assert!(aside.is_empty(), "{}: {aside:?}", laptop.name);
        let report = minuta_core::check(&laptop.path(), &SystemEnv).unwrap();
        assert!(report.findings.is_empty(), "{}: {:?}", laptop.name, report.findings);
    }
}

/// What `write_many` writes.
fn written(all: &[Laptop], what: &str, count: usize) -> BTreeSet<String> {
    let names = all.iter().map(|laptop| laptop.name.clone());
    names
        .flat_map(|name| (0..count).map(move |number| format!("{name} {what} {number}")))
        .collect()
}
