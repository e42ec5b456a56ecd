//! `tieout rates convert`: a file of rates in the canonical form.

use crate::args::{ReadingArguments, read_table};
use crate::failure::{Failure, Status};
use crate::output::Output;
use clap::Args;
use std::path::PathBuf;
use tieout::Currency;

/// Writes a file of rates as date,base,quote,rate,kind,source, with every digit
///
/// Examples:
///   tieout rates convert eurofxref-hist.zip -o rates.csv
///   tieout rates convert WS_XRU_csv_flat.zip --only USD,JPY,CHF
#[derive(Debug, Args)]
#[command(verbatim_doc_comment)]
pub(crate) struct Arguments {
    /// A file of rates; - is standard input
    file: PathBuf,
    /// Only pairs of which both currencies are among these: a table against the dollar needs the dollar too
    #[arg(long, value_name = "CODES", value_delimiter = ',')]
    only: Option<Vec<Currency>>,
    #[command(flatten)]
    reading: ReadingArguments,
    /// The file to write; without it, standard output
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

/// Runs the command.
pub(crate) fn run(arguments: &Arguments) -> Result<Status, Failure> {
    let mut options = arguments.reading.options();
    options.only.clone_from(&arguments.only);
    let table = read_table(&arguments.file, &options)?;
    let mut output = Output::create(arguments.output.as_deref())?;
    match table.write_csv(&mut output) {
        Ok(()) => output.finish()?,
        Err(error) => return Err(output.take_failure().unwrap_or_else(|| error.into())),
    }
    Ok(Status::Clean)
}
