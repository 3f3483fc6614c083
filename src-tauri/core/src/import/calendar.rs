//! An invitation (iCalendar) → when, who, and the agenda in its description.

mod lines;
mod zones;

use std::collections::HashMap;

use chrono::{DateTime, Days, NaiveDate, NaiveDateTime, TimeDelta, Utc};
use chrono_tz::Tz;

use self::lines::{Component, Property, read};
use super::names::{Brackets, shown};
use super::when::instant;
use super::{Given, Plan, Problem, agenda, kept};
use crate::error::{Error, Result};
use crate::model::inline::literal;
use crate::model::text::clean_line;
use crate::model::{Duty, Meeting, MeetingId, Nature, OrderKey, Participant, ParticipantId, ParticipantState};

/// A time of the file.
struct When {
    at: Option<DateTime<Utc>>,
    local: NaiveDateTime,
    zone: Option<Tz>,
    all_day: bool,
}

/// Reads an invitation. Of several events the first is taken; the others are told and kept as lines.
///
/// # Errors
/// [`Error::Invalid`] where there is no event in it.
pub(super) fn calendar(text: &str, given: &Given<'_>) -> Result<(Plan, Vec<Problem>)> {
    let read = read(text);
    let (all, mut problems) = (read.components, read.problems);
    let events: Vec<&Component> = all.iter().filter(|part| part.name == "VEVENT").collect();
    let first = events.iter().find(|event| event.property("RECURRENCE-ID").is_none());
    let Some(event) = first.or(events.first()) else {
        return Err(Error::Invalid(
            "it is no invitation: there is no event (BEGIN:VEVENT) in it; nothing was imported".to_owned(),
        ));
    };
    let mut meeting = Meeting::new(MeetingId(given.ids.fresh_id()));
    meeting.name = literal(&event.line("SUMMARY"));
    let starts = event.property("DTSTART").map(|start| (start, when(start, &all, given)));
    match &starts {
        Some((_, Some(start))) => {
            meeting.starts = start.at;
            if let Some(zone) = start.zone {
                zone.name().clone_into(&mut meeting.zone);
            }
            if start.all_day {
                meeting.date_text = start.local.format("%-d %B %Y").to_string();
            } else if start.at.is_none() {
                meeting.date_text = start.local.format("%-d %B %Y at %H.%M").to_string();
            }
        }
        Some((start, None)) => meeting.date_text = clean_line(&start.value),
        None => {}
    }
    if let Some((start, told)) = &starts {
        let message = match told {
            None => Some(format!(
                "\"{}\" was not understood as a time; kept as the date's text",
                start.value
            )),
            Some(when) if when.at.is_none() => {
                Some("its time names no zone; kept as text. Say which with --zone, as Europe/Rome".to_owned())
            }
            Some(when) if when.zone.is_none() && !when.all_day => {
                Some("its zone has no name that is known; the time is right, and shown in UTC".to_owned())
            }
            Some(_) => None,
        };
        problems.extend(message.map(|message| Problem {
            line: start.line,
            message,
        }));
    }
    meeting.next_starts = next(event, &meeting);
    let at = meeting.starts.unwrap_or_else(|| given.ids.now());
    let mut plan = Plan::new(meeting);
    plan.participants = people(event, given);
    if let Some(described) = event.property("DESCRIPTION") {
        let text = agenda::unmarked(&described.text());
        // What is in the description stands on its one line of the file.
        agenda::into(&mut plan, &text, described.line, given);
    }
    for key in [
        "LOCATION",
        "URL",
        "X-GOOGLE-CONFERENCE",
        "X-MICROSOFT-SKYPETEAMSMEETINGURL",
        "RRULE",
        "COMMENT",
        "CONTACT",
    ] {
        for property in event.properties.iter().filter(|property| property.name == key) {
            let value = property.text();
            if !value.trim().is_empty() {
                kept(
                    &mut plan,
                    &format!("{}: {value}", words(key)),
                    property.line,
                    at,
                    given,
                    "",
                );
            }
        }
    }
    if let Some(length) = length(event, &starts, &all, given) {
        let line = event
            .property("DTEND")
            .or(event.property("DURATION"))
            .map_or(event.line, |end| end.line);
        kept(&mut plan, &format!("Planned for {length} minutes"), line, at, given, "");
    }
    for (line, text, why) in &read.strange {
        problems.push(kept(&mut plan, text, *line, at, given, why));
    }
    for other in &all {
        let is_event = other.name == "VEVENT" && other.line != event.line;
        if is_event || matches!(other.name.as_str(), "VTODO" | "VJOURNAL" | "VFREEBUSY") {
            let told = format!("{} {}", other.line("SUMMARY"), other.line("DTSTART"));
            let told = if told.trim().is_empty() {
                other.name.clone()
            } else {
                told.trim().to_owned()
            };
            problems.push(kept(
                &mut plan,
                &told,
                other.line,
                at,
                given,
                "is another entry; only the first event was taken",
            ));
        }
    }
    Ok((plan, problems))
}

fn words(key: &str) -> &'static str {
    match key {
        "LOCATION" => "Location",
        "URL" => "Link",
        "RRULE" => "Repeats",
        "COMMENT" => "Comment",
        "CONTACT" => "Contact",
        _ => "Meeting link",
    }
}

/// Reads a time: with its zone, in UTC, without either, or a day alone.
fn when(property: &Property, all: &[Component], given: &Given<'_>) -> Option<When> {
    let value = property.value.trim();
    let usual = || {
        let said = all.iter().find_map(|part| part.property("X-WR-TIMEZONE"));
        given
            .zone
            .or_else(|| said.and_then(|said| zones::named(said.value.trim())))
    };
    if let Ok(day) = NaiveDate::parse_from_str(value, "%Y%m%d") {
        let local = day.and_hms_opt(0, 0, 0)?;
        let zone = usual();
        return Some(When {
            at: instant(local, zone.unwrap_or(Tz::UTC)),
            local,
            zone,
            all_day: true,
        });
    }
    let (bare, utc) = match value.strip_suffix(['Z', 'z']) {
        Some(bare) => (bare, true),
        None => (value, false),
    };
    let local = ["%Y%m%dT%H%M%S", "%Y%m%dT%H%M", "%Y-%m-%dT%H:%M:%S"]
        .iter()
        .find_map(|form| NaiveDateTime::parse_from_str(bare, form).ok())?;
    let (at, zone) = if utc {
        (Some(local.and_utc()), Some(usual().unwrap_or(Tz::UTC)))
    } else if let Some(id) = property.parameter("TZID") {
        zones::at(local, id, all, usual())
    } else {
        let zone = usual();
        (zone.and_then(|zone| instant(local, zone)), zone)
    };
    Some(When {
        at,
        local,
        zone,
        all_day: false,
    })
}

/// How long it is planned for, in minutes.
fn length(
    event: &Component,
    starts: &Option<(&Property, Option<When>)>,
    all: &[Component],
    given: &Given<'_>,
) -> Option<i64> {
    let minutes = match event.property("DTEND") {
        Some(end) => {
            let (end, (_, start)) = (when(end, all, given)?, starts.as_ref()?);
            (end.at? - start.as_ref()?.at?).num_minutes()
        }
        None => duration(&event.property("DURATION")?.value)?.num_minutes(),
    };
    (minutes > 0).then_some(minutes)
}

/// `PT1H30M`, `P1D`, `P2W`.
fn duration(text: &str) -> Option<TimeDelta> {
    let mut all = TimeDelta::zero();
    let mut number = 0_i64;
    for letter in text.trim().strip_prefix('P')?.chars() {
        if let Some(digit) = letter.to_digit(10) {
            number = number.checked_mul(10)?.checked_add(i64::from(digit))?;
            continue;
        }
        let unit = match letter {
            'W' => 7 * 24 * 60 * 60,
            'D' => 24 * 60 * 60,
            'H' => 60 * 60,
            'M' => 60,
            'S' => 1,
            'T' => 0,
            _ => return None,
        };
        all = all.checked_add(&TimeDelta::try_seconds(number.checked_mul(unit)?)?)?;
        number = 0;
    }
    Some(all)
}

/// The next meeting of one that repeats by the day or week.
fn next(event: &Component, meeting: &Meeting) -> Option<DateTime<Utc>> {
    let rule = event.property("RRULE")?.value.to_uppercase();
    let part = |key: &str| {
        rule.split(';')
            .find_map(|part| part.strip_prefix(key)?.strip_prefix('='))
    };
    let days = match part("FREQ")? {
        "DAILY" => 1,
        "WEEKLY" if part("BYDAY").is_none_or(|days| !days.contains(',')) => 7,
        _ => return None,
    };
    if part("COUNT") == Some("1") {
        return None;
    }
    let every = part("INTERVAL").map_or(Some(1), |every| every.parse::<u64>().ok())?;
    let zone: Tz = meeting.zone.parse().ok()?;
    let local = meeting.starts?.with_timezone(&zone).naive_local();
    let next = instant(local.checked_add_days(Days::new(every.checked_mul(days)?))?, zone)?;
    let until = part("UNTIL").and_then(|until| NaiveDate::parse_from_str(until.get(..8)?, "%Y%m%d").ok());
    until.is_none_or(|until| next.date_naive() <= until).then_some(next)
}

/// Organizer and attendees, each once by the address.
fn people(event: &Component, given: &Given<'_>) -> Vec<Participant> {
    let mut out: Vec<Participant> = Vec::new();
    let mut known: HashMap<String, usize> = HashMap::new();
    for property in &event.properties {
        let organizes = property.name == "ORGANIZER";
        if !organizes && property.name != "ATTENDEE" {
            continue;
        }
        let value = property.value.trim();
        let mail = value
            .get(..7)
            .filter(|head| head.eq_ignore_ascii_case("mailto:"))
            .and_then(|_| value.get(7..));
        let mail = mail
            .unwrap_or(if value.contains('@') && !value.contains('/') {
                value
            } else {
                ""
            })
            .trim();
        let name = property.parameter("CN").map(clean_line).filter(|name| !name.is_empty());
        let name = name.unwrap_or_else(|| clean_line(if mail.is_empty() { value } else { mail }));
        if name.is_empty() {
            continue;
        }
        let key = mail.to_lowercase();
        let at = known.get(&key).copied().filter(|_| !key.is_empty()).unwrap_or_else(|| {
            let shown = shown(&name, Brackets::Groups);
            let order = OrderKey::after(out.last().map(|last| &last.order), given.ids.now());
            let mut person = Participant::new(ParticipantId(given.ids.fresh_id()), order, shown.name);
            person.aliases = shown.aliases;
            person.group = shown.group;
            person.nature = shown.nature;
            mail.clone_into(&mut person.email);
            out.push(person);
            out.len() - 1
        });
        known.insert(key, at);
        let Some(person) = out.get_mut(at) else { continue };
        let says = |parameter: &str, word: &str| {
            property
                .parameter(parameter)
                .is_some_and(|value| value.eq_ignore_ascii_case(word))
        };
        if organizes || says("ROLE", "CHAIR") {
            person.duty = Duty::Moderator;
        }
        if says("PARTSTAT", "DECLINED") {
            person.state = ParticipantState::Apologies;
        }
        if says("CUTYPE", "ROOM") || says("CUTYPE", "RESOURCE") {
            person.nature = Nature::Device;
        }
        person.listed &= person.nature == Nature::Person && !says("CUTYPE", "GROUP");
        // The address alone was no name.
        if person.name == person.email && name != mail {
            person.name = name;
        }
    }
    out
}
