//! How did a figure grow from period to period? Year over year, to date, over the trailing twelve months.
//!
//! A series holds one figure for each period, all of one length and one unit. Gaps are never filled: what needs a
//! period that is not there is an error that names it.

mod cumulative;

pub use cumulative::CumulativeSeries;

use crate::currency::Currency;
use crate::error::{ArithmeticError, Error, ErrorKind};
use crate::exact::Ratio;
use crate::growth::{BasePolicy, CompoundGrowth, Growth, compound_annual_growth};
use crate::money::{Money, exact_decimal, same};
use crate::period::{FiscalYear, Lag, Length, Period};
use rust_decimal::Decimal;
use std::collections::BTreeMap;
use std::ops::RangeInclusive;

/// One figure for each period: all periods of one length, all figures in one currency or all plain numbers.
///
/// # Example
///
/// ```
/// use tieout::{BasePolicy, Money, Period, Precision, RoundingMode, Series};
///
/// let quarters = [("2022-Q1", "CNY 73351.5"), ("2022-Q2", "CNY 69500.0"), ("2023-Q1", "CNY 59477.1")];
/// let quarters: Vec<(Period, Money)> =
///     quarters.iter().map(|(period, money)| Ok((period.parse()?, money.parse()?))).collect::<Result<_, tieout::Error>>()?;
/// let sales = Series::of_money(quarters)?;
///
/// let growth = sales.year_over_year("2023-Q1".parse()?, BasePolicy::default())?;
/// let percent = growth.rate().unwrap().as_percent().round(Precision::Decimals(1), RoundingMode::HalfUp)?;
/// assert_eq!(percent.value.to_string(), "-18.9");
/// # Ok::<(), tieout::Error>(())
/// ```
///
/// # Example: error on a gap
///
/// ```
/// use tieout::{BasePolicy, Decimal, Series};
///
/// let riders = Series::of_numbers([("2023-Q1".parse()?, Decimal::from(5)), ("2023-Q3".parse()?, Decimal::from(7))])?;
/// let error = riders.quarter_over_quarter("2023-Q3".parse()?, BasePolicy::default()).unwrap_err();
/// assert_eq!(error.to_string(), "the series has no figure for 2023-Q2");
/// # Ok::<(), tieout::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Series {
    /// `None` for plain numbers.
    currency: Option<Currency>,
    /// `None` for an empty series.
    length: Option<Length>,
    figures: BTreeMap<Period, Decimal>,
}

/// The growth of one period, of [`Series::growth`].
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct PeriodGrowth {
    /// The current period.
    pub period: Period,
    /// The one it is held against; `None` where the lag leads to no period of this length.
    pub prior_period: Option<Period>,
    /// The prior figure; `None` where the series has none.
    pub prior: Option<Decimal>,
    /// The current figure.
    pub current: Decimal,
    /// The growth; `None` where the series has no prior figure.
    pub growth: Option<Growth>,
}

impl Series {
    /// A series of amounts.
    ///
    /// # Errors
    ///
    /// [`CurrencyMismatch`](ErrorKind::CurrencyMismatch) for amounts in two currencies,
    /// [`PeriodMismatch`](ErrorKind::PeriodMismatch) for periods of two lengths, and
    /// [`DuplicatePeriod`](ErrorKind::DuplicatePeriod).
    ///
    /// ```
    /// use tieout::{Money, Series};
    ///
    /// let mixed = [("2023".parse()?, "EUR 5".parse::<Money>()?), ("2024".parse()?, "USD 6".parse()?)];
    /// assert!(Series::of_money(mixed).is_err());
    /// # Ok::<(), tieout::Error>(())
    /// ```
    pub fn of_money(figures: impl IntoIterator<Item = (Period, Money)>) -> Result<Series, Error> {
        let mut series = Series::empty();
        for (period, money) in figures {
            same(*series.currency.get_or_insert(money.currency()), money.currency())?;
            series.insert(period, money.amount())?;
        }
        Ok(series)
    }

    /// A series of plain numbers: customers, tonnes, index points.
    ///
    /// # Errors
    ///
    /// [`PeriodMismatch`](ErrorKind::PeriodMismatch) and [`DuplicatePeriod`](ErrorKind::DuplicatePeriod).
    ///
    /// ```
    /// use tieout::{Decimal, Series};
    ///
    /// let twice = [("2023".parse()?, Decimal::ONE), ("2023".parse()?, Decimal::TWO)];
    /// assert_eq!(Series::of_numbers(twice).unwrap_err().to_string(), "two figures for 2023");
    /// # Ok::<(), tieout::Error>(())
    /// ```
    pub fn of_numbers(figures: impl IntoIterator<Item = (Period, Decimal)>) -> Result<Series, Error> {
        let mut series = Series::empty();
        for (period, number) in figures {
            series.insert(period, number)?;
        }
        Ok(series)
    }

    /// The currency of the figures; `None` for plain numbers.
    ///
    /// ```
    /// use tieout::{Currency, Money, Series};
    ///
    /// let series = Series::of_money([("2024".parse()?, "EUR 5".parse::<Money>()?)])?;
    /// assert_eq!(series.currency(), Some(Currency::EUR));
    /// # Ok::<(), tieout::Error>(())
    /// ```
    #[must_use]
    pub fn currency(&self) -> Option<Currency> {
        self.currency
    }

    /// The periods and figures, the oldest first.
    ///
    /// ```
    /// use tieout::{Decimal, Series};
    ///
    /// let series = Series::of_numbers([("2024".parse()?, Decimal::TWO), ("2023".parse()?, Decimal::ONE)])?;
    /// assert_eq!(series.iter().map(|(period, _)| period.to_string()).collect::<Vec<_>>(), ["2023", "2024"]);
    /// # Ok::<(), tieout::Error>(())
    /// ```
    pub fn iter(&self) -> impl Iterator<Item = (Period, Decimal)> {
        self.figures.iter().map(|(period, figure)| (*period, *figure))
    }

    /// The figure of a period.
    ///
    /// # Errors
    ///
    /// [`PeriodMissing`](ErrorKind::PeriodMissing).
    ///
    /// ```
    /// use tieout::{Decimal, Series};
    ///
    /// let series = Series::of_numbers([("2024".parse()?, Decimal::TWO)])?;
    /// assert_eq!(series.figure("2024".parse()?)?, Decimal::TWO);
    /// assert!(series.figure("2023".parse()?).is_err());
    /// # Ok::<(), tieout::Error>(())
    /// ```
    pub fn figure(&self, period: Period) -> Result<Decimal, Error> {
        self.figures.get(&period).copied().ok_or_else(|| ErrorKind::PeriodMissing { period: period.to_string() }.into())
    }

    /// The growth of every period over the one `lag` earlier; a period without a prior figure keeps its place.
    ///
    /// ```
    /// use tieout::{BasePolicy, Decimal, Lag, Ratio, Series};
    ///
    /// let series = Series::of_numbers([("2023".parse()?, Decimal::from(4)), ("2024".parse()?, Decimal::from(5))])?;
    /// let rows: Vec<_> = series.growth(Lag::years(1), BasePolicy::default()).collect();
    /// assert!(rows[0].growth.is_none());
    /// assert_eq!(rows[1].growth.as_ref().unwrap().rate().unwrap().as_percent(), Ratio::from(25));
    /// # Ok::<(), tieout::Error>(())
    /// ```
    pub fn growth(&self, lag: Lag, policy: BasePolicy) -> impl Iterator<Item = PeriodGrowth> {
        self.iter().map(move |(period, current)| {
            let prior_period = period.before(lag);
            let prior = prior_period.and_then(|prior| self.figures.get(&prior).copied());
            PeriodGrowth { period, prior_period, prior, current, growth: prior.map(|prior| policy.growth(prior, current)) }
        })
    }

    /// The growth of a period over the same one a year before.
    ///
    /// # Errors
    ///
    /// [`PeriodMissing`](ErrorKind::PeriodMissing) where the series lacks either.
    ///
    /// ```
    /// use tieout::{BasePolicy, Decimal, Ratio, Series};
    ///
    /// let series = Series::of_numbers([("2023-06".parse()?, Decimal::from(4)), ("2024-06".parse()?, Decimal::from(5))])?;
    /// let growth = series.year_over_year("2024-06".parse()?, BasePolicy::default())?;
    /// assert_eq!(growth.rate().unwrap().as_percent(), Ratio::from(25));
    /// # Ok::<(), tieout::Error>(())
    /// ```
    pub fn year_over_year(&self, period: Period, policy: BasePolicy) -> Result<Growth, Error> {
        self.growth_over(period, Lag::years(1), policy)
    }

    /// The growth of a period over the one a quarter before.
    ///
    /// # Errors
    ///
    /// [`PeriodMissing`](ErrorKind::PeriodMissing) where the series lacks either, and
    /// [`PeriodMismatch`](ErrorKind::PeriodMismatch) where a quarter is no whole number of its periods.
    ///
    /// ```
    /// use tieout::{BasePolicy, Decimal, Ratio, Series};
    ///
    /// let series = Series::of_numbers([("2023-Q4".parse()?, Decimal::from(4)), ("2024-Q1".parse()?, Decimal::from(5))])?;
    /// let growth = series.quarter_over_quarter("2024-Q1".parse()?, BasePolicy::default())?;
    /// assert_eq!(growth.rate().unwrap().as_percent(), Ratio::from(25));
    /// # Ok::<(), tieout::Error>(())
    /// ```
    pub fn quarter_over_quarter(&self, period: Period, policy: BasePolicy) -> Result<Growth, Error> {
        self.growth_over(period, Lag::quarters(1), policy)
    }

    /// The growth of a period over the one a month before.
    ///
    /// # Errors
    ///
    /// As [`quarter_over_quarter`](Series::quarter_over_quarter), for months.
    ///
    /// ```
    /// use tieout::{BasePolicy, Decimal, Ratio, Series};
    ///
    /// let series = Series::of_numbers([("2023-12".parse()?, Decimal::from(4)), ("2024-01".parse()?, Decimal::from(5))])?;
    /// let growth = series.month_over_month("2024-01".parse()?, BasePolicy::default())?;
    /// assert_eq!(growth.rate().unwrap().as_percent(), Ratio::from(25));
    /// # Ok::<(), tieout::Error>(())
    /// ```
    pub fn month_over_month(&self, period: Period, policy: BasePolicy) -> Result<Growth, Error> {
        self.growth_over(period, Lag::months(1), policy)
    }

    /// The growth of a period over the one `lag` earlier.
    ///
    /// # Errors
    ///
    /// [`PeriodMissing`](ErrorKind::PeriodMissing) where the series lacks either, and
    /// [`PeriodMismatch`](ErrorKind::PeriodMismatch) where the lag leads to no period of this length.
    ///
    /// ```
    /// use tieout::{BasePolicy, Decimal, Lag, Ratio, Series};
    ///
    /// let series = Series::of_numbers([("2021".parse()?, Decimal::from(4)), ("2024".parse()?, Decimal::from(5))])?;
    /// let growth = series.growth_over("2024".parse()?, Lag::years(3), BasePolicy::default())?;
    /// assert_eq!(growth.rate().unwrap().as_percent(), Ratio::from(25));
    /// # Ok::<(), tieout::Error>(())
    /// ```
    pub fn growth_over(&self, period: Period, lag: Lag, policy: BasePolicy) -> Result<Growth, Error> {
        let current = self.figure(period)?;
        let prior = period.before(lag).ok_or_else(|| mismatch("of a length that the lag is a multiple of", period))?;
        Ok(policy.growth(self.figure(prior)?, current))
    }

    /// The sum from the beginning of the fiscal year to the end of a period.
    ///
    /// # Errors
    ///
    /// [`PeriodMissing`](ErrorKind::PeriodMissing) for a gap, [`PeriodMismatch`](ErrorKind::PeriodMismatch) when no
    /// period begins with the fiscal year.
    ///
    /// ```
    /// use tieout::{Decimal, FiscalYear, Series};
    ///
    /// let quarters = [("2023-Q4", 7), ("2024-Q1", 1), ("2024-Q2", 2), ("2024-Q3", 3)];
    /// let series = Series::of_numbers(
    ///     quarters.iter().map(|(period, n)| Ok((period.parse()?, Decimal::from(*n)))).collect::<Result<Vec<_>, tieout::Error>>()?,
    /// )?;
    /// assert_eq!(series.year_to_date("2024-Q3".parse()?, FiscalYear::CALENDAR)?, Decimal::from(6));
    /// let from_october = FiscalYear::named_by_end(10).unwrap();
    /// assert_eq!(series.year_to_date("2024-Q3".parse()?, from_october)?, Decimal::from(13));
    /// # Ok::<(), tieout::Error>(())
    /// ```
    pub fn year_to_date(&self, period: Period, fiscal: FiscalYear) -> Result<Decimal, Error> {
        self.sum_from(fiscal.first_day_for(period.first_day()), period)
    }

    /// The growth of the fiscal year to date over the same part of the year before.
    ///
    /// # Errors
    ///
    /// As [`year_to_date`](Series::year_to_date), for both.
    ///
    /// ```
    /// use tieout::{BasePolicy, Decimal, FiscalYear, Ratio, Series};
    ///
    /// let months = [("2023-01", 3), ("2023-02", 1), ("2024-01", 2), ("2024-02", 3)];
    /// let series = Series::of_numbers(
    ///     months.iter().map(|(period, n)| Ok((period.parse()?, Decimal::from(*n)))).collect::<Result<Vec<_>, tieout::Error>>()?,
    /// )?;
    /// let growth = series.year_to_date_growth("2024-02".parse()?, FiscalYear::CALENDAR, BasePolicy::default())?;
    /// assert_eq!(growth.rate().unwrap().as_percent(), Ratio::from(25));
    /// # Ok::<(), tieout::Error>(())
    /// ```
    pub fn year_to_date_growth(&self, period: Period, fiscal: FiscalYear, policy: BasePolicy) -> Result<Growth, Error> {
        Ok(policy.growth(self.year_to_date(year_before(period)?, fiscal)?, self.year_to_date(period, fiscal)?))
    }

    /// The sum from the beginning of a longer period to the end of one of the series: the quarter or month to date.
    ///
    /// # Errors
    ///
    /// [`PeriodMissing`](ErrorKind::PeriodMissing) for a gap, [`PeriodMismatch`](ErrorKind::PeriodMismatch) when no
    /// period of the series begins with the longer one.
    ///
    /// ```
    /// use tieout::{Decimal, Series};
    ///
    /// let months = [("2024-03".parse()?, Decimal::from(7)), ("2024-04".parse()?, Decimal::ONE), ("2024-05".parse()?, Decimal::TWO)];
    /// let quarter_to_date = Series::of_numbers(months)?.period_to_date("2024-Q2".parse()?, "2024-05".parse()?)?;
    /// assert_eq!(quarter_to_date, Decimal::from(3));
    /// # Ok::<(), tieout::Error>(())
    /// ```
    pub fn period_to_date(&self, whole: Period, to: Period) -> Result<Decimal, Error> {
        if to.last_day() > whole.last_day() {
            return Err(mismatch(&format!("within {whole}"), to));
        }
        self.sum_from(whole.first_day(), to)
    }

    /// The growth of the quarter or month to date over the same part of it a year before.
    ///
    /// # Errors
    ///
    /// As [`period_to_date`](Series::period_to_date), for both.
    ///
    /// ```
    /// use tieout::{BasePolicy, Decimal, Ratio, Series};
    ///
    /// let months = [("2023-04".parse()?, Decimal::from(3)), ("2023-05".parse()?, Decimal::ONE), ("2023-06".parse()?, Decimal::TEN)];
    /// let later = [("2024-04".parse()?, Decimal::TWO), ("2024-05".parse()?, Decimal::from(3))];
    /// let series = Series::of_numbers(months.into_iter().chain(later))?;
    /// let growth = series.period_to_date_growth("2024-Q2".parse()?, "2024-05".parse()?, BasePolicy::default())?;
    /// assert_eq!(growth.rate().unwrap().as_percent(), Ratio::from(25));
    /// # Ok::<(), tieout::Error>(())
    /// ```
    pub fn period_to_date_growth(&self, whole: Period, to: Period, policy: BasePolicy) -> Result<Growth, Error> {
        Ok(policy.growth(self.period_to_date(year_before(whole)?, year_before(to)?)?, self.period_to_date(whole, to)?))
    }

    /// The sum over the twelve months to the end of a period (TTM, LTM).
    ///
    /// # Errors
    ///
    /// [`PeriodMissing`](ErrorKind::PeriodMissing) for a gap, [`PeriodMismatch`](ErrorKind::PeriodMismatch) when the
    /// twelve months are no whole number of periods.
    ///
    /// ```
    /// use tieout::{Decimal, Series};
    ///
    /// let quarters = [("2023-Q1", 9), ("2023-Q2", 1), ("2023-Q3", 2), ("2023-Q4", 3), ("2024-Q1", 4)];
    /// let series = Series::of_numbers(
    ///     quarters.iter().map(|(period, n)| Ok((period.parse()?, Decimal::from(*n)))).collect::<Result<Vec<_>, tieout::Error>>()?,
    /// )?;
    /// assert_eq!(series.trailing_twelve_months("2024-Q1".parse()?)?, Decimal::from(10));
    /// assert!(series.trailing_twelve_months("2023-Q3".parse()?).is_err());
    /// # Ok::<(), tieout::Error>(())
    /// ```
    pub fn trailing_twelve_months(&self, period: Period) -> Result<Decimal, Error> {
        let year_before = period.last_day().tomorrow().ok().and_then(|after| after.checked_sub(jiff::Span::new().months(12)).ok());
        self.sum_from(year_before.ok_or(ArithmeticError::Overflow)?, period)
    }

    /// The growth of the trailing twelve months over those to the same period a year before.
    ///
    /// # Errors
    ///
    /// As [`trailing_twelve_months`](Series::trailing_twelve_months), for both.
    ///
    /// ```
    /// use tieout::{BasePolicy, Decimal, Ratio, Series};
    ///
    /// let halves = [("2022-H1", 1), ("2022-H2", 3), ("2023-H1", 2), ("2023-H2", 3)];
    /// let series = Series::of_numbers(
    ///     halves.iter().map(|(period, n)| Ok((period.parse()?, Decimal::from(*n)))).collect::<Result<Vec<_>, tieout::Error>>()?,
    /// )?;
    /// let growth = series.trailing_twelve_months_growth("2023-H2".parse()?, BasePolicy::default())?;
    /// assert_eq!(growth.rate().unwrap().as_percent(), Ratio::from(25));
    /// # Ok::<(), tieout::Error>(())
    /// ```
    pub fn trailing_twelve_months_growth(&self, period: Period, policy: BasePolicy) -> Result<Growth, Error> {
        Ok(policy.growth(self.trailing_twelve_months(year_before(period)?)?, self.trailing_twelve_months(period)?))
    }

    /// The compound annual growth from one period to another.
    ///
    /// # Errors
    ///
    /// [`PeriodMissing`](ErrorKind::PeriodMissing), [`PeriodMismatch`](ErrorKind::PeriodMismatch) when no whole number
    /// of years lies between the two, and [`Domain`](ArithmeticError::Domain) as in [`compound_annual_growth`].
    ///
    /// ```
    /// use tieout::{Decimal, RoundingMode, Series};
    ///
    /// let series = Series::of_numbers([("2020".parse()?, Decimal::from(1000)), ("2023".parse()?, Decimal::from(1331))])?;
    /// let growth = series.compound_annual_growth("2020".parse()?..="2023".parse()?)?;
    /// assert_eq!(growth.to_percent(1, RoundingMode::HalfEven)?.value.to_string(), "10.0");
    /// # Ok::<(), tieout::Error>(())
    /// ```
    pub fn compound_annual_growth(&self, span: RangeInclusive<Period>) -> Result<CompoundGrowth, Error> {
        let (begin, end) = (self.figure(*span.start())?, self.figure(*span.end())?);
        let months = span.end().months_after(span.start()).filter(|months| months % 12 == 0);
        let years = months.and_then(|months| u32::try_from(months / 12).ok());
        let years = years.ok_or_else(|| mismatch(&format!("whole years after {}", span.start()), *span.end()))?;
        Ok(compound_annual_growth(begin, end, years)?)
    }

    fn empty() -> Series {
        Series { currency: None, length: None, figures: BTreeMap::new() }
    }

    fn insert(&mut self, period: Period, figure: Decimal) -> Result<(), Error> {
        if *self.length.get_or_insert(period.length()) != period.length() {
            return Err(mismatch("as long as the other periods of the series", period));
        }
        if self.figures.insert(period, figure).is_some() {
            return Err(ErrorKind::DuplicatePeriod { period: period.to_string() }.into());
        }
        Ok(())
    }

    /// The sum of the periods from the one that begins on a day to another, without a gap.
    fn sum_from(&self, first: jiff::civil::Date, last: Period) -> Result<Decimal, Error> {
        self.figure(last)?;
        let mut period = match last.length() {
            Length::Months(count) => u16::try_from(count).ok().and_then(|count| Period::whole_months(first.year(), first.month(), count)),
            Length::Days(count) => first.checked_add(jiff::Span::new().days(count - 1)).ok().and_then(|to| Period::range(first, to)),
        }
        .filter(|period| period.first_day() == first && *period <= last)
        .ok_or_else(|| mismatch("of a length that fits into the year", last))?;
        let mut figures = Vec::new();
        loop {
            if period > last {
                return Err(mismatch(&format!("a whole number of periods after {first}"), last));
            }
            figures.push(self.figure(period)?);
            if period == last {
                return sum(figures);
            }
            period = period.next().ok_or(ArithmeticError::Overflow)?;
        }
    }
}

/// The exact sum, with the longest of the fractions.
fn sum(figures: impl IntoIterator<Item = Decimal>) -> Result<Decimal, Error> {
    let (total, scale) = Ratio::sum(figures);
    Ok(exact_decimal(&total, scale)?)
}

fn year_before(period: Period) -> Result<Period, Error> {
    period.before(Lag::years(1)).ok_or_else(|| mismatch("in the calendar a year before", period))
}

fn mismatch(expected: &str, found: Period) -> Error {
    ErrorKind::PeriodMismatch { expected: expected.to_owned(), found: found.to_string() }.into()
}
