//! `tieout rates check`: what looks wrong in files of rates.

use crate::args::{Format, ReadingArguments, read_table};
use crate::failure::{Failure, Status};
use crate::{json, text};
use clap::Args;
use serde::Serialize;
use std::borrow::Cow;
use std::io::Read;
use std::path::{Path, PathBuf};
use tieout::{Duplicates, Error, ErrorKind, Finding, RateTable, ReadOptions};

/// Finds gaps, duplicates, stale runs, rates that are inverted, swapped or off by a power of ten, and other outliers
///
/// Rates are held against their neighbours and against another table, by default the embedded ECB history: a series
/// that is wrong from end to end is in order with itself. Nothing is corrected. The exit status is 1 if anything was found, 2 if a file is no rate table.
#[derive(Debug, Args)]
#[command(verbatim_doc_comment)]
pub(crate) struct Arguments {
    /// Files of rates; - is standard input
    #[arg(required = true)]
    files: Vec<PathBuf>,
    /// The table that rates are held against; `none` for no table [default: the embedded ECB history]
    #[arg(long, value_name = "FILE")]
    against: Option<PathBuf>,
    #[command(flatten)]
    reading: ReadingArguments,
    /// How the result is printed
    #[arg(long, value_enum, default_value = "text")]
    format: Format,
}

/// The object of `--format json`.
#[derive(Debug, Serialize)]
struct Object {
    schema: &'static str,
    files: Vec<Checked>,
    findings: usize,
}

/// One file: as what it was read and what was found, or why it could not be read.
#[derive(Debug, Serialize)]
struct Checked {
    path: String,
    recognised: Option<String>,
    findings: Vec<Found>,
    error: Option<String>,
}

#[derive(Debug, Serialize)]
struct Found {
    finding: &'static str,
    base: String,
    quote: String,
    date: String,
    line: Option<u32>,
    explanation: String,
}

/// Runs the command.
pub(crate) fn run(arguments: &Arguments) -> Result<Status, Failure> {
    let against = arguments.against()?;
    let files: Vec<Checked> =
        arguments.files.iter().map(|path| Checked::of(path, &arguments.reading, &against)).collect::<Result<_, _>>()?;
    let object = Object { schema: "tieout.rates.check/1", findings: files.iter().map(|file| file.findings.len()).sum(), files };
    match arguments.format {
        Format::Json => json::print(&object)?,
        Format::Text => text::print(&object.lines())?,
    }
    object.status()
}

impl Arguments {
    /// The table that rates are held against, empty for none.
    fn against(&self) -> Result<Cow<'static, RateTable>, Failure> {
        match &self.against {
            None => Ok(Cow::Borrowed(RateTable::ecb())),
            Some(path) if path == Path::new("none") => Ok(Cow::Owned(RateTable::default())),
            Some(path) => read_table(path, &ReadOptions::default()).map(Cow::Owned),
        }
    }
}

impl Object {
    fn lines(&self) -> Vec<String> {
        let mut lines: Vec<String> = self.files.iter().flat_map(Checked::lines).collect();
        if lines.is_empty() {
            return lines;
        }
        lines.push(match self.findings {
            0 => "nothing found".to_owned(),
            1 => "1 finding".to_owned(),
            count => format!("{count} findings"),
        });
        lines
    }

    /// A file that could not be read outweighs what was found in others.
    fn status(&self) -> Result<Status, Failure> {
        let errors: Vec<&str> = self.files.iter().filter_map(|file| file.error.as_deref()).collect();
        if !errors.is_empty() {
            return Err(Failure::CouldNotRun(errors.join("\ntieout: ")));
        }
        Ok(if self.findings > 0 { Status::Findings } else { Status::Clean })
    }
}

impl Checked {
    /// A file that is missing or no table is told, and the others are checked all the same.
    fn of(path: &Path, reading: &ReadingArguments, against: &RateTable) -> Result<Checked, Failure> {
        let name = path.display().to_string();
        match table(path, reading) {
            Ok(table) => {
                let recognised: Vec<String> = table.infos().map(|info| info.to_string()).collect();
                let (inside, outside) = (table.check(), table.compare(against));
                let findings = inside.iter().chain(outside.iter().filter(|finding| !is_told(finding, &inside))).map(Found::of).collect();
                Ok(Checked { path: name, recognised: Some(recognised.join("; ")), findings, error: None })
            }
            Err(Failure::CouldNotRun(error)) => Ok(Checked { path: name, recognised: None, findings: Vec::new(), error: Some(error) }),
            Err(other) => Err(other),
        }
    }

    fn lines(&self) -> Vec<String> {
        let Some(recognised) = &self.recognised else { return Vec::new() };
        let mut lines = vec![format!("{}: {recognised}", self.path)];
        lines.extend(self.findings.iter().map(|found| format!("  {:<13}  {}", found.finding, found.explanation)));
        lines
    }
}

/// Whether a single rate that is not the other table's has been found beside its neighbours already.
fn is_told(finding: &Finding, told: &[Finding]) -> bool {
    let single = matches!(finding, Finding::Disagreement(disagreement) if disagreement.count == 1);
    let place = |finding: &Finding| (finding.pair(), finding.date(), finding.line());
    single && told.iter().any(|known| place(known) == place(finding))
}

/// Reads a table; one whose rates contradict each other is read by the first of them, so that all the others are found.
fn table(path: &Path, reading: &ReadingArguments) -> Result<RateTable, Failure> {
    let options = reading.options();
    let contradicts = |error: &Error| matches!(error.kind(), ErrorKind::ConflictingRates { .. });
    let first = options.clone().with_duplicates(Duplicates::First);
    if path != Path::new("-") {
        let file = std::fs::File::open(path).map_err(|error| Failure::file(path, &error))?;
        return match RateTable::read_with(file, &path.display().to_string(), &options) {
            Err(error) if contradicts(&error) => read_table(path, &first),
            result => Ok(result?),
        };
    }
    let mut bytes = Vec::new();
    std::io::stdin().lock().read_to_end(&mut bytes).map_err(|error| Failure::file(path, &error))?;
    match RateTable::from_bytes(&bytes, "standard input", &options) {
        Err(error) if contradicts(&error) => Ok(RateTable::from_bytes(&bytes, "standard input", &first)?),
        result => Ok(result?),
    }
}

impl Found {
    fn of(finding: &Finding) -> Found {
        let pair = finding.pair();
        Found {
            finding: finding.name(),
            base: pair.base.to_string(),
            quote: pair.quote.to_string(),
            date: finding.date().to_string(),
            line: finding.line(),
            explanation: finding.to_string(),
        }
    }
}
