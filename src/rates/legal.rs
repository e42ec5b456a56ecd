//! What became of a currency that ended? From the next day on its fixed legal ratio to the successor serves.

use super::derive::Leg;
use crate::currency::{Currency, CurrencyPair};
use jiff::civil::Date;

/// The source of a leg that no table published.
pub(super) const SOURCE: &str = "legal conversion rate";

/// More successions than any currency has had; a bound in case the data ever ran in a circle.
const SUCCESSIONS: usize = 8;

/// The last day before the legal ratio to a successor serves; the last of the calendar where there is no successor.
pub(super) fn last_day(currency: Currency) -> Date {
    match (currency.ended(), currency.successor()) {
        (Some(ended), Some(_)) => ended,
        _ => Date::MAX,
    }
}

/// What a currency has become by a day, and the legal ratios that lead there; nothing for one that still stands.
pub(super) fn successors<'t>(currency: Currency, on: Date) -> (Vec<Leg<'t>>, Currency) {
    let (mut legs, mut current) = (Vec::new(), currency);
    while last_day(current) < on && legs.len() < SUCCESSIONS {
        let Some(successor) = current.successor() else { break };
        // 1 successor = ratio old: 1 EUR = 1.95583 DEM.
        let pair = CurrencyPair::new(successor.currency, current);
        legs.push(Leg { pair, rate: successor.ratio, date: on, source: SOURCE, line: 0, next: None });
        current = successor.currency;
    }
    (legs, current)
}
