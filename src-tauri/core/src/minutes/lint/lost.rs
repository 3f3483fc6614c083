//! Passages under an item that is off the agenda: they are in the record, and in no document.

use super::{Code, Desk, Finding, Of, finding};

pub(super) fn find(desk: &Desk<'_>, found: &mut Vec<Finding>) {
    for passage in &desk.record.passages {
        let is_there = passage
            .item
            .is_none_or(|id| desk.record.items.iter().any(|view| view.item.id == id));
        if !is_there {
            let place = desk.place(Of::Passage, passage.id.0, passage.item);
            let message = "Not printed: its item is off the agenda";
            found.push(finding(Code::Lost, place, "", message, &passage.text));
        }
    }
}
