//! CSV of the Bank of England's database: `DATE,XUDLUSS,XUDLERS,…` with dates such as `17 Mar 2026`; one pound costs
//! the rate. `XUDL` are days, `XUMA` monthly and `XUAA` annual averages.

use super::super::build::{Builder, Entry};
use super::super::input::Input;
use super::super::table::RateTable;
use super::cell::{self, PLAIN};
use super::fed::Span;
use super::rows::{DateForm, Row, Rows};
use crate::currency::{Currency, CurrencyPair};
use crate::error::{Error, ErrorKind};

const DATE: DateForm = DateForm { expected: "a date such as 17 Mar 2026", parse: cell::day_month_year };

/// The currency letters of the database's series codes.
const CURRENCIES: [(&str, &str); 28] = [
    ("USS", "USD"),
    ("ERS", "EUR"),
    ("JYS", "JPY"),
    ("CDS", "CAD"),
    ("SFS", "CHF"),
    ("ADS", "AUD"),
    ("NDS", "NZD"),
    ("NKS", "NOK"),
    ("SKS", "SEK"),
    ("DKS", "DKK"),
    ("HDS", "HKD"),
    ("SGS", "SGD"),
    ("SRS", "SAR"),
    ("ZRS", "ZAR"),
    ("TWS", "TWD"),
    ("DMS", "DEM"),
    ("ZOS4", "RON"),
    ("BK25", "CZK"),
    ("BK33", "HUF"),
    ("BK47", "PLN"),
    ("BK78", "ILS"),
    ("BK83", "MYR"),
    ("BK87", "THB"),
    ("BK89", "CNY"),
    ("BK93", "KRW"),
    ("BK95", "TRY"),
    ("BK97", "INR"),
    // The sterling index: no rate.
    ("BK67", ""),
];

/// Whether a name is one of the database's exchange-rate series.
pub(super) fn is_series(name: &str) -> bool {
    name.starts_with("XUDL") || name.starts_with("XUMA") || name.starts_with("XUAA")
}

/// A column: the currency that a pound is quoted in, and what its numbers are rates of. `None` for the index.
type Column = Option<(Currency, Span)>;

pub(super) fn read(input: Input<'_>, mut builder: Builder<'_>) -> Result<RateTable, Error> {
    let mut rows = Rows::new(input, b',');
    let header = rows.required("a header such as DATE,XUDLUSS")?;
    let len = header.len();
    let columns: Vec<Column> =
        header.texts().take(header.width()).skip(1).map(|(place, name)| column(header, place, &name)).collect::<Result<_, _>>()?;
    while let Some(row) = rows.next()? {
        row.expect_len(len)?;
        let date = row.date(0, DATE)?;
        for (place, (quote, span)) in columns.iter().enumerate().filter_map(|(place, column)| Some((place, (*column)?))) {
            let Some(rate) = row.rate(place + 1, PLAIN, 0)? else { continue };
            let Some(period) = span.period(date) else { continue };
            let pair = CurrencyPair::new(Currency::GBP, quote);
            builder.period(Entry { pair, rate, line: row.line() }, period, span.basis());
        }
    }
    builder.build()
}

fn column(header: Row<'_>, place: usize, name: &str) -> Result<Column, Error> {
    let unknown = || header.refuse(place, ErrorKind::Syntax { expected: "a series such as XUDLUSS", found: name.to_owned() });
    let (kind, letters) = name.split_at_checked(4).ok_or_else(unknown)?;
    let span = match kind {
        "XUDL" => Span::Day,
        "XUMA" => Span::Month,
        "XUAA" => Span::Year,
        _ => return Err(unknown()),
    };
    let (_, code) = CURRENCIES.iter().find(|(known, _)| *known == letters).ok_or_else(unknown)?;
    Ok(Currency::from_code(code).ok().map(|currency| (currency, span)))
}
