//! `kill -9` of a laptop's programs while it receives and sends.

use std::collections::BTreeSet;
use std::thread;
use std::time::{Duration, Instant};

use minuta_tests::cli::{Archive, acknowledged};
use minuta_tests::hub::Hub;
use minuta_tests::process::Running;
use minuta_tests::seed::{Chance, share};

#[test]
fn a_laptop_that_is_killed_again_and_again_has_all_of_it_in_the_end() {
    let Some(hub) = Hub::start() else { return };
    let mut chance = Chance::of("killed while sharing");
    let (ann, ben) = (Archive::new(), Archive::new());
    let meeting = ann.meeting(1);
    let invitation = ann.run(&["share", "latest", "--hub", &hub.url()], "").well();
    let joined = ben.run(&["join", "-", "--name", "Ben"], &invitation).well();
    assert_eq!(joined.trim(), meeting);

    let follow = |archive: &Archive| Running::start(&mut archive.command(&["sync", &meeting, "--follow"]), Vec::new());
    let ann_follows = follow(&ann);
    let mut told: BTreeSet<String> = BTreeSet::new();
    let come = |archive: &Archive| {
        let points = archive.points(&meeting);
        points.values().filter(|text| text.starts_with("ann ")).count()
    };
    let mut received = 0;
    let rounds = share(10, 100);
    for round in 0..rounds {
        let lines = |who: &str| -> Vec<String> { (0..100).map(|number| format!("{who} {round} {number}")).collect() };
        let (hers, his) = (lines("ann"), lines("ben"));
        // Not in one breath: a flood of lines leaves no room in the archive for who follows.
        let capture = |archive: &Archive, lines: &[String]| {
            let mut command = archive.command(&["capture", &meeting]);
            Running::start_typing(&mut command, lines.to_vec(), Duration::from_millis(20))
        };
        // She writes and he receives; he writes and sends; and as soon as something of hers has come, a moment later, both
        // his programs are killed.
        let writing = [capture(&ann, &hers), capture(&ben, &his)];
        let following = follow(&ben);
        let begun = Instant::now();
        while come(&ben) <= received {
            assert!(
                begun.elapsed() < Duration::from_secs(60),
                "nothing of hers comes to him"
            );
            thread::sleep(Duration::from_millis(20));
        }
        thread::sleep(Duration::from_micros(chance.below(1_200_000)));
        let ended = following.kill();
        assert!(ended.code().is_none(), "ended by itself: {ended:?}");
        let [ann_writes, ben_writes] = writing;
        received = come(&ben);
        for (lines, ended) in [(&hers, ann_writes.kill()), (&his, ben_writes.kill())] {
            told.extend(
                acknowledged(&ended.out)
                    .into_iter()
                    .map(|(number, _)| lines[number - 1].clone()),
            );
        }
    }
    drop(ann_follows);
    // What he wrote last is on his disk only: it goes out, she takes it in, and he what she wrote.
    for archive in [&ben, &ann, &ben] {
        archive.run(&["sync", &meeting], "").well();
    }
    let texts = |archive: &Archive| -> BTreeSet<String> {
        let points = archive.points(&meeting);
        let texts: BTreeSet<String> = points.values().cloned().collect();
        assert_eq!(texts.len(), points.len(), "a line stands twice");
        texts
    };
    assert!(told.is_subset(&texts(&ben)), "an acknowledged line is lost");
    assert!(ann.record(&meeting) == ben.record(&meeting), "two records");
    for archive in [&ann, &ben] {
        archive.is_whole();
        assert_eq!(archive.run(&["aside", &meeting], "").well(), "");
    }
}
