//! What a user types to look for something in the library: words, and filters that narrow what is found.

use chrono::{DateTime, Days, NaiveDate, NaiveTime, Utc};

use super::Kind;

/// A filter's name, what may stand behind it, and what it does: for help.
pub const FILTERS: [(&str, &str, &str); 6] = [
    (
        "speaker:",
        "`speaker:ann` · `speaker:\"Ann Olsen\"`",
        "what they said: a name or the beginnings of its words, an alias, initials",
    ),
    (
        "series:",
        "`series:HG`",
        "meetings of that body: its abbreviation, or words of its name",
    ),
    (
        "kind:",
        "`kind:decision`",
        "points of a kind; `passage` of the reports, `cue` of the transcripts; a beginning will do",
    ),
    ("after:", "`after:2026-01-01`", "from that day on (UTC)"),
    ("before:", "`before:2026-02-01`", "until the day before that one (UTC)"),
    ("in:", "`in:42`", "meetings of that number"),
];

/// What sort of thing is looked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Sort {
    /// A point of this kind.
    Point(Kind),
    /// A passage of a report.
    Passage,
    /// A cue of a transcript.
    Cue,
}

impl Sort {
    /// The one whose word this is, or begins so.
    fn of(typed: &str) -> Option<Self> {
        let typed = typed.to_lowercase();
        let begins = |word: &str| !typed.is_empty() && word.starts_with(&typed);
        let kind = Kind::ALL.iter().find(|kind| begins(kind.word()));
        match kind {
            Some(kind) => Some(Self::Point(kind.clone())),
            None if begins("passage") => Some(Self::Passage),
            None if begins("cue") => Some(Self::Cue),
            None => None,
        }
    }
}

/// What is looked for. Different filters all hold; of one filter that stands several times any does.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sought {
    /// The words and phrases, as typed, without the filters.
    pub words: String,
    /// Who spoke.
    pub speakers: Vec<String>,
    /// Which body met.
    pub series: Vec<String>,
    /// What sort.
    pub sorts: Vec<Sort>,
    /// Numbers of meetings.
    pub numbers: Vec<u32>,
    /// From this instant on; of several, the latest.
    pub from: Option<DateTime<Utc>>,
    /// Before this instant; of several, the earliest.
    pub until: Option<DateTime<Utc>>,
}

impl Sought {
    /// Reads what was typed. Nothing is refused: what is no filter, or one with nothing fit behind it, is text.
    #[must_use]
    pub fn parse(typed: &str) -> Self {
        let mut sought = Self::default();
        let mut rest = typed;
        let (mut in_phrase, mut at_word) = (false, true);
        let mut ends_in_filter = false;
        while let Some(next) = rest.chars().next() {
            if at_word
                && !in_phrase
                && let Some((filter, value, behind)) = cut(rest)
                && sought.take(filter, value)
            {
                rest = behind;
                ends_in_filter = true;
                continue;
            }
            in_phrase ^= next == '"';
            at_word = next.is_whitespace() && !in_phrase;
            ends_in_filter &= next.is_whitespace();
            sought.words.push(next);
            rest = rest.get(next.len_utf8()..).unwrap_or_default();
        }
        if ends_in_filter {
            // The space before the filter does not say that the last word is finished.
            sought.words.truncate(sought.words.trim_end().len());
        }
        sought
    }

    /// Whether anything but words narrows what is looked for.
    #[must_use]
    pub fn has_filters(&self) -> bool {
        let Self {
            words: _,
            speakers,
            series,
            sorts,
            numbers,
            from,
            until,
        } = self;
        !(speakers.is_empty() && series.is_empty() && sorts.is_empty() && numbers.is_empty())
            || from.is_some()
            || until.is_some()
    }

    /// Takes a filter over; false where its value does not fit.
    fn take(&mut self, filter: &str, value: &str) -> bool {
        match filter {
            "speaker:" => self.speakers.push(value.to_owned()),
            "series:" => self.series.push(value.to_owned()),
            "kind:" => match Sort::of(value) {
                Some(sort) => self.sorts.push(sort),
                None => return false,
            },
            "in:" => match value.parse() {
                Ok(number) => self.numbers.push(number),
                Err(_) => return false,
            },
            "after:" => match day(value) {
                Some(day) => self.from = self.from.max(Some(day)),
                None => return false,
            },
            "before:" => match day(value) {
                Some(day) => self.until = Some(self.until.map_or(day, |known| known.min(day))),
                None => return false,
            },
            _ => return false,
        }
        true
    }
}

/// One word of a command line as the search reads it: a shell has taken the quotes off `speaker:"Ann Olsen"`.
#[must_use]
pub fn requoted(word: &str) -> String {
    match named(word) {
        Some((filter, value)) if value.contains(char::is_whitespace) && !value.contains('"') => {
            format!("{filter}\"{value}\"")
        }
        _ => word.to_owned(),
    }
}

/// The filter that a text begins with, and what stands behind its colon.
fn named(text: &str) -> Option<(&'static str, &str)> {
    FILTERS.iter().find_map(|(filter, ..)| {
        let name = filter.strip_suffix(':')?;
        let begins = text.get(..name.len())?.eq_ignore_ascii_case(name);
        let behind = text.get(name.len()..)?;
        let value = behind.strip_prefix([':', '：'])?;
        begins.then_some((*filter, value))
    })
}

/// A filter with its value, cut off the beginning of a text; and what is left.
fn cut(text: &str) -> Option<(&'static str, &str, &str)> {
    let (filter, value) = named(text)?;
    let (value, behind) = match value.strip_prefix('"') {
        // Without its closing mark the value goes to the end: it is still being typed.
        Some(quoted) => quoted.split_once('"').unwrap_or((quoted, "")),
        None => value.split_at(value.find(char::is_whitespace).unwrap_or(value.len())),
    };
    let value = value.trim();
    // At least one letter or digit: `speaker:` alone, or `speaker:-`, looks for nobody.
    value.contains(char::is_alphanumeric).then_some((filter, value, behind))
}

/// The beginning of a day, UTC.
fn day(typed: &str) -> Option<DateTime<Utc>> {
    let day: NaiveDate = typed.parse().ok()?;
    // A day with a tomorrow and a yesterday: at the ends of the calendar there is nothing to find.
    day.checked_add_days(Days::new(2))?;
    day.checked_sub_days(Days::new(2))?;
    Some(day.and_time(NaiveTime::MIN).and_utc())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn words(typed: &str) -> String {
        Sought::parse(typed).words
    }

    #[test]
    fn filters_are_taken_out_and_words_are_left_as_typed() {
        let sought =
            Sought::parse("lamp speaker:\"Ann Olsen\" KIND:decision after:2026-01-01 before：2026-02-01 in:42 mend");
        assert_eq!(sought.words, "lamp      mend");
        assert_eq!(sought.speakers, ["Ann Olsen"]);
        assert_eq!(sought.sorts, [Sort::Point(Kind::Decision)]);
        assert_eq!(sought.numbers, [42]);
        assert_eq!(sought.from.unwrap().to_rfc3339(), "2026-01-01T00:00:00+00:00");
        assert_eq!(sought.until.unwrap().to_rfc3339(), "2026-02-01T00:00:00+00:00");
        assert!(sought.has_filters() && !Sought::parse("lamp").has_filters());
    }

    #[test]
    fn a_filter_after_the_last_word_does_not_finish_it() {
        assert_eq!(words("lam series:HG"), "lam");
        assert_eq!(words("series:HG lam"), " lam");
        assert_eq!(words("lam "), "lam ");
    }

    #[test]
    fn what_is_no_filter_is_text_as_typed() {
        for typed in [
            "re: lamp",
            "http://x.org",
            "speaker:",
            "speaker: ann",
            "speaker:\"\"",
            "kind:tune",
            "after:soon",
            "after:2026-02-30",
            "in:the",
            "myspeaker:ann",
            "\"a speaker:ann b\"",
            "\"open kind:decision",
            "spe",
        ] {
            let sought = Sought::parse(typed);
            assert_eq!(sought.words, typed);
            assert!(!sought.has_filters(), "{typed}");
        }
    }

    #[test]
    fn several_of_one_filter_widen_and_days_narrow() {
        let sought = Sought::parse("kind:d kind:pass kind:cue in:1 in:2 after:2026-01-01 after:2025-01-01");
        assert_eq!(sought.sorts, [Sort::Point(Kind::Decision), Sort::Passage, Sort::Cue]);
        assert_eq!(sought.numbers, [1, 2]);
        assert!(sought.from.unwrap().to_rfc3339().starts_with("2026"));
    }

    #[test]
    fn a_shell_may_take_the_quotes() {
        assert_eq!(requoted("speaker:Ann Olsen"), "speaker:\"Ann Olsen\"");
        assert_eq!(requoted("speaker:\"Ann Olsen\""), "speaker:\"Ann Olsen\"");
        assert_eq!(requoted("two words"), "two words");
        assert_eq!(requoted("in:42"), "in:42");
    }

    proptest! {
        #[test]
        fn anything_is_read(typed in "(speaker|series|kind|after|before|in|re|é|[ \":：\"日-]|2026-01-01|[a-z0-9]{0,3}|.){0,24}") {
            let sought = Sought::parse(&typed);
            // Nothing comes up that was not typed, in another order.
            let mut left = typed.chars();
            prop_assert!(sought.words.chars().all(|c| left.any(|other| other == c)));
            if !sought.has_filters() {
                prop_assert_eq!(sought.words, typed);
            }
        }
    }
}
