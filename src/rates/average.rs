//! The average of a period and the rate at its end.

use super::derive::Rate;
use super::lookup::Lookup;
use super::table::RateTable;
use crate::currency::CurrencyPair;
use crate::error::{Error, ErrorKind};
use crate::exact::Ratio;
use crate::period::Period;
use jiff::civil::Date;

/// The mean of the daily rates of a period: of daily crosses where the pair is a cross.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AverageRate {
    /// The direction: one unit of the base costs [`value`](AverageRate::value) units of the quote.
    pub pair: CurrencyPair,
    /// The period.
    pub period: Period,
    /// How many days have a rate.
    pub days: u32,
    /// The exact mean.
    pub value: Ratio,
}

impl RateTable {
    /// The rates of every day from one to another, both included, on which the whole chain was published.
    pub fn daily(&self, pair: CurrencyPair, from: Date, to: Date) -> impl Iterator<Item = Rate<'_>> {
        let that_day = Lookup::within_days(0);
        let days = from.series(jiff::Span::new().days(1)).take_while(move |day| *day <= to);
        days.filter_map(move |day| self.rate(pair, day, &that_day).ok())
    }

    /// The mean of the daily rates of a period (of daily crosses), exact.
    ///
    /// # Errors
    ///
    /// [`PairMissing`](ErrorKind::PairMissing) and [`RateMissing`](ErrorKind::RateMissing) when no day of the period
    /// has a rate.
    pub fn average(&self, pair: CurrencyPair, period: Period) -> Result<AverageRate, Error> {
        let values: Vec<Ratio> = self.daily(pair, period.first_day(), period.last_day()).map(|rate| rate.value()).collect();
        let days = u32::try_from(values.len()).unwrap_or(u32::MAX);
        let mean = total(&values).checked_div(&Ratio::from(i64::from(days)));
        match mean {
            Some(value) => Ok(AverageRate { pair, period, days, value }),
            // Asking for the last day says which currency or days are missing.
            None => Err(self.rate(pair, period.last_day(), &Lookup::within_days(0)).err().unwrap_or_else(|| {
                ErrorKind::RateMissing { pair: pair.to_string(), asked: period.to_string(), max_age_days: 0, before: None, after: None }
                    .into()
            })),
        }
    }

    /// The last published rate of a period: the closing rate.
    ///
    /// # Errors
    ///
    /// As [`rate`](RateTable::rate), when no day of the period has one.
    pub fn closing(&self, pair: CurrencyPair, period: Period) -> Result<Rate<'_>, Error> {
        let length = period.first_day().duration_until(period.last_day()).as_hours() / 24;
        self.rate(pair, period.last_day(), &Lookup::within_days(u32::try_from(length).unwrap_or(u32::MAX)))
    }
}

/// The sum by halves, so that both sides of each addition are of like size.
fn total(values: &[Ratio]) -> Ratio {
    match values {
        [] => Ratio::ZERO,
        [one] => one.clone(),
        more => {
            let (left, right) = more.split_at(more.len() / 2);
            &total(left) + &total(right)
        }
    }
}
