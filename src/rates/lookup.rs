//! Which observation serves a day that has none of its own?

use super::table::Observation;
use jiff::civil::Date;

/// How far back a lookup may go.
///
/// The rate of the day serves, else the last one before it that is at most `max_age_days` old.
///
/// # Example
///
/// ```
/// use tieout::Lookup;
///
/// assert_eq!(Lookup::default().max_age_days, 7);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Lookup {
    /// The greatest age in days of an observation that still serves.
    pub max_age_days: u32,
}

impl Default for Lookup {
    fn default() -> Lookup {
        Lookup { max_age_days: 7 }
    }
}

impl Lookup {
    /// A lookup that goes back so many days; 0 for that day's rate alone.
    pub const fn within_days(max_age_days: u32) -> Lookup {
        Lookup { max_age_days }
    }

    /// The observation that serves a day, if one is recent enough.
    pub(super) fn find(self, observations: &[Observation], on: Date) -> Option<&Observation> {
        let before = last_on_or_before(observations, on)?;
        (age_days(before.date, on) <= i64::from(self.max_age_days)).then_some(before)
    }
}

/// The last observation on or before a day.
pub(super) fn last_on_or_before(observations: &[Observation], on: Date) -> Option<&Observation> {
    let after = observations.partition_point(|observation| observation.date <= on);
    observations.get(after.checked_sub(1)?)
}

/// The first observation after a day.
pub(super) fn first_after(observations: &[Observation], on: Date) -> Option<&Observation> {
    observations.get(observations.partition_point(|observation| observation.date <= on))
}

/// How many days `date` lies before `on`.
pub(super) fn age_days(date: Date, on: Date) -> i64 {
    date.duration_until(on).as_hours() / 24
}
