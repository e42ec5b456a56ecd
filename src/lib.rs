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
    CheckOptions, CheckedClaim, Corroboration, Diagnosis, Document, Fact, Figure, Kind, Paint, Plain, RangeEnd, Reference, Report,
    SharedRate, Slip, Stated, Unit, Value, check, decode, languages, read_facts,
};
pub use currency::{Currency, CurrencyPair, Successor};
pub use error::{ArithmeticError, Error, ErrorKind, Location, Result};
pub use exact::{End, Interval, Precision, Ratio, Rounded, RoundingMode, compound_rate, mul_div, round};
pub use growth::{BasisPoints, GrowthRate, NotMeaningful, Percent, PercentagePoints, implied_prior_interval};
pub use jiff::civil::Date;
pub use number::{NumberStyle, is_group_space};
pub use period::{Lag, Period};
pub use printed::{Hedge, Printed, Reading};
pub use rates::{
    AverageMethod, AverageRate, Basis, DecimalMark, Duplicate, Duplicates, Finding, Fit, Format, Leg, Lookup, Observation, OnMissing,
    PairHistory, PeriodRate, Rate, RateChange, RateTable, ReadOptions, TableInfo,
};
pub use relation::{Claim, Depth, Estimate, Judgement, Operand, Relation, Role, Verdict};
pub use rust_decimal::Decimal;
pub use typed::{FigureReader, TypedFigure, TypedUnit, is_absent};
