//! The widths in which the kernel works: 64 bits where they suffice, then 128, 256, and any size last.

use ethnum::U256;
use num_bigint::BigUint;
use num_integer::Integer;
use num_traits::{ToPrimitive, Zero};

/// A natural number with checked operations: `None` means "too narrow, take the next width".
pub(crate) trait Natural: Sized + Clone + Ord {
    /// The next width; the widest one is its own.
    type Wider: Natural;
    fn widen(&self) -> Self::Wider;
    fn from_u128(value: u128) -> Option<Self>;
    fn to_u128(&self) -> Option<u128>;
    fn is_zero(&self) -> bool;
    fn mul(&self, other: &Self) -> Option<Self>;
    fn pow10(exponent: u32) -> Option<Self>;
    /// Quotient and remainder; the divisor is not zero (each caller has tested it).
    fn div_rem(&self, divisor: &Self) -> (Self, Self);
    fn bits(&self) -> u32;
    /// `self - other`, where `other` is not the greater (each caller subtracts a remainder from its divisor, or the
    /// smaller of two from the greater).
    fn minus(&self, other: &Self) -> Self;

    /// How many decimal digits it has; zero has one.
    fn digits(&self) -> u32 {
        if self.is_zero() {
            return 1;
        }
        // log10 of 2 to ten digits, from below: this is the count or one less, for any number that fits a memory.
        let log2 = u64::from(self.bits() - 1);
        let at_least = u32::try_from((log2 * 646_456_993) >> 31).unwrap_or(u32::MAX) + 1;
        // Where the next power of ten does not fit the width, the number is below it.
        let more = Self::pow10(at_least).is_some_and(|next| *self >= next);
        at_least + u32::from(more)
    }
}

const POW10: [u128; 39] = {
    let mut powers = [1; 39];
    let mut i = 1;
    #[allow(clippy::indexing_slicing, reason = "evaluated at compile time, where it cannot reach past the end")]
    while i < 39 {
        powers[i] = powers[i - 1] * 10;
        i += 1;
    }
    powers
};

const POW10_U64: [u64; 20] = {
    let mut powers = [1; 20];
    let mut i = 1;
    #[allow(clippy::indexing_slicing, reason = "evaluated at compile time, where it cannot reach past the end")]
    while i < 20 {
        powers[i] = powers[i - 1] * 10;
        i += 1;
    }
    powers
};

/// Ten to a power that fits 128 bits.
#[inline]
pub(crate) fn pow10_u128(exponent: u32) -> Option<u128> {
    POW10.get(exponent as usize).copied()
}

impl Natural for u64 {
    type Wider = u128;
    #[inline]
    fn widen(&self) -> u128 {
        u128::from(*self)
    }
    #[inline]
    fn from_u128(value: u128) -> Option<u64> {
        u64::try_from(value).ok()
    }
    #[inline]
    fn to_u128(&self) -> Option<u128> {
        Some(u128::from(*self))
    }
    #[inline]
    fn is_zero(&self) -> bool {
        *self == 0
    }
    #[inline]
    fn mul(&self, other: &u64) -> Option<u64> {
        self.checked_mul(*other)
    }
    #[inline]
    fn pow10(exponent: u32) -> Option<u64> {
        POW10_U64.get(exponent as usize).copied()
    }
    #[inline]
    fn div_rem(&self, divisor: &u64) -> (u64, u64) {
        (self / divisor, self % divisor)
    }
    #[inline]
    fn bits(&self) -> u32 {
        u64::BITS - self.leading_zeros()
    }
    #[inline]
    fn minus(&self, other: &u64) -> u64 {
        self.wrapping_sub(*other)
    }
}

impl Natural for u128 {
    type Wider = U256;
    fn widen(&self) -> U256 {
        U256::from(*self)
    }
    #[inline]
    fn from_u128(value: u128) -> Option<u128> {
        Some(value)
    }
    #[inline]
    fn to_u128(&self) -> Option<u128> {
        Some(*self)
    }
    #[inline]
    fn is_zero(&self) -> bool {
        *self == 0
    }
    #[inline]
    fn mul(&self, other: &u128) -> Option<u128> {
        self.checked_mul(*other)
    }
    #[inline]
    fn pow10(exponent: u32) -> Option<u128> {
        pow10_u128(exponent)
    }
    #[inline]
    fn div_rem(&self, divisor: &u128) -> (u128, u128) {
        // One division and a product back: `%` would divide a second time.
        let quotient = self / divisor;
        (quotient, self.wrapping_sub(quotient.wrapping_mul(*divisor)))
    }
    #[inline]
    fn bits(&self) -> u32 {
        u128::BITS - self.leading_zeros()
    }
    #[inline]
    fn minus(&self, other: &u128) -> u128 {
        self.wrapping_sub(*other)
    }
}

impl Natural for U256 {
    type Wider = BigUint;
    fn widen(&self) -> BigUint {
        BigUint::from_bytes_le(&self.to_le_bytes())
    }
    fn from_u128(value: u128) -> Option<U256> {
        Some(U256::from(value))
    }
    fn to_u128(&self) -> Option<u128> {
        u128::try_from(*self).ok()
    }
    fn is_zero(&self) -> bool {
        *self == U256::ZERO
    }
    fn mul(&self, other: &U256) -> Option<U256> {
        self.checked_mul(*other)
    }
    fn pow10(exponent: u32) -> Option<U256> {
        match exponent {
            0..=38 => pow10_u128(exponent).map(U256::from),
            39..=76 => Some(U256::from(pow10_u128(38)?) * U256::from(pow10_u128(exponent - 38)?)),
            77 => U256::pow10(76)?.checked_mul(U256::from(10_u8)),
            _ => None,
        }
    }
    fn div_rem(&self, divisor: &U256) -> (U256, U256) {
        let quotient = *self / *divisor;
        (quotient, *self - quotient * *divisor)
    }
    fn bits(&self) -> u32 {
        U256::BITS - self.leading_zeros()
    }
    fn minus(&self, other: &U256) -> U256 {
        self.wrapping_sub(*other)
    }
}

impl Natural for BigUint {
    type Wider = BigUint;
    fn widen(&self) -> BigUint {
        self.clone()
    }
    fn from_u128(value: u128) -> Option<BigUint> {
        Some(BigUint::from(value))
    }
    fn to_u128(&self) -> Option<u128> {
        ToPrimitive::to_u128(self)
    }
    fn is_zero(&self) -> bool {
        Zero::is_zero(self)
    }
    fn mul(&self, other: &BigUint) -> Option<BigUint> {
        Some(self * other)
    }
    fn pow10(exponent: u32) -> Option<BigUint> {
        Some(BigUint::from(10_u8).pow(exponent))
    }
    fn div_rem(&self, divisor: &BigUint) -> (BigUint, BigUint) {
        Integer::div_rem(self, divisor)
    }
    fn bits(&self) -> u32 {
        u32::try_from(BigUint::bits(self)).unwrap_or(u32::MAX)
    }
    fn minus(&self, other: &BigUint) -> BigUint {
        self - other
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Rule: the count of digits is right on both sides of every power of ten, in every width.
    #[test]
    fn digits_are_counted_on_both_sides_of_each_power_of_ten() {
        for exponent in 1..=38 {
            let power = u128::pow10(exponent).unwrap();
            assert_eq!((power - 1).digits(), exponent, "10^{exponent} - 1");
            assert_eq!(power.digits(), exponent + 1, "10^{exponent}");
            assert_eq!(U256::from(power).digits(), exponent + 1, "10^{exponent}");
        }
        for exponent in 1..=19 {
            let power = u64::pow10(exponent).unwrap();
            assert_eq!(((power - 1).digits(), power.digits()), (exponent, exponent + 1), "10^{exponent}");
        }
        for exponent in [20, 77, 1_000, 99_999, 100_000, 250_000] {
            let power = BigUint::pow10(exponent).unwrap();
            assert_eq!((&power - 1_u8).digits(), exponent, "10^{exponent} - 1");
            assert_eq!(power.digits(), exponent + 1, "10^{exponent}");
        }
        assert_eq!((0_u64.digits(), 0_u128.digits()), (1, 1));
        assert_eq!((u64::MAX.digits(), u128::MAX.digits(), U256::MAX.digits()), (20, 39, 78));
    }
}
