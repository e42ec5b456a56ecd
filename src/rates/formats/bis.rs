//! The BIS's exchange rates: one dollar costs the rate, the euro and the pound too.
//!
//! The interface and the bulk file have the same columns; the bulk file adds a text after a colon to each name and
//! code (`M: Monthly`). Values are times `10^UNIT_MULT`. The euro is taken from its own area (XM): the BIS restates the
//! members' former currencies in it.

use super::super::build::{Builder, Entry};
use super::super::input::Input;
use super::super::table::RateTable;
use super::cell::PLAIN;
use super::rows::{Row, Rows, position};
use super::statistics::{self, Frequency};
use crate::currency::{Currency, CurrencyPair};
use crate::error::{Error, ErrorKind};
use std::borrow::Cow;

struct Columns {
    frequency: usize,
    area: usize,
    currency: usize,
    collection: usize,
    time: usize,
    value: usize,
    unit: Option<usize>,
    len: usize,
}

impl Columns {
    fn of(header: Row<'_>) -> Result<Columns, Error> {
        let names: Vec<String> = (0..header.len()).map(|column| code(header, column).into_owned()).collect();
        let find = |name: &str| {
            let missing = || ErrorKind::ColumnMissing { name: name.to_owned(), found: names.join(", ") };
            position(&names, name).ok_or_else(|| header.refuse(0, missing()))
        };
        Ok(Columns {
            frequency: find("FREQ")?,
            area: find("REF_AREA")?,
            currency: find("CURRENCY")?,
            collection: find("COLLECTION")?,
            time: find("TIME_PERIOD")?,
            value: find("OBS_VALUE")?,
            unit: position(&names, "UNIT_MULT"),
            len: names.len(),
        })
    }
}

/// The code in a field, without the text that the bulk file adds.
fn code(row: Row<'_>, column: usize) -> Cow<'_, str> {
    let cut = |text: &str| text.find(':').unwrap_or(text.len());
    match row.text(column) {
        Cow::Borrowed(text) => Cow::Borrowed(text.get(..cut(text)).unwrap_or_default().trim_end()),
        Cow::Owned(text) => Cow::Owned(text.get(..cut(&text)).unwrap_or_default().trim_end().to_owned()),
    }
}

pub(super) fn read(input: Input<'_>, mut builder: Builder<'_>) -> Result<RateTable, Error> {
    let mut rows = Rows::new(input, b',');
    let columns = Columns::of(rows.required("a header such as FREQ,REF_AREA,CURRENCY")?)?;
    while let Some(row) = rows.next()? {
        row.expect_len(columns.len)?;
        observation(row, &columns, &mut builder)?;
    }
    builder.build()
}

fn observation(row: Row<'_>, columns: &Columns, builder: &mut Builder<'_>) -> Result<(), Error> {
    let currency = code(row, columns.currency);
    if currency == "USD" || (currency == "EUR" && code(row, columns.area) != "XM") {
        return Ok(());
    }
    let quote = Currency::from_code(&currency).map_err(|error| error.at(row.place(columns.currency)))?;
    let pair = CurrencyPair::new(Currency::USD, quote);
    if !builder.wants(pair) {
        return Ok(());
    }
    let wrong = |column, expected| row.refuse(column, ErrorKind::Syntax { expected, found: row.text(column).into_owned() });
    let frequency = Frequency::of(&code(row, columns.frequency)).ok_or_else(|| wrong(columns.frequency, "a frequency D, M, Q or A"))?;
    let basis = statistics::basis(frequency, &code(row, columns.collection))
        .ok_or_else(|| wrong(columns.collection, "A (average) or E (end of period)"))?;
    let power = match columns.unit.map(|unit| (unit, code(row, unit))) {
        Some((unit, power)) if !power.is_empty() => power.parse().map_err(|_| wrong(unit, "a power of ten such as 0"))?,
        _ => 0,
    };
    let Some(rate) = row.rate(columns.value, PLAIN, power)? else { return Ok(()) };
    statistics::add(row, columns.time, basis, Entry { pair, rate, line: row.line() }, builder)
}
