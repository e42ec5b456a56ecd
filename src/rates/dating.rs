//! At which rate was this converted? The published rates that fit an interval.

use super::table::RateTable;
use crate::currency::CurrencyPair;
use crate::exact::{Interval, Ratio};
use crate::period::Period;
use jiff::civil::Date;
use std::fmt;

/// What a published rate is a rate of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Basis {
    /// A day.
    Spot,
    /// The end of a period.
    Closing,
    /// The mean over a period.
    Average,
}

impl fmt::Display for Basis {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Basis::Spot => "spot",
            Basis::Closing => "closing",
            Basis::Average => "average",
        })
    }
}

/// A published (or derived) rate to hold an interval against.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fit {
    /// What it is a rate of.
    pub basis: Basis,
    /// The day: of the rate, or the last of the period.
    pub date: Date,
    /// The exact value.
    pub rate: Ratio,
}

/// How many days before a document's date its rates are looked for.
const DAYS_BACK: i32 = 10;

impl RateTable {
    /// The rates a document of this date may have converted at, the likeliest first: the daily rates of that day and
    /// the ten days before, newest first; then the closing rate and the average of the period it reports on.
    pub fn candidates(&self, pair: CurrencyPair, dated: Option<Date>, reported: Option<Period>) -> Vec<Fit> {
        let mut fits = Vec::new();
        if let Some(to) = dated {
            let from = to.saturating_sub(jiff::Span::new().days(DAYS_BACK));
            fits.extend(self.daily(pair, from, to).map(|rate| Fit { basis: Basis::Spot, date: rate.date(), rate: rate.value() }));
            fits.reverse();
        }
        if let Some(period) = reported {
            fits.extend(self.closing(pair, period).ok().map(|rate| Fit { basis: Basis::Closing, date: rate.date(), rate: rate.value() }));
            fits.extend(self.average(pair, period).ok().map(|mean| Fit {
                basis: Basis::Average,
                date: period.last_day(),
                rate: mean.value,
            }));
        }
        fits
    }

    /// The last day before another whose rate lies inside an interval.
    pub fn last_fit(&self, pair: CurrencyPair, before: Date, interval: &Interval) -> Option<Fit> {
        let first = self.series_start(pair)?;
        let mut day = before.yesterday().ok()?;
        while day >= first {
            if let Some(rate) = self.daily(pair, day, day).next()
                && interval.contains(&rate.value())
            {
                return Some(Fit { basis: Basis::Spot, date: day, rate: rate.value() });
            }
            day = day.yesterday().ok()?;
        }
        None
    }

    /// The first day on which anything of the pair was published.
    fn series_start(&self, pair: CurrencyPair) -> Option<Date> {
        let of = |currency| {
            self.pairs()
                .filter(move |published| published.base == currency || published.quote == currency)
                .filter_map(|published| self.observations(published).first().map(|first| first.date))
                .min()
        };
        Some(of(pair.base)?.max(of(pair.quote)?))
    }
}
