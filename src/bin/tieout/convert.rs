//! `tieout convert`: one amount in another currency.

use crate::args::{Format, LanguageArguments, RateArguments, RoundingArguments};
use crate::failure::{Failure, Status};
use crate::rate::{Answer, AverageArguments, Question, WhenArguments};
use crate::{json, text};
use clap::Args;
use serde::Serialize;
use tieout::{Currency, CurrencyPair, Decimal, Rounded, TypedFigure};

/// Converts one amount at the rate of a day or the average of a period
///
/// Examples:
///   tieout convert "CNY 59.5bn" USD --on 2023-05-26
///   tieout convert "59,5 Md€" USD --average 2023-Q1 --lang fr
#[derive(Debug, Args)]
#[command(verbatim_doc_comment)]
pub(crate) struct Arguments {
    /// The amount with its currency: "CNY 59.5bn"
    #[arg(allow_hyphen_values = true)]
    amount: String,
    /// The code of the currency to convert to
    to: Currency,
    #[command(flatten)]
    when: WhenArguments,
    #[command(flatten)]
    average: AverageArguments,
    #[command(flatten)]
    rates: RateArguments,
    #[command(flatten)]
    rounding: RoundingArguments,
    #[command(flatten)]
    language: LanguageArguments,
    /// How the result is printed
    #[arg(long, value_enum, default_value = "text")]
    format: Format,
}

/// The object of `--format json`.
#[derive(Debug, Serialize)]
struct Object {
    schema: &'static str,
    #[serde(flatten)]
    rate: Answer,
    amount: String,
    from: String,
    to: String,
    converted: String,
    exact: bool,
}

/// The decimals of a currency without minor units: gold, the SDR.
const NO_MINOR_UNITS: i32 = 6;

/// Runs the command.
pub(crate) fn run(arguments: &Arguments) -> Result<Status, Failure> {
    let figure = arguments.language.figure("AMOUNT", &arguments.amount)?;
    let (amount, from) = money(&figure, &arguments.amount)?;
    let table = arguments.rates.table()?;
    let pair = CurrencyPair::new(from, arguments.to);
    let question = Question { table: &table, pair, lookup: arguments.rates.lookup(), method: arguments.average.method(&arguments.when)? };
    let rate = arguments.when.answer(&question)?;
    let decimals = arguments.rounding.decimals_or(arguments.to.minor_units().map_or(NO_MINOR_UNITS, i32::from));
    let converted = arguments.rounding.round(&(&figure.value() * &rate.value), decimals)?;
    match arguments.format {
        Format::Json => json::print(&object(rate, amount, from, arguments.to, converted))?,
        Format::Text => text::print(&lines(&rate, amount, from, arguments.to, converted))?,
    }
    Ok(Status::Clean)
}

/// The amount and its currency, which must be named.
fn money(figure: &TypedFigure, text: &str) -> Result<(Decimal, Currency), Failure> {
    let currency = figure.currency().map_err(|error| Failure::CouldNotRun(format!("AMOUNT: {error}; write the code")))?;
    let currency =
        currency.ok_or_else(|| Failure::CouldNotRun(format!("AMOUNT: no currency in {text:?}: write its code, as in \"CNY 59.5bn\"")))?;
    let amount = figure.to_decimal().ok_or_else(|| Failure::CouldNotRun(format!("AMOUNT: {text:?} does not fit a decimal")))?;
    Ok((amount, currency))
}

fn object(rate: Answer, amount: Decimal, from: Currency, to: Currency, converted: Rounded) -> Object {
    Object {
        schema: "tieout.convert/1",
        rate,
        amount: amount.to_string(),
        from: from.to_string(),
        to: to.to_string(),
        converted: converted.value.to_string(),
        exact: converted.exact,
    }
}

fn lines(rate: &Answer, amount: Decimal, from: Currency, to: Currency, converted: Rounded) -> Vec<String> {
    let mut lines =
        vec![format!("{to} {}", text::grouped(converted.value)), format!("{from} {} at {}", text::grouped(amount), rate.line())];
    lines.extend(rate.provenance.iter().cloned());
    lines
}
