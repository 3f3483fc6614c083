//! Minutes → Markdown, as <https://spec.commonmark.org/0.31.2/> has it.
//!
//! Every character of the text comes out literally when a `CommonMark` parser reads the file, and no more is escaped
//! than that takes, so that the file also reads well as it stands.

#[cfg(test)]
pub(crate) mod tests;
mod text;

use crate::minutes::{Content, Entry, Minutes, Row};
use crate::model::inline::{Inline, Inlines};
use text::{Place, set};

/// The document as Markdown, ending in a newline.
#[must_use]
pub fn markdown(minutes: &Minutes) -> String {
    let mut out = String::new();
    let mut before: Option<(bool, bool)> = None;
    if !minutes.notice.is_empty() {
        let notice = vec![Inline::Text(minutes.notice.clone())];
        out.push_str(&format!("> {}\n\n", set(&notice, Place::Block { indent: 2 })));
    }
    for block in &minutes.blocks {
        if !out.is_empty() && !out.ends_with("\n\n") {
            out.push('\n');
        }
        let mut list = None;
        match &block.content {
            Content::Title(text) => line(&mut out, "# ", text),
            Content::Subtitle(text) | Content::Paragraph { text, .. } => {
                out.push_str(&set(text, Place::Block { indent: 0 }));
                out.push('\n');
            }
            Content::Heading { level, number, text } => {
                let marks = "#".repeat(usize::from(*level).clamp(1, 5) + 1);
                line(&mut out, &format!("{marks} "), &numbered(number, text));
            }
            Content::List { ordered, entries } => {
                let ordered = *ordered && counts_up(entries);
                // Two lists of one sort side by side are parted by their marks.
                let other = before == Some((ordered, false));
                list = Some((ordered, other));
                let labelled = entries.iter().any(|entry| !entry.label.is_empty());
                for (place, entry) in entries.iter().enumerate() {
                    let mark = match (ordered, other) {
                        (true, false) => format!("{}. ", place + 1),
                        (true, true) => format!("{}) ", place + 1),
                        (false, false) => "- ".to_owned(),
                        (false, true) => "* ".to_owned(),
                    };
                    out.push_str(&mark);
                    // An ordered list that does not count up by one has its labels in the text.
                    let text = if ordered || !labelled {
                        entry.text.clone()
                    } else {
                        numbered(&entry.label, &entry.text)
                    };
                    out.push_str(&set(&text, Place::Block { indent: mark.len() }));
                    out.push('\n');
                }
            }
            Content::Table { header, rows, .. } => table(&mut out, header, rows),
        }
        before = list;
    }
    out
}

fn line(out: &mut String, marks: &str, text: &[Inline]) {
    out.push_str(marks);
    out.push_str(&set(text, Place::Line));
    out.push('\n');
}

fn numbered(number: &str, text: &[Inline]) -> Inlines {
    let mut words = Inlines::new();
    if !number.is_empty() {
        words.push(Inline::Text(if text.is_empty() {
            number.to_owned()
        } else {
            format!("{number} ")
        }));
    }
    words.extend_from_slice(text);
    crate::model::inline::merge(words)
}

fn counts_up(entries: &[Entry]) -> bool {
    entries
        .iter()
        .zip(1..)
        .all(|(entry, count)| entry.label == format!("{count}."))
}

/// A table as GitHub and most other readers of Markdown have it; `CommonMark` itself knows none.
fn table(out: &mut String, header: &[Inlines], rows: &[Row]) {
    let row = |out: &mut String, cells: &[Inlines]| {
        for cell in cells {
            out.push_str(&format!("| {} ", set(cell, Place::Cell)));
        }
        out.push_str("|\n");
    };
    row(out, header);
    out.push_str(&"|---".repeat(header.len()));
    out.push_str("|\n");
    for cells in rows {
        row(out, &cells.cells);
    }
}
