//! Names that stand in a text as plain words, and could be mentions: a mention is named as the export asks, words are
//! not.

use std::ops::Range;

use crate::model::inline::{Inline, MENTION, literal, parse, plain};
use crate::model::{Participant, ParticipantId};

/// A name in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offer {
    /// Where, in bytes of the source.
    pub at: Range<usize>,
    /// Whose it may be: several, where they bear one name.
    pub participants: Vec<ParticipantId>,
    /// Whether it is the whole name, not the last word of it alone.
    pub is_whole: bool,
}

/// The names of participants that stand in a source as plain words, in order: whole names, and last names that nobody
/// else bears. Where one lies in a mention, a link or code, nothing is offered.
#[must_use]
pub fn offers(source: &str, roster: &[Participant]) -> Vec<Offer> {
    let mut wanted: Vec<(String, Vec<ParticipantId>, bool)> = Vec::new();
    let mut want = |words: &str, id: ParticipantId, is_whole: bool| {
        let words = literal(words);
        match wanted.iter_mut().find(|(known, ..)| *known == words) {
            Some((_, ids, whole)) => {
                ids.push(id);
                *whole |= is_whole;
            }
            None => wanted.push((words, vec![id], is_whole)),
        }
    };
    for person in roster {
        let name = person.name.trim();
        if name.chars().count() > 1 {
            want(name, person.id, true);
        }
        if let Some((_, last)) = name.rsplit_once(char::is_whitespace)
            && last.chars().count() > 2
            && last.starts_with(char::is_uppercase)
        {
            want(last, person.id, false);
        }
    }
    // A last name that two bear is nobody's; a whole name wins over a part of it.
    wanted.retain(|(_, ids, is_whole)| *is_whole || ids.len() == 1);
    wanted.sort_by_key(|(words, ..)| std::cmp::Reverse(words.len()));
    let mut found: Vec<Offer> = Vec::new();
    for (words, participants, is_whole) in wanted {
        for (from, _) in source.match_indices(&words) {
            let at = from..from + words.len();
            let is_free = found
                .iter()
                .all(|other| other.at.end <= at.start || at.end <= other.at.start);
            if is_free && stands_alone(source, &at) && is_plain(source, &at) {
                found.push(Offer {
                    at,
                    participants: participants.clone(),
                    is_whole,
                });
            }
        }
    }
    found.sort_by_key(|offer| offer.at.start);
    found
}

/// The source of a mention of somebody, with words of a source for the name.
#[must_use]
pub fn mention(words: &str, participant: ParticipantId) -> String {
    format!("[{words}]({MENTION}{participant})")
}

/// The source with a part of it replaced.
#[must_use]
pub fn replaced(source: &str, at: &Range<usize>, with: &str) -> Option<String> {
    let (before, after) = (source.get(..at.start)?, source.get(at.end..)?);
    Some(format!("{before}{with}{after}"))
}

/// No letter goes on right before or behind. Scripts without capitals may write words without spaces between them.
pub(crate) fn stands_alone(source: &str, at: &Range<usize>) -> bool {
    let cased = |letter: char| letter.is_lowercase() || letter.is_uppercase() || letter.is_numeric();
    let inside = source.get(at.clone()).unwrap_or_default();
    let parts = |edge: Option<char>, beyond: Option<char>| match (edge, beyond) {
        (Some(edge), Some(beyond)) => !(cased(edge) && beyond.is_alphanumeric()),
        _ => true,
    };
    let before = source.get(..at.start).and_then(|text| text.chars().last());
    let after = source.get(at.end..).and_then(|text| text.chars().next());
    parts(inside.chars().next(), before) && parts(inside.chars().last(), after)
}

/// Whether a word stands at the beginning of a sentence.
pub(super) fn begins_sentence(text: &str, at: usize) -> bool {
    let before = text.get(..at).unwrap_or_default().trim_end();
    let before = before.trim_end_matches(['*', '“', '"', '(', '‘', '[']).trim_end();
    before.is_empty() || before.ends_with(['.', '!', '?', ':', ';', '\n'])
}

/// Whether words of a source are plain there: made a mention, the text reads the same and has one mention more.
fn is_plain(source: &str, at: &Range<usize>) -> bool {
    let made = source
        .get(at.clone())
        .map(|words| mention(words, ParticipantId::default()))
        .and_then(|mention| replaced(source, at, &mention));
    made.is_some_and(|made| {
        let (before, after) = (parse(source), parse(&made));
        plain(&before) == plain(&after) && mentions(&after) == mentions(&before) + 1
    })
}

fn mentions(inlines: &[Inline]) -> usize {
    inlines
        .iter()
        .map(|inline| match inline {
            Inline::Mention { .. } => 1,
            Inline::Strong(inner) | Inline::Emphasis(inner) => mentions(inner),
            _ => 0,
        })
        .sum()
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::model::OrderKey;

    fn roster(names: &[&str]) -> Vec<Participant> {
        (1_u128..)
            .zip(names)
            .map(|(id, name)| Participant::new(ParticipantId(Uuid::from_u128(id)), OrderKey::default(), *name))
            .collect()
    }

    #[test]
    fn names_are_offered_where_they_are_plain_words() {
        let roster = roster(&["Ann Olsen", "Ben Okoro", "Ben Okoro", "林佳怡", "Cy King", "Di King"]);
        let found = |text: &str| -> Vec<(String, usize)> {
            offers(text, &roster)
                .into_iter()
                .map(|offer| (text[offer.at].to_owned(), offer.participants.len()))
                .collect()
        };
        let one = |words: &str, people| vec![(words.to_owned(), people)];
        assert_eq!(found("as **Ann Olsen** said"), one("Ann Olsen", 1));
        assert_eq!(found("Olsen's view"), one("Olsen", 1));
        assert_eq!(found("Ben Okoro agreed"), one("Ben Okoro", 2));
        assert_eq!(found("その後林佳怡は"), one("林佳怡", 1));
        for text in [
            "Olsenburg",
            "the King of nothing",
            "`Ann Olsen`",
            "[Ann Olsen](https://example.org)",
            "[Ann Olsen](minuta:participant/00000000-0000-0000-0000-000000000001)",
            "https://example.org/Olsen/x",
        ] {
            let wanted: Vec<(String, usize)> = if text.starts_with("https") {
                one("Olsen", 1)
            } else {
                vec![]
            };
            assert_eq!(found(text), wanted, "{text}");
        }
    }
}
