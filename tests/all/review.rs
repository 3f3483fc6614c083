//! What was set on two laptops at once, listed and settled from the command line; and duties that pass on.

use minuta_tests::cli::Archive;
use serde_json::Value;

use crate::forks::{for_another, hear_of};

const LINES: &str = "\
participant: Ann Olsen, Chair
participant: Ben Okoro, Member
topic: Money
Ann Olsen: the budget of the year is agreed by all
Ben Okoro: another matter
";

/// Two archives of one meeting, in which these lines were typed apart, and that have heard of each other.
fn apart(left: &str, right: &str) -> (Archive, Archive, String) {
    let (one, other) = (Archive::new(), Archive::new());
    let meeting = one.meeting(7);
    one.run(&["capture", &meeting], LINES).well();
    for_another(&one.archive(), &other.archive());
    one.run(&["capture", &meeting], left).well();
    other.run(&["capture", &meeting], right).well();
    joined(&one, &other);
    (one, other, meeting)
}

fn joined(one: &Archive, other: &Archive) {
    let heard = hear_of(&one.archive(), &other.archive()) + hear_of(&other.archive(), &one.archive());
    assert!(heard > 0);
    for archive in [one, other] {
        archive.run(&["rebuild"], "").well();
        archive.is_whole();
    }
}

fn review(archive: &Archive, meeting: &str) -> Vec<Value> {
    let shown = archive.run(&["review", meeting, "--json"], "").well();
    serde_json::from_str(&shown).unwrap()
}

#[test]
fn words_that_two_rewrote_are_listed_and_settled() {
    let (one, other, meeting) = apart("s/budget/plan/\n", "s/budget/list/\n");
    let (here, there) = (review(&one, &meeting), review(&other, &meeting));
    assert_eq!(here.len(), 1, "{here:?}");
    let words = |list: &[Value]| -> Vec<String> {
        let versions = list[0]["versions"].as_array().unwrap();
        versions
            .iter()
            .map(|version| version["words"].as_str().unwrap().to_owned())
            .collect()
    };
    assert_eq!(words(&here), words(&there));
    assert!(
        words(&here).contains(&"the plan of the year is agreed by all".to_owned()),
        "{here:?}"
    );
    let shown = one.run(&["review", &meeting], "").well();
    let lines: Vec<&str> = shown.lines().collect();
    assert!(
        lines[0].ends_with(&format!("\tpoint\tWords\t{}", here[0]["excerpt"].as_str().unwrap())),
        "{shown}"
    );
    assert!(
        lines[1].starts_with("\ta\t") && lines[2].starts_with("\tb\t"),
        "{shown}"
    );
    assert_eq!(shown.matches("this laptop").count(), 1, "{shown}");
    assert_eq!(shown.matches("another laptop").count(), 1, "{shown}");
    let key = lines[0].split('\t').next().unwrap();

    let refused = one.run(&["settle", &meeting, key, "c"], "");
    assert_eq!((refused.code(), refused.out.as_str()), (Some(1), ""));
    assert!(refused.err.contains("there is no version c"), "{}", refused.err);
    assert!(
        one.run(&["settle", &meeting, "nonsense", "a"], "")
            .err
            .contains("nothing that is contested")
    );
    assert_eq!(one.run(&["settle", &meeting, key], "").code(), Some(2));

    assert_eq!(
        one.run(&["settle", &meeting, key, "theirs"], "").well(),
        "Words settled\n"
    );
    assert_eq!(review(&one, &meeting), Vec::<Value>::new());
    assert!(one.record(&meeting)["points"][0]["text"] == "the list of the year is agreed by all");
    assert_eq!(one.run(&["undo", &meeting], "").well(), "undone: words settled\n");
    assert_eq!(review(&one, &meeting).len(), 1);
    one.run(
        &["settle", &meeting, key, "--words", "the plan and the list are agreed"],
        "",
    )
    .well();
    joined(&other, &one);
    for archive in [&one, &other] {
        assert_eq!(review(archive, &meeting), Vec::<Value>::new());
        assert_eq!(
            archive.record(&meeting)["points"][0]["text"],
            "the plan and the list are agreed"
        );
        archive.is_whole();
    }
}

#[test]
fn two_who_begin_anew_have_nothing_to_settle() {
    let archive = Archive::new();
    let meeting = archive.meeting(7);
    archive.run(&["capture", &meeting], LINES).well();
    assert_eq!(archive.run(&["review", &meeting], "").well(), "");
    assert_eq!(archive.run(&["review", &meeting, "--json"], "").well(), "[]\n");
}

#[test]
fn a_duty_that_passes_on_while_the_meeting_is_live_is_kept_with_its_time() {
    let archive = Archive::new();
    let meeting = archive.meeting(7);
    // Before the meeting it is a matter of who does it.
    archive
        .run(
            &["capture", &meeting],
            "participant: Ann Olsen\nparticipant: Ben Okoro\nparticipant: Cleo Marsh\nchair: Ben Okoro\nchair: Ann Olsen\nscribe: Ben Okoro\n",
        )
        .well();
    let record = archive.record(&meeting);
    assert_eq!(record["handovers"], Value::Array(Vec::new()));
    assert_eq!(record["meeting"]["moderators"].as_array().unwrap().len(), 1);
    archive
        .run(
            &["capture", &meeting],
            "#startmeeting\ntopic: Opening\nAnn Olsen: good morning\nchair: Ben Okoro\nscribe: Cleo Marsh\n",
        )
        .well();
    let record = archive.record(&meeting);
    let names = |ids: &Value| -> Vec<String> {
        let people = record["participants"].as_array().unwrap();
        let name = |id: &Value| {
            people.iter().find(|one| one["id"] == *id).unwrap()["name"]
                .as_str()
                .unwrap()
                .to_owned()
        };
        ids.as_array().unwrap().iter().map(name).collect()
    };
    let handovers = record["handovers"].as_array().unwrap();
    assert_eq!(handovers.len(), 2, "{handovers:?}");
    let told: Vec<(&str, Vec<String>, Vec<String>)> = handovers
        .iter()
        .map(|one| (one["duty"].as_str().unwrap(), names(&one["from"]), names(&one["to"])))
        .collect();
    let one = |name: &str| vec![name.to_owned()];
    assert_eq!(
        told,
        [
            ("moderator", one("Ann Olsen"), one("Ben Okoro")),
            ("rapporteur", one("Ben Okoro"), one("Cleo Marsh"))
        ]
    );
    // Both moderated this meeting, one after the other.
    assert_eq!(names(&record["meeting"]["moderators"]), ["Ann Olsen", "Ben Okoro"]);
    let shown = archive.run(&["show", &meeting], "").well();
    assert!(shown.contains("Moderator: Ben Okoro, after Ann Olsen"), "{shown}");
    assert!(shown.contains("Rapporteur: Cleo Marsh, after Ben Okoro"), "{shown}");

    // One action each: undo takes the handover back, and nothing is left of it.
    archive.run(&["undo", &meeting], "").well();
    archive.run(&["undo", &meeting], "").well();
    let record = archive.record(&meeting);
    assert_eq!(
        record["handovers"],
        Value::Array(Vec::new()),
        "{}",
        record["participants"]
    );
    assert_eq!(record["meeting"]["moderators"].as_array().unwrap().len(), 1);
    archive.run(&["redo", &meeting], "").well();
    assert_eq!(archive.record(&meeting)["handovers"].as_array().unwrap().len(), 1);
    // Who had it for a moment by mistake is taken out of it by name.
    archive
        .run(&["capture", &meeting], "chair: Cleo Marsh\nchair- Ben Okoro\n")
        .well();
    let record = archive.record(&meeting);
    let people = record["participants"].as_array().unwrap();
    assert_eq!(people[1]["moderating"], Value::Array(Vec::new()));
    assert_eq!(people[2]["moderating"].as_array().unwrap().len(), 1);
    archive.is_whole();
}
