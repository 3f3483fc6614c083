//! The sentences that Minuta itself writes: dates, the preamble, what became of an item, the next meeting.
//!
//! All is built from facts, as source of inline text, so that an imported sentence can be compared with it.

use chrono::{DateTime, Utc};
use chrono_tz::Tz;

use crate::model::inline::{literal, parse, plain};
use crate::model::{ItemState, Meeting, TimeStyle};

/// What stands before the date of the next meeting.
pub const NEXT_MEETING: &str = "The next meeting is scheduled for ";
/// What is known to have happened to an item with nothing under it.
pub const NO_UPDATE: &str = "No update was provided.";
/// The sentence of a deferred item.
pub const DEFERRED: &str = "This item was deferred to a later meeting.";
/// The sentence of a skipped item.
pub const SKIPPED: &str = "This item was not taken up.";

/// A number with its English ending: `1st`, `107th`, `112th`.
#[must_use]
pub fn ordinal(number: u32) -> String {
    let ending = match (number % 100, number % 10) {
        (11..=13, _) => "th",
        (_, 1) => "st",
        (_, 2) => "nd",
        (_, 3) => "rd",
        _ => "th",
    };
    format!("{number}{ending}")
}

/// The zone of that IANA name; UTC where there is none.
#[must_use]
pub fn zone(name: &str) -> Tz {
    name.trim().parse().unwrap_or(Tz::UTC)
}

/// `18 December 2025` in the zone.
#[must_use]
pub fn date(at: DateTime<Utc>, zone: Tz) -> String {
    at.with_timezone(&zone).format("%-d %B %Y").to_string()
}

/// `14.00 UTC`, or `14:00 UTC`, in the zone.
#[must_use]
pub fn time(at: DateTime<Utc>, zone: Tz, style: &TimeStyle) -> String {
    let format = if *style == TimeStyle::Colon {
        "%H:%M %Z"
    } else {
        "%H.%M %Z"
    };
    at.with_timezone(&zone).format(format).to_string()
}

/// `18 December 2025 at 14.00 UTC`.
#[must_use]
pub fn date_and_time(at: DateTime<Utc>, zone: Tz, style: &TimeStyle) -> String {
    format!("{} at {}", date(at, zone), time(at, zone, style))
}

/// The date line of the title block; empty where the start is not known.
#[must_use]
pub fn date_line(meeting: &Meeting) -> String {
    if !meeting.date_text.is_empty() {
        return meeting.date_text.clone();
    }
    meeting.starts.map_or_else(String::new, |at| {
        date_and_time(at, zone(&meeting.zone), &meeting.time_style)
    })
}

/// The body's name as the title block has it; empty where none is known.
#[must_use]
pub fn title(meeting: &Meeting) -> &str {
    [&meeting.name, &meeting.body, &meeting.short]
        .into_iter()
        .find(|name| !name.trim().is_empty())
        .map_or("", |name| name)
}

/// What a meeting of that form is called in a sentence.
fn sort(form: &str) -> &'static str {
    let form = form.to_lowercase();
    if form.contains("hybrid") {
        "hybrid meeting"
    } else if ["online", "virtual", "remote", "video"]
        .iter()
        .any(|word| form.contains(word))
    {
        "virtual meeting"
    } else if form.contains("person") {
        "in-person meeting"
    } else {
        "meeting"
    }
}

/// Joined as in a sentence: `A, B and C`.
#[must_use]
pub fn join(names: &[String]) -> String {
    match names {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

/// The generated preamble. `moderators` are sources of inline text. What is not known is left out.
#[must_use]
pub fn preamble(meeting: &Meeting, moderators: &[String]) -> String {
    let mut sentences = Vec::new();
    let body = meeting.body.trim();
    let short = meeting.short.trim();
    if meeting.number.is_some() || !body.is_empty() || !short.is_empty() {
        let sort = sort(&meeting.form);
        let mut sentence = match meeting.number {
            Some(number) => format!("The {} {sort}", ordinal(number)),
            None if sort.starts_with('i') => format!("An {sort}"),
            None => format!("A {sort}"),
        };
        let article = if body.to_lowercase().starts_with("the ") {
            ""
        } else {
            "the "
        };
        match (body.is_empty(), short.is_empty()) {
            (false, false) if body != short => sentence.push_str(&format!(" of {article}{body} ({short})")),
            (false, _) => sentence.push_str(&format!(" of {article}{body}")),
            (true, false) => sentence.push_str(&format!(" of {short}")),
            (true, true) => {}
        }
        sentence.push_str(" was held");
        if let Some(at) = meeting.starts {
            let zone = zone(&meeting.zone);
            sentence.push_str(&format!(
                " on {} at {}",
                date(at, zone),
                time(at, zone, &TimeStyle::Colon)
            ));
        }
        sentence.push('.');
        sentences.push(sentence);
    }
    if !moderators.is_empty() {
        sentences.push(format!("The meeting was moderated by {}.", join(moderators)));
    }
    if let Some(sentence) = recording(&meeting.recording) {
        sentences.push(sentence);
    }
    sentences.join(" ")
}

/// What the sentence on a recording begins with.
pub const RECORDING: &str = "A recording of the meeting is ";

fn recording(words: &str) -> Option<String> {
    let words = words.trim();
    if words.is_empty() {
        return None;
    }
    if is_address(words) {
        let label = literal(words);
        return Some(format!(
            "{RECORDING}available at [{label}]({}).",
            crate::model::inline::destination(words, false)
        ));
    }
    let words = words.trim_end_matches('.');
    if plain(&parse(words)).starts_with(char::is_uppercase) {
        return Some(format!("Recording: {words}."));
    }
    Some(format!("{RECORDING}{words}."))
}

/// Whether words are an address and nothing else.
#[must_use]
pub fn is_address(words: &str) -> bool {
    ["https://", "http://"].iter().any(|scheme| words.starts_with(scheme)) && !words.contains(char::is_whitespace)
}

/// The sentence on the next meeting, as source; `None` where nothing is known of it.
#[must_use]
pub fn next_meeting(meeting: &Meeting) -> Option<String> {
    let text = meeting.next_text.trim();
    if !text.is_empty() {
        // A whole sentence stands as it is; a few words ("to be announced") get one.
        return Some(if plain(&parse(text)).to_lowercase().contains("next meeting") {
            text.to_owned()
        } else {
            format!("Next meeting: {}.", text.trim_end_matches('.'))
        });
    }
    let at = meeting.next_starts?;
    Some(format!(
        "{NEXT_MEETING}**{}**.",
        date_and_time(at, next_zone(meeting), &meeting.time_style)
    ))
}

/// Whether plain words are about when the next meeting is: a sentence begins with it, or names its day. That they
/// mention it ("the draft comes back at the next meeting") is not enough.
#[must_use]
pub fn tells_next_meeting(meeting: &Meeting, text: &str) -> bool {
    let text = text.to_lowercase();
    if !text.contains("next meeting") {
        return false;
    }
    let begins = |sentence: &str| {
        let sentence = sentence.trim_start();
        sentence
            .strip_prefix("the ")
            .unwrap_or(sentence)
            .starts_with("next meeting")
    };
    if text.split(['.', '!', '?', ';', '\n']).any(begins) {
        return true;
    }
    meeting.next_starts.is_some_and(|at| {
        let local = at.with_timezone(&next_zone(meeting));
        let day = local.format("%-d").to_string();
        let has_day = text
            .split(|c: char| !c.is_alphanumeric())
            .any(|word| word.trim_end_matches(char::is_alphabetic) == day);
        has_day && text.contains(&local.format("%B").to_string().to_lowercase())
    })
}

/// The zone in which the next meeting's time is said.
fn next_zone(meeting: &Meeting) -> Tz {
    zone(if meeting.next_zone.is_empty() {
        &meeting.zone
    } else {
        &meeting.next_zone
    })
}

/// What stands under an item of that state that has nothing else, as source. `by` is the presenter, as named.
#[must_use]
pub fn state(state: &ItemState, by: Option<&str>) -> Option<String> {
    match (state, by) {
        (ItemState::NoUpdate, Some(by)) => Some(format!("No update was provided by {by}.")),
        (ItemState::NoUpdate, None) => Some(NO_UPDATE.to_owned()),
        (ItemState::Deferred, _) => Some(DEFERRED.to_owned()),
        (ItemState::Skipped, _) => Some(SKIPPED.to_owned()),
        _ => None,
    }
}
