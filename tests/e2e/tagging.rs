//! Saying who spoke, by the keyboard alone.

use serde_json::{Value, json};

use minuta_tests::cli::Archive;

use crate::driver::Session;
use crate::keys::{BACKSPACE, CONTROL, ENTER, ESCAPE, F2};
use crate::window::open_at;

const WHO: &str = "[data-testid=who]";

/// Who spoke in the point with this text, by the name and first role of each, as the record has it.
fn speakers(archive: &Archive, meeting: &str, text: &str) -> Vec<String> {
    let record = archive.record(meeting);
    let all = |noun: &str| record[noun].as_array().unwrap().clone();
    let point = all("points")
        .into_iter()
        .find(|one| one["text"] == json!(text))
        .unwrap();
    let who = |id: &Value| {
        let one = all("participants").into_iter().find(|one| one["id"] == *id).unwrap();
        let role = one["roles"][0].as_str().unwrap_or_default().to_owned();
        format!("{} {role}", one["name"].as_str().unwrap()).trim().to_owned()
    };
    point["speakers"].as_array().unwrap().iter().map(who).collect()
}

/// The text of the point under the cursor.
fn cursor_at(window: &Session, text: &str) {
    window.wait_for_text(".pt.cursor", text);
}

#[test]
fn five_points_get_their_speakers_by_a_few_keys_each_and_one_is_taken_back() {
    let archive = Archive::new();
    let meeting = archive.meeting(7);
    let lines = "participant: Ann Berg, editor\nparticipant: Åsa Öberg\nparticipant: Ben Roy\n\
        participant: Jun Sato, Port of Aomi\nparticipant: Jun Sato, independent\n\
        present+ Ann Berg, Ben Roy\ntopic: Lights on the pier\n\
        The lamp is out.\nSince Monday.\nIt was the storm.\nNobody saw it.\nThe key is lost.\n";
    archive.run(&["capture", &meeting], lines).well();
    let Some(window) = open_at(&archive, &meeting) else {
        return;
    };
    window.find("[data-testid=bar]");
    window.wait_for_text("[data-testid=points]", "The key is lost.");

    window.press(&F2.to_string());
    window.find(WHO);
    window.wait_for_text("[data-testid=tagging-line]", "5 points without a speaker");
    cursor_at(&window, "The lamp is out.");

    // Initials, accents left out.
    window.press("ao");
    cursor_at(&window, "Since Monday.");
    // The same as above.
    window.press(".");
    cursor_at(&window, "It was the storm.");
    // Two bear this name and these initials: nothing is assigned, until one of them is taken by number.
    window.press(&format!("js{ENTER}"));
    window.wait_for_text("[data-testid=tagbar]", "2 participants fit");
    cursor_at(&window, "It was the storm.");
    assert_eq!(
        window.property(&window.find(WHO), "value"),
        json!("js"),
        "what was typed stays"
    );
    window.press("2");
    cursor_at(&window, "Nobody saw it.");
    // The beginning of a name, with a slip, and Enter.
    window.press(&format!("benx{BACKSPACE}{ENTER}"));
    cursor_at(&window, "The key is lost.");
    // Two speakers.
    window.press(&format!(",abbr{ENTER}"));
    window.wait_for_text("[data-testid=tagging-line]", "0 points without a speaker");

    let of = |text: &str| speakers(&archive, &meeting, text);
    window.wait_until("the last to be saved", || of("The key is lost.").len() == 2);
    assert_eq!(of("The lamp is out."), ["Åsa Öberg"]);
    assert_eq!(of("Since Monday."), ["Åsa Öberg"]);
    assert_eq!(of("Nobody saw it."), ["Ben Roy"]);
    assert_eq!(of("The key is lost."), ["Ann Berg editor", "Ben Roy"]);
    let shown =
        "return [...document.querySelectorAll('[data-point]')].find(e => e.innerText.includes('storm')).innerText";
    let shown = window.script(shown, &[]);
    let one = of("It was the storm.").concat();
    let role = one.trim_start_matches("Jun Sato ").to_owned();
    assert!(
        shown.as_str().unwrap().contains(&role),
        "the namesake in the window is the one in the record: {shown}, {one}"
    );

    window.chord(&[CONTROL, 'z']);
    window.wait_for_text("[data-testid=tagbar]", "Undone");
    window.wait_until("the last to be taken back", || of("The key is lost.").is_empty());
    assert_eq!(of("Nobody saw it."), ["Ben Roy"], "no more than that is taken back");
    window.wait_for_text("[data-testid=tagging-line]", "1 point without a speaker");

    // A point that comes meanwhile moves nothing under the hand.
    window.press("j");
    archive.run(&["capture", &meeting], "Who has another?\n").well();
    window.wait_for_text("[data-testid=tagging-line]", "2 points without a speaker");
    cursor_at(&window, "The key is lost.");
    assert_eq!(window.property(&window.find(WHO), "value"), json!("j"));
    window.press(&format!("{ESCAPE}{ESCAPE}"));
    window.find("[data-testid=bar]");
}

#[test]
fn points_without_a_speaker_are_found_though_they_are_far_up() {
    let archive = Archive::new();
    let meeting = archive.meeting(7);
    let mut lines = "participant: Ann Berg\nparticipant: Ben Roy\nThe first.\nThe second.\n".to_owned();
    for number in 0..1300 {
        lines += &format!("Ben Roy: Number {number}.\n");
        if number == 20 {
            lines += "The third.\n";
        }
    }
    archive.run(&["capture", &meeting], &lines).well();
    let Some(window) = open_at(&archive, &meeting) else {
        return;
    };
    window.find("[data-testid=bar]");
    window.wait_for_text("[data-testid=points]", "Number 1299.");
    window.press(&F2.to_string());
    window.find(WHO);
    window.wait_for_text("[data-testid=tagging-line]", "3 points without a speaker");
    // None is at the end: the nearest one is fetched; behind it one goes round to the first.
    cursor_at(&window, "The third.");
    window.press("ab");
    cursor_at(&window, "The first.");
    window.press("ab");
    cursor_at(&window, "The second.");
    window.press("br");
    window.wait_for_text("[data-testid=tagging-line]", "0 points without a speaker");
    window.wait_until("the last to be saved", || {
        speakers(&archive, &meeting, "The second.") == ["Ben Roy"]
    });
    assert_eq!(speakers(&archive, &meeting, "The first."), ["Ann Berg"]);
    assert_eq!(speakers(&archive, &meeting, "The third."), ["Ann Berg"]);
    window.press(&ESCAPE.to_string());
    window.wait_for_text("[data-testid=points]", "Number 1299.");
}
