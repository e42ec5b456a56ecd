//! What is published for periods: averages, and closings that a rate can point at.

use super::average::PeriodRate;
use super::dating::Basis;
use super::series::Series;
use super::table::Observation;
use crate::currency::CurrencyPair;
use crate::period::Period;
use std::sync::Arc;

/// The averages and closings that one pair is published with, in the order of their periods.
#[derive(Debug, Clone)]
pub(super) struct PeriodSeries {
    pub(super) pair: CurrencyPair,
    pub(super) rates: Vec<PeriodRate>,
    /// The closings once more, each by itself as a series of its last day: a month and a year end on the same.
    closings: Vec<(Period, Series)>,
}

impl PeriodSeries {
    /// The rates of a pair in order, one for a period and basis.
    pub(super) fn new(pair: CurrencyPair, source: &Arc<str>, rates: Vec<PeriodRate>) -> PeriodSeries {
        let closings = rates.iter().filter(|rate| rate.basis == Basis::Closing).map(|PeriodRate { period, rate, line, .. }| {
            let last = Observation { date: period.last_day(), rate: *rate, line: *line };
            (*period, Series::new(pair, source.clone(), vec![last], Vec::new()))
        });
        PeriodSeries { pair, closings: closings.collect(), rates }
    }

    /// The average published for a period.
    pub(super) fn average(&self, period: Period) -> Option<PeriodRate> {
        self.rates.iter().find(|rate| rate.basis == Basis::Average && same_days(rate.period, period)).copied()
    }

    /// The closing published for a period, as the one observation of a series.
    pub(super) fn closing(&self, period: Period) -> Option<&Series> {
        self.closings.iter().find(|(of, _)| same_days(*of, period)).map(|(_, series)| series)
    }
}

/// Whether two periods are of the same days, however they are written.
fn same_days(a: Period, b: Period) -> bool {
    (a.first_day(), a.last_day()) == (b.first_day(), b.last_day())
}
