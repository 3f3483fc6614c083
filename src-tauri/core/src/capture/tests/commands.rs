//! Every other command.

use super::*;

#[test]
fn the_agenda() {
    let title = || "A: b".to_owned();
    for (line, expected) in [
        ("topic: A: b", Command::Topic { title: title() }),
        ("TOPIC：A: b", Command::Topic { title: title() }),
        ("topic :A: b", Command::Topic { title: title() }),
        ("#topic A: b", Command::Topic { title: title() }),
        ("#topic: A: b", Command::Topic { title: title() }),
        ("^topic A: b", Command::Topic { title: title() }),
        (
            "agendum 2 -- A: b -- taken up [from nick]",
            Command::Topic { title: title() },
        ),
        ("agendum 2. \"A: b\" taken up", Command::Topic { title: title() }),
        ("subtopic: A: b", Command::Subtopic { title: title() }),
        ("sub-topic: A: b", Command::Subtopic { title: title() }),
        ("#subtopic A: b", Command::Subtopic { title: title() }),
        ("#progress A: b", Command::Subtopic { title: title() }),
        ("agenda+ A: b", Command::AgendaAdd { title: title() }),
        ("Agenda+ A: b", Command::AgendaAdd { title: title() }),
        (
            "agenda 3 = A: b",
            Command::AgendaRename {
                item: "3".into(),
                title: title(),
            },
        ),
        ("agenda- 3", Command::AgendaRemove { item: "3".into() }),
        ("/next", Command::Next),
        ("/NEXT ", Command::Next),
        ("next agendum", Command::Next),
        ("zakim, move to next agendum", Command::Next),
        ("take up next", Command::Next),
        ("/skip", Command::Skip),
        ("skip this item", Command::Skip),
        ("/defer", Command::Defer),
        ("/noupdate", Command::NoUpdate),
        ("/take 3", Command::Take { item: "3".into() }),
        ("/take 3.1", Command::Take { item: "3.1".into() }),
        ("Zakim, take up agendum 3", Command::Take { item: "3".into() }),
        ("take up item 3.1", Command::Take { item: "3.1".into() }),
        ("close this agendum", Command::Close { item: None }),
        ("close agendum 3", Command::Close { item: Some("3".into()) }),
        (
            "#startmeeting Weekly",
            Command::Start {
                name: Some("Weekly".into()),
            },
        ),
        ("#startmeeting", Command::Start { name: None }),
        ("zakim, start meeting", Command::Start { name: None }),
        ("zakim, end meeting", Command::End),
        ("Zakim, next item", Command::Next),
        ("zakim, drop item 3", Command::AgendaRemove { item: "3".into() }),
        ("#endmeeting", Command::End),
        ("!endmeeting", Command::End),
        ("#undo", Command::Undo),
        ("/undo", Command::Undo),
    ] {
        assert_eq!(command(line), expected, "{line:?}");
    }
}

#[test]
fn facts() {
    assert_eq!(
        command("meeting: WG: Strategy"),
        Command::MeetingName {
            name: "WG: Strategy".into()
        }
    );
    assert_eq!(
        command("#meetingname Weekly"),
        Command::MeetingName { name: "Weekly".into() }
    );
    assert_eq!(
        command("Recording: available upon request"),
        Command::Recording {
            text: "available upon request".into()
        }
    );
    let text = "18 December 2025 at 14.00 UTC";
    assert_eq!(
        command(&format!("Date: {text}")),
        Command::Date {
            text: text.into(),
            when: dates::when(text)
        }
    );
    assert!(dates::when(text).is_some());
    assert_eq!(
        command("next  meeting: in spring"),
        Command::NextMeeting {
            text: "in spring".into(),
            when: None
        }
    );
    assert_eq!(
        command(r"participant: Titti Cassa, Group's Co-Chair, Lead\, IGF , ,Government of Italy"),
        Command::Participant {
            name: "Titti Cassa".into(),
            roles: strings(&["Group's Co-Chair", "Lead, IGF", "Government of Italy"]),
        }
    );
}

#[test]
fn attendance_and_duties() {
    let both = || strings(&["Ann", "Titti Cassa"]);
    let one = || strings(&["Ann"]);
    for (line, expected) in [
        (
            "present+ Ann, Titti Cassa",
            Command::Present {
                change: Change::Add,
                names: both(),
            },
        ),
        (
            "present +Ann",
            Command::Present {
                change: Change::Add,
                names: one(),
            },
        ),
        (
            "present=",
            Command::Present {
                change: Change::Set,
                names: vec![],
            },
        ),
        (
            "present+ Ann and Titti Cassa",
            Command::Present {
                change: Change::Add,
                names: both(),
            },
        ),
        (
            "Chairs: Ann & Titti Cassa",
            Command::Chair {
                change: Change::Set,
                names: both(),
            },
        ),
        (
            "Chair:Ann,  Titti  Cassa",
            Command::Chair {
                change: Change::Set,
                names: both(),
            },
        ),
        (
            "Present+",
            Command::Present {
                change: Change::Add,
                names: vec![],
            },
        ),
        (
            "present- Ann",
            Command::Present {
                change: Change::Remove,
                names: one(),
            },
        ),
        (
            "present: Ann, Titti Cassa",
            Command::Present {
                change: Change::Set,
                names: both(),
            },
        ),
        (
            "present= Ann",
            Command::Present {
                change: Change::Set,
                names: one(),
            },
        ),
        (
            "#here Ann",
            Command::Present {
                change: Change::Add,
                names: one(),
            },
        ),
        (
            "regrets+ Ann",
            Command::Regrets {
                change: Change::Add,
                names: one(),
            },
        ),
        (
            "regrets- Ann",
            Command::Regrets {
                change: Change::Remove,
                names: one(),
            },
        ),
        (
            "Regrets: Ann, Titti Cassa",
            Command::Regrets {
                change: Change::Set,
                names: both(),
            },
        ),
        (
            "chair: Ann",
            Command::Chair {
                change: Change::Set,
                names: one(),
            },
        ),
        (
            "Chairs：Ann, Titti Cassa",
            Command::Chair {
                change: Change::Set,
                names: both(),
            },
        ),
        (
            "chair+ Ann",
            Command::Chair {
                change: Change::Add,
                names: one(),
            },
        ),
        (
            "chair- Ann",
            Command::Chair {
                change: Change::Remove,
                names: one(),
            },
        ),
        (
            "#chair ann ben",
            Command::Chair {
                change: Change::Add,
                names: strings(&["ann", "ben"]),
            },
        ),
        (
            "#unchair ann",
            Command::Chair {
                change: Change::Remove,
                names: strings(&["ann"]),
            },
        ),
        (
            "scribe: Ann",
            Command::Scribe {
                change: Change::Set,
                names: one(),
            },
        ),
        (
            "scribenick: Ann",
            Command::Scribe {
                change: Change::Set,
                names: one(),
            },
        ),
        (
            "scribe+ @ann",
            Command::Scribe {
                change: Change::Add,
                names: strings(&["@ann"]),
            },
        ),
        (
            "scribe- Ann",
            Command::Scribe {
                change: Change::Remove,
                names: one(),
            },
        ),
    ] {
        assert_eq!(command(line), expected, "{line:?}");
    }
}

#[test]
fn the_queue() {
    use TurnKind::{Clarifying, NewTopic, PointOfOrder, Reply};
    let ask = |names: &[&str], kind, reason: &str, front| Command::Ask {
        names: strings(names),
        kind,
        reason: reason.to_owned(),
        front,
    };
    for (line, expected) in [
        ("q+", ask(&[], NewTopic, "", false)),
        ("q+ Ann", ask(&["Ann"], NewTopic, "", false)),
        ("Q+ ann", ask(&["ann"], NewTopic, "", false)),
        ("q+ Ann, @tit", ask(&["Ann", "@tit"], NewTopic, "", false)),
        (
            "q+ Titti Cassa to ask about it",
            ask(&["Titti Cassa"], Clarifying, "ask about it", false),
        ),
        ("q+ to talk to you", ask(&[], NewTopic, "talk to you", false)),
        (
            "q+ Ann: point of order",
            ask(&["Ann"], PointOfOrder, "point of order", false),
        ),
        ("qq+ Ann to note it", ask(&["Ann"], Reply, "note it", true)),
        (
            "q+ I have a question about that",
            ask(&[], NewTopic, "I have a question about that", false),
        ),
        (
            "q- Ann",
            Command::Withdraw {
                names: strings(&["Ann"]),
            },
        ),
        ("q-", Command::Withdraw { names: vec![] }),
        ("q- later", Command::Later { names: vec![] }),
        (
            "q= Ann, Ben",
            Command::SetQueue {
                names: strings(&["Ann", "Ben"]),
            },
        ),
        ("q=", Command::SetQueue { names: vec![] }),
        ("q?", Command::ShowQueue),
        ("vq?", Command::ShowQueue),
        (
            "ack Ann",
            Command::Acknowledge {
                name: Some("Ann".into()),
            },
        ),
        (
            "Ack Titti Cassa",
            Command::Acknowledge {
                name: Some("Titti Cassa".into()),
            },
        ),
        (
            "ack @tit",
            Command::Acknowledge {
                name: Some("@tit".into()),
            },
        ),
        ("ack next", Command::Acknowledge { name: None }),
        ("recognize next", Command::Acknowledge { name: None }),
    ] {
        assert_eq!(command(line), expected, "{line:?}");
    }
}

#[test]
fn mending() {
    let substitute = |old: &str, new: &str, scope| Command::Substitute {
        old: old.to_owned(),
        new: new.to_owned(),
        scope,
    };
    for (line, expected) in [
        ("s/old/new/", substitute("old", "new", Scope::Latest)),
        ("s/old/new", substitute("old", "new", Scope::Latest)),
        ("s/old//", substitute("old", "", Scope::Latest)),
        ("s/old/new/g", substitute("old", "new", Scope::Before)),
        ("s/old/new/G", substitute("old", "new", Scope::All)),
        ("s|a/b|c|", substitute("a/b", "c", Scope::Latest)),
        (r"s/a\/b/c/", substitute("a/b", "c", Scope::Latest)),
        ("s/.*/[x]/", substitute(".*", "[x]", Scope::Latest)),
        ("s/ö/ß/", substitute("ö", "ß", Scope::Latest)),
    ] {
        assert_eq!(command(line), expected, "{line:?}");
    }
    let inside = |line: &str| match command(line) {
        Command::InsertBefore { before, line } => (before, *line),
        other => panic!("{line:?}: {other:?}"),
    };
    assert_eq!(inside("i/where/topic: x/"), ("where".to_owned(), parse("topic: x")));
    assert_eq!(
        inside("i|where|see https://example.org/ x"),
        ("where".to_owned(), parse("see https://example.org/ x"))
    );
    let (_, nested) = inside("i/a/i/b/c/");
    assert_eq!(nested.command, Command::Point(Said::literal("i/b/c")));
}
