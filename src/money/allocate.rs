//! Who gets the odd cent? Division of an amount that loses and invents none.

use super::{Money, exact_decimal};
use crate::error::{ArithmeticError, Error, ErrorKind};
use crate::exact::Ratio;
use num_bigint::BigUint;
use num_integer::Integer;
use num_traits::Zero;
use rust_decimal::Decimal;
use std::num::NonZeroU32;

impl Money {
    /// The amount divided by weights: the shares are in their order and sum exactly to the amount.
    ///
    /// Each share is a whole number of the smallest unit (the minor unit, or the unit of the amount's last digit where
    /// that is finer) and differs from its exact value by less than one of them. The units that are left over go
    /// to the largest remainders, the earlier share first between equals; a weight of zero gets nothing.
    ///
    /// # Errors
    ///
    /// [`BadWeights`](ErrorKind::BadWeights) for a negative weight, or none above zero;
    /// [`Overflow`](ArithmeticError::Overflow) where the amount has no room for its minor units.
    ///
    /// # Example
    ///
    /// ```
    /// use tieout::{Decimal, Money};
    ///
    /// let weights = [Decimal::from(50), Decimal::from(30), Decimal::from(20)];
    /// let shares = "USD 0.05".parse::<Money>()?.allocate(&weights)?;
    /// let shares: Vec<String> = shares.iter().map(|share| share.amount().to_string()).collect();
    /// assert_eq!(shares, ["0.03", "0.01", "0.01"]);
    /// # Ok::<(), tieout::Error>(())
    /// ```
    pub fn allocate(self, weights: &[Decimal]) -> Result<Vec<Money>, Error> {
        let (whole_weights, total_weight) = in_whole_numbers(weights);
        if weights.iter().any(|weight| weight.is_sign_negative() && !weight.is_zero()) || total_weight.is_zero() {
            return Err(ErrorKind::BadWeights.into());
        }
        let count = self.smallest_units()?;
        let mut shares = Vec::with_capacity(weights.len());
        for weight in whole_weights {
            let (whole, remainder) = (weight * count.abs.unsigned_abs()).div_rem(&total_weight);
            // OK because a share is no more than the whole.
            shares.push(Share { whole: i128::try_from(whole).map_err(|_| ArithmeticError::Overflow)?, remainder });
        }
        // OK because each share is cut off by less than one unit, so fewer units are left than there are shares.
        let left = usize::try_from(count.abs - shares.iter().map(|share| share.whole).sum::<i128>()).unwrap_or(0);
        let mut order: Vec<&mut Share> = shares.iter_mut().collect();
        order.sort_by(|a, b| b.remainder.cmp(&a.remainder));
        order.into_iter().take(left).for_each(|share| share.whole += 1);
        shares.iter().map(|share| count.money(self, share.whole)).collect()
    }

    /// The amount divided into equal parts that differ by at most one smallest unit; the first ones get the more.
    /// They sum exactly to the amount.
    ///
    /// # Errors
    ///
    /// [`Overflow`](ArithmeticError::Overflow) where the amount has no room for its minor units.
    ///
    /// # Example
    ///
    /// ```
    /// use std::num::NonZeroU32;
    /// use tieout::Money;
    ///
    /// let parts = "USD 100".parse::<Money>()?.split(NonZeroU32::new(3).unwrap())?;
    /// let parts: Vec<String> = parts.map(|part| part.amount().to_string()).collect();
    /// assert_eq!(parts, ["33.34", "33.33", "33.33"]);
    /// # Ok::<(), tieout::Error>(())
    /// ```
    pub fn split(self, parts: NonZeroU32) -> Result<impl Iterator<Item = Money>, Error> {
        let units = self.smallest_units()?;
        let parts = parts.get();
        let (each, more) = (units.abs / i128::from(parts), units.abs % i128::from(parts));
        // OK because a part is no longer than the whole, which has just been written in these units.
        let (less, greater) = (units.money(self, each)?, units.money(self, if more == 0 { each } else { each + 1 })?);
        Ok((0..parts).map(move |index| if i128::from(index) < more { greater } else { less }))
    }

    /// The amount in its smallest units.
    fn smallest_units(self) -> Result<Units, Error> {
        let minor = self.currency().minor_units().map_or(0, u32::from);
        let amount = exact_decimal(&Ratio::from(self.amount()), self.amount().scale().max(minor))?;
        if amount.scale() < minor {
            return Err(ArithmeticError::Overflow.into());
        }
        Ok(Units { abs: amount.mantissa().abs(), scale: amount.scale() })
    }
}

/// A share in smallest units: those it has, and the part of one that is still due to it, times the weights' total.
struct Share {
    whole: i128,
    remainder: BigUint,
}

/// The sizes of the weights in units of the longest of their fractions, and their sum.
fn in_whole_numbers(weights: &[Decimal]) -> (Vec<BigUint>, BigUint) {
    let scale = weights.iter().map(Decimal::scale).max().unwrap_or(0);
    let whole = |weight: &Decimal| BigUint::from(weight.mantissa().unsigned_abs()) * BigUint::from(10_u8).pow(scale - weight.scale());
    let whole: Vec<BigUint> = weights.iter().map(whole).collect();
    let total = whole.iter().sum();
    (whole, total)
}

/// A size in units of the last of so many decimals.
struct Units {
    abs: i128,
    scale: u32,
}

impl Units {
    /// So many of the units, with the sign and currency of `like`.
    fn money(&self, like: Money, count: i128) -> Result<Money, Error> {
        let signed = if like.amount().is_sign_negative() { -count } else { count };
        let amount = Decimal::try_from_i128_with_scale(signed, self.scale).map_err(|_| ArithmeticError::Overflow)?;
        Ok(Money::new(amount, like.currency()))
    }
}
