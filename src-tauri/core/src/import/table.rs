//! Rows of a table as text: parted by tabs, commas or semicolons, with or without quotes.

use csv::{ReaderBuilder, StringRecord};

use crate::model::text::clean_line;

/// A row that is not blank.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Row {
    /// Line of the file on which it begins, from 1.
    pub(super) line: u32,
    /// Its cells, each on one line and without the marks of spreadsheets.
    pub(super) cells: Vec<String>,
    /// As it stands in the file.
    pub(super) raw: String,
}

impl Row {
    /// A cell, empty where there is none.
    pub(super) fn cell(&self, at: usize) -> &str {
        self.cells.get(at).map_or("", String::as_str)
    }

    /// Whether nothing is in it.
    pub(super) fn is_blank(&self) -> bool {
        self.cells.iter().all(String::is_empty)
    }
}

/// How often a quote may be found to run away before quotes count for nothing.
const RUNAWAYS: u32 = 20;

/// All rows of a table. A quote that is never closed costs its own row at most: a cell of several lines that look like
/// rows themselves is read again without quotes.
pub(super) fn rows(text: &str, delimiter: u8) -> Vec<Row> {
    let text = text.trim_start_matches('\u{FEFF}');
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let mut rows = Vec::new();
    let mut rest = text.as_str();
    let mut line = 1_u32;
    let mut runaways = 0;
    while !rest.is_empty() {
        let read = stretch(rest, delimiter, runaways < RUNAWAYS, &mut line, &mut rows);
        rest = rest.get(read..).unwrap_or_default();
        if rest.is_empty() {
            break;
        }
        // The row that follows has a quote that runs away.
        runaways += 1;
        let end = rest.find('\n').map_or(rest.len(), |end| end + 1);
        let (row, after) = rest.split_at_checked(end).unwrap_or((rest, ""));
        stretch(row, delimiter, false, &mut line, &mut rows);
        rest = after;
    }
    rows
}

/// Reads rows until the end, or until a quote runs away; gives how many bytes were read.
fn stretch(text: &str, delimiter: u8, quoting: bool, line: &mut u32, rows: &mut Vec<Row>) -> usize {
    let mut reader = ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter)
        .quoting(quoting)
        .from_reader(text.as_bytes());
    let mut record = StringRecord::new();
    let mut read = 0_usize;
    while let Ok(true) = reader.read_record(&mut record) {
        let end = usize::try_from(reader.position().byte()).unwrap_or(text.len());
        let raw = text.get(read..end).unwrap_or_default();
        if record.iter().any(|cell| runs_away(cell, raw, delimiter)) {
            let blank = raw.len() - raw.trim_start_matches('\n').len();
            *line = line.saturating_add(u32::try_from(blank).unwrap_or(0));
            return read + blank;
        }
        let blank = raw.len() - raw.trim_start_matches('\n').len();
        let before = line.saturating_add(u32::try_from(blank).unwrap_or(0));
        let row = Row {
            line: before,
            cells: record.iter().map(cell).collect(),
            raw: raw.trim_matches('\n').to_owned(),
        };
        *line = line.saturating_add(u32::try_from(raw.matches('\n').count()).unwrap_or(0));
        read = end;
        if !row.is_blank() {
            rows.push(row);
        }
    }
    text.len()
}

/// Whether a quoted cell has taken in rows that are not its own.
fn runs_away(cell: &str, raw: &str, delimiter: u8) -> bool {
    if !cell.contains('\n') {
        return false;
    }
    let delimiter = char::from(delimiter);
    let mut later = cell.split('\n').skip(1);
    later.any(|line| line.matches(delimiter).count() >= if delimiter == '\t' { 1 } else { 3 })
        || cell.matches('\n').count() > 200
        // Its quotes are not closed where it ends.
        || !raw.contains(&format!("\"{}\"", cell.replace('"', "\"\"")))
}

/// A cell without what spreadsheets and writing directions put around it.
fn cell(text: &str) -> String {
    let text: String = text
        .chars()
        .filter(|letter| !is_invisible(*letter))
        .map(|letter| if is_blank(letter) { ' ' } else { letter })
        .collect();
    let text = clean_line(&text);
    let inner = text.strip_prefix("=\"").and_then(|rest| rest.strip_suffix('"'));
    match inner {
        Some(inner) => inner.trim().to_owned(),
        None => text,
    }
}

/// Marks of writing direction and of byte order, which platforms put around times.
pub(super) fn is_invisible(letter: char) -> bool {
    matches!(letter, '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{FEFF}')
}

fn is_blank(letter: char) -> bool {
    matches!(letter, '\u{A0}' | '\u{202F}' | '\u{2009}')
}

#[cfg(test)]
mod tests {
    use super::{Row, rows};

    fn read(text: &str, delimiter: char) -> Vec<(u32, Vec<String>)> {
        let pair = |row: Row| (row.line, row.cells);
        rows(text, delimiter as u8).into_iter().map(pair).collect()
    }

    fn cells(line: u32, cells: &[&str]) -> (u32, Vec<String>) {
        (line, cells.iter().map(|cell| (*cell).to_owned()).collect())
    }

    #[test]
    fn rows_know_their_lines_whatever_ends_them() {
        for end in ["\n", "\r\n", "\r"] {
            let text = ["a,b", "", "c,\"d", "e\"", "f,g"].join(end);
            let expected = [cells(1, &["a", "b"]), cells(3, &["c", "d e"]), cells(5, &["f", "g"])];
            assert_eq!(read(&text, ','), expected, "{end:?}");
        }
        assert_eq!(
            read("\u{FEFF}a\t\"=\"\"x\"\"\"\t\u{200E}1:02\u{202F}PM", '\t'),
            [cells(1, &["a", "x", "1:02 PM"])]
        );
        assert_eq!(read("", ','), []);
        assert_eq!(read(",,,\n\n", ','), []);
    }

    #[test]
    fn a_quote_that_is_never_closed_costs_its_row_alone() {
        let text = "Kai\t1\n\"Noor\t2\nSky\t3\n\"Ida\t4\nUwe\t5\n";
        let names: Vec<String> = rows(text, b'\t').into_iter().map(|row| row.cells[0].clone()).collect();
        assert_eq!(names, ["Kai", "\"Noor", "Sky", "\"Ida", "Uwe"]);
        let bomb = "\"a,b,c,d\n".repeat(20_000);
        assert_eq!(rows(&bomb, b',').len(), 20_000);
        let text = "Name,Poll\n\"said \"hi\" there\",x\n";
        assert_eq!(rows(text, b',').len(), 2);
    }
}
