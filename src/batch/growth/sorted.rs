//! Growth over earlier rows of a table that is sorted by its key: some keys at a time, each with all its rows.
//!
//! A block of whole keys is a table of its own, so what comes of it is what comes of the whole table. That no key comes
//! back is checked: what stands for each key is kept.

use super::COLUMNS;
use super::keys::Fingerprint;
use super::long::{GrowthIndex, LongGrowth};
use crate::batch::compute::{Lines, for_rows};
use crate::batch::reader::{Chunk, Reader, count_lines};
use crate::batch::run::{Errors, Summary, io_error, run_header, run_rows};
use crate::error::{Error, ErrorKind, Location};
use foldhash::quality::RandomState;
use std::collections::HashSet;
use std::io::{Read, Write};

/// How many bytes of rows are computed together, unless those of one key are more.
const BLOCK: usize = 2 * 1024 * 1024;

/// Rows that have been read and not computed.
struct Block {
    bytes: Vec<u8>,
    /// The line on which they begin.
    line: u64,
    /// Where the rows of the last key begin.
    last_key: usize,
}

/// The keys met so far.
#[derive(Default)]
struct Known {
    keys: HashSet<Fingerprint, RandomState>,
    last: Option<Fingerprint>,
}

impl GrowthIndex {
    /// Computes the growth of a table in which the rows of each key stand together, in any order, as in one that is sorted
    /// by key and period: the rows go to `output` as [`run`](crate::batch::run) writes them. Memory does not grow with the
    /// rows, but with the keys, 20 to 50 bytes for each, and with the rows of the longest key.
    ///
    /// # Errors
    ///
    /// As [`run`](crate::batch::run), and [`Csv`](ErrorKind::Csv) at the first row whose key comes back after other keys.
    ///
    /// ```
    /// use tieout::batch::{GrowthIndex, LongColumns, Reader, Settings};
    ///
    /// let reader = Reader::new("shop,year,sales\nA,2022,100\nA,2023,110\n".as_bytes(), "sales.csv", b',')?;
    /// let columns = LongColumns { value: "sales", period: "year", by: &["shop".to_owned()], lag: "1y".parse()?, reported: None };
    /// let index = GrowthIndex::new(reader.header(), &columns, Settings::default())?;
    /// let mut rows = Vec::new();
    /// index.run_sorted(reader, &mut rows, None)?;
    /// assert!(String::from_utf8_lossy(&rows).contains("A,2023,110,100,10,10.00"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn run_sorted<R: Read + Send>(
        mut self,
        mut reader: Reader<R>,
        output: &mut (dyn Write + Send),
        mut errors: Option<&mut (dyn Write + Send)>,
    ) -> Result<Summary, Error> {
        self.keys.delimited_by(reader.delimiter());
        run_header(&reader, COLUMNS, output, &mut errors)?;
        let (mut summary, mut known, mut chunk) = (Summary::default(), Known::default(), Chunk::default());
        let mut block = Block { bytes: Vec::new(), line: 0, last_key: 0 };
        while reader.next_chunk(&mut chunk)? {
            if block.bytes.is_empty() {
                block.line = chunk.line;
            }
            if let Some(start) = known.last_key(&self, &chunk, &reader)? {
                block.last_key = block.bytes.len() + start;
            }
            block.bytes.extend_from_slice(chunk.bytes());
            if block.bytes.len() >= BLOCK && block.last_key > 0 {
                let end = block.last_key;
                self = self.run_block(&reader, &mut block, end, (output, &mut errors), &mut summary)?;
            }
        }
        let end = block.bytes.len();
        self.run_block(&reader, &mut block, end, (output, &mut errors), &mut summary)?;
        output.flush().map_err(io_error)?;
        Ok(summary)
    }

    /// Computes the rows up to a place, and takes them away.
    fn run_block<R: Read>(
        mut self,
        table: &Reader<R>,
        block: &mut Block,
        end: usize,
        (output, errors): (&mut (dyn Write + Send), &mut Errors<'_>),
        summary: &mut Summary,
    ) -> Result<GrowthIndex, Error> {
        let rows = block.bytes.get(..end).unwrap_or_default();
        self.read(&mut table.of_records(rows, block.line))?;
        let job = LongGrowth(self);
        run_rows(&mut table.of_records(rows, block.line), &job, output, errors, summary)?;
        block.line += count_lines(rows);
        block.bytes.drain(..end);
        block.last_key = 0;
        Ok(job.0)
    }
}

impl Known {
    /// Where the rows of the last key of a chunk begin, if they begin there. A row without a key goes with those before.
    fn last_key<R: Read>(&mut self, index: &GrowthIndex, chunk: &Chunk, table: &Reader<R>) -> Result<Option<usize>, Error> {
        let (mut begun, mut returned) = (None, None);
        let width = table.header().width();
        for_rows(chunk, table.delimiter(), |_, start, row| {
            let Ok(key) = index.keys.of(row) else { return };
            if row.is_empty() || row.len() > width || self.last == Some(key) {
                return;
            }
            if !self.keys.insert(key) {
                returned = returned.or(Some(start));
            }
            (self.last, begun) = (Some(key), Some(start));
        });
        match returned {
            None => Ok(begun),
            Some(start) => {
                let message = "rows of this key stand further up, and others between: sort the table by its key, or leave out --sorted";
                let line = Some(Lines::new(chunk).at(start));
                let place = Location { source: table.header().file().to_owned(), line, column: None };
                Err(Error::from(ErrorKind::Csv { message: message.to_owned() }).at(place))
            }
        }
    }
}
