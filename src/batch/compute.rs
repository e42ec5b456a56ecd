//! What comes of a chunk: its rows with their new cells.

use super::cells::Cells;
use super::error::{ErrorCode, RowError};
use super::job::Job;
use super::layout::{Cursor, Layout};
use super::lines::ShortLines;
use super::output::Output;
use super::processor::{Work, at_its_best};
use super::reader::{Chunk, count_lines};
use super::records::{Records, Row, Tail};
use super::run::Summary;
use crate::relation::Verdict;
use std::ops::Range;

/// What comes of a chunk.
#[derive(Default)]
pub(super) struct Done {
    layout: Layout,
    pub(super) output: Output,
    /// The bad rows, their row counted from the chunk's first.
    pub(super) bad: Vec<BadRow>,
    pub(super) summary: Summary,
    /// Where the fields of records end that are not ordinary.
    odd: Vec<u32>,
}

/// A row with an error.
pub(super) struct BadRow {
    pub(super) row: u64,
    pub(super) line: u64,
    pub(super) error: RowError,
    pub(super) record: Vec<u8>,
}

impl Done {
    /// Computes every row of a chunk; what was there before makes room.
    ///
    /// Some rows at a time: first the job looks ahead at each, so that what they need of slow memory is there when they
    /// are computed.
    pub(super) fn compute<J: Job>(&mut self, job: &J, chunk: &Chunk, width: usize, delimiter: u8) {
        at_its_best(Compute { done: self, job, chunk, width, delimiter });
    }
}

/// Computes every row of a chunk.
struct Compute<'c, J> {
    done: &'c mut Done,
    job: &'c J,
    chunk: &'c Chunk,
    width: usize,
    delimiter: u8,
}

impl<J: Job> Work for Compute<'_, J> {
    #[inline(always)]
    fn run(self) {
        let Compute { done: Done { layout, output, bad, summary, odd }, job, chunk, width, delimiter } = self;
        output.truncate(0);
        bad.clear();
        *summary = Summary::default();
        let (bytes, start) = (chunk.bytes(), 0);
        let mut writer = Writer { job, bytes, width, delimiter, output, summary, bad, lines: Lines::new(chunk) };
        if let Some(numbers) = if J::RECALLS { job.recall(chunk) } else { None } {
            let has_feeds = chunk.is_plain && bytes.last() == Some(&b'\n');
            writer.write(&mut Recalled { job, bytes, delimiter, numbers, start, has_feeds, odd });
        } else if let Some(lines) = if J::TAKES_LINES { ShortLines::of(chunk, delimiter, width) } else { None } {
            writer.write(&mut ByLine { job, bytes, lines, start, odd });
        } else {
            layout.find(chunk, delimiter);
            writer.write(&mut Laid { job, bytes, width, layout, cursor: Cursor::default() });
        }
    }
}

/// What is found of the rows of a chunk, and where it goes.
struct Writer<'c, J> {
    job: &'c J,
    bytes: &'c [u8],
    width: usize,
    delimiter: u8,
    output: &'c mut Output,
    summary: &'c mut Summary,
    bad: &'c mut Vec<BadRow>,
    lines: Lines<'c>,
}

impl<J: Job> Writer<'_, J> {
    #[inline(always)]
    fn write<S: Source<J::Ahead>>(&mut self, source: &mut S) {
        let mut block: Vec<Record<J::Ahead>> = (0..AHEAD).map(|_| Record::default()).collect();
        loop {
            let mut count = 0;
            for record in &mut block {
                if !source.next(record) {
                    break;
                }
                count += 1;
            }
            if count == 0 {
                return;
            }
            block.iter_mut().take(count).for_each(|record| self.job.look_closer(&mut record.ahead));
            for record in block.iter().take(count) {
                if !J::KNOWS {
                    self.write_record(source, record);
                } else if !(record.is_known && self.write_known(record)) {
                    self.write_rare_record(source, record);
                }
            }
            source.forget();
        }
    }

    /// Writes a row of which everything is known; `false`, and nothing written, if it takes the fields.
    #[inline(always)]
    fn write_known(&mut self, record: &Record<J::Ahead>) -> bool {
        let (before, length) = (self.output.len(), record.end - record.start);
        let bytes = self.bytes.get(record.start..).unwrap_or_default();
        let Some(mut piece) = (match bytes.first_chunk::<64>() {
            Some(first) if length <= 64 => self.output.piece().map(|mut piece| {
                piece.put(first, length);
                piece
            }),
            _ => {
                self.output.extend(bytes.get(..length).unwrap_or_default());
                self.output.piece()
            }
        }) else {
            return false;
        };
        let Some(verdict) = self.job.compute_known(&record.ahead, &mut piece, self.delimiter) else {
            self.output.truncate(before);
            return false;
        };
        piece.put(&[self.delimiter, b'\n'], 1 + usize::from(record.has_feed));
        piece.finish();
        if !record.has_feed {
            self.output.extend(self.bytes.get(record.end..record.next).unwrap_or_default());
        }
        self.summary.rows += 1;
        self.summary.count(&Ok(verdict));
        true
    }

    /// Writes a row whose like are mostly known.
    #[cold]
    #[inline(never)]
    fn write_rare_record(&mut self, source: &impl Source<J::Ahead>, record: &Record<J::Ahead>) {
        self.write_record(source, record);
    }

    /// Writes a row with its cells, set by set; an empty line as it is.
    #[inline(always)]
    fn write_record(&mut self, source: &impl Source<J::Ahead>, record: &Record<J::Ahead>) {
        self.output.put_start(self.bytes.get(record.start..).unwrap_or_default(), record.end - record.start);
        let fields = source.fields(record);
        let row = fields.row();
        if !row.is_empty() {
            self.write_cells(&row, record);
        }
        match self.bytes.get(record.end..record.next) {
            Some(b"\n") => self.output.put(b"\n", 1),
            other => self.output.extend(other.unwrap_or_default()),
        }
    }

    #[inline(always)]
    fn write_cells(&mut self, row: &Row<'_>, record: &Record<J::Ahead>) {
        self.summary.rows += 1;
        if row.len() < self.width {
            self.output.extend(&vec![self.delimiter; self.width - row.len()]);
        }
        for (set, columns) in self.job.columns().iter().enumerate() {
            let cells = &mut Cells::new(self.output, self.delimiter);
            let outcome = compute_set(self.job, set, (row, &record.ahead), self.width, columns.len(), cells);
            self.summary.count(&outcome);
            if let Err(error) = outcome {
                let (row, line) = (self.summary.rows, self.lines.at(record.start));
                let record = self.bytes.get(record.start..record.end).unwrap_or_default().to_vec();
                self.bad.push(BadRow { row, line, error, record });
            }
        }
    }
}

/// A record, and what is known of its row.
#[derive(Default)]
struct Record<A> {
    /// Where it begins, where it ends, and where the next one begins.
    start: usize,
    end: usize,
    next: usize,
    /// Where the ends of its fields lie among those found.
    fields: Range<usize>,
    ahead: A,
    /// Whether it has as many fields as the header. They may not be found yet then.
    is_known: bool,
    /// Whether a line feed ends it.
    has_feed: bool,
}

impl<A> Record<A> {
    #[inline(always)]
    fn set(&mut self, start: usize, end: usize, next: usize) {
        (self.start, self.end, self.next) = (start, end, next);
    }
}

/// The records of a chunk.
trait Source<A> {
    /// The next one; `false` at the end.
    fn next(&mut self, record: &mut Record<A>) -> bool;

    /// The fields of a record.
    fn fields(&self, record: &Record<A>) -> RowFields<'_>;

    /// Forgets the records before the next one.
    fn forget(&mut self) {}
}

/// The fields of a row.
enum RowFields<'r> {
    Found(Row<'r>),
    /// Only found now, since all seemed known.
    Late(&'r [u8], Vec<u32>),
}

impl RowFields<'_> {
    #[inline(always)]
    fn row(&self) -> Row<'_> {
        match self {
            RowFields::Found(row) => *row,
            RowFields::Late(bytes, ends) => Row::new(bytes, ends),
        }
    }
}

/// Records that have been found all at once.
struct Laid<'c, J> {
    job: &'c J,
    bytes: &'c [u8],
    /// How many fields the header has.
    width: usize,
    layout: &'c Layout,
    cursor: Cursor,
}

impl<J: Job> Source<J::Ahead> for Laid<'_, J> {
    #[inline(always)]
    fn next(&mut self, record: &mut Record<J::Ahead>) -> bool {
        let Some((found, fields)) = self.layout.next(self.bytes, &mut self.cursor) else { return false };
        record.ahead = self.job.look_ahead(&self.layout.row(self.bytes, fields.clone()));
        record.set(found.start, found.end, found.next);
        // One more place than fields.
        record.is_known = fields.len() == self.width + 1;
        record.has_feed = self.bytes.get(found.end..found.next) == Some(b"\n");
        record.fields = fields;
        true
    }

    #[inline(always)]
    fn fields(&self, record: &Record<J::Ahead>) -> RowFields<'_> {
        RowFields::Found(self.layout.row(self.bytes, record.fields.clone()))
    }
}

/// Short lines, each found when it is its turn.
struct ByLine<'c, J> {
    job: &'c J,
    bytes: &'c [u8],
    lines: ShortLines,
    /// Where the next one begins.
    start: usize,
    /// Where the fields of lines end that are not ordinary.
    odd: &'c mut Vec<u32>,
}

impl<J: Job> Source<J::Ahead> for ByLine<'_, J> {
    #[inline(always)]
    fn next(&mut self, record: &mut Record<J::Ahead>) -> bool {
        let bytes = self.bytes.get(self.start..).unwrap_or_default();
        match self.lines.first(bytes) {
            Some((line, length)) => {
                let end = self.start + length;
                record.set(self.start, end, end + 1);
                (record.is_known, record.has_feed) = (true, true);
                self.job.look_at_line(&line, &mut record.ahead);
            }
            None if bytes.is_empty() => return false,
            None => self.find_odd(bytes, record),
        }
        self.start = record.next;
        true
    }

    fn fields(&self, record: &Record<J::Ahead>) -> RowFields<'_> {
        let bytes = self.bytes.get(record.start..).unwrap_or_default();
        if !record.is_known {
            return RowFields::Found(Row::new(bytes, self.odd.get(record.fields.clone()).unwrap_or_default()));
        }
        let mut ends = Vec::new();
        self.lines.fields(bytes, &mut ends);
        RowFields::Late(bytes, ends)
    }

    #[inline(always)]
    fn forget(&mut self) {
        self.odd.clear();
    }
}

impl<J: Job> ByLine<'_, J> {
    /// Finds a line that is not ordinary.
    #[cold]
    #[inline(never)]
    fn find_odd(&mut self, bytes: &[u8], record: &mut Record<J::Ahead>) {
        let from = self.odd.len();
        let end = self.start + self.lines.fields(bytes, self.odd);
        record.set(self.start, end, (end + 1).min(self.bytes.len()));
        (record.is_known, record.has_feed) = (false, record.next > end);
        record.fields = from..self.odd.len();
        record.ahead = self.job.look_ahead(&Row::new(bytes, self.odd.get(from..).unwrap_or_default()));
    }
}

/// Records that an earlier pass has found.
struct Recalled<'c, J> {
    job: &'c J,
    bytes: &'c [u8],
    delimiter: u8,
    numbers: Range<usize>,
    /// Where the next one begins.
    start: usize,
    /// Whether a line feed ends each of them.
    has_feeds: bool,
    /// Where the fields of records end that are not ordinary.
    odd: &'c mut Vec<u32>,
}

impl<J: Job> Source<J::Ahead> for Recalled<'_, J> {
    #[inline(always)]
    fn next(&mut self, record: &mut Record<J::Ahead>) -> bool {
        let Some(number) = self.numbers.next() else { return false };
        let (length, is_known) = self.job.recalled(number, &mut record.ahead);
        let (start, next) = (self.start, self.start + length);
        self.start = next;
        if self.has_feeds {
            record.set(start, next.saturating_sub(1), next);
        } else {
            let line_end = match self.bytes.get(start..next) {
                Some([.., b'\r', b'\n']) => 2,
                Some([.., b'\n' | b'\r']) => 1,
                _ => 0,
            };
            record.set(start, next - line_end, next);
        }
        record.has_feed = self.has_feeds || self.bytes.get(record.end..next) == Some(b"\n");
        record.is_known = is_known;
        if !is_known {
            self.find_odd(record);
        }
        true
    }

    fn fields(&self, record: &Record<J::Ahead>) -> RowFields<'_> {
        let bytes = self.bytes.get(record.start..).unwrap_or_default();
        if !record.is_known {
            return RowFields::Found(Row::new(bytes, self.odd.get(record.fields.clone()).unwrap_or_default()));
        }
        let mut ends = Vec::new();
        self.find_fields(record, &mut ends);
        RowFields::Late(bytes, ends)
    }

    #[inline(always)]
    fn forget(&mut self) {
        self.odd.clear();
    }
}

impl<J: Job> Recalled<'_, J> {
    /// Finds the fields of a record that is not ordinary.
    #[cold]
    #[inline(never)]
    fn find_odd(&mut self, record: &mut Record<J::Ahead>) {
        let (from, mut odd) = (self.odd.len(), std::mem::take(self.odd));
        self.find_fields(record, &mut odd);
        let bytes = self.bytes.get(record.start..).unwrap_or_default();
        record.ahead = self.job.look_ahead(&Row::new(bytes, odd.get(from..).unwrap_or_default()));
        record.fields = from..odd.len();
        *self.odd = odd;
    }

    /// Finds the fields of a record whose start and end are known.
    fn find_fields(&self, record: &Record<J::Ahead>, ends: &mut Vec<u32>) {
        let bytes = self.bytes.get(record.start..record.next).unwrap_or_default();
        Records::new(bytes, self.delimiter, Tail::End).next(ends);
    }
}

/// How many rows a job looks ahead.
const AHEAD: usize = 64;

/// The cells of one set, its `error` cell with them.
#[inline(always)]
fn compute_set<J: Job>(
    job: &J,
    set: usize,
    (row, ahead): (&Row<'_>, &J::Ahead),
    width: usize,
    columns: usize,
    cells: &mut Cells<'_>,
) -> Result<Option<Verdict>, RowError> {
    let outcome = if row.len() > width {
        let message = format!("the row has {} fields where the header has {width}", row.len());
        Err(RowError::new(ErrorCode::LongRow, message))
    } else {
        job.compute(set, row, ahead, cells)
    };
    if outcome.is_err() {
        cells.take_back();
    }
    while cells.count() < columns {
        cells.empty();
    }
    match &outcome {
        Ok(_) => cells.empty(),
        Err(error) => cells.text(&error.to_string()),
    }
    outcome
}

/// Calls a function for every row of a chunk, with its number from 1 and where it begins; returns how many rows there
/// were. An empty line is handed on but is no row.
pub(super) fn for_rows(chunk: &Chunk, delimiter: u8, mut f: impl FnMut(u64, usize, &Row<'_>)) -> u64 {
    let (mut layout, mut cursor, mut rows) = (Layout::default(), Cursor::default(), 0);
    layout.find(chunk, delimiter);
    while let Some((found, fields)) = layout.next(chunk.bytes(), &mut cursor) {
        let row = layout.row(chunk.bytes(), fields);
        rows += u64::from(!row.is_empty());
        f(rows, found.start, &row);
    }
    rows
}

/// The lines of a chunk, counted as far as they are asked for.
pub(super) struct Lines<'c> {
    chunk: &'c Chunk,
    counted: usize,
    line: u64,
}

impl Lines<'_> {
    pub(super) fn new(chunk: &Chunk) -> Lines<'_> {
        Lines { chunk, counted: 0, line: chunk.line }
    }

    /// The line on which a place lies that is behind the last one asked for.
    pub(super) fn at(&mut self, place: usize) -> u64 {
        self.line += count_lines(self.chunk.bytes().get(self.counted..place).unwrap_or_default());
        self.counted = place;
        self.line
    }
}
