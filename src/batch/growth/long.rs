//! Growth where each period has a row of its own: an index of every figure, then the rows once more.

use super::{COLUMNS, Growth};
use crate::batch::cells::Cells;
use crate::batch::error::{ErrorCode, RowError};
use crate::batch::figures::{Figures, Reported, Settings};
use crate::batch::header::{Column, Header};
use crate::batch::job::Job;
use crate::batch::reader::Reader;
use crate::batch::records::Row;
use crate::batch::run::for_each_row;
use crate::error::Error;
use crate::period::{Lag, Period};
use crate::relation::Verdict;
use crate::typed::TypedFigure;
use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::io::Read;

/// Which columns a growth over earlier rows reads.
#[derive(Debug, Clone, Copy)]
pub struct LongColumns<'a> {
    /// The figures.
    pub value: &'a str,
    /// Their periods.
    pub period: &'a str,
    /// What a figure belongs to; several columns form one key.
    pub by: &'a [String],
    /// How far back the prior period lies.
    pub lag: Lag,
    /// The growth that the table states, in percent, points or basis points.
    pub reported: Option<&'a str>,
}

/// Growth over the row of an earlier period: the columns, before the index is built.
#[derive(Debug)]
pub struct GrowthIndex {
    settings: Settings,
    value: Figures,
    period: Column,
    by: Vec<Column>,
    lag: Lag,
    reported: Reported,
    /// The figure of each key and period; `None` where rows disagree.
    figures: HashMap<(Vec<u8>, Period), Option<TypedFigure>>,
}

/// Growth over the row of an earlier period, every figure known.
#[derive(Debug)]
pub struct LongGrowth(GrowthIndex);

impl GrowthIndex {
    /// The growth of these columns.
    ///
    /// # Errors
    ///
    /// [`ColumnMissing`](crate::ErrorKind::ColumnMissing) and [`ColumnAmbiguous`](crate::ErrorKind::ColumnAmbiguous).
    pub fn new(header: &Header, columns: &LongColumns<'_>, settings: Settings) -> Result<GrowthIndex, Error> {
        Ok(GrowthIndex {
            value: Figures::find(header, columns.value, &settings)?,
            period: header.find(columns.period)?,
            by: columns.by.iter().map(|name| header.find(name)).collect::<Result<_, _>>()?,
            lag: columns.lag,
            reported: Reported::find(header, columns.reported, &settings)?,
            settings,
            figures: HashMap::new(),
        })
    }

    /// Reads every figure of a table. Its memory grows with the rows.
    ///
    /// # Errors
    ///
    /// [`Io`](crate::ErrorKind::Io) and [`Csv`](crate::ErrorKind::Csv); a bad row is left out, to say so itself later.
    pub fn build<R: Read>(mut self, reader: Reader<R>) -> Result<LongGrowth, Error> {
        let width = reader.header().width();
        for_each_row(reader, |row| {
            if row.len() <= width {
                // A row that cannot be read has its error in its own place.
                let _ = self.insert(row);
            }
        })?;
        Ok(LongGrowth(self))
    }

    fn insert(&mut self, row: &Row<'_>) -> Result<(), RowError> {
        let (key, period) = (self.key(row)?, self.period(row)?);
        let Some(figure) = self.value.read(row)? else { return Ok(()) };
        match self.figures.entry((key, period)) {
            Entry::Vacant(slot) => {
                slot.insert(Some(figure));
            }
            Entry::Occupied(mut slot) => {
                if slot.get().is_some_and(|known| known.value() != figure.value()) {
                    slot.insert(None);
                }
            }
        }
        Ok(())
    }

    /// The key's fields in one, each after its length, so that no two keys look alike.
    fn key(&self, row: &Row<'_>) -> Result<Vec<u8>, RowError> {
        let mut key = Vec::new();
        for column in &self.by {
            let content = column.content(row)?;
            key.extend_from_slice(&(content.len() as u64).to_le_bytes());
            key.extend_from_slice(&content);
        }
        Ok(key)
    }

    fn period(&self, row: &Row<'_>) -> Result<Period, RowError> {
        let text = self.period.text(row)?;
        text.parse().map_err(|error: Error| RowError { code: ErrorCode::BadPeriod, ..RowError::of_field(&error, &self.period.name) })
    }

    /// The figure of a key and period; `None` if there is none.
    fn figure(&self, key: Vec<u8>, period: Period) -> Result<Option<TypedFigure>, RowError> {
        match self.figures.get(&(key, period)) {
            None => Ok(None),
            Some(Some(figure)) => Ok(Some(*figure)),
            Some(None) => Err(RowError::new(ErrorCode::DuplicateKey, format!("rows of this key give different values for {period}"))),
        }
    }

    fn growth(&self, row: &Row<'_>) -> Result<Growth, RowError> {
        let (key, period) = (self.key(row)?, self.period(row)?);
        let current = self.value.read(row)?;
        let before = period.before(self.lag).ok_or_else(|| {
            RowError::new(
                ErrorCode::BadPeriod,
                format!("{period} has no prior period at this lag: it is longer than the lag, or the first there is"),
            )
        })?;
        if current.is_some() {
            self.figure(key.clone(), period)?;
        }
        let prior = self.figure(key, before)?;
        Growth::between(prior, current, &self.reported, row, &self.settings)
    }
}

impl Job for LongGrowth {
    fn columns(&self) -> &[&'static [&'static str]] {
        COLUMNS
    }

    fn compute(&self, _set: usize, row: &Row<'_>, cells: &mut Cells<'_>) -> Result<Option<Verdict>, RowError> {
        Ok(self.0.growth(row)?.write(cells))
    }

    fn explain(&self, _set: usize, row: &Row<'_>) -> Result<Vec<String>, RowError> {
        Ok(self.0.growth(row)?.explain(&self.0.settings))
    }
}
