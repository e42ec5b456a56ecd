//! Figures reported from the beginning of the year: three, six, nine, twelve months.

use super::{Series, mismatch, sum};
use crate::currency::Currency;
use crate::error::{Error, ErrorKind};
use crate::growth::{BasePolicy, Growth};
use crate::money::{Money, same};
use crate::period::{FiscalYear, Lag, Period};
use rust_decimal::Decimal;
use std::collections::BTreeMap;

/// Year-to-date figures, as interim reports state them: each from the beginning of its fiscal year.
///
/// # Example
///
/// The twelve months to September are the year before, plus the nine months, less the nine months a year earlier:
///
/// ```
/// use tieout::{CumulativeSeries, FiscalYear, Money, Period};
///
/// let reported = [("2023-01-01..2023-09-30", "EUR 70"), ("2023", "EUR 100"), ("2024-01-01..2024-09-30", "EUR 84")];
/// let reported: Vec<(Period, Money)> =
///     reported.iter().map(|(period, money)| Ok((period.parse()?, money.parse()?))).collect::<Result<_, tieout::Error>>()?;
/// let sales = CumulativeSeries::of_money(reported, FiscalYear::CALENDAR)?;
///
/// let nine_months = "2024-01-01..2024-09-30".parse()?;
/// assert_eq!(sales.trailing_twelve_months(nine_months)?.to_string(), "114");
/// assert_eq!(sales.single("2023-Q4".parse()?)?.to_string(), "30");
/// let error = sales.single("2024-Q3".parse()?).unwrap_err();
/// assert_eq!(error.to_string(), "the series has no figure for 2024-H1");
/// # Ok::<(), tieout::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CumulativeSeries {
    fiscal: FiscalYear,
    /// `None` for plain numbers.
    currency: Option<Currency>,
    figures: BTreeMap<Period, Decimal>,
}

impl CumulativeSeries {
    /// A series of amounts.
    ///
    /// # Errors
    ///
    /// [`CurrencyMismatch`](ErrorKind::CurrencyMismatch) for amounts in two currencies,
    /// [`PeriodMismatch`](ErrorKind::PeriodMismatch) for a period that does not begin with a fiscal year or outlasts it,
    /// and [`DuplicatePeriod`](ErrorKind::DuplicatePeriod).
    ///
    /// ```
    /// use tieout::{CumulativeSeries, FiscalYear, Money};
    ///
    /// let second = [("2024-Q2".parse()?, "EUR 5".parse::<Money>()?)];
    /// let error = CumulativeSeries::of_money(second, FiscalYear::CALENDAR).unwrap_err();
    /// assert_eq!(error.to_string(), "2024-Q2 is not a part of one fiscal year from its first day on");
    /// # Ok::<(), tieout::Error>(())
    /// ```
    pub fn of_money(figures: impl IntoIterator<Item = (Period, Money)>, fiscal: FiscalYear) -> Result<CumulativeSeries, Error> {
        let mut series = CumulativeSeries { fiscal, currency: None, figures: BTreeMap::new() };
        for (period, money) in figures {
            same(*series.currency.get_or_insert(money.currency()), money.currency())?;
            series.insert(period, money.amount())?;
        }
        Ok(series)
    }

    /// A series of plain numbers: customers won, tonnes.
    ///
    /// # Errors
    ///
    /// As [`of_money`](CumulativeSeries::of_money), without currencies.
    ///
    /// ```
    /// use tieout::{CumulativeSeries, Decimal, FiscalYear};
    ///
    /// let india = FiscalYear::named_by_end(4).unwrap();
    /// let tonnes = CumulativeSeries::of_numbers([("2023-Q2".parse()?, Decimal::from(7))], india)?;
    /// assert_eq!(tonnes.year_to_date("2023-Q2".parse()?)?, Decimal::from(7));
    /// # Ok::<(), tieout::Error>(())
    /// ```
    pub fn of_numbers(figures: impl IntoIterator<Item = (Period, Decimal)>, fiscal: FiscalYear) -> Result<CumulativeSeries, Error> {
        let mut series = CumulativeSeries { fiscal, currency: None, figures: BTreeMap::new() };
        for (period, number) in figures {
            series.insert(period, number)?;
        }
        Ok(series)
    }

    /// The currency of the figures; `None` for plain numbers.
    ///
    /// ```
    /// use tieout::{Currency, CumulativeSeries, FiscalYear, Money};
    ///
    /// let sales = CumulativeSeries::of_money([("2024".parse()?, "EUR 5".parse::<Money>()?)], FiscalYear::CALENDAR)?;
    /// assert_eq!(sales.currency(), Some(Currency::EUR));
    /// # Ok::<(), tieout::Error>(())
    /// ```
    #[must_use]
    pub fn currency(&self) -> Option<Currency> {
        self.currency
    }

    /// The figure from the beginning of the fiscal year to the end of a period, as it was given.
    ///
    /// # Errors
    ///
    /// [`PeriodMissing`](ErrorKind::PeriodMissing).
    ///
    /// ```
    /// use tieout::{CumulativeSeries, Decimal, FiscalYear};
    ///
    /// let series = CumulativeSeries::of_numbers([("2024-H1".parse()?, Decimal::TWO)], FiscalYear::CALENDAR)?;
    /// assert_eq!(series.year_to_date("2024-H1".parse()?)?, Decimal::TWO);
    /// assert_eq!(series.year_to_date("2024-Q2".parse()?)?, Decimal::TWO);
    /// assert!(series.year_to_date("2024".parse()?).is_err());
    /// # Ok::<(), tieout::Error>(())
    /// ```
    pub fn year_to_date(&self, period: Period) -> Result<Decimal, Error> {
        let to_date = self.to_date(period)?;
        self.figures.get(&to_date).copied().ok_or_else(|| ErrorKind::PeriodMissing { period: to_date.to_string() }.into())
    }

    /// The growth of the year to date over the same part of the year before.
    ///
    /// # Errors
    ///
    /// [`PeriodMissing`](ErrorKind::PeriodMissing) where the series lacks either.
    ///
    /// ```
    /// use tieout::{BasePolicy, CumulativeSeries, Decimal, FiscalYear, Ratio};
    ///
    /// let halves = [("2023-H1".parse()?, Decimal::from(4)), ("2024-H1".parse()?, Decimal::from(5))];
    /// let series = CumulativeSeries::of_numbers(halves, FiscalYear::CALENDAR)?;
    /// let growth = series.year_to_date_growth("2024-H1".parse()?, BasePolicy::default())?;
    /// assert_eq!(growth.rate().unwrap().as_percent(), Ratio::from(25));
    /// # Ok::<(), tieout::Error>(())
    /// ```
    pub fn year_to_date_growth(&self, period: Period, policy: BasePolicy) -> Result<Growth, Error> {
        Ok(policy.growth(self.year_to_date(self.year_before(period)?)?, self.year_to_date(period)?))
    }

    /// The sum over the twelve months to the end of a period (TTM, LTM): the year before, plus the year to date, less
    /// the same part of the year before.
    ///
    /// # Errors
    ///
    /// [`PeriodMissing`](ErrorKind::PeriodMissing) where the series lacks one of the three;
    /// [`Overflow`](crate::ArithmeticError::Overflow) for a sum that does not fit a decimal exactly.
    ///
    /// ```
    /// use tieout::{CumulativeSeries, Decimal, FiscalYear};
    ///
    /// let figures = [("2023-Q1".parse()?, 9), ("2023".parse()?, 40), ("2024-Q1".parse()?, 12)];
    /// let series = CumulativeSeries::of_numbers(figures.map(|(period, n)| (period, Decimal::from(n))), FiscalYear::CALENDAR)?;
    /// assert_eq!(series.trailing_twelve_months("2024-Q1".parse()?)?, Decimal::from(43));
    /// assert_eq!(series.trailing_twelve_months("2023".parse()?)?, Decimal::from(40));
    /// # Ok::<(), tieout::Error>(())
    /// ```
    pub fn trailing_twelve_months(&self, period: Period) -> Result<Decimal, Error> {
        let to_date = self.to_date(period)?;
        let year = Period::whole_months(to_date.first_day().year(), to_date.first_day().month(), 12);
        if year == Some(to_date) {
            return self.year_to_date(to_date);
        }
        let year_before = year.and_then(|year| year.before(Lag::years(1))).ok_or_else(|| outside(to_date))?;
        let (whole, current, prior) =
            (self.year_to_date(year_before)?, self.year_to_date(to_date)?, self.year_to_date(self.year_before(to_date)?)?);
        sum([whole, current, -prior])
    }

    /// The figure of a period by itself: the year to date at its end less the year to date at its beginning.
    ///
    /// # Errors
    ///
    /// [`PeriodMissing`](ErrorKind::PeriodMissing) where the series lacks either,
    /// [`PeriodMismatch`](ErrorKind::PeriodMismatch) for a period that lies in two fiscal years.
    ///
    /// ```
    /// use tieout::{CumulativeSeries, Decimal, FiscalYear};
    ///
    /// let figures = [("2024-Q1".parse()?, Decimal::from(9)), ("2024-H1".parse()?, Decimal::from(20))];
    /// let series = CumulativeSeries::of_numbers(figures, FiscalYear::CALENDAR)?;
    /// assert_eq!(series.single("2024-Q2".parse()?)?, Decimal::from(11));
    /// assert_eq!(series.single("2024-Q1".parse()?)?, Decimal::from(9));
    /// # Ok::<(), tieout::Error>(())
    /// ```
    pub fn single(&self, period: Period) -> Result<Decimal, Error> {
        let to_date = self.to_date(period)?;
        let current = self.year_to_date(to_date)?;
        if period.first_day() <= to_date.first_day() {
            return if period == to_date { Ok(current) } else { Err(mismatch("a part of one fiscal year", period)) };
        }
        let eve = period.first_day().yesterday().map_err(|_| outside(period))?;
        let before = Period::range(to_date.first_day(), eve).ok_or_else(|| outside(period))?;
        sum([current, -self.year_to_date(before)?])
    }

    /// The series of single periods of the length of a given one, oldest first: quarters out of three, six, nine and
    /// twelve months. A fiscal year in which one is missing is an error: gaps are never filled.
    ///
    /// # Errors
    ///
    /// As [`single`](CumulativeSeries::single), for every figure of the series.
    ///
    /// ```
    /// use tieout::{CumulativeSeries, Decimal, FiscalYear, Lag};
    ///
    /// let figures = [("2024-Q1".parse()?, Decimal::from(9)), ("2024-H1".parse()?, Decimal::from(20))];
    /// let quarters = CumulativeSeries::of_numbers(figures, FiscalYear::CALENDAR)?.to_singles(Lag::quarters(1))?;
    /// let quarters: Vec<String> = quarters.iter().map(|(period, figure)| format!("{period} {figure}")).collect();
    /// assert_eq!(quarters, ["2024-Q1 9", "2024-Q2 11"]);
    /// # Ok::<(), tieout::Error>(())
    /// ```
    pub fn to_singles(&self, length: Lag) -> Result<Series, Error> {
        let mut series = Series { currency: self.currency, ..Series::empty() };
        for to_date in self.figures.keys() {
            let after = Period::day(to_date.last_day().tomorrow().map_err(|_| outside(*to_date))?);
            let first = after.before(length).ok_or_else(|| outside(*to_date))?.first_day();
            let period = Period::range(first, to_date.last_day()).ok_or_else(|| outside(*to_date))?;
            series.insert(period, self.single(period)?)?;
        }
        Ok(series)
    }

    fn insert(&mut self, period: Period, figure: Decimal) -> Result<(), Error> {
        if self.to_date(period)? != period {
            return Err(mismatch("a part of one fiscal year from its first day on", period));
        }
        match self.figures.insert(period, figure) {
            None => Ok(()),
            Some(_) => Err(ErrorKind::DuplicatePeriod { period: period.to_string() }.into()),
        }
    }

    /// From the beginning of the fiscal year to the end of a period.
    fn to_date(&self, period: Period) -> Result<Period, Error> {
        let last = period.last_day();
        Period::range(self.fiscal.first_day_for(last), last).ok_or_else(|| outside(period))
    }

    fn year_before(&self, period: Period) -> Result<Period, Error> {
        let to_date = self.to_date(period)?;
        to_date.before(Lag::years(1)).ok_or_else(|| outside(to_date))
    }
}

fn outside(period: Period) -> Error {
    mismatch("within the calendar, with the year before it", period)
}
