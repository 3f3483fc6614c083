//! The floor, the queue and the people: what is offered, measured, asked for and refused.

use serde_json::json;

use crate::driver::Element;
use crate::keys::{ALT, CONTROL, DELETE, ENTER, ESCAPE, LEFT, RIGHT};
use crate::room::{Room, STATUS};
use crate::window::open_at;

const HELD: &str = "\
participant: Ann Berg, editor
participant: Ben Roy
participant: Titti Cassa
participant: Zoe Lund
present+ Ann Berg
agenda+ Opening
agenda+ Lights on the pier
";
const TABLE: &str = "[data-testid=table]";
const FLOOR: &str = "[data-testid=floor]";

#[test]
fn who_presents_an_item_is_offered_the_floor() {
    let Some(room) = Room::with(HELD) else { return };
    room.to_item("Lights");
    room.window.press("r");
    room.focus_in("[data-pane=agenda] input");
    room.window.press(&format!("ben{ENTER}"));
    room.until("a presenter", |record| {
        !record.item("Lights on the pier")["presenter"].is_null()
    });
    room.escape();
    room.line("/next");
    assert!(!room.window.text(&room.window.find(FLOOR)).contains("presents"));
    room.line("/next");
    room.window.wait_for_text(".sub", "Presenter Ben Roy");
    room.window.wait_for_text(FLOOR, "Ben Roy presents: give the floor");
    room.window.chord(&[ALT, 'g']);
    room.until("Ben on the floor", |record| record.floor() == "Ben Roy");
    room.at_the_bar();
    room.line("The lamp is out.");
    assert_eq!(room.now().point("The lamp")["basis"], "floor");
}

#[test]
fn the_rules_of_the_body_are_kept_and_shown_live() {
    let Some(room) = Room::with(HELD) else { return };
    room.window.chord(&[CONTROL, '3']);
    room.focus_in(TABLE);
    let rule = |name: &str, text: &str| {
        let button = format!("[aria-label='Rules of the body'] dd:nth-of-type({name}) button");
        room.window.click(&room.window.find(&button));
        room.focus_in("[aria-label='Rules of the body'] input");
        room.instead(&format!("{text}{ENTER}"));
    };
    // What cannot be understood is refused, and stays to be mended.
    rule("1", "most of us");
    room.window.wait_for_text(STATUS, "is no rule; write a number (9)");
    room.focus_in("[aria-label='Rules of the body'] input");
    room.instead(&format!("1/2{ENTER}"));
    room.window
        .wait_for_text("[aria-label='Rules of the body']", "Quorum: 1 of 2");
    rule("2", "2 s");
    room.window.wait_for_text("[aria-label='Rules of the body']", "0:02");

    room.window.chord(&[CONTROL, '1']);
    room.at_the_bar();
    room.window.wait_for_text("[data-pane=people]", "Quorum: 1 of 2");
    room.line("present+ Ben Roy");
    room.window.wait_for_text("[data-pane=people]", "Quorum of 2 met");
    // Within the time, then over it: a quiet warning, no more.
    room.line("ack Ann Berg");
    room.window.wait_for_text(FLOOR, "of 0:02");
    let bar = room.window.find(&format!("{FLOOR} [role=progressbar]"));
    room.window.wait_until("the time to be over", || {
        room.window.attribute(&bar, "aria-valuetext").as_deref() == Some("over the speaking time")
    });
    assert_eq!(room.window.attribute(&bar, "aria-valuenow").as_deref(), Some("100"));

    // They are the body's: another window, and its next meeting, have them.
    let Room { window, archive, .. } = room;
    drop(window);
    let next = archive.meeting(8);
    let window = open_at(&archive, &next).unwrap();
    window.find("[data-testid=bar]");
    window.chord(&[CONTROL, '3']);
    window.wait_for_text("[aria-label='Rules of the body']", "1/2");
    window.wait_for_text("[aria-label='Rules of the body']", "0:02");
    drop(window);
    archive.is_whole();
}

#[test]
fn the_queue_is_drawn_into_another_order() {
    let Some(room) = Room::with(HELD) else { return };
    room.line("q+ Ann Berg");
    room.line("q+ Ben Roy");
    room.line("q+ Titti Cassa");
    let names = |room: &Room| -> Vec<String> {
        let words = room.now().queue().into_iter();
        words.map(|one| one.split(' ').next().unwrap().to_owned()).collect()
    };
    let row = |name: &str| -> Element {
        let body = "document.querySelectorAll('[data-tried]').forEach(e => delete e.dataset.tried);\
            const row = [...document.querySelectorAll('[data-turn]')].find(e => e.innerText.includes(arguments[0]));\
            row.querySelector('.nm').dataset.tried = '';";
        room.window.script(body, &[json!(name)]);
        room.window.find("[data-tried]")
    };
    // A row is there once the desk has been read again.
    room.window.wait_for_text("[data-testid=queue]", "Titti");
    room.window.drag(&row("Titti"), &row("Ann"), -6);
    room.window
        .wait_until("Titti first", || names(&room) == ["Titti", "Ann", "Ben"]);
    room.window.drag(&row("Titti"), &row("Ben"), 30);
    room.window
        .wait_until("Titti last", || names(&room) == ["Ann", "Ben", "Titti"]);
}

#[test]
fn a_pasted_list_is_looked_at_before_it_is_taken_in() {
    let Some(room) = Room::with(HELD) else { return };
    room.clip("Ann Berg, editor\nEve Moss, diver, Reef Watch\nAda Reed");
    let paste = || {
        room.window.chord(&[ALT, crate::keys::SHIFT, 'p']);
        room.focus_in("[data-pane=people] input");
        room.window.chord(&[CONTROL, 'v']);
        room.focus_in("[data-testid=pasted]");
    };
    // Esc takes nothing in.
    paste();
    room.window
        .wait_for_text("[data-testid=pasted]", "same as Ann Berg, editor?");
    room.escape();
    assert_eq!(room.now().people().len(), 4);
    // One is left out, one left out and taken again.
    paste();
    room.window.press(&format!(" {0} {0} ", crate::keys::DOWN));
    room.window.press(" ");
    room.window.wait_for_text(".hints", "Take in 1 person");
    room.window.press(&format!("{} {ENTER}", crate::keys::UP));
    room.until("two more", |record| record.people().len() == 6);
    let record = room.now();
    assert_eq!(record.person("Eve Moss")["roles"], json!(["diver", "Reef Watch"]));
    assert_eq!(record.person("Ada Reed")["state"], "expected");
}

#[test]
fn times_of_presence_are_mended_and_nonsense_is_refused() {
    let Some(room) = Room::with(HELD) else { return };
    room.window.chord(&[CONTROL, '3']);
    room.focus_in(TABLE);
    room.to_row("tbody tr", "Ann Berg");
    room.window.press(&LEFT.to_string().repeat(8));
    room.window.press(&RIGHT.to_string().repeat(5));
    room.window.press(&ENTER.to_string());
    room.focus_in(&format!("{TABLE} input"));
    room.instead(&format!("half past two{ENTER}"));
    room.window.wait_for_text(STATUS, "Times of presence are written");
    room.focus_in(&format!("{TABLE} input"));
    room.instead(&format!("14:00–14:30, 14:45–15:10{ENTER}"));
    room.window.wait_until_gone(&format!("{TABLE} input"));
    room.window.wait_for_text("tr.cursor", "14:00–14:30, 14:45–15:10");
    let spans = room.now().person("Ann Berg")["presence"].clone();
    assert_eq!(
        spans[1],
        json!({"from": "2026-01-15T13:45:00Z", "to": "2026-01-15T14:10:00Z"})
    );
    // Esc leaves a cell as it was.
    room.window.press(&ENTER.to_string());
    room.focus_in(&format!("{TABLE} input"));
    room.instead(&format!("9:00–{ESCAPE}"));
    room.focus_in(TABLE);
    assert_eq!(room.now().person("Ann Berg")["presence"], spans);
}

#[test]
fn nobody_who_spoke_is_taken_off_the_list() {
    let Some(room) = Room::with(HELD) else { return };
    room.line("Ben Roy: I said so.");
    room.window.chord(&[CONTROL, '3']);
    room.focus_in(TABLE);
    room.to_row("tbody tr", "Ben Roy");
    room.window.press(&DELETE.to_string());
    room.window.wait_for_text(STATUS, "Ben Roy");
    room.window.find(".status.warn");
    assert_eq!(room.now().people().len(), 4);
    // Who was never spoken of goes, and comes back.
    room.to_row("tbody tr", "Zoe Lund");
    room.window.press(&DELETE.to_string());
    room.until("Zoe gone", |record| record.people().len() == 3);
    room.window.chord(&[CONTROL, 'z']);
    room.until("Zoe back", |record| record.people().len() == 4);
}
