//! The forms of logs, and that nothing of them gets lost.

use proptest::prelude::*;

use super::*;
use crate::env::SystemEnv;
use crate::import::Given;

/// Nick, words and sort of each row.
fn told(text: &str) -> (Form, Vec<(String, String, Sort)>) {
    let read = rows(text);
    let rows = read.rows.into_iter().map(|row| (row.nick, row.text, row.sort));
    (read.form, rows.collect())
}

fn said(nick: &str, text: &str) -> (String, String, Sort) {
    (nick.to_owned(), text.to_owned(), Sort::Said)
}

#[test]
fn every_form_is_told_and_read() {
    let same = vec![said("ann", "Topic: Tides"), said("bo", "present+")];
    for (text, form) in [
        ("12:00:01 <ann> Topic: Tides\n12:00:02 <bo> present+\n", Form::Rrsagent),
        ("<ann> Topic: Tides\r\n<bo> present+\r\n", Form::Mirc),
        (
            "2024-03-01T12:00:00Z <ann> Topic: Tides\n2024-03-01T12:00:01Z <@bo> present+",
            Form::Irssi,
        ),
        ("12:00 <ann> Topic: Tides\n12:00 <+bo> present+", Form::Irssi),
        ("[12:00] <ann> Topic: Tides\n[12:01] <bo> present+", Form::Qwebirc),
        (
            "[2024-03-01 12:00:00] <ann> Topic: Tides\n[2024-03-01 12:00:01] <bo> present+",
            Form::Irccloud,
        ),
        (
            "[2024-03-01T12:00:00.120Z]\t<ann>\tTopic: Tides\n[2024-03-01T12:00:01.000Z]\t<bo>\tpresent+",
            Form::Tabbed,
        ),
        ("[12:00:01] <ann> Topic: Tides\n[12:00:02] <bo> present+", Form::Quassel),
        ("[Fr 12h00] <ann> Topic: Tides\n[Fr 12h01] <bo> present+", Form::Quassel),
        (
            "2024-03-01 12:00:00 <@ann> Topic: Tides\n2024-03-01 12:00:01 <bo> present+",
            Form::Matrix,
        ),
        (
            "01-03-2024 12:00:00 < ann!~a@b.c: Topic: Tides\n01-03-2024 12:00:01 < bo!b@c: present+",
            Form::Bip,
        ),
        (
            "12:00          ann | Topic: Tides\n12:01 @         bo | present+",
            Form::Columns,
        ),
        (
            "12:00:00\tann:\tTopic: Tides\r\n12:00:01\tbo:\tpresent+\r\n",
            Form::Zoom,
        ),
        (
            "12:00:00 From  ann  to  Everyone:\n\tTopic: Tides\n12:00:01 From  bo  to  Everyone:\n\tpresent+",
            Form::Zoom,
        ),
        (
            "12:00:00\t From ann : Topic: Tides\n12:00:01\t From bo : present+",
            Form::Zoom,
        ),
        ("ann: Topic: Tides\nbo: present+", Form::Yahoo),
    ] {
        assert_eq!(told(text), (form, same.clone()), "{text}");
    }
}

#[test]
fn remarks_of_programs_are_no_messages() {
    for (text, sort) in [
        ("12:00:00 <ann> ann has joined #tide", Sort::Joined),
        ("12:00 -!- ann [a@b] has joined #tide", Sort::Joined),
        ("[12:00] == ann [~a@b] has joined #tide", Sort::Joined),
        ("[12:00:21] --> ann (a@b) has joined &tide", Sort::Joined),
        ("[12:00:21] <-- ann (a@b) has quit (Bye)", Sort::Left),
        ("12:00  * ann waves", Sort::Emote),
        ("[12:00:21] -*- ann waves", Sort::Emote),
        ("--- Log opened Tue Jan 31 10:42:03 2017", Sort::Other),
    ] {
        let text = format!("12:00 <bo> one\n{text}\n12:00 <bo> two\n");
        let (_, rows) = told(&text);
        assert_eq!(rows.len(), 3, "{text}");
        assert_eq!(rows[1].2, sort, "{text}");
    }
}

#[test]
fn what_is_no_line_of_the_log_is_kept_with_its_number() {
    let text = "12:00:00 <ann> first\nsecond line\n\n12:00:01 <bo> third\n<b>bold</b> is a tag\n12:00:02 <bo> fourth";
    let read = rows(text);
    let bare: Vec<(u32, &str, &str)> = read
        .rows
        .iter()
        .filter(|row| row.sort == Sort::Bare)
        .map(|row| (row.line, row.nick.as_str(), row.text.as_str()))
        .collect();
    assert_eq!(bare, [(2, "ann", "second line"), (5, "bo", "<b>bold</b> is a tag")]);
}

#[test]
fn long_lines_that_were_folded_are_whole_again() {
    assert_eq!(
        told("<ann> a long\n line\n<bo> short").1,
        [said("ann", "a long line"), said("bo", "short")]
    );
    assert_eq!(
        told("12:00:00\tAnn Lee: her boat:\tone\ntwo\r\n12:00:01\tBo:\tthree").1,
        [said("Ann Lee: her boat", "one\ntwo"), said("Bo", "three")]
    );
}

#[test]
fn a_message_to_one_person_is_off_the_record() {
    let read = rows("12:00:00 From Ann to Bo(Direct Message):\n\thush\n12:00:01 From Bo to Everyone:\n\thello");
    let private: Vec<bool> = read.rows.iter().map(|row| row.private).collect();
    assert_eq!(private, [true, false]);
}

#[test]
fn text_is_no_log() {
    for text in [
        "",
        "# Minutes\n\nWe met.\n\n- one\n- two\n",
        "Ann spoke <at length> about tides.\nBo did not.",
        "WEBVTT\n\n1\n00:00:04.859 --> 00:00:07.410\nAnn: so\n",
        "Name,Join Time\nAnn,12:00\n",
        "* one\n* two\n* three",
    ] {
        assert_eq!(form(text), None, "{text}");
    }
}

fn words(text: &str) -> Vec<String> {
    let mut words: Vec<String> = text
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect();
    words.sort();
    words
}

fn line() -> impl Strategy<Value = String> {
    let stamp = prop_oneof![
        Just(String::new()),
        Just("12:00:00 ".to_owned()),
        Just("12:00 ".to_owned()),
        Just("[12:00] ".to_owned()),
        Just("[2024-03-01T12:00:00.000Z]\t".to_owned()),
        Just("01-03-2024 12:00:00 ".to_owned()),
        Just("12:00:00\t".to_owned()),
    ];
    let nick = prop_oneof![
        Just(String::new()),
        "<[a-z_ ]{1,8}> ".prop_map(String::from),
        "< [a-z]{1,4}!a@b: ".prop_map(String::from),
        "[A-Z][a-z]{1,5}:\t".prop_map(String::from),
        "From [A-Z][a-z]{1,5} to Everyone: ".prop_map(String::from),
        " *[a-z]{1,5} \\| ".prop_map(String::from),
        Just("-!- ".to_owned()),
        Just("* ".to_owned()),
        Just("<".to_owned()),
    ];
    (stamp, nick, "\\PC{0,20}").prop_map(|(stamp, nick, text)| format!("{stamp}{nick}{text}"))
}

/// A line that somebody says, of what scribes, chairs and programs say.
fn spoken() -> impl Strategy<Value = String> {
    let nick = prop::sample::select(vec!["ann", "bo", "cy_", "Zakim", "trackbot", "Transcriber"]);
    let text = prop_oneof![
        prop::sample::select(vec![
            "Topic: Tides",
            "subtopic: Moon",
            "present+",
            "present+ dee, eve",
            "present- dee",
            "regrets+ fay",
            "scribe+",
            "scribe: bo",
            "scribe- bo",
            "scribe: *",
            "chair: ann",
            "q+",
            "q+ to ask",
            "q- later",
            "ack bo",
            "ack next",
            "s/a/b/",
            "s/x",
            "s//y/",
            "i/tide/Topic: Moon/",
            "... more",
            "..and",
            "…",
            "ACTION: bo to go",
            "RESOLVED: go",
            "PROPOSED: go?",
            "+1",
            "-1",
            "0",
            "#startmeeting Tide",
            "#topic x",
            "#undo",
            "#action bo go",
            "#startvote Go? Yes, No",
            "#vote yes",
            "#endvote",
            "#endmeeting",
            "[[",
            "]]",
            "```",
            "---",
            "scribeoptions: -dashtopics",
            "zakim, who is here?",
            "rrsagent, make minutes",
            "Meeting: Tide",
            "Date: 1 March 2024",
            "recording is starting",
            "next meeting: 2024-04-01",
            "agenda+ Moon",
            "agenda?",
            "agendum 1 -- Moon -- taken up [from ann]",
            "As of this point the attendees have been ann, bo",
            "Present: (no one)",
            "<ann> mine",
            "@bo thanks",
            "ann: a tide",
            "Dee Low: a tide",
            "*: all",
            "?: who",
            "[off] hush",
            "\\ann: no",
            "/next",
            "/take 1",
            "/undo",
            "agenda 1 = x",
            "close this item",
            "",
        ])
        .prop_map(str::to_owned),
        "\\PC{0,16}".prop_map(String::from),
    ];
    (nick, text).prop_map(|(nick, text)| format!("<{nick}> {text}"))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn no_text_panics_and_no_line_is_lost(lines in prop::collection::vec(line(), 0..12)) {
        let text = lines.join("\n");
        let _ = form(&text);
        let read = rows(&text);
        for (number, line) in (1_u32..).zip(&lines) {
            if line.trim().is_empty() {
                continue;
            }
            // Its words are in the row that begins at or before it.
            let row = read.rows.iter().rev().find(|row| row.line <= number);
            let row = row.expect("a row at or before each line");
            let has = words(&format!("{} {}", row.nick, row.text));
            let without_time = line.replace("12:00:00.000Z", "").replace("2024-03-01T", "");
            for word in words(&without_time) {
                let is_frame = word.chars().all(|c| c.is_numeric())
                    || ["a", "b", "From", "Everyone", "to"].contains(&word.as_str());
                prop_assert!(is_frame || has.contains(&word), "{:?} of {:?} is not in {:?}", word, line, row);
            }
        }
    }

    #[test]
    fn each_line_is_carried_out_or_left_out_and_told(lines in prop::collection::vec(spoken(), 0..24)) {
        let text = lines.join("\n");
        let (plan, problems) = plan(&text, &Given::new("2024-03-01.log", &SystemEnv));
        let log = plan.log.unwrap();
        for row in rows(&text).rows {
            let is_said = matches!(row.sort, Sort::Said | Sort::Bare) && !row.text.trim().is_empty();
            let is_there = log.entries.iter().any(|entry| entry.line == row.line)
                || log.left_out.contains(&row.line)
                || log.spent.contains(&row.line);
            prop_assert!(!is_said || is_there, "{row:?}");
        }
        prop_assert!(log.left_out.is_empty() || problems.iter().any(|problem| problem.message.contains("left out")));
        for entry in &log.entries {
            prop_assert!(entry.follows.is_none_or(|place| place < log.entries.len()));
        }
    }

    #[test]
    fn any_text_at_all_is_read(text in "(?s).{0,200}") {
        let _ = form(&text);
        let _ = rows(&text);
    }
}

#[test]
fn a_raw_log_that_is_json_is_read_and_each_message_keeps_its_line() {
    let raw = r##"{
  "name": "#tides",
  "founder": "ann",
  "start_time": "2024-03-01T12:00:00+00:00",
  "messages": [
    {
      "id": "1",
      "sender": "ann",
      "payload": "#startmeeting",
      "action": false,
      "timestamp": "2024-03-01T12:00:00+00:00"
    },
    {
      "id": "2",
      "sender": "ann",
      "payload": "#topic The \"new\" datum",
      "action": false,
      "timestamp": "2024-03-01T12:00:05.120000+00:00"
    },
    {
      "id": "3",
      "sender": "bo",
      "payload": "nods",
      "action": true,
      "timestamp": "2024-03-01T12:01:00+00:00"
    }
  ],
  "events": [
    {
      "event_type": "TOPIC",
      "message": {
        "id": "2",
        "sender": "ann",
        "payload": "#topic The \"new\" datum",
        "action": false,
        "timestamp": "2024-03-01T12:00:05.120000+00:00"
      },
      "operand": "The \"new\" datum"
    }
  ]
}
"##;
    let read = rows(raw);
    let rows: Vec<_> = read
        .rows
        .iter()
        .map(|row| (row.line, row.text.as_str(), row.sort))
        .collect();
    assert_eq!(
        rows,
        [
            (8, "#startmeeting", Sort::Said),
            (15, "#topic The \"new\" datum", Sort::Said),
            (22, "nods", Sort::Emote)
        ]
    );
    let env = SystemEnv;
    let taken = crate::import::take(raw.as_bytes(), None, &Given::new("tides.log.json", &env)).unwrap();
    assert_eq!(taken.kind, crate::import::Kind::MeetBot);
    let starts = taken.plan.meeting.starts.unwrap().to_rfc3339();
    assert_eq!(starts, "2024-03-01T12:00:00+00:00");
    // Other data is refused as before, also where it has messages of another kind.
    for other in [
        "{\"messages\": []}",
        "{\"messages\": [{\"sender\": \"ann\"}]}",
        "{\"a\": 1}",
    ] {
        let refused = crate::import::take(other.as_bytes(), None, &Given::new("a.json", &env)).unwrap_err();
        assert!(refused.to_string().contains("JSON"), "{refused}");
    }
}
