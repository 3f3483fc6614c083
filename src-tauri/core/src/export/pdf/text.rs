//! Inline text made ready for the shaper: flat pieces of one style each, without what cannot be drawn.

use std::ops::Range;

use crate::model::inline::Inline;

use super::families::Tongue;
use super::fonts::{Cabinet, Home};

/// How a piece is set.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(super) struct Look {
    pub(super) bold: bool,
    pub(super) italic: bool,
    pub(super) code: bool,
    /// 1 + index into [`Flat::links`]; 0 = none.
    pub(super) link: u32,
}

/// Text of one look.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Piece {
    pub(super) text: String,
    pub(super) look: Look,
}

/// A paragraph's text.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(super) struct Flat {
    pub(super) pieces: Vec<Piece>,
    pub(super) links: Vec<String>,
}

impl Flat {
    /// Flattens inline text.
    pub(super) fn of(inlines: &[Inline]) -> Self {
        let mut flat = Self::default();
        flat.take(inlines, Look::default());
        flat
    }

    /// Plain text of one look.
    pub(super) fn plain(text: &str) -> Self {
        let mut flat = Self::default();
        flat.push(text, Look::default());
        flat
    }

    fn take(&mut self, inlines: &[Inline], look: Look) {
        for inline in inlines {
            match inline {
                Inline::Text(text) => self.push(text, look),
                Inline::Code(text) => self.push(text, Look { code: true, ..look }),
                Inline::Strong(inner) => self.take(inner, Look { bold: true, ..look }),
                Inline::Emphasis(inner) => self.take(
                    inner,
                    Look {
                        italic: !look.italic,
                        ..look
                    },
                ),
                Inline::Mention { label, .. } => self.take(label, look),
                Inline::Break => self.push("\n", look),
                Inline::Comma => self.push(",", look),
                Inline::Link { label, url } => {
                    let link = address(url).map_or(look.link, |url| {
                        self.links.push(url);
                        u32::try_from(self.links.len()).unwrap_or(0)
                    });
                    self.take(label, Look { link, ..look });
                }
            }
        }
    }

    fn push(&mut self, text: &str, look: Look) {
        let mut clean = String::with_capacity(text.len());
        let mut last = None;
        for c in text.chars() {
            match c {
                // A line feed after a carriage return is the same break.
                '\n' if last == Some('\r') => {}
                '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => clean.push('\n'),
                '\t' => clean.push(' '),
                // Variation selectors mean something after an ideograph only: there they choose a form of a name.
                '\u{fe00}'..='\u{fe0f}' | '\u{e0100}'..='\u{e01ef}' => {
                    if last.is_some_and(ideograph) {
                        clean.push(c);
                    }
                }
                c if invisible(c) => {}
                c => clean.push(c),
            }
            last = Some(c);
        }
        if clean.is_empty() {
            return;
        }
        match self.pieces.last_mut() {
            Some(piece) if piece.look == look => piece.text.push_str(&clean),
            _ => self.pieces.push(Piece { text: clean, look }),
        }
    }

    /// All the text.
    pub(super) fn text(&self) -> String {
        self.pieces.iter().map(|piece| piece.text.as_str()).collect()
    }

    /// Whether there is nothing to be seen.
    pub(super) fn is_blank(&self) -> bool {
        self.pieces.iter().all(|piece| piece.text.trim().is_empty())
    }

    /// Puts a character into the text, with the look of what stands before it.
    pub(super) fn insert(&mut self, at: usize, c: char) {
        let mut start = 0;
        for piece in &mut self.pieces {
            let end = start + piece.text.len();
            if at <= end && piece.text.is_char_boundary(at - start) {
                piece.text.insert(at - start, c);
                return;
            }
            start = end;
        }
    }

    /// Whether the character at a place is part of code.
    pub(super) fn is_code(&self, at: usize) -> bool {
        let mut start = 0;
        self.pieces.iter().any(|piece| {
            let range = start..start + piece.text.len();
            start = range.end;
            piece.look.code && range.contains(&at)
        })
    }

    /// Puts `[U+XXXX]` in place of each character that no font has; returns them.
    pub(super) fn spell_out(&mut self, cabinet: &mut Cabinet, tongue: Tongue) -> Vec<char> {
        self.replace(|c, _| !joins(c) && c != '\n' && cabinet.home(c, tongue) == Home::None)
    }

    /// The same for all characters in some byte ranges of [`Self::text`] but those that every text font has.
    pub(super) fn spell_out_at(&mut self, ranges: &[Range<usize>]) -> Vec<char> {
        self.replace(|c, at| !c.is_ascii() && ranges.iter().any(|range| range.contains(&at)))
    }

    fn replace(&mut self, mut is_missing: impl FnMut(char, usize) -> bool) -> Vec<char> {
        let mut missing = Vec::new();
        let mut start = 0;
        for piece in &mut self.pieces {
            let length = piece.text.len();
            let found = missing.len();
            let mut spelt = String::new();
            for (at, c) in piece.text.char_indices() {
                if is_missing(c, start + at) {
                    missing.push(c);
                    spelt.push_str(&format!("[U+{:04X}]", u32::from(c)));
                } else {
                    spelt.push(c);
                }
            }
            if missing.len() > found {
                piece.text = spelt;
            }
            start += length;
        }
        missing
    }
}

/// Characters that shape or order their neighbours and show nothing themselves: joiners, breaks, directions,
/// variation selectors.
fn joins(c: char) -> bool {
    matches!(c,
        '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}' | '\u{2066}'..='\u{2069}' | '\u{61c}'
        | '\u{fe00}'..='\u{fe0f}' | '\u{e0100}'..='\u{e01ef}')
}

/// Characters that draw nothing and tell the shaper nothing: controls, and Unicode's default ignorables (UAX #44)
/// without those of [`joins`].
fn invisible(c: char) -> bool {
    (c.is_control() && c != '\n')
        || matches!(c,
            '\u{ad}' | '\u{34f}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{180b}'..='\u{180f}'
            | '\u{2061}'..='\u{2065}' | '\u{206a}'..='\u{206f}' | '\u{3164}' | '\u{feff}' | '\u{ffa0}'
            | '\u{fff0}'..='\u{fff8}' | '\u{1bca0}'..='\u{1bca3}' | '\u{1d173}'..='\u{1d17a}'
            | '\u{e0000}'..='\u{e00ff}' | '\u{e01f0}'..='\u{e0fff}')
}

fn ideograph(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

/// Whether a letter is written from right to left (by Unicode's blocks).
fn leftward(c: char) -> bool {
    matches!(c,
        '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{fefe}' | '\u{10800}'..='\u{10fff}'
        | '\u{1e800}'..='\u{1efff}')
}

/// Whether the first letter of a text is written from right to left.
pub(super) fn begins_leftward(text: &str) -> bool {
    text.chars().find(|c| c.is_alphabetic()).is_some_and(leftward)
}

/// Whether a text has letters, and all of them are written from right to left.
pub(super) fn all_leftward(text: &str) -> bool {
    begins_leftward(text) && text.chars().filter(|c| c.is_alphabetic()).all(leftward)
}

/// Whether a language is written from right to left.
pub(super) fn leftward_language(language: &str) -> bool {
    let main = language.split('-').next().unwrap_or_default().to_ascii_lowercase();
    matches!(
        main.as_str(),
        "ar" | "he" | "iw" | "fa" | "ur" | "yi" | "ps" | "sd" | "ug" | "dv" | "ckb" | "syr"
    )
}

/// An address that a link may lead to, in ASCII (others escaped as RFC 3987, 3.1, has it); none for any other kind.
fn address(url: &str) -> Option<String> {
    let url = url.trim();
    let (scheme, rest) = url.split_once(':')?;
    let scheme = scheme.to_ascii_lowercase();
    if !matches!(scheme.as_str(), "http" | "https" | "mailto") || rest.is_empty() {
        return None;
    }
    let mut ascii = format!("{scheme}:");
    for byte in rest.bytes() {
        if byte.is_ascii_graphic() && !matches!(byte, b'<' | b'>' | b'"' | b'\\' | b'^' | b'`' | b'{' | b'|' | b'}') {
            ascii.push(char::from(byte));
        } else {
            ascii.push_str(&format!("%{byte:02X}"));
        }
    }
    Some(ascii)
}

/// Whether a text has a letter that is written from right to left.
pub(super) fn has_leftward(text: &str) -> bool {
    text.chars().any(leftward)
}
