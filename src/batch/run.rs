//! The run: chunks of rows in, the same rows with their new cells out, in order, and a count of what was found.

use super::cells::Cells;
use super::error::{ErrorCode, RowError};
use super::header::Header;
use super::job::Job;
use super::output::Output;
use super::pipeline::in_order;
use super::processor::{Work, at_its_best};
use super::reader::{Chunk, Reader, count_lines};
use super::records::{Records, Row, Tail};
use crate::error::{Error, ErrorKind};
use crate::relation::Verdict;
use std::io::{Read, Write};

/// What a run found.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Summary {
    /// The rows.
    pub rows: u64,
    verdicts: [u64; Verdict::ALL.len()],
    errors: [u64; ErrorCode::ALL.len()],
}

impl Summary {
    /// How often each verdict was given, in the order of [`Verdict::ALL`].
    ///
    /// ```
    /// use tieout::batch::{Implied, ImpliedColumns, Reader, Settings, run};
    ///
    /// let reader = || Reader::new("current,growth\n59.5,-18.9\n60,oops\n".as_bytes(), "table.csv", b',');
    /// let columns = ImpliedColumns { value: "current", growth: "growth" };
    /// let job = Implied::new(reader()?.header(), &columns, Settings::default())?;
    /// let summary = run(reader()?, &job, &mut Vec::new(), None)?;
    /// assert!(summary.verdicts().all(|(_, count)| count == 0));
    /// # Ok::<(), tieout::Error>(())
    /// ```
    pub fn verdicts(&self) -> impl Iterator<Item = (Verdict, u64)> {
        Verdict::ALL.into_iter().zip(self.verdicts)
    }

    /// How often each error occurred, in the order of [`ErrorCode::ALL`].
    ///
    /// ```
    /// use tieout::batch::{Implied, ImpliedColumns, Reader, Settings, run};
    ///
    /// let reader = || Reader::new("current,growth\n59.5,-18.9\n60,oops\n".as_bytes(), "table.csv", b',');
    /// let columns = ImpliedColumns { value: "current", growth: "growth" };
    /// let job = Implied::new(reader()?.header(), &columns, Settings::default())?;
    /// let summary = run(reader()?, &job, &mut Vec::new(), None)?;
    /// assert_eq!(summary.errors().map(|(_, count)| count).sum::<u64>(), 1);
    /// # Ok::<(), tieout::Error>(())
    /// ```
    pub fn errors(&self) -> impl Iterator<Item = (ErrorCode, u64)> {
        ErrorCode::ALL.into_iter().zip(self.errors)
    }

    /// Whether every row was computed and none does not tie.
    ///
    /// ```
    /// use tieout::batch::{Implied, ImpliedColumns, Reader, Settings, run};
    ///
    /// let reader = || Reader::new("current,growth\n59.5,-18.9\n60,oops\n".as_bytes(), "table.csv", b',');
    /// let columns = ImpliedColumns { value: "current", growth: "growth" };
    /// let job = Implied::new(reader()?.header(), &columns, Settings::default())?;
    /// let summary = run(reader()?, &job, &mut Vec::new(), None)?;
    /// assert!(!summary.is_clean());
    /// # Ok::<(), tieout::Error>(())
    /// ```
    pub fn is_clean(&self) -> bool {
        self.errors.iter().all(|count| *count == 0) && self.verdicts().all(|(verdict, count)| verdict != Verdict::DoesNotTie || count == 0)
    }

    pub(super) fn count(&mut self, outcome: &Result<Option<Verdict>, RowError>) {
        let (slot, index) = match outcome {
            Ok(None) => return,
            Ok(Some(verdict)) => (self.verdicts.as_mut_slice(), Verdict::ALL.iter().position(|known| known == verdict)),
            Err(error) => (self.errors.as_mut_slice(), ErrorCode::ALL.iter().position(|known| *known == error.code)),
        };
        if let Some(count) = index.and_then(|index| slot.get_mut(index)) {
            *count += 1;
        }
    }

    /// Counts what another run found too: that of other rows of the same table.
    ///
    /// ```
    /// use tieout::batch::{Implied, ImpliedColumns, Reader, Settings, run};
    ///
    /// let reader = || Reader::new("current,growth\n59.5,-18.9\n60,oops\n".as_bytes(), "table.csv", b',');
    /// let columns = ImpliedColumns { value: "current", growth: "growth" };
    /// let job = Implied::new(reader()?.header(), &columns, Settings::default())?;
    /// let mut summary = run(reader()?, &job, &mut Vec::new(), None)?;
    /// summary.add(&summary.clone());
    /// assert_eq!(summary.rows, 4);
    /// # Ok::<(), tieout::Error>(())
    /// ```
    pub fn add(&mut self, other: &Summary) {
        self.rows += other.rows;
        self.verdicts.iter_mut().zip(other.verdicts).for_each(|(count, more)| *count += more);
        self.errors.iter_mut().zip(other.errors).for_each(|(count, more)| *count += more);
    }
}

/// What comes of a chunk.
#[derive(Default)]
struct Done {
    output: Output,
    /// The bad rows, their row counted from the chunk's first.
    bad: Vec<BadRow>,
    summary: Summary,
}

/// A row with an error.
struct BadRow {
    row: u64,
    line: u64,
    error: RowError,
    record: Vec<u8>,
}

/// Computes a job for every row: the rows go to `output` with their new cells, those with an error also to `errors`,
/// after their row and line.
///
/// # Errors
///
/// [`Io`](ErrorKind::Io) when reading or writing fails, [`Csv`](ErrorKind::Csv) for a quote that is not closed. What
/// was written until then is no whole table.
///
/// ```
/// use tieout::batch::{Implied, ImpliedColumns, Reader, Settings, run};
///
/// let reader = || Reader::new("current,growth\n59.5,-18.9\n60,oops\n".as_bytes(), "table.csv", b',');
/// let columns = ImpliedColumns { value: "current", growth: "growth" };
/// let job = Implied::new(reader()?.header(), &columns, Settings::default())?;
/// let (mut rows, mut errors) = (Vec::new(), Vec::new());
/// let summary = run(reader()?, &job, &mut rows, Some(&mut errors))?;
/// assert_eq!(summary.rows, 2);
/// assert!(String::from_utf8_lossy(&errors).starts_with("row,line,error,current,growth\n2,3,\"bad_number:"));
/// # Ok::<(), tieout::Error>(())
/// ```
pub fn run<R: Read + Send>(
    mut reader: Reader<R>,
    job: &impl Job,
    output: &mut (dyn Write + Send),
    mut errors: Option<&mut (dyn Write + Send)>,
) -> Result<Summary, Error> {
    let (width, delimiter) = (reader.header().width(), reader.delimiter());
    write(output, &reader.write_header(&new_header(&reader, job)))?;
    if let Some(errors) = &mut errors {
        write(*errors, &error_header(&reader))?;
    }
    let mut summary = Summary::default();
    let compute = |chunk: &Chunk, done: &mut Done| done.compute(job, chunk, width, delimiter);
    in_order(&mut reader, compute, |done| {
        write(output, done.output.as_bytes())?;
        if let Some(errors) = &mut errors {
            write(*errors, bad_rows(done, summary.rows, delimiter).as_bytes())?;
        }
        summary.add(&done.summary);
        Ok(())
    })?;
    output.flush().map_err(io_error)?;
    Ok(summary)
}

/// The header of the error file.
fn error_header<R: Read>(reader: &Reader<R>) -> Vec<u8> {
    let names = b"row,line,error,".map(|byte| if byte == b',' { reader.delimiter() } else { byte });
    [names.as_slice(), reader.header().as_bytes(), b"\n"].concat()
}

/// The arithmetic of one row, counted from 1; `None` if there are not so many.
///
/// # Errors
///
/// As [`run`].
///
/// ```
/// use tieout::batch::{Implied, ImpliedColumns, Reader, Settings, explain};
///
/// let reader = || Reader::new("current,growth\n59.5,-18.9\n60,oops\n".as_bytes(), "table.csv", b',');
/// let columns = ImpliedColumns { value: "current", growth: "growth" };
/// let job = Implied::new(reader()?.header(), &columns, Settings::default())?;
/// assert_eq!(explain(reader()?, &job, 1)?.unwrap()[0], "row 1, line 2: 59.5,-18.9");
/// assert_eq!(explain(reader()?, &job, 3)?, None);
/// # Ok::<(), tieout::Error>(())
/// ```
pub fn explain<R: Read>(mut reader: Reader<R>, job: &impl Job, wanted: u64) -> Result<Option<Vec<String>>, Error> {
    let (mut before, mut chunk) = (0, Chunk::default());
    while reader.next_chunk(&mut chunk)? {
        let mut lines = None;
        let rows = for_rows(&chunk, reader.delimiter(), |number, start, row| {
            if before + number == wanted && !row.is_empty() {
                lines = Some(explain_row(job, Lines::new(&chunk).at(start), wanted, row));
            }
        });
        if lines.is_some() {
            return Ok(lines);
        }
        before += rows;
    }
    Ok(None)
}

fn explain_row(job: &impl Job, line: u64, number: u64, row: &Row<'_>) -> Vec<String> {
    let mut lines = vec![format!("row {number}, line {line}: {}", String::from_utf8_lossy(row.as_bytes()))];
    for set in 0..job.columns().len() {
        lines.extend(job.explain(set, row).unwrap_or_else(|error| vec![error.to_string()]));
    }
    lines
}

/// The new columns as they stand in the header, each after a delimiter.
fn new_header<R: Read>(reader: &Reader<R>, job: &impl Job) -> Vec<u8> {
    let mut header = Output::default();
    let mut cells = Cells::new(&mut header, reader.delimiter());
    new_names(reader.header(), job.columns()).iter().for_each(|name| cells.text(name));
    header.as_bytes().to_vec()
}

/// The names of new columns, set by set; those of a second set have the suffix `_2`.
pub(super) fn new_names(header: &Header, sets: &[&'static [&'static str]]) -> Vec<String> {
    let mut names = Vec::new();
    for (set, columns) in sets.iter().enumerate() {
        for name in columns.iter().chain(&["error"]) {
            let suffixed = if set == 0 { (*name).to_owned() } else { format!("{name}_{}", set + 1) };
            names.push(header.new_name(suffixed));
        }
    }
    names
}

impl Done {
    /// Computes every row of a chunk; what was there before makes room.
    ///
    /// Some rows at a time: first the job looks ahead at each, so that what they need of slow memory is there when they
    /// are computed.
    fn compute<J: Job>(&mut self, job: &J, chunk: &Chunk, width: usize, delimiter: u8) {
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
        let Compute { done: Done { output, bad, summary }, job, chunk, width, delimiter } = self;
        output.truncate(0);
        bad.clear();
        *summary = Summary::default();
        let (bytes, mut lines) = (chunk.bytes.as_slice(), Lines::new(chunk));
        let mut records = Records::new(bytes, delimiter, Tail::End);
        let (mut ends, mut found, mut looked) = (Vec::new(), Vec::with_capacity(AHEAD), Vec::with_capacity(AHEAD));
        loop {
            ends.clear();
            found.clear();
            looked.clear();
            while found.len() < AHEAD {
                let from = ends.len();
                let Some(record) = records.next(&mut ends) else { break };
                let row = Row::new(bytes.get(record.start..).unwrap_or_default(), ends.get(from..).unwrap_or_default());
                looked.push(job.look_ahead(&row));
                found.push((record, ends.len()));
            }
            if found.is_empty() {
                return;
            }
            let mut from = 0;
            for ((record, to), ahead) in found.iter().zip(&looked) {
                let row = Row::new(bytes.get(record.start..).unwrap_or_default(), ends.get(from..*to).unwrap_or_default());
                from = *to;
                output.put_start(row.bytes(), record.end - record.start);
                if !row.is_empty() {
                    summary.rows += 1;
                    if row.len() < width {
                        output.extend(&vec![delimiter; width - row.len()]);
                    }
                    for (set, columns) in job.columns().iter().enumerate() {
                        let mut cells = Cells::new(output, delimiter);
                        let outcome = compute_set(job, set, (&row, ahead), width, columns.len(), &mut cells);
                        summary.count(&outcome);
                        if let Err(error) = outcome {
                            let (row, line) = (summary.rows, lines.at(record.start));
                            let record = bytes.get(record.start..record.end).unwrap_or_default().to_owned();
                            bad.push(BadRow { row, line, error, record });
                        }
                    }
                }
                match bytes.get(record.end..record.next) {
                    Some(b"\n") => output.put(b"\n", 1),
                    other => output.extend(other.unwrap_or_default()),
                }
            }
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
#[inline(always)]
pub(super) fn for_rows(chunk: &Chunk, delimiter: u8, mut f: impl FnMut(u64, usize, &Row<'_>)) -> u64 {
    let bytes = chunk.bytes.as_slice();
    let (mut records, mut ends, mut rows) = (Records::new(bytes, delimiter, Tail::End), Vec::new(), 0);
    while let Some(found) = records.next(&mut ends) {
        let row = Row::new(bytes.get(found.start..).unwrap_or_default(), &ends);
        rows += u64::from(!row.is_empty());
        f(rows, found.start, &row);
        ends.clear();
    }
    rows
}

/// The lines of a chunk, counted as far as they are asked for.
struct Lines<'c> {
    chunk: &'c Chunk,
    counted: usize,
    line: u64,
}

impl Lines<'_> {
    fn new(chunk: &Chunk) -> Lines<'_> {
        Lines { chunk, counted: 0, line: chunk.line }
    }

    /// The line on which a place lies that is behind the last one asked for.
    fn at(&mut self, place: usize) -> u64 {
        self.line += count_lines(self.chunk.bytes.get(self.counted..place).unwrap_or_default());
        self.counted = place;
        self.line
    }
}

/// The bad rows as they stand in the error file.
fn bad_rows(done: &Done, rows_before: u64, delimiter: u8) -> Output {
    let mut out = Output::default();
    for bad in &done.bad {
        out.extend((rows_before + bad.row).to_string().as_bytes());
        let mut cells = Cells::new(&mut out, delimiter);
        cells.plain(bad.line);
        cells.text(&bad.error.to_string());
        out.extend(&[delimiter]);
        out.extend(&bad.record);
        out.extend(b"\n");
    }
    out
}

fn write(output: &mut (impl Write + ?Sized), bytes: &[u8]) -> Result<(), Error> {
    output.write_all(bytes).map_err(io_error)
}

fn io_error(error: std::io::Error) -> Error {
    ErrorKind::Io { message: error.to_string() }.into()
}
