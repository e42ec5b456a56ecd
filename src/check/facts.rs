//! A table of facts to hold a text against.

use crate::currency::Currency;
use crate::error::{Error, ErrorKind, Location};
use crate::number::NumberStyle;
use crate::period::Period;
use crate::printed::Printed;
use std::io::Read;

/// One row of a table of facts: a metric of a period, as printed.
#[derive(Debug, Clone, PartialEq)]
pub struct Fact {
    /// The metric, by the name that figures carry ("revenue", "net profit").
    pub metric: String,
    /// The period; any if `None`.
    pub period: Option<Period>,
    /// The value with its granularity.
    pub printed: Printed,
    /// A currency code, `%`, or the noun of a count.
    pub unit: String,
}

/// Reads a CSV file with the columns `metric, period, value, unit`.
///
/// # Errors
///
/// [`ColumnMissing`](ErrorKind::ColumnMissing), and [`Syntax`](ErrorKind::Syntax) or
/// [`UnknownCurrency`](ErrorKind::UnknownCurrency) for a cell, with line and column.
///
/// ```
/// let csv = "metric,period,value,unit\nrevenue,2023-Q1,59477.1e6,CNY\n";
/// let facts = tieout::read_facts(csv.replace("e6", "000000").as_bytes(), "facts.csv")?;
/// assert_eq!(facts[0].unit, "CNY");
/// # Ok::<(), tieout::Error>(())
/// ```
pub fn read_facts(reader: impl Read, name: &str) -> Result<Vec<Fact>, Error> {
    let place = |line: Option<u64>, column: Option<usize>| Location {
        source: name.to_owned(),
        line,
        column: column.map(|column| column as u64 + 1),
    };
    let csv_error = |error: &csv::Error| {
        Error::from(ErrorKind::Csv { message: error.to_string() }).at(place(error.position().map(csv::Position::line), None))
    };
    let mut csv = csv::ReaderBuilder::new().trim(csv::Trim::All).from_reader(reader);
    let headers = csv.headers().map_err(|error| csv_error(&error))?.clone();
    let column = |wanted: &str| {
        headers.iter().position(|header| header.eq_ignore_ascii_case(wanted)).ok_or_else(|| {
            let found = headers.iter().collect::<Vec<_>>().join(", ");
            Error::from(ErrorKind::ColumnMissing { name: wanted.to_owned(), found }).at(place(Some(1), None))
        })
    };
    let (metric, period, value, unit) = (column("metric")?, column("period")?, column("value")?, column("unit")?);
    let mut facts = Vec::new();
    for record in csv.records() {
        let record = record.map_err(|error| csv_error(&error))?;
        let line = record.position().map(csv::Position::line);
        let cell = |index: usize| record.get(index).unwrap_or_default();
        let at = |error: Error, index: usize| error.at(place(line, Some(index)));
        let period = match cell(period) {
            "" => None,
            text => Some(text.parse::<Period>().map_err(|error| at(error, period))?),
        };
        let unit_text = cell(unit);
        if unit_text.len() == 3 && unit_text.bytes().all(|byte| byte.is_ascii_uppercase()) {
            Currency::from_code(unit_text).map_err(|error| at(error, unit))?;
        }
        let printed = printed(cell(value))
            .ok_or_else(|| at(ErrorKind::Syntax { expected: "a number such as 59477.1", found: cell(value).to_owned() }.into(), value))?;
        facts.push(Fact { metric: cell(metric).to_owned(), period, printed, unit: unit_text.to_owned() });
    }
    Ok(facts)
}

fn printed(text: &str) -> Option<Printed> {
    let (negative, digits) = text.strip_prefix(['-', '−']).map_or((false, text), |digits| (true, digits));
    let printed = Printed::whole(NumberStyle::POINT.read(digits)?, 0);
    Some(if negative { printed.negated() } else { printed })
}
