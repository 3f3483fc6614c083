//! Facts out of the title block and the preamble of a report.

use super::dates::{Found, find};
use super::pieces::{Piece, Sort};
use crate::minutes::words::{self, RECORDING, is_address};
use crate::model::inline::{Inline, literal, parse, plain};
use crate::model::{Duty, Meeting, Participant};

/// The longest line of a title block, in characters.
const LONGEST: usize = 100;

/// Whether a piece could be a line of the title block.
pub(super) fn is_title_line(piece: &Piece) -> bool {
    let inlines = piece.inlines();
    let words = plain(&inlines);
    piece.sort == Sort::Text
        && words.trim() == words
        && words.chars().count() <= LONGEST
        && !words.ends_with(['.', ':', ';', ',', '!', '?'])
        && !inlines.contains(&Inline::Break)
        && !is_preamble(&words)
}

/// Whether words tell of the meeting as a whole.
pub(super) fn is_preamble(words: &str) -> bool {
    let words = words.to_lowercase();
    ["was held", "moderated by", "recording of the meeting", "recording: "]
        .iter()
        .any(|sign| words.contains(sign))
}

/// Takes the lines of the title block into the facts, in their order; gives how many were taken.
pub(super) fn title_lines(meeting: &mut Meeting, lines: &[&Piece]) -> usize {
    let sources: Vec<String> = lines.iter().map(|piece| piece.source()).collect();
    let dated = sources.iter().position(|source| date(source).is_some());
    let line = |at: usize| sources.get(at).cloned().unwrap_or_default();
    let form_like = |words: &str| has(words, &["meeting", "online", "virtual", "hybrid", "person", "call"]);
    let kind_like = |words: &str| has(words, &["report", "minutes", "summary", "record", "notes"]);
    match (dated, sources.len()) {
        (Some(at @ (0 | 1)), _) => {
            if at == 1 {
                meeting.form = line(0);
            }
            set_date(meeting, &line(at));
            meeting.document_kind = line(at + 1);
            sources.len().min(at + 2)
        }
        (_, 0) => 0,
        (_, 1) => {
            let only = line(0);
            if kind_like(&only) {
                meeting.document_kind = only;
            } else if form_like(&only) {
                meeting.form = only;
            } else {
                meeting.date_text = only;
            }
            1
        }
        (_, 2) => {
            if !form_like(&line(0)) {
                meeting.date_text = line(0);
                meeting.document_kind = line(1);
            } else {
                meeting.form = line(0);
                let second = if kind_like(&line(1)) {
                    &mut meeting.document_kind
                } else {
                    &mut meeting.date_text
                };
                *second = line(1);
            }
            2
        }
        _ => {
            meeting.form = line(0);
            meeting.date_text = line(1);
            meeting.document_kind = line(2);
            3
        }
    }
}

fn has(words: &str, signs: &[&str]) -> bool {
    let words = words.to_lowercase();
    signs.iter().any(|sign| words.contains(sign))
}

fn date(source: &str) -> Option<Found> {
    find(&plain(&parse(source)))
}

fn set_date(meeting: &mut Meeting, source: &str) {
    let Some(found) = date(source) else { return };
    meeting.starts = Some(found.at);
    meeting.zone = found.zone;
    meeting.time_style = found.style;
    if words::date_line(meeting) != source {
        source.clone_into(&mut meeting.date_text);
    }
}

/// Takes the facts out of a preamble. Who moderated is settled once the participants are known.
pub(super) fn preamble(meeting: &mut Meeting, source: &str) {
    if let Some(rest) = source.strip_prefix("The ")
        && let Some((number, _)) = rest.split_once(' ')
        && let Ok(number) = number
            .trim_end_matches(|c: char| c.is_ascii_alphabetic())
            .parse::<u32>()
        && rest.starts_with(&words::ordinal(number))
    {
        meeting.number = Some(number);
    }
    let held = source
        .split(" was held")
        .next()
        .filter(|before| before.len() < source.len());
    if let Some((_, body)) = held.and_then(|before| before.split_once(" of ")) {
        let article = body.strip_prefix("the ");
        let body = article.unwrap_or(body);
        match body.strip_suffix(')').and_then(|body| body.rsplit_once(" (")) {
            Some((body, short)) => {
                body.clone_into(&mut meeting.body);
                short.clone_into(&mut meeting.short);
            }
            None if article.is_some() || body.starts_with("The ") => body.clone_into(&mut meeting.body),
            None => body.clone_into(&mut meeting.short),
        }
    }
    if meeting.name == meeting.body {
        meeting.name.clear();
    }
    if meeting.starts.is_none()
        && let Some(found) = source.split_once("held on ").and_then(|(_, rest)| date(rest))
    {
        meeting.starts = Some(found.at);
        meeting.zone = found.zone;
        // The file has no date line, and shall not get one: white space replaces it by nothing.
        if meeting.date_text.is_empty() {
            " ".clone_into(&mut meeting.date_text);
        }
    }
    let ends = |words: &str| words.trim_end().trim_end_matches('.').to_owned();
    if let Some((_, words)) = source.split_once(RECORDING) {
        let words = ends(words);
        let address = match words.strip_prefix("available at ").map(parse).as_deref() {
            Some([Inline::Link { url, .. }]) if is_address(url) => Some(url.clone()),
            _ => None,
        };
        meeting.recording = address.unwrap_or(words);
    } else if let Some((_, words)) = source.split_once("Recording: ") {
        meeting.recording = ends(words);
    }
}

/// Gives the moderators their duty. `Err` says whose name fits nobody or more than one.
pub(super) fn moderators(participants: &mut [Participant], source: &str) -> Result<(), String> {
    let Some((_, rest)) = source.split_once("moderated by ") else {
        return Ok(());
    };
    let mut named: Vec<String> = participants.iter().map(|person| literal(person.name.trim())).collect();
    named.retain(|name| !name.is_empty());
    named.sort_by_key(|name| std::cmp::Reverse(name.len()));
    let mut found: Vec<String> = Vec::new();
    let mut rest = rest;
    loop {
        let Some((name, after)) = named
            .iter()
            .find_map(|name| Some((name, rest.strip_prefix(name.as_str())?)))
        else {
            let words = rest.split('.').next().unwrap_or(rest);
            return Err(plain(&parse(words)));
        };
        found.push(name.clone());
        match after.strip_prefix(", ").or_else(|| after.strip_prefix(" and ")) {
            Some(next) => rest = next,
            None => break,
        }
    }
    for name in &found {
        let is_it = |person: &&mut Participant| literal(person.name.trim()) == *name;
        let mentions = found.iter().filter(|other| *other == name).count();
        if participants.iter_mut().filter(is_it).count() != mentions {
            return Err(plain(&parse(name)));
        }
        for person in participants.iter_mut().filter(is_it) {
            person.duty = Duty::Moderator;
        }
    }
    Ok(())
}

/// Takes the next meeting out of the passages that speak of it.
pub(super) fn next_meeting(meeting: &mut Meeting, sources: &[&str]) {
    let found = sources.iter().rev().find_map(|source| {
        let words = plain(&parse(source));
        words
            .to_lowercase()
            .contains("next meeting")
            .then(|| find(&words))
            .flatten()
    });
    if let Some(found) = found {
        meeting.next_starts = Some(found.at);
        if found.zone != meeting.zone {
            meeting.next_zone = found.zone;
        }
    }
}
