//! Conversions: the short way over decoded columns.

use super::fields::{days, figures, reported, texts};
use super::output::NewColumn;
use super::run::Rows;
use super::values::EPOCH;
use crate::batch::convert::{Convert, ShortConversion, ShortRow};
use crate::batch::dense::{CurrencyId, DenseRates, day_number};
use crate::batch::error::RowError;
use crate::batch::header::Source;
use jiff::ToSpan;

/// Fills every row.
pub(super) fn compute(job: &Convert<'_>, rows: &mut Rows<'_, '_>) {
    let Some(way) = job.short_way() else { return rows.long_rows() };
    let (amount, stated) = job.figures();
    let amounts = figures(rows.column(amount));
    let from = Given::codes(&way.from, &way.rates, rows);
    let to = Given::codes(&way.to, &way.rates, rows);
    let day = match &way.day {
        Source::Fixed(day) => Given::Fixed(*day),
        Source::Column(column) => Given::Rows(days(rows.column(column.index))),
    };
    let stated = reported(stated.map(|place| rows.column(place)), rows.len(), false);
    for (row, (amount, reported)) in amounts.into_iter().zip(stated).enumerate() {
        let fields = || Some((amount?, from.at(row)?, to.at(row)?, day.at(row)?, reported?));
        let Some((amount, from, to, number, reported)) = fields() else {
            rows.long_row(row);
            continue;
        };
        let own = if from == to && matches!(day, Given::Rows(_)) { text_of(number) } else { None };
        let short = ShortRow { amount, from, to, day: number, written_day: own.as_ref().map(<[u8; 10]>::as_slice), reported };
        match way.convert(&short) {
            Some(conversion) => rows.short_row(conversion.verdict, |columns| fill(columns, &conversion)),
            None => rows.long_row(row),
        }
    }
}

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

/// A day as it is written.
fn text_of(number: i64) -> Option<[u8; 10]> {
    let days = i32::try_from(number - day_number(EPOCH)).ok()?;
    EPOCH.checked_add(days.days()).ok()?.to_string().into_bytes().try_into().ok()
}

#[inline]
fn fill(columns: &mut [NewColumn], conversion: &ShortConversion<'_>) -> Result<(), RowError> {
    let [converted, rate, date, verdict, difference] = columns else { return Ok(()) };
    converted.push_units(conversion.negative, conversion.units, conversion.decimals)?;
    rate.push_units(false, conversion.rate.0, conversion.rate.1)?;
    date.push_day(conversion.date)?;
    verdict.push_verdict(conversion.verdict);
    difference.push_short(conversion.difference)
}
