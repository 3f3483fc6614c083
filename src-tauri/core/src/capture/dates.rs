//! Dates and times as people write them in minutes: `18 December 2025 at 14.00 UTC`.

use chrono::{DateTime, FixedOffset, LocalResult, NaiveDate, NaiveTime, TimeDelta, TimeZone, Utc, Weekday};
use chrono_tz::Tz;
use serde::Serialize;
use ts_rs::TS;

/// A day, with a time of day and a zone where they were given.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct When {
    /// The day, in the zone.
    #[ts(type = "string")]
    pub date: NaiveDate,
    /// The time of day, in the zone.
    #[ts(type = "string | null")]
    pub time: Option<NaiveTime>,
    /// The zone.
    pub zone: Option<Zone>,
}

/// A zone, as it was given.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Zone {
    /// A fixed distance from UTC: `UTC`, `CET`, `+01:00`.
    Offset {
        /// Minutes east of UTC.
        minutes: i32,
    },
    /// An IANA name: `Europe/Rome`.
    Named {
        /// The name, in its official spelling.
        name: String,
    },
}

impl When {
    /// The instant. Where no zone was given it is `zone`'s time. `None` without a time of day.
    ///
    /// An hour that a clock change skips is read as if the clock had not been changed yet; one that it repeats is the
    /// first of the two.
    #[must_use]
    pub fn instant(&self, zone: Tz) -> Option<DateTime<Utc>> {
        let local = self.date.and_time(self.time?);
        match &self.zone {
            Some(Zone::Offset { minutes }) => {
                let offset = FixedOffset::east_opt(minutes.checked_mul(60)?)?;
                Some(offset.from_local_datetime(&local).single()?.to_utc())
            }
            Some(Zone::Named { name }) => in_zone(local, name.parse().ok()?),
            None => in_zone(local, zone),
        }
    }
}

fn in_zone(local: chrono::NaiveDateTime, zone: Tz) -> Option<DateTime<Utc>> {
    match zone.from_local_datetime(&local) {
        LocalResult::Single(at) | LocalResult::Ambiguous(at, _) => Some(at.to_utc()),
        LocalResult::None => {
            // The offset of three hours before still runs on the old clock.
            let back = TimeDelta::hours(3);
            let before = zone.from_local_datetime(&local.checked_sub_signed(back)?).earliest()?;
            before.to_utc().checked_add_signed(back)
        }
    }
}

/// Reads a date, with a time and a zone where given: `18 December 2025 at 14.00 UTC`, `December 18, 2025, 2:30 pm`,
/// `2025-12-18 14:00`, `2025-12-18T14:00:00Z`, `18.12.2025`, `14:00 UTC on 15 January 2026`.
///
/// `None` where anything is left over or could be read in two ways: `15/01/2026`, `14:00 IST`, a date without a year.
#[must_use]
pub fn when(text: &str) -> Option<When> {
    let spaced = text.trim().trim_end_matches('.');
    if spaced.len() > 120 {
        return None;
    }
    if let Ok(at) = DateTime::parse_from_rfc3339(spaced) {
        return Some(When {
            date: at.date_naive(),
            time: Some(at.time()),
            zone: Some(Zone::Offset {
                minutes: at.offset().local_minus_utc() / 60,
            }),
        });
    }
    let split = split_iso(spaced);
    let words: Vec<&str> = split
        .split(|c: char| c.is_whitespace() || c == ',')
        .map(|word| word.trim_matches(['(', ')']))
        .filter(|word| !word.is_empty())
        .collect();
    let mut rest = Words(&words);
    if rest.small() == "on" {
        rest.skip(1);
    }
    let mut time = rest.time();
    let mut zone = if time.is_some() { rest.zone() } else { None };
    if time.is_some() && rest.small() == "on" {
        rest.skip(1);
    }
    let date = rest.date()?;
    if time.is_none() && !rest.0.is_empty() {
        if matches!(rest.small().as_str(), "at" | "-" | "–" | "—") {
            rest.skip(1);
        }
        time = Some(rest.time()?);
        zone = rest.zone();
    }
    rest.0.is_empty().then_some(When { date, time, zone })
}

/// `2025-12-18T14:00` → `2025-12-18 14:00`.
fn split_iso(text: &str) -> String {
    match text.split_once(['T', 't']) {
        Some((date, time)) if numeric(date).is_some() => format!("{date} {time}"),
        _ => text.to_owned(),
    }
}

/// The words still to be read.
struct Words<'a>(&'a [&'a str]);

impl Words<'_> {
    fn skip(&mut self, count: usize) {
        self.0 = self.0.get(count..).unwrap_or_default();
    }

    fn small(&self) -> String {
        self.0.first().map(|word| word.to_lowercase()).unwrap_or_default()
    }

    fn date(&mut self) -> Option<NaiveDate> {
        if weekday(self.0.first()?).is_some() {
            self.skip(1);
        }
        if let Some(date) = numeric(self.0.first()?) {
            self.skip(1);
            return Some(date);
        }
        let (day, used) = day_month(self.0)?;
        let date = day.in_year(year(self.0.get(used)?)?)?;
        self.skip(used + 1);
        Some(date)
    }

    /// `14:00`, `14.00`, `14h00`, `14:00:30`, `2pm`, `2:30 p.m.`, `noon`; reads nothing where none stands.
    fn time(&mut self) -> Option<NaiveTime> {
        let word = self.small();
        // A zone may be glued on: 14:00Z, 14:00UTC, 14:00+01:00. It is read next.
        let end = word
            .find(|c: char| !(c.is_ascii_digit() || matches!(c, ':' | '.' | 'h')))
            .unwrap_or(word.len());
        let (clock, tail) = word.split_at(end);
        if word == "noon" {
            self.skip(1);
            return NaiveTime::from_hms_opt(12, 0, 0);
        }
        let half = half_of_day(tail);
        if half.is_some() || tail.is_empty() {
            let next = self.0.get(1).map(|word| word.to_lowercase()).unwrap_or_default();
            let apart = if half.is_none() { half_of_day(&next) } else { None };
            let time = clock_time(clock, half.or(apart))?;
            self.skip(1 + usize::from(apart.is_some()));
            return Some(time);
        }
        zone(tail)?;
        clock_time(clock, None)
    }

    fn zone(&mut self) -> Option<Zone> {
        let word = *self.0.first()?;
        let glued = word.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, ':' | '.' | 'h'));
        // "UTC +2" is one zone in two words.
        if let Some(offset) = self.0.get(1).filter(|next| next.starts_with(['+', '-', '−']))
            && let Some(zone) = zone(&format!("{glued}{offset}"))
        {
            self.skip(2);
            return Some(zone);
        }
        let zone = zone(glued)?;
        self.skip(1);
        Some(zone)
    }
}

/// Zone words that mean one thing the world over, in minutes east of UTC. CST, IST, BST and their like do not.
const ZONES: &[(&str, i32)] = &[
    ("utc", 0),
    ("gmt", 0),
    ("z", 0),
    ("wet", 0),
    ("west", 60),
    ("cet", 60),
    ("cest", 120),
    ("eet", 120),
    ("eest", 180),
    ("msk", 180),
    ("eat", 180),
    ("cat", 120),
    ("wat", 60),
    ("sast", 120),
    ("jst", 540),
    ("kst", 540),
    ("hkt", 480),
    ("sgt", 480),
    ("aest", 600),
    ("aedt", 660),
    ("nzst", 720),
    ("nzdt", 780),
    ("est", -300),
    ("edt", -240),
    ("pst", -480),
    ("pdt", -420),
];

/// `UTC`, `CEST`, `UTC+2`, `GMT-03:30`, `+0100`, `Europe/Rome`.
fn zone(word: &str) -> Option<Zone> {
    let small = word.to_ascii_lowercase().replace('−', "-");
    if let Some((_, minutes)) = ZONES.iter().find(|(known, _)| *known == small) {
        return Some(Zone::Offset { minutes: *minutes });
    }
    if small.contains('/') {
        let name = chrono_tz::TZ_VARIANTS
            .iter()
            .map(|zone| zone.name())
            .find(|name| name.eq_ignore_ascii_case(&small))?;
        return Some(Zone::Named { name: name.to_owned() });
    }
    let offset = ["utc", "gmt"]
        .iter()
        .find_map(|head| small.strip_prefix(head))
        .unwrap_or(&small);
    let (sign, digits) = match (offset.strip_prefix('+'), offset.strip_prefix('-')) {
        (Some(digits), _) => (1, digits),
        (_, Some(digits)) => (-1, digits),
        _ => return None,
    };
    let (hours, minutes) = match digits.split_once(':') {
        Some(parts) => parts,
        None if digits.len() == 4 => (digits.get(..2)?, digits.get(2..)?),
        None => (digits, "0"),
    };
    let (hours, minutes) = (number(hours, 2)?, number(minutes, 2)?);
    (hours <= 14 && minutes < 60).then_some(Zone::Offset {
        minutes: sign * i32::try_from(hours * 60 + minutes).ok()?,
    })
}

/// 0 in the morning, 12 in the afternoon.
fn half_of_day(word: &str) -> Option<u32> {
    match word.replace('.', "").as_str() {
        "am" => Some(0),
        "pm" => Some(12),
        _ => None,
    }
}

/// An hour alone is a time only with am, pm or `h`.
fn clock_time(word: &str, half: Option<u32>) -> Option<NaiveTime> {
    let hour_alone = word.strip_suffix('h').unwrap_or(word);
    let parts: Vec<&str> = hour_alone.split([':', '.', 'h']).collect();
    let (hour, minute, second) = match parts.as_slice() {
        [hour] if half.is_some() || word.ends_with('h') => (*hour, "00", "00"),
        [hour, minute] => (*hour, *minute, "00"),
        [hour, minute, second] => (*hour, *minute, *second),
        _ => return None,
    };
    if minute.len() != 2 || second.len() != 2 {
        return None;
    }
    let hour = number(hour, 2)?;
    let hour = match half {
        None => hour,
        Some(half) if (1..=12).contains(&hour) => hour % 12 + half,
        Some(_) => return None,
    };
    NaiveTime::from_hms_opt(hour, number(minute, 2)?, number(second, 2)?)
}

/// A day of a month, in no year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct DayMonth {
    day: u32,
    month: u32,
}

impl DayMonth {
    /// The date in a year, if the year has it.
    pub(super) fn in_year(self, year: i32) -> Option<NaiveDate> {
        NaiveDate::from_ymd_opt(year, self.month, self.day)
    }

    /// Whether some year has it.
    pub(super) fn is_possible(self) -> bool {
        self.in_year(2000).is_some()
    }
}

/// `15 January`, `15th of Jan.`, `January 15th`; and how many words that is.
pub(super) fn day_month(words: &[&str]) -> Option<(DayMonth, usize)> {
    let word = |at: usize| words.get(at).copied().unwrap_or_default();
    if let Some(month) = month(word(0)) {
        return Some((
            DayMonth {
                day: day_number(word(1))?,
                month,
            },
            2,
        ));
    }
    let day = day_number(word(0))?;
    let of = usize::from(word(1).eq_ignore_ascii_case("of"));
    Some((
        DayMonth {
            day,
            month: month(word(1 + of))?,
        },
        2 + of,
    ))
}

/// `2026-01-15`, `2026/01/15`, `15.01.2026`. Not `15/01/2026`: half the world reads such the other way round.
pub(super) fn numeric(word: &str) -> Option<NaiveDate> {
    let parts = |by: char| -> Option<[&str; 3]> { word.split(by).collect::<Vec<_>>().try_into().ok() };
    let [year_text, month, day] = match (parts('-'), parts('/'), parts('.')) {
        (Some(ymd), _, _) | (_, Some(ymd), _) => ymd,
        (_, _, Some([day, month, year])) => [year, month, day],
        _ => return None,
    };
    NaiveDate::from_ymd_opt(year(year_text)?, number(month, 2)?, number(day, 2)?)
}

/// Four digits, of a time in which meetings are held.
pub(super) fn year(word: &str) -> Option<i32> {
    let year = number(word, 4).filter(|year| (1900..=2199).contains(year))?;
    i32::try_from(year).ok()
}

/// `Friday`, `fri`, `Fri.`
pub(super) fn weekday(word: &str) -> Option<Weekday> {
    let word = word.trim_end_matches(['.', ',']).to_lowercase();
    // chrono reads both forms.
    (word.len() >= 3).then(|| word.parse().ok()).flatten()
}

fn month(word: &str) -> Option<u32> {
    let word = word.trim_end_matches(['.', ',']).to_lowercase();
    if word == "sept" {
        return Some(9);
    }
    let month: chrono::Month = word.parse().ok()?;
    Some(month.number_from_month())
}

fn day_number(word: &str) -> Option<u32> {
    let word = word.trim_end_matches([',', '.']).to_lowercase();
    let digits = ["st", "nd", "rd", "th"]
        .iter()
        .find_map(|end| word.strip_suffix(end))
        .unwrap_or(&word);
    number(digits, 2).filter(|day| (1..=31).contains(day))
}

/// A number of at most so many ASCII digits and nothing else.
fn number(text: &str, digits: usize) -> Option<u32> {
    let plain = !text.is_empty() && text.len() <= digits && text.bytes().all(|byte| byte.is_ascii_digit());
    plain.then(|| text.parse().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn utc(text: &str, zone: Tz) -> Option<String> {
        let at = when(text)?.instant(zone)?;
        Some(at.format("%Y-%m-%dT%H:%MZ").to_string())
    }

    #[test]
    fn dates_as_people_type_them() {
        for (text, expected) in [
            ("18 December 2025 at 14.00 UTC", "2025-12-18T14:00Z"),
            ("18 December 2025 14:00 UTC", "2025-12-18T14:00Z"),
            ("18 December 2025, 14:00 utc", "2025-12-18T14:00Z"),
            ("18 December 2025 at 14.00 UTC.", "2025-12-18T14:00Z"),
            ("18th of December 2025 at 14.00 UTC", "2025-12-18T14:00Z"),
            ("Thursday, 18 December 2025 at 2 pm UTC", "2025-12-18T14:00Z"),
            ("December 18, 2025, 2:30 p.m. GMT", "2025-12-18T14:30Z"),
            ("18 Dec 2025 14h00 UTC", "2025-12-18T14:00Z"),
            ("18 Dec 2025 12am UTC", "2025-12-18T00:00Z"),
            ("18 Dec 2025 at noon UTC", "2025-12-18T12:00Z"),
            ("2025-12-18 14:00 UTC", "2025-12-18T14:00Z"),
            ("2025-12-18T14:00:00Z", "2025-12-18T14:00Z"),
            ("2025-12-18T14:00Z", "2025-12-18T14:00Z"),
            ("2025-12-18T15:00:00+01:00", "2025-12-18T14:00Z"),
            ("2025-12-18 15:00+01:00", "2025-12-18T14:00Z"),
            ("2025-12-18 14:00Z", "2025-12-18T14:00Z"),
            ("18.12.2025 14:00 UTC", "2025-12-18T14:00Z"),
            ("14:00 UTC on 18 December 2025", "2025-12-18T14:00Z"),
            ("15 January 2026 at 13:00 CET", "2026-01-15T12:00Z"),
            ("15 July 2026 at 13:00 CEST", "2026-07-15T11:00Z"),
            ("15 January 2026 at 13:00 EST", "2026-01-15T18:00Z"),
            ("15 January 2026 at 13:00 PDT", "2026-01-15T20:00Z"),
            ("15 January 2026 at 13:00 UTC+2", "2026-01-15T11:00Z"),
            ("15 January 2026 at 13:00 UTC +5:30", "2026-01-15T07:30Z"),
            ("15 January 2026 at 13:00 GMT-0330", "2026-01-15T16:30Z"),
            ("15 July 2026 at 13:00 Europe/Rome", "2026-07-15T11:00Z"),
            ("15 July 2026 at 13:00 (america/new_york)", "2026-07-15T17:00Z"),
            // Without a zone it is the default's time.
            ("2026-07-15 13:00", "2026-07-15T11:00Z"),
            ("2026-01-15 13:00", "2026-01-15T12:00Z"),
            // An hour that is skipped, one that is repeated.
            ("2026-03-29 02:30", "2026-03-29T01:30Z"),
            ("2026-10-25 02:30", "2026-10-25T00:30Z"),
        ] {
            assert_eq!(
                utc(text, chrono_tz::Europe::Rome).as_deref(),
                Some(expected),
                "{text:?}"
            );
        }
        let day = when("05 Dec 2002").unwrap();
        assert_eq!(
            (day.date.to_string().as_str(), day.time, day.zone.clone()),
            ("2002-12-05", None, None)
        );
        assert_eq!(day.instant(Tz::UTC), None);
    }

    #[test]
    fn what_has_two_readings_is_refused() {
        for text in [
            "",
            "15/01/2026",
            "01/15/2026",
            "15 January",
            "15 January at 13:00",
            "15 January 2026 at 13",
            "15 January 2026 at 13:00 IST",
            "15 January 2026 at 13:00 BST",
            "15 January 2026 at 13:00 CST",
            "15 January 2026 at 25:00",
            "15 January 2026 at 13:00 UTC or so",
            "15 January 2026 UTC",
            "15 January 2026 at",
            "15 January 2026 at 13 pm",
            "31 February 2026",
            "15 January 26",
            "in spring",
            "14:00 UTC",
            "15 January 2026 at 13:00 UTC+99",
            "15 January 2026 at 13:00 Mars/Olympus",
        ] {
            assert_eq!(when(text), None, "{text:?}");
        }
    }

    proptest! {
        #[test]
        fn any_text(text in "\\PC*", head in "(2025-12-18|18 December 2025|)", tail in "[0-9:.hapmZUTC+ -]{0,12}") {
            for text in [text, format!("{head} {tail}"), format!("{head}T{tail}"), format!("{tail} {head}")] {
                if let Some(when) = when(&text) {
                    let _ = when.instant(chrono_tz::Europe::Rome);
                }
            }
        }

        #[test]
        fn what_is_written_is_read(seconds in 0_i64..7_000_000_000) {
            let at = DateTime::from_timestamp(seconds / 60 * 60, 0).unwrap();
            for form in ["%-d %B %Y at %H.%M UTC", "%Y-%m-%d %H:%M UTC", "%B %-d, %Y %I:%M %p UTC", "%Y-%m-%dT%H:%MZ", "%a, %d %b %Y %H:%M GMT"] {
                let text = at.format(form).to_string();
                prop_assert_eq!(when(&text).and_then(|when| when.instant(chrono_tz::Asia::Tokyo)), Some(at), "{}", text);
            }
        }
    }
}
