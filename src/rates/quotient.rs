//! The daily values of a pair as small integers, their exact sums, and on which side of an interval they lie.
//!
//! A value is `num ÷ den × 10^exponent` of published coefficients. A comparison is decided by two products of 128 bits
//! against an end in fixed point; only a value closer to the end than that can tell is compared as a fraction.

use super::rate::Rate;
use super::table::{Observation, RateTable, Way};
use crate::currency::CurrencyPair;
use crate::exact::{End, Interval, Ratio, pow10_u128};
use jiff::civil::Date;
use num_bigint::{BigInt, BigUint};
use rust_decimal::Decimal;
use std::cmp::Ordering;

/// The value of a pair on a day: `num ÷ den × 10^exponent`.
#[derive(Debug, Clone, Copy)]
pub(super) struct DayValue {
    pub(super) date: Date,
    num: u128,
    den: u128,
    exponent: i32,
}

impl DayValue {
    const ONE: DayValue = DayValue { date: Date::ZERO, num: 1, den: 1, exponent: 0 };

    /// The value times (or divided by) a published rate; `None` where that leaves 128 bits.
    #[inline]
    fn times(self, rate: Decimal, forward: bool) -> Option<DayValue> {
        let coefficient = rate.mantissa().unsigned_abs();
        let places = i32::try_from(rate.scale()).ok()?;
        Some(if forward {
            DayValue { num: self.num.checked_mul(coefficient)?, exponent: self.exponent - places, ..self }
        } else {
            DayValue { den: self.den.checked_mul(coefficient)?, exponent: self.exponent + places, ..self }
        })
    }

    /// The value of a rate of that day; `None` for one that is not a product of published numbers of 128 bits.
    fn of(rate: &Rate<'_>) -> Option<DayValue> {
        let one = DayValue { date: rate.asked(), ..DayValue::ONE };
        rate.factors()?.try_fold(one, |value, (rate, forward)| value.times(rate, forward))
    }

    /// The exact value.
    pub(super) fn ratio(&self) -> Ratio {
        let integer = |n: u128| i128::try_from(n).ok().and_then(|n| Ratio::new(n, 1)).or_else(|| Ratio::from_unreduced(n.into(), 1.into()));
        let fraction = integer(self.num).zip(integer(self.den)).and_then(|(num, den)| num.checked_div(&den));
        // OK because a chain of all currencies there are has some nine thousand places.
        let exponent = i16::try_from(self.exponent).unwrap_or(0);
        // OK because published rates are positive, so the denominator is not zero.
        &fraction.unwrap_or(Ratio::ZERO) * &Ratio::power_of_ten(exponent)
    }

    /// The value times `10^power`, cut off; `None` where that leaves 128 bits.
    pub(super) fn fixed(&self, power: i32) -> Option<u128> {
        let shift = self.exponent.checked_add(power)?;
        let factor = pow10_u128(shift.unsigned_abs())?;
        if shift >= 0 { Some(self.num.checked_mul(factor)? / self.den) } else { Some(self.num / self.den.checked_mul(factor)?) }
    }

    /// The power of ten that gives the value some eighteen digits before the point.
    pub(super) fn power(&self) -> i32 {
        let digits = |n: u128| i32::try_from(n.checked_ilog10().unwrap_or(0)).unwrap_or(0);
        17 - (digits(self.num) - digits(self.den) + self.exponent)
    }
}

impl RateTable {
    /// The value of a pair on each day of a stretch on which its whole chain was published, oldest first; `None` where
    /// one leaves 128 bits.
    pub(super) fn day_values(&self, pair: CurrencyPair, from: Date, to: Date) -> Option<Vec<DayValue>> {
        match self.fallback {
            None => self.own_day_values(pair, from, to),
            Some(_) => self.daily(pair, from, to).map(|rate| DayValue::of(&rate)).collect(),
        }
    }

    /// The same of this source alone.
    pub(super) fn own_day_values(&self, pair: CurrencyPair, from: Date, to: Date) -> Option<Vec<DayValue>> {
        let is_of_days = |way: &Way<'_>| way.series.until.is_empty();
        let only_way = self.only_way(pair, to);
        match only_way.filter(|(first, second)| is_of_days(first) && second.as_ref().is_none_or(is_of_days)) {
            Some((first, None)) => one_leg(first, from, to),
            Some((first, Some(second))) => two_legs(first, second, from, to),
            None => self.own_daily(pair, from, to).map(|rate| DayValue::of(&rate)).collect(),
        }
    }
}

impl<'t> Way<'t> {
    fn between(self, from: Date, to: Date) -> &'t [Observation] {
        let end = self.series.rank(to);
        let start = from.yesterday().map_or(0, |eve| self.series.rank(eve));
        self.series.observations.get(start..end).unwrap_or_default()
    }
}

fn one_leg(step: Way<'_>, from: Date, to: Date) -> Option<Vec<DayValue>> {
    let value = |o: &Observation| DayValue { date: o.date, ..DayValue::ONE }.times(o.rate, step.forward);
    step.between(from, to).iter().map(value).collect()
}

/// Both series are in order of their days: they are walked side by side.
fn two_legs(first: Way<'_>, second: Way<'_>, from: Date, to: Date) -> Option<Vec<DayValue>> {
    let (left, right) = (first.between(from, to), second.between(from, to));
    let mut values = Vec::with_capacity(left.len().min(right.len()));
    let mut others = right.iter().peekable();
    for observation in left {
        while others.next_if(|other| other.date < observation.date).is_some() {}
        if let Some(other) = others.next_if(|other| other.date == observation.date) {
            let value = DayValue { date: observation.date, ..DayValue::ONE };
            values.push(value.times(observation.rate, first.forward)?.times(other.rate, second.forward)?);
        }
    }
    Some(values)
}

/// The exact mean; `None` of no values.
///
/// Neighbours are summed in 128 bits as long as their common denominator fits, the sums of these in any size by halves,
/// so that both sides of each addition are of like length. No common divisor is looked for.
pub(super) fn mean(values: &[DayValue]) -> Option<Ratio> {
    let least = values.iter().map(|value| value.exponent).min()?;
    let (mut sums, mut current) = (Vec::new(), (0_u128, 1_u128));
    for value in values {
        let num = pow10_u128((value.exponent - least).unsigned_abs()).and_then(|factor| value.num.checked_mul(factor))?;
        current = add_small(current, (num, value.den)).unwrap_or_else(|| {
            sums.push((BigUint::from(current.0), BigUint::from(current.1)));
            (num, value.den)
        });
    }
    sums.push((BigUint::from(current.0), BigUint::from(current.1)));
    let (num, den) = add_halves(&sums);
    let power = BigUint::from(10_u8).pow(least.unsigned_abs());
    let den = den * values.len();
    let (num, den) = if least >= 0 { (num * power, den) } else { (num, den * power) };
    Ratio::from_unreduced(BigInt::from(num), BigInt::from(den))
}

/// `a / b + c / d` where it stays within 127 bits: so short that the products need no check of their own.
#[inline]
fn add_small((a, b): (u128, u128), (c, d): (u128, u128)) -> Option<(u128, u128)> {
    let bits = |n: u128| u128::BITS - n.leading_zeros();
    if bits(a) + bits(d) > 126 || bits(b) + bits(c).max(bits(d)) > 126 {
        return None;
    }
    Some(if b == d { (a + c, b) } else { (a * d + c * b, b * d) })
}

fn add_halves(sums: &[(BigUint, BigUint)]) -> (BigUint, BigUint) {
    match sums {
        [] => (BigUint::from(0_u8), BigUint::from(1_u8)),
        [one] => one.clone(),
        more => {
            let (left, right) = more.split_at(more.len() / 2);
            let ((a, b), (c, d)) = (add_halves(left), add_halves(right));
            (a * &d + c * &b, b * d)
        }
    }
}

/// An interval made ready to hold many values against.
pub(super) struct Bounds<'i> {
    interval: &'i Interval,
    low: Option<Edge>,
    high: Option<Edge>,
}

/// An end in fixed point: between `floor` and `floor + 1` units of `10^-power`, or `floor` itself.
#[derive(Clone, Copy)]
struct Edge {
    floor: u128,
    exact: bool,
    power: i32,
}

impl Edge {
    /// The end of an interval; `None` for none, and for one that does not fit.
    fn of(end: &End) -> Option<Edge> {
        let (num, den) = end.value()?.small_parts()?;
        let (num, den) = (u128::try_from(num).ok().filter(|num| *num > 0)?, u128::try_from(den).ok()?);
        let power = DayValue { num, den, ..DayValue::ONE }.power();
        let factor = pow10_u128(power.unsigned_abs())?;
        let (num, den) = if power >= 0 { (num.checked_mul(factor)?, den) } else { (num, den.checked_mul(factor)?) };
        Some(Edge { floor: num / den, exact: num % den == 0, power })
    }

    /// How a value compares with the end; `None` where the fixed point cannot tell.
    #[inline]
    fn compare(self, value: &DayValue) -> Option<Ordering> {
        // value × 10^power against floor, both times den.
        let shift = value.exponent.checked_add(self.power)?;
        let factor = pow10_u128(shift.unsigned_abs())?;
        let (left, unit) =
            if shift >= 0 { (value.num.checked_mul(factor)?, value.den) } else { (value.num, value.den.checked_mul(factor)?) };
        let floor = self.floor.checked_mul(unit)?;
        match left.cmp(&floor) {
            Ordering::Less => Some(Ordering::Less),
            Ordering::Equal if self.exact => Some(Ordering::Equal),
            Ordering::Equal => Some(Ordering::Less),
            Ordering::Greater if self.exact || left >= floor.checked_add(unit)? => Some(Ordering::Greater),
            Ordering::Greater => None,
        }
    }
}

impl<'i> Bounds<'i> {
    pub(super) fn of(interval: &'i Interval) -> Bounds<'i> {
        Bounds { interval, low: Edge::of(interval.low()), high: Edge::of(interval.high()) }
    }

    /// Whether a value lies inside.
    #[inline]
    pub(super) fn contains(&self, value: &DayValue) -> bool {
        self.decide(value).unwrap_or_else(|| self.interval.contains(&value.ratio()))
    }

    #[inline]
    fn decide(&self, value: &DayValue) -> Option<bool> {
        let above = match (self.low, self.interval.low()) {
            (_, End::Unbounded) => true,
            (edge, end) => match edge?.compare(value)? {
                Ordering::Less => false,
                Ordering::Equal => end.is_closed(),
                Ordering::Greater => true,
            },
        };
        if !above {
            return Some(false);
        }
        Some(match (self.high, self.interval.high()) {
            (_, End::Unbounded) => true,
            (edge, end) => match edge?.compare(value)? {
                Ordering::Greater => false,
                Ordering::Equal => end.is_closed(),
                Ordering::Less => true,
            },
        })
    }

    /// Whether a mean lies inside, of which only `total ≤ mean × count × 10^power < total + count` is known; `None`
    /// where that does not decide.
    pub(super) fn contains_mean(&self, total: u128, count: u128, power: i32) -> Option<bool> {
        let least = DayValue { num: total, den: count, exponent: -power, ..DayValue::ONE };
        let most = DayValue { num: total.checked_add(count)?, ..least };
        match (self.decide(&least)?, self.decide(&most)?) {
            (true, true) => Some(true),
            (false, false) if self.same_side(&least, &most)? => Some(false),
            _ => None,
        }
    }

    /// Whether two values outside lie on the same side.
    fn same_side(&self, a: &DayValue, b: &DayValue) -> Option<bool> {
        let below = |value| match (self.low, self.interval.low()) {
            (_, End::Unbounded) => Some(false),
            (edge, _) => edge?.compare(value).map(Ordering::is_lt),
        };
        Some(below(a)? == below(b)?)
    }
}
