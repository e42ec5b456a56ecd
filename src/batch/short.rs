//! Ordinary numbers: what fits 64 bits, read, divided and written without detours.
//!
//! Most figures of most tables have fewer than 19 digits. What has more, or is written in any other way than
//! `-1234.50`, is declined here (`None`) and left to the exact code, which reads and computes everything; a test
//! holds the two against each other wherever both answer.

use crate::exact::{Discarded, RoundingMode};

/// The most digits a short number has: all of these fit 64 bits.
const MAX_DIGITS: usize = 18;

/// A plain decimal of at most 18 digits: `±digits × 10^-scale`. Zero is not negative.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Short {
    pub(super) negative: bool,
    pub(super) digits: u64,
    pub(super) scale: u32,
}

impl Short {
    /// Reads a number such as `-12.50`; `None` for anything else.
    #[inline]
    pub(super) fn read(bytes: &[u8]) -> Option<Short> {
        let (negative, text) = match bytes {
            [b'-', text @ ..] => (true, text),
            text => (false, text),
        };
        let (mut digits, mut point) = (0_u64, None);
        if text.len() > MAX_DIGITS + 1 {
            return None;
        }
        for (at, byte) in text.iter().enumerate() {
            let digit = byte.wrapping_sub(b'0');
            if digit <= 9 {
                digits = digits * 10 + u64::from(digit);
            } else if *byte == b'.' && point.is_none() && at > 0 {
                point = Some(at);
            } else {
                return None;
            }
        }
        // `5.` and nothing at all are for the reader to judge.
        let places = point.map_or(0, |point| text.len() - 1 - point);
        let written = text.len() - usize::from(point.is_some());
        if written == 0 || written > MAX_DIGITS || (point.is_some() && places == 0) {
            return None;
        }
        Some(Short { negative: negative && digits != 0, digits, scale: u32::try_from(places).ok()? })
    }

    /// Writes the number with its own decimals.
    pub(super) fn write(self, out: &mut Vec<u8>) {
        write_units(out, self.negative, self.digits, self.scale);
    }
}

/// A positive fraction `n / d × 10^exponent`.
#[derive(Debug, Clone, Copy)]
pub(super) struct Fraction {
    pub(super) n: u128,
    pub(super) d: u128,
    pub(super) exponent: i32,
}

impl Fraction {
    /// The fraction `n / d` counted in units of `10^-places`, with no power of ten left.
    #[inline]
    pub(super) fn in_units(self, places: u32) -> Option<(u128, u128)> {
        let shift = self.exponent.checked_add_unsigned(places)?;
        let power = power_of_ten(shift.unsigned_abs())?;
        if shift >= 0 { Some((self.n.checked_mul(power)?, self.d)) } else { Some((self.n, self.d.checked_mul(power)?)) }
    }

    /// The value times a number.
    #[inline]
    pub(super) fn times(self, factor: Short) -> Option<Fraction> {
        let exponent = self.exponent.checked_sub_unsigned(factor.scale)?;
        Some(Fraction { n: self.n.checked_mul(u128::from(factor.digits))?, d: self.d, exponent })
    }

    /// Rounds to so many significant digits: a count of units, and of how many decimals they are.
    ///
    /// Declines what has fewer decimals than none, or more than a decimal can have.
    pub(super) fn to_significant(self, digits: u32, mode: RoundingMode) -> Option<(u64, u32)> {
        let leading = self.leading_exponent()?;
        let places = u32::try_from(digits.cast_signed() - 1 - leading).ok()?;
        let (n, d) = self.in_units(places)?;
        let units = divide(n, d, false, mode)?;
        let (units, places) = if units == 10_u64.checked_pow(digits)? { (units / 10, places.checked_sub(1)?) } else { (units, places) };
        (places <= 28).then_some((units, places))
    }

    /// The exponent of the first significant digit: 0 for 1 to 9.99.
    fn leading_exponent(self) -> Option<i32> {
        let digits = |value: u128| value.checked_ilog10().map(u32::cast_signed);
        let estimate = digits(self.n)? - digits(self.d)?;
        let power = power_of_ten(estimate.unsigned_abs())?;
        let reaches = if estimate >= 0 { self.n >= self.d.checked_mul(power)? } else { self.n.checked_mul(power)? >= self.d };
        Some(self.exponent + if reaches { estimate } else { estimate - 1 })
    }
}

#[inline]
fn power_of_ten(exponent: u32) -> Option<u128> {
    /// All that 128 bits hold.
    #[allow(clippy::indexing_slicing, reason = "evaluated while compiling")]
    const POWERS: [u128; 39] = {
        let (mut powers, mut rest) = ([1_u128; 39], 38);
        while rest > 0 {
            powers[39 - rest] = powers[38 - rest] * 10;
            rest -= 1;
        }
        powers
    };
    POWERS.get(exponent as usize).copied()
}

/// `±n / d` rounded to a whole number; `None` if that has more than 64 bits.
#[inline]
pub(super) fn divide(n: u128, d: u128, negative: bool, mode: RoundingMode) -> Option<u64> {
    let (quotient, remainder) = match (u64::try_from(n), u64::try_from(d)) {
        (Ok(n), Ok(d)) => (u128::from(n.checked_div(d)?), u128::from(n.checked_rem(d)?)),
        _ => {
            let quotient = n.checked_div(d)?;
            (quotient, n - quotient * d)
        }
    };
    let discarded = Discarded { nothing: remainder == 0, half: remainder.cmp(&(d - remainder)) };
    u64::try_from(quotient).ok()?.checked_add(u64::from(mode.goes_up(negative, quotient, discarded)))
}

/// Whether `n / d` lies within half a unit of a whole number, ends included: a printed figure ties.
#[inline]
pub(super) fn is_within_half(n: u128, d: u128, whole: u64) -> Option<bool> {
    let gap = n.abs_diff(d.checked_mul(u128::from(whole))?);
    Some(gap.checked_mul(2)? <= d)
}

/// Writes a count of units of `10^-places`: `-12.50`. Zero has no sign.
#[inline]
pub(super) fn write_units(out: &mut Vec<u8>, negative: bool, units: u64, places: u32) {
    const ROOM: usize = 48;
    let mut text = [b'0'; ROOM];
    let mut rest = units;
    let mut digits = 0;
    for pair in text.rchunks_exact_mut(2) {
        if rest == 0 {
            break;
        }
        if let Some(two) = PAIRS.get((rest % 100) as usize) {
            pair.copy_from_slice(two);
        }
        digits += if rest < 10 { 1 } else { 2 };
        rest /= 100;
    }
    let places = (places as usize).min(ROOM - 1);
    let (whole, fraction) = text.split_at(ROOM - places);
    let whole_digits = usize::saturating_sub(digits, places).max(1);
    if negative && units != 0 {
        out.push(b'-');
    }
    out.extend_from_slice(whole.get(whole.len() - whole_digits..).unwrap_or_default());
    if places > 0 {
        out.push(b'.');
        out.extend_from_slice(fraction);
    }
}

/// The numbers of two digits.
#[allow(clippy::indexing_slicing, reason = "evaluated while compiling")]
const PAIRS: [[u8; 2]; 100] = {
    let (mut pairs, mut number) = ([[b'0'; 2]; 100], 0_u8);
    while number < 100 {
        pairs[number as usize] = [b'0' + number / 10, b'0' + number % 10];
        number += 1;
    }
    pairs
};

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exact::{Precision, Ratio};
    use rust_decimal::Decimal;

    fn written(negative: bool, units: u64, places: u32) -> String {
        let mut out = Vec::new();
        write_units(&mut out, negative, units, places);
        String::from_utf8(out).unwrap()
    }

    /// Rule: units are written as a decimal writes them.
    #[test]
    fn units_are_written_with_all_their_places() {
        for (negative, units, places, expected) in [
            (false, 0, 0, "0"),
            (true, 0, 2, "0.00"),
            (true, 5, 2, "-0.05"),
            (false, 123, 2, "1.23"),
            (false, 100, 0, "100"),
            (true, 1, 28, "-0.0000000000000000000000000001"),
        ] {
            assert_eq!(written(negative, units, places), expected);
        }
    }

    proptest::proptest! {
        /// Rule: what is read is written back, less idle zeros in front and the sign of zero; and a decimal agrees.
        #[test]
        fn a_short_number_is_that_of_a_decimal(text in "-?[0-9]{1,10}(\\.[0-9]{1,9})?|[-0-9.]{0,21}") {
            let Some(short) = Short::read(text.as_bytes()) else { return Ok(()) };
            let decimal: Decimal = text.parse().unwrap();
            let mut out = Vec::new();
            short.write(&mut out);
            let zero = decimal.is_zero();
            proptest::prop_assert_eq!(String::from_utf8(out).unwrap(), if zero { decimal.abs() } else { decimal }.to_string());
        }

        /// Rule: a short quotient is the kernel's.
        #[test]
        fn a_short_quotient_is_that_of_the_kernel(n in 0_u64.., d in 1_u64.., negative: bool, places in 0_u32..6, exponent in -12_i16..6) {
            let sign = if negative { -Ratio::ONE } else { Ratio::ONE };
            let fraction = Fraction { n: n.into(), d: d.into(), exponent: exponent.into() };
            let exact = &(&Ratio::new(i128::from(n), i128::from(d)).unwrap() * &Ratio::power_of_ten(exponent)) * &sign;
            for mode in RoundingMode::ALL {
                if let Some((n, d)) = fraction.in_units(places) && let Some(units) = divide(n, d, negative, mode) {
                    let kernel = exact.round(Precision::Decimals(places.cast_signed()), mode).unwrap().value;
                    proptest::prop_assert_eq!(written(negative, units, places), kernel.to_string());
                }
                if !negative && n > 0 && let Some((units, places)) = fraction.to_significant(12, mode) {
                    let kernel = exact.round(Precision::Significant(12), mode).unwrap().value;
                    proptest::prop_assert_eq!(written(false, units, places), kernel.to_string());
                }
            }
        }
    }
}
