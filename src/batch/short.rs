//! Ordinary numbers: what fits 64 bits, read, divided and written without detours.
//!
//! Most figures of most tables have fewer than 19 digits. What has more, or is written in any other way than
//! `-1234.50`, is declined here (`None`) and left to the exact code, which reads and computes everything; a test
//! holds the two against each other wherever both answer.

use super::lines::Fields;
use super::output::Piece;
use super::processor::{Vectors, decimal, texts};
use crate::exact::{Discarded, RoundingMode};

/// The most digits a short number has: all of these fit 64 bits.
const MAX_DIGITS: usize = 18;

/// A plain decimal of at most 18 digits: `±digits × 10^-scale`. Zero is not negative.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Short {
    pub(super) negative: bool,
    pub(super) digits: u64,
    pub(super) scale: u32,
}

impl Short {
    /// The number of a field; `None` for anything but `-12.50` and the like.
    #[inline(always)]
    pub(super) fn of_field<'r>(row: &impl Fields<'r>, index: usize) -> Option<Short> {
        match row.first(index) {
            Some((bytes, length @ 1..=16)) => match Vectors::here() {
                Some(proof) => decimal(bytes, length, proof).map(|(negative, digits, scale)| Short { negative, digits, scale }),
                None => Short::read_sixteen(bytes, length),
            },
            _ => Short::read(row.raw(index)?),
        }
    }

    /// Reads a number from the first bytes of sixteen: all of them at once, since a loop whose length differs from row
    /// to row costs more in wrong guesses of the processor than in work.
    #[inline(always)]
    #[allow(clippy::cast_possible_truncation, reason = "the halves of a text")]
    fn read_sixteen(bytes: &[u8; 16], length: usize) -> Option<Short> {
        let negative = bytes.first() == Some(&b'-');
        // Each byte as the value of its digit, the last one highest, zeros in front of the first one.
        let sign = if negative { 0xff } else { 0 };
        let text = ((u128::from_le_bytes(*bytes) ^ ZEROS) & !sign) << (8 * (16 - length));
        let others = no_digits(text);
        let (mut digits, mut scale) = (text, 0);
        if others != 0 {
            let behind = 15 - others.trailing_zeros() as usize / 8;
            let before = length.checked_sub(behind + 1 + usize::from(negative))?;
            // The bits below the first byte that is no digit: a point has the lower half of its upper bits set.
            let below = ((others & others.wrapping_neg()) >> 4) - 1;
            digits = (text & below) << 8 | text & !(below << 8 | 0xff);
            scale = behind;
            if behind == 0 || before == 0 || bytes.get(length - 1 - behind) != Some(&b'.') || no_digits(digits) != 0 {
                return None;
            }
        }
        let digits = eight_digits(digits as u64) * 100_000_000 + eight_digits((digits >> 64) as u64);
        (length > usize::from(negative)).then_some(Short { negative: negative && digits != 0, digits, scale: scale as u32 })
    }

    /// Reads a number such as `-12.50`; `None` for anything else.
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

    /// Writes a delimiter and the number with its own decimals.
    #[inline(always)]
    pub(super) fn write(self, out: &mut Piece, delimiter: u8) {
        write_cell(out, delimiter, self.negative, self.digits, self.scale);
    }
}

const ZEROS: u128 = u128::from_le_bytes([b'0'; 16]);

/// The bytes that are no digits, by bits of their upper half; right up to the first such byte.
#[inline(always)]
fn no_digits(text: u128) -> u128 {
    let sixes = u128::from_le_bytes([6; 16]);
    (text | text.wrapping_add(sixes)) & u128::from_le_bytes([0xf0; 16])
}

/// The number of eight digits, a byte each, the first one lowest: pairs, then fours, then all.
#[inline(always)]
fn eight_digits(digits: u64) -> u64 {
    let pairs = digits * 10 + (digits >> 8);
    let fours = (pairs & 0x00ff_00ff_00ff_00ff) * 100 + (pairs >> 16 & 0x00ff_00ff_00ff_00ff);
    (fours & 0xffff) * 10_000 + (fours >> 32 & 0xffff)
}

/// A positive fraction `n / d × 10^exponent`.
#[derive(Debug, Clone, Copy)]
pub(super) struct Fraction {
    pub(super) n: u64,
    pub(super) d: u64,
    pub(super) exponent: i32,
}

/// A positive fraction `n / d` of some unit.
#[derive(Debug, Clone, Copy)]
pub(super) struct Units {
    n: u128,
    d: u128,
}

impl Fraction {
    /// The fraction counted in units of `10^-places`.
    #[inline(always)]
    pub(super) fn in_units(self, places: u32) -> Option<Units> {
        self.shifted(self.exponent.checked_add_unsigned(places)?)
    }

    /// `n / d × 10^shift`.
    #[inline(always)]
    fn shifted(self, shift: i32) -> Option<Units> {
        // Both are scaled, one by 1: which one it is differs from row to row.
        let n = u128::from(self.n) * u128::from(power_of_ten(shift.max(0))?);
        let d = u128::from(self.d) * u128::from(power_of_ten((-shift).max(0))?);
        Some(Units { n, d })
    }

    /// The fraction times a number, counted in units of `10^-places`.
    #[inline(always)]
    pub(super) fn times_in_units(self, factor: Short, places: u32) -> Option<Units> {
        let exponent = self.exponent.checked_sub_unsigned(factor.scale)?;
        let Units { n, d } = Fraction { exponent, ..self }.in_units(places)?;
        let factor = u128::from(factor.digits);
        // A product of two numbers that fit 64 bits takes one multiplication.
        let n = if n >> u64::BITS == 0 { (n & u128::from(u64::MAX)) * factor } else { n.checked_mul(factor)? };
        Some(Units { n, d })
    }

    /// Rounds to so many significant digits: a count of units, and of how many decimals they are. `order` is how many
    /// digits `n` has more than `d`.
    ///
    /// Declines what has fewer decimals than none, or more than a decimal can have.
    #[inline(always)]
    pub(super) fn to_significant(self, order: i32, digits: u32, mode: RoundingMode) -> Option<(u64, u32)> {
        // With as many digits as the other one, a number below it makes a fraction below 1.
        let n = u128::from(self.n) * u128::from(power_of_ten((-order).max(0))?);
        let d = u128::from(self.d) * u128::from(power_of_ten(order.max(0))?);
        let shift = digits.cast_signed() - 1 - order + i32::from(n < d);
        let places = u32::try_from(shift - self.exponent).ok().filter(|places| *places <= MAX_PLACES + 1)?;
        let units = if shift < 0 { self.shifted(shift)? } else { self.raised(shift)? };
        let (units, limit) = (units.round(false, mode)?, power_of_ten(digits.cast_signed())?);
        let (units, places) = if units == limit { (units / 10, places.checked_sub(1)?) } else { (units, places) };
        (places <= MAX_PLACES).then_some((units, places))
    }

    /// `n / d × 10^shift` for a shift that is not negative.
    #[inline(always)]
    fn raised(self, shift: i32) -> Option<Units> {
        Some(Units { n: u128::from(self.n) * u128::from(power_of_ten(shift)?), d: self.d.into() })
    }
}

/// The most decimals that a decimal has.
const MAX_PLACES: u32 = 28;

impl Units {
    /// The fraction, of this sign, rounded to a whole number; `None` if that has more than 64 bits.
    #[inline(always)]
    pub(super) fn round(self, negative: bool, mode: RoundingMode) -> Option<u64> {
        if let (Ok(n), Ok(d)) = (u64::try_from(self.n), u64::try_from(self.d)) {
            let (quotient, remainder) = (n.checked_div(d)?, n.checked_rem(d)?);
            let discarded = Discarded { nothing: remainder == 0, half: remainder.cmp(&(d - remainder)) };
            return quotient.checked_add(u64::from(mode.goes_up(negative, quotient.into(), discarded)));
        }
        let quotient = self.n.checked_div(self.d)?;
        let remainder = self.n - quotient * self.d;
        let discarded = Discarded { nothing: remainder == 0, half: remainder.cmp(&(self.d - remainder)) };
        u64::try_from(quotient).ok()?.checked_add(u64::from(mode.goes_up(negative, quotient, discarded)))
    }

    /// Whether the fraction lies within half a unit of a whole number, ends included: a printed figure ties.
    #[inline]
    pub(super) fn is_within_half(self, whole: u64) -> Option<bool> {
        let gap = self.n.abs_diff(self.d.checked_mul(u128::from(whole))?);
        Some(gap.checked_mul(2)? <= self.d)
    }

    /// Whether it is zero.
    #[inline]
    pub(super) fn is_zero(self) -> bool {
        self.n == 0
    }
}

/// A power of ten that 64 bits hold.
#[inline(always)]
pub(super) fn power_of_ten(exponent: i32) -> Option<u64> {
    #[allow(clippy::indexing_slicing, reason = "evaluated while compiling")]
    const POWERS: [u64; 20] = {
        let (mut powers, mut rest) = ([1_u64; 20], 19);
        while rest > 0 {
            powers[20 - rest] = powers[19 - rest] * 10;
            rest -= 1;
        }
        powers
    };
    POWERS.get(usize::try_from(exponent).ok()?).copied()
}

/// Writes a count of units of `10^-places`: `-12.50`. Zero has no sign.
#[cfg(feature = "arrow")]
#[inline(always)]
pub(super) fn write_units(out: &mut Piece, negative: bool, units: u64, places: u32) {
    out.put(b"-", usize::from(negative && units != 0));
    write_digits(out, units, places);
}

/// Writes a delimiter and behind it a count of units of `10^-places`: `,-12.50`. Zero has no sign.
#[inline(always)]
pub(super) fn write_cell(out: &mut Piece, delimiter: u8, negative: bool, units: u64, places: u32) {
    out.put(&[delimiter, b'-'], 1 + usize::from(negative && units != 0));
    write_digits(out, units, places);
}

/// Writes two numbers, each behind a delimiter.
#[inline(always)]
pub(super) fn write_two_cells(out: &mut Piece, delimiter: u8, one: Short, other: Short) {
    match texts([one.digits, other.digits], [one.scale, other.scale]) {
        Some([first, second]) => {
            out.put(&[delimiter, b'-'], 1 + usize::from(one.negative && one.digits != 0));
            out.put(&first.bytes, first.length);
            out.put(&[delimiter, b'-'], 1 + usize::from(other.negative && other.digits != 0));
            out.put(&second.bytes, second.length);
        }
        None => [one, other].into_iter().for_each(|number| number.write(out, delimiter)),
    }
}

#[inline(always)]
fn write_digits(out: &mut Piece, units: u64, places: u32) {
    match texts([units, 0], [places, 0]) {
        Some([text, _]) => out.put(&text.bytes, text.length),
        None => write_rare_digits(out, units, places),
    }
}

/// The digits before and behind the point are each written as sixteen bytes of which so many count, without a loop
/// whose length the processor would have to guess.
#[inline(never)]
fn write_rare_digits(out: &mut Piece, units: u64, places: u32) {
    let (upper, lower) = (units / 100_000_000, units % 100_000_000);
    if upper >= 100_000_000 || places > 15 {
        write_long_units(out, units, places as usize);
    } else {
        write_portably(out, (upper, lower), places);
    }
}

/// The same on any processor.
fn write_portably(out: &mut Piece, (upper, lower): (u64, u64), places: u32) {
    let fraction_length = if places > 0 { places as usize + 1 } else { 0 };
    let digits = u128::from(digits_of(upper)) | u128::from(digits_of(lower)) << 64;
    let idle = digits.trailing_zeros() / 8;
    let whole = (16 - idle).saturating_sub(places).max(1);
    let fraction = (digits >> 1 >> (8 * (16 - places) - 1) | ZEROS) << 8 | u128::from(b'.');
    out.put(&(digits >> (8 * (16 - places - whole)) | ZEROS).to_le_bytes(), whole as usize);
    out.put(&fraction.to_le_bytes(), fraction_length);
}

/// The eight digits of a number, a byte each, the first one lowest: fours, then pairs, then single ones. Each quotient
/// is a product with a rounded-up reciprocal, right for all numbers of so many digits.
#[inline(always)]
fn digits_of(number: u64) -> u64 {
    let fours = (number / 10_000) | ((number % 10_000) << 32);
    let hundreds = ((fours * 10_486) >> 20) & 0x0000_007f_0000_007f;
    let pairs = hundreds | (fours - hundreds * 100) << 16;
    let tens = ((pairs * 103) >> 10) & 0x000f_000f_000f_000f;
    tens | (pairs - tens * 10) << 8
}

/// The same for a number of any length.
#[cold]
fn write_long_units(out: &mut Piece, units: u64, places: usize) {
    let text = format!("{units:0>width$}", width = places + 1);
    let (whole, fraction) = text.split_at(text.len() - places);
    let point = if places > 0 { "." } else { "" };
    for part in [whole, point, fraction] {
        out.extend(part.as_bytes());
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::batch::output::Output;
    use crate::exact::{Precision, Ratio};
    use rust_decimal::Decimal;

    fn written(negative: bool, units: u64, places: u32) -> String {
        let mut out = Output::default();
        let mut piece = out.piece().unwrap();
        write_cell(&mut piece, b';', negative, units, places);
        piece.finish();
        String::from_utf8(out.as_bytes().strip_prefix(b";").unwrap().to_vec()).unwrap()
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
            let zero = decimal.is_zero();
            proptest::prop_assert_eq!(written(short.negative, short.digits, short.scale), if zero { decimal.abs() } else { decimal }.to_string());
        }

        /// Rule: sixteen bytes at once are read as they are one by one, whatever they and those behind are.
        #[test]
        fn sixteen_bytes_are_read_as_one_by_one(text in "-?[0-9]{0,16}(\\.[0-9]{0,9})?|[-0-9.]{1,16}", noise: [u8; 16], at in 0..16_usize) {
            let length = text.len().clamp(1, 16);
            let mut bytes = noise;
            bytes.iter_mut().zip(text.bytes()).for_each(|(byte, given)| *byte = given);
            for bytes in [bytes, { bytes[at] = noise[at]; bytes }] {
                let one_by_one = Short::read(&bytes[..length]);
                proptest::prop_assert_eq!(Short::read_sixteen(&bytes, length), one_by_one);
                if let Some(proof) = Vectors::here() {
                    let vectors = decimal(&bytes, length, proof).map(|(negative, digits, scale)| Short { negative, digits, scale });
                    proptest::prop_assert_eq!(vectors, one_by_one);
                }
            }
        }

        /// Rule: units are written as a decimal of so many places is, however many digits there are.
        #[test]
        fn units_are_written_as_a_decimal(units: u64, shrink in 0_u32..64, negative: bool, places in 0_u32..=28) {
            let units = units >> shrink;
            let digits = i128::from(units);
            let decimal = Decimal::try_from_i128_with_scale(if negative { -digits } else { digits }, places).unwrap();
            proptest::prop_assert_eq!(written(negative, units, places), decimal.to_string());
            if units < 10_000_000_000_000_000 && places <= 15 {
                let mut out = Output::default();
                let mut piece = out.piece().unwrap();
                write_portably(&mut piece, (units / 100_000_000, units % 100_000_000), places);
                piece.finish();
                let expected = decimal.abs().to_string();
                proptest::prop_assert_eq!(out.as_bytes(), expected.as_bytes());
            }
        }

        /// Rule: two numbers are written as each of them is.
        #[test]
        fn two_numbers_are_written_as_each_is(units: [u64; 2], shrink in [0_u32..64, 0_u32..64], negative: [bool; 2], scale in [0_u32..=17, 0_u32..=17]) {
            let number = |at: usize| Short { negative: negative[at], digits: units[at] >> shrink[at], scale: scale[at] };
            let mut out = Output::default();
            let mut piece = out.piece().unwrap();
            write_two_cells(&mut piece, b';', number(0), number(1));
            piece.finish();
            let each = [0, 1].map(|at| format!(";{}", written(number(at).negative, number(at).digits, number(at).scale)));
            let expected = each.concat();
            proptest::prop_assert_eq!(out.as_bytes(), expected.as_bytes());
        }

        /// Rule: a short quotient is the kernel's.
        #[test]
        fn a_short_quotient_is_that_of_the_kernel(n in 0_u64.., d in 1_u64.., shrink in 0_u32..60, negative: bool, places in 0_u32..6, exponent in -12_i16..6) {
            let sign = if negative { -Ratio::ONE } else { Ratio::ONE };
            let (n, d) = (n >> shrink, d >> shrink | 1);
            let fraction = Fraction { n, d, exponent: exponent.into() };
            let exact = &(&Ratio::new(i128::from(n), i128::from(d)).unwrap() * &Ratio::power_of_ten(exponent)) * &sign;
            for mode in RoundingMode::ALL {
                if let Some(units) = fraction.in_units(places).and_then(|units| units.round(negative, mode)) {
                    let kernel = exact.round(Precision::Decimals(places.cast_signed()), mode).unwrap().value;
                    proptest::prop_assert_eq!(written(negative, units, places), kernel.to_string());
                }
                if !negative && n > 0 && let Some((units, places)) = fraction.to_significant(n.ilog10().cast_signed() - d.ilog10().cast_signed(), 12, mode) {
                    let kernel = exact.round(Precision::Significant(12), mode).unwrap().value;
                    proptest::prop_assert_eq!(written(false, units, places), kernel.to_string());
                }
            }
        }
    }
}
