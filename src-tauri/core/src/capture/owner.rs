//! Who is to do an action, where the text says so plainly.

use super::said::is_candidate;
use super::words::NOT_OWNERS;
use crate::model::Participant;

/// Words at the head of an action among which its owner is looked for.
const HEAD_WORDS: usize = 16;

/// The owners that an action's text begins with, as typed, and whether they count only where they fit a participant.
///
/// "Ann, Ben to write", "Ann will write", "Ann: write", of two with one name "Ann (chair) to write"; with `nick_first` also
/// MeetBot's "ann write".
pub(super) fn owners(text: &str, nick_first: bool, roster: &[Participant]) -> (Vec<String>, bool) {
    if let Some(names) = head(text).and_then(|(head, _)| names(head, roster)) {
        // A single small word may be a verb; a name typed in full, in capitals or with @ is a name.
        let must_fit = names.iter().any(|name| name.starts_with(char::is_lowercase));
        return (names, must_fit);
    }
    let nick = text
        .split_whitespace()
        .next()
        .map(|word| word.trim_end_matches(','))
        .filter(|_| nick_first);
    match nick.and_then(|nick| names(nick, roster)) {
        Some(names) => {
            let must_fit = !names.iter().all(|name| name.starts_with('@'));
            (names, must_fit)
        }
        None => (Vec::new(), false),
    }
}

/// Whether a text after the bare word "action" begins with an owner: `Ann: do it`, `Ann to do it`.
pub(super) fn leads(text: &str, roster: &[Participant]) -> bool {
    head(text).is_some_and(|(head, colon)| {
        names(head, roster).is_some_and(|names| colon || names.iter().all(|name| !name.starts_with(char::is_lowercase)))
    })
}

/// What stands before the first "to", "will", … or colon, and whether it was a colon. Something follows.
fn head(text: &str) -> Option<(&str, bool)> {
    let mut from = 0;
    let mut depth = Depth::default();
    for (count, word) in text.split_whitespace().take(HEAD_WORDS).enumerate() {
        let at = from + text.get(from..)?.find(word)?;
        from = at + word.len();
        // A role may have such words and signs of its own.
        let within = depth.is_within();
        word.chars().for_each(|letter| depth.goes_on(letter));
        if within && depth.is_within() {
            continue;
        }
        let colon = word.find([':', '：']).map(|colon| at + colon);
        let marker = ["to", "will", "shall", "should", "must"]
            .iter()
            .any(|m| word.eq_ignore_ascii_case(m));
        let (end, after) = match colon {
            Some(colon) => (colon, text.get(colon..)?.trim_start_matches([':', '：'])),
            None if marker && count > 0 => (at, text.get(from..)?),
            None => continue,
        };
        let head = text.get(..end)?.trim();
        return (!head.is_empty() && !after.trim().is_empty()).then_some((head, colon.is_some()));
    }
    None
}

/// Names between commas, "and" or "&", where all of them can be names. What stands in brackets behind one goes with it.
fn names(head: &str, roster: &[Participant]) -> Option<Vec<String>> {
    let mut names = vec![String::new()];
    let mut depth = Depth::default();
    for word in head.split_whitespace() {
        if !depth.is_within() && (word.eq_ignore_ascii_case("and") || word == "&" || word == "+") {
            names.push(String::new());
            continue;
        }
        let mut begins = true;
        for letter in word.chars() {
            depth.goes_on(letter);
            if !depth.is_within() && matches!(letter, ',' | '/' | '&' | '、' | '，') {
                names.push(String::new());
                begins = false;
            } else if let Some(name) = names.last_mut() {
                if begins && !name.is_empty() {
                    name.push(' ');
                }
                begins = false;
                name.push(letter);
            }
        }
    }
    names.retain(|name| !name.is_empty());
    let fits = |name: &String| {
        let whole = name.strip_prefix('@').unwrap_or(name);
        let bare = whole.split_once(" (").map_or(whole, |(before, _)| before);
        let small = bare.to_lowercase();
        (is_candidate(bare, roster) || is_candidate(whole, roster)) && !NOT_OWNERS.contains(&small.as_str())
    };
    (!names.is_empty() && names.iter().all(fits)).then_some(names)
}

/// How deep in brackets one is.
#[derive(Clone, Copy, Default)]
struct Depth(usize);

impl Depth {
    fn goes_on(&mut self, letter: char) {
        match letter {
            '(' => self.0 += 1,
            ')' => self.0 = self.0.saturating_sub(1),
            _ => {}
        }
    }

    fn is_within(self) -> bool {
        self.0 > 0
    }
}
