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
    started: Option<Date>,
    cash_step: Option<Decimal>,
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
        started: field(7).and_then(|date| date.parse().ok()),
        cash_step: field(8).and_then(|step| Decimal::from_str_exact(step).ok()),
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
    ///
    /// ```
    /// use tieout::Currency;
    ///
    /// assert_eq!(Currency::from_code("CNY")?, Currency::CNY);
    /// assert!(Currency::from_code("usd").is_err());
    /// # Ok::<(), tieout::Error>(())
    /// ```
    pub fn from_code(code: &str) -> Result<Currency, Error> {
        Currency::find(code).ok_or_else(|| ErrorKind::UnknownCurrency { code: code.to_owned() }.into())
    }

    /// The currency of an ISO 4217 number, as it stands in payment messages. Withdrawn currencies have shared numbers with
    /// their successors: the current one is taken, else the one that ended last.
    ///
    /// # Errors
    ///
    /// [`UnknownCurrency`](ErrorKind::UnknownCurrency) for a number that ISO 4217 does not know.
    ///
    /// ```
    /// use tieout::Currency;
    ///
    /// assert_eq!(Currency::from_numeric(978)?, Currency::EUR);
    /// assert_eq!(Currency::from_numeric(32)?.code(), "ARS"); // also of the austral, until 1991
    /// assert_eq!(Currency::from_numeric(276)?.code(), "DEM");
    /// assert!(Currency::from_numeric(0).is_err());
    /// # Ok::<(), tieout::Error>(())
    /// ```
    pub fn from_numeric(number: u16) -> Result<Currency, Error> {
        let bears = TABLE.iter().filter(|entry| entry.numeric == Some(number));
        let latest = bears.max_by_key(|entry| entry.ended.unwrap_or(Date::MAX));
        latest.map(|entry| entry.code).ok_or_else(|| ErrorKind::UnknownCurrency { code: format!("{number:03}") }.into())
    }

    /// The currency of a code, if it is one.
    pub(crate) fn find(code: &str) -> Option<Currency> {
        bytes(code).map(Currency).filter(|currency| currency.entry().is_some())
    }

    /// Every currency of the table, by code.
    ///
    /// ```
    /// use tieout::Currency;
    ///
    /// assert!(Currency::all().any(|currency| currency.code() == "DEM"));
    /// ```
    pub fn all() -> impl Iterator<Item = Currency> {
        TABLE.iter().map(|entry| entry.code)
    }

    /// The three letters.
    ///
    /// ```
    /// use tieout::Currency;
    ///
    /// assert_eq!(Currency::EUR.code(), "EUR");
    /// ```
    #[must_use]
    pub fn code(&self) -> &str {
        // OK because only upper-case ASCII letters get in.
        std::str::from_utf8(&self.0).unwrap_or("XXX")
    }

    /// The three letters as one number, for a key.
    #[inline]
    pub(crate) const fn key(self) -> u32 {
        let [a, b, c] = self.0;
        u32::from_le_bytes([a, b, c, 0])
    }

    /// The three digits, where ISO 4217 gives some.
    ///
    /// ```
    /// use tieout::Currency;
    ///
    /// assert_eq!(Currency::EUR.numeric(), Some(978));
    /// ```
    #[must_use]
    pub fn numeric(self) -> Option<u16> {
        self.entry().and_then(|entry| entry.numeric)
    }

    /// How many decimals the minor unit has: 2 for cents, 0 for yen; `None` where ISO 4217 names none (gold, SDR).
    ///
    /// These are ISO's, for arithmetic and rounding. Display conventions (CLDR) differ for some twenty currencies.
    ///
    /// ```
    /// use tieout::Currency;
    ///
    /// assert_eq!((Currency::USD.minor_units(), Currency::JPY.minor_units()), (Some(2), Some(0)));
    /// ```
    #[must_use]
    pub fn minor_units(self) -> Option<u8> {
        self.entry().and_then(|entry| entry.minor_units)
    }

    /// The English name of ISO 4217.
    ///
    /// ```
    /// use tieout::Currency;
    ///
    /// assert_eq!(Currency::SEK.name(), "Swedish Krona");
    /// ```
    #[must_use]
    pub fn name(self) -> &'static str {
        self.entry().map_or("", |entry| entry.name.as_str())
    }

    /// The smallest step in which the currency is paid in cash: the legal or customary one where it is coarser than
    /// the minor unit (0.05 for Swiss francs, 5 for forints), else the minor unit; `None` where there is neither.
    ///
    /// It rounds the total of a bill, not its lines. Euro countries that round to five cents do so by national rules
    /// and are not in the table.
    ///
    /// ```
    /// use tieout::Currency;
    ///
    /// assert_eq!(Currency::CHF.cash_step().unwrap().to_string(), "0.05");
    /// assert_eq!(Currency::USD.cash_step().unwrap().to_string(), "0.01");
    /// assert_eq!(Currency::from_code("XAU")?.cash_step(), None);
    /// # Ok::<(), tieout::Error>(())
    /// ```
    #[must_use]
    pub fn cash_step(self) -> Option<Decimal> {
        let entry = self.entry()?;
        entry.cash_step.or_else(|| Decimal::try_new(1, u32::from(entry.minor_units?)).ok())
    }

    /// The first day on which the currency was legal tender anywhere; `None` where the table has none.
    ///
    /// ```
    /// use tieout::Currency;
    ///
    /// assert_eq!(Currency::EUR.started(), Some(tieout::Date::constant(1999, 1, 1)));
    /// ```
    #[must_use]
    pub fn started(self) -> Option<Date> {
        self.entry().and_then(|entry| entry.started)
    }

    /// Whether the currency stood on its own on a day; an end that the table does not give leaves its side open.
    ///
    /// ```
    /// use tieout::{Currency, Date};
    ///
    /// let kuna = Currency::from_code("HRK")?;
    /// assert!(kuna.is_current_on(Date::constant(2022, 12, 31)));
    /// assert!(!kuna.is_current_on(Date::constant(2023, 1, 1)));
    /// # Ok::<(), tieout::Error>(())
    /// ```
    #[must_use]
    pub fn is_current_on(self, day: Date) -> bool {
        self.started().is_none_or(|started| started <= day) && self.ended().is_none_or(|ended| day <= ended)
    }

    /// The last day on which the currency existed on its own; `None` for a current one.
    ///
    /// ```
    /// use tieout::Currency;
    ///
    /// assert_eq!(Currency::from_code("DEM")?.ended(), Some(tieout::Date::constant(1998, 12, 31)));
    /// # Ok::<(), tieout::Error>(())
    /// ```
    #[must_use]
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
    #[must_use]
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
    ///
    /// ```
    /// use tieout::{Currency, CurrencyPair};
    ///
    /// assert_eq!(CurrencyPair::new(Currency::EUR, Currency::USD).to_string(), "EUR/USD");
    /// ```
    #[must_use]
    pub const fn new(base: Currency, quote: Currency) -> CurrencyPair {
        CurrencyPair { base, quote }
    }

    /// The pair the other way round.
    ///
    /// ```
    /// use tieout::{Currency, CurrencyPair};
    ///
    /// assert_eq!(CurrencyPair::new(Currency::EUR, Currency::USD).inverse().to_string(), "USD/EUR");
    /// ```
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

    /// Rule: no currency ends before it starts, and none starts after its predecessor has ended.
    #[test]
    fn life_dates_are_in_order_and_leave_no_gap() {
        for currency in Currency::all() {
            if let (Some(started), Some(ended)) = (currency.started(), currency.ended()) {
                assert!(started <= ended, "{currency}");
            }
            let next = currency.successor().and_then(|successor| successor.currency.started());
            if let (Some(ended), Some(next)) = (currency.ended(), next) {
                assert!(next <= ended.tomorrow().unwrap(), "{currency}");
            }
        }
    }

    /// Rule: a cash step is a multiple of the minor unit. Source: central banks; data/README.md.
    #[test]
    fn a_cash_step_is_a_multiple_of_the_minor_unit() {
        for currency in Currency::all() {
            assert_eq!(currency.cash_step().is_some(), currency.minor_units().is_some(), "{currency}");
            if let (Some(step), Some(places)) = (currency.cash_step(), currency.minor_units()) {
                assert!(step > Decimal::ZERO && step.scale() <= u32::from(places), "{currency}");
            }
        }
    }

    /// Rule: euro conversion rates have six significant figures. Source: Regulation (EC) 1103/97 art. 4(1).
    #[test]
    fn euro_rates_have_six_significant_figures() {
        let members: Vec<_> = Currency::all()
            .filter(|currency| currency.successor().is_some_and(|next| next.currency == Currency::EUR))
            .filter(|currency| currency.code() != "XEU")
            .collect();
        assert_eq!(members.len(), 21);
        for currency in members {
            let digits = currency.successor().unwrap().ratio.mantissa().to_string();
            assert_eq!(digits.len(), 6, "{currency}");
        }
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
