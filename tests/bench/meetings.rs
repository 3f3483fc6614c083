//! What is opened: a meeting typed line by line, and one with the same people and agenda in which nothing was said yet.

use std::fs;
use std::path::{Path, PathBuf};

use minuta_core::model::MeetingId;
use minuta_core::{Archive, edit};

#[allow(
    dead_code,
    reason = "shared with the core's measurements, which put whole meetings in"
)]
#[path = "../../src-tauri/core/benches/made/mod.rs"]
mod made;

pub(crate) use made::{sentence, system};

const PEOPLE: usize = 20;
const ITEMS: usize = 10;

/// An archive with the long meeting and the empty one.
pub(crate) struct Meetings {
    pub(crate) archive: PathBuf,
    pub(crate) long: MeetingId,
    pub(crate) empty: MeetingId,
    /// The one whose report of some thirty pages is written.
    pub(crate) report: MeetingId,
}

impl Meetings {
    /// Types them into an archive in this folder.
    pub(crate) fn make(folder: &Path, points: usize) -> Self {
        // Ten thousand durable lines take long on a disk and are no part of any measurement: they are typed in memory.
        let memory = Path::new("/dev/shm");
        let scratch = if memory.is_dir() {
            tempfile::tempdir_in(memory)
        } else {
            tempfile::tempdir_in(folder)
        }
        .unwrap();
        let typed = scratch.path().join("typed.minuta");
        let mut archive = Archive::open(&typed, system()).unwrap();
        let empty = meeting(&mut archive, 1, 0);
        let long = meeting(&mut archive, 2, points);
        let report = made::written(&mut archive);
        drop(archive);
        // The first loading leaves a snapshot behind, as the window's first opening does.
        let mut archive = Archive::open(&typed, system()).unwrap();
        archive.warm(long).unwrap();
        drop(archive);
        let archive = folder.join("measured.minuta");
        fs::copy(&typed, &archive).unwrap();
        Self {
            archive,
            long,
            empty,
            report,
        }
    }
}

/// A meeting under way with this many points.
fn meeting(archive: &mut Archive, number: u32, points: usize) -> MeetingId {
    let new = edit::meeting::New {
        series: "Working Group on Tides".to_owned(),
        short: "WG-Tide".to_owned(),
        number: Some(number),
        starts: Some(chrono::Utc::now()),
        zone: "Europe/Rome".to_owned(),
        form: String::new(),
    };
    let id = edit::meeting::create(archive, &new).unwrap();
    let mut enter = |line: String| drop(edit::capture::enter(archive, id, &line, None).unwrap());
    for person in 0..PEOPLE {
        enter(format!("participant: Person {person}, Harbour {person}"));
    }
    for item in 0..ITEMS {
        enter(format!("agenda+ Item {item}: {}", &sentence(item)[..20]));
    }
    enter("#startmeeting".to_owned());
    enter("/take 1".to_owned());
    for point in 0..points {
        if point > 0 && point.is_multiple_of(points.div_ceil(ITEMS)) {
            enter("/next".to_owned());
        }
        enter(format!("Person {}: {}", point % PEOPLE, sentence(point)));
    }
    id
}
