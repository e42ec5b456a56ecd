//! Which constant rate leads from a begin to an end?

use crate::error::ArithmeticError;
use crate::exact::{Precision, Ratio, Rounded, RoundingMode, compound_rate};

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
