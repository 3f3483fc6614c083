//! What assistive technology meets: axe-core's rules (WCAG 2.0 to 2.2, A and AA, and best practices) in the real window,
//! on every view and in both themes.

use std::fs;
use std::path::Path;

use serde_json::json;

use minuta_tests::cli::{Archive, built};

use crate::axe;
use crate::driver::Session;
use crate::keys::{ALT, BACKSPACE, CONTROL, ENTER, ESCAPE, F1, F2, SHIFT, UP};
use crate::story;
use crate::window::{can_drive, open, open_at};

/// What axe-core finds fault with in a view, added to `faults`.
fn look(window: &Session, view: &str, faults: &mut Vec<String>) {
    faults.extend(axe::faults(window, view));
}

fn none(faults: &[String]) {
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

fn shows(window: &Session, css: &str, text: &str) {
    window.wait_for_text(css, text);
}

#[test]
fn the_library_is_accessible() {
    let mut faults = Vec::new();
    let archive = Archive::new();
    let Some(window) = open(&archive) else { return };
    shows(&window, "h1", "Begin with the agenda");
    look(&window, "the empty library", &mut faults);
    window.chord(&[CONTROL, 'n']);
    window.find("form input");
    look(&window, "a new meeting", &mut faults);
    drop(window);

    let story = story::told(&archive);
    let Some(window) = open(&archive) else { return };
    window.find(&format!("[data-meeting='{}']", story.meeting));
    look(&window, "the library", &mut faults);
    window.chord(&[CONTROL, 'f']);
    window.press("datum");
    shows(&window, ".results", "matches in 3 meetings");
    look(&window, "a search", &mut faults);
    none(&faults);
}

#[test]
fn a_meeting_is_accessible() {
    let mut faults = Vec::new();
    let archive = Archive::new();
    let more = [
        "Sato: A bridged value has to keep its flag when it is copied.",
        "q+ Tiago Meneses to ask since when the gauge has been silent",
    ];
    let story = story::until(&archive, "action: Tilda Åström to publish", &more);
    let Some(window) = open_at(&archive, &story.meeting.to_string()) else {
        return;
    };
    shows(&window, "h1", "Gaps and quality flags");
    look(&window, "the desk", &mut faults);
    window.press("action: gap table out by 27 March, @ti");
    shows(&window, ".chips", "Action");
    look(&window, "the desk while a line is typed", &mut faults);
    window.chord(&[CONTROL, 'a']);
    window.press(&crate::keys::BACKSPACE.to_string());
    for (chord, css) in [('k', ".palette"), ('e', ".palette")] {
        window.chord(&[CONTROL, chord]);
        window.find(css);
        look(&window, css, &mut faults);
        window.press(&ESCAPE.to_string());
        window.wait_until_gone(css);
    }
    for (chord, css) in [([F1].as_slice(), ".palette.wide"), (&[SHIFT, F1], "[data-testid=keys]")] {
        window.chord(chord);
        window.find(css);
        look(&window, css, &mut faults);
        window.press(&ESCAPE.to_string());
        window.wait_until_gone(css);
    }
    lists_with_the_focus(&window, &mut faults);
    tagging(&window, &mut faults);
    window.chord(&[CONTROL, '2']);
    window.find(".page h1");
    look(&window, "the report", &mut faults);
    window.chord(&[ALT, 'v']);
    window.find(".printed svg use");
    look(&window, "the report's pages", &mut faults);
    window.chord(&[ALT, 'v']);
    window.find(".page h1");
    window.chord(&[ALT, 'o']);
    window.press("p");
    window.find(".passage.on");
    window.press("\u{E014}\u{E007}");
    window.find(".prose");
    window.press(" Several participants agreed with @");
    window.find(".mentions");
    look(&window, "the report while one writes", &mut faults);
    window.press(&format!("{ESCAPE}{ESCAPE}"));
    window.wait_until_gone(".prose");
    window.press("\u{E038}");
    window.find(".find.on");
    look(&window, "a finding of the report", &mut faults);
    for (chord, css) in [(vec![CONTROL, 'j'], ".palette"), (vec![ALT, 'a'], ".choose-section")] {
        window.chord(&chord);
        window.find(css);
        look(&window, css, &mut faults);
        window.press(&ESCAPE.to_string());
        window.wait_until_gone(css);
    }
    window.chord(&[CONTROL, '3']);
    shows(&window, "h1", "Participants");
    look(&window, "the participants", &mut faults);
    none(&faults);
}

#[test]
fn a_meeting_of_which_nothing_is_known_is_accessible() {
    let mut faults = Vec::new();
    let archive = Archive::new();
    let meeting = archive.meeting(1);
    let Some(window) = open_at(&archive, &meeting) else {
        return;
    };
    shows(&window, "[data-testid=people]", "Nobody is expected yet");
    look(&window, "the empty desk", &mut faults);
    for chord in ['p', 'a', 'q'] {
        window.chord(&[ALT, chord]);
        look(
            &window,
            &format!("a list of the empty desk with the focus, Alt+{chord}"),
            &mut faults,
        );
        window.press(&ESCAPE.to_string());
    }
    window.chord(&[CONTROL, '2']);
    window.find(".page");
    look(&window, "the empty report", &mut faults);
    window.chord(&[CONTROL, '3']);
    shows(&window, "h1", "Participants");
    look(&window, "no participants", &mut faults);
    none(&faults);
}

/// Whoever asks the system for less motion gets none: nothing glides, fades or pulses, whatever is opened.
#[test]
fn nothing_moves_for_those_who_asked_for_less_motion() {
    if can_drive().is_none() {
        return;
    }
    let archive = Archive::new();
    let story = story::told(&archive);
    let (file, home, id) = (
        archive.archive(),
        archive.folder().join("home"),
        story.meeting.to_string(),
    );
    let moving = |animations: bool| {
        // What GTK is told here, the page is asked as `prefers-reduced-motion`.
        fs::create_dir_all(home.join("gtk-3.0")).unwrap();
        let settings = format!("[Settings]\ngtk-enable-animations={animations}\n");
        fs::write(home.join("gtk-3.0/settings.ini"), settings).unwrap();
        let environment = [
            ("MINUTA_ARCHIVE", file.as_path()),
            ("MINUTA_MEETING", Path::new(&id)),
            ("XDG_CONFIG_HOME", home.as_path()),
            ("XDG_DATA_HOME", home.as_path()),
        ];
        let window = Session::start("wry", &built("minuta").unwrap(), &[], &environment);
        window.find("[data-testid=bar]");
        window.script(
            "window.moved = new Set(); for (const kind of ['transitionrun', 'animationstart'])\
               addEventListener(kind, (event) => moved.add(kind + ' ' + event.target.className), true)",
            &[],
        );
        for (chord, css) in [([CONTROL, 'k'], ".palette"), ([CONTROL, 'e'], ".palette")] {
            window.chord(&chord);
            window.find(css);
            window.press(&ESCAPE.to_string());
            window.wait_until_gone(css);
        }
        window.press("action: gap table out by 27 March, @ti");
        window.find(".chips");
        window.press(&F2.to_string());
        window.find("[data-testid=who]");
        window.script(
            "return [matchMedia('(prefers-reduced-motion: reduce)').matches, document.getAnimations().length + moved.size]",
            &[],
        )
    };
    assert_eq!(moving(false), json!([true, 0]));
    let with_motion = moving(true);
    assert_eq!(with_motion[0], json!(false));
}

/// The lists of the desk while they have the focus and something is open in them.
fn lists_with_the_focus(window: &Session, faults: &mut Vec<String>) {
    let steps: [(&[char], &str, &str, &str); 6] = [
        (
            &[CONTROL, UP],
            "m",
            "[data-testid=ask]",
            "a point that is moved to another item",
        ),
        (
            &[CONTROL, UP],
            "t",
            "[data-testid=tag]",
            "a point that is asked who spoke in it",
        ),
        (&[ALT, 'q'], "k", ".kind-choice", "the kind of a wish to speak"),
        (&[ALT, 'a'], "r", ".inline-name", "the presenter of an item"),
        (&[ALT, 'f'], "t", ".inline-name", "the floor for somebody"),
        (&[ALT, 'r'], "t", ".inline-name", "a hand for somebody"),
    ];
    for (chord, key, css, view) in steps {
        window.chord(chord);
        window.press(key);
        window.find(css);
        look(window, view, faults);
        window.press(&ESCAPE.to_string());
        window.wait_until_gone(css);
        window.press(&ESCAPE.to_string());
    }
    // A point under edit, with another selected.
    window.chord(&[CONTROL, UP]);
    window.press(&format!(" {UP}{ENTER}"));
    window.find("[data-testid=editor]");
    look(window, "a point under edit", faults);
    window.press(&ESCAPE.to_string());
    window.find("[data-testid=bar]");
}

/// Tagging, before anything is typed, with a name begun, with two that are taken, and with what nobody fits.
fn tagging(window: &Session, faults: &mut Vec<String>) {
    window.press(&F2.to_string());
    window.find("[data-testid=who]");
    look(window, "tagging", faults);
    window.press(" j");
    window.wait_for_text(".cands", "Jun Sato");
    look(window, "tagging with a name begun", faults);
    window.press("zz");
    window.wait_for_text(".cands", "Nobody fits");
    look(window, "tagging where nobody fits", faults);
    window.press(&format!("{BACKSPACE}{BACKSPACE}{BACKSPACE},tm"));
    window.wait_for_text(".cands", "Tiago Meneses");
    look(window, "tagging with a speaker taken", faults);
    window.press(&format!("{ESCAPE}{ESCAPE}{ESCAPE}"));
    window.find("[data-testid=bar]");
}
