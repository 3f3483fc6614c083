//! By when an action is to be done, where the text says so plainly.

use std::ops::Range;

use chrono::{Datelike, Days, NaiveDate, Weekday};
use serde::Serialize;
use ts_rs::TS;

use super::dates::{self, DayMonth};

/// Years ahead in which a date without a year is looked for: 29 February may be eight years away.
const YEARS_AHEAD: i32 = 8;

/// Words of a date, at most: "15th of January 2026".
const DATE_WORDS: usize = 4;

/// The phrase in an action's text that says by when.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct Due {
    /// The phrase as typed: "by 15 January". [`due()`] reads it.
    pub phrase: String,
    /// Where it begins in the text, in bytes.
    pub start: usize,
    /// Where it ends in the text, in bytes.
    pub end: usize,
}

/// A day as people say it, before it is known what day it is today.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Day {
    Date(NaiveDate),
    Yearless(DayMonth),
    Weekday(Weekday),
    Ahead(u64),
}

/// The first day that a text names after "by", "before", "until", "due", …, and where in the text (bytes) that phrase
/// stands.
///
/// A day without a year, or a day of the week, is the next one on or after `today`. What could be read in two ways
/// (`15/01`, "next Friday") is not read. "Before" and "until" give the day that they name.
///
/// ```
/// use chrono::NaiveDate;
/// let today = NaiveDate::from_ymd_opt(2025, 12, 18).unwrap();
/// let (day, place) = minuta_core::capture::due("Titti to send the draft by 15 January", today).unwrap();
/// assert_eq!(day, NaiveDate::from_ymd_opt(2026, 1, 15).unwrap());
/// assert_eq!(place, 24..37);
/// ```
#[must_use]
pub fn due(text: &str, today: NaiveDate) -> Option<(NaiveDate, Range<usize>)> {
    let (day, range) = find(text)?;
    Some((resolve(day, today)?, range))
}

/// The phrase that [`due()`] would read.
#[must_use]
pub fn due_phrase(text: &str) -> Option<Due> {
    let (_, range) = find(text)?;
    Some(Due {
        phrase: text.get(range.clone())?.to_owned(),
        start: range.start,
        end: range.end,
    })
}

fn resolve(day: Day, today: NaiveDate) -> Option<NaiveDate> {
    match day {
        Day::Date(date) => Some(date),
        Day::Ahead(days) => today.checked_add_days(Days::new(days)),
        Day::Weekday(weekday) => {
            let ahead = weekday.days_since(today.weekday());
            today.checked_add_days(Days::new(u64::from(ahead)))
        }
        Day::Yearless(day) => (0..=YEARS_AHEAD)
            .filter_map(|ahead| day.in_year(today.year().checked_add(ahead)?))
            .find(|date| *date >= today),
    }
}

/// A word and where it stands, without the punctuation around it.
struct Word<'a> {
    text: &'a str,
    start: usize,
    end: usize,
}

fn words(text: &str) -> Vec<Word<'_>> {
    let mut from = 0;
    let mut words = Vec::new();
    for word in text.split_whitespace() {
        let Some(at) = text.get(from..).and_then(|rest| rest.find(word)) else {
            break;
        };
        let at = from + at;
        from = at + word.len();
        let opened = word.trim_start_matches(['(', '[', '"', '“', '*']);
        let bare = opened.trim_end_matches([',', '.', ';', ':', '!', '?', ')', ']', '"', '”', '*']);
        let start = at + word.len() - opened.len();
        words.push(Word {
            text: bare,
            start,
            end: start + bare.len(),
        });
    }
    words
}

fn find(text: &str) -> Option<(Day, Range<usize>)> {
    let words = words(text);
    (0..words.len()).find_map(|at| {
        let rest = words.get(at..)?;
        let day_at = preposition(rest)?;
        let (day, used) = day(rest.get(day_at..)?)?;
        let first = rest.first()?;
        let last = rest.get(day_at + used - 1)?;
        Some((day, first.start..last.end))
    })
}

/// How many words "by", "due on", "no later than" … take.
fn preposition(words: &[Word<'_>]) -> Option<usize> {
    let word = |at: usize| {
        words
            .get(at)
            .map(|word| word.text.to_ascii_lowercase())
            .unwrap_or_default()
    };
    match word(0).as_str() {
        "by" | "before" | "until" | "till" => Some(1),
        "due" => Some(if matches!(word(1).as_str(), "on" | "by" | "before" | "date") {
            2
        } else {
            1
        }),
        "no" | "not" if word(1) == "later" && word(2) == "than" => Some(3),
        "deadline" => Some(1),
        _ => None,
    }
}

/// The day that the words begin with, and how many of them it takes.
fn day(words: &[Word<'_>]) -> Option<(Day, usize)> {
    let word = |at: usize| words.get(at).map_or("", |word| word.text);
    let small = word(0).to_ascii_lowercase();
    match small.as_str() {
        "today" => return Some((Day::Ahead(0), 1)),
        "tomorrow" => return Some((Day::Ahead(1), 1)),
        _ => {}
    }
    // "the 15th of January", "Friday 16 January"
    let article = usize::from(small == "the");
    let weekday = dates::weekday(word(article));
    let from = article + usize::from(weekday.is_some());
    if let Some((day, used)) = date(
        &words
            .get(from..)?
            .iter()
            .take(DATE_WORDS)
            .map(|word| word.text)
            .collect::<Vec<_>>(),
    ) {
        return Some((day, from + used));
    }
    weekday.map(|weekday| (Day::Weekday(weekday), from))
}

fn date(words: &[&str]) -> Option<(Day, usize)> {
    if let Some(date) = words.first().and_then(|word| dates::numeric(word)) {
        return Some((Day::Date(date), 1));
    }
    let (day, used) = dates::day_month(words)?;
    match words.get(used).and_then(|word| dates::year(word)) {
        Some(year) => Some((Day::Date(day.in_year(year)?), used + 1)),
        None => day.is_possible().then_some((Day::Yearless(day), used)),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn phrases_and_the_days_they_mean() {
        // A Thursday.
        let today = day("2025-12-18");
        for (text, phrase, expected) in [
            ("send it by 15 January", "by 15 January", "2026-01-15"),
            ("send it by 15 January.", "by 15 January", "2026-01-15"),
            ("send it (by 15 January), please", "by 15 January", "2026-01-15"),
            ("send it **by 15 January**", "by 15 January", "2026-01-15"),
            ("send it by 15 January 2027", "by 15 January 2027", "2027-01-15"),
            ("send it by January 15", "by January 15", "2026-01-15"),
            ("send it by January 15th, 2027", "by January 15th, 2027", "2027-01-15"),
            ("send it by the 15th of January", "by the 15th of January", "2026-01-15"),
            ("send it by Jan. 15", "by Jan. 15", "2026-01-15"),
            ("send it by 18 December", "by 18 December", "2025-12-18"),
            ("send it by 17 December", "by 17 December", "2026-12-17"),
            ("send it BY 2026-01-15", "BY 2026-01-15", "2026-01-15"),
            ("send it by 15.01.2026", "by 15.01.2026", "2026-01-15"),
            ("send it by Friday", "by Friday", "2025-12-19"),
            ("send it by Thursday", "by Thursday", "2025-12-18"),
            ("send it by Wed", "by Wed", "2025-12-24"),
            ("send it by Friday 16 January", "by Friday 16 January", "2026-01-16"),
            ("send it by tomorrow", "by tomorrow", "2025-12-19"),
            ("send it by today", "by today", "2025-12-18"),
            ("send it before 15 January", "before 15 January", "2026-01-15"),
            ("wait until 15 January", "until 15 January", "2026-01-15"),
            ("the draft, due 15 January", "due 15 January", "2026-01-15"),
            ("the draft, due on 15 January", "due on 15 January", "2026-01-15"),
            ("no later than 15 January", "no later than 15 January", "2026-01-15"),
            ("written by Ann by 15 January", "by 15 January", "2026-01-15"),
            ("by 29 February", "by 29 February", "2028-02-29"),
            ("é by 15 January é", "by 15 January", "2026-01-15"),
        ] {
            let (date, range) = due(text, today).unwrap_or_else(|| panic!("{text:?}"));
            assert_eq!(date, day(expected), "{text:?}");
            assert_eq!(&text[range], phrase, "{text:?}");
            assert_eq!(due_phrase(text).unwrap().phrase, phrase);
        }
    }

    #[test]
    fn what_is_not_plain_is_left_alone() {
        let today = day("2025-12-18");
        for text in [
            "",
            "by",
            "by and by",
            "by the end of the month",
            "by next Friday",
            "by 15/01/2026",
            "by 15/01",
            "by 32 January",
            "by 30 February",
            "by 30 February 2026",
            "by 29 February 2027",
            "by January",
            "by 2026",
            "by 2026-13-01",
            "15 January",
            "on 15 January",
            "by 15 people",
            "by May",
            "by Sunshine",
            "stand by 15 of us",
            "due to Monday's vote",
        ] {
            assert_eq!(due(text, today), None, "{text:?}");
        }
    }

    proptest! {
        #[test]
        fn any_text_and_any_day(text in ".*", days in 0_i32..4_000_000) {
            let Some(today) = NaiveDate::from_num_days_from_ce_opt(days) else { return Ok(()) };
            if let Some((_, range)) = due(&text, today) {
                prop_assert!(text.get(range).is_some());
            }
        }

        #[test]
        fn a_day_without_a_year_is_the_next(day in 1_u32..=31, month in 1_u32..=12, days in 700_000_i32..760_000) {
            let today = NaiveDate::from_num_days_from_ce_opt(days).unwrap();
            let name = chrono::Month::try_from(u8::try_from(month).unwrap()).unwrap().name();
            let found = due(&format!("by {day} {name}"), today);
            prop_assert_eq!(found.is_some(), NaiveDate::from_ymd_opt(2024, month, day).is_some());
            if let Some((date, _)) = found {
                prop_assert!(date >= today);
                prop_assert_eq!((date.day(), date.month()), (day, month));
                prop_assert!((date - today).num_days() < 366 || (day, month) == (29, 2));
            }
        }
    }
}
