//! A frame collects the slots of one statement; each result it states is one claim.

use super::slot::{CLAUSE, Mention, Slot};
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
                matches!(mention.slot, Slot::Current | Slot::Growth)
                    && (mention.lead..range.start).any(|at| self.reader.has_cue(at, Cue::Loss))
            };
            // "reduziu em 48% o prejuízo, que ficou em R$ 130 milhões"
            frame.loss |=
                (frame.is_empty() || still_unnamed) && (outside.clone().any(|at| self.reader.has_cue(at, Cue::Loss)) || led_as_loss());
            if let Some((at, direction)) = self.leading_direction(mention) {
                frame.direction = Some(if frame.loss && self.is_of_worth(at) { direction.reverse() } else { direction });
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

    /// "With 845 million gross profit was 57 million higher", "318 million in sales": the name stands behind its figure.
    fn awaits_name(&self, figure: usize) -> bool {
        let range = self.token_range(figure);
        let of = self.reader.has_cue(range.end, Cue::Of) && self.metric_at(range.end + 1).is_some();
        let beside = self.metric_at(range.end).is_some() && !self.reader.has_cue(range.end, Cue::Loss);
        self.reader.language.spaced && (of || beside || self.opens_with(range.start))
    }

    /// "a loss of 11 million, while a year earlier a profit of 3 million": a profit and a loss are one thing.
    fn turns(&self, a: Option<u16>, b: Option<u16>) -> bool {
        let name = |metric: Option<u16>| metric.and_then(|metric| self.metric_name(metric)).unwrap_or_default();
        let (a, b) = (name(a), name(b));
        (a == "loss" && b.ends_with("profit")) || (b == "loss" && a.ends_with("profit"))
    }

    /// "… a loss of 7 million; a year earlier it had earned 4 million": the time before of what was just said.
    fn adds_prior(&self, frame: &Frame, mention: &Mention, metric: Option<u16>) -> bool {
        let last = mention.figure + 1 == self.last;
        let same = frame.current.is_some() && self.comparable(frame.current, Some(mention.figure));
        let named = metric.is_none_or(|metric| frame.metric.is_none_or(|own| own == metric));
        let timed = || {
            let from = mention.figure.checked_sub(1).map_or(0, |previous| self.token_range(previous).end);
            (from..self.token_range(mention.figure).start).any(|at| self.reader.has_cue(at, Cue::PriorTime))
        };
        last && mention.slot == Slot::Prior && mention.compared && same && named && frame.prior.is_none() && timed()
    }

    /// "… to 137.2 million; that is a rise of 6.4%".
    fn adds_result(&self, frame: &Frame, mention: &Mention, metric: Option<u16>) -> bool {
        let from = mention.figure.checked_sub(1).map_or(0, |previous| self.token_range(previous).end);
        let told = || (from..mention.lead).any(|at| self.has_any(at, &[Cue::Or, Cue::Equals, Cue::Anaphor]));
        let last = mention.figure + 1 == self.last;
        last && mention.slot == Slot::Growth && metric.is_none() && frame.current.is_some() && frame.results.is_empty() && told()
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
        // "nearly unchanged" is no growth of zero; "perdió 43 millones" is a loss, no fall.
        let nearly = |at: usize| at > self.tokens.start && self.has_any(at - 1, &[Cue::Under, Cue::About, Cue::Over]);
        let moves = |at: usize| self.direction_at(at).filter(|_| !self.reader.has_cue(at, Cue::Loss));
        let said_at = |at: usize| moves(at).filter(|direction| direction.is_ne() || !nearly(at)).map(|direction| (at, direction));
        let before = before.next().and_then(said_at).or_else(|| said_at(mention.lead));
        // 470万人に増えた
        let end = self.token_range(mention.figure).end;
        let end = self.name_behind(end).map_or(end, |name| name + 1);
        let behind = || {
            self.has_any(end, &[Cue::ToAfter, Cue::FromAfter])
                .then(|| (end + 1..self.tokens.end).find(|at| !self.has_any(*at, &linking)).and_then(said_at))
        };
        before.or_else(|| behind().flatten()).or_else(|| self.verb_behind(mention)).or_else(|| self.verb_before(mention))
    }

    /// "ist auf 2,2 Prozent gesunken": the verb ends the clause right behind the figure.
    fn verb_behind(&self, mention: &Mention) -> Option<(usize, Ordering)> {
        let end = self.token_range(mention.figure).end;
        let direction = self.direction_at(end).filter(|_| self.reader.language.spaced && self.reader.has_cue(mention.lead, Cue::To))?;
        let ends = end + 1 >= self.tokens.end
            || matches!(self.mark(end + 1), Some(',' | ';' | ':' | '(' | ')' | '–' | '—'))
            || self.has_any(end + 1, &[Cue::And, Cue::Level, Cue::Expect]);
        ends.then_some((end, direction))
    }

    /// "fielen die Umsätze im Inland auf 288 Mio. Euro": the verb stands before its subject. A clause with verbs of
    /// both directions says nothing.
    fn verb_before(&self, mention: &Mention) -> Option<(usize, Ordering)> {
        const REACH: usize = 14;
        if !self.reader.language.spaced || !self.reader.has_cue(mention.lead, Cue::To) {
            return None;
        }
        let clause = (self.tokens.start.max(mention.lead.saturating_sub(REACH))..mention.lead)
            .rev()
            .take_while(|at| !matches!(self.mark(*at), Some(',' | ';' | ':' | '(' | ')' | '–' | '—')))
            .take_while(|at| self.figure_ending_at(at + 1).is_none() && !self.has_any(*at, &[Cue::And, Cue::Level]));
        let verbs: Vec<(usize, Ordering)> =
            clause.filter(|at| self.is_verb(*at)).filter_map(|at| Some((at, self.direction_at(at)?))).collect();
        verbs.first().copied().filter(|(_, direction)| verbs.iter().all(|(_, other)| other == direction))
    }

    /// Whether a word of direction is a verb, by what stands around it: no article or preposition before, no noun or
    /// "of" behind.
    fn is_verb(&self, at: usize) -> bool {
        let noun = at > self.tokens.start && self.has_any(at - 1, &[Cue::Article, Cue::Of, Cue::At, Cue::By, Cue::Against]);
        let opens = self.has_any(at + 1, &[Cue::Article, Cue::NotCount, Cue::YearOnYear, Cue::QuarterOnQuarter]);
        let of = self.reader.has_cue(at + 1, Cue::Of) && !self.reader.has_cue(at + 1, Cue::Article);
        !noun && opens && !of
    }

    /// Whether a figure begins the next statement: its slot is taken, or a growth leads in another amount.
    fn starts_new(&self, frame: &Frame, mention: &Mention, next: Option<&Mention>) -> bool {
        let differs = |known: Option<usize>| known.is_some_and(|known| !self.comparable(Some(known), Some(mention.figure)));
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
        let percent = self.get(mention.figure).is_some_and(|figure| figure.kind == Kind::Percent);
        if mention.slot == Slot::Taken && percent && (self.prior_follows(mention.figure) || self.points_follow(mention.figure)) {
            return true;
        }
        if self.goes_its_own_way(frame, mention) {
            return true;
        }
        if mention.slot == Slot::Current && self.leaves_growth(frame, mention) {
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

    /// "il pedaggio aumenta del 2,3% e l'imposta sale da 16 a 18 euro": behind "and" the amount has a verb of its own,
    /// and so had the result before.
    fn goes_its_own_way(&self, frame: &Frame, mention: &Mention) -> bool {
        let alone = frame.current.is_none() && frame.prior.is_none() && frame.results.iter().any(|stated| stated.slot == Slot::Growth);
        if !alone || !self.reader.language.spaced || !matches!(mention.slot, Slot::Current | Slot::Prior) {
            return false;
        }
        let from = mention.figure.checked_sub(1).map_or(0, |previous| self.token_range(previous).end);
        let and = (from..mention.lead).find(|at| self.reader.has_cue(*at, Cue::And));
        and.is_some_and(|and| (and..mention.lead).any(|at| self.direction_at(at).is_some()))
    }

    /// Whether what stands between a growth and a figure shows that they are not of one thing: between percentages a
    /// name or another direction; before an amount nothing that leads it in.
    fn leaves_growth(&self, frame: &Frame, mention: &Mention) -> bool {
        let Some(growth) = frame.results.last() else { return false };
        if !self.reader.language.spaced || growth.slot != Slot::Growth || frame.prior.is_some() || growth.figure + 1 != mention.figure {
            return false;
        }
        let gap = self.token_range(growth.figure).end..self.token_range(mention.figure).start;
        if !self.get(mention.figure).is_some_and(Figure::is_level) {
            let names = |at: usize| self.metric_at(at).is_some() || self.direction_at(at).is_some();
            return gap.into_iter().any(names);
        }
        let comma = gap.clone().rev().find(|at| matches!(self.mark(*at), Some(',')));
        let subject =
            |at: usize| (self.reader.has_cue(at, Cue::Article) || self.metric_at(at).is_some()) && !self.reader.has_cue(at, Cue::Anaphor);
        // "En hausse de 12 %, le résultat s'est établi à 56 millions" has no subject before.
        let start = self.token_range(growth.figure).start;
        let named = (self.tokens.start.max(start.saturating_sub(CLAUSE))..start)
            .any(|at| self.metric_at(at).is_some() || matches!(self.reader.kind(at), Some(TokenKind::Word)));
        let level = named && self.has_any(mention.lead, &[Cue::Level]) && frame.current.is_none() && frame.metric.is_none();
        if level && comma.is_some_and(|comma| (comma + 1..mention.lead).any(subject)) {
            return true;
        }
        !mention.firm && gap.into_iter().any(|at| self.reader.has_cue(at, Cue::NotCount)) && frame.current.is_none()
    }

    /// "…, while Asia fell 5%", "… and lift its dividend by 5% to 42 cents": behind a conjunction something else is
    /// named; behind "and" that holds only for what has an amount of its own.
    fn has_own_subject(&self, outside: std::ops::Range<usize>, mention: &Mention, next: Option<&Mention>) -> bool {
        if !self.reader.language.spaced || matches!(mention.slot, Slot::Prior | Slot::Taken | Slot::Loose) {
            return false;
        }
        let own_amount = mention.slot == Slot::Current || next.is_some_and(|next| next.slot == Slot::Current && next.firm);
        // "and the yield rose 14 points"
        let noun = |at: usize| self.reader.kind(at) == Some(TokenKind::Word) || self.metric_at(at).is_some();
        let phrase = |at: usize| self.reader.has_cue(at + 1, Cue::Article) && noun(at + 2);
        let and = |at: usize| self.reader.has_cue(at, Cue::And) && (own_amount || (mention.slot == Slot::Points && phrase(at)));
        let starts = |at: usize| self.reader.has_cue(at, Cue::Clause) || and(at);
        let Some(conjunction) = outside.clone().rev().find(|at| starts(*at)) else { return false };
        // "rose 5%, the company said on Tuesday, to 3 billion": a verb must follow.
        let range = self.token_range(mention.figure);
        let verb = |at: usize| self.direction_at(at).is_some() || self.has_any(at, &[Cue::Level, Cue::Of]);
        (mention.slot != Slot::Current || (conjunction + 1..range.start).any(verb))
            && (conjunction + 1..outside.end).take_while(|at| self.direction_at(*at).is_none()).any(noun)
    }

    /// Whether a token stands in brackets.
    fn is_bracketed(&self, at: usize) -> bool {
        let depth = (self.tokens.start..at).fold(0_i32, |depth, at| match self.mark(at) {
            Some('(' | '（') => depth + 1,
            Some(')' | '）') => (depth - 1).max(0),
            _ => depth,
        });
        depth > 0
    }

    fn compares_percentages(&self, frame: &Frame, mention: &Mention) -> bool {
        let percent = |figure: usize| self.get(figure).is_some_and(|figure| figure.kind == Kind::Percent);
        mention.slot == Slot::Prior && percent(mention.figure) && frame.current.is_some_and(percent) && frame.results.is_empty()
    }

    fn turns_to_loss(&self, frame: &Frame, mention: &Mention) -> bool {
        let range = self.token_range(mention.figure);
        let named = (mention.lead..range.start).any(|at| self.reader.has_cue(at, Cue::Loss));
        let growth = frame.results.iter().any(|stated| stated.slot == Slot::Growth) && frame.current.is_none() && frame.prior.is_none();
        mention.slot == Slot::Current && named && growth && frame.metric.is_some() && !frame.loss
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

    /// "up 6% year on year and down 18% on the quarter": the nearest word before a result says which.
    fn basis_of_result(&self, figure: usize) -> Option<Basis> {
        let range = self.token_range(figure);
        let from = figure.checked_sub(1).map_or(0, |previous| self.token_range(previous).end).max(range.start.saturating_sub(6));
        // Right behind the figure before it is said of that one.
        let from = from + usize::from(self.reader.language.spaced && self.figure_ending_at(from).is_some());
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
            && !self
                .claims
                .iter()
                .rev()
                .take(CLAUSE)
                .any(|claim| claim.figure(Role::Current) == Some(current) && claim.figure(Role::Prior).is_some());
        // "A year before it had been 172 million."
        let opens = self.reader.has_cue(self.tokens.start, Cue::PriorTime) && frame.metric.is_none() && self.reader.language.spaced;
        let opens = opens && frame.prior.is_some() && frame.results.is_empty();
        if (anaphor || same || dated || opens) && !frame.is_empty() {
            frame.current = Some(current);
        } else if let Some(own) =
            frame.metric.filter(|_| self.reader.language.spaced && !frame.results.is_empty() && self.is_subject(frame))
        {
            // What was named before the last: "revenue of 448, a profit of 38 and cash of 74. The profit was 14% up."
            let before = memory.levels.iter().filter(|(metric, _)| self.is_same_metric(own, **metric)).map(|(_, figure)| *figure);
            frame.current = before.max();
        }
    }

    /// "In 2022 revenue was 96 million. In 2023 it rose to 108 million, up 12.5%", "a year before it was 212 million; the
    /// increase is 11.3%": the prior, or both amounts, were stated just before.
    fn take_earlier(&mut self, frame: &mut Frame, memory: &Memory) {
        let growth = frame.results.iter().any(|stated| stated.slot == Slot::Growth && stated.basis != Some(Basis::Quarter));
        if !growth || frame.prior.is_some() {
            return;
        }
        let Some(current) = frame.current else {
            let open = |claim: &Draft| {
                let here = claim.figure(Role::Prior).is_some_and(|prior| self.token_range(prior).start >= self.tokens.start);
                claim.relation == Relation::Growth && claim.figure(Role::Growth).is_none() && here
            };
            let recent = self.claims.len().saturating_sub(CLAUSE);
            let told = self.claims.iter().skip(recent).rposition(open).filter(|_| frame.metric.is_none()).map(|at| recent + at);
            if let Some(claim) = told.map(|index| self.claims.remove(index)) {
                frame.current = claim.figure(Role::Current);
                claim.figure(Role::Prior).into_iter().for_each(|prior| frame.set_prior(prior, None));
                return;
            }
            if let Some((current, prior, _)) = memory.pair.filter(|(.., sentence)| *sentence == self.tokens.start && frame.metric.is_none())
            {
                frame.current = Some(current);
                frame.set_prior(prior, None);
            }
            return;
        };
        let Some((last, metric)) = memory.last.filter(|(last, _)| *last != current) else { return };
        let ends = self.token_range(last).end..self.token_range(current).start;
        let sentences = ends.filter(|at| matches!(self.reader.kind(*at), Some(TokenKind::Stop | TokenKind::Break))).take(2).count();
        let same_thing = frame.metric.is_none() || frame.metric == metric;
        if same_thing && sentences < 2 && self.comparable(Some(last), Some(current)) && self.is_earlier(last, current) == Some(Basis::Year)
        {
            frame.set_prior(last, Some(Basis::Year));
        }
    }

    /// "Revenue went from 5 to 6 million. That is a rise of 20%": the size of a growth that was stated without.
    fn attach_result(&mut self, frame: &Frame, memory: &Memory) -> bool {
        let [growth] = frame.results.as_slice() else { return false };
        let (None, None, Some((current, _))) = (frame.current, frame.prior, memory.last) else { return false };
        let told = self.has(Cue::Anaphor) || self.has_any(self.tokens.start, &[Cue::Or, Cue::Equals]);
        if growth.slot != Slot::Growth || !told || !self.is_single(growth.figure) {
            return false;
        }
        let open = |claim: &&mut Draft| claim.figure(Role::Current) == Some(current) && claim.figure(Role::Growth).is_none();
        let stated = self.claims.iter_mut().rev().take(CLAUSE).filter(open).find(|claim| claim.relation == Relation::Growth);
        let Some(claim) = stated.filter(|claim| claim.figure(Role::Prior).is_some()) else { return false };
        claim.roles.push((Role::Growth, growth.figure));
        claim.direction = None;
        true
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
        let auxiliary = |at: usize| self.reader.has_cue(at, Cue::NotCount) && !self.has_any(at, &[Cue::Of, Cue::At, Cue::To, Cue::From]);
        let verb = |at: usize| {
            let moves = |at: usize| self.direction_at(at).is_some();
            self.reader.has_cue(at, Cue::Level) || moves(at) || (auxiliary(at) && moves(at + 1))
        };
        self.metric_at(at).is_some() && self.metric_at(at) == frame.metric && verb(at + 1)
    }

    fn finish_and_remember(&mut self, mut frame: Frame, memory: &mut Memory) {
        self.take_earlier(&mut frame, memory);
        if self.attach_result(&frame, memory) {
            return;
        }
        if self.attach_prior(&frame, memory) {
            self.name_metric(&frame);
            return;
        }
        if let (Some(prior), None, true) = (frame.prior, frame.current, frame.results.is_empty()) {
            let same = |(last, metric): &(usize, Option<u16>)| self.comparable(Some(*last), Some(prior)) && *metric == frame.metric;
            memory.pair = memory.last.filter(same).map(|(last, _)| (last, prior, self.tokens.start));
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
        /// How far before its figure a verb of gain may stand.
        const GAIN: usize = 5;
        for level in [frame.current, frame.prior].into_iter().flatten() {
            let range = self.token_range(level);
            let lead = self.lead(range.start).map_or(range.start, |led| led.at);
            let named_otherwise = (lead..range.start).any(|at| self.metric_at(at).is_some() && !self.reader.has_cue(at, Cue::Loss));
            let gained =
                (range.start.saturating_sub(GAIN).max(self.tokens.start)..range.end + 2).any(|at| self.reader.has_cue(at, Cue::Gain));
            let named_otherwise =
                named_otherwise || gained || self.metric_at(range.end).is_some_and(|_| !self.reader.has_cue(range.end, Cue::Loss));
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
