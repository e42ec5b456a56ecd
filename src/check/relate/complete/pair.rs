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
        let Some(own) = self.get(growth).filter(|figure| figure.range.is_none() && !figure.flat) else { return };
        let points = matches!(own.kind, Kind::Points | Kind::BasisPoints);
        let stated = points || own.kind == Kind::Percent && self.slot(growth) == Slot::Growth;
        if !stated || !self.is_free(growth) || self.sentence(growth).is_expected(growth) {
            return;
        }
        let open = |figure: &usize| if points { self.is_open_percentage(*figure) } else { self.is_open_level(*figure) };
        let levels: Vec<usize> = self.around(growth).filter(open).collect();
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
        let percentages = self.get(current).is_some_and(|current| current.kind == Kind::Percent);
        let relation = if percentages { Relation::Points } else { Relation::Growth };
        let roles = vec![(Role::Current, current), (Role::Prior, prior), (relation.result(), growth)];
        let announced = self.stands_alone(growth) || self.sentence(growth).is_announced(growth);
        Some(Trial { announced, ..Trial::of(Draft::new(relation, roles), true) })
    }

    /// Whether a figure is a percentage of something that no claim holds.
    fn is_open_percentage(&self, figure: usize) -> bool {
        let level = self.get(figure).is_some_and(|figure| figure.kind == Kind::Percent && !figure.signed);
        level && self.is_free(figure) && !matches!(self.slot(figure), Slot::Growth | Slot::Taken)
    }

    /// Whether a figure is an amount that no claim holds.
    fn is_open_level(&self, figure: usize) -> bool {
        self.is_free(figure) && self.slot(figure) != Slot::Taken && self.get(figure).is_some_and(|figure| figure.is_level())
    }
}
