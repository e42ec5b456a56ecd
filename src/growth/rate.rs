//! How much did it grow, and which figures do a growth and the other one imply?

use super::units::{BasisPoints, Percent};
use crate::error::ArithmeticError;
use crate::exact::{Interval, Precision, Ratio, RoundingMode};

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
pub struct GrowthRate(pub(super) Ratio);

impl GrowthRate {
    /// The growth from a prior figure to a current one.
    ///
    /// # Errors
    ///
    /// [`NotMeaningful`] when the prior is zero or negative, or the current has the opposite sign. A current of zero
    /// is a growth of −100%.
    ///
    /// ```
    /// use tieout::{GrowthRate, NotMeaningful, Ratio};
    ///
    /// assert_eq!(GrowthRate::between(8, 6)?.as_percent(), Ratio::from(-25));
    /// assert_eq!(GrowthRate::between(-8, 6), Err(NotMeaningful::NegativeBase));
    /// # Ok::<(), NotMeaningful>(())
    /// ```
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
    ///
    /// ```
    /// use tieout::{GrowthRate, Percent, Ratio};
    ///
    /// assert_eq!(Some(GrowthRate::from_percent(Percent("5".parse()?)).as_multiple()), Ratio::new(105, 100));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn from_percent(percent: Percent) -> GrowthRate {
        GrowthRate(percent.as_fraction())
    }

    /// The growth of so many basis points.
    ///
    /// ```
    /// use tieout::{BasisPoints, GrowthRate, Ratio};
    ///
    /// assert_eq!(Some(GrowthRate::from_basis_points(BasisPoints("50".parse()?)).as_percent()), Ratio::new(1, 2));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn from_basis_points(points: BasisPoints) -> GrowthRate {
        GrowthRate(points.as_fraction())
    }

    /// The growth to a multiple: 2 for "doubled", which is 100%.
    ///
    /// ```
    /// use tieout::{GrowthRate, Ratio};
    ///
    /// assert_eq!(GrowthRate::from_multiple(2).as_percent(), Ratio::from(100));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn from_multiple(multiple: impl Into<Ratio>) -> GrowthRate {
        GrowthRate(&multiple.into() - &Ratio::ONE)
    }

    /// The growth of this fraction: 0.123 for 12.3%.
    ///
    /// ```
    /// use tieout::{GrowthRate, Ratio};
    ///
    /// assert_eq!(GrowthRate::from_fraction(Ratio::new(1, 8).unwrap()).as_percent(), Ratio::new(25, 2).unwrap());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn from_fraction(fraction: Ratio) -> GrowthRate {
        GrowthRate(fraction)
    }

    /// The exact fraction.
    ///
    /// ```
    /// use tieout::{GrowthRate, Ratio};
    ///
    /// assert_eq!(GrowthRate::from_multiple(3).as_fraction(), &Ratio::from(2));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn as_fraction(&self) -> &Ratio {
        &self.0
    }

    /// The exact number of percent.
    ///
    /// ```
    /// use tieout::{GrowthRate, Ratio};
    ///
    /// assert_eq!(GrowthRate::from_multiple(3).as_percent(), Ratio::from(200));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn as_percent(&self) -> Ratio {
        &self.0 * &Ratio::from(100)
    }

    /// The growth in percent, rounded once: what is printed.
    ///
    /// # Errors
    ///
    /// The [`ArithmeticError`]s of [`Ratio::round`].
    ///
    /// ```
    /// use tieout::{GrowthRate, Precision, RoundingMode};
    ///
    /// let percent = GrowthRate::between(14, 28)?.to_percent(Precision::Decimals(1), RoundingMode::HalfUp)?;
    /// assert_eq!(percent.to_string(), "100.0%");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn to_percent(&self, precision: Precision, mode: RoundingMode) -> Result<Percent, ArithmeticError> {
        Ok(Percent(self.as_percent().round(precision, mode)?.value))
    }

    /// The factor `1 + growth`: what the prior is multiplied by.
    ///
    /// ```
    /// use tieout::{GrowthRate, Ratio};
    ///
    /// assert_eq!(GrowthRate::from_multiple(3).as_multiple(), Ratio::from(3));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
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
    ///
    /// ```
    /// use tieout::{GrowthRate, Percent, Ratio};
    ///
    /// assert_eq!(GrowthRate::from_percent(Percent("-50".parse()?)).implied_current(8), Ratio::from(4));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn implied_current(&self, prior: impl Into<Ratio>) -> Ratio {
        &prior.into() * &self.as_multiple()
    }
}

/// The priors that intervals of a current figure and of a growth (as a fraction) leave open: `current ÷ (1 + growth)`,
/// exact. `None` where the growth may lie on both sides of −100%, or is −100%: every prior is possible then. An interval
/// that only ends at −100% leaves the prior without an end on one side.
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
#[must_use]
pub fn implied_prior_interval(current: &Interval, growth: &Interval) -> Option<Interval> {
    current.checked_div(&growth.add(&Interval::point(Ratio::ONE)))
}
