//! A meeting's facts and states.

use std::sync::Arc;

use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Tz;
use uuid::Uuid;

use super::{close_span, open_span};
use crate::archive::{Archive, Edit};
use crate::capture::When;
use crate::capture::dates::Zone;
use crate::document::Part;
use crate::error::{Error, Result};
use crate::model::text::clean_line;
use crate::model::{Item, ItemId, Meeting, MeetingId, MeetingState, Series, SeriesId, TimeStyle};
use crate::store::queries;

/// Facts of a new meeting. A body of this name and abbreviation becomes, or already is, a series.
#[derive(Clone, Debug, Default)]
pub struct New {
    /// The body's full name.
    pub series: String,
    /// Its abbreviation.
    pub short: String,
    /// Number in the series.
    pub number: Option<u32>,
    /// When, UTC.
    pub starts: Option<DateTime<Utc>>,
    /// IANA zone.
    pub zone: String,
    /// The form; empty = "Online Meeting".
    pub form: String,
}

/// Makes a meeting.
///
/// # Errors
/// [`Error::Invalid`] for a zone that does not exist or a body without a name.
pub fn create(archive: &mut Archive, new: &New) -> Result<MeetingId> {
    if new.series.trim().is_empty() {
        return Err(Error::Invalid(
            "a meeting needs the name of the body that meets".to_owned(),
        ));
    }
    let zone = known_zone(&new.zone)?;
    let id = MeetingId(archive.fresh_id());
    archive.make(id, "meeting made", |edit| {
        let mut meeting = Meeting::new(id);
        meeting.body = clean_line(&new.series);
        meeting.short = clean_line(&new.short);
        meeting.number = new.number;
        meeting.starts = new.starts;
        meeting.zone = zone.name().to_owned();
        if !new.form.trim().is_empty() {
            meeting.form = clean_line(&new.form);
        }
        meeting.series = Some(series(edit, &meeting.body, &meeting.short)?);
        edit.insert(Part::Meeting, &meeting)
    })?;
    Ok(id)
}

/// The series of this name, made where there is none.
pub(crate) fn series(edit: &mut Edit<'_>, name: &str, short: &str) -> Result<SeriesId> {
    if let Some(known) = queries::series_named(edit.query()?, name, short)? {
        return Ok(known.id);
    }
    let series = Series::new(SeriesId(edit.fresh_id()), name, short);
    edit.insert(Part::Archive, &series)?;
    Ok(series.id)
}

/// A zone by its IANA name; empty = UTC.
///
/// # Errors
/// [`Error::Invalid`] where there is no such zone.
pub fn known_zone(name: &str) -> Result<Tz> {
    match name.trim() {
        "" => Ok(Tz::UTC),
        name => name.parse().map_err(|_| {
            Error::Invalid(format!(
                "\"{name}\" is no IANA time zone; write one such as Europe/Rome or UTC"
            ))
        }),
    }
}

/// The day that words typed now speak from ("by 15 January"): today, or the day of a meeting that is over already,
/// whose notes are typed up later.
#[must_use]
pub fn day(facts: &Meeting, now: DateTime<Utc>) -> NaiveDate {
    let zone: Tz = facts.zone.parse().unwrap_or(Tz::UTC);
    let at = facts.starts.map_or(now, |starts| starts.min(now));
    at.with_timezone(&zone).date_naive()
}

/// Reads the meeting's facts.
pub(crate) fn facts(edit: &mut Edit<'_>) -> Result<Arc<Meeting>> {
    match edit.facts()? {
        // The root map is there in every document; a meeting is there only once it was made.
        Some(meeting) if !meeting.zone.is_empty() => Ok(meeting),
        _ => Err(Error::NotFound(format!("there is no meeting {}", edit.meeting()))),
    }
}

/// The item under discussion; none where somebody took it off the agenda who did not know that it was opened.
pub(crate) fn current(edit: &mut Edit<'_>) -> Result<Option<ItemId>> {
    match facts(edit)?.item {
        Some(item) if edit.document(Part::Meeting)?.alive::<Item>(item.0)? => Ok(Some(item)),
        _ => Ok(None),
    }
}

/// Changes the meeting's facts.
pub(crate) fn change(edit: &mut Edit<'_>, change: impl FnOnce(&mut Meeting)) -> Result<Uuid> {
    facts(edit)?;
    let id = edit.meeting();
    edit.update::<Meeting>(Part::Meeting, id.0, change)?;
    Ok(id.0)
}

/// Brings the meeting into a state; the times at which it is live are kept.
///
/// # Errors
/// As [`crate::Archive::write`].
pub fn set_state(edit: &mut Edit<'_>, state: MeetingState) -> Result<Uuid> {
    let now = edit.now();
    let intent = match &state {
        MeetingState::Live => "meeting started",
        MeetingState::Paused => "meeting paused",
        MeetingState::Ended => "meeting ended",
        _ => "meeting set to planned",
    };
    edit.set_intent(intent);
    if state == MeetingState::Ended {
        super::agenda::close_current(edit)?;
        super::floor::release(edit)?;
    }
    change(edit, |meeting| {
        if state == MeetingState::Live {
            open_span(&mut meeting.live, now);
            meeting.starts = meeting.starts.or(Some(now));
        } else {
            close_span(&mut meeting.live, now);
        }
        meeting.state = state;
    })
}

/// Deletes the meeting; undo brings it back.
///
/// # Errors
/// As [`crate::Archive::write`].
pub fn delete(edit: &mut Edit<'_>) -> Result<Uuid> {
    facts(edit)?;
    let id = edit.meeting();
    edit.set_deleted::<Meeting>(Part::Meeting, id.0, true)?;
    Ok(id.0)
}

/// The date line: a moment where it could be read, else the words as they are.
pub(crate) fn set_date(edit: &mut Edit<'_>, text: &str, when: Option<&When>) -> Result<(Uuid, Option<String>)> {
    let known = facts(edit)?;
    let moment = when.and_then(|when| Some((when.instant(known.zone.parse().unwrap_or(Tz::UTC))?, when)));
    let Some((at, when)) = moment else {
        let id = change(edit, |meeting| meeting.date_text = clean_line(text))?;
        return Ok((
            id,
            Some("no moment could be read from this date; it is printed as typed".to_owned()),
        ));
    };
    let id = change(edit, |meeting| {
        meeting.zone = zone_for(&meeting.zone, at, when, text);
        meeting.starts = Some(at);
        meeting.date_text = String::new();
        meeting.time_style = style_of(text);
    })?;
    Ok((id, None))
}

/// The next meeting: a moment where it could be read, else the words as they are.
pub(crate) fn set_next(edit: &mut Edit<'_>, text: &str, when: Option<&When>) -> Result<(Uuid, Option<String>)> {
    let known = facts(edit)?;
    let moment = when.and_then(|when| Some((when.instant(known.zone.parse().unwrap_or(Tz::UTC))?, when)));
    let Some((at, when)) = moment else {
        let id = change(edit, |meeting| meeting.next_text = clean_line(text))?;
        return Ok((
            id,
            Some("no moment could be read from this date; it is printed as typed".to_owned()),
        ));
    };
    let id = change(edit, |meeting| {
        let zone = zone_for(&meeting.zone, at, when, text);
        meeting.next_zone = if zone == meeting.zone { String::new() } else { zone };
        meeting.next_starts = Some(at);
        meeting.next_text = String::new();
    })?;
    Ok((id, None))
}

/// Hours parted by a colon, or by a dot.
fn style_of(text: &str) -> TimeStyle {
    if text.contains(':') {
        TimeStyle::Colon
    } else {
        TimeStyle::Dot
    }
}

/// The IANA zone in which a typed moment is shown: the meeting's own where it has the typed offset at that instant,
/// else the one that the typed abbreviation stands for.
fn zone_for(own: &str, at: DateTime<Utc>, when: &When, text: &str) -> String {
    let minutes = match &when.zone {
        None => return own.to_owned(),
        Some(Zone::Named { name }) => return name.clone(),
        Some(Zone::Offset { minutes }) => *minutes,
    };
    let word = text
        .split_whitespace()
        .map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()))
        .next_back()
        .unwrap_or_default();
    if let Ok(tz) = own.parse::<Tz>() {
        use chrono::Offset as _;
        let local = at.with_timezone(&tz);
        let same_offset = local.offset().fix().local_minus_utc() == minutes.saturating_mul(60);
        if same_offset
            && (!word.chars().all(char::is_alphabetic) || local.format("%Z").to_string().eq_ignore_ascii_case(word))
        {
            return own.to_owned();
        }
    }
    let known = match word.to_ascii_uppercase().as_str() {
        "UTC" | "GMT" | "Z" => Some("UTC"),
        "CET" | "CEST" => Some("CET"),
        "EET" | "EEST" => Some("EET"),
        "WET" | "WEST" => Some("WET"),
        "BST" => Some("Europe/London"),
        "EST" | "EDT" => Some("America/New_York"),
        "CDT" => Some("America/Chicago"),
        "MDT" => Some("America/Denver"),
        "PST" | "PDT" => Some("America/Los_Angeles"),
        "JST" => Some("Asia/Tokyo"),
        _ => None,
    };
    match known {
        Some(zone) => zone.to_owned(),
        None if minutes == 0 => "UTC".to_owned(),
        // IANA's fixed zones count westward.
        None if minutes % 60 == 0 && (-14..=12).contains(&(-minutes / 60)) => format!("Etc/GMT{:+}", -minutes / 60),
        None => own.to_owned(),
    }
}
