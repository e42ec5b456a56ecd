//! How much did it grow, and what must have stood there before?
//!
//! Growth is `(current − prior) ÷ prior`, a fraction. A percent, percentage points and basis points are three
//! different types: 15% less 12% is three points, not a growth of 3%.

use crate::error::ArithmeticError;
use crate::exact::{Interval, Precision, Ratio, Rounded, RoundingMode, compound_rate};
use crate::money::{exact_decimal, unsigned_zero};
use rust_decimal::Decimal;
use std::cmp::Ordering;
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
    ///
    /// ```
    /// use tieout::{Percent, Ratio};
    ///
    /// assert_eq!(Some(Percent("12.3".parse()?).as_fraction()), Ratio::new(123, 1000));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn as_fraction(self) -> Ratio {
        &Ratio::from(self.0) * &Ratio::power_of_ten(-2)
    }
}

impl PercentagePoints {
    /// The points from one percentage to another: from 12% to 15% is 3 points, not 3%.
    ///
    /// # Errors
    ///
    /// [`Overflow`](ArithmeticError::Overflow) when the difference does not fit a decimal exactly.
    ///
    /// ```
    /// use tieout::{Percent, PercentagePoints};
    ///
    /// let points = PercentagePoints::between(Percent("12.0".parse()?), Percent("15".parse()?))?;
    /// assert_eq!(points.to_string(), "3.0 pp");
    /// assert_eq!(points.to_basis_points()?.to_string(), "300 bp");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn between(prior: Percent, current: Percent) -> Result<PercentagePoints, ArithmeticError> {
        let points = &Ratio::from(current.0) - &Ratio::from(prior.0);
        Ok(PercentagePoints(exact_decimal(&points, current.0.scale().max(prior.0.scale()))?))
    }

    /// The same in basis points: a hundred for each point.
    ///
    /// # Errors
    ///
    /// [`Overflow`](ArithmeticError::Overflow) when that does not fit a decimal.
    ///
    /// ```
    /// use tieout::PercentagePoints;
    ///
    /// assert_eq!(PercentagePoints("0.25".parse()?).to_basis_points()?.to_string(), "25 bp");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn to_basis_points(self) -> Result<BasisPoints, ArithmeticError> {
        let points = &Ratio::from(self.0) * &Ratio::from(100);
        Ok(BasisPoints(exact_decimal(&points, self.0.scale().saturating_sub(2))?))
    }

    /// The percentage that lies these points above another.
    ///
    /// # Errors
    ///
    /// [`Overflow`](ArithmeticError::Overflow) when the sum does not fit a decimal exactly.
    ///
    /// ```
    /// use tieout::{Percent, PercentagePoints};
    ///
    /// let margin = PercentagePoints("-1.5".parse()?).above(Percent("12.0".parse()?))?;
    /// assert_eq!(margin.to_string(), "10.5%");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn above(self, percent: Percent) -> Result<Percent, ArithmeticError> {
        let sum = &Ratio::from(percent.0) + &Ratio::from(self.0);
        Ok(Percent(exact_decimal(&sum, percent.0.scale().max(self.0.scale()))?))
    }

    /// The exact fraction: 0.03 for 3 points.
    ///
    /// ```
    /// use tieout::{PercentagePoints, Ratio};
    ///
    /// assert_eq!(Some(PercentagePoints("3".parse()?).as_fraction()), Ratio::new(3, 100));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn as_fraction(self) -> Ratio {
        &Ratio::from(self.0) * &Ratio::power_of_ten(-2)
    }
}

impl BasisPoints {
    /// The same in percentage points: a hundredth for each.
    ///
    /// # Errors
    ///
    /// [`Underflow`](ArithmeticError::Underflow) or [`Overflow`](ArithmeticError::Overflow) when that does not fit a
    /// decimal exactly.
    ///
    /// ```
    /// use tieout::BasisPoints;
    ///
    /// assert_eq!(BasisPoints("25".parse()?).to_percentage_points()?.to_string(), "0.25 pp");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn to_percentage_points(self) -> Result<PercentagePoints, ArithmeticError> {
        let points = &Ratio::from(self.0) * &Ratio::power_of_ten(-2);
        Ok(PercentagePoints(exact_decimal(&points, self.0.scale() + 2)?))
    }

    /// The exact fraction: 0.0025 for 25 basis points.
    ///
    /// ```
    /// use tieout::{BasisPoints, Ratio};
    ///
    /// assert_eq!(Some(BasisPoints("25".parse()?).as_fraction()), Ratio::new(25, 10000));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn as_fraction(self) -> Ratio {
        &Ratio::from(self.0) * &Ratio::power_of_ten(-4)
    }
}

impl fmt::Display for Percent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}%", unsigned_zero(self.0))
    }
}

impl fmt::Display for PercentagePoints {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} pp", unsigned_zero(self.0))
    }
}

impl fmt::Display for BasisPoints {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} bp", unsigned_zero(self.0))
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

/// What to say of a growth over a base that is not positive, or to the other side of zero.
///
/// A base of zero has no growth under any policy.
///
/// # Example
///
/// From a loss of 5 to a profit of 4:
///
/// ```
/// use tieout::{BasePolicy, Growth, NotMeaningful, Ratio, Swing};
///
/// assert_eq!(BasePolicy::default().growth(-5, 4), Growth::NotMeaningful(NotMeaningful::NegativeBase));
/// assert_eq!(BasePolicy::SwingLabel.growth(-5, 4), Growth::Swing(Swing::TurnedPositive));
/// let percent = |policy: BasePolicy| policy.growth(-5, 4).rate().map(|rate| rate.as_percent());
/// assert_eq!(percent(BasePolicy::AbsoluteBase), Some(Ratio::from(180)));
/// assert_eq!(percent(BasePolicy::Raw), Some(Ratio::from(-180)));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
#[non_exhaustive]
pub enum BasePolicy {
    /// No growth, and why: the "NM" of filings.
    #[default]
    NotMeaningful,
    /// (current − prior) ÷ |prior|: the sign says better or worse, as some data vendors print it.
    AbsoluteBase,
    /// (current − prior) ÷ prior whatever the signs: what spreadsheets do.
    Raw,
    /// A label instead of a number: "loss to profit".
    SwingLabel,
}

/// A growth, or what stands in its place.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Growth {
    /// A growth rate.
    Rate(GrowthRate),
    /// None, and why.
    NotMeaningful(NotMeaningful),
    /// A label.
    Swing(Swing),
}

/// How a figure moved that was, or became, negative.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Swing {
    /// From a loss to a profit.
    TurnedPositive,
    /// From a profit to a loss.
    TurnedNegative,
    /// From a loss to a smaller one, or to zero.
    LossNarrowed,
    /// From a loss to a greater one.
    LossWidened,
    /// The same loss again.
    LossUnchanged,
}

impl fmt::Display for Swing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Swing::TurnedPositive => "loss to profit",
            Swing::TurnedNegative => "profit to loss",
            Swing::LossNarrowed => "loss narrowed",
            Swing::LossWidened => "loss widened",
            Swing::LossUnchanged => "loss unchanged",
        })
    }
}

impl Growth {
    /// The rate, where there is one.
    ///
    /// ```
    /// use tieout::{BasePolicy, Ratio};
    ///
    /// let growth = BasePolicy::default().growth(8, 6);
    /// assert_eq!(growth.rate().unwrap().as_percent(), Ratio::from(-25));
    /// ```
    #[must_use]
    pub fn rate(&self) -> Option<&GrowthRate> {
        match self {
            Growth::Rate(rate) => Some(rate),
            Growth::NotMeaningful(_) | Growth::Swing(_) => None,
        }
    }
}

impl BasePolicy {
    /// The growth from a prior figure to a current one under this policy.
    ///
    /// ```
    /// use tieout::{BasePolicy, Growth, NotMeaningful, Swing};
    ///
    /// assert_eq!(BasePolicy::Raw.growth(0, 4), Growth::NotMeaningful(NotMeaningful::ZeroBase));
    /// assert_eq!(BasePolicy::SwingLabel.growth(-5, -4), Growth::Swing(Swing::LossNarrowed));
    /// ```
    pub fn growth(self, prior: impl Into<Ratio>, current: impl Into<Ratio>) -> Growth {
        let (prior, current) = (prior.into(), current.into());
        let reason = match GrowthRate::between(prior.clone(), current.clone()) {
            Ok(rate) => return Growth::Rate(rate),
            Err(reason) => reason,
        };
        let over = |base: &Ratio| match (&current - &prior).checked_div(base) {
            Some(fraction) => Growth::Rate(GrowthRate(fraction)),
            None => Growth::NotMeaningful(NotMeaningful::ZeroBase),
        };
        match self {
            _ if prior.is_zero() => Growth::NotMeaningful(NotMeaningful::ZeroBase),
            BasePolicy::NotMeaningful => Growth::NotMeaningful(reason),
            BasePolicy::AbsoluteBase => over(&prior.abs()),
            BasePolicy::Raw => over(&prior),
            BasePolicy::SwingLabel => Growth::Swing(swing(&prior, &current)),
        }
    }
}

/// The label for two figures of which one is negative.
fn swing(prior: &Ratio, current: &Ratio) -> Swing {
    match (prior.is_negative(), current.cmp(prior)) {
        (false, _) => Swing::TurnedNegative,
        (true, _) if current.is_positive() => Swing::TurnedPositive,
        (true, Ordering::Greater) => Swing::LossNarrowed,
        (true, Ordering::Equal) => Swing::LossUnchanged,
        (true, Ordering::Less) => Swing::LossWidened,
    }
}

/// Compound growth: the constant rate that leads from a begin to an end over a number of periods.
///
/// As a rule no fraction, so it has no exact value to hand out: it is rounded once, correctly, when digits are asked
/// for. See [`compound_annual_growth`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CompoundGrowth {
    begin: Ratio,
    end: Ratio,
    periods: u32,
}

/// The compound annual growth (CAGR) from a begin to an end, `years` apart: the years between, not the count of
/// figures.
///
/// # Errors
///
/// [`Domain`](ArithmeticError::Domain) when the begin is not positive, the end is negative or there are no years
/// between them.
///
/// # Example
///
/// From 100 to 200 in ten years:
///
/// ```
/// use tieout::{RoundingMode, compound_annual_growth};
///
/// let growth = compound_annual_growth(100, 200, 10)?;
/// assert_eq!(growth.to_percent(2, RoundingMode::HalfUp)?.value.to_string(), "7.18");
/// assert!(compound_annual_growth(-100, 200, 10).is_err());
/// # Ok::<(), tieout::ArithmeticError>(())
/// ```
pub fn compound_annual_growth(begin: impl Into<Ratio>, end: impl Into<Ratio>, years: u32) -> Result<CompoundGrowth, ArithmeticError> {
    let (begin, end) = (begin.into(), end.into());
    if !begin.is_positive() || end.is_negative() || years == 0 {
        return Err(ArithmeticError::Domain);
    }
    Ok(CompoundGrowth { begin, end, periods: years })
}

impl CompoundGrowth {
    /// How many periods lie between begin and end.
    ///
    /// ```
    /// use tieout::compound_annual_growth;
    ///
    /// assert_eq!(compound_annual_growth(100, 200, 10)?.periods(), 10);
    /// # Ok::<(), tieout::ArithmeticError>(())
    /// ```
    #[must_use]
    pub fn periods(&self) -> u32 {
        self.periods
    }

    /// The rate as a fraction of so many decimals, rounded once: 0.0718.
    ///
    /// # Errors
    ///
    /// [`BadPrecision`](ArithmeticError::BadPrecision) for more than 28 decimals, and
    /// [`Overflow`](ArithmeticError::Overflow).
    ///
    /// ```
    /// use tieout::{RoundingMode, compound_annual_growth};
    ///
    /// let rate = compound_annual_growth(1000, 1331, 3)?.to_fraction(4, RoundingMode::HalfEven)?;
    /// assert_eq!((rate.value.to_string().as_str(), rate.exact), ("0.1000", true));
    /// # Ok::<(), tieout::ArithmeticError>(())
    /// ```
    pub fn to_fraction(&self, places: u32, mode: RoundingMode) -> Result<Rounded, ArithmeticError> {
        compound_rate(&self.begin, &self.end, self.periods, places, mode)
    }

    /// The rate in percent with so many decimals, rounded once: 7.18.
    ///
    /// # Errors
    ///
    /// [`BadPrecision`](ArithmeticError::BadPrecision) for more than 26 decimals, and
    /// [`Overflow`](ArithmeticError::Overflow).
    ///
    /// ```
    /// use tieout::{RoundingMode, compound_annual_growth};
    ///
    /// let percent = compound_annual_growth(2, 1, 2)?.to_percent(1, RoundingMode::Floor)?;
    /// assert_eq!(percent.value.to_string(), "-29.3");
    /// # Ok::<(), tieout::ArithmeticError>(())
    /// ```
    pub fn to_percent(&self, places: u32, mode: RoundingMode) -> Result<Rounded, ArithmeticError> {
        let fraction = self.to_fraction(places.saturating_add(2), mode)?;
        // OK because a hundredfold of a decimal with two more places is the same digits.
        let percent = &Ratio::from(fraction.value) * &Ratio::from(100);
        let value = percent.round(Precision::Decimals(i32::try_from(places).unwrap_or(i32::MAX)), mode)?.value;
        Ok(Rounded { value, ..fraction })
    }
}
