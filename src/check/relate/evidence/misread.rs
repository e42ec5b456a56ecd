//! What was read and cannot be meant: a second size of one growth, and the move of a share price beside an amount.

use super::Evidence;
use crate::check::language::Cue;
use crate::check::relate::Draft;
use crate::relation::{Relation, Role};
use std::collections::HashSet;

impl Evidence<'_, '_> {
    /// "6.4% above the 3,206 million of the year before; at constant rates it was 2.8%": of two sizes of one growth the one
    /// that ties is meant; the other is of another basis.
    pub(super) fn drop_second_sizes(&mut self) {
        let pair = |claim: &Draft| {
            let growth = matches!(claim.relation, Relation::Growth | Relation::Points);
            let pair = (claim.figure(Role::Current)?, claim.figure(Role::Prior)?);
            (growth && claim.roles.len() == 3).then_some(pair)
        };
        let sizes: Vec<Option<((usize, usize), bool)>> =
            self.claims.iter().map(|claim| pair(claim).map(|pair| (pair, self.fits(claim)))).collect();
        let tied: HashSet<(usize, usize)> = sizes.iter().flatten().filter(|(_, fits)| *fits).map(|(pair, _)| *pair).collect();
        let mut sizes = sizes.into_iter();
        self.claims.retain(|_| sizes.next().flatten().is_none_or(|(pair, fits)| fits || !tied.contains(&pair)));
    }

    /// "Bookings tripled to 96 million. The shares rose 5.1%": what a share price gained is no growth of an amount before it.
    pub(super) fn drop_share_prices(&mut self) {
        let moved = |claim: &Draft| {
            let (Some(current), Some(growth)) = (claim.figure(Role::Current), claim.figure(Role::Growth)) else { return false };
            let levels = [Some(current), claim.figure(Role::Prior)].into_iter().flatten().max().unwrap_or(current);
            claim.relation == Relation::Growth
                && levels < growth
                && (self.tokens(levels).end..self.tokens(growth).start).any(|at| self.reader.has_cue(at, Cue::Stock))
        };
        let open: Vec<bool> = self.claims.iter().map(moved).collect();
        let mut open = open.into_iter();
        let mut left = Vec::new();
        self.claims.retain(|claim| {
            let moved = open.next().unwrap_or(false);
            if moved && claim.figure(Role::Prior).is_some() {
                let roles = claim.roles.iter().copied().filter(|(role, _)| *role != Role::Growth).collect();
                left.push(Draft { roles, ..claim.clone() });
            }
            !moved
        });
        // The two amounts are compared all the same.
        self.claims.extend(left);
    }

    /// "rose 3% and 8%, respectively: 721,000 TEU against 700,000, and 162,000 vehicles against 150,000": a growth that does not
    /// tie the two amounts it was put between, which stand apart, is of the two that stand side by side and that it ties.
    pub(super) fn settle_pairs(&mut self) {
        for at in 0..self.claims.len() {
            let Some(claim) = self.claims.get(at).filter(|claim| claim.relation == Relation::Growth && claim.roles.len() == 3) else {
                continue;
            };
            let (Some(current), Some(prior), Some(growth)) =
                (claim.figure(Role::Current), claim.figure(Role::Prior), claim.figure(Role::Growth))
            else {
                continue;
            };
            if current.abs_diff(prior) == 1 || self.fits(claim) || !self.lists_in_order(growth) {
                continue;
            }
            let near = current.min(prior).saturating_sub(2)..=current.max(prior) + 1;
            let pairs = near.filter(|first| *first != growth && *first + 1 != growth && self.same_unit(*first, *first + 1));
            let level = |figure: usize| self.get(figure).is_some_and(|figure| figure.is_level());
            let drafts = pairs
                .filter(|first| level(*first) && (*first == current || *first == prior || *first + 1 == current || *first + 1 == prior))
                .map(|first| Draft {
                    roles: vec![(Role::Current, first), (Role::Prior, first + 1), (Role::Growth, growth)],
                    ..claim.clone()
                });
            let mut fitting = drafts.filter(|draft| self.fits(draft));
            if let (Some(draft), None) = (fitting.next(), fitting.next())
                && let Some(claim) = self.claims.get_mut(at)
            {
                *claim = draft;
            }
        }
    }

    /// Whether the sentence of a figure lists things of which each has its own size: "respectively".
    fn lists_in_order(&self, figure: usize) -> bool {
        const REACH: usize = 60;
        let passage = self.passages.partition_point(|passage| passage.figures.end <= figure);
        let Some(passage) = self.passages.get(passage) else { return false };
        let at = self.tokens(figure).start;
        let near = passage.tokens.start.max(at.saturating_sub(REACH))..passage.tokens.end.min(at + REACH);
        near.into_iter().any(|at| self.reader.has_cue(at, Cue::Respectively))
    }
}
