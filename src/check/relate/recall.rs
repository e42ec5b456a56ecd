//! What a statement takes from the sentences before it, and leaves to those behind.

use super::frame::Frame;
use super::slot::{CLAUSE, Slot};
use super::time::{Basis, agree};
use super::{Draft, Memory, Sentence};
use crate::check::figure::{Figure, Unit};
use crate::check::language::Cue;
use crate::check::scan::TokenKind;
use crate::relation::{Relation, Role};
use std::cmp::Ordering;

/// "total revenue" and "revenue" are one thing within a document.
fn plain_name(name: &str) -> &str {
    name.strip_prefix("total ").unwrap_or(name)
}

impl Sentence<'_, '_> {
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
        // "The loss narrowed to 26 million. A year before it was 40 million."
        let loss = found.iter().any(|index| self.claims.get(*index).is_some_and(|claim| claim.of_loss));
        if loss && self.is_negative(current) && !self.is_gained(prior) {
            self.set_negative(prior, true);
        }
        !found.is_empty()
    }

    /// "The figure was 9.4% higher than …": the current figure is the one last spoken of, if nothing else is named.
    fn recall(&self, frame: &mut Frame, memory: &Memory) {
        let Some((current, metric)) = memory.last else { return };
        let anaphor = self.has_anaphor() && frame.metric.is_none_or(|own| Some(own) == metric);
        let named = frame.metric.zip(metric).is_some_and(|(own, last)| self.is_same_metric(own, last));
        let next = memory.last_sentence.is_some_and(|last| last + 1 >= self.tokens.start);
        let same = named && (frame.prior.is_some() || (next && self.is_subject(frame)));
        // 前年同期は142億円の黒字だった。 7～9月の318億円からは7.5%増えた。
        let dated = frame.prior.is_some_and(|prior| self.comparable(Some(current), Some(prior)))
            && frame.compared
            && frame.metric.is_none()
            && (next || (self.reader.has_cue(self.tokens.start, Cue::PriorTime) && self.follows_paragraph(memory)))
            && !self.expects(frame.tokens.clone())
            // 前年同期（600億円）に比べて10%増え、7～9月期（687億円）に比べて3.9%減った
            && (!frame.results.is_empty() && !self.reader.language.spaced
                || !self
                    .claims
                    .iter()
                    .rev()
                    .take(CLAUSE)
                    .any(|claim| claim.figure(Role::Current) == Some(current) && claim.figure(Role::Prior).is_some()));
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

    /// Whether only the end of a paragraph stands between the sentence and the one spoken of.
    fn follows_paragraph(&self, memory: &Memory) -> bool {
        let ends = |at: usize| matches!(self.reader.kind(at), Some(TokenKind::Stop | TokenKind::Break));
        memory.last_sentence.is_some_and(|end| end + 2 >= self.tokens.start && (end..self.tokens.start).all(ends))
    }

    /// "That was 9% more": something stands for what was last spoken of, and the sentence has no subject of its own:
    /// "Attendance, which peaked in May, was 7% lower".
    fn has_anaphor(&self) -> bool {
        let Some(anaphor) = self.tokens.clone().find(|at| self.reader.has_cue(*at, Cue::Anaphor)) else { return false };
        let start = self.tokens.start;
        let article = self.reader.has_cue(start, Cue::Article) && anaphor != start;
        let subject = self.reader.language.spaced && article && self.reader.is_word(start + 1);
        !subject || (start..anaphor).any(|at| self.reader.has_cue(at, Cue::Clause))
    }

    /// Whether a count is of something else than a name of money says: "400 shops" are no revenue.
    pub(super) fn counts_otherwise(&self, figure: usize, metric: u16) -> bool {
        const COUNTED: [&str; 9] =
            ["customers", "employees", "orders", "order backlog", "deliveries", "stores", "production", "exports", "imports"];
        let noun = self.get(figure).is_some_and(|figure| matches!(figure.unit, Unit::Noun(_)));
        noun && self.metric_name(metric).is_some_and(|name| !COUNTED.contains(&name))
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
            let next = |sentence: usize| {
                let stops =
                    (sentence..self.tokens.start).filter(|at| matches!(self.reader.kind(*at), Some(TokenKind::Stop | TokenKind::Break)));
                sentence == self.tokens.start || (self.opens_with_change() && stops.count() == 1)
            };
            if let Some((current, prior, _)) = memory.pair.filter(|(.., sentence)| next(*sentence) && frame.metric.is_none()) {
                // What was stated without its size is stated with it now.
                let same = |claim: &Draft| claim.figure(Role::Current) == Some(current) && claim.figure(Role::Prior) == Some(prior);
                let open = |claim: &Draft| claim.relation == Relation::Growth && claim.figure(Role::Growth).is_none() && same(claim);
                if let Some(told) = self.claims.iter().rposition(open) {
                    self.claims.remove(told);
                }
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
        let told = self.has(Cue::Anaphor) || self.has_any(self.tokens.start, &[Cue::Or, Cue::Equals]) || self.opens_with_change();
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

    /// "The increase, of 5.0%, is due to …": the subject of the sentence is the change of what was just spoken of.
    fn opens_with_change(&self) -> bool {
        let start = self.tokens.start;
        let at = start + usize::from(self.reader.has_cue(start, Cue::Article));
        let noun = at > start || !self.reader.language.spaced;
        noun && self.direction_at(at).is_some_and(Ordering::is_ne) && self.metric_at(at + 1).is_none() && !self.is_of_worth(at)
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

    pub(super) fn finish_and_remember(&mut self, mut frame: Frame, memory: &mut Memory) {
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
        // 5,100億～5,300億円を見込む。 前期は4,900億円だった: with what is expected nothing is compared.
        if frame.current.is_some_and(|current| self.get(current).is_some_and(|figure| figure.range.is_some())) {
            memory.last = None;
        } else if let Some(current) = frame.current.filter(|current| self.get(*current).is_some_and(Figure::is_level)) {
            let metric = frame.metric.filter(|metric| !self.counts_otherwise(current, *metric));
            (memory.last, memory.last_sentence) = (Some((current, metric)), Some(self.tokens.end));
            if let Some(metric) = metric {
                memory.levels.entry(metric).or_insert(current);
            }
        }
        self.finish(frame);
    }
}
