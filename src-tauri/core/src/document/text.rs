//! From one text to another by edits that keep to the words.
//!
//! A shortest edit by letters may keep a letter of a word that goes, in the stead of the same letter in a word that stays:
//! the text is the same, but where a colleague does the like to the same line apart, the words come out garbled. So
//! whole words are matched, and only a word that was itself mended is compared letter by letter, from its two ends.
//!
//! In the document every word has its space before it, the first one too ([`stored`]); readers see the text without that
//! first space ([`shown`]). So each word comes and goes with a space of its own, wherever it stands. Were the first word
//! to share the space behind it with the next, one laptop could strike both while another puts a word between them, and
//! that word would run together with the next; and so would two words written into an empty text apart.

use automerge::transaction::Transactable;
use automerge::{AutoCommit, ObjId, ReadDoc};

use crate::error::Result;

/// Above this many pairs of words to compare, the stretch that differs is replaced as a whole.
const MOST_PAIRS: usize = 4_000_000;

/// One edit: from which letter on, how many letters go, and what comes in their place. Letters are Unicode scalars.
#[derive(Debug, PartialEq, Eq)]
struct Splice {
    at: usize,
    removed: usize,
    added: String,
}

/// Before the first word of a text, as before any other.
const SPACE: char = ' ';

/// A text as it lies in the document.
pub(super) fn stored(text: &str) -> String {
    if text.is_empty() {
        String::new()
    } else {
        format!("{SPACE}{text}")
    }
}

/// A text of the document as it is read. One that was made before texts began with a space is read as it is.
pub(super) fn shown(mut stored: String) -> String {
    if stored.starts_with(SPACE) {
        stored.remove(0);
    }
    stored
}

/// Brings a text of a document to `new`.
pub(super) fn rewrite(doc: &mut AutoCommit, object: &ObjId, new: &str) -> Result<()> {
    let edits = edits(&doc.text(object)?, new);
    // From the end on, so that the places before stay right.
    for splice in edits.into_iter().rev() {
        let removed = isize::try_from(splice.removed).unwrap_or(isize::MAX);
        doc.splice_text(object, splice.at, removed, &splice.added)?;
    }
    Ok(())
}

/// The edits of what lies in the document, after which it reads as `new`, in order.
fn edits(old: &str, new: &str) -> Vec<Splice> {
    if old.is_empty() || old.starts_with(SPACE) {
        return splices(old, &stored(new));
    }
    // Made before texts began with a space.
    let mut edits: Vec<Splice> = Vec::new();
    for splice in splices(&stored(old), &stored(new)) {
        match edits.last_mut() {
            // What meets the first space is one edit, which can be told without it.
            Some(first) if first.at == 0 && splice.at == first.removed => {
                first.removed += splice.removed;
                first.added.push_str(&splice.added);
            }
            _ => edits.push(splice),
        }
    }
    let begins = new.starts_with(SPACE)
        && edits
            .first()
            .is_none_or(|first| first.at > 0 || !first.added.is_empty());
    let mut edits: Vec<Splice> = edits.into_iter().filter_map(without_first_space).collect();
    if begins {
        // Its own space at the beginning would be taken for the first word's.
        match edits.first_mut() {
            Some(first) if first.at == 0 => first.added.insert(0, SPACE),
            _ => edits.insert(
                0,
                Splice {
                    at: 0,
                    removed: 0,
                    added: SPACE.into(),
                },
            ),
        }
    }
    edits
}

/// The edits that lead from one text to the other, both with a space before each word, in order.
fn splices(old: &str, new: &str) -> Vec<Splice> {
    let (old, new) = (words(old), words(new));
    let head = old.iter().zip(&new).take_while(|(old, new)| old == new).count();
    let (old_rest, new_rest) = (old.get(head..).unwrap_or_default(), new.get(head..).unwrap_or_default());
    let tail = old_rest
        .iter()
        .rev()
        .zip(new_rest.iter().rev())
        .take_while(|(old, new)| old == new)
        .count();
    let old_rest = old_rest.get(..old_rest.len() - tail).unwrap_or_default();
    let new_rest = new_rest.get(..new_rest.len() - tail).unwrap_or_default();
    let mut found = Vec::new();
    let mut at = old.iter().take(head).map(|word| letters(word)).sum();
    let (mut gone, mut come) = (Vec::new(), Vec::new());
    for step in steps(old_rest, new_rest) {
        match step {
            Step::Kept(word) => at = push(&mut found, at, &mut gone, &mut come) + letters(word),
            Step::Gone(word) => gone.push(word),
            Step::Come(word) => come.push(word),
        }
    }
    push(&mut found, at, &mut gone, &mut come);
    found
}

/// Whether two rewrites of one text meet: in a word, in two that stand side by side, or in one gap between two.
pub(super) fn meet(base: &str, one: &str, other: &str) -> bool {
    let base = stored(base);
    let edits = |new: &str| {
        splices(&base, &stored(new))
            .iter()
            .map(|splice| reach(&base, splice))
            .collect::<Vec<_>>()
    };
    let others = edits(other);
    edits(one)
        .iter()
        .any(|(from, to)| others.iter().any(|(begin, end)| from.max(begin) <= to.min(end)))
}

/// Which words of a text an edit reaches: from one gap to another, which are the same where words only come.
fn reach(base: &str, splice: &Splice) -> (usize, usize) {
    let end = splice.at + splice.removed;
    let (mut from, mut to) = (0, 0);
    let mut place = 0;
    for (number, word) in words(base).iter().enumerate() {
        let begins = place;
        place += letters(word);
        if place <= splice.at {
            from = number + 1;
        }
        if begins < end {
            to = number + 1;
        }
    }
    (from, to.max(from))
}

/// The edit as it is in a text whose first word has no space before it.
fn without_first_space(splice: Splice) -> Option<Splice> {
    let Splice { at, removed, added } = splice;
    let splice = match at.checked_sub(1) {
        Some(at) => Splice { at, removed, added },
        // A word that comes first parts itself from the next.
        None if removed == 0 => Splice {
            at,
            removed,
            added: added.chars().skip(1).chain([SPACE]).collect(),
        },
        // One that goes leaves the next word its space.
        None => Splice {
            at,
            removed: removed - 1,
            added: added.chars().skip(1).collect(),
        },
    };
    (splice.removed > 0 || !splice.added.is_empty()).then_some(splice)
}

/// Words, each with the space before it.
fn words(text: &str) -> Vec<&str> {
    let mut words = Vec::new();
    let (mut start, mut in_word) = (0, false);
    for (at, letter) in text.char_indices() {
        let is_space = letter.is_whitespace();
        if is_space && in_word {
            words.extend(text.get(start..at));
            start = at;
        }
        in_word = !is_space;
    }
    words.extend(text.get(start..).filter(|rest| !rest.is_empty()));
    words
}

fn letters(text: &str) -> usize {
    text.chars().count()
}

/// Ends a stretch that differs; answers where it ends in the old text. Words at its two ends that were only mended are
/// mended; all between goes, and comes, as a whole.
fn push(found: &mut Vec<Splice>, at: usize, gone: &mut Vec<&str>, come: &mut Vec<&str>) -> usize {
    let (gone, come) = (std::mem::take(gone), std::mem::take(come));
    let pairs = |count: usize| gone.iter().zip(&come).take(count);
    let is_mended = |(old, new): &(&&str, &&str)| is_mended(old, new);
    let head = pairs(usize::MAX).take_while(is_mended).count();
    let rest = gone.len().min(come.len()) - head;
    let tail = gone
        .iter()
        .rev()
        .zip(come.iter().rev())
        .take(rest)
        .take_while(is_mended)
        .count();
    let mut place = at;
    let mut change = |old: &str, new: &str, by_letter: bool| {
        let (same_head, same_tail) = if by_letter { ends(old, new) } else { (0, 0) };
        let removed = letters(old) - same_head - same_tail;
        let added: String = new
            .chars()
            .skip(same_head)
            .take(letters(new) - same_head - same_tail)
            .collect();
        if removed > 0 || !added.is_empty() {
            found.push(Splice {
                at: place + same_head,
                removed,
                added,
            });
        }
        place += letters(old);
    };
    for (old, new) in pairs(head) {
        change(old, new, true);
    }
    let middle = |words: &[&str]| words.get(head..words.len() - tail).unwrap_or_default().concat();
    change(&middle(&gone), &middle(&come), false);
    for (old, new) in gone
        .iter()
        .skip(gone.len() - tail)
        .zip(come.iter().skip(come.len() - tail))
    {
        change(old, new, true);
    }
    place
}

/// How many letters two words have in common at their beginnings and at their ends.
fn ends(old: &str, new: &str) -> (usize, usize) {
    let head = old.chars().zip(new.chars()).take_while(|(old, new)| old == new).count();
    let rest = letters(old).min(letters(new)) - head;
    let tail = old
        .chars()
        .rev()
        .zip(new.chars().rev())
        .take(rest)
        .take_while(|(old, new)| old == new)
        .count();
    (head, tail)
}

/// Whether one word is the other, mended: half of its letters are the same.
fn is_mended(old: &str, new: &str) -> bool {
    let (old, new) = (old.trim_start(), new.trim_start());
    let (head, tail) = ends(old, new);
    head + tail > 0 && 2 * (head + tail) >= letters(old).max(letters(new))
}

/// What becomes of a word.
#[derive(Clone, Copy)]
enum Step<'a> {
    Kept(&'a str),
    Gone(&'a str),
    Come(&'a str),
}

/// A way from one list of words to the other that keeps as many as can be.
fn steps<'a>(old: &[&'a str], new: &[&'a str]) -> Vec<Step<'a>> {
    let width = new.len() + 1;
    let pairs = (old.len() + 1).saturating_mul(width);
    let mut steps = Vec::with_capacity(old.len() + new.len());
    // How many words are kept at most from each pair of places on; none where that is too much to find out.
    let mut kept = vec![0_u32; if pairs <= MOST_PAIRS { pairs } else { 0 }];
    let count = |kept: &[u32], row: usize, column: usize| kept.get(row * width + column).copied().unwrap_or(0);
    for (row, old) in old.iter().enumerate().rev() {
        for (column, new) in new.iter().enumerate().rev() {
            let best = if old == new {
                count(&kept, row + 1, column + 1) + 1
            } else {
                count(&kept, row + 1, column).max(count(&kept, row, column + 1))
            };
            if let Some(place) = kept.get_mut(row * width + column) {
                *place = best;
            }
        }
    }
    let (mut row, mut column) = (0, 0);
    loop {
        let is_known = !kept.is_empty();
        match (old.get(row), new.get(column)) {
            (Some(word), Some(other)) if word == other && is_known => {
                steps.push(Step::Kept(word));
                row += 1;
                column += 1;
            }
            (Some(word), Some(_)) if count(&kept, row + 1, column) >= count(&kept, row, column + 1) => {
                steps.push(Step::Gone(word));
                row += 1;
            }
            (_, Some(word)) => {
                steps.push(Step::Come(word));
                column += 1;
            }
            (Some(word), None) => {
                steps.push(Step::Gone(word));
                row += 1;
            }
            (None, None) => return steps,
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn applied(old: &str, new: &str) -> String {
        let mut letters: Vec<char> = old.chars().collect();
        for splice in edits(old, new).into_iter().rev() {
            letters.splice(splice.at..splice.at + splice.removed, splice.added.chars());
        }
        letters.into_iter().collect()
    }

    #[test]
    fn a_word_that_goes_takes_no_letter_of_its_neighbours() {
        let found = splices(" the xi iuk", " the iuk");
        assert_eq!(
            found,
            [Splice {
                at: 4,
                removed: 3,
                added: String::new()
            }]
        );
    }

    /// The one edit between two texts: from where, how many letters go, and what comes.
    fn one(old: &str, new: &str) -> (usize, usize, String) {
        let found = edits(old, new);
        assert_eq!(found.len(), 1, "{found:?}");
        (found[0].at, found[0].removed, found[0].added.clone())
    }

    #[test]
    fn the_first_word_comes_and_goes_as_a_whole() {
        assert_eq!(one(" the budget", "to the budget"), (0, 0, " to".to_owned()));
        assert_eq!(one(" the budget", "budget"), (0, 4, String::new()));
        assert_eq!(one(" agreed", "agreed,"), (7, 0, ",".to_owned()));
        assert_eq!(one(" budget", "big plan"), (0, 7, " big plan".to_owned()));
        assert_eq!(one("", "budget"), (0, 0, " budget".to_owned()));
        assert_eq!(one(" budget", ""), (0, 7, String::new()));
    }

    #[test]
    fn a_text_that_begins_without_a_space_is_edited_too() {
        assert_eq!(one("the budget", "to the budget"), (0, 0, "to ".to_owned()));
        assert_eq!(one("the budget", "budget"), (0, 3, String::new()));
        assert_eq!(one("agreed", "agreed,"), (6, 0, ",".to_owned()));
        assert_eq!(one("budget", "big plan"), (0, 6, "big plan".to_owned()));
    }

    #[test]
    fn rewrites_meet_in_words_and_in_gaps() {
        let base = "the budget of the year is agreed by all";
        let apart = |one: &str, other: &str| !meet(base, one, other) && !meet(base, other, one);
        assert!(apart(
            "the draft budget of the year is agreed by all",
            "the budget of the year is agreed by most"
        ));
        assert!(apart(
            "a budget of the year is agreed by all",
            "the budget of the year was agreed by all"
        ));
        // The same word, words side by side, the same gap, a word mended and another put behind it.
        assert!(!apart(
            "the plan of the year is agreed by all",
            "the list of the year is agreed by all"
        ));
        assert!(!apart(
            "a budget of the year is agreed by all",
            "the plan of the year is agreed by all"
        ));
        assert!(!apart(
            "the budget of the year is agreed by all today",
            "the budget of the year is agreed by all at once"
        ));
        assert!(!apart(
            "the budgets of the year is agreed by all",
            "the budget indeed of the year is agreed by all"
        ));
        assert!(meet("", "one", "other") && !meet("same", "same", "other"));
    }

    #[test]
    fn a_letter_in_a_word_is_one_letter() {
        let found = splices(" a colour b", " a color b");
        assert_eq!(found.len(), 1);
        assert_eq!((found[0].removed, found[0].added.as_str()), (1, ""));
    }

    #[test]
    fn a_long_text_rewritten_whole_is_replaced_whole() {
        let (old, new) = (" a".repeat(3000), " b".repeat(3000));
        assert_eq!(splices(&old, &new).len(), 1);
        assert_eq!(shown(applied(&old, &new)), new);
    }

    proptest! {
        #[test]
        fn the_edits_lead_to_the_new_text(old in "[abä𝒳 \n]{0,40}", new in "[abä𝒳 \n]{0,40}") {
            // From a text as it is stored, and from one that was made before texts began with a space.
            prop_assert_eq!(&shown(applied(&stored(&old), &new)), &new);
            prop_assert_eq!(&shown(applied(&old, &new)), &new);
            prop_assert_eq!(edits(&stored(&new), &new), vec![]);
        }
    }
}
