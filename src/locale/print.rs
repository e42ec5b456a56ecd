//! Numbers and amounts as people write them.

use super::Locale;
use super::data::LocaleData;
use crate::error::Error;
use crate::exact::{Precision, Ratio, RoundingMode};
use crate::growth::Percent;
use crate::money::Money;
use rust_decimal::Decimal;

const NO_BREAK_SPACE: char = '\u{a0}';

impl Locale {
    /// A number with the locale's marks and all of its digits: nothing is rounded.
    ///
    /// ```
    /// use tieout::Locale;
    ///
    /// assert_eq!(Locale::EN_IN.format_number("-1234567.50".parse()?), "-12,34,567.50");
    /// assert_eq!(Locale::FR.format_number("1234.5".parse()?), "1\u{202f}234,5");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn format_number(&self, number: Decimal) -> String {
        signed(number, digits(number, self.data()))
    }

    /// An amount with the locale's marks and sign, and all of its digits: nothing is rounded.
    ///
    /// ```
    /// use tieout::{Locale, Money};
    ///
    /// let money: Money = "EUR -1234.50".parse()?;
    /// assert_eq!(Locale::EN.format(money), "-€1,234.50");
    /// assert_eq!(Locale::DE.format(money), "-1.234,50\u{a0}€");
    /// assert_eq!(Locale::NL.format(money), "€\u{a0}-1.234,50");
    /// # Ok::<(), tieout::Error>(())
    /// ```
    #[must_use]
    pub fn format(&self, money: Money) -> String {
        let data = self.data();
        let pattern = if money.amount().is_sign_negative() { &data.negative } else { &data.positive };
        fill(pattern, &digits(money.amount(), data), &self.symbol(money.currency()))
    }

    /// An amount in the locale's short form, rounded once: "€59.5bn", "59,5 Md€", "€594.8亿".
    ///
    /// The precision is that of the number before the unit: one decimal, three significant digits. An amount too small
    /// for a unit is written as by [`format`](Locale::format).
    ///
    /// # Errors
    ///
    /// The [`ArithmeticError`](crate::ArithmeticError)s of [`Ratio::round`].
    ///
    /// ```
    /// use tieout::{Locale, Precision, RoundingMode};
    ///
    /// let money = "EUR 59477123456".parse()?;
    /// let short = |locale: Locale| locale.format_compact(money, Precision::Decimals(1), RoundingMode::HalfEven);
    /// assert_eq!(short(Locale::EN)?, "€59.5bn");
    /// assert_eq!(short(Locale::FR)?, "59,5\u{a0}Md€");
    /// assert_eq!(short(Locale::ZH)?, "€594.8亿");
    /// assert_eq!(Locale::FR.format_compact("EUR 950".parse()?, Precision::Decimals(0), RoundingMode::HalfEven)?, "950\u{a0}€");
    /// # Ok::<(), tieout::Error>(())
    /// ```
    pub fn format_compact(&self, money: Money, precision: Precision, mode: RoundingMode) -> Result<String, Error> {
        let data = self.data();
        let (number, unit) = in_unit(&Ratio::from(money.amount()), data, |value| Ok(value.round(precision, mode)?.value))?;
        if unit.is_empty() {
            return Ok(self.format(Money::new(number, money.currency())));
        }
        let text = fill(&data.compact, &format!("{}{unit}", digits(number, data)), &self.symbol(money.currency()));
        Ok(signed(number, text))
    }

    /// A percentage with all of its digits.
    ///
    /// ```
    /// use tieout::{Locale, Percent};
    ///
    /// let fall = Percent("-18.90".parse()?);
    /// assert_eq!(Locale::EN.format_percent(fall), "-18.90%");
    /// assert_eq!(Locale::FR.format_percent(fall), "-18,90\u{a0}%");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn format_percent(&self, percent: Percent) -> String {
        let data = self.data();
        signed(percent.0, data.percent.replace('#', &digits(percent.0, data)))
    }
}

/// A value rounded in the greatest unit that it fills, also after the rounding: 999.96 million is 1.0 billion.
fn in_unit<'d>(value: &Ratio, data: &'d LocaleData, round: impl Fn(&Ratio) -> Result<Decimal, Error>) -> Result<(Decimal, &'d str), Error> {
    let (size, mut units) = (value.abs(), data.units.iter().peekable());
    let (mut unit, mut power) = ("", 0);
    while let Some((word, exponent)) = units.next_if(|(_, exponent)| Ratio::power_of_ten(*exponent) <= size) {
        (unit, power) = (word, *exponent);
    }
    let number = round(&(value * &Ratio::power_of_ten(-power)))?;
    match units.next() {
        Some((word, exponent)) if Ratio::from(number.abs()) >= Ratio::power_of_ten(*exponent - power) => {
            Ok((round(&(value * &Ratio::power_of_ten(-exponent)))?, word))
        }
        _ => Ok((number, unit)),
    }
}

/// The digits of a number without its sign, grouped.
fn digits(number: Decimal, data: &LocaleData) -> String {
    let plain = number.abs().to_string();
    let (whole, fraction) = plain.split_once('.').map_or((plain.as_str(), None), |(whole, fraction)| (whole, Some(fraction)));
    let mut text = String::with_capacity(plain.len() * 2);
    for (index, digit) in whole.chars().enumerate() {
        let left = whole.len() - index;
        let at_group = left == 3 || (left > 3 && (left - 3) % data.grouping == 0);
        if index > 0 && at_group && whole.len() >= data.grouped_from {
            text.push(data.group);
        }
        text.push(digit);
    }
    if let Some(fraction) = fraction {
        text.push(data.decimal);
        text.push_str(fraction);
    }
    text
}

fn signed(number: Decimal, text: String) -> String {
    if number.is_sign_negative() && !number.is_zero() { format!("-{text}") } else { text }
}

/// A pattern with its number and its currency; letters of the two never touch.
fn fill(pattern: &str, number: &str, symbol: &str) -> String {
    let mut text = String::with_capacity(pattern.len() + number.len() + symbol.len());
    for token in pattern.chars() {
        let mut part = [0; 4];
        let part: &str = match token {
            '¤' => symbol,
            '#' => number,
            other => other.encode_utf8(&mut part),
        };
        let latin = |c: Option<char>| c.is_some_and(|c| c.is_alphabetic() && c < '\u{2e80}');
        let word = |c: Option<char>| latin(c) || c.is_some_and(|c| c.is_ascii_digit());
        let (last, first) = (text.chars().next_back(), part.chars().next());
        if (latin(last) && word(first)) || (word(last) && latin(first)) {
            text.push(NO_BREAK_SPACE);
        }
        text.push_str(part);
    }
    text
}
