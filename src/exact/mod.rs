//! Exact arithmetic: what is computed is computed exactly, and rounded once.
//!
//! - [`Ratio`]: an exact fraction, closed under +, −, × and checked ÷; it has no text form.
//! - [`Precision`] and [`RoundingMode`]: where and how the one rounding happens; [`Rounded`] is its result.
//! - [`mul_div`]: a × b ÷ c over decimals, the commonest form, without allocation.
//! - [`add`], [`subtract`], [`multiply`], [`divide`], [`quantize`]: the operations of the General Decimal Arithmetic
//!   specification.
//! - [`Interval`]: the values that a figure or a computation leaves open, with open or closed [`End`]s.
//!
//! Nothing here knows of currencies, percentages or texts.

mod approximate;
mod interval;
mod kernel;
mod natural;
mod ops;
mod power;
mod preimage;
mod ratio;
mod rounding;

pub use interval::{End, Interval};
pub(crate) use kernel::scale_by;
pub use kernel::{mul_div, round};
pub(crate) use natural::pow10_u128;
pub use ops::{add, divide, multiply, quantize, subtract};
pub use power::compound_rate;
pub use ratio::Ratio;
#[cfg(feature = "batch")]
pub(crate) use rounding::Discarded;
pub use rounding::{Precision, Rounded, RoundingMode};
