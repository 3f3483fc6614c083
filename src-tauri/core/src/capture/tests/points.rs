//! Points: speakers, kinds, owners.

use super::*;
use crate::model::Kind;

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
        (
            "Ahmed bin Salman al-Rashid: fine",
            "remark|=Ahmed bin Salman al-Rashid|fine",
        ),
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
        "presentations were three",
        "presence",
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
        "next item",
        "Noted.: fine",
        "Join the CCG: now",
        "start meeting",
    ] {
        assert_eq!(short(line), format!("remark|floor|{}", line.trim()), "{line:?}");
    }
    // Speech that begins like a duty: the words stay, the speaker is for people to settle.
    assert_eq!(
        short("Chair: thank you all for coming"),
        "remark|=Chair|thank you all for coming"
    );
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
        ("... [off] and on", "off remark|continues|and on"),
        ("#info [off] between us", "off information|floor|between us"),
        ("#rejected [off] to wait", "off decision|nobody|Rejected: to wait"),
        ("#rejected to wait", "decision|nobody|Rejected: to wait"),
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
    for line in [
        "topic: x", "Bruna: x", "/next", "s/a/b/", "#undo", "... x", "@tc x", "\\x", "q?", "[off] x", "*: x",
    ] {
        assert_eq!(short(&format!("\\{line}")), format!("remark|floor|{line}"), "{line:?}");
    }
}

#[test]
fn actions_say_who_and_when() {
    type Row = (
        &'static str,
        &'static str,
        &'static [&'static str],
        bool,
        Option<&'static str>,
    );
    let rows: &[Row] = &[
        (
            "action: Titti to send the draft by 15 January",
            "Titti to send the draft by 15 January",
            &["Titti"],
            false,
            Some("by 15 January"),
        ),
        (
            "Bruna: action: Titti to send the draft by 15 January",
            "Titti to send the draft by 15 January",
            &["Titti"],
            false,
            Some("by 15 January"),
        ),
        (
            "action: Titti Cassa will write",
            "Titti Cassa will write",
            &["Titti Cassa"],
            false,
            None,
        ),
        (
            "action: Ann, Ben to write",
            "Ann, Ben to write",
            &["Ann", "Ben"],
            false,
            None,
        ),
        (
            "action: Ann and Titti Cassa to write",
            "Ann and Titti Cassa to write",
            &["Ann", "Titti Cassa"],
            false,
            None,
        ),
        (
            "action: Ann, Ben, and TC to write",
            "Ann, Ben, and TC to write",
            &["Ann", "Ben", "TC"],
            false,
            None,
        ),
        (
            "action: Ann/Ben to write",
            "Ann/Ben to write",
            &["Ann", "Ben"],
            false,
            None,
        ),
        ("action: Ann: write", "Ann: write", &["Ann"], false, None),
        ("action: @tc to write", "@tc to write", &["@tc"], false, None),
        ("action: titti to write", "titti to write", &["titti"], true, None),
        ("action Ann: write", "Ann: write", &["Ann"], false, None),
        ("action Ann to write", "Ann to write", &["Ann"], false, None),
        ("action titti: write", "titti: write", &["titti"], true, None),
        (
            "#action Ann to write by Friday",
            "Ann to write by Friday",
            &["Ann"],
            false,
            Some("by Friday"),
        ),
        ("#action ann write it", "ann write it", &["ann"], true, None),
        ("#action @ann write it", "@ann write it", &["@ann"], false, None),
        ("action: talk to Bruna", "talk to Bruna", &[], false, None),
        ("action: Talk to Bruna", "Talk to Bruna", &[], false, None),
        ("action: to write", "to write", &[], false, None),
        ("action: find a room to meet", "find a room to meet", &[], false, None),
        (
            "action: see https://example.org to learn",
            "see https://example.org to learn",
            &[],
            false,
            None,
        ),
        (
            "#help with the venue by tomorrow",
            "with the venue by tomorrow",
            &[],
            false,
            Some("by tomorrow"),
        ),
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
