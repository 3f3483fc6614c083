//! The grammar line by line, as its table says it; then what holds for any line.

use proptest::prelude::*;

use super::*;
use crate::model::Kind;

fn command(line: &str) -> Command {
    parse(line).command
}

fn said(line: &str) -> Said {
    match command(line) {
        Command::Point(said) => said,
        other => panic!("{line:?} is no point: {other:?}"),
    }
}

/// Kind, speaker and text of a point, in short: `remark|floor|text`.
fn short(line: &str) -> String {
    let said = said(line);
    let speaker = match &said.speaker {
        Speaker::Floor => "floor".to_owned(),
        Speaker::Nobody => "nobody".to_owned(),
        Speaker::Unknown => "unknown".to_owned(),
        Speaker::Continues => "continues".to_owned(),
        Speaker::Candidate { text, at } => format!("{}{text}", if *at { "@" } else { "=" }),
    };
    let off = if said.internal { "off " } else { "" };
    format!("{off}{}|{speaker}|{}", said.kind, said.text)
}

fn strings(names: &[&str]) -> Vec<String> {
    names.iter().map(|name| (*name).to_owned()).collect()
}

#[test]
fn points_and_who_speaks() {
    for (line, expected) in [
        ("The mandate is permanent.", "remark|floor|The mandate is permanent."),
        ("  outer blanks go  ", "remark|floor|outer blanks go"),
        ("*: Several noted this", "remark|nobody|Several noted this"),
        ("* : so", "remark|nobody|so"),
        ("Bruna: we should wait", "remark|=Bruna|we should wait"),
        ("bruna : we should wait", "remark|=bruna|we should wait"),
        ("Bruna：we should wait", "remark|=Bruna|we should wait"),
        ("TC: fine", "remark|=TC|fine"),
        ("TC:fine", "remark|=TC|fine"),
        ("Titti Cassa: fine", "remark|=Titti Cassa|fine"),
        ("Titti_Cassa: fine", "remark|=Titti_Cassa|fine"),
        ("Tracy F. Hachshaw: fine", "remark|=Tracy F. Hachshaw|fine"),
        ("Dino Dell'Accio: fine", "remark|=Dino Dell'Accio|fine"),
        ("Ann van der Berg: fine", "remark|=Ann van der Berg|fine"),
        ("Maria de la Cruz Lopez: fine", "remark|=Maria de la Cruz Lopez|fine"),
        ("Ahmed bin Salman al-Rashid: fine", "remark|=Ahmed bin Salman al-Rashid|fine"),
        ("王 小明：大家好", "remark|=王 小明|大家好"),
        ("منال إسماعيل: نعم", "remark|=منال إسماعيل|نعم"),
        ("Élodie Ångström: oui", "remark|=Élodie Ångström|oui"),
        ("B: second option", "remark|=B|second option"),
        ("@tc fine", "remark|@tc|fine"),
        ("@tc: fine", "remark|@tc|fine"),
        ("@tc, fine: really", "remark|@tc|fine: really"),
        ("@tc see Annex B: fine", "remark|@tc|see Annex B: fine"),
        ("@Titti Cassa: fine", "remark|@Titti Cassa|fine"),
        ("@Ann Ben: fine", "remark|@Ann Ben|fine"),
        ("?: who was that", "remark|unknown|who was that"),
        ("???: who was that", "remark|unknown|who was that"),
        ("???：who was that", "remark|unknown|who was that"),
    ] {
        assert_eq!(short(line), expected, "{line:?}");
    }
}

#[test]
fn what_is_no_speaker_is_text() {
    for line in [
        "https://example.org/a: b",
        "see https://example.org",
        "mailto:ann@example.org",
        "urn:ietf:rfc:2648",
        "did:web:example.org is one",
        "14:30 coffee",
        "at 14:30 we met",
        "Room 14:30",
        "C:\\temp was full",
        "std::vec is fine",
        "host:8080 was down",
        "issue-12: still open",
        "action-20: was done",
        "Issue 12: still open",
        "github: down",
        "Note: this is off",
        "NB: this too",
        "Example: one",
        "PS: one more",
        "Q: what now",
        "TODO: find a room",
        "to do: find a room",
        "Next Steps: three of them",
        "Update from the Secretariat: none",
        "Re: your mail",
        "Thanks, Ann: that was good",
        "We said. Ann: that was good",
        "two words: not capitals",
        "One Two Three Four Five: too many",
        "**Strong**: text",
        "`code`: text",
        "\"Quoted\": text",
        "(Aside): text",
        "[1]: text",
        "- item: text",
        "1. item: text",
        "Bruna:",
        "Bruna: ",
        ": text",
        "*:",
        "?:",
        "@tc",
        "@",
        "@ tc said",
        "...",
        "…",
        ".... and so on",
        "[off]",
        "\\",
        "+1",
        "/me waves",
        "/foo",
        "/take",
        "/next please",
        "next we looked at it",
        "skip this",
        "take 3",
        "topic:",
        "topic :",
        "Topic：",
        "subtopic:",
        "action:",
        "Decision:",
        "#topic",
        "#action",
        "#unknown word",
        "#nick Ann",
        "#1 priority",
        "# Heading",
        "#topic-ish text",
        "!important",
        "agenda+",
        "agenda: https-less",
        "agenda 3 =",
        "agendum 2 was hard",
        "meeting:",
        "participant:",
        "participant: , role",
        "present:",
        "present: all members of the working group",
        "presentations: three",
        "Present - all of them",
        "chair-elect spoke",
        "ack",
        "ack that we are late",
        "acknowledged by all",
        "recognise the importance of it",
        "Q+A session",
        "q",
        "s/old",
        "s/old/",
        "s//new/",
        "s/a/b/x",
        "s/a/b/c/d",
        "S/MIME and others/too",
        "i/where",
        "i//line/",
        "i/where//",
        "action items were reviewed",
        "action items to review",
        "action needed to fix it",
        "Action plan: three steps",
        "close the queue",
        "start meeting",
    ] {
        assert_eq!(short(line), format!("remark|floor|{}", line.trim()), "{line:?}");
    }
    // Speech that begins like a duty: the words stay, the speaker is for people to settle.
    assert_eq!(short("Chair: thank you all for coming"), "remark|=Chair|thank you all for coming");
}

#[test]
fn kinds() {
    for (line, expected) in [
        ("decision: we go on", "decision|nobody|we go on"),
        ("RESOLVED: we go on", "decision|nobody|we go on"),
        ("Resolution : we go on", "decision|nobody|we go on"),
        ("agreed：we go on", "decision|nobody|we go on"),
        ("decided: we go on", "decision|nobody|we go on"),
        ("question: why?", "question|floor|why?"),
        ("question+ why?", "question|floor|why?"),
        ("proposal: wait", "proposal|floor|wait"),
        ("Proposed: wait", "proposal|floor|wait"),
        ("info: the room is taken", "information|floor|the room is taken"),
        ("Information: the room is taken", "information|floor|the room is taken"),
        ("action: find a room", "action|nobody|find a room"),
        ("action item: find a room", "action|nobody|find a room"),
        ("Bruna: action: Titti to send it", "action|=Bruna|Titti to send it"),
        ("Bruna: decision: we go on", "decision|=Bruna|we go on"),
        ("@tc question: why?", "question|@tc|why?"),
        ("*: question: why?", "question|nobody|why?"),
        ("?: proposal: wait", "proposal|unknown|wait"),
        ("*: action: find a room", "action|nobody|find a room"),
        ("Bruna: topic: is what I said", "remark|=Bruna|topic: is what I said"),
        ("Bruna: Note: this", "remark|=Bruna|Note: this"),
        ("Bruna: \\action: is a word", "remark|=Bruna|action: is a word"),
        ("Bruna: \\*so\\*", "remark|=Bruna|\\*so\\*"),
    ] {
        assert_eq!(short(line), expected, "{line:?}");
    }
}

#[test]
fn off_the_record_and_going_on() {
    for (line, expected) in [
        ("[off] between us", "off remark|floor|between us"),
        ("[OFF]between us", "off remark|floor|between us"),
        ("[off] Bruna: between us", "off remark|=Bruna|between us"),
        ("Bruna: [off] between us", "off remark|=Bruna|between us"),
        ("decision: [off] we wait", "off decision|nobody|we wait"),
        ("Bruna: decision: [off] we wait", "off decision|=Bruna|we wait"),
        ("[off] action: Ann to wait", "off action|nobody|Ann to wait"),
        ("[off] topic: x", "off remark|floor|topic: x"),
        ("[off] present+ Ann", "off remark|floor|present+ Ann"),
        ("[off] ... and on", "off remark|continues|and on"),
        ("\\[off] text", "remark|floor|[off] text"),
        ("... and on", "remark|continues|and on"),
        ("...and on", "remark|continues|and on"),
        ("… and on", "remark|continues|and on"),
    ] {
        assert_eq!(short(line), expected, "{line:?}");
    }
    assert!(said("... x").continues);
    assert!(!said("x ... y").continues);
}

#[test]
fn literal_lines() {
    for line in ["topic: x", "Bruna: x", "/next", "s/a/b/", "#undo", "... x", "@tc x", "\\x", "q?", "[off] x", "*: x"] {
        assert_eq!(short(&format!("\\{line}")), format!("remark|floor|{line}"), "{line:?}");
    }
}

#[test]
fn actions_say_who_and_when() {
    type Row = (&'static str, &'static str, &'static [&'static str], bool, Option<&'static str>);
    let rows: &[Row] = &[
        ("action: Titti to send the draft by 15 January", "Titti to send the draft by 15 January", &["Titti"], false, Some("by 15 January")),
        ("Bruna: action: Titti to send the draft by 15 January", "Titti to send the draft by 15 January", &["Titti"], false, Some("by 15 January")),
        ("action: Titti Cassa will write", "Titti Cassa will write", &["Titti Cassa"], false, None),
        ("action: Ann, Ben to write", "Ann, Ben to write", &["Ann", "Ben"], false, None),
        ("action: Ann and Titti Cassa to write", "Ann and Titti Cassa to write", &["Ann", "Titti Cassa"], false, None),
        ("action: Ann, Ben, and TC to write", "Ann, Ben, and TC to write", &["Ann", "Ben", "TC"], false, None),
        ("action: Ann/Ben to write", "Ann/Ben to write", &["Ann", "Ben"], false, None),
        ("action: Ann: write", "Ann: write", &["Ann"], false, None),
        ("action: @tc to write", "@tc to write", &["@tc"], false, None),
        ("action: titti to write", "titti to write", &["titti"], true, None),
        ("action Ann: write", "Ann: write", &["Ann"], false, None),
        ("action Ann to write", "Ann to write", &["Ann"], false, None),
        ("action titti: write", "titti: write", &["titti"], true, None),
        ("#action Ann to write by Friday", "Ann to write by Friday", &["Ann"], false, Some("by Friday")),
        ("#action ann write it", "ann write it", &["ann"], true, None),
        ("#action @ann write it", "@ann write it", &["@ann"], false, None),
        ("action: talk to Bruna", "talk to Bruna", &[], false, None),
        ("action: Talk to Bruna", "Talk to Bruna", &[], false, None),
        ("action: to write", "to write", &[], false, None),
        ("action: find a room to meet", "find a room to meet", &[], false, None),
        ("action: see https://example.org to learn", "see https://example.org to learn", &[], false, None),
        ("#help with the venue by tomorrow", "with the venue by tomorrow", &[], false, Some("by tomorrow")),
    ];
    for (line, text, owners, must_fit, due) in rows {
        let said = said(line);
        assert_eq!(said.kind, Kind::Action, "{line:?}");
        assert_eq!(said.text, *text, "{line:?}");
        assert_eq!(said.owners, strings(owners), "{line:?}");
        assert_eq!(said.owners_must_fit, *must_fit, "{line:?}");
        assert_eq!(said.due.map(|due| due.phrase).as_deref(), *due, "{line:?}");
    }
    assert_eq!(said("decision: Ann to write by 15 January").owners, strings(&[]));
    assert_eq!(said("decision: Ann to write by 15 January").due, None);
}

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
        ("agendum 2 -- A: b -- taken up [from nick]", Command::Topic { title: title() }),
        ("agendum 2. \"A: b\" taken up", Command::Topic { title: title() }),
        ("subtopic: A: b", Command::Subtopic { title: title() }),
        ("sub-topic: A: b", Command::Subtopic { title: title() }),
        ("#subtopic A: b", Command::Subtopic { title: title() }),
        ("#progress A: b", Command::Subtopic { title: title() }),
        ("agenda+ A: b", Command::AgendaAdd { title: title() }),
        ("Agenda+ A: b", Command::AgendaAdd { title: title() }),
        ("agenda 3 = A: b", Command::AgendaRename { item: "3".into(), title: title() }),
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
        ("#startmeeting Weekly", Command::Start { name: Some("Weekly".into()) }),
        ("#startmeeting", Command::Start { name: None }),
        ("zakim, start meeting", Command::Start { name: None }),
        ("#endmeeting", Command::End),
        ("!endmeeting", Command::End),
        ("#undo", Command::Undo),
        ("/undo", Command::Undo),
    ] {
        assert_eq!(command(line), expected, "{line:?}");
    }
}

#[test]
fn meetbots_points() {
    for (line, expected) in [
        ("#agreed we go on", "decision|nobody|we go on"),
        ("#agree we go on", "decision|nobody|we go on"),
        ("#accepted we go on", "decision|nobody|we go on"),
        ("#rejected to wait", "decision|nobody|Rejected: to wait"),
        ("#info the room is taken", "information|floor|the room is taken"),
        ("#link https://example.org x", "information|floor|https://example.org x"),
        ("#idea wait", "proposal|floor|wait"),
        ("#halp with it", "action|nobody|with it"),
        ("#ACTION find it", "action|nobody|find it"),
    ] {
        assert_eq!(short(line), expected, "{line:?}");
    }
}

#[test]
fn facts() {
    assert_eq!(
        command("meeting: WG: Strategy"),
        Command::MeetingName { name: "WG: Strategy".into() }
    );
    assert_eq!(command("#meetingname Weekly"), Command::MeetingName { name: "Weekly".into() });
    assert_eq!(
        command("Recording: available upon request"),
        Command::Recording { text: "available upon request".into() }
    );
    let text = "18 December 2025 at 14.00 UTC";
    assert_eq!(
        command(&format!("Date: {text}")),
        Command::Date { text: text.into(), when: dates::when(text) }
    );
    assert!(dates::when(text).is_some());
    assert_eq!(
        command("next  meeting: in spring"),
        Command::NextMeeting { text: "in spring".into(), when: None }
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
        ("present+ Ann, Titti Cassa", Command::Present { change: Change::Add, names: both() }),
        ("present +Ann", Command::Present { change: Change::Add, names: one() }),
        ("Present+", Command::Present { change: Change::Add, names: vec![] }),
        ("present- Ann", Command::Present { change: Change::Remove, names: one() }),
        ("present: Ann, Titti Cassa", Command::Present { change: Change::Set, names: both() }),
        ("present= Ann", Command::Present { change: Change::Set, names: one() }),
        ("#here Ann", Command::Present { change: Change::Add, names: one() }),
        ("regrets+ Ann", Command::Regrets { change: Change::Add, names: one() }),
        ("regrets- Ann", Command::Regrets { change: Change::Remove, names: one() }),
        ("Regrets: Ann, Titti Cassa", Command::Regrets { change: Change::Set, names: both() }),
        ("chair: Ann", Command::Chair { change: Change::Set, names: one() }),
        ("Chairs：Ann, Titti Cassa", Command::Chair { change: Change::Set, names: both() }),
        ("chair+ Ann", Command::Chair { change: Change::Add, names: one() }),
        ("chair- Ann", Command::Chair { change: Change::Remove, names: one() }),
        ("#chair ann ben", Command::Chair { change: Change::Add, names: strings(&["ann", "ben"]) }),
        ("#unchair ann", Command::Chair { change: Change::Remove, names: strings(&["ann"]) }),
        ("scribe: Ann", Command::Scribe { change: Change::Set, names: one() }),
        ("scribenick: Ann", Command::Scribe { change: Change::Set, names: one() }),
        ("scribe+ @ann", Command::Scribe { change: Change::Add, names: strings(&["@ann"]) }),
        ("scribe- Ann", Command::Scribe { change: Change::Remove, names: one() }),
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
        ("q+ Titti Cassa to ask about it", ask(&["Titti Cassa"], Clarifying, "ask about it", false)),
        ("q+ to talk to you", ask(&[], NewTopic, "talk to you", false)),
        ("q+ Ann: point of order", ask(&["Ann"], PointOfOrder, "point of order", false)),
        ("qq+ Ann to note it", ask(&["Ann"], Reply, "note it", true)),
        ("q+ I have a question about that", ask(&[], NewTopic, "I have a question about that", false)),
        ("q- Ann", Command::Withdraw { names: strings(&["Ann"]) }),
        ("q-", Command::Withdraw { names: vec![] }),
        ("q- later", Command::Later { names: vec![] }),
        ("q= Ann, Ben", Command::SetQueue { names: strings(&["Ann", "Ben"]) }),
        ("q=", Command::SetQueue { names: vec![] }),
        ("q?", Command::ShowQueue),
        ("vq?", Command::ShowQueue),
        ("ack Ann", Command::Acknowledge { name: Some("Ann".into()) }),
        ("Ack Titti Cassa", Command::Acknowledge { name: Some("Titti Cassa".into()) }),
        ("ack @tit", Command::Acknowledge { name: Some("@tit".into()) }),
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
    assert_eq!(inside("i|where|see https://example.org/ x"), ("where".to_owned(), parse("see https://example.org/ x")));
    let (_, nested) = inside("i/a/i/b/c/");
    assert_eq!(nested.command, Command::Point(Said::literal("i/b/c")));
}

#[test]
fn every_row_of_the_reference_is_understood() {
    for row in grammar_table() {
        assert!(!row.effect.is_empty() && !row.group.is_empty());
        for typed in row.typed.split(" · ") {
            let line = typed.trim_matches('`');
            let literal = command(line) == Command::Point(Said::literal(line));
            // Bare words of a list of synonyms stand for the word with text after it.
            let with_text = format!("{line} text");
            let literal = literal && command(&with_text) == Command::Point(Said::literal(&with_text));
            assert_eq!(literal, line == "text", "{typed}");
        }
    }
    let mut groups: Vec<&str> = grammar_table().iter().map(|row| row.group).collect();
    groups.dedup();
    let mut sorted = groups.clone();
    sorted.sort_unstable();
    sorted.dedup();
    assert_eq!(groups.len(), sorted.len(), "a group is torn apart");
}

#[test]
fn very_long_lines_are_read_as_well() {
    for unit in ["i/a/", "[off] ", "Ann: ", "action: ", "\\", "s/a/b/", "Ann, ", "王", "A ", "... ", "q+ "] {
        let line = unit.repeat(50_000);
        assert_eq!(parse(&line).raw, line);
    }
}

#[test]
fn lines_cross_the_wire_by_type() {
    let json = serde_json::to_value(parse("@tc action: Ann to go by Friday")).unwrap();
    assert_eq!(json["command"]["type"], "point");
    assert_eq!(json["command"]["kind"], "action");
    assert_eq!(json["command"]["speaker"]["type"], "candidate");
    assert_eq!(json["command"]["due"]["phrase"], "by Friday");
    let json = serde_json::to_value(parse("i/x/topic: y/")).unwrap();
    assert_eq!(json["command"]["line"]["command"]["type"], "topic");
}

#[test]
fn scribes_real_lines_are_read() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/w3c-ccg");
    let Ok(meetings) = std::fs::read_dir(&folder) else {
        eprintln!("SKIPPED: no logs at {}", folder.display());
        return;
    };
    let (mut lines, mut topics, mut acks, mut speakers) = (0, 0, 0, 0);
    for meeting in meetings.flatten() {
        let Ok(log) = std::fs::read_to_string(meeting.path().join("irc.log")) else { continue };
        for text in log.lines().filter_map(|line| line.split('\t').nth(2)) {
            lines += 1;
            match command(text) {
                Command::Topic { .. } => topics += 1,
                Command::Acknowledge { .. } => acks += 1,
                Command::Point(Said { speaker: Speaker::Candidate { .. }, .. }) => speakers += 1,
                _ => {}
            }
        }
    }
    assert!(lines > 1000 && topics > 50 && acks > 100 && speakers > 1000, "{lines} {topics} {acks} {speakers}");
}

/// Lines with much grammar in them.
fn grammatical() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        Just("topic"), Just("action"), Just("Ann"), Just("Titti Cassa"), Just(":"), Just("："), Just(" "), Just(","),
        Just("[off]"), Just("@"), Just("\\"), Just("s/"), Just("i|"), Just("/"), Just("|"), Just("g"), Just("#info"),
        Just("q+"), Just("present"), Just("+"), Just("-"), Just("="), Just("?"), Just("*"), Just("..."), Just("…"),
        Just(" to "), Just(" by 15 "), Just("January"), Just("2026"), Just("14.00"), Just("UTC"), Just("agenda"),
        Just("İ"), Just("ß"), Just("王"), Just("e\u{301}"), Just("🙂"), Just("\n"), Just("\t"), Just("\u{a0}"),
        Just("date:"), Just("participant:"), Just("agendum 2 -- "), Just("taken up"),
    ];
    prop::collection::vec(piece, 0..14).prop_map(|pieces| pieces.concat())
}

fn any_line() -> impl Strategy<Value = String> {
    prop_oneof![any::<String>(), ".*", grammatical()]
}

/// Whether nothing at all was read into a line.
fn is_untouched(line: &str) -> bool {
    matches!(command(line), Command::Point(Said { kind: Kind::Remark, speaker: Speaker::Floor, internal: false, .. }))
}

proptest! {
    #[test]
    fn nothing_panics_and_the_line_is_kept(line in any_line()) {
        let parsed = parse(&line);
        prop_assert_eq!(&parsed.raw, &line);
        prop_assert_eq!(matches!(parsed.command, Command::Blank), line.trim().is_empty());
        prop_assert_eq!(parse(&line), parsed);
    }

    #[test]
    fn a_point_is_part_of_its_line(line in any_line()) {
        if let Command::Point(said) = command(&line) {
            prop_assert!(!said.text.is_empty());
            let words = said.text.trim_start_matches("Rejected: ").trim_start_matches("Failed: ")
                .trim_start_matches("Inconclusive: ");
            prop_assert!(line.contains(words), "{:?} in {:?}", said.text, line);
            if let Some(due) = said.due {
                prop_assert_eq!(said.text.get(due.start..due.end), Some(due.phrase.as_str()));
            }
            for owner in said.owners.iter().flat_map(|owner| owner.split(' ')) {
                prop_assert!(said.text.contains(owner));
            }
        }
    }

    #[test]
    fn what_is_no_command_comes_back_unchanged(line in any_line()) {
        if is_untouched(&line) && !line.trim_start().starts_with('\\') {
            prop_assert_eq!(said(&line).text, line.trim());
        }
    }

    #[test]
    fn prose_comes_back_unchanged(words in prop::collection::vec("[a-z]{1,9}", 3..12)) {
        let line = format!("The {}.", words.join(" "));
        prop_assert_eq!(command(&line), Command::Point(Said::literal(&line)));
    }

    #[test]
    fn a_literal_line_is_that_line(line in any_line()) {
        prop_assume!(!line.trim().is_empty());
        let literal = command(&format!("\\{line}"));
        prop_assert_eq!(literal, Command::Point(Said::literal(line.trim())));
    }

    #[test]
    fn outer_blanks_and_the_kind_of_colon_change_nothing(line in grammatical()) {
        prop_assert_eq!(command(&format!(" \t{line} ")), command(&line));
    }

    #[test]
    fn keywords_have_no_case(title in "[a-zA-Z][a-z ]{0,20}[a-z]") {
        for word in ["topic: ", "DECISION: ", "Present+ ", "Q+ ", "Agenda+ ", "[OFF] ", "#InFo ", "Next Meeting: "] {
            prop_assert_eq!(command(&format!("{word}{title}")), command(&format!("{}{title}", word.to_lowercase())));
        }
    }
}
