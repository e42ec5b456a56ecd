//! `tieout implied`: what must have stood there a period earlier.

use crate::args::{Format, LanguageArguments, RoundingArguments};
use crate::failure::{Failure, Status};
use crate::growth::plain;
use crate::{json, text};
use clap::Args;
use serde::Serialize;
use tieout::{Claim, Decimal, Estimate, Operand, Ratio, Reading, Relation, Role, RoundingMode, TypedFigure, TypedUnit};

/// Computes the prior figure that a current figure and its change imply
///
/// Examples:
///   tieout implied "CNY 59.5bn" -18.9%
///   tieout implied 13.8 12.3
#[derive(Debug, Args)]
#[command(verbatim_doc_comment)]
pub(crate) struct Arguments {
    /// The current figure
    #[arg(allow_hyphen_values = true)]
    pub(crate) current: String,
    /// The change in percent: -18.9%
    #[arg(allow_hyphen_values = true)]
    pub(crate) change: String,
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
    current: String,
    growth_percent: String,
    prior: String,
    low: Option<String>,
    high: Option<String>,
    unit: Option<String>,
    exact: bool,
}

/// Runs the command.
pub(crate) fn run(arguments: &Arguments) -> Result<Status, Failure> {
    let object = answer(arguments)?;
    match arguments.format {
        Format::Json => json::print(&object)?,
        Format::Text => text::print(&lines(&object)?)?,
    }
    Ok(Status::Clean)
}

/// The object of `--format json`.
pub(crate) fn answer(arguments: &Arguments) -> Result<Object, Failure> {
    let current = arguments.language.figure("CURRENT", &arguments.current)?;
    let change = arguments.language.figure("CHANGE", &arguments.change)?;
    if !matches!(change.unit, TypedUnit::Plain | TypedUnit::Percent) {
        return Err(Failure::CouldNotRun(format!("CHANGE: expected a percent such as -18.9%, found {:?}", arguments.change)));
    }
    object(&current, &change, arguments)
}

fn object(current: &TypedFigure, change: &TypedFigure, arguments: &Arguments) -> Result<Object, Failure> {
    let percent = change.printed().scaled(&Ratio::power_of_ten(-2));
    let claim = Claim::new(Relation::Growth)
        .with(Role::Current, Operand::printed(&current.printed(), Reading::Nearest))
        .with(Role::Growth, Operand::printed(&percent, Reading::Nearest));
    let Some(Estimate { value: Some(prior), interval, .. }) = claim.estimate(Role::Prior) else {
        return Err(Failure::NoAnswer("a change of -100% leaves no prior: every prior leads to zero".to_owned()));
    };
    let decimals = arguments.rounding.decimals_or(json::decimals(&prior, current.decimals().saturating_add(2)));
    let rounded = arguments.rounding.round(&prior, decimals)?;
    let end = |end, outward| Ok::<_, Failure>(json::end(end, decimals, outward)?.map(|end| end.to_string()));
    Ok(Object {
        schema: "tieout.implied/1",
        current: plain(current, &arguments.current)?.to_string(),
        growth_percent: plain(change, &arguments.change)?.to_string(),
        prior: rounded.value.to_string(),
        low: end(interval.low(), RoundingMode::Floor)?,
        high: end(interval.high(), RoundingMode::Ceiling)?,
        unit: current.currency().ok().flatten().map(|currency| currency.to_string()),
        exact: rounded.exact,
    })
}

fn lines(object: &Object) -> Result<Vec<String>, Failure> {
    let unit = object.unit.as_ref().map_or(String::new(), |unit| format!("{unit} "));
    let show = |number: &str| number.parse::<Decimal>().map_or(number.to_owned(), text::grouped);
    let end = |end: &Option<String>| end.as_ref().map_or("no end".to_owned(), |end| show(end));
    Ok(vec![
        format!("{unit}{}", show(&object.prior)),
        format!("{unit}{} after {}%", show(&object.current), object.growth_percent),
        format!("read as printed, between {} and {}", end(&object.low), end(&object.high)),
    ])
}
