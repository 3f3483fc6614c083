//! The sample meeting typed into the capture bar, key by key, makes the same record as the same lines given to
//! `minuta-cli capture`.

use serde_json::json;

use minuta_core::sample;
use minuta_tests::cli::Archive;

use crate::driver::Session;
use crate::keys::{ALT, BACKSPACE, CONTROL, ENTER, ESCAPE, SHIFT, TAB};
use crate::records::{comparable, pretty_equal};
use crate::window::open_at;

/// The same meeting in any archive, but for its id.
fn new_meeting(archive: &Archive) -> String {
    let words = [
        "new",
        "--series",
        "Working Group on Tide Data Exchange",
        "--short",
        "WG-Tide",
    ];
    let facts = ["--number", "42", "--starts", "2026-03-12T13:00:00Z", "--zone", "CET"];
    let made = archive.run(&[words.as_slice(), facts.as_slice()].concat(), "");
    made.well().trim().to_owned()
}

#[test]
fn the_lines_of_the_sample_make_the_same_record_in_the_window_and_in_the_command_line() {
    let typed = Archive::new();
    let meeting = new_meeting(&typed);
    let Some(window) = open_at(&typed, &meeting) else {
        return;
    };
    let bar = window.find("[data-testid=bar]");
    window.wait_until("the bar to have the focus", || {
        window.script("return document.activeElement === arguments[0]", &[bar.json()]) == json!(true)
    });
    // Key events, one after the other, through GTK to the page: no element is filled from outside. The lines go in as
    // fast as the driver can type, so that saving has to keep up by itself.
    for line in sample::LINES.lines() {
        window.type_into(&bar, &format!("{line}{ENTER}"));
    }
    assert_eq!(
        window.property(&bar, "value"),
        "",
        "Enter takes every line out of the bar"
    );
    window.wait_until_gone("[data-pending]");

    let given = Archive::new();
    let other = new_meeting(&given);
    given.run(&["capture", &other], sample::LINES).well();

    let (typed_record, given_record) = (typed.record(&meeting), given.record(&other));
    let points = typed_record["points"].as_array().unwrap();
    assert!(points.len() > 80, "only {} points", points.len());
    for (one, another) in points.iter().zip(given_record["points"].as_array().unwrap()) {
        assert_eq!(one["raw"], another["raw"]);
    }
    pretty_equal(&comparable(&typed_record), &comparable(&given_record));
    drop(window);
    typed.is_whole();
}

const PEOPLE: &str = "\
participant: Ann Berg, editor
participant: Jun Sato, Port of Aomi
participant: Jun Sato, independent
participant: Person 4
participant: van der Berg
present+ Ann Berg, Jun Sato (Port of Aomi), Jun Sato (independent)
agenda+ Opening
agenda+ Licence notice
";

/// A meeting with namesakes and an agenda, and its window with the focus in the bar.
fn at_the_bar(archive: &Archive) -> Option<(String, Session)> {
    let meeting = new_meeting(archive);
    archive.run(&["capture", &meeting], PEOPLE).well();
    let window = open_at(archive, &meeting)?;
    let bar = window.find("[data-testid=bar]");
    window.wait_until("the bar to have the focus", || {
        window.script("return document.activeElement === arguments[0]", &[bar.json()]) == json!(true)
    });
    Some((meeting, window))
}

/// Types a line's beginning, waits for what may come next, and takes it: the bar then holds this.
fn completes(window: &Session, typed: &str, offered: &str, taken: &str) {
    window.press(typed);
    window.wait_for_text("[data-testid=names]", offered);
    window.press(&TAB.to_string());
    holds(window, taken);
    window.chord(&[CONTROL, 'a']);
    window.press(&BACKSPACE.to_string());
    holds(window, "");
}

fn holds(window: &Session, text: &str) {
    window.wait_until(text, || {
        window.property(&window.find("[data-testid=bar]"), "value") == text
    });
}

#[test]
fn names_items_and_namesakes_are_completed_as_the_core_reads_them() {
    let archive = Archive::new();
    let Some((_, window)) = at_the_bar(&archive) else {
        return;
    };
    completes(&window, "An", "Ann Berg", "Ann Berg: ");
    completes(&window, "Pers", "Person 4", "Person 4: ");
    completes(&window, "van", "van der Berg", "van der Berg: ");
    completes(&window, "/take lic", "Licence notice", "/take 2");
    completes(
        &window,
        "present- Jun",
        "Port of Aomi",
        "present- Jun Sato (Port of Aomi)",
    );
    completes(&window, "prese", "present+", "present+ ");
    // Neither of two without initials of their own can be meant before a colon: nothing is put in.
    window.press("Jun");
    window.wait_for_text("[data-testid=names]", "has no initials");
    window.press(&TAB.to_string());
    holds(&window, "Jun");
}

#[test]
fn what_a_line_will_be_is_said_before_enter_and_one_key_says_that_it_names_no_speaker() {
    let archive = Archive::new();
    let Some((meeting, window)) = at_the_bar(&archive) else {
        return;
    };
    window.press("Sato: comes by train");
    window.wait_for_text("[data-testid=chips]", "unresolved, 2 match");
    window.chord(&[ALT, BACKSPACE]);
    holds(&window, "\\Sato: comes by train");
    window.press(&ENTER.to_string());
    window.wait_until_gone("[data-pending]");
    window.wait_until("the point", || {
        archive.record(&meeting)["points"][0]["text"] == "Sato: comes by train"
    });
    window.press("person 4: comes by boat");
    window.wait_for_text("[data-testid=chips]", "Person 4");
    window.press(&ENTER.to_string());
    window.wait_until("the point with its speaker", || {
        let point = &archive.record(&meeting)["points"][1];
        point["text"] == "comes by boat" && point["attribution"] == "named"
    });
}

#[test]
fn a_changed_key_is_there_again_in_the_next_window() {
    let archive = Archive::new();
    let Some((meeting, window)) = at_the_bar(&archive) else {
        return;
    };
    window.chord(&[SHIFT, '\u{E031}']);
    let action = window.find("[data-action=floorNext]");
    window.click(&action);
    window.chord(&[ALT, 'b']);
    window.wait_for_text("[data-testid=keys]", "already");
    window.chord(&[ALT, 'y']);
    window.wait_for_text("[data-action=floorNext]", "Alt Y");
    window.press(&ESCAPE.to_string());
    drop(window);

    let window = open_at(&archive, &meeting).unwrap();
    window.find("[data-testid=bar]");
    window.chord(&[SHIFT, '\u{E031}']);
    window.wait_for_text("[data-action=floorNext]", "Alt Y");
}
