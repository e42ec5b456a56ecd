//! Figures in their roles: the verdict on them, and what the missing one must be.

use super::{Depth, Equation, Operand, Relation, Role, Verdict};
use crate::exact::{Interval, Ratio};

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
    use crate::exact::End;
    use crate::printed::{Printed, Reading};

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
