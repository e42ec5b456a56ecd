//! Is a whole series wrong? Its neighbours cannot tell, another table can.
//!
//! A column that is inverted, per hundred or another currency's from its first day to its last is in order with itself.
//! Held against the rates of another source it is not.

use super::average::PeriodRate;
use super::check::within_percent;
use super::dating::Basis;
use super::finding::Finding;
use super::lookup::Lookup;
use super::periods::PeriodSeries;
use super::rate::Rate;
use super::series::Series;
use super::table::{Observation, RateTable};
use crate::currency::CurrencyPair;
use crate::exact::{Precision, Ratio, RoundingMode};
use rust_decimal::Decimal;

/// Rates of a pair that are not those of another table, all by one slip.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Disagreement {
    /// The pair.
    pub pair: CurrencyPair,
    /// The first of the rates.
    pub first: Observation,
    /// The last of them.
    pub last: Observation,
    /// How many there are.
    pub count: usize,
    /// The other table's rate of the first day, to nine significant digits.
    pub theirs: Decimal,
    /// The other table's source.
    pub source: String,
    /// What makes the one of the other.
    pub slip: SeriesSlip,
}

/// What makes the rates of one table of another's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum SeriesSlip {
    /// They are inverted.
    Inverted,
    /// They are ten to this power times too high.
    Factor(i16),
    /// Nothing known.
    Unexplained,
}

/// Rates of one day from two sources are hardly ever farther apart than this.
const NEAR_PERCENT: i64 = 15;
/// Near one, an inverted rate is not far from the right one: beyond so many percent it is told if its inverse is nearer.
const SAME_PERCENT: i64 = 5;
/// So near its inverse must be.
const INVERSE_PERCENT: i64 = 2;

/// Digits of a rate that is only shown.
const SHOWN: Precision = Precision::Significant(9);

impl RateTable {
    /// Where the rates are not those of another table: more than 15% apart for the same day or period, or the inverse of each
    /// other. Each slip of a pair is one finding, with its first and last day. What only one of the tables has is passed over.
    ///
    /// # Example
    ///
    /// ```
    /// use tieout::RateTable;
    ///
    /// let ours = RateTable::read("date,base,quote,rate\n2024-03-01,USD,JPY,1.5012\n".as_bytes(), "ours.csv")?;
    /// let theirs = RateTable::read("date,base,quote,rate\n2024-03-01,USD,JPY,150.2\n".as_bytes(), "theirs.csv")?;
    /// let findings: Vec<String> = ours.compare(&theirs).iter().map(ToString::to_string).collect();
    /// assert_eq!(findings, ["USD/JPY: 1.5012 on 2024-03-01 (line 2) looks 100 times too low beside 150.2 of theirs.csv"]);
    /// # Ok::<(), tieout::Error>(())
    /// ```
    pub fn compare(&self, other: &RateTable) -> Vec<Finding> {
        let days = self.sources().flat_map(|table| &table.series).flat_map(|series| of_days(series, other));
        let periods = self.sources().flat_map(|table| &table.periods).flat_map(|series| of_periods(series, other));
        days.chain(periods).map(Finding::Disagreement).collect()
    }
}

/// The other table's rate, and whose it is.
type Theirs = (Ratio, String);

fn of_days(series: &Series, other: &RateTable) -> Vec<Disagreement> {
    let mut found = Vec::new();
    for observation in series.observations.iter() {
        let rate = other.find(series.pair, observation.date, Lookup::within_days(0));
        let theirs = rate.map(|rate| (rate.value(), source(&rate)));
        note(&mut found, series.pair, *observation, theirs);
    }
    found
}

/// The averages and closings of periods, each held against what the other table publishes or what follows from its days.
fn of_periods(series: &PeriodSeries, other: &RateTable) -> Vec<Disagreement> {
    let mut found = Vec::new();
    for PeriodRate { period, basis, rate, line } in &series.rates {
        let theirs = match basis {
            Basis::Closing => other.closing(series.pair, *period).ok().map(|rate| (rate.value(), source(&rate))),
            _ => other.average(series.pair, *period).ok().map(|mean| (mean.value, mean.source.to_string())),
        };
        note(&mut found, series.pair, Observation { date: period.last_day(), rate: *rate, line: *line }, theirs);
    }
    found
}

fn source(rate: &Rate<'_>) -> String {
    rate.legs().next().map_or(String::new(), |leg| leg.source.to_owned())
}

/// Adds a rate to the disagreement of its slip, if it is one.
fn note(found: &mut Vec<Disagreement>, pair: CurrencyPair, ours: Observation, theirs: Option<Theirs>) {
    let Some((theirs, source)) = theirs else { return };
    let Some(slip) = slip(&Ratio::from(ours.rate), &theirs) else { return };
    if let Some(known) = found.iter_mut().find(|known| known.slip == slip) {
        (known.last, known.count) = (ours, known.count + 1);
        return;
    }
    let theirs = theirs.round(SHOWN, RoundingMode::HalfEven).map_or(Decimal::ZERO, |shown| shown.value.normalize());
    found.push(Disagreement { pair, first: ours, last: ours, count: 1, theirs, source, slip });
}

/// What makes one rate of another; `None` if they are near.
fn slip(ours: &Ratio, theirs: &Ratio) -> Option<SeriesSlip> {
    let inverse_within = |percent| within_percent(&(ours * theirs), &Ratio::ONE, percent);
    if within_percent(ours, theirs, SAME_PERCENT) {
        return None;
    }
    if inverse_within(INVERSE_PERCENT) {
        return Some(SeriesSlip::Inverted);
    }
    if within_percent(ours, theirs, NEAR_PERCENT) {
        return None;
    }
    if inverse_within(NEAR_PERCENT) {
        return Some(SeriesSlip::Inverted);
    }
    let near = |power: &i16| within_percent(ours, &(theirs * &Ratio::power_of_ten(*power)), NEAR_PERCENT);
    let power = [1, -1, 2, -2, 3, -3, 4, -4].into_iter().find(near);
    Some(power.map_or(SeriesSlip::Unexplained, SeriesSlip::Factor))
}
