//! A file brought in through the window: dropped, reconciled by keys, applied, taken back.

use std::fs;

use serde_json::json;

use minuta_tests::cli::Archive;

use crate::axe::no_faults;
use crate::drag::Hand;
use crate::driver::Session;
use crate::keys::{BACKSPACE, CONTROL, DOWN, ENTER, ESCAPE, HOME, SHIFT};
use crate::room::{Room, STATUS};
use crate::window::{open, pictures};

const ZOOM: &str = "\
Meeting ID,Topic,Start Time,End Time,User Email,Duration (Minutes),Participants,
00000000001,Lights on the pier,01/15/2026 02:00:00 PM,01/15/2026 03:00:00 PM,ann@example.org,60,5,

Name (Original Name),User Email,Join Time,Leave Time,Duration (Minutes),Guest
Ann Berg,ann@example.org,01/15/2026 02:00:00 PM,01/15/2026 03:00:00 PM,60,No
Tiago Menezes,tm@example.org,01/15/2026 02:05:00 PM,01/15/2026 02:30:00 PM,25,Yes
Tiago Menezes,tm@example.org,01/15/2026 02:31:00 PM,01/15/2026 03:00:00 PM,29,Yes
Cy Dee (Harbour Office),,01/15/2026 02:00:00 PM,01/15/2026 03:00:00 PM,60,Yes
iPhone (2),,01/15/2026 02:00:00 PM,01/15/2026 03:00:00 PM,60,Yes
";

const LOG: &str = "\
[14:00:00] <ann> topic: Lights on the pier
[14:01:00] <ann> scribe: ann
[14:02:00] <ann> Ben: the lamp is out
[14:02:30] <ann> ... and the ladder is loose
[14:03:00] <ben> present+
[14:04:00] <ann> ACTION: ben to mend the lamp
[14:05:00] <ann> topic: Any other business
[14:06:00] <ann> RESOLUTION: the lamp is mended by Friday
";

const ROWS: &str = "[data-testid=reconcile]";

/// Drops a file on the window, out of another program.
pub(crate) fn drop_file(archive: &Archive, name: &str, text: &str) {
    let file = archive.folder().join(name);
    fs::write(&file, text).unwrap();
    Hand::with_files(&[&file]).over(None).lets_go();
}

/// Waits until the file is taken for this.
fn taken_for(window: &Session, label: &str) {
    let body = "return document.querySelector('#import-kind')?.selectedOptions[0].text ?? ''";
    window.wait_until(label, || window.script(body, &[]) == json!(label));
}

/// Takes a picture in each theme.
pub(crate) fn picture(window: &Session, name: &str) {
    for theme in ["dark", "light"] {
        window.script("document.documentElement.dataset.theme = arguments[0]", &[json!(theme)]);
        window.screenshot(&pictures().join(format!("{name}-{theme}.png")));
    }
}

#[test]
fn a_zoom_report_is_reconciled_by_keys_applied_and_taken_back() {
    let Some(room) = Room::with("participant: Ann Berg, editor\nparticipant: Tiago Meneses\nagenda+ Lights\n") else {
        return;
    };
    let before = room.archive.record(&room.meeting);
    room.window.press("half a li");
    drop_file(&room.archive, "zoom.csv", ZOOM);
    room.focus_in(ROWS);
    let window = &room.window;
    taken_for(window, "an attendance report of Zoom");
    window.wait_for_text("[data-testid=brings]", "4 people");
    window.wait_for_text(ROWS, "by the name alone");
    window.wait_for_text(ROWS, "Tiago Meneses: same person?");
    // Its times are the meeting's, also where the window began at it.
    let zone = window.find("#import-zone");
    assert_eq!(window.property(&zone, "value"), json!("Europe/Rome"));
    no_faults(window, "the import");
    picture(window, "import");
    assert_eq!(room.archive.record(&room.meeting), before, "to look changes nothing");

    // Out again: nothing has changed, and the half line is still there.
    window.press(&ESCAPE.to_string());
    room.at_the_bar();
    let bar = window.find("[data-testid=bar]");
    assert_eq!(window.property(&bar, "value"), json!("half a li"));
    assert_eq!(room.archive.record(&room.meeting), before);

    drop_file(&room.archive, "zoom.csv", ZOOM);
    room.focus_in(ROWS);
    room.to_row(".one.cursor", "Tiago");
    window.press(&ENTER.to_string());
    window.wait_for_text(ROWS, "as you said");
    room.to_row(".one.cursor", "iPhone");
    window.press("x");
    window.wait_for_text(".one.cursor", "left out");
    room.to_row(".one.cursor", "Ann Berg");
    window.press("n");
    window.wait_for_text(".one.cursor", "new participant");
    window.press(" ");
    window.wait_for_text(".one.cursor", "is Ann Berg");
    picture(window, "import-chosen");
    window.chord(&[CONTROL, ENTER]);
    room.at_the_bar();
    window.wait_for_text("[data-pane=people]", "Cy Dee");
    let after = room.archive.record(&room.meeting);
    let names: Vec<&str> = after["participants"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["name"].as_str().unwrap())
        .collect();
    assert_eq!(names, ["Ann Berg", "Tiago Meneses", "Cy Dee"]);
    assert_eq!(after["participants"][2]["presence"][0]["from"], "2026-01-15T13:00:00Z");
    assert_eq!(after["participants"][1]["aliases"], json!(["Tiago Menezes"]));
    assert_eq!(after["participants"][1]["presence"].as_array().unwrap().len(), 2);
    picture(window, "import-applied");

    // One step back. The half line would keep Ctrl Z for itself: it goes first.
    room.instead(&BACKSPACE.to_string());
    window.chord(&[CONTROL, 'z']);
    window.wait_until("the import to be taken back", || {
        room.archive.record(&room.meeting)["participants"] == before["participants"]
    });
    assert_eq!(room.archive.record(&room.meeting), before);
    room.archive.is_whole();
}

#[test]
fn a_file_that_became_a_meeting_is_taken_back_with_it_and_brought_back() {
    let archive = Archive::new();
    let Some(window) = open(&archive) else { return };
    window.wait_for_text("h1", "Begin with the agenda");
    // As the system's own dialog gives it.
    let file = archive.folder().join("2026-01-15-irc.log");
    fs::write(&file, LOG).unwrap();
    window.type_into(&window.find("[data-testid=file]"), file.to_str().unwrap());
    taken_for(&window, "a scribe's log");
    window.wait_for_text("[data-testid=brings]", "4 points");
    window.chord(&[CONTROL, ENTER]);
    window.wait_for_text("[data-testid=points]", "the lamp is mended by Friday");
    window.wait_for_text(STATUS, "Ctrl Z takes it away again");
    let before = archive.record("latest");
    window.press("one more line\u{E007}");
    window.wait_for_text("[data-testid=points]", "one more line");
    // First the line goes, then the meeting.
    window.chord(&[CONTROL, 'z']);
    window.wait_until("the line to go", || {
        archive.record("latest")["points"] == before["points"]
    });
    window.chord(&[CONTROL, 'z']);
    window.wait_for_text("h1", "Begin with the agenda");
    window.wait_for_text("[data-testid=announced]", "Undone: meeting imported");
    assert!(archive.run(&["list"], "").well().trim().is_empty());
    window.chord(&[CONTROL, SHIFT, 'z']);
    window.find("[data-meeting]");
    assert_eq!(archive.record("latest"), before);
    drop(window);
    archive.is_whole();
}

#[test]
fn a_scribes_log_becomes_a_meeting_with_its_desk_and_its_report() {
    let archive = Archive::new();
    let Some(window) = open(&archive) else { return };
    window.wait_for_text("h1", "Begin with the agenda");
    drop_file(&archive, "2026-01-15-irc.log", LOG);
    taken_for(&window, "a scribe's log");
    window.wait_for_text("[data-testid=brings]", "2 agenda items, 4 points");
    no_faults(&window, "the import");
    picture(&window, "import-log");
    window.press(&format!("{HOME}{DOWN}"));
    window.wait_for_text(".one.cursor", "ben");
    window.chord(&[CONTROL, ENTER]);
    window.find("[data-testid=bar]");
    window.wait_for_text("[data-pane=agenda]", "Lights on the pier");
    window.wait_for_text("[data-testid=points]", "the lamp is mended by Friday");
    window.wait_for_text(STATUS, "imported as a new meeting");
    picture(&window, "import-log-desk");
    let record = archive.record("latest");
    assert_eq!(record["points"].as_array().unwrap().len(), 4);
    window.chord(&[CONTROL, '2']);
    window.wait_for_text(".page", "the lamp is mended by Friday");
    picture(&window, "import-log-report");
    drop(window);
    archive.is_whole();
}

#[test]
fn what_is_drawn_over_the_window_is_told_and_may_go_away_again() {
    let Some(room) = Room::with("participant: Ann Berg, editor\n") else {
        return;
    };
    let before = room.archive.record(&room.meeting);
    let folder = room.archive.folder();
    let (report, log) = (folder.join("zoom report.csv"), folder.join("irc.log"));
    fs::write(&report, ZOOM).unwrap();
    fs::write(&log, LOG).unwrap();
    let window = &room.window;
    let hand = Hand::with_files(&[&report]).over(None);
    window.wait_for_text("[data-testid=drawn-over]", "into this meeting");
    picture(window, "import-drawn-over");
    hand.goes_away();
    window.wait_until_gone("[data-testid=drawn-over]");
    room.at_the_bar();

    // Of two files the first is looked at.
    Hand::with_files(&[&report, &log]).over(None).lets_go();
    taken_for(window, "an attendance report of Zoom");
    window.wait_for_text("[data-testid=announced]", "this is zoom report.csv; 1 more was left");
    window.wait_until_gone("[data-testid=drawn-over]");
    window.press(&ESCAPE.to_string());
    room.at_the_bar();

    // What is no file that can be taken is said.
    Hand::with_files(&[folder]).over(None).lets_go();
    window.wait_for_text(STATUS, "is a folder; drop the file itself");
    Hand::with_files(&[&folder.join("gone.csv")]).over(None).lets_go();
    window.wait_for_text(STATUS, "gone.csv could not be read");
    room.at_the_bar();
    assert_eq!(room.archive.record(&room.meeting), before);
}

#[test]
fn a_link_that_is_let_go_over_a_line_is_text_there() {
    let Some(room) = Room::with("participant: Ann Berg, editor\n") else {
        return;
    };
    let window = &room.window;
    let body = "const { x, y, width, height } = document.querySelector('[data-testid=bar]').getBoundingClientRect();\
        return [Math.round(x + width / 2), Math.round(y + height / 2)]";
    let at = window.script(body, &[]);
    let at = |place: usize| i16::try_from(at[place].as_i64().unwrap()).unwrap();
    Hand::with_link("https://example.org/plan")
        .over(Some((at(0), at(1))))
        .lets_go();
    let bar = window.find("[data-testid=bar]");
    window.wait_until("the link to stand in the bar", || {
        window.property(&bar, "value") == json!("https://example.org/plan")
    });
    // Elsewhere it neither comes in nor leads the window away.
    Hand::with_link("https://example.org/plan").over(None).lets_go();
    window.wait_for_text("[data-testid=announced]", "Ctrl O chooses a file");
    room.window.find("[data-testid=bar]");
}

#[test]
fn a_shared_meeting_that_is_dropped_is_taken_in() {
    let ann = Archive::new();
    let meeting = ann.meeting(7);
    ann.run(
        &["capture", &meeting],
        "participant: Ann Berg, editor\nAnn Berg: the lamp is out\n",
    )
    .well();
    ann.run(&["share", &meeting, "--name", "Ann Berg"], "").well();
    let file = ann.folder().join("pier.minuta");
    let path = file.to_str().unwrap();
    ann.run(&["export-file", &meeting, "--to", path, "--invite", "scribe"], "")
        .well();

    let archive = Archive::new();
    let Some(window) = open(&archive) else { return };
    window.wait_for_text("h1", "Begin with the agenda");
    let dialog = "[data-testid=join]";
    Hand::with_files(&[&file]).over(None).lets_go();
    window.wait_for_text(dialog, "pier.minuta");
    window.press(&ESCAPE.to_string());
    window.wait_until_gone(dialog);
    assert!(
        archive.run(&["list"], "").well().trim().is_empty(),
        "nobody has taken it in"
    );

    Hand::with_files(&[&file]).over(None).lets_go();
    window.wait_for_text(dialog, "pier.minuta");
    window.press("Ben Roy");
    picture(&window, "join-dropped");
    no_faults(&window, "a shared meeting that was dropped");
    window.press(&ENTER.to_string());
    window.wait_for_text("[data-testid=points]", "the lamp is out");
    window.wait_for_text(STATUS, "taken in");
    assert_eq!(archive.record("latest")["points"], ann.record(&meeting)["points"]);

    // A second time it brings nothing new.
    Hand::with_files(&[&file]).over(None).lets_go();
    window.wait_for_text(dialog, "pier.minuta");
    window.press(&ENTER.to_string());
    window.wait_for_text(STATUS, "holds nothing new");
    drop(window);
    archive.is_whole();
}

#[test]
fn what_is_no_minutes_is_refused_with_the_reason_and_may_be_called_something() {
    let archive = Archive::new();
    let Some(window) = open(&archive) else { return };
    window.wait_for_text("h1", "Begin with the agenda");
    drop_file(
        &archive,
        "page.html",
        "<!DOCTYPE html><html><body>Ann Lee</body></html>",
    );
    window.wait_for_text(".trouble", "web page");
    window.chord(&[CONTROL, ENTER]);
    window.press(&ESCAPE.to_string());
    window.wait_for_text("h1", "Begin with the agenda");

    // A text that is pasted where nothing is written is looked at too, and may be taken for something else.
    let body = "const all = new DataTransfer(); all.setData('text/plain', arguments[0]);\
        document.body.dispatchEvent(new ClipboardEvent('paste', { bubbles: true, cancelable: true, clipboardData: all }));";
    window.script(body, &[json!(LOG)]);
    taken_for(&window, "a scribe's log");
    window.press("k");
    window.press("minutes");
    taken_for(&window, "minutes");
    window.wait_for_text("[data-testid=brings]", "passages");
    window.press(&format!("{ESCAPE}{ESCAPE}"));
    window.wait_for_text("h1", "Begin with the agenda");
    drop(window);
    assert!(archive.run(&["list"], "").well().trim().is_empty());
}
