//! The facts of the title block, and new participants.

use super::parse::{at_colon, plain};
use super::{Command, dates};

pub(super) fn read(line: &str) -> Option<Command> {
    let (word, rest) = at_colon(line)?;
    let text = rest.to_owned();
    match plain(word).as_str() {
        "meeting" => Some(Command::MeetingName { name: text }),
        "date" => Some(Command::Date {
            when: dates::when(rest),
            text,
        }),
        "recording" => Some(Command::Recording { text }),
        "next meeting" => Some(Command::NextMeeting {
            when: dates::when(rest),
            text,
        }),
        "participant" => participant(rest),
        _ => None,
    }
}

/// `Name, role, role`; a comma inside a role is written `\,`.
fn participant(text: &str) -> Option<Command> {
    let mut parts = commas(text).into_iter();
    let name = parts.next().filter(|name| !name.is_empty())?;
    let roles = parts.filter(|role| !role.is_empty()).collect();
    Some(Command::Participant { name, roles })
}

fn commas(text: &str) -> Vec<String> {
    let mut parts = vec![String::new()];
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        if letter == ',' {
            parts.push(String::new());
            continue;
        }
        let literal = letter == '\\' && letters.peek() == Some(&',');
        let letter = if literal {
            letters.next().unwrap_or(letter)
        } else {
            letter
        };
        if let Some(part) = parts.last_mut() {
            part.push(letter);
        }
    }
    for part in &mut parts {
        *part = part.trim().to_owned();
    }
    parts
}
