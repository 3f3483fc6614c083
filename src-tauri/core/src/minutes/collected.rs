//! Decisions, actions and votes: in tables at the end, where asked, and votes where they were held.

use super::compose::{block, heading, push_paragraph};
use super::name::{Names, without_edge_breaks};
use super::prose::sentence;
use super::{Block, Content, Document, Options, Row, words};
use crate::model::inline::{Inline, Inlines, is_blank, literal, normal, parse};
use crate::model::{Collected, ItemId, Kind, Naming, ParticipantId, PointView, Vote};

/// Whether there are tables at the end.
fn in_tables(options: &Options) -> bool {
    matches!(options.collected, Collected::Tables | Collected::Both)
}

/// Whether a point stands in a table at the end, and nowhere else.
pub(super) fn only_in_table(view: &PointView, options: &Options) -> bool {
    options.collected == Collected::Tables && matches!(view.point.kind, Kind::Decision | Kind::Action)
}

/// A decision or action with what goes on from it.
struct Taken<'a> {
    view: &'a PointView,
    text: Inlines,
}

/// The tables at the end.
pub(super) fn tables(names: &Names<'_>, options: &Options, blocks: &mut Vec<Block>) {
    if !in_tables(options) {
        return;
    }
    let taken = |kind: &Kind| taken(names, options, kind);
    let decisions: Vec<Row> = taken(&Kind::Decision)
        .into_iter()
        .zip(1..)
        .map(|(one, count)| row(one.view, vec![number(count), one.text.clone(), item(names, one.view)]))
        .collect();
    if !decisions.is_empty() {
        blocks.push(heading(None, 1, String::new(), text("Decisions")));
        table(blocks, &["No.", "Decision", "Item"], &[8, 80, 12], decisions);
    }
    let actions = taken(&Kind::Action);
    if !actions.is_empty() {
        blocks.push(heading(None, 1, String::new(), text("Actions")));
        if options.by_owner {
            by_owner(names, &actions, blocks);
        } else {
            action_table(names, &actions.iter().collect::<Vec<_>>(), true, blocks);
        }
    }
    let votes: Vec<Row> = names
        .record
        .votes
        .iter()
        .zip(1..)
        .map(|(vote, count)| Row {
            origin: Some(vote.id.0),
            cells: vec![
                number(count),
                names.line(&vote.question),
                names.line(&counted(vote)),
                names.line(&vote.outcome),
            ],
        })
        .collect();
    if !votes.is_empty() {
        blocks.push(heading(None, 1, String::new(), text("Votes")));
        table(
            blocks,
            &["No.", "Question", "Votes", "Outcome"],
            &[8, 42, 25, 25],
            votes,
        );
    }
}

/// The votes that were held under an item, a paragraph each.
pub(super) fn votes(names: &Names<'_>, options: &Options, item: Option<ItemId>, blocks: &mut Vec<Block>) {
    if options.document == Document::Report && options.collected == Collected::Tables {
        return;
    }
    for vote in names.record.votes.iter().filter(|vote| vote.item == item) {
        let mut sentences = vec![format!("**Vote:** {}", sentence(&vote.question))];
        sentences.extend(Some(sentence(&counted(vote))).filter(|words| !words.is_empty()));
        sentences.extend(Some(sentence(&vote.outcome)).filter(|words| !words.is_empty()));
        push_paragraph(blocks, Some(vote.id.0), names.read(&sentences.join(" ")));
    }
}

/// "For: 5, against: 2".
fn counted(vote: &Vote) -> String {
    let counts = vote.counts.iter().map(String::as_str).chain(std::iter::repeat(""));
    vote.options
        .iter()
        .zip(counts)
        .map(|(option, count)| match count {
            "" => option.clone(),
            count => format!("{option}: {}", literal(count)),
        })
        .collect::<Vec<_>>()
        .join(", ")
}

fn taken<'a>(names: &Names<'a>, options: &Options, kind: &Kind) -> Vec<Taken<'a>> {
    let mut taken: Vec<Taken<'a>> = Vec::new();
    let mut last = None;
    for view in &names.record.points {
        let point = &view.point;
        if point.kind != *kind || point.set_aside || (point.internal && !options.internal) {
            continue;
        }
        let words = without_edge_breaks(names.said(point.words()));
        if is_blank(&words) {
            continue;
        }
        match taken.last_mut() {
            Some(before) if point.continues.is_some() && point.continues == last => {
                before.text.push(Inline::Text(" ".to_owned()));
                before.text.extend(words);
                before.text = normal(&before.text);
            }
            _ => taken.push(Taken { view, text: words }),
        }
        last = Some(point.id);
    }
    taken
}

fn by_owner(names: &Names<'_>, actions: &[Taken<'_>], blocks: &mut Vec<Block>) {
    // Who is called the same by role or group has one heading; of two with one name each has their own.
    let mut owners: Vec<(String, Vec<ParticipantId>)> = Vec::new();
    for person in &names.record.participants {
        let has_some = actions
            .iter()
            .any(|action| action.view.point.owners.contains(&person.id));
        let Some(source) = names.apart(person.id).filter(|_| has_some) else {
            continue;
        };
        match owners.iter_mut().find(|(known, _)| *known == source) {
            Some((_, ids)) if *names.level(person) != Naming::Name => ids.push(person.id),
            _ => owners.push((source, vec![person.id])),
        }
    }
    for (source, ids) in owners {
        let theirs: Vec<&Taken<'_>> = actions
            .iter()
            .filter(|action| action.view.point.owners.iter().any(|owner| ids.contains(owner)))
            .collect();
        blocks.push(heading(None, 2, String::new(), names.line(&source)));
        action_table(names, &theirs, false, blocks);
    }
    // Who is not to be named has no heading: what is theirs stands with what is nobody's.
    let others: Vec<&Taken<'_>> = actions
        .iter()
        .filter(|action| action.view.point.owners.iter().all(|id| names.source(*id).is_none()))
        .collect();
    if !others.is_empty() {
        if others.len() < actions.len() {
            blocks.push(heading(None, 2, String::new(), text("Others")));
        }
        action_table(names, &others, true, blocks);
    }
}

fn action_table(names: &Names<'_>, actions: &[&Taken<'_>], with_owner: bool, blocks: &mut Vec<Block>) {
    let owners: Vec<Inlines> = actions.iter().map(|action| owners(names, action.view)).collect();
    // Where nobody is named, a column of owners would be empty.
    let with_owner = with_owner && owners.iter().any(|owner| !owner.is_empty());
    let rows = actions
        .iter()
        .zip(owners)
        .zip(1..)
        .map(|((action, owner), count)| {
            let mut cells = vec![number(count), action.text.clone()];
            if with_owner {
                cells.push(owner);
            }
            cells.push(due(action.view));
            row(action.view, cells)
        })
        .collect();
    if with_owner {
        table(blocks, &["No.", "Action", "Owner", "Due"], &[8, 50, 22, 20], rows);
    } else {
        table(blocks, &["No.", "Action", "Due"], &[8, 72, 20], rows);
    }
}

fn owners(names: &Names<'_>, view: &PointView) -> Inlines {
    let mut sources = names.all_apart(&view.point.owners);
    let typed = view.point.owner_text.trim();
    if !typed.is_empty() && *names.naming == Naming::Name {
        sources.push(literal(typed));
    }
    parse(&words::join(&sources))
}

fn due(view: &PointView) -> Inlines {
    if view.point.done {
        return text("done");
    }
    view.point
        .due
        .map(|due| text(&due.format("%-d %B %Y").to_string()))
        .unwrap_or_default()
}

/// The number of the item that a point was taken under.
fn item(names: &Names<'_>, view: &PointView) -> Inlines {
    let items = &names.record.items;
    let found = items.iter().find(|item| Some(item.item.id) == view.point.item);
    found.map(|item| text(&item.label)).unwrap_or_default()
}

fn row(view: &PointView, cells: Vec<Inlines>) -> Row {
    Row {
        origin: Some(view.point.id.0),
        cells,
    }
}

fn number(count: u32) -> Inlines {
    text(&format!("{count}."))
}

fn text(words: &str) -> Inlines {
    if words.is_empty() {
        Inlines::new()
    } else {
        vec![Inline::Text(words.to_owned())]
    }
}

fn table(blocks: &mut Vec<Block>, header: &[&str], widths: &[u8], rows: Vec<Row>) {
    blocks.push(block(Content::Table {
        header: header.iter().map(|words| text(words)).collect(),
        widths: widths.to_vec(),
        rows,
    }));
}
