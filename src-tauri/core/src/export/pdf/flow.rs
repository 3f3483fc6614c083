//! Strips of content cut into pages.

use super::laid::{Element, Heading, Mark, Page, Placed};

/// A4 (ISO 216).
pub(super) const PAGE_WIDTH: f32 = 595.276;
/// A4 (ISO 216).
pub(super) const PAGE_HEIGHT: f32 = 841.89;
/// 25 mm.
pub(in crate::export) const MARGIN: f32 = 70.866;
/// Width of the text.
pub(super) const MEASURE: f32 = PAGE_WIDTH - 2.0 * MARGIN;

/// What cannot be parted: a line of text, or one line of all cells of a table's row.
#[derive(Clone, Debug, Default)]
pub(super) struct Strip {
    /// Least distance to what stands above it on the same page.
    pub(super) before: f32,
    /// Its height.
    pub(super) height: f32,
    /// Least distance to what stands below it on the same page.
    pub(super) after: f32,
    /// Whether the next strip must stand on the same page.
    pub(super) keep: bool,
    /// Its marks; `y` from its upper edge.
    pub(super) marks: Vec<Placed>,
    /// Level, plain text and element of the heading that begins here.
    pub(super) heading: Option<(u8, String, usize)>,
    /// The number of the table whose row this is; its header stands in [`Flow::headers`].
    pub(super) table: Option<usize>,
}

/// All content of a document.
#[derive(Debug, Default)]
pub(super) struct Flow {
    pub(super) strips: Vec<Strip>,
    /// The header of each table, said again on each page that the table goes on.
    pub(super) headers: Vec<Vec<Strip>>,
}

impl Flow {
    /// Cuts the content into pages whose text ends at `bottom`. There is always one page.
    pub(super) fn pages(self, bottom: f32) -> (Vec<Page>, Vec<Heading>) {
        let Self { strips, headers } = self;
        let mut sheet = Sheet {
            pages: vec![Page::default()],
            headings: Vec::new(),
            y: MARGIN,
            after: 0.0,
        };
        let mut strips = strips.into_iter().peekable();
        let mut group: Vec<Strip> = Vec::new();
        while let Some(strip) = strips.next() {
            let keep = strip.keep && strips.peek().is_some();
            group.push(strip);
            if !keep {
                sheet.place(std::mem::take(&mut group), &headers, bottom);
            }
        }
        (sheet.pages, sheet.headings)
    }
}

struct Sheet {
    pages: Vec<Page>,
    headings: Vec<Heading>,
    y: f32,
    after: f32,
}

impl Sheet {
    /// Places strips that belong together: on a fresh page if they do not fit here, apart if they fit on none.
    fn place(&mut self, group: Vec<Strip>, headers: &[Vec<Strip>], bottom: f32) {
        if !self.is_fresh() && self.y + self.height(&group) > bottom {
            let table = group.first().and_then(|strip| strip.table);
            self.turn(table, headers);
        }
        for strip in group {
            // What was found to fit together must not be parted by a rounding error.
            if !self.is_fresh() && self.y + self.gap(&strip) + strip.height > bottom + 0.1 {
                self.turn(strip.table, headers);
            }
            self.put(strip);
        }
    }

    fn is_fresh(&self) -> bool {
        self.y <= MARGIN
    }

    fn gap(&self, strip: &Strip) -> f32 {
        if self.is_fresh() {
            0.0
        } else {
            self.after.max(strip.before)
        }
    }

    fn height(&self, group: &[Strip]) -> f32 {
        let mut after = self.after;
        group
            .iter()
            .map(|strip| {
                let height = after.max(strip.before) + strip.height;
                after = strip.after;
                height
            })
            .sum()
    }

    /// Begins a page; a table that goes on there has its header again, if that leaves room for rows.
    fn turn(&mut self, table: Option<usize>, headers: &[Vec<Strip>]) {
        self.pages.push(Page::default());
        self.y = MARGIN;
        self.after = 0.0;
        let header = table
            .and_then(|table| headers.get(table))
            .filter(|header| self.height(header) < PAGE_HEIGHT / 4.0);
        for strip in header.into_iter().flatten() {
            let mut strip = strip.clone();
            for placed in &mut strip.marks {
                placed.element = Element::ARTIFACT;
            }
            strip.marks.retain(|placed| !matches!(placed.mark, Mark::Link(_)));
            self.put(strip);
        }
    }

    fn put(&mut self, strip: Strip) {
        let y = self.y + self.gap(&strip);
        if let Some((level, text, element)) = strip.heading {
            let page = self.pages.len().saturating_sub(1);
            self.headings.push(Heading {
                level,
                text,
                element,
                page,
                y,
            });
        }
        if let Some(page) = self.pages.last_mut() {
            page.marks.extend(strip.marks.into_iter().map(|mut placed| {
                shift(&mut placed.mark, 0.0, y);
                placed
            }));
        }
        self.y = y + strip.height;
        self.after = strip.after;
    }
}

/// Moves a mark.
pub(super) fn shift(mark: &mut Mark, right: f32, down: f32) {
    let (x, y) = match mark {
        Mark::Run(run) => (&mut run.x, &mut run.y),
        Mark::Rect(rect) => (&mut rect.x, &mut rect.y),
        Mark::Link(link) => (&mut link.x, &mut link.y),
    };
    *x += right;
    *y += down;
}
