//! What is left between two figures, where a word names it: a surplus, a deficit, a balance.

use super::{Evidence, LEVELS};
use crate::check::language::{Cue, Sense};
use crate::check::relate::Draft;
use crate::relation::{Relation, Role};
use std::ops::Range;

/// How many significant digits three figures must have together, and each of three that count different things.
const TELLING: usize = 7;
const LONG: usize = 5;

/// What says that figures are no parts of one another, or ties them otherwise.
const MOVES: [Cue; 16] = [
    Cue::Up,
    Cue::Down,
    Cue::Widened,
    Cue::Narrowed,
    Cue::Better,
    Cue::Worse,
    Cue::UpEnd,
    Cue::DownEnd,
    Cue::Against,
    Cue::PriorTime,
    Cue::YearOnYear,
    Cue::QuarterOnQuarter,
    Cue::Expect,
    Cue::PartsAmong,
    Cue::TotalFollows,
    Cue::PartsFollow,
];

/// A figure that a word of balance names.
#[derive(Clone, Copy)]
struct Balance {
    figure: usize,
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
        let balances: Vec<Balance> = self.balances(at, &levels).into_iter().filter(|balance| !self.used(balance.figure).tied).collect();
        let found = balances.iter().find_map(|balance| self.fitting_difference(at, &levels, *balance));
        let found = found.or_else(|| balances.iter().find_map(|balance| self.slipped_difference(at, &levels, *balance)));
        let found = found.or_else(|| self.deduction(at, &levels)).or_else(|| self.unnamed(at, &levels));
        if let Some(draft) = found {
            self.push(draft);
        }
    }

    /// The figures of a sentence that a word of balance may name, the likelier first.
    fn balances(&self, at: usize, levels: &[usize]) -> Vec<Balance> {
        let Some(passage) = self.passages.get(at) else { return Vec::new() };
        let named = |at: &usize| self.has_any(*at, &[Cue::Balance, Cue::Loss]);
        let words = passage.tokens.clone().filter(named).take(LEVELS);
        let mut balances: Vec<Balance> = Vec::new();
        for balance in words.flat_map(|word| self.named_by(word, levels)) {
            match balances.iter_mut().find(|known| known.figure == balance.figure) {
                // 差し引き6,000億円の貿易赤字
                Some(known) => (known.plain, known.missing) = (known.plain || balance.plain, known.missing || balance.missing),
                None => balances.push(balance),
            }
        }
        balances
    }

    /// The figures that a word may name: one that it is joined to, the next one behind it, the one before it.
    fn named_by(&self, word: usize, levels: &[usize]) -> Vec<Balance> {
        let spaced = self.reader.language.spaced;
        let (ahead, back, near) = if spaced { (14, 6, 1) } else { (5, 3, 3) };
        let (plain, missing) = (self.reader.has_cue(word, Cue::Balance), self.reader.has_cue(word, Cue::Loss));
        let ends = |at: usize| matches!(self.mark(at), Some(';' | '；' | ':' | '：'));
        let open = |gap: Range<usize>, reach: usize| gap.len() <= reach && !gap.into_iter().any(ends);
        let before = levels.iter().rfind(|level| self.tokens(**level).end <= word);
        let before = before.filter(|level| open(self.tokens(**level).end..word, back));
        let behind = levels.iter().find(|level| self.tokens(**level).start > word);
        let behind = behind.filter(|level| open(word + 1..self.tokens(**level).start, ahead));
        // 7,370億円の赤字: the particle joins the word to the figure before it.
        let end = before.map_or(0, |level| self.tokens(*level).end);
        let joined = before.filter(|_| !spaced && self.reader.has_cue(end, Cue::Of));
        // "86 million is the difference between 742 and 656 million"
        let between = (word + 1..word + 3).any(|at| self.reader.has_cue(at, Cue::Between));
        let beside = before.filter(|_| between || word - end <= near).filter(|_| joined.is_none());
        let of = |figure: &usize| Balance { figure: *figure, plain, missing };
        let named = joined.or_else(|| behind.filter(|_| !between)).map(of);
        named.into_iter().chain(beside.map(of)).collect()
    }

    /// What fits: the two other levels beside it, or of more the only two.
    fn fitting_difference(&mut self, at: usize, levels: &[usize], balance: Balance) -> Option<Draft> {
        let negative = self.get(balance.figure)?.printed.value().is_negative();
        let beside = self.nearest_flows(at, levels, balance).map(|[first, second]| self.subtraction(first, second, balance));
        let found = beside.filter(|draft| self.fits(draft)).or_else(|| self.flows_that_fit(at, levels, balance));
        if found.is_none() {
            self.set_negative(&[balance.figure], negative);
        }
        found
    }

    /// What does not: the two other levels beside it, where one slip explains it or the names leave no doubt.
    fn slipped_difference(&mut self, at: usize, levels: &[usize], balance: Balance) -> Option<Draft> {
        let negative = self.get(balance.figure)?.printed.value().is_negative();
        let [first, second] = self.nearest_flows(at, levels, balance)?;
        let opposite = self.are_opposite(first, second);
        let earlier = [first, second].iter().any(|flow| self.is_of_before(*flow));
        let sure = self.size(first) != self.size(second) && (opposite || balance.plain && !earlier);
        let together = [first, second].iter().all(|flow| levels.contains(flow));
        let telling =
            opposite || [first, second, balance.figure].iter().map(|figure| self.significant_digits(*figure)).sum::<usize>() >= TELLING;
        let draft = self.subtraction(first, second, balance);
        let found = match () {
            () if sure && self.is_one_slip_away(&draft) => Some(draft),
            () if sure && ((balance.plain && opposite && together) || (telling && self.is_one_digit_away(&draft))) => {
                Some(Draft { tentative: false, ..draft })
            }
            () => None,
        };
        if found.is_none() {
            self.set_negative(&[balance.figure], negative);
        }
        found
    }

    /// "Borrowings of 95.4 million …; after deducting cash of 60.9 million, net debt is 34.5 million": what is subtracted
    /// stands at its word, what is left next to it.
    fn deduction(&self, at: usize, levels: &[usize]) -> Option<Draft> {
        const REACH: usize = 8;
        let word = self.passages.get(at)?.tokens.clone().find(|at| self.reader.has_cue(*at, Cue::Less))?;
        let near = |gap: Range<usize>| gap.len() <= REACH;
        let behind = levels.iter().position(|level| self.tokens(*level).start > word);
        let behind = behind.filter(|index| levels.get(*index).is_some_and(|level| near(word..self.tokens(*level).start)));
        let joined = levels.iter().position(|level| !self.reader.language.spaced && self.tokens(*level).end == word);
        let index = joined.or(behind)?;
        let (subtrahend, left) = (*levels.get(index)?, *levels.get(index + 1)?);
        let around = [self.beside(at, at.checked_sub(1)), Some(at)].into_iter().flatten().flat_map(|passage| self.levels(passage));
        let open = |level: &usize| !self.used(*level).tied;
        let other = |level: &usize| *level != subtrahend && self.same_unit(left, *level) && open(level);
        let minuends: Vec<usize> = around.filter(other).collect();
        if !open(&subtrahend) || !open(&left) || !self.same_unit(subtrahend, left) {
            return None;
        }
        let draft = |minuend: usize| difference(minuend, subtrahend, left);
        let fitting = minuends.iter().map(|minuend| draft(*minuend)).find(|draft| self.fits(draft));
        let larger = |level: &&usize| self.size(**level) > self.size(subtrahend) && self.size(**level) > self.size(left);
        let mut larger = minuends.iter().filter(larger);
        let only = larger.next().filter(|_| larger.next().is_none());
        fitting.or_else(|| only.map(|minuend| draft(*minuend)).filter(|draft| self.is_one_slip_away(draft)))
    }

    /// "It exported goods for 11.6 billion and imported some for 2.9 billion: a gain of 8.7 billion", "assets of 187 billion,
    /// 112 billion from A and 75 billion from B": three levels alone in a sentence in which nothing moves.
    fn unnamed(&self, at: usize, levels: &[usize]) -> Option<Draft> {
        let [first, second, third] = *levels else { return None };
        let digits: Vec<usize> = levels.iter().map(|level| self.significant_digits(*level)).collect();
        let long = digits.iter().all(|digits| *digits >= LONG);
        let telling = digits.iter().all(|digits| *digits > 1) && digits.iter().sum::<usize>() >= TELLING;
        let alike = self.same_unit(first, second) && self.same_unit(second, third);
        let still = !(self.tokens(first).start..self.tokens(third).end).any(|at| self.has_any(at, &MOVES));
        let free = levels.iter().all(|level| !self.used(*level).tied);
        let opens = self.passages.get(at).is_some_and(|passage| self.has_any(passage.tokens.start, &[Cue::Of, Cue::OnBase]));
        if !(telling && (alike || long) && still && free && self.reader.language.spaced && !opens) {
            return None;
        }
        let joined = (self.tokens(second).end..self.tokens(third).start).any(|at| self.reader.has_cue(at, Cue::And));
        let (larger, smaller) = if self.size(first) >= self.size(second) { (first, second) } else { (second, first) };
        let draft = match joined {
            true if self.size(first) > self.size(second) => {
                Draft::new(Relation::Sum, vec![(Role::Total, first), (Role::Addend(1), second), (Role::Addend(2), third)])
            }
            true => difference(second, third, first),
            false => difference(larger, smaller, third),
        };
        Some(Draft { tentative: true, ..draft }).filter(|draft| self.fits(draft))
    }

    /// The two other levels of the unit in the sentence, or else of it and the one beside it.
    fn nearest_flows(&self, at: usize, levels: &[usize], balance: Balance) -> Option<[usize; 2]> {
        let other = |level: &usize| *level != balance.figure && self.same_unit(balance.figure, *level) && !self.used(*level).tied;
        let own: Vec<usize> = levels.iter().copied().filter(other).collect();
        if own.len() >= 2 {
            return own.try_into().ok();
        }
        let of = |passage: Option<usize>| -> Vec<usize> {
            self.beside(at, passage).map(|passage| self.levels(passage)).unwrap_or_default().into_iter().filter(other).collect()
        };
        let before: Vec<usize> = of(at.checked_sub(1)).into_iter().chain(own.iter().copied()).collect();
        let behind = || of(at.checked_add(1)).try_into().ok().filter(|_| own.is_empty());
        before.try_into().ok().or_else(behind)
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

    /// The larger less the smaller; what is missing is what comes in less what goes out, and negative.
    fn subtraction(&mut self, first: usize, second: usize, balance: Balance) -> Draft {
        let (larger, smaller) = if self.size(first) >= self.size(second) { (first, second) } else { (second, first) };
        let negative = balance.missing;
        self.set_negative(&[balance.figure], negative);
        let (minuend, subtrahend) = if negative { (smaller, larger) } else { (larger, smaller) };
        difference(minuend, subtrahend, balance.figure)
    }

    /// Whether an earlier time leads a figure in, or stands right behind it.
    fn is_of_before(&self, figure: usize) -> bool {
        const REACH: usize = 6;
        let range = self.tokens(figure);
        let from = figure.checked_sub(1).map_or(0, |previous| self.tokens(previous).end).max(range.start.saturating_sub(REACH));
        (from..range.start).any(|at| self.reader.has_cue(at, Cue::PriorTime)) || self.reader.has_cue(range.end, Cue::PriorTime)
    }

    /// Whether two figures are named as what goes opposite ways: exports and imports, revenue and costs.
    fn are_opposite(&self, first: usize, second: usize) -> bool {
        let pairs = [("exports", "imports"), ("revenue", "costs"), ("total revenue", "costs")];
        let (first, second) = (self.name_before(first), self.name_before(second));
        pairs.iter().any(|(a, b)| (first == Some(*a) && second == Some(*b)) || (first == Some(*b) && second == Some(*a)))
    }

    /// The nearest name before a figure, not past the figure before it.
    pub(super) fn name_before(&self, figure: usize) -> Option<&str> {
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

fn difference(minuend: usize, subtrahend: usize, left: usize) -> Draft {
    let roles = vec![(Role::Minuend, minuend), (Role::Subtrahend, subtrahend), (Role::Difference, left)];
    Draft { tentative: true, ..Draft::new(Relation::Difference, roles) }
}
