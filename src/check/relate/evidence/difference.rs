//! What is left between two figures, where a word names it: a surplus, a deficit, a balance.

use super::{Evidence, LEVELS};
use crate::check::language::{Cue, Sense};
use crate::check::relate::Draft;
use crate::relation::{Relation, Role};

/// A figure that a word of balance names.
#[derive(Clone, Copy)]
struct Balance {
    figure: usize,
    /// The word stands behind the figure: what is left is so much, and less than nothing (収支は…の赤字).
    behind: bool,
    /// It names what is left, and not only a loss.
    plain: bool,
    /// It names what is missing.
    missing: bool,
}

impl Evidence<'_, '_> {
    /// "The surplus came to 1.3 billion. Exports totalled 65.8 billion and imports 64.5 billion."
    pub(super) fn differences(&mut self, at: usize) {
        let levels = self.levels(at);
        if levels.is_empty() || levels.len() > LEVELS {
            return;
        }
        let Some(balance) = self.balance(at, &levels) else { return };
        if self.used(balance.figure).tied {
            return;
        }
        let negative = self.get(balance.figure).is_some_and(|figure| figure.printed.value().is_negative());
        match self.flows_beside(at, &levels, balance).or_else(|| self.flows_that_fit(at, &levels, balance)) {
            Some(draft) => self.push(draft),
            None => self.set_negative(&[balance.figure], negative),
        }
    }

    /// The first figure of a sentence that a word of balance names.
    fn balance(&self, at: usize, levels: &[usize]) -> Option<Balance> {
        let tokens = self.passages.get(at)?.tokens.clone();
        let named = |at: &usize| self.has_any(*at, &[Cue::Balance, Cue::Loss]);
        tokens.filter(named).find_map(|word| self.named_by(word, levels))
    }

    /// The figure that a word names: the next one behind it, or the one right before it.
    fn named_by(&self, word: usize, levels: &[usize]) -> Option<Balance> {
        let spaced = self.reader.language.spaced;
        let (ahead, back) = if spaced { (14, 1) } else { (5, 3) };
        let (plain, missing) = (self.reader.has_cue(word, Cue::Balance), self.reader.has_cue(word, Cue::Loss));
        let ends = |at: usize| matches!(self.mark(at), Some(';' | '；' | ':' | '：'));
        let before = levels.iter().rfind(|level| self.tokens(**level).end <= word && word - self.tokens(**level).end <= back);
        let behind = levels.iter().find(|level| self.tokens(**level).start > word);
        let behind = behind.filter(|level| {
            let gap = word + 1..self.tokens(**level).start;
            gap.len() <= ahead && !gap.into_iter().any(ends)
        });
        let of = |figure: &usize, behind: bool| Balance { figure: *figure, behind, plain, missing };
        // 7,370億円の赤字: the particle joins the word to the figure before it.
        let joined = before.filter(|level| !spaced && self.reader.has_cue(self.tokens(**level).end, Cue::Of));
        joined.map(|level| of(level, true)).or_else(|| behind.map(|level| of(level, false))).or_else(|| before.map(|level| of(level, true)))
    }

    /// The two other levels of the unit in the sentence, or else of it and the one beside it.
    fn flows_beside(&mut self, at: usize, levels: &[usize], balance: Balance) -> Option<Draft> {
        let [first, second] = *self.nearest_flows(at, levels, balance)?.as_slice() else { return None };
        let draft = self.subtraction(first, second, balance);
        let sure = self.size(first) != self.size(second) && (balance.plain || self.are_opposite(first, second));
        match () {
            () if self.fits(&draft) => Some(draft),
            () if sure && self.is_one_slip_away(&draft) => Some(draft),
            () if sure && self.is_one_digit_away(&draft) => Some(Draft { tentative: false, ..draft }),
            () => None,
        }
    }

    fn nearest_flows(&self, at: usize, levels: &[usize], balance: Balance) -> Option<Vec<usize>> {
        let other = |level: &usize| *level != balance.figure && self.same_unit(balance.figure, *level) && !self.used(*level).tied;
        let own: Vec<usize> = levels.iter().copied().filter(other).collect();
        if own.len() >= 2 {
            return (own.len() == 2).then_some(own);
        }
        let of = |passage: Option<usize>| -> Vec<usize> {
            self.beside(at, passage).map(|passage| self.levels(passage)).unwrap_or_default().into_iter().filter(other).collect()
        };
        let before: Vec<usize> = of(at.checked_sub(1)).into_iter().chain(own.iter().copied()).collect();
        if before.len() == 2 {
            return Some(before);
        }
        Some(of(at.checked_add(1))).filter(|next| own.is_empty() && next.len() == 2)
    }

    /// Of more levels the only two that differ by the balance.
    fn flows_that_fit(&mut self, at: usize, levels: &[usize], balance: Balance) -> Option<Draft> {
        if !balance.plain || self.significant_digits(balance.figure) < 2 {
            return None;
        }
        let around = [self.beside(at, at.checked_sub(1)), self.beside(at, at.checked_add(1))];
        let others = around.into_iter().flatten().flat_map(|passage| self.levels(passage)).chain(levels.iter().copied());
        let other = |level: &usize| self.same_unit(balance.figure, *level) && !self.used(*level).tied;
        let others: Vec<usize> = others.filter(other).take(LEVELS).collect();
        let mut found = None;
        for (index, first) in others.iter().enumerate() {
            for second in others.iter().skip(index + 1) {
                let draft = self.subtraction(*first, *second, balance);
                if self.fits(&draft) && found.replace((*first, *second)).is_some() {
                    return None;
                }
            }
        }
        found.map(|(first, second)| self.subtraction(first, second, balance))
    }

    /// The larger less the smaller; what a word behind it calls missing is what comes in less what goes out, and negative.
    fn subtraction(&mut self, first: usize, second: usize, balance: Balance) -> Draft {
        let (larger, smaller) = if self.size(first) >= self.size(second) { (first, second) } else { (second, first) };
        let negative = balance.missing && (balance.behind || !balance.plain && !self.are_opposite(first, second));
        self.set_negative(&[balance.figure], negative);
        let (minuend, subtrahend) = if negative { (smaller, larger) } else { (larger, smaller) };
        let roles = vec![(Role::Minuend, minuend), (Role::Subtrahend, subtrahend), (Role::Difference, balance.figure)];
        Draft { tentative: true, ..Draft::new(Relation::Difference, roles) }
    }

    /// Whether two figures are named as what goes opposite ways: exports and imports, revenue and costs.
    fn are_opposite(&self, first: usize, second: usize) -> bool {
        let pairs = [("exports", "imports"), ("revenue", "costs"), ("total revenue", "costs")];
        let (first, second) = (self.name_before(first), self.name_before(second));
        pairs.iter().any(|(a, b)| (first == Some(a) && second == Some(b)) || (first == Some(b) && second == Some(a)))
    }

    /// The nearest name before a figure, not past the figure before it.
    fn name_before(&self, figure: usize) -> Option<&str> {
        const REACH: usize = 12;
        let start = self.tokens(figure).start;
        let from = figure.checked_sub(1).map_or(0, |previous| self.tokens(previous).end).max(start.saturating_sub(REACH));
        let metric = (from..start).rev().filter(|at| self.reader.glance(*at).is_metric).find_map(|at| {
            self.reader.senses(at).iter().find_map(|sense| match sense {
                Sense::Metric(metric) => Some(*metric),
                _ => None,
            })
        })?;
        self.reader.language.metrics.get(usize::from(metric)).map(String::as_str)
    }
}
