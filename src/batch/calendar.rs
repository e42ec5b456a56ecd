//! Which day is this text? The days between two, counted, and their texts.

use jiff::civil::Date;

/// The days of a table, by their place behind the first one.
#[derive(Debug)]
pub(super) struct Calendar {
    first_day: i64,
    first_year: usize,
    /// The place of each month's first day, from January of the first year on; negative in front of the first day.
    months: Vec<i64>,
    /// The months by which a text finds its day: thirty-two places for each year, so that a month can be no other's.
    months_of_text: Vec<Days>,
    /// Each day as text.
    days: Vec<[u8; 10]>,
}

/// The days of a month that the table has.
#[derive(Debug, Clone, Copy, Default)]
struct Days {
    /// The place of the first of them.
    start: u32,
    /// Its number in the month, and how many there are.
    first: u8,
    count: u8,
}

/// How many places a year has among the months of texts.
const MONTHS: usize = 32;

impl Calendar {
    /// The days from the first to so many behind the last; `None` if there are too many.
    pub(super) fn new(first: Date, last: Date, behind: usize, max_days: usize) -> Option<Calendar> {
        let (first_day, last_day) = (day_number(first), day_number(last));
        let count = usize::try_from(last_day - first_day + 1).ok()?.checked_add(behind).filter(|count| *count <= max_days)?;
        let first_year = usize::try_from(first.year()).ok()?;
        let mut calendar =
            Calendar { first_day, first_year, months: Vec::new(), months_of_text: Vec::new(), days: Vec::with_capacity(count) };
        let mut start = number_of(first.year().into(), 1, 1) - first_day;
        for year in first.year()..=9999 {
            let mut months = [Days::default(); MONTHS];
            for (month, known) in (1..=12).zip(months.iter_mut().skip(1)) {
                let (length, before) = (Date::new(year, month, 1).ok()?.days_in_month().unsigned_abs(), calendar.days.len());
                calendar.months.push(start);
                for day in (1..=length).filter(|day| start + i64::from(*day) > 0).take(count - before) {
                    calendar.days.push(text(year.unsigned_abs(), month.unsigned_abs(), day));
                }
                let first = u8::try_from((-start).clamp(0, 31) + 1).ok()?;
                *known = Days { start: u32::try_from(before).ok()?, first, count: u8::try_from(calendar.days.len() - before).ok()? };
                start += i64::from(length);
            }
            calendar.months_of_text.extend(months);
            if calendar.days.len() == count {
                return Some(calendar);
            }
        }
        None
    }

    /// How many days there are.
    pub(super) fn len(&self) -> usize {
        self.days.len()
    }

    /// The text of a day.
    #[inline]
    pub(super) fn text(&self, index: usize) -> Option<&[u8; 10]> {
        self.days.get(index)
    }

    /// The place of a day; negative in front of the first one.
    #[inline]
    pub(super) fn place(&self, date: Date) -> i64 {
        let month = || {
            let (year, month) = (usize::try_from(date.year()).ok()?, usize::try_from(date.month()).ok()?);
            self.months.get(year.checked_sub(self.first_year)? * 12 + month - 1)
        };
        match month() {
            Some(start) => start + i64::from(date.day()) - 1,
            None => day_number(date) - self.first_day,
        }
    }

    /// The place of the day written as `2023-05-26`; `None` for anything else, and outside of the table.
    #[inline(always)]
    pub(super) fn index(&self, text: &[u8; 10]) -> Option<usize> {
        let [c0, c1, y0, y1, dash, m0, m1, second_dash, d0, d1] = *text;
        // A byte each, as the value of its digit; the dashes as zero.
        let century = u32::from(u16::from_le_bytes([c0, c1]) ^ u16::from_le_bytes(*b"00"));
        let rest = u64::from_le_bytes([y0, y1, dash, m0, m1, second_dash, d0, d1]) ^ u64::from_le_bytes(*b"00-00-00");
        // A month has at most one ten.
        let others = (rest | rest.wrapping_add(0x0606_0006_0000_0606)) & 0xf0f0_fff0_feff_f0f0;
        if (others != 0) | ((century | (century + 0x0606)) & 0xf0f0 != 0) {
            return None;
        }
        let pairs = rest * 10 + (rest >> 8);
        // OK because a byte fits any integer.
        let pair = |byte: u32| (pairs >> (8 * byte) & 0xff) as usize;
        let year = ((century * 10 + (century >> 8)) & 0xff) as usize * 100 + pair(0);
        let days = self.months_of_text.get(year.wrapping_sub(self.first_year).wrapping_mul(MONTHS).wrapping_add(pair(3)))?;
        let day = pair(6).wrapping_sub(usize::from(days.first));
        if day < usize::from(days.count) { Some(days.start as usize + day) } else { None }
    }
}

fn text(year: u16, month: u8, day: u8) -> [u8; 10] {
    let digit = |number: u16| b'0' + (number % 10).to_le_bytes()[0];
    let [month, day] = [month, day].map(u16::from);
    let [y0, y1, y2, y3] = [1000, 100, 10, 1].map(|unit| digit(year / unit));
    [y0, y1, y2, y3, b'-', digit(month / 10), digit(month), b'-', digit(day / 10), digit(day)]
}

/// The number of a day: consecutive days have consecutive numbers.
pub(super) fn day_number(date: Date) -> i64 {
    number_of(date.year().into(), date.month().into(), date.day().into())
}

/// Days since 1 March of the year 0, by the calendar that puts leap days last.
/// Source: Howard Hinnant, chrono-Compatible Low-Level Date Algorithms, `days_from_civil`.
#[inline]
fn number_of(year: i64, month: i64, day: i64) -> i64 {
    let (year, month) = if month > 2 { (year, month - 3) } else { (year - 1, month + 9) };
    365 * year + year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400) + (153 * month + 2) / 5 + day - 1
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Rule: a day is read when it exists and the table has it; days are counted one by one.
    #[test]
    fn days_are_those_of_the_calendar() {
        let (first, last) = (Date::constant(1899, 12, 30), Date::constant(2105, 1, 1));
        let calendar = Calendar::new(first, last, 7, 100_000).unwrap();
        let mut date = first;
        for index in 0..calendar.len() {
            let text: [u8; 10] = date.to_string().into_bytes().try_into().unwrap();
            assert_eq!((calendar.index(&text), calendar.text(index)), (Some(index), Some(&text)));
            assert_eq!(calendar.place(date), i64::try_from(index).unwrap());
            assert_eq!(day_number(date), day_number(first) + calendar.place(date));
            date = date.tomorrow().unwrap();
        }
        assert_eq!(date, Date::constant(2105, 1, 9));
        assert_eq!(
            [(1899, 12, 29), (1898, 12, 30), (2107, 1, 1)].map(|(y, m, d)| calendar.place(Date::constant(y, m, d))),
            [-1, -365, 75_607]
        );
        for text in
            ["2023-02-29", "2023-13-01", "2023-00-01", "2023-01-00", "2023/01/01", "1900-02-29", "2023-04-31", "1899-12-29", "2105-01-09"]
        {
            assert_eq!(calendar.index(text.as_bytes().try_into().unwrap()), None, "{text}");
        }
    }

    proptest::proptest! {
        /// Rule: nothing but a date is read as one.
        #[test]
        fn what_is_no_date_is_declined(bytes in proptest::array::uniform10(proptest::prelude::any::<u8>()), at in 0..10_usize) {
            let calendar = Calendar::new(Date::constant(1999, 1, 4), Date::constant(2023, 12, 29), 7, 100_000).unwrap();
            let mut near = *b"2023-05-26";
            near[at] = bytes[at];
            for text in [bytes, near] {
                let date: Option<Date> = std::str::from_utf8(&text).ok().and_then(|text| text.parse().ok());
                let index = date.map(|date| day_number(date) - day_number(Date::constant(1999, 1, 4)));
                let known = index.and_then(|index| usize::try_from(index).ok()).filter(|index| *index < calendar.len());
                proptest::prop_assert_eq!(calendar.index(&text), known);
            }
        }
    }
}
