//! Do the facts of an XBRL report add up? Calculations 1.1, Recommendation of 22 February 2023.

use crate::error::{Error, ErrorKind};
use crate::exact::{Interval, Precision, Ratio, RoundingMode, round};
use crate::money::unsigned_zero;
use rust_decimal::Decimal;
use std::fmt;

/// How the values of a report were shortened to their decimals.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum XbrlRounding {
    /// To the nearest; which way ties went is unknown, so both ends count.
    #[default]
    Nearest,
    /// Cut off.
    Truncation,
}

/// The `decimals` attribute of a fact.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum XbrlDecimals {
    /// So many decimals; negative ones are thousands and millions: −6.
    Places(i32),
    /// `INF`: the value is exact.
    Infinite,
}

/// A reported number with its `decimals`.
///
/// # Example
///
/// ```
/// use tieout::{End, Ratio, XbrlDecimals, XbrlFact, XbrlRounding};
///
/// let fact = XbrlFact::new("12000".parse()?, XbrlDecimals::Places(-3))?;
/// let nearest = fact.interval(XbrlRounding::Nearest);
/// assert_eq!((nearest.low(), nearest.high()), (&End::Closed(Ratio::from(11500)), &End::Closed(Ratio::from(12500))));
/// let truncated = fact.interval(XbrlRounding::Truncation);
/// assert_eq!(truncated.high(), &End::Open(Ratio::from(13000)));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct XbrlFact {
    value: Decimal,
    decimals: XbrlDecimals,
}

impl XbrlFact {
    /// A value with its decimals.
    ///
    /// # Errors
    ///
    /// [`ExcessDigits`](ErrorKind::ExcessDigits) for digits beyond them: 1234 with −1. They stop a check.
    ///
    /// ```
    /// use tieout::{XbrlDecimals, XbrlFact};
    ///
    /// let error = XbrlFact::new("1234".parse()?, XbrlDecimals::Places(-1)).unwrap_err();
    /// assert_eq!(error.to_string(), "the fact 1234 has digits beyond its decimals of -1");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn new(value: Decimal, decimals: XbrlDecimals) -> Result<XbrlFact, Error> {
        if let XbrlDecimals::Places(places) = decimals {
            let fits = match round(value, Precision::Decimals(places), RoundingMode::Down) {
                Ok(rounded) => rounded.exact,
                // No room for more decimals than the value has: it needs none of them.
                Err(_) => i64::from(places) >= i64::from(value.scale()),
            };
            if !fits {
                return Err(ErrorKind::ExcessDigits { value: value.to_string(), decimals: places }.into());
            }
        }
        Ok(XbrlFact { value: unsigned_zero(value), decimals })
    }

    /// The value.
    ///
    /// ```
    /// use tieout::{XbrlDecimals, XbrlFact};
    ///
    /// let fact = XbrlFact::new("12000".parse()?, XbrlDecimals::Places(-3))?;
    /// assert_eq!(fact.value().to_string(), "12000");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn value(&self) -> Decimal {
        self.value
    }

    /// The decimals.
    ///
    /// ```
    /// use tieout::{XbrlDecimals, XbrlFact};
    ///
    /// let fact = XbrlFact::new("12000".parse()?, XbrlDecimals::Places(-3))?;
    /// assert_eq!(fact.decimals(), XbrlDecimals::Places(-3));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn decimals(&self) -> XbrlDecimals {
        self.decimals
    }

    /// The values that it may stand for.
    ///
    /// ```
    /// use tieout::{XbrlDecimals, XbrlFact, XbrlRounding};
    ///
    /// let exact = XbrlFact::new("5".parse()?, XbrlDecimals::Infinite)?;
    /// assert!(exact.interval(XbrlRounding::Nearest).is_point());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn interval(&self, rounding: XbrlRounding) -> Interval {
        let value = Ratio::from(self.value);
        let XbrlDecimals::Places(places) = self.decimals else { return Interval::point(value) };
        let places = i16::try_from(places.clamp(-MAX_PLACES, MAX_PLACES)).unwrap_or(0);
        let unit = Ratio::power_of_ten(-places);
        let nearest = || Interval::around(&value, &(&unit * &Ratio::new(1, 2).unwrap_or(Ratio::ZERO)));
        match rounding {
            XbrlRounding::Nearest => nearest(),
            // OK because the value is a whole number of units: `new` has tested it.
            XbrlRounding::Truncation => RoundingMode::Down.preimage(&value, &unit).unwrap_or_else(nearest),
        }
    }

    /// The values that duplicate facts have in common: their intervals' intersection; `None` for no facts.
    ///
    /// # Errors
    ///
    /// [`InconsistentFacts`](ErrorKind::InconsistentFacts) when there is none.
    ///
    /// ```
    /// use tieout::{XbrlDecimals, XbrlFact, XbrlRounding};
    ///
    /// let coarse = XbrlFact::new("172000".parse()?, XbrlDecimals::Places(-3))?;
    /// let fine = XbrlFact::new("171797".parse()?, XbrlDecimals::Places(0))?;
    /// let common = XbrlFact::common_interval(&[coarse, fine], XbrlRounding::Nearest)?.unwrap();
    /// assert_eq!(common, fine.interval(XbrlRounding::Nearest));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn common_interval(duplicates: &[XbrlFact], rounding: XbrlRounding) -> Result<Option<Interval>, Error> {
        let mut common: Option<Interval> = None;
        for fact in duplicates {
            let next = fact.interval(rounding);
            common = Some(match common {
                None => next,
                Some(before) => before.intersect(&next).ok_or_else(|| contradiction(duplicates, fact, rounding))?,
            });
        }
        Ok(common)
    }
}

/// Beyond any `decimals` in use; it keeps powers of ten small.
const MAX_PLACES: i32 = 400;

/// The error for a fact that has nothing in common with the others.
fn contradiction(duplicates: &[XbrlFact], fact: &XbrlFact, rounding: XbrlRounding) -> Error {
    let apart = duplicates.iter().find(|other| !other.interval(rounding).meets(&fact.interval(rounding)));
    let first = apart.or(duplicates.first()).unwrap_or(fact);
    ErrorKind::InconsistentFacts { first: first.to_string(), second: fact.to_string() }.into()
}

impl fmt::Display for XbrlFact {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.decimals {
            XbrlDecimals::Places(places) => write!(f, "{} (decimals {places})", self.value),
            XbrlDecimals::Infinite => write!(f, "{} (decimals INF)", self.value),
        }
    }
}

/// One contribution to a total: its weight in the calculation, and the duplicate facts that state it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SummationItem {
    /// 1 for what is added, −1 for what is subtracted.
    pub weight: Decimal,
    /// The facts, at least one; several must be consistent with one another.
    pub facts: Vec<XbrlFact>,
}

impl SummationItem {
    /// One fact that is added.
    ///
    /// ```
    /// use tieout::{SummationItem, XbrlDecimals, XbrlFact};
    ///
    /// let item = SummationItem::added(XbrlFact::new("5".parse()?, XbrlDecimals::Places(0))?);
    /// assert_eq!((item.weight.to_string().as_str(), item.facts.len()), ("1", 1));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn added(fact: XbrlFact) -> SummationItem {
        SummationItem { weight: Decimal::ONE, facts: vec![fact] }
    }

    /// One fact that is subtracted.
    ///
    /// ```
    /// use tieout::{SummationItem, XbrlDecimals, XbrlFact};
    ///
    /// let item = SummationItem::subtracted(XbrlFact::new("5".parse()?, XbrlDecimals::Places(0))?);
    /// assert_eq!(item.weight.to_string(), "-1");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn subtracted(fact: XbrlFact) -> SummationItem {
        SummationItem { weight: Decimal::NEGATIVE_ONE, facts: vec![fact] }
    }
}

/// Whether a total can be the sum of its items.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Consistency {
    /// Some values inside the intervals sum.
    Consistent,
    /// None do.
    Inconsistent,
}

/// Holds a total against its items: consistent if the sum of their intervals meets its own.
///
/// # Errors
///
/// [`InconsistentFacts`](ErrorKind::InconsistentFacts) when duplicate facts contradict one another: the check stops.
///
/// # Example
///
/// Rounded to millions, 12 + 45 = 58 is consistent: the actual sum is 57.58.
///
/// ```
/// use tieout::{Consistency, SummationItem, XbrlDecimals, XbrlFact, XbrlRounding, check_summation};
///
/// let millions = |value: &str| XbrlFact::new(value.parse().unwrap(), XbrlDecimals::Places(-6));
/// let items = [SummationItem::added(millions("12000000")?), SummationItem::added(millions("45000000")?)];
/// let check = |total: &str| check_summation(&[millions(total)?], &items, XbrlRounding::Nearest);
/// assert_eq!(check("58000000")?, Consistency::Consistent);
/// assert_eq!(check("59000000")?, Consistency::Inconsistent);
/// # Ok::<(), tieout::Error>(())
/// ```
pub fn check_summation(total: &[XbrlFact], items: &[SummationItem], rounding: XbrlRounding) -> Result<Consistency, Error> {
    let mut sum = Interval::point(Ratio::ZERO);
    for item in items {
        // An item that nothing states contributes nothing, as in the recommendation.
        let Some(interval) = XbrlFact::common_interval(&item.facts, rounding)? else { continue };
        sum = sum.add(&interval.mul(&Interval::point(Ratio::from(item.weight))));
    }
    let consistent = XbrlFact::common_interval(total, rounding)?.is_none_or(|total| total.meets(&sum));
    Ok(if consistent { Consistency::Consistent } else { Consistency::Inconsistent })
}
