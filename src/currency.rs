//! Which currencies are there, how finely are they divided, and what became of the old ones?
//!
//! The table is `data/currencies.csv`: ISO 4217 with its minor units, and the withdrawn codes with their last day,
//! their successor and the fixed legal ratio to it.

use crate::error::{Error, ErrorKind};
use jiff::civil::Date;
use rust_decimal::Decimal;
use std::fmt;
use std::str::FromStr;
use std::sync::LazyLock;

/// A currency of ISO 4217, current or withdrawn.
///
/// # Example
///
/// ```
/// use tieout::Currency;
///
/// let yen: Currency = "JPY".parse()?;
/// assert_eq!(yen.minor_units(), Some(0));
/// assert_eq!(Currency::from_code("KWD")?.minor_units(), Some(3));
/// assert_eq!(Currency::from_code("XAU")?.minor_units(), None);
/// # Ok::<(), tieout::Error>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Currency([u8; 3]);

/// What replaced a withdrawn currency.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Successor {
    /// The currency that replaced it.
    pub currency: Currency,
    /// How many units of the old currency are one unit of the new one, with the digits of the law.
    pub ratio: Decimal,
}

/// One row of the table.
struct Entry {
    code: Currency,
    numeric: Option<u16>,
    minor_units: Option<u8>,
    name: String,
    ended: Option<Date>,
    successor: Option<Successor>,
}

static TABLE: LazyLock<Vec<Entry>> = LazyLock::new(|| read(include_str!("../data/currencies.csv")));

/// Reads the table; a row that does not parse is left out, and a test counts the rows.
fn read(text: &str) -> Vec<Entry> {
    let mut reader = csv::ReaderBuilder::new().comment(Some(b'#')).from_reader(text.as_bytes());
    let mut entries: Vec<Entry> = reader.records().filter_map(|record| entry(&record.ok()?)).collect();
    entries.sort_by_key(|entry| entry.code);
    entries
}

fn entry(record: &csv::StringRecord) -> Option<Entry> {
    let field = |index: usize| record.get(index).filter(|field| !field.is_empty());
    let successor = match (field(5), field(6)) {
        (Some(code), Some(ratio)) => Some(Successor { currency: Currency(bytes(code)?), ratio: Decimal::from_str_exact(ratio).ok()? }),
        _ => None,
    };
    Some(Entry {
        code: Currency(bytes(field(0)?)?),
        numeric: field(1).and_then(|n| n.parse().ok()),
        minor_units: field(2).and_then(|n| n.parse().ok()),
        name: field(3)?.to_owned(),
        ended: field(4).and_then(|date| date.parse().ok()),
        successor,
    })
}

fn bytes(code: &str) -> Option<[u8; 3]> {
    let bytes: [u8; 3] = code.as_bytes().try_into().ok()?;
    bytes.iter().all(u8::is_ascii_uppercase).then_some(bytes)
}

/// Constants for the currencies met most.
macro_rules! constants {
    ($($code:ident)*) => {
        $(
            #[doc = concat!("The ISO 4217 code ", stringify!($code), ".")]
            pub const $code: Currency = Currency(constant(stringify!($code)));
        )*
        #[cfg(test)]
        const CONSTANTS: &[Currency] = &[$(Currency::$code),*];
    };
}

const fn constant(code: &str) -> [u8; 3] {
    match code.as_bytes() {
        [a, b, c] => [*a, *b, *c],
        _ => *b"XXX",
    }
}

impl Currency {
    constants! { AED ARS AUD BGN BRL CAD CHF CLP CNY COP CZK DKK EUR GBP HKD HUF IDR ILS INR ISK JPY KRW MXN MYR NOK NZD PHP PLN RON RUB SAR SEK SGD THB TRY TWD USD VND ZAR }

    /// The currency of a code.
    ///
    /// # Errors
    ///
    /// [`UnknownCurrency`](ErrorKind::UnknownCurrency) for a code that ISO 4217 does not know; codes are upper case.
    pub fn from_code(code: &str) -> Result<Currency, Error> {
        bytes(code)
            .map(Currency)
            .filter(|currency| currency.entry().is_some())
            .ok_or_else(|| ErrorKind::UnknownCurrency { code: code.to_owned() }.into())
    }

    /// Every currency of the table, by code.
    pub fn all() -> impl Iterator<Item = Currency> {
        TABLE.iter().map(|entry| entry.code)
    }

    /// The three letters.
    pub fn code(&self) -> &str {
        // OK because only upper-case ASCII letters get in.
        std::str::from_utf8(&self.0).unwrap_or("XXX")
    }

    /// The three letters as one number, for a key.
    #[inline]
    pub(crate) const fn key(self) -> u32 {
        let [a, b, c] = self.0;
        u32::from_be_bytes([0, a, b, c])
    }

    /// The three digits, where ISO 4217 gives some.
    pub fn numeric(self) -> Option<u16> {
        self.entry().and_then(|entry| entry.numeric)
    }

    /// How many decimals the minor unit has: 2 for cents, 0 for yen; `None` where ISO 4217 names none (gold, SDR).
    ///
    /// These are ISO's, for arithmetic and rounding. Display conventions (CLDR) differ for some twenty currencies.
    pub fn minor_units(self) -> Option<u8> {
        self.entry().and_then(|entry| entry.minor_units)
    }

    /// The English name of ISO 4217.
    pub fn name(self) -> &'static str {
        self.entry().map_or("", |entry| entry.name.as_str())
    }

    /// The last day on which the currency existed on its own; `None` for a current one.
    ///
    /// ```
    /// use tieout::Currency;
    ///
    /// assert_eq!(Currency::from_code("DEM")?.ended(), Some(tieout::Date::constant(1998, 12, 31)));
    /// # Ok::<(), tieout::Error>(())
    /// ```
    pub fn ended(self) -> Option<Date> {
        self.entry().and_then(|entry| entry.ended)
    }

    /// What replaced it, at which fixed ratio.
    ///
    /// ```
    /// use tieout::Currency;
    ///
    /// let euro = Currency::from_code("DEM")?.successor().unwrap();
    /// assert_eq!((euro.currency, euro.ratio.to_string().as_str()), (Currency::EUR, "1.95583"));
    /// # Ok::<(), tieout::Error>(())
    /// ```
    pub fn successor(self) -> Option<Successor> {
        self.entry().and_then(|entry| entry.successor)
    }

    fn entry(self) -> Option<&'static Entry> {
        let index = TABLE.binary_search_by_key(&self, |entry| entry.code).ok()?;
        TABLE.get(index)
    }
}

impl fmt::Display for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.code())
    }
}

impl fmt::Debug for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl FromStr for Currency {
    type Err = Error;
    fn from_str(code: &str) -> Result<Currency, Error> {
        Currency::from_code(code)
    }
}

/// `BASE/QUOTE`: the direction of a rate. One unit of the base costs so many units of the quote.
///
/// # Example
///
/// ```
/// use tieout::{Currency, CurrencyPair};
///
/// let pair: CurrencyPair = "USD/CNY".parse()?;
/// assert_eq!((pair.base, pair.quote), (Currency::USD, Currency::CNY));
/// assert_eq!(pair.inverse().to_string(), "CNY/USD");
/// # Ok::<(), tieout::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CurrencyPair {
    /// What one unit of is priced.
    pub base: Currency,
    /// What the price is in.
    pub quote: Currency,
}

impl CurrencyPair {
    /// The pair `base/quote`.
    pub const fn new(base: Currency, quote: Currency) -> CurrencyPair {
        CurrencyPair { base, quote }
    }

    /// The pair the other way round.
    #[must_use]
    pub const fn inverse(self) -> CurrencyPair {
        CurrencyPair { base: self.quote, quote: self.base }
    }
}

impl fmt::Display for CurrencyPair {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.base, self.quote)
    }
}

impl FromStr for CurrencyPair {
    type Err = Error;
    fn from_str(text: &str) -> Result<CurrencyPair, Error> {
        let (base, quote) =
            text.split_once('/').ok_or_else(|| ErrorKind::Syntax { expected: "a pair such as USD/CNY", found: text.to_owned() })?;
        Ok(CurrencyPair::new(base.parse()?, quote.parse()?))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Rule: every row of the data file is read.
    #[test]
    fn every_row_of_the_table_is_read() {
        let rows = include_str!("../data/currencies.csv").lines().filter(|line| !line.starts_with('#') && !line.is_empty()).count() - 1;
        assert_eq!(TABLE.len(), rows);
        assert!(TABLE.windows(2).all(|pair| pair[0].code < pair[1].code));
    }

    /// Rule: a constant names a currency that the table holds.
    #[test]
    fn every_constant_is_in_the_table() {
        assert!(Currency::CONSTANTS.iter().all(|currency| currency.entry().is_some()));
    }

    /// Rule: a successor is itself in the table and the ratio is positive.
    #[test]
    fn every_successor_is_a_currency_with_a_positive_ratio() {
        for successor in Currency::all().filter_map(Currency::successor) {
            assert!(successor.currency.entry().is_some(), "{}", successor.currency);
            assert!(successor.ratio > Decimal::ZERO);
        }
    }
}
