//! Which published rates serve a day? A rate table spread out, so that the answer is one look.
//!
//! A row for each day that has a publication, a cell for each currency: its last observation on or before that day.
//! A day finds its row in an index by day. Both legs of a cross lie in one row, so they mostly come with one access
//! to memory. Only tables with one pivot (every pair has it, each currency one pair) are spread out: there a cross
//! has one way to go. Everything else, a missing or old rate included, is declined (`None`) and left to
//! [`RateTable::rate`].

use super::short::Fraction;
use crate::currency::{Currency, CurrencyPair};
use crate::rates::{Lookup, OnMissing, RateTable};
use jiff::civil::Date;

/// The most cells that are spread out: 32 MiB.
const MAX_CELLS: usize = 4 << 20;
/// The most days between the first and the last observation: five centuries.
const MAX_DAYS: usize = 200_000;
/// The row of the pivot, which is never the older leg.
const ANY_ROW: u32 = (1 << ROW_BITS) - 1;
const ROW_BITS: u32 = 19;
const SCALE_BITS: u32 = 5;
const DIGIT_BITS: u32 = u64::BITS - ROW_BITS - SCALE_BITS;

/// A rate table with one pivot, by day and currency.
#[derive(Debug)]
pub(super) struct DenseRates {
    max_age: i64,
    /// The currencies; the pivot is the first.
    currencies: Vec<Currency>,
    /// Whether the currency is the base of its published pair: one of it costs the rate in the pivot.
    is_base: Vec<bool>,
    /// The last day of each currency: after it the law gives the rate, and the day is declined.
    last_day: Vec<i64>,
    /// The place of each code of three letters in `currencies`.
    codes: Vec<Option<u8>>,
    first_day: i64,
    /// The row of each day from the first one on.
    rows: Vec<u32>,
    days: Vec<PublicationDay>,
    cells: Vec<Cell>,
}

/// A day with a publication.
#[derive(Debug, Clone, Copy)]
struct PublicationDay {
    number: i32,
    text: [u8; 10],
}

/// The last observation of a currency, in 64 bits, since a cell is mostly one access to slow memory: from the highest,
/// 19 for its row, 5 for its scale, 40 for its digits. No digits for none.
#[derive(Debug, Clone, Copy, Default)]
struct Cell(u64);

impl Cell {
    /// A cell of `digits × 10^-scale`. A rate of more digits leaves none: it is declined.
    fn new(digits: i128, scale: u32, row: u32) -> Cell {
        let digits = u64::try_from(digits).ok().filter(|digits| *digits < 1 << DIGIT_BITS).unwrap_or(0);
        Cell(u64::from(row) << (SCALE_BITS + DIGIT_BITS) | u64::from(scale) << DIGIT_BITS | digits)
    }

    /// The observation; `None` if there is none.
    #[inline]
    #[allow(clippy::cast_possible_truncation, reason = "19 and 5 bits fit 32")]
    fn leg(self, is_base: bool) -> Option<Leg> {
        let digits = self.0 & ((1 << DIGIT_BITS) - 1);
        let scale = (self.0 >> DIGIT_BITS) as u32 & ((1 << SCALE_BITS) - 1);
        let row = (self.0 >> (SCALE_BITS + DIGIT_BITS)) as u32;
        (digits != 0).then_some(Leg { digits, scale, row, is_base })
    }
}

/// The place of a currency in the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct CurrencyId(u8);

/// The rate from one currency to another on a day.
#[derive(Debug)]
pub(super) struct ShortRate<'d> {
    /// The exact value.
    pub(super) value: Fraction,
    /// The day of the older leg.
    pub(super) date: &'d [u8; 10],
}

impl DenseRates {
    /// Spreads a table out, if it is of the kind that can be.
    pub(super) fn new(table: &RateTable, lookup: Lookup) -> Option<DenseRates> {
        if lookup.on_missing != OnMissing::Previous || !table.is_plain() {
            return None;
        }
        let pairs: Vec<CurrencyPair> = table.pairs().collect();
        let first = pairs.first()?;
        let pivot = [first.base, first.quote].into_iter().find(|pivot| is_pivot(*pivot, &pairs))?;
        let mut dense = DenseRates::without_cells(table, pivot, &pairs, lookup)?;
        dense.fill(table, &pairs)?;
        Some(dense)
    }

    fn without_cells(table: &RateTable, pivot: Currency, pairs: &[CurrencyPair], lookup: Lookup) -> Option<DenseRates> {
        let others = pairs.iter().map(|pair| if pair.base == pivot { pair.quote } else { pair.base });
        let currencies: Vec<Currency> = std::iter::once(pivot).chain(others).collect();
        let mut codes = vec![None; 26 * 26 * 26];
        for (id, currency) in currencies.iter().enumerate() {
            *codes.get_mut(code_index(currency.code().as_bytes())?)? = Some(u8::try_from(id).ok()?);
        }
        let (first_day, rows, days) = publication_days(table, pairs)?;
        let is_base = std::iter::once(false).chain(pairs.iter().map(|pair| pair.quote == pivot)).collect();
        let last_day = currencies.iter().map(|currency| currency.ended().map_or(i64::MAX, day_number)).collect();
        Some(DenseRates {
            max_age: lookup.max_age_days.into(),
            currencies,
            is_base,
            last_day,
            codes,
            first_day,
            rows,
            days,
            cells: Vec::new(),
        })
    }

    /// Fills the cells, currency by currency.
    fn fill(&mut self, table: &RateTable, pairs: &[CurrencyPair]) -> Option<()> {
        let width = self.currencies.len();
        let cells = self.days.len().checked_mul(width).filter(|cells| *cells <= MAX_CELLS)?;
        self.cells = vec![Cell::new(1, 0, ANY_ROW); cells];
        for (id, pair) in pairs.iter().enumerate() {
            let mut observations = table.observations(*pair).iter().peekable();
            let mut last = Cell::default();
            for (row, day) in self.cells.chunks_exact_mut(width).zip(&self.days) {
                while let Some(next) = observations.next_if(|next| day_number(next.date) <= day.number.into()) {
                    let row = self.rows.get(usize::try_from(day_number(next.date) - self.first_day).ok()?)?;
                    last = Cell::new(next.rate.mantissa(), next.rate.scale(), *row);
                }
                *row.get_mut(id + 1)? = last;
            }
        }
        Some(())
    }

    /// The currency of a code as it stands; `None` for one that the table does not have.
    #[inline]
    pub(super) fn currency(&self, code: &[u8]) -> Option<CurrencyId> {
        self.codes.get(code_index(code)?)?.map(CurrencyId)
    }

    /// The currency of a place.
    pub(super) fn currencies(&self) -> &[Currency] {
        &self.currencies
    }

    /// The rate between two different currencies.
    #[inline]
    pub(super) fn rate(&self, from: CurrencyId, to: CurrencyId, day: i64) -> Option<ShortRate<'_>> {
        let row = self.row(day)?;
        let (from, to) = (self.leg(row, from, day)?, self.leg(row, to, day)?);
        // One pivot costs the leg's rate, or one of the currency costs it in the pivot.
        let (n, d) = match (from.is_base, to.is_base) {
            (false, false) => (to.digits, from.digits),
            (true, false) => (to.digits.checked_mul(from.digits)?, 1),
            (false, true) => (1, from.digits.checked_mul(to.digits)?),
            (true, true) => (from.digits, to.digits),
        };
        let scale = |leg: &Leg, up: bool| if up { -leg.scale.cast_signed() } else { leg.scale.cast_signed() };
        let exponent = scale(&to, !to.is_base) + scale(&from, from.is_base);
        let date = &self.days.get(from.row.min(to.row) as usize)?.text;
        Some(ShortRate { value: Fraction { n: n.into(), d: d.into(), exponent }, date })
    }

    #[inline]
    fn row(&self, day: i64) -> Option<usize> {
        let at = usize::try_from(day - self.first_day).ok()?;
        self.rows.get(at).or(self.rows.last()).map(|row| *row as usize)
    }

    /// The last observation of a currency, if there is one that is not too old.
    #[inline]
    fn leg(&self, row: usize, id: CurrencyId, day: i64) -> Option<Leg> {
        if day > *self.last_day.get(usize::from(id.0))? {
            return None;
        }
        let cell = self.cells.get(row * self.currencies.len() + usize::from(id.0))?;
        let leg = cell.leg(*self.is_base.get(usize::from(id.0))?)?;
        let is_recent = leg.row == ANY_ROW || day - i64::from(self.days.get(leg.row as usize)?.number) <= self.max_age;
        is_recent.then_some(leg)
    }
}

impl CurrencyId {
    /// The place in [`DenseRates::currencies`].
    #[inline]
    pub(super) fn index(self) -> usize {
        self.0.into()
    }
}

/// One published rate.
struct Leg {
    digits: u64,
    scale: u32,
    row: u32,
    is_base: bool,
}

/// Whether every pair has this currency, and every other currency one pair.
fn is_pivot(pivot: Currency, pairs: &[CurrencyPair]) -> bool {
    let mut others: Vec<Currency> = Vec::new();
    pairs.iter().all(|pair| {
        let other = if pair.base == pivot { pair.quote } else { pair.base };
        let is_new = !others.contains(&other);
        others.push(other);
        is_new && other != pivot && (pair.base == pivot || pair.quote == pivot)
    })
}

/// The first day, the row of each day from it on, and the day of each row.
fn publication_days(table: &RateTable, pairs: &[CurrencyPair]) -> Option<(i64, Vec<u32>, Vec<PublicationDay>)> {
    let all = || pairs.iter().flat_map(|pair| table.observations(*pair)).map(|observation| observation.date);
    let (first, last) = (day_number(all().min()?), day_number(all().max()?));
    let count = usize::try_from(last - first + 1).ok().filter(|count| *count <= MAX_DAYS)?;
    let mut dates = vec![None; count];
    for date in all() {
        *dates.get_mut(usize::try_from(day_number(date) - first).ok()?)? = Some(date);
    }
    let (mut rows, mut days) = (Vec::with_capacity(count), Vec::new());
    for date in dates {
        if let Some(date) = date {
            days.push(PublicationDay {
                number: i32::try_from(day_number(date)).ok()?,
                text: date.to_string().into_bytes().try_into().ok()?,
            });
        }
        // OK because the first day has a publication.
        rows.push(u32::try_from(days.len() - 1).ok()?);
    }
    Some((first, rows, days))
}

/// The place of a code of three letters among all of them.
#[inline]
fn code_index(code: &[u8]) -> Option<usize> {
    let [a, b, c] = code else { return None };
    let letter = |byte: &u8| byte.is_ascii_uppercase().then(|| usize::from(byte - b'A'));
    Some((letter(a)? * 26 + letter(b)?) * 26 + letter(c)?)
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

/// The number of a day written as `2023-05-26`; `None` for anything else.
#[inline]
pub(super) fn read_day(text: &[u8]) -> Option<i64> {
    let [y0, y1, y2, y3, b'-', m0, m1, b'-', d0, d1] = text else { return None };
    if ![y0, y1, y2, y3, m0, m1, d0, d1].iter().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let two = |tens: &u8, ones: &u8| i64::from(tens - b'0') * 10 + i64::from(ones - b'0');
    let (year, month, day) = (two(y0, y1) * 100 + two(y2, y3), two(m0, m1), two(d0, d1));
    let is_leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let length = match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 if is_leap => 29,
        2 => 28,
        _ => return None,
    };
    (1..=length).contains(&day).then(|| number_of(year, month, day))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Rule: a day is read when it exists, and days are counted one by one.
    #[test]
    fn days_are_those_of_the_calendar() {
        let (mut date, mut number) = (Date::constant(1899, 12, 31), None);
        while date < Date::constant(2105, 1, 1) {
            let read = read_day(date.to_string().as_bytes());
            assert_eq!(read, Some(day_number(date)));
            assert!(number.is_none_or(|before: i64| read == Some(before + 1)), "{date}");
            (date, number) = (date.tomorrow().unwrap(), read);
        }
        for text in ["2023-02-29", "2023-13-01", "2023-00-01", "2023-01-00", "2023-1-01", "2023/01/01", "1900-02-29", "2023-04-31"] {
            assert_eq!(read_day(text.as_bytes()), None, "{text}");
        }
    }
}
