//! What does one currency cost in another? Published pairs, their inverses and chains of them: exact.
//!
//! Which chain serves is decided in this order, so that the same table always gives the same rate:
//!
//! 1. a currency that has ended is first taken to its successor, at the ratio of the law;
//! 2. the pair as it is published, before anything derived;
//! 3. of what can be derived, the chain whose farthest leg is nearest to the day;
//! 4. of those the shortest: the inverse, a cross through one pivot, a longer chain;
//! 5. of those the one that comes first in the table.

use super::chain::{self, Hop};
use super::legal;
use super::lookup::{Lookup, OnMissing};
use super::rate::{Chain, Rate, Step};
use super::series::{Found, Series};
use super::table::{Link, Neighbour, Node, Observation, RateTable, Way};
use crate::currency::CurrencyPair;
use crate::error::{Error, ErrorKind};
use jiff::civil::Date;

impl RateTable {
    /// The rate of a pair on a day: published, else derived from the newest legs, by the shortest chain of them.
    ///
    /// Each leg is the observation that the lookup's policy finds, by default the last on or before the day, and none
    /// may be farther away than it allows. From the first day after a currency's end its fixed legal ratio to the
    /// successor is a leg, before any older rate and whatever the age allowed.
    ///
    /// # Errors
    ///
    /// [`PairMissing`](ErrorKind::PairMissing) when the table does not hold one of the currencies;
    /// [`RateMissing`](ErrorKind::RateMissing), with the nearest days that have a rate, when none is recent enough.
    ///
    /// # Example: a currency that has ended
    ///
    /// ```
    /// use tieout::{Lookup, RateTable};
    ///
    /// let table = RateTable::read("date,base,quote,rate\n2024-01-05,EUR,USD,1.0921\n".as_bytes(), "rates.csv")?;
    /// let rate = table.rate("HRK/USD".parse()?, "2024-01-05".parse()?, &Lookup::default())?;
    /// let sources: Vec<&str> = rate.legs().map(|leg| leg.source).collect();
    /// assert_eq!(sources, ["legal conversion rate", "rates.csv"]);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    // Inlined, so that the chain stays in registers: as a result in memory it costs as much again.
    #[inline(always)]
    pub fn rate(&self, pair: CurrencyPair, on: Date, lookup: &Lookup) -> Result<Rate<'_>, Error> {
        match self.only_chain(pair, on, *lookup, Series::placed) {
            Some(chain) => Ok(Rate { pair, asked: on, on_missing: lookup.on_missing, chain }),
            None => self.find(pair, on, *lookup).ok_or_else(|| self.missing(pair, on, *lookup)),
        }
    }

    /// The rate from the first source that has one, also when the place of a day has not been counted or does not tell.
    #[inline(never)]
    pub(super) fn find(&self, pair: CurrencyPair, on: Date, lookup: Lookup) -> Option<Rate<'_>> {
        let only = self.only_chain(pair, on, lookup, Series::previous);
        let chain = only.or_else(|| self.sources().find_map(|table| table.any_chain(pair, on, lookup)))?;
        Some(Rate { pair, asked: on, on_missing: lookup.on_missing, chain })
    }

    /// The chain where there is no choice and nothing to weigh: by far the commonest question.
    #[inline(always)]
    fn only_chain<'t>(
        &'t self,
        pair: CurrencyPair,
        on: Date,
        lookup: Lookup,
        serves: impl Fn(&'t Series, Date, Lookup) -> Option<&'t Observation>,
    ) -> Option<Chain<'t>> {
        if lookup.on_missing != OnMissing::Previous {
            return None;
        }
        let step = |way: Way<'t>| Some(Step { series: way.series, observation: serves(way.series, on, lookup)? });
        let (first, second) = self.only_way(pair, on)?;
        let first = step(first)?;
        Some(match second {
            None => Chain::One([first]),
            Some(second) => Chain::Two([first, step(second)?]),
        })
    }

    /// The rate that this source alone has.
    pub(super) fn find_here(&self, pair: CurrencyPair, on: Date, lookup: Lookup) -> Option<Rate<'_>> {
        let only = self.only_chain(pair, on, lookup, Series::previous);
        let chain = only.or_else(|| self.any_chain(pair, on, lookup))?;
        Some(Rate { pair, asked: on, on_missing: lookup.on_missing, chain })
    }

    fn any_chain(&self, pair: CurrencyPair, on: Date, lookup: Lookup) -> Option<Chain<'_>> {
        if pair.base == pair.quote {
            return Some(Chain::Nothing);
        }
        let (base, quote) = (self.node(pair.base), self.node(pair.quote));
        let stands = |node: &&Node| on <= node.last_day;
        if let (Some(base), Some(quote)) = (base.filter(stands), quote.filter(stands)) {
            return self.derived(pair, [base, quote], on, lookup);
        }
        let legal = self.through_successors(pair, on, lookup);
        legal.or_else(|| self.derived(pair, [base?, quote?], on, lookup))
    }

    /// The chain that begins or ends with legal ratios; `None` where both currencies still stand, or where the table
    /// says nothing of what they have become.
    fn through_successors(&self, pair: CurrencyPair, on: Date, lookup: Lookup) -> Option<Chain<'_>> {
        let (first, base) = legal::successors(pair.base, on);
        let (last, quote) = legal::successors(pair.quote, on);
        if first.is_empty() && last.is_empty() {
            return None;
        }
        let between = if base == quote {
            Chain::Nothing
        } else {
            self.derived(CurrencyPair::new(base, quote), [self.node(base)?, self.node(quote)?], on, lookup)?
        };
        Some(Chain::Many(first.into_iter().chain(between.steps().iter().copied()).chain(last.into_iter().rev()).collect()))
    }

    /// The chain of published rates between two currencies, which differ.
    fn derived(&self, pair: CurrencyPair, nodes: [&Node; 2], on: Date, lookup: Lookup) -> Option<Chain<'_>> {
        let link = self.link(pair);
        if let Some(direct) = link.and_then(|link| self.hop(link.published?, on, lookup)) {
            return Some(Chain::One([direct.step]));
        }
        let inverse = link.and_then(|link| self.hop(link.reversed?, on, lookup));
        let inverse = inverse.map(|hop| Short { distance: hop.distance, chain: Chain::One([hop.step]) });
        if inverse.as_ref().is_some_and(|inverse| inverse.distance == 0) {
            return inverse.map(|inverse| inverse.chain);
        }
        let short = nearer(inverse, self.cross(pair, nodes, on, lookup));
        let farthest = short.as_ref().map_or(i32::MAX, |short| short.distance);
        if farthest == 0 || !self.could_be_nearer(nodes, farthest, on, lookup) {
            return short.map(|short| short.chain);
        }
        match chain::nearest(self, pair, on, lookup, farthest) {
            Some(steps) => Some(Chain::Many(steps.into())),
            None => short.map(|short| short.chain),
        }
    }

    /// The cross with the nearest legs; of equals, the one whose first leg comes first in the table.
    fn cross(&self, pair: CurrencyPair, [base, quote]: [&Node; 2], on: Date, lookup: Lookup) -> Option<Short<'_>> {
        // The pivots are those of the end that has fewer.
        let from_base = base.neighbours.len() <= quote.neighbours.len();
        let (near, far) = if from_base { (base, pair.quote) } else { (quote, pair.base) };
        let mut best: Option<(i32, u32, Short<'_>)> = None;
        for Neighbour { currency: pivot, link } in near.neighbours.iter().filter(|neighbour| neighbour.currency != far) {
            let (first, second) = if from_base {
                (Some(*link), self.link(CurrencyPair::new(*pivot, pair.quote)).copied())
            } else {
                (self.link(CurrencyPair::new(pair.base, *pivot)).copied(), Some(link.flipped()))
            };
            let Some(first) = first.and_then(|link| self.nearest_hop(&link, on, lookup)) else { continue };
            let Some(second) = second.and_then(|link| self.nearest_hop(&link, on, lookup)) else { continue };
            let distance = first.distance.max(second.distance);
            if best.as_ref().is_none_or(|(least, series, _)| (distance, first.series) < (*least, *series)) {
                best = Some((distance, first.series, Short { distance, chain: Chain::Two([first.step, second.step]) }));
            }
        }
        best.map(|(_, _, short)| short)
    }

    /// Whether some chain could be nearer than so many days: both ends need a leg that is. The end with fewer legs is
    /// looked at first.
    fn could_be_nearer(&self, [base, quote]: [&Node; 2], than: i32, on: Date, lookup: Lookup) -> bool {
        let nearer = |neighbour: &Neighbour| self.nearest_hop(&neighbour.link, on, lookup).is_some_and(|hop| hop.distance < than);
        let (few, many) = if base.neighbours.len() <= quote.neighbours.len() { (base, quote) } else { (quote, base) };
        few.neighbours.iter().any(nearer) && many.neighbours.iter().any(nearer)
    }

    /// The observation between two currencies, in whichever direction is nearer; of equals, as published.
    pub(super) fn nearest_hop(&self, link: &Link, on: Date, lookup: Lookup) -> Option<Hop<'_>> {
        let published = link.published.and_then(|series| self.hop(series, on, lookup));
        let reversed = link.reversed.and_then(|series| self.hop(series, on, lookup));
        match (published, reversed) {
            (Some(published), Some(reversed)) if reversed.distance < published.distance => Some(reversed),
            (published, reversed) => published.or(reversed),
        }
    }

    fn hop(&self, series: u32, on: Date, lookup: Lookup) -> Option<Hop<'_>> {
        let of = self.at(series)?;
        let Found { observation, distance, .. } = of.find(on, lookup)?;
        Some(Hop { step: Step { series: of, observation }, distance, series })
    }

    /// Why there is no rate, with the nearest days that have one.
    #[cold]
    fn missing(&self, pair: CurrencyPair, on: Date, lookup: Lookup) -> Error {
        let unknown = [pair.base, pair.quote].into_iter().find(|currency| !self.has(legal::successors(*currency, on).1));
        if let Some(currency) = unknown {
            return ErrorKind::PairMissing { pair: pair.to_string(), currency: currency.to_string() }.into();
        }
        let (before, after) = self.nearest(pair, on);
        let max_age_days = if lookup.on_missing == OnMissing::Error { 0 } else { lookup.max_age_days };
        ErrorKind::RateMissing { pair: pair.to_string(), asked: on.to_string(), max_age_days, before, after }.into()
    }

    /// The nearest days before and after that a rate could be of, however far they are.
    fn nearest(&self, pair: CurrencyPair, on: Date) -> (Option<Date>, Option<Date>) {
        let any = Lookup::within_days(u32::MAX);
        let before = self.find(pair, on, any).map(|rate| rate.date());
        let after = self.find(pair, on, any.on_missing(OnMissing::Next));
        (before, after.and_then(|rate| rate.legs().map(|leg| leg.date).max()))
    }
}

/// A chain of one or two legs, and how far its farther leg is.
struct Short<'t> {
    distance: i32,
    chain: Chain<'t>,
}

/// The nearer of two chains; of equals the first.
fn nearer<'t>(first: Option<Short<'t>>, second: Option<Short<'t>>) -> Option<Short<'t>> {
    match (&first, &second) {
        (Some(a), Some(b)) if b.distance < a.distance => second,
        (None, _) => second,
        _ => first,
    }
}
