//! What stretch of time does a figure belong to, and which is the one before it?

use crate::error::{Error, ErrorKind};
use jiff::civil::Date;
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
    /// So many months from the first of one; the length is 1, 3, 6 or 12 and the start a multiple of it.
    Months { year: i16, first: i8, length: i8 },
    /// From one day to another, both included, in order.
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
    pub const fn years(count: u16) -> Lag {
        Lag { months: count as i32 * 12, days: 0 }
    }

    /// So many quarters.
    pub const fn quarters(count: u16) -> Lag {
        Lag { months: count as i32 * 3, days: 0 }
    }

    /// So many months.
    pub const fn months(count: u16) -> Lag {
        Lag { months: count as i32, days: 0 }
    }

    /// So many days.
    pub const fn days(count: u16) -> Lag {
        Lag { months: 0, days: count as i32 }
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
            'h' => Ok(Lag { months: i32::from(count) * 6, days: 0 }),
            'q' => Ok(Lag::quarters(count)),
            'm' => Ok(Lag::months(count)),
            'd' => Ok(Lag::days(count)),
            _ => Err(wrong()),
        }
    }
}

impl Period {
    /// A calendar year.
    pub fn year(year: i16) -> Option<Period> {
        Period::months(year, 1, 12)
    }

    /// A half, 1 or 2.
    pub fn half(year: i16, half: i8) -> Option<Period> {
        (1..=2).contains(&half).then_some(())?;
        Period::months(year, half * 6 - 5, 6)
    }

    /// A quarter, 1 to 4.
    pub fn quarter(year: i16, quarter: i8) -> Option<Period> {
        (1..=4).contains(&quarter).then_some(())?;
        Period::months(year, quarter * 3 - 2, 3)
    }

    /// A month, 1 to 12.
    pub fn month(year: i16, month: i8) -> Option<Period> {
        Period::months(year, month, 1)
    }

    /// One day.
    pub fn day(day: Date) -> Period {
        Period(Kind::Days { from: day, to: day })
    }

    /// From one day to another, both included; `None` if they are not in order.
    pub fn range(from: Date, to: Date) -> Option<Period> {
        (from <= to).then_some(Period(Kind::Days { from, to }))
    }

    /// The first day.
    pub fn first_day(&self) -> Date {
        match self.0 {
            // OK because `months` has built this date.
            Kind::Months { year, first, .. } => Date::new(year, first, 1).unwrap_or(Date::MIN),
            Kind::Days { from, .. } => from,
        }
    }

    /// The last day.
    pub fn last_day(&self) -> Date {
        match self.0 {
            Kind::Months { year, first, length } => Date::new(year, first + length - 1, 1).map_or(Date::MAX, Date::last_of_month),
            Kind::Days { to, .. } => to,
        }
    }

    /// The period of the same kind that lies `lag` earlier; `None` where there is none (a quarter before a year).
    pub fn before(&self, lag: Lag) -> Option<Period> {
        match self.0 {
            Kind::Months { year, first, length } => {
                if lag.days != 0 || lag.months % i32::from(length) != 0 {
                    return None;
                }
                let months = i32::from(year) * 12 + i32::from(first) - 1 - lag.months;
                let year = i16::try_from(months.div_euclid(12)).ok()?;
                let first = i8::try_from(months.rem_euclid(12)).ok()? + 1;
                Period::months(year, first, length)
            }
            Kind::Days { from, to } => {
                let back = |day: Date| {
                    let span = jiff::Span::new().try_months(lag.months).ok()?.try_days(lag.days).ok()?;
                    day.checked_sub(span).ok()
                };
                Period::range(back(from)?, back(to)?)
            }
        }
    }

    fn months(year: i16, first: i8, length: i8) -> Option<Period> {
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
            Kind::Months { year, length: 12, .. } => write!(f, "{year:04}"),
            Kind::Months { year, first, length: 6 } => write!(f, "{year:04}-H{}", first / 6 + 1),
            Kind::Months { year, first, length: 3 } => write!(f, "{year:04}-Q{}", first / 3 + 1),
            Kind::Months { year, first, .. } => write!(f, "{year:04}-{first:02}"),
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
}
