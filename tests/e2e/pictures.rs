//! What the window shows of the sample meeting, as pictures: looked at by people, and in the README.

use std::fs;

use serde_json::json;

use minuta_tests::cli::Archive;
use minuta_tests::root;

use crate::driver::Session;
use crate::keys::{ALT, BACKSPACE, CONTROL, DOWN, ENTER, ESCAPE, F2};
use crate::story::{self, Story};
use crate::window::{open, open_at, pictures};

/// Takes one picture in each theme; it must show something and be small enough for a repository.
fn take(window: &Session, name: &str) {
    for theme in ["light", "dark"] {
        window.script("document.documentElement.dataset.theme = arguments[0]", &[json!(theme)]);
        let to = pictures().join(format!("{name}-{theme}.png"));
        window.screenshot(&to);
        let size = fs::metadata(&to).unwrap().len();
        let sizes = 8 * 1024..400 * 1024;
        assert!(sizes.contains(&size), "{} has {size} bytes", to.display());
    }
}

/// Puts the page's clock on the story's time; what shows a clock follows within a second.
fn at_the_time(window: &Session, story: &Story) {
    let body = "const off = arguments[0] - Date.now(); const now = Date.now.bind(Date); Date.now = () => now() + off;";
    window.script(body, &[json!(story.now.timestamp_millis())]);
    std::thread::sleep(std::time::Duration::from_millis(1100));
}

pub(crate) fn of_size(window: &Session, width: u32, height: u32) {
    window.resize(width, height);
    window.wait_until("the window's size", || {
        window.script("return [innerWidth, innerHeight]", &[]) == json!([width, height])
    });
}

#[test]
fn pictures_of_the_empty_library() {
    let archive = Archive::new();
    let Some(window) = open(&archive) else { return };
    of_size(&window, 1280, 800);
    window.wait_for_text("h1", "Begin with the agenda");
    // Where the archive is differs from run to run.
    let body = "document.querySelector('code').textContent = '~/.local/share/minuta/minuta.sqlite'";
    window.script(body, &[]);
    take(&window, "library-empty");
}

#[test]
fn pictures_of_the_desk_while_the_meeting_is_held() {
    let archive = Archive::new();
    let more = [
        "Sato: A bridged value has to keep its flag when it is copied.",
        "q+ Niamh O'Dwyer to say who keeps the licences",
        "q+ Tiago Meneses to ask since when the gauge has been silent",
        "q+ अनन्या राव",
    ];
    let story = story::until(&archive, "action: Tilda Åström to publish", &more);
    let Some(window) = open_at(&archive, &story.meeting.to_string()) else {
        return;
    };
    of_size(&window, 1280, 800);
    window.wait_for_text("h1", "Gaps and quality flags");
    at_the_time(&window, &story);
    window.press("action: gap table out by 27 March, @ti");
    window.wait_for_text(".names", "Tiago Meneses");
    take(&window, "desk");
    window.chord(&[CONTROL, 'a']);
    window.press(&format!("{BACKSPACE}{F2}"));
    window.find("[data-testid=who]");
    window.press("t");
    window.wait_for_text(".cands", "Tilda Åström");
    take(&window, "tagging");
    window.press(&format!("{ESCAPE}{ESCAPE}"));
    window.find("[data-testid=bar]");
    window.chord(&[CONTROL, 'k']);
    window.find(".palette");
    window.press("item");
    take(&window, "palette");
    window.press(&ESCAPE.to_string());
    window.wait_until_gone(".palette");
    window.chord(&[CONTROL, '3']);
    window.wait_for_text("h1", "Participants");
    take(&window, "participants");
}

#[test]
fn pictures_of_the_report_and_of_a_search() {
    let archive = Archive::new();
    let story = story::told(&archive);
    let Some(window) = open_at(&archive, &story.meeting.to_string()) else {
        return;
    };
    of_size(&window, 1280, 800);
    window.wait_for_text("h1", "The meeting has ended");
    at_the_time(&window, &story);
    window.chord(&[CONTROL, '2']);
    window.wait_for_text(".page", "List of participants");
    take(&window, "report");
    window.chord(&[CONTROL, 'l']);
    window.find("[data-testid=search]");
    window.chord(&[CONTROL, 'f']);
    window.press("datum");
    window.wait_for_text(".results", "matches in 3 meetings");
    window.press(&DOWN.to_string());
    take(&window, "library");
}

/// Looked at by people only: the report where there is little room and where there is much, with its pages and without.
#[test]
fn the_report_is_looked_at_in_windows_of_all_sizes() {
    let archive = Archive::new();
    let story = story::told(&archive);
    let Some(window) = open_at(&archive, &story.meeting.to_string()) else {
        return;
    };
    window.wait_for_text("h1", "The meeting has ended");
    at_the_time(&window, &story);
    window.chord(&[CONTROL, '2']);
    window.wait_for_text(".page", "List of participants");
    let toggle = |open: bool| {
        window.script("document.querySelector('.foot-page .toggle').click()", &[]);
        window.wait_until("the findings", || {
            let body = "return getComputedStyle(document.querySelector('.findings')).display !== 'none'";
            window.script(body, &[]) == json!(open)
        });
    };
    for (width, height) in [(1024, 700), (1280, 800), (2560, 1440)] {
        of_size(&window, width, height);
        let picture = |what: &str| {
            for theme in ["light", "dark"] {
                window.script("document.documentElement.dataset.theme = arguments[0]", &[json!(theme)]);
                window.screenshot(&pictures().join(format!("report-{width}{what}-{theme}.png")));
            }
        };
        picture("");
        if width < 1150 {
            toggle(true);
            picture("-findings");
            toggle(false);
        }
        window.chord(&[ALT, 'v']);
        window.find(".printed svg use");
        picture("-pages");
        // Nothing reaches out of the window, and the page and its text are both there.
        let body = "return [...document.querySelectorAll('.page, .printed')].slice(0, 2).map(one => { const box = \
            one.getBoundingClientRect(); return box.width > 300 && box.left >= 0 && box.right <= innerWidth })";
        assert_eq!(window.script(body, &[]), json!([true, true]), "{width}");
        window.chord(&[ALT, 'v']);
        window.wait_until_gone(".printed");
    }
}

/// As a platform reports who was there: somebody under another name, somebody new, a telephone.
const ATTENDANCE: &str = "\
Name (Original Name),User Email,Join Time,Leave Time,Duration (Minutes),Guest
Tilda Astrom,tilda@tides.example,03/12/2026 01:58:00 PM,03/12/2026 03:00:00 PM,62,No
Jun Sato (Observatory),,03/12/2026 02:00:00 PM,03/12/2026 02:20:00 PM,20,Yes
Jun Sato (Observatory),,03/12/2026 02:31:00 PM,03/12/2026 03:00:00 PM,29,Yes
Niamh O'Dwyer,niamh@tides.example,03/12/2026 02:00:00 PM,03/12/2026 03:00:00 PM,60,No
Tiago Menezes,,03/12/2026 02:02:00 PM,03/12/2026 03:00:00 PM,58,Yes
iPhone (2),,03/12/2026 02:05:00 PM,03/12/2026 02:45:00 PM,40,Yes
";

#[test]
fn pictures_of_an_import_and_of_what_goes_across_meetings() {
    let archive = Archive::new();
    let story = story::told(&archive);
    let Some(window) = open_at(&archive, &story.meeting.to_string()) else {
        return;
    };
    of_size(&window, 1280, 800);
    window.wait_for_text("h1", "The meeting has ended");
    at_the_time(&window, &story);
    crate::importing::drop_file(&archive, "participants.csv", ATTENDANCE);
    window.find("[data-testid=reconcile] .one");
    window.press(&format!("{DOWN}{DOWN}"));
    take(&window, "import");
    window.press(&ESCAPE.to_string());
    window.find("[data-testid=bar]");
    window.chord(&[CONTROL, '5']);
    window.wait_for_text("[data-testid=actions]", "WG-Tide 42");
    take(&window, "actions");
    window.chord(&[CONTROL, '7']);
    window.find("[data-testid=directory] .mt");
    window.press(&DOWN.to_string());
    window.find("[data-testid=meetings-of] .there");
    take(&window, "people");
}

#[test]
fn nothing_is_cut_off_in_small_windows() {
    let archive = Archive::new();
    let story = story::until(
        &archive,
        "action: Tilda Åström to publish",
        &["Sato: A bridged value has to keep its flag when it is copied."],
    );
    let Some(window) = open_at(&archive, &story.meeting.to_string()) else {
        return;
    };
    window.wait_for_text("h1", "Gaps and quality flags");
    at_the_time(&window, &story);
    let small = root().join("target/pictures");
    // Words of the frame that stand on one another, and what reaches out of the window at its side: only the table is looked at
    // sideways.
    let body = "const box = e => e.getBoundingClientRect();\
        const words = [...document.querySelectorAll('.top b, .top span, .top kbd, .views button')]\
            .filter(e => e.childElementCount === 0 && box(e).width > 0 && e.textContent.trim() !== '');\
        const apart = (a, b) => a.right + 6 <= b.left || b.right + 6 <= a.left || a.bottom <= b.top + 1 || b.bottom <= a.top + 1;\
        const found = words.flatMap((one, at) => words.slice(at + 1)\
            .filter(other => !apart(box(one), box(other))).map(other => one.textContent + ' on ' + other.textContent));\
        const out = [...document.querySelectorAll('.top *, main *')].filter(e => box(e).left > innerWidth && !e.closest('.rows'));\
        const cut = [...document.querySelectorAll('.names bdi, .cands bdi')].filter(e => e.scrollWidth > e.clientWidth + 1 && e.clientWidth > 0);\
        const parts = [...document.querySelectorAll('.ltop > *')];\
        parts.forEach((one, at) => parts.slice(at + 1).forEach(other => { if (box(one).right > box(other).left + 1) found.push(one.className + ' on ' + other.className) }));\
        if (document.body.scrollWidth > innerWidth) found.push('the page is wider than the window');\
        return [...found, ...out.map(e => 'out: ' + e.textContent), ...cut.map(e => 'cut: ' + e.textContent)];";
    for (width, height) in [(1024, 700), (900, 600)] {
        of_size(&window, width, height);
        for (key, shows) in [('1', "Gaps and quality"), ('2', "Discussion"), ('3', "Participants")] {
            window.chord(&[CONTROL, key]);
            window.wait_for_text("h1, h2", shows);
            assert_eq!(window.script(body, &[]), json!([]), "{width}×{height}, {shows}");
            window.screenshot(&small.join(format!("{width}x{height}-{key}.png")));
        }
        window.chord(&[CONTROL, '1']);
        window.find("[data-testid=bar]");
        window.press("action: gap table out by 27 March, @ti");
        window.wait_for_text("[data-testid=names]", "Titus van der Meulen");
        window.wait_for_text("[data-testid=names]", "more");
        assert_eq!(
            window.script(body, &[]),
            json!([]),
            "{width}×{height}, while a line is typed"
        );
        window.chord(&[CONTROL, 'a']);
        window.press(&format!("{BACKSPACE}{F2}"));
        window.find("[data-testid=who]");
        window.press("a");
        window.wait_for_text(".tagbar .rest", "more: go on typing");
        assert_eq!(window.script(body, &[]), json!([]), "{width}×{height}, while one tags");
        window.press(&format!("{ESCAPE}{ESCAPE}"));
        window.find("[data-testid=bar]");
    }
    // Twice as large: half as many pixels to stand on.
    for (width, height) in [(2560, 1440), (1280, 800), (1024, 700)] {
        of_size(&window, width, height);
        for _ in 0..5 {
            window.chord(&[CONTROL, '+']);
        }
        window.wait_until("twice the size", || {
            window.script("return innerWidth", &[]) == json!(width / 2)
        });
        for (key, shows) in [('1', "Gaps and quality"), ('2', "Discussion"), ('3', "Participants")] {
            window.chord(&[CONTROL, key]);
            window.wait_for_text("h1, h2", shows);
            assert_eq!(
                window.script(body, &[]),
                json!([]),
                "{width}×{height} twice as large, {shows}"
            );
            window.screenshot(&small.join(format!("{width}x{height}-twice-{key}.png")));
        }
        window.chord(&[CONTROL, 'l']);
        window.find("[data-testid=search]");
        assert_eq!(
            window.script(body, &[]),
            json!([]),
            "{width}×{height} twice as large, the library"
        );
        window.chord(&[CONTROL, 'f']);
        window.press("datum");
        window.wait_for_text(".results", "matches in");
        assert_eq!(
            window.script(body, &[]),
            json!([]),
            "{width}×{height} twice as large, a search"
        );
        window.chord(&[CONTROL, 'a']);
        window.press(&format!("{BACKSPACE}{ESCAPE}"));
        window.chord(&[CONTROL, 'n']);
        window.find("input[name=series]");
        assert_eq!(
            window.script(body, &[]),
            json!([]),
            "{width}×{height} twice as large, a new meeting"
        );
        window.press(&ESCAPE.to_string());
        window.wait_until_gone("input[name=series]");
        window.press(&ENTER.to_string());
        window.find("[data-testid=bar]");
        window.chord(&[CONTROL, '0']);
        window.wait_until("the size as it was", || {
            window.script("return innerWidth", &[]) == json!(width)
        });
    }
}
