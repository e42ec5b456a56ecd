//! `tieout rate`: what one currency costs in another, on a day, over a period, or day by day.

use crate::args::{Format, RateArguments, RoundingArguments};
use crate::failure::{Failure, Status};
use crate::{json, text};
use clap::Args;
use serde::Serialize;
use tieout::{AverageMethod, AverageRate, CurrencyPair, Date, GrowthRate, Lag, Leg, Lookup, Observation, Period, Rate, RateTable, Ratio};

/// Gives the rate of a pair: BASE/QUOTE, so many units of QUOTE for one of BASE
///
/// Examples:
///   tieout rate USD/CNY --on 2023-05-26
///   tieout rate USD/CNY --on 2023-05-26 --change 1y
///   tieout rate EUR/USD --average 2023-Q1
///   tieout rate USD/CNY --average 2024 --method cross-of-means
///   tieout rate USD/CNY --closing 2024-Q1
///   tieout rate USD/CNY --on 2023-05-28 --on-missing interpolate
///   tieout rate EUR/USD --from 2023-05-01 --to 2023-05-31
#[derive(Debug, Args)]
#[command(verbatim_doc_comment)]
pub(crate) struct Arguments {
    /// The pair, BASE/QUOTE
    pub(crate) pair: CurrencyPair,
    #[command(flatten)]
    pub(crate) when: WhenArguments,
    #[command(flatten)]
    pub(crate) average: AverageArguments,
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
    /// The average of a period: 2024, 2024-H1, 2024-Q1, 2024-01 or FROM..TO
    #[arg(long, value_name = "PERIOD")]
    pub(crate) average: Option<Period>,
    /// The last rate of a period
    #[arg(long, value_name = "PERIOD")]
    pub(crate) closing: Option<Period>,
}

/// How an average is taken.
#[derive(Debug, Default, Args)]
pub(crate) struct AverageArguments {
    /// How the average is taken: mean (of the daily rates, the default), cross-of-means, harmonic, or published (by the
    /// source itself)
    #[arg(long, value_name = "METHOD")]
    pub(crate) method: Option<AverageMethod>,
}

impl AverageArguments {
    /// The method, which only an average has.
    pub(crate) fn method(&self, when: &WhenArguments) -> Result<AverageMethod, Failure> {
        if self.method.is_some() && when.average.is_none() {
            return Err(Failure::CouldNotRun("--method says how an average is taken: give its period by --average".to_owned()));
        }
        Ok(self.method.unwrap_or_default())
    }
}

/// Which rate is asked for, of which table.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Question<'t> {
    /// The table.
    pub(crate) table: &'t RateTable,
    /// The pair.
    pub(crate) pair: CurrencyPair,
    /// Which rate serves a day.
    pub(crate) lookup: Lookup,
    /// How an average is taken.
    pub(crate) method: AverageMethod,
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
    /// What chose a rate of another day; null for an average or closing.
    on_missing: Option<&'static str>,
    /// How an average was taken.
    method: Option<&'static str>,
    /// How many days an average is over.
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
    /// The later end of the line that an interpolated rate lies on.
    #[serde(skip_serializing_if = "Option::is_none")]
    next: Option<NextObject>,
}

#[derive(Debug, Serialize)]
struct NextObject {
    rate: String,
    date: String,
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
        Format::Text => found.print()?,
    }
    Ok(Status::Clean)
}

/// What the table says.
pub(crate) fn answer(arguments: &Arguments, table: &RateTable) -> Result<Found, Failure> {
    let method = arguments.average.method(&arguments.when)?;
    let question = Question { table, pair: arguments.pair, lookup: arguments.rates.lookup(), method };
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
    fn print(&self) -> Result<(), Failure> {
        match self {
            Found::Series(series) => print_csv(&series.rates),
            Found::One(object) => {
                let mut lines = vec![object.answer.line()];
                lines.extend(object.answer.provenance.iter().cloned());
                lines.extend(object.change.iter().map(|change| format!("{}% against {}", change.percent, change.prior.line())));
                text::print(&lines)
            }
        }
    }
}

/// The series as CSV, which reads as a rate table: derived rates, which are shown rounded, say that they are derived.
fn print_csv(rates: &[Answer]) -> Result<(), Failure> {
    let mut csv = String::from("date,base,quote,rate,kind,source\n");
    for rate in rates {
        let published = matches!(rate.legs.as_slice(), [leg] if (&leg.base, &leg.quote) == (&rate.base, &rate.quote));
        let source = if published { sources(&rate.legs) } else { format!("derived from {}", sources(&rate.legs)) };
        let source = if source.contains([',', '"', '\n']) { format!("\"{}\"", source.replace('"', "\"\"")) } else { source };
        csv += &format!("{},{},{},{},spot,{source}\n", rate.asked, rate.base, rate.quote, rate.shown());
    }
    text::print_plain(&csv)
}

impl WhenArguments {
    /// The rate of the day, or the average or closing of the period.
    pub(crate) fn answer(&self, question: &Question<'_>) -> Result<Answer, Failure> {
        match (self.on, self.average, self.closing) {
            (Some(on), _, _) => Answer::spot(&question.table.rate(question.pair, on, &question.lookup)?),
            (None, Some(period), _) => Answer::average(question, period),
            (None, None, Some(period)) => Answer::closing(question, period),
            (None, None, None) => {
                Err(Failure::CouldNotRun("a rate needs a day or a period: --on DATE, --average PERIOD or --closing PERIOD".to_owned()))
            }
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
            on_missing: Some(rate.on_missing().name()),
            method: None,
            days: None,
            legs: rate.legs().map(LegObject::of).collect(),
            value: rate.value(),
            provenance: rate.legs().map(text::leg).collect(),
        })
    }

    fn closing(question: &Question<'_>, period: Period) -> Result<Answer, Failure> {
        let rate = question.table.closing_within(question.pair, period, question.lookup.max_age_days)?;
        Ok(Answer { asked: period.to_string(), kind: "closing", on_missing: None, ..Answer::spot(&rate)? })
    }

    fn average(question: &Question<'_>, period: Period) -> Result<Answer, Failure> {
        let Question { table, pair, lookup, method } = *question;
        let mean =
            table.average_within(pair, period, method, lookup.max_age_days).map_err(|error| without_average(question, period, error))?;
        let legs = average_legs(table, &mean);
        Ok(Answer {
            base: pair.base.to_string(),
            quote: pair.quote.to_string(),
            asked: period.to_string(),
            date: Some(period.last_day().to_string()),
            age_days: None,
            kind: "average",
            rate: json::rate(&mean.value)?.to_string(),
            on_missing: None,
            method: Some(mean.method.name()),
            days: Some(mean.days),
            provenance: vec![average_provenance(&mean, &legs)],
            legs,
            value: mean.value,
        })
    }

    /// The rate with the digits it is published with, or at least nine.
    fn shown(&self) -> String {
        let published = self.value.to_decimal().map(|rate| rate.to_string()).filter(|rate| rate.len() < self.rate.len());
        published.unwrap_or_else(|| self.rate.clone())
    }

    /// The rate in a line.
    pub(crate) fn line(&self) -> String {
        let pair = format!("{}/{} {}", self.base, self.quote, self.shown());
        let count = |days: i64| if days == 1 { "1 day".to_owned() } else { format!("{days} days") };
        match (&self.date, self.age_days) {
            (Some(date), _) if self.kind == "closing" => format!("{pair} at the end of {}, on {date}", self.asked),
            _ if self.is_interpolated() => format!("{pair} on {}, interpolated", self.asked),
            (Some(date), Some(0)) => format!("{pair} on {date}"),
            (Some(date), Some(age)) if age < 0 => format!("{pair} on {date}, {} after {}", count(-age), self.asked),
            (Some(date), Some(age)) => format!("{pair} on {date}, {} before {}", count(age), self.asked),
            _ => format!("{pair} on average in {}", self.asked),
        }
    }

    fn is_interpolated(&self) -> bool {
        self.legs.iter().any(|leg| leg.next.is_some())
    }
}

/// The names of the sources, each once.
fn sources(legs: &[LegObject]) -> String {
    let mut names: Vec<&str> = Vec::new();
    for leg in legs {
        if !names.contains(&leg.source.as_str()) {
            names.push(&leg.source);
        }
    }
    names.join(" and ")
}

/// The published rates that an average is of.
fn average_legs(table: &RateTable, mean: &AverageRate) -> Vec<LegObject> {
    if let Some(published) = mean.published {
        let direct = table.period_rates(mean.pair).contains(&published);
        let pair = if direct { mean.pair } else { mean.pair.inverse() };
        return vec![LegObject {
            base: pair.base.to_string(),
            quote: pair.quote.to_string(),
            rate: published.rate.to_string(),
            date: published.period.last_day().to_string(),
            source: mean.source.to_string(),
            line: published.line,
            next: None,
        }];
    }
    table.days_of(mean).iter().flat_map(|rate| rate.legs()).map(LegObject::of).collect()
}

fn average_provenance(mean: &AverageRate, legs: &[LegObject]) -> String {
    let source = sources(legs);
    match (mean.method, mean.published) {
        (_, Some(published)) => format!("  published as {}  {source}, {}, line {}", published.rate, published.period, published.line),
        (AverageMethod::CrossOfMeans, _) => format!("  the quotient of the means of its legs over {} days, {source}", mean.days),
        (AverageMethod::Harmonic, _) => format!("  the harmonic mean of {} daily rates, {source}", mean.days),
        _ => format!("  the mean of {} daily rates, {source}", mean.days),
    }
}

/// Why there is no average, and whether the source publishes one.
fn without_average(question: &Question<'_>, period: Period, error: tieout::Error) -> Failure {
    let published =
        question.method != AverageMethod::Published && question.table.average_by(question.pair, period, AverageMethod::Published).is_ok();
    match Failure::from(error) {
        Failure::NoAnswer(message) if published => {
            Failure::NoAnswer(format!("{message}; --method published takes the average that the source publishes"))
        }
        other => other,
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
            next: leg.next.map(NextObject::of),
        }
    }
}

impl NextObject {
    fn of(observation: &Observation) -> NextObject {
        NextObject { rate: observation.rate.to_string(), date: observation.date.to_string(), line: observation.line }
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
