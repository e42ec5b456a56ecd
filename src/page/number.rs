//! How the page writes numbers: six significant digits, in billions and millions, ends of intervals rounded outward.

use super::words::Words;
use crate::check::Unit;
use crate::exact::{End, Interval, Precision, Ratio, RoundingMode};

/// The digits that are enough to follow the arithmetic; a number that has no more is written whole.
const DIGITS: u32 = 6;

/// A value with its unit.
pub(super) fn value(value: &Ratio, unit: &Unit, words: &Words) -> String {
    let scale = Scale::of(value, words);
    scale.behind(&scale.number(value, RoundingMode::HalfEven, words), unit, words)
}

/// Both ends of an interval with one scale and unit: "73.2593 to 73.4732 billion CNY".
pub(super) fn span(interval: &Interval, unit: &Unit, words: &Words) -> String {
    let larger = [interval.low(), interval.high()].into_iter().filter_map(End::value).max_by_key(|end| end.abs());
    let scale = larger.map_or(Scale::NONE, |larger| Scale::of(larger, words));
    let end = |end: &End, mode| end.value().map_or_else(|| words.no_bound.to_owned(), |value| scale.number(value, mode, words));
    let (low, high) = (end(interval.low(), RoundingMode::Floor), end(interval.high(), RoundingMode::Ceiling));
    scale.behind(&format!("{low} {} {high}", words.to), unit, words)
}

/// The lower end, rounded down.
pub(super) fn low(interval: &Interval, words: &Words) -> String {
    interval.low().value().map_or_else(|| words.no_bound.to_owned(), |end| Scale::NONE.number(end, RoundingMode::Floor, words))
}

/// The upper end, rounded up.
pub(super) fn high(interval: &Interval, words: &Words) -> String {
    interval.high().value().map_or_else(|| words.no_bound.to_owned(), |end| Scale::NONE.number(end, RoundingMode::Ceiling, words))
}

/// A plain number without unit or scale: a rate.
pub(super) fn plain(value: &Ratio, words: &Words) -> String {
    Scale::NONE.number(value, RoundingMode::HalfEven, words)
}

/// A percentage that only says how far off something is.
pub(super) fn percent(value: &Ratio, words: &Words) -> String {
    let rounded = value.round(Precision::UpToSignificant(3), RoundingMode::HalfEven);
    let number = rounded.map_or_else(|_| NO_DIGITS.to_owned(), |rounded| words.locale.format_number(rounded.value));
    number + words.percent
}

/// In what a number is counted: billions, millions, ones.
#[derive(Clone, Copy)]
struct Scale {
    power: i16,
    name: &'static str,
}

/// What stands for a number that no decimal can hold, and so no text prints.
const NO_DIGITS: &str = "…";

impl Scale {
    const NONE: Scale = Scale { power: 0, name: "" };

    fn of(value: &Ratio, words: &Words) -> Scale {
        let scales = [Scale { power: 9, name: words.billion }, Scale { power: 6, name: words.million }];
        scales.into_iter().find(|scale| value.abs() >= Ratio::power_of_ten(scale.power)).unwrap_or(Scale::NONE)
    }

    /// How many of the scale a value is.
    fn number(self, value: &Ratio, mode: RoundingMode, words: &Words) -> String {
        let scaled = value * &Ratio::power_of_ten(-self.power);
        let rounded = scaled.round(Precision::Significant(DIGITS), mode);
        rounded.map_or_else(|_| NO_DIGITS.to_owned(), |number| words.locale.format_number(number.value.normalize()).replace('-', "−"))
    }

    /// Numbers with the scale and the unit behind them.
    fn behind(self, numbers: &str, unit: &Unit, words: &Words) -> String {
        let scaled = if self.name.is_empty() { numbers.to_owned() } else { format!("{numbers}\u{a0}{}", self.name) };
        match unit {
            Unit::None => scaled,
            Unit::Percent => scaled + words.percent,
            Unit::Points => scaled + "\u{a0}pp",
            Unit::BasisPoints => scaled + "\u{a0}bp",
            Unit::Times => scaled + "×",
            Unit::Noun(noun) => format!("{scaled}\u{a0}{noun}"),
            Unit::Currency(currency) => format!("{scaled}\u{a0}{currency}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::words::{ENGLISH, FRENCH};
    use super::*;
    use crate::currency::Currency;

    fn interval(low: i128, high: i128, den: i128) -> Interval {
        Interval::closed(Ratio::new(low, den).unwrap(), Ratio::new(high, den).unwrap()).unwrap()
    }

    /// Rule: ends are rounded away from the inside, to six digits, in the scale of the larger.
    #[test]
    fn ends_are_rounded_outward() {
        let wide = interval(2_000_000_000, 3_999_999_999, 3);
        assert_eq!(span(&wide, &Unit::Currency(Currency::CNY), &ENGLISH), "0.666666 to 1.33334\u{a0}billion\u{a0}CNY");
        assert_eq!(span(&wide.neg(), &Unit::None, &FRENCH), "−1,33334 à −0,666666\u{a0}milliards");
        assert_eq!(span(&Interval::ALL, &Unit::Percent, &ENGLISH), "no bound to no bound%");
    }

    /// Rule: a value is rounded half-even and loses zeros that say nothing.
    #[test]
    fn values_lose_their_idle_zeros() {
        assert_eq!(value(&Ratio::new(125, 10).unwrap(), &Unit::Percent, &ENGLISH), "12.5%");
        assert_eq!(value(&Ratio::new(-1, 3).unwrap(), &Unit::None, &ENGLISH), "−0.333333");
        assert_eq!(percent(&Ratio::new(124_528, 10_000).unwrap(), &FRENCH), "12,5\u{a0}%");
    }
}
