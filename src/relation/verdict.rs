//! Do the figures satisfy their relation?

use super::operand::Depth;
use std::fmt;

/// Whether figures satisfy their relation. The same for library, batch and check.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Verdict {
    /// The result computed from the printed values lies in the interval of the printed result.
    Ties,
    /// It does not, but some true values inside the printed intervals satisfy the relation.
    TiesWithinRounding,
    /// Only in the coarse reading of a figure, or by the wider reading of a hedge.
    TiesCoarsely,
    /// No true values inside the intervals satisfy the relation.
    DoesNotTie,
    /// Too little is stated; the missing figure is given instead.
    Unverifiable,
    /// A growth over a base that is zero or negative, or between opposite signs.
    NotMeaningful,
}

impl Verdict {
    /// Every verdict, in the order of reports.
    pub const ALL: [Verdict; 6] = [
        Verdict::Ties,
        Verdict::TiesWithinRounding,
        Verdict::TiesCoarsely,
        Verdict::DoesNotTie,
        Verdict::Unverifiable,
        Verdict::NotMeaningful,
    ];

    /// The verdict on a stated result, from whether operands at one depth agree with it at another.
    pub(super) fn of(agree: impl Fn(Depth, Depth) -> bool) -> Verdict {
        if agree(Depth::Printed, Depth::Fine) {
            Verdict::Ties
        } else if agree(Depth::Fine, Depth::Fine) {
            Verdict::TiesWithinRounding
        } else if agree(Depth::Coarse, Depth::Coarse) {
            Verdict::TiesCoarsely
        } else {
            Verdict::DoesNotTie
        }
    }

    /// The name in reports.
    ///
    /// ```
    /// use tieout::Verdict;
    ///
    /// assert_eq!(Verdict::TiesWithinRounding.name(), "ties_within_rounding");
    /// ```
    pub const fn name(self) -> &'static str {
        match self {
            Verdict::Ties => "ties",
            Verdict::TiesWithinRounding => "ties_within_rounding",
            Verdict::TiesCoarsely => "ties_coarsely",
            Verdict::DoesNotTie => "does_not_tie",
            Verdict::Unverifiable => "unverifiable",
            Verdict::NotMeaningful => "not_meaningful",
        }
    }
}

impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}
