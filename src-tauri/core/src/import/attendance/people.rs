//! The rows of an attendance report → participants.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::super::names::{Brackets, Shown, shown};
use super::super::table::Row;
use super::super::when::{Stamp, is_duration, stamp};
use super::super::{Problem, columns::Column};
use super::{At, cell, name};
use crate::env::Env;
use crate::model::inline::literal;
use crate::model::{Nature, OrderKey, Participant, ParticipantId, ParticipantState, Span};

/// Somebody as the rows tell.
#[derive(Debug)]
struct Someone {
    line: u32,
    shown: Shown,
    email: String,
    id: String,
    group: String,
    roles: Vec<String>,
    came: bool,
    times: Vec<Times>,
}

/// From when to when, as written.
#[derive(Clone, Copy, Debug)]
struct Times {
    line: u32,
    from: Option<Stamp>,
    to: Option<Stamp>,
}

/// Everybody met so far.
#[derive(Debug)]
pub(super) struct Gathered {
    brackets: Brackets,
    /// A list of who may come: its other columns are roles.
    planned: bool,
    people: Vec<Someone>,
    /// By e-mail address or platform id.
    known: HashMap<String, Vec<usize>>,
    /// Whom the rows of the old form of Teams are about just now.
    acting: Option<usize>,
    /// Those whose times a later table tells in full.
    told_again: HashSet<usize>,
    problems: Vec<Problem>,
}

impl Gathered {
    pub(super) fn new(brackets: Brackets, planned: bool) -> Self {
        Self {
            brackets,
            planned,
            people: Vec::new(),
            known: HashMap::new(),
            acting: None,
            told_again: HashSet::new(),
            problems: Vec::new(),
        }
    }

    /// Takes a row in. `again` is a table that tells of people met before. False where it names nobody.
    pub(super) fn take(&mut self, row: &Row, columns: &[Column], again: bool) -> bool {
        let of = |wanted| cell(row, columns, wanted);
        let (email, id) = (blank(of(Column::Email)), blank(of(Column::Id)));
        let mut full = name(row, columns);
        if full.is_empty() {
            full = if email.is_empty() {
                id.to_owned()
            } else {
                email.to_owned()
            };
        }
        if full.is_empty() {
            return false;
        }
        let shown = shown(&full, self.brackets);
        if columns.contains(&Column::Action) {
            self.act(row, shown, of(Column::Action), of(Column::Stamp));
            return true;
        }
        let (join, leave) = (blank(of(Column::Join)), blank(of(Column::Leave)));
        let times = Times {
            line: row.line,
            from: stamp(join),
            to: stamp(leave),
        };
        for (text, read) in [(join, times.from), (leave, times.to)] {
            if !text.is_empty() && read.is_none() {
                self.tell(
                    row.line,
                    format!("\"{text}\" was not understood as a time; it was left out"),
                );
            }
        }
        let waited = is_yes(of(Column::Waiting));
        let came = !is_no(of(Column::Attended));
        let keys = keys(email, id, &shown.name);
        let overlaps = |person: &Someone| person.times.iter().any(|other| overlap(other, &times));
        let before = keys.iter().find_map(|key| {
            let people = self.known.get(key)?;
            // One account, two names at once: two people before one machine, or two machines.
            let fits = |at: &&usize| {
                self.people
                    .get(**at)
                    .is_some_and(|person| again || can_be_one(&person.shown, &shown, overlaps(person)))
            };
            people.iter().find(fits).copied()
        });
        let before = before.or_else(|| if again { self.only_one_named(&shown.name) } else { None });
        let at = match before {
            Some(at) => at,
            None => {
                if let Some(other) = keys.iter().find_map(|key| self.known.get(key)?.first().copied())
                    && let Some(other) = self.people.get(other)
                {
                    let message = format!(
                        "{} has the address of {} (line {}) and was there at the same time; kept as two: same person?",
                        shown.name, other.shown.name, other.line
                    );
                    self.tell(row.line, message);
                }
                self.people.push(Someone {
                    line: row.line,
                    shown: shown.clone(),
                    email: String::new(),
                    id: String::new(),
                    group: String::new(),
                    roles: Vec::new(),
                    came: false,
                    times: Vec::new(),
                });
                self.people.len() - 1
            }
        };
        for key in keys {
            let people = self.known.entry(key).or_default();
            if !people.contains(&at) {
                people.push(at);
            }
        }
        let first_time = again && self.told_again.insert(at);
        if let Some(person) = self.people.get_mut(at) {
            person.add(shown, email, id, of(Column::Group));
            person.came |= came;
            if self.planned {
                let cells = columns
                    .iter()
                    .zip(&row.cells)
                    .filter(|(column, cell)| **column == Column::Other && !cell.is_empty());
                person.roles.extend(cells.map(|(_, cell)| literal(cell)));
            }
            if first_time && times.from.is_some() {
                // The first table had the first arrival and the last leaving alone.
                person.times.clear();
            }
            if !waited && (times.from.is_some() || times.to.is_some()) {
                person.times.push(times);
            }
        }
        true
    }

    /// The old form of Teams: one row an arrival or a leaving, person by person.
    fn act(&mut self, row: &Row, shown: Shown, action: &str, time: &str) {
        let read = stamp(time);
        if read.is_none() {
            self.tell(
                row.line,
                format!("\"{time}\" was not understood as a time; it was left out"),
            );
        }
        let joins = is_join(action);
        let same = |at: &usize| self.people.get(*at).is_some_and(|person| person.shown == shown);
        let here = |at: &usize| {
            let last = self.people.get(*at).and_then(|person| person.times.last());
            last.is_some_and(|times| times.to.is_none())
        };
        // Who is here cannot come once more: that is another of the same name.
        let acting = self.acting.filter(same).filter(|at| here(at) != joins);
        let at = acting.unwrap_or_else(|| {
            self.people.push(Someone {
                line: row.line,
                shown,
                email: String::new(),
                id: String::new(),
                group: String::new(),
                roles: Vec::new(),
                came: true,
                times: Vec::new(),
            });
            self.people.len() - 1
        });
        self.acting = Some(at);
        let Some(person) = self.people.get_mut(at) else { return };
        if joins {
            person.times.push(Times {
                line: row.line,
                from: read,
                to: None,
            });
        } else if let Some(last) = person.times.last_mut().filter(|times| times.to.is_none()) {
            last.to = read;
        } else {
            person.times.push(Times {
                line: row.line,
                from: None,
                to: read,
            });
        }
    }

    fn only_one_named(&self, name: &str) -> Option<usize> {
        let mut found = self
            .people
            .iter()
            .enumerate()
            .filter(|(_, person)| person.shown.name == name);
        let (at, _) = found.next()?;
        found.next().is_none().then_some(at)
    }

    fn tell(&mut self, line: u32, message: String) {
        self.problems.push(Problem { line, message });
    }

    /// All times as written.
    pub(super) fn stamps(&self) -> Vec<Stamp> {
        let times = self.people.iter().flat_map(|person| &person.times);
        times.flat_map(|times| [times.from, times.to]).flatten().collect()
    }

    /// The participants, in the order of their first rows.
    pub(super) fn participants(self, ids: &dyn Env, at: &At<'_>, problems: &mut Vec<Problem>) -> Vec<Participant> {
        problems.extend(self.problems);
        let mut last: Option<OrderKey> = None;
        let mut named: BTreeMap<String, u32> = BTreeMap::new();
        let mut unlisted: Vec<(&str, u32)> = Vec::new();
        let mut out = Vec::with_capacity(self.people.len());
        for person in &self.people {
            let order = OrderKey::after(last.as_ref(), ids.now());
            last = Some(order.clone());
            let name = &person.shown.name;
            match named.get(&folded(name)) {
                Some(line) => problems.push(Problem {
                    line: person.line,
                    message: format!("{name} stands on line {line} too; kept as two: same person?"),
                }),
                None => {
                    named.insert(folded(name), person.line);
                }
            }
            let mut participant = Participant::new(ParticipantId(ids.fresh_id()), order, name.clone());
            participant.aliases.clone_from(&person.shown.aliases);
            participant.group.clone_from(if person.group.is_empty() {
                &person.shown.group
            } else {
                &person.group
            });
            participant.email.clone_from(&person.email);
            participant.platform_id.clone_from(&person.id);
            participant.nature = person.shown.nature.clone();
            participant.listed = participant.nature == Nature::Person;
            if !participant.listed {
                unlisted.push((name, person.line));
            }
            participant.roles.clone_from(&person.roles);
            participant.state = match (self.planned && person.times.is_empty(), person.came) {
                (true, _) => ParticipantState::Expected,
                (false, true) => ParticipantState::Present,
                (false, false) => ParticipantState::Absent,
            };
            participant.presence = person.presence(at, problems);
            out.push(participant);
        }
        if let Some((first, line)) = unlisted.first() {
            let words = match unlisted.len() {
                1 => format!("{first} is no person by its name"),
                count => format!("{first} and {} more are no persons by their names", count - 1),
            };
            problems.push(Problem {
                line: *line,
                message: format!("{words}; kept among the participants, not listed in the report"),
            });
        }
        out
    }
}

impl Someone {
    fn add(&mut self, shown: Shown, email: &str, id: &str, group: &str) {
        if self.email.is_empty() {
            email.clone_into(&mut self.email);
        }
        if self.id.is_empty() && id != email {
            id.clone_into(&mut self.id);
        }
        if self.group.is_empty() {
            group.clone_into(&mut self.group);
        }
        if self.shown == shown {
            return;
        }
        // A person's own name goes before that of the device joined from.
        let other = if self.shown.nature == Nature::Device && shown.nature == Nature::Person {
            std::mem::replace(&mut self.shown, shown)
        } else {
            shown
        };
        if self.shown.group.is_empty() {
            self.shown.group = other.group;
        }
        for alias in std::iter::once(other.name).chain(other.aliases) {
            if alias != self.shown.name && !self.shown.aliases.contains(&alias) {
                self.shown.aliases.push(alias);
            }
        }
    }

    /// When this one was here: spans that touch are one.
    fn presence(&self, at: &At<'_>, problems: &mut Vec<Problem>) -> Vec<Span> {
        let mut spans: Vec<Span> = Vec::new();
        for times in &self.times {
            let (from, to) = (times.from.and_then(at), times.to.and_then(at));
            match (from, to) {
                (Some(from), Some(to)) if to < from => problems.push(Problem {
                    line: times.line,
                    message: format!("{} left before coming; these times were left out", self.shown.name),
                }),
                (Some(from), to) => spans.push(Span { from, to }),
                (None, Some(_)) => problems.push(Problem {
                    line: times.line,
                    message: format!("{} left without having come; this time was left out", self.shown.name),
                }),
                (None, None) => {}
            }
        }
        Span::joined(spans)
    }
}

/// `--`, `NA`: nothing.
fn blank(cell: &str) -> &str {
    match cell {
        "--" | "-" | "NA" | "N/A" | "n/a" => "",
        cell => cell,
    }
}

fn is_yes(cell: &str) -> bool {
    [
        "yes", "y", "true", "ja", "oui", "sí", "si", "sim", "да", "はい", "是", "예",
    ]
    .contains(&cell.to_lowercase().as_str())
}

fn is_no(cell: &str) -> bool {
    [
        "no",
        "n",
        "false",
        "nein",
        "non",
        "não",
        "nee",
        "нет",
        "いいえ",
        "否",
        "아니요",
    ]
    .contains(&cell.to_lowercase().as_str())
}

/// By what rows are one participant: the address, or the platform's id; a masked address together with the name.
fn keys(email: &str, id: &str, name: &str) -> Vec<String> {
    let mut keys = Vec::new();
    if email.contains('@') && !email.contains('*') {
        keys.push(format!("mail {}", email.to_lowercase()));
    } else if !email.is_empty() {
        keys.push(format!("mask {} {}", email.to_lowercase(), folded(name)));
    }
    if !id.is_empty() && !is_duration(id) {
        // Teams gives the address as the id too.
        let sort = if id.contains('@') { "mail" } else { "id" };
        let key = format!("{sort} {}", id.to_lowercase());
        if !keys.contains(&key) {
            keys.push(key);
        }
    }
    keys
}

/// A name as it is compared.
fn folded(name: &str) -> String {
    let words: Vec<String> = name.split_whitespace().map(str::to_lowercase).collect();
    words.join(" ")
}

/// Whether two names of one account can be one person's: a word of one is in the other, or one is the device of the
/// other, or the one came when the other had gone. A note-taker is never its owner.
fn can_be_one(left: &Shown, right: &Shown, at_once: bool) -> bool {
    let words = |shown: &Shown| -> HashSet<String> {
        let words = shown.name.split(|c: char| !c.is_alphanumeric());
        let long = words.filter(|word| word.chars().count() > 1);
        long.map(str::to_lowercase).collect()
    };
    if (left.nature == Nature::Bot) != (right.nature == Nature::Bot) {
        return false;
    }
    !at_once
        || left.name == right.name
        || (left.nature == Nature::Person) != (right.nature == Nature::Person)
        || !words(left).is_disjoint(&words(right))
}

fn overlap(left: &Times, right: &Times) -> bool {
    // All times of a file are in one order and zone, so that any of them will do to compare.
    let at = |stamp: Option<Stamp>| {
        let day = chrono::NaiveDate::from_ymd_opt(2000, 1, 1);
        stamp.and_then(|stamp| {
            let zone = Some(chrono_tz::Tz::UTC);
            let month = stamp.at(super::Order::MonthFirst, zone, day);
            month.or_else(|| stamp.at(super::Order::DayFirst, zone, day))
        })
    };
    match (at(left.from), at(left.to), at(right.from), at(right.to)) {
        (Some(from), Some(to), Some(other_from), Some(other_to)) => from < other_to && other_from < to,
        // Nothing tells that they were not.
        _ => true,
    }
}

/// Whether a word of the old form of Teams tells of an arrival.
fn is_join(action: &str) -> bool {
    let action = action.to_lowercase();
    let left = [
        "left",
        "leave",
        "verlass",
        "est parti",
        "quitté",
        "salió",
        "abandon",
        "uscit",
        "saiu",
        "verlaten",
        "opuści",
        "lämna",
        "выш",
        "поки",
        "退出",
        "离开",
        "離開",
        "나감",
        "나갔",
        "غادر",
    ];
    !left.iter().any(|stem| action.contains(stem))
}
