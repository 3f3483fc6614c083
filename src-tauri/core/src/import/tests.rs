use std::path::PathBuf;

use chrono::{DateTime, TimeDelta, TimeZone, Utc};
use proptest::prelude::*;
use uuid::Uuid;

use super::*;
use crate::env::FixedEnv;
use crate::export::markdown;
use crate::minutes::{Content, Minutes, Options, compose};
use crate::model::inline::tests::any_inlines;
use crate::model::inline::{literal, write};
use crate::model::*;

fn at(minute: u32) -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2025, 12, 18, 14, minute, 0).unwrap()
}

fn read(text: &str) -> (Plan, Vec<Problem>) {
    report(text, "report.md", &FixedEnv::new(at(0), TimeDelta::milliseconds(1), 1))
}

fn composed(plan: &Plan) -> Minutes {
    compose(&plan.record(), &Options::default())
}

fn without_origins(mut minutes: Minutes) -> Minutes {
    for block in &mut minutes.blocks {
        block.origin = None;
        match &mut block.content {
            Content::List { entries, .. } => entries.iter_mut().for_each(|entry| entry.origin = None),
            Content::Table { rows, .. } => rows.iter_mut().for_each(|row| row.origin = None),
            _ => {}
        }
    }
    minutes
}

pub(crate) fn data(path: &str) -> Option<PathBuf> {
    // Beside the repository, wherever its working tree stands.
    let here = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    let found = here
        .ancestors()
        .map(|above| above.join("shared/data").join(path))
        .find(|path| path.exists());
    if found.is_none() {
        eprintln!("SKIPPED: ../shared/data/{path} is not there");
    }
    found
}

fn reference() -> Option<String> {
    Some(std::fs::read_to_string(data("reference-report/summary-report.md")?).unwrap())
}

/// A line without the marks of headings, lists and escapes.
fn bare(line: &str) -> String {
    line.trim_start_matches('#')
        .trim()
        .trim_start_matches("- ")
        .replace('\\', "")
}

fn bare_lines(text: &str) -> Vec<String> {
    text.lines().map(bare).filter(|line| !line.is_empty()).collect()
}

#[test]
fn the_reference_report_comes_out_as_it_went_in() {
    let Some(text) = reference() else { return };
    let (plan, problems) = read(&text);
    assert_eq!(problems, vec![]);
    let once = markdown(&composed(&plan));
    pretty(&bare_lines(&text), &bare_lines(&once));
    let (again, problems) = read(&once);
    assert_eq!(problems, vec![]);
    assert_eq!(markdown(&composed(&again)), once);
    assert_eq!(without_origins(composed(&again)), without_origins(composed(&plan)));
    let crlf = format!("\u{FEFF}{}", text.trim_end().replace('\n', "\r\n"));
    assert_eq!(markdown(&composed(&read(&crlf).0)), once, "whatever ends the lines");
}

fn pretty(left: &[String], right: &[String]) {
    for (left, right) in left.iter().zip(right) {
        assert_eq!(left, right);
    }
    assert_eq!(left.len(), right.len());
}

#[test]
fn the_facts_of_the_reference_report_are_facts() {
    let Some(text) = reference() else { return };
    let (plan, _) = read(&text);
    let meeting = &plan.meeting;
    assert_eq!(meeting.number, Some(107));
    assert_eq!(meeting.starts, Some(at(0)));
    assert_eq!(meeting.zone, "UTC");
    assert_eq!(meeting.form, "Online Meeting");
    assert_eq!(meeting.document_kind, "Summary Report");
    assert_eq!(meeting.name, "MAG Working Group on IGF Strengthening and Strategy");
    assert_eq!(meeting.body, "IGF MAG Working Group on IGF Strengthening and Strategy");
    assert_eq!(meeting.short, "WG-Strategy");
    assert_eq!(meeting.recording, "available upon request");
    assert_eq!((meeting.preamble.as_str(), meeting.date_text.as_str()), ("", ""));
    assert_eq!(
        meeting.next_starts,
        Some(Utc.with_ymd_and_hms(2026, 1, 15, 13, 0, 0).unwrap())
    );
    assert_eq!(plan.participants.len(), 27);
    assert_eq!(
        plan.participants
            .iter()
            .filter(|person| person.name == "Jorge Perez")
            .count(),
        2
    );
    assert!(
        plan.participants
            .iter()
            .all(|person| person.state == ParticipantState::Present)
    );
    let moderators: Vec<_> = plan
        .participants
        .iter()
        .filter(|person| person.duty == Duty::Moderator)
        .collect();
    assert_eq!(moderators.len(), 1);
    assert_eq!(moderators[0].name, "Amrita Choudhury");
    assert_eq!(
        plan.participants[4].roles,
        ["Group's Co-Chair", "IGF MAG member", "Government of Italy"]
    );
    let top: Vec<_> = plan.items.iter().filter(|item| item.parent.is_none()).collect();
    assert_eq!(top.len(), 4);
    assert_eq!(top[1].title, "IGF improvements and WG priorities for 2026");
    assert_eq!(top[1].heading, "IGF Improvements and Working Group Priorities for 2026");
    assert_eq!((top[2].heading.as_str(), &top[2].state), ("", &ItemState::NoUpdate));
    assert!(plan.items.iter().all(|item| item.number.is_empty()));
    assert_eq!(plan.items.len(), 11);
}

#[test]
fn a_file_without_anything_known_is_kept_line_by_line() {
    let (plan, problems) = read("Caf\u{e9} cr\u{e8}me\n\nÅngström said so.\n1.5 of them\n* a\n7. seven");
    assert_eq!(plan.meeting.name, "Café crème");
    assert_eq!(plan.passages.len(), 4);
    assert_eq!(plan.passages[3].text, "7. seven");
    assert!(problems.iter().any(|problem| problem.line == 3));
    let (empty, problems) = read("");
    assert_eq!((empty.passages.len(), problems.len()), (0, 0));
    assert_eq!(markdown(&composed(&empty)), "# Minutes\n");
}

/// Every word of every line is in the plan's rows or in what they print.
fn keeps_all_words(text: &str) {
    let (plan, _) = read(text);
    let mut kept = serde_json::to_string(&plan.record()).unwrap();
    kept.push_str(&markdown(&composed(&plan)));
    // JSON escapes.
    let kept = kept.replace("\\\\", "\\").replace("\\\"", "\"");
    let parts = ["agenda", "discussion", "list of participants", "participants"];
    for line in text.lines() {
        let heading = line
            .trim_matches(|c: char| c == '#' || c == ':' || c.is_whitespace())
            .to_lowercase();
        if parts.contains(&heading.as_str()) {
            continue;
        }
        for word in line
            .split(|c: char| !c.is_alphanumeric())
            .filter(|word| !word.is_empty())
        {
            let marker = line.trim_start().starts_with(word) && word.chars().all(|c| c.is_ascii_digit());
            assert!(marker || kept.contains(word), "{word:?} of {line:?} is lost");
        }
    }
}

fn settles(text: &str) -> Result<(), TestCaseError> {
    let once = markdown(&composed(&read(text).0));
    let (plan, _) = read(&once);
    let twice = markdown(&composed(&plan));
    prop_assert_eq!(&twice, &once);
    Ok(())
}

#[test]
fn minutes_of_other_people_lose_no_word() {
    let Some(folder) = data("w3ctag") else { return };
    for file in std::fs::read_dir(folder).unwrap() {
        let path = file.unwrap().path();
        if path.extension().is_some_and(|extension| extension == "md") {
            let text = std::fs::read_to_string(&path).unwrap();
            keeps_all_words(&text);
            settles(&text).unwrap();
        }
    }
}

fn any_line() -> impl Strategy<Value = String> {
    prop_oneof![
        2 => any::<String>(),
        2 => "[-#*+>1-3. a-c()\\[\\]_`\\\\,:]{0,12}",
        1 => Just(String::new()),
        4 => proptest::sample::select(vec![
            "Agenda", "## Agenda", "Discussion", "## Discussion", "List of participants", "# Title", "### 1. One",
            "#### 1.1 Sub", "##### 1.1.1 Deep", "1. One", "2. Two", "1.1 Sub", "1.2 Sub", "- a bullet;", "* another",
            "Online Meeting", "18 December 2025 at 14.00 UTC", "18 December 2025 at 15.00 CET", "Summary Report",
            "The 107th virtual meeting of the Group (G) was held on 18 December 2025 at 14:00 UTC.",
            "The meeting was moderated by Ann and Ben. A recording of the meeting is available upon request.",
            "No update was provided.", "This item was not taken up.", "Ann, chair, member", "1. Ben, x\\, y", "Apologies: Ann, Ben",
            "The next meeting was confirmed for **15 January 2026 at 13.00 UTC**.", "Text that goes on,", "and on\\",
            "    indented", "> quoted", "```", "---", "===", "3) three", "######  Small", "###### 1.2.3",
        ]).prop_map(str::to_owned),
    ]
}

fn any_source() -> impl Strategy<Value = String> {
    prop_oneof![
        3 => "[A-Za-z]{1,8}( [a-z]{1,6}){0,4}",
        1 => any_inlines().prop_map(|inlines| write(&inlines)),
        1 => any::<String>().prop_map(|text| literal(&text)),
        1 => proptest::sample::select(vec!["1. x", "# x", "Agenda", "A, b", "Discussion", "No update was provided.", "a\nb"])
            .prop_map(literal),
    ]
}

/// A whole record as a plan: nested sections, every style, weird names.
fn any_plan() -> impl Strategy<Value = Plan> {
    let passage = (any_source(), 0_usize..6, proptest::sample::select(PassageStyle::ALL));
    (
        proptest::collection::vec(
            (
                any_source(),
                any_source(),
                0_usize..4,
                proptest::sample::select(ItemState::ALL),
            ),
            0..6,
        ),
        proptest::collection::vec(passage, 0..12),
        proptest::collection::vec(
            (
                "[a-z]\\PC{0,12}",
                proptest::collection::vec(any_source(), 0..3),
                any::<bool>(),
            ),
            0..5,
        ),
        (
            proptest::option::of(0_u32..200),
            any::<bool>(),
            any::<bool>(),
            any::<bool>(),
            "[A-Z][a-z]{2,8}( [a-z]{2,8}){0,3}",
        ),
    )
        .prop_map(|(items, passages, people, (number, starts, next, recording, name))| {
            let mut meeting = Meeting::new(MeetingId(Uuid::from_u128(1)));
            meeting.number = number;
            meeting.body = format!("{name} Group");
            meeting.name = if starts { String::new() } else { name };
            meeting.short = "NG".to_owned();
            meeting.starts = starts.then(|| at(5));
            meeting.zone = "Europe/Rome".to_owned();
            meeting.next_starts = next.then(|| at(50));
            meeting.recording = if recording {
                "https://example.org/a_b".to_owned()
            } else {
                String::new()
            };
            let mut plan = Plan::new(meeting);
            let mut path: Vec<ItemId> = Vec::new();
            for (count, (title, heading, depth, state)) in items.into_iter().enumerate() {
                let id = ItemId(Uuid::from_u128(100 + count as u128));
                path.truncate(depth);
                let mut item = Item::new(id, OrderKey::at(at(u32::try_from(count).unwrap())), title);
                item.parent = path.last().copied();
                item.heading = heading;
                item.state = state.clone();
                path.push(id);
                plan.items.push(item);
            }
            for (count, (text, item, style)) in passages.into_iter().enumerate() {
                let id = PassageId(Uuid::from_u128(200 + count as u128));
                let item = plan.items.get(item).map(|item| item.id);
                plan.passages
                    .push(Passage::new(id, item, OrderKey::at(at(0)), style.clone(), text));
            }
            for (count, (name, roles, moderates)) in people.into_iter().enumerate() {
                let id = ParticipantId(Uuid::from_u128(300 + count as u128));
                let mut person = Participant::new(
                    id,
                    OrderKey::at(at(0)),
                    crate::model::text::clean(&name).0.replace('\n', " "),
                );
                person.roles = roles;
                person.duty = if moderates { Duty::Moderator } else { Duty::None };
                plan.participants.push(person);
            }
            plan
        })
}

#[test]
fn a_comma_inside_a_role_stays_inside() {
    let mut plan = read("Group\n\nList of participants\n\n1. Ann, Chair\\, ad interim, member\n2. Ben\n").0;
    assert_eq!(plan.participants[0].roles, ["Chair, ad interim", "member"]);
    plan.participants[1].name = "Ben, the second".to_owned();
    let again = read(&markdown(&composed(&plan))).0;
    assert_eq!(again.participants[0].roles, ["Chair, ad interim", "member"]);
    assert_eq!(
        (again.participants[1].name.as_str(), again.participants[1].roles.len()),
        ("Ben, the second", 0)
    );
}

#[test]
fn what_differs_from_the_generated_words_is_kept_as_an_override() {
    let text = "Group\n\nOnline Meeting\n\n3 March 2026, 9:05 CET\n\nMinutes\n\n\
                The 3rd virtual meeting of the Group was held with pleasure. The meeting was moderated by Ann.\n\n\
                List of participants\n\n1. Ann\n2. Ann\n";
    let (plan, problems) = read(text);
    assert_eq!(
        plan.meeting.starts,
        Some(Utc.with_ymd_and_hms(2026, 3, 3, 8, 5, 0).unwrap())
    );
    assert_eq!(
        (plan.meeting.zone.as_str(), plan.meeting.date_text.as_str()),
        ("CET", "3 March 2026, 9:05 CET")
    );
    assert!(plan.meeting.preamble.ends_with("moderated by Ann."));
    assert!(
        plan.participants.iter().all(|person| person.duty == Duty::None),
        "which Ann is not known"
    );
    assert_eq!(problems.len(), 1);
    assert_eq!(bare_lines(&markdown(&composed(&plan))), bare_lines(text));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, ..ProptestConfig::default() })]
    #[test]
    fn no_word_of_any_file_is_lost(lines in proptest::collection::vec(any_line(), 0..25)) {
        keeps_all_words(&lines.join("\n"));
    }

    #[test]
    fn an_export_of_any_file_settles(lines in proptest::collection::vec(any_line(), 0..25)) {
        settles(&lines.join("\n"))?;
    }

    #[test]
    fn a_composed_report_is_read_back(plan in any_plan()) {
        let minutes = without_origins(composed(&plan));
        let source = markdown(&minutes);
        let again = without_origins(composed(&read(&source).0));
        prop_assert_eq!(markdown(&again), source);
        for (left, right) in minutes.blocks.iter().zip(&again.blocks) {
            prop_assert_eq!(left, right);
        }
    }
}
