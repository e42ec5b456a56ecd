//! What is computed for a row? A job: columns, and a function from row to cells.

use super::cells::Cells;
use super::error::RowError;
use super::reader::Chunk;
use super::records::Row;
use crate::relation::Verdict;
use std::ops::Range;

/// A computation for every row of a table.
///
/// It adds one set of columns, or several; each set ends with an `error` column that the run fills.
pub trait Job: Sync {
    /// The names of the columns, set by set, without the `error` column.
    fn columns(&self) -> &[&'static [&'static str]];

    /// What is known of a row some rows before it is computed.
    type Ahead;

    /// Looks at a row that will be computed soon: the place to have slow memory brought near.
    fn look_ahead(&self, row: &Row<'_>) -> Self::Ahead;

    /// Whether there is an earlier pass over the table at all.
    const RECALLS: bool = false;

    /// The numbers of a chunk's records, if an earlier pass over the table has found them.
    #[inline(always)]
    fn recall(&self, _chunk: &Chunk) -> Option<Range<usize>> {
        None
    }

    /// The length of such a record, line end included, and what is known of its row if that is an ordinary one: then
    /// its fields need not be found again.
    #[inline(always)]
    fn recalled(&self, _number: usize) -> (usize, Option<Self::Ahead>) {
        (0, None)
    }

    /// Has more memory brought near for a row that was looked at before: what the first look has found.
    #[inline(always)]
    fn look_closer(&self, _ahead: &mut Self::Ahead) {}

    /// Writes the cells of a row of which everything is known; `None`, and nothing written, if it takes the fields.
    #[inline(always)]
    fn compute_recalled(&self, _ahead: &Self::Ahead, _cells: &mut Cells<'_>) -> Option<Option<Verdict>> {
        None
    }

    /// Writes the cells of one set for one row, and returns the verdict if the set has one.
    ///
    /// # Errors
    ///
    /// Why the row has no result; what was written is taken back then.
    fn compute(&self, set: usize, row: &Row<'_>, ahead: &Self::Ahead, cells: &mut Cells<'_>) -> Result<Option<Verdict>, RowError>;

    /// The arithmetic of one set for one row, a line for each step, with where its rates are from.
    ///
    /// # Errors
    ///
    /// As [`compute`](Job::compute).
    fn explain(&self, set: usize, row: &Row<'_>) -> Result<Vec<String>, RowError>;
}
