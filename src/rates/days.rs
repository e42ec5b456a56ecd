//! On which place of a series does a day stand? Days as numbers, and the dense index of a series.
//!
//! A day is a count from 1970-01-01. The index keeps one bit for each calendar day of a series' span, a word for each
//! month, and the count of the bits before each word: the place of the last observation on or before a day is one load
//! and one bit count, without a search and without counting days. Twenty-seven years take under 3 kB a currency.

use jiff::civil::Date;

/// The count of days from 1970-01-01 in the proleptic Gregorian calendar.
///
/// After H. Hinnant, "chrono-Compatible Low-Level Date Algorithms", `days_from_civil`.
#[inline]
pub(super) fn day_number(date: Date) -> i32 {
    // March begins the year, so that a leap day ends it; thirty cycles of 400 years keep every number positive.
    let (month, day) = (i32::from(date.month()), i32::from(date.day()));
    let early = month <= 2;
    let year = i32::from(date.year()) + 12_000 - i32::from(early);
    let year = year.unsigned_abs();
    let day_of_year = (153 * (if early { month + 9 } else { month - 3 }) + 2).unsigned_abs() / 5;
    let days = 365 * year + year / 4 - year / 100 + year / 400 + day_of_year;
    // OK because the greatest year, 21,999, has some eight million days before it.
    days.cast_signed() + day - 1 - EPOCH
}

/// The days from 1 March of the year -12,000 to 1970-01-01.
const EPOCH: i32 = 30 * 146_097 + 719_468;

/// How many days `date` lies before `on`; negative when it lies after.
pub(super) fn days_between(date: Date, on: Date) -> i32 {
    day_number(on) - day_number(date)
}

/// The places of a series' days.
#[derive(Debug, Clone)]
pub(super) struct DayIndex {
    /// The number of the first month.
    first: i32,
    months: Vec<Month>,
    len: usize,
}

/// The days of a month, one bit each, and how many observations stand before it.
#[derive(Debug, Clone, Copy)]
struct Month {
    days: u32,
    before: u32,
}

/// A series thinner than one observation in so many months is searched instead: its index would outgrow it.
const SPARSE: usize = 16;

/// The count of months from the beginning of the year 0.
#[inline]
fn month_number(date: Date) -> i32 {
    i32::from(date.year()) * 12 + i32::from(date.month()) - 1
}

/// The bits of a month up to a day.
#[inline]
fn up_to(day: i8) -> u32 {
    // OK because a day is 1 to 31.
    u32::MAX >> (32 - day).unsigned_abs()
}

impl DayIndex {
    /// The index of days in ascending order, or `None` where a search serves better: an empty or a very sparse series.
    pub(super) fn of(days: impl ExactSizeIterator<Item = Date>) -> Option<DayIndex> {
        let len = days.len();
        let mut days = days.peekable();
        let first = month_number(*days.peek()?);
        let mut months: Vec<Month> = Vec::with_capacity(len / 20 + 1);
        for (place, day) in days.enumerate() {
            let month = usize::try_from(month_number(day) - first).ok()?;
            if month >= months.len() {
                if month > len.saturating_mul(SPARSE) {
                    return None;
                }
                months.resize(month + 1, Month { days: 0, before: u32::try_from(place).ok()? });
            }
            months.last_mut()?.days |= up_to(day.day()) ^ (up_to(day.day()) >> 1);
        }
        Some(DayIndex { first, months, len })
    }

    /// How many observations stand on or before a day.
    #[inline]
    pub(super) fn rank(&self, day: Date) -> usize {
        let Ok(month) = usize::try_from(month_number(day) - self.first) else { return 0 };
        let Some(month) = self.months.get(month) else { return self.len };
        month.before as usize + (month.days & up_to(day.day())).count_ones() as usize
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Rule: a day's number is what the calendar library counts.
    #[test]
    fn a_day_number_counts_from_1970() {
        let epoch = Date::constant(1970, 1, 1);
        for day in (-800_000..800_000).step_by(37) {
            let date = epoch.checked_add(jiff::Span::new().days(day)).unwrap();
            assert_eq!(day_number(date), day, "{date}");
        }
    }

    /// Rule: the rank of a day is the count of observations on or before it, as a search finds it.
    #[test]
    fn a_rank_is_what_a_search_finds() {
        let start = Date::constant(1999, 1, 4);
        let date = |offset: i32| start.checked_add(jiff::Span::new().days(offset)).unwrap();
        let days: Vec<Date> = [0, 1, 2, 5, 63, 64, 65, 127, 128, 300, 301, 640].map(date).to_vec();
        let index = DayIndex::of(days.iter().copied()).unwrap();
        for offset in -70..800 {
            let expected = days.partition_point(|day| *day <= date(offset));
            assert_eq!(index.rank(date(offset)), expected, "{}", date(offset));
        }
    }

    /// Rule: no days or days far apart have no index.
    #[test]
    fn a_sparse_series_has_no_index() {
        assert!(DayIndex::of([].into_iter()).is_none());
        assert!(DayIndex::of([Date::MIN, Date::MAX].into_iter()).is_none());
    }
}
