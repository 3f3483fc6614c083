//! Transcripts and captions → cues: WebVTT, SubRip, and text with names before what they said.

mod markup;
mod spoken;
mod timed;

use std::collections::HashMap;

use chrono::{DateTime, TimeDelta, Utc};

use super::kind::lines;
use super::{Given, Plan, Problem, kept};
use crate::error::{Error, Result};
use crate::model::text::{clean, clean_line};
use crate::model::{Cue, CueId, Meeting, MeetingId, MeetingState};

/// Something said, as the file has it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Said {
    line: u32,
    /// Since the recording began; none where the file does not tell.
    from: Option<TimeDelta>,
    to: Option<TimeDelta>,
    speaker: String,
    text: String,
}

/// What a transcript holds.
#[derive(Debug, Default)]
struct Read {
    said: Vec<Said>,
    problems: Vec<Problem>,
    title: String,
    starts: Option<DateTime<Utc>>,
    /// Lines that say who was there.
    aside: Vec<(u32, String)>,
}

impl Read {
    fn tell(&mut self, line: u32, message: impl Into<String>) {
        self.problems.push(Problem {
            line,
            message: message.into(),
        });
    }
}

/// Reads a transcript.
///
/// # Errors
/// [`Error::Invalid`] where nothing in it looks like one.
pub(super) fn transcript(text: &str, given: &Given<'_>) -> Result<(Plan, Vec<Problem>)> {
    let text = text.trim_start_matches('\u{FEFF}');
    let all: Vec<&str> = lines(text).collect();
    let is_timed =
        all.first().is_some_and(|line| line.starts_with("WEBVTT")) || all.iter().any(|line| line.contains("-->"));
    let mut read = if is_timed {
        timed::read(&all)
    } else {
        spoken::read(&all)
    };
    let named = [".vtt", ".srt"]
        .iter()
        .any(|end| given.name.to_lowercase().ends_with(end));
    if !is_timed
        && !named
        && read
            .said
            .iter()
            .all(|said| said.speaker.is_empty() && said.from.is_none())
    {
        return Err(Error::Invalid(
            "it is no transcript: no line has a time, and none names a speaker; nothing was imported".to_owned(),
        ));
    }
    if read.said.is_empty() {
        read.tell(1, "nothing is said in it");
    }
    if is_timed {
        name_speakers(&mut read.said);
    }
    let (starts, timeless) = (
        read.starts.or(given.starts),
        read.said.iter().all(|said| said.from.is_none()),
    );
    if timeless && !read.said.is_empty() {
        read.tell(1, "it tells no times; what was said is kept in its order");
    } else if !timeless && starts.is_none() {
        read.tell(
            1,
            "its times count from the beginning of the recording, which is not known, and are kept so; say it with --starts",
        );
    }
    let mut meeting = Meeting::new(MeetingId(given.ids.fresh_id()));
    meeting.state = MeetingState::Ended;
    meeting.name = clean_line(&read.title);
    meeting.starts = starts;
    meeting.recording_starts = if timeless { None } else { starts };
    if let Some(zone) = given.zone {
        zone.name().clone_into(&mut meeting.zone);
    }
    let mut plan = Plan::new(meeting);
    plan.cues = cues(&read.said, starts.unwrap_or(DateTime::UNIX_EPOCH), given);
    for (line, names) in read.aside {
        let at = plan.meeting.starts.unwrap_or_else(|| given.ids.now());
        let problem = kept(
            &mut plan,
            &names,
            line,
            at,
            given,
            "names who was there, not who is who",
        );
        read.problems.push(problem);
    }
    Ok((plan, read.problems))
}

/// The cues, never before the recording, and in the order of the file where it tells no times.
fn cues(said: &[Said], base: DateTime<Utc>, given: &Given<'_>) -> Vec<Cue> {
    let mut last = TimeDelta::zero();
    let at = |from: TimeDelta| base.checked_add_signed(from).unwrap_or(base);
    let mut out = Vec::with_capacity(said.len());
    for said in said {
        last = said.from.unwrap_or(last + TimeDelta::milliseconds(1));
        out.push(Cue {
            id: CueId(given.ids.fresh_id()),
            starts: at(last),
            ends: said.to.map(at),
            speaker_text: clean_line(&said.speaker),
            participant: None,
            text: clean(&said.text).0,
        });
    }
    out
}

/// Finds the speakers that stand before what they said (`Ann Lee: …`), where the file marks voices in no other way. A
/// name counts when most cues have one, or when it stands there more than once.
fn name_speakers(said: &mut [Said]) {
    if said.iter().any(|said| !said.speaker.is_empty()) {
        return;
    }
    let mut count: HashMap<String, usize> = HashMap::new();
    for said in said.iter() {
        if let Some((name, _)) = before_colon(&said.text) {
            *count.entry(name.to_owned()).or_default() += 1;
        }
    }
    let most = count.values().sum::<usize>() * 2 > said.len();
    for said in said.iter_mut() {
        if let Some((name, words)) = before_colon(&said.text)
            && (most || count.get(name).is_some_and(|count| *count > 1))
        {
            (said.speaker, said.text) = (name.to_owned(), words.to_owned());
        }
    }
}

/// The longest name of a speaker, in characters.
const LONGEST_NAME: usize = 60;

/// A name and the words behind its colon: `Ann Lee: Good morning`.
fn before_colon(text: &str) -> Option<(&str, &str)> {
    let at = text.char_indices().take(LONGEST_NAME + 1).find_map(|(at, letter)| {
        let rest = text.get(at + letter.len_utf8()..)?;
        let parts = letter == '：' || letter == ':' && (rest.is_empty() || rest.starts_with(char::is_whitespace));
        parts.then_some((at, rest))
    });
    let (at, rest) = at?;
    let name = text.get(..at)?.trim();
    let name = name
        .strip_prefix('[')
        .and_then(|name| name.strip_suffix(']'))
        .unwrap_or(name);
    let words = name.split_whitespace().count();
    let is_name = (1..=8).contains(&words)
        && !name.contains(['?', '!', '\n', '"', ';'])
        && !name.contains(". ")
        && !name.contains("//")
        && name.chars().any(char::is_alphabetic);
    is_name.then(|| (name, rest.trim_start()))
}
