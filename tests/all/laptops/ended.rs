//! `sync --follow` that is asked to end.

use std::time::{Duration, Instant};

use minuta_core::model::share::Role;
use minuta_tests::cli::Archive;
use minuta_tests::hub::Hub;
use minuta_tests::left_out;
use minuta_tests::process::{Ended, Running};

use super::Laptop;

/// So long it may take, with a busy machine around it.
const SOON: Duration = Duration::from_secs(6);

/// Whether the tests were started to outlive their terminal (`nohup`). What they start inherits that, and rightly goes on.
fn hangup_is_ignored() -> bool {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let ignored = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
    ignored.is_some_and(|mask| u64::from_str_radix(mask.trim(), 16).is_ok_and(|mask| mask & 1 == 1))
}

/// Steps until somebody else is there, or nobody is; within so long.
fn until_there(laptop: &mut Laptop, is_there: bool, limit: Duration) {
    let began = Instant::now();
    while laptop.follower.present().is_empty() == is_there {
        laptop.step(Duration::from_millis(20));
        let waited = began.elapsed();
        assert!(waited < limit, "there is still {:?}", laptop.follower.present());
    }
}

#[test]
fn who_is_asked_to_end_sends_what_waits_and_is_gone_at_once_for_the_others() {
    let Some(hub) = Hub::start() else { return };
    // Where a terminal goes, the shell and the system may both say so.
    for signals in [&["TERM"][..], &["INT"], &["HUP"], &["HUP", "HUP"]] {
        let signal = signals.join(", ");
        if signals.contains(&"HUP") && hangup_is_ignored() {
            left_out("SIGHUP is ignored here, as under nohup: that it ends what follows is not tried");
            continue;
        }
        let mut ann = Laptop::first(&hub);
        let invitation = minuta_core::share::invite(&mut ann.archive, ann.meeting, Role::Scribe).unwrap();
        ann.step(Duration::ZERO);
        let ben = Archive::new();
        let meeting = ben.run(&["join", "-", "--name", "Ben"], &invitation).well();
        let meeting = meeting.trim();
        let follows = Running::start(&mut ben.command(&["sync", meeting, "--follow"]), Vec::new());
        until_there(&mut ann, true, Duration::from_secs(30));
        // Saved by another program a moment before: it has not seen them yet.
        ben.run(&["capture", meeting], "one\ntwo\nthree\n").well();
        signals.iter().for_each(|signal| follows.ask_to_end(signal));
        let Ended { out, err, status } = follows.end_within(SOON);
        assert_eq!(status.code(), Some(0), "{signal}: {out}{err}");
        assert_eq!(out.lines().last(), Some("ended; all is sent"), "{signal}: {out}{err}");
        // Long before who says nothing is held to be gone.
        until_there(&mut ann, false, SOON);
        for _ in 0..3 {
            ann.step(Duration::from_millis(50));
        }
        let texts: Vec<String> = ann.texts().into_iter().collect();
        assert_eq!(texts, ["one", "three", "two"], "{signal}");
        ben.is_whole();
    }
}

#[test]
fn without_a_hub_it_ends_as_soon_and_says_what_waits() {
    let Some(mut hub) = Hub::start() else { return };
    let ann = Archive::new();
    let meeting = ann.meeting(1);
    ann.run(&["share", "latest", "--hub", &hub.url()], "").well();
    hub.kill();
    ann.run(&["capture", &meeting], "one\ntwo\n").well();
    let follows = Running::start(&mut ann.command(&["sync", &meeting, "--follow"]), Vec::new());
    std::thread::sleep(Duration::from_millis(700));
    follows.ask_to_end("TERM");
    let Ended { out, err, status } = follows.end_within(SOON);
    assert_eq!(status.code(), Some(0), "{out}{err}");
    assert!(out.contains("no contact"), "{out}{err}");
    assert_eq!(
        out.lines().last(),
        Some("ended; 2 changes wait to be sent"),
        "{out}{err}"
    );
    hub.start_again();
    assert_eq!(ann.run(&["sync", &meeting], "").well(), "sent 1, received 0\n");
    ann.is_whole();
}

/// Sends a hub a signal of this name.
fn signal(hub: &Hub, name: &str) {
    let sent = std::process::Command::new("kill")
        .args(["-s", name, &hub.process().to_string()])
        .status()
        .unwrap();
    assert!(sent.success());
}

#[test]
fn a_hub_that_says_nothing_holds_nobody_up() {
    let Some(hub) = Hub::start() else { return };
    let ann = Archive::new();
    let meeting = ann.meeting(1);
    ann.run(&["share", "latest", "--hub", &hub.url()], "").well();
    let follows = Running::start(&mut ann.command(&["sync", &meeting, "--follow"]), Vec::new());
    std::thread::sleep(Duration::from_millis(700));
    signal(&hub, "STOP");
    ann.run(&["capture", &meeting], "one\n").well();
    // It is in the middle of sending it.
    std::thread::sleep(Duration::from_millis(300));
    follows.ask_to_end("TERM");
    let Ended { out, err, status } = follows.end_within(SOON);
    assert_eq!(status.code(), Some(0), "{out}{err}");
    assert!(format!("{out}{err}").contains("ended"), "{out}{err}");
    signal(&hub, "CONT");
    ann.run(&["sync", &meeting], "").well();
    let waits = ann.run(&["members", &meeting, "--json"], "").well();
    assert!(waits.contains("\"waiting\": 0"), "{waits}");
    ann.is_whole();
}
