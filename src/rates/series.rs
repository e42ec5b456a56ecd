//! Which observation of a pair serves a day?

use super::days::{DayIndex, days_between};
use super::lookup::{Lookup, OnMissing};
use super::table::Observation;
use crate::currency::CurrencyPair;
use jiff::civil::Date;
use std::ops::Deref;
use std::sync::{Arc, OnceLock};

/// The observations of one pair from one source, oldest first, one a day.
#[derive(Debug, Clone)]
pub(super) struct Series {
    pub(super) pair: CurrencyPair,
    pub(super) source: Arc<str>,
    pub(super) observations: Observations,
    /// The last day of each observation's period; empty where every observation is of one day.
    pub(super) until: Vec<Date>,
    /// The places of the days, counted at the first lookup; `None` inside where a search serves better.
    index: OnceLock<Option<DayIndex>>,
}

/// The observations of a series, read at once or when they are first asked for.
#[derive(Debug, Clone)]
pub(super) struct Observations {
    read: OnceLock<Vec<Observation>>,
    #[cfg(feature = "ecb")]
    column: Option<Column>,
}

/// The observations of each column.
#[cfg(feature = "ecb")]
pub(super) type Columns = Vec<Vec<Observation>>;

/// Where in the embedded history a series stands, and what reads it.
#[cfg(feature = "ecb")]
#[derive(Debug, Clone, Copy)]
pub(super) struct Column {
    pub(super) rows: &'static [u8],
    /// From 0, dates not counted.
    pub(super) index: usize,
    pub(super) read: fn(&'static [u8], usize) -> Option<Vec<Observation>>,
    /// Reads so many columns, all there are: in a fifth of the time that they take one by one.
    #[cfg_attr(not(feature = "batch"), allow(dead_code, reason = "jobs over tables alone ask for all currencies"))]
    pub(super) read_all: fn(&'static [u8], usize) -> Option<Columns>,
}

impl Deref for Observations {
    type Target = [Observation];

    #[inline]
    fn deref(&self) -> &[Observation] {
        match self.read.get() {
            Some(read) => read,
            None => self.read_now(),
        }
    }
}

impl Observations {
    fn of(read: Vec<Observation>) -> Observations {
        Observations {
            read: read.into(),
            #[cfg(feature = "ecb")]
            column: None,
        }
    }

    #[cold]
    fn read_now(&self) -> &[Observation] {
        self.read.get_or_init(|| self.column().unwrap_or_default())
    }

    #[cfg(feature = "ecb")]
    fn column(&self) -> Option<Vec<Observation>> {
        // A test reads every column, so that none is ever empty.
        self.column.and_then(|column| (column.read)(column.rows, column.index))
    }

    #[cfg(not(feature = "ecb"))]
    fn column(&self) -> Option<Vec<Observation>> {
        None
    }
}

/// Reads all series of the embedded history that have not been read, for someone who will ask for each.
#[cfg(feature = "ecb")]
#[cfg_attr(not(feature = "batch"), allow(dead_code, reason = "jobs over tables alone ask for all currencies"))]
pub(super) fn read_all(series: &[Series]) {
    let unread = || series.iter().filter(|series| series.observations.read.get().is_none());
    let Some(column) = unread().find_map(|series| series.observations.column) else { return };
    let Some(mut read) = (column.read_all)(column.rows, series.len()) else { return };
    for series in unread() {
        if let Some(observations) = series.observations.column.and_then(|column| read.get_mut(column.index)) {
            // OK to ignore: what another thread has read is the same.
            let _ = series.observations.read.set(std::mem::take(observations));
        }
    }
}

/// An observation that serves a day.
#[derive(Debug, Clone, Copy)]
pub(super) struct Found<'t> {
    pub(super) observation: &'t Observation,
    /// How many days away it is: of a point on a line the farther end.
    pub(super) distance: i32,
    /// Whether the rate lies on the straight line to the next observation.
    pub(super) on_line: bool,
}

impl Series {
    /// A series of observations in order, one a day; `until` is empty or has the last day of each.
    pub(super) fn new(pair: CurrencyPair, source: Arc<str>, observations: Vec<Observation>, until: Vec<Date>) -> Series {
        Series { pair, source, observations: Observations::of(observations), until, index: OnceLock::new() }
    }

    /// A series of the embedded history, read when it is first asked for.
    #[cfg(feature = "ecb")]
    pub(super) fn of_column(pair: CurrencyPair, source: Arc<str>, column: Column) -> Series {
        let observations = Observations { read: OnceLock::new(), column: Some(column) };
        Series { pair, source, observations, until: Vec::new(), index: OnceLock::new() }
    }

    /// How many observations stand on or before a day.
    pub(super) fn rank(&self, on: Date) -> usize {
        match self.index.get_or_init(|| self.count_days()) {
            Some(index) => index.rank(on),
            None => self.observations.partition_point(|observation| observation.date <= on),
        }
    }

    #[cold]
    fn count_days(&self) -> Option<DayIndex> {
        DayIndex::of(self.observations.iter().map(|observation| observation.date), self.until.is_empty())
    }

    /// The last observation on or before a day that is not too old, where its place has been counted and tells.
    #[inline(always)]
    pub(super) fn placed(&self, on: Date, lookup: Lookup) -> Option<&Observation> {
        let index = self.index.get()?.as_ref()?;
        self.observations.get(index.place(on, lookup.max_age_days)?)
    }

    /// The last observation on or before a day that is not too old.
    #[inline]
    pub(super) fn previous(&self, on: Date, lookup: Lookup) -> Option<&Observation> {
        self.placed(on, lookup).or_else(|| self.found_before(on, lookup).map(|found| found.observation))
    }

    /// The same, and how old it is.
    #[inline(never)]
    fn found_before(&self, on: Date, lookup: Lookup) -> Option<Found<'_>> {
        let place = self.rank(on).checked_sub(1)?;
        let observation = self.observations.get(place)?;
        let date = self.until.get(place).map_or(observation.date, |until| on.min(*until));
        let distance = days_between(date, on);
        lookup.reaches(distance).then_some(Found { observation, distance, on_line: false })
    }

    /// The first observation after a day.
    pub(super) fn first_after(&self, on: Date) -> Option<&Observation> {
        self.observations.get(self.rank(on))
    }

    /// The day that an observation is of: the day asked for, if its period covers that.
    pub(super) fn date_of(&self, observation: &Observation, asked: Date) -> Date {
        if self.until.is_empty() || observation.date >= asked {
            return observation.date;
        }
        let until = self.rank(observation.date).checked_sub(1).and_then(|place| self.until.get(place));
        until.map_or(observation.date, |until| asked.min(*until))
    }

    /// The observation that serves a day.
    pub(super) fn find(&self, on: Date, lookup: Lookup) -> Option<Found<'_>> {
        if lookup.on_missing == OnMissing::Previous { self.found_before(on, lookup) } else { self.find_around(on, lookup) }
    }

    /// The observation that serves a day under the policies that look at what comes after it.
    fn find_around(&self, on: Date, lookup: Lookup) -> Option<Found<'_>> {
        let before = self.found_before(on, lookup);
        if before.is_some_and(|found| found.distance == 0) {
            return before;
        }
        let (backward, forward) = lookup.on_missing.looks();
        let before = before.filter(|_| backward);
        let after = self.first_after(on).filter(|_| forward);
        let after = after.map(|observation| Found { observation, distance: days_between(on, observation.date), on_line: false });
        let after = after.filter(|found| lookup.reaches(found.distance));
        match (before, after) {
            // A period rate stands still until its period ends: there is no line to draw from it.
            (Some(before), Some(after)) if lookup.on_missing == OnMissing::Interpolate => {
                let distance = before.distance.max(after.distance);
                self.until.is_empty().then_some(Found { on_line: true, distance, ..before })
            }
            _ if lookup.on_missing == OnMissing::Interpolate => None,
            (Some(before), Some(after)) if after.distance < before.distance => Some(after),
            (before, after) => before.or(after),
        }
    }
}

#[cfg(all(test, feature = "ecb"))]
mod tests {
    use crate::rates::RateTable;

    /// Rule: the columns of the history are the same read at once and one by one.
    #[test]
    fn columns_read_at_once_are_those_read_one_by_one() {
        let series = &RateTable::ecb().series;
        let columns: Vec<_> = series.iter().map(|series| series.observations.column.unwrap()).collect();
        let one_by_one: Vec<_> = columns.iter().map(|column| (column.read)(column.rows, column.index).unwrap()).collect();
        let at_once = (columns[0].read_all)(columns[0].rows, columns.len()).unwrap();
        for (column, read) in columns.iter().zip(one_by_one) {
            let all = &at_once[column.index];
            assert!(!read.is_empty() && read.len() == all.len());
            assert!(read.iter().zip(all).all(|(one, other)| (one.date, one.rate, one.line) == (other.date, other.rate, other.line)));
        }
    }
}
