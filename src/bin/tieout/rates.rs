//! `tieout rates`: what a file of rates holds.

use crate::args::{Format, read_table};
use crate::failure::{Failure, Status};
use crate::{json, text};
use clap::{Args, Subcommand};
use serde::Serialize;
use std::path::PathBuf;
use tieout::{CurrencyPair, RateTable};

/// Looks into a file of exchange rates
#[derive(Debug, Args)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Lists the pairs with their first and last day; without FILE, those of the embedded ECB history
    Info(InfoArguments),
}

#[derive(Debug, Args)]
struct InfoArguments {
    /// A CSV file of rates
    file: Option<PathBuf>,
    /// How the result is printed
    #[arg(long, value_enum, default_value = "text")]
    format: Format,
}

/// The object of `--format json`.
#[derive(Debug, Serialize)]
struct Object {
    schema: &'static str,
    source: String,
    notice: Option<&'static str>,
    pairs: Vec<Pair>,
}

#[derive(Debug, Serialize)]
struct Pair {
    base: String,
    quote: String,
    days: usize,
    first: Option<String>,
    last: Option<String>,
}

/// What the ECB asks for when its rates are used.
const ECB_NOTICE: &str =
    "Source: ECB, euro foreign exchange reference rates. Crosses, inverses and averages computed from them are derived, not published.";

/// Runs the command.
pub(crate) fn run(arguments: &Arguments) -> Result<Status, Failure> {
    let Command::Info(info) = &arguments.command;
    let object = match &info.file {
        Some(file) => Object::of(&read_table(file)?),
        None => Object::of(RateTable::ecb()),
    };
    match info.format {
        Format::Json => json::print(&object)?,
        Format::Text => text::print(&object.lines())?,
    }
    Ok(Status::Clean)
}

impl Object {
    fn of(table: &RateTable) -> Object {
        Object {
            schema: "tieout.rates/1",
            source: table.source().to_owned(),
            notice: (table.source() == "ECB").then_some(ECB_NOTICE),
            pairs: table.pairs().map(|pair| Pair::of(table, pair)).collect(),
        }
    }

    fn lines(&self) -> Vec<String> {
        let mut lines = vec![format!("{}: {} pairs", self.source, self.pairs.len())];
        lines.extend(self.pairs.iter().map(Pair::line));
        lines.extend(self.notice.map(str::to_owned));
        lines
    }
}

impl Pair {
    fn of(table: &RateTable, pair: CurrencyPair) -> Pair {
        let observations = table.observations(pair);
        Pair {
            base: pair.base.to_string(),
            quote: pair.quote.to_string(),
            days: observations.len(),
            first: observations.first().map(|first| first.date.to_string()),
            last: observations.last().map(|last| last.date.to_string()),
        }
    }

    fn line(&self) -> String {
        let day = |day: &Option<String>| day.clone().unwrap_or_default();
        format!("  {}/{}  {:>6} days  {} to {}", self.base, self.quote, self.days, day(&self.first), day(&self.last))
    }
}
