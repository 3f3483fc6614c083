//! The commands of sharing as their users meet them: what they print, what they tell, how they end.

use std::thread;
use std::time::{Duration, Instant};

use minuta_tests::cli::Archive;
use minuta_tests::hub::{Hub, free_port};
use minuta_tests::process::{Ended, Running};
use serde_json::Value;

/// Refused: exit code 1, nothing printed, and a reason of one line that holds these words.
fn refused(ended: &Ended, words: &str) {
    assert_eq!((ended.code(), ended.out.as_str()), (Some(1), ""), "{ended:?}");
    assert!(
        ended.err.starts_with("minuta-cli: ") && ended.err.lines().count() == 1,
        "{ended:?}"
    );
    assert!(ended.err.contains(words), "{words:?} in {ended:?}");
}

fn texts(archive: &Archive, meeting: &str) -> Vec<String> {
    let mut texts: Vec<String> = archive.points(meeting).into_values().collect();
    texts.sort();
    texts
}

#[test]
fn two_people_start_with_a_hub() {
    let Some(hub) = Hub::start() else { return };
    let (ann, ben) = (Archive::new(), Archive::new());
    let meeting = ann.meeting(1);
    ann.run(&["capture", "latest"], "first\n").well();
    let shared = ann.run(&["share", "latest", "--hub", &hub.url(), "--name", "Ann"], "");
    assert_eq!(shared.err, "", "{shared:?}");
    let invitation = shared.well();
    assert!(
        invitation.starts_with("minuta:join/") && invitation.lines().count() == 1,
        "{invitation}"
    );
    let joined = ben.run(&["join", invitation.trim(), "--name", "Ben"], "");
    assert!(joined.err.starts_with("minuta-cli: received "), "{joined:?}");
    assert_eq!(joined.well(), format!("{meeting}\n"));
    assert_eq!(texts(&ben, &meeting), ["first"]);

    ben.run(&["capture", &meeting], "second\n").well();
    assert_eq!(ben.run(&["sync", &meeting], "").well(), "sent 1, received 0\n");
    assert!(ann.run(&["sync", "latest"], "").well().starts_with("sent 0, received "));
    assert_eq!(texts(&ann, &meeting), ["first", "second"]);
    assert_eq!(
        ann.run(&["sync", "latest"], "").well(),
        "sent 0, received 0\n",
        "nothing is left to do"
    );

    let members = ann.run(&["members", "latest"], "").well();
    let rows: Vec<Vec<&str>> = members.lines().map(|line| line.split('\t').collect()).collect();
    assert!(
        rows.iter().any(|row| row[1..] == ["owner", "good", "Ann (you)"]),
        "{members}"
    );
    assert!(
        rows.iter().any(|row| row[1..] == ["scribe", "good", "Ben"]),
        "{members}"
    );
    assert!(
        rows.iter()
            .any(|row| row[1..] == ["scribe", "good", "an invitation, 1 member"]),
        "{members}"
    );
    let state: Value = serde_json::from_str(&ben.run(&["members", &meeting, "--json"], "").well()).unwrap();
    assert_eq!(
        (&state["role"], &state["waiting"]),
        (&"scribe".into(), &0.into()),
        "{state}"
    );
    let log = ann.run(&["connections", "latest"], "").well();
    assert!(
        log.lines().all(|line| line.split('\t').count() == 2) && !log.contains("second"),
        "{log}"
    );
    assert_eq!(ann.run(&["aside", "latest"], "").well(), "");
}

#[test]
fn what_is_typed_on_one_is_there_on_the_other_while_both_follow() {
    let Some(hub) = Hub::start() else { return };
    let (ann, ben) = (Archive::new(), Archive::new());
    let meeting = ann.meeting(1);
    let invitation = ann.run(&["share", "latest", "--hub", &hub.url()], "").well();
    ben.run(&["join", "-"], &invitation).well();
    let follow = |archive: &Archive| Running::start(&mut archive.command(&["sync", &meeting, "--follow"]), Vec::new());
    let following = [follow(&ann), follow(&ben)];
    ann.run(&["capture", &meeting], "from ann\n").well();
    ben.run(&["capture", &meeting], "from ben\n").well();
    let began = Instant::now();
    while [&ann, &ben]
        .iter()
        .any(|archive| texts(archive, &meeting) != ["from ann", "from ben"])
    {
        assert!(began.elapsed() < Duration::from_secs(30), "it does not arrive");
        thread::sleep(Duration::from_millis(50));
    }
    for ended in following.map(Running::kill) {
        let lines: Vec<&str> = ended.out.lines().collect();
        assert_eq!(lines.first(), Some(&"contact"), "{ended:?}");
        assert!(
            lines.len() > 1 && lines[1..].iter().all(|line| line.starts_with("sent ")),
            "{ended:?}"
        );
        assert_eq!(ended.err, "");
    }
}

#[test]
fn a_withdrawn_member_reads_nothing_of_what_follows() {
    let Some(hub) = Hub::start() else { return };
    let [ann, ben, eve] = [Archive::new(), Archive::new(), Archive::new()];
    let meeting = ann.meeting(1);
    let hub_words = ["share", "latest", "--hub", &hub.url()];
    let invitation = ann.run(&[&hub_words[..], &["--role", "editor"]].concat(), "").well();
    ben.run(&["join", "-", "--name", "Ben"], &invitation).well();
    eve.run(&["join", "-", "--name", "Eve"], &invitation).well();
    eve.run(&["capture", &meeting], "in good time\n").well();
    eve.run(&["sync", &meeting], "").well();
    ann.run(&["sync", "latest"], "").well();
    let members = ann.run(&["members", "latest"], "").well();
    let row = members.lines().find(|line| line.ends_with("\tEve")).unwrap();
    let id = row.split('\t').next().unwrap();
    refused(&ann.run(&["withdraw", "latest", "zz"], ""), "begins with \"zz\"");
    ben.run(&["sync", &meeting], "").well();
    refused(&ben.run(&["withdraw", &meeting, id], ""), "only the owner");
    ann.run(&["withdraw", "latest", id], "").well();
    ann.run(&["capture", "latest"], "among those who stay\n").well();
    ann.run(&["sync", "latest"], "").well();
    ben.run(&["sync", &meeting], "").well();
    let well = eve.run(&["sync", &meeting], "");
    assert!(well.code().is_some());
    eve.run(&["capture", &meeting], "too late\n").well();
    eve.run(&["sync", &meeting], "");
    ann.run(&["sync", "latest"], "").well();
    ben.run(&["sync", &meeting], "").well();
    let stay = ["among those who stay", "in good time"];
    assert_eq!(
        (texts(&ann, &meeting), texts(&ben, &meeting)),
        (stay.map(str::to_owned).to_vec(), stay.map(str::to_owned).to_vec())
    );
    assert_eq!(texts(&eve, &meeting), ["in good time", "too late"]);
    for archive in [&ann, &ben, &eve] {
        archive.is_whole();
    }
}

#[test]
fn without_a_hub_within_reach_all_is_kept_and_told() {
    let archive = Archive::new();
    let meeting = archive.meeting(1);
    refused(&archive.run(&["sync", "latest"], ""), "not shared");
    refused(&archive.run(&["members", "latest"], ""), "not shared");
    refused(
        &archive.run(&["export-file", "latest", "--to", "x.minuta"], ""),
        "not shared",
    );
    let nowhere = format!("nats://127.0.0.1:{}", free_port());
    let shared = archive.run(&["share", "latest", "--hub", &nowhere], "");
    assert!(shared.err.contains("nothing listens there"), "{shared:?}");
    let invitation = shared.well();
    refused(&archive.run(&["sync", "latest"], ""), "nothing listens there");
    refused(&archive.run(&["join", invitation.trim()], ""), "your own");
    archive.run(&["capture", "latest"], "kept\n").well();
    assert_eq!(texts(&archive, &meeting), ["kept"]);
    let state: Value = serde_json::from_str(&archive.run(&["members", "latest", "--json"], "").well()).unwrap();
    assert!(state["waiting"].as_u64().unwrap() >= 1, "{state}");

    let other = Archive::new();
    let joined = other.run(&["join", invitation.trim()], "");
    assert_eq!(
        (joined.code(), joined.out.trim()),
        (Some(1), meeting.as_str()),
        "{joined:?}"
    );
    assert!(joined.err.contains("nothing was fetched yet"), "{joined:?}");
    refused(
        &Archive::new().run(&["join", &invitation[..40]], ""),
        "no whole invitation",
    );
    refused(
        &Archive::new().run(&["join", "minuta:join/"], ""),
        "no whole invitation",
    );
    refused(
        &other.run(&["sync", &meeting, "--credentials", "nowhere.creds"], ""),
        "cannot be found",
    );
}

#[test]
fn a_role_that_there_is_not_is_wrong_usage() {
    let archive = Archive::new();
    for words in [
        &["share", "latest", "--role", "owner"][..],
        &["share"],
        &["join"],
        &["export-file", "latest"],
        &["merge"],
        &["withdraw", "latest"],
    ] {
        assert_eq!(archive.run(words, "").code(), Some(2), "{words:?}");
    }
}
