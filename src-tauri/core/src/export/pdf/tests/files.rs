//! What other programs find in the file.

use std::process::Command;

use chrono::{DateTime, TimeZone, Utc};
use lopdf::{Document, Object};

use super::sample::{block, minutes, mixed, paragraph, reference, text};
use crate::export::pdf::laid::Mark;
use crate::export::pdf::{Fonts, Missing, layout, pdf};
use crate::minutes::{Content, Minutes};
use crate::model::inline::Inline;

fn created() -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 3, 12, 15, 30, 0).unwrap()
}

fn file(minutes: &Minutes) -> Vec<u8> {
    pdf(minutes, &Fonts::bundled(), created(), Missing::Show).unwrap().bytes
}

/// What a program says of a file; none where it is not on this machine, which is told.
fn run(program: &str, arguments: &[&str], bytes: &[u8]) -> Option<String> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("minutes.pdf");
    std::fs::write(&path, bytes).unwrap();
    let mut command = Command::new(program);
    for argument in arguments {
        if *argument == "FILE" {
            command.arg(&path)
        } else {
            command.arg(argument)
        };
    }
    let Ok(output) = command.output() else {
        eprintln!("SKIPPED: {program} is not on this machine");
        return None;
    };
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(
        output.status.success(),
        "{program}: {said}{}",
        String::from_utf8_lossy(&output.stderr)
    );
    Some(said)
}

fn copied(minutes: &Minutes) -> Option<String> {
    run("pdftotext", &["-layout", "FILE", "-"], &file(minutes))
}

#[test]
fn the_file_is_well_formed() {
    for minutes in [minutes(Vec::new()), mixed()] {
        if let Some(said) = run("qpdf", &["--check", "FILE"], &file(&minutes)) {
            assert!(
                said.contains("PDF Version: 1.7") && said.contains("No syntax or stream encoding errors"),
                "{said}"
            );
        }
    }
}

#[test]
fn all_fonts_are_embedded_subsets() {
    let document = Document::load_mem(&file(&mixed())).unwrap();
    let mut count = 0;
    for object in document.objects.values() {
        let Ok(dict) = object.as_dict() else { continue };
        if dict.get(b"Type").and_then(Object::as_name).ok() != Some(b"FontDescriptor") {
            continue;
        }
        count += 1;
        let name = String::from_utf8_lossy(dict.get(b"FontName").unwrap().as_name().unwrap()).into_owned();
        assert_eq!(name.find('+'), Some(6), "{name}");
        let program = dict
            .get(b"FontFile2")
            .or_else(|_| dict.get(b"FontFile3"))
            .unwrap()
            .as_reference()
            .unwrap();
        let program = document.get_object(program).unwrap().as_stream().unwrap();
        assert!(
            program.content.len() < 60_000,
            "{name} has {} bytes",
            program.content.len()
        );
    }
    assert!(count >= 10, "{count} fonts");
}

#[test]
fn the_file_says_what_it_is() {
    let document = Document::load_mem(&file(&minutes(vec![paragraph("Grüße, سلمى.")]))).unwrap();
    let info = document
        .get_dictionary(document.trailer.get(b"Info").unwrap().as_reference().unwrap())
        .unwrap();
    let said = |key: &[u8]| {
        let bytes = info.get(key).unwrap().as_str().unwrap();
        let units: Vec<u16> = bytes[2..]
            .chunks(2)
            .map(|unit| u16::from_be_bytes([unit[0], unit[1]]))
            .collect();
        String::from_utf16(&units).unwrap()
    };
    assert_eq!(said(b"Title"), "WG-Tide 42, 12 March 2026");
    assert_eq!(said(b"Author"), "Working Group on Tide Data Exchange");
    assert_eq!(said(b"Subject"), "Summary Report");
    assert_eq!(said(b"Creator"), "Minuta");
    assert_eq!(
        info.get(b"CreationDate").unwrap().as_str().unwrap(),
        b"D:20260312153000Z"
    );
    for stray in [b"Trapped".as_slice(), b"GTS_PDFXVersion", b"Identifier"] {
        assert!(info.get(stray).is_err());
    }
    assert_eq!(
        document.catalog().unwrap().get(b"Lang").unwrap().as_str().unwrap(),
        b"en"
    );
}

#[test]
fn fonts_can_be_shared_between_threads() {
    let fonts = Fonts::bundled();
    let minutes = minutes(vec![paragraph("Ngozi Adeyemi, سلمى")]);
    let make = || pdf(&minutes, &fonts, created(), Missing::Show).unwrap();
    let made = std::thread::scope(|scope| [scope.spawn(make), scope.spawn(make)].map(|thread| thread.join().unwrap()));
    assert_eq!(made[0], made[1]);
}

#[test]
fn the_same_minutes_give_the_same_file() {
    assert_eq!(file(&mixed()), file(&mixed()));
}

#[test]
fn a_link_over_two_lines_is_two_areas_that_lead_to_one_place() {
    let inlines = vec![
        Inline::Text("words ".repeat(12)),
        Inline::Link {
            label: text(&"linked ".repeat(8)),
            url: "https://example.org/a?b=(c)".to_owned(),
        },
    ];
    let paragraph = block(Content::Paragraph {
        text: inlines,
        leads_in: false,
    });
    let document = Document::load_mem(&file(&minutes(vec![paragraph]))).unwrap();
    let page = *document.get_pages().get(&1).unwrap();
    let links = document.get_page_annotations(page).unwrap();
    assert_eq!(links.len(), 2);
    for link in links {
        let action = link.get(b"A").unwrap().as_dict().unwrap();
        assert_eq!(
            action.get(b"URI").unwrap().as_str().unwrap(),
            b"https://example.org/a?b=(c)"
        );
        let rect: Vec<f32> = link
            .get(b"Rect")
            .unwrap()
            .as_array()
            .unwrap()
            .iter()
            .map(|side| side.as_float().unwrap())
            .collect();
        assert!(
            rect[0] > 70.0 && rect[2] < 525.0 && rect[1] > 700.0 && rect[3] < 775.0 && rect[0] < rect[2],
            "{rect:?}"
        );
    }
}

/// The last word of a line stands in the file where it was laid, whatever the widths before it were rounded to.
#[test]
fn text_does_not_drift() {
    let minutes = minutes(vec![paragraph(
        &"Wavily effortless AVATAR fjord, 10 Ten Ypsilon ".repeat(3),
    )]);
    let fonts = Fonts::bundled();
    let laid = layout(&minutes, &fonts);
    let Mark::Run(first) = &laid.pages[0].marks[0].mark else {
        panic!("text comes first")
    };
    let last = first.text.trim_end().rfind(' ').unwrap() + 1;
    let cluster = first
        .clusters
        .iter()
        .find(|cluster| cluster.text.start == last)
        .unwrap();
    let laid = first.x + first.glyphs[cluster.glyphs.start].x;
    let count = first.text.split_whitespace().count();
    let Some(said) = run("pdftotext", &["-bbox", "FILE", "-"], &file(&minutes)) else {
        return;
    };
    let word = said
        .lines()
        .filter(|line| line.contains("<word"))
        .nth(count - 1)
        .unwrap();
    let drawn: f32 = word.split('"').nth(1).unwrap().parse().unwrap();
    assert!((drawn - laid).abs() < 0.05, "laid at {laid}, drawn at {drawn}: {word}");
}

#[test]
fn text_can_be_copied() {
    let Some(said) = copied(&mixed()) else { return };
    for words in [
        "Plain, strong, emphasis, code() and a link in an office; fi ffl.",
        "اجتمع الفريق العامل في الثاني عشر من مارس لمناقشة تبادل البيانات",
        "כדי לדון בחילופי נתונים",
        "कार्य समूह ने बारह मार्च को डेटा विनिमय पर चर्चा की, और क्षेत्रीय प्रतिनिधियों ने सर्वसम्मति से निर्णय लिया।",
        "คณะทำงานได้ประชุมเมื่อวันที่สิบสองมีนาคมเพื่อหารือเกี่ยวกับการแลกเปลี่ยนข้อมูลน้ำขึ้นน้ำลง",
        "Ελένη Μαρκάκη, Олена Ковальчук, Nguyễn Thị Minh Khai, Đặng, Łukasz",
        "8. ใจดี สมชาย, Marine Department",
        "1/5",
    ] {
        assert!(said.contains(words), "{words:?} in\n{said}");
    }
}

#[test]
fn ideographs_come_from_the_systems_fonts() {
    let fonts = Fonts::new();
    let minutes = minutes(vec![
        paragraph("工作组一致通过了**新框架**。"),
        paragraph("佐藤 純、ポートオブアオミ"),
        paragraph("김서연, 항만청"),
    ]);
    let made = pdf(&minutes, &fonts, created(), Missing::Show).unwrap();
    if !made.missing.is_empty() {
        eprintln!("SKIPPED: this machine has no fonts for Chinese, Japanese and Korean");
        return;
    }
    run("qpdf", &["--check", "FILE"], &made.bytes);
    if let Some(said) = run("pdftotext", &["-layout", "FILE", "-"], &made.bytes) {
        for words in [
            "工作组一致通过了新框架。",
            "佐藤 純、ポートオブアオミ",
            "김서연, 항만청",
        ] {
            assert!(said.contains(words), "{words:?} in\n{said}");
        }
    }
    assert!(made.bytes.len() < 200_000, "{} bytes", made.bytes.len());
}

#[test]
fn the_reference_report_is_small_and_whole() {
    let Some(minutes) = reference() else {
        eprintln!("SKIPPED: the reference report is not on this machine");
        return;
    };
    let bytes = file(&minutes);
    assert!((20_000..60_000).contains(&bytes.len()), "{} bytes", bytes.len());
    let Some(said) = run("pdftotext", &["-layout", "FILE", "-"], &bytes) else {
        return;
    };
    let said: Vec<&str> = said.split_whitespace().collect();
    let said = said.join(" ");
    for words in [
        "The 107th virtual meeting of the IGF MAG Working Group",
        "2.1 Presentation of the “Strengthening the IGF” document",
        "• possible links with broader UN reform and efficiency processes.",
        "27. Wim Degezelle, IGF Secretariat",
    ] {
        assert!(said.contains(words), "{words:?} in\n{said}");
    }
}
