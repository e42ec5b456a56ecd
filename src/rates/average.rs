//! The average of a period and the rate at its end.

use super::dating::Basis;
use super::lookup::Lookup;
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
        let that_day = Lookup::within_days(0);
        let next = |day: &Date| day.tomorrow().ok();
        let days = std::iter::successors(Some(from), next).take_while(move |day| *day <= to);
        days.filter_map(move |day| self.find(pair, day, that_day))
    }

    /// The mean of the daily rates of a period (of daily crosses), exact.
    ///
    /// # Errors
    ///
    /// [`PairMissing`](ErrorKind::PairMissing) and [`RateMissing`](ErrorKind::RateMissing) when no day of the period
    /// has a rate.
    ///
    /// ```
    /// use tieout::{RateTable, Ratio};
    ///
    /// let table = RateTable::read("date,base,quote,rate\n2024-03-04,EUR,USD,1.0846\n2024-03-05,EUR,USD,1.0850\n".as_bytes(), "rates.csv")?;
    /// let mean = table.average("EUR/USD".parse()?, "2024-03".parse()?)?;
    /// assert_eq!((Some(mean.value), mean.days), (Ratio::new(10_848, 10_000), 2));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn average(&self, pair: CurrencyPair, period: Period) -> Result<AverageRate, Error> {
        self.average_by(pair, period, AverageMethod::MeanOfDailies)
    }

    /// The average of a period by a named method, exact.
    ///
    /// # Errors
    ///
    /// [`PairMissing`](ErrorKind::PairMissing) and [`RateMissing`](ErrorKind::RateMissing) when no day of the period
    /// has a rate, or the source publishes no average of it.
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
        let average = match method {
            AverageMethod::MeanOfDailies => self.mean_of_dailies(pair, period),
            AverageMethod::CrossOfMeans => self.cross_of_means(pair, period),
            AverageMethod::Harmonic => self.mean_of_dailies(pair.inverse(), period).and_then(AverageRate::inverse),
            AverageMethod::Published => self.published_average(pair, period),
        };
        average.map(|average| AverageRate { method, ..average }).ok_or_else(|| self.no_average(pair, period))
    }

    /// The last published rate of a period: the closing rate.
    ///
    /// # Errors
    ///
    /// As [`rate`](RateTable::rate), when no day of the period has one.
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
        let length = super::days::days_between(period.first_day(), period.last_day());
        self.rate(pair, period.last_day(), &Lookup::within_days(length.unsigned_abs()))
    }

    fn mean_of_dailies(&self, pair: CurrencyPair, period: Period) -> Option<AverageRate> {
        let (from, to) = (period.first_day(), period.last_day());
        let (days, value) = match self.day_values(pair, from, to) {
            Some(values) => (values.len(), quotient::mean(&values)?),
            None => self.wide_mean(pair, from, to)?,
        };
        let days = u32::try_from(days).unwrap_or(u32::MAX);
        Some(AverageRate { pair, period, method: AverageMethod::MeanOfDailies, days, value, source: self.source.clone(), published: None })
    }

    /// The mean where a rate leaves 128 bits.
    fn wide_mean(&self, pair: CurrencyPair, from: Date, to: Date) -> Option<(usize, Ratio)> {
        let values: Vec<Ratio> = self.daily(pair, from, to).map(|rate| rate.value()).collect();
        let count = Ratio::from(i64::try_from(values.len()).ok()?);
        Some((values.len(), total(&values).checked_div(&count)?))
    }

    /// Each leg of the period's closing chain by its mean.
    fn cross_of_means(&self, pair: CurrencyPair, period: Period) -> Option<AverageRate> {
        let closing = self.closing(pair, period).ok()?;
        let (mut from, mut value, mut days) = (pair.base, Ratio::ONE, u32::MAX);
        for leg in closing.legs() {
            let step = if leg.pair.base == from { leg.pair } else { leg.pair.inverse() };
            let mean = self.mean_of_dailies(leg.pair, period)?;
            value = if step == leg.pair { &value * &mean.value } else { value.checked_div(&mean.value)? };
            (from, days) = (step.quote, days.min(mean.days));
        }
        let days = if closing.legs().is_empty() { 0 } else { days };
        Some(AverageRate { pair, period, method: AverageMethod::CrossOfMeans, days, value, source: self.source.clone(), published: None })
    }

    /// The average that a source publishes for the period, in either direction.
    fn published_average(&self, pair: CurrencyPair, period: Period) -> Option<AverageRate> {
        self.sources().find_map(|table| {
            let of = |pair| table.published_for(pair, period, Basis::Average);
            let average = |rate: PeriodRate, value| AverageRate {
                pair,
                period,
                method: AverageMethod::Published,
                days: 0,
                value,
                source: table.source.clone(),
                published: Some(rate),
            };
            match of(pair) {
                Some(rate) => Some(average(rate, Ratio::from(rate.rate))),
                None => of(pair.inverse()).and_then(|rate| Some(average(rate, Ratio::from(rate.rate).recip()?))),
            }
        })
    }

    /// What this source publishes for a pair and period.
    pub(super) fn published_for(&self, pair: CurrencyPair, period: Period, basis: Basis) -> Option<PeriodRate> {
        let series = self.periods.iter().find(|series| series.pair == pair)?;
        let same_days = |rate: &&PeriodRate| (rate.period.first_day(), rate.period.last_day()) == (period.first_day(), period.last_day());
        series.rates.iter().filter(|rate| rate.basis == basis).find(same_days).copied()
    }

    /// Why there is no average: asking for the last day says which currency or days are missing.
    #[cold]
    fn no_average(&self, pair: CurrencyPair, period: Period) -> Error {
        let asked = period.to_string();
        let missing = self.closing(pair, period).err().map(|error| error.kind().clone());
        match missing {
            Some(ErrorKind::RateMissing { pair, before, after, max_age_days, .. }) => {
                ErrorKind::RateMissing { pair, asked, max_age_days, before, after }.into()
            }
            Some(other) => other.into(),
            None => ErrorKind::RateMissing { pair: pair.to_string(), asked, max_age_days: 0, before: None, after: None }.into(),
        }
    }
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
