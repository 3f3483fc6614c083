//! Paragraphs that were set before. While somebody types, all of a document but one paragraph is as it was a moment ago:
//! its pages are laid again out of what is kept here, and only that one is shaped.

use std::collections::HashMap;
use std::sync::Arc;

use super::face::Face;
use super::laid::Colour;
use super::set::{Align, Cut, Line};
use super::text::Flat;

/// What a paragraph looks like follows from this alone, with the same fonts.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Key {
    flat: Flat,
    language: String,
    size: u32,
    width: u32,
    colour: Colour,
    align: Align,
    flags: [bool; 5],
}

impl Key {
    pub(super) fn of(flat: &Flat, cut: Cut, language: &str) -> Self {
        Self {
            flat: flat.clone(),
            language: language.to_owned(),
            size: cut.size.to_bits(),
            width: cut.width.to_bits(),
            colour: cut.colour,
            align: cut.align,
            flags: [cut.bold, cut.italic, cut.leftward, cut.hyphenated, cut.filled],
        }
    }
}

/// A paragraph that is set.
#[derive(Clone, Debug)]
pub(super) struct Set {
    /// Its text, with what no font has spelt out.
    pub(super) flat: Flat,
    pub(super) lines: Vec<Line>,
    pub(super) missing: Vec<char>,
}

/// The paragraphs of the last two documents that were laid: of that which is being written, and of another one that is
/// looked at meanwhile.
#[derive(Debug, Default)]
pub(super) struct Kept {
    /// Each with the number of the document that used it last.
    sets: HashMap<Key, (u64, Set)>,
    /// The faces that their runs point into: these numbers stay.
    pub(super) faces: Vec<Arc<Face>>,
    document: u64,
}

impl Kept {
    pub(super) fn find(&mut self, key: &Key) -> Option<Set> {
        let (used, set) = self.sets.get_mut(key)?;
        *used = self.document;
        Some(set.clone())
    }

    pub(super) fn keep(&mut self, key: Key, set: Set) {
        self.sets.insert(key, (self.document, set));
    }

    /// Another document begins; what neither of the last two used is given up.
    pub(super) fn turn(&mut self) {
        let last = self.document;
        self.sets.retain(|_, (used, _)| *used + 1 >= last);
        self.document += 1;
    }
}
