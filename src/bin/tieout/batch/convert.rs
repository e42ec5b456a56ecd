//! `tieout batch convert`.

use super::TableArguments;
use crate::args::RateArguments;
use crate::failure::{Failure, Status};
use clap::Args;
use tieout::batch::{Convert, ConvertColumns};

/// Converts the amount of every row at the rate of its day
///
/// New columns: converted, rate, rate_date, verdict, difference, error. A name in the header is that column;
/// otherwise it is a code or a date (=USD forces that).
///
/// Examples:
///   tieout batch convert ledger.csv -o out.csv --amount amount --from currency --to EUR --date booked
///   tieout batch convert ledger.csv --amount amount --from currency --to EUR --date 2023-05-26 --reported eur
#[derive(Debug, Args)]
#[command(verbatim_doc_comment)]
pub(crate) struct Arguments {
    #[command(flatten)]
    table: TableArguments,
    /// The column of the amounts
    #[arg(long, value_name = "COL")]
    amount: String,
    /// The currency of the amounts: a column or a code
    #[arg(long, value_name = "COL|CODE")]
    from: String,
    /// The currency to convert to: a column or a code
    #[arg(long, value_name = "COL|CODE")]
    to: String,
    /// The day of the rate: a column or a date
    #[arg(long, value_name = "COL|DATE")]
    date: String,
    /// The column of converted amounts to hold the result against
    #[arg(long, value_name = "COL")]
    reported: Option<String>,
    #[command(flatten)]
    rates: RateArguments,
}

/// Runs the command.
pub(crate) fn run(arguments: &Arguments) -> Result<Status, Failure> {
    let rates = arguments.rates.table()?;
    let columns = ConvertColumns {
        amount: &arguments.amount,
        from: &arguments.from,
        to: &arguments.to,
        date: &arguments.date,
        reported: arguments.reported.as_deref(),
    };
    #[cfg(feature = "parquet")]
    if let Some(table) = super::columnar::ColumnTable::open(&arguments.table)? {
        let job = Convert::new(table.header(), &columns, &rates, arguments.rates.lookup(), arguments.table.settings())?;
        return table.run("convert", Some(rates.source()), &arguments.table, tieout::batch::TableJob::Convert(job));
    }
    let reader = arguments.table.reader()?;
    let job = Convert::new(reader.header(), &columns, &rates, arguments.rates.lookup(), arguments.table.settings())?;
    arguments.table.run("convert", Some(rates.source()), reader, &job)
}
