//! Which observation serves a day that has none of its own?

use std::fmt;
use std::str::FromStr;

use crate::error::{Error, ErrorKind};

/// What serves a day that has no rate of its own. The default is [`Previous`](OnMissing::Previous).
///
/// # Example
///
/// ```
/// use tieout::OnMissing;
///
/// assert_eq!("nearest".parse::<OnMissing>()?, OnMissing::Nearest);
/// assert_eq!(OnMissing::Previous.to_string(), "previous");
/// # Ok::<(), tieout::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
#[non_exhaustive]
pub enum OnMissing {
    /// Nothing does: only a rate of that very day serves.
    Error,
    /// The last rate before the day.
    #[default]
    Previous,
    /// The first rate after the day.
    Next,
    /// The rate nearest in days; of two equally near ones the earlier.
    Nearest,
    /// The straight line between the last rate before and the first one after, in the direction as published.
    Interpolate,
}

impl OnMissing {
    const ALL: [OnMissing; 5] = [OnMissing::Error, OnMissing::Previous, OnMissing::Next, OnMissing::Nearest, OnMissing::Interpolate];

    /// The name on the command line: `previous`.
    ///
    /// ```
    /// use tieout::OnMissing;
    ///
    /// assert_eq!(OnMissing::Nearest.name(), "nearest");
    /// ```
    pub const fn name(self) -> &'static str {
        match self {
            OnMissing::Error => "error",
            OnMissing::Previous => "previous",
            OnMissing::Next => "next",
            OnMissing::Nearest => "nearest",
            OnMissing::Interpolate => "interpolate",
        }
    }

    /// Whether rates before a day are looked at, and whether rates after it are.
    pub(super) const fn looks(self) -> (bool, bool) {
        match self {
            OnMissing::Error => (false, false),
            OnMissing::Previous => (true, false),
            OnMissing::Next => (false, true),
            OnMissing::Nearest | OnMissing::Interpolate => (true, true),
        }
    }
}

impl fmt::Display for OnMissing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

impl FromStr for OnMissing {
    type Err = Error;

    fn from_str(text: &str) -> Result<OnMissing, Error> {
        OnMissing::ALL.into_iter().find(|policy| policy.name() == text).ok_or_else(|| {
            ErrorKind::Syntax { expected: "one of error, previous, next, nearest, interpolate", found: text.to_owned() }.into()
        })
    }
}

/// How a day without a rate of its own is served, and how far away that rate may be.
///
/// By default the last rate before the day serves that is at most seven days old.
///
/// # Example
///
/// ```
/// use tieout::{Lookup, OnMissing};
///
/// assert_eq!(Lookup::default().max_age_days, 7);
/// let nearest = Lookup::within_days(3).on_missing(OnMissing::Nearest);
/// assert_eq!((nearest.max_age_days, nearest.on_missing), (3, OnMissing::Nearest));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Lookup {
    /// The greatest distance in days, to either side, of an observation that still serves.
    pub max_age_days: u32,
    /// What serves a day without a rate.
    pub on_missing: OnMissing,
}

impl Default for Lookup {
    fn default() -> Lookup {
        Lookup::within_days(7)
    }
}

impl Lookup {
    /// A lookup that goes back so many days; 0 for that day's rate alone.
    ///
    /// ```
    /// use tieout::Lookup;
    ///
    /// assert_eq!(Lookup::within_days(7), Lookup::default());
    /// ```
    pub const fn within_days(max_age_days: u32) -> Lookup {
        Lookup { max_age_days, on_missing: OnMissing::Previous }
    }

    /// The same lookup with another policy.
    ///
    /// ```
    /// use tieout::{Lookup, OnMissing};
    ///
    /// assert_eq!(Lookup::default().on_missing(OnMissing::Next).on_missing, OnMissing::Next);
    /// ```
    #[must_use]
    pub const fn on_missing(self, on_missing: OnMissing) -> Lookup {
        Lookup { on_missing, ..self }
    }

    /// Whether an observation so many days away still serves.
    #[inline]
    pub(super) const fn reaches(self, days: i32) -> bool {
        days.unsigned_abs() <= self.max_age_days
    }
}
