//! What holds for any line, and for whole logs.

use proptest::prelude::*;

use super::*;
use crate::model::Kind;

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
    for unit in [
        "i/a/", "[off] ", "Ann: ", "action: ", "\\", "s/a/b/", "Ann, ", "王", "A ", "... ", "q+ ", "by ", "by 15 ",
        "to ",
    ] {
        for head in ["", "action: ", "present+ ", "date: "] {
            let line = format!("{head}{}", unit.repeat(50_000));
            assert_eq!(parse(&line).raw, line);
        }
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
#[allow(clippy::print_stderr)] // A skipped test must say so.
fn scribes_real_lines_are_read() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/w3c-ccg");
    let Ok(meetings) = std::fs::read_dir(&folder) else {
        eprintln!("SKIPPED: no logs at {}", folder.display());
        return;
    };
    let (mut lines, mut topics, mut acks, mut speakers) = (0, 0, 0, 0);
    for meeting in meetings.flatten() {
        let Ok(log) = std::fs::read_to_string(meeting.path().join("irc.log")) else {
            continue;
        };
        for text in log.lines().filter_map(|line| line.split('\t').nth(2)) {
            lines += 1;
            match command(text) {
                Command::Topic { .. } => topics += 1,
                Command::Acknowledge { .. } => acks += 1,
                Command::Point(Said {
                    speaker: Speaker::Candidate { .. },
                    ..
                }) => speakers += 1,
                _ => {}
            }
        }
    }
    assert!(
        lines > 1000 && topics > 50 && acks > 100 && speakers > 1000,
        "{lines} {topics} {acks} {speakers}"
    );
}

/// Lines with much grammar in them.
#[rustfmt::skip]
fn grammatical() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        Just("topic"),
        Just("action"),
        Just("Ann"),
        Just("Titti Cassa"),
        Just(":"),
        Just("："),
        Just(" "),
        Just(","),
        Just("[off]"),
        Just("@"),
        Just("\\"),
        Just("s/"),
        Just("i|"),
        Just("/"),
        Just("|"),
        Just("g"),
        Just("#info"),
        Just("q+"),
        Just("present"),
        Just("+"),
        Just("-"),
        Just("="),
        Just("?"),
        Just("*"),
        Just("..."),
        Just("…"),
        Just(" to "),
        Just(" by 15 "),
        Just("January"),
        Just("2026"),
        Just("14.00"),
        Just("UTC"),
        Just("agenda"),
        Just("İ"),
        Just("ß"),
        Just("王"),
        Just("e\u{301}"),
        Just("🙂"),
        Just("\n"),
        Just("\t"),
        Just("\u{a0}"),
        Just("date:"),
        Just("participant:"),
        Just("agendum 2 -- "),
        Just("taken up"),
    ];
    prop::collection::vec(piece, 0..14).prop_map(|pieces| pieces.concat())
}

pub(super) fn any_line() -> impl Strategy<Value = String> {
    prop_oneof![any::<String>(), ".*", grammatical()]
}

/// Whether nothing at all was read into a line.
fn is_untouched(line: &str) -> bool {
    matches!(
        command(line),
        Command::Point(Said {
            kind: Kind::Remark,
            speaker: Speaker::Floor,
            internal: false,
            ..
        })
    )
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
    fn what_is_marked_off_the_record_is_internal(head in prop_oneof![
        Just(""), Just("Ann: "), Just("@tc "), Just("*: "), Just("action: "), Just("Ann: decision: "), Just("... "),
        Just("#info "), Just("question+ "),
    ], text in "[a-z]{1,9}( [a-z]{1,9}){0,5}") {
        let said = said(&format!("{head}[off] {text}"));
        prop_assert!(said.internal);
        prop_assert_eq!(said.text, text);
    }

    #[test]
    fn keywords_have_no_case(title in "[A-Za-z][a-z]{1,9}( [a-z]{1,9})?") {
        for word in ["topic: ", "DECISION: ", "Present+ ", "Q+ ", "Agenda+ ", "[OFF] ", "#InFo ", "Next Meeting: "] {
            prop_assert_eq!(command(&format!("{word}{title}")), command(&format!("{}{title}", word.to_lowercase())));
        }
    }
}
