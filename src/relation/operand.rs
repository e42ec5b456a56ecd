//! What is known of one figure of a relation?

use super::verdict::Verdict;
use crate::exact::{End, Interval, Ratio};
use crate::printed::{Printed, Reading};

/// What is known of one figure of a relation: its printed value, and its intervals finely and coarsely read.
///
/// Growths, shares, ratios and points are fractions here: 0.131 for 13.1%.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Operand {
    printed: Interval,
    pub(super) fine: Interval,
    coarse: Interval,
}

impl Operand {
    /// A printed figure.
    ///
    /// ```
    /// use tieout::{Depth, Operand, Printed, Ratio, Reading};
    ///
    /// let operand = Operand::printed(&Printed::whole("450".parse()?, 0), Reading::Nearest);
    /// assert!(operand.at(Depth::Coarse).contains(&Ratio::from(454)) && !operand.at(Depth::Fine).contains(&Ratio::from(454)));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn printed(figure: &Printed, reading: Reading) -> Operand {
        Operand {
            printed: Interval::point(figure.value().clone()),
            fine: figure.interval(reading),
            coarse: figure.coarse_interval(reading),
        }
    }

    /// A range of printed figures: anything from the one to the other.
    ///
    /// ```
    /// use tieout::{Depth, Operand, Printed, Ratio, Reading};
    ///
    /// let [five, six] = ["5", "6"].map(|digits| Printed::new(digits.parse().unwrap(), 0));
    /// let range = Operand::range(&five, &six, Reading::Nearest);
    /// assert!(range.at(Depth::Fine).contains(&Ratio::new(13, 2).unwrap()));
    /// ```
    pub fn range(low: &Printed, high: &Printed, reading: Reading) -> Operand {
        let (low, high) = (Operand::printed(low, reading), Operand::printed(high, reading));
        Operand { printed: low.printed.hull(&high.printed), fine: low.fine.hull(&high.fine), coarse: low.coarse.hull(&high.coarse) }
    }

    /// A value that is exact, as in a ledger.
    ///
    /// ```
    /// use tieout::{Depth, Operand, Ratio};
    ///
    /// assert!(Operand::exact(Ratio::ONE).at(Depth::Coarse).is_point());
    /// ```
    pub fn exact(value: Ratio) -> Operand {
        Operand::within(Interval::point(value))
    }

    /// Any value of an interval: a shared rate, a direction.
    ///
    /// ```
    /// use tieout::{Depth, Interval, Operand};
    ///
    /// assert_eq!(Operand::within(Interval::ALL).at(Depth::Fine), &Interval::ALL);
    /// ```
    pub fn within(interval: Interval) -> Operand {
        Operand { printed: interval.clone(), fine: interval.clone(), coarse: interval }
    }

    /// The same figure with the other sign.
    ///
    /// ```
    /// use tieout::{Operand, Ratio};
    ///
    /// assert_eq!(Operand::exact(Ratio::ONE).negated(), Operand::exact(Ratio::from(-1)));
    /// ```
    #[must_use]
    pub fn negated(&self) -> Operand {
        Operand { printed: self.printed.neg(), fine: self.fine.neg(), coarse: self.coarse.neg() }
    }

    /// Whether this stated result agrees with what its operands give at each depth; `None` there agrees with nothing.
    ///
    /// ```
    /// use tieout::{Interval, Operand, Ratio, Verdict};
    ///
    /// let stated = Operand::exact(Ratio::from(5));
    /// assert_eq!(stated.judge(|_| Some(Interval::point(Ratio::from(5)))), Verdict::Ties);
    /// assert_eq!(stated.judge(|_| None), Verdict::DoesNotTie);
    /// ```
    pub fn judge(&self, computed: impl Fn(Depth) -> Option<Interval>) -> Verdict {
        Verdict::of(|depth, stated| computed(depth).is_some_and(|computed| computed.meets(self.at(stated))))
    }

    /// One divided by the figure, for a rate read the other way; `None` if it can be zero or of either sign.
    ///
    /// ```
    /// use tieout::{Operand, Ratio};
    ///
    /// assert_eq!(Operand::exact(Ratio::from(4)).recip(), Ratio::new(1, 4).map(Operand::exact));
    /// assert_eq!(Operand::exact(Ratio::ZERO).recip(), None);
    /// ```
    pub fn recip(&self) -> Option<Operand> {
        Some(Operand { printed: self.printed.recip()?, fine: self.fine.recip()?, coarse: self.coarse.recip()? })
    }

    /// The values at one depth of reading.
    ///
    /// ```
    /// use tieout::{Depth, Interval, Operand, Ratio};
    ///
    /// assert_eq!(Operand::exact(Ratio::ONE).at(Depth::Printed), &Interval::point(Ratio::ONE));
    /// ```
    pub fn at(&self, depth: Depth) -> &Interval {
        match depth {
            Depth::Printed => &self.printed,
            Depth::Fine => &self.fine,
            Depth::Coarse => &self.coarse,
        }
    }

    /// The sign that the printed value has for certain.
    pub(super) fn sign(&self) -> std::cmp::Ordering {
        let of = |end: &End| end.value().map(Ratio::sign);
        match (of(self.printed.low()), of(self.printed.high())) {
            (Some(low), _) if low.is_gt() => low,
            (_, Some(high)) if high.is_lt() => high,
            (Some(low), Some(high)) if low.is_eq() && high.is_eq() => low,
            // An open or wide value of unknown sign counts as positive: nothing is refused for it.
            _ => std::cmp::Ordering::Greater,
        }
    }
}

/// How deeply the operands are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Depth {
    /// The printed values themselves.
    Printed,
    /// Their intervals.
    Fine,
    /// Their widest intervals.
    Coarse,
}
