//! The shapes by which the lines of a report are known: its headings, numbers, lists of roles.

use std::collections::BTreeSet;

use super::pieces::{Piece, Sort};
use crate::model::Item;
use crate::model::inline::{Inline, Inlines, parse, plain, write};

/// The parts of a report.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    Front,
    Agenda,
    Discussion,
    People,
}

/// The part of the report that a piece is the heading of.
pub(super) fn part(piece: &Piece) -> Option<Part> {
    let may_be = match piece.sort {
        Sort::Heading(level) => level <= 3,
        Sort::Text => !piece.markdown,
        _ => false,
    };
    if !may_be {
        return None;
    }
    match piece.raw.trim().trim_end_matches(':').trim().to_lowercase().as_str() {
        "agenda" => Some(Part::Agenda),
        "discussion" => Some(Part::Discussion),
        "list of participants" | "participants" => Some(Part::People),
        _ => None,
    }
}

/// Too long for a heading or a person, or a whole sentence.
pub(super) fn long(piece: &Piece) -> bool {
    piece.raw.chars().count() > 160 || piece.raw.ends_with(['.', ';', ':'])
}

/// A number without those of the sections below it: what was counted on may be as long as it likes.
fn stem(number: &str) -> &str {
    let mut stem = number;
    while let Some((above, own)) = stem.rsplit_once('.')
        && own.len() <= 3
        && own.bytes().all(|byte| byte.is_ascii_digit())
    {
        stem = above;
    }
    stem.trim_end_matches(')')
}

/// The number before a heading, and the words after it: `1.` at the first depth, `1.1` below.
pub(super) fn number(inlines: &[Inline], depth: usize) -> Option<(String, Inlines)> {
    let Some(Inline::Text(first)) = inlines.first() else {
        return None;
    };
    let (token, rest) = first.split_once(' ').unwrap_or((first, ""));
    let alone = rest.is_empty() && inlines.len() == 1;
    let inner = token.trim_end_matches(['.', ')']);
    // Several dots at the end are an ellipsis, of a word. Below an item `3)` there is a `3).1`.
    let well_formed = !inner.is_empty()
        && stem(inner).len() <= 16
        && token.len() - inner.len() <= 1
        && inner
            .replace(").", ".")
            .chars()
            .all(|c| c.is_alphanumeric() || matches!(c, '.' | '-' | '(' | '/'))
        && (alone || first.len() > token.len());
    let fits = if depth == 1 {
        token.len() > inner.len() && (inner.len() <= 3 || inner.chars().any(|c| c.is_ascii_digit()))
    } else {
        inner.starts_with(|c: char| c.is_ascii_digit())
            || inner.chars().any(|c| c.is_ascii_digit()) && inner.contains('.')
    };
    if !(well_formed && fits) {
        return None;
    }
    let label = if depth == 1 {
        token.strip_suffix('.').unwrap_or(token)
    } else {
        token
    };
    let mut words = vec![Inline::Text(rest.to_owned())];
    words.extend(inlines.iter().skip(1).cloned());
    Some((label.to_owned(), crate::model::inline::normal(&words)))
}

/// Whether a heading is that of an agenda item: half of the words of the shorter one are in the other.
pub(super) fn alike(item: &Item, heading: &str) -> bool {
    let set = |source: &str| -> BTreeSet<String> {
        plain(&parse(source))
            .split(|c: char| !c.is_alphanumeric())
            .filter(|word| !word.is_empty())
            .map(str::to_lowercase)
            .collect()
    };
    let (title, heading) = (set(&item.title), set(heading));
    let common = title.intersection(&heading).count();
    common > 0 && common * 2 >= title.len().min(heading.len())
}

/// Cuts a list at the commas that part it.
pub(super) fn split(inlines: &[Inline]) -> Vec<Inlines> {
    let mut parts = vec![Inlines::new()];
    let mut push = |inline: Inline, fresh: bool| {
        if fresh {
            parts.push(Inlines::new());
        }
        if let Some(last) = parts.last_mut() {
            last.push(inline);
        }
    };
    for inline in inlines {
        match inline {
            Inline::Text(text) => {
                for (place, piece) in text.split(',').enumerate() {
                    push(Inline::Text(piece.to_owned()), place > 0);
                }
            }
            other => push(other.clone(), false),
        }
    }
    parts
        .into_iter()
        .map(|part| {
            let source = write(&part);
            parse(source.trim_matches([' ', '\t', '\n']))
        })
        .filter(|part| !part.is_empty())
        .collect()
}

/// The names after `Apologies:`.
pub(super) fn apologies(inlines: &[Inline]) -> Option<Vec<Inlines>> {
    let (first, rest) = inlines.split_first()?;
    let Inline::Text(first) = first else { return None };
    let mut list = vec![Inline::Text(first.strip_prefix("Apologies: ")?.to_owned())];
    list.extend_from_slice(rest);
    Some(split(&list))
}
