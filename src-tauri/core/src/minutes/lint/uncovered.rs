//! Points that no passage rests on, in sections that have passages. Where a section has none, its points are printed.

use std::collections::HashSet;

use super::{Act, Code, Desk, Finding, Mend, Of, finding, points_counted, shortened};
use crate::minutes::cover::{Coverage, coverage, resting};
use crate::model::{ItemId, PointView};

pub(super) fn find(desk: &Desk<'_>, found: &mut Vec<Finding>) {
    let record = desk.record;
    let resting = resting(record);
    let written: HashSet<Option<ItemId>> = record.passages.iter().map(|passage| passage.item).collect();
    let open: Vec<&PointView> = record
        .points
        .iter()
        .filter(|view| written.contains(&view.point.item))
        .filter(|view| {
            let is_resting = resting.contains_key(&view.point.id);
            coverage(view, is_resting, &desk.settings.collected) == Coverage::Open
        })
        .collect();
    if open.is_empty() {
        return;
    }
    // A report that was written elsewhere says of no passage what it rests on: that is one thing to know, not many.
    if record.passages.iter().all(|passage| passage.sources.is_empty()) {
        let place = desk.place(Of::Meeting, record.meeting.meeting.id.0, None);
        let message = format!(
            "No passage says what it rests on; {} may be missing",
            points_counted(open.len())
        );
        found.push(finding(Code::Uncovered, place, "", message, ""));
        return;
    }
    let mut items: Vec<_> = open.iter().map(|view| view.point.item).collect();
    items.dedup();
    let mut told = Vec::new();
    for item in items {
        if told.contains(&item) {
            continue;
        }
        told.push(item);
        let here: Vec<&&PointView> = open.iter().filter(|view| view.point.item == item).collect();
        let Some(first) = here.first() else { continue };
        let place = desk.place(Of::Point, first.point.id.0, item);
        let message = format!("{} in no passage", points_counted(here.len()));
        let excerpts: Vec<String> = here.iter().take(3).map(|view| shortened(&view.point.text)).collect();
        let mut one = finding(Code::Uncovered, place, "", message, "");
        one.excerpt = excerpts.join(" · ");
        one.mend = Some(Mend {
            words: match here.len() {
                1 => "Set it aside".to_owned(),
                _ => "Set them aside".to_owned(),
            },
            act: Act::Aside {
                points: here.iter().map(|view| view.point.id).collect(),
            },
        });
        found.push(one);
    }
}
