//! A transcript beside the minutes: found, set beside the points, and made into points.

use std::fs;

use serde_json::{Value, json};

use minuta_core::api;
use minuta_tests::cli::Archive;

const TRANSCRIPT: &str = "\
WEBVTT

00:00:01.000 --> 00:00:04.000
Ann Olsen: Good morning everybody.

00:00:04.000 --> 00:00:09.000
Ann Olsen: The lamp is out again.

00:00:10.000 --> 00:00:12.000
Sato: We saw it from the pier.

00:30:00.000 --> 00:30:02.000
Ben Okoro: And now the *dredging*.
";

/// A meeting with two people, a point each, and the transcript, which began with it.
fn meeting(archive: &Archive) -> String {
    let id = archive.meeting(1);
    let lines = "participant: Ann Olsen\nparticipant: Ben Okoro\nAnn Olsen: lamp out\n";
    archive.run(&["capture", &id], lines).well();
    let file = archive.folder().join("talk.vtt");
    fs::write(&file, TRANSCRIPT).unwrap();
    let file = file.to_str().unwrap();
    let began = archive.record(&id)["points"][0]["at"].as_str().unwrap().to_owned();
    archive
        .run(&["import", file, "--into", &id, "--starts", &began], "")
        .well();
    id
}

#[test]
fn what_was_said_is_found_and_stands_beside_the_points() {
    let archive = Archive::new();
    let id = meeting(&archive);
    let record = archive.record(&id);
    assert_eq!(record["cues"].as_array().unwrap().len(), 4);
    assert_eq!(
        record["points"].as_array().unwrap().len(),
        1,
        "a transcript makes no points by itself"
    );
    let hits: Value = serde_json::from_str(&archive.run(&["search", "pier", "--json"], "").well()).unwrap();
    assert_eq!(hits[0]["noun"], "cue");
    assert_eq!(
        (&hits[0]["speaker"], &hits[0]["text"]),
        (&json!("Sato"), &json!("We saw it from the pier."))
    );
    // Never in the report.
    let report = archive
        .run(&["export", &id, "--to", "-", "--format", "markdown"], "")
        .well();
    assert!(!report.contains("pier"), "{report}");
    archive.is_whole();
}

#[test]
fn cues_become_points_with_their_speaker_and_their_time() {
    let archive = Archive::new();
    let id = meeting(&archive);
    let opened = std::sync::Mutex::new(crate::opened::open(&archive.archive(), 9));
    let call = |name: &str, request: Value| api::call(&opened, name, request).unwrap();
    let record = archive.record(&id);
    let around = call(
        "cues_around",
        json!({ "meeting": id, "point": record["points"][0]["id"], "seconds": 60 }),
    );
    let around = around.as_array().unwrap();
    assert_eq!(around.len(), 3, "the fourth was half an hour later");
    let cues: Vec<&Value> = record["cues"]
        .as_array()
        .unwrap()
        .iter()
        .map(|cue| &cue["id"])
        .collect();
    let made = call("cues_to_points", json!({ "meeting": id, "cues": cues }));
    assert_eq!(made["done"], "3 points made of the transcript");
    let after = archive.record(&id);
    let points = after["points"].as_array().unwrap();
    let texts: Vec<&str> = points.iter().map(|point| point["text"].as_str().unwrap()).collect();
    // In order of time, beside what was typed then; marks are no marks; nobody is guessed.
    assert_eq!(
        texts,
        [
            "lamp out",
            "Good morning everybody. The lamp is out again.",
            "Sato: We saw it from the pier.",
            "And now the \\*dredging\\*.",
        ]
    );
    assert_eq!(points[1]["speakers"][0], after["participants"][0]["id"]);
    assert_eq!(points[1]["basis"], "imported");
    assert_eq!(
        (&points[2]["attribution"], &points[2]["speaker_text"]),
        (&json!("unresolved"), &json!("Sato"))
    );
    assert_eq!(points[3]["speakers"][0], after["participants"][1]["id"]);
    assert_eq!(points[3]["at"], after["cues"][3]["starts"]);
    let undone = call("undo", json!({ "meeting": id }));
    assert_eq!(undone["label"], "points made of the transcript");
    assert_eq!(archive.record(&id)["points"], record["points"]);
}

#[test]
fn the_record_says_where_in_the_recording_a_point_is() {
    let archive = Archive::new();
    let id = meeting(&archive);
    let opened = std::sync::Mutex::new(crate::opened::open(&archive.archive(), 9));
    let at = archive.record(&id)["points"][0]["at"].as_str().unwrap().to_owned();
    let at: chrono::DateTime<chrono::Utc> = at.parse().unwrap();
    let set = |starts: Option<chrono::DateTime<chrono::Utc>>| {
        let request = json!({ "meeting": id, "recording": "https://example.org/talk", "starts": starts });
        api::call(&opened, "recording_set", request).unwrap();
        archive
            .run(
                &[
                    "export",
                    &id,
                    "--to",
                    "-",
                    "--format",
                    "markdown",
                    "--document",
                    "record",
                ],
                "",
            )
            .well()
    };
    assert!(set(Some(at - chrono::TimeDelta::seconds(3725))).contains("recording 1:02:05"));
    assert!(!set(Some(at + chrono::TimeDelta::seconds(1))).contains("recording 0"));
    assert!(!set(None).contains("recording 0"));
}
