//! The way over a real hub: what it carries, how it comes back, and what it says when it does not come about.

mod alone;
mod cluster;
mod readme;
mod refusals;
mod secured;

use std::thread;
use std::time::{Duration, Instant};

use minuta_core::model::share::{Lane, MessageId};
use minuta_core::share::wire::{Address, Arrived, Cut, Outgoing, Wire};
use minuta_tests::hub::Hub;
use minuta_wire::NatsWire;

/// The lanes of somebody who does not see what is off the record.
const OPEN: [Lane; 2] = [Lane::Members, Lane::Meeting];

/// Where the meeting `tag` is on a hub.
fn address(hub: &Hub, tag: &str) -> Address {
    Address {
        servers: vec![hub.url()],
        tag: tag.to_owned(),
        ..Address::default()
    }
}

fn wire(hub: &Hub, tag: &str) -> NatsWire {
    NatsWire::new(address(hub, tag)).unwrap()
}

fn id(number: u32) -> MessageId {
    let mut id = [0xa5; 32];
    id[..4].copy_from_slice(&number.to_be_bytes());
    MessageId(id)
}

/// The message of this number: its bytes tell it from every other.
fn message(lane: Lane, number: u32) -> Outgoing {
    Outgoing {
        lane,
        id: id(number),
        copy: 0,
        bytes: format!("sealed {number}").into_bytes(),
    }
}

fn sent(arrived: &Arrived) -> Outgoing {
    Outgoing {
        lane: arrived.lane,
        id: arrived.id,
        copy: 0,
        bytes: arrived.bytes.clone(),
    }
}

/// Asks until the answer is well, as the one who follows a meeting does.
fn until<T>(what: &str, mut ask: impl FnMut() -> Result<T, Cut>) -> T {
    let began = Instant::now();
    loop {
        match ask() {
            Ok(answer) => return answer,
            Err(cut) => assert!(began.elapsed() < Duration::from_secs(30), "{what}: {cut}"),
        }
        thread::sleep(Duration::from_millis(20));
    }
}

/// What arrives live, until there are so many.
fn hear(wire: &mut NatsWire, lanes: &[Lane], count: usize) -> Vec<Arrived> {
    let began = Instant::now();
    let mut heard = Vec::new();
    while heard.len() < count {
        assert!(
            began.elapsed() < Duration::from_secs(30),
            "{} of {count} arrived",
            heard.len()
        );
        heard.extend(wire.arrived(lanes, Duration::from_millis(200)).unwrap());
    }
    heard
}
