//! A frame collects the slots of one statement; each result it states is one claim.

use super::slot::{Mention, Slot};
use super::time::{Basis, agree};
use super::{Memory, Sentence};
use crate::check::figure::Kind;
use crate::check::language::Cue;
use std::cmp::Ordering;

/// What is better where it is less.
pub(super) const BETTER_LESS: [&str; 7] = ["cost ratio", "costs", "debt", "net debt", "unemployment rate", "vacancy rate", "default rate"];

/// The slots of one statement.
#[derive(Debug, Default, Clone)]
pub(super) struct Frame {
    pub(super) metric: Option<u16>,
    pub(super) current: Option<usize>,
    pub(super) prior: Option<usize>,
    pub(super) basis: Option<Basis>,
    pub(super) results: Vec<Stated>,
    pub(super) direction: Option<Ordering>,
    /// The prior is one by a word of comparison, or by "from … to".
    pub(super) compared: bool,
    /// The statement is of a loss.
    pub(super) loss: bool,
    /// Where the statement begins, and where its last figure ends.
    pub(super) tokens: std::ops::Range<usize>,
    /// The prior that leads in what is stated next: "against 38.9 billion, down 60%".
    pub(super) leading: Option<(usize, Option<Basis>)>,
}

/// A stated result, with the prior that is its own.
#[derive(Debug, Clone, Copy)]
pub(super) struct Stated {
    pub(super) slot: Slot,
    pub(super) figure: usize,
    pub(super) prior: Option<usize>,
    pub(super) basis: Option<Basis>,
    /// A change downwards.
    pub(super) falls: bool,
}

impl Frame {
    pub(super) fn is_empty(&self) -> bool {
        self.current.is_none() && self.prior.is_none() && self.results.is_empty()
    }

    /// "was 15.3, 60% less than 38.9 and, against 12.8, 20% more": the next comparison is of the same current figure.
    pub(super) fn continued(&self, mention: &Mention, next: Option<&Mention>) -> Frame {
        let result = next.is_some_and(|next| matches!(next.slot, Slot::Growth | Slot::Change | Slot::Points | Slot::Multiple));
        if mention.slot == Slot::Prior && mention.compared && result && self.leading.is_some() {
            return Frame { metric: self.metric, current: self.current, loss: self.loss, ..Frame::default() };
        }
        Frame::default()
    }

    pub(super) fn state(&mut self, mention: &Mention, basis: Option<Basis>) {
        let prior = self.leading.filter(|(_, other)| agree(basis, *other)).map(|(prior, _)| prior);
        self.results.push(Stated { slot: mention.slot, figure: mention.figure, prior, basis, falls: mention.falls });
    }

    /// A prior belongs to every result stated since the last one: "rose 13 million, or 12%, from 112 million".
    pub(super) fn set_prior(&mut self, prior: usize, basis: Option<Basis>) {
        let mut open: Vec<&mut Stated> =
            self.results.iter_mut().filter(|stated| stated.prior.is_none() && agree(stated.basis, basis)).collect();
        if open.is_empty() {
            self.leading = Some((prior, basis));
        }
        if self.prior.is_none() {
            (self.prior, self.basis) = (Some(prior), basis);
        }
        // Of two growths only the later one is over it; a change and a growth share it.
        let last_growth = open.iter().rposition(|stated| stated.slot == Slot::Growth);
        let mine = |(index, stated): &(usize, &mut &mut Stated)| stated.slot != Slot::Growth || Some(*index) == last_growth;
        open.iter_mut().enumerate().filter(mine).for_each(|(_, stated)| stated.prior = Some(prior));
    }
}

impl Sentence<'_, '_> {
    /// "revenue and profit rose 5% and 7% to 10 and 3 million, respectively": lists of one length, item by item.
    pub(super) fn respectively(&self, mentions: &[Mention], clause: std::ops::Range<usize>) -> Option<Vec<Frame>> {
        let of = |slot: Slot| mentions.iter().filter(|mention| mention.slot == slot).copied().collect::<Vec<_>>();
        let (currents, priors) = (of(Slot::Current), of(Slot::Prior));
        let results = [of(Slot::Growth), of(Slot::Change), of(Slot::Points)];
        let lists = || [&currents, &priors].into_iter().chain(&results);
        let length = lists().map(Vec::len).max().filter(|length| *length >= 2)?;
        if !lists().all(|list| list.is_empty() || list.len() == length) {
            return None;
        }
        let direction = self.nearest_direction(clause.end);
        let frame = |index: usize| {
            let figure = |list: &[Mention]| list.get(index).map(|mention| mention.figure);
            let mut frame = Frame { current: figure(&currents), direction, compared: true, ..Frame::default() };
            results.iter().filter_map(|list| list.get(index)).for_each(|mention| frame.state(mention, None));
            figure(&priors).into_iter().for_each(|prior| frame.set_prior(prior, None));
            frame.metric = frame.current.or(frame.prior).and_then(|figure| self.metric_of_item(figure, index, length));
            frame
        };
        Some((0..length).map(frame).collect())
    }

    pub(super) fn frames(&mut self, mentions: &[Mention], memory: &mut Memory) {
        /// How many words behind its last figure belong to a statement.
        const AFTER: usize = 3;
        let mut frame = Frame::default();
        let mut at = self.tokens.start;
        for (index, mention) in mentions.iter().enumerate() {
            let range = self.token_range(mention.figure);
            let outside = at..mention.lead.max(at).min(range.start);
            // "avec des coûts de 1,1 milliard": the name behind the preposition is the figure's own.
            let led_in = self.reader.has_cue(mention.lead, Cue::At) && self.reader.language.spaced;
            let own = (mention.lead..range.start).rev().find_map(|at| self.metric_at(at)).filter(|_| led_in);
            let metric = own.or_else(|| outside.clone().rev().find_map(|at| self.metric_at(at)));
            let ends = outside.clone().any(|at| matches!(self.mark(at), Some(';' | '；')) && !self.is_bracketed(at));
            let boundary = ends && !self.adds_prior(&frame, mention, metric) && !self.adds_result(&frame, mention, metric);
            let turns = self.turns_to_loss(&frame, mention);
            let boundary = boundary || (!turns && self.has_own_subject(outside.clone(), mention, mentions.get(index + 1)));
            let unnamed = frame.metric.is_none() && frame.current.is_none_or(|current| self.awaits_name(current));
            let other_metric = metric.is_some() && !unnamed && metric != frame.metric && !frame.is_empty()
                && !(self.turns(frame.metric, metric)
                    && (mention.slot == Slot::Prior && mention.compared || mention.slot == Slot::Current && frame.current.is_none()))
                // 営業損失は5億円（前年同期は営業利益3億円）
                && !(mention.slot == Slot::Prior && frame.current.is_some_and(|current| self.opens_bracket(current, mention.figure)));
            // "31% of profit, against 27%"; "profit fell 150%, and the firm made a loss of 5 million"
            let other_metric = other_metric && !self.compares_percentages(&frame, mention) && !turns;
            if boundary || other_metric || self.starts_new(&frame, mention, mentions.get(index + 1)) {
                let next = if boundary || other_metric { Frame::default() } else { frame.continued(mention, mentions.get(index + 1)) };
                let done = std::mem::replace(&mut frame, next);
                self.finish_and_remember(done, memory);
            }
            let still_unnamed = unnamed && frame.prior.is_none() && frame.metric.is_none();
            frame.metric = metric.or(frame.metric);
            let led_as_loss = || {
                (matches!(mention.slot, Slot::Current | Slot::Growth) || (mention.timed && frame.is_empty()))
                    && (mention.lead..range.start).any(|at| self.is_loss_word(at))
            };
            // "reduziu em 48% o prejuízo, que ficou em R$ 130 milhões"
            frame.loss |= (frame.is_empty() || still_unnamed) && (outside.clone().any(|at| self.is_loss_word(at)) || led_as_loss());
            if let Some((at, direction)) = self.leading_direction(mention) {
                frame.direction = Some(if self.is_of_worth(at) { self.worth(&frame, direction) } else { direction });
            }
            // "to a net profit of $41 million"; the nearest name is that of what opens a statement: "weighed on the result,
            // with costs of 1.1 billion".
            let inside = || (mention.lead..range.start).rev().find_map(|at| self.metric_at(at));
            let opens = frame.is_empty() && mention.slot == Slot::Current;
            frame.metric = if opens { inside().or(frame.metric) } else { frame.metric.or_else(inside) };
            if frame.is_empty() {
                frame.tokens.start = at;
            }
            self.fill(&mut frame, mention, memory);
            frame.tokens.end = range.end + AFTER;
            at = self.name_behind(range.end).map_or(range.end, |name| name + 1);
            if let Some((name, metric)) = self.named_behind(mention, range.end) {
                frame.metric.get_or_insert(metric);
                at = name + 1;
            }
        }
        let rest = at..self.tokens.end;
        frame.metric = frame.metric.or_else(|| rest.take(4).find_map(|at| self.metric_at(at)));
        self.finish_and_remember(frame, memory);
    }

    /// Whether a word speaks of a loss; what "lost 3.4%" only fell.
    fn is_loss_word(&self, at: usize) -> bool {
        let size = (at + 1..self.tokens.end).find(|at| !self.has_any(*at, &[Cue::About, Cue::Over, Cue::Under, Cue::Article]));
        let percent = size.and_then(|at| self.figure_starting_at(at)).and_then(|figure| self.get(figure));
        let fell = self.direction_at(at).is_some() && percent.is_some_and(|figure| figure.kind == Kind::Percent);
        self.reader.has_cue(at, Cue::Loss) && !fell
    }

    /// Which way "improved" goes: losses and costs down, anything else up.
    fn worth(&self, frame: &Frame, direction: Ordering) -> Ordering {
        let name = frame.metric.and_then(|metric| self.metric_name(metric));
        let turned = frame.loss || name.is_some_and(|name| BETTER_LESS.contains(&name));
        if turned { direction.reverse() } else { direction }
    }

    /// The name of an item of a list: the last name before it, or the one of its place in the list of names.
    fn metric_of_item(&self, figure: usize, index: usize, length: usize) -> Option<u16> {
        let start = self.token_range(figure).start;
        let own =
            (self.tokens.start..start).rev().take_while(|at| self.figure_ending_at(at + 1).is_none()).find_map(|at| self.metric_at(at));
        let first = (self.first..self.last).next().map_or(self.tokens.start, |first| self.token_range(first).start);
        let names: Vec<u16> = (self.tokens.start..first).filter_map(|at| self.metric_at(at)).collect();
        if names.len() == length { names.get(index).copied() } else { own }
    }

    /// "22.9 million of profit", "2.4 times EBITDA": the name behind an amount or a multiple is its own.
    fn named_behind(&self, mention: &Mention, end: usize) -> Option<(usize, u16)> {
        let links: &[Cue] = if mention.slot == Slot::Multiple { &[Cue::Of, Cue::Article] } else { &[Cue::Of] };
        let at = end + usize::from(self.has_any(end, links));
        let linked = at > end && matches!(mention.slot, Slot::Current | Slot::Multiple) && self.reader.language.spaced;
        self.metric_at(at).filter(|_| linked && at < self.tokens.end).map(|metric| (at, metric))
    }

    fn fill(&self, frame: &mut Frame, mention: &Mention, memory: &Memory) {
        match mention.slot {
            Slot::Current => {
                frame.compared |= mention.firm && frame.prior.is_some();
                frame.current = Some(mention.figure);
            }
            Slot::Prior => {
                frame.compared |= mention.compared || frame.current.is_some();
                frame.set_prior(mention.figure, self.basis_of_prior(mention.figure, memory));
            }
            Slot::Growth | Slot::Change | Slot::Points | Slot::Multiple => frame.state(mention, self.basis_of_result(mention.figure)),
            // "121 million, or 38.0% of sales, against 36.5%: 1.5 points more"
            Slot::Taken if frame.is_empty() && (self.prior_follows(mention.figure) || self.points_follow(mention.figure)) => {
                frame.current = Some(mention.figure)
            }
            Slot::Taken | Slot::Loose => {}
        }
    }

    /// "With 845 million gross profit was 57 million higher", "318 million in sales": the name stands behind its figure.
    fn awaits_name(&self, figure: usize) -> bool {
        let range = self.token_range(figure);
        let of = self.reader.has_cue(range.end, Cue::Of) && self.metric_at(range.end + 1).is_some();
        let beside = self.metric_at(range.end).is_some() && !self.reader.has_cue(range.end, Cue::Loss);
        self.reader.language.spaced && (of || beside || self.opens_with(range.start))
    }
}
