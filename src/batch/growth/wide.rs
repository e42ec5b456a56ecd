//! Growth where the current and the prior figure stand in one row.

use super::{COLUMNS, Growth};
use crate::batch::cells::Cells;
use crate::batch::error::RowError;
use crate::batch::figures::{Figures, Reported, Settings};
use crate::batch::header::Header;
use crate::batch::job::Job;
use crate::batch::records::Row;
use crate::error::Error;
use crate::relation::Verdict;

/// Which columns a growth within each row reads.
#[derive(Debug, Clone, Copy)]
pub struct WideColumns<'a> {
    /// The current figures.
    pub current: &'a str,
    /// The prior figures.
    pub prior: &'a str,
    /// The growth that the table states, in percent, points or basis points.
    pub reported: Option<&'a str>,
}

/// Growth within each row.
#[derive(Debug)]
pub struct WideGrowth {
    settings: Settings,
    current: Figures,
    prior: Figures,
    reported: Reported,
}

impl WideGrowth {
    /// The growth of these columns.
    ///
    /// # Errors
    ///
    /// [`ColumnMissing`](crate::ErrorKind::ColumnMissing) and [`ColumnAmbiguous`](crate::ErrorKind::ColumnAmbiguous).
    pub fn new(header: &Header, columns: &WideColumns<'_>, settings: Settings) -> Result<WideGrowth, Error> {
        Ok(WideGrowth {
            current: Figures::find(header, columns.current, &settings)?,
            prior: Figures::find(header, columns.prior, &settings)?,
            reported: Reported::find(header, columns.reported, &settings)?,
            settings,
        })
    }

    fn growth(&self, row: &Row<'_>) -> Result<Growth, RowError> {
        let (prior, current) = (self.prior.read(row)?, self.current.read(row)?);
        Growth::between(prior, current, &self.reported, row, &self.settings)
    }
}

impl Job for WideGrowth {
    fn columns(&self) -> &[&'static [&'static str]] {
        COLUMNS
    }

    fn compute(&self, _set: usize, row: &Row<'_>, cells: &mut Cells<'_>) -> Result<Option<Verdict>, RowError> {
        Ok(self.growth(row)?.write(cells))
    }

    fn explain(&self, _set: usize, row: &Row<'_>) -> Result<Vec<String>, RowError> {
        Ok(self.growth(row)?.explain(&self.settings))
    }
}
