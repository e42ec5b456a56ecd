//! An exact fraction: what stands between the decimals that come in and the one rounding that goes out.

use super::kernel::{coefficient, scale};
use super::natural::pow10_u128;
use crate::error::ArithmeticError;
use ethnum::U256;
use num_bigint::{BigInt, BigUint, Sign};
use num_integer::Integer;
use num_traits::{One, Signed, ToPrimitive, Zero};
use rust_decimal::Decimal;
use std::cmp::Ordering;
use std::ops::{Add, Mul, Neg, Sub};

/// The greatest power that is written out: 128 kB.
const MAX_POWER_BITS: u64 = 1 << 20;

/// Above this length no common divisor is looked for: that takes the square of it, and a fraction stays right without.
const MAX_REDUCED_BITS: u64 = 1 << 12;

/// An exact quotient of two integers of any size.
///
/// Closed under `+`, `-`, `*` and checked division; compared by cross-multiplication. It has no text form on
/// purpose: [`round`](Ratio::round) is the only door back to digits.
///
/// Numerators and denominators of up to 127 bits are kept in place; only larger ones allocate.
///
/// # Example
///
/// ```
/// use tieout::{Decimal, Ratio};
///
/// let current = Ratio::from("59.5".parse::<Decimal>()?);
/// let factor = Ratio::from("0.811".parse::<Decimal>()?);
/// let prior = current.checked_div(&factor).unwrap();
/// assert_eq!(&prior * &factor, current);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone)]
pub struct Ratio(Repr);

/// `den` is positive in both forms. Neither is always in lowest terms: a common factor is taken out only where
/// that keeps the form small, or a large one from growing.
#[derive(Debug, Clone)]
enum Repr {
    Small { num: i128, den: i128 },
    Big(Box<(BigInt, BigInt)>),
}

impl Ratio {
    /// Zero.
    pub const ZERO: Ratio = Ratio(Repr::Small { num: 0, den: 1 });
    /// One.
    pub const ONE: Ratio = Ratio(Repr::Small { num: 1, den: 1 });

    /// Returns `num / den`, or `None` when `den` is zero.
    ///
    /// ```
    /// use tieout::Ratio;
    ///
    /// assert_eq!(Ratio::new(2, 4), Ratio::new(-1, -2));
    /// assert_eq!(Ratio::new(1, 0), None);
    /// ```
    pub fn new(num: i128, den: i128) -> Option<Ratio> {
        match den.cmp(&0) {
            Ordering::Greater => Some(Ratio(Repr::Small { num, den })),
            Ordering::Equal => None,
            Ordering::Less => Some(match (num.checked_neg(), den.checked_neg()) {
                (Some(num), Some(den)) => Ratio(Repr::Small { num, den }),
                _ => Ratio::from_big(-BigInt::from(num), -BigInt::from(den)),
            }),
        }
    }

    /// Ten to a power: `power_of_ten(-2)` is a hundredth. Written out in full: the greatest takes 14 kB.
    ///
    /// ```
    /// use tieout::Ratio;
    ///
    /// assert_eq!(Some(Ratio::power_of_ten(-2)), Ratio::new(1, 100));
    /// ```
    pub fn power_of_ten(exponent: i16) -> Ratio {
        let magnitude = u32::from(exponent.unsigned_abs());
        match pow10_u128(magnitude).and_then(|power| i128::try_from(power).ok()) {
            Some(power) if exponent >= 0 => Ratio(Repr::Small { num: power, den: 1 }),
            Some(power) => Ratio(Repr::Small { num: 1, den: power }),
            None => {
                let power = BigInt::from(10).pow(magnitude);
                if exponent >= 0 { Ratio::from_coprime(power, BigInt::one()) } else { Ratio::from_coprime(BigInt::one(), power) }
            }
        }
    }

    /// Whether this is zero.
    ///
    /// ```
    /// use tieout::Ratio;
    ///
    /// assert!(Ratio::ZERO.is_zero());
    /// ```
    pub fn is_zero(&self) -> bool {
        self.sign() == Ordering::Equal
    }

    /// Whether this is below zero.
    ///
    /// ```
    /// use tieout::Ratio;
    ///
    /// assert!(Ratio::from(-1).is_negative() && !Ratio::ZERO.is_negative());
    /// ```
    pub fn is_negative(&self) -> bool {
        self.sign() == Ordering::Less
    }

    /// Whether this is above zero.
    ///
    /// ```
    /// use tieout::Ratio;
    ///
    /// assert!(Ratio::ONE.is_positive() && !Ratio::ZERO.is_positive());
    /// ```
    pub fn is_positive(&self) -> bool {
        self.sign() == Ordering::Greater
    }

    /// How this compares with zero.
    ///
    /// ```
    /// use tieout::Ratio;
    ///
    /// assert!(Ratio::from(-3).sign().is_lt());
    /// ```
    pub fn sign(&self) -> Ordering {
        match &self.0 {
            Repr::Small { num, .. } => num.cmp(&0),
            Repr::Big(parts) => parts.0.cmp(&BigInt::zero()),
        }
    }

    /// The size without the sign.
    ///
    /// ```
    /// use tieout::Ratio;
    ///
    /// assert_eq!(Ratio::from(-3).abs(), Ratio::from(3));
    /// ```
    #[must_use]
    pub fn abs(&self) -> Ratio {
        if self.is_negative() { -self } else { self.clone() }
    }

    /// Returns `self / divisor`, or `None` when the divisor is zero.
    ///
    /// ```
    /// use tieout::Ratio;
    ///
    /// assert_eq!(Ratio::from(3).checked_div(&Ratio::from(6)), Ratio::new(1, 2));
    /// assert_eq!(Ratio::ONE.checked_div(&Ratio::ZERO), None);
    /// ```
    pub fn checked_div(&self, divisor: &Ratio) -> Option<Ratio> {
        Some(self * &divisor.recip()?)
    }

    /// Returns `1 / self`, or `None` for zero.
    ///
    /// ```
    /// use tieout::Ratio;
    ///
    /// assert_eq!(Ratio::from(4).recip(), Ratio::new(1, 4));
    /// assert_eq!(Ratio::ZERO.recip(), None);
    /// ```
    pub fn recip(&self) -> Option<Ratio> {
        match &self.0 {
            Repr::Small { num, den } => Ratio::new(*den, *num),
            Repr::Big(parts) => (!parts.0.is_zero()).then(|| Ratio::from_big(parts.1.clone(), parts.0.clone())),
        }
    }

    /// Returns `self` to a whole power, exact: its size is that of `self` times the exponent.
    ///
    /// # Errors
    ///
    /// [`Overflow`](ArithmeticError::Overflow) for a power of more than a million bits above or below the line.
    ///
    /// ```
    /// use tieout::Ratio;
    ///
    /// let factor = Ratio::new(105, 100).unwrap();
    /// assert_eq!(Some(factor.pow(2)?), Ratio::new(11025, 10000));
    /// assert!(factor.pow(u32::MAX).is_err());
    /// # Ok::<(), tieout::ArithmeticError>(())
    /// ```
    pub fn pow(&self, exponent: u32) -> Result<Ratio, ArithmeticError> {
        let (num, den) = self.clone().into_lowest_terms();
        let bits = (num.bits().max(den.bits()) - 1).saturating_mul(u64::from(exponent));
        if bits > MAX_POWER_BITS {
            return Err(ArithmeticError::Overflow);
        }
        Ok(Ratio::from_coprime(num.pow(exponent), den.pow(exponent)))
    }

    /// The exact value as a decimal, where it has one of 96 bits and 28 places; its trailing zeros are not kept.
    ///
    /// ```
    /// use tieout::Ratio;
    ///
    /// assert_eq!(Ratio::new(3, 8).and_then(|r| r.to_decimal()).unwrap().to_string(), "0.375");
    /// assert_eq!(Ratio::new(1, 3).and_then(|r| r.to_decimal()), None);
    /// ```
    pub fn to_decimal(&self) -> Option<Decimal> {
        use super::{Precision, RoundingMode};
        // Most quotients end at no place at all, and to know that takes no division of their digits.
        if self.small_parts().is_some_and(|(num, den)| num % without_twos_and_fives(den) != 0) {
            return None;
        }
        let rounded = self
            .round(Precision::Significant(29), RoundingMode::Down)
            .or_else(|_| self.round(Precision::Significant(28), RoundingMode::Down))
            .ok()?;
        rounded.exact.then(|| rounded.value.normalize())
    }

    /// The exact sum, and the longest of the fractions. Terms of one scale are counted together, so that as a rule only
    /// whole numbers are added.
    pub(crate) fn sum(terms: impl IntoIterator<Item = Decimal>) -> (Ratio, u32) {
        let (mut by_scale, mut longest) = ([const { Ratio::ZERO }; 29], 0);
        for term in terms {
            longest = longest.max(term.scale());
            // OK because a scale is at most 28.
            if let Some(sum) = by_scale.get_mut(term.scale() as usize) {
                *sum = &*sum + &Ratio::from(term);
            }
        }
        (by_scale.iter().fold(Ratio::ZERO, |total, sum| &total + sum), longest)
    }

    /// `num / den` as it stands, `None` when `den` is zero: a long sum is not worth a common divisor that nobody asks for.
    pub(crate) fn from_unreduced(num: BigInt, den: BigInt) -> Option<Ratio> {
        match (num.to_i128(), den.to_i128()) {
            (Some(num), Some(den)) => Ratio::new(num, den),
            _ if den.is_positive() => Some(Ratio(Repr::Big(Box::new((num, den))))),
            _ if den.is_zero() => None,
            _ => Some(Ratio(Repr::Big(Box::new((-num, -den))))),
        }
    }

    /// Numerator and denominator, where both fit 127 bits.
    pub(crate) fn small_parts(&self) -> Option<(i128, i128)> {
        match &self.0 {
            Repr::Small { num, den } => Some((*num, *den)),
            Repr::Big(_) => None,
        }
    }

    /// Sign, numerator and denominator.
    pub(super) fn big_parts(&self) -> (bool, BigUint, BigUint) {
        let (num, den) = self.to_big();
        (num.sign() == Sign::Minus, num.magnitude().clone(), den.magnitude().clone())
    }

    /// Numerator and positive denominator without a common factor.
    pub(super) fn into_lowest_terms(self) -> (BigInt, BigInt) {
        let (num, den) = self.to_big();
        let common = common_divisor(&num, &den);
        (num / &common, den / common)
    }

    /// The value where it is a whole number.
    pub(super) fn to_whole(&self) -> Option<BigInt> {
        let (num, den) = self.to_big();
        let (whole, rest) = num.div_rem(&den);
        rest.is_zero().then_some(whole)
    }

    fn to_big(&self) -> (BigInt, BigInt) {
        match &self.0 {
            Repr::Small { num, den } => (BigInt::from(*num), BigInt::from(*den)),
            Repr::Big(parts) => (parts.0.clone(), parts.1.clone()),
        }
    }

    /// `den` is not zero: every caller multiplies denominators or has tested it.
    fn from_big(num: BigInt, den: BigInt) -> Ratio {
        let (num, den) = if den.is_negative() { (-num, -den) } else { (num, den) };
        if num.bits().max(den.bits()) > MAX_REDUCED_BITS {
            return Ratio(Repr::Big(Box::new((num, den))));
        }
        let common = common_divisor(&num, &den);
        Ratio::from_coprime(num / &common, den / common)
    }

    /// `den` is positive and has no factor in common with `num`: looking for one takes the square of their length.
    fn from_coprime(num: BigInt, den: BigInt) -> Ratio {
        match (num.to_i128(), den.to_i128()) {
            (Some(num), Some(den)) => Ratio(Repr::Small { num, den }),
            _ => Ratio(Repr::Big(Box::new((num, den)))),
        }
    }

    /// The value in lowest terms, if it is small.
    fn reduced(&self) -> Option<(i128, i128)> {
        let (num, den) = self.small_parts()?;
        let common = i128::try_from(num.unsigned_abs().gcd(&den.unsigned_abs())).ok()?;
        Some((num / common, den / common))
    }

    /// One operation: in place if it fits, then in lowest terms, then in any size.
    fn combine(
        &self,
        other: &Ratio,
        small: impl Fn((i128, i128), (i128, i128)) -> Option<(i128, i128)>,
        big: impl Fn((BigInt, BigInt), (BigInt, BigInt)) -> (BigInt, BigInt),
    ) -> Ratio {
        if let (Some(a), Some(b)) = (self.small_parts(), other.small_parts())
            && let Some((num, den)) = small(a, b)
        {
            return Ratio(Repr::Small { num, den });
        }
        if let (Some(a), Some(b)) = (self.reduced(), other.reduced())
            && let Some((num, den)) = small(a, b)
        {
            return Ratio(Repr::Small { num, den });
        }
        let (num, den) = big(self.to_big(), other.to_big());
        Ratio::from_big(num, den)
    }
}

impl From<Decimal> for Ratio {
    fn from(value: Decimal) -> Ratio {
        // OK because a coefficient has 96 bits and ten to the 28th has 94.
        let num = i128::try_from(coefficient(value)).unwrap_or(i128::MAX);
        let den = pow10_u128(scale(value).unsigned_abs()).and_then(|power| i128::try_from(power).ok()).unwrap_or(1);
        Ratio(Repr::Small { num: if value.is_sign_negative() { -num } else { num }, den })
    }
}

impl From<&Ratio> for Ratio {
    fn from(value: &Ratio) -> Ratio {
        value.clone()
    }
}

impl From<i64> for Ratio {
    fn from(value: i64) -> Ratio {
        Ratio(Repr::Small { num: i128::from(value), den: 1 })
    }
}

impl Add for &Ratio {
    type Output = Ratio;
    fn add(self, other: &Ratio) -> Ratio {
        self.combine(
            other,
            |(a, b), (c, d)| {
                if b == d {
                    return Some((a.checked_add(c)?, b));
                }
                Some((a.checked_mul(d)?.checked_add(c.checked_mul(b)?)?, b.checked_mul(d)?))
            },
            add_big,
        )
    }
}

impl Sub for &Ratio {
    type Output = Ratio;
    fn sub(self, other: &Ratio) -> Ratio {
        self + &-other
    }
}

impl Mul for &Ratio {
    type Output = Ratio;
    fn mul(self, other: &Ratio) -> Ratio {
        self.combine(other, |(a, b), (c, d)| Some((a.checked_mul(c)?, b.checked_mul(d)?)), |(a, b), (c, d)| (a * c, b * d))
    }
}

impl Neg for &Ratio {
    type Output = Ratio;
    fn neg(self) -> Ratio {
        match &self.0 {
            Repr::Small { num, den } => match num.checked_neg() {
                Some(num) => Ratio(Repr::Small { num, den: *den }),
                None => Ratio::from_big(-BigInt::from(*num), BigInt::from(*den)),
            },
            Repr::Big(parts) => Ratio(Repr::Big(Box::new((-&parts.0, parts.1.clone())))),
        }
    }
}

impl Neg for Ratio {
    type Output = Ratio;
    fn neg(self) -> Ratio {
        -&self
    }
}

impl PartialEq for Ratio {
    fn eq(&self, other: &Ratio) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for Ratio {}

impl PartialOrd for Ratio {
    fn partial_cmp(&self, other: &Ratio) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Ratio {
    fn cmp(&self, other: &Ratio) -> Ordering {
        if let (Some((a, b)), Some((c, d))) = (self.small_parts(), other.small_parts()) {
            return cmp_small((a, b), (c, d));
        }
        let ((a, b), (c, d)) = (self.to_big(), other.to_big());
        (a * d).cmp(&(c * b))
    }
}

/// What is left of a positive number without its factors two and five.
fn without_twos_and_fives(number: i128) -> i128 {
    let mut rest = number >> number.trailing_zeros();
    while rest > i128::from(u64::MAX) && rest % 5 == 0 {
        rest /= 5;
    }
    let Ok(mut short) = u64::try_from(rest) else { return rest };
    while short.is_multiple_of(5) {
        short /= 5;
    }
    i128::from(short)
}

/// `a / b + c / d`, over the greater denominator where that is a multiple of the other, as among decimals.
fn add_big((a, b): (BigInt, BigInt), (c, d): (BigInt, BigInt)) -> (BigInt, BigInt) {
    let times = |multiple: &BigInt, of: &BigInt| {
        let (times, rest) = multiple.div_rem(of);
        rest.is_zero().then_some(times)
    };
    if let Some(factor) = times(&b, &d) {
        return (a + c * factor, b);
    }
    match times(&d, &b) {
        Some(factor) => (a * factor + c, d),
        None => (a * &d + c * &b, b * d),
    }
}

/// The greatest common divisor; where one number is far longer, of the other and the remainder.
fn common_divisor(num: &BigInt, den: &BigInt) -> BigInt {
    match (num.bits() > den.bits() + 64, den.bits() > num.bits() + 64) {
        (true, _) => (num % den).gcd(den),
        (_, true) if !num.is_zero() => (den % num).gcd(num),
        _ => num.gcd(den),
    }
}

/// Compares `a / b` with `c / d`, the denominators positive.
fn cmp_small((a, b): (i128, i128), (c, d): (i128, i128)) -> Ordering {
    if b == d {
        return a.cmp(&c);
    }
    match (a < 0, c < 0) {
        (false, true) => return Ordering::Greater,
        (true, false) => return Ordering::Less,
        _ => {}
    }
    // OK because two magnitudes of 128 bits have a product of at most 256 bits.
    let product = |x: i128, y: i128| U256::from(x.unsigned_abs()).wrapping_mul(U256::from(y.unsigned_abs()));
    let magnitudes = match (a.checked_mul(d), c.checked_mul(b)) {
        (Some(left), Some(right)) => return left.cmp(&right),
        _ => product(a, d).cmp(&product(c, b)),
    };
    if a < 0 { magnitudes.reverse() } else { magnitudes }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Rule: a fraction is a decimal where nothing but twos and fives is left below the line, reduced or not.
    #[test]
    fn a_fraction_of_twos_and_fives_is_a_decimal() {
        let decimal = |num, den| Ratio::new(num, den).unwrap().to_decimal().map(|decimal| decimal.to_string());
        for (num, den, text) in [(0, 7, "0"), (21, 7, "3"), (-9, 1200, "-0.0075"), (1, 1_i128 << 28, "0.0000000037252902984619140625")] {
            assert_eq!(decimal(num, den).as_deref(), Some(text));
        }
        for (num, den) in [(1, 3), (20, 7), (-1, 1_000_003), (1, 1_i128 << 100), (i128::MAX, i128::MAX - 1)] {
            assert_eq!(decimal(num, den), None);
        }
    }

    /// Rule: a power of a fraction in lowest terms is in lowest terms, so the greatest that is written out takes no time.
    #[test]
    fn the_greatest_power_is_quickly_written_out() {
        let factor = Ratio::new(105, 100).unwrap();
        let power = factor.pow(100_000).unwrap();
        assert_eq!(power.round(crate::Precision::Significant(9), crate::RoundingMode::HalfEven), Err(ArithmeticError::Overflow));
        assert_eq!(power.pow(0), Ok(Ratio::ONE));
        assert_eq!(Ratio::new(-2, 4).unwrap().pow(3), Ok(Ratio::new(-1, 8).unwrap()));
        assert_eq!(Ratio::ZERO.pow(u32::MAX), Ok(Ratio::ZERO));
    }

    /// Rule: the greatest power of ten and the smallest are each other's inverse.
    #[test]
    fn the_outermost_powers_of_ten_are_each_others_inverse() {
        let (great, small) = (Ratio::power_of_ten(i16::MAX), Ratio::power_of_ten(-i16::MAX));
        assert_eq!(great.recip(), Some(small.clone()));
        assert_eq!(&great * &small, Ratio::ONE);
        assert_eq!((&great + &small).round(crate::Precision::Significant(3), crate::RoundingMode::Up), Err(ArithmeticError::Overflow));
        assert_eq!(&(&great + &small) - &great, small);
    }

    /// Rule: a sum of large fractions does not grow with the number of its terms where the denominators are decimal.
    #[test]
    fn a_sum_of_large_fractions_keeps_their_length() {
        let unit = Ratio::power_of_ten(-2000);
        let sum = (0..1000).fold(Ratio::ZERO, |sum, _| &sum + &unit);
        assert_eq!(sum, Ratio::power_of_ten(-1997));
        assert!(sum.to_big().1.bits() < 7000);
    }
}
