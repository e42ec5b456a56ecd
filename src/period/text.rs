//! How is a period written?

use super::{Kind, Period};
use crate::error::{Error, ErrorKind};
use jiff::civil::Date;
use std::fmt;
use std::str::FromStr;

impl Period {
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
}
