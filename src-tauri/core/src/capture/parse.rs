//! The order in which a line is tried.

use super::{Command, Line, Said, agenda, facts, meetbot, mend, people, said};
use crate::model::Participant;

/// Reads one line, whoever takes part. Never fails: what is no command is a point with its text unchanged but for outer
/// white space.
///
/// A leading `\` makes the rest of the line a point as it stands.
///
/// ```
/// use minuta_core::capture::{Command, parse};
/// assert!(matches!(parse("topic: Any other business").command, Command::Topic { .. }));
/// assert!(matches!(parse("next we looked at the budget").command, Command::Point(_)));
/// ```
#[must_use]
pub fn parse(raw: &str) -> Line {
    parse_among(raw, &[])
}

/// Reads one line of a meeting with these participants: their names count as names, whatever they look like.
///
/// "Room 4: hello" is text, unless a participant is called "Room 4".
#[must_use]
pub fn parse_among(raw: &str, roster: &[Participant]) -> Line {
    Line {
        raw: raw.to_owned(),
        command: command(raw, roster, true),
    }
}

/// Reads a line that stands inside another one: mendings do not nest.
pub(super) fn parse_inner(raw: &str, roster: &[Participant]) -> Line {
    Line {
        raw: raw.to_owned(),
        command: command(raw, roster, false),
    }
}

fn command(raw: &str, roster: &[Participant], may_mend: bool) -> Command {
    let line = raw.trim();
    if line.is_empty() {
        return Command::Blank;
    }
    if let Some(rest) = line.strip_prefix('\\') {
        let text = rest.trim();
        return Command::Point(Said::literal(if text.is_empty() { line } else { text }));
    }
    let mending = if may_mend { mend::read(line, roster) } else { None };
    mending
        .or_else(|| meetbot::read(line, roster))
        .or_else(|| agenda::read(line))
        .or_else(|| people::read(line, roster))
        .or_else(|| facts::read(line))
        .unwrap_or_else(|| Command::Point(said::read(line, roster)))
}

/// Splits `keyword: rest` at the first colon, full-width or not, and trims both sides. `None` where a side is empty.
pub(super) fn at_colon(line: &str) -> Option<(&str, &str)> {
    let (word, rest) = line.split_once([':', '：'])?;
    let (word, rest) = (word.trim(), rest.trim());
    (!word.is_empty() && !rest.is_empty()).then_some((word, rest))
}

/// A keyword for comparison: small letters, single spaces.
pub(super) fn plain(word: &str) -> String {
    word.split_whitespace()
        .map(str::to_lowercase)
        .collect::<Vec<_>>()
        .join(" ")
}

/// What follows `prefix`, whatever the case of its ASCII letters.
pub(super) fn after<'a>(line: &'a str, prefix: &str) -> Option<&'a str> {
    let head = line.get(..prefix.len())?;
    head.eq_ignore_ascii_case(prefix)
        .then(|| line.get(prefix.len()..))
        .flatten()
}

/// What follows `prefix` where white space or the end comes next; trimmed.
pub(super) fn after_word<'a>(line: &'a str, prefix: &str) -> Option<&'a str> {
    let rest = after(line, prefix)?;
    (rest.is_empty() || rest.starts_with(char::is_whitespace)).then(|| rest.trim())
}
