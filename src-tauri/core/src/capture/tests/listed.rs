//! Names of every look, in a meeting where somebody is called so.

use proptest::prelude::*;
use uuid::Uuid;

use super::*;
use crate::model::{Kind, OrderKey, Participant, ParticipantId};

fn roster(names: &[&str]) -> Vec<Participant> {
    let rows = names.iter().zip(1..);
    rows.map(|(name, n)| Participant::new(ParticipantId(Uuid::from_u128(n)), OrderKey::default(), *name))
        .collect()
}

fn the_list() -> Vec<Participant> {
    roster(&[
        "Person 4",
        "Anna Schmidt",
        "van der Berg",
        "Maria de Souza",
        "Zoom Room 3",
        "Maria (Treasurer)",
        "42",
        "Room 14",
        "The Office of the Secretary to the Board",
        "next steps",
        "Issue 12",
    ])
}

fn short_among(line: &str, roster: &[Participant]) -> String {
    match parse_among(line, roster).command {
        Command::Point(said) => in_short(&said),
        other => panic!("{line:?} is no point: {other:?}"),
    }
}

#[test]
fn a_name_on_the_list_speaks_whatever_it_looks_like() {
    for (line, expected) in [
        ("Person 4: hello", "remark|=Person 4|hello"),
        ("person 4 : hello", "remark|=person 4|hello"),
        ("Person 4：hello", "remark|=Person 4|hello"),
        ("Person 4:hello", "remark|=Person 4|hello"),
        ("anna schmidt: fine", "remark|=anna schmidt|fine"),
        ("van der Berg: fine", "remark|=van der Berg|fine"),
        ("de Souza: fine", "remark|=de Souza|fine"),
        ("Zoom Room 3: we hear you", "remark|=Zoom Room 3|we hear you"),
        ("Maria (Treasurer): fine", "remark|=Maria (Treasurer)|fine"),
        ("42: fine", "remark|=42|fine"),
        (
            "The Office of the Secretary to the Board: fine: really",
            "remark|=The Office of the Secretary to the Board|fine: really",
        ),
        ("@Person 4: hello", "remark|@Person 4|hello"),
        ("@van der Berg: fine", "remark|@van der Berg|fine"),
        ("@42 fine", "remark|@42|fine"),
        ("Person 4: action: 42 to write", "action|=Person 4|42 to write"),
        ("anna schmidt: question: why?", "question|=anna schmidt|why?"),
        ("Person 4: \\action: is a word", "remark|=Person 4|action: is a word"),
        (
            "Person 4: topic: is what I said",
            "remark|=Person 4|topic: is what I said",
        ),
        ("[off] Person 4: between us", "off remark|=Person 4|between us"),
        ("Person 4: [off] between us", "off remark|=Person 4|between us"),
        ("Person 4: decision: [off] we wait", "off decision|=Person 4|we wait"),
    ] {
        assert_eq!(short_among(line, &the_list()), expected, "{line:?}");
    }
    let put_in = parse_among("i/where/Person 4: hello/", &the_list()).command;
    let Command::InsertBefore { line, .. } = put_in else {
        panic!("{put_in:?}");
    };
    assert_eq!(line.command, parse_among("Person 4: hello", &the_list()).command);
}

#[test]
fn what_names_nobody_on_the_list_is_text_as_before() {
    for line in [
        "Person 5: hello",
        "Person: 4 of them",
        "anna sch: fine",
        "anna: fine",
        "schmidt anna: fine",
        "zoom room: fine",
        "maria (treasurer) said: fine",
        "we asked Person 4: hello",
        "One thing: x",
        "the next steps: write it down",
        "... Person 4: hello",
        "\\Person 4: hello",
        "Person 4:",
        "Person 4",
        "Person 4: ",
        "@anna sch: fine",
        // What has another meaning keeps it, whoever is called so.
        "next steps: write it down",
        "Issue 12: still open",
        "Room 14:30",
        "Person 4://x",
        "Person 4::x",
        "https://example.org/a: b",
        "topic: Person 4: hello",
        "present+ Person 4",
        "decision: Person 4: hello",
        "s/Person 4: x/y/",
    ] {
        assert_eq!(parse_among(line, &the_list()), parse(line), "{line:?}");
    }
    assert_eq!(
        short_among("... Person 4: hello", &the_list()),
        "remark|continues|Person 4: hello"
    );
}

#[test]
fn owners_and_those_who_get_the_floor_are_named_so_too() {
    for (line, owners) in [
        ("action: Person 4 to write", &["Person 4"][..]),
        ("action Person 4: write", &["Person 4"]),
        ("action: anna schmidt, 42 to write", &["anna schmidt", "42"]),
        ("action: Maria (Treasurer) will write", &["Maria (Treasurer)"]),
        ("action: @Zoom Room 3 to write", &["@Zoom Room 3"]),
        ("action: Person 5 to write", &[]),
        ("action: send Person 4 to write", &[]),
    ] {
        let Command::Point(said) = parse_among(line, &the_list()).command else {
            panic!("{line:?} is no point");
        };
        assert_eq!((said.kind, said.owners), (Kind::Action, strings(owners)), "{line:?}");
    }
    for name in ["Person 4", "van der Berg", "@Zoom Room 3", "Maria (Treasurer)"] {
        let gives = Command::Acknowledge {
            name: Some(name.to_owned()),
        };
        assert_eq!(parse_among(&format!("ack {name}"), &the_list()).command, gives);
    }
    assert!(matches!(
        parse_among("ack that person 4", &the_list()).command,
        Command::Point(_)
    ));
}

/// Names: anything that can be printed, and words, numbers, particles and brackets in any order.
fn any_name() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        "[A-Z][a-z]{1,8}",
        "[a-z]{1,8}",
        "[0-9]{1,3}",
        "\\([A-Za-z ]{1,12}\\)",
        Just("van".to_owned()),
        Just("der".to_owned()),
        Just("de".to_owned()),
        Just("d'Été".to_owned()),
        Just("3.".to_owned()),
        Just("王小明".to_owned()),
        Just("منال".to_owned()),
        Just("अनन्या".to_owned()),
    ];
    let worded = prop::collection::vec(piece, 1..7).prop_map(|words| words.join(" "));
    prop_oneof!["\\PC{1,24}", worded].prop_map(|name| name.trim().to_owned())
}

/// Whether the grammar leaves it to the list whether `name` speaks in a line that begins with it: a colon would cut the
/// name, what is a command or a mark (`#info`, `[off]`, `*`, `?`, `@`, `\`) goes first, so do the words that are nobody's
/// name, and of a name of dots and underscores nothing is left to know it by.
fn is_for_the_list(name: &str, line: &str) -> bool {
    let open = matches!(
        command(line),
        Command::Point(Said {
            kind: Kind::Remark,
            speaker: Speaker::Floor | Speaker::Candidate { at: false, .. },
            internal: false,
            ..
        })
    );
    let begins_as_text = !line.starts_with(['\\', '@']);
    let is_word = words::LEADS.contains(&parse::plain(name).as_str());
    open && begins_as_text && !is_word && !name.contains([':', '：']) && !folded(name).is_empty()
}

proptest! {
    #[test]
    fn any_name_on_the_list_speaks_and_the_text_is_whole(
        name in any_name(),
        text in "we( [a-z]{1,9}){1,5}",
        hurried in any::<bool>(),
    ) {
        let line = format!("{name}: {text}");
        prop_assume!(is_for_the_list(&name, &line));
        let list = roster(&[&name]);
        let typed = if hurried { name.to_lowercase() } else { name };
        let line = format!("{typed}: {text}");
        prop_assume!(is_for_the_list(&typed, &line));
        let expected = Said {
            speaker: Speaker::Candidate { text: typed.clone(), at: false },
            ..Said::literal(&text)
        };
        prop_assert_eq!(parse_among(&line, &list).command, Command::Point(expected));
        prop_assert_eq!(resolve(&typed, false, &list), Match::One(list[0].id));
    }

    #[test]
    fn a_list_changes_nothing_in_lines_without_its_names(line in super::any_line::any_line()) {
        prop_assume!(!folded(&line).contains('7'));
        prop_assert_eq!(parse_among(&line, &roster(&["Person 7", "Zoom Room 7"])), parse(&line));
    }
}
