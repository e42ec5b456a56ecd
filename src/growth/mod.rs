//! How much did it grow, and what must have stood there before?
//!
//! Growth is `(current − prior) ÷ prior`, a fraction. A percent, percentage points and basis points are three
//! different types: 15% less 12% is three points, not a growth of 3%.

mod base;
mod compound;
mod rate;
mod units;

pub use base::{BasePolicy, Growth, Swing};
pub use compound::{CompoundGrowth, compound_annual_growth};
pub use rate::{GrowthRate, NotMeaningful, implied_prior_interval};
pub use units::{BasisPoints, Percent, PercentagePoints};
