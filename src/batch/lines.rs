//! Where are the fields of a short line? One look at sixty-four bytes says so, and nothing is kept of it.
//!
//! Most rows of most tables are shorter than that and have no quotes. Any other row is found record by record, or with
//! all records of its chunk at once.

use super::processor::{BLOCK, Masks, Vectors, masks};
use super::reader::Chunk;
use super::records::{BEFORE, Row};
use memchr::memchr;
use std::borrow::Cow;

/// How many bytes are taken in with a line: those that are looked at, and what a reader of its last field may take in.
pub(super) const WINDOW: usize = BLOCK + 16;
/// How many fields a line has at most.
const MAX_FIELDS: usize = 15;
/// ShortLines of a chunk that are longer on average are better found all at once.
const MAX_AVERAGE: u64 = 56;

/// The fields of one row.
pub(super) trait Fields<'r> {
    /// So many bytes, at most sixteen, from the start of a field on, which readers take in one go, and how many of them
    /// are its; `None` at the very end of a chunk.
    fn first<const N: usize>(&self, index: usize) -> Option<(&'r [u8; N], usize)>;

    /// The bytes of a field as they stand, quotes included.
    fn raw(&self, index: usize) -> Option<&'r [u8]>;

    /// The bytes from the start of a field to the end of another one, quotes and delimiters included.
    fn span(&self, first: usize, last: usize) -> Option<&'r [u8]>;

    /// Whether a field is quoted.
    fn is_quoted(&self, index: usize) -> bool;

    /// The content of a field, counted from 0; `None` in a short row.
    fn content(&self, index: usize) -> Option<Cow<'r, [u8]>>;

    /// How many fields there are.
    fn len(&self) -> usize;
}

/// A line of fewer than sixty-four bytes, without quotes, with as many fields as the header.
pub struct Line<'c> {
    window: &'c [u8; WINDOW],
    /// Where each field begins, and where one behind the last would.
    starts: [u32; MAX_FIELDS + 1],
    width: usize,
}

/// How the lines of a chunk are found.
#[derive(Debug, Clone, Copy)]
pub(super) struct ShortLines {
    delimiter: u8,
    width: usize,
    vectors: Option<Vectors>,
}

impl ShortLines {
    /// The way for a chunk; `None` if its lines are better found all at once.
    #[inline(always)]
    pub(super) fn of(chunk: &Chunk, delimiter: u8, width: usize) -> Option<ShortLines> {
        let are_short = chunk.bytes().len() as u64 <= chunk.lines * MAX_AVERAGE;
        (chunk.is_plain && are_short && (1..=MAX_FIELDS).contains(&width)).then(|| ShortLines {
            delimiter,
            width,
            vectors: Vectors::here(),
        })
    }

    /// The line at the start of some bytes, and its length without the line feed; `None` if it is not an ordinary one.
    #[inline(always)]
    pub(super) fn first<'c>(&self, bytes: &'c [u8]) -> Option<(Line<'c>, usize)> {
        let window: &[u8; WINDOW] = bytes.first_chunk()?;
        let Masks { separators, feeds } = masks(window.first_chunk()?, self.delimiter, self.vectors);
        // The bits up to the first line feed.
        let mut own = separators & (feeds ^ feeds.wrapping_sub(1));
        if feeds == 0 || own.count_ones() as usize != self.width {
            return None;
        }
        let mut starts = [0; MAX_FIELDS + 1];
        // All are written, whether there are so many or not: a loop would cost more in wrong guesses of the processor.
        for start in starts.iter_mut().skip(1).take(if self.width < 8 { 7 } else { MAX_FIELDS }) {
            *start = own.trailing_zeros() + 1;
            own &= own.wrapping_sub(1);
        }
        Some((Line { window, starts, width: self.width }, feeds.trailing_zeros() as usize))
    }

    /// The length of any line at the start of some bytes without quotes and carriage returns, without the line feed; adds
    /// where its fields end, behind the place before its start.
    #[allow(clippy::cast_possible_truncation, reason = "a record has at most 16 MiB")]
    pub(super) fn fields(&self, bytes: &[u8], ends: &mut Vec<u32>) -> usize {
        let length = memchr(b'\n', bytes).unwrap_or(bytes.len());
        let line = bytes.get(..length).unwrap_or_default();
        ends.push(BEFORE);
        ends.extend(line.iter().enumerate().filter(|(_, byte)| **byte == self.delimiter).map(|(place, _)| place as u32));
        ends.push(length as u32);
        length
    }
}

impl Line<'_> {
    /// Where a field begins, and where it ends.
    #[inline(always)]
    fn place(&self, index: usize) -> Option<(usize, usize)> {
        // The remainder is the index itself; with it, there is nothing to check.
        let (start, next) = (self.starts.get(index % 16)?, self.starts.get((index + 1) % 16)?);
        Some((*start as usize, next.wrapping_sub(1) as usize))
    }
}

impl<'c> Fields<'c> for Line<'c> {
    #[inline(always)]
    fn first<const N: usize>(&self, index: usize) -> Option<(&'c [u8; N], usize)> {
        let (start, end) = self.place(index)?;
        // An end is not before its start.
        Some((self.window.get(start % BLOCK..)?.first_chunk()?, end.wrapping_sub(start)))
    }

    #[inline(always)]
    fn raw(&self, index: usize) -> Option<&'c [u8]> {
        let (start, end) = self.place(index)?;
        self.window.get(start..end)
    }

    #[inline(always)]
    fn span(&self, first: usize, last: usize) -> Option<&'c [u8]> {
        self.window.get(self.place(first)?.0..self.place(last)?.1)
    }

    #[inline(always)]
    fn is_quoted(&self, _index: usize) -> bool {
        false
    }

    #[inline(always)]
    fn content(&self, index: usize) -> Option<Cow<'c, [u8]>> {
        self.raw(index).map(Cow::Borrowed)
    }

    #[inline(always)]
    fn len(&self) -> usize {
        self.width
    }
}

impl<'r> Fields<'r> for Row<'r> {
    #[inline(always)]
    fn first<const N: usize>(&self, index: usize) -> Option<(&'r [u8; N], usize)> {
        Row::first(self, index)
    }

    #[inline(always)]
    fn raw(&self, index: usize) -> Option<&'r [u8]> {
        Row::raw(self, index)
    }

    #[inline(always)]
    fn span(&self, first: usize, last: usize) -> Option<&'r [u8]> {
        Row::span(self, first, last)
    }

    #[inline(always)]
    fn is_quoted(&self, index: usize) -> bool {
        Row::is_quoted(self, index)
    }

    #[inline(always)]
    fn content(&self, index: usize) -> Option<Cow<'r, [u8]>> {
        Row::content(self, index)
    }

    #[inline(always)]
    fn len(&self) -> usize {
        Row::len(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::batch::records::{Records, Tail};

    proptest::proptest! {
        /// Rule: a short line's fields are those that are found byte by byte, whatever stands behind it.
        #[test]
        fn the_fields_of_a_line_are_those_found_byte_by_byte(line in "[a-f;]{0,90}|([a-z]{0,9};){1,16}", behind in "[a-f;\n]{0,99}", width in 1..16_usize) {
            let text = format!("{line}\n{behind}");
            let bytes = text.as_bytes();
            let mut ends = Vec::new();
            let found = Records::new(bytes, b';', Tail::End).next(&mut ends).unwrap();
            let row = Row::new(bytes, &ends);
            let lines = ShortLines { delimiter: b';', width, vectors: Vectors::here() };
            let mut slow = Vec::new();
            proptest::prop_assert_eq!(lines.fields(bytes, &mut slow), found.end);
            proptest::prop_assert_eq!(&slow, &ends);
            for lines in [lines, ShortLines { vectors: None, ..lines }] {
                let fast = lines.first(bytes);
                proptest::prop_assert_eq!(fast.is_some(), bytes.len() >= WINDOW && found.end < BLOCK && row.len() == width);
                let Some((fast, length)) = fast else { continue };
                proptest::prop_assert_eq!((length, Fields::len(&fast)), (found.end, row.len()));
                for index in 0..width {
                    proptest::prop_assert_eq!(Fields::raw(&fast, index), row.raw(index));
                    proptest::prop_assert_eq!(Fields::first::<16>(&fast, index), row.first::<16>(index));
                    proptest::prop_assert_eq!(Fields::span(&fast, 0, index), row.span(0, index));
                }
            }
        }
    }
}
