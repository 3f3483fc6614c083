//! The sample meeting typed into the capture bar, key by key, makes the same record as the same lines given to
//! `minuta-cli capture`.

use serde_json::json;

use minuta_core::sample;
use minuta_tests::cli::Archive;

use crate::keys::ENTER;
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
