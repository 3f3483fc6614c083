//! The seam between layout and drawing: pages of positioned marks. Knows neither the shaper nor any file format.
//!
//! All lengths are points (1/72 inch); `x` grows to the right and `y` downwards from the page's top left corner.

use std::ops::Range;
use std::sync::Arc;

use uuid::Uuid;

use super::Missed;
use super::face::Face;

/// A document ready to be drawn.
#[derive(Clone, Debug)]
pub struct Laid {
    /// Page width.
    pub width: f32,
    /// Page height.
    pub height: f32,
    /// The pages.
    pub pages: Vec<Page>,
    /// The fonts that runs point into.
    pub faces: Vec<Arc<Face>>,
    /// The logical structure, parents before their children. See [`Element::DOCUMENT`] and [`Element::ARTIFACT`].
    pub structure: Vec<Element>,
    /// The headings in order, for an outline.
    pub headings: Vec<Heading>,
    /// What the file says of itself.
    pub about: About,
    /// Characters that no font has; each is shown as `[U+XXXX]` in its place.
    pub missing: Vec<Missed>,
}

/// What the file says of itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct About {
    /// The title.
    pub title: String,
    /// The author.
    pub author: String,
    /// The subject.
    pub subject: String,
    /// The language (BCP 47).
    pub language: String,
}

/// A page: its marks line by line from the top, those of a line in the order of its text, those of running heads and
/// feet last. Where cells stand side by side the structure, not the order of marks, says what is read first.
#[derive(Clone, Debug, Default)]
pub struct Page {
    /// The marks.
    pub marks: Vec<Placed>,
}

/// A mark, and the structure element that it belongs to.
#[derive(Clone, Debug)]
pub struct Placed {
    /// Index into [`Laid::structure`].
    pub element: usize,
    /// The mark.
    pub mark: Mark,
}

/// Something on a page.
#[derive(Clone, Debug)]
pub enum Mark {
    /// Text in one font, size and colour.
    Run(Run),
    /// A filled rectangle; a line is a thin one.
    Rect(Rect),
    /// A place that leads elsewhere.
    Link(Link),
}

/// Text in one font, size, colour and direction, on one line.
#[derive(Clone, Debug)]
pub struct Run {
    /// Index into [`Laid::faces`].
    pub face: usize,
    /// Font size.
    pub size: f32,
    /// Colour.
    pub colour: Colour,
    /// Left end of the run.
    pub x: f32,
    /// The baseline.
    pub y: f32,
    /// Slant to the right in degrees, for a font that has no italic; 0 = none.
    pub slant: f32,
    /// Whether the outline is to be thickened, for a font that has no bold.
    pub thicken: bool,
    /// The glyphs from left to right.
    pub glyphs: Vec<Glyph>,
    /// The characters that the run shows, in logical order.
    pub text: String,
    /// Which glyphs stand for which characters, from left to right.
    pub clusters: Vec<Cluster>,
}

/// A glyph.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Glyph {
    /// Its number in the font.
    pub id: u16,
    /// Its origin, from the run's `x`.
    pub x: f32,
    /// How far its origin stands above the baseline.
    pub rise: f32,
}

/// Glyphs that together stand for some characters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cluster {
    /// Range of [`Run::glyphs`].
    pub glyphs: Range<usize>,
    /// Byte range of [`Run::text`].
    pub text: Range<usize>,
}

/// A filled rectangle.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rect {
    /// Left edge.
    pub x: f32,
    /// Upper edge.
    pub y: f32,
    /// Width.
    pub width: f32,
    /// Height.
    pub height: f32,
    /// Colour.
    pub colour: Colour,
}

/// A place that leads elsewhere. One link set over several lines has several.
#[derive(Clone, Debug, PartialEq)]
pub struct Link {
    /// Left edge.
    pub x: f32,
    /// Upper edge.
    pub y: f32,
    /// Width.
    pub width: f32,
    /// Height.
    pub height: f32,
    /// Where it leads: `http`, `https` or `mailto`, ASCII only.
    pub url: String,
}

/// A colour (sRGB).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Colour(pub u8, pub u8, pub u8);

/// A node of the logical structure (ISO 32000-1, 14.8.4).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Element {
    /// What it is.
    pub kind: Kind,
    /// Index of its parent; none for the document itself and for artifacts.
    pub parent: Option<usize>,
    /// The row of the record behind it.
    pub origin: Option<Uuid>,
}

impl Element {
    /// Index of the document's own element.
    pub const DOCUMENT: usize = 0;
    /// Index of the element to which everything belongs that is not content: running heads, page numbers, rules.
    pub const ARTIFACT: usize = 1;
}

/// What a structure element is, by PDF's standard names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// `Document`
    Document,
    /// No content: a running head, a page number, a rule, a repeated table header.
    Artifact,
    /// A line of the title block: `P`, as PDF 1.7 has no `Title`
    Title,
    /// `H1` to `H4`; none is more than one level below the heading before it
    Heading(u8),
    /// `P`
    Paragraph,
    /// `L`: with numbers or with bullets
    List {
        /// Whether its labels are numbers.
        ordered: bool,
    },
    /// `LI`
    Item,
    /// `Lbl`
    Label,
    /// `LBody`
    Body,
    /// `Link`
    Link,
    /// `Table`
    Table,
    /// `TR`
    Row,
    /// `TH`, of a column
    HeaderCell,
    /// `TD`
    Cell,
}

/// A heading, for an outline.
#[derive(Clone, Debug, PartialEq)]
pub struct Heading {
    /// 1 to 4, at most one more than that of the heading before it.
    pub level: u8,
    /// Number and words, plain.
    pub text: String,
    /// Index into [`Laid::structure`].
    pub element: usize,
    /// Index into [`Laid::pages`].
    pub page: usize,
    /// Its upper edge on that page.
    pub y: f32,
}
