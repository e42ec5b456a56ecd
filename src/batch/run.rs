//! The run: chunks of rows in, the same rows with their new cells out, in order, and a count of what was found.

use super::cells::Cells;
use super::compute::{Done, Lines, for_rows};
use super::error::{ErrorCode, RowError};
use super::header::Header;
use super::job::Job;
use super::output::Output;
use super::pipeline::in_order;
use super::reader::{Chunk, Reader};
use super::records::Row;
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

    #[inline(always)]
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
    let mut summary = Summary::default();
    run_header(&reader, job.columns(), output, &mut errors)?;
    run_rows(&mut reader, job, output, &mut errors, &mut summary)?;
    output.flush().map_err(io_error)?;
    Ok(summary)
}

/// Where the rows with an error go, if they go anywhere.
pub(super) type Errors<'e> = Option<&'e mut (dyn Write + Send)>;

/// Writes the headers of a run.
pub(super) fn run_header<R: Read>(
    reader: &Reader<R>,
    columns: &[&'static [&'static str]],
    output: &mut (dyn Write + Send),
    errors: &mut Errors<'_>,
) -> Result<(), Error> {
    write(output, &reader.write_header(&new_header(reader, columns)))?;
    errors.as_mut().map_or(Ok(()), |errors| write(*errors, &error_header(reader)))
}

/// Computes and writes the rows of a reader, which follow those that the summary counts.
pub(super) fn run_rows<R: Read + Send>(
    reader: &mut Reader<R>,
    job: &impl Job,
    output: &mut (dyn Write + Send),
    errors: &mut Errors<'_>,
    summary: &mut Summary,
) -> Result<(), Error> {
    let (width, delimiter) = (reader.header().width(), reader.delimiter());
    let compute = |chunk: &Chunk, done: &mut Done| done.compute(job, chunk, width, delimiter);
    in_order(reader, compute, |done| {
        write(output, done.output.as_bytes())?;
        if let Some(errors) = errors {
            write(*errors, bad_rows(done, summary.rows, delimiter).as_bytes())?;
        }
        summary.add(&done.summary);
        Ok(())
    })
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
fn new_header<R: Read>(reader: &Reader<R>, columns: &[&'static [&'static str]]) -> Vec<u8> {
    let mut header = Output::default();
    let mut cells = Cells::new(&mut header, reader.delimiter());
    new_names(reader.header(), columns).iter().for_each(|name| cells.text(name));
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

pub(super) fn io_error(error: std::io::Error) -> Error {
    ErrorKind::Io { message: error.to_string() }.into()
}
