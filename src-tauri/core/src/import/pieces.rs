//! A text file → headings, entries of lists, and paragraphs, each with its line.

use crate::model::inline::{Inlines, parse, parse_list, parse_markdown, write};

/// What a piece is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sort {
    /// A heading of Markdown, with its level.
    Heading(u8),
    /// An entry of an unordered list.
    Bullet,
    /// An entry of an ordered list, with its number.
    Number(u32),
    /// Anything else.
    Text,
}

/// A block of the file.
#[derive(Clone, Debug)]
pub(super) struct Piece {
    /// Line in the file, from 1.
    pub(super) line: u32,
    pub(super) sort: Sort,
    /// The words as they stand in the file.
    pub(super) raw: String,
    pub(super) markdown: bool,
}

impl Piece {
    /// The words as the source of inline text.
    pub(super) fn source(&self) -> String {
        if self.markdown {
            write(&parse_markdown(&self.raw))
        } else {
            self.raw.clone()
        }
    }

    /// The words.
    pub(super) fn inlines(&self) -> Inlines {
        parse(&self.source())
    }

    /// The words, with commas of their own told from those that part a list.
    pub(super) fn list(&self) -> Inlines {
        if self.markdown {
            parse_markdown(&self.raw)
        } else {
            parse_list(&self.raw)
        }
    }
}

/// Whether a file is Markdown: it has a heading of Markdown's.
pub(super) fn is_markdown(text: &str) -> bool {
    text.lines().any(|line| heading(line).is_some())
}

/// Cuts a file into pieces; every line that is not blank is in one of them.
pub(super) fn pieces(text: &str) -> Vec<Piece> {
    let markdown = is_markdown(text);
    let mut out: Vec<Piece> = Vec::new();
    let mut parted = true;
    for (line, number) in text.split('\n').zip(1_u32..) {
        if line.trim().is_empty() {
            parted = true;
            continue;
        }
        let (sort, raw) = sort(line, markdown, out.last().filter(|_| !parted));
        let goes_on = markdown && !parted && sort == Sort::Text;
        match out.last_mut() {
            Some(last) if goes_on && !matches!(last.sort, Sort::Heading(_)) => {
                last.raw.push('\n');
                last.raw.push_str(raw.trim_start_matches([' ', '\t']));
            }
            _ => out.push(Piece {
                line: number,
                sort,
                raw: raw.trim_matches([' ', '\t']).to_owned(),
                markdown,
            }),
        }
        parted = false;
    }
    for piece in &mut out {
        let kept = piece.raw.trim_end_matches([' ', '\t']).len();
        piece.raw.truncate(kept);
        if !markdown {
            piece.raw = piece.raw.trim().to_owned();
        }
    }
    out
}

fn sort<'a>(line: &'a str, markdown: bool, before: Option<&Piece>) -> (Sort, &'a str) {
    let trimmed = line.trim_start_matches([' ', '\t']);
    if markdown && let Some((level, words)) = heading(line) {
        return (Sort::Heading(level), words);
    }
    let bullets: &[char] = if markdown {
        &['-', '*', '+']
    } else {
        &['-', '*', '+', '•']
    };
    if let Some(rest) = trimmed.strip_prefix(bullets)
        && rest.starts_with([' ', '\t'])
        && !rest.trim().is_empty()
        && !is_rule(trimmed)
    {
        return (Sort::Bullet, rest);
    }
    let digits = trimmed.len() - trimmed.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    if (1..=9).contains(&digits)
        && let Some((number, rest)) = trimmed.split_at_checked(digits)
        && let Ok(number) = number.parse::<u32>()
        && let Some(rest) = rest.strip_prefix(['.', ')'])
        && rest.starts_with([' ', '\t'])
        && !rest.trim().is_empty()
    {
        // In Markdown only a list that begins with 1 breaks into a paragraph, and only its first number counts.
        match before.map(|piece| piece.sort) {
            Some(Sort::Text) if markdown && number != 1 => {}
            Some(Sort::Number(last)) if markdown => return (Sort::Number(last.saturating_add(1)), rest),
            _ => return (Sort::Number(number), rest),
        }
    }
    (Sort::Text, line)
}

/// `---`, `* * *`: no entry of a list.
fn is_rule(line: &str) -> bool {
    ['-', '*', '_'].iter().any(|mark| {
        line.chars().all(|c| c == *mark || c.is_whitespace()) && line.chars().filter(|c| c == mark).count() >= 3
    })
}

/// The level and the words of a heading such as `## Agenda`.
fn heading(line: &str) -> Option<(u8, &str)> {
    let line = line.strip_prefix('\u{FEFF}').unwrap_or(line);
    let rest = line.trim_start_matches('#');
    let level = u8::try_from(line.len() - rest.len())
        .ok()
        .filter(|level| (1..=6).contains(level))?;
    if !rest.starts_with([' ', '\t']) {
        return None;
    }
    let words = rest.trim_matches([' ', '\t']);
    let closed = words.trim_end_matches('#');
    let words = if closed.is_empty() || !closed.ends_with([' ', '\t']) {
        words
    } else {
        closed.trim_end()
    };
    (!words.is_empty()).then_some((level, words))
}
