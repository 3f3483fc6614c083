//! Sizes, distances and colours: the look of the page.

use super::flow::PAGE_HEIGHT;
use super::laid::Colour;

pub(super) const INK: Colour = Colour(0x1a, 0x1a, 0x18);
pub(super) const FAINT: Colour = Colour(0x63, 0x63, 0x60);
pub(super) const RULE: Colour = Colour(0xc9, 0xc9, 0xc4);
pub(super) const LINK: Colour = Colour(0x1d, 0x4e, 0xb5);
pub(super) const WARNING: Colour = Colour(0x8f, 0x1d, 0x1d);

/// How a kind of text looks; lengths in points.
#[derive(Clone, Copy)]
pub(super) struct Style {
    pub(super) size: f32,
    pub(super) leading: f32,
    pub(super) before: f32,
    pub(super) after: f32,
    pub(super) bold: bool,
    pub(super) italic: bool,
    pub(super) colour: Colour,
    /// Whether words are parted where a line would else end early.
    pub(super) hyphenated: bool,
    /// Whether lines fill the measure where that is asked for.
    pub(super) filled: bool,
}

impl Style {
    pub(super) const fn new(size: f32, leading: f32, before: f32, after: f32, bold: bool) -> Self {
        Self {
            size,
            leading,
            before,
            after,
            bold,
            italic: false,
            colour: INK,
            hyphenated: false,
            filled: false,
        }
    }

    const fn prose(self) -> Self {
        Self {
            hyphenated: true,
            filled: true,
            ..self
        }
    }
}

pub(super) const TITLE: Style = Style::new(17.0, 22.0, 0.0, 4.0, true);
pub(super) const SUBTITLE: Style = Style::new(11.0, 15.5, 0.0, 0.0, false);
/// What the document is, the last line of the title block.
pub(super) const DESIGNATION: Style = Style::new(12.5, 17.0, 9.0, 0.0, true);
pub(super) const BODY: Style = Style::new(10.5, 15.0, 0.0, 7.5, false).prose();
pub(super) const ENTRY: Style = Style::new(10.5, 15.0, 0.0, 3.0, false).prose();
pub(super) const CELL: Style = Style {
    hyphenated: true,
    ..Style::new(9.0, 12.5, 3.0, 3.5, false)
};
pub(super) const HEADER_CELL: Style = Style::new(9.0, 12.5, 3.0, 3.5, true);
pub(super) const SMALL: Style = Style {
    colour: FAINT,
    ..Style::new(8.5, 11.0, 0.0, 0.0, false)
};
pub(super) const NOTICE: Style = Style {
    colour: WARNING,
    ..Style::new(8.5, 11.0, 0.0, 0.0, true)
};

/// Space between the title block and what follows.
pub(super) const AFTER_TITLE_BLOCK: f32 = 26.0;
/// Where the text of a list's entries begins, at least.
pub(super) const INDENT: f32 = 18.0;
/// Baselines of running head and foot.
pub(super) const HEAD: f32 = 42.0;
pub(super) const FOOT: f32 = PAGE_HEIGHT - 40.0;
/// Space on each side of a cell's text.
pub(super) const CELL_SPACE: f32 = 5.0;
/// A row of up to as many lines is never parted.
pub(super) const WHOLE_ROW: usize = 8;

pub(super) fn heading_style(level: u8) -> Style {
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

/// Where in a strip the baseline is: the letters in the middle of the leading.
pub(super) fn baseline(style: Style) -> f32 {
    (style.leading - style.size) / 2.0 + style.size * 0.82
}
