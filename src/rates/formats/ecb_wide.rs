//! The ECB's CSV files: a column for each currency, one euro costs the rate.
//!
//! The history has ISO dates, newest first, and `N/A` where a currency had no rate; the daily file has one row, a space
//! after each comma and the date written out. Both end each line with a comma.
//!
//! The history is two megabytes without a single quote, so it is first read by a plain split into digits; whatever
//! that does not expect is left to the careful reader, whose errors say where and why.

use super::super::build::Builder;
use super::super::input::Input;
use super::super::table::{Observation, RateTable};
use super::cell::{self, PLAIN};
use super::rows::{DateForm, Row, Rows};
use crate::currency::{Currency, CurrencyPair};
use crate::error::{Error, ErrorKind};
use jiff::civil::Date;
use rust_decimal::Decimal;

const DATE: DateForm =
    DateForm { expected: "a date such as 2023-05-26", parse: |text| cell::iso_date(text).or_else(|| cell::day_month_year(text)) };

pub(super) fn read(input: Input<'_>, mut builder: Builder<'_>) -> Result<RateTable, Error> {
    let file = input.file().to_owned();
    let bytes = input.into_bytes()?;
    let room = fast::rows(&bytes);
    let (header, rest) = fast::line(&bytes);
    let header = Rows::new(Input::of(header.to_vec(), &file), b',')
        .expect("a header such as Date,USD,JPY")
        .and_then(|row| columns(row, &mut builder, room))?;
    if fast::read(rest, &header, &mut builder).is_none() {
        builder.clear();
        careful(Rows::new(Input::of(bytes, &file), b','), &header, &mut builder)?;
    }
    builder.build()
}

/// The columns of a header: the series of each, `None` for one that is not wanted.
struct Columns {
    series: Vec<Option<usize>>,
    /// How many fields a row has.
    len: usize,
}

fn columns(header: Row<'_>, builder: &mut Builder<'_>, room: usize) -> Result<Columns, Error> {
    let base = builder.options().base.unwrap_or(Currency::EUR);
    let mut series = Vec::new();
    for (column, _) in header.texts().take(header.width()).skip(1) {
        let pair = CurrencyPair::new(base, header.currency(column)?);
        if pair.base == pair.quote {
            let reason = format!("a column {base} in a table against {base}: name the table's base");
            return Err(header.refuse(column, ErrorKind::TableUnclear { reason }));
        }
        if builder.has_series(pair) {
            return Err(header.refuse(column, ErrorKind::TableUnclear { reason: format!("a second column {}", pair.quote) }));
        }
        series.push(builder.wants(pair).then(|| builder.series(pair, room)));
    }
    Ok(Columns { series, len: header.len() })
}

/// Reads what follows the header field by field, with the place of whatever is wrong.
fn careful(mut rows: Rows<'_>, columns: &Columns, builder: &mut Builder<'_>) -> Result<(), Error> {
    rows.expect("a header such as Date,USD,JPY")?;
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
    use super::{Builder, Columns, Date, Decimal, Observation};

    /// About how many rows the bytes hold.
    pub(super) fn rows(bytes: &[u8]) -> usize {
        // A row has its date at least; the first row tells about the others.
        let first = line(bytes).1;
        let length = line(first).0.len().max(10);
        first.len() / length
    }

    /// The first line and what follows it.
    pub(super) fn line(bytes: &[u8]) -> (&[u8], &[u8]) {
        match bytes.iter().position(|byte| *byte == b'\n') {
            Some(end) => (bytes.get(..end).unwrap_or_default(), bytes.get(end + 1..).unwrap_or_default()),
            None => (bytes, &[]),
        }
    }

    /// Reads the lines after the header.
    pub(super) fn read(mut rest: &[u8], columns: &Columns, builder: &mut Builder<'_>) -> Option<()> {
        let trailing = columns.len.checked_sub(columns.series.len() + 1)?;
        let mut line = 1;
        while !rest.is_empty() {
            line += 1;
            let date;
            (date, rest) = self::date(rest)?;
            for series in &columns.series {
                let rate;
                (rate, rest) = field(rest)?;
                if let (Some(series), Some(rate)) = (series, rate) {
                    builder.push(*series, Observation { date, rate, line });
                }
            }
            rest = rest.strip_prefix(b",,,,".get(..trailing)?)?;
            rest = rest.strip_prefix(b"\r").unwrap_or(rest);
            rest = if rest.is_empty() { rest } else { rest.strip_prefix(b"\n")? };
        }
        Some(())
    }

    fn date(bytes: &[u8]) -> Option<(Date, &[u8])> {
        let ([a, b, c, d, b'-', e, f, b'-', g, h], rest) = bytes.split_first_chunk::<10>()? else { return None };
        let digit = |byte: u8| byte.is_ascii_digit().then(|| byte - b'0');
        let pair = |tens: u8, ones: u8| Some(digit(tens)? * 10 + digit(ones)?);
        let year = i16::from(pair(*a, *b)?) * 100 + i16::from(pair(*c, *d)?);
        let (month, day) = (i8::try_from(pair(*e, *f)?).ok()?, i8::try_from(pair(*g, *h)?).ok()?);
        Some((Date::new(year, month, day).ok()?, rest))
    }

    /// A comma and a field: digits with at most one point, or `N/A`.
    #[inline]
    fn field(bytes: &[u8]) -> Option<(Option<Decimal>, &[u8])> {
        let bytes = bytes.strip_prefix(b",")?;
        if let Some(rest) = bytes.strip_prefix(b"N/A") {
            return Some((None, rest));
        }
        let (mut value, mut point, mut end) = (0_u64, None, bytes.len());
        for (place, byte) in bytes.iter().enumerate() {
            match byte {
                b'0'..=b'9' => value = value.checked_mul(10)?.checked_add(u64::from(byte - b'0'))?,
                b'.' if point.is_none() => point = Some(place),
                _ => {
                    end = place;
                    break;
                }
            }
        }
        // A point has digits on both sides; zero is no rate.
        let scale = match point {
            Some(point) if point > 0 && point + 1 < end => u32::try_from(end - point - 1).ok().filter(|scale| *scale <= 28)?,
            Some(_) => return None,
            None => 0,
        };
        #[allow(clippy::cast_possible_truncation, reason = "the two halves of 64 bits")]
        let rate = Decimal::from_parts(value as u32, (value >> 32) as u32, 0, false, scale);
        (value != 0).then(|| (Some(rate), bytes.get(end..).unwrap_or_default()))
    }
}
