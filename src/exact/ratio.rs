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
/// that keeps the small form.
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
                if exponent >= 0 { Ratio::from_big(power, BigInt::one()) } else { Ratio::from_big(BigInt::one(), power) }
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
        let (num, den) = self.to_big();
        let bits = (num.bits().max(den.bits()) - 1).saturating_mul(u64::from(exponent));
        if bits > MAX_POWER_BITS {
            return Err(ArithmeticError::Overflow);
        }
        Ok(Ratio::from_big(num.pow(exponent), den.pow(exponent)))
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
        let rounded = self
            .round(Precision::Significant(29), RoundingMode::Down)
            .or_else(|_| self.round(Precision::Significant(28), RoundingMode::Down))
            .ok()?;
        rounded.exact.then(|| rounded.value.normalize())
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
        let common = num.gcd(&den);
        (num / &common, den / common)
    }

    fn to_big(&self) -> (BigInt, BigInt) {
        match &self.0 {
            Repr::Small { num, den } => (BigInt::from(*num), BigInt::from(*den)),
            Repr::Big(parts) => (parts.0.clone(), parts.1.clone()),
        }
    }

    /// `den` is not zero: every caller multiplies denominators or has tested it.
    fn from_big(num: BigInt, den: BigInt) -> Ratio {
        let common = num.gcd(&den);
        let (mut num, mut den) = (num / &common, den / common);
        if den.is_negative() {
            (num, den) = (-num, -den);
        }
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
            |(a, b), (c, d)| (a * &d + c * &b, b * d),
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
