//! What a file is, told from what is in it.

use std::fmt;

use super::{agenda, attendance, log, people, pieces, shape};
use crate::error::{Error, Result};

/// What a file is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// A finished report: agenda, discussion, participants.
    Report,
    /// A list of people, one a line or as a table.
    People,
    /// Attendance as Zoom reports it.
    Zoom,
    /// Attendance as Microsoft Teams reports it.
    Teams,
    /// Attendance as Webex reports it.
    Webex,
    /// Attendance as Google Meet reports it.
    Meet,
    /// Attendance as BigBlueButton reports it.
    BigBlueButton,
    /// A log of IRC with a scribe's lines.
    ScribeLog,
    /// A log of IRC or Matrix with `MeetBot`'s commands.
    MeetBot,
    /// The chat of a Zoom meeting.
    Chat,
    /// A transcript or captions.
    Transcript,
    /// An invitation in iCalendar.
    Calendar,
    /// An agenda, as text or Markdown.
    Agenda,
    /// Any other minutes, as text or Markdown.
    Minutes,
}

impl Kind {
    /// All, in the order in which a list offers them.
    pub const ALL: [Self; 14] = [
        Self::Report,
        Self::Minutes,
        Self::Agenda,
        Self::Calendar,
        Self::People,
        Self::Zoom,
        Self::Teams,
        Self::Webex,
        Self::Meet,
        Self::BigBlueButton,
        Self::ScribeLog,
        Self::MeetBot,
        Self::Chat,
        Self::Transcript,
    ];

    /// The word that names it on the command line.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Report => "report",
            Self::People => "people",
            Self::Zoom => "zoom",
            Self::Teams => "teams",
            Self::Webex => "webex",
            Self::Meet => "meet",
            Self::BigBlueButton => "bigbluebutton",
            Self::ScribeLog => "scribe-log",
            Self::MeetBot => "meetbot",
            Self::Chat => "chat",
            Self::Transcript => "transcript",
            Self::Calendar => "calendar",
            Self::Agenda => "agenda",
            Self::Minutes => "minutes",
        }
    }

    /// Reads the word.
    #[must_use]
    pub fn of(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.word() == word)
    }

    /// Whether it is an attendance report of a platform.
    #[must_use]
    pub fn is_attendance(self) -> bool {
        matches!(
            self,
            Self::Zoom | Self::Teams | Self::Webex | Self::Meet | Self::BigBlueButton
        )
    }
}

/// In words: "an attendance report of Zoom".
impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Report => "a finished report",
            Self::People => "a list of people",
            Self::Zoom => "an attendance report of Zoom",
            Self::Teams => "an attendance report of Microsoft Teams",
            Self::Webex => "an attendance report of Webex",
            Self::Meet => "an attendance report of Google Meet",
            Self::BigBlueButton => "an attendance report of BigBlueButton",
            Self::ScribeLog => "a scribe's log",
            Self::MeetBot => "a log of MeetBot",
            Self::Chat => "a chat of Zoom",
            Self::Transcript => "a transcript",
            Self::Calendar => "an invitation (iCalendar)",
            Self::Agenda => "an agenda",
            Self::Minutes => "minutes",
        })
    }
}

/// How many lines are looked at.
const LOOKED_AT: usize = 400;

/// What a file is. Its name decides only between what its text leaves open.
///
/// # Errors
/// [`Error::Invalid`] for what is no meeting's text: a web page, data for programs.
pub fn recognise(text: &str, name: &str) -> Result<Kind> {
    let text = text.trim_start_matches('\u{FEFF}');
    let lines: Vec<&str> = lines(text).take(LOOKED_AT).collect();
    let first = lines.iter().map(|line| line.trim()).find(|line| !line.is_empty());
    let first = first.unwrap_or_default();
    let begins = |word: &str| {
        let head = first.get(..word.len()).unwrap_or_default();
        head.eq_ignore_ascii_case(word)
    };
    if begins("BEGIN:VCALENDAR") || begins("BEGIN:VEVENT") {
        return Ok(Kind::Calendar);
    }
    if is_transcript(&lines) {
        return Ok(Kind::Transcript);
    }
    // A log may have come through a word processor, which wraps it up.
    if begins("{\\rtf") && log::form(text).is_some() {
        return Ok(Kind::ScribeLog);
    }
    for (word, what) in [
        ("<!doctype", "a web page"),
        ("<html", "a web page"),
        ("<?xml", "XML"),
        ("{\\rtf", "RTF"),
        ("%PDF", "a PDF"),
    ] {
        if begins(word) {
            return refuse(what);
        }
    }
    // So may one of MeetBot's.
    if first.starts_with('{') && log::form(text).is_some() {
        return Ok(Kind::MeetBot);
    }
    if first.starts_with(['{', '[']) && serde_json::from_str::<serde::de::IgnoredAny>(text).is_ok() {
        return refuse("JSON");
    }
    if let Some(found) = attendance::find(text) {
        return Ok(found.platform);
    }
    let lower = name.to_lowercase();
    let ends = |ends: &[&str]| ends.iter().any(|end| lower.ends_with(end));
    // A scribe's words without any nick are as much minutes as a log: Markdown is no log's form.
    let markdown = ends(&[".md", ".markdown"]) || pieces::is_markdown(text);
    if let Some(kind) =
        talk(&lines).filter(|kind| !markdown || *kind != Kind::ScribeLog || share(&lines, is_nicked) > 0.3)
    {
        return Ok(kind);
    }
    // Logs in columns, or with a nick's whole address.
    if !markdown && log::form(text).is_some() {
        return Ok(Kind::ScribeLog);
    }
    if ends(&[".csv", ".tsv"]) {
        return refuse("a table without a column of names");
    }
    if ends(&[".vtt", ".srt"]) {
        return Ok(Kind::Transcript);
    }
    if ends(&[".ics"]) {
        return Ok(Kind::Calendar);
    }
    Ok(prose(text, &lower))
}

fn refuse(what: &str) -> Result<Kind> {
    Err(Error::Invalid(format!(
        "it is {what}, which cannot be imported; nothing was. If it is text all the same, say what it is with --as"
    )))
}

/// The lines, whatever ends them.
pub(super) fn lines(text: &str) -> impl Iterator<Item = &str> {
    text.split('\n')
        .flat_map(|line| line.strip_suffix('\r').unwrap_or(line).split('\r'))
}

fn is_transcript(lines: &[&str]) -> bool {
    let first = lines.first().copied().unwrap_or_default();
    let is_vtt = first
        .strip_prefix("WEBVTT")
        .is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', '\t']));
    let arrows = lines.iter().take(60).filter(|line| is_span(line)).count();
    let captions = share(lines, |line| line.starts_with(">>"));
    // Captions are broken into many lines; the answers of an e-mail begin so too, but name nobody in capitals.
    let callers = lines.iter().filter(|line| is_caller(line)).count();
    let stamps = lines.iter().filter(|line| is_clock(line.trim())).count();
    let meet = stamps > 0
        && lines.iter().any(|line| {
            line.to_lowercase().contains("this editable transcript") || line.trim_end().ends_with("- Transcript")
        });
    let heads = share(lines, is_head);
    is_vtt || arrows > 0 || heads > 0.2 || captions > 0.2 || callers > 2 || meet || stamps * 5 > lines.len().max(10)
}

/// `>> CHAIR:`
fn is_caller(line: &str) -> bool {
    let name = line
        .strip_prefix(">>")
        .and_then(|rest| rest.split_once(':'))
        .map_or("", |(name, _)| name);
    name.len() <= 60 && name.chars().any(char::is_uppercase) && !name.chars().any(char::is_lowercase)
}

/// `00:00:04.859 --> 00:00:07.410`
fn is_span(line: &str) -> bool {
    line.split_once("-->").is_some_and(|(from, to)| {
        let is_time = |text: &str| text.trim_start().starts_with(|c: char| c.is_ascii_digit()) && text.contains(':');
        is_time(from) && is_time(to)
    })
}

/// `Ann Lee  0:05`, `[Ann Lee] 14:02:11`: who speaks, above what is said.
fn is_head(line: &str) -> bool {
    let Some((name, time)) = line.trim_end().rsplit_once(char::is_whitespace) else {
        return false;
    };
    let parts: Vec<&str> = time.split(':').collect();
    let is_time = (2..=3).contains(&parts.len())
        && parts
            .iter()
            .all(|part| (1..=2).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit()));
    let name = name.trim_start();
    is_time && name.len() <= 60 && (name.ends_with(' ') || name.starts_with('[') && name.ends_with(']'))
}

/// `00:12:34`, alone.
pub(super) fn is_clock(line: &str) -> bool {
    let parts: Vec<&str> = line.split(':').collect();
    parts.len() == 3
        && parts
            .iter()
            .all(|part| (1..=2).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit()))
}

/// Which part of the lines that are not blank is so.
fn share(lines: &[&str], is: impl Fn(&str) -> bool) -> f64 {
    let filled: Vec<&&str> = lines.iter().filter(|line| !line.trim().is_empty()).collect();
    let count = filled.iter().filter(|line| is(line.trim())).count();
    count as f64 / filled.len().max(1) as f64
}

fn is_nicked(line: &str) -> bool {
    nick(line).is_some()
}

/// Logs and chats: lines with a time, or a nick in angle brackets.
fn talk(lines: &[&str]) -> Option<Kind> {
    let chat = share(lines, is_chat);
    let nicks = share(lines, is_nicked);
    let commands = |signs: &[&str]| {
        lines.iter().any(|line| {
            let words = nick(line).unwrap_or(line).trim().to_lowercase();
            signs.iter().any(|sign| words.starts_with(sign))
        })
    };
    if nicks > 0.3 && commands(&["#startmeeting", "!startmeeting", "#endmeeting", "!endmeeting"]) {
        return Some(Kind::MeetBot);
    }
    if nicks > 0.3 {
        return Some(Kind::ScribeLog);
    }
    if chat > 0.3 {
        return Some(Kind::Chat);
    }
    let scribed = commands(&["scribenick:", "scribe:", "scribe+", "present+", "rrsagent", "zakim,"])
        && commands(&["topic:", "present+", "present:", "meeting:"]);
    scribed.then_some(Kind::ScribeLog)
}

/// `14:02:11<tab>Name:<tab>text`, `14:02:11 From  Name  to  Everyone:`
fn is_chat(line: &str) -> bool {
    let Some((time, rest)) = line.split_once(['\t', ' ']) else {
        return false;
    };
    is_clock(time)
        && (line.contains('\t') && rest.contains(':')
            || rest.trim_start().starts_with("From ")
            || rest.contains(" to ") && rest.trim_end().ends_with(':'))
}

/// What stands behind `<nick>` on a line of a log, with or without a time before it.
fn nick(line: &str) -> Option<&str> {
    let (before, rest) = line.split_once('<')?;
    let is_stamp = before.chars().all(|c| {
        c.is_ascii_digit()
            || c.is_whitespace()
            || matches!(c, '[' | ']' | '(' | ')' | ':' | '-' | '/' | '.' | 'T' | 'Z' | '+')
    }) || before.len() <= 40 && before.ends_with("] ");
    let (nick, text) = rest.split_once('>')?;
    let is_nick = !nick.trim().is_empty() && nick.len() <= 80 && !nick.starts_with('/') && !nick.contains("://");
    (is_stamp && is_nick).then_some(text)
}

/// Text that people write: a report, an agenda, a list, minutes.
fn prose(text: &str, name: &str) -> Kind {
    let pieces = pieces::pieces(text);
    let has = |wanted: shape::Part| pieces.iter().any(|piece| shape::part(piece) == Some(wanted));
    if has(shape::Part::Discussion) || has(shape::Part::Agenda) && has(shape::Part::People) {
        return Kind::Report;
    }
    let is_said = name.contains("agenda") && !name.contains("minutes");
    if is_said || agenda::is_one(text) {
        return Kind::Agenda;
    }
    if is_people(text) {
        return Kind::People;
    }
    Kind::Minutes
}

/// Whether a text is a list of people: short lines that begin with names.
fn is_people(text: &str) -> bool {
    let filled = text.lines().filter(|line| !line.trim().is_empty()).count();
    if !(2..=2000).contains(&filled)
        || text
            .lines()
            .any(|line| line.chars().count() > 120 || line.starts_with('#'))
    {
        return false;
    }
    let entries = people::people(text);
    let is_name = |name: &str| {
        let words: Vec<&str> = name.split_whitespace().collect();
        let cased = words.iter().filter(|word| word.starts_with(char::is_uppercase)).count();
        let uncased = words
            .iter()
            .all(|word| word.chars().all(|c| !c.is_lowercase() && !c.is_uppercase()));
        (1..=6).contains(&words.len())
            && !name.ends_with(['.', ':', ';', '!', '?'])
            && (words.len() >= 2 && cased * 3 >= words.len() * 2 || uncased && name.chars().count() <= 12)
    };
    let names = entries.iter().filter(|entry| is_name(&entry.name)).count();
    entries.len() >= 2 && names * 5 >= entries.len() * 4
}
