//! A hub that keeps something else under the right id.

use std::collections::BTreeSet;
use std::time::{Duration, Instant};

use minuta_core::model::share::{Lane, Reason, Role};
use minuta_core::share::wire::{Outgoing, Wire as _};
use minuta_core::share::{self};
use minuta_tests::hub::Hub;
use minuta_wire::NatsWire;

use super::{Laptop, are_one, settle};

/// What the first laptop of a meeting holds, as it publishes it: from a hub of its own.
fn messages(laptop: &mut Laptop) -> Vec<Outgoing> {
    laptop.step(Duration::ZERO);
    let places: Vec<u64> = (1..1000).collect();
    let held = laptop.wire.fetch(&Lane::ALL, &places).unwrap();
    held.into_iter()
        .map(|one| Outgoing {
            lane: one.lane,
            id: one.id,
            copy: 0,
            bytes: one.bytes,
        })
        .collect()
}

fn spoil(mut message: Outgoing) -> Outgoing {
    let last = message.bytes.len() - 1;
    message.bytes[last] ^= 1;
    message
}

#[test]
fn what_lies_spoiled_on_the_hub_comes_through_beside_it() {
    let (Some(hub), Some(other)) = (Hub::start(), Hub::start()) else {
        return;
    };
    let mut ann = Laptop::first(&hub);
    let mut ben = ann.joined(&hub, "laptop 2", Role::Scribe);
    // All that is written, members and points, lies on this hub with other bodies.
    ann.write("one");
    let spoiled: Vec<Outgoing> = messages(&mut ann).into_iter().map(spoil).collect();
    assert!(spoiled.len() >= 3, "{}", spoiled.len());
    let mut elsewhere = share::address(&ann.archive, ann.meeting).unwrap().unwrap();
    elsewhere.servers = vec![other.url()];
    let mut harm = NatsWire::new(elsewhere.clone()).unwrap();
    assert_eq!(harm.publish(&spoiled), Ok(spoiled.len()));
    // Both meet there from now on, and not at the same time.
    for laptop in [&mut ann, &mut ben] {
        share::set_address(&mut laptop.archive, laptop.meeting, &[other.url()], "", "").unwrap();
        laptop.wire = NatsWire::new(elsewhere.clone()).unwrap();
    }
    let sync = |laptop: &mut Laptop| share::exchange(&mut laptop.archive, laptop.meeting, &mut laptop.wire).unwrap();
    assert_eq!(sync(&mut ann).sent, 0, "by its ids, the hub has everything");
    let taken = sync(&mut ben).taken;
    assert_eq!(taken.changes, 0);
    assert_eq!(taken.aside.get(&Reason::Tampered), Some(&spoiled.len()), "{taken:?}");
    assert_eq!(share::aside(&ben.archive, ben.meeting).unwrap().len(), spoiled.len());
    let logged = |laptop: &Laptop, words: &str| {
        let log = share::log(&laptop.archive, laptop.meeting).unwrap();
        log.iter().any(|line| line.event.contains(words))
    };
    assert!(logged(&ben, "spoiled on the hub: called for once more"));
    assert_eq!(sync(&mut ann).sent, spoiled.len());
    assert!(logged(&ann, "sent once more: spoiled on the hub"));
    sync(&mut ben);
    assert_eq!(sync(&mut ann).sent, 0, "nothing is sent a third time");
    let mut both = [ann, ben];
    settle(&mut both);
    are_one(&both, &BTreeSet::from(["one".to_owned()]));
}

#[test]
fn what_comes_spoiled_while_both_are_there_comes_through_soon() {
    let Some(hub) = Hub::start() else { return };
    let mut all = super::laptops(&hub, 2);
    // Before the first can send it, something else lies there under its id.
    all[0].line.cut();
    all[0].write("one");
    while all[0].step(Duration::from_millis(20)).connected {}
    let packed = share::state(&all[0].archive, all[0].meeting).unwrap().unwrap();
    assert_eq!(packed.waiting, 1);
    let aside = tempfile::tempdir().unwrap();
    let message = published_by(&all[0], aside.path());
    let mut harm = NatsWire::new(share::address(&all[1].archive, all[1].meeting).unwrap().unwrap()).unwrap();
    assert_eq!(harm.publish(&[spoil(message)]), Ok(1));
    all[0].line.mend();
    let began = Instant::now();
    while !all[1].texts().contains("one") {
        super::at_once(&mut all, |laptop| drop(laptop.step(Duration::from_millis(50))));
        assert!(began.elapsed() < Duration::from_secs(30), "it does not come through");
    }
    settle(&mut all);
    are_one(&all, &BTreeSet::from(["one".to_owned()]));
}

/// The one message that a laptop would publish now: what a copy of its archive sends to a hub of its own.
fn published_by(laptop: &Laptop, folder: &std::path::Path) -> Outgoing {
    let hub = Hub::start().unwrap();
    let path = folder.join("copy.minuta");
    minuta_core::backup(&laptop.archive, &path).unwrap();
    let mut copy = minuta_core::Archive::open(&path, std::sync::Arc::new(minuta_core::env::SystemEnv)).unwrap();
    let mut address = share::address(&copy, laptop.meeting).unwrap().unwrap();
    address.servers = vec![hub.url()];
    let mut wire = NatsWire::new(address).unwrap();
    share::exchange(&mut copy, laptop.meeting, &mut wire).unwrap();
    let places: Vec<u64> = (1..1000).collect();
    let last = wire
        .fetch(&Lane::ALL, &places)
        .unwrap()
        .into_iter()
        .rfind(|one| one.lane == Lane::Meeting);
    let last = last.unwrap();
    Outgoing {
        lane: last.lane,
        id: last.id,
        copy: 0,
        bytes: last.bytes,
    }
}
