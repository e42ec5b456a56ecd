//! A growth that was stated on its own, and the two amounts of a time and the time before that it is between.

use super::super::Draft;
use super::super::slot::Slot;
use super::Trial;
use super::fit::Fit;
use super::scene::{Scene, Time};
use crate::check::figure::Kind;
use crate::relation::{Relation, Role};

impl Scene<'_, '_> {
    /// Looks for the two amounts of a growth that no claim holds: the only two nearby of which one is told to be the
    /// other's prior.
    pub(super) fn find_pair(&mut self, growth: usize) {
        let stated = self.get(growth).is_some_and(|figure| figure.kind == Kind::Percent && figure.range.is_none() && !figure.flat);
        if !stated || self.slot(growth) != Slot::Growth || !self.is_free(growth) || self.sentence(growth).is_expected(growth) {
            return;
        }
        let levels: Vec<usize> = self.around(growth).filter(|figure| self.is_open_level(*figure)).collect();
        let mut trials = Vec::new();
        for (index, first) in levels.iter().enumerate() {
            for second in levels.iter().skip(index + 1) {
                trials.extend(self.pair(growth, *first, *second));
            }
        }
        if let [_] = trials.as_slice()
            && let Some((trial, Some(Fit::Ties { .. } | Fit::Slip))) = trials.pop().map(|trial| self.try_on(trial))
        {
            self.add(trial.draft);
        }
    }

    /// Two amounts with a growth, if their words tell which is the prior.
    fn pair(&mut self, growth: usize, a: usize, b: usize) -> Option<Trial> {
        let same = self.get(a).zip(self.get(b)).is_some_and(|(a, b)| a.same_unit(b));
        let (current, prior) = match same.then(|| self.time(a, b))? {
            Time::Before => (b, a),
            Time::After => (a, b),
            Time::Unsaid => return None,
        };
        let one = self.may_be_one(current, prior) && self.may_be_one(current, growth);
        if !one || !self.agree(growth, prior) || !self.is_stated_level(current) || !self.is_stated_level(prior) {
            return None;
        }
        let roles = vec![(Role::Current, current), (Role::Prior, prior), (Role::Growth, growth)];
        Some(Trial::of(Draft::new(Relation::Growth, roles), true))
    }

    /// Whether a figure is an amount that no claim holds.
    fn is_open_level(&self, figure: usize) -> bool {
        self.is_free(figure) && self.slot(figure) != Slot::Taken && self.get(figure).is_some_and(|figure| figure.is_level())
    }
}
