//! Minutes → pages: what each block looks like and what must stay together.

use std::collections::BTreeSet;

use uuid::Uuid;

use crate::minutes::{Block, Content, Entry, Minutes};
use crate::model::inline::{Inline, Inlines};

use super::Missed;
use super::flow::{Flow, MARGIN, MEASURE, PAGE_HEIGHT, PAGE_WIDTH, Strip, shift};
use super::fonts::Fonts;
use super::laid::{About, Element, Kind, Laid, Link, Mark, Placed, Rect};
use super::set::{Align, Cut, Line, Press};
use super::style::{
    AFTER_TITLE_BLOCK, BODY, DESIGNATION, ENTRY, INDENT, LINK, NOTICE, SUBTITLE, Style, TITLE, baseline, heading_style,
};
use super::text::{Flat, all_leftward, begins_leftward, leftward_language};

/// Sets minutes on A4 pages.
#[must_use]
pub fn layout(minutes: &Minutes, fonts: &Fonts) -> Laid {
    lay(minutes, fonts, false)
}

/// The same, fast where a moment ago most of it was laid as it is now: paragraphs are kept from one time to the next.
/// [`Laid::faces`] may then have some that are not used.
#[must_use]
pub fn layout_again(minutes: &Minutes, fonts: &Fonts) -> Laid {
    lay(minutes, fonts, true)
}

fn lay(minutes: &Minutes, fonts: &Fonts, again: bool) -> Laid {
    let mut cabinet = fonts.open();
    let mut setter = Setter {
        press: Press::new(&mut cabinet, &minutes.language, again),
        leftward: leftward_language(&minutes.language),
        justified: minutes.justified,
        structure: vec![
            Element {
                kind: Kind::Document,
                parent: None,
                origin: None,
            },
            Element {
                kind: Kind::Artifact,
                parent: None,
                origin: None,
            },
        ],
        level: 0,
        flow: Flow::default(),
        missing: Vec::new(),
    };
    for (n, block) in minutes.blocks.iter().enumerate() {
        setter.block(block, minutes, minutes.blocks.get(n + 1));
    }
    let notice = setter.lines(
        &mut Flat::plain(&minutes.notice),
        NOTICE,
        MEASURE - 70.0,
        Align::Left,
        None,
    );
    // A long notice pushes the text up rather than run out of the page.
    let bottom = (PAGE_HEIGHT - MARGIN - NOTICE.leading * notice.len().saturating_sub(2) as f32).max(PAGE_HEIGHT / 2.0);
    let (mut pages, headings) = std::mem::take(&mut setter.flow).pages(bottom);
    setter.heads_and_feet(&mut pages, &minutes.title, &notice);
    let Setter {
        press,
        structure,
        missing,
        ..
    } = setter;
    Laid {
        width: PAGE_WIDTH,
        height: PAGE_HEIGHT,
        pages,
        faces: press.faces,
        structure,
        headings,
        about: About {
            title: minutes.title.clone(),
            author: minutes.author.clone(),
            subject: minutes.subject.clone(),
            language: minutes.language.clone(),
        },
        missing,
    }
}

/// Lines of text in a column of the page.
pub(super) struct Column {
    x: f32,
    lines: Vec<Line>,
    links: Vec<String>,
    style: Style,
    element: usize,
}

/// The work on one document.
pub(super) struct Setter<'a> {
    press: Press<'a>,
    /// Whether the document's language is written from right to left.
    pub(super) leftward: bool,
    /// Whether lines fill the measure.
    justified: bool,
    structure: Vec<Element>,
    /// The level of the last heading.
    level: u8,
    pub(super) flow: Flow,
    missing: Vec<Missed>,
}

impl Setter<'_> {
    fn block(&mut self, block: &Block, minutes: &Minutes, next: Option<&Block>) {
        match &block.content {
            Content::Title(text) => self.centred(text, TITLE, block.origin, next),
            Content::Subtitle(text) => {
                let designation = !minutes.subject.is_empty() && plain(text) == minutes.subject;
                self.centred(
                    text,
                    if designation { DESIGNATION } else { SUBTITLE },
                    block.origin,
                    next,
                );
            }
            Content::Heading { level, number, text } => self.heading(*level, number, text, block.origin),
            Content::Paragraph { text, leads_in } => {
                let element = self.element(Kind::Paragraph, Element::DOCUMENT, block.origin);
                let column = self.column(Flat::of(text), BODY, (0.0, MEASURE), element);
                let mut strips = self.strips(vec![column], BODY);
                if *leads_in {
                    keep_last(&mut strips);
                    if let Some(last) = strips.last_mut() {
                        last.after = 4.0;
                    }
                }
                self.flow.strips.extend(strips);
            }
            Content::List { ordered, entries } => self.list(*ordered, entries, block.origin),
            Content::Table { header, widths, rows } => self.table(header, widths, rows, block.origin),
        }
    }

    fn centred(&mut self, text: &Inlines, style: Style, origin: Option<Uuid>, next: Option<&Block>) {
        let element = self.element(Kind::Title, Element::DOCUMENT, origin);
        let mut flat = Flat::of(text);
        let lines = self.lines(&mut flat, style, MEASURE, Align::Centre, origin);
        let column = Column {
            x: 0.0,
            lines,
            links: flat.links,
            style,
            element,
        };
        let mut strips = self.strips(vec![column], style);
        for strip in &mut strips {
            strip.keep = true;
        }
        let goes_on = next.is_some_and(|next| matches!(next.content, Content::Title(_) | Content::Subtitle(_)));
        if let (Some(last), false) = (strips.last_mut(), goes_on) {
            last.after = AFTER_TITLE_BLOCK;
        }
        self.flow.strips.extend(strips);
    }

    fn heading(&mut self, level: u8, number: &str, text: &Inlines, origin: Option<Uuid>) {
        let level = level.clamp(1, 4);
        let style = heading_style(level);
        // It looks as it should wherever it stands; readers that step through headings must find no level left out.
        let level = level.min(self.level + 1);
        self.level = level;
        let element = self.element(Kind::Heading(level), Element::DOCUMENT, origin);
        // The space is not seen; without it whoever has the heading read out hears number and words as one.
        let label = self.label(&format!("{number} "), style, element);
        let indent = if number.is_empty() {
            0.0
        } else {
            label.right() + style.size * 0.4
        };
        let body = self.column(Flat::of(text), style, (indent, MEASURE - indent), element);
        let mut strips = self.strips(vec![label, body], style);
        for strip in &mut strips {
            strip.keep = true;
        }
        if let Some(first) = strips.first_mut() {
            let words = plain(text);
            let text = if number.is_empty() {
                words
            } else {
                format!("{number} {words}")
            };
            first.heading = Some((level, text, element));
        }
        self.flow.strips.extend(strips);
    }

    fn list(&mut self, ordered: bool, entries: &[Entry], origin: Option<Uuid>) {
        let list = self.element(Kind::List { ordered }, Element::DOCUMENT, origin);
        let mut labels = Vec::with_capacity(entries.len());
        for entry in entries {
            let item = self.element(Kind::Item, list, entry.origin);
            let element = self.element(Kind::Label, item, None);
            labels.push((
                item,
                self.label(if ordered { &entry.label } else { "•" }, ENTRY, element),
            ));
        }
        let widest = labels.iter().map(|(_, label)| label.right()).fold(0.0, f32::max);
        let indent = if ordered { (widest + 7.0).max(INDENT) } else { INDENT };
        let count = entries.len();
        for (n, (entry, (item, mut label))) in entries.iter().zip(labels).enumerate() {
            if !ordered {
                label.x += 4.0;
            }
            let body = self.element(Kind::Body, item, None);
            let flat = Flat::of(&entry.text);
            let words = flat.text();
            // Roles in Latin letters after a name in Arabic ones: the line goes from left to right as its neighbours do.
            let leftward = if ordered && !self.leftward {
                all_leftward(&words)
            } else {
                begins_leftward(&words)
            };
            let column = self.cell(flat, ENTRY, (indent, MEASURE - indent), leftward, entry.origin, body);
            let mut strips = self.strips(vec![label, column], ENTRY);
            // The first two entries stay together and so do the last two: none stands alone on a page.
            if n + 1 < count && (n == 0 || n + 2 == count) {
                keep_last(&mut strips);
            }
            if let (Some(last), true) = (strips.last_mut(), n + 1 == count) {
                last.after = BODY.after;
            }
            self.flow.strips.extend(strips);
        }
    }

    pub(super) fn element(&mut self, kind: Kind, parent: usize, origin: Option<Uuid>) -> usize {
        self.structure.push(Element {
            kind,
            parent: Some(parent),
            origin,
        });
        self.structure.len() - 1
    }

    /// A number or bullet at the left edge.
    fn label(&mut self, text: &str, style: Style, element: usize) -> Column {
        let mut flat = Flat::plain(text);
        let lines = self.lines(&mut flat, style, MEASURE / 3.0, Align::Left, None);
        Column {
            x: 0.0,
            lines,
            links: Vec::new(),
            style,
            element,
        }
    }

    /// Text in the direction of its first letter.
    fn column(&mut self, flat: Flat, style: Style, place: (f32, f32), element: usize) -> Column {
        let leftward = begins_leftward(&flat.text());
        let origin = self.structure.get(element).and_then(|element| element.origin);
        self.set(flat, style, place, (leftward, leftward), origin, element)
    }

    /// Text of an entry or cell: a single line of it begins at the left edge whatever its direction.
    pub(super) fn cell(
        &mut self,
        flat: Flat,
        style: Style,
        place: (f32, f32),
        leftward: bool,
        origin: Option<Uuid>,
        element: usize,
    ) -> Column {
        if !leftward {
            return self.set(flat, style, place, (false, false), origin, element);
        }
        let missing = self.missing.len();
        let column = self.set(flat.clone(), style, place, (true, self.leftward), origin, element);
        if column.lines.len() < 2 || self.leftward {
            return column;
        }
        self.missing.truncate(missing);
        self.set(flat, style, place, (true, true), origin, element)
    }

    fn set(
        &mut self,
        mut flat: Flat,
        style: Style,
        (x, width): (f32, f32),
        (leftward, right): (bool, bool),
        origin: Option<Uuid>,
        element: usize,
    ) -> Column {
        let align = if right { Align::Right } else { Align::Left };
        let lines = self.lines_in(&mut flat, style, width, (leftward, align), origin);
        Column {
            x,
            lines,
            links: flat.links,
            style,
            element,
        }
    }

    pub(super) fn lines(
        &mut self,
        flat: &mut Flat,
        style: Style,
        width: f32,
        align: Align,
        origin: Option<Uuid>,
    ) -> Vec<Line> {
        let leftward = begins_leftward(&flat.text());
        self.lines_in(flat, style, width, (leftward, align), origin)
    }

    fn lines_in(
        &mut self,
        flat: &mut Flat,
        style: Style,
        width: f32,
        (leftward, align): (bool, Align),
        origin: Option<Uuid>,
    ) -> Vec<Line> {
        if flat.is_blank() {
            return Vec::new();
        }
        let Style {
            size,
            bold,
            italic,
            colour,
            hyphenated,
            filled,
            ..
        } = style;
        let words = flat.text();
        let (lines, missing) = self.press.set(
            flat,
            Cut {
                size,
                bold,
                italic,
                colour,
                width,
                leftward,
                align,
                hyphenated,
                filled: filled && self.justified,
            },
        );
        // Each is told once for a block: a text in a script without a font would be told letter by letter else.
        for character in BTreeSet::from_iter(missing) {
            let text = around(&words, character);
            self.missing.push(Missed {
                character,
                origin,
                text,
            });
        }
        lines
    }

    /// Columns side by side, cut into lines, with neither a first nor a last line to be left alone.
    pub(super) fn strips(&mut self, columns: Vec<Column>, style: Style) -> Vec<Strip> {
        let count = columns.iter().map(|column| column.lines.len()).max().unwrap_or(0);
        let mut strips: Vec<Strip> = (0..count)
            .map(|n| Strip {
                before: if n == 0 { style.before } else { 0.0 },
                height: style.leading,
                after: if n + 1 == count { style.after } else { 0.0 },
                keep: count > 1 && (n == 0 || n + 2 == count),
                ..Strip::default()
            })
            .collect();
        for Column {
            x,
            lines,
            links,
            style,
            element,
        } in columns
        {
            let mut elements = vec![None; links.len()];
            for (line, strip) in lines.into_iter().zip(&mut strips) {
                let mut marks = self.marks(line, style, &links, &mut elements, element);
                for placed in &mut marks {
                    shift(&mut placed.mark, MARGIN + x, 0.0);
                }
                strip.marks.append(&mut marks);
            }
        }
        strips
    }

    /// A line's runs, links and underlines. A link over several lines is one element.
    pub(super) fn marks(
        &mut self,
        line: Line,
        style: Style,
        links: &[String],
        elements: &mut [Option<usize>],
        element: usize,
    ) -> Vec<Placed> {
        let baseline = baseline(style);
        let mut marks = Vec::with_capacity(line.runs.len());
        let mut spans: Vec<(u32, usize, f32, f32)> = Vec::new();
        for (number, mut run, end) in line.runs {
            run.y = baseline;
            let at = usize::try_from(number)
                .unwrap_or(0)
                .checked_sub(1)
                .filter(|at| *at < links.len());
            let Some(slot) = at.and_then(|at| elements.get_mut(at)) else {
                marks.push(Placed {
                    element,
                    mark: Mark::Run(run),
                });
                continue;
            };
            let link = *slot.get_or_insert_with(|| {
                self.structure.push(Element {
                    kind: Kind::Link,
                    parent: Some(element),
                    origin: None,
                });
                self.structure.len() - 1
            });
            run.colour = LINK;
            match spans.last_mut() {
                Some(span) if span.0 == number => (span.2, span.3) = (span.2.min(run.x), span.3.max(end)),
                _ => spans.push((number, link, run.x, end)),
            }
            marks.push(Placed {
                element: link,
                mark: Mark::Run(run),
            });
        }
        for (number, link, start, end) in spans {
            let width = end.min(line.right.max(start)) - start;
            let rect = Rect {
                x: start,
                y: baseline + style.size * 0.13,
                width,
                height: 0.5,
                colour: LINK,
            };
            marks.push(Placed {
                element: Element::ARTIFACT,
                mark: Mark::Rect(rect),
            });
            if let Some(url) = usize::try_from(number)
                .ok()
                .and_then(|number| links.get(number.checked_sub(1)?))
            {
                let (y, height) = (baseline - style.size, style.size * 1.3);
                let area = Link {
                    x: start,
                    y,
                    width,
                    height,
                    url: url.clone(),
                };
                marks.push(Placed {
                    element: link,
                    mark: Mark::Link(area),
                });
            }
        }
        marks
    }
}

impl Column {
    /// The right end of its longest line.
    fn right(&self) -> f32 {
        self.lines.iter().map(|line| line.right).fold(0.0, f32::max)
    }
}

fn keep_last(strips: &mut [Strip]) {
    if let Some(last) = strips.last_mut() {
        last.keep = true;
    }
}

/// The words of inline text without marks.
fn plain(inlines: &[Inline]) -> String {
    Flat::of(inlines).text().replace('\n', " ")
}

/// Some of a text around a character, to say where it is.
fn around(text: &str, character: char) -> String {
    let at = text
        .find(character)
        .map_or(0, |at| text.get(..at).unwrap_or_default().chars().count());
    let start = at.saturating_sub(20);
    text.chars()
        .skip(start)
        .take(60)
        .collect::<String>()
        .replace('\n', " ")
        .trim()
        .to_owned()
}
