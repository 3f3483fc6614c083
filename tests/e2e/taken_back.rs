//! Undo and redo in the window: every kind of action is taken back by one key, and the record is exactly what it was;
//! done again by one key, it is exactly what it became.

use serde_json::Value;

use crate::keys::{ALT, CONTROL, DELETE, DOWN, END, ENTER, ESCAPE, F2, LEFT, RIGHT, SHIFT, UP};
use crate::room::{POINTS, Room};

const HELD: &str = "\
participant: Ann Berg, editor
participant: Ben Roy
participant: Titti Cassa
participant: Zoe Lund
present+ Ann Berg, Ben Roy
agenda+ Opening
agenda+ Lights on the pier
agenda+ Storm plan
/next
Ann Berg: The first point.
The second point.
question: Who holds the third?
The fourth point.
q+ Ben Roy to say so
q+ Titti Cassa
";

type Kind = (&'static str, fn(&Room));

/// The first lines that differ, not two whole records.
fn differ(one: &Value, other: &Value) -> String {
    let (one, other) = (format!("{one:#}"), format!("{other:#}"));
    let (one, other): (Vec<_>, Vec<_>) = (one.lines().collect(), other.lines().collect());
    let at = one
        .iter()
        .zip(&other)
        .position(|(one, other)| one != other)
        .unwrap_or(0);
    let around = |lines: &[&str]| {
        let part: Vec<_> = lines.iter().skip(at.saturating_sub(10)).take(16).copied().collect();
        part.join("\n")
    };
    format!("is\n{}\nand should be\n{}", around(&one), around(&other))
}

fn becomes(room: &Room, what: &str, wanted: &Value) {
    let begun = std::time::Instant::now();
    loop {
        let now = room.record();
        if now == *wanted {
            return;
        }
        assert!(
            begun.elapsed() < std::time::Duration::from_secs(8),
            "{what}: the record {}\nthe window says `{}`",
            differ(&now, wanted),
            room.window.text(&room.window.find(crate::room::STATUS))
        );
    }
}

fn each_is_taken_back(room: &Room, kinds: &[Kind]) {
    for (what, keys) in kinds {
        let before = room.record();
        keys(room);
        room.saved();
        room.window.wait_until(what, || room.record() != before);
        let after = room.record();
        room.window.chord(&[CONTROL, 'z']);
        becomes(room, &format!("{what}, taken back"), &before);
        room.window.chord(&[CONTROL, SHIFT, 'z']);
        becomes(room, &format!("{what}, done again"), &after);
        room.window.chord(&[CONTROL, 'z']);
        becomes(room, &format!("{what}, taken back again"), &before);
    }
}

#[test]
fn what_is_done_to_points_is_taken_back_whole() {
    let Some(room) = Room::with(HELD) else { return };
    let kinds: [Kind; 15] = [
        ("a line", |room| room.line("The fifth point.")),
        ("the words of an earlier line", |room| room.line("s/second/other/")),
        ("an edit", |room| {
            edit(room, "The second");
            room.window.press(&format!(" And more.{ENTER}"));
            room.at_the_bar();
        }),
        ("a split", |room| {
            edit(room, "The second");
            room.window.press(&LEFT.to_string().repeat("point.".len()));
            room.window.chord(&[CONTROL, ENTER]);
            room.at_the_bar();
        }),
        ("a kind", |room| on(room, "The second", "d")),
        ("off the record", |room| on(room, "The second", "o")),
        ("another item", |room| {
            on(room, "The second", "m");
            room.focus_in("[data-testid=ask]");
            room.window.press(&format!("storm{ENTER}"));
            room.focus_on(POINTS);
        }),
        ("one place up", |room| {
            room.to_point("The second");
            room.window.chord(&[ALT, SHIFT, UP]);
        }),
        ("two joined", |room| {
            room.to_point("The second");
            room.window.chord(&[SHIFT, DOWN]);
            room.window.press("j");
        }),
        ("a heading", |room| {
            on(room, "Who holds", "h");
            room.focus_in("[data-testid=ask]");
            room.window.press(&format!("The key{ENTER}"));
            room.focus_on(POINTS);
        }),
        ("three deleted", |room| {
            room.to_point("The first");
            room.window.chord(&[SHIFT, DOWN]);
            room.window.chord(&[SHIFT, DOWN]);
            room.window.press(&DELETE.to_string());
        }),
        ("a speaker in its place", |room| {
            on(room, "The second", "t");
            room.focus_in("[data-testid=tag]");
            room.window.press(&format!("ben{ENTER}"));
            room.at_the_bar();
        }),
        ("speakers of two, tagged at once", |room| {
            room.to_point("The second");
            room.window.press(&F2.to_string());
            room.window.find("[data-testid=who]");
            room.window.chord(&[SHIFT, DOWN]);
            room.window.press(&format!(",abbr{ENTER}"));
            // While one tags, Esc leads out of it.
            room.window
                .wait_for_text("[data-testid=tagging-line]", "1 point without a speaker");
            room.window.press(&ESCAPE.to_string());
            room.at_the_bar();
        }),
        ("a moment", |room| {
            room.escape();
            room.window.chord(&[ALT, 'm']);
        }),
        ("an item opened by a line", |room| {
            room.line("topic: Dredging");
        }),
    ];
    each_is_taken_back(&room, &kinds);
    room.archive.is_whole();
}

#[test]
fn what_is_done_to_the_agenda_the_floor_and_the_meeting_is_taken_back_whole() {
    let Some(room) = Room::with(HELD) else { return };
    let kinds: [Kind; 23] = [
        ("live", |room| room.window.chord(&[ALT, 'l'])),
        ("ended", |room| room.window.chord(&[ALT, SHIFT, 'l'])),
        ("the next item", |room| room.window.chord(&[ALT, DOWN])),
        ("an item put off", |room| room.window.chord(&[ALT, 'd'])),
        ("an item added", |room| {
            room.window.chord(&[ALT, 'i']);
            room.focus_in("[data-pane=agenda] input");
            room.window.press(&format!("Dredging{ENTER}"));
            room.escape();
        }),
        ("a section", |room| {
            room.to_item("Lights");
            room.window.chord(&[SHIFT, 'a']);
            room.focus_in("[data-pane=agenda] input");
            room.window.press(&format!("The lamp{ENTER}{ESCAPE}"));
            room.escape();
        }),
        ("another title", |room| field(room, "Lights", "e", "The lights")),
        ("planned minutes", |room| field(room, "Lights", "p", "1:30")),
        ("a presenter", |room| field(room, "Lights", "r", "titti")),
        ("an item taken", |room| {
            room.to_item("Storm plan");
            room.window.press(&ENTER.to_string());
            room.at_the_bar();
        }),
        ("an item skipped", |room| {
            room.to_item("Lights");
            room.window.press("s");
        }),
        ("an item moved", |room| {
            room.to_item("Lights");
            room.window.chord(&[ALT, DOWN]);
        }),
        ("an item off the agenda", |room| {
            room.to_item("Opening");
            room.window.press(&DELETE.to_string());
        }),
        ("a hand raised", |room| {
            room.escape();
            room.window.chord(&[ALT, 'r']);
            room.focus_in("[data-testid=raise] input");
            room.window.press(&format!("ann{ENTER}rwhy not{ENTER}"));
            room.at_the_bar();
        }),
        ("a hand by a line", |room| room.line("q+ Ann Berg to ask")),
        ("another kind of turn", |room| {
            room.to_turn("Titti");
            room.window.press("kr");
        }),
        ("what becomes a point of order, and goes to the front", |room| {
            room.to_turn("Titti");
            room.window.press("kp");
            room.until("Titti first", |record| record.queue()[0].starts_with("Titti"));
        }),
        ("a reason", |room| {
            room.to_turn("Titti");
            room.window.press("e");
            room.focus_in("[data-testid=queue] input");
            room.window.press(&format!("because{ENTER}"));
        }),
        ("another order", |room| {
            room.to_turn("Titti");
            room.window.chord(&[ALT, UP]);
        }),
        ("out of the queue", |room| {
            room.to_turn("Titti");
            room.window.press(&DELETE.to_string());
        }),
        ("the floor to one who waits", |room| {
            room.to_turn("Titti");
            room.window.press(&ENTER.to_string());
        }),
        ("the floor to the next", |room| {
            room.escape();
            room.window.chord(&[ALT, 'n']);
        }),
        ("the floor to somebody", |room| {
            room.window.chord(&[ALT, 'f']);
            room.focus_in("[data-testid=floor] input");
            room.window.press(&format!("ann{ENTER}"));
            room.at_the_bar();
        }),
    ];
    each_is_taken_back(&room, &kinds);
    room.line("ack Ann Berg");
    each_is_taken_back(
        &room,
        &[("the floor taken back", |room| room.window.chord(&[ALT, '0']))],
    );
    room.archive.is_whole();
}

#[test]
fn what_is_done_to_participants_is_taken_back_whole() {
    let Some(room) = Room::with(HELD) else { return };
    let on_the_desk: [Kind; 5] = [
        ("apologies", |room| {
            room.to_person("Titti");
            room.window.press("a");
        }),
        ("somebody who leaves", |room| {
            room.to_person("Ben Roy");
            room.window.press("l");
        }),
        ("somebody who comes", |room| {
            room.escape();
            room.line("present+ Titti Cassa");
        }),
        ("somebody new", |room| {
            room.window.chord(&[ALT, SHIFT, 'p']);
            room.focus_in("[data-pane=people] input");
            room.window.press(&format!("Eve Moss, diver{ENTER}"));
            room.escape();
        }),
        ("a list", |room| {
            room.clip("Eve Moss, diver\nAda Reed");
            room.window.chord(&[ALT, SHIFT, 'p']);
            room.focus_in("[data-pane=people] input");
            room.window.chord(&[CONTROL, 'v']);
            room.focus_in("[data-testid=pasted]");
            room.window.press(&ENTER.to_string());
            room.at_the_bar();
        }),
    ];
    each_is_taken_back(&room, &on_the_desk);
    room.window.chord(&[CONTROL, '3']);
    room.focus_in("[data-testid=table]");
    let in_the_table: [Kind; 4] = [
        ("roles", |room| cell(room, "Ann Berg", 1, "editor, chair")),
        ("aliases", |room| cell(room, "Ann Berg", 4, "Annie")),
        ("times of presence", |room| cell(room, "Ann Berg", 5, "14:00–15:10")),
        ("somebody off the list", |room| {
            room.to_row("tbody tr", "Zoe Lund");
            room.window.press(&DELETE.to_string());
        }),
    ];
    each_is_taken_back(&room, &in_the_table);
    room.archive.is_whole();
}

fn edit(room: &Room, text: &str) {
    room.to_point(text);
    room.window.press(&ENTER.to_string());
    room.focus_in("[data-testid=editor]");
    room.window.press(&END.to_string());
}

fn on(room: &Room, text: &str, key: &str) {
    room.to_point(text);
    room.window.press(key);
}

/// Changes a field of an item.
fn field(room: &Room, item: &str, key: &str, text: &str) {
    room.to_item(item);
    room.window.press(key);
    room.focus_in("[data-pane=agenda] input");
    room.instead(&format!("{text}{ENTER}"));
    room.focus_in("[data-pane=agenda] [role=listbox]");
}

/// Changes a cell of the table of participants: so many columns right of the name.
fn cell(room: &Room, name: &str, right: usize, text: &str) {
    room.to_row("tbody tr", name);
    room.window.press(&LEFT.to_string().repeat(8));
    room.window.press(&RIGHT.to_string().repeat(right));
    room.window.press(&ENTER.to_string());
    room.focus_in("[data-testid=table] input");
    room.instead(&format!("{text}{ENTER}"));
    room.window.wait_until_gone("[data-testid=table] input");
}
