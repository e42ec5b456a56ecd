//! The new columns, as they are filled.

use super::units::{PRECISION, rescaled, scaled, too_fine};
use super::values::EPOCH;
use super::{NumberColumns, PIECE};
use crate::batch::calendar::day_number;
use crate::batch::error::{ErrorCode, RowError};
use crate::batch::output::Output;
use crate::batch::processor::{Work, at_its_best};
use crate::batch::short::{Short, write_units};
use crate::relation::Verdict;
use arrow_array::types::{Date32Type, Decimal128Type, Int8Type};
use arrow_array::{ArrayRef, DictionaryArray, NullArray, PrimitiveArray, StringArray};
use arrow_buffer::{Buffer, NullBuffer, OffsetBuffer};
use arrow_schema::{ArrowError, DataType, Field};
use jiff::civil::Date;
use std::sync::Arc;

/// A new column: which rows have a value, and the values.
#[derive(Debug, Clone)]
pub(super) struct NewColumn {
    filled: Filled,
    values: Values,
}

/// Which rows have a value. Most columns have one in every row, or in none.
#[derive(Debug, Clone)]
enum Filled {
    /// So many rows without one: their values are not yet written.
    Nothing(usize),
    All(usize),
    Some(Vec<bool>),
}

#[derive(Debug, Clone)]
enum Values {
    Text {
        offsets: Vec<i32>,
        bytes: Output,
    },
    Decimal {
        scale: u32,
        values: Vec<i128>,
    },
    /// Days since the epoch.
    Date(Vec<i32>),
    /// Places in [`Verdict::ALL`].
    Verdict(Vec<i8>),
    /// Of a column that nobody asked for.
    Unasked,
}

impl Filled {
    fn rows(&self) -> usize {
        match self {
            Filled::Nothing(rows) | Filled::All(rows) => *rows,
            Filled::Some(filled) => filled.len(),
        }
    }

    /// Rows with a value, behind rows whose values are written.
    #[inline]
    fn push(&mut self, more: usize) {
        match self {
            Filled::Nothing(rows) | Filled::All(rows) => *self = Filled::All(*rows + more),
            Filled::Some(filled) => filled.resize(filled.len() + more, true),
        }
    }

    fn truncate(&mut self, most: usize) {
        match self {
            Filled::Nothing(rows) | Filled::All(rows) => *rows = most.min(*rows),
            Filled::Some(filled) => filled.truncate(most),
        }
    }
}

impl Values {
    /// Values for rows that have none.
    fn push_nothing(&mut self, rows: usize) {
        match self {
            // Memory that is asked for as zeros need not be written.
            Values::Text { offsets, .. } if offsets.len() == 1 => *offsets = vec![0; rows + 1],
            Values::Text { offsets, .. } => {
                let end = offsets.last().copied().unwrap_or(0);
                offsets.resize(offsets.len() + rows, end);
            }
            Values::Decimal { values, .. } if values.is_empty() => *values = vec![0; rows],
            Values::Decimal { values, .. } => values.resize(values.len() + rows, 0),
            Values::Date(days) => days.resize(days.len() + rows, 0),
            Values::Verdict(keys) => keys.resize(keys.len() + rows, 0),
            Values::Unasked => {}
        }
    }

    fn reserve(&mut self, rows: usize) {
        /// As long as most numbers and days are.
        const TEXT_LENGTH: usize = 14;
        match self {
            Values::Text { offsets, bytes } => {
                offsets.reserve_exact(rows);
                bytes.reserve(rows * TEXT_LENGTH);
            }
            Values::Decimal { values, .. } => values.reserve_exact(rows),
            Values::Date(days) => days.reserve_exact(rows),
            Values::Verdict(keys) => keys.reserve_exact(rows),
            Values::Unasked => {}
        }
    }
}

impl NewColumn {
    /// The column of a name, with room for so many decimals.
    pub(super) fn new(name: &str, numbers: NumberColumns, decimals: i32) -> NewColumn {
        let values = match (name, numbers) {
            ("verdict", _) => Values::Verdict(Vec::new()),
            ("error" | "rate", _) | (_, NumberColumns::Text) => Values::Text { offsets: vec![0], bytes: Output::default() },
            ("rate_date", _) => Values::Date(Vec::new()),
            _ => Values::Decimal { scale: u32::try_from(decimals).unwrap_or(0).min(PRECISION.into()), values: Vec::new() },
        };
        NewColumn { filled: Filled::Nothing(0), values }
    }

    /// Whether it stands in the result.
    pub(super) fn is_asked(&self) -> bool {
        !matches!(self.values, Values::Unasked)
    }

    /// Leaves it out of the result: what is pushed is dropped, and need not be computed.
    pub(super) fn leave_out(&mut self) {
        self.values = Values::Unasked;
    }

    /// How many rows are filled.
    pub(super) fn rows(&self) -> usize {
        self.filled.rows()
    }

    pub(super) fn data_type(&self) -> DataType {
        match &self.values {
            Values::Text { .. } => DataType::Utf8,
            Values::Decimal { scale, .. } => DataType::Decimal128(PRECISION, arrow_scale(*scale)),
            Values::Date(_) => DataType::Date32,
            Values::Unasked => DataType::Null,
            Values::Verdict(_) => DataType::Dictionary(Box::new(DataType::Int8), Box::new(DataType::Utf8)),
        }
    }

    /// Takes back what was pushed beyond so many rows.
    pub(super) fn truncate(&mut self, rows: usize) {
        self.filled.truncate(rows);
        match &mut self.values {
            Values::Text { offsets, bytes } => {
                offsets.truncate(rows + 1);
                bytes.truncate(offsets.last().and_then(|end| usize::try_from(*end).ok()).unwrap_or(0));
            }
            Values::Decimal { values, .. } => values.truncate(rows),
            Values::Date(days) => days.truncate(rows),
            Values::Verdict(keys) => keys.truncate(rows),
            Values::Unasked => {}
        }
    }

    /// Rows without a value.
    pub(super) fn push_nulls(&mut self, more: usize) {
        if let Filled::Nothing(rows) = &mut self.filled {
            *rows += more;
            return;
        }
        if let Filled::All(rows) = self.filled {
            self.filled = Filled::Some(vec![true; rows]);
        }
        if let Filled::Some(filled) = &mut self.filled {
            filled.resize(filled.len() + more, false);
        }
        self.values.push_nothing(more);
    }

    /// The values, those of all rows so far written.
    #[inline]
    fn written(&mut self) -> &mut Values {
        if let Filled::Nothing(rows) = self.filled {
            self.write_nothing(rows);
        }
        &mut self.values
    }

    #[cold]
    fn write_nothing(&mut self, rows: usize) {
        self.values.reserve(PIECE);
        self.values.push_nothing(rows);
        self.filled = if rows == 0 { Filled::All(0) } else { Filled::Some(vec![false; rows]) };
    }

    /// A cell as CSV would have it; an empty one is a null.
    pub(super) fn push_cell(&mut self, cell: &str) -> Result<(), RowError> {
        if cell.is_empty() {
            self.push_nulls(1);
            return Ok(());
        }
        match self.written() {
            Values::Text { offsets, bytes } => {
                bytes.extend(cell.as_bytes());
                end_text(offsets, bytes)?;
            }
            Values::Decimal { scale, values } => values.push(scaled(cell, *scale)?),
            Values::Date(days) => days.push(days_since_epoch(cell.as_bytes())?),
            Values::Verdict(keys) => keys.push(key_of(|verdict| verdict.name() == cell)),
            Values::Unasked => {}
        }
        self.filled.push(1);
        Ok(())
    }

    /// Counts of units of `10^-places`, one for each row. What does not fit leaves the column with too few rows or
    /// values: [`truncate`](NewColumn::truncate) takes them back.
    #[inline]
    pub(super) fn push_units(&mut self, numbers: impl ExactSizeIterator<Item = Short>) -> Result<(), RowError> {
        let rows = numbers.len();
        match self.written() {
            Values::Text { offsets, bytes } => {
                let mut written = Ok(());
                at_its_best(WriteTexts { numbers, offsets, bytes, written: &mut written });
                written?;
            }
            Values::Decimal { scale, values } => {
                let (scale, mut fits) = (*scale, true);
                values.extend(numbers.map(|number| {
                    let size = if number.scale == scale {
                        Some(number.digits.into())
                    } else {
                        rescaled(number.digits.into(), number.scale, scale)
                    };
                    fits &= size.is_some();
                    let size = size.unwrap_or(0);
                    if number.negative { -size } else { size }
                }));
                if !fits {
                    return Err(too_fine(scale));
                }
            }
            Values::Unasked => {}
            _ => return Err(too_fine(0)),
        }
        self.filled.push(rows);
        Ok(())
    }

    /// The same of rows that may have none.
    #[inline]
    pub(super) fn push_shorts(&mut self, numbers: impl ExactSizeIterator<Item = Option<Short>> + Clone) -> Result<(), RowError> {
        if !self.is_asked() {
            return Ok(());
        }
        if numbers.clone().all(|number| number.is_some()) {
            return self.push_units(numbers.map(Option::unwrap_or_default));
        }
        if numbers.clone().all(|number| number.is_none()) {
            self.push_nulls(numbers.len());
            return Ok(());
        }
        for number in numbers {
            match number {
                Some(number) => self.push_units(std::iter::once(number))?,
                None => self.push_nulls(1),
            }
        }
        Ok(())
    }

    /// Days, as ISO 8601 writes them and counted from the epoch.
    #[inline]
    pub(super) fn push_days<'d>(&mut self, days: impl ExactSizeIterator<Item = (&'d [u8], i64)>) -> Result<(), RowError> {
        let rows = days.len();
        match self.written() {
            Values::Text { offsets, bytes } => {
                for (text, _) in days {
                    bytes.extend(text);
                    end_text(offsets, bytes)?;
                }
            }
            // OK because no table has days that do not fit.
            Values::Date(values) => values.extend(days.map(|(_, number)| i32::try_from(number).unwrap_or(0))),
            Values::Unasked => {}
            _ => return Err(too_fine(0)),
        }
        self.filled.push(rows);
        Ok(())
    }

    #[inline]
    pub(super) fn push_verdicts(&mut self, verdicts: impl ExactSizeIterator<Item = Option<Verdict>> + Clone) {
        if !self.is_asked() {
            return;
        }
        if verdicts.clone().all(|verdict| verdict.is_none()) {
            return self.push_nulls(verdicts.len());
        }
        for verdict in verdicts {
            match (verdict, self.written()) {
                (Some(verdict), Values::Verdict(keys)) => {
                    keys.push(key_of(|known| known == verdict));
                    self.filled.push(1);
                }
                _ => self.push_nulls(1),
            }
        }
    }

    /// The column as an array.
    pub(super) fn finish(mut self) -> Result<ArrayRef, ArrowError> {
        let rows = self.filled.rows();
        let nulls = match self.filled {
            Filled::Nothing(rows) => {
                self.values.push_nothing(rows);
                Some(NullBuffer::new_null(rows))
            }
            Filled::All(_) => None,
            Filled::Some(filled) => Some(NullBuffer::from(filled)),
        };
        Ok(match self.values {
            Values::Text { offsets, bytes } => {
                Arc::new(StringArray::try_new(OffsetBuffer::new(offsets.into()), Buffer::from_vec(bytes.into_bytes()), nulls)?)
            }
            Values::Decimal { scale, values } => {
                let array = PrimitiveArray::<Decimal128Type>::try_new(values.into(), nulls)?;
                Arc::new(array.with_precision_and_scale(PRECISION, arrow_scale(scale))?)
            }
            Values::Date(days) => Arc::new(PrimitiveArray::<Date32Type>::try_new(days.into(), nulls)?),
            Values::Unasked => Arc::new(NullArray::new(rows)),
            Values::Verdict(keys) => {
                let keys = PrimitiveArray::<Int8Type>::try_new(keys.into(), nulls)?;
                let names = StringArray::from_iter_values(Verdict::ALL.map(Verdict::name));
                Arc::new(DictionaryArray::try_new(keys, Arc::new(names))?)
            }
        })
    }

    /// The field of the column, under a name.
    pub(super) fn field(&self, name: String) -> Field {
        Field::new(name, self.data_type(), true)
    }
}

/// Writes numbers as text, one behind the other.
struct WriteTexts<'w, I> {
    numbers: I,
    offsets: &'w mut Vec<i32>,
    bytes: &'w mut Output,
    written: &'w mut Result<(), RowError>,
}

impl<I: Iterator<Item = Short>> Work for WriteTexts<'_, I> {
    #[inline(always)]
    fn run(self) {
        for number in self.numbers {
            if let Some(mut piece) = self.bytes.piece() {
                write_units(&mut piece, number.negative, number.digits, number.scale);
                piece.finish();
            }
            let ended = end_text(self.offsets, self.bytes);
            if ended.is_err() {
                *self.written = ended;
                return;
            }
        }
    }
}

/// OK because a scale is at most the precision.
fn arrow_scale(scale: u32) -> i8 {
    i8::try_from(scale).unwrap_or(0)
}

/// Ends the text that was appended.
#[inline]
fn end_text(offsets: &mut Vec<i32>, bytes: &Output) -> Result<(), RowError> {
    let end = i32::try_from(bytes.len());
    offsets
        .push(end.map_err(|_| RowError::new(ErrorCode::OutOfRange, "the new texts of a batch have more than 2 GiB: use smaller batches"))?);
    Ok(())
}

fn key_of(is: impl Fn(Verdict) -> bool) -> i8 {
    Verdict::ALL.into_iter().position(is).and_then(|place| i8::try_from(place).ok()).unwrap_or(0)
}

fn days_since_epoch(day: &[u8]) -> Result<i32, RowError> {
    let part = |range| std::str::from_utf8(day.get(range)?).ok();
    let date = || Date::new(part(0..4)?.parse().ok()?, part(5..7)?.parse().ok()?, part(8..10)?.parse().ok()?).ok();
    let days = date().and_then(|date| i32::try_from(day_number(date) - day_number(EPOCH)).ok());
    days.ok_or_else(|| RowError::new(ErrorCode::OutOfRange, "the day does not fit a column of days"))
}
