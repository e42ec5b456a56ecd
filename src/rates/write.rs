//! A table in the canonical long form: every digit, every kind, every source.

use super::series::Series;
use super::table::RateTable;
use crate::currency::CurrencyPair;
use crate::error::{Error, ErrorKind};
use crate::period::Period;
use jiff::civil::Date;
use rust_decimal::Decimal;
use std::fmt::Display;
use std::io::Write;

const HEADER: [&str; 6] = ["date", "base", "quote", "rate", "kind", "source"];

impl RateTable {
    /// Writes `date,base,quote,rate,kind,source`, a row for each rate: reading it back gives the same rates with the
    /// same digits. The sources stand in order of priority, then the pairs in the order of the table, oldest first.
    ///
    /// # Errors
    ///
    /// [`Io`](ErrorKind::Io) when the writer fails.
    ///
    /// # Example
    ///
    /// ```
    /// use tieout::RateTable;
    ///
    /// let table = RateTable::read("P 2024-11-18 EUR 11,66400 NOK\n".as_bytes(), "prices.journal")?;
    /// let mut csv = Vec::new();
    /// table.write_csv(&mut csv)?;
    /// let expected = "date,base,quote,rate,kind,source\n2024-11-18,EUR,NOK,11.66400,spot,prices.journal\n";
    /// assert_eq!(String::from_utf8_lossy(&csv), expected);
    /// # Ok::<(), tieout::Error>(())
    /// ```
    pub fn write_csv(&self, writer: impl Write) -> Result<(), Error> {
        let mut csv = csv::Writer::from_writer(writer);
        csv.write_record(HEADER).map_err(failed)?;
        for table in self.sources() {
            table.series.iter().try_for_each(|series| table.write_days(&mut csv, series))?;
            for series in &table.periods {
                for rate in &series.rates {
                    table.write_row(&mut csv, &rate.period, series.pair, rate.rate, &rate.basis)?;
                }
            }
        }
        csv.flush().map_err(failed)
    }

    fn write_days(&self, csv: &mut csv::Writer<impl Write>, series: &Series) -> Result<(), Error> {
        for (place, observation) in series.observations.iter().enumerate() {
            let until = series.until.get(place).copied().unwrap_or(observation.date);
            self.write_row(csv, &span(observation.date, until), series.pair, observation.rate, &"spot")?;
        }
        Ok(())
    }

    fn write_row(
        &self,
        csv: &mut csv::Writer<impl Write>,
        date: &impl Display,
        pair: CurrencyPair,
        rate: Decimal,
        kind: &impl Display,
    ) -> Result<(), Error> {
        let fields = [date.to_string(), pair.base.to_string(), pair.quote.to_string(), rate.to_string(), kind.to_string()];
        csv.write_record(fields.iter().map(String::as_str).chain([self.source.as_ref()])).map_err(failed)
    }
}

/// The stretch from one day to another by its shortest name: a month is `2024-03`.
fn span(from: Date, to: Date) -> Period {
    let (year, month) = (from.year(), from.month());
    let named =
        [Period::month(year, month), Period::quarter(year, (month + 2) / 3), Period::half(year, (month + 5) / 6), Period::year(year)];
    let same = |period: &Period| (period.first_day(), period.last_day()) == (from, to);
    // OK because no span ends before it begins; a day would be the next best name.
    named.into_iter().flatten().find(same).or_else(|| Period::range(from, to)).unwrap_or_else(|| Period::day(from))
}

fn failed(error: impl Display) -> Error {
    ErrorKind::Io { message: error.to_string() }.into()
}
