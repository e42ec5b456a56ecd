//! From a file to a table: unpacked, decoded, recognised by its content, read by the reader of its format.

use super::build::Builder;
use super::formats::Format;
use super::input::Input;
use super::table::RateTable;
use crate::currency::Currency;
use crate::error::{Error, ErrorKind, Location};
use std::io::Read;

/// What a file leaves open, and how much of it is wanted. The default asks for everything and assumes nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct ReadOptions {
    /// The base of a table that names only the other currency; one unit of it costs the rate.
    pub base: Option<Currency>,
    /// The decimal mark of a price file in which `11,664` could be either.
    pub decimal_mark: Option<DecimalMark>,
    /// Keep only pairs whose two currencies are both among these (a table against the dollar needs the dollar too):
    /// then the memory that reading takes does not grow with the file.
    pub only: Option<Vec<Currency>>,
    /// What to do with two rates of one pair and day; by default what is the custom of the format.
    pub duplicates: Option<Duplicates>,
}

/// What stands between whole units and their parts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DecimalMark {
    /// `11,664.5`
    Point,
    /// `11.664,5`
    Comma,
}

/// What to do with two rates of one pair for one day. Two that are equal are one in any case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Duplicates {
    /// Refuse the table if they disagree: the custom of all but the price files.
    Refuse,
    /// Take the one that stands first.
    First,
    /// Take the one that stands last: the custom of hledger and Beancount.
    Last,
}

impl ReadOptions {
    /// These options with a base currency.
    ///
    /// ```
    /// use tieout::{Currency, RateTable, ReadOptions};
    ///
    /// let wide = "Date,USD,JPY\n2024-03-01,1.0813,162.87\n";
    /// let table = RateTable::from_bytes(wide.as_bytes(), "wide.csv", &ReadOptions::default().with_base(Currency::EUR))?;
    /// assert_eq!(table.pairs().count(), 2);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn with_base(self, base: Currency) -> ReadOptions {
        ReadOptions { base: Some(base), ..self }
    }

    /// These options with a decimal mark.
    ///
    /// ```
    /// use tieout::{DecimalMark, RateTable, ReadOptions};
    ///
    /// let prices = "P 2024-03-01 EUR 1,081 USD\n";
    /// let options = ReadOptions::default().with_decimal_mark(DecimalMark::Comma);
    /// let table = RateTable::from_bytes(prices.as_bytes(), "prices.journal", &options)?;
    /// assert_eq!(table.observations("EUR/USD".parse()?)[0].rate.to_string(), "1.081");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn with_decimal_mark(self, mark: DecimalMark) -> ReadOptions {
        ReadOptions { decimal_mark: Some(mark), ..self }
    }

    /// These options for the pairs of some currencies only.
    ///
    /// ```
    /// use tieout::{Currency, RateTable, ReadOptions};
    ///
    /// let csv = "date,base,quote,rate\n2024-03-01,USD,JPY,149.9\n2024-03-01,USD,SEK,10.34\n";
    /// let options = ReadOptions::default().only([Currency::USD, Currency::JPY]);
    /// assert_eq!(RateTable::from_bytes(csv.as_bytes(), "rates.csv", &options)?.pairs().count(), 1);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn only(self, currencies: impl IntoIterator<Item = Currency>) -> ReadOptions {
        ReadOptions { only: Some(currencies.into_iter().collect()), ..self }
    }

    /// These options with a policy for duplicates.
    ///
    /// ```
    /// use tieout::{Duplicates, RateTable, ReadOptions};
    ///
    /// let csv = "date,base,quote,rate\n2024-03-01,USD,JPY,149.9\n2024-03-01,USD,JPY,150.1\n";
    /// assert!(RateTable::read(csv.as_bytes(), "rates.csv").is_err());
    /// let options = ReadOptions::default().with_duplicates(Duplicates::Last);
    /// assert!(RateTable::from_bytes(csv.as_bytes(), "rates.csv", &options).is_ok());
    /// ```
    #[must_use]
    pub fn with_duplicates(self, duplicates: Duplicates) -> ReadOptions {
        ReadOptions { duplicates: Some(duplicates), ..self }
    }
}

impl RateTable {
    /// Reads a table, recognised by its content: any [`Format`], as UTF-8, UTF-16 or an 8-bit Western encoding, and with
    /// the feature `archives` packed with gzip or zip.
    ///
    /// `name` is the file's name, for errors and provenance.
    ///
    /// # Errors
    ///
    /// [`UnknownFormat`](crate::ErrorKind::UnknownFormat) for a content that is no known table,
    /// [`TableUnclear`](crate::ErrorKind::TableUnclear), [`Syntax`](crate::ErrorKind::Syntax),
    /// [`UnknownCurrency`](crate::ErrorKind::UnknownCurrency), [`RateNotPositive`](crate::ErrorKind::RateNotPositive),
    /// [`TooManyDigits`](crate::ErrorKind::TooManyDigits), [`Csv`](crate::ErrorKind::Csv) and
    /// [`ConflictingRates`](crate::ErrorKind::ConflictingRates) with the line, and the column where there is one, and
    /// [`Io`](crate::ErrorKind::Io). A table is never half-read.
    ///
    /// ```
    /// use tieout::RateTable;
    ///
    /// let table = RateTable::read("date,base,quote,rate\n2023-05-26,EUR,USD,1.0751\n2023-05-26,EUR,CNY,7.5874\n".as_bytes(), "rates.csv")?;
    /// assert_eq!(table.pairs().count(), 2);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn read(reader: impl Read, name: &str) -> Result<RateTable, Error> {
        RateTable::read_with(reader, name, &ReadOptions::default())
    }

    /// Reads a table as [`read`](RateTable::read) does, with options.
    ///
    /// # Errors
    ///
    /// As [`read`](RateTable::read).
    ///
    /// # Example
    ///
    /// Only the yen and the Swiss franc of a table against the dollar:
    ///
    /// ```
    /// use tieout::{Currency, RateTable, ReadOptions};
    ///
    /// let csv = "date,base,quote,rate\n2024-03-01,USD,JPY,149.9\n2024-03-01,USD,SEK,10.34\n";
    /// let options = ReadOptions::default().only([Currency::USD, Currency::JPY, Currency::CHF]);
    /// let table = RateTable::read_with(csv.as_bytes(), "rates.csv", &options)?;
    /// assert!(table.has(Currency::JPY) && !table.has(Currency::SEK));
    /// # Ok::<(), tieout::Error>(())
    /// ```
    pub fn read_with(reader: impl Read, name: &str, options: &ReadOptions) -> Result<RateTable, Error> {
        Input::with(reader, name, |input| parse(input, options))
    }

    /// Reads a table that is already in memory, as [`read_with`](RateTable::read_with) does but without copying it.
    ///
    /// # Errors
    ///
    /// As [`read`](RateTable::read).
    ///
    /// ```
    /// use tieout::{RateTable, ReadOptions};
    ///
    /// let csv = b"date,base,quote,rate\n2024-03-01,USD,JPY,149.9\n";
    /// assert_eq!(RateTable::from_bytes(csv, "rates.csv", &ReadOptions::default())?.source(), "rates.csv");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn from_bytes(bytes: &[u8], name: &str, options: &ReadOptions) -> Result<RateTable, Error> {
        Input::with_bytes(bytes, name, |input| parse(input, options))
    }
}

fn parse(input: Input<'_>, options: &ReadOptions) -> Result<RateTable, Error> {
    let format = Format::recognise(input.head(), input.file())?;
    let builder = Builder::new(format, &format.source(input.file(), options), input.file(), options);
    let file = input.file().to_owned();
    let table = format.read(input, builder)?;
    let is_empty = table.sources().all(|table| table.series.is_empty() && table.periods.is_empty());
    if is_empty && options.only.is_none() {
        let reason = match table.passed_over {
            0 => format!("the file is read as {format}, but there is no rate in it"),
            count => format!("the file is read as {format}, but there is no rate of a currency among its {count} prices"),
        };
        return Err(Error::from(ErrorKind::TableUnclear { reason }).at(Location { source: file, line: None, column: None }));
    }
    Ok(table)
}
