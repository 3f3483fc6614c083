//! The operations that draw a page (ISO 32000-1, annex A), written as they stand in the file. printpdf could write them
//! too, from an object for each letter: of a long report that was a third of the time and most of the memory.

use std::io::Write as _;
use std::ops::Range;

use super::draw::font_name;
use super::file::utf16;
use super::glyphs::Used;
use super::laid::{Cluster, Colour, Element, Laid, Mark, Page, Rect, Run};
use super::text::has_leftward;

/// Width of the line that thickens a letter, as a share of its size.
const THICKEN: f32 = 0.03;

/// Most clusters of a word that are one span of replacement text.
const LONGEST_SPAN: usize = 24;

/// A sequence of marked content that the structure points to; it is known by its number on the page.
pub(super) struct Sequence<'a> {
    /// Index into [`Laid::structure`].
    pub(super) element: usize,
    /// The run that it is a part of, where that runs leftward: its glyphs do not come in the order of its text.
    pub(super) leftward: Option<&'a Run>,
}

/// What a sequence of marked content is, beside the element that it belongs to.
#[derive(Clone, PartialEq, Eq)]
enum Manner {
    /// Its glyphs say what it says, in this order.
    Plain,
    /// Its glyphs say it in the reverse order (ISO 32000-1, 14.8.2.3.3).
    Reversed,
    /// It says something that its glyphs do not (14.9.4).
    Says(String),
}

/// The operations of one page.
pub(super) struct Pen<'a> {
    laid: &'a Laid,
    used: &'a [Used],
    out: Vec<u8>,
    in_text: bool,
    font: Option<(usize, f32)>,
    colour: Option<Colour>,
    /// The element of the marks that are being drawn.
    element: usize,
    /// The element and manner of the sequence that is being drawn.
    open: Option<(usize, Manner)>,
    sequences: Vec<Sequence<'a>>,
}

impl<'a> Pen<'a> {
    pub(super) fn new(laid: &'a Laid, used: &'a [Used]) -> Self {
        Self {
            laid,
            used,
            out: Vec::new(),
            in_text: false,
            font: None,
            colour: None,
            element: Element::ARTIFACT,
            open: None,
            sequences: Vec::new(),
        }
    }

    /// Rules first, then text in sequences that the structure points to: nothing is left outside of both.
    pub(super) fn page(mut self, page: &'a Page) -> (Vec<u8>, Vec<Sequence<'a>>) {
        let rects: Vec<&Rect> = page
            .marks
            .iter()
            .filter_map(|placed| match &placed.mark {
                Mark::Rect(rect) => Some(rect),
                Mark::Run(_) | Mark::Link(_) => None,
            })
            .collect();
        if !rects.is_empty() {
            self.begin("Artifact", "/Type/Layout");
            for rect in rects {
                self.rect(rect);
            }
            self.write(format_args!("EMC\n"));
        }
        for placed in &page.marks {
            if let Mark::Run(run) = &placed.mark {
                self.element = placed.element;
                self.run(run);
            }
        }
        self.leave();
        self.text(false);
        (self.out, self.sequences)
    }

    /// Memory takes whatever is written to it.
    fn write(&mut self, what: std::fmt::Arguments<'_>) {
        let _ = self.out.write_fmt(what);
    }

    /// Makes sure that what is drawn next stands in a sequence of its element and manner. Sequences lie side by side,
    /// never one in another: some readers lose what follows an inner one.
    fn enter(&mut self, manner: Manner, run: &'a Run) {
        let leftward = has_leftward(&run.text).then_some(run);
        let goes_on = self.open.as_ref().is_some_and(|(element, open)| {
            let is_same = *element == self.element && *open == manner;
            let last = self.sequences.last().and_then(|sequence| sequence.leftward);
            match manner {
                Manner::Plain => is_same,
                Manner::Reversed => is_same && last.is_some_and(|last| std::ptr::eq(last, run)),
                Manner::Says(_) => false,
            }
        });
        if goes_on {
            return;
        }
        self.leave();
        let mut properties = String::new();
        let mut tag = match &manner {
            Manner::Plain => self.laid.tag(self.element),
            Manner::Reversed => "ReversedChars",
            Manner::Says(text) => {
                let data: String = utf16(text).iter().map(|byte| format!("{byte:02x}")).collect();
                properties = format!("/ActualText<{data}>");
                "Span"
            }
        };
        if self.element == Element::ARTIFACT {
            tag = "Artifact";
            properties.push_str("/Type/Pagination");
        } else {
            properties.push_str(&format!("/MCID {}", self.sequences.len()));
            self.sequences.push(Sequence {
                element: self.element,
                leftward,
            });
        }
        self.begin(tag, &properties);
        self.open = Some((self.element, manner));
    }

    /// Ends the sequence that is being drawn.
    fn leave(&mut self) {
        if self.open.take().is_some() {
            self.write(format_args!("EMC\n"));
        }
    }

    fn begin(&mut self, tag: &str, properties: &str) {
        self.write(format_args!("/{tag} <<{properties}>> BDC\n"));
    }

    /// Begins or ends a text object.
    fn text(&mut self, wanted: bool) {
        if self.in_text != wanted {
            self.write(format_args!("{}\n", if wanted { "BT" } else { "ET" }));
            self.in_text = wanted;
        }
    }

    fn ink(&mut self, colour: Colour) {
        if self.colour != Some(colour) {
            self.write(format_args!("{} rg\n", Rgb(colour)));
            self.colour = Some(colour);
        }
    }

    fn rect(&mut self, rect: &Rect) {
        self.text(false);
        self.ink(rect.colour);
        let y = self.laid.height - rect.y - rect.height;
        self.write(format_args!(
            "{} {} {} {} re f\n",
            round(rect.x),
            round(y),
            round(rect.width),
            round(rect.height)
        ));
    }

    fn run(&mut self, run: &'a Run) {
        let used = self.used;
        let Some(face) = used.get(run.face) else {
            return;
        };
        self.text(true);
        self.ink(run.colour);
        if self.font != Some((run.face, run.size)) {
            self.write(format_args!("/{} {} Tf\n", font_name(run.face), round(run.size)));
            self.font = Some((run.face, run.size));
        }
        if run.thicken {
            let width = round(run.size * THICKEN);
            self.write(format_args!("2 Tr\n{} RG\n{width} w\n", Rgb(run.colour)));
        }
        let mut plain = 0..0;
        for word in words(run) {
            let clusters = run.clusters.get(word.clone()).unwrap_or_default();
            if clusters.iter().all(|cluster| face.says(run, cluster)) {
                plain.end = word.end;
                continue;
            }
            self.plain(run, face, run.clusters.get(plain.clone()).unwrap_or_default());
            plain = word.end..word.end;
            self.span(run, face, clusters);
        }
        self.plain(run, face, run.clusters.get(plain).unwrap_or_default());
        if run.thicken {
            self.write(format_args!("0 Tr\n"));
        }
    }

    /// Draws what its glyphs say one by one.
    fn plain(&mut self, run: &'a Run, face: &Used, clusters: &[Cluster]) {
        if clusters.iter().all(|cluster| cluster.glyphs.is_empty()) {
            return;
        }
        self.enter(
            if has_leftward(&run.text) {
                Manner::Reversed
            } else {
                Manner::Plain
            },
            run,
        );
        self.glyphs(run, face, clusters);
    }

    /// Draws a word that its glyphs do not say one by one, with what it says beside it. Readers reckon the width of a
    /// mark badly and see gaps within a word, so the whole word is one span: unless it is too long to be selected so,
    /// or runs leftward, for there readers put all that one span says in order of sight.
    fn span(&mut self, run: &'a Run, face: &Used, word: &[Cluster]) {
        let text_of = |part: &[Cluster]| {
            let start = part.iter().map(|cluster| cluster.text.start).min().unwrap_or(0);
            let end = part.iter().map(|cluster| cluster.text.end).max().unwrap_or(0);
            run.text.get(start..end).unwrap_or_default()
        };
        let is_whole = word.len() <= LONGEST_SPAN && !has_leftward(text_of(word));
        let parts: Vec<&[Cluster]> = if is_whole { vec![word] } else { word.chunks(1).collect() };
        for part in parts {
            if matches!(part, [cluster] if face.says(run, cluster) || cluster.glyphs.is_empty()) {
                self.plain(run, face, part);
            } else {
                self.enter(Manner::Says(text_of(part).to_owned()), run);
                self.glyphs(run, face, part);
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
        // The glyphs between two corrections are one string.
        let mut items: Vec<u8> = Vec::with_capacity(clusters.len() * 5);
        let mut in_string = false;
        let mut start: Option<(f32, f32)> = None;
        let mut pen = 0.0_f32;
        for glyph in glyphs {
            let origin = match start {
                Some(origin) if origin.1 == glyph.rise => origin,
                _ => {
                    self.show(run, start, &items, in_string);
                    items.clear();
                    in_string = false;
                    pen = 0.0;
                    (glyph.x, glyph.rise)
                }
            };
            start = Some(origin);
            let correction = (pen - (glyph.x - origin.0) * 1000.0 / run.size).round();
            if correction != 0.0 {
                if std::mem::take(&mut in_string) {
                    items.push(b'>');
                }
                let _ = write!(items, "{correction}");
                pen -= correction;
            }
            pen += f32::from(widths.advance(glyph.id));
            if !std::mem::replace(&mut in_string, true) {
                items.push(b'<');
            }
            let _ = write!(items, "{:04x}", face.code(glyph.id));
        }
        self.show(run, start, &items, in_string);
    }

    fn show(&mut self, run: &Run, start: Option<(f32, f32)>, items: &[u8], in_string: bool) {
        let Some((x, rise)) = start.filter(|_| !items.is_empty()) else {
            return;
        };
        let (x, y) = (round(run.x + x), round(self.laid.height - run.y + rise));
        let lean = if run.slant == 0.0 {
            0.0
        } else {
            round(run.slant.to_radians().tan())
        };
        self.write(format_args!("1 0 {lean} 1 {x} {y} Tm\n["));
        self.out.extend_from_slice(items);
        self.write(format_args!("{}] TJ\n", if in_string { ">" } else { "" }));
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
pub(super) fn round(length: f32) -> f32 {
    (length * 1000.0).round() / 1000.0
}

/// A colour as three shares.
struct Rgb(Colour);

impl std::fmt::Display for Rgb {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Colour(red, green, blue) = self.0;
        let part = |value: u8| round(f32::from(value) / 255.0);
        write!(f, "{} {} {}", part(red), part(green), part(blue))
    }
}
