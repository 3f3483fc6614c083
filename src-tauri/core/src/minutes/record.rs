//! The second document: every point, with its time, item, kind and speakers.

use chrono::{DateTime, Utc};

use super::compose::{block, heading, item_heading, kind_word};
use super::name::{Names, without_edge_breaks};
use super::{Block, Content, Entry, Options, collected};
use crate::model::inline::{Inline, Inlines, literal, normal, parse};
use crate::model::{Attribution, Basis, Duty, ItemId, ItemView, Kind, Naming, ParticipantId, PointView};

/// The points under their items, in order. What was set aside is there and says so; what is off the record only when
/// asked for. Points of no known item come first.
pub(super) fn points(names: &Names<'_>, options: &Options, blocks: &mut Vec<Block>) {
    let record = names.record;
    let taken: Vec<&PointView> = record
        .points
        .iter()
        .filter(|view| options.internal || !view.point.internal)
        .collect();
    let known = |item: Option<ItemId>| item.is_some_and(|id| record.items.iter().any(|view| view.item.id == id));
    let list = |wanted: &dyn Fn(&PointView) -> bool| {
        let entries: Vec<Entry> = taken
            .iter()
            .filter(|view| wanted(view))
            .map(|view| entry(names, view))
            .collect();
        (!entries.is_empty()).then(|| {
            block(Content::List {
                ordered: false,
                entries,
            })
        })
    };
    handovers(names, blocks);
    blocks.push(heading(None, 1, String::new(), vec![Inline::Text("Points".to_owned())]));
    if taken.is_empty() {
        let text = vec![Inline::Text("No point was recorded.".to_owned())];
        blocks.push(block(Content::Paragraph { text, leads_in: false }));
        if record.votes.is_empty() {
            // An imported report has an agenda and no points: its bare headings would say nothing.
            return;
        }
    }
    blocks.extend(list(&|view| !known(view.point.item)));
    collected::votes(names, options, None, blocks);
    for item in &record.items {
        blocks.push(item_heading(names, item));
        blocks.extend(became_of(names, item));
        blocks.extend(list(&|view| view.point.item == Some(item.item.id)));
        collected::votes(names, options, Some(item.item.id), blocks);
    }
}

/// How the duties passed on, where they did.
fn handovers(names: &Names<'_>, blocks: &mut Vec<Block>) {
    let record = names.record;
    if record.handovers.is_empty() {
        return;
    }
    blocks.push(heading(
        None,
        1,
        String::new(),
        vec![Inline::Text("Handovers".to_owned())],
    ));
    let entries = record.handovers.iter().map(|handover| {
        let those = |ids: &[ParticipantId]| super::words::join(&names.sources(ids));
        let (from, to) = (those(&handover.from), those(&handover.to));
        let duty = if handover.duty == Duty::Moderator {
            "Moderator"
        } else {
            "Rapporteur"
        };
        let words = match (from.is_empty(), to.is_empty()) {
            (false, false) => format!("{to}, after {from}"),
            (true, _) => format!("{to} as well"),
            (false, true) => format!("{from} no longer"),
        };
        let text = format!("{} · {duty}: {words}", handover.at.format("%H:%M:%S UTC"));
        Entry {
            origin: None,
            label: String::new(),
            text: without_edge_breaks(normal(&names.read(&text))),
        }
    });
    blocks.push(block(Content::List {
        ordered: false,
        entries: entries.collect(),
    }));
}

/// What became of an item that was not simply discussed.
fn became_of(names: &Names<'_>, view: &ItemView) -> Option<Block> {
    let presenter = view.item.presenter.and_then(|id| names.source(id));
    let sentence = super::words::state(&view.item.state, presenter.as_deref())?;
    Some(Block {
        origin: Some(view.item.id.0),
        content: Content::Paragraph {
            text: names.read(&sentence),
            leads_in: false,
        },
    })
}

fn entry(names: &Names<'_>, view: &PointView) -> Entry {
    let point = &view.point;
    let first_day = names.record.points.first().map(|first| first.point.at.date_naive());
    let format = if first_day == Some(point.at.date_naive()) {
        "%H:%M:%S UTC"
    } else {
        "%-d %B %Y %H:%M:%S UTC"
    };
    let mut facts = vec![point.at.format(format).to_string()];
    facts.extend(into_recording(names.record.meeting.meeting.recording_starts, point.at));
    // Bold for what is looked for; most points are plain remarks.
    facts.push(kind_word(&point.kind).map_or_else(|| "Remark".to_owned(), |kind| format!("**{kind}**")));
    facts.push(speakers(names, view));
    if point.internal {
        facts.push("off the record".to_owned());
    }
    if point.set_aside {
        facts.push("set aside".to_owned());
    }
    if point.kind == Kind::Action {
        let mut owners = names.all_apart(&point.owners);
        if *names.naming == Naming::Name && !point.owner_text.trim().is_empty() && point.owners.is_empty() {
            owners.push(format!("“{}” (unresolved)", literal(point.owner_text.trim())));
        }
        if !owners.is_empty() {
            facts.push(format!("for {}", super::words::join(&owners)));
        }
        if let Some(due) = point.due {
            facts.push(format!("by {}", due.format("%-d %B %Y")));
        }
        if point.done {
            facts.push("done".to_owned());
        }
    }
    let mut text: Inlines = parse(&format!("{}: ", facts.join(" · ")));
    let words = point.words();
    // A moment that nobody has written about yet is seen, not dropped.
    text.extend(without_edge_breaks(names.said(if words.is_empty() {
        "(to be written)"
    } else {
        words
    })));
    Entry {
        origin: Some(point.id.0),
        label: String::new(),
        text: without_edge_breaks(normal(&text)),
    }
}

/// How far into the recording something was said; none before it began, or where that is not known.
fn into_recording(began: Option<DateTime<Utc>>, at: DateTime<Utc>) -> Option<String> {
    let seconds = u64::try_from(at.signed_duration_since(began?).num_seconds()).ok()?;
    let (hours, minutes) = (seconds / 3600, seconds / 60 % 60);
    Some(format!("recording {hours}:{minutes:02}:{:02}", seconds % 60))
}

fn speakers(names: &Names<'_>, view: &PointView) -> String {
    let point = &view.point;
    let words = match &point.attribution {
        Attribution::Untagged => "untagged".to_owned(),
        Attribution::Nobody => "nobody in particular".to_owned(),
        Attribution::Unknown => format!("unknown #{}", point.unknown),
        Attribution::Unresolved if *names.naming == Naming::Name => {
            format!("“{}” (unresolved)", literal(point.speaker_text.trim()))
        }
        Attribution::Unresolved => "unresolved".to_owned(),
        Attribution::Other(word) => literal(word),
        Attribution::Named => {
            let named = super::words::join(&names.sources(&point.speakers));
            if named.is_empty() {
                "a participant".to_owned()
            } else {
                named
            }
        }
    };
    if point.basis == Basis::Floor {
        format!("{words} (held the floor)")
    } else {
        words
    }
}
