//! What may look wrong in a table, and how it is said.

use super::compare::{Disagreement, SeriesSlip};
use super::days::days_between;
use super::info::Duplicate;
use super::table::Observation;
use crate::currency::{Currency, CurrencyPair};
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
    /// Rates after the last day of one of the two currencies. A lookup takes the legal ratio to the successor instead,
    /// where there is one.
    Ended {
        /// The pair.
        pair: CurrencyPair,
        /// Its currency that ended; of two, the one that ended first.
        currency: Currency,
        /// Its last day.
        ended: Date,
        /// The first rate after that.
        first: Observation,
        /// The last rate after that.
        last: Observation,
        /// How many rates are after that.
        count: usize,
    },
    /// Rates that are not another table's; see [`RateTable::compare`](crate::RateTable::compare).
    Disagreement(Disagreement),
}

impl Finding {
    /// The kind of finding in one word: `gap`, `duplicate`, `stale`, `factor`, `inverted`, `swapped`, `jump`,
    /// `contradiction`, `ended` or `disagreement`.
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
            Finding::Ended { .. } => "ended",
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
            | Finding::Ended { pair, .. }
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
            | Finding::Ended { first: suspect, .. }
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
            | Finding::Ended { first: suspect, .. }
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
                write!(f, "{pair}: {} {slip} {theirs} of {source}{}", at(first), and_so_on(*count, last))
            }
            Finding::Ended { pair, currency, ended, first, last, count } => {
                write!(f, "{pair}: {} is after the last day of {currency}, {ended}{}", at(first), and_so_on(*count, last))
            }
        }
    }
}

fn and_so_on(count: usize, last: &Observation) -> String {
    if count > 1 { format!(", and so on {count} times until {} (line {})", last.date, last.line) } else { String::new() }
}

/// "100 times too low" for -2.
fn times(power: i16) -> String {
    let side = if power > 0 { "high" } else { "low" };
    format!("{} times too {side}", 10_u32.pow(u32::from(power.unsigned_abs().min(9))))
}
