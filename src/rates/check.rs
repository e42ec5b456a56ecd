//! What looks wrong in a table? Gaps, repeats, runs that stand still, numbers that do not belong to their neighbours, and
//! rates of currencies that were no more.
//!
//! Nothing is corrected: a finding names the rate, its neighbour and the likeliest slip.

use super::days::days_between;
use super::finding::Finding;
use super::series::Series;
use super::table::{Observation, RateTable};
use crate::currency::CurrencyPair;
use crate::exact::Ratio;
use rust_decimal::Decimal;

/// Days without a rate that are no gap in a daily series: what a lookup bridges by default.
const USUAL_DAYS: i32 = 7;
/// Rates in a row that are no coincidence.
const LONG_RUN: usize = 10;
/// Neighbours farther apart than this are not held against each other.
const NEAR_DAYS: i32 = 31;
/// So many rates on a new level are a new level, not a slip.
const SETTLED: usize = 5;
/// How near a rate must be to what a slip would have made of it, in percent.
const NEAR_PERCENT: i64 = 15;

impl RateTable {
    /// What looks wrong, pair by pair in the order of the table.
    ///
    /// A table whose duplicates disagree is refused by [`read`](RateTable::read); to have them found instead, read it
    /// with [`Duplicates::First`](crate::Duplicates::First).
    ///
    /// # Example
    ///
    /// ```
    /// use tieout::{Finding, RateTable};
    ///
    /// let csv = "date,base,quote,rate\n2024-03-01,USD,VND,24650\n2024-03-04,USD,VND,246.6\n2024-03-05,USD,VND,24680\n";
    /// let table = RateTable::read(csv.as_bytes(), "rates.csv")?;
    /// let findings = table.check();
    /// assert!(matches!(&findings[..], [Finding::Factor { power: -2, suspect, .. }] if suspect.line == 3));
    /// # Ok::<(), tieout::Error>(())
    /// ```
    pub fn check(&self) -> Vec<Finding> {
        let mut findings = Vec::new();
        for table in self.sources() {
            findings.extend(table.duplicates.iter().cloned().map(Finding::Duplicate));
            for series in &table.series {
                findings.extend(gaps(series));
                findings.extend(stale_runs(series));
                findings.extend(table.slips(series));
                findings.extend(after_end(series));
            }
            findings.extend(table.contradictions());
        }
        findings
    }

    /// The rates that do not belong to the ones before them. A swap is reported once, at the pair that stands first, and
    /// an unexplained jump once, at its first day.
    fn slips(&self, series: &Series) -> Vec<Finding> {
        let (mut findings, mut jumped) = (Vec::new(), None);
        for (suspect, neighbour) in suspects(series) {
            let finding = match self.swapped_with(series, suspect, neighbour) {
                Some((other, first)) => first.then_some(Finding::Swapped { pair: series.pair, other, suspect }),
                None => Some(explain(series.pair, suspect, neighbour)),
            };
            let again = jumped == Some(neighbour.date);
            if let Some(Finding::Jump { .. }) = finding {
                jumped = Some(neighbour.date);
            }
            findings.extend(finding.filter(|finding| !(again && matches!(finding, Finding::Jump { .. }))));
        }
        findings
    }

    /// The pair that a suspect has changed places with, and whether this one stands first in the table.
    fn swapped_with(&self, series: &Series, suspect: Observation, neighbour: Observation) -> Option<(CurrencyPair, bool)> {
        let mut first = false;
        for other in &self.series {
            if other.pair == series.pair {
                first = true;
                continue;
            }
            let place = other.rank(suspect.date);
            let that_day = place.checked_sub(1).and_then(|place| other.observations.get(place)).filter(|o| o.date == suspect.date);
            let before = place.checked_sub(2).and_then(|place| other.observations.get(place));
            if let (Some(that_day), Some(before)) = (that_day, before)
                && near(suspect.rate, before.rate, 0)
                && near(that_day.rate, neighbour.rate, 0)
            {
                return Some((other.pair, first));
            }
        }
        None
    }

    fn contradictions(&self) -> Vec<Finding> {
        let mut findings = Vec::new();
        for series in &self.series {
            // Each pair once: by the direction that stands first in the table.
            let inverse = self.link(series.pair).and_then(|link| link.reversed.zip(link.published));
            let Some(other) = inverse.filter(|(reversed, published)| published < reversed).and_then(|(reversed, _)| self.at(reversed))
            else {
                continue;
            };
            for rate in series.observations.iter() {
                let found = other.observations.binary_search_by_key(&rate.date, |observation| observation.date);
                let inverse =
                    found.ok().and_then(|place| other.observations.get(place)).filter(|inverse| !is_inverse(rate.rate, inverse.rate));
                findings.extend(inverse.map(|inverse| Finding::Contradiction { pair: series.pair, rate: *rate, inverse: *inverse }));
            }
        }
        findings
    }
}

fn steps(series: &Series) -> impl Iterator<Item = (&Observation, &Observation)> {
    series.observations.iter().zip(series.observations.iter().skip(1))
}

fn gaps(series: &Series) -> Vec<Finding> {
    if !series.until.is_empty() {
        return Vec::new();
    }
    let mut lengths: Vec<i32> = steps(series).map(|(a, b)| days_between(a.date, b.date)).collect();
    lengths.sort_unstable();
    let usual = lengths.get(lengths.len() / 2).copied().unwrap_or(1);
    let limit = USUAL_DAYS.max(usual.saturating_mul(3));
    let long = steps(series).filter(|(a, b)| days_between(a.date, b.date) > limit);
    long.map(|(a, b)| Finding::Gap { pair: series.pair, after: a.date, before: b.date }).collect()
}

/// Long runs of one rate; a series that mostly stands still is pegged, not stale.
fn stale_runs(series: &Series) -> Vec<Finding> {
    let still = steps(series).filter(|(a, b)| a.rate == b.rate).count();
    if still * 2 > series.observations.len() || !series.until.is_empty() {
        return Vec::new();
    }
    let runs = series.observations.chunk_by(|a, b| a.rate == b.rate).filter(|run| run.len() >= LONG_RUN);
    runs.filter_map(|run| {
        let (first, last) = (run.first()?, run.last()?);
        Some(Finding::Stale { pair: series.pair, rate: first.rate, from: first.date, to: last.date, count: run.len() })
    })
    .collect()
}

/// The rates after the day on which one of the two currencies ended, as one finding.
fn after_end(series: &Series) -> Option<Finding> {
    let CurrencyPair { base, quote } = series.pair;
    let (ended, currency) = [base, quote].into_iter().filter_map(|currency| Some((currency.ended()?, currency))).min()?;
    let after = series.observations.get(series.rank(ended)..)?;
    let (first, last) = (*after.first()?, *after.last()?);
    Some(Finding::Ended { pair: series.pair, currency, ended, first, last, count: after.len() })
}

/// Rates far from the last one that was not, with that one. A level that lasts is taken for the new one.
fn suspects(series: &Series) -> Vec<(Observation, Observation)> {
    let mut found = Vec::new();
    let Some(mut neighbour) = series.observations.first().copied() else { return found };
    let mut off = 0;
    for observation in series.observations.iter().skip(1) {
        let apart = days_between(neighbour.date, observation.date);
        if apart > NEAR_DAYS || off >= SETTLED || similar(observation.rate, neighbour.rate) {
            (neighbour, off) = (*observation, 0);
        } else {
            off += 1;
            found.push((*observation, neighbour));
        }
    }
    found
}

/// The likeliest slip that makes a rate of its neighbour.
fn explain(pair: CurrencyPair, suspect: Observation, neighbour: Observation) -> Finding {
    let power = [1, -1, 2, -2, 3, -3].into_iter().find(|power| near(suspect.rate, neighbour.rate, *power));
    match power {
        _ if is_inverse(suspect.rate, neighbour.rate) => Finding::Inverted { pair, suspect, neighbour },
        Some(power) => Finding::Factor { pair, suspect, neighbour, power },
        None => Finding::Jump { pair, suspect, neighbour },
    }
}

/// Whether a rate is at most half as high again as another, and the other way round.
fn similar(a: Decimal, b: Decimal) -> bool {
    let (a, b) = (Ratio::from(a), Ratio::from(b));
    let (two, three) = (Ratio::from(2), Ratio::from(3));
    &a * &two <= &b * &three && &b * &two <= &a * &three
}

/// Whether a rate is near another times a power of ten.
fn near(a: Decimal, b: Decimal, power: i16) -> bool {
    within(&Ratio::from(a), &(&Ratio::from(b) * &Ratio::power_of_ten(power)))
}

/// Whether the product of two rates is near one.
fn is_inverse(a: Decimal, b: Decimal) -> bool {
    within(&(&Ratio::from(a) * &Ratio::from(b)), &Ratio::ONE)
}

fn within(value: &Ratio, around: &Ratio) -> bool {
    within_percent(value, around, NEAR_PERCENT)
}

/// Whether a value is at most so many percent away from another.
pub(super) fn within_percent(value: &Ratio, around: &Ratio, percent: i64) -> bool {
    let hundred = value * &Ratio::from(100);
    around * &Ratio::from(100 - percent) <= hundred && hundred <= around * &Ratio::from(100 + percent)
}
