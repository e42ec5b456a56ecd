//! The table: series of dated observations by pair, each with the line it came from.

use super::average::PeriodRate;
use super::days::day_order;
use super::formats::Format;
use super::info::Duplicate;
use super::keys::{KeyMap, PairKey};
use super::legal;
use super::lookup::{Lookup, OnMissing};
use super::periods::PeriodSeries;
use super::series::Series;
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
    /// The pairs with one way only, found at the first lookup; none in a table of very many currencies.
    pub(super) routes: OnceLock<KeyMap<Route>>,
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

/// What is published between two currencies, seen from one of them.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Link {
    /// The series in this direction.
    pub(super) published: Option<u32>,
    /// The series in the other direction.
    pub(super) reversed: Option<u32>,
    /// The last day on which both currencies stood on their own: later a legal ratio serves.
    pub(super) last_day: Date,
}

/// A currency of the table.
#[derive(Debug, Clone, Default)]
pub(super) struct Node {
    /// The last day before its successor's legal ratio serves.
    pub(super) last_day: Date,
    /// What it is published against, in the order of the series.
    pub(super) neighbours: Vec<Neighbour>,
    only: Option<OnlyLink>,
}

/// A currency that another one is published against.
#[derive(Debug, Clone, Copy)]
pub(super) struct Neighbour {
    pub(super) currency: Currency,
    pub(super) link: Link,
}

/// The one way out of a currency that is published against one other, in one direction.
#[derive(Debug, Clone, Copy)]
struct OnlyLink {
    to: Currency,
    series: u32,
    /// Whether the currency is the base of the pair.
    forward: bool,
}

/// A series, and whether it is gone through from its base to its quote.
#[derive(Debug, Clone, Copy)]
pub(super) struct Way<'t> {
    pub(super) series: &'t Series,
    pub(super) forward: bool,
}

/// The only way between two currencies, as one look gives it.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Route {
    first: u32,
    /// `u32::MAX` for none.
    second: u32,
    /// The [`day_order`] of the last day on which both currencies stood on their own; [`NEVER`] while both do.
    last_day: i32,
    forward: [bool; 2],
}

/// After every [`day_order`].
const NEVER: i32 = i32::MAX;

/// The most currencies whose pairs are all looked for beforehand: more than any table has, and some sixty thousand pairs.
const MAX_ROUTED: usize = 256;

impl Link {
    /// The same link seen from the other currency.
    pub(super) fn flipped(self) -> Link {
        Link { published: self.reversed, reversed: self.published, ..self }
    }
}

impl Route {
    fn between((base, from): (Currency, &Node), (quote, to): (Currency, &Node)) -> Option<Route> {
        let last_day = from.last_day.min(to.last_day);
        let last_day = if last_day == Date::MAX { NEVER } else { day_order(last_day) };
        match (from.only, to.only) {
            _ if base == quote => None,
            (Some(first), Some(last)) if first.to == last.to => {
                Some(Route { first: first.series, second: last.series, last_day, forward: [first.forward, !last.forward] })
            }
            (Some(first), _) if first.to == quote => {
                Some(Route { first: first.series, second: u32::MAX, last_day, forward: [first.forward, false] })
            }
            (_, Some(last)) if last.to == base => {
                Some(Route { first: last.series, second: u32::MAX, last_day, forward: [!last.forward, false] })
            }
            _ => None,
        }
    }
}

impl Node {
    fn new(last_day: Date, neighbours: Vec<Neighbour>) -> Node {
        let only = match neighbours.as_slice() {
            [Neighbour { currency: to, link: Link { published: Some(series), reversed: None, .. } }] => Some((*to, *series, true)),
            [Neighbour { currency: to, link: Link { published: None, reversed: Some(series), .. } }] => Some((*to, *series, false)),
            _ => None,
        };
        Node { last_day, neighbours, only: only.map(|(to, series, forward)| OnlyLink { to, series, forward }) }
    }
}

impl RateTable {
    /// The name of the source, as it stands in results; of several, the first.
    ///
    /// ```
    /// use tieout::RateTable;
    ///
    /// let table = RateTable::read("date,base,quote,rate\n2023-05-26,EUR,USD,1.0751\n2023-05-26,EUR,CNY,7.5874\n".as_bytes(), "rates.csv")?;
    /// assert_eq!(table.source(), "rates.csv");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn source(&self) -> &str {
        &self.source
    }

    /// The pairs that are published, in the order of the file and of the sources, each once.
    ///
    /// ```
    /// use tieout::RateTable;
    ///
    /// let table = RateTable::read("date,base,quote,rate\n2023-05-26,EUR,USD,1.0751\n2023-05-26,EUR,CNY,7.5874\n".as_bytes(), "rates.csv")?;
    /// assert_eq!(table.pairs().map(|pair| pair.to_string()).collect::<Vec<_>>(), ["EUR/USD", "EUR/CNY"]);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
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
    ///
    /// ```
    /// use tieout::RateTable;
    ///
    /// let table = RateTable::read("date,base,quote,rate\n2023-05-26,EUR,USD,1.0751\n2023-05-26,EUR,CNY,7.5874\n".as_bytes(), "rates.csv")?;
    /// assert_eq!(table.observations("EUR/USD".parse()?)[0].rate.to_string(), "1.0751");
    /// assert!(table.observations("USD/EUR".parse()?).is_empty());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
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
            let series = table.at(link.published?)?;
            if lookup.on_missing == OnMissing::Previous {
                return series.previous(on, *lookup);
            }
            // A point on a line is not published.
            series.find(on, *lookup).filter(|found| !found.on_line).map(|found| found.observation)
        })
    }

    /// The averages, closings and rates fixed for a period that a pair is published with, in the order of their periods.
    ///
    /// ```
    /// use tieout::RateTable;
    ///
    /// let csv = "date,base,quote,rate,kind\n2024-03,GBP,USD,1.2712,average\n";
    /// let table = RateTable::read(csv.as_bytes(), "rates.csv")?;
    /// assert_eq!(table.period_rates("GBP/USD".parse()?)[0].rate.to_string(), "1.2712");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn period_rates(&self, pair: CurrencyPair) -> &[PeriodRate] {
        let of = |table: &'_ RateTable| table.periods.iter().position(|series| series.pair == pair);
        self.sources().find_map(|table| table.periods.get(of(table)?)).map_or(&[], |series| &series.rates)
    }

    /// Whether any published pair has this currency.
    ///
    /// ```
    /// use tieout::{Currency, RateTable};
    ///
    /// let table = RateTable::read("date,base,quote,rate\n2023-05-26,EUR,USD,1.0751\n2023-05-26,EUR,CNY,7.5874\n".as_bytes(), "rates.csv")?;
    /// assert!(table.has(Currency::CNY) && !table.has(Currency::JPY));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
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
    /// assert!(rate.legs().all(|leg| leg.source == "theirs.csv"));
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

    /// Whether this is one source, and each observation the rate of one day.
    #[cfg(feature = "batch")]
    pub(crate) fn is_plain(&self) -> bool {
        self.fallback.is_none() && self.series.iter().all(|series| series.until.is_empty())
    }

    /// Reads what is read when it is first asked for: faster all at once than series by series.
    #[cfg(all(feature = "batch", feature = "ecb"))]
    pub(crate) fn read_all(&self) {
        super::series::read_all(&self.series);
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

    /// The one chain that can give a pair up to a day, of one leg or two: where one end is published against the other
    /// alone, or both against the same pivot alone. `None` where there is a choice.
    #[inline(always)]
    pub(super) fn only_way(&self, pair: CurrencyPair, until: Date) -> Option<(Way<'_>, Option<Way<'_>>)> {
        let routes = self.routes.get_or_init(|| self.find_routes());
        let route = routes.get(PairKey::of(pair)).filter(|route| route.last_day == NEVER || day_order(until) <= route.last_day)?;
        let [first, second] = route.forward;
        let first = Way { series: self.at(route.first)?, forward: first };
        if route.second == u32::MAX {
            return Some((first, None));
        }
        Some((first, Some(Way { series: self.at(route.second)?, forward: second })))
    }

    fn find_routes(&self) -> KeyMap<Route> {
        let currencies: Vec<(Currency, &Node)> = self.currencies().filter_map(|currency| Some((currency, self.node(currency)?))).collect();
        let pairs =
            currencies.iter().filter(|_| currencies.len() <= MAX_ROUTED).flat_map(|base| currencies.iter().map(move |quote| (base, quote)));
        let routes =
            pairs.filter_map(|(base, quote)| Some((PairKey::of(CurrencyPair::new(base.0, quote.0)), Route::between(*base, *quote)?)));
        KeyMap::of(routes.collect::<Vec<_>>().into_iter())
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
        let mut neighbours: HashMap<Currency, Vec<Neighbour>> = HashMap::new();
        for pair in self.series.iter().flat_map(|series| [series.pair, series.pair.inverse()]) {
            let Some(link) = links.get(&pair).copied() else { continue };
            let known = neighbours.entry(pair.base).or_default();
            if !known.iter().any(|neighbour| neighbour.currency == pair.quote) {
                known.push(Neighbour { currency: pair.quote, link });
            }
        }
        let node = |(currency, neighbours)| (PairKey::one(currency), Node::new(legal::last_day(currency), neighbours));
        self.links = KeyMap::of(links.into_iter().map(|(pair, link)| (PairKey::of(pair), link)));
        self.nodes = KeyMap::of(neighbours.into_iter().map(node));
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
            routes: OnceLock::new(),
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
