//! What is off the record reaches nobody who was not given the companion: not in what they hold, nor in all that they
//! could open of what the hub holds.

use super::Laptop;
use crate::model::MeetingId;
use crate::model::share::{Lane, Role};
use crate::share::wire::Arrived;
use crate::share::{Whom, receive, withdraw};

const SECRETS: [&str; 3] = ["quicksilver", "saltpetre", "brimstone"];

/// Whether any of the secret words is in these bytes, as text of either kind.
fn tells(bytes: &[u8]) -> bool {
    SECRETS.iter().any(|word| {
        let wide: Vec<u8> = word.encode_utf16().flat_map(u16::to_le_bytes).collect();
        [word.as_bytes(), &wide]
            .into_iter()
            .any(|word| bytes.windows(word.len()).any(|window| window == word))
    })
}

/// All that this laptop can open of these messages, with every key that it has.
fn opened(laptop: &Laptop, meeting: MeetingId, messages: &[Arrived]) -> Vec<u8> {
    let local = laptop.local(meeting);
    let mut all = Vec::new();
    for message in messages {
        // On whichever lane it says that it came.
        for lane in Lane::ALL {
            if let Ok((_, plain)) = local.open(lane, &message.id, &message.bytes) {
                all.extend(plain);
            }
        }
    }
    all
}

fn file_of(laptop: &Laptop) -> Vec<u8> {
    let mut all = Vec::new();
    for entry in std::fs::read_dir(laptop.folder.path()).unwrap() {
        all.extend(std::fs::read(entry.unwrap().path()).unwrap());
    }
    all
}

#[test]
fn what_is_off_the_record_reaches_scribes_only() {
    let (mut owner, meeting) = Laptop::owner();
    owner.says(meeting, &format!("[off] {}", SECRETS[0]));
    owner.says(meeting, "an open line");
    let mut scribe = Laptop::joins(2, &mut owner, meeting, Role::Scribe);
    let mut editor = Laptop::joins(3, &mut owner, meeting, Role::Editor);
    let mut observer = Laptop::joins(4, &mut owner, meeting, Role::Observer);
    scribe.says(meeting, &format!("[off] {}", SECRETS[1]));
    owner.hears(&mut scribe, meeting);
    // Keys change, and so do those who have them.
    let gone = Laptop::joins(5, &mut owner, meeting, Role::Scribe);
    let author = gone.local(meeting).row.me;
    withdraw(&mut owner.archive, meeting, Whom::Member(author)).unwrap();
    owner.says(meeting, &format!("[off] {}", SECRETS[2]));
    owner.says(meeting, "another open line");
    scribe.hears(&mut owner, meeting);
    assert_eq!(scribe.texts(meeting).len(), 5);

    let hub = owner.messages(meeting);
    let internal = hub.iter().filter(|message| message.lane == Lane::Internal).count();
    assert!(internal >= 3);
    // The hub itself is told nothing at all.
    let all: Vec<u8> = hub.iter().flat_map(|message| message.bytes.clone()).collect();
    assert!(!tells(&all) && !all.windows(9).any(|window| window == b"open line"));
    for laptop in [&mut editor, &mut observer] {
        // Even were the hub to hand them the whole of it.
        let taken = receive(&mut laptop.archive, meeting, &hub).unwrap();
        assert!(taken.changes > 0);
        assert_eq!(laptop.texts(meeting), ["an open line", "another open line"]);
        let opened = opened(laptop, meeting, &hub);
        assert!(opened.windows(9).any(|window| window == b"open line"));
        assert!(!tells(&opened));
        assert!(!tells(&file_of(laptop)));
        let internal = laptop.local(meeting);
        assert!(internal.newest(true).is_none());
    }
    // The same search finds it where it may be.
    assert!(tells(&opened(&scribe, meeting, &hub)) && tells(&file_of(&scribe)));
    // Who was withdrawn opens what was sealed before, and not what was sealed after.
    let opened = opened(&gone, meeting, &hub);
    let has = |word: &str| opened.windows(word.len()).any(|window| window == word.as_bytes());
    assert!(has(SECRETS[1]) && !has(SECRETS[2]) && !has("another open line"));
}
