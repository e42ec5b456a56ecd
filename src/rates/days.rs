//! On which place of a series does a day stand? Days as numbers, and the dense index of a series.
//!
//! A day is a count from 1970-01-01. The index has a row of 32 numbers for each month of a series' span, one for each
//! day of it: how many observations stand on or before the day, and how many days ago the last of them was. So the
//! place of the observation that serves a day, a Sunday too, and its age are one load, without a search and without
//! counting days. Twenty-seven years take 42 kB a currency.

use jiff::civil::Date;

/// The count of days from 1970-01-01 in the proleptic Gregorian calendar.
///
/// After H. Hinnant, "chrono-Compatible Low-Level Date Algorithms", `days_from_civil`.
pub(super) fn day_number(date: Date) -> i32 {
    civil_day_number(i32::from(date.year()), i32::from(date.month()), i32::from(date.day()))
}

fn civil_day_number(year: i32, month: i32, day: i32) -> i32 {
    // March begins the year, so that a leap day ends it; thirty cycles of 400 years keep every number positive.
    let early = month <= 2;
    let year = (year + 12_000 - i32::from(early)).unsigned_abs();
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
    /// 32 a month; the day's number is the place in its month.
    days: Vec<Day>,
    len: usize,
}

/// How many observations stand on or before a day, in the lower 24 bits, and in the upper 8 how many days before it the
/// last one was.
#[derive(Debug, Clone, Copy)]
struct Day(u32);

/// The age of an observation so old, or so uncertain, that its date has to be looked at.
const OLD: u32 = 255;
const MAX_COUNT: usize = 0xff_ffff;

impl Day {
    fn new(count: u32, age: i32) -> Day {
        Day(count & 0xff_ffff | u32::try_from(age).map_or(OLD, |age| age.min(OLD)) << 24)
    }

    #[inline]
    fn count(self) -> usize {
        (self.0 & 0xff_ffff) as usize
    }

    #[inline]
    fn age(self) -> u32 {
        self.0 >> 24
    }
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
    usize::from(date.day().cast_unsigned() & 31)
}

impl DayIndex {
    /// The index of days in ascending order, or `None` where a search serves better: an empty or a very sparse series.
    /// Ages are those of observations of one day each; where they are of longer periods, of no other day than the first.
    pub(super) fn of(days: impl ExactSizeIterator<Item = Date> + DoubleEndedIterator + Clone, of_one_day: bool) -> Option<DayIndex> {
        let len = days.len();
        let (first, last) = (month_number(days.clone().next()?), month_number(days.clone().next_back()?));
        let months = usize::try_from(last - first).ok()?;
        if months > len.saturating_mul(SPARSE) || len > MAX_COUNT {
            return None;
        }
        let mut index = DayIndex { first, days: Vec::with_capacity((months + 1) * 32), len };
        let mut days = days.peekable();
        let (mut count, mut last_number) = (0, 0);
        for month in first..=last {
            let eve = civil_day_number(month.div_euclid(12), month.rem_euclid(12) + 1, 1) - 1;
            for day in 0..32_i8 {
                let number = eve + i32::from(day);
                if days.next_if(|next| next.day() == day && month_number(*next) == month).is_some() {
                    (count, last_number) = (count + 1, number);
                }
                let age = number - last_number;
                index.days.push(Day::new(count, if of_one_day || age == 0 { age } else { i32::MAX }));
            }
        }
        Some(index)
    }

    #[inline(always)]
    fn day(&self, day: Date) -> Option<Day> {
        let month = usize::try_from(month_number(day) - self.first).ok()?;
        self.days.get(month << 5 | day_of_month(day)).copied()
    }

    /// The place of the last observation on or before a day of the index, if it is surely at most so many days old.
    #[inline(always)]
    pub(super) fn place(&self, day: Date, max_age_days: u32) -> Option<usize> {
        let day = self.day(day).filter(|day| day.age() <= max_age_days.min(OLD - 1))?;
        day.count().checked_sub(1)
    }

    /// How many observations stand on or before a day.
    #[inline]
    pub(super) fn rank(&self, day: Date) -> usize {
        if month_number(day) < self.first {
            return 0;
        }
        self.day(day).map_or(self.len, Day::count)
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

    /// Rule: the rank of a day is the count of observations on or before it, and its place that of the last of them if
    /// that is young enough, as a search finds them.
    #[test]
    fn a_rank_and_a_place_are_what_a_search_finds() {
        let start = Date::constant(1999, 1, 4);
        let date = |offset: i32| start.checked_add(jiff::Span::new().days(offset)).unwrap();
        let offsets = [0, 1, 2, 5, 63, 64, 65, 127, 128, 300, 301, 640];
        let days: Vec<Date> = offsets.map(date).to_vec();
        let index = DayIndex::of(days.iter().copied(), true).unwrap();
        let of_periods = DayIndex::of(days.iter().copied(), false).unwrap();
        let end = date(640).last_of_month();
        for offset in -70..800 {
            let count = offsets.partition_point(|other| *other <= offset);
            assert_eq!((index.rank(date(offset)), of_periods.rank(date(offset))), (count, count), "{}", date(offset));
            let last = count.checked_sub(1).filter(|_| date(offset) <= end);
            let not_older = |age: i32| last.filter(|place| offset - offsets[*place] <= age);
            for (max_age, age) in [(0, 0), (7, 7), (300, 254), (u32::MAX, 254)] {
                assert_eq!(index.place(date(offset), max_age), not_older(age), "{} {max_age}", date(offset));
                assert_eq!(of_periods.place(date(offset), max_age), not_older(0), "{} {max_age}", date(offset));
            }
        }
    }

    /// Rule: no days or days far apart have no index.
    #[test]
    fn a_sparse_series_has_no_index() {
        assert!(DayIndex::of([].into_iter(), true).is_none());
        assert!(DayIndex::of([Date::MIN, Date::MAX].into_iter(), true).is_none());
    }
}
