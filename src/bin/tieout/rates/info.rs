//! `tieout rates info`: as what a file of rates is read, in which direction, and how far it reaches.

use crate::args::{Format, ReadingArguments};
use crate::failure::{Failure, Status};
use crate::{json, text};
use clap::Args;
use serde::Serialize;
use std::path::PathBuf;
use tieout::{RateTable, SeriesInfo, TableInfo};

/// Says how a file is read, in which direction, and lists its pairs; without FILE, the embedded ECB history
#[derive(Debug, Args)]
pub(crate) struct Arguments {
    /// A file of rates; - is standard input
    file: Option<PathBuf>,
    #[command(flatten)]
    reading: ReadingArguments,
    /// How the result is printed
    #[arg(long, value_enum, default_value = "text")]
    format: Format,
}

/// The object of `--format json`: an entry for each source of the file, in order of priority.
#[derive(Debug, Serialize)]
struct Object {
    schema: &'static str,
    file: String,
    sources: Vec<Source>,
}

#[derive(Debug, Serialize)]
struct Source {
    source: String,
    format: Option<&'static str>,
    direction: String,
    currencies: Vec<String>,
    days: usize,
    rates: usize,
    period_rates: usize,
    passed_over: usize,
    first: Option<String>,
    last: Option<String>,
    notice: Option<&'static str>,
    pairs: Vec<Pair>,
    /// The line for people.
    #[serde(skip)]
    summary: String,
}

/// What one pair has of one kind.
#[derive(Debug, Serialize)]
struct Pair {
    base: String,
    quote: String,
    kind: String,
    rates: usize,
    first: String,
    last: String,
}

/// Runs the command.
pub(crate) fn run(arguments: &Arguments) -> Result<Status, Failure> {
    let object = match &arguments.file {
        Some(file) => Object::of(&arguments.reading.table(file)?),
        None => Object::of(RateTable::ecb()),
    };
    match arguments.format {
        Format::Json => json::print(&object)?,
        Format::Text => text::print(&object.lines())?,
    }
    Ok(Status::Clean)
}

impl Object {
    fn of(table: &RateTable) -> Object {
        Object { schema: "tieout.rates/1", file: table.info().file, sources: table.infos().map(Source::of).collect() }
    }

    fn lines(&self) -> Vec<String> {
        self.sources.iter().flat_map(Source::lines).collect()
    }
}

impl Source {
    fn of(info: TableInfo) -> Source {
        Source {
            summary: info.to_string(),
            pairs: info.series.iter().map(Pair::of).collect(),
            source: info.source,
            format: info.format.map(tieout::Format::name),
            direction: info.direction,
            currencies: info.currencies.iter().map(ToString::to_string).collect(),
            days: info.days,
            rates: info.observations,
            period_rates: info.period_rates,
            passed_over: info.passed_over,
            first: info.first.map(|first| first.to_string()),
            last: info.last.map(|last| last.to_string()),
            notice: info.notice,
        }
    }

    fn lines(&self) -> Vec<String> {
        let mut lines = vec![format!("{}: {}", self.source, self.summary)];
        lines.extend(self.pairs.iter().map(Pair::line));
        lines.extend(self.notice.map(str::to_owned));
        lines
    }
}

impl Pair {
    fn of(series: &SeriesInfo) -> Pair {
        Pair {
            base: series.pair.base.to_string(),
            quote: series.pair.quote.to_string(),
            kind: series.basis.to_string(),
            rates: series.rates,
            first: series.first.to_string(),
            last: series.last.to_string(),
        }
    }

    fn line(&self) -> String {
        let Pair { base, quote, kind, rates, first, last } = self;
        format!("  {base}/{quote}  {rates:>6} {kind:<7}  {first} to {last}")
    }
}
