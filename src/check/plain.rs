//! Numbers as the contract writes them: plain decimals, a quotient rounded once to nine digits.

use crate::exact::{Interval, Precision, Ratio, RoundingMode};
use rust_decimal::Decimal;

/// The digits of a quotient.
const DIGITS: Precision = Precision::Significant(9);

/// A number, a quotient rounded half-even.
pub(crate) fn number(value: &Ratio) -> String {
    text(value, RoundingMode::HalfEven)
}

/// The lower end, rounded down; `None` where there is none.
pub(crate) fn low(interval: &Interval) -> Option<String> {
    interval.low().value().map(|end| text(end, RoundingMode::Floor))
}

/// The upper end, rounded up.
pub(crate) fn high(interval: &Interval) -> Option<String> {
    interval.high().value().map(|end| text(end, RoundingMode::Ceiling))
}

fn text(value: &Ratio, mode: RoundingMode) -> String {
    let mut out = String::new();
    push(&mut out, value, mode);
    out
}

/// Appends a number.
pub(super) fn push(out: &mut String, value: &Ratio, mode: RoundingMode) {
    // What figures print and what is added of them are decimals already.
    if let Some((digits, scale)) = as_printed(value) {
        return push_digits(out, digits, scale);
    }
    let rounded = || value.round(DIGITS, mode).ok().map(|rounded| rounded.value);
    match value.to_decimal().or_else(rounded) {
        Some(decimal) => push_digits(out, decimal.mantissa(), decimal.scale()),
        // A value that no decimal can hold is none that a text prints.
        None => out.push('0'),
    }
}

/// A fraction over a power of ten: its digits, and how many of them stand behind the point.
fn as_printed(value: &Ratio) -> Option<(i128, u32)> {
    let (num, den) = value.small_parts()?;
    let scale = den.checked_ilog10().filter(|scale| *scale <= Decimal::MAX_SCALE)?;
    let held = num.unsigned_abs().leading_zeros() >= u128::BITS - Decimal::MAX.mantissa().ilog2() - 1;
    (held && 10_i128.checked_pow(scale) == Some(den)).then_some((num, scale))
}

/// What stands before the digits of a small fraction.
const ZEROS: &str = "0.0000000000000000000000000000";

/// Appends digits with their point, without the zeros that say nothing behind it.
fn push_digits(out: &mut String, number: i128, scale: u32) {
    let (mut digits, mut scale) = (number.unsigned_abs(), scale as usize);
    if let Ok(mut short) = u64::try_from(digits) {
        while scale > 0 && short.is_multiple_of(10) {
            (short, scale) = (short / 10, scale - 1);
        }
        digits = u128::from(short);
    }
    while scale > 0 && digits.is_multiple_of(10) {
        (digits, scale) = (digits / 10, scale - 1);
    }
    if number < 0 {
        out.push('-');
    }
    let start = out.len();
    push_whole(out, digits);
    let written = out.len() - start;
    match scale {
        0 => {}
        _ if written > scale => out.insert(out.len() - scale, '.'),
        _ => out.insert_str(start, ZEROS.get(..2 + scale - written).unwrap_or(ZEROS)),
    }
}

/// Appends a whole number.
pub(super) fn push_whole(out: &mut String, number: impl itoa::Integer) {
    out.push_str(itoa::Buffer::new().format(number));
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Rule: digits as they are, without idle zeros; a quotient to nine digits, its ends outward.
    #[test]
    fn numbers_are_plain_decimals() {
        let rows = [(0, 1, "0"), (5_950, 100, "59.5"), (-5, 1_000, "-0.005"), (100, 1, "100"), (-1_000, 1_000, "-1"), (3, 8, "0.375")];
        for (num, den, text) in rows {
            assert_eq!(number(&Ratio::new(num, den).unwrap()), text);
        }
        let third = Interval::point(Ratio::new(1, 3).unwrap());
        assert_eq!(number(&Ratio::new(2, 3).unwrap()), "0.666666667");
        assert_eq!((low(&third), high(&third)), (Some("0.333333333".to_owned()), Some("0.333333334".to_owned())));
        assert_eq!((low(&Interval::ALL), high(&Interval::ALL)), (None, None));
    }

    /// Rule: every digit that a decimal holds is written; a longer number is rounded.
    #[test]
    fn the_longest_decimals_are_whole() {
        let greatest = Decimal::MAX.mantissa();
        assert_eq!(number(&Ratio::new(greatest, 1).unwrap()), Decimal::MAX.to_string());
        assert_eq!(number(&Ratio::new(greatest, 10_i128.pow(28)).unwrap()), "7.9228162514264337593543950335");
        assert_eq!(number(&Ratio::new(1, 10_i128.pow(28)).unwrap()), "0.0000000000000000000000000001");
        assert_eq!(number(&Ratio::new(-greatest, 10_i128.pow(20)).unwrap()), "-792281625.14264337593543950335");
    }
}
