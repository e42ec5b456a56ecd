//! Turns a frame into its claims.

use super::frame::{BETTER_LESS, Frame, Stated};
use super::slot::Slot;
use super::time::agree;
use super::{Draft, Sentence};
use crate::check::figure::{Figure, Kind, RangeEnd};
use crate::check::language::Cue;
use crate::relation::{Relation, Role};

impl Sentence<'_, '_> {
    /// Turns a frame into its claims: one for each stated result.
    pub(super) fn finish(&mut self, frame: Frame) {
        self.name_metric(&frame);
        if frame.loss {
            self.turn_losses(&frame);
        }
        let current = frame.current.filter(|figure| self.is_single(*figure));
        let of_loss = frame.loss && self.is_loss(current) && self.is_loss(frame.prior);
        let mut stated = false;
        for (index, result) in frame.results.iter().enumerate() {
            if !self.is_single(result.figure) {
                continue;
            }
            let name = frame.metric.and_then(|metric| self.metric_name(metric));
            if of_loss || name.is_some_and(|name| BETTER_LESS.contains(&name)) {
                self.turn_worth(result.figure);
            }
            // "up 3.1% on the year and down 1.4% on the 1,868 million of the first quarter"
            let taken =
                || frame.results.iter().any(|other| other.slot == Slot::Growth && other.prior.is_some() && other.prior == frame.prior);
            let first = !frame.results.iter().take(index).any(|other| other.slot == result.slot);
            let free = |_: &usize| first && agree(result.basis, frame.basis) && !(result.slot == Slot::Growth && taken());
            let prior = result.prior.or(frame.prior.filter(free));
            stated |= self.claim_result(current, prior, result, of_loss);
        }
        let prior = frame.prior.filter(|figure| self.is_single(*figure) && self.comparable(current, Some(*figure)));
        if let (false, Some(current), Some(prior)) = (stated, current, prior)
            && (frame.compared || frame.direction.is_some())
            && !self.expects(frame.tokens.clone())
        {
            let percentages = self.get(current).is_some_and(|figure| figure.kind == Kind::Percent);
            let relation = if percentages { Relation::Points } else { Relation::Growth };
            let direction = frame.direction.filter(|_| frame.results.is_empty());
            self.claims.push(Draft { direction, of_loss, ..Draft::new(relation, vec![(Role::Current, current), (Role::Prior, prior)]) });
        }
    }

    /// One claim for a stated result with whatever amounts belong to it; whether there was one.
    fn claim_result(&mut self, current: Option<usize>, prior: Option<usize>, result: &Stated, of_loss: bool) -> bool {
        let prior = prior.filter(|figure| self.is_single(*figure) && self.comparable(current, Some(*figure)));
        let Some(level) = current.or(prior).and_then(|figure| self.get(figure)) else { return false };
        let percentages = level.kind == Kind::Percent;
        let (relation, role) = match result.slot {
            Slot::Growth if percentages && !(prior.is_some() || self.is_margin(current)) => return false,
            Slot::Growth | Slot::Points if percentages && current.is_some() => (Relation::Points, Role::Points),
            Slot::Growth if !percentages => (Relation::Growth, Role::Growth),
            Slot::Multiple if !percentages => (Relation::Multiple, Role::Multiple),
            Slot::Change if self.comparable(current.or(prior), Some(result.figure)) || self.both_counted(current, result.figure) => {
                (Relation::Change, Role::Change)
            }
            _ => return false,
        };
        // "64 million, 6 million above the forecast of 58 million": what others expect is no time before.
        if let (Relation::Change, Some(current), Some(forecast)) = (relation, current, prior)
            && self.is_forecast(forecast)
            && !result.falls
        {
            let roles = vec![(Role::Minuend, current), (Role::Subtrahend, forecast), (Role::Difference, result.figure)];
            self.claims.push(Draft::new(Relation::Difference, roles));
            return true;
        }
        if current.is_none() && prior.is_some_and(|prior| self.is_forecast(prior)) {
            return false;
        }
        if result.slot == Slot::Change {
            let minus = self.get(result.figure).is_some_and(|figure| figure.signed && figure.printed.value().is_negative());
            self.set_negative(result.figure, result.falls || minus);
        }
        let amounts = [(Role::Current, current), (Role::Prior, prior)];
        let mut roles: Vec<(Role, usize)> = amounts.into_iter().filter_map(|(role, figure)| Some((role, figure?))).collect();
        roles.push((role, result.figure));
        self.claims.push(Draft { of_loss, ..Draft::new(relation, roles) });
        true
    }

    /// Whether what leads an amount in says that it was expected.
    fn is_forecast(&self, figure: usize) -> bool {
        const REACH: usize = 5;
        let start = self.token_range(figure).start;
        let near =
            (self.tokens.start.max(start.saturating_sub(REACH))..start).rev().take_while(|at| self.figure_ending_at(at + 1).is_none());
        near.into_iter().any(|at| self.reader.has_cue(at, Cue::Expect) && self.direction_at(at).is_none())
    }

    /// "200,411 more in work, to 20.8 million insured": one thing by two nouns.
    fn both_counted(&self, current: Option<usize>, change: usize) -> bool {
        let count = |figure: usize| self.get(figure).is_some_and(|figure| figure.kind == Kind::Count);
        current.is_some_and(count) && count(change)
    }

    /// "the margin improved 1.2% to 12.3%": of a margin a percentage may be points.
    fn is_margin(&self, level: Option<usize>) -> bool {
        level.and_then(|level| self.get(level)).and_then(|figure| figure.metric.as_deref()).is_some_and(|name| name.ends_with("margin"))
    }

    /// "the loss narrowed to 48 million, a 36% improvement": better is less of a loss.
    fn turn_worth(&mut self, result: usize) {
        const REACH: usize = 3;
        let range = self.token_range(result);
        let near = (range.end..range.end + REACH).chain((range.start.saturating_sub(REACH)..range.start).rev());
        let said = near.filter(|at| self.tokens.contains(at)).find(|at| self.direction_at(*at).is_some());
        if let Some(better) = said.filter(|at| self.is_of_worth(*at)).map(|at| self.reader.has_cue(at, Cue::Better)) {
            self.set_negative(result, better);
        }
    }

    /// Not the lower end of a range: the upper stands for both.
    pub(super) fn is_single(&self, figure: usize) -> bool {
        self.get(figure).is_some_and(|figure| figure.range.is_none() || figure.range == Some(RangeEnd::High))
    }

    pub(super) fn comparable(&self, a: Option<usize>, b: Option<usize>) -> bool {
        match (a.and_then(|a| self.get(a)), b.and_then(|b| self.get(b))) {
            (Some(a), Some(b)) => a.same_unit(b),
            _ => true,
        }
    }

    fn is_loss(&self, level: Option<usize>) -> bool {
        level.and_then(|level| self.get(level)).is_none_or(|figure| figure.printed.value().is_negative())
    }

    /// In a statement of a loss the amounts are losses, but for one that its own words name otherwise.
    fn turn_losses(&mut self, frame: &Frame) {
        /// How far before its figure a verb of gain may stand.
        const GAIN: usize = 5;
        let negative = |level: Option<usize>| level.is_some_and(|level| self.is_negative(level));
        if self.has(Cue::TurnedInto) && negative(frame.current) != negative(frame.prior) {
            return;
        }
        for level in [frame.current, frame.prior].into_iter().flatten() {
            let range = self.token_range(level);
            let lead = self.lead(range.start).map_or(range.start, |led| led.at);
            // 净亏损为12.5亿元，去年同期净利润为3.1亿元: the name stands before what leads the figure in.
            let from = if self.reader.language.spaced || level == self.first {
                lead
            } else {
                self.token_range(level - 1).end.max(self.tokens.start)
            };
            let names = |at: &usize| self.metric_at(*at).is_some() || self.reader.has_cue(*at, Cue::Loss);
            let last_name = (from.min(lead)..range.start).rev().find(|at| !self.reader.language.spaced && names(at));
            let named_otherwise = (lead..range.start).any(|at| self.metric_at(at).is_some() && !self.reader.has_cue(at, Cue::Loss))
                || last_name.is_some_and(|at| level > self.first && !self.reader.has_cue(at, Cue::Loss));
            let gained =
                (range.start.saturating_sub(GAIN).max(self.tokens.start)..range.end + 2).any(|at| self.reader.has_cue(at, Cue::Gain));
            let named_otherwise =
                named_otherwise || gained || self.metric_at(range.end).is_some_and(|_| !self.reader.has_cue(range.end, Cue::Loss));
            if !named_otherwise && self.get(level).is_some_and(Figure::is_level) {
                self.set_negative(level, true);
            }
        }
    }

    pub(super) fn name_metric(&mut self, frame: &Frame) {
        let counted = |metric: &u16| [frame.current, frame.prior].into_iter().flatten().any(|level| self.counts_otherwise(level, *metric));
        let Some(name) = frame.metric.filter(|metric| !counted(metric)).and_then(|metric| self.metric_name(metric)).map(str::to_owned)
        else {
            return;
        };
        let results = frame.results.iter().flat_map(|stated| [Some(stated.figure), stated.prior]);
        let figures: Vec<usize> = [frame.current, frame.prior].into_iter().chain(results).flatten().collect();
        for figure in figures {
            if let Some(figure) = self.figures.get_mut(figure) {
                figure.metric.get_or_insert_with(|| name.clone());
            }
        }
    }
}
