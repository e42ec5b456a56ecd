//! Growth where each period has a row of its own: an index of every figure, then the rows once more.

use super::entries::{Batch, Entry, NO_PERIOD};
use super::index::{FigureIndex, Slot};
use super::keys::{Fingerprint, Keys, Shift};
use super::packed::Packed;
use super::periods::{KnownPeriod, KnownPeriods, code};
use super::short::ShortGrowth;
use super::{COLUMNS, Growth};
use crate::batch::cells::Cells;
use crate::batch::error::{ErrorCode, RowError};
use crate::batch::figures::{Figures, Reported, Settings, ShortReported};
use crate::batch::header::{Column, Header};
use crate::batch::job::Job;
use crate::batch::layout::Cursor;
use crate::batch::lines::{Fields, ShortLines};
use crate::batch::output::Piece;
use crate::batch::pipeline::in_order;
use crate::batch::processor::{Work, at_its_best};
use crate::batch::reader::{Chunk, Reader};
use crate::batch::records::Row;
use crate::batch::short::Short;
use crate::error::Error;
use crate::locale::TypedFigure;
use crate::period::{Lag, Period};
use crate::relation::Verdict;
use std::io::Read;
use std::ops::Range;

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
    pub(super) keys: Keys,
    lag: Lag,
    reported: Reported,
    periods: KnownPeriods,
    figures: FigureIndex,
}

/// Growth over the row of an earlier period, every figure known.
#[derive(Debug)]
pub struct LongGrowth(pub(super) GrowthIndex);

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
        let Find { index, chunk, width, delimiter, batch } = self;
        batch.start(chunk);
        if let Some(lines) = ShortLines::of(chunk, delimiter, width) {
            return find_lines(index, chunk.bytes(), lines, width, batch);
        }
        batch.layout.find(chunk, delimiter);
        let (layout, mut cursor) = (std::mem::take(&mut batch.layout), Cursor::default());
        while let Some((found, fields)) = layout.next(chunk.bytes(), &mut cursor) {
            let row = layout.row(chunk.bytes(), fields);
            let entry = if row.is_empty() || row.len() > width { None } else { index.entry(&row, width, batch) };
            batch.push(entry.unwrap_or_else(Entry::empty), found.next - found.start);
        }
        batch.layout = layout;
    }
}

/// Finds the figures of short lines.
#[inline(always)]
fn find_lines(index: &GrowthIndex, bytes: &[u8], lines: ShortLines, width: usize, batch: &mut Batch) {
    let (mut start, mut ends) = (0, Vec::new());
    while start < bytes.len() {
        let rest = bytes.get(start..).unwrap_or_default();
        // No closures here: they would not be compiled with the instructions of the function that this is part of.
        if let Some((line, length)) = lines.first(rest)
            && let Some(entry) = index.short_entry(&line, width)
        {
            batch.push(entry, length + 1);
            start += length + 1;
        } else {
            let (entry, length) = index.odd_entry(rest, lines, width, (&mut ends, batch));
            batch.push(entry, length);
            start += length;
        }
    }
}

/// What is known of a row ahead: what stands for its figure and for that of the period before.
#[derive(Debug, Clone, Copy, Default)]
pub struct Ahead {
    /// Whether anything is.
    is_known: bool,
    own: Fingerprint,
    before: Fingerprint,
    /// Its figure, if it is known.
    current: Packed,
    /// Where the figure of the period before is.
    slot: Slot,
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
            keys: Keys::new(columns.by.iter().map(|name| header.find(name)).collect::<Result<_, _>>()?),
            lag: columns.lag,
            reported: Reported::find(header, columns.reported, &settings)?,
            settings,
            periods: KnownPeriods::new(columns.lag),
            figures: FigureIndex::default(),
        })
    }

    /// Reads every figure of a table. Its memory grows with the rows: about 31 bytes for each. Where the rows of a key stand
    /// together, [`run_sorted`](GrowthIndex::run_sorted) takes less.
    ///
    /// # Errors
    ///
    /// [`Io`](crate::ErrorKind::Io), for want of memory too, and [`Csv`](crate::ErrorKind::Csv); a bad row is left out, to
    /// say so itself later.
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
        self.keys.delimited_by(reader.delimiter());
        self.read(&mut reader)?;
        Ok(LongGrowth(self))
    }

    /// Reads every figure of some rows; those that were known are forgotten.
    pub(super) fn read<R: Read + Send>(&mut self, reader: &mut Reader<R>) -> Result<(), Error> {
        let (width, delimiter) = (reader.header().width(), reader.delimiter());
        let mut figures = FigureIndex::default();
        let find = |chunk: &Chunk, batch: &mut Batch| at_its_best(Find { index: self, chunk, width, delimiter, batch });
        in_order(reader, find, |batch| figures.add(batch))?;
        figures.finish()?;
        self.figures = figures;
        Ok(())
    }

    /// What is kept of a line that is not ordinary, and its length, line end included.
    #[cold]
    #[inline(never)]
    fn odd_entry(&self, rest: &[u8], lines: ShortLines, width: usize, (ends, batch): (&mut Vec<u32>, &mut Batch)) -> (Entry, usize) {
        ends.clear();
        let length = lines.fields(rest, ends);
        let row = Row::new(rest, ends);
        let entry = if row.is_empty() || row.len() > width { None } else { self.entry(&row, width, batch) };
        (entry.unwrap_or_else(Entry::empty), (length + 1).min(rest.len()))
    }

    /// What is kept of a row with an ordinary figure and period; `None` for any other.
    #[inline(always)]
    fn short_entry<'r>(&self, row: &impl Fields<'r>, width: usize) -> Option<Entry> {
        let key = self.keys.of(row).ok()?;
        let (number, period) = self.periods.of_field(row, self.period.index)?;
        let packed = Packed::plain(self.value.short(row)?)?;
        let is_known = period.before.is_some() && row.len() == width;
        Some(Entry::new(key.at(period.own), packed, if is_known { number } else { NO_PERIOD }))
    }

    /// What is kept of a row; `None` if it has no figure. A row that cannot be read has its error in its own place.
    #[inline(always)]
    fn entry(&self, row: &Row<'_>, width: usize, batch: &mut Batch) -> Option<Entry> {
        if let Some(entry) = self.short_entry(row, width) {
            return Some(entry);
        }
        let key = self.keys.of(row).ok()?;
        let shift = match self.periods.of_field(row, self.period.index) {
            Some((_, period)) => period.own,
            None => Shift::of(code(self.period(row).ok()?)),
        };
        let packed = batch.pack(self.value.read(row).ok()??);
        Some(Entry::new(key.at(shift), packed, NO_PERIOD))
    }

    fn period(&self, row: &Row<'_>) -> Result<Period, RowError> {
        let text = self.period.text(row)?;
        text.parse().map_err(|error: Error| RowError { code: ErrorCode::BadPeriod, ..RowError::of_field(&error, &self.period.name) })
    }

    /// The figure of a key and period; `None` if there is none.
    fn figure(&self, key: Fingerprint, period: Period) -> Result<Option<TypedFigure>, RowError> {
        let Some(packed) = self.figures.get(key.at(Shift::of(code(period)))) else { return Ok(None) };
        let figure = self.figures.figure(packed);
        let conflict = || RowError::new(ErrorCode::DuplicateKey, format!("rows of this key give different values for {period}"));
        figure.ok_or_else(conflict).map(Some)
    }

    /// Finds out which figures a row of a known period needs, and has what leads to them brought near.
    #[inline(always)]
    fn look_ahead(&self, row: &Row<'_>) -> Option<Ahead> {
        let (key, (_, period)) = (self.keys.of(row).ok()?, self.periods.of_field(row, self.period.index)?);
        let own = key.at(period.own);
        let ahead = Ahead { is_known: true, own, before: own.at(period.before?), ..Ahead::default() };
        self.figures.fetch_slot(ahead.before);
        Some(ahead)
    }

    /// The short way: ordinary figures.
    #[inline(always)]
    fn short(&self, row: &Row<'_>, ahead: &Ahead) -> Option<ShortGrowth> {
        let current = self.value.short(row)?;
        // Where no rows disagree, the row's own figure is what the table has.
        if self.figures.has_conflicts() && self.figures.get(ahead.own)?.is_conflict() {
            return None;
        }
        self.over_before(ahead, current, self.reported.short_growth(row)?)
    }

    #[inline(always)]
    fn over_before(&self, ahead: &Ahead, current: Short, reported: ShortReported) -> Option<ShortGrowth> {
        let before = self.figures.get_at(ahead.slot, ahead.before);
        let prior = before.map(|before| before.short().ok_or(())).transpose().ok()?;
        ShortGrowth::between(prior, current, reported, &self.settings)
    }

    fn growth(&self, row: &Row<'_>) -> Result<Growth, RowError> {
        let (key, period) = (self.keys.of(row)?, self.period(row)?);
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

    type Ahead = Ahead;

    #[inline(always)]
    fn look_ahead(&self, row: &Row<'_>) -> Ahead {
        self.0.look_ahead(row).unwrap_or_default()
    }

    const RECALLS: bool = true;
    const KNOWS: bool = true;

    #[inline]
    fn recall(&self, chunk: &Chunk) -> Option<Range<usize>> {
        // A reported figure stands in a field.
        if self.0.reported.is_given() { None } else { self.0.figures.records(chunk) }
    }

    #[inline(always)]
    fn recalled(&self, number: usize, ahead: &mut Ahead) -> (usize, bool) {
        let Some(entry) = self.0.figures.record(number) else { return (0, false) };
        ahead.is_known = false;
        let Some(KnownPeriod { before: Some(before), .. }) = self.0.periods.of_number(entry.period) else {
            return (entry.length(), false);
        };
        (ahead.own, ahead.before) = (entry.fingerprint(), entry.fingerprint().at(*before));
        (ahead.current, ahead.is_known) = (entry.figure, true);
        self.0.figures.fetch_slot(ahead.before);
        (entry.length(), true)
    }

    #[inline(always)]
    fn look_closer(&self, ahead: &mut Ahead) {
        if ahead.is_known {
            ahead.slot = self.0.figures.fetch_record(ahead.before);
        }
    }

    #[inline(always)]
    fn compute_known(&self, ahead: &Ahead, piece: &mut Piece<'_>, delimiter: u8) -> Option<Option<Verdict>> {
        if !ahead.is_known {
            return None;
        }
        let growth = self.0.over_before(ahead, ahead.current.short()?, ShortReported::NoColumn)?;
        Some(growth.write_to(piece, delimiter))
    }

    #[inline(always)]
    fn compute(&self, _set: usize, row: &Row<'_>, ahead: &Ahead, cells: &mut Cells<'_>) -> Result<Option<Verdict>, RowError> {
        match if ahead.is_known { self.0.short(row, ahead) } else { None } {
            Some(growth) => Ok(growth.write(cells)),
            None => Ok(self.0.growth(row)?.write(cells)),
        }
    }

    fn explain(&self, _set: usize, row: &Row<'_>) -> Result<Vec<String>, RowError> {
        Ok(self.0.growth(row)?.explain(&self.0.settings))
    }
}
