//! The desk, by the keyboard alone.

use std::fs;

use serde_json::{Value, json};

use minuta_tests::cli::Archive;

use crate::driver::Session;
use crate::keys::{ALT, CONTROL, DOWN, ENTER, ESCAPE, SHIFT, TAB, UP};
use crate::window::{open, open_at};

const BAR: &str = "[data-testid=bar]";
const POINTS: &str = "[data-testid=points]";

/// The desk is there and takes what is typed.
fn ready(window: &Session) {
    window.find(BAR);
    in_the_bar(window);
}

fn in_the_bar(window: &Session) {
    let body = "return document.activeElement === document.querySelector(arguments[0])";
    window.wait_until("the bar to have the focus", || {
        window.script(body, &[json!(BAR)]) == json!(true)
    });
}

fn draft(window: &Session) -> Value {
    window.property(&window.find(BAR), "value")
}

fn line(window: &Session, text: &str) {
    window.press(&format!("{text}{ENTER}"));
}

/// The texts of the points in the record, in order.
fn texts(archive: &Archive, meeting: &str) -> Vec<String> {
    let record = archive.record(meeting);
    let points = record["points"].as_array().unwrap().iter();
    points.map(|point| point["text"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn a_meeting_from_nothing_to_its_report_by_the_keyboard_alone() {
    let archive = Archive::new();
    let Some(window) = open(&archive) else { return };
    window.wait_for_text("h1", "Begin with the agenda");
    window.chord(&[CONTROL, 'n']);
    window.find("input[name=series]");
    window.press(&format!("Harbour Group{TAB}HG{TAB}7{ENTER}"));
    ready(&window);
    window.wait_for_text(".top", "HG 7");

    for text in [
        "participant: Ann Berg, editor, Quay Office",
        "participant: Ben Roy",
        "participant: Titti Cassa",
        "agenda+ Opening",
        "agenda+ Lights on the pier",
    ] {
        line(&window, text);
    }
    window.wait_for_text("[data-pane=people]", "Titti Cassa");
    window.wait_for_text("[data-pane=agenda]", "Lights on the pier");

    // Two are present, one is excused: in the list, by one key each.
    window.chord(&[ALT, 'p']);
    window.wait_until("the list to have the focus", || {
        window.script(
            "return document.activeElement.closest('[data-pane=people]') !== null",
            &[],
        ) == json!(true)
    });
    for key in ["p", "p", "a"] {
        window.press(key);
    }
    window.wait_for_text("[data-pane=people]", "2 of 3 present");
    window.wait_for_text("[data-pane=people]", "apologies");
    window.press(&ESCAPE.to_string());
    in_the_bar(&window);

    window.chord(&[ALT, DOWN]);
    window.wait_for_text("h1", "Opening");
    line(&window, "ack Ann Berg");
    window.wait_for_text("[data-testid=floor]", "Ann Berg");
    line(&window, "The lamp is out since Monday.");
    line(&window, "Ben Roy: question: Who has the key?");
    line(&window, "decision: The lamp is mended this week.");
    line(&window, "action: Ann Berg to call the electrician by 3 March");
    line(&window, "[off] The electrician is a cousin.");
    line(&window, "Harbourmaster: It was the storm.");
    window.wait_until_gone("[data-pending]");
    window.wait_for_text(POINTS, "It was the storm.");
    let unresolved = "return [...document.querySelectorAll('[data-point]')].at(-1).innerText";
    let last = window.script(unresolved, &[]);
    let last = last.as_str().unwrap();
    assert!(last.contains("unresolved"), "{last}");
    assert_eq!(
        last.matches("Harbourmaster").count(),
        1,
        "the name stands once, as the speaker: {last}"
    );

    // Up takes the last point; what was typed is corrected in its place.
    window.press(&UP.to_string());
    window.find("[data-testid=editor]");
    window.press(&format!(" Nobody saw it.{ENTER}"));
    window.wait_until_gone("[data-testid=editor]");
    window.wait_for_text(POINTS, "Nobody saw it.");
    in_the_bar(&window);
    window.chord(&[CONTROL, 'z']);
    window.wait_until("the correction to be undone", || {
        !window.text_of_page().contains("Nobody saw it.")
    });
    window.chord(&[CONTROL, SHIFT, 'z']);
    window.wait_for_text(POINTS, "Nobody saw it.");

    // Somebody else writes into the same archive.
    archive.run(&["capture", "latest"], "Ben Roy: I have the key.\n").well();
    window.wait_for_text(POINTS, "I have the key.");

    window.chord(&[CONTROL, 'f']);
    window.find("[data-testid=search]");
    window.wait_until("the search to have the focus", || {
        window.script("return document.activeElement.dataset.testid === 'search'", &[]) == json!(true)
    });
    window.press("electr");
    window.wait_for_text(".results", "2 matches in 1 meeting");
    window.wait_for_text(".results", "Meeting");
    window.press(&ENTER.to_string());
    window.wait_for_text(".pt.cursor", "cousin");
    window.chord(&[CONTROL, '2']);
    window.wait_for_text("[data-testid=page]", "The lamp is mended this week.");
    assert!(
        !window.text(&window.find("[data-testid=page]")).contains("cousin"),
        "what is off the record is not in the report"
    );

    let record = archive.record("latest");
    let point = |text: &str| {
        let found = record["points"]
            .as_array()
            .unwrap()
            .iter()
            .find(|one| one["text"].as_str().unwrap().contains(text));
        found
            .unwrap_or_else(|| panic!("no point with `{text}`: {record:#}"))
            .clone()
    };
    assert_eq!(point("lamp is out")["basis"], "floor");
    assert_eq!(point("Who has the key")["kind"], "question");
    assert_eq!(point("mended this week")["kind"], "decision");
    assert_eq!(point("electrician by")["owners"].as_array().unwrap().len(), 1);
    assert_eq!(point("cousin")["internal"], true);
    assert_eq!(record["participants"][2]["state"], "apologies");
    drop(window);
    archive.is_whole();
}

#[test]
fn half_a_line_is_there_again_after_the_window_was_killed() {
    let archive = Archive::new();
    let meeting = archive.meeting(1);
    let Some(window) = open_at(&archive, &meeting) else {
        return;
    };
    ready(&window);
    line(&window, "The first line.");
    window.wait_until_gone("[data-pending]");
    window.wait_for_text(POINTS, "The first line.");
    window.press("The second line is not y");
    // A draft may be this much behind, no more.
    std::thread::sleep(std::time::Duration::from_millis(250));
    window.kill_window();

    let window = open_at(&archive, &meeting).unwrap();
    ready(&window);
    window.wait_until("the draft", || draft(&window) == "The second line is not y");
    line(&window, "et done.");
    window.wait_for_text(POINTS, "The second line is not yet done.");
    window.wait_until_gone("[data-pending]");
    drop(window);
    assert_eq!(
        texts(&archive, &meeting),
        ["The first line.", "The second line is not yet done."]
    );
    archive.is_whole();
}

#[test]
fn several_lines_pasted_become_points_only_when_it_is_said() {
    let archive = Archive::new();
    let meeting = archive.meeting(1);
    let Some(window) = open_at(&archive, &meeting) else {
        return;
    };
    ready(&window);
    window.press("One");
    window.chord(&[SHIFT, ENTER]);
    window.press("*: Two");
    window.chord(&[SHIFT, ENTER]);
    window.press("decision: Three");
    window.chord(&[CONTROL, 'a']);
    window.chord(&[CONTROL, 'x']);
    window.wait_until("the bar to be empty", || draft(&window) == "");
    window.chord(&[CONTROL, 'v']);
    window.wait_for_text(".chips", "As 3 points");
    assert!(texts(&archive, &meeting).is_empty(), "nothing is entered unasked");
    window.press(&ENTER.to_string());
    window.wait_for_text(POINTS, "Three");
    window.wait_until_gone("[data-pending]");
    assert_eq!(texts(&archive, &meeting), ["One", "Two", "Three"]);

    // The same as one point.
    window.chord(&[CONTROL, 'v']);
    window.wait_for_text(".chips", "As one point");
    window.chord(&[SHIFT, ENTER]);
    window.wait_until("the fourth point", || texts(&archive, &meeting).len() == 4);
    drop(window);
    archive.is_whole();
}

/// The save dialog belongs to the desktop and cannot be driven from the page: what comes after it can.
#[test]
fn both_formats_are_exported_to_the_file_that_the_dialog_would_name() {
    let archive = Archive::new();
    let meeting = archive.meeting(1);
    archive
        .run(&["capture", &meeting], "topic: Lights\nAnn: The lamp is out.\n")
        .well();
    let Some(window) = open_at(&archive, &meeting) else {
        return;
    };
    ready(&window);
    window.chord(&[CONTROL, 'e']);
    window.wait_for_text(".palette", "PDF");
    window.wait_for_text(".palette", "Markdown");
    window.press(&ESCAPE.to_string());
    let body = "return await window.__TAURI_INTERNALS__.invoke('call', { name: 'export', request: arguments[0] })";
    for (format, begins) in [("pdf", "%PDF-"), ("markdown", "#")] {
        let file = archive.folder().join(format!("out.{format}"));
        let request = json!({"meeting": meeting, "document": "report", "format": format, "path": file});
        let answer = window.script_later(body, &[request]);
        assert_eq!(answer["path"], json!(file), "{answer}");
        let bytes = fs::read(&file).unwrap();
        assert!(bytes.starts_with(begins.as_bytes()), "{format}");
        assert!(bytes.len() > 100, "{format}");
    }
    let text = fs::read_to_string(archive.folder().join("out.markdown")).unwrap();
    assert!(text.contains("The lamp is out."), "{text}");
}
