//! The changeover to the euro: Council Regulation (EC) 1103/97, articles 4 and 5.

use crate::conversion::FixedRate;
use crate::currency::Currency;
use crate::error::{Error, ErrorKind};
use crate::exact::{Precision, Ratio, RoundingMode};
use crate::money::{Money, minor_precision};

/// The rules of article 4: conversion at the fixed rates of six significant figures, which are neither rounded nor
/// inverted; from one national unit to another through an amount in euro, which may be rounded to no fewer than
/// three decimals. Amounts to be paid are rounded to the nearest sub-unit, half-way up (article 5; a negative amount
/// half-way is rounded away from zero here, which the regulation leaves open).
///
/// The choice of the intermediate rounding can decide over a cent, so it is explicit and the result names it.
///
/// # Example
///
/// Four marks in francs: both cents are lawful.
///
/// ```
/// use tieout::{Currency, EuroChangeover};
///
/// let francs = Currency::from_code("FRF")?;
/// let three = EuroChangeover::with_intermediate_places(3)?.convert("DEM 4".parse()?, francs)?;
/// assert_eq!(three.converted.to_string(), "FRF 13.41");
/// assert_eq!(three.intermediate.unwrap().to_string(), "EUR 2.045");
/// let unrounded = EuroChangeover::unrounded().convert("DEM 4".parse()?, francs)?;
/// assert_eq!(unrounded.converted.to_string(), "FRF 13.42");
/// # Ok::<(), tieout::Error>(())
/// ```
///
/// # Example: error on fewer than three intermediate decimals
///
/// ```
/// use tieout::EuroChangeover;
///
/// let error = EuroChangeover::with_intermediate_places(2).unwrap_err();
/// assert_eq!(
///     error.to_string(),
///     "Regulation (EC) 1103/97 art. 4(4) allows no fewer than three decimals for the euro amount: 2"
/// );
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct EuroChangeover {
    intermediate: Option<u8>,
}

/// A conversion by the fixed euro rates.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
#[must_use]
pub struct EuroConversion {
    /// What was converted.
    pub amount: Money,
    /// What came out.
    pub converted: Money,
    /// The fixed rates in the order they were applied: one, two between national units, none into the same unit.
    pub rates: Vec<FixedRate>,
    /// The euro amount between two national units, where it was rounded.
    pub intermediate: Option<Money>,
    /// Whether nothing was discarded.
    pub exact: bool,
    /// Whether the last step was half-way between two sub-units.
    pub tie: bool,
}

impl EuroChangeover {
    /// The euro amount between two national units is not rounded.
    ///
    /// ```
    /// use tieout::{Currency, EuroChangeover};
    ///
    /// let euro = EuroChangeover::unrounded().convert("DEM 298".parse()?, Currency::EUR)?;
    /// // With the inverse rate 0.511292 it would be 152.37.
    /// assert_eq!(euro.converted.to_string(), "EUR 152.36");
    /// # Ok::<(), tieout::Error>(())
    /// ```
    #[must_use]
    pub const fn unrounded() -> EuroChangeover {
        EuroChangeover { intermediate: None }
    }

    /// The euro amount between two national units is rounded to so many decimals.
    ///
    /// # Errors
    ///
    /// [`NotAllowed`](ErrorKind::NotAllowed) for fewer than three.
    ///
    /// ```
    /// use tieout::EuroChangeover;
    ///
    /// assert!(EuroChangeover::with_intermediate_places(3).is_ok());
    /// assert!(EuroChangeover::with_intermediate_places(2).is_err());
    /// ```
    pub fn with_intermediate_places(places: u8) -> Result<EuroChangeover, Error> {
        if places < 3 {
            let rule = "Regulation (EC) 1103/97 art. 4(4) allows no fewer than three decimals for the euro amount";
            return Err(ErrorKind::NotAllowed { rule, found: places.to_string() }.into());
        }
        Ok(EuroChangeover { intermediate: Some(places) })
    }

    /// The amount in another unit, rounded half-up to its minor units.
    ///
    /// # Errors
    ///
    /// As [`convert_to`](EuroChangeover::convert_to).
    ///
    /// ```
    /// use tieout::{Currency, EuroChangeover};
    ///
    /// let lira = EuroChangeover::unrounded().convert("EUR 0.50".parse()?, Currency::from_code("ITL")?)?;
    /// assert_eq!(lira.converted.to_string(), "ITL 968");
    /// # Ok::<(), tieout::Error>(())
    /// ```
    pub fn convert(self, amount: Money, to: Currency) -> Result<EuroConversion, Error> {
        self.convert_to(amount, to, minor_precision(to)?)
    }

    /// The amount in another unit, rounded half-up to a precision of the caller's.
    ///
    /// # Errors
    ///
    /// [`NotAllowed`](ErrorKind::NotAllowed) for a currency that the euro did not replace, and the
    /// [`ArithmeticError`](crate::ArithmeticError)s of [`Ratio::round`].
    ///
    /// ```
    /// use tieout::{Currency, EuroChangeover, Precision};
    ///
    /// let kuna = "HRK 100".parse()?;
    /// let euro = EuroChangeover::unrounded().convert_to(kuna, Currency::EUR, Precision::Decimals(5))?;
    /// assert_eq!(euro.converted.to_string(), "EUR 13.27228");
    /// # Ok::<(), tieout::Error>(())
    /// ```
    pub fn convert_to(self, amount: Money, to: Currency, precision: Precision) -> Result<EuroConversion, Error> {
        let (mut from_rate, mut to_rate) = (fixed_rate(amount.currency())?, fixed_rate(to)?);
        if amount.currency() == to {
            // Nothing is converted, so nothing goes through an amount in euro.
            (from_rate, to_rate) = (None, None);
        }
        let (mut euro, mut intermediate) = (Ratio::from(amount.amount()), None);
        let mut exact = true;
        if let Some(rate) = from_rate {
            // OK because a fixed rate is above zero.
            euro = euro.checked_div(&Ratio::from(rate.rate())).unwrap_or(Ratio::ZERO);
        }
        if let (Some(places), Some(_), Some(_)) = (self.intermediate, from_rate, to_rate) {
            let rounded = euro.round(Precision::Decimals(i32::from(places)), RoundingMode::HalfUp)?;
            (euro, exact, intermediate) = (Ratio::from(rounded.value), rounded.exact, Some(Money::new(rounded.value, Currency::EUR)));
        }
        if let Some(rate) = to_rate {
            euro = &euro * &Ratio::from(rate.rate());
        }
        let rounded = euro.round(precision, RoundingMode::HalfUp)?;
        Ok(EuroConversion {
            amount,
            converted: Money::new(rounded.value, to),
            rates: [from_rate, to_rate].into_iter().flatten().collect(),
            intermediate,
            exact: exact && rounded.exact,
            tie: rounded.tie,
        })
    }
}

/// The fixed rate of a national unit; `None` for the euro itself.
fn fixed_rate(currency: Currency) -> Result<Option<FixedRate>, Error> {
    if currency == Currency::EUR {
        return Ok(None);
    }
    let rule = "the euro's fixed rates are those of the currencies it replaced";
    let legal = currency.legal_rate().filter(|rate| rate.pair().base == Currency::EUR);
    legal.map(Some).ok_or_else(|| ErrorKind::NotAllowed { rule, found: currency.to_string() }.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Rule: an amount in its own unit stays what it is; a lira through EUR 0.001 would be two.
    #[test]
    fn an_amount_in_its_own_unit_is_not_triangulated() {
        let lira = Currency::from_code("ITL").unwrap();
        let same = EuroChangeover::with_intermediate_places(3).unwrap().convert("ITL 1".parse().unwrap(), lira).unwrap();
        assert_eq!((same.converted.to_string().as_str(), same.intermediate, same.exact), ("ITL 1", None, true));
        assert!(same.rates.is_empty());
    }
}
