//! What goes across meetings, the transcript and an import, in small and large windows: looked at by people, and nothing
//! in them reaches out or stands on another. The names are long, of many scripts, and two of them the same.

use std::fs;

use serde_json::{Value, json};

use minuta_tests::cli::Archive;

use crate::driver::Session;
use crate::importing::drop_file;
use crate::keys::{CONTROL, DOWN, ENTER, ESCAPE, SHIFT};
use crate::pictures::of_size;
use crate::story;
use crate::window::{open_at, pictures};

const MORE: [&str; 8] = [
    "action: Pierre-Alexandre de Montgolfier-Dubois and Niamh O'Dwyer to ask the pilots of every harbour along the coast whether the licence lets them print the corrected tables by 2 March 2026",
    "action: سلمى الحدّاد to send the list of gauges by 20 March 2026",
    "action: דנה לוי to book the room",
    "action: Jun Sato (Port of Aomi) to compare the two readers by 1 April 2026",
    "action: write to the neighbours",
    "decision: the format keeps its name",
    "decision: values that were bridged keep their flag when they are copied, also where a gap is closed later by hand, and the reader says so",
    "decision: يُنشر الجدول كما هو",
];

const ATTENDANCE: &str = "\
Name (Original Name),User Email,Join Time,Leave Time,Duration (Minutes),Guest
Tilda Astrom,tilda@tides.example,03/12/2026 01:58:00 PM,03/12/2026 03:00:00 PM,62,No
Jun Sato (Observatory),,03/12/2026 02:00:00 PM,03/12/2026 02:20:00 PM,20,Yes
Pierre-Alexandre de Montgolfier-Dubois (Federation of Coastal Pilots),pamd@pilots.example,03/12/2026 02:00:00 PM,03/12/2026 03:00:00 PM,60,No
سلمى الحدّاد,,03/12/2026 02:00:00 PM,03/12/2026 03:00:00 PM,60,No
דנה לוי,dana@secretariat.example,03/12/2026 02:02:00 PM,03/12/2026 03:00:00 PM,58,Yes
iPhone (2),,03/12/2026 02:05:00 PM,03/12/2026 02:45:00 PM,40,Yes
";

/// In every size and theme.
fn look(window: &Session, name: &str) {
    for (width, height) in [(1024, 700), (1600, 1000)] {
        of_size(window, width, height);
        let out = "const box = (one) => one.getBoundingClientRect();\
            const all = [...document.querySelectorAll('.top *, main *')].filter((one) => box(one).width > 0);\
            return all.filter((one) => box(one).right > innerWidth + 1 || box(one).left < -1).map((one) => one.textContent)";
        assert_eq!(window.script(out, &[]), json!([]), "{name} at {width}×{height}");
        // Columns of a row stand beside one another.
        let over = "const found = [];\
            for (const row of document.querySelectorAll('.r, .cue, .reconcile .one, .narrow .mt')) {\
                const parts = [...row.children].filter((one) => getComputedStyle(one).position !== 'absolute').map((one) => one.getBoundingClientRect()).filter((one) => one.width > 0 && one.height > 1);\
                parts.forEach((one, at) => parts.slice(at + 1).forEach((other) => {\
                    if (one.right > other.left + 1 && other.right > one.left + 1 && one.bottom > other.top + 1 && other.bottom > one.top + 1) found.push(row.innerText) }));\
            }\
            return found";
        assert_eq!(window.script(over, &[]), json!([]), "{name} at {width}×{height}");
        for theme in ["light", "dark"] {
            window.script("document.documentElement.dataset.theme = arguments[0]", &[json!(theme)]);
            window.screenshot(&pictures().join(format!("book-{name}-{width}-{theme}.png")));
        }
    }
}

fn talk(names: &[&str]) -> String {
    let said = [
        "good afternoon to everybody",
        "the corrected tables are printed by the pilots, and the licence ought to say so in words that a skipper reads once and knows",
        "نعم",
        "that is for the secretariat",
    ];
    let cue = |at: usize| {
        let (minute, second) = (at / 4, at % 4 * 15);
        let (name, words) = (names[at / 2 % names.len()], said[at % said.len()]);
        format!(
            "00:{minute:02}:{second:02}.000 --> 00:{minute:02}:{:02}.000\n{name}: {words}\n\n",
            second + 14
        )
    };
    format!("WEBVTT\n\n{}", (0..24).map(cue).collect::<String>())
}

#[test]
fn what_goes_across_meetings_is_looked_at_in_windows_of_all_sizes() {
    let archive = Archive::new();
    let story = story::until(&archive, "action: Tilda Åström to publish", &MORE);
    let meeting = story.meeting.to_string();
    let first: Value = archive.record(&meeting)["points"][0]["at"].clone();
    let file = archive.folder().join("talk.vtt");
    let names = [
        "Marit Solheim",
        "Pierre-Alexandre de Montgolfier-Dubois",
        "سلمى الحدّاد",
        "Somebody whom nobody knows",
    ];
    fs::write(&file, talk(&names)).unwrap();
    let words = [
        "import",
        file.to_str().unwrap(),
        "--into",
        &meeting,
        "--starts",
        first.as_str().unwrap(),
    ];
    archive.run(&words, "").well();
    let Some(window) = open_at(&archive, &meeting) else {
        return;
    };
    window.find("[data-testid=bar]");

    window.chord(&[CONTROL, '4']);
    window.find("[data-testid=cues] .cue");
    window.press(&DOWN.to_string());
    window.chord(&[SHIFT, DOWN]);
    window.wait_for_text(".mode", "2 selected");
    look(&window, "transcript");

    window.chord(&[CONTROL, '5']);
    window.wait_for_text("[data-testid=actions]", "neighbours");
    look(&window, "actions");
    // One that nobody has promised anything under.
    window.press("/nothing like it");
    window.wait_for_text(".none", "No action has these words");
    look(&window, "actions-none");
    window.press(&ESCAPE.to_string());
    window.chord(&[CONTROL, '6']);
    window.wait_for_text("[data-testid=decisions]", "keeps its name");
    look(&window, "decisions");
    window.chord(&[CONTROL, '7']);
    window.wait_for_text("[data-testid=directory]", "Montgolfier");
    look(&window, "people");
    window.press("/Montgolfier");
    window.wait_until("one person", || {
        window.find_all("[data-testid=directory] .mt").len() == 1
    });
    window.press(&ENTER.to_string());
    window.wait_for_text(".one-person h1", "Montgolfier");
    look(&window, "person");
    window.press("/");
    window.press(&ESCAPE.to_string());
    window.wait_until("all of them", || {
        window.find_all("[data-testid=directory] .mt").len() > 9
    });
    window.press("m");
    window.find(".merging");
    look(&window, "people-merging");
    window.press(&format!("{ESCAPE}{ESCAPE}"));
    window.find("[data-testid=bar], [data-testid=cues], [data-testid=search]");

    drop_file(&archive, "participants.csv", ATTENDANCE);
    window.find("[data-testid=reconcile] .one");
    window.press(&DOWN.to_string());
    look(&window, "import");
    window.press(&ESCAPE.to_string());
    window.wait_until_gone("[data-testid=import]");
}

#[test]
fn what_goes_across_meetings_says_what_belongs_there_where_there_is_nothing() {
    let archive = Archive::new();
    let meeting = archive.meeting(1);
    let Some(window) = open_at(&archive, &meeting) else {
        return;
    };
    window.find("[data-testid=bar]");
    for (key, says, name) in [
        ('5', "Nothing was promised yet", "actions-empty"),
        ('6', "Nothing was decided yet", "decisions-empty"),
        ('7', "Nobody has taken part yet", "people-empty"),
    ] {
        window.chord(&[CONTROL, key]);
        window.wait_for_text("main", says);
        look(&window, name);
    }
}
