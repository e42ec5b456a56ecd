//! The Federal Reserve's H.10 from its download program: six header rows, then a column for each series.
//!
//! The direction is what the series' name says ([`fed`]); the unit and the currency beside it must not say otherwise.
//! A column is known by its name, never by its place.

use super::super::build::{Builder, Entry};
use super::super::input::Input;
use super::super::table::RateTable;
use super::cell::{self, PLAIN};
use super::fed::{self, Series};
use super::rows::{DateForm, Row, Rows, names};
use crate::currency::Currency;
use crate::error::{Error, ErrorKind};

/// A spreadsheet that has saved the file again has turned the dates round.
const DATE: DateForm =
    DateForm { expected: "a date such as 2021-02-19", parse: |text| fed::date(text).or_else(|| cell::spreadsheet_date(text)) };

/// The rows above the data, by what their first field begins with.
#[derive(Default)]
struct Labels {
    units: Vec<String>,
    multipliers: Vec<String>,
    currencies: Vec<String>,
}

/// A column: which series, and the power of ten of its numbers.
#[derive(Clone, Copy)]
struct Column {
    place: usize,
    series: Series,
    power: i32,
}

pub(super) fn read(input: Input<'_>, mut builder: Builder<'_>) -> Result<RateTable, Error> {
    let mut rows = Rows::new(input, b',');
    let mut labels = Labels::default();
    let (columns, len) = loop {
        let row = rows.required("a row \"Time Period\" with the names of the series")?;
        let label = row.text(0).trim_end_matches(':').to_owned();
        match label.as_str() {
            "Unit" => labels.units = names(row),
            "Multiplier" => labels.multipliers = names(row),
            "Currency" => labels.currencies = names(row),
            "Series Description" | "Unique Identifier" => {}
            "Time Period" => break (columns(row, &labels)?, row.len()),
            _ => {
                return Err(
                    row.refuse(0, ErrorKind::Syntax { expected: "a header row such as \"Unit:\" or \"Time Period\"", found: label })
                );
            }
        }
    };
    let (mut unsure, mut day_first) = (None, false);
    while let Some(row) = rows.next()? {
        row.expect_len(len)?;
        let text = row.text(0);
        let twin = cell::spreadsheet_date(&text).map(|date| (date.day(), text.contains('/')));
        match twin {
            Some((13.., true)) => day_first = true,
            Some((_, true)) if unsure.is_none() => unsure = Some(ambiguous(row, &text)),
            _ => {}
        }
        observations(row, &columns, &mut builder)?;
    }
    // A day after the twelfth shows that the day stands first; were it the month, such a row would have been refused.
    unsure.filter(|_| !day_first).map_or(Ok(()), Err)?;
    builder.build()
}

fn ambiguous(row: Row<'_>, text: &str) -> Error {
    let reason = format!("{text:?} may begin with the day or with the month: write dates such as 2021-02-19");
    row.refuse(0, ErrorKind::TableUnclear { reason })
}

fn columns(row: Row<'_>, labels: &Labels) -> Result<Vec<Column>, Error> {
    let mut columns = Vec::new();
    for (place, name) in row.texts().skip(1).filter(|(_, name)| !name.is_empty() && !fed::is_index(name)) {
        let unknown = || ErrorKind::Syntax { expected: "a series such as RXI_N.B.JA", found: name.to_string() };
        let series = fed::h10_series(&name).ok_or_else(|| row.refuse(place, unknown()))?;
        agrees(row, place, &series, labels)?;
        let power = match labels.multipliers.get(place).map(String::as_str) {
            None | Some("") => 0,
            Some(factor) => cell::power_of_ten(factor).ok_or_else(|| {
                row.refuse(place, ErrorKind::Syntax { expected: "a multiplier such as 1 or 100", found: factor.to_owned() })
            })?,
        };
        columns.push(Column { place, series, power });
    }
    Ok(columns)
}

/// Refuses a column whose unit or currency says otherwise than its name.
fn agrees(row: Row<'_>, place: usize, series: &Series, labels: &Labels) -> Result<(), Error> {
    let unit = labels.units.get(place).and_then(|unit| fed::unit_base(unit));
    let currency = labels.currencies.get(place).and_then(|code| Currency::from_code(code).ok());
    let conflict = |what: &str, said: Currency| {
        let reason = format!("the series is named as {} but its {what} says {said}", series.pair);
        Err(row.refuse(place, ErrorKind::TableUnclear { reason }))
    };
    match (unit, currency) {
        (Some(base), _) if base != series.pair.base => conflict("unit", base),
        (_, Some(quote)) if quote != series.pair.quote => conflict("currency", quote),
        _ => Ok(()),
    }
}

fn observations(row: Row<'_>, columns: &[Column], builder: &mut Builder<'_>) -> Result<(), Error> {
    let date = row.date(0, DATE)?;
    for Column { place, series, power } in columns {
        let Some(rate) = row.rate(*place, PLAIN, *power)? else { continue };
        let Some(period) = series.span.period(date) else { continue };
        builder.period(Entry { pair: series.pair, rate, line: row.line() }, period, series.span.basis());
    }
    Ok(())
}
