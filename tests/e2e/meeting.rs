//! A whole meeting by the keyboard alone, from the empty library to its end; the record is what was typed.

use crate::keys::{ALT, CONTROL, DELETE, DOWN, ENTER, ESCAPE, F2, LEFT, SHIFT, TAB, UP};
use crate::room::{POINTS, Room, STATUS};

#[test]
fn a_whole_meeting_is_run_by_keys_and_its_record_is_what_was_typed() {
    let Some(room) = a_new_meeting() else { return };
    people_are_expected(&room);
    some_of_them_come(&room);
    an_agenda_is_made(&room);
    it_begins(&room);
    the_lights(&room);
    the_rest_of_the_agenda(&room);
    who_spoke_is_said(&room);
    points_are_mended(&room);
    people_leave(&room);
    it_ends(&room);
    it_is_what_was_typed(&room);
    drop(room.window);
    room.archive.is_whole();
}

fn a_new_meeting() -> Option<Room> {
    let room = Room::made(["Harbour Group", "HG", "12"], ["2026-03-03", "14:00", "Europe/Rome"])?;
    let record = room.now();
    assert_eq!(record.0["meeting"]["starts"], "2026-03-03T13:00:00Z");
    assert_eq!(record.0["meeting"]["number"], 12);
    Some(room)
}

fn people_are_expected(room: &Room) {
    let list = "1. Ann Berg, editor\n2. Ben Roy, pilot\n3. Titti Cassa\n4. Jun Sato, Port of Aomi\n\
        5. Jun Sato, independent\n6. Åsa Öberg, harbourmaster";
    room.clip(list);
    // One is typed, and the next right behind it; the list that is pasted has the first of them again.
    room.window.chord(&[ALT, SHIFT, 'p']);
    room.focus_in("[data-pane=people] input");
    room.window
        .press(&format!("Ann Berg, editor, Quay Office{ENTER}Eve Moss{ENTER}"));
    room.until("two participants", |record| record.people().len() == 2);
    room.window.chord(&[CONTROL, 'v']);
    room.focus_in("[data-testid=pasted]");
    room.window.wait_for_text("[data-testid=pasted]", "same as Ann Berg");
    room.window.press(&format!(" {ENTER}"));
    room.until("the list", |record| record.people().len() == 7);
    room.at_the_bar();
}

fn some_of_them_come(room: &Room) {
    room.window.chord(&[ALT, 'p']);
    room.focus_in("[data-testid=people]");
    // Ann and Eve, Ben, both by the name of Jun Sato; Titti is excused, Åsa still expected.
    for key in ["p", "p", "p", "a", "p", "p"] {
        room.window.press(key);
    }
    room.window.wait_for_text("[data-pane=people]", "5 of 7 present");
    room.escape();
}

fn an_agenda_is_made(room: &Room) {
    room.window.chord(&[ALT, 'i']);
    room.focus_in("[data-pane=agenda] input");
    let titles = [
        "Opening",
        "Lights on the pier",
        "Dredging",
        "News from the port",
        "Storm plan",
    ];
    // As fast as the keys come: no title waits for the one before.
    room.window
        .press(&titles.map(|title| format!("{title}{ENTER}")).concat());
    room.escape();
    room.line("agenda+ Any other business");
    room.until("six items", |record| record.items().len() == 6);
}

fn it_begins(room: &Room) {
    room.window.chord(&[ALT, 'l']);
    room.window.wait_for_text("[data-testid=live]", "LIVE");
    // What was said just before is kept as a moment, to be written when there is time.
    room.window.chord(&[ALT, 'm']);
    room.window.wait_for_text(POINTS, "to be written");
    room.window.chord(&[ALT, DOWN]);
    room.window.wait_for_text("h1", "Opening");
    room.line("Ann Berg: Good afternoon.");
    room.line("... It is the twelfth time.");
    room.line("info: The last minutes are out.");
    room.line("*: The agenda was adopted.");
}

fn the_lights(room: &Room) {
    room.window.chord(&[ALT, DOWN]);
    room.window.wait_for_text("h1", "Lights on the pier");
    // Three hands by the key (who, why, what about), one by a line. A point of order goes before the others.
    for (who, why, about) in [
        ("ben", 'n', "the lamp"),
        ("titti", 'c', "since when?"),
        ("asa", 'p', ""),
    ] {
        room.window.chord(&[ALT, 'r']);
        room.focus_in("[data-testid=raise] input");
        room.window.press(&format!("{who}{ENTER}{why}{about}{ENTER}"));
        room.at_the_bar();
    }
    room.line("q+ Ann Berg to thank everybody");
    let begun = [
        "Åsa Öberg point_of_order",
        "Ben Roy new_topic the lamp",
        "Titti Cassa clarifying since when?",
    ];
    room.until("four hands", |record| record.queue().len() == 4);
    assert_eq!(room.now().queue()[..3], begun);
    assert_eq!(room.now().queue()[3], "Ann Berg new_topic thank everybody");
    // Titti one place up, Ann out of the queue, the floor to the next, who is Åsa, and by name to Ben.
    room.to_turn("Titti Cassa");
    room.window.chord(&[ALT, UP]);
    room.until("Titti second", |record| record.queue()[1].starts_with("Titti"));
    room.to_turn("Ann Berg");
    room.window.press(&DELETE.to_string());
    room.until("Ann gone", |record| record.queue().len() == 3);
    room.escape();
    room.window.chord(&[ALT, 'n']);
    room.until("Åsa on the floor", |record| record.floor() == "Åsa Öberg");
    room.line("ack Ben Roy");
    room.until("Ben on the floor", |record| record.floor() == "Ben Roy");

    room.line("The lamp is out since Monday.");
    room.line("question: Who has the key?");
    room.line("Åsa Öberg: I have it.");
    room.line("proposal: The lamp goes onto the mole.");
    room.line("decision: The lamp is mended this week.");
    room.line("action: Ann Berg to call the electrician by 20 March");
    room.line("[off] The electrician is a cousin.");
    // One key says that the line being typed is nobody's, one takes the floor back.
    room.window.press("Everybody thanks the pilot.");
    room.window.chord(&[ALT, SHIFT, '0']);
    room.line("");
    room.window.chord(&[ALT, '0']);
    room.until("nobody on the floor", |record| record.floor().is_empty());
    room.line("It was the storm.");
    room.line("Nobody saw it.");
    room.line("?: A light was seen at night.");
    room.line("Sato: The port has a spare lamp.");
}

fn the_rest_of_the_agenda(room: &Room) {
    // On to the next, which is put off; on, without news; then past an item, which is skipped from the list.
    room.window.chord(&[ALT, DOWN]);
    room.window.wait_for_text("h1", "Dredging");
    room.line("*: The dredger is in dock.");
    room.window.chord(&[ALT, 'd']);
    room.window.chord(&[ALT, DOWN]);
    room.window.wait_for_text("h1", "News from the port");
    room.line("/noupdate");
    room.line("/take 6");
    room.window.wait_for_text("h1", "Any other business");
    room.to_item("Storm plan");
    room.window.press("s");
    room.until("the storm plan skipped", |record| {
        record.item("Storm plan")["state"] == "skipped"
    });
    room.escape();
    room.line("present+ Åsa Öberg");
    room.line("The winch sticks.");
    room.line("The rope is new.");
    room.line("#agreed The rope is paid for.");
    room.line("@ben I will oil it.");
    room.window.press("*: Two lines,");
    room.window.chord(&[SHIFT, ENTER]);
    room.line("one point.");
}

fn who_spoke_is_said(room: &Room) {
    room.window.press(&F2.to_string());
    room.window.find("[data-testid=who]");
    room.window.wait_for_text(".pt.cursor", "The winch sticks.");
    // By initials; the same as above; the beginning of a name. Each goes on to the next point without a speaker.
    room.window.press("br.");
    room.window.wait_for_text(".pt.cursor", "to be written");
    room.window.press(&TAB.to_string());
    room.window.wait_for_text(".pt.cursor", "The last minutes are out.");
    room.window.press(&format!("ann{ENTER}"));
    room.window.wait_for_text(".pt.cursor", "It was the storm.");
    // Of two namesakes, one by number; two speakers of one point; one stays unknown; a name that fitted two is settled.
    room.window.press("js2");
    room.window.wait_for_text(".pt.cursor", "Nobody saw it.");
    room.window.press(&format!(",aoti{ENTER}{ENTER}"));
    room.window.wait_for_text(".pt.cursor", "A light was seen");
    room.window.press(&TAB.to_string());
    room.window.wait_for_text(".pt.cursor", "spare lamp");
    room.window.press("js1");
    room.until("Sato to be settled", |record| {
        record.point("spare lamp")["attribution"] == "named"
    });
    room.escape();
}

fn points_are_mended(room: &Room) {
    // The moment gets its words, and its speaker in its place.
    room.to_point("to be written");
    room.window.press(&ENTER.to_string());
    room.focus_in("[data-testid=editor]");
    room.window.press(&format!("The tide was high.{ENTER}"));
    room.at_the_bar();
    room.to_point("The tide was high.");
    room.window.press("t");
    room.focus_in("[data-testid=tag]");
    room.window.press(&format!("eve{ENTER}"));
    room.at_the_bar();
    // A point is corrected, and made two at the caret.
    room.to_point("The lamp is out");
    room.window.press(&ENTER.to_string());
    room.focus_in("[data-testid=editor]");
    room.window.press(&format!(" Nobody mended it.{ENTER}"));
    room.at_the_bar();
    room.to_point("Nobody mended it.");
    room.window.press(&ENTER.to_string());
    room.focus_in("[data-testid=editor]");
    let back = LEFT.to_string().repeat("Nobody mended it.".len());
    room.window.press(&back);
    room.window.chord(&[CONTROL, ENTER]);
    room.until("two points of one", |record| {
        record.texts().contains(&"Nobody mended it.")
    });
    room.at_the_bar();
    // Another kind; another item; off the record; out of the record.
    room.to_point("A light was seen");
    room.window.press("i");
    room.to_point("The dredger");
    room.window.press("m");
    room.focus_in("[data-testid=ask]");
    room.window.press(&format!("2{ENTER}"));
    room.focus_on(POINTS);
    room.to_point("paid for");
    room.window.press("o");
    room.to_point("Who has the key?");
    room.window.press(&DELETE.to_string());
    room.until("the question gone", |record| {
        !record.texts().contains(&"Who has the key?")
    });
    // A heading that was forgotten; two points joined.
    room.to_point("The winch sticks.");
    room.window.press("h");
    room.focus_in("[data-testid=ask]");
    room.window.press(&format!("The winch{ENTER}"));
    room.focus_on(POINTS);
    room.to_point("The winch sticks.");
    room.window.chord(&[SHIFT, DOWN]);
    room.window.press("j");
    room.until("one point of two", |record| {
        record.texts().contains(&"The winch sticks. The rope is new.")
    });
    room.escape();
}

fn people_leave(room: &Room) {
    room.line("present- Ben Roy");
    room.to_person("Eve Moss");
    room.window.press("l");
    room.window.wait_for_text("[data-pane=people]", "left");
    room.escape();
}

fn it_ends(room: &Room) {
    room.window.chord(&[ALT, SHIFT, 'l']);
    room.window.wait_for_text("[data-testid=live]", "Ended");
    room.window.wait_for_text(STATUS, "Meeting is ended");
    room.window.press(&ESCAPE.to_string());
}

fn it_is_what_was_typed(room: &Room) {
    let record = room.now();
    assert_eq!(record.0["meeting"]["state"], "ended");
    let live = record.0["meeting"]["live"].as_array().unwrap();
    assert!(live.len() == 1 && !live[0]["to"].is_null(), "{live:?}");
    assert_eq!(
        record.items(),
        [
            "1 Opening done",
            "2 Lights on the pier done",
            "3 Dredging deferred",
            "4 News from the port no_update",
            "5 Storm plan skipped",
            "6 Any other business done",
            "7 The winch done",
        ]
    );
    assert_eq!(
        record.points(),
        [
            "- | remark | Eve Moss | The tide was high.",
            "1 | remark | Ann Berg | Good afternoon.",
            "1 | … | Ann Berg | It is the twelfth time.",
            "1 | information | Ann Berg | The last minutes are out.",
            "1 | remark | nobody | The agenda was adopted.",
            "2 | remark | Ben Roy | The lamp is out since Monday.",
            "2 | remark | Ben Roy | Nobody mended it.",
            "2 | remark | Åsa Öberg | I have it.",
            "2 | proposal | Ben Roy | The lamp goes onto the mole.",
            "2 | decision | nobody | The lamp is mended this week.",
            "2 | action | nobody | Ann Berg to call the electrician by 20 March",
            "2 | off | Ben Roy | The electrician is a cousin.",
            "2 | remark | nobody | Everybody thanks the pilot.",
            "2 | remark | Jun Sato (independent) | It was the storm.",
            "2 | remark | Åsa Öberg and Titti Cassa | Nobody saw it.",
            "2 | information | unknown 1 | A light was seen at night.",
            "2 | remark | Jun Sato (Port of Aomi) | The port has a spare lamp.",
            "2 | remark | nobody | The dredger is in dock.",
            "7 | remark | Ben Roy | The winch sticks. The rope is new.",
            "7 | off | nobody | The rope is paid for.",
            "7 | remark | Ben Roy | I will oil it.",
            "7 | remark | nobody | Two lines,\none point.",
        ]
    );
    assert_eq!(
        record.people(),
        [
            "Ann Berg present",
            "Eve Moss present left",
            "Ben Roy present left",
            "Titti Cassa apologies",
            "Jun Sato (Port of Aomi) present",
            "Jun Sato (independent) present",
            "Åsa Öberg present",
        ]
    );
    assert_eq!(record.queue(), ["Titti Cassa clarifying since when?"]);
    let action = record.point("call the electrician");
    assert_eq!(record.name(&action["owners"][0]), "Ann Berg");
    assert_eq!(action["due"], "2026-03-20");
    assert_eq!(record.point("paid for")["kind"], "decision");
    assert_eq!(record.point("goes onto the mole")["basis"], "floor");
    assert_eq!(record.point("I have it")["basis"], "typed");
    assert_eq!(record.point("It was the storm")["basis"], "tagged");
}
