//! How much did each figure grow? Over a prior in the same row, or in the row of an earlier period.

mod entries;
mod index;
mod keys;
mod long;
mod packed;
mod periods;
mod short;
mod sorted;
mod wide;

pub use long::{GrowthIndex, LongColumns, LongGrowth};
#[cfg(feature = "arrow")]
pub(super) use short::ShortGrowth;
pub use wide::{WideColumns, WideGrowth};

use super::cells::Cells;
use super::error::{ErrorCode, RowError};
use super::figures::{Inputs, Reported, Settings, reported};
use super::records::Row;
use crate::exact::Ratio;
use crate::growth::{GrowthRate, NotMeaningful};
use crate::locale::{TypedFigure, TypedUnit};
use crate::relation::{Claim, Operand, Relation, Role, Verdict};
use rust_decimal::Decimal;

/// The columns that every growth adds.
const COLUMNS: &[&[&str]] = &[&["prior", "change", "growth_percent", "verdict"]];
/// The decimals of a growth in percent.
pub(super) const PERCENT_DECIMALS: i32 = 2;

/// A row's growth.
struct Growth {
    prior: Option<Decimal>,
    change: Option<Decimal>,
    percent: Option<Decimal>,
    not_meaningful: Option<NotMeaningful>,
    reported: Option<TypedFigure>,
    verdict: Option<Verdict>,
}

impl Growth {
    /// The growth from a prior figure to a current one, either of which may be missing, held against the reported one.
    fn between(
        prior: Option<TypedFigure>,
        current: Option<TypedFigure>,
        column: &Reported,
        row: &Row<'_>,
        settings: &Settings,
    ) -> Result<Growth, RowError> {
        let (reported, verdict) = column.read(row)?;
        let mut growth = Growth { prior: None, change: None, percent: None, not_meaningful: None, reported, verdict };
        if column.is_given() {
            growth.verdict = Some(Verdict::Unverifiable);
        }
        let Some(prior) = prior else { return Ok(growth) };
        growth.prior = Some(plain(&prior)?);
        let Some(current) = current else { return Ok(growth) };
        let change = &current.value() - &prior.value();
        growth.change = Some(settings.round(&change, current.decimals().max(prior.decimals()).max(0))?);
        match GrowthRate::between(prior.value(), current.value()) {
            Ok(rate) => growth.percent = Some(settings.round(&rate.as_percent(), settings.decimals.unwrap_or(PERCENT_DECIMALS))?),
            Err(reason) => growth.not_meaningful = Some(reason),
        }
        if column.is_given() {
            growth.verdict = Some(growth.judge(&prior, &current, settings)?);
        }
        Ok(growth)
    }

    /// Holds the reported figure against the change its unit asks for: points against current − prior, else the growth.
    fn judge(&self, prior: &TypedFigure, current: &TypedFigure, settings: &Settings) -> Result<Verdict, RowError> {
        let one = Ratio::ONE;
        let claim = |relation, unit: &Ratio| {
            Claim::new(relation)
                .with(Role::Prior, settings.operand(prior, unit, Inputs::Printed))
                .with(Role::Current, settings.operand(current, unit, Inputs::Printed))
        };
        let (claim, result) = match &self.reported {
            // The amounts are numbers of percent here, whether their sign is printed or not.
            Some(figure) if matches!(figure.unit, TypedUnit::Points | TypedUnit::BasisPoints) => {
                let percent = Ratio::power_of_ten(-2);
                (claim(Relation::Points, &percent), Some((Role::Points, reported(figure, &figure.unit_value()))))
            }
            Some(figure) if matches!(figure.unit, TypedUnit::Plain | TypedUnit::Percent) => {
                let percent = Ratio::power_of_ten(-2);
                (claim(Relation::Growth, &one), Some((Role::Growth, reported(figure, &percent))))
            }
            Some(_) => return Err(RowError::new(ErrorCode::WrongUnit, "the reported figure is neither a percent nor points")),
            None => (claim(Relation::Growth, &one), None::<(Role, Operand)>),
        };
        let claim = match result {
            Some((role, operand)) => claim.with(role, operand),
            None => claim,
        };
        Ok(claim.judge().verdict)
    }

    fn write(&self, cells: &mut Cells<'_>) -> Option<Verdict> {
        cells.optional(self.prior);
        cells.optional(self.change);
        cells.optional(self.percent);
        cells.optional(self.verdict);
        self.verdict
    }

    /// The arithmetic, step by step.
    fn explain(&self, settings: &Settings) -> Vec<String> {
        let mut lines = Vec::new();
        match (self.prior, self.change) {
            (None, _) => lines.push("no prior figure: nothing to compute".to_owned()),
            (Some(prior), None) => lines.push(format!("prior {prior}; no current figure: nothing to compute")),
            (Some(prior), Some(change)) => {
                lines.push(format!("change = current − prior = {change}, over a prior of {prior}"));
                if let Some(percent) = self.percent {
                    lines.push(format!("growth = {change} ÷ {prior} = {percent}%, rounded {}", settings.rounding.name()));
                }
                lines.extend(self.not_meaningful.map(|reason| format!("no growth is meaningful: {reason}")));
            }
        }
        if let Some(verdict) = self.verdict {
            let stated = self.reported.map_or("nothing".to_owned(), |figure| figure.digits.to_string());
            lines.push(format!("reported {stated}: {verdict}"));
        }
        lines
    }
}

/// A figure as a plain number, its digits kept.
fn plain(figure: &TypedFigure) -> Result<Decimal, RowError> {
    figure.to_decimal().ok_or_else(|| RowError::new(ErrorCode::OutOfRange, "the figure does not fit a decimal"))
}
