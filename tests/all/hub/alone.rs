//! The wire by itself, on one hub.

use std::thread;
use std::time::{Duration, Instant};

use minuta_core::model::share::Lane;
use minuta_core::share::wire::{Outgoing, Wire};
use minuta_tests::hub::Hub;
use minuta_tests::seed::share;

use super::{OPEN, address, hear, id, message, sent, until, wire};
use minuta_wire::NatsWire;

#[test]
fn what_is_published_is_listed_fetched_and_heard() {
    let Some(hub) = Hub::start() else { return };
    let (mut ann, mut ben) = (wire(&hub, "01"), wire(&hub, "01"));
    assert_eq!((ann.contact(), ben.contact()), (Ok(1), Ok(1)));
    assert!(ann.list(&Lane::ALL).unwrap().is_empty());
    assert!(ben.list(&OPEN).unwrap().is_empty());

    let messages: Vec<Outgoing> = Lane::ALL
        .into_iter()
        .zip(1..)
        .map(|(lane, number)| message(lane, number))
        .collect();
    assert_eq!(ann.publish(&messages), Ok(3));
    // A second time, by whomever, it is the same message.
    assert_eq!(ann.publish(&messages), Ok(3));
    assert_eq!(ben.publish(&messages[..2]), Ok(2));

    let heard: Vec<Outgoing> = hear(&mut ann, &Lane::ALL, 3).iter().map(sent).collect();
    assert!(messages.iter().all(|message| heard.contains(message)), "{heard:?}");
    // Who is not on a lane hears nothing of it, and is not told that anything is there.
    let heard = hear(&mut ben, &OPEN, 2);
    assert!(heard.iter().all(|arrived| arrived.lane != Lane::Internal), "{heard:?}");
    assert!(ben.arrived(&OPEN, Duration::from_millis(200)).unwrap().is_empty());

    let listed = ann.list(&Lane::ALL).unwrap();
    assert_eq!(
        listed.iter().map(|listed| listed.id).collect::<Vec<_>>(),
        [id(1), id(2), id(3)]
    );
    assert_eq!(listed.iter().map(|listed| listed.lane).collect::<Vec<_>>(), Lane::ALL);
    let listed = ben.list(&OPEN).unwrap();
    assert_eq!(
        listed.iter().map(|listed| listed.id).collect::<Vec<_>>(),
        [id(1), id(2)]
    );

    let all = [1, 2, 3, 4, 1000];
    let fetched: Vec<Outgoing> = ann.fetch(&Lane::ALL, &all).unwrap().iter().map(sent).collect();
    assert_eq!(fetched, messages, "and what does not lie there is left out");
    let fetched: Vec<Outgoing> = ben.fetch(&OPEN, &all).unwrap().iter().map(sent).collect();
    assert_eq!(fetched, messages[..2]);

    // Another meeting on the same hub is another world.
    assert!(wire(&hub, "02").list(&Lane::ALL).unwrap().is_empty());
}

#[test]
fn what_is_said_is_heard_by_all_and_kept_by_nobody() {
    let Some(hub) = Hub::start() else { return };
    let (mut ann, mut ben) = (wire(&hub, "01"), wire(&hub, "01"));
    ben.contact().unwrap();
    ben.list(&OPEN).unwrap();
    ann.whisper(b"here").unwrap();
    let began = Instant::now();
    let mut heard = ben.heard();
    while heard.is_empty() {
        // It also ends the wait for messages.
        assert!(ben.arrived(&OPEN, Duration::from_secs(5)).unwrap().is_empty());
        assert!(began.elapsed() < Duration::from_secs(5), "nothing was heard");
        heard = ben.heard();
    }
    assert_eq!(heard, [b"here"]);
    assert!(ben.heard().is_empty());
    assert!(ann.list(&Lane::ALL).unwrap().is_empty());
}

#[test]
fn a_wait_ends_with_the_first_message_or_when_woken() {
    let Some(hub) = Hub::start() else { return };
    let (mut ann, mut ben) = (wire(&hub, "01"), wire(&hub, "01"));
    ben.list(&OPEN).unwrap();
    ann.list(&OPEN).unwrap();
    let began = Instant::now();
    assert!(ben.arrived(&OPEN, Duration::from_millis(150)).unwrap().is_empty());
    assert!(began.elapsed() >= Duration::from_millis(150));

    let waker = ben.waker();
    let waking = thread::spawn(move || {
        thread::sleep(Duration::from_millis(100));
        waker.wake();
    });
    let began = Instant::now();
    assert!(ben.arrived(&OPEN, Duration::from_secs(20)).unwrap().is_empty());
    assert!(began.elapsed() < Duration::from_secs(10));
    waking.join().unwrap();

    let publishing = thread::spawn(move || {
        thread::sleep(Duration::from_millis(100));
        ann.publish(&[message(Lane::Meeting, 1)]).unwrap();
    });
    let began = Instant::now();
    assert_eq!(ben.arrived(&OPEN, Duration::from_secs(20)).unwrap().len(), 1);
    assert!(began.elapsed() < Duration::from_secs(10));
    publishing.join().unwrap();
}

#[test]
fn thousands_go_in_one_breath_and_come_back_in_any_choice() {
    let Some(hub) = Hub::start() else { return };
    let (mut ann, mut ben) = (wire(&hub, "01"), wire(&hub, "01"));
    ben.list(&Lane::ALL).unwrap();
    let count = u32::try_from(share(3_000, 50_000)).unwrap();
    let lane = |number: u32| Lane::ALL[number as usize % 3];
    let messages: Vec<Outgoing> = (0..count).map(|number| message(lane(number), number)).collect();
    assert_eq!(ann.publish(&messages), Ok(messages.len()));
    let mut live = hear(&mut ben, &Lane::ALL, messages.len());
    assert_eq!(live.len(), messages.len(), "none twice");
    live.sort_by_key(|arrived| arrived.place);
    assert!(live.iter().map(sent).eq(messages.iter().cloned()));

    let listed = ben.list(&Lane::ALL).unwrap();
    assert!(
        listed
            .iter()
            .map(|listed| listed.id)
            .eq(messages.iter().map(|message| message.id))
    );
    assert!(listed.is_sorted_by(|one, next| one.place < next.place));
    let all: Vec<u64> = listed.iter().map(|listed| listed.place).collect();
    for every in [1, 2, 7, 100, 1000] {
        let wanted: Vec<usize> = (0..all.len()).step_by(every).collect();
        let places: Vec<u64> = wanted.iter().map(|at| all[*at]).collect();
        let fetched = ben.fetch(&Lane::ALL, &places).unwrap();
        assert!(
            fetched
                .iter()
                .map(sent)
                .eq(wanted.iter().map(|at| messages[*at].clone())),
            "every {every}"
        );
    }
}

#[test]
fn a_body_longer_than_the_hubs_largest_message_arrives_whole() {
    let Some(hub) = Hub::start_with("max_payload: 16KB\n", true) else {
        return;
    };
    let (mut ann, mut ben) = (wire(&hub, "01"), wire(&hub, "01"));
    ben.list(&OPEN).unwrap();
    let long = |number: u32, length: usize| Outgoing {
        bytes: (0..length).map(|at| (at * 7 + number as usize) as u8).collect(),
        ..message(Lane::Meeting, number)
    };
    let messages = [
        long(1, 300_000),
        message(Lane::Meeting, 2),
        long(3, 16 * 1024),
        long(4, 0),
    ];
    assert_eq!(ann.publish(&messages), Ok(4));
    let live: Vec<Outgoing> = hear(&mut ben, &OPEN, 4).iter().map(sent).collect();
    assert_eq!(live, messages);
    let listed = ben.list(&OPEN).unwrap();
    assert_eq!(
        listed.iter().map(|listed| listed.id).collect::<Vec<_>>(),
        [1, 2, 3, 4].map(id)
    );
    let places: Vec<u64> = listed.iter().map(|listed| listed.place).collect();
    let fetched: Vec<Outgoing> = ben.fetch(&OPEN, &places).unwrap().iter().map(sent).collect();
    assert_eq!(fetched, messages);
    let one: Vec<Outgoing> = ben.fetch(&OPEN, &places[..1]).unwrap().iter().map(sent).collect();
    assert_eq!(one, messages[..1]);
}

#[test]
fn a_hub_that_was_killed_is_found_again_as_it_was() {
    let Some(mut hub) = Hub::start() else { return };
    let mut ann = wire(&hub, "01");
    ann.list(&OPEN).unwrap();
    ann.publish(&[message(Lane::Meeting, 1)]).unwrap();
    assert_eq!(hear(&mut ann, &OPEN, 1)[0].id, id(1));
    hub.kill();
    let began = Instant::now();
    let cut = ann.arrived(&OPEN, Duration::from_secs(20)).unwrap_err();
    assert_eq!(cut.0, "the connection to the hub is lost");
    assert!(began.elapsed() < Duration::from_secs(10), "it is told at once");
    let began = Instant::now();
    while !ann.contact().unwrap_err().0.contains("nothing listens there") {
        assert!(began.elapsed() < Duration::from_secs(5), "nobody tries again");
    }
    assert!(ann.publish(&[message(Lane::Meeting, 2)]).is_err());
    hub.start_again();
    assert_eq!(until("contact", || ann.contact()), 2);
    assert_eq!(ann.list(&OPEN).unwrap().len(), 1);
    ann.publish(&[message(Lane::Meeting, 2)]).unwrap();
    assert_eq!(hear(&mut ann, &OPEN, 1)[0].id, id(2), "only what is new is live");
}

#[test]
fn a_hub_that_came_back_empty_or_older_is_told_as_what_it_is() {
    let Some(mut hub) = Hub::start() else { return };
    let old = tempfile::tempdir().unwrap();
    let (mut ann, mut ben) = (wire(&hub, "01"), wire(&hub, "01"));
    let held = |wire: &mut NatsWire| -> Vec<_> {
        let listed = until("a list", || wire.list(&OPEN));
        listed.into_iter().map(|listed| listed.id).collect()
    };
    let first: Vec<Outgoing> = (1..=3).map(|number| message(Lane::Meeting, number)).collect();
    let later: Vec<Outgoing> = (4..=6).map(|number| message(Lane::Meeting, number)).collect();
    ann.publish(&first).unwrap();
    hub.kill();
    hub.copy_store(old.path());
    hub.start_again();
    assert_eq!(held(&mut ann), [1, 2, 3].map(id));
    ann.publish(&later).unwrap();
    ben.list(&OPEN).unwrap();

    hub.kill();
    hub.lose_everything();
    hub.start_again();
    assert!(held(&mut ann).is_empty());
    assert!(held(&mut ben).is_empty());
    // The lowest places are taken once more: both hear it, though they had heard of higher ones before.
    ann.publish(&later).unwrap();
    assert_eq!(hear(&mut ann, &OPEN, 3).len(), 3);
    assert_eq!(hear(&mut ben, &OPEN, 3).len(), 3);

    hub.kill();
    hub.put_store(old.path());
    hub.start_again();
    assert_eq!(held(&mut ann), [1, 2, 3].map(id));
    ann.publish(&later).unwrap();
    assert_eq!(held(&mut ben), [1, 2, 3, 4, 5, 6].map(id));
    assert!(ann.contact().unwrap() >= 4);
}

#[test]
fn a_wire_that_is_let_go_leaves_nothing_behind() {
    let Some(hub) = Hub::start() else { return };
    for _ in 0..20 {
        let mut wire = NatsWire::new(address(&hub, "01")).unwrap();
        wire.list(&OPEN).unwrap();
        wire.arrived(&OPEN, Duration::ZERO).unwrap();
    }
    let threads = || {
        let tasks = std::fs::read_dir("/proc/self/task").into_iter().flatten().flatten();
        let names = tasks.filter_map(|task| std::fs::read_to_string(task.path().join("comm")).ok());
        names.filter(|name| name.starts_with("minuta-wire")).count()
    };
    // Tests beside this one have wires too, but by far not twenty.
    assert!(threads() < 20, "{} threads", threads());
}
