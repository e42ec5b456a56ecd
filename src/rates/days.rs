//! On which place of a series does a day stand? Days as numbers, and the dense index of a series.
//!
//! A day is a count from 1970-01-01. The index has a row for each month of a series' span: the count of observations
//! before the month, and for each day of it how many more stand up to there. The place of the last observation on or
//! before a day is two loads and a sum, without a search and without counting days. Twenty-seven years take 12 kB a
//! currency.

use jiff::civil::Date;

/// The count of days from 1970-01-01 in the proleptic Gregorian calendar.
///
/// After H. Hinnant, "chrono-Compatible Low-Level Date Algorithms", `days_from_civil`.
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

/// A number that orders days as the calendar does, without counting them.
#[inline]
pub(super) fn day_order(date: Date) -> i32 {
    i32::from(date.year()) << 9 | i32::from(date.month()) << 5 | i32::from(date.day())
}

/// How many days `date` lies before `on`; negative when it lies after.
#[inline]
pub(super) fn days_between(date: Date, on: Date) -> i32 {
    if (date.year(), date.month()) == (on.year(), on.month()) {
        return i32::from(on.day()) - i32::from(date.day());
    }
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

/// How many observations stand before a month, and how many of its own up to each of its days.
#[derive(Debug, Clone, Copy)]
struct Month {
    before: u32,
    up_to: [u8; 32],
}

/// A series thinner than one observation in so many months is searched instead: its index would outgrow it.
const SPARSE: usize = 2;

/// The count of months from the beginning of the year 0.
#[inline]
fn month_number(date: Date) -> i32 {
    i32::from(date.year()) * 12 + i32::from(date.month()) - 1
}

/// 1 to 31.
#[inline]
fn day_of_month(date: Date) -> usize {
    usize::from(date.day().unsigned_abs() & 31)
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
                months.resize(month + 1, Month { before: u32::try_from(place).ok()?, up_to: [0; 32] });
            }
            let Month { before, up_to } = months.last_mut()?;
            let count = u8::try_from(place + 1 - *before as usize).ok()?;
            up_to.get_mut(day_of_month(day)..)?.fill(count);
        }
        Some(DayIndex { first, months, len })
    }

    /// The place of a day that has an observation of its own.
    #[inline]
    pub(super) fn place(&self, day: Date) -> Option<usize> {
        let month = self.months.get(usize::try_from(month_number(day) - self.first).ok()?)?;
        let of_month = day_of_month(day);
        // OK because a day is at least 1, and `up_to` has a 0 before it.
        let (eve, up_to) = (*month.up_to.get(of_month.wrapping_sub(1))?, *month.up_to.get(of_month)?);
        (eve < up_to).then_some(month.before as usize + usize::from(eve))
    }

    /// How many observations stand on or before a day.
    #[inline]
    pub(super) fn rank(&self, day: Date) -> usize {
        let Ok(month) = usize::try_from(month_number(day) - self.first) else { return 0 };
        let Some(month) = self.months.get(month) else { return self.len };
        month.before as usize + month.up_to.get(day_of_month(day)).map_or(0, |count| usize::from(*count))
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
            assert_eq!(index.place(date(offset)), days.iter().position(|day| *day == date(offset)));
        }
    }

    /// Rule: no days or days far apart have no index.
    #[test]
    fn a_sparse_series_has_no_index() {
        assert!(DayIndex::of([].into_iter()).is_none());
        assert!(DayIndex::of([Date::MIN, Date::MAX].into_iter()).is_none());
    }
}
