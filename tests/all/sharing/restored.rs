//! An archive with a shared meeting that is put back from a copy of itself, or got out of a damaged file: it is the same
//! member as before, takes up what it missed, and goes on.

use std::path::PathBuf;

use minuta_core::model::share::{Role, Standing};
use minuta_core::share::memory::MemoryHub;
use minuta_core::share::{self, Follower, Whom};
use minuta_core::{Recovered, backup, recover};
use rusqlite::{Connection, params};
use tempfile::TempDir;

use super::{Laptop, agree, settle};
use crate::opened::{env, is_whole, open};

/// An owner and a scribe, both with some lines.
fn two(folder: &TempDir, hub: &MemoryHub) -> [Laptop; 2] {
    let mut owner = Laptop::owner(folder, hub);
    let scribe = Laptop::joins(folder, hub, &mut owner, 1, Role::Scribe);
    let mut both = [owner, scribe];
    settle(&mut both);
    for (number, laptop) in both.iter_mut().enumerate() {
        for line in 0..5 {
            laptop.says(&format!("early {line} of {number}"));
        }
        laptop.says(&format!("[off] hushed by {number}"));
    }
    settle(&mut both);
    both
}

/// Opens another file in the place of a laptop's own.
fn put_back(laptop: &mut Laptop, hub: &MemoryHub, path: PathBuf, seed: u16) {
    laptop.archive = open(&path, seed);
    laptop.path = path;
    laptop.wire = hub.wire();
    laptop.follower = Follower::new(laptop.meeting);
}

fn stands(laptop: &Laptop) -> (Role, usize) {
    let state = share::state(&laptop.archive, laptop.meeting).unwrap().unwrap();
    (state.role, state.members.len())
}

#[test]
fn put_back_from_an_older_copy_a_laptop_takes_up_what_it_wrote_since_and_goes_on() {
    for who in [0, 1] {
        let folder = tempfile::tempdir().unwrap();
        let hub = MemoryHub::new(1);
        let mut all = two(&folder, &hub);
        // Saved and not sent when the copy is made; sent from the archive itself afterwards.
        all[who].says("between");
        let copy = folder.path().join("copy.minuta");
        backup(&all[who].archive, &copy).unwrap();
        all[who].says("written since");
        all[1 - who].says("from the other");
        settle(&mut all);
        let before = all[0].record();

        put_back(&mut all[who], &hub, copy, 50);
        assert_eq!(stands(&all[who]), stands_of(who));
        // It goes on before it hears anything, as on a train.
        all[who].says("after the copy");
        settle(&mut all);
        agree(&all);
        assert_ne!(all[0].record(), before);
        let texts = all[who].texts();
        for line in ["between", "written since", "from the other", "after the copy"] {
            assert_eq!(
                texts.iter().filter(|text| *text == line).count(),
                1,
                "{line}: {texts:?}"
            );
        }
        // A third who joins now is given all of it.
        let third = Laptop::joins(&folder, &hub, &mut all[0], 2, Role::Scribe);
        let [one, other] = all;
        let mut all = [one, other, third];
        settle(&mut all);
        agree(&all);
    }
}

fn stands_of(who: usize) -> (Role, usize) {
    (if who == 0 { Role::Owner } else { Role::Scribe }, 2)
}

#[test]
fn an_owner_put_back_from_before_a_new_key_has_it_again() {
    let folder = tempfile::tempdir().unwrap();
    let hub = MemoryHub::new(1);
    let [mut owner, scribe] = two(&folder, &hub);
    let gone = Laptop::joins(&folder, &hub, &mut owner, 2, Role::Scribe);
    let mut all = [owner, scribe, gone];
    settle(&mut all);
    let copy = folder.path().join("copy.minuta");
    backup(&all[0].archive, &copy).unwrap();
    let state = share::state(&all[0].archive, all[0].meeting).unwrap().unwrap();
    let leaves = state.members.iter().find(|member| member.name == "Laptop 2").unwrap();
    let meeting = all[0].meeting;
    share::withdraw(&mut all[0].archive, meeting, Whom::Member(leaves.author)).unwrap();
    let [owner, scribe, _] = all;
    let mut all = [owner, scribe];
    settle(&mut all);
    all[1].says("under the new key");
    settle(&mut all);
    put_back(&mut all[0], &hub, copy, 50);
    settle(&mut all);
    agree(&all);
    assert!(all[0].texts().contains(&"under the new key".to_owned()));
    // What it invites to now is read by who joins.
    let third = Laptop::joins(&folder, &hub, &mut all[0], 3, Role::Scribe);
    let [owner, scribe] = all;
    let mut all = [owner, scribe, third];
    settle(&mut all);
    agree(&all);
}

/// A copy of an archive in which who it is, as a member, was damaged; and what a recovery makes of it.
fn recovered_without_identity(folder: &TempDir, laptop: &Laptop, damage: &str, seed: u16) -> (PathBuf, Recovered) {
    let damaged = folder.path().join(format!("damaged-{seed}.minuta"));
    backup(&laptop.archive, &damaged).unwrap();
    let conn = Connection::open(&damaged).unwrap();
    assert_eq!(conn.execute(damage, []).unwrap(), 1);
    drop(conn);
    let target = folder.path().join(format!("recovered-{seed}.minuta"));
    let recovered = recover(&damaged, &target, &env(seed)).unwrap();
    assert_eq!(
        (recovered.whole.as_slice(), recovered.mended.len()),
        ([laptop.meeting].as_slice(), 0)
    );
    is_whole(&target);
    (target, recovered)
}

const IDENTITY_DAMAGED: [&str; 2] = ["UPDATE identity SET sum = sum + 1", "DELETE FROM identity"];

#[test]
fn an_owner_who_cannot_be_known_again_keeps_the_meeting_by_itself_and_is_told() {
    for damage in IDENTITY_DAMAGED {
        let folder = tempfile::tempdir().unwrap();
        let hub = MemoryHub::new(1);
        let [mut owner, _] = two(&folder, &hub);
        owner.says("not sent yet");
        let (target, recovered) = recovered_without_identity(&folder, &owner, damage, 60);
        let words = "is of this archive: it is kept here by itself";
        assert!(recovered.lost.iter().any(|what| what.contains(words)), "{recovered:?}");
        let archive = open(&target, 61);
        assert_eq!(share::state(&archive, owner.meeting).unwrap(), None);
        let record = serde_json::to_value(archive.record(owner.meeting).unwrap()).unwrap();
        assert_eq!(Some(record), owner.record());
    }
}

#[test]
fn a_scribe_who_cannot_be_known_again_keeps_what_waits_and_sends_it_as_a_new_member() {
    for damage in IDENTITY_DAMAGED {
        let folder = tempfile::tempdir().unwrap();
        let hub = MemoryHub::new(1);
        let mut all = two(&folder, &hub);
        all[1].says("not sent yet");
        all[1].says("[off] nor this");
        all[1].says("agenda+ Late item");
        let before = all[1].record();
        let (target, recovered) = recovered_without_identity(&folder, &all[1], damage, 60);
        let words = "all of it is kept, also what was not sent yet";
        assert!(recovered.lost.iter().any(|what| what.contains(words)), "{recovered:?}");
        put_back(&mut all[1], &hub, target, 61);
        assert_eq!(all[1].record(), before);
        assert_eq!(own_standing(&all[1]), Standing::Unproved);

        // Until it is let in again nothing of it goes out, also not what is written now; what others write still comes.
        all[1].says("written meanwhile");
        all[0].says("from the owner");
        settle(&mut all);
        assert!(all[1].texts().contains(&"from the owner".to_owned()));
        assert!(
            !all[0]
                .texts()
                .iter()
                .any(|text| text == "not sent yet" || text == "written meanwhile")
        );
        let waiting = share::state(&all[1].archive, all[1].meeting).unwrap().unwrap().waiting;
        assert!(waiting >= 4, "{waiting}");

        let (meeting, [owner, scribe]) = (all[0].meeting, &mut all);
        let text = share::invite(&mut owner.archive, meeting, Role::Scribe).unwrap();
        share::join(&mut scribe.archive, &text, "Laptop 1 again").unwrap();
        assert_eq!(own_standing(scribe), Standing::Good);
        settle(&mut all);
        agree(&all);
        let texts = all[0].texts();
        for line in [
            "not sent yet",
            "nor this",
            "written meanwhile",
            "early 0 of 1",
            "hushed by 1",
        ] {
            assert_eq!(
                texts.iter().filter(|text| *text == line).count(),
                1,
                "{line}: {texts:?}"
            );
        }
        assert_eq!(stands(&all[0]).1, 3);
        // It goes on as any member, and what was taken back before can be told apart no more, but nothing is lost.
        all[1].says("and on");
        settle(&mut all);
        agree(&all);
        is_whole(&all[1].path);
    }
}

fn own_standing(laptop: &Laptop) -> Standing {
    share::state(&laptop.archive, laptop.meeting).unwrap().unwrap().standing
}

/// Damages a file in one way.
type Damage = fn(&Connection, &str);

const DAMAGES: [(&str, Damage); 6] = [
    ("nothing", |_, _| {}),
    ("a message that waits, as a parcel", |conn, _| {
        let last = "(SELECT max(row) FROM share_parcel)";
        conn.execute(
            &format!("UPDATE share_parcel SET signature = zeroblob(64) WHERE row = {last}"),
            [],
        )
        .unwrap();
    }),
    ("an early parcel", |conn, _| {
        let first = "(SELECT min(row) FROM share_parcel)";
        conn.execute(
            &format!("UPDATE share_parcel SET sum = sum + 1 WHERE row = {first}"),
            [],
        )
        .unwrap();
    }),
    ("who joined", |conn, _| {
        let last = "(SELECT max(row) FROM share_statement)";
        conn.execute(
            &format!("UPDATE share_statement SET sum = sum + 1 WHERE row = {last}"),
            [],
        )
        .unwrap();
    }),
    ("the end of the log of changes, in the tables too", |conn, meeting| {
        conn.execute(
            "DELETE FROM snapshot WHERE document IN (SELECT row FROM document WHERE meeting = ?1)",
            params![meeting],
        )
        .unwrap();
        let last = "(SELECT max(c.seq) FROM change AS c JOIN document AS d ON d.row = c.document WHERE d.meeting = ?1 AND d.kind = 'meeting')";
        conn.execute(&format!("DELETE FROM change WHERE seq = {last}"), params![meeting])
            .unwrap();
    }),
    ("what was noted of the hub", |conn, _| {
        conn.execute("DELETE FROM share_message", []).unwrap();
        conn.execute("DELETE FROM share_actor", []).unwrap();
        conn.execute("UPDATE share_packed SET seq = 0", []).unwrap();
    }),
];

#[test]
fn got_out_of_a_damaged_file_a_laptop_is_the_same_member_and_goes_on() {
    for (what, damage) in DAMAGES {
        for who in [0, 1] {
            let folder = tempfile::tempdir().unwrap();
            let hub = MemoryHub::new(1);
            let mut all = two(&folder, &hub);
            // Saved, and in no message yet.
            all[who].says("not sent yet");
            all[1 - who].says("from the other");
            let other = &mut all[1 - who];
            other.step();
            let damaged = folder.path().join("damaged.minuta");
            backup(&all[who].archive, &damaged).unwrap();
            {
                let conn = Connection::open(&damaged).unwrap();
                // Damage keeps no rule.
                conn.pragma_update(None, "foreign_keys", false).unwrap();
                damage(&conn, &all[who].meeting.to_string());
            }
            let target = folder.path().join("recovered.minuta");
            recover(&damaged, &target, &env(60)).unwrap();
            is_whole(&target);
            put_back(&mut all[who], &hub, target, 61);
            assert_eq!(stands(&all[who]).0, stands_of(who).0, "{what}");
            all[who].says("after it");
            settle(&mut all);
            agree(&all);
            let texts = all[1 - who].texts();
            for line in [
                "not sent yet",
                "from the other",
                "after it",
                "early 0 of 0",
                "early 4 of 1",
            ] {
                assert_eq!(
                    texts.iter().filter(|text| *text == line).count(),
                    1,
                    "{what}, {who}: {line} in {texts:?}"
                );
            }
            // It still does what only it may do.
            if who == 0 {
                let third = Laptop::joins(&folder, &hub, &mut all[0], 2, Role::Scribe);
                let [one, other] = all;
                let mut all = [one, other, third];
                settle(&mut all);
                agree(&all);
                assert_eq!(stands(&all[2]), (Role::Scribe, 3));
            }
        }
    }
}
