//! Why has a row no result? A code to count by, and a sentence.

use crate::error::{ArithmeticError, Error, ErrorKind};
use std::fmt;

/// Why a row could not be computed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorCode {
    /// The row has more fields than the header.
    LongRow,
    /// The row ends before a column that is needed.
    ShortRow,
    /// A field that is needed is empty or says that there is no figure.
    MissingValue,
    /// A field is no number.
    BadNumber,
    /// A number has more digits than can be held exactly.
    TooManyDigits,
    /// A field is no date.
    BadDate,
    /// A field is no period, or has no prior one at this lag.
    BadPeriod,
    /// A currency code that ISO 4217 does not know.
    UnknownCurrency,
    /// A field names another currency than the row's.
    CurrencyMismatch,
    /// A sign or symbol with several meanings.
    Ambiguous,
    /// A percent where an amount is needed, or the like.
    WrongUnit,
    /// The rate table has no rate recent enough.
    NoRate,
    /// The rate table does not hold the currency.
    NoPair,
    /// Two rows of one key and period have different values.
    DuplicateKey,
    /// A divisor is zero.
    DivisionByZero,
    /// The result does not fit a decimal.
    OutOfRange,
}

impl ErrorCode {
    /// Every code, in the order of reports.
    pub const ALL: [ErrorCode; 16] = [
        ErrorCode::LongRow,
        ErrorCode::ShortRow,
        ErrorCode::MissingValue,
        ErrorCode::BadNumber,
        ErrorCode::TooManyDigits,
        ErrorCode::BadDate,
        ErrorCode::BadPeriod,
        ErrorCode::UnknownCurrency,
        ErrorCode::CurrencyMismatch,
        ErrorCode::Ambiguous,
        ErrorCode::WrongUnit,
        ErrorCode::NoRate,
        ErrorCode::NoPair,
        ErrorCode::DuplicateKey,
        ErrorCode::DivisionByZero,
        ErrorCode::OutOfRange,
    ];

    /// The code as it stands in the `error` column.
    ///
    /// ```
    /// assert_eq!(tieout::batch::ErrorCode::BadNumber.name(), "bad_number");
    /// ```
    pub const fn name(self) -> &'static str {
        match self {
            ErrorCode::LongRow => "long_row",
            ErrorCode::ShortRow => "short_row",
            ErrorCode::MissingValue => "missing_value",
            ErrorCode::BadNumber => "bad_number",
            ErrorCode::TooManyDigits => "too_many_digits",
            ErrorCode::BadDate => "bad_date",
            ErrorCode::BadPeriod => "bad_period",
            ErrorCode::UnknownCurrency => "unknown_currency",
            ErrorCode::CurrencyMismatch => "currency_mismatch",
            ErrorCode::Ambiguous => "ambiguous",
            ErrorCode::WrongUnit => "wrong_unit",
            ErrorCode::NoRate => "no_rate",
            ErrorCode::NoPair => "no_pair",
            ErrorCode::DuplicateKey => "duplicate_key",
            ErrorCode::DivisionByZero => "division_by_zero",
            ErrorCode::OutOfRange => "out_of_range",
        }
    }
}

/// A row's error: it is written into the row, and the run goes on.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub struct RowError {
    /// What to count it by.
    pub code: ErrorCode,
    /// One sentence.
    pub message: String,
}

impl RowError {
    /// An error of this code.
    pub(super) fn new(code: ErrorCode, message: impl Into<String>) -> RowError {
        RowError { code, message: message.into() }
    }

    /// The error of a field, with the name of its column.
    pub(super) fn of_field(error: &Error, column: &str) -> RowError {
        let plain = RowError::from(error);
        RowError { message: format!("column {column:?}: {}", plain.message), ..plain }
    }
}

impl fmt::Display for RowError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.code.name(), self.message)
    }
}

impl From<&Error> for RowError {
    fn from(error: &Error) -> RowError {
        let code = match error.kind() {
            ErrorKind::Arithmetic(ArithmeticError::DivisionByZero) => ErrorCode::DivisionByZero,
            ErrorKind::Arithmetic(_) => ErrorCode::OutOfRange,
            ErrorKind::TooManyDigits { .. } => ErrorCode::TooManyDigits,
            ErrorKind::UnknownCurrency { .. } => ErrorCode::UnknownCurrency,
            ErrorKind::CurrencyMismatch { .. } => ErrorCode::CurrencyMismatch,
            ErrorKind::Ambiguous { .. } => ErrorCode::Ambiguous,
            ErrorKind::RateMissing { .. } => ErrorCode::NoRate,
            ErrorKind::PairMissing { .. } => ErrorCode::NoPair,
            _ => ErrorCode::BadNumber,
        };
        RowError::new(code, error.to_string())
    }
}

impl From<ArithmeticError> for RowError {
    fn from(error: ArithmeticError) -> RowError {
        RowError::from(&Error::from(error))
    }
}
