//! What stands on each page outside the text.

use super::flow::{MARGIN, MEASURE, shift};
use super::laid::{Element, Page};
use super::layout::Setter;
use super::set::{Align, Line};
use super::style::{FOOT, HEAD, NOTICE, SMALL, Style, baseline};
use super::text::Flat;

impl Setter<'_> {
    /// The title from the second page on, the notice on all, and "n / N".
    pub(super) fn heads_and_feet(&mut self, pages: &mut [Page], title: &str, notice: &[Line]) {
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
