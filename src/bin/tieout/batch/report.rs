//! What a run found, for people and as JSON.

use super::TableArguments;
use crate::failure::Failure;
use crate::output::Output;
use crate::text::grouped;
use serde::Serialize;
use std::collections::BTreeMap;
use std::io::Write;
use std::path::Path;
use std::time::Duration;
use tieout::batch::Summary;

/// A run's report: the object of `--report`.
#[derive(Debug, Serialize)]
pub(crate) struct Report {
    schema: &'static str,
    command: &'static str,
    version: &'static str,
    input: String,
    output: Option<String>,
    /// The source of the rates, where there is one.
    rates: Option<String>,
    rounding: &'static str,
    decimals: Option<i32>,
    rows: u64,
    verdicts: BTreeMap<&'static str, u64>,
    errors: BTreeMap<&'static str, u64>,
    milliseconds: u64,
    rows_per_second: u64,
}

impl Report {
    /// The report of a run that begins.
    pub(super) fn start(command: &'static str, source: Option<&str>, arguments: &TableArguments) -> Report {
        Report {
            schema: "tieout.batch/1",
            command,
            version: env!("CARGO_PKG_VERSION"),
            input: arguments.name(),
            output: arguments.output.as_ref().map(|path| path.display().to_string()),
            rates: source.map(str::to_owned),
            rounding: arguments.rounding.rounding.name(),
            decimals: arguments.rounding.decimals,
            rows: 0,
            verdicts: BTreeMap::new(),
            errors: BTreeMap::new(),
            milliseconds: 0,
            rows_per_second: 0,
        }
    }

    /// Fills in what the run found.
    pub(super) fn finish(&mut self, summary: &Summary, elapsed: Duration) {
        self.rows = summary.rows;
        self.verdicts = summary.verdicts().map(|(verdict, count)| (verdict.name(), count)).collect();
        self.errors = summary.errors().map(|(code, count)| (code.name(), count)).collect();
        self.milliseconds = u64::try_from(elapsed.as_millis()).unwrap_or(u64::MAX);
        let micros = elapsed.as_micros().max(1);
        self.rows_per_second = u64::try_from(u128::from(summary.rows) * 1_000_000 / micros).unwrap_or(u64::MAX);
    }

    /// Writes the object to a file, if one is asked for.
    pub(super) fn write(&self, path: Option<&Path>) -> Result<(), Failure> {
        let Some(path) = path else { return Ok(()) };
        let text = serde_json::to_string_pretty(self).map_err(|error| Failure::CouldNotRun(error.to_string()))?;
        let mut output = Output::create(Some(path))?;
        writeln!(output, "{text}").map_err(|error| output.take_failure().unwrap_or_else(|| Failure::file(path, &error)))?;
        output.finish()
    }

    /// Prints the summary to standard error.
    pub(super) fn print(&self) {
        let count = |count: u64| grouped(count.into());
        let mut lines = vec![format!(
            "{} {} in {}.{:03} s, {} rows a second",
            count(self.rows),
            if self.rows == 1 { "row" } else { "rows" },
            self.milliseconds / 1000,
            self.milliseconds % 1000,
            count(self.rows_per_second)
        )];
        for counts in [&self.verdicts, &self.errors] {
            lines.extend(counts.iter().filter(|(_, number)| **number > 0).map(|(name, number)| format!("  {name}: {}", count(*number))));
        }
        for line in lines {
            // OK to ignore: the result is written, and its status says the rest.
            let _ = writeln!(anstream::stderr(), "{line}");
        }
    }
}
