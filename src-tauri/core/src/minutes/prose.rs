//! From points to prose: what was typed in haste becomes a sentence, and keeps its marks.

use super::name::without_edge_breaks;
use crate::model::inline::{Inline, Inlines, is_blank, normal, parse, plain, write};
use crate::model::{PointId, PointView};

/// Points that are one contribution: one, and what goes on from it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contribution {
    /// The words (source of inline text), as typed.
    pub text: String,
    /// The points.
    pub points: Vec<PointId>,
}

/// The contributions that points make, in their order; those without words are left out.
#[must_use]
pub fn contributions(points: &[PointView]) -> Vec<Contribution> {
    let mut out: Vec<Contribution> = Vec::new();
    for view in points {
        let words = parse(view.point.words());
        if is_blank(&words) {
            continue;
        }
        let words = write(&without_edge_breaks(words));
        match out.last_mut() {
            Some(last) if view.point.continues.is_some_and(|id| last.points.contains(&id)) => {
                last.text = joined(&last.text, &words);
                last.points.push(view.point.id);
            }
            _ => out.push(Contribution {
                text: words,
                points: vec![view.point.id],
            }),
        }
    }
    out
}

/// Two texts, one behind the other.
#[must_use]
pub fn joined(one: &str, other: &str) -> String {
    let (mut text, rest) = (without_edge_breaks(parse(one)), without_edge_breaks(parse(other)));
    if !is_blank(&text) && !is_blank(&rest) {
        text.push(Inline::Text(" ".to_owned()));
    }
    text.extend(rest);
    write(&text)
}

/// The words as a sentence: with a capital at the beginning and a full stop at the end, where the script has them and
/// nothing else stands there. A word with capitals of its own (`pH`, `eBay`) stays.
#[must_use]
pub fn sentence(source: &str) -> String {
    let mut text = without_edge_breaks(parse(source));
    capital(&mut text);
    let words = plain(&text);
    let last = words
        .trim_end_matches(['”', '’', '"', '\'', ')', '»', ']'])
        .chars()
        .last();
    let is_open = last.is_some_and(|last| last.is_lowercase() || last.is_uppercase() || last.is_ascii_digit());
    // An address at the end would take the stop for its own.
    let is_address = words.split_whitespace().last().is_some_and(|word| word.contains("://"));
    if is_open && !is_address {
        text.push(Inline::Text(".".to_owned()));
    }
    write(&normal(&text))
}

/// Gives the first word its capital, unless it has capitals of its own.
pub(super) fn capital(text: &mut Inlines) {
    match text.first_mut() {
        Some(Inline::Text(words)) => {
            let first = words.split_whitespace().next().unwrap_or_default();
            let is_plain = first.chars().all(|letter| !letter.is_uppercase()) && !first.contains("://");
            let mut letters = words.chars();
            if let Some(letter) = letters.next().filter(|letter| is_plain && letter.is_lowercase()) {
                *words = letter.to_uppercase().chain(letters).collect();
            }
        }
        Some(Inline::Strong(inner) | Inline::Emphasis(inner)) => capital(inner),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::sentence;

    #[test]
    fn haste_becomes_a_sentence_and_marks_stay() {
        for (typed, set) in [
            ("the lamp is out", "The lamp is out."),
            ("**nine** of eleven", "**Nine** of eleven."),
            ("pH is 7", "pH is 7."),
            ("is it on?", "Is it on?"),
            ("he said “no”", "He said “no”."),
            ("see https://example.org/a", "See https://example.org/a"),
            ("`code` first", "`code` first."),
            ("没有基准面的文件应当拒收", "没有基准面的文件应当拒收"),
            ("ท่าเรือขนาดเล็ก", "ท่าเรือขนาดเล็ก"),
            ("the following:", "The following:"),
            ("2 * 3 * 4", "2 * 3 * 4."),
        ] {
            assert_eq!(sentence(typed), set, "{typed}");
        }
    }
}
