//! Which equation ties these figures, do they satisfy it, and what must the missing one be?
//!
//! Each relation is one exact equation in which each figure stands once, so interval arithmetic over it is exact:
//! the computed interval holds every value that true values inside the printed intervals can give, and no other.

use crate::exact::{End, Interval, Ratio};
use crate::printed::{Printed, Reading};
use std::fmt;

/// What ties figures together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Relation {
    /// amount = rate × converted
    Conversion,
    /// current = prior × (1 + growth)
    Growth,
    /// current − prior = change
    Change,
    /// minuend − subtrahend = difference
    Difference,
    /// total = part1 + part2 + …
    Sum,
    /// part = share × whole
    Share,
    /// numerator = ratio × denominator (a margin)
    Ratio,
    /// current = multiple × prior
    Multiple,
    /// product = factor1 × factor2 (price × volume)
    Product,
    /// current − prior = points, of percentages
    Points,
}

/// The part a figure plays in a relation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
#[allow(missing_docs, reason = "the names are those of the equations of `Relation`")]
pub enum Role {
    Amount,
    Converted,
    Rate,
    Current,
    Prior,
    Growth,
    Change,
    Minuend,
    Subtrahend,
    Difference,
    Total,
    /// A summand, from 1.
    Addend(u16),
    Part,
    Whole,
    Share,
    Numerator,
    Denominator,
    Ratio,
    Multiple,
    Product,
    Factor1,
    Factor2,
    Points,
}

impl Relation {
    /// The name in reports.
    ///
    /// ```
    /// use tieout::Relation;
    ///
    /// assert_eq!(Relation::Growth.name(), "growth");
    /// ```
    pub const fn name(self) -> &'static str {
        match self {
            Relation::Conversion => "conversion",
            Relation::Growth => "growth",
            Relation::Change => "change",
            Relation::Difference => "difference",
            Relation::Sum => "sum",
            Relation::Share => "share",
            Relation::Ratio => "ratio",
            Relation::Multiple => "multiple",
            Relation::Product => "product",
            Relation::Points => "points",
        }
    }

    /// The role that the others give: what a text states as the result.
    ///
    /// ```
    /// use tieout::{Relation, Role};
    ///
    /// assert_eq!(Relation::Sum.result(), Role::Total);
    /// ```
    pub const fn result(self) -> Role {
        match self {
            Relation::Conversion => Role::Converted,
            Relation::Growth => Role::Growth,
            Relation::Change => Role::Change,
            Relation::Difference => Role::Difference,
            Relation::Sum => Role::Total,
            Relation::Share => Role::Share,
            Relation::Ratio => Role::Ratio,
            Relation::Multiple => Role::Multiple,
            Relation::Product => Role::Product,
            Relation::Points => Role::Points,
        }
    }

    /// The equation's form.
    const fn equation(self) -> Equation {
        match self {
            Relation::Conversion => Equation::Product { product: Role::Amount, factors: [Role::Rate, Role::Converted] },
            Relation::Growth => Equation::Product { product: Role::Current, factors: [Role::Growth, Role::Prior] },
            Relation::Share => Equation::Product { product: Role::Part, factors: [Role::Share, Role::Whole] },
            Relation::Ratio => Equation::Product { product: Role::Numerator, factors: [Role::Ratio, Role::Denominator] },
            Relation::Multiple => Equation::Product { product: Role::Current, factors: [Role::Multiple, Role::Prior] },
            Relation::Product => Equation::Product { product: Role::Product, factors: [Role::Factor1, Role::Factor2] },
            Relation::Change => Equation::Difference { whole: Role::Current, parts: [Role::Prior, Role::Change] },
            Relation::Difference => Equation::Difference { whole: Role::Minuend, parts: [Role::Subtrahend, Role::Difference] },
            Relation::Points => Equation::Difference { whole: Role::Current, parts: [Role::Prior, Role::Points] },
            Relation::Sum => Equation::Sum,
        }
    }
}

/// The three forms that cover every relation. A growth stands in its product as the factor `1 + growth`.
enum Equation {
    Product { product: Role, factors: [Role; 2] },
    Difference { whole: Role, parts: [Role; 2] },
    Sum,
}

impl fmt::Display for Relation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl fmt::Display for Role {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = match self {
            Role::Addend(n) => return write!(f, "part{n}"),
            Role::Amount => "amount",
            Role::Converted => "converted",
            Role::Rate => "rate",
            Role::Current => "current",
            Role::Prior => "prior",
            Role::Growth => "growth",
            Role::Change => "change",
            Role::Minuend => "minuend",
            Role::Subtrahend => "subtrahend",
            Role::Difference => "difference",
            Role::Total => "total",
            Role::Part => "part",
            Role::Whole => "whole",
            Role::Share => "share",
            Role::Numerator => "numerator",
            Role::Denominator => "denominator",
            Role::Ratio => "ratio",
            Role::Multiple => "multiple",
            Role::Product => "product",
            Role::Factor1 => "factor1",
            Role::Factor2 => "factor2",
            Role::Points => "points",
        };
        f.write_str(name)
    }
}

/// What is known of one figure of a relation: its printed value, and its intervals finely and coarsely read.
///
/// Growths, shares, ratios and points are fractions here: 0.131 for 13.1%.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Operand {
    printed: Interval,
    fine: Interval,
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
    fn sign(&self) -> std::cmp::Ordering {
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
    fn of(agree: impl Fn(Depth, Depth) -> bool) -> Verdict {
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

/// A figure that follows from others: its best value (from the printed values) and everything it can be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Estimate {
    /// Whose place it takes.
    pub role: Role,
    /// The value computed from the printed values; `None` where those are themselves intervals.
    pub value: Option<Ratio>,
    /// Everything it can be: unbounded where a divisor can be zero.
    pub interval: Interval,
}

/// What a judgement found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Judgement {
    /// The verdict.
    pub verdict: Verdict,
    /// The relation's result, computed from its other figures, whether it is stated or not.
    pub computed: Option<Estimate>,
    /// The one operand that is not stated.
    pub implied: Option<Estimate>,
}

/// Figures in their roles under one relation.
///
/// # Example
///
/// "Sales rose 10% to $110 million from $100 million":
///
/// ```
/// use tieout::{Claim, Operand, Printed, Ratio, Reading, Relation, Role, Verdict};
///
/// let money = |digits: &str| Operand::printed(&Printed::whole(digits.parse().unwrap(), 6), Reading::Nearest);
/// let percent = Printed::new("10".parse().unwrap(), 0).scaled(&Ratio::power_of_ten(-2));
/// let claim = Claim::new(Relation::Growth)
///     .with(Role::Prior, money("100"))
///     .with(Role::Current, money("110"))
///     .with(Role::Growth, Operand::printed(&percent, Reading::Nearest));
/// assert_eq!(claim.judge().verdict, Verdict::Ties);
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claim {
    relation: Relation,
    operands: Vec<(Role, Operand)>,
}

impl Claim {
    /// A claim of this relation, with no figures yet.
    ///
    /// ```
    /// use tieout::{Claim, Relation, Role};
    ///
    /// assert_eq!(Claim::new(Relation::Sum).operand(Role::Total), None);
    /// ```
    pub fn new(relation: Relation) -> Claim {
        Claim { relation, operands: Vec::with_capacity(3) }
    }

    /// The claim with one more figure; a figure already in that role is replaced.
    ///
    /// ```
    /// use tieout::{Claim, Operand, Ratio, Relation, Role};
    ///
    /// let exact = |n: i64| Operand::exact(Ratio::from(n));
    /// let claim = Claim::new(Relation::Sum).with(Role::Total, exact(5)).with(Role::Total, exact(6));
    /// assert_eq!(claim.operand(Role::Total), Some(&exact(6)));
    /// ```
    #[must_use]
    pub fn with(mut self, role: Role, operand: Operand) -> Claim {
        self.operands.retain(|(known, _)| *known != role);
        self.operands.push((role, operand));
        self
    }

    /// The relation.
    ///
    /// ```
    /// use tieout::{Claim, Relation};
    ///
    /// assert_eq!(Claim::new(Relation::Sum).relation(), Relation::Sum);
    /// ```
    pub fn relation(&self) -> Relation {
        self.relation
    }

    /// The figure in a role.
    ///
    /// ```
    /// use tieout::{Claim, Operand, Ratio, Relation, Role};
    ///
    /// let exact = |n: i64| Operand::exact(Ratio::from(n));
    /// let claim = Claim::new(Relation::Difference).with(Role::Minuend, exact(7)).with(Role::Subtrahend, exact(5));
    /// assert_eq!(claim.operand(Role::Minuend), Some(&exact(7)));
    /// ```
    pub fn operand(&self, role: Role) -> Option<&Operand> {
        self.operands.iter().find(|(known, _)| *known == role).map(|(_, operand)| operand)
    }

    /// Holds the figures against the relation.
    ///
    /// Complete figures get a verdict; with one missing the claim is unverifiable and the missing figure is implied;
    /// with more missing nothing follows. A growth is not meaningful over a base of zero or less, or between opposite
    /// signs where both amounts are stated.
    ///
    /// ```
    /// use tieout::{Claim, Operand, Ratio, Relation, Role, Verdict};
    ///
    /// let exact = |n: i64| Operand::exact(Ratio::from(n));
    /// let claim = Claim::new(Relation::Difference).with(Role::Minuend, exact(7)).with(Role::Subtrahend, exact(5));
    /// assert_eq!(claim.judge().verdict, Verdict::Unverifiable);
    /// assert_eq!(claim.with(Role::Difference, exact(2)).judge().verdict, Verdict::Ties);
    /// ```
    pub fn judge(&self) -> Judgement {
        let computed = self.estimate(self.relation.result());
        if self.not_meaningful() {
            return Judgement { verdict: Verdict::NotMeaningful, computed: None, implied: None };
        }
        match self.missing() {
            None => Judgement { verdict: self.verdict(), computed, implied: None },
            Some(role) if role == self.relation.result() => Judgement { verdict: Verdict::Unverifiable, computed, implied: None },
            Some(role) => Judgement { verdict: Verdict::Unverifiable, computed: None, implied: self.estimate(role) },
        }
    }

    /// Whether the figures tie, at least within rounding: the first half of [`judge`](Claim::judge) alone.
    #[cfg(feature = "check")]
    pub(crate) fn ties_within_rounding(&self) -> bool {
        let stated = self.operand(self.relation.result()).filter(|_| self.missing().is_none() && !self.not_meaningful());
        // The printed value of an operand need not lie in its interval, under a convention that no writer keeps.
        stated.is_some_and(|stated| self.allows(&stated.fine, Depth::Fine) || self.allows(&stated.fine, Depth::Printed))
    }

    /// What a role must be, from all the others: its best value and its interval. `None` where another is missing.
    ///
    /// ```
    /// use tieout::{Claim, Operand, Ratio, Relation, Role};
    ///
    /// let exact = |n: i64| Operand::exact(Ratio::from(n));
    /// let claim = Claim::new(Relation::Difference).with(Role::Minuend, exact(7)).with(Role::Subtrahend, exact(5));
    /// assert_eq!(claim.estimate(Role::Difference).unwrap().value, Some(Ratio::from(2)));
    /// assert_eq!(claim.estimate(Role::Minuend), None);
    /// ```
    pub fn estimate(&self, role: Role) -> Option<Estimate> {
        let interval = self.solve(role, Depth::Fine)?;
        let value = self.solve(role, Depth::Printed).filter(Interval::is_point).and_then(|point| point.low().value().cloned());
        Some(Estimate { role, value, interval })
    }

    fn verdict(&self) -> Verdict {
        match self.operand(self.relation.result()) {
            Some(stated) => Verdict::of(|depth, reading| self.allows(stated.at(reading), depth)),
            None => Verdict::Unverifiable,
        }
    }

    /// Whether the operands at one depth satisfy the relation with some value of a stated result.
    fn allows(&self, stated: &Interval, depth: Depth) -> bool {
        let result = self.relation.result();
        if let Some((dividend, divisor)) = self.quotient_for(result, depth)
            && divisor.recip().is_none()
        {
            // A divisor that can be zero bounds no quotient; the equation itself still tells.
            return divisor.mul(&self.as_factor(result, stated)).meets(&dividend);
        }
        self.solve(result, depth).is_some_and(|computed| computed.meets(stated))
    }

    /// The division that gives one factor of a product; `None` for another role, or where an operand is missing.
    fn quotient_for(&self, wanted: Role, depth: Depth) -> Option<(Interval, Interval)> {
        let Equation::Product { product, factors: [first, second] } = self.relation.equation() else { return None };
        let other = if wanted == first { second } else { first };
        (wanted != product).then_some(())?;
        Some((self.operand(product)?.at(depth).clone(), self.as_factor(other, self.operand(other)?.at(depth))))
    }

    fn not_meaningful(&self) -> bool {
        if self.relation != Relation::Growth {
            return false;
        }
        let (prior, current) = (self.operand(Role::Prior), self.operand(Role::Current));
        let bad_base = prior.is_some_and(|prior| prior.sign().is_le());
        let turned = prior.is_some() && current.is_some_and(|current| current.sign().is_lt());
        bad_base || turned
    }

    /// The first role without a figure.
    fn missing(&self) -> Option<Role> {
        let roles: &[Role] = match self.relation.equation() {
            Equation::Product { product, factors: [first, second] } => &[product, first, second],
            Equation::Difference { whole, parts: [first, second] } => &[whole, first, second],
            Equation::Sum => &[Role::Total, Role::Addend(1)],
        };
        roles.iter().copied().find(|role| self.operand(*role).is_none())
    }

    /// Every value that a role can have, given the others at one depth. A divisor that can be zero leaves it
    /// unbounded; `None` where another figure is missing.
    fn solve(&self, wanted: Role, depth: Depth) -> Option<Interval> {
        let get = |role: Role| self.operand(role).map(|operand| operand.at(depth));
        match self.relation.equation() {
            Equation::Product { product, factors } => {
                let factor = |role: Role| get(role).map(|interval| self.as_factor(role, interval));
                if wanted == product {
                    return Some(factor(factors[0])?.mul(&factor(factors[1])?));
                }
                let (dividend, divisor) = self.quotient_for(wanted, depth)?;
                let quotient = dividend.checked_div(&divisor).unwrap_or(Interval::ALL);
                Some(if wanted == Role::Growth { quotient.sub(&Interval::point(Ratio::ONE)) } else { quotient })
            }
            Equation::Difference { whole, parts } => {
                if wanted == whole {
                    return Some(get(parts[0])?.add(get(parts[1])?));
                }
                let other = if parts[0] == wanted { parts[1] } else { parts[0] };
                Some(get(whole)?.sub(get(other)?))
            }
            Equation::Sum => {
                let parts = self.operands.iter().filter(|(role, _)| *role != Role::Total && *role != wanted);
                let sum = parts.map(|(_, operand)| operand.at(depth).clone()).reduce(|sum, part| sum.add(&part));
                if wanted == Role::Total { sum } else { Some(get(Role::Total)?.sub(&sum.unwrap_or(Interval::point(Ratio::ZERO)))) }
            }
        }
    }

    fn as_factor(&self, role: Role, interval: &Interval) -> Interval {
        if role == Role::Growth { interval.add(&Interval::point(Ratio::ONE)) } else { interval.clone() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn amount(digits: &str) -> Operand {
        Operand::printed(&Printed::whole(digits.parse().unwrap(), 0), Reading::Nearest)
    }

    fn percent(digits: &str) -> Operand {
        Operand::printed(&Printed::new(digits.parse().unwrap(), 0).scaled(&Ratio::power_of_ten(-2)), Reading::Nearest)
    }

    #[track_caller]
    fn assert_growth(prior: &str, current: &str, growth: &str, expected: Verdict) {
        let claim = Claim::new(Relation::Growth)
            .with(Role::Prior, amount(prior))
            .with(Role::Current, amount(current))
            .with(Role::Growth, percent(growth));
        assert_eq!(claim.judge().verdict, expected, "{prior} to {current}, {growth}%");
    }

    /// Rule: printed values decide first, then their intervals, then the coarse reading.
    #[test]
    fn a_growth_ties_by_printed_values_then_within_rounding_then_coarsely() {
        assert_growth("80", "81", "1.25", Verdict::Ties);
        assert_growth("14", "28", "96", Verdict::TiesWithinRounding);
        assert_growth("100", "110", "14", Verdict::TiesCoarsely);
        assert_growth("100", "110", "40", Verdict::DoesNotTie);
    }

    /// Rule: over a divisor that can be zero the equation itself decides: 3 × 0 is not 5, whatever 5 ÷ 0 may be.
    #[test]
    fn a_quotient_over_zero_is_judged_by_its_product() {
        let exact = |n: i64| Operand::exact(Ratio::from(n));
        let margin = |numerator: Operand, denominator: Operand, ratio: i64| {
            let claim = Claim::new(Relation::Ratio).with(Role::Numerator, numerator).with(Role::Denominator, denominator);
            claim.with(Role::Ratio, exact(ratio)).judge().verdict
        };
        assert_eq!(margin(exact(5), exact(0), 3), Verdict::DoesNotTie);
        assert_eq!(margin(amount("5"), amount("0"), 3), Verdict::DoesNotTie);
        assert_eq!(margin(amount("5"), amount("0"), 9), Verdict::TiesWithinRounding);
        assert_eq!(margin(amount("5"), amount("0"), -9), Verdict::TiesWithinRounding);
        assert_eq!(margin(exact(0), exact(0), 3), Verdict::Ties);
        let multiple = Claim::new(Relation::Multiple).with(Role::Current, exact(5)).with(Role::Prior, exact(0));
        assert_eq!(multiple.with(Role::Multiple, exact(2)).judge().verdict, Verdict::DoesNotTie);
    }

    /// Rule: one common point is enough. 1.5/0.5 is the end of both.
    #[test]
    fn one_common_point_is_enough() {
        assert_growth("1", "1", "199.5", Verdict::TiesWithinRounding);
        assert_growth("1", "1", "201", Verdict::DoesNotTie);
    }

    /// Rule: a base of zero or less, or opposite signs, is not meaningful.
    #[test]
    fn a_growth_over_a_base_of_zero_or_less_is_not_meaningful() {
        assert_growth("-5", "4", "25", Verdict::NotMeaningful);
        assert_growth("0", "4", "25", Verdict::NotMeaningful);
        assert_growth("5", "-4", "-180", Verdict::NotMeaningful);
    }

    /// Rule: with one amount stated the other is implied, whatever its sign. -5/(1 - 1.5) = 10.
    #[test]
    fn a_fall_of_more_than_a_hundred_percent_implies_a_positive_prior() {
        let claim = Claim::new(Relation::Growth).with(Role::Current, amount("-5")).with(Role::Growth, percent("-150"));
        let judgement = claim.judge();
        assert_eq!(judgement.verdict, Verdict::Unverifiable);
        assert_eq!(judgement.implied.unwrap().value, Some(Ratio::from(10)));
    }

    /// Rule: a sum ties when the intervals meet. 12 + 45 against 58: the example of XBRL Calculations 1.1.
    #[test]
    fn a_sum_ties_when_the_intervals_meet() {
        let sum = |total| {
            Claim::new(Relation::Sum)
                .with(Role::Total, amount(total))
                .with(Role::Addend(1), amount("12"))
                .with(Role::Addend(2), amount("45"))
        };
        assert_eq!(sum("57").judge().verdict, Verdict::Ties);
        assert_eq!(sum("58").judge().verdict, Verdict::TiesWithinRounding);
        assert_eq!(sum("59").judge().verdict, Verdict::DoesNotTie);
    }

    /// Rule: a direction is a growth of that sign; its size is computed.
    #[test]
    fn a_direction_is_judged_by_its_sign() {
        let up = Operand::within(Interval::new(End::Open(Ratio::ZERO), End::Unbounded).unwrap());
        let claim = |prior, current| {
            Claim::new(Relation::Growth)
                .with(Role::Prior, amount(prior))
                .with(Role::Current, amount(current))
                .with(Role::Growth, up.clone())
        };
        assert_eq!(claim("4", "5").judge().verdict, Verdict::Ties);
        assert_eq!(claim("5", "5").judge().verdict, Verdict::TiesWithinRounding);
        assert_eq!(claim("7", "5").judge().verdict, Verdict::DoesNotTie);
        assert_eq!(claim("4", "5").judge().computed.unwrap().value, Ratio::new(1, 4));
    }
}
