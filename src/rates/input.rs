//! The bytes of a table as its reader wants them: unpacked, in UTF-8, without a byte-order mark.
//!
//! UTF-8 passes through as it is, and so does any 8-bit encoding: what a reader looks at (dates, codes, digits) is
//! ASCII in all of them, and the rest is decoded only where it is shown ([`text`]). UTF-16 is transcoded on the way.

use crate::error::{Error, ErrorKind, Location};
use encoding_rs::{Decoder, Encoding, UTF_16BE, UTF_16LE, WINDOWS_1252};
use std::borrow::Cow;
use std::io::{self, Cursor, Read};

/// How much is looked at to recognise a table.
const HEAD: u64 = 64 * 1024;
const HEAD_LEN: usize = 64 * 1024;
/// A table of fewer bytes is read at once, which is faster; a larger one goes by as a stream.
const AT_ONCE: u64 = 8 * 1024 * 1024;
const BOM: &[u8] = "\u{feff}".as_bytes();
const GZIP: &[u8] = b"\x1f\x8b";
/// A zip archive, and an empty one.
const ZIP: [&[u8]; 2] = [b"PK\x03\x04", b"PK\x05\x06"];

/// A table's bytes, of which the first are already there to look at.
pub(super) struct Input<'a> {
    head: Cow<'a, [u8]>,
    /// What comes after the head; `None` where that is everything.
    rest: Option<Box<dyn Read + 'a>>,
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
        if !is_packed(&head) {
            return Input::decoded(head, rest, name).and_then(read);
        }
        let zipped = head.starts_with(b"PK");
        let packed = Cursor::new(head).chain(rest);
        if zipped { packed::zip(packed, name, read) } else { packed::gzip(packed, name, read) }
    }

    /// Bytes that are already unpacked and decoded.
    pub(super) fn of(bytes: &'a [u8], file: &str) -> Input<'a> {
        Input { head: Cow::Borrowed(bytes), rest: None, file: file.to_owned() }
    }

    /// Bytes in memory, that are not copied if they are neither packed nor UTF-16.
    pub(super) fn with_bytes<T>(bytes: &[u8], name: &str, read: impl FnOnce(Input<'_>) -> Result<T, Error>) -> Result<T, Error> {
        let head = bytes.get(..4).unwrap_or_default();
        if !(is_packed(head) || utf16(head).is_some()) {
            return read(Input::of(bytes.strip_prefix(BOM).unwrap_or(bytes), name));
        }
        Input::with(bytes, name, read)
    }

    fn decoded(head: Vec<u8>, rest: impl Read + 'a, file: &str) -> Result<Input<'a>, Error> {
        if let Some(encoding) = utf16(&head) {
            let transcoder = Transcoder::new(Cursor::new(head).chain(rest), encoding.new_decoder_with_bom_removal());
            let (head, rest) = peek(transcoder, file)?;
            return Input::utf8(head, rest, file);
        }
        Input::utf8(head, rest, file)
    }

    /// Bytes that need no decoding.
    fn utf8(mut head: Vec<u8>, mut rest: impl Read + 'a, file: &str) -> Result<Input<'a>, Error> {
        if head.starts_with(BOM) {
            head.drain(..BOM.len());
        }
        let more = rest.by_ref().take(AT_ONCE).read_to_end(&mut head).map_err(|error| io_error(&error, file))?;
        let rest: Option<Box<dyn Read + 'a>> = if more as u64 == AT_ONCE { Some(Box::new(rest)) } else { None };
        Ok(Input { head: Cow::Owned(head), rest, file: file.to_owned() })
    }

    /// The first bytes, for the recogniser.
    pub(super) fn head(&self) -> &[u8] {
        self.head.get(..HEAD_LEN).unwrap_or(&self.head)
    }

    /// The file's name; inside an archive, the archive's with the entry's.
    pub(super) fn file(&self) -> &str {
        &self.file
    }

    /// Everything, as a stream.
    pub(super) fn into_reader(self) -> impl Read + 'a {
        Cursor::new(self.head).chain(self.rest.unwrap_or_else(|| Box::new(io::empty())))
    }

    /// Everything at once.
    pub(super) fn into_bytes(self) -> Result<Cow<'a, [u8]>, Error> {
        let Input { head, rest, file } = self;
        let Some(mut rest) = rest else { return Ok(head) };
        let mut bytes = head.into_owned();
        rest.read_to_end(&mut bytes).map_err(|error| io_error(&error, &file))?;
        Ok(Cow::Owned(bytes))
    }
}

fn is_packed(head: &[u8]) -> bool {
    head.starts_with(GZIP) || ZIP.iter().any(|mark| head.starts_with(mark))
}

/// Whether the first bytes are of UTF-16: by their mark, or because every other one of ASCII is zero.
fn utf16(head: &[u8]) -> Option<&'static Encoding> {
    match head {
        [0xff, 0xfe, ..] => Some(UTF_16LE),
        [0xfe, 0xff, ..] => Some(UTF_16BE),
        [first, 0, _, 0, ..] if *first != 0 => Some(UTF_16LE),
        [0, first, 0, _, ..] if *first != 0 => Some(UTF_16BE),
        _ => None,
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

/// A stream with `\n` for every `\r\n`, and one at its end: so the csv crate counts lines right. A line of its own says
/// that it has ended: only inside a quote that is not closed is that line part of a field.
pub(super) struct LineFeeds<R> {
    reader: R,
    raw: Vec<u8>,
    ready: Cursor<Vec<u8>>,
    /// Whether the last chunk ended with a `\r` whose fate the next byte decides.
    held: bool,
    /// The last byte that was handed on.
    last: u8,
    ended: bool,
}

/// The line behind the last one of a stream of [`LineFeeds`].
pub(super) const END_LINE: &[u8] = b"\0\n";

impl<R: Read> LineFeeds<R> {
    pub(super) fn new(reader: R) -> LineFeeds<R> {
        LineFeeds { reader, raw: vec![0; 64 * 1024], ready: Cursor::new(Vec::new()), held: false, last: b'\n', ended: false }
    }

    fn refill(&mut self) -> io::Result<()> {
        let count = self.reader.read(&mut self.raw)?;
        self.ended = count == 0;
        let mut ready = std::mem::take(self.ready.get_mut());
        ready.clear();
        let mut raw = self.raw.get(..count).unwrap_or_default();
        if std::mem::take(&mut self.held) && raw.first() != Some(&b'\n') {
            ready.push(b'\r');
        }
        while let Some((before, after)) = memchr::memchr(b'\r', raw).and_then(|at| raw.split_at_checked(at)) {
            ready.extend_from_slice(before);
            raw = after.get(1..).unwrap_or_default();
            match raw.first() {
                Some(b'\n') => {}
                Some(_) => ready.push(b'\r'),
                None => self.held = true,
            }
        }
        ready.extend_from_slice(raw);
        self.last = ready.last().copied().unwrap_or(self.last);
        if self.ended {
            ready.extend_from_slice(if self.last == b'\n' { END_LINE } else { b"\n\0\n" });
        }
        self.ready = Cursor::new(ready);
        Ok(())
    }
}

impl<R: Read> Read for LineFeeds<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        loop {
            let count = self.ready.read(buffer)?;
            if count > 0 || buffer.is_empty() || self.ended {
                return Ok(count);
            }
            self.refill()?;
            if self.ended {
                return self.ready.read(buffer);
            }
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
        let unpacked = || {
            let (head, rest) = peek(MultiGzDecoder::new(reader), name)?;
            Input::decoded(head, rest, name).and_then(read)
        };
        unpacked().map_err(|error| broken(error, "the gzip file"))
    }

    /// What a reader that fails says of an archive: it was not downloaded whole.
    fn broken(error: Error, what: &str) -> Error {
        let ErrorKind::Io { message } = error.kind() else { return error };
        let broken = Error::from(ErrorKind::Io { message: format!("{what} is broken or cut off ({message}): fetch it again") });
        error.location().cloned().into_iter().fold(broken, Error::at)
    }

    /// Reads the one table in an archive; the packed bytes are held, the unpacked ones are not.
    pub(super) fn zip<T>(mut reader: impl Read, name: &str, read: impl FnOnce(Input<'_>) -> Result<T, Error>) -> Result<T, Error> {
        let mut packed = Vec::new();
        reader.read_to_end(&mut packed).map_err(|error| io_error(&error, name))?;
        let refuse = |reason: String| {
            Error::from(ErrorKind::UnknownFormat { reason }).at(Location { source: name.to_owned(), line: None, column: None })
        };
        let mut archive = ZipArchive::new(Cursor::new(packed))
            .map_err(|error| refuse(format!("the zip archive is broken or cut off ({error}): fetch it again")))?;
        let tables: Vec<String> = archive.file_names().flatten().filter(|entry| is_table(entry)).map(|entry| entry.into_owned()).collect();
        let entry = match tables.as_slice() {
            [entry] => entry,
            [] => return Err(refuse("expected a table in the zip archive, found none".to_owned())),
            many if many.iter().any(|entry| entry == "[Content_Types].xml") => {
                return Err(refuse("it is a workbook or document: save the table as CSV".to_owned()));
            }
            many => {
                let names = many.join(", ");
                return Err(refuse(format!(
                    "expected one table in the zip archive, found {}: unpack the one you want of {names}",
                    many.len()
                )));
            }
        };
        let file = archive.by_name(entry).map_err(|error| refuse(format!("{entry} cannot be unpacked: {error}")))?;
        let name = format!("{name}/{entry}");
        let unpacked = || {
            let (head, rest) = peek(file, &name)?;
            Input::decoded(head, rest, &name).and_then(read)
        };
        unpacked().map_err(|error| broken(error, "the zip archive"))
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
