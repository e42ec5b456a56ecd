//! Growth where each period has a row of its own: an index of every figure, then the rows once more.

use super::index::{Batch, FigureIndex, Fingerprint, Fingerprints, Packed};
use super::periods::{KnownPeriod, KnownPeriods, code};
use super::short::ShortGrowth;
use super::{COLUMNS, Growth};
use crate::batch::cells::Cells;
use crate::batch::error::{ErrorCode, RowError};
use crate::batch::figures::{Figures, Reported, Settings};
use crate::batch::header::{Column, Header};
use crate::batch::job::Job;
use crate::batch::pipeline::in_order;
use crate::batch::processor::{Work, at_its_best};
use crate::batch::reader::{Chunk, Reader};
use crate::batch::records::Row;
use crate::batch::run::for_rows;
use crate::error::Error;
use crate::locale::TypedFigure;
use crate::period::{Lag, Period};
use crate::relation::Verdict;
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
    fingerprints: Fingerprints,
    periods: KnownPeriods,
    figures: FigureIndex,
}

/// Growth over the row of an earlier period, every figure known.
#[derive(Debug)]
pub struct LongGrowth(GrowthIndex);

/// Finds the figures of a chunk.
struct Find<'f> {
    index: &'f GrowthIndex,
    chunk: &'f Chunk,
    width: usize,
    delimiter: u8,
    batch: &'f mut Batch,
}

impl Work for Find<'_> {
    #[inline(always)]
    fn run(self) {
        self.batch.clear();
        for_rows(self.chunk, self.delimiter, |_, _, row| {
            if !row.is_empty() && row.len() <= self.width {
                // A row that cannot be read has its error in its own place.
                let _ = self.index.find(row, self.batch);
            }
        });
    }
}

/// What is known of a row ahead: where its figure and that of the period before are.
#[derive(Debug, Clone, Copy)]
pub struct Ahead {
    own: Fingerprint,
    before: Fingerprint,
}

impl GrowthIndex {
    /// The growth of these columns.
    ///
    /// # Errors
    ///
    /// [`ColumnMissing`](crate::ErrorKind::ColumnMissing) and [`ColumnAmbiguous`](crate::ErrorKind::ColumnAmbiguous).
    ///
    /// ```
    /// use tieout::batch::{GrowthIndex, LongColumns, Reader, Settings};
    ///
    /// let reader = || Reader::new("shop,year,sales\nA,2022,100\nA,2023,110\n".as_bytes(), "sales.csv", b',');
    /// let columns = LongColumns { value: "sales", period: "year", by: &["shop".to_owned()], lag: "1y".parse()?, reported: None };
    /// let _index = GrowthIndex::new(reader()?.header(), &columns, Settings::default())?;
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn new(header: &Header, columns: &LongColumns<'_>, settings: Settings) -> Result<GrowthIndex, Error> {
        Ok(GrowthIndex {
            value: Figures::find(header, columns.value, &settings)?,
            period: header.find(columns.period)?,
            by: columns.by.iter().map(|name| header.find(name)).collect::<Result<_, _>>()?,
            lag: columns.lag,
            reported: Reported::find(header, columns.reported, &settings)?,
            settings,
            fingerprints: Fingerprints::default(),
            periods: KnownPeriods::new(columns.lag),
            figures: FigureIndex::default(),
        })
    }

    /// Reads every figure of a table. Its memory grows with the rows: 20 to 30 bytes for each.
    ///
    /// # Errors
    ///
    /// [`Io`](crate::ErrorKind::Io) and [`Csv`](crate::ErrorKind::Csv); a bad row is left out, to say so itself later.
    ///
    /// ```
    /// use tieout::batch::{GrowthIndex, LongColumns, Reader, Settings, run};
    ///
    /// let reader = || Reader::new("shop,year,sales\nA,2022,100\nA,2023,110\n".as_bytes(), "sales.csv", b',');
    /// let columns = LongColumns { value: "sales", period: "year", by: &["shop".to_owned()], lag: "1y".parse()?, reported: None };
    /// let index = GrowthIndex::new(reader()?.header(), &columns, Settings::default())?;
    /// let mut rows = Vec::new();
    /// run(reader()?, &index.build(reader()?)?, &mut rows, None)?;
    /// assert!(String::from_utf8_lossy(&rows).contains("A,2023,110,100,10,10.00"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn build<R: Read + Send>(mut self, mut reader: Reader<R>) -> Result<LongGrowth, Error> {
        let (width, delimiter) = (reader.header().width(), reader.delimiter());
        let mut figures = std::mem::take(&mut self.figures);
        let find = |chunk: &Chunk, batch: &mut Batch| at_its_best(Find { index: &self, chunk, width, delimiter, batch });
        in_order(&mut reader, find, |batch| {
            figures.insert(batch);
            Ok(())
        })?;
        self.figures = figures;
        Ok(LongGrowth(self))
    }

    /// Finds the figure of a row.
    #[inline(always)]
    fn find(&self, row: &Row<'_>, batch: &mut Batch) -> Result<(), RowError> {
        let (key, period) = (self.key(row)?, self.period_code(row)?);
        if let Some(packed) = self.value.short(row).and_then(Packed::plain) {
            batch.push(key.at(period), packed);
        } else if let Some(figure) = self.value.read(row)? {
            batch.push_figure(key.at(period), figure);
        }
        Ok(())
    }

    /// What stands for the key's fields.
    #[inline(always)]
    fn key(&self, row: &Row<'_>) -> Result<Fingerprint, RowError> {
        self.fingerprints.of(self.by.iter().map(|column| column.content(row)))
    }

    fn period(&self, row: &Row<'_>) -> Result<Period, RowError> {
        let text = self.period.text(row)?;
        text.parse().map_err(|error: Error| RowError { code: ErrorCode::BadPeriod, ..RowError::of_field(&error, &self.period.name) })
    }

    #[inline(always)]
    fn period_code(&self, row: &Row<'_>) -> Result<u64, RowError> {
        match self.known_period(row) {
            Some(known) => Ok(known.code),
            None => self.period(row).map(code),
        }
    }

    #[inline(always)]
    fn known_period(&self, row: &Row<'_>) -> Option<&KnownPeriod> {
        self.periods.get(&row.content(self.period.index)?)
    }

    /// The figure of a key and period; `None` if there is none.
    fn figure(&self, key: Fingerprint, period: Period) -> Result<Option<TypedFigure>, RowError> {
        let Some(packed) = self.figures.get(key.at(code(period))) else { return Ok(None) };
        let figure = self.figures.figure(packed);
        let conflict = || RowError::new(ErrorCode::DuplicateKey, format!("rows of this key give different values for {period}"));
        figure.ok_or_else(conflict).map(Some)
    }

    /// Finds out which figures a row of a known period needs, and has them brought near.
    #[inline(always)]
    fn look_ahead(&self, row: &Row<'_>) -> Option<Ahead> {
        let (key, period) = (self.key(row).ok()?, self.known_period(row)?);
        let ahead = Ahead { own: key.at(period.code), before: key.at(period.before?) };
        if self.figures.has_conflicts() {
            self.figures.fetch_ahead(ahead.own);
        }
        self.figures.fetch_ahead(ahead.before);
        Some(ahead)
    }

    /// The short way: ordinary figures.
    #[inline(always)]
    fn short(&self, row: &Row<'_>, ahead: Ahead) -> Option<ShortGrowth> {
        let current = self.value.short(row)?;
        // Where no rows disagree, the row's own figure is what the table has.
        if self.figures.has_conflicts() && self.figures.get(ahead.own)?.is_conflict() {
            return None;
        }
        let before = self.figures.get(ahead.before);
        let prior = before.map(|before| before.short().ok_or(())).transpose().ok()?;
        ShortGrowth::between(prior, current, self.reported.short_growth(row)?, &self.settings)
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
            self.figure(key, period)?;
        }
        let prior = self.figure(key, before)?;
        Growth::between(prior, current, &self.reported, row, &self.settings)
    }
}

impl Job for LongGrowth {
    fn columns(&self) -> &[&'static [&'static str]] {
        COLUMNS
    }

    type Ahead = Option<Ahead>;

    #[inline]
    fn look_ahead(&self, row: &Row<'_>) -> Option<Ahead> {
        self.0.look_ahead(row)
    }

    #[inline(always)]
    fn compute(&self, _set: usize, row: &Row<'_>, ahead: &Option<Ahead>, cells: &mut Cells<'_>) -> Result<Option<Verdict>, RowError> {
        match ahead.and_then(|ahead| self.0.short(row, ahead)) {
            Some(growth) => Ok(growth.write(cells)),
            None => Ok(self.0.growth(row)?.write(cells)),
        }
    }

    fn explain(&self, _set: usize, row: &Row<'_>) -> Result<Vec<String>, RowError> {
        Ok(self.0.growth(row)?.explain(&self.0.settings))
    }
}
