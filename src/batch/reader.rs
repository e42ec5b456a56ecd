//! The input, cut into chunks of whole records.

use super::header::Header;
use super::records::{Found, Records, Tail};
use crate::error::{Error, ErrorKind, Location};
use memchr::{memchr, memchr_iter, memchr2, memrchr};
use std::io::{self, Read};

/// How much is read at a time.
const CHUNK: usize = 128 * 1024;
/// The longest record: a longer one is a quote that was never closed.
const MAX_RECORD: usize = 16 * 1024 * 1024;
const BOM: &[u8] = "\u{feff}".as_bytes();

/// A table that is being read.
///
/// Memory does not grow with the input: one chunk is held, and at least one record.
#[derive(Debug)]
pub struct Reader<R> {
    input: R,
    delimiter: u8,
    header: Header,
    /// The bytes before the first row, as they stand: a byte order mark, the header, its line end.
    opening: Opening,
    /// What has been read and not given out.
    rest: Vec<u8>,
    tail: Tail,
    /// The line on which `rest` begins, from 1.
    line: u64,
    /// How many bytes have been given out.
    given: u64,
}

/// What stands around the header.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Opening {
    bom: bool,
    line_end: Vec<u8>,
}

/// Whole records. Their memory is used again for the next ones.
#[derive(Debug, Default)]
pub struct Chunk {
    /// What is read into; it stays as long as it has ever been, so that it is cleared once.
    buffer: Vec<u8>,
    /// Where the last record ends.
    end: usize,
    /// The line on which it begins, from 1.
    pub(super) line: u64,
    /// How many bytes of the table are before it.
    pub(super) place: u64,
    /// How many lines it has.
    pub(super) lines: u64,
    /// Whether there is no quote and no carriage return in it.
    pub(super) is_plain: bool,
}

impl Chunk {
    /// The records.
    #[inline]
    pub(super) fn bytes(&self) -> &[u8] {
        self.buffer.get(..self.end).unwrap_or_default()
    }
}

impl<R: Read> Reader<R> {
    /// Reads the header. `name` is the file's name, for errors.
    ///
    /// # Errors
    ///
    /// [`Io`](ErrorKind::Io); [`Csv`](ErrorKind::Csv) when there is no header, or a quote in it is not closed.
    ///
    /// ```
    /// use tieout::batch::Reader;
    ///
    /// assert!(Reader::new("a,b\n1,2\n".as_bytes(), "table.csv", b',').is_ok());
    /// assert!(Reader::new("".as_bytes(), "table.csv", b',').is_err());
    /// ```
    pub fn new(input: R, name: &str, delimiter: u8) -> Result<Reader<R>, Error> {
        let header = Header::read(name, b"", delimiter);
        let opening = Opening { bom: false, line_end: Vec::new() };
        let mut reader = Reader { input, delimiter, header, opening, rest: Vec::new(), tail: Tail::More, line: 1, given: 0 };
        reader.read_header(name)?;
        Ok(reader)
    }

    fn read_header(&mut self, name: &str) -> Result<(), Error> {
        self.header = Header::read(name, b"", self.delimiter);
        let found = loop {
            let bom = if self.rest.starts_with(BOM) { BOM.len() } else { 0 };
            let text = self.rest.get(bom..).unwrap_or_default();
            // A byte order mark may still be on its way.
            if text.len() > BOM.len() || self.tail == Tail::End {
                if let Some(found) = Records::new(text, self.delimiter, self.tail).next(&mut Vec::new()) {
                    break Found { start: bom, end: found.end + bom, next: found.next + bom };
                }
                if self.tail == Tail::End {
                    let message = if text.is_empty() { "the file is empty: there is no header" } else { UNCLOSED };
                    return Err(self.error(message));
                }
            }
            let mut rest = std::mem::take(&mut self.rest);
            let known = rest.len();
            let filled = self.read_more(&mut rest, known)?;
            rest.truncate(filled);
            self.rest = rest;
        };
        let opening = self.rest.get(..found.end).unwrap_or_default();
        let record = opening.strip_prefix(BOM).unwrap_or(opening);
        self.opening.bom = record.len() < opening.len();
        self.header = Header::read(name, record, self.delimiter);
        self.opening.line_end = self.rest.get(found.end..found.next).unwrap_or_default().to_vec();
        self.line += count_lines(self.rest.get(..found.next).unwrap_or_default());
        self.rest.drain(..found.next);
        Ok(())
    }

    /// The header.
    ///
    /// ```
    /// use tieout::batch::Reader;
    ///
    /// let reader = Reader::new("a,b\n1,2\n".as_bytes(), "table.csv", b',')?;
    /// assert_eq!(reader.header().names(), ["a", "b"]);
    /// # Ok::<(), tieout::Error>(())
    /// ```
    pub fn header(&self) -> &Header {
        &self.header
    }

    /// A reader of some whole records of this table, the first of them on this line.
    pub(super) fn of_records<'b>(&self, records: &'b [u8], line: u64) -> Reader<&'b [u8]> {
        let opening = Opening { bom: false, line_end: Vec::new() };
        let (header, delimiter) = (self.header.clone(), self.delimiter);
        Reader { input: records, delimiter, header, opening, rest: Vec::new(), tail: Tail::More, line, given: 0 }
    }

    /// The byte between fields.
    pub(super) fn delimiter(&self) -> u8 {
        self.delimiter
    }

    /// The header as it is written: its bytes, the new names, its line end.
    pub(super) fn write_header(&self, new_names: &[u8]) -> Vec<u8> {
        let bom = if self.opening.bom { BOM } else { &[] };
        // A header alone may have no line end; then the rows to come are none.
        [bom, self.header.as_bytes(), new_names, &self.opening.line_end].concat()
    }

    /// Reads the next records into a chunk; `false` at the end.
    ///
    /// # Errors
    ///
    /// [`Io`](ErrorKind::Io), and [`Csv`](ErrorKind::Csv) for a quote that is not closed.
    pub(super) fn next_chunk(&mut self, chunk: &mut Chunk) -> Result<bool, Error> {
        let buffer = &mut chunk.buffer;
        let mut filled = self.rest.len();
        match buffer.get_mut(..filled) {
            Some(room) => room.copy_from_slice(&self.rest),
            None => buffer.clone_from(&self.rest),
        }
        self.rest.clear();
        loop {
            if filled >= CHUNK || self.tail == Tail::End {
                let bytes = buffer.get(..filled).unwrap_or_default();
                let is_plain = memchr2(b'"', b'\r', bytes).is_none();
                let end = last_record_end(bytes, self.delimiter, self.tail, is_plain);
                let (whole, left) = bytes.split_at_checked(end).unwrap_or_default();
                (chunk.line, chunk.is_plain) = (self.line, is_plain);
                chunk.lines = if is_plain { memchr_iter(b'\n', whole).count() as u64 } else { count_lines(whole) };
                self.line += chunk.lines;
                if self.tail == Tail::End && !left.is_empty() {
                    return Err(self.error(UNCLOSED));
                }
                if left.len() > MAX_RECORD {
                    return Err(self.error("a record of more than 16 MiB begins here: is a quote not closed?"));
                }
                if end > 0 || self.tail == Tail::End {
                    self.rest.extend_from_slice(left);
                    (chunk.end, chunk.place) = (end, self.given);
                    self.given += end as u64;
                    return Ok(end > 0);
                }
            }
            filled = self.read_more(buffer, filled)?;
        }
    }

    /// Reads what comes next of the input behind the bytes that are filled, and returns how many are then. A record
    /// longer than a chunk is met with larger and larger reads.
    fn read_more(&mut self, buffer: &mut Vec<u8>, mut filled: usize) -> Result<usize, Error> {
        let end = filled + CHUNK.max(filled);
        if buffer.len() < end {
            buffer.resize(end, 0);
        }
        while let Some(room) = buffer.get_mut(filled..end).filter(|room| !room.is_empty()) {
            match self.input.read(room) {
                Ok(0) => {
                    self.tail = Tail::End;
                    break;
                }
                Ok(count) => filled += count,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => {
                    let place = Location { source: self.header.file().to_owned(), line: None, column: None };
                    return Err(Error::from(ErrorKind::Io { message: error.to_string() }).at(place));
                }
            }
        }
        Ok(filled)
    }

    /// An error at the line that is being read.
    fn error(&self, message: &str) -> Error {
        let location = Location { source: self.header.file().to_owned(), line: Some(self.line), column: None };
        Error::from(ErrorKind::Csv { message: message.to_owned() }).at(location)
    }
}

const UNCLOSED: &str = "a quote opens in the record that begins here and is not closed: close it, or double a quote that is meant";

/// Where the last whole record ends; 0 if there is none.
fn last_record_end(bytes: &[u8], delimiter: u8, tail: Tail, is_plain: bool) -> usize {
    if is_plain || memchr(b'"', bytes).is_none() {
        match memrchr(b'\n', bytes) {
            _ if tail == Tail::End => return bytes.len(),
            Some(last) => return last + 1,
            None => {}
        }
    }
    let (mut records, mut ends, mut end) = (Records::new(bytes, delimiter, tail), Vec::new(), 0);
    while let Some(found) = records.next(&mut ends) {
        end = found.next;
        ends.clear();
    }
    end
}

/// How many lines end in these bytes: LF, CR LF and CR.
pub(super) fn count_lines(bytes: &[u8]) -> u64 {
    let feeds = memchr_iter(b'\n', bytes).count();
    if memchr(b'\r', bytes).is_none() {
        return feeds as u64;
    }
    let lone = |pair: &(&u8, Option<&u8>)| *pair.0 == b'\r' && pair.1 != Some(&b'\n');
    let next = bytes.iter().skip(1).map(Some).chain([None]);
    (feeds + bytes.iter().zip(next).filter(lone).count()) as u64
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Rule: an error names the line on which the unfinished record begins.
    #[test]
    fn an_unclosed_quote_is_an_error_at_the_line_of_its_record() {
        let mut reader = Reader::new("a,b\n1,2\n3,\"4\n5,6\n".as_bytes(), "x.csv", b',').unwrap();
        assert_eq!(reader.next_chunk(&mut Chunk::default()).unwrap_err().to_string(), format!("x.csv:3: {UNCLOSED}"));
    }

    /// Rule: LF, CR LF and CR end a line.
    #[test]
    fn every_kind_of_line_end_counts_once() {
        assert_eq!(count_lines(b"a\nb\r\nc\rd"), 3);
        assert_eq!(count_lines(b"\r"), 1);
    }
}
