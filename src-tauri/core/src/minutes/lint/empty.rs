//! Items under which nothing stands, and of which nothing is said.

use super::{Act, Code, Desk, Finding, Mend, Of, finding};
use crate::model::{ItemId, ItemState, MeetingState};

pub(super) fn find(desk: &Desk<'_>, found: &mut Vec<Finding>) {
    let record = desk.record;
    // While the meeting goes on, what is ahead is empty and ought to be.
    let goes_on = matches!(record.meeting.meeting.state, MeetingState::Live | MeetingState::Paused);
    if !desk.has_begun() || goes_on {
        return;
    }
    for view in &record.items {
        let id = view.item.id;
        let has_sections = record.items.iter().any(|other| other.item.parent == Some(id));
        let says_state = matches!(
            view.item.state,
            ItemState::Deferred | ItemState::Skipped | ItemState::NoUpdate | ItemState::Other(_)
        );
        if has_sections || says_state || has_content(desk, id) {
            continue;
        }
        let place = desk.place(Of::Item, id.0, Some(id));
        let mut one = finding(
            Code::EmptyItem,
            place,
            "",
            "Nothing stands under this item",
            view.item.printed_heading(),
        );
        one.mend = Some(Mend {
            words: "Say that there was no update".to_owned(),
            act: Act::State {
                item: id,
                old: view.item.state.clone(),
                state: ItemState::NoUpdate,
            },
        });
        found.push(one);
    }
}

fn has_content(desk: &Desk<'_>, item: ItemId) -> bool {
    let record = desk.record;
    record.passages.iter().any(|passage| passage.item == Some(item))
        || record
            .points
            .iter()
            .any(|view| view.point.item == Some(item) && view.point.is_for_report() && !view.point.text.is_empty())
}
