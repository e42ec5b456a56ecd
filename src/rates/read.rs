//! What table is this? The recogniser, and the readers of the ECB history and of the canonical long form.

use super::table::{Builder, Observation, RateTable};
use crate::currency::{Currency, CurrencyPair};
use crate::error::{Error, ErrorKind, Location};
use jiff::civil::Date;
use rust_decimal::Decimal;
use std::io::Read;

/// What stands for "no observation".
const MISSING: [&str; 7] = ["", "N/A", "NA", "ND", ".", "-", "NaN"];

impl RateTable {
    /// Reads a table, recognised by its content: the ECB history (`Date,USD,JPY,…`; one euro costs the rate) or the
    /// canonical long form (`date,base,quote,rate`; one unit of the base costs the rate in the quote).
    ///
    /// `name` is the file's name, for errors and provenance.
    ///
    /// # Errors
    ///
    /// [`UnknownFormat`](ErrorKind::UnknownFormat) for a header that is neither, [`Syntax`](ErrorKind::Syntax),
    /// [`UnknownCurrency`](ErrorKind::UnknownCurrency), [`RateNotPositive`](ErrorKind::RateNotPositive) and
    /// [`ConflictingRates`](ErrorKind::ConflictingRates) with line and column, and [`Io`](ErrorKind::Io). A table is
    /// never half-read.
    pub fn read(mut reader: impl Read, name: &str) -> Result<RateTable, Error> {
        let mut bytes = Vec::new();
        reader.read_to_end(&mut bytes).map_err(|error| {
            Error::from(ErrorKind::Io { message: error.to_string() }).at(Location { source: name.to_owned(), line: None, column: None })
        })?;
        RateTable::from_bytes(&bytes, name)
    }

    pub(super) fn from_bytes(bytes: &[u8], name: &str) -> Result<RateTable, Error> {
        let bytes = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(bytes);
        let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(bytes);
        let place = |line| Location { source: name.to_owned(), line, column: None };
        let headers = reader.headers().map_err(|error| csv_error(&error).at(place(Some(1))))?;
        let header: Vec<String> = headers.iter().map(|field| field.trim().to_owned()).collect();
        if let Some(columns) = LongColumns::of(&header) {
            return read_long(reader, &columns, name);
        }
        if header.first().is_some_and(|first| first.eq_ignore_ascii_case("date")) && header.get(1).is_some_and(|code| code.len() == 3) {
            return read_ecb_wide(reader, &header, name);
        }
        let reason = format!("the first line is neither \"Date,USD,JPY,…\" nor \"date,base,quote,rate\" but {:?}", header.join(","));
        Err(Error::from(ErrorKind::UnknownFormat { reason }).at(place(Some(1))))
    }
}

/// The ECB history: a column for each currency, one euro costs the rate.
fn read_ecb_wide(mut reader: csv::Reader<&[u8]>, header: &[String], name: &str) -> Result<RateTable, Error> {
    let mut builder = Builder::new("ECB", name);
    let mut columns = Vec::new();
    for (index, code) in header.iter().enumerate().skip(1).filter(|(_, code)| !code.is_empty()) {
        let quote = Currency::from_code(code).map_err(|error| error.at(builder.location(1, Some(index as u64 + 1))))?;
        columns.push((index, builder.series(CurrencyPair::new(Currency::EUR, quote))));
    }
    let mut record = csv::ByteRecord::new();
    while read_record(&mut reader, &mut record, name)? {
        let line = record.position().map_or(0, csv::Position::line);
        let date = date(&record, 0, line, &builder)?;
        for (index, series) in &columns {
            let Some(rate) = rate(&record, *index, line, &builder)? else { continue };
            builder.push(*series, Observation { date, rate, line: u32::try_from(line).unwrap_or(u32::MAX) });
        }
    }
    builder.build()
}

/// Where the columns of the long form stand.
struct LongColumns {
    date: usize,
    base: usize,
    quote: usize,
    rate: usize,
}

impl LongColumns {
    fn of(header: &[String]) -> Option<LongColumns> {
        let find = |name: &str| header.iter().position(|field| field.eq_ignore_ascii_case(name));
        Some(LongColumns { date: find("date")?, base: find("base")?, quote: find("quote")?, rate: find("rate")? })
    }
}

fn read_long(mut reader: csv::Reader<&[u8]>, columns: &LongColumns, name: &str) -> Result<RateTable, Error> {
    let mut builder = Builder::new(name, name);
    let mut record = csv::ByteRecord::new();
    while read_record(&mut reader, &mut record, name)? {
        let line = record.position().map_or(0, csv::Position::line);
        let date = date(&record, columns.date, line, &builder)?;
        let currency = |index: usize| {
            let code = field(&record, index);
            Currency::from_code(&code).map_err(|error| error.at(builder.location(line, Some(index as u64 + 1))))
        };
        let pair = CurrencyPair::new(currency(columns.base)?, currency(columns.quote)?);
        let Some(rate) = rate(&record, columns.rate, line, &builder)? else { continue };
        let series = builder.series(pair);
        builder.push(series, Observation { date, rate, line: u32::try_from(line).unwrap_or(u32::MAX) });
    }
    builder.build()
}

fn read_record(reader: &mut csv::Reader<&[u8]>, record: &mut csv::ByteRecord, name: &str) -> Result<bool, Error> {
    reader.read_byte_record(record).map_err(|error| {
        let line = error.position().map(csv::Position::line);
        csv_error(&error).at(Location { source: name.to_owned(), line, column: None })
    })
}

fn csv_error(error: &csv::Error) -> Error {
    ErrorKind::Csv { message: error.to_string() }.into()
}

fn field(record: &csv::ByteRecord, index: usize) -> String {
    String::from_utf8_lossy(record.get(index).unwrap_or_default()).trim().to_owned()
}

fn date(record: &csv::ByteRecord, index: usize, line: u64, builder: &Builder) -> Result<Date, Error> {
    let text = record.get(index).and_then(|bytes| std::str::from_utf8(bytes).ok()).unwrap_or_default().trim();
    text.parse().map_err(|_| {
        let kind = ErrorKind::Syntax { expected: "a date such as 2023-05-26", found: text.to_owned() };
        Error::from(kind).at(builder.location(line, Some(index as u64 + 1)))
    })
}

/// The rate in a field, `None` where there is no observation.
fn rate(record: &csv::ByteRecord, index: usize, line: u64, builder: &Builder) -> Result<Option<Decimal>, Error> {
    let text = record.get(index).and_then(|bytes| std::str::from_utf8(bytes).ok()).unwrap_or("?").trim();
    if MISSING.contains(&text) {
        return Ok(None);
    }
    let wrong = |kind: ErrorKind| Error::from(kind).at(builder.location(line, Some(index as u64 + 1)));
    let plain = text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.' || byte == b'-');
    let rate = Some(text)
        .filter(|_| plain)
        .and_then(|text| Decimal::from_str_exact(text).ok())
        .ok_or_else(|| wrong(ErrorKind::Syntax { expected: "a rate such as 1.0751", found: text.to_owned() }))?;
    if rate <= Decimal::ZERO {
        return Err(wrong(ErrorKind::RateNotPositive { found: text.to_owned() }));
    }
    Ok(Some(rate))
}
