//! The part of each font that a document uses: new numbers for its glyphs, and what each stands for.

use std::collections::BTreeMap;

use printpdf::{FontMetrics, FontType, ParsedFont, PdfFontMetricsStub};
use subsetter::GlyphRemapper;

use crate::{Error, Result};

use super::hints::without_hints;
use super::laid::{Cluster, Laid, Mark, Run};
use super::text::has_leftward;

/// Stands for nothing on its own where a viewer knows no `ActualText`: ISO 32000-1 has no way to say "no character".
const NOTHING: &str = "\u{200b}";

/// The used glyphs of a face.
#[derive(Debug, Default)]
pub(super) struct Used {
    renumber: GlyphRemapper,
    /// By old number: what the glyph stands for.
    texts: BTreeMap<u16, String>,
}

impl Used {
    /// What each face of a document is used for, in the order of [`Laid::faces`].
    pub(super) fn by_face(laid: &Laid) -> Vec<Self> {
        let mut used: Vec<Self> = laid.faces.iter().map(|_| Self::default()).collect();
        // One glyph for one cluster says best what it stands for, so these come first.
        for first in [true, false] {
            for run in runs(laid) {
                let Some(face) = used.get_mut(run.face) else {
                    continue;
                };
                for cluster in &run.clusters {
                    face.take(run, cluster, first);
                }
            }
        }
        used
    }

    fn take(&mut self, run: &Run, cluster: &Cluster, first: bool) {
        let glyphs = run.glyphs.get(cluster.glyphs.clone()).unwrap_or_default();
        let text = run.text.get(cluster.text.clone()).unwrap_or_default();
        if first {
            for glyph in glyphs {
                self.renumber.remap(glyph.id);
            }
        }
        if let [glyph] = glyphs {
            self.texts.entry(glyph.id).or_insert_with(|| text.to_owned());
        } else if !first {
            // What each of several glyphs stands for is a guess, for readers that do not look at the text beside them.
            let mut characters: Vec<char> = text.chars().collect();
            if has_leftward(text) {
                characters.reverse();
            }
            let one_each = glyphs.len() == characters.len();
            for (n, glyph) in glyphs.iter().enumerate() {
                let guess = match characters.get(n) {
                    Some(c) if one_each => String::from(*c),
                    _ if n == 0 => text.to_owned(),
                    _ => NOTHING.to_owned(),
                };
                self.texts.entry(glyph.id).or_insert(guess);
            }
        }
    }

    /// The number of a glyph in the subset.
    pub(super) fn code(&self, glyph: u16) -> u16 {
        self.renumber.get(glyph).unwrap_or(0)
    }

    /// All its glyphs by their numbers in the subset, each with what it stands for.
    pub(super) fn letters(&self) -> impl Iterator<Item = (u16, &str)> {
        let glyphs = self.renumber.remapped_gids().enumerate().skip(1);
        glyphs.filter_map(|(new, old)| Some((u16::try_from(new).ok()?, self.text(old))))
    }

    /// What a glyph stands for.
    pub(super) fn text(&self, glyph: u16) -> &str {
        self.texts.get(&glyph).map_or(NOTHING, String::as_str)
    }

    /// Whether a cluster's glyph says its text by itself.
    pub(super) fn says(&self, run: &Run, cluster: &Cluster) -> bool {
        let text = run.text.get(cluster.text.clone()).unwrap_or_default();
        let glyphs = run.glyphs.get(cluster.glyphs.clone()).unwrap_or_default();
        matches!(glyphs, [glyph] if self.text(glyph.id) == text)
    }

    /// The subset as printpdf wants it. Lengths are in thousandths of an em already: it would cut them off, and text
    /// would drift.
    pub(super) fn font(&self, laid: &Laid, index: usize) -> Result<ParsedFont> {
        let face = laid
            .faces
            .get(index)
            .ok_or_else(|| Error::Internal("a run names no font".to_owned()))?;
        let bytes = subsetter::subset(face.data.as_ref(), face.index, &self.renumber)
            .map_err(|error| Error::Internal(format!("font {}: {error}", face.name)))?;
        let widths = self.renumber.remapped_gids().enumerate();
        let widths = widths
            .filter_map(|(new, old)| Some((u16::try_from(new).ok()?, face.advance(old))))
            .collect();
        let [x_min, y_min, x_max, y_max] = face.bounds;
        let bytes = without_hints(&bytes).unwrap_or(bytes);
        let is_truetype = bytes.get(..4) != Some(b"OTTO");
        Ok(ParsedFont {
            original_bytes: bytes,
            font_index: 0,
            font_name: Some(format!("{}+{}", tag(index), face.name)),
            codepoint_to_glyph: BTreeMap::new(),
            glyph_widths: widths,
            units_per_em: 1000,
            font_metrics: FontMetrics {
                ascent: face.ascent,
                descent: face.descent,
            },
            font_type: if is_truetype {
                FontType::TrueType
            } else {
                FontType::OpenTypeCFF(())
            },
            pdf_font_metrics: PdfFontMetricsStub {
                units_per_em: 1000,
                x_min,
                y_min,
                x_max,
                y_max,
                caret_slope_rise: face.slope.0,
                caret_slope_run: face.slope.1,
                us_weight_class: face.weight,
            },
        })
    }
}

/// All runs of a document.
pub(super) fn runs(laid: &Laid) -> impl Iterator<Item = &Run> {
    laid.pages
        .iter()
        .flat_map(|page| &page.marks)
        .filter_map(|placed| match &placed.mark {
            Mark::Run(run) => Some(run),
            Mark::Rect(_) | Mark::Link(_) => None,
        })
}

/// The tag of a subset: six capitals that differ within a file (ISO 32000-1, 9.6.4).
fn tag(index: usize) -> String {
    let mut rest = index;
    let mut letters: Vec<char> = Vec::with_capacity(6);
    for _ in 0..6 {
        letters.push(char::from(b'A' + u8::try_from(rest % 26).unwrap_or(0)));
        rest /= 26;
    }
    letters.iter().rev().collect()
}
