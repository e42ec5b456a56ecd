//! Which published rates may a document have converted at? Asked once for each pair, date and period of a check.

use crate::currency::CurrencyPair;
use crate::exact::{End, Interval, Ratio};
use crate::period::Period;
use crate::rates::{Fit, Lookup, RateTable};
use jiff::civil::Date;
use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

/// The rate table of a check, with what has been asked of it.
pub(crate) struct Market<'t> {
    pub(crate) table: Option<&'t RateTable>,
    offers: RefCell<HashMap<Question, Rc<Offer>>>,
    histories: RefCell<HashMap<CurrencyPair, History>>,
}

type Question = (CurrencyPair, Option<Date>, Option<Period>);

impl<'t> Market<'t> {
    pub(crate) fn new(table: Option<&'t RateTable>) -> Market<'t> {
        Market { table, offers: RefCell::default(), histories: RefCell::default() }
    }

    /// The rates that a document of this date may have converted at.
    pub(crate) fn offer(&self, pair: CurrencyPair, dated: Option<Date>, reported: Option<Period>) -> Rc<Offer> {
        let mut offers = self.offers.borrow_mut();
        let find = || Rc::new(Offer::new(self.table.map(|table| table.candidates(pair, dated, reported)).unwrap_or_default()));
        Rc::clone(offers.entry((pair, dated, reported)).or_insert_with(find))
    }

    /// About what a pair costs at a date, or at the end of the table.
    pub(crate) fn rough(&self, pair: CurrencyPair, dated: Option<Date>) -> Option<Ratio> {
        let whenever = Lookup::within_days(u32::MAX);
        self.table?.rate(pair, dated.unwrap_or(Date::MAX), &whenever).ok().map(|rate| rate.value())
    }

    /// The last day before another whose rate lies inside an interval.
    pub(crate) fn last_fit(&self, pair: CurrencyPair, before: Date, interval: &Interval) -> Option<Fit> {
        let table = self.table?;
        let mut histories = self.histories.borrow_mut();
        let history = histories.entry(pair).or_default();
        if history.asked < FEW {
            history.asked += 1;
            return table.last_fit(pair, before, interval);
        }
        history.stretches(table, pair).iter().find_map(|stretch| stretch.last_fit(before, interval))
    }
}

/// The rates of an offer.
pub(crate) struct Offer {
    /// The likeliest first.
    pub(crate) fits: Vec<Fit>,
    /// Their places by rate.
    sorted: Vec<usize>,
}

impl Offer {
    fn new(fits: Vec<Fit>) -> Offer {
        let mut sorted: Vec<usize> = (0..fits.len()).collect();
        sorted.sort_by(|a, b| fits.get(*a).map(|fit| &fit.rate).cmp(&fits.get(*b).map(|fit| &fit.rate)));
        Offer { fits, sorted }
    }

    fn at(&self, place: usize) -> Option<&Fit> {
        self.fits.get(*self.sorted.get(place)?)
    }

    /// The likeliest rate inside an interval; else the nearest below it and the nearest above.
    pub(crate) fn find(&self, interval: &Interval) -> Result<&Fit, [Option<&Fit>; 2]> {
        let below = |place: &usize| self.fits.get(*place).is_some_and(|fit| is_below(&fit.rate, interval));
        let first = self.sorted.partition_point(below);
        let inside = self.sorted.get(first..).unwrap_or_default();
        let inside = inside.iter().copied().take_while(|place| self.fits.get(*place).is_some_and(|fit| interval.contains(&fit.rate)));
        match inside.min().and_then(|place| self.fits.get(place)) {
            Some(fit) => Ok(fit),
            None => Err([first.checked_sub(1).and_then(|below| self.at(below)), self.at(first)]),
        }
    }
}

/// How often the table itself is asked before a pair's history is worth laying out.
const FEW: usize = 3;

/// How many days make a stretch.
const STRETCH: usize = 64;

/// Every day of a pair, newest first, in stretches that know their lowest and highest rate.
#[derive(Default)]
struct History {
    asked: usize,
    stretches: Option<Vec<Stretch>>,
}

impl History {
    fn stretches(&mut self, table: &RateTable, pair: CurrencyPair) -> &[Stretch] {
        self.stretches.get_or_insert_with(|| {
            let days = table.history(pair).spot(&Interval::ALL);
            days.chunks(STRETCH).filter_map(Stretch::of).collect()
        })
    }
}

/// Whether a value lies below all of an interval.
fn is_below(value: &Ratio, interval: &Interval) -> bool {
    match interval.low() {
        End::Closed(low) => value < low,
        End::Open(low) => value <= low,
        End::Unbounded => false,
    }
}

/// Whether a value lies above all of an interval.
fn is_above(value: &Ratio, interval: &Interval) -> bool {
    match interval.high() {
        End::Closed(high) => value > high,
        End::Open(high) => value >= high,
        End::Unbounded => false,
    }
}

struct Stretch {
    low: Ratio,
    high: Ratio,
    days: Vec<Fit>,
}

impl Stretch {
    fn of(days: &[Fit]) -> Option<Stretch> {
        let rates = || days.iter().map(|fit| &fit.rate);
        Some(Stretch { low: rates().min()?.clone(), high: rates().max()?.clone(), days: days.to_vec() })
    }

    fn last_fit(&self, before: Date, interval: &Interval) -> Option<Fit> {
        let outside = is_below(&self.high, interval) || is_above(&self.low, interval);
        let fits = |fit: &&Fit| fit.date < before && interval.contains(&fit.rate);
        if outside { None } else { self.days.iter().find(fits).cloned() }
    }
}
