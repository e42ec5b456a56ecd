//! What can go wrong, and where it did.
//!
//! A disagreement between figures is never an error: it is a [`Verdict`](crate::Verdict). An error means that
//! something could not be computed or read. [`ArithmeticError`] is the small one that the exact floor returns;
//! [`Error`] adds the other causes and, where there is one, the place.

use std::fmt;

/// Why an exact computation has no representable result.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
#[non_exhaustive]
pub enum ArithmeticError {
    /// The divisor is zero.
    #[error("division by zero")]
    DivisionByZero,
    /// The rounded result has a coefficient of more than 96 bits (79228162514264337593543950335).
    #[error("the result does not fit a decimal of 96 bits")]
    Overflow,
    /// The result needs more than 28 decimal places and is not exact with 28.
    #[error("the result needs more than 28 decimal places")]
    Underflow,
    /// The precision asks for no digits, or for a step that is not positive.
    #[error("a precision needs at least one digit, or a step above zero")]
    BadPrecision,
    /// A root or logarithm outside its domain: a growth over periods from a base that is not positive.
    #[error("no real result: the base must be positive and the end not negative")]
    Domain,
}

/// An error with its kind and, where there is one, its place.
///
/// # Example
///
/// ```
/// use tieout::{Currency, ErrorKind};
///
/// let error = "XYZ".parse::<Currency>().unwrap_err();
/// assert!(matches!(error.kind(), ErrorKind::UnknownCurrency { code } if code == "XYZ"));
/// assert_eq!(error.to_string(), "unknown currency code \"XYZ\": expected an ISO 4217 code such as USD");
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Error {
    inner: Box<Inner>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Inner {
    kind: ErrorKind,
    location: Option<Location>,
}

/// The result of whatever can fail above the exact floor.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// A place in an input: its name, and the line and column, both counted from 1.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Location {
    /// The file or table, as the caller named it.
    pub source: String,
    /// The line, from 1.
    pub line: Option<u64>,
    /// The column (CSV field), from 1.
    pub column: Option<u64>,
}

/// The cause of an [`Error`]. More may be added.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ErrorKind {
    /// An exact computation has no representable result.
    #[error(transparent)]
    Arithmetic(#[from] ArithmeticError),
    /// A text is not what it should be.
    #[error("expected {expected}, found {found:?}")]
    Syntax {
        /// What would have been read.
        expected: &'static str,
        /// What stands there.
        found: String,
    },
    /// A number has more digits than a decimal holds exactly (28 places, 96 bits).
    #[error("{found:?} has more digits than a decimal can hold exactly")]
    TooManyDigits {
        /// The number as it was written.
        found: String,
    },
    /// A code that ISO 4217 does not know.
    #[error("unknown currency code {code:?}: expected an ISO 4217 code such as USD")]
    UnknownCurrency {
        /// The code as it was written.
        code: String,
    },
    /// A sign or symbol with several meanings.
    #[error("{found:?} is ambiguous: {meanings}")]
    Ambiguous {
        /// What stands there.
        found: String,
        /// What it may mean.
        meanings: String,
    },
    /// A language whose way of writing figures is not known.
    #[error("unknown language {found:?}: expected one of {known}")]
    UnknownLanguage {
        /// The code as it was written.
        found: String,
        /// The codes there are.
        known: String,
    },
    /// Two currencies where one is needed.
    #[error("amounts in {left} and {right} cannot be mixed: convert one of them first")]
    CurrencyMismatch {
        /// The first currency.
        left: String,
        /// The second currency.
        right: String,
    },
    /// An amount with no minor unit to round to.
    #[error("{currency} has no minor unit: give the decimals to round to")]
    NoMinorUnit {
        /// The currency.
        currency: String,
    },
    /// A rate between other currencies than the amount's.
    #[error("a rate {pair} does not convert {currency}")]
    PairMismatch {
        /// The rate's pair, `BASE/QUOTE`.
        pair: String,
        /// The currency that should be one of them.
        currency: String,
    },
    /// Weights by which nothing can be divided.
    #[error("an allocation needs weights that are not negative, and one that is not zero")]
    BadWeights,
    /// A period that a series does not hold; gaps are never filled.
    #[error("the series has no figure for {period}")]
    PeriodMissing {
        /// The period.
        period: String,
    },
    /// Periods of different lengths where one length is needed, or a lag that leads to none.
    #[error("{found} is not {expected}")]
    PeriodMismatch {
        /// What is needed.
        expected: String,
        /// The period that is something else.
        found: String,
    },
    /// Two figures for one period.
    #[error("two figures for {period}")]
    DuplicatePeriod {
        /// The period.
        period: String,
    },
    /// A conversion that a law or standard does not allow.
    #[error("{rule}: {found}")]
    NotAllowed {
        /// The rule, with its source.
        rule: &'static str,
        /// What was asked for.
        found: String,
    },
    /// Digits beyond the stated decimals of an XBRL fact.
    #[error("the fact {value} has digits beyond its decimals of {decimals}")]
    ExcessDigits {
        /// The value.
        value: String,
        /// The stated decimals.
        decimals: i32,
    },
    /// Facts that should say the same and cannot.
    #[error("the duplicate facts {first} and {second} have no value in common")]
    InconsistentFacts {
        /// A fact.
        first: String,
        /// One that contradicts it, or the ones before it together.
        second: String,
    },
    /// A rate that is zero or less.
    #[error("a rate must be positive, found {found}")]
    RateNotPositive {
        /// The rate as it was written.
        found: String,
    },
    /// Two observations of one rate on one day that disagree.
    #[error("{pair} on {date} is given as {first} (line {first_line}) and again as {second}")]
    ConflictingRates {
        /// The pair, `BASE/QUOTE`.
        pair: String,
        /// The day.
        date: jiff::civil::Date,
        /// The rate read first.
        first: String,
        /// Its line.
        first_line: u64,
        /// The rate read later.
        second: String,
    },
    /// No rate within the maximum age.
    #[error("{}", NoRate(.pair, .asked, *.max_age_days, *.before, *.after))]
    RateMissing {
        /// The pair, `BASE/QUOTE`.
        pair: String,
        /// What was asked for: a day or a period.
        asked: String,
        /// The maximum age in days.
        max_age_days: u32,
        /// The nearest earlier day that has a rate.
        before: Option<jiff::civil::Date>,
        /// The nearest later day that has a rate.
        after: Option<jiff::civil::Date>,
    },
    /// No average that a source itself publishes.
    #[error("no average {pair} is published for {period}")]
    AverageMissing {
        /// The pair, `BASE/QUOTE`.
        pair: String,
        /// The period.
        period: String,
    },
    /// A pair that a table cannot derive: a currency it does not hold.
    #[error("the rate table has no {currency}: it cannot give {pair}")]
    PairMissing {
        /// The pair, `BASE/QUOTE`.
        pair: String,
        /// The currency that is not in the table.
        currency: String,
    },
    /// A table of a form that is not known.
    #[error("not a rate table: {reason}")]
    UnknownFormat {
        /// What was looked for.
        reason: String,
    },
    /// A table of a known form that says what cannot be, or leaves open what must be known.
    #[error("{reason}")]
    TableUnclear {
        /// What it says, and what would settle it.
        reason: String,
    },
    /// A column that a table should have.
    #[error("no column {name:?}; the columns are {found}")]
    ColumnMissing {
        /// The name that was looked for.
        name: String,
        /// The names there are.
        found: String,
    },
    /// A name that several columns of a table have.
    #[error("several columns have the name {name:?}: rename all but one")]
    ColumnAmbiguous {
        /// The name.
        name: String,
    },
    /// A column of an Arrow table whose type holds no exact figures, codes or days.
    #[error("column {name:?} holds {found}: {reason}")]
    ColumnType {
        /// The column.
        name: String,
        /// Its type.
        found: String,
        /// Why that cannot be used, and what can.
        reason: &'static str,
    },
    /// A relation over columns that cannot be used.
    #[error("the relation {text:?} cannot be used: {reason}")]
    Relation {
        /// The relation as it was written.
        text: String,
        /// Why not.
        reason: String,
    },
    /// Malformed CSV.
    #[error("{message}")]
    Csv {
        /// What the reader says.
        message: String,
    },
    /// Reading or writing failed.
    #[error("{message}")]
    Io {
        /// What the operating system says.
        message: String,
    },
}

/// The text of [`ErrorKind::RateMissing`].
struct NoRate<'a>(&'a str, &'a str, u32, Option<jiff::civil::Date>, Option<jiff::civil::Date>);

impl fmt::Display for NoRate<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let NoRate(pair, asked, max_age, before, after) = *self;
        match max_age {
            0 => write!(f, "no rate {pair} for {asked} itself; ")?,
            1 => write!(f, "no rate {pair} for {asked} within a day; ")?,
            _ => write!(f, "no rate {pair} for {asked} within {max_age} days; ")?,
        }
        match (before, after) {
            (Some(before), Some(after)) => write!(f, "the nearest are of {before} and {after}"),
            (Some(before), None) => write!(f, "the last is of {before}"),
            (None, Some(after)) => write!(f, "the first is of {after}"),
            (None, None) => write!(f, "the table has none"),
        }
    }
}

impl Error {
    /// An error of this kind, with no place yet.
    ///
    /// ```
    /// use tieout::{Error, ErrorKind};
    ///
    /// let error = Error::new(ErrorKind::BadWeights);
    /// assert_eq!(error.kind(), &ErrorKind::BadWeights);
    /// ```
    #[must_use]
    pub fn new(kind: ErrorKind) -> Error {
        Error { inner: Box::new(Inner { kind, location: None }) }
    }

    /// The cause.
    ///
    /// ```
    /// use tieout::{ErrorKind, Money};
    ///
    /// let error = "EUR".parse::<Money>().unwrap_err();
    /// assert!(matches!(error.kind(), ErrorKind::Syntax { .. }));
    /// ```
    #[must_use]
    pub fn kind(&self) -> &ErrorKind {
        &self.inner.kind
    }

    /// The place, where there is one.
    ///
    /// ```
    /// use tieout::RateTable;
    ///
    /// let csv = "date,base,quote,rate\n2024-03-01,EUR,USD,-1\n";
    /// let error = RateTable::read(csv.as_bytes(), "rates.csv").unwrap_err();
    /// assert_eq!(error.location().unwrap().line, Some(2));
    /// ```
    #[must_use]
    pub fn location(&self) -> Option<&Location> {
        self.inner.location.as_ref()
    }

    /// The same error at a place; a place that is already known stays.
    ///
    /// ```
    /// use tieout::{Error, ErrorKind, Location};
    ///
    /// let place = Location { source: "weights.csv".to_owned(), line: Some(3), column: None };
    /// assert!(Error::new(ErrorKind::BadWeights).at(place).to_string().starts_with("weights.csv:3: "));
    /// ```
    #[must_use]
    pub fn at(mut self, location: Location) -> Error {
        self.inner.location.get_or_insert(location);
        self
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(location) = &self.inner.location {
            write!(f, "{location}: ")?;
        }
        self.inner.kind.fmt(f)
    }
}

impl fmt::Display for Location {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.source)?;
        if let Some(line) = self.line {
            write!(f, ":{line}")?;
            if let Some(column) = self.column {
                write!(f, ":{column}")?;
            }
        }
        Ok(())
    }
}

impl std::error::Error for Error {}

impl<K: Into<ErrorKind>> From<K> for Error {
    fn from(kind: K) -> Error {
        Error::new(kind.into())
    }
}
