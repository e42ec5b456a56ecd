//! The input, cut into chunks of whole records.

use super::header::Header;
use super::records::{Found, Tail, find_record};
use crate::error::{Error, ErrorKind, Location};
use std::io::Read;

/// How much is read at a time.
const CHUNK: usize = 256 * 1024;
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
}

/// What stands around the header.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Opening {
    bom: bool,
    line_end: Vec<u8>,
}

/// Whole records.
#[derive(Debug)]
pub(super) struct Chunk {
    pub(super) bytes: Vec<u8>,
    /// The line on which it begins, from 1.
    pub(super) line: u64,
}

impl<R: Read> Reader<R> {
    /// Reads the header. `name` is the file's name, for errors.
    ///
    /// # Errors
    ///
    /// [`Io`](ErrorKind::Io); [`Csv`](ErrorKind::Csv) when there is no header, or a quote in it is not closed.
    pub fn new(input: R, name: &str, delimiter: u8) -> Result<Reader<R>, Error> {
        let header = Header::read(name, b"", delimiter);
        let opening = Opening { bom: false, line_end: Vec::new() };
        let mut reader = Reader { input, delimiter, header, opening, rest: Vec::new(), tail: Tail::More, line: 1 };
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
                if let Some(found) = find_record(text, self.delimiter, self.tail, &mut Vec::new()) {
                    break Found { length: found.length + bom, next: found.next + bom };
                }
                if self.tail == Tail::End {
                    let message = if text.is_empty() { "the file is empty: there is no header" } else { UNCLOSED };
                    return Err(self.error(message));
                }
            }
            self.read_more()?;
        };
        let opening = self.rest.get(..found.length).unwrap_or_default();
        let record = opening.strip_prefix(BOM).unwrap_or(opening);
        self.opening.bom = record.len() < opening.len();
        self.header = Header::read(name, record, self.delimiter);
        self.opening.line_end = self.rest.get(found.length..found.next).unwrap_or_default().to_vec();
        self.take(found.next);
        Ok(())
    }

    /// The header.
    pub fn header(&self) -> &Header {
        &self.header
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

    /// The next records, `None` at the end.
    ///
    /// # Errors
    ///
    /// [`Io`](ErrorKind::Io), and [`Csv`](ErrorKind::Csv) for a quote that is not closed.
    pub(super) fn next_chunk(&mut self) -> Result<Option<Chunk>, Error> {
        loop {
            if self.rest.len() >= CHUNK || self.tail == Tail::End {
                let end = last_record_end(&self.rest, self.delimiter, self.tail);
                let (line, left) = (self.line, self.rest.len() - end);
                if self.tail == Tail::End && left > 0 {
                    self.take(end);
                    return Err(self.error(UNCLOSED));
                }
                if left > MAX_RECORD {
                    self.take(end);
                    return Err(self.error("a record of more than 16 MiB begins here: is a quote not closed?"));
                }
                if end > 0 {
                    return Ok(Some(Chunk { bytes: self.take(end), line }));
                }
                if self.tail == Tail::End {
                    return Ok(None);
                }
            }
            self.read_more()?;
        }
    }

    /// Takes so many bytes from what has been read.
    fn take(&mut self, count: usize) -> Vec<u8> {
        let rest = self.rest.split_off(count.min(self.rest.len()));
        let taken = std::mem::replace(&mut self.rest, rest);
        self.line += count_lines(&taken);
        taken
    }

    fn read_more(&mut self) -> Result<(), Error> {
        // A record longer than a chunk is met with larger and larger reads.
        let wanted = CHUNK.max(self.rest.len()) as u64;
        let count = (&mut self.input).take(wanted).read_to_end(&mut self.rest).map_err(|error| {
            let place = Location { source: self.header.file().to_owned(), line: None, column: None };
            Error::from(ErrorKind::Io { message: error.to_string() }).at(place)
        })?;
        if (count as u64) < wanted {
            self.tail = Tail::End;
        }
        Ok(())
    }

    /// An error at the line that is being read.
    fn error(&self, message: &str) -> Error {
        let location = Location { source: self.header.file().to_owned(), line: Some(self.line), column: None };
        Error::from(ErrorKind::Csv { message: message.to_owned() }).at(location)
    }
}

const UNCLOSED: &str = "a quote opens in the record that begins here and is not closed: close it, or double a quote that is meant";

/// Where the last whole record ends; 0 if there is none.
fn last_record_end(bytes: &[u8], delimiter: u8, tail: Tail) -> usize {
    if !bytes.contains(&b'"') {
        match bytes.iter().rposition(|byte| *byte == b'\n') {
            _ if tail == Tail::End => return bytes.len(),
            Some(last) => return last + 1,
            None => {}
        }
    }
    let (mut end, mut fields) = (0, Vec::new());
    while let Some(found) = find_record(bytes.get(end..).unwrap_or_default(), delimiter, tail, &mut fields) {
        end += found.next;
    }
    end
}

/// How many lines end in these bytes: LF, CR LF and CR.
pub(super) fn count_lines(bytes: &[u8]) -> u64 {
    let next = bytes.iter().skip(1).map(Some).chain([None]);
    bytes.iter().zip(next).filter(|(byte, next)| **byte == b'\n' || (**byte == b'\r' && *next != Some(&b'\n'))).count() as u64
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Rule: an error names the line on which the unfinished record begins.
    #[test]
    fn an_unclosed_quote_is_an_error_at_the_line_of_its_record() {
        let mut reader = Reader::new("a,b\n1,2\n3,\"4\n5,6\n".as_bytes(), "x.csv", b',').unwrap();
        assert_eq!(reader.next_chunk().unwrap_err().to_string(), format!("x.csv:3: {UNCLOSED}"));
    }

    /// Rule: LF, CR LF and CR end a line.
    #[test]
    fn every_kind_of_line_end_counts_once() {
        assert_eq!(count_lines(b"a\nb\r\nc\rd"), 3);
        assert_eq!(count_lines(b"\r"), 1);
    }
}
