//! `tieout rate`: what one currency costs in another, on a day, over a period, or day by day.

use crate::args::{Format, RateArguments, RoundingArguments};
use crate::failure::{Failure, Status};
use crate::{json, text};
use clap::Args;
use serde::Serialize;
use tieout::{CurrencyPair, Date, GrowthRate, Lag, Leg, Lookup, Period, Rate, RateTable, Ratio};

/// Gives the rate of a pair: BASE/QUOTE, so many units of QUOTE for one of BASE
///
/// Examples:
///   tieout rate USD/CNY --on 2023-05-26
///   tieout rate USD/CNY --on 2023-05-26 --change 1y
///   tieout rate EUR/USD --average 2023-Q1
///   tieout rate EUR/USD --from 2023-05-01 --to 2023-05-31
#[derive(Debug, Args)]
#[command(verbatim_doc_comment)]
pub(crate) struct Arguments {
    /// The pair, BASE/QUOTE
    pub(crate) pair: CurrencyPair,
    #[command(flatten)]
    pub(crate) when: WhenArguments,
    /// Every published day from this one on
    #[arg(long, value_name = "DATE", requires = "to", group = "when")]
    pub(crate) from: Option<Date>,
    /// The last day of the series
    #[arg(long, value_name = "DATE", requires = "from")]
    pub(crate) to: Option<Date>,
    /// The change over a lag too: 1y, 1q, 3m
    #[arg(long, value_name = "LAG", requires = "on")]
    pub(crate) change: Option<Lag>,
    #[command(flatten)]
    pub(crate) rates: RateArguments,
    #[command(flatten)]
    pub(crate) rounding: RoundingArguments,
    /// How the result is printed
    #[arg(long, value_enum, default_value = "text")]
    pub(crate) format: Format,
}

/// The day or period of a rate: there is no "current" one.
#[derive(Debug, Args)]
#[group(id = "when", required = true, multiple = false)]
pub(crate) struct WhenArguments {
    /// The day, YYYY-MM-DD
    #[arg(long, value_name = "DATE")]
    pub(crate) on: Option<Date>,
    /// The period: 2024, 2024-H1, 2024-Q1, 2024-01 or FROM..TO
    #[arg(long, value_name = "PERIOD")]
    pub(crate) average: Option<Period>,
}

/// Which rate is asked for, of which table.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Question<'t> {
    /// The table.
    pub(crate) table: &'t RateTable,
    /// The pair.
    pub(crate) pair: CurrencyPair,
    /// How far back a lookup may go.
    pub(crate) lookup: Lookup,
}

/// A rate with where it comes from.
#[derive(Debug, Serialize)]
pub(crate) struct Answer {
    base: String,
    quote: String,
    asked: String,
    date: Option<String>,
    age_days: Option<i64>,
    kind: &'static str,
    rate: String,
    /// How many days an average is over.
    #[serde(skip_serializing_if = "Option::is_none")]
    days: Option<u32>,
    legs: Vec<LegObject>,
    /// The exact value.
    #[serde(skip)]
    pub(crate) value: Ratio,
    /// Where it comes from, for people.
    #[serde(skip)]
    pub(crate) provenance: Vec<String>,
}

/// One published rate.
#[derive(Debug, Serialize)]
struct LegObject {
    base: String,
    quote: String,
    rate: String,
    date: String,
    source: String,
    line: u32,
}

/// The object of `--format json` for one day or period.
#[derive(Debug, Serialize)]
pub(crate) struct Object {
    schema: &'static str,
    #[serde(flatten)]
    answer: Answer,
    #[serde(skip_serializing_if = "Option::is_none")]
    change: Option<Change>,
}

/// The change of a rate over a lag.
#[derive(Debug, Serialize)]
pub(crate) struct Change {
    prior: Answer,
    percent: String,
}

/// The object of `--format json` for a series.
#[derive(Debug, Serialize)]
pub(crate) struct Series {
    schema: &'static str,
    base: String,
    quote: String,
    from: String,
    to: String,
    rates: Vec<Answer>,
}

const SCHEMA: &str = "tieout.rate/1";

/// The object of `--format json`: one rate, or a series.
#[derive(Debug, Serialize)]
#[serde(untagged)]
pub(crate) enum Found {
    /// Of a day or a period.
    One(Box<Object>),
    /// Of every published day between two.
    Series(Series),
}

/// Runs the command.
pub(crate) fn run(arguments: &Arguments) -> Result<Status, Failure> {
    let table = arguments.rates.table()?;
    let found = answer(arguments, &table)?;
    match arguments.format {
        Format::Json => json::print(&found)?,
        Format::Text => text::print(&found.lines())?,
    }
    Ok(Status::Clean)
}

/// What the table says.
pub(crate) fn answer(arguments: &Arguments, table: &RateTable) -> Result<Found, Failure> {
    let question = Question { table, pair: arguments.pair, lookup: arguments.rates.lookup() };
    if let (Some(from), Some(to)) = (arguments.from, arguments.to) {
        return Ok(Found::Series(series(&question, from, to)?));
    }
    let answer = arguments.when.answer(&question)?;
    let change = arguments.change.map(|lag| Change::over(lag, &answer, &question, arguments)).transpose()?;
    Ok(Found::One(Box::new(Object { schema: SCHEMA, answer, change })))
}

fn series(question: &Question<'_>, from: Date, to: Date) -> Result<Series, Failure> {
    if from > to {
        return Err(Failure::CouldNotRun(format!("--from {from} is after --to {to}")));
    }
    let rates = question.table.daily(question.pair, from, to).map(|rate| Answer::spot(&rate)).collect::<Result<Vec<_>, _>>()?;
    if rates.is_empty() {
        // Asking for the last day says which currency or days are missing.
        question.table.rate(question.pair, to, &Lookup::within_days(0))?;
    }
    let (base, quote) = (question.pair.base.to_string(), question.pair.quote.to_string());
    Ok(Series { schema: SCHEMA, base, quote, from: from.to_string(), to: to.to_string(), rates })
}

impl Found {
    fn lines(&self) -> Vec<String> {
        match self {
            Found::Series(series) => series.rates.iter().map(Answer::line).collect(),
            Found::One(object) => {
                let mut lines = vec![object.answer.line()];
                lines.extend(object.answer.provenance.iter().cloned());
                lines.extend(object.change.iter().map(|change| format!("{}% against {}", change.percent, change.prior.line())));
                lines
            }
        }
    }
}

impl WhenArguments {
    /// The rate of the day, or the average of the period.
    pub(crate) fn answer(&self, question: &Question<'_>) -> Result<Answer, Failure> {
        match (self.on, self.average) {
            (Some(on), _) => Answer::spot(&question.table.rate(question.pair, on, &question.lookup)?),
            (None, Some(period)) => Answer::average(question, period),
            (None, None) => Err(Failure::CouldNotRun("a rate needs a day or a period: --on DATE or --average PERIOD".to_owned())),
        }
    }
}

impl Answer {
    fn spot(rate: &Rate<'_>) -> Result<Answer, Failure> {
        let pair = rate.pair();
        Ok(Answer {
            base: pair.base.to_string(),
            quote: pair.quote.to_string(),
            asked: rate.asked().to_string(),
            date: Some(rate.date().to_string()),
            age_days: Some(rate.age_days()),
            kind: "spot",
            rate: json::rate(&rate.value())?.to_string(),
            days: None,
            legs: rate.legs().map(LegObject::of).collect(),
            value: rate.value(),
            provenance: rate.legs().map(text::leg).collect(),
        })
    }

    fn average(question: &Question<'_>, period: Period) -> Result<Answer, Failure> {
        let mean = question.table.average(question.pair, period)?;
        Ok(Answer {
            base: question.pair.base.to_string(),
            quote: question.pair.quote.to_string(),
            asked: period.to_string(),
            date: Some(period.last_day().to_string()),
            age_days: None,
            kind: "average",
            rate: json::rate(&mean.value)?.to_string(),
            days: Some(mean.days),
            legs: Vec::new(),
            provenance: vec![format!("  the mean of {} daily rates, {}", mean.days, question.table.source())],
            value: mean.value,
        })
    }

    /// The rate in a line.
    pub(crate) fn line(&self) -> String {
        let published = self.value.to_decimal().map(|rate| rate.to_string()).filter(|rate| rate.len() < self.rate.len());
        let pair = format!("{}/{} {}", self.base, self.quote, published.as_ref().unwrap_or(&self.rate));
        match (&self.date, self.age_days) {
            (Some(date), Some(0)) => format!("{pair} on {date}"),
            (Some(date), Some(1)) => format!("{pair} on {date}, 1 day before {}", self.asked),
            (Some(date), Some(age)) => format!("{pair} on {date}, {age} days before {}", self.asked),
            _ => format!("{pair} on average in {}", self.asked),
        }
    }
}

impl LegObject {
    fn of(leg: Leg<'_>) -> LegObject {
        LegObject {
            base: leg.pair.base.to_string(),
            quote: leg.pair.quote.to_string(),
            rate: leg.rate.to_string(),
            date: leg.date.to_string(),
            source: leg.source.to_owned(),
            line: leg.line,
        }
    }
}

impl Change {
    fn over(lag: Lag, answer: &Answer, question: &Question<'_>, arguments: &Arguments) -> Result<Change, Failure> {
        let on = arguments.when.on.and_then(|on| Period::day(on).before(lag)).map(|day| day.first_day());
        let on = on.ok_or_else(|| Failure::CouldNotRun("--change: there is no day so far back".to_owned()))?;
        let prior = Answer::spot(&question.table.rate(question.pair, on, &question.lookup)?)?;
        // OK because a rate is positive.
        let change =
            GrowthRate::between(prior.value.clone(), answer.value.clone()).map_err(|error| Failure::NoAnswer(error.to_string()))?;
        let percent = change.as_percent();
        let decimals = match arguments.format {
            Format::Json => json::decimals(&percent, 2),
            Format::Text => 2,
        };
        let percent = arguments.rounding.round(&percent, arguments.rounding.decimals_or(decimals))?.value.to_string();
        Ok(Change { prior, percent })
    }
}
