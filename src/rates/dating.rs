//! At which rate was this converted? The published rates that fit an interval.

use super::average::longest_gap;
use super::lookup::Lookup;
use super::quotient::{self, Bounds, DayValue};
use super::table::RateTable;
use crate::currency::CurrencyPair;
use crate::error::{Error, ErrorKind};
use crate::exact::{Interval, Ratio};
use crate::period::Period;
use jiff::civil::{Date, Weekday};
use std::fmt;
use std::str::FromStr;

/// What a published rate is a rate of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
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
        f.pad(match self {
            Basis::Spot => "spot",
            Basis::Closing => "closing",
            Basis::Average => "average",
        })
    }
}

impl FromStr for Basis {
    type Err = Error;

    /// `spot`, `closing` or `average`.
    fn from_str(text: &str) -> Result<Basis, Error> {
        match text {
            "spot" => Ok(Basis::Spot),
            "closing" => Ok(Basis::Closing),
            "average" => Ok(Basis::Average),
            _ => Err(ErrorKind::Syntax { expected: "one of spot, closing, average", found: text.to_owned() }.into()),
        }
    }
}

/// A published (or derived) rate to hold an interval against.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fit {
    /// What it is a rate of.
    pub basis: Basis,
    /// The day: of the rate, or the last of the period.
    pub date: Date,
    /// The period that it closes or is the average of; `None` for the rate of a day.
    pub period: Option<Period>,
    /// The exact value.
    pub rate: Ratio,
}

/// How many days before a document's date its rates are looked for.
const DAYS_BACK: i64 = 10;

/// How far back is looked at a time: a fit is more often near than far.
const STRETCH: i64 = 120;

impl RateTable {
    /// The rates a document of this date may have converted at, the likeliest first: the daily rates of that day and
    /// the ten days before, newest first; then the closing rate and the average of the period it reports on, those
    /// that are published as such and those that follow from the daily rates.
    ///
    /// ```
    /// use tieout::{Date, RateTable};
    ///
    /// let table = RateTable::read("date,base,quote,rate\n2023-05-26,EUR,USD,1.0751\n2023-05-26,EUR,CNY,7.5874\n".as_bytes(), "rates.csv")?;
    /// let fits = table.candidates("USD/CNY".parse()?, Some(Date::constant(2023, 5, 29)), None);
    /// assert_eq!(fits[0].date, Date::constant(2023, 5, 26));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn candidates(&self, pair: CurrencyPair, dated: Option<Date>, reported: Option<Period>) -> Vec<Fit> {
        let mut fits = Vec::new();
        if let Some(to) = dated {
            fits.extend(self.newest_first(pair, days_before(to, DAYS_BACK), to).map(|(date, rate)| Fit::spot(date, rate)));
        }
        if let Some(period) = reported {
            fits.extend(self.published_fits(pair).filter(|fit| fit.period == Some(period)));
            fits.extend(
                self.last_of(pair, period, Lookup::default().max_age_days).ok().map(|rate| Fit::closing(rate.date(), period, rate.value())),
            );
            fits.extend(self.average(pair, period).ok().map(|mean| Fit::average(period, mean.value)));
        }
        fits
    }

    /// The last day before another whose rate lies inside an interval.
    ///
    /// ```
    /// use tieout::{Date, Interval, RateTable, Ratio};
    ///
    /// let table = RateTable::read("date,base,quote,rate\n2023-05-26,EUR,USD,1.0751\n2023-05-26,EUR,CNY,7.5874\n".as_bytes(), "rates.csv")?;
    /// let around_7 = Interval::around(&Ratio::from(7), &Ratio::new(1, 10).unwrap());
    /// let fit = table.last_fit("USD/CNY".parse()?, Date::constant(2023, 6, 30), &around_7).unwrap();
    /// assert_eq!(fit.date, Date::constant(2023, 5, 26));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn last_fit(&self, pair: CurrencyPair, before: Date, interval: &Interval) -> Option<Fit> {
        let (first, bounds) = (self.history_start(pair)?, Bounds::of(interval));
        let mut to = before.yesterday().ok()?;
        while to >= first {
            let from = days_before(to, STRETCH).max(first);
            let fit = match self.day_values(pair, from, to) {
                Some(values) => values.iter().rev().find(|value| bounds.contains(value)).map(|value| Fit::spot(value.date, value.ratio())),
                None => self.newest_first(pair, from, to).find(|(_, rate)| interval.contains(rate)).map(|(day, rate)| Fit::spot(day, rate)),
            };
            if fit.is_some() {
                return fit;
            }
            to = from.yesterday().ok()?;
        }
        None
    }

    /// The whole history of a pair, made ready to be asked which of its rates fit an interval.
    ///
    /// # Example
    ///
    /// Two documents that give 59.5 billion yuan as 8.424 billion dollars leave the rate between 7.05679 and 7.06951:
    ///
    /// ```
    /// # #[cfg(feature = "ecb")] {
    /// use tieout::{Interval, Ratio, RateTable};
    ///
    /// let rate = Interval::closed(Ratio::new(705_679, 100_000).unwrap(), Ratio::new(706_951, 100_000).unwrap()).unwrap();
    /// let history = RateTable::ecb().history("USD/CNY".parse()?);
    /// let days: Vec<String> = history.spot(&rate).into_iter().map(|fit| fit.date.to_string()).filter(|day| day.starts_with("2023-05")).collect();
    /// assert_eq!(days, ["2023-05-26", "2023-05-25"]);
    /// # }
    /// # Ok::<(), tieout::Error>(())
    /// ```
    pub fn history(&self, pair: CurrencyPair) -> PairHistory {
        let stretch = self.history_start(pair).zip(self.history_end(pair)).filter(|(first, last)| first <= last);
        let days = stretch.map_or_else(Vec::new, |(first, last)| self.history_days(pair, first, last));
        PairHistory { pair, sums: Sums::of(&days), days, published: self.published_fits(pair).collect() }
    }

    /// The days of a pair as small integers where they are, else as fractions.
    fn history_days(&self, pair: CurrencyPair, first: Date, last: Date) -> Vec<HistoryDay> {
        match self.day_values(pair, first, last) {
            Some(values) => values.into_iter().map(HistoryDay::Small).collect(),
            None => self.daily(pair, first, last).map(|rate| HistoryDay::Wide(rate.asked(), rate.value())).collect(),
        }
    }

    /// The rates of a stretch of days, newest first.
    fn newest_first(&self, pair: CurrencyPair, from: Date, to: Date) -> impl Iterator<Item = (Date, Ratio)> {
        self.history_days(pair, from, to).into_iter().rev().map(|day| (day.date(), day.ratio()))
    }

    /// What is published for periods, in either direction.
    fn published_fits(&self, pair: CurrencyPair) -> impl Iterator<Item = Fit> {
        let direct = self.period_rates(pair).iter().map(|rate| (rate, Some(Ratio::from(rate.rate))));
        let inverse = self.period_rates(pair.inverse()).iter().map(|rate| (rate, Ratio::from(rate.rate).recip()));
        direct.chain(inverse).filter_map(|(published, rate)| {
            let period = published.period;
            Some(Fit { basis: published.basis, date: period.last_day(), period: Some(period), rate: rate? })
        })
    }

    /// The first day on which a pair could have a rate.
    fn history_start(&self, pair: CurrencyPair) -> Option<Date> {
        let of = |currency| self.ends_of(currency).map(|(first, _)| first).min();
        Some(of(pair.base)?.max(of(pair.quote)?))
    }

    /// The last day on which a pair could have a rate.
    fn history_end(&self, pair: CurrencyPair) -> Option<Date> {
        let of = |currency| self.ends_of(currency).map(|(_, last)| last).max();
        Some(of(pair.base)?.min(of(pair.quote)?))
    }

    /// The first and last day of each series of a currency.
    fn ends_of(&self, currency: crate::currency::Currency) -> impl Iterator<Item = (Date, Date)> {
        let series = self.sources().flat_map(|table| &table.series);
        let of = series.filter(move |series| series.pair.base == currency || series.pair.quote == currency);
        of.filter_map(|series| {
            let last = series.until.last().copied().or(series.observations.last().map(|o| o.date));
            Some((series.observations.first()?.date, last?))
        })
    }
}

fn days_before(day: Date, days: i64) -> Date {
    day.saturating_sub(jiff::Span::new().days(days))
}

impl Fit {
    fn spot(date: Date, rate: Ratio) -> Fit {
        Fit { basis: Basis::Spot, date, period: None, rate }
    }

    fn closing(date: Date, period: Period, rate: Ratio) -> Fit {
        Fit { basis: Basis::Closing, date, period: Some(period), rate }
    }

    fn average(period: Period, rate: Ratio) -> Fit {
        Fit { basis: Basis::Average, date: period.last_day(), period: Some(period), rate }
    }
}

/// Every rate of a pair, ready to be held against intervals; see [`RateTable::history`].
#[derive(Debug, Clone)]
pub struct PairHistory {
    pair: CurrencyPair,
    days: Vec<HistoryDay>,
    sums: Option<Sums>,
    published: Vec<Fit>,
}

#[derive(Debug, Clone)]
enum HistoryDay {
    Small(DayValue),
    Wide(Date, Ratio),
}

impl HistoryDay {
    fn date(&self) -> Date {
        match self {
            HistoryDay::Small(value) => value.date,
            HistoryDay::Wide(date, _) => *date,
        }
    }

    fn ratio(&self) -> Ratio {
        match self {
            HistoryDay::Small(value) => value.ratio(),
            HistoryDay::Wide(_, rate) => rate.clone(),
        }
    }

    fn lies_in(&self, bounds: &Bounds<'_>, interval: &Interval) -> bool {
        match self {
            HistoryDay::Small(value) => bounds.contains(value),
            HistoryDay::Wide(_, rate) => interval.contains(rate),
        }
    }

    fn fit(&self) -> Fit {
        Fit::spot(self.date(), self.ratio())
    }
}

/// Running sums of the daily values in fixed point, each cut off: the sum of `n` values is less than `n` units short.
#[derive(Debug, Clone)]
struct Sums {
    power: i32,
    before: Vec<u128>,
}

impl Sums {
    /// `None` where a value is not small, or is too far from the others for one fixed point.
    fn of(days: &[HistoryDay]) -> Option<Sums> {
        let small = |day: &HistoryDay| if let HistoryDay::Small(value) = day { Some(*value) } else { None };
        let power = days.iter().filter_map(small).map(|value| value.power()).min()?;
        let mut before = Vec::with_capacity(days.len() + 1);
        let mut sum = 0_u128;
        before.push(sum);
        for day in days {
            sum = sum.checked_add(small(day)?.fixed(power)?)?;
            before.push(sum);
        }
        Some(Sums { power, before })
    }
}

impl PairHistory {
    /// The direction of the rates.
    ///
    /// ```
    /// use tieout::RateTable;
    ///
    /// let table = RateTable::read("date,base,quote,rate\n2023-05-26,EUR,USD,1.0751\n2023-05-26,EUR,CNY,7.5874\n".as_bytes(), "rates.csv")?;
    /// assert_eq!(table.history("USD/CNY".parse()?).pair().to_string(), "USD/CNY");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn pair(&self) -> CurrencyPair {
        self.pair
    }

    /// The daily rates in an interval, newest first.
    ///
    /// ```
    /// use tieout::{Interval, RateTable};
    ///
    /// let table = RateTable::read("date,base,quote,rate\n2023-05-26,EUR,USD,1.0751\n2023-05-26,EUR,CNY,7.5874\n".as_bytes(), "rates.csv")?;
    /// assert_eq!(table.history("USD/CNY".parse()?).spot(&Interval::ALL).len(), 1);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn spot(&self, interval: &Interval) -> Vec<Fit> {
        let bounds = Bounds::of(interval);
        self.days.iter().rev().filter(|day| day.lies_in(&bounds, interval)).map(HistoryDay::fit).collect()
    }

    /// The closing rates of months in an interval, newest first, those that are published as such among them. The end
    /// of a quarter or year is the end of a month.
    ///
    /// ```
    /// use tieout::{Date, Interval, RateTable};
    ///
    /// let csv = "date,base,quote,rate\n2024-02-29,EUR,USD,1.0826\n2024-03-01,EUR,USD,1.0813\n";
    /// let table = RateTable::read(csv.as_bytes(), "rates.csv")?;
    /// let closings = table.history("EUR/USD".parse()?).closings(&Interval::ALL);
    /// assert_eq!(closings[0].date, Date::constant(2024, 2, 29));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn closings(&self, interval: &Interval) -> Vec<Fit> {
        let bounds = Bounds::of(interval);
        let closing = |day: &HistoryDay| {
            let month = Period::month(day.date().year(), day.date().month())?;
            day.lies_in(&bounds, interval).then(|| Fit::closing(day.date(), month, day.ratio()))
        };
        let mut fits: Vec<Fit> = self.month_ends().filter_map(closing).chain(self.published(Basis::Closing, interval)).collect();
        fits.sort_by_key(|fit| std::cmp::Reverse(fit.date));
        fits
    }

    /// The averages of months, quarters, halves and years in an interval, newest first: means of the daily rates, and
    /// those that are published as such.
    ///
    /// ```
    /// use tieout::{Interval, Period, RateTable};
    ///
    /// let days = ["2024-02-07,EUR,USD,1.0772", "2024-02-15,EUR,USD,1.0743", "2024-02-23,EUR,USD,1.0834", "2024-02-29,EUR,USD,1.0826"];
    /// let csv = format!("date,base,quote,rate\n{}\n", days.join("\n"));
    /// let table = RateTable::read(csv.as_bytes(), "rates.csv")?;
    /// let averages = table.history("EUR/USD".parse()?).averages(&Interval::ALL);
    /// assert_eq!(averages[0].period, Period::month(2024, 2));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn averages(&self, interval: &Interval) -> Vec<Fit> {
        let bounds = Bounds::of(interval);
        let inside = |(period, from, to): (Period, usize, usize)| self.mean_inside(&bounds, interval, period, from, to);
        let mut fits: Vec<Fit> = self.periods().into_iter().filter_map(inside).chain(self.published(Basis::Average, interval)).collect();
        fits.sort_by_key(|fit| std::cmp::Reverse(fit.date));
        fits
    }

    /// Every rate in an interval: the daily ones, the closings, the averages.
    ///
    /// ```
    /// use tieout::{Interval, RateTable, Ratio};
    ///
    /// let table = RateTable::read("date,base,quote,rate\n2023-05-26,EUR,USD,1.0751\n2023-05-26,EUR,CNY,7.5874\n".as_bytes(), "rates.csv")?;
    /// assert!(table.history("USD/CNY".parse()?).fits(&Interval::point(Ratio::from(8))).is_empty());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn fits(&self, interval: &Interval) -> Vec<Fit> {
        [self.spot(interval), self.closings(interval), self.averages(interval)].concat()
    }

    fn published(&self, basis: Basis, interval: &Interval) -> impl Iterator<Item = Fit> {
        self.published.iter().filter(move |fit| fit.basis == basis && interval.contains(&fit.rate)).cloned()
    }

    /// The last day of each month that is over.
    fn month_ends(&self) -> impl Iterator<Item = &HistoryDay> {
        let month = |day: &HistoryDay| (day.date().year(), day.date().month());
        self.days.chunk_by(move |a, b| month(a) == month(b)).filter_map(<[_]>::last).filter(|day| self.is_over(day.date()))
    }

    /// Whether the month of a day is over for this history: a later month has begun, or only a weekend is left of it.
    fn is_over(&self, day: Date) -> bool {
        let later = self.days.last().is_some_and(|last| last.date() > day.last_of_month());
        let mut left = std::iter::successors(day.tomorrow().ok(), |day| day.tomorrow().ok()).take_while(|next| next.month() == day.month());
        later || left.all(|day| matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday))
    }

    /// The calendar's periods that are over, with the places of their days.
    fn periods(&self) -> Vec<(Period, usize, usize)> {
        let (Some(first), Some(last)) = (self.days.first(), self.days.last()) else { return Vec::new() };
        let whole_until = if self.is_over(last.date()) { last.date().last_of_month() } else { last.date().first_of_month() };
        let years = first.date().year()..=last.date().year();
        let place = |day: Date| self.days.partition_point(|other| other.date() < day);
        years
            .flat_map(calendar)
            .filter(|period| period.last_day() <= whole_until)
            .map(|period| (period, place(period.first_day()), period.last_day().tomorrow().map_or(self.days.len(), place)))
            .filter(|(_, from, to)| from < to)
            .collect()
    }

    /// The mean of a period's days if it lies inside: told by the running sums, or exactly where these cannot.
    fn mean_inside(&self, bounds: &Bounds<'_>, interval: &Interval, period: Period, from: usize, to: usize) -> Option<Fit> {
        let by_sums = self.sums.as_ref().and_then(|sums| {
            let total = sums.before.get(to)?.checked_sub(*sums.before.get(from)?)?;
            bounds.contains_mean(total, (to - from) as u128, sums.power)
        });
        if by_sums == Some(false) || !self.covers(period, from, to) {
            return None;
        }
        let mean = self.mean(from, to)?;
        (by_sums == Some(true) || interval.contains(&mean)).then(|| Fit::average(period, mean))
    }

    /// Whether no more days in a row are without a rate than an average bears.
    fn covers(&self, period: Period, from: usize, to: usize) -> bool {
        let days = self.days.get(from..to).unwrap_or_default();
        longest_gap(period, days.iter().map(HistoryDay::date)) <= Lookup::default().max_age_days
    }

    fn mean(&self, from: usize, to: usize) -> Option<Ratio> {
        let days = self.days.get(from..to)?;
        let small = |day: &HistoryDay| if let HistoryDay::Small(value) = day { Some(*value) } else { None };
        match days.iter().map(small).collect::<Option<Vec<DayValue>>>().and_then(|values| quotient::mean(&values)) {
            Some(mean) => Some(mean),
            None => {
                let total = days.iter().fold(Ratio::ZERO, |total, day| &total + &day.ratio());
                total.checked_div(&Ratio::from(i64::try_from(days.len()).ok()?))
            }
        }
    }
}

/// The months, quarters, halves and year of a year.
fn calendar(year: i16) -> impl Iterator<Item = Period> {
    let months = (1..=12).filter_map(move |month| Period::month(year, month));
    let quarters = (1..=4).filter_map(move |quarter| Period::quarter(year, quarter));
    let halves = (1..=2).filter_map(move |half| Period::half(year, half));
    months.chain(quarters).chain(halves).chain(Period::year(year))
}
