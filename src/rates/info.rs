//! What table is this? Its form, direction, extent and terms, as data and as one line.

use super::build::Dated;
use super::dating::Basis;
use super::formats::Format;
use super::periods::PeriodSeries;
use super::table::RateTable;
use crate::currency::{Currency, CurrencyPair};
use jiff::civil::Date;
use rust_decimal::Decimal;
use std::collections::BTreeSet;
use std::fmt;

/// What a rate table holds; its [`Display`](fmt::Display) is one line for people.
///
/// # Example
///
/// ```
/// use tieout::RateTable;
///
/// let table = RateTable::read("Date,USD,JPY,\n2023-05-26,1.0751,149.9,\n".as_bytes(), "hist.csv")?;
/// assert_eq!(table.info().to_string(), "ECB history (wide CSV): 1 EUR = n XXX; 1 day, 3 currencies, 2 rates, 2023-05-26 to 2023-05-26");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct TableInfo {
    /// The form it was recognised as; `None` for an empty table.
    pub format: Option<Format>,
    /// The name of the source, as it stands in results.
    pub source: String,
    /// The file it was read from, as the caller named it.
    pub file: String,
    /// Which way its numbers are to be read: "1 EUR = n XXX".
    pub direction: String,
    /// The currencies, by code.
    pub currencies: Vec<Currency>,
    /// What is published of each pair, in the order of the table, what is daily first.
    pub series: Vec<SeriesInfo>,
    /// How many different days have a rate.
    pub days: usize,
    /// How many rates of days there are.
    pub observations: usize,
    /// How many averages and closings of periods there are.
    pub period_rates: usize,
    /// How many prices of other commodities than currencies a price file has; they are not in the table.
    pub passed_over: usize,
    /// The first day that anything is published for.
    pub first: Option<Date>,
    /// The last day that anything is published for.
    pub last: Option<Date>,
    /// What the publisher asks those to say who use the rates.
    pub notice: Option<&'static str>,
}

/// The rates of one kind that a pair is published with.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct SeriesInfo {
    /// The pair.
    pub pair: CurrencyPair,
    /// What its rates are rates of.
    pub basis: Basis,
    /// How many there are.
    pub rates: usize,
    /// The first day that one is published for.
    pub first: Date,
    /// The last one.
    pub last: Date,
}

/// Two rates of one pair for one day. Where they disagree the policy has chosen.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Duplicate {
    /// The pair.
    pub pair: CurrencyPair,
    /// The day; the last one, for a period.
    pub date: Date,
    /// The rate that stands first.
    pub first: Decimal,
    /// Its line.
    pub first_line: u32,
    /// The rate that stands later.
    pub second: Decimal,
    /// Its line.
    pub second_line: u32,
}

impl Duplicate {
    pub(super) fn new(pair: CurrencyPair, (date, first, first_line): Dated, (_, second, second_line): Dated) -> Duplicate {
        Duplicate { pair, date, first, first_line, second, second_line }
    }
}

impl RateTable {
    /// What the table holds; of several sources, what the first holds.
    ///
    /// ```
    /// use tieout::RateTable;
    ///
    /// let table = RateTable::read("date,base,quote,rate\n2023-05-26,EUR,USD,1.0751\n2023-05-26,EUR,CNY,7.5874\n".as_bytes(), "rates.csv")?;
    /// let info = table.info();
    /// assert_eq!((info.series.len(), info.observations, info.days), (2, 2, 1));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn info(&self) -> TableInfo {
        let days: BTreeSet<Date> = self.series.iter().flat_map(|series| series.observations.iter()).map(|o| o.date).collect();
        let until = self.series.iter().flat_map(|series| &series.until).copied().max();
        let periods = || self.periods.iter().flat_map(|series| &series.rates).map(|rate| rate.period);
        let series: Vec<SeriesInfo> = self.daily_series().chain(self.period_series()).collect();
        let pairs = series.iter().map(|series| series.pair);
        let currencies: BTreeSet<Currency> = pairs.flat_map(|pair| [pair.base, pair.quote]).collect();
        TableInfo {
            format: self.format,
            source: self.source.to_string(),
            file: self.file.to_string(),
            direction: self.direction(),
            currencies: currencies.into_iter().collect(),
            series,
            observations: self.series.iter().map(|series| series.observations.len()).sum(),
            period_rates: periods().count(),
            first: days.first().copied().into_iter().chain(periods().map(|period| period.first_day())).min(),
            last: days.last().copied().into_iter().chain(until).chain(periods().map(|period| period.last_day())).max(),
            days: days.len(),
            passed_over: self.passed_over,
            notice: self.format.and_then(Format::notice),
        }
    }

    /// The direction that the form states, or the base that the reader of a wide table has named.
    fn direction(&self) -> String {
        let base = self.series.first().map(|series| series.pair.base);
        match (self.format, base) {
            (Some(Format::EcbHistory | Format::EcbDaily), Some(base)) => format!("1 {base} = n XXX"),
            (Some(format), _) => format.direction().to_owned(),
            (None, _) => "no rates".to_owned(),
        }
    }

    fn daily_series(&self) -> impl Iterator<Item = SeriesInfo> {
        self.series.iter().filter_map(|series| {
            let (first, last) = (series.observations.first()?.date, series.observations.last()?.date);
            let last = series.until.last().copied().unwrap_or(last);
            Some(SeriesInfo { pair: series.pair, basis: Basis::Spot, rates: series.observations.len(), first, last })
        })
    }

    fn period_series(&self) -> impl Iterator<Item = SeriesInfo> {
        let of = |series: &PeriodSeries, basis| {
            let rates = || series.rates.iter().filter(move |rate| rate.basis == basis);
            let (first, last) = (rates().next()?.period.first_day(), rates().next_back()?.period.last_day());
            Some(SeriesInfo { pair: series.pair, basis, rates: rates().count(), first, last })
        };
        self.periods.iter().flat_map(move |series| [Basis::Average, Basis::Closing].into_iter().filter_map(move |basis| of(series, basis)))
    }

    /// What each source of the table holds, in order of priority.
    ///
    /// ```
    /// use tieout::RateTable;
    ///
    /// let table = RateTable::read("date,base,quote,rate\n2023-05-26,EUR,USD,1.0751\n2023-05-26,EUR,CNY,7.5874\n".as_bytes(), "rates.csv")?;
    /// assert_eq!(table.infos().count(), 1);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn infos(&self) -> impl Iterator<Item = TableInfo> {
        self.sources().map(RateTable::info)
    }

    /// The currencies of the table, each once, in the order in which they come up.
    pub(super) fn currencies(&self) -> impl Iterator<Item = Currency> {
        let mut seen = BTreeSet::new();
        self.series.iter().flat_map(|series| [series.pair.base, series.pair.quote]).filter(move |currency| seen.insert(*currency))
    }
}

impl fmt::Display for TableInfo {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Some(format) = self.format else { return f.write_str("no rates") };
        write!(f, "{}: {}; ", format.name(), self.direction)?;
        if self.days > 0 {
            write!(f, "{}, ", Count(self.days, "day", "days"))?;
        }
        write!(f, "{}, ", Count(self.currencies.len(), "currency", "currencies"))?;
        if self.observations > 0 {
            write!(f, "{}", Count(self.observations, "rate", "rates"))?;
        }
        if self.period_rates > 0 {
            let comma = if self.observations > 0 { ", " } else { "" };
            write!(f, "{comma}{}", Count(self.period_rates, "period rate", "period rates"))?;
        }
        if let (Some(first), Some(last)) = (self.first, self.last) {
            write!(f, ", {first} to {last}")?;
        }
        if self.passed_over > 0 {
            write!(f, "; {} of other commodities passed over", Count(self.passed_over, "price", "prices"))?;
        }
        Ok(())
    }
}

/// A count with its noun: "7,126 days".
struct Count(usize, &'static str, &'static str);

impl fmt::Display for Count {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let digits = self.0.to_string();
        for (place, digit) in digits.chars().enumerate() {
            if place > 0 && (digits.len() - place).is_multiple_of(3) {
                f.write_str(",")?;
            }
            write!(f, "{digit}")?;
        }
        write!(f, " {}", if self.0 == 1 { self.1 } else { self.2 })
    }
}
