//! Attendance, duties, and the queue.

use super::parse::{after, after_word, at_colon, plain};
use super::said::{is_candidate, name_like};
use super::{Change, Command};
use crate::model::{Participant, TurnKind};

pub(super) fn read(line: &str, roster: &[Participant]) -> Option<Command> {
    queue(line, roster).or_else(|| list(line))
}

/// A list of people: which one, and how it is called.
const LISTS: &[(&str, &[&str])] = &[
    ("present", &["present"]),
    ("regrets", &["regrets", "regret", "apologies"]),
    ("chair", &["chairs", "chair"]),
    ("scribe", &["scribenick", "scribes", "scribe"]),
];

fn list(line: &str) -> Option<Command> {
    for (list, words) in LISTS {
        for word in *words {
            let Some(rest) = after(line, word) else { continue };
            if let Some((change, names)) = change(rest) {
                return Some(match *list {
                    "present" => Command::Present { change, names },
                    "regrets" => Command::Regrets { change, names },
                    "chair" => Command::Chair { change, names },
                    _ => Command::Scribe { change, names },
                });
            }
        }
    }
    None
}

/// `+ A, B`, `- A`, `: A, B`, `= A, B`. Plus, minus and `=` do without names.
fn change(rest: &str) -> Option<(Change, Vec<String>)> {
    let spaced = rest.trim_start();
    if let Some(text) = spaced.strip_prefix('+') {
        return named(Change::Add, text);
    }
    if let Some(text) = after_word(rest, "-") {
        return named(Change::Remove, text);
    }
    if spaced.strip_prefix('=').is_some_and(|text| text.trim().is_empty()) {
        return Some((Change::Set, Vec::new()));
    }
    named(Change::Set, spaced.strip_prefix([':', '：', '='])?)
}

/// "Chair: thank you all for coming" is speech, not a list of names.
fn named(change: Change, text: &str) -> Option<(Change, Vec<String>)> {
    let names = people(text);
    let enough = change != Change::Set || !names.is_empty();
    (enough && names.iter().all(|name| name_like(name))).then_some((change, names))
}

fn queue(line: &str, roster: &[Participant]) -> Option<Command> {
    match plain(line).as_str() {
        "q?" | "vq?" | "queue?" => return Some(Command::ShowQueue),
        "q+ later" | "q- later" => return Some(Command::Later { names: Vec::new() }),
        "ack next" | "recognize next" | "recognise next" | "chair acks next" | "chair recognizes next" => {
            return Some(Command::Acknowledge { name: None });
        }
        _ => {}
    }
    for (word, front) in [("qq+", true), ("q+", false), ("queue+", false)] {
        if let Some(text) = after_word(line, word) {
            return Some(ask(text, front));
        }
    }
    for word in ["q-", "queue-"] {
        if let Some(text) = after_word(line, word) {
            return Some(Command::Withdraw { names: people(text) });
        }
    }
    for word in ["q=", "queue="] {
        if let Some(text) = after(line, word) {
            return Some(Command::SetQueue { names: people(text) });
        }
    }
    let name = ["ack", "recognize", "recognise"]
        .iter()
        .find_map(|word| after_word(line, word))?;
    // Of two with one name, `Name (role)` says which.
    let bare = match name.strip_suffix(')').and_then(|named| named.split_once(" (")) {
        Some((bare, _)) => bare,
        None => name,
    };
    // "Ack that we are late" is speech.
    let fits = |name: &str| is_candidate(name.strip_prefix('@').unwrap_or(name), roster);
    (fits(bare) || fits(name)).then(|| Command::Acknowledge {
        name: Some(name.to_owned()),
    })
}

/// `A, B to reason`, `to reason`, `A: reason`, `A`.
fn ask(text: &str, front: bool) -> Command {
    let (names, reason) = if let Some(reason) = after_word(text, "to") {
        ("", reason)
    } else if let Some((names, reason)) = word_to(text).or_else(|| at_colon(text)) {
        (names, reason)
    } else if name_like(text) || text.contains(',') {
        (text, "")
    } else {
        ("", text)
    };
    Command::Ask {
        names: people(names),
        kind: kind_of(reason, front),
        reason: reason.to_owned(),
        front,
    }
}

/// Splits at the first ` to ` before which names stand.
fn word_to(text: &str) -> Option<(&str, &str)> {
    let mut from = 0;
    for word in text.split_whitespace() {
        let at = from + text.get(from..)?.find(word)?;
        if word.eq_ignore_ascii_case("to") {
            let names = text.get(..at)?.trim();
            let reason = text.get(at + word.len()..)?.trim();
            let named = names.split(',').all(|name| name_like(name.trim()));
            return named.then_some((names, reason));
        }
        from = at + word.len();
    }
    None
}

fn kind_of(reason: &str, front: bool) -> TurnKind {
    let reason = plain(reason);
    let begins = |heads: &[&str]| heads.iter().any(|head| reason.starts_with(head));
    if begins(&["point of order", "raise a point of order", "make a point of order"]) {
        TurnKind::PointOfOrder
    } else if begins(&["ask", "clarify", "clarification", "question", "clarifying"]) {
        TurnKind::Clarifying
    } else if front || begins(&["reply", "respond", "react", "answer"]) {
        TurnKind::Reply
    } else {
        TurnKind::NewTopic
    }
}

/// Names between commas, "and" or "&".
fn people(text: &str) -> Vec<String> {
    let mut names = Vec::new();
    for part in text.split([',', '，', '、', ';', '&']) {
        let words: Vec<&str> = part.split_whitespace().collect();
        names.extend(
            words
                .split(|word| word.eq_ignore_ascii_case("and"))
                .map(|name| name.join(" ")),
        );
    }
    names.retain(|name| !name.is_empty());
    names
}
