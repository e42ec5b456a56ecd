//! CSV of the ECB's data portal: one row an observation, `CURRENCY_DENOM` is the base.
//!
//! `OBS_VALUE × 10^UNIT_MULT` units of `CURRENCY` make one of `CURRENCY_DENOM`. Suffix A of a month, quarter, half or
//! year is an official average, E the closing; the daily A is the reference rate itself.

use super::super::build::{Builder, Entry};
use super::super::dating::Basis;
use super::super::input::Input;
use super::super::table::RateTable;
use super::cell::PLAIN;
use super::rows::{Row, Rows, names, position};
use super::statistics::{self, Frequency};
use crate::currency::CurrencyPair;
use crate::error::{Error, ErrorKind};

struct Columns {
    frequency: usize,
    currency: usize,
    denominator: usize,
    kind: usize,
    suffix: usize,
    time: usize,
    value: usize,
    unit: Option<usize>,
    superseded: Option<usize>,
    len: usize,
}

impl Columns {
    fn of(header: Row<'_>) -> Result<Columns, Error> {
        let names = names(header);
        let find = |name: &str| {
            let missing = || ErrorKind::ColumnMissing { name: name.to_owned(), found: names.join(", ") };
            position(&names, name).ok_or_else(|| header.refuse(0, missing()))
        };
        Ok(Columns {
            frequency: find("FREQ")?,
            currency: find("CURRENCY")?,
            denominator: find("CURRENCY_DENOM")?,
            kind: find("EXR_TYPE")?,
            suffix: find("EXR_SUFFIX")?,
            time: find("TIME_PERIOD")?,
            value: find("OBS_VALUE")?,
            unit: position(&names, "UNIT_MULT"),
            superseded: position(&names, "VALID_TO"),
            len: names.len(),
        })
    }
}

pub(super) fn read(input: Input<'_>, mut builder: Builder<'_>) -> Result<RateTable, Error> {
    let mut rows = Rows::new(input, b',');
    let columns = Columns::of(rows.required("a header such as KEY,FREQ,CURRENCY")?)?;
    while let Some(row) = rows.next()? {
        row.expect_len(columns.len)?;
        let superseded = columns.superseded.is_some_and(|column| !row.text(column).is_empty());
        if !superseded {
            observation(row, &columns, &mut builder)?;
        }
    }
    builder.build()
}

fn observation(row: Row<'_>, columns: &Columns, builder: &mut Builder<'_>) -> Result<(), Error> {
    if row.text(columns.kind) != "SP00" {
        return Err(
            row.refuse(columns.kind, ErrorKind::Syntax { expected: "SP00, a spot rate", found: row.text(columns.kind).into_owned() })
        );
    }
    let basis = basis(row, columns)?;
    let pair = CurrencyPair::new(row.currency(columns.denominator)?, row.currency(columns.currency)?);
    let power = match columns.unit.map(|unit| (unit, row.text(unit))) {
        Some((_, text)) if text.is_empty() => 0,
        Some((unit, text)) => text
            .parse()
            .map_err(|_| row.refuse(unit, ErrorKind::Syntax { expected: "a power of ten such as 0", found: text.into_owned() }))?,
        None => 0,
    };
    let Some(rate) = row.rate(columns.value, PLAIN, power)? else { return Ok(()) };
    statistics::add(row, columns.time, basis, Entry { pair, rate, line: row.line() }, builder)
}

fn basis(row: Row<'_>, columns: &Columns) -> Result<Basis, Error> {
    let text = row.text(columns.frequency);
    let frequency = Frequency::of(&text).ok_or_else(|| {
        row.refuse(columns.frequency, ErrorKind::Syntax { expected: "a frequency D, M, Q, H or A", found: text.into_owned() })
    })?;
    let suffix = row.text(columns.suffix);
    statistics::basis(frequency, &suffix)
        .ok_or_else(|| row.refuse(columns.suffix, ErrorKind::Syntax { expected: "A (average) or E (end)", found: suffix.into_owned() }))
}
