//! The lines of an agenda: what each is, how deep, how long, and by whom.

use super::super::when::is_duration;

/// What a line of an agenda is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sort {
    /// The word "Agenda".
    Mark,
    /// A heading above the items.
    Title,
    Item,
    Text,
}

/// A line of an agenda.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Entry {
    pub(super) line: u32,
    pub(super) sort: Sort,
    /// How deep; 0 at the top.
    pub(super) level: usize,
    /// The words without number, minutes and presenter.
    pub(super) title: String,
    /// The number before them; empty for a bullet.
    pub(super) label: String,
    /// The times before them, as written.
    pub(super) times: String,
    pub(super) minutes: u32,
    pub(super) presenter: Option<String>,
    /// Whether a number, a time or a bullet stood before it.
    pub(super) numbered: bool,
    pub(super) markdown: bool,
}

/// What stands before the words of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Lead<'a> {
    /// `1.`, `2)`, `Item 3:`, with how deep it says it is: `1.2` is 1.
    Number(&'a str, usize),
    /// `-`, `a)`.
    Bullet(&'a str),
    /// `10:00`, in minutes since midnight, and until when.
    Time(&'a str, u32, Option<u32>),
    /// `## …`
    Heading,
    None,
}

/// Numbers lie this far apart, by their dots; indents and bullets between.
const DEPTH: usize = 1000;

/// Reads the lines of an agenda. Without any number, bullet or time every line below the title is an item.
pub(super) fn entries(text: &str) -> Vec<Entry> {
    let lines: Vec<(u32, usize, Lead<'_>, &str)> = text
        .split('\n')
        .zip(1_u32..)
        .filter(|(line, _)| line.chars().any(char::is_alphanumeric))
        .map(|(line, number)| {
            let (lead, rest) = lead(line.trim());
            (number, indent(line), lead, rest)
        })
        .collect();
    let any = |is: &dyn Fn(Lead<'_>, &str) -> bool| lines.iter().any(|(_, _, lead, rest)| is(*lead, rest));
    let markdown = any(&|lead, _| lead == Lead::Heading);
    let headed = any(&|lead, rest| lead == Lead::Heading && is_numbered(rest));
    let numbers = headed || any(&|lead, _| matches!(lead, Lead::Number(..) | Lead::Time(..)));
    let plain = !numbers && !any(&|lead, _| matches!(lead, Lead::Bullet(_)));
    let mut out: Vec<Entry> = Vec::new();
    let mut seen_item = false;
    let mut began: Option<(usize, u32)> = None;
    for (line, indent, lead, rest) in lines {
        let mut entry = Entry {
            line,
            sort: Sort::Text,
            level: indent,
            title: rest.to_owned(),
            label: String::new(),
            times: String::new(),
            minutes: 0,
            presenter: None,
            numbered: lead != Lead::None && lead != Lead::Heading,
            markdown,
        };
        match lead {
            Lead::Heading | Lead::None if is_mark(rest) => entry.sort = Sort::Mark,
            Lead::Heading if is_numbered(rest) => {
                let (inner, words) = self::lead(rest);
                if let Lead::Number(label, depth) = inner {
                    entry.level = depth * DEPTH;
                    label.clone_into(&mut entry.label);
                }
                (entry.sort, entry.numbered) = (Sort::Item, true);
                words.clone_into(&mut entry.title);
            }
            Lead::Heading if !seen_item => entry.sort = Sort::Title,
            Lead::Heading => {}
            Lead::Number(label, depth) => {
                (entry.sort, entry.level) = (Sort::Item, depth * DEPTH + indent);
                label.clone_into(&mut entry.label);
            }
            Lead::Time(written, from, to) => {
                entry.sort = Sort::Item;
                written.clone_into(&mut entry.times);
                entry.minutes = to.and_then(|to| to.checked_sub(from)).unwrap_or(0);
                // Where beginnings alone are told, one goes on until the next.
                if let Some((at, start)) = began
                    && let Some(before) = out.get_mut(at)
                    && before.minutes == 0
                {
                    before.minutes = from.saturating_sub(start);
                }
                began = Some((out.len(), from));
            }
            Lead::Bullet(label) => {
                (entry.sort, entry.level) = (Sort::Item, indent + if numbers { DEPTH / 2 } else { 0 });
                label.clone_into(&mut entry.label);
            }
            Lead::None if !seen_item && out.is_empty() && rest.chars().count() <= 120 => entry.sort = Sort::Title,
            Lead::None if plain => entry.sort = Sort::Item,
            Lead::None => {}
        }
        if entry.sort == Sort::Item {
            seen_item = true;
            let told = told(&entry.title);
            if told.minutes > 0 {
                entry.minutes = told.minutes;
            }
            (entry.title, entry.presenter) = (told.title, told.presenter);
        }
        out.push(entry);
    }
    out
}

fn indent(line: &str) -> usize {
    let blanks = line.chars().take_while(|letter| letter.is_whitespace());
    blanks
        .map(|letter| if letter == '\t' { 4 } else { 1 })
        .sum::<usize>()
        .min(DEPTH / 2 - 1)
}

/// Whether a line says only that an agenda follows.
fn is_mark(words: &str) -> bool {
    let words = words.trim_matches(['*', '_', ':', ' ']).to_lowercase();
    [
        "agenda",
        "draft agenda",
        "proposed agenda",
        "meeting agenda",
        "agenda items",
        "tagesordnung",
        "ordre du jour",
        "orden del día",
        "ordine del giorno",
        "pauta",
        "повестка дня",
        "议程",
        "議程",
        "議題",
        "アジェンダ",
        "안건",
    ]
    .contains(&words.as_str())
}

fn is_numbered(words: &str) -> bool {
    matches!(lead(words).0, Lead::Number(..))
}

/// Takes off what stands before the words of a line.
fn lead(line: &str) -> (Lead<'_>, &str) {
    let hashes = line.len() - line.trim_start_matches('#').len();
    if (1..=6).contains(&hashes)
        && let Some(rest) = line.get(hashes..).filter(|rest| rest.starts_with([' ', '\t']))
    {
        return (Lead::Heading, rest.trim_matches([' ', '\t', '#']));
    }
    for bullet in ['-', '*', '+', '•', '–', '·', '○', '▪'] {
        if let Some(rest) = line
            .strip_prefix(bullet)
            .filter(|rest| rest.starts_with(char::is_whitespace))
        {
            let rest = rest.trim_start();
            // A box to tick.
            let rest = ["[ ] ", "[x] ", "[X] "]
                .iter()
                .find_map(|mark| rest.strip_prefix(mark))
                .unwrap_or(rest);
            // `- 10:00 Welcome`, `* 1. Welcome`
            return match lead(rest) {
                found @ (Lead::Number(..) | Lead::Time(..), _) => found,
                _ => (Lead::Bullet(""), rest),
            };
        }
    }
    if let Some((times, from, to, rest)) = times(line) {
        return (Lead::Time(times, from, to), rest);
    }
    for word in ["item ", "agenda item ", "topic ", "punkt ", "point ", "top "] {
        if line
            .get(..word.len())
            .is_some_and(|head| head.eq_ignore_ascii_case(word))
            && let Some(rest) = line.get(word.len()..)
            && let Some((label, rest)) = rest.split_once([':', '.', ')'])
            && (1..=3).contains(&label.len())
            && label.bytes().all(|byte| byte.is_ascii_digit())
            && !rest.trim().is_empty()
        {
            return (Lead::Number(label, 0), rest.trim_start());
        }
    }
    let Some((first, rest)) = line.split_once(char::is_whitespace) else {
        return (Lead::None, line);
    };
    let rest = rest.trim_start();
    let label = first.trim_end_matches(['.', ')', ':']);
    let inner = label.trim_start_matches('(');
    if label.is_empty() || rest.is_empty() {
        return (Lead::None, line);
    }
    let parts: Vec<&str> = label.split('.').collect();
    let digits = |part: &&str| (1..=3).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit());
    let ends = first.len() > label.len();
    if parts.iter().all(digits) && (ends || parts.len() > 1) && parts.len() <= 6 {
        return (Lead::Number(label, parts.len() - 1), rest);
    }
    let roman = !inner.is_empty() && inner.len() <= 5 && inner.chars().all(|letter| matches!(letter, 'I' | 'V' | 'X'));
    if ends && roman && first.ends_with('.') {
        return (Lead::Number(label, 0), rest);
    }
    if first.ends_with(')') && inner.chars().count() == 1 && inner.chars().all(char::is_alphanumeric) {
        return (Lead::Bullet(label), rest);
    }
    (Lead::None, line)
}

/// `10:00 Welcome`, `10:00–10:15 Welcome`, `10.00 - 10.15: Welcome`
fn times(line: &str) -> Option<(&str, u32, Option<u32>, &str)> {
    let (from, rest) = clock(line)?;
    let after = rest.trim_start();
    let until = ["-", "–", "—", "to ", "bis "]
        .iter()
        .find_map(|sign| clock(after.strip_prefix(sign)?.trim_start()));
    let (to, rest) = match until {
        Some((to, rest)) => (Some(to), rest),
        None => (None, rest),
    };
    let words = rest.trim_start_matches([' ', '\t', ':', '-', '–', '—', '|']);
    let written = line.get(..line.len() - rest.len())?.trim();
    (rest.len() > words.len() && words.chars().any(char::is_alphabetic)).then_some((written, from, to, words))
}

fn clock(text: &str) -> Option<(u32, &str)> {
    let end = text
        .find(|c: char| !c.is_ascii_digit() && c != ':' && c != '.')
        .unwrap_or(text.len());
    let (time, rest) = text.split_at_checked(end)?;
    let (hours, minutes) = time.split_once(':').or_else(|| time.split_once('.'))?;
    let fits = (1..=2).contains(&hours.len()) && minutes.len() == 2;
    let (hours, minutes) = (hours.parse::<u32>().ok()?, minutes.parse::<u32>().ok()?);
    let lower = rest.trim_start().to_lowercase();
    let half = ["am", "pm"].iter().find(|half| lower.starts_with(**half));
    let rest = if half.is_some() {
        rest.trim_start().get(2..)?
    } else {
        rest
    };
    let hours = match half.copied() {
        Some("pm") if hours < 12 => hours + 12,
        Some("am") if hours == 12 => 0,
        _ => hours,
    };
    // `1.20` without a second time is as likely a number.
    let sure = time.contains(':') || hours >= 7 && minutes % 5 == 0;
    (fits && sure && hours < 24 && minutes < 60).then_some((hours * 60 + minutes, rest))
}

/// What an item says beside its title.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Told {
    pub(super) title: String,
    pub(super) minutes: u32,
    pub(super) presenter: Option<String>,
}

/// Takes minutes and presenter out of an item's words, where they are plain. What else stands there stays.
pub(super) fn told(text: &str) -> Told {
    let mut found = Told {
        title: text.trim().to_owned(),
        ..Told::default()
    };
    for (open, close) in [('(', ')'), ('[', ']')] {
        let Some((before, inner)) = found
            .title
            .strip_suffix(close)
            .and_then(|title| title.rsplit_once(open))
            .filter(|(before, _)| !before.trim().is_empty())
        else {
            continue;
        };
        let (mut minutes, mut presenter, mut rest) = (0, None, Vec::new());
        for part in inner
            .split([',', ';', '/', '–', '—', '|'])
            .map(str::trim)
            .filter(|part| !part.is_empty())
        {
            if let Some(length) = length(part) {
                minutes += length;
            } else if let Some(name) = named(part) {
                presenter = Some(name.to_owned());
            } else {
                rest.push(part);
            }
        }
        if minutes > 0 && presenter.is_none() && rest.len() == 1 && rest.first().is_some_and(|name| is_name(name)) {
            presenter = rest.pop().map(str::to_owned);
        }
        if minutes > 0 || presenter.is_some() {
            let rest = if rest.is_empty() {
                String::new()
            } else {
                format!(" {open}{}{close}", rest.join(", "))
            };
            (found.minutes, found.presenter) = (minutes, presenter);
            found.title = format!("{}{rest}", before.trim_end());
            break;
        }
    }
    if found.minutes == 0
        && let Some((before, minutes)) = length_behind(&found.title)
    {
        found.minutes = minutes;
        found.title = before;
    }
    if found.presenter.is_none() {
        let parted = [" – ", " — ", " - ", ", ", ": ", "; "].iter().find_map(|sign| {
            let (before, last) = found.title.rsplit_once(sign)?;
            let name = named(last)
                .or_else(|| Some(last).filter(|last| found.minutes > 0 && sign.len() > 2 && is_name(last)))?;
            Some((before.trim_end().to_owned(), name.trim().to_owned()))
        });
        if let Some((before, name)) = parted.filter(|(before, _)| !before.is_empty()) {
            found.presenter = Some(name);
            found.title = before;
        }
    }
    found
}

/// `10 min`, `1h30`, `1 hour`, `10'`.
fn length(text: &str) -> Option<u32> {
    let text = text.trim().trim_start_matches('~').to_lowercase();
    let text = ["ca. ", "approx. ", "about ", "duration: ", "time: "]
        .iter()
        .find_map(|word| text.strip_prefix(word))
        .unwrap_or(&text);
    // Of `5-10 min` the longer.
    let text = text
        .split_once(['-', '–'])
        .filter(|(low, _)| low.trim().parse::<u32>().is_ok())
        .map_or(text, |(_, high)| high);
    let mut all = 0_u32;
    let mut rest = text.trim();
    let mut unit_seen = false;
    while !rest.is_empty() {
        let end = rest
            .find(|c: char| !c.is_ascii_digit() && c != '.')
            .unwrap_or(rest.len());
        let (number, after) = rest.split_at_checked(end)?;
        let number: f64 = number.trim_end_matches('.').parse().ok()?;
        let after = after.trim_start();
        let end = after
            .find(|c: char| c.is_ascii_digit() || c == ' ')
            .unwrap_or(after.len());
        let (unit, after) = after.split_at_checked(end)?;
        let each = match unit.trim_end_matches(['.', ',']) {
            "m" | "min" | "mins" | "minute" | "minutes" | "minuten" | "minuti" | "minutos" | "minuter" | "мин"
            | "分" | "分钟" | "分鐘" | "분" | "'" | "’" | "′" => 1.0,
            "h" | "hr" | "hrs" | "hour" | "hours" | "std" | "stunde" | "stunden" | "heure" | "heures" | "hora"
            | "horas" | "ora" | "ore" | "uur" | "ч" => 60.0,
            "" if unit_seen => 1.0,
            _ => return None,
        };
        unit_seen = true;
        let minutes = number * each;
        if !(0.0..=6000.0).contains(&minutes) {
            return None;
        }
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "between 0 and 6000"
        )]
        let minutes = minutes.round() as u32;
        all = all.saturating_add(minutes);
        rest = after.trim_start();
    }
    (all > 0).then_some(all)
}

/// Minutes at the end of a line, behind a sign or alone: `Welcome – 10 min`.
fn length_behind(title: &str) -> Option<(String, u32)> {
    for sign in [" – ", " — ", " - ", ", ", ": ", "; ", " | ", "\t"] {
        if let Some((before, last)) = title.rsplit_once(sign)
            && let Some(minutes) = length(last)
            && !before.trim().is_empty()
        {
            return Some((before.trim_end().to_owned(), minutes));
        }
    }
    // `Welcome 10 min`
    let words: Vec<&str> = title.split(' ').collect();
    (1..=2).find_map(|count| {
        let at = words.len().checked_sub(count).filter(|at| *at > 0)?;
        let last = words.get(at..)?.join(" ");
        let minutes = length(&last).filter(|_| is_duration(&last) && last.chars().any(char::is_alphabetic))?;
        Some((words.get(..at)?.join(" ").trim_end().to_owned(), minutes))
    })
}

/// Somebody named as who presents: `Presenter: Ann Lee`.
fn named(text: &str) -> Option<&str> {
    let words = [
        "presenter:",
        "presented by",
        "lead:",
        "led by",
        "speaker:",
        "presenting:",
        "owner:",
        "referent:",
        "rapporteur:",
        "présenté par",
        "presenta:",
        "relatore:",
        "chair:",
        "facilitator:",
    ];
    words.iter().find_map(|word| {
        let head = text.trim().get(..word.len())?;
        let name = text.trim().get(word.len()..)?.trim();
        (head.to_lowercase() == *word && !name.is_empty() && name.split_whitespace().count() <= 6).then_some(name)
    })
}

/// Two to four words that begin with capitals, or one alone.
fn is_name(text: &str) -> bool {
    let words: Vec<&str> = text.split_whitespace().collect();
    (1..=4).contains(&words.len())
        && words
            .iter()
            .all(|word| word.starts_with(char::is_uppercase) && !word.contains(char::is_numeric))
        && text.chars().any(char::is_lowercase)
}
