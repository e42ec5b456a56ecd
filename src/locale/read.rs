//! Numbers and amounts as people write them, read without losing a digit.

use super::symbols::Mention;
use super::{Locale, data};
use crate::error::{ArithmeticError, Error, ErrorKind};
use crate::exact::Ratio;
use crate::growth::Percent;
use crate::money::{Money, exact_decimal};
use crate::number::is_group_space;
use crate::printed::Printed;
use rust_decimal::Decimal;

/// A number as it was written: digits, and the power of ten of its scale word. "59.5bn" is 59.5 and 9.
///
/// Nothing is lost: the granularity of the figure is that of the last digit times the scale.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Numeral {
    /// The number before the scale word, with its sign and every digit.
    pub digits: Decimal,
    /// The power of ten of the scale word; 0 without one.
    pub exponent: i16,
}

impl Numeral {
    /// The value: `digits × 10^exponent`.
    ///
    /// # Errors
    ///
    /// [`Overflow`](ArithmeticError::Overflow) when it does not fit a decimal.
    ///
    /// ```
    /// use tieout::Locale;
    ///
    /// let numeral = Locale::EN.parse_number("59.5bn")?;
    /// assert_eq!((numeral.digits.to_string().as_str(), numeral.exponent), ("59.5", 9));
    /// assert_eq!(numeral.value()?.to_string(), "59500000000");
    /// # Ok::<(), tieout::Error>(())
    /// ```
    pub fn value(&self) -> Result<Decimal, ArithmeticError> {
        // Beyond these powers nothing but zero fits a decimal, and the power itself would be the danger.
        let exponent = if self.digits.is_zero() { self.exponent.clamp(-28, 28) } else { self.exponent };
        if exponent.abs() > 56 {
            return Err(ArithmeticError::Overflow);
        }
        let value = &Ratio::from(self.digits) * &Ratio::power_of_ten(exponent);
        let places = i64::from(self.digits.scale()) - i64::from(exponent);
        exact_decimal(&value, u32::try_from(places.max(0)).unwrap_or(u32::MAX))
    }

    /// The figure it prints: an amount whose trailing zeros may not be significant.
    ///
    /// ```
    /// use tieout::{Locale, Ratio};
    ///
    /// let figure = Locale::EN.parse_number("59.5bn")?.to_printed();
    /// assert_eq!(figure.granularity(), &Ratio::from(100_000_000));
    /// # Ok::<(), tieout::Error>(())
    /// ```
    #[must_use]
    pub fn to_printed(&self) -> Printed {
        Printed::whole(self.digits, self.exponent)
    }

    fn negated(self) -> Numeral {
        Numeral { digits: if self.digits.is_zero() { self.digits } else { -self.digits }, ..self }
    }
}

impl Locale {
    /// A number as people type it: `59.5bn`, `59.5 billion`, `8,424m`, `(911.4)`, `△5`, `1e9`, `5億9500万`.
    ///
    /// # Errors
    ///
    /// [`Syntax`](ErrorKind::Syntax) for what is no number here: other marks, groups of a wrong length, an unknown
    /// scale word.
    ///
    /// ```
    /// use tieout::Locale;
    ///
    /// assert_eq!(Locale::EN.parse_number("(911.4)")?.value()?.to_string(), "-911.4");
    /// assert_eq!(Locale::FR.parse_number("59,5 milliards")?.exponent, 9);
    /// assert!(Locale::EN.parse_number("1,23").is_err());
    /// # Ok::<(), tieout::Error>(())
    /// ```
    pub fn parse_number(&self, text: &str) -> Result<Numeral, Error> {
        numeral(plain(text).trim(), *self).ok_or_else(|| not(text, "a number such as 1,234.5 or 59.5bn, as the locale writes it"))
    }

    /// An amount as people type it: `€59.5bn`, `59,5 Md€`, `594.8亿元`, `-US$ 5`, `$(5)`, `5 CAD`, `$5 CAD`.
    ///
    /// # Errors
    ///
    /// [`Syntax`](ErrorKind::Syntax), [`Ambiguous`](ErrorKind::Ambiguous) for a shared sign that the home
    /// currency does not settle, [`CurrencyMismatch`](ErrorKind::CurrencyMismatch) for two currencies around one
    /// number.
    ///
    /// ```
    /// use tieout::Locale;
    ///
    /// assert_eq!(Locale::ZH.parse_money("594.8亿元")?.to_string(), "CNY 59480000000");
    /// assert_eq!(Locale::EN.parse_money("$5.00 CAD")?.to_string(), "CAD 5.00");
    /// assert!(Locale::EN.parse_money("5").is_err());
    /// # Ok::<(), tieout::Error>(())
    /// ```
    pub fn parse_money(&self, text: &str) -> Result<Money, Error> {
        let wrong = || not(text, "an amount with its currency, such as €59.5bn, as the locale writes it");
        let plain = plain(text);
        let (outer, rest) = bracketed(plain.trim()).map_or_else(|| sign(plain.trim(), *self), |inside| (Sign::Minus, inside));
        let (first, rest) = Mention::at_start(rest, *self).map_or((None, rest), |(mention, rest)| (Some(mention), rest.trim_start()));
        let (last, rest) = Mention::at_end(rest, *self).map_or((None, rest), |(mention, rest)| (Some(mention), without_link(rest)));
        let mention = match (first, last) {
            (Some(first), Some(last)) => first.and(last)?,
            (Some(one), None) | (None, Some(one)) => one,
            (None, None) => return Err(wrong()),
        };
        let inner = numeral(rest.trim(), *self).ok_or_else(wrong)?;
        let numeral = match outer {
            Sign::None => inner,
            _ if has_sign(rest.trim(), *self) => return Err(wrong()),
            Sign::Plus => inner,
            Sign::Minus => inner.negated(),
        };
        Ok(Money::new(numeral.value()?, mention.resolve(*self)?))
    }

    /// A percentage as people type it: `-18.9%`, `18,9 %`, `(3.2)%`.
    ///
    /// # Errors
    ///
    /// [`Syntax`](ErrorKind::Syntax).
    ///
    /// ```
    /// use tieout::Locale;
    ///
    /// assert_eq!(Locale::DE.parse_percent("-18,90 %")?.to_string(), "-18.90%");
    /// # Ok::<(), tieout::Error>(())
    /// ```
    pub fn parse_percent(&self, text: &str) -> Result<Percent, Error> {
        let wrong = || not(text, "a percentage such as -18.9%, as the locale writes it");
        let plain = plain(text);
        let number = plain.trim().strip_suffix('%').ok_or_else(wrong)?;
        let numeral = numeral(number.trim(), *self).filter(|numeral| numeral.exponent == 0).ok_or_else(wrong)?;
        Ok(Percent(numeral.digits))
    }
}

fn not(text: &str, expected: &'static str) -> Error {
    ErrorKind::Syntax { expected, found: text.to_owned() }.into()
}

/// The text with one kind of space, and with full-width forms as ASCII.
fn plain(text: &str) -> String {
    let narrow = |c: char| match c {
        c if is_group_space(c) || c == '\u{3000}' => ' ',
        '！'..='～' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        '￥' => '¥',
        '￡' => '£',
        c => c,
    };
    text.chars().map(narrow).collect()
}

#[derive(Clone, Copy, PartialEq)]
enum Sign {
    None,
    Plus,
    Minus,
}

/// A sign before everything else, and the rest.
fn sign(text: &str, locale: Locale) -> (Sign, &str) {
    // A black triangle is a fall in Japanese accounts and a rise elsewhere.
    let negative = |c: char| matches!(c, '-' | '−' | '–' | '△') || (c == '▲' && data::language(locale.tag) == "ja");
    match text.strip_prefix(negative) {
        Some(rest) => (Sign::Minus, rest.trim_start()),
        None => text.strip_prefix('+').map_or((Sign::None, text), |rest| (Sign::Plus, rest.trim_start())),
    }
}

/// What stands in brackets around everything: `(US$ 5)`.
fn bracketed(text: &str) -> Option<&str> {
    text.strip_prefix('(')?.strip_suffix(')').map(str::trim)
}

fn has_sign(text: &str, locale: Locale) -> bool {
    text.starts_with('(') || sign(text, locale).0 != Sign::None
}

/// What stands before a currency's name without the word that links the two: "milliards d'euros", "millones de".
fn without_link(text: &str) -> &str {
    let text = text.trim_end();
    for link in [" de", " d'", " d’", " di", " of"] {
        if let Some(before) = text.strip_suffix(link) {
            return before;
        }
    }
    text
}

/// A number with its sign and scale word, no currency.
fn numeral(text: &str, locale: Locale) -> Option<Numeral> {
    if let Some(open) = text.strip_prefix('(') {
        let (inside, after) = open.split_once(')')?;
        let numeral = unsigned(format!("{}{after}", inside.trim()).trim(), locale)?;
        return Some(numeral.negated());
    }
    match sign(text, locale) {
        (Sign::Minus, rest) => Some(unsigned(rest, locale)?.negated()),
        (_, rest) => unsigned(rest, locale),
    }
}

fn unsigned(text: &str, locale: Locale) -> Option<Numeral> {
    let style = locale.data().style();
    let end = text.rfind(|c: char| c.is_ascii_digit())? + 1;
    let (number, tail) = text.split_at_checked(end)?;
    if let Some(digits) = style.read(number) {
        return Some(Numeral { digits, exponent: scale(tail, locale)? });
    }
    if let Some((digits, exponent)) = number.split_once(['e', 'E']) {
        let exponent = exponent.parse().ok().filter(|exponent: &i16| exponent.abs() <= 56)?;
        return tail.is_empty().then_some(Numeral { digits: style.read(digits)?, exponent });
    }
    composite(text, locale)
}

/// The power of ten of a scale word, 0 for none.
fn scale(word: &str, locale: Locale) -> Option<i16> {
    let word = word.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
    if word.is_empty() { Some(0) } else { data::scale_word(&word, locale.tag) }
}

/// `5億9500万`: numbers with falling scale words, counted in the last of them.
fn composite(text: &str, locale: Locale) -> Option<Numeral> {
    let style = locale.data().style();
    let is_number = |c: char| c.is_ascii_digit() || c == style.decimal || style.groups.contains(&c);
    let (mut rest, mut parts) = (text, Vec::new());
    while !rest.is_empty() {
        let (number, after) = rest.split_at_checked(rest.find(|c: char| !is_number(c)).unwrap_or(rest.len()))?;
        let (word, after) = after.split_at_checked(after.find(is_number).unwrap_or(after.len()))?;
        parts.push(Numeral { digits: style.read(number.trim())?, exponent: scale(word, locale)? });
        rest = after;
    }
    let falling = parts.iter().zip(parts.iter().skip(1)).all(|(a, b)| a.exponent > b.exponent);
    let last = *parts.last().filter(|_| falling)?;
    // Only Chinese and Japanese write numbers so.
    matches!(data::language(locale.tag), "zh" | "ja").then_some(())?;
    let total = parts
        .iter()
        .fold(Ratio::ZERO, |sum, part| &sum + &(&Ratio::from(part.digits) * &Ratio::power_of_ten(part.exponent - last.exponent)));
    Some(Numeral { digits: exact_decimal(&total, last.digits.scale()).ok()?, exponent: last.exponent })
}
