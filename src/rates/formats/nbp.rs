//! The archive of the National Bank of Poland's table A: `data;1THB;1USD;…;100HUF;…`, decimal commas.
//!
//! The number in a column's head is the unit: `100HUF` means that a hundred forints cost the rate in zlotys. A second
//! header row and the rows after the last day are in words, but "kod ISO" and "liczba jednostek" repeat codes and units.

use super::super::build::{Builder, Entry};
use super::super::input::Input;
use super::super::table::RateTable;
use super::cell::{self, COMMA};
use super::rows::{DateForm, Row, Rows};
use crate::currency::{Currency, CurrencyPair};
use crate::error::{Error, ErrorKind};

const DATE: DateForm = DateForm { expected: "a date such as 20240102", parse: cell::compact_date };

/// A column: the pair, and the power of ten that its unit divides by.
struct Column {
    place: usize,
    pair: CurrencyPair,
    power: i32,
}

/// Where a row may stand.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    Head,
    Days,
    Foot,
}

pub(super) fn read(input: Input<'_>, mut builder: Builder<'_>) -> Result<RateTable, Error> {
    let mut rows = Rows::new(input, b';');
    let header = rows.required("a header such as data;1THB;1USD")?;
    let (columns, width) = (columns(header)?, header.width());
    let mut part = Part::Head;
    while let Some(row) = rows.next()? {
        let first = row.text(0);
        let is_day = first.starts_with(|c: char| c.is_ascii_digit());
        match part {
            Part::Head if !is_day && first.is_empty() => {}
            Part::Head | Part::Days if is_day => {
                part = Part::Days;
                day(row, &columns, width, &mut builder)?;
            }
            Part::Days | Part::Foot if !is_day => {
                part = Part::Foot;
                foot(row, &columns)?;
            }
            _ => return Err(row.refuse(0, ErrorKind::Syntax { expected: DATE.expected, found: first.into_owned() })),
        }
    }
    builder.build()
}

fn columns(header: Row<'_>) -> Result<Vec<Column>, Error> {
    let mut columns = Vec::new();
    for (place, name) in header.texts().skip(1).filter(|(_, name)| name.starts_with(|c: char| c.is_ascii_digit())) {
        let end = name.find(|c: char| !c.is_ascii_digit()).unwrap_or(name.len());
        let (unit, code) = name.split_at_checked(end).unwrap_or((&name, ""));
        let wrong = || header.refuse(place, ErrorKind::Syntax { expected: "a unit and a code such as 100HUF", found: name.to_string() });
        let power = cell::power_of_ten(unit).ok_or_else(wrong)?;
        let base = Currency::from_code(code).map_err(|error| error.at(header.place(place)))?;
        columns.push(Column { place, pair: CurrencyPair::new(base, Currency::PLN), power });
    }
    Ok(columns)
}

fn day(row: Row<'_>, columns: &[Column], width: usize, builder: &mut Builder<'_>) -> Result<(), Error> {
    if row.len() < width {
        let reason = format!("expected {width} fields as in the header, found {}", row.len());
        return Err(row.refuse(row.len(), ErrorKind::TableUnclear { reason }));
    }
    let date = row.date(0, DATE)?;
    for Column { place, pair, power } in columns {
        if let Some(rate) = row.rate(*place, COMMA, -power)? {
            builder.day(Entry { pair: *pair, rate, line: row.line() }, date);
        }
    }
    Ok(())
}

/// Holds a row after the last day against the header, where it repeats the codes or the units.
fn foot(row: Row<'_>, columns: &[Column]) -> Result<(), Error> {
    let label = row.text(0).to_lowercase();
    for Column { place, pair, power } in columns {
        let text = row.text(*place);
        let agrees = match label.trim_end_matches(':') {
            "kod iso" => text == pair.base.code(),
            "liczba jednostek" => cell::power_of_ten(&text) == Some(*power),
            _ => true,
        };
        if !agrees {
            let reason = format!("the foot of the column says {text:?}, its head 10^{power} {}", pair.base);
            return Err(row.refuse(*place, ErrorKind::TableUnclear { reason }));
        }
    }
    Ok(())
}
