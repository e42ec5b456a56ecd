//! The canonical long form, a row for each rate: `date,base,quote,rate[,kind][,source]`, and the names that others use.
//!
//! `date` is a day or a period (`2024-03`, `2024-Q1`, `2024`); `kind` is spot (default), average or closing. A spot rate
//! of a period is fixed for every day of it. Rows of several sources make a table of several sources, the first one
//! first. Columns of other names are passed over, but for a unit: 100 there means that a hundred of the base cost the
//! rate.
//!
//! Semicolons and tabs may stand between the fields. What is a decimal mark and what groups digits is then not known: a
//! number that could be read both ways needs one before it that tells, or the caller to say.

use super::super::build::{Builder, Entry};
use super::super::dating::Basis;
use super::super::input::{Input, text};
use super::super::read::DecimalMark;
use super::super::table::RateTable;
use super::cell::{self, Marks, PLAIN};
use super::rows::{Row, Rows, names, position};
use crate::currency::{Currency, CurrencyPair};
use crate::error::{Error, ErrorKind};

const DATE: [&str; 3] = ["date", "period", "time_period"];
const BASE: [&str; 4] = ["base", "from", "ccy1", "base_currency"];
const QUOTE: [&str; 5] = ["quote", "to", "target", "ccy2", "quote_currency"];
const PAIR: [&str; 4] = ["pair", "symbol", "currency_pair", "ticker"];
const UNIT: [&str; 5] = ["unit", "units", "nominal", "per", "multiplier"];
const RATE: [&str; 6] = ["rate", "value", "mid", "close", "price", "exchange_rate"];

/// Which columns name the currencies.
#[derive(Debug, Clone, Copy)]
enum Currencies {
    /// One for the base, one for the quote.
    Two(usize, usize),
    /// `EURUSD`, `EUR/USD`, `EUR-USD` or `EURUSD=X`.
    Pair(usize),
    /// The quote alone; the caller names the base.
    Quote(usize),
}

struct Columns {
    date: usize,
    currencies: Currencies,
    rate: usize,
    unit: Option<usize>,
    amount: Option<usize>,
    kind: Option<usize>,
    source: Option<usize>,
    len: usize,
}

/// How the numbers of a file are written, as far as is known.
struct Numbers {
    /// Whether commas stand between the fields, so that a number has a point.
    in_commas: bool,
    known: Option<DecimalMark>,
}

impl Numbers {
    /// The marks of a number; `None` where these cannot be told. The first number that tells settles the file.
    fn marks(&mut self, text: &str) -> Option<Marks> {
        let plain = cell::is_missing(text) || !text.contains(['.', ',']);
        match self.known {
            Some(_) => return cell::marks(text, self.known),
            None if self.in_commas => return (!text.contains(',')).then_some(PLAIN),
            None if plain => return Some(PLAIN),
            None => {}
        }
        // A lone point may group digits here as a lone comma may, so it is judged in its place.
        let swapped = !text.contains(',');
        let twin = if swapped { text.replace('.', ",") } else { text.to_owned() };
        let comma_is_decimal = cell::marks(&twin, None)?.decimal == ',';
        self.known = Some(if comma_is_decimal == swapped { DecimalMark::Point } else { DecimalMark::Comma });
        cell::marks(text, self.known)
    }
}

fn first(header: &[String], names: &[&str]) -> Option<usize> {
    names.iter().find_map(|name| position(header, name))
}

impl Columns {
    fn of(header: &[String]) -> Option<Columns> {
        let source = position(header, "source");
        // Beside a target, "source" is the currency one comes from.
        let from = first(header, &BASE).or(source.filter(|_| position(header, "target").is_some()));
        let currencies = match (from, first(header, &QUOTE), first(header, &PAIR), position(header, "currency")) {
            (Some(base), Some(quote), _, _) => Currencies::Two(base, quote),
            (_, _, Some(pair), _) => Currencies::Pair(pair),
            (_, _, _, Some(quote)) => Currencies::Quote(quote),
            _ => return None,
        };
        Some(Columns {
            date: first(header, &DATE)?,
            currencies,
            rate: first(header, &RATE)?,
            unit: first(header, &UNIT),
            amount: position(header, "amount"),
            kind: position(header, "kind"),
            source: source.filter(|source| Some(*source) != from),
            len: header.len(),
        })
    }
}

/// What stands between the fields of a header that has what the form needs.
pub(super) fn delimiter(header: &str) -> Option<u8> {
    let name = |field: &str| field.trim().trim_matches('"').to_owned();
    [',', ';', '\t']
        .into_iter()
        .find(|mark| Columns::of(&header.split(*mark).map(name).collect::<Vec<_>>()).is_some())
        .map(|mark| mark as u8)
}

pub(super) fn read(input: Input<'_>, builder: Builder<'_>) -> Result<RateTable, Error> {
    let delimiter = text(input.head()).lines().map(str::trim).find(|line| !line.is_empty()).and_then(delimiter).unwrap_or(b',');
    let mut numbers = Numbers { in_commas: delimiter == b',', known: builder.options().decimal_mark };
    let mut rows = Rows::new(input, delimiter);
    let header = rows.required("a header such as date,base,quote,rate")?;
    let unclear = || ErrorKind::TableUnclear { reason: "the header needs a date, two currencies or a pair, and a rate".to_owned() };
    let columns = Columns::of(&names(header)).ok_or_else(|| header.refuse(0, unclear()))?;
    let mut sources = vec![builder];
    while let Some(row) = rows.next()? {
        row.expect_len(columns.len)?;
        if let Some(builder) = of_source(&mut sources, columns.source.map(|column| row.text(column))) {
            add(row, &columns, &mut numbers, builder)?;
        }
    }
    layered(sources)
}

/// The builder of a row's source. Rows that name none belong to the file.
fn of_source<'s, 'o>(sources: &'s mut Vec<Builder<'o>>, name: Option<std::borrow::Cow<'_, str>>) -> Option<&'s mut Builder<'o>> {
    let Some(name) = name.filter(|name| !name.is_empty()) else { return sources.first_mut() };
    let place = sources.iter().position(|builder| builder.source() == name);
    let place = match place {
        Some(place) => place,
        None => {
            sources.push(sources.first()?.beside(&name));
            sources.len() - 1
        }
    };
    sources.get_mut(place)
}

/// The tables of the sources, the first one first; the file's own only if any row belongs to it.
fn layered(sources: Vec<Builder<'_>>) -> Result<RateTable, Error> {
    let own_is_empty = sources.first().is_some_and(Builder::is_empty) && sources.len() > 1;
    let tables: Result<Vec<RateTable>, Error> = sources.into_iter().skip(usize::from(own_is_empty)).map(Builder::build).collect();
    Ok(tables?.into_iter().rev().reduce(|below, above| above.with_fallback(below)).unwrap_or_default())
}

fn add(row: Row<'_>, columns: &Columns, numbers: &mut Numbers, builder: &mut Builder<'_>) -> Result<(), Error> {
    let text = row.text(columns.date);
    let wrong = || ErrorKind::Syntax {
        expected: "a date such as 2023-05-26, or a period such as 2023-05, 2023-Q2 or 2023",
        found: text.to_string(),
    };
    let period = cell::period(&text).ok_or_else(|| row.refuse(columns.date, wrong()))?;
    let pair = pair(row, columns.currencies, builder)?;
    let basis = match columns.kind.map(|kind| (kind, row.text(kind))) {
        None => Basis::Spot,
        Some((_, text)) if text.is_empty() => Basis::Spot,
        Some((kind, text)) => text.to_ascii_lowercase().parse().map_err(|error: Error| error.at(row.place(kind)))?,
    };
    let number = row.text(columns.rate);
    let marks = numbers.marks(&number).ok_or_else(|| {
        let reason = format!("{number:?} may be a whole number or not: name the decimal mark (--rates-decimal-mark)");
        row.refuse(columns.rate, ErrorKind::TableUnclear { reason })
    })?;
    if let Some(rate) = row.rate(columns.rate, marks, -power(row, columns)?)? {
        builder.period(Entry { pair, rate, line: row.line() }, period, basis);
    }
    Ok(())
}

/// The power of ten of the units of the base that cost the rate.
///
/// An amount may be the unit (100 yen cost 0.61 euro) or what was converted: only 1 is the same in both.
fn power(row: Row<'_>, columns: &Columns) -> Result<i32, Error> {
    let of = |column: usize| {
        let text = row.text(column);
        let wrong = || row.refuse(column, ErrorKind::Syntax { expected: "a unit such as 1 or 100", found: text.to_string() });
        if text.is_empty() { Ok(0) } else { cell::units(&text).ok_or_else(wrong) }
    };
    if let Some(column) = columns.unit {
        return of(column);
    }
    let amount = columns.amount.filter(|amount| !matches!(cell::units(&row.text(*amount)), Some(0)) && !row.text(*amount).is_empty());
    amount.map_or(Ok(0), |column| {
        let reason = format!("does the rate cost {} units or one? call the column unit if it does, else leave it out", row.text(column));
        Err(row.refuse(column, ErrorKind::TableUnclear { reason }))
    })
}

fn pair(row: Row<'_>, currencies: Currencies, builder: &Builder<'_>) -> Result<CurrencyPair, Error> {
    let (pair, column) = match currencies {
        Currencies::Two(base, quote) => (CurrencyPair::new(row.currency(base)?, row.currency(quote)?), quote),
        Currencies::Pair(column) => {
            let text = row.text(column);
            let (base, quote) = halves(&text)
                .ok_or_else(|| row.refuse(column, ErrorKind::Syntax { expected: "a pair such as EUR/USD", found: text.to_string() }))?;
            let code = |code| Currency::from_code(code).map_err(|error| error.at(row.place(column)));
            (CurrencyPair::new(code(base)?, code(quote)?), column)
        }
        Currencies::Quote(column) => {
            let reason = "the table names one currency only: name the base, one unit of which costs the rate (--rates-base)";
            let base = builder.options().base.ok_or_else(|| row.refuse(column, ErrorKind::TableUnclear { reason: reason.to_owned() }))?;
            (CurrencyPair::new(base, row.currency(column)?), column)
        }
    };
    if pair.base == pair.quote {
        return Err(row.refuse(column, ErrorKind::TableUnclear { reason: format!("a rate of {} in itself", pair.base) }));
    }
    Ok(pair)
}

/// The codes of a pair, with or without something between them.
fn halves(text: &str) -> Option<(&str, &str)> {
    let text = text.strip_suffix("=X").unwrap_or(text);
    let (base, rest) = text.split_at_checked(3)?;
    let quote = rest.strip_prefix(['/', '-', '_', ' ', '.']).unwrap_or(rest);
    (quote.len() == 3).then_some((base, quote))
}
