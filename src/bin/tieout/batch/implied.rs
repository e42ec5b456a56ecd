//! `tieout batch implied`.

use super::TableArguments;
use crate::failure::{Failure, Status};
use clap::Args;
use tieout::batch::{Implied, ImpliedColumns};

/// Computes the prior figure that the current figure and the growth of every row imply
///
/// New columns: prior, prior_low, prior_high, error.
///
/// Example:
///   tieout batch implied results.csv -o out.csv --value revenue --growth yoy
#[derive(Debug, Args)]
#[command(verbatim_doc_comment)]
pub(crate) struct Arguments {
    #[command(flatten)]
    table: TableArguments,
    /// The column of current figures
    #[arg(long, value_name = "COL")]
    value: String,
    /// The column of growths in percent
    #[arg(long, value_name = "COL")]
    growth: String,
}

/// Runs the command.
pub(crate) fn run(arguments: &Arguments) -> Result<Status, Failure> {
    let columns = ImpliedColumns { value: &arguments.value, growth: &arguments.growth };
    #[cfg(feature = "parquet")]
    if let Some(table) = super::columnar::ColumnTable::open(&arguments.table)? {
        let job = Implied::new(table.header(), &columns, arguments.table.settings())?;
        return table.run("implied", None, &arguments.table, tieout::batch::TableJob::Implied(job));
    }
    let reader = arguments.table.reader()?;
    let job = Implied::new(reader.header(), &columns, arguments.table.settings())?;
    arguments.table.run("implied", None, reader, &job)
}
