//! A real working group's report, built in the window from what was said: facts, people and points typed or pasted, and
//! every passage made of points by keys. It comes out to the line.

use std::fs;

use serde_json::json;

use minuta_tests::cli::Archive;
use minuta_tests::reference::{Part, Reference, file, sentences, words};

use crate::driver::Session;
use crate::keys::{ALT, CONTROL, DOWN, ENTER, ESCAPE, LEFT, PAGE_DOWN, PAGE_UP, RIGHT, SHIFT, UP};
use crate::room::Room;
use crate::window::pictures;

/// How a list begins that is made of points, until it is written otherwise.
const LEAD_IN: &str = "Key points raised included:";

/// The item whose sections are made of its passages; those of the others are opened as they come.
const MADE_LATER: &str = "IGF Improvements and Working Group Priorities for 2026";

#[test]
fn the_reference_report_is_built_from_points_in_the_window_to_the_line() {
    let Some(file) = file() else { return };
    let given = fs::read_to_string(&file).unwrap();
    let reference = Reference::read(&given);
    let Some(room) = a_new_meeting() else { return };
    facts_and_people(&room, &reference);
    what_was_said(&room, &reference);
    written(&room, &reference);
    room.window.wait_for_text(".sources .cover", "1 in the report");
    picture(&room.window);

    // To the line, and as the same headings, paragraphs, lists and links as the finished report has when it is read in.
    let export = |archive: &Archive, meeting: &str| {
        archive
            .run(&["export", meeting, "--to", "-", "--format", "markdown"], "")
            .well()
    };
    let got = export(&room.archive, &room.meeting);
    let lines = |text: &str| text.lines().filter_map(words).collect::<Vec<_>>();
    assert!(lines(&given).len() > 70);
    assert_eq!(lines(&got), lines(&given));
    let other = Archive::new();
    let imported = other
        .run(&["import", file.to_str().unwrap(), "--as", "report"], "")
        .well();
    assert_eq!(got, export(&other, imported.trim()));

    // Every point is in it.
    let record = room.record();
    let passages = record["passages"].as_array().unwrap();
    for point in record["points"].as_array().unwrap() {
        let rests = |one: &&serde_json::Value| one["sources"].as_array().unwrap().contains(&point["id"]);
        assert_eq!(passages.iter().filter(rests).count(), 1, "{point}");
    }
    drop(room.window);
    room.archive.is_whole();
    // Beside the pictures, to be looked at.
    let pdf = pictures().join("reference.pdf");
    room.archive
        .run(&["export", &room.meeting, "--to", pdf.to_str().unwrap()], "")
        .well();
}

fn a_new_meeting() -> Option<Room> {
    let body = "IGF MAG Working Group on IGF Strengthening and Strategy";
    Room::made([body, "WG-Strategy", "107"], ["2025-12-18", "14:00", "UTC"])
}

fn facts_and_people(room: &Room, reference: &Reference) {
    room.window.chord(&[ALT, SHIFT, 'p']);
    room.focus_in("[data-pane=people] input");
    paste(&room.window, &reference.people.join("\n"));
    room.focus_in("[data-testid=pasted]");
    room.window.wait_for_text("[data-pane=people]", "Take in 27 people");
    room.window.press(&ENTER.to_string());
    room.until("27 people, two of one name", |record| record.people().len() == 27);
    room.escape();

    let mut lines = reference.facts.clone();
    lines.push("chair: Amrita Choudhury".to_owned());
    lines.extend(reference.agenda.iter().map(|title| format!("agenda+ {title}")));
    as_lines(room, &lines);
    room.until("the agenda", |record| record.items().len() == 4);
}

/// Every sentence as a point of somebody's, under the item that it was said under.
fn what_was_said(room: &Room, reference: &Reference) {
    let mut speakers = reference.speakers();
    let mut said = |text: &str| format!("{}: {text}", speakers.next().unwrap());
    let mut lines = Vec::new();
    let mut parted = true;
    for part in &reference.parts {
        match part {
            Part::Item(heading) => {
                parted = heading != MADE_LATER;
                lines.push("/next".to_owned());
            }
            Part::Section(title) if parted => lines.push(format!("subtopic: {title}")),
            Part::Section(_) => {}
            Part::Paragraph(text) => lines.extend(sentences(text).map(&mut said)),
            Part::List(lead_in, entries) => {
                lines.extend(before_lead_in(lead_in.as_deref()).map(|(text, _)| said(text)));
                lines.extend(entries.iter().map(|entry| said(entry)));
            }
        }
    }
    as_lines(room, &lines);
}

/// What a paragraph says before the sentence that leads into a list: that is a point of its own.
fn before_lead_in(lead_in: Option<&str>) -> Option<(&str, &str)> {
    lead_in?.split_once(". ")
}

/// The report, section by section, by keys alone; but where another part takes the keys, none waits for the one before.
fn written(room: &Room, reference: &Reference) {
    let window = &room.window;
    window.chord(&[CONTROL, '2']);
    window.wait_for_text(".page", "Discussion");
    room.focus_on("[data-testid=sources]");
    // It begins at the first points, which are those of the first section: its item stands before it.
    window.chord(&[ALT, PAGE_UP]);
    let mut titles = reference.agenda.iter();
    let mut parts = reference.parts.iter().peekable();
    while let Some(part) = parts.next() {
        match part {
            Part::Item(heading) => {
                let title = titles.next().unwrap();
                if title != &reference.agenda[0] {
                    window.chord(&[ALT, PAGE_DOWN]);
                }
                if heading != title {
                    headed(room, heading);
                }
                if heading == MADE_LATER {
                    let mut sections: Vec<(&str, usize)> = Vec::new();
                    while let Some(part) = parts.next_if(|part| !matches!(part, Part::Item(_))) {
                        match part {
                            Part::Section(title) => sections.push((title, 0)),
                            part => sections.last_mut().unwrap().1 += promoted(room, part),
                        }
                    }
                    into_sections(room, &sections);
                }
            }
            Part::Section(_) => window.chord(&[ALT, PAGE_DOWN]),
            part => {
                promoted(room, part);
            }
        }
    }
}

/// Makes passages of the next points; says of how many. The cursor of the page stands on the first of them.
fn promoted(room: &Room, part: &Part) -> usize {
    let window = &room.window;
    match part {
        Part::Item(_) | Part::Section(_) => 0,
        Part::Paragraph(text) => {
            select(window, sentences(text).count());
            window.press("p");
            1
        }
        Part::List(lead_in, entries) => {
            let words = lead_in.as_deref();
            if before_lead_in(words).is_some() {
                window.press("p");
            }
            select(window, entries.len());
            match (words, before_lead_in(words)) {
                (None, _) => window.press("b"),
                (Some(LEAD_IN), _) => window.press("l"),
                // The passage before the list comes to lead into it.
                (Some(_), Some((_, rest))) => {
                    window.press("b");
                    on_the_page(room, || {
                        window.press(&format!("{UP}{ENTER}"));
                        room.focus_in("[data-testid=prose]");
                        window.press(&format!(" {rest}"));
                    });
                }
                (Some(words), None) => {
                    window.press("l");
                    on_the_page(room, || {
                        window.press(&ENTER.to_string());
                        room.focus_in("[data-testid=prose]");
                        room.instead(words);
                    });
                }
            }
            entries.len() + usize::from(lead_in.is_some())
        }
    }
}

/// Makes sections of the passages of the item in hand, the last of them first.
fn into_sections(room: &Room, sections: &[(&str, usize)]) {
    let window = &room.window;
    to_page(room);
    for (at, (title, passages)) in sections.iter().rev().enumerate() {
        // The first time the cursor stands on the first passage of the section; then under the heading of the next one.
        let step = if at == 0 {
            DOWN
        } else {
            window.press(&format!("{UP}{UP}"));
            UP
        };
        for _ in 1..*passages {
            window.chord(&[SHIFT, step]);
        }
        window.press("s");
        room.focus_in(".title-ask input");
        window.press(&format!("{title}{ENTER}"));
        room.focus_on("[data-testid=sheet]");
    }
    for _ in 1..sections.len() {
        window.chord(&[ALT, PAGE_DOWN]);
    }
    to_points(room);
}

/// Gives the item in hand the heading that it has in the report.
fn headed(room: &Room, heading: &str) {
    to_page(room);
    room.window.press("e");
    room.focus_in(".page .head input");
    room.window.press(&format!("{heading}{ENTER}"));
    room.focus_on("[data-testid=sheet]");
    to_points(room);
}

fn on_the_page(room: &Room, writing: impl Fn()) {
    to_page(room);
    writing();
    room.window.press(&ESCAPE.to_string());
    room.focus_on("[data-testid=sheet]");
    to_points(room);
}

fn to_page(room: &Room) {
    room.window.press(&RIGHT.to_string());
    room.focus_on("[data-testid=sheet]");
}

fn to_points(room: &Room) {
    room.window.press(&LEFT.to_string());
    room.focus_on("[data-testid=sources]");
}

/// Selects so many points from the one under the cursor on.
fn select(window: &Session, count: usize) {
    for _ in 1..count {
        window.chord(&[SHIFT, DOWN]);
    }
}

/// Pastes lines into the bar, each a line of its own.
fn as_lines(room: &Room, lines: &[String]) {
    room.at_the_bar();
    paste(&room.window, &lines.join("\n"));
    room.window.wait_for_text(".chips", &format!("As {} ", lines.len()));
    room.window.press(&ENTER.to_string());
    room.saved();
}

/// Pastes a text where the keys go, by way of the clipboard: what is copied is this text, whatever is selected.
fn paste(window: &Session, text: &str) {
    let body = "const once = { once: true, capture: true };\
        addEventListener('beforecopy', (event) => event.preventDefault(), once);\
        addEventListener('copy', (event) => { event.preventDefault(); event.stopPropagation();\
            event.clipboardData.setData('text/plain', arguments[0]); window.copied = true; }, once);";
    window.script(&body.replace("arguments[0]", &json!(text).to_string()), &[]);
    window.chord(&[CONTROL, 'c']);
    window.wait_until("the text on the clipboard", || {
        window.script(
            "const done = window.copied === true; delete window.copied; return done",
            &[],
        ) == json!(true)
    });
    window.chord(&[CONTROL, 'v']);
}

fn picture(window: &Session) {
    window.screenshot(&pictures().join("reference.png"));
}
