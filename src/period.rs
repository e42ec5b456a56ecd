//! What stretch of time does a figure belong to, and which is the one before it?

use crate::error::{Error, ErrorKind};
use jiff::civil::Date;
use std::cmp::Ordering;
use std::fmt;
use std::str::FromStr;

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

/// How far back the prior period lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Lag {
    months: i32,
    days: i32,
}

impl Lag {
    /// So many years.
    ///
    /// ```
    /// use tieout::Lag;
    ///
    /// assert_eq!("2y".parse::<Lag>()?, Lag::years(2));
    /// # Ok::<(), tieout::Error>(())
    /// ```
    #[must_use]
    pub const fn years(count: u16) -> Lag {
        Lag { months: count as i32 * 12, days: 0 }
    }

    /// So many quarters.
    ///
    /// ```
    /// use tieout::Lag;
    ///
    /// assert_eq!("1q".parse::<Lag>()?, Lag::quarters(1));
    /// # Ok::<(), tieout::Error>(())
    /// ```
    #[must_use]
    pub const fn quarters(count: u16) -> Lag {
        Lag { months: count as i32 * 3, days: 0 }
    }

    /// So many halves.
    ///
    /// ```
    /// use tieout::Lag;
    ///
    /// assert_eq!("1h".parse::<Lag>()?, Lag::halves(1));
    /// # Ok::<(), tieout::Error>(())
    /// ```
    #[must_use]
    pub const fn halves(count: u16) -> Lag {
        Lag { months: count as i32 * 6, days: 0 }
    }

    /// So many months.
    ///
    /// ```
    /// use tieout::Lag;
    ///
    /// assert_eq!("3m".parse::<Lag>()?, Lag::months(3));
    /// # Ok::<(), tieout::Error>(())
    /// ```
    #[must_use]
    pub const fn months(count: u16) -> Lag {
        Lag { months: count as i32, days: 0 }
    }

    /// So many days.
    ///
    /// ```
    /// use tieout::Lag;
    ///
    /// assert_eq!("7d".parse::<Lag>()?, Lag::days(7));
    /// # Ok::<(), tieout::Error>(())
    /// ```
    #[must_use]
    pub const fn days(count: u16) -> Lag {
        Lag { months: 0, days: count as i32 }
    }
}

impl Lag {
    /// The day so much later, or earlier with a sign of -1. The last of a month stays the last of a month.
    fn shift(self, day: Date, sign: i32) -> Option<Date> {
        let span = jiff::Span::new().try_months(sign * self.months).ok()?.try_days(sign * self.days).ok()?;
        let shifted = day.checked_add(span).ok()?;
        let by_months = self.days == 0 && self.months != 0;
        Some(if by_months && is_month_end(day) { shifted.last_of_month() } else { shifted })
    }
}

/// As it is read: `1y`, `3m`, `7d`.
impl fmt::Display for Lag {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.months, self.days) {
            (0, days) => write!(f, "{days}d"),
            (months, _) if months % 12 == 0 => write!(f, "{}y", months / 12),
            (months, _) => write!(f, "{months}m"),
        }
    }
}

impl FromStr for Lag {
    type Err = Error;

    /// `1y`, `1h`, `1q`, `3m` or `7d`.
    fn from_str(text: &str) -> Result<Lag, Error> {
        let wrong = || Error::from(ErrorKind::Syntax { expected: "a lag such as 1y, 1q or 1m", found: text.to_owned() });
        let unit = text.chars().last().ok_or_else(wrong)?;
        let count: u16 = text.strip_suffix(unit).and_then(|count| count.parse().ok()).filter(|count| *count > 0).ok_or_else(wrong)?;
        match unit.to_ascii_lowercase() {
            'y' => Ok(Lag::years(count)),
            'h' => Ok(Lag::halves(count)),
            'q' => Ok(Lag::quarters(count)),
            'm' => Ok(Lag::months(count)),
            'd' => Ok(Lag::days(count)),
            _ => Err(wrong()),
        }
    }
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

    fn read(text: &str) -> Option<Period> {
        if let Some((from, to)) = text.split_once("..") {
            return Period::range(from.trim().parse().ok()?, to.trim().parse().ok()?);
        }
        if text.len() == 10
            && let Ok(day) = text.parse::<Date>()
        {
            return Some(Period::day(day));
        }
        let (year, part) = match text.split_once(['-', ' ', '/']) {
            Some((year, part)) => (year, Some(part)),
            // `2023Q1`
            None if text.len() == 6 => text.split_at_checked(4).map(|(year, part)| (year, Some(part)))?,
            None => (text, None),
        };
        if year.len() != 4 || !year.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        let year: i16 = year.parse().ok()?;
        let Some(part) = part else { return Period::year(year) };
        let number = |digits: &str| digits.parse::<i8>().ok().filter(|_| digits.bytes().all(|byte| byte.is_ascii_digit()));
        match part.as_bytes().first()? {
            b'Q' | b'q' => Period::quarter(year, number(part.get(1..)?)?),
            b'H' | b'h' | b'S' | b's' => Period::half(year, number(part.get(1..)?)?),
            _ if part.len() == 2 => Period::month(year, number(part)?),
            _ => None,
        }
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

/// The year by which a business reckons: its first month, and whether it is named by the year it begins or ends in.
///
/// # Example
///
/// Japan's fiscal 2023 begins in April 2023; a US retailer's fiscal 2023 may end in January 2023:
///
/// ```
/// use tieout::FiscalYear;
///
/// let japan = FiscalYear::named_by_start(4).unwrap();
/// assert_eq!(japan.year(2023).unwrap().to_string(), "2023-04-01..2024-03-31");
/// assert_eq!(japan.quarter(2023, 1).unwrap().to_string(), "2023-Q2");
/// let retailer = FiscalYear::named_by_end(2).unwrap();
/// assert_eq!(retailer.year(2023).unwrap().to_string(), "2022-02-01..2023-01-31");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct FiscalYear {
    /// 1 to 12.
    first_month: i8,
    /// How many years before its name it begins: 0 or 1.
    begins_before: i8,
}

impl FiscalYear {
    /// The calendar year.
    pub const CALENDAR: FiscalYear = FiscalYear { first_month: 1, begins_before: 0 };

    /// A year that is named by the calendar year in which it begins; `None` for a month that is not 1 to 12.
    ///
    /// ```
    /// use tieout::FiscalYear;
    ///
    /// assert_eq!(FiscalYear::named_by_start(1), Some(FiscalYear::CALENDAR));
    /// assert_eq!(FiscalYear::named_by_start(13), None);
    /// ```
    #[must_use]
    pub const fn named_by_start(first_month: i8) -> Option<FiscalYear> {
        if first_month < 1 || first_month > 12 {
            return None;
        }
        Some(FiscalYear { first_month, begins_before: 0 })
    }

    /// A year that is named by the calendar year in which it ends; `None` for a month that is not 1 to 12.
    ///
    /// ```
    /// use tieout::FiscalYear;
    ///
    /// assert_eq!(FiscalYear::named_by_end(10).unwrap().year(2024).unwrap().to_string(), "2023-10-01..2024-09-30");
    /// ```
    #[must_use]
    pub const fn named_by_end(first_month: i8) -> Option<FiscalYear> {
        match FiscalYear::named_by_start(first_month) {
            Some(year) if first_month > 1 => Some(FiscalYear { begins_before: 1, ..year }),
            year => year,
        }
    }

    /// The fiscal year of this name.
    ///
    /// ```
    /// use tieout::{FiscalYear, Period};
    ///
    /// assert_eq!(FiscalYear::CALENDAR.year(2024), Period::year(2024));
    /// ```
    #[must_use]
    pub fn year(self, name: i16) -> Option<Period> {
        self.part(name, 0, 12)
    }

    /// A half of the fiscal year of this name, 1 or 2.
    ///
    /// ```
    /// use tieout::FiscalYear;
    ///
    /// let india = FiscalYear::named_by_end(4).unwrap();
    /// assert_eq!(india.half(2024, 1).unwrap().to_string(), "2023-04-01..2023-09-30");
    /// ```
    #[must_use]
    pub fn half(self, name: i16, half: i8) -> Option<Period> {
        (1..=2).contains(&half).then_some(())?;
        self.part(name, i32::from(half - 1) * 6, 6)
    }

    /// A quarter of the fiscal year of this name, 1 to 4.
    ///
    /// ```
    /// use tieout::FiscalYear;
    ///
    /// let india = FiscalYear::named_by_end(4).unwrap();
    /// assert_eq!(india.quarter(2024, 4).unwrap().to_string(), "2024-Q1");
    /// ```
    #[must_use]
    pub fn quarter(self, name: i16, quarter: i8) -> Option<Period> {
        (1..=4).contains(&quarter).then_some(())?;
        self.part(name, i32::from(quarter - 1) * 3, 3)
    }

    /// The first day of the fiscal year in which a day lies.
    ///
    /// ```
    /// use tieout::{Date, FiscalYear};
    ///
    /// let india = FiscalYear::named_by_end(4).unwrap();
    /// assert_eq!(india.first_day_for(Date::constant(2024, 3, 31)), Date::constant(2023, 4, 1));
    /// ```
    #[must_use]
    pub fn first_day_for(self, day: Date) -> Date {
        let into = (i32::from(day.month()) - i32::from(self.first_month)).rem_euclid(12);
        month(months(day) - into).unwrap_or(Date::MIN)
    }

    fn part(self, name: i16, offset: i32, length: u16) -> Option<Period> {
        let first = (i32::from(name) - i32::from(self.begins_before)) * 12 + i32::from(self.first_month) - 1;
        let start = month(first + offset)?;
        Period::whole_months(start.year(), start.month(), length)
    }
}

impl FromStr for Period {
    type Err = Error;

    /// `2024`, `2024-H1`, `2024-Q1`, `2024-01`, `2024-01-31` or `2024-01-01..2024-03-31`.
    fn from_str(text: &str) -> Result<Period, Error> {
        Period::read(text.trim()).ok_or_else(|| {
            ErrorKind::Syntax {
                expected: "a period such as 2024, 2024-H1, 2024-Q1, 2024-01 or 2024-01-01..2024-03-31",
                found: text.to_owned(),
            }
            .into()
        })
    }
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Kind::Months { year, first: 1, length: 12 } => write!(f, "{year:04}"),
            Kind::Months { year, first: first @ (1 | 7), length: 6 } => write!(f, "{year:04}-H{}", first / 6 + 1),
            Kind::Months { year, first: first @ (1 | 4 | 7 | 10), length: 3 } => write!(f, "{year:04}-Q{}", first / 3 + 1),
            Kind::Months { year, first, length: 1 } => write!(f, "{year:04}-{first:02}"),
            Kind::Months { .. } => write!(f, "{}..{}", self.first_day(), self.last_day()),
            Kind::Days { from, to } if from == to => write!(f, "{from}"),
            Kind::Days { from, to } => write!(f, "{from}..{to}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn assert_span(text: &str, first: &str, last: &str) {
        let period: Period = text.parse().unwrap();
        assert_eq!((period.first_day().to_string().as_str(), period.last_day().to_string().as_str()), (first, last));
        assert_eq!(period.to_string(), text);
    }

    /// Rule: a period runs from its first day to its last, and is written as it is read.
    #[test]
    fn a_period_has_its_first_and_last_day() {
        assert_span("2024", "2024-01-01", "2024-12-31");
        assert_span("2024-H1", "2024-01-01", "2024-06-30");
        assert_span("2024-H2", "2024-07-01", "2024-12-31");
        assert_span("2024-Q4", "2024-10-01", "2024-12-31");
        assert_span("2024-02", "2024-02-01", "2024-02-29");
        assert_span("2024-02-29", "2024-02-29", "2024-02-29");
        assert_span("2024-01-05..2024-03-07", "2024-01-05", "2024-03-07");
    }

    /// Rule: what is no period is refused, never half-read.
    #[test]
    fn what_is_no_period_is_refused() {
        for text in ["", "24", "2024-Q5", "2024-H0", "2024-13", "2024-Q", "2024-Q1x", "20x4", "2024-1", "2024-03-01..2024-02-01"] {
            assert!(text.parse::<Period>().is_err(), "{text}");
        }
    }

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

    /// Rule: a balance-sheet date has balance-sheet dates before and after it; other days keep their number where there
    /// is one, and a lag of days counts days.
    #[test]
    fn the_last_of_a_month_stays_the_last_of_a_month() {
        let prior = |text: &str, lag: &str| text.parse::<Period>().unwrap().before(lag.parse().unwrap()).unwrap().to_string();
        let next = |text: &str, lag: &str| text.parse::<Period>().unwrap().after(lag.parse().unwrap()).unwrap().to_string();
        assert_eq!(prior("2023-06-30", "1q"), "2023-03-31");
        assert_eq!(prior("2023-09-30", "1h"), "2023-03-31");
        assert_eq!(prior("2023-03-31", "1m"), "2023-02-28");
        assert_eq!(prior("2025-02-28", "1y"), "2024-02-29");
        assert_eq!(prior("2024-02-28", "1y"), "2023-02-28");
        assert_eq!(prior("2023-06-29", "1q"), "2023-03-29");
        assert_eq!(prior("2023-05-30", "1q"), "2023-02-28");
        assert_eq!(prior("2023-06-30", "30d"), "2023-05-31");
        assert_eq!(prior("2023-06-16..2023-06-30", "1m"), "2023-05-16..2023-05-31");
        assert_eq!(next("2023-02-28", "1y"), "2024-02-29");
        assert_eq!(next("2022-12-31", "1q"), "2023-03-31");
    }

    /// Rule: a lag is written as it is read, in its greatest whole unit.
    #[test]
    fn a_lag_is_written_as_it_is_read() {
        for (text, written) in [("2y", "2y"), ("1h", "6m"), ("1q", "3m"), ("5m", "5m"), ("7d", "7d"), ("4q", "1y")] {
            let lag: Lag = text.parse().unwrap();
            assert_eq!((lag.to_string().as_str(), written.parse::<Lag>().unwrap()), (written, lag));
        }
    }
}
