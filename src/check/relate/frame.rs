//! A frame collects the slots of one statement; each result it states is one claim.

use super::slot::{Mention, Slot};
use super::{Draft, Memory, Sentence};
use crate::check::figure::{Figure, Kind, RangeEnd};
use crate::check::language::{Cue, Sense};
use crate::check::scan::TokenKind;
use crate::relation::{Relation, Role};
use std::cmp::Ordering;

/// The slots of one statement.
#[derive(Debug, Default, Clone)]
pub(super) struct Frame {
    metric: Option<u16>,
    current: Option<usize>,
    prior: Option<usize>,
    basis: Option<Basis>,
    results: Vec<Stated>,
    direction: Option<Ordering>,
    /// The prior is one by a word of comparison, or by "from … to".
    compared: bool,
    /// The statement is of a loss.
    loss: bool,
    /// Where the statement begins, and where its last figure ends.
    tokens: std::ops::Range<usize>,
    /// The prior that leads in what is stated next: "against 38.9 billion, down 60%".
    leading: Option<(usize, Option<Basis>)>,
}

/// A stated result, with the prior that is its own.
#[derive(Debug, Clone, Copy)]
struct Stated {
    slot: Slot,
    figure: usize,
    prior: Option<usize>,
    basis: Option<Basis>,
    /// A change downwards.
    falls: bool,
}

/// Against which time before a result or a prior stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Basis {
    Year,
    Quarter,
}

/// "total revenue" and "revenue" are one thing within a document.
fn plain_name(name: &str) -> &str {
    name.strip_prefix("total ").unwrap_or(name)
}

fn agree(a: Option<Basis>, b: Option<Basis>) -> bool {
    a.zip(b).is_none_or(|(a, b)| a == b)
}

impl Frame {
    fn is_empty(&self) -> bool {
        self.current.is_none() && self.prior.is_none() && self.results.is_empty()
    }

    /// "was 15.3, 60% less than 38.9 and, against 12.8, 20% more": the next comparison is of the same current figure.
    fn continued(&self, mention: &Mention, next: Option<&Mention>) -> Frame {
        let result = next.is_some_and(|next| matches!(next.slot, Slot::Growth | Slot::Change | Slot::Points | Slot::Multiple));
        if mention.slot == Slot::Prior && mention.compared && result && self.leading.is_some() {
            return Frame { metric: self.metric, current: self.current, loss: self.loss, ..Frame::default() };
        }
        Frame::default()
    }

    fn state(&mut self, mention: &Mention, basis: Option<Basis>) {
        let prior = self.leading.filter(|(_, other)| agree(basis, *other)).map(|(prior, _)| prior);
        self.results.push(Stated { slot: mention.slot, figure: mention.figure, prior, basis, falls: mention.falls });
    }

    /// A prior belongs to every result stated since the last one: "rose 13 million, or 12%, from 112 million".
    fn set_prior(&mut self, prior: usize, basis: Option<Basis>) {
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
            let metric = outside.clone().rev().find_map(|at| self.metric_at(at));
            let boundary = outside.clone().any(|at| matches!(self.mark(at), Some(';' | '；')));
            let boundary = boundary || self.has_own_subject(outside.clone(), mention, mentions.get(index + 1));
            let unnamed = frame.metric.is_none() && frame.current.is_none();
            let other_metric = metric.is_some() && !unnamed && metric != frame.metric && !frame.is_empty()
                // 営業損失は5億円（前年同期は営業利益3億円）
                && !(mention.slot == Slot::Prior && frame.current.is_some_and(|current| self.opens_bracket(current, mention.figure)));
            if boundary || other_metric || self.starts_new(&frame, mention, mentions.get(index + 1)) {
                let next = if boundary || other_metric { Frame::default() } else { frame.continued(mention, mentions.get(index + 1)) };
                let done = std::mem::replace(&mut frame, next);
                self.finish_and_remember(done, memory);
            }
            frame.metric = metric.or(frame.metric);
            let led_as_loss = || mention.slot == Slot::Current && (mention.lead..range.start).any(|at| self.reader.has_cue(at, Cue::Loss));
            frame.loss |= frame.is_empty() && (outside.clone().any(|at| self.reader.has_cue(at, Cue::Loss)) || led_as_loss());
            if let Some((at, direction)) = self.leading_direction(mention) {
                frame.direction = Some(if frame.loss && self.is_of_worth(at) { direction.reverse() } else { direction });
            }
            // A name inside the lead serves where there is no other: "to a net profit of $41 million".
            frame.metric = frame.metric.or_else(|| (mention.lead..range.start).rev().find_map(|at| self.metric_at(at)));
            if frame.is_empty() {
                frame.tokens.start = at;
            }
            self.fill(&mut frame, mention, memory);
            frame.tokens.end = range.end + AFTER;
            at = self.name_behind(range.end).map_or(range.end, |name| name + 1);
        }
        let rest = at..self.tokens.end;
        frame.metric = frame.metric.or_else(|| rest.take(4).find_map(|at| self.metric_at(at)));
        self.finish_and_remember(frame, memory);
    }

    /// The direction right before what leads an amount in: "rose to", "was down from". A word farther off may be of
    /// something else ("sales growth slowed to").
    fn leading_direction(&self, mention: &Mention) -> Option<(usize, Ordering)> {
        if !matches!(mention.slot, Slot::Current | Slot::Prior) {
            return None;
        }
        let linking = [Cue::YearOnYear, Cue::QuarterOnQuarter, Cue::Article, Cue::Over, Cue::Under, Cue::By];
        let fraction = |at: usize| self.reader.senses(at).iter().any(|sense| matches!(sense, Sense::Fraction(..)));
        let mut before = (self.tokens.start..mention.lead).rev().skip_while(|at| self.has_any(*at, &linking) || fraction(*at));
        let said_at = |at: usize| self.direction_at(at).map(|direction| (at, direction));
        let before = before.next().and_then(said_at).or_else(|| said_at(mention.lead));
        // 470万人に増えた
        let end = self.token_range(mention.figure).end;
        let end = self.name_behind(end).map_or(end, |name| name + 1);
        let behind = || {
            self.has_any(end, &[Cue::ToAfter, Cue::FromAfter])
                .then(|| (end + 1..self.tokens.end).find(|at| !self.has_any(*at, &linking)).and_then(said_at))
        };
        before.or_else(|| behind().flatten())
    }

    /// Whether a figure begins the next statement: its slot is taken, or a growth leads in another amount.
    fn starts_new(&self, frame: &Frame, mention: &Mention, next: Option<&Mention>) -> bool {
        let differs =
            |known: Option<usize>| known.and_then(|known| Some(!self.get(known)?.same_unit(self.get(mention.figure)?))).unwrap_or(false);
        if self.get(mention.figure).is_some_and(|figure| figure.range == Some(RangeEnd::High)) {
            return false;
        }
        if matches!(mention.slot, Slot::Current | Slot::Prior)
            && frame.current.is_none()
            && frame.prior.is_none()
            && !frame.results.is_empty()
            && self.opens_topic(mention)
        {
            return true;
        }
        match mention.slot {
            Slot::Current => frame.current.is_some() || differs(frame.prior),
            Slot::Prior if differs(frame.current) && frame.prior.is_none() => true,
            Slot::Prior => frame.prior.is_some() && !frame.results.iter().any(|stated| stated.prior.is_none()),
            Slot::Growth | Slot::Change | Slot::Points | Slot::Multiple => {
                let leads_on = next.is_some_and(|next| next.slot == Slot::Current && next.firm);
                frame.current.is_some() && !frame.results.is_empty() && leads_on
            }
            Slot::Taken | Slot::Loose => false,
        }
    }

    /// "…, while Asia fell 5%", "… and lift its dividend by 5% to 42 cents": behind a conjunction something else is
    /// named; behind "and" that holds only for what has an amount of its own.
    fn has_own_subject(&self, outside: std::ops::Range<usize>, mention: &Mention, next: Option<&Mention>) -> bool {
        if !self.reader.language.spaced || matches!(mention.slot, Slot::Prior | Slot::Taken | Slot::Loose) {
            return false;
        }
        let own_amount = mention.slot == Slot::Current || next.is_some_and(|next| next.slot == Slot::Current && next.firm);
        let starts = |at: usize| self.reader.has_cue(at, Cue::Clause) || (own_amount && self.reader.has_cue(at, Cue::And));
        let Some(conjunction) = outside.clone().rev().find(|at| starts(*at)) else { return false };
        (conjunction + 1..outside.end)
            .take_while(|at| self.direction_at(*at).is_none())
            .any(|at| self.reader.kind(at) == Some(TokenKind::Word) || self.metric_at(at).is_some())
    }

    /// 客数は3%減り、売上高は204億円: behind a comma another thing is named, so the result before was not of it.
    fn opens_topic(&self, mention: &Mention) -> bool {
        let from = mention.figure.checked_sub(1).map_or(0, |previous| self.token_range(previous).end);
        let is_comma = |at: usize| matches!(self.mark(at), Some(',' | '，' | '、'));
        let Some(comma) = (from..mention.lead).rev().find(|at| is_comma(*at)) else { return false };
        let names = |at: usize| {
            (self.metric_at(at).is_some() && !self.reader.has_cue(at, Cue::Loss)) || self.reader.kind(at) == Some(TokenKind::Word)
        };
        !self.reader.language.spaced && (comma..self.token_range(mention.figure).start).any(names)
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
            Slot::Taken | Slot::Loose => {}
        }
    }

    /// "up 6% year on year and down 18% on the quarter": the nearest word before a result says which.
    fn basis_of_result(&self, figure: usize) -> Option<Basis> {
        let range = self.token_range(figure);
        let from = figure.checked_sub(1).map_or(0, |previous| self.token_range(previous).end).max(range.start.saturating_sub(6));
        let before = (from..range.start).rev().find_map(|at| self.basis_at(at));
        before.or_else(|| (range.end..range.end + 2).find_map(|at| self.basis_at(at)))
    }

    fn basis_at(&self, at: usize) -> Option<Basis> {
        match at {
            at if self.reader.has_cue(at, Cue::YearOnYear) => Some(Basis::Year),
            at if self.reader.has_cue(at, Cue::QuarterOnQuarter) => Some(Basis::Quarter),
            _ => None,
        }
    }

    /// The time that leads a prior in.
    fn basis_of_prior(&self, figure: usize, memory: &Memory) -> Option<Basis> {
        let range = self.token_range(figure);
        let before = (self.tokens.start..range.start).rev().take(8).take_while(|at| self.figure_ending_at(at + 1).is_none());
        let time = before.chain(range.end..self.tokens.end.min(range.end + 4)).find(|at| self.reader.has_cue(*at, Cue::PriorTime));
        let Some(time) = time else { return memory.last.and_then(|(last, _)| self.is_earlier(figure, last)) };
        Some(if self.reader.has_cue(time, Cue::QuarterBefore) { Basis::Quarter } else { Basis::Year })
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

    /// "A year earlier, revenue was 5 million": the prior of a growth that an earlier sentence stated.
    fn attach_prior(&mut self, frame: &Frame, memory: &Memory) -> bool {
        // How many claims back a statement is still spoken of.
        const REACH: usize = 100;
        let (Some(prior), None, true) = (frame.prior, frame.current, frame.results.is_empty()) else { return false };
        // 従来予想は300億円だった: what was forecast before is no prior.
        if self.expects(frame.tokens.clone()) {
            return false;
        }
        let recent = self.claims.len().saturating_sub(REACH);
        let spoken_of = memory.last.map(|(figure, _)| figure);
        let name = frame.metric.and_then(|metric| self.metric_name(metric)).map(|name| plain_name(name).to_owned());
        let open = |claim: &Draft| claim.figure(Role::Prior).is_none() && claim.relation != Relation::Conversion;
        let is_meant = |current: &usize| match &name {
            Some(name) => self.get(*current).and_then(|figure| figure.metric.as_deref()).is_some_and(|metric| plain_name(metric) == name),
            None => spoken_of == Some(*current),
        };
        let claims = || self.claims.iter().skip(recent);
        let currents = claims().rev().filter(|claim| open(claim)).filter_map(|claim| claim.figure(Role::Current));
        let Some(current) = currents.filter(is_meant).find(|current| self.comparable(Some(*current), Some(prior))) else { return false };
        let of_current = |claim: &Draft| open(claim) && claim.figure(Role::Current) == Some(current);
        let growths = claims().filter(|claim| of_current(claim) && claim.relation == Relation::Growth).count();
        let basis = |claim: &Draft| claim.figure(Role::Growth).and_then(|growth| self.basis_of_result(growth));
        // Of growths on several bases only the one on the prior's is meant.
        let fits = |claim: &Draft| match growths {
            0 | 1 => agree(basis(claim), frame.basis),
            _ => frame.basis.is_some() && basis(claim) == frame.basis,
        };
        let found: Vec<usize> =
            claims().enumerate().filter(|(_, claim)| of_current(claim) && fits(claim)).map(|(index, _)| recent + index).collect();
        for index in &found {
            if let Some(claim) = self.claims.get_mut(*index) {
                claim.roles.insert(1, (Role::Prior, prior));
            }
        }
        !found.is_empty()
    }

    /// "The figure was 9.4% higher than …": the current figure is the one last spoken of, if nothing else is named.
    fn recall(&self, frame: &mut Frame, memory: &Memory) {
        let Some((current, metric)) = memory.last else { return };
        let anaphor = self.has(Cue::Anaphor) && frame.metric.is_none_or(|own| Some(own) == metric);
        let named = frame.metric.zip(metric).is_some_and(|(own, last)| self.is_same_metric(own, last));
        let next = memory.last_sentence.is_some_and(|last| last + 1 >= self.tokens.start);
        let same = named && (frame.prior.is_some() || (next && self.is_subject(frame)));
        // 前年同期は142億円の黒字だった。 7～9月の318億円からは7.5%増えた。
        let dated = frame.prior.is_some_and(|prior| self.comparable(Some(current), Some(prior)))
            && frame.compared
            && frame.metric.is_none()
            && next
            && !self.expects(frame.tokens.clone())
            && !self.claims.iter().any(|claim| claim.figure(Role::Current) == Some(current) && claim.figure(Role::Prior).is_some());
        if (anaphor || same || dated) && !frame.is_empty() {
            frame.current = Some(current);
        }
    }

    /// "profit" behind "operating profit" speaks of the same.
    fn is_same_metric(&self, own: u16, last: u16) -> bool {
        let names = self.metric_name(own).zip(self.metric_name(last));
        own == last || names.is_some_and(|(own, last)| last.strip_suffix(own).is_some_and(|rest| rest.ends_with(' ')))
    }

    /// "Profit was 9.2% higher …": the sentence opens with the name alone, and a verb follows.
    fn is_subject(&self, frame: &Frame) -> bool {
        let start = self.tokens.start;
        let at = start + usize::from(self.reader.has_cue(start, Cue::Article) && self.metric_at(start).is_none());
        let verb = |at: usize| self.reader.has_cue(at, Cue::Level) || self.direction_at(at).is_some();
        self.metric_at(at).is_some() && self.metric_at(at) == frame.metric && verb(at + 1)
    }

    fn finish_and_remember(&mut self, mut frame: Frame, memory: &mut Memory) {
        if self.attach_prior(&frame, memory) {
            self.name_metric(&frame);
            return;
        }
        if frame.current.is_none() {
            self.recall(&mut frame, memory);
        }
        if let Some(current) = frame.current.filter(|current| self.get(*current).is_some_and(Figure::is_level)) {
            (memory.last, memory.last_sentence) = (Some((current, frame.metric)), Some(self.tokens.end));
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
            if !self.is_single(result.figure) {
                continue;
            }
            if of_loss {
                self.turn_worth(result.figure);
            }
            let first = !frame.results.iter().take(index).any(|other| other.slot == result.slot);
            let prior = result.prior.or(frame.prior.filter(|_| first && agree(result.basis, frame.basis)));
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
            Slot::Growth | Slot::Points if percentages && current.is_some() => (Relation::Points, Role::Points),
            Slot::Growth if !percentages => (Relation::Growth, Role::Growth),
            Slot::Multiple if !percentages => (Relation::Multiple, Role::Multiple),
            Slot::Change if self.comparable(current.or(prior), Some(result.figure)) => (Relation::Change, Role::Change),
            _ => return false,
        };
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
