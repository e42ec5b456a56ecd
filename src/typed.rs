//! What figure did a person type? "59.5bn", "CNY 59.5 billion", "(911.4)", "−18.9%", "1e9", "1.2 pp".
//!
//! One figure, alone in its cell or argument; nothing around it is looked at. What may mean two things is refused or
//! left open, never guessed: "$" stays a symbol that names no currency.

use crate::currency::Currency;
use crate::error::{Error, ErrorKind};
use crate::exact::Ratio;
use crate::number::{NumberStyle, is_group_space};
use crate::printed::Printed;
use rust_decimal::Decimal;
use std::sync::LazyLock;

/// What a figure counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum TypedUnit {
    /// Nothing is said.
    Plain,
    /// A currency, by its code or a symbol that has only one meaning.
    Money(Currency),
    /// A currency symbol that several currencies share.
    Symbol(&'static str),
    /// `%`.
    Percent,
    /// Percentage points: `pp`, `pts`, `ppt`.
    Points,
    /// Basis points: `bp`.
    BasisPoints,
}

/// A figure as it was typed: `digits × 10^power` of a unit, the digits with their sign.
///
/// # Example
///
/// ```
/// use tieout::{Currency, FigureReader, TypedUnit};
///
/// let figure = FigureReader::english().read("CNY 59.5bn")?;
/// assert_eq!((figure.digits.to_string().as_str(), figure.power), ("59.5", 9));
/// assert_eq!(figure.unit, TypedUnit::Money(Currency::CNY));
/// assert_eq!(figure.to_decimal().unwrap().to_string(), "59500000000");
/// # Ok::<(), tieout::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TypedFigure {
    /// The digits as they stand, trailing zeros kept, with the arithmetic sign.
    pub digits: Decimal,
    /// The power of ten of the scale word.
    pub power: i16,
    /// What it counts.
    pub unit: TypedUnit,
}

impl TypedFigure {
    /// A plain number.
    ///
    /// ```
    /// use tieout::{Decimal, TypedFigure};
    ///
    /// assert_eq!(TypedFigure::plain(Decimal::from(5)).to_decimal(), Some(Decimal::from(5)));
    /// ```
    pub fn plain(digits: Decimal) -> TypedFigure {
        TypedFigure { digits, power: 0, unit: TypedUnit::Plain }
    }

    /// The exact value in its own unit: 12.3 for "12.3%".
    ///
    /// ```
    /// use tieout::{FigureReader, Ratio};
    ///
    /// assert_eq!(FigureReader::english().read("1.5k")?.value(), Ratio::from(1500));
    /// # Ok::<(), tieout::Error>(())
    /// ```
    pub fn value(&self) -> Ratio {
        let digits = Ratio::from(self.digits);
        if self.power == 0 { digits } else { &digits * &Ratio::power_of_ten(self.power) }
    }

    /// The figure as an interval, in its own unit: an amount with a coarse reading, a percent or points without.
    ///
    /// ```
    /// use tieout::{FigureReader, Ratio};
    ///
    /// assert_eq!(FigureReader::english().read("59.5bn")?.printed().granularity(), &Ratio::from(100_000_000));
    /// # Ok::<(), tieout::Error>(())
    /// ```
    pub fn printed(&self) -> Printed {
        match self.unit {
            TypedUnit::Percent | TypedUnit::Points | TypedUnit::BasisPoints => Printed::new(self.digits, self.power),
            _ => Printed::whole(self.digits, self.power),
        }
    }

    /// What its own unit is worth: a hundredth for percent and points, a ten-thousandth for basis points.
    ///
    /// ```
    /// use tieout::{FigureReader, Ratio};
    ///
    /// assert_eq!(Some(FigureReader::english().read("5 bp")?.unit_value()), Ratio::new(1, 10_000));
    /// # Ok::<(), tieout::Error>(())
    /// ```
    pub fn unit_value(&self) -> Ratio {
        match self.unit {
            TypedUnit::Percent | TypedUnit::Points => Ratio::power_of_ten(-2),
            TypedUnit::BasisPoints => Ratio::power_of_ten(-4),
            _ => Ratio::ONE,
        }
    }

    /// How many decimals it is printed with; negative when its last digit counts tens or thousands.
    ///
    /// ```
    /// use tieout::FigureReader;
    ///
    /// assert_eq!(FigureReader::english().read("59.5bn")?.decimals(), -8);
    /// # Ok::<(), tieout::Error>(())
    /// ```
    pub fn decimals(&self) -> i32 {
        i32::try_from(self.digits.scale()).unwrap_or(0).saturating_sub(i32::from(self.power))
    }

    /// The value as a plain decimal with the digits as typed; `None` when a decimal cannot hold it.
    ///
    /// ```
    /// use tieout::FigureReader;
    ///
    /// assert_eq!(FigureReader::english().read("59.50m")?.to_decimal().unwrap().to_string(), "59500000");
    /// # Ok::<(), tieout::Error>(())
    /// ```
    pub fn to_decimal(&self) -> Option<Decimal> {
        if self.power == 0 {
            return Some(self.digits);
        }
        let decimals = crate::exact::Precision::Decimals(self.decimals().max(0));
        let rounded = self.value().round(decimals, crate::exact::RoundingMode::Down).ok()?;
        rounded.exact.then_some(rounded.value)
    }

    /// The currency; `None` where none is named.
    ///
    /// # Errors
    ///
    /// [`Ambiguous`](ErrorKind::Ambiguous) for a symbol of several currencies.
    ///
    /// ```
    /// use tieout::FigureReader;
    ///
    /// assert!(FigureReader::english().read("$5")?.currency().is_err());
    /// assert_eq!(FigureReader::english().read("5")?.currency()?, None);
    /// # Ok::<(), tieout::Error>(())
    /// ```
    pub fn currency(&self) -> Result<Option<Currency>, Error> {
        match self.unit {
            TypedUnit::Money(currency) => Ok(Some(currency)),
            TypedUnit::Symbol(symbol) => {
                let meanings = SHARED_SYMBOLS.iter().find(|(known, _)| *known == symbol).map_or("several currencies", |(_, names)| names);
                Err(ErrorKind::Ambiguous { found: symbol.to_owned(), meanings: meanings.to_owned() }.into())
            }
            _ => Ok(None),
        }
    }
}

/// Whether a cell says that there is no figure: empty, a dash, `N/A`, `n.m.` and their like.
///
/// ```
/// use tieout::is_absent;
///
/// assert!(["", " – ", "N/A", "n.m.", "nm"].into_iter().all(is_absent));
/// assert!(!is_absent("0"));
/// ```
pub fn is_absent(text: &str) -> bool {
    let text = text.trim();
    text.len() <= 8 && ABSENT.contains(&text.to_ascii_lowercase().as_str())
}

const ABSENT: [&str; 19] =
    ["", "-", "–", "—", "−", "--", "n/a", "na", "n.a.", "n.a", "n.m.", "n.m", "nm", "n/m", "nmf", "nan", "null", "..", "…"];

/// Symbols that mean one currency, and names that stand as one.
const SYMBOLS: [(&str, Currency); 33] = [
    ("US$", Currency::USD),
    ("HK$", Currency::HKD),
    ("NT$", Currency::TWD),
    ("NZ$", Currency::NZD),
    ("AU$", Currency::AUD),
    ("CA$", Currency::CAD),
    ("MX$", Currency::MXN),
    ("A$", Currency::AUD),
    ("C$", Currency::CAD),
    ("S$", Currency::SGD),
    ("R$", Currency::BRL),
    ("€", Currency::EUR),
    ("£", Currency::GBP),
    ("CN¥", Currency::CNY),
    ("JP¥", Currency::JPY),
    ("RMB", Currency::CNY),
    ("人民币", Currency::CNY),
    ("人民元", Currency::CNY),
    ("元", Currency::CNY),
    ("円", Currency::JPY),
    ("美元", Currency::USD),
    ("米ドル", Currency::USD),
    ("₩", Currency::KRW),
    ("₹", Currency::INR),
    ("₽", Currency::RUB),
    ("₺", Currency::TRY),
    ("₪", Currency::ILS),
    ("฿", Currency::THB),
    ("₫", Currency::VND),
    ("₱", Currency::PHP),
    ("zł", Currency::PLN),
    ("Kč", Currency::CZK),
    ("Ft", Currency::HUF),
];

/// Symbols that several currencies share.
const SHARED_SYMBOLS: [(&str, &str); 4] =
    [("$", "USD, CAD, AUD, HKD and others"), ("¥", "JPY or CNY"), ("￥", "JPY or CNY"), ("kr", "SEK, NOK, DKK or ISK")];

/// What stands behind a share or a difference of shares.
const UNITS: [(&str, TypedUnit); 25] = [
    ("%", TypedUnit::Percent),
    ("％", TypedUnit::Percent),
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

/// One row of `data/scales.csv`.
struct Scale {
    language: &'static str,
    word: &'static str,
    power: i16,
}

static SCALES: LazyLock<Vec<Scale>> = LazyLock::new(|| {
    let rows = include_str!("../data/scales.csv").lines().skip(1);
    // A row that does not parse is left out; a test counts them.
    rows.filter_map(|row| {
        let (language, rest) = row.split_once(',')?;
        let (word, power) = rest.split_once(',')?;
        Some(Scale { language, word, power: power.parse().ok()? })
    })
    .collect()
});

/// Languages that write `1.234,5`.
const COMMA_LANGUAGES: [&str; 6] = ["de", "es", "fr", "it", "nl", "pt"];
/// Regions of such languages that write `1,234.5`.
const POINT_REGIONS: [&str; 3] = ["de-CH", "de-LI", "es-MX"];

/// Reads figures as people of one language type them.
///
/// # Example
///
/// ```
/// use tieout::FigureReader;
///
/// let french = FigureReader::for_language("fr")?;
/// assert_eq!(french.read("59,5 Md€")?.to_decimal().unwrap().to_string(), "59500000000");
/// assert!(FigureReader::english().read("59,5 Md€").is_err());
/// # Ok::<(), tieout::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FigureReader {
    language: String,
    style: NumberStyle,
}

impl FigureReader {
    /// The languages there are, by their codes.
    ///
    /// ```
    /// use tieout::FigureReader;
    ///
    /// assert!(FigureReader::languages().any(|language| language == "ja"));
    /// # Ok::<(), tieout::Error>(())
    /// ```
    pub fn languages() -> impl Iterator<Item = &'static str> {
        SCALES.chunk_by(|a, b| a.language == b.language).filter_map(|rows| rows.first()).map(|scale| scale.language)
    }

    /// English: `1,234.5`, million, bn.
    ///
    /// ```
    /// use tieout::FigureReader;
    ///
    /// assert_eq!(FigureReader::english().read("1,234.5")?.digits.to_string(), "1234.5");
    /// # Ok::<(), tieout::Error>(())
    /// ```
    pub fn english() -> FigureReader {
        FigureReader { language: "en".to_owned(), style: NumberStyle::POINT }
    }

    /// The reader of a language: `en`, `fr`, `de-CH`.
    ///
    /// # Errors
    ///
    /// [`UnknownLanguage`](ErrorKind::UnknownLanguage) for one that is not in `data/scales.csv`.
    ///
    /// ```
    /// use tieout::FigureReader;
    ///
    /// assert_eq!(FigureReader::for_language("de")?.read("1.234,5")?.digits.to_string(), "1234.5");
    /// assert!(FigureReader::for_language("xx").is_err());
    /// # Ok::<(), tieout::Error>(())
    /// ```
    pub fn for_language(code: &str) -> Result<FigureReader, Error> {
        let base = code.split(['-', '_']).next().unwrap_or(code);
        if !FigureReader::languages().any(|language| language == base) {
            let known = FigureReader::languages().collect::<Vec<_>>().join(", ");
            return Err(ErrorKind::UnknownLanguage { found: code.to_owned(), known }.into());
        }
        let comma = COMMA_LANGUAGES.contains(&base) && !POINT_REGIONS.contains(&code);
        Ok(FigureReader { language: base.to_owned(), style: if comma { NumberStyle::COMMA } else { NumberStyle::POINT } })
    }

    /// The figure that a text is.
    ///
    /// # Errors
    ///
    /// [`Syntax`](ErrorKind::Syntax), [`TooManyDigits`](ErrorKind::TooManyDigits),
    /// [`UnknownCurrency`](ErrorKind::UnknownCurrency), and [`Ambiguous`](ErrorKind::Ambiguous) for a sign with two
    /// meanings.
    ///
    /// ```
    /// use tieout::FigureReader;
    ///
    /// assert_eq!(FigureReader::english().read("(911.4)")?.digits.to_string(), "-911.4");
    /// assert!(FigureReader::english().read("five").is_err());
    /// # Ok::<(), tieout::Error>(())
    /// ```
    pub fn read(&self, text: &str) -> Result<TypedFigure, Error> {
        let Some((before, core, after)) = self.split(text) else { return Err(no_figure(text)) };
        let mut around = Around { reader: self, negative: false, open: 0, closed: false, power: None, unit: None };
        around.read_before(before).and_then(|()| around.read_after(after)).map_err(|wrong| wrong.into_error(text))?;
        if around.open != 0 {
            return Err(no_figure(text));
        }
        let (digits, exponent) = self.read_core(core).ok_or_else(|| refuse_core(core, text))?;
        let mut digits = digits;
        digits.set_sign_negative(around.negative && !digits.is_zero());
        Ok(TypedFigure { digits, power: around.power.unwrap_or(0) + exponent, unit: around.unit.unwrap_or(TypedUnit::Plain) })
    }

    /// What stands before the first digit, the number, and what stands behind its last digit.
    fn split<'t>(&self, text: &'t str) -> Option<(&'t str, &'t str, &'t str)> {
        let is_digit = |c: char| c.is_ascii_digit() || ('０'..='９').contains(&c);
        let first = text.find(is_digit)?;
        let last = text.rfind(is_digit)?;
        let end = last + text.get(last..)?.chars().next()?.len_utf8();
        // `.5`
        let start = if text.get(..first)?.ends_with(self.style.decimal) { first - self.style.decimal.len_utf8() } else { first };
        Some((text.get(..start)?, text.get(start..end)?, text.get(end..)?))
    }

    /// The digits, and the exponent of `1e9`.
    fn read_core(&self, core: &str) -> Option<(Decimal, i16)> {
        match core.split_once(['e', 'E']) {
            None => Some((self.style.read(core)?, 0)),
            Some((digits, exponent)) => {
                let exponent = exponent.parse::<i16>().ok().filter(|exponent| exponent.abs() <= 60)?;
                Some((self.style.read(digits)?, exponent))
            }
        }
    }

    /// The scale words of the language.
    fn scales(&self) -> impl Iterator<Item = &'static Scale> {
        SCALES.iter().filter(|scale| scale.language == self.language)
    }
}

/// What stands around the digits.
struct Around<'r> {
    reader: &'r FigureReader,
    negative: bool,
    open: u32,
    closed: bool,
    power: Option<i16>,
    unit: Option<TypedUnit>,
}

/// Why the text around the digits is none of a figure.
enum Wrong {
    Syntax,
    Triangle,
    Code(String),
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
        }
    }
}

impl Around<'_> {
    /// A sign, a bracket, a currency, in any order.
    fn read_before(&mut self, text: &str) -> Result<(), Wrong> {
        let mut rest = text.trim();
        while let Some(c) = rest.chars().next() {
            let tail = rest.get(c.len_utf8()..).unwrap_or_default();
            rest = match c {
                '+' => tail,
                TRIANGLE if self.reader.language != "ja" => return Err(Wrong::Triangle),
                '(' | '（' => {
                    self.open += 1;
                    self.negate()?;
                    tail
                }
                c if MINUS.contains(&c) || c == TRIANGLE => {
                    self.negate()?;
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
        let text: String = text.chars().map(|c| if is_group_space(c) { ' ' } else { c }).collect();
        let mut rest = text.trim();
        while let Some(c) = rest.chars().next() {
            let tail = rest.get(c.len_utf8()..).unwrap_or_default();
            rest = match c {
                ')' | '）' if self.open == 1 && !self.closed => {
                    (self.open, self.closed) = (0, true);
                    tail
                }
                '-' if tail.trim().is_empty() => {
                    self.negate()?;
                    tail
                }
                _ => self.read_word(rest)?,
            }
            .trim_start();
        }
        Ok(())
    }

    /// The longest scale word or unit, else a currency; what follows it is returned.
    fn read_word<'t>(&mut self, text: &'t str) -> Result<&'t str, Wrong> {
        let scale =
            self.reader.scales().filter_map(|scale| Some((strip_word(text, scale.word)?, scale.power))).min_by_key(|(rest, _)| rest.len());
        let unit = UNITS.iter().filter_map(|(word, unit)| Some((strip_word(text, word)?, *unit))).min_by_key(|(rest, _)| rest.len());
        match (scale, unit) {
            (Some((rest, power)), unit) if unit.is_none_or(|(shorter, _)| shorter.len() >= rest.len()) => {
                if self.power.replace(power).is_some() {
                    return Err(Wrong::Syntax);
                }
                Ok(rest)
            }
            (_, Some((rest, unit))) => self.set_unit(unit).map(|()| rest),
            _ => self.read_currency(text),
        }
    }

    /// A currency symbol or code at the start.
    fn read_currency<'t>(&mut self, text: &'t str) -> Result<&'t str, Wrong> {
        let symbol = SYMBOLS.iter().find_map(|(symbol, currency)| Some((strip_word(text, symbol)?, TypedUnit::Money(*currency))));
        let shared = || SHARED_SYMBOLS.iter().find_map(|(symbol, _)| Some((strip_word(text, symbol)?, TypedUnit::Symbol(symbol))));
        if let Some((rest, unit)) = symbol.or_else(shared) {
            return self.set_unit(unit).map(|()| rest);
        }
        let end = text.find(|c: char| !c.is_ascii_uppercase()).unwrap_or(text.len());
        let (code, rest) = text.split_at(end);
        if code.len() != 3 || rest.starts_with(char::is_alphabetic) {
            return Err(Wrong::Syntax);
        }
        let currency = Currency::from_code(code).map_err(|_| Wrong::Code(code.to_owned()))?;
        self.set_unit(TypedUnit::Money(currency)).map(|()| rest)
    }

    fn set_unit(&mut self, unit: TypedUnit) -> Result<(), Wrong> {
        if self.unit.replace(unit).is_some() { Err(Wrong::Syntax) } else { Ok(()) }
    }

    fn negate(&mut self) -> Result<(), Wrong> {
        if std::mem::replace(&mut self.negative, true) { Err(Wrong::Syntax) } else { Ok(()) }
    }
}

/// What follows a word at the start of a text; a word of letters does not end inside another.
fn strip_word<'t>(text: &'t str, word: &str) -> Option<&'t str> {
    let rest = text.strip_prefix(word)?;
    let letters = |c: char| c.is_alphabetic() && c.len_utf8() < 3;
    let inside = word.ends_with(letters) && rest.starts_with(letters);
    (!inside).then_some(rest)
}

fn no_figure(text: &str) -> Error {
    ErrorKind::Syntax { expected: "a number such as 59.5bn, (911.4) or CNY 1,200", found: text.to_owned() }.into()
}

/// Why the digits themselves could not be read.
fn refuse_core(core: &str, text: &str) -> Error {
    let digits = core.chars().filter(char::is_ascii_digit).count();
    if digits > 28 && core.chars().all(|c| c.is_ascii_digit() || !c.is_alphabetic()) {
        return ErrorKind::TooManyDigits { found: core.to_owned() }.into();
    }
    no_figure(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn assert_reads(language: &str, rows: &[(&str, &str, TypedUnit)]) {
        let reader = FigureReader::for_language(language).unwrap();
        for (text, value, unit) in rows {
            let figure = reader.read(text).unwrap_or_else(|error| panic!("{text:?}: {error}"));
            assert_eq!((figure.to_decimal().unwrap().to_string().as_str(), figure.unit), (*value, *unit), "{text:?}");
        }
    }

    /// Rule: every row of the data file is read, and no word of a language has two powers.
    #[test]
    fn every_scale_word_is_read_and_means_one_power() {
        assert_eq!(SCALES.len(), include_str!("../data/scales.csv").lines().count() - 1);
        for a in SCALES.iter() {
            assert_eq!(SCALES.iter().filter(|b| b.language == a.language && b.word == a.word).count(), 1, "{} {}", a.language, a.word);
        }
    }

    /// Rule: scale words, codes, symbols, brackets, signs and exponents, in the order people type them.
    #[test]
    fn english_figures_are_read_as_people_type_them() {
        let money = TypedUnit::Money;
        assert_reads(
            "en",
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
            "fr",
            &[("59,5 Md€", "59500000000", TypedUnit::Money(Currency::EUR)), ("1 200 M€", "1200000000", TypedUnit::Money(Currency::EUR))],
        );
        assert_reads("de", &[("59,5 Mrd. EUR", "59500000000", TypedUnit::Money(Currency::EUR)), ("1.234,50", "1234.50", TypedUnit::Plain)]);
        assert_reads("de-CH", &[("1’234.50", "1234.50", TypedUnit::Plain)]);
        assert_reads("es", &[("59,5 mil millones", "59500000000", TypedUnit::Plain)]);
        assert_reads("zh", &[("594.8亿元", "59480000000", TypedUnit::Money(Currency::CNY)), ("1.2个百分点", "1.2", TypedUnit::Points)]);
        assert_reads("ja", &[("595億円", "59500000000", TypedUnit::Money(Currency::JPY)), ("▲5", "-5", TypedUnit::Plain)]);
    }

    /// Rule: what is no figure, or two, is refused with its reason.
    #[test]
    fn what_is_no_figure_is_refused() {
        let read = |text: &str| FigureReader::english().read(text).unwrap_err().to_string();
        for text in ["", "abc", "1oo.00", "1.2.3", "(5", "5)", "--5", "-(5)", "5 5", "USD 5 EUR", "5 bn m", "5 widgets", "1,23", "((5))"] {
            assert!(read(text).starts_with("expected a number"), "{text:?}: {}", read(text));
        }
        assert_eq!(
            read("9999999999999999999999999999999999999999"),
            "\"9999999999999999999999999999999999999999\" has more digits than a decimal can hold exactly"
        );
        assert_eq!(read("XYZ 5"), "unknown currency code \"XYZ\": expected an ISO 4217 code such as USD");
        assert_eq!(read("▲5"), "\"▲\" is ambiguous: a fall in Japanese accounts, a rise elsewhere");
        let dollar = FigureReader::english().read("$5").unwrap();
        assert_eq!(dollar.currency().unwrap_err().to_string(), "\"$\" is ambiguous: USD, CAD, AUD, HKD and others");
    }
}
