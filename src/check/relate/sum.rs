//! Sums: a total and its parts.

use super::slot::{Mention, Slot};
use super::{Draft, Memory, Sentence};
use crate::check::language::Cue;
use crate::relation::{Relation, Role};

impl Sentence<'_, '_> {
    /// "X was made up of A, B and C": at least two parts of the unit of the total.
    pub(super) fn sums(&mut self, mentions: &mut [Mention]) {
        let first = mentions.first().map_or(self.tokens.end, |mention| self.token_range(mention.figure).start);
        let cues = || self.tokens.clone().filter(|at| self.has_any(*at, &[Cue::PartsFollow, Cue::TotalFollows, Cue::PartsAmong]));
        // "The parts are A, B and C, in all T": what parts follow needs a total before it.
        let split = cues().find(|at| *at > first && self.has_any(*at, &[Cue::PartsFollow]) && !self.reader.has_cue(*at, Cue::TotalFollows));
        let usual = || cues().find(|at| *at > first || self.reader.has_cue(*at, Cue::TotalFollows)).or_else(|| cues().next());
        // "In total it sold 2.4 billion, of which 1.5 at home and 0.9 abroad"
        let among = || {
            let opens = cues().next().filter(|at| *at < first && self.reader.has_cue(*at, Cue::TotalFollows));
            opens.and_then(|_| cues().find(|at| *at > first && self.reader.has_cue(*at, Cue::PartsAmong)))
        };
        let Some(cue) = split.or_else(among).or_else(usual) else {
            return;
        };
        if self.total_last(mentions, cue) {
            return;
        }
        let among = self.reader.has_cue(cue, Cue::PartsAmong);
        let parts_follow = among || self.reader.has_cue(cue, Cue::PartsFollow);
        let amounts: Vec<usize> = (0..mentions.len()).filter(|index| mentions.get(*index).is_some_and(|m| self.is_amount(m))).collect();
        let start = |index: usize| mentions.get(index).map_or(0, |m| self.token_range(m.figure).start);
        let (before, after): (Vec<usize>, Vec<usize>) = amounts.into_iter().partition(|index| start(*index) < cue);
        // What is subtracted, or stands behind a semicolon, is no part.
        let ends = |at: &usize| matches!(self.mark(*at), Some(';' | '；')) || self.reader.has_cue(*at, Cue::Less);
        let end = (cue..self.tokens.end).find(ends).unwrap_or(self.tokens.end);
        let after: Vec<usize> = after.into_iter().filter(|index| start(*index) < end).collect();
        let kind = |index: &usize| mentions.get(*index).and_then(|m| self.get(m.figure)).map(|figure| figure.kind);
        let counted = |index: &usize| after.last().is_some_and(|last| kind(index) != kind(last));
        let before: Vec<usize> =
            if self.lists_after_colon(mentions, &after) { before.into_iter().filter(|i| !counted(i)).collect() } else { before };
        let alike = |last: &usize| after.iter().copied().filter(|index| kind(index) == kind(last)).collect::<Vec<_>>();
        let (total, parts) = match (parts_follow, after.split_last()) {
            // 86亿元，由A 47亿元、B 25亿元和C 15亿元构成: the verb comes last.
            (true, None) if before.len() > 2 && !self.reader.language.spaced => {
                (before.first().copied(), before.get(1..).unwrap_or_default().to_vec())
            }
            (true, _) => (before.last().copied(), after),
            // "Together they made T: A, B and C"
            (false, Some((last, _))) if before.is_empty() && self.lists_behind(mentions, &alike(last)) => {
                let amounts = alike(last);
                (amounts.first().copied(), amounts.get(1..).unwrap_or_default().to_vec())
            }
            // "Adding A, B and C, costs amounted to T"
            (false, Some((total, parts))) if before.is_empty() => (Some(*total), parts.to_vec()),
            // "A, B and C, the three divisions together T": what is counted is no total.
            (false, _) => (after.iter().find(|index| before.first().is_none_or(|first| kind(first) == kind(index))).copied(), before),
        };
        let Some(total) = total.and_then(|index| mentions.get(index)).map(|m| m.figure) else { return };
        let whole = self.get(total).map(|figure| figure.kind);
        let parts: Vec<usize> = parts.into_iter().filter(|index| kind(index) == whole).collect();
        let figures: Vec<usize> = parts.iter().filter_map(|index| mentions.get(*index)).map(|m| m.figure).collect();
        let same = |figure: &usize| self.get(total).zip(self.get(*figure)).is_some_and(|(a, b)| a.same_unit(b));
        if figures.len() < 2 || !figures.iter().all(same) {
            return;
        }
        let mut roles = vec![(Role::Total, total)];
        roles.extend(figures.iter().zip(1..).map(|(figure, number)| (Role::Addend(number), *figure)));
        self.claims.push(Draft { tentative: among, ..Draft::new(Relation::Sum, roles) });
        for mention in parts {
            if let Some(mention) = mentions.get_mut(mention) {
                mention.slot = Slot::Taken;
            }
        }
    }

    /// "5.8 to households and 9.1 to firms, that is 14.9 in total": the word stands behind the total.
    fn total_last(&mut self, mentions: &mut [Mention], cue: usize) -> bool {
        let amounts: Vec<usize> = mentions.iter().filter(|mention| self.is_amount(mention)).map(|mention| mention.figure).collect();
        let Some((total, parts)) = amounts.split_last().filter(|(_, parts)| parts.len() >= 2) else { return false };
        let same = |figure: &usize| self.get(*total).zip(self.get(*figure)).is_some_and(|(a, b)| a.same_unit(b));
        let ends = self.token_range(*total).end == cue && self.reader.has_cue(cue, Cue::TotalFollows) && self.reader.language.spaced;
        if !ends || !self.is_told_again(*total) || !parts.iter().all(same) {
            return false;
        }
        let mut roles = vec![(Role::Total, *total)];
        roles.extend(parts.iter().zip(1..).map(|(figure, number)| (Role::Addend(number), *figure)));
        self.claims.push(Draft::new(Relation::Sum, roles));
        for mention in mentions.iter_mut().filter(|mention| parts.contains(&mention.figure)) {
            mention.slot = Slot::Taken;
        }
        true
    }

    /// Whether a list stands behind a colon behind the first of these amounts that is like the last.
    fn lists_after_colon(&self, mentions: &[Mention], amounts: &[usize]) -> bool {
        let kind = |index: &usize| mentions.get(*index).and_then(|m| self.get(m.figure)).map(|figure| figure.kind);
        let alike: Vec<usize> =
            amounts.iter().copied().filter(|index| amounts.last().is_some_and(|last| kind(index) == kind(last))).collect();
        self.lists_behind(mentions, &alike)
    }

    /// Whether a colon stands right behind the first of these amounts.
    fn lists_behind(&self, mentions: &[Mention], amounts: &[usize]) -> bool {
        let first = amounts.first().and_then(|index| mentions.get(*index));
        first.is_some_and(|first| self.mark(self.token_range(first.figure).end) == Some(':'))
    }

    /// "Together with other income of 20 that makes revenue of 640": the parts besides are those of the sentence before.
    pub(super) fn sum_with_before(&mut self, mentions: &mut [Mention], memory: &Memory) {
        let opens = self.has_any(self.tokens.start, &[Cue::TotalFollows]) && self.reader.language.spaced;
        let amounts: Vec<usize> = mentions.iter().filter(|mention| self.is_amount(mention)).map(|mention| mention.figure).collect();
        let [part, total] = *amounts.as_slice() else { return };
        let same = |figure: &usize| self.get(total).zip(self.get(*figure)).is_some_and(|(a, b)| a.same_unit(b));
        let linked = (self.tokens.start + 1..self.token_range(part).start).all(|at| self.direction_at(at).is_none());
        if !opens || !linked || memory.listed.len() < 2 || !memory.listed.iter().all(same) || !same(&part) {
            return;
        }
        let mut roles = vec![(Role::Total, total)];
        roles.extend(memory.listed.iter().chain([&part]).zip(1..).map(|(figure, number)| (Role::Addend(number), *figure)));
        self.claims.push(Draft::new(Relation::Sum, roles));
        for mention in mentions.iter_mut().filter(|mention| mention.figure == part) {
            mention.slot = Slot::Taken;
        }
    }
}
