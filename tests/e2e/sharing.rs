//! Two windows on one meeting, over a real hub: what one does is seen in the other, and disturbs nobody.

use std::thread;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use minuta_tests::cli::Archive;
use minuta_tests::hub::Hub;

use crate::axe::no_faults;
use crate::driver::Session;
use crate::importing::picture;
use crate::keys::{ALT, CONTROL, DELETE, DOWN, ENTER, ESCAPE, F2, HOME, RIGHT, SHIFT, TAB};
use crate::room::{POINTS, Room};
use crate::window::{can_drive, open, open_at, pictures};

const SHARE: &str = "[data-testid=share]";
const JOIN: &str = "[data-testid=join]";
const INDICATOR: &str = "[data-testid=sharing]";
const EDITOR: &str = "[data-testid=editor]";
const BAR: &str = "[data-testid=bar]";
const LEFT: &str = "[data-testid=tagging-line]";

/// So many points are captured in one window while the other tags them.
const CAPTURED: usize = 200;

/// A picture of what is shown, in both themes, and nothing that axe-core finds fault with in it.
fn look(window: &Session, name: &str) {
    picture(window, &format!("share-{name}"));
    no_faults(window, name);
}

/// Ann's room, whose meeting is shared over the hub, and Ben's, who has joined it; all in their windows.
fn two_windows(hub: &Hub) -> Option<(Room, Room)> {
    let lines = "participant: Ann Berg, editor\nparticipant: Ben Roy\nparticipant: Titti Cassa\n\
        present+ Ann Berg, Ben Roy\nagenda+ Lights on the pier\n/next\n";
    let ann = Room::with(lines)?;
    ann.window.chord(&[ALT, SHIFT, 's']);
    ann.focus_in("[data-testid=own-name]");
    look(&ann.window, "first");
    ann.window.press("Ann Berg");
    ann.window
        .type_into(&ann.window.find("[data-testid=hub]"), "hub.example.org");
    ann.window.press(&ENTER.to_string());
    ann.window.wait_for_text(SHARE, "is no address of a hub");
    let field = ann.window.find("[data-testid=hub]");
    ann.window.click(&field);
    ann.instead(&format!("{}{ENTER}", hub.url()));
    ann.window.wait_for_text(SHARE, "Connected with the hub");
    ann.window.wait_for_text(SHARE, "Nobody is invited yet");
    ann.focus_on(SHARE);
    look(&ann.window, "nobody");
    ann.window.press("s");
    let invitation = ann.window.find("[data-testid=invitation]");
    let text = ann.window.property(&invitation, "value").as_str().unwrap().to_owned();
    assert!(text.starts_with("minuta:join/"), "{text}");
    ann.window.wait_for_text(SHARE, "nobody has joined by it");
    ann.window.press(&ESCAPE.to_string());
    ann.window.wait_until_gone(SHARE);
    ann.at_the_bar();

    let archive = Archive::new();
    let window = open(&archive)?;
    window.wait_for_text("h1", "Begin with the agenda");
    window.chord(&[CONTROL, SHIFT, 'j']);
    window.find(JOIN);
    window.press(&format!("minuta:join/abc{ENTER}"));
    window.find(&format!("{JOIN} [role=alert]"));
    look(&window, "join");
    window.chord(&[CONTROL, 'a']);
    window.press(&text);
    let name = window.find(&format!("{JOIN} input"));
    window.type_into(&name, &format!("Ben Roy{ENTER}"));
    let ben = Room {
        window,
        archive,
        meeting: ann.meeting.clone(),
    };
    ben.at_the_bar();
    ben.window.wait_for_text("h1", "Lights on the pier");
    ann.window.wait_for_text(INDICATOR, "BR");
    ben.window.wait_for_text(INDICATOR, "AB");
    Some((ann, ben))
}

/// The points as both records have them: who spoke, and the words.
fn points(room: &Room) -> Vec<String> {
    room.now().points()
}

fn same(ann: &Room, ben: &Room) {
    ben.window
        .wait_until("both to have the same", || points(ann) == points(ben));
    let shown = "return [...document.querySelectorAll('.pt[data-point]')].map((row) => row.dataset.point + row.querySelector('.tx').innerText)";
    let rows = |room: &Room| room.window.script(shown, &[]);
    ben.window.wait_until("both to show the same", || {
        let (left, right) = (rows(ann), rows(ben));
        let (left, right) = (left.as_array().unwrap(), right.as_array().unwrap());
        let count = left.len().min(right.len());
        count > 5 && left[left.len() - count..] == right[right.len() - count..]
    });
}

/// Tags every point as it comes, by initials, until so many have a speaker.
fn tag(room: &Room, count: usize) {
    let window = &room.window;
    let cursor = "const row = document.querySelector('.pt.cursor.told, .pt.cursor');\
        const left = document.querySelector(arguments[0])?.innerText ?? '';\
        return [row?.dataset.point ?? '', Number.parseInt(/(\\d+) point/.exec(left)?.[1]), row?.classList.contains('told') ?? false]";
    let began = Instant::now();
    let (mut done, mut last) = (0, Value::Null);
    while done < count {
        assert!(
            began.elapsed() < Duration::from_secs(150),
            "{done} of {count} tagged:\n{}",
            window.text_of_page()
        );
        let now = window.script(cursor, &[json!(LEFT)]);
        let is_open = now[1].as_u64().unwrap_or_default() > 0;
        if is_open && now[2] == json!(true) {
            // All were tagged, and now there is another one.
            window.press(&TAB.to_string());
            last = Value::Null;
            thread::sleep(Duration::from_millis(30));
        } else if is_open && now[0] != last {
            window.press(if done % 2 == 0 { "ab" } else { "br" });
            last = now[0].clone();
            done += 1;
        } else {
            thread::sleep(Duration::from_millis(20));
        }
    }
}

#[test]
fn one_captures_and_another_tags_and_both_show_the_same() {
    if can_drive().is_none() {
        return;
    }
    let Some(hub) = Hub::start() else { return };
    let Some((ann, ben)) = two_windows(&hub) else { return };
    ann.line("The first of them.");
    ben.window.wait_for_text(POINTS, "The first of them.");
    ben.window.press(&F2.to_string());
    ben.window.wait_for_text(LEFT, "1 point without a speaker");
    let began = Instant::now();
    thread::scope(|scope| {
        scope.spawn(|| {
            for number in 1..CAPTURED {
                ann.window.press(&format!("Lamp {number}{ENTER}"));
            }
            ann.saved();
            eprintln!("captured in {:.1?}", began.elapsed());
        });
        scope.spawn(|| tag(&ben, CAPTURED));
    });
    let took = began.elapsed();
    eprintln!("{CAPTURED} points captured in one window and tagged in the other in {took:.1?}");
    ben.window.wait_for_text(LEFT, "0 points without a speaker");
    ben.window.press(&ESCAPE.to_string());
    ben.at_the_bar();
    same(&ann, &ben);
    let all = points(&ann);
    assert_eq!(all.len(), CAPTURED);
    for (number, point) in all.iter().enumerate() {
        assert!(
            point.contains("| Ann Berg |") || point.contains("| Ben Roy |"),
            "{number}: {point}"
        );
    }
    ann.window.wait_for_text(INDICATOR, "BR");
    look(&ann.window, "desk");
    ann.window.resize(900, 600);
    ann.window.screenshot(&pictures().join("share-desk-small.png"));
    ann.archive.is_whole();
    ben.archive.is_whole();
}

/// What somebody sees of the field they type in: its text, the caret, whether it has the focus, and where it stands.
fn field(window: &Session, css: &str) -> Value {
    window.script(
        "const field = document.querySelector(arguments[0]);\
         if (!field) return null;\
         return [field.value, field.selectionStart, field.selectionEnd, document.activeElement === field, Math.round(field.getBoundingClientRect().top)]",
        &[json!(css)],
    )
}

#[test]
fn who_types_is_not_disturbed_by_what_others_do() {
    if can_drive().is_none() {
        return;
    }
    let Some(mut hub) = Hub::start() else { return };
    let Some((ann, ben)) = two_windows(&hub) else { return };
    for number in 0..12 {
        ann.line(&format!("Ann Berg: The pier, part {number}."));
    }
    ben.window.wait_for_text(POINTS, "part 11.");

    // In the bar: a line half typed.
    ben.window
        .press(&format!("Half a line is typed{HOME}{RIGHT}{RIGHT}{RIGHT}{RIGHT}"));
    let before = field(&ben.window, BAR);
    assert_eq!(before[0], "Half a line is typed");
    for number in 0..5 {
        ann.line(&format!("Meanwhile {number}."));
        ben.window.wait_for_text(POINTS, &format!("Meanwhile {number}."));
        assert_eq!(field(&ben.window, BAR), before);
    }
    ben.window.press("-");
    assert_eq!(field(&ben.window, BAR)[0], "Half- a line is typed");
    ben.instead("");
    ben.window.press(&DELETE.to_string());

    // In a point.
    ben.to_point("part 9.");
    ben.window.press(&ENTER.to_string());
    ben.focus_in(EDITOR);
    ben.window.press(&format!("{HOME}{RIGHT}{RIGHT}{RIGHT}{RIGHT}old "));
    thread::sleep(Duration::from_millis(300));
    let before = field(&ben.window, EDITOR);
    assert_eq!(before[0], "The old pier, part 9.");
    ann.window.wait_for_text(".there", "BR");
    ann.window.screenshot(&pictures().join("share-written-in.png"));
    for number in 0..12 {
        ann.line(&format!("While one edits, {number}."));
        ben.until("it to come", |record| {
            record.texts().contains(&format!("While one edits, {number}.").as_str())
        });
        assert_eq!(field(&ben.window, EDITOR), before, "after {number}");
    }
    thread::sleep(Duration::from_millis(600));
    assert_eq!(field(&ben.window, EDITOR), before);
    // Even when it is taken out meanwhile.
    ann.to_point("part 9.");
    ann.window.press(&DELETE.to_string());
    ben.until("it to go", |record| {
        !record.texts().iter().any(|text| text.contains("part 9."))
    });
    thread::sleep(Duration::from_millis(600));
    let now = field(&ben.window, EDITOR);
    assert_eq!((&now[0], &now[1], &now[3]), (&before[0], &before[1], &json!(true)));
    ben.window.press(&ESCAPE.to_string());
    ben.at_the_bar();
    ann.escape();
    same(&ann, &ben);

    // Without the hub both go on, and are told; then it comes together.
    hub.kill();
    ben.window.wait_for_text(INDICATOR, "No contact");
    ben.line("Written apart by Ben.");
    ben.line("And another.");
    ben.window.wait_for_text(INDICATOR, "2 waiting");
    ben.window.chord(&[ALT, SHIFT, 's']);
    ben.window.wait_for_text(SHARE, "No contact:");
    look(&ben.window, "no-contact");
    ben.window.press("l");
    ben.window.wait_for_text(SHARE, "connected");
    look(&ben.window, "log");
    ben.window.press(&format!("{ESCAPE}{ESCAPE}"));
    ben.at_the_bar();
    ann.line("Written apart by Ann.");
    hub.start_again();
    ann.window.wait_for_text(POINTS, "Written apart by Ben.");
    ben.window.wait_for_text(POINTS, "Written apart by Ann.");
    same(&ann, &ben);
    ann.window.wait_for_text(INDICATOR, "BR");

    // By file and by hub alike: the owner lets somebody go.
    ann.window.chord(&[ALT, SHIFT, 's']);
    ann.window.wait_for_text(SHARE, "Ben Roy");
    look(&ann.window, "people");
    ann.window.press("f");
    ann.window.wait_for_text(SHARE, "With an invitation as observer");
    look(&ann.window, "file");
    ann.window.press(&ESCAPE.to_string());
    ann.window.press("a");
    ann.window.wait_for_text(SHARE, "Nothing is set aside");
    ann.window.press(&ESCAPE.to_string());
    ann.window.wait_for_text(SHARE, "Members");
    let rows = "return [...document.querySelectorAll('[data-testid=share] [data-row]')].findIndex((row) => row.innerText.includes('Ben Roy'))";
    let at = ann.window.script(rows, &[]).as_u64().unwrap();
    for _ in 0..=at {
        ann.window.press(&DOWN.to_string());
    }
    ann.window.press(&DELETE.to_string());
    ann.window.wait_for_text(SHARE, "Del again withdraws");
    ann.window.press(&DELETE.to_string());
    ann.window.wait_for_text(SHARE, "withdrawn");
    ben.window.wait_for_text(INDICATOR, "Withdrawn");
    ben.archive.is_whole();
    ann.archive.is_whole();
}

#[test]
fn a_window_without_its_hub_opens_as_ever_and_says_so() {
    if can_drive().is_none() {
        return;
    }
    let archive = Archive::new();
    let meeting = archive.meeting(7);
    archive
        .run(
            &["capture", &meeting],
            "participant: Ann Berg\ntopic: Lights on the pier\n",
        )
        .well();
    let long = "Wolfeschlegelsteinhausenbergerdorff-Österreich-Àlvarez de la Peña y Montenegro";
    let shared = ["share", &meeting, "--hub", "nats://127.0.0.1:9", "--name", long];
    archive.run(&shared, "").well();
    let Some(window) = open_at(&archive, &meeting) else {
        return;
    };
    let room = Room {
        window,
        archive,
        meeting,
    };
    room.at_the_bar();
    room.window.wait_for_text(INDICATOR, "No contact");
    room.line("It goes on.");
    room.window.chord(&[ALT, SHIFT, 's']);
    room.window.wait_for_text(SHARE, "never reached yet");
    room.window.wait_for_text(SHARE, long);
    look(&room.window, "alone");
    room.window.press("h");
    room.focus_in("[data-testid=hub]");
    look(&room.window, "hub");
    let began = Instant::now();
    drop(room.window);
    assert!(
        began.elapsed() < Duration::from_secs(8),
        "it closes though there is no hub"
    );
}
