//! Minutes to try the exporter on.

use crate::minutes::{Block, Content, Entry, Minutes, Row};
use crate::model::inline::Inline;

/// A block from nowhere.
pub(super) fn block(content: Content) -> Block {
    Block { origin: None, content }
}

/// Literal text.
pub(super) fn text(words: &str) -> Vec<Inline> {
    vec![Inline::Text(words.to_owned())]
}

/// A paragraph.
pub(super) fn paragraph(words: &str) -> Block {
    block(Content::Paragraph {
        text: marked(words),
        leads_in: words.ends_with(':'),
    })
}

/// A heading.
pub(super) fn heading(level: u8, number: &str, words: &str) -> Block {
    block(Content::Heading {
        level,
        number: number.to_owned(),
        text: marked(words),
    })
}

/// A list; ordered where the first entry has a label.
pub(super) fn list(entries: &[(&str, &str)]) -> Block {
    let ordered = entries.first().is_some_and(|entry| !entry.0.is_empty());
    let entries = entries
        .iter()
        .map(|(label, words)| Entry {
            origin: None,
            label: (*label).to_owned(),
            text: marked(words),
        })
        .collect();
    block(Content::List { ordered, entries })
}

/// A row of a table.
pub(super) fn row(cells: &[&str]) -> Row {
    Row {
        origin: None,
        cells: cells.iter().map(|cell| marked(cell)).collect(),
    }
}

/// Minutes of some blocks.
pub(super) fn minutes(blocks: Vec<Block>) -> Minutes {
    Minutes {
        title: "WG-Tide 42, 12 March 2026".to_owned(),
        author: "Working Group on Tide Data Exchange".to_owned(),
        subject: "Summary Report".to_owned(),
        language: "en".to_owned(),
        justified: false,
        notice: String::new(),
        blocks,
    }
}

/// Text with `**strong**`, `*emphasis*`, `` `code` `` and `[label](url)`, none inside another.
pub(super) fn marked(words: &str) -> Vec<Inline> {
    let mut out = Vec::new();
    let mut rest = words;
    while let Some(at) = rest.find(['*', '`', '[']) {
        let (before, from) = rest.split_at(at);
        let mark = ["**", "*", "`", "["]
            .into_iter()
            .find(|mark| from.starts_with(mark))
            .unwrap_or("*");
        let close = if mark == "[" { "](" } else { mark };
        let Some((inner, after)) = from[mark.len()..].split_once(close) else {
            break;
        };
        out.push(Inline::Text(before.to_owned()));
        let inner_text = text(inner);
        rest = after;
        out.push(match mark {
            "**" => Inline::Strong(inner_text),
            "*" => Inline::Emphasis(inner_text),
            "`" => Inline::Code(inner.to_owned()),
            _ => {
                let (url, after) = after.split_once(')').unwrap_or((after, ""));
                rest = after;
                Inline::Link {
                    label: inner_text,
                    url: url.to_owned(),
                }
            }
        });
    }
    out.push(Inline::Text(rest.to_owned()));
    out
}

/// The reference report, from its file; none where that is not on this machine.
pub(super) fn reference() -> Option<Minutes> {
    let file = shared("reference-report/summary-report.md")?;
    let lines: Vec<&str> = file.lines().filter(|line| !line.trim().is_empty()).collect();
    let mut blocks = Vec::new();
    let mut open: Vec<(String, String)> = Vec::new();
    let mut part = "";
    let close = |open: &mut Vec<(String, String)>, blocks: &mut Vec<Block>| {
        let entries: Vec<(&str, &str)> = open
            .iter()
            .map(|(label, words)| (label.as_str(), words.as_str()))
            .collect();
        if !entries.is_empty() {
            blocks.push(list(&entries));
        }
        open.clear();
    };
    for (n, line) in lines.iter().enumerate() {
        let (number, words) = line.split_once(' ').unwrap_or((line, ""));
        let numbered = number.contains('.') && number.chars().all(|c| c.is_ascii_digit() || c == '.');
        if let Some(words) = line.strip_prefix("- ") {
            open.push((String::new(), words.to_owned()));
            continue;
        }
        if numbered && part != "Discussion" {
            open.push((number.to_owned(), words.to_owned()));
            continue;
        }
        close(&mut open, &mut blocks);
        blocks.push(match *line {
            "Agenda" | "Discussion" | "List of participants" => {
                part = line;
                heading(1, "", line)
            }
            line if n == 0 => block(Content::Title(text(line))),
            line if n < 4 => block(Content::Subtitle(text(line))),
            _ if numbered => heading(if number.ends_with('.') { 2 } else { 3 }, number, words),
            line => paragraph(line),
        });
    }
    close(&mut open, &mut blocks);
    let mut minutes = minutes(blocks);
    minutes.title = "WG-Strategy 107, 18 December 2025".to_owned();
    minutes.author = "MAG Working Group on IGF Strengthening and Strategy".to_owned();
    Some(minutes)
}

/// Something of everything: scripts, marks, a table over pages.
pub(super) fn mixed() -> Minutes {
    let mut blocks = vec![
        block(Content::Title(text("Working Group on Tide Data Exchange"))),
        block(Content::Subtitle(text("Online Meeting"))),
        block(Content::Subtitle(text("Summary Report"))),
        paragraph(
            "Plain, **strong**, *emphasis*, `code()` and a [link](https://example.org/a?b=c) in an office; fi ffl.",
        ),
        paragraph(
            "اجتمع الفريق العامل في الثاني عشر من مارس لمناقشة تبادل البيانات، وقرر اعتماد **الإطار الجديد** بالإجماع. وأشار المشاركون إلى أهمية WG-Tide في هذا السياق (2026). السلام، لا إله، الحدّاد، مُحَمَّد.",
        ),
        paragraph("הקבוצה נִפְגְּשָׁה בשנים עשר במרץ כדי לדון בחילופי נתונים."),
        paragraph("कार्य समूह ने बारह मार्च को डेटा विनिमय पर चर्चा की, और क्षेत्रीय प्रतिनिधियों ने **सर्वसम्मति** से निर्णय लिया।"),
        paragraph("คณะทำงานได้ประชุมเมื่อวันที่สิบสองมีนาคมเพื่อหารือเกี่ยวกับการแลกเปลี่ยนข้อมูลน้ำขึ้นน้ำลงและเห็นชอบ**กรอบใหม่**"),
        paragraph("工作组于三月十二日开会，讨论了潮汐数据交换，并一致通过了**新框架**。作業部会は三月に会合した。"),
        paragraph("Ελένη Μαρκάκη, Олена Ковальчук, Nguyễn Thị Minh Khai, Đặng, Łukasz, é̂."),
        heading(1, "", "List of participants"),
        list(&[
            ("1.", "Ngozi Adeyemi, Chair"),
            ("2.", "سلمى الحدّاد, Group's Co-Chair, Port of Aomi"),
            ("3.", "林佳怡, Harbour Office"),
            ("4.", "अनन्या राव, Survey of Ports"),
            ("5.", "Jun Sato 佐藤 純, ポートオブアオミ"),
            ("6.", "김서연, 항만청"),
            ("7.", "משה לוי"),
            ("8.", "ใจดี สมชาย, Marine Department"),
            (
                "9.",
                "A smile 😀, a heart ❤️, a rune ᚠ, a private \u{f8ff} and an unassigned \u{10fffd}",
            ),
        ]),
    ];
    let rows = (0..60)
        .map(|n| {
            row(&[
                &format!("13:{n:02}:07"),
                if n % 7 == 0 { "سلمى الحدّاد" } else { "Ngozi Adeyemi" },
                if n % 3 == 0 { "decision" } else { "remark" },
                "Nine of eleven stations sent valid records; two never connected, and **nobody** had noticed until the trial was over.",
            ])
        })
        .collect();
    blocks.push(heading(1, "", "Record"));
    blocks.push(block(Content::Table {
        header: ["Time (UTC)", "Speaker", "Kind", "Point"]
            .iter()
            .map(|cell| text(cell))
            .collect(),
        widths: vec![14, 20, 12, 54],
        rows,
    }));
    blocks.push(paragraph("After the table."));
    let mut minutes = minutes(blocks);
    minutes.notice = "Internal points are in this document: do not pass it on.".to_owned();
    minutes
}

/// A file of the data that is shared beside the repository; none where it is not on this machine.
pub(super) fn shared(path: &str) -> Option<String> {
    let above = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).ancestors();
    above
        .map(|folder| folder.join("shared/data").join(path))
        .find_map(|path| std::fs::read_to_string(path).ok())
}
