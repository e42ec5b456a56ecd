//! Which rate for which line? IAS 21, The Effects of Changes in Foreign Exchange Rates, paragraphs 39 to 43.

use crate::conversion::AppliedRate;
use crate::currency::CurrencyPair;
use crate::error::Error;
use crate::period::Period;
use crate::rates::{Basis, Lookup, RateTable};
use jiff::civil::Date;

/// A line of a financial statement, as far as its translation goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum StatementLine {
    /// An asset of the balance sheet.
    Asset,
    /// A liability of the balance sheet.
    Liability,
    /// Income.
    Income,
    /// An expense.
    Expense,
    /// A single transaction, or equity, at its own day.
    Transaction(Date),
}

/// By which rule a statement in one currency is presented in another.
///
/// # Example
///
/// ```
/// use tieout::{Basis, StatementLine, TranslationPolicy};
///
/// let ias = TranslationPolicy::Ias21;
/// assert_eq!(ias.basis(StatementLine::Asset), Basis::Closing);
/// assert_eq!(ias.basis(StatementLine::Income), Basis::Average);
/// assert_eq!(TranslationPolicy::Convenience.basis(StatementLine::Income), Basis::Closing);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum TranslationPolicy {
    /// Assets and liabilities at the closing rate, income and expenses at the period's average as a reasonable
    /// approximation of the transactions' rates (paragraphs 39 and 40), a transaction at its day's.
    Ias21,
    /// Everything at the closing rate: the functional currency is that of a hyperinflationary economy (paragraph 42).
    Ias21Hyperinflationary,
    /// Everything at one closing rate: the convenience translation of filers with the SEC.
    Convenience,
}

impl TranslationPolicy {
    /// What kind of rate a line takes.
    ///
    /// ```
    /// use tieout::{Basis, StatementLine, TranslationPolicy};
    ///
    /// assert_eq!(TranslationPolicy::Ias21Hyperinflationary.basis(StatementLine::Expense), Basis::Closing);
    /// ```
    #[must_use]
    pub fn basis(self, line: StatementLine) -> Basis {
        match (self, line) {
            (TranslationPolicy::Ias21Hyperinflationary | TranslationPolicy::Convenience, _) => Basis::Closing,
            (TranslationPolicy::Ias21, StatementLine::Asset | StatementLine::Liability) => Basis::Closing,
            (TranslationPolicy::Ias21, StatementLine::Income | StatementLine::Expense) => Basis::Average,
            (TranslationPolicy::Ias21, StatementLine::Transaction(_)) => Basis::Spot,
        }
    }

    /// The source of the rates that lines take: a table, and the pair and period of the statement.
    ///
    /// ```
    /// use tieout::{AppliedRate, CurrencyPair, Money, RateTable, RoundingMode, StatementLine, TranslationPolicy};
    ///
    /// let csv = "date,base,quote,rate\n2023-12-28,EUR,USD,1.1114\n2023-12-29,EUR,USD,1.1050\n";
    /// let table = RateTable::read(csv.as_bytes(), "rates.csv")?;
    /// let statement = TranslationPolicy::Ias21.over(&table, "EUR/USD".parse()?, "2023-12-28..2023-12-31".parse()?);
    /// let assets = "USD 500".parse::<Money>()?.convert_to_minor_units(statement.rate(StatementLine::Asset)?, RoundingMode::HalfUp)?;
    /// assert_eq!(assets.converted.to_string(), "EUR 452.49");
    /// let sales = "USD 500".parse::<Money>()?.convert_to_minor_units(statement.rate(StatementLine::Income)?, RoundingMode::HalfUp)?;
    /// assert_eq!(sales.converted.to_string(), "EUR 451.18");
    /// # Ok::<(), tieout::Error>(())
    /// ```
    #[must_use]
    pub fn over(self, table: &RateTable, pair: CurrencyPair, period: Period) -> StatementRates<'_> {
        StatementRates { policy: self, table, pair, period }
    }
}

/// The rates of one statement; see [`TranslationPolicy::over`].
#[derive(Debug, Clone, Copy)]
pub struct StatementRates<'t> {
    policy: TranslationPolicy,
    table: &'t RateTable,
    pair: CurrencyPair,
    period: Period,
}

impl<'t> StatementRates<'t> {
    /// The rate that a line takes.
    ///
    /// # Errors
    ///
    /// Those of [`RateTable::rate`], [`RateTable::average`] and [`RateTable::closing`].
    ///
    /// ```
    /// use tieout::{AppliedRate, RateTable, StatementLine, TranslationPolicy};
    ///
    /// let csv = "date,base,quote,rate\n2023-12-29,EUR,USD,1.1050\n";
    /// let table = RateTable::read(csv.as_bytes(), "rates.csv")?;
    /// let statement = TranslationPolicy::Ias21.over(&table, "EUR/USD".parse()?, "2023-12-25..2023-12-31".parse()?);
    /// assert!(matches!(statement.rate(StatementLine::Income)?, AppliedRate::Average(_)));
    /// # Ok::<(), tieout::Error>(())
    /// ```
    pub fn rate(&self, line: StatementLine) -> Result<AppliedRate<'t>, Error> {
        match (self.policy.basis(line), line) {
            (Basis::Average, _) => self.table.average(self.pair, self.period).map(AppliedRate::from),
            (Basis::Spot, StatementLine::Transaction(day)) => self.table.rate(self.pair, day, &Lookup::default()).map(AppliedRate::from),
            _ => self.table.closing(self.pair, self.period).map(AppliedRate::from),
        }
    }
}
