//! What stretch of time does a figure belong to, and which is the one before it?

mod fiscal;
mod lag;
mod text;

pub use fiscal::FiscalYear;
pub use lag::Lag;

use jiff::civil::Date;
use std::cmp::Ordering;

/// A stretch of the calendar: a day, month, quarter, half, year, or a range of days.
///
/// # Example
///
/// ```
/// use tieout::{Lag, Period};
///
/// let quarter: Period = "2023-Q1".parse()?;
/// assert_eq!(quarter.last_day().to_string(), "2023-03-31");
/// assert_eq!(quarter.before(Lag::years(1)).unwrap().to_string(), "2022-Q1");
/// assert_eq!(quarter.before(Lag::quarters(1)).unwrap().to_string(), "2022-Q4");
/// # Ok::<(), tieout::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Period(Kind);

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Kind {
    /// So many whole months, at least one.
    Months { year: i16, first: i8, length: i32 },
    /// From one day to another, both included, in order, and no whole months.
    Days { from: Date, to: Date },
}

impl Period {
    /// A calendar year.
    ///
    /// ```
    /// use tieout::Period;
    ///
    /// assert_eq!(Period::year(2024).unwrap().to_string(), "2024");
    /// ```
    #[must_use]
    pub fn year(year: i16) -> Option<Period> {
        Period::months(year, 1, 12)
    }

    /// A half, 1 or 2.
    ///
    /// ```
    /// use tieout::Period;
    ///
    /// assert_eq!(Period::half(2024, 2).unwrap().to_string(), "2024-H2");
    /// ```
    #[must_use]
    pub fn half(year: i16, half: i8) -> Option<Period> {
        (1..=2).contains(&half).then_some(())?;
        Period::months(year, half * 6 - 5, 6)
    }

    /// A quarter, 1 to 4.
    ///
    /// ```
    /// use tieout::Period;
    ///
    /// assert_eq!(Period::quarter(2024, 5), None);
    /// ```
    #[must_use]
    pub fn quarter(year: i16, quarter: i8) -> Option<Period> {
        (1..=4).contains(&quarter).then_some(())?;
        Period::months(year, quarter * 3 - 2, 3)
    }

    /// A month, 1 to 12.
    ///
    /// ```
    /// use tieout::Period;
    ///
    /// assert_eq!(Period::month(2024, 2).unwrap().to_string(), "2024-02");
    /// ```
    #[must_use]
    pub fn month(year: i16, month: i8) -> Option<Period> {
        Period::months(year, month, 1)
    }

    /// So many months from the first of one: a fiscal year or quarter, nine months, a year to date.
    ///
    /// ```
    /// use tieout::Period;
    ///
    /// let nine = Period::whole_months(2024, 1, 9).unwrap();
    /// assert_eq!(nine.to_string(), "2024-01-01..2024-09-30");
    /// assert_eq!(Period::whole_months(2024, 4, 3), Period::quarter(2024, 2));
    /// assert_eq!(Period::whole_months(2024, 13, 1), None);
    /// ```
    #[must_use]
    pub fn whole_months(year: i16, first: i8, count: u16) -> Option<Period> {
        let period = Period::months(year, first, i32::from(count)).filter(|_| count > 0)?;
        month(period.last_month()).map(|_| period)
    }

    /// One day.
    ///
    /// ```
    /// use tieout::{Date, Period};
    ///
    /// assert_eq!(Period::day(Date::constant(2024, 2, 29)).to_string(), "2024-02-29");
    /// ```
    #[must_use]
    pub fn day(day: Date) -> Period {
        Period(Kind::Days { from: day, to: day })
    }

    /// From one day to another, both included; `None` if they are not in order. Whole months are the same period
    /// however they are given.
    ///
    /// ```
    /// use tieout::{Date, Period};
    ///
    /// let march = Period::range(Date::constant(2024, 1, 1), Date::constant(2024, 3, 31));
    /// assert_eq!(march, Period::quarter(2024, 1));
    /// ```
    #[must_use]
    pub fn range(from: Date, to: Date) -> Option<Period> {
        (from <= to).then_some(())?;
        if from.day() == 1 && to == to.last_of_month() {
            let length = months(to) - months(from) + 1;
            return Period::months(from.year(), from.month(), length);
        }
        Some(Period(Kind::Days { from, to }))
    }

    /// The first day.
    ///
    /// ```
    /// use tieout::Period;
    ///
    /// assert_eq!("2024-H2".parse::<Period>()?.first_day().to_string(), "2024-07-01");
    /// # Ok::<(), tieout::Error>(())
    /// ```
    #[must_use]
    pub fn first_day(&self) -> Date {
        match self.0 {
            // OK because `months` has built this date.
            Kind::Months { year, first, .. } => Date::new(year, first, 1).unwrap_or(Date::MIN),
            Kind::Days { from, .. } => from,
        }
    }

    /// The last day.
    ///
    /// ```
    /// use tieout::Period;
    ///
    /// assert_eq!("2024-02".parse::<Period>()?.last_day().to_string(), "2024-02-29");
    /// # Ok::<(), tieout::Error>(())
    /// ```
    pub fn last_day(&self) -> Date {
        match self.0 {
            Kind::Months { .. } => month(self.last_month()).map_or(Date::MAX, Date::last_of_month),
            Kind::Days { to, .. } => to,
        }
    }

    /// The period of the same kind that lies `lag` earlier; `None` where there is none (a quarter before a month's lag).
    ///
    /// Whole months stay whole months: the nine months to September have nine months to September a year before. A day
    /// that is the last of its month, on which balances are struck, stays the last of a month; any other keeps its
    /// number where the month has it.
    ///
    /// ```
    /// use tieout::{Lag, Period};
    ///
    /// let half: Period = "2024-H1".parse()?;
    /// assert_eq!(half.before(Lag::years(1)).unwrap().to_string(), "2023-H1");
    /// assert_eq!(half.before(Lag::quarters(1)), None);
    ///
    /// let before = |day: &str| day.parse::<Period>().unwrap().before(Lag::quarters(1)).unwrap().to_string();
    /// assert_eq!(before("2023-06-30"), "2023-03-31");
    /// assert_eq!(before("2023-06-29"), "2023-03-29");
    /// # Ok::<(), tieout::Error>(())
    /// ```
    #[must_use]
    pub fn before(&self, lag: Lag) -> Option<Period> {
        self.shifted(lag, -1)
    }

    /// The period of the same kind that lies `lag` later; `None` where there is none.
    ///
    /// ```
    /// use tieout::{Lag, Period};
    ///
    /// assert_eq!("2023-Q4".parse::<Period>()?.after(Lag::quarters(1)).unwrap().to_string(), "2024-Q1");
    /// # Ok::<(), tieout::Error>(())
    /// ```
    #[must_use]
    pub fn after(&self, lag: Lag) -> Option<Period> {
        self.shifted(lag, 1)
    }

    /// The period of the same length that begins where this one ends.
    ///
    /// ```
    /// use tieout::Period;
    ///
    /// assert_eq!("2024-02-29".parse::<Period>()?.next().unwrap().to_string(), "2024-03-01");
    /// # Ok::<(), tieout::Error>(())
    /// ```
    #[must_use]
    pub fn next(&self) -> Option<Period> {
        match self.length() {
            Length::Months(count) => self.shifted(Lag { months: count, days: 0 }, 1),
            Length::Days(count) => self.shifted(Lag { months: 0, days: count }, 1),
        }
    }

    /// Whether a day lies in the period.
    ///
    /// ```
    /// use tieout::{Date, Period};
    ///
    /// assert!("2024-Q1".parse::<Period>()?.contains(Date::constant(2024, 3, 31)));
    /// # Ok::<(), tieout::Error>(())
    /// ```
    #[must_use]
    pub fn contains(&self, day: Date) -> bool {
        self.first_day() <= day && day <= self.last_day()
    }

    /// How long it is, in months where those are whole.
    pub(crate) fn length(&self) -> Length {
        match self.0 {
            Kind::Months { length, .. } => Length::Months(length),
            Kind::Days { from, to } => Length::Days(i32::try_from(from.duration_until(to).as_hours() / 24 + 1).unwrap_or(i32::MAX)),
        }
    }

    /// How many months the first day lies after another period's, if whole ones.
    pub(crate) fn months_after(&self, earlier: &Period) -> Option<i32> {
        let (from, to) = (earlier.first_day(), self.first_day());
        (from.day() == to.day() || is_month_end(from) && is_month_end(to)).then(|| months(to) - months(from))
    }

    fn shifted(&self, lag: Lag, sign: i32) -> Option<Period> {
        match self.0 {
            Kind::Months { year, first, length } => {
                let whole = lag.months % length == 0 || lag.months % 12 == 0;
                if lag.days != 0 || !whole {
                    return None;
                }
                let start = month(i32::from(year) * 12 + i32::from(first) - 1 + sign * lag.months)?;
                let period = Period::months(start.year(), start.month(), length)?;
                month(period.last_month()).map(|_| period)
            }
            Kind::Days { from, to } => Period::range(lag.shift(from, sign)?, lag.shift(to, sign)?),
        }
    }

    /// The number of its last month, as [`months`] counts them.
    fn last_month(&self) -> i32 {
        match self.0 {
            Kind::Months { year, first, length } => i32::from(year) * 12 + i32::from(first) - 1 + length - 1,
            Kind::Days { to, .. } => months(to),
        }
    }

    fn months(year: i16, first: i8, length: i32) -> Option<Period> {
        Date::new(year, first, 1).ok()?;
        Some(Period(Kind::Months { year, first, length }))
    }
}

fn is_month_end(day: Date) -> bool {
    day == day.last_of_month()
}

/// A month's number: twelve to the year.
fn months(day: Date) -> i32 {
    i32::from(day.year()) * 12 + i32::from(day.month()) - 1
}

/// The first day of a month by its number.
fn month(number: i32) -> Option<Date> {
    let year = i16::try_from(number.div_euclid(12)).ok()?;
    Date::new(year, i8::try_from(number.rem_euclid(12)).ok()? + 1, 1).ok()
}

/// How long a period is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Length {
    Months(i32),
    Days(i32),
}

/// By the first day, then by the last.
impl Ord for Period {
    fn cmp(&self, other: &Period) -> Ordering {
        (self.first_day(), self.last_day()).cmp(&(other.first_day(), other.last_day()))
    }
}

impl PartialOrd for Period {
    fn partial_cmp(&self, other: &Period) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Rule: the prior period has the same length; a lag shorter than the period has no prior.
    #[test]
    fn the_prior_period_has_the_same_length() {
        let prior = |text: &str, lag: &str| text.parse::<Period>().unwrap().before(lag.parse().unwrap()).map(|p| p.to_string());
        assert_eq!(prior("2023-Q1", "1y").as_deref(), Some("2022-Q1"));
        assert_eq!(prior("2023-Q1", "1q").as_deref(), Some("2022-Q4"));
        assert_eq!(prior("2023-01", "1m").as_deref(), Some("2022-12"));
        assert_eq!(prior("2023", "1q"), None);
        assert_eq!(prior("2024-02-29", "1y").as_deref(), Some("2023-02-28"));
    }
}
