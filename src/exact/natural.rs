//! The widths in which the kernel works: 128 bits where they suffice, 256 next, any size last.

use ethnum::U256;
use num_bigint::BigUint;
use num_integer::Integer;
use num_traits::{ToPrimitive, Zero};

/// A natural number with checked operations: `None` means "too narrow, take the next width".
pub(crate) trait Natural: Sized + Clone + Ord {
    fn from_u128(value: u128) -> Self;
    fn to_u128(&self) -> Option<u128>;
    fn is_zero(&self) -> bool;
    fn mul(&self, other: &Self) -> Option<Self>;
    fn pow10(exponent: u32) -> Option<Self>;
    /// Quotient and remainder; the divisor is not zero (each caller has tested it).
    fn div_rem(&self, divisor: &Self) -> (Self, Self);
    fn bits(&self) -> u32;
    /// `self - other`, where `other` is not the greater (each caller subtracts a remainder from its divisor).
    fn minus(&self, other: &Self) -> Self;

    /// How many decimal digits it has; zero has one. `None` where ten to that power does not fit.
    fn digits(&self) -> Option<u32> {
        if self.is_zero() {
            return Some(1);
        }
        // 0.30102 is just below log10 of 2, so this is the count or one less.
        let at_least = u32::try_from(u64::from(self.bits() - 1) * 30102 / 100_000).unwrap_or(u32::MAX) + 1;
        match Self::pow10(at_least) {
            Some(next) if *self >= next => Some(at_least + 1),
            Some(_) => Some(at_least),
            // The next power of ten does not fit this width, so the number is below it.
            None => Some(at_least),
        }
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

/// Ten to a power that fits 128 bits.
#[inline]
pub(crate) fn pow10_u128(exponent: u32) -> Option<u128> {
    POW10.get(exponent as usize).copied()
}

impl Natural for u128 {
    #[inline]
    fn from_u128(value: u128) -> u128 {
        value
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
        // Half the width takes a fraction of the time, and most figures fit it.
        if let (Ok(dividend), Ok(small)) = (u64::try_from(*self), u64::try_from(*divisor)) {
            return (u128::from(dividend / small), u128::from(dividend % small));
        }
        (self / divisor, self % divisor)
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
    fn from_u128(value: u128) -> U256 {
        U256::from(value)
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
    fn from_u128(value: u128) -> BigUint {
        BigUint::from(value)
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

    /// Rule: the count of digits is right on both sides of every power of ten.
    #[test]
    fn digits_are_counted_on_both_sides_of_each_power_of_ten() {
        for exponent in 1..=38 {
            let power = u128::pow10(exponent).unwrap();
            assert_eq!((power - 1).digits(), Some(exponent), "10^{exponent} - 1");
            assert_eq!(power.digits(), Some(exponent + 1), "10^{exponent}");
            assert_eq!(U256::from(power).digits(), Some(exponent + 1), "10^{exponent}");
            assert_eq!(BigUint::from(power).digits(), Some(exponent + 1), "10^{exponent}");
        }
        assert_eq!(0_u128.digits(), Some(1));
        assert_eq!(u128::MAX.digits(), Some(39));
        assert_eq!(U256::MAX.digits(), Some(78));
    }
}
