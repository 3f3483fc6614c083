//! What each line of a log does, by whoever typed it.

use std::collections::{BTreeMap, HashMap, HashSet};

use chrono::{DateTime, Utc};

use super::aliases::fold;
use super::bots::{Fact, addressed, fact, is_for_bots};
use super::days::time_of;
use super::mended::{Said as Line, may_mend};
use super::people::{People, is_bot, is_transcriber};
use super::rows::Form;
use super::scribes::{Scribes, scribe_line};
use super::script::{Entry, Habits, Step};
use super::stamp::date_in;
use super::votes::{Ballot, choice, is_vote};
use crate::capture::{Change, Command, Said, Speaker, parse};
use crate::model::Kind;

/// Lines that left no trace in the record, by why.
#[derive(Debug, Default)]
pub(super) struct LeftOut {
    pub(super) bots: Vec<u32>,
    pub(super) to_bots: Vec<u32>,
    /// Not left out: what they say is in the record otherwise.
    pub(super) spent: Vec<u32>,
}

pub(super) struct Draft<'a> {
    pub(super) people: People<'a>,
    pub(super) habits: Habits,
    pub(super) scribes: Scribes,
    pub(super) entries: Vec<Entry>,
    /// Whose last point or heading is which entry.
    pub(super) last: HashMap<String, usize>,
    /// Speakers in the scribes' lines who are nobody's names so far: as written, and how often.
    pub(super) spoken: BTreeMap<String, (String, usize)>,
    pub(super) left_out: LeftOut,
    pub(super) title: String,
    pub(super) recording_starts: Option<DateTime<Utc>>,
    /// Who has written in the chat so far.
    pub(super) seen: HashSet<String>,
    pub(super) ballot: Option<Ballot>,
    pub(super) form: Form,
    pub(super) times: &'a [Option<DateTime<Utc>>],
}

impl Draft<'_> {
    /// Takes up all who type, and all who are named in lists, before any line is read for its speaker.
    pub(super) fn everybody(&mut self, said: &[Line]) {
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

    pub(super) fn of_bot(&mut self, line: &Line, whole: &str) {
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
            Command::Date { text, when }
                if (when.is_some() || date_in(text).is_some()) && time_of(self.times, line.row).is_some() =>
            {
                return self.left_out.spent.push(line.line);
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

    pub(super) fn of_person(&mut self, line: &Line) {
        let is_scribe = self.scribes.has(&line.nick);
        // Whoever writes in the chat of a meeting is there.
        if self.habits.chat && !line.nick.is_empty() && self.seen.insert(fold(&line.nick)) {
            let names = vec![line.nick.clone()];
            let change = Change::Add;
            self.push(line, Step::Line(Command::Present { change, names }));
        }
        if line.literal {
            // Who tried to mend something did so on their own.
            return self.literal(line, is_scribe && !may_mend(&line.text));
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
        if recording_starts(words) {
            self.recording_starts = self.recording_starts.or(time_of(self.times, line.row));
            return self.left_out.spent.push(line.line);
        }
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
                // "Present: (no one)" names nobody, "present+" whoever types it.
                let nobody = change == Change::Set && names.is_empty();
                let names = if nobody { names } else { own(names) };
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
        // A program that writes down what is said is nobody's rapporteur.
        let listed: Vec<String> = nicks
            .into_iter()
            .filter(|nick| nick != "*" && !is_transcriber(nick) && !is_bot(nick))
            .collect();
        // Whoever wrote a part of it is a rapporteur of the whole.
        let change = Change::Add;
        if listed.is_empty() || is_over {
            return self.left_out.spent.push(line.line);
        }
        let step = Command::Scribe { change, names: listed };
        self.push(line, Step::Line(step));
    }

    /// A line as it stands.
    pub(super) fn literal(&mut self, line: &Line, is_scribe: bool) {
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
            // In a chat "@ann thank you" is said to Ann, not by her.
            Speaker::Candidate { text, at: true } if !is_named_before_colon(words, text) => Said {
                speaker: Speaker::Nobody,
                internal: said.internal,
                ..Said::literal(words)
            },
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

    pub(super) fn mine(&self, line: &Line) -> Speaker {
        if line.nick.is_empty() {
            return Speaker::Nobody;
        }
        Speaker::Candidate {
            text: line.nick.clone(),
            at: false,
        }
    }

    /// As it is: by its nick, or by nobody where the scribe wrote it or there is no nick.
    pub(super) fn say(&mut self, line: &Line, said: Said, is_scribe: bool) {
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

    pub(super) fn add_at(&mut self, line: &Line, mut said: Said) -> usize {
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
            self.left_out.spent.push(line.line);
        } else {
            self.literal(line, false);
        }
    }

    /// A speaker whom the scribe names again and again is somebody; a word before one colon may be none.
    pub(super) fn settle_speakers(&mut self) {
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

/// `@ann: text`
fn is_named_before_colon(words: &str, name: &str) -> bool {
    let rest = words.trim_start_matches('@').strip_prefix(name).unwrap_or_default();
    rest.trim_start().starts_with([':', '：'])
}

/// `recording is starting`
fn recording_starts(text: &str) -> bool {
    let small = text
        .trim_end_matches('.')
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
        .to_lowercase();
    ["recording is starting", "recording starts", "recording started"].contains(&small.as_str())
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
