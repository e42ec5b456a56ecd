//! What does a printed figure say? Not a point: everything that prints so.
//!
//! "59.5 billion" has a granularity of 0.1 billion and, read as rounded to the nearest, stands for
//! [59.45, 59.55] billion. Trailing zeros of a whole amount may or may not be significant, so "450 million" has a
//! second, coarse reading; a hedge ("about", "over", "nearly") widens it further.

use crate::exact::{End, Interval, Ratio, RoundingMode};
use rust_decimal::Decimal;
use std::fmt;

/// How a writer is taken to have shortened the true values.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
#[non_exhaustive]
pub enum Reading {
    /// To the nearest, the tie rule unknown: both ends are included. The rounding mode of XBRL Calculations 1.1.
    #[default]
    Nearest,
    /// Cut off. The truncation mode of XBRL Calculations 1.1.
    Truncated,
    /// In a known mode: the interval is its preimage.
    Rounded(RoundingMode),
}

impl Reading {
    /// The values that print as `value` with this last unit; with a unit of zero, the value alone.
    ///
    /// # Example
    ///
    /// ```
    /// use tieout::{End, Ratio, Reading};
    ///
    /// let interval = Reading::Nearest.interval(&Ratio::from(450), &Ratio::from(10));
    /// assert_eq!(interval.low(), &End::Closed(Ratio::from(445)));
    /// ```
    pub fn interval(self, value: &Ratio, unit: &Ratio) -> Interval {
        let nearest = || Interval::around(value, &half(unit));
        match self {
            _ if unit.is_zero() => Interval::point(value.clone()),
            Reading::Nearest => nearest(),
            Reading::Truncated => RoundingMode::Down.preimage(value, unit).unwrap_or_else(nearest),
            Reading::Rounded(mode) => mode.preimage(value, unit).unwrap_or_else(nearest),
        }
    }
}

/// A word that makes a figure less definite.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Hedge {
    /// About, some, roughly: to either side.
    About,
    /// Over, more than, at least: a lower bound of the size.
    Over,
    /// Nearly, almost, up to, less than: an upper bound of the size.
    Under,
}

impl fmt::Display for Hedge {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Hedge::About => "about",
            Hedge::Over => "over",
            Hedge::Under => "under",
        })
    }
}

/// A figure as printed: its value, and how finely it is given.
///
/// # Example
///
/// "450 million": first 450 ± 0.5, then 450 ± 5.
///
/// ```
/// use tieout::{Printed, Ratio, Reading};
///
/// let figure = Printed::whole("450".parse()?, 6);
/// assert_eq!(figure.granularity(), &Ratio::from(1_000_000));
/// assert!(!figure.interval(Reading::Nearest).contains(&Ratio::from(453_000_000)));
/// assert!(figure.coarse_interval(Reading::Nearest).contains(&Ratio::from(453_000_000)));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Printed {
    value: Ratio,
    granularity: Ratio,
    coarse: Ratio,
    /// The granularity without the idle zeros; a figure with no coarse reading takes it behind a hedge.
    idle: Ratio,
    hedge: Option<Hedge>,
}

impl Printed {
    /// `digits × 10^power` with no coarse reading of its own: a percent, points, a multiple.
    ///
    /// ```
    /// use tieout::{Printed, Ratio};
    ///
    /// let percent = Printed::new("12.30".parse()?, 0);
    /// assert_eq!(percent.granularity(), &Ratio::power_of_ten(-2));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn new(digits: Decimal, power: i16) -> Printed {
        let granularity = last_unit(digits, power);
        Printed {
            value: &Ratio::from(digits) * &Ratio::power_of_ten(power),
            coarse: granularity.clone(),
            idle: &granularity * &Ratio::power_of_ten(idle_zeros(digits)),
            granularity,
            hedge: None,
        }
    }

    /// `digits × 10^power` whose trailing zeros may not be significant: an amount or a count.
    ///
    /// The coarse granularity drops all trailing zeros of whole digits, but never to fewer than two significant
    /// digits: 10 million for "450 million" and for "100 million".
    ///
    /// ```
    /// use tieout::{Printed, Ratio};
    ///
    /// let amount = Printed::whole("100".parse()?, 6);
    /// assert_eq!(amount.coarse_granularity(), &Ratio::from(10_000_000));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn whole(digits: Decimal, power: i16) -> Printed {
        let mut printed = Printed::new(digits, power);
        printed.coarse = printed.idle.clone();
        printed
    }

    /// A value given exactly: "three plants", "a third".
    ///
    /// ```
    /// use tieout::{Printed, Ratio};
    ///
    /// assert!(Printed::exact(Ratio::from(3)).granularity().is_zero());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn exact(value: Ratio) -> Printed {
        Printed { value, granularity: Ratio::ZERO, coarse: Ratio::ZERO, idle: Ratio::ZERO, hedge: None }
    }

    /// A word that multiplies ("doubled"): granularity 0.1, 0.5 coarsely.
    ///
    /// ```
    /// use tieout::{Printed, Ratio};
    ///
    /// assert_eq!(Printed::multiple_word(Ratio::from(2)).granularity(), &Ratio::power_of_ten(-1));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn multiple_word(value: Ratio) -> Printed {
        let tenth = Ratio::power_of_ten(-1);
        let coarse = &tenth * &Ratio::from(5);
        Printed { value, idle: coarse.clone(), coarse, granularity: tenth, hedge: None }
    }

    /// The same figure behind a hedge. Trailing zeros count as idle then, whatever the figure is.
    ///
    /// ```
    /// use tieout::{Hedge, Printed, Ratio, Reading};
    ///
    /// let nearly = Printed::whole("50".parse()?, 0).hedged(Hedge::Under);
    /// assert!(!nearly.interval(Reading::Nearest).contains(&Ratio::from(51)));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn hedged(mut self, hedge: Hedge) -> Printed {
        self.coarse = self.coarse.max(self.idle.clone());
        self.hedge = Some(hedge);
        self
    }

    /// The same figure with the other sign.
    ///
    /// ```
    /// use tieout::{Printed, Ratio};
    ///
    /// assert_eq!(Printed::new("5".parse()?, 0).negated().value(), &Ratio::from(-5));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn negated(mut self) -> Printed {
        self.value = -self.value;
        self
    }

    /// The same figure in another unit: a percent as a fraction has a factor of a hundredth.
    ///
    /// ```
    /// use tieout::{Printed, Ratio};
    ///
    /// let percent = Printed::new("5".parse()?, 0).scaled(&Ratio::power_of_ten(-2));
    /// assert_eq!(Some(percent.value()), Ratio::new(5, 100).as_ref());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn scaled(&self, factor: &Ratio) -> Printed {
        let size = factor.abs();
        let (granularity, coarse) = (&self.granularity * &size, &self.coarse * &size);
        Printed { value: &self.value * factor, granularity, coarse, idle: &self.idle * &size, hedge: self.hedge }
    }

    /// The value, with its arithmetic sign.
    ///
    /// ```
    /// use tieout::{Printed, Ratio};
    ///
    /// assert_eq!(Printed::new("59.5".parse()?, 9).value(), &Ratio::from(59_500_000_000));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn value(&self) -> &Ratio {
        &self.value
    }

    /// The unit of the last printed digit; zero for an exact figure.
    ///
    /// ```
    /// use tieout::{Printed, Ratio};
    ///
    /// assert_eq!(Printed::new("59.5".parse()?, 9).granularity(), &Ratio::from(100_000_000));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn granularity(&self) -> &Ratio {
        &self.granularity
    }

    /// The unit of the last digit that is surely significant.
    ///
    /// ```
    /// use tieout::{Printed, Ratio};
    ///
    /// assert_eq!(Printed::whole("450".parse()?, 0).coarse_granularity(), &Ratio::from(10));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn coarse_granularity(&self) -> &Ratio {
        &self.coarse
    }

    /// The hedge, if there is one.
    ///
    /// ```
    /// use tieout::{Hedge, Printed};
    ///
    /// assert_eq!(Printed::new("5".parse()?, 0).hedged(Hedge::About).hedge(), Some(Hedge::About));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn hedge(&self) -> Option<Hedge> {
        self.hedge
    }

    /// What the figure stands for, first read: as printed, or from the bound to one coarse unit beyond.
    ///
    /// ```
    /// use tieout::{Interval, Printed, Ratio, Reading};
    ///
    /// let half = Ratio::new(1, 2).unwrap();
    /// let five = Printed::new("5".parse()?, 0);
    /// assert_eq!(five.interval(Reading::Nearest), Interval::around(&Ratio::from(5), &half));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn interval(&self, reading: Reading) -> Interval {
        match self.hedge {
            None | Some(Hedge::About) => reading.interval(&self.value, &self.granularity),
            Some(Hedge::Over) => self.between(&Ratio::ZERO, Some(&self.coarse)),
            Some(Hedge::Under) => self.between(&-&self.coarse, Some(&Ratio::ZERO)),
        }
    }

    /// What it stands for at most: idle zeros dropped, a hedge at its widest. Holds [`interval`](Printed::interval).
    ///
    /// ```
    /// use tieout::{Interval, Printed, Ratio, Reading};
    ///
    /// let amount = Printed::whole("450".parse()?, 0);
    /// assert_eq!(amount.coarse_interval(Reading::Nearest), Interval::around(&Ratio::from(450), &Ratio::from(5)));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn coarse_interval(&self, reading: Reading) -> Interval {
        match self.hedge {
            None => reading.interval(&self.value, &self.coarse).hull(&self.interval(reading)),
            Some(Hedge::About) => Interval::around(&self.value, &self.granularity.clone().max(half(&self.coarse))),
            Some(Hedge::Over) => self.between(&Ratio::ZERO, None),
            Some(Hedge::Under) => self.between(&-&self.value.abs(), Some(&Ratio::ZERO)),
        }
    }

    /// The sizes from `low` to `high` beyond the value, on the value's side of zero.
    fn between(&self, low: &Ratio, high: Option<&Ratio>) -> Interval {
        let size = self.value.abs();
        let top = high.map_or(End::Unbounded, |high| End::Closed(&size + high));
        let sizes = Interval::new(End::Closed((&size + low).max(Ratio::ZERO)), top).unwrap_or_else(|| Interval::point(size));
        if self.value.is_negative() { sizes.neg() } else { sizes }
    }
}

fn half(unit: &Ratio) -> Ratio {
    unit * &Ratio::new(1, 2).unwrap_or(Ratio::ZERO)
}

fn last_unit(digits: Decimal, power: i16) -> Ratio {
    // OK because a decimal has at most 28 places.
    let places = i16::try_from(digits.scale()).unwrap_or(0);
    &Ratio::power_of_ten(power) * &Ratio::power_of_ten(-places)
}

/// How many trailing zeros of whole digits could be dropped, two significant digits kept.
fn idle_zeros(digits: Decimal) -> i16 {
    if digits.scale() > 0 {
        return 0;
    }
    let (mut rest, mut zeros) = (digits.mantissa().unsigned_abs(), 0);
    while rest >= 100 && rest % 10 == 0 {
        rest /= 10;
        zeros += 1;
    }
    zeros
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn assert_interval(interval: Interval, low: i64, high: Option<i64>) {
        assert_eq!(interval.low(), &End::Closed(Ratio::from(low)));
        assert_eq!(interval.high(), &high.map_or(End::Unbounded, |high| End::Closed(Ratio::from(high))));
    }

    fn whole(digits: &str) -> Printed {
        Printed::whole(digits.parse().unwrap(), 0)
    }

    /// Rule: all trailing zeros are idle, but two significant digits stay.
    #[test]
    fn idle_zeros_leave_two_significant_digits() {
        for (digits, unit) in
            [("450", 10), ("453", 1), ("100", 10), ("10", 1), ("59500", 100), ("1200", 100), ("2000000", 100_000), ("0", 1)]
        {
            assert_eq!(whole(digits).coarse_granularity(), &Ratio::from(unit), "{digits}");
        }
        let tenth = Printed::whole("450.0".parse().unwrap(), 0);
        assert_eq!(tenth.coarse_granularity(), &Ratio::power_of_ten(-1));
    }

    /// Rule: about is first read as printed, then one unit to either side or coarsely, whichever is wider.
    #[test]
    fn about_takes_the_wider_of_one_unit_and_the_idle_zeros() {
        assert_interval(whole("450").hedged(Hedge::About).coarse_interval(Reading::Nearest), 445, Some(455));
        assert_interval(whole("453").hedged(Hedge::About).coarse_interval(Reading::Nearest), 452, Some(454));
    }

    /// Rule: over is a bound; up to one coarse unit above it is near, anything above is far. Under is its mirror.
    #[test]
    fn over_and_under_are_bounds_of_the_size() {
        let over = whole("1200").hedged(Hedge::Over);
        assert_interval(over.interval(Reading::Nearest), 1200, Some(1300));
        assert_interval(over.coarse_interval(Reading::Nearest), 1200, None);
        let under = whole("1200").hedged(Hedge::Under);
        assert_interval(under.interval(Reading::Nearest), 1100, Some(1200));
        assert_interval(under.coarse_interval(Reading::Nearest), 0, Some(1200));
        let fell = whole("1200").negated().hedged(Hedge::Over);
        assert_interval(fell.interval(Reading::Nearest), -1300, Some(-1200));
    }

    /// Rule: a percent has no coarse reading unless it is hedged.
    #[test]
    fn a_percent_has_a_coarse_reading_only_behind_a_hedge() {
        let percent = Printed::new("100".parse().unwrap(), 0);
        assert_interval(percent.coarse_interval(Reading::Nearest).mul(&Interval::point(Ratio::from(2))), 199, Some(201));
        assert_interval(percent.hedged(Hedge::About).coarse_interval(Reading::Nearest), 95, Some(105));
    }
}
