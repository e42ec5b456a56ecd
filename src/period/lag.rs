//! How far back does the prior period lie?

use super::is_month_end;
use crate::error::{Error, ErrorKind};
use jiff::civil::Date;
use std::fmt;
use std::str::FromStr;

/// How far back the prior period lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Lag {
    pub(super) months: i32,
    pub(super) days: i32,
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
    pub(super) fn shift(self, day: Date, sign: i32) -> Option<Date> {
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::period::Period;

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
