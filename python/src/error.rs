//! Errors as Python exceptions; the classes are in `lib/tieout/_errors.py`, all of one base.

use pyo3::prelude::*;
use tieout::{ArithmeticError, Error, ErrorKind};

/// The exception of a class of `lib/tieout/_errors.py`.
pub(crate) fn exception(py: Python<'_>, class: &str, message: &str) -> PyErr {
    let made = py.import("tieout._errors").and_then(|module| module.getattr(class)?.call1((message,)));
    made.map_or_else(|failure| failure, PyErr::from_value)
}

/// The exception of an error.
pub(crate) fn raise(py: Python<'_>, error: &Error) -> PyErr {
    exception(py, class(error.kind()), &error.to_string())
}

/// The exception of an arithmetic error.
pub(crate) fn raise_arithmetic(py: Python<'_>, error: ArithmeticError) -> PyErr {
    raise(py, &Error::from(error))
}

fn class(kind: &ErrorKind) -> &'static str {
    match kind {
        ErrorKind::Arithmetic(_) | ErrorKind::NoMinorUnit { .. } => "CalculationError",
        ErrorKind::UnknownCurrency { .. } | ErrorKind::Ambiguous { .. } => "CurrencyError",
        ErrorKind::CurrencyMismatch { .. } | ErrorKind::PairMismatch { .. } => "CurrencyMismatch",
        ErrorKind::RateMissing { .. } | ErrorKind::PairMissing { .. } => "RateMissing",
        ErrorKind::UnknownFormat { .. }
        | ErrorKind::TableUnclear { .. }
        | ErrorKind::ConflictingRates { .. }
        | ErrorKind::RateNotPositive { .. }
        | ErrorKind::Csv { .. } => "RateTableError",
        ErrorKind::ColumnMissing { .. } | ErrorKind::ColumnAmbiguous { .. } | ErrorKind::ColumnType { .. } | ErrorKind::Relation { .. } => {
            "ColumnError"
        }
        ErrorKind::Syntax { .. } | ErrorKind::TooManyDigits { .. } | ErrorKind::UnknownLanguage { .. } => "ParseError",
        _ => "TieoutError",
    }
}
