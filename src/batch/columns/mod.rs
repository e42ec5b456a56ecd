//! The same jobs over the columns of Arrow tables: the columns stay as they are, the new ones stand behind them.
//!
//! A value is what its text would be in a CSV file: a decimal with all digits of its scale, a day as ISO 8601 writes
//! it, nothing for a null. Ordinary rows are computed from the values as they lie in memory; every other row becomes
//! a row of text and takes the way of CSV rows, so that both say the same.

mod convert;
mod fields;
mod growth;
mod output;
mod run;
mod units;
mod values;

use super::cells::Cells;
use super::convert::Convert;
use super::error::RowError;
use super::growth::{PERCENT_DECIMALS, WideGrowth};
use super::header::Header;
use super::implied::Implied;
use super::job::Job;
use super::records::Row;
use super::run::{Summary, new_names};
use super::verify::Verify;
use crate::error::{Error, ErrorKind};
use crate::relation::Verdict;
use arrow_array::RecordBatch;
use arrow_schema::{Schema, SchemaRef};
use output::NewColumn;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

/// How new columns of numbers are held.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum NumberColumns {
    /// As text, each number with its own decimals, as in CSV.
    #[default]
    Text,
    /// As 128-bit decimals, each column with one scale. A number that has more decimals is an `out_of_range` error of
    /// its row. Rates stay text: they are shown and not computed with.
    Decimal,
}

/// A job over columns.
#[derive(Debug)]
#[non_exhaustive]
#[allow(clippy::large_enum_variant, reason = "there is one for each run")]
pub enum TableJob<'t> {
    /// Amounts at the rates of their days.
    Convert(Convert<'t>),
    /// Growth within each row.
    Growth(WideGrowth),
    /// Implied priors.
    Implied(Implied),
    /// Relations between columns.
    Verify(Verify),
}

/// The decimals that a column of text is taken to have at most, where a column of decimals is made from it.
const TEXT_DECIMALS: i32 = 6;

impl TableJob<'_> {
    /// The names of the new columns, set by set.
    fn columns(&self) -> &[&'static [&'static str]] {
        match self {
            TableJob::Convert(job) => job.columns(),
            TableJob::Growth(job) => job.columns(),
            TableJob::Implied(job) => job.columns(),
            TableJob::Verify(job) => job.columns(),
        }
    }

    /// Computes one set of a row of text.
    fn compute(&self, set: usize, row: &Row<'_>, cells: &mut Cells<'_>) -> Result<Option<Verdict>, RowError> {
        match self {
            TableJob::Convert(job) => job.compute(set, row, &job.look_ahead(row), cells),
            TableJob::Growth(job) => job.compute(set, row, &job.look_ahead(row), cells),
            TableJob::Implied(job) => job.compute(set, row, &job.look_ahead(row), cells),
            TableJob::Verify(job) => job.compute(set, row, &job.look_ahead(row), cells),
        }
    }

    /// The places of the columns that are read, each once.
    fn places(&self) -> Vec<usize> {
        let mut places = match self {
            TableJob::Convert(job) => job.places(),
            TableJob::Growth(job) => {
                let (prior, current, reported) = job.places();
                [Some(prior), Some(current), reported].into_iter().flatten().collect()
            }
            TableJob::Implied(job) => job.places().to_vec(),
            TableJob::Verify(job) => job.places().concat(),
        };
        places.sort_unstable();
        places.dedup();
        places
    }

    /// The most decimals of each new column of one set, in order; those of other columns are not asked for.
    fn decimals(&self, set: usize, schema: &Schema) -> Vec<i32> {
        let of = |place: usize| schema.fields().get(place).and_then(|field| values::scale(field.data_type())).unwrap_or(TEXT_DECIMALS);
        match self {
            TableJob::Convert(job) => {
                let decimals = job.most_decimals();
                let reported = job.figures().1.map_or(decimals, of);
                vec![decimals, 0, 0, 0, reported]
            }
            TableJob::Growth(job) => {
                let (prior, current, _) = job.places();
                vec![of(prior), of(prior).max(of(current)), job.settings().decimals.unwrap_or(PERCENT_DECIMALS)]
            }
            TableJob::Implied(job) => {
                let decimals = job.settings().decimals.unwrap_or(of(job.places()[0]) + 2);
                vec![decimals; 3]
            }
            TableJob::Verify(job) => {
                let places = job.places().into_iter().nth(set).unwrap_or_default();
                let stated = places.first().map_or(TEXT_DECIMALS, |place| of(*place));
                let most = places.iter().map(|place| of(*place)).fold(stated + 2, i32::max);
                vec![job.settings().decimals.unwrap_or(most), 0, stated]
            }
        }
    }
}

/// The rows that are computed in one go: their decoded columns fit a processor's cache.
const PIECE: usize = 16_384;

/// Slices of a batch, its columns shared.
fn pieces(batch: &RecordBatch) -> impl Iterator<Item = RecordBatch> {
    let rows = batch.num_rows();
    (0..rows).step_by(PIECE).map(move |start| batch.slice(start, PIECE.min(rows - start)))
}

fn joined(results: impl Iterator<Item = Result<(RecordBatch, Summary), Error>>) -> Result<(Vec<RecordBatch>, Summary), Error> {
    let (mut batches, mut summary) = (Vec::new(), Summary::default());
    for result in results {
        let (batch, found) = result?;
        summary.add(&found);
        batches.push(batch);
    }
    Ok((batches, summary))
}

/// A job for every batch of one table.
///
/// # Example
///
/// ```
/// use arrow_array::{ArrayRef, RecordBatch, StringArray, cast::AsArray};
/// use std::sync::Arc;
/// use tieout::batch::{ColumnRun, Header, Implied, ImpliedColumns, NumberColumns, Settings, TableJob};
///
/// let column = |text: &str| Arc::new(StringArray::from(vec![text])) as ArrayRef;
/// let batch = RecordBatch::try_from_iter([("current", column("59.5")), ("growth", column("-18.9%"))])?;
/// let header = Header::of_names("table", ["current", "growth"]);
/// let job = Implied::new(&header, &ImpliedColumns { value: "current", growth: "growth" }, Settings::default())?;
/// let run = ColumnRun::new(&batch.schema(), &header, TableJob::Implied(job), NumberColumns::Text)?;
/// let (result, summary) = run.batch(&batch)?;
/// assert_eq!(result.column_by_name("prior").map(|prior| prior.as_string::<i32>().value(0)), Some("73.366"));
/// assert!(summary.is_clean());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug)]
pub struct ColumnRun<'t> {
    job: TableJob<'t>,
    /// How many columns the table has.
    width: usize,
    /// The places of the columns that are read.
    places: Vec<usize>,
    schema: SchemaRef,
    /// The new columns, set by set, empty.
    new: Vec<Vec<NewColumn>>,
}

impl<'t> ColumnRun<'t> {
    /// A job for the batches of a schema; `header` has the names of that schema.
    ///
    /// # Errors
    ///
    /// [`ColumnType`](ErrorKind::ColumnType) for a column that is read and holds floats, or nothing that has a text.
    pub fn new(schema: &SchemaRef, header: &Header, job: TableJob<'t>, numbers: NumberColumns) -> Result<ColumnRun<'t>, Error> {
        let places = job.places();
        for place in &places {
            if let Some(field) = schema.fields().get(*place) {
                values::check(field)?;
            }
        }
        let new: Vec<Vec<NewColumn>> = job
            .columns()
            .iter()
            .enumerate()
            .map(|(set, names)| {
                let decimals = job.decimals(set, schema);
                let column = |(at, name): (usize, &&str)| NewColumn::new(name, numbers, decimals.get(at).copied().unwrap_or(0));
                names.iter().chain(&["error"]).enumerate().map(column).collect()
            })
            .collect();
        let names = new_names(header, job.columns());
        let added = names.into_iter().zip(new.iter().flatten()).map(|(name, column)| Arc::new(column.field(name)));
        let fields: Vec<_> = schema.fields().iter().cloned().chain(added).collect();
        let schema = Arc::new(Schema::new_with_metadata(fields, schema.metadata().clone()));
        let width = header.width();
        Ok(ColumnRun { job, width, places, schema, new })
    }

    /// Gives only these of the new columns, under the names that the job has for them, in every set; the errors always
    /// stand behind them. A column that is not asked for takes no time where that can be, and makes no error by not
    /// fitting its type; verdicts are counted all the same.
    ///
    /// # Errors
    ///
    /// [`ColumnMissing`](ErrorKind::ColumnMissing) for a name that the job does not have.
    pub fn only(mut self, names: &[impl AsRef<str>]) -> Result<ColumnRun<'t>, Error> {
        const ERROR: &str = "error";
        let sets = self.job.columns();
        let known = || sets.iter().flat_map(|set| set.iter()).chain(&[ERROR]);
        if let Some(unknown) = names.iter().map(AsRef::as_ref).find(|name| !known().any(|known| known == name)) {
            let found = known().copied().collect::<Vec<_>>().join(", ");
            return Err(ErrorKind::ColumnMissing { name: unknown.to_owned(), found }.into());
        }
        let mut fields: Vec<_> = self.schema.fields().iter().take(self.width).cloned().collect();
        let mut added = self.schema.fields().iter().skip(self.width);
        for (columns, set) in self.new.iter_mut().zip(sets) {
            for (column, name) in columns.iter_mut().zip(set.iter().chain(&[ERROR])) {
                let field = if column.is_asked() { added.next() } else { None };
                if *name == ERROR || names.iter().any(|asked| asked.as_ref() == *name) {
                    fields.extend(field.cloned());
                } else {
                    column.leave_out();
                }
            }
        }
        self.schema = Arc::new(Schema::new_with_metadata(fields, self.schema.metadata().clone()));
        Ok(self)
    }

    /// The schema of the results: the columns of the input, and the new ones.
    pub fn schema(&self) -> SchemaRef {
        Arc::clone(&self.schema)
    }

    /// The results of many batches, in order, computed by so many threads. Large batches are cut into smaller ones.
    ///
    /// # Errors
    ///
    /// As [`batch`](ColumnRun::batch).
    pub fn batches(&self, batches: &[RecordBatch], threads: usize) -> Result<(Vec<RecordBatch>, Summary), Error> {
        let pieces: Vec<RecordBatch> = batches.iter().flat_map(pieces).collect();
        let threads = threads.min(pieces.len());
        if threads <= 1 {
            return joined(pieces.iter().map(|piece| self.batch(piece)));
        }
        let (next, done) = (AtomicUsize::new(0), Mutex::new(Vec::new()));
        thread::scope(|scope| {
            for _ in 0..threads {
                scope.spawn(|| {
                    loop {
                        let at = next.fetch_add(1, Ordering::Relaxed);
                        let Some(piece) = pieces.get(at) else { return };
                        let result = self.batch(piece);
                        done.lock().unwrap_or_else(PoisonError::into_inner).push((at, result));
                    }
                });
            }
        });
        let mut done = done.into_inner().unwrap_or_else(PoisonError::into_inner);
        done.sort_by_key(|(at, _)| *at);
        joined(done.into_iter().map(|(_, result)| result))
    }

    /// The result of one batch.
    ///
    /// # Errors
    ///
    /// [`ColumnMissing`](ErrorKind::ColumnMissing) when the batch has other columns than the schema.
    pub fn batch(&self, batch: &RecordBatch) -> Result<(RecordBatch, Summary), Error> {
        let fields = batch.schema();
        let same = fields.fields().iter().zip(self.schema.fields()).all(|(found, known)| found.data_type() == known.data_type());
        if batch.num_columns() != self.width || !same {
            let found = fields.fields().iter().map(|field| field.name().as_str()).collect::<Vec<_>>().join(", ");
            return Err(ErrorKind::ColumnMissing { name: "of the table's schema".to_owned(), found }.into());
        }
        let mut rows = run::Rows::new(self, batch);
        match &self.job {
            TableJob::Convert(job) => convert::compute(job, &mut rows),
            TableJob::Growth(job) => growth::compute(job, &mut rows),
            TableJob::Implied(_) | TableJob::Verify(_) => rows.long_rows(),
        }
        rows.finish()
    }
}
