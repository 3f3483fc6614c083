//! "Many" where few said it.

use super::{Code, Desk, Finding};
use crate::minutes::count::{present, quantifiers};
use crate::minutes::cover::{behind, by_id};
use crate::model::ReportSettings;

pub(super) fn find(desk: &Desk<'_>, found: &mut Vec<Finding>) {
    let here = present(desk.record);
    let points = by_id(desk.record);
    for text in &desk.texts {
        let Some(passage) = text.passage else { continue };
        let behind = behind(desk.record, &points, passage);
        let people = behind.people.len();
        for quantifier in quantifiers(text.source, &behind, desk.settings, here) {
            if quantifier.holds != Some(false) {
                continue;
            }
            let counted = match people {
                0 => "nobody".to_owned(),
                1 => "1 person".to_owned(),
                people => format!("{people} people"),
            };
            let message = format!("“{}” rests on {counted}", quantifier.word);
            let at = text
                .source
                .find(&quantifier.words)
                .map(|from| from..from + quantifier.words.len());
            let mut one = text.finding(Code::Quantifier, at.as_ref(), &quantifier.words, message);
            one.mend = at
                .zip(other(&quantifier.words, &quantifier.word, people, desk.settings))
                .and_then(|(at, words)| text.rewrite(format!("Write “{words}”"), &at, &words));
            found.push(one);
        }
    }
}

/// The words that those behind the passage bear.
fn other(words: &str, word: &str, people: usize, settings: &ReportSettings) -> Option<String> {
    let people = u32::try_from(people).unwrap_or(u32::MAX);
    let thresholds = &settings.thresholds;
    let number = match people {
        0 => return None,
        1 => "one",
        _ if people >= thresholds.many => "many",
        _ if people >= thresholds.several => "several",
        _ if people >= thresholds.some => "some",
        _ => return None,
    };
    let number = if word.starts_with(char::is_uppercase) {
        let mut letters = number.chars();
        letters
            .next()
            .map(|first| first.to_uppercase().chain(letters).collect())?
    } else {
        number.to_owned()
    };
    let rest = words.strip_prefix(word)?;
    if people > 1 {
        return Some(format!("{number}{rest}"));
    }
    // Of one there are no "several other speakers", nor "some of the speakers".
    let noun = rest.split_whitespace().last()?;
    let noun = if noun == "people" {
        "person"
    } else {
        noun.strip_suffix('s')?
    };
    Some(format!("{number} {noun}"))
}
