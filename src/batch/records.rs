//! Where do the records and fields of CSV text lie? Nothing is copied or changed: a row keeps its bytes.
//!
//! The dialect is that of RFC 4180 as readers agree on it: a field that begins with a quote ends at the next quote
//! that is not doubled; a quote elsewhere is an ordinary byte; a record ends with LF, CR LF or CR.

use std::borrow::Cow;

/// A field of a record: where it lies, quotes included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Span {
    start: usize,
    end: usize,
}

/// A record at the start of some bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Found {
    /// The length without the line end.
    pub(super) length: usize,
    /// The length with the line end.
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

/// Finds the record at the start of `bytes` and its fields.
///
/// `None` if the record may go on beyond `bytes`; at the end of the input, if a quote is not closed. Of no bytes at
/// all there is no record either.
pub(super) fn find_record(bytes: &[u8], delimiter: u8, tail: Tail, fields: &mut Vec<Span>) -> Option<Found> {
    fields.clear();
    let mut start = 0;
    loop {
        let field = bytes.get(start..).unwrap_or_default();
        let end = start + field_length(field, delimiter)?;
        match bytes.get(end) {
            Some(byte) if *byte == delimiter => {
                fields.push(Span { start, end });
                start = end + 1;
            }
            Some(b'\n') => {
                fields.push(Span { start, end });
                return Some(Found { length: end, next: end + 1 });
            }
            // A carriage return, whose line feed may be still to come.
            Some(_) => {
                let next = match bytes.get(end + 1) {
                    Some(b'\n') => end + 2,
                    None if tail == Tail::More => return None,
                    _ => end + 1,
                };
                fields.push(Span { start, end });
                return Some(Found { length: end, next });
            }
            None if tail == Tail::End && end > 0 => {
                fields.push(Span { start, end });
                return Some(Found { length: end, next: end });
            }
            None => return None,
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
        let span = self.fields.get(index)?;
        self.record.get(span.start..span.end).map(content)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<Vec<String>> {
        let (mut rest, mut fields, mut rows) = (text.as_bytes(), Vec::new(), Vec::new());
        while let Some(found) = find_record(rest, b',', Tail::End, &mut fields) {
            let row = Row::new(&rest[..found.length], &fields);
            rows.push((0..row.len()).map(|n| String::from_utf8(row.content(n).unwrap().into_owned()).unwrap()).collect());
            rest = &rest[found.next..];
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
        let find = |text: &str, tail| find_record(text.as_bytes(), b',', tail, &mut Vec::new()).map(|found| found.next);
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
        let (mut rest, mut fields) = (text.as_bytes(), Vec::new());
        while let Some(found) = find_record(rest, b',', Tail::End, &mut fields) {
            rest = &rest[found.next..];
        }
        rest.is_empty()
    }

    proptest::proptest! {
        /// Rule: whatever the bytes, fields are where the csv crate finds them.
        #[test]
        fn fields_are_those_of_the_csv_crate(text in "[ab,\"\n\r]{0,40}") {
            if is_whole(&text) {
                let rows: Vec<_> = read(&text).into_iter().filter(|row| row != &[""]).collect();
                let oracle: Vec<_> = oracle(&text).into_iter().filter(|row| row != &[""]).collect();
                proptest::prop_assert_eq!(rows, oracle);
            }
        }
    }
}
