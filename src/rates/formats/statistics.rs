//! What statistical offices state beside a rate: its frequency, and whether it is an average or the end of a period.

use super::super::build::{Builder, Entry};
use super::super::dating::Basis;
use super::cell;
use super::rows::Row;
use crate::error::{Error, ErrorKind};

/// How often a series is observed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Frequency {
    /// Every business day.
    Day,
    /// Month, quarter, half or year.
    Period,
}

impl Frequency {
    /// SDMX code list CL_FREQ: D and B are days; M, Q, H, S and A are periods.
    pub(super) fn of(code: &str) -> Option<Frequency> {
        match code {
            "D" | "B" => Some(Frequency::Day),
            "M" | "Q" | "H" | "S" | "A" => Some(Frequency::Period),
            _ => None,
        }
    }
}

/// What a rate of a frequency and a code A (average) or E (end of period) is: the daily "A" is the rate of the day.
pub(super) fn basis(frequency: Frequency, collection: &str) -> Option<Basis> {
    match (frequency, collection) {
        (Frequency::Day, "A" | "E") => Some(Basis::Spot),
        (Frequency::Period, "A") => Some(Basis::Average),
        (Frequency::Period, "E") => Some(Basis::Closing),
        _ => None,
    }
}

/// Adds a rate of a day or period as a column states it.
pub(super) fn add(row: Row<'_>, column: usize, basis: Basis, entry: Entry, builder: &mut Builder<'_>) -> Result<(), Error> {
    let text = row.text(column);
    let wrong = |expected| row.refuse(column, ErrorKind::Syntax { expected, found: text.to_string() });
    if basis == Basis::Spot {
        let date = cell::iso_date(&text).ok_or_else(|| wrong("a day such as 2023-05-26"))?;
        builder.day(entry, date);
    } else {
        let period = cell::period(&text).ok_or_else(|| wrong("a period such as 2023-05, 2023-Q2 or 2023"))?;
        builder.period(entry, period, basis);
    }
    Ok(())
}
