//! Which published rates serve a day? A rate table spread out, so that the answer is one look.
//!
//! A row for each day of the calendar, a cell for each currency: its last observation on or before that day, if that
//! is not too old. Both legs of a cross lie in one row, so they mostly come with one access to memory. Only tables with
//! one pivot (every pair has it, each currency one pair) are spread out: there a cross has one way to go. Everything
//! else, a missing or old rate included, is declined (`None`) and left to [`RateTable::rate`].

use super::calendar::Calendar;
use super::processor::fetch_ahead;
use super::short::Fraction;
use crate::currency::{Currency, CurrencyPair};
use crate::rates::{Lookup, Observation, OnMissing, RateTable};
#[cfg(feature = "arrow")]
use jiff::civil::Date;

/// The most cells that are spread out: 16 MiB.
const MAX_CELLS: usize = 2 << 20;
/// How many days behind the last observation are spread out at most.
const MAX_DAYS_BEHIND: u32 = 366;
const AGE_BITS: u32 = 18;
const SCALE_BITS: u32 = 5;
const DIGIT_BITS: u32 = u64::BITS - AGE_BITS - SCALE_BITS - 1;
/// Where a currency code of three letters stands: five bits for each.
const CODES: usize = 1 << 15;
const NO_CURRENCY: u8 = u8::MAX;

/// A rate table with one pivot, by day and currency.
#[derive(Debug)]
pub(super) struct DenseRates {
    /// The currencies; the pivot is the first.
    currencies: Vec<Currency>,
    /// The place of each code in `currencies`.
    codes: Box<[u8]>,
    calendar: Calendar,
    cells: Vec<u64>,
}

/// The last observation of a currency, in 64 bits, since a cell is mostly one access to slow memory: from the highest,
/// 18 for its age in days, 1 for whether one of the currency costs it in the pivot, 5 for its scale, 40 for its digits.
/// No digits for none.
#[derive(Debug, Clone, Copy)]
struct Cell(u64);

impl Cell {
    const NONE: Cell = Cell(0);
    /// One of the pivot costs one of it.
    const PIVOT: Cell = Cell(1);

    /// A cell of `digits × 10^-scale`. A rate of more digits leaves none: it is declined.
    fn new(digits: i128, scale: u32, is_base: bool) -> Cell {
        let digits = u64::try_from(digits).ok().filter(|digits| *digits < 1 << DIGIT_BITS).unwrap_or(0);
        Cell(u64::from(is_base) << (SCALE_BITS + DIGIT_BITS) | u64::from(scale) << DIGIT_BITS | digits)
    }

    fn aged(self, days: u64) -> Cell {
        Cell(self.0 | days << (u64::BITS - AGE_BITS))
    }

    /// The observation; `None` if there is none.
    #[inline(always)]
    fn leg(self) -> Option<Leg> {
        let digits = self.0 & ((1 << DIGIT_BITS) - 1);
        // OK because five bits fit 32.
        let scale = (self.0 >> DIGIT_BITS & ((1 << SCALE_BITS) - 1)) as i32;
        let is_base = self.0 >> (SCALE_BITS + DIGIT_BITS) & 1 == 1;
        // OK because what has been an index fits one.
        (digits != 0).then_some(Leg { digits, scale, is_base, age: (self.0 >> (u64::BITS - AGE_BITS)) as usize })
    }
}

/// One published rate.
struct Leg {
    digits: u64,
    scale: i32,
    is_base: bool,
    age: usize,
}

/// The place of a currency in the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct CurrencyId(u8);

/// The place of a day in the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct DayId(u32);

impl DayId {
    #[inline]
    fn index(self) -> usize {
        self.0 as usize
    }

    /// The place of the day in the calendar.
    #[cfg(feature = "arrow")]
    #[inline]
    pub(super) fn place(self) -> i64 {
        self.0.into()
    }
}

/// The rate from one currency to another on a day.
#[derive(Debug)]
pub(super) struct ShortRate<'d> {
    /// The exact value.
    pub(super) value: Fraction,
    /// The day of the older leg, and its text.
    pub(super) day: DayId,
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
        let others = pairs.iter().map(|pair| if pair.base == pivot { pair.quote } else { pair.base });
        let currencies: Vec<Currency> = std::iter::once(pivot).chain(others).collect();
        let days = |last: bool| {
            let ends = pairs.iter().filter_map(move |pair| {
                let observations = table.observations(*pair);
                if last { observations.last() } else { observations.first() }
            });
            ends.map(|observation| observation.date)
        };
        let (first_day, last_day) = (days(false).min()?, days(true).max()?);
        let behind = lookup.max_age_days.min(MAX_DAYS_BEHIND);
        let calendar = Calendar::new(first_day, last_day, usize::try_from(behind).ok()?, MAX_CELLS / currencies.len())?;
        let mut cells = vec![Cell::NONE.0; calendar.len() * currencies.len()];
        cells.iter_mut().step_by(currencies.len()).for_each(|cell| *cell = Cell::PIVOT.0);
        for (at, pair) in pairs.iter().enumerate() {
            let column = cells.get_mut(at + 1..).unwrap_or_default().iter_mut().step_by(currencies.len());
            fill(&calendar, table.observations(*pair), *pair, (pivot, lookup.max_age_days), column);
        }
        Some(DenseRates { codes: codes(&currencies)?, currencies, calendar, cells })
    }

    /// The currency of a code as it stands; `None` for one that the table does not have.
    #[inline(always)]
    pub(super) fn currency(&self, code: &[u8]) -> Option<CurrencyId> {
        let id = *self.codes.get(code_index(code)?)?;
        (id != NO_CURRENCY).then_some(CurrencyId(id))
    }

    /// The currency of a place.
    pub(super) fn currencies(&self) -> &[Currency] {
        &self.currencies
    }

    /// The day written as `2023-05-26`; `None` for anything else, and outside of the table.
    #[inline(always)]
    pub(super) fn day(&self, text: &[u8; 10]) -> Option<DayId> {
        Some(DayId(u32::try_from(self.calendar.index(text)?).ok()?))
    }

    /// The place of a day in the calendar, inside the table or not.
    #[cfg(feature = "arrow")]
    pub(super) fn place(&self, date: Date) -> i64 {
        self.calendar.place(date)
    }

    /// The day at a place; `None` outside of the table.
    #[cfg(feature = "arrow")]
    #[inline(always)]
    pub(super) fn day_at(&self, place: i64) -> Option<DayId> {
        let index = usize::try_from(place).ok().filter(|index| *index < self.calendar.len())?;
        u32::try_from(index).ok().map(DayId)
    }

    /// The text of a day.
    #[inline]
    pub(super) fn text(&self, day: DayId) -> Option<&[u8; 10]> {
        self.calendar.text(day.index())
    }

    /// Has the cells brought near that [`rate`](DenseRates::rate) will ask for.
    #[inline(always)]
    pub(super) fn fetch_ahead(&self, from: CurrencyId, to: CurrencyId, day: DayId) {
        let row = day.index() * self.currencies.len();
        fetch_ahead(&self.cells, row + from.index());
        fetch_ahead(&self.cells, row + to.index());
        self.calendar.fetch_ahead(day.index());
    }

    /// The rate between two different currencies.
    #[inline(always)]
    pub(super) fn rate(&self, from: CurrencyId, to: CurrencyId, day: DayId) -> Option<ShortRate<'_>> {
        let row = self.cells.get(day.index() * self.currencies.len()..)?;
        let leg = |currency: CurrencyId| Cell(*row.get(currency.index())?).leg();
        let (from, to) = (leg(from)?, leg(to)?);
        // One pivot costs the leg's rate, or one of the currency costs it in the pivot.
        let (n, d) = match (from.is_base, to.is_base) {
            (false, false) => (to.digits, from.digits),
            (true, false) => (to.digits.checked_mul(from.digits)?, 1),
            (false, true) => (1, from.digits.checked_mul(to.digits)?),
            (true, true) => (from.digits, to.digits),
        };
        let scale = |leg: &Leg, up: bool| if up { -leg.scale } else { leg.scale };
        let exponent = scale(&to, !to.is_base) + scale(&from, from.is_base);
        // OK because an age fits 18 bits.
        let day = DayId(day.0.checked_sub(from.age.max(to.age) as u32)?);
        Some(ShortRate { value: Fraction { n, d, exponent }, day, date: self.text(day)? })
    }
}

impl CurrencyId {
    /// The place in [`DenseRates::currencies`].
    #[inline]
    pub(super) fn index(self) -> usize {
        self.0.into()
    }
}

/// Fills the cells of a currency, day by day: its last observation, if that is not too old and the law does not give the
/// rate by then.
fn fill<'c>(
    calendar: &Calendar,
    observations: &[Observation],
    pair: CurrencyPair,
    (pivot, max_age): (Currency, u32),
    mut cells: impl Iterator<Item = &'c mut u64>,
) {
    let currency = if pair.base == pivot { pair.quote } else { pair.base };
    let last_day = currency.ended().map_or(i64::MAX, |ended| calendar.place(ended));
    let max_age = i64::from(max_age).min((1 << AGE_BITS) - 1);
    let place = |observation: Option<&Observation>| observation.map_or(i64::MAX, |observation| calendar.place(observation.date));
    let mut next = place(observations.first());
    (0..next).zip(&mut cells).for_each(drop);
    for (at, observation) in observations.iter().enumerate() {
        let day = std::mem::replace(&mut next, place(observations.get(at + 1)));
        let cell = Cell::new(observation.rate.mantissa(), observation.rate.scale(), pair.quote == pivot);
        for (age, filled) in (0..next.saturating_sub(day)).zip(&mut cells) {
            if age <= max_age && day + age <= last_day {
                *filled = cell.aged(age.unsigned_abs()).0;
            }
        }
    }
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

fn codes(currencies: &[Currency]) -> Option<Box<[u8]>> {
    let mut codes = vec![NO_CURRENCY; CODES].into_boxed_slice();
    for (id, currency) in currencies.iter().enumerate() {
        let id = u8::try_from(id).ok().filter(|id| *id != NO_CURRENCY)?;
        *codes.get_mut(code_index(currency.code().as_bytes())?)? = id;
    }
    Some(codes)
}

/// The place of a code of three bytes between `A` and `` ` `` among all of them.
#[inline]
fn code_index(code: &[u8]) -> Option<usize> {
    let [a, b, c] = code else { return None };
    let place = |letter: &u8| usize::from(letter.wrapping_sub(b'A'));
    let (a, b, c) = (place(a), place(b), place(c));
    ((a | b | c) < 32).then_some(a << 10 | b << 5 | c)
}
