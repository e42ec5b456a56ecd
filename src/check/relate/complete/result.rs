//! The result that was stated apart from its two amounts.

use super::super::Draft;
use super::super::slot::Slot;
use super::fit::Slips;
use super::scene::Scene;
use super::{Trial, fit, is_open, levels};
use crate::check::figure::Kind;
use crate::check::scan::TokenKind;
use crate::relation::{Relation, Role};

impl Scene<'_, '_> {
    /// Looks for the size of a growth between two amounts that was stated without.
    pub(super) fn find_result(&mut self, claim: usize) {
        let Some(draft) = self.claim(claim).filter(|draft| is_open(draft)).cloned() else { return };
        let (Some(current), Some(prior)) = levels(&draft) else { return };
        let near = self.near(&draft);
        let mut trials = Vec::new();
        for result in near {
            trials.extend(self.with_result(&draft, current, prior, result));
        }
        self.settle(claim, trials);
    }

    /// The claim with a figure as its result, of either sign where none is said.
    fn with_result(&mut self, draft: &Draft, current: usize, prior: usize, result: usize) -> Vec<Trial> {
        let Some(own) = self.get(result).filter(|own| own.range.is_none() && !own.flat) else { return Vec::new() };
        let percentages = self.get(current).is_some_and(|current| current.kind == Kind::Percent);
        let (relation, role) = match own.kind {
            Kind::Percent if !percentages => (Relation::Growth, Role::Growth),
            Kind::Points | Kind::BasisPoints if percentages => (Relation::Points, Role::Points),
            Kind::Multiple if !percentages => (Relation::Multiple, Role::Multiple),
            _ => return Vec::new(),
        };
        let (signed, negative) = (own.signed, own.printed.value().is_negative());
        let moved = self.is_free_to_move(result);
        if !(self.is_free(result) || moved.is_some()) || self.slot(result) == Slot::Taken || !self.may_be_one(current, result) {
            return Vec::new();
        }
        if self.sentence(result).is_expected(result) || !self.agree(result, prior) {
            return Vec::new();
        }
        let here = self.sentence_of(result) == self.sentence_of(current) || self.sentence_of(result) == self.sentence_of(prior);
        let by = self.sentence(result).is_led_by_size(result);
        let announced = here && self.sentence(result).is_announced(result);
        let said = self.slot(result) != Slot::Loose || relation != Relation::Growth || by || announced;
        let told = match moved {
            Some(moved) => here && self.leaves_change(moved, draft),
            None => said && (here || self.stands_alone(result)),
        };
        let roles = vec![(Role::Current, current), (Role::Prior, prior), (role, result)];
        let whole = Draft { relation, roles, direction: None, ..draft.clone() };
        let mut trials = vec![Trial { instead: moved, announced, ..Trial::of(whole.clone(), told) }];
        if (!said || by && self.slot(result) == Slot::Loose) && !signed {
            trials.push(Trial { sign: Some((result, !negative)), instead: moved, ..Trial::of(whole, false) });
        }
        trials
    }

    /// "90 million, or 25%, more, to 450 million, after 360 million": whether the amount that a growth would leave is the
    /// change between the two it joins, whichever is the prior.
    fn leaves_change(&self, moved: usize, draft: &Draft) -> bool {
        let Some(left) = self.claim(moved).and_then(|moved| moved.figure(Role::Current)) else { return false };
        let (Some(current), Some(prior)) = levels(draft) else { return false };
        let same = self.get(left).zip(self.get(current)).is_some_and(|(a, b)| a.same_unit(b));
        let whole =
            |current, prior| Draft::new(Relation::Change, vec![(Role::Current, current), (Role::Prior, prior), (Role::Change, left)]);
        let ties = |draft: &Draft| fit::fit(draft, self.figures, Slips::None).is_some();
        same && left != current && left != prior && (ties(&whole(current, prior)) || ties(&whole(prior, current)))
    }

    /// Whether no other amount stands in the sentence of a figure.
    pub(super) fn stands_alone(&self, figure: usize) -> bool {
        const MOST: usize = 4;
        let sentence = self.sentence_of(figure);
        let beside = figure.saturating_sub(MOST)..figure + MOST;
        !beside
            .into_iter()
            .any(|other| other != figure && self.get(other).is_some_and(|other| other.is_level()) && self.sentence_of(other) == sentence)
    }

    /// The open claim that a growth was put in with an amount of its own, and may leave.
    fn is_free_to_move(&self, result: usize) -> Option<usize> {
        let roles = self.roles(result)?;
        let [(claim, Relation::Growth, Role::Growth)] = roles.as_slice() else { return None };
        self.claim(*claim).filter(|draft| is_open(draft)).map(|_| *claim)
    }

    /// Looks for the change between the two amounts of a growth, stated beside its size.
    pub(super) fn find_change(&mut self, claim: usize) {
        let Some(draft) = self.claim(claim).filter(|draft| draft.relation == Relation::Growth && draft.roles.len() == 3).cloned() else {
            return;
        };
        let (Some(current), Some(prior), Some(growth)) =
            (draft.figure(Role::Current), draft.figure(Role::Prior), draft.figure(Role::Growth))
        else {
            return;
        };
        let falls = self.get(growth).is_some_and(|growth| growth.printed.value().is_negative());
        let mut trials = Vec::new();
        for change in self.near(&draft) {
            let same = self.get(change).zip(self.get(current)).is_some_and(|(a, b)| a.same_unit(b));
            let here = self.sentence_of(change) == self.sentence_of(current);
            if same && here && self.is_free(change) && self.slot(change) != Slot::Taken {
                let roles = vec![(Role::Current, current), (Role::Prior, prior), (Role::Change, change)];
                let whole = Draft { of_loss: draft.of_loss, ..Draft::new(Relation::Change, roles) };
                let told = self.sentence(change).is_led_by_size(change);
                trials.push(Trial { sign: Some((change, falls)), ..Trial::of(whole, told) });
            }
        }
        let fits: Vec<Trial> =
            trials.into_iter().map(|trial| self.try_on(trial)).filter(|(_, fit)| fit.is_some()).map(|(trial, _)| trial).collect();
        if let [trial] = fits.as_slice() {
            if let Some((figure, negative)) = trial.sign {
                self.turn(figure, negative);
            }
            let draft = trial.draft.clone();
            self.add(draft);
        }
    }

    /// "71.5%; a year before it was 68.0%, 3.5 points lower": what only a comma parts from the prior may be told of the prior,
    /// so many less than now. It is turned where only that ties.
    pub(super) fn turn_result_of_prior(&mut self, claim: usize) {
        let Some(draft) = self.claim(claim).filter(|draft| matches!(draft.relation, Relation::Points | Relation::Change)).cloned() else {
            return;
        };
        let (Some(current), Some(prior), Some(result)) =
            (draft.figure(Role::Current), draft.figure(Role::Prior), draft.figure(draft.relation.result()))
        else {
            return;
        };
        let gap = self.get(prior).map_or(0, |prior| prior.tokens.end)..self.get(result).map_or(0, |result| result.tokens.start);
        let comma = gap.len() == 1 && self.reader.kind(gap.start) == Some(TokenKind::Mark(',')) && self.reader.language.spaced;
        let behind = current < prior && prior + 1 == result && comma;
        let signed = self.get(result).is_none_or(|result| result.signed);
        if !behind || signed || fit::fit(&draft, self.figures, Slips::None).is_some() {
            return;
        }
        let negative = self.get(result).is_some_and(|result| result.printed.value().is_negative());
        self.turn(result, !negative);
        if fit::fit(&draft, self.figures, Slips::None).is_none() {
            self.turn(result, negative);
        }
    }
}
