//! CSV of FRED: `observation_date,DEXUSEU` (formerly `DATE,…`); the series' name says the direction ([`fed`]).

use super::super::build::{Builder, Entry};
use super::super::input::Input;
use super::super::table::RateTable;
use super::cell::PLAIN;
use super::fed::{self, Series};
use super::rows::{ISO, Row, Rows};
use crate::error::{Error, ErrorKind};

pub(super) fn read(input: Input<'_>, mut builder: Builder<'_>) -> Result<RateTable, Error> {
    let mut rows = Rows::new(input, b',');
    let header = rows.required("a header such as observation_date,DEXUSEU")?;
    let (columns, len) = (columns(header)?, header.len());
    while let Some(row) = rows.next()? {
        row.expect_len(len)?;
        let date = row.date(0, ISO)?;
        for (place, series) in columns.iter().enumerate() {
            let Some(rate) = row.rate(place + 1, PLAIN, 0)? else { continue };
            let Some(period) = series.span.period(date) else { continue };
            builder.period(Entry { pair: series.pair, rate, line: row.line() }, period, series.span.basis());
        }
    }
    builder.build()
}

fn columns(header: Row<'_>) -> Result<Vec<Series>, Error> {
    let series = |(column, name): (usize, std::borrow::Cow<'_, str>)| {
        let unknown = || ErrorKind::Syntax { expected: "an exchange-rate series such as DEXUSEU or DEXJPUS", found: name.to_string() };
        fed::fred_series(&name).ok_or_else(|| header.refuse(column, unknown()))
    };
    header.texts().skip(1).map(series).collect()
}
