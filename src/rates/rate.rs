//! What a rate is made of: the published observations that lead from one currency to another.
//!
//! A [`Rate`] points at its observations in the table; a [`Leg`] is written out when somebody asks for it. So a lookup
//! allocates nothing and copies little, and the provenance is never lost.

use super::days::days_between;
use super::lookup::OnMissing;
use super::series::Series;
use super::table::Observation;
use crate::currency::CurrencyPair;
use crate::error::ArithmeticError;
use crate::exact::{Precision, Ratio, Rounded, RoundingMode, mul_div, scale_by};
use jiff::civil::Date;
use rust_decimal::Decimal;
use std::iter::FusedIterator;
use std::sync::Arc;

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

/// An observation that leads from one currency to another: in which direction, its place in the chain says. Two pointers
/// and nothing else, as a rate is copied whenever it is given to somebody.
#[derive(Debug, Clone, Copy)]
pub(super) struct Step<'t> {
    pub(super) series: &'t Series,
    pub(super) observation: &'t Observation,
}

/// The steps in place; a chain of more than two is rare enough to allocate. Shared, as dropping an `Arc` is little code
/// and so the whole is kept in registers.
#[derive(Debug, Clone)]
pub(super) enum Chain<'t> {
    /// From a currency to itself.
    Nothing,
    One([Step<'t>; 1]),
    Two([Step<'t>; 2]),
    Many(Arc<[Step<'t>]>),
}

/// What one unit of the base costs in the quote, and from which published rates that follows.
///
/// The value is the exact quotient of published numbers; see [`RateTable::rate`](crate::RateTable::rate).
#[derive(Debug, Clone)]
pub struct Rate<'t> {
    pub(super) pair: CurrencyPair,
    pub(super) asked: Date,
    pub(super) on_missing: OnMissing,
    pub(super) chain: Chain<'t>,
}

/// The [`Leg`]s of a [`Rate`], in the order of the chain from base to quote.
///
/// # Example
///
/// ```
/// use tieout::{Lookup, RateTable};
///
/// let csv = "date,base,quote,rate\n2023-05-26,EUR,USD,1.0751\n2023-05-26,EUR,CNY,7.5874\n";
/// let table = RateTable::read(csv.as_bytes(), "rates.csv")?;
/// let rate = table.rate("USD/CNY".parse()?, "2023-05-28".parse()?, &Lookup::default())?;
/// let legs: Vec<String> = rate.legs().map(|leg| format!("{} {} of {}, line {}", leg.pair, leg.rate, leg.date, leg.line)).collect();
/// assert_eq!(legs, ["EUR/USD 1.0751 of 2023-05-26, line 2", "EUR/CNY 7.5874 of 2023-05-26, line 3"]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone)]
pub struct Legs<'r, 't> {
    steps: std::slice::Iter<'r, Step<'t>>,
    asked: Date,
    on_missing: OnMissing,
}

impl Legs<'_, '_> {
    /// No legs: of a rate that no table published.
    pub(crate) fn none() -> Self {
        Legs { steps: [].iter(), asked: Date::ZERO, on_missing: OnMissing::Error }
    }

    /// Whether there is none: both currencies are one.
    ///
    /// ```
    /// use tieout::{Lookup, RateTable};
    ///
    /// let table = RateTable::read("date,base,quote,rate\n2023-05-26,EUR,USD,1.0751\n2023-05-26,EUR,CNY,7.5874\n".as_bytes(), "rates.csv")?;
    /// let same = table.rate("USD/USD".parse()?, "2023-05-28".parse()?, &Lookup::default())?;
    /// assert!(same.legs().is_empty());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.steps.as_slice().is_empty()
    }
}

impl<'t> Iterator for Legs<'_, 't> {
    type Item = Leg<'t>;

    fn next(&mut self) -> Option<Leg<'t>> {
        self.steps.next().map(|step| step.leg(self.asked, self.on_missing))
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.steps.size_hint()
    }
}

impl DoubleEndedIterator for Legs<'_, '_> {
    fn next_back(&mut self) -> Option<Self::Item> {
        self.steps.next_back().map(|step| step.leg(self.asked, self.on_missing))
    }
}

impl ExactSizeIterator for Legs<'_, '_> {}

impl FusedIterator for Legs<'_, '_> {}

impl<'t> Chain<'t> {
    #[inline]
    pub(super) fn steps(&self) -> &[Step<'t>] {
        match self {
            Chain::Nothing => &[],
            Chain::One(steps) => steps,
            Chain::Two(steps) => steps,
            Chain::Many(steps) => steps,
        }
    }
}

impl<'t> Step<'t> {
    /// Whether the rate lies on the straight line to the next observation: under that policy every rate does that is of
    /// another day, unless it is fixed for a period.
    fn is_on_line(&self, asked: Date, on_missing: OnMissing) -> bool {
        on_missing == OnMissing::Interpolate && self.observation.date != asked && self.series.until.is_empty()
    }

    fn leg(&self, asked: Date, on_missing: OnMissing) -> Leg<'t> {
        let Observation { date, rate, line } = *self.observation;
        Leg {
            pair: self.series.pair,
            rate,
            date: self.series.date_of(self.observation, asked),
            source: &self.series.source,
            line,
            next: if self.is_on_line(asked, on_missing) { self.series.first_after(date) } else { None },
        }
    }

    /// The rate of the step: as published, or on the line to the next observation.
    fn value(&self, asked: Date, on_missing: OnMissing) -> Ratio {
        let Observation { date, rate, .. } = *self.observation;
        let rate = Ratio::from(rate);
        if !self.is_on_line(asked, on_missing) {
            return rate;
        }
        let Some(next) = self.series.first_after(date) else { return rate };
        let days = |to: Date| Ratio::from(i64::from(days_between(date, to)));
        let slope = (&Ratio::from(next.rate) - &rate).checked_div(&days(next.date));
        // OK because the next observation is of a later day, so the line has a slope.
        slope.map_or(rate.clone(), |slope| &rate + &(&slope * &days(asked)))
    }
}

impl<'t> Rate<'t> {
    /// The rate of a day that the one observation of a series gives, in either direction.
    pub(super) fn of_only(pair: CurrencyPair, asked: Date, series: &'t Series) -> Option<Rate<'t>> {
        let observation = series.observations.first()?;
        Some(Rate { pair, asked, on_missing: OnMissing::default(), chain: Chain::One([Step { series, observation }]) })
    }

    /// The direction: one unit of `base` costs [`value`](Rate::value) units of `quote`.
    ///
    /// ```
    /// use tieout::{Lookup, RateTable};
    ///
    /// let table = RateTable::read("date,base,quote,rate\n2023-05-26,EUR,USD,1.0751\n2023-05-26,EUR,CNY,7.5874\n".as_bytes(), "rates.csv")?;
    /// let rate = table.rate("USD/CNY".parse()?, "2023-05-28".parse()?, &Lookup::default())?;
    /// assert_eq!(rate.pair().to_string(), "USD/CNY");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[inline]
    pub fn pair(&self) -> CurrencyPair {
        self.pair
    }

    /// The day that was asked for.
    ///
    /// ```
    /// use tieout::{Lookup, RateTable};
    ///
    /// let table = RateTable::read("date,base,quote,rate\n2023-05-26,EUR,USD,1.0751\n2023-05-26,EUR,CNY,7.5874\n".as_bytes(), "rates.csv")?;
    /// let rate = table.rate("USD/CNY".parse()?, "2023-05-28".parse()?, &Lookup::default())?;
    /// assert_eq!(rate.asked().to_string(), "2023-05-28");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn asked(&self) -> Date {
        self.asked
    }

    /// The day of the rate: of the older leg; the day asked for when both currencies are one.
    ///
    /// ```
    /// use tieout::{Lookup, RateTable};
    ///
    /// let table = RateTable::read("date,base,quote,rate\n2023-05-26,EUR,USD,1.0751\n2023-05-26,EUR,CNY,7.5874\n".as_bytes(), "rates.csv")?;
    /// let rate = table.rate("USD/CNY".parse()?, "2023-05-28".parse()?, &Lookup::default())?;
    /// assert_eq!(rate.date().to_string(), "2023-05-26");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn date(&self) -> Date {
        let dates = self.chain.steps().iter().map(|step| step.series.date_of(step.observation, self.asked));
        dates.min().unwrap_or(self.asked)
    }

    /// How many days older than asked for the rate is; negative for a later one, under [`OnMissing::Next`].
    ///
    /// ```
    /// use tieout::{Lookup, RateTable};
    ///
    /// let table = RateTable::read("date,base,quote,rate\n2023-05-26,EUR,USD,1.0751\n2023-05-26,EUR,CNY,7.5874\n".as_bytes(), "rates.csv")?;
    /// let rate = table.rate("USD/CNY".parse()?, "2023-05-28".parse()?, &Lookup::default())?;
    /// assert_eq!(rate.age_days(), 2);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn age_days(&self) -> i64 {
        i64::from(days_between(self.date(), self.asked))
    }

    /// The policy that chose a rate of another day; it was not needed when [`age_days`](Rate::age_days) is 0.
    ///
    /// ```
    /// use tieout::{Lookup, OnMissing, RateTable};
    ///
    /// let table = RateTable::read("date,base,quote,rate\n2023-05-26,EUR,USD,1.0751\n2023-05-26,EUR,CNY,7.5874\n".as_bytes(), "rates.csv")?;
    /// let rate = table.rate("USD/CNY".parse()?, "2023-05-28".parse()?, &Lookup::default())?;
    /// assert_eq!(rate.on_missing(), OnMissing::Previous);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn on_missing(&self) -> OnMissing {
        self.on_missing
    }

    /// Whether a leg lies on the line between two published rates instead of being one.
    ///
    /// ```
    /// use tieout::{Lookup, RateTable};
    ///
    /// let table = RateTable::read("date,base,quote,rate\n2023-05-26,EUR,USD,1.0751\n2023-05-26,EUR,CNY,7.5874\n".as_bytes(), "rates.csv")?;
    /// let rate = table.rate("USD/CNY".parse()?, "2023-05-28".parse()?, &Lookup::default())?;
    /// assert!(!rate.is_interpolated());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn is_interpolated(&self) -> bool {
        self.chain.steps().iter().any(|step| step.is_on_line(self.asked, self.on_missing))
    }

    /// The published rates it came from, in the order of the chain from base to quote; none when both are one.
    ///
    /// ```
    /// use tieout::{Lookup, RateTable};
    ///
    /// let table = RateTable::read("date,base,quote,rate\n2023-05-26,EUR,USD,1.0751\n2023-05-26,EUR,CNY,7.5874\n".as_bytes(), "rates.csv")?;
    /// let rate = table.rate("USD/CNY".parse()?, "2023-05-28".parse()?, &Lookup::default())?;
    /// assert_eq!(rate.legs().map(|leg| leg.line).collect::<Vec<_>>(), [2, 3]);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn legs(&self) -> Legs<'_, 't> {
        Legs { steps: self.chain.steps().iter(), asked: self.asked, on_missing: self.on_missing }
    }

    /// The exact value.
    ///
    /// ```
    /// use tieout::{Lookup, RateTable, Ratio};
    ///
    /// let table = RateTable::read("date,base,quote,rate\n2023-05-26,EUR,USD,1.0751\n2023-05-26,EUR,CNY,7.5874\n".as_bytes(), "rates.csv")?;
    /// let rate = table.rate("USD/CNY".parse()?, "2023-05-28".parse()?, &Lookup::default())?;
    /// assert_eq!(Some(rate.value()), Ratio::new(75_874, 10_751));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn value(&self) -> Ratio {
        self.fraction().unwrap_or_else(|| self.wide_value())
    }

    /// The value where every step stays within 127 bits: the common case, without an allocation.
    fn fraction(&self) -> Option<Ratio> {
        let (mut num, mut den, mut scale) = (1_i128, 1_i128, 0_i32);
        for (rate, forward) in self.factors()? {
            let places = i32::try_from(rate.scale()).ok()?;
            let (side, places) = if forward { (&mut num, -places) } else { (&mut den, places) };
            *side = side.checked_mul(rate.mantissa())?;
            scale += places;
        }
        let power = 10_i128.checked_pow(scale.unsigned_abs())?;
        let side = if scale < 0 { &mut den } else { &mut num };
        *side = side.checked_mul(power)?;
        Ratio::new(num, den)
    }

    /// The published rates that the value is the product of, and whether each multiplies (else it divides); `None` for
    /// an interpolated one.
    pub(super) fn factors(&self) -> Option<impl Iterator<Item = (Decimal, bool)>> {
        (!self.is_interpolated()).then(|| self.directed().map(|(step, forward)| (step.observation.rate, forward)))
    }

    /// The steps, and whether each leads from the base of its pair to the quote.
    fn directed(&self) -> impl Iterator<Item = (&Step<'t>, bool)> {
        let mut from = self.pair.base;
        self.chain.steps().iter().map(move |step| {
            let CurrencyPair { base, quote } = step.series.pair;
            let forward = base == from;
            from = if forward { quote } else { base };
            (step, forward)
        })
    }

    fn wide_value(&self) -> Ratio {
        self.directed().fold(Ratio::ONE, |value, (step, forward)| {
            let rate = step.value(self.asked, self.on_missing);
            // OK because a published rate is positive, and so is what lies between two of them.
            if forward { &value * &rate } else { value.checked_div(&rate).unwrap_or(Ratio::ZERO) }
        })
    }

    /// An amount of one of the two currencies in the other, exact: of the base it goes up the chain, else down.
    pub(crate) fn exchange(&self, amount: Decimal, up: bool) -> Ratio {
        let (amount, value) = (Ratio::from(amount), self.value());
        // OK because a rate is above zero.
        if up { &amount * &value } else { amount.checked_div(&value).unwrap_or(Ratio::ZERO) }
    }

    /// The same, rounded once: of one or two published rates in machine words where they suffice.
    #[inline(always)]
    pub(crate) fn exchange_rounded(
        &self,
        amount: Decimal,
        up: bool,
        precision: Precision,
        mode: RoundingMode,
    ) -> Result<Rounded, ArithmeticError> {
        const ONE: Decimal = Decimal::ONE;
        match &self.chain {
            Chain::One([only]) if self.on_missing != OnMissing::Interpolate => {
                let (rate, forward) = (only.observation.rate, only.series.pair.base == self.pair.base);
                let (num, den) = if forward == up { (rate, ONE) } else { (ONE, rate) };
                mul_div(amount, num, den, precision, mode)
            }
            Chain::Two([first, second]) if self.on_missing != OnMissing::Interpolate => {
                let rates = [first.observation.rate, second.observation.rate];
                let forward = [first.series.pair.base == self.pair.base, second.series.pair.quote == self.pair.quote];
                match forward.map(|forward| forward == up) {
                    [true, false] => mul_div(amount, rates[0], rates[1], precision, mode),
                    [false, true] => mul_div(amount, rates[1], rates[0], precision, mode),
                    [true, true] => scale_by(amount, rates, [ONE, ONE], precision, mode),
                    [false, false] => scale_by(amount, [ONE, ONE], rates, precision, mode),
                }
            }
            _ => self.exchange(amount, up).round(precision, mode),
        }
    }
}

impl PartialEq for Rate<'_> {
    fn eq(&self, other: &Self) -> bool {
        let key = |rate: &Self| (rate.pair, rate.asked, rate.on_missing);
        key(self) == key(other) && self.legs().eq(other.legs())
    }
}
