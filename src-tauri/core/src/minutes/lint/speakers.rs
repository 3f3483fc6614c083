//! Points whose speaker is not settled: one finding a section.

use super::{Code, Desk, Finding, Of, finding};
use crate::model::{Attribution, Kind, PointView};

pub(super) fn find(desk: &Desk<'_>, found: &mut Vec<Finding>) {
    if !desk.has_begun() {
        return;
    }
    let is_open = |view: &&PointView| {
        view.point.is_for_report()
            && !view.point.text.is_empty()
            && match view.point.attribution {
                // What is to be known, decided or done may be the meeting's: nobody has to have said it.
                Attribution::Untagged => !matches!(view.point.kind, Kind::Information | Kind::Decision | Kind::Action),
                Attribution::Unknown | Attribution::Unresolved => true,
                _ => false,
            }
            // What goes on has the speaker of what it goes on from, and is settled with it.
            && view.point.continues.is_none()
    };
    let items = std::iter::once(None).chain(desk.record.items.iter().map(|view| Some(view.item.id)));
    for item in items {
        let here: Vec<&PointView> = desk
            .record
            .points
            .iter()
            .filter(|view| view.point.item == item)
            .filter(is_open)
            .collect();
        let Some(first) = here.first() else { continue };
        let place = desk.place(Of::Point, first.point.id.0, item);
        let message = match here.as_slice() {
            [one] => match one.point.attribution {
                Attribution::Unresolved => format!("“{}” is no participant", one.point.speaker_text),
                Attribution::Unknown => "Nobody knows who said this".to_owned(),
                _ => "Nobody has said who said this".to_owned(),
            },
            many => format!("{} points whose speaker is not settled", many.len()),
        };
        found.push(finding(Code::Speaker, place, "", message, &first.point.text));
    }
}
