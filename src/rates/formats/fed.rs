//! The names of the Federal Reserve's exchange-rate series: they alone say which way a number is to be read.
//!
//! `RXI$US_N.B.EU` and `DEXUSEU` are dollars for one euro, `RXI_N.B.JA` and `DEXJPUS` yen for one dollar. The two
//! letters are the Fed's own: CH is China, SZ Switzerland, SD Sweden, SF South Africa.

use super::super::dating::Basis;
use super::cell;
use crate::currency::{Currency, CurrencyPair};
use crate::period::Period;
use jiff::civil::Date;

/// A series by its name: direction, and what its numbers are rates of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Series {
    pub(super) pair: CurrencyPair,
    pub(super) span: Span,
}

/// What a number of a series is a rate of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Span {
    /// Noon of a day.
    Day,
    /// The average of a month.
    Month,
    /// The average of a year.
    Year,
}

impl Span {
    /// What the rate of a dated row is a rate of.
    pub(super) fn basis(self) -> Basis {
        if self == Span::Day { Basis::Spot } else { Basis::Average }
    }

    /// The day, month or year in which a date lies.
    pub(super) fn period(self, date: Date) -> Option<Period> {
        match self {
            Span::Day => Some(Period::day(date)),
            Span::Month => Period::month(date.year(), date.month()),
            Span::Year => Period::year(date.year()),
        }
    }
}

/// The Fed's letters for a country, H.10 and FRED; the two differ for Japan and Venezuela.
const COUNTRIES: [(&str, &str); 37] = [
    ("AL", "AUD"),
    ("AU", "ATS"),
    ("BE", "BEF"),
    ("BZ", "BRL"),
    ("CA", "CAD"),
    ("CH", "CNY"),
    ("DN", "DKK"),
    ("EU", "EUR"),
    ("FN", "FIM"),
    ("FR", "FRF"),
    ("GE", "DEM"),
    ("GR", "GRD"),
    ("HK", "HKD"),
    ("IN", "INR"),
    ("IR", "IEP"),
    ("IT", "ITL"),
    ("JA", "JPY"),
    ("JP", "JPY"),
    ("KO", "KRW"),
    ("MA", "MYR"),
    ("MX", "MXN"),
    ("NE", "NLG"),
    ("NO", "NOK"),
    ("NZ", "NZD"),
    ("PO", "PTE"),
    ("SD", "SEK"),
    ("SF", "ZAR"),
    ("SI", "SGD"),
    ("SL", "LKR"),
    ("SP", "ESP"),
    ("SZ", "CHF"),
    ("TA", "TWD"),
    ("TH", "THB"),
    ("UK", "GBP"),
    ("VE", "VEB"),
    ("VZ", "VEB"),
    ("US", "USD"),
];

fn country(letters: &str) -> Option<Currency> {
    let (_, code) = COUNTRIES.iter().find(|(known, _)| *known == letters)?;
    Currency::from_code(code).ok()
}

fn foreign(letters: &str) -> Option<Currency> {
    country(letters).filter(|currency| *currency != Currency::USD)
}

/// A series of H.10: `RXI_N.B.JA`, with or without a prefix such as `H10/H10/`.
pub(super) fn h10_series(name: &str) -> Option<Series> {
    let name = name.rsplit('/').next()?;
    let (rest, dollars) = match name.strip_prefix("RXI$US_N.") {
        Some(rest) => (rest, true),
        None => (name.strip_prefix("RXI_N.")?, false),
    };
    let (frequency, letters) = rest.split_once('.')?;
    let span = match frequency {
        "B" => Span::Day,
        "M" => Span::Month,
        "A" => Span::Year,
        _ => return None,
    };
    let foreign = foreign(letters)?;
    let pair = if dollars { CurrencyPair::new(foreign, Currency::USD) } else { CurrencyPair::new(Currency::USD, foreign) };
    Some(Series { pair, span })
}

/// Whether a series of H.10 is an index of the dollar against several currencies, not a rate.
pub(super) fn is_index(name: &str) -> bool {
    name.rsplit('/').next().is_some_and(|name| name.starts_with("JRX"))
}

/// A series of FRED: `DEXUSEU` (days), `EXUSEU` (months), `AEXUSEU` (years).
pub(super) fn fred_series(name: &str) -> Option<Series> {
    let (span, rest) = [("DEX", Span::Day), ("AEX", Span::Year), ("EX", Span::Month)]
        .into_iter()
        .find_map(|(prefix, span)| Some((span, name.strip_prefix(prefix)?)))?;
    let (base, quote) = rest.split_at_checked(2).filter(|(_, second)| second.len() == 2)?;
    // The letters stand as numerator, denominator: USEU is dollars per euro.
    let pair = match (base, quote) {
        ("US", letters) => CurrencyPair::new(foreign(letters)?, Currency::USD),
        (letters, "US") => CurrencyPair::new(Currency::USD, foreign(letters)?),
        _ => return None,
    };
    Some(Series { pair, span })
}

/// The dates that files of the Fed come with; a month is its first day.
pub(super) fn date(text: &str) -> Option<Date> {
    let month = || cell::period(text).filter(|_| matches!(text.len(), 4 | 7)).map(|period| period.first_day());
    cell::iso_date(text).or_else(month)
}

/// What a unit such as `Currency:_Per_USD` says that one unit is of: its code, or nothing.
pub(super) fn unit_base(unit: &str) -> Option<Currency> {
    let (_, base) = unit.rsplit_once("_Per_")?;
    Currency::from_code(base).ok()
}
