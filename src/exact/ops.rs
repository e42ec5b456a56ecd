//! Sums, products and quotients of decimals: each computed exactly and rounded once.
//!
//! The operators of [`Decimal`] itself round silently, each in its own way; these take the precision and the mode as
//! arguments and say in the [`Rounded`] result what the rounding did. [`Precision`] says which of them is which operation
//! of the General Decimal Arithmetic specification.

use super::kernel::{Fraction, coefficient, mul_div, scale};
use super::natural::{Natural, pow10_u128};
use super::rounding::{Precision, Rounded, RoundingMode};
use crate::error::ArithmeticError;
use ethnum::U256;
use rust_decimal::Decimal;

/// Returns `a + b`, computed exactly and rounded once.
///
/// # Errors
///
/// [`Overflow`](ArithmeticError::Overflow), [`Underflow`](ArithmeticError::Underflow) and
/// [`BadPrecision`](ArithmeticError::BadPrecision) as in [`mul_div`]. Never panics.
///
/// # Example
///
/// A sum that `+` would round silently on the way:
///
/// ```
/// use tieout::{Decimal, Precision, RoundingMode, add};
///
/// let [a, b]: [Decimal; 2] = ["9999999999999999".parse()?, "0.4999999999999".parse()?];
/// let sum = add(a, b, Precision::Decimals(0), RoundingMode::HalfUp)?;
/// assert_eq!(sum.value.to_string(), "9999999999999999");
/// let exact = add("1.10".parse()?, "2.2".parse()?, Precision::UpToSignificant(28), RoundingMode::HalfEven)?;
/// assert_eq!((exact.value.to_string().as_str(), exact.exact), ("3.30", true));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn add(a: Decimal, b: Decimal, precision: Precision, mode: RoundingMode) -> Result<Rounded, ArithmeticError> {
    sum(a, b.is_sign_negative(), b, precision, mode)
}

/// Returns `a - b`, computed exactly and rounded once.
///
/// # Errors
///
/// As [`add`].
///
/// # Example
///
/// ```
/// use tieout::{Precision, RoundingMode, subtract};
///
/// let change = subtract("59477.1".parse()?, "73351.5".parse()?, Precision::Decimals(0), RoundingMode::HalfEven)?;
/// assert_eq!(change.value.to_string(), "-13874");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn subtract(a: Decimal, b: Decimal, precision: Precision, mode: RoundingMode) -> Result<Rounded, ArithmeticError> {
    sum(a, !b.is_sign_negative(), b, precision, mode)
}

/// Returns `a × b`, computed exactly and rounded once.
///
/// # Errors
///
/// As [`add`].
///
/// # Example
///
/// ```
/// use tieout::{Precision, RoundingMode, multiply};
///
/// let euros = multiply("2.33".parse()?, "2.5".parse()?, Precision::Decimals(2), RoundingMode::HalfUp)?;
/// assert_eq!((euros.value.to_string().as_str(), euros.tie), ("5.83", true));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn multiply(a: Decimal, b: Decimal, precision: Precision, mode: RoundingMode) -> Result<Rounded, ArithmeticError> {
    mul_div(a, b, Decimal::ONE, precision, mode)
}

/// Returns `a ÷ b`, computed exactly and rounded once.
///
/// # Errors
///
/// [`DivisionByZero`](ArithmeticError::DivisionByZero) when `b` is zero, and as [`add`].
///
/// # Example
///
/// ```
/// use tieout::{Precision, RoundingMode, divide};
///
/// let euros = divide("298".parse()?, "1.95583".parse()?, Precision::Decimals(2), RoundingMode::HalfUp)?;
/// assert_eq!(euros.value.to_string(), "152.36");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn divide(a: Decimal, b: Decimal, precision: Precision, mode: RoundingMode) -> Result<Rounded, ArithmeticError> {
    mul_div(a, Decimal::ONE, b, precision, mode)
}

/// Returns `value` rounded to the decimals of `pattern`, whose own value does not matter: the `quantize` of the General
/// Decimal Arithmetic specification.
///
/// # Errors
///
/// [`Overflow`](ArithmeticError::Overflow) when the result has more than 96 bits with those decimals.
///
/// # Example
///
/// ```
/// use tieout::{RoundingMode, quantize};
///
/// let cents = quantize("2.675".parse()?, "0.01".parse()?, RoundingMode::HalfEven)?;
/// assert_eq!(cents.value.to_string(), "2.68");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn quantize(value: Decimal, pattern: Decimal, mode: RoundingMode) -> Result<Rounded, ArithmeticError> {
    super::round(value, Precision::Decimals(scale(pattern)), mode)
}

/// `a ± b`, the sign of `b` given apart.
fn sum(a: Decimal, b_negative: bool, b: Decimal, precision: Precision, mode: RoundingMode) -> Result<Rounded, ArithmeticError> {
    let places = scale(a).max(scale(b));
    let aligned = |value: Decimal| {
        // OK because ten to at most the 28th has 94 bits, and 94 bits times the 96 of a coefficient have 190.
        let power = pow10_u128((places - scale(value)).unsigned_abs()).unwrap_or(1);
        (coefficient(value), power)
    };
    let ((a, a_power), (b, b_power), a_negative) = (aligned(a), aligned(b), a.is_sign_negative());
    match (a.checked_mul(a_power), b.checked_mul(b_power)) {
        // OK because two values below 2^127 have a sum below 2^128.
        (Some(a), Some(b)) if (a | b) >> 127 == 0 => {
            let (negative, n) = signed_sum((a_negative, a), (b_negative, b), u128::wrapping_add);
            Fraction { negative, n, d: 1, exponent: -places }.round(precision, mode)
        }
        _ => {
            let wide = |value: u128, power: u128| U256::from(value).wrapping_mul(U256::from(power));
            let (negative, n) = signed_sum((a_negative, wide(a, a_power)), (b_negative, wide(b, b_power)), U256::wrapping_add);
            Fraction { negative, n, d: U256::ONE, exponent: -places }.round(precision, mode)
        }
    }
}

/// Sign and size of a sum of two signed sizes, whose plain sum fits.
fn signed_sum<N: Natural>((a_negative, a): (bool, N), (b_negative, b): (bool, N), plain: impl Fn(N, N) -> N) -> (bool, N) {
    match a_negative == b_negative {
        true => (a_negative, plain(a, b)),
        false if a >= b => (a_negative, a.minus(&b)),
        false => (b_negative, b.minus(&a)),
    }
}
