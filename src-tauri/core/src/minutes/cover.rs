//! Which points the report has, and how many people stand behind a passage.

use std::collections::{BTreeSet, HashMap};

use crate::model::{
    Attribution, Collected, ItemId, Kind, ParticipantId, Passage, PassageId, PassageStyle, PointId, PointView, Record,
};

/// What became of a point in the report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize, ts_rs::TS)]
#[serde(rename_all = "snake_case")]
pub enum Coverage {
    /// A passage rests on it.
    Covered,
    /// It stands in a table at the end.
    Table,
    /// Nothing rests on it.
    Open,
    /// On purpose not for the report.
    SetAside,
    /// Off the record.
    Internal,
}

/// The passages that rest on each point, in the order of the report.
#[must_use]
pub fn resting(record: &Record) -> HashMap<PointId, Vec<PassageId>> {
    let mut resting: HashMap<PointId, Vec<PassageId>> = HashMap::new();
    for passage in &record.passages {
        for source in &passage.sources {
            resting.entry(*source).or_default().push(passage.id);
        }
    }
    resting
}

/// What became of a point, given whether a passage rests on it.
#[must_use]
pub fn coverage(view: &PointView, is_resting: bool, collected: &Collected) -> Coverage {
    let point = &view.point;
    let in_table =
        matches!(collected, Collected::Tables | Collected::Both) && matches!(point.kind, Kind::Decision | Kind::Action);
    match () {
        () if is_resting => Coverage::Covered,
        () if point.internal => Coverage::Internal,
        () if point.set_aside => Coverage::SetAside,
        () if in_table => Coverage::Table,
        () => Coverage::Open,
    }
}

/// How the points of a section are covered.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize, ts_rs::TS)]
pub struct Counts {
    /// Its points.
    pub points: u32,
    /// Of these, those that are in the report: in a passage, or in a table.
    pub covered: u32,
    /// Those that nothing rests on.
    pub open: u32,
    /// Those that were set aside, or are off the record.
    pub set_aside: u32,
}

impl Counts {
    /// Counts one more.
    pub fn add(&mut self, coverage: Coverage) {
        self.points += 1;
        match coverage {
            Coverage::Covered | Coverage::Table => self.covered += 1,
            Coverage::Open => self.open += 1,
            Coverage::SetAside | Coverage::Internal => self.set_aside += 1,
        }
    }
}

/// Who stands behind a passage.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Behind {
    /// The different people who said the points it rests on.
    pub people: BTreeSet<ParticipantId>,
    /// The points it rests on that are there.
    pub points: BTreeSet<PointId>,
    /// Of these, points of nobody in particular or of somebody who is not known: there may be more people.
    pub unsure: u32,
}

/// The points of a record by their ids.
pub type ById<'a> = HashMap<PointId, &'a PointView>;

/// The points of a record by their ids.
#[must_use]
pub fn by_id(record: &Record) -> ById<'_> {
    record.points.iter().map(|view| (view.point.id, view)).collect()
}

/// Who stands behind a passage: behind the points it rests on and, where it leads into a list, behind the entries too.
#[must_use]
pub fn behind(record: &Record, points: &ById<'_>, passage: &Passage) -> Behind {
    let mut behind = Behind::default();
    let sources = passage.sources.iter().chain(
        led_into(record, passage)
            .into_iter()
            .flat_map(|entry| entry.sources.iter()),
    );
    for source in sources {
        let Some(view) = points.get(source) else {
            continue;
        };
        if !behind.points.insert(*source) {
            continue;
        }
        if view.point.attribution == Attribution::Named {
            behind.people.extend(&view.point.speakers);
        } else {
            behind.unsure += 1;
        }
    }
    behind
}

/// The entries of the list that a passage leads into.
#[must_use]
pub fn led_into<'a>(record: &'a Record, passage: &Passage) -> Vec<&'a Passage> {
    if passage.style != PassageStyle::Paragraph || !passage.text.trim_end().ends_with([':', '：']) {
        return Vec::new();
    }
    let mut behind = in_section(record, passage.item)
        .skip_while(|other| other.id != passage.id)
        .skip(1)
        .peekable();
    let style = behind.peek().map(|first| first.style.clone());
    behind
        .take_while(|entry| {
            Some(&entry.style) == style.as_ref() && matches!(entry.style, PassageStyle::Bullet | PassageStyle::Number)
        })
        .collect()
}

/// The passages of a section, in order.
pub fn in_section(record: &Record, item: Option<ItemId>) -> impl Iterator<Item = &Passage> {
    record.passages.iter().filter(move |passage| passage.item == item)
}
