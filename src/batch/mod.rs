//! Recomputes tables: does every row of a CSV file tie?
//!
//! A [`Reader`] cuts the input into rows, a [`Job`] computes the new cells of each, and [`run`] writes the rows as
//! they stand with those cells behind them, in order. With the feature `arrow`, a `ColumnRun` does the same for the
//! columns of Arrow tables. There are four jobs: [`Convert`], [`WideGrowth`] and
//! [`LongGrowth`], [`Implied`] and [`Verify`]. A row that cannot be computed keeps its place and says why.
//!
//! # Example
//!
//! ```
//! use tieout::batch::{Implied, ImpliedColumns, Reader, Settings, run};
//!
//! let table = "current,growth\n59.5,-18.9\n";
//! let reader = Reader::new(table.as_bytes(), "table.csv", b',')?;
//! let columns = ImpliedColumns { value: "current", growth: "growth" };
//! let job = Implied::new(reader.header(), &columns, Settings::default())?;
//! let mut output = Vec::new();
//! let summary = run(reader, &job, &mut output, None)?;
//! assert_eq!(summary.rows, 1);
//! assert_eq!(
//!     String::from_utf8(output)?,
//!     "current,growth,prior,prior_low,prior_high,error\n59.5,-18.9,73.366,73.259,73.474,\n"
//! );
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod calendar;
mod cells;
#[cfg(feature = "arrow")]
mod columns;
mod compute;
mod convert;
mod dense;
mod error;
mod figures;
mod growth;
mod header;
mod implied;
mod job;
mod layout;
mod lines;
mod output;
mod pipeline;
mod processor;
mod reader;
mod records;
mod run;
mod short;
mod verify;

pub use cells::Cells;
#[cfg(feature = "arrow")]
pub use columns::{ColumnRun, NumberColumns, TableJob};
pub use convert::{Convert, ConvertColumns};
pub use error::{ErrorCode, RowError};
pub use figures::{Inputs, Settings};
pub use growth::{GrowthIndex, LongColumns, LongGrowth, WideColumns, WideGrowth};
pub use header::{Column, Header};
pub use implied::{Implied, ImpliedColumns};
pub use job::Job;
pub use reader::Reader;
pub use records::Row;
pub use run::{Summary, explain, run};
pub use verify::Verify;
