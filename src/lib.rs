//! Exact decimals for money and growth. (stub)
#[cfg(feature = "batch")]
pub mod batch;
#[cfg(feature = "check")]
mod check;
mod constant_currency;
mod conversion;
mod currency;
mod error;
mod exact;
mod growth;
mod locale;
mod money;
mod number;
mod period;
mod policy;
mod printed;
mod rates;
mod relation;
#[cfg(feature = "serde")]
mod serde_impls;
mod series;
mod typed;
#[cfg(feature = "check")]
pub use check::{
    CheckOptions, CheckedClaim, Corroboration, Diagnosis, Document, Fact, Figure, Kind, Paint, Plain, RangeEnd, Reference, Report,
    SharedRate, Slip, Stated, Unit, Value, check, decode, languages, read_facts,
};
pub use constant_currency::{Basket, ConstantCurrencyGrowth, ConstantCurrencyMethod, ExchangeEffect, MethodName, Restated, Translated};
pub use conversion::{AppliedRate, Conversion, FixedRate};
pub use currency::{Currency, CurrencyPair, Successor};
pub use error::{ArithmeticError, Error, ErrorKind, Location, Result};
pub use exact::{
    End, Interval, Precision, Ratio, Rounded, RoundingMode, add, compound_rate, divide, mul_div, multiply, quantize, round, subtract,
};
pub use growth::{
    BasePolicy, BasisPoints, CompoundGrowth, Growth, GrowthRate, NotMeaningful, Percent, PercentagePoints, Swing, compound_annual_growth,
    implied_prior_interval,
};
pub use jiff::civil::Date;
pub use locale::{Locale, Numeral};
pub use money::Money;
pub use number::{NumberStyle, is_group_space};
pub use period::{FiscalYear, Lag, Period};
pub use policy::{
    Consistency, EuroChangeover, EuroConversion, StatementLine, StatementRates, SummationItem, TranslationPolicy, XbrlDecimals, XbrlFact,
    XbrlRounding, check_summation,
};
pub use printed::{Hedge, Printed, Reading};
pub use rates::{
    AverageMethod, AverageRate, Basis, DecimalMark, Duplicate, Duplicates, Finding, Fit, Format, Leg, Lookup, Observation, OnMissing,
    PairHistory, PeriodRate, Rate, RateChange, RateTable, ReadOptions, TableInfo,
};
pub use relation::{Claim, Depth, Estimate, Judgement, Operand, Relation, Role, Verdict};
pub use rust_decimal::Decimal;
pub use series::{PeriodGrowth, Series};
pub use typed::{FigureReader, TypedFigure, TypedUnit, is_absent};
