//! Percents, percentage points and basis points: three types.

use crate::error::ArithmeticError;
use crate::exact::Ratio;
use crate::money::{exact_decimal, unsigned_zero};
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
