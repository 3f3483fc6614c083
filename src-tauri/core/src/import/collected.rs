//! The tables at the end of a report that Minuta has written → the decisions and actions of the record, and votes.

use chrono::NaiveDate;

use super::pieces::{Piece, Sort};
use crate::minutes::listed;
use crate::model::inline::{Inlines, literal, parse, parse_markdown, plain, write};
use crate::model::{Attribution, Basis, ItemId, Kind, Participant, ParticipantId, Passage, Point};

/// What a row of a table is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Row {
    /// With the number of the item that it was taken under.
    Decision { text: String, item: String },
    /// With its owners and its date as printed.
    Action { text: String, owners: Owners, due: String },
    /// As the sentences that stand under an item elsewhere.
    Vote { text: String },
}

/// Whose an action is, as printed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Owners {
    /// In its row: `A, B and C`.
    Cell(String),
    /// Above the tables that it stands in, of one owner each.
    Headings(Vec<String>),
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
                    (4, _) => Owners::Cell(plain(row.get(2)?)),
                    (_, owner) => Owners::Headings(owner.map(|owner| plain(owner)).into_iter().collect()),
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

/// Actions parted by owner stand once under each of several owners: they are one.
pub(super) fn together(rows: Vec<Found>) -> Vec<Found> {
    let mut out: Vec<Found> = Vec::new();
    for (line, row) in rows {
        if let Row::Action {
            text,
            owners: Owners::Headings(owners),
            due,
        } = &row
            && let [owner] = owners.as_slice()
            && let Some(known) = out.iter_mut().find_map(|(_, other)| match other {
                Row::Action {
                    text: same,
                    owners: Owners::Headings(known),
                    due: day,
                } if same == text && day == due && !known.is_empty() && !known.contains(owner) => Some(known),
                _ => None,
            })
        {
            known.push(owner.clone());
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

/// The point of a decision or an action, and what could not be told of it. A passage in the discussion that says the same
/// rests on it from now on.
pub(super) fn point(
    mut point: Point,
    row: &Row,
    around: &Around<'_>,
    passages: &mut [Passage],
) -> (Point, Vec<String>) {
    let mut problems = Vec::new();
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
            own(&mut point, owners, around.participants, &mut problems);
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
    (point, problems)
}

/// Whoever one participant fits is that one; any other is kept as it stands, and told.
fn own(point: &mut Point, owners: &Owners, participants: &[Participant], problems: &mut Vec<String>) {
    let printed: Vec<String> = match owners {
        Owners::Cell(cell) => parted(cell, participants),
        Owners::Headings(headings) => headings.clone(),
    };
    let mut unknown: Vec<String> = Vec::new();
    for words in printed {
        match fits(&words, participants).as_slice() {
            [one] => point.owners.push(*one),
            several => {
                let fits = if several.is_empty() {
                    "no participant"
                } else {
                    "several participants"
                };
                problems.push(format!(
                    "“{words}”, whose an action is to be, fits {fits}; kept as it stands, to be settled"
                ));
                unknown.push(words);
            }
        }
    }
    point.owner_text = unknown.join(", ");
}

/// The owners in a cell: `A`, `A and B`, `A, B and C`. What stands for one of them may have commas and "and" in it: the
/// longest stretch that fits somebody is that one.
fn parted(cell: &str, participants: &[Participant]) -> Vec<String> {
    let mut out = Vec::new();
    let mut rest = cell.trim();
    while !rest.is_empty() {
        let ends = || {
            let separators = rest.match_indices(", ").chain(rest.match_indices(" and "));
            separators.map(|(at, found)| (at, at + found.len()))
        };
        let whole = (rest.len(), rest.len());
        let mut all: Vec<(usize, usize)> = ends().chain(Some(whole)).collect();
        all.sort_unstable();
        let is_somebody = |(end, _): &&(usize, usize)| {
            let words = rest.get(..*end).unwrap_or_default();
            !fits(words.trim(), participants).is_empty()
        };
        let (end, next) = *all.iter().rev().find(is_somebody).or(all.first()).unwrap_or(&whole);
        let words = rest.get(..end).unwrap_or_default().trim();
        out.extend(Some(words.to_owned()).filter(|words| !words.is_empty()));
        rest = rest.get(next..).unwrap_or_default().trim_start();
    }
    out
}

/// Whom printed words may mean: by name; by `Name (what tells them from a namesake)`; by role, the first of theirs before
/// others; by group.
fn fits(printed: &str, participants: &[Participant]) -> Vec<ParticipantId> {
    let same = |source: &str| plain(&parse(source)).trim() == printed;
    let ids = |fit: &dyn Fn(&Participant) -> bool| -> Vec<ParticipantId> {
        let fitting = participants.iter().filter(|person| fit(person));
        fitting.map(|person| person.id).collect()
    };
    let is_first = |person: &Participant| person.roles.first().is_some_and(|role| same(role));
    let is_any = |person: &Participant| person.roles.iter().any(|role| same(role));
    let is_group = |person: &Participant| !printed.is_empty() && person.group.trim() == printed;
    let ways: [&dyn Fn() -> Vec<ParticipantId>; 5] = [
        &|| ids(&|person| person.name.trim() == printed),
        &|| told_apart(printed, participants),
        &|| ids(&is_first),
        &|| ids(&is_any),
        &|| ids(&is_group),
    ];
    ways.iter()
        .map(|way| way())
        .find(|found| !found.is_empty())
        .unwrap_or_default()
}

/// Of namesakes, who is meant by `Name (role)`, `Name (group)` or `Name (no. 3 in the list)`.
fn told_apart(printed: &str, participants: &[Participant]) -> Vec<ParticipantId> {
    let numbered = listed::here(participants);
    let is_meant = |person: &&Participant| {
        let beside = printed
            .strip_prefix(person.name.trim())
            .and_then(|rest| rest.strip_prefix(" ("))
            .and_then(|rest| rest.strip_suffix(')'));
        beside.is_some_and(|beside| {
            let place = numbered.iter().position(|other| other.id == person.id);
            person.roles.iter().any(|role| plain(&parse(role)).trim() == beside)
                || person.group.trim() == beside
                || place.is_some_and(|at| listed::number(at + 1) == beside)
        })
    };
    participants.iter().filter(is_meant).map(|person| person.id).collect()
}

/// Whether a passage says what a row of a table of votes says.
pub(super) fn is_said(text: &str, passages: &[Passage]) -> bool {
    let words = plain(&parse(text));
    passages.iter().any(|passage| plain(&parse(&passage.text)) == words)
}
