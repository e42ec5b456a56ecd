//! Where do the records and fields of CSV text lie? Nothing is copied or changed: a row keeps its bytes.
//!
//! The dialect is that of RFC 4180 as readers agree on it: a field that begins with a quote ends at the next quote
//! that is not doubled; a quote elsewhere is an ordinary byte; a record ends with LF, CR LF or CR.

use std::borrow::Cow;

/// A field of a record: where it lies, quotes included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Span {
    pub(super) start: usize,
    pub(super) end: usize,
}

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
    delimiter: u8,
    tail: Tail,
    separators: Separators<'b>,
    /// Where the next record begins.
    start: usize,
}

impl<'b> Records<'b> {
    pub(super) fn new(bytes: &'b [u8], delimiter: u8, tail: Tail) -> Records<'b> {
        Records { bytes, delimiter, tail, separators: Separators::new(bytes, delimiter), start: 0 }
    }

    /// Finds the next record and its fields, which lie relative to its start.
    ///
    /// `None` if the record may go on beyond the bytes; at the end of the input, if a quote is not closed. Of no bytes
    /// at all there is no record either.
    pub(super) fn next(&mut self, fields: &mut Vec<Span>) -> Option<Found> {
        fields.clear();
        let first = self.start;
        let mut start = first;
        while let Some(end) = self.separators.next() {
            let byte = *self.bytes.get(end)?;
            if byte == b'"' {
                // Within a field that does not begin with it, a quote is an ordinary byte.
                if end == start {
                    self.separators.seek(start + field_length(self.bytes.get(start..)?, self.delimiter)?);
                }
                continue;
            }
            fields.push(Span { start: start - first, end: end - first });
            start = end + 1;
            if byte != self.delimiter {
                self.start = if byte == b'\r' { self.behind_return(start)? } else { start };
                return Some(Found { start: first, end, next: self.start });
            }
        }
        self.last(first, start, fields)
    }

    /// Where the next record begins behind a carriage return, whose line feed may be still to come.
    fn behind_return(&mut self, start: usize) -> Option<usize> {
        match self.bytes.get(start) {
            Some(b'\n') => {
                self.separators.next();
                Some(start + 1)
            }
            None if self.tail == Tail::More => None,
            _ => Some(start),
        }
    }

    /// The record that no line end ends.
    fn last(&mut self, first: usize, start: usize, fields: &mut Vec<Span>) -> Option<Found> {
        let end = self.bytes.len();
        if self.tail == Tail::More || first == end {
            return None;
        }
        fields.push(Span { start: start - first, end: end - first });
        self.start = end;
        Some(Found { start: first, end, next: end })
    }
}

/// Where delimiters, line ends and quotes stand, in order.
///
/// Sixty-four bytes are looked at in one go and become a mask with a bit for each: the comparisons are ones that
/// compilers turn into vector instructions.
#[derive(Debug)]
struct Separators<'b> {
    bytes: &'b [u8],
    delimiter: u8,
    /// Where the block begins that the mask is of.
    block: usize,
    /// The separators of the block that are still to come.
    mask: u64,
}

/// How many bytes are looked at together.
const BLOCK: usize = 64;

impl<'b> Separators<'b> {
    fn new(bytes: &'b [u8], delimiter: u8) -> Separators<'b> {
        Separators { bytes, delimiter, block: 0, mask: mask_at(bytes, 0, delimiter) }
    }

    #[inline]
    fn next(&mut self) -> Option<usize> {
        while self.mask == 0 {
            self.block += BLOCK;
            if self.block >= self.bytes.len() {
                self.block = self.bytes.len();
                return None;
            }
            self.mask = mask_at(self.bytes, self.block, self.delimiter);
        }
        let at = self.block + self.mask.trailing_zeros() as usize;
        self.mask &= self.mask - 1;
        Some(at)
    }

    /// Goes on with the separators from a place on.
    fn seek(&mut self, to: usize) {
        let within = to % BLOCK;
        self.block = to - within;
        self.mask = mask_at(self.bytes, self.block, self.delimiter) & (u64::MAX << within);
    }
}

/// The separators among the 64 bytes from a place on.
#[inline]
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

#[inline]
fn mask(block: &[u8; BLOCK], delimiter: u8) -> u64 {
    let is_separator = |byte: u8| (byte == delimiter) | (byte == b'\n') | (byte == b'\r') | (byte == b'"');
    let mut flags = [0; BLOCK];
    flags.iter_mut().zip(block).for_each(|(flag, byte)| *flag = u8::from(is_separator(*byte)));
    let (eights, _) = flags.as_chunks::<8>();
    // Eight bytes of 0 or 1 become eight bits: the product gathers them in its highest byte, the first one lowest.
    eights.iter().rev().fold(0, |mask, eight| mask << 8 | u64::from_le_bytes(*eight).wrapping_mul(0x0102_0408_1020_4080) >> 56)
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
    record: &'r [u8],
    fields: &'r [Span],
}

impl<'r> Row<'r> {
    pub(super) fn new(record: &'r [u8], fields: &'r [Span]) -> Row<'r> {
        Row { record, fields }
    }

    /// The bytes, without the line end.
    pub fn as_bytes(&self) -> &'r [u8] {
        self.record
    }

    /// How many fields there are.
    pub fn len(&self) -> usize {
        self.fields.len()
    }

    /// Whether the row is an empty line.
    pub fn is_empty(&self) -> bool {
        self.record.is_empty()
    }

    /// The content of a field, counted from 0; `None` in a short row.
    pub fn content(&self, index: usize) -> Option<Cow<'r, [u8]>> {
        self.raw(index).map(content)
    }

    /// The bytes of a field as they stand, quotes included.
    #[inline]
    pub(super) fn raw(&self, index: usize) -> Option<&'r [u8]> {
        let span = self.fields.get(index)?;
        self.record.get(span.start..span.end)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<Vec<String>> {
        let (mut records, mut fields, mut rows) = (Records::new(text.as_bytes(), b',', Tail::End), Vec::new(), Vec::new());
        while let Some(found) = records.next(&mut fields) {
            let row = Row::new(&text.as_bytes()[found.start..found.end], &fields);
            rows.push((0..row.len()).map(|n| String::from_utf8(row.content(n).unwrap().into_owned()).unwrap()).collect());
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
        let (mut records, mut fields, mut end) = (Records::new(text.as_bytes(), b',', Tail::End), Vec::new(), 0);
        while let Some(found) = records.next(&mut fields) {
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
