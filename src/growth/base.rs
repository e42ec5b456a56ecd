//! What is said of a growth over a base that is not positive?

use super::rate::{GrowthRate, NotMeaningful};
use crate::exact::Ratio;
use std::cmp::Ordering;
use std::fmt;

/// What to say of a growth over a base that is not positive, or to the other side of zero.
///
/// A base of zero has no growth under any policy.
///
/// # Example
///
/// From a loss of 5 to a profit of 4:
///
/// ```
/// use tieout::{BasePolicy, Growth, NotMeaningful, Ratio, Swing};
///
/// assert_eq!(BasePolicy::default().growth(-5, 4), Growth::NotMeaningful(NotMeaningful::NegativeBase));
/// assert_eq!(BasePolicy::SwingLabel.growth(-5, 4), Growth::Swing(Swing::TurnedPositive));
/// let percent = |policy: BasePolicy| policy.growth(-5, 4).rate().map(|rate| rate.as_percent());
/// assert_eq!(percent(BasePolicy::AbsoluteBase), Some(Ratio::from(180)));
/// assert_eq!(percent(BasePolicy::Raw), Some(Ratio::from(-180)));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
#[non_exhaustive]
pub enum BasePolicy {
    /// No growth, and why: the "NM" of filings.
    #[default]
    NotMeaningful,
    /// (current − prior) ÷ |prior|: the sign says better or worse, as some data vendors print it.
    AbsoluteBase,
    /// (current − prior) ÷ prior whatever the signs: what spreadsheets do.
    Raw,
    /// A label instead of a number: "loss to profit".
    SwingLabel,
}

/// A growth, or what stands in its place.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Growth {
    /// A growth rate.
    Rate(GrowthRate),
    /// None, and why.
    NotMeaningful(NotMeaningful),
    /// A label.
    Swing(Swing),
}

/// How a figure moved that was, or became, negative.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Swing {
    /// From a loss to a profit.
    TurnedPositive,
    /// From a profit to a loss.
    TurnedNegative,
    /// From a loss to a smaller one, or to zero.
    LossNarrowed,
    /// From a loss to a greater one.
    LossWidened,
    /// The same loss again.
    LossUnchanged,
}

impl fmt::Display for Swing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Swing::TurnedPositive => "loss to profit",
            Swing::TurnedNegative => "profit to loss",
            Swing::LossNarrowed => "loss narrowed",
            Swing::LossWidened => "loss widened",
            Swing::LossUnchanged => "loss unchanged",
        })
    }
}

impl Growth {
    /// The rate, where there is one.
    ///
    /// ```
    /// use tieout::{BasePolicy, Ratio};
    ///
    /// let growth = BasePolicy::default().growth(8, 6);
    /// assert_eq!(growth.rate().unwrap().as_percent(), Ratio::from(-25));
    /// ```
    #[must_use]
    pub fn rate(&self) -> Option<&GrowthRate> {
        match self {
            Growth::Rate(rate) => Some(rate),
            Growth::NotMeaningful(_) | Growth::Swing(_) => None,
        }
    }
}

impl BasePolicy {
    /// The growth from a prior figure to a current one under this policy.
    ///
    /// ```
    /// use tieout::{BasePolicy, Growth, NotMeaningful, Swing};
    ///
    /// assert_eq!(BasePolicy::Raw.growth(0, 4), Growth::NotMeaningful(NotMeaningful::ZeroBase));
    /// assert_eq!(BasePolicy::SwingLabel.growth(-5, -4), Growth::Swing(Swing::LossNarrowed));
    /// ```
    pub fn growth(self, prior: impl Into<Ratio>, current: impl Into<Ratio>) -> Growth {
        let (prior, current) = (prior.into(), current.into());
        let reason = match GrowthRate::between(prior.clone(), current.clone()) {
            Ok(rate) => return Growth::Rate(rate),
            Err(reason) => reason,
        };
        let over = |base: &Ratio| match (&current - &prior).checked_div(base) {
            Some(fraction) => Growth::Rate(GrowthRate(fraction)),
            None => Growth::NotMeaningful(NotMeaningful::ZeroBase),
        };
        match self {
            _ if prior.is_zero() => Growth::NotMeaningful(NotMeaningful::ZeroBase),
            BasePolicy::NotMeaningful => Growth::NotMeaningful(reason),
            BasePolicy::AbsoluteBase => over(&prior.abs()),
            BasePolicy::Raw => over(&prior),
            BasePolicy::SwingLabel => Growth::Swing(swing(&prior, &current)),
        }
    }
}

/// The label for two figures of which one is negative.
fn swing(prior: &Ratio, current: &Ratio) -> Swing {
    match (prior.is_negative(), current.cmp(prior)) {
        (false, _) => Swing::TurnedNegative,
        (true, _) if current.is_positive() => Swing::TurnedPositive,
        (true, Ordering::Greater) => Swing::LossNarrowed,
        (true, Ordering::Equal) => Swing::LossUnchanged,
        (true, Ordering::Less) => Swing::LossWidened,
    }
}
