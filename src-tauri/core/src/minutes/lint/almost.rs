//! Words that are almost a participant's name.

use std::collections::BTreeSet;

use super::{Code, Desk, Finding, begins_sentence, words};

/// Shorter words are like one another by chance.
const SHORTEST: usize = 5;

pub(super) fn find(desk: &Desk<'_>, found: &mut Vec<Finding>) {
    let names: BTreeSet<&str> = desk
        .record
        .participants
        .iter()
        .flat_map(|person| words(&person.name).into_iter().map(|(_, word)| word))
        .collect();
    let texts = &desk.texts;
    // What the record writes otherwise too is a word, not a slip: in small letters, in a role, or as a name of a thing.
    let mut known: BTreeSet<String> = words(&desk.vocabulary())
        .iter()
        .map(|(_, word)| (*word).to_owned())
        .collect();
    for text in texts {
        known.extend(
            words(&text.plain)
                .iter()
                .map(|(_, word)| (*word).to_owned())
                .filter(|word| word.chars().all(|letter| !letter.is_uppercase())),
        );
    }
    for text in texts.iter().filter(|text| text.passage.is_some()) {
        let all = words(text.source);
        for (place, (at, word)) in all.iter().enumerate() {
            let bare = word
                .strip_suffix("'s")
                .or_else(|| word.strip_suffix("’s"))
                .unwrap_or(word);
            let is_candidate = bare.chars().count() >= SHORTEST
                && bare.starts_with(char::is_uppercase)
                && bare.chars().skip(1).all(char::is_lowercase)
                && !names.contains(bare)
                && !known.contains(bare)
                && !known.contains(&bare.to_lowercase());
            // A sentence begins with a capital anyway: there, a name has its other half beside it.
            let beside = |place: Option<usize>| {
                let neighbour = place.and_then(|place| all.get(place)).map(|(_, word)| *word);
                neighbour.is_some_and(|word| names.contains(word))
            };
            if !is_candidate
                || (begins_sentence(text.source, at.start) && !beside(Some(place + 1)) && !beside(place.checked_sub(1)))
            {
                continue;
            }
            let like: Vec<&&str> = names.iter().filter(|name| is_slip(bare, name)).collect();
            if let [name] = like.as_slice() {
                let person = desk
                    .record
                    .participants
                    .iter()
                    .find(|person| words(&person.name).iter().any(|(_, word)| word == *name));
                let whole = person.map(|person| person.name.as_str()).unwrap_or_default();
                let message = format!("“{bare}”, perhaps {whole}");
                let at = at.start..at.start + bare.len();
                let mut one = text.finding(Code::AlmostNamed, Some(&at), bare, message);
                one.mend = text.rewrite(format!("Write “{name}”"), &at, name);
                found.push(one);
            }
        }
    }
}

/// Whether one is the other with one letter changed, left out, put in, or two changed about. A plural is no slip.
fn is_slip(word: &str, name: &str) -> bool {
    if name.chars().count() < SHORTEST {
        return false;
    }
    if word.strip_suffix('s') == Some(name) || name.strip_suffix('s') == Some(word) {
        return false;
    }
    let (one, other): (Vec<char>, Vec<char>) = (word.chars().collect(), name.chars().collect());
    let head = one.iter().zip(&other).take_while(|(one, other)| one == other).count();
    let rest = one.len().min(other.len()) - head;
    let tail = one
        .iter()
        .rev()
        .zip(other.iter().rev())
        .take(rest)
        .take_while(|(one, other)| one == other)
        .count();
    let (left, right) = (
        one.get(head..one.len() - tail).unwrap_or_default(),
        other.get(head..other.len() - tail).unwrap_or_default(),
    );
    // Names differ in their first letter and are two names: Miller, Tiller.
    head > 0
        && match (left, right) {
            ([], [_]) | ([_], []) | ([_], [_]) => true,
            ([a, b], [c, d]) => a == d && b == c,
            _ => false,
        }
}
