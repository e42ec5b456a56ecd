//! What must have stood there a period earlier?

use super::cells::Cells;
use super::error::{ErrorCode, RowError};
use super::figures::{Figures, Inputs, Settings, growth_unit};
use super::header::Header;
use super::job::Job;
use super::records::Row;
use crate::error::Error;
use crate::exact::{End, Precision, Ratio, RoundingMode};
use crate::locale::TypedFigure;
use crate::relation::{Claim, Estimate, Relation, Role, Verdict};
use rust_decimal::Decimal;

/// Which columns an implied prior is computed from.
#[derive(Debug, Clone, Copy)]
pub struct ImpliedColumns<'a> {
    /// The current figures.
    pub value: &'a str,
    /// Their growth, in percent.
    pub growth: &'a str,
}

/// The prior that a current figure and its growth imply.
#[derive(Debug)]
pub struct Implied {
    settings: Settings,
    value: Figures,
    growth: Figures,
}

/// A row's prior.
struct Prior {
    current: TypedFigure,
    growth: TypedFigure,
    value: Decimal,
    low: Option<Decimal>,
    high: Option<Decimal>,
}

impl Implied {
    /// The implied prior of these columns.
    ///
    /// # Errors
    ///
    /// [`ColumnMissing`](crate::ErrorKind::ColumnMissing) and [`ColumnAmbiguous`](crate::ErrorKind::ColumnAmbiguous).
    ///
    /// ```
    /// use tieout::batch::{Header, Implied, ImpliedColumns, Settings};
    ///
    /// let header = Header::of_names("table", ["current", "growth"]);
    /// let columns = ImpliedColumns { value: "current", growth: "growth" };
    /// assert!(Implied::new(&header, &columns, Settings::default()).is_ok());
    /// ```
    pub fn new(header: &Header, columns: &ImpliedColumns<'_>, settings: Settings) -> Result<Implied, Error> {
        let value = Figures::find(header, columns.value, &settings)?;
        Ok(Implied { value, growth: Figures::find(header, columns.growth, &settings)?, settings })
    }

    fn prior(&self, row: &Row<'_>) -> Result<Prior, RowError> {
        let (current, growth) = (self.value.need(row)?, self.growth.need(row)?);
        let unit = growth_unit(&growth, self.growth.name())?;
        let claim = Claim::new(Relation::Growth)
            .with(Role::Current, self.settings.operand(&current, &Ratio::ONE, Inputs::Printed))
            .with(Role::Growth, self.settings.operand(&growth, &unit, Inputs::Printed));
        let estimate = claim.estimate(Role::Prior);
        let Some(Estimate { value: Some(value), interval, .. }) = estimate else {
            return Err(RowError::new(ErrorCode::DivisionByZero, "a growth of -100% leaves no prior: every prior leads to zero"));
        };
        let decimals = self.settings.decimals.unwrap_or_else(|| current.decimals().saturating_add(2));
        let outward =
            |end: &End, mode| end.value().map(|end| end.round(Precision::Decimals(decimals), mode).map(|end| end.value)).transpose();
        Ok(Prior {
            current,
            growth,
            value: self.settings.round(&value, decimals)?,
            low: outward(interval.low(), RoundingMode::Floor)?,
            high: outward(interval.high(), RoundingMode::Ceiling)?,
        })
    }
}

#[cfg(feature = "arrow")]
impl Implied {
    /// The places of the current figures and of the growths.
    pub(super) fn places(&self) -> [usize; 2] {
        [self.value.place(), self.growth.place()]
    }

    /// The settings.
    pub(super) fn settings(&self) -> &Settings {
        &self.settings
    }
}

impl Job for Implied {
    fn columns(&self) -> &[&'static [&'static str]] {
        &[&["prior", "prior_low", "prior_high"]]
    }

    type Ahead = ();

    fn look_ahead(&self, _row: &Row<'_>) {}

    fn compute(&self, _set: usize, row: &Row<'_>, _ahead: &(), cells: &mut Cells<'_>) -> Result<Option<Verdict>, RowError> {
        let prior = self.prior(row)?;
        cells.plain(prior.value);
        cells.optional(prior.low);
        cells.optional(prior.high);
        Ok(None)
    }

    fn explain(&self, _set: usize, row: &Row<'_>) -> Result<Vec<String>, RowError> {
        let prior = self.prior(row)?;
        let end = |end: Option<Decimal>| end.map_or("no end".to_owned(), |end| end.to_string());
        let current = prior.current.to_decimal().unwrap_or(prior.current.digits);
        Ok(vec![
            format!("prior = current ÷ (1 + growth) = {current} ÷ (1 + {}%) = {}", prior.growth.digits, prior.value),
            format!("what the printed figures leave open: {} to {}", end(prior.low), end(prior.high)),
        ])
    }
}
