//! What does one currency cost in another? Published pairs, their inverses and chains of them: exact.
//!
//! Which chain serves is decided in this order, so that the same table always gives the same rate:
//!
//! 1. a currency that has ended is first taken to its successor, at the ratio of the law;
//! 2. the pair as it is published, before anything derived;
//! 3. of what can be derived, the chain whose farthest leg is nearest to the day;
//! 4. of those the shortest: the inverse, a cross through one pivot, a longer chain;
//! 5. of those the one that comes first in the table.

use super::chain::{self, Step};
use super::days::days_between;
use super::legal;
use super::lookup::{Lookup, OnMissing};
use super::table::{Link, Neighbour, Node, Observation, RateTable};
use crate::currency::CurrencyPair;
use crate::error::{Error, ErrorKind};
use crate::exact::Ratio;
use jiff::civil::Date;
use rust_decimal::Decimal;

/// One published rate in the chain that gives a [`Rate`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Leg<'t> {
    /// The pair as it is published: one unit of its base costs `rate` units of its quote.
    pub pair: CurrencyPair,
    /// The rate as published.
    pub rate: Decimal,
    /// The day it is of; of a legal ratio, the day asked for.
    pub date: Date,
    /// Its source; "legal conversion rate" for the fixed ratio of an ended currency to its successor.
    pub source: &'t str,
    /// Its line in the file, from 1; 0 for a legal ratio, which stands in none.
    pub line: u32,
    /// For an interpolated rate, the observation at the later end of the line that `rate` begins.
    pub next: Option<&'t Observation>,
}

/// The legs in place; a chain of more than two is rare enough to allocate.
#[derive(Debug, Clone)]
enum Legs<'t> {
    One([Leg<'t>; 1]),
    Two([Leg<'t>; 2]),
    Many(Box<[Leg<'t>]>),
}

impl<'t> Legs<'t> {
    fn as_slice(&self) -> &[Leg<'t>] {
        match self {
            Legs::One(legs) => legs,
            Legs::Two(legs) => legs,
            Legs::Many(legs) => legs,
        }
    }
}

/// What one unit of the base costs in the quote, and from which published rates that follows.
///
/// The value is the exact quotient of published numbers; see [`RateTable::rate`].
#[derive(Debug, Clone)]
pub struct Rate<'t> {
    pair: CurrencyPair,
    asked: Date,
    on_missing: OnMissing,
    legs: Legs<'t>,
}

impl PartialEq for Rate<'_> {
    fn eq(&self, other: &Self) -> bool {
        let key = |rate: &Self| (rate.pair, rate.asked, rate.on_missing);
        key(self) == key(other) && self.legs() == other.legs()
    }
}

impl<'t> Rate<'t> {
    /// The rate of a day that one published rate gives.
    pub(super) fn of_leg(pair: CurrencyPair, asked: Date, leg: Leg<'t>) -> Rate<'t> {
        Rate { pair, asked, on_missing: OnMissing::default(), legs: Legs::One([leg]) }
    }

    /// The direction: one unit of `base` costs [`value`](Rate::value) units of `quote`.
    pub fn pair(&self) -> CurrencyPair {
        self.pair
    }

    /// The day that was asked for.
    pub fn asked(&self) -> Date {
        self.asked
    }

    /// The day of the rate: of the older leg; the day asked for when both currencies are one.
    pub fn date(&self) -> Date {
        self.legs().iter().map(|leg| leg.date).min().unwrap_or(self.asked)
    }

    /// How many days older than asked for the rate is; negative for a later one, under [`OnMissing::Next`].
    pub fn age_days(&self) -> i64 {
        i64::from(days_between(self.date(), self.asked))
    }

    /// The policy that chose a rate of another day; it was not needed when [`age_days`](Rate::age_days) is 0.
    pub fn on_missing(&self) -> OnMissing {
        self.on_missing
    }

    /// Whether a leg lies on the line between two published rates instead of being one.
    pub fn is_interpolated(&self) -> bool {
        self.legs().iter().any(|leg| leg.next.is_some())
    }

    /// The published rates it came from, in the order of the chain from base to quote; none when both are one.
    pub fn legs(&self) -> &[Leg<'t>] {
        self.legs.as_slice()
    }

    /// The exact value.
    pub fn value(&self) -> Ratio {
        self.fraction().unwrap_or_else(|| self.wide_value())
    }

    /// The value where every step stays within 127 bits: the common case, without an allocation.
    fn fraction(&self) -> Option<Ratio> {
        let (mut num, mut den, mut scale, mut from) = (1_i128, 1_i128, 0_i32, self.pair.base);
        for leg in self.legs() {
            if leg.next.is_some() {
                return None;
            }
            let places = i32::try_from(leg.rate.scale()).ok()?;
            if leg.pair.base == from {
                (num, scale, from) = (num.checked_mul(leg.rate.mantissa())?, scale - places, leg.pair.quote);
            } else {
                (den, scale, from) = (den.checked_mul(leg.rate.mantissa())?, scale + places, leg.pair.base);
            }
        }
        let power = 10_i128.checked_pow(scale.unsigned_abs())?;
        let side = if scale < 0 { &mut den } else { &mut num };
        *side = side.checked_mul(power)?;
        Ratio::new(num, den)
    }

    fn wide_value(&self) -> Ratio {
        let mut from = self.pair.base;
        self.legs().iter().fold(Ratio::ONE, |value, leg| {
            let rate = leg.value_on(self.asked);
            if leg.pair.base == from {
                from = leg.pair.quote;
                &value * &rate
            } else {
                from = leg.pair.base;
                // OK because a published rate is positive, and so is what lies between two of them.
                value.checked_div(&rate).unwrap_or(Ratio::ZERO)
            }
        })
    }
}

impl Leg<'_> {
    /// The rate of the leg: as published, or on the line to the next observation.
    fn value_on(&self, asked: Date) -> Ratio {
        let Some(next) = self.next else { return Ratio::from(self.rate) };
        let days = |to: Date| Ratio::from(i64::from(days_between(self.date, to)));
        let slope = (&Ratio::from(next.rate) - &Ratio::from(self.rate)).checked_div(&days(next.date));
        // OK because the next observation is of a later day, so the line has a slope.
        slope.map_or(Ratio::from(self.rate), |slope| &Ratio::from(self.rate) + &(&slope * &days(asked)))
    }
}

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
    /// let sources: Vec<&str> = rate.legs().iter().map(|leg| leg.source).collect();
    /// assert_eq!(sources, ["legal conversion rate", "rates.csv"]);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[inline]
    pub fn rate(&self, pair: CurrencyPair, on: Date, lookup: &Lookup) -> Result<Rate<'_>, Error> {
        match self.find(pair, on, *lookup) {
            Some(rate) => Ok(rate),
            None => Err(self.missing(pair, on, *lookup)),
        }
    }

    /// The rate from the first source that has one.
    #[inline]
    pub(super) fn find(&self, pair: CurrencyPair, on: Date, lookup: Lookup) -> Option<Rate<'_>> {
        match self.published_leg(pair, on, lookup) {
            Some(leg) => Some(Rate { pair, asked: on, on_missing: lookup.on_missing, legs: Legs::One([leg]) }),
            None => self.sources().find_map(|table| table.find_here(pair, on, lookup)),
        }
    }

    /// The pair as it is published, while both currencies stand: by far the commonest question.
    #[inline]
    fn published_leg(&self, pair: CurrencyPair, on: Date, lookup: Lookup) -> Option<Leg<'_>> {
        let link = self.link(pair).filter(|link| on <= link.last_day && lookup.on_missing == OnMissing::Previous)?;
        let series = self.at(link.published?)?;
        let (observation, date, _) = series.previous(on, lookup)?;
        Some(Leg { pair, rate: observation.rate, date, source: &self.source, line: observation.line, next: None })
    }

    pub(super) fn find_here(&self, pair: CurrencyPair, on: Date, lookup: Lookup) -> Option<Rate<'_>> {
        let rate = |legs| Rate { pair, asked: on, on_missing: lookup.on_missing, legs };
        if pair.base == pair.quote {
            return Some(rate(Legs::Many(Box::default())));
        }
        let (base, quote) = (self.node(pair.base), self.node(pair.quote));
        let stands = |node: &&Node| on <= node.last_day;
        if let (Some(base), Some(quote)) = (base.filter(stands), quote.filter(stands)) {
            return self.derived(pair, [base, quote], on, lookup).map(rate);
        }
        let legal = self.through_successors(pair, on, lookup);
        legal.or_else(|| self.derived(pair, [base?, quote?], on, lookup)).map(rate)
    }

    /// The chain that begins or ends with legal ratios; `None` where both currencies still stand, or where the table
    /// says nothing of what they have become.
    fn through_successors(&self, pair: CurrencyPair, on: Date, lookup: Lookup) -> Option<Legs<'_>> {
        let (mut legs, base) = legal::successors(pair.base, on);
        let (last, quote) = legal::successors(pair.quote, on);
        if legs.is_empty() && last.is_empty() {
            return None;
        }
        if base != quote {
            let nodes = [self.node(base)?, self.node(quote)?];
            legs.extend_from_slice(self.derived(CurrencyPair::new(base, quote), nodes, on, lookup)?.as_slice());
        }
        legs.extend(last.into_iter().rev());
        Some(Legs::Many(legs.into()))
    }

    /// The chain of published rates between two currencies, which differ.
    fn derived(&self, pair: CurrencyPair, nodes: [&Node; 2], on: Date, lookup: Lookup) -> Option<Legs<'_>> {
        let link = self.link(pair);
        if let Some(direct) = link.and_then(|link| self.leg(link.published?, on, lookup)) {
            return Some(Legs::One([direct.leg]));
        }
        let inverse = link.and_then(|link| self.leg(link.reversed?, on, lookup));
        let inverse = inverse.map(|step| Short { distance: step.distance, legs: Legs::One([step.leg]) });
        if inverse.as_ref().is_some_and(|inverse| inverse.distance == 0) {
            return inverse.map(|inverse| inverse.legs);
        }
        let short = nearer(inverse, self.cross(pair, nodes, on, lookup));
        let farthest = short.as_ref().map_or(i32::MAX, |short| short.distance);
        if farthest == 0 || !self.could_be_nearer(nodes, farthest, on, lookup) {
            return short.map(|short| short.legs);
        }
        match chain::nearest(self, pair, on, lookup, farthest) {
            Some(legs) => Some(Legs::Many(legs.into())),
            None => short.map(|short| short.legs),
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
            let Some(first) = first.and_then(|link| self.step(&link, on, lookup)) else { continue };
            let Some(second) = second.and_then(|link| self.step(&link, on, lookup)) else { continue };
            let distance = first.distance.max(second.distance);
            if best.as_ref().is_none_or(|(least, series, _)| (distance, first.series) < (*least, *series)) {
                best = Some((distance, first.series, Short { distance, legs: Legs::Two([first.leg, second.leg]) }));
            }
        }
        best.map(|(_, _, short)| short)
    }

    /// Whether some chain could be nearer than so many days: both ends need a leg that is. The end with fewer legs is
    /// looked at first.
    fn could_be_nearer(&self, [base, quote]: [&Node; 2], than: i32, on: Date, lookup: Lookup) -> bool {
        let nearer = |neighbour: &Neighbour| self.step(&neighbour.link, on, lookup).is_some_and(|step| step.distance < than);
        let (few, many) = if base.neighbours.len() <= quote.neighbours.len() { (base, quote) } else { (quote, base) };
        few.neighbours.iter().any(nearer) && many.neighbours.iter().any(nearer)
    }

    /// The observation between two currencies, in whichever direction is nearer; of equals, as published.
    pub(super) fn step(&self, link: &Link, on: Date, lookup: Lookup) -> Option<Step<'_>> {
        let published = link.published.and_then(|series| self.leg(series, on, lookup));
        let reversed = link.reversed.and_then(|series| self.leg(series, on, lookup));
        match (published, reversed) {
            (Some(published), Some(reversed)) if reversed.distance < published.distance => Some(reversed),
            (published, reversed) => published.or(reversed),
        }
    }

    #[inline]
    fn leg(&self, series: u32, on: Date, lookup: Lookup) -> Option<Step<'_>> {
        let of = self.at(series)?;
        let found = of.find(on, lookup)?;
        let Observation { rate, line, .. } = *found.observation;
        let leg = Leg { pair: of.pair, rate, date: found.date, source: &self.source, line, next: found.next };
        Some(Step { leg, distance: found.distance, series })
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
        (before, after.and_then(|rate| rate.legs().iter().map(|leg| leg.date).max()))
    }
}

/// A chain of one or two legs, and how far its farther leg is.
struct Short<'t> {
    distance: i32,
    legs: Legs<'t>,
}

/// The nearer of two chains; of equals the first.
fn nearer<'t>(first: Option<Short<'t>>, second: Option<Short<'t>>) -> Option<Short<'t>> {
    match (&first, &second) {
        (Some(a), Some(b)) if b.distance < a.distance => second,
        (None, _) => second,
        _ => first,
    }
}
