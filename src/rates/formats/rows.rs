//! The rows of a delimited table, each field with its place for errors.

use super::super::input::{END_LINE, Input, LineFeeds, text};
use super::cell::{self, Marks};
use crate::currency::Currency;
use crate::error::{Error, ErrorKind, Location};
use jiff::civil::Date;
use rust_decimal::Decimal;
use std::borrow::Cow;
use std::io::Read;

/// A delimited file, row by row; blank lines are skipped.
pub(super) struct Rows<'a> {
    reader: csv::Reader<Box<dyn Read + 'a>>,
    record: csv::ByteRecord,
    file: String,
}

const UNCLOSED: &str = "a quote opens in the row that begins here and is not closed: close it, or double a quote that is meant";

/// One row.
#[derive(Clone, Copy)]
pub(super) struct Row<'r> {
    record: &'r csv::ByteRecord,
    line: u64,
    file: &'r str,
}

/// A parser of dates, and what it expects.
#[derive(Clone, Copy)]
pub(super) struct DateForm {
    pub(super) expected: &'static str,
    pub(super) parse: fn(&str) -> Option<Date>,
}

/// `2023-05-26`
pub(super) const ISO: DateForm = DateForm { expected: "a date such as 2023-05-26", parse: cell::iso_date };

impl<'a> Rows<'a> {
    pub(super) fn new(input: Input<'a>, delimiter: u8) -> Rows<'a> {
        let file = input.file().to_owned();
        let reader: Box<dyn Read + 'a> = Box::new(LineFeeds::new(input.into_reader()));
        let reader = csv::ReaderBuilder::new().delimiter(delimiter).has_headers(false).flexible(true).from_reader(reader);
        Rows { reader, record: csv::ByteRecord::new(), file }
    }

    /// The next row that is not empty.
    pub(super) fn next(&mut self) -> Result<Option<Row<'_>>, Error> {
        let more = self.reader.read_byte_record(&mut self.record).map_err(|error| {
            let line = error.position().map(csv::Position::line);
            let place = Location { source: self.file.clone(), line, column: None };
            let kind = match error.kind() {
                csv::ErrorKind::Io(error) => ErrorKind::Io { message: error.to_string() },
                _ => ErrorKind::Csv { message: error.to_string() },
            };
            Error::from(kind).at(place)
        })?;
        // The position of a record is that of the blank lines before it, so its line is counted back from its end: the
        // stream ends every line, and a quoted field may hold some ends.
        let within = self.record.as_slice().iter().filter(|byte| **byte == b'\n').count() as u64;
        let line = self.reader.position().line().saturating_sub(1 + within);
        let last = self.record.iter().next_back().unwrap_or_default();
        if last.ends_with(END_LINE) {
            let place = Location { source: self.file.clone(), line: Some(line + 1), column: None };
            return Err(Error::from(ErrorKind::Csv { message: UNCLOSED.to_owned() }).at(place));
        }
        let more = more && !(self.record.len() == 1 && last == b"\0");
        Ok(more.then_some(Row { record: &self.record, line, file: &self.file }))
    }

    /// The next row, which a complete table has.
    pub(super) fn required(&mut self, what: &'static str) -> Result<Row<'_>, Error> {
        let ended = Error::from(ErrorKind::Syntax { expected: what, found: String::new() });
        let place = Location { source: self.file.clone(), line: Some(self.reader.position().line()), column: None };
        self.next()?.ok_or_else(|| ended.at(place))
    }
}

impl<'r> Row<'r> {
    /// The line it begins on, from 1.
    pub(super) fn line(self) -> u64 {
        self.line
    }

    /// How many fields it has, the empty ones at its end not counted.
    pub(super) fn width(self) -> usize {
        self.record.iter().rposition(|field| !field.trim_ascii().is_empty()).map_or(0, |last| last + 1)
    }

    /// How many fields it has.
    pub(super) fn len(self) -> usize {
        self.record.len()
    }

    /// The text of a field, trimmed; empty where the row is too short.
    pub(super) fn text(self, column: usize) -> Cow<'r, str> {
        text(self.record.get(column).unwrap_or_default().trim_ascii())
    }

    /// Every field, trimmed.
    pub(super) fn texts(self) -> impl Iterator<Item = (usize, Cow<'r, str>)> {
        self.record.iter().map(|field| text(field.trim_ascii())).enumerate()
    }

    /// An error at a field.
    pub(super) fn refuse(self, column: usize, kind: ErrorKind) -> Error {
        Error::from(kind).at(self.place(column))
    }

    /// The place of a field.
    pub(super) fn place(self, column: usize) -> Location {
        Location { source: self.file.to_owned(), line: Some(self.line()), column: Some(column as u64 + 1) }
    }

    /// Refuses a row of another length than the header: a file that was cut off, or a field too many.
    pub(super) fn expect_len(self, len: usize) -> Result<(), Error> {
        if self.len() == len {
            return Ok(());
        }
        let reason = format!("expected {len} fields as in the header, found {}", self.len());
        Err(self.refuse(self.len().min(len), ErrorKind::TableUnclear { reason }))
    }

    pub(super) fn date(self, column: usize, form: DateForm) -> Result<Date, Error> {
        let text = self.text(column);
        (form.parse)(&text).ok_or_else(|| self.refuse(column, ErrorKind::Syntax { expected: form.expected, found: text.into_owned() }))
    }

    pub(super) fn currency(self, column: usize) -> Result<Currency, Error> {
        Currency::from_code(&self.text(column)).map_err(|error| error.at(self.place(column)))
    }

    /// The rate in a field times ten to a power, `None` where there is no observation.
    pub(super) fn rate(self, column: usize, marks: Marks, power: i32) -> Result<Option<Decimal>, Error> {
        let text = self.text(column);
        let rate = cell::rate(&text, marks).map_err(|kind| self.refuse(column, kind))?;
        let too_many = || self.refuse(column, ErrorKind::TooManyDigits { found: text.clone().into_owned() });
        rate.map(|rate| cell::shifted(rate, power).ok_or_else(too_many)).transpose()
    }
}

/// The place of a column among the names of a header; letter case does not count.
pub(super) fn position(header: &[String], name: &str) -> Option<usize> {
    header.iter().position(|field| field.eq_ignore_ascii_case(name))
}

/// The names of a header row.
pub(super) fn names(row: Row<'_>) -> Vec<String> {
    row.texts().map(|(_, name)| name.into_owned()).collect()
}
