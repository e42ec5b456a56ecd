//! HMRC's averages and spot rates: `Country,Unit Of Currency,Currency Code,Sterling value…,Currency Units per £1`.
//!
//! One pound costs the last column; the fourth is its inverse, rounded. The file does not say what it is of: its name
//! does, with "average" or "spot" and the month at whose end the year or the rate stands (`average-2025-03.csv`).

use super::super::build::{Builder, Entry};
use super::super::dating::Basis;
use super::super::input::Input;
use super::super::table::RateTable;
use super::cell::{self, GROUPED};
use super::rows::{Row, Rows, names, position};
use crate::currency::Currency;
use crate::currency::CurrencyPair;
use crate::error::{Error, ErrorKind, Location};
use crate::exact::Ratio;
use crate::period::Period;
use jiff::civil::Date;
use rust_decimal::Decimal;

pub(super) fn read(input: Input<'_>, mut builder: Builder<'_>) -> Result<RateTable, Error> {
    let file = input.file().to_owned();
    let (period, basis) = span(&file)?;
    let mut rows = Rows::new(input, b',');
    let header = rows.required("a header such as Country,Unit Of Currency,Currency Code")?;
    let Columns { code, rate, value, len } = columns(header)?;
    while let Some(row) = rows.next()? {
        row.expect_len(len)?;
        let pair = CurrencyPair::new(Currency::GBP, row.currency(code)?);
        if let Some(rate) = row.rate(rate, GROUPED, 0)? {
            if let Some(value) = value.filter(|value| !is_inverse(rate, &row.text(*value))) {
                let reason = format!("{rate} {} for one pound and {} pounds for one of them do not agree", pair.quote, row.text(value));
                return Err(row.refuse(value, ErrorKind::TableUnclear { reason }));
            }
            builder.period(Entry { pair, rate, line: row.line() }, period, basis);
        }
    }
    builder.build()
}

/// Which columns hold the code, the rate, and what one unit is worth in pounds.
struct Columns {
    code: usize,
    rate: usize,
    value: Option<usize>,
    len: usize,
}

/// Whether a rate and the value of one unit, which is rounded to four decimals, say the same.
fn is_inverse(rate: Decimal, value: &str) -> bool {
    let Ok(value) = cell::number(value, GROUPED) else { return true };
    let product = &Ratio::from(rate) * &Ratio::from(value);
    // Half a unit of the fourth decimal, and one percent: averages of rates and of their inverses differ.
    let slack = &(&Ratio::from(rate) * &Ratio::power_of_ten(-4)) + &Ratio::power_of_ten(-2);
    &Ratio::ONE - &slack <= product && product <= &Ratio::ONE + &slack
}

fn columns(header: Row<'_>) -> Result<Columns, Error> {
    let names = names(header);
    let missing = |name: &str| header.refuse(0, ErrorKind::ColumnMissing { name: name.to_owned(), found: names.join(", ") });
    let code = position(&names, "Currency Code").ok_or_else(|| missing("Currency Code"))?;
    let rate = names.iter().position(|name| name.to_ascii_lowercase().starts_with("currency units per"));
    let value = names.iter().position(|name| name.to_ascii_lowercase().starts_with("sterling value"));
    Ok(Columns { code, rate: rate.ok_or_else(|| missing("Currency Units per £1"))?, value, len: names.len() })
}

/// What the file's name says its rates are of.
fn span(file: &str) -> Result<(Period, Basis), Error> {
    let name = file.rsplit(['/', '\\']).next().unwrap_or(file).to_ascii_lowercase();
    let unclear = || {
        let reason = "the file's name must say what its rates are of, such as average-2025-03.csv (the year to March 2025) or \
            spot-2025-03.csv (31 March 2025)";
        Error::from(ErrorKind::TableUnclear { reason: reason.to_owned() }).at(Location {
            source: file.to_owned(),
            line: None,
            column: None,
        })
    };
    let end = month_in(&name).ok_or_else(unclear)?;
    match (name.contains("average"), name.contains("spot")) {
        (true, false) => Ok((year_to(end).ok_or_else(unclear)?, Basis::Average)),
        (false, true) => Ok((Period::day(end.last_day()), Basis::Spot)),
        _ => Err(unclear()),
    }
}

/// The first `2025-03` in a name.
fn month_in(name: &str) -> Option<Period> {
    let is_month = |text: &&str| text.as_bytes().get(4) == Some(&b'-') && !text.ends_with('-');
    (0..name.len()).filter_map(|start| name.get(start..start + 7)).filter(is_month).find_map(|text| text.parse().ok())
}

/// The twelve months that end with a month: a calendar year if it is December.
fn year_to(month: Period) -> Option<Period> {
    let end = month.last_day();
    let calendar = Period::year(end.year()).filter(|year| year.last_day() == end);
    let first = Date::new(end.year() - 1, end.month(), 1).ok()?.last_of_month().tomorrow().ok()?;
    calendar.or_else(|| Period::range(first, end))
}
