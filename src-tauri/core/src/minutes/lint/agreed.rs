//! "Agreed" and "decided" where no decision was recorded.

use super::{Code, Desk, Finding, words};
use crate::model::{ItemId, Kind, Point};

/// What says that the meeting decided.
const DECIDED: [&str; 3] = ["agreed", "decided", "resolved"];
/// What before it says that it did not, or did so earlier.
const NOT: [&str; 8] = ["not", "never", "no", "nothing", "yet", "previously", "already", "had"];

pub(super) fn find(desk: &Desk<'_>, found: &mut Vec<Finding>) {
    // A report that came without points has no decision to show.
    if desk.record.points.is_empty() {
        return;
    }
    let decisions: Vec<&Point> = desk
        .record
        .points
        .iter()
        .map(|view| &view.point)
        .filter(|point| point.kind == Kind::Decision)
        .collect();
    for text in &desk.texts {
        let Some(passage) = text.passage else { continue };
        if !DECIDED.iter().any(|word| text.source.contains(word)) {
            continue;
        }
        let is_behind = decisions
            .iter()
            .any(|decision| passage.sources.contains(&decision.id) || same_item(desk, decision.item, passage.item));
        if is_behind {
            continue;
        }
        let all = words(text.source);
        for (place, (at, word)) in all.iter().enumerate() {
            let near = all.get(place.saturating_sub(3)..place).unwrap_or_default();
            let is_denied = near
                .iter()
                .any(|(_, word)| NOT.contains(&word.to_lowercase().as_str()) || word.ends_with("n't"));
            // One agrees with a colleague, and resolves a problem, without deciding anything.
            let next = all.get(place + 1).map_or("", |(_, word)| word);
            // "The agreed text", "as agreed in May".
            let before = near.last().map(|(_, word)| word.to_lowercase()).unwrap_or_default();
            let is_denied = is_denied || matches!(before.as_str(), "the" | "an" | "as");
            let is_other = next == "with" || (*word == "resolved" && !matches!(next, "that" | "to"));
            if DECIDED.contains(word) && !is_denied && !is_other {
                let message = format!("“{word}”, and no decision was recorded");
                found.push(text.finding(Code::Undecided, Some(at), word, message));
                break;
            }
        }
    }
}

/// Whether two are one item, or one is a section of the other.
fn same_item(desk: &Desk<'_>, one: Option<ItemId>, other: Option<ItemId>) -> bool {
    let parent = |id: Option<ItemId>| {
        let view = desk.record.items.iter().find(|view| Some(view.item.id) == id);
        view.and_then(|view| view.item.parent)
    };
    one == other || (one.is_some() && parent(other) == one) || (other.is_some() && parent(one) == other)
}
