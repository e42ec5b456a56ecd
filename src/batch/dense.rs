//! Which published rates serve a day? A rate table spread out, so that the answer is one look.
//!
//! A row for each day of the calendar, a cell for each currency: its last observation on or before that day, if that
//! is not too old. Both legs of a cross lie in one row, so they mostly come with one access to memory. Only tables with
//! one pivot (every pair has it, each currency one pair) are spread out: there a cross has one way to go. Everything
//! else, a missing or old rate included, is declined (`None`) and left to [`RateTable::rate`].

use super::calendar::Calendar;
use super::processor::fetch_ahead;
use super::short::{Fraction, power_of_ten};
use crate::currency::{Currency, CurrencyPair};
use crate::rates::{Lookup, Observation, OnMissing, RateTable};
#[cfg(feature = "arrow")]
use jiff::civil::Date;
use std::num::NonZero;
use std::thread;

/// The most cells that are spread out: 16 MiB.
const MAX_CELLS: usize = 2 << 20;
/// How many days behind the last observation are spread out at most.
const MAX_DAYS_BEHIND: u32 = 366;
const AGE_BITS: u32 = 14;
const LENGTH_BITS: u32 = 4;
const SCALE_BITS: u32 = 5;
const DIGIT_BITS: u32 = u64::BITS - AGE_BITS - LENGTH_BITS - SCALE_BITS - 1;
const LENGTH: u32 = DIGIT_BITS + SCALE_BITS;
const BASE: u32 = LENGTH + LENGTH_BITS;
const AGE: u32 = BASE + 1;
/// The most threads that spread a table out.
const MAX_FILLERS: usize = 4;

/// A rate table with one pivot, by day and currency.
#[derive(Debug)]
pub(super) struct DenseRates {
    /// The currencies; the pivot is the first.
    currencies: Vec<Currency>,
    codes: Codes,
    calendar: Calendar,
    cells: Vec<u64>,
}

/// The last observation of a currency, in 64 bits, since a cell is mostly one access to slow memory: from the highest,
/// 14 for its age in days, 1 for whether one of the currency costs it in the pivot, 4 for how many digits it has, 5 for
/// its scale, 40 for its digits. No digits for none.
#[derive(Debug, Clone, Copy)]
struct Cell(u64);

impl Cell {
    const NONE: Cell = Cell(0);
    /// One of the pivot costs one of it.
    const PIVOT: Cell = Cell(1 << LENGTH | 1);

    /// A cell of `digits × 10^-scale`. A rate of more digits leaves none: it is declined.
    fn new(digits: i128, scale: u32, is_base: bool) -> Cell {
        let digits = u64::try_from(digits).ok().filter(|digits| *digits < 1 << DIGIT_BITS).unwrap_or(0);
        // The bits of a number tell its digits, or one more than it has.
        let most = ((u64::BITS - digits.leading_zeros()) * 1233) >> 12;
        let length = u64::from(most) + u64::from(power_of_ten(most.cast_signed()).is_some_and(|power| digits >= power));
        Cell(u64::from(is_base) << BASE | length << LENGTH | u64::from(scale) << DIGIT_BITS | digits)
    }

    /// The same so many days later.
    fn aged(self, days: u64) -> Cell {
        Cell(self.0.wrapping_add(days << AGE))
    }

    /// The observation; `None` if there is none.
    #[inline(always)]
    fn leg(self) -> Option<Leg> {
        let digits = self.0 & ((1 << DIGIT_BITS) - 1);
        // OK because a few bits fit 32.
        let bits = |at: u32, count: u32| (self.0 >> at & ((1 << count) - 1)) as i32;
        let (scale, length, is_base) = (bits(DIGIT_BITS, SCALE_BITS), bits(LENGTH, LENGTH_BITS), bits(BASE, 1) == 1);
        (digits != 0).then_some(Leg { digits, scale, length, is_base, age: (self.0 >> AGE) as u32 })
    }
}

/// One published rate.
struct Leg {
    digits: u64,
    scale: i32,
    /// How many digits there are.
    length: i32,
    is_base: bool,
    age: u32,
}

/// The place of a currency in the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct CurrencyId(u8);

/// The place of a day in the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
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
pub(super) struct ShortRate {
    /// The exact value.
    pub(super) value: Fraction,
    /// How many digits its numerator has more than its denominator.
    pub(super) order: i32,
    /// The day of the older leg.
    pub(super) date: DayId,
}

impl DenseRates {
    /// Spreads a table out, if it is of the kind that can be.
    pub(super) fn new(table: &RateTable, lookup: Lookup) -> Option<DenseRates> {
        if lookup.on_missing != OnMissing::Previous || !table.is_plain() {
            return None;
        }
        #[cfg(feature = "ecb")]
        table.read_all();
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
        let (width, known, pairs) = (currencies.len(), &calendar, &pairs);
        let column = |pair: &CurrencyPair| Column::new(known, table.observations(*pair), *pair, (pivot, lookup.max_age_days));
        let days = calendar.len().div_ceil(thread::available_parallelism().map_or(1, NonZero::get).min(MAX_FILLERS));
        thread::scope(|scope| {
            for (part, cells) in cells.chunks_mut(days * width).enumerate() {
                scope.spawn(move || fill(cells, width, part * days, pairs.iter().map(column).collect()));
            }
        });
        Some(DenseRates { codes: Codes::new(&currencies)?, currencies, calendar, cells })
    }

    /// The currency of a code as it stands; `None` for one that the table does not have.
    #[inline(always)]
    pub(super) fn currency(&self, code: &[u8]) -> Option<CurrencyId> {
        let [a, b, c] = code else { return None };
        self.currency_of(&[*a, *b, *c, 0])
    }

    /// The currency of the first three bytes.
    #[inline(always)]
    pub(super) fn currency_of(&self, code: &[u8; 4]) -> Option<CurrencyId> {
        self.codes.find(code)
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
    }

    /// The rate between two different currencies.
    #[inline(always)]
    pub(super) fn rate(&self, from: CurrencyId, to: CurrencyId, day: DayId) -> Option<ShortRate> {
        let row = self.cells.get(day.index() * self.currencies.len()..)?;
        let leg = |currency: CurrencyId| Cell(*row.get(currency.index())?).leg();
        let (from, to) = (leg(from)?, leg(to)?);
        let date = DayId(day.0.checked_sub(from.age.max(to.age))?);
        if from.is_base | to.is_base {
            return between_bases(&from, &to).map(|(value, order)| ShortRate { value, order, date });
        }
        // One pivot costs so much of each.
        let value = Fraction { n: to.digits, d: from.digits, exponent: from.scale - to.scale };
        Some(ShortRate { value, order: to.length - from.length, date })
    }
}

impl CurrencyId {
    /// The place in [`DenseRates::currencies`].
    #[inline]
    pub(super) fn index(self) -> usize {
        self.0.into()
    }
}

/// The rate between two currencies one of which at least costs so much of the pivot, and its order.
#[inline(never)]
fn between_bases(from: &Leg, to: &Leg) -> Option<(Fraction, i32)> {
    let (n, d) = match (from.is_base, to.is_base) {
        (false, false) => (to.digits, from.digits),
        (true, false) => (to.digits.checked_mul(from.digits)?, 1),
        (false, true) => (1, from.digits.checked_mul(to.digits)?),
        (true, true) => (from.digits, to.digits),
    };
    let scale = |leg: &Leg, up: bool| if up { -leg.scale } else { leg.scale };
    let exponent = scale(to, !to.is_base) + scale(from, from.is_base);
    Some((Fraction { n, d, exponent }, n.checked_ilog10()?.cast_signed() - d.checked_ilog10()?.cast_signed()))
}

/// Fills rows of so many cells, the first of them of this day.
fn fill(cells: &mut [u64], width: usize, first_day: usize, mut columns: Vec<Column<'_>>) {
    // OK because days of a calendar are far fewer.
    let first_day = first_day as i64;
    columns.iter_mut().for_each(|column| column.skip_to(first_day));
    for (day, row) in (first_day..).zip(cells.chunks_exact_mut(width)) {
        let [first, others @ ..] = row else { continue };
        *first = Cell::PIVOT.0;
        others.iter_mut().zip(&mut columns).for_each(|(cell, column)| *cell = column.cell(day).0);
    }
}

/// The cells of a currency, day by day: its last observation, if that is not too old and the law does not give the rate
/// by then.
struct Column<'t> {
    calendar: &'t Calendar,
    is_base: bool,
    max_age: i64,
    /// The last day of the currency.
    last_day: i64,
    observations: &'t [Observation],
    /// The day of the first of them.
    next: i64,
    /// What the last observation makes of its own day, that day, and the last one that it serves.
    cell: Cell,
    day: i64,
    until: i64,
}

impl<'t> Column<'t> {
    fn new(calendar: &'t Calendar, observations: &'t [Observation], pair: CurrencyPair, (pivot, max_age): (Currency, u32)) -> Column<'t> {
        let currency = if pair.base == pivot { pair.quote } else { pair.base };
        let last_day = currency.ended().map_or(i64::MAX, |ended| calendar.place(ended));
        let (is_base, max_age) = (pair.quote == pivot, i64::from(max_age).min((1 << AGE_BITS) - 1));
        let mut column = Column { calendar, is_base, max_age, last_day, observations, next: i64::MAX, cell: Cell::NONE, day: 0, until: -1 };
        column.find_next();
        column
    }

    fn find_next(&mut self) {
        self.next = self.observations.first().map_or(i64::MAX, |observation| self.calendar.place(observation.date));
    }

    /// Leaves out the observations that a day and those after it have no use for.
    fn skip_to(&mut self, day: i64) {
        let before = self.observations.partition_point(|observation| self.calendar.place(observation.date) <= day);
        self.observations = self.observations.get(before.saturating_sub(1)..).unwrap_or_default();
        self.find_next();
    }

    /// The cell of a day not before the one asked for last.
    #[inline]
    fn cell(&mut self, day: i64) -> Cell {
        while self.next <= day {
            self.advance();
        }
        if day > self.until { Cell::NONE } else { self.cell.aged((day - self.day).unsigned_abs()) }
    }

    fn advance(&mut self) {
        let Some((observation, rest)) = self.observations.split_first() else { return };
        self.cell = Cell::new(observation.rate.mantissa(), observation.rate.scale(), self.is_base);
        self.day = self.next;
        self.until = self.next.saturating_add(self.max_age).min(self.last_day);
        self.observations = rest;
        self.find_next();
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

/// The place of each currency by its code.
///
/// A slot holds a code in its lower 24 bits and a place above. Each code has the slot of its own product with a number that
/// is found by trying, so one look is enough.
#[derive(Debug)]
struct Codes {
    factor: u32,
    slots: Box<[u32; CODE_SLOTS]>,
}

/// As many as twelve bits can tell apart.
const CODE_SLOTS: usize = 1 << 12;
/// How many factors are tried: far more than it takes for 200 currencies.
const FACTORS: u32 = 100_000;

impl Codes {
    fn new(currencies: &[Currency]) -> Option<Codes> {
        let entry = |(place, currency): (usize, &Currency)| {
            let [a, b, c] = *currency.code().as_bytes() else { return None };
            Some(u32::from_le_bytes([a, b, c, u8::try_from(place).ok()?]))
        };
        let entries: Vec<u32> = currencies.iter().enumerate().map(entry).collect::<Option<_>>()?;
        (0..FACTORS).find_map(|number| Codes::with(0x9e37_79b9_u32.wrapping_mul(2 * number + 1), &entries))
    }

    /// `None` if two codes have one slot.
    fn with(factor: u32, entries: &[u32]) -> Option<Codes> {
        // A slot that is not its own is as good as free.
        let free = *entries.first()?;
        let mut codes = Codes { factor, slots: Box::new([free; CODE_SLOTS]) };
        for entry in entries {
            let slot = codes.slots.get_mut(Codes::slot(factor, entry & CODE))?;
            if *slot != free {
                return None;
            }
            *slot = *entry;
        }
        // The first one's own slot looked free.
        let own = Codes::slot(factor, free & CODE);
        (codes.slots.get(own) == Some(&free)).then_some(codes)
    }

    #[inline(always)]
    fn slot(factor: u32, code: u32) -> usize {
        (code.wrapping_mul(factor) >> (u32::BITS - CODE_SLOTS.trailing_zeros())) as usize
    }

    /// The currency of the first three bytes.
    #[inline(always)]
    fn find(&self, code: &[u8; 4]) -> Option<CurrencyId> {
        let code = u32::from_le_bytes(*code) & CODE;
        let entry = *self.slots.get(Codes::slot(self.factor, code))?;
        // OK because the upper eight bits fit.
        (entry & CODE == code).then_some(CurrencyId((entry >> 24) as u8))
    }
}

/// The bits of a code.
const CODE: u32 = 0x00ff_ffff;
