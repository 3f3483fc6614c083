//! Meetings shared between archives, over a hub in memory with all kinds of weather, and by file.

mod beneath;
mod by_file;
mod restored;
mod schedules;
mod spoiled;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::time::Duration;

use minuta_core::Archive;
use minuta_core::model::MeetingId;
use minuta_core::model::share::Role;
use minuta_core::share::memory::{MemoryHub, MemoryWire};
use minuta_core::share::{self, Follower, Step};
use tempfile::TempDir;

use crate::opened::{is_whole, meeting, open, type_lines};

/// An archive with its way to the hub.
struct Laptop {
    archive: Archive,
    wire: MemoryWire,
    follower: Follower,
    path: PathBuf,
    role: Role,
    meeting: MeetingId,
}

impl Laptop {
    fn path(folder: &TempDir, number: usize) -> PathBuf {
        folder.path().join(format!("laptop-{number}.minuta"))
    }

    /// The owner's, with a shared meeting.
    fn owner(folder: &TempDir, hub: &MemoryHub) -> Self {
        let path = Self::path(folder, 0);
        let mut archive = open(&path, 1);
        let id = meeting(&mut archive, 1);
        share::share(&mut archive, id, &["memory".to_owned()], "Owner").unwrap();
        Self {
            archive,
            wire: hub.wire(),
            follower: Follower::new(id),
            path,
            role: Role::Owner,
            meeting: id,
        }
    }

    /// One that joins by a fresh invitation.
    fn joins(folder: &TempDir, hub: &MemoryHub, owner: &mut Self, number: usize, role: Role) -> Self {
        let path = Self::path(folder, number);
        let mut archive = open(&path, u16::try_from(number + 1).unwrap());
        let text = share::invite(&mut owner.archive, owner.meeting, role).unwrap();
        let id = share::join(&mut archive, &text, &format!("Laptop {number}")).unwrap();
        Self {
            archive,
            wire: hub.wire(),
            follower: Follower::new(id),
            path,
            role,
            meeting: id,
        }
    }

    fn step(&mut self) -> Step {
        self.follower
            .step(&mut self.archive, &mut self.wire, Duration::ZERO)
            .unwrap()
    }

    fn says(&mut self, line: &str) {
        type_lines(&mut self.archive, self.meeting, &[line]);
    }

    /// What the record says, as JSON; none where nothing has come yet.
    fn record(&self) -> Option<serde_json::Value> {
        let record = self.archive.record(self.meeting).ok()?;
        Some(serde_json::to_value(record).unwrap())
    }

    fn texts(&self) -> Vec<String> {
        let record = self.archive.record(self.meeting).unwrap();
        record.points.into_iter().map(|view| view.point.text).collect()
    }

    /// The hashes of the changes of one of its documents; none may be there twice.
    fn changes(&self, kind: &str) -> BTreeSet<Vec<u8>> {
        changes(&self.path, self.meeting, kind)
    }
}

fn changes(path: &Path, meeting: MeetingId, kind: &str) -> BTreeSet<Vec<u8>> {
    let conn = rusqlite::Connection::open(path).unwrap();
    let mut statement = conn
        .prepare("SELECT c.hash FROM change AS c JOIN document AS d ON d.row = c.document WHERE d.meeting = ?1 AND d.kind = ?2")
        .unwrap();
    let all: Vec<Vec<u8>> = statement
        .query_map([meeting.to_string(), kind.to_owned()], |row| row.get(0))
        .unwrap()
        .map(Result::unwrap)
        .collect();
    let once: BTreeSet<Vec<u8>> = all.iter().cloned().collect();
    assert_eq!(once.len(), all.len(), "a change is in the log twice");
    once
}

/// All make contact anew until nothing more comes of it.
fn settle(laptops: &mut [Laptop]) {
    for _ in 0..20 {
        let mut came = false;
        for laptop in laptops.iter_mut() {
            laptop.wire.cut(true);
            laptop.wire.cut(false);
            let step = laptop.step();
            assert!(step.connected);
            came |= step.sent > 0 || step.taken.is_any();
        }
        if !came {
            return;
        }
    }
    panic!("it does not come to rest");
}

/// All hold the same, and nothing is wrong with any.
fn agree(laptops: &[Laptop]) {
    let (first, others) = laptops.split_first().unwrap();
    let of = |internal: bool| laptops.iter().filter(move |one| (one.role >= Role::Scribe) == internal);
    for laptop in others {
        assert_eq!(laptop.changes("meeting"), first.changes("meeting"));
    }
    for laptop in of(true) {
        assert_eq!(laptop.changes("internal"), first.changes("internal"));
    }
    for internal in [true, false] {
        let records: Vec<_> = of(internal).map(Laptop::record).collect();
        assert!(records.windows(2).all(|two| two[0] == two[1]), "{records:#?}");
    }
    for laptop in laptops {
        is_whole(&laptop.path);
        let state = share::state(&laptop.archive, laptop.meeting).unwrap().unwrap();
        assert_eq!(
            (state.waiting, state.aside),
            (0, 0),
            "{:?}",
            share::aside(&laptop.archive, laptop.meeting)
        );
    }
}
