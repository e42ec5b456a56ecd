//! Where do the records and fields of CSV text lie? Nothing is copied or changed: a row keeps its bytes.
//!
//! The dialect is that of RFC 4180 as readers agree on it: a field that begins with a quote ends at the next quote
//! that is not doubled; a quote elsewhere is an ordinary byte; a record ends with LF, CR LF or CR.

use super::processor::{BLOCK, mask};
use std::borrow::Cow;

/// A record: where it lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Found {
    /// Where it begins.
    pub(super) start: usize,
    /// Where it ends, without the line end.
    pub(super) end: usize,
    /// Where the next one begins.
    pub(super) next: usize,
}

/// Whether the bytes are all there will be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tail {
    /// More may follow.
    More,
    /// This is the end of the input.
    End,
}

/// The records of some bytes, one after the other.
#[derive(Debug)]
pub(super) struct Records<'b> {
    bytes: &'b [u8],
    tail: Tail,
    separators: Separators,
    /// Where the next record begins.
    start: usize,
}

impl<'b> Records<'b> {
    pub(super) fn new(bytes: &'b [u8], delimiter: u8, tail: Tail) -> Records<'b> {
        Records { bytes, tail, separators: Separators::new(delimiter), start: 0 }
    }

    /// Finds the next record, and adds where its fields end, counted from its start, behind the place before its start.
    ///
    /// `None` if the record may go on beyond the bytes; at the end of the input, if a quote is not closed. Of no bytes
    /// at all there is no record either.
    #[allow(clippy::cast_possible_truncation, reason = "a record has at most 16 MiB")]
    #[inline(always)]
    pub(super) fn next(&mut self, ends: &mut Vec<u32>) -> Option<Found> {
        let first = self.start;
        let mut start = first;
        ends.push(BEFORE);
        while let Some(end) = self.separators.next(self.bytes) {
            let byte = *self.bytes.get(end)?;
            if byte == self.separators.delimiter {
                ends.push((end - first) as u32);
                start = end + 1;
            } else if byte == b'"' {
                // Within a field that does not begin with it, a quote is an ordinary byte.
                if end == start {
                    let behind = start + field_length(self.bytes.get(start..)?, self.separators.delimiter)?;
                    self.separators.go_on_from(self.bytes, behind);
                }
            } else {
                ends.push((end - first) as u32);
                self.start = if byte == b'\r' { self.behind_return(end + 1)? } else { end + 1 };
                return Some(Found { start: first, end, next: self.start });
            }
        }
        self.last(first, ends)
    }

    /// Where the next record begins behind a carriage return, whose line feed may be still to come.
    fn behind_return(&mut self, start: usize) -> Option<usize> {
        match self.bytes.get(start) {
            Some(b'\n') => {
                self.separators.next(self.bytes);
                Some(start + 1)
            }
            None if self.tail == Tail::More => None,
            _ => Some(start),
        }
    }

    /// The record that no line end ends.
    #[allow(clippy::cast_possible_truncation, reason = "a record has at most 16 MiB")]
    fn last(&mut self, first: usize, ends: &mut Vec<u32>) -> Option<Found> {
        let end = self.bytes.len();
        if self.tail == Tail::More || first == end {
            return None;
        }
        ends.push((end - first) as u32);
        self.start = end;
        Some(Found { start: first, end, next: end })
    }
}

/// Where delimiters, line ends and quotes stand, in order.
///
/// They are found for a window at a time, sixty-four bytes in one go: a mask with a bit for each becomes places, eight
/// at once, whether there are so many or not; a loop over each mask would cost more in wrong guesses of the processor.
#[derive(Debug)]
struct Separators {
    delimiter: u8,
    /// Where the next window begins.
    window: usize,
    /// Where the window began that the places are counted from.
    base: usize,
    places: Box<[u16; WINDOW + EIGHT]>,
    count: usize,
    /// How many places have been given out.
    given: usize,
}

/// How many bytes make a window.
const WINDOW: usize = 64 * BLOCK;
const EIGHT: usize = 8;

impl Separators {
    fn new(delimiter: u8) -> Separators {
        Separators { delimiter, window: 0, base: 0, places: Box::new([0; WINDOW + EIGHT]), count: 0, given: 0 }
    }

    #[inline(always)]
    fn next(&mut self, bytes: &[u8]) -> Option<usize> {
        while self.given >= self.count {
            if self.window >= bytes.len() {
                return None;
            }
            self.fill(bytes, self.window);
        }
        let place = *self.places.get(self.given)?;
        self.given += 1;
        Some(self.base + usize::from(place))
    }

    /// Finds the separators of the window that begins at a place.
    #[allow(clippy::cast_possible_truncation, reason = "a place in a window fits 16 bits")]
    #[inline(always)]
    fn fill(&mut self, bytes: &[u8], start: usize) {
        (self.base, self.window, self.count, self.given) = (start, start + WINDOW, 0, 0);
        let window = bytes.get(start..self.window.min(bytes.len())).unwrap_or_default();
        for block in (0..window.len()).step_by(BLOCK) {
            let mut mask = mask_at(window, block, self.delimiter);
            let end = self.count + mask.count_ones() as usize;
            while self.count < end {
                let Some(eight) = self.places.get_mut(self.count..).and_then(<[u16]>::first_chunk_mut::<EIGHT>) else { break };
                for place in eight {
                    *place = block as u16 + mask.trailing_zeros() as u16;
                    mask &= mask.wrapping_sub(1);
                }
                self.count += EIGHT;
            }
            self.count = end;
        }
    }

    /// Goes on with the separators from a place on, which lies behind those given out.
    fn go_on_from(&mut self, bytes: &[u8], place: usize) {
        if place >= self.window {
            return self.fill(bytes, place);
        }
        while self.places.get(self.given).is_some_and(|next| self.given < self.count && self.base + usize::from(*next) < place) {
            self.given += 1;
        }
    }
}

/// The separators among the 64 bytes from a place on.
#[inline(always)]
fn mask_at(bytes: &[u8], at: usize, delimiter: u8) -> u64 {
    let rest = bytes.get(at..).unwrap_or_default();
    match rest.first_chunk::<BLOCK>() {
        Some(block) => mask(block, delimiter),
        None => {
            let mut block = [b'0'; BLOCK];
            block.iter_mut().zip(rest).for_each(|(byte, given)| *byte = *given);
            mask(&block, delimiter)
        }
    }
}

/// The length of the field at the start, up to a delimiter, a line end or the end of the bytes; `None` if a quote is
/// not closed.
fn field_length(bytes: &[u8], delimiter: u8) -> Option<usize> {
    let plain = |bytes: &[u8]| bytes.iter().position(|byte| *byte == delimiter || *byte == b'\n' || *byte == b'\r').unwrap_or(bytes.len());
    let [b'"', inside @ ..] = bytes else { return Some(plain(bytes)) };
    let mut rest = inside;
    loop {
        let quote = rest.iter().position(|byte| *byte == b'"')?;
        rest = rest.get(quote + 1..)?;
        match rest {
            [b'"', more @ ..] => rest = more,
            _ => return Some(bytes.len() - rest.len() + plain(rest)),
        }
    }
}

/// The content of a field: without its quotes, the doubled ones single.
pub(super) fn content(field: &[u8]) -> Cow<'_, [u8]> {
    let [b'"', inside @ ..] = field else { return Cow::Borrowed(field) };
    if let [text @ .., b'"'] = inside
        && !text.contains(&b'"')
    {
        return Cow::Borrowed(text);
    }
    let mut text = Vec::with_capacity(inside.len());
    let mut rest = inside.iter();
    while let Some(byte) = rest.next() {
        match (byte, rest.as_slice()) {
            (b'"', [b'"', ..]) => {
                text.push(b'"');
                rest.next();
            }
            // The closing quote: what stands behind it, up to the delimiter, belongs to the field as it is.
            (b'"', behind) => {
                text.extend_from_slice(behind);
                break;
            }
            _ => text.push(*byte),
        }
    }
    Cow::Owned(text)
}

/// One row of a table: its bytes as they stand, and its fields.
#[derive(Debug, Clone, Copy)]
pub struct Row<'r> {
    /// The bytes that it lies in, those before its start and behind its end too.
    bytes: &'r [u8],
    /// The place before it among them, and where each of its fields ends.
    ends: &'r [u32],
}

/// The place before the first one.
pub(super) const BEFORE: u32 = u32::MAX;

impl<'r> Row<'r> {
    /// The row behind the first of these places, of fields that end at the others.
    #[inline(always)]
    pub(super) fn new(bytes: &'r [u8], ends: &'r [u32]) -> Row<'r> {
        Row { bytes, ends }
    }

    /// The bytes, without the line end.
    #[inline]
    pub fn as_bytes(&self) -> &'r [u8] {
        self.len().checked_sub(1).and_then(|last| self.span(0, last)).unwrap_or_default()
    }

    /// How many fields there are.
    #[inline]
    pub fn len(&self) -> usize {
        self.ends.len().saturating_sub(1)
    }

    /// Whether the row is an empty line.
    #[inline]
    pub fn is_empty(&self) -> bool {
        match self.ends {
            [] | [_] => true,
            [before, end] => *end == before.wrapping_add(1),
            _ => false,
        }
    }

    /// The content of a field, counted from 0; `None` in a short row.
    #[inline]
    pub fn content(&self, index: usize) -> Option<Cow<'r, [u8]>> {
        match self.raw(index)? {
            quoted @ [b'"', ..] => Some(content(quoted)),
            plain => Some(Cow::Borrowed(plain)),
        }
    }

    /// The bytes of a field as they stand, quotes included.
    #[inline]
    pub(super) fn raw(&self, index: usize) -> Option<&'r [u8]> {
        let (start, end) = self.place(index)?;
        self.bytes.get(start..end)
    }

    /// The bytes from the start of a field to the end of another one, quotes and delimiters included.
    #[inline]
    pub(super) fn span(&self, first: usize, last: usize) -> Option<&'r [u8]> {
        self.bytes.get(self.place(first)?.0..self.place(last)?.1)
    }

    /// Whether a field is quoted.
    #[inline]
    pub(super) fn is_quoted(&self, index: usize) -> bool {
        self.place(index).and_then(|(start, _)| self.bytes.get(start)) == Some(&b'"')
    }

    /// So many bytes from the start of a field on, which readers take in one go, and how many of them are its; `None` at
    /// the very end of a chunk.
    #[inline(always)]
    pub(super) fn first<const N: usize>(&self, index: usize) -> Option<(&'r [u8; N], usize)> {
        let (start, end) = self.place(index)?;
        // An end is not before its start.
        Some((self.bytes.get(start..)?.first_chunk()?, end.wrapping_sub(start)))
    }

    /// Where a field begins, and where it ends.
    #[inline(always)]
    fn place(&self, index: usize) -> Option<(usize, usize)> {
        let [before, end] = self.ends.get(index..)?.first_chunk()?;
        Some((before.wrapping_add(1) as usize, *end as usize))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<Vec<String>> {
        let (mut records, mut ends, mut rows) = (Records::new(text.as_bytes(), b',', Tail::End), Vec::new(), Vec::new());
        while let Some(found) = records.next(&mut ends) {
            let row = Row::new(&text.as_bytes()[found.start..], &ends);
            rows.push((0..row.len()).map(|n| String::from_utf8(row.content(n).unwrap().into_owned()).unwrap()).collect());
            ends.clear();
        }
        rows
    }

    /// Rule: quotes hold delimiters, line ends and doubled quotes; elsewhere a quote is an ordinary byte.
    #[test]
    fn quoted_fields_hold_what_would_end_them() {
        for (text, expected) in [
            ("a,b\n", vec![vec!["a", "b"]]),
            ("a,\"b,\"\"c\"\"\nd\"\r\ne", vec![vec!["a", "b,\"c\"\nd"], vec!["e"]]),
            ("5\" pipe,x\n", vec![vec!["5\" pipe", "x"]]),
            ("\"a\"b\"c,d\n", vec![vec!["ab\"c", "d"]]),
            ("a\rb\r\n\nc", vec![vec!["a"], vec!["b"], vec![""], vec!["c"]]),
            (",\n\"\",\"\"\n", vec![vec!["", ""], vec!["", ""]]),
            ("", vec![]),
        ] {
            assert_eq!(read(text), expected, "{text:?}");
        }
    }

    /// Rule: a record that may go on is not yet one; an unclosed quote never is.
    #[test]
    fn an_unfinished_record_is_none() {
        let find = |text: &str, tail| Records::new(text.as_bytes(), b',', tail).next(&mut Vec::new()).map(|found| found.next);
        assert_eq!(find("a,b", Tail::More), None);
        assert_eq!(find("a,b", Tail::End), Some(3));
        assert_eq!(find("a,b\r", Tail::More), None);
        assert_eq!(find("a,b\r", Tail::End), Some(4));
        assert_eq!(find("a,\"b\n", Tail::End), None);
        assert_eq!(find("\"a\"", Tail::More), None);
    }

    /// What the csv crate reads: the oracle. It skips empty lines, and closes a quote that the input leaves open.
    fn oracle(text: &str) -> Vec<Vec<String>> {
        let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text.as_bytes());
        reader.records().map(|record| record.unwrap().iter().map(str::to_owned).collect()).collect()
    }

    /// Whether every quote is closed: the records take up all of the text.
    fn is_whole(text: &str) -> bool {
        let (mut records, mut ends, mut end) = (Records::new(text.as_bytes(), b',', Tail::End), Vec::new(), 0);
        while let Some(found) = records.next(&mut ends) {
            end = found.next;
        }
        end == text.len()
    }

    proptest::proptest! {
        /// Rule: whatever the bytes, fields are where the csv crate finds them.
        #[test]
        fn fields_are_those_of_the_csv_crate(text in "[ab,\"\n\r]{0,40}|[abcde,,\"\n\r]{60,300}") {
            if is_whole(&text) {
                let rows: Vec<_> = read(&text).into_iter().filter(|row| row != &[""]).collect();
                let oracle: Vec<_> = oracle(&text).into_iter().filter(|row| row != &[""]).collect();
                proptest::prop_assert_eq!(rows, oracle);
            }
        }
    }
}
