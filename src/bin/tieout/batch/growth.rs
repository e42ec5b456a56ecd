//! `tieout batch growth`.

use super::watched::Stamp;
use super::{TableArguments, memory};
use crate::failure::{Failure, Status};
use clap::Args;
use tieout::Lag;
use tieout::batch::{GrowthIndex, LongColumns, WideColumns, WideGrowth};

/// Computes the growth of every row, over a column of its own or over the row of an earlier period
///
/// New columns: prior, change, growth_percent, verdict, error. The unit of the reported figure decides: percent is
/// held against the growth, points and basis points against current − prior.
///
/// Examples:
///   tieout batch growth results.csv -o out.csv --current q1_2023 --prior q1_2022 --reported change
///   tieout batch growth series.csv -o out.csv --value revenue --period quarter --by company,segment --lag 1y
///
/// Rows of earlier periods are found by an index of the whole table: about 31 bytes of memory for each row. With
/// --sorted it holds some keys at a time. A table whose index has no room is refused before it is read.
#[derive(Debug, Args)]
#[command(verbatim_doc_comment)]
pub(crate) struct Arguments {
    #[command(flatten)]
    table: TableArguments,
    /// The column of current figures, where prior figures have one too
    #[arg(long, value_name = "COL", requires = "prior", conflicts_with = "value")]
    current: Option<String>,
    /// The column of prior figures
    #[arg(long, value_name = "COL", requires = "current")]
    prior: Option<String>,
    /// The column of figures, where each period has a row of its own
    #[arg(long, value_name = "COL", requires_all = ["period", "lag"])]
    value: Option<String>,
    /// The column of periods: 2024, 2024-Q1, 2024-01, 2024-01-31
    #[arg(long, value_name = "COL", requires = "value")]
    period: Option<String>,
    /// The columns that say what a figure belongs to
    #[arg(long, value_name = "COL,…", value_delimiter = ',', requires = "value")]
    by: Vec<String>,
    /// How far back the prior period lies: 1y, 1q, 1m
    #[arg(long, value_name = "LAG", requires = "value")]
    lag: Option<Lag>,
    /// The rows of each key stand together, as in a table sorted by the --by columns: memory does not grow with the rows.
    /// A key that comes back after others ends the run with an error
    #[arg(long, requires = "by", conflicts_with = "explain")]
    sorted: bool,
    /// The column of changes to hold the result against
    #[arg(long, value_name = "COL")]
    reported: Option<String>,
}

/// Runs the command.
pub(crate) fn run(arguments: &Arguments) -> Result<Status, Failure> {
    let reported = arguments.reported.as_deref();
    if let (Some(value), Some(period), Some(lag)) = (&arguments.value, &arguments.period, arguments.lag) {
        return long(arguments, &LongColumns { value, period, by: &arguments.by, lag, reported });
    }
    match (&arguments.current, &arguments.prior) {
        (Some(current), Some(prior)) => wide(arguments, &WideColumns { current, prior, reported }),
        _ => Err(Failure::CouldNotRun("give --current and --prior, or --value, --period and --lag".to_owned())),
    }
}

fn wide(arguments: &Arguments, columns: &WideColumns<'_>) -> Result<Status, Failure> {
    #[cfg(feature = "parquet")]
    if let Some(table) = super::columnar::ColumnTable::open(&arguments.table)? {
        let job = WideGrowth::new(table.header(), columns, arguments.table.settings())?;
        return table.run("growth", None, &arguments.table, tieout::batch::TableJob::Growth(job));
    }
    let reader = arguments.table.reader()?;
    let job = WideGrowth::new(reader.header(), columns, arguments.table.settings())?;
    arguments.table.run("growth", None, reader, &job)
}

fn long(arguments: &Arguments, columns: &LongColumns<'_>) -> Result<Status, Failure> {
    #[cfg(feature = "parquet")]
    if super::columnar::ColumnTable::open(&arguments.table)?.is_some() {
        return Err(Failure::CouldNotRun(
            "--value, --period and --lag are for CSV files: join the prior column and give --prior".to_owned(),
        ));
    }
    if arguments.sorted {
        let reader = arguments.table.reader()?;
        let index = GrowthIndex::new(reader.header(), columns, arguments.table.settings())?;
        return arguments.table.write("growth", None, |output, errors| index.run_sorted(reader, output, errors));
    }
    let file = arguments.table.file()?;
    if let Some(shortage) = memory::shortage(&file) {
        let way = match arguments.by.as_slice() {
            [] => "split the table".to_owned(),
            by => format!("sort the table by {} and give --sorted", by.join(",")),
        };
        return Err(Failure::CouldNotRun(format!("{}: {shortage}: {way}", arguments.table.name())));
    }
    let stamp = Stamp::of(&file);
    let reader = arguments.table.reader_of(&file, stamp)?;
    let job = GrowthIndex::new(reader.header(), columns, arguments.table.settings())?.build(reader)?;
    arguments.table.run("growth", None, arguments.table.reader_of(&file, stamp)?, &job)
}
