//! Messages spoiled in every way, in great number: none is applied, nothing breaks, and what is kept of them is bounded.

use super::Laptop;
use crate::model::MeetingId;
use crate::model::share::{Lane, MessageId, Role};
use crate::share::local::Local;
use crate::share::parcel::{self, Parcel, RawChange};
use crate::share::wire::Arrived;
use crate::share::{outgoing, receive, state};
use sha2::{Digest as _, Sha256};

/// A sequence that looks random; the same for the same seed.
struct Chance(u64);

impl Chance {
    fn new() -> Self {
        let seed = std::env::var("MINUTA_SEED").ok().and_then(|seed| seed.parse().ok());
        Self(seed.unwrap_or(107))
    }

    fn below(&mut self, end: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % end.max(1)
    }

    /// Spoils bytes in one of several ways. What comes out may by chance be what went in.
    fn spoil(&mut self, bytes: &mut Vec<u8>, others: &[Vec<u8>]) {
        let at = self.below(bytes.len());
        match self.below(8) {
            0 => bytes.truncate(at),
            1 => bytes.extend_from_within(at..),
            2 => {
                let other = &others[self.below(others.len())];
                bytes.truncate(at);
                bytes.extend_from_slice(&other[self.below(other.len())..]);
            }
            3 => bytes.insert(at, self.below(256) as u8),
            4 if !bytes.is_empty() => {
                bytes.remove(at);
            }
            5 => {
                let end = (at + 1 + self.below(12)).min(bytes.len());
                bytes[at..end].fill([0, 0xff, 0x80, 0x7f][self.below(4)]);
            }
            _ => {
                for _ in 0..=self.below(3) {
                    if let Some(byte) = bytes.get_mut(at) {
                        *byte ^= 1 << self.below(8);
                    }
                }
            }
        }
    }
}

/// Set where the test is to be the only one in its process.
const ALONE: &str = "MINUTA_MUTATED_ALONE";

/// How many in all: a small share, or a million under `cargo xtask torture`.
fn count() -> usize {
    if std::env::var_os("MINUTA_TORTURE").is_some() {
        1_000_000
    } else {
        20_000
    }
}

/// The memory of this process, in bytes; none where the system does not tell.
fn memory() -> Option<usize> {
    let pages = std::fs::read_to_string("/proc/self/statm").ok()?;
    pages.split(' ').nth(1)?.parse::<usize>().ok().map(|pages| pages * 4096)
}

fn scene() -> (Laptop, Laptop, MeetingId) {
    let (mut owner, meeting) = Laptop::owner();
    owner.says(meeting, "the first line");
    let mut editor = Laptop::joins(2, &mut owner, meeting, Role::Scribe);
    for number in 0..20 {
        owner.says(meeting, &format!("line {number} of the owner"));
        if number % 5 == 0 {
            owner.messages(meeting);
        }
    }
    owner.says(meeting, "[off] between us");
    editor.says(meeting, "a line of the editor");
    (owner, editor, meeting)
}

/// Sealed messages spoiled on their way, and messages whose sealed words were spoiled before: as by a member who means harm
/// and has every key but another's signature.
#[test]
fn none_of_a_great_many_spoiled_messages_is_applied() {
    // In a process of its own, for its memory is measured and other tests have theirs.
    if std::env::var_os(ALONE).is_none() {
        let mut alone = std::process::Command::new(std::env::current_exe().unwrap());
        let name = "share::tests::mutated::none_of_a_great_many_spoiled_messages_is_applied";
        let output = alone
            .env(ALONE, "1")
            .args([name, "--exact", "--nocapture"])
            .output()
            .unwrap();
        let said = String::from_utf8_lossy(&output.stdout);
        assert!(
            output.status.success() && said.contains("1 passed"),
            "{said}{}",
            String::from_utf8_lossy(&output.stderr)
        );
        return;
    }
    let (mut owner, mut editor, meeting) = scene();
    let mut chance = Chance::new();
    let local = owner.local(meeting);
    let env = super::env(60);
    let good = owner.messages(meeting);
    let sealed: Vec<Vec<u8>> = good.iter().map(|message| message.bytes.clone()).collect();
    let plain: Vec<Vec<u8>> = good
        .iter()
        .map(|message| local.open(message.lane, &message.id, &message.bytes).unwrap().1)
        .collect();
    let before = (
        editor.texts(meeting),
        state(&editor.archive, meeting).unwrap().unwrap().members,
    );
    let (mut done, mut largest) = (0, 0);
    let started = memory();
    while done < count() {
        let mut batch = Vec::new();
        for _ in 0..256 {
            let which = chance.below(good.len());
            let mut message = good[which].clone();
            if chance.below(2) == 0 {
                chance.spoil(&mut message.bytes, &sealed);
                if message.bytes == good[which].bytes {
                    continue;
                }
            } else {
                let mut spoiled = plain[which].clone();
                chance.spoil(&mut spoiled, &plain);
                if plain.contains(&spoiled) {
                    continue;
                }
                message.bytes = local
                    .seal(&*env, message.lane, 0, &message.id, &spoiled)
                    .unwrap()
                    .unwrap();
            }
            match chance.below(12) {
                0 => message.lane = Lane::ALL[chance.below(3)],
                1 => message.id.0[chance.below(32)] ^= 1,
                2 => message.id = good[chance.below(good.len())].id,
                _ => {}
            }
            message.place = done as u64 + 1;
            done += 1;
            batch.push(message);
        }
        let taken = receive(&mut editor.archive, meeting, &batch).unwrap();
        assert!(!taken.is_any(), "{taken:?}");
        largest = largest.max(memory().unwrap_or(0));
    }
    let after = (
        editor.texts(meeting),
        state(&editor.archive, meeting).unwrap().unwrap().members,
    );
    assert_eq!(before, after);
    assert!(state(&editor.archive, meeting).unwrap().unwrap().aside <= 1000);
    if let Some(started) = started {
        let grown = largest.saturating_sub(started);
        println!(
            "{done} spoiled messages: {} KB more memory at most than at the start",
            grown / 1024
        );
        assert!(grown < 64 << 20, "{grown} bytes more than at the start");
    }
    // What is good is taken all the same.
    receive(&mut editor.archive, meeting, &good).unwrap();
    owner.hears(&mut editor, meeting);
    assert_eq!(editor.texts(meeting), owner.texts(meeting));
    assert!(editor.is_whole() && owner.is_whole());
}

/// A change whose bytes were spoiled, in a frame that fits them.
fn reframed(mut bytes: Vec<u8>) -> Option<RawChange> {
    let hash = Sha256::digest(bytes.get(8..)?);
    bytes[4..8].copy_from_slice(&hash[..4]);
    RawChange::of(&bytes)
}

fn message_of(local: &Local, place: u64, changes: Vec<RawChange>) -> Arrived {
    let hashes: Vec<_> = changes.iter().map(|change| change.hash).collect();
    let (meeting, me) = (local.meeting(), local.row.me);
    let parcel = Parcel {
        author: me,
        signature: parcel::sign(&local.identity.signing, meeting, Lane::Meeting, me, &hashes),
        changes,
    };
    let id: MessageId = parcel.id(&local.ids, meeting, Lane::Meeting);
    let plain = [&[outgoing::PARCEL], parcel.bytes().as_slice()].concat();
    Arrived {
        place,
        lane: Lane::Meeting,
        id,
        bytes: local
            .seal(&*super::env(60), Lane::Meeting, 0, &id, &plain)
            .unwrap()
            .unwrap(),
    }
}

/// A member who may write signs changes that make no sense. What can be read of them is theirs to write; nothing breaks,
/// the file stays whole, and the others go on.
#[test]
fn a_member_who_signs_nonsense_breaks_nothing() {
    let (mut owner, mut editor, meeting) = scene();
    let mut chance = Chance::new();
    let local = editor.local(meeting);
    let own = editor.messages(meeting);
    let own: Vec<Vec<u8>> = own
        .iter()
        .filter(|message| message.lane == Lane::Meeting)
        .filter_map(|message| {
            Parcel::read(&local.open(Lane::Meeting, &message.id, &message.bytes).unwrap().1[1..]).ok()
        })
        .filter(|parcel| parcel.author == local.row.me)
        .flat_map(|parcel| parcel.changes.into_iter().map(|change| change.bytes))
        .collect();
    assert!(!own.is_empty());
    for round in 0..count() / 1000 {
        let mut batch = Vec::new();
        for _ in 0..50 {
            let mut bytes = own[chance.below(own.len())].clone();
            let mut body = bytes.split_off(9);
            chance.spoil(&mut body, &own);
            bytes.extend(body);
            batch.extend(reframed(bytes).map(|change| message_of(&local, round as u64 + 1, vec![change])));
        }
        receive(&mut owner.archive, meeting, &batch).unwrap();
    }
    assert!(owner.is_whole());
    owner.says(meeting, "and on it goes");
    owner.hears(&mut editor, meeting);
    assert!(owner.texts(meeting).contains(&"a line of the editor".to_owned()));
    let mut other = Laptop::joins(7, &mut owner, meeting, Role::Observer);
    other.hears(&mut owner, meeting);
    assert_eq!(other.texts(meeting).len(), owner.texts(meeting).len() - 1);
}
