//! Who scribes, line by line: what stands before a colon in their lines is a speaker.

use std::collections::HashSet;

use super::aliases::fold;
use super::mended::Said as Line;
use super::script::Habits;
use crate::capture::{Change, Command, parse};
use crate::import::Problem;

/// Whoever scribes, line by line.
#[derive(Debug, Default)]
pub(super) struct Scribes {
    current: HashSet<String>,
    all: bool,
}

impl Scribes {
    /// Those at the beginning: the first that are named, else whoever types most in a log that is scribed.
    pub(super) fn of(said: &[Line], habits: &Habits, problems: &mut Vec<Problem>) -> Self {
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
        // Where only one writes, what stands before colons is other people's.
        let is_scribed = nick.is_empty()
            || lines.len() == 1
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

    pub(super) fn change(&mut self, change: Change, nicks: &[String]) {
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

    pub(super) fn has(&self, nick: &str) -> bool {
        self.all || self.current.contains(&fold(nick))
    }
}

/// `scribe: nick = Real Name, nick`, `scribenick+ nick`, `scribe+`, `scribe- nick`, `scribe: *`: the nicks. A real name
/// alone says nothing about nicks.
pub(super) fn duty(text: &str, nick: &str) -> Option<(Change, Vec<String>)> {
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
pub(super) fn scribe_line(text: &str) -> Option<(Change, Vec<(String, String)>)> {
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
