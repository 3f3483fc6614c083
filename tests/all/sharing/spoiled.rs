//! A hub in memory that keeps what it is given badly.

use minuta_core::model::share::{Lane, Role};
use minuta_core::share::memory::MemoryHub;
use minuta_core::share::{exchange, log};
use tempfile::TempDir;

use super::{Laptop, agree};

fn sync(laptop: &mut Laptop) -> usize {
    laptop.wire.cut(true);
    laptop.wire.cut(false);
    exchange(&mut laptop.archive, laptop.meeting, &mut laptop.wire)
        .unwrap()
        .sent
}

/// An owner and a scribe who have met.
fn two(folder: &TempDir, hub: &MemoryHub) -> (Laptop, Laptop) {
    let mut owner = Laptop::owner(folder, hub);
    let mut scribe = Laptop::joins(folder, hub, &mut owner, 1, Role::Scribe);
    sync(&mut owner);
    sync(&mut scribe);
    (owner, scribe)
}

#[test]
fn a_body_that_was_spoiled_on_any_lane_is_called_for_and_sent_once_more() {
    for lane in Lane::ALL {
        let folder = tempfile::tempdir().unwrap();
        let hub = MemoryHub::new(1);
        let (mut owner, scribe) = two(&folder, &hub);
        owner.says("said aloud");
        owner.says("[off] said behind the hand");
        assert!(sync(&mut owner) > 0);
        hub.spoil(lane);
        // A third comes, who needs all of it, and finds that this cannot be read.
        let mut third = Laptop::joins(&folder, &hub, &mut owner, 2, Role::Scribe);
        sync(&mut third);
        let mut all = [owner, scribe, third];
        for who in [1, 0, 2, 1, 2] {
            sync(&mut all[who]);
        }
        agree(&all);
        assert_eq!(all[2].texts(), ["said aloud", "said behind the hand"], "{lane}");
        for laptop in &mut all {
            assert_eq!(sync(laptop), 0, "it goes on and on");
        }
    }
}

#[test]
fn a_hub_that_spoils_whatever_it_is_given_is_given_no_more_in_the_end() {
    let folder = tempfile::tempdir().unwrap();
    let hub = MemoryHub::new(1);
    let (mut owner, mut scribe) = two(&folder, &hub);
    owner.says("said aloud");
    for _ in 0..12 {
        sync(&mut owner);
        hub.spoil(Lane::Meeting);
        sync(&mut scribe);
        hub.spoil(Lane::Meeting);
    }
    let held = hub.held().len();
    assert!(held < 80, "{held} messages");
    sync(&mut owner);
    sync(&mut scribe);
    assert_eq!(hub.held().len(), held);
    let told = log(&scribe.archive, scribe.meeting).unwrap();
    assert!(
        told.iter().any(|line| line.event.contains("called for once more")),
        "{told:?}"
    );
    // A hub that is sound again is filled as ever.
    hub.empty();
    for _ in 0..2 {
        sync(&mut owner);
        sync(&mut scribe);
    }
    assert_eq!(scribe.texts(), ["said aloud"]);
    agree(&[owner, scribe]);
}

#[test]
fn what_a_stranger_puts_there_makes_nobody_work_for_ever() {
    let folder = tempfile::tempdir().unwrap();
    let hub = MemoryHub::new(1);
    let mut owner = Laptop::owner(&folder, &hub);
    let mut scribe = Laptop::joins(&folder, &hub, &mut owner, 1, Role::Scribe);
    sync(&mut owner);
    for number in 0..300_u32 {
        let mut id = minuta_core::model::share::MessageId::default();
        id.0[..4].copy_from_slice(&number.to_be_bytes());
        hub.put(Lane::ALL[number as usize % 3], id, vec![7; 100]);
    }
    for _ in 0..8 {
        sync(&mut owner);
        sync(&mut scribe);
    }
    let held = hub.held().len();
    for _ in 0..3 {
        sync(&mut owner);
        sync(&mut scribe);
    }
    assert_eq!(hub.held().len(), held);
    owner.says("said aloud");
    sync(&mut owner);
    sync(&mut scribe);
    assert_eq!(scribe.texts(), ["said aloud"]);
}
