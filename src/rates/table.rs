//! The table: series of dated observations by pair, each with the line it came from.

use crate::currency::{Currency, CurrencyPair};
use crate::error::{Error, ErrorKind, Location};
use jiff::civil::Date;
use rust_decimal::Decimal;
use std::collections::HashMap;
use std::fmt;
use std::sync::Arc;

/// Dated exchange rates from one source. The default table is empty.
///
/// # Example
///
/// ```
/// use tieout::{Currency, CurrencyPair, Lookup, RateTable};
///
/// let csv = "date,base,quote,rate\n2023-05-26,EUR,USD,1.0751\n2023-05-26,EUR,CNY,7.5874\n";
/// let table = RateTable::read(csv.as_bytes(), "rates.csv")?;
/// let rate = table.rate(CurrencyPair::new(Currency::USD, Currency::CNY), "2023-05-28".parse()?, &Lookup::default())?;
/// assert_eq!(rate.date().to_string(), "2023-05-26");
/// assert_eq!(rate.legs().len(), 2);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone)]
pub struct RateTable {
    source: Arc<str>,
    series: Vec<Series>,
    by_pair: HashMap<CurrencyPair, usize>,
}

/// One published rate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Observation {
    /// The day it is of.
    pub date: Date,
    /// One unit of the base costs so many units of the quote; with the digits as published.
    pub rate: Decimal,
    /// The line of the file, from 1.
    pub line: u32,
}

/// The observations of one pair, oldest first, one a day.
#[derive(Debug, Clone)]
pub(super) struct Series {
    pub(super) pair: CurrencyPair,
    pub(super) observations: Vec<Observation>,
}

impl RateTable {
    /// The name of the source, as it stands in results.
    pub fn source(&self) -> &str {
        &self.source
    }

    /// The pairs that are published, in the order of the file.
    pub fn pairs(&self) -> impl Iterator<Item = CurrencyPair> {
        self.series.iter().map(|series| series.pair)
    }

    /// The published observations of a pair, oldest first; nothing for a pair that could only be derived.
    pub fn observations(&self, pair: CurrencyPair) -> &[Observation] {
        self.by_pair.get(&pair).and_then(|index| self.series.get(*index)).map_or(&[], |series| &series.observations)
    }

    /// Whether any published pair has this currency.
    pub fn has(&self, currency: Currency) -> bool {
        self.series.iter().any(|series| series.pair.base == currency || series.pair.quote == currency)
    }

    /// The currencies that are published against this one, and whether it is the base there.
    pub(super) fn neighbours(&self, currency: Currency) -> impl Iterator<Item = Currency> {
        self.series.iter().filter_map(move |series| match series.pair {
            pair if pair.base == currency => Some(pair.quote),
            pair if pair.quote == currency => Some(pair.base),
            _ => None,
        })
    }
}

impl Default for RateTable {
    fn default() -> RateTable {
        RateTable { source: Arc::from(""), series: Vec::new(), by_pair: HashMap::new() }
    }
}

impl fmt::Debug for RateTable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RateTable").field("source", &self.source).field("pairs", &self.series.len()).finish_non_exhaustive()
    }
}

/// Collects observations in any order and checks them when the table is built.
pub(super) struct Builder {
    source: Arc<str>,
    file: String,
    series: Vec<Series>,
    by_pair: HashMap<CurrencyPair, usize>,
}

impl Builder {
    pub(super) fn new(source: &str, file: &str) -> Builder {
        Builder { source: source.into(), file: file.to_owned(), series: Vec::new(), by_pair: HashMap::new() }
    }

    /// The place of a line and field, for an error.
    pub(super) fn location(&self, line: u64, column: Option<u64>) -> Location {
        Location { source: self.file.clone(), line: Some(line), column }
    }

    /// The index of a pair's series, which is begun if there is none.
    pub(super) fn series(&mut self, pair: CurrencyPair) -> usize {
        *self.by_pair.entry(pair).or_insert_with(|| {
            self.series.push(Series { pair, observations: Vec::new() });
            self.series.len() - 1
        })
    }

    /// Adds an observation to a series of [`series`](Builder::series).
    pub(super) fn push(&mut self, series: usize, observation: Observation) {
        if let Some(series) = self.series.get_mut(series) {
            series.observations.push(observation);
        }
    }

    /// Sorts by day, merges equal duplicates and refuses those that disagree.
    pub(super) fn build(mut self) -> Result<RateTable, Error> {
        for series in &mut self.series {
            if series.observations.is_sorted_by(|a, b| a.date > b.date) {
                series.observations.reverse();
            } else {
                series.observations.sort_by_key(|observation| (observation.date, observation.line));
            }
            let conflict =
                series.observations.iter().zip(series.observations.iter().skip(1)).find(|(a, b)| a.date == b.date && a.rate != b.rate);
            if let Some((first, second)) = conflict {
                let kind = ErrorKind::ConflictingRates {
                    pair: series.pair.to_string(),
                    date: first.date,
                    first: first.rate.to_string(),
                    first_line: u64::from(first.line),
                    second: second.rate.to_string(),
                };
                let location = Location { source: self.file, line: Some(u64::from(second.line)), column: None };
                return Err(Error::from(kind).at(location));
            }
            series.observations.dedup_by_key(|observation| observation.date);
        }
        Ok(RateTable { source: self.source, series: self.series, by_pair: self.by_pair })
    }
}
