//! From one text to another by edits that keep to the words.
//!
//! A shortest edit by letters may keep a letter of a word that goes, in the stead of the same letter in a word that stays:
//! the text is the same, but where a colleague does the like to the same line apart, the words come out garbled. So
//! whole words are matched, and only a word that was itself mended is compared letter by letter, from its two ends.

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

/// Brings a text of a document to `new`.
pub(super) fn rewrite(doc: &mut AutoCommit, object: &ObjId, new: &str) -> Result<()> {
    let old = doc.text(object)?;
    // From the end on, so that the places before stay right.
    for splice in splices(&old, new).into_iter().rev() {
        let removed = isize::try_from(splice.removed).unwrap_or(isize::MAX);
        doc.splice_text(object, splice.at, removed, &splice.added)?;
    }
    Ok(())
}

/// The edits that lead from one text to the other, in order.
fn splices(old: &str, new: &str) -> Vec<Splice> {
    // Every word has its space before it, the first one too, so that what goes or comes before it is a whole word.
    let (old, new) = (format!(" {old}"), format!(" {new}"));
    let (old, new) = (words(&old), words(&new));
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
    let mut edits: Vec<Splice> = Vec::with_capacity(found.len());
    for splice in found {
        match edits.last_mut() {
            // What meets the first space is one edit, which can be told without it.
            Some(first) if first.at == 0 && splice.at == first.removed => {
                first.removed += splice.removed;
                first.added.push_str(&splice.added);
            }
            _ => edits.push(splice),
        }
    }
    edits.into_iter().filter_map(without_first_space).collect()
}

/// Whether two rewrites of one text meet: in a word, in two that stand side by side, or in one gap between two.
pub(super) fn meet(base: &str, one: &str, other: &str) -> bool {
    let edits = |new: &str| {
        splices(base, new)
            .iter()
            .map(|splice| reach(base, splice))
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

/// The edit as it is in the text without the space that was put before it.
fn without_first_space(splice: Splice) -> Option<Splice> {
    let Splice { at, removed, added } = splice;
    let splice = match at.checked_sub(1) {
        Some(at) => Splice { at, removed, added },
        // A word that comes or goes alone takes the space behind it, which is the next one's, for the one before.
        None if removed == 0 => Splice {
            at,
            removed,
            added: added.chars().skip(1).chain([' ']).collect(),
        },
        None if added.is_empty() => Splice { at, removed, added },
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
        for splice in splices(old, new).into_iter().rev() {
            letters.splice(splice.at..splice.at + splice.removed, splice.added.chars());
        }
        letters.into_iter().collect()
    }

    #[test]
    fn a_word_that_goes_takes_no_letter_of_its_neighbours() {
        let found = splices("the xi iuk", "the iuk");
        assert_eq!(
            found,
            [Splice {
                at: 3,
                removed: 3,
                added: String::new()
            }]
        );
    }

    #[test]
    fn the_first_word_comes_and_goes_as_a_whole() {
        let (come, gone) = (splices("the budget", "to the budget"), splices("the budget", "budget"));
        assert_eq!((come[0].at, come[0].removed, come[0].added.as_str()), (0, 0, "to "));
        assert_eq!((gone[0].at, gone[0].removed, gone[0].added.as_str()), (0, 4, ""));
        let mended = splices("agreed", "agreed, said Ben");
        assert_eq!((mended[0].at, mended[0].added.as_str()), (6, ","));
        assert_eq!(splices("budget", "big plan")[0].removed, 6);
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
        let found = splices("a colour b", "a color b");
        assert_eq!(found.len(), 1);
        assert_eq!((found[0].removed, found[0].added.as_str()), (1, ""));
    }

    #[test]
    fn a_long_text_rewritten_whole_is_replaced_whole() {
        let (old, new) = ("a ".repeat(3000), "b ".repeat(3000));
        assert_eq!(splices(&old, &new).len(), 1);
        assert_eq!(applied(&old, &new), new);
    }

    proptest! {
        #[test]
        fn the_edits_lead_to_the_new_text(old in "[abä𝒳 \n]{0,40}", new in "[abä𝒳 \n]{0,40}") {
            prop_assert_eq!(&applied(&old, &new), &new);
            prop_assert_eq!(splices(&new, &new), vec![]);
        }
    }
}
