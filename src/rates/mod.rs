//! At which published rate? Tables of dated exchange rates, the lookup, and what can be derived from them exactly.
//!
//! A rate stays the published numbers it came from: it is never rounded and never stored inverted. A [`Rate`] is a
//! chain of [`Leg`]s, each one published observation with its date, source and line; its value is an exact
//! [`Ratio`](crate::Ratio).

mod average;
mod dating;
mod derive;
#[cfg(feature = "ecb")]
mod embedded;
mod lookup;
mod read;
mod table;

pub use average::AverageRate;
pub use dating::{Basis, Fit};
pub use derive::{Leg, Rate};
pub use lookup::Lookup;
pub use table::{Observation, RateTable};
