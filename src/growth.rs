//! How much did it grow, and what must have stood there before?
//!
//! Growth is `(current − prior) ÷ prior`, a fraction. A percent, percentage points and basis points are three
//! different types: 15% less 12% is three points, not a growth of 3%.

use crate::error::ArithmeticError;
use crate::exact::{Interval, Ratio};
use rust_decimal::Decimal;
use std::fmt;

/// A number of hundredths: `Percent` of 12.3 is printed "12.3%" and is the fraction 0.123.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Percent(pub Decimal);

/// A difference between two percentages: from 12% to 15% is 3 points.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PercentagePoints(pub Decimal);

/// A hundredth of a percentage point: 25 basis points are 0.25 points.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct BasisPoints(pub Decimal);

impl Percent {
    /// The exact fraction: 0.123 for 12.3%.
    pub fn as_fraction(self) -> Ratio {
        &Ratio::from(self.0) * &Ratio::power_of_ten(-2)
    }
}

impl PercentagePoints {
    /// The exact fraction: 0.03 for 3 points.
    pub fn as_fraction(self) -> Ratio {
        &Ratio::from(self.0) * &Ratio::power_of_ten(-2)
    }
}

impl BasisPoints {
    /// The exact fraction: 0.0025 for 25 basis points.
    pub fn as_fraction(self) -> Ratio {
        &Ratio::from(self.0) * &Ratio::power_of_ten(-4)
    }
}

impl fmt::Display for Percent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}%", self.0)
    }
}

impl fmt::Display for PercentagePoints {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} pp", self.0)
    }
}

impl fmt::Display for BasisPoints {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} bp", self.0)
    }
}

/// Why a growth over these figures says nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
#[non_exhaustive]
pub enum NotMeaningful {
    /// The prior figure is zero.
    #[error("the prior figure is zero")]
    ZeroBase,
    /// The prior figure is negative.
    #[error("the prior figure is negative")]
    NegativeBase,
    /// The prior figure is positive and the current one negative.
    #[error("the figure turned negative")]
    OppositeSigns,
}

/// A growth rate: (current − prior) ÷ prior, exact.
///
/// # Example
///
/// Revenue of 73,351.5 million, then 59,477.1 million:
///
/// ```
/// use tieout::{Decimal, GrowthRate, Precision, RoundingMode};
///
/// let growth = GrowthRate::between("73351.5".parse::<Decimal>()?, "59477.1".parse::<Decimal>()?)?;
/// let percent = growth.as_percent().round(Precision::Decimals(1), RoundingMode::HalfUp)?;
/// assert_eq!(percent.value.to_string(), "-18.9");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct GrowthRate(Ratio);

impl GrowthRate {
    /// The growth from a prior figure to a current one.
    ///
    /// # Errors
    ///
    /// [`NotMeaningful`] when the prior is zero or negative, or the current has the opposite sign. A current of zero
    /// is a growth of −100%.
    pub fn between(prior: impl Into<Ratio>, current: impl Into<Ratio>) -> Result<GrowthRate, NotMeaningful> {
        let (prior, current) = (prior.into(), current.into());
        if prior.is_negative() {
            return Err(NotMeaningful::NegativeBase);
        }
        if current.is_negative() {
            return Err(NotMeaningful::OppositeSigns);
        }
        let factor = current.checked_div(&prior).ok_or(NotMeaningful::ZeroBase)?;
        Ok(GrowthRate(&factor - &Ratio::ONE))
    }

    /// The growth of so many percent.
    pub fn from_percent(percent: Percent) -> GrowthRate {
        GrowthRate(percent.as_fraction())
    }

    /// The growth of so many basis points.
    pub fn from_basis_points(points: BasisPoints) -> GrowthRate {
        GrowthRate(points.as_fraction())
    }

    /// The growth to a multiple: 2 for "doubled", which is 100%.
    pub fn from_multiple(multiple: impl Into<Ratio>) -> GrowthRate {
        GrowthRate(&multiple.into() - &Ratio::ONE)
    }

    /// The growth of this fraction: 0.123 for 12.3%.
    pub fn from_fraction(fraction: Ratio) -> GrowthRate {
        GrowthRate(fraction)
    }

    /// The exact fraction.
    pub fn as_fraction(&self) -> &Ratio {
        &self.0
    }

    /// The exact number of percent.
    pub fn as_percent(&self) -> Ratio {
        &self.0 * &Ratio::from(100)
    }

    /// The factor `1 + growth`: what the prior is multiplied by.
    pub fn as_multiple(&self) -> Ratio {
        &self.0 + &Ratio::ONE
    }

    /// The prior figure: `current ÷ (1 + growth)`, exact.
    ///
    /// # Errors
    ///
    /// [`DivisionByZero`](ArithmeticError::DivisionByZero) for a growth of −100%: every prior leads to zero.
    ///
    /// # Example
    ///
    /// 13.8 after growth of 12.3% implies 12.3 a year earlier:
    ///
    /// ```
    /// use tieout::{Decimal, GrowthRate, Percent, Precision, RoundingMode};
    ///
    /// let growth = GrowthRate::from_percent(Percent("12.3".parse()?));
    /// let prior = growth.implied_prior("13.8".parse::<Decimal>()?)?;
    /// assert_eq!(prior.round(Precision::Decimals(1), RoundingMode::HalfUp)?.value.to_string(), "12.3");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn implied_prior(&self, current: impl Into<Ratio>) -> Result<Ratio, ArithmeticError> {
        current.into().checked_div(&self.as_multiple()).ok_or(ArithmeticError::DivisionByZero)
    }

    /// The current figure: `prior × (1 + growth)`, exact.
    pub fn implied_current(&self, prior: impl Into<Ratio>) -> Ratio {
        &prior.into() * &self.as_multiple()
    }
}

/// The priors that intervals of a current figure and of a growth (as a fraction) leave open; `None` where they are
/// unbounded, because the growth may be −100%.
///
/// # Example
///
/// 594.8 (±0.05) after growth of 12.3% (±0.05 points):
///
/// ```
/// use tieout::{Decimal, Interval, Precision, Ratio, RoundingMode, implied_prior_interval};
///
/// let around = |v: &str, r: &str| -> Result<Interval, Box<dyn std::error::Error>> {
///     Ok(Interval::around(&Ratio::from(v.parse::<Decimal>()?), &Ratio::from(r.parse::<Decimal>()?)))
/// };
/// let prior = implied_prior_interval(&around("594.8", "0.05")?, &around("0.123", "0.0005")?).unwrap();
/// let low = prior.low().value().unwrap().round(Precision::Decimals(3), RoundingMode::Floor)?;
/// let high = prior.high().value().unwrap().round(Precision::Decimals(3), RoundingMode::Ceiling)?;
/// assert_eq!((low.value.to_string(), high.value.to_string()), ("529.372".into(), "529.934".into()));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn implied_prior_interval(current: &Interval, growth: &Interval) -> Option<Interval> {
    current.checked_div(&growth.add(&Interval::point(Ratio::ONE)))
}
