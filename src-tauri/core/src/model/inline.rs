//! Inline text: `**strong**`, `*emphasis*`, `` `code` ``, `[label](url)`, a hard break, backslash escapes and mentions.
//!
//! The source is what is stored and typed; [`parse`] never fails: what is no well-formed mark is literal. [`write()`] is
//! its inverse on text in normal form ([`normal`]), and [`literal`] makes a source that means exactly its characters.

mod normal;
mod read;
#[cfg(test)]
pub(crate) mod tests;

use super::ParticipantId;
use crate::model::text::clean;
pub use normal::normal;
pub(crate) use normal::{is_blank, merge};
pub(crate) use read::{Class, flanks, is_letter};
use read::{Dialect, read};

/// A run of inline text.
pub type Inlines = Vec<Inline>;

/// A piece of inline text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Inline {
    /// Literal characters.
    Text(String),
    /// A comma that belongs to the words and parts nothing: in a list of roles it stands inside one role. It is set as
    /// a plain comma; only text formats that are read again mark it.
    Comma,
    /// Bold.
    Strong(Inlines),
    /// Italic.
    Emphasis(Inlines),
    /// Code, literal.
    Code(String),
    /// A link; `#` leads nowhere.
    Link {
        /// What is shown.
        label: Inlines,
        /// Where it leads.
        url: String,
    },
    /// A participant mentioned in prose.
    Mention {
        /// Who.
        participant: ParticipantId,
        /// The name as written.
        label: Inlines,
    },
    /// A hard line break.
    Break,
}

/// How the address of a mention begins; the participant's id follows.
pub const MENTION: &str = "minuta:participant/";

/// Reads a source. Whatever is no well-formed mark comes out as typed. The result is in normal form.
#[must_use]
pub fn parse(source: &str) -> Inlines {
    read(
        source,
        Dialect {
            markdown: false,
            commas: false,
        },
    )
}

/// Reads a source in which an escaped comma counts apart from a bare one ([`Inline::Comma`]): a list of roles.
#[must_use]
pub fn parse_list(source: &str) -> Inlines {
    read(
        source,
        Dialect {
            markdown: false,
            commas: true,
        },
    )
}

/// Reads the text of one `CommonMark` block: also `_` marks, numeric character references, `<https://…>` links, soft
/// line breaks, and the flanking rules of <https://spec.commonmark.org/0.31.2/#emphasis-and-strong-emphasis>. Escaped
/// commas come as [`Inline::Comma`]. Named references, HTML, images and links with titles stay as they are written.
#[must_use]
pub fn parse_markdown(source: &str) -> Inlines {
    read(
        source,
        Dialect {
            markdown: true,
            commas: true,
        },
    )
}

/// The source that means exactly these characters (after [`clean`]; a newline means a hard break).
#[must_use]
pub fn literal(text: &str) -> String {
    let text = clean(text).0;
    let mut out = String::with_capacity(text.len() + 8);
    let mut before = None;
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        let after = chars.peek().copied();
        let escape = match c {
            '\\' => after.is_none_or(|next| next == '\n' || next.is_ascii_punctuation()),
            // A lone star between spaces opens and closes nothing.
            '*' => !(before.is_some_and(char::is_whitespace) && after.is_some_and(char::is_whitespace)),
            '`' | '[' | ']' => true,
            _ => false,
        };
        if escape {
            out.push('\\');
        }
        out.push(c);
        before = Some(c);
    }
    out
}

/// The words alone, without marks; a break is a newline.
#[must_use]
pub fn plain(inlines: &[Inline]) -> String {
    let mut out = String::new();
    plain_into(inlines, &mut out);
    out
}

fn plain_into(inlines: &[Inline], out: &mut String) {
    for inline in inlines {
        match inline {
            Inline::Text(text) | Inline::Code(text) => out.push_str(text),
            Inline::Comma => out.push(','),
            Inline::Strong(inner) | Inline::Emphasis(inner) => plain_into(inner, out),
            Inline::Link { label, .. } | Inline::Mention { label, .. } => plain_into(label, out),
            Inline::Break => out.push('\n'),
        }
    }
}

/// The canonical source: `parse(&write(x))` is `normal(x)`.
#[must_use]
pub fn write(inlines: &[Inline]) -> String {
    let mut out = String::new();
    write_into(&normal(inlines), &mut out);
    out
}

fn write_into(inlines: &[Inline], out: &mut String) {
    for inline in inlines {
        match inline {
            Inline::Text(text) => out.push_str(&literal(text)),
            Inline::Comma => out.push(','),
            Inline::Strong(inner) => {
                out.push_str("**");
                write_into(inner, out);
                out.push_str("**");
            }
            Inline::Emphasis(inner) => {
                out.push('*');
                write_into(inner, out);
                out.push('*');
            }
            Inline::Code(code) => out.push_str(&code_span(code)),
            Inline::Link { label, url } => {
                out.push('[');
                write_into(label, out);
                out.push_str("](");
                out.push_str(&destination(url, false));
                out.push(')');
            }
            Inline::Mention { participant, label } => {
                out.push('[');
                write_into(label, out);
                out.push_str("](");
                out.push_str(MENTION);
                out.push_str(&participant.to_string());
                out.push(')');
            }
            Inline::Break => out.push('\n'),
        }
    }
}

/// A code span: fenced by more backticks than it holds in a row, padded where its own edge would be eaten.
pub(crate) fn code_span(code: &str) -> String {
    let mut lengths = std::collections::BTreeSet::new();
    let mut run = 0_usize;
    for c in code.chars().chain(std::iter::once(' ')) {
        if c == '`' {
            run += 1;
        } else {
            lengths.insert(run);
            run = 0;
        }
    }
    let length = (1..).find(|length| !lengths.contains(length)).unwrap_or(1);
    let fence = "`".repeat(length);
    let spaced = code.starts_with(' ') && code.ends_with(' ') && !code.trim_matches(' ').is_empty();
    let pad = if spaced || code.starts_with('`') || code.ends_with('`') {
        " "
    } else {
        ""
    };
    format!("{fence}{pad}{code}{pad}{fence}")
}

/// A link's address as it stands between its parentheses. In Markdown, what looks like a character reference and a
/// comma are escaped too.
pub(crate) fn destination(url: &str, markdown: bool) -> String {
    let bracketed = url.is_empty() || url.starts_with('<') || url.chars().any(char::is_whitespace) || !balanced(url);
    let mut out = String::with_capacity(url.len() + 2);
    if bracketed {
        out.push('<');
    }
    let mut chars = url.chars().peekable();
    while let Some(c) = chars.next() {
        let escape = match c {
            '\\' => chars.peek().is_none_or(char::is_ascii_punctuation),
            '<' | '>' => true,
            '&' => {
                markdown
                    && chars
                        .peek()
                        .is_some_and(|next| *next == '#' || next.is_ascii_alphanumeric())
            }
            _ => false,
        };
        if escape {
            out.push('\\');
        }
        out.push(c);
    }
    if bracketed {
        out.push('>');
    }
    out
}

/// The deepest nesting of parentheses in an address that is read without `<…>`.
const DEEPEST: usize = 30;

fn balanced(url: &str) -> bool {
    let mut depth = 0_usize;
    let mut deepest = 0;
    for c in url.chars() {
        match c {
            '(' => depth += 1,
            ')' => match depth.checked_sub(1) {
                Some(less) => depth = less,
                None => return false,
            },
            _ => {}
        }
        deepest = deepest.max(depth);
    }
    depth == 0 && deepest <= DEEPEST
}
