//! Votes: MeetBot's, and those that follow a proposal.

use chrono::{DateTime, Utc};

use super::days::time_of;
use super::draft::Draft;
use super::mended::Said as Line;
use super::script::{Entry, Step};
use crate::capture::Said;
use crate::model::Kind;

/// A vote under way.
#[derive(Debug)]
pub(super) struct Ballot {
    pub(super) question: String,
    pub(super) options: Vec<String>,
    /// Who chose what, the last choice of each.
    pub(super) votes: Vec<(String, usize)>,
    /// Begun by a command, so that only commands end it.
    pub(super) formal: bool,
    pub(super) line: u32,
    pub(super) at: Option<DateTime<Utc>>,
}

impl Draft<'_> {
    /// MeetBot's `#startvote`, `#vote`, `#endvote`; answers whether the line was one. The first two stay in the record as
    /// points as well.
    pub(super) fn vote(&mut self, line: &Line, words: &str) -> bool {
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
    pub(super) fn end_ballot(&mut self, outcome: Option<&str>) {
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
}

/// `+1`, `-1`, `0`, `+100! if …`: a vote, not a summary.
pub(super) fn is_vote(text: &str) -> bool {
    choice(text).is_some() || {
        let digits = text.strip_prefix(['+', '-']).unwrap_or_default();
        digits.starts_with(|c: char| c.is_ascii_digit())
    }
}

/// Which of +1, 0 and -1 a line votes for.
pub(super) fn choice(text: &str) -> Option<usize> {
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
