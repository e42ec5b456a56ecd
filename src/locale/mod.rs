//! How do people write amounts where they live? Numbers, currencies and scale words by locale, read and printed.
//!
//! The formats are data: `data/locales.csv` (marks, grouping, patterns, compact units), `data/scales.csv` and
//! `data/locale-scales.csv` (scale words), `data/currency-symbols.csv`. Whatever is printed is read back as the same value with the same digits.
//!
//! A sign that several currencies share ("$", "¥", "kr") is an error unless the home currency settles it: that of
//! the locale's region (`en-CA`, `ja`) or the one the caller names with [`Locale::with_home`]. Plain `en` has none.
//!
//! Left out: names of numbers ("three"), historic units, right-to-left scripts.

mod data;
mod figure;
mod print;
mod read;
mod symbols;

pub use figure::{TypedFigure, TypedUnit, is_absent};

use crate::currency::Currency;
use crate::error::{Error, ErrorKind};
use data::LocaleData;
use std::fmt;
use std::str::FromStr;

/// The conventions of a language, or of a language in a region.
///
/// # Example
///
/// ```
/// use tieout::{Currency, Locale, Precision, RoundingMode};
///
/// let money = Locale::FR.parse_money("59,5 Md€")?;
/// assert_eq!(money.to_string(), "EUR 59500000000");
/// assert_eq!(Locale::DE.format(money), "59.500.000.000\u{a0}€");
/// let short = Locale::ZH.format_compact(money, Precision::Significant(4), RoundingMode::HalfEven)?;
/// assert_eq!(short, "€595.0亿");
/// # Ok::<(), tieout::Error>(())
/// ```
///
/// # Example: a sign that several currencies share
///
/// ```
/// use tieout::{Currency, Locale};
///
/// assert!(Locale::EN.parse_money("$5").is_err());
/// assert_eq!(Locale::EN_US.parse_money("$5")?.currency(), Currency::USD);
/// assert_eq!(Locale::EN.with_home(Currency::CAD).parse_money("$5")?.currency(), Currency::CAD);
/// # Ok::<(), tieout::Error>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Locale {
    tag: &'static str,
    home: Option<Currency>,
}

/// Constants for the locales of the table.
macro_rules! constants {
    ($($(#[$doc:meta])* $name:ident = $tag:literal;)*) => {
        $(
            $(#[$doc])*
            pub const $name: Locale = Locale { tag: $tag, home: None };
        )*
        #[cfg(test)]
        const CONSTANTS: &[Locale] = &[$(Locale::$name),*];
    };
}

impl Locale {
    constants! {
        /// English, no region: "$" is ambiguous.
        EN = "en";
        /// English, Australia.
        EN_AU = "en-AU";
        /// English, Canada.
        EN_CA = "en-CA";
        /// English, United Kingdom.
        EN_GB = "en-GB";
        /// English, India: 12,34,567, lakh and crore.
        EN_IN = "en-IN";
        /// English, United States.
        EN_US = "en-US";
        /// German.
        DE = "de";
        /// German, Switzerland.
        DE_CH = "de-CH";
        /// Spanish.
        ES = "es";
        /// Spanish, Mexico.
        ES_MX = "es-MX";
        /// French.
        FR = "fr";
        /// French, Canada.
        FR_CA = "fr-CA";
        /// Italian.
        IT = "it";
        /// Japanese.
        JA = "ja";
        /// Dutch.
        NL = "nl";
        /// Portuguese, Brazil.
        PT = "pt";
        /// Portuguese, Portugal.
        PT_PT = "pt-PT";
        /// Chinese, simplified.
        ZH = "zh";
        /// Chinese, traditional, Taiwan.
        ZH_HANT = "zh-Hant";
    }

    /// The locale of a language tag: the longest known beginning of it, so that `de-AT` is `de`.
    ///
    /// # Errors
    ///
    /// [`UnknownLanguage`](ErrorKind::UnknownLanguage) when not even the language is known.
    ///
    /// ```
    /// use tieout::Locale;
    ///
    /// assert_eq!(Locale::from_tag("en-NZ")?, Locale::EN);
    /// assert_eq!(Locale::from_tag("pt_PT")?, Locale::PT_PT);
    /// assert!(Locale::from_tag("tlh").is_err());
    /// # Ok::<(), tieout::Error>(())
    /// ```
    pub fn from_tag(tag: &str) -> Result<Locale, Error> {
        let wanted = tag.replace('_', "-");
        let mut shorter = wanted.as_str();
        loop {
            if let Some(data) = data::find(shorter) {
                return Ok(Locale { tag: &data.tag, home: None });
            }
            let Some((before, _)) = shorter.rsplit_once('-') else {
                let known = data::all().iter().map(|data| data.tag.as_str()).collect::<Vec<_>>().join(", ");
                return Err(ErrorKind::UnknownLanguage { found: tag.to_owned(), known }.into());
            };
            shorter = before;
        }
    }

    /// Every locale of the table.
    ///
    /// ```
    /// use tieout::Locale;
    ///
    /// assert!(Locale::all().any(|locale| locale == Locale::EN_IN));
    /// ```
    pub fn all() -> impl Iterator<Item = Locale> {
        data::all().iter().map(|data| Locale { tag: &data.tag, home: None })
    }

    /// The language tag.
    ///
    /// ```
    /// use tieout::Locale;
    ///
    /// assert_eq!(Locale::EN_GB.tag(), "en-GB");
    /// ```
    #[must_use]
    pub fn tag(&self) -> &'static str {
        self.tag
    }

    /// The currency that a shared sign means here: the one given to [`with_home`](Locale::with_home), else that of the
    /// region; `None` for plain English.
    ///
    /// ```
    /// use tieout::{Currency, Locale};
    ///
    /// assert_eq!((Locale::EN.home(), Locale::JA.home()), (None, Some(Currency::JPY)));
    /// ```
    #[must_use]
    pub fn home(&self) -> Option<Currency> {
        self.home.or(self.data().home)
    }

    /// The same conventions where a shared sign means this currency.
    ///
    /// ```
    /// use tieout::{Currency, Locale};
    ///
    /// let toronto = Locale::EN.with_home(Currency::CAD);
    /// assert_eq!(toronto.format("CAD 5.00".parse()?), "$5.00");
    /// assert_eq!(toronto.format("USD 5.00".parse()?), "US$5.00");
    /// # Ok::<(), tieout::Error>(())
    /// ```
    #[must_use]
    pub fn with_home(self, currency: Currency) -> Locale {
        Locale { home: Some(currency), ..self }
    }

    /// The currency of a sign, a code or a name: `€`, `US$`, `USD`, `元`, `yuan`.
    ///
    /// # Errors
    ///
    /// [`Ambiguous`](ErrorKind::Ambiguous) for a sign that several currencies share and the home currency
    /// does not settle; [`UnknownCurrency`](ErrorKind::UnknownCurrency).
    ///
    /// ```
    /// use tieout::{Currency, Locale};
    ///
    /// assert_eq!(Locale::JA.currency("¥")?, Currency::JPY);
    /// let error = Locale::EN.currency("¥").unwrap_err();
    /// assert_eq!(error.to_string(), "\"¥\" is ambiguous: CNY, JPY");
    /// # Ok::<(), tieout::Error>(())
    /// ```
    pub fn currency(&self, symbol: &str) -> Result<Currency, Error> {
        symbols::Mention::of(symbol, *self).ok_or_else(|| ErrorKind::UnknownCurrency { code: symbol.to_owned() })?.resolve(*self)
    }

    /// The sign printed for a currency: one that is read back as that currency here, else the code.
    ///
    /// ```
    /// use tieout::{Currency, Locale};
    ///
    /// assert_eq!(Locale::EN_US.symbol(Currency::USD), "$");
    /// assert_eq!(Locale::FR.symbol(Currency::USD), "$US");
    /// assert_eq!(Locale::DE.symbol(Currency::CHF), "CHF");
    /// ```
    pub fn symbol(&self, currency: Currency) -> String {
        symbols::printed(currency, *self).map_or_else(|| currency.to_string(), str::to_owned)
    }

    fn data(&self) -> &'static LocaleData {
        data::find(self.tag).unwrap_or_else(data::fallback)
    }
}

impl FromStr for Locale {
    type Err = Error;
    fn from_str(tag: &str) -> Result<Locale, Error> {
        Locale::from_tag(tag)
    }
}

impl fmt::Display for Locale {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.tag)
    }
}

impl fmt::Debug for Locale {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.tag)?;
        self.home.map_or(Ok(()), |home| write!(f, " with home {home}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Rule: a constant names a locale that the table holds, and every locale of the table has one.
    #[test]
    fn every_locale_of_the_table_has_a_constant() {
        let mut constants: Vec<_> = Locale::CONSTANTS.iter().map(Locale::tag).collect();
        let mut table: Vec<_> = Locale::all().map(|locale| locale.tag()).collect();
        constants.sort_unstable();
        table.sort_unstable();
        assert_eq!(constants, table);
    }
}
