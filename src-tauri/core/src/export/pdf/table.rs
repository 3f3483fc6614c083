//! Tables.

use uuid::Uuid;

use crate::minutes::Row;
use crate::model::inline::Inlines;

use super::flow::{MARGIN, MEASURE, Strip};
use super::laid::{Colour, Element, Kind, Mark, Placed, Rect};
use super::layout::Setter;
use super::style::{BODY, CELL, CELL_SPACE, HEADER_CELL, INK, RULE, Style, WHOLE_ROW};
use super::text::{Flat, all_leftward, begins_leftward};

impl Setter<'_> {
    /// A table: its header, said again on each page, and a rule under each row.
    pub(super) fn table(&mut self, header: &[Inlines], widths: &[u8], rows: &[Row], origin: Option<Uuid>) {
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
