//! The tables at the end of a report that Minuta has written → the decisions and actions of the record, and votes.

use chrono::NaiveDate;

use super::pieces::{Piece, Sort};
use crate::model::inline::{Inlines, literal, parse, parse_markdown, plain, write};
use crate::model::{Attribution, Basis, ItemId, Kind, Participant, Passage, Point};

/// What a row of a table is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Row {
    /// With the number of the item that it was taken under.
    Decision { text: String, item: String },
    /// With its owners' names and its date as printed.
    Action {
        text: String,
        owners: Vec<String>,
        due: String,
    },
    /// As the sentences that stand under an item elsewhere.
    Vote { text: String },
}

/// A row, and the line of the file that its table begins in.
pub(super) type Found = (u32, Row);

/// Reads the tables under a heading, if these pieces begin with one: the rows, and how many pieces that took.
pub(super) fn tables(pieces: &[Piece]) -> Option<(Vec<Found>, usize)> {
    let (first, mut rest) = pieces.split_first()?;
    if first.sort != Sort::Heading(2) {
        return None;
    }
    let kind = first.raw.trim();
    let mut rows = Vec::new();
    let mut used = 1;
    let mut owner = None;
    loop {
        match rest {
            // Actions parted by owner stand under the owner's name.
            [name, table, ..] if kind == "Actions" && name.sort == Sort::Heading(3) && is_table(kind, table) => {
                owner = Some(name.inlines()).filter(|name| plain(name) != "Others");
                rest = rest.get(1..).unwrap_or_default();
                used += 1;
            }
            [table, after @ ..] if is_table(kind, table) => {
                let more = read(kind, table, owner.as_ref());
                rows.extend(more.into_iter().map(|row| (table.line, row)));
                rest = after;
                used += 1;
            }
            _ => break,
        }
    }
    (!rows.is_empty()).then_some((rows, used))
}

/// The headers that each kind of table has.
fn is_table(kind: &str, piece: &Piece) -> bool {
    let headers: &[&[&str]] = match kind {
        "Decisions" => &[&["No.", "Decision", "Item"]],
        "Actions" => &[&["No.", "Action", "Owner", "Due"], &["No.", "Action", "Due"]],
        "Votes" => &[&["No.", "Question", "Votes", "Outcome"]],
        _ => return false,
    };
    let mut lines = piece.raw.lines();
    let header: Vec<String> = lines
        .next()
        .map(cells)
        .unwrap_or_default()
        .iter()
        .map(|cell| plain(cell))
        .collect();
    let is_rule = |line: &str| line.starts_with("|---") && line.chars().all(|c| matches!(c, '|' | '-'));
    // Only rows that have all cells: anything else was written by somebody, and is kept as it stands.
    piece.sort == Sort::Text
        && headers.iter().any(|known| *known == header)
        && lines.next().is_some_and(is_rule)
        && lines.clone().count() > 0
        && lines.all(|line| line.starts_with('|') && cells(line).len() == header.len())
}

/// The cells of a row.
fn cells(line: &str) -> Vec<Inlines> {
    let inner = line
        .trim()
        .strip_prefix('|')
        .and_then(|line| line.strip_suffix('|'))
        .unwrap_or_default();
    let mut cells = vec![String::new()];
    let mut escaped = false;
    for c in inner.chars() {
        match (escaped, c, cells.last_mut()) {
            (false, '|', _) => cells.push(String::new()),
            (_, _, Some(cell)) => cell.push(c),
            _ => {}
        }
        escaped = c == '\\' && !escaped;
    }
    cells.iter().map(|cell| parse_markdown(cell.trim())).collect()
}

fn read(kind: &str, table: &Piece, owner: Option<&Inlines>) -> Vec<Row> {
    let rows = table.raw.lines().skip(2).map(cells);
    rows.filter_map(|row| {
        let cell = |at: usize| row.get(at).map(|cell| write(cell)).unwrap_or_default();
        let last = row.last().map(|cell| plain(cell)).unwrap_or_default();
        Some(match kind {
            "Decisions" => Row::Decision {
                text: cell(1),
                item: last,
            },
            "Actions" => Row::Action {
                text: cell(1),
                owners: match (row.len(), owner) {
                    (4, _) => names(&plain(row.get(2)?)),
                    (_, Some(owner)) => vec![plain(owner)],
                    _ => Vec::new(),
                },
                due: last,
            },
            _ => {
                let sentences = [cell(1), cell(2), cell(3)].map(|words| crate::minutes::prose::sentence(&words));
                let said = sentences
                    .into_iter()
                    .filter(|words| !words.is_empty())
                    .collect::<Vec<_>>();
                Row::Vote {
                    text: format!("**Vote:** {}", said.join(" ")),
                }
            }
        })
    })
    .collect()
}

/// `A`, `A and B`, `A, B and C`.
fn names(joined: &str) -> Vec<String> {
    let (before, last) = joined
        .rsplit_once(" and ")
        .map_or((joined, None), |(before, last)| (before, Some(last)));
    let names = before.split(", ").chain(last).map(str::trim);
    names.filter(|name| !name.is_empty()).map(str::to_owned).collect()
}

/// Actions parted by owner stand once under each of several owners: they are one.
pub(super) fn together(rows: Vec<Found>) -> Vec<Found> {
    let mut out: Vec<Found> = Vec::new();
    for (line, row) in rows {
        if let Row::Action { text, owners, due } = &row
            && let Some((_, Row::Action { owners: known, .. })) = out.iter_mut().find(|(_, other)| {
                matches!(other, Row::Action { text: same, owners: known, due: day }
                    if same == text && day == due && known.iter().all(|name| !owners.contains(name)) && !known.is_empty())
            })
            && !owners.is_empty()
        {
            known.extend(owners.iter().cloned());
            continue;
        }
        out.push((line, row));
    }
    out
}

/// What the rest of the report says about its rows.
pub(super) struct Around<'a> {
    pub(super) participants: &'a [Participant],
    /// The items with the numbers they were printed with.
    pub(super) items: &'a [(ItemId, String)],
    /// Where a row stands whose item nobody knows.
    pub(super) last: Option<ItemId>,
}

/// The point of a decision or an action. A passage in the discussion that says the same rests on it from now on.
pub(super) fn point(mut point: Point, row: &Row, around: &Around<'_>, passages: &mut [Passage]) -> Point {
    point.attribution = Attribution::Nobody;
    point.basis = Basis::Imported;
    let mut said = None;
    match row {
        Row::Decision { text, item } => {
            point.kind = Kind::Decision;
            point.text.clone_from(text);
            said = around
                .items
                .iter()
                .find(|(_, label)| !item.is_empty() && label == item)
                .map(|(id, _)| *id);
        }
        Row::Action { text, owners, due } => {
            point.kind = Kind::Action;
            point.text.clone_from(text);
            own(&mut point, owners, around.participants);
            if due == "done" {
                point.done = true;
            } else if let Ok(day) = NaiveDate::parse_from_str(due, "%d %B %Y") {
                point.due = Some(day);
            } else if !due.is_empty() {
                point.text.push_str(&literal(&format!(" ({due})")));
            }
        }
        Row::Vote { .. } => {}
    }
    let words = plain(&parse(&point.text));
    let says_it = |passage: &&mut Passage| {
        (said.is_none() || passage.item == said) && plain(&parse(&passage.text)).contains(words.as_str())
    };
    let passage = passages.iter_mut().find(says_it);
    let found = passage.map(|passage| {
        passage.sources.push(point.id);
        passage.item
    });
    point.item = said.or(found.flatten()).or(around.last);
    point.raw.clone_from(&point.text);
    point
}

/// A name that fits one participant is that one; any other is kept as it stands.
fn own(point: &mut Point, owners: &[String], participants: &[Participant]) {
    let mut unknown: Vec<&str> = Vec::new();
    for name in owners {
        let mut fits = participants.iter().filter(|person| person.name.trim() == name);
        match (fits.next(), fits.next()) {
            (Some(one), None) => point.owners.push(one.id),
            _ => unknown.push(name),
        }
    }
    point.owner_text = unknown.join(", ");
}

/// Whether a passage says what a row of a table of votes says.
pub(super) fn is_said(text: &str, passages: &[Passage]) -> bool {
    let words = plain(&parse(text));
    passages.iter().any(|passage| plain(&parse(&passage.text)) == words)
}
