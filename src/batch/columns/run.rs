//! The rows of one batch, and the new columns that they fill.

use super::ColumnRun;
use super::output::NewColumn;
use super::values::write_text;
use crate::batch::cells::Cells;
use crate::batch::error::RowError;
use crate::batch::output::Output;
use crate::batch::records::{BEFORE, Row};
use crate::batch::run::Summary;
use crate::error::{Error, ErrorKind};
use crate::relation::Verdict;
use arrow_array::{ArrayRef, NullArray, RecordBatch};
use std::ops::Range;
use std::sync::Arc;

/// A batch that is being computed.
pub(super) struct Rows<'r, 't> {
    run: &'r ColumnRun<'t>,
    batch: &'r RecordBatch,
    new: Vec<Vec<NewColumn>>,
    summary: Summary,
    /// The row as text, and where its fields end; those of columns that are not read are empty.
    text: Vec<u8>,
    ends: Vec<u32>,
    /// The new cells as text.
    cells: Output,
}

/// What stands between the cells: no number, date or verdict holds it.
const DELIMITER: u8 = b',';

impl<'r, 't> Rows<'r, 't> {
    pub(super) fn new(run: &'r ColumnRun<'t>, batch: &'r RecordBatch) -> Rows<'r, 't> {
        Rows { run, batch, new: run.new.clone(), summary: Summary::default(), text: Vec::new(), ends: Vec::new(), cells: Output::default() }
    }

    /// How many rows there are.
    pub(super) fn len(&self) -> usize {
        self.batch.num_rows()
    }

    /// A column of the input.
    pub(super) fn column(&self, place: usize) -> ArrayRef {
        // OK because the batch was held against the schema: there is such a column.
        self.batch.columns().get(place).map_or_else(|| Arc::new(NullArray::new(self.len())) as ArrayRef, Arc::clone)
    }

    /// Whether a new column of the first set is asked for.
    pub(super) fn is_asked(&self, place: usize) -> bool {
        self.new.first().and_then(|set| set.get(place)).is_some_and(NewColumn::is_asked)
    }

    /// The rows in blocks whose decoded values fit the processor's nearest cache.
    pub(super) fn blocks(&self) -> impl Iterator<Item = Range<usize>> + use<> {
        const BLOCK: usize = 512;
        let rows = self.len();
        (0..rows).step_by(BLOCK).map(move |start| start..rows.min(start + BLOCK))
    }

    /// Fills the next rows of the first set by the short way, a column at a time; what does not fit its column is its
    /// row's error.
    pub(super) fn short_rows<T>(
        &mut self,
        results: &[T],
        verdict: impl Fn(&T) -> Option<Verdict>,
        fill: impl Fn(&mut [NewColumn], &[T]) -> Result<(), RowError>,
    ) {
        // A column that is empty so far stays so.
        if results.is_empty() {
            return;
        }
        let Some((error, columns)) = self.new.first_mut().and_then(|set| set.split_last_mut()) else { return };
        let start = error.rows();
        if fill(columns, results).is_ok() {
            error.push_nulls(results.len());
            results.iter().for_each(|result| self.summary.count(&Ok(verdict(result))));
            return;
        }
        columns.iter_mut().for_each(|column| column.truncate(start));
        for (row, result) in (start..).zip(results) {
            let Some((_, columns)) = self.new.first_mut().and_then(|set| set.split_last_mut()) else { return };
            let filled = fill(columns, std::slice::from_ref(result));
            self.finish_row(0, row, filled.map(|()| verdict(result)));
        }
    }

    /// Fills the row by the long way, in every set.
    pub(super) fn long_row(&mut self, row: usize) {
        self.read(row);
        for set in 0..self.new.len() {
            let filled = self.compute(set);
            self.finish_row(set, row, filled);
        }
    }

    /// Fills all rows by the long way.
    pub(super) fn long_rows(&mut self) {
        (0..self.len()).for_each(|row| self.long_row(row));
    }

    /// Makes a row of text.
    fn read(&mut self, row: usize) {
        self.text.clear();
        self.ends.clear();
        self.ends.push(BEFORE);
        for (place, column) in self.batch.columns().iter().enumerate() {
            if self.run.places.contains(&place) {
                let start = self.text.len();
                write_text(column.as_ref(), row, &mut self.text);
                quote(&mut self.text, start);
            }
            // A row of more bytes than that has no fields there: its cells are too long for any number.
            self.ends.push(u32::try_from(self.text.len()).unwrap_or(u32::MAX));
            self.text.push(DELIMITER);
        }
    }

    fn compute(&mut self, set: usize) -> Result<Option<Verdict>, RowError> {
        self.cells.truncate(0);
        let row = Row::new(&self.text, &self.ends);
        let verdict = self.run.job.compute(set, &row, &mut Cells::new(&mut self.cells, DELIMITER))?;
        let Some((_, columns)) = self.new.get_mut(set).and_then(|set| set.split_last_mut()) else { return Ok(None) };
        // OK because the cells were written as text, each after a delimiter.
        let cells = std::str::from_utf8(self.cells.as_bytes()).unwrap_or_default();
        let mut cells = cells.split(char::from(DELIMITER)).skip(1);
        columns.iter_mut().try_for_each(|column| column.push_cell(cells.next().unwrap_or_default()))?;
        Ok(verdict)
    }

    /// Counts the row, and puts its error in place of its cells.
    #[inline]
    fn finish_row(&mut self, set: usize, row: usize, outcome: Result<Option<Verdict>, RowError>) {
        self.summary.count(&outcome);
        let Some((error, columns)) = self.new.get_mut(set).and_then(|set| set.split_last_mut()) else { return };
        let Err(found) = outcome else { return error.push_nulls(1) };
        for column in columns {
            column.truncate(row);
            column.push_nulls(1);
        }
        if error.push_cell(&found.to_string()).is_err() {
            error.truncate(row);
            error.push_nulls(1);
        }
    }

    /// The batch with its new columns.
    pub(super) fn finish(mut self) -> Result<(RecordBatch, Summary), Error> {
        self.summary.rows = self.len() as u64;
        let finished = || {
            let new = self.new.into_iter().flatten().filter(NewColumn::is_asked).map(NewColumn::finish).collect::<Result<Vec<_>, _>>()?;
            let columns = self.batch.columns().iter().cloned().chain(new).collect();
            RecordBatch::try_new(self.run.schema(), columns)
        };
        let batch = finished().map_err(|error| Error::from(ErrorKind::Io { message: error.to_string() }))?;
        Ok((batch, self.summary))
    }
}

/// A field that begins with a quote is written in quotes, as CSV has it.
fn quote(text: &mut Vec<u8>, start: usize) {
    let Some(field @ [b'"', ..]) = text.get(start..) else { return };
    let mut quoted = vec![b'"'];
    for byte in field {
        quoted.extend(std::iter::repeat_n(*byte, if *byte == b'"' { 2 } else { 1 }));
    }
    quoted.push(b'"');
    text.truncate(start);
    text.append(&mut quoted);
}
