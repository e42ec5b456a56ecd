//! Conversions: the short way over decoded columns.

use super::fields::{Field, days, figures, reported, texts};
use super::output::NewColumn;
use super::run::Rows;
use super::values::EPOCH;
use crate::batch::convert::{Convert, RateId, ShortConversion};
use crate::batch::dense::{DenseRates, ShortRate};
use crate::batch::error::RowError;
use crate::batch::figures::ShortReported;
use crate::batch::header::Source;
use crate::batch::output::Output;
use crate::batch::short::{Short, write_units};
use arrow_array::Array;
use std::ops::Range;

/// The rates that rows were converted at, as they are shown: most rows have a rate that another one had. Each has one
/// place, by its pair and day, where the next of that place stands instead of it.
#[derive(Debug, Default)]
pub(super) struct ShownRates {
    places: Vec<(u64, Shown)>,
}

/// A rate as it is shown, and that as text.
#[derive(Debug, Clone, Copy, Default)]
struct Shown {
    units: u64,
    decimals: u32,
    length: u8,
    text: [u8; SHOWN],
}

/// The longest text that is kept: twelve digits behind `0.`, and some zeros.
const SHOWN: usize = 20;

impl ShownRates {
    const PLACES: usize = 1 << 15;

    #[inline]
    fn of(&mut self, id: RateId, rate: &ShortRate) -> Option<Shown> {
        if self.places.is_empty() {
            self.places = vec![(u64::MAX, Shown::default()); ShownRates::PLACES];
        }
        let key = id.key();
        // OK because a remainder fits. The constant is that of Fibonacci hashing: 2^64 divided by the golden ratio.
        let at = (key.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> (u64::BITS - ShownRates::PLACES.ilog2())) as usize;
        let place = self.places.get_mut(at)?;
        if place.0 != key {
            *place = (key, Shown::of(rate)?);
        }
        Some(place.1)
    }
}

impl Shown {
    const ONE: Shown = Shown { units: 1, decimals: 0, length: 1, text: [b'1'; SHOWN] };

    fn of(rate: &ShortRate) -> Option<Shown> {
        let (units, decimals) = rate.shown()?;
        let mut written = Output::default();
        let mut piece = written.piece()?;
        write_units(&mut piece, false, units, decimals);
        piece.finish();
        let mut text = [0; SHOWN];
        text.get_mut(..written.len())?.copy_from_slice(written.as_bytes());
        Some(Shown { units, decimals, length: u8::try_from(written.len()).ok()?, text })
    }
}

/// Fills every row.
pub(super) fn compute(job: &Convert<'_>, rows: &mut Rows<'_, '_>, shown: &mut ShownRates) {
    let Some(way) = job.short_way() else { return rows.long_rows() };
    let (amount, stated) = job.figures();
    let code = |array: &dyn Array| texts(array, |code| way.rates.currency(code?));
    let amounts = Field::new(rows.column(amount), figures);
    let stated = stated.map(|place| Field::new(rows.column(place), |array: &dyn Array| reported(array, false)));
    let from = Given::new(&way.from, rows, code);
    let to = Given::new(&way.to, rows, code);
    let day = Given::new(&way.day, rows, |array: &dyn Array| days(array, &way.rates));
    let mut results = Vec::new();
    for block in rows.blocks() {
        let needs: Vec<Option<RateId>> = (from.block(&block).into_iter().zip(to.block(&block)).zip(day.block(&block)))
            .map(|((from, to), day)| Some(RateId { from: from?, to: to?, day: day? }))
            .collect();
        // What the rows need of slow memory is brought near.
        needs.iter().flatten().for_each(|rate| way.rates.fetch_ahead(rate.from, rate.to, rate.day));
        let stated = stated.as_ref().map(|field| field.block(block.clone()));
        for (row, (amount, need)) in amounts.block(block.clone()).into_iter().zip(needs).enumerate() {
            let reported = stated.as_ref().map_or(Some(ShortReported::NoColumn), |stated| stated.get(row).copied().flatten());
            // From a currency to itself.
            let mut text = Shown::ONE;
            let mut short = || {
                let rate_id = need?;
                way.convert_shown(amount?, reported?, rate_id, |rate| {
                    text = shown.of(rate_id, rate)?;
                    Some((text.units, text.decimals))
                })
            };
            match short() {
                Some(conversion) => results.push((conversion, text)),
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
fn fill_rows(rows: &mut Rows<'_, '_>, results: &mut Vec<(ShortConversion, Shown)>, rates: &DenseRates) {
    rows.short_rows(results, |(conversion, _)| conversion.verdict, |columns, results| fill(columns, results, rates));
    results.clear();
}

fn fill(columns: &mut [NewColumn], results: &[(ShortConversion, Shown)], rates: &DenseRates) -> Result<(), RowError> {
    let [converted, rate, date, verdict, difference] = columns else { return Ok(()) };
    let conversions = || results.iter().map(|(conversion, _)| conversion);
    converted.push_units(conversions().map(|each| Short { negative: each.negative, digits: each.units, scale: each.decimals }))?;
    rate.push_texts(results.iter().map(|(_, shown)| (&shown.text, shown.length)))?;
    let epoch = rates.place(EPOCH);
    date.push_days(conversions().map(|each| (rates.text(each.date).map_or(&[][..], |text| text), each.date.place() - epoch)))?;
    verdict.push_verdicts(conversions().map(|each| each.verdict));
    difference.push_shorts(conversions().map(|each| each.difference))
}
