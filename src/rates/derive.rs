//! What does one currency cost in another? Published pairs, their inverses and crosses through a pivot: exact.

use super::lookup::{Lookup, age_days, first_after, last_on_or_before};
use super::table::{Observation, RateTable};
use crate::currency::{Currency, CurrencyPair};
use crate::error::{Error, ErrorKind};
use crate::exact::Ratio;
use arrayvec::ArrayVec;
use jiff::civil::Date;
use rust_decimal::Decimal;

/// One published rate in the chain that gives a [`Rate`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Leg<'t> {
    /// The pair as it is published: one unit of its base costs `rate` units of its quote.
    pub pair: CurrencyPair,
    /// The rate as published.
    pub rate: Decimal,
    /// The day it is of.
    pub date: Date,
    /// Its source.
    pub source: &'t str,
    /// Its line in the file, from 1.
    pub line: u32,
}

/// What one unit of the base costs in the quote, and from which published rates that follows.
///
/// The value is the exact quotient of published numbers; see [`RateTable::rate`].
#[derive(Debug, Clone, PartialEq)]
pub struct Rate<'t> {
    pair: CurrencyPair,
    asked: Date,
    legs: ArrayVec<Leg<'t>, 2>,
}

impl<'t> Rate<'t> {
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
        self.legs.iter().map(|leg| leg.date).min().unwrap_or(self.asked)
    }

    /// How many days older than asked for the rate is.
    pub fn age_days(&self) -> i64 {
        age_days(self.date(), self.asked)
    }

    /// The published rates it came from, in the order of the chain from base to quote; none when both are one.
    pub fn legs(&self) -> &[Leg<'t>] {
        &self.legs
    }

    /// The exact value.
    pub fn value(&self) -> Ratio {
        let (num, den) = self.quotient();
        // OK because a published rate is positive.
        (&Ratio::from(num.0) * &Ratio::from(num.1)).checked_div(&(&Ratio::from(den.0) * &Ratio::from(den.1))).unwrap_or(Ratio::ZERO)
    }

    /// The value as `n₀ × n₁ ÷ (d₀ × d₁)` of published numbers, the unused ones 1.
    fn quotient(&self) -> ((Decimal, Decimal), (Decimal, Decimal)) {
        let (mut num, mut den) = ((Decimal::ONE, Decimal::ONE), (Decimal::ONE, Decimal::ONE));
        let mut from = self.pair.base;
        for leg in &self.legs {
            let forward = leg.pair.base == from;
            let side = if forward { &mut num } else { &mut den };
            if side.0 == Decimal::ONE {
                side.0 = leg.rate
            } else {
                side.1 = leg.rate
            }
            from = if forward { leg.pair.quote } else { leg.pair.base };
        }
        (num, den)
    }
}

impl RateTable {
    /// The rate of a pair on a day: published, else the inverse of a published one, else the cross through the
    /// currency that gives the newest legs.
    ///
    /// Each leg is the last observation on or before the day, and none may be older than the lookup allows.
    ///
    /// # Errors
    ///
    /// [`PairMissing`](ErrorKind::PairMissing) when the table does not hold one of the currencies;
    /// [`RateMissing`](ErrorKind::RateMissing), with the nearest days that have a rate, when none is recent enough.
    pub fn rate(&self, pair: CurrencyPair, on: Date, lookup: &Lookup) -> Result<Rate<'_>, Error> {
        let rate = |legs| Rate { pair, asked: on, legs };
        if pair.base == pair.quote {
            return Ok(rate(ArrayVec::new()));
        }
        if let Some(leg) = self.leg(pair, on, lookup) {
            return Ok(rate(ArrayVec::from_iter([leg])));
        }
        let crosses = self.neighbours(pair.base).filter_map(|pivot| {
            let first = self.leg(CurrencyPair::new(pair.base, pivot), on, lookup)?;
            let second = self.leg(CurrencyPair::new(pivot, pair.quote), on, lookup)?;
            Some([first, second])
        });
        // The newest older leg wins; between equals the pivot that comes first in the table.
        let newest = crosses
            .reduce(|best, next| if next.map(|leg| leg.date).iter().min() > best.map(|leg| leg.date).iter().min() { next } else { best });
        newest.map(|legs| rate(ArrayVec::from(legs))).ok_or_else(|| self.missing(pair, on, lookup))
    }

    /// The published observation between two currencies, in whichever direction it is published.
    fn leg(&self, pair: CurrencyPair, on: Date, lookup: &Lookup) -> Option<Leg<'_>> {
        let leg = |pair, observation: &Observation| Leg {
            pair,
            rate: observation.rate,
            date: observation.date,
            source: self.source(),
            line: observation.line,
        };
        let direct = lookup.find(self.observations(pair), on).map(|found| leg(pair, found));
        let inverse = lookup.find(self.observations(pair.inverse()), on).map(|found| leg(pair.inverse(), found));
        match (direct, inverse) {
            (Some(direct), Some(inverse)) if inverse.date > direct.date => Some(inverse),
            (Some(direct), _) => Some(direct),
            (None, inverse) => inverse,
        }
    }

    /// Why there is no rate, with the nearest days that have one.
    fn missing(&self, pair: CurrencyPair, on: Date, lookup: &Lookup) -> Error {
        let unknown = [pair.base, pair.quote].into_iter().find(|currency| !self.has(*currency));
        if let Some(currency) = unknown {
            return ErrorKind::PairMissing { pair: pair.to_string(), currency: currency.to_string() }.into();
        }
        let (before, after) = self.nearest(pair, on);
        ErrorKind::RateMissing { pair: pair.to_string(), asked: on.to_string(), max_age_days: lookup.max_age_days, before, after }.into()
    }

    /// The nearest days before and after on which every leg of the pair has been published.
    fn nearest(&self, pair: CurrencyPair, on: Date) -> (Option<Date>, Option<Date>) {
        let chains = self.chains(pair);
        let before = |between: &[Observation]| last_on_or_before(between, on).map(|found| found.date);
        let after = |between: &[Observation]| first_after(between, on).map(|found| found.date);
        let both = |chain: &(Currency, Currency, Currency), find: &dyn Fn(&[Observation]) -> Option<Date>, later: bool| {
            let legs = [(chain.0, chain.1), (chain.1, chain.2)].map(|(base, quote)| {
                if base == quote {
                    return Some(None);
                }
                let pair = CurrencyPair::new(base, quote);
                let dates = [find(self.observations(pair)), find(self.observations(pair.inverse()))];
                dates.into_iter().flatten().reduce(|a, b| if (a > b) == later { b } else { a }).map(Some)
            });
            let [Some(first), Some(second)] = legs else { return None };
            [first, second].into_iter().flatten().reduce(|a, b| if (a > b) == later { a } else { b })
        };
        let before = chains.iter().filter_map(|chain| both(chain, &before, false)).max();
        let after = chains.iter().filter_map(|chain| both(chain, &after, true)).min();
        (before, after)
    }

    /// The chains of at most two legs between a pair's currencies: base, pivot (or quote again), quote.
    fn chains(&self, pair: CurrencyPair) -> Vec<(Currency, Currency, Currency)> {
        let mut chains: Vec<_> = self.neighbours(pair.base).map(|pivot| (pair.base, pivot, pair.quote)).collect();
        chains.dedup();
        chains
    }
}
