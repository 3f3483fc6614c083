//! What the measurements are taken on: meetings of invented points.

use std::sync::Arc;

use chrono::{TimeDelta, Utc};
use minuta_core::Archive;
use minuta_core::edit;
use minuta_core::env::{Env, SystemEnv};
use minuta_core::import::Plan;
use minuta_core::model::{
    Item, ItemId, Meeting, MeetingId, OrderKey, Participant, ParticipantId, Passage, PassageId, PassageStyle, Point,
    PointId,
};

pub(crate) fn system() -> Arc<dyn Env> {
    Arc::new(SystemEnv)
}

const WORDS: [&str; 24] = [
    "gauge",
    "datum",
    "harbour",
    "station",
    "relay",
    "flag",
    "record",
    "interval",
    "pilot",
    "licence",
    "archive",
    "review",
    "draft",
    "format",
    "trial",
    "storm",
    "tide",
    "level",
    "benchmark",
    "survey",
    "editor",
    "minute",
    "share",
    "signal",
];

/// Words of a sentence that differ from number to number.
pub(crate) fn sentence(number: usize) -> String {
    let mut seed = number as u64 ^ 0x9e37_79b9_7f4a_7c15;
    let mut words = Vec::new();
    for _ in 0..14 {
        seed = seed
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        words.push(WORDS[(seed >> 33) as usize % WORDS.len()]);
    }
    if number.is_multiple_of(50) {
        words.push("没有基准面的文件应当拒收");
    }
    words.join(" ")
}

/// A meeting whose report is written, some thirty pages of it, and rests on a point for each passage.
pub(crate) fn written(archive: &mut Archive) -> MeetingId {
    const SECTIONS: usize = 24;
    const PASSAGES: usize = 12;
    let env = SystemEnv;
    let start = Utc::now() - TimeDelta::days(30);
    let at = |number: usize| start + TimeDelta::seconds(number as i64);
    let mut meeting = Meeting::new(MeetingId(env.fresh_id()));
    meeting.body = "Working Group on Tides".to_owned();
    meeting.short = "WG-Tide".to_owned();
    meeting.starts = Some(start);
    let mut plan = Plan::new(meeting);
    for section in 0..SECTIONS {
        let title = format!("Item {section}: {}", &sentence(section)[..20]);
        let item = Item::new(ItemId(env.fresh_id()), OrderKey::at(at(section)), title);
        for place in 0..PASSAGES {
            let number = section * PASSAGES + place;
            let order = OrderKey::at(at(number));
            let mut point = Point::new(PointId(env.fresh_id()), order.clone(), at(number), sentence(number));
            point.item = Some(item.id);
            let (style, sentences) = match place % 6 {
                3 => (PassageStyle::Paragraph, 1),
                4 | 5 => (PassageStyle::Bullet, 2),
                _ => (PassageStyle::Paragraph, 5),
            };
            let words: Vec<String> = (0..sentences)
                .map(|n| format!("Several participants noted that {}.", sentence(number * 7 + n + 1)))
                .collect();
            let id = PassageId(env.fresh_id());
            let mut passage = Passage::new(id, Some(item.id), order, style, words.join(" "));
            passage.sources = vec![point.id];
            plan.points.push(point);
            plan.passages.push(passage);
        }
        plan.items.push(item);
    }
    edit::import::as_new(archive, &plan).unwrap()
}

/// A meeting with this many points, put in at one go.
pub(crate) fn fill(archive: &mut Archive, points: usize) -> MeetingId {
    let env = SystemEnv;
    let start = Utc::now() - TimeDelta::days(30);
    let mut meeting = Meeting::new(MeetingId(env.fresh_id()));
    meeting.body = "Working Group".to_owned();
    meeting.starts = Some(start);
    let at = |number: usize| start + TimeDelta::seconds(number as i64);
    let items: Vec<Item> = (0..10)
        .map(|number| {
            Item::new(
                ItemId(env.fresh_id()),
                OrderKey::at(at(number)),
                format!("Item {number}"),
            )
        })
        .collect();
    let people: Vec<Participant> = (0..20)
        .map(|number| {
            Participant::new(
                ParticipantId(env.fresh_id()),
                OrderKey::at(at(number)),
                format!("Person {number}"),
            )
        })
        .collect();
    let points = (0..points)
        .map(|number| {
            let mut point = Point::new(
                PointId(env.fresh_id()),
                OrderKey::at(at(number)),
                at(number),
                sentence(number),
            );
            point.item = Some(items[number * items.len() / points].id);
            point.attribution = minuta_core::model::Attribution::Named;
            point.speakers = vec![people[number % people.len()].id];
            point
        })
        .collect();
    let plan = Plan {
        items,
        points,
        participants: people,
        ..Plan::new(meeting)
    };
    edit::import::as_new(archive, &plan).unwrap()
}
