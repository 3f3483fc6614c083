//! What programs in the channel say that counts, and what is said to them.

use super::people::is_bot;
use crate::capture::{Change, Command, parse};

/// What a program's line brings to the record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Fact {
    /// A command, carried out as if it were typed.
    Command(Command),
    /// Nothing.
    Nothing,
}

/// Reads a program's line, with its continuations joined to it.
pub(super) fn fact(text: &str) -> Fact {
    let text = text.trim();
    if let Some(names) = attendees(text) {
        return Fact::Command(Command::Present {
            change: Change::Set,
            names,
        });
    }
    match parse(text).command {
        command @ (Command::Topic { .. }
        | Command::Subtopic { .. }
        | Command::AgendaAdd { .. }
        | Command::MeetingName { .. }
        | Command::Date { .. }
        | Command::Recording { .. }
        | Command::NextMeeting { .. }
        | Command::Regrets { .. }
        | Command::Chair { .. }) => Fact::Command(command),
        _ => Fact::Nothing,
    }
}

/// Whom Zakim counts: "As of this point the attendees have been Ann, Ben", "Present: Ann".
fn attendees(text: &str) -> Option<Vec<String>> {
    let names = match text.find("the attendees ") {
        Some(at) if text.get(..at).is_some_and(|head| head.ends_with("this point ")) => {
            let rest = text.get(at + "the attendees ".len()..)?;
            rest.strip_prefix("have been").or_else(|| rest.strip_prefix("were"))?
        }
        _ => text.strip_prefix("Present:")?,
    };
    if names.trim() == "(no one)" {
        return Some(Vec::new());
    }
    let names: Vec<String> = names
        .split(',')
        .map(|name| name.trim().to_owned())
        .filter(|name| !name.is_empty())
        .collect();
    (!names.is_empty()).then_some(names)
}

/// What is said to a program, without its name: "zakim, who is here?".
pub(super) fn addressed(text: &str) -> Option<&str> {
    let text = text.trim();
    let (name, rest) = text.split_once([',', ':'])?;
    let fits = is_bot(name) && !name.contains(char::is_whitespace) && (rest.is_empty() || rest.starts_with(' '));
    fits.then(|| rest.trim())
}

/// Lines that only a program acts upon: `agenda?`, `clear agenda`, `close action-35`, `action-33?`.
pub(super) fn is_for_bots(text: &str) -> bool {
    let small = text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
    const WHOLE: [&str; 16] = [
        "agenda?",
        "clear agenda",
        "close the queue",
        "close queue",
        "reopen the queue",
        "reopen queue",
        "open the queue",
        "open queue",
        "who's here?",
        "who is here?",
        "list attendees",
        "actions?",
        "stop timing",
        "issues?",
        "vq?",
        "ack",
    ];
    if WHOLE.contains(&small.trim_end_matches('.')) {
        return true;
    }
    let reference = |text: &str| {
        ["action-", "issue-"].iter().any(|head| {
            text.strip_prefix(head)
                .is_some_and(|number| !number.is_empty() && number.chars().all(|c| c.is_ascii_digit()))
        })
    };
    small.strip_suffix('?').is_some_and(reference)
        || ["close ", "reopen ", "drop "]
            .iter()
            .any(|verb| small.strip_prefix(verb).is_some_and(reference))
        || small.starts_with("agenda order ")
        || small.starts_with("scribeoptions")
            && small
                .strip_prefix("scribeoptions")
                .is_some_and(|rest| rest.trim_start().starts_with(':'))
}

/// Whether a text is what MeetBot says when it begins.
pub(super) fn begins_meeting(text: &str) -> bool {
    text.starts_with("Meeting started ") && (text.contains("hair is ") || text.contains("MeetBot"))
}
