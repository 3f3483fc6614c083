//! A real working group's finished report, through the program that users run: in, out, and in again.

use std::collections::BTreeSet;
use std::process::Command;

use minuta_tests::cli::Archive;
use minuta_tests::left_out;
use minuta_tests::process::{is_there, run};
use minuta_tests::reference::{file as reference, words};
use serde_json::Value;

/// An archive with the report in it, and the meeting's id.
fn imported(file: &std::path::Path) -> (Archive, String) {
    let archive = Archive::new();
    let told = archive.run(&["import", file.to_str().unwrap(), "--as", "report"], "");
    assert_eq!(told.err, "", "everything in it is understood");
    let id = told.well().trim().to_owned();
    (archive, id)
}

#[test]
fn it_comes_out_as_it_went_in() {
    let Some(file) = reference() else { return };
    let (archive, id) = imported(&file);
    archive.run(&["export", &id, "--to", "out.md"], "").well();
    let exported = std::fs::read_to_string(archive.folder().join("out.md")).unwrap();
    let given = std::fs::read_to_string(&file).unwrap();
    let given: Vec<String> = given.lines().filter_map(words).collect();
    let got: Vec<String> = exported.lines().filter_map(words).collect();
    assert!(given.len() > 70, "the report is there whole: {}", given.len());
    assert_eq!(got, given);

    // The second way round changes not a byte.
    let again = archive.run(&["import", "out.md"], "").well();
    assert_ne!(again.trim(), id);
    archive.run(&["export", again.trim(), "--to", "again.md"], "").well();
    let second = std::fs::read_to_string(archive.folder().join("again.md")).unwrap();
    assert_eq!(second, exported);
    // Nor does the way through standard output.
    let printed = archive
        .run(&["export", &id, "--to", "-", "--format", "markdown"], "")
        .well();
    assert_eq!(printed, exported);
    archive.is_whole();
}

#[test]
fn the_sample_comes_back_the_same_from_markdown_and_from_plain_text() {
    let archive = Archive::new();
    archive.run(&["sample"], "").well();
    let export = |file: &str| {
        archive.run(&["export", "latest", "--to", file], "").well();
        std::fs::read_to_string(archive.folder().join(file)).unwrap()
    };
    let first = export("first.md");
    let plain: Vec<&str> = first
        .lines()
        .map(|line| line.trim_start_matches('#').trim_start())
        .collect();
    std::fs::write(archive.folder().join("plain.txt"), plain.join("\r\n")).unwrap();
    for file in ["first.md", "plain.txt"] {
        let told = archive.run(&["import", file], "");
        assert_eq!(told.err, format!("minuta-cli: {file}: taken for a finished report\n"));
        assert_eq!(export("again.md"), first, "{file}");
    }
    let excused = |person: &&Value| person["state"] == "apologies";
    let record = archive.record("latest");
    let people = record["participants"].as_array().unwrap();
    assert_eq!(people.iter().filter(excused).count(), 1);
    assert!(
        people
            .iter()
            .any(|person| person["name"] == "Jun Sato" && person["roles"][0] == "Port of Aomi")
    );
    assert!(
        people
            .iter()
            .any(|person| person["roles"][1] == "Office for Charts, Tides and Currents")
    );
}

#[test]
fn its_facts_are_facts() {
    let Some(file) = reference() else { return };
    let (archive, id) = imported(&file);
    let record = archive.record(&id);
    let meeting = &record["meeting"];
    assert_eq!(meeting["id"], id.as_str());
    assert_eq!(meeting["number"], 107);
    assert_eq!(meeting["starts"], "2025-12-18T14:00:00Z");
    assert_eq!(meeting["next_starts"], "2026-01-15T13:00:00Z");
    assert_eq!(meeting["short"], "WG-Strategy");
    assert_eq!(
        meeting["body"],
        "IGF MAG Working Group on IGF Strengthening and Strategy"
    );
    assert_eq!(meeting["name"], "MAG Working Group on IGF Strengthening and Strategy");
    assert_eq!(meeting["form"], "Online Meeting");
    assert_eq!(meeting["document_kind"], "Summary Report");
    assert_eq!(meeting["recording"], "available upon request");
    assert_eq!(meeting["preamble"], "", "the preamble is made from the facts");

    let people = record["participants"].as_array().unwrap();
    assert_eq!(people.len(), 27);
    let ids: BTreeSet<&str> = people.iter().map(|person| person["id"].as_str().unwrap()).collect();
    assert_eq!(ids.len(), 27);
    let named = |name: &str| -> Vec<&Value> { people.iter().filter(|person| person["name"] == name).collect() };
    assert_eq!(
        meeting["moderators"],
        serde_json::json!([named("Amrita Choudhury")[0]["id"]])
    );
    let titti = named("Titti Cassa");
    assert_eq!(
        titti[0]["roles"],
        serde_json::json!(["Group's Co-Chair", "IGF MAG member", "Government of Italy"])
    );
    let jorges = named("Jorge Perez");
    assert_eq!(jorges.len(), 2, "two people of one name stay two");
    assert_eq!(jorges[0]["roles"], serde_json::json!(["IGF MAG Member"]));
    assert_eq!(jorges[1]["roles"], serde_json::json!(["IGF Spain coordinator"]));

    let items = record["items"].as_array().unwrap();
    let labels: Vec<&str> = items.iter().map(|item| item["label"].as_str().unwrap()).collect();
    assert_eq!(
        labels
            .iter()
            .filter(|label| !label.contains('.'))
            .copied()
            .collect::<Vec<_>>(),
        ["1", "2", "3", "4"]
    );
    assert!(labels.contains(&"1.1") && labels.contains(&"2.2"), "{labels:?}");
    let item = |label: &str| items.iter().find(|item| item["label"] == label).unwrap();
    assert_eq!(item("1")["title"], "WSIS+20 outcomes and implications for the IGF");
    assert_eq!(item("1")["heading"], "WSIS+20 Outcomes and Implications for the IGF");
    assert_eq!(item("4")["title"], "Any other business (AoB)");
    assert_eq!(item("4")["heading"], "Any other business");
    assert_eq!(item("3")["heading"], "", "the same in both places is said once");
    assert_eq!(item("1.1")["parent"], item("1")["id"]);
    assert!(
        record["points"].as_array().unwrap().is_empty(),
        "a report has passages, no points"
    );
    let passages = record["passages"].as_array().unwrap();
    assert!(passages.iter().any(|passage| passage["style"] == "bullet"));
    for passage in passages {
        assert!(
            items.iter().any(|item| item["id"] == passage["item"]),
            "under an item of the agenda: {passage}"
        );
    }
}

/// Reads the PDF with other people's programs.
#[test]
fn its_pdf_is_sound() {
    let Some(file) = reference() else { return };
    let (archive, id) = imported(&file);
    let told = archive.run(&["export", &id, "--to", "out.pdf"], "");
    assert_eq!(told.err, "", "no character is missing");
    told.well();
    let pdf = archive.folder().join("out.pdf");
    let tool = |name: &str, words: &[&str]| -> Option<String> {
        if !is_there(name) {
            left_out(&format!("{name} is not installed"));
            return None;
        }
        Some(run(Command::new(name).args(words).arg(&pdf), "").well())
    };
    if let Some(said) = tool("qpdf", &["--check"]) {
        assert!(said.contains("No syntax or stream encoding errors"), "{said}");
    }
    if let Some(said) = tool("pdfinfo", &[]) {
        let has = |key: &str, value: &str| {
            let line = said.lines().find(|line| line.starts_with(&format!("{key}:")));
            assert!(
                line.is_some_and(|line| line.contains(value)),
                "{key} is not {value}: {said}"
            );
        };
        has("Title", "WG-Strategy 107, 18 December 2025");
        has("Author", "IGF MAG Working Group on IGF Strengthening and Strategy");
        has("Subject", "Summary Report");
        has("Creator", "Minuta");
        has("Page size", "A4");
        assert!(said.contains("CreationDate:"), "{said}");
    }
    if let Some(said) = tool("pdffonts", &[]) {
        let fonts: Vec<Vec<&str>> = said
            .lines()
            .skip(2)
            .map(|line| line.split_whitespace().collect())
            .collect();
        assert!(!fonts.is_empty(), "{said}");
        for font in &fonts {
            // … emb sub uni object ID
            let [.., embedded, subset, unicode, _, _] = font.as_slice() else {
                panic!("{said}")
            };
            assert_eq!([*embedded, *subset, *unicode], ["yes", "yes", "yes"], "{said}");
        }
        assert!(said.contains("Bold"), "what is bold is set in a bold face: {said}");
    }
    // Copied and pasted, it is the report again, but for the ends of lines and pages.
    let given = std::fs::read_to_string(&file).unwrap();
    let text = Command::new("pdftotext").arg("-layout").arg(&pdf).arg("-").output();
    if let (true, Ok(text)) = (is_there("pdftotext"), text) {
        let text = String::from_utf8(text.stdout).unwrap();
        let squeezed = |text: &str| text.split_whitespace().collect::<String>();
        for number in 1..=27 {
            assert!(
                text.lines()
                    .any(|line| line.trim_start().starts_with(&format!("{number}. "))),
                "participant {number}: {text}"
            );
        }
        assert!(
            text.contains("27. Wim Degezelle, IGF Secretariat") || text.contains("27.  Wim"),
            "{text}"
        );
        let pages: Vec<&str> = text.split('\u{c}').filter(|page| !page.trim().is_empty()).collect();
        for (at, page) in pages.iter().enumerate() {
            let number = format!("{}/{}", at + 1, pages.len());
            assert!(squeezed(page).ends_with(&number), "page number {number}: {page}");
        }
        assert!(text.contains('•'), "bullets");
        let all = squeezed(&text);
        for line in given.lines().filter_map(words) {
            let plain = line.replace("**", "");
            let plain = link_labels(&plain);
            // A page's end may part a line: then its first and last words are looked for.
            let whole = squeezed(&plain);
            let head: String = whole.chars().take(24).collect();
            let skip = whole.chars().count().saturating_sub(24);
            let tail: String = whole.chars().skip(skip).collect();
            assert!(all.contains(&head) && all.contains(&tail), "not in the PDF: {line}");
        }
        for heading in [
            "1.1 General reflections",
            "2.2 Next steps",
            "Discussion",
            "List of participants",
        ] {
            let bare = heading.replace(' ', "");
            assert!(
                text.lines().any(|line| squeezed(line) == bare),
                "{heading} has no line of its own"
            );
        }
    }
}

/// `[label](url)` as it prints.
pub(crate) fn link_labels(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('[') {
        out.push_str(before);
        match after.split_once("](") {
            Some((label, url)) => {
                out.push_str(label);
                rest = url.split_once(')').map_or("", |(_, rest)| rest);
            }
            None => {
                out.push('[');
                rest = after;
            }
        }
    }
    out.push_str(rest);
    out
}
