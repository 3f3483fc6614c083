//! Moving through the agenda: `topic:`, `agenda+`, the slash words, and Zakim's phrases for the same.

use super::Command;
use super::parse::{after, after_word, at_colon, plain};

pub(super) fn read(line: &str) -> Option<Command> {
    if line.starts_with('/') {
        return slash(line);
    }
    titled(line).or_else(|| listed(line)).or_else(|| phrase(line))
}

/// `topic: title`
fn titled(line: &str) -> Option<Command> {
    let (word, rest) = at_colon(line)?;
    let title = rest.to_owned();
    match plain(word).as_str() {
        "topic" => Some(Command::Topic { title }),
        "subtopic" | "sub-topic" | "subsubtopic" => Some(Command::Subtopic { title }),
        _ => None,
    }
}

/// `/next`, `/take 3`. A slash, for speech begins with "next" too.
fn slash(line: &str) -> Option<Command> {
    if let Some(item) = after_word(line, "/take").filter(|item| !item.is_empty()) {
        return Some(Command::Take { item: item.to_owned() });
    }
    match plain(line).as_str() {
        "/next" => Some(Command::Next),
        "/skip" => Some(Command::Skip),
        "/defer" => Some(Command::Defer),
        "/noupdate" | "/no-update" => Some(Command::NoUpdate),
        "/undo" => Some(Command::Undo),
        _ => None,
    }
}

/// `agenda+ title`, `agenda- 3`, `agenda 3 = title`
fn listed(line: &str) -> Option<Command> {
    let filled = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    if let Some(title) = after_word(line, "agenda+").and_then(filled) {
        return Some(Command::AgendaAdd { title });
    }
    if let Some(item) = after_word(line, "agenda-").and_then(item_number) {
        return Some(Command::AgendaRemove { item });
    }
    let (item, title) = after_word(line, "agenda")?.split_once('=')?;
    Some(Command::AgendaRename {
        item: item_number(item.trim())?,
        title: filled(title.trim())?,
    })
}

/// What is said to Zakim about the agenda, with or without its name before; and its own "agendum 2 -- x -- taken up".
fn phrase(line: &str) -> Option<Command> {
    let addressed = after(line, "zakim,");
    let words = addressed.unwrap_or(line).trim();
    if let Some(title) = taken_up(words) {
        return Some(Command::Topic { title });
    }
    let words = plain(words.trim_end_matches('.'));
    match words.as_str() {
        "next agendum"
        | "next agenda item"
        | "move to next agendum"
        | "move to the next agendum"
        | "take up next"
        | "take up next agendum"
        | "take up the next agendum"
        | "take up next item" => {
            return Some(Command::Next);
        }
        "skip this agendum" | "skip this item" => return Some(Command::Skip),
        "close this agendum" | "close this item" => return Some(Command::Close { item: None }),
        "next item" | "next" if addressed.is_some() => return Some(Command::Next),
        "start meeting" if addressed.is_some() => return Some(Command::Start { name: None }),
        "end meeting" if addressed.is_some() => return Some(Command::End),
        _ => {}
    }
    let numbered = |heads: &[&str]| {
        heads
            .iter()
            .find_map(|head| words.strip_prefix(head))
            .and_then(|item| item_number(item.trim()))
    };
    if let Some(item) = numbered(&[
        "take up agendum ",
        "take up item ",
        "open agendum ",
        "open item ",
        "move to agendum ",
    ]) {
        return Some(Command::Take { item });
    }
    if let Some(item) = numbered(&["drop agendum ", "drop item ", "delete agendum "]) {
        return Some(Command::AgendaRemove { item });
    }
    numbered(&["close agendum ", "close item "]).map(|item| Command::Close { item: Some(item) })
}

/// The bot's announcement, as it stands in logs.
fn taken_up(line: &str) -> Option<String> {
    let rest = after_word(line, "agendum")?;
    let digits = rest.find(|c: char| !c.is_ascii_digit()).filter(|at| *at > 0)?;
    let rest = rest.get(digits..)?.trim_start();
    let (title, tail) = if let Some(rest) = rest.strip_prefix("--") {
        rest.rsplit_once("--")?
    } else {
        let rest = rest.strip_prefix('.')?.trim_start();
        rest.strip_prefix('"')?.rsplit_once('"')?
    };
    after_word(tail.trim_start(), "taken up")?;
    let title = title.trim();
    (!title.is_empty()).then(|| title.to_owned())
}

/// "3", "3.1", "12a": begins with a digit, one word.
fn item_number(text: &str) -> Option<String> {
    (text.starts_with(|c: char| c.is_ascii_digit()) && !text.contains(char::is_whitespace)).then(|| text.to_owned())
}
