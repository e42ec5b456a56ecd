//! Exact decimals for money and growth. (stub)
#[cfg(feature = "batch")]
pub mod batch;
#[cfg(feature = "check")]
mod check;
mod currency;
mod error;
mod exact;
mod growth;
mod number;
mod period;
mod printed;
mod rates;
mod relation;
mod typed;
#[cfg(feature = "check")]
pub use check::{
    CheckOptions, CheckedClaim, Corroboration, Diagnosis, Document, Figure, Kind, Paint, Plain, RangeEnd, Reference, Report, SharedRate,
    Slip, Unit, Value, check, decode, languages,
};
pub use currency::{Currency, CurrencyPair, Successor};
pub use error::{ArithmeticError, Error, ErrorKind, Location, Result};
pub use exact::{
    End, Interval, Precision, Ratio, Rounded, RoundingMode, add, compound_rate, divide, mul_div, multiply, quantize, round, subtract,
};
pub use growth::{BasisPoints, GrowthRate, NotMeaningful, Percent, PercentagePoints, implied_prior_interval};
pub use jiff::civil::Date;
pub use number::{NumberStyle, is_group_space};
pub use period::{Lag, Period};
pub use printed::{Hedge, Printed, Reading};
pub use rates::{AverageRate, Basis, Fit, Leg, Lookup, Observation, Rate, RateTable};
pub use relation::{Claim, Depth, Estimate, Judgement, Operand, Relation, Role, Verdict};
pub use rust_decimal::Decimal;
pub use typed::{FigureReader, TypedFigure, TypedUnit, is_absent};
