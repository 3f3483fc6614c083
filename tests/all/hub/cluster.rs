//! Three servers that are one hub, with TLS and permissions as the README sets them up.

use std::thread;
use std::time::{Duration, Instant};

use minuta_core::model::share::Lane;
use minuta_core::share::wire::{Address, Wire};
use minuta_tests::hub::Hub;
use minuta_wire::NatsWire;

use super::secured::Authority;
use super::{OPEN, id, message, readme, until};

#[test]
fn a_cluster_of_three_outlives_the_loss_of_one() {
    let authority = Authority::with_certificate_for(&["127.0.0.1"]);
    let Some(mut hubs) = readme::three(&authority) else {
        return;
    };
    // Two of the three are named: whichever of them one comes to, all is there.
    let address = |hubs: &[&Hub]| Address {
        servers: hubs
            .iter()
            .map(|hub| hub.url().replace("nats://", "tls://ann:secret-1@"))
            .collect(),
        authority: Some(authority.file("authority.pem")),
        tag: "01".to_owned(),
        ..Address::default()
    };
    let mut ann = NatsWire::new(address(&[&hubs[0], &hubs[1]])).unwrap();
    // The servers have to find each other first, and to choose who leads.
    until("the cluster", || ann.list(&OPEN));
    let first: Vec<_> = (0..100).map(|number| message(Lane::Meeting, number)).collect();
    assert_eq!(ann.publish(&first), Ok(100));

    for lost in [0, 1] {
        let before = ann.contact().unwrap_or(0);
        hubs[lost].kill();
        let number = 200 + lost as u32;
        let began = Instant::now();
        loop {
            // What the loss cut off is published again; the hub takes it once.
            if ann.publish(&[message(Lane::Meeting, number)]) == Ok(1) {
                break;
            }
            assert!(
                began.elapsed() < Duration::from_secs(60),
                "no contact with the two that are left"
            );
            thread::sleep(Duration::from_millis(50));
        }
        let listed = until("a list", || ann.list(&OPEN));
        assert_eq!(listed.iter().filter(|listed| listed.id == id(number)).count(), 1);
        assert_eq!(listed.len(), 101 + lost);
        assert!(ann.contact().unwrap() >= before);
        hubs[lost].start_again();
        let mut back = NatsWire::new(address(&[&hubs[lost]])).unwrap();
        assert_eq!(until("the one that came back", || back.list(&OPEN)).len(), 101 + lost);
    }
}
