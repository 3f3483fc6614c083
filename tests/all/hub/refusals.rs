//! Why there is no contact: each reason in words that somebody can act upon.

use std::net::TcpListener;
use std::time::{Duration, Instant};

use minuta_core::model::share::Lane;
use minuta_core::share::wire::{Address, Wire};
use minuta_tests::hub::{Hub, free_port};
use minuta_wire::NatsWire;

use super::{OPEN, address, message, until, wire};

fn reason(address: Address) -> String {
    let mut wire = NatsWire::new(address).unwrap();
    wire.contact().unwrap_err().0
}

fn at(url: &str) -> Address {
    Address {
        servers: vec![url.to_owned()],
        tag: "01".to_owned(),
        ..Address::default()
    }
}

#[test]
fn an_address_that_leads_nowhere_is_told() {
    let refused = reason(at(&format!("nats://127.0.0.1:{}", free_port())));
    assert_eq!(refused, "the hub refused the connection: nothing listens there");
    assert!(reason(at("nats://no-such-hub.invalid:4222")).starts_with("the hub's name is not known: "));
    for nonsense in ["http://localhost:80", "nats://", "", "a b"] {
        let told = reason(at(nonsense));
        assert!(
            told.starts_with(&format!("\"{nonsense}\" is no address of a hub")),
            "{told}"
        );
    }
    assert_eq!(reason(Address::default()), "no hub is named");
    let missing = |credentials: Option<&str>, authority: Option<&str>| Address {
        credentials: credentials.map(Into::into),
        authority: authority.map(Into::into),
        ..at("nats://127.0.0.1:1")
    };
    let told = reason(missing(Some("/no/such/file"), None));
    assert!(
        told.starts_with("the credentials file /no/such/file cannot be read: "),
        "{told}"
    );
    let told = reason(missing(None, Some("/no/such/file")));
    assert!(
        told.starts_with("the authority's file /no/such/file cannot be read: "),
        "{told}"
    );
}

#[test]
fn somebody_who_listens_and_says_nothing_is_given_up() {
    let silent = TcpListener::bind("127.0.0.1:0").unwrap();
    let began = Instant::now();
    let told = reason(at(&format!("nats://{}", silent.local_addr().unwrap())));
    assert_eq!(told, "the hub does not answer");
    assert!(began.elapsed() < Duration::from_secs(8));
}

#[test]
fn of_several_servers_one_that_answers_is_enough() {
    let Some(hub) = Hub::start() else { return };
    let mut wire = NatsWire::new(Address {
        servers: vec![
            format!("nats://127.0.0.1:{}", free_port()),
            hub.url(),
            format!("nats://127.0.0.1:{}", free_port()),
        ],
        ..address(&hub, "01")
    })
    .unwrap();
    assert_eq!(wire.contact(), Ok(1));
    assert_eq!(wire.publish(&[message(Lane::Meeting, 1)]), Ok(1));
}

#[test]
fn a_hub_that_keeps_nothing_is_told() {
    let Some(hub) = Hub::start_with("", false) else { return };
    let told = wire(&hub, "01").list(&OPEN).unwrap_err().0;
    assert_eq!(
        told,
        "the hub keeps no messages: JetStream is not on there (`nats-server -js`)"
    );
}

#[test]
fn a_store_that_is_full_is_told_and_what_went_in_counts() {
    let limits = "accounts { A { jetstream { max_file: 20KB }, users: [ { user: a, password: b } ] } }\n";
    let Some(hub) = Hub::start_with(limits, true) else {
        return;
    };
    let url = hub.url().replace("//", "//a:b@");
    let mut wire = NatsWire::new(at(&url)).unwrap();
    let many: Vec<_> = (0..20)
        .map(|number| {
            let mut message = message(Lane::Meeting, number);
            message.bytes.resize(4_000, 7);
            message
        })
        .collect();
    let stored = wire.publish(&many).unwrap();
    assert!((1..10).contains(&stored), "{stored}");
    assert_eq!(until("a list", || wire.list(&OPEN)).len(), stored);
    let told = wire.publish(&many[stored..]).unwrap_err().0;
    assert!(
        told.contains("resource limits exceeded") || told.contains("maximum bytes exceeded"),
        "{told}"
    );
}
