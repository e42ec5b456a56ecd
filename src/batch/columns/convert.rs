//! Conversions: the short way over decoded columns.

use super::fields::{days, figures, reported, texts};
use super::output::NewColumn;
use super::run::Rows;
use crate::batch::convert::{Convert, RateId, ShortConversion};
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
    let rate = |row| Some(RateId { from: from.at(row)?, to: to.at(row)?, day: day.at(row)? });
    for (row, (amount, reported)) in amounts.into_iter().zip(stated).enumerate() {
        // What a later row needs of slow memory is brought near.
        if let Some(RateId { from, to, day }) = rate(row + LOOK_AHEAD) {
            way.rates.fetch_ahead(from, to, day);
        }
        match (amount, reported, rate(row)) {
            (Some(amount), Some(reported), Some(rate)) => match way.convert(amount, reported, rate) {
                Some(conversion) => rows.short_row(conversion.verdict, |columns| fill(columns, &conversion, &way.rates)),
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
fn fill(columns: &mut [NewColumn], conversion: &ShortConversion, rates: &DenseRates) -> Result<(), RowError> {
    let [converted, rate, date, verdict, difference] = columns else { return Ok(()) };
    converted.push_units(conversion.negative, conversion.units, conversion.decimals)?;
    rate.push_units(false, conversion.rate.0, conversion.rate.1)?;
    date.push_day(rates.text(conversion.date).unwrap_or(b"0000-00-00"))?;
    verdict.push_verdict(conversion.verdict);
    difference.push_short(conversion.difference)
}
