//! Actions that nobody has, or that have no date.

use super::{Code, Desk, Finding, Of, finding};
use crate::model::Kind;

pub(super) fn find(desk: &Desk<'_>, found: &mut Vec<Finding>) {
    let actions = desk
        .record
        .points
        .iter()
        .filter(|view| view.point.kind == Kind::Action && view.point.is_for_report() && !view.point.done);
    for view in actions {
        let point = &view.point;
        let place = || desk.place(Of::Point, point.id.0, point.item);
        if point.owners.is_empty() {
            let message = if point.owner_text.trim().is_empty() {
                "An action that is nobody's".to_owned()
            } else {
                format!("The action is for “{}”, who is no participant", point.owner_text.trim())
            };
            found.push(finding(Code::ActionOwner, place(), "", message, &point.text));
        }
        if point.due.is_none() {
            found.push(finding(
                Code::ActionDue,
                place(),
                "",
                "An action without a date",
                &point.text,
            ));
        }
    }
}
