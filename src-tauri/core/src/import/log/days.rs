//! When the lines of a log were said.

use chrono::{DateTime, NaiveDate, NaiveTime, Timelike as _, Utc};
use chrono_tz::Tz;

use super::bots::begins_meeting;
use super::mended::Said as Line;
use super::rows::{Form, Rows};
use super::stamp::{Clock, date_in};
use crate::capture::{Command, parse};
use crate::import::Given;

pub(super) fn time_of(times: &[Option<DateTime<Utc>>], row: usize) -> Option<DateTime<Utc>> {
    times.get(row).copied().flatten()
}

/// The instant of each row.
pub(super) fn times(read: &Rows, said: &[Line], given: &Given<'_>) -> Vec<Option<DateTime<Utc>>> {
    let mut stamps = read.rows.iter().filter_map(|row| row.at);
    let first = stamps.next();
    // The chat of a recording counts from where the recording begins.
    let counts = first
        .is_some_and(|first| first.date.is_none() && first.seconds && first.time.is_some_and(|time| time.hour() == 0));
    if read.form == Form::Zoom && counts {
        let elapsed = |time: NaiveTime| given.starts.map(|starts| starts + (time - NaiveTime::MIN));
        let times = read
            .rows
            .iter()
            .map(|row| row.at.and_then(|at| at.time).and_then(elapsed));
        return times.collect();
    }
    let mut clock = Clock::new(given.zone.unwrap_or(Tz::UTC), day(read, said, given));
    let times = read.rows.iter().map(|row| {
        if let Some(day) = row.day {
            clock.set_day(day);
        }
        row.at.and_then(|at| clock.instant(&at))
    });
    times.collect()
}

/// The day on which a log begins: as it says itself, else as its name says.
pub(super) fn day(read: &Rows, said: &[Line], given: &Given<'_>) -> Option<NaiveDate> {
    if let Some(day) = read
        .rows
        .iter()
        .find_map(|row| row.at.and_then(|at| at.date).or(row.day))
    {
        return Some(day);
    }
    let logged = |line: &Line| {
        let url = line.text.strip_prefix("logging to ")?;
        // …/2021/02/09-group-irc
        let mut parts = url.rsplit('/');
        let (last, month, year) = (parts.next()?, parts.next()?, parts.next()?);
        let day = last.split('-').next()?;
        NaiveDate::from_ymd_opt(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)
    };
    let started = |line: &Line| begins_meeting(&line.text).then(|| date_in(&line.text)).flatten();
    let dated = |line: &Line| match parse(&line.text).command {
        Command::Date { when: Some(when), .. } => Some(when.date),
        Command::Date { text, when: None } => date_in(&text),
        _ => None,
    };
    said.iter()
        .find_map(logged)
        .or_else(|| said.iter().find_map(started))
        .or_else(|| said.iter().find_map(dated))
        .or_else(|| date_in(&given.name.replace('_', " ")))
        .or_else(|| date_in_name(given.name))
        .or_else(|| {
            let starts = given.starts?;
            Some(starts.with_timezone(&given.zone.unwrap_or(Tz::UTC)).date_naive())
        })
}

/// A day inside a name: `weekly-2024-02-20-irc.log`, `20240220.log`.
pub(super) fn date_in_name(name: &str) -> Option<NaiveDate> {
    for (at, _) in name.char_indices() {
        let rest = name.get(at..)?;
        let begins = at == 0 || !name.get(..at)?.ends_with(|c: char| c.is_ascii_digit());
        if !begins || !rest.starts_with(|c: char| c.is_ascii_digit()) {
            continue;
        }
        if let Some(date) = rest.get(..10).and_then(date_in) {
            return Some(date);
        }
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        if digits == 8
            && let (Some(year), Some(month), Some(day)) = (rest.get(..4), rest.get(4..6), rest.get(6..8))
            && let (Ok(year), Ok(month), Ok(day)) = (year.parse::<i32>(), month.parse(), day.parse())
            && (1980..2200).contains(&year)
            && let Some(date) = NaiveDate::from_ymd_opt(year, month, day)
        {
            return Some(date);
        }
    }
    None
}
