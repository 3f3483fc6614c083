//! Pages as pictures (SVG 1.1), for the preview: the same marks that the PDF draws, line by line, each line known by the
//! row of the record behind it. Whoever looks at a page says which of its lines are there already, and is given the
//! others: a key changes one, and what has only moved is moved.

use std::collections::{BTreeMap, HashSet};
use std::fmt::Write as _;
use std::hash::{DefaultHasher, Hash, Hasher};

use serde::{Deserialize, Serialize};
use skrifa::instance::{LocationRef, Size};
use skrifa::outline::{DrawSettings, OutlinePen};
use skrifa::{FontRef, GlyphId, MetadataProvider as _};
use uuid::Uuid;

use super::pdf::Laid;
use super::pdf::laid::{Colour, Mark, Placed, Rect, Run};

/// Space around a line that a click still finds, in points.
const AROUND: f32 = 2.0;

/// Width of the line that thickens a letter, as a share of its size.
const THICKEN: f32 = 0.03;

/// A page that somebody looks at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
pub struct PageShown {
    /// Which, counted from 0.
    pub page: u32,
    /// The marks of the lines that are there.
    pub lines: Vec<String>,
}

/// Pages as pictures; all lengths are points.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ts_rs::TS)]
pub struct Pages {
    /// How many pages there are.
    pub count: u32,
    /// Width of each.
    pub width: f32,
    /// Height of each.
    pub height: f32,
    /// Those that were asked for and are there.
    pub pages: Vec<PagePicture>,
    /// Path data of the letters in the new lines, by the id that these call them by.
    pub outlines: BTreeMap<String, String>,
    /// Where that begins which was to be found.
    pub found: Option<PageFound>,
}

/// A page.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ts_rs::TS)]
pub struct PagePicture {
    /// Which, counted from 0.
    pub page: u32,
    /// Its lines from the top.
    pub lines: Vec<PageLine>,
}

/// A line of a page: what stands on one baseline for one row of the record.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ts_rs::TS)]
pub struct PageLine {
    /// Lines of the same mark look the same.
    pub mark: String,
    /// Where its baseline is.
    pub y: f32,
    /// The row behind it: a click leads there.
    #[ts(type = "string | null")]
    pub origin: Option<Uuid>,
    /// What it looks like; none = as the one that is there.
    pub svg: Option<String>,
}

/// A place on the pages.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, ts_rs::TS)]
pub struct PageFound {
    /// Which page.
    pub page: u32,
    /// The baseline of the first line there.
    pub y: f32,
}

/// Draws pages. Outlines have ids made of font and glyph, so that all pages in one document agree on them.
#[must_use]
pub fn pages(laid: &Laid, shown: &[PageShown], find: Option<Uuid>) -> Pages {
    let mut drawing = Drawing {
        laid,
        fonts: BTreeMap::new(),
        outlines: BTreeMap::new(),
        body: String::new(),
    };
    let pages = shown.iter().filter_map(|shown| drawing.page(shown)).collect();
    let outlines = std::mem::take(&mut drawing.outlines).into_values();
    Pages {
        count: number(laid.pages.len()),
        width: laid.width,
        height: laid.height,
        pages,
        outlines: outlines.filter(|(_, outline)| !outline.is_empty()).collect(),
        found: find.and_then(|origin| drawing.find(origin)),
    }
}

fn number(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

/// A line's marks: those of one row that stand on one baseline, with their rules and links.
struct Line<'a> {
    origin: Option<Uuid>,
    y: f32,
    marks: &'a [Placed],
}

struct Drawing<'a> {
    laid: &'a Laid,
    fonts: BTreeMap<usize, Option<Font<'a>>>,
    /// By face and glyph: the id and the outline, which is empty for a space.
    outlines: BTreeMap<(usize, u16), (String, String)>,
    body: String,
}

struct Font<'a> {
    font: FontRef<'a>,
    units: f32,
    name: &'a str,
}

impl<'a> Drawing<'a> {
    fn page(&mut self, shown: &PageShown) -> Option<PagePicture> {
        let lines = self.lines(usize::try_from(shown.page).ok()?)?;
        let known: HashSet<&str> = shown.lines.iter().map(String::as_str).collect();
        let draw = |line: Line<'a>| {
            let mark = format!("{:016x}", self.mark(&line));
            PageLine {
                y: line.y,
                origin: line.origin,
                svg: (!known.contains(mark.as_str())).then(|| self.line(&line)),
                mark,
            }
        };
        Some(PagePicture {
            page: shown.page,
            lines: lines.into_iter().map(draw).collect(),
        })
    }

    fn lines(&self, page: usize) -> Option<Vec<Line<'a>>> {
        let mut rest = self.laid.pages.get(page)?.marks.as_slice();
        let mut lines = Vec::new();
        while let Some(first) = rest.first() {
            let origin = self.origin(first);
            let y = baseline(&first.mark);
            let goes_on = |placed: &&Placed| match &placed.mark {
                Mark::Run(run) => run.y == y && self.origin(placed) == origin,
                // An underline belongs to the artifacts, and so to no row.
                Mark::Rect(_) | Mark::Link(_) => true,
            };
            let count = 1 + rest.iter().skip(1).take_while(goes_on).count();
            let (marks, after) = rest.split_at(count);
            lines.push(Line { origin, y, marks });
            rest = after;
        }
        Some(lines)
    }

    /// The row behind a mark: that of its element or of the nearest above it.
    fn origin(&self, placed: &Placed) -> Option<Uuid> {
        let mut at = Some(placed.element);
        while let Some(element) = at.and_then(|at| self.laid.structure.get(at)) {
            if element.origin.is_some() {
                return element.origin;
            }
            at = element.parent;
        }
        None
    }

    fn find(&self, origin: Uuid) -> Option<PageFound> {
        let mut pages = self.laid.pages.iter().enumerate();
        pages.find_map(|(page, content)| {
            let first = content
                .marks
                .iter()
                .find(|placed| self.origin(placed) == Some(origin))?;
            Some(PageFound {
                page: number(page),
                y: baseline(&first.mark),
            })
        })
    }

    /// Tells lines apart that do not look the same, wherever they stand on their page.
    fn mark(&self, line: &Line<'_>) -> u64 {
        let mut hash = DefaultHasher::new();
        line.origin.hash(&mut hash);
        for placed in line.marks {
            match &placed.mark {
                Mark::Run(run) => {
                    (run.face, run.colour, run.thicken, run.glyphs.len()).hash(&mut hash);
                    for length in [run.size, run.x, run.slant] {
                        hash.write_u32(length.to_bits());
                    }
                    for glyph in &run.glyphs {
                        hash.write_u16(glyph.id);
                        hash.write_u32(glyph.x.to_bits());
                        hash.write_u32(glyph.rise.to_bits());
                    }
                }
                Mark::Rect(rect) => {
                    rect.colour.hash(&mut hash);
                    for length in [rect.x, rect.width, rect.height] {
                        hash.write_u32(length.to_bits());
                    }
                    // The same on every page, but for what was rounded on the way.
                    write_to_hash(&mut hash, rect.y - line.y);
                }
                Mark::Link(_) => {}
            }
        }
        hash.finish()
    }

    fn line(&mut self, line: &Line<'a>) -> String {
        self.body.clear();
        if line.origin.is_some() {
            self.area(line);
        }
        for placed in line.marks {
            match &placed.mark {
                Mark::Run(run) => self.run(run, line.y),
                Mark::Rect(rect) => self.rect(rect, line.y),
                // Where a link leads is for the finished file; here a click leads to the passage.
                Mark::Link(_) => {}
            }
        }
        self.body.clone()
    }

    /// What catches clicks between the letters of a line, over the whole measure.
    fn area(&mut self, line: &Line<'_>) {
        let (mut left, mut size) = (f32::MAX, 0.0_f32);
        for placed in line.marks {
            if let Mark::Run(run) = &placed.mark {
                (left, size) = (left.min(run.x), size.max(run.size));
            }
        }
        if left < f32::MAX {
            let left = left - AROUND;
            write_to(
                &mut self.body,
                format_args!(
                    "<rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" fill=\"none\" pointer-events=\"all\"/>",
                    Short(left),
                    Short(-size - AROUND),
                    Short((self.laid.width - super::pdf::MARGIN + AROUND - left).max(1.0)),
                    Short(size * 1.35 + 2.0 * AROUND)
                ),
            );
        }
    }

    fn rect(&mut self, rect: &Rect, from: f32) {
        write_to(
            &mut self.body,
            format_args!(
                "<rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" fill=\"{}\"/>",
                Short(rect.x),
                Short(rect.y - from),
                Short(rect.width),
                Short(rect.height),
                Hex(rect.colour)
            ),
        );
    }

    fn run(&mut self, run: &'a Run, from: f32) {
        let Some(units) = self.font(run.face).map(|font| font.units) else {
            return;
        };
        let scale = run.size / units;
        write_to(
            &mut self.body,
            format_args!(
                "<g fill=\"{}\" transform=\"matrix({} 0 {} {} {} {})\"",
                Hex(run.colour),
                Fine(scale),
                Fine(scale * run.slant.to_radians().tan()),
                Fine(-scale),
                Short(run.x),
                Short(run.y - from)
            ),
        );
        if run.thicken {
            write_to(
                &mut self.body,
                format_args!(
                    " stroke=\"{}\" stroke-width=\"{}\"",
                    Hex(run.colour),
                    Short(units * THICKEN)
                ),
            );
        }
        self.body.push('>');
        for glyph in &run.glyphs {
            let Some((id, outline)) = self.outline(run.face, glyph.id) else {
                continue;
            };
            if outline.is_empty() {
                continue;
            }
            let id = id.clone();
            let (x, y) = (glyph.x / scale, glyph.rise / scale);
            write_to(&mut self.body, format_args!("<use href=\"#{id}\" x=\"{}\"", x.round()));
            if y != 0.0 {
                write_to(&mut self.body, format_args!(" y=\"{}\"", y.round()));
            }
            self.body.push_str("/>");
        }
        self.body.push_str("</g>");
    }

    fn font(&mut self, face: usize) -> Option<&Font<'a>> {
        let laid = self.laid;
        self.fonts
            .entry(face)
            .or_insert_with(|| {
                let face = laid.faces.get(face)?;
                let font = FontRef::from_index(face.data.as_ref(), face.index).ok()?;
                let units = font.metrics(Size::unscaled(), LocationRef::default()).units_per_em;
                (units > 0).then(|| Font {
                    font,
                    units: f32::from(units),
                    name: &face.name,
                })
            })
            .as_ref()
    }

    fn outline(&mut self, face: usize, glyph: u16) -> Option<&(String, String)> {
        if !self.outlines.contains_key(&(face, glyph)) {
            let font = self.font(face)?;
            let mut pen = PathPen(String::new());
            if let Some(outline) = font.font.outline_glyphs().get(GlyphId::from(glyph)) {
                let settings = DrawSettings::unhinted(Size::unscaled(), LocationRef::default());
                if outline.draw(settings, &mut pen).is_err() {
                    pen.0.clear();
                }
            }
            let id = format!("{}-{glyph}", font.name);
            self.outlines.insert((face, glyph), (id, pen.0));
        }
        self.outlines.get(&(face, glyph))
    }
}

/// Writes an outline as path data, in the units of its font.
struct PathPen(String);

impl OutlinePen for PathPen {
    fn move_to(&mut self, x: f32, y: f32) {
        write_to(&mut self.0, format_args!("M{} {}", Short(x), Short(y)));
    }

    fn line_to(&mut self, x: f32, y: f32) {
        write_to(&mut self.0, format_args!("L{} {}", Short(x), Short(y)));
    }

    fn quad_to(&mut self, cx: f32, cy: f32, x: f32, y: f32) {
        write_to(
            &mut self.0,
            format_args!("Q{} {} {} {}", Short(cx), Short(cy), Short(x), Short(y)),
        );
    }

    fn curve_to(&mut self, cx0: f32, cy0: f32, cx1: f32, cy1: f32, x: f32, y: f32) {
        write_to(
            &mut self.0,
            format_args!(
                "C{} {} {} {} {} {}",
                Short(cx0),
                Short(cy0),
                Short(cx1),
                Short(cy1),
                Short(x),
                Short(y)
            ),
        );
    }

    fn close(&mut self) {
        self.0.push('Z');
    }
}

/// What a line stands on.
fn baseline(mark: &Mark) -> f32 {
    match mark {
        Mark::Run(run) => run.y,
        Mark::Rect(rect) => rect.y,
        Mark::Link(link) => link.y,
    }
}

/// To a hundredth, as it is drawn.
fn write_to_hash(hash: &mut DefaultHasher, length: f32) {
    hash.write_u32((length * 100.0).round().to_bits());
}

/// A length to a hundredth.
struct Short(f32);

impl std::fmt::Display for Short {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}", (self.0 * 100.0).round() / 100.0)
    }
}

/// A scale, which is small.
struct Fine(f32);

impl std::fmt::Display for Fine {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}", (self.0 * 1_000_000.0).round() / 1_000_000.0)
    }
}

struct Hex(Colour);

impl std::fmt::Display for Hex {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Colour(red, green, blue) = self.0;
        write!(f, "#{red:02x}{green:02x}{blue:02x}")
    }
}

/// A string takes whatever is written to it.
fn write_to(out: &mut String, what: std::fmt::Arguments<'_>) {
    let _ = out.write_fmt(what);
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::export::pdf::laid::{Element, Kind};
    use crate::export::pdf::{Fonts, layout, layout_again};
    use crate::minutes::{Block, Content, Entry, Minutes};
    use crate::model::inline::parse;

    fn laid() -> Laid {
        let block = |n: u128, content| Block {
            origin: Some(Uuid::from_u128(n)),
            content,
        };
        let blocks = vec![
            block(
                1,
                Content::Heading {
                    level: 1,
                    number: "1.".to_owned(),
                    text: parse("Opening & **more**"),
                },
            ),
            block(
                2,
                Content::Paragraph {
                    text: parse("See [the log](https://example.org), by سلمى, *at last*."),
                    leads_in: false,
                },
            ),
            Block {
                origin: None,
                content: Content::List {
                    ordered: false,
                    entries: (3..80)
                        .map(|n| Entry {
                            origin: Some(Uuid::from_u128(n)),
                            label: String::new(),
                            text: parse("An entry"),
                        })
                        .collect(),
                },
            },
        ];
        layout(&minutes(blocks), &Fonts::bundled())
    }

    fn minutes(blocks: Vec<Block>) -> Minutes {
        Minutes {
            title: "WG-Tide 42".to_owned(),
            author: String::new(),
            subject: String::new(),
            language: "en".to_owned(),
            justified: false,
            notice: String::new(),
            blocks,
        }
    }

    /// The values of an attribute, in order.
    fn values<'a>(svg: &'a str, attribute: &str) -> Vec<&'a str> {
        let start = format!(" {attribute}=\"");
        svg.split(start.as_str())
            .skip(1)
            .map(|rest| rest.split('"').next().unwrap())
            .collect()
    }

    /// All of a page, as somebody sees it first.
    fn first_look(laid: &Laid, page: u32) -> (Vec<PageLine>, Pages) {
        let shown = PageShown {
            page,
            lines: Vec::new(),
        };
        let pages = pages(laid, &[shown], None);
        (pages.pages[0].lines.clone(), pages)
    }

    fn inked(laid: &Laid, page: usize) -> usize {
        let runs = laid.pages[page].marks.iter().filter_map(|placed| match &placed.mark {
            Mark::Run(run) => Some(run.text.chars().filter(|c| !c.is_whitespace()).count()),
            _ => None,
        });
        runs.sum()
    }

    #[test]
    fn every_glyph_is_drawn_and_every_row_known() {
        let laid = laid();
        let mut origins = BTreeSet::new();
        for page in 0..laid.pages.len() {
            let (lines, pages) = first_look(&laid, u32::try_from(page).unwrap());
            let mut used = 0_usize;
            for line in &lines {
                let svg = line.svg.as_ref().unwrap();
                for id in values(svg, "href") {
                    assert!(pages.outlines.contains_key(&id[1..]), "an outline is missing");
                    used += 1;
                }
                assert!(!svg.contains("style=") && !svg.contains("NaN"));
                origins.extend(line.origin);
            }
            // Two letters may be one glyph, and one letter two: here only Arabic is.
            assert!(used.abs_diff(inked(&laid, page)) < 4, "page {page}: {used} glyphs");
            assert!(lines.is_sorted_by(|one, next| one.y <= next.y || next.origin.is_none()));
            assert_eq!(pages.count as usize, laid.pages.len());
        }
        assert_eq!(origins, (1..80).map(Uuid::from_u128).collect());
        assert_eq!(laid.structure[Element::DOCUMENT].kind, Kind::Document);
        let beyond = PageShown {
            page: 99,
            lines: Vec::new(),
        };
        assert_eq!(pages(&laid, &[beyond], None).pages, []);
    }

    /// Another program agrees with the PDF: the same ink in the same places.
    #[test]
    fn outlines_stand_where_the_layout_has_them() {
        let laid = laid();
        let (lines, pages) = first_look(&laid, 0);
        let Mark::Run(first) = &laid.pages[0].marks[0].mark else {
            panic!("text comes first")
        };
        assert!((lines[0].y - first.y).abs() < 0.01);
        let group = lines[0].svg.as_ref().unwrap().split("<g fill=").nth(1).unwrap();
        let matrix = group.split("matrix(").nth(1).unwrap().split(')').next().unwrap();
        let matrix: Vec<f32> = matrix.split(' ').map(|number| number.parse().unwrap()).collect();
        assert!((matrix[0] - first.size / 1000.0).abs() < 1e-5 && (matrix[3] + matrix[0]).abs() < 1e-6);
        assert!((matrix[4] - first.x).abs() < 0.01 && matrix[5].abs() < 0.01);
        let places = values(group.split("</g>").next().unwrap(), "x");
        for (place, glyph) in places.iter().zip(&first.glyphs) {
            let place: f32 = place.parse().unwrap();
            assert!((place * matrix[0] - glyph.x).abs() < 0.01);
        }
        assert!(pages.outlines.keys().any(|id| id.starts_with("NotoSerif-Bold-")));
    }

    /// A key changes one line of one passage: nothing else is drawn again, and what has moved is said to be where it is.
    #[test]
    fn only_what_changed_is_drawn_again() {
        let entries = |last: &str| {
            let texts = (0..20).map(|n| if n == 7 { last.to_owned() } else { format!("Entry {n}") });
            let entry = |(n, text): (u128, String)| Entry {
                origin: Some(Uuid::from_u128(n)),
                label: String::new(),
                text: parse(&text),
            };
            let block = Block {
                origin: None,
                content: Content::List {
                    ordered: false,
                    entries: (0..).zip(texts).map(entry).collect(),
                },
            };
            minutes(vec![block])
        };
        let fonts = Fonts::bundled();
        let look = |minutes: &Minutes, known: &[PageLine]| {
            let shown = PageShown {
                page: 0,
                lines: known.iter().map(|line| line.mark.clone()).collect(),
            };
            pages(&layout_again(minutes, &fonts), &[shown], Some(Uuid::from_u128(9)))
        };
        let first = look(&entries("A thought"), &[]);
        let before = &first.pages[0].lines;
        assert!(before.iter().all(|line| line.svg.is_some()));
        let again = look(&entries("A thought"), before);
        assert!(again.pages[0].lines.iter().all(|line| line.svg.is_none()));
        assert_eq!(again.outlines, BTreeMap::new());

        let longer = look(&entries(&format!("A thought{}", " and one more".repeat(9))), before);
        let after = &longer.pages[0].lines;
        let drawn: Vec<_> = after.iter().filter(|line| line.svg.is_some()).collect();
        assert_eq!(after.len(), before.len() + 1);
        assert_eq!(drawn.len(), 2, "the two lines of the longer entry");
        assert!(drawn.iter().all(|line| line.origin == Some(Uuid::from_u128(7))));
        let of = |lines: &[PageLine], n: u128| {
            lines
                .iter()
                .find(|line| line.origin == Some(Uuid::from_u128(n)))
                .unwrap()
                .y
        };
        assert_eq!(of(before, 6), of(after, 6));
        assert!(of(after, 8) > of(before, 8) + 10.0);
        assert_eq!(
            longer.found,
            Some(PageFound {
                page: 0,
                y: of(after, 9)
            })
        );
    }
}
