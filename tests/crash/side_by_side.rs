//! Two processes write into one meeting at once.

use std::collections::BTreeSet;
use std::time::Duration;

use minuta_tests::cli::{Archive, acknowledged};
use minuta_tests::process::Running;
use minuta_tests::seed::share;

use super::stream::{input, lines};

#[test]
fn two_that_write_at_once_lose_nothing_and_double_nothing() {
    let archive = Archive::new();
    let meeting = archive.meeting(1);
    let count = share(200, 2000);
    let sent = ["left", "right"].map(|name| lines(name, count));
    let running = sent
        .clone()
        .map(|lines| Running::start(&mut archive.command(&["capture", &meeting]), input(&lines)));
    let ended = running.map(|running| running.end_within(Duration::from_secs(300)));
    let points = archive.points(&meeting);
    assert_eq!(points.len(), 2 * count);
    let mut ids = BTreeSet::new();
    for (lines, ended) in sent.iter().zip(ended) {
        let told = acknowledged(&ended.well());
        assert_eq!(told.len(), count);
        for (number, id) in told {
            assert_eq!(points.get(&id), Some(&lines[number - 1]));
            assert!(ids.insert(id), "an id was acknowledged twice");
        }
    }
    archive.is_whole();
}
