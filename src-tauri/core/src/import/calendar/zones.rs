//! Which zone an invitation means: by its name, by what other programs call it, or by the rules that it brings.

use chrono::{DateTime, Datelike, FixedOffset, NaiveDate, NaiveDateTime, TimeZone, Utc, Weekday};
use chrono_tz::{TZ_VARIANTS, Tz};

use super::super::when::instant;
use super::lines::Component;

/// Names that Windows and Outlook give to zones.
const OTHERS: [(&str, Tz); 62] = [
    ("afghanistan", Tz::Asia__Kabul),
    ("alaskan", Tz::America__Anchorage),
    ("arab", Tz::Asia__Riyadh),
    ("arabian", Tz::Asia__Dubai),
    ("arabic", Tz::Asia__Baghdad),
    ("argentina", Tz::America__Argentina__Buenos_Aires),
    ("atlantic", Tz::America__Halifax),
    ("aus eastern", Tz::Australia__Sydney),
    ("aus central", Tz::Australia__Darwin),
    ("azores", Tz::Atlantic__Azores),
    ("bangladesh", Tz::Asia__Dhaka),
    ("canada central", Tz::America__Regina),
    ("cen. australia", Tz::Australia__Adelaide),
    ("central", Tz::America__Chicago),
    ("central asia", Tz::Asia__Almaty),
    ("central america", Tz::America__Guatemala),
    ("central europe", Tz::Europe__Budapest),
    ("central european", Tz::Europe__Warsaw),
    ("china", Tz::Asia__Shanghai),
    ("e. africa", Tz::Africa__Nairobi),
    ("e. australia", Tz::Australia__Brisbane),
    ("e. europe", Tz::Europe__Chisinau),
    ("e. south america", Tz::America__Sao_Paulo),
    ("eastern", Tz::America__New_York),
    ("egypt", Tz::Africa__Cairo),
    ("fiji", Tz::Pacific__Fiji),
    ("fle", Tz::Europe__Kiev),
    ("georgian", Tz::Asia__Tbilisi),
    ("gmt", Tz::Europe__London),
    ("greenwich", Tz::Atlantic__Reykjavik),
    ("gtb", Tz::Europe__Bucharest),
    ("hawaiian", Tz::Pacific__Honolulu),
    ("india", Tz::Asia__Kolkata),
    ("iran", Tz::Asia__Tehran),
    ("israel", Tz::Asia__Jerusalem),
    ("jordan", Tz::Asia__Amman),
    ("korea", Tz::Asia__Seoul),
    ("mauritius", Tz::Indian__Mauritius),
    ("middle east", Tz::Asia__Beirut),
    ("morocco", Tz::Africa__Casablanca),
    ("mountain", Tz::America__Denver),
    ("us mountain", Tz::America__Phoenix),
    ("myanmar", Tz::Asia__Yangon),
    ("nepal", Tz::Asia__Kathmandu),
    ("new zealand", Tz::Pacific__Auckland),
    ("newfoundland", Tz::America__St_Johns),
    ("pacific", Tz::America__Los_Angeles),
    ("pacific sa", Tz::America__Santiago),
    ("pakistan", Tz::Asia__Karachi),
    ("romance", Tz::Europe__Paris),
    ("russian", Tz::Europe__Moscow),
    ("sa eastern", Tz::America__Cayenne),
    ("sa pacific", Tz::America__Bogota),
    ("sa western", Tz::America__La_Paz),
    ("se asia", Tz::Asia__Bangkok),
    ("singapore", Tz::Asia__Singapore),
    ("south africa", Tz::Africa__Johannesburg),
    ("sri lanka", Tz::Asia__Colombo),
    ("taipei", Tz::Asia__Taipei),
    ("tokyo", Tz::Asia__Tokyo),
    ("turkey", Tz::Europe__Istanbul),
    ("w. europe", Tz::Europe__Berlin),
];

/// Zones that are tried by their offsets, the likeliest first.
const LIKELY: [Tz; 16] = [
    Tz::Europe__Berlin,
    Tz::Europe__London,
    Tz::Europe__Athens,
    Tz::America__New_York,
    Tz::America__Chicago,
    Tz::America__Denver,
    Tz::America__Phoenix,
    Tz::America__Los_Angeles,
    Tz::America__Sao_Paulo,
    Tz::Europe__Moscow,
    Tz::Asia__Kolkata,
    Tz::Asia__Shanghai,
    Tz::Asia__Tokyo,
    Tz::Australia__Sydney,
    Tz::Pacific__Auckland,
    Tz::UTC,
];

/// A zone by its name: IANA's, with anything before it, or that of Windows.
pub(super) fn named(id: &str) -> Option<Tz> {
    let id = id.trim().trim_matches('"');
    if let Ok(zone) = id.parse::<Tz>() {
        return Some(zone);
    }
    let lower = id.to_lowercase();
    let longest = TZ_VARIANTS
        .iter()
        .filter(|zone| zone.name().contains('/') && lower.ends_with(&zone.name().to_lowercase()))
        .max_by_key(|zone| zone.name().len());
    if let Some(zone) = longest {
        return Some(*zone);
    }
    let bare = lower.strip_suffix(" time").unwrap_or(&lower);
    let bare = bare
        .strip_suffix(" standard")
        .or_else(|| bare.strip_suffix(" daylight"))
        .unwrap_or(bare);
    OTHERS.iter().find(|(name, _)| *name == bare).map(|(_, zone)| *zone)
}

/// The instant of a local time, and its zone: the file's own rules say when it is, where the zone's name is not IANA's.
pub(super) fn at(
    local: NaiveDateTime,
    id: &str,
    all: &[Component],
    usual: Option<Tz>,
) -> (Option<DateTime<Utc>>, Option<Tz>) {
    if let Ok(zone) = id.trim().parse::<Tz>() {
        return (instant(local, zone), Some(zone));
    }
    let defined = all
        .iter()
        .position(|part| part.name == "VTIMEZONE" && part.line("TZID") == id.trim());
    let rules: Vec<&Component> = all
        .iter()
        .filter(|part| part.parent.is_some() && part.parent == defined)
        .collect();
    let by_rules = offset(local, &rules).and_then(|offset| offset.from_local_datetime(&local).single());
    let located = defined
        .and_then(|at| all.get(at))
        .and_then(|zone| named(&zone.line("X-LIC-LOCATION")));
    let zone = located.or_else(|| named(id)).or_else(|| {
        let at = by_rules?;
        let half = local.checked_add_days(chrono::Days::new(182))?;
        let later = offset(half, &rules)?.from_local_datetime(&half).single()?;
        LIKELY
            .into_iter()
            .find(|zone| instant(local, *zone) == Some(at.to_utc()) && instant(half, *zone) == Some(later.to_utc()))
    });
    match (by_rules, zone.or(usual)) {
        (Some(at), _) => (Some(at.to_utc()), zone),
        (None, Some(zone)) => (instant(local, zone), Some(zone)),
        (None, None) => (None, None),
    }
}

/// The offset that the rules of a time zone give at a local time: that of the one which began last.
fn offset(local: NaiveDateTime, rules: &[&Component]) -> Option<FixedOffset> {
    let mut found: Option<(NaiveDateTime, &Component)> = None;
    let mut earliest: Option<(NaiveDateTime, &Component)> = None;
    for rule in rules {
        for onset in onsets(rule, local.year()) {
            if onset <= local && found.is_none_or(|(best, _)| onset > best) {
                found = Some((onset, rule));
            }
            if earliest.is_none_or(|(best, _)| onset < best) {
                earliest = Some((onset, rule));
            }
        }
    }
    if let Some((_, rule)) = found {
        return read_offset(&rule.line("TZOFFSETTO"));
    }
    read_offset(&earliest?.1.line("TZOFFSETFROM"))
}

/// When a rule begins to hold: on its first day, on the days it lists, and in the year asked for and the one before.
fn onsets(rule: &Component, year: i32) -> Vec<NaiveDateTime> {
    let read = |text: &str| NaiveDateTime::parse_from_str(text.trim(), "%Y%m%dT%H%M%S").ok();
    let Some(first) = read(&rule.line("DTSTART")) else {
        return Vec::new();
    };
    let mut out = vec![first];
    for dates in rule.properties.iter().filter(|property| property.name == "RDATE") {
        out.extend(dates.value.split(',').filter_map(read));
    }
    let line = rule.line("RRULE").to_uppercase();
    let part = |key: &str| {
        line.split(';')
            .find_map(|part| part.strip_prefix(key)?.strip_prefix('='))
    };
    if part("FREQ") != Some("YEARLY") {
        return out;
    }
    let until = part("UNTIL").and_then(|until| NaiveDate::parse_from_str(until.get(..8)?, "%Y%m%d").ok());
    let month = part("BYMONTH")
        .and_then(|month| month.parse().ok())
        .unwrap_or(first.month());
    for year in [year.saturating_sub(1), year] {
        let day = match part("BYDAY") {
            Some(day) => nth(year, month, day, part("BYMONTHDAY")),
            None => NaiveDate::from_ymd_opt(year, month, first.day()),
        };
        let onset = day.map(|day| day.and_time(first.time()));
        out.extend(onset.filter(|onset| *onset >= first && until.is_none_or(|until| onset.date() <= until)));
    }
    out
}

/// `-1SU`: the last Sunday of the month; `SU` with days of the month: the first Sunday among these.
fn nth(year: i32, month: u32, rule: &str, days: Option<&str>) -> Option<NaiveDate> {
    let split = rule.len().checked_sub(2)?;
    let (count, day) = rule.split_at_checked(split)?;
    let day = match day {
        "MO" => Weekday::Mon,
        "TU" => Weekday::Tue,
        "WE" => Weekday::Wed,
        "TH" => Weekday::Thu,
        "FR" => Weekday::Fri,
        "SA" => Weekday::Sat,
        "SU" => Weekday::Sun,
        _ => return None,
    };
    let matching: Vec<NaiveDate> = (1..=31)
        .filter_map(|number| NaiveDate::from_ymd_opt(year, month, number))
        .filter(|date| date.weekday() == day)
        .collect();
    if let Some(days) = days {
        let days: Vec<u32> = days.split(',').filter_map(|day| day.parse().ok()).collect();
        return matching.into_iter().find(|date| days.contains(&date.day()));
    }
    let count: i32 = if count.is_empty() { 1 } else { count.parse().ok()? };
    let place = if count < 0 {
        matching.len().checked_sub(usize::try_from(-count).ok()?)?
    } else {
        usize::try_from(count).ok()?.checked_sub(1)?
    };
    matching.get(place).copied()
}

/// `-0500`, `+013045`.
fn read_offset(text: &str) -> Option<FixedOffset> {
    let (sign, digits) = match text.split_at_checked(1)? {
        ("+", digits) => (1, digits),
        ("-", digits) => (-1, digits),
        _ => return None,
    };
    let number = |at: usize| digits.get(at..at + 2).map_or(Some(0), |part| part.parse::<i32>().ok());
    FixedOffset::east_opt(sign * (number(0)? * 3600 + number(2)? * 60 + number(4)?))
}
