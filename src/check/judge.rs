//! Judges drafts: figures become operands, operands become a claim of the library.

use super::figure::{Figure, Kind, RangeEnd, Unit};
use super::relate::Draft;
use crate::exact::{End, Interval, Ratio};
use crate::printed::{Printed, Reading};
use crate::relation::{Claim, Judgement, Operand, Relation, Role};
use std::cmp::Ordering;

/// The factor that turns a figure's unit into the fraction the equations use.
pub(crate) fn unit_factor(kind: Kind) -> Ratio {
    match kind {
        Kind::Percent | Kind::Points => Ratio::power_of_ten(-2),
        Kind::BasisPoints => Ratio::power_of_ten(-4),
        _ => Ratio::ONE,
    }
}

/// A figure as an operand; the upper end of a range stands for the whole range.
pub(crate) fn operand(figures: &[Figure], index: usize, reading: Reading) -> Option<Operand> {
    let figure = figures.get(index)?;
    let factor = unit_factor(figure.kind);
    let own = figure.printed.scaled(&factor);
    if figure.range == Some(RangeEnd::High)
        && let Some(low) = index.checked_sub(1).and_then(|low| figures.get(low)).filter(|low| low.range == Some(RangeEnd::Low))
    {
        return Some(Operand::range(&low.printed.scaled(&factor), &own, reading));
    }
    Some(Operand::printed(&own, reading))
}

/// The claim of a draft, each figure as it is, or as `replace` gives it.
pub(crate) fn claim(draft: &Draft, figures: &[Figure], reading: Reading, replace: impl Fn(Role, &Printed) -> Option<Printed>) -> Claim {
    let mut claim = Claim::new(draft.relation);
    for (role, index) in &draft.roles {
        let Some(figure) = figures.get(*index) else { continue };
        let replaced = replace(*role, &figure.printed).map(|printed| Operand::printed(&printed.scaled(&unit_factor(figure.kind)), reading));
        let Some(mut operand) = replaced.or_else(|| operand(figures, *index, reading)) else { continue };
        if draft.of_loss && matches!(role, Role::Current | Role::Prior) {
            operand = operand.negated();
        }
        claim = claim.with(*role, operand);
    }
    match direction(draft) {
        Some(direction) => claim.with(draft.relation.result(), direction),
        None => claim,
    }
}

/// Judges a draft that is no conversion.
pub(crate) fn judge(draft: &Draft, figures: &[Figure], reading: Reading) -> Judgement {
    claim(draft, figures, reading, |_, _| None).judge()
}

/// The result that a word of direction states.
fn direction(draft: &Draft) -> Option<Operand> {
    let half_percent = || Ratio::new(5, 1000).unwrap_or(Ratio::ZERO);
    let interval = match draft.direction? {
        Ordering::Greater => Interval::new(End::Open(Ratio::ZERO), End::Unbounded)?,
        Ordering::Less => Interval::new(End::Unbounded, End::Open(Ratio::ZERO))?,
        Ordering::Equal => Interval::around(&Ratio::ZERO, &half_percent()),
    };
    Some(Operand::within(interval))
}

/// The unit in which a role's estimate is given, and the factor from the equation's fraction to it.
pub(crate) fn estimate_unit(relation: Relation, role: Role, draft: &Draft, figures: &[Figure]) -> (Unit, Ratio) {
    let stated = draft.roles.iter().find(|(known, _)| *known == role).and_then(|(_, index)| figures.get(*index));
    let hundred = || Ratio::from(100);
    if let Some(figure) = stated {
        return (figure.unit.clone(), unit_factor(figure.kind).recip().unwrap_or(Ratio::ONE));
    }
    match (relation, role) {
        (_, Role::Growth | Role::Share) | (Relation::Ratio, Role::Ratio) => (Unit::Percent, hundred()),
        (_, Role::Points) => (Unit::Points, hundred()),
        (_, Role::Multiple) => (Unit::Times, Ratio::ONE),
        (Relation::Points, _) => (Unit::Percent, hundred()),
        (Relation::Conversion, Role::Converted) => (Unit::None, Ratio::ONE),
        _ => {
            let level = draft.roles.iter().filter_map(|(_, index)| figures.get(*index)).find(|figure| figure.is_level());
            (level.map_or(Unit::None, |figure| figure.unit.clone()), Ratio::ONE)
        }
    }
}
