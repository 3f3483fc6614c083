//! The PDF: what it is to programs that read it out, keep it for long, or copy from it.

mod copied;
mod ua;

use std::process::Command;

use chrono::DateTime;
use lopdf::{Document, Object, ObjectId, StringFormat};
use minuta_core::export::pdf::{Fonts, Missing, pdf};
use minuta_core::minutes::{Block, Content, Entry, Minutes, Row};
use minuta_core::model::inline::parse;
use minuta_tests::cli::Archive;
use minuta_tests::process::{is_there, run};
use minuta_tests::{left_out, shared_data};

use crate::reference::link_labels;
use ua::{Read, examine};

fn block(content: Content) -> Block {
    Block { origin: None, content }
}

fn paragraph(words: &str) -> Block {
    block(Content::Paragraph {
        text: parse(words),
        leads_in: words.ends_with(':'),
    })
}

fn heading(level: u8, number: &str, words: &str) -> Block {
    block(Content::Heading {
        level,
        number: number.to_owned(),
        text: parse(words),
    })
}

fn list(entries: &[(&str, &str)]) -> Block {
    block(Content::List {
        ordered: entries.iter().all(|entry| !entry.0.is_empty()),
        entries: entries
            .iter()
            .map(|(label, words)| Entry {
                origin: None,
                label: (*label).to_owned(),
                text: parse(words),
            })
            .collect(),
    })
}

fn minutes(blocks: Vec<Block>) -> Minutes {
    Minutes {
        title: "WG-Tide 42, 12 March 2026: <draft> & more".to_owned(),
        author: "Working Group on Tide Data Exchange".to_owned(),
        subject: "Summary Report".to_owned(),
        language: "en".to_owned(),
        justified: false,
        notice: String::new(),
        blocks,
    }
}

/// Something of every kind of block, over several pages.
fn everything() -> Minutes {
    let rows = (0..70)
        .map(|n| Row {
            origin: None,
            cells: vec![
                parse(&format!("Action {n}")),
                parse(if n % 9 == 0 { "" } else { "Ngozi Adeyemi, סלמא" }),
                parse("to ask for the [log](https://example.org/log) and to say **what** was found in it, until it is found"),
            ],
        })
        .collect();
    let mut all = minutes(vec![
        block(Content::Title(parse("Working Group on Tide Data Exchange"))),
        block(Content::Subtitle(parse("Online Meeting"))),
        heading(1, "", "Discussion"),
        heading(2, "1.", "Opening"),
        paragraph(
            "The *agenda* was adopted; see [the log of a trial that went on for longer than anybody had thought it would](https://example.org/a?b=(c)) and [nowhere](#). A `station_age` is told.",
        ),
        heading(5, "", "A heading among passages"),
        paragraph("Points raised included:"),
        list(&[
            ("", "one, by سلمى الحداد;"),
            ("", "two, by [דנה לוי](https://example.org/x)."),
            ("", ""),
        ]),
        heading(3, "1.1", "समिति और คณะทำงาน"),
        list(&[("1.", "अनन्या राव, Survey of Ports"), ("2.", "ศิริพร แก้วทอง")]),
        heading(1, "", "Actions"),
        block(Content::Table {
            header: ["Action", "Owner", "What"].map(parse).to_vec(),
            widths: vec![20, 30, 50],
            rows,
        }),
        paragraph(""),
        paragraph("The end."),
    ]);
    all.notice = "Internal: contains points off the record.".to_owned();
    all
}

fn file(minutes: &Minutes) -> Vec<u8> {
    pdf(minutes, &Fonts::bundled(), DateTime::UNIX_EPOCH, Missing::Show)
        .unwrap()
        .bytes
}

fn sound(bytes: &[u8]) -> Vec<Read> {
    let (faults, read) = examine(&Document::load_mem(bytes).unwrap());
    assert_eq!(faults, Vec::<String>::new());
    read
}

fn tags(read: &[Read]) -> Vec<&str> {
    read.iter().map(|(path, _)| path.last().unwrap().as_str()).collect()
}

#[test]
fn every_kind_of_block_is_what_it_is() {
    let read = sound(&file(&everything()));
    let start: Vec<(&str, &str)> = tags(&read)
        .into_iter()
        .zip(read.iter().map(|(_, text)| text.as_str()))
        .collect();
    assert_eq!(
        start[..20],
        [
            ("P", "Working Group on Tide Data Exchange"),
            ("P", "Online Meeting"),
            ("H1", "Discussion"),
            ("H2", "1. Opening"),
            (
                "P",
                "The agenda was adopted; see the log of a trial that went on for longer than anybody had thought it would and nowhere. A station_age is told."
            ),
            ("H3", "A heading among passages"),
            ("P", "Points raised included:"),
            ("Lbl", "•"),
            ("LBody", "one, by سلمى الحداد;"),
            ("Lbl", "•"),
            ("LBody", "two, by דנה לוי."),
            ("Lbl", "•"),
            ("H3", "1.1 समिति और คณะทำงาน"),
            ("Lbl", "1."),
            ("LBody", "अनन्या राव, Survey of Ports"),
            ("Lbl", "2."),
            ("LBody", "ศิริพร แก้วทอง"),
            ("H1", "Actions"),
            ("TH", "Action"),
            ("TH", "Owner"),
        ]
    );
    let cells: Vec<&Read> = read.iter().filter(|(path, _)| path.last().unwrap() == "TD").collect();
    assert_eq!(cells.len(), 210, "an empty cell is a cell, a repeated header is none");
    for (n, row) in cells.chunks(3).enumerate() {
        assert_eq!(row[0].1, format!("Action {n}"));
        assert_eq!(row[1].1, if n % 9 == 0 { "" } else { "Ngozi Adeyemi, סלמא" });
        assert_eq!(
            row[2].1,
            "to ask for the log and to say what was found in it, until it is found"
        );
    }
    assert_eq!(read.last().unwrap().1, "The end.");
}

#[test]
fn a_document_of_nothing_and_one_without_a_language_are_sound() {
    let mut nothing = minutes(Vec::new());
    sound(&file(&nothing));
    nothing.language = "not a language".to_owned();
    nothing.title = "Ω".to_owned();
    sound(&file(&nothing));
}

/// The words of the reference report, in its order, each with the tag that its place in the report asks for.
#[test]
fn the_reference_report_is_read_out_whole() {
    let Some(data) = shared_data() else { return };
    let source = data.join("reference-report/summary-report.md");
    if !source.is_file() {
        left_out(&format!("there is no {}", source.display()));
        return;
    }
    let archive = Archive::new();
    let id = archive
        .run(&["import", source.to_str().unwrap(), "--as", "report"], "")
        .well();
    archive.run(&["export", id.trim(), "--to", "out.pdf"], "").well();
    let bytes = std::fs::read(archive.folder().join("out.pdf")).unwrap();
    let read = sound(&bytes);
    assert!(bytes.len() <= 40_000, "{} bytes", bytes.len());
    let given = std::fs::read_to_string(&source).unwrap();
    let given: Vec<String> = given
        .lines()
        .map(|line| link_labels(line.trim_start_matches('\u{feff}').replace("**", "").trim()))
        .filter(|line| !line.is_empty())
        .collect();
    assert_eq!(as_lines(&read), given);
    let count = |tag: &str| tags(&read).iter().filter(|is| **is == tag).count();
    assert_eq!([count("H1"), count("H2"), count("H3"), count("H4")], [3, 4, 7, 0]);
    let labels = read
        .iter()
        .filter(|(path, text)| path.last().unwrap() == "Lbl" && text != "•");
    assert_eq!(labels.count(), 4 + 27, "the agenda and the participants");
    // Another program that reads structure finds the same elements with the same text, in the same order.
    if let Some(theirs) = read_by_poppler(&archive.folder().join("out.pdf")) {
        assert_eq!(as_lines(&theirs), given);
        let leaves = |read: &[Read]| -> Vec<String> {
            let leaves = read.iter().filter(|(path, _)| path.last().unwrap() != "Link");
            leaves.map(|(path, _)| path.last().unwrap().clone()).collect()
        };
        assert_eq!(leaves(&theirs), leaves(&read));
    }
}

/// What was read of a report, as its lines: a number or bullet and what stands beside it are one.
fn as_lines(read: &[Read]) -> Vec<String> {
    let mut said: Vec<String> = Vec::new();
    for (path, text) in read {
        // Where a word is parted at the end of a line.
        let text = &text.replace('\u{ad}', "");
        match (path.last().unwrap().as_str(), said.last_mut()) {
            ("LBody", Some(label)) => *label = format!("{label} {text}").replace("• ", "- "),
            _ => said.push(text.clone()),
        }
    }
    said
}

/// The structure of a file as `pdfinfo -struct-text` tells it: each block that has text, with that of links in it.
fn read_by_poppler(file: &std::path::Path) -> Option<Vec<Read>> {
    if !is_there("pdfinfo") {
        left_out("pdfinfo is not installed");
        return None;
    }
    let told = run(Command::new("pdfinfo").arg("-struct-text").arg(file), "").well();
    let mut read: Vec<Read> = Vec::new();
    for line in told.lines().map(str::trim) {
        if let Some(text) = line.strip_prefix('"').and_then(|line| line.strip_suffix('"')) {
            read.last_mut().expect("an element around the text").1.push_str(text);
        } else if let Some((tag, _)) = line.split_once(" (block)") {
            read.push((vec![tag.to_owned()], String::new()));
        }
    }
    read.retain(|(_, text)| !text.is_empty());
    Some(read)
}

#[test]
fn the_sample_is_sound() {
    let archive = Archive::new();
    archive.run(&["sample"], "").well();
    for document in ["report", "record"] {
        archive
            .run(&["export", "latest", "--document", document, "--to", "out.pdf"], "")
            .well();
        sound(&std::fs::read(archive.folder().join("out.pdf")).unwrap());
    }
}

/// Makes a fault.
type Spoil = fn(&mut Document);

/// The one who examines is examined: each fault, made on purpose in a sound file, is found.
#[test]
fn a_file_with_a_fault_is_found_out() {
    let bytes = file(&everything());
    let faults: &[(&str, Spoil)] = &[
        ("tagged", |file| drop(file.catalog_mut().unwrap().remove(b"MarkInfo"))),
        ("tagged", |file| {
            drop(file.catalog_mut().unwrap().remove(b"StructTreeRoot"));
        }),
        ("lang", |file| drop(file.catalog_mut().unwrap().remove(b"Lang"))),
        ("title", |file| {
            drop(file.catalog_mut().unwrap().remove(b"ViewerPreferences"));
        }),
        ("title", |file| drop(file.catalog_mut().unwrap().remove(b"Metadata"))),
        ("xmp", |file| drop(file.catalog_mut().unwrap().remove(b"Metadata"))),
        ("colour", |file| {
            drop(file.catalog_mut().unwrap().remove(b"OutputIntents"));
        }),
        ("outline", |file| drop(file.catalog_mut().unwrap().remove(b"Outlines"))),
        ("version", |file| "1.4".clone_into(&mut file.version)),
        ("tabs", |file| drop(page(file).1.remove(b"Tabs"))),
        ("stray", |file| page(file).1.set("TrimBox", vec![Object::Integer(0); 4])),
        ("untagged", |file| {
            mend(file, |content| {
                replaced(content, "/P <</MCID 0>> BDC", "/P <</X 0>> BDC")
            });
        }),
        ("untagged", |file| {
            mend(file, |content| format!("{content}\n0 0 9 9 re f\n"));
        }),
        ("untagged", |file| {
            mend(file, |content| {
                replaced(content, "/Type/Pagination", "/MCID 99").replace("/Artifact <</MCID 99", "/Span <</X 99")
            });
        }),
        ("nested", |file| {
            mend(file, |content| {
                replaced(content, "/P <</MCID 1>> BDC", "").replacen("EMC", "/P <</MCID 1>> BDC EMC", 1)
            });
        }),
        ("nested", |file| mend(file, |content| format!("{content}\nEMC\n"))),
        ("nested", |file| {
            mend(file, |content| format!("{content}\n/P <</MCID 999>> BDC\n"));
        }),
        ("number", |file| {
            mend(file, |content| replaced(content, "/MCID 1>>", "/MCID 0>>"));
        }),
        ("structure", |file| {
            mend(file, |content| replaced(content, "/MCID 0>>", "/MCID 999>>"));
        }),
        ("structure", |file| drop(element(file, "H1").remove(b"K"))),
        ("structure", |file| {
            let kids = element(file, "H1").get(b"K").unwrap().clone();
            element(file, "P").set("K", kids);
        }),
        ("structure", |file| element(file, "H1").set("P", (1, 0))),
        ("parents", |file| {
            let (_, dict) = page(file);
            dict.set("StructParents", 99);
        }),
        ("headings", |file| element(file, "H2").set("S", "H3")),
        ("headings", |file| element(file, "H1").set("S", "P")),
        ("nesting", |file| element(file, "LI").set("S", "P")),
        ("nesting", |file| element(file, "TD").set("S", "Figure")),
        ("alternate", |file| element(file, "TD").set("S", "Figure")),
        ("scope", |file| drop(element(file, "TH").remove(b"A"))),
        ("list", |file| drop(element(file, "L").remove(b"A"))),
        ("table", |file| {
            if let Object::Array(cells) = element(file, "TR").get_mut(b"K").unwrap() {
                cells.pop();
            }
        }),
        ("contents", |file| drop(link(file).remove(b"Contents"))),
        ("link", |file| drop(link(file).remove(b"StructParent"))),
        ("link", |file| drop(element(file, "Link").remove(b"K"))),
        ("flags", |file| drop(link(file).remove(b"F"))),
        ("unicode", |file| drop(font(file, "Type0").remove(b"ToUnicode"))),
        ("unicode", |file| {
            let map = font(file, "Type0").get(b"ToUnicode").unwrap().as_reference().unwrap();
            let map = file.get_object_mut(map).unwrap().as_stream_mut().unwrap();
            let words = String::from_utf8(map.get_plain_content().unwrap()).unwrap();
            let at = words.find("<0003>").unwrap();
            let words = format!("{}<fff0>{}", &words[..at], &words[at + 6..]);
            map.set_plain_content(words.into_bytes());
        }),
        ("embedded", |file| {
            let name: ObjectId = descriptor(file);
            file.get_dictionary_mut(name).unwrap().remove(b"FontFile2");
        }),
        ("title", |file| {
            let info = file.trailer.get(b"Info").unwrap().as_reference().unwrap();
            let other = Object::String(b"Other".to_vec(), StringFormat::Literal);
            file.get_dictionary_mut(info).unwrap().set("Title", other);
        }),
    ];
    for (n, (rule, spoil)) in faults.iter().enumerate() {
        let mut document = Document::load_mem(&bytes).unwrap();
        spoil(&mut document);
        let (found, _) = examine(&document);
        assert!(
            found.iter().any(|fault| fault.starts_with(&format!("{rule}:"))),
            "fault {n}, {rule}, is not found: {found:?}"
        );
    }
}

fn page(file: &mut Document) -> (ObjectId, &mut lopdf::Dictionary) {
    let id = *file.get_pages().get(&1).unwrap();
    (id, file.get_dictionary_mut(id).unwrap())
}

/// The first page's operations, written anew.
fn mend(file: &mut Document, change: impl Fn(String) -> String) {
    let (id, _) = page(file);
    let content = String::from_utf8(file.get_page_content(id)).unwrap();
    let content = change(content);
    file.change_page_content(id, content.into_bytes()).unwrap();
}

fn replaced(text: String, old: &str, new: &str) -> String {
    assert!(text.contains(old), "nothing to spoil: no {old}");
    text.replacen(old, new, 1)
}

fn find(file: &Document, wanted: impl Fn(&lopdf::Dictionary) -> bool) -> ObjectId {
    let mut found = file
        .objects
        .iter()
        .filter_map(|(id, object)| Some((*id, object.as_dict().ok()?)));
    found.find(|(_, dict)| wanted(dict)).unwrap().0
}

fn named(dict: &lopdf::Dictionary, key: &[u8], name: &str) -> bool {
    dict.get(key).and_then(Object::as_name).ok() == Some(name.as_bytes())
}

fn element<'a>(file: &'a mut Document, tag: &str) -> &'a mut lopdf::Dictionary {
    let id = find(file, |dict| named(dict, b"S", tag) && dict.get(b"P").is_ok());
    file.get_dictionary_mut(id).unwrap()
}

fn link(file: &mut Document) -> &mut lopdf::Dictionary {
    let id = find(file, |dict| named(dict, b"Subtype", "Link"));
    file.get_dictionary_mut(id).unwrap()
}

fn font<'a>(file: &'a mut Document, kind: &str) -> &'a mut lopdf::Dictionary {
    let id = find(file, |dict| {
        named(dict, b"Subtype", kind) && named(dict, b"Type", "Font")
    });
    file.get_dictionary_mut(id).unwrap()
}

fn descriptor(file: &Document) -> ObjectId {
    find(file, |dict| named(dict, b"Type", "FontDescriptor"))
}

/// An outline is a tree: what a reader shows of a file is the headings, one within the other.
#[test]
fn the_outline_is_nested_as_the_headings_are() {
    let document = Document::load_mem(&file(&everything())).unwrap();
    fn entries(file: &Document, parent: &lopdf::Dictionary, depth: usize, out: &mut Vec<(usize, String)>) {
        let mut next = parent.get(b"First").and_then(Object::as_reference).ok();
        while let Some(id) = next {
            let entry = file.get_dictionary(id).unwrap();
            out.push((depth, ua::text(entry.get(b"Title").unwrap().as_str().unwrap())));
            assert_eq!(entry.get(b"Dest").unwrap().as_array().unwrap().len(), 5);
            let before = out.len();
            entries(file, entry, depth + 1, out);
            let count = entry.get(b"Count").and_then(Object::as_i64).unwrap_or(0);
            assert_eq!(count, (out.len() - before) as i64);
            next = entry.get(b"Next").and_then(Object::as_reference).ok();
        }
    }
    let root = document
        .catalog()
        .unwrap()
        .get(b"Outlines")
        .unwrap()
        .as_reference()
        .unwrap();
    let mut found = Vec::new();
    entries(&document, document.get_dictionary(root).unwrap(), 0, &mut found);
    let found: Vec<(usize, &str)> = found.iter().map(|(depth, title)| (*depth, title.as_str())).collect();
    assert_eq!(
        found,
        [
            (0, "Discussion"),
            (1, "1. Opening"),
            (2, "A heading among passages"),
            (2, "1.1 समिति और คณะทำงาน"),
            (0, "Actions"),
        ]
    );
}
