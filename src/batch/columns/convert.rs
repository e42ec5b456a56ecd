//! Conversions: the short way over decoded columns.

use super::fields::{days, figures, reported, texts};
use super::output::NewColumn;
use super::run::Rows;
use super::values::EPOCH;
use crate::batch::convert::{Ahead, Convert, ShortConversion};
use crate::batch::dense::{CurrencyId, DenseRates};
use crate::batch::error::RowError;
use crate::batch::header::Source;

/// Fills every row.
pub(super) fn compute(job: &Convert<'_>, rows: &mut Rows<'_, '_>) {
    let Some(way) = job.short_way() else { return rows.long_rows() };
    let (amount, stated) = job.figures();
    let amounts = figures(rows.column(amount));
    let from = Given::codes(&way.from, &way.rates, rows);
    let to = Given::codes(&way.to, &way.rates, rows);
    let day = match &way.day {
        Source::Fixed(day) => Given::Fixed(*day),
        Source::Column(column) => Given::Rows(days(rows.column(column.index), &way.rates)),
    };
    let stated = reported(stated.map(|place| rows.column(place)), rows.len(), false);
    let epoch = way.rates.place(EPOCH);
    let ahead = |row| Some(Ahead { from: from.at(row)?, to: to.at(row)?, day: day.at(row)? });
    for (row, (amount, reported)) in amounts.into_iter().zip(stated).enumerate() {
        // What a later row needs of slow memory is brought near.
        if let Some(Ahead { from, to, day }) = ahead(row + LOOK_AHEAD) {
            way.rates.fetch_ahead(from, to, day);
        }
        match (amount, reported, ahead(row)) {
            (Some(amount), Some(reported), Some(ahead)) => match way.convert(amount, reported, ahead) {
                Some(conversion) => rows.short_row(conversion.verdict, |columns| fill(columns, &conversion, epoch)),
                None => rows.long_row(row),
            },
            _ => rows.long_row(row),
        }
    }
}

/// How many rows ahead.
const LOOK_AHEAD: usize = 8;

/// A value for all rows, or one for each.
enum Given<T> {
    Fixed(T),
    Rows(Vec<Option<T>>),
}

impl<T: Copy> Given<T> {
    #[inline]
    fn at(&self, row: usize) -> Option<T> {
        match self {
            Given::Fixed(value) => Some(*value),
            Given::Rows(values) => values.get(row).copied().flatten(),
        }
    }
}

impl Given<CurrencyId> {
    fn codes(source: &Source<CurrencyId>, rates: &DenseRates, rows: &Rows<'_, '_>) -> Given<CurrencyId> {
        match source {
            Source::Fixed(id) => Given::Fixed(*id),
            Source::Column(column) => Given::Rows(texts(rows.column(column.index), |code| rates.currency(code?))),
        }
    }
}

#[inline]
fn fill(columns: &mut [NewColumn], conversion: &ShortConversion<'_>, epoch: i64) -> Result<(), RowError> {
    let [converted, rate, date, verdict, difference] = columns else { return Ok(()) };
    converted.push_units(conversion.negative, conversion.units, conversion.decimals)?;
    rate.push_units(false, conversion.rate.0, conversion.rate.1)?;
    // OK because no table's days are so many.
    date.push_day(conversion.date, i32::try_from(conversion.day.place() - epoch).unwrap_or(i32::MAX))?;
    verdict.push_verdict(conversion.verdict);
    difference.push_short(conversion.difference)
}
