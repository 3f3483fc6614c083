//! `kill -9` at random moments, while lines stream in.

use std::collections::BTreeMap;
use std::thread;
use std::time::Duration;

use minuta_tests::cli::Archive;
use minuta_tests::process::Running;
use minuta_tests::seed::{Chance, share};

use super::stream::{goes_on, input, lines, nothing_is_lost, still_there};

#[test]
fn no_acknowledged_line_dies_with_the_process() {
    let mut chance = Chance::of("kill");
    let (mut archive, mut meeting) = (Archive::new(), String::new());
    let mut told = BTreeMap::new();
    let mut in_the_middle = 0;
    let rounds = share(10, 200);
    for round in 1..=rounds {
        // An archive lives through ten kills; a fresh one keeps `show` and `check` short.
        if round % 10 == 1 {
            archive = Archive::new();
            meeting = archive.meeting(u32::try_from(round).unwrap());
            told.clear();
        }
        let sent = lines(&format!("round {round}, line"), 3000);
        let running = Running::start(&mut archive.command(&["capture", &meeting]), input(&sent));
        thread::sleep(Duration::from_micros(chance.below(400_000)));
        let ended = running.kill();
        assert!(ended.code().is_none_or(|code| code == 0), "ended by itself: {ended:?}");
        let now = nothing_is_lost(&archive, &meeting, &sent, &ended.out);
        if !now.is_empty() && now.len() < sent.len() {
            in_the_middle += 1;
        }
        told.extend(now);
        still_there(&archive.points(&meeting), &told);
        archive.is_whole();
    }
    told.extend(goes_on(&archive, &meeting, "and after all that, one more"));
    still_there(&archive.points(&meeting), &told);
    archive.is_whole();
    assert!(
        in_the_middle * 4 >= rounds,
        "only {in_the_middle} of {rounds} kills hit the middle: nothing was tried"
    );
}

#[test]
fn a_line_is_acknowledged_before_the_next_is_sent() {
    // Standard input stays open, so an acknowledgement that waits in a buffer would never come.
    use std::io::{BufRead, BufReader, Write};
    use std::process::Stdio;
    use std::sync::mpsc;

    let archive = Archive::new();
    let meeting = archive.meeting(1);
    let mut command = archive.command(&["capture", &meeting]);
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let stdout = BufReader::new(child.stdout.take().unwrap());
    let (tell, hear) = mpsc::channel();
    thread::spawn(move || {
        stdout
            .lines()
            .map_while(Result::ok)
            .try_for_each(|line| tell.send(line))
    });
    for (number, line) in [(1, "first"), (2, ""), (3, "third")] {
        writeln!(stdin, "{line}").unwrap();
        let heard = hear.recv_timeout(Duration::from_secs(20));
        if heard.is_err() {
            child.kill().unwrap();
        }
        let (told, id) = heard.as_deref().unwrap().split_once('\t').unwrap();
        assert_eq!(told, number.to_string());
        assert_eq!(id == "-", line.is_empty(), "only a blank line makes nothing");
    }
    drop(stdin);
    assert!(child.wait().unwrap().success());
    assert_eq!(archive.points(&meeting).len(), 2);
}
