//! Growth where the current and the prior figure stand in one row.

use super::short::ShortGrowth;
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
    ///
    /// ```
    /// use tieout::batch::{Header, Settings, WideColumns, WideGrowth};
    ///
    /// let header = Header::of_names("table", ["current", "prior"]);
    /// let columns = WideColumns { current: "current", prior: "prior", reported: None };
    /// assert!(WideGrowth::new(&header, &columns, Settings::default()).is_ok());
    /// ```
    pub fn new(header: &Header, columns: &WideColumns<'_>, settings: Settings) -> Result<WideGrowth, Error> {
        Ok(WideGrowth {
            current: Figures::find(header, columns.current, &settings)?,
            prior: Figures::find(header, columns.prior, &settings)?,
            reported: Reported::find(header, columns.reported, &settings)?,
            settings,
        })
    }

    /// The short way: ordinary figures.
    fn short(&self, row: &Row<'_>) -> Option<ShortGrowth> {
        let (prior, current) = (self.prior.short(row)?, self.current.short(row)?);
        ShortGrowth::between(Some(prior), current, self.reported.short_growth(row)?, &self.settings)
    }

    fn growth(&self, row: &Row<'_>) -> Result<Growth, RowError> {
        let (prior, current) = (self.prior.read(row)?, self.current.read(row)?);
        Growth::between(prior, current, &self.reported, row, &self.settings)
    }
}

#[cfg(feature = "arrow")]
impl WideGrowth {
    /// The places of the prior, the current and the reported figures.
    pub(in crate::batch) fn places(&self) -> (usize, usize, Option<usize>) {
        (self.prior.place(), self.current.place(), self.reported.place())
    }

    /// The settings.
    pub(in crate::batch) fn settings(&self) -> &Settings {
        &self.settings
    }
}

impl Job for WideGrowth {
    fn columns(&self) -> &[&'static [&'static str]] {
        COLUMNS
    }

    type Ahead = ();

    fn look_ahead(&self, _row: &Row<'_>) {}

    fn compute(&self, _set: usize, row: &Row<'_>, _ahead: &(), cells: &mut Cells<'_>) -> Result<Option<Verdict>, RowError> {
        match self.short(row) {
            Some(growth) => Ok(growth.write(cells)),
            None => Ok(self.growth(row)?.write(cells)),
        }
    }

    fn explain(&self, _set: usize, row: &Row<'_>) -> Result<Vec<String>, RowError> {
        Ok(self.growth(row)?.explain(&self.settings))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::batch::output::Output;
    use crate::batch::records::{Records, Tail};
    use crate::batch::{Inputs, Reader};
    use crate::exact::RoundingMode;

    /// The new cells and the verdict of a row by one of the ways, `None` where the short one declines.
    fn by<E>(outcome: Result<impl FnOnce(&mut Cells<'_>) -> Option<Verdict>, E>) -> Option<(String, Option<Verdict>)> {
        let mut out = Output::default();
        let verdict = outcome.ok()?(&mut Cells::new(&mut out, b','));
        Some((String::from_utf8(out.as_bytes().to_vec()).unwrap(), verdict))
    }

    proptest::proptest! {
        /// Rule: where the short way answers, it says what the long one says.
        #[test]
        fn the_short_way_agrees_with_the_long_one(
            prior in "-?[0-9]{1,7}(\\.[0-9]{1,3})?|-?[0-9]{1,18}|0|", current in "-?[0-9]{1,7}(\\.[0-9]{1,3})?|0(\\.0)?|\"[0-9]\"",
            stated in "-?[0-9]{1,3}(\\.[0-9]{1,2})?%?|", near: bool, mode in 0..RoundingMode::ALL.len(), decimals in 0..4, exact: bool
        ) {
            let header = "p,c,r\n";
            let reader = Reader::new(header.as_bytes(), "t.csv", b',').unwrap();
            let inputs = exact.then_some(Inputs::Exact);
            let settings = Settings { rounding: RoundingMode::ALL[mode], decimals: Some(decimals), inputs, ..Settings::default() };
            let growth = |reported| {
                WideGrowth::new(reader.header(), &WideColumns { current: "c", prior: "p", reported }, settings.clone()).unwrap()
            };
            // A reported figure that is near: that of the row itself.
            let near_figure = || {
                let record = format!("{prior},{current},");
                let mut fields = Vec::new();
                Records::new(record.as_bytes(), b',', Tail::End).next(&mut fields);
                let growth = growth(None).growth(&Row::new(record.as_bytes(), &fields)).ok()?;
                growth.percent.map(|percent| percent.to_string())
            };
            let stated = if near { near_figure().unwrap_or(stated) } else { stated };
            let record = format!("{prior},{current},{stated}");
            let mut fields = Vec::new();
            Records::new(record.as_bytes(), b',', Tail::End).next(&mut fields);
            let row = Row::new(record.as_bytes(), &fields);
            for reported in [None, Some("r")] {
                let job = growth(reported);
                if let Some(short) = job.short(&row) {
                    let short = by(Ok::<_, ()>(|cells: &mut Cells<'_>| short.write(cells)));
                    let long = by(job.growth(&row).map(|long| move |cells: &mut Cells<'_>| long.write(cells)));
                    proptest::prop_assert_eq!(short, long, "{}", record);
                }
            }
        }
    }
}
