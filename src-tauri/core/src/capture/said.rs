//! Points: who speaks, of what kind, on or off the record.

use super::parse::{after_word, at_colon, plain};
use super::words::{KINDS, LEADS, PARTICLES, TITLES};
use super::{Said, Speaker, due_phrase, owner, roster::is_listed};
use crate::model::{Kind, Participant};

/// Letters that a speaker's name is no longer than.
const NAME_LENGTH: usize = 80;
/// Words of a name that begin with a capital, at most.
const NAME_WORDS: usize = 4;

/// Reads a line that is no other command.
pub(super) fn read(line: &str, roster: &[Participant]) -> Said {
    let (line, off) = off(line);
    let mut said = open(line, roster);
    said.internal |= off;
    said
}

fn open(line: &str, roster: &[Participant]) -> Said {
    if let Some(text) = continuation(line) {
        let (text, internal) = off(text);
        return Said {
            continues: true,
            internal,
            speaker: Speaker::Continues,
            ..Said::literal(text)
        };
    }
    if let Some(said) = kind(line, None, roster) {
        return said;
    }
    let Some((speaker, text)) = speaker(line, roster) else {
        return Said::literal(line);
    };
    let (text, internal) = off(text);
    let literal = text
        .strip_prefix('\\')
        .filter(|rest| kind(rest, None, roster).is_some());
    let mut said = match literal {
        Some(text) => Said {
            speaker,
            ..Said::literal(text)
        },
        None => kind(text, Some(speaker.clone()), roster).unwrap_or(Said {
            speaker,
            ..Said::literal(text)
        }),
    };
    said.internal |= internal;
    said
}

/// `[off] text`, also behind a speaker or kind, so that it is never printed by a slip: the text, and whether it is off the record.
pub(super) fn off(line: &str) -> (&str, bool) {
    match line
        .get(..5)
        .filter(|head| head.eq_ignore_ascii_case("[off]"))
        .and_then(|_| line.get(5..))
    {
        Some(rest) if !rest.trim().is_empty() => (rest.trim(), true),
        _ => (line, false),
    }
}

/// `... text`, `… text`. Four dots are an ellipsis at a sentence's end.
fn continuation(line: &str) -> Option<&str> {
    let rest = line.strip_prefix("...").or_else(|| line.strip_prefix('…'))?;
    let text = rest.trim_start();
    (!text.is_empty() && !rest.starts_with(['.', '…'])).then_some(text)
}

/// `action: text`, `action Ann: text`, `decision: text`, `question+ text` …
fn kind(line: &str, speaker: Option<Speaker>, roster: &[Participant]) -> Option<Said> {
    let speaker_of = |kind: &Kind| match kind {
        Kind::Action | Kind::Decision => Speaker::Nobody,
        _ => Speaker::Floor,
    };
    let make = |kind: Kind, text: &str| {
        let speaker = speaker.clone().unwrap_or_else(|| speaker_of(&kind));
        of_kind(kind, text, speaker, false, roster)
    };
    if let Some((word, text)) = at_colon(line) {
        let word = plain(word);
        if let Some((_, kind)) = KINDS.iter().find(|(known, _)| *known == word) {
            return Some(make(kind.clone(), text));
        }
    }
    if let Some(text) = after_word(line, "question+").filter(|text| !text.is_empty()) {
        return Some(make(Kind::Question, text));
    }
    let text = after_word(line, "action")?;
    owner::leads(text, roster).then(|| make(Kind::Action, text))
}

/// A point of a kind, with what an action says of who and when.
pub(super) fn of_kind(kind: Kind, text: &str, speaker: Speaker, nick_first: bool, roster: &[Participant]) -> Said {
    let (text, internal) = off(text);
    let mut said = Said {
        speaker,
        internal,
        ..Said::literal(text)
    };
    if kind == Kind::Action {
        (said.owners, said.owners_must_fit) = owner::owners(text, nick_first, roster);
        said.due = due_phrase(text);
    }
    said.kind = kind;
    said
}

/// Who speaks, and the rest of the line, which is never empty.
fn speaker<'a>(line: &'a str, roster: &[Participant]) -> Option<(Speaker, &'a str)> {
    if let Some(rest) = line.strip_prefix('@') {
        return mentioned(rest, roster);
    }
    let (name, text) = at_colon(line)?;
    if name == "*" {
        return Some((Speaker::Nobody, text));
    }
    if name.chars().all(|c| matches!(c, '?' | '？')) {
        return Some((Speaker::Unknown, text));
    }
    (!looks_like_code(line) && is_candidate(name, roster)).then(|| (candidate(name, false), text))
}

/// `@tc text`, `@tc: text`, `@Titti Cassa: text`; without the `@`.
fn mentioned<'a>(rest: &'a str, roster: &[Participant]) -> Option<(Speaker, &'a str)> {
    if let Some((name, text)) = at_colon(rest)
        && name.contains(char::is_whitespace)
        && is_candidate(name, roster)
    {
        return Some((candidate(name, true), text));
    }
    let (name, text) = rest.split_once(|c: char| c.is_whitespace() || matches!(c, ':' | '：'))?;
    let name = name.trim_end_matches(',');
    let text = text
        .trim_start_matches(|c: char| c.is_whitespace() || matches!(c, ':' | '：'))
        .trim_end();
    let may_name = name.contains(char::is_alphabetic) || is_candidate(name, roster);
    (may_name && !text.is_empty()).then(|| (candidate(name, true), text))
}

fn candidate(name: &str, at: bool) -> Speaker {
    Speaker::Candidate {
        text: name.to_owned(),
        at,
    }
}

/// `https://x`, `C:\x`, `std::vec`, `urn:a:b`, `host:80`: a colon with no blank after it, and more of the sort.
fn looks_like_code(line: &str) -> bool {
    let Some((_, rest)) = line.split_once(':') else {
        return false;
    };
    let first = rest.split_whitespace().next().unwrap_or_default();
    !rest.starts_with(char::is_whitespace)
        && (rest.starts_with(|c: char| matches!(c, '/' | '\\' | ':') || c.is_ascii_digit()) || first.contains(':'))
}

/// Whether this may be somebody's name: by its look, or because a participant is called so. What the grammar has another
/// use for never is.
pub(super) fn is_candidate(name: &str, roster: &[Participant]) -> bool {
    let known = plain(name);
    let taken = LEADS.contains(&known.as_str()) || is_reference(&known) || KINDS.iter().any(|(word, _)| *word == known);
    !taken && (looks_like_name(name) || is_listed(name, roster))
}

/// One word, or up to four that begin with capitals.
fn looks_like_name(name: &str) -> bool {
    if name.chars().count() > NAME_LENGTH {
        return false;
    }
    let mut words = name.split_whitespace();
    match (words.next(), words.next()) {
        (None, _) => false,
        (Some(word), None) => is_nick(word) && !ends_sentence(word),
        _ => is_capitalised(name),
    }
}

/// One word that can name somebody.
fn is_nick(word: &str) -> bool {
    let begins = word
        .chars()
        .next()
        .is_some_and(|c| c.is_alphanumeric() || matches!(c, '_' | '.'));
    begins
        && !word.starts_with("..")
        && !word.ends_with([',', ';', '!', '?'])
        && word.contains(char::is_alphabetic)
        && !word.contains([
            '"', '“', '”', '<', '>', '(', ')', '[', ']', '{', '}', '/', '\\', '`', '=', '*', '#', ':', '：',
        ])
}

/// `issue-12`, `action-20`, `pr-3`: references, not names.
fn is_reference(word: &str) -> bool {
    ["issue", "action", "pr", "topic", "resolution"].iter().any(|head| {
        word.strip_prefix(head).is_some_and(|rest| {
            let number = rest.trim_start_matches(['-', '#', ' ']);
            number.len() < rest.len() && !number.is_empty() && number.chars().all(|c| c.is_ascii_digit())
        })
    })
}

/// Up to four words that begin with capitals, with particles between them.
fn is_capitalised(name: &str) -> bool {
    let words: Vec<&str> = name.split_whitespace().collect();
    let mut capitals = 0;
    for (at, word) in words.iter().enumerate() {
        let inner = at > 0 && at + 1 < words.len();
        if inner && PARTICLES.contains(word) {
            continue;
        }
        if !is_nick(word) || !begins_high(word) || ends_sentence(word) {
            return false;
        }
        capitals += 1;
    }
    capitals <= NAME_WORDS && words.len() <= 2 * NAME_WORDS
}

/// Whether a word begins with a capital, or with a letter of a script that has none. "al-Rashid" and "d'Arc" do too.
fn begins_high(word: &str) -> bool {
    let high = |part: &str| {
        part.chars()
            .next()
            .is_some_and(|c| c.is_alphabetic() && !c.is_lowercase())
    };
    if high(word) {
        return true;
    }
    word.split_once(['-', '\'', '’', 'ʻ'])
        .is_some_and(|(head, tail)| (PARTICLES.contains(&head) || head.chars().count() <= 2) && high(tail))
}

/// "Yes." ends a sentence; "F.", "Dr." and "Prof." do not.
fn ends_sentence(word: &str) -> bool {
    word.strip_suffix('.').is_some_and(|word| {
        word.chars().count() > 2 && !word.contains('.') && !TITLES.contains(&word.to_lowercase().as_str())
    })
}

/// Whether this may be a name in a list of names, where case matters less: typists are in a hurry.
pub(super) fn name_like(name: &str) -> bool {
    let name = name.strip_prefix('@').unwrap_or(name);
    let words: Vec<&str> = name.split_whitespace().collect();
    let (Some(first), Some(last)) = (words.first(), words.last()) else {
        return false;
    };
    let spelled = first.starts_with(|c: char| c.is_alphanumeric() || c == '_')
        && name.contains(char::is_alphabetic)
        && !name.contains([':', '：', '!', '?', '"', '<', '>']);
    let short = words.len() < NAME_WORDS || (words.len() <= 2 * NAME_WORDS && begins_high(first) && begins_high(last));
    let ended = words.len() > 1 && ends_sentence(last);
    spelled && short && !ended && name.chars().count() <= NAME_LENGTH
}
