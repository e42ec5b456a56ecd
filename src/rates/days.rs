//! On which place of a series does a day stand? Days as numbers, and the dense index of a series.
//!
//! A day is a count from 1970-01-01. The index keeps one bit for each calendar day of a series' span, and the count of
//! the bits before each word: the place of the last observation on or before a day is one load and one bit count,
//! without a search. Twenty-seven years take under 3 kB a currency.

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
#[inline]
pub(super) fn days_between(date: Date, on: Date) -> i32 {
    day_number(on) - day_number(date)
}

/// The places of a series' days.
#[derive(Debug, Clone)]
pub(super) struct DayIndex {
    first: i32,
    words: Vec<Word>,
    len: usize,
}

/// The days of one stretch of 64, and how many observations stand before it.
#[derive(Debug, Clone, Copy)]
struct Word {
    days: u64,
    before: u32,
}

/// A series thinner than one observation in so many days is searched instead: its index would outgrow it.
const SPARSE: usize = 512;

impl DayIndex {
    /// The index of days in ascending order, or `None` where a search serves better: an empty or a very sparse series.
    pub(super) fn of(days: impl ExactSizeIterator<Item = Date>) -> Option<DayIndex> {
        let len = days.len();
        let mut days = days.map(day_number).peekable();
        let first = *days.peek()?;
        let mut words: Vec<Word> = Vec::with_capacity(len / 40 + 1);
        for (place, day) in days.enumerate() {
            let offset = usize::try_from(day.checked_sub(first)?).ok()?;
            if offset / 64 >= words.len() {
                if offset > len.saturating_mul(SPARSE) {
                    return None;
                }
                words.resize(offset / 64 + 1, Word { days: 0, before: u32::try_from(place).ok()? });
            }
            words.last_mut()?.days |= 1 << (offset % 64);
        }
        Some(DayIndex { first, words, len })
    }

    /// How many observations stand on or before a day.
    #[inline]
    pub(super) fn rank(&self, day: i32) -> usize {
        let Ok(offset) = usize::try_from(i64::from(day) - i64::from(self.first)) else { return 0 };
        let Some(word) = self.words.get(offset / 64) else { return self.len };
        let up_to = u64::MAX >> (63 - offset % 64);
        word.before as usize + (word.days & up_to).count_ones() as usize
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
            assert_eq!(index.rank(day_number(date(offset))), expected, "{}", date(offset));
        }
    }

    /// Rule: no days or days far apart have no index.
    #[test]
    fn a_sparse_series_has_no_index() {
        assert!(DayIndex::of([].into_iter()).is_none());
        assert!(DayIndex::of([Date::MIN, Date::MAX].into_iter()).is_none());
    }
}
