//! `tieout growth`: how much a figure grew, and what its printed digits leave open.

use crate::args::{Format, LanguageArguments, RoundingArguments};
use crate::failure::{Failure, Status};
use crate::{json, text};
use clap::Args;
use serde::Serialize;
use tieout::{Claim, Decimal, ErrorKind, GrowthRate, Interval, NotMeaningful, Operand, Reading, Relation, Role, RoundingMode, TypedFigure};

/// Computes the growth from a prior figure to a current one
///
/// Examples:
///   tieout growth 73351.5 59477.1
///   tieout growth "CNY 73.4bn" "CNY 59.5bn"
#[derive(Debug, Args)]
#[command(verbatim_doc_comment)]
pub(crate) struct Arguments {
    /// The earlier figure
    #[arg(allow_hyphen_values = true)]
    pub(crate) prior: String,
    /// The later figure
    #[arg(allow_hyphen_values = true)]
    pub(crate) current: String,
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
    prior: String,
    current: String,
    change: String,
    growth_percent: Option<String>,
    low: Option<String>,
    high: Option<String>,
    exact: bool,
    /// Why there is no growth.
    not_meaningful: Option<String>,
}

/// The decimals of a growth in percent.
const PERCENT_DECIMALS: i32 = 2;

/// A growth that means something.
struct Percent {
    value: Decimal,
    exact: bool,
    low: Option<Decimal>,
    high: Option<Decimal>,
}

/// Runs the command.
pub(crate) fn run(arguments: &Arguments) -> Result<Status, Failure> {
    let grown = Grown::of(arguments)?;
    match arguments.format {
        Format::Json => json::print(&grown.object())?,
        Format::Text => text::print(&grown.lines())?,
    }
    Ok(Status::Clean)
}

/// The object of `--format json`.
#[cfg(feature = "serve")]
pub(crate) fn answer(arguments: &Arguments) -> Result<Object, Failure> {
    Ok(Grown::of(arguments)?.object())
}

/// Two figures and what lies between them.
struct Grown {
    prior: Decimal,
    current: Decimal,
    change: Decimal,
    growth: Result<Percent, NotMeaningful>,
}

impl Grown {
    fn of(arguments: &Arguments) -> Result<Grown, Failure> {
        let prior = arguments.language.figure("PRIOR", &arguments.prior)?;
        let current = arguments.language.figure("CURRENT", &arguments.current)?;
        same_currency(&prior, &current)?;
        let decimals = prior.decimals().max(current.decimals()).max(0);
        let change = arguments.rounding.round(&(&current.value() - &prior.value()), decimals)?.value;
        let growth = growth(&prior, &current, arguments)?;
        Ok(Grown { prior: plain(&prior, &arguments.prior)?, current: plain(&current, &arguments.current)?, change, growth })
    }

    fn object(&self) -> Object {
        let percent = self.growth.as_ref().ok();
        Object {
            schema: "tieout.growth/1",
            prior: self.prior.to_string(),
            current: self.current.to_string(),
            change: self.change.to_string(),
            growth_percent: percent.map(|percent| percent.value.to_string()),
            low: percent.and_then(|percent| percent.low).map(|low| low.to_string()),
            high: percent.and_then(|percent| percent.high).map(|high| high.to_string()),
            exact: percent.is_some_and(|percent| percent.exact),
            not_meaningful: self.growth.as_ref().err().map(ToString::to_string),
        }
    }

    fn lines(&self) -> Vec<String> {
        let step = format!("from {} to {}: {}", text::grouped(self.prior), text::grouped(self.current), text::grouped(self.change));
        match &self.growth {
            Err(reason) => vec![format!("not meaningful: {reason}"), step],
            Ok(percent) => {
                let end = |end: Option<Decimal>| end.map_or("no end".to_owned(), |end| format!("{end}%"));
                vec![
                    format!("{}%", percent.value),
                    step,
                    format!("read as printed, between {} and {}", end(percent.low), end(percent.high)),
                ]
            }
        }
    }
}

fn same_currency(prior: &TypedFigure, current: &TypedFigure) -> Result<(), Failure> {
    match (prior.currency(), current.currency()) {
        (Ok(Some(left)), Ok(Some(right))) if left != right => {
            Err(tieout::Error::from(ErrorKind::CurrencyMismatch { left: left.to_string(), right: right.to_string() }).into())
        }
        // A symbol that several currencies share contradicts none.
        _ => Ok(()),
    }
}

fn growth(prior: &TypedFigure, current: &TypedFigure, arguments: &Arguments) -> Result<Result<Percent, NotMeaningful>, Failure> {
    let percent = match GrowthRate::between(prior.value(), current.value()) {
        Ok(growth) => growth.as_percent(),
        Err(reason) => return Ok(Err(reason)),
    };
    let default = if arguments.format == Format::Json { json::decimals(&percent, PERCENT_DECIMALS) } else { PERCENT_DECIMALS };
    let decimals = arguments.rounding.decimals_or(default);
    let operand = |figure: &TypedFigure| Operand::printed(&figure.printed(), Reading::Nearest);
    let claim = Claim::new(Relation::Growth).with(Role::Prior, operand(prior)).with(Role::Current, operand(current));
    let interval = claim.estimate(Role::Growth).map_or(Interval::ALL, |estimate| estimate.interval);
    let interval = interval.mul(&Interval::point(100.into()));
    let rounded = arguments.rounding.round(&percent, decimals)?;
    Ok(Ok(Percent {
        value: rounded.value,
        exact: rounded.exact,
        low: json::end(interval.low(), decimals, RoundingMode::Floor)?,
        high: json::end(interval.high(), decimals, RoundingMode::Ceiling)?,
    }))
}

/// A figure as a plain number.
pub(crate) fn plain(figure: &TypedFigure, text: &str) -> Result<Decimal, Failure> {
    figure.to_decimal().ok_or_else(|| Failure::CouldNotRun(format!("{text:?} does not fit a decimal")))
}
