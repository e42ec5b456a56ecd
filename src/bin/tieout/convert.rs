//! `tieout convert`: one amount in another currency.

use crate::args::{Format, LanguageArguments, RateArguments, RoundingArguments};
use crate::failure::{Failure, Status};
use crate::rate::{Answer, AverageArguments, Question, WhenArguments};
use crate::{json, text};
use clap::Args;
use serde::Serialize;
use tieout::{Currency, CurrencyPair, Decimal, RateTable, Rounded, TypedFigure};

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
    pub(crate) amount: String,
    /// The code of the currency to convert to
    pub(crate) to: Currency,
    #[command(flatten)]
    pub(crate) when: WhenArguments,
    #[command(flatten)]
    pub(crate) average: AverageArguments,
    #[command(flatten)]
    pub(crate) rates: RateArguments,
    #[command(flatten)]
    pub(crate) rounding: RoundingArguments,
    #[command(flatten)]
    pub(crate) language: LanguageArguments,
    /// How the result is printed
    #[arg(long, value_enum, default_value = "text")]
    pub(crate) format: Format,
}

/// The object of `--format json`.
#[derive(Debug, Serialize)]
pub(crate) struct Object {
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
    let table = arguments.rates.table()?;
    let converted = Converted::of(arguments, &table)?;
    match arguments.format {
        Format::Json => json::print(&converted.object())?,
        Format::Text => text::print(&converted.lines())?,
    }
    Ok(Status::Clean)
}

/// The object of `--format json`.
#[cfg(feature = "serve")]
pub(crate) fn answer(arguments: &Arguments, table: &RateTable) -> Result<Object, Failure> {
    Ok(Converted::of(arguments, table)?.object())
}

/// A conversion with all that is said of it.
struct Converted {
    rate: Answer,
    amount: Decimal,
    from: Currency,
    to: Currency,
    converted: Rounded,
}

impl Converted {
    fn of(arguments: &Arguments, table: &RateTable) -> Result<Converted, Failure> {
        let figure = arguments.language.figure("AMOUNT", &arguments.amount)?;
        let (amount, from) = money(&figure, &arguments.amount)?;
        let pair = CurrencyPair::new(from, arguments.to);
        let question = Question { table, pair, lookup: arguments.rates.lookup(), method: arguments.average.method(&arguments.when)? };
        let rate = arguments.when.answer(&question)?;
        let decimals = arguments.rounding.decimals_or(arguments.to.minor_units().map_or(NO_MINOR_UNITS, i32::from));
        let converted = arguments.rounding.round(&(&figure.value() * &rate.value), decimals)?;
        Ok(Converted { rate, amount, from, to: arguments.to, converted })
    }

    fn object(self) -> Object {
        Object {
            schema: "tieout.convert/1",
            rate: self.rate,
            amount: self.amount.to_string(),
            from: self.from.to_string(),
            to: self.to.to_string(),
            converted: self.converted.value.to_string(),
            exact: self.converted.exact,
        }
    }

    fn lines(&self) -> Vec<String> {
        let converted = format!("{} {}", self.to, text::grouped(self.converted.value));
        let mut lines = vec![converted, format!("{} {} at {}", self.from, text::grouped(self.amount), self.rate.line())];
        lines.extend(self.rate.provenance.iter().cloned());
        lines
    }
}

/// The amount and its currency, which must be named.
fn money(figure: &TypedFigure, text: &str) -> Result<(Decimal, Currency), Failure> {
    let currency = figure.currency().map_err(|error| Failure::CouldNotRun(format!("AMOUNT: {error}; write the code")))?;
    let currency =
        currency.ok_or_else(|| Failure::CouldNotRun(format!("AMOUNT: no currency in {text:?}: write its code, as in \"CNY 59.5bn\"")))?;
    let amount = figure.to_decimal().ok_or_else(|| Failure::CouldNotRun(format!("AMOUNT: {text:?} does not fit a decimal")))?;
    Ok((amount, currency))
}
