//! A section as one writes it: its points with what became of them, its passages with what they rest on.

use serde::{Deserialize, Serialize};

use super::count::{self, Quantifier};
use super::cover::{self, Counts, Coverage};
use crate::model::{ItemId, Passage, PassageId, PassageStyle, PointView, Record, ReportSettings};

/// A point, with what became of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
pub struct SectionPoint {
    /// The point.
    #[serde(flatten)]
    pub point: PointView,
    /// What became of it.
    pub coverage: Coverage,
    /// The passages that rest on it, in the order of the report.
    pub passages: Vec<PassageId>,
    /// Whether it was captured under another item, and stands here because a passage of this one rests on it.
    pub from_elsewhere: bool,
}

/// A passage, with its place and who stands behind it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
pub struct SectionPassage {
    /// The passage.
    #[serde(flatten)]
    pub passage: Passage,
    /// Its place among the passages of its item, from 1.
    pub number: u32,
    /// What stands before its words: "•", "2.", or nothing.
    pub label: String,
    /// How many different people said what it rests on; for a lead-in, what its list rests on.
    pub people: u32,
    /// How many points that is.
    pub points: u32,
    /// Of these, points whose speaker nobody knows or names: there may be more people.
    pub unsure: u32,
    /// The words in it that say how many, and whether they hold.
    pub quantifiers: Vec<Quantifier>,
}

/// A section: the points and the passages of an item.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
pub struct Section {
    /// How its points are covered.
    pub counts: Counts,
    /// Its points in order, and those from elsewhere that its passages rest on.
    pub points: Vec<SectionPoint>,
    /// Its passages in order.
    pub passages: Vec<SectionPassage>,
}

/// The counts of a section.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
pub struct SectionCounts {
    /// The item; none = before the agenda.
    pub item: Option<ItemId>,
    /// How its points are covered.
    pub counts: Counts,
    /// How many passages it has.
    pub passages: u32,
}

/// The section of an item; none = before the agenda.
#[must_use]
pub fn section(record: &Record, settings: &ReportSettings, item: Option<ItemId>) -> Section {
    let resting = cover::resting(record);
    let passages = passages(record, settings, item);
    let is_source = |view: &PointView| {
        passages
            .iter()
            .any(|passage| passage.passage.sources.contains(&view.point.id))
    };
    let mut counts = Counts::default();
    let mut points = Vec::new();
    for view in &record.points {
        let from_elsewhere = view.point.item != item;
        if from_elsewhere && !is_source(view) {
            continue;
        }
        let passages = resting.get(&view.point.id).cloned().unwrap_or_default();
        let coverage = cover::coverage(view, !passages.is_empty(), &settings.collected);
        if !from_elsewhere {
            counts.add(coverage);
        }
        points.push(SectionPoint {
            point: view.clone(),
            coverage,
            passages,
            from_elsewhere,
        });
    }
    Section {
        counts,
        points,
        passages,
    }
}

/// The passages of an item, with their places and counts.
fn passages(record: &Record, settings: &ReportSettings, item: Option<ItemId>) -> Vec<SectionPassage> {
    placed(record, settings, cover::in_section(record, item))
}

/// All passages in the order of the report, with their places and counts.
#[must_use]
pub fn all_passages(record: &Record, settings: &ReportSettings) -> Vec<SectionPassage> {
    placed(record, settings, record.passages.iter())
}

/// Passages section by section, with their places and counts.
fn placed<'a>(
    record: &'a Record,
    settings: &ReportSettings,
    passages: impl Iterator<Item = &'a Passage>,
) -> Vec<SectionPassage> {
    let points = cover::by_id(record);
    let present = count::present(record);
    let (mut number, mut entry) = (0, 0);
    let mut item = None;
    passages
        .map(|passage| {
            if item != Some(passage.item) {
                item = Some(passage.item);
                (number, entry) = (0, 0);
            }
            number += 1;
            entry = if passage.style == PassageStyle::Number {
                entry + 1
            } else {
                0
            };
            let behind = cover::behind(record, &points, passage);
            SectionPassage {
                number,
                label: match passage.style {
                    PassageStyle::Bullet => "•".to_owned(),
                    PassageStyle::Number => format!("{entry}."),
                    _ => String::new(),
                },
                people: counted(behind.people.len()),
                points: counted(behind.points.len()),
                unsure: behind.unsure,
                quantifiers: count::quantifiers(&passage.text, &behind, settings, present),
                passage: passage.clone(),
            }
        })
        .collect()
}

/// The counts of every section, in the order of the report.
#[must_use]
pub fn counts(record: &Record, settings: &ReportSettings) -> Vec<SectionCounts> {
    let resting = cover::resting(record);
    let items = std::iter::once(None).chain(record.items.iter().map(|view| Some(view.item.id)));
    items
        .map(|item| {
            let mut counts = Counts::default();
            for view in record.points.iter().filter(|view| view.point.item == item) {
                let is_resting = resting.contains_key(&view.point.id);
                counts.add(cover::coverage(view, is_resting, &settings.collected));
            }
            SectionCounts {
                item,
                counts,
                passages: counted(cover::in_section(record, item).count()),
            }
        })
        .collect()
}

fn counted(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}
