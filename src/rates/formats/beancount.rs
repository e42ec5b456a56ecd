//! Prices of Beancount: `2014-09-11 price EUR 0.8011 GBP`; one of the first costs the amount.
//!
//! The last of a day's prices holds, as it does there. Other directives say nothing about rates, and prices of what is
//! no currency are passed over and counted. An amount may be a product or quotient (`1/1.25`) if its value is a decimal.

use super::super::build::{Builder, Entry};
use super::super::input::{Input, text};
use super::super::table::RateTable;
use super::cell::{self, GROUPED};
use crate::currency::{Currency, CurrencyPair};
use crate::error::{ArithmeticError, Error, ErrorKind, Location};
use crate::exact::Ratio;
use rust_decimal::Decimal;

/// Whether a line is a price.
pub(super) fn is_price(line: &str) -> bool {
    let mut words = line.split_whitespace();
    words.next().is_some_and(|date| cell::iso_date(date).is_some()) && words.next() == Some("price")
}

pub(super) fn read(input: Input<'_>, mut builder: Builder<'_>) -> Result<RateTable, Error> {
    let file = input.file().to_owned();
    let bytes = input.into_bytes()?;
    for (place, line) in text(&bytes).lines().enumerate() {
        let line = Line { text: line, number: place as u64 + 1, file: &file };
        // A directive begins in the first column; what is indented belongs to one, and the rest are comments and options.
        if line.text.starts_with(|c: char| c.is_ascii_digit()) {
            directive(line, &mut builder)?;
        }
    }
    builder.build()
}

#[derive(Clone, Copy)]
struct Line<'l> {
    text: &'l str,
    number: u64,
    file: &'l str,
}

impl Line<'_> {
    /// An error at a part of the line.
    fn refuse(self, part: &str, kind: ErrorKind) -> Error {
        let offset = (part.as_ptr() as usize).checked_sub(self.text.as_ptr() as usize).and_then(|offset| self.text.get(..offset));
        let column = offset.map(|before| before.chars().count() as u64 + 1);
        Error::from(kind).at(Location { source: self.file.to_owned(), line: Some(self.number), column })
    }
}

fn directive(line: Line<'_>, builder: &mut Builder<'_>) -> Result<(), Error> {
    let content = line.text.split(';').next().unwrap_or_default().trim_end();
    let (day, rest) = split_word(content);
    let wrong = || ErrorKind::Syntax { expected: "a date such as 2014-09-11", found: day.to_owned() };
    let date = cell::iso_date(&day.replace('/', "-")).ok_or_else(|| line.refuse(day, wrong()))?;
    let (keyword, rest) = split_word(rest);
    if keyword != "price" {
        return Ok(());
    }
    let (base, rest) = split_word(rest);
    let amount_end = rest.rfind(char::is_whitespace).unwrap_or(0);
    let (amount, quote) = rest.split_at_checked(amount_end).unwrap_or((rest, ""));
    let (amount, quote) = (amount.trim(), quote.trim());
    if amount.is_empty() || quote.is_empty() {
        return Err(line.refuse(rest, ErrorKind::Syntax { expected: "a price such as EUR 0.8011 GBP", found: rest.to_owned() }));
    }
    let Ok(base) = Currency::from_code(base) else {
        builder.pass_over();
        return Ok(());
    };
    let quote = Currency::from_code(quote).map_err(|error| line.refuse(quote, error.kind().clone()))?;
    let rate = value(amount).and_then(|rate| cell::positive(rate, amount)).map_err(|kind| line.refuse(amount, kind))?;
    if base == quote {
        return Err(line.refuse(amount, ErrorKind::TableUnclear { reason: format!("a price of {base} in itself") }));
    }
    builder.day(Entry { pair: CurrencyPair::new(base, quote), rate, line: line.number }, date);
    Ok(())
}

fn split_word(text: &str) -> (&str, &str) {
    let end = text.find(char::is_whitespace).unwrap_or(text.len());
    let (word, rest) = text.split_at_checked(end).unwrap_or((text, ""));
    (word, rest.trim_start())
}

/// A number, or a chain of products and quotients of numbers from left to right.
fn value(amount: &str) -> Result<Decimal, ErrorKind> {
    let Some(_) = amount.find(['*', '/']) else { return cell::number(amount, GROUPED) };
    let not_exact = || ErrorKind::TooManyDigits { found: amount.to_owned() };
    let mut rest = amount;
    let mut value = Ratio::ONE;
    let mut divide = false;
    loop {
        let end = rest.find(['*', '/']);
        let (operand, after) = end.and_then(|end| rest.split_at_checked(end)).unwrap_or((rest, ""));
        let operand = Ratio::from(cell::number(operand.trim(), GROUPED)?);
        value = if divide { value.checked_div(&operand).ok_or(ArithmeticError::DivisionByZero)? } else { &value * &operand };
        divide = after.starts_with('/');
        match after.get(1..) {
            Some(next) => rest = next,
            None => return value.to_decimal().ok_or_else(not_exact),
        }
    }
}
