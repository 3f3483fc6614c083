//! Points under the hand: their kinds, their order, drawn by the pointer, written later, and what rests on the floor.

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::json;

use crate::driver::Element;
use crate::keys::{ALT, CONTROL, DOWN, ENTER, ESCAPE, F1, F2, SHIFT, TAB, UP};
use crate::room::{POINTS, Room, STATUS};

const HELD: &str = "\
participant: Ann Berg, editor
participant: Ben Roy
present+ Ann Berg, Ben Roy
topic: Lights on the pier
One.
Two.
Three.
Four.
Five.
";

fn order(room: &Room, texts: [&str; 5]) {
    room.until(&format!("the order {texts:?}"), |record| record.texts() == texts);
}

/// The element of this selector in the point with this text.
fn of_point(room: &Room, text: &str, css: &str) -> Element {
    let body = "const row = [...document.querySelectorAll('[data-point]')].find(e => e.innerText.includes(arguments[0]));\
        document.querySelectorAll('[data-tried]').forEach(e => delete e.dataset.tried);\
        row.querySelector(arguments[1]).dataset.tried = '';";
    room.window.script(body, &[json!(text), json!(css)]);
    room.window.find("[data-tried]")
}

#[test]
fn a_letter_gives_points_their_kind_and_several_at_once() {
    let Some(room) = Room::with(HELD) else { return };
    for (key, kind) in [
        ("d", "decision"),
        ("a", "action"),
        ("q", "question"),
        ("p", "proposal"),
        ("i", "information"),
        ("r", "remark"),
    ] {
        room.to_point("Three.");
        room.window.press(key);
        room.until(kind, |record| record.point("Three.")["kind"] == kind);
    }
    // From the second to the fourth, and the first beside them.
    room.to_point("Two.");
    room.window.chord(&[SHIFT, DOWN]);
    room.window.chord(&[SHIFT, DOWN]);
    room.window.press("d");
    let kinds = |room: &Room| {
        let record = room.now();
        ["One.", "Two.", "Three.", "Four.", "Five."].map(|text| record.point(text)["kind"].as_str().unwrap().to_owned())
    };
    room.window.wait_until("three decisions", || {
        kinds(&room) == ["remark", "decision", "decision", "decision", "remark"]
    });
    // Off the record and back: one by one selected with Space.
    room.to_point("One.");
    room.window.press(&format!(" {DOWN}{DOWN} "));
    room.window.wait_for_text(".sub", "2 selected");
    room.window.press("o");
    let hidden = |room: &Room| {
        let record = room.now();
        ["One.", "Two.", "Three."].map(|text| record.point(text)["internal"] == true)
    };
    room.window
        .wait_until("two off the record", || hidden(&room) == [true, false, true]);
    room.window.wait_for_text(".pt.internal", "Internal");
    room.window.press("o");
    room.window.wait_until("both back", || hidden(&room) == [false; 3]);
    // Escape leads back to the bar from anywhere, and lets go what was picked.
    room.escape();
    room.window.wait_until_gone(".pt.sel");
}

#[test]
fn points_change_places_by_keys_and_by_the_pointer() {
    let Some(room) = Room::with(HELD) else { return };
    room.to_point("Four.");
    room.window.chord(&[ALT, SHIFT, UP]);
    order(&room, ["One.", "Two.", "Four.", "Three.", "Five."]);
    room.window.chord(&[ALT, SHIFT, UP]);
    order(&room, ["One.", "Four.", "Two.", "Three.", "Five."]);
    // Two together, down past one.
    room.window.chord(&[SHIFT, DOWN]);
    room.window.chord(&[ALT, SHIFT, DOWN]);
    order(&room, ["One.", "Three.", "Four.", "Two.", "Five."]);
    room.escape();

    // By its mark or its time a point is drawn: above the middle of another it goes before it, under it behind.
    room.window
        .drag(&of_point(&room, "Five.", ".mark"), &of_point(&room, "One.", ".tx"), -4);
    order(&room, ["Five.", "One.", "Three.", "Four.", "Two."]);
    room.window
        .drag(&of_point(&room, "Five.", ".mark"), &of_point(&room, "Two.", ".tx"), 6);
    order(&room, ["One.", "Three.", "Four.", "Two.", "Five."]);
    room.window.wait_for_text(STATUS, "Point moved");
    // The text is not drawn: it is there to be selected.
    room.window
        .drag(&of_point(&room, "Five.", ".tx"), &of_point(&room, "One.", ".tx"), -4);
    room.window.wait_until_gone(".drop");
    order(&room, ["One.", "Three.", "Four.", "Two.", "Five."]);
    room.archive.is_whole();
}

#[test]
fn what_is_typed_right_behind_a_key_goes_where_the_key_leads() {
    let Some(room) = Room::with(HELD) else { return };
    room.to_point("Two.");
    // No letter of this is a key of the list, and Enter saves, however fast it comes.
    room.window.press(&format!("{ENTER} And dropped.{ENTER}"));
    room.until("the longer point", |record| record.texts()[1] == "Two. And dropped.");
    room.at_the_bar();
    assert_eq!(room.now().texts().len(), 5);
    // A line and undo right behind it: it is the line that is taken back, not what came before.
    room.window.press(&format!("Six.{ENTER}Seven.{ENTER}"));
    room.window.chord(&[CONTROL, 'z']);
    room.saved();
    room.until("the last line to be taken back", |record| {
        record.texts().last() == Some(&"Six.")
    });
    assert_eq!(room.now().texts()[1], "Two. And dropped.");
    // A line and the floor right behind it, then another line: only that one is by the floor.
    room.line("ack Ann Berg");
    room.window.press(&format!("By Ann.{ENTER}"));
    room.window.chord(&[ALT, '0']);
    room.window.press(&format!("By nobody yet.{ENTER}"));
    room.saved();
    room.until("both lines", |record| record.texts().len() == 8);
    let record = room.now();
    assert_eq!(record.speaker(record.point("By Ann.")), "Ann Berg");
    assert_eq!(record.speaker(record.point("By nobody yet.")), "untagged");
}

#[test]
fn a_speaker_and_undo_right_behind_it_leave_everything_as_it_was() {
    let Some(room) = Room::with(HELD) else { return };
    let before = room.record();
    room.window.press(&F2.to_string());
    room.window.find("[data-testid=who]");
    room.window.wait_for_text(".pt.cursor", "One.");
    room.window.press("abbr");
    room.window.chord(&[CONTROL, 'z']);
    room.window.chord(&[CONTROL, 'z']);
    room.window.wait_for_text(STATUS, "Undone");
    room.window
        .wait_for_text("[data-testid=tagging-line]", "5 points without a speaker");
    room.window
        .wait_until("the record as before", || room.record() == before);
}

#[test]
fn a_moment_is_of_twenty_seconds_ago_and_waits_for_its_words() {
    let Some(room) = Room::with(HELD) else { return };
    room.window.press("half a li");
    room.window.chord(&[ALT, 'm']);
    room.window.wait_for_text(POINTS, "to be written");
    room.window.press(&format!("ne{ENTER}"));
    room.saved();
    let record = room.now();
    assert!(record.texts().contains(&"half a line"), "typing went on around it");
    let time = |text: &str| -> DateTime<Utc> { record.point(text)["at"].as_str().unwrap().parse().unwrap() };
    let empty = record.texts().iter().position(|text| text.is_empty()).unwrap();
    let at: DateTime<Utc> = record.0["points"][empty]["at"].as_str().unwrap().parse().unwrap();
    let ago = time("half a line") - at;
    assert!(ago > TimeDelta::seconds(15) && ago < TimeDelta::seconds(40), "{ago}");
    // A record exported meanwhile says that something is to come; the words then take the place.
    room.to_point("to be written");
    room.window.press(&ENTER.to_string());
    room.focus_in("[data-testid=editor]");
    room.window.press(&format!("The gull.{ENTER}"));
    room.until("the words", |record| record.texts()[empty] == "The gull.");
}

#[test]
fn what_rests_on_the_floor_alone_is_reviewed() {
    let Some(room) = Room::with(HELD) else { return };
    room.line("ack Ann Berg");
    room.line("The first by the floor.");
    room.line("The second by the floor.");
    room.line("Ben Roy: By its name.");
    room.window
        .wait_for_text("[data-testid=floor]", "2 points rest on the floor");
    room.window.chord(&[SHIFT, F2]);
    room.window
        .wait_for_text("[data-testid=tagging-line]", "2 points to confirm");
    room.window.wait_for_text(".pt.cursor", "The first by the floor.");
    assert!(!room.window.text(&room.window.find(POINTS)).contains("By its name."));
    // The first was hers; the second was his.
    room.window.press(&ENTER.to_string());
    room.window.wait_for_text(".pt.cursor", "The second by the floor.");
    room.window.press("br");
    room.window
        .wait_for_text("[data-testid=tagging-line]", "0 points to confirm");
    room.window.press(&TAB.to_string());
    room.window.wait_for_text(STATUS, "No speaker rests on the floor alone");
    room.escape();
    room.until("both to be tagged", |record| {
        let one = |text: &str| (record.speaker(record.point(text)), record.point(text)["basis"].clone());
        one("The first by") == ("Ann Berg".to_owned(), json!("tagged"))
            && one("The second by") == ("Ben Roy".to_owned(), json!("tagged"))
    });
    room.window.wait_until("nothing rests on the floor", || {
        !room
            .window
            .text(&room.window.find("[data-testid=floor]"))
            .contains("on the floor")
    });
}

#[test]
fn what_floats_takes_the_keys_however_often_it_is_opened_and_gives_them_back() {
    let Some(room) = Room::with(HELD) else { return };
    room.window.press("half a line");
    for _ in 0..3 {
        room.window.chord(&[CONTROL, 'k']);
        room.focus_in(".palette");
        room.window.press("defer this");
        room.window
            .wait_for_text(".palette [aria-selected=true]", "Defer this item");
        room.window.press(&ESCAPE.to_string());
        room.window.wait_until_gone(".palette");
        room.at_the_bar();
    }
    for chord in [[F1].as_slice(), &[SHIFT, F1], &[CONTROL, 'e'], &[CONTROL, 'k']] {
        room.window.chord(chord);
        room.focus_in(".palette");
        room.window.press(&ESCAPE.to_string());
        room.window.wait_until_gone(".palette");
        room.at_the_bar();
    }
    room.window.chord(&[CONTROL, 'k']);
    room.focus_in(".palette");
    room.window.press(&format!("defer this{ENTER}"));
    room.until("the item put off", |record| {
        record.item("Lights on the pier")["state"] == "deferred"
    });
    room.at_the_bar();
    let left = room.window.property(&room.window.find("[data-testid=bar]"), "value");
    assert_eq!(left, "half a line", "nothing of it went into the line");
    room.window.chord(&[CONTROL, 'l']);
    room.window.find("[data-testid=search]");
    for _ in 0..2 {
        room.window.chord(&[CONTROL, 'n']);
        room.focus_in("input[name=series]");
        room.window.press(&ESCAPE.to_string());
        room.window.wait_until_gone("input[name=series]");
    }
}
