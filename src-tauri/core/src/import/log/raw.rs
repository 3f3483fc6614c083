//! A raw log of `MeetBot` that its newer kin keeps as JSON: its messages, each on the line of the file where it stands.

use chrono::{DateTime, Utc};
use serde::Deserialize;

#[derive(Deserialize)]
struct Raw {
    messages: Vec<Message>,
}

#[derive(Deserialize)]
struct Message {
    sender: String,
    payload: String,
    timestamp: DateTime<Utc>,
    /// `/me waves`.
    #[serde(default)]
    action: bool,
}

/// The log as lines of text, as irssi writes them; none where the text is no such log. What tells of events stands further
/// below in the file and has the messages once more: it is passed over.
pub(super) fn text(text: &str) -> Option<String> {
    let head = text.trim_start_matches('\u{FEFF}').trim_start();
    if !head.starts_with('{') || !head.contains("\"messages\"") {
        return None;
    }
    let Raw { messages } = serde_json::from_str(head).ok()?;
    // Inside a text no line ends, so that a line that begins so is a message's own.
    let before = text.len() - head.len();
    let skipped = text.get(..before).unwrap_or_default().matches('\n').count();
    let places = head.lines().enumerate();
    let mut places = places.filter(|(_, line)| line.trim_start().starts_with("\"sender\""));
    let mut out = "\n".repeat(skipped);
    let mut at = 0;
    for message in messages {
        let (place, _) = places.next()?;
        out.push_str(&"\n".repeat(place - at));
        at = place;
        let sender = one_line(&message.sender);
        let time = message.timestamp.format("%Y-%m-%dT%H:%M:%SZ");
        let payload = one_line(&message.payload);
        out.push_str(&match message.action {
            true => format!("{time}  * {sender} {payload}"),
            false => format!("{time} <{sender}> {payload}"),
        });
    }
    Some(out)
}

fn one_line(text: &str) -> String {
    text.replace(['\n', '\r'], " ")
}
