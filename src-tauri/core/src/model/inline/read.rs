//! The reader of inline text: one pass over the characters, one over the delimiters.
//!
//! The way of resolving delimiters is that of
//! <https://spec.commonmark.org/0.31.2/#an-algorithm-for-parsing-nested-emphasis-and-links>. It takes linear time: no
//! search is repeated that has failed before.

use crate::model::text::clean;
use std::collections::{BTreeMap, BTreeSet};

use super::{DEEPEST, Inline, Inlines, MENTION, normal};

/// What is read beyond Minuta's own marks.
#[derive(Clone, Copy)]
pub(super) struct Dialect {
    /// `CommonMark`'s flanking rules, `_`, references, autolinks and soft breaks.
    pub(super) markdown: bool,
    /// Whether an escaped comma is told from a bare one.
    pub(super) commas: bool,
}

/// A piece whose marks are not settled yet.
enum Node {
    Done(Inline),
    Run(Run),
    Bracket,
}

/// A run of `*` or `_`.
#[derive(Clone, Copy)]
struct Run {
    mark: char,
    left: usize,
    length: usize,
    opens: bool,
    closes: bool,
}

pub(super) fn read(source: &str, dialect: Dialect) -> Inlines {
    let chars: Vec<char> = clean(source).0.chars().collect();
    let mut reader = Reader {
        chars: &chars,
        at: 0,
        dialect,
        nodes: Vec::new(),
        brackets: Vec::new(),
        unfenced: BTreeSet::new(),
    };
    while reader.step() {}
    let inlines = resolve(reader.nodes, dialect);
    if dialect.commas {
        keep_commas(inlines)
    } else {
        normal(&inlines)
    }
}

/// The normal form, but for commas at the top level.
fn keep_commas(inlines: Inlines) -> Inlines {
    let mut out = Inlines::new();
    let mut part = Inlines::new();
    for inline in inlines {
        if inline == Inline::Comma {
            out.extend(normal(&part));
            out.push(Inline::Comma);
            part.clear();
        } else {
            part.push(inline);
        }
    }
    out.extend(normal(&part));
    out
}

struct Reader<'a> {
    chars: &'a [char],
    at: usize,
    dialect: Dialect,
    nodes: Vec<Node>,
    /// The places of open brackets among the nodes.
    brackets: Vec<usize>,
    /// Lengths of backtick runs that nothing further on closes.
    unfenced: BTreeSet<usize>,
}

impl Reader<'_> {
    fn peek(&self, ahead: usize) -> Option<char> {
        self.chars.get(self.at + ahead).copied()
    }

    fn text(&mut self, c: char) {
        if let Some(Node::Done(Inline::Text(last))) = self.nodes.last_mut() {
            last.push(c);
        } else {
            self.nodes.push(Node::Done(Inline::Text(c.to_string())));
        }
    }

    fn done(&mut self, inline: Inline, length: usize) {
        self.nodes.push(Node::Done(inline));
        self.at += length;
    }

    /// Reads one piece; says whether there was one.
    fn step(&mut self) -> bool {
        let Some(c) = self.peek(0) else { return false };
        match c {
            '\\' => self.escape(),
            '\n' => self.newline(),
            '`' => self.code(),
            '*' => self.run(c),
            '_' if self.dialect.markdown => self.run(c),
            '[' => {
                self.brackets.push(self.nodes.len());
                self.nodes.push(Node::Bracket);
                self.at += 1;
            }
            ']' => self.close_bracket(),
            '&' if self.dialect.markdown => self.reference(),
            '<' if self.dialect.markdown => self.autolink(),
            _ => {
                self.text(c);
                self.at += 1;
            }
        }
        true
    }

    fn escape(&mut self) {
        match self.peek(1) {
            Some('\n') => {
                self.done(Inline::Break, 2);
                self.skip_indent();
            }
            Some(',') if self.dialect.commas => self.done(Inline::Comma, 2),
            Some(c) if c.is_ascii_punctuation() => {
                self.text(c);
                self.at += 2;
            }
            _ => {
                self.text('\\');
                self.at += 1;
            }
        }
    }

    fn skip_indent(&mut self) {
        while self.dialect.markdown && matches!(self.peek(0), Some(' ' | '\t')) {
            self.at += 1;
        }
    }

    fn newline(&mut self) {
        if !self.dialect.markdown {
            self.done(Inline::Break, 1);
            return;
        }
        let mut hard = false;
        if let Some(Node::Done(Inline::Text(last))) = self.nodes.last_mut() {
            hard = last.ends_with("  ");
            last.truncate(last.trim_end_matches([' ', '\t']).len());
        }
        if hard {
            self.nodes.push(Node::Done(Inline::Break));
        } else {
            self.text(' ');
        }
        self.at += 1;
        self.skip_indent();
    }

    fn count(&self, from: usize, c: char) -> usize {
        self.chars.iter().skip(from).take_while(|other| **other == c).count()
    }

    fn code(&mut self) {
        let length = self.count(self.at, '`');
        let start = self.at + length;
        let mut at = start;
        let mut end = None;
        while !self.unfenced.contains(&length) {
            let Some(ahead) = self.chars.iter().skip(at).position(|c| *c == '`') else {
                self.unfenced.insert(length);
                break;
            };
            let run = self.count(at + ahead, '`');
            if run == length {
                end = Some(at + ahead);
                break;
            }
            at += ahead + run;
        }
        let Some(end) = end else {
            for _ in 0..length {
                self.text('`');
            }
            self.at = start;
            return;
        };
        let code: String = self.chars.get(start..end).unwrap_or_default().iter().collect();
        let code = code.replace('\n', " ");
        let inner = code.strip_prefix(' ').and_then(|code| code.strip_suffix(' '));
        let code = match inner {
            Some(inner) if !code.trim_matches(' ').is_empty() => inner.to_owned(),
            _ => code,
        };
        self.nodes.push(Node::Done(Inline::Code(code)));
        self.at = end + length;
    }

    fn run(&mut self, mark: char) {
        let length = self.count(self.at, mark);
        let before = self.at.checked_sub(1).and_then(|at| self.chars.get(at)).copied();
        let after = self.chars.get(self.at + length).copied();
        let (opens, closes) = if self.dialect.markdown {
            flanks(
                mark,
                before.map_or(Class::Space, class),
                after.map_or(Class::Space, class),
            )
        } else {
            (
                after.is_some_and(|c| !c.is_whitespace()),
                before.is_some_and(|c| !c.is_whitespace()),
            )
        };
        self.nodes.push(Node::Run(Run {
            mark,
            left: length,
            length,
            opens,
            closes,
        }));
        self.at += length;
    }

    fn reference(&mut self) {
        if let Some((c, length)) = self.number_reference() {
            self.text(c);
            self.at += length;
        } else {
            self.text('&');
            self.at += 1;
        }
    }

    /// `&#32;` or `&#x20;`.
    fn number_reference(&self) -> Option<(char, usize)> {
        if self.peek(1)? != '#' {
            return None;
        }
        let hex = matches!(self.peek(2)?, 'x' | 'X');
        let (radix, start, most) = if hex { (16, 3, 6) } else { (10, 2, 7) };
        let mut value = 0_u32;
        let mut digits = 0;
        while let Some(digit) = self.peek(start + digits).and_then(|c| c.to_digit(radix)) {
            value = value.checked_mul(radix)?.checked_add(digit)?;
            digits += 1;
            if digits > most {
                return None;
            }
        }
        if digits == 0 || self.peek(start + digits)? != ';' {
            return None;
        }
        let c = char::from_u32(value)
            .filter(|c| *c == '\t' || !c.is_control())
            .unwrap_or('\u{FFFD}');
        Some((c, start + digits + 1))
    }

    /// `<https://…>`; anything else after `<` is literal.
    fn autolink(&mut self) {
        let inner: String = self
            .chars
            .iter()
            .skip(self.at + 1)
            .take_while(|c| !matches!(c, '<' | '>') && !c.is_whitespace())
            .take(4096)
            .collect();
        let length = inner.chars().count();
        let scheme = inner.split(':').next().unwrap_or_default();
        let is_link = self.peek(length + 1) == Some('>')
            && scheme.len() < inner.len()
            && (2..=32).contains(&scheme.len())
            && scheme.starts_with(|c: char| c.is_ascii_alphabetic())
            && scheme
                .chars()
                .all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '.' | '-'));
        if is_link {
            self.done(
                Inline::Link {
                    label: vec![Inline::Text(inner.clone())],
                    url: inner,
                },
                length + 2,
            );
        } else {
            self.text('<');
            self.at += 1;
        }
    }

    fn close_bracket(&mut self) {
        let link = self.brackets.pop().and_then(|open| {
            if self.peek(1) != Some('(') {
                return None;
            }
            let (url, next) = destination(self.chars, self.at + 2)?;
            let mention = url.strip_prefix(MENTION).and_then(|id| id.parse().ok());
            let mention = if self.dialect.markdown { None } else { mention };
            if mention.is_none() && open + 1 >= self.nodes.len() {
                return None;
            }
            Some((open, url, next, mention))
        });
        let Some((open, url, next, mention)) = link else {
            self.text(']');
            self.at += 1;
            return;
        };
        let label = resolve(self.nodes.split_off((open + 1).min(self.nodes.len())), self.dialect);
        self.nodes.pop();
        self.nodes.push(Node::Done(match mention {
            Some(participant) => Inline::Mention { participant, label },
            None => Inline::Link { label, url },
        }));
        // No link holds a link: what is still open around this one is literal.
        self.brackets.clear();
        self.at = next;
    }
}

/// Reads an address and its closing parenthesis; gives the place after it.
fn destination(chars: &[char], mut at: usize) -> Option<(String, usize)> {
    let space = |at: usize| matches!(chars.get(at), Some(' ' | '\t'));
    while space(at) {
        at += 1;
    }
    let bracketed = chars.get(at) == Some(&'<');
    if bracketed {
        at += 1;
    }
    let mut url = String::new();
    let mut depth = 0_usize;
    loop {
        let c = *chars.get(at)?;
        match c {
            '\\' if chars.get(at + 1).is_some_and(char::is_ascii_punctuation) => {
                url.push(*chars.get(at + 1)?);
                at += 2;
                continue;
            }
            '\n' => return None,
            '>' if bracketed => {
                at += 1;
                break;
            }
            '<' if bracketed => return None,
            _ if bracketed => {}
            '(' => {
                depth += 1;
                if depth > DEEPEST {
                    return None;
                }
            }
            ')' => match depth.checked_sub(1) {
                Some(less) => depth = less,
                None => break,
            },
            c if c.is_whitespace() => break,
            _ => {}
        }
        url.push(c);
        at += 1;
    }
    while space(at) {
        at += 1;
    }
    (depth == 0 && chars.get(at) == Some(&')') && !url.trim().is_empty()).then_some((url, at + 1))
}

/// What a character counts as beside a delimiter.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Class {
    /// White space, or the edge of the text.
    Space,
    /// Punctuation and symbols.
    Mark,
    /// Everything else.
    Letter,
}

/// A letter or a digit, beside which a mark inside a word is none. Letters in a frame (Ⓐ, 🄰) are alphabetic by Unicode's
/// reckoning, and yet symbols (category So), which the specification counts as punctuation.
pub(crate) fn is_letter(c: char) -> bool {
    let framed = matches!(c, '\u{24B6}'..='\u{24E9}' | '\u{1F130}'..='\u{1F149}' | '\u{1F150}'..='\u{1F169}'
        | '\u{1F170}'..='\u{1F189}');
    c.is_alphanumeric() && !framed
}

fn class(c: char) -> Class {
    if c.is_whitespace() {
        Class::Space
    } else if is_letter(c) {
        Class::Letter
    } else {
        Class::Mark
    }
}

/// Whether a run between two such characters opens, and whether it closes.
pub(crate) fn flanks(mark: char, before: Class, after: Class) -> (bool, bool) {
    let left = after != Class::Space && (after != Class::Mark || before != Class::Letter);
    let right = before != Class::Space && (before != Class::Mark || after != Class::Letter);
    if mark == '_' {
        (
            left && (!right || before == Class::Mark),
            right && (!left || after == Class::Mark),
        )
    } else {
        (left, right)
    }
}

/// Turns runs into marks where they pair up, and into literal characters where they do not.
fn resolve(nodes: Vec<Node>, dialect: Dialect) -> Inlines {
    let mut out: Vec<Node> = Vec::with_capacity(nodes.len());
    // The places of runs that may still open, and how far down a search of that sort has already failed.
    let mut openers: Vec<usize> = Vec::new();
    let mut failed: BTreeMap<(char, bool, usize), usize> = BTreeMap::new();
    for node in nodes {
        let Node::Run(mut run) = node else {
            out.push(node);
            continue;
        };
        while run.closes && run.left > 0 {
            let sort = (
                run.mark,
                run.opens,
                if dialect.markdown {
                    run.length % 3
                } else {
                    run.left.min(3)
                },
            );
            let floor = failed.get(&sort).copied().unwrap_or(0);
            let found = openers
                .iter()
                .enumerate()
                .skip(floor)
                .rev()
                .find_map(|(height, place)| match out.get(*place) {
                    Some(Node::Run(opener)) if pairs(opener, &run, dialect) => Some((height, *place)),
                    _ => None,
                });
            let Some((height, place)) = found else {
                failed.insert(sort, openers.len());
                break;
            };
            let inner = literal_runs(out.split_off(place + 1));
            openers.truncate(height);
            for low in failed.values_mut() {
                *low = (*low).min(height);
            }
            let Some(Node::Run(mut opener)) = out.pop() else { break };
            let used = if opener.left >= 2 && run.left >= 2 { 2 } else { 1 };
            opener.left -= used;
            run.left -= used;
            if opener.left > 0 {
                openers.push(out.len());
                out.push(Node::Run(opener));
            }
            out.push(Node::Done(if used == 2 {
                Inline::Strong(inner)
            } else {
                Inline::Emphasis(inner)
            }));
        }
        if run.left > 0 {
            if run.opens {
                openers.push(out.len());
            }
            out.push(Node::Run(run));
        }
    }
    literal_runs(out)
}

fn pairs(opener: &Run, closer: &Run, dialect: Dialect) -> bool {
    if opener.mark != closer.mark {
        return false;
    }
    let two_faced = opener.closes || closer.opens;
    if dialect.markdown {
        let thirds = (opener.length + closer.length).is_multiple_of(3)
            && !(opener.length.is_multiple_of(3) && closer.length.is_multiple_of(3));
        !(two_faced && thirds)
    } else {
        // Inside a word, one star and two never pair: `*a**b**c*`.
        !(two_faced && matches!((opener.left, closer.left), (1, 2) | (2, 1)))
    }
}

fn literal_runs(nodes: Vec<Node>) -> Inlines {
    nodes
        .into_iter()
        .map(|node| match node {
            Node::Done(inline) => inline,
            Node::Run(run) => Inline::Text(run.mark.to_string().repeat(run.left)),
            Node::Bracket => Inline::Text("[".to_owned()),
        })
        .collect()
}
