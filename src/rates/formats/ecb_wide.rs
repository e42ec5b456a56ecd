//! The ECB's CSV files: a column for each currency, one euro costs the rate.
//!
//! The history has ISO dates, newest first, and `N/A` where a currency had no rate; the daily file has one row, a space
//! after each comma and the date written out. Both end each line with a comma.
//!
//! The history is two megabytes without a single quote, so it is first read by a plain split into digits; whatever
//! that does not expect is left to the careful reader, whose errors say where and why.

use super::super::build::Builder;
use super::super::input::Input;
#[cfg(feature = "ecb")]
use super::super::read::ReadOptions;
#[cfg(feature = "ecb")]
use super::super::series::{Column, Series};
use super::super::table::{Observation, RateTable};
#[cfg(feature = "ecb")]
use super::Format;
use super::cell::{self, PLAIN};
use super::rows::{DateForm, Row, Rows};
use crate::currency::{Currency, CurrencyPair};
use crate::error::{Error, ErrorKind};
use jiff::civil::Date;
use rust_decimal::Decimal;
#[cfg(feature = "ecb")]
use std::sync::Arc;

const DATE: DateForm =
    DateForm { expected: "a date such as 2023-05-26", parse: |text| cell::iso_date(text).or_else(|| cell::day_month_year(text)) };

pub(super) fn read(input: Input<'_>, mut builder: Builder<'_>) -> Result<RateTable, Error> {
    let file = input.file().to_owned();
    let bytes = input.into_bytes()?;
    let (header, rest) = fast::line(&bytes);
    let mut rows = Rows::new(Input::of(header, &file), b',');
    let columns = columns(rows.required(HEADER)?, &mut builder)?;
    match fast::read(rest, columns.series.len(), columns.len) {
        Some(read) => columns.series.iter().zip(read).for_each(|(series, observations)| {
            if let Some(series) = series {
                builder.fill(*series, observations);
            }
        }),
        None => careful(Rows::new(Input::of(&bytes, &file), b','), &columns, &mut builder)?,
    }
    builder.build()
}

/// The history as a table whose columns are read when they are first asked for; `None` for a file with an odd header.
/// What one column needs is a twentieth of reading all of them.
#[cfg(feature = "ecb")]
pub(in crate::rates) fn history(bytes: &'static [u8], file: &str) -> Option<RateTable> {
    let (header, rows) = fast::line(bytes);
    let header = std::str::from_utf8(header).ok()?.trim_end();
    let format = Format::EcbHistory;
    let source: Arc<str> = format.source(file, &ReadOptions::default()).into();
    let mut table = RateTable { source: source.clone(), file: file.into(), format: Some(format), ..RateTable::default() };
    for (index, code) in header.strip_prefix("Date,")?.trim_end_matches(',').split(',').enumerate() {
        let pair = CurrencyPair::new(Currency::EUR, Currency::find(code)?);
        table.series.push(Series::of_column(pair, source.clone(), Column { rows, index, read: fast::column, read_all: fast::columns }));
    }
    table.link_currencies();
    Some(table)
}

const HEADER: &str = "a header such as Date,USD,JPY";

/// The columns of a header: the series of each, `None` for one that is not wanted.
struct Columns {
    series: Vec<Option<usize>>,
    /// How many fields a row has.
    len: usize,
}

fn columns(header: Row<'_>, builder: &mut Builder<'_>) -> Result<Columns, Error> {
    let base = builder.options().base.unwrap_or(Currency::EUR);
    let mut series = Vec::new();
    for (column, _) in header.texts().take(header.width()).skip(1) {
        let pair = CurrencyPair::new(base, header.currency(column)?);
        let unclear = |reason: String| Err(header.refuse(column, ErrorKind::TableUnclear { reason }));
        if pair.base == pair.quote {
            return unclear(format!("a column {base} in a table against {base}: name the table's base (--rates-base)"));
        }
        if builder.has_series(pair) {
            return unclear(format!("a second column {}", pair.quote));
        }
        series.push(builder.wants(pair).then(|| builder.series(pair)));
    }
    // The ECB has never published a table without the dollar; one of another base may well be without its own column.
    if builder.options().base.is_none() && !header.texts().any(|(_, name)| name == "USD") {
        let reason = "a table without a column USD is not the ECB's: name its base, one unit of which costs the rates (--rates-base)";
        return Err(header.refuse(1, ErrorKind::TableUnclear { reason: reason.to_owned() }));
    }
    Ok(Columns { series, len: header.len() })
}

/// Reads what follows the header field by field, with the place of whatever is wrong.
fn careful(mut rows: Rows<'_>, columns: &Columns, builder: &mut Builder<'_>) -> Result<(), Error> {
    rows.required(HEADER)?;
    while let Some(row) = rows.next()? {
        row.expect_len(columns.len)?;
        if row.width() > columns.series.len() + 1 {
            return Err(row.refuse(columns.series.len() + 1, ErrorKind::TableUnclear { reason: "a field without a column".to_owned() }));
        }
        let date = row.date(0, DATE)?;
        let line = u32::try_from(row.line()).unwrap_or(u32::MAX);
        for (column, series) in columns.series.iter().enumerate() {
            let Some(rate) = row.rate(column + 1, PLAIN, 0)? else { continue };
            if let Some(series) = series {
                builder.push(*series, Observation { date, rate, line });
            }
        }
    }
    Ok(())
}

/// The plain split; `None` for whatever it does not expect.
mod fast {
    use super::{Date, Decimal, Observation};
    use memchr::{memchr, memchr_iter, memrchr};

    /// The first line and what follows it.
    pub(super) fn line(bytes: &[u8]) -> (&[u8], &[u8]) {
        memchr(b'\n', bytes).and_then(|end| bytes.split_at_checked(end + 1)).unwrap_or((bytes, &[]))
    }

    /// The observations of so many columns, read from the last line to the first: the newest day stands on top, and a
    /// series begins with the oldest. `len` is how many fields a row has.
    pub(super) fn read(rest: &[u8], columns: usize, len: usize) -> Option<Vec<Vec<Observation>>> {
        let mut rest = rest.strip_suffix(b"\n").unwrap_or(rest);
        let rows = memchr_iter(b'\n', rest).count() + 1;
        let mut line = u32::try_from(rows + 1).ok()?;
        let mut read: Vec<Vec<Observation>> = (0..columns).map(|_| Vec::with_capacity(rows)).collect();
        let mut before = Date::MIN;
        while !rest.is_empty() {
            let (above, row) = match memrchr(b'\n', rest) {
                Some(end) => (rest.get(..end)?, rest.get(end + 1..)?),
                None => (&[][..], rest),
            };
            let (date, fields) = date(row.strip_suffix(b"\r").unwrap_or(row))?;
            if date <= before {
                return None;
            }
            self::fields(fields, len, &mut read, |rate| Observation { date, rate, line })?;
            (rest, line, before) = (above, line.checked_sub(1)?, date);
        }
        Some(read)
    }

    /// Adds the fields of a row to their columns. What follows them is the empty field that the ECB ends a row with.
    #[inline]
    fn fields(mut rest: &[u8], len: usize, read: &mut [Vec<Observation>], observation: impl Fn(Decimal) -> Observation) -> Option<()> {
        let empty = len.checked_sub(read.len() + 1)?;
        for column in read {
            let rate;
            (rate, rest) = field(rest)?;
            column.extend(rate.map(&observation));
        }
        (rest.len() == empty && rest.iter().all(|byte| *byte == b',')).then_some(())
    }

    /// Where the comma with so many before it stands.
    #[cfg(feature = "ecb")]
    fn nth_comma(row: &[u8], mut before: usize) -> Option<usize> {
        // Whole stretches are counted, which the compiler does many bytes at a time.
        const STRETCH: usize = 32;
        let mut start = 0;
        for stretch in row.chunks_exact(STRETCH) {
            let commas = stretch.iter().fold(0_u8, |count, byte| count + u8::from(*byte == b','));
            match before.checked_sub(usize::from(commas)) {
                Some(left) => (before, start) = (left, start + STRETCH),
                None => break,
            }
        }
        let rest = row.get(start..)?.iter().enumerate();
        rest.filter(|(_, byte)| **byte == b',').nth(before).map(|(at, _)| start + at)
    }

    /// The observations of every column of the history, whose rows have a date before and an empty field behind them.
    #[cfg(feature = "ecb")]
    pub(super) fn columns(rows: &'static [u8], columns: usize) -> Option<Vec<Vec<Observation>>> {
        // By two threads: the upper half has the newer days.
        let middle = rows.len() / 2 + memchr(b'\n', rows.get(rows.len() / 2..)?)? + 1;
        let (newer, older) = rows.split_at_checked(middle)?;
        let lines = u32::try_from(memchr_iter(b'\n', newer).count()).ok()?;
        let (newer, mut read) = std::thread::scope(|scope| {
            let newer = scope.spawn(|| self::read(newer, columns, columns + 2));
            let older = self::read(older, columns, columns + 2);
            (newer.join().ok().flatten(), older)
        });
        for (column, newer) in read.as_mut()?.iter_mut().zip(newer?) {
            column.iter_mut().for_each(|observation| observation.line += lines);
            column.extend(newer);
        }
        read
    }

    /// The observations of one column, the oldest first.
    #[cfg(feature = "ecb")]
    pub(super) fn column(rows: &'static [u8], index: usize) -> Option<Vec<Observation>> {
        let mut read = Vec::new();
        let (mut start, mut line) = (0, 2);
        while start < rows.len() {
            let row = rows.get(start..)?;
            let comma = nth_comma(row, index)?;
            if let (Some(rate), _) = field(row.get(comma..)?)? {
                read.push(Observation { date: date(row)?.0, rate, line });
            }
            start += comma + memchr(b'\n', row.get(comma..)?).map_or(row.len(), |end| end + 1);
            line += 1;
        }
        read.reverse();
        Some(read)
    }

    fn date(bytes: &[u8]) -> Option<(Date, &[u8])> {
        let ([a, b, c, d, b'-', e, f, b'-', g, h], rest) = bytes.split_first_chunk::<10>()? else { return None };
        let digit = |byte: u8| byte.is_ascii_digit().then(|| byte - b'0');
        let pair = |tens: u8, ones: u8| Some(digit(tens)? * 10 + digit(ones)?);
        let year = i16::from(pair(*a, *b)?) * 100 + i16::from(pair(*c, *d)?);
        let (month, day) = (i8::try_from(pair(*e, *f)?).ok()?, i8::try_from(pair(*g, *h)?).ok()?);
        Some((Date::new(year, month, day).ok()?, rest))
    }

    /// The longest number that is read here: eighteen digits and a point fit 64 bits.
    const LONGEST: usize = 19;

    /// A comma and a field: digits with at most one point, or `N/A`.
    #[inline]
    fn field(bytes: &[u8]) -> Option<(Option<Decimal>, &[u8])> {
        let (b',', bytes) = bytes.split_first()? else { return None };
        let (mut value, mut point, mut end) = (0_u64, None, 0);
        while let Some(byte) = bytes.get(end) {
            match byte {
                // OK because a number that is too long is not taken.
                b'0'..=b'9' => value = value.wrapping_mul(10).wrapping_add(u64::from(byte - b'0')),
                b'.' if point.is_none() => point = Some(end),
                _ => break,
            }
            end += 1;
        }
        if end == 0 {
            return bytes.strip_prefix(b"N/A").map(|rest| (None, rest));
        }
        // A point has digits on both sides; zero is no rate.
        let scale = match point {
            Some(point) if point > 0 && point + 1 < end => u32::try_from(end - point - 1).ok()?,
            Some(_) => return None,
            None => 0,
        };
        if value == 0 || end > LONGEST {
            return None;
        }
        #[allow(clippy::cast_possible_truncation, reason = "the two halves of 64 bits")]
        let rate = Decimal::from_parts(value as u32, (value >> 32) as u32, 0, false, scale);
        Some((Some(rate), bytes.get(end..)?))
    }
}
