//! A hub as an organisation runs it: TLS by an authority of its own, accounts, permissions, credentials.

use std::fs;
use std::path::{Path, PathBuf};

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use minuta_core::model::share::Lane;
use minuta_core::share::wire::{Address, Wire};
use minuta_tests::hub::Hub;
use minuta_wire::NatsWire;
use nkeys::KeyPair;
use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, IsCa};
use serde_json::{Value, json};

use super::{OPEN, address, hear, message, readme, wire};

/// An authority in a folder, with a certificate for these names.
pub(super) struct Authority {
    pub(super) folder: tempfile::TempDir,
}

impl Authority {
    pub(super) fn with_certificate_for(names: &[&str]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let mut params = CertificateParams::new(Vec::new()).unwrap();
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let authority = CertifiedIssuer::self_signed(params, rcgen::KeyPair::generate().unwrap()).unwrap();
        let key = rcgen::KeyPair::generate().unwrap();
        let names: Vec<String> = names.iter().map(|name| (*name).to_owned()).collect();
        let certificate = CertificateParams::new(names)
            .unwrap()
            .signed_by(&key, &authority)
            .unwrap();
        fs::write(folder.path().join("authority.pem"), authority.pem()).unwrap();
        fs::write(folder.path().join("hub.pem"), certificate.pem()).unwrap();
        fs::write(folder.path().join("hub.key"), key.serialize_pem()).unwrap();
        Self { folder }
    }

    pub(super) fn file(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// What a hub's configuration says of it.
    pub(super) fn tls(&self) -> String {
        format!(
            "tls {{ cert_file: \"{}\", key_file: \"{}\" }}\n",
            self.file("hub.pem").display(),
            self.file("hub.key").display()
        )
    }
}

fn file(folder: &Path, name: &str, text: &str) -> Option<PathBuf> {
    fs::write(folder.join(name), text).unwrap();
    Some(folder.join(name))
}

/// Everything that a wire does, done.
fn everything_goes(wire: &mut NatsWire, other: &mut NatsWire) {
    wire.list(&Lane::ALL).unwrap();
    other.list(&OPEN).unwrap();
    let many: Vec<_> = (0..30).map(|number| message(Lane::Meeting, number)).collect();
    assert_eq!(wire.publish(&many), Ok(30));
    assert_eq!(hear(other, &OPEN, 30).len(), 30);
    let places: Vec<u64> = other.list(&OPEN).unwrap().iter().map(|listed| listed.place).collect();
    assert_eq!(other.fetch(&OPEN, &places).unwrap().len(), 30);
    assert_eq!(other.fetch(&OPEN, &places[3..4]).unwrap().len(), 1);
    wire.whisper(b"here").unwrap();
    assert!(
        other
            .arrived(&OPEN, std::time::Duration::from_secs(5))
            .unwrap()
            .is_empty()
    );
    assert_eq!(other.heard(), [b"here"]);
}

#[test]
fn with_tls_and_the_least_permissions_everything_goes() {
    let authority = Authority::with_certificate_for(&["127.0.0.1"]);
    let Some(hub) = readme::one(&authority) else { return };
    let folder = authority.folder.path();
    let address = |user: &str| Address {
        authority: Some(authority.file("authority.pem")),
        credentials: file(
            folder,
            "credentials",
            &format!("# for the hub of the harbour\n{user}\n"),
        ),
        ..address(&hub, "01")
    };
    let (mut ann, mut ben) = (
        NatsWire::new(address("ann:secret-1")).unwrap(),
        NatsWire::new(address("ben:secret-2")).unwrap(),
    );
    everything_goes(&mut ann, &mut ben);

    let refused = |address: Address| NatsWire::new(address).unwrap().contact().unwrap_err().0;
    assert_eq!(
        refused(address("ann:secret-2")),
        "the hub does not accept these credentials"
    );
    let nobody = Address {
        credentials: None,
        ..address("")
    };
    assert_eq!(refused(nobody.clone()), "the hub asks for credentials");
    let nothing = Address {
        credentials: file(folder, "empty", "\n"),
        ..nobody.clone()
    };
    assert!(refused(nothing).ends_with("empty holds no credentials"));
    let stranger = "the hub's certificate is not vouched for by an authority known here; give the authority's file";
    assert_eq!(
        refused(Address {
            authority: None,
            ..nobody.clone()
        }),
        stranger
    );
    let other = Authority::with_certificate_for(&["127.0.0.1"]);
    assert_eq!(
        refused(Address {
            authority: Some(other.file("authority.pem")),
            ..nobody
        }),
        stranger
    );
}

#[test]
fn a_certificate_for_another_name_is_told_and_so_is_a_hub_without_any() {
    let authority = Authority::with_certificate_for(&["hub.example"]);
    let Some(hub) = Hub::start_with(&authority.tls(), true) else {
        return;
    };
    let Some(plain) = Hub::start() else { return };
    let refused = |hub: &Hub| {
        let address = Address {
            authority: Some(authority.file("authority.pem")),
            ..address(hub, "01")
        };
        NatsWire::new(address).unwrap().contact().unwrap_err().0
    };
    assert_eq!(refused(&hub), "the hub's certificate is for another name");
    let told = refused(&plain);
    assert!(
        told.starts_with("TLS with the hub failed: ") || told.starts_with("the hub cannot be reached: "),
        "{told}"
    );
}

#[test]
fn what_the_hub_does_not_permit_is_told_by_its_name() {
    let users = "accounts { A { jetstream: enabled, users: [ { user: a, password: b, permissions: {
        publish: { deny: [ \"minuta.*.internal\", \"minuta.*.here\" ] } } } ] } }\n";
    let Some(hub) = Hub::start_with(users, true) else {
        return;
    };
    let mut wire = NatsWire::new(Address {
        servers: vec![hub.url().replace("//", "//a:b@")],
        ..address(&hub, "01")
    })
    .unwrap();
    assert_eq!(wire.publish(&[message(Lane::Meeting, 1)]), Ok(1));
    // Not to be seen is no reason to give up contact.
    wire.whisper(b"here").unwrap();
    assert!(wire.arrived(&OPEN, std::time::Duration::from_millis(300)).is_ok());
    assert_eq!(wire.contact(), Ok(1));
    let told = wire.publish(&[message(Lane::Internal, 2)]).unwrap_err().0;
    assert!(
        told.starts_with("the hub does not permit this: ") && told.contains("minuta.01.internal"),
        "{told}"
    );
}

#[test]
fn a_credentials_file_of_an_operator_opens_the_hub() {
    let [operator, system, account] = [KeyPair::new_operator(), KeyPair::new_account(), KeyPair::new_account()];
    let (user, stranger) = (KeyPair::new_user(), KeyPair::new_user());
    let no_limits = json!({
        "subs": -1, "data": -1, "payload": -1, "imports": -1, "exports": -1, "wildcards": true, "conn": -1, "leaf": -1,
        "mem_storage": -1, "disk_storage": -1, "streams": -1, "consumer": -1
    });
    let own = token(&operator, &operator, json!({"type": "operator", "version": 2}));
    let of_account = |keys: &KeyPair, limits: Value| {
        token(
            &operator,
            keys,
            json!({"type": "account", "version": 2, "limits": limits}),
        )
    };
    let plain = json!({"subs": -1, "data": -1, "payload": -1, "wildcards": true, "conn": -1, "leaf": -1});
    let config = format!(
        "operator: {own}\nsystem_account: {0}\nresolver: MEMORY\nresolver_preload: {{ {0}: {1}, {2}: {3} }}\n",
        system.public_key(),
        of_account(&system, plain),
        account.public_key(),
        of_account(&account, no_limits)
    );
    let Some(hub) = Hub::start_with(&config, true) else {
        return;
    };
    let folder = tempfile::tempdir().unwrap();
    let enter = |name: &str, issuer: &KeyPair, keys: &KeyPair| {
        let token = token(
            issuer,
            keys,
            json!({"type": "user", "version": 2, "subs": -1, "data": -1, "payload": -1}),
        );
        let text = format!(
            "-----BEGIN NATS USER JWT-----\n{token}\n------END NATS USER JWT------\n\n\
             -----BEGIN USER NKEY SEED-----\n{}\n------END USER NKEY SEED------\n",
            keys.seed().unwrap()
        );
        NatsWire::new(Address {
            credentials: file(folder.path(), name, &text),
            ..address(&hub, "01")
        })
        .unwrap()
    };
    let (mut ann, mut ben) = (enter("ann.creds", &account, &user), enter("ben.creds", &account, &user));
    everything_goes(&mut ann, &mut ben);
    let told = enter("eve.creds", &stranger, &stranger).contact().unwrap_err().0;
    assert_eq!(told, "the hub does not accept these credentials");
}

/// A token of NATS: claims about `subject`, signed by `issuer`.
fn token(issuer: &KeyPair, subject: &KeyPair, nats: Value) -> String {
    let claims = json!({
        "jti": subject.public_key(), "iat": 1_700_000_000, "iss": issuer.public_key(), "sub": subject.public_key(),
        "name": "harbour", "nats": nats
    });
    let header = json!({"typ": "JWT", "alg": "ed25519-nkey"});
    let text = [header, claims]
        .map(|part| URL_SAFE_NO_PAD.encode(part.to_string()))
        .join(".");
    let signature = URL_SAFE_NO_PAD.encode(issuer.sign(text.as_bytes()).unwrap());
    format!("{text}.{signature}")
}

#[test]
fn the_seed_of_a_key_opens_the_hub() {
    let keys = KeyPair::new_user();
    let users = format!(
        "accounts {{ MINUTA {{ jetstream: enabled, users: [ {{ nkey: {} }} ] }} }}\n",
        keys.public_key()
    );
    let Some(hub) = Hub::start_with(&users, true) else {
        return;
    };
    let folder = tempfile::tempdir().unwrap();
    let with = |name: &str, keys: &KeyPair| Address {
        credentials: file(folder.path(), name, &format!("{}\n", keys.seed().unwrap())),
        ..address(&hub, "01")
    };
    let enter = |name: &str, keys: &KeyPair| NatsWire::new(with(name, keys)).unwrap();
    everything_goes(&mut enter("ann", &keys), &mut enter("ben", &keys));
    assert_eq!(
        enter("eve", &KeyPair::new_user()).contact().unwrap_err().0,
        "the hub does not accept these credentials"
    );
    assert_eq!(
        wire(&hub, "01").contact().unwrap_err().0,
        "the hub asks for credentials"
    );
}
