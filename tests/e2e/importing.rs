//! A file brought in through the window: dropped, reconciled by keys, applied, taken back.

use std::fs;

use serde_json::json;

use minuta_tests::cli::Archive;

use crate::axe::no_faults;
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

/// Drops a file on the window, as a hand would.
pub(crate) fn drop_file(window: &Session, name: &str, text: &str) {
    let body = "const all = new DataTransfer(); all.items.add(new File([arguments[1]], arguments[0]));\
        const at = document.activeElement ?? document.body;\
        for (const type of ['dragenter', 'dragover', 'drop'])\
          at.dispatchEvent(new DragEvent(type, { bubbles: true, cancelable: true, dataTransfer: all }));";
    window.script(body, &[json!(name), json!(text)]);
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
    drop_file(&room.window, "zoom.csv", ZOOM);
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

    drop_file(window, "zoom.csv", ZOOM);
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
    drop_file(&window, "2026-01-15-irc.log", LOG);
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
fn a_scribes_log_becomes_a_meeting_with_its_desk() {
    let archive = Archive::new();
    let Some(window) = open(&archive) else { return };
    window.wait_for_text("h1", "Begin with the agenda");
    // As the system's own dialog gives it.
    let file = archive.folder().join("2026-01-15-irc.log");
    fs::write(&file, LOG).unwrap();
    window.type_into(&window.find("[data-testid=file]"), file.to_str().unwrap());
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
    drop(window);
    archive.is_whole();
}

/// The engine does not hand the page a file that comes from another program here: it is said, and nothing else happens.
#[cfg(target_os = "linux")]
#[test]
fn what_another_program_draws_here_and_cannot_be_read_is_told() {
    let Some(room) = Room::with("participant: Ann Berg, editor\n") else {
        return;
    };
    let file = room.archive.folder().join("zoom.csv");
    fs::write(&file, ZOOM).unwrap();
    crate::drag::file_onto_the_window(&file);
    let window = &room.window;
    window.wait_for_text("[data-testid=announced]", "Ctrl O chooses a file");
    window.find("[data-testid=bar]");
    assert_eq!(
        room.archive.record(&room.meeting)["participants"]
            .as_array()
            .unwrap()
            .len(),
        1
    );
}

#[test]
fn what_is_no_minutes_is_refused_with_the_reason_and_may_be_called_something() {
    let archive = Archive::new();
    let Some(window) = open(&archive) else { return };
    window.wait_for_text("h1", "Begin with the agenda");
    drop_file(&window, "page.html", "<!DOCTYPE html><html><body>Ann Lee</body></html>");
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
