//! Growth: the short way over decoded columns.

use super::fields::{Field, figures, reported};
use super::output::NewColumn;
use super::run::Rows;
use crate::batch::error::RowError;
use crate::batch::figures::ShortReported;
use crate::batch::growth::{ShortGrowth, WideGrowth};
use arrow_array::Array;

/// Fills every row.
pub(super) fn compute(job: &WideGrowth, rows: &mut Rows<'_, '_>) {
    let (prior, current, stated) = job.places();
    let (priors, currents) = (Field::new(rows.column(prior), figures), Field::new(rows.column(current), figures));
    let stated = stated.map(|place| Field::new(rows.column(place), |array: &dyn Array| reported(array, true)));
    let mut results = Vec::new();
    for block in rows.blocks() {
        let stated = stated.as_ref().map(|field| field.block(block.clone()));
        for (row, (prior, current)) in priors.block(block.clone()).into_iter().zip(currents.block(block.clone())).enumerate() {
            let reported = stated.as_ref().map_or(Some(ShortReported::NoColumn), |stated| stated.get(row).copied().flatten());
            let short = || ShortGrowth::between(Some(prior?), current?, reported?, job.settings());
            match short() {
                Some(growth) => results.push(growth),
                None => {
                    fill_rows(rows, &mut results);
                    rows.long_row(block.start + row);
                }
            }
        }
        fill_rows(rows, &mut results);
    }
}

/// Fills rows with their results, and takes these.
fn fill_rows(rows: &mut Rows<'_, '_>, results: &mut Vec<ShortGrowth>) {
    rows.short_rows(results, |growth| growth.verdict, fill);
    results.clear();
}

fn fill(columns: &mut [NewColumn], results: &[ShortGrowth]) -> Result<(), RowError> {
    let [prior, change, percent, verdict] = columns else { return Ok(()) };
    prior.push_shorts(results.iter().map(|growth| growth.prior))?;
    change.push_shorts(results.iter().map(|growth| growth.change))?;
    percent.push_shorts(results.iter().map(|growth| growth.percent))?;
    verdict.push_verdicts(results.iter().map(|growth| growth.verdict));
    Ok(())
}
