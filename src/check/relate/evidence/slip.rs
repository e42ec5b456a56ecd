//! Is what does not fit one slip away from fitting?

use super::Evidence;
use crate::check::diagnose;
use crate::check::judge;
use crate::check::relate::{Draft, digit};
use crate::check::report::Slip;
use crate::exact::Ratio;
use crate::printed::{Printed, Reading};
use crate::relation::{Relation, Role};
use rust_decimal::Decimal;

impl Evidence<'_, '_> {
    /// Whether two digits transposed or a power of ten would explain that a claim does not tie.
    pub(super) fn is_one_slip_away(&self, draft: &Draft) -> bool {
        self.is_explained(draft, &[Slip::TransposedDigits, Slip::Factor10, Slip::Factor100, Slip::Factor1000, Slip::Factor1e4])
    }

    /// Whether another scale word would: thousands for millions, 万 for 亿.
    pub(super) fn is_one_scale_away(&self, draft: &Draft) -> bool {
        self.is_explained(draft, &[Slip::Factor1000, Slip::Factor1e4, Slip::Factor1e8])
    }

    /// Whether any one slip would.
    pub(super) fn is_explained_by_any(&self, draft: &Draft) -> bool {
        !diagnose::diagnose(draft, self.figures, Reading::Nearest).is_empty()
    }

    fn is_explained(&self, draft: &Draft, slips: &[Slip]) -> bool {
        diagnose::diagnose(draft, self.figures, Reading::Nearest).iter().any(|diagnosis| slips.contains(&diagnosis.slip))
    }

    /// Whether one digit of one figure, replaced, makes a sum or a difference tie.
    pub(super) fn is_one_digit_away(&self, draft: &Draft) -> bool {
        draft.roles.iter().any(|(role, figure)| self.has_wrong_digit(draft, *role, *figure).unwrap_or(false))
    }

    /// Whether any one slip would, or one digit replaced.
    pub(super) fn is_one_mistake_away(&self, draft: &Draft) -> bool {
        self.is_explained_by_any(draft) || digit::is_one_away(draft, self.figures)
    }

    fn has_wrong_digit(&self, draft: &Draft, role: Role, index: usize) -> Option<bool> {
        let figure = self.get(index)?;
        let unit = figure.printed.granularity();
        let needed = self.needed(draft, role)?.abs().checked_div(unit)?;
        let mantissa = figure.digits.mantissa().unsigned_abs();
        let wanted = needed.to_decimal()?.round().mantissa().unsigned_abs();
        let (old, new) = (mantissa.to_string(), wanted.to_string());
        let changed = old.bytes().zip(new.bytes()).filter(|(a, b)| a != b).count();
        if old.len() != new.len() || changed != 1 {
            return Some(false);
        }
        let digits = Decimal::try_from_i128_with_scale(i128::try_from(wanted).ok()?, figure.digits.scale()).ok()?;
        let printed = Printed::new(digits, figure.power);
        let printed = if figure.printed.value().is_negative() { printed.negated() } else { printed };
        let replaced = |known: Role, _: &Printed| (known == role).then(|| printed.clone());
        Some(judge::claim(draft, self.figures, Reading::Nearest, replaced).ties_within_rounding())
    }

    /// What a figure must be for the printed values of the others.
    fn needed(&self, draft: &Draft, wanted: Role) -> Option<Ratio> {
        let whole = match draft.relation {
            Relation::Sum => Role::Total,
            Relation::Difference => Role::Minuend,
            _ => return None,
        };
        let value = |index: usize| self.get(index).map(|figure| figure.printed.value().clone());
        let mut rest = Ratio::ZERO;
        for (role, index) in &draft.roles {
            match *role {
                role if role == wanted => {}
                role if role == whole => rest = &rest + &value(*index)?,
                _ => rest = &rest - &value(*index)?,
            }
        }
        Some(if wanted == whole { &Ratio::ZERO - &rest } else { rest })
    }
}
