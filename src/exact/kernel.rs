//! The kernel: any result is one ratio of integers, rounded once.
//!
//! A value is carried as `n / d × 10^e`. It is brought to an integer number of units of the wanted precision with
//! one division, whose remainder says everything the rounding needs. 64 bits are tried first (ordinary figures), then
//! 128, then 256 (any three decimals), then any size; each width either answers exactly or declines.

use super::natural::{Natural, pow10_u128};
use super::ratio::Ratio;
use super::rounding::{Discarded, Precision, Rounded, RoundingMode};
use crate::error::ArithmeticError;
use ethnum::U256;
use num_bigint::BigUint;
use rust_decimal::Decimal;
use std::cmp::Ordering;

/// The greatest coefficient of a [`Decimal`]: 96 bits.
pub(super) const MAX_COEFFICIENT: u128 = (1 << 96) - 1;
/// The greatest number of decimal places of a [`Decimal`].
pub(super) const MAX_SCALE: i32 = 28;
/// How many digits the greatest coefficient has.
const MAX_DIGITS: i32 = 29;
/// How many digits a count of units always holds.
const COUNT_DIGITS: u32 = 38;

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
    let (a, b, d) = (coefficient(a), coefficient(b), coefficient(c));
    if let (Ok(a), Ok(b), Ok(d)) = (u64::try_from(a), u64::try_from(b), u64::try_from(d))
        && let Some(n) = a.checked_mul(b)
    {
        return Fraction { negative, n, d, exponent }.round_inlined(precision, mode);
    }
    match a.checked_mul(b) {
        Some(n) => Fraction { negative, n, d, exponent }.round(precision, mode),
        // OK because two coefficients of 96 bits have a product of at most 192 bits.
        None => Fraction { negative, n: U256::from(a).wrapping_mul(U256::from(b)), d: U256::from(d), exponent }.round(precision, mode),
    }
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
    let (negative, exponent) = (value.is_sign_negative(), -scale(value));
    match u64::try_from(coefficient(value)) {
        Ok(n) => Fraction { negative, n, d: 1, exponent }.round(precision, mode),
        Err(_) => Fraction { negative, n: coefficient(value), d: 1, exponent }.round(precision, mode),
    }
}

/// `amount × a × b ÷ (c × d)`, rounded once. The divisors are not zero.
pub(crate) fn scale_by(
    amount: Decimal,
    [a, b]: [Decimal; 2],
    [c, d]: [Decimal; 2],
    precision: Precision,
    mode: RoundingMode,
) -> Result<Rounded, ArithmeticError> {
    let (numerator, denominator) = ([amount, a, b], [c, d]);
    let factors = || numerator.iter().chain(&denominator);
    let negative = factors().fold(false, |negative, factor| negative ^ factor.is_sign_negative());
    let exponent = scale(c) + scale(d) - scale(amount) - scale(a) - scale(b);
    if let (Some(n), Some(d)) = (product::<u64>(&numerator), product::<u64>(&denominator)) {
        return Fraction { negative, n, d, exponent }.round(precision, mode);
    }
    if let (Some(n), Some(d)) = (product::<u128>(&numerator), product::<u128>(&denominator)) {
        return Fraction { negative, n, d, exponent }.round(precision, mode);
    }
    // OK because the widest width holds any product.
    let wide = |factors: &[Decimal]| product::<BigUint>(factors).unwrap_or_default();
    Fraction { negative, n: wide(&numerator), d: wide(&denominator), exponent }.round(precision, mode)
}

/// The product of the coefficients, if the width holds it.
#[inline]
fn product<N: Natural>(factors: &[Decimal]) -> Option<N> {
    factors.iter().try_fold(N::from_u128(1)?, |product, factor| product.mul(&N::from_u128(coefficient(*factor))?))
}

#[inline]
pub(super) fn coefficient(value: Decimal) -> u128 {
    let parts = value.unpack();
    u128::from(parts.lo) | u128::from(parts.mid) << 32 | u128::from(parts.hi) << 64
}

#[allow(clippy::cast_possible_wrap, reason = "a scale is at most 28")]
#[inline]
pub(super) fn scale(value: Decimal) -> i32 {
    value.scale() as i32
}

/// `±n / d × 10^exponent`, with `d` not zero. The exponent stays within a few hundreds of zero.
pub(super) struct Fraction<N> {
    pub(super) negative: bool,
    pub(super) n: N,
    pub(super) d: N,
    pub(super) exponent: i32,
}

/// A count of units, and what was discarded to get there. A count beyond 128 bits is `u128::MAX`: too large either way.
struct Units {
    count: u128,
    exact: bool,
    tie: bool,
}

/// A result, an error, or `None` where the width is too narrow to tell.
type Outcome<T> = Option<Result<T, ArithmeticError>>;

impl<N: Natural> Fraction<N> {
    /// Rounds in the first width that suffices.
    #[inline]
    pub(super) fn round(&self, precision: Precision, mode: RoundingMode) -> Result<Rounded, ArithmeticError> {
        self.round_inlined(precision, mode)
    }

    /// The commonest precision first and without a detour: a result that is handed on is copied, which costs as much as
    /// the division.
    #[inline(always)]
    fn round_inlined(&self, precision: Precision, mode: RoundingMode) -> Result<Rounded, ArithmeticError> {
        if let Precision::Decimals(places) = precision
            && (-MAX_SCALE..=MAX_SCALE).contains(&places)
            && let Some(units) = self.units(places, mode)
        {
            return decimal(self.negative, &units, places);
        }
        self.round_otherwise(precision, mode)
    }

    #[inline(never)]
    fn round_otherwise(&self, precision: Precision, mode: RoundingMode) -> Result<Rounded, ArithmeticError> {
        self.round_in_width(precision, mode).unwrap_or_else(|| self.round_wider(precision, mode))
    }

    /// Not inlined, so that each width is compiled once and the narrow one stays short.
    #[inline(never)]
    fn round_wider(&self, precision: Precision, mode: RoundingMode) -> Result<Rounded, ArithmeticError> {
        // OK because the widest one, a `BigUint`, never declines.
        Fraction { negative: self.negative, n: self.n.widen(), d: self.d.widen(), exponent: self.exponent }.round(precision, mode)
    }

    fn round_in_width(&self, precision: Precision, mode: RoundingMode) -> Outcome<Rounded> {
        match precision {
            Precision::Decimals(places) => self.to_decimals(places, mode),
            Precision::Significant(0) | Precision::UpToSignificant(0) => Some(Err(ArithmeticError::BadPrecision)),
            Precision::Significant(digits) => self.to_significant(digits, Zeros::Kept, mode),
            Precision::UpToSignificant(digits) => self.to_significant(digits, Zeros::Shortened, mode),
            Precision::Step(step) => self.to_step(step, mode),
        }
    }

    fn to_decimals(&self, places: i32, mode: RoundingMode) -> Outcome<Rounded> {
        if places > MAX_SCALE {
            return self.to_impossible_decimals(mode);
        }
        if places < -MAX_DIGITS {
            return self.to_giant_units(places, mode);
        }
        Some(decimal(self.negative, &self.units(places, mode)?, places))
    }

    /// More places than a decimal has: only an exact result is right without them.
    fn to_impossible_decimals(&self, mode: RoundingMode) -> Outcome<Rounded> {
        let rounded = decimal(self.negative, &self.units(MAX_SCALE, mode)?, MAX_SCALE);
        Some(rounded.and_then(|rounded| if rounded.exact { Ok(rounded) } else { Err(ArithmeticError::Underflow) }))
    }

    /// A unit beyond the greatest decimal: the result is zero, or one unit and too large.
    fn to_giant_units(&self, places: i32, mode: RoundingMode) -> Outcome<Rounded> {
        let units = match self.leading_exponent()? {
            // Below a tenth of the unit. The unit itself is not computed: it may have two billion digits.
            Some(leading) if i64::from(leading) < -i64::from(places) - 1 => {
                let discarded = Discarded { nothing: false, half: Ordering::Less };
                Units { count: u128::from(mode.goes_up(self.negative, 0, discarded)), exact: false, tie: false }
            }
            _ => self.units(places, mode)?,
        };
        Some(decimal(self.negative, &units, places))
    }

    fn to_significant(&self, digits: u32, zeros: Zeros, mode: RoundingMode) -> Outcome<Rounded> {
        // The decimals that the operands gave the exact result.
        let own_places = self.exponent.saturating_neg().clamp(0, MAX_SCALE);
        let Some(leading) = self.leading_exponent()? else {
            let zero = Units { count: 0, exact: true, tie: false };
            return Some(decimal(self.negative, &zero, own_places));
        };
        let places_for = |digits: u32| i32::try_from(i64::from(digits) - 1 - i64::from(leading)).unwrap_or(i32::MAX);
        let counted = digits.min(COUNT_DIGITS);
        let mut places = places_for(counted);
        let mut units = self.units(places, mode)?;
        if counted < digits && !units.exact {
            return Some(Err(if places > MAX_SCALE { ArithmeticError::Underflow } else { ArithmeticError::Overflow }));
        }
        // Zeros that no decimal can hold, and the one that a carry has added (9.996 to three digits is 10.0, not 10.00).
        let too_long = |count| count > MAX_COEFFICIENT || pow10_u128(counted).is_some_and(|limit| count >= limit);
        let spare = |places| units.exact && zeros == Zeros::Shortened && places > own_places;
        while units.count.is_multiple_of(10) && (places > MAX_SCALE || too_long(units.count) || spare(places)) {
            units.count /= 10;
            places -= 1;
        }
        Some(if places > MAX_SCALE { Err(ArithmeticError::Underflow) } else { decimal(self.negative, &units, places) })
    }

    fn to_step(&self, step: Decimal, mode: RoundingMode) -> Outcome<Rounded> {
        if step.is_zero() || step.is_sign_negative() {
            return Some(Err(ArithmeticError::BadPrecision));
        }
        let d = self.d.mul(&N::from_u128(coefficient(step))?)?;
        let in_steps = Fraction { negative: self.negative, n: self.n.clone(), d, exponent: self.exponent + scale(step) };
        let mut units = in_steps.units(0, mode)?;
        units.count = units.count.saturating_mul(coefficient(step));
        Some(decimal(self.negative, &units, scale(step)))
    }

    /// The exponent of the first significant digit (0 for 1 to 9.99, −2 for 0.012); `Some(None)` for zero.
    #[allow(clippy::option_option, reason = "outer: too narrow; inner: zero has no leading digit")]
    fn leading_exponent(&self) -> Option<Option<i32>> {
        if self.n.is_zero() {
            return Some(None);
        }
        #[allow(clippy::cast_possible_wrap, reason = "digit counts are far below 2^31")]
        let estimate = self.n.digits() as i32 - self.d.digits() as i32;
        // n / d lies between 10^(estimate - 1) and 10^(estimate + 1).
        let power = N::pow10(estimate.unsigned_abs())?;
        let reaches = if estimate >= 0 { self.n >= self.d.mul(&power)? } else { self.n.mul(&power)? >= self.d };
        Some(Some(if reaches { estimate } else { estimate - 1 } + self.exponent))
    }

    /// The fraction as a rounded count of units of `10^-places`.
    #[inline(always)]
    fn units(&self, places: i32, mode: RoundingMode) -> Option<Units> {
        if self.n.is_zero() {
            return Some(Units { count: 0, exact: true, tie: false });
        }
        let shift = places.saturating_add(self.exponent);
        let power = N::pow10(shift.unsigned_abs())?;
        let (n, d) = if shift >= 0 { (self.n.mul(&power)?, self.d.clone()) } else { (self.n.clone(), self.d.mul(&power)?) };
        let (quotient, remainder) = n.div_rem(&d);
        let kept = quotient.to_u128().unwrap_or(u128::MAX);
        let discarded = Discarded { nothing: remainder.is_zero(), half: remainder.cmp(&d.minus(&remainder)) };
        let up = mode.goes_up(self.negative, kept, discarded);
        Some(Units {
            count: kept.saturating_add(u128::from(up)),
            exact: discarded.nothing,
            tie: !discarded.nothing & discarded.half.is_eq(),
        })
    }
}

/// What happens to the trailing zeros of an exact result with fewer digits than were asked for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Zeros {
    /// Written out, to all the digits asked for.
    Kept,
    /// Dropped, down to the decimals that the operands gave the result.
    Shortened,
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
            Some((num, den)) => {
                Fraction { negative: num < 0, n: num.unsigned_abs(), d: den.unsigned_abs(), exponent: 0 }.round(precision, mode)
            }
            None => {
                let (negative, n, d) = self.big_parts();
                Fraction { negative, n, d, exponent: 0 }.round(precision, mode)
            }
        }
    }
}
