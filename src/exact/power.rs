//! Compound growth: the one result that is no fraction. Its digits are settled by exact comparison of powers.

use super::kernel::MAX_COEFFICIENT;
use super::ratio::Ratio;
use super::rounding::{Discarded, Rounded, RoundingMode};
use crate::error::ArithmeticError;
use num_bigint::BigUint;
use num_traits::{One, ToPrimitive};
use rust_decimal::Decimal;
use std::cmp::Ordering;

/// Returns the rate `r` of `begin × (1 + r)^periods = end`, rounded once: the compound growth rate per period, as a
/// fraction (0.0718 for 7.18%).
///
/// Correctly rounded in every mode: the root is found as an integer and each comparison is one of exact powers.
///
/// # Errors
///
/// [`Domain`](ArithmeticError::Domain) when `begin` is not positive, `end` is negative or `periods` is zero;
/// [`BadPrecision`](ArithmeticError::BadPrecision) for a precision other than 0 to 28 decimal places;
/// [`Overflow`](ArithmeticError::Overflow) when the rate has more than 96 bits.
///
/// # Example
///
/// From 100 to 200 in ten years:
///
/// ```
/// use tieout::{Precision, Ratio, RoundingMode, compound_rate};
///
/// let rate = compound_rate(&Ratio::from(100), &Ratio::from(200), 10, 4, RoundingMode::HalfUp)?;
/// assert_eq!(rate.value.to_string(), "0.0718");
/// # Ok::<(), tieout::ArithmeticError>(())
/// ```
pub fn compound_rate(begin: &Ratio, end: &Ratio, periods: u32, places: u32, mode: RoundingMode) -> Result<Rounded, ArithmeticError> {
    if !begin.is_positive() || end.is_negative() || periods == 0 {
        return Err(ArithmeticError::Domain);
    }
    if places > 28 {
        return Err(ArithmeticError::BadPrecision);
    }
    let quotient = end.checked_div(begin).ok_or(ArithmeticError::Domain)?;
    let (num, den) = quotient.into_lowest_terms();
    let (num, den) = (num.magnitude().clone(), den.magnitude().clone());
    let unit = BigUint::from(10_u8).pow(places);
    // The factor (1 + r) in units: the greatest F with F^n × den <= num × unit^n.
    let scaled = &num * unit.pow(periods);
    let floor = (&scaled / &den).nth_root(periods);
    let compare = |factor: &BigUint, twice: bool| {
        let widen = if twice { BigUint::one() << u64::from(periods) } else { BigUint::one() };
        (&scaled * widen).cmp(&(factor.pow(periods) * &den))
    };
    let exact = compare(&floor, false).is_eq();
    let half = compare(&(&floor * 2_u8 + 1_u8), true);
    let negative = floor < unit;
    signed_units(&floor, &unit, negative, exact, half, mode).and_then(|(count, exact, tie)| {
        let value = Decimal::try_from_i128_with_scale(count, places).map_err(|_| ArithmeticError::Overflow)?;
        Ok(Rounded { value, exact, tie })
    })
}

/// The rate in units, from the factor's floor: below one it is measured from the other side of zero.
fn signed_units(
    floor: &BigUint,
    unit: &BigUint,
    negative: bool,
    exact: bool,
    half: Ordering,
    mode: RoundingMode,
) -> Result<(i128, bool, bool), ArithmeticError> {
    let tie = !exact && half.is_eq();
    let count = if negative {
        // The rate is -(unit - floor) plus something: its magnitude, cut off, is one less unless it is exact.
        let magnitude = (unit - floor).to_u128().ok_or(ArithmeticError::Overflow)?;
        let kept = if exact { magnitude } else { magnitude.saturating_sub(1) };
        let discarded = Discarded { nothing: exact, half: half.reverse() };
        -signed(kept + u128::from(mode.goes_up(true, kept, discarded)))?
    } else {
        let kept = (floor - unit).to_u128().ok_or(ArithmeticError::Overflow)?;
        let discarded = Discarded { nothing: exact, half };
        signed(kept.saturating_add(u128::from(mode.goes_up(false, kept, discarded))))?
    };
    Ok((count, exact, tie))
}

fn signed(count: u128) -> Result<i128, ArithmeticError> {
    if count > MAX_COEFFICIENT {
        return Err(ArithmeticError::Overflow);
    }
    i128::try_from(count).map_err(|_| ArithmeticError::Overflow)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn assert_rate(begin: i64, end: i64, periods: u32, places: u32, mode: RoundingMode, expected: &str) {
        let rate = compound_rate(&Ratio::from(begin), &Ratio::from(end), periods, places, mode).unwrap();
        assert_eq!(rate.value.to_string(), expected, "{begin} to {end} in {periods}, {mode:?}");
    }

    /// Rule: an exact root is exact in every mode. 1.1^3 = 1.331 and 0.9^3 = 0.729.
    #[test]
    fn an_exact_root_is_exact_in_every_mode() {
        for mode in RoundingMode::ALL {
            assert_rate(1000, 1331, 3, 2, mode, "0.10");
            assert_rate(1000, 729, 3, 2, mode, "-0.10");
        }
    }

    /// Rule: a tie of the factor is a tie of the rate, on both sides of zero. 1.05^2 = 1.1025 and 0.95^2 = 0.9025.
    #[test]
    fn a_tie_is_broken_by_the_mode_on_both_sides_of_zero() {
        assert_rate(10000, 11025, 2, 1, RoundingMode::HalfUp, "0.1");
        assert_rate(10000, 11025, 2, 1, RoundingMode::HalfEven, "0.0");
        assert_rate(10000, 9025, 2, 1, RoundingMode::HalfUp, "-0.1");
        assert_rate(10000, 9025, 2, 1, RoundingMode::HalfCeiling, "0.0");
    }

    /// Rule: directed modes go to the right side of an irrational rate. 0.5^(1/2) - 1 = -0.2928...
    #[test]
    fn directed_modes_surround_an_irrational_rate() {
        assert_rate(2, 1, 2, 2, RoundingMode::Floor, "-0.30");
        assert_rate(2, 1, 2, 2, RoundingMode::Ceiling, "-0.29");
        assert_rate(2, 1, 2, 2, RoundingMode::Down, "-0.29");
        assert_rate(2, 1, 2, 2, RoundingMode::Up, "-0.30");
        assert_rate(2, 1, 2, 2, RoundingMode::HalfEven, "-0.29");
    }
}
