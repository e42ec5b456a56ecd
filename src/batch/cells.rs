//! The new cells of a row, as they are written.

use super::output::{Output, Piece};
use std::fmt::{Display, Write};

/// Appends cells to a row that is being written.
#[derive(Debug)]
pub struct Cells<'o> {
    out: &'o mut Output,
    delimiter: u8,
    start: usize,
    count: usize,
}

impl<'o> Cells<'o> {
    #[inline(always)]
    pub(super) fn new(out: &'o mut Output, delimiter: u8) -> Cells<'o> {
        let start = out.len();
        Cells { out, delimiter, start, count: 0 }
    }

    /// Takes back what has been written.
    pub(super) fn take_back(&mut self) {
        self.out.truncate(self.start);
        self.count = 0;
    }

    /// How many cells have been written.
    #[inline]
    pub fn count(&self) -> usize {
        self.count
    }

    /// An empty cell.
    #[inline]
    pub fn empty(&mut self) {
        self.out.put(&[self.delimiter], 1);
        self.count += 1;
    }

    /// A cell that is a number, a date or a word: nothing in it needs quotes.
    pub fn plain(&mut self, value: impl Display) {
        self.empty();
        // OK because writing to memory does not fail.
        let _ = write!(self.out, "{value}");
    }

    /// So many cells in one go, each behind a delimiter; none if the function returns `None`.
    #[inline(always)]
    pub(super) fn piece<T>(&mut self, count: usize, write: impl FnOnce(&mut Piece<'_>, u8) -> Option<T>) -> Option<T> {
        let mut piece = self.out.piece()?;
        let written = write(&mut piece, self.delimiter)?;
        piece.finish();
        self.count += count;
        Some(written)
    }

    /// A plain cell, or an empty one.
    pub fn optional(&mut self, value: Option<impl Display>) {
        match value {
            Some(value) => self.plain(value),
            None => self.empty(),
        }
    }

    /// A cell of any text, quoted where it must be.
    pub fn text(&mut self, text: &str) {
        self.empty();
        let special = |byte: &u8| *byte == self.delimiter || matches!(byte, b'"' | b'\n' | b'\r');
        if !text.as_bytes().iter().any(special) {
            return self.out.extend(text.as_bytes());
        }
        self.out.extend(b"\"");
        for part in text.split_inclusive('"') {
            self.out.extend(part.as_bytes());
            if part.ends_with('"') {
                self.out.extend(b"\"");
            }
        }
        self.out.extend(b"\"");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Rule: a text is quoted where a reader would otherwise cut it.
    #[test]
    fn a_text_is_quoted_where_it_must_be() {
        let mut out = Output::default();
        let mut cells = Cells::new(&mut out, b',');
        cells.text("plain");
        cells.text("a, \"b\"");
        cells.optional(None::<u8>);
        assert_eq!(cells.count(), 3);
        assert_eq!(out.as_bytes(), b",plain,\"a, \"\"b\"\"\",");
    }
}
