//! A page as a picture (SVG 1.1), for the preview: the same marks that the PDF draws, each block known by the row of
//! the record behind it.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use skrifa::instance::{LocationRef, Size};
use skrifa::outline::{DrawSettings, OutlinePen};
use skrifa::{FontRef, GlyphId, MetadataProvider as _};
use uuid::Uuid;

use super::pdf::Laid;
use super::pdf::laid::{Colour, Mark, Page, Placed, Run};

/// Space around a block that a click still finds, in points.
const AROUND: f32 = 2.0;

/// Width of the line that thickens a letter, as a share of its size.
const THICKEN: f32 = 0.03;

/// Draws a page, counted from 0; nothing where there is none. Each block is a group with `data-origin`, the id of its
/// row, with a rectangle that catches clicks; what comes from no row has none. Outlines have ids made of font and
/// glyph, so that pages beside each other in one document agree on them.
#[must_use]
pub fn svg_page(laid: &Laid, page: usize) -> String {
    let Some(marks) = laid.pages.get(page) else {
        return String::new();
    };
    let mut drawing = Drawing {
        laid,
        fonts: BTreeMap::new(),
        outlines: BTreeMap::new(),
        body: String::new(),
    };
    drawing.page(marks);
    let (width, height) = (laid.width, laid.height);
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" role=\"img\" \
         aria-label=\"{} / {}\"><defs>",
        page + 1,
        laid.pages.len()
    );
    for (id, outline) in drawing.outlines.values() {
        if !outline.is_empty() {
            write_to(&mut out, format_args!("<path id=\"{id}\" d=\"{outline}\"/>"));
        }
    }
    out.push_str("</defs>");
    out.push_str(&drawing.body);
    out.push_str("</svg>");
    out
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
    fn page(&mut self, page: &'a Page) {
        let mut rest = page.marks.as_slice();
        while let Some(first) = rest.first() {
            let origin = self.origin(first);
            let count = rest.iter().take_while(|placed| self.origin(placed) == origin).count();
            let (block, after) = rest.split_at(count);
            rest = after;
            match origin {
                Some(origin) => {
                    write_to(&mut self.body, format_args!("<g data-origin=\"{origin}\">"));
                    self.area(block);
                    self.marks(block);
                    self.body.push_str("</g>");
                }
                None => self.marks(block),
            }
        }
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

    /// What catches clicks between the letters of a block, over the whole measure.
    fn area(&mut self, block: &[Placed]) {
        let (mut left, mut top, mut bottom) = (f32::MAX, f32::MAX, 0.0_f32);
        for placed in block {
            if let Mark::Run(run) = &placed.mark {
                left = left.min(run.x);
                top = top.min(run.y - run.size);
                bottom = bottom.max(run.y + run.size * 0.35);
            }
        }
        if left < f32::MAX {
            let left = left - AROUND;
            write_to(
                &mut self.body,
                format_args!(
                    "<rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" fill=\"none\" pointer-events=\"all\"/>",
                    Short(left),
                    Short(top - AROUND),
                    Short((self.laid.width - super::pdf::MARGIN + AROUND - left).max(1.0)),
                    Short(bottom - top + 2.0 * AROUND)
                ),
            );
        }
    }

    fn marks(&mut self, marks: &'a [Placed]) {
        for placed in marks {
            match &placed.mark {
                Mark::Run(run) => self.run(run),
                Mark::Rect(rect) => write_to(
                    &mut self.body,
                    format_args!(
                        "<rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" fill=\"{}\"/>",
                        Short(rect.x),
                        Short(rect.y),
                        Short(rect.width),
                        Short(rect.height),
                        Hex(rect.colour)
                    ),
                ),
                // Where a link leads is for the finished file; here a click leads to the passage.
                Mark::Link(_) => {}
            }
        }
    }

    fn run(&mut self, run: &'a Run) {
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
                Short(run.y)
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
    use crate::export::pdf::{Fonts, layout};
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
        let minutes = Minutes {
            title: "WG-Tide 42".to_owned(),
            author: String::new(),
            subject: String::new(),
            language: "en".to_owned(),
            justified: false,
            notice: String::new(),
            blocks,
        };
        layout(&minutes, &Fonts::bundled())
    }

    /// The values of an attribute, in order.
    fn values<'a>(svg: &'a str, attribute: &str) -> Vec<&'a str> {
        let start = format!(" {attribute}=\"");
        svg.split(start.as_str())
            .skip(1)
            .map(|rest| rest.split('"').next().unwrap())
            .collect()
    }

    #[test]
    fn every_glyph_is_drawn_and_every_block_known() {
        let laid = laid();
        let mut origins = BTreeSet::new();
        for page in 0..laid.pages.len() {
            let svg = svg_page(&laid, page);
            let drawn: BTreeSet<&str> = values(&svg, "id").into_iter().collect();
            let used: Vec<&str> = values(&svg, "href");
            assert!(used.iter().all(|id| drawn.contains(&id[1..])), "an outline is missing");
            let inked = laid.pages[page].marks.iter().filter_map(|placed| match &placed.mark {
                Mark::Run(run) => Some(run.text.chars().filter(|c| !c.is_whitespace()).count()),
                _ => None,
            });
            // Two letters may be one glyph, and one letter two: here only Arabic is.
            assert!(
                used.len().abs_diff(inked.sum()) < 4,
                "page {page}: {} glyphs",
                used.len()
            );
            origins.extend(values(&svg, "data-origin").into_iter().map(str::to_owned));
            assert!(svg.starts_with("<svg ") && svg.ends_with("</svg>") && svg.len() < 100_000);
            assert!(!svg.contains("style=") && !svg.contains("NaN"));
        }
        let expected: BTreeSet<String> = (1..80).map(|n| Uuid::from_u128(n).to_string()).collect();
        assert_eq!(origins, expected);
        assert_eq!(laid.structure[Element::DOCUMENT].kind, Kind::Document);
        assert_eq!(svg_page(&laid, 99), "");
    }

    /// Another program agrees with the PDF: the same ink in the same places.
    #[test]
    fn outlines_stand_where_the_layout_has_them() {
        let laid = laid();
        let svg = svg_page(&laid, 0);
        let Mark::Run(first) = &laid.pages[0].marks[0].mark else {
            panic!("text comes first")
        };
        let group = svg.split("<g fill=").nth(1).unwrap();
        let matrix = group.split("matrix(").nth(1).unwrap().split(')').next().unwrap();
        let matrix: Vec<f32> = matrix.split(' ').map(|number| number.parse().unwrap()).collect();
        assert!((matrix[0] - first.size / 1000.0).abs() < 1e-5 && (matrix[3] + matrix[0]).abs() < 1e-6);
        assert!((matrix[4] - first.x).abs() < 0.01 && (matrix[5] - first.y).abs() < 0.01);
        let places = values(group.split("</g>").next().unwrap(), "x");
        for (place, glyph) in places.iter().zip(&first.glyphs) {
            let place: f32 = place.parse().unwrap();
            assert!((place * matrix[0] - glyph.x).abs() < 0.01);
        }
        assert!(svg.contains("<path id=\"NotoSerif-Bold-"));
    }
}
