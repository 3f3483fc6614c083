//! Text that can be copied: what another program takes out of the file, line by line.

use std::process::Command;

use chrono::DateTime;
use minuta_core::export::pdf::{Fonts, Missing, pdf};
use minuta_tests::left_out;
use minuta_tests::process::{is_there, run};

use super::{heading, list, minutes, paragraph};

/// A line of each script, none longer than a line of the page.
const LINES: &[&str] = &[
    "Several participants noted the office’s first efforts: “fi”, “ffl”, 31 cm.",
    "Łukasz Żółć, Nguyễn Thị Minh Khai, Þórunn Ægisdóttir, Željko Kučerović",
    "Рабочая группа приняла решение; Олена Ковальчук погодилася, їжак.",
    "Η ομάδα εργασίας αποφάσισε· Ελένη Μαρκάκη, ΐ ΰ ῥήτωρ.",
    "اجتمع الفريق العامل في الثاني عشر من مارس لمناقشة تبادل البيانات",
    "הקבוצה נפגשה בשנים עשר במרץ כדי לדון בחילופי נתונים",
    "कार्य समूह ने बारह मार्च को डेटा विनिमय पर चर्चा की और निर्णय लिया।",
    "คณะทำงานได้ประชุมเมื่อวันที่สิบสองมีนาคมเพื่อหารือเรื่องน้ำขึ้นน้ำลง",
    "工作组于三月十二日开会，讨论了潮汐数据交换，并一致通过了新框架。",
];

/// What poppler (22.12) garbles by itself, so that nothing here asks for it: a vowel or doubling mark on an Arabic or
/// Hebrew letter comes before its letter, with a space, though the file says both in order; in a line that mixes
/// directions it keeps the words but not always their order; and `pdfinfo -struct-text` neither turns leftward text
/// around nor looks at the text that is said beside the glyphs.
#[test]
fn a_line_of_each_script_comes_back() {
    let made = made();
    let Some(text) = text(&made, &["-layout"]) else { return };
    // Poppler wraps what runs leftward in marks of direction.
    let text: String = text
        .chars()
        .filter(|c| !('\u{202a}'..='\u{202e}').contains(c))
        .collect();
    let lines: Vec<&str> = text.lines().map(str::trim).collect();
    for line in LINES.iter().filter(|line| can_be_set(line)) {
        assert!(lines.contains(line), "no line {line:?} as a paragraph in\n{text}");
        let entry = format!("• {line}");
        assert!(
            lines
                .iter()
                .any(|found| found.replace("•   ", "• ").replace("•  ", "• ") == entry),
            "no entry {line:?} in\n{text}"
        );
    }
}

/// Without the way it looks: the text in the order of the file.
#[test]
fn lines_that_run_rightward_come_back_in_the_order_of_the_file() {
    let made = made();
    let Some(text) = text(&made, &["-raw"]) else { return };
    for line in LINES.iter().filter(|line| can_be_set(line)) {
        let leftward = line.chars().any(|c| ('\u{590}'..='\u{6ff}').contains(&c));
        assert!(
            leftward || text.lines().any(|found| found == *line),
            "no line {line:?} in\n{text}"
        );
    }
}

fn can_be_set(line: &str) -> bool {
    let made = pdf(
        &minutes(vec![paragraph(line)]),
        &Fonts::new(),
        DateTime::UNIX_EPOCH,
        Missing::Show,
    )
    .unwrap();
    if !made.missing.is_empty() {
        left_out(&format!(
            "no font on this machine has all of {line:?} (Debian: fonts-noto-cjk)"
        ));
    }
    made.missing.is_empty()
}

fn made() -> Vec<u8> {
    let mut blocks = vec![heading(1, "", "Scripts")];
    blocks.extend(LINES.iter().map(|line| paragraph(line)));
    blocks.push(list(&LINES.iter().map(|line| ("", *line)).collect::<Vec<_>>()));
    pdf(&minutes(blocks), &Fonts::new(), DateTime::UNIX_EPOCH, Missing::Show)
        .unwrap()
        .bytes
}

fn text(bytes: &[u8], words: &[&str]) -> Option<String> {
    if !is_there("pdftotext") {
        left_out("pdftotext is not installed");
        return None;
    }
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("made.pdf");
    std::fs::write(&path, bytes).unwrap();
    Some(run(Command::new("pdftotext").args(words).arg(&path).arg("-"), "").well())
}
