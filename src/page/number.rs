//! How the page writes numbers: six significant digits, in billions and millions, ends of intervals rounded outward.

use super::words::Words;
use crate::check::Unit;
use crate::exact::{End, Interval, Precision, Ratio, RoundingMode};
use rust_decimal::Decimal;

/// The digits that are enough to follow the arithmetic; a number that has no more is written whole.
const DIGITS: u32 = 6;

/// A value with its unit.
pub(super) fn value(value: &Ratio, unit: &Unit, words: &Words) -> String {
    with_unit(scaled(value, RoundingMode::HalfEven, words), unit)
}

/// Both ends of an interval with their unit: "7.05679 to 7.06951".
pub(super) fn span(interval: &Interval, unit: &Unit, words: &Words) -> String {
    format!("{} {} {}", low(interval, &Unit::None, words), words.to, high(interval, unit, words))
}

/// The lower end with its unit, rounded down.
pub(super) fn low(interval: &Interval, unit: &Unit, words: &Words) -> String {
    end(interval.low(), RoundingMode::Floor, unit, words)
}

/// The upper end with its unit, rounded up.
pub(super) fn high(interval: &Interval, unit: &Unit, words: &Words) -> String {
    end(interval.high(), RoundingMode::Ceiling, unit, words)
}

/// A plain number without unit or scale: a rate.
pub(super) fn plain(value: &Ratio, words: &Words) -> String {
    digits(value, RoundingMode::HalfEven).map_or_else(|| "…".to_owned(), |digits| words.locale.format_number(digits))
}

fn end(end: &End, mode: RoundingMode, unit: &Unit, words: &Words) -> String {
    end.value().map_or_else(|| words.no_bound.to_owned(), |value| with_unit(scaled(value, mode, words), unit))
}

/// A value in billions or millions where its size is such.
fn scaled(value: &Ratio, mode: RoundingMode, words: &Words) -> String {
    let scale = [(9, words.billion), (6, words.million)].into_iter().find(|(power, _)| value.abs() >= Ratio::power_of_ten(*power));
    let (power, name) = scale.unwrap_or((0, ""));
    // A value that no decimal can hold is none that a text prints.
    let number = digits(&(value * &Ratio::power_of_ten(-power)), mode).map(|digits| words.locale.format_number(digits));
    let number = number.unwrap_or_else(|| "…".to_owned()).replace('-', "−");
    if name.is_empty() { number } else { format!("{number}\u{a0}{name}") }
}

fn digits(value: &Ratio, mode: RoundingMode) -> Option<Decimal> {
    let rounded = value.round(Precision::Significant(DIGITS), mode).ok()?;
    Some(rounded.value.normalize())
}

fn with_unit(number: String, unit: &Unit) -> String {
    match unit {
        Unit::None => number,
        Unit::Percent => number + "%",
        Unit::Points => number + "\u{a0}pp",
        Unit::BasisPoints => number + "\u{a0}bp",
        Unit::Times => number + "×",
        Unit::Noun(noun) => format!("{number}\u{a0}{noun}"),
        Unit::Currency(currency) => format!("{number}\u{a0}{currency}"),
    }
}
