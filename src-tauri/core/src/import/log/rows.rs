//! The forms of logs: text → rows. Pure; it never panics, and each line of the text is in one row.

use std::borrow::Cow;

use super::stamp::{Stamp, date_in};
use super::{raw, rtf};
use chrono::NaiveDate;

/// Who wrote a log, by its form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// `HH:MM:SS <nick> text`: RRSAgent and MeetBot.
    Rrsagent,
    /// `<nick> text`, long lines folded: mIRC.
    Mirc,
    /// `2024-03-01T12:00:00Z <nick> text`, `12:00 <nick> text`: irssi.
    Irssi,
    /// `[12:00] <nick> text`: qwebirc.
    Qwebirc,
    /// `[2024-03-01 12:00:00] <nick> text`: `IRCCloud`.
    Irccloud,
    /// `[2024-03-01T12:00:00.000Z]⇥<nick>⇥text`: a bridge of a video meeting's chat.
    Tabbed,
    /// `[any time] <nick> text`: Quassel.
    Quassel,
    /// `2024-03-01 12:00:00 <sender> text`: MeetBot in a Matrix room.
    Matrix,
    /// `01-03-2024 12:00:00 < nick!user@host: text`: bip.
    Bip,
    /// `12:00   nick | text`: an irssi theme in columns.
    Columns,
    /// `12:00:00⇥Name:⇥text`, `12:00:00 From  Name  to  Everyone:`: a Zoom chat.
    Zoom,
    /// `nick: text`: Yahoo and other messengers.
    Yahoo,
    /// Text without nicks: everything by the scribe.
    Plain,
}

impl Form {
    /// What it is called.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Rrsagent => "IRC log (RRSAgent, MeetBot)",
            Self::Mirc => "IRC log (mIRC)",
            Self::Irssi => "IRC log (irssi)",
            Self::Qwebirc => "IRC log (qwebirc)",
            Self::Irccloud => "IRC log (IRCCloud)",
            Self::Tabbed => "chat log with tabs",
            Self::Quassel => "IRC log (Quassel)",
            Self::Matrix => "Matrix log",
            Self::Bip => "IRC log (bip)",
            Self::Columns => "IRC log in columns",
            Self::Zoom => "Zoom chat",
            Self::Yahoo => "chat (name: text)",
            Self::Plain => "a scribe's plain text",
        }
    }
}

/// What a row is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sort {
    /// Somebody's message.
    Said,
    /// `/me waves`.
    Emote,
    /// Somebody came in.
    Joined,
    /// Somebody went.
    Left,
    /// A remark of the program that writes the log.
    Other,
    /// A line that the form does not explain; `nick` and `at` are those of the line before.
    Bare,
}

/// One line of a log, or one message with its further lines.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// Line in the file, from 1.
    pub line: u32,
    /// When, as far as the line tells.
    pub at: Option<Stamp>,
    /// Whose; empty where nobody's.
    pub nick: String,
    /// The words. What the file has before them is taken off, nothing else but white space at the end.
    pub text: String,
    /// What it is.
    pub sort: Sort,
    /// From here on it is this day: the program says so.
    pub day: Option<NaiveDate>,
    /// Off the record: sent to one person.
    pub private: bool,
}

/// A log, read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rows {
    /// Its form.
    pub form: Form,
    /// Its lines, but for blank ones.
    pub rows: Vec<Row>,
}

/// How lines are laid out; several programs share one.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Family {
    Angle,
    Bip,
    Columns,
    Zoom,
}

/// Lines looked at to tell the form.
const SAMPLE: usize = 2_000;
/// A nick is no longer than this.
const NICK: usize = 120;

/// The lines of a log that something is wrapped round; each stays on its line of the file.
fn unwrapped(text: &str) -> Cow<'_, str> {
    raw::text(text).map_or_else(|| rtf::text(text), Cow::Owned)
}

/// Which form most lines have; none where they have none of those that bear a nick in brackets, a column or a time.
/// Text of the form `name: text` or without names is not told from other text.
#[must_use]
pub fn form(text: &str) -> Option<Form> {
    let text = &unwrapped(text);
    family(text).map(|family| form_of(text, family))
}

fn family(text: &str) -> Option<Family> {
    let (mut all, mut angle, mut bip, mut columns, mut zoom) = (0_usize, 0_usize, 0_usize, 0_usize, 0_usize);
    let mut said = 0_usize;
    for line in lines(text)
        .map(|(_, line)| line)
        .filter(|line| !line.trim().is_empty())
        .take(SAMPLE)
    {
        all += 1;
        if let Some(row) = angled(line) {
            angle += 1;
            said += usize::from(row.sort == Sort::Said);
        }
        bip += usize::from(bipped(line).is_some());
        columns += usize::from(column(line).is_some());
        zoom += usize::from(zoomed(line).is_some());
    }
    let most = angle.max(bip).max(columns).max(zoom);
    // A message may have many lines of its own; but text that has a tag in it now and then is no log.
    if most == 0 || most * 5 < all * 2 && !(zoom == most && zoom * 5 >= all && zoom > 1) {
        return None;
    }
    if bip == most {
        Some(Family::Bip)
    } else if columns == most && columns > angle {
        Some(Family::Columns)
    } else if zoom == most && zoom > said {
        Some(Family::Zoom)
    } else {
        (said > 0).then_some(Family::Angle)
    }
}

fn form_of(text: &str, family: Family) -> Form {
    match family {
        Family::Bip => return Form::Bip,
        Family::Columns => return Form::Columns,
        Family::Zoom => return Form::Zoom,
        Family::Angle => {}
    }
    let mut counts: Vec<(Form, usize)> = Vec::new();
    for (_, line) in lines(text).take(SAMPLE) {
        let Some(Row {
            sort: Sort::Said, at, ..
        }) = angled(line)
        else {
            continue;
        };
        let found = before(line.trim_start(), at.as_ref());
        match counts.iter_mut().find(|(form, _)| *form == found) {
            Some((_, count)) => *count += 1,
            None => counts.push((found, 1)),
        }
    }
    counts
        .iter()
        .max_by_key(|(_, count)| *count)
        .map_or(Form::Mirc, |(form, _)| *form)
}

/// The form that one line's time speaks for.
fn before(line: &str, at: Option<&Stamp>) -> Form {
    let Some(at) = at else {
        return if line.starts_with('[') {
            Form::Quassel
        } else {
            Form::Mirc
        };
    };
    let iso = line.trim_start_matches('[').get(10..11) == Some("T");
    match (line.starts_with('['), at.date.is_some()) {
        (true, true) if iso => Form::Tabbed,
        (true, true) => Form::Irccloud,
        (true, false) if at.seconds => Form::Quassel,
        (true, false) => Form::Qwebirc,
        (false, true) if iso => Form::Irssi,
        (false, true) => Form::Matrix,
        (false, false) if at.seconds => Form::Rrsagent,
        (false, false) => Form::Irssi,
    }
}

/// The lines with their numbers, from 1. A lone carriage return ends no line.
fn lines(text: &str) -> impl Iterator<Item = (u32, &str)> {
    let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
    (1_u32..).zip(text.split('\n').map(|line| line.strip_suffix('\r').unwrap_or(line)))
}

/// Reads a log, of whichever form.
#[must_use]
pub fn rows(text: &str) -> Rows {
    let text = &unwrapped(text);
    let Some(family) = family(text) else {
        return unmarked(text);
    };
    let form = form_of(text, family);
    let mut rows: Vec<Row> = Vec::new();
    for (number, line) in lines(text) {
        if line.trim().is_empty() {
            // Inside a message a blank line is part of it, but it has no words.
            continue;
        }
        let read = match family {
            Family::Angle => angled(line),
            Family::Bip => bipped(line),
            Family::Columns => column(line),
            Family::Zoom => zoomed(line),
        };
        match read {
            Some(row) => rows.push(Row { line: number, ..row }),
            None => unexplained(&mut rows, form, number, line),
        }
    }
    Rows { form, rows }
}

/// A line that is none of the form: a message's further line where the form has such, else by itself.
fn unexplained(rows: &mut Vec<Row>, form: Form, number: u32, line: &str) {
    let folds = form == Form::Mirc && line.starts_with([' ', '\t']) || form == Form::Zoom;
    if folds
        && let Some(last) = rows.last_mut()
        && last.sort == Sort::Said
    {
        if !last.text.is_empty() {
            last.text.push(if form == Form::Zoom { '\n' } else { ' ' });
        }
        last.text.push_str(line.trim());
        return;
    }
    let last = rows.last();
    let nick = last.map(|row| row.nick.clone()).unwrap_or_default();
    let at = last.and_then(|row| row.at);
    rows.push(Row {
        at,
        nick,
        sort: Sort::Bare,
        ..other(number, line)
    });
}

fn other(line: u32, text: &str) -> Row {
    Row {
        line,
        at: None,
        nick: String::new(),
        text: text.trim().to_owned(),
        sort: Sort::Other,
        day: None,
        private: false,
    }
}

fn said(at: Option<Stamp>, nick: &str, text: &str) -> Row {
    Row {
        line: 0,
        at,
        nick: nick.trim().to_owned(),
        text: text.trim_end().to_owned(),
        sort: Sort::Said,
        day: None,
        private: false,
    }
}

/// The time before a line, if there is one, and the rest; whether there was something in its place that is no time.
fn stamped(line: &str) -> (Option<Stamp>, &str, bool) {
    if let Some(rest) = line.strip_prefix('[')
        && let Some((inside, rest)) = rest.split_once(']')
        && inside.len() <= 48
    {
        let stamp = Stamp::read(inside);
        // A dot or colon slipped in behind the bracket is no part of anything.
        let rest = match rest.strip_prefix(['.', ':', ',']) {
            Some(behind) if behind.starts_with(char::is_whitespace) => behind,
            _ => rest,
        };
        return (stamp, rest, stamp.is_none());
    }
    // A date and a time, or one of them.
    let ends = line
        .match_indices([' ', '\t'])
        .map(|(at, _)| at)
        .take(3)
        .collect::<Vec<_>>();
    for end in ends.iter().rev() {
        if let Some((head, rest)) = line.split_at_checked(*end)
            && let Some(stamp) = Stamp::read(head)
            && stamp.time.is_some()
        {
            return (Some(stamp), rest, false);
        }
    }
    (None, line, false)
}

/// `<nick> text` with any time before it, `* nick waves`, and the remarks of the programs that write so.
fn angled(line: &str) -> Option<Row> {
    let (at, rest, odd) = stamped(line.trim_start());
    let rest = rest.trim_start();
    if let Some(inside) = rest.strip_prefix('<')
        && !rest.starts_with("<-")
    {
        let end = nick_end(inside)?;
        let (nick, text) = inside.split_at_checked(end)?;
        let nick = bare(nick);
        let text = text.strip_prefix('>')?;
        // A letter right behind the bracket makes it a tag: <b>so</b>.
        if nick.is_empty() || nick.contains('<') || !text.is_empty() && !text.starts_with(char::is_whitespace) {
            return None;
        }
        let text = text.strip_prefix([' ', '\t']).unwrap_or(text);
        let mut row = said(at, nick, text);
        if let Some(sort) = own_move(nick, &row.text) {
            row.sort = sort;
        }
        return Some(row);
    }
    if odd {
        return None;
    }
    event(at, rest)
}

/// Where the nick ends: the first `>` with white space behind it, for a nick may hold one.
fn nick_end(inside: &str) -> Option<usize> {
    let head: String = inside.chars().take(NICK).collect();
    let ends: Vec<usize> = head.match_indices('>').map(|(at, _)| at).collect();
    ends.iter()
        .find(|at| {
            inside
                .get(**at + 1..)
                .is_some_and(|rest| rest.is_empty() || rest.starts_with(char::is_whitespace))
        })
        .copied()
}

/// A nick without the sign of its rank in the channel. A telephone number keeps its plus.
fn bare(nick: &str) -> &str {
    let nick = nick.trim();
    let rest = nick.trim_start_matches(['@', '+', '%', '&', '~', '!']);
    if rest.is_empty() || nick.starts_with('+') && rest.starts_with(|c: char| c.is_ascii_digit()) {
        return nick;
    }
    rest
}

/// RRSAgent writes "<Ann> Ann has joined #room".
fn own_move(nick: &str, text: &str) -> Option<Sort> {
    let rest = text.strip_prefix(nick)?.trim_start();
    moved(rest)
}

fn moved(words: &str) -> Option<Sort> {
    let begins = |heads: &[&str]| heads.iter().any(|head| words.starts_with(head));
    if begins(&["has joined", "joined #", "joined &", "joined the "]) {
        Some(Sort::Joined)
    } else if begins(&[
        "has left",
        "has quit",
        "has signed off",
        "left #",
        "left &",
        "left the ",
        "quit (",
        "has been kicked",
    ]) {
        Some(Sort::Left)
    } else if begins(&[
        "has changed the topic",
        "changed the topic",
        "changed topic",
        "is now known as",
        "sets mode",
    ]) {
        Some(Sort::Other)
    } else {
        None
    }
}

/// Marks before a program's own remarks.
const MARKS: [&str; 15] = [
    "-!-", "-->", "<--", "---", "***", "==", "-*-", "--", "→", "←", "⇐", "⇒", "—", "**", "*",
];

/// `* nick waves`, `-!- nick has joined`, `--> nick …`, `--- Log opened …`
fn event(at: Option<Stamp>, rest: &str) -> Option<Row> {
    let (mark, words) = MARKS.iter().find_map(|mark| Some((*mark, rest.strip_prefix(*mark)?)))?;
    if !words.starts_with(char::is_whitespace) {
        return None;
    }
    let words = words.trim();
    // Text may begin with a star or dashes too: without a time before it, only what says that it is a move counts.
    let nick = words.split_whitespace().next().unwrap_or_default();
    let behind = words.strip_prefix(nick).unwrap_or_default().trim_start();
    // The address in brackets, as many programs write it: nick (user@host) has joined.
    let behind = match behind.split_once([')', ']']) {
        Some((address, rest)) if address.starts_with(['(', '[']) => rest.trim_start(),
        _ => behind,
    };
    let mut sort = moved(behind);
    if sort.is_none() {
        sort = match mark {
            "-->" | "→" | "⇒" => at.map(|_| Sort::Joined),
            "<--" | "←" | "⇐" => at.map(|_| Sort::Left),
            "*" | "-*-" => at.map(|_| Sort::Emote),
            "---" if words.starts_with("Log ") || words.starts_with("Day changed") => Some(Sort::Other),
            "-!-" => Some(Sort::Other),
            _ => at.map(|_| Sort::Other),
        };
    }
    let sort = sort?;
    let emote = sort == Sort::Emote;
    let day = (mark == "---" || mark == "-!-").then(|| date_in(words)).flatten();
    Some(Row {
        at,
        nick: if sort == Sort::Other {
            String::new()
        } else {
            bare(nick).to_owned()
        },
        text: if emote { behind.to_owned() } else { words.to_owned() },
        sort,
        day,
        ..other(0, "")
    })
}

/// `01-03-2024 12:00:00 < nick!user@host: text`
fn bipped(line: &str) -> Option<Row> {
    let (at, rest, _) = stamped(line.trim_start());
    let at = at.filter(|at| at.date.is_some())?;
    let rest = rest.trim_start();
    if let Some(words) = rest.strip_prefix("-!- ") {
        let nick = words.split(['!', ' ']).next().unwrap_or_default();
        let behind = words.split_once(' ').map_or("", |(_, behind)| behind);
        return Some(Row {
            at: Some(at),
            nick: nick.to_owned(),
            text: words.trim_end().to_owned(),
            sort: moved(behind).unwrap_or(Sort::Other),
            ..other(0, "")
        });
    }
    // Own messages go out (>), those of the others come in (<).
    let rest = rest.strip_prefix("< ").or_else(|| rest.strip_prefix("> "))?;
    if let Some(words) = rest.strip_prefix("* ") {
        let (address, behind) = words.split_once(' ').unwrap_or((words, ""));
        let nick = address.split('!').next().unwrap_or_default();
        return Some(Row {
            at: Some(at),
            nick: nick.to_owned(),
            text: behind.trim_end().to_owned(),
            sort: Sort::Emote,
            ..other(0, "")
        });
    }
    let (address, text) = rest.split_once(": ").or_else(|| Some((rest.strip_suffix(':')?, "")))?;
    let nick = address.split('!').next().unwrap_or_default();
    (!nick.is_empty() && !nick.contains(char::is_whitespace)).then(|| said(Some(at), bare(nick), text))
}

/// `12:00   nick | text`
fn column(line: &str) -> Option<Row> {
    let (at, rest, _) = stamped(line.trim_start());
    let at = at?;
    let (nick, text) = match rest.split_once(" | ") {
        Some(parts) => parts,
        None => (rest.strip_suffix(" |")?, ""),
    };
    let nick = nick.trim();
    let nick = nick.strip_prefix(['@', '+', '%']).map_or(nick, str::trim_start);
    let row = said(Some(at), nick, text);
    let sort = match nick {
        "" => return None,
        "-->" => Sort::Joined,
        "<--" => Sort::Left,
        "*" => Sort::Emote,
        _ if nick.contains(char::is_whitespace) => return None,
        _ if nick.starts_with('«') => match nick.trim_matches(['«', '»']) {
            "Quit" | "Part" | "Kick" => Sort::Left,
            _ => Sort::Other,
        },
        _ => return Some(row),
    };
    let nick = text.split_whitespace().next().unwrap_or_default();
    let text = if sort == Sort::Emote {
        text.trim().strip_prefix(nick).unwrap_or(text).trim_start()
    } else {
        text
    };
    Some(Row {
        nick: nick.to_owned(),
        text: text.trim_end().to_owned(),
        sort,
        ..row
    })
}

/// `12:00:00⇥Name:⇥text`, `12:00:00 From  Name  to  Everyone:`, `12:00:00⇥ From Name : text`
fn zoomed(line: &str) -> Option<Row> {
    let (at, rest, _) = stamped(line);
    let at = at?;
    let spaced = rest.trim_start();
    if let Some(words) = spaced.strip_prefix("From ").or_else(|| spaced.strip_prefix("from ")) {
        return from_whom(at, words);
    }
    let rest = rest.strip_prefix('\t')?;
    let (name, text) = rest.split_once(":\t").or_else(|| Some((rest.strip_suffix(':')?, "")))?;
    (!name.trim().is_empty() && name.len() <= 2 * NICK && !name.contains('\t')).then(|| said(Some(at), name, text))
}

/// What follows "From": `Name to Everyone: text`, `Name : text`, `Name to Name(Direct Message): text`.
fn from_whom(at: Stamp, words: &str) -> Option<Row> {
    let to = words
        .match_indices(" to ")
        .map(|(at, _)| at)
        .find(|at| words.get(at + 4..).is_some_and(|rest| rest.contains(':')));
    let (name, text, private) = match to {
        Some(end) if words.get(..end).is_some_and(|name| !name.contains(" : ")) => {
            let (name, rest) = words.split_at_checked(end)?;
            let (whom, text) = rest.get(4..)?.split_once(':')?;
            let mark = whom.to_lowercase();
            let private = ["(privately)", "(direct message)"]
                .iter()
                .any(|word| mark.contains(word));
            (name, text, private)
        }
        _ => {
            let (name, text) = words.split_once(" : ").or_else(|| words.split_once(':'))?;
            let private = name.contains("(Privately)");
            (name.trim_end().trim_end_matches("(Privately)"), text, private)
        }
    };
    let text = text.strip_prefix([' ', '\t']).unwrap_or(text);
    (!name.trim().is_empty()).then(|| Row {
        private,
        ..said(Some(at), name, text)
    })
}

/// Text without times and brackets: of a messenger where each line has a name and somebody's line holds another line of
/// the grammar, else a scribe's own.
fn unmarked(text: &str) -> Rows {
    let named = |line: &str| -> Option<(String, String)> {
        let (nick, rest) = line.split_once(':')?;
        let fits = !nick.is_empty()
            && nick.chars().count() <= 30
            && !nick.contains(char::is_whitespace)
            && rest.starts_with(' ')
            && !is_keyword(nick);
        fits.then(|| (nick.to_owned(), rest.trim_start_matches(' ').to_owned()))
    };
    let filled = || lines(text).filter(|(_, line)| !line.trim().is_empty());
    let all = filled().all(|(_, line)| named(line).is_some());
    let nested = filled().filter_map(|(_, line)| named(line)).any(|(_, rest)| {
        rest.starts_with("...") || rest.starts_with('…') || named(&rest).is_some() || {
            let word = rest.split([':', '+']).next().unwrap_or_default();
            word.len() < rest.len() && is_keyword(word.trim())
        }
    });
    let form = if all && nested { Form::Yahoo } else { Form::Plain };
    let rows = filled()
        .map(|(number, line)| {
            let row = match named(line).filter(|_| form == Form::Yahoo) {
                Some((nick, rest)) => said(None, &nick, &rest),
                None => said(None, "", line),
            };
            Row { line: number, ..row }
        })
        .collect();
    Rows { form, rows }
}

/// Words before a colon that are a command's, not somebody's.
fn is_keyword(word: &str) -> bool {
    const WORDS: [&str; 24] = [
        "topic",
        "subtopic",
        "action",
        "resolution",
        "resolved",
        "agreed",
        "decision",
        "proposal",
        "proposed",
        "scribe",
        "scribenick",
        "present",
        "regrets",
        "chair",
        "chairs",
        "meeting",
        "date",
        "agenda",
        "recording",
        "http",
        "https",
        "question",
        "info",
        "issue",
    ];
    WORDS.iter().any(|known| word.eq_ignore_ascii_case(known))
}
