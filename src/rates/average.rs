//! The average of a period and the rate at its end.
//!
//! An average is of one source, and of a period that the source covers: days without a rate are left out of the mean as
//! the calendar leaves out weekends, but a hole is no weekend. A mean of the 41 days on which the rouble was still
//! published is not the average of 2022.

use super::dating::Basis;
use super::days::days_between;
use super::legal;
use super::lookup::Lookup;
use super::periods::PeriodSeries;
use super::quotient;
use super::rate::Rate;
use super::table::RateTable;
use crate::currency::CurrencyPair;
use crate::error::{Error, ErrorKind};
use crate::exact::Ratio;
use crate::period::Period;
use jiff::civil::Date;
use rust_decimal::Decimal;
use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

/// How the average of a pair over a period is taken. The four differ: yuan per dollar in 2024 are 7.195586, 7.194762 and
/// 7.194937 by the first three.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
#[non_exhaustive]
pub enum AverageMethod {
    /// The arithmetic mean of the daily rates; of a cross, of the crosses of each day.
    #[default]
    MeanOfDailies,
    /// The quotient of the means of the legs.
    CrossOfMeans,
    /// The harmonic mean of the daily rates: the inverse of the mean of the inverse.
    Harmonic,
    /// The average that the source itself publishes for this very period.
    Published,
}

impl AverageMethod {
    const ALL: [AverageMethod; 4] =
        [AverageMethod::MeanOfDailies, AverageMethod::CrossOfMeans, AverageMethod::Harmonic, AverageMethod::Published];

    /// The name on the command line: `mean`.
    ///
    /// ```
    /// use tieout::AverageMethod;
    ///
    /// assert_eq!(AverageMethod::CrossOfMeans.name(), "cross-of-means");
    /// ```
    pub const fn name(self) -> &'static str {
        match self {
            AverageMethod::MeanOfDailies => "mean",
            AverageMethod::CrossOfMeans => "cross-of-means",
            AverageMethod::Harmonic => "harmonic",
            AverageMethod::Published => "published",
        }
    }
}

impl fmt::Display for AverageMethod {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

impl FromStr for AverageMethod {
    type Err = Error;

    fn from_str(text: &str) -> Result<AverageMethod, Error> {
        AverageMethod::ALL.into_iter().find(|method| method.name() == text).ok_or_else(|| {
            ErrorKind::Syntax { expected: "one of mean, cross-of-means, harmonic, published", found: text.to_owned() }.into()
        })
    }
}

/// The average rate of a period.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AverageRate {
    /// The direction: one unit of the base costs [`value`](AverageRate::value) units of the quote.
    pub pair: CurrencyPair,
    /// The period.
    pub period: Period,
    /// How it was taken.
    pub method: AverageMethod,
    /// How many days have a rate: of a cross of means, those of the leg that has fewer; 0 for a published average.
    pub days: u32,
    /// The longest run of days in the period without a rate; 0 for a published average.
    pub longest_gap_days: u32,
    /// The exact average.
    pub value: Ratio,
    /// The source, as it stands in results.
    pub source: Arc<str>,
    /// The average as it is published, where it is; the direction may be the other one.
    pub published: Option<PeriodRate>,
}

/// A rate that a source publishes for a period.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PeriodRate {
    /// The period.
    pub period: Period,
    /// Whether it is the period's average or its closing.
    pub basis: Basis,
    /// One unit of the base costs so many units of the quote; with the digits as published.
    pub rate: Decimal,
    /// The line of the file, from 1.
    pub line: u32,
}

impl RateTable {
    /// The rates of every day from one to another, both included, on which the whole chain was published: the series
    /// of a pair.
    ///
    /// ```
    /// use tieout::RateTable;
    ///
    /// let csv = "date,base,quote,rate\n2024-03-01,EUR,USD,1.0813\n2024-03-04,EUR,USD,1.0846\n";
    /// let table = RateTable::read(csv.as_bytes(), "rates.csv")?;
    /// let days: Vec<String> =
    ///     table.daily("EUR/USD".parse()?, "2024-02-28".parse()?, "2024-03-31".parse()?).map(|rate| rate.date().to_string()).collect();
    /// assert_eq!(days, ["2024-03-01", "2024-03-04"]);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn daily(&self, pair: CurrencyPair, from: Date, to: Date) -> impl Iterator<Item = Rate<'_>> {
        let sources = move || self.sources();
        walk(from, to, move |day| self.find(pair, day, THAT_DAY), move |day| next_day(sources(), pair, day))
    }

    /// The same of this source alone.
    pub(super) fn own_daily(&self, pair: CurrencyPair, from: Date, to: Date) -> impl Iterator<Item = Rate<'_>> {
        walk(from, to, move |day| self.find_here(pair, day, THAT_DAY), move |day| next_day([self].into_iter(), pair, day))
    }

    /// The mean of the daily rates of a period (of daily crosses), exact.
    ///
    /// # Errors
    ///
    /// As [`average_by`](RateTable::average_by).
    ///
    /// ```
    /// use tieout::{RateTable, Ratio};
    ///
    /// let table = RateTable::read("date,base,quote,rate\n2024-03-04,EUR,USD,1.0846\n2024-03-05,EUR,USD,1.0850\n".as_bytes(), "rates.csv")?;
    /// let mean = table.average("EUR/USD".parse()?, "2024-03-01..2024-03-08".parse()?)?;
    /// assert_eq!((Some(mean.value), mean.days), (Ratio::new(10_848, 10_000), 2));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn average(&self, pair: CurrencyPair, period: Period) -> Result<AverageRate, Error> {
        self.average_by(pair, period, AverageMethod::MeanOfDailies)
    }

    /// The average of a period by a named method, exact; the period has no more than seven days in a row without a rate.
    ///
    /// # Errors
    ///
    /// [`PairMissing`](ErrorKind::PairMissing), and [`RateMissing`](ErrorKind::RateMissing) when no day of the period
    /// has a rate, more than seven in a row have none, or the source publishes no average of it.
    ///
    /// # Example
    ///
    /// ```
    /// use tieout::{AverageMethod, RateTable};
    ///
    /// let csv = "date,base,quote,rate,kind\n2024-03,GBP,USD,1.2712,average\n";
    /// let table = RateTable::read(csv.as_bytes(), "rates.csv")?;
    /// let official = table.average_by("GBP/USD".parse()?, "2024-03".parse()?, AverageMethod::Published)?;
    /// assert_eq!(official.value.to_decimal().unwrap().to_string(), "1.2712");
    /// # Ok::<(), tieout::Error>(())
    /// ```
    pub fn average_by(&self, pair: CurrencyPair, period: Period, method: AverageMethod) -> Result<AverageRate, Error> {
        self.average_within(pair, period, method, Lookup::default().max_age_days)
    }

    /// The average of a period that may have so many days in a row without a rate: of weekly or monthly rates, or over
    /// a hole. Of several sources, the first that covers the period so far.
    ///
    /// # Errors
    ///
    /// As [`average_by`](RateTable::average_by).
    ///
    /// # Example
    ///
    /// ```
    /// use tieout::{AverageMethod, RateTable};
    ///
    /// let csv = "date,base,quote,rate\n2024-01-31,EUR,USD,1.08\n2024-02-29,EUR,USD,1.10\n";
    /// let table = RateTable::read(csv.as_bytes(), "month-ends.csv")?;
    /// let (pair, period) = ("EUR/USD".parse()?, "2024-01-01..2024-02-29".parse()?);
    /// assert!(table.average(pair, period).is_err());
    /// let mean = table.average_within(pair, period, AverageMethod::MeanOfDailies, 31)?;
    /// assert_eq!((mean.days, mean.longest_gap_days), (2, 30));
    /// # Ok::<(), tieout::Error>(())
    /// ```
    pub fn average_within(
        &self,
        pair: CurrencyPair,
        period: Period,
        method: AverageMethod,
        max_gap_days: u32,
    ) -> Result<AverageRate, Error> {
        let of_source = |table: &RateTable| {
            let average = match method {
                AverageMethod::MeanOfDailies => table.mean_of_dailies(pair, period),
                AverageMethod::CrossOfMeans => table.cross_of_means(pair, period),
                AverageMethod::Harmonic => table.mean_of_dailies(pair.inverse(), period).and_then(AverageRate::inverse),
                AverageMethod::Published => table.published_average(pair, period),
            };
            average.filter(|average| average.longest_gap_days <= max_gap_days)
        };
        let average = self.sources().find_map(of_source);
        average.map(|average| AverageRate { method, ..average }).ok_or_else(|| self.no_average(pair, period, method, max_gap_days))
    }

    /// The daily rates that an average is of, oldest first; none for a published one.
    ///
    /// ```
    /// use tieout::RateTable;
    ///
    /// let csv = "date,base,quote,rate\n2024-03-01,EUR,USD,1.0813\n2024-03-04,EUR,USD,1.0846\n";
    /// let table = RateTable::read(csv.as_bytes(), "rates.csv")?;
    /// let average = table.average("EUR/USD".parse()?, "2024-03-01..2024-03-04".parse()?)?;
    /// assert_eq!(table.days_of(&average).len(), 2);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn days_of(&self, average: &AverageRate) -> Vec<Rate<'_>> {
        let AverageRate { pair, period, source, .. } = average;
        let table = self.sources().find(|table| Arc::ptr_eq(&table.source, source) && average.published.is_none());
        table.map_or(Vec::new(), |table| table.own_daily(*pair, period.first_day(), period.last_day()).collect())
    }

    /// The last published rate of a period, at most seven days before its end: the closing rate. Where there is none, the
    /// closing that a source publishes for this very period.
    ///
    /// # Errors
    ///
    /// As [`rate`](RateTable::rate), when neither is there.
    ///
    /// ```
    /// use tieout::RateTable;
    ///
    /// let table = RateTable::read("date,base,quote,rate\n2023-05-26,EUR,USD,1.0751\n2023-05-26,EUR,CNY,7.5874\n".as_bytes(), "rates.csv")?;
    /// let closing = table.closing("EUR/USD".parse()?, "2023-05".parse()?)?;
    /// assert_eq!(closing.date().to_string(), "2023-05-26");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn closing(&self, pair: CurrencyPair, period: Period) -> Result<Rate<'_>, Error> {
        self.closing_within(pair, period, Lookup::default().max_age_days)
    }

    /// The last published rate of a period, at most so many days before its end, as [`closing`](RateTable::closing).
    ///
    /// # Errors
    ///
    /// As [`closing`](RateTable::closing).
    ///
    /// ```
    /// use tieout::RateTable;
    ///
    /// let csv = "date,base,quote,rate\n2023-05-25,EUR,USD,1.07\n2023-05-26,EUR,USD,1.09\n";
    /// let table = RateTable::read(csv.as_bytes(), "rates.csv")?;
    /// assert!(table.closing_within("EUR/USD".parse()?, "2023-05".parse()?, 3).is_err());
    /// assert!(table.closing_within("EUR/USD".parse()?, "2023-05".parse()?, 5).is_ok());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn closing_within(&self, pair: CurrencyPair, period: Period, max_age_days: u32) -> Result<Rate<'_>, Error> {
        self.last_of(pair, period, max_age_days).or_else(|missing| {
            let published = self.sources().find_map(|table| table.published_closing(pair, period));
            published.ok_or(missing)
        })
    }

    /// The last daily rate of a period.
    pub(super) fn last_of(&self, pair: CurrencyPair, period: Period, max_age_days: u32) -> Result<Rate<'_>, Error> {
        let Lookup { max_age_days: length, .. } = in_period(period);
        self.rate(pair, period.last_day(), &Lookup::within_days(length.min(max_age_days)))
    }

    /// The closing that this source publishes for a period, in either direction.
    fn published_closing(&self, pair: CurrencyPair, period: Period) -> Option<Rate<'_>> {
        [pair, pair.inverse()].into_iter().find_map(|of| {
            let series = self.periods_of(of)?.closing(period)?;
            Rate::of_only(pair, period.last_day(), series)
        })
    }

    /// The mean of the days of this source.
    fn mean_of_dailies(&self, pair: CurrencyPair, period: Period) -> Option<AverageRate> {
        let (from, to) = (period.first_day(), period.last_day());
        let (days, gap, value) = match self.own_day_values(pair, from, to) {
            Some(values) => (values.len(), longest_gap(period, values.iter().map(|value| value.date)), quotient::mean(&values)?),
            None => self.wide_mean(pair, period)?,
        };
        let days = u32::try_from(days).unwrap_or(u32::MAX);
        Some(AverageRate {
            pair,
            period,
            method: AverageMethod::MeanOfDailies,
            days,
            longest_gap_days: gap,
            value,
            source: self.source.clone(),
            published: None,
        })
    }

    /// The mean where a rate leaves 128 bits.
    fn wide_mean(&self, pair: CurrencyPair, period: Period) -> Option<(usize, u32, Ratio)> {
        let rates: Vec<Rate<'_>> = self.own_daily(pair, period.first_day(), period.last_day()).collect();
        let values: Vec<Ratio> = rates.iter().map(Rate::value).collect();
        let count = Ratio::from(i64::try_from(values.len()).ok()?);
        let gap = longest_gap(period, rates.iter().map(Rate::asked));
        Some((values.len(), gap, total(&values).checked_div(&count)?))
    }

    /// Each leg of the period's closing chain by its mean.
    fn cross_of_means(&self, pair: CurrencyPair, period: Period) -> Option<AverageRate> {
        let closing = self.find_here(pair, period.last_day(), in_period(period))?;
        let (mut from, mut value, mut days, mut gap) = (pair.base, Ratio::ONE, u32::MAX, 0);
        for leg in closing.legs() {
            let step = if leg.pair.base == from { leg.pair } else { leg.pair.inverse() };
            let mean = self.mean_of_dailies(leg.pair, period)?;
            value = if step == leg.pair { &value * &mean.value } else { value.checked_div(&mean.value)? };
            (from, days, gap) = (step.quote, days.min(mean.days), gap.max(mean.longest_gap_days));
        }
        let days = if closing.legs().is_empty() { 0 } else { days };
        Some(AverageRate {
            pair,
            period,
            method: AverageMethod::CrossOfMeans,
            days,
            longest_gap_days: gap,
            value,
            source: self.source.clone(),
            published: None,
        })
    }

    /// The average that this source publishes for the period, in either direction.
    fn published_average(&self, pair: CurrencyPair, period: Period) -> Option<AverageRate> {
        let of = |pair| self.periods_of(pair)?.average(period);
        let average = |rate: PeriodRate, value| AverageRate {
            pair,
            period,
            method: AverageMethod::Published,
            days: 0,
            longest_gap_days: 0,
            value,
            source: self.source.clone(),
            published: Some(rate),
        };
        match of(pair) {
            Some(rate) => Some(average(rate, Ratio::from(rate.rate))),
            None => of(pair.inverse()).and_then(|rate| Some(average(rate, Ratio::from(rate.rate).recip()?))),
        }
    }

    /// What this source publishes of a pair for periods.
    fn periods_of(&self, pair: CurrencyPair) -> Option<&PeriodSeries> {
        self.periods.iter().find(|series| series.pair == pair)
    }

    /// Why there is no average: asking for the first day that no rate serves says which currency or days are missing.
    #[cold]
    fn no_average(&self, pair: CurrencyPair, period: Period, method: AverageMethod, max_gap_days: u32) -> Error {
        let whole = period.to_string();
        if method == AverageMethod::Published && [pair.base, pair.quote].into_iter().all(|currency| self.has(currency)) {
            return ErrorKind::AverageMissing { pair: pair.to_string(), period: whole }.into();
        }
        let missing =
            |asked, before, after| ErrorKind::RateMissing { pair: pair.to_string(), asked, max_age_days: max_gap_days, before, after };
        let last = self.last_of(pair, period, u32::MAX).map_err(|error| error.kind().clone());
        match last {
            Err(ErrorKind::RateMissing { before, after, .. }) => missing(whole, before, after).into(),
            Err(other) => other.into(),
            Ok(_) => {
                let days: Vec<Date> = self.daily(pair, period.first_day(), period.last_day()).map(|rate| rate.asked()).collect();
                let (unserved, before, after) = first_unserved(period, &days, max_gap_days);
                let asked = unserved.map_or(whole.clone(), |day| format!("{day}, a day of {whole},"));
                missing(asked, before, after).into()
            }
        }
    }
}

const THAT_DAY: Lookup = Lookup::within_days(0);

/// The rates of the days from one to another; from a day without one, on to the next that could have one: a table may
/// have nothing for centuries.
fn walk<'t>(
    from: Date,
    to: Date,
    find: impl Fn(Date) -> Option<Rate<'t>>,
    next: impl Fn(Date) -> Option<Date>,
) -> impl Iterator<Item = Rate<'t>> {
    let mut ahead = Some(from);
    std::iter::from_fn(move || {
        loop {
            let day = ahead.filter(|day| *day <= to)?;
            let rate = find(day);
            ahead = if rate.is_some() { day.tomorrow().ok() } else { next(day) };
            if rate.is_some() {
                return rate;
            }
        }
    })
}

/// The first day after another on which something is published, or on which a legal ratio begins to serve.
fn next_day<'t>(sources: impl Iterator<Item = &'t RateTable>, pair: CurrencyPair, day: Date) -> Option<Date> {
    let tomorrow = day.tomorrow().ok()?;
    let published = sources.flat_map(|table| &table.series).filter_map(|series| match series.previous(tomorrow, THAT_DAY) {
        Some(_) => Some(tomorrow),
        None => series.first_after(day).map(|observation| observation.date),
    });
    let by_law =
        [pair.base, pair.quote].map(legal::last_day).into_iter().filter(|last| *last >= day).filter_map(|last| last.tomorrow().ok());
    published.chain(by_law).min()
}

/// The lookup that takes the last rate of a period.
fn in_period(period: Period) -> Lookup {
    Lookup::within_days(days_between(period.first_day(), period.last_day()).unsigned_abs())
}

/// The longest run of days of a period without a rate.
pub(super) fn longest_gap(period: Period, days: impl Iterator<Item = Date>) -> u32 {
    gaps(period, days).map(|(before, after)| run(before, after)).max().unwrap_or(0)
}

/// The neighbours between which no rate is: of the first, the eve of the period; of the last, the day after it.
fn gaps(period: Period, days: impl Iterator<Item = Date>) -> impl Iterator<Item = (Date, Date)> {
    let (eve, after) = (period.first_day().yesterday().unwrap_or(Date::MIN), period.last_day().tomorrow().unwrap_or(Date::MAX));
    let mut before = eve;
    days.chain([after]).map(move |day| (std::mem::replace(&mut before, day), day))
}

/// How many days lie between two.
fn run(before: Date, after: Date) -> u32 {
    u32::try_from(days_between(before, after) - 1).unwrap_or(0)
}

/// The first day of a period that no rate of the so many days before it serves, with the days of the period around it.
fn first_unserved(period: Period, days: &[Date], max_gap_days: u32) -> (Option<Date>, Option<Date>, Option<Date>) {
    let Some((before, after)) = gaps(period, days.iter().copied()).find(|(before, after)| run(*before, *after) > max_gap_days) else {
        return (None, None, None);
    };
    let unserved = before.checked_add(jiff::Span::new().days(i64::from(max_gap_days) + 1)).ok();
    let inside = |day: Date| Some(day).filter(|day| period.contains(*day));
    (unserved, inside(before), inside(after))
}

impl AverageRate {
    /// The average of the inverse pair by the inverse method; `None` for an average of zero, which no rate has.
    fn inverse(self) -> Option<AverageRate> {
        Some(AverageRate { pair: self.pair.inverse(), value: self.value.recip()?, ..self })
    }
}

/// The sum by halves, so that both sides of each addition are of like size.
fn total(values: &[Ratio]) -> Ratio {
    match values {
        [] => Ratio::ZERO,
        [one] => one.clone(),
        more => {
            let (left, right) = more.split_at(more.len() / 2);
            &total(left) + &total(right)
        }
    }
}
