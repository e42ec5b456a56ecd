//! The words that lead a figure in: "to", "from", "compared with", "an increase of".

use super::Sentence;
use super::slot::CLAUSE;
use crate::check::language::{Cue, Sense};
use std::cmp::Ordering;

/// What leads a figure in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Lead {
    /// "to"
    To,
    /// "was", "reached", "at", "revenue of"
    Current,
    /// "from", "compared with"
    Prior { compared: bool },
    /// "rose", "by", "an increase of"
    Change(Ordering),
    /// "above", "ahead of": what it is measured on, whoever said so
    Beside,
}

/// A lead, where it stands, and whether a loss is named between it and the figure.
#[derive(Debug, Clone, Copy)]
pub(super) struct Led {
    pub(super) lead: Lead,
    pub(super) at: usize,
    pub(super) loss: bool,
}

impl Sentence<'_, '_> {
    /// What leads a figure in: the nearest preposition, verb or direction before it.
    pub(super) fn lead(&self, start: usize) -> Option<Led> {
        const REACH: usize = 8;
        let (mut loss, mut passed_of) = (false, false);
        let fallback = |loss: bool, at: usize| loss.then_some(Led { lead: Lead::Current, at, loss });
        for at in (self.tokens.start.max(start.saturating_sub(REACH))..start).rev() {
            if self.figure_ending_at(at + 1).is_some() {
                return fallback(loss, at + 1);
            }
            loss |= self.reader.has_cue(at, Cue::Loss);
            if let Some(lead) = self.lead_at(at, passed_of) {
                // "to a net profit of": the preposition before the name decides.
                let outer = (lead == Lead::Current && passed_of).then(|| self.outer_lead(at)).flatten();
                // "fiel ein Verlust von 6 Millionen Euro an": a loss of an amount is no change by it.
                // "von minus 40 auf plus 65 Millionen Euro": right before the number a sign
                let signs = at + 1 == start && at > self.tokens.start && matches!(lead, Lead::Change(_)) && self.reader.language.spaced;
                if signs && self.reader.has_cue(at - 1, Cue::To) && !self.reader.has_cue(at - 1, Cue::By) {
                    return Some(Led { lead: Lead::To, at: at - 1, loss });
                }
                let lead = if loss && passed_of && matches!(lead, Lead::Change(_)) && !self.reader.has_cue(at, Cue::By) {
                    Lead::Current
                } else {
                    lead
                };
                return Some(outer.map_or(Led { lead, at, loss }, |(lead, at)| Led { lead, at, loss }));
            }
            passed_of |= self.reader.has_cue(at, Cue::Of);
            // 净利润3亿元: the name stands right before the number.
            let name = !self.reader.language.spaced && self.metric_at(at).is_some();
            // "the 2022 figure of", 2022年的
            let period = || self.reader.senses(at).iter().any(|sense| matches!(sense, Sense::Period(_)));
            let year = passed_of
                && (self.year_at(at).is_some() || period() || (self.reader.has_cue(at, Cue::NotCount) && !self.reader.language.spaced));
            let passable = name
                || year
                || self.has_any(at, &[Cue::About, Cue::Over, Cue::Under, Cue::Article, Cue::Of, Cue::Loss, Cue::At])
                || (passed_of && (self.metric_at(at).is_some() || self.reader.is_word(at)));
            // "after earning 24.8 million in 2021, it made 19.3 million"
            let against = at > self.tokens.start && self.reader.has_cue(at - 1, Cue::Against);
            if !passable && !loss && against && self.metric_at(at).is_some() && self.reader.language.spaced {
                return Some(Led { lead: Lead::Prior { compared: true }, at: at - 1, loss });
            }
            if !passable {
                return self.inverted_lead(at).or_else(|| fallback(loss, at));
            }
        }
        fallback(loss, start)
    }

    /// "won het aandeel 2,30 euro": the subject stands between its verb and the size.
    fn inverted_lead(&self, noun: usize) -> Option<Led> {
        let verb = noun.checked_sub(2).filter(|at| *at >= self.tokens.start && self.reader.language.spaced)?;
        let subject = self.reader.is_word(noun) || self.metric_at(noun).is_some() || self.reader.has_cue(noun, Cue::Share);
        let plain = !self.has_any(verb, &[Cue::Over, Cue::Under, Cue::Against, Cue::Of, Cue::Loss]);
        let direction = self.direction_at(verb).filter(|direction| direction.is_ne() && plain)?;
        (subject && self.reader.has_cue(noun - 1, Cue::Article)).then_some(Led { lead: Lead::Change(direction), at: verb, loss: false })
    }

    /// "to", "from" or "compared with" before the name of an amount and its article.
    fn outer_lead(&self, name: usize) -> Option<(Lead, usize)> {
        let mut at = name.checked_sub(1).filter(|at| *at >= self.tokens.start)?;
        if self.reader.has_cue(at, Cue::Article) && at > self.tokens.start {
            at -= 1;
        }
        match self.lead_at(at, false) {
            Some(lead @ (Lead::To | Lead::Prior { .. })) => Some((lead, at)),
            _ => None,
        }
    }

    fn by_direction(&self, at: usize) -> Option<Ordering> {
        let figure = (self.first..self.last).find(|figure| self.token_range(*figure).start > at);
        // "de winst met 6 mln verbeterde tot 48 mln"
        let behind = |figure: usize| self.direction_at(self.token_range(figure).end);
        let own = figure.and_then(|figure| self.final_direction(figure).or_else(|| behind(figure)));
        own.or_else(|| self.nearest_direction(at)).or_else(|| self.excess_before(at))
    }

    /// "übertraf das des Vorjahres um 14,2 Prozent", "dépassent de 62 M€": a verb that is a bound elsewhere; no
    /// comparative, which would hedge.
    pub(super) fn excess_before(&self, by: usize) -> Option<Ordering> {
        const REACH: usize = 8;
        // "übertrafen den Vorjahreswert (296,1 Mio. Euro) um 7,5 Prozent": what stands in brackets is passed over.
        let start = self.tokens.start.max(by.saturating_sub(CLAUSE));
        let closed = by.checked_sub(1).filter(|at| self.mark(*at) == Some(')'));
        let by = closed.and_then(|close| (start..close).rev().find(|at| self.mark(*at) == Some('('))).unwrap_or(by);
        let back = || {
            (self.tokens.start.max(by.saturating_sub(REACH))..by)
                .rev()
                .take_while(|at| self.mark(*at).is_none() && self.figure_ending_at(at + 1).is_none())
        };
        let verb = |at: &usize, cue| {
            self.reader.has_cue(*at, cue) && !self.reader.slice(*at).contains(' ') && self.reader.has_cue(*at, Cue::Level)
        };
        if !self.reader.language.spaced {
            return None;
        }
        back().find_map(|at| match () {
            () if verb(&at, Cue::Over) => Some(Ordering::Greater),
            () if verb(&at, Cue::Under) => Some(Ordering::Less),
            () => None,
        })
    }

    fn lead_at(&self, at: usize, passed_of: bool) -> Option<Lead> {
        let has = |cue| self.reader.has_cue(at, cue);
        let fraction =
            || at.checked_sub(1).is_some_and(|before| self.reader.senses(before).iter().any(|sense| matches!(sense, Sense::Fraction(..))));
        let is_size = |figure: usize| self.get(figure).is_some_and(|own| !own.is_level()) || self.comparison_behind(figure).is_some();
        let behind_size = || self.figure_ending_at(at).is_some_and(is_size) || fraction();
        if has(Cue::Against) || (self.has_any(at, &[Cue::OnBase, Cue::Over, Cue::Under]) && behind_size()) {
            return Some(Lead::Prior { compared: true });
        }
        if has(Cue::ByAfter) && self.figure_ending_at(at).is_some() {
            // 45億円少ない1,120億円: the change stands before, what follows is the current figure.
            return Some(Lead::To);
        }
        if has(Cue::PriorTime) && (passed_of || !self.reader.language.spaced) {
            return Some(Lead::Prior { compared: true });
        }
        let exceeds = |at: usize| self.has_any(at, &[Cue::Over, Cue::Under]) && self.reader.has_cue(at, Cue::Level);
        // "n'augmente que de 3 %"
        let only = at > self.tokens.start + 1 && self.reader.has_cue(at - 1, Cue::Against) && self.direction_at(at - 2).is_some();
        let follows_direction = only || at > self.tokens.start && (self.direction_at(at - 1).is_some() || exceeds(at - 1));
        if has(Cue::By)
            && let Some(direction) =
                self.by_direction(at).filter(|direction| direction.is_ne()).filter(|_| !has(Cue::Of) || follows_direction)
        {
            return Some(Lead::Change(direction));
        }
        if has(Cue::To) {
            return Some(Lead::To);
        }
        // "de" is "from" only after a size or a verb that moves; elsewhere it is "of".
        let after_size = self.figure_ending_at(at).is_some()
            || (at > self.tokens.start && matches!(self.mark(at - 1), Some(',')) && self.ends_behind_figure(at - 1));
        if has(Cue::From) && (after_size || !has(Cue::Of)) {
            return Some(Lead::Prior { compared: false });
        }
        // "ganó 5 millones" is a level, "ganó un 5 %" a growth.
        if let Some(direction) = self.direction_at(at).filter(|_| !has(Cue::Loss) && !has(Cue::Level) && !self.stands_behind(at)) {
            return Some(if has(Cue::OnBase) { Lead::Beside } else { Lead::Change(direction) });
        }
        if has(Cue::Level) || (has(Cue::At) && !passed_of) {
            return Some(Lead::Current);
        }
        (passed_of && self.metric_at(at).is_some() && !has(Cue::Loss)).then_some(Lead::Current)
    }

    /// Whether a figure ends at a comma, a particle of its verb between: "auf 13,6 Prozent nach, von".
    fn ends_behind_figure(&self, comma: usize) -> bool {
        self.figure_ending_at(comma).is_some() || comma.checked_sub(1).is_some_and(|particle| self.figure_ending_at(particle).is_some())
    }
}
