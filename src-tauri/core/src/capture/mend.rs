//! Mending: `s/old/new/` and `i/where/line/`, with `/` or `|` between the parts.
//!
//! The letter is small: "S/MIME" and "I/O" are words. Strings are literal; a delimiter inside one is written `\/`. The last delimiter may be missing.

use super::parse::parse_inner;
use super::{Command, Scope};
use crate::model::Participant;

pub(super) fn read(line: &str, roster: &[Participant]) -> Option<Command> {
    let mut letters = line.chars();
    let verb = letters.next()?;
    let delimiter = letters.next().filter(|c| matches!(c, '/' | '|'))?;
    let rest = letters.as_str();
    match verb {
        's' => substitute(rest, delimiter),
        'i' => insert(rest, delimiter, roster),
        _ => None,
    }
}

fn substitute(rest: &str, delimiter: char) -> Option<Command> {
    let (old, rest) = cut(rest, delimiter)?;
    let (new, scope) = match cut(rest, delimiter) {
        Some((new, flags)) => {
            let scope = match flags.trim() {
                "" => Scope::Latest,
                "g" => Scope::Before,
                "G" => Scope::All,
                _ => return None,
            };
            (new, scope)
        }
        None if rest.is_empty() => return None,
        None => (unescape(rest, delimiter), Scope::Latest),
    };
    (!old.is_empty()).then_some(Command::Substitute { old, new, scope })
}

fn insert(rest: &str, delimiter: char, roster: &[Participant]) -> Option<Command> {
    let (before, line) = cut(rest, delimiter)?;
    // Only one delimiter ends the place: the line itself may hold more of them, in a link say.
    let line = line.trim();
    let line = line.strip_suffix(delimiter).unwrap_or(line).trim();
    if before.is_empty() || line.is_empty() {
        return None;
    }
    Some(Command::InsertBefore {
        before,
        line: Box::new(parse_inner(line, roster)),
    })
}

/// The part before the next delimiter that is not escaped, unescaped, and what comes after it.
fn cut(text: &str, delimiter: char) -> Option<(String, &str)> {
    let mut escaped = false;
    for (at, letter) in text.char_indices() {
        if letter == delimiter && !escaped {
            let after = text.get(at + letter.len_utf8()..)?;
            return Some((unescape(text.get(..at)?, delimiter), after));
        }
        escaped = letter == '\\' && !escaped;
    }
    None
}

fn unescape(text: &str, delimiter: char) -> String {
    text.replace(&format!("\\{delimiter}"), delimiter.encode_utf8(&mut [0; 4]))
}
