//! Compressed tables: an input is known by its first bytes, an output by its ending.

use crate::failure::Failure;
use crate::output::Output;
use flate2::Compression;
use flate2::bufread::MultiGzDecoder;
use flate2::write::GzEncoder;
use std::io::{self, BufReader, Read, Write};
use std::path::Path;

const GZIP: &[u8] = &[0x1f, 0x8b];
const ZSTD: &[u8] = &[0x28, 0xb5, 0x2f, 0xfd];
/// The level that zstd takes by default.
const ZSTD_LEVEL: i32 = 3;

/// An input as text: what begins like a compressed file is decompressed.
///
/// # Errors
///
/// When the first bytes cannot be read. A compressed file that is cut short or damaged is an error where it happens.
pub(super) fn decompressed(mut input: impl Read + Send + 'static) -> io::Result<Box<dyn Read + Send>> {
    let mut start = Vec::new();
    (&mut input).take(ZSTD.len() as u64).read_to_end(&mut start)?;
    let (is_gzip, is_zstd) = (start.starts_with(GZIP), start.starts_with(ZSTD));
    let whole = io::Cursor::new(start).chain(input);
    Ok(match () {
        () if is_gzip => Box::new(MultiGzDecoder::new(BufReader::new(whole))),
        () if is_zstd => Box::new(zstd::Decoder::new(whole)?),
        () => Box::new(whole),
    })
}

/// Where a table goes.
pub(super) enum Sink {
    Plain(Output),
    Gzip(GzEncoder<Output>),
    Zstd(zstd::Encoder<'static, Output>),
}

impl Sink {
    /// Opens the output of `-o`, compressed if its name says so.
    pub(super) fn create(path: Option<&Path>) -> Result<Sink, Failure> {
        let output = Output::create(path)?;
        match path.and_then(Path::extension).and_then(|ending| ending.to_str()) {
            Some("gz") => Ok(Sink::Gzip(GzEncoder::new(output, Compression::fast()))),
            Some("zst") => zstd::Encoder::new(output, ZSTD_LEVEL).map(Sink::Zstd).map_err(|error| Failure::output(&error)),
            _ => Ok(Sink::Plain(output)),
        }
    }

    /// Ends the compressed stream and puts the file in its place.
    pub(super) fn finish(mut self) -> Result<(), Failure> {
        // What is still to be compressed is written first, so that a failure is noted where it can be asked for.
        self.flush().map_err(|error| self.take_failure().unwrap_or_else(|| Failure::output(&error)))?;
        let ended = match self {
            Sink::Plain(output) => Ok(output),
            Sink::Gzip(encoder) => encoder.finish(),
            Sink::Zstd(encoder) => encoder.finish(),
        };
        ended.map_err(|error| Failure::output(&error))?.finish()
    }

    /// Why writing failed, if it did.
    pub(super) fn take_failure(&mut self) -> Option<Failure> {
        match self {
            Sink::Plain(output) => output.take_failure(),
            Sink::Gzip(encoder) => encoder.get_mut().take_failure(),
            Sink::Zstd(encoder) => encoder.get_mut().take_failure(),
        }
    }
}

impl Write for Sink {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Sink::Plain(output) => output.write(bytes),
            Sink::Gzip(encoder) => encoder.write(bytes),
            Sink::Zstd(encoder) => encoder.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            Sink::Plain(output) => output.flush(),
            Sink::Gzip(encoder) => encoder.flush(),
            Sink::Zstd(encoder) => encoder.flush(),
        }
    }
}
