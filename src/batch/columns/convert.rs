//! Conversions: the short way over decoded columns.

use super::fields::{Field, days, figures, reported, texts};
use super::output::NewColumn;
use super::run::Rows;
use super::values::EPOCH;
use crate::batch::convert::{Convert, RateId, ShortConversion};
use crate::batch::dense::DenseRates;
use crate::batch::error::RowError;
use crate::batch::figures::ShortReported;
use crate::batch::header::Source;
use crate::batch::short::Short;
use arrow_array::Array;
use std::ops::Range;

/// The place of the rates among the new columns.
const RATE: usize = 1;

/// Fills every row.
pub(super) fn compute(job: &Convert<'_>, rows: &mut Rows<'_, '_>) {
    let Some(way) = job.short_way() else { return rows.long_rows() };
    let (amount, stated) = job.figures();
    let code = |array: &dyn Array| texts(array, |code| way.rates.currency(code?));
    let amounts = Field::new(rows.column(amount), figures);
    let stated = stated.map(|place| Field::new(rows.column(place), |array: &dyn Array| reported(array, false)));
    let from = Given::new(&way.from, rows, code);
    let to = Given::new(&way.to, rows, code);
    let day = Given::new(&way.day, rows, |array: &dyn Array| days(array, &way.rates));
    let (mut results, shown) = (Vec::new(), rows.is_asked(RATE));
    for block in rows.blocks() {
        let needs: Vec<Option<RateId>> = (from.block(&block).into_iter().zip(to.block(&block)).zip(day.block(&block)))
            .map(|((from, to), day)| Some(RateId { from: from?, to: to?, day: day? }))
            .collect();
        // What the rows need of slow memory is brought near.
        needs.iter().flatten().for_each(|rate| way.rates.fetch_ahead(rate.from, rate.to, rate.day));
        let stated = stated.as_ref().map(|field| field.block(block.clone()));
        for (row, (amount, need)) in amounts.block(block.clone()).into_iter().zip(needs).enumerate() {
            let reported = stated.as_ref().map_or(Some(ShortReported::NoColumn), |stated| stated.get(row).copied().flatten());
            let short = || way.convert(amount?, reported?, need?, shown);
            match short() {
                Some(conversion) => results.push(conversion),
                None => {
                    fill_rows(rows, &mut results, &way.rates);
                    rows.long_row(block.start + row);
                }
            }
        }
        fill_rows(rows, &mut results, &way.rates);
    }
}

/// A value for all rows, or one for each.
enum Given<T, F> {
    Fixed(T),
    Rows(Field<T, F>),
}

impl<T: Copy, F: Fn(&dyn Array) -> Vec<Option<T>>> Given<T, F> {
    fn new(source: &Source<T>, rows: &Rows<'_, '_>, decode: F) -> Given<T, F> {
        match source {
            Source::Fixed(value) => Given::Fixed(*value),
            Source::Column(column) => Given::Rows(Field::new(rows.column(column.index), decode)),
        }
    }

    fn block(&self, rows: &Range<usize>) -> Vec<Option<T>> {
        match self {
            Given::Fixed(value) => vec![Some(*value); rows.len()],
            Given::Rows(field) => field.block(rows.clone()),
        }
    }
}

/// Fills rows with their results, and takes these.
fn fill_rows(rows: &mut Rows<'_, '_>, results: &mut Vec<ShortConversion>, rates: &DenseRates) {
    rows.short_rows(results, |conversion| conversion.verdict, |columns, results| fill(columns, results, rates));
    results.clear();
}

fn fill(columns: &mut [NewColumn], results: &[ShortConversion], rates: &DenseRates) -> Result<(), RowError> {
    let [converted, rate, date, verdict, difference] = columns else { return Ok(()) };
    converted.push_units(results.iter().map(|each| Short { negative: each.negative, digits: each.units, scale: each.decimals }))?;
    rate.push_units(results.iter().map(|each| Short { negative: false, digits: each.rate.0, scale: each.rate.1 }))?;
    let epoch = rates.place(EPOCH);
    date.push_days(results.iter().map(|each| (rates.text(each.date).map_or(&[][..], |text| text), each.date.place() - epoch)))?;
    verdict.push_verdicts(results.iter().map(|each| each.verdict));
    difference.push_shorts(results.iter().map(|each| each.difference))
}
