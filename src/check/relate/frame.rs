//! A frame collects the slots of one statement; each result it states is one claim.

use super::slot::{Mention, Slot};
use super::{Draft, Memory, Sentence};
use crate::check::figure::{Figure, Kind, RangeEnd};
use crate::check::language::{Cue, Sense};
use crate::relation::{Relation, Role};
use std::cmp::Ordering;

/// The slots of one statement.
#[derive(Debug, Default, Clone)]
pub(super) struct Frame {
    metric: Option<u16>,
    current: Option<usize>,
    prior: Option<usize>,
    results: Vec<Stated>,
    direction: Option<Ordering>,
    /// The prior is one by a word of comparison, or by "from … to".
    compared: bool,
    /// The statement is of a loss.
    loss: bool,
}

/// A stated result, with the prior that is its own.
#[derive(Debug, Clone, Copy)]
struct Stated {
    slot: Slot,
    figure: usize,
    prior: Option<usize>,
}

impl Frame {
    fn is_empty(&self) -> bool {
        self.current.is_none() && self.prior.is_none() && self.results.is_empty()
    }

    fn state(&mut self, mention: &Mention) {
        self.results.push(Stated { slot: mention.slot, figure: mention.figure, prior: None });
    }

    /// A prior belongs to every result stated since the last one: "rose 13 million, or 12%, from 112 million".
    fn set_prior(&mut self, prior: usize) {
        let mut open: Vec<&mut Stated> = self.results.iter_mut().filter(|stated| stated.prior.is_none()).collect();
        if open.is_empty() || self.prior.is_none() {
            self.prior.get_or_insert(prior);
        }
        open.iter_mut().for_each(|stated| stated.prior = Some(prior));
    }
}

impl Sentence<'_, '_> {
    /// "revenue and profit rose 5% and 7% to 10 and 3 million, respectively": lists of one length, item by item.
    pub(super) fn respectively(&self, mentions: &[Mention]) -> Option<Vec<Frame>> {
        let of = |slot: Slot| mentions.iter().filter(|mention| mention.slot == slot).copied().collect::<Vec<_>>();
        let (currents, priors) = (of(Slot::Current), of(Slot::Prior));
        let results = [of(Slot::Growth), of(Slot::Change), of(Slot::Points)];
        let lists = || [&currents, &priors].into_iter().chain(&results);
        let length = lists().map(Vec::len).max().filter(|length| *length >= 2)?;
        if !lists().all(|list| list.is_empty() || list.len() == length) {
            return None;
        }
        let direction = self.nearest_direction(self.tokens.end);
        let frame = |index: usize| {
            let figure = |list: &[Mention]| list.get(index).map(|mention| mention.figure);
            let mut frame = Frame { current: figure(&currents), direction, compared: true, ..Frame::default() };
            results.iter().filter_map(|list| list.get(index)).for_each(|mention| frame.state(mention));
            figure(&priors).into_iter().for_each(|prior| frame.set_prior(prior));
            frame
        };
        Some((0..length).map(frame).collect())
    }

    pub(super) fn frames(&mut self, mentions: &[Mention], memory: &mut Memory) {
        let mut frame = Frame::default();
        let mut at = self.tokens.start;
        for (index, mention) in mentions.iter().enumerate() {
            let range = self.token_range(mention.figure);
            let outside = at..mention.lead.max(at).min(range.start);
            let metric = outside.clone().rev().find_map(|at| self.metric_at(at));
            let boundary = outside.clone().any(|at| matches!(self.mark(at), Some(';' | '；')));
            let other_metric = metric.is_some() && frame.metric.is_some() && metric != frame.metric && !frame.is_empty();
            if boundary || other_metric || self.starts_new(&frame, mention, mentions.get(index + 1)) {
                let done = std::mem::take(&mut frame);
                self.finish_and_remember(done, memory);
            }
            frame.metric = metric.or(frame.metric);
            frame.loss |= outside.clone().any(|at| self.reader.has_cue(at, Cue::Loss)) && frame.is_empty();
            if let Some(direction) = self.leading_direction(mention) {
                frame.direction = Some(direction);
            }
            // A name inside the lead serves where there is no other: "to a net profit of $41 million".
            frame.metric = frame.metric.or_else(|| (mention.lead..range.start).rev().find_map(|at| self.metric_at(at)));
            self.fill(&mut frame, mention);
            at = range.end;
        }
        let rest = at..self.tokens.end;
        frame.metric = frame.metric.or_else(|| rest.take(4).find_map(|at| self.metric_at(at)));
        if frame.current.is_none() {
            self.recall(&mut frame, memory);
        }
        self.finish_and_remember(frame, memory);
    }

    /// The direction right before what leads an amount in: "rose to", "was down from". A word farther off may be of
    /// something else ("sales growth slowed to").
    fn leading_direction(&self, mention: &Mention) -> Option<Ordering> {
        if !matches!(mention.slot, Slot::Current | Slot::Prior) {
            return None;
        }
        let linking = [Cue::YearOnYear, Cue::QuarterOnQuarter, Cue::Article, Cue::Over, Cue::Under, Cue::By];
        let fraction = |at: usize| self.reader.senses(at).iter().any(|sense| matches!(sense, Sense::Fraction(..)));
        let mut before = (self.tokens.start..mention.lead).rev().skip_while(|at| self.has_any(*at, &linking) || fraction(*at));
        before.next().and_then(|at| self.direction_at(at)).or_else(|| self.direction_at(mention.lead))
    }

    /// Whether a figure begins the next statement: its slot is taken, or a growth leads in another amount.
    fn starts_new(&self, frame: &Frame, mention: &Mention, next: Option<&Mention>) -> bool {
        let differs =
            |known: Option<usize>| known.and_then(|known| Some(!self.get(known)?.same_unit(self.get(mention.figure)?))).unwrap_or(false);
        match mention.slot {
            Slot::Current => frame.current.is_some() || differs(frame.prior),
            Slot::Prior => frame.prior.is_some() && !frame.results.iter().any(|stated| stated.prior.is_none()),
            Slot::Growth | Slot::Change | Slot::Points | Slot::Multiple => {
                let leads_on = next.is_some_and(|next| next.slot == Slot::Current && next.firm);
                frame.current.is_some() && !frame.results.is_empty() && leads_on
            }
            Slot::Taken | Slot::Loose => false,
        }
    }

    fn fill(&self, frame: &mut Frame, mention: &Mention) {
        match mention.slot {
            Slot::Current => {
                frame.compared |= mention.firm && frame.prior.is_some();
                frame.current = Some(mention.figure);
            }
            Slot::Prior => {
                frame.compared |= mention.compared || frame.current.is_some();
                frame.set_prior(mention.figure);
            }
            Slot::Growth | Slot::Change | Slot::Points | Slot::Multiple => frame.state(mention),
            Slot::Taken | Slot::Loose => {}
        }
    }

    /// "The figure was 9.4% higher than …": the current figure is the one last spoken of, if nothing else is named.
    fn recall(&self, frame: &mut Frame, memory: &Memory) {
        let Some((current, metric)) = memory.last else { return };
        let anaphor = self.has(Cue::Anaphor) && frame.metric.is_none_or(|own| Some(own) == metric);
        let same = frame.metric.is_some() && frame.metric == metric && frame.prior.is_some();
        if (anaphor || same) && !frame.is_empty() {
            frame.current = Some(current);
        }
    }

    fn finish_and_remember(&mut self, frame: Frame, memory: &mut Memory) {
        if let Some(current) = frame.current.filter(|current| self.get(*current).is_some_and(Figure::is_level)) {
            memory.last = Some((current, frame.metric));
            if let Some(metric) = frame.metric {
                memory.levels.entry(metric).or_insert(current);
            }
        }
        self.finish(frame);
    }

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
            let prior = result.prior.or(frame.prior.filter(|_| index == 0));
            stated |= self.claim_result(current, prior, result, of_loss);
        }
        let prior = frame.prior.filter(|figure| self.is_single(*figure) && self.comparable(current, Some(*figure)));
        if let (false, Some(current), Some(prior)) = (stated, current, prior)
            && (frame.compared || frame.direction.is_some())
            && !self.has(Cue::Expect)
        {
            let percentages = self.get(current).is_some_and(|figure| figure.kind == Kind::Percent);
            let relation = if percentages { Relation::Points } else { Relation::Growth };
            let direction = frame.direction.filter(|_| frame.results.is_empty());
            self.claims.push(Draft { relation, roles: vec![(Role::Current, current), (Role::Prior, prior)], direction, of_loss });
        }
    }

    /// One claim for a stated result with whatever amounts belong to it; whether there was one.
    fn claim_result(&mut self, current: Option<usize>, prior: Option<usize>, result: &Stated, of_loss: bool) -> bool {
        let prior = prior.filter(|figure| self.is_single(*figure) && self.comparable(current, Some(*figure)));
        let Some(level) = current.or(prior).and_then(|figure| self.get(figure)) else { return false };
        let percentages = level.kind == Kind::Percent;
        let (relation, role) = match result.slot {
            Slot::Growth | Slot::Points if percentages => (Relation::Points, Role::Points),
            Slot::Growth => (Relation::Growth, Role::Growth),
            Slot::Multiple if !percentages => (Relation::Multiple, Role::Multiple),
            Slot::Change if self.comparable(current.or(prior), Some(result.figure)) => (Relation::Change, Role::Change),
            _ => return false,
        };
        let amounts = [(Role::Current, current), (Role::Prior, prior)];
        let mut roles: Vec<(Role, usize)> = amounts.into_iter().filter_map(|(role, figure)| Some((role, figure?))).collect();
        roles.push((role, result.figure));
        self.claims.push(Draft { relation, roles, direction: None, of_loss });
        true
    }

    /// Not the lower end of a range: the upper stands for both.
    fn is_single(&self, figure: usize) -> bool {
        self.get(figure).is_some_and(|figure| figure.range.is_none() || figure.range == Some(RangeEnd::High))
    }

    fn comparable(&self, a: Option<usize>, b: Option<usize>) -> bool {
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
        for level in [frame.current, frame.prior].into_iter().flatten() {
            let range = self.token_range(level);
            let lead = self.lead(range.start).map_or(range.start, |led| led.at);
            let named_otherwise = (lead..range.start).any(|at| self.metric_at(at).is_some() && !self.reader.has_cue(at, Cue::Loss));
            if !named_otherwise && self.get(level).is_some_and(Figure::is_level) {
                self.set_negative(level, true);
            }
        }
    }

    fn name_metric(&mut self, frame: &Frame) {
        let Some(name) = frame.metric.and_then(|metric| self.metric_name(metric)).map(str::to_owned) else { return };
        let results = frame.results.iter().flat_map(|stated| [Some(stated.figure), stated.prior]);
        let figures: Vec<usize> = [frame.current, frame.prior].into_iter().chain(results).flatten().collect();
        for figure in figures {
            if let Some(figure) = self.figures.get_mut(figure) {
                figure.metric.get_or_insert_with(|| name.clone());
            }
        }
    }
}
