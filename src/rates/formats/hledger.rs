//! Market prices of hledger and Ledger: `P 2024-11-18 19:00:00 EUR 11,664 NOK`; one of the commodity costs the amount.
//!
//! The later of two prices of one day holds, as it does there. Prices of what is no currency are passed over, and counted. A number
//! such as `11,664` may be eleven or eleven thousand: the file must say (`decimal-mark ,`), or the caller.

use super::super::build::{Builder, Entry};
use super::super::input::{Input, text};
use super::super::read::DecimalMark;
use super::super::table::RateTable;
use super::cell;
use crate::currency::{Currency, CurrencyPair};
use crate::error::{Error, ErrorKind, Location};
use jiff::civil::Date;

/// Symbols that stand for one currency wherever they are met; "¥" is two.
const SYMBOLS: [(&str, &str); 12] = [
    ("€", "EUR"),
    ("$", "USD"),
    ("US$", "USD"),
    ("£", "GBP"),
    ("₹", "INR"),
    ("₩", "KRW"),
    ("₽", "RUB"),
    ("₺", "TRY"),
    ("₴", "UAH"),
    ("₫", "VND"),
    ("₱", "PHP"),
    ("฿", "THB"),
];

/// Lines that are no prices and say nothing about them.
const DIRECTIVES: [&str; 6] = ["commodity ", "account ", "payee ", "tag ", "D ", "Y"];

/// Whether a line is a price.
pub(super) fn is_price(line: &str) -> bool {
    let mut words = line.split_whitespace();
    words.next() == Some("P") && words.next().is_some_and(|date| self::date(date).is_some())
}

pub(super) fn read(input: Input<'_>, mut builder: Builder<'_>) -> Result<RateTable, Error> {
    let file = input.file().to_owned();
    let bytes = input.into_bytes()?;
    let mut mark = builder.options().decimal_mark;
    for (place, line) in text(&bytes).lines().enumerate() {
        let line = Line { text: line.trim_end(), number: place as u64 + 1, file: &file };
        if let Some(rest) = line.text.strip_prefix("decimal-mark ") {
            mark = Some(decimal_mark(line, rest)?);
        } else if line.text.starts_with("P ") {
            price(line, mark, &mut builder)?;
        } else if !line.says_nothing() {
            return Err(line.refuse(
                line.text,
                ErrorKind::Syntax { expected: "a price such as P 2024-03-01 EUR 1.08 USD", found: line.text.to_owned() },
            ));
        }
    }
    builder.build()
}

/// A line, its number from 1, and the file.
#[derive(Clone, Copy)]
struct Line<'l> {
    text: &'l str,
    number: u64,
    file: &'l str,
}

impl Line<'_> {
    fn says_nothing(self) -> bool {
        let comment = self.text.starts_with([';', '#', '*', '%', '|']);
        let indented = self.text.starts_with([' ', '\t']);
        self.text.is_empty() || comment || indented || DIRECTIVES.iter().any(|word| self.text.starts_with(word))
    }

    /// An error at a part of the line.
    fn refuse(self, part: &str, kind: ErrorKind) -> Error {
        let offset = (part.as_ptr() as usize).checked_sub(self.text.as_ptr() as usize).and_then(|offset| self.text.get(..offset));
        let column = offset.map(|before| before.chars().count() as u64 + 1);
        Error::from(kind).at(Location { source: self.file.to_owned(), line: Some(self.number), column })
    }
}

fn decimal_mark(line: Line<'_>, rest: &str) -> Result<DecimalMark, Error> {
    match rest.trim() {
        "." => Ok(DecimalMark::Point),
        "," => Ok(DecimalMark::Comma),
        other => Err(line.refuse(rest, ErrorKind::Syntax { expected: "a decimal mark, . or ,", found: other.to_owned() })),
    }
}

fn price(line: Line<'_>, mark: Option<DecimalMark>, builder: &mut Builder<'_>) -> Result<(), Error> {
    let rest = line.text.strip_prefix('P').unwrap_or(line.text).trim_start();
    let (day, rest) = word(rest);
    let expected_date = || ErrorKind::Syntax { expected: "a date such as 2024-03-01", found: day.to_owned() };
    let day = date(day).ok_or_else(|| line.refuse(day, expected_date()))?;
    let rest = skip_time(rest);
    let (commodity, amount) = commodity(rest).ok_or_else(|| line.refuse(rest, expected_price(rest)))?;
    let amount = strip_comment(amount);
    let (unit, number) = split_amount(amount).ok_or_else(|| line.refuse(amount, expected_price(amount)))?;
    let Some(base) = currency(line, commodity)? else {
        builder.pass_over();
        return Ok(());
    };
    let Some(quote) = currency(line, unit)? else {
        return Err(line.refuse(unit, ErrorKind::UnknownCurrency { code: unit.to_owned() }));
    };
    let marks = cell::marks(number, mark).ok_or_else(|| {
        let reason = format!(
            "{number:?} may be a whole number or not: name the decimal mark, such as by a line \"decimal-mark ,\" above it \
            (or by --rates-decimal-mark)"
        );
        line.refuse(number, ErrorKind::TableUnclear { reason })
    })?;
    let rate = cell::number(number, marks).and_then(|rate| cell::positive(rate, number)).map_err(|kind| line.refuse(number, kind))?;
    if base == quote {
        return Err(line.refuse(amount, ErrorKind::TableUnclear { reason: format!("a price of {base} in itself") }));
    }
    builder.day(Entry { pair: CurrencyPair::new(base, quote), rate, line: line.number }, day);
    Ok(())
}

fn expected_price(found: &str) -> ErrorKind {
    ErrorKind::Syntax { expected: "a commodity and its price such as EUR 1.08 USD", found: found.to_owned() }
}

/// `2024-03-01`, `2024/03/01`, `2024.03.01`, the month and day with one digit too.
fn date(text: &str) -> Option<Date> {
    let mut parts = text.split(['-', '/', '.']);
    let mut number = |length: usize| parts.next().filter(|part| part.len() <= length && part.bytes().all(|byte| byte.is_ascii_digit()));
    let (year, month, day) = (number(4)?, number(2)?, number(2)?);
    let date = Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok()?;
    (year.len() == 4 && parts.next().is_none()).then_some(date)
}

fn word(text: &str) -> (&str, &str) {
    let end = text.find(char::is_whitespace).unwrap_or(text.len());
    let (word, rest) = text.split_at_checked(end).unwrap_or((text, ""));
    (word, rest.trim_start())
}

/// What follows a time of day, if there is one.
fn skip_time(text: &str) -> &str {
    let (first, rest) = word(text);
    let is_time = first.contains(':') && first.bytes().all(|byte| byte.is_ascii_digit() || byte == b':');
    if is_time { rest } else { text }
}

/// A commodity, in quotes if its name has blanks or digits, and what follows it.
fn commodity(text: &str) -> Option<(&str, &str)> {
    if let Some(quoted) = text.strip_prefix('"') {
        let (name, rest) = quoted.split_once('"')?;
        return Some((name, rest.trim()));
    }
    let (name, rest) = word(text);
    (!name.is_empty() && !rest.is_empty()).then_some((name, rest))
}

fn strip_comment(amount: &str) -> &str {
    amount.split([';', '#']).next().unwrap_or(amount).trim_end()
}

/// The unit and the number of an amount, whichever stands first.
fn split_amount(amount: &str) -> Option<(&str, &str)> {
    let in_number = |c: char| c.is_ascii_digit() || matches!(c, '.' | ',' | '-');
    let start = amount.find(|c: char| c.is_ascii_digit() || c == '-')?;
    let (before, rest) = amount.split_at_checked(start)?;
    let end = rest.find(|c| !in_number(c)).unwrap_or(rest.len());
    let (number, after) = rest.split_at_checked(end)?;
    let (before, after) = (before.trim().trim_matches('"'), after.trim().trim_matches('"'));
    match (before.is_empty(), after.is_empty()) {
        (false, true) => Some((before, number)),
        (true, false) => Some((after, number)),
        _ => None,
    }
}

/// The currency of a commodity's name or symbol; `None` for what is no currency (a share, hours).
fn currency(line: Line<'_>, name: &str) -> Result<Option<Currency>, Error> {
    if let Some((_, code)) = SYMBOLS.iter().find(|(symbol, _)| *symbol == name) {
        return Currency::from_code(code).map(Some);
    }
    if matches!(name, "¥" | "￥") {
        let reason = "\"¥\" may be yen or yuan: write JPY or CNY".to_owned();
        return Err(line.refuse(name, ErrorKind::TableUnclear { reason }));
    }
    Ok(Currency::from_code(name).ok())
}
