//! `tieout batch verify`.

use super::TableArguments;
use crate::failure::{Failure, Status};
use clap::Args;
use tieout::batch::Verify;

/// Holds the columns of every row against relations between them
///
/// New columns: computed, verdict, difference, error; for a second relation computed_2 and so on. A relation is a
/// column, =, and an expression of columns and numbers with + - * / and brackets. A % behind a column says that its
/// numbers are percents; a name with other signs in it is written in quotes.
///
/// Examples:
///   tieout batch verify results.csv -o out.csv --relation "total = a + b + c"
///   tieout batch verify results.csv --relation "margin% = profit / revenue" --relation 'change = "this year" - "last year"'
#[derive(Debug, Args)]
#[command(verbatim_doc_comment)]
pub(crate) struct Arguments {
    #[command(flatten)]
    table: TableArguments,
    /// A relation between columns; may be given several times
    #[arg(long, value_name = "RELATION", required = true)]
    relation: Vec<String>,
}

/// Runs the command.
pub(crate) fn run(arguments: &Arguments) -> Result<Status, Failure> {
    #[cfg(feature = "parquet")]
    if let Some(table) = super::columnar::ColumnTable::open(&arguments.table)? {
        let job = Verify::new(table.header(), &arguments.relation, arguments.table.settings())?;
        return table.run("verify", None, &arguments.table, tieout::batch::TableJob::Verify(job));
    }
    let reader = arguments.table.reader()?;
    let job = Verify::new(reader.header(), &arguments.relation, arguments.table.settings())?;
    arguments.table.run("verify", None, reader, &job)
}
