//! Mending among the lines of a log, before any of them is carried out: so it reaches headings, speakers and commands as
//! well as points, as it does where scribes learn it.

use crate::capture::{Command, Scope, parse};

/// A line of a log that somebody said.
#[derive(Clone, Debug)]
pub(super) struct Said {
    /// Line in the file, from 1.
    pub(super) line: u32,
    /// Place of its row among the rows.
    pub(super) row: usize,
    pub(super) nick: String,
    /// The words, mended.
    pub(super) text: String,
    /// The words as they stand in the file.
    pub(super) raw: String,
    /// Off the record.
    pub(super) private: bool,
    /// Done with: it mended others, or others took it out.
    pub(super) gone: bool,
    /// To be kept as it stands, whatever it begins with.
    pub(super) literal: bool,
    /// A program's.
    pub(super) bot: bool,
}

/// Characters looked at for all mendings together; beyond that a file is built to waste time.
const BUDGET: usize = 400_000_000;

/// Whether a text is, or was meant as, a mending.
pub(super) fn may_mend(text: &str) -> bool {
    let text = text.trim_start();
    ["s/", "s|", "i/", "i|"].iter().any(|head| text.starts_with(head))
}

/// Carries out all mendings. One that finds nothing stays as a line of its own.
pub(super) fn mend(said: &mut Vec<Said>) {
    let mut budget = BUDGET;
    let mut at = 0;
    while let Some(line) = said.get(at) {
        if line.bot || line.gone || line.literal || !may_mend(&line.text) {
            at += 1;
            continue;
        }
        let done = match parse(&line.text).command {
            Command::Substitute { old, new, scope } => substitute(said, at, &old, &new, scope, &mut budget),
            Command::InsertBefore { before, line: inner } => {
                let place = place(said, at, &before, &mut budget);
                if let Some(place) = place
                    && let (Some(typed), Some(next)) = (said.get(at), said.get(place))
                {
                    let put_in = Said {
                        row: next.row,
                        text: inner.raw.clone(),
                        ..typed.clone()
                    };
                    said.insert(place, put_in);
                    at += 1;
                }
                place.is_some()
            }
            _ => false,
        };
        if let Some(line) = said.get_mut(at)
            && may_mend(&line.text)
        {
            line.gone = done;
            // What could not be done stays visible.
            line.literal = !done;
        }
        at += 1;
    }
}

fn substitute(said: &mut [Said], at: usize, old: &str, new: &str, scope: Scope, budget: &mut usize) -> bool {
    let mut count = 0;
    let places: Vec<usize> = match scope {
        Scope::Latest | Scope::Before => (0..at).rev().collect(),
        Scope::All => (0..said.len()).rev().filter(|place| *place != at).collect(),
    };
    for place in places {
        let Some(line) = said.get_mut(place) else { continue };
        if line.gone || line.bot && scope != Scope::Latest || line.literal && may_mend(&line.text) {
            continue;
        }
        *budget = budget.saturating_sub(line.text.len() + 1);
        if *budget == 0 {
            return count > 0;
        }
        let mut old = old.to_owned();
        if !line.text.contains(&old) {
            // Copied from a page, words may hold signs that nobody sees.
            let seen = visible(&old);
            if seen == old || seen.is_empty() || !line.text.contains(&seen) {
                continue;
            }
            old = seen;
        }
        line.text = match scope {
            Scope::Latest => line.text.replacen(&old, new, 1),
            Scope::Before | Scope::All => line.text.replace(&old, new),
        };
        if line.text.trim().is_empty() {
            line.gone = true;
        }
        count += 1;
        if scope == Scope::Latest {
            break;
        }
    }
    count > 0
}

/// The nearest earlier line that holds some words.
fn place(said: &[Said], at: usize, before: &str, budget: &mut usize) -> Option<usize> {
    for (place, line) in said.iter().enumerate().take(at).rev() {
        *budget = budget.saturating_sub(line.text.len() + 1);
        if *budget == 0 {
            return None;
        }
        let failed = line.literal && may_mend(&line.text);
        if !line.gone && !failed && line.text.contains(before) {
            return Some(place);
        }
    }
    None
}

/// Without marks of zero width.
fn visible(text: &str) -> String {
    text.replace(
        ['\u{200B}', '\u{200C}', '\u{200D}', '\u{2060}', '\u{FEFF}', '\u{AD}'],
        "",
    )
}
