//! Keys, seals, parcels and invitations.

use proptest::prelude::*;

use super::env;
use crate::error::Code;
use crate::model::share::{Lane, MessageId, Reason, Role};
use crate::model::{AuthorId, MeetingId};
use crate::share::invitation::Invitation;
use crate::share::keys::{Identity, Key, Signed, SigningSecret};
use crate::share::members::Root;
use crate::share::parcel::{self, Parcel, RawChange};
use crate::share::seal;

fn key(seed: u16) -> Key {
    Key::fresh(&*env(seed)).unwrap()
}

const ID: MessageId = MessageId([7; 32]);

#[test]
fn what_is_sealed_opens_only_as_it_was_and_where_it_belongs() {
    let (key, other, tag) = (key(1), key(2), [3; 32]);
    let sealed = seal::seal(&key, &*env(4), &tag, (Lane::Meeting, 5, &ID), b"the tide").unwrap();
    assert_eq!(seal::shown(&sealed), Some((Lane::Meeting, 5)));
    assert_eq!(
        seal::open(&key, &tag, &ID, &sealed).as_deref(),
        Some(b"the tide".as_slice())
    );
    assert_eq!(seal::open(&other, &tag, &ID, &sealed), None);
    assert_eq!(seal::open(&key, &[4; 32], &ID, &sealed), None);
    assert_eq!(seal::open(&key, &tag, &MessageId([8; 32]), &sealed), None);
    for at in 0..sealed.len() {
        let mut changed = sealed.clone();
        changed[at] ^= 1;
        assert_eq!(seal::open(&key, &tag, &ID, &changed), None, "byte {at}");
        assert_eq!(seal::open(&key, &tag, &ID, &sealed[..at]), None, "cut at {at}");
    }
}

#[test]
fn lengths_tell_little_and_no_two_messages_are_alike() {
    let seal = |plain: &[u8], seed| seal::seal(&key(1), &*env(seed), &[3; 32], (Lane::Meeting, 0, &ID), plain).unwrap();
    assert_eq!(
        seal(b"no", 1).len(),
        seal(b"a much longer line of words, but still short", 1).len()
    );
    assert_ne!(seal(b"no", 1), seal(b"no", 2));
}

#[test]
fn keys_are_not_printed() {
    let key = key(1);
    let shown = format!(
        "{key:?} {:?} {:?}",
        Identity::fresh(&*env(1)),
        SigningSecret::fresh(&*env(1))
    );
    assert!(shown.starts_with("Key(…)"), "{shown}");
    let digits: String = key.bytes().iter().map(|byte| format!("{byte:02x}")).collect();
    assert!(!shown.contains(&digits));
}

#[test]
fn a_key_is_handed_to_one_reader_only() {
    let [owner, reader, other] = [1, 2, 3].map(|seed| Identity::fresh(&*env(seed)).unwrap());
    let handed = owner.hand(&*env(9), &reader.box_key(), b"secret").unwrap();
    assert_eq!(
        reader.handed(&owner.box_key(), &handed).as_deref(),
        Some(b"secret".as_slice())
    );
    assert_eq!(other.handed(&owner.box_key(), &handed), None);
    assert_eq!(reader.handed(&other.box_key(), &handed), None);
}

#[test]
fn the_hash_of_a_change_is_told_from_its_bytes_alone() {
    let mut document = crate::document::Document::genesis(uuid::Uuid::from_u128(1)).unwrap();
    for change in document.changes_since(&[]) {
        let raw = RawChange::of(change.raw_bytes()).unwrap();
        assert_eq!(raw.hash, change.hash());
        let mut damaged = change.raw_bytes().to_vec();
        *damaged.last_mut().unwrap() ^= 1;
        assert_eq!(RawChange::of(&damaged), None);
        assert_eq!(RawChange::of(&damaged[..6]), None);
    }
}

#[test]
fn a_parcel_is_read_as_it_was_written_or_not_at_all() {
    let mut document = crate::document::Document::genesis(uuid::Uuid::from_u128(1)).unwrap();
    let changes = document.changes_since(&[]);
    let secret = SigningSecret::fresh(&*env(1)).unwrap();
    let (meeting, author) = (MeetingId(uuid::Uuid::from_u128(5)), AuthorId(uuid::Uuid::from_u128(6)));
    let hashes: Vec<_> = changes.iter().map(automerge::Change::hash).collect();
    let parcel = Parcel {
        author,
        signature: parcel::sign(&secret, meeting, Lane::Meeting, author, &hashes),
        changes: changes
            .iter()
            .map(|change| RawChange::of(change.raw_bytes()).unwrap())
            .collect(),
    };
    let bytes = parcel.bytes();
    assert_eq!(bytes.len(), parcel.length());
    assert_eq!(Parcel::read(&bytes), Ok(parcel.clone()));
    assert!(parcel.is_signed_by(&secret.public(), meeting, Lane::Meeting));
    assert!(!parcel.is_signed_by(&secret.public(), meeting, Lane::Internal));
    assert!(!parcel.is_signed_by(
        &SigningSecret::fresh(&*env(2)).unwrap().public(),
        meeting,
        Lane::Meeting
    ));
    for at in 0..bytes.len() {
        assert_eq!(Parcel::read(&bytes[..at]), Err(Reason::Malformed), "cut at {at}");
    }
}

fn invitation(role: Role, epoch: u32) -> Invitation {
    let owner = SigningSecret::fresh(&*env(2)).unwrap();
    let first = key(3);
    Invitation {
        meeting: MeetingId(uuid::Uuid::from_u128(5)),
        servers: vec!["nats://one.example:4222".to_owned(), "tls://two.example".to_owned()],
        role,
        root: Root {
            owner: owner.public().author(),
            key: owner.public(),
        },
        current: if epoch > 0 { key(4) } else { first.clone() },
        first,
        epoch,
        internal: (role >= Role::Scribe).then(|| key(5)),
        secret: SigningSecret::fresh(&*env(6)).unwrap(),
    }
}

#[test]
fn an_invitation_is_read_as_it_was_written() {
    for role in [Role::Observer, Role::Editor, Role::Scribe] {
        for epoch in [0, 3] {
            let made = invitation(role, epoch);
            let text = made.text();
            assert!(text.starts_with("minuta:join/"), "{text}");
            // As mail breaks it and quotes it.
            let broken: String = text
                .as_bytes()
                .chunks(60)
                .map(|line| format!("  {}\r\n", std::str::from_utf8(line).unwrap()))
                .collect();
            for text in [text.clone(), format!("<{text}>"), broken] {
                assert_eq!(format!("{:?}", Invitation::read(&text).unwrap()), format!("{made:?}"));
                assert_eq!(Invitation::read(&text).unwrap().first, made.first);
            }
        }
    }
}

proptest! {
    #[test]
    fn a_damaged_invitation_is_refused_in_clear_words(place in 0..4000_usize, letter in "[A-Za-z0-9_-]", cut in any::<bool>()) {
        let text = invitation(Role::Scribe, 1).text();
        let at = place % text.len();
        let damaged = if cut { text[..at].to_owned() } else { format!("{}{letter}{}", &text[..at], &text[at + 1..]) };
        prop_assume!(damaged != text);
        let error = Invitation::read(&damaged).unwrap_err();
        prop_assert_eq!(error.code(), Code::Invalid);
        prop_assert!(error.to_string().contains("Nothing was changed"));
    }

    #[test]
    fn anything_may_be_pasted(text in any::<String>()) {
        let _ = Invitation::read(&text);
        let _ = Invitation::read(&format!("minuta:join/{text}"));
    }

    #[test]
    fn any_bytes_may_be_read(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        let _ = Parcel::read(&bytes);
        let _ = RawChange::of(&bytes);
        let _ = crate::share::statement::Statement::read(MeetingId(uuid::Uuid::from_u128(5)), &bytes);
        prop_assert!(seal::open(&key(1), &[3; 32], &ID, &bytes).is_none());
    }
}

#[test]
fn a_signature_of_nothing_is_none() {
    let public = SigningSecret::fresh(&*env(1)).unwrap().public();
    assert!(!public.has_signed("x", b"", &Signed([0; 64])));
}
