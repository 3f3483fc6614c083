//! MeetBot's words: `#topic`, `#action`, … Its successors write `^info` and `!startmeeting`; all three signs count.

use super::{Change, Command, Speaker, said};
use crate::model::{Kind, Participant};

/// `None` where the word is not known: the line is then a point with its text whole.
pub(super) fn read(line: &str, roster: &[Participant]) -> Option<Command> {
    let rest = line.strip_prefix(['#', '^', '!'])?;
    let end = rest.find(|c: char| !c.is_alphanumeric()).unwrap_or(rest.len());
    let (word, rest) = rest.split_at(end);
    if !rest.is_empty() && !rest.starts_with([':', '：']) && !rest.starts_with(char::is_whitespace) {
        return None;
    }
    let text = rest.trim_start_matches([':', '：']).trim();
    let word = word.to_lowercase();
    match word.as_str() {
        "undo" => return text.is_empty().then_some(Command::Undo),
        "endmeeting" => return text.is_empty().then_some(Command::End),
        "startmeeting" => {
            let name = (!text.is_empty()).then(|| text.to_owned());
            return Some(Command::Start { name });
        }
        "here" => {
            return Some(Command::Present {
                change: Change::Add,
                names: nicks(text),
            });
        }
        _ if text.is_empty() => return None,
        _ => {}
    }
    let title = text.to_owned();
    match word.as_str() {
        "topic" => Some(Command::Topic { title }),
        "subtopic" | "progress" => Some(Command::Subtopic { title }),
        "meetingname" | "meetingtopic" => Some(Command::MeetingName { name: title }),
        "chair" => Some(Command::Chair {
            change: Change::Add,
            names: nicks(text),
        }),
        "unchair" => Some(Command::Chair {
            change: Change::Remove,
            names: nicks(text),
        }),
        _ => point(&word, text, roster),
    }
}

fn point(word: &str, text: &str, roster: &[Participant]) -> Option<Command> {
    let (kind, speaker) = match word {
        "action" => (Kind::Action, Speaker::Nobody),
        // A call for somebody to do something: an action that nobody has taken yet.
        "help" | "halp" => (Kind::Action, Speaker::Nobody),
        "agreed" | "agree" | "accepted" | "rejected" | "failed" => (Kind::Decision, Speaker::Nobody),
        "info" | "link" | "inconclusive" => (Kind::Information, Speaker::Floor),
        "idea" | "motion" => (Kind::Proposal, Speaker::Floor),
        _ => return None,
    };
    let (text, internal) = said::off(text);
    // Without its word a rejection would read as the opposite.
    let text = match word {
        "rejected" => format!("Rejected: {text}"),
        "failed" => format!("Failed: {text}"),
        "inconclusive" => format!("Inconclusive: {text}"),
        _ => text.to_owned(),
    };
    let mut point = said::of_kind(kind, &text, speaker, word == "action", roster);
    point.internal |= internal;
    Some(Command::Point(point))
}

/// Nicks stand between blanks or commas.
fn nicks(text: &str) -> Vec<String> {
    text.split(|c: char| c == ',' || c.is_whitespace())
        .filter(|nick| !nick.is_empty())
        .map(str::to_owned)
        .collect()
}
