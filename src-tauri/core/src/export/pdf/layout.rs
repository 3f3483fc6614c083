//! Minutes → pages: what each block looks like and what must stay together.

use uuid::Uuid;

use crate::minutes::{Block, Content, Entry, Minutes, Row};
use crate::model::inline::{Inline, Inlines};

use super::Missed;
use super::flow::{Flow, MARGIN, MEASURE, PAGE_HEIGHT, PAGE_WIDTH, Strip, shift};
use super::fonts::Fonts;
use super::laid::{About, Colour, Element, Kind, Laid, Link, Mark, Page, Placed, Rect};
use super::set::{Align, Line, Press, Setting};
use super::text::{Flat, all_leftward, begins_leftward, leftward_language};

const INK: Colour = Colour(0x1a, 0x1a, 0x18);
const FAINT: Colour = Colour(0x63, 0x63, 0x60);
const RULE: Colour = Colour(0xc9, 0xc9, 0xc4);
const LINK: Colour = Colour(0x1d, 0x4e, 0xb5);
const WARNING: Colour = Colour(0x8f, 0x1d, 0x1d);

/// How a kind of text looks; lengths in points.
#[derive(Clone, Copy)]
struct Style {
    size: f32,
    leading: f32,
    before: f32,
    after: f32,
    bold: bool,
    italic: bool,
    colour: Colour,
}

impl Style {
    const fn new(size: f32, leading: f32, before: f32, after: f32, bold: bool) -> Self {
        Self {
            size,
            leading,
            before,
            after,
            bold,
            italic: false,
            colour: INK,
        }
    }
}

const TITLE: Style = Style::new(17.0, 22.0, 0.0, 4.0, true);
const SUBTITLE: Style = Style::new(11.0, 15.5, 0.0, 0.0, false);
/// What the document is, the last line of the title block.
const DESIGNATION: Style = Style::new(12.5, 17.0, 9.0, 0.0, true);
const BODY: Style = Style::new(10.5, 15.0, 0.0, 7.5, false);
const ENTRY: Style = Style::new(10.5, 15.0, 0.0, 3.0, false);
const CELL: Style = Style::new(9.0, 12.5, 3.0, 3.5, false);
const HEADER_CELL: Style = Style::new(9.0, 12.5, 3.0, 3.5, true);
const SMALL: Style = Style {
    colour: FAINT,
    ..Style::new(8.5, 11.0, 0.0, 0.0, false)
};
const NOTICE: Style = Style {
    colour: WARNING,
    ..Style::new(8.5, 11.0, 0.0, 0.0, true)
};

/// Space between the title block and what follows.
const AFTER_TITLE_BLOCK: f32 = 26.0;
/// Where the text of a list's entries begins, at least.
const INDENT: f32 = 18.0;
/// Baselines of running head and foot.
const HEAD: f32 = 42.0;
const FOOT: f32 = PAGE_HEIGHT - 40.0;
/// Space on each side of a cell's text.
const CELL_SPACE: f32 = 5.0;
/// A row of up to as many lines is never parted.
const WHOLE_ROW: usize = 8;

fn heading_style(level: u8) -> Style {
    match level {
        0 | 1 => Style::new(14.0, 18.5, 21.0, 7.0, true),
        2 => Style::new(11.5, 16.0, 15.0, 5.0, true),
        3 => Style::new(10.5, 15.0, 12.0, 4.0, true),
        _ => Style {
            italic: true,
            ..Style::new(10.5, 15.0, 10.0, 3.0, true)
        },
    }
}

/// Sets minutes on A4 pages.
#[must_use]
pub fn layout(minutes: &Minutes, fonts: &Fonts) -> Laid {
    let mut cabinet = fonts.open();
    let mut setter = Setter {
        press: Press::new(&mut cabinet, &minutes.language),
        leftward: leftward_language(&minutes.language),
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
struct Column {
    x: f32,
    lines: Vec<Line>,
    links: Vec<String>,
    style: Style,
    element: usize,
}

struct Setter<'a> {
    press: Press<'a>,
    /// Whether the document's language is written from right to left.
    leftward: bool,
    structure: Vec<Element>,
    flow: Flow,
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
        let element = self.element(Kind::Heading(level), Element::DOCUMENT, origin);
        let label = self.label(number, style, element);
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
        let list = self.element(Kind::List, Element::DOCUMENT, origin);
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

    fn table(&mut self, header: &[Inlines], widths: &[u8], rows: &[Row], origin: Option<Uuid>) {
        let table = self.element(Kind::Table, Element::DOCUMENT, origin);
        let columns = rows
            .iter()
            .map(|row| row.cells.len())
            .max()
            .unwrap_or(0)
            .max(header.len());
        let bounds = bounds(columns, widths);
        let number = self.flow.headers.len();
        let mut head = if header.is_empty() {
            Vec::new()
        } else {
            self.row(header, &bounds, HEADER_CELL, (table, Kind::HeaderCell), None, INK)
        };
        for strip in &mut head {
            strip.keep = true;
        }
        self.flow.headers.push(head.clone());
        self.flow.strips.extend(head);
        let count = rows.len();
        for (n, row) in rows.iter().enumerate() {
            let mut strips = self.row(&row.cells, &bounds, CELL, (table, Kind::Cell), row.origin, RULE);
            for strip in &mut strips {
                strip.table = Some(number);
            }
            if let (Some(last), true) = (strips.last_mut(), n + 1 == count) {
                last.after = BODY.after + CELL.after + 1.0;
            }
            self.flow.strips.extend(strips);
        }
    }

    fn row(
        &mut self,
        cells: &[Inlines],
        bounds: &[(f32, f32)],
        style: Style,
        (table, kind): (usize, Kind),
        origin: Option<Uuid>,
        rule: Colour,
    ) -> Vec<Strip> {
        let row = self.element(Kind::Row, table, origin);
        let mut columns = Vec::with_capacity(cells.len());
        for (cell, place) in cells.iter().zip(bounds) {
            let element = self.element(kind, row, None);
            let flat = Flat::of(cell);
            let words = flat.text();
            let leftward = if self.leftward {
                begins_leftward(&words)
            } else {
                all_leftward(&words)
            };
            columns.push(self.cell(flat, style, *place, leftward, origin, element));
        }
        let mut strips = self.strips(columns, style);
        if strips.len() <= WHOLE_ROW {
            let whole = strips.len().saturating_sub(1);
            for strip in strips.iter_mut().take(whole) {
                strip.keep = true;
            }
        }
        if let Some(last) = strips.last_mut() {
            last.height += style.after;
            last.after = 0.0;
            let rect = Rect {
                x: MARGIN,
                y: last.height,
                width: MEASURE,
                height: 0.5,
                colour: rule,
            };
            last.marks.push(Placed {
                element: Element::ARTIFACT,
                mark: Mark::Rect(rect),
            });
        }
        strips
    }

    fn element(&mut self, kind: Kind, parent: usize, origin: Option<Uuid>) -> usize {
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
    fn cell(
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

    fn lines(&mut self, flat: &mut Flat, style: Style, width: f32, align: Align, origin: Option<Uuid>) -> Vec<Line> {
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
            ..
        } = style;
        let words = flat.text();
        let (lines, missing) = self.press.set(
            flat,
            Setting {
                size,
                bold,
                italic,
                colour,
                width,
                leftward,
                align,
            },
        );
        for character in missing {
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
    fn strips(&mut self, columns: Vec<Column>, style: Style) -> Vec<Strip> {
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
    fn marks(
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
                Some(span) if span.0 == number => span.3 = end,
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

    /// The title from the second page on, the notice on all, and "n / N".
    fn heads_and_feet(&mut self, pages: &mut [Page], title: &str, notice: &[Line]) {
        let head = self.one_line(title, SMALL, MEASURE);
        let count = pages.len();
        for (n, page) in pages.iter_mut().enumerate() {
            if n > 0 {
                self.outside(page, head.clone(), SMALL, MARGIN, HEAD);
            }
            for (row, line) in notice.iter().enumerate() {
                // Two lines have room below the text; more grow upwards.
                let rows = notice.len().saturating_sub(2);
                let y = FOOT + NOTICE.leading * (row as f32 - rows as f32);
                self.outside(page, line.clone(), NOTICE, MARGIN, y);
            }
            let mut number = Flat::plain(&format!("{} / {count}", n + 1));
            for line in self.lines(&mut number, SMALL, MEASURE, Align::Right, None) {
                self.outside(page, line, SMALL, MARGIN, FOOT);
            }
        }
    }

    /// As much of a text as one line holds.
    fn one_line(&mut self, text: &str, style: Style, width: f32) -> Line {
        let mut flat = Flat::plain(&text.replace('\n', " "));
        let mut lines = self.lines(&mut flat, style, width, Align::Left, None);
        if lines.len() > 1
            && let Some(first) = lines
                .first()
                .and_then(|line| flat.text().get(line.range.clone()).map(str::to_owned))
        {
            let cut = first
                .trim_end()
                .rsplit_once(' ')
                .map_or(first.as_str(), |(start, _)| start);
            lines = self.lines(
                &mut Flat::plain(&format!("{cut} …")),
                style,
                width * 1.1,
                Align::Left,
                None,
            );
        }
        lines.into_iter().next().unwrap_or_default()
    }

    /// Puts a line on a page outside the text.
    fn outside(&mut self, page: &mut Page, line: Line, style: Style, x: f32, y: f32) {
        for mut placed in self.marks(line, style, &[], &mut [], Element::ARTIFACT) {
            shift(&mut placed.mark, x, y - baseline(style));
            page.marks.push(placed);
        }
    }
}

impl Column {
    /// The right end of its longest line.
    fn right(&self) -> f32 {
        self.lines.iter().map(|line| line.right).fold(0.0, f32::max)
    }
}

/// Where in a strip the baseline is: the letters in the middle of the leading.
fn baseline(style: Style) -> f32 {
    (style.leading - style.size) / 2.0 + style.size * 0.82
}

fn keep_last(strips: &mut [Strip]) {
    if let Some(last) = strips.last_mut() {
        last.keep = true;
    }
}

/// Left edge and width of the text in each column of a table.
fn bounds(columns: usize, widths: &[u8]) -> Vec<(f32, f32)> {
    // A column without a share gets a small one: its text must be somewhere.
    let shares: Vec<f32> = (0..columns)
        .map(|n| match widths.get(n) {
            Some(width) => f32::from((*width).max(3)),
            None => 10.0,
        })
        .collect();
    let sum: f32 = shares.iter().sum::<f32>().max(1.0);
    let mut x = 0.0;
    let mut bounds = Vec::with_capacity(columns);
    for share in shares {
        let width = MEASURE * share / sum;
        bounds.push((x, (width - 2.0 * CELL_SPACE).max(12.0)));
        x += width;
    }
    bounds
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
