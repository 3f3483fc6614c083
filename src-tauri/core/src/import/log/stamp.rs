//! The times before the lines of a log, in every form that programs write them.

use chrono::{DateTime, Days, Duration, FixedOffset, NaiveDate, NaiveTime, TimeZone as _, Utc};
use chrono_tz::Tz;

use crate::import::dates::MONTHS;

/// When a line was said, as far as the line tells.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Stamp {
    /// The day, where it stands before the line.
    pub date: Option<NaiveDate>,
    /// The time of day.
    pub time: Option<NaiveTime>,
    /// The distance from UTC, where it is given.
    pub offset: Option<FixedOffset>,
    /// Whether the time has seconds.
    pub seconds: bool,
}

impl Stamp {
    /// Reads a whole text: `HH:MM`, `HH:MM:SS`, `yyyy-mm-dd HH:MM:SS`, `yyyy-mm-ddTHH:MM:SS.fffZ`, `dd-mm-yyyy
    /// HH:MM:SS`, with AM or PM behind the time or not.
    pub(super) fn read(text: &str) -> Option<Self> {
        let text = text.trim();
        if text.len() > 48 || !text.starts_with(|c: char| c.is_ascii_digit()) {
            return None;
        }
        let mut stamp = Self::default();
        let mut rest = text;
        if let Some((date, behind)) = leading_date(text) {
            stamp.date = Some(date);
            rest = behind.trim_start_matches(['T', 't', ',', ' ']);
            if rest.is_empty() {
                return Some(stamp);
            }
        }
        let (time, seconds, behind) = leading_time(rest)?;
        stamp.seconds = seconds;
        let (time, behind) = half_day(time, behind)?;
        stamp.time = Some(time);
        stamp.offset = match behind.trim() {
            "" => None,
            "Z" | "z" | "UTC" | "GMT" => FixedOffset::east_opt(0),
            zone => Some(offset(zone)?),
        };
        Some(stamp)
    }
}

/// `2024-02-20`, `2024/02/20`, `20-02-2024`, `20.02.2024`, and what follows.
fn leading_date(text: &str) -> Option<(NaiveDate, &str)> {
    let (head, rest) = text.split_at_checked(10)?;
    let parts: Vec<&str> = head.split(['-', '/', '.']).collect();
    let [one, two, three] = parts.as_slice() else {
        return None;
    };
    let (year, day) = match (one.len(), three.len()) {
        (4, 2) => (one, three),
        (2, 4) => (three, one),
        _ => return None,
    };
    let date = NaiveDate::from_ymd_opt(year.parse().ok()?, two.parse().ok()?, day.parse().ok()?)?;
    Some((date, rest))
}

/// `9:05`, `09:05:07`, `09:05:07.123`, `09:05:07,123`; whether it has seconds; and what follows. Digits that a program
/// garbled in the fraction (`.19r`) are passed over.
fn leading_time(text: &str) -> Option<(NaiveTime, bool, &str)> {
    let two = |text: &str| -> Option<(u32, usize)> {
        let digits = text.bytes().take_while(u8::is_ascii_digit).count();
        ((1..=2).contains(&digits)).then(|| Some((text.get(..digits)?.parse().ok()?, digits)))?
    };
    let (hour, used) = two(text)?;
    let rest = text.get(used..)?.strip_prefix(':')?;
    let (minute, used) = two(rest)?;
    let mut rest = rest.get(used..)?;
    let (mut second, mut seconds) = (0, false);
    if let Some(behind) = rest.strip_prefix(':')
        && let Some((value, used)) = two(behind)
    {
        (second, seconds) = (value, true);
        rest = behind.get(used..)?;
        if let Some(fraction) = rest.strip_prefix(['.', ',']) {
            let end = fraction
                .find(|c: char| !c.is_ascii_digit() && !c.is_ascii_lowercase())
                .unwrap_or(fraction.len());
            rest = fraction.get(end..)?;
        }
    }
    // A leap second is the last one of its minute.
    Some((NaiveTime::from_hms_opt(hour, minute, second.min(59))?, seconds, rest))
}

fn half_day(time: NaiveTime, behind: &str) -> Option<(NaiveTime, &str)> {
    use chrono::Timelike as _;
    let spaced = behind.trim_start();
    let half = ["am", "pm"]
        .iter()
        .position(|word| spaced.get(..2).is_some_and(|head| head.eq_ignore_ascii_case(word)));
    let Some(half) = half else {
        return Some((time, behind));
    };
    let hour = time.hour() % 12 + if half == 1 { 12 } else { 0 };
    Some((time.with_hour(hour)?, spaced.get(2..)?))
}

fn offset(zone: &str) -> Option<FixedOffset> {
    let (sign, digits) = match zone.strip_prefix('+') {
        Some(digits) => (1, digits),
        None => (-1, zone.strip_prefix(['-', '−'])?),
    };
    let digits = digits.replace(':', "");
    let (hours, minutes) = match digits.len() {
        2 => (digits.as_str(), "0"),
        4 => digits.split_at_checked(2)?,
        _ => return None,
    };
    let seconds = hours.parse::<i32>().ok()? * 3600 + minutes.parse::<i32>().ok()? * 60;
    FixedOffset::east_opt(sign * seconds)
}

/// A day named in words somewhere in a text: `Tue Jan 31 10:42:03 2017`, `31 January 2017`, `2017-01-31`.
pub(super) fn date_in(text: &str) -> Option<NaiveDate> {
    let words: Vec<&str> = text
        .split(|c: char| c.is_whitespace() || matches!(c, ',' | '(' | ')' | '/'))
        .filter(|word| !word.is_empty())
        .take(40)
        .collect();
    for word in &words {
        if let Some((date, _)) = leading_date(word) {
            return Some(date);
        }
    }
    let at = words.iter().position(|word| month(word).is_some())?;
    let month = month(words.get(at)?)?;
    let day = |word: Option<&&str>| -> Option<u32> {
        let digits = word?.trim_end_matches(|c: char| c.is_ascii_alphabetic() || c == '.');
        digits.parse().ok().filter(|day| (1..=31).contains(day))
    };
    let before = at.checked_sub(1).and_then(|at| day(words.get(at)));
    let day = before.or_else(|| day(words.get(at + 1)))?;
    let year = words
        .iter()
        .skip(at + 1)
        .take(5)
        .find_map(|word| word.parse::<i32>().ok().filter(|year| (1980..2200).contains(year)))?;
    NaiveDate::from_ymd_opt(year, month, day)
}

fn month(word: &str) -> Option<u32> {
    let word = word.trim_end_matches('.').to_lowercase();
    let fits = |name: &&&str| word.len() >= 3 && name.starts_with(&word) || word == "sept" && name.starts_with("sep");
    let name = MONTHS.iter().find(fits)?;
    u32::try_from(MONTHS.iter().position(|known| known == name)? + 1).ok()
}

/// How much earlier a time may be than the one before without the day having changed: lines can come out of order.
const OUT_OF_ORDER: i64 = 12 * 3600;

/// Gives times their instants, line by line.
#[derive(Clone, Debug)]
pub(super) struct Clock {
    zone: Tz,
    day: Option<NaiveDate>,
    last: Option<NaiveTime>,
}

impl Clock {
    pub(super) fn new(zone: Tz, day: Option<NaiveDate>) -> Self {
        Self { zone, day, last: None }
    }

    /// From here on it is this day.
    pub(super) fn set_day(&mut self, day: NaiveDate) {
        self.day = Some(day);
        self.last = None;
    }

    /// The instant of a line; none where neither it nor anything before it names a day.
    pub(super) fn instant(&mut self, stamp: &Stamp) -> Option<DateTime<Utc>> {
        let time = stamp.time?;
        match stamp.date {
            Some(date) => self.day = Some(date),
            None => {
                // Past midnight the hours begin anew.
                if self.last.is_some_and(|last| (last - time).num_seconds() > OUT_OF_ORDER) {
                    self.day = self.day.and_then(|day| day.checked_add_days(Days::new(1)));
                }
            }
        }
        self.last = Some(time);
        let local = self.day?.and_time(time);
        match stamp.offset {
            Some(offset) => local.checked_sub_offset(offset).map(|local| local.and_utc()),
            None => {
                // In the hour that a clock passes over, the hour after it is meant.
                let later = || self.zone.from_local_datetime(&(local + Duration::hours(1))).earliest();
                let found = self.zone.from_local_datetime(&local).earliest().or_else(later)?;
                Some(found.with_timezone(&Utc))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stamps_of_every_program() {
        for (text, date, time, offset) in [
            ("10:42", "", "10:42:00", None),
            ("10:42:03", "", "10:42:03", None),
            ("9:05 PM", "", "21:05:00", None),
            ("2024-02-20T16:58:31.240Z", "2024-02-20", "16:58:31", Some(0)),
            ("2021-09-13T15:00:53.19rZ", "2021-09-13", "15:00:53", Some(0)),
            ("2020-02-04T10:02:59Z", "2020-02-04", "10:02:59", Some(0)),
            ("2020-02-04 10:02:59", "2020-02-04", "10:02:59", None),
            ("2020-02-04T10:02:59+01:00", "2020-02-04", "10:02:59", Some(3600)),
            ("18-04-2019 00:54:06", "2019-04-18", "00:54:06", None),
        ] {
            let stamp = Stamp::read(text).expect(text);
            assert_eq!(
                stamp.date.map_or(String::new(), |date| date.to_string()),
                date,
                "{text}"
            );
            assert_eq!(stamp.time.expect(text).to_string(), time, "{text}");
            assert_eq!(stamp.offset.map(|offset| offset.local_minus_utc()), offset, "{text}");
        }
        for text in ["", "25:00", "10", "10:4x", "12:00 o'clock", "a 10:42"] {
            assert_eq!(Stamp::read(text), None, "{text}");
        }
    }

    #[test]
    fn days_in_words() {
        let day = |text: &str| date_in(text).map(|date| date.to_string());
        assert_eq!(
            day("--- Log opened Tue Jan 31 10:42:03 2017").as_deref(),
            Some("2017-01-31")
        );
        assert_eq!(day("31 January 2017").as_deref(), Some("2017-01-31"));
        assert_eq!(day("Day changed to Sept. 5th, 2023").as_deref(), Some("2023-09-05"));
        assert_eq!(day("minutes-2024-02-20"), None);
        assert_eq!(day("2024-02-20.log").as_deref(), Some("2024-02-20"));
        assert_eq!(day("may we go on"), None);
    }

    #[test]
    fn past_midnight_is_the_next_day_and_a_line_out_of_order_is_not() {
        let mut clock = Clock::new(Tz::UTC, NaiveDate::from_ymd_opt(2024, 3, 1));
        let mut at = |text: &str| clock.instant(&Stamp::read(text).expect(text)).expect(text).to_rfc3339();
        assert_eq!(at("23:59:58"), "2024-03-01T23:59:58+00:00");
        assert_eq!(at("23:58:00"), "2024-03-01T23:58:00+00:00");
        assert_eq!(at("00:00:05"), "2024-03-02T00:00:05+00:00");
    }
}
