//! The kernel: any result is one ratio of integers, rounded once.
//!
//! A value is carried as `n / d × 10^e`. It is brought to an integer number of units of the wanted precision with
//! one division, whose remainder says everything the rounding needs. 128 bits are tried first, then 256, then any
//! size; each width either answers exactly or declines.

use super::natural::{Natural, pow10_u128};
use super::ratio::Ratio;
use super::rounding::{Discarded, Precision, Rounded, RoundingMode};
use crate::error::ArithmeticError;
use ethnum::U256;
use num_bigint::BigUint;
use rust_decimal::Decimal;

/// The greatest coefficient of a [`Decimal`]: 96 bits.
pub(super) const MAX_COEFFICIENT: u128 = (1 << 96) - 1;
/// The greatest number of decimal places of a [`Decimal`].
pub(super) const MAX_SCALE: i32 = 28;

/// Returns `a × b ÷ c`, computed exactly and rounded once.
///
/// # Errors
///
/// [`DivisionByZero`](ArithmeticError::DivisionByZero) when `c` is zero,
/// [`Overflow`](ArithmeticError::Overflow) when the rounded result has more than 96 bits at that precision,
/// [`Underflow`](ArithmeticError::Underflow) when it needs more than 28 places,
/// [`BadPrecision`](ArithmeticError::BadPrecision) for no digits or a step that is not positive. Never panics.
///
/// # Example
///
/// 59.5 billion yuan at 7.5874 yuan and 1.0751 dollars to the euro:
///
/// ```
/// use tieout::{Decimal, Precision, RoundingMode, mul_div};
///
/// let [yuan, per_euro, dollars]: [Decimal; 3] = ["59500000000".parse()?, "7.5874".parse()?, "1.0751".parse()?];
/// let usd = mul_div(yuan, dollars, per_euro, Precision::Decimals(2), RoundingMode::HalfEven)?;
/// assert_eq!(usd.value.to_string(), "8430878825.42");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn mul_div(a: Decimal, b: Decimal, c: Decimal, precision: Precision, mode: RoundingMode) -> Result<Rounded, ArithmeticError> {
    if c.is_zero() {
        return Err(ArithmeticError::DivisionByZero);
    }
    let negative = a.is_sign_negative() ^ b.is_sign_negative() ^ c.is_sign_negative();
    let exponent = scale(c) - scale(a) - scale(b);
    let (a, b, c) = (coefficient(a), coefficient(b), coefficient(c));
    if let Some(n) = a.checked_mul(b)
        && let Some(result) = round_width(&Fraction { negative, n, d: c, exponent }, precision, mode)
    {
        return result;
    }
    // OK because two coefficients of 96 bits have a product of at most 192 bits.
    let n = U256::from(a).wrapping_mul(U256::from(b));
    round_fraction_wide(negative, n, U256::from(c), exponent, precision, mode)
}

/// Returns `value` rounded once.
///
/// # Errors
///
/// As [`mul_div`], without the division.
///
/// # Example
///
/// ```
/// use tieout::{Decimal, Precision, RoundingMode, round};
///
/// let value: Decimal = "8424.499".parse()?;
/// let thousands = round(value, Precision::Decimals(-3), RoundingMode::HalfUp)?;
/// assert_eq!(thousands.value.to_string(), "8000");
/// let digits = round(value, Precision::Significant(2), RoundingMode::HalfUp)?;
/// assert_eq!(digits.value.to_string(), "8400");
/// let cash = round("20.42".parse()?, Precision::Step("0.05".parse()?), RoundingMode::HalfUp)?;
/// assert_eq!(cash.value.to_string(), "20.40");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn round(value: Decimal, precision: Precision, mode: RoundingMode) -> Result<Rounded, ArithmeticError> {
    round_u128(value.is_sign_negative(), coefficient(value), 1, -scale(value), precision, mode)
}

/// Rounds `n / d × 10^exponent`; `d` is not zero.
pub(super) fn round_u128(
    negative: bool,
    n: u128,
    d: u128,
    exponent: i32,
    precision: Precision,
    mode: RoundingMode,
) -> Result<Rounded, ArithmeticError> {
    if let Some(result) = round_width(&Fraction { negative, n, d, exponent }, precision, mode) {
        return result;
    }
    round_fraction_wide(negative, U256::from(n), U256::from(d), exponent, precision, mode)
}

fn round_fraction_wide(
    negative: bool,
    n: U256,
    d: U256,
    exponent: i32,
    precision: Precision,
    mode: RoundingMode,
) -> Result<Rounded, ArithmeticError> {
    if let Some(result) = round_width(&Fraction { negative, n, d, exponent }, precision, mode) {
        return result;
    }
    round_big(negative, big(n), big(d), exponent, precision, mode)
}

/// Rounds a fraction of any size; `d` is not zero.
pub(super) fn round_big(
    negative: bool,
    n: BigUint,
    d: BigUint,
    exponent: i32,
    precision: Precision,
    mode: RoundingMode,
) -> Result<Rounded, ArithmeticError> {
    // OK because no operation on a `BigUint` declines.
    round_width(&Fraction { negative, n, d, exponent }, precision, mode).unwrap_or(Err(ArithmeticError::Overflow))
}

fn big(value: U256) -> BigUint {
    BigUint::from_bytes_le(&value.to_le_bytes())
}

pub(super) fn coefficient(value: Decimal) -> u128 {
    value.mantissa().unsigned_abs()
}

#[allow(clippy::cast_possible_wrap, reason = "a scale is at most 28")]
pub(super) fn scale(value: Decimal) -> i32 {
    value.scale() as i32
}

/// `±n / d × 10^exponent`, with `d` not zero.
struct Fraction<N> {
    negative: bool,
    n: N,
    d: N,
    exponent: i32,
}

/// A count of units, and what was discarded to get there.
struct Units {
    count: u128,
    exact: bool,
    tie: bool,
}

type Outcome<T> = Option<Result<T, ArithmeticError>>;

/// Unwraps a width's answer: hands on "too narrow" and errors.
macro_rules! answer {
    ($outcome:expr) => {
        match $outcome? {
            Ok(value) => value,
            Err(error) => return Some(Err(error)),
        }
    };
}

/// Rounds in one width; `None` when the width is too narrow.
#[inline]
fn round_width<N: Natural>(fraction: &Fraction<N>, precision: Precision, mode: RoundingMode) -> Outcome<Rounded> {
    match precision {
        Precision::Decimals(places) => to_decimals(fraction, places, mode),
        Precision::Significant(0) => Some(Err(ArithmeticError::BadPrecision)),
        Precision::Significant(digits) => to_significant(fraction, digits, mode),
        Precision::Step(step) => to_step(fraction, step, mode),
    }
}

fn to_decimals<N: Natural>(fraction: &Fraction<N>, places: i32, mode: RoundingMode) -> Outcome<Rounded> {
    // Nothing representable is anywhere near a unit of 10^1000; without a floor the power itself would be the danger.
    let places = places.max(-1000);
    if places > MAX_SCALE {
        let rounded = answer!(to_decimals(fraction, MAX_SCALE, mode));
        return Some(if rounded.exact { Ok(rounded) } else { Err(ArithmeticError::Underflow) });
    }
    let units = answer!(units(fraction, places, mode));
    Some(decimal(fraction.negative, &units, places))
}

fn to_significant<N: Natural>(fraction: &Fraction<N>, digits: u32, mode: RoundingMode) -> Outcome<Rounded> {
    let Some(leading) = leading_exponent(fraction)? else {
        return Some(Ok(Rounded { value: Decimal::ZERO, exact: true, tie: false }));
    };
    let wanted = i32::try_from(digits).unwrap_or(i32::MAX).saturating_sub(1).saturating_sub(leading);
    let mut places = wanted.min(MAX_SCALE);
    loop {
        let mut units = match units(fraction, places, mode)? {
            Ok(units) => units,
            // An exact value may fit with fewer of its trailing zeros; the caller's last answer stands otherwise.
            Err(ArithmeticError::Overflow) if places > -MAX_SCALE => {
                let shorter = answer!(to_decimals(fraction, places - 1, RoundingMode::Down));
                if !shorter.exact {
                    return Some(Err(ArithmeticError::Overflow));
                }
                places -= 1;
                continue;
            }
            Err(error) => return Some(Err(error)),
        };
        if wanted > places && places == MAX_SCALE && !units.exact {
            return Some(Err(ArithmeticError::Underflow));
        }
        if pow10_u128(digits) == Some(units.count) {
            // 9.996 to three digits is 10.0, not 10.00: the carry added a digit.
            units.count /= 10;
            places -= 1;
        }
        return Some(decimal(fraction.negative, &units, places));
    }
}

fn to_step<N: Natural>(fraction: &Fraction<N>, step: Decimal, mode: RoundingMode) -> Outcome<Rounded> {
    if step.is_zero() || step.is_sign_negative() {
        return Some(Err(ArithmeticError::BadPrecision));
    }
    let in_steps = Fraction {
        negative: fraction.negative,
        n: fraction.n.clone(),
        d: fraction.d.mul(&N::from_u128(coefficient(step)))?,
        exponent: fraction.exponent + scale(step),
    };
    let mut units = answer!(units(&in_steps, 0, mode));
    let Some(count) = units.count.checked_mul(coefficient(step)) else {
        return Some(Err(ArithmeticError::Overflow));
    };
    units.count = count;
    Some(decimal(fraction.negative, &units, scale(step)))
}

/// The exponent of the first significant digit (0 for 1 to 9.99, −2 for 0.012); `Some(None)` for zero.
#[allow(clippy::option_option, reason = "outer: too narrow; inner: zero has no leading digit")]
fn leading_exponent<N: Natural>(fraction: &Fraction<N>) -> Option<Option<i32>> {
    if fraction.n.is_zero() {
        return Some(None);
    }
    let (n, d) = (fraction.n.digits()?, fraction.d.digits()?);
    #[allow(clippy::cast_possible_wrap, reason = "digit counts are far below 2^31")]
    let estimate = n as i32 - d as i32;
    // n / d lies between 10^(estimate - 1) and 10^(estimate + 1).
    let reaches = if estimate >= 0 {
        fraction.n >= fraction.d.mul(&N::pow10(estimate.unsigned_abs())?)?
    } else {
        fraction.n.mul(&N::pow10(estimate.unsigned_abs())?)? >= fraction.d
    };
    Some(Some(if reaches { estimate } else { estimate - 1 } + fraction.exponent))
}

/// The fraction as a rounded count of units of `10^-places`.
#[inline]
fn units<N: Natural>(fraction: &Fraction<N>, places: i32, mode: RoundingMode) -> Outcome<Units> {
    if fraction.n.is_zero() {
        return Some(Ok(Units { count: 0, exact: true, tie: false }));
    }
    let shift = places.saturating_add(fraction.exponent);
    let power = N::pow10(shift.unsigned_abs());
    let (n, d) = if shift >= 0 { (fraction.n.mul(&power?)?, fraction.d.clone()) } else { (fraction.n.clone(), fraction.d.mul(&power?)?) };
    let (quotient, remainder) = n.div_rem(&d);
    let Some(kept) = quotient.to_u128() else {
        return Some(Err(ArithmeticError::Overflow));
    };
    let half = remainder.cmp(&d.minus(&remainder));
    let discarded = Discarded { nothing: remainder.is_zero(), half };
    let up = mode.goes_up(fraction.negative, kept, discarded);
    let Some(count) = kept.checked_add(u128::from(up)) else {
        return Some(Err(ArithmeticError::Overflow));
    };
    if count > MAX_COEFFICIENT {
        return Some(Err(ArithmeticError::Overflow));
    }
    Some(Ok(Units { count, exact: discarded.nothing, tie: !discarded.nothing && half.is_eq() }))
}

/// `±count × 10^-places` as a decimal.
#[inline]
fn decimal(negative: bool, units: &Units, places: i32) -> Result<Rounded, ArithmeticError> {
    let (coefficient, scale) = match u32::try_from(places) {
        Ok(scale) => (Some(units.count), scale),
        // Tens and thousands: the zeros are written out.
        Err(_) if units.count == 0 => (Some(0), 0),
        Err(_) => (pow10_u128(places.unsigned_abs()).and_then(|power| units.count.checked_mul(power)), 0),
    };
    let coefficient = coefficient.filter(|c| *c <= MAX_COEFFICIENT).ok_or(ArithmeticError::Overflow)?;
    #[allow(clippy::cast_possible_truncation, reason = "the three parts of a coefficient of at most 96 bits")]
    let (low, middle, high) = (coefficient as u32, (coefficient >> 32) as u32, (coefficient >> 64) as u32);
    // Zero is never negative.
    let value = Decimal::from_parts(low, middle, high, negative && coefficient != 0, scale);
    Ok(Rounded { value, exact: units.exact, tie: units.tie })
}

impl Ratio {
    /// Returns the value rounded once.
    ///
    /// # Errors
    ///
    /// [`Overflow`](ArithmeticError::Overflow), [`Underflow`](ArithmeticError::Underflow) and
    /// [`BadPrecision`](ArithmeticError::BadPrecision) as in [`mul_div`].
    ///
    /// # Example
    ///
    /// ```
    /// use tieout::{Precision, Ratio, RoundingMode};
    ///
    /// let third = Ratio::ONE.checked_div(&Ratio::from(3)).unwrap();
    /// let rounded = third.round(Precision::Decimals(4), RoundingMode::HalfUp)?;
    /// assert_eq!(rounded.value.to_string(), "0.3333");
    /// assert!(!rounded.exact);
    /// # Ok::<(), tieout::ArithmeticError>(())
    /// ```
    pub fn round(&self, precision: Precision, mode: RoundingMode) -> Result<Rounded, ArithmeticError> {
        match self.small_parts() {
            Some((num, den)) => round_u128(num < 0, num.unsigned_abs(), den.unsigned_abs(), 0, precision, mode),
            None => {
                let (negative, n, d) = self.big_parts();
                round_big(negative, n, d, 0, precision, mode)
            }
        }
    }
}
