//! Exact decimals for money and growth: convert, recompute, and say whether printed figures tie.
//!
//! A printed figure is an interval, a relation between figures is an exact equation, and a [`Verdict`] says whether
//! any true values inside the intervals satisfy it. Everything computed is computed exactly and rounded once, where
//! the call says and in the mode it says; no `f32` or `f64` takes part. The library reads no network, clock or
//! environment: rates, dates and texts are handed in.
//!
//! # Example: an amount at the rates of a day
//!
//! A table holds what a bank publishes; a cross goes through the currency it publishes against, and the result says
//! which numbers it rests on. With the feature `ecb`, `RateTable::ecb` is the ECB's history since 1999.
//!
//! ```
//! use tieout::{Lookup, Money, RateTable, RoundingMode};
//!
//! let rates = "date,base,quote,rate\n2023-05-26,EUR,CNY,7.5874\n2023-05-26,EUR,USD,1.0751\n";
//! let table = RateTable::read(rates.as_bytes(), "rates.csv")?;
//! let rate = table.rate("USD/CNY".parse()?, "2023-05-28".parse()?, &Lookup::default())?;
//! let revenue: Money = "CNY 59500000000".parse()?;
//! let dollars = revenue.convert_to_minor_units(&rate, RoundingMode::HalfEven)?;
//! assert_eq!(dollars.converted.to_string(), "USD 8430878825.42");
//! assert_eq!((rate.date().to_string().as_str(), rate.age_days()), ("2023-05-26", 2));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # Example: a growth, and the figure it implies
//!
//! ```
//! use tieout::{Decimal, GrowthRate, Precision, RoundingMode};
//!
//! let growth = GrowthRate::between("73351.5".parse::<Decimal>()?, "59477.1".parse::<Decimal>()?)?;
//! let percent = growth.as_percent().round(Precision::Decimals(1), RoundingMode::HalfEven)?;
//! assert_eq!(percent.value.to_string(), "-18.9");
//!
//! let prior = growth.implied_prior("59477.1".parse::<Decimal>()?)?;
//! assert_eq!(prior.to_decimal(), Some("73351.5".parse()?));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # Example: decimal arithmetic
//!
//! Each operation is computed exactly and rounded once, to a [`Precision`] and in a [`RoundingMode`]; the [`Rounded`]
//! result says whether it is exact and whether a tie was broken.
//!
//! | operation | function |
//! |---|---|
//! | a + b, a − b, a × b, a ÷ b | [`add`], [`subtract`], [`multiply`], [`divide`] |
//! | a × b ÷ c | [`mul_div`] |
//! | to the decimals of another number | [`quantize`] |
//! | to places, significant digits or a step | [`round()`](round) |
//!
//! ```
//! use tieout::{ArithmeticError, Precision, RoundingMode, divide, quantize, round};
//!
//! let third = divide("1".parse()?, "3".parse()?, Precision::Significant(9), RoundingMode::HalfEven)?;
//! assert_eq!((third.value.to_string().as_str(), third.exact), ("0.333333333", false));
//! let cents = quantize("2.665".parse()?, "0.01".parse()?, RoundingMode::HalfEven)?;
//! assert_eq!((cents.value.to_string().as_str(), cents.tie), ("2.66", true));
//! let two = round("8424.499".parse()?, Precision::Significant(2), RoundingMode::HalfUp)?;
//! assert_eq!(two.value.to_string(), "8400");
//! let zero = divide("1".parse()?, "0".parse()?, Precision::Decimals(2), RoundingMode::HalfEven);
//! assert_eq!(zero, Err(ArithmeticError::DivisionByZero));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # Example: a text
//!
//! ```
//! # #[cfg(feature = "check")] {
//! use tieout::{CheckOptions, Slip, Verdict, check};
//!
//! let text = "Sales fell 18.9% to CNY 59.5 billion from CNY 73.4 billion. Profit rose 31.1% to $320 million from $283 million.";
//! let report = check(&[("note.txt", text)], &CheckOptions::new(None))?;
//! let claims = &report.documents[0].claims;
//! assert_eq!(claims[0].verdict, Verdict::Ties);
//! assert_eq!(claims[1].verdict, Verdict::DoesNotTie);
//! assert_eq!(claims[1].diagnosis[0].slip, Slip::TransposedDigits);
//! # }
//! # Ok::<(), tieout::Error>(())
//! ```
//!
//! # The floors
//!
//! From the ground up; each uses those below it only.
//!
//! - **Numbers.** [`Ratio`], an exact fraction; [`Interval`] with open or closed [`End`]s; [`mul_div`] and
//!   [`Ratio::round`], the kernel that rounds once, to a [`Precision`], in a [`RoundingMode`].
//! - **Words.** [`Currency`] and [`CurrencyPair`], [`Period`], and [`Printed`], the interval behind a printed figure.
//! - **Money and growth.** [`Money`] refuses to mix; [`GrowthRate`], [`Percent`] and [`PercentagePoints`] are types of
//!   their own.
//! - **Judgement.** [`RateTable`] answers with a [`Rate`] that names its sources; a [`Claim`] holds figures against a
//!   [`Relation`] and gives a [`Verdict`].
//! - **Figures.** [`Money::convert`] and its [`Conversion`]; [`Locale`], which reads and prints figures as people
//!   write them.
//! - **Practice.** [`Series`], [`ConstantCurrencyGrowth`], the rules of euro changeover, IAS 21 and XBRL.
//! - **Jobs.** `check` for texts and `batch` for tables, each a feature.
//!
//! An [`Error`] means that something could not be read or computed; that figures disagree is a [`Verdict`], never an
//! error.
//!
//! # Features
//!
//! `cli`, the default, is the command and everything it needs: `ecb` embeds the ECB's rates, `check` reads texts,
//! `batch` recomputes CSV, `page` makes a web page of a check, `archives` opens packed rate tables. `serde` serialises
//! amounts, rates and growth as strings that keep every digit. `arrow` recomputes columns of Arrow tables, and `parquet`
//! lets the command read and write files of them.
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
#[cfg(feature = "page")]
pub mod page;
mod period;
mod policy;
mod printed;
mod rates;
mod relation;
#[cfg(feature = "serde")]
mod serde_impls;
mod series;
#[cfg(feature = "html")]
pub use check::{Article, is_html, read_html};
#[cfg(feature = "check")]
pub use check::{
    CheckOptions, CheckedClaim, Corroboration, Diagnosis, Document, Fact, Figure, Input, Kind, Paint, Plain, RangeEnd, Reference, Report,
    SharedRate, Slip, Stated, Unit, Value, check, check_inputs, decode, languages, read_facts,
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
pub use locale::{Locale, TypedFigure, TypedUnit, is_absent};
pub use money::Money;
pub use number::{NumberStyle, is_group_space};
pub use period::{FiscalYear, Lag, Period};
pub use policy::{
    Consistency, EuroChangeover, EuroConversion, StatementLine, StatementRates, SummationItem, TranslationPolicy, XbrlDecimals, XbrlFact,
    XbrlRounding, check_summation,
};
pub use printed::{Hedge, Printed, Reading};
pub use rates::{
    AverageMethod, AverageRate, Basis, DecimalMark, Disagreement, Duplicate, Duplicates, Finding, Fit, Format, Leg, Legs, Lookup,
    Observation, OnMissing, PairHistory, PeriodRate, Rate, RateChange, RateTable, ReadOptions, SeriesInfo, SeriesSlip, TableInfo,
};
pub use relation::{Claim, Depth, Estimate, Judgement, Operand, Relation, Role, Verdict};
pub use rust_decimal::Decimal;
pub use series::{CumulativeSeries, PeriodGrowth, Series};

/// The examples of the README are tests.
#[cfg(all(doctest, feature = "cli"))]
#[doc = include_str!("../README.md")]
struct Readme;
