//! The documents that come of a record: the reference report out of points, Markdown against its model, and what the
//! command line chooses.

use minuta_core::minutes::{Content, Document, Minutes, Options, compose};
use minuta_core::model::inline::{Inline, plain};
use minuta_core::model::{Collected, MeetingId, Naming, Record};
use minuta_core::{Archive, edit, export, import, sample};
use minuta_tests::reference::{Part, Reference, file as reference, sentences, words};
use pulldown_cmark::{Event, HeadingLevel, Parser, Tag, TagEnd};
use serde_json::{Value, json};

use crate::desk::Desk;
use crate::opened::type_lines;

/// The reference report, typed as a meeting: its facts, agenda and people as lines, every sentence of its discussion as
/// a point, and every passage made out of points.
fn from_points(given: &str) -> Desk {
    let reference = Reference::read(given);
    let mut typed = reference.facts.clone();
    typed.extend(reference.people.iter().map(|person| format!("participant: {person}")));
    typed.push("chair: Amrita Choudhury".to_owned());
    typed.extend(reference.agenda.iter().map(|title| format!("agenda+ {title}")));
    // One of another name for each sentence.
    let mut speakers = reference.speakers();
    let mut said = |text: &str| format!("{}: {text}", speakers.next().unwrap());
    for part in &reference.parts {
        match part {
            Part::Item(_) => typed.push("/next".to_owned()),
            Part::Section(title) => typed.push(format!("subtopic: {title}")),
            Part::Paragraph(text) => typed.extend(sentences(text).map(&mut said)),
            Part::List(_, entries) => typed.extend(entries.iter().map(|entry| said(entry))),
        }
    }
    let desk = Desk::of(|archive| {
        let new = edit::meeting::New {
            series: "IGF MAG Working Group on IGF Strengthening and Strategy".to_owned(),
            short: "WG-Strategy".to_owned(),
            number: Some(107),
            zone: "UTC".to_owned(),
            ..edit::meeting::New::default()
        };
        let id = edit::meeting::create(archive, &new).unwrap();
        let typed: Vec<&str> = typed.iter().map(String::as_str).collect();
        type_lines(archive, id, &typed);
        id
    });

    let items = desk.record()["items"].as_array().unwrap().clone();
    let mut points = desk.record()["points"].as_array().unwrap().clone().into_iter();
    let mut take =
        |count: usize| -> Vec<Value> { points.by_ref().take(count).map(|point| point["id"].clone()).collect() };
    let mut ahead = items.iter();
    let mut item = Value::Null;
    for part in &reference.parts {
        let (count, becomes) = match part {
            Part::Item(heading) => {
                let next = ahead.next().unwrap();
                item = next["id"].clone();
                if next["title"] != **heading {
                    desk.call("item_edit", json!({"item": item, "heading": heading}));
                }
                continue;
            }
            Part::Section(_) => {
                item = ahead.next().unwrap()["id"].clone();
                continue;
            }
            Part::Paragraph(text) => (sentences(text).count(), json!({"as": "paragraph"})),
            Part::List(None, entries) => (entries.len(), json!({"as": "bullets"})),
            Part::List(Some(lead_in), entries) => (entries.len(), json!({"as": "list", "lead_in": lead_in})),
        };
        desk.call(
            "passage_add",
            json!({"points": take(count), "becomes": becomes, "item": item}),
        );
    }
    desk
}

#[test]
fn the_reference_report_comes_out_of_points_to_the_line() {
    let Some(file) = reference() else { return };
    let given = std::fs::read_to_string(&file).unwrap();
    let desk = from_points(&given);
    let report = desk.call("report", json!({}));
    let wanted: Vec<String> = given.lines().filter_map(words).collect();
    let got: Vec<String> = report["markdown"].as_str().unwrap().lines().filter_map(words).collect();
    assert!(wanted.len() > 70);
    assert_eq!(got, wanted);
    // Every point is in it, and every passage but the lead-ins says on which it rests.
    for section in report["sections"].as_array().unwrap() {
        assert_eq!(section["counts"]["points"], section["counts"]["covered"], "{section}");
    }
    let passages = report["passages"].as_array().unwrap();
    assert!(passages.len() > 25);
    for passage in passages {
        let is_lead_in = passage["text"].as_str().unwrap().ends_with(':');
        assert_eq!(
            passage["sources"].as_array().unwrap().is_empty(),
            is_lead_in,
            "{passage}"
        );
        assert!(passage["people"].as_u64().unwrap() > 0, "{passage}");
    }
    let found = desk.call("lint", json!({}));
    let found: Vec<&str> = found
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["message"].as_str().unwrap())
        .collect();
    assert_eq!(
        found,
        [
            "“WSIS” is never written out",
            // One person said each of these sentences here.
            "“Several” rests on 1 person",
            "“Several” rests on 1 person",
            "“agreed”, and no decision was recorded",
            "The link “Strengthening the IGF” leads nowhere",
        ]
    );
    // Each step is one that undo takes back.
    let undone = desk.call("undo", json!({}));
    assert!(
        undone["label"].as_str().unwrap().contains("made a paragraph"),
        "{undone}"
    );
    desk.holds();
}

/// What a document is, block by block, with its links: of the model, and of what a parser makes of its Markdown.
type Outline = Vec<(String, String, Vec<(String, String)>)>;

fn links(inlines: &[Inline], found: &mut Vec<(String, String)>) {
    for inline in inlines {
        match inline {
            Inline::Link { label, url } => found.push((plain(label), url.clone())),
            Inline::Strong(inner) | Inline::Emphasis(inner) => links(inner, found),
            _ => {}
        }
    }
}

fn of_model(minutes: &Minutes) -> Outline {
    let mut outline = Outline::new();
    let mut push = |kind: String, number: &str, text: &[Inline]| {
        let mut found = Vec::new();
        links(text, &mut found);
        let gap = if number.is_empty() || text.is_empty() { "" } else { " " };
        outline.push((kind, format!("{number}{gap}{}", plain(text)), found));
    };
    if !minutes.notice.is_empty() {
        push("p".to_owned(), "", &[Inline::Text(minutes.notice.clone())]);
    }
    for block in &minutes.blocks {
        match &block.content {
            Content::Title(text) => push("h1".to_owned(), "", text),
            Content::Subtitle(text) | Content::Paragraph { text, .. } => push("p".to_owned(), "", text),
            Content::Heading { level, number, text } => push(format!("h{}", level + 1), number, text),
            Content::List { ordered, entries } => {
                let list = if *ordered { "ol" } else { "ul" };
                push(list.to_owned(), "", &[]);
                for entry in entries {
                    push("li".to_owned(), "", &entry.text);
                }
            }
            Content::Table { header, rows, .. } => {
                push("table".to_owned(), "", &[]);
                for cell in header.iter().chain(rows.iter().flat_map(|row| &row.cells)) {
                    push("td".to_owned(), "", cell);
                }
            }
        }
    }
    outline
}

fn of_markdown(source: &str, tables: bool) -> Outline {
    let mut options = pulldown_cmark::Options::empty();
    options.set(pulldown_cmark::Options::ENABLE_TABLES, tables);
    let mut outline = Outline::new();
    let mut label: Option<(usize, String)> = None;
    let push = |outline: &mut Outline, kind: &str| outline.push((kind.to_owned(), String::new(), Vec::new()));
    for event in Parser::new_ext(source, options) {
        match event {
            Event::Start(Tag::Paragraph) => push(&mut outline, "p"),
            Event::Start(Tag::Heading { level, .. }) => {
                let kind = match level {
                    HeadingLevel::H1 => "h1",
                    HeadingLevel::H2 => "h2",
                    HeadingLevel::H3 => "h3",
                    HeadingLevel::H4 => "h4",
                    HeadingLevel::H5 => "h5",
                    HeadingLevel::H6 => "h6",
                };
                push(&mut outline, kind);
            }
            Event::Start(Tag::List(first)) => push(&mut outline, if first.is_some() { "ol" } else { "ul" }),
            Event::Start(Tag::Item) => push(&mut outline, "li"),
            Event::Start(Tag::Table(_)) => push(&mut outline, "table"),
            Event::Start(Tag::TableCell) => push(&mut outline, "td"),
            Event::Start(Tag::Link { dest_url, .. }) => {
                let (_, text, links) = outline.last_mut().unwrap();
                label = Some((text.len(), dest_url.to_string()));
                links.push((String::new(), dest_url.to_string()));
            }
            Event::End(TagEnd::Link) => {
                let (from, _) = label.take().unwrap();
                let (_, text, links) = outline.last_mut().unwrap();
                links.last_mut().unwrap().0 = text[from..].to_owned();
            }
            Event::Text(text) | Event::Code(text) => outline.last_mut().unwrap().1.push_str(&text),
            Event::HardBreak => outline.last_mut().unwrap().1.push('\n'),
            Event::Start(Tag::Strong | Tag::Emphasis | Tag::BlockQuote(_) | Tag::TableHead | Tag::TableRow)
            | Event::End(_) => {}
            other => panic!("{other:?} in\n{source}"),
        }
    }
    outline
}

#[test]
fn every_documents_markdown_is_what_the_model_is() {
    let folder = tempfile::tempdir().unwrap();
    let mut archive = crate::opened::open(&folder.path().join("all.minuta"), 3);
    let mut records: Vec<Record> = Vec::new();
    let bare = edit::meeting::create(&mut archive, &sample::new()).unwrap();
    type_lines(&mut archive, bare, &sample::LINES.lines().collect::<Vec<_>>());
    let of = |archive: &Archive, id: MeetingId| archive.record(id).unwrap();
    let whole = sample::make(&mut archive).unwrap();
    records.extend([of(&archive, bare), of(&archive, whole)]);
    if let Some(file) = reference() {
        let given = std::fs::read_to_string(&file).unwrap();
        let (plan, _) = import::report(&given, "report.md", archive.env());
        let imported = edit::import::as_new(&mut archive, &plan).unwrap();
        records.push(of(&archive, imported));
        let desk = from_points(&given);
        records.push(of(&desk.archive.lock().unwrap(), desk.meeting));
    }
    let mut seen = 0;
    for record in &records {
        for document in [Document::Report, Document::Record] {
            for (naming, collected, internal) in [
                (Naming::Name, Collected::InPlace, false),
                (Naming::Role, Collected::Tables, true),
                (Naming::Unnamed, Collected::Both, false),
            ] {
                let options = Options {
                    document,
                    naming,
                    by_owner: internal,
                    keep_officers: internal,
                    internal,
                    collected,
                    justified: internal,
                };
                let minutes = compose(record, &options);
                let source = export::markdown(&minutes);
                let wanted = of_model(&minutes);
                seen += wanted.len();
                assert_eq!(of_markdown(&source, true), wanted, "{options:?}");
                if options.collected == Collected::InPlace {
                    assert_eq!(of_markdown(&source, false), wanted, "no table is needed: {options:?}");
                }
            }
        }
    }
    assert!(seen > 1000, "{seen}");
}

#[test]
fn the_command_line_looks_through_a_report_and_exports_as_chosen() {
    let archive = minuta_tests::cli::Archive::new();
    archive.run(&["sample"], "").well();
    let told = archive.run(&["lint", "latest"], "");
    assert_eq!((told.status.code(), told.err.as_str()), (Some(1), ""));
    let found: Vec<Vec<&str>> = told.out.lines().map(|line| line.splitn(3, '\t').collect()).collect();
    let of = |place: &str, code: &str| found.iter().any(|one| one[0] == place && one[1] == code);
    assert!(
        of("3.2", "speaker") && of("3.3", "action_due") && of("8", "link"),
        "{}",
        told.out
    );
    assert!(
        found.iter().all(|one| one[1] != "named"),
        "everybody is named: {}",
        told.out
    );
    let told = archive.run(&["lint", "latest", "--json", "--naming", "unnamed"], "");
    let json: Value = serde_json::from_str(&told.out).unwrap();
    let named = json
        .as_array()
        .unwrap()
        .iter()
        .find(|one| one["code"] == "named")
        .unwrap();
    assert_eq!(named["place"]["of"], "passage");

    let export = |words: &[&str]| {
        let all = [&["export", "latest", "--to", "-", "--format", "markdown"], words].concat();
        archive.run(&all, "").well()
    };
    let usual = export(&[]);
    assert!(
        usual.contains("1. Marit Solheim, Group's Chair") && !usual.contains("## Decisions"),
        "{usual}"
    );
    let chosen = export(&[
        "--naming",
        "role",
        "--keep-officers",
        "--collected",
        "tables",
        "--by-owner",
    ]);
    assert!(chosen.contains("\n1. Marit Solheim, Group's Chair"), "{chosen}");
    assert!(chosen.contains("\n12. Port of Aomi\n"), "{chosen}");
    assert!(
        chosen.contains("## Actions\n\n### Group's Co-Chair\n\n| No. | Action | Due |"),
        "{chosen}"
    );
    // Nothing of a name is left but in the passages, which lint tells of.
    let tables = chosen.split("## Decisions").nth(1).unwrap();
    assert!(
        !tables.contains("Ngozi") && tables.contains("Group's Co-Chair to send the calendar"),
        "{tables}"
    );
    let against = export(&["--collected", "tables", "--by-owner=false"]);
    assert!(!against.contains("### Group's Co-Chair"), "{against}");
    let secret = "The two suppliers are not to be named";
    assert!(!export(&["--document", "record"]).contains(secret));
    let internal = export(&["--document", "record", "--internal"]);
    assert!(
        internal.starts_with("> Internal: ") && internal.contains(secret),
        "{internal}"
    );

    // A report that nobody would ask anything about ends well.
    let id = archive
        .run(
            &[
                "new",
                "--series",
                "Group",
                "--short",
                "G",
                "--number",
                "1",
                "--starts",
                "2026-01-15T13:00:00Z",
                "--zone",
                "UTC",
            ],
            "",
        )
        .well();
    archive
        .run(
            &["capture", id.trim()],
            "participant: Ann, Chair\nchair: Ann\ntopic: Lights\nAnn: the lamp is out\n",
        )
        .well();
    assert_eq!(archive.run(&["lint", id.trim()], "").well(), "");
    assert_eq!(
        archive
            .run(&["lint", "latest", "--naming", "numbers"], "")
            .status
            .code(),
        Some(2)
    );
}
