//! What goes across meetings, in the window: what was promised, what was decided, who people are; the next meeting.

use serde_json::{Value, json};

use minuta_tests::cli::Archive;

use crate::axe::no_faults;
use crate::driver::Session;
use crate::importing::picture;
use crate::keys::{CONTROL, DOWN, ENTER, ESCAPE, HOME, RIGHT, SHIFT};
use crate::room::STATUS;
use crate::window::open;

const ACTIONS: &str = "[data-testid=actions]";
const PEOPLE: &str = "[data-testid=directory]";

fn held(archive: &Archive, body: &str, short: &str, number: &str, day: &str, lines: &str) -> String {
    let starts = format!("{day}T13:00:00Z");
    let words = [
        "new", "--series", body, "--short", short, "--number", number, "--starts", &starts, "--zone", "UTC",
    ];
    let id = archive.run(&words, "").well().trim().to_owned();
    archive.run(&["capture", &id], lines).well();
    id
}

/// Two bodies; Ann is spelt in two ways, and there are two called Ben Okoro.
fn library() -> (Archive, [String; 3]) {
    let archive = Archive::new();
    let first = held(
        &archive,
        "Harbour Group",
        "HG",
        "12",
        "2026-01-15",
        "participant: Ann Olsen, Chair, Port of Aomi\nparticipant: Ben Okoro, Member\nagenda+ Lights\n/next\n\
         Ann Olsen: the lamp on the pier is out\nBen Okoro: since Monday\n\
         decision: **The lamp** is mended before Easter\n\
         action: Ann Olsen to order a new lamp by 20 January 2026\naction: Ben Okoro to look at the ladder\naction: write to the neighbours\n\
         next meeting: 12 February 2026 at 13.00 UTC\n",
    );
    let second = held(
        &archive,
        "Tide Editors",
        "TE",
        "3",
        "2026-01-20",
        "participant: Ann Ólsen, Editor\nparticipant: Ben Okoro, Office\ndecision: the tables go out as they are\n\
         action: Ben Okoro to print them by 1 December 2099\n",
    );
    let third = held(
        &archive,
        "Tide Editors",
        "TE",
        "4",
        "2026-02-20",
        "participant: Cleo Diaz\ndecision: nothing more\n",
    );
    (archive, [first, second, third])
}

/// The texts of the rows that are shown.
fn rows(window: &Session, css: &str) -> Vec<String> {
    let body = "return [...document.querySelectorAll(arguments[0] + ' [role=option]')].map(row => row.innerText)";
    let found = window.script(body, &[json!(css)]);
    let found = found.as_array().unwrap().iter();
    found.map(|row| row.as_str().unwrap().to_owned()).collect()
}

fn shows(window: &Session, css: &str, count: usize) {
    window.wait_until(&format!("{count} rows"), || rows(window, css).len() == count);
}

fn focus_in(window: &Session, css: &str) {
    let body = "return document.activeElement.closest(arguments[0]) !== null";
    window.wait_until(&format!("the focus in `{css}`"), || {
        window.script(body, &[json!(css)]) == json!(true)
    });
}

/// Puts the cursor on the row with this text in the list that has the focus.
fn to_row(window: &Session, css: &str, text: &str) {
    window.press(&HOME.to_string());
    let body =
        "const row = document.querySelector(arguments[0] + ' [aria-selected=true]'); return row?.innerText ?? ''";
    for _ in 0..rows(window, css).len() {
        if window.script(body, &[json!(css)]).as_str().unwrap().contains(text) {
            return;
        }
        let before = window.script(body, &[json!(css)]);
        window.press(&DOWN.to_string());
        window.wait_until("the cursor to move", || window.script(body, &[json!(css)]) != before);
    }
    assert!(
        window.script(body, &[json!(css)]).as_str().unwrap().contains(text),
        "no row with {text}"
    );
}

fn done(archive: &Archive, meeting: &str, text: &str) -> Value {
    let record = archive.record(meeting);
    let points = record["points"].as_array().unwrap().iter();
    let mut found = points.filter(|point| point["text"].as_str().unwrap().contains(text));
    found.next().unwrap()["done"].clone()
}

#[test]
fn what_was_promised_is_looked_through_and_ticked_off_by_keys() {
    let (archive, [first, ..]) = library();
    let Some(window) = open(&archive) else { return };
    window.find("[data-meeting]");
    window.chord(&[CONTROL, '5']);
    focus_in(&window, ACTIONS);
    shows(&window, ACTIONS, 4);
    let text = rows(&window, ACTIONS).join("\n");
    assert!(
        text.contains("HG 12") && text.contains("TE 3") && text.contains("overdue"),
        "{text}"
    );
    window.wait_for_text(".narrow", "Nobody yet");
    no_faults(&window, "the registers");
    picture(&window, "actions");

    // Late ones, done ones, all: by one key.
    window.press("s");
    shows(&window, ACTIONS, 1);
    window.press("ss");
    shows(&window, ACTIONS, 4);
    window.press("s");
    window.wait_for_text(".seg [aria-pressed=true]", "Open");

    // By a word.
    window.press("/ladder");
    shows(&window, ACTIONS, 1);
    window.press(&ESCAPE.to_string());
    shows(&window, ACTIONS, 4);

    to_row(&window, ACTIONS, "order a new lamp");
    window.press(" ");
    shows(&window, ACTIONS, 3);
    assert_eq!(done(&archive, &first, "new lamp"), json!(true));
    window.wait_for_text(STATUS, "Action done");
    window.chord(&[CONTROL, 'z']);
    shows(&window, ACTIONS, 4);
    assert_eq!(done(&archive, &first, "new lamp"), json!(false));

    // To the point, in its meeting.
    to_row(&window, ACTIONS, "look at the ladder");
    window.press(&ENTER.to_string());
    window.wait_for_text(".pt.cursor", "look at the ladder");
    drop(window);
    archive.is_whole();
}

/// The way in which the sentence with these words is set.
fn way(window: &Session, css: &str, words: &str) -> Value {
    let body = "const all = [...document.querySelectorAll(arguments[0])]; \
                const one = all.find(one => one.textContent.includes(arguments[1])); \
                return one === undefined ? null : getComputedStyle(one.querySelector('bdi') ?? one).direction";
    window.script(body, &[json!(css), json!(words)])
}

#[test]
fn a_name_at_its_beginning_does_not_turn_a_sentence_around() {
    let archive = Archive::new();
    let lines = "participant: محمد علي\nparticipant: Ann Olsen\n\
                 decision: דוד כהן orders the lamp, and pays for it by Friday.\n\
                 decision: המנורה תוחלף על ידי Ann Olsen עד יום שישי.\n\
                 action: محمد علي to write to the harbour about the lamp.\n\
                 Ann Olsen: محمد علي will write to the harbour about it.\n";
    held(&archive, "Harbour Group", "HG", "12", "2026-01-15", lines);
    let Some(window) = open(&archive) else { return };
    window.find("[data-meeting]");
    window.chord(&[CONTROL, '6']);
    let decisions = "[data-testid=decisions]";
    shows(&window, decisions, 2);
    let text = format!("{decisions} .tx");
    assert_eq!(way(&window, &text, "orders the lamp"), "ltr");
    assert_eq!(way(&window, &text, "Ann Olsen"), "rtl");
    picture(&window, "decisions-either-way");
    window.chord(&[CONTROL, '5']);
    shows(&window, ACTIONS, 1);
    assert_eq!(way(&window, &format!("{ACTIONS} .tx"), "to write"), "ltr");
    focus_in(&window, ACTIONS);
    window.press(&ENTER.to_string());
    window.wait_for_text(".pt.cursor", "to write");
    assert_eq!(way(&window, ".pt .tx", "will write"), "ltr");
    assert_eq!(way(&window, ".pt .tx", "orders the lamp"), "ltr");
    assert_eq!(way(&window, ".pt .tx", "Ann Olsen עד"), "rtl");
    picture(&window, "desk-either-way");
}

#[test]
fn what_was_decided_is_looked_through_by_body() {
    let (archive, _) = library();
    let Some(window) = open(&archive) else { return };
    window.find("[data-meeting]");
    window.chord(&[CONTROL, '6']);
    let decisions = "[data-testid=decisions]";
    focus_in(&window, decisions);
    shows(&window, decisions, 3);
    assert!(rows(&window, decisions)[0].contains("nothing more"), "the newest first");
    no_faults(&window, "the registers");
    picture(&window, "decisions");
    let body = "[...document.querySelectorAll('.narrow .mt')].find(row => row.innerText.includes('HG')).click()";
    window.script(body, &[]);
    shows(&window, decisions, 1);
    window.press("/Easter");
    shows(&window, decisions, 1);
    window.press(&format!("{DOWN}{ENTER}"));
    window.wait_for_text(".pt.cursor", "mended before Easter");
}

#[test]
fn two_that_are_one_are_merged_and_one_that_is_two_is_split() {
    let (archive, [_, second, _]) = library();
    let Some(window) = open(&archive) else { return };
    window.find("[data-meeting]");
    window.chord(&[CONTROL, '7']);
    focus_in(&window, PEOPLE);
    // The two Anns and the two Bens are four until somebody says otherwise; and Cleo.
    shows(&window, PEOPLE, 5);
    to_row(&window, PEOPLE, "Ann");
    window.wait_for_text(".ask", "Same person?");
    no_faults(&window, "the registers");
    picture(&window, "people");
    window.press("y");
    shows(&window, PEOPLE, 4);
    window.wait_for_text(".one-person", "2 meetings");
    window.wait_for_text(".one-person", "also written");
    window.chord(&[CONTROL, 'z']);
    shows(&window, PEOPLE, 5);
    window.chord(&[CONTROL, SHIFT, 'z']);
    shows(&window, PEOPLE, 4);

    // Somebody of another name, chosen from the list: refused where both were in one meeting.
    to_row(&window, PEOPLE, "Cleo");
    window.press("m");
    window.wait_for_text(".merging", "Cleo Diaz");
    to_row(&window, PEOPLE, "Ann");
    picture(&window, "people-merging");
    window.press(&ENTER.to_string());
    shows(&window, PEOPLE, 3);
    window.wait_for_text(".one-person", "3 meetings");
    window.chord(&[CONTROL, 'z']);
    shows(&window, PEOPLE, 4);

    // It was somebody else at one meeting.
    to_row(&window, PEOPLE, "Ann");
    window.press(&RIGHT.to_string());
    focus_in(&window, "[data-testid=meetings-of]");
    to_row(&window, "[data-testid=meetings-of]", "TE 3");
    window.press("x");
    shows(&window, PEOPLE, 5);
    let own = |archive: &Archive| {
        let people = archive.record(&second)["participants"].clone();
        people[0]["person"].clone()
    };
    assert_ne!(own(&archive), Value::Null);
    window.chord(&[CONTROL, 'z']);
    shows(&window, PEOPLE, 4);
    assert_eq!(own(&archive), Value::Null);
    // From the meetings to the people, and from there to the library.
    window.press(&format!("{ESCAPE}{ESCAPE}"));
    window.find("[data-meeting]");
    drop(window);
    archive.is_whole();
}

#[test]
fn the_next_meeting_begins_with_what_was_promised() {
    let (archive, [first, ..]) = library();
    let Some(window) = open(&archive) else { return };
    window.find(&format!("[data-meeting='{first}']"));
    let body = "document.querySelector(`[data-meeting='${arguments[0]}']`).click()";
    window.script(body, &[json!(first)]);
    window.find("[data-testid=bar]");
    // What every meeting of the body begins with.
    window.chord(&[CONTROL, '3']);
    window.wait_for_text(".aside", "Standing items");
    window.script("[...document.querySelectorAll('.written')][0].click()", &[]);
    window.press(&format!("Welcome{ENTER}Tides"));
    window.chord(&[CONTROL, ENTER]);
    window.wait_for_text(".written", "Tides");
    window.script("[...document.querySelectorAll('.written')][1].click()", &[]);
    window.press("Minutes are public.");
    window.chord(&[CONTROL, ENTER]);
    window.wait_until("the text to be kept", || {
        window.text_of_page().contains("Minutes are public.") && window.find_all("textarea.field").is_empty()
    });
    no_faults(&window, "the registers");
    picture(&window, "body");
    window.chord(&[CONTROL, 'l']);
    window.find("[data-meeting]");
    focus_in(&window, "[role=listbox]");
    window.chord(&[CONTROL, SHIFT, 'n']);
    window.wait_for_text(".promised", "order a new lamp");
    window.wait_for_text("[data-pane=agenda]", "Welcome");
    no_faults(&window, "the registers");
    picture(&window, "promised");
    let next = archive.record("latest");
    assert_eq!(next["meeting"]["number"], json!(13));
    assert_eq!(next["passages"][0]["text"], json!("Minutes are public."));
    drop(window);
    archive.is_whole();
}
