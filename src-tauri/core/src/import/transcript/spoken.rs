//! Text with names before what they said: Google Meet, captions (`>> NAME:`), and other programs' exports.

use chrono::{DateTime, TimeDelta, Utc};

use super::super::when::{Order, stamp};
use super::{Read, Said, before_colon};

/// What comes of a line.
enum Line<'a> {
    /// The time of what follows.
    Clock(TimeDelta),
    /// Who says what follows, and when.
    Head(&'a str, Option<TimeDelta>),
    /// Who says this.
    Said(&'a str, &'a str),
    /// More of what was said.
    More(&'a str),
    Blank,
}

/// Reads what was said. A line of nobody's goes on with what was said before it.
pub(super) fn read(lines: &[&str]) -> Read {
    let mut read = Read::default();
    let captions = lines.iter().any(|line| line.starts_with(">>"));
    let mut now: Option<TimeDelta> = None;
    let mut open = false;
    let body = read.meets_head(lines);
    for (at, line) in lines.iter().enumerate().skip(body) {
        let number = u32::try_from(at + 1).unwrap_or(u32::MAX);
        if is_footer(line) {
            open = false;
            continue;
        }
        let said = |speaker: &str, text: &str, from: Option<TimeDelta>| Said {
            line: number,
            from,
            to: None,
            speaker: speaker.to_owned(),
            text: text.to_owned(),
        };
        match line_of(line, captions) {
            Line::Blank => {
                // Captions and paragraphs go on below a blank line; who says it is known still.
                if !captions {
                    open = false;
                }
            }
            Line::Clock(time) => {
                now = Some(time);
                open = false;
            }
            Line::Head(name, time) => {
                now = time.or(now);
                read.said.push(said(name, "", now));
                open = true;
            }
            Line::Said(name, text) => {
                read.said.push(said(name, text, now));
                open = true;
            }
            Line::More(text) => match read.said.last_mut().filter(|_| open) {
                Some(last) if last.text.is_empty() => text.clone_into(&mut last.text),
                Some(last) => {
                    last.text.push(if captions { ' ' } else { '\n' });
                    last.text.push_str(text);
                }
                None => {
                    read.said.push(said("", text, now));
                    open = true;
                }
            },
        }
    }
    // A name with nothing said is a line of its own.
    for said in &mut read.said {
        if said.text.is_empty() {
            said.text = std::mem::take(&mut said.speaker);
        }
    }
    read
}

fn line_of(line: &str, captions: bool) -> Line<'_> {
    let line = line.trim();
    if line.is_empty() {
        return Line::Blank;
    }
    if let Some(rest) = line.strip_prefix(">>") {
        let rest = rest.trim_start_matches('>').trim_start();
        return match before_colon(rest).or_else(|| tight(rest)) {
            Some((name, text)) => Line::Said(name, text),
            None => Line::Said("", rest),
        };
    }
    if captions {
        return Line::More(line);
    }
    if let Some(time) = clock(line) {
        return Line::Clock(time);
    }
    // `**Ann Lee (00:01:02):** text`
    if let Some((name, text)) = line.strip_prefix("**").and_then(|rest| rest.split_once(":**")) {
        return match name.strip_suffix(')').and_then(|name| name.rsplit_once('(')) {
            Some((name, _)) if text.trim().is_empty() => Line::Head(name.trim(), None),
            Some((name, _)) => Line::Said(name.trim(), text.trim()),
            None => Line::Said(name.trim(), text.trim()),
        };
    }
    // `[Ann Lee] 14:02:11`, `Ann Lee   0:05`
    if let Some((name, time)) = line.rsplit_once(char::is_whitespace)
        && let Some(time) = clock(time)
    {
        let name = name.trim();
        let name = name
            .strip_prefix('[')
            .and_then(|name| name.strip_suffix(']'))
            .unwrap_or(name);
        let short = name.split_whitespace().count() <= 6 && !name.ends_with([',', '.', ':']);
        if short && name.chars().any(char::is_alphabetic) && !name.contains(':') {
            return Line::Head(name, Some(time));
        }
    }
    match before_colon(line) {
        Some((name, text)) => Line::Said(name, text),
        None => Line::More(line),
    }
}

/// `NAME:text` of captions that leave out the space.
fn tight(text: &str) -> Option<(&str, &str)> {
    let (name, rest) = text.split_once(':')?;
    let capitals = name.chars().any(char::is_uppercase) && !name.chars().any(char::is_lowercase);
    (capitals && name.len() <= 80).then(|| (name.trim(), rest.trim_start()))
}

/// `00:12:34`, `12:34`: since the beginning.
fn clock(text: &str) -> Option<TimeDelta> {
    let text = text
        .strip_prefix(['(', '['])
        .and_then(|text| text.strip_suffix([')', ']']))
        .unwrap_or(text);
    let parts: Option<Vec<i64>> = text
        .split(':')
        .map(|part| {
            let is_number = (1..=2).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit());
            if is_number { part.parse().ok() } else { None }
        })
        .collect();
    match parts?.as_slice() {
        [hours, minutes, seconds] => Some(TimeDelta::seconds(hours * 3600 + minutes * 60 + seconds)),
        [minutes, seconds] => Some(TimeDelta::seconds(minutes * 60 + seconds)),
        _ => None,
    }
}

fn is_footer(line: &str) -> bool {
    let line = line.trim().to_lowercase();
    line.starts_with("this editable transcript was computer generated") || line.starts_with("transcription ended after")
}

impl Read {
    /// The title, the day and the attendees that Meet writes above a transcript; gives where the talk begins.
    fn meets_head(&mut self, lines: &[&str]) -> usize {
        let Some(at) = lines
            .iter()
            .take(12)
            .position(|line| line.trim_end().to_lowercase().ends_with("- transcript"))
        else {
            return 0;
        };
        let title = lines.get(at).copied().unwrap_or_default().trim_end();
        let title = title
            .get(..title.len().saturating_sub("- transcript".len()))
            .unwrap_or(title)
            .trim();
        self.title = match title.strip_suffix(')').and_then(|title| title.rsplit_once('(')) {
            Some((name, when)) => {
                self.starts = instant(when);
                if self.starts.is_some() { name.trim() } else { title }.to_owned()
            }
            None => title.to_owned(),
        };
        let marks = ["attendees", "transcript", "guests", "invited"];
        let mut body = at + 1;
        let mut listed = false;
        while let Some(line) = lines.get(body) {
            let word = line.trim().to_lowercase();
            if word.is_empty() || marks.contains(&word.as_str()) {
                listed = word == "attendees" || listed && word.is_empty();
            } else if listed {
                let line_number = u32::try_from(body + 1).unwrap_or(u32::MAX);
                self.aside.push((line_number, line.trim().to_owned()));
                listed = false;
            } else {
                break;
            }
            body += 1;
        }
        body
    }
}

/// A day and time that name their zone.
fn instant(text: &str) -> Option<DateTime<Utc>> {
    stamp(text)
        .filter(|stamp| stamp.is_zoned())?
        .at(Order::DayFirst, None, None)
}
