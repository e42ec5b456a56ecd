//! What is computed for a row? A job: columns, and a function from row to cells.

use super::cells::Cells;
use super::error::RowError;
use super::lines::Line;
use super::output::Piece;
use super::reader::Chunk;
use super::records::Row;
use crate::relation::Verdict;
use std::ops::Range;

/// A computation for every row of a table.
///
/// It adds one set of columns, or several; each set ends with an `error` column that the run fills.
///
/// # Example
///
/// ```
/// use tieout::Verdict;
/// use tieout::batch::{Cells, Job, Reader, Row, RowError, run};
///
/// /// How long is the first cell, and what does it say?
/// struct Length;
///
/// impl Job for Length {
///     type Ahead = ();
///     fn columns(&self) -> &[&'static [&'static str]] {
///         &[&["length", "text", "missing"]]
///     }
///     fn look_ahead(&self, _: &Row<'_>) {}
///     fn compute(&self, _: usize, row: &Row<'_>, _: &(), cells: &mut Cells<'_>) -> Result<Option<Verdict>, RowError> {
///         let cell = row.content(0).unwrap_or_default();
///         cells.plain(cell.len());
///         cells.text(&String::from_utf8_lossy(&cell));
///         cells.optional(row.content(1).map(|_| "no"));
///         Ok(None)
///     }
///     fn explain(&self, _: usize, row: &Row<'_>) -> Result<Vec<String>, RowError> {
///         Ok(vec![format!("{} bytes", row.as_bytes().len())])
///     }
/// }
///
/// let mut rows = Vec::new();
/// run(Reader::new("word\n\"a, b\"\n".as_bytes(), "words.csv", b',')?, &Length, &mut rows, None)?;
/// assert_eq!(String::from_utf8_lossy(&rows), "word,length,text,missing,error\n\"a, b\",4,\"a, b\",,\n");
/// # Ok::<(), tieout::Error>(())
/// ```
pub trait Job: Sync {
    /// The names of the columns, set by set, without the `error` column.
    fn columns(&self) -> &[&'static [&'static str]];

    /// What is known of a row some rows before it is computed.
    type Ahead: Default;

    /// Looks at a row that will be computed soon: the place to have slow memory brought near.
    fn look_ahead(&self, row: &Row<'_>) -> Self::Ahead;

    /// Whether it looks ahead at short lines too.
    const TAKES_LINES: bool = false;

    /// As [`look_ahead`](Job::look_ahead), at a short line.
    #[inline(always)]
    fn look_at_line(&self, _line: &Line<'_>, _ahead: &mut Self::Ahead) {}

    /// Whether there is an earlier pass over the table at all.
    const RECALLS: bool = false;

    /// The numbers of a chunk's records, if an earlier pass over the table has found them.
    #[inline(always)]
    fn recall(&self, _chunk: &Chunk) -> Option<Range<usize>> {
        None
    }

    /// The length of such a record, line end included, and whether its row is an ordinary one, of which so much is known
    /// that its fields need not be found again.
    #[inline(always)]
    fn recalled(&self, _number: usize, _ahead: &mut Self::Ahead) -> (usize, bool) {
        (0, false)
    }

    /// Goes on with a row that was looked at before, once the first look has been taken at some: has more memory brought
    /// near, or computes what takes no fields.
    #[inline(always)]
    fn look_closer(&self, _ahead: &mut Self::Ahead) {}

    /// Whether rows are ever known without their fields.
    const KNOWS: bool = false;

    /// Writes the cells of a row of which everything is known, in one set, each behind a delimiter; `None`, and nothing
    /// written, if it takes the fields.
    #[inline(always)]
    fn compute_known(&self, _ahead: &Self::Ahead, _piece: &mut Piece<'_>, _delimiter: u8) -> Option<Option<Verdict>> {
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
