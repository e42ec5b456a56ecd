//! What comes of a chunk: its rows with their new cells.

use super::cells::Cells;
use super::error::{ErrorCode, RowError};
use super::job::Job;
use super::layout::{Cursor, Layout};
use super::output::Output;
use super::processor::{Work, at_its_best};
use super::reader::{Chunk, count_lines};
use super::records::{Found, Records, Row, Tail};
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
        let Compute { done: Done { layout, output, bad, summary }, job, chunk, width, delimiter } = self;
        output.truncate(0);
        bad.clear();
        *summary = Summary::default();
        let (mut source, mut lines) = (Source::new(job, chunk, layout, (width, delimiter)), Lines::new(chunk));
        let mut found = Vec::with_capacity(AHEAD);
        loop {
            source.odd.clear();
            found.clear();
            while found.len() < AHEAD {
                let Some(record) = source.next() else { break };
                found.push(record);
            }
            if found.is_empty() {
                return;
            }
            found.iter_mut().for_each(|record| job.look_closer(&mut record.ahead));
            for record in &found {
                let bytes = source.from(record.found.start);
                let (length, next) = (record.found.end - record.found.start, record.found.next - record.found.start);
                output.put_start(bytes, length);
                if !J::KNOWS {
                    write_row(job, &source, record, output, (summary, bad, &mut lines));
                } else if !(record.is_known && write_known(job, &record.ahead, delimiter, output, summary)) {
                    write_rare_row(job, &source, record, output, (summary, bad, &mut lines));
                }
                match bytes.get(length..next) {
                    Some(b"\n") => output.put(b"\n", 1),
                    other => output.extend(other.unwrap_or_default()),
                }
            }
        }
    }
}

/// The cells of a row of which everything is known; `false`, and nothing written, if it takes the fields.
#[inline(always)]
fn write_known<J: Job>(job: &J, ahead: &J::Ahead, delimiter: u8, output: &mut Output, summary: &mut Summary) -> bool {
    let mut cells = Cells::new(output, delimiter);
    let Some(verdict) = job.compute_known(ahead, &mut cells) else { return false };
    cells.empty();
    summary.rows += 1;
    summary.count(&Ok(verdict));
    true
}

/// The cells of a row whose like are mostly known.
#[cold]
#[inline(never)]
fn write_rare_row<J: Job>(job: &J, source: &Source<'_, J>, record: &Record<J::Ahead>, output: &mut Output, found: FoundSoFar<'_, '_>) {
    write_row(job, source, record, output, found);
}

/// What is found of the rows of a chunk, and where they lie.
type FoundSoFar<'f, 'c> = (&'f mut Summary, &'f mut Vec<BadRow>, &'f mut Lines<'c>);

/// The cells of a row, set by set; none of an empty line.
#[inline(always)]
fn write_row<J: Job>(
    job: &J,
    source: &Source<'_, J>,
    record: &Record<J::Ahead>,
    output: &mut Output,
    (summary, bad, lines): FoundSoFar<'_, '_>,
) {
    let (fields, width, delimiter) = (source.fields(record), source.width, source.delimiter);
    let row = fields.row();
    if row.is_empty() {
        return;
    }
    summary.rows += 1;
    if row.len() < width {
        output.extend(&vec![delimiter; width - row.len()]);
    }
    for (set, columns) in job.columns().iter().enumerate() {
        let outcome = compute_set(job, set, (&row, &record.ahead), width, columns.len(), &mut Cells::new(output, delimiter));
        summary.count(&outcome);
        if let Err(error) = outcome {
            let Found { start, end, .. } = record.found;
            let record = source.from(start).get(..end - start).unwrap_or_default().to_vec();
            bad.push(BadRow { row: summary.rows, line: lines.at(start), error, record });
        }
    }
}

/// A record, and what is known of its row.
struct Record<A> {
    found: Found,
    /// Where the ends of its fields lie among those found.
    fields: Range<usize>,
    ahead: A,
    /// Whether it has as many fields as the header. Those of recalled records are not found then.
    is_known: bool,
}

/// The records of a chunk: found, or recalled.
struct Source<'c, J> {
    job: &'c J,
    bytes: &'c [u8],
    delimiter: u8,
    /// How many fields the header has.
    width: usize,
    layout: &'c Layout,
    cursor: Cursor,
    recalled: Option<Range<usize>>,
    /// Where the next recalled record begins.
    start: usize,
    /// Where the fields of recalled records end that are not ordinary.
    odd: Vec<u32>,
}

impl<'c, J: Job> Source<'c, J> {
    #[inline(always)]
    fn new(job: &'c J, chunk: &'c Chunk, layout: &'c mut Layout, (width, delimiter): (usize, u8)) -> Source<'c, J> {
        let (bytes, recalled) = (chunk.bytes(), if J::RECALLS { job.recall(chunk) } else { None });
        if recalled.is_none() {
            layout.find(chunk, delimiter);
        }
        Source { job, bytes, delimiter, width, cursor: Cursor::default(), layout, recalled, start: 0, odd: Vec::new() }
    }

    /// The bytes from a place on.
    #[inline(always)]
    fn from(&self, start: usize) -> &'c [u8] {
        self.bytes.get(start..).unwrap_or_default()
    }

    #[inline(always)]
    fn next(&mut self) -> Option<Record<J::Ahead>> {
        let Some(numbers) = self.recalled.as_mut().filter(|_| J::RECALLS) else {
            let (found, fields) = self.layout.next(self.bytes, &mut self.cursor)?;
            let ahead = self.job.look_ahead(&self.layout.row(self.bytes, fields.clone()));
            // One more place than fields.
            let is_known = fields.len() == self.width + 1;
            return Some(Record { found, fields, ahead, is_known });
        };
        let start = self.start;
        let (length, known) = self.job.recalled(numbers.next()?);
        self.start += length;
        let Some(ahead) = known else { return self.next_odd(start) };
        let line_end = match self.bytes.get(start..self.start)? {
            [.., b'\r', b'\n'] => 2,
            [.., b'\n' | b'\r'] => 1,
            _ => 0,
        };
        Some(Record { found: Found { start, end: self.start - line_end, next: self.start }, fields: 0..0, ahead, is_known: true })
    }

    /// A recalled record that is not ordinary.
    fn next_odd(&mut self, start: usize) -> Option<Record<J::Ahead>> {
        let (from, mut odd) = (self.odd.len(), std::mem::take(&mut self.odd));
        let found = self.find_fields(&Found { start, end: self.start, next: self.start }, &mut odd)?;
        let ahead = self.job.look_ahead(&Row::new(self.from(start), odd.get(from..).unwrap_or_default()));
        self.odd = odd;
        Some(Record { found, fields: from..self.odd.len(), ahead, is_known: false })
    }

    /// The fields of a record.
    #[inline(always)]
    fn fields(&self, record: &Record<J::Ahead>) -> Fields<'_> {
        let (bytes, fields) = (self.from(record.found.start), record.fields.clone());
        if !J::RECALLS || self.recalled.is_none() {
            return Fields::Found(self.layout.row(self.bytes, fields));
        }
        if !record.is_known {
            return Fields::Found(Row::new(bytes, self.odd.get(fields).unwrap_or_default()));
        }
        let mut ends = Vec::new();
        self.find_fields(&record.found, &mut ends);
        Fields::Late(bytes, ends)
    }

    /// Finds the fields of a record whose start and end are known.
    #[cold]
    fn find_fields(&self, record: &Found, ends: &mut Vec<u32>) -> Option<Found> {
        let found = Records::new(self.bytes.get(record.start..record.next)?, self.delimiter, Tail::End).next(ends)?;
        Some(Found { start: record.start, end: record.start + found.end, next: record.next })
    }
}

/// The fields of a row.
enum Fields<'r> {
    Found(Row<'r>),
    /// Only found now, since all seemed known.
    Late(&'r [u8], Vec<u32>),
}

impl Fields<'_> {
    #[inline(always)]
    fn row(&self) -> Row<'_> {
        match self {
            Fields::Found(row) => *row,
            Fields::Late(bytes, ends) => Row::new(bytes, ends),
        }
    }
}

/// How many rows a job looks ahead.
const AHEAD: usize = 32;

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
