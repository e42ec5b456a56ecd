//! `tieout batch`: recomputes every row of a CSV file.

#[cfg(feature = "parquet")]
mod columnar;
mod compression;
mod convert;
mod growth;
mod implied;
mod memory;
mod progress;
mod report;
mod verify;
mod watched;

use crate::args::{LanguageArguments, RoundingArguments};
use crate::failure::{Failure, Status};
use crate::text;
use clap::{Args, Subcommand, ValueEnum};
use compression::{Sink, decompressed};
use report::Report;
use std::fs::File;
use std::io::{self, Read, Seek, Write};
use std::path::{Path, PathBuf};
use std::time::Instant;
use tieout::batch::{self, Inputs, Job, Reader, Settings, Summary};
use watched::{Stamp, Watched};

/// Recomputes every row of a CSV file and says which rows do not tie
///
/// The rows are written as they stand, with new columns behind them. A row that cannot be computed says why in its
/// `error` column, and the run goes on.
#[derive(Debug, Args)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Convert(convert::Arguments),
    Growth(growth::Arguments),
    Implied(implied::Arguments),
    Verify(verify::Arguments),
}

/// Runs the command.
pub(crate) fn run(arguments: &Arguments) -> Result<Status, Failure> {
    match &arguments.command {
        Command::Convert(arguments) => convert::run(arguments),
        Command::Growth(arguments) => growth::run(arguments),
        Command::Implied(arguments) => implied::run(arguments),
        Command::Verify(arguments) => verify::run(arguments),
    }
}

/// What every job takes: files, and how numbers are read and written.
#[derive(Debug, Args)]
struct TableArguments {
    /// The CSV file, plain or compressed by gzip or zstd; - for standard input
    input: PathBuf,
    /// Where the result goes, compressed if it ends in .gz or .zst; - or nothing for standard output
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// How the figures of the table are taken [default: exact for convert, else printed]
    #[arg(long, value_enum)]
    inputs: Option<InputsArgument>,
    /// The character between fields; \t for a tab
    #[arg(long, value_name = "CHAR", default_value = ",", value_parser = delimiter)]
    delimiter: u8,
    /// Writes a report of the run as JSON
    #[arg(long, value_name = "FILE")]
    report: Option<PathBuf>,
    /// Writes the rows with an error, after their row and line
    #[arg(long, value_name = "FILE")]
    errors: Option<PathBuf>,
    /// Shows the arithmetic of one row, counted from 1, instead of writing the table
    #[arg(long, value_name = "ROW", value_parser = clap::value_parser!(u64).range(1..))]
    explain: Option<u64>,
    /// How the new numbers of a Parquet or Arrow file are held
    #[cfg(feature = "parquet")]
    #[arg(long, value_enum, default_value = "text")]
    numbers: NumbersArgument,
    #[command(flatten)]
    rounding: RoundingArguments,
    #[command(flatten)]
    language: LanguageArguments,
}

#[cfg(feature = "parquet")]
#[derive(Debug, Clone, Copy, ValueEnum)]
enum NumbersArgument {
    /// As text, each number with its own decimals, as in CSV
    Text,
    /// As 128-bit decimals, each column with one scale
    Decimal,
}

#[cfg(feature = "parquet")]
impl From<NumbersArgument> for batch::NumberColumns {
    fn from(argument: NumbersArgument) -> batch::NumberColumns {
        match argument {
            NumbersArgument::Text => batch::NumberColumns::Text,
            NumbersArgument::Decimal => batch::NumberColumns::Decimal,
        }
    }
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum InputsArgument {
    /// As exact values: a ledger
    Exact,
    /// As printed figures, each with its interval: a results table
    Printed,
}

/// A byte that can stand between fields: none that numbers or quotes need.
fn delimiter(text: &str) -> Result<u8, String> {
    match text.as_bytes() {
        _ if text == "\\t" => Ok(b'\t'),
        [byte] if !byte.is_ascii_alphanumeric() && !b"\"\r\n.-".contains(byte) => Ok(*byte),
        _ => Err("expected one character such as ; or |, and none that stands in numbers".to_owned()),
    }
}

/// An input that is open.
type Input = Box<dyn Read + Send>;

impl TableArguments {
    fn settings(&self) -> Settings {
        let mut settings = Settings::default();
        settings.rounding = self.rounding.rounding;
        settings.decimals = self.rounding.decimals;
        settings.inputs = self.inputs.map(|inputs| match inputs {
            InputsArgument::Exact => Inputs::Exact,
            InputsArgument::Printed => Inputs::Printed,
        });
        settings.figures = self.language.lang;
        settings
    }

    fn is_standard_input(&self) -> bool {
        self.input == Path::new("-")
    }

    /// The name of the input, for errors.
    fn name(&self) -> String {
        if self.is_standard_input() { "standard input".to_owned() } else { self.input.display().to_string() }
    }

    fn open(&self) -> Result<File, Failure> {
        File::open(&self.input).map_err(|error| Failure::file(&self.input, &error))
    }

    /// The input as it streams.
    fn reader(&self) -> Result<Reader<Input>, Failure> {
        if self.is_standard_input() {
            return self.start(Box::new(io::stdin()), None);
        }
        let file = self.open()?;
        let stamp = Stamp::of(&file);
        self.start(Box::new(Watched::new(file, stamp)), stamp.map(Stamp::size))
    }

    /// The input as a file that can be read twice: standard input and pipes are copied to one.
    fn file(&self) -> Result<File, Failure> {
        let file = if self.is_standard_input() { None } else { Some(self.open()?) };
        let spooled = |input: &mut dyn Read| {
            let mut copy = tempfile::tempfile()?;
            io::copy(input, &mut copy)?;
            copy.rewind()?;
            Ok::<_, io::Error>(copy)
        };
        match file {
            Some(file) if file.metadata().is_ok_and(|known| known.is_file()) => Ok(file),
            Some(mut file) => spooled(&mut file).map_err(|error| Failure::file(&self.input, &error)),
            None => spooled(&mut io::stdin().lock()).map_err(|error| Failure::CouldNotRun(format!("standard input: {error}"))),
        }
    }

    /// A reader over a file, from its start; it must be as it was when the stamp was taken.
    fn reader_of(&self, mut file: &File, stamp: Option<Stamp>) -> Result<Reader<Input>, Failure> {
        let copy = file.rewind().and_then(|()| file.try_clone()).map_err(|error| Failure::file(&self.input, &error))?;
        self.start(Box::new(Watched::new(copy, stamp)), stamp.map(Stamp::size))
    }

    fn start(&self, input: Input, size: Option<u64>) -> Result<Reader<Input>, Failure> {
        let input = decompressed(progress::shown(input, size));
        let input = input.map_err(|error| Failure::CouldNotRun(format!("{}: {error}", self.name())))?;
        Ok(Reader::new(input, &self.name(), self.delimiter)?)
    }

    /// Runs a job over the table: writes it, or explains one row of it.
    fn run(&self, command: &'static str, source: Option<&str>, reader: Reader<Input>, job: &impl Job) -> Result<Status, Failure> {
        match self.explain {
            Some(row) => self.explain(row, reader, job),
            None => self.write(command, source, |output, errors| batch::run(reader, job, output, errors)),
        }
    }

    fn explain(&self, row: u64, reader: Reader<Input>, job: &impl Job) -> Result<Status, Failure> {
        match batch::explain(reader, job, row)? {
            Some(lines) => text::print(&lines).map(|()| Status::Clean),
            None => Err(Failure::CouldNotRun(format!("--explain {row}: {} has fewer rows", self.name()))),
        }
    }

    /// Writes what a run makes of the table.
    fn write(
        &self,
        command: &'static str,
        source: Option<&str>,
        run: impl FnOnce(&mut Sink, Option<&mut (dyn Write + Send)>) -> Result<Summary, tieout::Error>,
    ) -> Result<Status, Failure> {
        let mut report = Report::start(command, source, self);
        let mut output = Sink::create(self.output.as_deref())?;
        let mut errors = self.errors.as_deref().map(|path| Sink::create(Some(path))).transpose()?;
        let started = Instant::now();
        let result = run(&mut output, errors.as_mut().map(|errors| errors as &mut (dyn Write + Send)));
        let summary = result.map_err(|error| {
            let written = output.take_failure().or_else(|| errors.as_mut().and_then(Sink::take_failure));
            written.unwrap_or_else(|| error.into())
        })?;
        output.finish()?;
        errors.map_or(Ok(()), Sink::finish)?;
        report.finish(&summary, started.elapsed());
        report.write(self.report.as_deref())?;
        report.print();
        Ok(if summary.is_clean() { Status::Clean } else { Status::Findings })
    }
}
