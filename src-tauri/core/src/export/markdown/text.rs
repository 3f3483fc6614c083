//! Inline text → Markdown: what to escape, and how to keep marks working beside any character.
//!
//! The text becomes a row of tokens. Each mark is then tried against the flanking rules; where they fail it, the
//! character beside it is written as a numeric reference, whose `&` and `;` count as punctuation.

use crate::model::inline::{Class, Inline, Inlines, code_span, destination, flanks, is_letter};

/// Where text stands, which decides what its edges could be taken for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// A paragraph or an entry of a list; lines after a break are indented by so many spaces.
    Block {
        /// Spaces.
        indent: usize,
    },
    /// One line after a heading's marks.
    Line,
    /// A cell of a table.
    Cell,
}

enum Token {
    Char {
        c: char,
        label: bool,
        referenced: bool,
    },
    /// Written as it stands; begins and ends with punctuation.
    Raw(String),
    Mark {
        strong: bool,
        opens: bool,
        low: bool,
    },
    Break,
}

/// The Markdown of inline text that is in normal form.
pub(super) fn set(inlines: &[Inline], place: Place) -> String {
    let mut tokens = Vec::new();
    flatten(inlines, false, &mut tokens);
    lower_touching_marks(&mut tokens);
    keep_edges(&mut tokens);
    while reference_beside_marks(&mut tokens) {}
    write(&tokens, place)
}

fn flatten(inlines: &[Inline], label: bool, out: &mut Vec<Token>) {
    for inline in inlines {
        match inline {
            Inline::Text(text) => out.extend(text.chars().map(|c| Token::Char {
                c,
                label,
                referenced: false,
            })),
            Inline::Comma => out.push(Token::Raw("\\,".to_owned())),
            Inline::Strong(inner) => wrap(true, inner, label, out),
            Inline::Emphasis(inner) => wrap(false, inner, label, out),
            Inline::Code(code) => out.push(Token::Raw(code_span(code))),
            Inline::Link { label: words, url } => {
                out.push(Token::Raw("[".to_owned()));
                flatten(words, true, out);
                out.push(Token::Raw(format!("]({})", destination(url, true))));
            }
            Inline::Mention { label: words, .. } => flatten(words, label, out),
            Inline::Break => out.push(Token::Break),
        }
    }
}

fn wrap(strong: bool, inner: &Inlines, label: bool, out: &mut Vec<Token>) {
    out.push(Token::Mark {
        strong,
        opens: true,
        low: false,
    });
    flatten(inner, label, out);
    out.push(Token::Mark {
        strong,
        opens: false,
        low: false,
    });
}

/// Emphasis is `*`, but `_` where one of its ends touches another mark: runs of stars would have to be shared out.
fn lower_touching_marks(tokens: &mut [Token]) {
    let is_mark = |token: Option<&Token>| matches!(token, Some(Token::Mark { .. }));
    let mut open = Vec::new();
    let mut pairs = Vec::new();
    for (at, token) in tokens.iter().enumerate() {
        if let Token::Mark { strong, opens, .. } = token {
            if *opens {
                open.push(at);
            } else if let Some(start) = open.pop()
                && !strong
            {
                pairs.push((start, at));
            }
        }
    }
    for (start, end) in pairs {
        let touches = [start, end].iter().any(|at| {
            is_mark(tokens.get(at + 1)) || at.checked_sub(1).is_some_and(|before| is_mark(tokens.get(before)))
        });
        if touches {
            for at in [start, end] {
                if let Some(Token::Mark { low, .. }) = tokens.get_mut(at) {
                    *low = true;
                }
            }
        }
    }
}

/// White space at the edge of a line would be eaten.
fn keep_edges(tokens: &mut [Token]) {
    let last = tokens.len().saturating_sub(1);
    let breaks: Vec<usize> = (0..tokens.len())
        .filter(|at| matches!(tokens.get(*at), Some(Token::Break)))
        .collect();
    let starts = std::iter::once(0).chain(breaks.iter().map(|at| at + 1));
    let ends = breaks
        .iter()
        .filter_map(|at| at.checked_sub(1))
        .chain(std::iter::once(last));
    for at in starts.chain(ends).collect::<Vec<_>>() {
        if let Some(Token::Char { c, referenced, .. }) = tokens.get_mut(at)
            && c.is_whitespace()
        {
            *referenced = true;
        }
    }
}

fn class(token: Option<&Token>) -> Option<Class> {
    Some(match token {
        None | Some(Token::Break) => Class::Space,
        Some(Token::Raw(_) | Token::Mark { .. }) => Class::Mark,
        Some(Token::Char { referenced: true, .. }) => Class::Mark,
        Some(Token::Char { c, .. }) => {
            if matches!(c, ' ' | '\t') {
                Class::Space
            } else if c.is_ascii_punctuation() || plain_punctuation(*c) {
                Class::Mark
            } else if is_letter(*c) {
                Class::Letter
            } else {
                // Parsers of different ages class this one differently.
                return None;
            }
        }
    })
}

/// Punctuation beyond ASCII that every version of the specification takes as such.
fn plain_punctuation(c: char) -> bool {
    matches!(c, '\u{2010}'..='\u{2027}' | '\u{2030}'..='\u{203E}' | '«' | '»' | '¿' | '¡' | '、'..='〃' | '〈'..='】'
        | '！' | '（' | '）' | '，' | '．' | '：' | '；' | '？')
}

/// One round; says whether anything had to be changed.
fn reference_beside_marks(tokens: &mut [Token]) -> bool {
    let mut changed = false;
    for at in 0..tokens.len() {
        let Some(Token::Mark { opens, low, .. }) = tokens.get(at) else {
            continue;
        };
        let (opens, mark) = (*opens, if *low { '_' } else { '*' });
        let (outside, inside) = if opens {
            (at.checked_sub(1), Some(at + 1))
        } else {
            (Some(at + 1), at.checked_sub(1))
        };
        for neighbour in [inside, outside] {
            let before = at
                .checked_sub(1)
                .map_or(Some(Class::Space), |before| class(tokens.get(before)));
            let after = class(tokens.get(at + 1));
            let works = before.zip(after).is_some_and(|(before, after)| {
                let (can_open, can_close) = flanks(mark, before, after);
                if opens { can_open } else { can_close }
            });
            if works {
                break;
            }
            // Space outside does no harm, and stays readable.
            if let Some(Token::Char { referenced, .. }) = neighbour.and_then(|at| tokens.get_mut(at))
                && !*referenced
            {
                *referenced = true;
                changed = true;
            }
        }
    }
    changed
}

/// Whether a block would be read as a link reference definition: it begins with a link whose label holds code with
/// `]:` in it. Blocks are read before code spans, and in a code span nothing can be escaped.
fn defines_reference(tokens: &[Token]) -> bool {
    matches!(tokens.first(), Some(Token::Raw(raw)) if raw == "[")
        && tokens
            .iter()
            .take_while(|token| !matches!(token, Token::Raw(raw) if raw.starts_with("](")))
            .any(|token| matches!(token, Token::Raw(raw) if raw.contains("]:")))
}

fn write(tokens: &[Token], place: Place) -> String {
    let mut out = String::new();
    // A definition's address cannot hold a lone `(`, nor can its title go on after its closing mark.
    let defines = matches!(place, Place::Block { .. }) && defines_reference(tokens);
    let mut start = 0;
    for (at, token) in tokens.iter().enumerate() {
        match token {
            Token::Raw(raw) if defines && raw.starts_with("](") => out.push_str(&raw.replacen("](", "]( ", 1)),
            Token::Raw(raw) if place == Place::Cell => out.push_str(&raw.replace('|', "\\|")),
            Token::Raw(raw) => out.push_str(raw),
            Token::Mark { strong: true, .. } => out.push_str("**"),
            Token::Mark { low, .. } => out.push(if *low { '_' } else { '*' }),
            Token::Break => match place {
                Place::Block { indent } => {
                    out.push_str("\\\n");
                    out.push_str(&" ".repeat(indent));
                    start = at + 1;
                }
                Place::Line | Place::Cell => out.push(' '),
            },
            Token::Char {
                c, referenced: true, ..
            } => out.push_str(&format!("&#{};", u32::from(*c))),
            Token::Char { c, label, .. } => {
                let block = matches!(place, Place::Block { .. }) && begins_block(tokens, start, at, *c);
                let heading = place == Place::Line && *c == '#' && at + 1 == tokens.len();
                let closing = defines && matches!(c, '"' | '\'' | '>');
                if block || heading || closing || special(tokens, at, *c, *label) || (place == Place::Cell && *c == '|')
                {
                    out.push('\\');
                }
                out.push(*c);
            }
        }
    }
    out
}

fn char_at(tokens: &[Token], at: usize) -> Option<char> {
    match tokens.get(at) {
        Some(Token::Char {
            c, referenced: false, ..
        }) => Some(*c),
        _ => None,
    }
}

/// Whether a character could mean something anywhere in a line.
fn special(tokens: &[Token], at: usize, c: char, label: bool) -> bool {
    let before = at.checked_sub(1).and_then(|at| char_at(tokens, at));
    let after = char_at(tokens, at + 1);
    match c {
        '`' => true,
        '\\' => after.is_none_or(|next| next.is_ascii_punctuation()),
        '*' => !(before.is_some_and(blank) && after.is_some_and(blank)),
        '_' => {
            let left = (0..at)
                .rev()
                .map(|at| char_at(tokens, at))
                .find(|c| *c != Some('_'))
                .flatten();
            let right = (at + 1..tokens.len())
                .map(|at| char_at(tokens, at))
                .find(|c| *c != Some('_'))
                .flatten();
            // Inside a word it opens and closes nothing.
            !(left.is_some_and(is_letter) && right.is_some_and(is_letter))
        }
        '[' => label,
        ']' => label || after == Some('('),
        '!' => matches!(tokens.get(at + 1), Some(Token::Raw(raw)) if raw == "["),
        '<' => after.is_none_or(|next| next.is_ascii_alphabetic() || matches!(next, '/' | '!' | '?')),
        '&' => is_reference(tokens, at),
        '~' => before == Some('~') || after == Some('~'),
        _ => false,
    }
}

fn is_reference(tokens: &[Token], at: usize) -> bool {
    let mut rest = (at + 1..tokens.len()).map_while(|at| char_at(tokens, at));
    let end = rest.find(|c| *c != '#' && !c.is_ascii_alphanumeric());
    end == Some(';') && char_at(tokens, at + 1) != Some(';')
}

fn blank(c: char) -> bool {
    matches!(c, ' ' | '\t')
}

/// Whether the character at `at` would make the line that begins at `start` something else than text.
fn begins_block(tokens: &[Token], start: usize, at: usize, c: char) -> bool {
    // A space or the line's end; what is no character (a mark, a code span) goes on as text.
    let parted = |at: usize| match tokens.get(at) {
        None | Some(Token::Break) => true,
        Some(Token::Char { c, .. }) => c.is_whitespace(),
        _ => false,
    };
    if at == start {
        return match c {
            '>' | '[' => true,
            '#' => {
                let run = (at..tokens.len())
                    .take_while(|at| char_at(tokens, *at) == Some('#'))
                    .count();
                run <= 6 && parted(at + run)
            }
            '-' | '+' | '=' | '*' => parted(at + 1) || char_at(tokens, at + 1) == Some(c),
            _ => false,
        };
    }
    let digits = (start..at).all(|at| char_at(tokens, at).is_some_and(|c| c.is_ascii_digit()));
    matches!(c, '.' | ')') && digits && at - start <= 9 && parted(at + 1)
}
