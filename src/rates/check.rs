//! What looks wrong in a table? Gaps, repeats, runs that stand still, and numbers that do not belong to their neighbours.
//!
//! Nothing is corrected: a finding names the rate, its neighbour and the likeliest slip.

use super::compare::{Disagreement, SeriesSlip};
use super::days::days_between;
use super::info::Duplicate;
use super::series::Series;
use super::table::{Observation, RateTable};
use crate::currency::CurrencyPair;
use crate::exact::Ratio;
use jiff::civil::Date;
use rust_decimal::Decimal;
use std::fmt;

/// Something in a table that deserves a look; its [`Display`](fmt::Display) is one sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Finding {
    /// No rate for much longer than the series usually goes without.
    Gap {
        /// The pair.
        pair: CurrencyPair,
        /// The last day before the gap.
        after: Date,
        /// The first day after it.
        before: Date,
    },
    /// Two rates for one day.
    Duplicate(Duplicate),
    /// The same rate on many days in a row, in a series that otherwise moves.
    Stale {
        /// The pair.
        pair: CurrencyPair,
        /// The rate.
        rate: Decimal,
        /// The first day of the run.
        from: Date,
        /// The last day of the run.
        to: Date,
        /// How many observations it has.
        count: usize,
    },
    /// A rate that is a power of ten away from its neighbour.
    Factor {
        /// The pair.
        pair: CurrencyPair,
        /// The rate that stands out.
        suspect: Observation,
        /// The rate before it.
        neighbour: Observation,
        /// The power of ten: 2 for a rate a hundred times too high.
        power: i16,
    },
    /// A rate that is the inverse of its neighbour.
    Inverted {
        /// The pair.
        pair: CurrencyPair,
        /// The rate that stands out.
        suspect: Observation,
        /// The rate before it.
        neighbour: Observation,
    },
    /// Two columns that have changed places on a day.
    Swapped {
        /// One pair.
        pair: CurrencyPair,
        /// The other.
        other: CurrencyPair,
        /// The rate that stands out.
        suspect: Observation,
    },
    /// A rate that is more than half as high again as its neighbour, or less than two thirds of it.
    Jump {
        /// The pair.
        pair: CurrencyPair,
        /// The rate that stands out.
        suspect: Observation,
        /// The rate before it.
        neighbour: Observation,
    },
    /// A pair that is published both ways, with rates that are not each other's inverse.
    Contradiction {
        /// The pair.
        pair: CurrencyPair,
        /// The rate of the pair.
        rate: Observation,
        /// The rate of the inverse pair on the same day.
        inverse: Observation,
    },
    /// Rates that are not another table's; see [`RateTable::compare`].
    Disagreement(Disagreement),
}

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

/// "100 times too low" for -2.
fn times(power: i16) -> String {
    let side = if power > 0 { "high" } else { "low" };
    format!("{} times too {side}", 10_u32.pow(u32::from(power.unsigned_abs().min(9))))
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

impl Finding {
    /// The kind of finding in one word: `gap`, `duplicate`, `stale`, `factor`, `inverted`, `swapped`, `jump`,
    /// `contradiction` or `disagreement`.
    ///
    /// ```
    /// use tieout::RateTable;
    ///
    /// let csv = "date,base,quote,rate\n2023-05-25,EUR,USD,1.07\n2023-05-26,EUR,USD,107\n2023-05-29,EUR,USD,1.08\n";
    /// let findings = RateTable::read(csv.as_bytes(), "rates.csv")?.check();
    /// assert_eq!(findings[0].name(), "factor");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub const fn name(&self) -> &'static str {
        match self {
            Finding::Gap { .. } => "gap",
            Finding::Duplicate(_) => "duplicate",
            Finding::Stale { .. } => "stale",
            Finding::Factor { .. } => "factor",
            Finding::Inverted { .. } => "inverted",
            Finding::Swapped { .. } => "swapped",
            Finding::Jump { .. } => "jump",
            Finding::Contradiction { .. } => "contradiction",
            Finding::Disagreement(_) => "disagreement",
        }
    }

    /// The pair it is about; of two, the one that stands first in the table.
    ///
    /// ```
    /// use tieout::RateTable;
    ///
    /// let csv = "date,base,quote,rate\n2023-05-25,EUR,USD,1.07\n2023-05-26,EUR,USD,107\n2023-05-29,EUR,USD,1.08\n";
    /// let findings = RateTable::read(csv.as_bytes(), "rates.csv")?.check();
    /// assert_eq!(findings[0].pair(), "EUR/USD".parse()?);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub const fn pair(&self) -> CurrencyPair {
        match self {
            Finding::Gap { pair, .. }
            | Finding::Duplicate(Duplicate { pair, .. })
            | Finding::Stale { pair, .. }
            | Finding::Factor { pair, .. }
            | Finding::Inverted { pair, .. }
            | Finding::Swapped { pair, .. }
            | Finding::Jump { pair, .. }
            | Finding::Contradiction { pair, .. }
            | Finding::Disagreement(Disagreement { pair, .. }) => *pair,
        }
    }

    /// The day on which it begins: of a gap, the last one with a rate.
    ///
    /// ```
    /// use tieout::RateTable;
    ///
    /// let csv = "date,base,quote,rate\n2023-05-25,EUR,USD,1.07\n2023-05-26,EUR,USD,107\n2023-05-29,EUR,USD,1.08\n";
    /// let findings = RateTable::read(csv.as_bytes(), "rates.csv")?.check();
    /// assert_eq!(findings[0].date().to_string(), "2023-05-26");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub const fn date(&self) -> Date {
        match self {
            Finding::Gap { after: date, .. } | Finding::Stale { from: date, .. } | Finding::Duplicate(Duplicate { date, .. }) => *date,
            Finding::Factor { suspect, .. }
            | Finding::Inverted { suspect, .. }
            | Finding::Swapped { suspect, .. }
            | Finding::Jump { suspect, .. }
            | Finding::Contradiction { rate: suspect, .. }
            | Finding::Disagreement(Disagreement { first: suspect, .. }) => suspect.date,
        }
    }

    /// The line of the rate that stands out; `None` for what is no single rate's fault.
    ///
    /// ```
    /// use tieout::RateTable;
    ///
    /// let csv = "date,base,quote,rate\n2023-05-25,EUR,USD,1.07\n2023-05-26,EUR,USD,107\n2023-05-29,EUR,USD,1.08\n";
    /// let findings = RateTable::read(csv.as_bytes(), "rates.csv")?.check();
    /// assert_eq!(findings[0].line(), Some(3));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub const fn line(&self) -> Option<u32> {
        match self {
            Finding::Gap { .. } | Finding::Stale { .. } => None,
            Finding::Duplicate(Duplicate { second_line: line, .. }) => Some(*line),
            Finding::Factor { suspect, .. }
            | Finding::Inverted { suspect, .. }
            | Finding::Swapped { suspect, .. }
            | Finding::Jump { suspect, .. }
            | Finding::Contradiction { rate: suspect, .. }
            | Finding::Disagreement(Disagreement { first: suspect, .. }) => Some(suspect.line),
        }
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let at = |o: &Observation| format!("{} on {} (line {})", o.rate, o.date, o.line);
        match self {
            Finding::Gap { pair, after, before } => {
                write!(f, "{pair}: no rate between {after} and {before}, {} days", days_between(*after, *before))
            }
            Finding::Duplicate(Duplicate { pair, date, first, first_line, second, second_line }) if first == second => {
                write!(f, "{pair}: {first} on {date} stands on line {first_line} and again on line {second_line}")
            }
            Finding::Duplicate(Duplicate { pair, date, first, first_line, second, second_line }) => {
                write!(f, "{pair}: {date} is given as {first} (line {first_line}) and again as {second} (line {second_line})")
            }
            Finding::Stale { pair, rate, from, to, count } => write!(f, "{pair}: {rate} on {count} days in a row, {from} to {to}"),
            Finding::Factor { pair, suspect, neighbour, power } => {
                write!(f, "{pair}: {} looks {} beside {}", at(suspect), times(*power), at(neighbour))
            }
            Finding::Inverted { pair, suspect, neighbour } => {
                write!(f, "{pair}: {} looks inverted beside {}", at(suspect), at(neighbour))
            }
            Finding::Swapped { pair, other, suspect } => {
                write!(f, "{pair}: {} looks swapped with {other}", at(suspect))
            }
            Finding::Jump { pair, suspect, neighbour } => write!(f, "{pair}: {} is far from {}", at(suspect), at(neighbour)),
            Finding::Contradiction { pair, rate, inverse } => {
                write!(f, "{pair}: {} is not the inverse of {}: {}", at(rate), pair.inverse(), at(inverse))
            }
            Finding::Disagreement(Disagreement { pair, first, last, count, theirs, source, slip }) => {
                let slip = match slip {
                    SeriesSlip::Inverted => "looks inverted beside".to_owned(),
                    SeriesSlip::Factor(power) => format!("looks {} beside", times(*power)),
                    SeriesSlip::Unexplained => "is far from".to_owned(),
                };
                write!(f, "{pair}: {} {slip} {theirs} of {source}", at(first))?;
                if *count > 1 { write!(f, ", and so on {count} times until {} (line {})", last.date, last.line) } else { Ok(()) }
            }
        }
    }
}
