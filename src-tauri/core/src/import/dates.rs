//! The dates of a finished report: `18 December 2025 at 14.00 UTC`.

use chrono::{DateTime, NaiveDate, TimeZone, Utc};
use chrono_tz::{TZ_VARIANTS, Tz};

use crate::model::TimeStyle;

/// An instant found in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Found {
    pub(super) at: DateTime<Utc>,
    /// IANA name of a zone that has the written abbreviation at that time.
    pub(super) zone: String,
    pub(super) style: TimeStyle,
}

/// The months in English, small.
pub(super) const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// Zones that are tried first: an abbreviation such as `IST` or `CST` stands for several.
const LIKELY: [Tz; 14] = [
    Tz::UTC,
    Tz::Europe__London,
    Tz::CET,
    Tz::EET,
    Tz::WET,
    Tz::America__New_York,
    Tz::America__Chicago,
    Tz::America__Denver,
    Tz::America__Los_Angeles,
    Tz::Asia__Kolkata,
    Tz::Asia__Tokyo,
    Tz::Asia__Shanghai,
    Tz::Australia__Sydney,
    Tz::Europe__Moscow,
];

/// The first date with time and zone in a text.
pub(super) fn find(text: &str) -> Option<Found> {
    let words: Vec<&str> = text.split_whitespace().collect();
    (0..words.len()).find_map(|at| read(words.get(at..)?))
}

fn bare(word: &str) -> &str {
    word.trim_matches(|c: char| !c.is_alphanumeric() && c != '+' && c != '-')
}

fn read(words: &[&str]) -> Option<Found> {
    let mut words = words.iter();
    let day = bare(words.next()?);
    let day: u32 = day.trim_end_matches(|c: char| c.is_ascii_alphabetic()).parse().ok()?;
    let month = bare(words.next()?).to_lowercase();
    let month = (1_u32..)
        .zip(MONTHS)
        .find_map(|(number, name)| (name == month).then_some(number))?;
    let year: i32 = bare(words.next()?).parse().ok()?;
    let mut time = words.next()?;
    if bare(time).eq_ignore_ascii_case("at") {
        time = words.next()?;
    }
    let time = bare(time);
    let (hours, minutes) = time.split_once(['.', ':'])?;
    let style = if time.contains(':') {
        TimeStyle::Colon
    } else {
        TimeStyle::Dot
    };
    let date = NaiveDate::from_ymd_opt(year, month, day)?;
    let local = date.and_hms_opt(hours.parse().ok()?, minutes.parse().ok()?, 0)?;
    let zone = bare(words.next()?);
    let spelled = zone.parse::<Tz>().ok().filter(|_| zone.contains('/'));
    let fits = |tz: &Tz| {
        let at = tz.from_local_datetime(&local).earliest()?;
        (spelled == Some(*tz) || at.format("%Z").to_string() == zone).then(|| (at.to_utc(), tz.name().to_owned()))
    };
    let (at, zone) = spelled
        .iter()
        .chain(LIKELY.iter())
        .chain(TZ_VARIANTS.iter())
        .find_map(fits)?;
    Some(Found { at, zone, style })
}
