//! Where in a text are its tables?

use memchr::{memchr, memchr_iter, memmem};
use std::ops::Range;

/// The tables of a text, in bytes.
#[derive(Debug, Default)]
pub(crate) struct Layout {
    /// Tables whose structure is marked: a row of dashes below the header, as in Markdown.
    pub(crate) grids: Vec<GridRegion>,
    /// Rows of columns that only white space or bars keep apart: what their cells have to do with each other is not
    /// said.
    pub(crate) columns: Vec<Range<usize>>,
}

/// A marked table.
#[derive(Debug)]
pub(crate) struct GridRegion {
    pub(crate) range: Range<usize>,
    /// Its lines, without their ends.
    pub(crate) rows: Vec<Range<usize>>,
    /// Which of them is the row of dashes.
    pub(crate) rule: usize,
}

impl Layout {
    /// Finds the tables of a text.
    pub(crate) fn of(text: &str) -> Layout {
        let mut layout = Layout::default();
        let mut rows: Vec<Range<usize>> = Vec::new();
        let mut start = 0;
        for end in memchr_iter(b'\n', text.as_bytes()).chain([text.len()]) {
            let line = text.get(start..end).unwrap_or_default();
            match may_be_row(line) {
                true => rows.push(start..end),
                false => layout.close(text, &mut rows),
            }
            start = end + 1;
        }
        layout.close(text, &mut rows);
        layout
    }

    /// Sorts out a run of lines that may be rows.
    fn close(&mut self, text: &str, rows: &mut Vec<Range<usize>>) {
        let rows = std::mem::take(rows);
        let line = |row: &Range<usize>| text.get(row.clone()).unwrap_or_default();
        match rows.iter().position(|row| is_rule(line(row))) {
            Some(rule) if rule > 0 && rule + 1 < rows.len() && rows.iter().all(|row| line(row).contains('|')) => {
                let range = rows.first().map_or(0, |row| row.start)..rows.last().map_or(0, |row| row.end);
                self.grids.push(GridRegion { range, rows, rule });
            }
            _ if rows.iter().any(|row| has_columns(line(row))) => self.columns.extend(rows),
            _ => {}
        }
    }
}

fn may_be_row(line: &str) -> bool {
    let inner = line.trim();
    let bytes = inner.as_bytes();
    memchr(b'|', bytes).is_some() || memchr(b'\t', bytes).is_some() || memmem::find(bytes, b"  ").is_some()
}

/// `|---|---:|`
fn is_rule(line: &str) -> bool {
    let line = line.trim();
    line.contains("--") && line.contains('|') && line.bytes().all(|byte| matches!(byte, b'|' | b'-' | b':' | b' '))
}

/// Whether a line has at least two cells that are numbers.
fn has_columns(line: &str) -> bool {
    line.split(['|', '\t']).flat_map(|cell| cell.split("  ")).filter(|cell| is_number(cell.trim())).count() >= 2
}

/// A number with its sign, brackets and unit, and nothing besides; a period counts too.
fn is_number(cell: &str) -> bool {
    const LONGEST: usize = 24;
    const LETTERS: usize = 14;
    cell.len() <= LONGEST && cell.contains(|c: char| c.is_ascii_digit()) && cell.chars().filter(|c| c.is_alphabetic()).count() <= LETTERS
}
