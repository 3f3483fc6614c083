//! One paragraph: from flat text to lines of positioned runs.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::Arc;

use parley::layout::BreakReason;
use parley::style::{
    FontFamily, FontFamilyName, FontStyle, FontWeight, Language, LineHeight, OverflowWrap, StyleProperty,
};
use parley::{Alignment, AlignmentOptions, BaseDirection, Layout};

use super::face::Face;
use super::families::Tongue;
use super::fonts::{CODE, Cabinet, Home, TEXT};
use super::kept::{Key, Set};
use super::laid::{Cluster, Colour, Glyph, Run};
use super::text::Flat;

/// Code looks larger than the text around it at the same size.
const CODE_SCALE: f32 = 0.9;

/// Most that a space of a filled line is widened by, in ems: where that is not enough the line stays short.
const WIDEST_ADDED: f32 = 0.75;

/// Where lines stand between the edges of their column.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Align {
    Left,
    Right,
    /// In the middle, with lines of about the same length.
    Centre,
}

/// How a paragraph is set.
#[derive(Clone, Copy, Debug)]
pub(super) struct Cut {
    pub(super) size: f32,
    pub(super) bold: bool,
    pub(super) italic: bool,
    pub(super) colour: Colour,
    pub(super) width: f32,
    pub(super) leftward: bool,
    pub(super) align: Align,
    pub(super) hyphenated: bool,
    pub(super) filled: bool,
}

/// A line: its runs in the order of the text, with `x` from the column's left edge and `y` 0 at the baseline.
#[derive(Clone, Debug, Default)]
pub(super) struct Line {
    /// Each run with the number of its link (1 + index into [`Flat::links`], 0 = none).
    pub(super) runs: Vec<(u32, Run, f32)>,
    /// Right end of its ink, trailing space left out.
    pub(super) right: f32,
    /// Byte range of its text.
    pub(super) range: Range<usize>,
    /// Where the text of each run begins in that of the paragraph.
    pub(super) starts: Vec<usize>,
    /// Whether the paragraph, or a line that somebody ended, ends here.
    pub(super) ends: bool,
}

/// What all paragraphs of a document share.
pub(super) struct Press<'a> {
    pub(super) cabinet: &'a mut Cabinet,
    pub(super) faces: Vec<Arc<Face>>,
    pub(super) language: String,
    /// Whether paragraphs that were set before are taken as they were, and this document's are kept.
    again: bool,
}

impl<'a> Press<'a> {
    pub(super) fn new(cabinet: &'a mut Cabinet, language: &str, again: bool) -> Self {
        if again {
            cabinet.kept.turn();
        }
        Self {
            faces: if again { cabinet.kept.faces.clone() } else { Vec::new() },
            cabinet,
            language: language.to_owned(),
            again,
        }
    }

    /// Sets a paragraph. Characters that no font has are spelt out in `flat`, and returned.
    pub(super) fn set(&mut self, flat: &mut Flat, cut: Cut) -> (Vec<Line>, Vec<char>) {
        if !self.again {
            return self.set_anew(flat, cut);
        }
        let key = Key::of(flat, cut, &self.language);
        if let Some(set) = self.cabinet.kept.find(&key) {
            *flat = set.flat;
            return (set.lines, set.missing);
        }
        let (lines, missing) = self.set_anew(flat, cut);
        let set = Set {
            flat: flat.clone(),
            lines: lines.clone(),
            missing: missing.clone(),
        };
        self.cabinet.kept.keep(key, set);
        (lines, missing)
    }

    fn set_anew(&mut self, flat: &mut Flat, cut: Cut) -> (Vec<Line>, Vec<char>) {
        let tongue = Tongue::of(&flat.text(), &self.language);
        let mut missing = flat.spell_out(self.cabinet, tongue);
        // A cluster may mix characters that no single font has together. Each round spells out at least one more, the
        // last one all that is left.
        for round in 0.. {
            let text = flat.text();
            if text.is_empty() {
                break;
            }
            let layout = self.shape(&text, flat, cut, tongue);
            let (lines, holes) = self.lines(layout, &text, cut);
            if holes.is_empty() {
                let mut lines = if cut.hyphenated {
                    self.hyphenated(flat, lines, cut, tongue)
                } else {
                    lines
                };
                if cut.filled {
                    for line in &mut lines {
                        fill(line, cut);
                    }
                }
                return (lines, missing);
            }
            let all = 0..text.len();
            let spelt = flat.spell_out_at(if round < 8 { &holes } else { std::slice::from_ref(&all) });
            if spelt.is_empty() {
                return (lines, missing);
            }
            missing.extend(spelt);
        }
        (Vec::new(), missing)
    }

    pub(super) fn shape(&mut self, text: &str, flat: &Flat, cut: Cut, tongue: Tongue) -> Layout<u32> {
        let mut extra = BTreeSet::new();
        for c in text.chars().filter(|c| !c.is_ascii()) {
            if let Home::Extra(index) = self.cabinet.home(c, tongue) {
                extra.insert(index);
            }
        }
        let Cabinet {
            context,
            layout,
            extra: families,
            ..
        } = &mut *self.cabinet;
        let names: Vec<&str> = TEXT
            .iter()
            .copied()
            .chain(
                extra
                    .iter()
                    .filter_map(|index| families.get(*index))
                    .map(|family| family.name.as_str()),
            )
            .collect();
        let stack = |first: Option<&'static str>| {
            FontFamily::List(Cow::Owned(
                first
                    .into_iter()
                    .chain(names.iter().copied())
                    .map(|name| FontFamilyName::Named(Cow::Owned(name.to_owned())))
                    .collect(),
            ))
        };
        let weight = |bold| StyleProperty::FontWeight(if bold { FontWeight::BOLD } else { FontWeight::NORMAL });
        let slope = |italic| StyleProperty::FontStyle(if italic { FontStyle::Italic } else { FontStyle::Normal });
        let mut builder = layout.ranged_builder(context, text, 1.0, false);
        builder.push_default(stack(None));
        builder.push_default(StyleProperty::FontSize(cut.size));
        builder.push_default(LineHeight::Absolute(cut.size));
        builder.push_default(StyleProperty::OverflowWrap(OverflowWrap::Anywhere));
        builder.push_default(StyleProperty::Locale(Language::parse(&self.language).ok()));
        builder.push_default(weight(cut.bold));
        builder.push_default(slope(cut.italic));
        let mut start = 0;
        for piece in &flat.pieces {
            let range = start..start + piece.text.len();
            start = range.end;
            let look = piece.look;
            if look.bold != cut.bold && look.bold {
                builder.push(weight(true), range.clone());
            }
            if look.italic {
                builder.push(slope(!cut.italic), range.clone());
            }
            if look.code {
                builder.push(stack(Some(CODE)), range.clone());
                builder.push(StyleProperty::FontSize(cut.size * CODE_SCALE), range.clone());
            }
            if look.link != 0 {
                builder.push(StyleProperty::Brush(look.link), range);
            }
        }
        builder.set_base_direction(if cut.leftward {
            BaseDirection::Rtl
        } else {
            BaseDirection::Ltr
        });
        builder.build(text)
    }

    /// Breaks and reads out the lines, and the ranges of text for which a font had no glyph.
    pub(super) fn lines(&mut self, mut layout: Layout<u32>, text: &str, cut: Cut) -> (Vec<Line>, Vec<Range<usize>>) {
        layout.break_all_lines(Some(cut.width));
        let mut shift = 0.0;
        let alignment = match cut.align {
            Align::Left => Alignment::Left,
            Align::Right => Alignment::Right,
            Align::Centre => {
                let width = balance(&mut layout, cut.width);
                shift = (cut.width - width) / 2.0;
                Alignment::Center
            }
        };
        layout.align(alignment, AlignmentOptions::default());
        let mut holes = Vec::new();
        let mut lines = Vec::with_capacity(layout.len());
        let mut starts = Vec::new();
        for line in layout.lines() {
            let mut out = Line {
                range: line.text_range(),
                ends: matches!(line.break_reason(), BreakReason::None | BreakReason::Explicit),
                ..Line::default()
            };
            let metrics = line.metrics();
            let mut pen = shift + metrics.offset + metrics.inline_min_coord;
            for run in line.runs() {
                let Some(face) = self.cabinet.face(run.font()).map(|face| self.number(face)) else {
                    continue;
                };
                for mut part in parts(&run, text, &mut holes) {
                    let run = Run {
                        face,
                        size: run.font_size(),
                        colour: cut.colour,
                        x: pen,
                        y: 0.0,
                        // A slanted Arabic or Hebrew letter is a fault, not an italic.
                        slant: if run.is_rtl() {
                            0.0
                        } else {
                            run.synthesis().skew().unwrap_or(0.0)
                        },
                        thicken: run.synthesis().embolden(),
                        glyphs: Vec::new(),
                        text: std::mem::take(&mut part.text),
                        clusters: Vec::new(),
                    };
                    let (run, end) = place(run, part.groups);
                    if !run.text.trim().is_empty() {
                        out.right = end - trailing_space(&run, end);
                    }
                    pen = end;
                    if !run.glyphs.is_empty() {
                        starts.push(part.start);
                        out.runs.push((part.link, run, pen));
                    }
                }
            }
            // In the order of the text, which is the one to be read in; where they stand is settled.
            let mut ordered: Vec<_> = starts.drain(..).zip(std::mem::take(&mut out.runs)).collect();
            ordered.sort_by_key(|(start, _)| *start);
            (out.starts, out.runs) = ordered.into_iter().unzip();
            lines.push(out);
        }
        // A break at the very end of the text begins no line.
        if text.ends_with('\n') && lines.last().is_some_and(|line| line.runs.is_empty()) {
            lines.pop();
        }
        (lines, holes)
    }

    /// The number of a face in this document.
    fn number(&mut self, face: Arc<Face>) -> usize {
        if let Some(at) = self.faces.iter().position(|known| Arc::ptr_eq(known, &face)) {
            return at;
        }
        if self.again {
            self.cabinet.kept.faces.push(Arc::clone(&face));
        }
        self.faces.push(face);
        self.faces.len() - 1
    }
}

/// Spreads the spaces of a line so that it fills the measure, unless it ends a paragraph or would be full of holes.
fn fill(line: &mut Line, cut: Cut) {
    let (mut left, mut spaces) = (f32::MAX, Vec::new());
    for (_, run, _) in &line.runs {
        for cluster in &run.clusters {
            let Some(glyph) = run.glyphs.get(cluster.glyphs.start) else {
                continue;
            };
            if run.text.get(cluster.text.clone()) == Some(" ") {
                spaces.push(run.x + glyph.x);
            } else {
                left = left.min(run.x + glyph.x);
            }
        }
    }
    // A space at the end of the line is not seen: it stands on the left where the line runs leftward.
    spaces.retain(|x| (left..line.right - 0.01).contains(x));
    let free = cut.width - (line.right - left);
    let each = free / spaces.len().max(1) as f32;
    if line.ends || spaces.is_empty() || free <= 0.0 || each > cut.size * WIDEST_ADDED {
        return;
    }
    spaces.sort_by(f32::total_cmp);
    let moved = |x: f32| each * spaces.iter().filter(|space| **space < x - 0.01).count() as f32 - left;
    for (_, run, end) in &mut line.runs {
        let start = run.x;
        let shift = moved(start);
        for glyph in &mut run.glyphs {
            glyph.x += moved(start + glyph.x) - shift;
        }
        run.x += shift;
        *end += moved(*end);
    }
    line.right = cut.width;
}

/// Breaks the lines again at the least width that gives as many; returns that width.
fn balance(layout: &mut Layout<u32>, width: f32) -> f32 {
    let lines = layout.len();
    if lines < 2 {
        return width;
    }
    let (mut low, mut high) = (width / 2.0, width);
    while high - low > 2.0 {
        let middle = f32::midpoint(low, high);
        layout.break_all_lines(Some(middle));
        if layout.len() > lines || layout.width() > middle {
            low = middle;
        } else {
            high = middle;
        }
    }
    layout.break_all_lines(Some(high));
    high
}

/// A part of a run that belongs to one link or to none, its groups in logical order.
struct Part {
    link: u32,
    /// Where its text begins in that of the paragraph.
    start: usize,
    text: String,
    groups: Vec<(Range<usize>, Vec<parley::Glyph>)>,
}

/// Takes a run apart, from left to right.
fn parts(run: &parley::layout::Run<'_, u32>, text: &str, holes: &mut Vec<Range<usize>>) -> Vec<Part> {
    let mut parts: Vec<Part> = Vec::new();
    for cluster in run.clusters() {
        let range = cluster.text_range();
        let range_start = range.start;
        let piece = text.get(range.clone()).unwrap_or_default();
        if cluster.is_ligature_continuation()
            && let Some(part) = parts.last_mut()
            && let Some(group) = part.groups.last_mut()
        {
            part.text.push_str(piece);
            group.0.end = part.text.len();
            continue;
        }
        if matches!(piece, "\n" | "\r\n") {
            continue;
        }
        let glyphs: Vec<parley::Glyph> = cluster.glyphs().collect();
        if glyphs.iter().any(|glyph| glyph.id == 0) {
            // The first character is spared: alone it may well have a glyph.
            let first = piece.chars().next().map_or(0, char::len_utf8);
            holes.push(if first < piece.len() {
                range.start + first..range.end
            } else {
                range
            });
        }
        let link = cluster.style().brush;
        if parts.last().is_none_or(|part| part.link != link) {
            parts.push(Part {
                link,
                start: range_start,
                text: String::new(),
                groups: Vec::new(),
            });
        }
        if let Some(part) = parts.last_mut() {
            let start = part.text.len();
            part.text.push_str(piece);
            part.groups.push((start..part.text.len(), glyphs));
        }
    }
    if run.is_rtl() {
        parts.reverse();
        for part in &mut parts {
            part.groups.reverse();
        }
    }
    parts
}

/// Puts glyphs one after the other; returns the run and where the pen is then.
fn place(mut run: Run, groups: Vec<(Range<usize>, Vec<parley::Glyph>)>) -> (Run, f32) {
    let mut pen = 0.0;
    for (text, glyphs) in groups {
        let first = run.glyphs.len();
        for glyph in glyphs {
            if let Ok(id) = u16::try_from(glyph.id)
                && id != 0
            {
                run.glyphs.push(Glyph {
                    id,
                    x: pen + glyph.x,
                    rise: -glyph.y,
                });
            }
            pen += glyph.advance;
        }
        run.clusters.push(Cluster {
            glyphs: first..run.glyphs.len(),
            text,
        });
    }
    let end = run.x + pen;
    (run, end)
}

/// Width of the spaces at the right end of a run.
fn trailing_space(run: &Run, end: f32) -> f32 {
    run.clusters
        .iter()
        .rev()
        .take_while(|cluster| {
            run.text
                .get(cluster.text.clone())
                .is_some_and(|text| text.trim().is_empty())
        })
        .filter_map(|cluster| run.glyphs.get(cluster.glyphs.start))
        .last()
        .map_or(0.0, |glyph| end - run.x - glyph.x)
}
