//! Which single slip would explain that a claim does not tie?

use super::figure::Figure;
use super::judge::{self, unit_factor};
use super::relate::Draft;
use super::report::{Diagnosis, Slip};
use crate::exact::{Interval, Ratio};
use crate::printed::{Printed, Reading};
use crate::relation::{Depth, Operand, Relation, Role, Verdict};

/// Every slip that would explain a claim, likeliest first.
pub(crate) fn diagnose(draft: &Draft, figures: &[Figure], reading: Reading) -> Vec<Diagnosis> {
    let case = Case { draft, figures, reading };
    if draft.direction.is_some() {
        // Only a word can be wrong, or the order of the figures.
        return case.wrong_sign().into_iter().chain(case.swapped_periods()).collect();
    }
    let mut found = Vec::new();
    found.extend(case.wrong_sign());
    found.extend(case.factors());
    found.extend(case.percent_for_points());
    found.extend(case.swapped_periods());
    found.extend(case.divided_by_current());
    found.extend(case.transposed_digits());
    found.extend(case.truncated());
    found
}

struct Case<'a> {
    draft: &'a Draft,
    figures: &'a [Figure],
    reading: Reading,
}

impl Case<'_> {
    fn result(&self) -> Option<(Role, usize)> {
        self.draft.roles.iter().copied().find(|(role, _)| *role == self.draft.relation.result())
    }

    fn figure(&self, role: Role) -> Option<(usize, &Figure)> {
        let (_, index) = self.draft.roles.iter().find(|(known, _)| *known == role)?;
        Some((*index, self.figures.get(*index)?))
    }

    /// Whether the claim ties, at least within rounding, with one figure replaced.
    fn ties_with(&self, replaced: Role, by: &Printed) -> bool {
        judge::claim(self.draft, self.figures, self.reading, |role, _| (role == replaced).then(|| by.clone())).ties_within_rounding()
    }

    fn tried(&self, slip: Slip, role: Role, index: usize, by: &Printed) -> Option<Diagnosis> {
        self.ties_with(role, by).then(|| Diagnosis { slip, figure: Some(index), instead: Some(by.value().clone()) })
    }

    /// The result has the other sign.
    fn wrong_sign(&self) -> Option<Diagnosis> {
        let Some((role, index)) = self.result() else {
            // A word of direction that says the contrary.
            return self.draft.direction.map(|_| Diagnosis { slip: Slip::WrongSign, figure: None, instead: None });
        };
        let printed = self.figures.get(index)?.printed.clone().negated();
        self.tried(Slip::WrongSign, role, index, &printed)
    }

    /// One figure is off by a power of ten; those of ten thousand are slips between scales of East and West.
    fn factors(&self) -> Vec<Diagnosis> {
        let factors = [(Slip::Factor1000, 3), (Slip::Factor10, 1), (Slip::Factor100, 2), (Slip::Factor1e4, 4), (Slip::Factor1e8, 8)];
        let tries = factors.into_iter().flat_map(|(slip, power)| [(slip, power), (slip, -power)]);
        tries
            .flat_map(|(slip, power)| {
                let factor = Ratio::power_of_ten(power);
                self.draft.roles.iter().filter_map(move |(role, index)| {
                    let scaled = self.figures.get(*index)?.printed.scaled(&factor);
                    self.tried(slip, *role, *index, &scaled)
                })
            })
            .collect()
    }

    /// The difference of two percentages is printed with a percent sign, or a growth as points.
    fn percent_for_points(&self) -> Option<Diagnosis> {
        let (role, index) = self.result()?;
        let (_, current) = self.figure(Role::Current)?;
        let (_, prior) = self.figure(Role::Prior)?;
        let (current, prior) = (current.printed.value(), prior.printed.value());
        let instead = match self.draft.relation {
            Relation::Points => &current.checked_div(prior)? - &Ratio::ONE,
            _ => return None,
        };
        let stated = self.stated(role, index)?;
        stated.contains(&instead).then(|| Diagnosis { slip: Slip::PercentForPoints, figure: Some(index), instead: Some(current - prior) })
    }

    fn stated(&self, _role: Role, index: usize) -> Option<Interval> {
        let figure = self.figures.get(index)?;
        Some(figure.printed.scaled(&unit_factor(figure.kind)).interval(self.reading))
    }

    /// Prior and current have changed places.
    fn swapped_periods(&self) -> Option<Diagnosis> {
        self.figure(Role::Current)?;
        self.figure(Role::Prior)?;
        let swap = |role: Role| match role {
            Role::Current => Role::Prior,
            Role::Prior => Role::Current,
            other => other,
        };
        let roles = self.draft.roles.iter().map(|(role, index)| (swap(*role), *index)).collect();
        let swapped = Draft { roles, ..self.draft.clone() };
        let judgement = judge::judge(&swapped, self.figures, self.reading);
        matches!(judgement.verdict, Verdict::Ties | Verdict::TiesWithinRounding).then_some(Diagnosis {
            slip: Slip::SwappedPeriods,
            figure: None,
            instead: None,
        })
    }

    /// The change was divided by the current figure.
    fn divided_by_current(&self) -> Option<Diagnosis> {
        if self.draft.relation != Relation::Growth {
            return None;
        }
        let (role, index) = self.result()?;
        let operand = |role| self.figure(role).and_then(|(index, _)| judge::operand(self.figures, index, self.reading));
        let (current, prior): (Operand, Operand) = (operand(Role::Current)?, operand(Role::Prior)?);
        let wrong = Interval::point(Ratio::ONE).sub(&prior.at(Depth::Printed).checked_div(current.at(Depth::Printed))?);
        let right = current.at(Depth::Printed).checked_div(prior.at(Depth::Printed))?.sub(&Interval::point(Ratio::ONE));
        let instead = right.low().value()? * &Ratio::from(100);
        wrong.meets(&self.stated(role, index)?).then_some(Diagnosis {
            slip: Slip::DividedByCurrent,
            figure: Some(index),
            instead: Some(instead),
        })
    }

    /// Two neighbouring digits of one figure have changed places.
    fn transposed_digits(&self) -> Vec<Diagnosis> {
        let tries = self.draft.roles.iter().filter_map(|(role, index)| Some((*role, *index, self.figures.get(*index)?)));
        tries
            .flat_map(|(role, index, figure)| {
                let digits = figure.digits.mantissa().unsigned_abs().to_string().into_bytes();
                let swaps = (0..digits.len().saturating_sub(1)).filter_map(move |at| {
                    let mut swapped = digits.clone();
                    swapped.swap(at, at + 1);
                    let mantissa = std::str::from_utf8(&swapped).ok()?.parse::<i128>().ok()?;
                    rust_decimal::Decimal::try_from_i128_with_scale(mantissa, figure.digits.scale()).ok().filter(|d| *d != figure.digits)
                });
                swaps.filter_map(move |digits| {
                    let printed = Printed::new(digits, figure.power);
                    let printed = if figure.printed.value().is_negative() { printed.negated() } else { printed };
                    self.tried(Slip::TransposedDigits, role, index, &printed)
                })
            })
            .collect()
    }

    /// The result was cut off instead of rounded.
    fn truncated(&self) -> Option<Diagnosis> {
        let (_, index) = self.result()?;
        let judgement = judge::judge(self.draft, self.figures, Reading::Truncated);
        (matches!(judgement.verdict, Verdict::Ties) && self.reading != Reading::Truncated).then_some(Diagnosis {
            slip: Slip::Truncated,
            figure: Some(index),
            instead: None,
        })
    }
}
