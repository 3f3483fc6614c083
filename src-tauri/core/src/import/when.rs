//! Dates and times as platforms write them, in the user's own language and order.

use chrono::{DateTime, FixedOffset, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, TimeZone, Utc};
use chrono_tz::Tz;

use super::table::is_invisible;

/// A date as written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Day {
    Sure(NaiveDate),
    /// `11/12/2020`: which of the two is the month is for the whole file to tell.
    Either {
        first: u32,
        second: u32,
        year: i32,
    },
    /// A time alone.
    None,
}

/// What stands behind a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Zone {
    Offset(FixedOffset),
    Named(Tz),
}

/// A time as written, with or without its date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Stamp {
    day: Day,
    time: NaiveTime,
    zone: Option<Zone>,
    /// Whether it was written with AM or PM.
    halves: bool,
}

/// Which of two numbers parted by a stroke is the month.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Order {
    MonthFirst,
    DayFirst,
}

impl Stamp {
    /// Whether it has a date.
    pub(super) fn is_dated(&self) -> bool {
        self.day != Day::None
    }

    /// Whether it names its zone.
    pub(super) fn is_zoned(&self) -> bool {
        self.zone.is_some()
    }

    fn date(&self, order: Order) -> Option<NaiveDate> {
        match (self.day, order) {
            (Day::Sure(date), _) => Some(date),
            (Day::Either { first, second, year }, Order::MonthFirst) => NaiveDate::from_ymd_opt(year, first, second),
            (Day::Either { first, second, year }, Order::DayFirst) => NaiveDate::from_ymd_opt(year, second, first),
            (Day::None, _) => None,
        }
    }

    /// The instant; none where the date or the zone is known from nowhere, or the date is none in this order.
    pub(super) fn at(&self, order: Order, zone: Option<Tz>, day: Option<NaiveDate>) -> Option<DateTime<Utc>> {
        let date = if self.is_dated() { self.date(order) } else { day }?;
        let local = NaiveDateTime::new(date, self.time);
        match self.zone {
            Some(Zone::Offset(offset)) => Some(offset.from_local_datetime(&local).single()?.to_utc()),
            Some(Zone::Named(zone)) => instant(local, zone),
            None => instant(local, zone?),
        }
    }
}

/// A local time as an instant. The hour that a clock set forward leaves out is the one after it.
pub(super) fn instant(local: NaiveDateTime, zone: Tz) -> Option<DateTime<Utc>> {
    let found = zone.from_local_datetime(&local).earliest();
    let found = found.or_else(|| zone.from_local_datetime(&(local + TimeDelta::hours(1))).earliest());
    found.map(|at| at.to_utc())
}

/// Which order the dates of a file are in; and whether that is a guess, which is to be told. `near` is a day on or about
/// which the meeting was.
pub(super) fn order(stamps: &[Stamp], near: Option<NaiveDate>, usual: Order) -> (Order, bool) {
    let open: Vec<&Stamp> = stamps
        .iter()
        .filter(|stamp| matches!(stamp.day, Day::Either { first, second, .. } if first != second))
        .collect();
    if open.is_empty() {
        return (usual, false);
    }
    let all = |order: Order| open.iter().all(|stamp| stamp.date(order).is_some());
    match (all(Order::MonthFirst), all(Order::DayFirst)) {
        (true, false) => return (Order::MonthFirst, false),
        (false, true) => return (Order::DayFirst, false),
        (false, false) => {
            let count = |order: Order| open.iter().filter(|stamp| stamp.date(order).is_some()).count();
            let better = count(Order::MonthFirst) > count(Order::DayFirst);
            return (if better { Order::MonthFirst } else { Order::DayFirst }, true);
        }
        (true, true) => {}
    }
    if let Some(near) = near {
        let off = |order: Order| {
            let days = open.iter().filter_map(|stamp| stamp.date(order));
            days.map(|day| (day - near).num_days().abs()).max().unwrap_or(i64::MAX)
        };
        let (month, day) = (off(Order::MonthFirst), off(Order::DayFirst));
        if month.min(day) <= 2 && month != day {
            return (
                if month < day {
                    Order::MonthFirst
                } else {
                    Order::DayFirst
                },
                false,
            );
        }
    }
    // A meeting is over in a day or two: the order that takes a month for it is the wrong one.
    let length = |order: Order| {
        let days: Vec<NaiveDate> = stamps.iter().filter_map(|stamp| stamp.date(order)).collect();
        let span = days.iter().max().zip(days.iter().min());
        span.map_or(0, |(last, first)| (*last - *first).num_days())
    };
    let (month, day) = (length(Order::MonthFirst), length(Order::DayFirst));
    if month != day && month.min(day) <= 2 {
        return (
            if month < day {
                Order::MonthFirst
            } else {
                Order::DayFirst
            },
            false,
        );
    }
    let halves = open.iter().any(|stamp| stamp.halves);
    (if halves { Order::MonthFirst } else { usual }, true)
}

/// The longest text that is looked at as a time, in bytes.
const LONGEST: usize = 80;

const MONTHS: [&str; 12] = [
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
];

/// Words before noon and after, in the languages that write them.
const BEFORE_NOON: [&str; 12] = [
    "am", "a.m.", "a.m", "a.", "上午", "午前", "凌晨", "早上", "오전", "ص", "πμ", "π.μ.",
];
const AFTER_NOON: [&str; 12] = [
    "pm", "p.m.", "p.m", "p.", "下午", "午後", "晚上", "中午", "오후", "م", "μμ", "μ.μ.",
];
/// Words around a date that say nothing of it.
const FILLING: [&str; 14] = [
    "at", "kl", "kl.", "um", "uhr", "à", "a", "las", "om", "alle", "klo", "m.", "m", "o",
];
/// Abbreviations of zones that stand for one offset.
const OFFSETS: [(&str, i32); 18] = [
    ("utc", 0),
    ("gmt", 0),
    ("z", 0),
    ("wet", 0),
    ("bst", 60),
    ("west", 60),
    ("cet", 60),
    ("cest", 120),
    ("eet", 120),
    ("eest", 180),
    ("est", -300),
    ("edt", -240),
    ("cdt", -300),
    ("mst", -420),
    ("mdt", -360),
    ("pst", -480),
    ("pdt", -420),
    ("jst", 540),
];

/// Reads a time, with or without its date and zone; none where anything in it is not understood.
pub(super) fn stamp(text: &str) -> Option<Stamp> {
    if text.is_empty() || text.len() > LONGEST || !text.contains(|c: char| c.is_numeric()) {
        return None;
    }
    let text = plain(text);
    let mut numbers: Vec<u32> = Vec::new();
    let (mut month, mut dated, mut parting) = (None, Vec::new(), '/');
    let (mut time, mut half, mut zone) = (None, None, None);
    for word in text.split([' ', ',', '(', ')']).filter(|word| !word.is_empty()) {
        if BEFORE_NOON.contains(&word) {
            half = half.or(Some(false));
        } else if AFTER_NOON.contains(&word) {
            half = half.or(Some(true));
        } else if let Some((found, sign)) = three(word).filter(|_| dated.is_empty() && numbers.is_empty()) {
            dated = found.to_vec();
            parting = sign;
        } else if let Some((found, behind)) = clock(word, !dated.is_empty() || !numbers.is_empty()) {
            time = time.or(Some(found));
            match behind {
                "" => {}
                half_word if BEFORE_NOON.contains(&half_word) => half = Some(false),
                half_word if AFTER_NOON.contains(&half_word) => half = Some(true),
                rest => zone = Some(offset(rest)?),
            }
        } else if let Some(found) = offset(word) {
            zone = Some(found);
        } else if let Some(number) = lone(word) {
            numbers.push(number);
        } else if let Some(found) = month_named(word) {
            month = Some(found);
        } else if !FILLING.contains(&word) && !is_weekday(word) {
            return None;
        }
    }
    let day = match (dated.as_slice(), month, numbers.as_slice()) {
        ([a, b, c], None, []) => day(*a, *b, *c, parting)?,
        ([], Some(month), [day, year]) => Day::Sure(NaiveDate::from_ymd_opt(full(*year), month, *day)?),
        ([], None, [year, month, day]) if *year > 31 => Day::Sure(NaiveDate::from_ymd_opt(full(*year), *month, *day)?),
        ([], None, [day, month, year]) => Day::Sure(NaiveDate::from_ymd_opt(full(*year), *month, *day)?),
        ([], None, []) => Day::None,
        _ => return None,
    };
    let (hour, minute, second) = time?;
    let hour = match half {
        Some(_) if !(1..=12).contains(&hour) => {
            return (hour < 24).then(|| stamp_of(day, hour, minute, second, zone, false))?;
        }
        Some(false) => hour % 12,
        Some(true) => hour % 12 + 12,
        None => hour,
    };
    stamp_of(day, hour, minute, second, zone, half.is_some())
}

fn stamp_of(day: Day, hour: u32, minute: u32, second: u32, zone: Option<Zone>, halves: bool) -> Option<Stamp> {
    Some(Stamp {
        day,
        time: NaiveTime::from_hms_opt(hour, minute, second)?,
        zone,
        halves,
    })
}

/// In small letters and with Western digits; Chinese and Japanese signs of the date as strokes.
fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut letters = text.chars().filter(|letter| !is_invisible(*letter)).peekable();
    while let Some(letter) = letters.next() {
        let next_is_digit = letters.peek().is_some_and(char::is_ascii_digit);
        match letter {
            'T' | 't' if next_is_digit && out.ends_with(|c: char| c.is_ascii_digit()) => out.push(' '),
            '\u{660}'..='\u{669}' => out.extend(char::from_digit(u32::from(letter) - 0x660, 10)),
            '\u{6F0}'..='\u{6F9}' => out.extend(char::from_digit(u32::from(letter) - 0x6F0, 10)),
            '年' | '월' | '月' | '년' => out.push('-'),
            '日' | '일' | '\u{A0}' | '\u{202F}' | '\u{2009}' | '،' | '\t' => out.push(' '),
            '：' => out.push(':'),
            letter => out.extend(letter.to_lowercase()),
        }
    }
    // "下午2:48" is two words.
    for word in BEFORE_NOON.iter().chain(&AFTER_NOON).filter(|word| !word.is_ascii()) {
        if out.contains(word) {
            out = out.replace(word, &format!(" {word} "));
        }
    }
    out.replace("- ", "-")
}

/// `9/22/26`, `22.09.2026`, `2026-09-22`, also with a time behind a T.
fn three(word: &str) -> Option<([u32; 3], char)> {
    let word = word.trim_end_matches('.');
    let sign = word.chars().find(|c| !c.is_ascii_digit())?;
    if !matches!(sign, '/' | '.' | '-') {
        return None;
    }
    let mut parts = word.split(sign).map(|part| {
        let is_number = (1..=4).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit());
        if is_number { part.parse::<u32>().ok() } else { None }
    });
    let found = [parts.next()??, parts.next()??, parts.next()??];
    parts.next().is_none().then_some((found, sign))
}

fn day(a: u32, b: u32, c: u32, sign: char) -> Option<Day> {
    if a > 31 {
        return Some(Day::Sure(NaiveDate::from_ymd_opt(full(a), b, c)?));
    }
    if sign == '.' {
        return Some(Day::Sure(NaiveDate::from_ymd_opt(full(c), b, a)?));
    }
    let either = Day::Either {
        first: a,
        second: b,
        year: full(c),
    };
    let can_be = NaiveDate::from_ymd_opt(full(c), a, b).or_else(|| NaiveDate::from_ymd_opt(full(c), b, a));
    can_be.map(|_| either)
}

fn full(year: u32) -> i32 {
    let year = if year < 100 { year + 2000 } else { year };
    i32::try_from(year).unwrap_or(i32::MAX)
}

/// `14:48:05`, `2:48pm`, `14:48:05.123Z`; with dots too (`14.48.05`) behind a date.
fn clock(word: &str, dots: bool) -> Option<((u32, u32, u32), &str)> {
    let word = word.trim_start_matches('t');
    let sign = word.chars().find(|c| !c.is_ascii_digit())?;
    if sign != ':' && !(dots && sign == '.') && sign != 'h' {
        return None;
    }
    let end = word
        .find(|c: char| !c.is_ascii_digit() && c != sign && c != '.')
        .unwrap_or(word.len());
    let (numbers, behind) = word.split_at_checked(end)?;
    let mut parts = numbers.split(sign);
    let number = |part: &str| -> Option<u32> {
        let whole = part.split('.').next().unwrap_or(part);
        ((1..=2).contains(&whole.len())).then(|| whole.parse().ok())?
    };
    let hour = number(parts.next()?)?;
    let minute = number(parts.next()?)?;
    let second = parts.next().map_or(Some(0), number)?;
    (hour < 24 && minute < 60 && second < 60 && parts.next().is_none()).then_some(((hour, minute, second), behind))
}

fn lone(word: &str) -> Option<u32> {
    let word = word.trim_end_matches(['.', '-', '/']);
    let word = ["st", "nd", "rd", "th", "º", "er"]
        .iter()
        .find_map(|end| word.strip_suffix(end))
        .unwrap_or(word);
    let is_number = (1..=4).contains(&word.len()) && word.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then(|| word.parse().ok())?
}

fn month_named(word: &str) -> Option<u32> {
    let word = word.trim_end_matches('.');
    let head = word.get(..3)?;
    (1_u32..)
        .zip(MONTHS)
        .find_map(|(number, name)| (head == name).then_some(number))
}

fn is_weekday(word: &str) -> bool {
    let word = word.trim_end_matches('.');
    ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
        .iter()
        .any(|day| word == *day || word.starts_with(day) && word.ends_with("day"))
}

/// `+01:00`, `utc+1`, `cest`, `europe/rome`.
fn offset(word: &str) -> Option<Zone> {
    let hours = |minutes: i32| FixedOffset::east_opt(minutes * 60).map(Zone::Offset);
    if let Some((_, minutes)) = OFFSETS.iter().find(|(name, _)| *name == word) {
        return hours(*minutes);
    }
    let rest = word
        .strip_prefix("utc")
        .or_else(|| word.strip_prefix("gmt"))
        .unwrap_or(word);
    if let Some(sign) = rest.chars().next().filter(|sign| matches!(sign, '+' | '-' | '−')) {
        let digits = rest.get(sign.len_utf8()..)?;
        let (hour, minute) = match digits.split_once(':') {
            Some((hour, minute)) => (hour, minute),
            None if digits.len() == 4 => digits.split_at_checked(2)?,
            None => (digits, "0"),
        };
        let minutes = hour.parse::<i32>().ok().filter(|hour| *hour <= 14)? * 60 + minute.parse::<i32>().ok()?;
        return hours(if sign == '+' { minutes } else { -minutes });
    }
    word.contains('/')
        .then(|| {
            chrono_tz::TZ_VARIANTS
                .iter()
                .find(|zone| zone.name().eq_ignore_ascii_case(word))
        })?
        .map(|zone| Zone::Named(*zone))
}

/// `1h 30m 51s`, `204 mins`, `1 hr 2 min`, `00:54:10`, `75`: how long somebody was there, so no time of day.
pub(super) fn is_duration(text: &str) -> bool {
    let text = text.trim();
    let is_sign = |c: char| c.is_numeric() || c == ' ' || c == '.' || c == ':';
    let words: Vec<&str> = text.split(is_sign).filter(|word| !word.is_empty()).collect();
    text.starts_with(|c: char| c.is_numeric())
        && text.len() <= 40
        && words.len() <= 3
        && words
            .iter()
            .all(|word| word.chars().count() <= 8 && word.chars().all(char::is_alphabetic))
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;
    use chrono_tz::Tz;

    use super::{Order, is_duration, order, stamp};

    fn utc(text: &str, order: Order) -> String {
        let stamp = stamp(text).unwrap_or_else(|| panic!("{text} is no time"));
        let day = NaiveDate::from_ymd_opt(2026, 1, 15);
        stamp
            .at(order, Some(Tz::UTC), day)
            .unwrap()
            .format("%Y-%m-%dT%H:%M:%S")
            .to_string()
    }

    #[test]
    fn times_of_every_locale() {
        for text in [
            "9/22/26, 2:48:05 PM",
            "9/22/2026, 2:48:05\u{202F}PM",
            "09/22/2026 02:48:05 PM",
            "22.09.26, 14:48:05",
            "22.9.2026 14.48.05",
            "22.9.2026 klo 14.48.05",
            "2026-09-22 14:48:05",
            "2026-09-22T14:48:05Z",
            "2026-09-22T14:48:05.123Z",
            "2026-09-22 16:48:05+02:00",
            "2026-09-22 10:48:05 EDT",
            "2026/09/22 14:48:05",
            "2026/9/22 下午2:48:05",
            "2026年9月22日 14:48:05",
            "2026년 9월 22일 오후 2:48:05",
            "2026. 9. 22. 오후 2:48:05",
            "Sep 22, 2026 2:48:05 PM",
            "Tue, 22 Sep 2026 14:48:05 GMT",
            "22/9/26, 14:48:05",
            "22/09/2026, 2:48:05 p. m.",
            "٢٢/٩/٢٠٢٦, ٢:٤٨:٠٥ م",
            "2026-09-22 16:48:05 Europe/Rome",
            "(UTC+02:00) 2026-09-22 16:48:05",
        ] {
            let asked = if text.starts_with("9/") || text.starts_with("09/") {
                Order::MonthFirst
            } else {
                Order::DayFirst
            };
            assert_eq!(utc(text, asked), "2026-09-22T14:48:05", "{text}");
        }
        assert_eq!(utc("12:30 AM", Order::DayFirst), "2026-01-15T00:30:00");
        assert_eq!(utc("10:02", Order::DayFirst), "2026-01-15T10:02:00");
        for text in [
            "",
            "soon",
            "75",
            "1h 30m",
            "9/22/26",
            "31/31/26 10:00",
            "25:00",
            "Ann 10:00",
            "10:61",
            "--",
        ] {
            assert_eq!(stamp(text), None, "{text}");
        }
    }

    #[test]
    fn the_whole_file_tells_which_number_is_the_month() {
        let read = |texts: &[&str], near: Option<(i32, u32, u32)>| {
            let stamps: Vec<_> = texts.iter().filter_map(|text| stamp(text)).collect();
            let near = near.and_then(|(year, month, day)| NaiveDate::from_ymd_opt(year, month, day));
            order(&stamps, near, Order::DayFirst)
        };
        assert_eq!(
            read(&["9/10/26, 2:00:00 PM", "9/13/26, 1:00:00 AM"], None),
            (Order::MonthFirst, false)
        );
        assert_eq!(
            read(&["9/10/26 14:00", "13/10/26 01:00"], None),
            (Order::DayFirst, false)
        );
        assert_eq!(
            read(&["9/10/26 14:00"], Some((2026, 9, 10))),
            (Order::MonthFirst, false)
        );
        assert_eq!(read(&["9/10/26 14:00"], None), (Order::DayFirst, true));
        assert_eq!(read(&["9/10/26 2:00 PM"], None), (Order::MonthFirst, true));
        assert_eq!(
            read(&["5/5/26 23:00", "5/6/26 01:00"], None),
            (Order::MonthFirst, false)
        );
        assert_eq!(read(&["2026-09-10 14:00"], None), (Order::DayFirst, false));
    }

    #[test]
    fn how_long_is_no_time_of_day() {
        for text in [
            "75",
            "1h 30m 51s",
            "204 mins",
            "1 hr 2 min",
            "21m 7s",
            "00:54:10",
            "1 Std. 2 Min.",
        ] {
            assert!(is_duration(text), "{text}");
        }
        for text in ["", "9/22/26, 2:48:05 PM", "Ann", "3 Body Problem Reading Group"] {
            assert!(!is_duration(text), "{text}");
        }
    }
}
