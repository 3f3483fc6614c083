//! A log's rows → what its lines do, in the words of the line grammar, with their times and by whom.

use std::collections::{BTreeMap, HashMap, HashSet};

use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Tz;

use super::aliases::{Aliases, fold};
use super::bots::{Fact, addressed, begins_meeting, fact, is_for_bots};
use super::mended::{Said as Line, mend};
use super::people::{People, is_bot};
use super::rows::{Form, Rows, Sort, rows};
use super::stamp::{Clock, date_in};
use crate::capture::{Change, Command, Said, Speaker, parse};
use crate::env::Env;
use crate::import::Problem;
use crate::model::{Kind, Participant, ParticipantId};

/// What is known of a log beside its text.
#[derive(Debug)]
pub struct Options<'a> {
    /// The file's name: it may hold the day.
    pub name: &'a str,
    /// The zone of times that name none.
    pub zone: Tz,
    /// The day, where the log names none.
    pub day: Option<NaiveDate>,
    /// Who is behind the nicks.
    pub aliases: &'a Aliases,
    /// The source of ids.
    pub ids: &'a dyn Env,
}

/// A log, understood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Log {
    /// Its form.
    pub form: Form,
    /// The name of the meeting; empty where the log has none.
    pub title: String,
    /// When its first line was said.
    pub starts: Option<DateTime<Utc>>,
    /// When its last line was said.
    pub ends: Option<DateTime<Utc>>,
    /// When the recording began.
    pub recording_starts: Option<DateTime<Utc>>,
    /// Whoever it names. They are expected; its lines make them present.
    pub people: Vec<Participant>,
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

/// Reads a log.
#[must_use]
pub fn log(text: &str, options: &Options<'_>) -> (Log, Vec<Problem>) {
    let read = rows(text);
    let mut problems = Vec::new();
    let mut said = said_lines(&read);
    let bots = mark_bots(&mut said);
    let times = times(&read, &said, options);
    let habits = Habits::of(&said, read.form);
    mark_verbatim(&mut said);
    mend(&mut said);
    let scribes = Scribes::of(&said, &habits, &mut problems);
    let mut draft = Draft {
        people: People::new(options.aliases, options.ids),
        habits,
        scribes,
        entries: Vec::new(),
        last: HashMap::new(),
        spoken: BTreeMap::new(),
        left_out: LeftOut::default(),
        title: String::new(),
        recording_starts: None,
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
    let (starts, ends) = (begun.or_else(|| instants().next()), instants().next_back());
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
    let log = Log {
        form: read.form,
        title,
        starts,
        ends: ends.max(starts),
        recording_starts,
        people,
        names,
        entries,
        left_out,
        spent,
    };
    problems.sort_by_key(|problem| problem.line);
    (log, problems)
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

fn time_of(times: &[Option<DateTime<Utc>>], row: usize) -> Option<DateTime<Utc>> {
    times.get(row).copied().flatten()
}

/// The instant of each row.
fn times(read: &Rows, said: &[Line], options: &Options<'_>) -> Vec<Option<DateTime<Utc>>> {
    let mut clock = Clock::new(options.zone, day(read, said, options));
    let times = read.rows.iter().map(|row| {
        if let Some(day) = row.day {
            clock.set_day(day);
        }
        row.at.and_then(|at| clock.instant(&at))
    });
    times.collect()
}

/// The day on which a log begins: as it says itself, else as its name says.
fn day(read: &Rows, said: &[Line], options: &Options<'_>) -> Option<NaiveDate> {
    if let Some(day) = read
        .rows
        .iter()
        .find_map(|row| row.at.and_then(|at| at.date).or(row.day))
    {
        return Some(day);
    }
    let logged = |line: &Line| {
        let url = line.text.strip_prefix("logging to ")?;
        // …/2021/02/09-group-irc
        let mut parts = url.rsplit('/');
        let (last, month, year) = (parts.next()?, parts.next()?, parts.next()?);
        let day = last.split('-').next()?;
        NaiveDate::from_ymd_opt(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)
    };
    let started = |line: &Line| begins_meeting(&line.text).then(|| date_in(&line.text)).flatten();
    let dated = |line: &Line| match parse(&line.text).command {
        Command::Date { when: Some(when), .. } => Some(when.date),
        Command::Date { text, when: None } => date_in(&text),
        _ => None,
    };
    said.iter()
        .find_map(logged)
        .or_else(|| said.iter().find_map(started))
        .or_else(|| said.iter().find_map(dated))
        .or_else(|| date_in(&options.name.replace('_', " ")))
        .or_else(|| date_in_name(options.name))
        .or(options.day)
}

/// A day inside a name: `weekly-2024-02-20-irc.log`, `20240220.log`.
fn date_in_name(name: &str) -> Option<NaiveDate> {
    for (at, _) in name.char_indices() {
        let rest = name.get(at..)?;
        let begins = at == 0 || !name.get(..at)?.ends_with(|c: char| c.is_ascii_digit());
        if !begins || !rest.starts_with(|c: char| c.is_ascii_digit()) {
            continue;
        }
        if let Some(date) = rest.get(..10).and_then(date_in) {
            return Some(date);
        }
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        if digits == 8
            && let (Some(year), Some(month), Some(day)) = (rest.get(..4), rest.get(4..6), rest.get(6..8))
            && let (Ok(year), Ok(month), Ok(day)) = (year.parse::<i32>(), month.parse(), day.parse())
            && (1980..2200).contains(&year)
            && let Some(date) = NaiveDate::from_ymd_opt(year, month, day)
        {
            return Some(date);
        }
    }
    None
}

/// How the log is written.
#[derive(Debug, Default)]
struct Habits {
    /// MeetBot's, or a plain chat: everybody writes for themselves.
    chat: bool,
    /// Zakim announces the items: what is said to it about the agenda is done by its answer.
    announces: bool,
    /// A line of dashes goes before a heading.
    dash_topics: bool,
    /// A blank before the text goes on from the line before.
    space_goes_on: bool,
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

/// Whoever scribes, line by line.
#[derive(Debug, Default)]
struct Scribes {
    current: HashSet<String>,
    all: bool,
}

impl Scribes {
    /// Those at the beginning: the first that are named, else whoever types most in a log that is scribed.
    fn of(said: &[Line], habits: &Habits, problems: &mut Vec<Problem>) -> Self {
        let mut scribes = Self::default();
        let people = || said.iter().filter(|line| !line.gone && !line.literal && !line.bot);
        for line in people() {
            if let Some((change, nicks)) = duty(&line.text, &line.nick)
                && change != Change::Remove
            {
                scribes.change(change, &nicks);
                return scribes;
            }
        }
        if habits.chat {
            return scribes;
        }
        let mut lines: Vec<(&str, usize)> = Vec::new();
        for line in people() {
            match lines.iter_mut().find(|(nick, _)| *nick == line.nick) {
                Some((_, count)) => *count += 1,
                None => lines.push((&line.nick, 1)),
            }
        }
        // The first of those with most lines.
        let Some((nick, _)) = lines.iter().rev().max_by_key(|(_, count)| *count) else {
            return scribes;
        };
        let is_scribed = nick.is_empty()
            || people().any(|line| {
                let text = line.text.trim_start();
                let goes_on = line.nick == *nick && (text.starts_with("..") || text.starts_with('…'));
                goes_on
                    || said.iter().any(|line| line.bot)
                    || text.to_lowercase().starts_with("scribeoptions")
                    || matches!(parse(text).command, Command::Topic { .. })
            });
        if !is_scribed {
            return scribes;
        }
        if !nick.is_empty() {
            let first = people().find(|line| line.nick == *nick).map_or(1, |line| line.line);
            problems.push(Problem {
                line: first,
                message: format!(
                    "no scribe is named in the log: {nick}, who typed most, is taken for the scribe, so that what \
                     stands before a colon in these lines is a speaker"
                ),
            });
        }
        scribes.current.insert(fold(nick));
        scribes
    }

    fn change(&mut self, change: Change, nicks: &[String]) {
        if change == Change::Set {
            self.current.clear();
            self.all = false;
        }
        for nick in nicks {
            if nick == "*" {
                self.all = change != Change::Remove;
            } else if change == Change::Remove {
                self.current.remove(&fold(nick));
            } else {
                self.current.insert(fold(nick));
            }
        }
    }

    fn has(&self, nick: &str) -> bool {
        self.all || self.current.contains(&fold(nick))
    }
}

/// `scribe: nick = Real Name, nick`, `scribenick+ nick`, `scribe+`, `scribe- nick`, `scribe: *`: the nicks. A real name
/// alone says nothing about nicks.
fn duty(text: &str, nick: &str) -> Option<(Change, Vec<String>)> {
    let (change, names) = scribe_line(text)?;
    if names.is_empty() {
        return (change != Change::Set).then(|| (change, vec![nick.to_owned()]));
    }
    let nicks: Vec<String> = names
        .into_iter()
        .map(|(nick, _)| nick)
        .filter(|nick| !nick.contains(char::is_whitespace))
        .collect();
    (!nicks.is_empty()).then_some((change, nicks))
}

/// The nicks and real names of a line that says who scribes.
fn scribe_line(text: &str) -> Option<(Change, Vec<(String, String)>)> {
    let text = text.trim();
    let rest = ["scribenicks", "scribenick", "scribes", "scribe"]
        .iter()
        .find_map(|word| {
            let head = text.get(..word.len())?;
            let rest = text.get(word.len()..)?.trim_start();
            (head.eq_ignore_ascii_case(word) && rest.starts_with([':', '：', '=', '+', '-'])).then_some(rest)
        })?;
    let change = match rest.chars().next()? {
        '+' => Change::Add,
        '-' => Change::Remove,
        _ => Change::Set,
    };
    let list = rest.get(rest.chars().next()?.len_utf8()..)?.trim();
    let mut names = Vec::new();
    for part in list.split(',').map(str::trim).filter(|part| !part.is_empty()) {
        let (nick, name) = part.split_once(['=', '|', '/']).unwrap_or((part, ""));
        let (nick, name) = (nick.trim(), name.trim());
        // More words than a name has are speech.
        if nick.split_whitespace().count() > 4 || nick.is_empty() {
            return None;
        }
        names.push((nick.to_owned(), name.to_owned()));
    }
    Some((change, names))
}

/// Lines that left no trace in the record, by why.
#[derive(Debug, Default)]
struct LeftOut {
    bots: Vec<u32>,
    to_bots: Vec<u32>,
    /// Not left out: what they say is in the record otherwise.
    spent: Vec<u32>,
}

/// A vote under way.
#[derive(Debug)]
struct Ballot {
    question: String,
    options: Vec<String>,
    /// Who chose what, the last choice of each.
    votes: Vec<(String, usize)>,
    /// Begun by a command, so that only commands end it.
    formal: bool,
    line: u32,
    at: Option<DateTime<Utc>>,
}

struct Draft<'a> {
    people: People<'a>,
    habits: Habits,
    scribes: Scribes,
    entries: Vec<Entry>,
    /// Whose last point or heading is which entry.
    last: HashMap<String, usize>,
    /// Speakers in the scribes' lines who are nobody's names so far: as written, and how often.
    spoken: BTreeMap<String, (String, usize)>,
    left_out: LeftOut,
    title: String,
    recording_starts: Option<DateTime<Utc>>,
    ballot: Option<Ballot>,
    form: Form,
    times: &'a [Option<DateTime<Utc>>],
}

impl Draft<'_> {
    /// Takes up all who type, and all who are named in lists, before any line is read for its speaker.
    fn everybody(&mut self, said: &[Line]) {
        for line in said.iter().filter(|line| !line.bot && !line.nick.is_empty()) {
            self.people.register(&line.nick);
        }
        for line in said.iter().filter(|line| !line.gone && !line.literal) {
            if let Some((_, names)) = scribe_line(&line.text) {
                for (nick, name) in names {
                    self.name_of_nick(&nick, &name);
                }
                continue;
            }
            let command = if line.bot {
                match fact(&line.text) {
                    Fact::Command(command) => command,
                    Fact::Nothing => continue,
                }
            } else {
                people_line(&line.text).unwrap_or_else(|| parse(&line.text).command)
            };
            match command {
                Command::Present { names, .. } | Command::Regrets { names, .. } | Command::Chair { names, .. } => {
                    for name in names {
                        self.people.register(&name);
                    }
                }
                _ => {}
            }
        }
    }

    /// `scribe: foo = John Smith` says whose nick it is.
    fn name_of_nick(&mut self, nick: &str, name: &str) {
        if nick == "*" || nick.is_empty() {
            return;
        }
        let Some(id) = self.people.register(nick) else { return };
        if name.is_empty() {
            return;
        }
        if self.people.find(name).is_none()
            && let Some(person) = self.people.list.iter_mut().find(|person| person.id == id)
            && fold(&person.name) == fold(nick)
        {
            person.aliases.push(person.name.clone());
            person.aliases.dedup();
            name.trim_end_matches('.').clone_into(&mut person.name);
            self.people.adopt(name);
        }
    }

    fn push(&mut self, line: &Line, step: Step) -> usize {
        self.entries.push(Entry {
            line: line.line,
            at: time_of(self.times, line.row),
            raw: line.raw.clone(),
            step,
            follows: None,
        });
        self.entries.len() - 1
    }

    fn of_bot(&mut self, line: &Line, whole: &str) {
        match fact(whole) {
            Fact::Command(command) => self.of_all(line, command),
            Fact::Nothing => self.left_out.bots.push(line.line),
        }
    }

    /// A command that does not depend on who gives it.
    fn of_all(&mut self, line: &Line, command: Command) {
        match &command {
            Command::MeetingName { name } if self.title.is_empty() => self.title.clone_from(name),
            Command::Start { name: Some(name) } if self.title.is_empty() => self.title.clone_from(name),
            // The day of the lines says it already.
            Command::Date { text, when } if when.is_some() || date_in(text).is_some() => {
                if time_of(self.times, line.row).is_some() {
                    return self.left_out.spent.push(line.line);
                }
            }
            Command::Topic { .. } | Command::Subtopic { .. } => self.end_ballot(None),
            _ => {}
        }
        let heads = matches!(command, Command::Topic { .. } | Command::Subtopic { .. });
        let place = self.push(line, Step::Line(command));
        if heads {
            self.last.insert(fold(&line.nick), place);
        }
    }

    fn of_person(&mut self, line: &Line) {
        let is_scribe = self.scribes.has(&line.nick);
        if line.literal {
            let is_mending = !matches!(parse(&line.text).command, Command::Point(_) | Command::Blank);
            // Who tried to mend something did so on their own.
            return self.literal(line, is_scribe && !is_mending);
        }
        let text = line.text.trim();
        if self.habits.dash_topics && is_scribe && text.chars().all(|c| c == '-') {
            self.left_out.spent.push(line.line);
            self.last.insert(DASHES.to_owned(), self.entries.len());
            return;
        }
        if self.last.get(DASHES) == Some(&self.entries.len()) && self.habits.dash_topics {
            self.last.remove(DASHES);
            let title = text.to_owned();
            return self.of_all(line, Command::Topic { title });
        }
        if let Some((change, names)) = scribe_line(text) {
            return self.scribe_changes(line, change, &names);
        }
        let words = match addressed(text) {
            Some(words) if !matches!(parse(words).command, Command::Point(_) | Command::Blank) => text,
            Some(_) => return self.left_out.to_bots.push(line.line),
            None => text,
        };
        if is_for_bots(words) {
            return self.left_out.to_bots.push(line.line);
        }
        if self.vote(line, words) {
            return;
        }
        let command = people_line(words).unwrap_or_else(|| parse(words).command);
        self.command(line, words, command, is_scribe);
    }

    fn command(&mut self, line: &Line, words: &str, command: Command, is_scribe: bool) {
        let me = || vec![line.nick.clone()];
        let own = |names: Vec<String>| -> Vec<String> {
            if names.is_empty() {
                return me();
            }
            let is_me = |name: &str| name.eq_ignore_ascii_case("me") || name.eq_ignore_ascii_case("myself");
            names
                .into_iter()
                .map(|name| if is_me(&name) { line.nick.clone() } else { name })
                .collect()
        };
        match command {
            Command::Blank => {}
            Command::Point(said) => self.point(line, words, said, is_scribe),
            Command::Present { change, names } => {
                let names = own(names);
                self.push(line, Step::Line(Command::Present { change, names }));
            }
            Command::Regrets { change, names } => {
                let names = own(names);
                self.push(line, Step::Line(Command::Regrets { change, names }));
            }
            Command::Chair { change, names } => {
                let names = own(names);
                for name in &names {
                    self.people.register(name);
                }
                self.push(line, Step::Line(Command::Chair { change, names }));
            }
            Command::Ask {
                names,
                kind,
                reason,
                front,
            } => {
                let known = names.iter().all(|name| self.is_queued(name));
                let (names, reason) = match known {
                    true => (own(names), reason),
                    // "q+ I agree": words, not names.
                    false => (me(), words.get(2..).unwrap_or_default().trim().to_owned()),
                };
                let step = Command::Ask {
                    names,
                    kind,
                    reason,
                    front,
                };
                self.push(line, Step::Line(step));
            }
            Command::Later { names } => {
                let names = own(names);
                self.push(line, Step::Line(Command::Later { names }));
            }
            Command::Withdraw { names } => {
                let names = own(names.into_iter().filter(|name| self.is_queued(name)).collect());
                self.push(line, Step::Line(Command::Withdraw { names }));
            }
            Command::SetQueue { names } => {
                for name in &names {
                    self.people.register(name);
                }
                self.push(line, Step::Line(Command::SetQueue { names }));
            }
            Command::Acknowledge { name: Some(name) } => {
                let names = own(vec![name]);
                let known = names.iter().all(|name| self.is_queued(name));
                if !known {
                    return self.literal(line, is_scribe);
                }
                let name = names.into_iter().next();
                self.push(line, Step::Line(Command::Acknowledge { name }));
            }
            Command::Undo => self.undo(line),
            Command::Next
            | Command::Skip
            | Command::Take { .. }
            | Command::Close { .. }
            | Command::AgendaRemove { .. }
            | Command::AgendaRename { .. }
                if self.habits.announces =>
            {
                self.left_out.to_bots.push(line.line);
            }
            other => self.of_all(line, other),
        }
    }

    /// Whether a name in the queue is somebody's: known, or one word that may be a nick.
    fn is_queued(&mut self, name: &str) -> bool {
        if name.eq_ignore_ascii_case("me") || self.people.adopt(name) {
            return true;
        }
        let one = !name.contains(char::is_whitespace) && name.chars().count() > 1;
        one && self.people.register(name).is_some()
    }

    fn scribe_changes(&mut self, line: &Line, change: Change, names: &[(String, String)]) {
        let nicks: Vec<String> = match (names.is_empty(), change) {
            (true, Change::Set) => return self.literal(line, self.scribes.has(&line.nick)),
            (true, _) => vec![line.nick.clone()],
            (false, _) => names.iter().map(|(nick, _)| nick.clone()).collect(),
        };
        let one_word: Vec<String> = nicks
            .iter()
            .filter(|nick| !nick.contains(char::is_whitespace))
            .cloned()
            .collect();
        if !one_word.is_empty() {
            self.scribes.change(change, &one_word);
        }
        let is_over = change == Change::Remove;
        let listed: Vec<String> = nicks.into_iter().filter(|nick| nick != "*").collect();
        // Whoever wrote a part of it is a rapporteur of the whole.
        let change = Change::Add;
        if listed.is_empty() || is_over {
            return self.left_out.spent.push(line.line);
        }
        let step = Command::Scribe { change, names: listed };
        self.push(line, Step::Line(step));
    }

    /// A line as it stands.
    fn literal(&mut self, line: &Line, is_scribe: bool) {
        let said = Said::literal(line.text.trim());
        self.say(line, said, is_scribe);
    }

    fn point(&mut self, line: &Line, words: &str, said: Said, is_scribe: bool) {
        if is_scribe {
            self.scribed(line, words, said);
        } else {
            self.own(line, words, said);
        }
    }

    /// A line by somebody who does not scribe: their own remark, whole, unless it is of a kind or goes on.
    fn own(&mut self, line: &Line, words: &str, said: Said) {
        let mine = Speaker::Candidate {
            text: line.nick.clone(),
            at: false,
        };
        if said.continues && !line.nick.is_empty() {
            return self.go_on(line, said, false);
        }
        let said = match &said.speaker {
            Speaker::Floor => Said { speaker: mine, ..said },
            // Decisions and actions are the meeting's.
            Speaker::Nobody if said.kind != Kind::Remark => said,
            _ => Said {
                speaker: mine,
                internal: said.internal,
                ..Said::literal(words)
            },
        };
        self.add(line, said);
    }

    /// A line by the scribe: somebody's words, or a summary.
    fn scribed(&mut self, line: &Line, words: &str, said: Said) {
        // `<nick> text`: the scribe's own remark, so is a vote.
        if let Some(text) = own_remark(words, &line.nick) {
            let mine = Said {
                speaker: self.mine(line),
                ..Said::literal(text)
            };
            return self.add(line, mine);
        }
        if is_vote(words) {
            let mine = Said {
                speaker: self.mine(line),
                ..Said::literal(words)
            };
            return self.add(line, mine);
        }
        let spaced = self.habits.space_goes_on && line.text.starts_with([' ', '\t']);
        let dots = words.trim_start_matches('.');
        let dotted = words.len() >= dots.len() + 2 && words.len() <= dots.len() + 3 && !dots.trim().is_empty();
        if said.continues || spaced || dotted {
            let text = if said.continues {
                said.text.clone()
            } else {
                dots.trim().to_owned()
            };
            return self.go_on(
                line,
                Said {
                    continues: true,
                    speaker: Speaker::Continues,
                    internal: said.internal,
                    ..Said::literal(&text)
                },
                true,
            );
        }
        if matches!(said.speaker, Speaker::Floor | Speaker::Candidate { .. })
            && let Some((name, text)) = self.people.speaker(words)
        {
            // What follows the name may be of a kind.
            let inner = match parse(text).command {
                Command::Point(inner) if inner.kind != Kind::Remark && !inner.continues => inner,
                _ => Said::literal(text),
            };
            let speaker = Speaker::Candidate {
                text: name.to_owned(),
                at: false,
            };
            return self.add(line, Said { speaker, ..inner });
        }
        let said = match &said.speaker {
            Speaker::Candidate { text, .. } => {
                if !self.people.adopt(text) {
                    let known = self.spoken.entry(fold(text)).or_insert_with(|| (text.clone(), 0));
                    known.1 += 1;
                }
                said
            }
            Speaker::Floor => Said {
                speaker: Speaker::Nobody,
                ..said
            },
            _ => said,
        };
        self.add(line, said);
    }

    fn mine(&self, line: &Line) -> Speaker {
        if line.nick.is_empty() {
            return Speaker::Nobody;
        }
        Speaker::Candidate {
            text: line.nick.clone(),
            at: false,
        }
    }

    /// As it is: by its nick, or by nobody where the scribe wrote it or there is no nick.
    fn say(&mut self, line: &Line, said: Said, is_scribe: bool) {
        let speaker = if is_scribe { Speaker::Nobody } else { self.mine(line) };
        self.add(line, Said { speaker, ..said });
    }

    /// Goes on from the same nick's last line.
    fn go_on(&mut self, line: &Line, said: Said, is_scribe: bool) {
        let last = self.last.get(&fold(&line.nick)).copied();
        let before = last.and_then(|last| self.entries.get_mut(last));
        match before.map(|entry| &mut entry.step) {
            Some(Step::Line(Command::Point(_))) => {
                let place = self.add_at(line, said);
                if let Some(entry) = self.entries.get_mut(place) {
                    entry.follows = last;
                }
            }
            _ => {
                // Nothing to go on from: a heading is no speech.
                let speaker = if is_scribe { Speaker::Nobody } else { self.mine(line) };
                self.add(
                    line,
                    Said {
                        continues: false,
                        speaker,
                        ..said
                    },
                );
            }
        }
    }

    fn add(&mut self, line: &Line, said: Said) {
        let kind = said.kind.clone();
        let text = said.text.clone();
        if kind == Kind::Decision {
            self.end_ballot(Some(&text));
        }
        self.add_at(line, said);
        if kind == Kind::Proposal {
            self.end_ballot(None);
            self.ballot = Some(Ballot {
                question: text,
                options: vec!["+1".to_owned(), "0".to_owned(), "-1".to_owned()],
                votes: Vec::new(),
                formal: false,
                line: line.line,
                at: time_of(self.times, line.row),
            });
        }
    }

    fn add_at(&mut self, line: &Line, mut said: Said) -> usize {
        said.internal |= line.private;
        if let Some(ballot) = &mut self.ballot
            && !ballot.formal
            && let Some(choice) = choice(&said.text)
        {
            let voter = match &said.speaker {
                Speaker::Candidate { text, .. } => text.clone(),
                _ => line.nick.clone(),
            };
            ballot.votes.retain(|(who, _)| *who != voter);
            ballot.votes.push((voter, choice));
        }
        let apart = stands_apart(&said.text) || line.literal;
        let place = self.push(line, Step::Line(Command::Point(said)));
        if !apart {
            self.last.insert(fold(&line.nick), place);
        }
        place
    }

    /// MeetBot's `#startvote`, `#vote`, `#endvote`; answers whether the line was one. The first two stay in the record as
    /// points as well.
    fn vote(&mut self, line: &Line, words: &str) -> bool {
        let Some(rest) = words.strip_prefix(['#', '^', '!']) else {
            return false;
        };
        let (word, rest) = rest.split_once(char::is_whitespace).unwrap_or((rest, ""));
        let rest = rest.trim();
        match word.to_lowercase().as_str() {
            "startvote" if !rest.is_empty() => {
                self.end_ballot(None);
                let (question, choices) = rest.rsplit_once('?').unwrap_or((rest, ""));
                let mut options: Vec<String> = choices
                    .split([',', ' '])
                    .map(str::trim)
                    .filter(|choice| !choice.is_empty())
                    .map(str::to_owned)
                    .collect();
                if options.is_empty() {
                    options = vec!["Yes".to_owned(), "No".to_owned()];
                }
                let asked = Said {
                    kind: Kind::Question,
                    speaker: self.mine(line),
                    ..Said::literal(rest)
                };
                self.add_at(line, asked);
                self.ballot = Some(Ballot {
                    question: format!("{}?", question.trim()),
                    options,
                    votes: Vec::new(),
                    formal: true,
                    line: line.line,
                    at: time_of(self.times, line.row),
                });
                true
            }
            "vote" if !rest.is_empty() => {
                if let Some(ballot) = &mut self.ballot {
                    let found = ballot
                        .options
                        .iter()
                        .position(|option| option.eq_ignore_ascii_case(rest));
                    if let Some(found) = found.or_else(|| choice(rest).filter(|_| !ballot.formal)) {
                        ballot.votes.retain(|(who, _)| *who != line.nick);
                        ballot.votes.push((line.nick.clone(), found));
                    }
                }
                let mine = Said {
                    speaker: self.mine(line),
                    ..Said::literal(words)
                };
                self.add_at(line, mine);
                true
            }
            "endvote" | "close" if rest.is_empty() => {
                self.end_ballot(None);
                self.left_out.spent.push(line.line);
                true
            }
            "showvote" => {
                self.left_out.to_bots.push(line.line);
                true
            }
            _ => false,
        }
    }

    /// Counts the vote under way, if anybody voted.
    fn end_ballot(&mut self, outcome: Option<&str>) {
        let Some(ballot) = self.ballot.take() else { return };
        if ballot.votes.is_empty() {
            return;
        }
        let counts = (0..ballot.options.len())
            .map(|option| ballot.votes.iter().filter(|(_, vote)| *vote == option).count())
            .collect();
        self.entries.push(Entry {
            line: ballot.line,
            at: ballot.at,
            raw: String::new(),
            step: Step::Vote {
                question: ballot.question,
                options: ballot.options,
                counts,
                outcome: outcome.unwrap_or_default().to_owned(),
            },
            follows: None,
        });
    }

    /// `#undo` takes the last command of MeetBot back: its words stay as they were typed.
    fn undo(&mut self, line: &Line) {
        let is_command = |entry: &&mut Entry| entry.raw.trim_start().starts_with(['#', '^', '!']);
        let last = self.entries.iter_mut().rev().find(is_command);
        if let Some(entry) = last
            && matches!(
                &entry.step,
                Step::Line(Command::Point(_) | Command::Topic { .. } | Command::Subtopic { .. })
            )
        {
            let said = Said {
                speaker: Speaker::Nobody,
                ..Said::literal(entry.raw.trim())
            };
            entry.step = Step::Line(Command::Point(said));
        } else {
            self.literal(line, false);
        }
    }

    /// A speaker whom the scribe names again and again is somebody; a word before one colon may be none.
    fn settle_speakers(&mut self) {
        let often: Vec<String> = self
            .spoken
            .values()
            .filter(|(_, count)| *count > 1 || self.form == Form::Plain)
            .map(|(name, _)| name.clone())
            .collect();
        for name in often {
            self.people.register(&name);
        }
    }
}

/// The mark of a line of dashes in [`Draft::last`]; no nick begins with a blank.
const DASHES: &str = " -";

/// `present+ a, b` with names that a typist would not write so: everything between the commas is one.
fn people_line(text: &str) -> Option<Command> {
    let small = text.to_lowercase();
    let (word, set) = [("present", 0), ("regrets", 1)]
        .into_iter()
        .find(|(word, _)| small.starts_with(word))?;
    let rest = text.get(word.len()..)?.trim_start();
    let change = match rest.chars().next()? {
        '+' => Change::Add,
        '-' if rest.len() == 1 || rest.starts_with("- ") => Change::Remove,
        ':' | '：' | '=' => Change::Set,
        _ => return None,
    };
    let list = rest.get(rest.chars().next()?.len_utf8()..)?;
    let mut names: Vec<String> = Vec::new();
    for part in list.split([',', ';']) {
        let name = part.trim();
        if !name.is_empty() {
            names.push(name.to_owned());
        }
    }
    // What is longer than any name is speech: "Present: we all know what that means here, do we not".
    if names.iter().any(|name| name.split_whitespace().count() > 6) || change == Change::Set && names.is_empty() {
        return None;
    }
    if names.iter().any(|name| name == "(no one)") {
        names.clear();
    }
    Some(match set {
        0 => Command::Present { change, names },
        _ => Command::Regrets { change, names },
    })
}

/// Links, slides and anchors between a speech and what goes on from it.
fn stands_apart(text: &str) -> bool {
    let small = text.get(..16).unwrap_or(text).to_lowercase();
    text.starts_with("->") || small.starts_with("[slide ") || small.starts_with("namedanchorhere")
}

/// `<nick> text` inside a scribe's line.
fn own_remark<'a>(text: &'a str, nick: &str) -> Option<&'a str> {
    let (inside, rest) = text.strip_prefix('<')?.split_once('>')?;
    let rest = rest.trim();
    (fold(inside) == fold(nick) && !rest.is_empty()).then_some(rest)
}

/// `+1`, `-1`, `0`, `+100! if …`: a vote, not a summary.
fn is_vote(text: &str) -> bool {
    choice(text).is_some() || {
        let digits = text.strip_prefix(['+', '-']).unwrap_or_default();
        digits.starts_with(|c: char| c.is_ascii_digit())
    }
}

/// Which of +1, 0 and -1 a line votes for.
fn choice(text: &str) -> Option<usize> {
    let word = text
        .split(|c: char| c.is_whitespace() || matches!(c, ',' | '.' | ';' | '!' | '('))
        .next()?;
    match word {
        "+1" => Some(0),
        "0" | "+0" | "-0" | "±0" => Some(1),
        "-1" | "−1" | "–1" => Some(2),
        _ => None,
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
            message:
                "the log does not say its day; its times were not taken over. Write a line \"Date: …\" into it, or \
                      put the day into its name"
                    .to_owned(),
        });
    }
}
