//! Odd strings and real names through every text field: typed or imported into an archive, exported, and read by other
//! people's parsers, they are the same words.

use std::collections::BTreeSet;
use std::fs;
use std::process::Command;
use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};
use minuta_core::api::{DocumentKind, Format};
use minuta_core::edit::{capture, import as importing, meeting};
use minuta_core::env::{Env as _, FixedEnv};
use minuta_core::import::Plan;
use minuta_core::model::inline::{literal, parse, plain};
use minuta_core::model::text::{clean, clean_line};
use minuta_core::model::{
    Item, ItemId, Meeting, MeetingId, OrderKey, Participant, ParticipantId, Passage, PassageId, PassageStyle, Record,
};
use minuta_core::{Archive, publish};
use minuta_tests::process::is_there;
use minuta_tests::{left_out, seed, shared_data};
use pulldown_cmark::{Event, Parser, Tag, TagEnd};

/// The odd strings; none is blank.
fn strings() -> Option<Vec<String>> {
    let file = shared_data()?.join("text/naughty-strings.json");
    let Ok(text) = fs::read_to_string(&file) else {
        left_out(&format!("there is no {}", file.display()));
        return None;
    };
    let strings: Vec<String> = serde_json::from_str(&text).unwrap();
    assert!(strings.len() > 400);
    Some(
        strings
            .into_iter()
            .filter(|text| !clean(text).0.trim().is_empty())
            .collect(),
    )
}

/// Entries of real lists of participants: `Name, role, role`.
fn entries() -> Option<Vec<String>> {
    let file = shared_data()?.join("text/participant-names.tsv");
    let Ok(text) = fs::read_to_string(&file) else {
        left_out(&format!("there is no {}", file.display()));
        return None;
    };
    let entries = text.lines().filter_map(|line| line.split('\t').next()).map(str::trim);
    Some(entries.filter(|entry| !entry.is_empty()).map(str::to_owned).collect())
}

fn now() -> DateTime<Utc> {
    "2026-03-12T13:00:00Z".parse().unwrap()
}

struct Kept {
    _folder: tempfile::TempDir,
    archive: Archive,
    env: Arc<FixedEnv>,
}

impl Kept {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let env = Arc::new(FixedEnv::new(now(), TimeDelta::zero(), 3));
        let archive = Archive::open(&folder.path().join("odd.minuta"), env.clone()).unwrap();
        Self {
            _folder: folder,
            archive,
            env,
        }
    }

    fn meeting(&mut self) -> MeetingId {
        let new = meeting::New {
            series: "Group".to_owned(),
            ..meeting::New::default()
        };
        meeting::create(&mut self.archive, &new).unwrap()
    }

    fn types(&mut self, meeting: MeetingId, line: &str) {
        let outcome = capture::enter(&mut self.archive, meeting, line, None).unwrap();
        assert!(outcome.id.is_some(), "{line:?}");
    }

    fn imports(&mut self, plan: &Plan) -> Record {
        let id = importing::as_new(&mut self.archive, plan).unwrap();
        self.archive.record(id).unwrap()
    }

    fn plan(&self) -> Plan {
        let mut meeting = Meeting::new(MeetingId(self.env.fresh_id()));
        meeting.body = "Group".to_owned();
        meeting.zone = "UTC".to_owned();
        Plan::new(meeting)
    }
}

/// What a CommonMark parser sees: headings, paragraphs and entries of lists, with their words.
fn seen(markdown: &str) -> Vec<(String, String)> {
    let mut blocks: Vec<(String, String)> = Vec::new();
    let mut entry = false;
    for event in Parser::new(markdown) {
        let text = match event {
            Event::Start(Tag::Item) => {
                blocks.push(("entry".to_owned(), String::new()));
                entry = true;
                continue;
            }
            Event::End(TagEnd::Item) => {
                entry = false;
                continue;
            }
            Event::Start(Tag::Heading { level, .. }) => {
                blocks.push((level.to_string(), String::new()));
                continue;
            }
            Event::Start(Tag::Paragraph) => {
                if !entry {
                    blocks.push(("paragraph".to_owned(), String::new()));
                }
                continue;
            }
            Event::Text(text) | Event::Code(text) => text.into_string(),
            Event::SoftBreak | Event::HardBreak => "\n".to_owned(),
            Event::Start(Tag::List(_) | Tag::Strong | Tag::Emphasis | Tag::Link { .. }) | Event::End(_) => continue,
            other => panic!("this is no text: {other:?}"),
        };
        blocks.last_mut().unwrap().1.push_str(&text);
    }
    blocks
}

fn of(kind: &str, blocks: &[(String, String)]) -> Vec<String> {
    let these = blocks.iter().filter(|(found, _)| found == kind);
    these.map(|(_, text)| text.clone()).collect()
}

/// Both lists are the same; says where they first differ.
fn same(found: &[String], expected: &[String], what: &str) {
    for (at, (found, expected)) in found.iter().zip(expected).enumerate() {
        assert_eq!(found, expected, "{what}, number {at}");
    }
    assert_eq!(found.len(), expected.len(), "{what}");
}

/// The PDF is made, and each character is in it or told to be missing.
fn pdf_keeps(record: &Record, document: DocumentKind, typed: &[String]) {
    let pdf = publish::render(record, document, Format::Pdf, now()).unwrap();
    assert!(pdf.bytes.starts_with(b"%PDF-"));
    if !is_there("pdftotext") {
        left_out("pdftotext is not installed");
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("odd.pdf");
    fs::write(&file, &pdf.bytes).unwrap();
    let text = Command::new("pdftotext").arg(&file).arg("-").output().unwrap();
    let text = String::from_utf8(text.stdout).unwrap();
    let there: BTreeSet<char> = text.chars().collect();
    let told: BTreeSet<String> = pdf
        .notices
        .iter()
        .filter_map(|notice| notice.strip_prefix("no font has U+"))
        .map(|rest| rest.split(';').next().unwrap().to_owned())
        .collect();
    let lost: BTreeSet<char> = typed
        .iter()
        // A tower of marks rises above the page's edge, where it is drawn but not read.
        .filter(|text| !text.contains("\u{e49}\u{e49}\u{e49}"))
        .flat_map(|text| text.chars())
        .filter(|letter| !letter.is_whitespace() && !there.contains(letter))
        .filter(|letter| !told.contains(&format!("{:04X}", u32::from(*letter))))
        .filter(|letter| !shows_nothing(*letter))
        .collect();
    let lost: Vec<String> = lost
        .iter()
        .map(|letter| format!("{letter} U+{:04X}", u32::from(*letter)))
        .collect();
    assert!(lost.is_empty(), "neither in the PDF nor told: {lost:?}");
    // A missing character stands there by its number (which a reader of right-to-left text may part from its brackets).
    let bare: String = text.chars().filter(char::is_ascii_graphic).collect();
    for code in &told {
        assert!(bare.contains(code.as_str()), "[U+{code}] is not shown");
    }
}

/// Marks that guide the setting of others and have no shape: joiners, directions, variation selectors, tags.
fn shows_nothing(letter: char) -> bool {
    matches!(u32::from(letter), 0xAD | 0x34F | 0x61C | 0x115F | 0x1160 | 0x17B4 | 0x17B5 | 0x180B..=0x180F
        | 0x200B..=0x200F | 0x202A..=0x202E | 0x2060..=0x206F | 0x3164 | 0xFE00..=0xFE0F | 0xFEFF | 0xFFA0
        | 0xFFF0..=0xFFF8 | 0x1BCA0..=0x1BCA3 | 0x1D173..=0x1D17A | 0xE0000..=0xE0FFF)
}

#[test]
fn odd_strings_typed_as_points() {
    let Some(strings) = strings() else { return };
    let mut kept = Kept::new();
    let (as_they_are, literally) = (kept.meeting(), kept.meeting());
    for text in &strings {
        kept.types(as_they_are, &format!("\\{text}"));
        kept.types(literally, &format!("\\{}", literal(text)));
    }
    // White space at the edges is trimmed, also that which is a control (a form feed).
    let expected: Vec<String> = strings
        .iter()
        .map(|text| clean(text.trim()).0.trim().to_owned())
        .collect();

    // Typed as they are, the well-formed marks among them count as marks; nothing else is touched.
    let record = kept.archive.record(as_they_are).unwrap();
    let texts: Vec<String> = record.points.iter().map(|view| view.point.text.clone()).collect();
    same(&texts, &expected, "kept");
    let marked: Vec<String> = expected.iter().map(|text| plain(&parse(text))).collect();
    same(
        &of("entry", &seen(&publish::markdown(&record, DocumentKind::Report))),
        &marked,
        "typed",
    );
    assert!(
        marked
            .iter()
            .zip(&expected)
            .filter(|(marked, typed)| marked != typed)
            .count()
            < strings.len() / 20
    );

    // Inserted literally, controls are U+FFFD before anything is trimmed.
    let expected: Vec<String> = strings.iter().map(|text| clean(text).0.trim().to_owned()).collect();
    let record = kept.archive.record(literally).unwrap();
    same(
        &of("entry", &seen(&publish::markdown(&record, DocumentKind::Report))),
        &expected,
        "typed literally",
    );
    let with_facts: Vec<String> = expected
        .iter()
        .map(|text| format!("13:00:00 UTC · Remark · untagged: {text}"))
        .collect();
    same(
        &of("entry", &seen(&publish::markdown(&record, DocumentKind::Record))),
        &with_facts,
        "in the record",
    );
    pdf_keeps(&record, DocumentKind::Report, &expected);
}

#[test]
fn odd_strings_as_titles_of_items() {
    let Some(strings) = strings() else { return };
    let mut kept = Kept::new();
    let meeting = kept.meeting();
    for text in &strings {
        kept.types(meeting, &format!("agenda+ {}", literal(&clean_line(text))));
    }
    let record = kept.archive.record(meeting).unwrap();
    let expected: Vec<String> = strings.iter().map(|text| clean_line(text)).collect();
    let blocks = seen(&publish::markdown(&record, DocumentKind::Report));
    same(&of("entry", &blocks), &expected, "agenda");
    // A record has headings as soon as it has a point.
    kept.types(meeting, "a point");
    let record = kept.archive.record(meeting).unwrap();
    let blocks = seen(&publish::markdown(&record, DocumentKind::Record));
    let numbered: Vec<String> = expected
        .iter()
        .zip(1..)
        .map(|(text, number)| format!("{number}. {text}"))
        .collect();
    same(&of("h3", &blocks), &numbered, "headings");
    pdf_keeps(&record, DocumentKind::Record, &expected);
}

#[test]
fn odd_strings_as_passages() {
    let Some(strings) = strings() else { return };
    let mut kept = Kept::new();
    for (style, kind) in [
        (PassageStyle::Paragraph, "paragraph"),
        (PassageStyle::Bullet, "entry"),
        (PassageStyle::Number, "entry"),
        (PassageStyle::Heading, "h6"),
    ] {
        let mut plan = kept.plan();
        let item = Item::new(
            ItemId(kept.env.fresh_id()),
            OrderKey::after(None, now()),
            "Item".to_owned(),
        );
        let mut last: Option<OrderKey> = None;
        for text in &strings {
            let order = OrderKey::after(last.as_ref(), now());
            last = Some(order.clone());
            let id = PassageId(kept.env.fresh_id());
            plan.passages.push(Passage::new(
                id,
                Some(item.id),
                order,
                style.clone(),
                literal(&clean(text).0),
            ));
        }
        plan.items.push(item);
        let record = kept.imports(&plan);
        let heading = style == PassageStyle::Heading;
        let expected: Vec<String> = strings
            .iter()
            .map(|text| if heading { clean_line(text) } else { clean(text).0 })
            .collect();
        let blocks = seen(&publish::markdown(&record, DocumentKind::Report));
        // Before them: the form, the kind of document, the preamble; or the agenda.
        let before = match kind {
            "paragraph" => 3,
            "entry" => 1,
            _ => 0,
        };
        same(&of(kind, &blocks)[before..], &expected, &format!("{style:?}"));
        if style == PassageStyle::Bullet {
            pdf_keeps(&record, DocumentKind::Report, &expected);
        }
    }
}

/// An entry as the list of participants reads.
fn printed(name: &str, roles: &[String]) -> String {
    let mut parts = vec![name.to_owned()];
    parts.extend(
        roles
            .iter()
            .map(|role| plain(&parse(role)))
            .filter(|role| !role.is_empty()),
    );
    parts.join(", ")
}

#[test]
fn odd_strings_as_names_and_roles() {
    let Some(strings) = strings() else { return };
    let mut kept = Kept::new();
    let meeting = kept.meeting();
    let mut plan = kept.plan();
    let mut last: Option<OrderKey> = None;
    let (mut typed, mut imported) = (Vec::new(), Vec::new());
    for text in strings.iter().map(|text| clean_line(text)) {
        let order = OrderKey::after(last.as_ref(), now());
        last = Some(order.clone());
        let mut person = Participant::new(ParticipantId(kept.env.fresh_id()), order, text.clone());
        person.roles = vec![literal(&text), "Member".to_owned()];
        imported.push(printed(&text, &person.roles));
        plan.participants.push(person);
        // By the grammar a comma parts name and roles, and a backslash before it takes that away.
        if !text.contains([',', '，', '、']) && !text.ends_with('\\') {
            kept.types(meeting, &format!("participant: {text}, {}", literal(&text)));
            typed.push(printed(&text, &[literal(&text)]));
        }
    }
    let record = kept.archive.record(meeting).unwrap();
    same(
        &of("entry", &seen(&publish::markdown(&record, DocumentKind::Report))),
        &typed,
        "by the grammar",
    );
    let record = kept.imports(&plan);
    same(
        &of("entry", &seen(&publish::markdown(&record, DocumentKind::Report))),
        &imported,
        "by import",
    );
    pdf_keeps(&record, DocumentKind::Report, &imported);
}

#[test]
fn real_names_come_out_as_they_went_in() {
    let Some(entries) = entries() else { return };
    assert!(entries.len() > 1000);
    let mut kept = Kept::new();
    let mut plan = kept.plan();
    let mut last: Option<OrderKey> = None;
    for entry in &entries {
        let order = OrderKey::after(last.as_ref(), now());
        last = Some(order.clone());
        plan.participants.push(Participant::new(
            ParticipantId(kept.env.fresh_id()),
            order,
            entry.clone(),
        ));
    }
    let record = kept.imports(&plan);
    let expected: Vec<String> = entries.iter().map(|entry| printed(entry, &[])).collect();
    same(
        &of("entry", &seen(&publish::markdown(&record, DocumentKind::Report))),
        &expected,
        "as names",
    );
    pdf_keeps(&record, DocumentKind::Report, &expected);

    // Typed as a moderator would: the name, then the roles.
    let some = seed::Chance::of("real names").some(entries, seed::share(250, 2500));
    let meeting = kept.meeting();
    for entry in &some {
        kept.types(meeting, &format!("participant: {entry}"));
    }
    let record = kept.archive.record(meeting).unwrap();
    let found = of("entry", &seen(&publish::markdown(&record, DocumentKind::Report)));
    for (found, entry) in found.iter().zip(&some) {
        let bare = |text: &str| text.replace(['\\', ',', '，', '、', ' '], "");
        assert_eq!(bare(found), bare(&plain(&parse(entry))), "all of its words, in order");
    }
    assert_eq!(found.len(), some.len());
}
