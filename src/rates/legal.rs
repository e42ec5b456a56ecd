//! What became of a currency that ended? From the next day on its fixed legal ratio to the successor serves.

use super::rate::Step;
use super::series::Series;
use super::table::Observation;
use crate::currency::{Currency, CurrencyPair};
use jiff::civil::Date;
use std::collections::HashMap;
use std::sync::{Arc, LazyLock};

/// The source of a leg that no table published.
const SOURCE: &str = "legal conversion rate";

/// More successions than any currency has had; a bound in case the data ever ran in a circle.
const SUCCESSIONS: usize = 8;

/// The legal ratios by the currency that ended, each a rate that is fixed from the day after that.
static RATIOS: LazyLock<HashMap<Currency, Series>> = LazyLock::new(|| {
    let source: Arc<str> = SOURCE.into();
    let ratio = |ended: Currency| {
        let (first, successor) = (last_day(ended).tomorrow().ok()?, ended.successor()?);
        // 1 successor = ratio old: 1 EUR = 1.95583 DEM.
        let pair = CurrencyPair::new(successor.currency, ended);
        let fixed = Observation { date: first, rate: successor.ratio, line: 0 };
        Some((ended, Series::new(pair, source.clone(), vec![fixed], vec![Date::MAX])))
    };
    Currency::all().filter_map(ratio).collect()
});

/// The last day before the legal ratio to a successor serves; the last of the calendar where there is no successor.
pub(super) fn last_day(currency: Currency) -> Date {
    match (currency.ended(), currency.successor()) {
        (Some(ended), Some(_)) => ended,
        _ => Date::MAX,
    }
}

/// What a currency has become by a day, and the legal ratios that lead there; nothing for one that still stands.
pub(super) fn successors(currency: Currency, on: Date) -> (Vec<Step<'static>>, Currency) {
    let (mut steps, mut current) = (Vec::new(), currency);
    while last_day(current) < on && steps.len() < SUCCESSIONS {
        let Some(series) = RATIOS.get(&current) else { break };
        steps.extend(series.observations.iter().map(|observation| Step { series, observation }));
        current = series.pair.base;
    }
    (steps, current)
}
