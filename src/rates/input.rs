//! The bytes of a table as its reader wants them: unpacked, in UTF-8, without a byte-order mark.
//!
//! UTF-8 passes through as it is, and so does any 8-bit encoding: what a reader looks at (dates, codes, digits) is
//! ASCII in all of them, and the rest is decoded only where it is shown ([`text`]). UTF-16 is transcoded on the way.

use crate::error::{Error, ErrorKind, Location};
use encoding_rs::{Decoder, UTF_16BE, UTF_16LE, WINDOWS_1252};
use std::borrow::Cow;
use std::io::{self, Cursor, Read};

/// How much is looked at to recognise a table.
const HEAD: u64 = 64 * 1024;

/// A table's bytes, of which the first are already there to look at.
pub(super) struct Input<'a> {
    head: Vec<u8>,
    rest: Box<dyn Read + 'a>,
    file: String,
}

/// Bytes of an unknown 8-bit encoding as text: UTF-8 if they are that, else windows-1252, which has a letter for each.
pub(super) fn text(bytes: &[u8]) -> Cow<'_, str> {
    std::str::from_utf8(bytes).map_or_else(|_| WINDOWS_1252.decode_without_bom_handling(bytes).0, Cow::Borrowed)
}

impl<'a> Input<'a> {
    /// Unpacks and decodes a file and hands it on.
    pub(super) fn with<T>(reader: impl Read, name: &str, read: impl FnOnce(Input<'_>) -> Result<T, Error>) -> Result<T, Error> {
        let (head, rest) = peek(reader, name)?;
        match head.as_slice() {
            [0x1f, 0x8b, ..] => packed::gzip(Cursor::new(head).chain(rest), name, read),
            [b'P', b'K', 3, 4, ..] | [b'P', b'K', 5, 6, ..] => packed::zip(Cursor::new(head).chain(rest), name, read),
            _ => Input::decoded(head, rest, name).and_then(read),
        }
    }

    /// Bytes that are already unpacked and decoded.
    pub(super) fn of(bytes: Vec<u8>, file: &str) -> Input<'a> {
        Input { head: bytes, rest: Box::new(io::empty()), file: file.to_owned() }
    }

    fn decoded(head: Vec<u8>, rest: impl Read + 'a, file: &str) -> Result<Input<'a>, Error> {
        let input = |head, rest| Input { head, rest, file: file.to_owned() };
        let utf16 = match head.as_slice() {
            [0xff, 0xfe, ..] => Some(UTF_16LE),
            [0xfe, 0xff, ..] => Some(UTF_16BE),
            [first, 0, _, 0, ..] if *first != 0 => Some(UTF_16LE),
            [0, first, 0, _, ..] if *first != 0 => Some(UTF_16BE),
            _ => None,
        };
        if let Some(encoding) = utf16 {
            let transcoder = Transcoder::new(Cursor::new(head).chain(rest), encoding.new_decoder_with_bom_removal());
            let (head, rest) = peek(transcoder, file)?;
            return Ok(input(head, Box::new(rest)));
        }
        let head = head.strip_prefix("\u{feff}".as_bytes()).map_or_else(|| head.clone(), <[u8]>::to_vec);
        Ok(input(head, Box::new(rest)))
    }

    /// The first bytes, for the recogniser.
    pub(super) fn head(&self) -> &[u8] {
        &self.head
    }

    /// The file's name; inside an archive, the archive's with the entry's.
    pub(super) fn file(&self) -> &str {
        &self.file
    }

    /// Everything, as a stream.
    pub(super) fn into_reader(self) -> impl Read + 'a {
        Cursor::new(self.head).chain(self.rest)
    }

    /// Everything at once.
    pub(super) fn into_bytes(self) -> Result<Vec<u8>, Error> {
        let Input { head: mut bytes, mut rest, file } = self;
        rest.read_to_end(&mut bytes).map_err(|error| io_error(&error, &file))?;
        Ok(bytes)
    }
}

/// The first bytes and what comes after them.
fn peek<R: Read>(mut reader: R, file: &str) -> Result<(Vec<u8>, R), Error> {
    let mut head = Vec::new();
    reader.by_ref().take(HEAD).read_to_end(&mut head).map_err(|error| io_error(&error, file))?;
    Ok((head, reader))
}

fn io_error(error: &io::Error, file: &str) -> Error {
    Error::from(ErrorKind::Io { message: error.to_string() }).at(Location { source: file.to_owned(), line: None, column: None })
}

/// Another encoding as UTF-8; what is malformed becomes U+FFFD, which no reader takes for a digit.
struct Transcoder<R> {
    reader: R,
    decoder: Decoder,
    raw: Vec<u8>,
    decoded: Cursor<Vec<u8>>,
    ended: bool,
}

impl<R: Read> Transcoder<R> {
    fn new(reader: R, decoder: Decoder) -> Transcoder<R> {
        Transcoder { reader, decoder, raw: vec![0; 16 * 1024], decoded: Cursor::new(Vec::new()), ended: false }
    }

    fn refill(&mut self) -> io::Result<()> {
        let count = self.reader.read(&mut self.raw)?;
        self.ended = count == 0;
        let raw = self.raw.get(..count).unwrap_or_default();
        let room = self.decoder.max_utf8_buffer_length(count).unwrap_or(0);
        let mut text = String::with_capacity(room);
        // OK because the room is the most that so many bytes can become, so one call takes them all.
        let _ = self.decoder.decode_to_string(raw, &mut text, self.ended);
        self.decoded = Cursor::new(text.into_bytes());
        Ok(())
    }
}

impl<R: Read> Read for Transcoder<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        loop {
            let count = self.decoded.read(buffer)?;
            if count > 0 || self.ended || buffer.is_empty() {
                return Ok(count);
            }
            self.refill()?;
        }
    }
}

#[cfg(feature = "archives")]
mod packed {
    use super::{Input, io_error, peek};
    use crate::error::{Error, ErrorKind, Location};
    use flate2::read::MultiGzDecoder;
    use std::io::{Cursor, Read};
    use zip::ZipArchive;

    pub(super) fn gzip<T>(reader: impl Read, name: &str, read: impl FnOnce(Input<'_>) -> Result<T, Error>) -> Result<T, Error> {
        let (head, rest) = peek(MultiGzDecoder::new(reader), name)?;
        Input::decoded(head, rest, name).and_then(read)
    }

    /// Reads the one table in an archive; the packed bytes are held, the unpacked ones are not.
    pub(super) fn zip<T>(mut reader: impl Read, name: &str, read: impl FnOnce(Input<'_>) -> Result<T, Error>) -> Result<T, Error> {
        let mut packed = Vec::new();
        reader.read_to_end(&mut packed).map_err(|error| io_error(&error, name))?;
        let refuse = |reason: String| {
            Error::from(ErrorKind::UnknownFormat { reason }).at(Location { source: name.to_owned(), line: None, column: None })
        };
        let mut archive = ZipArchive::new(Cursor::new(packed)).map_err(|error| refuse(format!("the zip archive is broken: {error}")))?;
        let tables: Vec<String> = archive.file_names().flatten().filter(|entry| is_table(entry)).map(|entry| entry.into_owned()).collect();
        let [entry] = tables.as_slice() else {
            return Err(refuse(format!("expected one table in the zip archive, found {}: {}", tables.len(), tables.join(", "))));
        };
        let file = archive.by_name(entry).map_err(|error| refuse(format!("{entry} cannot be unpacked: {error}")))?;
        let name = format!("{name}/{entry}");
        let (head, rest) = peek(file, &name)?;
        Input::decoded(head, rest, &name).and_then(read)
    }

    /// Whether an entry can be a table: no folder, schema or note beside one.
    fn is_table(entry: &str) -> bool {
        let lower = entry.to_ascii_lowercase();
        let aside = [".xsd", ".pdf", ".html", ".htm", ".md", "/"].iter().any(|end| lower.ends_with(end));
        let structure = lower.ends_with("_struct.xml") || lower.contains("readme") || lower.starts_with("__macosx");
        !aside && !structure
    }
}

#[cfg(not(feature = "archives"))]
mod packed {
    use super::Input;
    use crate::error::{Error, ErrorKind, Location};
    use std::io::Read;

    fn refuse<T>(name: &str) -> Result<T, Error> {
        let reason = "the file is packed and this build cannot unpack (feature \"archives\")".to_owned();
        Err(Error::from(ErrorKind::UnknownFormat { reason }).at(Location { source: name.to_owned(), line: None, column: None }))
    }

    pub(super) fn gzip<T>(_: impl Read, name: &str, _: impl FnOnce(Input<'_>) -> Result<T, Error>) -> Result<T, Error> {
        refuse(name)
    }

    pub(super) fn zip<T>(_: impl Read, name: &str, _: impl FnOnce(Input<'_>) -> Result<T, Error>) -> Result<T, Error> {
        refuse(name)
    }
}
