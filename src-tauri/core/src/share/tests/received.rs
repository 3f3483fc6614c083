//! What the receiving side does with what it should not take.

use automerge::{Change, ChangeHash};

use super::Laptop;
use crate::document::Document;
use crate::model::share::{Lane, MessageId, Reason, Role, Standing};
use crate::model::{AuthorId, MeetingId, Point};
use crate::share::keys::{Signed, SigningSecret};
use crate::share::local::Local;
use crate::share::outgoing::PARCEL;
use crate::share::parcel::{self, Parcel, RawChange};
use crate::share::wire::Arrived;
use crate::share::{Whom, aside, join, receive, state, withdraw};

/// The last parcel that a laptop holds on a lane, opened.
fn last_parcel(laptop: &mut Laptop, meeting: MeetingId, lane: Lane) -> (Arrived, Parcel) {
    let local = laptop.local(meeting);
    let message = laptop
        .messages(meeting)
        .into_iter()
        .rfind(|message| message.lane == lane)
        .unwrap();
    let (_, plain) = local.open(lane, &message.id, &message.bytes).unwrap();
    (message, Parcel::read(&plain[1..]).unwrap())
}

/// A message with this parcel, under its right id and sealed as it should be.
fn message_of(local: &Local, lane: Lane, parcel: &Parcel) -> Arrived {
    let id = parcel.id(&local.ids, local.meeting(), lane);
    let plain = [&[PARCEL], parcel.bytes().as_slice()].concat();
    Arrived {
        place: 1000,
        lane,
        id,
        bytes: local.seal(&*super::env(50), lane, 0, &id, &plain).unwrap().unwrap(),
    }
}

fn signed(secret: &SigningSecret, meeting: MeetingId, lane: Lane, author: AuthorId, changes: Vec<RawChange>) -> Parcel {
    let hashes: Vec<ChangeHash> = changes.iter().map(|change| change.hash).collect();
    Parcel {
        author,
        signature: parcel::sign(secret, meeting, lane, author, &hashes),
        changes,
    }
}

/// Hands one message over; nothing of it may be applied, and this must be told of it.
fn refuses(laptop: &mut Laptop, meeting: MeetingId, message: &Arrived, reason: Reason) {
    let before = laptop.texts(meeting);
    let taken = receive(&mut laptop.archive, meeting, std::slice::from_ref(message)).unwrap();
    assert_eq!(taken.changes, 0);
    assert_eq!(taken.aside.keys().copied().collect::<Vec<_>>(), [reason]);
    assert_eq!(laptop.texts(meeting), before);
    let told = aside(&laptop.archive, meeting).unwrap();
    let told = told.iter().find(|one| one.message == message.id.to_string()).unwrap();
    assert_eq!(told.reason, reason);
}

/// A change by this author on what a laptop holds, made outside of its archive.
fn change_by(laptop: &mut Laptop, meeting: MeetingId, author: AuthorId, actor: u128, text: &str) -> Change {
    let key = (meeting, crate::document::Part::Meeting);
    let conn = laptop.archive.conn();
    let row = crate::store::log::document_row(conn, key).unwrap().unwrap();
    let mut document = crate::store::log::load(conn, row, uuid::Uuid::from_u128(actor))
        .unwrap()
        .document;
    write(&mut document, author, text)
}

fn write(document: &mut Document, author: AuthorId, text: &str) -> Change {
    let at = chrono::DateTime::UNIX_EPOCH;
    let id = crate::model::PointId(uuid::Uuid::from_u128(text.len() as u128 + 4000));
    document
        .insert(&Point::new(id, crate::model::OrderKey::at(at), at, text))
        .unwrap();
    let message = crate::document::Message {
        author,
        action: crate::model::ActionId(uuid::Uuid::from_u128(8)),
        mode: crate::document::Mode::Do,
        target: None,
        intent: "point added".to_owned(),
    };
    document.commit(&message, 0).unwrap().unwrap()
}

fn raw(change: &Change) -> RawChange {
    RawChange::of(change.raw_bytes()).unwrap()
}

#[test]
fn what_is_unsigned_forged_or_tampered_with_is_told_and_holds_nothing_up() {
    let (mut owner, meeting) = Laptop::owner();
    owner.says(meeting, "the first line");
    let mut editor = Laptop::joins(2, &mut owner, meeting, Role::Editor);
    assert_eq!(editor.texts(meeting), ["the first line"]);
    owner.says(meeting, "the second line");
    let (message, parcel) = last_parcel(&mut owner, meeting, Lane::Meeting);
    let local = owner.local(meeting);

    let mut unsigned = parcel.clone();
    unsigned.signature = Signed([0; 64]);
    refuses(
        &mut editor,
        meeting,
        &message_of(&local, Lane::Meeting, &unsigned),
        Reason::Unsigned,
    );

    let stranger = SigningSecret::fresh(&*super::env(40)).unwrap();
    let forged = signed(&stranger, meeting, Lane::Meeting, parcel.author, parcel.changes.clone());
    refuses(
        &mut editor,
        meeting,
        &message_of(&local, Lane::Meeting, &forged),
        Reason::Forged,
    );
    // Somebody who is no member says that it is theirs.
    let unknown = signed(
        &stranger,
        meeting,
        Lane::Meeting,
        stranger.public().author(),
        parcel.changes,
    );
    refuses(
        &mut editor,
        meeting,
        &message_of(&local, Lane::Meeting, &unknown),
        Reason::NoRight,
    );

    for at in [6, 40, message.bytes.len() - 1] {
        let mut tampered = message.clone();
        tampered.bytes[at] ^= 1;
        refuses(&mut editor, meeting, &tampered, Reason::Tampered);
        let mut truncated = message.clone();
        truncated.bytes.truncate(at);
        refuses(&mut editor, meeting, &truncated, Reason::Tampered);
    }
    for (at, reason) in [(0, Reason::Malformed), (1, Reason::Malformed), (5, Reason::UnknownKey)] {
        let mut tampered = message.clone();
        tampered.bytes[at] ^= 0x40;
        refuses(&mut editor, meeting, &tampered, reason);
    }
    let mut elsewhere = message.clone();
    elsewhere.id = MessageId([1; 32]);
    refuses(&mut editor, meeting, &elsewhere, Reason::Tampered);
    let mut elsewhere = message.clone();
    elsewhere.lane = Lane::Members;
    refuses(&mut editor, meeting, &elsewhere, Reason::Tampered);
    // Sealed as it should be, and no message.
    for plain in [&[][..], &[PARCEL], &[9, 9, 9], &[2, 1]] {
        let odd = Arrived {
            bytes: local
                .seal(&*super::env(50), Lane::Meeting, 0, &MessageId([2; 32]), plain)
                .unwrap()
                .unwrap(),
            id: MessageId([2; 32]),
            ..message.clone()
        };
        refuses(&mut editor, meeting, &odd, Reason::Malformed);
    }

    let taken = receive(&mut editor.archive, meeting, &[message.clone(), message.clone()]).unwrap();
    assert_eq!((taken.changes, taken.aside.len()), (1, 0));
    assert_eq!(editor.texts(meeting), ["the first line", "the second line"]);
    let left = aside(&editor.archive, meeting).unwrap();
    assert!(left.iter().all(|one| one.message != message.id.to_string()), "{left:?}");
    assert!(editor.is_whole() && owner.is_whole());
}

#[test]
fn nobody_writes_as_another_nor_on_another_s_line() {
    let (mut owner, meeting) = Laptop::owner();
    owner.says(meeting, "the first line");
    let mut editor = Laptop::joins(2, &mut owner, meeting, Role::Editor);
    let local = editor.local(meeting);
    let (me, secret) = (local.row.me, local.identity.signing.clone());

    // An editor's parcel with a change that says it is the owner's.
    let as_owner = change_by(&mut editor, meeting, local.root.owner, 600, "said by the owner");
    let parcel = signed(&secret, meeting, Lane::Meeting, me, vec![raw(&as_owner)]);
    refuses(
        &mut owner,
        meeting,
        &message_of(&local, Lane::Meeting, &parcel),
        Reason::Forged,
    );

    // A change that goes on as the owner's own actor.
    let (_, owners) = last_parcel(&mut owner, meeting, Lane::Meeting);
    let actor = Change::from_bytes(owners.changes[0].bytes.clone())
        .unwrap()
        .actor_id()
        .clone();
    let actor = uuid::Uuid::from_slice(actor.to_bytes()).unwrap();
    let stolen = change_by(&mut editor, meeting, me, actor.as_u128(), "on another's line");
    let parcel = signed(&secret, meeting, Lane::Meeting, me, vec![raw(&stolen)]);
    refuses(
        &mut owner,
        meeting,
        &message_of(&local, Lane::Meeting, &parcel),
        Reason::Forged,
    );

    // A change that says that the document is another one spoils nothing for those that come with it.
    let good = change_by(&mut editor, meeting, me, 601, "a good line");
    let mut document = Document::genesis(uuid::Uuid::from_u128(602)).unwrap();
    document
        .identify(MeetingId::default(), crate::document::Part::Meeting)
        .unwrap();
    let bad = write(&mut document, me, "a line of another meeting");
    // Two changes under one number: only one of them can be.
    let twin = change_by(&mut editor, meeting, me, 601, "a good line's twin");
    let messages = [&bad, &good, &twin].map(|change| {
        let parcel = signed(&secret, meeting, Lane::Meeting, me, vec![raw(change)]);
        message_of(&local, Lane::Meeting, &parcel)
    });
    let taken = receive(&mut owner.archive, meeting, &messages).unwrap();
    assert_eq!(
        owner
            .texts(meeting)
            .iter()
            .filter(|text| text.starts_with("a good line"))
            .count(),
        1
    );
    assert_eq!(taken.changes, 1);
    let told: Vec<_> = taken.aside.into_iter().collect();
    assert_eq!(told, [(Reason::Forged, 1), (Reason::Malformed, 1)]);
    assert!(owner.is_whole());
}

#[test]
fn who_may_not_write_is_not_heard() {
    let (mut owner, meeting) = Laptop::owner();
    owner.says(meeting, "the first line");
    owner.says(meeting, "[off] between us");
    let mut observer = Laptop::joins(2, &mut owner, meeting, Role::Observer);
    let mut editor = Laptop::joins(3, &mut owner, meeting, Role::Editor);
    let refused = crate::edit::capture::enter(&mut observer.archive, meeting, "may I?", None).unwrap_err();
    assert_eq!(refused.code(), crate::error::Code::ReadOnly);
    let local = observer.local(meeting);
    let change = change_by(&mut observer, meeting, local.row.me, 600, "an observer's");
    let parcel = signed(
        &local.identity.signing,
        meeting,
        Lane::Meeting,
        local.row.me,
        vec![raw(&change)],
    );
    refuses(
        &mut owner,
        meeting,
        &message_of(&local, Lane::Meeting, &parcel),
        Reason::NoRight,
    );
    refuses(
        &mut editor,
        meeting,
        &message_of(&local, Lane::Meeting, &parcel),
        Reason::NoRight,
    );

    // An editor who came by the internal companion's key all the same.
    let mut document = Document::genesis(uuid::Uuid::from_u128(603)).unwrap();
    document.identify(meeting, crate::document::Part::Internal).unwrap();
    let local = editor.local(meeting);
    let internal = write(&mut document, local.row.me, "an editor's, off the record");
    let parcel = signed(
        &local.identity.signing,
        meeting,
        Lane::Internal,
        local.row.me,
        vec![raw(&internal)],
    );
    let message = message_of(&owner.local(meeting), Lane::Internal, &parcel);
    refuses(&mut owner, meeting, &message, Reason::NoRight);
    assert!(owner.is_whole() && editor.is_whole() && observer.is_whole());
}

#[test]
fn changes_wait_for_those_that_they_rest_on() {
    let (mut owner, meeting) = Laptop::owner();
    let mut editor = Laptop::joins(2, &mut owner, meeting, Role::Editor);
    let mut late = Vec::new();
    for number in 0..6 {
        owner.says(meeting, &format!("line {number}"));
        late.push(last_parcel(&mut owner, meeting, Lane::Meeting).0);
    }
    // Each by itself, the last first.
    for (waiting, message) in late.iter().skip(1).rev().enumerate() {
        let taken = receive(&mut editor.archive, meeting, std::slice::from_ref(message)).unwrap();
        assert_eq!(taken.aside.get(&Reason::Waiting), Some(&1));
        assert_eq!(
            state(&editor.archive, meeting).unwrap().unwrap().aside as usize,
            waiting + 1
        );
        assert!(editor.is_whole());
    }
    let taken = receive(&mut editor.archive, meeting, &late[..1]).unwrap();
    assert_eq!(taken.changes, 6);
    assert_eq!(editor.texts(meeting), owner.texts(meeting));
    assert_eq!(state(&editor.archive, meeting).unwrap().unwrap().aside, 0);
    // All at once, the last first.
    let mut other = Laptop::joins(3, &mut owner, meeting, Role::Editor);
    owner.says(meeting, "one");
    owner.says(meeting, "two");
    let mut all = owner.messages(meeting);
    all.reverse();
    all.retain(|message| message.lane != Lane::Internal);
    receive(&mut other.archive, meeting, &all).unwrap();
    assert_eq!(other.texts(meeting), owner.texts(meeting));
}

#[test]
fn who_is_withdrawn_is_heard_no_further_unless_somebody_had_heard_it() {
    let (mut owner, meeting) = Laptop::owner();
    let mut editor = Laptop::joins(2, &mut owner, meeting, Role::Editor);
    let mut witness = Laptop::joins(3, &mut owner, meeting, Role::Scribe);
    editor.says(meeting, "in time");
    owner.hears(&mut editor, meeting);
    // The witness hears this one, the owner does not.
    editor.says(meeting, "just before");
    witness.hears(&mut editor, meeting);
    let author = editor.local(meeting).row.me;
    withdraw(&mut owner.archive, meeting, Whom::Member(author)).unwrap();
    // Nobody hears this one before they hear of the withdrawal.
    editor.says(meeting, "too late");
    let late = last_parcel(&mut editor, meeting, Lane::Meeting).0;
    refuses(&mut owner, meeting, &late, Reason::NoRight);
    owner.hears(&mut editor, meeting);
    assert_eq!(owner.texts(meeting), ["in time"]);
    witness.hears(&mut owner, meeting);
    refuses(&mut witness, meeting, &late, Reason::NoRight);
    // The witness has vouched; so the owner takes what it kept aside.
    owner.hears(&mut witness, meeting);
    assert_eq!(owner.texts(meeting), ["in time", "just before"]);
    assert_eq!(witness.texts(meeting), owner.texts(meeting));
    // The one who was withdrawn learns of it, and keeps what they wrote.
    editor.hears(&mut owner, meeting);
    let shown = state(&editor.archive, meeting).unwrap().unwrap();
    assert_eq!(shown.standing, Standing::Withdrawn);
    assert_eq!(editor.texts(meeting), ["in time", "just before", "too late"]);
    // What follows is sealed with a key that they do not have.
    owner.says(meeting, "afterwards");
    let (message, _) = last_parcel(&mut owner, meeting, Lane::Meeting);
    refuses(&mut editor, meeting, &message, Reason::UnknownKey);
    witness.hears(&mut owner, meeting);
    assert_eq!(witness.texts(meeting), owner.texts(meeting));
    // Who joins later reads all of it; who comes back too, and then is heard again.
    let joined = Laptop::joins(4, &mut owner, meeting, Role::Observer);
    assert_eq!(joined.texts(meeting), owner.texts(meeting));
    let text = super::super::invite(&mut owner.archive, meeting, Role::Editor).unwrap();
    join(&mut editor.archive, &text, "Back again").unwrap();
    editor.hears(&mut owner, meeting);
    owner.hears(&mut editor, meeting);
    editor.hears(&mut owner, meeting);
    assert_eq!(owner.texts(meeting).len(), 4);
    assert_eq!(editor.texts(meeting), owner.texts(meeting));
    for laptop in [&owner, &editor, &witness, &joined] {
        assert!(laptop.is_whole());
    }
}

#[test]
fn who_joins_by_an_older_invitation_is_handed_the_newer_keys() {
    let (mut owner, meeting) = Laptop::owner();
    owner.says(meeting, "before");
    let old = super::super::invite(&mut owner.archive, meeting, Role::Scribe).unwrap();
    let gone = Laptop::joins(2, &mut owner, meeting, Role::Editor);
    withdraw(&mut owner.archive, meeting, Whom::Member(gone.local(meeting).row.me)).unwrap();
    owner.says(meeting, "after");
    owner.says(meeting, "[off] after, between us");
    let mut late = Laptop::new(3);
    join(&mut late.archive, &old, "Late").unwrap();
    late.hears(&mut owner, meeting);
    assert_eq!(late.texts(meeting), ["before"]);
    owner.hears(&mut late, meeting);
    late.hears(&mut owner, meeting);
    assert_eq!(late.texts(meeting), owner.texts(meeting));
    assert_eq!(late.texts(meeting).len(), 3);
    assert!(late.is_whole());
}

#[test]
fn a_parcel_too_long_for_one_message_comes_in_pieces() {
    let (mut owner, meeting) = Laptop::owner();
    let mut editor = Laptop::joins(2, &mut owner, meeting, Role::Editor);
    // As an import writes it: all at one go.
    let at = chrono::DateTime::UNIX_EPOCH;
    let import = owner.archive.write(meeting, "import", |edit| {
        for number in 0..4000_u32 {
            let id = crate::model::PointId(edit.fresh_id());
            let text = format!(
                "{number} of a great many lines, each with a few words of its own: {}",
                number * 7919
            );
            let point = Point::new(id, crate::model::OrderKey::at(at), at, text);
            edit.insert(crate::document::Part::Meeting, &point)?;
        }
        Ok(())
    });
    import.unwrap();
    owner.says(meeting, "and a short one");
    let mut messages = owner.messages(meeting);
    messages.retain(|message| message.lane == Lane::Meeting);
    assert!(messages.len() >= 4, "{}", messages.len());
    assert!(messages.iter().all(|message| message.bytes.len() < 600 * 1024));
    messages.reverse();
    for message in &messages {
        receive(&mut editor.archive, meeting, std::slice::from_ref(message)).unwrap();
    }
    super::super::incoming::retry(&mut editor.archive, meeting).unwrap();
    assert_eq!(editor.texts(meeting), owner.texts(meeting));
    assert_eq!(state_of(&editor, meeting), 0);
    // And once more, from the one who got it so.
    let mut other = Laptop::joins(3, &mut owner, meeting, Role::Observer);
    other.hears(&mut editor, meeting);
    assert_eq!(other.texts(meeting), owner.texts(meeting));
    assert!(editor.is_whole());
}

fn state_of(laptop: &Laptop, meeting: MeetingId) -> u32 {
    state(&laptop.archive, meeting).unwrap().unwrap().aside
}
