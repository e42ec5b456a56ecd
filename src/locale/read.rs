//! Figures as people type them: "59.5bn", "CNY 59.5 billion", "(911.4)", "−18.9%", "5億9500万円", "1e9", "1.2 pp".
//!
//! One figure, alone in its cell or argument; nothing around it is looked at and no digit is lost. What may mean two
//! things is refused or left open, never guessed: "$" stays a symbol that names no currency unless the locale has one.

use super::figure::{TypedFigure, TypedUnit};
use super::symbols::{self, Mention};
use super::{Locale, data};
use crate::error::{ArithmeticError, Error, ErrorKind};
use crate::exact::Ratio;
use crate::growth::Percent;
use crate::money::{Money, exact_decimal};
use crate::number::is_group_space;
use rust_decimal::Decimal;

impl Locale {
    /// The figure that a text is, whatever it counts: `59.5bn`, `€59.5 billion`, `8,424m`, `(911.4)`, `△5`, `1e9`,
    /// `-18.9%`, `1.2 pp`.
    ///
    /// # Errors
    ///
    /// [`Syntax`](ErrorKind::Syntax) for what is no figure here: other marks, groups of a wrong length, an unknown
    /// word; [`TooManyDigits`](ErrorKind::TooManyDigits), [`UnknownCurrency`](ErrorKind::UnknownCurrency),
    /// [`CurrencyMismatch`](ErrorKind::CurrencyMismatch) for two currencies around one number, and
    /// [`Ambiguous`](ErrorKind::Ambiguous) for a sign with two meanings.
    ///
    /// ```
    /// use tieout::{Locale, TypedUnit};
    ///
    /// let figure = Locale::EN.parse_figure("(911.4)")?;
    /// assert_eq!((figure.digits.to_string().as_str(), figure.unit), ("-911.4", TypedUnit::Plain));
    /// assert_eq!(Locale::DE.parse_figure("1.234,5 Mio. €")?.to_decimal().unwrap().to_string(), "1234500000");
    /// assert!(Locale::EN.parse_figure("five").is_err());
    /// # Ok::<(), tieout::Error>(())
    /// ```
    pub fn parse_figure(&self, text: &str) -> Result<TypedFigure, Error> {
        let plain = plain(text);
        let (before, core, after) = self.split(&plain).ok_or_else(|| no_figure(text))?;
        let mut around = Around { locale: *self, signed: false, negative: false, bracket: None, power: None, share: None, currency: None };
        around.read_before(before).and_then(|()| around.read_after(after)).map_err(|wrong| wrong.into_error(text))?;
        if around.bracket == Some(Bracket::Open) {
            return Err(no_figure(text));
        }
        let unit = around.unit().ok_or_else(|| no_figure(text))?;
        let (mut digits, power) = core_of(core, around.power, *self).ok_or_else(|| refuse_core(core, text))?;
        digits.set_sign_negative(around.negative && !digits.is_zero());
        Ok(TypedFigure { digits, power, unit })
    }

    /// A number, no currency and no share: `59.5bn`, `59.5 billion`, `8,424m`, `(911.4)`, `1e9`, `5億9500万`.
    ///
    /// # Errors
    ///
    /// As [`parse_figure`](Locale::parse_figure).
    ///
    /// ```
    /// use tieout::Locale;
    ///
    /// assert_eq!(Locale::EN.parse_number("(911.4)")?.to_decimal().unwrap().to_string(), "-911.4");
    /// assert_eq!(Locale::FR.parse_number("59,5 milliards")?.power, 9);
    /// assert!(Locale::EN.parse_number("1,23").is_err());
    /// # Ok::<(), tieout::Error>(())
    /// ```
    pub fn parse_number(&self, text: &str) -> Result<TypedFigure, Error> {
        let figure = self.parse_figure(text)?;
        if figure.unit != TypedUnit::Plain {
            return Err(not(text, "a number such as 1,234.5 or 59.5bn, as the locale writes it"));
        }
        Ok(figure)
    }

    /// An amount as people type it: `€59.5bn`, `59,5 Md€`, `594.8亿元`, `-US$ 5`, `$(5)`, `5 CAD`, `$5 CAD`.
    ///
    /// # Errors
    ///
    /// As [`parse_figure`](Locale::parse_figure), [`Ambiguous`](ErrorKind::Ambiguous) also for a shared sign that the
    /// home currency does not settle; [`Overflow`](ArithmeticError::Overflow) when a decimal does not hold the amount.
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
        let figure = self.parse_figure(text)?;
        let currency =
            figure.currency()?.ok_or_else(|| not(text, "an amount with its currency, such as €59.5bn, as the locale writes it"))?;
        Ok(Money::new(figure.to_decimal().ok_or(ArithmeticError::Overflow)?, currency))
    }

    /// A percentage as people type it: `-18.9%`, `18,9 %`, `(3.2)%`.
    ///
    /// # Errors
    ///
    /// As [`parse_figure`](Locale::parse_figure).
    ///
    /// ```
    /// use tieout::Locale;
    ///
    /// assert_eq!(Locale::DE.parse_percent("-18,90 %")?.to_string(), "-18.90%");
    /// # Ok::<(), tieout::Error>(())
    /// ```
    pub fn parse_percent(&self, text: &str) -> Result<Percent, Error> {
        let figure = self.parse_figure(text)?;
        if figure.unit != TypedUnit::Percent || figure.power != 0 {
            return Err(not(text, "a percentage such as -18.9%, as the locale writes it"));
        }
        Ok(Percent(figure.digits))
    }

    /// What stands before the first digit, the number, and what stands behind its last digit.
    fn split<'t>(&self, text: &'t str) -> Option<(&'t str, &'t str, &'t str)> {
        let first = text.find(|c: char| c.is_ascii_digit())?;
        let end = text.rfind(|c: char| c.is_ascii_digit())? + 1;
        let decimal = self.data().decimal;
        // `.5`
        let start = if text.get(..first)?.ends_with(decimal) { first - decimal.len_utf8() } else { first };
        Some((text.get(..start)?, text.get(start..end)?, text.get(end..)?))
    }
}

fn not(text: &str, expected: &'static str) -> Error {
    ErrorKind::Syntax { expected, found: text.to_owned() }.into()
}

fn no_figure(text: &str) -> Error {
    not(text, "a number such as 59.5bn, (911.4) or CNY 1,200")
}

/// Why the digits themselves could not be read.
fn refuse_core(core: &str, text: &str) -> Error {
    let digits = core.chars().filter(char::is_ascii_digit).count();
    if digits > 28 && !core.chars().any(char::is_alphabetic) {
        return ErrorKind::TooManyDigits { found: core.to_owned() }.into();
    }
    no_figure(text)
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

/// The digits of a number and its power of ten, that of a scale word behind it included.
fn core_of(core: &str, scale: Option<i16>, locale: Locale) -> Option<(Decimal, i16)> {
    let style = locale.data().style();
    if let Some(digits) = style.read(core) {
        return Some((digits, scale.unwrap_or(0)));
    }
    match core.split_once(['e', 'E']) {
        None => composite(core, scale.unwrap_or(0), locale),
        Some((digits, exponent)) => {
            let exponent = exponent.parse().ok().filter(|exponent: &i16| exponent.abs() <= 56)?;
            scale.is_none().then_some((style.read(digits)?, exponent))
        }
    }
}

/// `5億9500` and `万`: numbers with falling scale words, counted in the last of them. Only Chinese and Japanese write so.
fn composite(core: &str, scale: i16, locale: Locale) -> Option<(Decimal, i16)> {
    matches!(data::language(locale.tag), "zh" | "ja").then_some(())?;
    let style = locale.data().style();
    let is_number = |c: char| c.is_ascii_digit() || c == style.decimal || style.groups.contains(&c);
    let (mut rest, mut above, mut sum) = (core, i16::MAX, Ratio::ZERO);
    loop {
        let (number, after) = rest.split_at_checked(rest.find(|c: char| !is_number(c)).unwrap_or(rest.len()))?;
        let digits = style.read(number.trim())?;
        let (word, after) = after.split_at_checked(after.find(is_number).unwrap_or(after.len()))?;
        let power = if after.is_empty() { scale } else { data::scale_word(&word.trim().to_lowercase(), locale.tag)? };
        (power < above).then_some(())?;
        sum = &sum + &(&Ratio::from(digits) * &Ratio::power_of_ten(power - scale));
        if after.is_empty() {
            return Some((exact_decimal(&sum, digits.scale()).ok()?, scale));
        }
        (rest, above) = (after, power);
    }
}

/// What stands behind a share or a difference of shares.
const UNITS: [(&str, TypedUnit); 24] = [
    ("%", TypedUnit::Percent),
    ("percent", TypedUnit::Percent),
    ("per cent", TypedUnit::Percent),
    ("pct", TypedUnit::Percent),
    ("pp", TypedUnit::Points),
    ("pps", TypedUnit::Points),
    ("p.p.", TypedUnit::Points),
    ("ppt", TypedUnit::Points),
    ("ppts", TypedUnit::Points),
    ("pt", TypedUnit::Points),
    ("pts", TypedUnit::Points),
    ("pts.", TypedUnit::Points),
    ("point", TypedUnit::Points),
    ("points", TypedUnit::Points),
    ("percentage point", TypedUnit::Points),
    ("percentage points", TypedUnit::Points),
    ("百分点", TypedUnit::Points),
    ("个百分点", TypedUnit::Points),
    ("ポイント", TypedUnit::Points),
    ("bp", TypedUnit::BasisPoints),
    ("bps", TypedUnit::BasisPoints),
    ("pb", TypedUnit::BasisPoints),
    ("basis point", TypedUnit::BasisPoints),
    ("basis points", TypedUnit::BasisPoints),
];

/// Signs of a negative figure; the white triangle is that of Japanese accounts.
const MINUS: [char; 4] = ['-', '−', '–', '△'];
/// A black triangle is negative in Japanese accounts and a rise elsewhere.
const TRIANGLE: char = '▲';
/// What links an amount with its currency: "milliards d'euros", "millones de pesos".
const LINKS: [&str; 5] = ["de ", "d'", "d’", "di ", "of "];

/// What stands around the digits.
struct Around {
    locale: Locale,
    signed: bool,
    negative: bool,
    bracket: Option<Bracket>,
    power: Option<i16>,
    share: Option<TypedUnit>,
    currency: Option<Mention>,
}

#[derive(Clone, Copy, PartialEq)]
enum Bracket {
    Open,
    Closed,
}

/// Why the text around the digits is none of a figure.
enum Wrong {
    Syntax,
    Triangle,
    Code(String),
    Currencies(Error),
}

impl Wrong {
    fn into_error(self, text: &str) -> Error {
        match self {
            Wrong::Syntax => no_figure(text),
            Wrong::Triangle => {
                ErrorKind::Ambiguous { found: TRIANGLE.to_string(), meanings: "a fall in Japanese accounts, a rise elsewhere".to_owned() }
                    .into()
            }
            Wrong::Code(code) => ErrorKind::UnknownCurrency { code }.into(),
            Wrong::Currencies(error) => error,
        }
    }
}

impl Around {
    /// A sign, a bracket, a currency, in any order.
    fn read_before(&mut self, text: &str) -> Result<(), Wrong> {
        let mut rest = text.trim();
        while let Some(c) = rest.chars().next() {
            let tail = rest.get(c.len_utf8()..).unwrap_or_default();
            rest = match c {
                TRIANGLE if data::language(self.locale.tag) != "ja" => return Err(Wrong::Triangle),
                '(' if self.bracket.is_none() => {
                    self.bracket = Some(Bracket::Open);
                    self.sign(true)?;
                    tail
                }
                '+' => {
                    self.sign(false)?;
                    tail
                }
                c if MINUS.contains(&c) || c == TRIANGLE => {
                    self.sign(true)?;
                    tail
                }
                _ => self.read_currency(rest)?,
            }
            .trim_start();
        }
        Ok(())
    }

    /// A scale word, a unit or currency, a closing bracket, a trailing minus, in any order.
    fn read_after(&mut self, text: &str) -> Result<(), Wrong> {
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        let mut rest = text.as_str();
        while let Some(c) = rest.chars().next() {
            let tail = rest.get(c.len_utf8()..).unwrap_or_default();
            rest = match c {
                ')' if self.bracket == Some(Bracket::Open) => {
                    self.bracket = Some(Bracket::Closed);
                    tail
                }
                '-' if tail.trim().is_empty() => {
                    self.sign(true)?;
                    tail
                }
                _ => self.read_word(rest)?,
            }
            .trim_start();
        }
        Ok(())
    }

    /// The longest of a scale word, a unit and a currency; what follows it is returned.
    fn read_word<'t>(&mut self, text: &'t str) -> Result<&'t str, Wrong> {
        let scale = data::scale_at_start(text, self.locale.tag);
        let share =
            UNITS.iter().filter_map(|(word, unit)| Some((*unit, symbols::strip_word(text, word)?))).min_by_key(|(_, rest)| rest.len());
        let mention = Mention::at_start(text, self.locale).map_or(usize::MAX, |(_, rest)| rest.len());
        match (scale, share) {
            (Some((power, rest)), share) if rest.len() <= share.map_or(usize::MAX, |(_, rest)| rest.len()).min(mention) => {
                if self.power.replace(power).is_some() { Err(Wrong::Syntax) } else { Ok(rest) }
            }
            (_, Some((unit, rest))) if rest.len() <= mention => {
                if self.share.replace(unit).is_some() {
                    Err(Wrong::Syntax)
                } else {
                    Ok(rest)
                }
            }
            _ => {
                let linked =
                    LINKS.iter().find_map(|link| text.strip_prefix(link)).filter(|rest| Mention::at_start(rest, self.locale).is_some());
                self.read_currency(linked.unwrap_or(text))
            }
        }
    }

    /// A currency's symbol, code or name at the start.
    fn read_currency<'t>(&mut self, text: &'t str) -> Result<&'t str, Wrong> {
        let Some((mention, rest)) = Mention::at_start(text, self.locale) else {
            let end = text.find(|c: char| !c.is_ascii_uppercase()).unwrap_or(text.len());
            let is_code = end == 3 && !text.chars().nth(end).is_some_and(char::is_alphabetic);
            return Err(if is_code { Wrong::Code(text.chars().take(end).collect()) } else { Wrong::Syntax });
        };
        self.currency = Some(match self.currency.take() {
            None => mention,
            Some(first) => first.and(mention).map_err(Wrong::Currencies)?,
        });
        Ok(rest)
    }

    fn sign(&mut self, negative: bool) -> Result<(), Wrong> {
        self.negative = negative;
        if std::mem::replace(&mut self.signed, true) { Err(Wrong::Syntax) } else { Ok(()) }
    }

    /// `None` for two units.
    fn unit(&self) -> Option<TypedUnit> {
        match (&self.currency, self.share) {
            (None, share) => Some(share.unwrap_or(TypedUnit::Plain)),
            (Some(mention), None) => Some(mention.settle(self.locale).map_or(TypedUnit::Symbol(mention.sign()), TypedUnit::Money)),
            (Some(_), Some(_)) => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::currency::Currency;

    #[track_caller]
    fn assert_reads(locale: Locale, rows: &[(&str, &str, TypedUnit)]) {
        for (text, value, unit) in rows {
            let figure = locale.parse_figure(text).unwrap_or_else(|error| panic!("{text:?}: {error}"));
            assert_eq!((figure.to_decimal().unwrap().to_string().as_str(), figure.unit), (*value, *unit), "{text:?}");
        }
    }

    /// Rule: scale words, codes, symbols, brackets, signs and exponents, in the order people type them.
    #[test]
    fn english_figures_are_read_as_people_type_them() {
        let money = TypedUnit::Money;
        assert_reads(
            Locale::EN,
            &[
                ("59.5bn", "59500000000", TypedUnit::Plain),
                ("59.5 billion", "59500000000", TypedUnit::Plain),
                ("8,424m", "8424000000", TypedUnit::Plain),
                ("(911.4)", "-911.4", TypedUnit::Plain),
                ("1e9", "1000000000", TypedUnit::Plain),
                ("1.5E-3", "0.0015", TypedUnit::Plain),
                ("CNY 59.5bn", "59500000000", money(Currency::CNY)),
                ("CNY59.5bn", "59500000000", money(Currency::CNY)),
                ("59.5bn CNY", "59500000000", money(Currency::CNY)),
                ("US$1.20m", "1200000", money(Currency::USD)),
                ("-€5", "-5", money(Currency::EUR)),
                ("€-5", "-5", money(Currency::EUR)),
                ("(€5.0m)", "-5000000", money(Currency::EUR)),
                ("$(5.0)m", "-5000000", TypedUnit::Symbol("$")),
                ("-18.9%", "-18.9", TypedUnit::Percent),
                ("−18.9 %", "-18.9", TypedUnit::Percent),
                ("(2.0)%", "-2.0", TypedUnit::Percent),
                ("(2.0%)", "-2.0", TypedUnit::Percent),
                ("+1.2 pp", "1.2", TypedUnit::Points),
                ("25bps", "25", TypedUnit::BasisPoints),
                ("△5", "-5", TypedUnit::Plain),
                ("100.00-", "-100.00", TypedUnit::Plain),
                (".5", "0.5", TypedUnit::Plain),
                ("-0", "0", TypedUnit::Plain),
                (" 1 234 ", "1234", TypedUnit::Plain),
            ],
        );
    }

    /// Rule: the language gives the decimal mark and the scale words.
    #[test]
    fn other_languages_have_their_marks_and_words() {
        assert_reads(
            Locale::FR,
            &[("59,5 Md€", "59500000000", TypedUnit::Money(Currency::EUR)), ("1 200 M€", "1200000000", TypedUnit::Money(Currency::EUR))],
        );
        assert_reads(
            Locale::DE,
            &[("59,5 Mrd. EUR", "59500000000", TypedUnit::Money(Currency::EUR)), ("1.234,50", "1234.50", TypedUnit::Plain)],
        );
        assert_reads(Locale::DE_CH, &[("1’234.50", "1234.50", TypedUnit::Plain)]);
        assert_reads(Locale::ES, &[("59,5 mil millones", "59500000000", TypedUnit::Plain)]);
        assert_reads(
            Locale::ZH,
            &[("594.8亿元", "59480000000", TypedUnit::Money(Currency::CNY)), ("1.2个百分点", "1.2", TypedUnit::Points)],
        );
        assert_reads(Locale::JA, &[("595億円", "59500000000", TypedUnit::Money(Currency::JPY)), ("▲5", "-5", TypedUnit::Plain)]);
    }

    /// Rule: what is no figure, or two, is refused with its reason.
    #[test]
    fn what_is_no_figure_is_refused() {
        let read = |text: &str| Locale::EN.parse_figure(text).unwrap_err().to_string();
        for text in ["", "abc", "1oo.00", "1.2.3", "(5", "5)", "--5", "-(5)", "5 5", "5 bn m", "5 widgets", "1,23", "((5))"] {
            assert!(read(text).starts_with("expected a number"), "{text:?}: {}", read(text));
        }
        assert_eq!(
            read("9999999999999999999999999999999999999999"),
            "\"9999999999999999999999999999999999999999\" has more digits than a decimal can hold exactly"
        );
        assert_eq!(read("XYZ 5"), "unknown currency code \"XYZ\": expected an ISO 4217 code such as USD");
        assert_eq!(read("USD 5 EUR"), "amounts in USD and EUR cannot be mixed: convert one of them first");
        assert_eq!(read("▲5"), "\"▲\" is ambiguous: a fall in Japanese accounts, a rise elsewhere");
        let dollar = Locale::EN.parse_figure("$5").unwrap();
        assert_eq!(dollar.currency().unwrap_err().to_string(), "\"$\" is ambiguous: USD, ARS, AUD, CAD, CLP, COP, HKD, MXN, NZD, SGD, TWD");
    }
}
