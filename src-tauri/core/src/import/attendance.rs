//! Attendance reports of meeting platforms → who was there, and when.
//!
//! Rows of one e-mail address or platform id are one participant. A name alone never makes two rows one: it is told as
//! "same person?".

mod people;

use chrono::{DateTime, NaiveDate, Utc};

use self::people::Gathered;
use super::columns::{self, Column, Columns, head, place, platform, shape};
use super::kind::Kind;
use super::names::Brackets;
use super::table::{Row, rows};
use super::when::{Order, Stamp, is_duration, order, stamp};
use super::{Given, Plan, Problem, kept};
use crate::error::{Error, Result};
use crate::model::{Meeting, MeetingId, MeetingState, Span};

/// Where a table of people begins.
#[derive(Clone, Debug)]
pub(super) struct Found {
    delimiter: u8,
    /// Line of its head.
    line: u32,
    columns: Columns,
    /// Whose report it is.
    pub(super) platform: Kind,
}

/// How many lines are looked at for the head of the table.
const LOOKED_AT: usize = 200;

/// Finds the table of people in a file, if there is one.
pub(super) fn find(text: &str) -> Option<Found> {
    let end = text.match_indices('\n').nth(LOOKED_AT).map_or(text.len(), |(at, _)| at);
    let start = text.get(..end).unwrap_or(text);
    let signs = [b'\t', b',', b';'];
    let tables: Vec<(u8, Vec<Row>)> = signs
        .into_iter()
        .filter(|sign| start.contains(char::from(*sign)))
        .map(|sign| (sign, rows(start, sign)))
        .collect();
    for (delimiter, rows) in &tables {
        if let Some((row, mut columns)) = rows.iter().find_map(|row| Some((row, head(row)?))) {
            let platform = platform(row, &columns, *delimiter == b'\t');
            if platform == Kind::People {
                columns::roles(row, &mut columns);
            }
            return Some(Found {
                delimiter: *delimiter,
                line: row.line,
                columns,
                platform,
            });
        }
    }
    for (delimiter, rows) in &tables {
        for (at, row) in rows.iter().enumerate() {
            if let Some(columns) = shape(row, below(rows, at)) {
                let tabs = *delimiter == b'\t';
                return Some(Found {
                    delimiter: *delimiter,
                    line: row.line,
                    platform: if tabs { Kind::Teams } else { Kind::Zoom },
                    columns,
                });
            }
        }
    }
    None
}

/// The rows right below one, until the next section.
fn below(rows: &[Row], at: usize) -> &[Row] {
    let rest = rows.get(at + 1..).unwrap_or_default();
    let end = rest.iter().position(|row| filled(row) < 2).unwrap_or(rest.len());
    rest.get(..end.min(20)).unwrap_or_default()
}

fn filled(row: &Row) -> usize {
    row.cells.iter().filter(|cell| !cell.is_empty()).count()
}

/// What a file says of the meeting.
#[derive(Debug, Default)]
struct Facts {
    title: String,
    starts: Option<Stamp>,
    ends: Option<Stamp>,
}

/// Reads an attendance report.
///
/// # Errors
/// [`Error::Invalid`] where there is no table of people, or it is another platform's than said.
pub(super) fn attendance(text: &str, kind: Kind, given: &Given<'_>) -> Result<(Plan, Vec<Problem>)> {
    let Some(found) = find(text) else {
        return Err(Error::Invalid(format!(
            "it is not {kind}: no line names the columns of one, such as Name, Email and Join Time; nothing was imported"
        )));
    };
    if kind.is_attendance() && found.platform.is_attendance() && found.platform != kind {
        return Err(Error::Invalid(format!(
            "it is not {kind} but {}; nothing was imported. Leave --as out, or say so",
            found.platform
        )));
    }
    let mut reading = Reading {
        facts: Facts::default(),
        people: Gathered::new(
            match found.platform {
                Kind::Zoom => Brackets::Names,
                _ => Brackets::Groups,
            },
            found.platform == Kind::People,
        ),
        strange: Vec::new(),
        counts: Vec::new(),
        others: Vec::new(),
    };
    reading.walk(&rows(text, found.delimiter), &found);
    Ok(reading.plan(&found, given))
}

struct Reading {
    facts: Facts,
    people: Gathered,
    /// Rows that were not understood.
    strange: Vec<(u32, String)>,
    /// Rows that count what people did.
    counts: Vec<(u32, String)>,
    /// Other columns, each with its title and what stands in it.
    others: Vec<(u32, String, Vec<String>)>,
}

impl Reading {
    fn walk(&mut self, rows: &[Row], found: &Found) {
        let mut columns: Option<Columns> = None;
        // The table of people of a Teams report; those after it tell of the same people again.
        let mut tables = 0_usize;
        let mut preamble: Vec<&Row> = Vec::new();
        for (at, row) in rows.iter().enumerate() {
            if is_section(row) {
                columns = None;
                continue;
            }
            let named = if row.line == found.line {
                Some(found.columns.clone())
            } else if row.line < found.line {
                None
            } else {
                head(row).or_else(|| {
                    if columns.is_none() {
                        shape(row, below(rows, at))
                    } else {
                        None
                    }
                })
            };
            if let Some(named) = named {
                tables += 1;
                if tables == 1 {
                    self.preamble(&preamble);
                }
                if let Some(first) = rows.get(at + 1) {
                    self.columns_of_facts(row, first);
                }
                let titles = row.cells.iter().map(|title| (row.line, title.clone(), Vec::new()));
                self.others = titles.chain(std::mem::take(&mut self.others)).collect();
                columns = Some(named);
                continue;
            }
            match &columns {
                None if tables == 0 => preamble.push(row),
                // Counts of reactions and the like, in a section of their own.
                None if found.platform == Kind::Teams => self.counts.push((row.line, row.raw.clone())),
                None => self.strange.push((row.line, row.raw.clone())),
                Some(columns) => {
                    let again = tables > 1 && found.platform == Kind::Teams;
                    if again && !columns.contains(&Column::Join) {
                        self.counts.push((row.line, row.raw.clone()));
                    } else if !self.people.take(row, columns, again) {
                        self.strange.push((row.line, row.raw.clone()));
                    } else if found.platform != Kind::People {
                        self.rest(row, columns);
                    }
                }
            }
        }
    }

    /// What a row has in columns that are not known: kept as it is, by column.
    fn rest(&mut self, row: &Row, columns: &[Column]) {
        let who = name(row, columns);
        for (at, column) in columns.iter().enumerate() {
            let cell = row.cell(at);
            if *column == Column::Other
                && !cell.is_empty()
                && let Some((_, _, cells)) = self.others.get_mut(at)
            {
                cells.push(format!("{who}: {cell}"));
            }
        }
    }

    /// What stands above the table: keys with their values, or titles over a row of values.
    fn preamble(&mut self, rows: &[&Row]) {
        let mut before: Option<&Row> = None;
        for row in rows {
            let stamps: Vec<Stamp> = row.cells.iter().filter_map(|cell| stamp(cell)).collect();
            let pair = filled(row) == 2 && !row.cell(0).is_empty() && !row.cell(1).is_empty() && stamps.len() < 2;
            let texts = row
                .cells
                .iter()
                .skip(usize::from(pair))
                .filter(|cell| is_text(cell))
                .collect::<Vec<_>>();
            if pair || !stamps.is_empty() {
                let titled = before
                    .and_then(|titles| titles.cells.iter().position(|title| is_topic(title)))
                    .map(|at| row.cell(at).to_owned());
                if self.facts.title.is_empty()
                    && let Some(title) = titled.or_else(|| texts.first().map(|text| (*text).clone()))
                    && is_text(&title)
                    && !(pair && is_generated(row.cell(0)))
                {
                    self.facts.title = title;
                }
                if !(pair && is_generated(row.cell(0))) {
                    for stamp in stamps.into_iter().filter(Stamp::is_dated) {
                        if self.facts.starts.is_none() {
                            self.facts.starts = Some(stamp);
                        } else if self.facts.ends.is_none() {
                            self.facts.ends = Some(stamp);
                        }
                    }
                }
            }
            before = Some(row);
        }
    }

    /// Webex tells the meeting's facts in columns of their own.
    fn columns_of_facts(&mut self, titles: &Row, first: &Row) {
        for (at, title) in titles.cells.iter().enumerate() {
            let title = title.to_lowercase();
            let value = first.cell(at);
            if matches!(title.as_str(), "event name" | "meeting name" | "topic") && self.facts.title.is_empty() {
                value.clone_into(&mut self.facts.title);
            } else if matches!(title.as_str(), "event start time" | "meeting start time") && self.facts.starts.is_none()
            {
                self.facts.starts = stamp(value);
            } else if matches!(title.as_str(), "event end time" | "meeting end time") && self.facts.ends.is_none() {
                self.facts.ends = stamp(value);
            }
        }
    }

    fn plan(self, found: &Found, given: &Given<'_>) -> (Plan, Vec<Problem>) {
        let mut problems = Vec::new();
        let mut stamps: Vec<Stamp> = self.people.stamps();
        stamps.extend(self.facts.starts);
        stamps.extend(self.facts.ends);
        let local = given.starts.map(|at| match given.zone {
            Some(zone) => at.with_timezone(&zone).date_naive(),
            None => at.date_naive(),
        });
        let near = local.or_else(|| day_in(given.name));
        let usual = if found.platform == Kind::Zoom {
            Order::MonthFirst
        } else {
            Order::DayFirst
        };
        let (order, guessed) = order(&stamps, near, usual);
        let mut tell = |message: String| {
            problems.push(Problem {
                line: found.line,
                message,
            });
        };
        if guessed {
            let words = match order {
                Order::MonthFirst => "the month before the day",
                Order::DayFirst => "the day before the month",
            };
            tell(format!(
                "its dates can be read in two ways; they were read with {words}"
            ));
        }
        if given.zone.is_none() && stamps.iter().any(|stamp| !stamp.is_zoned()) {
            tell(
                "its times name no time zone, so that nobody's times were taken in; say which with --zone, as Europe/Rome"
                    .to_owned(),
            );
        } else if near.is_none() && stamps.iter().any(|stamp| !stamp.is_dated()) {
            tell(
                "its times name no day, so that nobody's times were taken in; say when it was with --starts".to_owned(),
            );
        }
        let at = |stamp: Stamp| stamp.at(order, given.zone, near);
        let mut meeting = Meeting::new(MeetingId(given.ids.fresh_id()));
        meeting.state = MeetingState::Ended;
        meeting.name.clone_from(&self.facts.title);
        meeting.starts = self.facts.starts.and_then(at);
        if let Some(zone) = given.zone {
            zone.name().clone_into(&mut meeting.zone);
        }
        if let (Some(from), to @ Some(_)) = (meeting.starts, self.facts.ends.and_then(at)) {
            meeting.live = vec![Span { from, to }];
        }
        let mut plan = Plan::new(meeting);
        plan.participants = self.people.participants(given.ids, &at, &mut problems);
        let when = plan.meeting.starts.unwrap_or_else(|| given.ids.now());
        for (line, raw) in &self.strange {
            problems.push(kept(&mut plan, raw, *line, when, given, "is no row of the table"));
        }
        for (line, title, cells) in self.others.iter().filter(|(_, _, cells)| !cells.is_empty()) {
            let text = format!("{title}: {}", cells.join("; "));
            problems.push(kept(&mut plan, &text, *line, when, given, "is no column that is known"));
        }
        if let Some((line, _)) = self.counts.first() {
            let rows: Vec<&str> = self.counts.iter().map(|(_, raw)| raw.as_str()).collect();
            kept(&mut plan, &rows.join("\n"), *line, when, given, "");
        }
        (plan, problems)
    }
}

/// `2. Participants`, `Panelist Details`: the title of a section.
fn is_section(row: &Row) -> bool {
    if filled(row) != 1 {
        return false;
    }
    let title = row.cell(0).to_lowercase();
    let numbered = title.split_once('.').is_some_and(|(number, rest)| {
        number.len() == 1 && number.bytes().all(|b| b.is_ascii_digit()) && rest.starts_with(' ')
    });
    numbered
        || [
            "host details",
            "panelist details",
            "attendee details",
            "attendee report",
            "other attended",
            "meeting summary",
            "participants",
        ]
        .contains(&title.trim_end_matches(':'))
}

fn is_text(cell: &str) -> bool {
    !cell.is_empty()
        && stamp(cell).is_none()
        && !is_duration(cell)
        && !cell.contains('@')
        && !cell.chars().all(|c| c.is_numeric() || c == ' ' || c == '-')
}

fn is_topic(title: &str) -> bool {
    let title = title.to_lowercase();
    [
        "topic",
        "meeting topic",
        "meeting title",
        "thema",
        "sujet",
        "tema",
        "argomento",
        "tópico",
        "onderwerp",
        "temat",
        "тема",
        "主题",
        "主題",
        "トピック",
        "주제",
    ]
    .contains(&title.as_str())
}

/// When the report itself was made.
fn is_generated(key: &str) -> bool {
    let key = key.to_lowercase();
    key.contains("generated") || key.contains("report") || key.contains("erstellt")
}

/// A day in a file's name: `Standup 2026-01-15.csv`.
fn day_in(name: &str) -> Option<NaiveDate> {
    let digits: Vec<(usize, char)> = name.char_indices().collect();
    (0..digits.len()).find_map(|at| {
        let part: String = digits.get(at..at + 10)?.iter().map(|(_, letter)| *letter).collect();
        if !part.starts_with(|letter: char| letter.is_ascii_digit()) {
            return None;
        }
        NaiveDate::parse_from_str(&part.replace('_', "-"), "%Y-%m-%d").ok()
    })
}

/// Reads an instant as the file's other times are read.
type At<'a> = dyn Fn(Stamp) -> Option<DateTime<Utc>> + 'a;

/// Whether a column is there.
fn cell<'a>(row: &'a Row, columns: &[Column], wanted: Column) -> &'a str {
    columns::place(columns, wanted).map_or("", |at| row.cell(at))
}

/// First and last name, where they stand apart.
fn name(row: &Row, columns: &[Column]) -> String {
    if let Some(at) = place(columns, Column::Name)
        && !row.cell(at).is_empty()
    {
        return row.cell(at).to_owned();
    }
    let (first, last) = (
        cell(row, columns, Column::FirstName),
        cell(row, columns, Column::LastName),
    );
    format!("{first} {last}").trim().to_owned()
}
