//! The report as one writes it in the window: from points to prose by keys alone, nothing written lost, all of it taken
//! back.

use minuta_tests::cli::Archive;

use crate::driver::Session;
use crate::keys::{ALT, BACKSPACE, CONTROL, DOWN, END, ENTER, ESCAPE, HOME, PAGE_DOWN, RIGHT, SHIFT, UP};
use crate::window::open_at;

const F8: char = '\u{E038}';

const LINES: &str = "\
participant: Ann Bell, Convener
participant: Ben Cole, North Station
participant: Eva Roth, South Station
topic: Opening
Ann Bell: the agenda was adopted
topic: Results of the trial
Ann Bell: nine of eleven stations sent valid records
Ben Cole: the datum field was read as optional
Eva Roth: two readers disagreed by 31 cm
Ben Cole: files without a datum should be refused
Eva Roth: thank you for the coffee
Ann Bell: the trial will be repeated
";

/// A small meeting, and the window on its report.
fn report(archive: &Archive) -> Option<(String, Session)> {
    let meeting = archive.meeting(7);
    archive.run(&["capture", &meeting], LINES).well();
    let window = shown(archive, &meeting)?;
    Some((meeting, window))
}

fn shown(archive: &Archive, meeting: &str) -> Option<Session> {
    let window = open_at(archive, meeting)?;
    window.wait_for_text("h1", "Results of the trial");
    window.chord(&[CONTROL, '2']);
    window.wait_for_text(".page", "Discussion");
    focused(&window, "sources");
    Some(window)
}

/// Waits until a part has the keys.
fn focused(window: &Session, part: &str) {
    window.wait_until(&format!("the keys in {part}"), || {
        window.script("return document.activeElement.dataset.testid", &[]) == part
    });
}

/// The passages on the page, each with the element that it is.
fn passages(window: &Session) -> Vec<String> {
    let body = "return [...document.querySelectorAll('.page .passage')].map(e => \
        e.tagName + ' ' + (e.querySelector('.prose, .words')?.innerText.trim() ?? ''))";
    let found = window.script(body, &[]);
    let list = found.as_array().unwrap().iter();
    list.map(|one| one.as_str().unwrap().to_owned()).collect()
}

fn stand(window: &Session, expected: &[&str]) {
    let began = std::time::Instant::now();
    while passages(window) != expected {
        assert!(
            began.elapsed().as_secs() < 10,
            "expected {expected:#?}, found {:#?}",
            passages(window)
        );
        std::thread::sleep(std::time::Duration::from_millis(50));
    }
}

/// The discussion of the exported report.
fn discussion(archive: &Archive, meeting: &str) -> String {
    let whole = archive
        .run(&["export", meeting, "--to", "-", "--format", "markdown"], "")
        .well();
    let from = whole
        .find("## Discussion")
        .unwrap_or_else(|| panic!("no discussion in {whole}"));
    let rest = &whole[from..];
    rest[..rest.find("\n## List of participants").unwrap_or(rest.len())]
        .trim()
        .to_owned()
}

/// Waits until the record has what was written.
fn exported(archive: &Archive, meeting: &str, expected: &str) {
    let began = std::time::Instant::now();
    while discussion(archive, meeting) != expected {
        let found = discussion(archive, meeting);
        assert!(began.elapsed().as_secs() < 10, "expected\n{expected}\n\nfound\n{found}");
        std::thread::sleep(std::time::Duration::from_millis(100));
    }
}

#[test]
fn a_report_is_built_from_points_by_keys_alone() {
    let archive = Archive::new();
    let Some((meeting, window)) = report(&archive) else {
        return;
    };
    window.press("p");
    stand(&window, &["DIV The agenda was adopted."]);
    window.chord(&[ALT, PAGE_DOWN]);
    window.wait_for_text(".sechead", "Results of the trial");
    window.wait_for_text(".sources", "nine of eleven");
    // One after the other without waiting: each key is for what the one before has made.
    window.press("p");
    window.wait_for_text(".rp.cursor", "datum field");
    window.chord(&[SHIFT, DOWN]);
    window.press("l");
    window.wait_for_text(".rp.cursor", "files without");
    window.press("p");
    window.wait_for_text(".rp.cursor", "coffee");
    window.press("x");
    window.wait_for_text(".rp.cursor", "repeated");
    window.press("i");
    let lead = "DIV Key points raised included:";
    let bullets = [
        "LI the datum field was read as optional",
        "LI two readers disagreed by 31 cm",
    ];
    let last = "DIV Files without a datum should be refused. The trial will be repeated.";
    let first = [
        "DIV The agenda was adopted.",
        "DIV Nine of eleven stations sent valid records.",
    ];
    stand(&window, &[first[0], first[1], lead, bullets[0], bullets[1], last]);
    window.wait_for_text(".sources .cover", "1 set aside");
    // The points that the passage in hand rests on are told apart.
    let resting = window.script("return document.querySelectorAll('.rp.on').length", &[]);
    assert_eq!(resting, 2);

    window.press(&RIGHT.to_string());
    focused(&window, "sheet");
    window.press(&format!("{UP}{UP}{UP}{ENTER}"));
    focused(&window, "prose");
    window.chord(&[CONTROL, 'a']);
    window.press("Participants noted ");
    window.chord(&[CONTROL, 'b']);
    window.press("two");
    window.chord(&[CONTROL, 'b']);
    window.press(" faults:");
    // On into the next passage, and another entry behind the last one.
    window.press(&format!("{DOWN}{END}{DOWN}{END}{ENTER}"));
    window.press("three stations were *silent*, as @ben");
    window.wait_for_text(".mentions", "Ben Cole");
    window.press(&format!("{ENTER} said{ENTER}{ENTER}"));
    // An empty entry ends the list.
    window.press("2 * 3 readings were lost.");
    window.press(&ESCAPE.to_string());
    focused(&window, "sheet");
    let expected = "\
## Discussion

### 1. Opening

The agenda was adopted.

### 2. Results of the trial

Nine of eleven stations sent valid records.

Participants noted **two** faults:

- the datum field was read as optional
- two readers disagreed by 31 cm
- three stations were *silent*, as Ben Cole said

2 * 3 readings were lost.

Files without a datum should be refused. The trial will be repeated.";
    exported(&archive, &meeting, expected);

    // Up by one, a part of its own, joined again: the same as before.
    window.chord(&[ALT, UP]);
    window.chord(&[ALT, DOWN]);
    window.press(&format!("{DOWN}{ENTER}{HOME}"));
    focused(&window, "prose");
    for _ in 0.."Files without a datum should be refused. ".len() {
        window.press(&RIGHT.to_string());
    }
    window.press(&ENTER.to_string());
    window.press(&BACKSPACE.to_string());
    window.press(&ESCAPE.to_string());
    exported(&archive, &meeting, expected);
    archive.is_whole();
}

#[test]
fn what_is_written_survives_a_killed_window_and_is_taken_back() {
    let archive = Archive::new();
    let Some((meeting, window)) = report(&archive) else {
        return;
    };
    window.press("p");
    stand(&window, &["DIV The agenda was adopted."]);
    window.press(&format!("{RIGHT}{ENTER}"));
    focused(&window, "prose");
    window.press(" Nobody objected.");
    window.press(&ENTER.to_string());
    window.press("Ann Bell gave thanks");
    window.wait_for_text("[data-testid=name-offer]", "Ann Bell");
    window.chord(&[ALT, 'k']);
    window.wait_for_text(".prose .mention", "Ann Bell");
    window.press(" to all");
    std::thread::sleep(std::time::Duration::from_millis(600));
    window.kill_window();

    let Some(window) = shown(&archive, &meeting) else {
        return;
    };
    let written = [
        "DIV The agenda was adopted. Nobody objected.",
        "DIV Ann Bell gave thanks to all",
    ];
    stand(&window, &written);
    let expected = "\
## Discussion

### 1. Opening

The agenda was adopted. Nobody objected.

Ann Bell gave thanks to all";
    let begins = || discussion(&archive, &meeting).starts_with(expected);
    window.wait_until("what was written in the record", begins);

    // Taken back as far as it goes, the points stand for themselves again; then done once more.
    window.press(&RIGHT.to_string());
    focused(&window, "sheet");
    window.wait_until("nothing of it left", || {
        window.chord(&[CONTROL, 'z']);
        passages(&window).is_empty()
    });
    window.wait_until("all of it there again", || {
        window.chord(&[CONTROL, SHIFT, 'z']);
        begins()
    });
    archive.is_whole();
}

#[test]
fn names_are_shown_as_chosen_and_findings_lead_to_their_places() {
    let archive = Archive::new();
    let Some((meeting, window)) = report(&archive) else {
        return;
    };
    window.press("p");
    stand(&window, &["DIV The agenda was adopted."]);
    window.press(&format!("{RIGHT}{ENTER}"));
    window.press(" Many participants thanked @eva");
    window.wait_for_text(".mentions", "Eva Roth");
    window.press(&format!("{ENTER}.{ESCAPE}"));
    window.wait_for_text(".page .para.passage", "thanked Eva Roth.");
    window.chord(&[ALT, '4']);
    window.wait_for_text(".page .para.passage", "thanked South Station.");
    window.chord(&[ALT, '4']);
    window.chord(&[ALT, '4']);
    window.wait_for_text("[data-testid=naming]", "not at all");
    window.wait_until("nobody named in the passage", || !passages(&window)[0].contains("Eva"));

    // The word for a number does not hold: it says so beneath the passage, and is found.
    window.wait_for_text("[data-testid=behind]", "needs");
    window.wait_until("the finding in hand", || {
        window.press(&F8.to_string());
        let on = window.script("return document.querySelector('.find.on')?.innerText ?? ''", &[]);
        on.as_str().unwrap().contains("any")
    });
    window.wait_for_text(".find.on kbd", "Alt M");
    window.wait_for_text(".page .found", "any");
    let before = passages(&window);
    window.chord(&[ALT, 'm']);
    window.wait_until("the word mended", || passages(&window) != before);
    window.chord(&[CONTROL, 'z']);
    window.wait_until("the word as it was", || passages(&window) == before);

    // The phrases: found by what is typed, put in at the caret, one's own to change.
    window.chord(&[ALT, 'n']);
    focused(&window, "prose");
    window.chord(&[CONTROL, 'j']);
    window.find("[aria-label='A phrase']");
    window.press("A wish was voiced");
    window.chord(&[CONTROL, ENTER]);
    window.find("[aria-label='A new phrase']");
    window.press(&ENTER.to_string());
    window.wait_for_text(".phrase[aria-selected=true]", "A wish was voiced");
    window.press(&ENTER.to_string());
    focused(&window, "prose");
    window.press("for tea.");
    window.press(&ESCAPE.to_string());
    window.wait_until("the phrase in the record", || {
        discussion(&archive, &meeting).contains("\nA wish was voiced for tea.\n")
    });

    // The pages as they print, and the way from a block of them back to its text.
    window.chord(&[ALT, 'v']);
    window.find(".printed svg use");
    let body = "const id = arguments[0];\
        document.querySelector(`.printed [data-origin='${id}'] rect`).dispatchEvent(new MouseEvent('click', {bubbles: true}));";
    let passage = archive.record(&meeting)["passages"][0]["id"].clone();
    window.script(body, std::slice::from_ref(&passage));
    window.wait_until("the passage in hand", || {
        window.script(
            "return document.querySelector('.page .passage.cursor')?.dataset.stop",
            &[],
        ) == passage
    });
    archive.is_whole();
}
