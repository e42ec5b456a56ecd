//! The table: series of dated observations by pair, each with the line it came from.

use super::average::PeriodRate;
use super::days::{DayIndex, days_between};
use super::formats::Format;
use super::info::Duplicate;
use super::keys::{KeyMap, PairKey};
use super::legal;
use super::lookup::{Lookup, OnMissing};
use crate::currency::{Currency, CurrencyPair};
use jiff::civil::Date;
use rust_decimal::Decimal;
use std::collections::HashMap;
use std::fmt;
use std::sync::{Arc, OnceLock};

/// Dated exchange rates from one source, or from several in order of priority. The default table is empty.
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
    pub(super) source: Arc<str>,
    pub(super) file: Arc<str>,
    pub(super) format: Option<Format>,
    pub(super) series: Vec<Series>,
    pub(super) links: KeyMap<Link>,
    pub(super) nodes: KeyMap<Node>,
    pub(super) periods: Vec<PeriodSeries>,
    pub(super) duplicates: Vec<Duplicate>,
    /// How many prices of other things than currencies the file has.
    pub(super) passed_over: usize,
    pub(super) fallback: Option<Arc<RateTable>>,
}

/// One published rate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Observation {
    /// The day it is of; of a rate that is fixed for a period, the first day.
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
    /// The last day of each observation's period; empty where every observation is of one day.
    pub(super) until: Vec<Date>,
    /// The places of the days, counted at the first lookup; `None` inside where a search serves better.
    index: OnceLock<Option<DayIndex>>,
}

/// The averages, closings and period rates that one pair is published with, in the order of their periods.
#[derive(Debug, Clone)]
pub(super) struct PeriodSeries {
    pub(super) pair: CurrencyPair,
    pub(super) rates: Vec<PeriodRate>,
}

/// What is published between two currencies, seen from one of them.
#[derive(Debug, Clone, Copy)]
pub(super) struct Link {
    /// The series in this direction.
    pub(super) published: Option<u32>,
    /// The series in the other direction.
    pub(super) reversed: Option<u32>,
    /// The last day on which both currencies stood on their own: later a legal ratio serves.
    pub(super) last_day: Date,
}

/// A currency of the table.
#[derive(Debug, Clone)]
pub(super) struct Node {
    /// The last day before its successor's legal ratio serves.
    pub(super) last_day: Date,
    /// What it is published against, in the order of the series.
    pub(super) neighbours: Vec<Neighbour>,
}

/// A currency that another one is published against.
#[derive(Debug, Clone, Copy)]
pub(super) struct Neighbour {
    pub(super) currency: Currency,
    pub(super) link: Link,
}

/// An observation that serves a day.
#[derive(Debug, Clone, Copy)]
pub(super) struct Found<'t> {
    pub(super) observation: &'t Observation,
    /// The day it is of: the day asked for, if its period covers that.
    pub(super) date: Date,
    /// The later end of the straight line, for an interpolated rate.
    pub(super) next: Option<&'t Observation>,
    /// How many days away it is: of an interpolated one the farther end.
    pub(super) distance: i32,
}

impl Link {
    /// The same link seen from the other currency.
    pub(super) fn flipped(self) -> Link {
        Link { published: self.reversed, reversed: self.published, ..self }
    }
}

impl<'t> Found<'t> {
    #[inline]
    fn own((observation, date, distance): (&'t Observation, Date, i32)) -> Found<'t> {
        Found { observation, date, next: None, distance }
    }
}

impl Series {
    /// A series of observations in order, one a day; `until` is empty or has the last day of each.
    pub(super) fn new(pair: CurrencyPair, observations: Vec<Observation>, until: Vec<Date>) -> Series {
        Series { pair, observations, until, index: OnceLock::new() }
    }

    /// How many observations stand on or before a day.
    #[inline]
    pub(super) fn rank(&self, on: Date) -> usize {
        match self.index.get_or_init(|| DayIndex::of(self.observations.iter().map(|observation| observation.date))) {
            Some(index) => index.rank(on),
            None => self.observations.partition_point(|observation| observation.date <= on),
        }
    }

    /// The last observation on or before a day, and the day it is of.
    #[inline]
    pub(super) fn last_on_or_before(&self, on: Date) -> Option<(&Observation, Date)> {
        let place = self.rank(on).checked_sub(1)?;
        let observation = self.observations.get(place)?;
        let date = match self.until.get(place) {
            None => observation.date,
            Some(until) => on.min(*until),
        };
        Some((observation, date))
    }

    /// The last observation on or before a day that is not too old, the day it is of, and how many days that is away.
    #[inline]
    pub(super) fn previous(&self, on: Date, lookup: Lookup) -> Option<(&Observation, Date, i32)> {
        let (observation, date) = self.last_on_or_before(on)?;
        let distance = if date == on { 0 } else { days_between(date, on) };
        lookup.reaches(distance).then_some((observation, date, distance))
    }

    /// The first observation after a day.
    pub(super) fn first_after(&self, on: Date) -> Option<&Observation> {
        self.observations.get(self.rank(on))
    }

    /// The observation that serves a day.
    #[inline]
    pub(super) fn find(&self, on: Date, lookup: Lookup) -> Option<Found<'_>> {
        if lookup.on_missing == OnMissing::Previous {
            return self.previous(on, lookup).map(Found::own);
        }
        self.find_around(on, lookup)
    }

    /// The observation that serves a day under the policies that look at what comes after it.
    fn find_around(&self, on: Date, lookup: Lookup) -> Option<Found<'_>> {
        let before = self.previous(on, lookup).map(Found::own);
        if before.is_some_and(|found| found.distance == 0) {
            return before;
        }
        let (backward, forward) = lookup.on_missing.looks();
        let before = before.filter(|_| backward);
        let after = self.first_after(on).filter(|_| forward).map(|observation| Found {
            observation,
            date: observation.date,
            next: None,
            distance: days_between(on, observation.date),
        });
        let after = after.filter(|found| lookup.reaches(found.distance));
        match (before, after) {
            // A period rate stands still until its period ends: there is no line to draw from it.
            (Some(before), Some(after)) if lookup.on_missing == OnMissing::Interpolate => self.until.is_empty().then_some(Found {
                next: Some(after.observation),
                distance: before.distance.max(after.distance),
                ..before
            }),
            _ if lookup.on_missing == OnMissing::Interpolate => None,
            (Some(before), Some(after)) if after.distance < before.distance => Some(after),
            (before, after) => before.or(after),
        }
    }
}

impl RateTable {
    /// The name of the source, as it stands in results; of several, the first.
    pub fn source(&self) -> &str {
        &self.source
    }

    /// The pairs that are published, in the order of the file and of the sources, each once.
    pub fn pairs(&self) -> impl Iterator<Item = CurrencyPair> {
        let mut earlier: Vec<&RateTable> = Vec::new();
        let mut pairs = Vec::new();
        for table in self.sources() {
            let new = |pair: &CurrencyPair| !earlier.iter().any(|table| table.series_of(*pair).is_some());
            pairs.extend(table.series.iter().map(|series| series.pair).filter(new));
            earlier.push(table);
        }
        pairs.into_iter()
    }

    /// The published observations of a pair, oldest first; nothing for a pair that could only be derived. Of several
    /// sources, those of the first that publishes the pair.
    pub fn observations(&self, pair: CurrencyPair) -> &[Observation] {
        self.sources().find_map(|table| table.series_of(pair)).map_or(&[], |series| &series.observations)
    }

    /// The published observation that serves a day, by the same rules as [`rate`](RateTable::rate) but without deriving
    /// any: neither inverse nor cross nor legal ratio. The least that a lookup can cost.
    ///
    /// ```
    /// use tieout::{Lookup, RateTable};
    ///
    /// let table = RateTable::read("date,base,quote,rate\n2023-05-26,EUR,USD,1.0751\n".as_bytes(), "rates.csv")?;
    /// let sunday = table.published("EUR/USD".parse()?, "2023-05-28".parse()?, &Lookup::default());
    /// assert_eq!(sunday.map(|observation| observation.date.to_string()).as_deref(), Some("2023-05-26"));
    /// assert_eq!(table.published("USD/EUR".parse()?, "2023-05-28".parse()?, &Lookup::default()), None);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[inline]
    pub fn published(&self, pair: CurrencyPair, on: Date, lookup: &Lookup) -> Option<&Observation> {
        self.sources().find_map(|table| {
            let link = table.link(pair).filter(|link| on <= link.last_day)?;
            let found = table.at(link.published?)?.find(on, *lookup)?;
            // A point on a line is not published.
            found.next.is_none().then_some(found.observation)
        })
    }

    /// The averages, closings and rates fixed for a period that a pair is published with, in the order of their periods.
    pub fn period_rates(&self, pair: CurrencyPair) -> &[PeriodRate] {
        let of = |table: &'_ RateTable| table.periods.iter().position(|series| series.pair == pair);
        self.sources().find_map(|table| table.periods.get(of(table)?)).map_or(&[], |series| &series.rates)
    }

    /// Whether any published pair has this currency.
    pub fn has(&self, currency: Currency) -> bool {
        let in_period = |table: &RateTable| table.periods.iter().any(|s| s.pair.base == currency || s.pair.quote == currency);
        self.sources().any(|table| table.node(currency).is_some() || in_period(table))
    }

    /// This table first, another where this one has no answer.
    ///
    /// A rate comes whole from one source: no cross takes one leg from each, as their fixings are of different hours.
    ///
    /// ```
    /// use tieout::{CurrencyPair, Lookup, RateTable};
    ///
    /// let ours = RateTable::read("date,base,quote,rate\n2024-03-01,USD,KES,144.5\n".as_bytes(), "ours.csv")?;
    /// let theirs = RateTable::read("date,base,quote,rate\n2024-03-01,EUR,USD,1.0813\n".as_bytes(), "theirs.csv")?;
    /// let both = ours.with_fallback(theirs);
    /// let rate = both.rate("EUR/USD".parse()?, "2024-03-01".parse()?, &Lookup::default())?;
    /// assert_eq!(rate.legs()[0].source, "theirs.csv");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn with_fallback(mut self, fallback: RateTable) -> RateTable {
        let below = match self.fallback.take() {
            Some(next) => Arc::unwrap_or_clone(next).with_fallback(fallback),
            None => fallback,
        };
        self.fallback = Some(Arc::new(below));
        self
    }

    /// The table of each source, in order of priority; each is the head of those after it.
    pub(super) fn sources(&self) -> impl Iterator<Item = &RateTable> {
        std::iter::successors(Some(self), |table| table.fallback.as_deref())
    }

    /// What is published between two currencies, seen from the base.
    #[inline]
    pub(super) fn link(&self, pair: CurrencyPair) -> Option<&Link> {
        self.links.get(PairKey::of(pair))
    }

    #[inline]
    pub(super) fn node(&self, currency: Currency) -> Option<&Node> {
        self.nodes.get(PairKey::one(currency))
    }

    #[inline]
    pub(super) fn at(&self, series: u32) -> Option<&Series> {
        self.series.get(series as usize)
    }

    fn series_of(&self, pair: CurrencyPair) -> Option<&Series> {
        self.at(self.link(pair)?.published?)
    }

    /// Links the currencies that the series are of.
    pub(super) fn link_currencies(&mut self) {
        let mut links: HashMap<CurrencyPair, Link> = HashMap::new();
        for (place, pair) in self.series.iter().map(|series| series.pair).enumerate() {
            let place = u32::try_from(place).ok();
            let last_day = legal::last_day(pair.base).min(legal::last_day(pair.quote));
            let none = Link { published: None, reversed: None, last_day };
            links.entry(pair).or_insert(none).published = place;
            links.entry(pair.inverse()).or_insert(none).reversed = place;
        }
        let mut nodes: HashMap<Currency, Node> = HashMap::new();
        for pair in self.series.iter().flat_map(|series| [series.pair, series.pair.inverse()]) {
            let Some(link) = links.get(&pair).copied() else { continue };
            let none = || Node { last_day: legal::last_day(pair.base), neighbours: Vec::new() };
            let node = nodes.entry(pair.base).or_insert_with(none);
            if !node.neighbours.iter().any(|neighbour| neighbour.currency == pair.quote) {
                node.neighbours.push(Neighbour { currency: pair.quote, link });
            }
        }
        self.links = KeyMap::of(links.into_iter().map(|(pair, link)| (PairKey::of(pair), link)));
        self.nodes = KeyMap::of(nodes.into_iter().map(|(currency, node)| (PairKey::one(currency), node)));
    }
}

impl Default for RateTable {
    fn default() -> RateTable {
        RateTable {
            source: Arc::from(""),
            file: Arc::from(""),
            format: None,
            series: Vec::new(),
            links: KeyMap::default(),
            nodes: KeyMap::default(),
            periods: Vec::new(),
            duplicates: Vec::new(),
            passed_over: 0,
            fallback: None,
        }
    }
}

impl fmt::Debug for RateTable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RateTable").field("source", &self.source).field("pairs", &self.series.len()).finish_non_exhaustive()
    }
}
