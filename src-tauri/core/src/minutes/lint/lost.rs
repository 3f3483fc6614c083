//! Passages and points under an item that is off the agenda: they are in the record, and in no report.

use std::collections::HashSet;

use super::{Code, Desk, Finding, Of, finding, points_counted, shortened};
use crate::minutes::cover::{Coverage, coverage, resting};
use crate::model::ItemId;

pub(super) fn find(desk: &Desk<'_>, found: &mut Vec<Finding>) {
    let record = desk.record;
    let is_off = |item: Option<ItemId>| item.is_some_and(|id| record.items.iter().all(|view| view.item.id != id));
    for passage in record.passages.iter().filter(|passage| is_off(passage.item)) {
        let place = desk.place(Of::Passage, passage.id.0, passage.item);
        let message = "Not printed: its item is off the agenda";
        found.push(finding(Code::Lost, place, "", message, &passage.text));
    }
    // Where a passage stands under the item too, they are in no passage, and that is said.
    let written: HashSet<Option<ItemId>> = record.passages.iter().map(|passage| passage.item).collect();
    let resting = resting(record);
    let mut told: HashSet<Option<ItemId>> = HashSet::new();
    for first in record.points.iter().filter(|view| is_off(view.point.item)) {
        let item = first.point.item;
        if written.contains(&item) || !told.insert(item) {
            continue;
        }
        let open: Vec<_> = record
            .points
            .iter()
            .filter(|view| view.point.item == item)
            .filter(|view| {
                let is_resting = resting.contains_key(&view.point.id);
                coverage(view, is_resting, &desk.settings.collected) == Coverage::Open
            })
            .collect();
        let Some(first) = open.first() else { continue };
        let place = desk.place(Of::Point, first.point.id.0, item);
        let message = format!("{} not printed: the item is off the agenda", points_counted(open.len()));
        let mut one = finding(Code::Lost, place, "", message, "");
        let excerpts: Vec<String> = open.iter().take(3).map(|view| shortened(&view.point.text)).collect();
        one.excerpt = excerpts.join(" · ");
        found.push(one);
    }
}
