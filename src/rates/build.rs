//! From what a reader finds to a table: observations in any order, put in order and checked.

use super::average::PeriodRate;
use super::dating::Basis;
use super::formats::Format;
use super::info::Duplicate;
use super::periods::PeriodSeries;
use super::read::{Duplicates, ReadOptions};
use super::series::Series;
use super::table::{Observation, RateTable};
use crate::currency::CurrencyPair;
use crate::error::{Error, ErrorKind, Location};
use crate::period::Period;
use jiff::civil::Date;
use rust_decimal::Decimal;
use std::collections::HashMap;
use std::sync::Arc;

/// Collects what one source publishes, and checks it when the table is built.
pub(super) struct Builder<'o> {
    format: Format,
    source: Arc<str>,
    file: Arc<str>,
    options: &'o ReadOptions,
    duplicates: Duplicates,
    series: Vec<Draft>,
    by_pair: HashMap<CurrencyPair, usize>,
    periods: Vec<(CurrencyPair, Vec<PeriodRate>)>,
    periods_by_pair: HashMap<CurrencyPair, usize>,
    passed_over: usize,
}

/// A series as it is read.
struct Draft {
    pair: CurrencyPair,
    observations: Vec<Observation>,
    /// The last day of each observation's period; empty as long as every one is of a day.
    until: Vec<Date>,
    /// Whether the observations are known to be in order, one a day.
    in_order: bool,
}

/// A rate as it stands in a file: which way, how much, and on which line.
#[derive(Debug, Clone, Copy)]
pub(super) struct Entry {
    pub(super) pair: CurrencyPair,
    pub(super) rate: Decimal,
    pub(super) line: u64,
}

impl<'o> Builder<'o> {
    pub(super) fn new(format: Format, source: &str, file: &str, options: &'o ReadOptions) -> Builder<'o> {
        Builder {
            format,
            source: source.into(),
            file: file.into(),
            options,
            duplicates: options.duplicates.unwrap_or(format.duplicates()),
            series: Vec::new(),
            by_pair: HashMap::new(),
            periods: Vec::new(),
            periods_by_pair: HashMap::new(),
            passed_over: 0,
        }
    }

    /// A builder for another source in the same file.
    pub(super) fn beside(&self, source: &str) -> Builder<'o> {
        Builder::new(self.format, source, &self.file, self.options)
    }

    /// The name of the source.
    pub(super) fn source(&self) -> &str {
        &self.source
    }

    pub(super) fn options(&self) -> &'o ReadOptions {
        self.options
    }

    /// Whether the reader of the table wants this pair.
    pub(super) fn wants(&self, pair: CurrencyPair) -> bool {
        self.options.only.as_ref().is_none_or(|only| only.contains(&pair.base) && only.contains(&pair.quote))
    }

    /// The place of a pair's series, which is begun if there is none.
    pub(super) fn series(&mut self, pair: CurrencyPair) -> usize {
        *self.by_pair.entry(pair).or_insert_with(|| {
            self.series.push(Draft { pair, observations: Vec::new(), until: Vec::new(), in_order: false });
            self.series.len() - 1
        })
    }

    /// Whether a pair has a series.
    pub(super) fn has_series(&self, pair: CurrencyPair) -> bool {
        self.by_pair.contains_key(&pair)
    }

    /// Whether nothing has been added.
    pub(super) fn is_empty(&self) -> bool {
        self.series.is_empty() && self.periods.is_empty()
    }

    /// Adds an observation to a series of [`series`](Builder::series): the way for files with a column for each pair.
    #[inline]
    pub(super) fn push(&mut self, series: usize, observation: Observation) {
        if let Some(draft) = self.series.get_mut(series) {
            draft.push(observation, observation.date);
        }
    }

    /// Gives a series of [`series`](Builder::series) all of its observations at once, in order, one a day.
    pub(super) fn fill(&mut self, series: usize, observations: Vec<Observation>) {
        if let Some(draft) = self.series.get_mut(series) {
            (draft.observations, draft.in_order) = (observations, true);
        }
    }

    /// Counts a price of what is no currency.
    pub(super) fn pass_over(&mut self) {
        self.passed_over += 1;
    }

    /// Adds the rate of a day.
    pub(super) fn day(&mut self, entry: Entry, date: Date) {
        self.span(entry, date, date);
    }

    /// Adds a rate of some kind for a period: a spot rate is one fixed for every day of it.
    pub(super) fn period(&mut self, entry: Entry, period: Period, basis: Basis) {
        match basis {
            Basis::Spot => self.span(entry, period.first_day(), period.last_day()),
            Basis::Average | Basis::Closing => self.period_rate(entry, period, basis),
        }
    }

    fn span(&mut self, entry: Entry, date: Date, until: Date) {
        if !self.wants(entry.pair) {
            return;
        }
        let series = self.series(entry.pair);
        if let Some(draft) = self.series.get_mut(series) {
            draft.push(Observation { date, rate: entry.rate, line: line(entry.line) }, until);
        }
    }

    fn period_rate(&mut self, entry: Entry, period: Period, basis: Basis) {
        if !self.wants(entry.pair) {
            return;
        }
        let series = *self.periods_by_pair.entry(entry.pair).or_insert_with(|| {
            self.periods.push((entry.pair, Vec::new()));
            self.periods.len() - 1
        });
        if let Some((_, rates)) = self.periods.get_mut(series) {
            rates.push(PeriodRate { period, basis, rate: entry.rate, line: line(entry.line) });
        }
    }

    /// The table: every series in order, one observation a day.
    pub(super) fn build(self) -> Result<RateTable, Error> {
        let (file, policy) = (self.file, self.duplicates);
        let mut table = RateTable {
            source: self.source,
            file: file.clone(),
            format: Some(self.format),
            passed_over: self.passed_over,
            ..RateTable::default()
        };
        for draft in self.series {
            let draft = draft.in_order(policy, &mut table.duplicates).map_err(|conflict| conflict.in_file(&file))?;
            if !draft.observations.is_empty() {
                table.series.push(Series::new(draft.pair, table.source.clone(), draft.observations, draft.until));
            }
        }
        for (pair, rates) in self.periods {
            let rates = settle_periods(pair, rates, policy, &mut table.duplicates).map_err(|conflict| conflict.in_file(&file))?;
            table.periods.push(PeriodSeries::new(pair, &table.source, rates));
        }
        table.link_currencies();
        Ok(table)
    }
}

impl Draft {
    #[inline]
    fn push(&mut self, observation: Observation, until: Date) {
        if until != observation.date && self.until.is_empty() {
            self.until.extend(self.observations.iter().map(|observation| observation.date));
            self.until.push(until);
        } else if !self.until.is_empty() {
            self.until.push(until);
        }
        self.observations.push(observation);
    }

    /// The observations in order, one a day.
    fn in_order(mut self, policy: Duplicates, duplicates: &mut Vec<Duplicate>) -> Result<Draft, Conflict> {
        let pair = self.pair;
        if !self.until.is_empty() {
            return self.periods_in_order(policy, duplicates);
        }
        if self.in_order {
            return Ok(self);
        }
        if self.observations.is_sorted_by(|a, b| a.date > b.date) {
            self.observations.reverse();
        } else if !self.observations.is_sorted_by(|a, b| a.date < b.date) {
            self.observations.sort_by_key(|observation| observation.date);
            settle(
                &mut self.observations,
                policy,
                |o| (o.date, o.rate, o.line),
                |first, second| Duplicate::new(pair, first, second),
                duplicates,
            )?;
        }
        Ok(self)
    }

    fn periods_in_order(self, policy: Duplicates, duplicates: &mut Vec<Duplicate>) -> Result<Draft, Conflict> {
        let pair = self.pair;
        let mut spans: Vec<(Observation, Date)> = self.observations.into_iter().zip(self.until).collect();
        spans.sort_by_key(|(observation, _)| observation.date);
        settle(&mut spans, policy, |(o, _)| (o.date, o.rate, o.line), |first, second| Duplicate::new(pair, first, second), duplicates)?;
        let (observations, until) = spans.into_iter().unzip();
        Ok(Draft { pair, observations, until, in_order: true })
    }
}

/// What two rates of one day have that must agree: the day, the rate and the line.
pub(super) type Dated = (Date, Decimal, u32);

/// Two rates of one pair and day that disagree, under a policy that refuses this.
pub(super) struct Conflict(Duplicate);

/// Keeps one of the neighbours of equal day, in the order of the file: refuses, or takes the first or last.
fn settle<T: Copy>(
    rates: &mut Vec<T>,
    policy: Duplicates,
    dated: impl Fn(&T) -> Dated,
    duplicate: impl Fn(Dated, Dated) -> Duplicate,
    duplicates: &mut Vec<Duplicate>,
) -> Result<(), Conflict> {
    let mut conflict = None;
    rates.dedup_by(|later, kept| {
        let (first, second) = (dated(kept), dated(later));
        if first.0 != second.0 {
            return false;
        }
        let found = duplicate(first, second);
        match policy {
            Duplicates::Refuse if first.1 != second.1 => {
                conflict.get_or_insert(Conflict(found.clone()));
            }
            Duplicates::Last => *kept = *later,
            Duplicates::Refuse | Duplicates::First => {}
        }
        duplicates.push(found);
        true
    });
    conflict.map_or(Ok(()), Err)
}

fn settle_periods(
    pair: CurrencyPair,
    mut rates: Vec<PeriodRate>,
    policy: Duplicates,
    duplicates: &mut Vec<Duplicate>,
) -> Result<Vec<PeriodRate>, Conflict> {
    rates.sort_by_key(|rate| (rate.period.first_day(), rate.period.last_day(), rate.basis));
    let mut kept: Vec<PeriodRate> = Vec::with_capacity(rates.len());
    for group in rates.chunk_by_mut(|a, b| (a.period, a.basis) == (b.period, b.basis)) {
        let mut group = group.to_vec();
        let dated = |rate: &PeriodRate| (rate.period.last_day(), rate.rate, rate.line);
        settle(&mut group, policy, dated, |first, second| Duplicate::new(pair, first, second), duplicates)?;
        kept.append(&mut group);
    }
    Ok(kept)
}

impl Conflict {
    fn in_file(self, file: &str) -> Error {
        let Duplicate { pair, date, first, first_line, second, second_line } = self.0;
        let location = Location { source: file.to_owned(), line: Some(u64::from(second_line)), column: None };
        let kind = ErrorKind::ConflictingRates {
            pair: pair.to_string(),
            date,
            first: first.to_string(),
            first_line: u64::from(first_line),
            second: second.to_string(),
        };
        Error::from(kind).at(location)
    }
}

fn line(line: u64) -> u32 {
    u32::try_from(line).unwrap_or(u32::MAX)
}
