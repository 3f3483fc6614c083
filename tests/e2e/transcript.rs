//! A transcript beside the minutes: found, looked at by time, made into points by keys.

use std::fs;

use serde_json::json;

use crate::axe::no_faults;
use crate::importing::picture;
use crate::keys::{CONTROL, DOWN, ENTER, SHIFT};
use crate::room::{POINTS, Room};

const CUES: &str = "[data-testid=cues]";

/// A cue each half minute; Ann Berg speaks first, then somebody whom nobody knows.
fn talk() -> String {
    let cue = |at: usize| {
        let (minute, half) = (at / 2, if at.is_multiple_of(2) { "00" } else { "30" });
        let speaker = if at < 6 { "Ann Berg" } else { "Sato" };
        format!("00:{minute:02}:{half}.000 --> 00:{minute:02}:{half}.900\n{speaker}: words of half minute {at}\n\n")
    };
    format!("WEBVTT\n\n{}", (0..40).map(cue).collect::<String>())
}

#[test]
fn what_was_said_around_a_point_is_read_and_made_into_points() {
    let Some(room) =
        Room::with("participant: Ann Berg, editor\nagenda+ Lights\n/next\nthe lamp is out\ndecision: it is mended\n")
    else {
        return;
    };
    let window = &room.window;
    // Without one, the key says so.
    room.to_point("the lamp is out");
    window.press("w");
    window.wait_for_text("[data-testid=announced]", "no transcript");

    let record = room.archive.record(&room.meeting);
    let began = record["points"][0]["at"].as_str().unwrap().to_owned();
    let file = room.archive.folder().join("talk.vtt");
    fs::write(&file, talk()).unwrap();
    let words = [
        "import",
        file.to_str().unwrap(),
        "--into",
        &room.meeting,
        "--starts",
        &began,
    ];
    room.archive.run(&words, "").well();
    window.wait_for_text(".views", "Transcript");

    room.to_point("the lamp is out");
    window.press("w");
    room.focus_in(CUES);
    window.wait_for_text(".cue.cursor", "half minute 0");
    window.wait_for_text(".cue.cursor .taken", "the lamp is out");
    no_faults(window, "the transcript");
    picture(window, "transcript");

    // Two that follow one another by one speaker are one point, at the time at which they were said.
    window.press(&DOWN.to_string());
    window.wait_for_text(".cue.cursor", "half minute 1");
    window.chord(&[SHIFT, DOWN]);
    window.wait_for_text(".mode", "2 selected");
    window.press(&ENTER.to_string());
    window.wait_until("the point beside what was said", || {
        window
            .text_of_page()
            .contains("words of half minute 1 words of half minute 2")
    });
    picture(window, "transcript-taken");
    let record = room.archive.record(&room.meeting);
    let points = record["points"].as_array().unwrap();
    let made = points
        .iter()
        .find(|point| point["text"].as_str().unwrap().contains("half minute 1"))
        .unwrap();
    assert_eq!(made["speakers"], json!([record["participants"][0]["id"]]));
    assert_eq!(made["source"], "transcript");

    // And back to the point; one step takes it away.
    window.press("p");
    window.wait_for_text(".pt.cursor", "half minute");
    window.chord(&[CONTROL, 'z']);
    window.wait_until("the points to be taken back", || {
        room.archive.record(&room.meeting)["points"].as_array().unwrap().len() == points.len() - 1
    });

    // A search finds what was said and leads to it.
    window.chord(&[CONTROL, 'f']);
    window.press("\"half minute 31\"");
    window.wait_for_text(".results", "half minute 31");
    window.press(&ENTER.to_string());
    window.wait_for_text(".cue.cursor", "half minute 31");
    window.press("\u{E00C}");
    window.find(POINTS);
    room.archive.is_whole();
}
