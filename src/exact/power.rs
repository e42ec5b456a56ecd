//! Compound growth: the one result that is no fraction. Its digits are settled by exact comparison of powers.

use super::approximate::compare_power;
use super::kernel::MAX_COEFFICIENT;
use super::ratio::Ratio;
use super::rounding::{Discarded, Rounded, RoundingMode};
use crate::error::ArithmeticError;
use num_bigint::BigUint;
use num_traits::{ToPrimitive, Zero};
use rust_decimal::Decimal;
use std::cmp::Ordering;

/// Returns the rate `r` of `begin × (1 + r)^periods = end`, rounded once: the compound growth rate per period, as a
/// fraction (0.0718 for 7.18%).
///
/// Correctly rounded in every mode: each candidate's power is compared with the quotient until the order is certain.
/// The number of periods hardly matters for the time it takes.
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
    let (num, den) = end.checked_div(begin).ok_or(ArithmeticError::Domain)?.into_lowest_terms();
    let quotient = (num.magnitude().clone(), den.magnitude().clone());
    let unit = BigUint::from(10_u8).pow(places);
    // How the factor (1 + r), as a count of units, compares with the true one.
    let compare = |factor: &BigUint, unit: &BigUint| compare_power((factor, unit), periods, &quotient);
    let floor = floor_factor(&unit, |factor| compare(factor, &unit)).ok_or(ArithmeticError::Overflow)?;
    let exact = compare(&floor, &unit).is_eq();
    let half = compare(&(&floor * 2_u8 + 1_u8), &(&unit * 2_u8)).reverse();
    let (count, tie) = signed_units(&floor, &unit, exact, half, mode)?;
    let value = Decimal::try_from_i128_with_scale(count, places).map_err(|_| ArithmeticError::Overflow)?;
    Ok(Rounded { value, exact, tie })
}

/// The greatest factor that does not compare as greater than the true one; `None` where its rate exceeds a decimal.
fn floor_factor(unit: &BigUint, compare: impl Fn(&BigUint) -> Ordering) -> Option<BigUint> {
    let limit = unit + MAX_COEFFICIENT;
    let (mut low, mut above) = (BigUint::zero(), unit * 2_u8);
    while compare(&above).is_le() {
        if above > limit {
            return None;
        }
        low = above.clone();
        above *= 2_u8;
    }
    // `low` is at or below the true factor, `above` beyond it.
    while &low + 1_u8 < above {
        let middle = (&low + &above) >> 1_u8;
        if compare(&middle).is_le() { low = middle } else { above = middle }
    }
    Some(low)
}

/// The rate in units, from the factor's floor: below one it is measured from the other side of zero.
fn signed_units(floor: &BigUint, unit: &BigUint, exact: bool, half: Ordering, mode: RoundingMode) -> Result<(i128, bool), ArithmeticError> {
    let tie = !exact && half.is_eq();
    let count = if floor < unit {
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
    Ok((count, tie))
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

    /// Rule: the number of periods may be any. 2^(1/n) − 1 for every minute of ten years, and for as many as there are.
    #[test]
    fn any_number_of_periods_is_settled() {
        assert_rate(1, 2, 5_256_000, 28, RoundingMode::HalfEven, "0.0000001318773261539464814562");
        assert_rate(1, 2, u32::MAX, 28, RoundingMode::Floor, "0.0000000001613859042472353451");
        assert_rate(1, 0, u32::MAX, 28, RoundingMode::Up, "-1.0000000000000000000000000000");
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
