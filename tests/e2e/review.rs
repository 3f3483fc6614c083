//! What was set on two laptops at once, settled in the window by keys.

use minuta_tests::cli::Archive;

use crate::axe::no_faults;
use crate::forks::{for_another, hear_of};
use crate::importing::picture;
use crate::keys::{CONTROL, DOWN, ENTER, ESCAPE, F7};
use crate::room::{Room, STATUS};
use crate::window::{open_at, pictures};

const LINES: &str = "\
participant: Ann Berg, editor
participant: Ben Roy
participant: Titti Cassa
agenda+ Lights on the pier
/next
Ann Berg: The lamp at the end of the pier is to be mended before spring.
Ben Roy: Nobody has asked the harbour yet.
action: Titti Cassa to ask the harbour by 15 April
";

/// A room whose meeting another laptop worked on meanwhile.
fn worked_on_apart() -> Option<Room> {
    let (own, other) = (Archive::new(), Archive::new());
    let meeting = own.meeting(7);
    own.run(&["capture", &meeting], LINES).well();
    for_another(&own.archive(), &other.archive());
    own.run(
        &["capture", &meeting],
        "s/the pier/the long pier/\ns/is to be mended/has to be replaced/\n",
    )
    .well();
    other
        .run(
            &["capture", &meeting],
            "s/is to be mended/will be taken down/\ns/Nobody/Somebody/\n",
        )
        .well();
    assert!(hear_of(&own.archive(), &other.archive()) > 0);
    own.run(&["rebuild"], "").well();
    let window = open_at(&own, &meeting)?;
    let room = Room {
        window,
        archive: own,
        meeting,
    };
    room.at_the_bar();
    Some(room)
}

#[test]
fn an_item_that_one_took_off_while_another_wrote_under_it_is_brought_back_by_a_key() {
    let (own, other) = (Archive::new(), Archive::new());
    let meeting = own.meeting(7);
    own.run(&["capture", &meeting], LINES).well();
    for_another(&own.archive(), &other.archive());
    own.run(&["capture", &meeting], "agenda- 1\n").well();
    let lines = "Ann Berg: The lamp is mended.\nBen Roy: It is dark again.\n";
    other.run(&["capture", &meeting], lines).well();
    assert!(hear_of(&own.archive(), &other.archive()) > 0);
    own.run(&["rebuild"], "").well();
    let Some(window) = open_at(&own, &meeting) else { return };
    let room = Room {
        window,
        archive: own,
        meeting,
    };
    room.at_the_bar();
    let window = &room.window;
    window.wait_for_text("[data-testid=settle]", "1 to settle");
    window.press(&F7.to_string());
    room.focus_on(BOX);
    window.wait_for_text(BOX, "Lights on the pier");
    window.wait_for_text(BOX, "wrote under it: “The lamp is mended.”, “It is dark again.”");
    window.wait_for_text(BOX, "what was written under it is in the record, under no item");
    picture(window, "review-item");
    no_faults(window, "the review of an item");
    // It begins at the version that does not stand: the one who wrote.
    window.press(&ENTER.to_string());
    window.wait_for_text(BOX, "Nothing is to be settled");
    window.wait_for_text(STATUS, "The item is back, with the 2 things written under it");
    window.press(&ESCAPE.to_string());
    window.wait_until_gone(BOX);
    window.wait_for_text("[data-pane=agenda]", "Lights on the pier");
    drop(room.window);
    room.archive.is_whole();
}

const BOX: &str = "[data-testid=review]";

#[test]
fn what_two_laptops_set_at_once_is_settled_by_keys() {
    let Some(room) = worked_on_apart() else { return };
    let window = &room.window;
    window.wait_for_text("[data-testid=settle]", "1 to settle");
    // Typing goes on as ever: nothing asks by itself.
    room.line("Typed while something waits to be settled.");
    window.press(&F7.to_string());
    room.focus_on(BOX);
    window.wait_for_text(BOX, "has to be replaced");
    window.wait_for_text(BOX, "will be taken down");
    window.wait_for_text(BOX, "this laptop");
    window.wait_for_text(BOX, "another laptop");

    picture(window, "review");
    no_faults(window, "the review");

    // The other version, by its digit; undo brings the question back, in the box itself.
    let digit = window.script(
        "return [...document.querySelectorAll('[data-testid=review] .version')].findIndex((one) => one.innerText.includes('taken down')) + 1",
        &[],
    );
    window.press(&digit.to_string());
    window.wait_for_text(BOX, "Nothing is to be settled");
    window.wait_for_text(STATUS, "Words settled");
    assert!(
        room.now()
            .texts()
            .iter()
            .any(|text| text.contains("will be taken down") && !text.contains("replaced"))
    );
    window.screenshot(&pictures().join("review-empty-dark.png"));
    window.chord(&[CONTROL, 'z']);
    window.wait_for_text(BOX, "has to be replaced");
    // Other words.
    window.press("e");
    room.focus_on("[data-testid=review] textarea");
    room.instead(&format!("The lamp at the end of the long pier has to go.{ENTER}"));
    window.wait_for_text(BOX, "Nothing is to be settled");
    room.focus_on(BOX);
    window.press(&format!("{DOWN}{ESCAPE}"));
    window.wait_until_gone(BOX);
    room.at_the_bar();
    window.wait_until_gone("[data-testid=settle]");
    room.until("the words", |record| {
        record
            .texts()
            .contains(&"The lamp at the end of the long pier has to go.")
    });
    drop(room.window);
    room.archive.is_whole();
}
