//! A log's rows → what its lines do, in the words of the line grammar, with their times and by whom.

use std::collections::{BTreeMap, HashMap, HashSet};

use chrono::{DateTime, Utc};

use super::aliases::{Aliases, fold};
use super::bots::begins_meeting;
use super::days::{time_of, times};
use super::draft::{Draft, LeftOut};
use super::mended::{Said as Line, mend};
use super::people::{People, is_bot};
use super::rows::{Form, Rows, Sort, rows};
use super::scribes::Scribes;
use crate::capture::Command;
use crate::import::{Given, Plan, Problem};
use crate::model::text::clean_line;
use crate::model::{Meeting, MeetingId, MeetingState, ParticipantId};

/// A log, understood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Log {
    /// The file's name.
    pub name: String,
    /// Its form.
    pub form: Form,
    /// When its first line was said.
    pub starts: Option<DateTime<Utc>>,
    /// When its last line was said.
    pub ends: Option<DateTime<Utc>>,
    /// Names and nicks in small letters, and whose they are.
    pub names: HashMap<String, ParticipantId>,
    /// What its lines do, in order.
    pub entries: Vec<Entry>,
    /// Lines left out, as is told: programs' chatter and what is said to programs.
    pub left_out: Vec<u32>,
    /// Lines that are neither in the record nor left out: they mended others, were mended away, or say what the record
    /// has from elsewhere (the day).
    pub spent: Vec<u32>,
}

/// What one line does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Line in the file, from 1.
    pub line: u32,
    /// When.
    pub at: Option<DateTime<Utc>>,
    /// The line as it stands in the file, without time and nick.
    pub raw: String,
    /// What it does.
    pub step: Step,
    /// Place among the entries of the point that this one goes on from.
    pub follows: Option<usize>,
}

/// What is done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// A command of the grammar, with its speaker and names as [`Log::names`] has them.
    Line(Command),
    /// A vote that was held.
    Vote {
        /// The question.
        question: String,
        /// The choices.
        options: Vec<String>,
        /// How many chose each.
        counts: Vec<usize>,
        /// What came of it.
        outcome: String,
    },
}

impl Log {
    /// Whose a name is.
    #[must_use]
    pub fn who(&self, name: &str) -> Option<ParticipantId> {
        self.names.get(&fold(name.trim().trim_start_matches('@'))).copied()
    }
}

/// Reads a log: its people and facts, and its lines to be carried out.
#[must_use]
pub fn plan(text: &str, given: &Given<'_>) -> (Plan, Vec<Problem>) {
    let read = rows(text);
    let mut problems = Vec::new();
    let mut said = said_lines(&read);
    let bots = mark_bots(&mut said);
    let times = times(&read, &said, given);
    let habits = Habits::of(&said, read.form);
    mark_verbatim(&mut said);
    mend(&mut said);
    let scribes = Scribes::of(&said, &habits, &mut problems);
    let nobody = Aliases::default();
    let mut draft = Draft {
        people: People::new(given.aliases.unwrap_or(&nobody), given.ids),
        habits,
        scribes,
        entries: Vec::new(),
        last: HashMap::new(),
        spoken: BTreeMap::new(),
        left_out: LeftOut::default(),
        title: String::new(),
        recording_starts: None,
        seen: HashSet::new(),
        ballot: None,
        form: read.form,
        times: &times,
    };
    draft.everybody(&said);
    let mut at = 0;
    while let Some(line) = said.get(at) {
        at += 1;
        if line.gone {
            continue;
        }
        if line.bot {
            // A long remark of a program goes on in further lines.
            let mut whole = line.text.trim().to_owned();
            while let Some(next) = said.get(at)
                && next.bot
                && next.nick == line.nick
                && let Some(rest) = next.text.trim().strip_prefix("...")
            {
                whole.push(' ');
                whole.push_str(rest.trim());
                draft.left_out.spent.push(next.line);
                at += 1;
            }
            draft.of_bot(line, &whole);
            continue;
        }
        draft.of_person(line);
    }
    draft.end_ballot(None);
    draft.settle_speakers();
    told(&read, &bots, &draft.left_out, &times, &mut problems);
    let instants = || {
        said.iter()
            .filter(|line| !line.bot)
            .filter_map(|line| time_of(&times, line.row))
    };
    let begun = draft
        .entries
        .iter()
        .find(|entry| matches!(entry.step, Step::Line(Command::Start { .. })))
        .and_then(|entry| entry.at);
    let instants: Vec<DateTime<Utc>> = instants().collect();
    let (starts, ends) = (begun.or_else(|| first_of(&instants)), instants.last().copied());
    let mut spent: Vec<u32> = said.iter().filter(|line| line.gone).map(|line| line.line).collect();
    spent.append(&mut draft.left_out.spent);
    let mut left_out = std::mem::take(&mut draft.left_out.bots);
    left_out.append(&mut draft.left_out.to_bots);
    let Draft {
        people,
        entries,
        title,
        recording_starts,
        ..
    } = draft;
    let (people, names) = people.names();
    let ends = ends.max(starts);
    let mut meeting = Meeting::new(MeetingId(given.ids.fresh_id()));
    meeting.state = MeetingState::Ended;
    meeting.body = clean_line(if title.is_empty() { stem(given.name) } else { &title });
    meeting.starts = starts;
    meeting.recording_starts = recording_starts;
    if let Some(zone) = given.zone {
        zone.name().clone_into(&mut meeting.zone);
    }
    problems.sort_by_key(|problem| problem.line);
    let plan = Plan {
        participants: people,
        log: Some(Log {
            name: given.name.to_owned(),
            form: read.form,
            starts,
            ends,
            names,
            entries,
            left_out,
            spent,
        }),
        ..Plan::new(meeting)
    };
    (plan, problems)
}

/// A pause longer than this, in hours, parts what was written in advance (the agenda, say) from the meeting.
const IN_ADVANCE: i64 = 3;

/// When the meeting began: at the first line that was not written long before the others.
fn first_of(instants: &[DateTime<Utc>]) -> Option<DateTime<Utc>> {
    let few = instants.len() / 10;
    let pairs = instants.iter().zip(instants.iter().skip(1)).take(few);
    let later = pairs.filter(|(before, after)| (**after - **before).num_hours() >= IN_ADVANCE);
    later
        .map(|(_, after)| *after)
        .last()
        .or_else(|| instants.first().copied())
}

/// A file's name without its ending.
fn stem(name: &str) -> &str {
    match name.rsplit_once('.') {
        Some((stem, ending)) if !stem.is_empty() && ending.len() <= 4 => stem,
        _ => name,
    }
}

fn said_lines(read: &Rows) -> Vec<Line> {
    let lines = read.rows.iter().enumerate();
    lines
        .filter(|(_, row)| matches!(row.sort, Sort::Said | Sort::Bare) && !row.text.trim().is_empty())
        .map(|(place, row)| Line {
            line: row.line,
            row: place,
            nick: row.nick.clone(),
            text: row.text.clone(),
            raw: row.text.clone(),
            private: row.private,
            gone: false,
            literal: row.sort == Sort::Bare,
            bot: false,
        })
        .collect()
}

/// Marks the lines of programs; answers with their names. A program that scribes is no such.
fn mark_bots(said: &mut [Line]) -> Vec<String> {
    let mut bots: Vec<String> = Vec::new();
    for line in said.iter() {
        let is = is_bot(&line.nick) || begins_meeting(&line.text) && !line.text.starts_with('#');
        if is && !bots.contains(&line.nick) && !line.nick.is_empty() {
            bots.push(line.nick.clone());
        }
    }
    for line in said.iter_mut() {
        line.bot = bots.contains(&line.nick);
    }
    bots
}

/// How the log is written.
#[derive(Debug, Default)]
pub(super) struct Habits {
    /// MeetBot's, or a plain chat: everybody writes for themselves.
    pub(super) chat: bool,
    /// Zakim announces the items: what is said to it about the agenda is done by its answer.
    pub(super) announces: bool,
    /// A line of dashes goes before a heading.
    pub(super) dash_topics: bool,
    /// A blank before the text goes on from the line before.
    pub(super) space_goes_on: bool,
}

impl Habits {
    fn of(said: &[Line], form: Form) -> Self {
        let option = |word: &str| {
            said.iter().any(|line| {
                let small = line.text.trim_start().to_lowercase();
                small.starts_with("scribeoptions") && small.contains(word)
            })
        };
        let starts = |line: &Line| {
            let small = line.text.to_lowercase();
            small.starts_with("#startmeeting") || small.starts_with("!startmeeting")
        };
        Self {
            chat: form == Form::Zoom || said.iter().any(starts),
            announces: said
                .iter()
                .any(|line| line.bot && line.text.starts_with("agendum ") && line.text.contains("taken up")),
            dash_topics: option("-dashtopics"),
            space_goes_on: option("-allowspacecont"),
        }
    }
}

/// Marks what stands between `[[` and `]]` or between lines of three backquotes, by the same nick: it is as it stands.
fn mark_verbatim(said: &mut [Line]) {
    let mut open: HashMap<String, &str> = HashMap::new();
    for line in said.iter_mut().filter(|line| !line.bot && !line.literal) {
        let text = line.text.trim();
        match open.get(line.nick.as_str()) {
            Some(end) => {
                line.literal = true;
                if text == *end {
                    open.remove(&line.nick);
                }
            }
            None => {
                let end = match text {
                    "[[" => "]]",
                    "```" => "```",
                    _ => continue,
                };
                line.literal = true;
                open.insert(line.nick.clone(), end);
            }
        }
    }
}

/// Says what is not in the record as a point or a fact.
fn told(
    read: &Rows,
    bots: &[String],
    left_out: &LeftOut,
    times: &[Option<DateTime<Utc>>],
    problems: &mut Vec<Problem>,
) {
    let mut tell = |lines: &[u32], what: String| {
        if let Some(first) = lines.first() {
            problems.push(Problem {
                line: *first,
                message: what,
            });
        }
    };
    let of = |sorts: &[Sort]| -> Vec<u32> {
        let rows = read.rows.iter().filter(|row| sorts.contains(&row.sort));
        rows.map(|row| row.line).collect()
    };
    let count = |lines: &[u32]| match lines.len() {
        1 => "this line".to_owned(),
        many => format!("{many} lines from here on"),
    };
    let moves = of(&[Sort::Joined, Sort::Left, Sort::Other]);
    tell(
        &moves,
        format!(
            "{} on who came and went in the channel, and other remarks of its program: left out",
            count(&moves)
        ),
    );
    let emotes = of(&[Sort::Emote]);
    tell(
        &emotes,
        format!("{} on what somebody does (/me): left out", count(&emotes)),
    );
    tell(
        &left_out.bots,
        format!(
            "{} by programs ({}): left out but for the facts in them",
            count(&left_out.bots),
            bots.join(", ")
        ),
    );
    tell(
        &left_out.to_bots,
        format!("{} to programs: left out", count(&left_out.to_bots)),
    );
    for row in read.rows.iter().filter(|row| row.sort == Sort::Bare) {
        problems.push(Problem {
            line: row.line,
            message: "this is no line of the log; it was kept as a point, word for word".to_owned(),
        });
    }
    let has_times = read.rows.iter().any(|row| row.at.is_some());
    if has_times && times.iter().all(Option::is_none) {
        problems.push(Problem {
            line: 1,
            message: "the log does not say its day; its times were not taken over. Put the day into the file's name, or a line \
                      \"Date: …\" into it"
                .to_owned(),
        });
    }
}
