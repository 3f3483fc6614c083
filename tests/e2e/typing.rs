//! The sample meeting typed into the capture bar, key by key, makes the same record as the same lines given to
//! `minuta-cli capture`.

use std::collections::HashMap;

use serde_json::{Value, json};

use minuta_core::sample;
use minuta_tests::cli::Archive;

use crate::keys::ENTER;
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

/// The record without what differs from archive to archive and from moment to moment: an id is its place among the
/// ids, a clock's time is only there or not, and a place in an order is told by the list it stands in.
fn comparable(record: &Value) -> Value {
    fn walk(value: &Value, key: &str, ids: &mut HashMap<String, usize>) -> Value {
        match value {
            Value::Object(map) => {
                let kept = map.iter().filter(|(key, _)| *key != "order");
                Value::Object(kept.map(|(key, value)| (key.clone(), walk(value, key, ids))).collect())
            }
            Value::Array(list) => Value::Array(list.iter().map(|value| walk(value, key, ids)).collect()),
            Value::String(text) if is_id(text) => {
                let next = ids.len();
                json!(format!("id {}", ids.entry(text.clone()).or_insert(next)))
            }
            Value::String(_) if ["at", "from", "to", "asked", "began", "ended"].contains(&key) => json!("a time"),
            other => other.clone(),
        }
    }
    walk(record, "", &mut HashMap::new())
}

fn is_id(text: &str) -> bool {
    text.len() == 36 && text.chars().all(|sign| sign == '-' || sign.is_ascii_hexdigit())
}

/// Shows the first line that differs, not two whole records.
fn pretty_equal(one: &Value, other: &Value) {
    let (one, other) = (format!("{one:#}"), format!("{other:#}"));
    let differs = one
        .lines()
        .zip(other.lines())
        .enumerate()
        .find(|(_, (one, other))| one != other);
    if let Some((at, _)) = differs {
        let around = |text: &str| {
            text.lines()
                .skip(at.saturating_sub(12))
                .take(24)
                .collect::<Vec<_>>()
                .join("\n")
        };
        panic!(
            "the window has\n{}\n\nthe command line has\n{}",
            around(&one),
            around(&other)
        );
    }
    assert_eq!(one.len(), other.len(), "one record goes on");
}

#[test]
fn what_is_compared_is_all_but_ids_orders_and_times() {
    let id = "0198c0de-0000-7000-8000-000000000042";
    let record = |id: &str, at: &str, text: &str| json!({"id": id, "order": at, "at": at, "ended": null, "text": text, "in": [id]});
    let other = "0198c0de-0000-7000-8000-000000000043";
    assert_eq!(comparable(&record(id, "1", "a")), comparable(&record(other, "2", "a")));
    assert_ne!(comparable(&record(id, "1", "a")), comparable(&record(id, "1", "b")));
    assert_eq!(
        comparable(&record(id, "1", "a")),
        json!({"id": "id 0", "at": "a time", "ended": null, "text": "a", "in": ["id 0"]})
    );
}
