//! Where do the records and fields of a whole chunk lie?
//!
//! A chunk without quotes and carriage returns is looked at in blocks of sixty-four bytes: masks of its separators
//! become places, a dozen at once, whether there are so many or not, since a loop over each mask costs more in wrong
//! guesses of the processor. Any other chunk is read record by record.

use super::processor::{BLOCK, Masks, Vectors, masks};
use super::reader::Chunk;
use super::records::{BEFORE, Found, Records, Row, Tail};
use std::ops::Range;

/// How many separators of a block are written at once, and how many ends of records.
const SEPARATORS: usize = 12;
const FEEDS: usize = 2;

/// The records and fields of a chunk. Its memory serves for the next one.
#[derive(Debug, Default)]
pub(super) struct Layout {
    /// Where each field ends, and the place before each record; room that has been written before is behind them.
    ends: Vec<u32>,
    fields: usize,
    /// How many of these there are up to the end of each record; likewise.
    lasts: Vec<u32>,
    records: usize,
    /// Whether the end of a record is the place before the next one: then it is there once.
    is_shared: bool,
}

/// Where a walk through the records is.
#[derive(Debug, Default)]
pub(super) struct Cursor {
    record: usize,
    field: usize,
}

impl Layout {
    /// Finds the records of a chunk.
    #[inline(always)]
    pub(super) fn find(&mut self, chunk: &Chunk, delimiter: u8) {
        self.is_shared = chunk.is_plain;
        if chunk.is_plain { self.find_plain(chunk.bytes(), delimiter) } else { self.find_any(chunk.bytes(), delimiter) }
    }

    #[inline(always)]
    fn find_plain(&mut self, bytes: &[u8], delimiter: u8) {
        if self.ends.is_empty() {
            self.grow();
        }
        (self.fields, self.records) = (0, 0);
        if let Some(first) = self.ends.first_mut() {
            (*first, self.fields) = (BEFORE, 1);
        }
        let ((blocks, rest), vectors) = (bytes.as_chunks::<BLOCK>(), Vectors::here());
        for (at, block) in blocks.iter().enumerate() {
            self.add(masks(block, delimiter, vectors), at * BLOCK);
        }
        let mut block = [0; BLOCK];
        block.iter_mut().zip(rest).for_each(|(byte, given)| *byte = *given);
        let Masks { separators, feeds } = masks(&block, delimiter, vectors);
        let given = (1 << rest.len()) - 1;
        self.add(Masks { separators: separators & given, feeds: feeds & given }, bytes.len() - rest.len());
        if bytes.last().is_some_and(|last| *last != b'\n') {
            self.add(Masks { separators: 1, feeds: 1 }, bytes.len());
        }
    }

    /// Adds the separators of a block.
    #[inline(always)]
    #[allow(clippy::cast_possible_truncation, reason = "a chunk has fewer bytes than 32 bits can count")]
    fn add(&mut self, Masks { mut separators, mut feeds }: Masks, place: usize) {
        if self.ends.len() < self.fields + BLOCK + SEPARATORS || self.lasts.len() < self.records + BLOCK + FEEDS {
            self.grow();
        }
        let records = self.records + feeds.count_ones() as usize;
        while self.records < records {
            let Some(room) = self.lasts.get_mut(self.records..).and_then(<[u32]>::first_chunk_mut::<FEEDS>) else { return };
            for last in room {
                // The bits up to the lowest of the line ends.
                let before = feeds ^ feeds.wrapping_sub(1);
                *last = self.fields as u32 + (separators & before).count_ones();
                feeds &= feeds.wrapping_sub(1);
            }
            self.records += FEEDS;
        }
        self.records = records;
        let fields = self.fields + separators.count_ones() as usize;
        while self.fields < fields {
            let Some(room) = self.ends.get_mut(self.fields..).and_then(<[u32]>::first_chunk_mut::<SEPARATORS>) else { return };
            for end in room {
                *end = place as u32 + separators.trailing_zeros();
                separators &= separators.wrapping_sub(1);
            }
            self.fields += SEPARATORS;
        }
        self.fields = fields;
    }

    #[cold]
    fn grow(&mut self) {
        let room = |length: usize| length + length / 2 + 2 * BLOCK;
        self.ends.resize(room(self.fields), 0);
        self.lasts.resize(room(self.records), 0);
    }

    #[allow(clippy::cast_possible_truncation, reason = "a chunk has fewer bytes than 32 bits can count")]
    fn find_any(&mut self, bytes: &[u8], delimiter: u8) {
        self.ends.clear();
        self.lasts.clear();
        let (mut records, mut from) = (Records::new(bytes, delimiter, Tail::End), 0);
        while let Some(found) = records.next(&mut self.ends) {
            self.ends.iter_mut().skip(from).for_each(|end| *end = end.wrapping_add(found.start as u32));
            from = self.ends.len();
            self.lasts.push(from as u32);
        }
        (self.fields, self.records) = (self.ends.len(), self.lasts.len());
    }

    /// The next record, and which places are its: the one before it, and the ends of its fields.
    #[inline(always)]
    pub(super) fn next(&self, bytes: &[u8], cursor: &mut Cursor) -> Option<(Found, Range<usize>)> {
        if cursor.record >= self.records {
            return None;
        }
        let last = *self.lasts.get(cursor.record)? as usize;
        let fields = cursor.field..last;
        let [before, .., end] = self.ends.get(fields.clone())? else { return None };
        let (start, end) = (before.wrapping_add(1) as usize, *end as usize);
        // A line feed ends every record of a plain chunk, but perhaps the last.
        let next = if self.is_shared { (end + 1).min(bytes.len()) } else { end + line_end(bytes.get(end..)?) };
        *cursor = Cursor { record: cursor.record + 1, field: last - usize::from(self.is_shared) };
        Some((Found { start, end, next }, fields))
    }

    /// The row of a record.
    #[inline(always)]
    pub(super) fn row<'r>(&'r self, bytes: &'r [u8], fields: Range<usize>) -> Row<'r> {
        Row::new(bytes, self.ends.get(fields).unwrap_or_default())
    }
}

/// The length of the line end at the start of some bytes.
#[inline(always)]
fn line_end(bytes: &[u8]) -> usize {
    match bytes {
        [b'\n', ..] => 1,
        [b'\r', b'\n', ..] => 2,
        [b'\r', ..] => 1,
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::batch::reader::Reader;

    /// All records of a text behind a header line, with their fields, and whether the chunk is plain.
    fn read(text: &str) -> (Vec<(Found, Vec<String>)>, bool) {
        let text = format!("h\n{text}");
        let mut reader = Reader::new(text.as_bytes(), "t.csv", b';').unwrap();
        let (mut chunk, mut layout, mut all) = (Chunk::default(), Layout::default(), Vec::new());
        if !reader.next_chunk(&mut chunk).unwrap() {
            return (all, true);
        }
        layout.find(&chunk, b';');
        let (bytes, mut cursor) = (chunk.bytes(), Cursor::default());
        while let Some((found, fields)) = layout.next(bytes, &mut cursor) {
            let row = layout.row(bytes, fields);
            let text = |index| String::from_utf8(row.raw(index).unwrap().to_vec()).unwrap();
            all.push((found, (0..row.len()).map(text).collect()));
        }
        (all, chunk.is_plain)
    }

    /// The same record by record.
    fn naive(text: &str) -> Vec<(Found, Vec<String>)> {
        let (mut records, mut ends, mut all) = (Records::new(text.as_bytes(), b';', Tail::End), Vec::new(), Vec::new());
        while let Some(found) = records.next(&mut ends) {
            let row = Row::new(&text.as_bytes()[found.start..], &ends);
            all.push((found, (0..row.len()).map(|index| String::from_utf8(row.raw(index).unwrap().to_vec()).unwrap()).collect()));
            ends.clear();
        }
        all
    }

    proptest::proptest! {
        /// Rule: a chunk's records and fields are those that are found one by one, whether it is plain or not.
        #[test]
        fn records_are_those_found_one_by_one(text in "[ab;\n]{0,400}|[a-f;]{0,9}(;;;;;;;;;|\n\n\n|[a-z\n]{1,90}){0,20}|([ab;\n\r]|\"[a;\n]{0,3}\"){0,100}") {
            // A quote that is not closed is an error.
            let whole = naive(&text).last().map_or(0, |(found, _)| found.next) == text.len();
            let text = if whole { text } else { text.replace('"', "") };
            let (found, is_plain) = read(&text);
            proptest::prop_assert_eq!(is_plain, !text.contains(['"', '\r']));
            proptest::prop_assert_eq!(found, naive(&text));
        }
    }
}
