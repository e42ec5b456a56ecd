//! Differences: what is left when one amount is subtracted from another.

use super::slot::{CLAUSE, Mention, Slot};
use super::whole::REVENUE;
use super::{Draft, Memory, Sentence};
use crate::check::figure::Kind;
use crate::check::language::Cue;
use crate::relation::{Relation, Role};

impl Sentence<'_, '_> {
    /// "8.4 billion in cash; after deducting borrowings of 5.9 billion, net cash stood at 2.5 billion".
    pub(super) fn difference(&mut self, mentions: &mut [Mention], memory: &Memory) {
        let amounts: Vec<usize> = mentions.iter().filter(|mention| self.is_amount(mention)).map(|mention| mention.figure).collect();
        let remembered = memory.last.map(|(figure, _)| figure);
        let found = amounts
            .windows(3)
            .find_map(|three| self.subtraction(three, amounts.len() == 3))
            // 売上総利益は392億円。販管費287億円を差し引いた営業利益は105億円: the minuend was stated before.
            .or_else(|| match (remembered, amounts.as_slice()) {
                (Some(minuend), [subtrahend, difference]) if self.says_less(*subtrahend, *difference) => {
                    self.is_subtraction(minuend, *subtrahend, *difference).then_some([minuend, *subtrahend, *difference])
                }
                _ => None,
            });
        if let Some([minuend, subtrahend, difference]) = self.excess_of(&amounts) {
            self.set_negative(difference, false);
            let roles = vec![(Role::Minuend, minuend), (Role::Subtrahend, subtrahend), (Role::Difference, difference)];
            self.claims.push(Draft::new(Relation::Difference, roles));
            mentions.iter_mut().filter(|mention| amounts.contains(&mention.figure)).for_each(|mention| mention.slot = Slot::Taken);
            return;
        }
        let Some([minuend, subtrahend, difference]) = found.or_else(|| self.excess_of_trade(mentions, &amounts)) else { return };
        // "imports of 52.4 and exports of 55.1, a surplus of 2.7"
        let turned = (self.is_named(minuend, &["imports"]) && self.is_named(subtrahend, &["exports"]))
            || (self.is_named(minuend, &["costs"]) && self.is_named(subtrahend, &REVENUE));
        // "spending of 3.42 exceeded revenue of 3.27 by 0.15"
        let start = self.tokens.start.max(self.token_range(subtrahend).start.saturating_sub(CLAUSE));
        let exceeds =
            (start..self.token_range(subtrahend).start).any(|at| self.has_any(at, &[Cue::Over]) && self.reader.has_cue(at, Cue::Level));
        let turned = turned && !exceeds;
        let (minuend, subtrahend) = if turned { (subtrahend, minuend) } else { (minuend, subtrahend) };
        let before = difference.checked_sub(1).map_or(0, |previous| self.token_range(previous).end);
        let deficit = (before..self.token_range(difference).start)
            .any(|at| self.reader.has_cue(at, Cue::Loss) && self.reader.has_cue(at, Cue::Balance));
        // 差し引き6,000億円の貿易赤字
        let end = self.token_range(difference).end;
        let mut behind = (end..self.tokens.end.min(end + 5)).take_while(|at| self.mark(*at).is_none());
        let led_on = !self.reader.language.spaced && self.reader.has_cue(end, Cue::Of);
        let deficit = deficit || led_on && behind.any(|at| self.reader.has_cue(at, Cue::Loss));
        // "rose 1.1 to 6.4, leaving net cash of 2.1": nothing is left of less.
        let size = |figure: usize| self.get(figure).map(|figure| figure.printed.value().abs());
        if !deficit && !turned && !exceeds && size(minuend) < size(subtrahend) {
            return;
        }
        if deficit {
            self.set_negative(difference, true);
        }
        self.claims.push(Draft::new(
            Relation::Difference,
            vec![(Role::Minuend, minuend), (Role::Subtrahend, subtrahend), (Role::Difference, difference)],
        ));
        // Each may have grown besides: only what was read as a change of another is none.
        let used = |mention: &&mut Mention| [minuend, subtrahend, difference].contains(&mention.figure) && mention.slot != Slot::Current;
        mentions.iter_mut().filter(used).for_each(|mention| mention.slot = Slot::Taken);
    }

    /// "Exports (61.3) were 5.2 higher than imports (56.1)", "exports of 52.4, imports of 59.9: purchases exceed sales by
    /// 7.5": two amounts of other names, and by how much one is the more.
    fn excess_of(&self, amounts: &[usize]) -> Option<[usize; 3]> {
        let [first, second, third] = *amounts else { return None };
        if !self.reader.language.spaced || self.has(Cue::PriorTime) || self.has(Cue::YearOnYear) {
            return None;
        }
        let other = |a: usize, b: usize| {
            let names = self.name_of(a).zip(self.name_of(b));
            names.is_some_and(|(a, b)| a != b && !a.ends_with(b) && !b.ends_with(a))
        };
        let size = |figure: usize| self.get(figure).map(|figure| figure.printed.value().abs());
        if let Some(direction) = self.comparison_behind(second).filter(|_| other(first, third)) {
            let (minuend, subtrahend) = if direction.is_gt() { (first, third) } else { (third, first) };
            return self.is_subtraction(minuend, subtrahend, second).then_some([minuend, subtrahend, second]);
        }
        let start = self.token_range(third).start;
        let by = start.checked_sub(1).filter(|at| self.reader.has_cue(*at, Cue::By))?;
        let exceeds =
            (self.token_range(second).end..by).any(|at| self.reader.has_cue(at, Cue::Over) && self.reader.has_cue(at, Cue::Level));
        let (minuend, subtrahend) = if size(first) < size(second) { (second, first) } else { (first, second) };
        (exceeds && other(first, second) && self.is_subtraction(minuend, subtrahend, third)).then_some([minuend, subtrahend, third])
    }

    /// The name right before a figure, or else right behind it.
    fn name_of(&self, figure: usize) -> Option<&str> {
        let from = if figure > self.first { self.token_range(figure - 1).end } else { self.tokens.start };
        let range = self.token_range(figure);
        let behind = || (range.end..(range.end + 3).min(self.tokens.end)).find_map(|at| self.metric_at(at));
        // "52.4 billion of exports and 59.9 billion of imports"
        let of = self.metric_at(range.end + 1).filter(|_| self.reader.has_cue(range.end, Cue::Of));
        if let Some(metric) = of {
            return self.metric_name(metric);
        }
        let metric = (from..range.start).rev().find_map(|at| self.metric_at(at)).or_else(behind)?;
        self.metric_name(metric)
    }

    /// "Imports of 37.3 exceeded by 3.1 exports, which came to 34.2": of exports and imports the third amount is the excess
    /// of the larger.
    fn excess_of_trade(&self, mentions: &[Mention], amounts: &[usize]) -> Option<[usize; 3]> {
        let is_change = |figure: &usize| mentions.iter().any(|mention| mention.figure == *figure && mention.slot == Slot::Change);
        let [first, second, third] = *amounts else { return None };
        let (rest, flows): (Vec<usize>, Vec<usize>) = [first, second, third].into_iter().partition(is_change);
        let ([a, b], [excess]) = (flows.as_slice(), rest.as_slice()) else { return None };
        let value = |figure: usize| self.get(figure).map(|figure| figure.printed.value().clone());
        let (larger, smaller) = if value(*a) >= value(*b) { (*a, *b) } else { (*b, *a) };
        let differ = self.is_named(*a, &["exports"]) != self.is_named(*b, &["exports"]);
        let named = flows.iter().all(|flow| self.is_named(*flow, &["exports", "imports"]));
        (named && differ && self.is_subtraction(larger, smaller, *excess)).then_some([larger, smaller, *excess])
    }

    /// Three amounts in a row as minuend, subtrahend and difference, if the words between say so.
    fn subtraction(&self, three: &[usize], alone: bool) -> Option<[usize; 3]> {
        let [first, second, third] = *three else { return None };
        let between = |a: usize, b: usize| self.token_range(a).end..self.token_range(b).start;
        // "After subtracting costs of 75 from sales of 90, a profit of 15 remained"
        let less_before = |from: bool| {
            let less = |at: usize| self.reader.has_cue(at, Cue::Less) && self.reader.has_cue(at, Cue::From) == from;
            (self.tokens.start..self.token_range(first).start).any(less)
        };
        let subtracted_first = less_before(false) && between(first, second).any(|at| self.reader.has_cue(at, Cue::From));
        let (minuend, subtrahend) = if subtracted_first { (second, first) } else { (first, second) };
        // 売上総利益320億円から販管費240億円を差し引いた営業利益80億円: right behind what is subtracted.
        let less_behind = !self.reader.language.spaced && self.reader.has_cue(self.token_range(second).end, Cue::Less);
        // "Zieht man vom Gewinn von 284 Kosten von 219 ab"
        let less = subtracted_first
            || less_behind
            || less_before(true)
            || between(first, second).any(|at| self.reader.has_cue(at, Cue::Less) && !self.percent_ending_at(at));
        // "a profit of 86 results from income of 742 less costs of 656", "the difference between 742 and 656"
        let says = |gap: std::ops::Range<usize>, cue| gap.clone().any(|at| self.reader.has_cue(at, cue));
        // 差し引き6,000億円 is what is left; "un 6,8 % menos" says how much it fell.
        let less_last = between(second, third)
            .any(|at| self.reader.has_cue(at, Cue::Less) && !self.reader.has_cue(at, Cue::Balance) && !self.percent_ending_at(at));
        let told_first = !less && alone && self.reader.language.spaced && less_last;
        if told_first {
            return self.is_subtraction(second, third, first).then_some([second, third, first]);
        }
        // "spending of 3.42 exceeded revenue of 3.27 by 0.15"
        let exceeds = says(self.tokens.start..self.token_range(second).start, Cue::Over)
            && self.token_range(third).start.checked_sub(1).is_some_and(|at| self.reader.has_cue(at, Cue::By));
        let less = less || exceeds;
        (less && self.is_subtraction(minuend, subtrahend, third)).then_some([minuend, subtrahend, third])
    }

    /// Whether a percentage ends right before a token: "un 4,2 % menos".
    fn percent_ending_at(&self, at: usize) -> bool {
        let percent = self.figure_ending_at(at).and_then(|figure| self.get(figure)).is_some_and(|figure| figure.kind == Kind::Percent);
        percent && self.direction_at(at).is_some()
    }

    /// Whether a word before the first of two amounts, or between them, says that it is subtracted.
    fn says_less(&self, subtrahend: usize, difference: usize) -> bool {
        (self.tokens.start..self.token_range(difference).start)
            .filter(|at| !self.token_range(subtrahend).contains(at))
            .any(|at| self.reader.has_cue(at, Cue::Less))
    }

    fn is_subtraction(&self, minuend: usize, subtrahend: usize, difference: usize) -> bool {
        let same = |a: usize, b: usize| a != b && self.get(a).zip(self.get(b)).is_some_and(|(a, b)| a.same_unit(b));
        same(minuend, subtrahend) && same(minuend, difference)
    }
}
