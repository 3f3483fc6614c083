//! Pages → a PDF file. The only place that knows printpdf.
//!
//! printpdf writes pages, links and fonts; what it leaves wrong or out is mended in the tree of objects before it is
//! saved: see [`mend`].

use std::collections::BTreeMap;
use std::ops::Range;

use chrono::{DateTime, Utc};
use lopdf::SaveOptions;
use printpdf::{
    Actions, BorderArray, Codepoint, Color, ColorArray, DictItem, FontId, HighlightingMode, LinkAnnotation, Mm, Op,
    PaintMode, PdfDocument, PdfFont, PdfFontHandle, PdfPage, PdfSaveOptions, Pt, Rect as PdfRect, Rgb, TextItem,
    TextMatrix, TextRenderingMode,
};

use crate::{Error, Result};

use super::about::PRODUCER;
use super::file::{mend, utf16};
use super::glyphs::Used;
use super::laid::{Cluster, Colour, Laid, Link, Mark, Page, Rect, Run};
use super::tags::{numbered, sequences};
use super::text::has_leftward;

/// Width of the line that thickens a letter, as a share of its size.
const THICKEN: f32 = 0.03;

/// Most clusters of a word that are one span of replacement text.
const LONGEST_SPAN: usize = 24;

/// Writes a laid document as a PDF 1.7 file that says it was made at `created`.
///
/// # Errors
///
/// [`Error::Internal`] where a font cannot be cut down or the file cannot be written.
pub fn draw(laid: &Laid, created: DateTime<Utc>) -> Result<Vec<u8>> {
    let used = Used::by_face(laid);
    let mut pdf = PdfDocument::new(&laid.about.title);
    let info = &mut pdf.metadata.info;
    info.author.clone_from(&laid.about.author);
    info.subject.clone_from(&laid.about.subject);
    "Minuta".clone_into(&mut info.creator);
    PRODUCER.clone_into(&mut info.producer);
    for (index, face) in used.iter().enumerate() {
        pdf.resources
            .fonts
            .map
            .insert(font_id(index), PdfFont::new(face.font(laid, index)?));
    }
    pdf.pages = laid
        .pages
        .iter()
        .map(|page| {
            let mut pen = Pen {
                laid,
                used: &used,
                ops: Vec::new(),
                in_text: false,
                font: None,
                colour: None,
            };
            pen.page(page);
            PdfPage::new(Mm::from(Pt(laid.width)), Mm::from(Pt(laid.height)), pen.ops)
        })
        .collect();
    let options = PdfSaveOptions {
        optimize: false,
        subset_fonts: false,
        secure: true,
        image_optimization: None,
    };
    let mut document = pdf.to_lopdf_document(&options, &mut Vec::new());
    mend(&mut document, laid, created).map_err(|error| Error::Internal(format!("PDF: {error}")))?;
    document.compress();
    let mut bytes = Vec::new();
    let options = SaveOptions::builder()
        .use_object_streams(true)
        .use_xref_streams(true)
        .compression_level(9)
        .build();
    document
        .save_with_options(&mut bytes, options)
        .map_err(Error::io("writing a PDF to memory"))?;
    Ok(bytes)
}

fn font_id(index: usize) -> FontId {
    FontId(format!("T{index}"))
}

/// The operations of one page.
struct Pen<'a> {
    laid: &'a Laid,
    used: &'a [Used],
    ops: Vec<Op>,
    in_text: bool,
    font: Option<(usize, f32)>,
    colour: Option<Colour>,
}

impl Pen<'_> {
    /// Rules first, then text in sequences that the structure points to: nothing is left outside of both.
    fn page(&mut self, page: &Page) {
        let rects: Vec<&Rect> = page
            .marks
            .iter()
            .filter_map(|placed| match &placed.mark {
                Mark::Rect(rect) => Some(rect),
                Mark::Run(_) | Mark::Link(_) => None,
            })
            .collect();
        if !rects.is_empty() {
            self.begin_artifact("Layout");
            for rect in rects {
                self.rect(rect);
            }
            self.ops.push(Op::EndMarkedContent);
        }
        for (number, sequence) in numbered(sequences(page)) {
            self.text(true);
            match number {
                Some(number) => self.begin(self.laid.tag(sequence.element), "MCID", DictItem::Int(number)),
                None => self.begin_artifact("Pagination"),
            }
            for run in sequence.runs {
                self.run(run);
            }
            self.ops.push(Op::EndMarkedContent);
        }
        self.text(false);
        for placed in &page.marks {
            if let Mark::Link(link) = &placed.mark {
                self.ops.push(Op::LinkAnnotation {
                    link: annotation(link, self.laid.height),
                });
            }
        }
    }

    /// Begins a sequence of marked content with one property.
    fn begin(&mut self, tag: &str, key: &str, value: DictItem) {
        self.ops.push(Op::BeginMarkedContentWithProperties {
            tag: tag.to_owned(),
            properties: DictItem::Dict {
                map: BTreeMap::from([(key.to_owned(), value)]),
            },
        });
    }

    fn begin_artifact(&mut self, kind: &str) {
        self.begin("Artifact", "Type", DictItem::Name(kind.as_bytes().to_vec()));
    }

    /// Begins or ends a text object.
    fn text(&mut self, wanted: bool) {
        if self.in_text != wanted {
            self.ops.push(if wanted {
                Op::StartTextSection
            } else {
                Op::EndTextSection
            });
            self.in_text = wanted;
        }
    }

    fn ink(&mut self, colour: Colour) {
        if self.colour != Some(colour) {
            self.ops.push(Op::SetFillColor { col: rgb(colour) });
            self.colour = Some(colour);
        }
    }

    fn rect(&mut self, rect: &Rect) {
        self.text(false);
        self.ink(rect.colour);
        let mut rectangle = PdfRect::from_xywh(
            Pt(rect.x),
            Pt(self.laid.height - rect.y - rect.height),
            Pt(rect.width),
            Pt(rect.height),
        );
        rectangle.mode = Some(PaintMode::Fill);
        self.ops.push(Op::DrawRectangle { rectangle });
    }

    fn run(&mut self, run: &Run) {
        let used = self.used;
        let Some(face) = used.get(run.face) else {
            return;
        };
        self.text(true);
        self.ink(run.colour);
        if self.font != Some((run.face, run.size)) {
            self.ops.push(Op::SetFont {
                font: PdfFontHandle::External(font_id(run.face)),
                size: Pt(run.size),
            });
            self.font = Some((run.face, run.size));
        }
        if run.thicken {
            self.ops.push(Op::SetTextRenderingMode {
                mode: TextRenderingMode::FillStroke,
            });
            self.ops.push(Op::SetOutlineColor { col: rgb(run.colour) });
            self.ops.push(Op::SetOutlineThickness {
                pt: Pt(run.size * THICKEN),
            });
        }
        let mut plain = 0..0;
        for word in words(run) {
            let clusters = run.clusters.get(word.clone()).unwrap_or_default();
            if clusters.iter().all(|cluster| face.says(run, cluster)) {
                plain.end = word.end;
                continue;
            }
            self.glyphs(run, face, run.clusters.get(plain.clone()).unwrap_or_default());
            plain = word.end..word.end;
            self.span(run, face, clusters);
        }
        self.glyphs(run, face, run.clusters.get(plain).unwrap_or_default());
        if run.thicken {
            self.ops.push(Op::SetTextRenderingMode {
                mode: TextRenderingMode::Fill,
            });
        }
    }

    /// Draws a word that its glyphs do not say one by one, with what it says beside it. Readers reckon the width of a
    /// mark badly and see gaps within a word, so the whole word is one span: unless it is too long to be selected so,
    /// or runs leftward, for there readers put all that one span says in order of sight.
    fn span(&mut self, run: &Run, face: &Used, word: &[Cluster]) {
        let text_of = |part: &[Cluster]| {
            let start = part.iter().map(|cluster| cluster.text.start).min().unwrap_or(0);
            let end = part.iter().map(|cluster| cluster.text.end).max().unwrap_or(0);
            run.text.get(start..end).unwrap_or_default()
        };
        let is_whole = word.len() <= LONGEST_SPAN && !has_leftward(text_of(word));
        let parts: Vec<&[Cluster]> = if is_whole { vec![word] } else { word.chunks(1).collect() };
        for part in parts {
            let is_said = matches!(part, [cluster] if face.says(run, cluster) || cluster.glyphs.is_empty());
            if !is_said {
                let data = utf16(text_of(part));
                self.begin("Span", "ActualText", DictItem::String { data, literal: false });
            }
            self.glyphs(run, face, part);
            if !is_said {
                self.ops.push(Op::EndMarkedContent);
            }
        }
    }

    /// Draws glyphs where they belong: on one height the pen goes from one to the next, corrected by what the font's
    /// rounded widths leave over, so that nothing adds up.
    fn glyphs(&mut self, run: &Run, face: &Used, clusters: &[Cluster]) {
        let glyphs = clusters
            .iter()
            .filter_map(|cluster| run.glyphs.get(cluster.glyphs.clone()))
            .flatten();
        let Some(widths) = self.laid.faces.get(run.face) else {
            return;
        };
        let mut items: Vec<TextItem> = Vec::new();
        let mut start: Option<(f32, f32)> = None;
        let mut pen = 0.0_f32;
        for glyph in glyphs {
            let origin = match start {
                Some(origin) if origin.1 == glyph.rise => origin,
                _ => {
                    self.show(run, start, std::mem::take(&mut items));
                    pen = 0.0;
                    (glyph.x, glyph.rise)
                }
            };
            start = Some(origin);
            let correction = (pen - (glyph.x - origin.0) * 1000.0 / run.size).round();
            if correction != 0.0 {
                items.push(TextItem::Offset(correction));
                pen -= correction;
            }
            pen += f32::from(widths.advance(glyph.id));
            let codepoint = Codepoint::with_cid(face.code(glyph.id), 0.0, face.text(glyph.id).to_owned());
            match items.last_mut() {
                Some(TextItem::GlyphIds(ids)) => ids.push(codepoint),
                _ => items.push(TextItem::GlyphIds(vec![codepoint])),
            }
        }
        self.show(run, start, items);
    }

    fn show(&mut self, run: &Run, start: Option<(f32, f32)>, items: Vec<TextItem>) {
        let Some((x, rise)) = start.filter(|_| !items.is_empty()) else {
            return;
        };
        let (x, y) = (round(run.x + x), round(self.laid.height - run.y + rise));
        let lean = if run.slant == 0.0 {
            0.0
        } else {
            round(run.slant.to_radians().tan())
        };
        self.ops.push(Op::SetTextMatrix {
            matrix: TextMatrix::Raw([1.0, 0.0, lean, 1.0, x, y]),
        });
        self.ops.push(Op::ShowText { items });
    }
}

/// The words of a run and the spaces between them, each as a range of clusters.
fn words(run: &Run) -> Vec<Range<usize>> {
    let mut words: Vec<(bool, Range<usize>)> = Vec::new();
    for (n, cluster) in run.clusters.iter().enumerate() {
        let is_space = run
            .text
            .get(cluster.text.clone())
            .is_some_and(|text| text.trim().is_empty());
        match words.last_mut() {
            Some(last) if last.0 == is_space => last.1.end = n + 1,
            _ => words.push((is_space, n..n + 1)),
        }
    }
    words.into_iter().map(|word| word.1).collect()
}

/// A thousandth of a point is far below what can be seen; more digits only make the file longer.
fn round(length: f32) -> f32 {
    (length * 1000.0).round() / 1000.0
}

fn rgb(Colour(r, g, b): Colour) -> Color {
    let part = |value: u8| round(f32::from(value) / 255.0);
    Color::Rgb(Rgb {
        r: part(r),
        g: part(g),
        b: part(b),
        icc_profile: None,
    })
}

fn annotation(link: &Link, height: f32) -> LinkAnnotation {
    let y = round(height - link.y - link.height);
    LinkAnnotation {
        rect: PdfRect::from_xywh(Pt(round(link.x)), Pt(y), Pt(round(link.width)), Pt(round(link.height))),
        actions: Actions::Uri(link.url.clone()),
        border: BorderArray::Solid([0.0, 0.0, 0.0]),
        color: ColorArray::Transparent,
        highlighting: HighlightingMode::Invert,
    }
}
