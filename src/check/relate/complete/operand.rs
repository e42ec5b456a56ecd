//! The amount that a stated result lacks: what was before, or what is now.

use super::super::Draft;
use super::super::slot::Slot;
use super::fit::{self, Fit, Slips};
use super::scene::{Scene, Time};
use super::{Trial, is_open, levels};
use crate::relation::{Relation, Role};

impl Scene<'_, '_> {
    /// Looks for the amount that a stated result lacks. The one it has may turn out to be the prior.
    pub(super) fn find_operand(&mut self, claim: usize) {
        let Some(draft) = self.claim(claim).filter(|draft| is_open(draft)).cloned() else { return };
        // No growth at all fits whatever is as large.
        if draft.figure(draft.relation.result()).is_some_and(|result| self.get(result).is_some_and(|result| result.flat)) {
            return;
        }
        let near = self.near(&draft);
        let trials = match levels(&draft) {
            (Some(current), None) => {
                let mut trials = self.priors(claim, &draft, current, &near);
                trials.extend(self.exchanges(claim, &draft, current, &near));
                trials
            }
            (None, Some(prior)) => self.currents(claim, &draft, prior, &near),
            _ => return,
        };
        self.settle(claim, trials);
    }

    /// A prior of another sentence that does not tie gives way to one that does.
    pub(super) fn review_prior(&mut self, claim: usize) {
        let Some(draft) = self.claim(claim).filter(|draft| draft.roles.len() > 2).cloned() else { return };
        let (Some(current), Some(prior)) = levels(&draft) else { return };
        if self.sentence_of(current) == self.sentence_of(prior)
            || matches!(fit::fit(&draft, self.figures, Slips::None), Some(Fit::Ties { .. }))
        {
            return;
        }
        let mut open = draft.clone();
        open.roles.retain(|(role, _)| *role != Role::Prior);
        self.replace(claim, open);
        self.find_operand(claim);
        if self.claim(claim).is_some_and(is_open) {
            self.replace(claim, draft);
        }
    }

    /// The claim with each figure nearby as its prior.
    fn priors(&mut self, claim: usize, draft: &Draft, current: usize, near: &[usize]) -> Vec<Trial> {
        let mut trials = Vec::new();
        for prior in near.iter().copied() {
            let time = self.time_beside(prior, current);
            // "after 5.83 million in 2022 the past year saw 6.27 million": the year that is named is the earlier one.
            let dated = self.sentence(prior).year_of(prior).is_some() && self.sentence(current).year_of(current).is_none();
            let turned = !dated && self.time_beside(current, prior) == Some(Time::Before) && time != Some(Time::Before);
            let free = !turned && self.is_free_for(Role::Prior, prior, current, claim);
            if free && time != Some(Time::After) && self.may_join(prior, current, time) {
                let mut roles = draft.roles.clone();
                roles.insert(1, (Role::Prior, prior));
                trials.extend(self.trial(Draft { roles, ..draft.clone() }, time == Some(Time::Before), prior, current));
            }
        }
        trials
    }

    /// The claim with its amount as the prior, and each figure nearby as the current one.
    fn exchanges(&mut self, claim: usize, draft: &Draft, prior: usize, near: &[usize]) -> Vec<Trial> {
        let mut trials = Vec::new();
        for current in near.iter().copied() {
            let time = self.time_beside(prior, current);
            if self.may_join(current, prior, time) && self.is_free_for(Role::Current, current, prior, claim) && time != Some(Time::After) {
                let told = time == Some(Time::Before) || self.sentence(prior).is_compared_with(prior);
                let result = draft.roles.iter().copied().filter(|(role, _)| *role == draft.relation.result());
                let roles = [(Role::Current, current), (Role::Prior, prior)].into_iter().chain(result).collect();
                trials.extend(self.trial(Draft { roles, ..draft.clone() }, told, prior, current));
            }
        }
        trials
    }

    /// The claim with each figure nearby as the current one.
    fn currents(&mut self, claim: usize, draft: &Draft, prior: usize, near: &[usize]) -> Vec<Trial> {
        let mut trials = Vec::new();
        for current in near.iter().copied() {
            let time = self.time_beside(current, prior);
            if self.may_join(current, prior, time) && self.is_free_for(Role::Current, current, prior, claim) && time != Some(Time::Before) {
                let mut roles = draft.roles.clone();
                roles.insert(0, (Role::Current, current));
                trials.extend(self.trial(Draft { roles, ..draft.clone() }, false, current, prior));
            }
        }
        trials
    }

    /// A trial in which a figure joins another. Beside a loss it is one, unless its own words say otherwise.
    fn trial(&mut self, draft: Draft, told: bool, joining: usize, own: usize) -> Option<Trial> {
        let (result, prior) = (draft.figure(draft.relation.result())?, draft.figure(Role::Prior)?);
        let negative = |scene: &Self, figure: usize| scene.get(figure).is_some_and(|figure| figure.printed.value().is_negative());
        let loss = draft.of_loss && negative(self, own) && !negative(self, joining) && !self.sentence(joining).is_gained(joining);
        self.agree(result, prior).then(|| Trial { sign: loss.then_some((joining, true)), ..Trial::of(draft, told) })
    }

    /// The time of a figure seen from another; `None` where they have nothing in common.
    fn time_beside(&mut self, figure: usize, other: usize) -> Option<Time> {
        let same = self.get(figure).zip(self.get(other)).is_some_and(|(a, b)| a.same_unit(b));
        same.then(|| self.time(figure, other))
    }

    /// Whether a figure may be one thing with another: in like units, of like name, stated as a fact, in one paragraph
    /// unless its time ties it to what was said before.
    fn may_join(&mut self, figure: usize, other: usize, time: Option<Time>) -> bool {
        let Some(time) = time else { return false };
        let differs = self.get(figure).zip(self.get(other)).is_some_and(|(a, b)| a.printed.value() != b.printed.value());
        differs && self.may_be_one(figure, other) && (time == Time::Before || !self.is_apart(figure, other)) && self.is_stated_level(figure)
    }

    /// Whether a claim states another result than one that is open.
    fn is_other(&self, claim: usize, open: usize) -> bool {
        let relation = |claim: usize| self.claim(claim).map(|draft| draft.relation);
        relation(claim) != relation(open) || self.claim(claim).is_some_and(is_open)
    }

    /// Whether what a figure is used for allows it this role beside another figure.
    fn is_free_for(&self, role: Role, figure: usize, other: usize, claim: usize) -> bool {
        // Named as a part or a balance, and in no claim.
        if self.slot(figure) == Slot::Taken && self.is_free(figure) {
            return false;
        }
        let partner = |claim: usize, role: Role| self.claim(claim).and_then(|draft| draft.figure(role));
        self.roles(figure).is_some_and(|roles| {
            roles.into_iter().all(|(of, relation, used)| match used {
                _ if of == claim => true,
                Role::Amount => true,
                // One prior has one growth, and perhaps a change.
                Role::Prior => role == Role::Prior && partner(of, Role::Current) == Some(other) && self.is_other(of, claim),
                Role::Current => role == Role::Current && partner(of, Role::Prior).is_none_or(|prior| prior == other),
                _ => relation == Relation::Difference,
            })
        })
    }
}
