//! At which published rate? Tables of dated exchange rates, the lookup, and what can be derived from them exactly.
//!
//! A rate stays the published numbers it came from: it is never rounded and never stored inverted. A [`Rate`] is a
//! chain of [`Leg`]s, each one published observation with its date, source and line; its value is an exact
//! [`Ratio`](crate::Ratio).
//!
//! - [`RateTable::read`] recognises a table by its content ([`Format`]); [`RateTable::ecb`] is the embedded history.
//! - [`RateTable::rate`] answers for a day, under a [`Lookup`]; [`RateTable::average_by`] and [`RateTable::closing`] for
//!   a period, [`RateTable::change`] for the time between two days.
//! - [`RateTable::history`] turns the question round: which published rates lie in this interval?
//! - [`RateTable::info`], [`RateTable::check`], [`RateTable::compare`] and [`RateTable::write_csv`] describe a table,
//!   examine it by itself and beside another, and convert it.

mod average;
mod build;
mod chain;
mod change;
mod check;
mod compare;
mod dating;
mod days;
mod derive;
#[cfg(feature = "ecb")]
mod embedded;
mod finding;
mod formats;
mod info;
mod input;
mod keys;
mod legal;
mod lookup;
mod periods;
mod quotient;
mod rate;
mod read;
mod series;
mod table;
mod write;

pub use average::{AverageMethod, AverageRate, PeriodRate};
pub use change::RateChange;
pub use compare::{Disagreement, SeriesSlip};
pub use dating::{Basis, Fit, PairHistory};
pub use finding::Finding;
pub use formats::Format;
pub use info::{Duplicate, SeriesInfo, TableInfo};
pub use lookup::{Lookup, OnMissing};
pub use rate::{Leg, Legs, Rate};
pub use read::{DecimalMark, Duplicates, ReadOptions};
pub use table::{Observation, RateTable};
