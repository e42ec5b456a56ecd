//! A share or a margin whose whole is not named beside it.

use super::{Evidence, LEVELS};
use crate::check::relate::Draft;
use crate::relation::{Relation, Role};

impl Evidence<'_, '_> {
    /// "The group has 4,600 shops. Of these 3,128 are franchised, 68% of all": the levels of the unit close by are the
    /// candidates, and the only one that fits is the whole.
    pub(super) fn shares(&mut self, at: usize) {
        let Some(figures) = self.passages.get(at).map(|passage| passage.figures.clone()) else { return };
        let open = |claim: &usize| self.claims.get(*claim).is_some_and(|claim| claim.roles.len() == 2);
        let of = |figure: usize| self.claim_of(figure, Relation::Share).or_else(|| self.claim_of(figure, Relation::Ratio));
        let found: Vec<usize> = figures.filter_map(of).filter(open).take(LEVELS).collect();
        for claim in found {
            if let Some(complete) = self.claims.get(claim).cloned().and_then(|claim| self.with_whole(at, &claim))
                && let Some(claim) = self.claims.get_mut(claim)
            {
                *claim = complete;
            }
        }
    }

    /// The claim with its whole: the only level that fits, or the only one there is and one slip between.
    fn with_whole(&self, at: usize, claim: &Draft) -> Option<Draft> {
        let (part_role, whole_role) = match claim.relation {
            Relation::Share => (Role::Part, Role::Whole),
            _ => (Role::Numerator, Role::Denominator),
        };
        let part = claim.figure(part_role).filter(|_| claim.figure(whole_role).is_none())?;
        let levels = [Some(at), self.beside(at, at.checked_sub(1))].into_iter().flatten().flat_map(|passage| self.levels(passage));
        let larger = |level: &usize| self.same_unit(part, *level) && self.size(*level) > self.size(part);
        let wholes: Vec<usize> = levels.filter(larger).collect();
        let with = |whole: &usize| {
            let mut roles = claim.roles.clone();
            roles.insert(1, (whole_role, *whole));
            Draft { roles, tentative: true, ..claim.clone() }
        };
        let mut fitting = wholes.iter().map(with).filter(|draft| self.fits(draft));
        if let Some(only) = fitting.next() {
            return fitting.next().is_none().then_some(only);
        }
        let [whole] = wholes.as_slice() else { return None };
        Some(with(whole)).filter(|draft| *whole < part && self.is_one_slip_away(draft))
    }
}
