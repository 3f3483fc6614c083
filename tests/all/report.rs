//! From points to prose: the commands of the report view on a real file, and the documents that come of them.

use minuta_core::minutes::{Content, Document, Minutes, Options, compose};
use minuta_core::model::inline::{Inline, plain};
use minuta_core::model::{Collected, MeetingId, Naming, Record};
use minuta_core::{Archive, edit, export, import, sample};
use pulldown_cmark::{Event, HeadingLevel, Parser, Tag, TagEnd};
use serde_json::{Value, json};

use crate::desk::Desk;
use crate::opened::type_lines;
use crate::reference::{reference, words};

const LINES: [&str; 17] = [
    "participant: Ann Olsen, Chair",
    "participant: Ben Okoro, Port of Aomi",
    "participant: Ben Okoro, independent",
    "participant: Cy Dee",
    "chair: Ann Olsen",
    "topic: Lights",
    "Ann Olsen: the lamp at the **north** pier is out",
    "Cy Dee: two ships missed it",
    "... in one night",
    "*: nobody was hurt",
    "[off] the owner is late with the rent",
    "?: who pays?",
    "topic: Buoys",
    "Ann Olsen: a buoy drifts",
    "Cy Dee: it was seen off the cape",
    "decision: the buoy is replaced",
    "action: Cy Dee to order a buoy by 20 March",
];

fn written(desk: &Desk, item: &Value) -> Value {
    desk.call("section", json!({"item": item}))
}

/// Style, text and label of the passages of a section.
fn passages(desk: &Desk, item: &Value) -> Vec<(String, String, String)> {
    let section = written(desk, item);
    let of = |passage: &Value, key: &str| passage[key].as_str().unwrap().to_owned();
    let passages = section["passages"].as_array().unwrap().iter();
    passages
        .map(|passage| (of(passage, "style"), of(passage, "text"), of(passage, "label")))
        .collect()
}

fn texts(desk: &Desk, item: &Value) -> Vec<String> {
    passages(desk, item).into_iter().map(|(_, text, _)| text).collect()
}

fn becomes(desk: &Desk, item: &Value, texts: &[&str], becomes: Value) -> Value {
    let points: Vec<Value> = texts.iter().map(|text| desk.point(text)).collect();
    desk.does(
        "passage_add",
        json!({"points": points, "becomes": becomes, "item": item}),
    )["id"]
        .clone()
}

const LAMP: &str = "the lamp at the **north** pier is out";

#[test]
fn points_become_prose_and_each_knows_the_other() {
    let desk = Desk::with(&LINES);
    let lights = desk.id("items", "title", "Lights");
    let before = written(&desk, &lights);
    assert_eq!(
        before["counts"],
        json!({"points": 6, "covered": 0, "open": 5, "set_aside": 1})
    );

    let first = becomes(
        &desk,
        &lights,
        &["in one night", LAMP, "two ships missed it"],
        json!({"as": "paragraph"}),
    );
    assert_eq!(
        passages(&desk, &lights),
        [(
            "paragraph".to_owned(),
            "The lamp at the **north** pier is out. Two ships missed it in one night.".to_owned(),
            String::new()
        )]
    );
    let section = written(&desk, &lights);
    assert_eq!(section["passages"][0]["people"], 2);
    assert_eq!(section["passages"][0]["points"], 3);
    assert_eq!(section["points"][0]["coverage"], "covered");
    assert_eq!(section["points"][0]["passages"], json!([first]));
    let states: Vec<&str> = section["points"]
        .as_array()
        .unwrap()
        .iter()
        .map(|point| point["coverage"].as_str().unwrap())
        .collect();
    assert_eq!(states, ["covered", "covered", "covered", "open", "internal", "open"]);

    // More of a passage that stands already.
    becomes(
        &desk,
        &lights,
        &["nobody was hurt"],
        json!({"as": "into", "passage": first}),
    );
    assert!(texts(&desk, &lights)[0].ends_with("one night. Nobody was hurt."));
    assert_eq!(written(&desk, &lights)["passages"][0]["unsure"], 1);

    // What is off the record gets into no passage.
    let secret = desk.point("the owner is late with the rent");
    let add = json!({"points": [secret], "becomes": {"as": "paragraph"}, "item": lights});
    desk.refuses("passage_add", add, "off the record");
    desk.refuses(
        "passage_sources",
        json!({"passage": first, "add": [secret], "remove": []}),
        "off the record",
    );
    desk.refuses(
        "passage_add",
        json!({"points": [], "becomes": {"as": "bullets"}, "item": lights}),
        "no words",
    );

    // On purpose not for the report, and back; taken up, it is not set aside any more.
    let asks = desk.point("who pays?");
    desk.does("point_set_aside", json!({"points": [asks], "set_aside": true}));
    assert_eq!(
        written(&desk, &lights)["counts"],
        json!({"points": 6, "covered": 4, "open": 0, "set_aside": 2})
    );
    becomes(&desk, &lights, &["who pays?"], json!({"as": "numbers"}));
    assert_eq!(desk.row("points", "text", "who pays?")["set_aside"], false);
    assert_eq!(passages(&desk, &lights)[1].2, "1.");
    desk.does(
        "passage_sources",
        json!({"passage": first, "add": [asks], "remove": [desk.point(LAMP)]}),
    );
    let report = desk.call("report", json!({}));
    assert_eq!(report["sections"][1]["counts"]["open"], 1);
    assert_eq!(report["sections"][2]["counts"]["open"], 4);
    desk.holds();
}

#[test]
fn a_retry_doubles_nothing() {
    let desk = Desk::with(&LINES);
    let lights = desk.id("items", "title", "Lights");
    let id = "0198c0de-0000-7000-8000-00000000000b";
    let add = json!({"points": [desk.point(LAMP)], "becomes": {"as": "bullets"}, "item": lights, "id": id});
    assert_eq!(desk.does("passage_add", add.clone())["id"], id);
    assert_eq!(desk.call("passage_add", add)["id"], id);
    let write = json!({"style": "paragraph", "text": "By hand.", "item": lights, "id": "0198c0de-0000-7000-8000-00000000000c", "place": {"before": id}});
    desk.does("passage_write", write.clone());
    desk.call("passage_write", write);
    assert_eq!(texts(&desk, &lights), ["By hand.", LAMP]);
    desk.holds();
}

#[test]
fn passages_are_set_moved_joined_and_split() {
    let desk = Desk::with(&LINES);
    let (lights, buoys) = (desk.id("items", "title", "Lights"), desk.id("items", "title", "Buoys"));
    let lead = becomes(
        &desk,
        &buoys,
        &["a buoy drifts", "it was seen off the cape"],
        json!({"as": "list", "lead_in": "It was noted that:"}),
    );
    let section = written(&desk, &buoys);
    let ids: Vec<Value> = (0..3).map(|at| section["passages"][at]["id"].clone()).collect();
    assert_eq!(ids[0], lead);
    assert_eq!(section["passages"][0]["people"], 2, "the lead-in stands for its list");
    assert_eq!(
        passages(&desk, &buoys)
            .iter()
            .map(|(style, ..)| style.as_str())
            .collect::<Vec<_>>(),
        ["paragraph", "bullet", "bullet"]
    );
    desk.does(
        "passage_style",
        json!({"passages": [ids[1], ids[2]], "style": "number"}),
    );
    assert_eq!(passages(&desk, &buoys)[2].2, "2.");
    let moved = json!({"passages": [ids[2]], "item": buoys, "place": {"before": ids[0]}});
    desk.does("passage_move", moved);
    assert_eq!(texts(&desk, &buoys)[0], "it was seen off the cape");
    desk.refuses(
        "passage_move",
        json!({"passages": [ids[2]], "item": buoys, "place": {"behind": ids[2]}}),
        "beside itself",
    );
    desk.refuses(
        "passage_move",
        json!({"passages": [ids[2]], "item": lights, "place": {"behind": ids[1]}}),
        "not in this section",
    );
    desk.does("passage_move", json!({"passages": [ids[2], ids[1]], "item": lights}));
    assert_eq!(texts(&desk, &lights), ["it was seen off the cape", "a buoy drifts"]);
    let joined = desk.does("passage_join", json!({"passages": [ids[1], ids[2]]}))["id"].clone();
    assert_eq!(joined, ids[2], "the first of them stays");
    assert_eq!(texts(&desk, &lights), ["it was seen off the cape a buoy drifts"]);
    assert_eq!(
        written(&desk, &lights)["passages"][0]["sources"]
            .as_array()
            .unwrap()
            .len(),
        2
    );
    desk.refuses("passage_join", json!({"passages": [joined]}), "two or more");
    let rev = desk.call("passage_editor", json!({"passage": joined}))["rev"].clone();
    let halves = json!({"passage": joined, "rev": rev, "first": "It was seen.", "second": "It drifts."});
    let second = desk.does("passage_split", halves)["id"].clone();
    assert_eq!(texts(&desk, &lights), ["It was seen.", "It drifts."]);
    let none = json!({"passage": joined, "rev": rev, "first": "x", "second": " "});
    desk.refuses("passage_split", none, "need words");
    desk.does("passage_delete", json!({"passages": [second, joined]}));
    assert_eq!(texts(&desk, &lights), [""; 0]);
    desk.refuses("passage_editor", json!({"passage": joined}), "not there any more");
    desk.holds();
}

#[test]
fn a_colleagues_words_stay() {
    let desk = Desk::with(&LINES);
    let lights = desk.id("items", "title", "Lights");
    let passage = becomes(&desk, &lights, &[LAMP], json!({"as": "paragraph"}));
    let opened = desk.call("passage_editor", json!({"passage": passage}));
    assert_eq!(opened["text"], "The lamp at the **north** pier is out.");
    let edit = |rev: &Value, text: &str| json!({"passage": passage, "rev": rev, "text": text});
    desk.does(
        "passage_edit",
        edit(&Value::Null, "The lamp at the **north** pier is out again."),
    );
    desk.does(
        "passage_edit",
        edit(&opened["rev"], "The old lamp at the **north** pier is out."),
    );
    assert_eq!(
        texts(&desk, &lights),
        ["The old lamp at the **north** pier is out again."]
    );
    desk.refuses("passage_edit", edit(&opened["rev"], "  "), "needs words");
    desk.holds();
}

#[test]
fn a_section_is_made_of_passages() {
    let desk = Desk::with(&LINES);
    let buoys = desk.id("items", "title", "Buoys");
    let first = becomes(&desk, &buoys, &["a buoy drifts"], json!({"as": "paragraph"}));
    let second = becomes(&desk, &buoys, &["it was seen off the cape"], json!({"as": "paragraph"}));
    let made = desk.does(
        "passages_to_section",
        json!({"passages": [second], "title": "Off the cape"}),
    );
    let section = desk.row("items", "title", "Off the cape");
    assert_eq!(section["id"], made["id"]);
    assert_eq!((&section["parent"], &section["label"]), (&buoys, &json!("2.1")));
    assert_eq!(texts(&desk, &made["id"]), ["It was seen off the cape."]);
    assert_eq!(
        desk.row("points", "text", "it was seen off the cape")["item"],
        made["id"],
        "what it rests on goes with it"
    );
    // Another one comes before it: what stays in the item stands before its sections.
    desk.does("passages_to_section", json!({"passages": [first], "title": "Drift"}));
    assert_eq!(desk.row("items", "title", "Drift")["label"], "2.1");
    assert_eq!(desk.row("items", "title", "Off the cape")["label"], "2.2");
    let lights = desk.id("items", "title", "Lights");
    let other = becomes(&desk, &lights, &[LAMP], json!({"as": "paragraph"}));
    desk.refuses(
        "passages_to_section",
        json!({"passages": [first, other], "title": "Both"}),
        "several items",
    );
    desk.refuses(
        "passages_to_section",
        json!({"passages": [other], "title": " "}),
        "needs a title",
    );
    desk.holds();
}

#[test]
fn names_in_the_text_are_offered_as_mentions() {
    let desk = Desk::with(&LINES);
    let offers = desk.call("mention_offers", json!({"text": "𝒳 Cy Dee and Ben Okoro agreed"}));
    let cy = desk.id("participants", "name", "Cy Dee");
    assert_eq!(
        offers[0],
        json!({"from": 3, "to": 9, "words": "Cy Dee", "participants": [cy],
            "mended": format!("𝒳 [Cy Dee](minuta:participant/{}) and Ben Okoro agreed", cy.as_str().unwrap())})
    );
    assert_eq!(offers[1]["participants"].as_array().unwrap().len(), 2);
    assert_eq!(offers[1]["mended"], Value::Null, "two bear this name");
}

#[test]
fn the_settings_of_the_body_are_kept() {
    let desk = Desk::with(&LINES);
    let usual = desk.call("report_settings", json!({}));
    assert_eq!(usual["naming"], "name");
    assert_eq!(usual["thresholds"], json!({"some": 2, "several": 3, "many": 6}));
    let phrases = usual["phrases"].as_array().unwrap().len();
    assert!(phrases > 5);
    let edit = json!({"naming": "unnamed", "keep_officers": true, "collected": "tables",
        "thresholds": {"some": 2, "several": 4, "many": 9}, "phrases": ["It was heard that …", " "]});
    desk.call("report_settings_edit", edit);
    let now = desk.call("report_settings", json!({}));
    assert_eq!(
        now,
        json!({"naming": "unnamed", "keep_officers": true, "collected": "tables", "by_owner": false,
            "thresholds": {"some": 2, "several": 4, "many": 9}, "phrases": ["It was heard that …"]})
    );
    desk.refuses(
        "report_settings_edit",
        json!({"thresholds": {"some": 5, "several": 4, "many": 9}}),
        "may not ask for more",
    );
    desk.call("report_settings_edit", json!({"phrases": []}));
    assert_eq!(
        desk.call("report_settings", json!({}))["phrases"]
            .as_array()
            .unwrap()
            .len(),
        phrases
    );
    desk.holds();
}

#[test]
fn a_finding_is_mended_by_one_key_and_undone_by_its_name() {
    let desk = Desk::with(&LINES);
    let lights = desk.id("items", "title", "Lights");
    let passage = becomes(&desk, &lights, &[LAMP], json!({"as": "paragraph"}));
    desk.does(
        "passage_edit",
        json!({"passage": passage, "rev": null, "text": "Many speakers said that the lamp is out."}),
    );
    let codes = |desk: &Desk| -> Vec<(String, String)> {
        let found = desk.call("lint", json!({}));
        let found = found.as_array().unwrap().iter();
        found
            .map(|finding| {
                (
                    finding["code"].as_str().unwrap().to_owned(),
                    finding["id"].as_str().unwrap().to_owned(),
                )
            })
            .collect()
    };
    let all = codes(&desk);
    let of = |code: &str| all.iter().find(|(found, _)| found == code).unwrap().1.clone();
    assert_eq!(
        all.iter().map(|(code, _)| code.as_str()).collect::<Vec<_>>(),
        ["fact", "uncovered", "speaker", "quantifier"],
        "this meeting has no date yet"
    );
    let quantifier = of("quantifier");
    desk.does("finding_mend", json!({"finding": quantifier}));
    assert_eq!(texts(&desk, &lights), ["One speaker said that the lamp is out."]);
    desk.refuses("finding_mend", json!({"finding": quantifier}), "mended meanwhile");
    desk.refuses("finding_mend", json!({"finding": of("speaker")}), "by hand");
    desk.does("finding_mend", json!({"finding": of("uncovered")}));
    assert_eq!(written(&desk, &lights)["counts"]["open"], 0);
    // What is looked for follows the naming that is asked.
    desk.does(
        "passage_edit",
        json!({"passage": passage, "rev": null, "text": "It was said by Cy Dee."}),
    );
    let unnamed = json!({"choices": {"naming": "unnamed"}});
    let found = desk.call("lint", unnamed.clone());
    let named = found
        .as_array()
        .unwrap()
        .iter()
        .find(|one| one["code"] == "named")
        .unwrap();
    assert_eq!(named["mend"]["words"], "Name them as the export asks");
    let mend = json!({"finding": named["id"], "choices": {"naming": "unnamed"}});
    desk.does("finding_mend", mend);
    let shown = |choices: Value| desk.call("report", choices)["markdown"].as_str().unwrap().to_owned();
    assert!(shown(unnamed).contains("It was said by a participant."));
    assert!(shown(json!({})).contains("It was said by Cy Dee."));
    desk.holds();
}

/// What stands under a heading of the reference report.
#[derive(Debug)]
enum Part<'a> {
    Item(&'a str),
    Section(&'a str),
    Paragraph(&'a str),
    List(Option<&'a str>, Vec<&'a str>),
}

/// The parts of its discussion, in order.
fn parts<'a>(lines: &[&'a str]) -> Vec<Part<'a>> {
    let mut parts: Vec<Part<'a>> = Vec::new();
    for line in lines {
        let number = line.split(' ').next().unwrap();
        let rest = line[number.len()..].trim();
        if let Some(entry) = line.strip_prefix("- ") {
            match parts.last_mut() {
                Some(Part::List(_, entries)) => entries.push(entry),
                Some(Part::Paragraph(lead_in)) if lead_in.ends_with(':') => {
                    let lead_in = *lead_in;
                    parts.pop();
                    parts.push(Part::List(Some(lead_in), vec![entry]));
                }
                _ => parts.push(Part::List(None, vec![entry])),
            }
        } else if !number.starts_with(|c: char| c.is_ascii_digit()) {
            parts.push(Part::Paragraph(line));
        } else if number.ends_with('.') {
            parts.push(Part::Item(rest));
        } else {
            parts.push(Part::Section(rest));
        }
    }
    parts
}

/// The reference report, typed as a meeting: its facts, agenda and people as lines, every sentence of its discussion as
/// a point, and every passage made out of points.
fn from_points(given: &str) -> Desk {
    let lines: Vec<&str> = given
        .trim_start_matches('\u{feff}')
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .collect();
    let place = |words: &str| lines.iter().position(|line| *line == words).unwrap();
    let (agenda, discussion, people) = (place("Agenda"), place("Discussion"), place("List of participants"));
    let unnumbered = |line: &str| line.split_once(' ').unwrap().1.to_owned();
    let names: Vec<String> = lines[people + 1..].iter().map(|line| unnumbered(line)).collect();
    let mut typed: Vec<String> = vec![
        format!("meeting: {}", lines[0]),
        format!("date: {}", lines[2]),
        "recording: available upon request".to_owned(),
        "next meeting: 15 January 2026 at 13.00 UTC".to_owned(),
    ];
    typed.extend(names.iter().map(|person| format!("participant: {person}")));
    typed.push("chair: Amrita Choudhury".to_owned());
    typed.extend(
        lines[agenda + 1..discussion]
            .iter()
            .map(|line| format!("agenda+ {}", unnumbered(line))),
    );
    let parts = parts(&lines[discussion + 1..people]);
    // One of another name for each sentence, but those of whom there are two.
    let mut speakers = names
        .iter()
        .map(|person| person.split(',').next().unwrap())
        .filter(|name| *name != "Jorge Perez")
        .cycle();
    let mut said = |text: &str| format!("{}: {text}", speakers.next().unwrap());
    for part in &parts {
        match part {
            Part::Item(_) => typed.push("/next".to_owned()),
            Part::Section(title) => typed.push(format!("subtopic: {title}")),
            // Typed in haste: the stop is left out.
            Part::Paragraph(text) => typed.extend(text.trim_end_matches('.').split(". ").map(&mut said)),
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
    for part in &parts {
        let (count, becomes) = match part {
            Part::Item(heading) => {
                let next = ahead.next().unwrap();
                item = next["id"].clone();
                if next["title"] != *heading {
                    desk.call("item_edit", json!({"item": item, "heading": heading}));
                }
                continue;
            }
            Part::Section(_) => {
                item = ahead.next().unwrap()["id"].clone();
                continue;
            }
            Part::Paragraph(text) => (text.split(". ").count(), json!({"as": "paragraph"})),
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
