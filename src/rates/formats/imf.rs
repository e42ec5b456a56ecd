//! The IMF's tables of a month: representative rates, and the valuation of the SDR.
//!
//! Tab-separated. Each block has a row `Currency`, with a date above each column, and a row for each currency by its
//! name. Representative rates are for one dollar, but names marked `(1)` give dollars for one unit; the SDR's come in
//! two parts, "SDRs per Currency unit" and "Currency units per SDR". Titles and notes have one field.

use super::super::build::{Builder, Entry};
use super::super::input::Input;
use super::super::table::RateTable;
use super::cell::{self, GROUPED};
use super::rows::{Row, Rows};
use crate::currency::{Currency, CurrencyPair};
use crate::error::{Error, ErrorKind};
use jiff::civil::Date;

/// Which way the rows of a part are to be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    /// Units for one dollar, unless the name is marked.
    Dollar,
    /// SDRs for one unit.
    SdrPerUnit,
    /// Units for one SDR.
    UnitPerSdr,
}

/// The names of the IMF's tables, in lower case without marks; spellings have drifted over the years.
const NAMES: [(&str, &str); 63] = [
    ("algerian dinar", "DZD"),
    ("australian dollar", "AUD"),
    ("bahrain dinar", "BHD"),
    ("bahraini dinar", "BHD"),
    ("bolivar fuerte", "VEF"),
    ("botswana pula", "BWP"),
    ("brazilian real", "BRL"),
    ("brunei dollar", "BND"),
    ("canadian dollar", "CAD"),
    ("chilean peso", "CLP"),
    ("chinese yuan", "CNY"),
    ("colombian peso", "COP"),
    ("czech koruna", "CZK"),
    ("danish krone", "DKK"),
    ("deutsche mark", "DEM"),
    ("euro", "EUR"),
    ("french franc", "FRF"),
    ("hungarian forint", "HUF"),
    ("icelandic krona", "ISK"),
    ("indian rupee", "INR"),
    ("indonesian rupiah", "IDR"),
    ("iranian rial", "IRR"),
    ("israeli new shekel", "ILS"),
    ("israeli new sheqel", "ILS"),
    ("israeli new sheqel/shekel", "ILS"),
    ("japanese yen", "JPY"),
    ("kazakhstani tenge", "KZT"),
    ("korean won", "KRW"),
    ("kuwaiti dinar", "KWD"),
    ("libyan dinar", "LYD"),
    ("malaysian ringgit", "MYR"),
    ("mauritian rupee", "MUR"),
    ("mexican peso", "MXN"),
    ("nepalese rupee", "NPR"),
    ("new zealand dollar", "NZD"),
    ("norwegian krone", "NOK"),
    ("omani rial", "OMR"),
    ("rial omani", "OMR"),
    ("pakistani rupee", "PKR"),
    ("peruvian sol", "PEN"),
    ("peruvian nuevo sol", "PEN"),
    ("philippine peso", "PHP"),
    ("polish zloty", "PLN"),
    ("qatari riyal", "QAR"),
    ("qatar riyal", "QAR"),
    ("russian ruble", "RUB"),
    ("saudi arabian riyal", "SAR"),
    ("singapore dollar", "SGD"),
    ("south african rand", "ZAR"),
    ("sri lankan rupee", "LKR"),
    ("swedish krona", "SEK"),
    ("swiss franc", "CHF"),
    ("thai baht", "THB"),
    ("trinidadian dollar", "TTD"),
    ("trinidad and tobago dollar", "TTD"),
    ("tunisian dinar", "TND"),
    ("u.a.e. dirham", "AED"),
    ("u.k. pound", "GBP"),
    ("u.k. pound sterling", "GBP"),
    ("pound sterling", "GBP"),
    ("u.s. dollar", "USD"),
    ("us dollar", "USD"),
    ("uruguayan peso", "UYU"),
];

/// Whether a text has a row `Currency` with a date: the IMF's own.
pub(super) fn is_table(text: &str) -> bool {
    text.lines().any(|line| {
        let mut fields = line.split('\t');
        fields.next().is_some_and(|first| first.trim() == "Currency")
            && fields.next().is_some_and(|date| cell::month_day_year(date.trim()).is_some())
    })
}

const SDR_PER_UNIT: &str = "SDRs per Currency unit";
const UNIT_PER_SDR: &str = "Currency units per SDR";

/// Whether a table's parts are those of the SDR's valuation.
pub(super) fn is_sdr(text: &str) -> bool {
    text.lines().any(|line| line.starts_with(SDR_PER_UNIT) || line.starts_with(UNIT_PER_SDR))
}

pub(super) fn read(input: Input<'_>, mut builder: Builder<'_>, first: Part) -> Result<RateTable, Error> {
    let mut rows = Rows::new(input, b'\t');
    let (mut part, mut dates) = (first, Vec::new());
    while let Some(row) = rows.next()? {
        let label = row.text(0).into_owned();
        if label == "Currency" {
            dates = header(row)?;
        } else if row.width() > 1 {
            currency(row, &label, part, &dates, &mut builder)?;
        } else if label.starts_with(SDR_PER_UNIT) {
            (part, dates) = (Part::SdrPerUnit, Vec::new());
        } else if label.starts_with(UNIT_PER_SDR) {
            (part, dates) = (Part::UnitPerSdr, Vec::new());
        }
    }
    builder.build()
}

fn header(row: Row<'_>) -> Result<Vec<Date>, Error> {
    let date = |(column, text): (usize, std::borrow::Cow<'_, str>)| {
        let wrong = || ErrorKind::Syntax { expected: "a date such as March 02, 2026", found: text.to_string() };
        cell::month_day_year(&text).ok_or_else(|| row.refuse(column, wrong()))
    };
    row.texts().take(row.width()).skip(1).map(date).collect()
}

fn currency(row: Row<'_>, label: &str, part: Part, dates: &[Date], builder: &mut Builder<'_>) -> Result<(), Error> {
    let (name, marked) = name(label);
    let unknown = || ErrorKind::Syntax { expected: "the name of a currency", found: label.to_owned() };
    let currency = NAMES
        .iter()
        .find(|(known, _)| *known == name)
        .and_then(|(_, code)| Currency::from_code(code).ok())
        .ok_or_else(|| row.refuse(0, unknown()))?;
    if row.width() > dates.len() + 1 || row.len() < dates.len() + 1 {
        let reason = format!("expected a rate for each of {} dates, found {} fields", dates.len(), row.len().saturating_sub(1));
        return Err(row.refuse(row.len().min(dates.len() + 1), ErrorKind::TableUnclear { reason }));
    }
    let pair = pair(currency, part, marked)?;
    for (column, date) in dates.iter().enumerate() {
        let Some(rate) = row.rate(column + 1, GROUPED, 0)? else { continue };
        if pair.base != pair.quote {
            builder.day(Entry { pair, rate, line: row.line() }, *date);
        }
    }
    Ok(())
}

/// A name in lower case without its marks, and whether `(1)` is one of them.
fn name(label: &str) -> (String, bool) {
    let end = label.find('(').unwrap_or(label.len());
    let (name, marks) = label.split_at_checked(end).unwrap_or((label, ""));
    (name.trim().to_lowercase(), marks.contains("(1)"))
}

fn pair(currency: Currency, part: Part, marked: bool) -> Result<CurrencyPair, Error> {
    let sdr = Currency::from_code("XDR")?;
    Ok(match part {
        Part::Dollar if marked => CurrencyPair::new(currency, Currency::USD),
        Part::Dollar => CurrencyPair::new(Currency::USD, currency),
        Part::SdrPerUnit => CurrencyPair::new(currency, sdr),
        Part::UnitPerSdr => CurrencyPair::new(sdr, currency),
    })
}
