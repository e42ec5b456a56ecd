//! Growth: the short way over decoded columns.

use super::fields::{figures, reported};
use super::run::Rows;
use crate::batch::growth::{ShortGrowth, WideGrowth};

/// Fills every row.
pub(super) fn compute(job: &WideGrowth, rows: &mut Rows<'_, '_>) {
    let (prior, current, stated) = job.places();
    let (priors, currents) = (figures(rows.column(prior)), figures(rows.column(current)));
    let stated = reported(stated.map(|place| rows.column(place)), rows.len(), true);
    for (row, ((prior, current), stated)) in priors.into_iter().zip(currents).zip(stated).enumerate() {
        let short = || ShortGrowth::between(Some(prior?), current?, stated?, job.settings());
        let Some(growth) = short() else {
            rows.long_row(row);
            continue;
        };
        rows.short_row(growth.verdict, |columns| {
            let [prior, change, percent, verdict] = columns else { return Ok(()) };
            prior.push_short(growth.prior)?;
            change.push_short(growth.change)?;
            percent.push_short(growth.percent)?;
            verdict.push_verdict(growth.verdict);
            Ok(())
        });
    }
}
